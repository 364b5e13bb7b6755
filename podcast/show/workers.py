"""Worker processes: each does one task after the other, as it is sent, until nobody sends any more.

What they log is handed to who started them, who decides who sees it. One that loses that process, whatever ended it,
ends after the task it is at.
"""

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

NOTHING_YET = object()
"""What a worker has to say of its task as long as it only talks."""

CHILDREN = threading.Lock()
"""Held where a process is started or joined: multiprocessing's list of them is for one thread at once."""
_GOODBYE = 2.0
"""Seconds that an idle worker has to end."""


@dataclass(frozen=True)
class Worker:
    """A process, and the pipe to it."""

    process: BaseProcess
    pipe: Connection

    def lives(self) -> bool:
        """Return whether its process has not ended."""
        with CHILDREN:
            return self.process.is_alive()

    def answer(self) -> object:
        """Return what it says of its task, or NOTHING_YET; EOFError, with the pipe closed, where it has ended."""
        try:
            kind, *told = self.pipe.recv()
        except (EOFError, ConnectionResetError) as error:
            self.pipe.close()
            raise EOFError(f"process {self.process.pid} has ended") from error
        if kind != "talk":
            return told[0]
        name, level, message = told
        logging.getLogger(name).log(level, "%s", message)
        return NOTHING_YET

    def close(self) -> None:
        """Let it end in peace, when it is idle: one that is killed leaves semaphores, of which Python warns."""
        self.pipe.close()
        with CHILDREN:
            self.process.join(_GOODBYE)

    def stop(self) -> None:
        """End it in the middle of its task: nobody waits for the answer any more."""
        self.process.terminate()
        self.pipe.close()


def start(work: Callable[[bytes], object], preload: str) -> Worker:
    """Return a new worker that answers each task with what `work` makes of it; `preload` names what all of them load.

    `work` goes there pickled, its answers come back so. What it raises ends the worker, with a traceback.
    """
    return fork(_work, preload, work, logging.getLogger("podcast").getEffectiveLevel())


def fork(target: Callable[..., None], preload: str, *given: object) -> Worker:
    """Return a new process that calls `target` with its end of the pipe and what is `given`, in the environment that
    this one has now, and not at Ctrl-C's mercy."""
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    process = context.Process(target=_begin, args=(dict(os.environ), target, theirs, *given), daemon=True)
    with CHILDREN:
        process.start()
    theirs.close()
    return Worker(process, ours)


class _Talk(logging.Handler):
    """Hands on what a worker logs."""

    def __init__(self, pipe: Connection) -> None:
        super().__init__()
        self._pipe = pipe

    def emit(self, record: logging.LogRecord) -> None:
        self._pipe.send(("talk", record.name, record.levelno, record.getMessage()))


def _begin(variables: dict[str, str], target: Callable[..., None], pipe: Connection, *given: object) -> None:
    os.environ.clear()  # who forked it may have been started long before, with others
    os.environ.update(variables)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it: a task that is begun is finished
    os.environ["OMP_NUM_THREADS"] = "1"  # of libraries that are loaded from now on: the cores are the workers'
    target(pipe, *given)


def _work(pipe: Connection, work: Callable[[bytes], object], level: int) -> None:
    """Do what is asked for, until nobody asks any more."""
    talk = logging.getLogger("podcast")
    talk.handlers[:], talk.level = [_Talk(pipe)], level
    try:
        while True:
            pipe.send(("done", work(pipe.recv_bytes())))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
