"""Keys and other variables of a show: what stands in its .env holds for every way to run it, cron included."""

import os
import threading
from collections.abc import Mapping
from pathlib import Path

FILE = ".env"
"""Beside podcast.toml: NAME=value a line. Nobody but us reads it: systemd and Docker would read other values in it."""


_ours: dict[str, str] = {}
"""The variables that a .env set, with the values that it gave them: all others are set from outside."""
_LOCK = threading.RLock()


def load(folder: Path) -> None:
    """Set the variables of the folder's .env, but for those that are set from outside; what a .env set before has its
    value of now, or is gone. Nothing in a value is expanded."""
    named = _named(folder / FILE)
    with _LOCK:
        before = ours()
        for name in before.keys() - named.keys():
            del os.environ[name]
        now = {name: value for name, value in named.items() if name in before or name not in os.environ}
        os.environ.update(now)
        _ours.clear()
        _ours.update(now)


def ours() -> dict[str, str]:
    """Return the variables that a .env set, and that nobody set otherwise since."""
    with _LOCK:
        return {name: value for name, value in _ours.items() if os.environ.get(name) == value}


def take_over(given: Mapping[str, str]) -> None:
    """Have those count as set by a .env that did so in the process that started this one."""
    with _LOCK:
        _ours.update(given)


def _named(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    found = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    return {name: value for name, value in found.items() if value is not None}


def is_open(folder: Path) -> bool:
    """Tell whether the folder has a .env that others on this machine may read."""
    path = folder / FILE
    return path.is_file() and bool(path.stat().st_mode & 0o077)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
