"""The children of an element by their tags, and the words that all checks share."""

import datetime as dt
import re
from collections.abc import Callable, Set
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from podcast.check.rules import Rule
from podcast.check.tables import NAMESPACES
from podcast.show import directories

if TYPE_CHECKING:
    from lxml.etree import _Element

Say = Callable[[Rule, str, object], None]
"""Takes down that a rule is broken: where, and what was found."""

ITUNES, PODCAST, ATOM, CONTENT, PSC = (f"{{{uri}}}" for uri in NAMESPACES.values())

is_address = re.compile(r"https?://[\x21-\x7e]+").fullmatch
is_picture = re.compile(r"\S+\.(jpg|jpeg|png)").fullmatch


class Parts:
    """The children of an element, by tag."""

    __slots__ = ("_found",)

    def __init__(self, element: "_Element") -> None:
        self._found: dict[object, list[_Element]] = {}
        for child in element:
            self._found.setdefault(child.tag, []).append(child)

    def all(self, tag: str) -> "list[_Element]":
        """Return every child of that tag, in order."""
        return self._found.get(tag, [])

    def text(self, tag: str) -> str:
        """Return what the first child of that tag says, without blanks around it; "" where there is none."""
        found = self._found.get(tag)
        return (found[0].text or "").strip() if found else ""

    def once(self, tags: Set[str], where: str, say: Say) -> None:
        """Say which of these tags stand twice."""
        for tag, found in self._found.items():
            if len(found) > 1 and isinstance(tag, str) and tag in tags:
                say(Rule.ONCE, where, f"{len(found)} × {tag.rpartition('}')[2]}")


def date(text: str) -> dt.datetime | None:
    """Return the instant that an RFC 2822 date names; None where it is none, or not the weekday it says."""
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    if found.tzinfo is None or not re.fullmatch(
        r"[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(:\d\d)? \S+", text
    ):
        return None
    return found if _WEEKDAYS[found.weekday()] == text[:3] else None


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def shared(parts: Parts, where: str, say: Say) -> None:
    """Check the tags of the podcast namespace that channel and item have alike."""
    for person in parts.all(f"{PODCAST}person"):
        name = (person.text or "").strip()
        if not 0 < len(name) <= 128:
            say(Rule.PERSON, where, name or "no name")
    for txt in parts.all(f"{PODCAST}txt"):
        if len(txt.text or "") > 4000 or len(txt.get("purpose", "")) > 128:
            say(Rule.TXT, where, f"{len(txt.text or ''):,} characters")
    for licence in parts.all(f"{PODCAST}license"):
        slug, url = (licence.text or "").strip(), licence.get("url")
        if not slug or len(slug) > 128 or (not url and not re.fullmatch(directories.SLUG, slug)):
            say(Rule.LICENSE, where, slug or "no licence")
        if url is not None and not is_address(url):
            say(Rule.ADDRESS, where, url)
    if not any(
        txt.get("purpose") == "ai-content" and (txt.text or "").strip() == "true" for txt in parts.all(f"{PODCAST}txt")
    ):
        say(Rule.AI, where, "no podcast:txt purpose=ai-content that is true")
    for namespace, name in ((ITUNES, "itunes:block"), (PODCAST, "podcast:block")):
        for block in parts.all(f"{namespace}block"):
            if (block.text or "").strip().lower() == "yes":
                say(Rule.BLOCK, where, f"{name} {(block.text or '').strip()} {block.get('id', '')}".strip())
    for image in parts.all(f"{ITUNES}image"):
        if not is_address(image.get("href", "")) or not is_picture(image.get("href", "")):
            say(Rule.IMAGE, where, image.get("href") or "no href")
    for funding in parts.all(f"{PODCAST}funding"):
        if not is_address(funding.get("url", "")):
            say(Rule.ADDRESS, where, funding.get("url") or "no url of podcast:funding")
