"""Voices of Piper's list, fetched once when a person asks for one: the model, its table and its card."""

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import requests

from podcast.show import passing, store
from podcast.show.errors import ConfigError, SourceError

REPOSITORY = "/rhasspy/piper-voices/resolve/main/"
"""On Hugging Face; the list, voices.json, has each file's size and MD5."""

_TIMEOUT = 30.0
"""Seconds without a byte before a request is given up."""
_MOST = 500_000_000
"""Bytes of one file; the largest voice has some 120 MB."""
_CHUNK = 1 << 18
_NAME = re.compile(r"[a-z]{2,3}_[A-Z]{2}-\w+-(x_low|low|medium|high)")
_LICENCES: Mapping[str, str] = MappingProxyType(
    {
        r"cc0|public domain": "CC0-1.0", r"cc[ -]by[ -]nc[ -]sa[ -]?4": "CC-BY-NC-SA-4.0",
        r"cc[ -]by[ -]nc[ -]nd": "CC-BY-NC-ND-4.0", r"cc[ -]by[ -]nc|non-?commercial": "CC-BY-NC-4.0",
        r"cc[ -]by[ -]sa|attribution-sharealike": "CC-BY-SA-4.0", r"cc[ -]by|attribution 4": "CC-BY-4.0",
        r"apache": "Apache-2.0", r"\bmit\b": "MIT", r"\bbsd\b": "BSD-3-Clause",
    }
)  # fmt: skip
"""What a card's licence is called where it has a name; the first that fits."""


@dataclass(frozen=True)
class Found:
    """A voice of the list."""

    key: str
    """Such as de_DE-thorsten-medium."""
    language: str
    speakers: int
    files: Mapping[str, Mapping[str, Any]]
    """The path in the repository of each file → its size_bytes and md5_digest."""

    def path(self, end: str) -> str:
        """Return the path of the file whose name ends so; SourceError where the list has none."""
        found = [path for path in self.files if path.endswith(f"/{self.key}{end}" if end[:1] == "." else f"/{end}")]
        if len(found) != 1:
            raise SourceError(f"Piper's list names no {end} of {self.key}", "choose another voice")
        return found[0]

    @property
    def size(self) -> int:
        """Bytes of the model."""
        return int(self.files[self.path(".onnx")]["size_bytes"])


@dataclass(frozen=True)
class Terms:
    """What a voice's card says of its licence."""

    licence: str
    """An SPDX identifier where the card names a licence that has one."""
    told: str
    """What it allows, as a sentence."""


def find(hub: str, key: str) -> Found:
    """Return the voice of that name on the list at `hub`; ConfigError, with those near, where there is none."""
    try:
        listed = json.loads(_get(f"{hub}{REPOSITORY}voices.json"))
        names = {name: entry for name, entry in listed.items() if _NAME.fullmatch(name)}
        entry = names.get(key)
        if entry is None:
            raise ConfigError(f"Piper's list has no voice {key!r}", _near(key, list(names)))
        language = str(entry["language"]["family"])
        if not re.fullmatch("[a-z]{2,3}", language):
            raise ValueError(language)
        return Found(key, language, int(entry["num_speakers"]), entry["files"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"Piper's list at {hub} cannot be read: {error!r}", "try again later") from error


def fetch(hub: str, voice: Found, folder: Path, tell: Callable[[int, int], None]) -> Path:
    """Bring the voice's files into the folder, and return its model; what is there and right is not fetched again.

    `tell` gets the bytes that have come of all. A file is there only when it is whole and has the list's size and MD5.
    Raises SourceError where one cannot be had.
    """
    wanted = {
        folder / f"{voice.key}.onnx.json": voice.path(".onnx.json"),
        folder / f"{voice.key}.MODEL_CARD.txt": voice.path("MODEL_CARD"),
        folder / f"{voice.key}.onnx": voice.path(".onnx"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    total, come = sum(int(voice.files[path]["size_bytes"]) for path in wanted.values()), 0
    for target, path in wanted.items():
        size, digest = int(voice.files[path]["size_bytes"]), str(voice.files[path]["md5_digest"])
        if not target.is_file() or _md5(target) != digest:
            _bring(f"{hub}{REPOSITORY}{path}", target, size, digest, partial(_tell, tell, come, total))
        come += size
        tell(come, total)
    return folder / f"{voice.key}.onnx"


def _tell(tell: Callable[[int, int], None], before: int, total: int, got: int) -> None:
    tell(before + got, total)


def terms(card: str, key: str) -> Terms:
    """Return what the voice's card says of its licence."""
    named = re.search(r"licen[sc]e\W+([^\n]+)", card, re.IGNORECASE)
    words = named[1].strip(" *|") if named else ""
    spdx = next((name for sign, name in _LICENCES.items() if re.search(sign, words, re.IGNORECASE)), None)
    licence = spdx or f"LicenseRef-Piper-{key.replace('_', '-')}"
    if not words:
        told = "its card names no licence: read it before you publish"
    elif spdx is None:
        told = f"its card says {words!r}: read it before you publish"
    elif "-NC" in spdx:
        told = f"{spdx}: a show that earns money may not use it"
    elif "BY" in spdx:
        told = f"{spdx}: any use, if the show's notes name where the voice is from"
    else:
        told = f"{spdx}: any use"
    tuned = re.search(r"fine-?tuned from ([^\n]+)", card, re.IGNORECASE)
    more = f"; it was fine-tuned from {tuned[1].strip(' .')}, whose terms hold too" if tuned else ""
    return Terms(licence, "".join(sign for sign in told + more if sign.isprintable()))


def _near(key: str, names: list[str]) -> str:
    near = difflib.get_close_matches(key, names, 5, 0.5)
    same = [name for name in names if name.startswith(key.partition("_")[0] + "_")][:20]
    return f"it has {', '.join(near or same or names[:20])}, and others"


def _get(url: str) -> bytes:
    try:
        with requests.get(url, timeout=_TIMEOUT) as answer:
            answer.raise_for_status()
            return answer.content
    except requests.RequestException as error:
        words, hint = passing.silence(error, url)
        raise SourceError(f"{url} {words}", hint) from error


def _bring(url: str, target: Path, size: int, digest: str, tell: Callable[[int], None]) -> None:
    if size > _MOST:
        raise SourceError(f"{url} would have {size:,} bytes", "that is no voice")
    found, got = hashlib.md5(usedforsecurity=False), 0
    try:
        with store.replacing(target) as temporary, temporary.open("wb") as file:
            with requests.get(url, timeout=_TIMEOUT, stream=True) as answer:
                answer.raise_for_status()
                for chunk in answer.iter_content(_CHUNK):
                    got += len(chunk)
                    if got > size:
                        break
                    found.update(chunk)
                    file.write(chunk)
                    tell(got)
            if got != size or found.hexdigest() != digest:
                raise SourceError(f"{url} is not what Piper's list says: {got:,} of {size:,} bytes", "try again later")
    except requests.RequestException as error:
        words, hint = passing.silence(error, url)
        raise SourceError(f"{url} {words}", hint) from error


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
