"""How languages write a number in digits: which sign parts the decimals, and which the thousands.

>>> in_english("10.000 Sätze, 2,5 Prozent, Llama 3.1", "de")
'10000 Sätze, 2.5 Prozent, Llama 3.1'
>>> in_english("12 500 pages", "fr"), in_english("12,500 pages", "en")
('12500 pages', '12500 pages')
"""

import re
from functools import cache

_COMMA_THEN_POINT = "de es it pt nl tr"
_COMMA_THEN_SPACE = "fr pl ru"
MARKS = {"": (".", ",")} | dict.fromkeys(_COMMA_THEN_POINT.split(), (",", ".")) \
    | dict.fromkeys(_COMMA_THEN_SPACE.split(), (",", " "))  # fmt: skip
"""By language the sign before decimals and the one between thousands, as in CLDR 47 (`numbers/symbols`); English,
Chinese, Japanese, Korean, Arabic and Hindi in Latin digits write as "" does."""

_THIN = "\u00a0\u202f\u2009"
"""Spaces that no line breaks at: between thousands in any language."""


def in_english(text: str, language: str) -> str:
    """Return the text with every number as English writes it, thousands undivided: 1.056,5 in German is 1056.5.

    What the language would not write, such as 3.1 in German, stays: it is a version, or was copied from English. So
    are 1,000 and 1,234,567, which can be no decimals.
    """
    written, decimal = _written(language.lower().replace("_", "-").partition("-")[0])
    return written.sub(lambda match: _english(match[0], decimal), text)


@cache
def _written(language: str) -> tuple[re.Pattern[str], str]:
    """Return what a number with thousands or decimals looks like, and the sign before its decimals."""
    decimal, thousand = MARKS.get(language, MARKS[""])
    between = f"[{_THIN}{re.escape(thousand)}]"
    grouped = rf"[1-9]\d{{0,2}}({between})\d{{3}}(?:\1\d{{3}}){{0,4}}(?!\d)(?:{re.escape(decimal)}\d{{1,15}})?"
    plain = rf"\d{{1,15}}{re.escape(decimal)}\d{{1,15}}"
    copied = r"[1-9]\d{0,2}(?:(?:,\d{3}){2,4}|,000)(?!\d)"
    return re.compile(rf"(?<![A-Za-z0-9_.,])(?:{copied}|{grouped}|{plain})(?![A-Za-z0-9_]|[.,]\d)"), decimal


def _english(written: str, decimal: str) -> str:
    if re.fullmatch(r"\d+(?:(?:,\d{3}){2,}|,000)", written):
        return written.replace(",", "")
    whole, sign, part = written.partition(decimal)
    return re.sub(r"\D", "", whole) + (f".{part}" if sign else "")
