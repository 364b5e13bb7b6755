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

from podcast import catalogue, check, cover, digest, feed, notes, roundup, site, store, transcript
from podcast.config import Config
from podcast.errors import DocumentError, NotReady, PublishError
from podcast.release import Release
from podcast.schema import ROUNDUP, Brief, Day, Document, Episode, File, Item, Paper, Retired
from podcast.settings import ShowSettings
from podcast.workspace import DayFolder, PaperFolder, Workspace

VERSION = 1
"""Raise it when the same episodes make other transcripts or items: all are then made again."""

_LET_PASS = {check.Rule.TITLE_NUMBER.value, check.Rule.TIMESTAMPS.value}
"""Rules that are not ours to hold: what a paper is called, and what the show's own notes.html leaves out."""

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


def publish(workspace: Workspace, config: Config, *, wait: bool = True, others: Iterable[Item] = ()) -> Published:
    """Make feed/ show every whole episode; what is right already is left alone.

    `others` are episodes that other machines published: feed and lists name them, their files are not here.

    Raises NotReady where there is no episode yet. Until the last rename the old feed stands whole. Another command
    that publishes is waited for, or Busy is raised; papers may be worked on meanwhile, for what is read appears whole.
    """
    with store.locked(workspace.publish_lock, "the feed is being published", wait=wait):
        return _Press(workspace, config).run(others)


def release(workspace: Workspace, folder: PaperFolder) -> Release:
    """Return the paper's episode with all that publishing it needs.

    Raises DocumentError where a part is not there or is not what it was when the episode was mixed.
    """
    episode, day = store.load(Episode, folder.episode), workspace.day(folder.day)
    _check_media(folder, episode)
    paper = roundup.kept(folder) if folder.paper_id == ROUNDUP else _listed(day, folder.paper_id)
    brief = Brief(paper_id=ROUNDUP) if folder.paper_id == ROUNDUP else store.load(Brief, folder.brief)
    texts = {one.id: day.paper(one.id).document for one in paper.about}
    documents = {name: store.load(Document, path) for name, path in texts.items() if path.is_file()}
    return Release(paper, brief, episode, documents)


def _listed(day: DayFolder, paper_id: str) -> Paper:
    found = next((paper for paper in store.load(Day, day.papers).papers if paper.id == paper_id), None)
    if found is None:
        raise DocumentError(f"{day.papers} does not list {paper_id}", "put its entry back")
    return found


def itemize(found: Release, show: ShowSettings, own: Path | None = None, key: str = "") -> Item:
    """Return the release as the feed and the site's lists know it; its files are still to be made."""
    return Item(
        key=key,
        paper=found.paper,
        episode=found.episode.model_copy(update={"cues": (), "claims": {}}),
        takeaway=notes.takeaway(found),
        notes=notes.html(found, show, own).encode(),
        summary=notes.html(found, show, own, notes.FEED_LIMIT).encode(),
    )


