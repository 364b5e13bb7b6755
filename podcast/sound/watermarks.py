"""The inaudible mark in the sound: who puts it there, by which name, and whether it is in a sound.

Each take is marked by itself, before anything is laid over it: what a take sounds like is its own, so that only the
pieces in which a line was changed are encoded anew, and marked takes are what the keys of pieces say. Music and air
carry no mark: nobody speaks in them.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

import numpy as np
import soundfile

from podcast.show import registry
from podcast.show.errors import MixError
from podcast.show.settings import MarksSettings
from podcast.sound import audio, loudness
from podcast.sound.audio import Waveform

VERSION = 1
"""Raise it when the same take is marked otherwise by the same watermarker."""

WATERMARKERS: Mapping[str, str] = MappingProxyType({"perth": "podcast.sound.perth:Perth"})

STRETCH = 10.0
"""Seconds that are listened to at once for a mark."""
CERTAIN, DOUBTFUL = 0.8, 0.3
"""From which confidence on the mark is there, and under which it is not. Perth hears 0.85 and more in marked speech
after MP3, 0.5 to 0.9 of it where music is under it, and up to 0.6 in music without a mark (docs/law.md)."""


class Watermarker(Protocol):
    """Marks sound so that nobody hears it, and a program finds it after MP3.

    A class of it is made without arguments, quickly: MissingDependency where what it needs is not installed. The same
    samples are marked alike each time, whatever else the machine does: pieces are named by what is in them.
    """

    version: str
    """Of what is marked by; it is part of keys, and stands in `made_with`."""

    def mark(self, sound: Waveform) -> Waveform:
        """Return the sound with the mark: as many samples at the same rate."""
        ...

    def confidence(self, sound: Waveform) -> float:
        """Return how sure it is that the sound has the mark, from 0 to 1; NaN where it is silent."""
        ...


Keep = Callable[[bytes], Callable[[], bytes]]


@dataclass(frozen=True, eq=False)
class Watermark:
    """The mark that an episode's takes get, by its name; its maker is loaded when the first of them is marked."""

    name: str
    load: Callable[[], Watermarker]
    keep: Keep | None = None
    """Where takes lie that are marked, until they are poured once more."""
    _kept: dict[Path, tuple[Callable[[], bytes], int]] = field(default_factory=dict)

    def keeping(self, keep: Keep) -> "Watermark":
        """Return it with a place for what is marked: each take is marked once."""
        return replace(self, keep=keep, _kept={})

    def read_pcm(self, path: Path) -> tuple[bytes, int]:
        """Return the take's samples as `audio.read_pcm` does, with the mark. Raises audio.Damaged."""
        if path in self._kept:
            read, rate = self._kept[path]
            return read(), rate
        pcm, rate = audio.read_pcm(path)
        marked = audio.to_pcm(_marked(self.load(), audio.of_pcm(pcm, rate))).astype("<i2").tobytes()
        if self.keep:
            self._kept[path] = self.keep(marked), rate
        return marked, rate


def wanted(settings: MarksSettings) -> Watermark | None:
    """Return the mark that the show wants in its sound; None for none.

    Raises MissingDependency where its package is not installed, ConfigError where nothing has that name.
    """
    if not settings.watermark:
        return None
    maker = named(settings.watermark)
    return Watermark(_name(settings.watermark, maker), lambda: maker)


def as_before(name: str) -> Watermark | None:
    """Return the mark of an episode that is to stay as it is, by what its `made_with` says; None for none."""

    def load() -> Watermarker:
        word = name.partition(" ")[0]
        maker = named(word)
        if _name(word, maker) != name:
            raise MixError(
                f"the episode was marked by {name}, and {_name(word, maker)} is installed",
                "mix it anew with that: podcast regenerate PAPER --from mix",
            )
        return maker

    return Watermark(name, load) if name else None


def named(word: str) -> Watermarker:
    """Return the watermarker of that name. Raises MissingDependency, ConfigError."""
    made: Watermarker = registry.load(word, WATERMARKERS, "watermark")()
    return made


@dataclass(frozen=True)
class Heard:
    """What a watermarker hears in a sound: how sure it is of each stretch that is not silent, in order."""

    confidences: tuple[float, ...]

    @property
    def marked(self) -> int:
        """How many stretches have the mark."""
        return sum(each >= CERTAIN for each in self.confidences)

    @property
    def confidence(self) -> float:
        """How sure it is, from 0 to 1: the mean over all stretches; 0 of silence."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0

    @property
    def found(self) -> Literal["yes", "perhaps", "no"]:
        """Whether the sound has the mark."""
        return "yes" if self.confidence >= CERTAIN else "no" if self.confidence < DOUBTFUL else "perhaps"


def heard(maker: Watermarker, path: Path) -> Heard:
    """Return what the watermarker hears in the sound file. Raises audio.Damaged where it is none."""
    return Heard(tuple(_confidences(maker, path)))


def _confidences(maker: Watermarker, path: Path) -> Iterator[float]:
    try:
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            for block in file.blocks(round(STRETCH * rate), dtype="float32", always_2d=True):
                if 2 * len(block) >= min(file.frames, STRETCH * rate):  # less, as the last of an outro, says little
                    found = maker.confidence(Waveform(np.ascontiguousarray(block.mean(axis=1)), rate))
                    if not math.isnan(found):
                        yield found
    except soundfile.LibsndfileError as error:
        raise audio.Damaged(path) from error


def _name(word: str, maker: Watermarker) -> str:
    return f"{word} {maker.version}, rules {VERSION}"


def _marked(maker: Watermarker, take: Waveform) -> Waveform:
    """Return the take with the mark, as loud as before; what is added comes and goes softly, so that no cut clicks."""
    with_mark = maker.mark(take)
    added = audio.fade(Waveform(with_mark.samples - take.samples, take.sample_rate))
    samples = take.samples + added.samples
    was, found = (float(loudness.measure(Waveform(each, take.sample_rate))["energy"].sum(dtype=np.float64))
                  for each in (take.samples, samples))  # fmt: skip
    return Waveform(samples * np.float32(math.sqrt(was / found) if found else 1.0), take.sample_rate)
