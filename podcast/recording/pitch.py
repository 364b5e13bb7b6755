"""How high a voice is: the median fundamental frequency of its voiced frames, by YIN.

De Cheveigné and Kawahara, "YIN, a fundamental frequency estimator for speech and music", JASA 111(4), 2002.
"""

import numpy as np
from numpy.typing import NDArray

from podcast.sound.audio import Waveform

_LOWEST, _HIGHEST = 60.0, 500.0
"""Hz: from a low man's creak to a high woman's question."""
_FRAME = 0.04
"""Seconds of sound that are compared with what follows; two periods of the lowest voice."""
_HOP = 0.02
"""Seconds from frame to frame."""
_APERIODIC = 0.15
"""A frame is voiced where YIN's normalised difference falls below this; the paper's 0.1 leaves too few frames."""
_QUIET = 10 ** (-30 / 20)
"""Frames that are quieter than this part of the loudest are not asked."""


def median_f0(sound: Waveform) -> float | None:
    """Return the median F0 of the sound's voiced frames in Hz; None where fewer than five are voiced."""
    heard = contour(sound)
    voiced = heard[np.isfinite(heard)]
    return float(np.median(voiced)) if len(voiced) >= 5 else None


def semitones(one: float, other: float) -> float:
    """Return how far apart two frequencies are, in semitones, without a sign."""
    return float(abs(12 * np.log2(one / other)))


def contour(sound: Waveform) -> NDArray[np.float64]:
    """Return the F0 in Hz of each frame of 20 ms; NaN where it is unvoiced or quiet."""
    rate = sound.sample_rate
    size, shortest, longest = round(_FRAME * rate), int(rate / _HIGHEST), int(rate / _LOWEST) + 1
    width = size + longest
    if len(sound.samples) < width:
        return np.empty(0)
    frames = np.lib.stride_tricks.sliding_window_view(sound.samples, width)[:: round(_HOP * rate)].astype(np.float64)
    difference = _difference(frames, size, longest)
    falling = difference[:, 1:].cumsum(axis=1) / np.arange(1, longest + 1)
    normal = np.ones_like(difference)
    normal[:, 1:] = difference[:, 1:] / np.maximum(falling, 1e-12)
    level = np.sqrt((frames**2).mean(axis=1))
    found = np.full(len(frames), np.nan)
    for index in np.flatnonzero(level > _QUIET * level.max(initial=0)):
        found[index] = _period(normal[index], shortest)
    return rate / found


def _difference(frames: NDArray[np.float64], size: int, longest: int) -> NDArray[np.float64]:
    """Return, for each frame and lag, the squared difference of its first `size` samples and those a lag later."""
    count = 1 << (frames.shape[1] + size - 1).bit_length()
    here, there = np.fft.rfft(frames[:, :size], count), np.fft.rfft(frames, count)
    product = np.fft.irfft(np.conj(here) * there, count)[:, : longest + 1]
    power = np.concatenate([np.zeros((len(frames), 1)), np.cumsum(frames**2, axis=1)], axis=1)
    later = power[:, size : size + longest + 1] - power[:, : longest + 1]
    return np.asarray(np.maximum(power[:, size : size + 1] + later - 2 * product, 0))


def _period(normal: NDArray[np.float64], shortest: int) -> float:
    """Return the period in samples: the first dip below the threshold, between samples by a parabola; else NaN."""
    below = np.flatnonzero(normal[shortest:-1] < _APERIODIC)
    if not len(below):
        return np.nan
    lag = int(below[0]) + shortest
    while lag + 2 < len(normal) and normal[lag + 1] < normal[lag]:
        lag += 1
    before, dip, after = normal[lag - 1 : lag + 2]
    bend = before - 2 * dip + after
    return lag + (float(0.5 * (before - after) / bend) if bend > 0 else 0.0)
