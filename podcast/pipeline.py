"""The straight line: fetch, read, write, record, mix for one paper; then publish takes all episodes at once."""

import datetime as dt
import functools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from podcast import grounding, instead
from podcast.assembly import check_show, kept, mix, whole
from podcast.judging import document, document_again, faults, freeze, grounded, has_text
from podcast.papers import asked, days, fallen, scores, select, spans
from podcast.recording import ordering, portrait, prices
from podcast.recording import record as recording
from podcast.show import criteria, store, versions
from podcast.show.errors import (
    DamagedTake,
    DocumentError,
    MixError,
    NotReady,
    PodcastError,
    SourceError,
    SynthesisError,
    WriterError,
    naming,
)
from podcast.show.schema import (
    TRAILER,
    Brief,
    Day,
    Document,
    Memory,
    Paper,
    Quarantine,
    Roundup,
    Scores,
    Script,
    Selection,
    Take,
    Talk,
    Trailer,
    Version,
)
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, Watch, brief_of, kept_brief, need, unwatched
from podcast.writers import Assignment, Editor, Writer
from podcast.writers import trailer as trailing
from podcast.writers.phrases import EPISODES

log = logging.getLogger(__name__)

OF_PAPER = (DocumentError, SourceError, WriterError, SynthesisError, MixError)
"""What can be wrong with one paper; anything else stops the run, for it would be wrong with all."""


def fetch(studio: Studio, date: dt.date) -> Day:
    """Return the day, frozen in papers.json when it is first fetched."""
    return days.fetch(studio.workspace, studio.source, date)


def looked_up(studio: Studio, date: dt.date) -> Day:
    """Return the day as `fetch` would; nothing is kept."""
    return days.looked_up(studio.workspace, studio.source, date)


def choose(studio: Studio, day: Day) -> Sequence[Paper]:
    """Return the papers of the day that become episodes; why each is chosen or not stands in selection.json."""
    score(studio, day)
    selection = judge(studio, day)
    store.write_atomic(studio.workspace.day(day.date).selection, store.to_json(selection))
    return _picked(studio, day, selection)


def chosen(studio: Studio, day: Day) -> Sequence[Paper]:
    """Return the papers of the day, or of several joined in one, that become episodes by the scores that they have:
    nothing is asked, and nothing written down."""
    return _picked(studio, day, judge(studio, day))


def _picked(studio: Studio, day: Day, selection: Selection) -> Sequence[Paper]:
    for verdict in selection.verdicts:
        if verdict.repeated or fallen.KIND.match(verdict.reason):
            log.info("%s is left: %s", verdict.paper_id, verdict.reason)
    papers = select.chosen(day, selection)
    records = [asked.kept(studio.folder(paper)) for paper in papers]
    # what was asked for on the day goes on as that
    return [own.paper if own else paper for own, paper in zip(records, papers, strict=True)]


def choose_by_text(
    studio: Studio, day: Day, choose: Callable[[Studio, Day], Sequence[Paper]] = choose
) -> Sequence[Paper]:  # fmt: skip
    """Return the papers that become episodes, now that the texts of those that were chosen are here: where one is only
    an abstract, the next best are read until one has more."""
    settings, chosen = studio.config.select, choose(studio, day)
    after = select.behind(day, settings, _made(studio, day), _scores(studio, day)) if settings.full_text else ()
    read = texts(studio, day) if after else {}
    for paper in after[: settings.top]:
        if not any(read.get(each.id) and not select.favourite(each, settings) for each in chosen):
            break
        if paper.id not in read and has_text(studio, paper):
            read, chosen = texts(studio, day), choose(studio, day)
    return chosen


def _made(studio: Studio, day: Day) -> Mapping[str, dt.date]:
    """Return the papers that have an episode elsewhere than under the day they stand under here, with that day."""
    dates = {paper.listed_on for paper in day.papers}
    coming = [(about, date) for (date, _), about in list(studio.coming.items())]
    made = {
        each: {about: date for about, date in coming if date != each} | days.made_elsewhere(studio.workspace, each)
        for each in dates
    }
    return {paper.id: made[paper.listed_on][paper.id] for paper in day.papers if paper.id in made[paper.listed_on]}


def _scores(studio: Studio, day: Day) -> Scores | None:
    """Return what was said of the papers by the show's criteria, of whatever days they are."""
    dates = sorted({paper.listed_on for paper in day.papers})
    return spans.scored([studio.workspace.day(date) for date in dates])


def texts(studio: Studio, day: Day) -> Mapping[str, str]:
    """Return of the day's papers that were read why there is only an abstract, "" where there is a text. One that is
    written from its abstract stays what it is."""
    found: dict[str, str] = {}
    for paper in day.papers:
        folder = studio.folder(paper)
        if not folder.document.is_file():
            continue
        try:
            read = store.load(Document, folder.document)
        except DocumentError:  # for who needs it to say
            continue
        if read.source != "abstract":
            found[paper.id] = ""
        elif not folder.script.is_file():
            found[paper.id] = read.why_abstract or "it has no other text"
    return found


