"""Show and episodes become the RSS feed that podcast apps read: the newest in feed.xml, older ones in archives.

feedgen writes RSS and most of the iTunes tags; the rest comes from one extension of ours. The rules behind
each tag are those of the podcast namespace, PSP-1 and Apple's requirements.
"""

import base64
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from podcast.press import templating
from podcast.press.entry import Entry
from podcast.show.errors import PublishError
from podcast.show.schema import Chapter, Item
from podcast.show.settings import PublishSettings, ShowSettings

if TYPE_CHECKING:
    from feedgen.feed import FeedGenerator

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "fh": "http://purl.org/syndication/history/1.0",
}

NEWEST = 300
"""How many episodes feed.xml holds, and an archive at most: apps keep some 200, validators refuse more than 5 MB."""

Tag = tuple[str, Mapping[str, str], "str | Sequence[Tag]"]
"""A tag: its name with prefix, its attributes, and its text or children."""


_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Page:
    """One document of the feed, and its neighbours: RFC 5005 has the newest first."""

    name: str
    items: Sequence[Entry]
    older: str = ""
    newer: str = ""
    last: str = ""
    """The oldest of all; "" where there is one alone."""
    doubled: Set[str] = frozenset()
    """Names of items that go without their number, for an earlier one has it."""

    @property
    def made_of(self) -> JsonValue:
        """What it says besides the show: where that is the same, so is the document."""
        said: list[JsonValue] = [[item.digest, item.name in self.doubled] for item in self.items]
        return [self.name, self.older, self.newer, self.last, *said]


