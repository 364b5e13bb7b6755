"""The show's trailer: of what day it is, written down once."""

import datetime as dt

from podcast.show import catalogue, store
from podcast.show.errors import NotReady
from podcast.show.schema import TRAILER, Trailer
from podcast.show.workspace import PaperFolder, Workspace


def place(workspace: Workspace) -> PaperFolder | None:
    """Return the folder of the show's trailer, made here or on another machine; None where it has none."""
    names = {f"{each.day}/{TRAILER}" for each in workspace.papers() if each.paper_id == TRAILER}
    names |= {name for name in catalogue.elsewhere(workspace) if name.endswith(f"/{TRAILER}")}
    first = min(names, default="").partition("/")[0]
    return workspace.day(dt.date.fromisoformat(first)).paper(TRAILER) if first else None


def found(workspace: Workspace, title: str, now: dt.datetime) -> Trailer:
    """Return what the trailer is about, written down when it is first asked for: it keeps that day, and so its guid."""
    folder = place(workspace) or workspace.day(now.date()).paper(TRAILER)
    new = Trailer(title=title, published_at=now, listed_on=folder.day, upvotes_read_at=now)
    store.create_once(folder.trailer, store.to_json(new))
    return store.load(Trailer, folder.trailer)


def kept(folder: PaperFolder) -> Trailer:
    """Return the trailer of that folder. Raises NotReady where the show has none."""
    if not folder.trailer.is_file():
        raise NotReady("the show has no trailer yet", "make it: podcast trailer")
    return store.load(Trailer, folder.trailer)
