"""Making, begun at the desk: a process of its own that goes on whoever looks, and is seen as ended when it has.

A run's folder holds what is asked, how far it is, and what it said. The run holds a lock in it as long as it lives: the
kernel lets go of that when it dies, so none is shown as at work that is not.
"""

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast.show import store
from podcast.show.errors import Busy, NotReady
from podcast.show.schema.values import Instant, Record, Text
from podcast.show.workspace import Workspace

_SHOWN = 8
"""Runs that are listed; older ones are swept away when the next begins."""


class Errand(Record):
    """What a run is to do."""

    day: dt.date
    papers: tuple[str, ...] = ()
    """Their ids; none for those that the show's selection picks."""
    stages: tuple[str, ...]
    publish: bool = False
    begun: Instant


class Step(Record):
    """How far a stage of a paper is."""

    paper: str
    stage: str
    done: int
    total: int


class Progress(Record):
    """How far a run is."""

    steps: tuple[Step, ...] = ()
    said: tuple[Text, ...] = ()
    """What became of each paper, in the order in which they were finished."""
    failed: int = 0
    ended: Instant | None = None


@dataclass(frozen=True)
class Run:
    """A run as it is seen from outside."""

    name: str
    errand: Errand
    progress: Progress
    lives: bool

    @property
    def state(self) -> str:
        """At work, done, failed, or stopped before its end."""
        if self.lives:
            return "at work"
        if self.progress.ended is None:
            return "stopped"
        return "failed" if self.progress.failed else "done"


def folder(workspace: Workspace) -> Path:
    return workspace.cache / "desk"


def start(workspace: Workspace, errand: Errand) -> str:
    """Begin the run, and return its name. Raises Busy while another is at work."""
    if any(run.lives for run in runs(workspace)):
        raise Busy("another run is at work", "wait for its end, or stop it")
    for old in list(_folders(workspace))[_SHOWN - 1 :]:
        for path in old.iterdir():
            path.unlink()
        old.rmdir()
    name = f"{errand.begun:%Y%m%dT%H%M%S%f}"
    here = folder(workspace) / name
    here.mkdir(parents=True)
    store.write_atomic(here / "errand.json", store.to_json(errand))
    with (here / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "podcast.desk.errand", str(workspace.root), name],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    store.write_atomic(here / "pid", str(process.pid).encode())
    _reap(process)
    return name


def stop(workspace: Workspace, name: str) -> None:
    """Ask the run to end, as Ctrl-C does: the line that it is at is finished. Raises NotReady where none is at work."""
    run = next((run for run in runs(workspace) if run.name == name and run.lives), None)
    if run is None:
        raise NotReady("that run is not at work any more", "")
    os.killpg(int((folder(workspace) / name / "pid").read_text()), signal.SIGINT)


def runs(workspace: Workspace) -> Iterator[Run]:
    """Yield the runs, the newest first."""
    for here in _folders(workspace):
        errand = store.load_disposable(Errand, here / "errand.json")
        if errand:
            progress = store.load_disposable(Progress, here / "progress.json") or Progress()
            yield Run(here.name, errand, progress, _lives(here, errand, progress))


def last_words(workspace: Workspace, name: str, most: int = 12) -> Sequence[str]:
    """Return the last lines that the run said."""
    path = folder(workspace) / name / "log.txt"
    return path.read_text("utf-8", "replace").splitlines()[-most:] if path.is_file() else ()


_START = dt.timedelta(seconds=10)
"""What a run has to take its lock: until then it counts as at work."""


def _lives(here: Path, errand: Errand, progress: Progress) -> bool:
    if progress.ended:
        return False
    try:
        with store.locked(here / "lock", wait=False):
            began = (here / "progress.json").is_file()
            return not began and dt.datetime.now(dt.UTC) - errand.begun < _START
    except Busy:
        return True


def is_held(lock: Path) -> bool:
    """Whether a command works on it now."""
    if not lock.is_file():
        return False
    try:
        with store.locked(lock, wait=False):
            return False
    except Busy:
        return True


def _folders(workspace: Workspace) -> Iterator[Path]:
    yield from sorted((path for path in folder(workspace).glob("2*") if path.is_dir()), reverse=True)


def _reap(process: "subprocess.Popen[bytes]") -> None:
    """Let the system forget the process when it has ended."""
    import threading

    threading.Thread(target=process.wait, daemon=True).start()
