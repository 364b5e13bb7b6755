"""Episodes are printed by several processes as by one; whatever becomes of those, what is published is whole."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from clones import SITE, clone, show_like
from conftest import load, podcast, save, tree

from podcast import check
from podcast.publishers import printers
from podcast.publishers.building import Press
from podcast.show import workers
from podcast.show.workspace import Workspace

pytestmark = pytest.mark.long
FIRST = dt.date(2024, 4, 1)


@pytest.fixture(scope="module")
def many(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of a dozen episodes that was never published."""
    show = show_like(_made, tmp_path_factory.mktemp("many") / "show")
    with (show / "podcast.toml").open("a") as settings:
        settings.write(f'[publish]\nsite_url = "{SITE}"\n')
    for number in range(12):
        clone(_made, show, f"2404.{number:05}", FIRST + dt.timedelta(days=number // 3))
    return show


@pytest.fixture(scope="module")
def whole(many: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one process alone makes of it."""
    show = shutil.copytree(many, tmp_path_factory.mktemp("whole") / "show")
    assert podcast(show, "publish") == 0
    return tree(show / "feed")


@pytest.fixture
def show(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, of which few episodes are many."""
    monkeypatch.setattr(printers, "WORTH", 2)
    monkeypatch.setattr(printers.environment, "cores", lambda: 3)
    return Path(shutil.copytree(many, tmp_path / "show"))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[workers.Worker]:
    """The processes that print."""
    found, start = [], workers.start

    def noted(*arguments: object) -> workers.Worker:
        found.append(start(*arguments))  # type: ignore[arg-type]
        return found[-1]

    monkeypatch.setattr(workers, "start", noted)
    return found


def test_several_processes_make_the_bytes_of_one(
    show: Path, whole: dict[str, bytes], started: list[workers.Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Feed and site are the same to the byte, and each process made some of them."""
    heard, came = printers._Room.heard, set()

    def noted(self: printers._Room, pipe: object) -> object:
        came.add(pipe)
        return heard(self, pipe)  # type: ignore[arg-type]

    own = printers.outcome
    monkeypatch.setattr(printers, "outcome", lambda *order: time.sleep(0.3) or own(*order))  # this one is slow
    monkeypatch.setattr(printers._Room, "heard", noted)
    assert podcast(show, "publish") == 0
    assert len(came) == len(started) == 2
    assert not any(each.process.is_alive() for each in started)
    assert tree(show / "feed") == whole


def test_one_that_is_killed_takes_nothing_with_it(
    show: Path, whole: dict[str, bytes], started: list[workers.Worker], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """kill -9 of all processes that print, each with episodes in hand: that is said, and every byte is there."""
    place = Press._placed

    def placed(self: Press, *arguments: object) -> object:
        for each in started:
            if each.process.is_alive():
                os.kill(each.process.pid or 0, signal.SIGKILL)
        return place(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Press, "_placed", placed)
    assert podcast(show, "publish") == 0
    assert "a process that made pages has ended" in " ".join(capsys.readouterr().err.split())
    assert [each.process.exitcode for each in started] == [-signal.SIGKILL] * 2
    assert tree(show / "feed") == whole
    assert not list(check.folder(show / "feed"))
    assert podcast(show, "publish") == 0
    assert tree(show / "feed") == whole


PUBLISH = """
import sys
from podcast import cli
from podcast.publishers import printers
from podcast.show import environment, workers
printers.WORTH, environment.cores, start = 2, lambda: 3, workers.start
def told(*arguments):
    worker = start(*arguments)
    print(worker.process.pid, flush=True)
    return worker
workers.start = told
sys.exit(cli.run(["-C", sys.argv[1], "publish"]))
"""


def test_a_publish_that_is_killed_leaves_no_process_and_a_whole_feed(show: Path, whole: dict[str, bytes]) -> None:
    """kill -9 of the one that writes, at three moments: the others end by themselves, the next publish completes."""
    for written in (0, 40, 100):
        shutil.rmtree(show / "feed", ignore_errors=True)
        command = [sys.executable, "-c", PUBLISH, str(show)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout
            printing = [int(run.stdout.readline()) for _ in range(2)]
            while len(list((show / "feed").rglob("*.*"))) < written and run.poll() is None:
                time.sleep(0.01)
            run.kill()
        assert run.wait(30) == -signal.SIGKILL
        until = time.monotonic() + 20
        while any(_lives(pid) for pid in printing):
            assert time.monotonic() < until, "a process that prints has outlived who started it"
            time.sleep(0.05)
        if (show / "feed" / "feed.xml").is_file():
            assert not list(check.folder(show / "feed"))
    assert podcast(show, "publish") == 0
    assert tree(show / "feed") == whole


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_not_whole_is_held_and_its_neighbours_lead_past_it(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A brief that is broken, met by whatever process, costs its episode alone; mended, it is there."""
    brief = Workspace(show).day(FIRST).paper("2404.00001").brief
    good = load(brief)
    brief.write_text("{")
    assert podcast(show, "publish") == 1
    assert "2024-04-01-2404.00001 is not in the feed" in " ".join(capsys.readouterr().err.split())
    pages = show / "feed" / "episodes"
    assert len(list(pages.glob("*/item.json"))) == 11
    assert "2404.00000/index.html" in (pages / "2024-04-01-2404.00002" / "index.html").read_text()
    assert not list(check.folder(show / "feed"))
    save(brief, good)
    assert podcast(show, "publish") == 0
    assert "2404.00001/index.html" in (pages / "2024-04-01-2404.00002" / "index.html").read_text()
