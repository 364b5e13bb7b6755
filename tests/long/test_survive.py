"""What goes wrong around a run: a kill, a full disk, a damaged file, a second command. Nothing there is lost."""

import datetime as dt
import errno
import fcntl
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import DAY, by_night, folder_of, load, make, podcast, save, tree

from podcast.publishers import tidying
from podcast.show import store
from podcast.sound import audio, ffmpeg

pytestmark = pytest.mark.long

Steps = Sequence[tuple[object, str]]
TOP, SECOND = "2403.00002", "2403.00001"
KILLS = 3
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


WRITING = ((Path, "replace"), (Path, "write_bytes"), (os, "link"), (os, "fsync"))


def dying(show: Path, moment: int, when: str, *arguments: str, steps: Steps = WRITING) -> tuple[int, int]:
    """Run the command line in a process that kills itself before or after its Nth writing, syncing or renaming.

    Return its exit code, negative for a signal, and how many such moments it came to.
    """
    seen = show.parent / "moments"
    child = os.fork()
    if not child:
        _die(seen, moment, when, steps)
        os._exit(podcast(show, *arguments))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), int(seen.read_bytes() or b"0")


def _die(counter: Path, moment: int, when: str, steps: Steps) -> None:
    quiet, count = os.open(os.devnull, os.O_WRONLY), os.open(counter, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    seen = itertools.count(1)

    def wrapped(do: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **more: object) -> object:
            number = next(seen)
            os.pwrite(count, str(number).encode(), 0)
            if number == moment and when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            done = do(*arguments, **more)
            if number == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

        return step

    for owner, name in steps:
        setattr(owner, name, wrapped(getattr(owner, name)))


def test_killed_at_any_write_of_a_regenerate_the_same_command_completes(made: Path, tmp_path: Path) -> None:
    """Whole documents, a whole feed with its guids; then the same change leaves the sound it would have left."""
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    code, count = dying(peace, 0, "after", *LINE)
    assert code == 0
    before, expected = enclosures(made), enclosures(peace)
    chance = random.Random(5)
    for number, moment in enumerate(sorted(chance.sample(range(1, count + 1), 4))):
        show = Path(shutil.copytree(made, tmp_path / f"killed-{number}"))
        assert dying(show, moment, chance.choice(["before", "after"]), *LINE)[0] == -signal.SIGKILL
        whole(show)
        assert enclosures(show) in (before, expected)
        assert podcast(show, *LINE) == 0
        whole(show)
        assert enclosures(show) == expected
        assert load(folder_of(show, TOP) / "episode.json")["media"] == load(
            folder_of(peace, TOP) / "episode.json"
        )["media"]  # fmt: skip
        assert not list(show.rglob(".tmp-*"))


def said(show: Path) -> list[tuple[str, str, int]]:
    script = load(folder_of(show, TOP) / "script.json")
    return [(line["host"], line["text"], line["take"]) for line in script["lines"]]


def wishes(show: Path) -> list[str]:
    """What made the versions that script.json comes of, the newest first."""
    found, number = [], load(folder_of(show, TOP) / "script.json")["version"]
    while number is not None:
        version = load(folder_of(show, TOP) / "versions" / f"{number:04d}.json")
        found, number = [*found, version["wish"]], version["parent"]
    return found


def by_hand(show: Path) -> None:
    """Let a person change the first line of script.json, and run nothing."""
    path = folder_of(show, TOP) / "script.json"
    script = load(path)
    script["lines"][0]["text"] = "A person said this."
    save(path, script)


@pytest.mark.parametrize(
    "change",
    by_night([(LINE[2:],), (("--retake", "5"),), (("--undo",),), (("--delete-line", "6"),)]),
    ids=lambda change: change[0],
)
def test_a_change_killed_at_random_moments_is_made_exactly_once(
    made: Path, tmp_path: Path, change: tuple[str, ...]
) -> None:
    """Killed, again and again, with a person's edit between or none: the wish is heard once, no episode leaves."""
    command, steps = ("regenerate", TOP, *change), (*WRITING, (os, "unlink"))
    assert podcast(made, "regenerate", TOP, "--insert-after", "5", "--host", "A", "--text", "So they say.") == 0
    guids = [guid for guid, _ in enclosures(made)]
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    code, count = dying(peace, 0, "after", *command, steps=steps)
    assert code == 0
    chance = random.Random(f"{change[0]} 20261129")
    for number in range(KILLS):
        show = Path(shutil.copytree(made, tmp_path / f"killed-{number}"))
        edited = change != ("--undo",) and number % 2 == 1
        moments = sorted(chance.randint(1, count) for _ in range(1 + number % 3))
        for moment in moments:
            if dying(show, moment, chance.choice(["before", "after"]), *command, steps=steps)[0] == 0:
                break
            whole(show)
            assert [guid for guid, _ in enclosures(show)] == guids
            if edited:
                by_hand(show)
            if said(show) == said(peace) and not (folder_of(show, TOP) / "change.json").exists():
                break  # it was killed when all was done
        else:
            assert podcast(show, *command) == 0
        told = f"{change}, killed at {moments} of {count}, {'' if edited else 'not '}edited"
        assert said(show)[edited:] == said(peace)[edited:], told
        assert podcast(show, "regenerate", TOP, "--from", "mix") == 0, told
        cues = load(folder_of(show, TOP) / "episode.json")["cues"]
        assert [cue["text"] for cue in cues] == [text for _, text, _ in said(show)], told
        assert [guid for guid, _ in enclosures(show)] == guids, told
        assert wishes(show).count(wishes(peace)[0]) == wishes(peace).count(wishes(peace)[0]), told
        shutil.rmtree(show)


def test_killed_around_the_swap_of_the_feed_publishing_again_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Before the last rename the old feed stands whole, after it the new one; a second publish makes up the rest."""
    assert podcast(made, *LINE, "--no-publish") == 0
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    code, count = dying(peace, 0, "after", "publish")
    assert code == 0
    before, expected = enclosures(made), enclosures(peace)
    assert [guid for guid, _ in before] == [guid for guid, _ in expected]
    for moment, when, wanted in (
        (1, "before", before), (count // 2, "after", before), (count - 2, "after", None),
        (count - 1, "before", None), (count, "before", None), (count, "after", expected),
    ):  # fmt: skip
        show = Path(shutil.copytree(made, tmp_path / f"{moment}-{when}"))
        code, _ = dying(show, moment, when, "publish")
        # what a file is known by is kept once its time is old enough to be trusted: a write more or less at the end
        assert code == -signal.SIGKILL or (code == 0 and moment > count - 2)
        whole(show)
        assert enclosures(show) in ([before, expected] if wanted is None else [wanted])
        assert podcast(show, "publish") == 0
        assert tree(show / "feed") == tree(peace / "feed")


def test_killed_at_any_write_of_a_make_running_again_gives_the_same_bytes(show: Path, tmp_path: Path) -> None:
    """One show, killed again and again, each time a little later, ends as one that was made in peace."""
    peace = Path(shutil.copytree(show, tmp_path / "peace"))
    arguments = ("make", DAY, "--papers", str(show / "list.json"), "--top", "2")
    code, count = dying(peace, 0, "after", *arguments)
    assert code == 0
    chance = random.Random(7)
    for _ in range(4):
        assert dying(show, chance.randint(1, count // 3), chance.choice(["before", "after"]), *arguments)[0] <= 0
        whole(show)
        enclosures(show)
    assert make(show) == 0
    assert enclosures(show) == enclosures(peace)
    for name in ("episodes", "feed"):
        assert tree(show / name) == tree(peace / name)


# --- two commands at once ---------------------------------------------------------------------------


def test_two_makes_of_one_day_at_once_are_one(show: Path, tmp_path: Path) -> None:
    """Both end well, and what is there is what one alone leaves."""
    peace = Path(shutil.copytree(show, tmp_path / "peace"))
    both = [started(making(show)) for _ in range(2)]
    assert make(peace) == 0
    for code, said in map(ended, both):
        assert code == 0, said
    for name in ("episodes", "feed"):
        assert tree(show / name) == tree(peace / name)


def test_a_regenerate_during_a_publish_ends_as_one_after_the_other(made: Path, tmp_path: Path) -> None:
    """The feed is whole whichever came first, and shows the change."""
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    publisher = started(command(made, "publish"))
    changer = started(command(made, *LINE))
    assert podcast(peace, *LINE) == 0
    while publisher.poll() is None or changer.poll() is None:
        enclosures(made)
        time.sleep(0.02)
    for process in (publisher, changer):
        code, said = ended(process)
        assert code == 0, said
    assert enclosures(made) == enclosures(peace)


@pytest.mark.parametrize(
    ("arguments", "lock", "work"),
    [
        (("mix", TOP), f"episodes/{DAY}/{TOP}/.lock", f"{TOP} is being worked on"),
        (("read", DAY, "--top", "2"), f"episodes/{DAY}/{SECOND}/.lock", f"{SECOND} is being worked on"),
        (LINE, f"episodes/{DAY}/{TOP}/.lock", f"{TOP} is being worked on"),
        (("publish",), "episodes/.publish.lock", "the feed is being published"),
        (("clean",), "episodes/.publish.lock", "the feed is being published"),
    ],
)
def test_no_wait_says_what_is_held(
    made: Path, arguments: tuple[str, ...], lock: str, work: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command fails at once, changes nothing, and is done when the other has ended."""
    before = tree(made)
    with held(made / lock):
        assert podcast(made, "--no-wait", *arguments) == 1
    assert f"{work} by another podcast command" in told(capsys)
    assert tree(made) == before
    assert podcast(made, "--no-wait", *arguments) == 0


def test_a_second_command_says_that_it_waits(made: Path) -> None:
    """Once, and then goes on."""
    with held(made / "episodes" / DAY / TOP / ".lock"):
        process = started(command(made, "mix", TOP))
        assert process.stderr is not None
        line = process.stderr.readline()
    code, rest = ended(process)
    assert code == 0
    assert f"{TOP} is being worked on by another podcast command; waiting …" in line
    assert "waiting" not in rest


# --- the disk ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "moment"), [(errno.EROFS, 1), (errno.EACCES, 4), (errno.EMFILE, 9), (errno.ENOSPC, 30)]
)
def test_a_disk_that_takes_no_more_is_a_sentence(
    show: Path, number: int, moment: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, the file and what to do; what is there is whole, and the next run completes it."""
    written = itertools.count(1)
    write = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if next(written) < moment:
            return write(self, data)
        write(self, data[: len(data) // 2])
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        assert make(show) == 1
    said = told(capsys)
    assert "cannot be used: " in said
    assert str(show) in said
    assert ".tmp-" not in said
    assert "then run the command again" in said
    whole(show)
    assert not list(show.rglob(".tmp-*"))
    if number == errno.ENOSPC:
        assert make(show) == 0
        assert len(enclosures(show)) == 2


def test_a_limit_on_files_is_a_sentence(made: Path) -> None:
    """The system's own refusal, in a process of its own: nothing published is touched."""
    before = tree(made / "feed")
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); " \
        "from podcast import cli; sys.exit(cli.run(sys.argv[1:]))"  # fmt: skip
    code, said = ended(started([sys.executable, "-c", limited, "-C", str(made), *LINE]))
    assert code == 1
    assert "larger than the system allows" in said
    assert tree(made / "feed") == before
    assert podcast(made, *LINE) == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_a_sentence(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is named; what was published stays."""
    folder = folder_of(made, TOP)
    folder.chmod(0o555)
    try:
        assert podcast(made, *LINE) == 1
    finally:
        folder.chmod(0o755)
    assert "permission is denied" in told(capsys)


def test_without_ffmpeg_the_command_that_installs_it_is_said(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1 and the command; with ffmpeg there again, the next run completes."""
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda *_: None)
        patch.setitem(sys.modules, "imageio_ffmpeg", None)
        ffmpeg.find.cache_clear()
        assert make(show) == 1
    ffmpeg.find.cache_clear()
    assert "there is no ffmpeg of at least version 5.1 → sudo apt install ffmpeg" in told(capsys)
    whole(show)
    assert make(show) == 0


