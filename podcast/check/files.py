"""The folder that was published held to the rules: every file that the feed names, and every page."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from podcast.check import cues, mp3, pages, whole
from podcast.check.document import feed
from podcast.check.episode import start
from podcast.check.rules import Failure, Rule
from podcast.check.tree import ATOM, ITUNES, PODCAST, PSC, Parts
from podcast.press import artwork

if TYPE_CHECKING:
    from lxml.etree import _Element

PAGING = ("next", "prev", "prev-archive", "next-archive", "current", "first", "last")


@dataclass(frozen=True)
class Site:
    """The published folder, and how the feed's addresses lead into it."""

    root: Path
    url: str
    """What stands before a file's path in its address."""

    def file(self, address: str) -> Path:
        """Return the file of that address. Media may be served by another host, under the same names."""
        path = address[len(self.url) :] if address.startswith(self.url) else urlsplit(address).path.lstrip("/")
        inside = PurePosixPath(unquote(path))
        if not address.startswith(self.url) and "media" in inside.parts:
            last = len(inside.parts) - 1 - inside.parts[::-1].index("media")  # a prefix may have such a part, too
            inside = PurePosixPath(*inside.parts[last:])
        return self.root / inside / ("index.html" if address.endswith("/") else "")


def folder(root: Path) -> Iterator[Failure]:
    """Yield every rule that the published folder breaks: its feed and archives, their files, the pages.

    A file that is not there is a failure, not an error.
    """
    from lxml import etree

    seen: dict[str, str] = {}
    for path in [root / "feed.xml", *sorted(root.glob("archive*.xml"))]:
        try:
            data = path.read_bytes()
        except OSError as error:
            yield Failure(Rule.FILE, path.name, str(error.strerror))
            continue
        broken = feed(data, archive=path.name != "feed.xml")
        yield from (Failure(failure.rule, f"{path.name}: {failure.where}", failure.found) for failure in broken)
        try:
            channel = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True)).find("channel")
        except etree.XMLSyntaxError:
            continue  # said already
        if channel is not None:
            yield from _channel(root, channel, path.name, seen)
    yield from whole.records(root)
    here = own(root)
    yield from pages.check(root, urlsplit(next(iter(here), "")).path or "/", here)


def sites(root: Path) -> tuple[str, ...]:
    """Return the addresses that the feed has the folder at: its own, and that of its media."""
    return _addresses(root, r'<enclosure url="(https?://[^"]*)media/[^"/]*"')


def own(root: Path) -> tuple[str, ...]:
    """Return the addresses at which the show's files stand, which may be two hosts: the feed's, and that of its media,
    with no service that counts before it."""
    return _addresses(root, r'<podcast:transcript url="(https?://[^"]*/media/)[^"/]*"')


def home(root: Path) -> str:
    """Return the feed's own address without its name; "" where it says none."""
    return _home(_feed(root))


def _addresses(root: Path, media: str) -> tuple[str, ...]:
    """Return the feed's own address, where it says one, and what of those of its media the pattern takes, once each."""
    text = _feed(root)
    return tuple(dict.fromkeys(filter(None, (_home(text), *re.findall(media, text)))))


def _home(text: str) -> str:
    own = re.search(r'href="(https?://[^"]*)feed\.xml" rel="self"', text)
    return own[1] if own else ""


def _feed(root: Path) -> str:
    path = root / "feed.xml"
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _channel(root: Path, channel: "_Element", name: str, seen: dict[str, str]) -> Iterator[Failure]:
    parts = Parts(channel)
    links = {link.get("rel"): link.get("href", "") for link in parts.all(f"{ATOM}link")}
    site = Site(root, links.get("self", "").removesuffix(name))
    for rel in PAGING:
        if rel in links and not site.file(links[rel]).is_file():
            yield Failure(Rule.FILE, f"{name}: channel", f"{rel} {links[rel]}")
    pictures = [image.get("href", "") for image in channel.iter(f"{ITUNES}image")]
    for address in dict.fromkeys(pictures):
        yield from _artwork(site, address, name)
    small = [Parts(image).text("url") for image in parts.all("image")]
    if gone := [address for address in small if not site.file(address).is_file()]:
        yield Failure(Rule.FILE, f"{name}: channel", gone[0])
    for number, item in enumerate(parts.all("item"), 1):
        inner = Parts(item)
        where = f"{name}: item {number} ({inner.text('title')[:40]})"
        if seen.setdefault(inner.text("guid"), name) != name:
            yield Failure(Rule.UNIQUE_PAGES, where, f"is in {seen[inner.text('guid')]} too")
        yield from _episode(site, inner, where)


