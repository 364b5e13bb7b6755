"""How long a voice needs for a text: a first guess from the letters, then what the voice's own takes teach.

What a take's pace is told by are the seconds that sound, without its pauses, and the seconds that its text would take
at the pace of rate 1. Errors of words add up like chance, so a take's deviation is counted in units of the square root
of what was expected.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError

from podcast.show import store
from podcast.show.schema import Record, Take
from podcast.show.stops import STOPS
from podcast.sound import audio
from podcast.sound.audio import Waveform

_LETTER, _SYLLABLE, _WORD, _MARK = 0.042, 0.055, 0.045, 0.16
"""Seconds each takes at rate 1: least squares over 240 lines in flite's two voices. The rates of all six voices here
are 0.9 to 1.06, and what is left spreads by 0.09 to 0.15 (bench/verify.py)."""
WORDS_A_MINUTE = 185
"""What English prose at rate 1 comes to, its pauses not counted: the lines of bench/verify.py."""
_SPELLED = re.compile(r"\b(?=[A-Z]*[B-DF-HJ-NP-TV-XZ]{4}|[B-DF-HJ-NP-TV-XZ]+\b)[A-Z]{2,}\b")
"""What is in capitals and no mouth can say as a word is said letter by letter."""
_SPELLED_LETTER = 0.07
"""Seconds that a letter takes more than a word of one letter where it is spelled: 0.19 to 0.23 in all at rate 1, the
medians over twelve acronyms of the six voices here."""
_SPREAD = 0.15
"""Spread of the deviation that is taken for granted before a voice has taught its own, and
_WEIGHT how many takes that guess is worth."""
_WEIGHT = 10
_ALLOWED = 3.5
"""Deviations up to this many spreads are within the band; never under or over the
_BOUNDS."""
_BOUNDS = (0.4, 0.8)

_HOP = 0.01
"""Seconds in which a sound is found to sound, or not;
_PAUSE is the shortest silence inside that counts as one: shorter are the closures of p, t and k."""
_PAUSE = 0.08
_FLOOR = 35.0
"""What is this many dB under the loud parts (the 95th percentile of the steps) is silence."""
_PAPERS = 20
"""Papers whose takes teach a pace: the latest that are
APART days from the paper that is recorded, or more. Those in between may be recorded side by side, in any order."""
APART = 7


@dataclass(frozen=True)
class Sounding:
    """Where a take sounds."""

    span: float
    """Seconds from the first sound to the last."""
    seconds: float
    """The same without the pauses inside."""
    pause: float
    """The longest pause inside, in seconds, and
    pause_at where it begins, in seconds from the take's beginning."""
    pause_at: float
    level: float
    """RMS of what sounds, in dBFS."""


@dataclass(frozen=True)
class Pace:
    """What a voice needs for a text: `rate` is 1 for the first guess, more for a slower voice."""

    rate: float = 1.0
    spread: float = 2 * _SPREAD
    """Of the deviation; a voice that was never heard is held to little."""

    def expected(self, spoken: str) -> float:
        """Return the seconds that the text should sound."""
        return self.rate * plain_seconds(spoken)

    def band(self, spoken: str) -> tuple[float, float]:
        """Return the fewest and the most seconds that the text may sound."""
        expected = self.expected(spoken)
        allowed = float(np.clip(_ALLOWED * self.spread, *_BOUNDS)) * expected**0.5
        return max(0.25 * expected - _LETTER, expected - allowed, 0.0), expected + allowed


Pairs = tuple[tuple[float, float], ...]
"""Of each take the plain seconds of its text, and the seconds that sound."""


class _Lesson(Record):
    takes: str
    """What the takes are named by, as one fingerprint."""
    pairs: Pairs
    seconds: dict[str, float | None] = Field(default_factory=dict)
    """Of each take, by its key, the seconds that sound; None where it is silence."""


def plain_seconds(spoken: str) -> float:
    """Return the seconds that the text would take at rate 1, without pauses."""
    said = _SPELLED.sub(lambda found: " ".join(found[0]), spoken)
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", said.lower())
    syllables = sum(max(1, len(re.findall(r"[aeiouyà-öø-ÿ]+", re.sub(r"(?<=..)e[sd]?$", "", word)))) for word in words)
    marks = len(re.findall(rf"[{STOPS},;:，；：،؛]", spoken))  # the last sound before a pause is drawn out
    spelled = sum(len(run.split()) for run in re.findall(r"\b[A-Z](?: [A-Z])+\b", said))
    return (
        _LETTER * sum(map(len, words))
        + _SYLLABLE * syllables
        + _WORD * len(words)
        + _MARK * marks
        + _SPELLED_LETTER * spelled
        or _LETTER  # never nothing, so that a ratio can be formed
    )


