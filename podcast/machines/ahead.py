"""Work that is done by another thread before it is wanted."""

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from podcast.machines.slots import Kept

T = TypeVar("T")


@dataclass(frozen=True)
class _End:
    error: BaseException | None


@contextmanager
def ahead(items: Generator[T, None, None], most: int, stop: Callable[[], None]) -> Iterator[Iterator[T]]:
    """Give what yields the items, which another thread draws, `most` before they are wanted. Where drawing failed, that
    is raised behind the last item that was drawn.

    Where the block ends badly, `stop` cuts short what the thread waits for, and the items are closed.
    """
    shelf: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    room, over = threading.Semaphore(most), threading.Event()

    def draw() -> None:
        with Kept() as kept:
            while room.acquire() and not over.is_set():
                shelf.put(next(items))
        items.close()
        shelf.put(_End(None if isinstance(kept.error, StopIteration) else kept.error))

    def drawn() -> Iterator[T]:
        while not isinstance(told := shelf.get(), _End):
            room.release()
            yield told
        if told.error:
            raise told.error

    thread = threading.Thread(target=draw, name="ahead", daemon=True)
    thread.start()
    try:
        yield drawn()
    except BaseException as error:
        over.set()
        room.release()
        stop()
        if isinstance(error, Exception):
            thread.join()
        raise
    over.set()
    room.release()
    thread.join()
