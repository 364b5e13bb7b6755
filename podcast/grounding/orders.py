"""Orders of magnitude that the evidence says otherwise: as a range, vaguely, in percent, or by two figures.

>>> from podcast.grounding.figure import figures
>>> from podcast.grounding.sentences import sentence
>>> [comes_to(*figures("two orders of magnitude"), [sentence(text)]) for text in
...  ("It is 2 to 3 orders of magnitude faster.", "It is orders of magnitude faster.", "It is 2x faster.")]
['said', 'doubted', '']
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from podcast.grounding.figure import Figure
from podcast.grounding.holding import SLACK_OF_ORDERS, is_order
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.units import CURRENCIES, PHYSICAL

_RANGED = re.compile(r"(?<![\w.])(\d) ?(?:to|or|-|–) ?(\d) orders of magnitude(?!\w)")
_VAGUE = re.compile(r"(?<!\d )orders of magnitude(?!\w)|up to (?:an?|\d) orders? of magnitude(?!\w)", re.IGNORECASE)
_MEASURED = PHYSICAL | CURRENCIES
_GROWTH = 300
"""Percent from which on growth is so many times as much, too."""


def comes_to(figure: Figure, sentences: Sequence[Sentence]) -> str:
    """Return "said" where the evidence comes to so many orders of magnitude, "doubted" where it may, "" elsewhere."""
    if not is_order(figure):
        return ""
    orders = len(f"{figure.value:.0f}") - 1
    for one in sentences:
        if any(int(low) <= orders <= int(high) for low, high in _RANGED.findall(one.text)) or _apart(figure, one):
            return "said"
    likely = any(_VAGUE.search(one.text) or any(_near(figure, times) for times in _times(one)) for one in sentences)
    return "doubted" if likely else ""


def _near(figure: Figure, times: Decimal) -> bool:
    return figure.value / SLACK_OF_ORDERS <= times <= figure.value * SLACK_OF_ORDERS


def _apart(figure: Figure, one: Sentence) -> bool:
    """Return whether the only two quantities of a kind in a sentence are so far apart: 3 ms against 40 ms."""
    for unit in {held.figure.unit for held in one.figures} & _MEASURED:
        values = [held.figure.value for held in one.figures if held.figure.unit == unit]
        if len(values) == 2 and min(values) > 0 and _near(figure, max(values) / min(values)):
            return True
    return False


def _times(one: Sentence) -> Iterator[Decimal]:
    """Yield how many times as much two figures side by side are, or a part of a whole, or what a cut leaves."""
    for held, other in pairwise(one.figures):
        values = sorted(_values(held.figure, other.figure))
        if values[0] > 0:
            yield values[1] / values[0]
    for held in one.figures:
        if held.figure.unit == "%":
            yield from _of_percent(held, one.text[held.figure.end :])


def _values(figure: Figure, other: Figure) -> tuple[Decimal, Decimal]:
    if "" in (figure.unit, other.unit):  # from 100 to 8 hours
        return figure.count or figure.value, other.count or other.value
    return (figure.value, other.value) if figure.unit == other.unit else (Decimal(0), Decimal(0))


def _of_percent(held: Held, behind: str) -> Iterator[Decimal]:
    percent = held.figure.value
    if held.said.role == "cut" and 0 < percent < 100:
        yield 100 / (100 - percent)
    if percent >= _GROWTH:
        yield percent / 100
    if percent > 0 and re.match(r"(?:%| percent) of ", behind):
        yield 100 / percent
