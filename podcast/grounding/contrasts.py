"""What a line puts together that its evidence sets side by side: this one's subject, that one's figure.

>>> from podcast.grounding import figures, sentences, utterance
>>> held = [sentences.sentence("On disk a query takes 80 ms; on tape it takes 95 ms.")]
>>> for text in ("On tape a query needs 80 ms.", "On disk a query needs 80 ms."):
...     [one.wrong for one in contrasts(utterance.utterance(text, figures(text), held))]
["may be said of the wrong thing: 'tape' is said of another in the evidence"]
[]
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content, measure, spoken
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.holding import dated
from podcast.grounding.poles import opposed
from podcast.grounding.segments import AGAINST, NEGATOR, PREPOSITION, Segment, part_at, parts_of
from podcast.grounding.sentences import Held
from podcast.grounding.units import COUNTS
from podcast.grounding.utterance import Place, Utterance
from podcast.grounding.values import whole

_BOTH = re.compile(
    r"(?<!\w)(?:both|either|neither|together|too|also|as well|between|difference|respectively|or|instead|rather"
    r"|compared"
    r"|another|others?|rest|remaining|remainder|alike|same|like|apart|gap|total|all told|in all"
    r"|average)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a line speaks of several parts at once."""


_OF_SO_MANY = re.compile(r" (?:out )?of (?:the |its |these |those )\d{1,4} [\w-]+")
"""Behind a part its whole, whose noun is said of all of it: six of the fourteen benchmarks."""


def contrasts(said: Utterance, opposites: bool = True) -> Iterator[Finding]:
    """Yield the figures and statements of a line that take from one part what belongs to another, or its opposite."""
    for part in said.parts:
        if not _BOTH.search(part.text):
            yield from _misplaced(said, part)
            yield from _mixed(said, part)
        if opposites and not _BOTH.search(_ALSO.sub("", part.text)):
            yield from _opposite(said, part)


def _misplaced(said: Utterance, part: Segment) -> Iterator[Finding]:
    inside = said.within(part)
    path = len(inside) == 2 and _PATH.fullmatch(said.text, inside[0][0].end, inside[1][0].start)
    if not inside or (len(inside) > 1 and not path):
        return
    for figure, places in inside:
        if _SIZED.search(figure.spoken):
            continue
        aside = [one.match(said.text, figure.end, part.end) for one in (_COUNTED, _OF_SO_MANY)]
        aside.append(_LACKS.search(part.text))
        words = part.words - part.against - frozenset().union(*(content(match[0]) for match in aside if match))
        if figure.bound == "about" and not any(place.held.figure.value == figure.value for place in places):
            continue  # which may be a sum that is near
        foreign = [_foreign(words - {"=ours"}, part.text, place, places) for place in places]
        if foreign and all(foreign):
            word = spoken(part.text, frozenset({foreign[0]}))
            wrong = f"may be said of the wrong thing: {word!r} is said of another in the evidence"
            yield Finding(figure.start, figure.spoken, wrong, "doubted", True)


_ALSO = re.compile(r"(?<!\w)(?:too|also|as well|average)(?!\w)", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?<!\w)(?:its|their|such|those|whose|former|latter|others|rest|remaining|remainder)(?!\w)")
"""Where a part of the evidence speaks of what another part named."""
_REST = re.compile(r"(?<!\w)(?:remainder|rest|remaining|others)(?!\w)")
_PATH = re.compile(r"(?: ?%| percent| points?)? (?:to|up to|down to|and|of|of the|out of|in) ")
_LACKS = re.compile(r"(?<!\w)(?:without|except|unlike|no)(?: (?:an?|the|any|its))? [\w-]+(?: [\w-]+)?", re.IGNORECASE)
_MAGNITUDE = 20
"""How many times one count may be another where nobody says what is counted."""
_PAIRED = re.compile(r"\d ?%? and [+-]?\d")
_SIZED = re.compile(r"\d ?[BM]$")
_COUNTED = re.compile(r"(?:(?! (?:on|in|of|for|with|without|at|under|after|before|from|by|to|against|when|if"
                      r"|overall|everywhere|there|here|altogether|alone)(?!\w))"
                      r"[ %×-]*[\w-]+)+")  # fmt: skip
"""What is counted or measured, right behind a figure."""


