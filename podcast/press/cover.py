"""The show's cover and an episode's art: drawn, shrunk, and checked against the rules of the podcast apps."""

import datetime as dt
import functools
import hashlib
import io
import logging
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from podcast.press import artwork, lettering
from podcast.press.lettering import Style
from podcast.show import store
from podcast.show.errors import ConfigError
from podcast.show.settings import ShowSettings
from podcast.show.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image, ImageDraw

SIZE, MARGIN, LIMIT = 3000, 240, 500_000
"""Pixels a side, the most that Apple takes; pixels left free beside the words; bytes that a drawn picture is below."""

DRAWN = str(ShowSettings.model_fields["cover"].default)
"""The name of a cover that is drawn where there is none: under another name somebody has one of their own."""

log = logging.getLogger(__name__)


class Palette(NamedTuple):
    """The colours of a cover."""

    ground: str
    behind: str
    between: str
    """The two sheets behind the first."""
    words: str
    paper: str
    rule: str
    """A line of the paper's text."""
    accent: str


PALETTES = (
    Palette("#0c2f2b", "#16463f", "#246357", "#f7f2e4", "#f7f2e4", "#cdd2c4", "#ff9f1c"),  # pine and amber
    Palette("#191638", "#2c2857", "#433d7d", "#fdf5e6", "#fdf5e6", "#d3cacf", "#ff6f52"),  # indigo and coral
    Palette("#0b2545", "#163a66", "#265a93", "#f3f6f7", "#f3f6f7", "#c5d0da", "#2cc7b0"),  # navy and turquoise
    Palette("#3a0f24", "#571a38", "#7d2c50", "#fcefe6", "#fcefe6", "#dcc9c8", "#ff7a4d"),  # plum and apricot
    Palette("#f6c445", "#dba322", "#b9820e", "#1f1a2b", "#fffaf0", "#d9d2c6", "#b3201c"),  # saffron and vermilion
    Palette("#d9e6ee", "#a9c2d2", "#7c9fb6", "#14213d", "#ffffff", "#cfd6dd", "#c8321a"),  # sky and vermilion
)
WAVE = (68, 68, 120, 190, 130, 170, 150, 310, 700, 440, 590, 270, 230, 620, 900, 540, 760, 260)
"""How high each bar is, in pixels: six within the paper, then two voices of six."""
TITLE = Style("ExtraBold", largest=640, leading=1.04, tracking=-0.025)
TAGLINE = Style("Medium", largest=118, leading=1.32, tracking=-0.01)


def draw_cover(title: str, tagline: str) -> bytes:
    """Return a 3000 × 3000 RGB JPEG below 500 kB: the title above a sheet of paper whose words become sound.

    The same words give the same bytes; another title often another palette. The lower fifth has no words. Where the
    title is in a script that the font lacks, the picture stands alone, and that is logged.
    """
    from PIL import Image, ImageDraw

    palette = PALETTES[hashlib.sha256(title.encode()).digest()[0] % len(PALETTES)]
    image = Image.new("RGB", (SIZE, SIZE), palette.ground)
    draw = ImageDraw.Draw(image)
    name, line = lettering.spelt(title), lettering.spelt(tagline)
    if name is None:
        log.warning("the cover has no words: its font has no letters for %r; put a picture of your own there", title)
    width = SIZE - 2 * MARGIN
    head = lettering.fit(name or "", TITLE, (width, 940))
    foot = lettering.fit((name and line) or "", TAGLINE, (round(0.86 * width), 330))
    lettering.write(draw, head, (MARGIN, MARGIN), palette.words)
    below = MARGIN + head.height + (110 + 0.1 * head.size if head.lines else 0)
    lettering.write(draw, foot, (MARGIN, below), palette.accent)
    end = below + foot.height
    _draw_paper_and_sound(draw, palette, round(max(1580, end + 900)))
    return _small_enough(image)


class Tile(NamedTuple):
    """The show's cover, small, as JPEGs of 400 and of 200 pixels a side: what the pictures of its episodes are made
    of."""

    shown: bytes
    coloured: bytes


def tile(show_cover: bytes, shrink: "Callable[[bytes, int], bytes] | None" = None) -> Tile:
    """Return the tile of the cover; `shrink` is what `shrink_cover` does."""
    shrink = shrink or shrink_cover
    return Tile(shrink(show_cover, 400), shrink(show_cover, 200))


