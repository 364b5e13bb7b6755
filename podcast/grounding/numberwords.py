"""The words that numbers are made of, in English, German, French and Spanish.

>>> worth_of("forty", "en"), worth_of("zweiundvierzig", "de")
(40, 42)
>>> worth_of("model", "en")  # None: it is worth nothing
>>> TONGUES["fr"].scales["mille"]
1000
"""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of a language that numbers are made of."""

    ones: dict[str, int]
    """Everything below a hundred that is one word."""
    hundreds: frozenset[str]
    scales: dict[str, int]
    points: frozenset[str]
    links: frozenset[str]
    """Words between parts of one number: "and", "und", "et", "y"."""
    bare: frozenset[str]
    """Hundreds and scales that stand for one of their kind alone: "mille", "tausend", "dozen"; others in English
    after "a" only."""
    ordinals: dict[str, int]


def _count(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + step * index for index, word in enumerate(words.split())}


_ENGLISH = Tongue(
    _count("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen")
    | _count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    frozenset({"hundred"}),
    {"dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    frozenset({"point"}), frozenset({"and"}), frozenset({"dozen"}),
    _count("fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
           "seventeenth eighteenth nineteenth twentieth", 4) | {"thirtieth": 30},
)  # fmt: skip
ORDINAL_ONES = {"first": 1, "second": 2, "third": 3}
"""Ordinals only after tens: alone they count turns of the talk."""

_FRENCH = Tongue(
    _count("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
    | _count("vingt trente quarante cinquante soixante septante octante nonante", 20, 10)
    | {"une": 1, "vingts": 20, "huitante": 80},
    frozenset({"cent", "cents"}),
    {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    frozenset({"virgule"}), frozenset({"et"}), frozenset({"cent", "mille"}), {},
)  # fmt: skip
_SPANISH = Tongue(
    _count("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
           "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
           "veintisiete veintiocho veintinueve")
    | _count("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | _count("cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
             100, 100)
    | {"un": 1, "una": 1, "ciento": 100, "veintiún": 21},
    frozenset(),
    {"mil": 10**3, "millón": 10**6, "millones": 10**6, "billón": 10**12, "billones": 10**12},
    frozenset({"coma", "punto"}), frozenset({"y"}), frozenset({"mil"}), {},
)  # fmt: skip
_GERMAN_ONES = _count("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
                      "sechzehn siebzehn achtzehn neunzehn")  # fmt: skip
_GERMAN_TENS = _count("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_GERMAN = Tongue(
    {}, frozenset(),
    {"tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9,
     "billion": 10**12, "billionen": 10**12},
    frozenset({"komma"}), frozenset({"und"}), frozenset(), {},
)  # fmt: skip
TONGUES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


@cache
def _german() -> dict[str, int]:
    """Return every German number word below a thousand."""
    ones = {"ein": 1, "eine": 1, "einer": 1, "einen": 1} | _GERMAN_ONES | _GERMAN_TENS
    joined = {word: value for word, value in ones.items() if value < 10 and word not in ("null", "eins")}
    below = ones | {
        f"{one}und{ten}": value + tens for one, value in joined.items() for ten, tens in _GERMAN_TENS.items()
    }
    hundreds = {"hundert": 100} | {f"{one}hundert": 100 * value for one, value in joined.items()}
    sums = {hundred + word: value + more for hundred, value in hundreds.items() for word, more in below.items() if more}
    return below | hundreds | sums


def worth_of(word: str, language: str) -> int | None:
    """Return the value of a word that has one below a thousand, in German below a million; None for any other."""
    if language != "de":
        return TONGUES[language].ones.get(word)
    known = _german()
    if word in known:
        return known[word]
    thousands, found, rest = word.partition("tausend")
    if found and (thousands in known or not thousands) and (rest in known or not rest):
        return known.get(thousands, 1) * 1000 + known.get(rest, 0)
    return None
