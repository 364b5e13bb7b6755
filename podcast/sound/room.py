"""The air of the room that both hosts are in: one low noise under all that is said, so that no pause is dead."""

from dataclasses import dataclass

import numpy as np

from podcast.sound import loudness
from podcast.sound.audio import Samples, Waveform

_LEVEL = -48.0
"""LU under the hosts: −64 LUFS in an episode at −16. Audiobooks are refused over −60 dB, a dead line is noticed."""
_SECONDS = 11
"""After which it begins anew, without a seam."""
_BAND = (60.0, 7000.0)
"""Hz between which it lies, pink: its power falls by 3 dB an octave, as that of a quiet room about does."""
_FADE = 0.5
"""Seconds in which it comes and goes at the episode's ends."""
_OVER = 0.2
"""Seconds before a piece begins from which on its air is heard, and as many in which it comes over that of the piece
before: what lies around a border depends on the border alone."""


@dataclass(frozen=True, eq=False)
class Room:
    """Samples of the air, over and over, and what a hop of it adds to the K-weighted energy.

    It begins anew with each piece, so that a piece sounds alike wherever on the timeline it stands.
    """

    samples: Samples
    rate: int
    energy: float
    begins: tuple[int, ...] = (0,)
    """Samples at which it begins anew, the first at which it is there at all."""
    comes: bool = True
    """Whether it fades in at the first of them, and
    ends at which sample it has faded out; None for air that goes on."""
    ends: int | None = None

    @staticmethod
    def at(hosts: float, rate: int) -> "Room":
        """Return the air around hosts of that loudness in LUFS; always the same."""
        count = _SECONDS * rate
        frequency = np.fft.rfftfreq(count, 1 / rate)
        shape = np.where((frequency >= _BAND[0]) & (frequency <= _BAND[1]), 1 / np.sqrt(np.maximum(frequency, 1)), 0)
        phases = np.exp(2j * np.pi * np.random.default_rng(16).random(len(frequency)))
        samples = np.fft.irfft(shape * phases, count).astype(np.float32)  # of whole periods: the end fits the beginning
        samples *= np.float32(0.1) / samples.std()
        own = loudness.integrated(loudness.steps(loudness.measure(Waveform(samples, rate))["energy"]))
        samples *= np.float32(10 ** ((hosts + _LEVEL - own) / 20))
        return Room(samples, rate, float(loudness.measure(Waveform(samples, rate))["energy"].mean()))

    def between(self, start: int, end: int) -> Samples:
        """Return its samples from `start` to `end` of the timeline."""
        place, lap = np.arange(start, end), round(_OVER * self.rate)
        first = max((at for at in self.begins if at - lap <= start), default=self.begins[0])
        air = self.samples[(place - first) % len(self.samples)]
        for at in self.begins:
            if first < at < end + 2 * lap:
                over = np.clip((place - at) / lap + 2, 0, 1) * (np.pi / 2)  # of equal power: the two are not alike
                air = air * np.cos(over) + self.samples[(place - at) % len(self.samples)] * np.sin(over)
        fade = np.full(len(place), np.inf)
        if self.comes:
            fade = np.minimum(fade, place - self.begins[0])
        if self.ends is not None:
            fade = np.minimum(fade, self.ends - 1 - place)
        return np.asarray(air * np.clip(fade / (_FADE * self.rate), 0, 1), dtype=np.float32)
