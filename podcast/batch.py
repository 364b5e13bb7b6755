"""Many papers: read and written side by side, recorded one after the other, and what that costs said beforehand."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import groupby
from types import MappingProxyType
from typing import Any

from podcast import judging, pipeline, writers
from podcast.papers import roundup, spans
from podcast.pipeline import OF_PAPER, STAGES, Result
from podcast.recording import portrait
from podcast.show import store
from podcast.show.errors import DamagedTake, NoPapers, OverBudget
from podcast.show.periods import Period
from podcast.show.schema import FORMATS, Brief, Paper, Roundup, Talk, Usage, as_told
from podcast.studio import Studio, Watch, kept_brief, unwatched
from podcast.writers import formats

log = logging.getLogger(__name__)

Written = Iterable[tuple[Paper, Result | None]]
"""Each paper with what became of its texts, waited for when its turn comes; None where none were to be made."""


def make_day(studio: Studio, date: dt.date, watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the day's selection picks, as it is finished."""
    day = pipeline.fetch(studio, date)
    _check(studio)
    failed = dict(_gather(studio, pipeline.choose(studio, day)))
    yield from make_papers(studio, told(studio, pipeline.choose_by_text(studio, day)), watch=watch, failed=failed)


def told(studio: Studio, papers: Iterable[Paper], stages: Sequence[str] = tuple(STAGES)) -> Sequence[Paper]:
    """Return the papers as the show tells them: an episode a format, those of one paper after each other. What is told
    in one already stays, and what is read alone is the paper, however it is told."""
    told_in = FORMATS[:1] if set(stages) <= {"read"} else studio.config.writer.formats
    return [
        each
        for paper in papers
        for each in ([paper] if type(paper) is not Paper else [as_told(paper, one) for one in told_in])
    ]


