"""The show's web pages, as bytes: readable without JavaScript, in any folder, and asking no other host."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import JsonValue

from podcast.press import apps, embed, linkeddata, making, searching, spoken, templating, wrong
from podcast.press.entry import Entry
from podcast.press.release import Release
from podcast.show import packaged
from podcast.show.config import Config
from podcast.show.errors import ConfigError
from podcast.show.schema import Cue, Item
from podcast.show.settings import Host, PublishSettings, ShowSettings
from podcast.show.workspace import Workspace

NEWEST = 30
"""How many episodes stand on the index; all stand on the pages of their months, so that none of them grows long."""

SCRIPTS = ("player.js", "episode.js", "pages.js", "search.js")
"""The last is the index's alone; the others act on every page."""

_FONT = "newsreader.woff2"

WITHOUT = "-"
"""The category of episodes whose papers name none."""


@dataclass(frozen=True)
class Month:
    """The episodes of one month of papers, the newest first."""

    year: int
    month: int
    items: Sequence[Entry]

    @property
    def title(self) -> str:
        return f"{templating.MONTH_NAMES[self.month - 1]} {self.year}"

    @property
    def page(self) -> str:
        return f"archive/{self.year}/{self.month:02}/"

    @property
    def days(self) -> Sequence[tuple[str, Sequence[Item]]]:
        """Its days, each beside its episodes."""
        return [
            (templating.date(day), [item.whole() for item in group])
            for day, group in groupby(self.items, lambda item: item.day)
        ]


