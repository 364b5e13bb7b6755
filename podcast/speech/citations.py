"""Citations: [33] and (Wei et al., 2022) go, "et al." stays as "and colleagues".

>>> drop_citations("As before [3, 12] (Wei et al., 2022), it helps.")
'As before, it helps.'
>>> drop_citations("Wei et al. show it (in passing).")
'Wei and colleagues show it (in passing).'
"""

import re
from itertools import pairwise

from podcast.speech import tables
from podcast.speech.rules import any_of, rules

_YEARS = r"(?:19|20)\d\d[a-z]?(?:, ?(?:[a-z]\b|(?:19|20)\d\d[a-z]?))*"
_SOURCE = re.compile(
    r"(?:(?:see|cf\.|e\.g\.,?|also) ){0,2}[A-Z][^;]{0,120}(?:et al\.?,? |, ?)"
    rf"\(?{_YEARS}\)?(?: for [\w -]{{1,30}})?|[A-Z][^;,\d]{{1,80}} (?:19|20)\d\d[a-z](?:, ?[a-z]\b)+"
)
_LOOSE = re.compile(
    rf"(?!(?:{any_of(tables.MONTHS)})\.? (?:19|20))[A-Z][^;,\d]{{1,120}} {_YEARS}"
    "|(?:inter alia|among others|and others|and (?:the )?references therein)"
)
"""What is a source beside one: the comma before its year is missing."""


def drop_sources(match: re.Match[str]) -> str:
    """Return "" for brackets that hold only sources, otherwise the brackets as they are."""
    parts = [part.strip() for part in match[1].split(";")]
    sources = [part for part in parts if _SOURCE.fullmatch(part)]
    return "" if sources and all(part in sources or _LOOSE.fullmatch(part) for part in parts) else match[0]


_END = r"([-−]?\d{1,6}(?:\.\d+)?)"
_PAIR = rf"{_END} ?[,;] ?{_END}"

_EDGE = r"(?:[-−]?(?:\d{1,6}(?:\.\d{1,6})?|[A-Za-z]|infinity))"
_HALF_OPEN = rf"\[ ?({_EDGE}) ?[,;] ?({_EDGE}) ?\)|\( ?({_EDGE}) ?[,;] ?({_EDGE}) ?\]"
_LIST = re.compile(
    r"(?:(vector|list|array|tuple|tensor|shape|sizes|dims|dimensions|indices|strides?|dilations?|widths|depths)"
    r"|(order|sequence|pattern|outputs?|input|size)|(layers|values|levels|set|ratios|weights|factors|scores|channels|steps)|"
    r"(?:sorted|equal|mapped|rounded|padded|resized|expanded|reshaped|clipped|permuted) to"
    r"|equals?|returns?|yields|=)$"
)
"""What stands before figures in brackets that are a list: behind the second group only where they do not go up, behind
the third only where they go up evenly."""


def _cited(match: re.Match[str]) -> str:
    """Return "" for numbers of references, and a list of figures as it is: sizes [3, 5, 7], [1, 1, 2]."""
    figures = [int(figure) for figure in re.findall(r"\d+", match[0])]
    listed = len(figures) > 1 and not re.search(r"[;–-]| to ", match[0])
    before = _LIST.search(match.string[max(0, match.start() - 24) : match.start()])
    even = len(figures) > 2 and {b - a for a, b in pairwise(figures)} == {max(figures[1] - figures[0], 2)}
    plain = before and not before[2] and (even or not before[3])
    falls = before and before[2] and figures != sorted(figures)
    if listed and (plain or falls or len({*figures}) < len(figures)):
        return match[0]
    return ""


drop_citations = rules(  # first what is none: an interval
    (
        rf"\b(CIs?|(?:the|this) (?:interval|range)|(?:interval|range|scale) of)(,|:)? ?[\[(]{_PAIR}[\])]",
        r"\1\2 \3 to \4",
    ),
    (_HALF_OPEN, r"\1\3 to \2\4"),
    (rf"\bbetween ?[\[(]{_PAIR}[\])]", r"between \1 and \2"),
    (rf"(?:(?<=\ba )|(?<=\ban )|(?<=\bthe ))[\[(]{_PAIR}[\])](?=[ -](?:scale|range|interval)\b)", r"\1 to \2"),
    (rf"\[(?=0|[-−]|\d+\.\d){_PAIR}\]", r"\1 to \2"),
    (r" ?\[[1-9]\d{0,2}(?: ?(?:[,;–-]|\bto\b) ?[1-9]\d{0,2}){0,30} ?,? ?\]", _cited),
    (r" ?\(([^()]{6,300})\)", drop_sources),
    (r"\bet al\.?['’]s\b", "and colleagues'"),
    (r"\bet al(?:\.(?!$| [A-Z])|(?=\. [A-Z]|\.$|\b))", "and colleagues"),
)
