"""What a term means in general, in our own words; a show's own glossary goes before ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from podcast.show import store
from podcast.show.errors import ConfigError
from podcast.show.packaged import folder

COMMON = "# What most listeners know"
"""The remark after which a glossary's terms are common."""


_ASKED = re.compile(r"What (?:(is|are) (.+)|(does|do) (.+) (mean|measure|show|tell|count|say))\?")
_THING = re.compile(
    r"(?:A|An|The) (?:[\w-]*[^s\s] ){1,3}?(?:of|that|which|who|to|for|in|where|with|by|between|from|on) "
)
"""How an answer begins that is a thing, and no sentence of its own."""
_SMALL = frozenset({"A", "An", "The", "That", "How", "What", "Which", "Where", "When", "Who", "Whether", "To", "Of"})
"""The words that an answer begins with which are written small within a sentence."""


@dataclass(frozen=True)
class Entry:
    """A term: what it is written as, what one asks about it, and the answer."""

    forms: tuple[str, ...]
    question: str
    answer: str
    own: bool = False
    """Whether it is the show's."""
    common: bool = False
    """Whether most listeners know it: it is explained where there is nothing rarer."""
    beside: tuple[str, ...] = ()
    """How words begin of which one stands in the text, or the term has another sense there; () for any text."""
    never: tuple[str, ...] = ()
    """How words begin of which none does, or it has another sense."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the term."""
        return re.compile(rf"(?<![\w-])(?:{_any(self.forms)})(?![\w-])")

    @property
    def named(self) -> str:
        """The term at the beginning of a sentence."""
        return self.forms[0][0].upper() + self.forms[0][1:]

    @property
    def told(self) -> str:
        """What it means in one sentence, where nobody asks."""
        begin, space, rest = self.answer.partition(" ")
        asked = _ASKED.fullmatch(self.question)
        if not asked or begin not in _SMALL:
            return f"{self.named}: {self.answer}"
        be, one, does, other, verb = asked.groups()
        subject, verb = (one, be) if be else (other, f"{verb}s" if does == "does" else verb)
        if "," in subject or subject.startswith("that ") or (be and not _THING.match(self.answer)):
            return f"{self.named}: {self.answer}"
        return f"{subject[0].upper()}{subject[1:]} {verb} {begin.lower()}{space}{rest}"

    def found(self, text: str) -> re.Match[str] | None:
        """Return where the text has the term, in our sense; None where it has another one, or the text has none."""
        spot = self.pattern.search(text)
        if not spot or (self.beside and not _begins(self.beside).search(text)):
            return None
        return None if self.never and _begins(self.never).search(text) else spot


def _any(forms: Sequence[str]) -> str:
    """Return a pattern of the forms: those with capitals as they are written, others in any case."""
    return "|".join(re.escape(form) if form != form.lower() else f"(?i:{re.escape(form)})" for form in forms)


@lru_cache(maxsize=512)
def _begins(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a word that begins so; a number may stand before it, as in 4bit."""
    return re.compile(rf"(?<![^\W\d_])(?:{_any(words)})")


def read(text: str, name: str, *, own: bool = False) -> Iterator[Entry]:
    """Yield the entries of a glossary's text; raises ConfigError naming a line that is none."""
    common = False
    for number, row in enumerate(text.splitlines(), 1):
        common = common or row.startswith(COMMON)
        if not row.strip() or row.startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        told, sense = cells[:3], [cell.partition(": ") for cell in cells[3:]]
        known = all(kind in ("with", "without") and words for kind, _, words in sense)
        if len(told) < 3 or not all(told) or not told[1].endswith("?") or not known:
            raise ConfigError(
                f"{name}, line {number}: a term is its forms, a question and an answer, with tabs between; then, where "
                "it has another sense too, how words begin that stand beside it (with: …) or do not (without: …)",
                "such as: FID<TAB>What does FID measure?<TAB>How far generated pictures are from real ones.",
            )
        senses = {kind: _parted(words) for kind, _, words in sense}
        forms, beside, never = _parted(told[0]), senses.get("with", ()), senses.get("without", ())
        yield Entry(forms, told[1], told[2], own, common, beside, never)


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(part for one in cell.split("|") if (part := one.strip()))


@lru_cache(maxsize=8)
def load(own: Path | None = None) -> Sequence[Entry]:
    """Return the show's own entries, where it has any, before ours."""
    mine = tuple(read(store.read_text(own), str(own), own=True)) if own and own.is_file() else ()
    ours = folder("writers", "glossary.tsv").read_text("utf-8")
    return (*mine, *read(ours, "glossary.tsv"))


def choose(texts: Sequence[str], entries: Sequence[Entry], most: int) -> Sequence[Entry]:
    """Return at most so many terms of the texts: the show's own, then the rare ones as they come.

    Terms that most listeners know are among them only where there is none else; no two share a form or an answer.
    """
    present = [
        (entry.common, not entry.own, next(place for place, text in enumerate(texts) if entry.found(text)), number)
        for number, entry in enumerate(entries)
        if any(entry.found(text) for text in texts)
    ]
    chosen: list[Entry] = []
    for common, _, _, number in sorted(present):
        fits = not any(_akin(entries[number], other) for other in chosen)
        if len(chosen) < most and fits and not (common and chosen):
            chosen.append(entries[number])
    return tuple(chosen)


def _akin(one: Entry, other: Entry) -> bool:
    """Whether one term holds the other, or both have one answer."""
    return one.answer == other.answer or any(
        a.lower() in b.lower() or b.lower() in a.lower() for a in one.forms for b in other.forms
    )
