"""The sizes and hashes of a folder's files, as far as they are needed; and those that episodes' records tell."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from podcast.show import store
from podcast.show.schema import whose

Files = Mapping[str, tuple[int, str]]
"""Size and SHA-256 of files, by path."""

_CHAPTER = re.compile(r"\.chapter\d+\.jpg$")


class Digests:
    """Hashes of files below a folder, and what its records tell, each taken once for as long as its size and time
    stay."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken: dict[tuple[str, str], tuple[tuple[int, int], Any]] = {}
        self._records: Mapping[str, Files | None] | None = None
        self._told: Files | None = None

    def forget(self) -> None:
        """Have the folder's own records looked at anew: it was built again."""
        self._records = self._told = None

    @property
    def told(self) -> Files:
        """What the folder's own records tell of files."""
        if self._told is None:
            self._told = joined(self.records())
        return self._told

    def records(self) -> Mapping[str, Files | None]:
        """Return what each record of the folder tells, by its path; None for one that is broken."""
        if self._records is None:
            paths = (f"episodes/{name}/item.json" for name in sorted(store.names(self.folder / "episodes")))
            self._records = {path: self.files(path) for path in paths if (self.folder / path).is_file()}
        return self._records

    def files(self, path: str) -> Files | None:
        """Return what the record at the path tells of files; None where it is broken."""
        found: Files | None = self._take("files", path, lambda file: files_of(file.read_bytes()))
        return found

    def size(self, path: str) -> int:
        return (self.folder / path).stat().st_size

    def md5(self, path: str) -> str:
        """Return the MD5 in hex: what most stores have for an ETag, and no safeguard."""
        return self._hashed("md5", path)

    def sha256(self, path: str) -> str:
        return self._hashed("sha256", path)

    def _hashed(self, kind: str, path: str) -> str:
        def taken(place: Path) -> str:
            with place.open("rb") as file:
                return hashlib.file_digest(file, kind).hexdigest()

        return str(self._take(kind, path, taken))

    def _take(self, kind: str, path: str, of: Callable[[Path], Any]) -> Any:
        place = self.folder / path
        stat = place.stat()
        state = (stat.st_size, stat.st_mtime_ns)
        known = self._taken.get((kind, path))
        if known is None or known[0] != state:
            known = self._taken[kind, path] = state, of(place)
        return known[1]


def of_chapter(path: str) -> str:
    """Return whose picture of a chapter stands at the path: an episode's name; "" for any other file."""
    return whose(path)[0] if _CHAPTER.search(path) else ""


def files_of(record: bytes) -> Files | None:
    """Return the size and SHA-256 of every file that the record names, by path; None where it cannot be read."""
    try:
        named: dict[str, dict[str, Any]] = json.loads(record)["files"]
        return {name: (int(each["size"]), str(each["sha256"])) for name, each in named.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def joined(records: Mapping[str, Files | None]) -> Files:
    """Return what the records tell, all in one."""
    return {name: each for files in records.values() for name, each in (files or {}).items()}
