"""Which sound of each episode the webhook was told of: what only comes back, as after feed/ was lost, is no news."""

from collections.abc import Sequence

from podcast.press.entry import Entry
from podcast.show import store
from podcast.show.schema import Announced
from podcast.show.workspace import Workspace


def was_lost(workspace: Workspace) -> bool:
    """Whether the show was published, and its feed is not here any more: all is then written anew."""
    return workspace.published.is_file() and not (workspace.feed / "feed.xml").is_file()


def news(workspace: Workspace, items: Sequence[Entry], heard: Sequence[Entry], *, lost: bool) -> Sequence[Entry]:
    """Return which of those whose sound was written are new or corrected, and keep that all are known now.

    Where nothing was kept before, as by an earlier version, those are that were written; none where the feed was
    `lost` with it, for then nothing tells.
    """
    kept = store.load_disposable(Announced, workspace.announced)
    if kept:
        told = dict(kept.sounds)
    else:
        written = {item.name for item in heard}
        told = {item.name: item.stem for item in items if lost or item.name not in written}
    found = [item for item in heard if told.get(item.name) != item.stem]
    if found or not kept:
        told |= {item.name: item.stem for item in heard}
        store.write_atomic(workspace.announced, store.to_json(Announced(sounds=dict(sorted(told.items())))))
    return found
