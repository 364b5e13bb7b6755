"""Papers that become sound at once: what breaks one is told, and gives no other a number that is not its own."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from podcast import assembly, batch, judging, pipeline, sounding
from podcast.machines.slots import Kept
from podcast.pipeline import Result
from podcast.show import store
from podcast.show.errors import ConfigError, DocumentError, OverBudget
from podcast.show.schema import Paper
from podcast.studio import unwatched

ASKED = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)


class Room:
    """A studio in which papers take no time; what is done of which paper may be put in its place."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.claimed: list[str] = []
        self.over, self.closed = threading.Event(), threading.Event()
        self.coming: dict[tuple[dt.date, str], str] = {}
        self.dates: dict[str, dt.datetime] = {}
        self.crew = SimpleNamespace(workers=0, close=self.closed.set)
        self.dismiss = lambda: None
        there = SimpleNamespace(is_file=lambda: True)
        self.folder = lambda _: SimpleNamespace(episode=there, root=None)  # nothing to be marked
        self.workspace = SimpleNamespace(day=lambda _: SimpleNamespace(selection=there, talks=lambda _: ()))
        self.alone = nullcontext
        self.config = SimpleNamespace(writer=SimpleNamespace(memory=False, formats=("dialogue",)))
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
        with Kept() as kept:
            for result in sounding.by_many(self, papers, ["record", "mix"], unwatched, self.over):  # type: ignore[arg-type]
                found += result.paper.id[-1]
        return found, kept.error


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Room:
    return Room(monkeypatch)


def papers(count: int, error: BaseException | None = None) -> Iterator[tuple[Paper, None]]:
    day = dt.date(2024, 3, 5)
    for number in range(1, count + 1):
        yield Paper(id=f"2403.0000{number}", title="x", listed_on=day, asked_at=ASKED), None
    if error:
        raise error


def raising(error: BaseException) -> Any:
    def call(*_: object) -> None:
        raise error

    return call


def test_behind_a_paper_that_breaks_none_is_given_a_number(room: Room) -> None:
    """The paper before it is told, and the error; those behind it claim nothing, whatever they are at."""
    room.do["record", "2"] = raising(ConfigError("no such thing", "set it"))
    found, error = room.run(papers(5))
    assert (found, str(error), room.claimed) == ("1", "no such thing", ["1"])


def test_a_damaged_episode_stops_nobody_else(room: Room) -> None:
    """Where an episode cannot be read to give it a number, its mix says so, and the others go on."""
    room.do["claim", "2"] = raising(DocumentError("episode.json is damaged", "delete it"))
    assert (*room.run(papers(4)), room.claimed) == ("1234", None, ["1", "3", "4"])


def test_what_would_be_wrong_with_all_stops_all(room: Room) -> None:
    """A bug in one paper ends those that would go on for long, and the texts of further days; what is finished is
    told, and then the bug, not that others were cancelled for it."""

    def cancelled() -> None:
        assert room.closed.wait(10)
        raise CancelledError

    room.do["record", "2"], room.do["record", "3"] = cancelled, raising(ZeroDivisionError("a bug"))
    found, error = room.run(papers(5))
    assert (found, repr(error)) == ("1", "ZeroDivisionError('a bug')")
    assert room.over.is_set()


def test_what_is_under_way_is_told_where_the_next_day_fails(room: Room) -> None:
    """Papers that are finished are yielded before the error of a day that would cost too much; nobody is stopped."""
    found, error = room.run(papers(5, OverBudget("too much", "raise it")))
    assert (found, str(error), room.closed.is_set()) == ("12345", "too much", False)


def test_what_is_finished_is_told_while_the_next_text_is_waited_for(room: Room) -> None:
    """A paper that is made is yielded, whatever the next one's text takes."""
    asked, told = threading.Event(), threading.Event()
    room.do["record", "1"] = lambda: asked.wait(10)

    def slowly() -> Iterator[tuple[Paper, None]]:
        first, second = papers(2)
        yield first
        asked.set()
        assert told.wait(2)
        yield second

    found = ""
    for result in sounding.by_many(room, slowly(), ["record", "mix"], unwatched, room.over):  # type: ignore[arg-type]
        found += result.paper.id[-1]
        told.set()
    assert found == "12"


def test_ctrl_c_while_the_last_are_waited_for_stops_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The crew is closed, so that no thread waits for a line, though every paper was handed over before."""
    room.do["record", "1"] = room.closed.wait
    told = sounding.by_many(room, papers(1), ["record"], unwatched, room.over)  # type: ignore[arg-type]
    monkeypatch.setattr(Future, "exception", raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        next(told)
    assert room.closed.is_set()
    assert room.over.is_set()


def test_a_paper_without_a_script_is_coming_no_more(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """What failed in its texts is left out before the next day is chosen, so that this has the paper again; whatever
    the machines are at."""
    days: list[list[str]] = []
    listed = [paper for paper, _ in papers(2)]
    lost = Result(listed[0], DocumentError("no text", "wait"))

    def chosen(*_: object) -> tuple[list[Paper], dict[str, Result]]:
        days.append(sorted(room.coming.values()))
        return listed, {}

    monkeypatch.setattr(batch, "_chosen", chosen)
    monkeypatch.setattr(batch, "_begun", lambda *_: nullcontext([(listed[0], lost), (listed[1], Result(listed[1]))]))
    found = batch._texts(room, [None, None], unwatched, room.over)  # type: ignore[list-item,arg-type]
    assert [bool(result and result.error) for _, result in found] == [True, False] * 2
    assert days == [[], ["2403.00002"]]


@pytest.mark.parametrize(("ends_at", "asked_for"), [("choose", ""), ("document", "1"), ("besides", "123123")])
def test_when_it_is_over_no_text_is_begun(
    room: Room, monkeypatch: pytest.MonkeyPatch, ends_at: str, asked_for: str
) -> None:  # fmt: skip
    """What ends the run while the next day is looked at ends that before the next paper is asked for, and before any is
    read and written, which may cost something."""
    listed = [paper for paper, _ in papers(3)]
    asked: list[str] = []

    def step(name: str, value: object = None) -> Any:
        def call(_: object, paper: Any, **__: object) -> object:
            asked.extend(paper.id[-1] for _ in range(name == "document"))
            if name == ends_at:
                room.over.set()
            return value

        return call

    monkeypatch.setattr(batch, "_check", lambda _: None)
    monkeypatch.setattr(batch, "_sweep", lambda *_: None)
    monkeypatch.setattr(store, "sweep", lambda _: None)
    monkeypatch.setattr(pipeline, "choose", step("choose", listed))
    monkeypatch.setattr(pipeline, "choose_by_text", step("choose by text", listed))
    monkeypatch.setattr(judging, "document", step("document"))
    monkeypatch.setattr(batch, "gather_besides", step("besides"))
    day = SimpleNamespace(date=listed[0].listed_on)
    assert list(batch._texts(room, [day, day], unwatched, room.over)) == []  # type: ignore[list-item,arg-type]
    assert "".join(asked) == asked_for
