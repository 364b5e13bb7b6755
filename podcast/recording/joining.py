"""Very short lines are said together with a neighbour, where an engine fails on them alone, and cut out again."""

import numpy as np

from podcast.recording.pace import Pace
from podcast.sound.audio import Waveform

_SILENCE = 0.1
"""Seconds of silence that a cut needs; the stop consonants within words have less.
_STEP is the grid in seconds, and silence is _FLOOR dB under the loud parts."""
_STEP = 0.01
_FLOOR = 35.0
_CLEAR = 1.3
"""The silence is to be this much longer than any other that could be meant."""


def cut(sound: Waveform, spoken: str, pace: Pace) -> Waveform | None:
    """Return the part of a sound in which `spoken` is said first, up to the middle of the silence after it.

    The silence is looked for where the voice's pace has the text end. None where none is clearly the one.
    """
    size = round(_STEP * sound.sample_rate)
    steps = sound.samples[: len(sound.samples) // size * size].reshape(-1, size)
    power = np.mean(np.square(steps, dtype=np.float64), axis=1)
    if not len(power) or not np.isfinite(power).all() or not power.max():
        return None
    loud = np.flatnonzero(power > np.percentile(power, 95) * 10 ** (-_FLOOR / 10))
    ends, gaps = loud[:-1], np.diff(loud) - 1
    expected = pace.expected(spoken)
    after = (ends + 1 - loud[0]) * _STEP
    near = np.flatnonzero((gaps * _STEP >= _SILENCE) & (after > 0.4 * expected) & (after < 1.8 * expected + 0.3))
    if not len(near):
        return None
    order = near[np.argsort(gaps[near])[::-1]]
    if len(order) > 1 and gaps[order[0]] < _CLEAR * gaps[order[1]]:
        return None
    middle = int(ends[order[0]]) + 1 + int(gaps[order[0]]) // 2
    return Waveform(sound.samples[: middle * size], sound.sample_rate)
