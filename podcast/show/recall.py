"""What the show's episodes are about, to be searched: one SQLite file that may be lost.

An episode's rows are believed only while its files are in the very state they were in when it was read; of all others,
and without the file, it is read again. So what is found is what would be found if every file were read each time.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from podcast.show.ledger import Ledger

if TYPE_CHECKING:
    import sqlite3

VERSION = 2
"""Of the rows' form, and of what is taken of an episode. Raise it when either is another: all is then read again."""
_TABLES = f"""
CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT UNIQUE, day TEXT, paths TEXT, state TEXT, value TEXT);
CREATE TABLE word (kind TEXT, word TEXT, entry INTEGER);
CREATE INDEX by_word ON word (kind, word);
CREATE INDEX by_entry ON word (entry);
PRAGMA user_version = {VERSION};
"""
_SAID = "CREATE VIRTUAL TABLE said USING fts5 (text, entry UNINDEXED, path UNINDEXED, tokenize = 'porter unicode61');"
"""Not every SQLite can search."""
_ROOM = 1_000
"""Rows of what one episode says, at most: they stand together, so that they are found again without a search."""
_UNSETTLED = ""
"""The state of what was being written when it was read: it is read again."""

Value = TypeVar("Value")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """What is known of an episode: `value` as JSON, words to find it by, each of a kind, and what it says, by path."""

    value: Mapping[str, object]
    words: Sequence[tuple[str, str]]
    said: Mapping[str, str]


@dataclass(frozen=True)
class Standing:
    """An episode that can be found: its day, and the files that it is told by, a line each, from the root."""

    day: str
    paths: str


class Rows:
    """The episodes before a day, to be asked."""

    def __init__(self, base: "sqlite3.Connection", before: str) -> None:
        self._base, self._before = base, before

    def count(self) -> int:
        """Return how many there are."""
        asked = "SELECT count(*) FROM entry WHERE day < ? AND value != ''"
        return int(self._base.execute(asked, (self._before,)).fetchone()[0])

    def having(self, kind: str, word: str) -> Sequence[str]:
        """Return the names of those that have the word, the newest first."""
        asked = "SELECT name FROM word JOIN entry ON entry.id = word.entry WHERE kind = ? AND word = ? AND day < ? " \
                "ORDER BY day DESC, name"  # fmt: skip
        return [name for (name,) in self._base.execute(asked, (kind, word, self._before))]

    def saying(self, words: Sequence[str], most: int) -> Sequence[tuple[str, str, str]]:
        """Return what they say with most of these words, the likest first: each with its episode and path."""
        query = " OR ".join('"{}"'.format(word.replace('"', "")) for word in words)
        asked = "SELECT name, path, text FROM said JOIN entry ON entry.id = said.entry " \
                "WHERE said MATCH ? AND day < ? ORDER BY rank, name, path LIMIT ?"  # fmt: skip
        return self._base.execute(asked, (query, self._before, most)).fetchall() if words and self.count() else []

    def told(self, name: str) -> Mapping[str, object]:
        """Return what is known of the episode."""
        value = self._base.execute("SELECT value FROM entry WHERE name = ?", (name,)).fetchone()[0]
        return dict(json.loads(value))


def asked(
    root: Path, path: Path, episodes: Mapping[str, Standing], read: Callable[[str], Told | None], before: str,
    ask: Callable[[Rows], Value],
) -> Value:  # fmt: skip
    """Return the answer of `ask` to the rows of these episodes as they are now, those of days before that one.

    `read` tells one by its name; None where there is nothing to tell. What is damaged at `path`, or of another version,
    is made anew; where nothing can be written there, they are in memory. Where SQLite cannot search, there are none.
    """
    import sqlite3

    ledger = Ledger(root, path)
    for opened in (_opened, _anew):
        try:
            with closing(opened(path)) as base:
                _bring_up(base, ledger, episodes, read)
                return ask(Rows(base, before))
        except sqlite3.ProgrammingError:  # ours
            raise
        except (OSError, sqlite3.DatabaseError) as error:
            log.info("%s is of no use (%s); every episode is read", path, error)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.executescript(_TABLES)
        try:
            base.execute(_SAID)
        except sqlite3.OperationalError as error:
            log.warning("no earlier episode is remembered: this SQLite cannot search (%s)", error)
        else:
            _bring_up(base, ledger, episodes, read)
        return ask(Rows(base, before))


def _opened(path: Path) -> "sqlite3.Connection":
    """Return the file with its tables; sqlite3.DatabaseError where it holds something else."""
    import sqlite3

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not base.execute("SELECT 1 FROM sqlite_master").fetchone():
            return _tabled(base)
        if version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
    except sqlite3.DatabaseError:
        base.close()
        raise
    return base


def _tabled(base: "sqlite3.Connection") -> "sqlite3.Connection":
    base.executescript(f"BEGIN IMMEDIATE; {_TABLES} {_SAID} COMMIT;")
    return base


def _anew(path: Path) -> "sqlite3.Connection":
    """Return an empty file in the place of the one that is there."""
    for each in (path, path.with_name(f"{path.name}-journal")):
        each.unlink(missing_ok=True)
    return _opened(path)


def _bring_up(
    base: "sqlite3.Connection", ledger: Ledger, episodes: Mapping[str, Standing], read: Callable[[str], Told | None]
) -> None:
    """Have the rows hold these episodes as they are now, and no others."""
    kept = {name: row for name, *row in base.execute("SELECT name, day, paths, state FROM entry")}
    now = {name: ledger.state(one.paths) for name, one in episodes.items()}
    stale = [name for name, one in episodes.items() if kept.get(name) != [one.day, one.paths, now[name].text]]
    gone = [name for name in kept if name not in episodes]
    if not (stale or gone):
        return
    base.execute("BEGIN IMMEDIATE")
    for name in (*stale, *gone):
        _drop(base, name)
    for name in stale:
        state = now[name].text if ledger.is_settled(now[name]) else _UNSETTLED
        _put(base, name, episodes[name], state, read(name))
    base.execute("COMMIT")


def _drop(base: "sqlite3.Connection", name: str) -> None:
    for (number,) in base.execute("SELECT id FROM entry WHERE name = ?", (name,)).fetchall():
        base.execute("DELETE FROM word WHERE entry = ?", (number,))
        base.execute("DELETE FROM said WHERE rowid BETWEEN ? AND ?", (number * _ROOM, (number + 1) * _ROOM - 1))
        base.execute("DELETE FROM entry WHERE id = ?", (number,))


def _put(base: "sqlite3.Connection", name: str, one: Standing, state: str, told: Told | None) -> None:
    value = json.dumps(told.value, ensure_ascii=False) if told else ""
    row = base.execute("INSERT INTO entry (name, day, paths, state, value) VALUES (?, ?, ?, ?, ?)",
                       (name, one.day, one.paths, state, value))  # fmt: skip
    number = int(row.lastrowid or 0)
    words = [(kind, word, number) for kind, word in dict.fromkeys(told.words if told else ())]
    base.executemany("INSERT INTO word VALUES (?, ?, ?)", words)
    base.executemany("INSERT INTO said (rowid, text, entry, path) VALUES (?, ?, ?, ?)", list(_rows(number, told)))


def _rows(number: int, told: Told | None) -> Iterator[tuple[int, str, int, str]]:
    for at, (path, text) in enumerate(list(told.said.items() if told else ())[:_ROOM]):
        yield number * _ROOM + at, text, number, path
