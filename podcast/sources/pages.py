"""A PDF's pages as runs: what stands on one line without a gap, with its place, size and weight, by PDFium.

PDFium is not made for threads: one at a time reads. Places are points (1/72 inch) from the page's lower left corner.
"""

import ctypes
import math
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from podcast.show.errors import SourceError

MOST_PAGES = 200

_ONE_AT_A_TIME = threading.Lock()
_LIGATURES = {
    "\x0b": "ff", "\x0c": "fi", "\x0e": "ffi", "\x0f": "ffl", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi",
    "\x1f": "ffl", "\x02": "-", "\ufffe": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft",
    "ﬆ": "st", "\xad": "-", "\x10": "“", "\x11": "”", "\x15": "–", "\x16": "—",
} | {chr(0x80 + at): sign for at, sign in enumerate("ĂĄĆČĎĚĘĞ•ĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§")}  # fmt: skip
"""Where TeX's encodings OT1 and T1 have them, which fonts without a map to Unicode leave; PDFium's and Unicode's
hyphens at a line's end; Unicode's own ligatures."""
_GAP = 1.35
"""Sizes: a wider gap parts two runs. A justified line has narrower ones, columns and cells have wider ones."""
_GREEK = "αβγδεζηθικλμνξπρστυφχ"
"""What TeX's mathematical letters have from \\x0b on, where others have ligatures."""
_ACCENTS = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a",
    "˝": "\u030b", "¯": "\u0304",
}  # fmt: skip
_ACCENT = re.compile("[´¨ˆ˜ˇ˘˚˝¯]")
_SAMPLES = 8
"""Letters of a run whose fonts tell its look."""
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_MARK = re.compile(r"(?:[\d,;\s–∗*⋆★†‡§¶‖#+$\[\]−-]|(?<![a-z])[a-z](?![a-z]))+")
_UNIT = re.compile(r"(?<![^\W_])(?:[kcdmµμn]?m|in|ft|[mµμnp]?s|h)$")
"""What has a power: "m²". Other words with a raised digit cite with it."""
_BOLD = re.compile(
    r"bold|black|heavy|medi(?!um)|cmbx|cmb\d|[-,]bd|demi|semib|sfbx|ecbx|ecsx|LibertineTB|-B\b", re.IGNORECASE
)
_MATH = re.compile(
    r"CM(?:MI|SY|EX|BSY)|MSAM|MSBM|LMMath|StandardSymL|Symbol|rsfs|EUFM|MTMI|MTSY|MTEX|txsy|txmi|pxsy|NewTXMI|Euclid|"
    r"Cambria ?Math|STIXMath|XITSMath",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"ital|obli|cmti|sfti|ecti|CMSL|-It\b|LibertineTI", re.IGNORECASE)
_CODE = re.compile(
    r"cm(?:sl|v)?tt|cmitt|sltt|sftt|ectt|courier|mono|typewriter|consol|inconsolata|LMTT|NimbusMonL|txtt|Menlo",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Run:
    """What stands on one line without a gap: its text, its box, the line it stands on, the look of most of it."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    size: float
    bold: bool
    italic: bool
    font: str
    code: bool
    maths: float
    """The share of its signs in a font for formulas."""
    mark: str = ""
    """A raised mark that it began with, as notes do."""


@dataclass(frozen=True)
class Page:
    """A page's runs as the file has them, and what stands sideways on it, as arXiv's stamp does."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    sideways: str
    pictures: bool


@dataclass(frozen=True)
class File:
    """The pages of a file, the first 200 at most, and what it says of itself."""

    pages: tuple[Page, ...]
    title: str
    author: str
    subject: str


class _Letter(NamedTuple):
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


def read_pages(data: bytes, name: str = "the PDF", most: int = MOST_PAGES) -> File:
    """Return the first pages of the file. SourceError, about `name`, where it is none, locked, or pictures only."""
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"what came as {name} is none", "give a PDF file")
    with _ONE_AT_A_TIME:
        try:
            file = pypdfium2.PdfDocument(data)
            try:
                pages = tuple(_page(file[number], number) for number in range(min(len(file), most)))
                about = file.get_metadata_dict()
            finally:
                file.close()
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name, error) from error
    if not any(page.runs for page in pages):
        raise _empty(name, pages)
    return File(pages, *(str(about.get(key) or "").strip() for key in ("Title", "Author", "Subject")))