def pages(items: Sequence[Entry]) -> Sequence[Page]:
    """Return the documents that hold all items, each once: feed.xml, then the archives.

    `items` come newest first. An archive holds a fixed range of episode numbers: it changes only when one of its
    episodes does.
    """
    without = doubled(items)
    trailers = [item for item in items if item.is_trailer]  # they stay where directories look for them
    papers = [item for item in items if not item.is_trailer]
    kept = {item.name for item in (*trailers, *papers[: NEWEST - len(trailers)])}
    newest, rest = [item for item in items if item.name in kept], [item for item in items if item.name not in kept]
    ranges = groupby(
        sorted(rest, key=lambda item: -((item.number - 1) // NEWEST)),  # sorting keeps the newest first
        key=lambda item: (item.number - 1) // NEWEST + 1,
    )
    found = [("feed.xml", newest), *((f"archive-{number}.xml", tuple(group)) for number, group in ranges)]
    names = [name for name, _ in found]
    last = names[-1] if len(names) > 1 else ""
    around = zip(found, [*names[1:], ""], ["", *names[:-1]], strict=True)
    return [Page(name, group, older, newer, last, without) for (name, group), older, newer in around]


def doubled(items: Sequence[Entry]) -> Set[str]:
    """Return the names of items whose number an earlier published one has: two machines gave it at the same time."""
    numbered = [item for item in items if not item.is_trailer]
    first = {item.number: item.name for item in numbered}  # the newest come first, so the oldest stays
    return frozenset(item.name for item in numbered if first[item.number] != item.name)


def build(show: ShowSettings, publish: PublishSettings, guid: str, page: Page, earlier: str = "") -> bytes:
    """Return the page as RSS. The same episodes give the same bytes. `earlier` is the language of those that do not say
    theirs; without it, the show's is.

    Raises PublishError naming the part that feed readers would refuse.
    """
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.register_extension("podcast", *_extension(), atom=False)
    try:
        _channel(feed, show, publish, guid, page)
        for item in page.items:
            whole, numbered = item.whole(), item.name not in page.doubled and not item.is_trailer
            _item(feed, show.spoken_in(whole.episode.language or earlier), publish, whole, numbered)
        return bytes(feed.rss_str(pretty=True))
    except ValueError as error:
        raise PublishError(f"the feed cannot be written: {error}", "look at [show] in podcast.toml") from error


def _channel(feed: "FeedGenerator", show: ShowSettings, publish: PublishSettings, guid: str, page: Page) -> None:
    url = publish.home
    feed.title(show.title)
    feed.description(show.about)
    feed.language(show.language)
    feed.link(href=url + page.name, rel="self", type="application/rss+xml")
    feed.link(href=url, rel="alternate")  # the last link() is the one RSS shows
    feed.image(f"{url}cover-144.jpg", title=show.title, link=url, width="144", height="144")
    feed.generator("daily-paper-podcast")
    # not the clock: the feed's bytes change only when its episodes do
    feed.lastBuildDate(max((i.changed for i in page.items), default=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)))
    if show.copyright:
        feed.copyright(show.copyright)
    category, _, subcategory = (part.strip() for part in show.category.partition(">"))
    feed.podcast.itunes_category(category, subcategory or None)
    feed.podcast.itunes_author(show.author)
    feed.podcast.itunes_type("episodic")
    feed.podcast.itunes_image(f"{url}cover.jpg")
    if show.email:
        feed.podcast.itunes_owner(show.author, show.email)
    whole = (item for item in page.items if item.told != "brief")  # which one host tells, of however many
    newest = next(whole, page.items[0] if page.items else None)
    hosts = newest.whole().episode.hosts.values() if newest else ()
    feed.podcast.tags = [
        *_paging(url, page),
        ("itunes:explicit", {}, _yes(show.explicit)),
        *_blocks(publish),
        ("podcast:guid", {}, guid),
        ("podcast:locked", {"owner": show.email} if show.email else {}, "yes"),
        ("podcast:medium", {}, "podcast"),
        ("podcast:updateFrequency", {"rrule": show.rrule}, show.frequency[:128]),
        *_licence(show),
        ("podcast:txt", {"purpose": "ai-content"}, "true"),
        *_persons(hosts),
    ]


def _blocks(publish: PublishSettings) -> Iterator[Tag]:
    """A private show asks directories to leave it out."""
    if publish.private:
        yield "itunes:block", {}, "Yes"
        yield "podcast:block", {}, "yes"


def _paging(url: str, page: Page) -> Iterator[Tag]:
    """RFC 5005's links: of a paged feed, which apps follow, and of an archived one; none where all fits on one page."""
    if not page.last:
        return
    links = {"first": "feed.xml", "last": page.last, "next": page.older, "prev": page.newer}
    links |= {"prev-archive": page.older}
    if page.name != "feed.xml":
        newer = page.newer if page.newer != "feed.xml" else ""
        links |= {"current": "feed.xml", "next-archive": newer}
        yield "fh:archive", {}, ""
    for rel, name in links.items():
        if name:
            yield "atom:link", {"href": url + name, "rel": rel, "type": "application/rss+xml"}, ""


def _item(
    feed: "FeedGenerator", show: ShowSettings, publish: PublishSettings, item: Item, numbered: bool
) -> None:  # fmt: skip
    episode, address = item.episode, publish.address
    entry = feed.add_entry(order="append")
    entry.title(_within(templating.plain(episode.title), 255).strip())
    entry.guid(episode.guid, permalink=False)
    entry.link(href=address(item.page))
    entry.published(episode.published)
    entry.description(item.summary.decode())
    if item.notes != item.summary:  # else it would repeat each byte of the description
        entry.content(item.notes.decode(), type="CDATA")
    entry.enclosure(publish.enclosure(item.media), str(episode.media.size), episode.media.type)
    entry.podcast.tags = _tags(show, publish, item, numbered)


def _tags(show: ShowSettings, publish: PublishSettings, item: Item, numbered: bool) -> Iterator[Tag]:
    """Yield what feedgen does not know of an item; lazily, for a tree of thousands is enough to hold."""
    episode, address, none = item.episode, publish.address, _NONE
    yield "itunes:duration", none, str(round(episode.media.duration))
    if numbered:
        yield "itunes:episode", none, str(episode.number)
    yield "itunes:episodeType", none, "trailer" if episode.is_trailer else "full"
    yield "itunes:author", none, show.author
    yield "itunes:explicit", none, _yes(show.explicit)
    if item.art in item.files:
        yield "itunes:image", {"href": address(item.art)}, ""
    if numbered:
        yield "podcast:episode", none, str(episode.number)
    said = {"language": show.language}
    yield "podcast:transcript", {"url": address(item.vtt), "type": "text/vtt", **said, "rel": "captions"}, ""
    yield "podcast:transcript", {"url": address(item.srt), "type": "application/x-subrip", **said}, ""
    yield "podcast:transcript", {"url": address(item.transcript), "type": "application/json", **said}, ""
    yield "podcast:chapters", {"url": address(item.chapters), "type": "application/json+chapters"}, ""
    yield from _alternate(publish, item)
    yield from _licence(show)
    yield "podcast:txt", {"purpose": "ai-content"}, "true"
    yield from _persons(episode.hosts.values())
    chapters: list[Tag] = [("psc:chapter", _chapter(chapter, publish), "") for chapter in episode.chapters]
    yield "psc:chapters", {"version": "1.2"}, chapters


def _chapter(chapter: Chapter, publish: PublishSettings) -> Mapping[str, str]:
    told = {"start": _npt(chapter.start), "title": chapter.title}
    told |= {"href": chapter.url} if chapter.url else {}
    return told | ({"image": publish.address(chapter.image)} if chapter.image else {})


def _alternate(publish: PublishSettings, item: Item) -> Iterator[Tag]:
    """The same episode in another format, where one was mixed; apps that know neither take the enclosure."""
    for other in item.episode.alternates:
        digest = base64.b64encode(bytes.fromhex(other.sha256)).decode()
        attributes = {"type": other.type, "length": str(other.size), "title": "Opus"}
        attributes["bitrate"] = str(round(8 * other.size / other.duration))
        # without the prefix: who counts hears of enclosures alone, and the seal is that of our own file
        source: Tag = ("podcast:source", {"uri": publish.address(item.opus)}, "")
        yield (
            "podcast:alternateEnclosure",
            attributes,
            [
                source,
                ("podcast:integrity", {"type": "sri", "value": f"sha256-{digest}"}, ""),
            ],
        )


def _licence(show: ShowSettings) -> list[Tag]:
    if not show.licence:
        return []
    return [("podcast:license", {"url": show.licence_url} if show.licence_url else {}, show.licence)]


def _persons(names: Iterable[str]) -> Iterator[Tag]:
    return (("podcast:person", {"role": "host"}, f"{_within(name, 110)} (synthetic voice)") for name in names)


def _within(text: str, most: int) -> str:
    """Return the text cut to so many bytes of UTF-8."""
    return text.encode()[:most].decode(errors="ignore")


def _yes(value: bool) -> str:
    # feedgen's own itunes_explicit() takes only yes, no and clean; Apple's values are true and false
    # (help.apple.com/itc/podcasts_connect/#/itcb54353390, "A podcaster's guide to RSS")
    return "true" if value else "false"


def _npt(seconds: float) -> str:
    """Podlove's Normal Play Time, HH:MM:SS.mmm."""
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _extension() -> tuple[type, type]:
    """Return feedgen extensions, for the channel and for items, that write the `tags` they are given."""
    from feedgen.ext.base import BaseEntryExtension
    from feedgen.ext.podcast import PodcastExtension
    from lxml import etree

    names = {prefix: f"{{{uri}}}" for prefix, uri in NAMESPACES.items()}

    def write(parent: Any, tags: Iterable[Tag]) -> None:
        for name, attributes, content in tags:
            prefix, _, local = name.partition(":")
            element = etree.SubElement(parent, names[prefix] + local, attributes)
            if isinstance(content, str):
                element.text = content or None
            else:
                write(element, content)

    class ChannelTags(PodcastExtension):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.tags: Iterable[Tag] = ()

        def extend_ns(self) -> dict[str, str]:
            return NAMESPACES

        def extend_rss(self, rss: Any) -> Any:
            write(super().extend_rss(rss)[0], self.tags)
            return rss

    class ItemTags(BaseEntryExtension):  # type: ignore[misc]
        def __init__(self) -> None:
            self.tags: Iterable[Tag] = ()

        def extend_rss(self, item: Any) -> Any:
            write(item, self.tags)
            return item

    return ChannelTags, ItemTags
