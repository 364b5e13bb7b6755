"""Whether words are forms of one that their stems do not show: adaptation, adapting.

>>> akin("adapt", frozenset({"adaptive", "slow"})), akin("adapt", frozenset({"adder"}))
(True, False)
>>> shared(frozenset({"rewrit", "query"}), frozenset({"rewritten"}))
1
"""

_ROOT = 4
"""Letters that two words begin with at least."""
_ENDING = 3
"""Letters of the shorter that may be an ending."""


def akin(word: str, others: frozenset[str]) -> bool:
    """Return whether one of the others is the word, or begins as it does up to an ending."""
    return word in others or any(_one(word, other) for other in others)


def shared(words: frozenset[str], others: frozenset[str]) -> int:
    """Return how many of the words have their like among the others."""
    return sum(akin(word, others) for word in words)


def _one(word: str, other: str) -> bool:
    least = min(len(word), len(other))
    return least >= _ROOT and other.startswith(word[: max(_ROOT, least - _ENDING)])
