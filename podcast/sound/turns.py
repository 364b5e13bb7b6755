"""When each line begins: turns as people take them, or with plain pauses.

In talk, the gap between two speakers is some 0.2 s on average, and often there is none: Stivers et al., "Universals and
cultural variation in turn-taking in conversation", PNAS 106(26), 2009, with means of 0.007 to 0.47 s in ten languages.
A gap here is drawn from the keys of the two takes, so the same script is the same sound; it runs from where the one is
heard last to where the next is heard first, whatever silence their files hold.
"""

import hashlib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from podcast.show.schema import Line, Take
from podcast.show.settings import MixSettings
from podcast.sound import loudness

VERSION = 1
"""Raise it when the same takes are placed otherwise in talk: all such episodes are then mixed again."""

_FLOOR = 40.0
"""dB under a take's loudest 20 ms: what is quieter at its ends is not heard."""
_SHORT = 1.0
"""Seconds of speech up to which a line is a reaction: "Right.", "How so?"."""
_OVERLAP = 0.4
"""Part of the shorter of two lines that may be spoken over the other, at most."""
_ALONE = 0.05
"""Seconds that a host takes at least after a line of their own, or after a figure of the other."""

Gap = tuple[float, float]
"""Seconds between which it is drawn, the middle likeliest; under 0 the next begins before the one has ended."""

_REACTION: Gap = (-0.2, 0.1)
_GAPS: Mapping[str, Gap] = {
    "chapter": (0.8, 1.2),
    "on": (0.2, 0.5), "within": (0.1, 0.3),
    "answer": (0.0, 0.4), "reply": (0.0, 0.5),
    "thought": (0.25, 0.75),
}  # fmt: skip
"""Each kind's. One host's next line goes on after a sentence, or within one: after a comma or a colon. A thought is a
host who goes on to something else that the paper states, or takes the word for it unasked."""
_AFTER_FIGURE = " after a figure"
"""What is added to a kind where no reaction may begin early."""

_QUESTION = re.compile(r"[?？][\"'”’»)]*\s*$")
_WITHIN = re.compile(r"[,;:，；：、—–-]\s*$")
_FIGURE = re.compile(r"\d\S*\s*$")


@dataclass(frozen=True)
class Turn:
    """A line as it is placed: its samples on the timeline, and how many of them are not heard at either end."""

    line: Line
    take: Take
    count: int
    lead: int = 0
    tail: int = 0

    @property
    def heard(self) -> int:
        """Samples from where it is heard first to where it is heard last."""
        return self.count - self.lead - self.tail


def edges(energies: loudness.Energies) -> tuple[float, float]:
    """Return the seconds at the take's beginning and at its end in which nothing is heard of it."""
    energy = energies["energy"]
    heard = np.flatnonzero(energy > energy.max(initial=0) * 10 ** (-_FLOOR / 10))
    if not len(heard):
        return 0.0, 0.0
    return float(heard[0]) * loudness.HOP, float(len(energy) - 1 - heard[-1]) * loudness.HOP


def starts(turns: Sequence[Turn], settings: MixSettings, rate: int, lead: int) -> list[int]:
    """Return each line's first sample on a timeline of `rate`; the first is `lead`.

    In talk a line may begin before the one before it has ended. No host is ever heard over a line of their own, nor
    three lines at once.
    """
    found = [lead]
    free = 0  # where all lines but the last are over
    for one, after in itertools.pairwise(turns):
        if settings.turns == "plain":
            found.append(found[-1] + one.count + round(_plain(one.line, after.line, settings) * rate))
            continue
        over = found[-1] + one.count - one.tail
        gap = round(_drawn(one, after, settings, rate) * rate)
        gap = max(gap, round(-_OVERLAP * min(one.heard, after.heard)))
        begins = max(over + gap, free + round(_ALONE * rate))
        free = max(free, over)
        found.append(max(begins - after.lead, found[-1] + 1))
    return found


def _plain(line: Line, after: Line, settings: MixSettings) -> float:
    if line.chapter != after.chapter:
        return settings.pause_chapter
    return settings.pause_host if line.host != after.host else settings.pause


def kinds(lines: Sequence[Line]) -> list[str]:
    """Return by which kind of gap each line but the first follows in talk: all that is drawn from words and claims, and
    so part of a mix's key."""
    return [_kind(line, after) for line, after in itertools.pairwise(lines)]


def _kind(line: Line, after: Line) -> str:
    if line.chapter != after.chapter:
        return "chapter"
    if line.host == after.host:
        return "within" if _WITHIN.search(line.text) else "thought" if _is_new(line, after) else "on"
    if _QUESTION.search(line.text):
        return "answer"
    kind = "thought" if _is_new(line, after) else "reply"
    return kind + _AFTER_FIGURE if _FIGURE.search(line.text.rstrip(".!")) else kind


def _drawn(one: Turn, after: Turn, settings: MixSettings, rate: int) -> float:
    """Return the gap in seconds: drawn from its kind's, and longer or shorter as the settings' pauses are."""
    default, kind = MixSettings(), _kind(one.line, after.line)
    low, high = _GAPS[kind.removesuffix(_AFTER_FIGURE)]
    if kind == "chapter":
        scale = settings.pause_chapter
    elif one.line.host == after.line.host:
        scale = settings.pause / default.pause
    else:
        scale = settings.pause_host / default.pause_host
        if kind != "answer" and after.heard <= _SHORT * rate:
            low, high = _REACTION
            if kind.endswith(_AFTER_FIGURE):
                low, high = _ALONE, _ALONE + high - low
    first, second = (int.from_bytes(half, "big") / 2**64 for half in _halves(one.take.key, after.take.key))
    gap = low + (high - low) * (first + second) / 2
    return gap * scale if gap > 0 else gap


def _is_new(line: Line, after: Line) -> bool:
    """Whether the line after states something of the paper that the one before it did not speak of."""
    return bool(after.claims) and bool(line.claims) and not set(after.claims) & set(line.claims)


def _halves(one: str, other: str) -> tuple[bytes, bytes]:
    drawn = hashlib.sha256(f"turn {one} {other}".encode()).digest()
    return drawn[:8], drawn[8:16]
