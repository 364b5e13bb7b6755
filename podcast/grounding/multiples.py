"""What is said without "times" to be so many times as much: twice, tripled, tenfold, an order of magnitude.

>>> [(one.times, one.often) for one in multiples("It is twice as fast, and every pair was labelled twice.")]
[(2, False), (2, True)]
>>> list(multiples("It is two seconds faster."))
[]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.grounding.numberwords import TONGUES

_FOLDS = TONGUES["en"].ones | {"hundred": 100} | TONGUES["en"].scales
_TIMES = _FOLDS | {
    "zwei": 2, "doppelt": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip
_MULTIPLES = re.compile(
    r"(?<![\w-])(?:(?P<two>twice|double[sd]?|doubling|twofold)|(?P<three>thrice|triple[sd]?|tripling)"
    r"|(?P<four>quadruple[sd]?|quadrupling))(?![\w-])"
    rf"|(?P<folds>(?<![\w-])(?:{'|'.join(_FOLDS)})fold(?!\w))"
    r"|(?<![\w.,-])(?<!half )(?P<tens>an?|\d) orders? of magnitude(?!\w)"
    r"|(?<![\w-])(?P<order>order-of-magnitude)(?= (?:speed|improve|reduc|gain|increase|decrease|saving|faster|cheaper))"
    r"|(?<![\w-])(?P<mal>(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)mal|doppelt)(?= so(?!\w))",
    re.IGNORECASE,
)
_VERBAL = re.compile(r" (?:as|the|their|its|that|what|throughput|\w+er)\b|[ .,;!?]*$", re.IGNORECASE)
_ENDS = re.compile(r"[ .,;!?]*$")


@dataclass(frozen=True, slots=True)
class Multiple:
    """A word or an order of magnitude at text[start:end]."""

    times: int
    often: bool
    """Whether it is how often something happens: labelled twice."""
    talk: bool
    """Whether it may be a turn of the talk, for nothing follows that is so many times as much."""
    start: int
    end: int


def multiples(text: str) -> Iterator[Multiple]:
    """Yield each such word of a text, English or German, in order."""
    for match in _MULTIPLES.finditer(text):
        if match["tens"] or match["order"]:
            orders = int(match["tens"]) if (match["tens"] or "").isdigit() else 1
            yield Multiple(10**orders, False, False, *match.span())
            continue
        folds = match["folds"] or match["mal"] or ""
        times = _TIMES[re.sub("(?:fold|mal)$", "", folds.lower()) or str(match.lastgroup)]
        talk = not (folds or match["four"] or _VERBAL.match(text, match.end()))
        often = match["two"] == "twice" and bool(_ENDS.match(text, match.end()))
        yield Multiple(times, often, talk, *match.span())
