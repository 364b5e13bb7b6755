"""What an episode is about, by its folder: a paper of the day's list, one told in another format, the day's roundup."""

from collections.abc import Sequence

from podcast.papers import roundup
from podcast.show import store
from podcast.show.errors import NotReady
from podcast.show.schema import ROUNDUP, Day, Paper, as_told
from podcast.show.workspace import DayFolder, PaperFolder


def among(papers: Sequence[Paper], folder: PaperFolder) -> Paper | None:
    """Return what the folder's episode is about, out of its day's papers; None where those have it not.

    Raises NotReady for the folder of a roundup that the day has not.
    """
    if folder.paper_id == ROUNDUP:
        return roundup.kept(folder)
    paper = next((each for each in papers if each.id == folder.about), None)
    return as_told(paper, folder.format) if paper else None


def of(day: DayFolder, folder: PaperFolder) -> Paper:
    """Return what the folder's episode is about. Raises NotReady where the day has it not."""
    found = among(store.load(Day, day.papers).papers if folder.paper_id != ROUNDUP else (), folder)
    if found is None:
        raise NotReady(f"{folder.day} does not list {folder.about} any more", "put its entry back into papers.json")
    return found
