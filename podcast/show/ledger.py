"""What was found of files, so that it is found once and not at every command: one SQLite file that may be lost.

It says what can be left alone, and never what is so: whatever it holds is believed only while the files that it was
taken of are in the very state they were in then. Damaged, of another version, or on a disk that cannot be written, it
is as if there were none. Each row stands for itself, so one that a crash left out is found again.
"""

import hashlib
import logging
import os
import struct
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from podcast.show import store, twin

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
"""Of the rows' form. Raise it when they are another: what an earlier or later version wrote is then made anew."""

_SETTLED = 3.0
"""Seconds a file must have been left alone to be believed: two changes within a tick of its file system's clock have
one time. The longest tick is that of FAT, two seconds."""
_PENDING = 5_000
"""Rows held back before they are written: some 8 MB."""
_AT_ONCE = 500
"""Rows that are asked for in one go, and held."""
_MANY = 1_000
"""Names from which on a twin pays."""
_OWN = 0.36
"""The part of the rows that this process looks at, which has to do with all of them meanwhile: so both end at one time.
"""
_SEAL = 16
"""Bytes."""
_FILE, _NONE, _TURN = "qQQQ", (-1, 0, 0, 0), 1 << 64
"""How a file's state is packed, and that of one that is not there: ten thousand rows of numbers in figures are slow."""
_TABLE = "CREATE TABLE known (kind TEXT, name TEXT, paths TEXT, value TEXT, seal BLOB, PRIMARY KEY (kind, name))"

Value = TypeVar("Value")

log = logging.getLogger(__name__)


class Known(NamedTuple):
    """What a row holds, of whatever state the files were in."""

    paths: str
    """Of the files that it was taken of, a line each: from the show's root, or whole where it lies elsewhere."""
    value: str
    seal: bytes
    """Of the row and the state of the files: where it is another, one of them is."""


@dataclass(frozen=True, slots=True)
class State:
    """The state that files are in: sizes, times of change, of the inode's change (in ns), and inodes."""

    text: str
    """One after the other, each as long as any."""
    changed: float
    """When the inode of one changed last, in seconds since 1970."""


class Ahead:
    """What a twin finds of the names, which are in order, as it finds it."""

    def __init__(self, names: Iterator[str], answer: Callable[[int], bytes]) -> None:
        self._names, self._answer = names, answer
        self._next = next(names, None)

    def seal(self, name: str) -> bytes:
        """Return the seal that the name's row would have, were it taken now: nothing where the twin does not tell. No
        name before the last one is asked for."""
        while self._next is not None and self._next <= name:
            found, seal = self._next, self._answer(_SEAL)
            self._next = next(self._names, None) if len(seal) == _SEAL else None
            if found == name:
                return seal if len(seal) == _SEAL else b""
        return b""


