"""What a numeral in digits is worth, with its powers and its scale.

>>> value_of(numerals("en").search("1.5 million tokens"))
(Decimal('1500000.0'), True)
>>> value_of(numerals("en").search("a rate of 3e-4"))
(Decimal('0.0003'), True)
>>> value_of(numerals("en").search("12 tasks"))
(Decimal('12'), False)
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from podcast.show.iso639 import UNSPACED
from podcast.speech import cldr

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "t": 10**12,
}  # fmt: skip
_ENGLISH = "dozen|hundred thousand|hundred|thousand|million|billion|trillion|bn|mn"
_MYRIADS = "千 3 万 4 百万 6 千万 7 亿 8 万亿 12"
_MORE = {
    "de": "mrd. 9 mio. 6", "fr": "millier 3 milliers 3 milliard 9 mrd 9 md 9", "it": "mille 3 mln 6 mld 9",
    "es": "millón 6", "pt": "mil_milhões 9 milhares 3 mi 6 bi 9 tri 12", "nl": "mln. 6 mln 6 mld. 9 mld 9",
    "pl": "tys. 3 mln 6 mld 9", "ru": "тыс. 3 млн 6 млрд 9 трлн 12", "uk": "тис. 3 млн 6 млрд 9 трлн 12",
    "ar": "ألفا 3 مليونا 6 مليارات 9 بليون 9 تريليون 12",
    "hi": "हजार 3 लाख 5 मिलियन 6 करोड़ 7 बिलियन 9 खरब 11 ट्रिलियन 12", "tr": "mn 6 mr 9 milyar 9",
    "zh": f"{_MYRIADS} 萬 4 百萬 6 億 8 兆 12",
    "ja": f"{_MYRIADS} 億 8 兆 12", "ko": "천 3 만 4 백만 6 천만 7 억 8 조 12",
}  # fmt: skip
"""Scales that CLDR has no word for, and their short and further forms, each with its power of ten; _ is a space."""


@cache
def scales(language: str) -> Mapping[str, int]:
    """Return what the scales of a language are worth, by their words in small letters; Billion is German for 10**12.

    >>> scales("de")["billion"], scales("es")["mil millones"], scales("hi")["लाख"]
    (1000000000000, 1000000000, 100000)
    """
    if language == "en":
        return SCALES
    more = _MORE.get(language, "").split()
    named = {word: 10 ** int(power) for word, power in zip(more[::2], more[1::2], strict=True)}
    known = {word: 10**power for power in (3, 6, 9, 12) for word in cldr.scale_forms(power, language)} | named
    own = {unicodedata.normalize("NFKC", word.replace("_", " ")).lower(): worth for word, worth in known.items()}
    return SCALES | own


@cache
def numerals(language: str) -> re.Pattern[str]:
    """Return what a numeral in digits looks like in a text of the language, with its powers and its scale."""
    if language == "en":
        return _numeral(f"(?i:{_ENGLISH})(?![a-z])")
    words = sorted((word for word in scales(language) if len(word) > 1 or not word.isascii()), key=len, reverse=True)
    spaced = "|".join(map(re.escape, ("hundred thousand", *(word for word in words if ord(word[0]) < _HAN))))
    unspaced = "|".join(map(re.escape, (word for word in words if ord(word[0]) >= _HAN)))
    below = rf"(?: ?(?P<rest>\d{{1,4}})(?P<under>{unspaced}))?" if language in UNSPACED else ""  # 1億2000万
    end, prefix = (r"(?![A-Za-z])", rf"(?!{_MEASURES})") if language in UNSPACED else (r"(?!\w)", "")
    return _numeral(f"(?i:{spaced}){end}" + (f"|(?:{unspaced}){prefix}" if unspaced else ""), below)


_MEASURES = "克|米|瓦|字节|位元|比特|赫|卡|帕|伏|焦|兆|内存|각"
"""Before these 千 and 兆 are no scales, but kilo and mega: 5千克; 3조각 are three pieces."""
_HAN = 0x2E80
"""Signs from here on part words by no space."""


def _numeral(scales: str, below: str = "") -> re.Pattern[str]:
    return re.compile(
        r"(?:(?<![\w)\]%.\0])(?P<sign>[-+±]|(?i:minus |plus )))?"
        r"(?P<money>(?:US)?[$€£¥] ?)?"
        r"(?:(?<![A-Za-z_.\d])(?<!\d,)|(?<=\dx))"
        r"(?P<number>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w])\.\d+)"
        r"(?:e(?P<e>[-+]?\d{1,3})(?!\w)"
        r"|\^\(?(?P<power>-?\d{1,3})\)?| to the (?:power of )?(?P<said>(?:minus )?\d{1,3}(?:th)?|second|third)(?!\w))?"
        r"(?: ?(?:×|x|\*|times) ?10(?:\^\(?(?P<ten>-?\d{1,3})\)?"
        r"| to the (?:power of )?(?P<tens>(?:minus )?\d{1,3}(?:th)?|second|third)(?!\w)))?"
        rf"(?:(?P<letter>[kKmMbBT])(?![A-Za-z0-9])|[ -]?(?P<scale>{scales}){below}| (?P<far>[KMBT])(?!\w))?"
    )


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


def scale_of(match: re.Match[str], language: str = "en") -> int:
    """Return what the scale of a numeral is worth, 1 where it has none."""
    if letter := match["letter"] or match["far"]:
        return SCALES[letter.lower()]
    word = (match["scale"] or "").lower()
    return 100_000 if word == "hundred thousand" else scales(language)[word] if word else 1


def value_of(match: re.Match[str], language: str = "en") -> tuple[Decimal, bool]:
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
    scale = scale_of(match, language)
    if language in UNSPACED and match["rest"]:
        value += Decimal(int(match["rest"]) * scales(language)[match["under"]]) / scale
    return value * scale, bool(scale > 1 or said or ten or match["e"])


def _power(said: str) -> int:
    said = said.lower()
    if said in ("second", "third"):
        return 2 if said == "second" else 3
    return int(said.removesuffix("th").replace("minus ", "-"))
