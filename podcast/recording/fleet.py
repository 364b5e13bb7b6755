"""Lines of many papers at once, recorded by an executor's workers, on however many machines.

Workers get lines, and send takes back as bytes: they read no folder of the show's and write none, so that none has to
be shared. Lines go in calls of about a second and a half of work, that their way costs next to nothing. Takes, seeds
and bytes are those of one process.
"""

import atexit
import functools
import logging
import os
import queue
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field

from podcast import machines
from podcast.machines import Done, Executor, Gone, Stage, slots
from podcast.recording import crew, packing, portrait, record
from podcast.recording.ordering import Order
from podcast.recording.record import Job, Recorded
from podcast.show import environment
from podcast.show.errors import ConfigError, PodcastError, SynthesisError
from podcast.show.schema import Take

log = logging.getLogger(__name__)

_WORK = 1.5
"""Seconds of work that a call should be, by what the voice's lines took before;
_FIRST, lines of a voice that was not heard yet, and
_MOST, lines at most."""
_FIRST = 4
_MOST = 32
_GOODBYE = 5.0
"""Seconds that calls under way have to end, when nobody wants what they make; and workers to be there."""

Item = tuple[int, bytes]
"""A call's number, and what a worker makes of it."""


@dataclass
class _Paper:
    """The lines of one paper that are wanted: those that wait, and what came of the others."""

    waiting: deque[Job]
    answers: "queue.SimpleQueue[tuple[Sequence[Order], Answer] | BaseException]" = field(
        default_factory=queue.SimpleQueue
    )
    under_way: int = 0
    ended: BaseException | None = None
    """What ended the fleet, once it is told: nobody waits for what is under way any more."""


@dataclass(frozen=True)
class Answer:
    """What a worker made of a call."""

    takes: tuple[Recorded | None, ...]
    """A take for each line, in their order; None of those that could not be recorded, or came after one in its part."""
    errors: tuple[tuple[int, PodcastError], ...]
    """What was wrong, with the line's number."""
    talk: tuple[tuple[str, int, str], ...]
    """What it logged: by whom, how loud, what."""
    seconds: float
    """What it took."""