def _unreadable(name: str, error: Exception) -> SourceError:
    if getattr(error, "err_code", None) == 4 or "password" in str(error).casefold():  # FPDF_ERR_PASSWORD
        return SourceError(f"{name} is locked with a password", "save a copy without: qpdf --decrypt --password=…")
    return SourceError(f"{name} cannot be read: {error}", "open it in a viewer: it may be damaged, or half a file")


def _empty(name: str, pages: Sequence[Page]) -> SourceError:
    if any(page.pictures for page in pages):
        return SourceError(
            f"{name} is scanned: pictures of pages, no text", "make it searchable: ocrmypdf IN.pdf OUT.pdf"
        )
    return SourceError(f"{name} has no text", "open it in a viewer: it may be damaged, or half a file")


def _page(page: Any, number: int) -> Page:
    from pypdfium2 import raw

    width, height = page.get_size()
    text = page.get_textpage()
    try:
        sideways: list[str] = []
        runs = tuple(_runs(text.raw, _letters(text.raw, sideways)))
        kept = tuple(run for run in runs if -2 < run.base < height + 2 and -2 < run.x0 < width + 2)
        pictures = not runs and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    finally:
        text.close()
        page.close()
    return Page(number, width, height, kept, "".join(sideways), pictures)


def _letters(text: Any, sideways: list[str]) -> Iterator[_Letter]:
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
        if code < 32 and sign in _LIGATURES and (_MATH.search(_font(text, at)) and 0 <= code - 11 < len(_GREEK)):
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
        yield _Letter(_LIGATURES.get(sign, sign), left.value, right.value, bottom.value, top.value, x.value, y.value,
                      size, at, spaced)  # fmt: skip
        spaced = False


def _runs(text: Any, letters: Iterator[_Letter]) -> Iterator[Run]:
    """Yield the letters as runs, which end at a gap, a jump back, another line."""
    line: list[_Letter] = []
    base = size = end = 0.0
    initial = False
    for letter in letters:
        if line and not letter.spaced and abs(letter.x - line[-1].x) + abs(letter.base - line[-1].base) < 0.02:
            line.append(letter._replace(x0=line[-1].x0, x1=line[-1].x1))  # the rest of a ligature
            continue
        gap = letter.x0 - end
        if len(line) == 1 and _is_initial(line[0], letter):
            line[0] = line[0]._replace(base=letter.base, size=letter.size)
            base, size, initial = letter.base, letter.size, True
            letter = letter._replace(spaced=False)
        elif line and (gap > _GAP * min(size, 2 * letter.size) or gap < -0.6 * max(letter.size, 1)
                       or abs(letter.base - base) > 0.75 * max(size, letter.size)):  # fmt: skip
            yield _run(text, line)
            line, initial = [], False
        if not line or (letter.size > size * 1.15 and len(line) < 4 and letter.base < base):
            base, size = letter.base, letter.size  # a raised mark stood before its line
        if initial:  # "THIS", of which a large T stands before: "This"
            initial = letter.sign.isupper() and not letter.spaced
            letter = letter._replace(sign=letter.sign.lower()) if initial else letter
        elif line and letter.spaced and _is_small_capital(line[-1], letter):
            letter = letter._replace(spaced=False)
        line.append(letter)
        end = letter.x1 if len(line) == 1 else max(end, letter.x1)
    if line:
        yield _run(text, line)


def _is_initial(first: _Letter, letter: _Letter) -> bool:
    """Tell whether the first is a letter of two or three lines' height, whose word goes on beside its top."""
    return (
        first.sign.isalpha() and 1.6 < first.size / max(letter.size, 0.1) < 6
        and 0 < letter.base - first.base < first.size and abs(first.y1 - letter.y1) < 0.5 * letter.size
        and -2 < letter.x0 - first.x1 < letter.size
    )  # fmt: skip


