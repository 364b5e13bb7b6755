"""Which place a superlative names, among whom, and of how many it is the only one.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Birch is the second-fastest of the open parsers; it fails in Thai and Lao.")]
>>> for text in ("It is the fastest.", "It is the second-fastest there is.", "Thai is the only one where it fails."):
...     [one.wrong for one in superlatives(text, held)]
["is 'second-fastest' in the evidence"]
["is said of 'the open parsers' alone in the evidence"]
["is one of several in the evidence: 'Thai and Lao'"]
>>> list(superlatives("Birch is the second-fastest of the open ones.", held))
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import opinion, sentence_at

_NOUNS = (
    r"(?:test|latest|request|interest|rest|forest|contest|digest|honest|modest|guest|west|harvest|manifest|protest"
    r"|suggest|invest|ingest|arrest|quest|chest|nest|crest|earnest)s?(?!\w)"
)
_PLACED = re.compile(
    rf"(?<!\w)(?:(?P<rank>second|third|fourth|2nd|3rd|4th|next)[- ])?(?!{_NOUNS})"
    r"(?P<what>best|worst|(?:most|least) [a-z]{4,}|[a-z]{3,}est)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_RANKS = {"2nd": "second", "next": "second", "3rd": "third", "4th": "fourth"}
_FOLLOWED = re.compile(
    rf"(?P<first>[^.;,]*?)(?<!\w)(?:is|are|was|were|has|have|had|shows?|gains?) (?:by far )?(?:the )?(?!{_NOUNS})"
    r"(?:best|worst|most|least|[a-z]{3,}est)(?!\w)[^.;,]*, (?:closely )?followed by (?P<who>[\w-]+)", re.IGNORECASE,
)  # fmt: skip
_AMONG = re.compile(
    r"(?<!\w)(?:best|worst|most|least|[a-z]{3,}est|first|only)(?!\w)[^.;,]{0,60}? "
    r"(?:among|amongst|within|of(?= (?:the|all)(?! the)))(?!\w) (?P<whom>[^.;,]{3,60})", re.IGNORECASE,
)  # fmt: skip
_SWEEPING = re.compile(
    r"(?<!\w)(?:best|worst|most|least|[a-z]{3,}est|first|only)(?!\w)[^.;,]{0,40}?(?<!\w)(?:there (?:is|are)(?!\w)"
    r"|of all(?! (?:the|of))|anywhere|in the world|on the market|out there|on earth|to date|ever(?= |[.,;!?]|$))",
    re.IGNORECASE,
)  # fmt: skip
_ONLY = re.compile(
    r"(?<!\w)(?P<who>[\w-]+)(?:'s| is| was| are| were) (?:the (?:only|sole)(?! (?!1 )\d)|alone)(?!\w)"
    r"|(?<!\w)the (?:only|sole) (?:[\w-]+ ){1,6}?(?:is|was) (?P<whom>[\w-]+)(?=[.,;!]|$)", re.IGNORECASE,
)  # fmt: skip
_JOINED = r"(?:(?:[\w-]+, )*[\w-]+,? (?:and|as well as) {0}|{0},? (?:(?:[\w-]+, )*(?:and|as well as)) [\w-]+)(?!\w)"


def superlatives(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield the superlatives of a line that have another place, a limit or company in the evidence."""
    yield from _other_place(text, sentences)
    yield from _behind(text, sentences)
    yield from _beyond(text, sentences)
    yield from _in_company(text, sentences)


def _other_place(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    held = [match for one in sentences for match in _PLACED.finditer(one.text)]
    for match in _PLACED.finditer(text):
        same = [other for other in held if other["what"].lower() == match["what"].lower()]
        same = [other for other in same if _of(other) & _of(match)] or same
        claims = not opinion(text, match.start()) and not NEGATOR.search(sentence_at(text, match.start()))
        if same and claims and all(_rank(other) != _rank(match) for other in same):
            yield Finding(match.start(), match[0], f"is {same[0][0]!r} in the evidence", "doubted")


def _behind(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said to be the most of what only follows on another in the evidence."""
    match = next((one for one in _PLACED.finditer(text) if not one["rank"]), None)
    for one in sentences if match else ():
        held = _FOLLOWED.search(one.text)
        if match and held and content(held["who"]) & content(text) and not content(held["first"]) & content(text):
            yield Finding(match.start(), match[0], f"comes behind {held['first'].strip()!r} in the evidence", "doubted")
            return


def _of(match: re.Match[str]) -> frozenset[str]:
    """Return the stems of the words right behind a superlative."""
    return content(" ".join(re.split(r"[.,;:!?]", match.string[match.end() :])[0].split()[:3]))


def _rank(match: re.Match[str]) -> str:
    said = (match["rank"] or "").lower()
    return _RANKS.get(said, said)


def _beyond(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is the most of all that there is, of those that the evidence compares only."""
    match = _SWEEPING.search(text)
    for one in sentences if match and not opinion(text, match.start()) else ():
        among = _AMONG.search(one.text)
        if match and among and content(among["whom"]) - content(text):
            yield Finding(match.start(), match[0], f"is said of {among['whom']!r} alone in the evidence", "doubted")
            return


def _in_company(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said to be the only one, and is named together with another wherever the evidence names it."""
    match = _ONLY.search(text)
    who = (match["who"] or match["whom"]) if match else ""
    if not match or not content(who) or NEGATOR.search(text, 0, match.start()):
        return
    name = re.compile(rf"(?<![\w-]){re.escape(who)}(?![\w-])", re.IGNORECASE)
    joined = re.compile(rf"(?<!\w){_JOINED.format(re.escape(who))}", re.IGNORECASE)
    named = sum(len(name.findall(one.text)) for one in sentences)
    company = [other[0] for one in sentences for other in joined.finditer(one.text)]
    if named == len(company) > 0:
        yield Finding(match.start(), match[0], f"is one of several in the evidence: {company[0]!r}", "doubted")
