"""The cover is one that podcast apps take, whatever the show is called."""

import io
from pathlib import Path

import pytest
from PIL import Image

from podcast.cover import check_cover, draw_cover, shrink_cover
from podcast.errors import ConfigError

TITLES = {
    "short": "Daily Paper Podcast",
    "one word": "Residuals",
    "longest": " ".join(["The Weekly Conversation About Papers"] * 7)[:255],
    "one long word": "Re" * 127,
    "accents": "Café Über-Modèles",
    "another script": "毎日の論文",
    "empty": "",
}
TAGLINE = "The day's most upvoted machine learning papers, in conversation."


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def title_box(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Return left, upper, right and lower bounds of what is bright above the sheets, in pixels."""
    return image.crop((0, 0, 3000, 700)).convert("L").point(lambda level: 255 * (level > 140)).getbbox()


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
    assert upper >= 240
    assert right <= 3000 - 240 + 4


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_lower_fifth_holds_no_words(title: str) -> None:
    """Where lines of words would begin, the lower fifth is bare paper: players lay their own text there."""
    image = picture(draw_cover(title, "A tagline of as many words as may be. " * 6))
    darkest, _ = image.crop((250, 2400, 360, 3000)).convert("L").getextrema()
    assert isinstance(darkest, int)
    assert darkest > 230


@pytest.mark.parametrize("pixels", [600, 1400])
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


@pytest.mark.parametrize(
    ("name", "size", "mode", "kind", "rule"),
    [
        ("cover.jpg", (1500, 1400), "RGB", "JPEG", "must be square"),
        ("cover.jpg", (1399, 1399), "RGB", "JPEG", "1400 to 3000 pixels"),
        ("cover.jpg", (3001, 3001), "RGB", "JPEG", "1400 to 3000 pixels"),
        ("cover.png", (1400, 1400), "RGBA", "PNG", "RGB without transparency, and are RGBA"),
        ("cover.jpg", (1400, 1400), "CMYK", "JPEG", "RGB without transparency, and are CMYK"),
        ("cover.jpg", (1400, 1400), "RGB", "PNG", "must be JPEG .jpg or PNG .png, not PNG .jpg"),
        ("cover.webp", (1400, 1400), "RGB", "WEBP", "must be JPEG .jpg or PNG .png, not WEBP .webp"),
    ],
)
def test_broken_rule_is_named(
    name: str, size: tuple[int, int], mode: str, kind: str, rule: str, tmp_path: Path
) -> None:
    """A cover that breaks one rule is refused with that rule and no other, and with its file's name."""
    with pytest.raises(ConfigError) as caught:
        check_cover(save(tmp_path / name, size, mode, kind))
    assert rule in str(caught.value)
    assert name in str(caught.value)
    assert ";" not in str(caught.value)
    assert caught.value.hint


def test_all_broken_rules_are_named_at_once(tmp_path: Path) -> None:
    """A cover that breaks several rules is refused once, with all of them."""
    with pytest.raises(ConfigError, match=r"RGB.*; .*square; .*1400"):
        check_cover(save(tmp_path / "cover.png", (1000, 900), "RGBA", "PNG"))


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
    with pytest.raises(ConfigError, match=r"cover\.jpg cannot be read"):
        check_cover(path)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_both_kinds_are_accepted(kind: str, tmp_path: Path) -> None:
    """A JPEG named .jpeg and a PNG named .PNG are covers: the case of the ending does not matter."""
    check_cover(save(tmp_path / {"JPEG": "cover.jpeg", "PNG": "cover.PNG"}[kind], (1400, 1400), kind=kind))
