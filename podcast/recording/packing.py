"""Lines on their way to another process, on this machine or another: engines and recognisers go by name.

Each process has its own, and they have to be the same, as have the program itself and what a voice's files hold: a take
is named by what was to speak it.
"""

import functools
import io
import pickle
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from podcast import __version__
from podcast.recording import casting, hearing
from podcast.recording.ordering import Actor
from podcast.recording.record import Job
from podcast.show import store
from podcast.show.errors import ConfigError
from podcast.synthesizers import Synthesizer

_Held = tuple[Callable[[Path], str], Path, str]
"""How a file is told from others, where it lies, and what that says of it where the show is."""

_HELD: set[tuple[Path, str]] = set()
"""The files that were looked at, and are what they have to be."""


def packed(jobs: Sequence[Job], *told: object) -> bytes:
    """Return jobs, and what is told with them, as bytes. The release stands before them: another's may not be able to
    read the rest."""
    sha256 = functools.cache(store.file_sha256)  # which many lines are said by
    files = {held for job in jobs for order in job.orders for held in _files(order.actor, sha256)}
    data = io.BytesIO()
    data.write(f"{__version__}\n".encode())
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump((tuple(files), tuple(jobs), told))
    return data.getvalue()


def unpacked(data: bytes) -> tuple[Sequence[Job], tuple[Any, ...]]:
    """Return the jobs, with this thread's engines, and what was told with them.

    Raises ConfigError where the release, an engine, the recogniser or a voice's file is another than there.
    """
    release, _, rest = data.partition(b"\n")
    _same("podcast", release.decode(), __version__)
    files, jobs, told = _Unpickler(io.BytesIO(rest)).load()
    for held in files:
        _hold(*held)
    return jobs, told


def _files(actor: Actor, sha256: Callable[[Path], str]) -> Iterator[_Held]:
    """Yield the files that the actor speaks by, as its takes' keys have them; and those of who stands in for it."""
    if actor.model and actor.voice.model != actor.model:  # else the model is a name
        yield casting.identity, Path(actor.voice.model), actor.model
    if actor.reference:
        yield store.file_sha256, actor.reference, sha256(actor.reference)
    if actor.fallback:
        yield from _files(actor.fallback, sha256)


def _hold(told: Callable[[Path], str], path: Path, there: str) -> None:
    """Raise ConfigError where the file is not what it is there; one that is, is looked at once."""
    if (path, there) in _HELD:
        return
    if not path.exists() or told(path) != there:
        wrong = "another file" if path.exists() else "not there"
        raise ConfigError(
            f"{path} is {wrong} on a machine that is to record: takes are named by what it is where the show is",
            "put the same file under that path on all machines",
        )
    _HELD.add((path, there))


class _Pickler(pickle.Pickler):
    def persistent_id(self, value: object) -> tuple[str, str, str] | None:
        if hasattr(value, "misses"):
            return "ear", str(value.chosen), str(value.name)  # type: ignore[attr-defined]
        if hasattr(value, "synthesize"):
            return "engine", f"{type(value).__module__}:{type(value).__qualname__}", str(value.version)  # type: ignore[attr-defined]
        return None


class _Unpickler(pickle.Unpickler):
    def persistent_load(self, named: tuple[str, str, str]) -> object:
        kind, name, version = named
        if kind == "ear":
            ear = hearing.ear(name)
            _same("the recogniser", version, ear.name if ear else "none")
            return ear
        engine = _OWN.engine(name)
        _same(name, version, engine.version)
        return engine


def _same(what: str, there: str, here: str) -> None:
    if here != there:
        raise ConfigError(
            f"{what} is {here!r} on a machine that is to record, and {there!r} where the show is: takes would differ",
            "install the same on all machines",
        )


class _Own(threading.local):
    """The engines of a thread: one call at a time is all that an engine promises."""

    def __init__(self) -> None:
        self._engines: dict[str, Synthesizer] = {}

    def engine(self, name: str) -> Synthesizer:
        if name not in self._engines:
            self._engines[name] = casting.engine(name)
        return self._engines[name]


_OWN = _Own()
