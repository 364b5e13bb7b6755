"""What is read once: a day's list, and the record of a paper that was asked for."""

from podcast.show import store
from podcast.show.schema import Asked, Day
from podcast.show.workspace import DayFolder, PaperFolder


def day(folder: DayFolder) -> Day:
    """Return the day's list. DocumentError where its file is lost or broken, or is the list of another day."""
    return store.load(Day, folder.papers)


def asked(folder: PaperFolder) -> Asked:
    """Return the record of the paper, however it is told there. DocumentError where its file is lost or broken, or is
    the record of another paper, or of the same under another day."""
    return store.load(Asked, folder.own)
