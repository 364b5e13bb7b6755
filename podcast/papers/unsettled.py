"""The days that runs of `podcast run` have not settled: those to be made, and those that are given up."""

import datetime as dt
from collections.abc import Sequence

from podcast.papers import days
from podcast.show import store
from podcast.show.schema import OTHERS, Run
from podcast.show.workspace import Workspace
from podcast.sources import DEMO_DAY, Source


def missing(workspace: Workspace, source: Source, limit: int, today: dt.date) -> Sequence[dt.date]:
    """Return the complete days that no run has settled, oldest first, `limit` days back at most.

    They begin with the first day that a run settled, or else the newest that has an episode; a show without either
    begins with the latest day that has papers, and looks at those after it again: their lists may still come. Raises
    SourceError where that cannot be read, NoPapers where none has.
    """
    settled = _settled(workspace)
    first = _first(workspace, settled)
    if first is None:
        latest = days.latest(lambda date: days.fetch(workspace, source, date), today)
        return [latest + dt.timedelta(days=step) for step in range((today - latest).days)]
    window = [today - dt.timedelta(days=back) for back in range(limit, 0, -1)]
    return [date for date in window if date >= first and date not in settled]


def given_up(workspace: Workspace, limit: int, today: dt.date) -> Sequence[dt.date]:
    """Return the days, oldest first, that runs have begun with or looked at, never settled, and look at no more.

    A day that a new show did not come to begin with, for an outage, is none of them.
    """
    settled, tried = _settled(workspace), reported(workspace, "missing", "awaited")
    first, made = _first(workspace, settled) or today, {folder.day for folder in workspace.papers()}
    late = today - dt.timedelta(days=limit)
    return sorted(date for date in tried - settled if date < late and (date >= first or date in made))


def reported(workspace: Workspace, *states: str) -> set[dt.date]:
    """Return the days that an earlier run reported to be in one of these states."""
    reports = (store.load_disposable(Run, path) for path in sorted(workspace.runs.glob("*.json")))
    return {day.date for report in reports if report for day in report.days if day.state in states}


def _settled(workspace: Workspace) -> set[dt.date]:
    """Return the days that earlier runs are done with."""
    return reported(workspace, "made", "empty", "given up")


def _first(workspace: Workspace, settled: set[dt.date]) -> dt.date | None:
    """Return the day that runs begin with; None for a show that has none yet."""
    if settled:
        return min(settled)
    episodes = (folder for folder in workspace.papers() if folder.episode.is_file() and not folder.own.is_file())
    made = {folder.day for folder in episodes if folder.paper_id not in OTHERS} - {DEMO_DAY}
    return max(made, default=None)
