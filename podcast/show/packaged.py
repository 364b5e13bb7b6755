"""Where what comes with the project lies, installed or in a checkout: counted from one file, this one."""

import functools
import hashlib
import importlib.metadata
import importlib.util
import os
import shlex
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def folder(*names: str) -> Path:
    """Return a folder of files that a wing carries, such as `folder("press", "templates")`."""
    return _PACKAGE.joinpath(*names)


def voices() -> Path:
    """Return the folder of the voices, which stand at the top of a checkout, where a person looks for them."""
    installed = _PACKAGE / "voices"
    return installed if installed.is_dir() else _PACKAGE.parent / "voices"


def install(extra: str) -> str:
    """Return the command that adds an extra to what runs here: into this Python, of this checkout or of the package.

    By pip, or by uv where this Python has no pip. The one place that says how the project is installed.
    """
    checkout = _PACKAGE.parent
    named = f"-e {shlex.quote(f'{checkout}[{extra}]')}" if (checkout / "pyproject.toml").is_file() else None
    python = shlex.quote(sys.executable)
    pip = f"{python} -m pip install" if importlib.util.find_spec("pip") else f"uv pip install --python {python}"
    return f"{pip} {named or shlex.quote(f'daily-paper-podcast[{extra}]')}"


@functools.cache
def program() -> str:
    """What tells one state of this program, and of what it renders with, from another."""
    files = []
    for root, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        states = [(path, path.stat()) for path in (Path(root, name) for name in sorted(names))]
        files += [f"{path} {each.st_size} {each.st_mtime_ns}" for path, each in states]
    used = ("feedgen", "jinja2", "lxml", "markupsafe", "pillow", "pydantic")
    whole = "\n".join([sys.version, *map(importlib.metadata.version, used), *files])
    return hashlib.sha256(whole.encode()).hexdigest()
