"""The clauses of a text, and which of them speak of the same.

>>> [one.text.strip() for one in clauses("The encoder is small, but it wins on long texts.")]
['The encoder is small,', 'it wins on long texts.']
>>> said, held = clauses("The small encoder wins."), clauses("The decoder is slow, but the encoder wins.")
>>> [one.text.strip() for one in nearest(said[0].words, said[0].words, held, frozenset())]
['the encoder wins.']
>>> nearest(words := clauses("The tokenizer is old.")[0].words, words, held, frozenset())
[]
"""

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from podcast.grounding.contexts import content
from podcast.grounding.segments import parts_of
from podcast.grounding.sentences import Sentence

_CLAUSE = re.compile(
    r"[;()]|[.!?](?=\s|$)|,(?!\d)|: |(?<!\w)(?:while|whereas|but|and(?! (?:the|a) half)|versus|although"
    r"|though|(?<!not )(?<!has )(?<!have )yet|when|if|because"
    r"|so that|which|who|where)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that begins at `start`, and its stems."""

    text: str
    start: int
    words: frozenset[str]


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the clauses of a text that have words to compare."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    found = (Clause(text[a:b], a, content(text[a:b])) for a, b in itertools.pairwise(cuts))
    return tuple(one for one in found if one.words)


def spanning(one: Sentence) -> Iterator[Clause]:
    """Yield the parts of a sentence that are more than one of its clauses: on hardware, it stops."""
    for part in parts_of(one):
        if part.words and len(clauses(part.text)) > 1:
            yield Clause(part.text, part.start, part.words)


def nearest(
    words: frozenset[str], wanted: frozenset[str], everything: Sequence[Clause], called: frozenset[str]
) -> list[Clause]:
    """Return the clauses that have most of the words, and half of what is wanted; the shorter of two that do.

    A word of `called`, which names something, weighs as much as three.
    """
    weights = [_weight(words & held.words, called) for held in everything]
    most = max(weights, default=0)
    if not most or 2 * most < _weight(wanted, called):
        return []
    alike = [held for held, weight in zip(everything, weights, strict=True) if weight == most]
    often = Counter(word for held in everything for word in words & held.words)
    rare = [sum(often[word] <= 2 for word in words & held.words) for held in alike]
    best = [held for held, count in zip(alike, rare, strict=True) if count == max(rare)]
    ordered = sorted(best, key=lambda held: held.start)
    starts = [held.start for held in ordered]
    return [held for held in best if not any(_holds(held, other) for other in _begun_within(held, ordered, starts))]


def _begun_within(one: Clause, ordered: Sequence[Clause], starts: Sequence[int]) -> Sequence[Clause]:
    """Return those of the clauses, which are in their order, that begin within one."""
    return ordered[bisect_left(starts, one.start) : bisect_left(starts, one.start + len(one.text))]


def _holds(one: Clause, other: Clause) -> bool:
    """Return whether a clause has another that begins within it, and is shorter, as a whole."""
    return len(other.text) < len(one.text) and other.text.strip(" .,;") in one.text


def _weight(words: frozenset[str], called: frozenset[str]) -> int:
    """Return how much words tell a clause from others: a name as much as three."""
    return len(words) + 2 * len(words & called)
