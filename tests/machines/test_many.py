"""Days made by machines are those of one process, whatever is killed on the way."""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import calls
import psutil
import pytest
from conftest import PAPERS, _found, entry, podcast, tree

from podcast.machines.cluster import SETTINGS
from podcast.recording import pace, packing

DAYS = ("2024-03-05", "2024-03-06", "2024-03-18")
"""The last is more than a week after the others: it learns of them how fast a voice is."""

MADE = [f"{DAYS[0]}..{DAYS[1]}", DAYS[2], "--top", "2"]


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Path:
    """A show that has three days, of two papers each; one paper stands on two of them."""
    show = _found(tmp_path_factory.mktemp("laid") / "show", drawn)
    with (show / "podcast.toml").open("a") as settings:
        settings.write('name = "extractive"\n')  # in [writer]: a key may lie in the environment of a module's fixture
    for number, day in enumerate(DAYS):
        listing = [_entry(number, each["paper"]) for each in PAPERS[:2]]  # type: ignore[arg-type]
        if number == 1:
            listing.append(entry("2403.00002", "Reading Twice", "It was read before.", 99))
        path = show / "list.json"
        path.write_text(json.dumps(listing))
        os.utime(path, (1709640000 + 86400 * number, 1709640000 + 86400 * number))
        assert podcast(show, "fetch", day, "--papers", str(path), "--top", "2") == 0
    return show


def _entry(number: int, paper: dict[str, object]) -> dict[str, object]:
    title, summary, upvotes = (paper[name] for name in ("title", "summary", "upvotes"))
    return entry(str(paper["id"]).replace("2403.0", f"2403.{number}"), str(title), str(summary), int(str(upvotes)))


