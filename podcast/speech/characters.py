r"""Characters: ASCII and a few signs stay; superscripts become ^{…}, Greek \mu{}, dashes commas; quotes go.

>>> read_characters("10⁻³ and H₂O")
'10^{-3} and H_{2}O'
>>> read_characters("naïve α")
'naive \\alpha{}'
>>> read_characters("fast — and small")
'fast ,  and small'
"""

import html
import re
import unicodedata

from podcast.speech import tables
from podcast.speech.numerals import digit_by_digit
from podcast.speech.rules import rules


def read_characters(text: str) -> str:
    """Leave ASCII and the signs of `tables.KEPT`."""
    text = unicodedata.normalize("NFKC", _raise_and_lower(html.unescape(text)))
    text = re.sub(r"(?<=\d) ?μ(?=[smg]\b)", " u", text)
    return _read_signs(re.sub(r"[^\x20-\x7e]", _character, text))


_raise_and_lower = rules(
    (r"\\[\"'`^~=.]\{?\\?([A-Za-z])\}?", r"\1"),  # TeX accents: \"u, \'{\i}
    (r"\\[cvuHkr]\{([A-Za-z])\}", r"\1"),
    (r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+", lambda m: f"^{{{m[0].translate(tables.SUPERSCRIPTS)}}}"),
    (r"[₀₁₂₃₄₅₆₇₈₉]+", lambda m: f"_{{{m[0].translate(tables.SUBSCRIPTS)}}}"),
)

_read_signs = rules(
    (r"\\%", "%"),
    (r"``|''|[\"`]", " "),
    (r"\.{3,}(?=\s*[a-z])", ", "),
    (r"\.'s\b", "'s"),
    (r"(?<=[A-Za-z0-9])'(?![A-Za-z])|(?<![A-Za-z0-9])'", " "),
    (r"(?<=\d)(%?) ?(?:--|–) ?(?=[\d.])", r"\1 to "),
    (r"(?<=\d)(%?) ?~ ?(?=\d)", r"\1 to "),
    (r"(?:^|(?<=[\s(\[,;:\"'/=]))\\?~ ?(?=[$£€]?\.?\d)", "∼"),
    (r"~", " "),
    (r"(?<=\w)–(?=\w)", "-"),
    (r" ?-{3,} ?| ?(?<!-)--(?!\d) ?| ?– ?|(?<=[^\s\d$=]) - (?=[^\d])|(?<=\d) - (?=[A-Za-z])", ", "),
    (r"\d{16,}", lambda m: f" {digit_by_digit(m[0])} "),
)


def _character(match: re.Match[str]) -> str:
    character = match[0]
    if character in tables.KEPT:
        return character
    if character in tables.GREEK:
        return f"\\{tables.GREEK[character]}{{}}"
    if character in tables.CHARACTERS:
        return tables.CHARACTERS[character]
    if unicodedata.category(character) in ("Mn", "Cf"):
        return ""  # combining marks and zero-width characters
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    return re.sub(r"[^A-Za-z]", "", unicodedata.normalize("NFKD", character)) or " "
