"""The show's cover: draw one, shrink one, and check one against the rules of the podcast apps."""

from __future__ import annotations

import functools
import io
import math
import textwrap
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, cast

from podcast import store
from podcast.errors import ConfigError

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

SIZE, MARGIN, MAX_BYTES = 3000, 240, 512_000
"""Pixels a side, the most that Apple takes; pixels left free beside the words; the most bytes of a cover."""
TYPES = (("JPEG", ".jpg"), ("JPEG", ".jpeg"), ("PNG", ".png"))
INK, DUSK, SLATE, CREAM, LINE, CORAL = "#191638", "#2c2857", "#433d7d", "#fdf5e6", "#d3cacf", "#ff6f52"
PLAIN = str.maketrans({"'": "’", "–": "-", "—": "-", "ß": "ss", "Æ": "AE", "æ": "ae", "Ø": "O", "ø": "o"})


def draw_cover(title: str, tagline: str) -> bytes:
    """Return a 3000 × 3000 RGB JPEG below 500 kB: the title above a sheet of paper whose words become sound.

    The same words give the same bytes. Pillow's own font has no accents and no other script: an accent
    is dropped, and words in another script are left out, so that the picture stands alone.
    """
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (SIZE, SIZE), INK)
    draw = ImageDraw.Draw(image)
    end = _write(draw, title, CREAM, (240, 1180), (470, 1.04, 0.024))
    end = _write(draw, tagline, CORAL, (end + 80, 1560), (116, 1.3, 0.01))
    _draw_paper_and_sound(draw, max(1560, end + 870))
    return next(data for quality in range(90, 0, -5) if len(data := _jpeg(image, quality)) < 500_000)


@functools.lru_cache(maxsize=4)
def shrink_cover(data: bytes, pixels: int) -> bytes:
    """Return the cover as a square RGB JPEG of `pixels` a side; what is too wide or too high is cut off.

    What was asked last is remembered: every mix and every publishing asks the same, and it takes 0.15 s.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        small = ImageOps.fit(image.convert("RGB"), (pixels, pixels), Image.Resampling.LANCZOS)
    return _jpeg(small, 85)


def of_show(path: Path, title: str, tagline: str) -> bytes:
    """Return the show's cover as a JPEG; where `path` has none, one is drawn there and is the show's from then on.

    Raises ConfigError, with the rule, for a cover that podcast apps would refuse.
    """
    if not path.is_file():
        store.create_once(path, draw_cover(title, tagline))
    check_cover(path)
    data = path.read_bytes()
    return data if path.suffix.lower() != ".png" else shrink_cover(data, 1400)


def check_cover(path: Path) -> None:
    """Raise ConfigError, which names every rule broken, unless podcast apps will take the cover."""
    from PIL import Image

    try:
        size = path.stat().st_size
        with Image.open(path) as image:
            kind, mode, (width, height) = str(image.format), image.mode, image.size
    except OSError as error:  # Pillow's "cannot identify" is one too
        raise ConfigError(f"{path} cannot be read: {error}", "put a JPEG or a PNG there") from error
    rules = (
        ((kind, path.suffix.lower()) in TYPES, f"it must be JPEG .jpg or PNG .png, not {kind} {path.suffix}"),
        (mode == "RGB", f"its colours must be RGB without transparency, and are {mode}"),
        (width == height, "it must be square"),
        (all(1400 <= side <= SIZE for side in (width, height)), f"its sides must have 1400 to {SIZE} pixels"),
        (size <= MAX_BYTES, f"it must have at most {MAX_BYTES:,} bytes, and has {size:,}"),
    )
    if broken := "; ".join(rule for kept, rule in rules if not kept):
        raise ConfigError(f"{path} ({width} × {height}): {broken}", "mend or replace the picture")


def _write(draw: ImageDraw.ImageDraw, text: str, fill: str, y: tuple[int, int], style: tuple[int, float, float]) -> int:
    """Write the text between two heights, as large as fits in lines of like length; return where it ends."""
    from PIL import ImageFont

    letters = unicodedata.normalize("NFKD", text.translate(PLAIN))
    text = "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()
    if not text or not all(letter.isascii() or letter in "‘’“”·" for letter in text):
        return y[0]
    largest, leading, weight = style
    cut = max(map(len, text.split())) > 40
    wraps = [textwrap.wrap(text, width, break_long_words=cut) for width in range(1, len(text) + 1)]
    trial = cast("ImageFont.FreeTypeFont", ImageFont.load_default(100))  # what every wheel of Pillow gives

    def fit(lines: list[str]) -> int:
        widest = max(trial.getlength(line) for line in lines) / 100 + 2 * weight
        return int(min(largest, (SIZE - 2 * MARGIN) / widest, (y[1] - y[0]) / leading / len(lines)))

    lines = max((next(wrap for wrap in wraps if len(wrap) <= rows) for rows in range(1, 11)), key=fit)
    font = trial.font_variant(size=fit(lines))
    step, stroke = leading * font.size, round(weight * font.size)  # an outline makes the one weight bold
    for row, line in enumerate(lines):
        left, *_ = font.getmask(line).getbbox() or (0,)  # where its ink begins
        draw.text((MARGIN + stroke - left, y[0] + row * step), line, fill, font, stroke_width=stroke)
    return round(y[0] + len(lines) * step)


def _draw_paper_and_sound(draw: ImageDraw.ImageDraw, middle: int) -> None:
    """Draw three sheets that rise from the lower edge; the line at `middle` runs on as two voices in turn."""
    for step, colour in ((2, DUSK), (1, SLATE), (0, CREAM)):
        left, top, right = MARGIN + 66 * step, middle - 620 - 66 * step, MARGIN + 1060 + 66 * step
        fold = ((right - 200, top), (right, top + 200))
        draw.polygon([(left, top), *fold, (right, SIZE), (left, SIZE)], colour)
    draw.polygon([*fold, (right - 200, top + 200)], LINE)

    def pill(x: float, y: float, width: float, height: float, colour: str) -> None:
        draw.rounded_rectangle((x, y - height / 2, x + width, y + height / 2), min(width, height) / 2, colour)

    for row, length in enumerate((390, 780, 540, 250, 560, 790, 680, 790, 430, 780, 790, 610, 790, 720), -3):
        pill(MARGIN + 130, middle + 140 * row, length, 46, LINE if row else CORAL)
    for bar in range(21):
        burst = math.sin(math.pi * (bar % 7 + 0.5) / 7) * (0.7 + 0.3 * math.cos(2.4 * bar))
        high = 54 + 1080 * burst * min(1, (bar / 12) ** 1.5)
        pill(MARGIN + 430 + 102 * bar, middle, 54, high, CREAM if 7 <= bar < 14 else CORAL)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, subsampling=0)
    return out.getvalue()
