"""Words set in the bundled font, Manrope: broken into lines, kerned, and as large as their room allows."""

import functools
import json
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from podcast.show import packaged

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

TRIAL = 100
"""Pixels of the font in which lines are measured before their size is known."""
MOST_ROWS = 10


@dataclass(frozen=True)
class Style:
    """How a text is set: `weight` is a font file's ending, sizes are pixels, leading and tracking parts of the size."""

    weight: str
    largest: int
    leading: float
    tracking: float = 0.0


@dataclass(frozen=True)
class Block:
    """A text that was fitted: its lines, and its size and height in pixels."""

    lines: tuple[str, ...]
    style: Style
    size: int

    @property
    def height(self) -> int:
        """From the top of the first line's capitals to the foot of the last line's, in pixels."""
        return round((len(self.lines) - 1) * self.style.leading * self.size + 0.72 * self.size) if self.lines else 0


def spelt(text: str) -> str | None:
    """Return the text in letters that the font has; None where there are words that it cannot write.

    It has Latin, Greek and Cyrillic with their accents. A rarer accent is dropped; emoji and signs are left out.
    """
    out = []
    for letter in unicodedata.normalize("NFC", " ".join(text.replace("'", "’").split())):
        plain = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
        if letter.isspace() or _has(letter):
            out.append(letter)
        elif plain and all(_has(part) for part in plain):
            out += plain
        elif unicodedata.category(letter)[0] in "LN":
            return None
    return " ".join("".join(out).split())


def fit(text: str, style: Style, room: tuple[int, int]) -> Block:
    """Return the text in lines of like length, as large as the style and the room (width, height in pixels) allow."""
    if not text:
        return Block((), style, 0)
    cut = max(map(len, text.split())) > 40
    wraps = [textwrap.wrap(text, width, break_long_words=cut) for width in range(1, len(text) + 1)]
    choices = {
        tuple(next(wrap for wrap in wraps if len(wrap) <= rows)): None
        for rows in range(1, MOST_ROWS + 1)
        if any(len(wrap) <= rows for wrap in wraps)
    }

    def size(lines: tuple[str, ...]) -> int:
        widest = max(length(line, style, TRIAL) for line in lines) / TRIAL
        rows = (len(lines) - 1) * style.leading + 0.95  # the last line's descenders belong to the room
        return int(min(style.largest, room[0] / widest, room[1] / rows))

    lines = max(choices, key=size)
    fitting = size(lines)
    # a small font's letters are whole pixels wide, so that a long line may come out wider than its trial foretold
    while fitting > 1 and any(length(line, style, fitting) > room[0] + fitting * 0.1 for line in lines):
        fitting -= 1
    return Block(lines, style, fitting)


def write(draw: "ImageDraw.ImageDraw", block: Block, corner: tuple[float, float], fill: str) -> None:
    """Write the block so that its ink begins at the corner (left, top of the first line's capitals), in pixels."""
    if not block.lines:
        return
    font = _font(block.style.weight, block.size)
    for row, line in enumerate(block.lines):
        baseline = corner[1] + 0.72 * block.size + row * block.style.leading * block.size
        left, *_ = font.getmask(line[0]).getbbox() or (0,)  # where its ink begins
        for letter, x in zip(line, _places(line, block.style, block.size), strict=True):
            draw.text((corner[0] - left + x, baseline), letter, fill, font, anchor="ls")


def length(line: str, style: Style, size: int) -> float:
    """Return how wide the line is, in pixels."""
    return _places(line, style, size)[-1] + _font(style.weight, size).getlength(line[-1])


def _places(line: str, style: Style, size: int) -> list[float]:
    """Return where each letter begins. We kern ourselves: Pillow does so only where libraqm is installed."""
    font, at, out = _font(style.weight, size), 0.0, []
    for letter, following in zip(line, line[1:] + " ", strict=True):
        out.append(at)
        pair = _base(letter) + _base(following)
        at += font.getlength(letter) + size * (_kerning().get(pair, 0) / 1000 + style.tracking)
    return out


@functools.lru_cache(maxsize=1024)
def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


@functools.lru_cache(maxsize=1)
def _kerning() -> dict[str, int]:
    """Return how much further apart pairs of letters stand, in thousandths of the size: the font's GPOS table."""
    table = json.loads((packaged.folder("press", "fonts") / "kerning.json").read_text("utf-8"))
    return {pair: int(value) for value, pairs in table.items() for pair in pairs.split()}


@functools.lru_cache(maxsize=32)
def _font(weight: str, size: int) -> "ImageFont.FreeTypeFont":
    import io

    from PIL import ImageFont

    data = (packaged.folder("press", "fonts") / f"Manrope-{weight}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    """Whether the font draws the letter otherwise than one it has not."""
    if letter.isspace():
        return letter == " "
    font = _font("Medium", TRIAL)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))
