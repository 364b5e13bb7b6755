"""Loudness by ITU-R BS.1770-4, from energies that are measured once a take and added up ever after.

A sound's energies are an array of shape (hops, 2), one row each 20 ms: the K-weighted energy (the sum of
squares divided by the sample rate, so in full-scale² seconds at any rate) and the highest absolute sample.
Energies of a timeline are sums of those of its parts, so an episode's loudness is known before it is mixed.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from podcast.audio import Waveform

Energies = NDArray[np.float32]
Steps = NDArray[np.float64]
"""K-weighted energy in full-scale² seconds, one each 100 ms: what the gating of BS.1770 adds up."""

HOP = 0.02
"""Seconds a row of energies covers; whole samples at 16, 22.05, 24, 44.1 and 48 kHz."""

# BS.1770-4, tables 1 and 2: the two biquads of the K-weighting, given for 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_STEP = 5
"""Hops in a step, and
_BLOCK steps in a gating block of 400 ms: blocks overlap by 75 %."""
_BLOCK = 4

_WINDOW = 1 << 15
"""Samples filtered at a time, and
_CHUNK steps limited at a time: memory does not grow with the sound."""
_CHUNK = 1 << 12

_RECOVERY = 0.55
"""How much of the limiter's reduction is gone a hop later, and
_SHARE how much of a hop is reduced on average: fitted to ffmpeg's alimiter (attack 5 ms, release 50 ms)
on flite's and eSpeak's speech; bench/mix.py prints the loudness that comes of it."""
_SHARE = 0.6
_MEMORY = 3
"""Hops after which nothing of a reduction is left."""


def measure(waveform: Waveform) -> Energies:
    """Return the sound's energies, shape (hops, 2)."""
    samples, rate = waveform.samples, waveform.sample_rate
    hop = round(HOP * rate)
    hops = -(-len(samples) // hop)
    padded = np.zeros(hops * hop, dtype=np.float32)
    padded[: len(samples)] = samples
    rows = (padded.reshape(hops, hop), _k_weighted(padded, rate).reshape(hops, hop))
    energies = np.empty((hops, 2), dtype=np.float32)
    energies[:, 0] = np.square(rows[1], dtype=np.float64).sum(axis=1) / rate
    energies[:, 1] = np.abs(rows[0]).max(axis=1, initial=0)
    return energies


def steps(energies: Energies) -> Steps:
    """Return the K-weighted energy of the sound in steps of 100 ms; the last one may be part silence."""
    count = -(-len(energies) // _STEP)
    padded = np.zeros(count * _STEP)
    padded[: len(energies)] = energies[:, 0]
    return np.asarray(padded.reshape(count, _STEP).sum(axis=1))


def limited(energies: Energies, gain: float, ceiling: float) -> Steps:
    """Return the steps that are left after `gain` (a factor) and a limiter at `ceiling` (full scale = 1)."""
    parts = []
    for start in range(0, len(energies), _STEP * _CHUNK):
        before = min(start, _STEP)  # a whole step, so that a reduction reaches over the chunk's border
        chunk = energies[start - before : start + _STEP * _CHUNK]
        asked = 1.0 - np.minimum(1.0, ceiling / np.maximum(chunk[:, 1] * gain, 1e-9))
        held = asked.copy()
        for _ in range(_MEMORY):
            held[1:] = np.maximum(held[1:], held[:-1] * (1.0 - _RECOVERY))
        after = np.stack([chunk[:, 0] * np.square(gain * (1.0 - _SHARE * held)), chunk[:, 1]], axis=1)
        parts.append(steps(after[before:]))
    return np.concatenate(parts)


def integrated(energy: Steps) -> float:
    """Return the gated loudness in LUFS; -inf for silence. What is shorter than 400 ms counts as one block."""
    blocks = np.convolve(energy, np.ones(_BLOCK), "valid" if len(energy) >= _BLOCK else "full") / (_BLOCK * _STEP * HOP)
    loud = blocks[blocks > _mean_square(-70.0)]
    if not len(loud):
        return -np.inf
    return _lufs(loud[loud > _mean_square(_lufs(loud.mean()) - 10.0)].mean())


def _k_weighted(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Filter in windows that overlap by more than the filter rings: 250 ms."""
    lap = rate // 4
    response = _response(rate)
    padded = np.concatenate([np.zeros(lap, dtype=np.float32), samples])
    weighted = np.empty_like(samples)
    for start in range(0, len(samples), _WINDOW - lap):
        spectrum = np.fft.rfft(padded[start : start + _WINDOW], _WINDOW) * response
        part = np.fft.irfft(spectrum, _WINDOW)[lap:]
        weighted[start : start + len(part)] = part[: len(samples) - start]
    return weighted


@functools.lru_cache(maxsize=4)
def _response(rate: int) -> NDArray[np.complex64]:
    """The 48 kHz filter at the true frequencies of another rate: no redesign, no error near Nyquist."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(_WINDOW, 1 / rate) / 48_000)
    response = np.ones_like(z)
    for (b0, b1, b2), (a0, a1, a2) in (_SHELF, _HIGH_PASS):
        response *= (b0 + b1 * z + b2 * z * z) / (a0 + a1 * z + a2 * z * z)
    return np.asarray(response, dtype=np.complex64)


def _lufs(mean_square: float) -> float:
    return float(-0.691 + 10 * np.log10(mean_square))


def _mean_square(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
