"""The sizes and hashes of a folder's files, as far as they are needed; and those that episodes' records tell."""

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from podcast.show.schema import whose

log = logging.getLogger(__name__)

_CHAPTER = re.compile(r"\.chapter\d+\.jpg$")


class Digests:
    """Hashes of files below a folder, each taken once for as long as its size and time stay."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken: dict[tuple[str, str], tuple[tuple[int, int], str]] = {}
        self._told: Mapping[str, tuple[int, str]] | None = None

    def forget(self) -> None:
        """Have the folder's own records read anew: it was built again."""
        self._told = None

    @property
    def told(self) -> Mapping[str, tuple[int, str]]:
        """What the folder's own records tell of files: size and SHA-256 by path."""
        if self._told is None:
            own = self._folder.glob("episodes/*/item.json")
            self._told = files_of({str(path): path.read_bytes() for path in own})
        return self._told

    def size(self, path: str) -> int:
        return (self._folder / path).stat().st_size

    def md5(self, path: str) -> str:
        """Return the MD5 in hex: what most stores have for an ETag, and no safeguard."""
        return self._take("md5", path)

    def sha256(self, path: str) -> str:
        return self._take("sha256", path)

    def _take(self, kind: str, path: str) -> str:
        stat = (self._folder / path).stat()
        state = (stat.st_size, stat.st_mtime_ns)
        known = self._taken.get((kind, path))
        if known and known[0] == state:
            return known[1]
        with (self._folder / path).open("rb") as file:
            found = hashlib.file_digest(file, kind).hexdigest()
        self._taken[kind, path] = state, found
        return found


def of_chapter(path: str) -> str:
    """Return whose picture of a chapter stands at the path: an episode's name; "" for any other file."""
    return whose(path)[0] if _CHAPTER.search(path) else ""


def files_of(items: Mapping[str, bytes]) -> dict[str, tuple[int, str]]:
    """Return the size and SHA-256 of every file that the records name, by path; a broken record is said."""
    found: dict[str, tuple[int, str]] = {}
    for path, data in items.items():
        try:
            named: dict[str, dict[str, Any]] = json.loads(data).get("files", {})
            found |= {name: (int(each["size"]), str(each["sha256"])) for name, each in named.items()}
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("%s is broken; it is left out until its machine publishes it again", path)
    return found


def readable(items: Iterable[bytes]) -> bool:
    """Tell whether every record can be read; if not, nobody knows which files are still named."""
    try:
        return all(isinstance(json.loads(data)["files"], dict) for data in items)
    except (ValueError, TypeError, KeyError):
        return False
