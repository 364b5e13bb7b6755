"""The days a show has: read once and frozen, read again only when asked, and the latest that has papers."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence

from podcast.show import frozen, store
from podcast.show.errors import NoPapers, NotReady, quoted
from podcast.show.schema import Day, Known, Paper, Rests
from podcast.show.workspace import DayFolder, PaperFolder, Workspace
from podcast.sources import Source, anew

log = logging.getLogger(__name__)

_LOOK_BACK = 7


def fetch(workspace: Workspace, source: Source, date: dt.date) -> Day:
    """Return the day, frozen in papers.json when it is first fetched; one that was read before its end is read again
    after it, as long as no paper of it was read: nothing rests on it yet. One that is not over is said to be half done.
    """
    path = workspace.day(date).papers
    if not path.is_file():
        store.sweep(path.parent)
        store.create_once(path, store.to_json(source.day(date)))
        if date >= dt.datetime.now(dt.UTC).date():
            log.warning("%s is not over (UTC): its list is as it is now, and stays so once a paper of it is read", date)
    day = frozen.day(workspace.day(date))
    if _is_half(workspace.day(date), day, source):
        try:
            return refresh(workspace, source, date)[1]
        except NoPapers as error:
            log.info("%s; its list stays as it was read", error)
    return day


def looked_up(workspace: Workspace, source: Source, date: dt.date) -> Day:
    """Return the day as `fetch` would; nothing is kept."""
    folder = workspace.day(date)
    day = frozen.day(folder) if folder.papers.is_file() else None
    if day and _is_half(folder, day, source):
        return anew(source).day(date)
    return day or source.day(date)


def _is_half(folder: DayFolder, day: Day, source: Source) -> bool:
    """Whether the day is over (UTC), this source listed it before its end, and no paper of the list was read since."""
    end = dt.datetime.combine(day.date, dt.time(), dt.UTC) + dt.timedelta(days=1)
    if not day.read_at < end <= dt.datetime.now(dt.UTC) or day.source != source.name or source.name == "file":
        return False
    return not any(_rests(told) for paper in day.papers for told in folder.talks(paper.id))


def _rests(folder: PaperFolder) -> bool:
    """Whether something of ours rests on the list: what was asked for by itself does not."""
    return folder.brief.is_file() and not folder.own.is_file()


def refresh(workspace: Workspace, source: Source, date: dt.date) -> tuple[Day | None, Day]:
    """Read the day again; return it as it was, if it was there, and as it is now.

    Papers that have work of ours and left the list stay, behind the others: their episodes need them.
    """
    folder = workspace.day(date)
    before = frozen.day(folder) if folder.papers.is_file() else None
    day = _again(folder, before.papers if before else (), anew(source).day(date))
    for paper in before.papers if before else ():
        _freeze(folder.paper(paper.id), paper)
    store.write_atomic(folder.papers, store.to_json(day))
    return before, frozen.day(folder)


def check_file(workspace: Workspace, source: Source, date: dt.date) -> None:
    """Raise NotReady where the day is frozen and the source, which is a file of one's own, lists it otherwise: other
    papers, places, upvotes, titles or abstracts. SourceError where the file cannot be read."""
    from podcast.sources.file import FileSource

    folder = workspace.day(date)
    if not (isinstance(source, FileSource) and source.name == "file" and folder.papers.is_file()):
        return
    before = frozen.day(folder).papers
    try:
        after = _again(folder, before, source.day(date)).papers
    except NoPapers:
        after = ()
    was, now = ([(each.id, each.upvotes, each.title, each.summary) for each in papers] for papers in (before, after))
    if was != now:
        raise NotReady(
            f"{date} is frozen, and {source.path} lists it otherwise",
            f"have it read again: podcast fetch {date} --papers {quoted(source.path)} --refresh",
        )


def _again(folder: DayFolder, old: Sequence[Paper], day: Day) -> Day:
    """Return the day as it was read again, with what is kept of the `old` papers."""
    listed = {paper.id for paper in day.papers}
    kept = [paper for paper in old if paper.id not in listed and folder.paper(paper.id).root.is_dir()]
    records = {paper.id: paper for paper in old}
    now = [_recorded(paper, records.get(paper.id)) for paper in day.papers]
    papers = tuple(paper.model_copy(update={"rank": rank}) for rank, paper in enumerate((*now, *kept), 1))
    return day.model_copy(update={"papers": papers})


def _recorded(paper: Paper, before: Paper | None) -> Paper:
    """Return the paper, with what arXiv said of it before where it says nothing now."""
    if before is None or paper.version is not None or before.version is None:
        return paper
    known = ("summary", "category", "version", "arxiv_comment", "published_at")
    return paper.model_copy(update={name: getattr(before, name) for name in known})


def _freeze(folder: PaperFolder, paper: Paper) -> None:
    """Keep what a script was written by that an older version of podcast wrote: it did not."""
    if folder.script.is_file() and not folder.known.is_file():
        store.create_once(folder.known, store.to_json(Rests(known=(Known(paper=paper),))))


def moved(before: Day, after: Day) -> dict[str, str]:
    """Return by paper what changed between two readings, such as "+12 upvotes, up 2"; "" where nothing did."""
    old = {paper.id: paper for paper in before.papers}
    return {paper.id: _moved(old.get(paper.id), paper) for paper in after.papers}


def _moved(before: Paper | None, after: Paper) -> str:
    if before is None:
        return "new"
    votes, places = after.votes - before.votes, (before.rank or 0) - (after.rank or 0)
    changes = [f"{votes:+d} upvote{'' if abs(votes) == 1 else 's'}"] if votes else []
    changes += [f"{'up' if places > 0 else 'down'} {abs(places)}"] if places else []
    return ", ".join(changes)


def latest(read: Callable[[dt.date], Day], today: dt.date) -> dt.date:
    """Return the last complete day that has papers as it is `read`, of the seven before `today` (UTC); each without is
    said.

    Raises NoPapers where none of them has any.
    """
    for back in range(1, _LOOK_BACK + 1):
        try:
            return read(today - dt.timedelta(days=back)).date
        except NoPapers as error:
            log.info("%s; looking at the day before", error)
    raise NoPapers(f"none of the {_LOOK_BACK} days before {today} has papers", "name a day: podcast make 2025-09-12")


def made_elsewhere(workspace: Workspace, date: dt.date) -> dict[str, dt.date]:
    """Return the papers that have an episode on another day than `date` and none on it, with that day; and those that
    have one on it because they were asked for."""
    here = workspace.day(date)
    made = {folder.about: folder for folder in workspace.papers() if folder.episode.is_file()}
    return {
        paper_id: folder.day
        for paper_id, folder in made.items()
        if here.paper(paper_id).own.is_file() or not any(told.episode.is_file() for told in here.talks(paper_id))
    }