class Fleet:
    """An `record.Elsewhere` that several threads may ask at once, each for a paper; what it has is opened when the
    first line is wanted, and stays. `gpus` is the share of a GPU that each worker has."""

    def __init__(self, engine: str, workers: int = 0, gpus: float = 0.0) -> None:
        self.workers = 0
        """How many record, once they do."""
        self._engine, self._wanted = engine, workers
        self._stage = Stage(ready, recorded, gpus=gpus)
        self._changed = threading.Condition()
        self._papers: list[_Paper] = []
        self._sent: dict[int, tuple[_Paper, tuple[Order, ...]]] = {}
        self._seconds: dict[str, float] = {}
        """By voice, what a line takes."""
        self._count, self._over = 0, False
        self._failed: BaseException | None = None
        self._thread: threading.Thread | None = None
        self._executor: Executor | None = None
        self._opening = threading.Lock()
        self._told = False

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Take] | None:
        if not jobs:
            return None
        if not all(
            crew.travels(speaker.synthesizer, speaker.voice.synthesizer, self._engine)
            for job in jobs
            for speaker in job.speakers
        ):
            return self._made_here(jobs)
        return self._made(jobs)

    def close(self) -> None:
        """End it; who waits for a line gets an error. What is under way is ended, within its patience."""
        with self._changed:
            self._over = True
            for paper in self._papers:
                paper.waiting.clear()
                paper.answers.put(CancelledError())
            self._changed.notify_all()
        fleet.cache_clear()  # who records after it has another
        if self._opening.acquire(timeout=_GOODBYE):  # what is opened later is closed at once
            self._opening.release()
        if self._thread:
            self._thread.join(_GOODBYE)
        if self._executor:
            self._executor.close()

    def _made_here(self, jobs: Sequence[Job]) -> Iterator[Take]:
        with portrait.ALONE:
            if not self._told:
                self._told = True
                log.info("voices that cannot be made elsewhere speak here, one paper at a time")
            for job in jobs:
                self._check()
                for take in record.make(job):
                    yield take
                    self._check()

    def _made(self, jobs: Sequence[Job]) -> Iterator[Take]:
        parts = [part for job in jobs for part in job.heard_together()]
        paper = _Paper(deque(sorted(parts, key=lambda part: part.orders[0].number)))
        errors: list[tuple[int, PodcastError]] = []
        self._begin(paper, jobs)
        folder = jobs[0].folder
        try:
            while self._is_going(paper):
                told = paper.answers.get()
                if isinstance(told, BaseException):
                    paper.ended = paper.ended or told
                    continue  # what is there already is kept
                orders, answer = told
                for order, take in zip(orders, answer.takes, strict=True):
                    if take:
                        yield record.keep(take, order, folder)
                if answer.errors:
                    errors += answer.errors
                    self._drop(paper)
        finally:
            self._drop(paper, whole=True)
        if paper.ended:
            raise paper.ended
        if errors:
            raise min(errors, key=lambda each: each[0])[1]

    def _begin(self, paper: _Paper, jobs: Sequence[Job]) -> None:
        with self._opening:
            if not self._executor:
                self._open(jobs)
        with self._changed:
            self._check()
            self._papers.append(paper)
            self._changed.notify_all()

    def _open(self, jobs: Sequence[Job]) -> None:
        """Have workers, unless it is over: before that or after, for Ray takes its time to begin and to be joined."""
        self._check()
        speakers = [speaker for job in jobs for speaker in job.speakers]
        room = min(environment.cores(), crew.fit(speakers)) if self._engine == "processes" else 0
        try:
            executor = machines.executor(self._engine, self._wanted or room)
        except PodcastError as error:  # nobody is to try again
            with self._changed:
                self._over, self._failed = True, error
            raise
        with self._changed:
            if not self._over:
                self._executor, self.workers = executor, executor.size(self._stage)
                log.info("lines are recorded by %d workers (%s)", self.workers, self._engine)
                self._thread = threading.Thread(target=self._serve, args=(executor,), name="fleet", daemon=True)
                self._thread.start()
                return
        executor.close()

    def _check(self) -> None:
        """Raise what ended it, if it is over."""
        if self._over:
            raise self._failed or CancelledError()

    def _is_going(self, paper: _Paper) -> bool:
        with self._changed:
            awaited = (paper.waiting or paper.under_way) and not paper.ended
            return bool(awaited) or not paper.answers.empty()

    def _drop(self, paper: _Paper, *, whole: bool = False) -> None:
        """Begin no more of the paper's lines; of what is dropped as a whole, nobody waits for those under way."""
        with self._changed:
            paper.waiting.clear()
            if whole and paper in self._papers:
                self._papers.remove(paper)

    # --- the fleet's own thread, and the one that draws --------------------------------------------------------

    def _serve(self, executor: Executor) -> None:
        """Hand out what comes back, until the fleet is closed; what ends it before, ends all papers."""
        with slots.Kept() as kept:
            for done in executor.run(self._stage, self._items()):
                self._hand_out(done)
        failed = _none_begins(kept.error) if isinstance(kept.error, Gone) else kept.error
        with self._changed:
            self._over, self._failed = True, failed
            for paper in self._papers:
                paper.answers.put(failed or CancelledError())

    def _items(self) -> Iterator[Item]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._over or any(paper.waiting for paper in self._papers))
                if self._over:
                    return
                paper = next(paper for paper in self._papers if paper.waiting)
                parts = self._parts(paper.waiting)
                self._count += 1
                number = self._count
                self._sent[number] = paper, tuple(order for part in parts for order in part.orders)
                paper.under_way += 1
            yield number, packing.packed(parts, _here(), log.getEffectiveLevel())

    def _parts(self, waiting: deque[Job]) -> list[Job]:
        """Take the next of them, about as many as a call should have."""
        parts = [waiting.popleft()]
        voice = parts[0].speakers[0].voice.name
        most = _FIRST if voice not in self._seconds else max(1, min(_MOST, round(_WORK / self._seconds[voice])))
        while waiting and sum(len(part.orders) for part in (*parts, waiting[0])) <= most:
            parts.append(waiting.popleft())
        return parts

    def _hand_out(self, done: Done[Item]) -> None:
        answer = done.value
        if isinstance(answer, Answer):
            for name, level, message in answer.talk:
                logging.getLogger(name).log(level, "%s", message)
        with self._changed:
            paper, orders = self._sent.pop(done.item[0])
            if isinstance(answer, Answer):
                voice, each = orders[0].actor.voice.name, answer.seconds / len(orders)
                self._seconds[voice] = (self._seconds.get(voice, each) + each) / 2
            else:
                answer = Answer((None,) * len(orders), ((orders[0].number, _said(done.error, orders)),), (), 0.0)
            paper.answers.put((orders, answer))
            paper.under_way -= 1