@pytest.fixture(scope="module")
def alone(laid: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, made by one process."""
    show = Path(shutil.copytree(laid, tmp_path_factory.mktemp("alone") / "show"))
    assert podcast(show, "make", *MADE) == 0
    return show


@pytest.fixture
def days(laid: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(laid, tmp_path / "show"))


def differ(show: Path, other: Path) -> set[str]:
    """Return the files that are not the same, but for what was found of files and can be lost."""
    one, two = (
        {name: data for name, data in tree(each / "episodes").items() if ".cache/" not in name or ".pace." in name}
        for each in (show, other)
    )
    return {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}


@pytest.mark.long
def test_days_by_machines_are_those_of_one_process(days: Path, alone: Path) -> None:
    """Takes, mixes, numbers, dates and what was learnt of the voices are the same bytes; a paper that stands on two
    days is told once; a second run does nothing."""
    assert podcast(days, "make", *MADE, "--on", "processes") == 0
    assert differ(days, alone) == set()
    assert len(list(days.glob("episodes/*/*/episode.json"))) == 6
    before = {path: path.stat().st_mtime_ns for path in days.glob("episodes/2*/*/*/*")}
    assert podcast(days, "make", *MADE, "--on", "processes") == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before


def begun(show: Path, *options: str) -> "subprocess.Popen[str]":
    """Start `podcast make` as a process."""
    command = [sys.executable, "-m", "podcast", "-C", str(show), "make", *MADE, *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=own())


def own() -> dict[str, str]:
    """The environment without what a Ray of this process left in it: with its RAY_AUTH_MODE another's head waits for a
    token that nobody made."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}


def takes(show: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in show.glob("episodes/*/*/takes/[0-9a-f]*.flac")}


def wait_for(count: int, show: Path, driver: "subprocess.Popen[str]") -> None:
    """Wait until there are so many takes."""
    until = time.monotonic() + 60
    while len(takes(show)) < count:
        assert time.monotonic() < until
        assert driver.poll() is None, driver.communicate()
        time.sleep(0.005)


def killed(show: Path, options: list[str], first: Callable[[int], None]) -> dict[Path, int]:
    """Begin to make the show; do the first thing after four takes, kill -9 the driver after twelve; return the takes
    that were there then."""
    with begun(show, *options) as driver:
        wait_for(4, show, driver)
        first(driver.pid)
        wait_for(12, show, driver)
        driver.send_signal(signal.SIGKILL)
        driver.communicate()
    return takes(show)


def kill_a_worker(driver: int) -> None:
    for each in psutil.Process(driver).children(recursive=True):
        if each.ppid() != driver:  # a child of the server that forks them
            each.kill()
            return


def completed(show: Path, alone: Path, before: dict[Path, int]) -> None:
    """The next run ends what was begun: what was there stays, and nothing is otherwise."""
    with begun(show, "--on", "processes") as driver:
        assert driver.communicate()[1] is not None
    assert driver.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert differ(show, alone) == set()


@pytest.mark.long
def test_what_is_killed_is_made_up_for(days: Path, alone: Path) -> None:
    """After kill -9 of a worker, and then of the driver, the next run completes the days and makes no take twice."""
    completed(days, alone, killed(days, ["--on", "processes"], kill_a_worker))


@pytest.fixture
def cluster() -> Iterator[tuple[str, int]]:
    """The address of two machines of Ray's on this one, and the process that the second is."""
    with subprocess.Popen(
        [sys.executable, calls.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=own() | SETTINGS
    ) as made:
        assert made.stdout
        address, _, process = made.stdout.readline().partition(" ")
        yield address, int(process)
        made.communicate("")


@pytest.mark.long
@pytest.mark.skipif(not importlib.util.find_spec("ray"), reason="Ray is not installed: make ray")
def test_a_machine_that_is_lost_costs_nothing(days: Path, alone: Path, cluster: tuple[str, int]) -> None:
    """After kill -9 of one of two machines the other goes on; after that of the driver the next run completes."""
    address, other = cluster
    completed(days, alone, killed(days, ["--on", f"ray:{address}"], lambda _: os.kill(other, signal.SIGKILL)))


@pytest.mark.long
def test_ctrl_c_leaves_what_is_finished(days: Path, alone: Path) -> None:
    """Ctrl-C ends it with 130, without a traceback and without a worker; the next run completes."""
    with begun(days, "--on", "processes") as driver:
        wait_for(6, days, driver)
        workers = psutil.Process(driver.pid).children(recursive=True)
        driver.send_signal(signal.SIGINT)
        said = driver.communicate(timeout=20)[1]
    assert (driver.returncode, "Traceback" in said) == (130, False)
    assert not psutil.wait_procs(workers, timeout=10)[1]
    completed(days, alone, takes(days))


def test_papers_teach_those_that_are_a_week_away(tmp_path: Path) -> None:
    """A voice's pace for a paper is that of the latest twenty papers a week or more away; those nearer are kept for
    later, and of older ones no more than can be wanted."""
    lessons = pace.Lessons(tmp_path / "pace.json")
    for day in range(1, 29):
        for paper in range(3):
            lesson = pace._Lesson(takes="x", pairs=((float(day), 1.0 + paper),))
            lessons._keep(f"2024-02-{day:02}/2402.0000{paper}", lesson)

    def taught(day: str) -> list[float]:
        return [plain for plain, _ in lessons.pairs(pace._day(day))]

    assert taught("2024-02-28") == sorted([15.0] * 2 + [float(day) for day in range(16, 22)] * 3)
    assert taught("2024-02-22") == sorted([9.0] * 2 + [float(day) for day in range(10, 16)] * 3)
    assert len(lessons.pairs()) == 20
    assert len(lessons._read()) == 20 + 14 * 3


@pytest.mark.parametrize("more", [[], ["--dry-run"]])
@pytest.mark.parametrize(
    ("engine", "told"), [("proceses", "did you mean 'processes'"), ("ray:auto", "needs the package 'ray'")]
)
def test_an_engine_that_cannot_be_had_is_told_before_anything_is_made(
    days: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, engine: str, told: str,
    more: list[str],
) -> None:  # fmt: skip
    """Mistyped, or not installed: no text is made, which may cost something, and nothing is planned."""
    monkeypatch.setattr("podcast.machines.cluster.find_spec", lambda name: None)
    monkeypatch.setattr("podcast.machines.cluster._ray", None)
    before = tree(days)
    assert podcast(days, "make", DAYS[2], "--on", engine, *more) == 1
    assert told in capfd.readouterr().err
    assert tree(days) == before


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(
    days: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a script, lines and hours are estimated; with one they are counted, and what the model takes is gone.
    Nothing in the show's folder changes."""
    before = tree(days)

    def planned(*more: str) -> dict[str, Any]:
        capfd.readouterr()
        assert podcast(days, "make", *MADE, "--dry-run", *more, "--json") == 0
        return json.loads(capfd.readouterr().out)  # type: ignore[no-any-return]

    found = planned("--on", "processes")
    assert (found["episodes"], found["to_make"], found["workers"]) == (6, 6, len(os.sched_getaffinity(0)))
    assert len({each["paper"] for each in found["each"]}) == 6
    assert found["hours"] == round(6 * 0.7 / 60, 2)
    assert found["speed"] > 1
    with monkeypatch.context() as keys:
        keys.setenv("OPENAI_API_KEY", "x")
        keys.setenv("PODCAST_WRITER__MODEL", "a-model")
        keys.setenv("PODCAST_WRITER__PRICE_PER_MILLION", '{"input": 1.0, "output": 4.0}')
        paid = planned("--writer", "llm")
    assert paid["answers"] >= 12
    assert 0.01 < paid["cost"] < 1
    assert before == tree(days)
    assert podcast(days, "read", DAYS[2], "--top", "2") == 0
    assert podcast(days, "write", DAYS[2], "--top", "2") == 0
    lines = [len(json.loads(path.read_bytes())["lines"]) for path in days.glob(f"episodes/{DAYS[2]}/*/script.json")]
    told = planned()
    assert sum(each["lines"] for each in told["each"] if each["there is"] == "written") == sum(lines) > 10


@pytest.mark.long
def test_workers_of_another_release_are_refused(
    days: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """What they would make may be otherwise, and what they are sent they may not know: the run stops, no paper is in
    quarantine for it."""
    monkeypatch.setattr(packing, "__version__", "0.0.0")
    assert podcast(days, "make", DAYS[2], "--top", "1", "--on", "processes") == 1
    assert "install the same on all machines" in capfd.readouterr().err
    assert not list(days.glob("episodes/*/*/quarantine.json"))


@pytest.mark.long
def test_an_episode_that_was_not_mixed_is_missed_by_nobody(days: Path) -> None:
    """A paper whose mix fails has no date that is kept, so publishing asks for no episode of it."""
    (days / "bad.wav").write_bytes(b"this is no sound")
    with (days / "podcast.toml").open("a") as settings:
        settings.write('\n[mix]\nintro = "bad.wav"\n')
    assert podcast(days, "make", DAYS[2], "--top", "1", "--no-publish", "--on", "threads") == 1
    assert len(list(days.glob("episodes/*/*/quarantine.json"))) == 1
    assert json.loads((days / "episodes" / "show.json").read_bytes())["dates"] == {}
    assert podcast(days, "publish") == 0
