"""Many papers: read and written side by side, then given over to be heard, and what that costs said beforehand."""

import datetime as dt
import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from types import MappingProxyType

from podcast import assembly, judging, pipeline, sounding, writers
from podcast.machines.ahead import ahead
from podcast.papers import asked, besides, fallen, roundup, spans
from podcast.pipeline import OF_PAPER, STAGES, Result
from podcast.recording import ordering, portrait, prices
from podcast.show import criteria, store
from podcast.show.errors import NoPapers, OverBudget
from podcast.show.periods import Period
from podcast.show.schema import (
    FORMATS,
    Brief,
    Day,
    Document,
    Paper,
    Roundup,
    Script,
    Talk,
    TalkFormat,
    Usage,
    as_told,
    ids,
)
from podcast.show.workspace import PaperFolder
from podcast.sounding import Written
from podcast.sources import Source
from podcast.studio import Studio, Watch, kept_brief, unwatched
from podcast.writers import formats

log = logging.getLogger(__name__)

TEXTS, SOUNDS = ("read", "write"), ("record", "mix")
"""The stages that make a paper's texts, and those that make its sound."""

_AHEAD = 32
"""Papers whose texts are made before their sound is, where machines are many."""
_LOOK = 0.05
"""Seconds between two looks at whether the days before are made."""


