"""Threads of this process: nothing to start, and all of it in one memory."""

import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from podcast.machines import Done, Stage, slots
from podcast.show import environment

T = TypeVar("T")

_FIRST = threading.Lock()
"""Held for a worker's first call: what that imports and loads, it loads alone."""


class Threads:
    """An `Executor` of threads; a call that is begun is ended."""

    def __init__(self, workers: int = 0, address: str = "") -> None:
        self._workers = workers or environment.cores()

    def size(self, stage: Stage) -> int:
        return self._workers

    def run(self, stage: Stage, items: Iterable[T]) -> Iterator[Done[T]]:
        return slots.run(items, self._workers, lambda over: _Thread(stage), stage.attempts)

    def close(self) -> None:
        pass


class _Thread:
    """The thread that hands it items makes the calls itself."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._new = stage, True
        with _FIRST:
            self._given = stage.setup()

    def lives(self) -> bool:
        return True

    def call(self, item: Any) -> tuple[Any, BaseException | None]:
        if not self._new:
            return slots.called(self._stage.call, self._given, item)
        with _FIRST:
            self._new = False
            return slots.called(self._stage.call, self._given, item)

    def end(self) -> None:
        pass
