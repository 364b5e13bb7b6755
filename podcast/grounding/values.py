"""What a numeral in digits is worth, with its powers and its scale.

>>> value_of(NUMERALS["en"].search("1.5 million tokens"))
(Decimal('1500000.0'), True)
>>> value_of(NUMERALS["en"].search("a rate of 3e-4"))
(Decimal('0.0003'), True)
>>> value_of(NUMERALS["en"].search("12 tasks"))
(Decimal('12'), False)
"""

import re
from decimal import ROUND_HALF_UP, Decimal

SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6, "billion": 10**9,
    "bn": 10**9, "b": 10**9, "trillion": 10**12, "t": 10**12, "tausend": 10**3, "millionen": 10**6, "mrd.": 10**9,
    "mio.": 10**6, "milliarde": 10**9, "milliarden": 10**9, "billionen": 10**12, "mille": 10**3, "millions": 10**6,
    "milliard": 10**9, "milliards": 10**9, "mil": 10**3, "mil millones": 10**9, "millón": 10**6, "millones": 10**6,
    "billones": 10**12, "万": 10**4, "亿": 10**8,
}  # fmt: skip
_ENGLISH = "hundred thousand|hundred|thousand|million|billion|trillion|bn|mn"
_ABROAD = {
    "de": "tausend|millionen|million|milliarden|milliarde|billionen|mrd\\.|mio\\.", "zh": "万|亿",
    "fr": "mille|millions?|milliards?", "es": "mil millones|mil|millón|millones|billones",
}  # fmt: skip


def _numeral(scales: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![\w)\]%.\0])(?P<sign>[-+±]|(?i:minus |plus )))?"
        r"(?P<money>(?:US)?[$€£¥] ?)?"
        r"(?:(?<![A-Za-z_.\d])(?<!\d,)|(?<=\dx))"
        r"(?P<number>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w])\.\d+)"
        r"(?:e(?P<e>[-+]?\d{1,3})(?!\w)"
        r"|\^\(?(?P<power>-?\d{1,3})\)?| to the (?:power of )?(?P<said>(?:minus )?\d{1,3}(?:th)?|second|third)(?!\w))?"
        r"(?: ?(?:×|x|\*|times) ?10(?:\^\(?(?P<ten>-?\d{1,3})\)?"
        r"| to the (?:power of )?(?P<tens>(?:minus )?\d{1,3}(?:th)?|second|third)(?!\w)))?"
        rf"(?:(?P<letter>[kKmMbBT])(?![A-Za-z0-9])|[ -]?(?P<scale>{scales})(?![a-z])| (?P<far>[KMBT])(?!\w))?"
    )


NUMERALS = {"en": _numeral(f"(?i:{_ENGLISH})")} | {
    language: _numeral(f"(?i:{scales}|{_ENGLISH})") for language, scales in _ABROAD.items()
}


_KEPT = 26
"""Digits of which decimals are exact as they are set."""


def whole(value: Decimal) -> bool:
    """Return whether a value is a whole number, of any size.

    >>> whole(Decimal("1e50")), whole(Decimal("2.5"))
    (True, False)
    """
    return value == value.to_integral_value()


def to_last_digit(value: Decimal, to: Decimal) -> Decimal:
    """Return the value rounded half up to the last digit of `to`; one that has more digits than are kept as it is.

    >>> to_last_digit(Decimal("27.08"), Decimal(1)), to_last_digit(Decimal("1e50"), Decimal("0.1"))
    (Decimal('27'), Decimal('1E+50'))
    """
    last = to.as_tuple().exponent
    exact = isinstance(last, int) and value.adjusted() - last < _KEPT
    return value.quantize(to, ROUND_HALF_UP) if exact else value


def scale_of(match: re.Match[str]) -> int:
    word = (match["letter"] or match["far"] or match["scale"] or "").lower()
    return 100_000 if word == "hundred thousand" else SCALES[word] if word else 1


def value_of(match: re.Match[str]) -> tuple[Decimal, bool]:
    """Return the value of a numeral with its powers and its scale, and whether it has a scale."""
    value = Decimal(match["number"].replace(",", ""))
    if match["e"]:
        value = value.scaleb(int(match["e"]))
    said = match["power"] or match["said"]
    if said and len(match["number"]) <= 4:
        power = _power(said)
        value = value**power if value and abs(power) <= 99 else value
    ten = match["ten"] or match["tens"]
    if ten:
        value = value.scaleb(_power(ten))
    scale = scale_of(match)
    return value * scale, bool(scale > 1 or said or ten or match["e"])


def _power(said: str) -> int:
    said = said.lower()
    if said in ("second", "third"):
        return 2 if said == "second" else 3
    return int(said.removesuffix("th").replace("minus ", "-"))
