"""A paper's passages as lines, one after the other: what was said before tells how the next one is said."""

import re
from collections.abc import Mapping, Sequence

from podcast.show.schema import Brief, Document, Line
from podcast.writers import persons, quoting
from podcast.writers.excerpts import Passage
from podcast.writers.longforms import in_place, meanings, numbered, several

_AUTHORS = re.compile(
    r"((?:(?:To|By|For|With|In|On|Through|Across) [^,.;:]{3,80}, )?)([Tt])he authors('?)(?= )(?! of\b)"
)
"""Where a line speaks of the authors first, behind no more than a phrase; those of something are others."""
_SOMEBODY = re.compile(r"\bauthors of\b|[a-z0-9%)\"”][.!?] (?!(?:They|Their|The authors|It|Its)\b)[A-Z]")
"""Where it then speaks of others, or has a sentence about something else, which "they" may be."""
_AGAIN = re.compile(r"(?<=[a-z0-9%)][.] )The authors('?)(?= )(?! of\b)")


class Words:
    """The short forms of one paper, and how many authors it has."""

    def __init__(self, brief: Brief, document: Document, authors: Sequence[str]) -> None:
        self.meanings = meanings(brief, document)
        self.used: Mapping[str, int] = quoting.short_forms(document.sentences())
        self.one = len(authors) == 1


class Aloud:
    """Says the passages of one paper: a short form in full at first, and the authors by "they" behind a line of theirs;
    where there is one author, it says so."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._introduced: set[str] = set()
        """The short forms that were said, and may be said again."""
        self._in_full: set[str] = set()
        """Those whose words were said in their place."""
        self._authors = ""
        """The chapter whose last line spoke of the authors, and of nobody after them."""

    def between(self, chapter: str = "") -> None:
        """Take note of a line that is not read from the paper: "they" are the authors behind it only in `chapter`."""
        self._authors = chapter

    def line(self, chapter: str, host: str, one: Passage) -> Line:
        """Return the passage as a line; a short form that was not introduced is said in full."""
        told = {short: count for short, count in self._words.used.items() if short not in self._introduced}
        plain = one.said(told)
        text, paths, said = plain, list(one.paths), set()
        for short, (words, path) in self._words.meanings.items():
            spot = re.search(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text)
            if not spot or short in self._introduced:
                continue
            said.add(short)
            if words.lower() not in text.lower() and path:
                text = in_place(text, spot, numbered(words, plural=several(spot[0])), both=short in self._in_full)
                paths += [] if path in paths else [path]
        if len(text.split()) > quoting.MOST_WORDS:
            text, paths, said = plain, list(one.paths), set()
        spoken = {short for short in said if re.search(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text)}
        self._introduced |= spoken
        self._in_full |= said - spoken
        paths += [path for path in one.besides if path not in paths]
        text = self._they(text, chapter)
        return Line(
            host=host, text=persons.of_one(text) if self._words.one else text, chapter=chapter, claims=tuple(paths)
        )

    def _they(self, text: str, chapter: str) -> str:
        """Return the text with "they" for the authors where the line before spoke of them, or a sentence of its own."""
        spot = _AUTHORS.match(text)
        if spot and self._authors == chapter:
            word = "their" if spot[3] else "they"
            text = f"{spot[1]}{word.capitalize() if spot[2] == 'T' else word}{text[spot.end() :]}"
        others = spot and (_SOMEBODY.search(text, spot.end()) or persons.of_others(text[spot.end() :]))
        self._authors = chapter if spot and not others else ""
        if spot:
            text = _AGAIN.sub(lambda again: "Their" if again[1] else "They", text)
        return text
