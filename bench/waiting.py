"""An engine for bench/many.py that takes as long as a neural one, and the processor as little as tones."""

import time
from collections.abc import Iterator, Sequence

from podcast.show.schema import Voice
from podcast.sound.audio import Waveform
from podcast.synthesizers.tone import Tone

_LETTER = 0.043 / 67
"""Seconds a letter takes: hibari, the default voice, takes 0.043 a line on one core (docs/bench.md), and lines have 67
letters."""


class Waiting(Tone):
    """Speaks in tones, and then waits, as for an accelerator: so there may be more workers than cores."""

    side_by_side = True

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        begun = time.perf_counter()
        for text, sound in zip(texts, super().synthesize(texts, voice, seeds), strict=True):
            time.sleep(max(0.0, begun + _LETTER * len(text) - time.perf_counter()))
            yield sound
            begun = time.perf_counter()
