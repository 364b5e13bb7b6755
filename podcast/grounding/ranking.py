"""Who comes first, and who is above whom: told by the figures, or by what the evidence compares.

>>> from podcast.grounding import sentences, utterance
>>> held = [sentences.sentence("Users accept 34% in Python and 22% in Rust.")]
>>> for text in ("Rust has the highest share.", "Python has the highest share."):
...     [one.wrong for one in ranked(utterance.utterance(text, (), held))]
['is not said of the highest figure in the evidence']
[]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from podcast.grounding.contexts import content
from podcast.grounding.directions import COSTS
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR, Segment, part_at, parts_of
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.units import COUNTS
from podcast.grounding.utterance import Place, Utterance

_MOST = re.compile(
    r"(?<!\w)(?:(?P<high>the most|most(?= ?(?:[.,;!?]|$)| (?:from|on|in|by|with)(?!\w))|(?:the "
    r"|by far the )?(?:highest|largest"
    r"|biggest|greatest|longest|strongest|hardest)(?! of(?! all| the (?:three|four|five|six|\d)))(?! [a-z]+s(?!\w)))"
    r"|(?P<low>(?:the )?(?:least|lowest|smallest|fewest|shortest|weakest))"
    r"|(?P<good>the (?:best|fastest)(?! (?:baselines?|others?|prior|previous|earlier|competing|competitor|rival"
    r"|existing)(?!\w))|wins|leads?|comes? first|on top|ahead)|(?P<bad>the worst|the slowest|comes? last))"
    r"(?!\w)(?<!at most)(?<!at least)", re.IGNORECASE,
)  # fmt: skip
_THAN = re.compile(
    r"(?<!\w)(?:(?:(?P<up>more|higher|larger|bigger|longer|greater|better|stronger)|(?P<down>less|fewer|lower|smaller"
    r"|shorter|worse|weaker)|(?P<er>(?:faster|slower|quicker)))(?: [a-z-]+){0,3} than (?!\d|half|a |an |twice|chance)"
    r"|(?P<wins>beats?|outperforms?|surpass(?:es)?) )", re.IGNORECASE,
)  # fmt: skip
_RANKS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "last": -1, "runner-up": 2}
_RANK = re.compile(
    r"(?<!\w)(?:(?:comes?|came|ranks?|ranked|finish\w*|plac(?:es?|ed|ing)|takes?|took|it's|is|are|was|in) "
    r"(?:in )?(?:the )?"
    r"(?P<rank>first|second|third|last|\d{1,2}(?:st|nd|rd|th))(?: place)?(?! (?:stage|step|half|part|time"
    r"|epoch|question|thing"
    r"|phase|one|year|\w+ (?:layer|stage|step)))(?=(?: (?:of|on|in|among|overall|place|with|to|out|behind|by"
    r"|across)(?!\w)|[,.;!?]|$))"
    r"|(?P<top>w[io]ns? the|won the|leads? the|tops? the|number one|on top of the|heads? the))", re.IGNORECASE,
)  # fmt: skip
_RANK_HELD = re.compile(
    r"(?<!\w)(?<!per )(?<!a )(?<!each )(?<!every )"
    r"(?:(?P<rank>first|second|third|last|runner-up|\d{1,2}(?:st|nd|rd|th))(?:[- ]best)?|(?P<best>best"
    r"|highest|top|winn\w+|won|state"
    r"[- ]of[- ]the[- ]art|sota|number one))(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""First, 2nd, last; and what is first without the word."""
