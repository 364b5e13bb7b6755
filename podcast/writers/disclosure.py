"""Whether a text says that script and voices are made by AI, in each language of which we have the words.

>>> discloses("Script and voices are made by AI.", "en"), discloses("Het script en de stemmen zijn van AI.", "nl-BE")
(True, True)
>>> discloses("原稿はＡＩが書き、声もＡＩです。", "ja"), discloses("كَتَبَ النَّصَّ والأَصواتَ الذَّكاءُ الاصطناعيُّ.", "ar")
(True, True)
>>> discloses("Their voices are fine.", "en"), discloses("…", "xx")
(False, True)
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from podcast.show import packaged
from podcast.show.iso639 import base
from podcast.writers.words import unquoted

_LETTER = "[A-Za-z\u00c0-\u024f\u0386-\u052f\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u1e00-\u1fff]"
"""Latin, Greek, Cyrillic, Hebrew, Arabic: what parts words by spaces, and stands without them in Chinese."""

_SHORT = re.compile(rf"(?<!{_LETTER})(?:A\.?I|K\.?I|I\.?A)(?!{_LETTER})")
"""What AI is called for short where Latin letters are read; in small letters they are words of their own."""

_VOWELS = re.compile("[\u064b-\u0652\u0670]")
"""Marks of vowels that Arabic may write or leave out."""


def discloses(text: str, language: str) -> bool:
    """Tell whether the text says it; of a language without a row, True. What stands in quotation marks counts not."""
    row = _rows().get(base(language))
    if not row:
        return True
    said = _VOWELS.sub("", unicodedata.normalize("NFKC", unquoted(text)))
    return bool((_SHORT.search(said) or row["ai"].search(said)) and row["script"].search(said)
                and row["voices"].search(said))  # fmt: skip


@cache
def _rows() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    tables = tomllib.loads((packaged.folder("writers") / "disclosure.toml").read_text("utf-8"))
    return {code: {part: _pattern(words) for part, words in row.items()} for code, row in tables.items()}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds one of the words: by itself where words are parted by spaces, else wherever it stands."""
    each = "|".join(unicodedata.normalize("NFKC", word) for word in words)
    return re.compile(rf"(?<!{_LETTER})(?:{each})(?!{_LETTER})", re.IGNORECASE)
