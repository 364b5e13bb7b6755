"""Answers that go round in a circle: small models write the same list, or the same sentence, until they are cut."""

import re

_TAIL = 3000
"""Characters of the end that are looked at."""
_ROUNDS = 3
_LEAST = 160
"""Characters that the rounds have together: less is a figure of speech."""
_LONG = 40
"""Of a round: from here on two that differ in their evidence alone are the same."""

_EVIDENCE = re.compile(r'("evidence":\s*\[)[\d\s,]*')
"""The numbers of a claim's sentences: one that is said again and again counts on through them."""


def repeats(text: str) -> bool:
    """Tell whether the text ends in the same words three times over, so that no more can be hoped of it."""
    tail = text[-_TAIL:].rstrip()
    return _circles(tail, 1, _LONG) or _circles(_EVIDENCE.sub(r"\1", tail), _LONG, len(tail) // _ROUNDS)


def _circles(tail: str, shortest: int, longest: int) -> bool:
    for period in range(shortest, longest + 1):
        span = max(_ROUNDS * period, _LEAST)
        if len(tail) >= span and tail[-period:] == tail[-2 * period : -period] and _same(tail[-span:], period):
            return True
    return False


def _same(stretch: str, period: int) -> bool:
    """Tell whether every sign is the one that stood a period before it."""
    return stretch[period:] == stretch[:-period]
