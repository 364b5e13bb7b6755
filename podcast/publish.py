"""All whole episodes become feed/: media first, then transcripts and pages, the feed last and in one rename."""

import datetime as dt
import logging
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast import catalogue, cover, digest, feed, notes, roundup, site, store, transcript
from podcast.config import Config
from podcast.errors import DocumentError, NotReady
from podcast.release import Release
from podcast.schema import ROUNDUP, Brief, Day, Episode, Retired
from podcast.workspace import PaperFolder, Workspace

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
    """Make feed/ show every whole episode; files whose bytes are right already are left alone.

    Raises NotReady where there is no episode yet. Until the last rename the old feed stands whole. Another command
    that publishes is waited for, or Busy is raised; papers may be worked on meanwhile, for what is read appears whole.
    """
    with store.locked(workspace.publish_lock, "the feed is being published", wait=wait):
        return _publish(workspace, config)


def _publish(workspace: Workspace, config: Config) -> Published:
    found = sorted(
        _releases(workspace),
        key=lambda pair: (pair[1].episode.published, pair[1].episode.number),
        reverse=True,
    )
    releases = [release for _, release in found]
    if not releases:
        raise NotReady("there is no episode to publish yet", "make one: podcast make --demo")
    guid = catalogue.read(workspace).guid
    store.sweep(workspace.feed)
    store.sweep(workspace.episodes, deep=False)
    show, root, url = config.show, workspace.feed, config.publish.site_url
    written = 0
    for folder, release in found:
        written += _place(folder.root / release.episode.media.file, root / release.media)
    for path, data in _files(workspace, config, releases):
        written += store.write_atomic(root / path, data)
    data = feed.build(
        show, url, guid, releases, lambda r, short: notes.html(r, show, notes.FEED_LIMIT if short else None)
    )
    written += store.write_atomic(root / "feed.xml", data)
    _retire(workspace, {Path(release.stem).name for release in releases}, config.publish.keep_old_media)
    return Published(root / "feed.xml", root / "index.html", tuple(root / r.media for r in releases), written)


def _retire(workspace: Workspace, stems: set[str], days: int) -> None:
    """Remove media, with its transcripts, that no episode has had for so many days."""
    today = dt.datetime.now(dt.UTC).date()
    known = (store.load_disposable(Retired, workspace.retired) or Retired()).since
    since: dict[str, dt.date] = {}
    for path in sorted((workspace.feed / "media").iterdir()):
        ours = re.fullmatch(r"(.+-[0-9a-f]{10})\.[a-z.0-9]+", path.name)
        if not ours or ours[1] in stems:
            continue
        left = min(known.get(path.name, today), today)  # a clock that was ahead is not believed
        if (today - left).days > days:
            path.unlink()
        else:
            since[path.name] = left
    if since != known:
        store.write_atomic(workspace.retired, store.to_json(Retired(since=since)))


def _files(workspace: Workspace, config: Config, releases: list[Release]) -> Iterator[tuple[str, bytes]]:
    """Yield what stands around the feed, by its path under feed/."""
    show = config.show
    art = cover.of_show(workspace.root / show.cover, show.title, show.tagline)
    yield "cover.jpg", art
    yield "cover-600.jpg", cover.shrink_cover(art, 600)
    for release in releases:
        episode = release.episode
        yield release.vtt, transcript.vtt(episode.cues)
        yield release.srt, transcript.srt(episode.cues)
        yield release.transcript, transcript.transcript_json(episode.cues)
        yield release.chapters, transcript.chapters_json(episode.title, episode.chapters)
    yield from digest.files(workspace, config, catalogue.read(workspace).guid)
    yield from site.pages(show, config.publish.site_url, releases, lambda release: notes.html(release, show))


def _releases(workspace: Workspace) -> Iterator[tuple[PaperFolder, Release]]:
    """Yield every paper that has a whole episode; one that cannot be read is left out, and said."""
    for folder in workspace.papers():
        if not folder.episode.is_file():
            continue
        try:
            release = _release(workspace, folder)
        except DocumentError as error:
            log.error("left out of the feed: %s (%s)", error, error.hint)
            continue
        yield folder, release


def _release(workspace: Workspace, folder: PaperFolder) -> Release:
    episode = store.load(Episode, folder.episode)
    if folder.paper_id == ROUNDUP:
        return Release(roundup.kept(folder), Brief(paper_id=ROUNDUP), _whole(folder, episode))
    day = store.load(Day, workspace.day(folder.day).papers)
    paper = next((paper for paper in day.papers if paper.id == folder.paper_id), None)
    if paper is None:
        raise DocumentError(f"{workspace.day(folder.day).papers} does not list {folder.paper_id}", "put its entry back")
    return Release(paper, store.load(Brief, folder.brief), _whole(folder, episode))


def _whole(folder: PaperFolder, episode: Episode) -> Episode:
    """Return the episode, whose media is there. Raises DocumentError where it is not."""
    media = folder.root / episode.media.file
    if not media.is_file() or media.stat().st_size != episode.media.size:
        raise DocumentError(
            f"{media} is not the {episode.media.size:,} bytes that were mixed",
            f"podcast mix {folder.day}/{ROUNDUP}" if folder.paper_id == ROUNDUP else f"podcast mix {folder.paper_id}",
        )
    return episode


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
