"""Episodes become the folder feed/: media first, then transcripts and pages, the feed last and in one rename."""

import datetime as dt
import functools
import hashlib
import logging
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

from pydantic import JsonValue, ValidationError

from podcast import check, digest
from podcast.papers import roundup
from podcast.press import cover, feed, notes, release, site, transcript
from podcast.press.release import Release
from podcast.publishers import gathering
from podcast.publishers.gathering import Held
from podcast.show import catalogue, ledger, store
from podcast.show.config import Config
from podcast.show.errors import DocumentError, NotReady, PublishError, Refused
from podcast.show.schema import ROUNDUP, File, Item, Retired
from podcast.show.settings import ShowSettings
from podcast.show.workspace import PaperFolder, Workspace

VERSION = 3
"""Raise it when the same episodes make other transcripts or items: all are then made again."""

_LET_PASS = {
    each.value
    for each in (check.Rule.TITLE_NUMBER, check.Rule.TIMESTAMPS, check.Rule.CHAPTER_LENGTH, check.Rule.NUMBERS,
                 check.Rule.FUTURE, check.Rule.OWNER)
}  # fmt: skip
"""Rules that keep no feed from being written: what a paper is called, what the show's own notes.html and settings leave
out, and what was published by an earlier version or a wrong clock, which does not move."""

log = logging.getLogger(__name__)


def itemize(found: Release, show: ShowSettings, own: Path | None = None, key: str = "") -> Item:
    """Return the release as the feed and the site's lists know it; its files are still to be made."""
    whole, limit = notes.html(found, show, own).encode(), notes.FEED_LIMIT
    return Item(
        key=key,
        paper=found.paper,
        episode=found.episode.model_copy(update={"cues": (), "claims": {}}),
        takeaway=notes.takeaway(found),
        notes=whole,
        summary=whole if len(whole) <= limit else notes.html(found, show, own, limit).encode(),
    )