def _artwork(site: Site, address: str, name: str) -> Iterator[Failure]:
    path = site.file(address)
    if not path.is_file():
        yield Failure(Rule.FILE, f"{name}: artwork", address)
        return
    for fault in artwork.faults(path.read_bytes(), path.suffix):
        yield Failure(Rule.ARTWORK, f"{name}: {path.name}", fault.rule)


def _episode(site: Site, parts: Parts, where: str) -> Iterator[Failure]:
    """Yield what is wrong with the files of one episode."""
    named = [(one.get("url", ""), one.get("length"), "enclosure") for one in parts.all("enclosure")]
    for other in parts.all(f"{PODCAST}alternateEnclosure"):
        sources = Parts(other).all(f"{PODCAST}source")
        named += [(one.get("uri", ""), other.get("length"), "alternate enclosure") for one in sources]
        yield from _integrity(other, [site.file(one.get("uri", "")) for one in sources], where)
    whole = True
    for address, length, kind in named:
        path = site.file(address)
        if not path.is_file():
            whole = False
            yield Failure(Rule.FILE, where, f"{kind} {address} is not there")
        elif length is not None and length != str(path.stat().st_size):
            yield Failure(Rule.FILE, where, f"{kind} has {path.stat().st_size:,} bytes, not {length}")
    for page in filter(None, [parts.text("link")]):
        if page.startswith(site.url) and not site.file(page).is_file():
            yield Failure(Rule.FILE, where, f"page {page} is not there")
    psc = [(start(one.get("start", "")) or 0.0, one.get("title", "")) for simple in parts.all(f"{PSC}chapters")
           for one in simple]  # fmt: skip
    duration = float(parts.text(f"{ITUNES}duration") or 0) if parts.text(f"{ITUNES}duration").isdecimal() else 0.0
    transcripts = [(one.get("type", ""), site.file(one.get("url", ""))) for one in parts.all(f"{PODCAST}transcript")]
    for _, path in transcripts:
        if not path.is_file():
            yield Failure(Rule.FILE, where, f"transcript {path.name} is not there")
    yield from cues.check([pair for pair in transcripts if pair[1].is_file()], duration, where)
    for one in parts.all(f"{PODCAST}chapters"):
        yield from _chapters(site, site.file(one.get("url", "")), psc, where)
    if whole and named and named[0][0].endswith(".mp3"):
        yield from mp3.check(site.file(named[0][0]), duration, psc, where)


def _integrity(other: "_Element", files: Sequence[Path], where: str) -> Iterator[Failure]:
    """Hold what the feed says of a file's bytes against them (subresource integrity)."""
    for seal in Parts(other).all(f"{PODCAST}integrity"):
        name, _, said = seal.get("value", "").partition("-")
        if seal.get("type") != "sri" or name not in ("sha256", "sha384", "sha512"):
            continue
        for path in filter(Path.is_file, files):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, name).digest()
            if base64.b64encode(digest).decode() != said:
                yield Failure(Rule.INTEGRITY, where, f"{path.name} is another file than {name}-{said[:12]}…")


def _chapters(site: Site, path: Path, psc: Sequence[tuple[float, str]], where: str) -> Iterator[Failure]:
    try:
        document = json.loads(path.read_bytes())
        found = [(float(one["startTime"]), str(one["title"])) for one in document["chapters"]]
        pictures = [str(one["img"]) for one in document["chapters"] if one.get("img")]
        version = document["version"]
    except OSError:
        yield Failure(Rule.FILE, where, f"chapters {path.name} is not there")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Failure(Rule.CHAPTERS_FILE, where, f"{path.name} cannot be read: {error!r}")
    else:
        if not re.fullmatch(r"1\.\d+\.\d+", str(version)):
            yield Failure(Rule.CHAPTERS_FILE, where, f"{path.name} is of version {version}")
        if psc and not alike(found, psc):
            yield Failure(Rule.CHAPTERS_FILE, where, f"{path.name} has {len(found)}, the feed {len(psc)}: {found[:1]}")
        for address in pictures:
            if not site.file(address).is_file():
                yield Failure(Rule.FILE, where, f"the picture {address} of a chapter is not there")


def alike(some: Sequence[tuple[float, str]], others: Sequence[tuple[float, str]]) -> bool:
    """Whether two lists of chapters (start in seconds, title) are the same, to ten milliseconds."""
    return len(some) == len(others) and all(
        abs(one[0] - other[0]) <= 0.01 and one[1] == other[1] for one, other in zip(some, others, strict=True)
    )
