"""Papers whose texts are there become sound: one after the other, or many at once where the studio has machines."""

import datetime as dt
import logging
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from podcast import assembly, pipeline
from podcast.machines.slots import Kept
from podcast.pipeline import Result
from podcast.recording import pace
from podcast.show import environment
from podcast.show.errors import DamagedTake, PodcastError
from podcast.show.schema import Paper
from podcast.studio import Studio, Watch

log = logging.getLogger(__name__)

T = TypeVar("T")

_FEWEST = 8
_THREADS = 256
"""How many papers are recorded or mixed at once: no fewer, and no more, whatever the machines."""

Written = Iterable[tuple[Paper, Result | None]]
"""Each paper with what became of its texts, waited for when its turn comes; None where none were to be made."""


def one_by_one(studio: Studio, papers: Written, stages: Sequence[str], watch: Watch) -> Iterator[Result]:
    """Yield each paper's result after these stages, in order; of one that failed before, the result that it has.

    A paper is mixed while the next is recorded; two are never recorded at once, for one engine says one line at a time.
    """
    before: Callable[[], Result] | None = None
    with side_by_side(1, lambda: None) as start:
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


def by_many(
    studio: Studio, papers: Written, stages: Sequence[str], watch: Watch, over: threading.Event | None = None
) -> Iterator[Result]:  # fmt: skip
    """Yield each paper's result after these stages, in order, as `one_by_one` does: many are recorded at once, so that
    no machine waits between two of them, and mixed as they are recorded, as many at once as there are cores.

    Takes are what they would be one paper after the other, for only papers that are a week apart teach each other a
    voice's pace, and those wait for each other. So are numbers and dates, which are given in order. Where it ends
    badly, `over` is set before any paper that was under way lets go, no line is begun any more, and what is finished
    is yielded before the error is raised.
    """

    def stop() -> None:
        if over:
            over.set()
        studio.crew.close()

    going: deque[Future[Result]] = deque()
    turns: list[_Turn] = []
    mixing = threading.Semaphore(environment.cores())
    failed: BaseException | None = None
    try:
        with side_by_side(_THREADS, lambda: None) as start:
            wanted = iter(papers)
            coming = _next(wanted)
            while not failed:
                full = len(going) >= _at_once(studio)
                heard: list[Future[Any]] = [*islice(going, 1), *([] if full else [coming])]
                wait(heard, return_when=FIRST_COMPLETED)
                if going and going[0].done():
                    failed = yield from _results(going, 1)
                elif isinstance(drawn := coming.result(), tuple):
                    paper, written = drawn
                    turns = [*(each for each in turns if not each.told.is_set()), _Turn(paper.listed_on, turns)]
                    going.append(start(_in_its_turn, studio, paper, written, stages, watch, turns[-1], mixing, stop))
                    coming = _next(wanted)
                else:
                    failed = drawn
                    break
            if failed and not isinstance(failed, PodcastError | CancelledError):
                stop()
            if failed := (yield from _results(going, len(going), failed)):
                raise failed
    except Exception:  # every thread has ended
        studio.dismiss()
        raise
    except BaseException:  # Ctrl-C: what is finished stays
        stop()
        raise


def _next(papers: Iterator[T]) -> "Future[T | BaseException | None]":
    """Return what will be the next of them, None behind the last, or the error that was raised for it: told by a thread
    for which nobody has to wait."""
    coming: Future[T | BaseException | None] = Future()

    def draw() -> None:
        with Kept() as kept:
            drawn = next(papers, None)
        coming.set_result(kept.error or drawn)

    threading.Thread(target=draw, name="next paper", daemon=True).start()
    return coming


def _results(
    going: deque[Future[Result]], count: int, failed: BaseException | None = None
) -> Generator[Result, None, BaseException | None]:
    """Yield so many results; return what failed before or in one of them, and not that others were therefore
    cancelled."""
    for _ in range(count):
        made = going.popleft()
        error = made.exception()
        if error is None:
            yield made.result()
        elif failed is None or isinstance(failed, CancelledError):
            failed = error
    return failed


def _at_once(studio: Studio) -> int:
    """Return how many papers are under way: enough that there are two calls for each worker that records."""
    return min(_THREADS, max(_FEWEST, getattr(studio.crew, "workers", 0)))


class _Turn:
    """A paper among those that are made at once: what it waits for, and what waits for it."""

    def __init__(self, day: dt.date, before: Sequence["_Turn"]) -> None:
        self.day, self.recorded, self.told, self.broken = day, threading.Event(), threading.Event(), False
        self._teach = [each.recorded for each in before if pace.are_apart(each.day, day)]
        self._last = before[-1] if before else None

    def wait_for_teachers(self) -> None:
        """Wait until the papers before it that are to teach it a pace are recorded."""
        for recorded in self._teach:
            recorded.wait()

    def wait_for_last(self) -> None:
        """Wait until the paper before it has its number, or needs none. Raises CancelledError behind one that broke."""
        self.recorded.set()
        if self._last:
            self._last.told.wait()
            if self._last.broken:
                raise CancelledError

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.broken = True
        try:
            if kind:
                self.recorded.set()
            else:
                self.wait_for_last()
                self.broken = False
        finally:
            self._last = None
            self.told.set()


def _in_its_turn(
    studio: Studio, paper: Paper, written: Result | None, stages: Sequence[str], watch: Watch, turn: _Turn,
    mixing: threading.Semaphore, stop: Callable[[], None],
) -> Result:  # fmt: skip
    """Record the paper and mix it; return its result. What would be wrong with all papers stops them."""
    try:
        return _heard_in_its_turn(studio, paper, written, stages, watch, turn, mixing)
    except CancelledError:
        raise
    except BaseException:
        stop()
        raise
    finally:
        studio.coming.pop((paper.listed_on, paper.id), None)
        studio.dates.pop(f"{paper.listed_on}/{paper.id}", None)


def _heard_in_its_turn(
    studio: Studio, paper: Paper, written: Result | None, stages: Sequence[str], watch: Watch, turn: _Turn,
    mixing: threading.Semaphore,
) -> Result:  # fmt: skip
    result = written
    with turn:
        first = [stage for stage in stages if stage != "mix"]
        if first and not (result and result.error):
            turn.wait_for_teachers()
            result = pipeline.make_paper(studio, paper, first, watch)
        mixed = "mix" in stages and not (result and result.error)
        if mixed:
            turn.wait_for_last()
            with suppress(*pipeline.OF_PAPER):  # mix says it
                assembly.claim(studio, paper)
    if mixed:
        with mixing:
            result = pipeline.make_paper(studio, paper, ["mix"], watch)
        if first and isinstance(result.error, DamagedTake):
            log.warning("%s; recorded again", result.error)
            result = pipeline.make_paper(studio, paper, stages, watch)
    return result or Result(paper)


@contextmanager
def side_by_side(workers: int, stop: Callable[[], None]) -> Iterator[Callable[..., Future[Any]]]:
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
