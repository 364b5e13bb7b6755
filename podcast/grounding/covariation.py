"""How one thing goes with another: the more of this, the less of that.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Longer notes were followed by fewer visits; the loss decreases with data size.")]
>>> for text in ("The more data, the higher the loss.", "Fewer visits went with longer notes."):
...     [one.wrong for one in covariation(text, held)]
['goes the other way in the evidence']
[]
>>> [(sorted(one), sorted(other), sign) for one, other, sign in pairs("As the depth grows, accuracy falls.")]
[(['depth'], ['accuracy'], -1)]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.akin import shared
from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import asked
from podcast.grounding.ways import LESS_IS_BETTER

_MORE = r"more|higher|larger|bigger|longer|greater|deeper|wider|stronger|better"
_LESS = r"less|fewer|lower|smaller|shorter|shallower|narrower|weaker|worse"
_RISES = (
    r"r[io]s(?:es?|en|ing)|grow(?:s|n|ing)?|grew|increas(?:es?|ed|ing)|climb(?:s|ed|ing)?|improv(?:es?|ed|ing)|go(?:es)?"
    r" up|went up|rais(?:es?|ed|ing)|boost(?:s|ed|ing)?|lengthen(?:s|ed|ing)?"
)
_FALLS = (
    r"f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|decreas(?:es?|ed|ing)|shr[iau]nk(?:s|ing)?"
    r"|sinks?|sank|go(?:es)? down|went down|reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|cut(?:s|ting)?|degrad(?:es?|ed|ing)"
    r"|shorten(?:s|ed|ing)?"
)
_GO = (
    r"means?|meant|goe?s? with|went with|leads? to|led to|brings?|brought|gives?|gave|gets?|got|makes?|made"
    r"|yield(?:s|ed)?|have|has|had|needs?|comes? with|came with|(?:are|were|is|was) (?:followed by"
    r"|associated with)|correlat\w+ with|show(?:s|ed)?"
)
_THING = r"[^.;,:]{2,60}?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\w)the (?P<one>{_MORE}|{_LESS}) (?P<a>{_THING}),? the (?P<other>{_MORE}|{_LESS}) (?P<b>{_THING})"
        r"(?=[.,;!?]|$)",
        rf"(?<!\w)(?P<one>{_MORE}|{_LESS}) (?P<a>{_THING}) (?:{_GO}) (?:(?:to|with|of) )?(?P<other>{_MORE}|{_LESS}) "
        rf"(?P<b>{_THING})(?=[.,;!?]|$)",
        rf"(?<!\w)(?P<one>{_MORE}|{_LESS}) (?P<a>{_THING}) (?:mak(?:es?|ing)|made) (?P<b>{_THING}) (?P<other>better"
        r"|worse|longer|shorter|larger|smaller)(?!\w)",
        rf"(?<!\w)(?:as|when|if) (?P<a>{_THING}) (?P<one>{_RISES}|{_FALLS})(?!\w)[^.;,]{{0,40}}, (?P<b>{_THING}) "
        rf"(?P<other>{_RISES}|{_FALLS})(?!\w)",
        rf"(?:^|[.;,] )(?:and )?(?P<b>{_THING}) (?P<other>{_RISES}|{_FALLS})(?!\w)[^.;,]{{0,20}}? as (?P<a>{_THING}) "
        rf"(?P<one>{_RISES}|{_FALLS})(?!\w)",
        rf"(?:^|[.;,] )(?:and )?(?P<b>{_THING}) (?P<other>{_RISES}|{_FALLS}) (?:[a-z]+ly )?with (?P<one>)"
        rf"(?P<a>{_THING})(?= up to|[.,;!?]|$)",
        r"(?:^|[.;,] )(?P<one>raising|increasing|growing|adding|enlarging|lowering|reducing|decreasing|cutting"
        rf"|shrinking) (?P<a>{_THING}) (?P<other>{_RISES}|{_FALLS}) (?P<b>{_THING})"
        r"(?=[.,;!?]|$| (?:from|to|by|on|in)(?!\w))",
    )
)
_DOWN = re.compile(rf"(?:{_LESS}|{_FALLS})", re.IGNORECASE)
_COST = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(LESS_IS_BETTER))})(?!\w)", re.IGNORECASE)
_WORTH = re.compile(r"better|worse|improv\w+|degrad\w+", re.IGNORECASE)

Pair = tuple[frozenset[str], frozenset[str], int]
"""The stems of two things, and 1 where they rise and fall together, -1 where the one falls as the other rises."""


def pairs(text: str) -> Iterator[Pair]:
    """Yield what a text says of things that go with each other."""
    for form in _FORMS:
        for match in form.finditer(text):
            a, b = content(match["a"]) - {"=ours"}, content(match["b"]) - {"=ours"}
            if a - b and b - a:
                yield a - b, b - a, _sign(match["one"], match["a"]) * _sign(match["other"], match["b"])


def _sign(way: str, thing: str) -> int:
    """Return 1 for what grows and -1 for what shrinks; a worse loss is a higher one."""
    sign = -1 if (way and _DOWN.fullmatch(way)) or way.lower() in _LESSENED else 1
    return -sign if _WORTH.fullmatch(way) and _COST.search(thing) else sign


_LESSENED = ("lowering", "reducing", "decreasing", "cutting", "shrinking")


def covariation(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield two things that go together in a line, and against each other in the evidence, or the other way round."""
    if NEGATOR.search(text) or asked(text, 0):
        return
    if any(same and sign not in same for sign, same in _compared(text, sentences)):
        yield Finding(0, text.strip(" .,;"), "goes the other way in the evidence", "doubted")


def agrees(text: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether two things go together in a text as they do in the evidence, in whatever words.

    >>> from podcast.grounding.sentences import sentence
    >>> agrees("Shorter notes mean more visits.", [sentence("Longer notes were followed by fewer visits.")])
    True
    """
    return any(sign in same for sign, same in _compared(text, sentences))


def _compared(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, list[int]]]:
    """Yield the sign of each two things of a text, with those that the evidence has of the same two."""
    held = [pair for one in sentences if not NEGATOR.search(one.text) for pair in pairs(one.text)]
    for a, b, sign in pairs(text) if held else ():
        yield sign, [other for one, two, other in held
                     if (shared(a, one) and shared(b, two)) or (shared(a, two) and shared(b, one))]  # fmt: skip
