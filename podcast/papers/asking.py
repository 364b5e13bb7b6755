"""A paper is asked for by itself: it is found where it stands already, or it stands from now on under today (UTC)."""

import datetime as dt
import hashlib
import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from podcast.papers import asked
from podcast.show import frozen
from podcast.show.errors import DocumentError
from podcast.show.schema import Asked, Paper, ids
from podcast.show.workspace import Workspace
from podcast.sources.cache import Cache
from podcast.sources.wishes import Address, File, Named, Wish

if TYPE_CHECKING:
    from podcast.sources.finding import Finder, Found
    from podcast.sources.meta import Told

log = logging.getLogger(__name__)

Completed = Callable[["Told", str], "Told"]
"""Completes what was found of a paper by what a person says, who is told which paper it is."""


def here(workspace: Workspace, wish: Wish) -> Paper | None:
    """Return the paper that stands here under some day, listed or asked for, and is called so, or was found by that
    before; nobody is asked."""
    if isinstance(wish, Named):
        found = standing(workspace, wish.paper_id)
    elif isinstance(wish, Address):
        found = asked.same_address(workspace, wish.url)
    else:
        found = asked.same_text(workspace, wish.data)
    if found is None and (kept := Cache(workspace.cache).get(_place(wish))):
        paper_id = kept[0].decode("ascii", "replace")
        return standing(workspace, paper_id) if ids.is_paper(paper_id) else None
    return found


def _place(wish: Wish) -> str:
    """Return where in the cache it is kept which paper was found by that name."""
    said = wish.data if isinstance(wish, File) else called(wish).encode()
    return f"asked/{hashlib.sha256(said).hexdigest()}"


def standing(workspace: Workspace, paper_id: str) -> Paper | None:
    """Return the paper of that id: of several days the newest that something was made of, else the newest."""
    found: dict[bool, Paper] = {}
    for folder in workspace.days():
        made = folder.paper(paper_id).root.is_dir()
        if own := asked.kept(folder.paper(paper_id)):
            found[made] = own.paper
        elif os.path.lexists(folder.papers):
            try:
                listed = frozen.day(folder).papers
            except DocumentError as error:  # costs that day alone
                log.warning("%s", error)
                continue
            if entry := next((paper for paper in listed if paper.id == paper_id), None):
                found[made] = entry
    return found.get(True) or found.get(False)


def paper(workspace: Workspace, finder: "Finder", wish: Wish, completed: Completed, now: dt.datetime) -> Paper:
    """Return the paper that is wished for, written down under the day of `now` where it stood nowhere.

    Raises SourceError where it is not to be found, or its text cannot be read; what `completed` raises where title or
    authors are not known.
    """
    if (known := here(workspace, wish)) is not None:
        return known
    found = finder.find(wish)
    known = standing(workspace, found.paper_id)
    if known is None:
        front = completed(found.front, called(wish))
        known = asked.keep(workspace, _record(found, front, wish, now.replace(microsecond=0)), found.data).paper
    if here(workspace, wish) is None:  # somebody else says that it is this one: who is not asked again
        Cache(workspace.cache).keep(_place(wish), known.id.encode())
    return known


def _record(found: "Found", front: "Told", wish: Wish, now: dt.datetime) -> Asked:
    own = found.paper_id.startswith("file-")
    return Asked(
        paper=Paper(
            id=found.paper_id,
            title=front.title,
            summary=front.abstract,
            authors=front.authors,
            category=found.category,
            version=found.version,
            arxiv_comment=found.comment,
            published_at=found.published,
            listed_on=now.date(),
            asked_at=now,
            home=wish.url if own and isinstance(wish, Address) else None,
        ),
        told_by=found.told_by if front == found.front else f"{found.told_by}, a person",
        address=wish.url if isinstance(wish, Address) else found.address,
        original=found.name,
    )


def called(wish: Wish) -> str:
    """Return what a person called the paper."""
    if isinstance(wish, File):
        return wish.path.name
    return wish.url if isinstance(wish, Address) else wish.paper_id
