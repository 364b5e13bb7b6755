"""Figures that are rounded more than goes unsaid: likely right, and nothing to stop an episode for.

>>> from podcast.grounding.figure import figures
>>> [rounded(*figures(text), figures("3,540 tokens")) for text in ("Thirty-five hundred", "Thirty-four hundred")]
[True, False]
>>> text = "It breaks every 2 to 3 hours."
>>> in_range(text, figures(text), 0, figures("2.6 hours")), in_range(text, figures(text), 0, figures("3.6 hours"))
(True, False)
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from podcast.grounding.figure import Figure
from podcast.grounding.holding import alike, dated, loose
from podcast.grounding.values import whole

_NEAR = Decimal("0.05")
"""How far a number in words may be, as a share of it; from a thousand on half of that."""
_SHORT = 2
"""Digits of a rounded number from a thousand on."""
_ROUGHLY = Decimal("0.15")
"""The same of about so many, of one or two digits."""
_IN_TENS = Decimal("0.09")
"""The same of about so many tens, hundreds or thousands."""
_SMALL = 12
_TO = re.compile(r" (?:to|or) |-")


def rounded(figure: Figure, held: Sequence[Figure], thousands: bool = True) -> bool:
    """Return whether a whole number in words is a figure of the evidence, rounded more than goes unsaid: 3 of 3.1; and
    with `thousands` 4,000 of 4,096."""
    if figure.value <= 0 or not whole(figure.value) or any(sign.isdigit() for sign in figure.spoken):
        return False
    near = _apart(figure, held)
    if figure.value >= 1000:  # thirty-five hundred, of 3,540
        return thousands and _digits(figure) <= _SHORT and any(0 < apart <= _NEAR / 2 * figure.value for apart in near)
    return any(0 < apart <= min(Decimal("0.5"), _NEAR * figure.value) for apart in near)


def near_whole(figure: Figure, held: Sequence[Figure]) -> bool:
    """Return whether a small whole number, said to be rounded, is the nearest to a figure of the evidence: about three
    of 3.43, but not about one of 1.3; or one in tens or hundreds is near: about forty, of 43."""
    if figure.bound != "about" or not whole(figure.value) or figure.value <= 1:
        return False
    if figure.value >= 10 and _digits(figure) == 1:
        return any(apart <= _IN_TENS * figure.value for apart in _apart(figure, held))
    within = min(Decimal("0.5"), _ROUGHLY * figure.value)
    return figure.value < _SMALL and any(apart <= within for apart in _apart(figure, held))


def within(figure: Figure, held: Sequence[Figure]) -> bool:
    """Return whether a figure of two telling digits is near one of the evidence, though not in its last digit."""
    return not dated(figure) and any(apart <= loose(figure) * abs(figure.value) for apart in _apart(figure, held))


def in_range(text: str, found: Sequence[Figure], index: int, held: Sequence[Figure]) -> bool:
    """Return whether a figure is one of two whole numbers that follow each other, and a figure of the evidence is
    between them: two to three hours, of 2.6."""
    pairs = [(found[at], found[at + 1]) for at in (index - 1, index) if 0 <= at < len(found) - 1]
    return any(_TO.fullmatch(text, first.end, last.start) and _spanned(first, last, held) for first, last in pairs)


def _spanned(first: Figure, last: Figure, held: Sequence[Figure]) -> bool:
    low, high = first.count or first.value, last.count or last.value
    near = first.unit == last.unit and whole(low) and high == low + 1
    return near and any(first.value < one.value < last.value for one in held if one.unit == first.unit)


def _apart(figure: Figure, held: Sequence[Figure]) -> list[Decimal]:
    return [abs(one.value - figure.value) for one in held if alike(figure.unit, one.unit)]


def _digits(figure: Figure) -> int:
    return len(figure.value.normalize().as_tuple().digits)
