"""What podcast directories demand of artwork (podcasters.apple.com/support/896), and what of it a picture breaks."""

import io
from collections.abc import Iterator
from typing import NamedTuple

SMALLEST, LARGEST, MAX_BYTES = 1400, 3000, 512_000
"""Pixels a side, and bytes: apps load it over slow lines, and several refuse more."""
SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}
EXIF_ORIENTATION = 0x0112


class Fault(NamedTuple):
    """A rule that a picture breaks, and what to do."""

    rule: str
    remedy: str


def faults(data: bytes, suffix: str) -> tuple[Fault, ...]:
    """Return every rule that the picture of that file ending breaks; nothing for one that apps will take."""
    return tuple(_faults(data, suffix))


def _faults(data: bytes, suffix: str) -> Iterator[Fault]:
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its sides are judged before it is decoded
            image = Image.open(io.BytesIO(data))
    except UnidentifiedImageError:
        yield Fault("it is no picture", "put a JPEG or a PNG there")
        return
    except Image.DecompressionBombError:
        yield Fault(f"its sides must have {SMALLEST} to {LARGEST} pixels, and have far more", "scale it to 3000 × 3000")
        return
    kind = "JPEG" if image.format == "MPO" else str(image.format)  # an MPO is several JPEGs in one file
    (width, height), ending = image.size, suffix.lower()
    if kind not in SUFFIXES:
        yield Fault(f"it must be JPEG .jpg or PNG .png, not {kind} {suffix}", "save it as a JPEG or a PNG")
    elif ending not in SUFFIXES[kind]:
        yield Fault(
            f"its ending must be that of its type: JPEG .jpg or PNG .png, not {kind} {suffix}",
            f"rename it to {SUFFIXES[kind][0]}",
        )
    yield from _colours(image, data)
    if width != height:
        yield Fault(f"it must be square, and is {width} × {height}", "cut it to a square")
    sized = all(SMALLEST <= side <= LARGEST for side in image.size)
    if not sized:
        yield Fault(
            f"its sides must have {SMALLEST} to {LARGEST} pixels, and have {width} × {height}",
            f"scale it to {LARGEST} × {LARGEST}",
        )
    if len(data) > MAX_BYTES:
        yield Fault(f"it must have at most {MAX_BYTES:,} bytes, and has {len(data):,}", "save it with more compression")
    if not sized:
        return
    if not _whole(data):
        yield Fault("it cannot be read to its end: the file is cut off or damaged", "save or download it again")
        return
    if getattr(image, "n_frames", 1) > 1:
        yield Fault("it must be one still picture, and has several frames", "save its first frame alone")
    if image.getexif().get(EXIF_ORIENTATION, 1) != 1:
        yield Fault(
            "it is turned by its EXIF data, which some apps ignore",
            "turn the picture itself and save it without the EXIF orientation",
        )


def _colours(image: object, data: bytes) -> Iterator[Fault]:
    """Yield what is wrong with how the picture holds colours."""
    from PIL import Image

    assert isinstance(image, Image.Image)
    mode, rule = image.mode, "its colours must be RGB without transparency, and are"
    if mode == "CMYK":
        yield Fault(f"{rule} CMYK, which is for print", "convert it to RGB (sRGB)")
    elif "A" in mode or "transparency" in image.info:
        yield Fault(f"{rule} {mode} with transparency", "flatten it onto a ground")
    elif mode == "P":
        yield Fault(f"{rule} a palette (P)", "convert it to RGB")
    elif mode.startswith("I") or (image.format == "PNG" and data[24:25] == b"\x10"):  # IHDR's bit depth
        yield Fault(f"{rule} of 16 bit a channel", "convert it to 8 bit RGB")
    elif mode != "RGB":
        yield Fault(f"{rule} {mode}", "convert it to RGB")


def _whole(data: bytes) -> bool:
    """Whether every row of the picture can be decoded."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
    except (OSError, SyntaxError, ValueError):  # Pillow says a broken PNG chunk by SyntaxError
        return False
    return True
