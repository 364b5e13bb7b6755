"""Days are read once; again only when asked, which shows what moved; the latest is the last that has papers."""

import datetime as dt
import errno
import os
import shutil
from pathlib import Path

import pytest
from conftest import podcast, tree

from podcast.papers import days
from podcast.show.errors import DocumentError, NoPapers
from podcast.show.schema import Day, Document, Paper
from podcast.show.workspace import Workspace

TODAY = dt.date(2025, 9, 15)
NOW = dt.datetime(2025, 9, 15, 8, 0, tzinfo=dt.UTC)
AFTER = dt.datetime(2025, 9, 16, tzinfo=dt.UTC)


class Lists:
    """A source of the days it was given: upvotes by paper number."""

    name = "lists"

    def __init__(self, lists: dict[dt.date, dict[int, int]], read_at: dt.datetime = AFTER) -> None:
        self.lists, self.read_at = lists, read_at
        self.asked: list[dt.date] = []

    def day(self, date: dt.date) -> Day:
        self.asked.append(date)
        if date not in self.lists:
            raise NoPapers(f"{date} has no papers")
        ranked = sorted(self.lists[date].items(), key=lambda pair: (-pair[1], pair[0]))
        papers = tuple(
            Paper(
                id=f"2509.{number:05d}", title="Sorting Pebbles", published_at=NOW, listed_on=date, upvotes=upvotes,
                upvotes_read_at=NOW, rank=rank,
            )
            for rank, (number, upvotes) in enumerate(ranked, 1)
        )  # fmt: skip
        return Day(date=date, source=self.name, read_at=self.read_at, papers=papers)

    def document(self, paper: Paper) -> Document:
        raise AssertionError("nobody reads here")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_latest_walks_back(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    """On Monday the latest is Friday: Sunday and Saturday are asked for, and said to have no papers."""
    caplog.set_level("INFO")
    source = Lists({dt.date(2025, 9, 12): {1: 5}, TODAY: {2: 5}})
    assert days.latest(lambda date: days.fetch(workspace, source, date), TODAY) == dt.date(2025, 9, 12)
    assert source.asked == [dt.date(2025, 9, 14), dt.date(2025, 9, 13), dt.date(2025, 9, 12)]
    assert "2025-09-14 has no papers; looking at the day before" in caplog.text


def test_latest_gives_up(workspace: Workspace) -> None:
    """Seven days without papers are enough."""
    source = Lists({TODAY - dt.timedelta(days=8): {1: 5}})
    with pytest.raises(NoPapers, match="none of the 7 days before 2025-09-15"):
        days.latest(lambda date: days.fetch(workspace, source, date), TODAY)
    assert len(source.asked) == 7


def test_day_is_frozen(workspace: Workspace) -> None:
    """A day that was fetched is not asked for again, whatever became of it."""
    source = Lists({TODAY: {1: 5}})
    before = days.fetch(workspace, source, TODAY)
    source.lists[TODAY] = {2: 9}
    assert days.fetch(workspace, source, TODAY) == before
    assert source.asked == [TODAY]


def test_a_day_that_was_not_over_is_read_again(workspace: Workspace) -> None:
    """A list that was read before its day's end is half a list: it is read once more after it, and is frozen then."""
    source = Lists({TODAY: {1: 5}}, NOW)
    assert [paper.id for paper in days.fetch(workspace, source, TODAY).papers] == ["2509.00001"]
    source.lists[TODAY], source.read_at = {1: 6, 2: 9}, AFTER
    assert [paper.id for paper in days.looked_up(workspace, source, TODAY).papers] == ["2509.00002", "2509.00001"]
    whole = days.fetch(workspace, source, TODAY)
    assert [paper.id for paper in whole.papers] == ["2509.00002", "2509.00001"]
    source.lists[TODAY] = {3: 1}
    assert days.fetch(workspace, source, TODAY) == days.looked_up(workspace, source, TODAY) == whole


@pytest.mark.parametrize("own", [False, True], ids=["listed", "asked for"])
def test_a_half_list_stays_where_something_rests_on_it(workspace: Workspace, own: bool) -> None:
    """Once a paper of it was read, but for one that was asked for by itself; and where its source has none any more, or
    another one is asked."""
    source = Lists({TODAY: {1: 5}}, NOW)
    half = days.fetch(workspace, source, TODAY)
    other = Lists({TODAY: {3: 3}}, AFTER)
    other.name = "another"
    assert days.fetch(workspace, other, TODAY) == half
    del source.lists[TODAY]
    assert days.fetch(workspace, source, TODAY) == half
    source.lists[TODAY], source.read_at = {2: 9}, AFTER
    folder = workspace.day(TODAY).paper("2509.00001")
    folder.root.mkdir()
    for path in (folder.brief, *([folder.own] if own else [])):
        path.write_text("{}")
    listed = [paper.id for paper in days.fetch(workspace, source, TODAY).papers]
    assert listed == (["2509.00002", "2509.00001"] if own else ["2509.00001"])


def test_a_day_that_is_not_over_is_said_to_be_half(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    """Who reads today's list is told, once, and gets that list until the day is over."""
    now = dt.datetime.now(dt.UTC)
    source = Lists({now.date(): {1: 5}}, now)
    half = days.fetch(workspace, source, now.date())
    assert "is not over (UTC): its list is as it is now" in caplog.text
    source.lists[now.date()] = {2: 9}
    assert days.fetch(workspace, source, now.date()) == half
    assert caplog.text.count("is not over") == 1


def test_refresh_shows_what_moved(workspace: Workspace) -> None:
    """Reading a day again replaces it and tells votes, places and newcomers."""
    source = Lists({TODAY: {1: 5, 2: 4, 3: 3, 4: 2}})
    assert days.refresh(workspace, source, TODAY)[0] is None
    source.lists[TODAY] = {1: 5, 2: 6, 3: 3, 5: 4}
    before, after = days.refresh(workspace, source, TODAY)
    assert before is not None
    assert days.moved(before, after) == {
        "2509.00002": "+2 upvotes, up 1", "2509.00001": "down 1", "2509.00005": "new", "2509.00003": "down 1",
    }  # fmt: skip
    assert days.fetch(workspace, source, TODAY) == after


def test_refresh_keeps_what_we_have_work_on(workspace: Workspace) -> None:
    """A paper with a folder of ours stays listed, last, when it leaves the list: its episode needs its entry."""
    source = Lists({TODAY: {1: 5, 2: 4, 3: 3}})
    days.fetch(workspace, source, TODAY)
    workspace.day(TODAY).paper("2509.00001").root.mkdir()
    source.lists[TODAY] = {3: 4}
    _, after = days.refresh(workspace, source, TODAY)
    assert [(paper.id, paper.rank) for paper in after.papers] == [("2509.00003", 1), ("2509.00001", 2)]


def test_refresh_that_fails_changes_nothing(workspace: Workspace) -> None:
    """Where the day cannot be read again, it stays as it was."""
    source = Lists({TODAY: {1: 5}})
    before = days.fetch(workspace, source, TODAY)
    source.lists.clear()
    with pytest.raises(NoPapers):
        days.refresh(workspace, source, TODAY)
    assert days.fetch(workspace, source, TODAY) == before


def test_made_elsewhere(workspace: Workspace) -> None:
    """A paper counts as made elsewhere when another day has its episode and this one has not."""
    yesterday = TODAY - dt.timedelta(days=1)
    for date, number in ((yesterday, 1), (yesterday, 2), (TODAY, 2)):
        episode = workspace.day(date).paper(f"2509.{number:05d}").episode
        episode.parent.mkdir(parents=True)
        episode.touch()
    workspace.day(yesterday).paper("2509.00003").root.mkdir()
    assert days.made_elsewhere(workspace, TODAY) == {"2509.00001": yesterday}


LISTED = dt.date(2024, 3, 5)


def ways(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


def test_a_day_that_was_renamed_is_named(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says which folder it is, and the way back is one; nothing is made under either name."""
    here, there = made / "episodes" / "2024-03-08", made / "episodes" / str(LISTED)
    before = tree(made / "feed")
    there.rename(here)
    for command in (["publish"], ["make", "2024-03-08"], ["mix", "2403.00002"], ["status", "2024-03-08"]):
        assert podcast(made, *command) == 1
        assert f"its folder was renamed: mv {here} {there}" in ways(capsys), command
    assert tree(made / "feed") == before
    assert not there.exists()
    here.rename(there)
    assert podcast(made, "publish") == 0


def test_a_copy_of_a_day_is_no_day(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under another date it is not taken for that day's list, nor for made; moved away all is as before."""
    here, there = made / "episodes" / "2024-03-06", made / "episodes" / str(LISTED)
    shutil.copytree(there, here)
    workspace = Workspace(made)
    for look in (days.fetch, days.looked_up, days.refresh):
        with pytest.raises(DocumentError, match=f"is the list of {LISTED}"):
            look(workspace, Lists({}), LISTED + dt.timedelta(days=1))
    assert podcast(made, "publish") == 1
    assert f"where this is a copy, move it away: mv {here} {here}.copy" in ways(capsys)
    here.rename(f"{here}.copy")
    assert podcast(made, "publish") == 0


def test_a_paper_that_was_renamed_is_named(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An episode in the folder of a paper that nobody has goes back by the command that publishing says."""
    here, there = (made / "episodes" / str(LISTED) / name for name in ("2403.99999", "2403.00002"))
    there.rename(here)
    assert podcast(made, "publish") == 1
    assert f"mv {here} {there}" in ways(capsys)


def test_a_folder_that_may_not_be_read_is_not_empty(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day of somebody else's is named; it is not said that nothing was made."""
    scan = os.scandir

    def refused(path: str | Path) -> object:
        if str(path).endswith(str(LISTED)):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    for command in ("status", "publish"):
        assert podcast(made, command) == 1
        assert f"{LISTED} cannot be used: permission is denied" in ways(capsys)
