"""What a line puts together that its evidence sets side by side: this one's subject, that one's figure.

>>> from podcast.grounding.figures import figures
>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("On disk it takes 80 ms; on tape it takes 95 ms.")]
>>> [one.fact for one in contrasts("On tape it needs 80 ms.", figures("On tape it needs 80 ms."), held)]
['80']
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content
from podcast.grounding.figures import Figure
from podcast.grounding.findings import Finding
from podcast.grounding.holding import stands
from podcast.grounding.poles import opposed
from podcast.grounding.segments import AGAINST, PREPOSITION, Segment, part_at, parts_of, segments
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.units import COUNTS

_BOTH = re.compile(
    r"(?<!\w)(?:both|either|neither|together|too|also|as well|between|difference|respectively|or|instead|rather"
    r"|compared"
    r"|another|others?|rest|remaining|remainder|alike|same|like|apart|gap|total|all told|in all"
    r"|average)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a line speaks of several parts at once."""


def contrasts(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> tuple[Finding, ...]:
    """Return the figures and statements of a text in digits that take from one part what belongs to another."""
    return (
        *_misplaced(text, found, sentences),
        *_mixed(text, found, sentences),
        *_opposite(text, found, sentences),
    )


def _misplaced(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    parts = segments(text, found)
    for figure in found:
        if figure.talk or _SIZED.search(figure.spoken):
            continue
        part = part_at(parts, figure)
        if part is None or _BOTH.search(part.text):
            continue
        inside = [one for one in found if part.start <= one.start < part.end]
        if len(inside) > 2 or (len(inside) == 2 and not _PATH.fullmatch(text, inside[0].end, inside[1].start)):
            continue
        counted = _COUNTED.match(text, figure.end, part.end)
        lacks = _LACKS.search(part.text)
        said = (
            part.words
            - part.against
            - (content(lacks[0]) if lacks else frozenset())
            - (content(counted[0]) if counted else frozenset())
        )
        holding = [(one, held) for one in sentences for held in one.figures if stands(figure, held.figure)]
        foreign = [_foreign(said, one, held, holding) for one, held in holding]
        if foreign and all(foreign):
            yield Finding(figure.start, figure.spoken, f"may belong to something else: {foreign[0]!r} is said of "
                          "another in the evidence", "doubted", True)  # fmt: skip


_POINTS_BACK = re.compile(r"(?<!\w)(?:its|their|such|those|whose|former|latter|others|rest|remaining|remainder)(?!\w)")
"""Where a part of the evidence speaks of what another part named."""
_REST = re.compile(r"(?<!\w)(?:remainder|rest|remaining|others)(?!\w)")
_PATH = re.compile(r"(?: ?%| percent| points?)? (?:to|up to|down to|and|of|of the|out of|in) ")
_LACKS = re.compile(r"(?<!\w)(?:without|except|unlike|no)(?: (?:an?|the|any|its))? [\w-]+(?: [\w-]+)?", re.IGNORECASE)
_PAIRED = re.compile(r"\d ?%? and [+-]?\d")
_SIZED = re.compile(r"\d ?[BM]$")
_COUNTED = re.compile(r"(?:(?! (?:on|in|of|for|with|without|at|under|after|before|from|by|to|against|when|if)(?!\w))"
                      r"[ %×-]*[\w-]+)+")  # fmt: skip
"""What is counted or measured, right behind a figure."""


def _foreign(said: frozenset[str], one: Sentence, held: Held, holding: Sequence[tuple[Sentence, Held]]) -> str:
    """Return a word of the line that only another part has, one with a figure of the kind; "" for none."""
    if "respectively" in one.text:
        return ""
    parts = parts_of(one)
    own = part_at(parts, held.figure)
    if own is None or _POINTS_BACK.search(own.text) or _PAIRED.search(own.text):
        return ""
    mine = own.words | own.taken | own.against
    for other in parts:
        beside = _REST.search(other.text) or (other.hard and other.denies)
        if other is not own and beside and not other.figured and said & other.words - mine:
            return min(said & other.words - mine)
    for rival in one.figures:
        if any(rival is one_more for _, one_more in holding) or not _kin(rival, held):
            continue
        part = part_at(parts, rival.figure)
        if part is None or part is own:
            continue
        theirs = said & (part.words - part.against) - mine
        if theirs and (said & (own.words | own.taken) or said <= part.words):
            return min(theirs)
    return ""


def _kin(one: Held, other: Held) -> bool:
    """Return whether two figures are of one kind, and count the same."""
    units = {one.figure.unit, other.figure.unit}
    if units <= COUNTS:
        return len(units) == 1 or one.bound.noun == other.bound.noun
    return len(units) == 1 or units in ({"%", ""}, {"points", ""}, {"%", "points"})


def _mixed(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for part in segments(text, found):
        if _BOTH.search(part.text) or AGAINST.search(part.text) or part.figured or part.denies or text.endswith("?"):
            continue
        for one in sentences:
            parts = parts_of(one)
            if len(parts) < 2 or "respectively" in one.text:
                continue
            pair = _pair(part, parts)
            if pair:
                yield Finding(part.start, part.text.strip(" ,.;"), f"joins {pair}, which the evidence sets apart",
                              "doubted")  # fmt: skip
                break


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


def _opposite(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield parts of which the evidence says the same with an opposite: on easy tasks, where it has hard ones."""
    if text.rstrip().endswith("?"):
        return
    for part in segments(text, found):
        if part.denies or _BOTH.search(part.text):
            continue
        pairs = [opposed(part.text, held.text) if not held.denies else None for held in _alike(part, found, sentences)]
        if pairs and all(pairs):
            word, other = pairs[0] or ("", "")
            yield Finding(part.start, word, f"is {other!r} in the evidence", "doubted")


def _alike(part: Segment, found: Sequence[Figure], sentences: Sequence[Sentence]) -> list[Segment]:
    """Return the parts of the evidence that speak of what the line's part does: by its figure, or by its words."""
    inside = [one for one in found if part.start <= one.start < part.end and not one.talk]
    held = [(one, parts_of(one)) for one in sentences]
    if inside:
        if not all(any(stands(figure, has.figure) for one in sentences for has in one.figures) for figure in inside):
            return []  # what is reckoned may be of the opposite
        return [
            segment
            for one, parts in held
            for has in one.figures
            if any(stands(figure, has.figure) for figure in inside)
            for segment in parts
            if segment.start <= has.figure.start < segment.end
        ]
    everything = [segment for _, parts in held for segment in parts]
    shared = {one: (len(part.words & (one.words | one.taken)), len(part.words & one.words)) for one in everything}
    most = max(shared.values(), default=(0, 0))
    return [one for one in everything if shared[one] == most] if most[0] and 2 * most[0] >= len(part.words) - 1 else []
