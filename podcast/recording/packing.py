"""Lines on their way to another process, on this machine or another: engines and recognisers go by name.

Each process has its own, and they have to be the same: a take is named by the engine that was to speak it.
"""

import io
import pickle
import threading
from collections.abc import Sequence
from typing import Any

from podcast.recording import casting, hearing
from podcast.recording.hearing import Ear
from podcast.recording.words import Miss
from podcast.show.errors import ConfigError
from podcast.sound.audio import Waveform
from podcast.synthesizers import Synthesizer

_HEARING = threading.Lock()


def packed(jobs: object) -> bytes:
    """Return jobs as bytes."""
    data = io.BytesIO()
    _Pickler(data, pickle.HIGHEST_PROTOCOL).dump(jobs)
    return data.getvalue()


def unpacked(data: bytes) -> Any:
    """Return the jobs, with this thread's engines. ConfigError where they, or the recogniser, are others than there."""
    return _Unpickler(io.BytesIO(data)).load()


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
            return _Ear(ear) if ear else None
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


class _Ear:
    """The process's recogniser, which threads ask one after another."""

    def __init__(self, ear: Ear) -> None:
        self.name, self.chosen, self.window, self.memory, self._ear = ear.name, ear.chosen, ear.window, ear.memory, ear

    def misses(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        with _HEARING:
            return self._ear.misses(takes)
