"""A folder becomes what a store serves: in an order that never breaks the feed, and beside other publishers.

Each round: list the store, read the `item.json` of its episodes, build feed/, write what differs. What several machines
write (records, pages, feeds) is written on the condition that it is still as it was listed. Where another machine was
first, the round is done again on what is there now. So the feed is always made of all the records there are.
"""

import logging
import os
import random
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Protocol

from podcast.publishers import Build, Delivery
from podcast.publishers.digests import Digests, Files, files_of, joined, of_chapter
from podcast.serving.headers import is_audio
from podcast.show import store as disk
from podcast.show.errors import PublishError
from podcast.show.schema import whose

log = logging.getLogger(__name__)

NEW = "*"
"""The condition that nothing has that name yet."""
FEED = "feed.xml"
ITEMS = "episodes/"
WITHDRAWN = "withdrawn/"
"""Which episodes were withdrawn, by any machine."""
_RECORD = re.compile(r"episodes/[^/]+/item\.json")
_LIST = re.compile(r"archive-\d+\.xml|archive/.+\.html|search/.+\.json")
"""Lists of episodes, which are made of the records alone: one that no machine's records make is out of date."""
ROUNDS = 30
"""How often the others may be first; four machines that publish without a pause need fewer than ten."""
_LONGEST_PAUSE = 4.0
"""Seconds between two rounds at most."""
_AT_ONCE = 6
"""Files written side by side."""


@dataclass(frozen=True)
class Stored:
    """A file as the store lists it."""

    etag: str
    """Its version; the MD5 of the bytes where the store neither encrypts nor joins parts."""
    size: int
    """Bytes."""
    modified: float = 0.0
    """When it was written last, by the store's own clock, in seconds since 1970."""


class Raced(PublishError):
    """Another machine wrote the file since it was listed."""


class Unsupported(PublishError):
    """The store does not know what was asked of it."""


class Store(Protocol):
    """Files on the web, by path under feed/. What is written appears whole. Every method may raise PublishError."""

    name: str
    """What people call it."""

    def list(self, under: str = "") -> Mapping[str, Stored]:
        """Return all files whose path begins so; what was written before the call is among them."""

    def read(self, path: str) -> bytes | None:
        """Return the file's bytes; None where it is gone."""

    def sha256(self, path: str) -> str | None:
        """Return the SHA-256 that was written with the file, in hex; None where there is none."""

    def write(self, path: str, data: Path | bytes, condition: str | None) -> str:
        """Make the file hold the bytes, and return its ETag.

        Raises Raced where `condition`, the ETag it must have or NEW, does not hold (any more).
        """

    def remove(self, path: str) -> None:
        """Remove the file, if it is there."""


@dataclass
class Round:
    """What one round saw and did."""

    there: Mapping[str, Stored]
    """The whole store, listed before its records were."""
    records: Mapping[str, Stored]
    """Its `item.json` files."""
    items: Mapping[str, bytes]
    """Their bytes, until the folder is built."""
    told: Mapping[str, Files | None]
    """What each of them tells of files; None for one that is broken."""
    digests: Digests
    """Of the folder."""
    etags: dict[str, str] = field(default_factory=dict)
    """What was written, by path, in order."""


class Records(Mapping[str, bytes]):
    """Records by path, each read from this disk when it is asked for: thousands of them are not held."""

    def __init__(self, here: Mapping[str, Path], left: Mapping[str, Path]) -> None:
        self._places = {**here, **left}
        self.unlike = left.keys()
        """Those that are not as they stand here."""

    def __getitem__(self, path: str) -> bytes:
        return self._places[path].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def deliver(
    store: Store, feed: Path, build: Build, kept: Path, *, withdrawn: Collection[str] = (), conditions: bool = True,
    apart: bool = False, sleep: Callable[[float], None] = time.sleep, chance: random.Random | None = None,
) -> tuple[Round, Delivery]:  # fmt: skip
    """Build the folder and make the store serve it; return the last round, and what all rounds wrote.

    Of episodes that are `withdrawn` the record goes before the feed is written, so that nobody who reads the store
    afterwards names it again; page, media and transcripts go after it, as do files that are named there by their paths,
    and pictures of chapters that this machine's episodes have no more. A file that is not what its record tells, for
    the disk damaged it, is not sent.

    Where the site stands `apart` from the store, which has its media, the folder gets the pages of episodes that others
    made, too: nobody else brings them there.

    The folder `kept` holds records of the store that were read already; it may be forgotten.

    Without `conditions`, which some stores ignore, the store is looked at again afterwards, and where another machine
    wrote meanwhile the round is done again; what slips through all the same, the next publish puts right.
    Raises PublishError.
    """
    chance = chance or random.Random()
    digests = Digests(feed)
    written: list[str] = []
    removed: dict[str, None] = {}
    for number in range(1, ROUNDS + 1):
        now = _pull(store, feed, digests, kept, withdrawn)
        build(now.items)
        digests.forget()
        if apart and _fetch_pages(store, feed, now):
            build(now.items)  # which leads to them
            digests.forget()
        gone = [path for path in now.there if _goes(path, feed, withdrawn, digests)]
        gone += [
            path for path in now.there
            if (path in withdrawn or path.startswith(WITHDRAWN)) and not (feed / path).is_file()
        ]  # fmt: skip
        _remove(store, [path for path in gone if _RECORD.fullmatch(path)], removed)
        try:
            _push(store, feed, now, digests, conditions)
        except Raced as error:
            log.info("%s; once more", error)
        else:
            if conditions or not _overtaken(store, now):
                _remove(store, gone, removed)
                return now, Delivery(tuple(dict.fromkeys([*written, *now.etags])), tuple(removed), number)
            log.info("another machine published to %s meanwhile; once more", store.name)
        written += now.etags
        sleep(chance.uniform(0, min(_LONGEST_PAUSE, 0.1 * 2**number)))
    raise PublishError(
        f"other machines wrote to {store.name} each of the {ROUNDS} times that this one tried",
        "run it again, when fewer publish at once; no episode is lost",
    )


