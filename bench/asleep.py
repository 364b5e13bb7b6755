"""An engine that waits as long for a line as one on an accelerator, and then sings it in tones: for bench/many.py."""

import time
from collections.abc import Iterator, Sequence

from podcast.show.schema import Voice
from podcast.sound.audio import Waveform
from podcast.synthesizers.tone import Tone

SECONDS = 0.043
"""What hibari takes for a line of bench/many.py on one core of the machine that it was measured on."""


class Asleep(Tone):
    """Asleep while the line is "spoken": so a machine of two cores holds as many workers as a cluster has."""

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text, seed in zip(texts, seeds, strict=True):
            time.sleep(SECONDS)
            yield from super().synthesize([text], voice, [seed])