def _is_small_capital(before: _Letter, letter: _Letter) -> bool:
    """Tell whether the letter is a small capital that goes on with a word, behind its large one."""
    close = letter.x0 - before.x1 < 0.12 * letter.size
    return close and letter.size < 0.92 * before.size and before.sign.isupper() and letter.sign.isupper()


def _run(text: Any, line: Sequence[_Letter]) -> Run:
    sizes = Counter(round(letter.size, 1) for letter in line)
    size = sizes.most_common(1)[0][0]
    bases = Counter(round(letter.base, 1) for letter in line if abs(letter.size - size) < 0.06)
    base = bases.most_common(1)[0][0]
    fonts = [_font(text, letter.at) for letter in line[:: max(1, len(line) // _SAMPLES)]]
    words, mark = _text(line, base, size)
    return Run(
        text=words, x0=min(letter.x0 for letter in line), x1=max(letter.x1 for letter in line),
        y0=min(letter.y0 for letter in line), y1=max(letter.y1 for letter in line), base=base, size=size,
        bold=_all(_BOLD, fonts), italic=_all(_ITALIC, fonts), font=Counter(fonts).most_common(1)[0][0],
        code=_all(_CODE, fonts),
        maths=sum(bool(_MATH.search(font)) for font in fonts) / len(fonts), mark=mark,
    )  # fmt: skip


def _all(look: re.Pattern[str], fonts: Sequence[str]) -> bool:
    return sum(bool(look.search(font)) for font in fonts) > 0.85 * len(fonts)


def _font(text: Any, at: int) -> str:
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace") if length else ""


def _text(line: Sequence[_Letter], base: float, size: float) -> tuple[str, str]:
    """Return the letters as text, and the raised mark before it: raised figures behind a word go, powers stay."""
    words, raised, first = "", "", ""
    for letter in [*line, None]:
        up = letter is not None and letter.base - base > 0.2 * size and letter.size < 0.86 * size
        if letter is not None and up:
            raised += (" " if letter.spaced and raised else "") + letter.sign
            continue
        if raised:
            if not words:
                first = raised
            else:
                words += _power(words, raised)
            raised = ""
        if letter is not None:
            words += (" " if letter.spaced and words else "") + letter.sign
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", _accented(whole)).replace("\ufffd", ""), first


def _accented(text: str) -> str:
    """Return the text with accents upon their letters, where TeX's fonts have them before: "Lemaˆıtre"."""
    if not _ACCENT.search(text):
        return text
    text = re.sub(rf"(?<=[^\W\d_]) (?={_ACCENT.pattern}[a-zıȷ])", "", text)
    return re.sub(rf"({_ACCENT.pattern})([A-Za-zıȷ])", lambda found: _upon(found[2]) + _ACCENTS[found[1]], text)


def _upon(letter: str) -> str:
    return {"ı": "i", "ȷ": "j"}.get(letter, letter)


def _power(before: str, raised: str) -> str:
    """Return what a raised text says behind the words: nothing where it cites or notes, else a power as its signs."""
    word = re.split(r"\W", before)[-1]
    if _MARK.fullmatch(raised) and not re.match(r"[−–-]", raised):
        several = re.search(r"\d\s*[,;]\s*\d", raised) is not None
        cites = word[-1:].isalpha() and (several or (len(word) > 1 and not _UNIT.search(before)))
        if cites or before[-1] in ".,;:)”\"’']" or not re.search(r"\w", raised):
            return ""
    up, based = raised.translate(_RAISED), before[-1].isalnum() or before[-1] in ")]"
    if re.fullmatch(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+", up):
        return up if based else raised
    if not based or re.match(r"(?:st|nd|rd|th)\b", raised) or not re.search(r"\w", raised):
        return raised
    return f"^{raised}" if raised.isalnum() else f"^({raised})"
