"""A PDF page's letters as runs: what stands on one line without a gap, with the look of most of it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from podcast.sources.letters import MATH, Letter, font_of
from podcast.sources.text import RAISED

_GAP = 1.35
"""Sizes: a wider gap parts two runs. A justified line has narrower ones, columns and cells have wider ones."""
_SPACE = 0.19
"""Sizes: letters of a word stand closer, but for fonts whose letters are of one width. Five papers have 0.16."""
_ACCENTS = {
    "´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306", "˚": "\u030a",
    "˝": "\u030b", "¯": "\u0304",
}  # fmt: skip
_ACCENT = re.compile("[´¨ˆ˜ˇ˘˚˝¯]")
_SAMPLES = 8
"""Letters of a run whose fonts tell its look."""
_MARK = re.compile(r"(?:[\d,;\s–∗*⁎⋆★✉☯†‡§¶‖#+$\[\]−-]|(?<![a-z])[a-z](?![a-z]))+")
_UNIT = re.compile(r"(?<![^\W_])(?:[kcdmµμn]?m|in|ft|[mµμnp]?s|h)$")
"""What has a power: "m²". Other words with a raised digit cite with it."""
_BOLD = re.compile(
    r"bold|black|heavy|medi(?!um)|cmbx|cmb\d|[-,]bd|demi|semib|sfbx|ecbx|ecsx|LibertineTB|-B\b", re.IGNORECASE
)
_ITALIC = re.compile(r"ital|obli|cmti|sfti|ecti|CMSL|-It\b|LibertineTI", re.IGNORECASE)
_CODE = re.compile(
    r"cm(?:sl|v)?tt|cmitt|sltt|sftt|ectt|courier|mono|typewriter|consol|inconsolata|LMTT|NimbusMonL|txtt|Menlo",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """What stands on one line without a gap: its text, its box, the line it stands on, the look of most of it."""

    text: str
    x0: float
    x1: float
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
    parts: tuple[str, ...] = ()
    """The text as raised marks that went part it, where some did: names behind which stands where they work."""


def runs_of(text: Any, letters: Iterable[Letter]) -> Iterator[Run]:
    """Yield the letters as runs, which end at a gap, a jump back, another line."""
    line: list[Letter] = []
    base = size = end = 0.0
    initial = False
    for letter in letters:
        if line and not letter.spaced and abs(letter.x - line[-1].x) < 0.01 and abs(letter.base - line[-1].base) < 0.01:
            end = max(end, letter.x1)  # the rest of a ligature, in its box or in a part of that
            line.append(letter._replace(x0=line[-1].x0, x1=max(line[-1].x1, letter.x1)))
            continue
        if letter.sign in _ACCENTS and (at := _under(line, letter)) is not None:
            line[at] = line[at]._replace(
                sign=unicodedata.normalize("NFC", _upon(line[at].sign) + _ACCENTS[letter.sign])
            )
            continue
        gap = letter.x0 - end
        if len(line) == 1 and _is_initial(line[0], letter):
            line[0] = line[0]._replace(base=letter.base, size=letter.size)
            base, size, initial = letter.base, letter.size, True
            letter = letter._replace(spaced=letter.sign.islower() and line[0].sign in "AI")
        elif line and (gap > _GAP * min(size, 2 * letter.size) or gap < -0.6 * max(letter.size, 1)
                       or abs(letter.base - base) > 0.75 * max(size, letter.size)):  # fmt: skip
            yield _run(text, line)
            line, initial = [], False
        if not line or (letter.size > size * 1.15 and len(line) < 4 and letter.base < base):
            base, size = letter.base, letter.size  # a raised mark stood before its line
        if initial:  # "THIS", of which a large T stands before: "This"
            initial = letter.sign.isupper() and not letter.spaced
            letter = letter._replace(sign=letter.sign.lower()) if initial else letter
        elif line and letter.spaced and _is_beside(line[-1], letter):
            letter = letter._replace(spaced=False)
        elif line and not letter.spaced and _is_apart(text, line[-1], letter):
            letter = letter._replace(spaced=True)
        line.append(letter)
        end = letter.x1 if len(line) == 1 else max(end, letter.x1)
    if line:
        yield _run(text, line)


def _is_initial(first: Letter, letter: Letter) -> bool:
    """Tell whether the first is a letter of two or three lines' height, whose word goes on beside its top."""
    return (
        first.sign.isalpha() and 1.6 < first.size / max(letter.size, 0.1) < 6
        and 0 < letter.base - first.base < first.size and abs(first.top - letter.top) < 0.5 * letter.size
        and -2 < letter.x0 - first.x1 < letter.size
    )  # fmt: skip


