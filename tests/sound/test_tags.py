"""What an MP3 says of its language."""

import datetime as dt
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from podcast.show.iso639 import THREE_LETTERS
from podcast.sound import tags

TAGS = tags.Tags("T", "S", "A", 1, dt.datetime(2025, 1, 1, tzinfo=dt.UTC), "en", "c", "https://a.example/", None)


@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "eng"), ("de-AT", "deu"), ("ar", "ara"), ("hi", "hin"), ("sv", "swe"), ("da", "dan"), ("cs", "ces"),
     ("el", "ell"), ("fa", "fas"), ("uk", "ukr"), ("vi", "vie"), ("id", "ind"), ("he", "heb"), ("iw", "heb"),
     ("nb", "nob"), ("zh-Hant", "zho"), ("pt-BR", "por"), ("gsw", "gsw"), ("qq", "XXX")],
)  # fmt: skip
def test_the_language_is_named_by_three_letters(tmp_path: Path, language: str, code: str) -> None:
    """TLAN and the comment have the code of ISO 639-2 of every language that has one."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"\xff\xfb\x90\x00" + b"\0" * 413)
    tags.write(path, tags.replace(TAGS, language=language), ())
    found = ID3(path)
    assert found["TLAN"].text == [code]
    assert found.getall("COMM")[0].lang == code


def test_all_codes_of_two_letters_have_one_of_three() -> None:
    """The table is the standard's: 184 languages, each by letters alone."""
    assert len(THREE_LETTERS) == 184
    assert all(len(short) == 2 and len(code) == 3 and code.isalpha() for short, code in THREE_LETTERS.items())
