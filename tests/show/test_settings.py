"""Settings that a directory would refuse, refused at once, by the tables that the feed is held to."""

import re

import pytest
from pydantic import ValidationError

from podcast.show.settings import ShowSettings


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"category": "Science > Cooking"}, "of Science there are Astronomy"),
        ({"category": "History > Rome"}, "History is not divided"),
        ({"category": "science"}, "none of Apple's categories"),
        ({"rrule": "DAILY"}, "no rule of RFC 5545 such as FREQ=WEEKLY"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=MON"}, "no rule of RFC 5545"),
        ({"rrule": ""}, "no rule of RFC 5545"),
        ({"frequency": ""}, "at least 1"),
        ({"language": "xx"}, "no language's code"),
        ({"title": "ü" * 200}, "takes 255 bytes of UTF-8 at most, and has 400"),
        ({"title": "  "}, "must not be blank"),
        ({"author": " "}, "must not be blank"),
        ({"description": "語" * 1400}, "take 4,000 bytes of UTF-8 at most"),
        ({"description": "x" * 2900, "frequency": "y" * 1100}, "take 4,000 bytes of UTF-8 at most"),
        ({"licence": "cc--by"}, "no slug"),
        ({"licence": "gpl-2.0+"}, "no slug"),
        ({"licence": "Mine", "licence_url": "example.org/terms"}, "an address that begins with https"),
        ({"licence": "Mine", "licence_url": "https://example.org/für"}, "an address that begins with https"),
    ],
    ids=lambda value: re.sub(r"(.)\1{9,}", r"\1…", str(value)) if isinstance(value, dict) else "",
)
def test_what_no_directory_takes_is_no_setting(said: dict[str, str], told: str) -> None:
    """Each rule of the feed that rests on settings alone is one of the settings: `config` and `doctor` say it, before
    anything is made."""
    with pytest.raises(ValidationError) as caught:
        ShowSettings.model_validate(said)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        {"category": "Science > Mathematics"},
        {"category": "Technology"},
        {"category": "Science>Physics"},
        {"rrule": "FREQ=DAILY"},
        {"rrule": "FREQ=MONTHLY;BYDAY=1MO,-1FR;INTERVAL=2"},
        {"language": "pt-BR"},
        {"language": "yue"},
        {"email": ""},
        {"email": "me@localhost"},
        {"title": "ü" * 127},
        {"description": "語" * 1280},
        {"licence": ""},
        {"licence": "Mine", "licence_url": "https://example.org/terms"},
    ],
)
def test_what_directories_take_is_a_setting(said: dict[str, str]) -> None:
    ShowSettings.model_validate(said)
