"""Papers that become sound at once: what breaks one is told, and gives no other a number that is not its own."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from podcast import assembly, pipeline, sounding
from podcast.pipeline import Result
from podcast.show.errors import ConfigError, DocumentError, OverBudget, PodcastError
from podcast.show.schema import Paper
from podcast.studio import unwatched


class Room:
    """A studio in which papers take no time; what is done of which paper may be put in its place."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.claimed: list[str] = []
        self.over, self.closed = threading.Event(), threading.Event()
        self.coming: dict[tuple[dt.date, str], str] = {}
        self.crew = SimpleNamespace(workers=0, close=self.closed.set)
        self.do: dict[tuple[str, str], Any] = {}
        """By stage and the paper's number, what is called."""
        monkeypatch.setattr(pipeline, "make_paper", self._made)
        monkeypatch.setattr(assembly, "claim", self._claim)

    def _made(self, _: object, paper: Paper, stages: Sequence[str], watch: object) -> Result:
        for stage in stages:
            self.do.get((stage, paper.id[-1]), lambda: None)()
        return Result(paper)

    def _claim(self, _: object, paper: Paper) -> None:
        self.do.get(("claim", paper.id[-1]), lambda: None)()
        self.claimed.append(paper.id[-1])

    def run(self, papers: Iterator[tuple[Paper, None]]) -> tuple[str, BaseException | None]:
        """Return the numbers of the papers that have a result, and what ended it."""
        found = ""
        try:
            for result in sounding.by_many(self, papers, ["record", "mix"], unwatched, self.over):  # type: ignore[arg-type]
                found += result.paper.id[-1]
        except (Exception, KeyboardInterrupt) as error:
            return found, error
        return found, None


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(monkeypatch)


def papers(count: int, error: BaseException | None = None) -> Iterator[tuple[Paper, None]]:
    day = dt.date(2024, 3, 5)
    for number in range(1, count + 1):
        yield Paper(id=f"2403.0000{number}", title="x", listed_on=day), None
    if error:
        raise error


def raising(error: BaseException) -> Any:
    def call() -> None:
        raise error

    return call


def test_behind_a_paper_that_breaks_none_is_given_a_number(room: Room) -> None:
    """The paper before it is told, and the error; those behind it claim nothing, whatever they are at."""
    room.do["record", "2"] = raising(ConfigError("no such thing", "set it"))
    found, error = room.run(papers(5))
    assert (found, str(error), room.claimed) == ("1", "no such thing", ["1"])
