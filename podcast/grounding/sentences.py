"""The evidence as it is compared with: each sentence read once, with its figures, its names, what it says.

>>> read_once = sentence("BERT gains 8 points on CIFAR-10.")
>>> [(held.figure.spoken, held.said.holder, held.said.place) for held in read_once.figures]
[('8', 'bert', 'cifar10')]
>>> [(one.kind, f"{one.value:f}") for one in sums(("from 60 to 72 points",))][:2]
[('difference', '12'), ('sum', '132')]
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from podcast.grounding import arithmetic, contexts, names, statements
from podcast.grounding.digits import in_digits
from podcast.grounding.figure import Figure, hidden, read
from podcast.show import ear


@dataclass(frozen=True, slots=True)
class Held:
    """A figure of the evidence, what is said of it, and what it is bound to."""

    figure: Figure
    said: statements.Said
    bound: contexts.Bound


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the evidence, read once."""

    text: str
    figures: tuple[Held, ...]
    """What is said twice stands once."""
    values: frozenset[Decimal]
    """Of the figures, but for ratios."""
    holders: frozenset[str]
    measured_on: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    called: frozenset[str]
    """Stems of what it calls by name: words with capitals or digits, and the authors."""
    people: frozenset[str]
    """Keys of whole names, where the text is a list of people."""
    language: str = "en"
    """In which it is written: English or the show's."""


_CALLED = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w@.'-]*\w|\b\w+-?\d[\w-]*")
_ASIDE = re.compile(r" ?\([^()]{0,300}\)")
_PERSON = r"[A-ZÀ-Þ][\w'’.-]*(?: [A-Za-zÀ-ÿ][\w'’.-]*){1,4}"
_PEOPLE = re.compile(rf"{_PERSON}(?:[;,] {_PERSON})*")


_SURE = 0.9
"""Of 591 English sentences of papers none sounds so surely of de, fr, es, it, pt, nl, pl, tr, id or ro; of verbatim
ones of those languages few sound less so."""


@lru_cache(maxsize=4096)
def language_of(text: str, language: str) -> str:
    """Return the language of a sentence of a paper: that of the show where it is surely in it, else English.

    >>> language_of("Es sind zwölf Schichten.", "de"), language_of("It has 12 layers.", "de")
    ('de', 'en')
    """
    if language == "en":
        return language
    heard, sure = ear.heard(text, language, "en")
    return heard if sure >= _SURE else "en"


@lru_cache(maxsize=4096)
def sentence(text: str, language: str = "en") -> Sentence:
    """Return the sentence with its figures, its names, and what it says of the figures; `language` is the show's."""
    language = language_of(text, language)
    digits = in_digits(text, language)
    found = _ranged(digits.text, read(digits, language, hidden(digits.text)))
    references = frozenset(key for place in names.places(digits.text) for key in place.keys)
    known = names.keys(digits.text)
    if "(" in digits.text:
        known |= names.keys(_ASIDE.sub("", digits.text))  # d(M)LLMs and asides between two words
    said = statements.say_of(digits.text, found)
    once = {(held.figure.value, held.figure.unit, held.figure.bound, held.said, held.bound): held
            for held in map(Held, found, said, contexts.bound(digits.text, found))}  # fmt: skip
    people = re.split(r"[;,] ", text) if _PEOPLE.fullmatch(text) else []
    return Sentence(
        digits.text, tuple(once.values()), frozenset(figure.value for figure in found if not figure.ratio),
        frozenset(around.holder for around in said), frozenset(around.place for around in said), known, references,
        contexts.content(" ".join(_CALLED.findall(digits.text))) | {"=ours"},
        frozenset(names.key(person) for person in people), language,
    )  # fmt: skip


_DASH = re.compile(r"(?: ?%|x|×)? ?[-–—]{1,3} ?")


def _ranged(text: str, found: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures with the first of a range as the least, and the last as the most: of 50-64 points."""
    ends = list(found)
    for index, (first, last) in enumerate(itertools.pairwise(found)):
        rising = first.unit == last.unit != "" and first.value < last.value
        if rising and last.bound in ("", "about") and _DASH.fullmatch(text, first.end, last.start):
            ends[index] = replace(first, bound="over", word="at least")
            ends[index + 1] = replace(last, bound="under", word="up to")
    return tuple(ends)


@lru_cache(maxsize=1024)
def sums(sentences: tuple[str, ...], language: str = "en") -> tuple[arithmetic.Sum, ...]:
    """Return what the figures of each sentence come to, two by two; those of two sentences where they are few."""
    several = [[held.figure for held in sentence(text, language).figures] for text in sentences]
    together = [figure for figures in several for figure in figures]
    groups: Sequence[Sequence[Figure]] = [together] if len(together) <= 6 else several
    return tuple(one for figures in groups for one in arithmetic.sums(figures))
