"""Identity and safe writing: a thing is named by what made it, and appears whole or not at all."""

import codecs
import errno
import fcntl
import functools
import hashlib
import io
import json
import logging
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from podcast.show import mending, migrations, placed
from podcast.show.errors import Busy, ConfigError, DocumentError, StorageError, quoted

Model = TypeVar("Model", bound=BaseModel)

log = logging.getLogger(__name__)

_TEMP_PREFIX = ".tmp-"

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
"""How file systems without hard links refuse one: exFAT, vfat, SMB, some FUSE and cloud folders."""

_SUM = re.compile(rb',\n  "sum": "([0-9a-f]{64})"\n\}\n\Z')
_SUM_BYTES = 80
"""How a document that tells its own SHA-256 ends, and how long that is."""

_LEFT = 86_400.0
"""Seconds after which a temporary file is nobody's, where the file system has no locks that would tell."""


def fingerprint(stage: str, version: int, inputs: JsonValue) -> str:
    """Return the key of what `stage` at `version` makes of `inputs`: 40 hex digits of SHA-256.

    The inputs are written as canonical JSON (sorted keys, no spaces, UTF-8), so equal inputs have
    one key on every machine.
    """
    canonical = json.dumps(
        [stage, version, inputs], sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()[:40]


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(path: Path, size: int, sha256: str, summed: Callable[[Path], str] = file_sha256) -> bool:
    """Tell whether the file is there, with so many bytes and that SHA-256, as `summed` takes it."""
    return path.is_file() and path.stat().st_size == size and summed(path) == sha256


@contextmanager
def replacing(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it has taken `path`'s place.

    On an error, or a crash, `path` is as it was. Raises OSError, before anything is written, where a folder, a device
    or another thing that is no file lies there: a rename would put the file in a device's place. What can be made
    again need not be `durable`: it may be lost with the power. The temporary name keeps the suffix, since some
    programs choose a format by it.
    """
    _only_a_file(path)
    with _temporary(path) as temporary:
        yield temporary
        if durable:
            _sync(temporary)
        temporary.replace(path)


def _only_a_file(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Make `path` hold `data`, whole or not at all; return whether it had to be written."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    with replacing(path, durable=durable) as temporary:
        temporary.write_bytes(data)
    return True


def create_once(path: Path, data: bytes) -> bool:
    """Make `path` hold `data` unless it exists; return whether we were first. Never overwrites."""
    with _temporary(path) as temporary:
        temporary.write_bytes(data)
        _sync(temporary)
        try:
            os.link(temporary, path)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            return _rename_once(temporary, path)
    return True


def _rename_once(temporary: Path, path: Path) -> bool:
    """Give the file its name unless that is taken, where there are no hard links: by turns, under the folder's lock."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if os.path.lexists(path):
            return False
        temporary.replace(path)
        return True
    finally:
        os.close(folder)


def load_disposable(model: type[Model], path: Path) -> Model | None:
    """Return the value that `path` holds; None where it is not there, or broken, which is said."""
    if not path.is_file():
        return None
    try:
        return load(model, path)
    except DocumentError as error:
        log.warning("%s", error, extra={"once": str(path)})
        return None


def to_json(value: BaseModel) -> bytes:
    """Return the value as the JSON a person may edit: indented, UTF-8, one newline at the end.

    Its format stands first where it is not the first that its kind had.
    """
    text = value.model_dump_json(indent=2)
    number = migrations.format_of(type(value).__name__)
    return ((text if number == 1 else f'{{\n  "format": {number},{text[1:]}') + "\n").encode()


def summed(value: BaseModel) -> bytes:
    """Return the value as `to_json` does, and last in it, as "sum", the SHA-256 of the bytes before."""
    before = to_json(value).removesuffix(b"\n}\n")
    return before + b',\n  "sum": "%s"\n}\n' % hashlib.sha256(before).hexdigest().encode()


def is_as_made(data: bytes) -> bool:
    """Tell whether a document that was `summed` has the bytes that it was made with; one without a sum, as earlier
    versions wrote it, is believed."""
    told = _SUM.search(data, max(0, len(data) - _SUM_BYTES))
    if told is None:
        return b'\n  "sum":' not in data
    return hashlib.sha256(memoryview(data)[: told.start()]).hexdigest().encode() == told[1]


def stands_as_made(path: Path) -> bool:
    """Tell the same of the file, which is there; where it has other bytes, that is said."""
    if not (found := is_as_made(path.read_bytes())):
        log.warning("%s is damaged: it has other bytes than it was made with", path, extra={"once": str(path)})
    return found


def load(model: type[Model], path: Path) -> Model:
    """Return the value that `path` holds; a document of an older version of podcast is brought to this one's form.

    Raises DocumentError naming the file and every place in it that is wrong, or what else lies in its place: also
    where it is the document of another day or paper.
    """
    data = b""
    try:
        data = read_file(path).removeprefix(codecs.BOM_UTF8)  # as some editors write it
        found: Model = _parsed(model, data, str(path))
    except ValidationError as error:
        raise DocumentError(f"{path} {mending.wrong(model.__name__, data, error)}", mending.way_back(path)) from error
    except FileNotFoundError as error:
        raise DocumentError(f"{path} is not there", mending.way_back(path, lost=True)) from error
    except OSError as error:
        trouble = StorageError.of(error)
        hint = trouble.hint if trouble else "check who owns it (ls -l)"
        raise DocumentError(f"{path} cannot be read: {error.strerror}", hint) from error
    placed.check(found, path)
    return found


@functools.lru_cache(maxsize=16)
def _parsed(model: type[Model], data: bytes, named: str) -> Model:
    """Return what `parse` does, and remember the last: values are frozen, and a change reads a document many times."""
    return parse(model, data, named)


def parse(model: type[Model], data: bytes, named: str) -> Model:
    """Return the value that the JSON says. Raises pydantic's ValidationError, or DocumentError by `named`."""
    kind = model.__name__
    if migrations.format_of(kind) == 1 and b'"format"' not in data:
        return model.model_validate_json(data)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return model.model_validate_json(data)  # which says it in its own words
    if not isinstance(document, dict):
        return model.model_validate_json(data)
    return model.model_validate_json(json.dumps(migrations.migrated(kind, document, named)))


def read_text(path: Path) -> str:
    """Return the text of a file that people edit: in UTF-8, with the mark before it that some editors set, or without.

    Raises ConfigError where it is in another coding, or another thing lies there, and OSError.
    """
    try:
        return io.StringIO(read_file(path).decode("utf-8-sig"), newline=None).read()
    except DocumentError as error:
        raise ConfigError(str(error), error.hint) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8: {error.reason} at byte {error.start}", "save it as UTF-8") from error


def read_file(path: Path) -> bytes:
    """Return the file's bytes. Raises DocumentError where a folder, a pipe or another thing lies there, OSError."""
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe" if stat.S_ISFIFO(mode) else "no file"
        raise DocumentError(f"{path} is {what}, where a file is wanted", f"move it away: mv {quoted(path)} elsewhere")
    return path.read_bytes()


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Give an empty file beside `path`, locked by who writes it; afterwards it is gone.

    What the system refuses meanwhile is told of `path`, which a person knows.
    """
    temporary, handle = None, -1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary, handle = _begun(path)
        yield temporary
    except OSError as error:
        if error.filename is None or Path(error.filename).name.startswith(_TEMP_PREFIX):
            error.filename = str(path)
        raise
    finally:
        if temporary:
            try:
                temporary.unlink(missing_ok=True)
            finally:
                os.close(handle)


def _begun(path: Path) -> tuple[Path, int]:
    """Return a new temporary file and the open file that holds its lock: as long as it does, nobody sweeps it away.

    A lock says that the writer lives on whatever machine and in whatever container; a process id says it in one.
    """
    while True:
        handle, name = tempfile.mkstemp(prefix=f"{_TEMP_PREFIX}{os.getpid()}-", suffix=path.suffix, dir=path.parent)
        os.fchmod(handle, 0o644)
        with suppress(OSError):  # where there are no locks, age tells
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.path.lexists(name):
            return Path(name), handle
        os.close(handle)  # somebody swept it away before it was locked


@contextmanager
def locked(path: Path, work: str = "", *, wait: bool = True) -> Iterator[None]:
    """Hold the lock at `path` for the block; the kernel lets go of it when the process dies.

    Where another holds it, that is said once, as `work` ("2509.09666 is being worked on"), and waited for; without
    `wait`, Busy is raised. A lock is not to be taken again inside the block, not even by the same thread.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not wait:
                raise Busy(
                    f"{work} by another podcast command", "wait until it has ended, or leave out --no-wait"
                ) from error
            if work:
                log.warning("%s by another podcast command; waiting …", work)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove the temporary files in `folder`, and where `deep` all below it, whose writer is dead."""
    for root, _, found in os.walk(folder) if deep else [(str(folder), [], _readable(folder))]:
        for name in found:
            if name.startswith(_TEMP_PREFIX):
                with suppress(FileNotFoundError, PermissionError):
                    if (leftover := Path(root, name)).is_file():
                        _drop(leftover)


def names(folder: Path) -> list[str]:
    """Return what is in the folder, by name; nothing where it is none."""
    return os.listdir(folder) if folder.is_dir() else []  # noqa: PTH208 - fifty thousand Paths are slow to make


def _readable(folder: Path) -> list[str]:
    """Return the same; nothing where it cannot be looked into, as os.walk has it."""
    with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
        return names(folder)
    return []


def _drop(leftover: Path) -> None:
    """Remove the temporary file unless somebody writes it: while its lock is held here, nobody can begin to."""
    with leftover.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        except OSError:  # no locks here
            if time.time() - leftover.stat().st_mtime < _LEFT:
                return
        leftover.unlink()


def _sync(path: Path) -> None:
    """Have the file's bytes on the disk before its name says that it is whole."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
