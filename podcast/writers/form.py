"""Form that code mends, so that no model is asked again for it: titles cut, lines parted, chapters joined."""

import re
from collections.abc import Sequence
from itertools import pairwise

from podcast.show import stops
from podcast.show.saying import speakable
from podcast.show.settings import Host
from podcast.writers.prompting import one_line
from podcast.writers.rules import MOST_WORDS, words

MOST_TITLE = 60
"""Letters of a chapter's title."""

_MOST_DESCRIPTION = 400
"""Letters: apps show some two hundred of them in their lists."""

NO_CHANCE = 12
"""Words of our instructions in a row that no line has by chance; fewer, as on AI's part in the show, are wanted."""

_ESSAY = {"introduction": "What it is about", "conclusion": "What to take away"}


def chapter(text: str) -> str:
    """Return the title of a chapter as an app shows it: on one line, short, and not of a school essay."""
    found = title(speakable(one_line(text)))
    return _ESSAY.get(found.casefold().strip(" .:"), found)


def description(text: str) -> str:
    """Return a description on one line and no longer than an app shows."""
    return cut(speakable(one_line(text)), _MOST_DESCRIPTION)


def lines(text: str, hosts: Sequence[Host]) -> tuple[str, ...]:
    """Return what one host says, without what nobody is to say, as one line or several; "…" for nothing."""
    return parted(said(text, hosts)) or ("…",)


def said(text: str, hosts: Sequence[Host]) -> str:
    """Return what a host says on one line, without what nobody is to say; "" where nothing is left."""
    return speakable(one_line(text), [name for host in hosts for name in (host.name, host.key)])


def cut(text: str, most: int) -> str:
    """Return the text with `most` letters at most: its whole sentences, or cut between two words."""
    if len(text) <= most:
        return text
    kept = ""
    for sentence in stops.sentences(text):
        if len(kept) + len(sentence) > most:
            break
        kept += sentence
    return kept.strip() or f"{text[: most - 1].rpartition(' ')[0] or text[: most - 1]}…"


def title(text: str) -> str:
    """Return a chapter's title of 60 letters at most: what stands before a colon, or its first words."""
    if len(text) <= MOST_TITLE:
        return text
    head = re.split(r"[:–—]\s", text)[0]
    if 8 <= len(head) <= MOST_TITLE:
        return head
    return text[: MOST_TITLE + 1].rpartition(" ")[0].rstrip(" ,;:-") or text[:MOST_TITLE]


def parted(text: str) -> tuple[str, ...]:
    """Return a line as one that is short enough, or as several, parted where its sentences end.

    A sentence that alone is too long stays: to part it needs a mind.
    """
    if words(text) <= MOST_WORDS:
        return (text,) if text else ()
    pieces: list[str] = []
    for sentence in stops.sentences(text):
        if pieces and words(pieces[-1] + sentence) <= MOST_WORDS:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def joined(count: int, most: int) -> tuple[tuple[int, ...], ...]:
    """Return which of `count` chapters to join, so that there are `most`: neighbours, as evenly as may be."""
    bounds = [round(place * count / most) for place in range(most + 1)] if count > most else list(range(count + 1))
    return tuple(tuple(range(first, last)) for first, last in pairwise(bounds))
