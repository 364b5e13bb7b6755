r"""One notation for what papers and scripts write in many: TeX, typographic signs, the comma of other languages.

>>> plain(r"$256 \times 256$ images in $10 ms/step$ and $ 0.5 $ s, at $3 or 4$ a day")
'256 × 256 images in 10 ms/step and 0.5 s, at $3 or 4$ a day'
>>> plain("um 1.056,5 Punkte", "de"), plain("٦١٫٨٪", "ar")
('um 1056.5 Punkte', '61.8%')
>>> plain("10⁻³ – sim20")
'10^-3 - ≈20'
>>> plain(r"12 500 pages, 2½ times, \tfrac12, 5m 10s, the p95 latency")
'12,500 pages, 2.5 times, 1/2, 5 min 10s, the 95th percentile latency'
"""

import re
import unicodedata
from fractions import Fraction

from podcast.show.signs import in_signs
from podcast.speech import tables
from podcast.speech.digits import join_thousands
from podcast.speech.locales import in_english
from podcast.speech.rules import rules

_SIGNS = str.maketrans({
    "−": "-", "–": "-", "—": " - ", "‐": "-", "‑": "-", "‒": "-", "⁄": "/", "∼": "≈", "≃": "≈", "≅": "≈", "~": "≈",
    "⩾": "≥", "⩽": "≤", "’": "'", "‘": "'", "“": '"', "”": '"', "·": "×", "∙": "×", "⋅": "×", "\u200b": None,
    "，": ", ", "。": ". ", "；": "; ", "：": ": ", "！": "! ", "？": "? ",
})  # fmt: skip

_FOREIGN = str.maketrans({
    "٪": "%", "٫": ".", "٬": ",",
    **{chr(zero + digit): str(digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50) for digit in range(10)},
})  # fmt: skip
"""Digits and signs of numbers where Arabic, Persian, Hindi, Bengali and Thai write their own."""

_read_rest = rules(
    (r"\\", ""),
    (r"\{ ?([^{} ]{0,40}) ?\}", r"\1"),
    (r" ?\[[1-9]\d{0,2}(?:(?:, ?|-)[1-9]\d{0,2}){0,20}\](?!\^)", ""),
    only=r"[\\\[{]",
)
"""What TeX leaves, and the numbers of references."""
_VULGAR = re.compile(r"(?<!\d)(\d*)([½⅓⅔¼¾⅛⅜⅝⅞])")
_MIXED = re.compile(r"(?<![\w./-])(\d{1,4}) ([1-9])/([2-9])(?![\w/.-])")
_read_short = rules(
    (r"(?<=\d)h ?(?=[0-5]?\dm?(?!\w))", " h "),
    (r"(?<=\d h )([0-5]?\d)m?(?!\w)", r"\1 min"),
    (r"(?<![\w.])(\d{1,3})m (?=[0-5]?\ds(?!\w))", r"\1 min "),
    (r"(?<![\w.])(\d{1,3})m (?=(?:per|an?|each|every) (?:epoch|run|image|step|iteration|query|sample|game)\b)",
     r"\1 min "),
    (r"(?<=\d) ?([KMGTkmgt])b(?:it)?/s(?!\w)", r" \1bps"),
    (r"(?<=\d) ?° ?C(?!\w)", " degrees Celsius"),
    (r"(?<=\d) ?° ?F(?!\w)", " degrees Fahrenheit"),
    (r"(?<![\w-])[pP](50|75|80|90|95|99)(?![\w-]|\.\d)(?! ?(?:GPUs?|cards?|[=<>]))", r"\1th percentile"),
)  # fmt: skip
"""Short forms that would be taken for others: minutes for millions, bits for bytes, a percentile for a name."""
_MANGLED = re.compile(r"(?<![A-Za-z])sim(?=\d)|(?<=\d)times(?=\d)")
"""TeX that lost its backslash on the way: sim20, 256times256."""
_ADDRESS = re.compile(r"https?://[^\s<>()]{1,400}")


def plain(text: str, language: str = "en") -> str:
    """Return the text with TeX resolved, one sign a meaning, powers after ^, and numerals as English writes them."""
    if language != "en":
        text = in_english(text.translate(_FOREIGN), language)
    text = in_signs(text)
    text = re.sub(r"(?<=[\d)])[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,6}", lambda match: "^" + match[0].translate(tables.SUPERSCRIPTS), text)
    text = _VULGAR.sub(_decimal, text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = _read_rest(text)
    text = _MIXED.sub(lambda match: _sum(match[1], Fraction(int(match[2]), int(match[3]))), text)
    text = _read_short(join_thousands(_ADDRESS.sub(" ", text)))
    return _MANGLED.sub(lambda match: "≈" if match[0] == "sim" else "×", text)


def _decimal(match: re.Match[str]) -> str:
    part = Fraction(unicodedata.numeric(match[2])).limit_denominator(8)
    return _sum(match[1], part) if match[1] else f"{part.numerator}/{part.denominator}"


def _sum(whole: str, part: Fraction) -> str:
    """Return a whole number and its fraction as a decimal, to three digits: 2 and 1/2 are 2.5."""
    return f"{int(whole) + float(part):.3f}".rstrip("0").rstrip(".")