# --- damaged files ----------------------------------------------------------------------------------


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x55
    path.write_bytes(data)


def swap(path: Path) -> None:
    """Other sound under the same sum: what decodes is not what was written."""
    sum_, data = path.read_bytes()[26:42], bytearray(path.read_bytes())
    data[26:42] = sum_[::-1]
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [cut, flip, swap, lambda path: path.write_bytes(b"")])
def test_a_damaged_take_is_named_and_recorded_again(
    made: Path, damage: Callable[[Path], object], capsys: pytest.CaptureFixture[str]
) -> None:
    """`mix` names the lines and the command; `make` records them again in the same run, to the same bytes."""
    folder, before = folder_of(made, TOP), tree(made)
    cues = load(folder / "episode.json")["cues"]
    paths = [folder / "takes" / f"{cues[index]['take']}.flac" for index in (2, 4)]
    for path in paths:
        damage(path)
    for path in (folder / "episode.json", *(folder / "mixes").iterdir()):
        path.unlink()
    assert podcast(made, "mix", TOP) == 1
    assert f"record {TOP}" in told(capsys)
    assert not any(path.exists() or path.with_suffix(".energies").exists() for path in paths)
    assert podcast(made, "record", TOP) == 0
    damage(paths[0])
    assert make(made) == 0
    assert "line 3; recorded again" in told(capsys)
    assert tree(made) == before


