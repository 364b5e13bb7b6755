"""A text in parts that can be said alone: at its marks, or where a clause begins."""

import re

from podcast.show.stops import STOP

_LEAST = 12
"""Letters and spaces that a part has at least: engines fail on shorter texts."""
_MARKED = re.compile(rf".+?(?:[,;:،؛]\s+|[，、；：]\s*|(?:{STOP})\s*|$)", re.DOTALL)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs that are said as long as three letters."""
_BEGIN = ("and", "but", "because", "which", "that", "while", "when", "although", "if", "with", "for", "in", "on", "of")
"""Words that a part may begin with, in a text without marks inside; the better ones first."""


def split(spoken: str) -> tuple[str, ...]:
    """Return the text's parts, in order; joined by spaces they are the text. One part where it cannot be split.

    Behind marks of Chinese and Japanese stands no space, and none is wanted.
    """
    parts: list[str] = []
    for piece in _MARKED.findall(spoken.strip()):
        if parts and (_length(parts[-1]) < _LEAST or _length(piece) < _LEAST):
            parts[-1] += piece
        else:
            parts.append(piece)
    return tuple(part.strip() for part in parts) if len(parts) > 1 else _halves(spoken.strip())


def _length(text: str) -> int:
    return len(text.strip()) + 2 * len(_WIDE.findall(text))


def _halves(text: str) -> tuple[str, ...]:
    """Split before a word that begins a clause, as near to the middle as one of the best kind stands."""
    for word in _BEGIN:
        places = [match.start() for match in re.finditer(rf"(?<= ){word}\b", text)]
        good = [place for place in places if min(place, len(text) - place) > _LEAST]
        if good:
            place = min(good, key=lambda each: abs(2 * each - len(text)))
            return (text[:place].rstrip(), text[place:])
    return (text,)
