"""What a DAY or a PAPER on the command line stands for."""

import datetime as dt
import logging
import os
import re
from collections.abc import Iterator

import typer

from podcast import pipeline, sources
from podcast.papers import days, roundup
from podcast.show import catalogue, store
from podcast.show.errors import DocumentError, NoPapers, NotReady
from podcast.show.schema import ROUNDUP, Day, Paper
from podcast.show.workspace import PaperFolder, Workspace
from podcast.studio import Studio

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
    """Yield the papers that a DAY or a PAPER names; of a day, those that are chosen."""
    if _is_day(target) and not target.endswith(f"/{ROUNDUP}"):
        for day in fetched(studio, target):
            yield from pipeline.choose(studio, day)
    else:
        yield paper(studio, target)


def paper(studio: Studio, text: str) -> Paper:
    """Return the paper of an arXiv id, of an unambiguous beginning of one, of an episode's number, or `latest`; the
    roundup of DAY/roundup.

    Where a paper stands on several days, the newest counts. Raises NotReady where none is meant, or several are.
    """
    workspace = studio.workspace
    day, _, what = text.partition("/")
    if what == ROUNDUP:
        return roundup.of_day(workspace, date(day))
    if text == "latest" or text.lstrip("#").isdigit():
        numbers = catalogue.numbers(workspace)
        if text == "latest" and not numbers:
            raise NotReady("there is no episode yet", "make one: podcast make --demo")
        named = {number: name for name, number in numbers.items()}
        name = named.get(max(named)) if text == "latest" else named.get(int(text.lstrip("#")))
        if name:
            day, _, paper_id = name.partition("/")
            return _listed(studio, dt.date.fromisoformat(day), paper_id)
    found: dict[str, Paper] = {}
    broken: DocumentError | None = None
    for folder in workspace.days():
        if os.path.lexists(folder.papers):
            try:
                found |= {each.id: each for each in store.load(Day, folder.papers).papers if each.id.startswith(text)}
            except DocumentError as error:  # costs that day alone
                broken = error
    if text in found:
        return found[text]
    made = {paper_id: each for paper_id, each in found.items() if studio.folder(each).root.is_dir()} or found
    if len(made) == 1:
        return next(iter(made.values()))
    if made:
        some = ", ".join(sorted(made)[:8])
        raise NotReady(f"{text!r} may be any of {len(made)} papers: {some}", "write more of its arXiv id")
    if broken:
        raise broken
    raise NotReady(f"no day here lists the paper {text}", "podcast status shows the papers there are")


def published(workspace: Workspace, text: str) -> PaperFolder:
    """Return the folder, which need not be there, of an episode made here or elsewhere, named as for `paper`.

    Raises NotReady where none is meant, or several are.
    """
    numbers = {**catalogue.elsewhere(workspace), **catalogue.numbers(workspace)}
    if text.lstrip("#").isdigit():  # a number is no beginning of an id: what is taken away must be what was meant
        found = [name for name, number in sorted(numbers.items()) if number == int(text.lstrip("#"))]
    elif text.endswith(f"/{ROUNDUP}"):
        found = [name for name in numbers if name == text]
    else:
        found = [name for name in sorted(numbers) if name.partition("/")[2].startswith(text)]
    if len({name.partition("/")[2] for name in found}) != 1:
        told = ", ".join(name.partition("/")[2] for name in found[:8]) or "none"
        raise NotReady(f"{text!r} is no one episode: {told}", "write its arXiv id; podcast publish shows what there is")
    day, _, paper_id = found[-1].partition("/")
    return workspace.day(dt.date.fromisoformat(day)).paper(paper_id)


def made(studio: Studio, text: str) -> Iterator[Paper]:
    """Yield the papers of a day that have a script; its roundup is changed by its own name."""
    day = store.load(Day, studio.workspace.day(date(text)).papers)
    yield from (each for each in day.papers if studio.folder(each).script.is_file())


def seconds(text: str) -> float:
    """Return the seconds of a time such as 3:12, 1:02:03 or 75.5; BadParameter for others."""
    if not re.fullmatch(r"(\d+:){0,2}\d+(\.\d+)?", text):
        raise typer.BadParameter(f"{text!r} is no time: write 3:12, or 1:02:03")
    total = 0.0
    for part in text.split(":"):
        total = 60 * total + float(part)
    return total


def _is_day(text: str) -> bool:
    return ".." in text or "-" in text or text in ("today", "latest")


def _listed(studio: Studio, date: dt.date, paper_id: str) -> Paper:
    if paper_id == ROUNDUP:
        return roundup.of_day(studio.workspace, date)
    for each in store.load(Day, studio.workspace.day(date).papers).papers:
        if each.id == paper_id:
            return each
    raise NotReady(f"{date} does not list {paper_id} any more", "put its entry back into papers.json")
