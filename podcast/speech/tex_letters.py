r"""TeX in a word: its letters, accents, signs of text and raised or lowered figures, as characters.

>>> read_tex_letters(r"Stra{\ss}e, \AE gir, S\o ren, Erd\H{o}s, na\"\i ve")
'Straße, Ægir, Søren, Erdős, naïve'
>>> read_tex_letters(r"\pounds 5, 3~\textdegree C, CO\textsubscript{2}, 10\textsuperscript{-6}")
'£5, 3~°C, CO_{2}, 10^{-6}'
"""

import re
import unicodedata

from podcast.speech.rules import any_of, rules

_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "i": "ı", "j": "j", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
_SIGNS = {
    "pounds": "£", "textsterling": "£", "euro": "€", "texteuro": "€", "textyen": "¥", "textcent": "¢",
    "textdegree": "°", "textcelsius": "°C", "textmu": "µ", "textohm": "Ω", "texttimes": "×", "textpm": "±",
    "textasciitilde": "∼", "textendash": "–", "textemdash": "—", "textbullet": "•", "textquoteright": "'",
    "textquotesingle": "'", "textless": "<", "textgreater": ">", "textonehalf": "½", "textonequarter": "¼",
    "textthreequarters": "¾", "texttrademark": "™", "textregistered": "®", "textcopyright": "©", "copyright": "©",
    "textsection": "§", "textellipsis": "…", "textrightarrow": "→", "textleftarrow": "←",
}  # fmt: skip
_CHARACTERS = _LETTERS | _SIGNS
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_NAMED = rf"\\({any_of(_CHARACTERS)})(?![A-Za-z])"


def _accented(match: re.Match[str]) -> str:
    accent, letter = [group for group in match.groups() if group]
    return unicodedata.normalize("NFC", letter + _ACCENTS[accent])


read_tex_letters = rules(
    (r"\b([A-Z][a-z]{1,20}|[a-z]{3,20})\\textsuperscript ?\{[\d,*]{1,8}\}", r"\1"),  # of an affiliation or a footnote
    (r"\\textsuperscript ?(?=\{)", "^"),
    (r"\\textsubscript ?(?=\{)", "_"),
    (r"\\textcolor ?(?:\[\w{1,12}\])?\{[^{}]{1,40}\} ?(?=\{)", r"\\text"),
    (r"\\([\"'`^~=.]) ?(?:\{ ?\\?([A-Za-z]) ?\}|\\([ij])(?![A-Za-z])(?:\{\}| )?|\\?([A-Za-z]))", _accented),
    (r"\\([cvuHkr]) ?\{ ?([A-Za-z]) ?\}", _accented),
    (rf"\{{{_NAMED} ?\}}|{_NAMED}(?:\{{\}}| )?", lambda m: _CHARACTERS[m[1] or m[2]]),
    (r"\\S ?(?=\d)", "§"),
    only=r"\\",
)
"""Write them plainly; other TeX stays."""
