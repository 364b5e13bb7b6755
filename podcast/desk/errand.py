"""A run that was begun at the desk: `python -m podcast.desk.errand SHOW NAME`, by the functions of `podcast make`."""

import dataclasses
import datetime as dt
import logging
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from podcast import batch, pipeline, reporting, writers
from podcast.desk import episode, running, studios
from podcast.pipeline import Result
from podcast.publishers import publishing
from podcast.show import store
from podcast.show.errors import PodcastError
from podcast.show.schema import FORMATS, Paper, Selection
from podcast.studio import Studio

T = TypeVar("T")

_EVERY = 0.2
"""Seconds between two notes of how far it is."""


class Told:
    """Writes down how far a run is: a watch of the stages."""

    def __init__(self, path: Path) -> None:
        self.path, self._at = path, 0.0
        self.steps: dict[tuple[str, str], running.Step] = {}
        self.said: list[str] = []
        self.failed = 0

    def __call__(self, items: Iterable[T], stage: str, paper: Paper, total: int) -> Iterator[T]:
        done = 0
        self._note(paper, stage, done, total)
        for item in items:
            yield item
            done += 1
            self._note(paper, stage, done, total)

    def finished(self, what: str, error: PodcastError | None) -> None:
        self.failed += error is not None
        self.said.append(f"{what}: {error} {error.hint}".strip() if error else what)
        self.write()

    def write(self, *, ended: bool = False) -> None:
        self._at = time.monotonic()
        progress = running.Progress(
            steps=tuple(self.steps.values()), said=tuple(self.said), failed=self.failed,
            ended=dt.datetime.now(dt.UTC) if ended else None,
        )  # fmt: skip
        store.write_atomic(self.path, store.to_json(progress), durable=False)

    def _note(self, paper: Paper, stage: str, done: int, total: int) -> None:
        self.steps[paper.id, stage] = running.Step(paper=paper.id, stage=stage, done=done, total=total)
        if done == total or time.monotonic() - self._at > _EVERY:
            self.write()


def run(studio: Studio, errand: running.Errand, told: Told) -> None:
    """Do what is asked; what becomes of each paper is told."""
    if errand.papers:  # a page named them, so they are here
        wanted = [episode.find(studio, errand.day.isoformat(), name) for name in errand.papers]
        results = batch.make_papers(studio, batch.told(studio, wanted, errand.stages), errand.stages, watch=told)
    elif errand.stages == tuple(pipeline.STAGES):
        results = batch.make_day(studio, errand.day, watch=told)
    else:
        chosen = pipeline.choose(studio, pipeline.fetch(studio, errand.day))
        results = batch.make_papers(studio, batch.told(studio, chosen, errand.stages), errand.stages, watch=told)
    done = []
    for result in results:
        done.append(result)
        told.finished(_called(result.paper), result.error)
    if errand.stages == tuple(pipeline.STAGES) and any(len(result.paper.about) == 1 for result in done):
        done += _beside(studio, errand, done, told)
    if errand.publish and any(result.error is None for result in done):
        _publish(studio, errand.day, told)


def _beside(studio: Studio, errand: running.Errand, made: Sequence[Result], told: Told) -> Sequence[Result]:
    """Make what the day has beside its episodes, and tell of it; return its roundup, where the whole day was made."""
    wrong, roundup = reporting.beside(studio, errand.day, made, told, listed=_is_whole(studio, errand))
    if wrong:
        told.finished(f"{errand.day} has no digest", wrong)
    if roundup:
        told.finished(_called(roundup.paper), roundup.error)
    return [roundup] if roundup else []


def _is_whole(studio: Studio, errand: running.Errand) -> bool:
    """Whether it makes all that the day's selection picks."""
    kept = store.load_disposable(Selection, studio.workspace.day(errand.day).selection)
    return not errand.papers or (kept is not None and kept.chosen() <= set(errand.papers))


def _publish(studio: Studio, day: dt.date, told: Told) -> None:
    done = publishing.publish(studio.workspace, studio.config)
    reporting.catch_up(studio.workspace, studio.config, [(day, None)])
    for held in done.held:
        told.failed += 1
        told.said.append(f"{held.name} is not published: {held.reason}")
    told.said.append(f"published: {len(done.items)} episodes in the feed")


def _called(paper: Paper) -> str:
    return paper.title if paper.told == FORMATS[0] else f"{paper.title} ({paper.told})"


def main(root: Path, name: str) -> int:
    """Run the errand of that name; return 1 where something of it failed."""
    studio = dataclasses.replace(studios.studio(root), wait=True)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    here = running.folder(studio.workspace) / name
    errand = store.load(running.Errand, here / "errand.json")
    with store.locked(here / "lock"):
        told = Told(here / "progress.json")
        told.write()
        try:
            writers.check(studio.config.writer)
            run(studio, errand, told)
        except PodcastError as error:
            told.finished("It ended", error)
        told.write(ended=True)
    return 1 if told.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