@dataclass(frozen=True)
class _Press:
    """One publishing."""

    workspace: Workspace
    config: Config

    @functools.cached_property
    def site(self) -> site.Site:
        return site.Site.of(self.workspace, self.config)

    @functools.cached_property
    def guid(self) -> str:
        return catalogue.read(self.workspace).guid

    @functools.cached_property
    def look(self) -> str:
        """What all pages are made of besides their episodes."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json"),
            publish.site_url,
            publish.media_base_url,
            hashlib.sha256(self.art).hexdigest() if publish.episode_art else None,
            self.site.fingerprint,
        ]
        return store.fingerprint("look", VERSION, made_of)

    def run(self, others: Iterable[Item]) -> Published:
        self.site.check()
        root, workspace = self.workspace.feed, self.workspace
        own = {item.name: (item, folder) for folder, item in self._items()}
        foreign = {item.name: (item, None) for item in others}
        found = sorted({**foreign, **own}.values(), key=lambda pair: _age(pair[0]), reverse=True)
        if not found:
            raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
        store.sweep(root)
        store.sweep(workspace.episodes, deep=False)
        covers = list(self._covers())  # one that apps would refuse is refused before anything is written
        items, written = [item for item, _ in found], 0
        for at, (older, item, newer) in enumerate(_neighbours(items)):
            folder = found[at][1]
            around = " ".join(f"{other.page} {other.episode.title}" if other else "-" for other in (older, newer))
            if folder and (item.around != around or not self._stands(item)):
                items[at], wrote = self._press(folder, item, older, newer, around)
                written += wrote
        listed = set()
        for path, data in chain(covers, self.site.lists(items), self._digests()):
            written += self._write(path, data)
            listed.add(path)
        newest, *archives = feed.pages(items)
        for page in (*archives, newest):
            written += self._feed(page, written)
        self._tidy(items, {page.name for page in archives}, listed)
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
        day = self.workspace.day(folder.day)
        made_of = [folder.episode, folder.brief, folder.document, folder.roundup, day.papers]
        if folder.paper_id == ROUNDUP:
            made_of += [day.paper(paper.id).document for paper in roundup.kept(folder).papers]
        hashes: list[JsonValue] = [store.file_sha256(path) if path.is_file() else None for path in made_of]
        key = store.fingerprint("item", VERSION, [self.look, *hashes])
        stands = self.workspace.feed / "episodes" / f"{folder.day}-{folder.paper_id}" / "item.json"
        item = store.load_disposable(Item, stands)
        if item and item.key == key:
            _check_media(folder, item.episode)
            return item
        item = itemize(release(self.workspace, folder), self.config.show, self.site.own, key)
        for failure in self._failures(feed.Page("feed.xml", (item,))):
            if failure.where.startswith("item"):
                raise DocumentError(f"{folder.episode}: {failure.rule}: {failure.found}", "mend it, or make it again")
        return item

    def _stands(self, item: Item) -> bool:
        """Whether all files of the item are there, of the size they were made with."""
        paths = ((self.workspace.feed / path, file.size) for path, file in item.files.items())
        return bool(item.files) and all(path.is_file() and path.stat().st_size == size for path, size in paths)

    def _press(
        self, folder: PaperFolder, item: Item, older: Item | None, newer: Item | None, around: str
    ) -> tuple[Item, int]:
        """Write all that the site has of the episode, its item last; return that, and how many files were written."""
        found, root = release(self.workspace, folder), self.workspace.feed
        episode, written, files = found.episode, 0, {}
        for path, media in zip((item.media, item.opus), episode.sounds(), strict=False):
            written += _place(folder.root / media.file, root / path)
            files[path] = File(size=media.size, sha256=media.sha256)
        captions = tuple(transcript.captions(episode.cues))
        made = [
            (item.vtt, transcript.vtt(captions)),
            (item.srt, transcript.srt(captions)),
            (item.transcript, transcript.transcript_json(captions)),
            (item.chapters, transcript.chapters_json(episode.title, episode.chapters)),
        ]
        if self.config.publish.episode_art:
            made.append((item.art, cover.draw_episode(self.art, episode.title, episode.day, episode.number)))
        made.append((f"{item.page}index.html", self.site.episode(found, item.notes.decode(), older, newer, files)))
        for path, data in made:
            written += self._write(path, data)
            files[path] = File(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        item = item.model_copy(update={"files": files, "around": around})
        return item, written + self._write(item.item, store.to_json(item))

    def _feed(self, page: feed.Page, written: int) -> bool:
        """Put a document of the feed in place. Raises PublishError where apps or directories would refuse it."""
        path = self.workspace.feed / page.name
        data = self._build(page)
        if path.is_file() and path.read_bytes() == data:
            return False
        for failure in self._failures(page):
            raise PublishError(
                f"{page.name} is not written, for it breaks a rule: {failure.rule} ({failure.where}: {failure.found})",
                "look at [show] and [publish] in podcast.toml; the feed that stood still stands",
            )
        if written:
            os.sync()  # what the feed names is on the disk before the feed is
        return store.write_atomic(path, data)

    def _build(self, page: feed.Page) -> bytes:
        return feed.build(self.config.show, self.config.publish, self.guid, page)

    def _failures(self, page: feed.Page) -> Sequence[check.Failure]:
        """Return what apps and directories would refuse the page for."""
        found = check.feed(self._build(page), archive=page.name != "feed.xml")
        return [failure for failure in found if failure.rule not in _LET_PASS]

    @functools.cached_property
    def art(self) -> bytes:
        """The show's cover, as a JPEG that apps take."""
        show = self.config.show
        return cover.of_show(self.workspace.root / show.cover, show.title, show.tagline)

    def _covers(self) -> Iterator[tuple[str, bytes]]:
        yield "cover.jpg", self.art
        for pixels in (600, 144):
            yield f"cover-{pixels}.jpg", cover.shrink_cover(self.art, pixels)

    def _digests(self) -> Iterator[tuple[str, bytes]]:
        return digest.files(self.workspace, self.config, self.guid, self.site)

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


def _age(item: Item) -> tuple[dt.datetime, int, str]:
    return item.episode.published, item.episode.number, item.name


def _neighbours(items: Sequence[Item]) -> list[tuple[Item | None, Item, Item | None]]:
    """Return each item between the next older and the next newer one; `items` come newest first."""
    padded = [None, *items, None]
    return [(older, item, newer) for (newer, item), older in zip(pairwise(padded), padded[2:], strict=False) if item]


def _check_media(folder: PaperFolder, episode: Episode) -> None:
    for media in episode.sounds():
        path = folder.root / media.file
        if not path.is_file() or path.stat().st_size != media.size:
            raise DocumentError(
                f"{path} is not the {media.size:,} bytes that were mixed", f"podcast mix {folder.named}"
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