def sounding(sound: Waveform) -> Sounding | None:
    """Return where the sound sounds; None where it is silence throughout."""
    size = round(_HOP * sound.sample_rate)
    steps = sound.samples[: len(sound.samples) // size * size].reshape(-1, size)
    power = np.einsum("ij,ij->i", steps, steps, dtype=np.float64) / size
    if not len(power) or power.max() <= audio.SILENCE**2 / 2:
        return None
    loud = np.flatnonzero(power > np.percentile(power, 95) * 10 ** (-_FLOOR / 10))
    gaps: NDArray[np.int64] = np.diff(loud) - 1
    longest = int(gaps.argmax()) if len(gaps) else 0
    span = float(loud[-1] - loud[0] + 1) * _HOP
    return Sounding(
        span=span,
        seconds=span - float(gaps[gaps * _HOP >= _PAUSE].sum()) * _HOP,
        pause=float(gaps[longest]) * _HOP if len(gaps) else 0.0,
        pause_at=float(loud[longest] + 1) * _HOP,
        level=float(10 * np.log10(power[loud].mean())),
    )


def fit(pairs: Pairs, rate: float) -> Pace:
    """Return the pace that the takes teach, beginning from a rate that was measured or guessed.

    By medians: a take that is wrong and was not noticed moves it little.
    """
    ratios = [seconds / plain for plain, seconds in pairs]
    learnt = float(np.median([rate] * _WEIGHT + ratios))
    if not pairs:
        return Pace(learnt, _SPREAD)
    expected = learnt * np.array([plain for plain, _ in pairs])
    deviations = (np.array([seconds for _, seconds in pairs]) - expected) / np.sqrt(expected)
    spread = 1.4826 * float(np.median(np.abs(deviations)))  # of a normal distribution, by its median
    return Pace(learnt, float(np.sqrt((len(pairs) * spread**2 + _WEIGHT * _SPREAD**2) / (len(pairs) + _WEIGHT))))


def are_apart(one: dt.date, other: dt.date) -> bool:
    """Tell whether a paper of the one day may teach one of the other; others may be recorded at once."""
    return abs((one - other).days) >= APART


def _day(name: str) -> dt.date:
    """Return the day of "DAY/PAPER"; of another name the first that there is."""
    try:
        return dt.date.fromisoformat(name.partition("/")[0])
    except ValueError:
        return dt.date.min


def _kept(names: Sequence[str], day: dt.date) -> Sequence[str]:
    """Return which lessons are kept after one of that day: those that a paper may want that is recorded beside it."""
    since = day - dt.timedelta(days=min(2 * APART, (day - dt.date.min).days))
    old = [name for name in names if _day(name) <= since]
    return [*old[-_PAPERS:], *(name for name in names if _day(name) > since)]


def _seconds(take: Take) -> float | None:
    return take.seconds or seconds(audio.read(take.sound))


def seconds(sound: Waveform) -> float | None:
    """Return how many seconds of a take sound, as they are kept; None where it is silence."""
    found = sounding(sound)
    return round(found.seconds, 3) if found else None


@dataclass(frozen=True)
class Lessons:
    """What a show's takes teach of one voice, kept in a file that may be deleted at any time.

    A paper's takes teach when all of them are there, and the papers that are a week away or more: so the pace that a
    paper is recorded with is known before its first take, a run that was interrupted goes on as it would have, and it
    makes no difference which papers of a week are recorded first, or at once.
    """

    path: Path

    def learn(self, paper: str, takes: Sequence[tuple[Take, str]]) -> None:
        """Keep what the paper's takes, each with its spoken text, teach; nothing is written that is known."""
        named = store.fingerprint("pace", 1, [*sorted(take.key for take, _ in takes)])
        before = self._read().get(paper)
        if not takes or (before and before.takes == named):
            return
        known = before.seconds if before else {}
        heard = {take.key: known[take.key] if take.key in known else _seconds(take) for take, _ in takes}
        pairs = ((round(plain_seconds(spoken), 3), heard[take.key]) for take, spoken in takes)
        learnt = tuple((plain, seconds) for plain, seconds in pairs if seconds is not None)
        self._keep(paper, _Lesson(takes=named, pairs=learnt, seconds=heard))

    def _keep(self, paper: str, lesson: _Lesson) -> None:
        """Put the paper's lesson beside those that are there, whoever else does so at the moment."""
        with store.locked(self.path.with_suffix(".lock")):
            lessons = {**self._read(), paper: lesson}
            latest = {name: lessons[name].model_dump(mode="json") for name in _kept(sorted(lessons), _day(paper))}
            store.write_atomic(self.path, (json.dumps(latest) + "\n").encode(), durable=False)

    def pairs(self, day: dt.date | None = None) -> Pairs:
        """Return what the papers' takes teach for a paper of that day; without one, what all do."""
        lessons = self._read()
        names = [name for name in sorted(lessons) if day is None or are_apart(_day(name), day)]
        return tuple(pair for name in names[-_PAPERS:] for pair in lessons[name].pairs)

    def _read(self) -> Mapping[str, _Lesson]:
        try:
            now = self.path.stat()
            return _lessons(self.path, now.st_ino, now.st_mtime_ns, now.st_size)
        except (OSError, ValueError, AttributeError, ValidationError):  # none yet, or not ours: it is learnt anew
            return {}


@lru_cache(maxsize=8)
def _lessons(path: Path, *_: int) -> Mapping[str, _Lesson]:
    """Return what the file holds, which is replaced and never changed: each paper would read it several times."""
    kept = json.loads(path.read_bytes())
    return {str(name): _Lesson.model_validate(lesson) for name, lesson in kept.items()}
