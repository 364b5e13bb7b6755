"""What goes wrong around a run: a kill, a full disk, a damaged file, a second command. Nothing that was there is lost."""

import datetime as dt
import errno
import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree

from podcast import audio, ffmpeg, publish, store

TOP, SECOND = "2403.00002", "2403.00001"
LINE = ("regenerate", TOP, "--line", "5", "--text", "Facts near the end are missed.")


def command(show: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "podcast", "-C", str(show), *arguments]


def making(show: Path) -> list[str]:
    return command(show, "make", DAY, "--papers", str(show / "list.json"), "--top", "2")


def started(arguments: list[str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Return its exit code, and what it said on stderr in one line."""
    _, told = process.communicate(timeout=60)
    return process.returncode, " ".join(told.split())


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock as another command would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def feed_of(show: Path) -> list[dict[str, object]]:
    """What the feed names, after looking that each enclosure is there with its length."""
    import feedparser  # type: ignore[import-untyped]

    return []


def enclosures(show: Path) -> list[tuple[str, str]]:
    """Return each episode's guid and media, after looking that all that the feed names is there, with its length."""
    from lxml import etree

    path = show / "feed" / "feed.xml"
    if not path.is_file():
        return []
    found = []
    for item in etree.fromstring(path.read_bytes()).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        media = show / "feed" / str(enclosure.get("url")).removeprefix("http://127.0.0.1:8000/")
        assert media.stat().st_size == int(enclosure.get("length", "0"))
        found.append((str(item.findtext("guid")), media.name))
    return found


def whole(show: Path) -> None:
    """Every document is whole: under its own name stands nothing that is half."""
    for path in show.rglob("*.json"):
        if not path.name.startswith(".tmp-"):
            json.loads(path.read_bytes())
    for path in show.rglob("*.flac"):
        assert path.name.startswith(".tmp-") or audio.is_whole(path)


# --- kill -9 ----------------------------------------------------------------------------------------


DYING = """
import os, sys, signal
from pathlib import Path
moment, seen = int(sys.argv[1]), 0
def dying(do, after):
    def step(*arguments, **more):
        global seen
        seen += 1
        if seen == moment and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = do(*arguments, **more)
        if seen == moment and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return step
after = sys.argv[2] == "after"
Path.replace, os.link, os.fsync = dying(Path.replace, after), dying(os.link, after), dying(os.fsync, after)
Path.write_bytes = dying(Path.write_bytes, after)
from podcast import cli
code = cli.run(sys.argv[3:])
print("moments", seen)
sys.exit(code)
"""
"""Runs the command line, and kills it before or after its Nth writing, syncing or renaming."""


def dying(show: Path, moment: int, when: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", DYING, str(moment), when, "-C", str(show), *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def moments(done: "subprocess.CompletedProcess[str]") -> int:
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


def test_killed_at_any_write_of_a_regenerate_the_same_command_completes(made: Path, tmp_path: Path) -> None:
    """Whole documents, a whole feed with its guids; then the same change leaves the sound it would have left."""
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    count = moments(dying(peace, 0, "after", *LINE))
    before, expected = enclosures(made), enclosures(peace)
    chance = random.Random(5)
    for number, moment in enumerate(sorted(chance.sample(range(1, count + 1), 5))):
        show = Path(shutil.copytree(made, tmp_path / f"killed-{number}"))
        assert dying(show, moment, chance.choice(["before", "after"]), *LINE).returncode == -signal.SIGKILL
        whole(show)
        assert enclosures(show) in (before, expected)
        assert podcast(show, *LINE) == 0
        whole(show)
        assert enclosures(show) == expected
        assert load(folder_of(show, TOP) / "episode.json")["media"] == load(
            folder_of(peace, TOP) / "episode.json"
        )["media"]  # fmt: skip
        assert not list(show.rglob(".tmp-*"))


def test_killed_around_the_swap_of_the_feed_publishing_again_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Before the last rename the old feed stands whole, after it the new one; a second publish makes up the rest."""
    assert podcast(made, *LINE, "--no-publish") == 0
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    count = moments(dying(peace, 0, "after", "publish"))
    before, expected = enclosures(made), enclosures(peace)
    assert [guid for guid, _ in before] == [guid for guid, _ in expected]
    for moment, when, wanted in (
        (1, "before", before), (count // 2, "after", before), (count - 3, "after", None), (count - 2, "after", None),
        (count - 1, "before", None), (count, "before", None), (count, "after", expected),
    ):  # fmt: skip
        show = Path(shutil.copytree(made, tmp_path / f"{moment}-{when}"))
        assert dying(show, moment, when, "publish").returncode == -signal.SIGKILL
        whole(show)
        assert enclosures(show) in ([before, expected] if wanted is None else [wanted])
        assert podcast(show, "publish") == 0
        assert tree(show / "feed") == tree(peace / "feed")


def test_killed_at_any_write_of_a_make_running_again_gives_the_same_bytes(show: Path, tmp_path: Path) -> None:
    """One show, killed again and again, each time a little later, ends as one that was made in peace."""
    peace = Path(shutil.copytree(show, tmp_path / "peace"))
    arguments = ("make", DAY, "--papers", str(show / "list.json"), "--top", "2")
    count = moments(dying(peace, 0, "after", *arguments))
    chance = random.Random(7)
    for _ in range(5):
        done = dying(show, chance.randint(1, count // 4), chance.choice(["before", "after"]), *arguments)
        assert done.returncode in (0, -signal.SIGKILL)
        whole(show)
        enclosures(show)
    assert make(show) == 0
    assert enclosures(show) == enclosures(peace)
    for name in ("episodes", "feed"):
        assert tree(show / name) == tree(peace / name)


# --- two commands at once ---------------------------------------------------------------------------


def test_two_makes_of_one_day_at_once_are_one(show: Path, made: Path | None, tmp_path: Path) -> None:
    """Both end well, and what is there is what one alone leaves."""