def test_energies_of_another_size_are_measured_again(made: Path) -> None:
    """The mix is the same."""
    before = tree(made)
    for path in (folder_of(made, TOP) / "episode.json", *(folder_of(made, TOP) / "mixes").iterdir()):
        path.unlink()
    for path in (folder_of(made, TOP) / "takes").glob("*.energies"):
        cut(path)
    assert make(made) == 0
    assert tree(made) == before


@pytest.mark.parametrize("name", ["brief.json", "script.json", "episode.json"])
def test_a_cut_document_is_named_and_stays(made: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The file and the command; the media stay, and with the document back all is as it was."""
    path, before = folder_of(made, TOP) / name, tree(made)
    cut(path)
    half = path.read_bytes()
    assert podcast(made, "record", TOP) == 1 or podcast(made, "mix", TOP) == 1
    said = told(capsys)
    assert str(path) in said
    assert f"mv {path}" in said
    assert path.read_bytes() == half
    path.write_bytes(before[str(path.relative_to(made))])
    assert make(made) == 0
    assert tree(made) == before


def test_a_cut_text_of_the_paper_stops_nothing_that_was_judged(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The episode is recorded and mixed to the same bytes; a new line cannot be judged: the file is named, stays."""
    path, before = folder_of(made, TOP) / "document.json", tree(made)
    cut(path)
    after = tree(made)
    assert podcast(made, "record", TOP) == 0
    assert podcast(made, "mix", TOP) == 0
    assert tree(made) == after
    capsys.readouterr()
    assert podcast(made, *LINE) == 1
    assert f"mv {path}" in told(capsys)
    assert path.read_bytes() == after[str(path.relative_to(made))]
    path.write_bytes(before[str(path.relative_to(made))])
    assert make(made) == 0
    kept = tree(made)
    assert {name: kept.get(name) for name in before} == before  # and the version that a change would have begun with
    assert all("/versions/" in name for name in set(kept) - set(before))


def test_a_cut_catalogue_is_never_to_be_deleted(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message tells where its numbers stand; the feed is as it was."""
    before = tree(made / "feed")
    cut(made / "episodes" / "show.json")
    assert podcast(made, "publish") == 1
    said = told(capsys)
    assert "show.json" in said
    assert "do not delete it" in said
    assert tree(made / "feed") == before


def test_what_is_disposable_is_said_and_made_anew(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken list of retired media, choice or quarantine stops nothing."""
    assert podcast(made, *LINE) == 0
    for path in ("episodes/retired.json", f"episodes/{DAY}/selection.json", f"episodes/{DAY}/{TOP}/quarantine.json"):
        (made / path).write_text("{")
    capsys.readouterr()
    assert podcast(made, "publish") == 0
    assert "retired.json" in told(capsys)
    assert podcast(made, "status", DAY) == 0
    assert told(capsys).count("selection.json is not JSON (line 1)") == 1
    assert load(made / "episodes" / "retired.json")["since"]


# --- the clock --------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_changes_no_order_and_retires_nothing(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed's order is the papers'; media retired in a future that never came is counted from now."""
    before = enclosures(made)
    assert podcast(made, *LINE) == 0
    retired = made / "episodes" / "retired.json"
    today = dt.datetime.now(dt.UTC).date()
    names = load(retired)["since"]
    save(retired, {"since": dict.fromkeys(names, "2190-01-01")})

    class Past(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Past":
            return cls(2001, 2, 3, tzinfo=tz)

    with monkeypatch.context() as patch:
        patch.setattr(tidying.dt, "datetime", Past)
        assert podcast(made, "publish") == 0
        assert set(load(retired)["since"].values()) == {"2001-02-03"}
    assert [guid for guid, _ in enclosures(made)] == [guid for guid, _ in before]
    assert all((made / "feed" / "media" / name).is_file() for name in names)
    save(retired, {"since": dict.fromkeys(names, today.isoformat())})
    assert podcast(made, "publish") == 0
    assert load(retired)["since"] == dict.fromkeys(names, today.isoformat())


def test_a_file_may_be_broken_where_it_is_disposable(tmp_path: Path) -> None:
    """What is not there, or no document, is None."""
    from podcast.show.schema import Retired

    path = tmp_path / "retired.json"
    assert store.load_disposable(Retired, path) is None
    path.write_text("{")
    assert store.load_disposable(Retired, path) is None
