"""Who is said to be better than whom: by name, and by size.

>>> from podcast.grounding.figure import figures
>>> from podcast.grounding.mentions import mentions_in
>>> duel(text := "GPT trails BERT by 3 points", 0, *figures(text), mentions_in(text))
('bert', 'gpt')
>>> duel(text := "GPT and BERT differ by 3 points", 0, *figures(text), mentions_in(text))
('', '')
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from podcast.grounding.figure import Figure
from podcast.grounding.mentions import Mention

_BEATS = re.compile(
    r"(?<!\w)(?:(?P<up>outperform(?:s|ed|ing)?|beat(?:s|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?"
    r"|improv(?:es|ed|ing) (?:over|on|upon)|(?:is|are|was|were) (?:better|ahead)(?: than| of)?)"
    r"|(?P<down>trail(?:s|ed|ing)?|lag(?:s|ged)? behind|falls? behind|(?:is|are|was|were) (?:worse than|behind)))(?!\w)"
)
_THAN = re.compile(
    r"(?:[ -]?%|[ -]?percent(?:age)?(?!\w))?(?:[ -]?points?(?!\w))?(?: [\w@-]{1,12})? (?:(?P<up>ahead of|better than)"
    r"|(?P<down>behind|worse than)|(?P<higher>above|higher than)|(?P<lower>below|lower than|short of)) "
    r"(?=(?P<the>the )?)"
)
_BY = re.compile(r"by (?:\w+ ){0,2}$")
_SIZED = re.compile(r"(?:[BM]|[bm]illion)$")
_NOT = re.compile(r"(?:(?<!\w)(?:not|never|fails? to|cannot|rarely)|n't) (?:\w+ )?$")


_WITH = re.compile(
    r"(?<!\w)(?:than|compared (?:with|to)|relative to|in comparison (?:with|to)|unlike) (?:the )?$", re.IGNORECASE
)
"""Before whom the subject is compared with."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """By a figure, something is above or below what the key names."""

    key: str
    sign: int
    """1 where the other is below, -1 where it is above."""
    axis: str
    """worth, or size where less may be better."""

    def turned(self) -> "Comparison":
        """Return the same comparison with the sides changed."""
        return Comparison(self.key, -self.sign, self.axis)


def duel(text: str, begin: int, figure: Figure, mentions: Sequence[Mention]) -> tuple[str, str]:
    """Return the keys of who wins and who loses by a figure: "A beats B by 3"; "" for both where it is not plain."""
    if not _BY.search(text, max(0, figure.start - 24), figure.start):
        return "", ""
    verbs = list(_BEATS.finditer(text, begin, figure.start))
    if len(verbs) != 1:
        return "", ""
    verb = verbs[0]
    first = [mention for mention in mentions if begin <= mention.start and mention.end <= verb.start()]
    last = [mention for mention in mentions if verb.end() <= mention.start and mention.end <= figure.start]
    if not first or not last:
        return "", ""
    pair = first[-1].key, last[0].key
    return pair if verb["up"] else pair[::-1]


def against(text: str, begin: int, figure: Figure, mentions: Sequence[Mention], costs: bool) -> Comparison | None:
    """Return whom a figure is above or below: "3 points below X", "ahead of X by 3"; `costs`: less may be better."""
    if match := _THAN.match(text, figure.end):
        for mention in mentions:
            if mention.start == match.end() or (match["the"] and mention.start == match.end("the")):
                sign = 1 if match["up"] or match["higher"] else -1
                sizes = bool(match["higher"] or match["lower"])
                return Comparison(mention.key, sign, "size" if sizes and costs else "worth")
        return None
    if not _BY.search(text, max(0, figure.start - 24), figure.start):
        return None
    verbs = list(_BEATS.finditer(text, begin, figure.start))
    if len(verbs) != 1:
        return None
    last = [mention for mention in mentions if verbs[0].end() <= mention.start and mention.end <= figure.start]
    return Comparison(last[0].key, 1 if verbs[0]["up"] else -1, "worth") if last else None


def beside(text: str, begin: int, stop: int, mentions: Sequence[Mention]) -> str:
    """Return the key of the one whom a sentence compares its subject with; "" for none, and for several."""
    found = {one.key for one in mentions
             if begin <= one.start < stop and _WITH.search(text, max(begin, one.start - 24), one.start)}  # fmt: skip
    return found.pop() if len(found) == 1 else ""


def sizes(
    text: str, begin: int, stop: int, found: Sequence[Figure], index: int
) -> tuple[frozenset[Decimal], frozenset[Decimal]] | None:
    """Return the sizes that win and those that lose, where a figure is one: "the 7B model beats the 13B"."""
    if not _is_size(text, found[index]):
        return None
    verbs = list(_BEATS.finditer(text, begin, stop))
    if len(verbs) != 1 or _NOT.search(text, max(0, verbs[0].start() - 24), verbs[0].start()):
        return None
    first, last = index, index
    while first and found[first - 1].start >= begin:
        first -= 1
    while last + 1 < len(found) and found[last + 1].end <= stop:
        last += 1
    near = [figure for figure in found[first : last + 1] if _is_size(text, figure)]
    before = frozenset(figure.value for figure in near if figure.end <= verbs[0].start())
    after = frozenset(figure.value for figure in near if figure.start >= verbs[0].end())
    if not before or not after or before & after:
        return None
    return (before, after) if verbs[0]["up"] else (after, before)


def _is_size(text: str, figure: Figure) -> bool:
    return figure.unit in ("", "parameter", "counted") and bool(_SIZED.search(text, figure.start, figure.end))
