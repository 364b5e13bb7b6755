"""A show in one file: what cannot be made again, and nothing else."""

import logging
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

from podcast.show import environment, store
from podcast.show.workspace import Workspace

log = logging.getLogger(__name__)

_LEFT = ("feed", "episodes/.cache", ".git", ".venv", environment.FILE)
"""Below the show's folder: what is made again by publishing or asked anew, what is kept elsewhere, and keys."""


def write(workspace: Workspace, path: Path, takes: bool) -> tuple[int, int]:
    """Pack the show into a tar file, whole or not at all, and return how many files and bytes are in it.

    Without `takes` a line that is changed is recorded with all others again; what was mixed is published as it was.
    """
    count = size = 0
    with store.replacing(path) as temporary, tarfile.open(temporary, "w") as packed:
        for each in _files(workspace.root, takes):
            if each.resolve() not in (path.resolve(), temporary.resolve()):
                packed.dereference = True  # what a link leads to may lie elsewhere
                packed.add(each, str(each.relative_to(workspace.root)), recursive=False)
                count, size = count + 1, size + each.stat().st_size
    return count, size


def _files(root: Path, takes: bool) -> Iterator[Path]:
    """Yield the files to pack, also those below a folder that is a link; a link that leads nowhere is named."""
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
