"""The cover is one that podcast apps take, whatever the show is called."""

import datetime as dt
import io
import logging
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from podcast.press import lettering
from podcast.press.cover import PALETTES, TITLE, check_cover, draw_cover, draw_episode, shrink_cover, tile
from podcast.show.errors import ConfigError

TITLES = {
    "short": "Daily Paper Podcast",
    "one word": "Residuals",
    "longest": " ".join(["The Weekly Conversation About Papers"] * 7)[:255],
    "one long word": "Re" * 127,
    "accents": "Café Über-Modèles",
    "Cyrillic": "Утренние статьи",
    "Greek": "Σήμερα στα άρθρα",
    "a rare accent": "Ḩĕllo",
    "emoji": "Papers 🤗 Today",
    "another script": "毎日の論文",
    "empty": "",
}
TAGLINE = "The day's most upvoted machine learning papers, in conversation."


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def title_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, upper, right and lower bounds of what differs from the ground above the sheets, in pixels."""
    top = image.crop((0, 0, 3000, 700)).convert("L")
    ground = top.getpixel((20, 20))
    assert isinstance(ground, int)
    return top.point(lambda level: 255 * (abs(level - ground) > 60)).getbbox()


def save(path: Path, size: tuple[int, int], mode: str = "RGB", kind: str = "JPEG") -> Path:
    Image.new(mode, size).save(path, kind)
    return path


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_drawn_cover_is_accepted(title: str, tmp_path: Path) -> None:
    """Whatever the title, the cover is a square RGB JPEG of 3000 pixels that keeps every rule."""
    data = draw_cover(title, TAGLINE)
    image = picture(data)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (3000, 3000))
    assert len(data) < 500_000
    (tmp_path / "cover.jpg").write_bytes(data)
    check_cover(tmp_path / "cover.jpg")


def test_same_words_give_same_bytes() -> None:
    """Drawing twice gives the same bytes, and another title gives others."""
    assert draw_cover("Residuals", TAGLINE) == draw_cover("Residuals", TAGLINE)
    assert draw_cover("Residuals", TAGLINE) != draw_cover("Residual", TAGLINE)


@pytest.mark.parametrize("name", ["short", "one word", "longest", "one long word", "accents"])
def test_title_stays_within_margins(name: str) -> None:
    """A title of any length begins at the left margin and leaves the right one free."""
    box = title_box(picture(draw_cover(TITLES[name], "")))
    assert box is not None
    left, upper, right, _ = box
    assert left == pytest.approx(240, abs=4)
    assert upper >= 120  # an accent stands above the capitals
    assert right <= 3000 - 240 + 4


@pytest.mark.long
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_lower_fifth_holds_no_words(title: str) -> None:
    """Where lines of words would begin, the lower fifth is bare paper: players lay their own text there."""
    image = picture(draw_cover(title, "A tagline of as many words as may be. " * 6))
    darkest, _ = image.crop((250, 2400, 360, 3000)).convert("L").getextrema()
    assert isinstance(darkest, int)
    assert darkest > 230


@given(st.text(max_size=255), st.integers(200, 3000), st.integers(100, 1000))
@example("0" * 21, 200, 100)
def test_words_fit_their_room(text: str, width: int, height: int) -> None:
    """Any title is set within the room it has, with all its words in order; or the font lacks its script."""
    said = lettering.spelt(text)
    if said is None:
        return
    block = lettering.fit(said, TITLE, (width, height))
    assert "".join(block.lines).replace(" ", "").replace("-", "") == said.replace(" ", "").replace("-", "")
    assert block.height <= height
    if block.size > 1:  # smaller there is none
        assert all(lettering.length(line, TITLE, block.size) <= width + block.size * 0.1 for line in block.lines)


def test_accents_stay() -> None:
    """A letter with an accent is drawn as such, and so are other alphabets that the font has."""
    assert draw_cover("Modèle", "") != draw_cover("Modele", "")
    assert title_box(picture(draw_cover("Статьи", ""))) is not None
    assert title_box(picture(draw_cover("Άρθρα", ""))) is not None


def test_a_script_that_the_font_lacks_leaves_the_picture_alone(caplog: pytest.LogCaptureFixture) -> None:
    """Words in another script are left out, tagline and all, and the person is told."""
    with caplog.at_level(logging.WARNING):
        image = picture(draw_cover("毎日の論文", TAGLINE))
    assert title_box(image.crop((0, 0, 3000, 600))) is None
    assert "the cover has no words" in caplog.text


def test_shows_differ_in_colour() -> None:
    """Titles share out the palettes among them."""
    grounds = {picture(draw_cover(f"Show {number}", "")).getpixel((20, 20)) for number in range(6)}
    assert 3 <= len(grounds) <= len(PALETTES)


@pytest.mark.parametrize("pixels", [144, 600, 1400])
def test_shrunk_cover_has_its_size(pixels: int) -> None:
    """A shrunk cover is a square RGB JPEG of the size asked for, and the same each time."""
    data = draw_cover("Residuals", TAGLINE)
    small = shrink_cover(data, pixels)
    assert (picture(small).format, picture(small).mode) == ("JPEG", "RGB")
    assert picture(small).size == (pixels, pixels)
    assert small == shrink_cover(data, pixels)


def test_wide_cover_is_cut_to_a_square() -> None:
    """Shrinking cuts a wide picture instead of squeezing it, and drops transparency."""
    out = io.BytesIO()
    Image.new("RGBA", (2000, 1000), (255, 0, 0, 255)).save(out, "PNG")
    small = picture(shrink_cover(out.getvalue(), 100))
    assert (small.mode, small.size) == ("RGB", (100, 100))
    red, green, blue = small.resize((1, 1)).convert("RGB").tobytes()
    assert (red > 250, green < 5, blue < 5) == (True, True, True)


def as_bytes(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def plain(mode: str = "RGB", size: tuple[int, int] = (1400, 1400)) -> Image.Image:
    return Image.new(mode, size)


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return as_bytes(plain(), "JPEG", exif=exif)


def png(side: int, bits: int, rows: bytes) -> bytes:
    """An RGB PNG as Pillow would not write it: header, one zlib stream of rows, end."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, bits, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


