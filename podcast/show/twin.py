"""Part of a look at very many files is left to a twin: a copy of this process, which answers in bytes and ends.

It costs a hundredth of a second, where a worker that is started costs one (`workers`), and is safe only where nothing
else goes on in the process: so there is none beside other threads, nor where that cannot be told.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from podcast.show import environment


@contextmanager
def beside(work: Callable[[], Iterable[bytes]] | None) -> Iterator[Callable[[int], bytes]]:
    """Have it done meanwhile, if there is something to do; what is yielded waits for the next so many bytes of it and
    returns them: fewer or none where the twin came to grief, or there is none."""
    if not work or not _alone():
        yield lambda _: b""
        return
    ours, theirs = os.pipe()
    gc.freeze()  # for good: looking for cycles would have the twin copy every page of memory, and finds none in modules
    with open(ours, "rb") as pipe:  # noqa: PTH123 - no path
        twin = os.fork()
        if not twin:
            os.close(ours)  # while somebody may read, who writes waits
            _answer(work, theirs)
        os.close(theirs)
        try:
            yield pipe.read
        finally:
            pipe.close()  # a twin that is not asked any more ends
            with suppress(ChildProcessError):
                os.waitpid(twin, 0)


def _alone() -> bool:
    """Whether this process has a second core and no second thread, of whatever library."""
    with suppress(OSError):
        return environment.cores() > 1 and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    return False


def _answer(work: Callable[[], Iterable[bytes]], pipe: int) -> None:
    """Write what comes of it, and end: nothing that this process holds is closed or flushed twice."""
    try:
        os.set_blocking(pipe, False)
        left = b""
        for piece in work():
            left += piece
            with suppress(BlockingIOError):  # a pipe holds 64 kB: who reads may be busy yet, and this goes on
                left = left[os.write(pipe, left) :]
        os.set_blocking(pipe, True)
        while left:
            left = left[os.write(pipe, left) :]
    finally:
        os._exit(0)
