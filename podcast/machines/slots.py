"""What every executor does alike: each worker has a thread here that hands it items, one after another.

A worker is started where there is an item for it. It holds none before it is up, nor when it ended while it waited; the
item of one that dies goes back to the front, to whoever is free. Where none can be started, one after another, the
others go on without it.
"""

import logging
import pickle
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from podcast.machines import Done, Gone, Stage

log = logging.getLogger(__name__)

T = TypeVar("T")


class Worker(Protocol):
    """Makes a stage's calls, one at a time."""

    def lives(self) -> bool:
        """Return whether it has not ended while nothing was asked of it."""

    def call(self, item: Any) -> tuple[Any, BaseException | None]:
        """Return the call's value, and the error that it raised. Raises Gone where the worker ended."""

    def end(self) -> None:
        """End it, in whatever it is."""


Start = Callable[[threading.Event], Worker | None]
"""Returns a worker that is up; None where the event was set before it was."""


class Kept:
    """Keeps what the block raises, whatever it is, as a value: what an item or a thread did wrong is told elsewhere."""

    error: BaseException | None = None

    def __enter__(self) -> "Kept":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, SystemExit):
            error = RuntimeError(f"it tried to exit ({error})")
        self.error = error
        return True


def called(call: Callable[[Any, Any], Any], given: Any, item: Any) -> tuple[Any, BaseException | None]:
    """Return the call's value, and what it raised."""
    value, kept = None, Kept()
    with kept:
        value = call(given, item)
    return value, kept.error


def packed(value: Any, error: BaseException | None) -> bytes:
    """Return both as bytes; in place of what no pickle brings over, an error that says what it was."""
    kept = Kept()
    with kept:
        data = pickle.dumps((value, error), pickle.HIGHEST_PROTOCOL)
        if error:
            pickle.loads(data)
    return pickle.dumps((None, RuntimeError(f"{_told(error)}; {_told(kept.error)}"))) if kept.error else data


def _told(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}"


def named(stage: Stage) -> None:
    """Raise ValueError where another process could not import the stage's functions."""
    for each in (stage.setup, stage.call):
        name, module = getattr(each, "__qualname__", ""), getattr(each, "__module__", "")
        if not name or "<" in name or module == "__main__":
            raise ValueError(f"{each!r} cannot be imported by name: a worker could not call it")


def run(items: Iterable[T], size: int, start: Start, attempts: int) -> Iterator[Done[T]]:
    """Yield what became of each item, by up to `size` workers, as `Executor.run` has it."""
    under_way: _Run[T] = _Run(size, start, attempts)
    try:
        under_way.begin(items)
        while (told := under_way.told.get()) is not None:
            if isinstance(told, BaseException):
                raise told
            under_way.room.release()
            yield told
    finally:
        under_way.end()


class _Run(Generic[T]):
    """Items that were drawn, who is at them, and what came of them."""

    def __init__(self, size: int, start: Start, attempts: int) -> None:
        self._size, self._start, self._attempts = size, start, attempts
        self.room = threading.Semaphore(2 * size)
        self.told: queue.SimpleQueue[Done[T] | BaseException | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._waiting: deque[tuple[T, int]] = deque()
        """Items with how many workers each has cost."""
        self._busy = self._idle = self._lost = 0
        self._drawn = False
        self._over = threading.Event()
        self._workers: set[Worker] = set()
        self._threads: list[threading.Thread] = []

    def begin(self, items: Iterable[T]) -> None:
        # a daemon: it may wait for an item for ever
        threading.Thread(target=self._draw, args=(items,), name="draw", daemon=True).start()

    def end(self) -> None:
        """End all workers, and wait for their threads."""
        self._finish()
        self.room.release()
        with self._changed:
            workers = set(self._workers)
        for worker in workers:
            worker.end()
        for thread in self._threads:
            thread.join()

    def _finish(self) -> None:
        with self._changed:
            self._over.set()
            self._changed.notify_all()

    def _draw(self, items: Iterable[T]) -> None:
        with Kept() as kept:
            drawn = iter(items)
            while self.room.acquire() and not self._over.is_set():
                item = next(drawn, self)
                if item is self:
                    break
                self._put(item, 0)  # type: ignore[arg-type]
        with self._changed:
            self._drawn = True
        self._fail(kept.error) if kept.error else self._look()

    def _put(self, item: T, cost: int, *, first: bool = False) -> None:
        with self._changed:
            (self._waiting.appendleft if first else self._waiting.append)((item, cost))
            self._staff()
            self._changed.notify_all()

    def _staff(self) -> None:
        """Have one slot more, where an item waits for one."""
        if len(self._waiting) > self._idle and len(self._threads) < self._size and not self._over.is_set():
            thread = threading.Thread(target=self._serve, name=f"slot {len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _fail(self, error: BaseException) -> None:
        self.told.put(error)
        self._finish()

    def _look(self) -> None:
        """Say that all is done, if it is."""
        with self._changed:
            if self._drawn and not self._waiting and not self._busy and not self._over.is_set():
                self._over.set()
                self.told.put(None)
                self._changed.notify_all()

    def _serve(self) -> None:
        """Be the thread of a worker, and of those that come after it."""
        worker: Worker | None = None
        with Kept() as kept:
            while self._wanted():
                if worker and not worker.lives():
                    self._leave(worker)
                    worker = None
                try:
                    worker = worker or self._begun()
                except Gone as gone:
                    if self._gave_up() == self._size:
                        raise
                    log.warning("a worker is done without, the others go on: %s", gone)
                    break
                if worker is None:
                    break
                if (taken := self._take()) is not None and not self._done(worker, *taken):
                    self._leave(worker)
                    worker = None
        if worker:
            self._leave(worker)
            worker.end()
        if kept.error:
            self._fail(kept.error)

    def _wanted(self) -> bool:
        """Wait until there is an item; return whether there is one, and the run not over."""
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._waiting or self._over.is_set())
            self._idle -= 1
            return not self._over.is_set()

    def _begun(self) -> Worker | None:
        worker = self._tried()
        if worker:
            with self._changed:
                self._workers.add(worker)
                if self._over.is_set():
                    self._workers.discard(worker)
                    worker.end()
                    return None
        return worker

    def _tried(self) -> Worker | None:
        """Start a worker; where it dies before it is up, another, as often as an item is tried."""
        for left in reversed(range(self._attempts)):
            try:
                return self._start(self._over)
            except Gone:
                if not left:
                    raise
        return None

    def _gave_up(self) -> int:
        """Leave the items to the other slots; return how many were given up."""
        with self._changed:
            self._lost += 1
            self._staff()
            return self._lost

    def _leave(self, worker: Worker) -> None:
        with self._changed:
            self._workers.discard(worker)

    def _take(self) -> tuple[T, int] | None:
        with self._changed:
            if self._over.is_set() or not self._waiting:
                return None
            self._busy += 1
            return self._waiting.popleft()

    def _done(self, worker: Worker, item: T, cost: int) -> bool:
        """Have the worker do the item; return whether it lives."""
        lives, told = True, None
        try:
            value, error = worker.call(item)
            told = Done(item, value, error)
        except Gone as gone:
            lives = False
            if cost + 1 >= self._attempts:
                told = Done(item, None, gone)
            else:
                self._put(item, cost + 1, first=True)
        if told:
            self.told.put(told)
        with self._changed:
            self._busy -= 1
        self._look()
        return lives
