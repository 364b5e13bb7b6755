"""Papers that were asked for by themselves: each stands under the day of its asking, in a record of its own."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator, Sequence

from podcast.papers import roundup, trailer
from podcast.show import frozen, store
from podcast.show.errors import DocumentError
from podcast.show.schema import FORMATS, ROUNDUPS, TRAILER, Asked, Day, Paper, as_told
from podcast.show.workspace import DayFolder, PaperFolder, Workspace

log = logging.getLogger(__name__)


def kept(folder: PaperFolder) -> Asked | None:
    """Return the record of a paper that was asked for by itself, however it is told; None for one of a day's list."""
    return frozen.asked(folder) if folder.own.is_file() else None


def keep(workspace: Workspace, found: Asked, original: bytes = b"") -> Asked:
    """Write the record down, with the text as it came; where another command was first, its record is returned."""
    folder = workspace.day(found.paper.listed_on).paper(found.paper.id)
    if found.original:
        store.create_once(folder.root / found.original, original)
    store.create_once(folder.own, store.to_json(found))
    return frozen.asked(folder)


def entry(workspace: Workspace, folder: PaperFolder) -> Paper | None:
    """Return what the folder's episode is about: a paper by its own record or of the day's list, as it is told there;
    a roundup; or the show. None where the day does not list it any more. Raises DocumentError where the file is not
    there or broken, NotReady where the day has no such roundup."""
    if folder.paper_id in ROUNDUPS:
        return roundup.kept(folder)
    if folder.paper_id == TRAILER:
        return trailer.kept(folder)
    own = kept(folder)
    listed = () if own else frozen.day(workspace.day(folder.day)).papers
    paper = own.paper if own else next((one for one in listed if one.id == folder.about), None)
    return as_told(paper, folder.format) if paper else None


def stands(workspace: Workspace, folder: PaperFolder) -> Paper:
    """Return the same; DocumentError where the day does not list it any more."""
    found = entry(workspace, folder)
    if found is None:
        raise DocumentError(f"{workspace.day(folder.day).papers} does not list {folder.about}", "put its entry back")
    return found


def under(folder: DayFolder) -> tuple[Paper, ...]:
    """Return the papers that were asked for on that day, the first first."""
    records = map(kept, _records(folder))
    papers = [record.paper for record in records if record]
    return tuple(sorted(papers, key=lambda paper: (paper.stood_at, paper.id)))


def is_day(folder: DayFolder) -> bool:
    """Whether papers stand under the day, of its list or asked for."""
    return folder.papers.is_file() or any(_records(folder))


def _records(folder: DayFolder) -> Iterator[PaperFolder]:
    """Yield the folders of the papers that have a record; a copy of one, under another name, is none."""
    yield from (paper for paper in map(folder.paper, folder.names()) if (paper.root / "paper.json").is_file())


def midnight(date: dt.date) -> dt.datetime:
    """Return the instant at which the day begins, in UTC."""
    return dt.datetime.combine(date, dt.time(), dt.UTC)


def joined(day: Day, own: Sequence[Paper]) -> Day:
    """Return the day with its `own` papers, which were asked for, behind those of its list: of one that is both, the
    record of its asking counts, which its episode is made by."""
    known = {paper.id for paper in own}
    return day.model_copy(update={"papers": (*(paper for paper in day.papers if paper.id not in known), *own)})


def day(folder: DayFolder) -> Day | None:
    """Return the day's papers, of its list where that is here and those that were asked for; None where there are
    none."""
    return joined(listed(folder), under(folder)) if is_day(folder) else None


def listed(folder: DayFolder) -> Day:
    """Return the day as its list has it, which may not be here."""
    return frozen.day(folder) if folder.papers.is_file() else unlisted(folder.date)


def unlisted(date: dt.date) -> Day:
    """Return the day as one that has no list."""
    return Day(date=date, source="none", read_at=midnight(date), papers=())


def every(workspace: Workspace) -> Iterator[tuple[PaperFolder, Asked]]:
    """Yield every record, the newest day first; one that cannot be read costs itself alone, and is said."""
    for folder in reversed(workspace.papers()):
        try:
            if folder.format == FORMATS[0] and (record := kept(folder)):
                yield folder, record
        except DocumentError as error:
            log.warning("%s (%s)", error, error.hint)


def same_text(workspace: Workspace, data: bytes) -> Paper | None:
    """Return the paper whose text came as these bytes before."""
    wanted = hashlib.sha256(data).hexdigest()
    for folder, record in every(workspace):
        path = folder.root / record.original
        same = record.original and path.is_file() and path.stat().st_size == len(data)
        if same and store.file_sha256(path) == wanted:
            return record.paper
    return None


def same_address(workspace: Workspace, address: str) -> Paper | None:
    """Return the paper whose text came from that address before."""
    return next((record.paper for _, record in every(workspace) if record.address == address), None)
