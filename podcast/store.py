"""Identity and safe writing: a thing is named by what made it, and appears whole or not at all."""

import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from podcast.errors import DocumentError

Model = TypeVar("Model", bound=BaseModel)

_TEMP_PREFIX = ".tmp-"


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


@contextmanager
def replacing(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well it has taken `path`'s place.

    On an error, or a crash, `path` is as it was. What can be made again need not be `durable`: it may be lost with
    the power. The temporary name keeps the suffix, since some programs choose a format by it.
    """
    with _temporary(path) as temporary:
        yield temporary
        if durable:
            _sync(temporary)
        temporary.replace(path)


def write_atomic(path: Path, data: bytes) -> bool:
    """Make `path` hold `data`, whole or not at all; return whether it had to be written."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    with replacing(path) as temporary:
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
    return True


def to_json(value: BaseModel) -> bytes:
    """Return the value as the JSON a person may edit: indented, UTF-8, one newline at the end."""
    return (value.model_dump_json(indent=2) + "\n").encode()


def load(model: type[Model], path: Path) -> Model:
    """Return the value that `path` holds.

    Raises DocumentError naming the file and every place in it that is wrong.
    """
    try:
        return model.model_validate_json(path.read_bytes())
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, problem['loc'])) or 'the file'}: {problem['msg']}" for problem in error.errors()
        )
        raise DocumentError(
            f"{path} is not a {model.__name__.lower()}: {places}",
            f"mend it, or delete it to have it made again: rm '{path}'",
        ) from error
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}", "check that the file is there") from error


@contextmanager
def _temporary(path: Path) -> Iterator[Path]:
    """Give an empty file beside `path`, whose name tells who writes it; afterwards it is gone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{_TEMP_PREFIX}{os.getpid()}-", suffix=path.suffix, dir=path.parent)
    os.fchmod(handle, 0o644)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock at `path` for the block; the kernel lets go of it when the process dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sweep(folder: Path, *, deep: bool = True) -> None:
    """Remove the temporary files in `folder`, and `deep` in it, whose writer is dead."""
    for leftover in (folder.rglob if deep else folder.glob)(f"{_TEMP_PREFIX}*"):
        process = leftover.name.removeprefix(_TEMP_PREFIX).partition("-")[0]
        if not (process.isdigit() and _alive(int(process))):
            with suppress(FileNotFoundError):
                leftover.unlink()


def _sync(path: Path) -> None:
    """Have the file's bytes on the disk before its name says that it is whole."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
