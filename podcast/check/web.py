"""What only HTTP shows of a feed: types, ranges, CORS, what a client is told that has it already."""

import base64
import hashlib
import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcast.check.document import feed
from podcast.check.rules import Failure, Rule
from podcast.check.tree import ITUNES, PODCAST, Parts
from podcast.show import loopback

if TYPE_CHECKING:
    from lxml.etree import _Element
    from requests import Response, Session

TIMEOUT = (10, 30)
"""Seconds to connect, and seconds without a byte."""
FEED_TYPES = ("application/rss+xml", "application/xml", "text/xml")
LIKE = {"application/json+chapters": ("application/json",), "audio/x-m4a": ("audio/mp4",), "audio/ogg": ("audio/opus",)}
"""Types that apps take in another's place."""
ORIGIN = "https://player.example"
MOST_EPISODES = 25
"""How many episodes' files are asked for, the newest first: a check is no crawl."""


def http(url: str, *, whole: bool = False) -> Iterator[Failure]:
    """Yield every rule that the feed at this address, and the newest episodes' files, break over HTTP.

    `whole`: the feed's own bytes are judged too, as `feed` does; else only what HTTP alone shows. A host that cannot be
    reached is a failure, not an error.
    """
    import requests
    from lxml import etree

    with requests.Session() as session:
        session.headers["User-Agent"] = "daily-paper-podcast check"
        asking = _Asking(session)
        answer = asking.get(url, "feed")
        yield from asking.failures()
        if answer is None:
            return
        yield from _feed(asking, url, answer)
        if whole:
            yield from feed(answer.content)
        try:
            root = etree.fromstring(answer.content, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            yield Failure(Rule.WELL_FORMED, url, str(error.msg))
            return
        channel = root.find("channel")
        if channel is None:
            yield Failure(Rule.RSS, url, "no channel")
            return
        parts = Parts(channel)
        for image in parts.all(f"{ITUNES}image"):
            asking.file(image.get("href", ""), "artwork", ("image/jpeg", "image/png"))
        for number, item in enumerate(parts.all("item")[:MOST_EPISODES], 1):
            _episode(asking, Parts(item), f"item {number}")
            yield from asking.failures()
        yield from asking.failures()


class _Asking:
    """Asks for addresses, each once, and takes down what is wrong with the answers."""

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._found: list[Failure] = []
        self._asked: set[str] = set()

    def failures(self) -> Iterator[Failure]:
        """Yield what was found since the last time."""
        found, self._found = self._found, []
        yield from found

    def say(self, rule: Rule, where: str, found: str) -> None:
        """Take down that a rule is broken."""
        self._found.append(Failure(rule.value, where, found))

    def get(
        self, url: str, where: str, headers: Mapping[str, str] | None = None, *, head: bool = False
    ) -> "Response | None":
        """Return the answer, its body unread where it is audio; None where there is none, or it is no success."""
        import requests

        method = "HEAD" if head else "GET"
        try:
            answer = self._session.request(
                method, url, headers=headers, timeout=TIMEOUT, allow_redirects=True, stream="audio" in where
            )
        except requests.TooManyRedirects:
            self.say(Rule.REDIRECTS, where, f"{url}: more than {self._session.max_redirects}")
            return None
        except (requests.RequestException, ValueError) as error:  # requests says ValueError of an odd address
            self.say(Rule.ANSWER, where, f"{method} {url}: {type(error).__name__}")
            return None
        if answer.status_code not in (200, 206, 304):
            self.say(Rule.ANSWER, where, f"{method} {url}: {answer.status_code}")
            answer.close()
            return None
        steps = [url, *(step.headers.get("location", "") for step in answer.history)]
        if len(steps) > 4 or any(one.startswith("https:") and other.startswith("http:")
                                 for one, other in itertools.pairwise(steps)):  # fmt: skip
            self.say(Rule.REDIRECTS, where, " → ".join(steps))
        return answer

    def file(self, url: str, where: str, types: tuple[str, ...], *, cors: bool = False, length: str = "") -> None:
        """Ask for a file's head, and hold what it says against what the feed says."""
        if url in self._asked:
            return
        self._asked.add(url)
        _secure(self, url, where)
        head = self.get(url, where, {"Origin": ORIGIN, "Accept-Encoding": "gzip"}, head=True)
        if head is None:
            return
        kind = head.headers.get("content-type", "").partition(";")[0].strip()
        if kind not in types:
            self.say(Rule.CONTENT_TYPE, where, f"{url}: {kind or 'none'}, not {types[0]}")
        if cors and head.headers.get("access-control-allow-origin") not in ("*", ORIGIN):
            self.say(Rule.CORS, where, url)
        if length and head.headers.get("content-length") != length:
            self.say(Rule.CONTENT_LENGTH, where, f"{url}: {head.headers.get('content-length')}, not {length}")
        if kind.startswith("audio/") and head.headers.get("content-encoding"):
            self.say(Rule.NO_GZIP, where, f"{url}: {head.headers['content-encoding']}")

    def sealed(self, url: str, where: str, seal: "_Element") -> None:
        """Ask for the whole file, and hold its bytes against what the feed seals them with (SRI)."""
        name, _, said = seal.get("value", "").partition("-")
        if seal.get("type") != "sri" or name not in ("sha256", "sha384", "sha512"):
            return
        answer, digest = self.get(url, where, {"Accept-Encoding": "identity"}), hashlib.new(name)
        if answer is None:
            return
        with answer:
            for piece in answer.iter_content(1 << 16):
                digest.update(piece)
        if base64.b64encode(digest.digest()).decode() != said:
            self.say(Rule.INTEGRITY, where, f"{url} is another file than {name}-{said[:12]}…")

    def ranges(self, url: str, where: str, length: int) -> None:
        """Ask for the last hundred bytes, and for two hundreds from the middle that overlap: there they must agree."""
        middle, got = length // 2, []
        for first in (length - 100, middle, middle + 50):
            asked = "bytes=-100" if first == length - 100 else f"bytes={first}-{first + 99}"
            answer = self.get(url, f"{where} audio", {"Range": asked, "Accept-Encoding": "gzip"})
            if answer is None:
                return
            with answer:
                told, data = answer.headers.get("content-range"), answer.raw.read(200)
                if answer.headers.get("content-encoding"):
                    self.say(Rule.NO_GZIP, where, f"{url}: {answer.headers['content-encoding']}")
                    return
                if answer.status_code != 206 or told != f"bytes {first}-{first + 99}/{length}" or len(data) != 100:
                    self.say(Rule.RANGES, where, f"{url}: {answer.status_code} {told or 'without Content-Range'}")
                    return
                got.append(data)
        if got[1][50:] != got[2][:50]:
            self.say(Rule.RANGES, where, f"{url}: other bytes than those asked for")


def _feed(asking: _Asking, url: str, answer: "Response") -> Iterator[Failure]:
    _secure(asking, url, "feed")
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in FEED_TYPES:
        asking.say(Rule.CONTENT_TYPE, "feed", f"{kind or 'none'}, not {FEED_TYPES[0]}")
    asking.get(url, "feed", head=True)
    etag, date = answer.headers.get("etag"), answer.headers.get("last-modified")
    if not etag and not date:
        asking.say(Rule.NOT_MODIFIED, "feed", "neither ETag nor Last-Modified")
    for name, known in (("If-None-Match", etag), ("If-Modified-Since", date)):
        if known and (again := asking.get(url, "feed", {name: known})) and again.status_code != 304:
            asking.say(Rule.NOT_MODIFIED, "feed", f"{name}: {again.status_code}")
    yield from asking.failures()


def _episode(asking: _Asking, parts: Parts, where: str) -> None:
    for one in parts.all("enclosure"):
        url, kind, length = (one.get(name, "") for name in ("url", "type", "length"))
        asking.file(url, f"{where}: enclosure", (kind, *LIKE.get(kind, ())), length=length)
        if length.isdecimal() and int(length) > 1000:
            asking.ranges(url, where, int(length))
    for other in parts.all(f"{PODCAST}alternateEnclosure"):
        kind = other.get("type", "")
        for source in Parts(other).all(f"{PODCAST}source"):
            types = (kind.partition(";")[0], *LIKE.get(kind.partition(";")[0], ()))
            asking.file(source.get("uri", ""), f"{where}: alternate enclosure", types, length=other.get("length", ""))
            for seal in Parts(other).all(f"{PODCAST}integrity"):
                asking.sealed(source.get("uri", ""), f"{where}: alternate enclosure, audio", seal)
    for tag in ("transcript", "chapters"):
        for one in parts.all(PODCAST + tag):
            kind = one.get("type", "")
            asking.file(one.get("url", ""), f"{where}: {tag}", (kind, *LIKE.get(kind, ())), cors=True)
    for image in parts.all(f"{ITUNES}image"):
        asking.file(image.get("href", ""), f"{where}: artwork", ("image/jpeg", "image/png"))
    if page := parts.text("link"):
        asking.file(page, f"{where}: page", ("text/html",))


def _secure(asking: _Asking, url: str, where: str) -> None:
    """Say it where the address is not https, unless it is one of this machine."""
    if urlsplit(url).scheme != "https" and not loopback.is_url(url):
        asking.say(Rule.HTTPS, where, url)
