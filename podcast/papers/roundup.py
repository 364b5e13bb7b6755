"""A day's roundup: which papers it is about, written down once."""

import datetime as dt
from collections.abc import Sequence

from podcast.papers import fallen, select, spans
from podcast.show import frozen, store
from podcast.show.errors import NotReady
from podcast.show.periods import Period, of_roundup
from podcast.show.schema import Day, Digest, Paper, Roundup
from podcast.show.workspace import PaperFolder, Workspace

FEWEST = 2
"""Papers: of one there is its own episode."""


def kept(folder: PaperFolder) -> Roundup:
    """Return what the roundup of that folder is about. Raises NotReady where the day has none."""
    if not folder.roundup.is_file():
        period = of_roundup(folder.paper_id, folder.day)
        every = period.kind if period else "day"
        made_by = f"--{period.kind} {period}" if period else str(folder.day)
        raise NotReady(
            f"{folder.day} has no {folder.paper_id}",
            f'set [roundup] enabled = true and every = "{every}", then podcast make {made_by}',
        )
    return store.load(Roundup, folder.roundup)


def of_day(workspace: Workspace, date: dt.date) -> Roundup:
    """Return the day's roundup. Raises NotReady where it has none."""
    return kept(workspace.day(date).roundup)


def found_of(workspace: Workspace, period: Period, top: int) -> Roundup | None:
    """Return the roundup of a week or a month, written down when it is first asked for; None where fewer than two of
    its papers are read. It is about the first papers of the period's digest, of whatever days, and stands under its
    last day."""
    folder = workspace.day(period.last).paper(period.roundup)
    if not folder.roundup.is_file():
        day, digest = spans.joined(workspace, period), store.load(Digest, workspace.day(period.last).digest_of(period))
        about = _of_digest(workspace, day, digest, top)
        if about is None:
            return None
        named = {"id": period.roundup, "title": f"Roundup of {period.told}: {len(about.papers)} papers"}
        store.create_once(folder.roundup, store.to_json(Roundup.model_validate(about.model_dump() | named)))
    return kept(folder)


def found(workspace: Workspace, date: dt.date, top: int) -> Roundup | None:
    """Return the day's roundup, written down when it is first asked for; None where fewer than two papers are read.

    It is about the first papers of the day's digest that have a brief.
    """
    folder = workspace.day(date)
    if not folder.roundup.roundup.is_file():
        day, digest = frozen.day(folder), store.load(Digest, folder.digest)
        about = _of_digest(workspace, day, digest, top)
        if about is None:
            return None
        store.create_once(folder.roundup.roundup, store.to_json(about))
    return kept(folder.roundup)


def _of_digest(workspace: Workspace, day: Day, digest: Digest, top: int) -> Roundup | None:
    """Return the roundup of the digest's papers that have a brief."""
    papers = select.chosen(day, digest.selection)
    read = [one for one in papers if workspace.day(one.listed_on).paper(one.id).brief.is_file()]
    return of(workspace, day, read, top)


def of(workspace: Workspace, day: Day, papers: Sequence[Paper], top: int) -> Roundup | None:
    """Return the roundup of the first of these papers that are still to be told, of the day's episodes the last; None
    where they are too few."""
    papers = [one for one in papers if not fallen.untold(workspace, one)][:top]
    if len(papers) < FEWEST:
        return None
    date = f"{day.date.day} {day.date:%B} {day.date.year}"
    return Roundup(
        title=f"Roundup of {date}: {len(papers)} papers",
        published_at=max((paper.published_at for paper in papers if paper.published_at), default=None),
        listed_on=day.date,
        upvotes=sum(paper.votes for paper in papers),
        upvotes_read_at=max(paper.stood_at for paper in papers),
        rank=len(day.papers) + 1,
        papers=tuple(papers),
    )
