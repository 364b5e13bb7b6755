"""A second voice out of hibari's one: lower, of a longer throat, and with a rhythm of its own.

hibari's network gives the spectral envelope, the noise and the pitch of each frame apart, and some arithmetic makes the
sound of them. So pitch, formants and timing are moved before there is a sound, and no vocoder works on one.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Frames = NDArray[np.float32]

_BIN = 20.0
"""Hz from one spectral bin to the next: 24,000 Hz over frames of 1,200 samples."""
_OLD = 80
"""Bins, up to 1.6 kHz, in which the free part holds the old pitch's harmonics; above it are consonants."""
_BREATH = -0.7
"""How much of those harmonics is kept, as noise: the log of an amplitude. All of them sound hoarse, none hollow."""
_GONE = -30.0
"""The log of an amplitude that nobody hears."""
_VOICED = 40.0
"""Hz; a frame with a lower pitch is unvoiced, as hibari has it."""
_STRETCH = 12
"""Frames, 150 ms, over which the rhythm follows the pitch: about a syllable."""
_TOP = 600
"""Bins: half the sampling rate."""


class Spoken(NamedTuple):
    """What the network says of each 12.5 ms: log amplitudes and phases by (bins, frames), and the pitch in Hz."""

    harmonic: Frames
    turn: Frames
    noise: Frames
    free: Frames
    phase: Frames
    f0: Frames


@dataclass(frozen=True)
class Manner:
    """How a voice differs from the model's own; the defaults leave it as it is."""

    pitch: float = 1.0
    """Times the pitch."""
    tract: float = 1.0
    """Times the frequency of the formants: less than 1 is a longer vocal tract."""
    range: float = 1.0
    """Times the intonation's range, in semitones."""
    rhythm: float = 0.0
    """How much longer than the model what is said high lasts, and how much shorter what is said low: 0.2 is some 20 %.
    Pauses grow by as much again."""


def moved(said: Spoken, manner: Manner) -> Spoken:
    """Return the frames in another manner: as many as before, unless the rhythm is another."""
    said = _timed(said, manner.rhythm) if manner.rhythm else said
    if manner.pitch == manner.tract == manner.range == 1.0:
        return said
    return _lowered(said, manner)


def _lowered(said: Spoken, manner: Manner) -> Spoken:
    harmonic, noise, free, f0 = (part.copy() for part in (said.harmonic, said.noise, said.free, said.f0))
    voiced, bins = f0 > _VOICED, np.arange(len(harmonic))
    for frame in np.flatnonzero(voiced):  # the envelope is true only where there were harmonics: it is read there
        at = np.arange(1, int(_TOP * _BIN / f0[frame]) + 1) * f0[frame] / _BIN
        harmonic[:, frame] = np.interp(bins / manner.tract, at, np.interp(at, bins, harmonic[:, frame]))
    noise[:_OLD, voiced] = np.logaddexp(2 * noise[:_OLD, voiced], 2 * (free[:_OLD, voiced] + _BREATH)) / 2
    free[:_OLD, voiced] = _GONE
    harmonic += np.float32(np.log(manner.pitch))  # more harmonics, as loud in sum
    if voiced.any():
        middle = np.median(f0[voiced])
        f0[voiced] = middle * (f0[voiced] / middle) ** manner.range * manner.pitch
    return Spoken(harmonic, np.zeros_like(harmonic), noise, free, said.phase, f0)  # the old phases' bend would buzz


def _timed(said: Spoken, rhythm: float) -> Spoken:
    """Return the frames with those said high drawn out, and those said low shortened.

    Harmonics and pitch glide from frame to frame; noise and phases are those of the nearest, for blended they are dull
    (by Distill-MOS 3.8 against 4.0).
    """
    lasts = np.cumsum(_lengths(said, rhythm))
    count = max(1, round(float(lasts[-1])))
    at = np.clip(np.interp(np.arange(count) + 0.5, lasts, np.arange(len(lasts)) + 0.5) - 0.5, 0, len(lasts) - 1)
    before, nearest = np.floor(at).astype(int), np.rint(at).astype(int)
    after, part = np.minimum(before + 1, len(lasts) - 1), (at - before).astype(np.float32)
    both = (said.f0[before] > _VOICED) & (said.f0[after] > _VOICED)
    glide = said.f0[before] * (1 - part) + said.f0[after] * part
    return Spoken(
        harmonic=said.harmonic[:, before] * (1 - part) + said.harmonic[:, after] * part,
        turn=said.turn[:, nearest],
        noise=said.noise[:, nearest],
        free=said.free[:, nearest],
        phase=said.phase[:, nearest],
        f0=np.where(both, glide, said.f0[nearest]).astype(np.float32),
    )


def _lengths(said: Spoken, rhythm: float) -> NDArray[np.float64]:
    """Return how many frames each frame becomes; about as many in sum as there are."""
    voiced = said.f0 > _VOICED
    if voiced.sum() < 2 * _STRETCH:
        return np.ones(len(said.f0))
    height = np.log2(np.where(voiced, said.f0, np.median(said.f0[voiced])))
    height = np.convolve(np.pad(height, _STRETCH, mode="edge"), np.hanning(2 * _STRETCH + 1), "valid") / _STRETCH
    height = (height - height[voiced].mean()) / max(float(height[voiced].std()), 1e-3)
    lengths = np.exp(rhythm * np.clip(height, -1.5, 1.5))
    lengths *= len(lengths) / lengths.sum()
    level = np.logaddexp(said.harmonic.max(axis=0), said.noise.max(axis=0))
    lengths[level < level.max() - 6] *= 1 + rhythm  # some 50 dB under the loudest: a pause
    return np.asarray(lengths)
