"""A sentence in the parts that it sets side by side, each with its words and its figures.

A part is a clause with the phrases that hang on it: "on hardware, it stops at 35 ms" is one, and so is "22% in Rust,
where acceptance grew". What a coordinated part leaves out, it takes from the part before it.

>>> from podcast.grounding.figure import figures
>>> text = "Ours rejects 92% of wrong proofs and accepts 97% of correct ones, while GPT-4 accepts all."
>>> [sorted(one.words) for one in segments(text, figures(text))]
[['=ours', 'proof', 'reject', 'wrong'], ['accept', 'correct'], ['accept', 'gpt', 'gpt-4']]
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.grounding.contexts import MOST, content
from podcast.grounding.figure import Figure
from podcast.grounding.predicates import own_subject
from podcast.grounding.sentences import Sentence

NEGATOR = re.compile(
    r"(?<!\w)(?:not(?! (?:only|just|merely))|never|no(?! (?:matter|wonder|doubt|less|fewer|more than))|none|neither|nor"
    r"|nothing|nobody|nowhere|cannot|without|fail(?:s|ed)?|unable|lacks?|lacking)(?!\w)|n't(?!\w)", re.IGNORECASE,
)  # fmt: skip
_HARD = re.compile(
    r";|[.!?](?=\s|$)|: |(?<!\w)(?:while|whereas|but|although|though|yet|however|unlike)(?!\w)", re.IGNORECASE
)
_SOFT = re.compile(
    r",(?!\d)|(?<!\w)(?:and|or)(?! [+-]?\d[\d.,]*(?!\w))(?!\w)|(?<![\d%] )(?<!\w)(?:and|or)(?!\w)", re.IGNORECASE
)
_FINITE = re.compile(r"[a-z]+ (?:is|are|was|were|has|have|does|do)(?!\w)")
_VERBAL = re.compile(
    r"\s*(?:helps?|hurts?|improv\w+|reduc\w+|lowers?|rais\w+|increas\w+|los[et]s?|gains?|degrad\w+|falls?|drops?"
    r"|rises?|keeps?"
    r"|fails?|beats?|cuts?|doubles?|halves)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""A part that begins with its verb."""
