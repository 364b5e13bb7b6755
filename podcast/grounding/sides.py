"""Who is meant: the authors' system or the one before it, the one that is faster or the one it is faster than.

>>> from podcast.grounding import figures, sentences, utterance
>>> held = [sentences.sentence("Our agent solves 42% of tickets, compared with 34% for the previous best system.")]
>>> for text in ("The older system solves 42%.", "The older system solves 34%."):
...     [one.wrong for one in sides(utterance.utterance(text, figures(text), held))]
["is the authors' own in the evidence, not what came before"]
[]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.grounding.contexts import content, spoken
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.segments import AGAINST, Segment, parts_of
from podcast.grounding.utterance import Place, Utterance

_EARLIER = re.compile(
    r"(?<!\w)(?:(?:the |an? )?(?:older|old|previous|prior|earlier|former|existing|conventional|traditional"
    r"|vanilla|plain|standard"
    r"|naive|original|competing|rival|next[- ]best|second[- ]best|best (?:other|previous|prior|competing"
    r"|published)|non-\w+|usual"
    r"|classical|untrained|(?-i:base)|backbone) (?:\w+ )?(?:[a-z-]+)?|(?:the )?(?:baselines?|competitors?"
    r"|predecessors?|runner-up"
    r"|state of the art|last version))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_LATER = re.compile(
    r"(?<!\w)(?:ours?|the (?:new|proposed|newer|latest|authors'|paper's)(?: \w+)?|their (?:\w+ )?(?:method|model|system"
    r"|approach|agent|version))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_BESIDE = re.compile(rf"{AGAINST.pattern}|(?<!\w)(?:above|below|over|under|short of)(?!\w)", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?<!\w)(?P<sign>(?P<more>more|higher|larger|bigger|longer|greater|better|stronger|faster|quicker|cheaper"
    r"|lower|fewer|less"
    r"|smaller|shorter|slower|worse|weaker|heavier|lighter|simpler|safer"
    r"|costlier)(?: (?P<what>(?!than)[a-z-]+))?)(?P<than> than)?(?!\w)",
    re.IGNORECASE,
)
_WINS = re.compile(
    r"(?<!\w)(?P<verb>outperform\w*|beat(?:s|ing|en)?|surpass\w*|exceed\w*|prefer\w*|(?:did|does|do) better than"
    r"|w[io]ns?(?: against)?"
    r"|defeat\w*)(?!\w)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"(?<!\w)(?:is|are|was|were|been|being|got|gets)(?: \w+)? $", re.IGNORECASE)
_STOP = re.compile(
    r"[,;:.](?=\s|$)|(?<!\w)(?:on|in|by|with|for|at|while|and|but|when|after|from|of(?= (?:the )?\d)|\d)"
)
_EMPTY = frozenset({"=ours"})


def sides(said: Utterance) -> Iterator[Finding]:
    """Yield who is said to have what another has in the evidence."""
    for part in said.parts:
        inside = said.within(part)
        if len(inside) == 1 and inside[0][1] and not part.denies and not _BESIDE.search(part.text):
            yield from _version_of(said.text, *inside[0])
    for figure, places in zip(said.figures, said.places, strict=True):
        sign, whom = _beside(said.text, figure)
        held = [_beside(place.one.text, place.held.figure) for place in places] if sign else []
        if held and all(other == -sign and whom & theirs for other, theirs in held):
            yield Finding(
                figure.start, figure.spoken, "is how far it is on the other side in the evidence", "doubted", True
            )
    yield from _turned(said)


_FAR = re.compile(
    r"(?:[ -]?(?:%|percent(?:age)?|[\w@]{1,12}))?(?:[ -]points?)? (?:(?P<up>ahead of|above|better than"
    r"|higher than|more than)"
    r"|(?P<down>behind|below|worse than|lower than|less than|short of)) (?P<whom>[^,.;]{1,60})"
)


def _beside(text: str, figure: Figure) -> tuple[int, frozenset[str]]:
    """Return whether a figure is how far something is above (1), below (-1) or neither (0), and above or below what."""
    match = _FAR.match(text, figure.end)
    return (1 if match["up"] else -1, content(match["whom"])) if match else (0, frozenset())


def _version_of(text: str, figure: Figure, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield a figure of what came before that is the authors' own, or the other way round."""
    zone = _zone(text, figure)
    earlier, later = bool(_EARLIER.search(text, *zone)), bool(_LATER.search(text, *zone))
    if earlier == later or not all(_rivals(place, earlier) for place in places):
        return
    own = [not _EARLIER.search(place.one.text, *_zone(place.one.text, place.held.figure)) for place in places]
    if earlier and all(own):
        wrong = "is the authors' own in the evidence, not what came before"
        yield Finding(figure.start, figure.spoken, wrong, "doubted", True)
    elif later and not any(own):
        yield Finding(figure.start, figure.spoken, "is of what came before in the evidence", "doubted", True)


def _zone(text: str, figure: Figure) -> tuple[int, int]:
    """Return where begins and ends what is said of a figure: to the next comparison, comma or part on either side."""
    cuts = [0, *(match.start() for match in _ZONES.finditer(text)), len(text)]
    left = max(cut for cut in cuts if cut <= figure.start)
    return left, min((cut for cut in cuts if cut > figure.start), default=len(text))


_ZONES = re.compile(
    AGAINST.pattern + r"|[;:]|,(?!\d)|(?<!\w)(?:while|whereas|but|and|where)(?!\w)|[.!?](?=\s|$)", re.IGNORECASE
)


