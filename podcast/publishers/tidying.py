"""What no episode has any more leaves feed/: what is withdrawn, pages and lists at once, media after a while."""

import datetime as dt
import os
import re
import shutil
from collections.abc import Collection, Iterator, Sequence

from podcast.press.entry import Entry
from podcast.show import store
from podcast.show.schema import Retired
from podcast.show.workspace import Workspace

_PAGE = re.compile(r"\d.*-\d.*-\d.*-.*")
_MEDIA = re.compile(r"(.+-[0-9a-f]{10})\.[a-z.0-9]+")


def tidy(
    workspace: Workspace, entries: Sequence[Entry], listed: Collection[str], away: Collection[str], keep: int
) -> Iterator[str]:
    """Take away what is of no entry and not `listed`; yield each path. Old media stays for `keep` days."""
    root, names = workspace.feed, {entry.name for entry in entries}
    pages = [f"episodes/{name}" for name in _names(workspace, "episodes") if name not in names and _PAGE.match(name)]
    lists = [*root.glob("archive-*.xml"), *(root / "archive").rglob("*.html"), *(root / "search").glob("*.json")]
    lists += root.glob("sitemap.xml")
    old = [path for each in lists if (path := each.relative_to(root).as_posix()) not in listed]
    live = {entry.stem.removeprefix("media/") for entry in entries}
    media = [name for name in sorted(_names(workspace, "media")) if _stem(name) not in live]
    mine = tuple(f"{name}-" for name in away)
    gone = [f"media/{name}" for name in media if name.startswith(mine)]
    retired = [f"media/{name}" for name in _retired(workspace, [n for n in media if not n.startswith(mine)], keep)]
    for path in (*gone, *pages, *old, *retired):
        if (root / path).is_dir():
            shutil.rmtree(root / path)
        else:
            (root / path).unlink(missing_ok=True)
        yield path


def _names(workspace: Workspace, folder: str) -> list[str]:
    path = workspace.feed / folder
    return os.listdir(path) if path.is_dir() else []  # noqa: PTH208 - fifty thousand Paths are slow to make


def _stem(name: str) -> str:
    """Return the name of a file of an episode without its suffix; of another, whatever it is."""
    head, _, tail = name.rpartition("-")
    return f"{head}-{tail[:10]}" if tail[10:11] == "." else name


def _retired(workspace: Workspace, media: Sequence[str], keep: int) -> Sequence[str]:
    """Return media, with its transcripts, that no episode has had for `keep` days; note what has none now."""
    today = dt.datetime.now(dt.UTC).date()
    known = store.load_disposable(Retired, workspace.retired) or Retired()
    left = [name for name in media if _MEDIA.fullmatch(name) and (workspace.feed / "media" / name).is_file()]
    after, gone = known.over(left, keep, today)
    if after != known:
        store.write_atomic(workspace.retired, store.to_json(after))
    return gone
