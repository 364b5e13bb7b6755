"""A text in parts that can be said alone: at its marks, or where a clause begins."""

import re

_LEAST = 12
"""Letters and spaces that a part has at least: engines fail on shorter texts."""
_BEGIN = ("and", "but", "because", "which", "that", "while", "when", "although", "if", "with", "for", "in", "on", "of")
"""Words that a part may begin with, in a text without marks inside; the better ones first."""


def split(spoken: str) -> tuple[str, ...]:
    """Return the text's parts, in order; joined by spaces they are the text. One part where it cannot be split."""
    parts: list[str] = []
    for piece in re.split(r"(?<=[,;:.?!])\s+", spoken.strip()):
        if parts and (len(parts[-1]) < _LEAST or len(piece) < _LEAST):
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return tuple(parts) if len(parts) > 1 else _halves(spoken.strip())


def _halves(text: str) -> tuple[str, ...]:
    """Split before a word that begins a clause, as near to the middle as one of the best kind stands."""
    for word in _BEGIN:
        places = [match.start() for match in re.finditer(rf"(?<= ){word}\b", text)]
        good = [place for place in places if min(place, len(text) - place) > _LEAST]
        if good:
            place = min(good, key=lambda each: abs(2 * each - len(text)))
            return (text[:place].rstrip(), text[place:])
    return (text,)
