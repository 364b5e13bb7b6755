"""A time that is said in two units is one figure: an hour and forty minutes.

>>> from podcast.grounding.figure import figures
>>> [(one.spoken, f"{one.value:f}") for one in figures("It takes an hour and forty minutes, or 6000 seconds.")]
[('an hour and forty minutes', '6000'), ('6000', '6000')]
>>> [f"{one.value:f}" for one in figures("They take 2 hours and 30 minutes, respectively.")]
['7200', '1800']
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from podcast.grounding.digits import Digits
from podcast.grounding.units import unit_at
from podcast.grounding.values import whole

if TYPE_CHECKING:
    from podcast.grounding.figure import Figure

_BETWEEN = re.compile(r"(?: and)? ")
_DAY = 86400
"""Seconds; of a week and two days nobody says which is the sum."""


def joined(digits: Digits, found: Sequence["Figure"]) -> list["Figure"]:
    """Return the figures, in order, with each hour and its minutes, each minute and its seconds, as one."""
    said: list[Figure] = []
    for figure in found:
        if said and _continues(digits.text, said[-1], figure):
            first = said.pop()
            stop = unit_at(digits.text, figure.end)[2]
            figure = replace(
                first, value=first.value + figure.value, count=None, talk=False, end=figure.end,
                spoken=digits.spoken(first.start, stop),
            )  # fmt: skip
        said.append(figure)
    return said


def _continues(text: str, first: "Figure", last: "Figure") -> bool:
    """Return whether a time goes on in a smaller unit: fewer minutes than an hour has."""
    if not first.unit == last.unit == "time" or "respectively" in text or first.per or last.per or not last.count:
        return False
    if first.words or not whole(first.count or first.value):
        return False  # a third of a second
    larger = first.value / (first.count or 1)
    if not (last.value < larger <= _DAY and last.value / last.count < larger):
        return False
    stop = unit_at(text, first.end)[2] if first.count else first.end
    return bool(_BETWEEN.fullmatch(text, stop, last.start))
