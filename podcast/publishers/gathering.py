"""Which episodes there should be in the feed, and those of them that go on as they were published."""

import datetime as dt
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from podcast.show import catalogue, store
from podcast.show.schema import ARXIV_ID, ROUNDUP, TOLD, Item
from podcast.show.workspace import PaperFolder, Workspace


@dataclass(frozen=True)
class Held:
    """An episode that was made and cannot be built anew: what was published of it goes on, where it stands yet."""

    name: str
    """As its folder under feed/episodes/."""
    paper_id: str
    reason: str
    hint: str
    title: str = ""
    shown: bool = False
    """Whether the feed has it, as it was."""
    silent: bool = False
    """Whether the media that the feed names is not in feed/ either: apps that have it not yet cannot fetch it."""

    def told(self) -> str:
        """Return in a sentence what became of it, and why."""
        became = "goes on as it was published" if self.shown else "is not in the feed"
        became += ", but without its sound" if self.silent else ""
        return f"{self.name} {became}: {self.reason}"


def made(workspace: Workspace) -> Mapping[str, PaperFolder]:
    """Return the folder, which need not be there, of every episode that was made here and not withdrawn, by name.

    That is: those that have an episode.json, in whatever state, that stand in feed/, or that the catalogue has dated.
    """
    folders = [folder for folder in workspace.papers() if os.path.lexists(folder.episode)]
    stood = (path.parent.name for path in (workspace.feed / "episodes").glob("*/item.json"))
    dated = catalogue.read(workspace).dates if os.path.lexists(workspace.catalogue) else {}
    folders += [folder for name in (*stood, *dated) if (folder := folder_of(workspace, name))]
    found = {f"{folder.day}-{folder.paper_id}": folder for folder in folders if not folder.withdrawn.is_file()}
    return dict(sorted(found.items()))


def withdrawn(workspace: Workspace) -> Mapping[str, PaperFolder]:
    """Return the folders of episodes that are not to be published, by the name they had in the feed."""
    folders = (folder for folder in workspace.papers() if folder.withdrawn.is_file())
    return {f"{folder.day}-{folder.paper_id}": folder for folder in folders}


def stood(workspace: Workspace, name: str) -> Item | None:
    """Return the episode as it was last published; None where it never was, or its record is lost or broken."""
    item = store.load_disposable(Item, workspace.feed / "episodes" / name / "item.json")
    return item if item and item.name == name else None


def is_heard(workspace: Workspace, item: Item) -> bool:
    """Tell whether the media that the record tells is in feed/."""
    media = ((workspace.feed / path, file.size) for path, file in item.files.items() if path.startswith("media/"))
    return all(path.is_file() and path.stat().st_size == size for path, size in media)


def belonging(paths: Iterable[Path], names: Iterable[str]) -> list[Path]:
    """Return those of the paths that are an episode's own, by their names: media, transcripts, a page's folder."""
    whose = tuple(names)
    return [path for path in paths if any(path.name == name or path.name.startswith(f"{name}-") for name in whose)]


def folder_of(workspace: Workspace, name: str) -> PaperFolder | None:
    """Return the folder of "DAY-PAPER" or "DAY/PAPER"; None where that is no name of an episode."""
    named = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d)[-/]({ARXIV_ID}{TOLD}|{ROUNDUP})", name)
    try:
        return workspace.day(dt.date.fromisoformat(named[1])).paper(named[2]) if named else None
    except ValueError:
        return None
