"""Which episodes there should be in the feed, and those of them that go on as they were published."""

import datetime as dt
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from podcast.press import release
from podcast.show import catalogue, corrections, mending, store
from podcast.show.schema import EPISODE_ID, Item, LastPublish, Withdrawn
from podcast.show.workspace import PaperFolder, Workspace


@dataclass(frozen=True)
class Held:
    """An episode that was made, and of which not all is there: what was published of it goes on, where it stands."""

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
    built: bool = False
    """Whether it can be built anew: what lacks is needed to change it."""

    @property
    def became(self) -> str:
        """What became of it."""
        if self.built:
            return "is in the feed, and cannot be changed"
        became = "goes on as it was published" if self.shown else "is not in the feed"
        return became + (", but without its sound" if self.silent else "")

    def told(self) -> str:
        """Return in a sentence what became of it, and why."""
        return f"{self.name} {self.became}: {self.reason}"


@dataclass(frozen=True)
class Survey:
    """The show's episodes, by the names that they have in the feed; their folders need not be there."""

    made: Sequence[str]
    """Those that were made here and not withdrawn, in order: that have an episode.json, in whatever state, that stand
    in feed/, or that the catalogue has dated."""
    withdrawn: Collection[str]
    """Those that are not to be published."""


def survey(workspace: Workspace) -> Survey:
    """Return which episodes there are."""
    made, away = set[str](), set[str]()
    for day in workspace.days():
        root, date = str(day.root), day.root.name  # ten thousand Paths cost more than the looks
        for paper in day.names():
            if os.access(f"{root}/{paper}/withdrawn.json", os.F_OK):
                away.add(f"{date}-{paper}")
            elif os.path.lexists(f"{root}/{paper}/episode.json"):
                made.add(f"{date}-{paper}")
    stood = {name for name in store.names(workspace.feed / "episodes") if name not in made}
    dated = catalogue.read(workspace).dates if os.path.lexists(workspace.catalogue) else ()
    names = [name for name in stood if workspace.item(name).is_file()]
    for name in (*names, *(name.replace("/", "-") for name in dated)):
        if name not in made and (lost := folder_of(workspace, name)) and not lost.withdrawn.is_file():
            made.add(f"{lost.day}-{lost.paper_id}")
    return Survey(sorted(made), away)


def barred(workspace: Workspace, withdrawn: Collection[str]) -> Mapping[str, dt.datetime]:
    """Return when each episode was withdrawn that is not by what is here, but was, here before or elsewhere; not what
    was put back since, which its folder knows. `withdrawn` are those of this disk."""
    found = {}
    for name in (file.removesuffix(".json") for file in store.names(workspace.feed / "withdrawn")):
        if name in withdrawn or not (folder := folder_of(workspace, name)):
            continue
        path = workspace.withdrawal(name)
        told = store.load_disposable(Withdrawn, path)
        since = told.since if told else dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        known = corrections.withdrawn(folder)
        if known is None or known < since:
            found[name] = since
    return found


def follows(folder: PaperFolder) -> bool:
    """Tell whether the episode is withdrawn here because it was so elsewhere."""
    told = store.load_disposable(Withdrawn, folder.withdrawn)
    return told is not None and told.followed


def put_back(workspace: Workspace, out: Collection[str]) -> Sequence[str]:
    """Return what still tells of episodes that were withdrawn here and are not any more, by its path under feed/: those
    that are `out` are withdrawn, or barred."""
    files = store.names(workspace.feed / "withdrawn")
    return [f"withdrawn/{file}" for file in files if file.removesuffix(".json") not in out]


def is_still_aired(workspace: Workspace, folder: PaperFolder) -> bool:
    """Tell whether listeners may have an episode yet that is withdrawn: it stands in feed/, or no publish has gone well
    since."""
    told = store.load_disposable(Withdrawn, folder.withdrawn)
    sent = store.load_disposable(LastPublish, workspace.last_publish)
    unsent = told is not None and sent is not None and sent.at < told.since
    return unsent or workspace.item(f"{folder.day}-{folder.paper_id}").is_file()


def gone(folder: PaperFolder) -> release.Gone | None:
    """Return what to say of an episode that was made, where its folder does not have it any more."""
    if os.path.lexists(folder.episode):
        return None
    out = f"to take it out: podcast publish --withdraw {folder.named}"
    return release.Gone(f"{folder.episode} is not there", f"{mending.way_back(folder.episode, lost=True)}; {out}")


def is_heard(workspace: Workspace, item: Item) -> bool:
    """Tell whether the media that the record tells is in feed/."""
    media = ((workspace.feed / path, file.size) for path, file in item.files.items() if path.startswith("media/"))
    return all(path.is_file() and path.stat().st_size == size for path, size in media)


def folder_of(workspace: Workspace, name: str) -> PaperFolder | None:
    """Return the folder of "DAY-PAPER" or "DAY/PAPER"; None where that is no name of an episode."""
    named = re.fullmatch(rf"(\d{{4}}-\d\d-\d\d)[-/]({EPISODE_ID})", name)
    try:
        return workspace.day(dt.date.fromisoformat(named[1])).paper(named[2]) if named else None
    except ValueError:
        return None
