"""A document in as few parts as a model holds, and no sentence left out."""

import logging
from collections.abc import Iterator, Sequence

from podcast.show.schema import Document
from podcast.writers.meter import tokens
from podcast.writers.prompting import one_line

log = logging.getLogger(__name__)


def parts(document: Document, room: int) -> tuple[str, ...]:
    """Return the document's numbered sentences in as few texts of at most `room` tokens as its sections allow.

    No sentence is left out; a section is split only where it does not fit a part of its own.
    """
    packed: list[list[str]] = []
    left = number = 0
    for section in document.sections:
        block = [f"## {one_line(section.title)}"]
        for sentence in section.sentences:
            number += 1
            block.append(_fitted(f"[{number}] {one_line(sentence)}", room))
        for piece in [block] if _cost(block) <= room else _pieces(block, room):
            if len(piece) == 1:
                continue  # a title alone
            if not packed or _cost(piece) > left:
                packed.append([])
                left = room
            packed[-1] += piece
            left -= _cost(piece)
    return tuple("\n".join(lines) for lines in packed)


def _cost(lines: Sequence[str]) -> int:
    return sum(tokens(line) + 1 for line in lines)


def _pieces(block: Sequence[str], room: int) -> Iterator[list[str]]:
    """Yield a section in pieces that fit, each under its title."""
    piece = [block[0]]
    for line in block[1:]:
        if len(piece) > 1 and _cost([*piece, line]) > room:
            yield piece
            piece = [block[0]]
        piece.append(line)
    yield piece


def _fitted(line: str, room: int) -> str:
    """Return the line, cut where it alone is longer than a part; that is said."""
    most = max(80, room // 2)
    if tokens(line) <= most:
        return line
    log.warning("%s … is longer than half of what the model holds: its beginning is read", line[:60])
    return line[:most]  # a token is one sign at least, so this fits
