"""All whole episodes become feed/: media first, then transcripts and pages, the feed last and in one rename."""

import datetime as dt
import functools
import hashlib
import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path

from pydantic import JsonValue

from podcast import catalogue, cover, feed, notes, site, store, transcript
from podcast.config import Config
from podcast.errors import DocumentError, NotReady
from podcast.release import Release
from podcast.schema import Brief, Day, Document, Episode, File, Item, Retired
from podcast.workspace import PaperFolder, Workspace

VERSION = 1
"""Raise it when the same episodes make other transcripts or items: all are then made again."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Published:
    """What now stands in feed/."""

    feed: Path
    page: Path
    media: tuple[Path, ...]
    """The newest episode first."""
    written: int
    """How many files had to be written."""


def publish(workspace: Workspace, config: Config, *, wait: bool = True) -> Published:
    """Make feed/ show every whole episode; what is right already is left alone.

    Raises NotReady where there is no episode yet. Until the last rename the old feed stands whole. Another command
    that publishes is waited for, or Busy is raised; papers may be worked on meanwhile, for what is read appears whole.
    """
    with store.locked(workspace.publish_lock, "the feed is being published", wait=wait):
        return _Press(workspace, config).run()


@dataclass(frozen=True)
class _Press:
    """One publishing."""

    workspace: Workspace
    config: Config

    @functools.cached_property
    def site(self) -> site.Site:
        own = self.workspace.templates
        return site.Site(self.config.show, self.config.publish, own if own.is_dir() else None, self.config.hosts)

    @functools.cached_property
    def look(self) -> str:
        """What all pages are made of besides their episodes."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json"),
            publish.site_url,
            publish.media_base_url,
            self.site.fingerprint,
        ]
        return store.fingerprint("look", VERSION, made_of)

    def run(self) -> Published:
        self.site.check()
        root, workspace = self.workspace.feed, self.workspace
        found = dict(sorted(self._items(), key=_age, reverse=True))
        if not found:
            raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
        guid = catalogue.read(workspace).guid
        store.sweep(root)
        store.sweep(workspace.episodes, deep=False)
        art = self._cover()
        folders, items, written = list(found), list(found.values()), 0
        for at, (older, item, newer) in enumerate(_neighbours(items)):
            around = " ".join(f"{other.page} {other.episode.title}" if other else "-" for other in (older, newer))
            if item.around != around or not self._stands(item):
                items[at], wrote = self._press(folders[at], item, older, newer, around)
                written += wrote
        listed = set()
        for path, data in chain(art, self.site.lists(items)):
            written += self._write(path, data)
            listed.add(path)
        pages = [
            (page.name, feed.build(self.config.show, self.config.publish, guid, page)) for page in feed.pages(items)
        ]
        for name, data in reversed(pages[1:]):
            written += self._write(name, data)
        if written:
            os.sync()  # what the feed names is on the disk before the feed is
        written += store.write_atomic(root / "feed.xml", pages[0][1])
        self._tidy(items, {name for name, _ in pages}, listed)
        return Published(root / "feed.xml", root / "index.html", tuple(root / item.media for item in items), written)

    def _items(self) -> Iterator[tuple[PaperFolder, Item]]:
        """Yield every paper that has a whole episode; one that cannot be read is left out, and said."""
        for folder in self.workspace.papers():
            if not folder.episode.is_file():
                continue
            try:
                yield folder, self._item(folder)
            except DocumentError as error:
                log.error("left out of the feed: %s (%s)", error, error.hint)

    def _item(self, folder: PaperFolder) -> Item:
        """Return the item that stands, if it was made of what is there now; else a new one, without its files."""
        made_of = (folder.episode, folder.brief, folder.document, self.workspace.day(folder.day).papers)
        hashes: list[JsonValue] = [store.file_sha256(path) if path.is_file() else None for path in made_of]
        key = store.fingerprint("item", VERSION, [self.look, *hashes])
        stands = self.workspace.feed / "episodes" / f"{folder.day}-{folder.paper_id}" / "item.json"
        item = store.load_disposable(Item, stands)
        if item and item.key == key:
            _check_media(folder, item.episode)
            return item
        release, own, show = self._release(folder), self.site.own, self.config.show
        return Item(
            key=key,
            paper=release.paper,
            episode=release.episode.model_copy(update={"cues": (), "claims": {}}),
            takeaway=notes.takeaway(release),
            notes=notes.html(release, show, own),
            summary=notes.html(release, show, own, notes.FEED_LIMIT),
        )

    def _release(self, folder: PaperFolder) -> Release:
        episode = store.load(Episode, folder.episode)
        day = store.load(Day, self.workspace.day(folder.day).papers)
        paper = next((paper for paper in day.papers if paper.id == folder.paper_id), None)
        if paper is None:
            path = self.workspace.day(folder.day).papers
            raise DocumentError(f"{path} does not list {folder.paper_id}", "put its entry back")
        _check_media(folder, episode)
        document = store.load(Document, folder.document) if folder.document.is_file() else None
        return Release(paper, store.load(Brief, folder.brief), episode, document)

    def _stands(self, item: Item) -> bool:
        """Whether all files of the item are there, of the size they were made with."""
        paths = ((self.workspace.feed / path, file.size) for path, file in item.files.items())
        return bool(item.files) and all(path.is_file() and path.stat().st_size == size for path, size in paths)

    def _press(
        self, folder: PaperFolder, item: Item, older: Item | None, newer: Item | None, around: str
    ) -> tuple[Item, int]:
        """Write all that the site has of the episode, its item last; return that, and how many files were written."""
        release, root = self._release(folder), self.workspace.feed
        episode, written, files = release.episode, 0, {}
        for path, media in zip((item.media, item.opus), (episode.media, *episode.alternates), strict=False):
            written += _place(folder.root / media.file, root / path)
            files[path] = File(size=media.size, sha256=media.sha256)
        for path, data in (
            (item.vtt, transcript.vtt(episode.cues)),
            (item.srt, transcript.srt(episode.cues)),
            (item.transcript, transcript.transcript_json(episode.cues)),
            (item.chapters, transcript.chapters_json(episode.title, episode.chapters)),
            (f"{item.page}index.html", self.site.episode(release, item.notes, older, newer, files)),
        ):
            written += self._write(path, data)
            files[path] = File(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        item = item.model_copy(update={"files": files, "around": around})
        return item, written + self._write(item.item, store.to_json(item))

    def _cover(self) -> Iterable[tuple[str, bytes]]:
        show = self.config.show
        art = cover.of_show(self.workspace.root / show.cover, show.title, show.tagline)
        return (
            ("cover.jpg", art),
            ("cover-600.jpg", cover.shrink_cover(art, 600)),
            ("cover-144.jpg", cover.shrink_cover(art, 144)),
        )

    def _write(self, path: str, data: bytes) -> bool:
        """Put a file of the site in place. It is disposable: what the power takes is made again."""
        return store.write_atomic(self.workspace.feed / path, data, durable=False)

    def _tidy(self, items: Sequence[Item], feeds: set[str], listed: set[str]) -> None:
        """Take away what no episode has any more: pages and archives at once, media after a while."""
        root, names = self.workspace.feed, {item.name for item in items}
        for page in (root / "episodes").glob("[0-9]*-[0-9]*-[0-9]*-*"):
            if page.name not in names:
                shutil.rmtree(page)
        for archive in root.glob("archive-*.xml"):
            if archive.name not in feeds:
                archive.unlink()
        for path in chain((root / "archive").rglob("*.html"), (root / "search").glob("*.json")):
            if path.relative_to(root).as_posix() not in listed:
                path.unlink()
        self._retire({Path(item.stem).name for item in items})

    def _retire(self, stems: set[str]) -> None:
        """Remove media, with its transcripts, that no episode has had for `keep_old_media` days."""
        workspace, today = self.workspace, dt.datetime.now(dt.UTC).date()
        known = (store.load_disposable(Retired, workspace.retired) or Retired()).since
        since: dict[str, dt.date] = {}
        for path in sorted((workspace.feed / "media").iterdir()):
            ours = re.fullmatch(r"(.+-[0-9a-f]{10})\.[a-z.0-9]+", path.name)
            if not ours or ours[1] in stems:
                continue
            left = min(known.get(path.name, today), today)  # a clock that was ahead is not believed
            if (today - left).days > self.config.publish.keep_old_media:
                path.unlink()
            else:
                since[path.name] = left
        if since != known:
            store.write_atomic(workspace.retired, store.to_json(Retired(since=since)))


def _age(pair: tuple[PaperFolder, Item]) -> tuple[dt.datetime, int]:
    return pair[1].episode.published, pair[1].episode.number


def _neighbours(items: Sequence[Item]) -> list[tuple[Item | None, Item, Item | None]]:
    """Return each item between the next older and the next newer one; `items` come newest first."""
    padded = [None, *items, None]
    return [(older, item, newer) for (newer, item), older in zip(pairwise(padded), padded[2:], strict=False) if item]


def _check_media(folder: PaperFolder, episode: Episode) -> None:
    for media in (episode.media, *episode.alternates):
        path = folder.root / media.file
        if not path.is_file() or path.stat().st_size != media.size:
            raise DocumentError(
                f"{path} is not the {media.size:,} bytes that were mixed", f"podcast mix {folder.paper_id}"
            )


def _place(source: Path, target: Path) -> bool:
    """Put the media there: a link where the file system can, a copy else. Its name holds its hash: once is enough."""
    if target.is_file() and target.stat().st_size == source.stat().st_size:
        return False
    with store.replacing(target) as temporary:
        temporary.unlink()
        try:
            os.link(source, temporary)
        except OSError:
            shutil.copyfile(source, temporary)
    return True