class Ledger:
    """Rows at `path` of files below `root`. Taking a value and writing it down are apart:

    the `state` of the files comes before they are read, so that a change meanwhile is seen the next time.
    """

    def __init__(self, root: Path, path: Path) -> None:
        self._root, self._path = f"{root}/", path
        self._pending: dict[tuple[str, str], Known] = {}

    def state(self, paths: str) -> State:
        """Return the state of the files, a line each, named from the root or whole; of one that is not there, too."""
        root, stat, changed = self._root, os.stat, 0
        found: list[int] = []
        for path in paths.split("\n"):
            try:
                each = stat(root + path if path[:1] != "/" else path)  # for so many os.path.join() is slow
            except (OSError, ValueError):  # ValueError: a damaged row names it
                found += _NONE
                continue
            since = each.st_ctime_ns
            found += (each.st_size, each.st_mtime_ns % _TURN, since % _TURN, each.st_ino)
            if since > changed:  # for a hundred thousand files max() is slow
                changed = since
        return State(struct.pack(f"<{_FILE * (len(found) // len(_FILE))}", *found).hex(), changed / 1e9)

    def row(self, kind: str, name: str) -> Known | None:
        """Return what is known by the name, which need not hold any more."""
        return self.rows(kind, (name,)).get(name)

    def rows(self, kind: str, names: Sequence[str]) -> Mapping[str, Known]:
        """Return the same by name, of those names, some hundreds, of which anything is known."""
        wanted = [name for name in names if (kind, name) not in self._pending]
        found = self._try(lambda base: base.execute(
            "SELECT name, paths, value, seal FROM known WHERE kind = ? AND name IN "
            f"({', '.join('?' * len(wanted))})", (kind, *wanted)
        ).fetchall())  # fmt: skip
        known = {name: Known(*row) for name, *row in found or () if [type(each) for each in row] == [str, str, bytes]}
        return known | {name: self._pending[kind, name] for name in names if (kind, name) in self._pending}

    def each(self, kind: str, names: Sequence[str]) -> Iterator[tuple[str, Known | None]]:
        """Yield each of however many names beside its row."""
        for some in _batches(names):
            rows = self.rows(kind, some)
            yield from ((name, rows.get(name)) for name in some)

    def names(self, kind: str) -> list[str]:
        """Return the names of all rows of the kind, in order."""
        rows = self._try(lambda base: base.execute(
            "SELECT name FROM known WHERE kind = ? ORDER BY name", (kind,)
        ).fetchall())  # fmt: skip
        return [name for (name,) in rows or () if isinstance(name, str)]

    @contextmanager
    def ahead(self, kind: str, made_of: str = "") -> Iterator[Ahead]:
        """Have a twin look at most of what thousands of rows of the kind were taken of, while this process finds out
        which of their names it wants; what is yielded goes to `values`."""
        names = self.names(kind)
        names = names[int(_OWN * len(names)) :] if len(names) >= _MANY else []
        with twin.beside(partial(self._seals, kind, names, made_of) if names else None) as answer:
            yield Ahead(iter(names), answer)

    def values(
        self, kind: str, names: Sequence[str], made_of: str = "", ahead: Ahead | None = None
    ) -> Iterator[tuple[str, str | None]]:  # fmt: skip
        """Yield each of however many names, which are in order, beside what `find` tells of it."""
        for name, row in self.each(kind, names):
            seal = row and ((ahead and ahead.seal(name)) or self._sealed(kind, name, row, made_of))
            yield name, row.value if row and row.seal == seal else None

    def find(self, kind: str, name: str, made_of: str = "") -> str | None:
        """Return the value, if it was made of that and of the files as they are now."""
        row = self.row(kind, name)
        return row.value if row and self.holds(kind, name, row, made_of) else None

    def holds(self, kind: str, name: str, row: Known, made_of: str = "") -> bool:
        """Tell whether the row is whole, was made of that, and its files are in the state they were in then."""
        return row.seal == self._sealed(kind, name, row, made_of)

    def put(
        self, kind: str, name: str, value: str, made_of: str = "", paths: str = "", state: State | None = None
    ) -> None:
        """Write the value down, as taken of the files in that state; not of files that are just being written."""
        if state and not self.is_settled(state):
            return
        if not paths.replace("\n", "").isprintable():
            return  # a name that is no text
        seal = _seal(kind, name, made_of, paths, state.text if state else "", value)
        self._pending[kind, name] = Known(paths, value, seal)
        if len(self._pending) >= _PENDING:
            self.keep()

    def is_settled(self, state: State) -> bool:
        """Tell whether the files were left alone for long enough: a change from now on has another time."""
        return time.time() + self._ahead - state.changed > _SETTLED

    def keep(self) -> None:
        """Have on the disk what was written down, in one transaction; where that cannot be, it is found again."""
        rows = [(kind, name, *known) for (kind, name), known in self._pending.items()]
        self._pending.clear()
        if rows:
            self._try(lambda base: _write(base, rows))

    def prune(self, kind: str, stands: Callable[[str], bool], most: int) -> None:
        """Forget what no longer `stands` of a kind, if there are more than so many rows of it."""
        count = self._try(lambda base: base.execute("SELECT count(*) FROM known WHERE kind = ?", (kind,)).fetchone()[0])
        if not count or count <= most:
            return
        gone = [(kind, name) for name in self.names(kind) if not stands(name)]
        self._try(lambda base: _drop(base, gone))

    def forget(self, but: str = "") -> None:
        """Know nothing any more, `but` for rows of that kind: everything is read again."""
        self._pending.clear()
        if but:
            self._try(lambda base: base.execute("DELETE FROM known WHERE kind != ?", (but,)))
            return
        self._close()
        with suppress(OSError):
            _remove(self._path)

    def sha256(self, file: Path) -> str:
        """Return the SHA-256 of the file's bytes as they are now, in hex."""
        name = str(file).removeprefix(self._root)
        if (known := self.find("sum", name)) is not None:
            return known
        state, taken = self.state(name), store.file_sha256(file)
        self.put("sum", name, taken, "", name, state)
        return taken

    def _sealed(self, kind: str, name: str, row: Known, made_of: str) -> bytes:
        """Return the seal that the row would have, were it taken now."""
        state = self.state(row.paths).text if row.paths else ""
        return _seal(kind, name, made_of, row.paths, state, row.value)

    def _seals(self, kind: str, names: Sequence[str], made_of: str) -> Iterator[bytes]:
        """Yield those of the rows, in order, by a connection of its own; of no row, one that none has."""
        self.__dict__.pop("_base", None)  # SQLite's go to no other process
        for some in _batches(names):
            rows = self.each(kind, some)
            yield b"".join([self._sealed(kind, name, row, made_of) if row else bytes(_SEAL) for name, row in rows])

    @cached_property
    def _ahead(self) -> float:
        """Seconds that the clock of the show's file system is ahead of this machine's."""
        with suppress(OSError):
            os.utime(self._path)
            return self._path.stat().st_mtime - time.time()
        return 0.0

    @cached_property
    def _base(self) -> "sqlite3.Connection | None":
        """The file, opened; made anew where it is damaged, or of another version; None where there can be none."""
        import sqlite3

        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _opened(self._path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                self._without(error)
                return None
            log.info("%s is damaged, or of another version of podcast; it is made anew", self._path)
        try:
            _remove(self._path)
            return _opened(self._path)
        except (OSError, sqlite3.DatabaseError) as error:
            self._without(error)
            return None

    def _without(self, error: Exception) -> None:
        log.info("%s cannot be used (%s): every file is read", self._path, error, extra={"once": str(self._path)})

    def _try(self, ask: "Callable[[sqlite3.Connection], Value]") -> Value | None:
        """Return the answer; None, and from then on no file, where it cannot be had."""
        import sqlite3

        base = self._base
        if base is None:
            return None
        try:
            return ask(base)
        except sqlite3.ProgrammingError:  # ours
            raise
        except sqlite3.DatabaseError as error:
            self._close()
            if _is_damage(error):
                log.info("%s is damaged; it is made anew", self._path)
                with suppress(OSError):
                    _remove(self._path)
                return None
            self._without(error)
            self.__dict__["_base"] = None
            return None

    def _close(self) -> None:
        base = self.__dict__.pop("_base", None)
        if base is not None:
            base.close()


class Blank(Ledger):
    """A ledger that knows nothing and keeps nothing: with it every file is read."""

    def rows(self, kind: str, names: Sequence[str]) -> Mapping[str, Known]:
        return {}

    def put(
        self, kind: str, name: str, value: str, made_of: str = "", paths: str = "", state: State | None = None
    ) -> None:
        pass


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[begin : begin + _AT_ONCE] for begin in range(0, len(names), _AT_ONCE))


