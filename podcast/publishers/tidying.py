"""What no episode has any more leaves feed/: what is withdrawn, pages and lists at once, media after a while."""

import datetime as dt
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence

from podcast.press.entry import Entry
from podcast.publishers import gathering
from podcast.serving.headers import is_audio
from podcast.show import corrections, store
from podcast.show.schema import Retired, whose
from podcast.show.workspace import Workspace

_PAGE = re.compile(r"\d.*-\d.*-\d.*-.*")


def tidy(
    workspace: Workspace, entries: Sequence[Entry], listed: Collection[str], away: Collection[str],
    behind: Collection[str], keep: int,
) -> Iterator[str]:  # fmt: skip
    """Take away what is of no entry and not `listed`, and the pages of entries that are `behind` another machine's;
    yield each path. Old media stays for `keep` days; a mix that was pruned, and leads to what goes, is a file of its
    own again."""
    root, names = workspace.feed, {entry.name for entry in entries if entry.name not in behind}
    pages = [f"episodes/{name}" for name in store.names(root / "episodes") if name not in names and _PAGE.match(name)]
    lists = [*root.glob("archive-*.xml"), *(root / "archive").rglob("*.html"), *(root / "search").glob("*.json")]
    lists += root.glob("sitemap.xml")
    old = [path for each in lists if (path := each.relative_to(root).as_posix()) not in listed]
    live = {entry.stem for entry in entries}
    of = dict(sorted(_left(store.names(root / "media"), live)))
    gone = [path for path, name in of.items() if name in away]
    retired = _retired(workspace, [path for path, name in of.items() if name not in away], keep)
    for path in (*gone, *pages, *old, *retired):
        if (root / path).is_dir():
            shutil.rmtree(root / path)
        else:
            _settle(workspace, path)
            (root / path).unlink(missing_ok=True)
        yield path


def _left(names: Iterable[str], live: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the path of each file of an episode's media that goes with no sound that is live, and its episode."""
    for path in [path for path in map("media/{}".format, names) if path[: path.rfind("-") + 11] not in live]:
        name, stem = whose(path)  # which spares nearly all of them the pattern
        if name and stem not in live:
            yield path, name


def _settle(workspace: Workspace, path: str) -> None:
    """Have it written down that listeners had the sound, and the mix that leads to it hold its bytes: there is no other
    copy of them."""
    folder = gathering.folder_of(workspace, whose(path)[0]) if is_audio(path) else None
    if folder is None:
        return
    corrections.keep_heard(workspace, folder)
    for mix in folder.mixes.glob("*"):
        if mix.is_symlink() and mix.exists() and mix.samefile(workspace.feed / path):
            with store.replacing(mix) as temporary:
                shutil.copyfile(mix, temporary)


def _retired(workspace: Workspace, media: Sequence[str], keep: int) -> Sequence[str]:
    """Return media, with its transcripts, that no episode has had for `keep` days; note what has none now."""
    today = dt.datetime.now(dt.UTC).date()
    known = store.load_disposable(Retired, workspace.retired) or Retired()
    left = [path.removeprefix("media/") for path in media if (workspace.feed / path).is_file()]
    after, gone = known.over(left, keep, today)
    if after != known:
        store.write_atomic(workspace.retired, store.to_json(after))
    return [f"media/{name}" for name in gone]