def judge(studio: Studio, day: Day, top: int = 0) -> Selection:
    """Return what the settings, and the day's scores where it has any, say of each paper; `top` stands for theirs."""
    settings = studio.config.select.model_copy(update={"top": top}) if top else studio.config.select
    read = texts(studio, day) if settings.full_text else {}
    return select.judge(day, settings, _made(studio, day), _scores(studio, day), read)


def score(studio: Studio, day: Day) -> None:
    """Have a language model score the day's papers where the show has criteria; without a model that is said."""
    wanted = criteria.read(studio.workspace)
    if wanted is None:
        return
    folder, budget = studio.workspace.day(day.date), studio.config.writer.budget
    if isinstance(studio.writer, Editor):
        with closing(studio.writer):
            scores.make(folder, day, wanted, studio.writer, budget, wait=studio.wait)
    elif not folder.scores.is_file():
        log.warning("criteria.md needs a language model to score by it ([writer]): papers are chosen by their upvotes")


def read(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Brief:
    """Make document.json and brief.json unless they exist, and return the brief."""
    folder = studio.folder(paper)
    if not folder.brief.is_file():
        document(studio, paper)
        if isinstance(paper, Talk):  # it holds its paper's as it is now: what is written from it rests on that
            about = studio.folder(paper.paper)
            brief = need(Brief, about.brief, f"podcast read {about.named}")
        else:
            task = assignment(studio, paper)
            brief = instead.done(studio, paper, "read", lambda writer: writer.brief(task))
        store.create_once(folder.brief, store.to_json(brief))
    return store.load(Brief, folder.brief)


def read_again(studio: Studio, paper: Paper) -> None:
    """Have document.json hold the paper's text as it is to be had now; where that is another, what was made of the one
    before is laid aside.

    Raises NotReady for a paper with a script, which rests on the text; SourceError where no answer came.
    """
    folder = studio.folder(paper)
    if folder.script.is_file():
        raise NotReady(
            f"{paper.id} has a script, which rests on its text",
            f"podcast regenerate {folder.named} --from read reads text and all anew",
        )
    with studio.alone(paper):
        found = document_again(studio, paper)
    if folder.document.is_file() and found == store.load(Document, folder.document):
        log.info("%s: its text is as it was", paper.id)
        return
    set_aside(studio, paper, "read")
    store.write_atomic(folder.document, store.to_json(found))
    log.info("%s: its text is %s now, %d sentences", paper.id, found.source, len(found.sentences()))


def write(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Script:
    """Make script.json unless it exists, and return the script.

    Raises Ungrounded where a line says what the paper does not; the script is there all the same, to be mended.
    """
    folder = studio.folder(paper)
    if not folder.script.is_file():
        if isinstance(paper, Talk):
            read(studio, paper)
        by_rule = isinstance(paper, Trailer)
        script = (
            composed(studio, paper)
            if by_rule
            else instead.done(studio, paper, "write", lambda writer: composed(studio, paper, writer=writer))
        )
        freeze(studio, paper)
        found = faults(studio, paper, script)
        script = grounding.marked(script, found)
        store.create_once(folder.script, store.to_json(script))
        if (
            studio.stand_in
            and instead.by_rule(paper)
            and (refused := grounding.refused(found))
            and not studio.allow_ungrounded
        ):
            _write_without(studio, paper, studio.stand_in, str(grounding.ungrounded(script, refused)))
    return grounded(studio, paper)


def _write_without(studio: Studio, paper: Paper, writer: Writer, why: str) -> None:
    """Put a script by another writer before one that says what the paper does not; that one stays, for `--undo`."""
    other = composed(studio, paper, writer=writer)
    other = grounding.marked(other, faults(studio, paper, other))
    versions.replace(studio.folder(paper), other, "written without the model", dt.datetime.now(dt.UTC))
    instead.note(studio, paper, "write", why)


def composed(
    studio: Studio, paper: Paper, drafts: str = "", brief: Brief | None = None, writer: Writer | None = None
) -> Script:  # fmt: skip
    """Return a script as the writer has it, of a paper or of a day's roundup; the show's own where none is given. The
    show's trailer is by rule. It is in the language that the show has now.

    Answers in another folder of drafts are asked for afresh; `brief` stands in for the paper's own.
    """
    if isinstance(paper, Trailer):
        script = trailing.script(studio.config.show, studio.config.hosts)
    elif isinstance(paper, Roundup):
        parts = [(assignment(studio, one), brief_of(studio, one)) for one in paper.papers]
        minutes, answers = studio.config.roundup.minutes, studio.folder(paper).drafts / drafts
        script = (writer or studio.writer).roundup(paper, parts, minutes, answers)
    else:
        task = assignment(studio, paper, drafts)
        script = (writer or studio.writer).script(task, brief or brief_of(studio, paper))
    return script.model_copy(update={"language": studio.config.show.language})


def record(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Sequence[Take]:
    """Record every line that has no take yet, and return the takes in the script's order. Raises OverBudget, and
    nothing is recorded, where voices would take more than they may."""
    folder = studio.folder(paper)
    script = grounded(studio, paper)
    if pruned := kept(folder, script):
        return pruned
    cast = studio.cast_of(script, folder)
    orders = ordering.orders(script, cast, studio.lexicon_of(script, folder))
    ordering.adopt(orders, folder)
    orders = ordering.as_made(orders, folder)
    if unmade := ordering.unmade(orders, folder):
        check_show(studio)
        studio.purse.pay(prices.cost(unmade))
        own = {host: f"by podcast regenerate {folder.named} --voice {host}=…" for host in script.voices}
        apart = studio.config.record.min_semitones
        portrait.check_apart(cast, studio.gallery, apart, {**studio.config.by_option, **own})
    expected = functools.partial(studio.gallery.expected, day=folder.day)
    recorded = recording.record(orders, folder, expected, studio.crew)
    made = {take.key: take for take in watch(recorded, "record", paper, len(orders))}
    takes = [made[order.key] for order in orders]
    with whole(folder, takes):
        _learn(studio, folder, cast, orders, made)
    return takes


def _learn(
    studio: Studio, folder: PaperFolder, cast: Mapping[str, ordering.Actor], orders: Sequence[ordering.Order],
    made: Mapping[str, Take],
) -> None:  # fmt: skip
    """Let each voice's pace learn from its takes that were right at once."""
    for actor in cast.values():
        own = {order.key: order.spoken for order in orders if order.actor.voice.name == actor.voice.name}
        good = [(made[key], spoken) for key, spoken in own.items() if not made[key].attempts.is_file()]
        studio.gallery.lessons(actor).learn(f"{folder.day}/{folder.paper_id}", good)


STAGES: Mapping[str, Callable[[Studio, Paper, Watch], object]] = MappingProxyType(
    {"read": read, "write": write, "record": record, "mix": mix}
)


@dataclass(frozen=True)
class Result:
    """What became of one paper: done, or quarantined with the error that says why."""

    paper: Paper
    error: PodcastError | None = None


def make_paper(studio: Studio, paper: Paper, stages: Sequence[str] = tuple(STAGES), watch: Watch = unwatched) -> Result:
    """Bring one paper through the stages, in their order. What fails is written to quarantine.json, and no more.

    Other papers, and what was published of this one, are left as they are. Another command that works on the paper is
    waited for. What is told in another format is read as its paper first, under that one's lock.
    """
    folder = studio.folder(paper)
    if "mix" in stages and not folder.script.is_file():
        check_show(studio)
    if isinstance(paper, Talk) and "read" in stages and not folder.brief.is_file():
        try:
            with studio.alone(paper.paper):
                read(studio, paper.paper)
                _release(studio.folder(paper.paper), ("read",))
        except OF_PAPER as error:
            return quarantine(studio, paper, "read", error)
    with studio.alone(paper):
        store.sweep(folder.root)
        versions.restore(folder)
        versions.settle(folder)
        for stage in stages:
            try:
                with naming(folder.named):
                    _do(stage, studio, paper, stages, watch)
            except OF_PAPER as error:
                if stage == "record" and isinstance(error, SynthesisError) and recorded_before(studio, paper):
                    join = "? Or" if error.hint.endswith("?") else ", or"
                    back = f"take the change back: podcast regenerate {folder.named} --undo"
                    error.hint = f"{error.hint.removesuffix('?')}{join} {back}"
                return quarantine(studio, paper, stage, error)
        _release(folder, stages)
    return Result(paper)


def recorded_before(studio: Studio, paper: Paper) -> Version | None:
    """Return the newest version before the present one of which every line has its take: what cannot be recorded now
    was changed since. None where there is none."""
    folder = studio.folder(paper)
    present = versions.seen(folder, dt.datetime.now(dt.UTC))
    for version in versions.lineage(folder, present.parent):
        with suppress(SynthesisError):
            if not ordering.unmade(studio.orders(version.script, folder), folder):
                return version
    return None


def _release(folder: PaperFolder, done: Sequence[str]) -> None:
    """Let the paper out of quarantine where the stage that failed, or one behind it, is done now."""
    reason = store.load_disposable(Quarantine, folder.quarantine)
    order = list(STAGES)
    if reason and reason.stage in order and order.index(reason.stage) > max(map(order.index, done), default=-1):
        return
    folder.quarantine.unlink(missing_ok=True)


def _do(stage: str, studio: Studio, paper: Paper, stages: Sequence[str], watch: Watch) -> None:
    """Do the stage; where takes turn out to be damaged and lines are recorded here, they are recorded again, once."""
    try:
        STAGES[stage](studio, paper, watch)
    except DamagedTake as error:
        if "record" not in stages:
            raise
        log.warning("%s; recorded again", error)
        record(studio, paper, watch)
        if stage != "record":
            STAGES[stage](studio, paper, watch)


def quarantine(studio: Studio, paper: Paper, stage: str, error: PodcastError) -> Result:
    """Write down why the paper goes no further, and return that as its result."""
    reason = Quarantine(stage=stage, error=type(error).__name__, message=str(error), hint=error.hint)
    store.write_atomic(studio.folder(paper).quarantine, store.to_json(reason))
    return Result(paper, error)


def set_aside(studio: Studio, paper: Paper, stage: str = "") -> None:
    """Lay what a model answered for a paper without a script into a folder beside it, so that it is asked afresh.

    `stage` is read or write, or "" for the one that failed; before read, the brief goes with the answers.
    """
    folder = studio.folder(paper)
    with studio.alone(paper):
        if folder.script.is_file():
            return
        if not stage:
            stage = "write" if folder.brief.is_file() else "read"
        kept = [path for path in folder.drafts.glob("*.json") if path.is_file()]
        kept += [folder.brief] if stage == "read" and folder.brief.is_file() else []
        if kept:
            number = 1 + len(list(folder.drafts.glob("aside-*")))
            aside = folder.drafts / f"aside-{number}"
            aside.mkdir(parents=True)
            for path in kept:
                path.rename(aside / path.name)
            log.info("%s: %d files are laid aside in %s", paper.id, len(kept), aside)
        folder.quarantine.unlink(missing_ok=True)


def assignment(
    studio: Studio, paper: Paper, drafts: str = "", text: Document | None = None, *, settle: bool = True
) -> Assignment:  # fmt: skip
    """Return the paper as a writer gets it; answers in another folder of drafts are asked for afresh.

    `text` stands in for the document on disk. Without `settle` nothing is written down: which earlier episodes a script
    may refer to is told where that is settled, else there are none.
    """
    folder = studio.folder(paper)
    text = text or need(Document, folder.document, f"podcast read {folder.named}")
    return Assignment(
        paper.about[0], text, folder.drafts / drafts, lambda: _earlier(studio, paper),
        memories(studio, paper, drafts, settle=settle), studio.workspace.glossary, paper.told, settle,
    )  # fmt: skip


def memories(
    studio: Studio, paper: Paper, drafts: str, *, settle: bool = True
) -> Callable[[Brief], Sequence[Memory]]:  # fmt: skip
    """Return what finds, when it is first asked for, the earlier episodes that a script by a brief may refer to; or,
    without `settle`, looks at what was found. Two minutes have no room for any."""

    def found(brief: Brief) -> Sequence[Memory]:
        if not studio.config.writer.memory or isinstance(paper, Roundup | Trailer) or paper.told == "brief":
            return ()
        from podcast.papers import remembered

        if not settle:
            kept = remembered.offered(studio.folder(paper), drafts)
            return kept.memories if kept else ()
        return remembered.settled(studio.workspace, paper, brief, drafts, frozenset(studio.together)).memories

    return found


def recall(studio: Studio, paper: Paper) -> None:
    """Settle which earlier episodes the paper's script may refer to, unless it has one; without its brief, nothing."""
    folder = studio.folder(paper)
    if not folder.script.is_file() and (kept := kept_brief(studio, paper)):
        with suppress(DocumentError):  # a broken brief is told by who writes from it
            memories(studio, paper, "")(store.load(Brief, kept))


def _earlier(studio: Studio, paper: Paper) -> Sequence[Script]:
    """Return the scripts of the episodes of the days before the paper's, the newest first, as many as are asked for."""
    folders = [each for each in reversed(studio.workspace.papers()) if each.day < paper.listed_on]
    about_papers = (each for each in folders if each.paper_id != TRAILER)
    coming = studio.coming.keys()
    made = (  # what is coming has its episode before it comes no more
        each for each in about_papers
        if each.script.is_file() and ((each.day, each.paper_id) in coming or each.episode.is_file())
    )  # fmt: skip
    return list(islice(_readable(made), EPISODES))


def _readable(folders: Iterable[PaperFolder]) -> Iterator[Script]:
    for each in folders:
        try:
            yield store.load(Script, each.script)
        except DocumentError as error:
            log.warning("%s; new scripts are written without it", error)