def _is_beside(before: Letter, letter: Letter) -> bool:
    """Tell whether there is no space before the letter, though PDFium takes the change of size for one: a small capital
    behind its large one, what follows an index or a power."""
    return letter.x0 - before.x1 < 0.12 * letter.size and not 0.92 < letter.size / max(before.size, 0.1) < 1.09


def _is_apart(text: Any, before: Letter, letter: Letter) -> bool:
    """Tell whether the gap is a space of a line that was set tight, though PDFium takes it for none."""
    if letter.x0 - before.x1 <= _SPACE * letter.size or not (letter.sign[0].isalpha() and before.sign[-1].isalpha()):
        return False
    return abs(letter.base - before.base) < 0.1 and not _CODE.search(font_of(text, letter.at))


def _under(line: Sequence[Letter], accent: Letter) -> int | None:
    """Return the place of the letter in the line over which the accent was drawn later; None where there is none."""
    middle = (accent.x0 + accent.x1) / 2
    for at, letter in enumerate(line):
        if abs((letter.x0 + letter.x1) / 2 - middle) < 0.15 * letter.size and letter.sign.isalpha():
            return at
    return None


def _run(text: Any, line: Sequence[Letter]) -> Run:
    plain = len({(letter.size, letter.base) for letter in line}) == 1
    size, base = (line[0].size, line[0].base) if plain else _usual(line)
    fonts = [font_of(text, letter.at) for letter in line[:: max(1, len(line) // _SAMPLES)]]
    words, mark, parts = (_spelled(line), "", ()) if plain else _text(line, base, size)
    return Run(
        text=_whole(words), x0=line[0].x0, x1=max(letter.x1 for letter in line[-3:]), base=base, size=size,
        bold=_all(_BOLD, fonts), italic=_all(_ITALIC, fonts), font=Counter(fonts).most_common(1)[0][0],
        code=_all(_CODE, fonts), maths=sum(bool(MATH.search(font)) for font in fonts) / len(fonts), mark=mark,
        parts=tuple(map(_whole, parts)),
    )  # fmt: skip


def _usual(line: Sequence[Letter]) -> tuple[float, float]:
    """Return the size of most letters, and the height at which most of these stand."""
    size = Counter(round(letter.size, 1) for letter in line).most_common(1)[0][0]
    bases = Counter(round(letter.base, 1) for letter in line if abs(letter.size - size) < 0.06)
    return size, bases.most_common(1)[0][0]


def _all(look: re.Pattern[str], fonts: Sequence[str]) -> bool:
    return sum(bool(look.search(font)) for font in fonts) > 0.85 * len(fonts)


def _spelled(line: Sequence[Letter]) -> str:
    return "".join(f" {letter.sign}" if letter.spaced else letter.sign for letter in line).lstrip(" ")


def _text(line: Sequence[Letter], base: float, size: float) -> tuple[str, str, tuple[str, ...]]:
    """Return the letters as text, the raised mark before it, and the text as other marks part it: raised figures behind
    a word go, powers stay."""
    words, first, ends = "", "", list[int]()
    for up, group in groupby(line, lambda letter: letter.base - base > 0.2 * size and letter.size < 0.86 * size):
        part = list(group)
        if not up:
            words += (" " if part[0].spaced and words else "") + _spelled(part)
        elif words:
            words += (power := _power(words, _spelled(part)))
            ends += [] if power else [len(words)]
        else:
            first = _spelled(part)
    parts = tuple(words[begin:end] for begin, end in pairwise((0, *ends, len(words)))) if ends else ()
    return words, first, parts


def _whole(words: str) -> str:
    """Return the text with its pairs of surrogates joined, its accents upon their letters, and no unknown sign."""
    if words.isascii():
        return words
    joined = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", _accented(joined)).replace("\ufffd", "")


def _accented(text: str) -> str:
    """Return the text with accents upon their letters, where TeX's fonts have them before: "Lemaˆıtre"."""
    if not _ACCENT.search(text):
        return text
    text = re.sub(r"(?<=\d)\s?˚|˚(?=\s?[CFK]\b)", "°", text)
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
    up, based = raised.translate(RAISED), before[-1].isalnum() or before[-1] in ")]}"
    if re.fullmatch(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+", up):
        return up if based else raised
    if not based or re.match(r"(?:st|nd|rd|th)\b", raised) or not re.search(r"\w", raised):
        return raised
    return f"^{raised}" if raised.isalnum() or raised[0] == "(" else f"^({raised})"
