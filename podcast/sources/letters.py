"""A PDF page's letters, one by one, as PDFium has them: the sign, its place and size.

Places are points (1/72 inch) from the lower left corner of the page as it is shown.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

_BEYOND = [chr(code) for code in (*range(0xC0, 0x250), *range(0x400, 0x530)) if chr(code).isalpha()]
SMALL = "a-z" + "".join(filter(str.islower, _BEYOND))
LARGE = "A-Z" + "".join(filter(str.isupper, _BEYOND))
"""Letters of words in Latin and Cyrillic, as parts of a pattern; Greek ones stand in formulas."""
UNSPACED = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Signs of Chinese and Japanese, of which words are made that no space parts."""
UNCASED = UNSPACED + "\u0590-\u074f\u0900-\u0e7f\u1100-\u11ff\uac00-\ud7af"
"""The same, and letters of Hebrew, Arabic, the scripts of India and Thailand, and Korean: none is large or small."""
_WORD = re.compile(rf"[{LARGE}{SMALL}]{{2,}}|[{UNSPACED}]|(?:(?![{UNSPACED}])[{UNCASED}])+")
_BROKEN = re.compile(rf"(?<=[{UNSPACED}、，。！？：；」』）])\s+(?=[{UNSPACED}、，。！？：；「『（])")
_WIDE = re.compile(rf"[{UNSPACED}]")


def words(text: str) -> int:
    """Return how many words the text has; each sign of Chinese and Japanese is taken for one.

    >>> words("We test it at n = 3."), words("我们测试"), words("мы проверяем")
    (4, 4, 2)
    """
    return len(_WORD.findall(text))


def unwrapped(text: str) -> str:
    """Return the text without breaks and spaces between signs of Chinese and Japanese, which have none of their own.

    >>> unwrapped("这一行\\n被折断了，\\n但是 BERT 没有。")
    '这一行被折断了，但是 BERT 没有。'
    """
    return text if text.isascii() else _BROKEN.sub("", text)


def width(text: str) -> int:
    """Return how long the text is, in letters of Latin: signs of Chinese and Japanese are twice as wide."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


_LIGATURES = {
    "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi",
    "\x1f": "ffl", "\x02": "-", "\ufffe": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft",
    "ﬆ": "st", "\xad": "-", "\x10": "“", "\x11": "”", "\x15": "–", "\x16": "—",
} | {chr(0x80 + at): sign for at, sign in enumerate("ĂĄĆČĎĚĘĞ•ĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§")}  # fmt: skip
"""Where TeX's encodings OT1 and T1 have them, which fonts without a map to Unicode leave; PDFium's and Unicode's
hyphens at a line's end; Unicode's own ligatures."""
_MATHS = (
    (re.compile(r"CMMI|MTMI|[tp]xmi|LMMathItalic", re.IGNORECASE), "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξπρστυφχ"),
    (re.compile(r"CM(?:BS|S)Y|MTSY|[tp]xsy|CM_Maths_Symbols", re.IGNORECASE),
     "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○∘•≍≡⊆⊇≤≥≼≽∼≈⊂⊃≪≫≺≻"),
)  # fmt: skip
"""What TeX's letters and signs for formulas have where others have ligatures (OML and OMS, from 0 on)."""
MATH = re.compile(
    r"CM(?:MI|SY|EX|BSY)|MSAM|MSBM|LMMath|StandardSymL|Symbol|rsfs|EUFM|MTMI|MTSY|MTEX|txsy|txmi|pxsy|NewTXMI|Euclid|"
    r"Cambria ?Math|STIXMath|XITSMath",
    re.IGNORECASE,
)


class Letter(NamedTuple):
    """A sign, its box, the point where it was set, its true size, its place in the text; whether a space was before."""

    sign: str
    x0: float
    x1: float
    top: float
    x: float
    base: float
    size: float
    at: int
    spaced: bool


