"""Whose figure it is: what the line says of a figure, and the evidence of another.

>>> from podcast.grounding import contexts, figures, sentences, statements
>>> held = [sentences.sentence("It needs 8 hours on ImageNet and 3 hours on CIFAR.")]
>>> [rival(found[0], statements.say_of(text, found)[0], contexts.bound(text, found, line=True)[0], held)
...  for text in ("It needs 8 hours on CIFAR.", "It needs 8 hours on ImageNet.") for found in [figures(text)]]
["may be said of the wrong thing: 'CIFAR' goes with 3 in the evidence", '']
"""

import re
from collections.abc import Sequence

from podcast.grounding import contexts, statements
from podcast.grounding.clauses import clauses
from podcast.grounding.figure import Figure
from podcast.grounding.holding import dated, stands
from podcast.grounding.predicates import shared_subject
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.units import COUNTS, PHYSICAL
from podcast.grounding.values import whole

Beside = tuple[Figure, contexts.Bound]
"""Another figure of the line, and what it is bound to."""


def rival(
    figure: Figure, around: statements.Said, tied: contexts.Bound, sentences: Sequence[Sentence],
    beside_it: Sequence[Beside] = (),
) -> str:  # fmt: skip
    """Return what of the line goes with another figure of the evidence than this one, which stands there too.

    Only where words of the line stand beside the other figure, and more of them than beside the one that is meant.
    What the line says of other figures of the evidence belongs to those.
    """
    everyone = [held for one in sentences for held in one.figures if not held.figure.talk]
    holders = [held for held in everyone if stands(figure, held.figure)]
    if not holders or any(holder.bound.near and holder.bound.near <= tied.near for holder in holders):
        return ""
    mates = [bound.near for other, bound in beside_it
             if any(stands(other, held.figure) for held in everyone if held not in holders)]  # fmt: skip
    said = (tied.clause - frozenset[str]().union(*mates)) | tied.near | _axis(around)
    loose = frozenset(f"#{other.value.normalize():f}" for other, _ in beside_it
                      if other.unit not in _CONDITIONS and not dated(other))  # fmt: skip
    for one in sentences:
        here = [held for held in holders if held in one.figures]
        rivals = [held for held in one.figures if held not in holders
                  and (not held.figure.talk or held.figure.unit == figure.unit != "")]  # fmt: skip
        shared = frozenset[str]().union(*(_measure(one.text, rival.figure, holders) for rival in rivals))
        for rival in rivals:
            if rival.figure.value == figure.value or not _comparable(figure, rival, one.text):
                continue
            if any(_HEADS.fullmatch(one.text, rival.figure.end, holder.figure.start) for holder in here):
                continue
            if figure.unit == "" and not any(_of_a_kind(rival.figure, holder.figure) for holder in holders):
                continue
            beside = rival.bound.near | (rival.bound.all & one.called) | _axis(rival.said)
            subject = _subject(one.text, rival.figure, here)
            theirs = said & beside - shared - subject
            if (
                theirs
                and all(
                    _weight(theirs - holder.bound.all - _axis(holder.said), one.called)
                    > _weight(
                        said
                        & (holder.bound.near | (holder.bound.all | _axis(holder.said)) - rival.bound.all)
                        - beside
                        - subject,
                        one.called,
                    )
                    for holder in holders
                )
                and (says := _says(one.text, theirs - loose, rival.figure))
            ):
                return says
        if here and len(here) == len(holders) and (elsewhere := _elsewhere(tied.near - shared, here, one)):
            return elsewhere
    return ""


def _subject(text: str, figure: Figure, holders: Sequence[Held]) -> frozenset[str]:
    """Return what a figure and one that is meant are both said of: complete in 96%, and new in 53%."""
    ends = [sorted((figure.start, held.figure.start)) for held in holders]
    return frozenset().union(*(contexts.content(shared_subject(text, first, last)) for first, last in ends))


def _measure(text: str, figure: Figure, holders: Sequence[Held]) -> frozenset[str]:
    """Return the measure that a figure is of, which later ones take over: an SAA of 76, and B reaches 22.5."""
    later = all(figure.end < held.figure.start for held in holders)
    taken = [contexts.measure, contexts.share_of]
    return frozenset().union(
        *(of(text, figure) for of in taken if later and not any(of(text, held.figure) for held in holders))
    )


