"""Loudness by ITU-R BS.1770-4, from energies that are measured once a take and added up ever after.

A sound's energies are an array of shape (hops, 2), one row each 20 ms: the K-weighted energy (the sum of
squares divided by the sample rate, so in full-scale² seconds at any rate) and the highest absolute sample.
Energies of a timeline are sums of those of its parts, so an episode's loudness is known before it is mixed.
"""

import numpy as np
from numpy.typing import NDArray

from podcast.audio import Waveform

Energies = NDArray[np.float32]

HOP = 0.02
"""Seconds a row of energies covers; whole samples at 16, 22.05, 24, 44.1 and 48 kHz."""

# BS.1770-4, tables 1 and 2: the two biquads of the K-weighting, given for 48 kHz.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_BLOCK, _STEP = 20, 5
"""Hops in a gating block of 400 ms and between two blocks, which overlap by 75 %."""

_RECOVERY = 0.55
"""How much of the limiter's reduction is gone a hop later, and
_SHARE how much of a hop is reduced on average: fitted to ffmpeg's alimiter (attack 5 ms, release 50 ms)
on speech of five voices; bench/mix.py prints what is left of the error."""
_SHARE = 0.6


def measure(waveform: Waveform) -> Energies:
    """Return the sound's energies, shape (hops, 2)."""
    rate, count = waveform.sample_rate, len(waveform.samples)
    hop = round(HOP * rate)
    hops = -(-count // hop)
    length = 1 << max(count + rate // 20, 1).bit_length()  # a tail, so that the filter rings out and not round
    spectrum = np.fft.rfft(waveform.samples, length)
    weighted = np.fft.irfft(spectrum * _k_weighting(length, rate), length)[: hops * hop]
    padded = np.zeros(hops * hop, dtype=np.float32)
    padded[:count] = np.abs(waveform.samples)
    energy = np.square(weighted).reshape(hops, hop).sum(axis=1) / rate
    return np.stack([energy, padded.reshape(hops, hop).max(axis=1, initial=0)], axis=1).astype(np.float32)


def integrated(energy: NDArray[np.floating]) -> float:
    """Return the gated loudness in LUFS of K-weighted energies, one a hop; -inf for silence."""
    steps = len(energy) // _STEP
    if steps < _BLOCK // _STEP:  # shorter than a block: one block, as long as it is
        total = float(energy.sum())
        return _lufs(total / max(len(energy) * HOP, HOP)) if total > 0 else -np.inf
    per_step = energy[: steps * _STEP].reshape(steps, _STEP).sum(axis=1, dtype=np.float64)
    blocks = np.convolve(per_step, np.ones(_BLOCK // _STEP), "valid") / (_BLOCK * HOP)
    loud = blocks[blocks > _mean_square(-70.0)]
    if not len(loud):
        return -np.inf
    gated = loud[loud > _mean_square(_lufs(loud.mean()) - 10.0)]
    return _lufs(gated.mean())


def limited(energies: Energies, gain: float, ceiling: float) -> NDArray[np.float64]:
    """Return the K-weighted energies after `gain` (a factor) and a limiter at `ceiling` (full scale = 1)."""
    peak = np.maximum(energies[:, 1].astype(np.float64) * gain, 1e-9)
    needed = 1.0 - np.minimum(1.0, ceiling / peak)  # the reduction each hop asks for
    held = needed.copy()
    for _ in range(3):  # a reduction outlives its hop; after three hops nothing of it is left
        held[1:] = np.maximum(held[1:], held[:-1] * (1.0 - _RECOVERY))
    return energies[:, 0].astype(np.float64) * np.square(gain * (1.0 - _SHARE * held))


def _k_weighting(length: int, rate: int) -> NDArray[np.complex128]:
    """The 48 kHz filter at the true frequencies of another rate: no redesign, no error near Nyquist."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(length, 1 / rate) / 48_000)
    response = np.ones_like(z)
    for (b0, b1, b2), (a0, a1, a2) in (_SHELF, _HIGH_PASS):
        response *= (b0 + b1 * z + b2 * z * z) / (a0 + a1 * z + a2 * z * z)
    return response


def _lufs(mean_square: float) -> float:
    return float(-0.691 + 10 * np.log10(mean_square))


def _mean_square(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
