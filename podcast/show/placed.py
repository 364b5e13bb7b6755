"""A document that says of which day, period or paper it is, held to the folder that it lies in: one that was renamed or
copied, and a file out of a wrong backup, stand for nothing else."""

import datetime as dt
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from podcast.show import mending
from podcast.show.errors import DocumentError, quoted
from podcast.show.periods import of_digest
from podcast.show.schema import Digest, paper_of

_OF_DAYS: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType({
    "Day": ("list", lambda found: str(found.date)),
    "Digest": ("digest", lambda found: f"{found.date}"),
})  # fmt: skip
"""By the kind of document what one is that lies in a day's folder, and the day that it says."""

_OF_PAPERS: Mapping[str, tuple[str, Callable[[Any], tuple[str, str]]]] = MappingProxyType({
    "Asked": ("record", lambda found: (str(found.paper.listed_on), found.paper.id)),
    "Episode": ("episode", lambda found: (str(found.day), found.paper_id)),
    "Roundup": ("list", lambda found: (str(found.listed_on), found.id)),
    "Trailer": ("record", lambda found: (str(found.listed_on), found.id)),
    "Document": ("text", lambda found: ("", found.paper_id)),
    "Brief": ("brief", lambda found: ("", paper_of(found.paper_id))),
})  # fmt: skip
"""The same of one in a paper's folder, and day and name that it says; no day where it is in whatever day's."""

_NAMES = frozenset({
    "papers.json", "digest.json", "digest-week.json", "digest-month.json", "paper.json", "episode.json", "roundup.json",
    "trailer.json", "document.json", "brief.json",
})  # fmt: skip


def check(found: BaseModel, path: Path) -> None:
    """Raise DocumentError where the document, which lies at that path under a day, is another's."""
    kind, folder = type(found).__name__, path.parent
    if path.name not in _NAMES:
        return
    if kind in _OF_DAYS and _is_day(folder.name):
        what, says = _OF_DAYS[kind]
        told = says(found)
        if told != folder.name:
            raise DocumentError(f"{path} is the {what} of {told}", _of_day(path, kind, told))
        if isinstance(found, Digest) and (period := of_digest(path.name, dt.date.fromisoformat(told))) != found.period:
            raise DocumentError(
                f"{path} is the digest of {found.period or told}, and not of {period or told}", mending.way_back(path)
            )
    if kind in _OF_PAPERS and _is_day(folder.parent.name):
        what, names = _OF_PAPERS[kind]
        day, name = names(found)
        here = paper_of(folder.name) if kind in ("Document", "Brief") else folder.name
        if (day or folder.parent.name, name) != (folder.parent.name, here):
            named = f"{day}/{name}" if day else name
            raise DocumentError(f"{path} is the {what} of {named}", _of_paper(path, kind, day, name))


def home(folder: Path, day: str, name: str) -> str:
    """Return what brings the folder of a paper back to where it stands: itself, or with its whole day."""
    there = folder.parent.with_name(day)
    if folder.name == name and not os.path.lexists(there):
        return back(folder.parent, there)
    return back(folder, there / name)


def back(here: Path, there: Path) -> str:
    """Return what brings a folder, which was renamed or copied, back to its name."""
    was, now = quoted(there), quoted(here)
    if os.path.lexists(there):
        return f"{was} is there as well: where this is a copy, move it away: mv {now} {now}.copy"
    return f"its folder was renamed: mv {now} {was}"


def _of_day(path: Path, kind: str, day: str) -> str:
    """Return what to do about a document of another day: its folder was renamed or copied, or the file alone was."""
    there = path.parent.with_name(day)
    if kind == "Day" or not os.path.lexists(there) or _listed(path.parent) == day:
        return back(path.parent, there)
    return mending.way_back(path)


def _of_paper(path: Path, kind: str, day: str, name: str) -> str:
    """Return the same of a document of another paper."""
    folder, on = path.parent, day or path.parent.parent.name
    there = folder.parent.with_name(on)
    if kind == "Asked" or not os.path.lexists(there / name):
        return home(folder, on, name)
    if _listed(folder.parent) == on != folder.parent.name:
        return back(folder.parent, there)
    if kind != "Episode":
        return mending.way_back(path)
    at = quoted(path)
    return (
        f"move it away: mv {at} {at}.broken; podcast mix {mending.named(folder)} makes its own again, with the number, "
        "guid and date that it had"
    )


def _listed(folder: Path) -> str:
    """Return the day whose list lies in the folder; "" where none does that can be read."""
    try:
        return str(json.loads((folder / "papers.json").read_bytes())["date"])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def _is_day(name: str) -> bool:
    try:
        return name == dt.date.fromisoformat(name).isoformat()
    except ValueError:
        return False