def draw_episode(tile: Tile, title: str, day: dt.date, number: int) -> bytes:
    """Return an episode's art: a 2000 × 2000 RGB JPEG below 500 kB in the colours of the show's cover.

    The cover stands small above the title; each title has a waveform of its own. The same input gives the same bytes;
    a title in a script that the font lacks is left out.
    """
    from PIL import Image, ImageDraw

    side, margin = 2000, 150
    ground, words, accent = _colours(tile.coloured)
    image = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(image)
    small, mask = _rounded(tile.shown)
    image.paste(small, (margin, margin), mask)
    label = lettering.fit(f"#{number}" if number else "Trailer", Style("ExtraBold", 150, 1.2, -0.02), (1200, 150))
    date = lettering.fit(day.isoformat(), Style("Medium", 84, 1.2), (1200, 100))
    lettering.write(draw, label, (margin + 470, margin + 80), accent)
    lettering.write(draw, date, (margin + 470, margin + 258), words)
    head = lettering.fit(lettering.spelt(title) or "", Style("ExtraBold", 250, 1.1, -0.025), (side - 2 * margin, 780))
    lettering.write(draw, head, (margin, 690), words)
    chance = random.Random(title)
    step, bars = 50, 34
    for bar in range(bars):
        burst = abs(math.sin(math.pi * (bar + 0.5) / bars * 4)) * (0.35 + 0.65 * chance.random())
        _pill(draw, margin + step * bar + 9, 1730, 32, 32 + 270 * burst, accent if bar // 8 % 2 else words)
    return _small_enough(image)


@functools.lru_cache(maxsize=1)
def _rounded(shown: bytes) -> "tuple[Image.Image, Image.Image]":
    """Return the small cover and the mask that gives it round corners: the pictures of all episodes have them."""
    from PIL import Image, ImageDraw

    mask = Image.new("L", (1600, 1600))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 1599, 1599), 140, 255)
    with Image.open(io.BytesIO(shown)) as small:
        small.load()
    return small, mask.resize((400, 400), Image.Resampling.LANCZOS)


@functools.lru_cache(maxsize=8)
def shrink_cover(data: bytes, pixels: int) -> bytes:
    """Return the cover as a square RGB JPEG of `pixels` a side; what is too wide or too high is cut off.

    What was asked last is remembered: every mix and every publishing asks the same, and it takes 0.15 s.
    """
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        small = ImageOps.fit(image.convert("RGB"), (pixels, pixels), Image.Resampling.LANCZOS)
    return _jpeg(small, 85)


def shrink_art(art: bytes) -> bytes:
    """Return an episode's art as pages and lock screens show it: 600 pixels a side, below 60 kB."""
    from PIL import Image

    with Image.open(io.BytesIO(art)) as image:
        image.draft("RGB", (600, 600))  # decoded at a half: a quarter of the time
        small = image.resize((600, 600), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=75, optimize=True, progressive=True)
    return out.getvalue()


def kept_small(data: bytes, pixels: int, folder: Path) -> bytes:
    """Return what `shrink_cover` does, out of the folder where it was asked before; all in there is disposable.

    A file is named by what it was made of and by what it holds, so one that was changed is none.
    """
    made_of = hashlib.sha256(data).hexdigest()[:24]
    for path in folder.glob(f"{made_of}-{pixels}-*.jpg"):
        small = path.read_bytes()
        if path.stem == f"{made_of}-{pixels}-{hashlib.sha256(small).hexdigest()[:24]}":
            return small
    small = shrink_cover(data, pixels)
    name = f"{made_of}-{pixels}-{hashlib.sha256(small).hexdigest()[:24]}.jpg"
    store.write_atomic(folder / name, small, durable=False)
    return small


def of_show(workspace: Workspace, show: ShowSettings) -> bytes:
    """Return the show's cover as a JPEG; where none is named and there is none, one is drawn, and is the show's from
    then on.

    Raises ConfigError as `check_named` does.
    """
    path = workspace.file(show.cover)
    if show.cover == DRAWN and not path.is_file():
        store.create_once(path, draw_cover(show.title, show.tagline))
    check_named(workspace, show)
    data = path.read_bytes()
    return data if path.suffix.lower() != ".png" else shrink_cover(data, 1400)


