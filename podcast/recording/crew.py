"""Worker processes that record: each loads an engine once, and makes one line's take at a time.

They make what `record.make` makes, by that very function, from the same orders: keys, seeds and bytes do not depend on
how many there are. A worker that loses its studio, whatever ended it, ends after the line it is at; what a worker
was at that has ended, another does.
"""

import atexit
import functools
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path

from podcast.machines import Stage, slots
from podcast.recording import packing, record
from podcast.recording.ordering import Order
from podcast.recording.record import Job
from podcast.recording.retake import Speaker
from podcast.show import environment, workers
from podcast.show.errors import PodcastError, StorageError, SynthesisError
from podcast.show.schema import Take
from podcast.synthesizers import ON_THIS_MACHINE, SideBySide

log = logging.getLogger(__name__)

_WORTH = 24
"""Lines from which on starting workers pays: it takes about a second."""
_MEMORY = 300
"""MB that a worker has at most with most engines (bench/record.py); one that takes more says so as its `worker_memory`,
and an ear, which each worker has of its own, as its `memory`."""


class Crew:
    """Up to `size` workers; they are started at the first job that is worth it, and stay for the next paper's."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._idle: list[workers.Worker] = []

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Take] | None:
        """Take the jobs on, as `record.Elsewhere` has it: not where one process is as fast, or has to speak alone."""
        tasks = [task for job in jobs for task in job.heard_together()]
        if self.size < 2 or (sum(len(job.orders) for job in jobs) < _WORTH and not self._idle):
            return None
        speakers = [speaker for job in jobs for speaker in job.speakers]
        if not all(travels(speaker.synthesizer, speaker.voice.synthesizer) for speaker in speakers):
            return None
        tasks.sort(key=lambda task: task.orders[0].number)
        return self._made(tasks, min(self.size, len(tasks), fit(speakers)))

    def close(self) -> None:
        """End the workers that are idle."""
        while self._idle:
            self._idle.pop().close()

    def _worker(self) -> workers.Worker:
        """Return one that is idle, or else a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.lives():
                return worker
            worker.close()
        return workers.start(_done, __name__)

    def _made(self, tasks: Sequence[Job], count: int) -> Iterator[Take]:
        left = [(task, 0) for task in reversed(tasks)]  # each with how many workers it has cost
        busy: dict[Connection, tuple[workers.Worker, Job, int]] = {}
        failed: list[tuple[int, Exception]] = []
        try:
            while busy or (left and not failed):
                while left and not failed and len(busy) < count:
                    worker, (task, cost) = self._worker(), left.pop()
                    busy[worker.pipe] = worker, task, cost
                    with suppress(BrokenPipeError, ConnectionResetError):  # it has ended: heard where it would answer
                        worker.pipe.send_bytes(packing.packed([task]))
                for pipe in wait(list(busy)):
                    assert isinstance(pipe, Connection)
                    worker, task, cost = busy[pipe]
                    answer = _answer(worker, task)
                    if answer is workers.NOTHING_YET:
                        continue
                    del busy[pipe]
                    if not pipe.closed:
                        self._idle.append(worker)
                    elif cost + 1 < Stage.attempts:
                        left.append((task, cost + 1))
                        continue
                    if isinstance(answer, Exception):
                        failed.append((task.orders[0].number, answer))
                    else:
                        assert isinstance(answer, list)
                        yield from answer
            if failed:
                raise min(failed, key=lambda each: each[0])[1]
        finally:
            for worker, *_ in busy.values():  # of a run that is broken off: their answers would be taken for others'
                worker.stop()


@functools.cache
def crew(size: int) -> Crew:
    """Return the process's crew of that size, 0 for one worker a core: one for all that it records."""
    made = Crew(size or environment.cores())
    atexit.register(made.close)
    return made


def travels(engine: object, named: str, by: str = "") -> bool:
    """Whether the synthesizer may be made anew where lines are recorded: by a crew, "", or by workers of that engine.

    One that speaks side by side says so. Of the others a crew takes none, and neither do threads, by which only what
    keeps nothing between two texts may speak; processes take those of this machine, but a server is asked from here.
    """
    if isinstance(engine, SideBySide):
        return engine.side_by_side
    return named in ON_THIS_MACHINE and by not in ("", "threads")


def fit(speakers: Iterable[Speaker]) -> int:
    """Return how many workers the memory that is free has room for, at least one; fewer than cores is said."""
    need = max(
        getattr(speaker.synthesizer, "worker_memory", _MEMORY)
        + (speaker.expected.ear.memory if speaker.expected.ear else 0)
        for speaker in speakers
    )
    free = _free()
    room = max(1, int(free / need)) if free else environment.cores()
    if room < environment.cores():
        log.info("%d MB of memory are free: lines are recorded by %d at once, %d MB each", free, room, need)
    return room


def _free() -> int:
    """Return how many MB are free, 0 where the system does not say."""
    told = Path("/proc/meminfo")
    lines = told.read_text().splitlines() if told.is_file() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def _answer(worker: workers.Worker, task: Job) -> object:
    """Return what a worker says of its task: the takes that are there, an error, or nothing yet but talk."""
    try:
        return worker.answer()
    except EOFError:
        return SynthesisError(
            f"{spoken(task.orders)}: the processes that recorded it have ended, one after another",
            "they may have had too little memory: set [record] workers = 1, and run the same command again",
        )


def engine_failed(error: BaseException | None, orders: Sequence[Order]) -> PodcastError:
    """Return what a person is told of lines at which something was raised: an error of ours as it is, else an engine's
    fault, unless the machine has no room for the take, or for the engine."""
    if isinstance(error, PodcastError):
        return error
    if isinstance(error, OSError) and (trouble := StorageError.of(error)):
        return trouble
    hint = "change the line's words, or take another voice"
    if isinstance(error, MemoryError):
        hint = "there was too little memory: try fewer at once, by [record] workers"
    return SynthesisError(f"{spoken(orders)}: the engine failed: {type(error).__name__}: {error}", hint)


def spoken(orders: Sequence[Order]) -> str:
    """Name the lines, one of which is meant, and who speaks them."""
    return f"{lines(orders)} (voice {orders[0].actor.voice.name})"


def lines(orders: Sequence[Order]) -> str:
    """Name the lines, one of which is meant."""
    numbers = [str(order.number) for order in orders]
    return f"line {numbers[0]}" if len(numbers) == 1 else f"one of the lines {', '.join(numbers)}"


# --- what goes over the pipe, and what a worker does with it ----------------------------------------


def _done(data: bytes) -> list[Take] | PodcastError:
    """Make the takes of the task and return them, or what went wrong: what an engine raises ends no worker."""
    try:
        (task,), _ = packing.unpacked(data)
    except PodcastError as error:
        return error
    takes: list[Take] = []
    with slots.Kept() as kept:
        takes.extend(record.make(task))
    return engine_failed(kept.error, task.orders) if kept.error else takes
