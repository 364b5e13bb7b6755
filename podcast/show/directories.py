"""What directories allow of a show: `settings` refuses the rest at once, `podcast.check` where a feed has it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from podcast.show.iso639 import THREE_LETTERS

TITLE = 255
"""Bytes of UTF-8 that a title has at most (Apple)."""
DESCRIPTION = 4000
"""The same of a description."""

SLUG = r"[a-z0-9]+([.-][a-z0-9]+)*"
"""A pattern: a licence that the podcast namespace knows by its name alone."""

_DAY = r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)"
RRULE = (
    r"FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)"
    rf"(?:;(?:INTERVAL=[1-9]\d*|COUNT=[1-9]\d*|UNTIL=\d{{8}}(?:T\d{{6}}Z?)?|WKST={_DAY}|BYDAY={_DAY}(?:,{_DAY})*"
    r"|BY(?:MONTH|MONTHDAY|YEARDAY|WEEKNO|HOUR|MINUTE|SECOND|SETPOS)=-?\d+(?:,-?\d+)*))*"
)
"""A pattern: a rule of RFC 5545."""

_CATEGORIES = {
    "Arts": "Books; Design; Fashion & Beauty; Food; Performing Arts; Visual Arts",
    "Business": "Careers; Entrepreneurship; Investing; Management; Marketing; Non-Profit",
    "Comedy": "Comedy Interviews; Improv; Stand-Up",
    "Education": "Courses; How To; Language Learning; Self-Improvement",
    "Fiction": "Comedy Fiction; Drama; Science Fiction",
    "Government": "",
    "Health & Fitness": "Alternative Health; Fitness; Medicine; Mental Health; Nutrition; Sexuality",
    "History": "",
    "Kids & Family": "Education for Kids; Parenting; Pets & Animals; Stories for Kids",
    "Leisure": "Animation & Manga; Automotive; Aviation; Crafts; Games; Hobbies; Home & Garden; Video Games",
    "Music": "Music Commentary; Music History; Music Interviews",
    "News": "Business News; Daily News; Entertainment News; News Commentary; Politics; Sports News; Tech News",
    "Religion & Spirituality": "Buddhism; Christianity; Hinduism; Islam; Judaism; Religion; Spirituality",
    "Science": "Astronomy; Chemistry; Earth Sciences; Life Sciences; Mathematics; Natural Sciences; Nature; Physics; "
    "Social Sciences",
    "Society & Culture": "Documentary; Personal Journals; Philosophy; Places & Travel; Relationships",
    "Sports": "Baseball; Basketball; Cricket; Fantasy Sports; Football; Golf; Hockey; Rugby; Running; Soccer; "
    "Swimming; Tennis; Volleyball; Wilderness; Wrestling",
    "Technology": "",
    "True Crime": "",
    "TV & Film": "After Shows; Film History; Film Interviews; Film Reviews; TV Reviews",
}
CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(filter(None, below.split("; "))) for name, below in _CATEGORIES.items()}
)
"""Apple's categories and the subcategories of each, as of podcasters.apple.com/support/1691."""


def is_language(tag: str) -> bool:
    """Whether it is a code of ISO 639, with a region where wanted.

    >>> is_language("en"), is_language("pt-BR"), is_language("xx"), is_language("")
    (True, True, False, False)
    """
    code, *more = tag.split("-")
    shaped = all(re.fullmatch(r"[A-Za-z0-9]{2,8}", part) for part in more)
    return shaped and (bool(re.fullmatch(r"[a-z]{3}", code)) or code in THREE_LETTERS)


def wrong_category(text: str) -> str:
    """Return what is wrong with a category such as "Science > Mathematics"; "" where Apple's list has it.

    >>> wrong_category("Science > Mathematics"), wrong_category("News")
    ('', '')
    >>> wrong_category("History > Rome")
    "'History > Rome' is none of Apple's: History is not divided"
    """
    name, _, below = (part.strip() for part in text.partition(">"))
    if name not in CATEGORIES:
        return f"{text!r} is none of Apple's categories: {', '.join(CATEGORIES)}"
    if not below or below in CATEGORIES[name]:
        return ""
    there = f"of {name} there are {', '.join(CATEGORIES[name])}" if CATEGORIES[name] else f"{name} is not divided"
    return f"{text!r} is none of Apple's: {there}"