def check_named(workspace: Workspace, show: ShowSettings) -> None:
    """Raise ConfigError for a cover that podcast apps would refuse, with the rule, or one that is named and not there;
    one that is still to be drawn is right."""
    path = workspace.file(show.cover)
    if path.is_file():
        _look_once(path, path.stat().st_mtime_ns, path.stat().st_size)
    elif show.cover != DRAWN:
        raise ConfigError(
            f"there is no cover {path}", "put it there, or leave [show] cover out of podcast.toml: one is drawn then"
        )


@functools.lru_cache(maxsize=4)
def _look_once(path: Path, changed: int, size: int) -> None:
    """As `check_cover`, which takes a tenth of a second: a picture that is right is looked at once while it stays."""
    check_cover(path)


def check_cover(path: Path) -> None:
    """Raise ConfigError, which names every rule broken and what to do about it, unless podcast apps take the cover."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error}", "put a JPEG or a PNG there") from error
    if broken := artwork.faults(data, path.suffix):
        said = "; ".join(fault.rule for fault in broken)
        raise ConfigError(f"{path}: {said}", "; ".join(fault.remedy for fault in broken))


@functools.lru_cache(maxsize=1)
def _colours(coloured: bytes) -> tuple[str, str, str]:
    """Return ground, words and accent as a small cover has them: its upper corner, ink that stands out, what glows."""
    import colorsys

    from PIL import Image

    with Image.open(io.BytesIO(coloured)) as image:
        corner = image.crop((2, 2, 14, 14)).resize((1, 1), Image.Resampling.BOX).tobytes()
        coarse = image.point(lambda level: int(level) & 0xF0 | 8)  # what JPEG made of one colour is one again
    counted = coarse.getcolors(200 * 200) or []
    found = [colour for count, colour in counted if isinstance(colour, tuple) and count >= 200]  # half a per cent

    def light(rgb: tuple[float, ...]) -> float:
        """Relative luminance (WCAG 2.2): 0 for black to 1 for white."""
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
        low, high = sorted((light(one), light(other)))
        return (high + 0.05) / (low + 0.05)

    ground = tuple(corner)
    words = max(((253, 245, 230), (22, 20, 38)), key=lambda ink: contrast(ink, ground))
    legible = [colour for colour in found if contrast(colour, ground) >= 3] or [words]  # WCAG: large letters
    accent = max(legible, key=lambda colour: math.prod(colorsys.rgb_to_hsv(*(part / 255 for part in colour))[1:]))
    return f"#{bytes(ground).hex()}", f"#{bytes(words).hex()}", f"#{bytes(accent).hex()}"


def _draw_paper_and_sound(draw: "ImageDraw.ImageDraw", palette: Palette, middle: int) -> None:
    """Draw three sheets that rise from the lower edge; the line at `middle` runs on as two voices in turn."""
    for step, colour in ((2, palette.behind), (1, palette.between), (0, palette.paper)):
        left, top, right = MARGIN + 66 * step, middle - 620 - 66 * step, MARGIN + 1060 + 66 * step
        fold = ((right - 200, top), (right, top + 200))
        draw.polygon([(left, top), *fold, (right, SIZE), (left, SIZE)], colour)
    draw.polygon([*fold, (right - 200, top + 200)], palette.rule)
    for row, length in enumerate((390, 780, 540, 250, 560, 790, 680, 790, 430, 780, 790, 610, 790, 720), -3):
        _pill(draw, MARGIN + 130, middle + 140 * row, length, 50, palette.rule if row else palette.accent)
    for bar, high in enumerate(WAVE):
        _pill(draw, MARGIN + 430 + 119 * bar, middle, 68, high, palette.words if 6 <= bar < 12 else palette.accent)


def _pill(draw: "ImageDraw.ImageDraw", x: float, y: float, width: float, height: float, colour: str) -> None:
    draw.rounded_rectangle((x, y - height / 2, x + width, y + height / 2), min(width, height) / 2, colour)


def _small_enough(image: "Image.Image") -> bytes:
    return next(data for quality in range(92, 0, -4) if len(data := _jpeg(image, quality)) < LIMIT)


def _jpeg(image: "Image.Image", quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, subsampling=0)
    return out.getvalue()
