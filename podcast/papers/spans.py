"""The days of a week or a month that are here, as one: their papers, and what was said of them."""

from collections.abc import Iterator, Sequence

from podcast.papers import asked, fallen, scores, select
from podcast.show import frozen
from podcast.show.periods import Period
from podcast.show.schema import Day, Paper, Scores, Selection, Usage, Verdict
from podcast.show.workspace import DayFolder, Workspace


def folders(workspace: Workspace, period: Period) -> Iterator[DayFolder]:
    """Yield the folders of its days that are here."""
    yield from (folder for folder in workspace.days() if period.first <= folder.date <= period.last)


def joined(workspace: Workspace, period: Period) -> Day:
    """Return the papers of its days, most upvoted first, under its last day. Each keeps the day it stands under; of one
    that several days list, that is the one on which it has an episode, else the first."""
    papers: dict[str, Paper] = {}
    days = [frozen.day(folder) for folder in folders(workspace, period) if folder.papers.is_file()]
    for day in days:
        for paper in day.papers:
            made = workspace.day(day.date).paper(paper.id).episode.is_file()
            if made or paper.id not in papers:
                papers[paper.id] = paper
    read_at = max((day.read_at for day in days), default=None)
    return Day(
        date=period.last,
        source=days[0].source if days else "none",
        read_at=read_at or asked.midnight(period.last),
        papers=tuple(sorted(papers.values(), key=select.order)),
    )


def with_asked(workspace: Workspace, day: Day, period: Period) -> Day:
    """Return the same with the papers that were asked for on its days."""
    own = [paper for folder in folders(workspace, period) for paper in asked.under(folder)]
    return asked.joined(day, own)


def scored(days: Sequence[DayFolder]) -> Scores | None:
    """Return what was said of the days' papers by the show's criteria; None where no day was scored."""
    found = [kept for folder in days if (kept := scores.kept(folder))]
    if len(found) <= 1:
        return found[0] if found else None
    return Scores(
        criteria=found[-1].criteria,
        scores=tuple({score.paper_id: score for one in found for score in one.scores}.values()),
        failed=tuple({left.paper_id: left for one in found for left in one.failed}.values()),
        usage=sum((one.usage for one in found), Usage()),
    )


def read(workspace: Workspace, day: Day, most: int = 0) -> Selection:
    """Return the papers that were read and are still to be told, in the day's order, `most` of them at most where that
    is given; why the others are not among them."""
    place, verdicts = 0, []
    for paper in day.papers:
        brief = workspace.day(paper.listed_on).paper(paper.id).brief.is_file()
        why = fallen.untold(workspace, paper) if brief else "it was not read"
        chosen = not why and (not most or place < most)
        place += chosen
        why = why or (f"read on {paper.listed_on}" if chosen else f"not among the first {most}")
        verdicts.append(Verdict(paper_id=paper.id, chosen=chosen, reason=why, place=place if chosen else None))
    return Selection(verdicts=tuple(verdicts))
