"""Where what comes with the project lies, installed or in a checkout: counted from one file, this one."""

import hashlib
import importlib.util
import json
import os
import sys
from functools import cache
from pathlib import Path

from podcast.show.errors import quoted

_PACKAGE = Path(__file__).parents[1]
_NAME = "daily-paper-podcast"


def folder(*names: str) -> Path:
    """Return a folder of files that a wing carries, such as `folder("press", "templates")`."""
    return _PACKAGE.joinpath(*names)


def voices() -> Path:
    """Return the folder of the voices, which stand at the top of a checkout, where a person looks for them."""
    installed = _PACKAGE / "voices"
    return installed if installed.is_dir() else _PACKAGE.parent / "voices"


def install(extra: str) -> str:
    """Return the command that adds an extra of the project to what runs here, from wherever that came: see `source`."""
    found = source()
    if found.startswith("-e "):
        return pip(f"-e {quoted(f'{found[3:]}[{extra}]')}")
    return pip(quoted(f"{_NAME}[{extra}]" + (f" @ {found}" if found else "")))


def pip(words: str) -> str:
    """Return the command that installs into this Python: by pip, or by uv where it has none."""
    python = quoted(sys.executable)
    program = f"{python} -m pip install" if importlib.util.find_spec("pip") else f"uv pip install --python {python}"
    return f"{program} {words}"


def requirement(extras: str) -> str:
    """Return what pip takes for the project with these extras on any machine; by its name what is here alone."""
    named = f"{_NAME}[{extras}]"
    return named if _is_here(source()) else f"{named} @ {source()}"


def wheel(folder: Path) -> str:
    """Return the command that puts a wheel of what runs here into the folder."""
    pip = f"{quoted(sys.executable)} -m pip" if importlib.util.find_spec("pip") else "uvx pip"
    what = source().removeprefix("-e ") or _NAME
    return f"{pip} wheel --no-deps --wheel-dir {quoted(folder)} {quoted(what)}"


def _is_here(source: str) -> bool:
    return not source or source.startswith(("-e ", "file:"))


@cache
def source() -> str:
    """Return where the project was installed from: `-e FOLDER` of a checkout, an address, or "" for a registry.

    pip and uv write it down (PEP 610, direct_url.json): the one place that says how more of it is to be had, today from
    a checkout or a wheel and tomorrow from a registry.
    """
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return f"-e {_PACKAGE.parent}"
    import importlib.metadata

    try:
        written = importlib.metadata.distribution(_NAME).read_text("direct_url.json")
        told = json.loads(written or "{}")
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return ""
    vcs, address = told.get("vcs_info"), str(told.get("url", ""))
    return f"{vcs['vcs']}+{address}@{vcs['commit_id']}" if vcs else address


@cache
def program() -> str:
    """What tells one state of this program, and of what it renders with, from another."""
    import importlib.metadata

    files = []
    for root, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        states = [(path, path.stat()) for path in (Path(root, name) for name in sorted(names))]
        files += [f"{path} {each.st_size} {each.st_mtime_ns}" for path, each in states]
    used = ("feedgen", "jinja2", "lxml", "markupsafe", "pillow", "pydantic")
    whole = "\n".join([sys.version, *map(importlib.metadata.version, used), *files])
    return hashlib.sha256(whole.encode()).hexdigest()
