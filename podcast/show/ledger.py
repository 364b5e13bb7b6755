"""What files' bytes were found to be, so that each is read through once and not at every publish."""

import time
from pathlib import Path

from podcast.show import store
from podcast.show.schema import Ledger

_SETTLED = 60.0
"""Seconds a file must have been left alone to be believed: two changes within a clock tick have one time, and what is
just made is read again soon enough."""


class Sums:
    """SHA-256 of files below `root`, remembered at `path` for as long as a file's size, times and inode stay.

    The time of the inode's change tells of a write that put the file's own time back. What is remembered may be lost.
    """

    def __init__(self, root: Path, path: Path) -> None:
        self._root, self._path = root, path
        self._before = (store.load_disposable(Ledger, path) or Ledger()).files
        self._seen: dict[str, tuple[int, int, int, int, str]] = {}

    def sha256(self, file: Path) -> str:
        """Return the SHA-256 of the file's bytes as they are now, in hex."""
        found = file.stat()
        state = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        name = str(file.relative_to(self._root))
        known = self._seen.get(name) or self._before.get(name)
        if known and known[:4] == state:
            self._seen[name] = known
            return known[4]
        taken = store.file_sha256(file)
        if time.time() - found.st_ctime > _SETTLED:
            self._seen[name] = (*state, taken)
        return taken

    def keep(self) -> None:
        """Remember what was asked for, and forget the rest."""
        if self._seen != self._before:
            store.write_atomic(self._path, store.to_json(Ledger(files=self._seen)), durable=False)
            self._before = dict(self._seen)