_WHERE = re.compile(r"[\s,]*where (?=[A-Z]|the (?:baseline|previous|original|best)|prior|earlier|others)")
"""Where something else is told beside: where AlphaFold needs 11 minutes."""
_HANGS = re.compile(
    r"[\s,]*(?:when|if|where|which|who|whose|that|unless|because|so that|until|after|before|without|with|even|except"
    r"|especially|including|such as|most of)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_LEADS = re.compile(
    r"\s*(?:and |but )?(?:on|in|for|at|with|without|under|over|by|from|after|before|against|among|below|above|beyond"
    r"|across|during|given|when|if|trained|compared|unlike|once|as)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_OF_WHAT = re.compile(r"[\d.,]+ ?(?:%|percent) of (?:the |all )?((?:\w+ )?\w+)")
_ENDS = re.compile(r",|(?<!\w)(?:on|in|by|with|for|at|when|after|from)(?!\w)")
_LEANS = re.compile(
    r"\s*(?:\w{3,}ing(?!\w)|(?:it|they|this|these|we)(?!\w)|(?:only )?(?:on|in|for|with|against|under|at) (?![^,]*,))",
    re.IGNORECASE,
)
"""A part without a subject of its own."""
PREPOSITION = re.compile(r"(?<!\w)(?:on|in|for|with|without|under|against|from|after|before|during|among)(?= \w)")
AGAINST = re.compile(
    r"(?<!\w)(?:than|versus|vs\.?|compared (?:to|with)|unlike|instead of|rather than|relative to|over(?= (?:the|a"
    r"|an) )|(?<=, )over"
    r"|(?:outperform|beat|surpass|exceed|trail|match|prefer)\w*|behind|ahead of|against|(?<= of )what|as (?:well"
    r"|good|fast) as)(?!\w)",
    re.IGNORECASE,
)
"""What follows is what something is compared with."""


LONGEST = 3000
"""Characters of a text that is cut into parts; a longer one is no sentence, and one part."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a sentence, from start to end of its text."""

    text: str
    start: int
    end: int
    words: frozenset[str]
    """Stems of all that it says itself."""
    taken: frozenset[str]
    """What it takes from the part before it that it does not say again."""
    against: frozenset[str]
    """What it is compared with."""
    denies: bool
    hard: bool
    """Whether something sets it against the part before it: but, while, a new sentence."""
    figured: bool


@lru_cache(maxsize=4096)
def _pieces(text: str, marks: tuple[int, ...]) -> tuple[tuple[int, int, bool], ...]:
    """Return where the parts of a text begin and end, and whether they are set apart; figures stand at `marks`."""
    cuts = sorted([(match.start(), match.end(), True) for match in _HARD.finditer(text)]
                  + [(match.start(), match.end(), False) for match in _SOFT.finditer(text)])  # fmt: skip
    bounds = [(0, 0, True), *cuts, (len(text), len(text), True)]
    found: list[list[int]] = []
    hard: list[bool] = []
    waiting: int | None = None
    for (_, begin, set_apart), (stop, _, _) in itertools.pairwise(bounds):
        piece = text[begin:stop]
        if not piece.strip():
            if found and set_apart:
                hard.append(True) if len(hard) == len(found) else None
            continue
        apart = set_apart or (len(hard) > len(found) and hard.pop())
        figured = any(begin <= at < stop for at in marks)
        own = (
            (figured and _figured(text, found, marks))
            or bool(NEGATOR.search(piece) or _FINITE.search(piece) or _VERBAL.match(piece))
            or (text.endswith(", and", 0, begin) and own_subject(piece))
            or _parallel(text[found[-1][0] : found[-1][1]] if found else "", piece)
        )
        led = text[:begin].rstrip()[-1:] in ("", ".", ";") and _LEADS.match(piece) and text.startswith(",", stop)
        if waiting is None and (led or (not figured and apart and _LEADS.match(piece))):
            waiting = begin
            continue
        if waiting is not None:
            found.append([waiting, stop])
            hard.append(True)
            waiting = None
        elif found and not (figured and _WHERE.match(piece)) and (_HANGS.match(piece) or not (apart or own)):
            found[-1][1] = stop
        else:
            found.append([begin, stop])
            hard.append(bool(apart or _WHERE.match(piece)))
    if waiting is not None:
        found.append([waiting, len(text)])
        hard.append(True)
    return tuple((begin, stop, apart) for (begin, stop), apart in zip(found, hard, strict=False))


def _figured(text: str, found: Sequence[Sequence[int]], marks: Sequence[int]) -> bool:
    """Return whether the part before has a figure or a verb, or there is none: an aside with a figure is no part."""
    begin, stop = found[-1] if found else (0, 0)
    return not found or any(begin <= at < stop for at in marks) or bool(_FINITE.search(text, begin, stop))


def _parallel(before: str, piece: str) -> bool:
    """Return whether a piece repeats a preposition of the one before it: for ours linearly and for others not."""
    mine = set(PREPOSITION.findall(piece))
    return bool(before and mine & set(PREPOSITION.findall(before)) and len(piece.split()) > 2)


def segments(text: str, figures: Sequence[Figure]) -> tuple[Segment, ...]:
    """Return the parts of a text in digits; its figures are given."""
    return _segments(text, tuple(figure.start for figure in figures if not figure.talk))


def parts_of(one: Sentence) -> tuple[Segment, ...]:
    """Return the parts of a sentence of the evidence."""
    return segments(one.text, [held.figure for held in one.figures])


def part_at(parts: Sequence[Segment], figure: Figure) -> Segment | None:
    """Return the part that a figure stands in; None for one between two parts."""
    return next((part for part in parts if part.start <= figure.start < part.end), None)


@lru_cache(maxsize=4096)
def _segments(text: str, marks: tuple[int, ...]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    short = len(text) <= LONGEST and len(marks) <= MOST
    for begin, stop, hard in _pieces(text, marks) if short else ((0, len(text), True),):
        piece = text[begin:stop]
        compared = AGAINST.search(piece)
        ends = _ENDS.search(piece, compared.end() + 1) if compared else None
        against = content(piece[compared.end() : ends.start() if ends else len(piece)]) if compared else frozenset()
        first = next((at for at in marks if begin <= at < stop), stop)
        taken = frozenset[str]()
        if found and (_LEANS.match(piece) or not (hard or _FINITE.match(piece.lstrip()))):
            last = found[-1]
            lead = next((at for at in marks if last.start <= at < last.end), last.end)
            taken = content(text[last.start : lead]) | last.taken
            if content(text[begin : next((at for at in marks if begin <= at < stop), begin)]):
                taken = content(" ".join(text[last.start : lead].split()[:3])) | last.taken  # it has its own object
            elif (of := _OF_WHAT.match(text, lead)) and " of " not in piece:
                taken |= content(of[1])
        words = content(piece)
        found.append(Segment(piece, begin, stop, words, taken - words, against, bool(NEGATOR.search(piece)), hard,
                             first < stop))  # fmt: skip
    return tuple(found)
