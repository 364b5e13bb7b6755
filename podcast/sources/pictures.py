"""A picture of somebody else's becomes one that a show can put on a site: a square JPEG of pixels alone.

What came is not trusted: its kind and its size are looked at before it is decoded, and nothing of it but its pixels
goes on. It is scaled and set on white, and nothing is cut off.
"""

import io
import warnings
from typing import TYPE_CHECKING

from podcast.show.errors import NoText

if TYPE_CHECKING:
    from PIL import Image

SIDE = 1200
"""Pixels of the square."""
_MARGIN = 60
LARGEST = 2_000_000
"""Bytes of what came."""
MOST_BYTES = 200_000
"""Of what is made of it."""
_MOST_PIXELS = 16_000_000
_SMALLEST, _LONGEST = 200, 5.0
"""Pixels of a shorter side, and how many times as long the other may be: what is smaller is an icon, what is longer
cannot be read in a square."""
_LARGER = 3.0
"""How many times its size it may be drawn at."""
_HINT = "the paper is told without it"


def squared(data: bytes) -> bytes:
    """Return the picture, a PNG or a JPEG, as a square JPEG of 200 kB at most. NoText says why there can be none."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its sides are judged before it is decoded
        try:
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            _check(image)
            drawn = _on_white(image)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise NoText(f"the figure is no picture that can be read: {type(error).__name__}", _HINT) from error
    for quality in (88, 80, 70, 60, 45, 30, 15):
        out = io.BytesIO()
        drawn.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise NoText(f"the figure has more than {MOST_BYTES // 1000} kB however it is packed", _HINT)


def _check(image: "Image.Image") -> None:
    wide, high = image.size
    if wide * high > _MOST_PIXELS:
        raise NoText(f"the figure has {wide} × {high} pixels", _HINT)
    short, long = sorted((wide, high))
    if short < _SMALLEST or long > _LONGEST * short:
        raise NoText(f"the figure cannot be read in a square: it has {wide} × {high} pixels", _HINT)
    if image.mode[:1] in ("I", "F"):
        raise NoText(f"the figure's colours are {image.mode}", _HINT)


def _on_white(image: "Image.Image") -> "Image.Image":
    """Return the picture whole in the middle of a white square."""
    from PIL import Image

    room = SIDE - 2 * _MARGIN
    if image.format == "JPEG":
        image.draft("RGB", (2 * room, 2 * room))
    whole = image.convert("RGBA")
    scale = min(room / max(whole.size), _LARGER)
    size = (max(1, round(whole.width * scale)), max(1, round(whole.height * scale)))
    fitted = whole.resize(size, Image.Resampling.LANCZOS)
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(fitted, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2), fitted)
    return square
