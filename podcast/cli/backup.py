"""A show in one file: what cannot be made again, and nothing else."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

from podcast.show import environment, store
from podcast.show.workspace import Workspace

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
                packed.dereference = each.parent.name == "mixes"  # a pruned one leads to feed/, which is not packed
                packed.add(each, str(each.relative_to(workspace.root)), recursive=False)
                count, size = count + 1, size + (each.stat() if each.is_file() else each.lstat()).st_size
    return count, size


def _files(root: Path, takes: bool) -> Iterator[Path]:
    left = {root / name for name in _LEFT}
    for path in sorted(root.rglob("*")):
        passes = path.name.startswith(".tmp-") or path.suffix == ".lock" or path.name == ".lock"
        if path.is_dir() or passes or left & {path, *path.parents} or (path.parent.name == "takes" and not takes):
            continue
        yield path
