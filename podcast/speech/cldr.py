"""What Unicode's CLDR knows of a language: the signs of its numbers, months, units, currencies, million and billion.

>>> marks("de"), marks("xx")
((',', '.'), ('.', ','))
>>> unit("length-kilometer", "pl", "5"), unit("length-kilometer", "pl", "2.5")
('{0} kilometrów', '{0} kilometra')
>>> months("es")[4]
'mayo'

`cldr.json` is made by `tests/speech/make_cldr.py` and says of which languages what is there.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from podcast.show import packaged
from podcast.show.iso639 import base, primary


@cache
def _all() -> Mapping[str, Mapping[str, Any]]:
    return dict(json.loads((packaged.folder("speech") / "cldr.json").read_bytes()))


def code(tag: str) -> str:
    """Return the code by which a language's numbers are known: its own, else that of which it is another name.

    >>> code("nb-NO"), code("cmn"), code("deu"), code("qq")
    ('nb', 'zh', 'de', 'qq')
    """
    own = primary(tag)
    return own if own in _all() else base(own)


def marks(language: str) -> tuple[str, str]:
    """Return the sign before decimals and the one between thousands; of an unknown language, those of English."""
    decimal, thousand = _all().get(language, {}).get("marks", (".", ","))
    return decimal, thousand


def months(language: str) -> tuple[str, ...]:
    """Return the twelve names as they stand in a date; none where they are not known."""
    return tuple(_all().get(language, {}).get("months", ()))


def unit(name: str, language: str, number: str) -> str:
    """Return the pattern of a unit such as "length-kilometer" beside a number in digits, "" where there is none."""
    return _form(_named(language, "units", name), language, number)


def per(name: str, language: str) -> str:
    """Return the pattern of "… per unit", "" where CLDR has none in words."""
    pattern = str(_named(language, "units", name).get("per", ""))
    return "" if "/" in pattern else pattern


def currency(code: str, language: str, number: str) -> str:
    """Return the name of a currency such as "EUR" beside a number in digits, "" where it is not known."""
    return _form(_named(language, "currencies", code), language, number)


def scale(power: int, language: str, number: str) -> str:
    """Return the word for 10 to the power of 3, 6, 9 or 12 beside a number in digits, "" where there is none.

    Chinese has none for a million, which is a hundred times ten thousand there.
    """
    return _form(_named(language, "scales", str(10**power)), language, number)


def scale_forms(power: int, language: str) -> tuple[str, ...]:
    """Return every form of the word for 10 to the power of 3, 6, 9 or 12, in order; none where there is none.

    >>> scale_forms(9, "it")
    ('miliardi', 'miliardo')
    """
    return tuple(sorted({word for word in _named(language, "scales", str(10**power)).values() if word}))


_MYRIADS = {"zh": "万 百万 千万 亿 万亿", "ja": "万 百万 千万 億 兆", "ko": "만 백만 천만 억 조"}


def scale_words(language: str) -> tuple[str, ...]:
    """Return every word for thousand to trillion, in every form: what may stand between $5 and its noun."""
    scales = _all().get(language, {}).get("scales", {})
    named = {word for forms in scales.values() for word in forms.values() if len(word) > 1}
    return (*sorted(named), *_MYRIADS.get(language, "").split())


def plural(language: str, number: str) -> str:
    """Return the plural category of a number in digits, as it is written: "one", "few", "many", "other" …"""
    from decimal import Decimal

    from unicode_rbnf.plural_rules import get_plural_category

    return str(get_plural_category(language, Decimal(number)))


def _named(language: str, kind: str, name: str) -> Mapping[str, str]:
    return dict(_all().get(language, {}).get(kind, {}).get(name, {}))


def _form(forms: Mapping[str, str], language: str, number: str) -> str:
    return forms.get(plural(language, number), forms.get("other", "")) if forms else ""
