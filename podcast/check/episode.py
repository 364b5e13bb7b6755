"""The rules of an episode: what stands in <item>, alone and among the others."""

import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING

from podcast.check import notes
from podcast.check.rules import Rule
from podcast.check.tables import MEDIA, TRANSCRIPTS
from podcast.check.tree import CONTENT, ITUNES, PODCAST, PSC, Parts, Say, date, is_address, shared

if TYPE_CHECKING:
    from lxml.etree import _Element

ONCE = {
    *("title", "description", "link", "guid", "pubDate", f"{CONTENT}encoded", f"{PSC}chapters"),
    *(ITUNES + tag for tag in ("duration", "episode", "season", "episodeType", "explicit", "image", "author")),
    *(PODCAST + tag for tag in ("season", "episode", "license")),
}

_NUMBERED = re.compile(r"(ep(isode)?\.?\s*#?\d+|#\d+)\b", re.IGNORECASE)
_START = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d(?:\.\d{1,3})?)")
_SRI = re.compile(r"sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==")


AHEAD = dt.timedelta(hours=1)
"""How far a host's clock may be from this machine's."""
SHORTEST, FEWEST = 30.0, 3
"""Seconds that a chapter lasts at least, where there are more than so many (support.spotify.com)."""


class Episodes:
    """Checks episodes one after the other, and remembers what no two may share."""

    def __init__(self, say: Say) -> None:
        self._say, self._count = say, 0
        self._seen: set[tuple[str, str]] = set()
        self._last: dt.datetime | None = None
        self._newer: tuple[dt.datetime, int] | None = None
        self._latest = dt.datetime.now(dt.UTC) + AHEAD

    def check(self, item: "_Element") -> None:
        """Say what of the episode breaks a rule."""
        self._count += 1
        parts, say = Parts(item), self._say
        title = parts.text("title")
        where = f"item {self._count} ({title[:40]})"
        parts.once(ONCE, where, say)
        if not 0 < len(title.encode()) <= 255:
            say(Rule.TITLE, where, f"{len(title.encode())} bytes")
        elif _NUMBERED.match(title):
            say(Rule.TITLE_NUMBER, where, title)
        if not is_address(parts.text("link")):
            say(Rule.LINK, where, parts.text("link") or "none")
        if parts.all(f"{ITUNES}summary"):
            say(Rule.SUMMARY, where, "itunes:summary")
        self._identity(parts, where)
        self._date(parts, where)
        self._numbers(parts, where)
        starts = _chapters(parts, where, say)
        _lengths(parts, starts, where, say)
        notes.check(parts, starts, where, say)
        _files(parts, where, say)
        shared(parts, where, say)

    def _new(self, kind: str, value: str) -> bool:
        """Whether no episode before had this; from now on one has."""
        fresh = (kind, value) not in self._seen
        self._seen.add((kind, value))
        return fresh

    def _identity(self, parts: Parts, where: str) -> None:
        say, guid = self._say, parts.text("guid")
        permalink = bool(guid) and parts.all("guid")[0].get("isPermaLink", "true") != "false"
        if not guid or not self._new("guid", guid) or (permalink and not is_address(guid)):
            say(Rule.ITEM_GUID, where, guid or "none")
        enclosures = parts.all("enclosure")
        if len(enclosures) != 1:
            say(Rule.ENCLOSURE, where, f"{len(enclosures)} enclosures")
            return
        url, length, kind = (enclosures[0].get(name, "") for name in ("url", "length", "type"))
        if not url or not kind or not length.isdecimal() or int(length) <= 1000:
            say(Rule.ENCLOSURE, where, f"url={url!r} length={length!r} type={kind!r}")
            return
        if not is_address(url):
            say(Rule.ADDRESS, where, url)
        if not self._new("url", url):
            say(Rule.ENCLOSURE_URL, where, url)
        if kind not in MEDIA.get("." + url.partition("?")[0].rpartition(".")[2], ()):
            say(Rule.ENCLOSURE_TYPE, where, f"{url} {kind}")

    def _date(self, parts: Parts, where: str) -> None:
        text = parts.text("pubDate")
        published = date(text)
        if published is None:
            self._say(Rule.DATE, where, text or "none")
            return
        if self._last is not None and published > self._last:
            self._say(Rule.ORDER, where, text)
        if published > self._latest:
            self._say(Rule.FUTURE, where, text)
        self._last = published

    def _numbers(self, parts: Parts, where: str) -> None:
        say = self._say
        duration = parts.text(f"{ITUNES}duration")
        if not re.fullmatch(r"[1-9]\d*", duration):
            say(Rule.DURATION, where, duration or "none")
        number, season = parts.text(f"{ITUNES}episode"), parts.text(f"{ITUNES}season")
        kind = parts.text(f"{ITUNES}episodeType")
        whole = [one for one in (number, season) if one and not re.fullmatch(r"[1-9]\d*", one)]
        if whole or (number and not self._new(f"{kind} {season}", number)):
            say(Rule.EPISODE, where, " ".join(whole) or number)
        elif number and not season and kind in ("", "full"):
            self._falls(int(number), where)
        if kind not in ("", "full", "trailer", "bonus"):
            say(Rule.EPISODE_TYPE, where, kind)
        if parts.text(f"{ITUNES}explicit") not in ("true", "false", ""):
            say(Rule.EXPLICIT, where, parts.text(f"{ITUNES}explicit"))

    def _falls(self, number: int, where: str) -> None:
        """Hold the number against the lowest of those that are newer."""
        if self._newer and self._last and self._last < self._newer[0] and number > self._newer[1]:
            self._say(Rule.NUMBERS, where, f"{number} is older than {self._newer[1]}")
        if self._last and (self._newer is None or number < self._newer[1]):
            self._newer = self._last, number


