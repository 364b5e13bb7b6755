"""The show's cover: draw one, shrink one, and check one against the rules of the podcast apps."""

from __future__ import annotations

import io
import math
import textwrap
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, cast

from podcast.errors import ConfigError

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

SIZE, MARGIN = 3000, 240
"""Pixels: a side, the most that Apple takes; and what stays free left and right of the words."""
MAX_BYTES = 512_000
TYPES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}
INK, DUSK, SLATE, CREAM, LINE, CORAL = "#191638", "#2c2857", "#433d7d", "#fdf5e6", "#d3cacf", "#ff6f52"
PLAIN = str.maketrans({"'": "’", "–": "-", "—": "-", "ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o"})


def draw_cover(title: str, tagline: str) -> bytes:
    """Return a 3000 × 3000 RGB JPEG: the title above a sheet of paper whose words become sound.

    The same words give the same bytes. Pillow's own font has no accents and no other script: an accent
    is dropped, and a title in another script is left out, so that the picture stands alone.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIZE, SIZE), INK)
    draw = ImageDraw.Draw(image)
    end = _write(draw, title, top=235, bottom=1180, largest=470, leading=1.04, weight=0.024, fill=CREAM)
    _write(draw, tagline, top=end + 70, bottom=1560, largest=116, leading=1.3, weight=0.01, fill=CORAL)
    _draw_paper_and_sound(draw)
    return _jpeg(image, quality=90)


def shrink_cover(data: bytes, pixels: int) -> bytes:
    """Return the cover as a square RGB JPEG of `pixels` a side; what is too wide or too high is cut off."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        small = ImageOps.fit(image.convert("RGB"), (pixels, pixels), Image.Resampling.LANCZOS)
    return _jpeg(small, quality=85)


def check_cover(path: Path) -> None:
    """Raise ConfigError, which names every rule broken, unless podcast apps will take the cover."""
    from PIL import Image

    try:
        size = path.stat().st_size
        with Image.open(path) as image:
            kind, mode, (width, height) = str(image.format), image.mode, image.size
    except FileNotFoundError:
        raise ConfigError(f"there is no cover {path}", "put a JPEG or a PNG there") from None
    except OSError as error:  # Pillow's "cannot identify" is one too
        raise ConfigError(f"{path} is no picture that can be read", "use a JPEG or a PNG") from error
    rules = {
        f"it must be a JPEG or a PNG, and is {kind}": kind in TYPES,
        f"its name must end as a {kind}'s does": path.suffix.lower()
        in TYPES.get(kind, (path.suffix.lower(),)),
        f"its colours must be RGB with no transparency, and are {mode}": mode == "RGB",
        f"it must be square, and is {width} × {height} pixels": width == height,
        f"its sides must be 1400 to {SIZE} pixels, and are {width} and {height}": (
            1400 <= min(width, height) and max(width, height) <= SIZE
        ),
        f"it must have at most {MAX_BYTES:,} bytes, and has {size:,}": size <= MAX_BYTES,
    }
    if broken := [rule for rule, kept in rules.items() if not kept]:
        raise ConfigError(f"{path}: {'; '.join(broken)}", "mend the picture, or use another")


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    *,
    top: int,
    bottom: int,
    fill: str,
    largest: int,
    leading: float,
    weight: float,
) -> int:
    """Write the text as large as fits, in lines of like length, and return where it ends."""
    from PIL import ImageFont

    letters = unicodedata.normalize("NFKD", text.translate(PLAIN))
    text = " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())
    if not text or not all(letter.isascii() or letter in "‘’“”…·" for letter in text):
        return top

    def font(size: int) -> ImageFont.FreeTypeFont:
        # a bitmap font only in a Pillow built without FreeType, which no wheel of it is
        return cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))

    def wrap(rows: int) -> list[str]:
        cut = max(map(len, text.split())) > 40
        wraps = (textwrap.wrap(text, width, break_long_words=cut) for width in range(1, len(text) + 1))
        return next(lines for lines in wraps if len(lines) <= rows)

    def size(lines: list[str]) -> int:
        widest = max(font(100).getlength(line) for line in lines) / 100
        return int(min(largest, (SIZE - 2 * MARGIN) / widest, (bottom - top) / leading / len(lines)))

    lines = max((wrap(rows) for rows in range(1, 11)), key=size)
    step, stroke = leading * size(lines), round(weight * size(lines))
    for row, line in enumerate(lines):
        draw.text((MARGIN, round(top + row * step)), line, fill, font(size(lines)), stroke_width=stroke)
    return round(top + len(lines) * step)


def _draw_paper_and_sound(draw: ImageDraw.ImageDraw) -> None:
    """Draw three sheets that rise from the lower edge; one line of the first runs on as a waveform."""
    top, width, fold, middle = 1770, 1060, 200, 2390
    for step, colour in ((2, DUSK), (1, SLATE), (0, CREAM)):
        left, upper, right = MARGIN + 66 * step, top - 66 * step, MARGIN + 66 * step + width
        corner = ((right - fold, upper), (right, upper + fold))
        draw.polygon([(left, upper), *corner, (right, SIZE), (left, SIZE)], colour)
    draw.polygon([*corner, (right - fold, upper + fold)], LINE)

    def pill(x: float, y: float, wide: float, high: float, colour: str) -> None:
        draw.rounded_rectangle((x, y - high / 2, x + wide, y + high / 2), min(wide, high) / 2, colour)

    for row, length in ((-3, 390), (-2, 780), (-1, 540), (1, 560), (2, 790), (3, 680), (4, 790)):
        pill(MARGIN + 130, middle + 140 * row, length, 46, LINE)
    pill(MARGIN + 130, middle, 250, 46, CORAL)
    for bar in range(23):
        x = MARGIN + 430 + 106 * bar
        burst = abs(math.sin(math.pi * (bar + 0.5) / 7)) * (0.7 + 0.3 * math.cos(2.4 * bar))
        grown = min(1, (bar / 12) ** 1.5)
        pill(x, middle, 54, 54 + 1080 * burst * grown, CREAM if 7 <= bar < 14 else CORAL)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, subsampling=0)
    return out.getvalue()