_CONDITIONS = PHYSICAL | COUNTS - {""}
"""Units of figures under which another is measured: at 24 kHz, after 2 days, with 8 heads."""


def _says(text: str, words: frozenset[str], figure: Figure) -> str:
    if any(word[0] == "~" for word in words):
        return f"may be said of the wrong thing: what is said of it goes with {figure.spoken} in the evidence"
    if words == {"=ours"}:
        return ""  # they may be anybody
    plain = frozenset(word for word in words if word[0] not in "#=")
    if not plain and words:
        return f"may be said of the wrong thing: what is said of it goes with {figure.spoken} in the evidence"
    if not words:
        return ""
    return f"may be said of the wrong thing: {contexts.spoken(text, plain)!r} goes with {figure.spoken} in the evidence"


def _elsewhere(said: frozenset[str], holders: Sequence[Held], one: Sentence) -> str:
    """Return another clause of a sentence that has much of what the line says of a figure, and the figure not."""
    for clause in clauses(one.text):
        if len(clause.text.split()) < 3 or _HANGS.match(clause.text):
            continue
        if any(one.text[held.figure.start - 1 : held.figure.start] == "(" for held in holders):
            return ""
        if any(
            clause.start <= held.figure.start < clause.start + len(clause.text)
            for held in holders
            if held in one.figures
        ):
            continue
        theirs = [_weight(said & clause.words - holder.bound.all, one.called) for holder in holders]
        mine = [_weight(said & holder.bound.all - clause.words, one.called) for holder in holders]
        if min(theirs) >= 2 and all(their > my for their, my in zip(theirs, mine, strict=True)):
            return f"may be said of the wrong thing: the evidence says that in {clause.text.strip(' ,.;')!r}"
    return ""


_HANGS = re.compile(
    r"\s*(?:(?:on|in|for|at|with|under|over|by|of|from|to|after|before|using|among|across|during|within)(?!\w)|[a-z]+ing(?!\w))",
    re.IGNORECASE,
)
"""What begins so says nothing by itself: it hangs on the clause beside it."""


_HEADS = re.compile(r"(?: [\w-]+){1,4}:? ?[(:] ?[^().;:]*")
"""Between how many there are and one of the list of them: three resolutions (224px, 448px)."""


def _of_a_kind(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= COUNTS or {one.unit, other.unit} <= {"", "%", "points"}


def _axis(around: statements.Said) -> frozenset[str]:
    """Return whether a figure is of speed, of price or of size, as a word that binds it."""
    return (
        frozenset({f"~{around.way[0]}"}) if around.way and around.way[0] in ("speed", "price", "size") else frozenset()
    )


def _weight(words: frozenset[str], called: frozenset[str]) -> int:
    """Return how much words bind: a name as much as three others."""
    return len(words) + 2 * len(words & called)


_SIZED = re.compile(r"\d ?[BM]$")
"""What has so many parameters, and leaves that unsaid: at 7B."""


def _comparable(figure: Figure, held: Held, text: str) -> bool:
    """Return whether one could be said for the other: of one kind and of one magnitude, and no year or version."""
    other, before = held.figure, text[max(0, held.figure.start - 30) : held.figure.start]
    if "±" in before[-3:] or (len(other.spoken) <= 3 and re.search(r"[A-Z][\w-]* $", before) and "." in other.spoken):
        return False
    low, high = sorted((abs(figure.value), abs(other.value)))
    if figure.unit in COUNTS and other.unit in COUNTS:
        sized = figure.unit == "parameter" and _SIZED.search(other.spoken)
        if figure.unit and not (other.unit or held.bound.noun or sized):
            return False
        years = [1900 < one.value < 2100 and one.unit == "" for one in (figure, other)]
        counts = whole(figure.value) and whole(other.value) and high <= 1000 * low
        return years[0] == years[1] and (high <= 20 * low or counts)
    if {figure.unit, other.unit} in ({"fraction", "%"}, {"cent", "usd"}, {"cent", "eur"}):
        return True
    if figure.unit != other.unit and ({figure.unit, other.unit} not in ({"", "%"}, {"", "points"}) or high > 100):
        return False
    return high <= 20 * low or figure.unit == other.unit != ""