def make_day(studio: Studio, date: dt.date, watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the day's selection picks, as it is finished."""
    yield from make_days(studio, (pipeline.fetch(studio, each) for each in (date,)), watch)


def make_days(studio: Studio, days: Iterable[Day], watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the selections of the days pick, in their order, as it is finished.

    One day is made after the other; where the studio has machines, the next is fetched, read and written while those
    before are recorded.
    """
    if not studio.on:
        for day in days:
            papers, failed = _chosen(studio, day)
            yield from make_papers(studio, papers, watch=watch, failed=failed)
        return
    over = threading.Event()
    try:
        with ahead(_texts(studio, days, watch, over), _AHEAD, lambda: _cut(studio, over)) as written:
            yield from sounding.by_many(studio, written, SOUNDS, watch, over)
    finally:
        studio.coming.clear()


def _cut(studio: Studio, over: threading.Event) -> None:
    """Have nobody wait for a language model's answer any more, nor for the days before."""
    over.set()
    if "writer" in vars(studio):  # asking for one would make it
        studio.writer.close()


def _texts(
    studio: Studio, days: Iterable[Day], watch: Watch, over: threading.Event
) -> Generator[tuple[Paper, Result | None], None, None]:
    """Yield the papers of the days with what became of their texts, until it is over; they are coming from then on."""
    for day in days:
        if over.is_set():
            return
        papers, failed = _chosen(studio, day, over)
        if over.is_set():  # what would be read and written now costs something
            return
        if studio.config.writer.memory and not all(studio.folder(paper).script.is_file() for paper in papers):
            while studio.coming:  # a script may refer to the episodes of the days before
                if over.wait(_LOOK):
                    return
        _check_show(studio, papers)
        studio.coming.update({(paper.listed_on, paper.id): paper.about[0].id for paper in papers})
        with _begun(studio, papers, TEXTS, watch, failed, over) as written:
            for paper, result in written:
                if result and result.error:  # a later day that lists it has it again, however long the sounds take
                    studio.coming.pop((paper.listed_on, paper.id), None)
                yield paper, result


def _chosen(
    studio: Studio, day: Day, over: threading.Event | None = None
) -> tuple[Sequence[Paper], Mapping[str, Result]]:  # fmt: skip
    """Return the papers of the day that become episodes, and what became of those without a text; of none, once it is
    over."""
    _check(studio)
    if not studio.workspace.day(day.date).selection.is_file():  # nor is it scored, which may cost something
        assembly.check_show(studio)
    failed = dict(_gather(studio, pipeline.choose(studio, day), over))
    if over and over.is_set():
        return (), failed
    return told(studio, pipeline.choose_by_text(studio, day)), failed


def told(studio: Studio, papers: Iterable[Paper], stages: Sequence[str] = tuple(STAGES)) -> Sequence[Paper]:
    """Return the papers as the show tells them: an episode a format, those of one paper after each other. What is told
    in one already stays, and what is read alone is the paper, however it is told. One that the show has withdrawn gets
    no further episode, which is said."""
    told_in = FORMATS[:1] if set(stages) <= {"read"} else studio.config.writer.formats
    found: list[Paper] = []
    for paper in papers:
        talks = [paper] if type(paper) is not Paper else [as_told(paper, one) for one in told_in]
        if type(paper) is Paper and not set(stages) <= {"read"} and fallen.is_over(studio.workspace, paper):
            begun = [talk for talk in talks if _is_begun(studio.folder(talk))]
            for talk in talks:
                if talk not in begun:
                    log.warning("%s is left: %s is withdrawn", talk.id, paper.id)
            talks = begun
        found += talks
    return found


def _is_begun(folder: PaperFolder) -> bool:
    return folder.script.is_file() or folder.withdrawn.is_file()


def make_period(studio: Studio, period: Period, watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the selection picks of all that the period's days list, as it is finished.

    Days that are over and not here are fetched, and each paper stands under its own. Raises NoPapers where none of them
    has any.
    """
    _check(studio)
    days = list(_fetched(studio, period))
    if criteria.read(studio.workspace) and not all(studio.workspace.day(day.date).scores.is_file() for day in days):
        assembly.check_show(studio)  # scores may cost something
    for day in days:
        pipeline.score(studio, day)
    day = spans.joined(studio.workspace, period)
    if not day.papers:
        raise NoPapers(f"{period.told} has no papers", "choose another one")
    failed = dict(_gather(studio, pipeline.chosen(studio, day)))
    chosen = pipeline.choose_by_text(studio, day, pipeline.chosen)
    yield from make_papers(studio, told(studio, chosen), watch=watch, failed=failed)


def _fetched(studio: Studio, period: Period) -> Iterator[Day]:
    """Yield the period's days that are over and list papers."""
    today = dt.datetime.now(dt.UTC).date()
    for date in (date for date in period.days() if date < today):
        try:
            yield pipeline.fetch(studio, date)
        except NoPapers as error:
            log.debug("%s", error)


def make_asked(studio: Studio, papers: Sequence[Paper], watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each of the papers that were asked for by themselves, as it is finished."""
    if papers:
        _check(studio)
        each = {paper.id: paper for paper in told(studio, papers)}
        yield from make_papers(studio, list(each.values()), watch=watch)


def _check(studio: Studio) -> None:
    """Stop the run before anything is made, where nobody here can write a format, a voice is missing, or two cannot be
    told apart."""
    check_formats(studio)
    portrait.check_apart(studio.cast, studio.gallery, studio.config.record.min_semitones, studio.config.by_option)


def _check_show(studio: Studio, papers: Iterable[Paper]) -> None:
    """Stop the run before anything is paid, where an episode that is to be made cannot be mixed as the show wants."""
    if not all(studio.folder(paper).episode.is_file() for paper in papers):
        assembly.check_show(studio)


def check_formats(studio: Studio, also: Iterable[TalkFormat] = ()) -> None:
    """Raise ConfigError where the show cannot tell a paper in the formats that are set, or asked for, or in these."""
    formats.check([*studio.config.writer.formats, *also], studio.config.hosts, writers.pick(studio.config.writer))


def make_papers(
    studio: Studio, papers: Sequence[Paper], stages: Sequence[str] = tuple(STAGES), watch: Watch = unwatched, *,
    failed: Mapping[str, Result] = MappingProxyType({}),
) -> Iterator[Result]:  # fmt: skip
    """Yield a result for each paper, in their order, as it has been through the stages; of one whose text was asked for
    and `failed`, that.

    Every paper's text is fetched first, one after the other; then the papers are read and written side by side, and as
    each one's turn comes it is recorded, alone, and mixed while the next is recorded; by machines, many are. Raises
    OverBudget before anything is asked where it would cost more than it may.
    """
    texts = [stage for stage in stages if stage in TEXTS]
    sounds = [stage for stage in stages if stage in SOUNDS]
    if "mix" in sounds:
        _check_show(studio, papers)
    with _begun(studio, papers, texts, watch, failed, spoken="record" in sounds) as written:
        yield from (sounding.by_many if studio.on else sounding.one_by_one)(studio, written, sounds, watch)


@contextmanager
def _begun(
    studio: Studio, papers: Sequence[Paper], stages: Sequence[str], watch: Watch, failed: Mapping[str, Result],
    over: threading.Event | None = None, *, spoken: bool = True,
) -> Iterator[Written]:  # fmt: skip
    """Have the papers read and written side by side, after a look at what would keep them from being, and give them in
    their order; at the end say what it took. None is begun, nor given, where it is over before. Whether they are
    `spoken` afterwards, counts for the budget."""
    unwritten = [each for each in papers if isinstance(each, Talk) and not studio.folder(each).script.is_file()]
    if "write" in stages and unwritten:
        asked = list(dict.fromkeys(talk.format for talk in unwritten))
        formats.check(asked, studio.config.hosts, writers.pick(studio.config.writer))
    _sweep(studio, papers)
    if not stages:
        _quote(studio, papers, stages, spoken)
        yield ((paper, None) for paper in papers)
        return
    failed = {**failed, **_as_their_papers(studio, papers, failed)}
    if "read" in stages:
        failed = {**failed, **dict(_gather(studio, [paper for paper in papers if paper.id not in failed], over))}
        gather_besides(studio, [paper for paper in papers if paper.id not in failed])
    if over and over.is_set():
        yield ()
        return
    ready = [paper for paper in papers if paper.id not in failed]
    before = studio.writer.spent
    concurrency = studio.config.writer.concurrency
    with (
        closing(studio.writer), _together(studio, ready),
        sounding.side_by_side(concurrency, studio.writer.close) as start,
    ):  # fmt: skip
        _quote(studio, ready, stages, spoken)
        begun: dict[str, Future[Mapping[str, Result]]] = {}
        last: threading.Event | None = None
        for about, talks in _by_paper(ready).items():
            before_it, last = last, threading.Event()
            begun[about] = start(_in_turn, studio, talks, stages, watch, before_it, last)
        yield ((paper, failed.get(paper.id) or begun[paper.about[0].id].result()[paper.id]) for paper in papers)
    spent = studio.writer.spent
    if spent.answers > before.answers:
        log.info("the language model took %s", spent.told())


def _by_paper(talks: Iterable[Paper]) -> Mapping[str, Sequence[Paper]]:
    """Return the talks by the paper that they are about, wherever they stand; each once."""
    found: dict[str, dict[str, Paper]] = {}
    for talk in talks:
        found.setdefault(talk.about[0].id, {})[talk.id] = talk
    return {about: tuple(each.values()) for about, each in found.items()}


@contextmanager
def _together(studio: Studio, papers: Sequence[Paper]) -> Iterator[None]:
    """Have none of the papers remember another: some are episodes before others are read, and some not."""
    studio.together.update((paper.listed_on, paper.about[0].id) for paper in papers)
    try:
        yield
    finally:
        studio.together.clear()


def _in_turn(
    studio: Studio, talks: Sequence[Paper], stages: Sequence[str], watch: Watch, before: threading.Event | None,
    recalled: threading.Event,
) -> Mapping[str, Result]:  # fmt: skip
    """Return what became of the talks about one paper, one made after the other: they wait for the same brief.

    Which earlier episodes the scripts may refer to is settled in the papers' order, whichever is read first: none waits
    for more than the paper `before` to be read, and `recalled` tells the next.
    """
    read = [stage for stage in stages if stage == "read"]
    try:
        results = {paper.id: pipeline.make_paper(studio, paper, read, watch) if read else Result(paper)
                   for paper in talks}  # fmt: skip
        if before:
            before.wait()
        for paper in talks:
            if "write" in stages and not results[paper.id].error:
                pipeline.recall(studio, paper)
    finally:
        recalled.set()
    left = [stage for stage in stages if stage != "read"]
    return {
        paper.id: results[paper.id] if results[paper.id].error or not left
        else pipeline.make_paper(studio, paper, left, watch)
        for paper in talks
    }  # fmt: skip


def _as_their_papers(
    studio: Studio, papers: Sequence[Paper], failed: Mapping[str, Result]
) -> Mapping[str, Result]:  # fmt: skip
    """Return the talks whose paper failed, as failed as that."""
    found = {}
    for paper in papers:
        reason = failed.get(paper.about[0].id)
        if isinstance(paper, Talk) and reason and reason.error:
            found[paper.id] = pipeline.quarantine(studio, paper, "read", reason.error)
    return found


def make_roundup(studio: Studio, roundup: Roundup, watch: Watch = unwatched) -> Result:
    """Bring a roundup through writing, recording and mixing, whatever the show has of them now."""
    with closing(studio.writer):
        before = studio.writer.spent
        result = pipeline.make_paper(studio, roundup, ("write", "record", "mix"), watch)
    if studio.writer.spent.answers > before.answers:
        log.info("with the roundup of %s it took %s", roundup.listed_on, studio.writer.spent.told())
    return result


def roundup_of(studio: Studio, date: dt.date, watch: Watch = unwatched) -> Result | None:
    """Make the day's roundup; None where the show has none, or the day no digest or too few papers, which is said."""
    settings = studio.config.roundup
    if not settings.enabled or settings.every != "day" or not studio.workspace.day(date).digest.is_file():
        return None
    about = roundup.found(studio.workspace, date, settings.top)
    if about is None:
        log.info("%s has no roundup: fewer than %d papers were read", date, roundup.FEWEST)
        return None
    return make_roundup(studio, about, watch)


def roundup_of_period(studio: Studio, period: Period, watch: Watch = unwatched) -> Result | None:
    """Make the roundup of a week or a month that has its digest; None where the show has none of that kind, the period
    is not over, for a roundup is about the same papers ever after, or too few of its papers were read, which is said.
    """
    settings = studio.config.roundup
    if not settings.enabled or settings.every != period.kind:
        return None
    if period.last >= dt.datetime.now(dt.UTC).date():
        log.info("%s is not over: it has its roundup when it is", period.told)
        return None
    about = roundup.found_of(studio.workspace, period, settings.top)
    if about is None:
        log.info("%s has no roundup: fewer than %d papers were read", period.told, roundup.FEWEST)
        return None
    return make_roundup(studio, about, watch)


def _sweep(studio: Studio, papers: Sequence[Paper]) -> None:
    """Remove what runs that were killed left half-written around the papers; each paper sweeps its own folder."""
    workspace = studio.workspace
    store.sweep(workspace.cache)
    for folder in {workspace.root, workspace.episodes, *(studio.folder(paper).root.parent for paper in papers)}:
        store.sweep(folder, deep=False)


def _gather(
    studio: Studio, papers: Sequence[Paper], over: threading.Event | None = None
) -> Iterator[tuple[str, Result]]:  # fmt: skip
    """Have every paper's text here, one after the other as arXiv asks, until it is over; yield what became of those
    without one."""
    for paper in papers:
        if over and over.is_set():
            return
        try:
            with studio.alone(paper):
                store.sweep(studio.folder(paper).root)
                judging.document(studio, paper)
        except OF_PAPER as error:
            yield paper.id, pipeline.quarantine(studio, paper, "read", error)


def gather_besides(studio: Studio, papers: Sequence[Paper]) -> None:
    """Have what there is of the papers beside their texts here: what is linked with them, their first figures."""
    about = {one.id: one for paper in papers for one in paper.about if ids.is_arxiv(one.id)}
    wanted = ((studio.folder(one), one, _online(studio, one)) for one in about.values())
    besides.gather(wanted, figures=studio.config.publish.figures)


def _online(studio: Studio, paper: Paper) -> Source:
    """Return what was asked for the paper's day; for one that was asked for by itself, the show's own source."""
    own = asked.kept(studio.folder(paper))
    return studio.source if own else judging.source_of(studio, paper)


def to_ask(
    studio: Studio, papers: Sequence[Paper], stages: Sequence[str], unread: Callable[[Paper], Document] | None = None
) -> Iterator[Usage]:  # fmt: skip
    """Yield for each paper about what the stages still take of a language model; of one that is told in several ways,
    the reading is the first one's. A text that is not here is what `unread` takes it to be; without that, nothing is
    known of its paper."""
    to_read = set[str]()
    for paper in papers:
        folder, about = studio.folder(paper), paper.about[0].id
        kept = kept_brief(studio, paper)
        missing = ["read"] if "read" in stages and kept is None and about not in to_read else []
        missing += ["write"] if "write" in stages and not folder.script.is_file() else []
        to_read |= {about} if "read" in missing else set()
        usage = Usage()
        if missing and (unread or folder.document.is_file()):
            with suppress(*OF_PAPER):  # the stage itself will say so
                text = unread(paper) if unread and not folder.document.is_file() else None
                brief = store.load(Brief, kept) if kept else None
                task = pipeline.assignment(studio, paper, text=text, settle=False)
                usage = studio.writer.estimate(task, missing, brief)
        yield usage


def lasts(studio: Studio, paper: Paper) -> float:
    """Return how many minutes an episode about the paper is to last, at most."""
    return min(studio.config.writer.minutes, formats.FORMATS[paper.told].minutes)


def unsaid(studio: Studio, paper: Paper) -> Sequence[ordering.Order]:
    """Return what there is to record of the paper's script, also of an episode's: nothing of one whose takes were
    pruned, which stays."""
    folder = studio.folder(paper)
    script = store.load(Script, folder.script)
    orders = studio.orders(script, folder)
    return () if assembly.kept(folder, script) else ordering.unmade(orders, folder)


def unwritten(studio: Studio, paper: Paper, minutes: float) -> float | None:
    """Return about what paid voices take for an episode of so many minutes that is not written yet, in US dollars; None
    where no voice names a price."""
    speak = formats.FORMATS[paper.told].speakers(studio.config.hosts)
    return prices.outlay(60 * minutes, [studio.cast[host.key].voice for host in speak])


def _is_paid(studio: Studio, paper: Paper) -> bool:
    """Return whether the paper's script is spoken by a voice that names a price."""
    folder = studio.folder(paper)
    cast = studio.cast_of(store.load(Script, folder.script), folder)
    return any("price" in actor.voice.settings for actor in cast.values())


def _voices(studio: Studio, papers: Iterable[Paper]) -> float | None:
    """Return about what paid voices take for what is not recorded of the papers; None where none has a price."""
    found: list[float | None] = []
    for paper in papers:
        with suppress(*OF_PAPER):  # the stage itself will say so
            if not studio.folder(paper).script.is_file():
                found.append(unwritten(studio, paper, lasts(studio, paper)))
            elif _is_paid(studio, paper):  # how each line is spoken takes longer to say than to record in tones
                found.append(prices.cost(unsaid(studio, paper)))
    known = [cost for cost in found if cost is not None]
    return sum(known) if known else None


def _quote(studio: Studio, papers: Sequence[Paper], stages: Sequence[str], spoken: bool) -> None:
    """Say what a language model will take for what is not there yet, and, where it is `spoken` too, paid voices; refuse
    what is over the budget."""
    each = list(to_ask(studio, papers, stages))
    usage, asked = sum(each, Usage()), sum(bool(one.answers) for one in each)
    if usage.answers:
        log.info("%d paper%s by a language model: about %s", asked, "" if asked == 1 else "s", usage.told())
    budget, model = studio.config.writer.budget, usage.cost or 0.0
    if budget is not None and model > budget:
        raise OverBudget(
            f"that is about {model:.2f}, and the budget is {budget:.2f}",
            "raise --budget, take fewer papers with --top, or a cheaper model",
        )
    voices = _voices(studio, papers) if spoken else None
    if voices is not None:
        log.info("the voices: about %s US dollars", prices.told(voices))
    studio.purse.check(voices, model)
