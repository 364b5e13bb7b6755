"""Answers that go round in a circle: small models write the same list, or the same sentence, until they are cut; and
blanks, where a schema lets a model write nothing else."""

import re

_TAIL = 3000
"""Characters of the end that are looked at."""
_ROUNDS = 3
_LEAST = 160
"""Characters that the rounds have together: less is a figure of speech."""
_BLANKS = 200
"""Blanks at the end that no JSON has."""
_LONG = 40
"""Of a round: from here on two that say the same are the same, wherever they put it."""

_PLACE = re.compile(
    r'"(?:evidence|claims)":\s*\[[^\]]*\]?|"(?:field|host|kind)":\s*"[^"]*"|"(?:chapter|number)":\s*\d+'
)
"""Where a claim or a line belongs: one that is said again and again counts on through these."""


def repeats(text: str) -> bool:
    """Tell whether the text ends in blanks or in the same words three times over: no more can be hoped of it."""
    if blank(text):
        return True
    tail = text[-_TAIL:].rstrip()
    said = _PLACE.sub("", tail)
    return bool(_circle(tail, 1)) or '"text"' in _circle(said, _LONG)


def blank(text: str) -> bool:
    """Tell whether the text ends in blanks without end."""
    return len(text) >= _BLANKS and not text[-_BLANKS:].strip()


def _circle(tail: str, shortest: int) -> str:
    """Return what the tail says again and again, so long at least; "" where it goes on."""
    for period in range(shortest, len(tail) // _ROUNDS + 1):
        span = max(_ROUNDS * period, _LEAST)
        if len(tail) >= span and tail[-period:] == tail[-2 * period : -period] and _same(tail[-span:], period):
            return tail[-period:]
    return ""


def _same(stretch: str, period: int) -> bool:
    """Tell whether every sign is the one that stood a period before it."""
    return stretch[period:] == stretch[:-period]
