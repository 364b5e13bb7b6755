"""Processes of this machine: one that dies is replaced, and all of them end when their driver has."""

import multiprocessing
import os
import pickle
import threading
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from podcast.machines import Done, Gone, Stage, slots
from podcast.show import environment, workers

T = TypeVar("T")

_GOODBYE = 5.0
"""Seconds that a process has to end by itself."""


class Processes:
    """An `Executor` of processes that are forked of a server without threads."""

    def __init__(self, workers: int = 0, address: str = "") -> None:
        self._workers = workers or environment.cores()

    def size(self, stage: Stage) -> int:
        return self._workers

    def run(self, stage: Stage, items: Iterable[T]) -> Iterator[Done[T]]:
        slots.named(stage)
        return slots.run(items, self._workers, lambda over: _started(stage), stage.attempts)

    def close(self) -> None:
        pass


class _Process:
    """A process at the other end of a pipe."""

    def __init__(self, worker: workers.Worker) -> None:
        self._worker, self._process, self._pipe = worker, worker.process, worker.pipe

    def up(self) -> None:
        """Wait until it is set up; raise what kept it from that."""
        try:
            _, error = pickle.loads(self._pipe.recv_bytes())
        except (EOFError, OSError) as lost:
            self.end()
            raise Gone(f"a worker ended before it was set up: {self._ended()}") from lost
        if error:
            self.end()
            raise error

    def lives(self) -> bool:
        lives = self._worker.lives()
        if not lives:
            self.end()
        return lives

    def call(self, item: Any) -> tuple[Any, BaseException | None]:
        try:
            self._pipe.send_bytes(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
            value, error = pickle.loads(self._pipe.recv_bytes())
        except (EOFError, OSError) as lost:
            self.end()
            raise Gone(f"its process ended: {self._ended()}") from lost
        return value, error

    def end(self) -> None:
        with workers.CHILDREN:
            self._process.terminate()
            self._process.join(_GOODBYE)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join()

    def _ended(self) -> str:
        code = self._process.exitcode or 0
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _started(stage: Stage) -> _Process:
    started = _Process(workers.fork(_work, __name__, stage))
    started.up()
    return started


def _work(pipe: Connection, stage: Stage) -> None:
    """Make the calls that are asked for, until nobody asks any more, or who asked is gone."""
    threading.Thread(target=_watch, daemon=True).start()
    given, kept = None, slots.Kept()
    with kept:
        given = stage.setup()
    try:
        pipe.send_bytes(slots.packed(None, kept.error))
        while not kept.error:
            pipe.send_bytes(slots.packed(*slots.called(stage.call, given, pickle.loads(pipe.recv_bytes()))))
    except (EOFError, OSError):
        return


def _watch() -> None:
    """End this process when the one that began it is gone, in whatever call it is."""
    driver = multiprocessing.parent_process()
    if driver:
        driver.join()
        os._exit(1)
