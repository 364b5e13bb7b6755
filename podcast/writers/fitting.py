"""As much of a brief's notes as a model's context holds, beside an answer as long as one may be."""

from collections.abc import Callable, Sequence
from typing import Any

from podcast.show.errors import WriterError
from podcast.writers import rules
from podcast.writers.asking import Ask, size

_NOTES = ((True, 200), (False, 200), (False, 20), (False, 8))
"""With their sentences or without, and how many: what is tried, until the context holds it."""


def fits(ask: Ask[Any], context: int) -> bool:
    """Tell whether a context of so many tokens holds what is asked, and an answer as long as one may be."""
    return size(ask) + ask.max_tokens <= context


def fitted(
    ask: Callable[[Sequence[str], bool], Ask[Any]], claims: Sequence[str], context: int
) -> tuple[Ask[Any], Sequence[str]]:
    """Return what to ask with as many of the claims as the context holds, and which those are.

    `ask` makes it of claims, with their sentences or without. Raises WriterError where not even eight find room.
    """
    for sentences, most in _NOTES:
        paths = rules.chosen(claims, most)
        asked = ask(paths, sentences)
        if fits(asked, context):
            return asked, paths
    raise WriterError(
        f"{asked.name}: what is asked does not fit into a context of {context} tokens",
        "raise [writer] context, or lower max_tokens",
    )
