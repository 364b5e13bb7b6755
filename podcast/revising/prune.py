"""Old episodes give back room: their takes go, and of their mixes what feed/ has as well. What listeners have stays."""

import datetime as dt
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast.show import catalogue, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Episode, Pruned, Script
from podcast.show.workspace import PaperFolder, Workspace

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Old:
    """An episode that can be pruned, or why it is left."""

    folder: PaperFolder
    title: str
    takes: Sequence[Path] = ()
    """Takes, and what lies beside them."""
    mixes: Sequence[tuple[Path, Path]] = ()
    """Each mix, and its copy in feed/."""
    left: str = ""

    @property
    def size(self) -> int:
        """Bytes that are made free."""
        return sum(path.stat().st_size for path in (*self.takes, *(mix for mix, _ in self.mixes)))


def old(workspace: Workspace, before: dt.date, mixes: bool) -> Iterator[Old]:
    """Yield the episodes of papers listed before that day which have something to prune, the oldest first."""
    for folder in workspace.papers():
        if folder.day < before and folder.episode.is_file():
            found = _found(workspace, folder, mixes)
            if found.takes or found.mixes or found.left:
                yield found


def prune(workspace: Workspace, one: Old, today: dt.date, *, wait: bool) -> int:
    """Take the episode's takes away, and have its mixes lead to what is published, having written down that it was;
    return how many bytes that made free. One that is another by now than when it was looked at is left, and said.

    To be called while nothing is published.
    """
    folder = one.folder
    with store.locked(folder.lock, f"{folder.paper_id} is being worked on", wait=wait):
        if _found(workspace, folder, bool(one.mixes)) != one:
            log.warning("%s is left: it changed since it was looked at", folder.named)
            return 0
        size = one.size
        if one.takes:
            count = sum(path.suffix == ".flac" for path in one.takes)
            store.write_atomic(folder.pruned, store.to_json(Pruned(on=today, takes=count)))
        for path in one.takes:
            path.unlink(missing_ok=True)
        left = [mix for mix, published in one.mixes if not _led(mix, published)]
    return size - sum(mix.stat().st_size for mix in left)


def _led(mix: Path, published: Path) -> bool:
    """Have the mix lead to what is published, also where folders on the way are links to another disk; tell whether it
    does: else it is left, and that is said."""
    aside = mix.with_name(f".tmp-{mix.name}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(os.path.relpath(published.resolve(), mix.parent.resolve()))
    if not (aside.exists() and aside.samefile(published)):
        aside.unlink()
        log.warning("%s is left: no link beside it leads to %s", mix, published)
        return False
    aside.replace(mix)
    return True


def _found(workspace: Workspace, folder: PaperFolder, mixes: bool) -> Old:
    """Return the episode as it is now; left, where a document of it is broken or gone."""
    try:
        return _look(workspace, folder, mixes)
    except DocumentError as error:
        return Old(folder, folder.named, left=str(error))


def _look(workspace: Workspace, folder: PaperFolder, mixes: bool) -> Old:
    episode = catalogue.episode_of(folder)
    if folder.withdrawn.is_file():
        return Old(folder, episode.title, _takes(folder))
    if _differs(folder, episode) or folder.begun.is_file():
        return Old(folder, episode.title, left="its script was changed and is not mixed yet")
    item = catalogue.record(workspace, f"{folder.day}-{folder.paper_id}")
    published = [workspace.feed / path for path in (item.media, item.opus)] if item else []
    pairs = [(folder.root / sound.file, path, sound) for sound, path in zip(episode.sounds(), published, strict=False)]
    if not pairs or not all(store.is_whole(path, sound.size, sound.sha256) for _, path, sound in pairs):
        return Old(folder, episode.title, left="feed/ does not have its sound as it is now: publish first")
    copied = [(mix, path) for mix, path, _ in pairs if not mix.is_symlink()] if mixes else []
    return Old(folder, episode.title, _takes(folder), copied)


def _differs(folder: PaperFolder, episode: Episode) -> bool:
    script = store.load(Script, folder.script)
    return [line.text for line in script.lines] != [cue.text for cue in episode.cues]


def _takes(folder: PaperFolder) -> Sequence[Path]:
    return [path for path in sorted(folder.takes.glob("*")) if path.is_file()]
