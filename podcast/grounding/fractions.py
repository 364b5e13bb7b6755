"""Fractions in German, French, Spanish and Chinese words, in a text whose other number words are digits already.

>>> [str(value) for _, value in abroad("um zwei Fünftel, 1 Viertel", "de")]
['0.4', '0.25']
>>> [str(value) for text, language in (("la cuarta parte", "es"), ("un quart", "fr"), ("四分之三", "zh"))
...  for _, value in abroad(text, language)]
['0.25', '0.25', '0.75']
"""

import re
from collections.abc import Iterator
from decimal import Decimal

_TOPS = {"ein": 1, "eine": 1, "einem": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "un": 1, "une": 1, "deux": 2,
         "trois": 3, "quatre": 4, "una": 1, "la": 1, "dos": 2, "tres": 3, "cuatro": 4}  # fmt: skip
_BOTTOMS = {
    "de": {"drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10, "hundertstel": 100},
    "fr": {"tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6, "huitième": 8,
           "dixième": 10, "dixièmes": 10, "centième": 100},
    "es": {"tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4, "quinto": 5, "quintos": 5, "sexto": 6, "octavo": 8,
           "décimo": 10, "décimos": 10, "tercera parte": 3, "cuarta parte": 4, "quinta parte": 5, "décima parte": 10},
}  # fmt: skip
"""What a word parts a whole into."""
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "十": 10}
_CHINESE = re.compile(r"(?<!百)(?P<bottom>[二两三四五六七八九十]|\d{1,2})分之(?P<top>[一二两三四五六七八九]|\d{1,2})")
_WORDS = {
    language: re.compile(
        rf"(?<![\w.,])(?P<top>\d|{'|'.join(_TOPS)}) (?P<bottom>{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)",
        re.IGNORECASE,
    )
    for language, words in _BOTTOMS.items()
}


def abroad(text: str, language: str) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """Yield where a text in another language says a fraction, and its value."""
    words = _BOTTOMS.get(language, {})
    pattern = _CHINESE if language == "zh" else _WORDS.get(language)
    for match in pattern.finditer(text) if pattern else ():
        top, bottom = _number(match["top"]), words.get(match["bottom"].lower()) or _number(match["bottom"])
        if 0 < top < bottom:
            yield match.span(), Decimal(top) / Decimal(bottom)


def _number(said: str) -> int:
    return int(said) if said.isdigit() else _TOPS.get(said.lower()) or _HAN.get(said, 0)