class Frame(NamedTuple):
    """Where on its sheet a page lies: the lower left corner of what is seen, its size, and by how many quarters of a
    turn, clockwise, it is shown."""

    left: float
    bottom: float
    width: float
    height: float
    quarters: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as the page is shown."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the sheet is seen."""
        x, y = x - self.left, y - self.bottom
        return ((x, y), (y, self.width - x), (self.width - x, self.height - y), (self.height - y, x))[self.quarters]


def upright(text: Any, frame: Frame) -> Frame:
    """Return the frame, turned as it is shown or not at all: as more of the letters stand upright."""
    if not frame.quarters:
        return frame
    from pypdfium2 import raw

    seen = Counter[int]()
    for at in range(0, count := raw.FPDFText_CountChars(text), max(1, count // 500)):
        seen[_quarters(text, at)] += 1
    return frame if seen[frame.quarters] > seen[0] else frame._replace(quarters=0)


def _quarters(text: Any, at: int) -> int:
    """Return by how many quarters of a turn, clockwise, the page must be turned so that the letter is upright."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, at, matrix) or abs(matrix.a) >= abs(matrix.b):
        return 2 if matrix.a < 0 else 0
    return 1 if matrix.b > 0 else 3


def letters(text: Any, sideways: list[str], frame: Frame) -> Iterator[Letter]:
    """Yield what can be seen, upright, in the order of the file, at its place in the frame; what is turned goes to
    `sideways`."""
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix, spaced, factor, turned, before = raw.FS_MATRIX(), True, 1.0, False, 0.0
    plain = not (frame.left or frame.bottom or frame.quarters)
    box, origin, size_of = raw.FPDFText_GetCharBox, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetFontSize
    for at in range(raw.FPDFText_CountChars(text)):
        sign = _sign(text, at)
        if sign == " ":
            spaced = True
            continue
        size = size_of(text, at)
        if spaced or size != before or size == 1:  # within a word all letters are set alike
            before, factor, turned = size, 1.0, False
            if raw.FPDFText_GetMatrix(text, at, matrix):
                factor = math.hypot(matrix.c, matrix.d) or 1
                along, up = (matrix.b, matrix.a) if frame.quarters % 2 else (matrix.a, matrix.b)
                turned = abs(up) > abs(along) * 0.2
        if turned:
            sideways.append(f" {sign}" if spaced else sign)
            spaced = False
            continue
        box(text, at, left, right, bottom, top)
        origin(text, at, x, y)
        if right.value > left.value or top.value > bottom.value or sign == "-":
            if plain:
                x0, x1, high, at_x, at_y = left.value, right.value, top.value, x.value, y.value
            else:
                (x0, low), (x1, high) = frame.place(left.value, bottom.value), frame.place(right.value, top.value)
                x0, x1, high = min(x0, x1), max(x0, x1), max(low, high)
                at_x, at_y = frame.place(x.value, y.value)
            yield Letter(sign, x0, x1, high, at_x, at_y, size * factor, at, spaced)
            spaced = False


def _sign(text: Any, at: int) -> str:
    """Return the sign, a ligature as its letters; " " for anything that parts words."""
    from pypdfium2 import raw

    code = raw.FPDFText_GetUnicode(text, at)
    if 32 < code < 127:
        return chr(code)
    if code in (10, 13) and raw.FPDFText_IsGenerated(text, at) == 0:
        return "fl" if code == 13 else "ff"  # a font's own ligatures
    if code < 32 and (found := next((signs for look, signs in _MATHS if look.search(font_of(text, at))), "")):
        return found[code] if code < len(found) else "\ufffd"
    known = 0 < code < 0xE000 or 0xF8FF < code < 0x110000  # signs of a font's own say nothing
    sign = chr(code) if known else "\ufffd"
    return _LIGATURES.get(sign) or (" " if sign.isspace() else sign)


def font_of(text: Any, at: int) -> str:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace") if length else ""
