"""What signs are called in the languages that the prompts know: `tongues.toml`. Numbers and units are spelled by CLDR.

>>> tongue("de").point, tongue("xx").point
('Komma', '')
>>> tongue("es").signs["≈"], tongue("ja").times["other"]
('aproximadamente', '{0}倍')
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from podcast.show import packaged


@dataclass(frozen=True)
class Tongue:
    """How one language says what stands around numbers; {0} is what is said of, {1} what is added to it."""

    cardinal: str = "spellout-numbering"
    """CLDR's rules for numbers by themselves."""
    rules: str = "spellout-cardinal-{}"
    """CLDR's rules for numbers in a gender or case."""
    digits: str = ""
    """The ten figures, where they are no cardinals."""
    join: str = " "
    """What stands between words."""
    pause: str = ", "
    """Between two numbers that would be heard as one: H100 80GB, Llama-2-13B."""
    point: str = ""
    version: str = ""
    """The point of Llama 3.1, where it is not that of a decimal."""
    to: str = ""
    """Between the ends of a range."""
    to_form: str = ""
    """The case of its end."""
    ratio: str = ""
    """Between 16 and 9."""
    signs: Mapping[str, str] = field(default_factory=dict)
    product: str = ""
    """Between factors, where × between the sides of a picture is another word."""
    below: tuple[str, str] = ("", "")
    """What < and > are before a number alone: less than, more than."""
    about_form: str = ""
    """The case of a number that is about so."""
    follows: str = ""
    """Between a variable and its distribution: x ~ N(0, I)."""
    percent: str = ""
    """Where CLDR has no word for the sign."""
    times: Mapping[str, str] = field(default_factory=dict)
    """2.5x, by plural category."""
    power: str = ""
    ordinal_power: str = ""
    """The form of an exponent that is an ordinal."""
    square: str = ""
    cube: str = ""
    per: str = ""
    """Where CLDR has only a stroke."""
    of: str = ""
    """Between a million and what there is a million of."""
    clock: tuple[str, str] = ("", "")
    """The hour alone, and with minutes."""
    date: str = ""
    """Of {day}, {month} and {year}."""
    first: str = ""
    """The first of a month, where the others are cardinals."""
    cents: str | None = None
    """Between 22 euros and 50, "" for nothing, None where a price is said as a decimal."""
    money: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Currencies that are called shorter than in CLDR: by code, then by plural category."""
    units: Mapping[str, str] = field(default_factory=dict)
    """What is written otherwise than elsewhere, as CLDR's unit or as a pattern."""
    scales: Mapping[str, int] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations before numbers and in prose, in full."""
    link: str = ""
    """What a listener is told in place of an address."""
    over: str = ""
    """A fraction that has no word of its own."""
    out_of: str = ""
    """So many of so many."""
    things: str = "(?!)"
    """The pattern of nouns that 4/5 counts."""
    before_number: Mapping[str, str] = field(default_factory=dict)
    before_name: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations that are such only there: S. 12, M. Dupont."""
    openers: str = "(?!)"
    """The pattern of words that begin a sentence and have no version behind them."""
    measures: str = "(?!)"
    """The pattern of what a decimal measures: no version stands before it."""
    applied: str = ""
    """Between f and x in f(x)."""
    given: str = ""
    """Between A and B in P(A|B)."""
    root: str = ""
    """The square root of {0}."""
    greek: str = ""
    """What the letters from alpha to omega are called, where it is not as in English."""
    at: str = ""
    """The sign in pass@1."""


_OTHER = Tongue()


def tongue(language: str) -> Tongue:
    """Return what a language calls the signs; of one that is not here, only what CLDR's rules need."""
    return _all().get(language, _OTHER)


@cache
def _all() -> Mapping[str, Tongue]:
    path = packaged.folder("speech") / "tongues.toml"
    tables = tomllib.loads(path.read_text("utf-8")).items()
    return {language: Tongue(**{key: _frozen(value) for key, value in row.items()}) for language, row in tables}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
