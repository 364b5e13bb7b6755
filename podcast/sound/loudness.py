"""Loudness by ITU-R BS.1770-4, from energies that are measured once a take and added up ever after.

A sound's energies are an array of records, one each 20 ms: the K-weighted energy (the sum of squares divided by the
sample rate, so in full-scale² seconds at any rate), and the highest absolute sample of each 5 ms.
Energies of a timeline are sums of those of its parts, so an episode's loudness is known before it is mixed.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from podcast.sound.audio import Waveform

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

_WINDOW = 1 << 14
"""Samples filtered at a time, and
_CHUNK steps limited at a time: memory does not grow with the sound."""
_CHUNK = 1 << 11

_SLOTS = 4
"""Slots of 5 ms in a hop: the limiter's attack, and a tenth of its release."""
_RELEASE = 10
"""Slots in which ffmpeg's alimiter (release 50 ms) lets go, in a straight line."""
_OVERSHOOT = 1.03
"""How much higher the limiter finds the peaks, which sees them after resampling. Fitted to flite's and eSpeak's
speech at 16 and 22.05 kHz: what is left of the error is under 0.1 LU (tests/test_mix.py)."""


Energies = NDArray[np.void]
RECORD = np.dtype([("energy", "<f4"), ("peaks", "<f2", _SLOTS)])
"""12 bytes, the same on every machine: files hold nothing else."""


def hops(samples: int, rate: int) -> int:
    """Return how many records that many samples have."""
    return -(-samples // round(HOP * rate))


def measure(waveform: Waveform) -> Energies:
    """Return the sound's energies, shape (hops,), of type `RECORD`."""
    samples, rate = waveform.samples, waveform.sample_rate
    hop = round(HOP * rate)
    count = hops(len(samples), rate)
    padded = np.zeros(count * hop, dtype=np.float32)
    padded[: len(samples)] = samples
    energies = np.empty(count, dtype=RECORD)
    weighted = _k_weighted(padded, rate).reshape(count, hop)
    energies["energy"] = np.einsum("ij,ij->i", weighted, weighted) / rate
    borders = np.linspace(0, hop, _SLOTS + 1).astype(int)
    for slot in range(_SLOTS):
        part = padded.reshape(count, hop)[:, borders[slot] : borders[slot + 1]]
        energies["peaks"][:, slot] = np.abs(part).max(axis=1, initial=0)
    return energies


def steps(energy: NDArray[np.floating]) -> Steps:
    """Return K-weighted energies, one a hop, in steps of 100 ms; the last one may be part silence."""
    count = -(-len(energy) // _STEP)
    padded = np.zeros(count * _STEP)
    padded[: len(energy)] = energy
    return np.asarray(padded.reshape(count, _STEP).sum(axis=1))


def limited(energies: Energies, gain: float, ceiling: float) -> Steps:
    """Return the steps that are left after `gain` (a factor) and a limiter at `ceiling` (full scale = 1)."""
    parts = []
    for start in range(0, len(energies), _STEP * _CHUNK):
        before = min(start, _STEP)  # a whole step, so that a reduction reaches over the chunk's border
        chunk = energies[start - before : start + _STEP * _CHUNK]
        peaks = chunk["peaks"].reshape(-1) * np.float32(gain * _OVERSHOOT)
        asked = 1 - np.minimum(1, np.float32(ceiling) / np.maximum(peaks, np.float32(1e-9)))
        held = asked.copy()
        held[:-1] = np.maximum(held[:-1], asked[1:] / 2)  # the attack: it begins a slot early
        for slot in range(1, _RELEASE):
            held[slot:] = np.maximum(held[slot:], asked[:-slot] * np.float32(1 - slot / _RELEASE))
        left = np.square(1 - held).reshape(-1, _SLOTS).mean(axis=1) * np.float32(gain**2)
        parts.append(steps((chunk["energy"] * left)[before:]))
    return np.concatenate(parts)


def hard_loss(taken: float) -> float:
    """Return what a limiter takes besides, in LU, where `limited` says that it takes `taken` LU.

    Peaks that follow each other closely hold it down for longer than slots of 5 ms show. A straight line through
    hibari, eSpeak and flite at -14 to -19 LUFS, off by 0.1 LU at most up to 6 LU.
    """
    return 0.1 * max(0.0, taken - 2.0)


def integrated(energy: Steps) -> float:
    """Return the gated loudness in LUFS; -inf for silence. What is shorter than 400 ms counts as one block."""
    blocks = np.convolve(energy, np.ones(_BLOCK), "valid" if len(energy) >= _BLOCK else "full") / (_BLOCK * _STEP * HOP)
    loud = blocks[blocks > _mean_square(-70.0)]
    if not len(loud):
        return -np.inf
    return _lufs(loud[loud > _mean_square(_lufs(loud.mean()) - 10.0)].mean())


def _k_weighted(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Filter in windows that overlap by 60 ms, some fifteen times the filter's time constant."""
    lap = rate // 16
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
