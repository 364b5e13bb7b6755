"""Documents outlive the code; a broken one costs itself alone, is named with what to do, and is never a bug."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save

from podcast.show import config, migrations, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Begun, Episode, Item, Known, Mixes, Paper, Script, Version

PAPER, SECOND = "2403.00001", "2403.00002"


# --- formats ----------------------------------------------------------------------------------------


def test_a_version_of_0_1_0_opens_and_keeps_its_reason(tmp_path: Path) -> None:
    """Its corrections are counted anew at the mix; what a person said of the change is not lost."""
    script = {"title": "t", "description": "d", "lines": [{"host": "A", "text": "Hello.", "chapter": "c"}]}
    told = [{"made_on": "2025-01-01", "at": 1.0, "text": text} for text in ("said “a”, now “b”", "we said all")]
    old = {
        "number": 2,
        "parent": 1,
        "made_at": "2025-01-01T00:00:00Z",
        "why": "x",
        "corrections": told,
        "script": script,
    }
    save(tmp_path / "0002.json", old)
    version = store.load(Version, tmp_path / "0002.json")
    assert (version.number, version.because) == (2, "we said all")
    (tmp_path / "0002.json").write_bytes(store.to_json(version))
    assert load(tmp_path / "0002.json")["format"] == 2
    assert store.load(Version, tmp_path / "0002.json") == version


@pytest.mark.parametrize(
    ("number", "told"), [(99, "newer podcast"), (0, "is none"), ("2", "is none"), (True, "is none")]
)
def test_a_document_of_a_newer_version_is_named_as_one(tmp_path: Path, number: object, told: str) -> None:
    """It is not called damaged, and nobody is told to delete it."""
    save(tmp_path / "x.json", {"format": number, "wish": "w", "base": 1})
    with pytest.raises(DocumentError, match=told) as caught:
        store.load(Begun, tmp_path / "x.json")
    assert "delete" not in caught.value.hint


def test_every_migration_makes_what_its_kind_takes() -> None:
    """Formats count from 1, a kind's name is a record's, and each migration is a function of a document."""
    from podcast.show import schema

    for kind, steps in migrations.MIGRATIONS.items():
        assert kind in schema.__all__
        assert migrations.format_of(kind) == len(steps) + 1
    assert migrations.format_of("Script") == 1


def test_fields_of_a_newer_machine_go_through_an_older_one(made: Path) -> None:
    """An item with more in it, at any depth, is read, and written as it came."""
    path = next((made / "feed" / "episodes").glob(f"*{PAPER}/item.json"))
    newer = load(path)
    newer["second_reader"] = "agrees"
    newer["episode"]["media"]["codec"] = {"name": "mp3"}
    newer["paper"]["reviews"] = [1, 2]
    item = Item.model_validate(newer)
    assert json.loads(item.model_dump_json()) == json.loads(json.dumps(newer))


@pytest.mark.parametrize("kind", [Script, Mixes, Known, Begun])
def test_what_a_person_may_edit_refuses_slips(kind: type, tmp_path: Path) -> None:
    """An unknown field there is a slip, and is named."""
    save(tmp_path / "x.json", {"titel": "x"})
    with pytest.raises(DocumentError, match="titel"):
        store.load(kind, tmp_path / "x.json")
    assert Paper.model_config["extra"] == Episode.model_config["extra"] == "allow"


# --- things that are no files -----------------------------------------------------------------------


def a_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def nowhere(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/nonexistent/place")


def a_circle(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


def noise(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00{")


THINGS = [a_folder, a_pipe, nowhere, a_circle, noise]
OF_PAPER = ("document.json", "brief.json", "script.json", "episode.json", "quarantine.json", "known.json", "heard.json")
OF_DAY = ("papers.json", "selection.json")


@pytest.mark.parametrize(
    "thing",
    [pytest.param(thing, marks=() if thing is a_pipe else pytest.mark.long, id=thing.__name__) for thing in THINGS],
)
def test_what_is_no_file_is_named_and_nothing_hangs_or_is_a_bug(
    made: Path, thing: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """In the place of each document: the command ends, exit 0 or 1, and says which file where it cannot go on."""
    whole = made.parent / "whole"
    shutil.copytree(made, whole, symlinks=True)
    for name in (*OF_PAPER, *OF_DAY):
        shutil.rmtree(made)
        shutil.copytree(whole, made, symlinks=True)
        place = folder_of(made, PAPER) / name if name in OF_PAPER else made / "episodes" / DAY / name
        thing(place)
        for command in (["mix", PAPER], ["status"]):
            capsys.readouterr()
            code = podcast(made, *command)
            told = "".join(capsys.readouterr())
            assert code in (0, 1), (name, command, told[-500:])
            assert code == 0 or name in told, (name, command, told[-300:])


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_a_broken_voice_costs_itself_alone(
    made: Path, thing: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """Who does not speak in it goes on; who would is told which file."""
    (made / "voices").mkdir()
    thing(made / "voices" / "mine.toml")
    assert podcast(made, "mix", PAPER) == 0
    assert podcast(made, "voices") == 0
    capsys.readouterr()
    assert podcast(made, "regenerate", PAPER, "--voice", "A=mine") == 1
    assert "mine.toml" in capsys.readouterr().err


def test_a_copy_of_a_folder_costs_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day's folder, a paper's folder, copied beside the first under a name that is none: left alone."""
    shutil.copytree(made / "episodes" / DAY, made / "episodes" / f"{DAY}-backup")
    shutil.copytree(folder_of(made, PAPER), made / "episodes" / DAY / f"{PAPER}.bak")
    shutil.copytree(made / "episodes" / DAY, made / "episodes" / "2024-13-45")
    capsys.readouterr()
    assert podcast(made, "status", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 2
    assert podcast(made, "publish") == 0


def test_a_broken_script_of_another_day_stops_no_new_paper(made: Path) -> None:
    """Yesterday's slip is said; today's paper is written without it."""
    (folder_of(made, SECOND) / "script.json").write_text("{ not json")
    tomorrow = "2024-03-06"
    listing = json.loads((made / "list.json").read_text())
    listing[0]["paper"]["id"] = "2403.00009"
    (made / "list.json").write_text(json.dumps(listing[:1]))
    arguments = ("--papers", str(made / "list.json"), "--no-publish")
    assert podcast(made, "-q", "make", tomorrow, *arguments) == 0
    assert (folder_of(made, "2403.00009", tomorrow) / "episode.json").is_file()


def test_the_status_of_a_day_looks_at_that_day_alone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other days may be broken as they like: nothing of them is read."""
    shutil.copytree(made / "episodes" / DAY, made / "episodes" / "2024-03-06")
    for path in (made / "episodes" / "2024-03-06").glob("*/script.json"):
        a_folder(path)
    capsys.readouterr()
    assert podcast(made, "status", DAY, "--json") == 0
    assert [row["state"] for row in json.loads(capsys.readouterr().out) if row["state"]] == ["done", "done"]


# --- settings and pipes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "told"),
    [('title = "Café"\n'.encode("latin-1"), "not UTF-8"), (b'cover = "a\\u0000b"', "cover"), (b"x", "not valid TOML")],
)
def test_settings_that_cannot_be_read_are_named(
    show: Path, data: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another encoding, a sign that no name has, no TOML: a sentence with the file, exit 1."""
    (show / "podcast.toml").write_bytes(b"[show]\n" + data)
    assert podcast(show, "config") == 1
    assert told in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("thing", [a_folder, a_pipe])
def test_settings_that_are_no_file_are_not_taken_for_none(show: Path, thing: Callable[[Path], None]) -> None:
    """The show does not go on under the default's name."""
    thing(show / "podcast.toml")
    assert podcast(show, "config") == 1


def test_a_variable_that_is_no_json_is_named(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """PODCAST_WRITER=llm: the variable, and how one key is set."""
    monkeypatch.setenv("PODCAST_WRITER", "llm")
    assert podcast(show, "config") == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "PODCAST_WRITER is no JSON" in told
    assert "PODCAST_WRITER__NAME" in told


@pytest.mark.long
def test_who_stops_reading_is_no_bug(made: Path) -> None:
    """A pipe whose reader has enough ends the command as shells know it; a closed output goes nowhere."""
    line = f"'{sys.executable}' -m podcast -C '{made}' script {PAPER} --json"
    for command, code in ((f"{line} | head -c 1; exit ${{PIPESTATUS[0]}}", (0, 141)), (f"{line} >&-", (0,))):
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode in code, done.stderr
        assert "Traceback" not in done.stderr


def test_voices_are_read_one_by_one(tmp_path: Path) -> None:
    """A later folder's broken file hides the good one of its name, and says so when it is asked for."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "v.toml").write_text('synthesizer = "tone"\nlicence = "x"\n')
    (tmp_path / "two" / "v.toml").write_text("synthesizer = ")
    assert "v" in config.read_voices(tmp_path / "one")
    voices = config.read_voices(tmp_path / "one", tmp_path / "two")
    assert "w" not in voices
    assert list(voices) == []
    with pytest.raises(Exception, match=r"v\.toml is not valid TOML"):
        "v" in voices  # noqa: B015


@pytest.mark.long
def test_a_show_can_be_made_again_over_what_it_was(show: Path) -> None:
    """A folder where a take or a mix should come is said; moved away, the next run completes."""
    assert make(show) == 0
    place = folder_of(show, PAPER)
    a_folder(place / "episode.json")
    assert podcast(show, "mix", PAPER) == 1
    (place / "episode.json").rmdir()
    assert podcast(show, "mix", PAPER) == 0


@pytest.mark.long
def test_a_full_disk_at_the_tags_is_said_as_one(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """mutagen wraps the system's error in its own: the person hears of the disk, and the next run completes."""
    import errno

    from mutagen import MutagenError, id3

    def full(*_: object, **__: object) -> None:
        raise MutagenError(OSError(errno.ENOSPC, "No space left on device"))

    for path in (folder_of(made, PAPER) / "mixes").iterdir():
        path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(id3.ID3, "save", full)
        assert podcast(made, "mix", PAPER) == 1
    assert "the disk is full" in " ".join(capsys.readouterr().err.split())
    assert podcast(made, "mix", PAPER) == 0


def test_a_broken_day_costs_itself_alone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list that cannot be read is named when its own paper is asked for, and holds up no other day's."""
    other = made / "episodes" / "2024-03-04"
    other.mkdir()
    (other / "papers.json").write_text("{")
    assert podcast(made, "mix", PAPER) == 0
    assert podcast(made, "mix", "2403.99999") == 1
    assert str(other / "papers.json") in "".join(capsys.readouterr().err.split())