_LOSING = re.compile(
    r"(?<!\w)(?:los[et]\w*|loss|drops?|falls?|suffers?|fewer|less|errors?|mistakes?|harder|hurts?|costs?|fails?"
    r"|failure)"
    r"(?!\w)", re.IGNORECASE,
)  # fmt: skip
_GOOD = re.compile(r"better|worse|stronger|weaker|beat|outperform|surpass", re.IGNORECASE)
_PRONOUN = re.compile(r"\s*(?:it|this|that|they|theirs|ours|the (?:new|proposed|paper's) [a-z]+)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A figure with its part of a sentence, and the words that only that part has."""

    held: Held
    part: Segment
    words: frozenset[str]


def ranked(said: Utterance) -> Iterator[Finding]:
    """Yield who is said to be first, last, above or below, where the evidence says otherwise."""
    for part in said.parts:
        if part.denies:
            continue
        yield from _ranks(part, said.sentences)
        if inside := said.within(part):
            yield from _end_of_list(part, inside[0]) if len(inside) == 1 else ()
            continue
        if match := _THAN.search(part.text):
            yield from _compared(part, match, said.sentences)
        elif match := _MOST.search(part.text):
            yield from _first(part, match, said.sentences)


_END = re.compile(
    r"(?<!\w)the (?:(?P<high>highest|largest|biggest|greatest|longest)|lowest|smallest|shortest) [\w-]+ (?:is|was) $"
)
_NEXT = re.compile(r"(?: ?[\w%]{1,6})?(?:, |,? and )")


def _end_of_list(part: Segment, told: tuple[Figure, tuple[Place, ...]]) -> Iterator[Finding]:
    """Yield the end of a list that is another one in the evidence: the highest is 448, of 224px, 448px and 896px."""
    figure, places = told
    match = _END.search(part.text.lower(), 0, figure.start - part.start)
    lists = [_list_of(place) for place in places]
    if match and lists and all(len(one) > 2 and figure.value != (max if match["high"] else min)(one) for one in lists):
        yield Finding(figure.start, figure.spoken, "is not that end of the list in the evidence", "doubted", True)


def _list_of(place: Place) -> list[Decimal]:
    """Return the values of the list that a figure of the evidence stands in."""
    run: list[Held] = []
    for held in place.one.figures:
        if run and not _NEXT.fullmatch(place.one.text, run[-1].figure.end, held.figure.start):
            if place.held in run:
                break
            run = []
        run.append(held)
    return [held.figure.value for held in run] if place.held in run else []


def _groups(one: Sentence) -> Iterator[list[_Entry]]:
    """Yield the figures of a kind that a sentence sets side by side, each with the words that are its own."""
    parts = parts_of(one)
    placed: list[tuple[Held, Segment]] = []
    for held in one.figures:
        part = part_at(parts, held.figure)
        if part and not held.figure.talk and not held.figure.ratio and held.said.end != "from":
            placed.append((held, part))
    kinds: dict[tuple[str, str], list[tuple[Held, Segment]]] = {}
    for held, part in placed:
        unit = "" if held.figure.unit in COUNTS else held.figure.unit
        kinds.setdefault((unit, held.bound.noun if held.figure.unit in COUNTS else ""), []).append((held, part))
    for group in kinds.values():
        alone = [(held, part) for held, part in group if sum(other is part for _, other in group) == 1]
        if len(alone) < 2 or len(alone) < len(group):
            continue
        everyone = [part.words for _, part in alone]
        yield [
            _Entry(
                held,
                part,
                part.words - frozenset().union(*(words for words in everyone if words is not part.words)),
            )
            for held, part in alone
        ]


def _first(part: Segment, match: re.Match[str], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for one in sentences:
        for group in _groups(one):
            meant = [entry for entry in group if part.words & entry.words]
            if len(meant) != 1 or _turned(part, group):
                continue
            values = [abs(entry.held.figure.value) for entry in group]
            up = bool(match["high"] or match["good"])
            if match["high"] or match["low"] or not COSTS.search(one.text):
                best = max(values) if up else min(values)
                if abs(meant[0].held.figure.value) != best:
                    word = "highest" if up else "lowest"
                    yield Finding(part.start + match.start(), match[0],
                                  f"is not said of the {word} figure in the evidence", "doubted")  # fmt: skip
                    return


def _turned(part: Segment, group: Sequence[_Entry]) -> bool:
    """Return whether what is ranked is not what the figures count: who suffers most where they count what is left."""
    losing = any(_LOSING.search(entry.part.text) for entry in group)
    return bool(_LOSING.search(part.text)) != losing or any(_denies(entry.part.text) for entry in group)


def _denies(text: str) -> bool:
    return any(match[0].lower() != "without" for match in NEGATOR.finditer(text))


_SOME_OF = re.compile(r"(?<!\w)(?:\d{1,4}|most|some|many|half) (?:out )?of (?:the |these |its )?\w", re.IGNORECASE)
"""Where one is above the other in a part of the cases only."""


def _compared(part: Segment, match: re.Match[str], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    if _SOME_OF.search(part.text):
        return
    middle = content(match[0]) if match["er"] or match["up"] or match["down"] else frozenset()
    before, after = content(part.text[: match.start()]) | middle, content(part.text[match.end() :])
    for one in sentences:
        if match["er"] or (COSTS.search(one.text) and _GOOD.search(match[0])):
            continue
        for group in _groups(one):
            left = [entry for entry in group if _only(before, after, entry)]
            right = [entry for entry in group if _only(after, before, entry)]
            if not left and len(group) == 2 and len(right) == 1 and _PRONOUN.match(part.text):
                left = [entry for entry in group if entry is not right[0]]
            if not left or not right or len(left) + len(right) > 3 or _turned(part, (*left, *right)):
                continue
            first, last = ([abs(entry.held.figure.value) for entry in side] for side in (left, right))
            if max(first) < min(last) if match["up"] or match["wins"] else min(first) > max(last):
                yield Finding(part.start + match.start(), match[0].rsplit(" than", 1)[0],
                              "is the other way round by the figures of the evidence", "doubted")  # fmt: skip
                return


def _only(these: frozenset[str], those: frozenset[str], entry: _Entry) -> bool:
    """Return whether words are of an entry and of these only, not of those."""
    return bool((these - those) & entry.part.words) and not (those - these) & entry.part.words


def _ranks(part: Segment, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a rank where the evidence has other ranks only, or another for what the line speaks of."""
    match = _RANK.search(part.text)
    if not match:
        return
    rank = 1 if match["top"] else _rank(match["rank"])
    everything = [(place, _placed(place)) for one in sentences for place in parts_of(one)]
    ranks = frozenset[int]().union(*(placed for _, placed in everything))
    wrong = bool(ranks) and rank not in ranks
    if not wrong and len(everything) > 1:
        words = content(part.text)
        only = [len(words & place.words - _others(place, everything)) for place, _ in everything]
        best = [placed for (_, placed), count in zip(everything, only, strict=True) if count == max(only) > 0]
        wrong = len(best) == 1 and bool(best[0]) and rank not in best[0]
    if not ranks and rank > 1:
        wrong = any(rank != place for one in sentences for place in _place(part, one))
    if wrong:
        said = match["rank"] or match["top"]
        yield Finding(part.start + match.start(), said, "is another rank in the evidence", "doubted")


def _place(part: Segment, one: Sentence) -> Iterator[int]:
    """Yield which of three or more figures, from the highest on, is of what a part speaks; less may be better."""
    for group in _groups(one) if not COSTS.search(one.text) else ():
        meant = [entry for entry in group if part.words & entry.words]
        values = sorted((abs(entry.held.figure.value) for entry in group), reverse=True)
        if len(group) > 2 and len(meant) == 1 and len(set(values)) == len(group) and not _turned(part, group):
            yield values.index(abs(meant[0].held.figure.value)) + 1


def _others(place: Segment, everything: Sequence[tuple[Segment, frozenset[int]]]) -> frozenset[str]:
    return frozenset[str]().union(*(other.words for other, _ in everything if other is not place))


def _placed(part: Segment) -> frozenset[int]:
    return frozenset(1 if match["best"] else _rank(match["rank"]) for match in _RANK_HELD.finditer(part.text))


def _rank(word: str) -> int:
    low = word.lower()
    return _RANKS.get(low) or int(low[:-2])
