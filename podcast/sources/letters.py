"""A PDF page's letters, one by one, as PDFium has them: the sign, its place and size.

Places are points (1/72 inch) from the page's lower left corner.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_BEYOND = [chr(code) for code in (*range(0xC0, 0x250), *range(0x400, 0x530)) if chr(code).isalpha()]
SMALL = "a-z" + "".join(filter(str.islower, _BEYOND))
LARGE = "A-Z" + "".join(filter(str.isupper, _BEYOND))
"""Letters of words in Latin and Cyrillic, as parts of a pattern; Greek ones stand in formulas."""
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


def letters(text: Any, sideways: list[str]) -> Iterator[Letter]:
    """Yield what can be seen, upright, in the order of the file; what is turned goes to `sideways`."""
    from pypdfium2 import raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix, spaced, factor, turned, before = raw.FS_MATRIX(), True, 1.0, False, 0.0
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
                turned = abs(matrix.b) > abs(matrix.a) * 0.2
        if turned:
            sideways.append(f" {sign}" if spaced else sign)
            spaced = False
            continue
        box(text, at, left, right, bottom, top)
        origin(text, at, x, y)
        x0, x1 = left.value, right.value
        if x1 > x0 or top.value > bottom.value or sign == "-":
            yield Letter(sign, x0, x1, top.value, x.value, y.value, size * factor, at, spaced)
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