def _none_begins(error: Gone) -> ConfigError:
    """Return what a person is told where no worker is left: it would be wrong with all papers."""
    return ConfigError(
        f"none of the workers that are to record can be started ({error})",
        "they may have too little memory: try fewer at once, by [record] workers",
    )


def _said(error: BaseException | None, orders: Sequence[Order]) -> PodcastError:
    """Return what a person is told of lines that a worker did not come back with."""
    if isinstance(error, Gone):
        return SynthesisError(
            f"{crew.spoken(orders)}: the workers that recorded it have ended, one after another ({error})",
            "they may have had too little memory: try fewer at once, by [record] workers",
        )
    return crew.engine_failed(error, orders)


@functools.cache
def fleet(engine: str, workers: int = 0, gpus: float = 0.0) -> Fleet:
    """Return the process's fleet: one for all that it records."""
    made = Fleet(engine, workers, gpus)
    atexit.register(made.close)
    return made


def size(engine: str, workers: int = 0, gpus: float = 0.0) -> int:
    """Return how many workers the engine has, of which none is started; ConfigError where it has room for none. Ray is
    begun only for GPUs: how many there are it alone knows."""
    if engine == "ray" and not gpus:
        return workers or environment.cores()
    stage = Stage(ready, recorded, gpus=gpus)
    with machines.opened(engine, workers) as executor:
        for _ in executor.run(stage, ()):  # raises what a run of lines would
            pass
        return executor.size(stage)


# --- what a worker does ---------------------------------------------------------------------------------------


def ready() -> None:
    """Nothing is loaded before the first line says what."""


def recorded(given: object, item: Item) -> Answer:
    """Return the takes of the lines, or what was wrong with them: what an engine raises costs none of the others."""
    parts, (home, level) = packing.unpacked(item[1])
    begun, talk = time.perf_counter(), _Talk()
    if home != _here():
        own = logging.getLogger("podcast")
        own.handlers[:], own.level = [talk], level
    takes: list[Recorded | None] = []
    errors: list[tuple[int, PodcastError]] = []
    for part in parts:
        done = 0
        with slots.Kept() as kept:
            for _, take in record.made(part):
                takes.append(take)
                done += 1
        if kept.error:
            left = part.orders[done:]
            errors.append((left[0].number, _said(kept.error, left)))
            takes += [None] * len(left)
    return Answer(tuple(takes), tuple(errors), tuple(talk.heard), time.perf_counter() - begun)


def _here() -> tuple[str, int]:
    return socket.gethostname(), os.getpid()


class _Talk(logging.Handler):
    """Keeps what a worker logs for the studio, which decides who sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append((record.name, record.levelno, record.getMessage()))