_INVERSE = re.compile(
    rf"{AGAINST.pattern}|(?<!\w)(?:worse|lower|less|fewer|slower|below|smaller|shorter|los[et]\w*|trail\w*"
    rf"|weaker|cheaper|higher"
    r"|more|better|faster|larger|longer|above|only)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a line may tell a comparison from the other side."""


def _before(part: Segment, figure: Figure) -> bool:
    """Return whether a figure stands before what its part compares with."""
    compared = AGAINST.search(part.text)
    return bool(compared and figure.start < part.start + compared.start())


def _foreign(said: frozenset[str], line: str, place: Place, places: Sequence[Place]) -> str:
    """Return a word of the line that only another part has, one with a figure of the kind; "" for none."""
    own, parts = place.part, parts_of(place.one)
    if "respectively" in place.one.text or _POINTS_BACK.search(own.text) or _PAIRED.search(own.text):
        return ""
    mine = own.words | own.taken | own.against
    aimed = place.one.text.count(" against ") > 1  # 64% against A, and 4% against B
    compared = said & own.against - (own.words - own.against) if not (aimed or _INVERSE.search(line)) else frozenset()
    if compared and _before(own, place.held.figure):
        return min(compared)
    for other in parts:
        beside = _REST.search(other.text) or (other.hard and other.denies)
        if other is not own and beside and not other.figured and said & other.words - mine:
            return min(said & other.words - mine)
    for rival in place.one.figures:
        if any(rival is same.held for same in places) or dated(rival.figure) or not _kin(rival, place.held):
            continue
        part = part_at(parts, rival.figure)
        if part is None or part is own:
            continue
        theirs = said & (part.words - part.against) - mine - _trailing(place, part, own)
        if rival.figure.end < place.held.figure.start:
            theirs -= measure(place.one.text, rival.figure)  # an SAA of 76, and B reaches 22.5
        if theirs and (said & (own.words | own.taken) or said <= part.words):
            return min(theirs)
    return ""


def _trailing(place: Place, last: Segment, own: Segment) -> frozenset[str]:
    """Return what stands behind the last figure of a list, and is said of all of it: A 30, B 31 and C 33 on Tower."""
    text, held = place.one.text, place.held.figure
    ends = [other.figure.end for other in place.one.figures]
    if (
        max(ends) < last.start
        or max(ends) > last.end
        or len(own.words) > _ITEM
        or text[held.end : own.end].strip(" ,%)")
    ):
        return frozenset()
    return content(text[max(ends) : last.end])


_ITEM = 3
"""Words of a part that is an item of a list."""


def _kin(one: Held, other: Held) -> bool:
    """Return whether two figures are of one kind, and count the same."""
    units = {one.figure.unit, other.figure.unit}
    if units <= COUNTS:
        nouns = {one.bound.noun, other.bound.noun}
        if any(nouns) and not (whole(one.figure.value) and whole(other.figure.value)):
            return False  # a score beside so many listeners
        low, high = sorted((one.figure.value, other.figure.value))
        return len(units) == 1 or len(nouns) == 1 or ("" in nouns and 0 < high <= _MAGNITUDE * low)
    return len(units) == 1 or units in ({"%", ""}, {"points", ""}, {"%", "points"})


def _mixed(said: Utterance, part: Segment) -> Iterator[Finding]:
    if part.text.count(",") > 1 or AGAINST.search(part.text) or part.figured or part.denies:
        return
    for one in said.sentences:
        sides = ((_LEADS, _TRAILS), (_TRAILS, _LEADS))
        if any(here.search(part.text) and there.search(one.text) for here, there in sides):
            continue  # told from the other side
        pair = _pair(part, parts_of(one)) if "respectively" not in one.text else ""
        if pair:
            yield Finding(
                part.start, part.text.strip(" ,.;"), f"joins {pair}, which the evidence sets apart", "doubted"
            )
            return


_LEADS = re.compile(r"(?<!\w)(?:leads?|ahead|wins?|first|better|on top)(?!\w)", re.IGNORECASE)
_TRAILS = re.compile(r"(?<!\w)(?:trail\w*|behind|los(?:es|t)|worse|lags?|fall\w* short)(?!\w)", re.IGNORECASE)


def _pair(said: Segment, parts: Sequence[Segment]) -> str:
    for index, (first, second) in enumerate(itertools.pairwise(parts)):
        others = frozenset[str]().union(*(one.words for at, one in enumerate(parts) if at not in (index, index + 1)))
        here = first.words - second.words - others
        there = second.words - first.words - second.taken - others
        if _POINTS_BACK.search(second.text) or not set(PREPOSITION.findall(first.text)) & set(
            PREPOSITION.findall(second.text)
        ):
            continue
        if said.words & here and said.words & there and said.words <= first.words | second.words:
            return f"{min(said.words & here)!r} and {min(said.words & there)!r}"
    return ""


def _opposite(said: Utterance, part: Segment) -> Iterator[Finding]:
    """Yield parts of which the evidence says the same with an opposite: on easy tasks, where it has hard ones."""
    if part.denies:
        return
    pairs = [_against(part, held) for held in _alike(said, part)]
    compared = frozenset[str]().union(*(one.against for held in said.sentences for one in parts_of(held)))
    if any(pair and pair[0].startswith(("more ", "less ")) for pair in pairs) and part.words & compared:
        return  # it is told of the other side
    if pairs and all(pairs):
        word, other = pairs[0] or ("", "")
        yield Finding(part.start, word, f"is {other!r} in the evidence", "doubted")


def _against(part: Segment, held: Segment) -> tuple[str, str] | None:
    """Return the opposites in two parts, where nothing before the one of the evidence denies it."""
    pair = opposed(part.text, held.text)
    if not pair or NEGATOR.search(held.text, 0, max(0, held.text.lower().find(pair[1]))):
        return None
    return pair


def _alike(said: Utterance, part: Segment) -> list[Segment]:
    """Return the parts of the evidence that speak of what the line's part does: by its figure, or by its words."""
    inside = said.within(part)
    if inside:
        everywhere = all(places for _, places in inside)  # what is reckoned may be of the opposite
        return [place.part for _, places in inside for place in places] if everywhere else []
    everything = [segment for one in said.sentences for segment in parts_of(one)]
    shared = [(len(part.words & (one.words | one.taken)), len(part.words & one.words)) for one in everything]
    most = max(shared, default=(0, 0))
    if not most[0] or 2 * most[0] < len(part.words) - 1:
        return []
    return [one for one, has in zip(everything, shared, strict=True) if has == most]
