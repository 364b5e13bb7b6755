"""The gain that brings an episode to its loudness, and where its peaks are held: predicted, and then heard."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from podcast.show.errors import MixError
from podcast.show.schema import Gains
from podcast.sound import ffmpeg, loudness

CEILING = -2.0
"""dB of full scale at which the limiter stands: 1 dB below the promised -1 dBTP, since the codec overshoots."""
_HARD = 1.0
"""LU that a limiter takes away from which on it works hard, as on most neural voices, whose peaks stand 3 to 9 dB over
full scale at -16 LUFS. The codec overshoots more then: it stands at
_HARD_CEILING, at four times the output's rate, since it sees sample peaks, and what came of it is heard."""
_HARD_CEILING = -2.75
_KNOWN = 0.15
"""LU that it takes away up to which the codec's overshoot is known to stay under 1 dB. From there on what came of it is
heard: Kokoro's at -16 LUFS, of which it takes 0.9, stood at -0.8 dBTP."""

_PEAK = -1.0
"""dBTP that the decoded MP3 has at most, and
_SPARE dB by which a peak that is over it is brought under it."""
_SPARE = 0.2
_OFF = 0.2
"""LU that the decoded MP3 may be off its target, and
_HELD one that is mixed by the gains of the mix before; so may a host be off the level of all."""
_HELD = 0.3
_BOUNDS = (-36.0, 36.0)
"""What ffmpeg's alimiter takes, in dB."""


class Missed(Exception):
    """By the gains of the mix before this one would not be as it should."""


@dataclass(frozen=True)
class Level:
    """The common gain and the limiter's ceiling, in dB; `aim` is the loudness that the prediction is asked for."""

    gain: float
    ceiling: float
    aim: float
    is_known: bool = False
    """Whether what comes of it need not be heard."""

    @property
    def is_hard(self) -> bool:
        """Whether the limiter works so hard that it has to see the peaks between samples."""
        return self.ceiling < CEILING

    def rounded(self) -> "Level":
        """Return it in hundredths of a dB, for what is kept: not each other take moves it."""
        gain, ceiling, aim = (round(each, 2) for each in (self.gain, self.ceiling, self.aim))
        return replace(self, gain=gain, ceiling=ceiling, aim=aim)


def predicted(whole: loudness.Energies, target: float) -> Level:
    """Return the level at which the timeline of these energies meets the target in LUFS."""
    gain, taken = _meets(whole, target, CEILING)
    if taken <= _HARD:
        return Level(gain, CEILING, target, taken <= _KNOWN)
    return Level(_meets(whole, target, _HARD_CEILING)[0], _HARD_CEILING, target)


def held(whole: loudness.Energies, gains: Gains) -> Level:
    """Return the level of the mix before. Raises Missed where a timeline of these energies is not as loud by it."""
    heard, taken = _comes_to(whole, gains.common, gains.ceiling)
    if abs(heard - gains.aim) > _HELD:
        raise Missed
    return Level(gains.common, gains.ceiling, gains.aim, gains.ceiling == CEILING and taken <= _KNOWN)


def are_held(own: Mapping[str, float], gains: Gains) -> bool:
    """Tell whether the gains still bring hosts of these loudnesses in LUFS to one level, within what one may be off."""
    return all(
        host in gains.hosts and abs(level + gains.hosts[host] - gains.spoken) <= _HELD for host, level in own.items()
    )


def is_met(target: float, heard: float, peak: float | None) -> bool:
    """Tell whether what was made at a level that is held is still as loud as it should be, and no louder."""
    return abs(heard - target) <= _HELD and (peak is None or peak <= _PEAK)


def corrected(whole: loudness.Energies, target: float, level: Level, heard: float, peak: float) -> Level | None:
    """Return a level that is nearer to the target than the MP3 that was made at `level`; None where that is right.

    `heard` is its loudness in LUFS, `peak` its true peak in dBTP.
    """
    if abs(heard - target) <= _OFF and peak <= _PEAK:
        return None
    ceiling = level.ceiling - (peak - _PEAK + _SPARE if peak > _PEAK else 0.0)
    aim = level.aim + target - heard
    return Level(_meets(whole, aim, ceiling)[0], ceiling, aim)


def measured(path: Path) -> tuple[float, float]:
    """Return the sound file's loudness in LUFS and its true peak in dBTP, by ffmpeg's ebur128, as it is decoded."""
    level, peak = _summary(path, "ebur128=peak=true:framelog=verbose", "I", "Peak")
    return level, peak


def loudness_of(path: Path) -> float:
    """Return the sound file's loudness in LUFS, as `measured` does, in half its time: it looks for no peak."""
    return _summary(path, "ebur128=framelog=verbose", "I")[0]


def _summary(path: Path, graph: str, *names: str) -> list[float]:
    """Return what ebur128 says at its end of the whole file, by the names that it has there."""
    summary = ffmpeg.told("-nostats", "-i", str(path), "-map", "0:a", "-af", graph).rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-?inf)", summary) for name in names]
    if not all(found):
        raise MixError(f"ffmpeg's ebur128 does not say how loud {path} is", "install another ffmpeg: 5.1 or later")
    return [float(each[1]) for each in found if each]


def _meets(whole: loudness.Energies, target: float, ceiling: float) -> tuple[float, float]:
    """Return the gain for that ceiling, a fixed point found in a few steps, and the LU that the limiter takes."""
    level = loudness.integrated(loudness.steps(whole["energy"]))
    gain = target - level
    for _ in range(8):
        heard, _ = _comes_to(whole, gain, ceiling, level)
        gain += target - heard
        if abs(target - heard) < 0.02:
            break
    return float(np.clip(gain, *_BOUNDS)), level + gain - target


def _comes_to(whole: loudness.Energies, gain: float, ceiling: float, level: float | None = None) -> tuple[float, float]:
    """Return the loudness in LUFS at that gain and ceiling, and the LU that the limiter takes of it."""
    if level is None:
        level = loudness.integrated(loudness.steps(whole["energy"]))
    heard = loudness.integrated(loudness.limited(whole, 10 ** (gain / 20), 10 ** (ceiling / 20)))
    heard -= loudness.hard_loss(level + gain - heard)
    return heard, level + gain - heard
