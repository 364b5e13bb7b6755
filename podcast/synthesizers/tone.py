"""A voice without words: one short tone a letter, the same on every machine. For tests and dry runs."""

from collections.abc import Iterator, Sequence

import numpy as np

from podcast.show.errors import MissingDependency
from podcast.show.schema import Voice
from podcast.sound.audio import Waveform
from podcast.synthesizers import need_words

_RATE = 16_000
_LETTER = 0.06
"""Seconds a letter lasts, about the pace of speech."""


class Tone:
    """Speaks in tones around the voice's `pitch` (Hz), one for each letter, a gap for each other sign."""

    version = "1"

    @staticmethod
    def missing() -> MissingDependency | None:
        return None

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        pitch = float(voice.settings.get("pitch", 200.0))
        for text, seed in zip(texts, seeds, strict=True):
            need_words(text)
            yield Waveform(_sing(text, pitch, seed), _RATE)


def _sing(text: str, pitch: float, seed: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    count = round(_LETTER * _RATE)
    time = np.arange(count) / _RATE
    envelope = np.sin(np.pi * np.arange(count) / count) ** 0.5
    phase = seed % 628 / 100  # another take sounds a little different
    notes = []
    for letter in text:
        step = (ord(letter) % 13 - 6) / 12 if letter.isalpha() else None
        note = np.zeros(count) if step is None else np.sin(2 * np.pi * pitch * 2**step * time + phase) * envelope
        notes.append(note)
    return (0.3 * np.concatenate(notes)).astype(np.float32)
