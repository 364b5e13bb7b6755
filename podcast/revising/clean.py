"""What nobody refers to any more: takes, mixes and media that can go, and how much room that makes."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from podcast.recording import record
from podcast.show import store, versions
from podcast.show.errors import ConfigError
from podcast.show.schema import Episode, Script
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unneeded:
    """A file that can go, and why."""

    path: Path
    size: int
    """Bytes."""
    why: str


def unneeded(studio: Studio) -> Iterator[Unneeded]:
    """Yield the files that nothing refers to: not the script, not a version that undo can bring back, not the episode.

    Raises MissingDependency where an engine is not installed, for then it is not known what it has recorded.
    """
    for folder in studio.workspace.papers():
        yield from _of_paper(studio, folder)


def clean(studio: Studio, dry_run: bool = False) -> list[Unneeded]:
    """Remove what nobody refers to, unless `dry_run`, and return it.

    Nothing that another command just makes, or is about to publish, is taken from it: it is waited for.
    """
    if dry_run:
        return list(unneeded(studio))
    found: list[Unneeded] = []
    with store.locked(studio.workspace.publish_lock, "the feed is being published", wait=studio.wait):
        for folder in studio.workspace.papers():
            with store.locked(folder.lock, f"{folder.paper_id} is being worked on", wait=studio.wait):
                old = list(_of_paper(studio, folder))
                for each in old:
                    each.path.unlink(missing_ok=True)
            found += old
    return found


def _of_paper(studio: Studio, folder: PaperFolder) -> Iterator[Unneeded]:
    store.sweep(folder.root)
    episode = store.load(Episode, folder.episode) if folder.episode.is_file() else None
    if folder.takes.is_dir():
        yield from _files(folder.takes, _takes(studio, folder, episode), "a take of words that no version has")
    if folder.mixes.is_dir():
        heard = {Path(episode.media.file).stem} if episode else set()
        yield from _files(folder.mixes, heard, "a mix that the episode was before")


def _takes(studio: Studio, folder: PaperFolder, episode: Episode | None) -> set[str]:
    scripts = [store.load(Script, folder.script)] if folder.script.is_file() else []
    keys = {cue.take for cue in episode.cues} if episode else set()
    for script in (*scripts, *versions.scripts(folder)):
        try:
            cast = studio.cast_of(script)
        except ConfigError as error:
            if script == scripts[0]:
                raise
            log.warning("%s: all takes stay, for version %d may need them: %s", folder.paper_id, script.version, error)
            return {path.name.partition(".")[0] for path in folder.takes.iterdir()}
        for order in record.orders(script, cast, studio.lexicon):
            keys |= {order.key, *order.before}
    return keys


def _files(folder: Path, kept: set[str], why: str) -> Iterator[Unneeded]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.partition(".")[0] not in kept:
            yield Unneeded(path, path.stat().st_size, why)
