"""What a DAY or a PAPER on the command line stands for."""

import datetime as dt
import logging
from collections.abc import Iterator

import typer

from podcast import days, pipeline, sources
from podcast.errors import NoPapers, NotReady
from podcast.pipeline import Studio
from podcast.schema import Day, Paper

log = logging.getLogger(__name__)


def date(text: str, today: dt.date | None = None) -> dt.date:
    """Return the day of `2025-09-12`, `today` or `latest` (the last complete one), in UTC; BadParameter for others."""
    today = today or dt.datetime.now(dt.UTC).date()
    try:
        return {"today": today, "latest": today - dt.timedelta(days=1)}.get(text) or dt.date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day: write 2025-09-12, A..B, today or latest") from error


def dates(studio: Studio, text: str | None, demo: bool = False) -> Iterator[dt.date]:
    """Yield the days that an argument names; `latest` alone is the last complete day that has papers."""
    today = dt.datetime.now(dt.UTC).date()
    if demo:
        yield sources.DEMO_DAY
        return
    if text is None or text == "latest":
        yield days.latest(studio.workspace, studio.source, today)
        return
    first, _, last = text.partition("..")
    start, end = date(first, today), date(last or first, today)
    if end < start:
        raise typer.BadParameter(f"{text!r} ends before it begins: write the earlier day first")
    for offset in range((end - start).days + 1):
        yield start + dt.timedelta(days=offset)


def fetched(studio: Studio, text: str | None, demo: bool = False) -> Iterator[Day]:
    """Yield the days that an argument names, fetched; of several, those without papers are said and left out."""
    for day in dates(studio, text, demo):
        try:
            yield pipeline.fetch(studio, day)
        except NoPapers as error:
            if ".." not in (text or ""):
                raise
            log.warning("%s", error)


def papers(studio: Studio, target: str) -> Iterator[Paper]:
    """Yield the papers that a DAY or a PAPER names."""
    if "." not in target or ".." in target:
        for day in fetched(studio, target):
            yield from pipeline.choose(studio, day)
        return
    found = [folder for folder in studio.workspace.days() if folder.papers.is_file()]
    for folder in reversed(found):
        for paper in pipeline.fetch(studio, dt.date.fromisoformat(folder.root.name)).papers:
            if paper.id == target:
                yield paper
                return
    raise NotReady(f"no day here lists the paper {target}", "podcast status shows the papers there are")