BROKEN = {
    "not square": ("cover.jpg", lambda: as_bytes(plain(size=(1500, 1400)), "JPEG"), "must be square"),
    "too small": ("cover.jpg", lambda: as_bytes(plain(size=(1399, 1399)), "JPEG"), "1400 to 3000 pixels"),
    "too large": ("cover.jpg", lambda: as_bytes(plain(size=(3001, 3001)), "JPEG"), "1400 to 3000 pixels"),
    "huge": ("cover.png", lambda: png(12_000, 8, b""), "1400 to 3000 pixels"),
    "a bomb": ("cover.png", lambda: png(60_000, 8, b""), "1400 to 3000 pixels, and have far more"),
    "alpha": ("cover.png", lambda: as_bytes(plain("RGBA"), "PNG"), "are RGBA with transparency"),
    "grey with alpha": ("cover.png", lambda: as_bytes(plain("LA"), "PNG"), "are LA with transparency"),
    "one clear colour": ("cover.png", lambda: as_bytes(plain(), "PNG", transparency=(0, 0, 0)), "with transparency"),
    "palette": ("cover.png", lambda: as_bytes(plain("P"), "PNG"), "a palette"),
    "grey": ("cover.jpg", lambda: as_bytes(plain("L"), "JPEG"), "must be RGB without transparency, and are L"),
    "CMYK": ("cover.jpg", lambda: as_bytes(plain("CMYK"), "JPEG"), "CMYK, which is for print"),
    "16 bit grey": ("cover.png", lambda: as_bytes(plain("I;16"), "PNG"), "16 bit a channel"),
    "16 bit": ("cover.png", lambda: png(1400, 16, bytes((1 + 6 * 1400) * 1400)), "16 bit a channel"),
    "PNG named jpg": ("cover.jpg", lambda: as_bytes(plain(), "PNG"), "that of its type: JPEG .jpg or PNG .png"),
    "JPEG named png": ("cover.PNG", lambda: as_bytes(plain(), "JPEG"), "not JPEG .PNG"),
    "WebP": ("cover.webp", lambda: as_bytes(plain(), "WEBP"), "must be JPEG .jpg or PNG .png, not WEBP .webp"),
    "turned": ("cover.jpg", turned, "turned by its EXIF data"),
    "animated": (
        "cover.png",
        lambda: as_bytes(plain(), "PNG", save_all=True, append_images=[Image.new("RGB", (1400, 1400), "red")]),
        "several frames",
    ),
    "JPEG cut off": ("cover.jpg", lambda: draw_cover("Residuals", "")[:-9000], "cut off or damaged"),
    "PNG cut off": ("cover.png", lambda: as_bytes(plain(), "PNG")[:-200], "cut off or damaged"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "make", "rule"), BROKEN.values(), ids=BROKEN)
