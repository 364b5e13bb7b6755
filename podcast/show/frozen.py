"""What is read once, a day's list and the record of a paper that was asked for, held to the folder that it lies in: one
that was renamed, or copied, stands for nothing else."""

import os
from pathlib import Path

from podcast.show import store
from podcast.show.errors import DocumentError, quoted
from podcast.show.schema import Asked, Day
from podcast.show.workspace import DayFolder, PaperFolder


def day(folder: DayFolder) -> Day:
    """Return the day's list. DocumentError where its file is lost or broken, or is the list of another day."""
    found = store.load(Day, folder.papers)
    if found.date != folder.date:
        raise DocumentError(
            f"{folder.papers} is the list of {found.date}", back(folder.root, folder.root.with_name(str(found.date)))
        )
    return found


def asked(folder: PaperFolder) -> Asked:
    """Return the record of the paper, however it is told there. DocumentError where its file is lost or broken, or is
    the record of another paper, or of the same under another day."""
    found = store.load(Asked, folder.own)
    on, named = found.paper.listed_on, found.paper.id
    if (on, named) != (folder.day, folder.about):
        raise DocumentError(f"{folder.own} is the record of {on}/{named}", home(folder.own.parent, f"{on}", named))
    return found


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