def _seal(kind: str, name: str, made_of: str, paths: str, state: str, value: str) -> bytes:
    whole = "\0".join((kind, name, made_of, paths, state, value))
    return hashlib.blake2b(whole.encode("utf-8", "replace"), digest_size=_SEAL).digest()


def _opened(path: Path) -> "sqlite3.Connection":
    """Return the file with its table; sqlite3.DatabaseError where there can be none, or it holds something else."""
    import sqlite3

    base = sqlite3.connect(path, timeout=2, isolation_level=None)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not base.execute("SELECT 1 FROM sqlite_master").fetchone():
            base.execute("BEGIN IMMEDIATE")
            if not base.execute("SELECT 1 FROM sqlite_master").fetchone():
                base.execute(_TABLE)
                base.execute(f"PRAGMA user_version = {VERSION}")
            base.execute("COMMIT")
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
        base.execute("SELECT kind, name, paths, value, seal FROM known LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base


def _is_damage(error: "sqlite3.DatabaseError") -> bool:
    """Tell whether the file is no ledger of ours, rather than one that cannot be had now."""
    import sqlite3

    damaged = (0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in damaged


def _write(base: "sqlite3.Connection", rows: Sequence[tuple[str, str, str, str, bytes]]) -> None:
    with base:
        base.execute("BEGIN IMMEDIATE")
        base.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?)", rows)


def _drop(base: "sqlite3.Connection", names: Collection[tuple[str, str]]) -> None:
    with base:
        base.execute("BEGIN IMMEDIATE")
        base.executemany("DELETE FROM known WHERE kind = ? AND name = ?", names)


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)