def _goes(path: str, feed: Path, withdrawn: Collection[str], digests: Digests) -> bool:
    """Tell whether the file is to leave the store: what is withdrawn has it, it is a list that is made no more, or the
    picture of a chapter that an episode of this machine does not show, for it may not be."""
    if path.startswith(ITEMS):
        return path.split("/")[1] in withdrawn
    if path.startswith("media/"):
        if (name := of_chapter(path)) and (feed / ITEMS / name / "item.json").is_file() and path not in digests.told:
            return True
        return whose(path)[0] in withdrawn
    return bool(_LIST.fullmatch(path)) and not (feed / path).is_file()


def order(path: str) -> int:
    """Return when a file goes: what others name goes before them, and the feed last."""
    if is_audio(path):
        return 0
    if path.endswith("/item.json") or path.startswith(WITHDRAWN):
        return 3
    if path == FEED:
        return 6
    if path.endswith(".xml") and path != "sitemap.xml":
        return 5
    pages = (".html", ".xml", ".opml", ".md", ".jsonl", ".txt")
    if path.endswith(pages) or (path.endswith(".json") and not path.startswith("media/")):
        return 2 if path.startswith(ITEMS) else 4
    return 1


def files(feed: Path) -> Iterable[str]:
    """Yield the folder's files by path; hidden ones, which are locks and what was half-written, are left out."""
    cut, found = len(str(feed)) + 1, list[str]()
    for root, folders, names in os.walk(feed):  # a hundred thousand Paths are slow to make
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [f"{root}/{name}"[cut:] for name in names if not name.startswith(".")]
    yield from (path for path in sorted(found) if (feed / path).is_file())


def _pull(store: Store, feed: Path, digests: Digests, kept: Path, withdrawn: Collection[str]) -> Round:
    """List the store, and fetch those records that are not on this disk yet.

    The whole is listed before the records: so what is overwritten is never newer than what it is made of. What they
    tell is read before the folder is built, for that may write other ones in the place of ours.
    """
    there = store.list()
    _pull_withdrawals(store, feed, there, withdrawn, digests)
    records = {
        path: each for path, each in store.list(ITEMS).items()
        if _RECORD.fullmatch(path) and path.split("/")[1] not in withdrawn
    }  # fmt: skip

    ours = [path for path, each in records.items() if (feed / path).is_file() and digests.md5(path) == each.etag]
    left = records.keys() - set(ours)
    copies = {path: kept / disk.fingerprint("record", 1, [path, records[path].etag]) for path in left}

    def fetch(path: str) -> bool:
        if copies[path].is_file():
            return True
        data = store.read(path)
        if data is not None:
            disk.write_atomic(copies[path], data)
        return data is not None

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read") as pool:
        fetched = [path for path, is_there in zip(copies, pool.map(fetch, copies), strict=True) if is_there]
    for copy in set(kept.glob("*")) - set(copies.values()):
        copy.unlink()
    places = Records({path: feed / path for path in ours}, {path: copies[path] for path in fetched})
    told = {path: digests.files(path) for path in ours}
    told |= {path: files_of(copies[path].read_bytes()) for path in fetched}
    return Round(there, records, places, told, digests)