def make_period(studio: Studio, period: Period, watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the selection picks of all that the period's days list, as it is finished.

    Days that are over and not here are fetched, and each paper stands under its own. Raises NoPapers where none of them
    has any.
    """
    today = dt.datetime.now(dt.UTC).date()
    for date in (date for date in period.days() if date < today):
        try:
            pipeline.score(studio, pipeline.fetch(studio, date))
        except NoPapers as error:
            log.debug("%s", error)
    day = spans.joined(studio.workspace, period)
    if not day.papers:
        raise NoPapers(f"{period.told} has no papers", "choose another one")
    _check(studio)
    failed = dict(_gather(studio, pipeline.choose_of_several(studio, day)))
    chosen = pipeline.choose_by_text(studio, day, pipeline.choose_of_several)
    yield from make_papers(studio, told(studio, chosen), watch=watch, failed=failed)


def make_asked(studio: Studio, papers: Sequence[Paper], watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each of the papers that were asked for by themselves, as it is finished."""
    if papers:
        _check(studio)
        yield from make_papers(studio, told(studio, papers), watch=watch)


def _check(studio: Studio) -> None:
    """Stop the run before anything is made, where nobody here can write a format, a voice is missing, or two cannot be
    told apart."""
    check_formats(studio)
    portrait.check_apart(studio.cast, studio.gallery, studio.config.record.min_semitones)


def check_formats(studio: Studio) -> None:
    """Raise ConfigError where the show cannot tell a paper in the formats that are set, or asked for."""
    formats.check(studio.config.writer.formats, studio.config.hosts, writers.pick(studio.config.writer))


def make_papers(
    studio: Studio, papers: Sequence[Paper], stages: Sequence[str] = tuple(STAGES), watch: Watch = unwatched, *,
    failed: Mapping[str, Result] = MappingProxyType({}),
) -> Iterator[Result]:  # fmt: skip
    """Yield a result for each paper, in their order, as it has been through the stages; of one whose text was asked for
    and `failed`, that.

    Every paper's text is fetched first, one after the other; then the papers are read and written side by side, and as
    each one's turn comes it is recorded, alone, and mixed while the next is recorded. Raises OverBudget before anything
    is asked where it would cost more than it may.
    """
    unwritten = [each for each in papers if isinstance(each, Talk) and not studio.folder(each).script.is_file()]
    if "write" in stages and unwritten:
        asked = list(dict.fromkeys(talk.format for talk in unwritten))
        formats.check(asked, studio.config.hosts, writers.pick(studio.config.writer))
    _sweep(studio, papers)
    texts = [stage for stage in stages if stage in ("read", "write")]
    sounds = [stage for stage in stages if stage not in texts]
    with _written(studio, papers, texts, watch, failed) as written:
        yield from _heard(studio, written, sounds, watch)


@contextmanager
def _written(
    studio: Studio, papers: Sequence[Paper], stages: Sequence[str], watch: Watch, failed: Mapping[str, Result]
) -> Iterator[Written]:  # fmt: skip
    """Have the papers read and written side by side, and give them in their order; at the end say what it took."""
    if not stages:
        yield ((paper, None) for paper in papers)
        return
    failed = {**failed, **_as_their_papers(studio, papers, failed)}
    if "read" in stages:
        failed = {**failed, **dict(_gather(studio, [paper for paper in papers if paper.id not in failed]))}
    ready = [paper for paper in papers if paper.id not in failed]
    before = studio.writer.spent
    with closing(studio.writer), _side_by_side(studio.config.writer.concurrency, studio.writer.close) as start:
        _quote(studio, ready, stages)
        begun: dict[str, Future[Mapping[str, Result]]] = {}
        for about, talks in groupby(ready, key=lambda paper: paper.about[0].id):
            begun[about] = start(_in_turn, studio, list(talks), stages, watch)
        yield ((paper, failed.get(paper.id) or begun[paper.about[0].id].result()[paper.id]) for paper in papers)
    spent = studio.writer.spent
    if spent.answers > before.answers:
        log.info("the language model took %s", spent.told())


def _in_turn(studio: Studio, talks: Sequence[Paper], stages: Sequence[str], watch: Watch) -> Mapping[str, Result]:
    """Return what became of the talks about one paper, one made after the other: they wait for the same brief."""
    return {paper.id: pipeline.make_paper(studio, paper, stages, watch) for paper in talks}


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


def _heard(studio: Studio, papers: Written, stages: Sequence[str], watch: Watch) -> Iterator[Result]:
    """Yield each paper's result after these stages, in order; of one that failed before, the result that it has.

    A paper is mixed while the next is recorded; two are never recorded at once, for a voice's pace is learnt from one
    for the next.
    """
    before: Callable[[], Result] | None = None
    with _side_by_side(1, lambda: None) as start:
        for paper, written in papers:
            now = _sounded(studio, paper, written, stages, watch, start)
            if before:
                yield before()
            before = now
        if before:
            yield before()


def _sounded(
    studio: Studio, paper: Paper, written: Result | None, stages: Sequence[str], watch: Watch,
    start: Callable[..., Future[Any]],
) -> Callable[[], Result]:  # fmt: skip
    """Record the paper, have it mixed, and return what waits for its result."""
    if written and (written.error or not stages):
        return lambda: written
    first = [stage for stage in stages if stage != "mix"]
    recorded = pipeline.make_paper(studio, paper, first, watch) if first else None
    if recorded and (recorded.error or first == list(stages)):
        return lambda: recorded
    mixing = start(pipeline.make_paper, studio, paper, ["mix"], watch)

    def mixed() -> Result:
        result: Result = mixing.result()
        if first and isinstance(result.error, DamagedTake):
            log.warning("%s; recorded again", result.error)
            return pipeline.make_paper(studio, paper, stages, watch)
        return result

    return mixed


def _make_roundup(studio: Studio, roundup: Roundup, watch: Watch = unwatched) -> Result:
    """Bring a day's roundup through writing, recording and mixing."""
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
    return _make_roundup(studio, about, watch)


def roundup_of_period(studio: Studio, period: Period, watch: Watch = unwatched) -> Result | None:
    """Make the roundup of a week or a month that has its digest; None where the show has none of that kind, or the
    period too few papers that were read, which is said."""
    settings = studio.config.roundup
    if not settings.enabled or settings.every != period.kind:
        return None
    about = roundup.found_of(studio.workspace, period, settings.top)
    if about is None:
        log.info("%s has no roundup: fewer than %d papers were read", period.told, roundup.FEWEST)
        return None
    return _make_roundup(studio, about, watch)


def _sweep(studio: Studio, papers: Sequence[Paper]) -> None:
    """Remove what runs that were killed left half-written around the papers; each paper sweeps its own folder."""
    workspace = studio.workspace
    store.sweep(workspace.cache)
    for folder in {workspace.root, workspace.episodes, *(studio.folder(paper).root.parent for paper in papers)}:
        store.sweep(folder, deep=False)


def _gather(studio: Studio, papers: Sequence[Paper]) -> Iterator[tuple[str, Result]]:
    """Have every paper's text here, one after the other as arXiv asks; yield what became of those without one."""
    for paper in papers:
        try:
            with studio.alone(paper):
                store.sweep(studio.folder(paper).root)
                judging.document(studio, paper)
        except OF_PAPER as error:
            yield paper.id, pipeline.quarantine(studio, paper, "read", error)


def _quote(studio: Studio, papers: Sequence[Paper], stages: Sequence[str]) -> None:
    """Say what a language model will take for what is not there yet, and refuse what is over the budget."""
    usage, asked, to_read = Usage(), 0, set[str]()
    for paper in papers:
        folder, about = studio.folder(paper), studio.folder(paper.about[0])
        kept = kept_brief(studio, paper)
        missing = ["read"] if "read" in stages and kept is None and about.paper_id not in to_read else []
        missing += ["write"] if "write" in stages and not folder.script.is_file() else []
        to_read |= {about.paper_id} if "read" in missing else set()
        if missing and folder.document.is_file():
            try:
                brief = store.load(Brief, kept) if kept else None
                wanted = studio.writer.estimate(pipeline.assignment(studio, paper), missing, brief)
            except OF_PAPER:
                continue  # the stage itself will say so
            usage, asked = usage + wanted, asked + bool(wanted.answers)
    if not usage.answers:
        return
    log.info("%d paper%s by a language model: about %s", asked, "" if asked == 1 else "s", usage.told())
    budget = studio.config.writer.budget
    if budget is not None and usage.cost is not None and usage.cost > budget:
        raise OverBudget(
            f"that is about {usage.cost:.2f}, and the budget is {budget:.2f}",
            "raise --budget, take fewer papers with --top, or a cheaper model",
        )


@contextmanager
def _side_by_side(workers: int, stop: Callable[[], None]) -> Iterator[Callable[..., Future[Any]]]:
    """Give what starts a task in one of `workers` threads.

    Where the block ends badly, tasks that wait are dropped, and `stop` cuts short those that wait for a server; but for
    Ctrl-C, their ends are waited for, so that nothing is half-written when the error is told.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="paper")
    try:
        yield pool.submit
    except BaseException as error:
        pool.shutdown(wait=False, cancel_futures=True)
        stop()
        pool.shutdown(wait=isinstance(error, Exception))
        raise
    pool.shutdown()
