"""A show in one file: what cannot be made again, and nothing else."""

import logging
import lzma
import os
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from podcast.show import environment, store
from podcast.show.settings import MarksSettings
from podcast.show.workspace import Workspace
from podcast.sound import marks

log = logging.getLogger(__name__)

_LEFT = ("feed", "episodes/.cache", ".git", ".venv")
"""Below the show's folder: what is made again by publishing or asked anew, and what is kept elsewhere."""


@dataclass
class Packed:
    """How many files and bytes are in a backup, and what was left out of it, by its path from the show's folder."""

    count: int = 0
    size: int = 0
    keys: list[str] = field(default_factory=list)
    backups: list[str] = field(default_factory=list)
    """Earlier ones: each would be in all that come after."""


def write(workspace: Workspace, settings: MarksSettings, path: Path, takes: bool) -> Packed:
    """Pack the show into a tar file that nobody else may read, whole or not at all, and return what is in it.

    Without `takes` a line that is changed is recorded with all others again; what was mixed is published as it was.
    """
    root, done = workspace.root, Packed()
    named = (root / environment.FILE, *(marks.place(key, root) for key in (settings.key, MarksSettings().key)))
    keys = {key.resolve() for key in named}
    with store.replacing(path) as temporary:
        temporary.chmod(0o600)
        with tarfile.open(temporary, "w", dereference=True) as packed:  # what a link leads to may lie elsewhere
            for each in _files(root, takes):
                name, place = str(each.relative_to(root)), each.resolve()
                if place in (path.resolve(), temporary.resolve()):
                    continue
                if place in keys:
                    done.keys.append(name)
                elif not name.startswith("episodes/") and each.is_file() and _is_backup(each):
                    done.backups.append(name)
                else:
                    packed.add(each, name, recursive=False)
                    done.count, done.size = done.count + 1, done.size + each.stat().st_size
    return done


def _is_backup(path: Path) -> bool:
    """Tell whether the file is what `write` makes, compressed or not: files and no folder, the settings before the
    episodes. Any other archive is somebody's own."""
    settings = False
    try:
        with tarfile.open(path) as packed:
            for each in packed:
                if not each.isfile() or each.name.startswith("episodes/"):
                    return each.isfile() and settings
                settings |= each.name == "podcast.toml"
    except (tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError):
        return False  # none, or a broken one
    return False


def _files(root: Path, takes: bool) -> Iterator[Path]:
    """Yield the show's files, also those below a folder that is a link; a link that leads nowhere is named."""
    left = {root / name for name in _LEFT}
    for here, folders, names in os.walk(root, onerror=_fail, followlinks=True):
        folder = Path(here)
        above = {each.resolve() for each in (folder, *folder.parents)}  # a link that leads there has no end
        within = (folder / name for name in sorted(folders))
        folders[:] = [each.name for each in within if each not in left and each.resolve() not in above]
        for path in (folder / name for name in sorted(names)):
            passes = path.name.startswith(".tmp-") or path.suffix == ".lock" or path.name == ".lock"
            if passes or path in left or (folder.name == "takes" and not takes):
                continue
            if path.exists():
                yield path
            else:
                log.warning("%s leads nowhere: what it stood for is not in the backup", path)


def _fail(error: OSError) -> None:
    raise error