def test_broken_rule_is_named(name: str, make: Callable[[], bytes], rule: str, tmp_path: Path) -> None:
    """A cover that breaks one rule is refused with that rule and no other, its file's name, and what to do."""
    (tmp_path / name).write_bytes(make())
    with pytest.raises(ConfigError) as caught:
        check_cover(tmp_path / name)
    assert rule in str(caught.value)
    assert name in str(caught.value)
    assert ";" not in str(caught.value)
    assert caught.value.hint


def test_all_broken_rules_are_named_at_once(tmp_path: Path) -> None:
    """A cover that breaks several rules is refused once, with all of them and what to do about each."""
    with pytest.raises(ConfigError, match=r"RGB.*; .*square.*; .*1400") as caught:
        check_cover(save(tmp_path / "cover.png", (1000, 900), "RGBA", "PNG"))
    assert caught.value.hint.count(";") == 2


@pytest.mark.parametrize("name", ["cover.jpg", "cover.jpeg", "COVER.JPG", "cover.png", "cover.PNG", "progressive.jpg"])
def test_what_apps_take_is_accepted(name: str, tmp_path: Path) -> None:
    """The case of the ending does not matter, and a progressive JPEG is a JPEG."""
    kind = "PNG" if name.lower().endswith("png") else "JPEG"
    how = {"progressive": True} if "progressive" in name else {}
    (tmp_path / name).write_bytes(as_bytes(plain(), kind, **how))
    check_cover(tmp_path / name)


def test_large_file_is_refused(tmp_path: Path) -> None:
    """A cover of 512,000 bytes is accepted, and one more byte is named as too many."""
    path = save(tmp_path / "cover.jpg", (1400, 1400))
    data = path.read_bytes()
    path.write_bytes(data.ljust(512_000, b"\0"))
    check_cover(path)
    path.write_bytes(data.ljust(512_001, b"\0"))
    with pytest.raises(ConfigError, match="at most 512,000 bytes, and has 512,001"):
        check_cover(path)


@pytest.mark.parametrize("content", [None, b"", b"no picture"])
def test_unreadable_cover_is_refused(content: bytes | None, tmp_path: Path) -> None:
    """A missing file, an empty one and one of another kind are ConfigErrors that name the file."""
    path = tmp_path / "cover.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"cover\.jpg(: it is no picture| cannot be read)"):
        check_cover(path)


def art(title: str, number: int = 7) -> bytes:
    return draw_episode(tile(draw_cover("Residuals", TAGLINE)), title, dt.date(2025, 1, 6), number)


@pytest.mark.long
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_art_of_an_episode_is_accepted(title: str, tmp_path: Path) -> None:
    """Whatever the paper is called, its picture keeps the rules of a cover and has no words in the lower fifth."""
    data = art(title)
    (tmp_path / "art.jpg").write_bytes(data)
    check_cover(tmp_path / "art.jpg")
    assert len(data) < 500_000
    assert data == art(title)


@pytest.mark.long
def test_each_episode_has_its_own_art_in_the_colours_of_the_cover() -> None:
    """Title and number change the picture; its ground is the cover's."""
    assert len({art("Attention"), art("Attention", 8), art("Retention")}) == 3
    ground = picture(draw_cover("Residuals", TAGLINE)).getpixel((20, 20))
    drawn = picture(art("Attention")).getpixel((20, 20))
    assert isinstance(ground, tuple)
    assert isinstance(drawn, tuple)
    assert max(abs(one - other) for one, other in zip(ground, drawn, strict=True)) <= 3


def test_art_is_legible_on_any_cover() -> None:
    """A cover of one colour, black, white or grey, gives words that stand out from it."""
    for level in (0, 128, 255):
        cover = as_bytes(Image.new("RGB", (1400, 1400), (level,) * 3), "JPEG")
        words = (
            picture(draw_episode(tile(cover), "Attention", dt.date(2025, 1, 6), 1))
            .convert("L")
            .crop((150, 690, 1850, 900))
        )
        low, high = words.getextrema()
        assert isinstance(low, int)
        assert isinstance(high, int)
        assert high - low > 100