def _rivals(place: Place, earlier: bool) -> bool:
    """Return whether the sentence speaks of the other side outside of what it says of the figure."""
    left, right = _zone(place.one.text, place.held.figure)
    other = _EARLIER if earlier else _LATER
    return bool(other.search(place.one.text, 0, left) or other.search(place.one.text, right))


@dataclass(frozen=True, slots=True)
class _Duel:
    """Who is above, who is below, and in what."""

    axis: str
    above: frozenset[str]
    below: frozenset[str]
    start: int


@lru_cache(maxsize=4096)
def _duels(parts: tuple[Segment, ...]) -> tuple[_Duel, ...]:
    """Return who is above whom, wherever a part says so and denies nothing."""
    return tuple(duel for part in parts if not part.denies for duel in (*_compared(part), *_won(part)))


def _compared(part: Segment) -> Iterator[_Duel]:
    for match in _COMPARED.finditer(part.text):
        if re.search(r"(?<!\w)(?:no|not|at|once|any) $", part.text[: match.start()]):
            continue
        if not match["than"] and not _ENDS.match(part.text, match.end("more")):
            continue  # a larger model
        if match["than"] and part.text[match.end() :].lstrip()[:1].isdigit():
            continue  # more than 10
        subject = _subject(part.text[: match.start()]) or part.taken
        after = _phrase(part.text, match.end()) if match["than"] else frozenset()
        yield _Duel(match["more"].lower(), subject, after, part.start + match.start())


def _won(part: Segment) -> Iterator[_Duel]:
    for match in _WINS.finditer(part.text):
        subject, after = _subject(part.text[: match.start()]) or part.taken, _phrase(part.text, match.end())
        start, rest = part.start + match.start(), part.text[match.end() :]
        passive = _PASSIVE.search(part.text[: match.start()])
        if match["verb"].lower().startswith("prefer"):
            over = _OVER.search(rest)
            if not passive:  # somebody prefers this over that
                subject = content(rest[: over.start()]) if over else after
            yield _Duel("wins", subject, _phrase(rest, over.end()) if over else frozenset(), start)
        elif not passive:
            yield _Duel("wins", subject, after, start)
        elif rest.startswith(" by "):
            yield _Duel("wins", _phrase(rest, 4), subject, start)


_ENDS = re.compile(r" (?:on|in|at|for|with|by|when|if|and)(?!\w)|[,.;!]|$")
_OVER = re.compile(r"(?<!\w)(?:over|to|than|in \w+ (?:of|with)|(?:compared|comparisons?) with)(?!\w)")


_LED = re.compile(r"^\s*(?:(?:and|but|so|yes|no|well|then|now|also|still),? )*(?:(?:on|in|at|for|with|after"
    r"|before|by|under|over|without"
                  r"|compared|unlike|when|if)(?!\w)[^,]*,)?\s*", re.IGNORECASE)  # fmt: skip
_PHRASE = re.compile(r"(?:on|in|at|for|with|after|before|by|under|over|without|against|among)(?!\w)", re.IGNORECASE)
_VERB = re.compile(r"(?<!\w)(?:is|are|was|were|has|have|had|runs?|does|do|did|can|could|will|gets?|goes|comes?"
    r"|makes?|needs?"
                   r"|takes?|works?|stays?|remains?|becomes?|gives?|keeps?|solves?|scores?|reach\w*|achiev\w*"
                   r"|yields?|looks?|sounds?"
                   r"|feels?|ends?|finish\w*|helps?|with)(?!\w)", re.IGNORECASE)  # fmt: skip


def _subject(before: str) -> frozenset[str]:
    """Return the words of the subject: what stands before the first verb, without what leads in."""
    led = _LED.match(before)
    said = before[led.end() :] if led else before
    if _PHRASE.match(said) or said[:1].isdigit():
        return frozenset()  # 15 puzzles more
    verb = _VERB.search(said)
    said = said[: verb.start()] if verb else said
    return content(re.split(r"(?<!\w)(?:of|on|in|for|with)(?!\w)", said)[0]) - _EMPTY


def _phrase(text: str, at: int) -> frozenset[str]:
    stop = _STOP.search(text, at)
    return content(text[at : stop.start() if stop else len(text)])


_ON = re.compile(r"(?<!\w)(?:on|in|for|with|at) (?:the )?([\w@.-]+)")
"""What something is measured on, and under what: it is above nothing."""


def _agrees(said: _Duel, held: _Duel) -> bool:
    """Return whether two put the same above, or the same below."""
    return bool(said.above & held.above - held.below or said.below & held.below - held.above)


def _turned(line: Utterance) -> Iterator[Finding]:
    mine = _duels(line.parts)
    if not mine:
        return
    held = [duel for one in line.sentences for duel in _duels(parts_of(one))]
    whole = frozenset[str]().union(*(content(one.text) for one in line.sentences)) if held else frozenset()
    places = frozenset[str]().union(*(content(match[1]) for one in line.sentences for match in _ON.finditer(one.text)))
    for said in mine:
        same = [duel for duel in held if duel.axis == said.axis]
        for duel in same:
            other = (
                said.axis != "wins"
                and said.above
                and said.above <= whole
                and duel.above
                and not said.above & (duel.above | duel.below | places)
            )
            wrong = other or (said.above & duel.below - duel.above and not said.above & duel.above - duel.below)
            lost = said.below & duel.above - duel.below and not said.below & duel.below
            if (wrong or lost) and not any(_agrees(said, other) for other in same):
                words = said.above & duel.below or said.below & duel.above or said.above
                who = spoken(line.text, frozenset({min(words)}))
                wrong_side = "is on the other side of the comparison in the evidence"
                yield Finding(said.start, who, wrong_side, "doubted")
                break
