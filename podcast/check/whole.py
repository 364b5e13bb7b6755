"""Whether all is there that should be, and is what was made: what a look at what is there cannot tell."""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from podcast.check.rules import Failure, Rule
from podcast.show import store
from podcast.show.errors import DocumentError
from podcast.show.schema import TRAILER, DayItem, File, Item

OTHER = "other bytes than it was made with (run podcast publish)"
"""What is wrong with a file that is not what was made."""


def episodes(
    root: Path, made: Collection[str], held: Mapping[str, tuple[str, str]], elsewhere: Collection[str] = ()
) -> Iterator[Failure]:
    """Yield each episode that was `made` and is not in the feed under `root`, or stands there as it was before.

    Episodes are named as their folders under episodes/; `held` says of one, or of the reports of a day, what became of
    it, and why. Those `elsewhere` are another machine's too.
    """
    feeds = (path for path in (root / "feed.xml", *root.glob("archive-*.xml")) if path.is_file())
    named = {name for path in feeds for name in re.findall(r"/episodes/([^/<]+)/</link>", path.read_text("utf-8"))}
    for name in made:
        if name not in named and name not in elsewhere:
            _, why = held.get(name, ("", "run podcast publish"))
            yield Failure(Rule.EPISODES, name, f"it is not in the feed: {why}")
        elif name in held:
            yield Failure(Rule.EPISODES, name, f"it {': '.join(held[name])}")
    for name in held.keys() - {*made}:
        yield Failure(Rule.EPISODES, name, f"it {': '.join(held[name])}")


def records(root: Path) -> Iterator[Failure]:
    """Yield each file of an episode, or of a day's reports, under `root` whose bytes are not those its record tells,
    where it is there; and each episode whose number an earlier one has: in the feed it goes without."""
    numbered: dict[int, list[tuple[dt.datetime, str]]] = {}
    kinds: tuple[tuple[str, type[Item | DayItem]], ...] = (
        ("episodes/*/item.json", Item), ("digest/**/*.item.json", DayItem),
    )  # fmt: skip
    for path, kind in ((path, kind) for pattern, kind in kinds for path in sorted(root.glob(pattern))):
        try:
            item = store.load(kind, path)
        except DocumentError as error:
            yield Failure(Rule.SUMS, path.relative_to(root).as_posix(), str(error))
            continue
        if not store.is_as_made(path.read_bytes()):
            yield Failure(Rule.SUMS, path.relative_to(root).as_posix(), OTHER)
        yield from _sums(root, item.files)
        if isinstance(item, Item) and item.episode.paper_id != TRAILER:
            numbered.setdefault(item.episode.number, []).append((item.episode.published, item.name))
    for number, found in numbered.items():
        (_, first), *others = sorted(found)
        yield from (Failure(Rule.EPISODE, name, f"{number}, which {first} has") for _, name in others)


def _sums(root: Path, files: Mapping[str, File]) -> Iterator[Failure]:
    for name, file in files.items():
        path = root / name
        if path.is_file() and file.sha256 not in ("", store.file_sha256(path)):
            yield Failure(Rule.SUMS, name, OTHER)