@dataclass(frozen=True)
class Sheet:
    """A file of the site that is not one episode's."""

    path: str
    made_of: Sequence[JsonValue]
    """What it shows besides the show's settings and templates: where that is the same, so are its bytes."""
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Site:
    """The pages of a show. Equal shows, settings, templates and episodes give equal bytes.

    Links between pages are relative; only what other machines read names `site_url`, and media where they have a
    host of their own.
    """

    show: ShowSettings
    settings: PublishSettings
    own: Path | None = None
    """The folder of the show's own templates, which go before ours of their names."""
    hosts: Sequence[Host] = ()
    sections: Sequence[tuple[str, str]] = ()
    """Further pages that the navigation leads to: title and path."""

    @classmethod
    def of(cls, workspace: Workspace, config: Config) -> "Site":
        """Return the site of the show, as its settings and its own templates have it."""
        sections = (("Digests", "digest/index.html"),) if any(workspace.digests()) else ()
        return cls(config.show, config.publish, workspace.own_templates(), config.hosts, sections)

    def check(self) -> None:
        """Raise ConfigError where an address of `show.listen` is no web address."""
        for app, address in self.show.listen.items():
            if not templating.web(address):
                raise ConfigError(
                    f"show.listen: the address of {app!r} is {address!r}, which no browser can open",
                    hint="Give an address that begins with https:// in section [show.listen] of podcast.toml.",
                )

    @cached_property
    def fingerprint(self) -> str:
        """What pages are made of besides their episodes: templates, navigation."""
        return templating.fingerprint(self.own) + str(list(self.sections) or "")

    def episode(
        self, release: Release, notes: str, older: Entry | None, newer: Entry | None, files: Collection[str] = (),
        digest: str = "",
        others: Sequence[Entry] = (),
    ) -> bytes:  # fmt: skip
        """Return the page of an episode.

        `notes` is HTML, trusted as nothing else is. `files` are the paths that the site has of it: an Opus file and a
        picture of its own stand on the page where they are among them. `digest` is the path of the day in text,
        `others` are the paper's episodes in other formats.
        """
        from markupsafe import Markup

        image = release.art if release.art in files else ""
        return self.page(
            "episode.html",
            root="../../",
            here="Episodes",
            release=release,
            transcript=spoken.transcript(release),
            chapters=spoken.chapter_bar(release.episode),
            voices=spoken.voice_bar(release.episode),
            corrections=spoken.corrections(release.episode),
            wrong=self._wrong(release),
            made=making.told(release.episode),
            notes=Markup(notes),
            older=older,
            newer=newer,
            others=others,
            pictures={each.chapter.start: (each, release.chapter_art(each.number)) for each in release.pictures
                      if release.chapter_art(each.number) in files},
            art=image,
            small=release.small_art if release.small_art in files else "",
            opus=release.opus if release.opus in files else "",
            digest=digest,
            frame=embed.frame(self.settings, release),
            linked_data=linkeddata.episode(self.show, self.settings, release, image or "cover.jpg", files),
        )  # fmt: skip

    def embedded(self, release: Release) -> bytes:
        """Return the episode's small player, for other sites to show: plain sound, without scripts."""
        return self.page("embed.html", root="../../", release=release, policy=_policy(self.settings, scripts=False))

    def _wrong(self, release: Release) -> Callable[[Cue], str] | None:
        """Return where a listener reports a line of the episode; None where the show names no address."""
        page, to = self.settings.home + release.page, self.show.report_to
        return partial(wrong.address, to, release.episode.title, page) if to else None

    def lists(self, items: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
        """Yield every file of the site that is not one episode's, beside its path. `items` come newest first."""
        for sheet in self.sheets(items):
            yield sheet.path, sheet.make()

    def sheets(self, items: Sequence[Entry]) -> Iterator[Sheet]:
        """Yield how every file of the site that is not one episode's is made. `items` come newest first.

        One episode more or less changes the index, its month, its year's search data, and the archive's list.
        """
        months = _months(items)
        everything: list[JsonValue] = [item.digest for item in items] if self.own else []
        """A show's own templates may look at whatever they are given."""
        counts: list[JsonValue] = [f"{month.page} {len(month.items)}" for month in months]
        shown = _newest(items)
        searches = [
            search
            for year, group in groupby(months, lambda month: month.year)
            for search in _of_year(year, [item for month in group for item in month.items], self._media)
        ]
        said = [each.path for each in searches if "-" in each.path]

        def sheet(path: str, made_of: list[JsonValue], template: str = "", **context: object) -> Sheet:
            root = "../" * path.count("/")
            values: dict[str, Any] = {"root": root, **context}
            return Sheet(path, [*made_of, *everything], partial(self.page, template or path, **values))

        categories = Counter(category for item in items for category in item.categories or (WITHOUT,))
        searched: list[JsonValue] = [str(sorted(categories.items())), *said]
        newest: list[JsonValue] = [len(items), *searched, *counts, *_digests(shown)]
        index = partial(self._index, items, months, categories, said)
        yield Sheet("index.html", [*newest, *everything], index)
        yield sheet("archive/index.html", counts, "archive.html", here="Archive", months=months)
        for at, month in enumerate(months):
            newer, older = months[at - 1] if at else None, months[at + 1] if at + 1 < len(months) else None
            around: list[JsonValue] = [older.page if older else None, newer.page if newer else None]
            yield sheet(
                f"{month.page}index.html", [*around, *_digests(month.items)], "month.html",
                here="Archive", month=month, older=older, newer=newer,
            )  # fmt: skip
        yield from searches
        hosts: list[JsonValue] = [[host.key, host.name, host.persona] for host in self.hosts]
        yield Sheet("about/index.html", [hosts, *_digests(items[:NEWEST]), *everything], partial(self._about, items))
        for path, data in self.assets():
            yield Sheet(path, [hashlib.sha256(data).hexdigest()], partial(bytes, data))
        # A host shows 404.html in place of any page, so its links start from the site's own path.
        yield sheet("404.html", [], root=urlsplit(self.settings.home).path)
        for name in ("robots.txt", "subscribe.opml"):
            yield sheet(name, [], items=items, months=months)
        dated: list[JsonValue] = [f"{item.page} {item.changed.date()}" for item in items]
        if not self.settings.private:
            yield sheet("sitemap.xml", [*counts, *dated], items=items, months=months)
        yield Sheet(".nojekyll", [], bytes)

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Yield what all pages load."""
        for name in ("style.css", "embed.css", *SCRIPTS):
            yield f"assets/{name}", templating.read(self.own, name)
        yield f"assets/{_FONT}", (packaged.folder("press", "fonts") / _FONT).read_bytes()

    def page(self, template: str, *, root: str = "", here: str = "", **context: object) -> bytes:
        """Return the template filled in.

        `root` leads from the page to the site's root, `here` is the entry of the navigation that it belongs to.
        """
        show, settings = self.show, self.settings
        always = {
            "show": show,
            "site_url": settings.home,
            "private": bool(settings.private),
            "root": root,
            "here": here,
            "media": lambda path: self._media(path, root),
            "media_elsewhere": bool(settings.media_base_url),
            "address": settings.address,
            "links": [
                ("Episodes", "index.html"),
                ("Archive", "archive/index.html"),
                *self.sections,
                ("About", "about/index.html"),
            ],
            "listen": dict(show.listen),
            "apps": apps.links(settings.address("feed.xml"), show.title, private=bool(settings.private)),
            "policy": _policy(settings),
        }
        return templating.render(self.own, template, **always | context).encode()

    def _media(self, path: str, root: str = "") -> str:
        """Return how a page names a file of feed/media/: from the site's root, or at the host that media have."""
        return self.settings.address(path) if self.settings.media_base_url else root + path

    def _index(
        self, items: Sequence[Entry], months: Sequence[Month], categories: Mapping[str, int], said: Sequence[str]
    ) -> bytes:
        return self.page(
            "index.html",
            here="Episodes",
            items=[item.whole() for item in _newest(items)],
            count=sum(not item.is_trailer for item in items),
            months=months,
            categories=sorted(categories.items()),
            said=[path.removeprefix("search/").removesuffix(".json") for path in said],
            years=list(dict.fromkeys(month.year for month in months)),
            series=linkeddata.series(self.show, self.settings),
        )

    def _about(self, items: Sequence[Entry]) -> bytes:
        return self.page("about.html", root="../", here="About", hosts=self._hosts(items))

    def _hosts(self, items: Sequence[Entry]) -> Sequence[dict[str, str]]:
        """Return the hosts as listeners know them: by name, persona, and the voice that was last heard."""
        latest = items[0].whole().episode if items else None
        made = dict(latest.made_with) if latest else {}
        for item in items[1:NEWEST]:  # a host need not speak in the newest
            if all(f"voice {host.key}" in made for host in self.hosts):
                break
            made = {**item.whole().episode.made_with, **made}
        known = [(host.key, host.name, host.persona) for host in self.hosts]
        heard = [(key, name, "") for key, name in latest.hosts.items()] if latest else []
        return [
            {"name": name, "persona": persona, "voice": made.get(f"voice {key}", "")}
            for key, name, persona in known or heard
        ]


def _months(items: Sequence[Entry]) -> Sequence[Month]:
    """Return the months of the papers' days, the newest first; within a day the order of `items` stays."""

    def month(item: Entry) -> tuple[int, int]:
        return item.day.year, item.day.month

    by_day = sorted(items, key=lambda item: item.day, reverse=True)
    return [Month(*key, list(group)) for key, group in groupby(by_day, month)]


def _newest(items: Sequence[Entry]) -> Sequence[Entry]:
    """Return those that stand on the index: the newest, and a trailer at their end."""
    trailers = [item for item in items if item.is_trailer]
    return [*[item for item in items if not item.is_trailer][: NEWEST - len(trailers)], *trailers]


def _digests(items: Sequence[Entry]) -> list[JsonValue]:
    """Return one digest of all the items: a year has a hundred lists, with a thousand each."""
    return [hashlib.sha256("".join([item.digest for item in items]).encode()).hexdigest()]


def _of_year(year: int, items: Sequence[Entry], media: Callable[[str], str]) -> Iterator[Sheet]:
    """Yield what the index searches in of a year, and the files of what is said in it: they are made together when the
    first of them is asked for, since each item is to be read for both."""
    files = cache(partial(_search_files, year, items, media))
    having: dict[str, list[Entry]] = {"": [*items]}
    for item in items:
        for name in item.said.split():
            having.setdefault(f"-{name}", []).append(item)
    for name, those in sorted(having.items()):
        path = f"search/{year}{name}.json"
        yield Sheet(path, _digests(those), partial(_of, files, path))


def _search_files(year: int, items: Sequence[Entry], media: Callable[[str], str]) -> Mapping[str, bytes]:
    found: list[str] = []

    def read() -> Iterator[Item]:
        for entry in items:
            item = entry.whole()
            found.append(json.dumps(_searched(entry, item, media), ensure_ascii=False))
            yield item

    said = dict(searching.shards(read()))
    lines = ",\n".join(found)
    return {f"search/{year}.json": f"[\n{lines}\n]\n".encode(), **said}


def _of(files: Callable[[], Mapping[str, bytes]], path: str) -> bytes:
    return files()[path]


def _searched(entry: Entry, item: Item, media: Callable[[str], str]) -> dict[str, JsonValue]:
    """Return what the index searches in of an episode; it has a line of its own, so that few bytes change with it."""
    return {
        "page": f"{item.page}index.html",
        "sound": media(item.media),
        "title": item.episode.title,
        "paper": item.paper.title if item.paper.title != item.episode.title else "",
        "id": item.paper.id,
        "authors": list(item.paper.authors),
        "category": item.paper.category or "",
        "categories": list(entry.categories) or [WITHOUT],
        "day": str(item.episode.day),
        "date": templating.date(item.episode.day),
        "number": item.episode.number,
        "length": templating.clock(item.episode.media.duration),
        "text": item.takeaway or item.episode.description,
    }


def _policy(settings: PublishSettings, *, scripts: bool = True) -> str:
    """Return the content security policy: nothing from elsewhere but media, where they have a host of their own."""
    parts = urlsplit(settings.media_base_url)
    also = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    if not scripts:
        return (
            f"default-src 'none'; style-src 'self'; img-src 'self'{also}; media-src 'self'{also}; base-uri 'none'; "
            "form-action 'none'"
        )
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        f"img-src 'self'{also}; media-src 'self'{also}; base-uri 'none'; form-action 'self'"
    )