@dataclass
class Press:
    """Makes feed/, once or more often, of this show's episodes and of those that other machines have."""

    workspace: Workspace
    config: Config
    wrote: list[str] = field(default_factory=list)
    """Every path that had to be written, in order."""
    removed: list[str] = field(default_factory=list)
    """Every path that was taken away, in order."""
    held: list[Held] = field(default_factory=list)
    """The episodes that could not be built anew, as of the last run."""
    _read: dict[bytes, Item | str] = field(default_factory=dict)
    """What records of other machines say, by their bytes; why, where nothing can be made of them."""

    @functools.cached_property
    def site(self) -> site.Site:
        return site.Site.of(self.workspace, self.config)

    @functools.cached_property
    def guid(self) -> str:
        return catalogue.read(self.workspace, self.config.publish.site_url).guid

    @functools.cached_property
    def sums(self) -> ledger.Sums:
        return ledger.Sums(self.workspace.root, self.workspace.sums)

    @functools.cached_property
    def look(self) -> str:
        """What all pages are made of besides their episodes."""
        show, publish = self.config.show, self.config.publish
        made_of: list[JsonValue] = [
            show.model_dump(mode="json", exclude=None if show.report_to else {"report_to"}),  # as it was before
            publish.site_url,
            publish.media_base_url,
            hashlib.sha256(self.art).hexdigest() if publish.episode_art else None,
            self.site.fingerprint,
        ]
        return store.fingerprint("look", VERSION, made_of)

    def run(self, others: Mapping[str, bytes]) -> Sequence[Item]:
        """Make feed/ show every episode, and return all, the newest first; what is right already is left alone.

        `others` are the `item.json` of episodes that a target has: feed and lists name them, their files are not here.
        What was published and cannot be built anew goes on as it was, and is `held`. Raises NotReady where there never
        was an episode, PublishError where none is left to go on with, Refused where `others` are of another show.
        """
        self.site.check()
        workspace = self.workspace
        away = gathering.withdrawn(workspace)
        own = {item.name: (item, folder) for folder, item in self._items({path.split("/")[1] for path in others})}
        foreign = {item.name: (item, None) for item in self._foreign(others) if item.name not in {*own, *away}}
        found = sorted([*foreign.values(), *own.values()], key=lambda pair: _age(pair[0]), reverse=True)
        if not found and self.held:
            raise PublishError(f"no episode is whole: {self.held[0].told()}", self.held[0].hint)
        if not found and not (away or (workspace.feed / "feed.xml").is_file()):
            raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
        catalogue.check(workspace, self.guid)
        catalogue.remember(
            workspace, {f"{i.episode.day}/{i.episode.paper_id}": i.episode.number for i, _ in foreign.values()}
        )
        store.sweep(workspace.feed)
        store.sweep(workspace.episodes, deep=False)
        items = [item for item, _ in found]
        covers = self.covers  # one that apps would refuse is refused before anything is written
        told = _told(items)
        for at, (older, item, newer) in enumerate(_neighbours(items)):
            folder = found[at][1]
            alike = [other for other in told.get(_about(item), ()) if other.name != item.name]
            led_to = [*(f"{other.page} {other.episode.title}" if other else "-" for other in (older, newer)),
                      *(f"{other.page} {other.paper.told}" for other in alike)]  # fmt: skip
            around = " ".join(led_to)
            if folder and (item.around != around or not self._stands(folder, item)):
                items[at] = self._press(folder, item, (older, newer), alike, around)
        texts = digest.files(workspace, self.config, self.guid, self.site)
        listed = set()
        for path, data in chain(covers, self.site.lists(items), texts):
            self._write(path, data)
            listed.add(path)
        newest, *archives = feed.pages(items)
        if self.wrote:
            os.sync()  # what the feeds name is on the disk before they are
        for page in (*archives, newest):
            self._feed(page)
            listed.add(page.name)
        self._tidy(items, listed, away)
        self.sums.keep()
        return items

    def troubles(self, elsewhere: Collection[str] = ()) -> Sequence[Held]:
        """Return the episodes that a run would hold; those `elsewhere` may be gone from this disk. Writes nothing."""
        for _ in self._items(elsewhere):
            pass
        self.sums.keep()
        return self.held

    def _foreign(self, others: Mapping[str, bytes]) -> Iterator[Item]:
        """Yield the episodes of these records; one that cannot be read, or breaks a rule, is left out, and held."""
        for path, data in sorted(others.items()):
            guid = self.guid
            if data not in self._read:
                try:
                    self._read[data] = self._ours(Item.model_validate_json(data), guid)
                except (ValidationError, DocumentError) as error:
                    said = "it is no record of an episode" if isinstance(error, ValidationError) else str(error)
                    log.error("left out of the feed: %s, of another machine: %s", path, said)
                    self._read[data] = said
            read = self._read[data]
            if isinstance(read, Item):
                if read.item == path:
                    yield read
            elif folder := gathering.folder_of(self.workspace, path.split("/")[1]):
                hint = "publish it again on the machine that made it"
                self.held.append(Held(path.split("/")[1], folder.paper_id, read, hint))

    def _ours(self, item: Item, guid: str) -> Item:
        """Return the item of another machine if it is of this show, and fit to be in the feed."""
        episode = item.episode
        if episode.guid != catalogue.episode_guid(guid, episode.day, episode.paper_id):
            raise Refused(
                f"the target has an episode of another show: {item.name}",
                "set [publish.s3] prefix to a folder of this show's own; or, if both are one, copy episodes/show.json "
                "from the machine that made it",
            )
        return self._fit(item, item.item)

    def _fit(self, item: Item, source: object) -> Item:
        for failure in self._failures(self._build(feed.Page("feed.xml", (item,)))):
            if failure.where.startswith("item"):
                raise DocumentError(f"{source}: {failure.rule}: {failure.found}", "mend it, or make it again")
        return item

    def _items(self, elsewhere: Collection[str]) -> Iterator[tuple[PaperFolder | None, Item]]:
        """Yield every episode that was made here, with its folder, or without where it goes on as it was."""
        self.held = []
        for name, folder in gathering.made(self.workspace).items():
            try:
                yield folder, self._item(folder)
            except (DocumentError, NotReady) as error:
                if isinstance(error, release.Gone) and name in elsewhere:
                    continue  # the target has it whole
                stood = gathering.stood(self.workspace, name)
                title = stood.episode.title if stood else ""
                shown = stood is not None or name in elsewhere
                silent = stood is not None and name not in elsewhere and not gathering.is_heard(self.workspace, stood)
                self.held.append(Held(name, folder.paper_id, str(error), error.hint, title, shown, silent))
                if stood:
                    yield None, stood

    def _item(self, folder: PaperFolder) -> Item:
        """Return the item that stands, if it was made of what is there now; else a new one, without its files."""
        if not os.path.lexists(folder.episode):
            raise release.Gone(
                f"{folder.episode} is not there",
                f"put it back from a copy, or podcast make {folder.day}; to take it out: "
                f"podcast publish --withdraw {folder.named}",
            )
        day = self.workspace.day(folder.day)
        made_of = [folder.episode, folder.brief, folder.document, folder.roundup, day.papers]
        if folder.paper_id == ROUNDUP:
            made_of += [day.paper(paper.id).document for paper in roundup.kept(folder).papers]
        hashes: list[JsonValue] = [store.file_sha256(path) if path.is_file() else None for path in made_of]
        key = store.fingerprint("item", VERSION, [self.look, *hashes])
        stands = self.workspace.feed / "episodes" / f"{folder.day}-{folder.paper_id}" / "item.json"
        item = store.load_disposable(Item, stands)
        if item and item.key == key:
            release.check_media(folder, item.episode, self.sums.sha256)
            return item
        item = itemize(release.load(self.workspace, folder, self.sums.sha256), self.config.show, self.site.own, key)
        return self._fit(item, folder.episode)

    def _stands(self, folder: PaperFolder, item: Item) -> bool:
        """Whether all files of the item are there with the bytes they were made with, and none is another's as well."""
        for path, file in item.files.items():
            there = self.workspace.feed / path
            if not there.is_file() or there.stat().st_size != file.size or self.sums.sha256(there) != file.sha256:
                return False
        sounds = zip((item.media, item.opus), item.episode.sounds(), strict=False)
        return bool(item.files) and not any(
            _is_shared(folder.root / media.file, self.workspace.feed / path) for path, media in sounds
        )

    def _press(
        self, folder: PaperFolder, item: Item, beside: tuple[Item | None, Item | None], others: Sequence[Item],
        around: str,
    ) -> Item:  # fmt: skip
        """Write all that the site has of the episode, its item last, and return that."""
        found, root = release.load(self.workspace, folder, self.sums.sha256), self.workspace.feed
        episode, files = found.episode, {}
        for path, media in zip((item.media, item.opus), episode.sounds(), strict=False):
            if _place(folder.root / media.file, root / path, media.sha256):
                self.wrote.append(path)
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
        made.append((f"{item.page}index.html", self.site.episode(found, item.notes.decode(), *beside, files, others)))
        for path, data in made:
            self._write(path, data)
            files[path] = File(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        item = item.model_copy(update={"files": files, "around": around})
        self._write(item.item, store.to_json(item))
        return item

    def _feed(self, page: feed.Page) -> None:
        """Put a document of the feed in place. Raises PublishError where apps or directories would refuse it."""
        path = self.workspace.feed / page.name
        data = self._build(page)
        if path.is_file() and path.read_bytes() == data:
            return
        for failure in self._failures(data, archive=page.name != "feed.xml"):
            raise PublishError(
                f"{page.name} is not written, for it breaks a rule: {failure.rule} ({failure.where}: {failure.found})",
                "look at [show] and [publish] in podcast.toml; the feed that stood still stands",
            )
        store.write_atomic(path, data)
        self.wrote.append(page.name)

    def _build(self, page: feed.Page) -> bytes:
        return feed.build(self.config.show, self.config.publish, self.guid, page)

    def _failures(self, data: bytes, *, archive: bool = False) -> Sequence[check.Failure]:
        """Return what apps and directories would refuse the document of the feed for."""
        found = check.feed(data, archive=archive)
        return [failure for failure in found if failure.rule not in _LET_PASS]

    @functools.cached_property
    def art(self) -> bytes:
        """The show's cover, as a JPEG that apps take."""
        show = self.config.show
        return cover.of_show(self.workspace.root / show.cover, show.title, show.tagline)

    @functools.cached_property
    def covers(self) -> Sequence[tuple[str, bytes]]:
        smaller = [(f"cover-{pixels}.jpg", cover.shrink_cover(self.art, pixels)) for pixels in (600, 144)]
        return [("cover.jpg", self.art), *smaller]

    def _write(self, path: str, data: bytes) -> None:
        """Put a file of the site in place. It is disposable: what the power takes is made again."""
        if store.write_atomic(self.workspace.feed / path, data, durable=False):
            self.wrote.append(path)

    def _tidy(self, items: Sequence[Item], listed: set[str], away: Collection[str]) -> None:
        """Take away what no episode has any more: what is withdrawn, pages and lists at once, media after a while."""
        root, names = self.workspace.feed, {item.name for item in items}
        pages = [page for page in (root / "episodes").glob("[0-9]*-[0-9]*-[0-9]*-*") if page.name not in names]
        lists = [*root.glob("archive-*.xml"), *(root / "archive").rglob("*.html"), *(root / "search").glob("*.json")]
        media = list((root / "media").glob("*"))
        old = [path for path in lists if path.relative_to(root).as_posix() not in listed]
        for path in (*gathering.belonging(media, away), *pages, *old, *self._retired(media, items)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
            self.removed.append(path.relative_to(root).as_posix())

    def _retired(self, media: Sequence[Path], items: Sequence[Item]) -> Iterator[Path]:
        """Yield media, with its transcripts, that no episode has had for `keep_old_media` days."""
        workspace, today = self.workspace, dt.datetime.now(dt.UTC).date()
        stems = {Path(item.stem).name for item in items}
        known = store.load_disposable(Retired, workspace.retired) or Retired()
        ours = (re.fullmatch(r"(.+-[0-9a-f]{10})\.[a-z.0-9]+", path.name) for path in sorted(media) if path.is_file())
        left = [each[0] for each in ours if each and each[1] not in stems]
        after, gone = known.over(left, self.config.publish.keep_old_media, today)
        if after != known:
            store.write_atomic(workspace.retired, store.to_json(after))
        yield from (workspace.feed / "media" / name for name in gone)


def _age(item: Item) -> tuple[dt.datetime, int, str]:
    return item.episode.published, item.episode.number, item.name


def _about(item: Item) -> tuple[dt.date, str]:
    """Return the paper that the episode is about, with its day; of a roundup nothing that another is about."""
    return item.episode.day, item.paper.about[0].id if len(item.paper.about) == 1 else item.name


def _told(items: Sequence[Item]) -> Mapping[tuple[dt.date, str], Sequence[Item]]:
    """Return the episodes about each paper, in the order in which they were made."""
    found: dict[tuple[dt.date, str], list[Item]] = {}
    for item in sorted(items, key=lambda item: item.episode.number):
        found.setdefault(_about(item), []).append(item)
    return found


def _neighbours(items: Sequence[Item]) -> list[tuple[Item | None, Item, Item | None]]:
    """Return each item between the next older and the next newer one; `items` come newest first."""
    padded = [None, *items, None]
    return [(older, item, newer) for (newer, item), older in zip(pairwise(padded), padded[2:], strict=False) if item]


def _is_shared(source: Path, target: Path) -> bool:
    """Tell whether both are one file on the disk; a mix that was pruned leads to what is published, and is none."""
    return not source.is_symlink() and target.samefile(source)


def _place(source: Path, target: Path, sha256: str) -> bool:
    """Put a copy of the media there, unless it is there: what is published shares its bytes with no other file.

    Raises DocumentError where the bytes are not those that were mixed.
    """
    if target.is_file() and not _is_shared(source, target) and store.file_sha256(target) == sha256:
        return False
    with store.replacing(target) as temporary:
        shutil.copyfile(source, temporary)
        if store.file_sha256(temporary) != sha256:
            raise DocumentError(
                f"{source} is damaged: its bytes are not those that were mixed", "podcast publish again"
            )
    return True
