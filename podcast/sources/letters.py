"""A PDF page's letters, one by one, as PDFium has them: the sign, its place and size.

Places are points (1/72 inch) from the page's lower left corner.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_LIGATURES = {
    "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi",
    "\x1f": "ffl", "\x02": "-", "\ufffe": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft",
    "ﬆ": "st", "\xad": "-", "\x10": "“", "\x11": "”", "\x15": "–", "\x16": "—",
} | {chr(0x80 + at): sign for at, sign in enumerate("ĂĄĆČĎĚĘĞ•ĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§")}  # fmt: skip
"""Where TeX's encodings OT1 and T1 have them, which fonts without a map to Unicode leave; PDFium's and Unicode's
hyphens at a line's end; Unicode's own ligatures."""
_GREEK = "αβγδεζηθικλμνξπρστυφχ"
"""What TeX's mathematical letters have from \\x0b on, where others have ligatures."""
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
    y0: float
    y1: float
    x: float
    base: float
    size: float
    at: int
    spaced: bool


def letters(text: Any, sideways: list[str]) -> Iterator[Letter]:
    """Yield what can be seen, upright, in the order of the file; what is turned goes to `sideways`."""
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix, spaced = raw.FS_MATRIX(), False
    unicode, box = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharBox
    origin, scale = raw.FPDFText_GetCharOrigin, raw.FPDFText_GetMatrix
    for at in range(raw.FPDFText_CountChars(text)):
        code = unicode(text, at)
        sign = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if code in (13, 10) and raw.FPDFText_IsGenerated(text, at) == 0:
            sign = "fl" if code == 13 else "ff"  # a font's own ligatures
        if code < 32 and sign in _LIGATURES and (MATH.search(font_of(text, at)) and 0 <= code - 11 < len(_GREEK)):
            sign = _GREEK[code - 11]
        if sign.isspace() and sign not in _LIGATURES:
            spaced = True
            continue
        box(text, at, left, right, bottom, top)
        origin(text, at, x, y)
        size = raw.FPDFText_GetFontSize(text, at)
        if scale(text, at, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1
            if abs(matrix.b) > abs(matrix.a) * 0.2:
                sideways.append(f" {sign}" if spaced else sign)
                spaced = False
                continue
        if right.value <= left.value and top.value <= bottom.value and sign not in "\x02\ufffe":
            continue
        yield Letter(_LIGATURES.get(sign, sign), left.value, right.value, bottom.value, top.value, x.value, y.value,
                      size, at, spaced)  # fmt: skip
        spaced = False


def font_of(text: Any, at: int) -> str:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace") if length else ""
