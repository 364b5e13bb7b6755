"""Keys and other variables of a show: what stands in its .env holds for every way to run it, cron included."""

import os
from pathlib import Path

FILE = ".env"
"""Beside podcast.toml: NAME=value a line, as systemd and Docker read it too."""


def load(folder: Path) -> None:
    """Set the variables of the folder's .env, but for those that are set already. Nothing in a value is expanded."""
    path = folder / FILE
    if not path.is_file():
        return
    from dotenv import dotenv_values

    for name, value in dotenv_values(path, interpolate=False).items():
        if value is not None:
            os.environ.setdefault(name, value)


def is_open(folder: Path) -> bool:
    """Tell whether the folder has a .env that others on this machine may read."""
    path = folder / FILE
    return path.is_file() and bool(path.stat().st_mode & 0o077)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
