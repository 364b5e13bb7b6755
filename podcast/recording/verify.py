"""Is a take what was to be said? Gates that need no recogniser; each says what it saw, for who makes the show.

Thresholds are set on flite's and eSpeak's speech with faults put into it: bench/verify.py has the figures.
"""

import functools
import itertools
import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from podcast.recording.hearing import Ear
from podcast.recording.pace import Pace, Sounding, sounding
from podcast.sound import audio
from podcast.sound.audio import Waveform

_CLIPPED = 20
"""Samples a second that stand at the sound's own limit with their neighbours: none in clean speech, hundreds at +6 dB.
Counted where there are at least as many in all."""
_SILENCE = 1.2
"""Seconds of silence inside that no line has; engines pause up to 0.4 s at marks."""
_LEVELS = (-45.0, -4.0)
"""dBFS between which speech lies. Engines here give -13 to -24; loudness is set in the mix."""
_END = 0.01
"""Seconds at the end of the sound that must be
_SOFT dB under its peak."""
_SOFT = 30.0

_FRAME, _STEP, _BANDS = 0.04, 0.02, 24
_LOUD = 30.0
"""dB under its loudest band of all in which a step of sound counts as sounding."""
_STRETCH = 0.44
"""Seconds that must recur to count as repeated: two syllables."""
_ALIKE = 1.4
"""Mean difference in dB of two stretches that are one sound twice. Five of six that were repeated have less, stretches
of unlike words 1.5 and more; where the text itself repeats it is down to 0.2.
_SOUNDING is the part of a stretch that must sound: pauses are all alike."""
_SOUNDING = 0.85
_SAME = 5
"""Letters in a row that stand twice in the text may sound alike."""


@dataclass(frozen=True)
class Expected:
    """What is known of a voice before its take is judged."""

    pace: Pace = field(default_factory=Pace)
    soft_end: bool = True
    """Whether its sentences end in silence or softly: of a voice that never does, no end is abrupt."""
    varied: bool = True
    """Whether unlike words sound unlike: of a voice in tones, no stretch can be said to be another again."""
    ear: Ear | None = None
    """Who hears the words: only for a voice that it understands."""


def faults(sound: Waveform, spoken: str, expected: Expected) -> tuple[str, ...]:
    """Return what is wrong with the sound as a take of the spoken text; nothing where it can be one.

    The sound is as the engine gave it: what is trimmed away later says whether it was broken off.
    """
    found = measured(sound, spoken, expected)
    if found or expected.ear is None:
        return found
    (misses,) = expected.ear.misses([(sound, spoken)])  # the dearest last
    return tuple(map(str, misses))


def measured(sound: Waveform, spoken: str, expected: Expected) -> tuple[str, ...]:
    """Return what is wrong with the sound, whatever its words are."""
    samples = sound.samples
    if samples.ndim != 1 or not len(samples):
        return ("there is no sound",)
    broken = int(np.count_nonzero(~np.isfinite(samples)))
    if broken:
        return (f"{broken} of {len(samples)} samples are no numbers",)
    found = sounding(sound)
    if found is None:
        return ("there is only silence",)
    seen = [*_level(found), *_clipping(sound), *_gap(found), *_pace(found, spoken, expected.pace)]
    if expected.soft_end:
        seen += _end(sound)
    if expected.varied:
        seen += _repetition(sound, spoken)
    return tuple(seen)


def ends_softly(sound: Waveform) -> bool:
    """Return whether the sound's last 10 ms are silent or soft."""
    return not _end(sound)


def sounds_varied(sound: Waveform, spoken: str) -> bool:
    """Return whether no two stretches sound alike but those that the text has twice."""
    return not _repetition(sound, spoken)


def _level(found: Sounding) -> list[str]:
    low, high = _LEVELS
    if low <= found.level <= high:
        return []
    return [f"it is too {'quiet' if found.level < low else 'loud'}: {found.level:.0f} dBFS"]


def _clipping(sound: Waveform) -> list[str]:
    size = np.abs(sound.samples)
    peak = size.max()
    flat = (np.abs(np.diff(sound.samples)) < 1e-5) & (size[1:] > 0.98 * peak)  # 16 bits are 3e-5 apart
    count = int(np.count_nonzero(flat[1:] & flat[:-1]))
    if count < _CLIPPED or count < _CLIPPED * sound.duration:
        return []
    return [f"it is clipped: {count} samples stand at the limit"]


def _gap(found: Sounding) -> list[str]:
    if found.pause <= _SILENCE:
        return []
    return [f"there are {found.pause:.1f} s of silence inside, {found.pause_at:.1f} s after the beginning"]


