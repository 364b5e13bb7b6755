"""The services' answers as they came, kept in the show's folder: what was asked once need not be asked again."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from podcast.show import store


@dataclass(frozen=True)
class Cache:
    """Answers by name. Names are made of validated dates and ids alone."""

    folder: Path
    fresh: bool = False
    """Whether nothing that was kept before counts."""

    def get(self, name: str) -> tuple[bytes, dt.datetime] | None:
        """Return the answer and the instant it was read, or None."""
        path = self.folder / name
        if self.fresh or not path.is_file():
            return None
        return path.read_bytes(), dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).replace(microsecond=0)

    def keep(self, name: str, body: bytes) -> None:
        """Keep the answer; what was kept by that name is replaced."""
        path = self.folder / name
        if not store.write_atomic(path, body):
            path.touch()
