"""The lexicon: how single words are said, in files that anyone can grow."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from podcast.errors import ConfigError
from podcast.speech.names import read_names

_SPEAKABLE = re.compile(r"[A-Za-z' ,.?!:;-]*")
_ROUNDS = 3  # one entry may lead to a second and that to a third


@dataclass(frozen=True)
class Lexicon(Mapping[str, str]):
    """How single words are said: written form → spoken form. Case counts."""

    entries: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", MappingProxyType(dict(self.entries)))

    def __getitem__(self, written: str) -> str:
        return self.entries[written]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    @classmethod
    def load(cls, *paths: Path) -> "Lexicon":
        """Return the entries of all files, later files over earlier; ConfigError names file and line."""
        entries: dict[str, str] = {}
        places: dict[str, str] = {}
        for path in paths:
            try:
                lines = path.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(
                    f"{path}: {error}", "a lexicon is a UTF-8 file of lines: written TAB spoken"
                ) from error
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith("#"):
                    written, spoken = _entry(line, f"{path}:{number}")
                    entries[written] = spoken
                    places[written] = f"{path}:{number}"
        _check_settled(entries, places)
        return cls(entries)
