r"""One notation for what papers and scripts write in many: TeX, typographic signs, the comma of other languages.

>>> plain(r"$256 \times 256$ images")
'256 × 256 images'
>>> plain("um 1.056,5 Punkte", "de")
'um 1056.5 Punkte'
>>> plain("10⁻³ – sim20")
'10^-3 - ≈20'
"""

import re
import unicodedata

from podcast.speech.locales import in_english

_SIGNS = str.maketrans({
    "−": "-", "–": "-", "—": " - ", "‐": "-", "‑": "-", "‒": "-", "⁄": "/", "∼": "≈", "≃": "≈", "≅": "≈", "~": "≈",
    "⩾": "≥", "⩽": "≤", "’": "'", "‘": "'", "“": '"', "”": '"', "·": "×", "∙": "×", "⋅": "×", "\u200b": None,
    "，": ", ", "。": ". ", "；": "; ", "：": ": ", "！": "! ", "？": "? ",
})  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")

_TEX = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?<![\\$])\$(?=[^\s$])([^$]{0,200}[^\s$\\])\$(?![\d$])", r"\1"),
        (r"\\[,;:! ]|\{,\}", ""),
        (r"\\([%$&#_])", r"\1"),
        (r"\\(?:times|cdot)(?![A-Za-z])", "×"),
        (r"\\(?:sim|simeq|approx|thicksim)(?![A-Za-z])", "≈"),
        (r"\\pm(?![A-Za-z])", "±"),
        (r"\\(?:geq?|geqslant)(?![A-Za-z])", "≥"),
        (r"\\(?:leq?|leqslant)(?![A-Za-z])", "≤"),
        (r"\\d?frac ?\{(\d{1,9})\} ?\{(\d{1,9})\}", r"\1/\2"),
        (r"\\[A-Za-z]{1,30} ?", " "),
        (r"\{ ?([^{} ]{0,40}) ?\}", r"\1"),
        (r" ?\[[1-9]\d{0,2}(?:(?:, ?|-)[1-9]\d{0,2}){0,20}\](?!\^)", ""),
    )
)
_MANGLED = re.compile(r"(?<![A-Za-z])sim(?=\d)|(?<=\d)times(?=\d)")
"""TeX that lost its backslash on the way: sim20, 256times256."""
_ADDRESS = re.compile(r"https?://[^\s<>()]{1,400}")


def plain(text: str, language: str = "en") -> str:
    """Return the text with TeX resolved, one sign a meaning, powers after ^, and numerals as English writes them."""
    if language != "en":
        text = in_english(text, language)
    text = re.sub(r"(?<=[\d)])[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,6}", lambda match: "^" + match[0].translate(_RAISED), text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    if "\\" in text or "$" in text or "[" in text or "{" in text:
        for pattern, put in _TEX:
            text = pattern.sub(put, text)
    text = _ADDRESS.sub(" ", text)
    return _MANGLED.sub(lambda match: "≈" if match[0] == "sim" else "×", text)