def start(text: str) -> float | None:
    """Return the seconds of a time such as "01:02:03.500"; None where it is none."""
    found = _START.fullmatch(text)
    return 3600 * int(found[1] or 0) + 60 * int(found[2]) + float(found[3]) if found else None


def _chapters(parts: Parts, where: str, say: Say) -> list[float]:
    """Return where the Podlove chapters begin, in seconds."""
    starts: list[float] = []
    if not parts.all(f"{PSC}chapters"):
        say(Rule.PSC, where, "none")
    for simple in parts.all(f"{PSC}chapters"):
        found = [start(chapter.get("start", "")) for chapter in simple]
        starts = [one for one in found if one is not None]
        rising = all(one < other for one, other in itertools.pairwise(starts))
        titled = all(chapter.get("title", "").strip() for chapter in simple)
        if simple.get("version") != "1.2" or len(starts) != len(found) or starts[:1] != [0] or not rising or not titled:
            said = ", ".join(chapter.get("start", "no start") for chapter in simple)
            say(Rule.PSC, where, f"version {simple.get('version')}: {said or 'no chapter'}")
    named = parts.all(f"{PODCAST}chapters")
    if len(named) != 1 or any(
        not is_address(one.get("url", "")) or one.get("type") != "application/json+chapters" for one in named
    ):
        say(Rule.CHAPTERS, where, "; ".join(f"{one.get('url')} {one.get('type')}" for one in named) or "none")
    return starts


def _lengths(parts: Parts, starts: list[float], where: str, say: Say) -> None:
    """Say which chapter is too short for apps, where there are enough without it."""
    duration = parts.text(f"{ITUNES}duration")
    ends = [*starts[1:], float(duration) if duration.isdecimal() else float("inf")][: len(starts)]
    short = [(one, other - one) for one, other in zip(starts, ends, strict=True) if other - one < SHORTEST - 0.5]
    if len(starts) > FEWEST and short:
        said = ", ".join(f"{length:.0f} s at {one:.0f} s" for one, length in short)
        say(Rule.CHAPTER_LENGTH, where, said)


def _files(parts: Parts, where: str, say: Say) -> None:
    """Check transcripts, other enclosures and soundbites."""
    transcripts = parts.all(f"{PODCAST}transcript")
    for one in transcripts:
        if not is_address(one.get("url", "")) or one.get("type") not in TRANSCRIPTS:
            say(Rule.TRANSCRIPT, where, f"{one.get('url')} {one.get('type')}")
    if not any(one.get("type") == "text/vtt" for one in transcripts):
        say(Rule.TRANSCRIPT, where, "none of type text/vtt")
    for other in parts.all(f"{PODCAST}alternateEnclosure"):
        inner = Parts(other)
        sources = [source.get("uri", "") for source in inner.all(f"{PODCAST}source")]
        sealed = all(
            seal.get("type") != "sri" or _SRI.fullmatch(seal.get("value", ""))
            for seal in inner.all(f"{PODCAST}integrity")
        )
        length = other.get("length", "1").isdecimal()
        if (
            "/" not in other.get("type", "")
            or not sources
            or not all(map(is_address, sources))
            or not sealed
            or not length
        ):
            say(Rule.ALTERNATE, where, f"{other.get('type')} {' '.join(sources)}")
    for bite in parts.all(f"{PODCAST}soundbite"):
        lasts = bite.get("duration", "")
        if not re.fullmatch(r"\d+(\.\d+)?", lasts) or not 15 <= float(lasts) <= 120:
            say(Rule.SOUNDBITE, where, lasts or "no duration")