def _pull_withdrawals(
    store: Store, feed: Path, there: Mapping[str, Stored], withdrawn: Collection[str], digests: Digests
) -> None:  # fmt: skip
    """Have the folder tell of the withdrawals as the store does, and of no others but our own."""
    named = [path for path in there if path.startswith(WITHDRAWN)]
    for file in disk.names(feed / WITHDRAWN):
        if f"{WITHDRAWN}{file}" not in named and file.removesuffix(".json") not in withdrawn:
            (feed / WITHDRAWN / file).unlink()
    for path in named:
        stands = (feed / path).is_file() and digests.md5(path) == there[path].etag
        if not stands and (data := store.read(path)) is not None:
            disk.write_atomic(feed / path, data)


def _fetch_pages(store: Store, feed: Path, now: Round) -> bool:
    """Have the folder hold the pages of episodes that only the store has a record of; tell whether one was fetched. One
    that was is known by size and time."""
    wanted = {path: known for path in _of_others(now) if path.startswith(ITEMS) and (known := now.there.get(path))}

    def stands(place: Path, known: Stored) -> bool:
        return place.is_file() and (place.stat().st_size, place.stat().st_mtime) == (known.size, known.modified)

    def fetch(path: str) -> None:
        if (data := store.read(path)) is not None:
            disk.write_atomic(feed / path, data, durable=False)
            os.utime(feed / path, (wanted[path].modified,) * 2)

    missing = [path for path, known in wanted.items() if not stands(feed / path, known)]
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read") as pool:
        for done in [pool.submit(fetch, path) for path in missing]:
            done.result()
    return bool(missing)


def _of_others(now: Round) -> Files:
    """Return what records that only the store has tell of files."""
    own = now.digests.records()
    return joined({record: each for record, each in now.told.items() if record not in own})


def _push(store: Store, feed: Path, now: Round, digests: Digests, conditions: bool) -> None:
    """Write what differs, rank by rank: the next rank begins when the one before is there whole. What only a record of
    another machine tells of is that one's, whatever lies here in its place."""
    stored, told, newer, right = {**now.there, **now.records}, joined(now.told), _newer(now), set[str]()
    here = digests.told

    def stands(path: str) -> bool:
        """Whether records say so: the store's were written when the file was there, and it was not written since."""
        known, said = stored.get(path), here.get(path, (0, ""))
        if known is None or path in newer or known.size != digests.size(path):
            return False
        return told.get(path) == (known.size, said[1])

    def write(path: str) -> None:
        known = stored.get(path)
        condition = None if not conditions or order(path) < 2 else known.etag if known else NEW
        if known and _same(store, path, known, digests):
            right.add(path)
            if _RECORD.fullmatch(path):
                later = {each for each in digests.files(path) or () if each in newer or each in now.etags}
                if later and later <= right:  # from now on it tells again what is there
                    store.write(path, feed / path, condition)
            return
        said = here.get(path)
        if said and digests.sha256(path) != said[1]:
            log.error("%s is not sent: its bytes are not those that were made (podcast publish --check)", path)
            return
        now.etags[path] = store.write(path, feed / path, condition)
        right.add(path)

    others = _of_others(now)
    ours = [path for path in files(feed) if path not in others or path in here]
    for _, paths in groupby(sorted(ours, key=order), key=order):
        pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="upload")
        try:
            for done in [pool.submit(write, path) for path in paths if not stands(path)]:
                done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _newer(now: Round) -> Collection[str]:
    """Return the files that were written after the record which tells of them: what made them broke off, and the record
    does not say whether they are what it tells."""
    found = set[str]()
    for record, files in now.told.items():
        since = now.records[record].modified
        for path in files or ():
            known = now.there.get(path)
            if known and known.modified > since:
                found.add(path)
    return found


def _remove(store: Store, paths: Iterable[str], removed: dict[str, None]) -> None:
    """Remove the files, and note that."""
    for path in paths:
        store.remove(path)
        removed[path] = None


def _same(store: Store, path: str, known: Stored, digests: Digests) -> bool:
    """Tell whether the store has the file's very bytes; no byte of it is fetched."""
    if known.size != digests.size(path):
        return False
    return digests.md5(path) == known.etag or digests.sha256(path) == store.sha256(path)


def _overtaken(store: Store, now: Round) -> bool:
    """Tell whether another machine wrote records, or the feed, since the round began."""
    seen = {path: each.etag for path, each in now.records.items()} | now.etags
    records = {path: each.etag for path, each in store.list(ITEMS).items() if _RECORD.fullmatch(path)}
    if any(seen.get(path) != etag for path, etag in records.items()):
        return True
    feed = store.list(FEED).get(FEED)
    before = now.there.get(FEED)
    return feed is None or feed.etag != now.etags.get(FEED, before.etag if before else "")