def _pace(found: Sounding, spoken: str, pace: Pace) -> list[str]:
    low, high = pace.band(spoken)
    if low <= found.seconds <= high:
        return []
    more = "something is missing" if found.seconds < low else "something was added or drawn out"
    return [f"{found.seconds:.1f} s of speech where this voice needs {low:.1f} to {high:.1f} s for the words: {more}"]


def _end(sound: Waveform) -> list[str]:
    last = sound.samples[-max(1, round(_END * sound.sample_rate)) :]
    level = np.sqrt(np.mean(np.square(last, dtype=np.float64)))
    if level <= np.abs(sound.samples).max() * 10 ** (-_SOFT / 20):
        return []
    return ["it is broken off: the sound ends in full voice"]


def _repetition(sound: Waveform, spoken: str) -> list[str]:
    """Compare the sound with itself at every distance; what the text repeats may sound again."""
    colour = _colour(audio.trim(sound))
    width = round(_STRETCH / _STEP)
    length = colour.shape[1]
    if length < 2 * width + 5:
        return []
    loud = np.concatenate([[0], np.cumsum(colour.max(axis=0) > colour.max() - _LOUD)])
    sounds = (loud[width:] - loud[:-width]) >= _SOUNDING * width
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", spoken):
        return []  # a few hundred syllables make up all of Chinese: they recur in any sentence
    allowed = _repeats(spoken)
    best, where = np.inf, (0, 0)
    for lag in range(width, length - width + 1):
        share = lag / length
        if any(abs(share - each) < 0.12 * each + 0.25 / (length * _STEP) for each in allowed):
            continue
        apart = np.abs(colour[:, lag:] - colour[:, :-lag]).sum(axis=0) / np.float32(_BANDS)
        total = np.concatenate([np.zeros(1, dtype=apart.dtype), np.cumsum(apart)])
        means = np.where(sounds[: length - lag - width + 1], (total[width:] - total[:-width]) / width, np.inf)
        at = int(means.argmin())
        if means[at] < best:
            best, where = float(means[at]), (lag, at)
    if best > _ALIKE:
        return []
    lag, at = where
    return [f"{(at + lag) * _STEP:.1f} s after its beginning it says again what it said {lag * _STEP:.1f} s before"]


def _repeats(spoken: str) -> set[float]:
    """Return how far apart, as shares of the text, the text repeats itself."""
    words = re.findall(r"[^\W\d_]+", spoken.lower())
    letters = "".join(words)
    places: dict[str, list[int]] = {}
    for start in range(len(letters) - _SAME + 1):
        places.setdefault(letters[start : start + _SAME], []).append(start)
    for word, start in zip(words, itertools.accumulate(map(len, words), initial=0), strict=False):
        if len(word) == _SAME - 1:
            places.setdefault(word, []).append(start)  # "zero point zero one": a whole word of four letters, too
    pairs = ((one, two) for found in places.values() for one in found for two in found if one < two)
    return {round((two - one) / len(letters), 2) for one, two in pairs}


def _colour(sound: Waveform) -> NDArray[np.float32]:
    """Return the sound's power in mel bands, in dB down to 45 under the loudest, each 20 ms; shape (bands, steps)."""
    rate = sound.sample_rate
    size = round(_FRAME * rate)
    if len(sound.samples) < size:
        return np.empty((_BANDS, 0), dtype=np.float32)
    count = 1 << (size - 1).bit_length()
    frames = np.lib.stride_tricks.sliding_window_view(sound.samples, size)[:: round(_STEP * rate)]
    spectra = np.fft.rfft(frames * np.hanning(size).astype(np.float32), count, axis=1)
    power = (spectra.real**2 + spectra.imag**2).astype(np.float32)
    # not by a matrix product: numpy's spins a thread a core for it, which costs more than it saves
    bands = 10 * np.log10(np.einsum("tf,fb->bt", power, _filters(count, rate)) + np.float32(1e-9))
    return np.asarray(np.maximum(bands, bands.max() - 45), dtype=np.float32)


@functools.lru_cache(maxsize=4)
def _filters(count: int, rate: int) -> NDArray[np.float32]:
    mel = 2595 * np.log10(1 + np.fft.rfftfreq(count, 1 / rate) / 700)
    low, high = 2595 * np.log10(1 + np.array([100, min(7000, rate / 2)]) / 700)
    edges = np.linspace(low, high, _BANDS + 2)
    rising = (mel[:, None] - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - mel[:, None]) / np.diff(edges)[1:]
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None), dtype=np.float32)
