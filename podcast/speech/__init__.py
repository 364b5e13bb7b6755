"""From written to spoken: a line's text as a voice reads it, with no digit and no symbol left.

It may use show alone.

Each pass is a table or a few rules of one module. Until `read_numbers`, numbers stay digits, so that a
rule sees `16x3.8B` and not its words. Every pattern is anchored or bounded, so the work grows with the text.

>>> say("It costs 6% of 3.8B parameters.", Lexicon())
'It costs six percent of three point eight billion parameters.'
>>> say("An lr of 1e-4 (Wei et al., 2022) → 91.5%", Lexicon())
'An lr of ten to the minus four to ninety-one point five percent'
>>> say("12,5 % mehr", Lexicon(), "de")
'zwölf Komma fünf Prozent mehr'
"""

import re
from collections.abc import Callable
from functools import partial

from podcast.speech import cldr, tables
from podcast.speech.abbreviations import expand_abbreviations
from podcast.speech.addresses import read_addresses
from podcast.speech.characters import lost_characters, read_characters
from podcast.speech.citations import drop_citations
from podcast.speech.digits import read_digits
from podcast.speech.languages import say_foreign
from podcast.speech.lexicon import Lexicon
from podcast.speech.moments import read_moments
from podcast.speech.names import read_names
from podcast.speech.numerals import read_numbers
from podcast.speech.punctuation import read_punctuation
from podcast.speech.quantities import read_quantities
from podcast.speech.relations import read_relations
from podcast.speech.tex import read_mangled_tex, read_tex

__all__ = ["Lexicon", "say", "unsaid"]

_ROUNDS = 6  # a text settles in two rounds; hostile ones have needed three
_REMEMBERED = 10_000
"""Texts, of which a lexicon knows what became of them."""


def say(text: str, lexicon: Lexicon, language: str = "en") -> str:
    """Return `text` as a voice should read it; `say` of the result is the result.

    In English it holds only letters, spaces and the signs ' , . ? ! : ; and -. In other languages numbers are put in
    words, what the lexicon knows is said by it, and addresses, citations, markup and control characters are taken out.
    A text that would lose all its words so, such as "<A>" or "[12]", is said by its bare letters and digits.
    """
    base = cldr.code(language)
    said = lexicon.said.get((base, text))
    if said is None:
        said = _say(text, lexicon, base)
        if len(lexicon.said) >= _REMEMBERED:
            lexicon.said.clear()
        lexicon.said[base, text] = said
    return said


def _say(text: str, lexicon: Lexicon, base: str) -> str:
    once = (
        partial(_say_english, lexicon=lexicon) if base == "en" else partial(say_foreign, language=base, lexicon=lexicon)
    )
    said = _settled(text, once)
    if any(sign.isalpha() for sign in said):
        return said
    return _settled(" ".join(re.findall(r"[^\W_]+", text)), once)


def unsaid(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the signs of an English text that no rule takes, which `say` therefore drops; "TeX" is a command of it."""
    left = _SAID.sub("", _through(text, _passes(lexicon)[:-1]))
    return (*lost_characters(text), *("TeX" if sign == tables.UNKNOWN else sign for sign in left))


_SAID = re.compile(r"[A-Za-z' ,.?!:;()\[\]\x02{}\"_~-]")
"""What the last pass says, and brackets, quotes and joints, which it may take out."""


def _say_english(text: str, lexicon: Lexicon) -> str:
    return _through(text, _passes(lexicon)).strip()


def _through(text: str, passes: tuple[Callable[[str], str], ...]) -> str:
    for read in passes:
        text = re.sub(r"\s+", " ", read(text))
    return text


def _passes(lexicon: Lexicon) -> tuple[Callable[[str], str], ...]:
    return (
        read_characters,
        read_addresses,
        read_tex,
        read_mangled_tex,
        drop_citations,
        read_digits,
        read_moments,
        read_relations,
        read_quantities,
        expand_abbreviations,
        partial(read_names, lexicon=lexicon),
        read_numbers,
        read_punctuation,
    )


def _settled(text: str, once: Callable[[str], str]) -> str:
    """Return what `once` makes of `text` when it changes nothing more: what signs held apart may join."""
    for _ in range(_ROUNDS):
        before, text = text, once(text)
        if text == before:
            break
    return text
