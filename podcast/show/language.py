"""In which language an episode is that does not say: an earlier version made it, in the one that its show had then."""

import os
import re
from contextlib import suppress

from podcast.show import store
from podcast.show.errors import DocumentError
from podcast.show.schema import Catalogue, Episode, Item
from podcast.show.workspace import Workspace

_HEAD = 65_536
"""Bytes of a feed in which its language stands: the channel's tags come before its items."""


def of_earlier(workspace: Workspace, now: str) -> str:
    """Return the language of episodes that do not say theirs: the one that the show had before it changed, as was kept,
    or as the feed that stands has it; `now`, the show's, where neither is there."""
    with suppress(OSError, DocumentError):  # a broken catalogue is said by who needs it
        if kept := store.load(Catalogue, workspace.catalogue).language:
            return kept
    if not os.path.lexists(workspace.catalogue) and (lost := of_items(workspace)):
        return lost
    return _published(workspace) or now


def of_items(workspace: Workspace) -> str:
    """Return the language of episodes that do not say theirs, as what was published of one of them has it; "" where
    that says none: it is the feed's."""
    for name in sorted(store.names(workspace.feed / "episodes")):
        item = store.load_disposable(Item, workspace.item(name))
        if item and item.episode.language:
            own = store.load_disposable(Episode, workspace.episode(name).episode)
            if own and not own.language:
                return item.episode.language
    return ""


def keep(workspace: Workspace, now: str) -> None:
    """Before a feed in the language that the show has `now` goes over one in another, keep in the catalogue which that
    was, once: so what an earlier version made stays in it, though feed/ be made anew."""
    before = _published(workspace)
    if before in ("", now):
        return
    with store.locked(workspace.lock):
        known = store.load(Catalogue, workspace.catalogue)
        if not known.language:
            store.write_atomic(workspace.catalogue, store.to_json(known.model_copy(update={"language": before})))


def _published(workspace: Workspace) -> str:
    """Return the language of the feed that stands; "" where there is none."""
    try:
        with (workspace.feed / "feed.xml").open("rb") as feed:
            found = re.search(rb"<language>([A-Za-z0-9-]{2,35})</language>", feed.read(_HEAD))
    except OSError:
        return ""
    return found[1].decode() if found else ""
