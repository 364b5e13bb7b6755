"""The command line as a person types it: help, errors, settings, and what the commands tell."""

import json
import re
import shlex
import signal
import subprocess
import sys
import time
import tomllib
from operator import attrgetter
from pathlib import Path

import pytest
from conftest import DAY, ROOT, folder_of, load, make, podcast, save
from PIL import Image

from podcast import __version__, cli
from podcast.synthesizers import SYNTHESIZERS

COMMANDS = [
    "new",
    "make",
    "digest",
    "fetch",
    "read",
    "write",
    "record",
    "mix",
    "script",
    "regenerate",
    "notes",
    "play",
    "clean",
    "publish",
    "run",
    "serve",
    "status",
    "voices",
    "config",
    "doctor",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command explains itself, and each of its options."""
    assert cli.run([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert len(told.splitlines()) > 5
    assert not re.search(r"│ --\w+\s+(<\w+>|\w+)?\s*│", told)  # an option without words


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The front page names all commands, and how to begin."""
    assert cli.run(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f" {command} " in told for command in COMMANDS)
    assert "podcast make --demo" in told


def test_version_is_told_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast --version` prints the version and nothing else."""
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


@pytest.mark.long
def test_ctrl_c_is_exit_130_and_leaves_what_is_whole(show: Path) -> None:
    """An interrupted make says nothing of a bug; the next one completes what it began."""
    command = [sys.executable, "-m", "podcast", "-C", str(show), "make", DAY, "--papers", str(show / "list.json")]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job has it ignored
    )  # fmt: skip
    while not list(show.glob("episodes/*/*/takes/*.flac")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    told = process.communicate()[1]
    assert process.returncode == 130
    assert "Traceback" not in told
    assert make(show) == 0


def test_what_was_made_before_a_run_ends_badly_is_not_forgotten(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a later day stops the run, it is said how many episodes wait to be published, and by what; what listeners
    have waits for nothing."""
    days = ("make", f"{DAY}..2024-03-06", "--top", "2")
    (made / "episodes" / "2024-03-06").mkdir()
    (made / "episodes" / "2024-03-06" / "papers.json").write_text("{")
    assert podcast(made, *days) == 1
    assert "not published" not in capsys.readouterr().err
    for path in (made / "feed" / "media").glob("*.mp3"):
        path.unlink()
    assert podcast(made, *days) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert re.search(r"2 episodes are made and not published: .*publish Error: ", told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mkae"], "no such command"),
        (["make", "yesterday-ish"], "is no day"),
        (["make", "2024-03-05..2024-03-01"], "ends before it begins"),
        (["make", "2024-03-05.."], "has no last day"),
        (["make", "..2024-03-05", "--dry-run"], "has no first day"),
        (["make", DAY, "--top", "0"], "--top"),
        (["serve", "--port", "99999"], "--port"),
    ],
)
def test_wrong_usage_is_exit_2(show: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A word the command line does not know is said, without a traceback."""
    assert podcast(show, *arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[show]\ntitel = "x"', "[show.titel] there is no such setting"),
        ("[mix]\nloudness = 3\nbitrate = 97", "[mix.bitrate]"),
        ('[show]\ncategory = "Papers"', "none of Apple's categories"),
        ('[publish]\nsite_url = "ftp://x"', "[publish.site_url] an address that begins with http"),
        ("[show", "is not valid TOML"),
        ('[[hosts]]\nkey = "A"\nname = "One"\n[[hosts]]\nkey = "A"\nname = "Same"', "a show has one to four hosts"),
        ('[record]\nsynthesizer = "flit"', "did you mean 'flite'"),
    ],
)
def test_wrong_settings_are_named(show: Path, settings: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names section and key, says what is wanted, and where to mend it."""
    (show / "podcast.toml").write_text(settings)
    assert make(show) == 1
    error = " ".join(capsys.readouterr().err.split())
    assert told in error
    assert "→" in error


def test_all_wrong_settings_are_named_at_once(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three mistakes, one run."""
    (show / "podcast.toml").write_text("[mix]\nloudness = 3\nbitrate = 97\n[select]\ntop = 0\n")
    podcast(show, "config")
    told = capsys.readouterr().err
    assert all(key in told for key in ("mix.loudness", "mix.bitrate", "select.top"))


def test_options_over_environment_over_file_over_defaults(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The nearer word counts; what it leaves open comes from the next."""
    (show / "podcast.toml").write_text('[show]\ntitle = "File"\nauthor = "File"\n[select]\ntop = 1\n')
    monkeypatch.setenv("PODCAST_SHOW__TITLE", "Environment")
    podcast(show, "config", "--json")
    found = {row["setting"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert (found["show.title"], found["show.author"], found["show.language"]) == ("Environment", "File", "en")
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"), "--top", "2", "--json")
    assert [row["chosen"] for row in json.loads(capsys.readouterr().out)] == ["yes", "yes", ""]


def test_a_host_speaks_in_the_voice_that_is_said(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--voice records, and mixes, in another voice; the settings stay, and the other host's takes too."""
    folder = folder_of(made, "2403.00002")
    before = {cue["take"] for cue in load(folder / "episode.json")["cues"] if cue["host"] == "Ben"}
    monkeypatch.setenv("PODCAST_RECORD__MIN_SEMITONES", "0")
    assert podcast(made, "record", "2403.00002", "--voice", "A=tone-low") == 0
    assert podcast(made, "mix", "2403.00002", "--voice", "A=tone-low") == 0
    episode = load(folder / "episode.json")
    assert episode["made_with"]["voice A"].startswith("tone-low by tone")
    assert {cue["take"] for cue in episode["cues"] if cue["host"] == "Ben"} == before


@pytest.mark.parametrize("said", ["C=tone-low", "tone-low", "A="])
def test_a_voice_for_nobody_is_refused(show: Path, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """--voice names a host of the show and a voice, or what it should be is said."""
    assert podcast(show, "make", "--demo", "--voice", said) == 2
    assert "write --voice A=VOICE; the hosts are A, B" in " ".join(capsys.readouterr().err.split())


def test_a_day_without_papers_here_says_how_to_get_them(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody can be reached, the next step stands in the error."""
    for name in ("HUGGINGFACE", "ARXIV", "ARXIV_API"):
        monkeypatch.setenv(f"PODCAST_SOURCES__{name}", "http://127.0.0.1:9")
    monkeypatch.setenv("PODCAST_SOURCES__BACKOFF", "[]")
    assert podcast(show, "make", "2024-03-06") == 1
    error = " ".join(capsys.readouterr().err.split())
    assert "Hugging Face cannot be reached" in error
    assert "--papers FILE" in error


@pytest.mark.long
def test_the_stages_one_by_one_are_make(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The six verbs, typed one after another, leave what make leaves, and each tells the next."""
    show = made.parent / "by hand"
    show.mkdir()
    for name in ("podcast.toml", "cover.jpg"):
        (show / name).write_bytes((made / name).read_bytes())
    assert podcast(show, "fetch", DAY, "--papers", str(made / "list.json"), "--top", "2") == 0
    assert f"podcast -C '{show}' read {DAY}" in capsys.readouterr().err
    for stage, following in (("read", "write"), ("write", "record"), ("record", "mix"), ("mix", "publish")):
        assert podcast(show, stage, DAY, "--top", "2") == 0
        assert f"podcast -C '{show}' {following}" in capsys.readouterr().err
    assert podcast(show, "publish") == 0
    for paper in ("2403.00001", "2403.00002"):
        assert load(folder_of(show, paper) / "episode.json") == load(folder_of(made, paper) / "episode.json")
    assert (show / "feed" / "feed.xml").read_bytes() == (made / "feed" / "feed.xml").read_bytes()


def test_a_stage_asked_too_early_names_the_one_before(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`mix` before `write` says what to run first."""
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    assert podcast(show, "mix", DAY) == 1
    assert f"podcast -C {shlex.quote(str(show))} write 2403.00002" in capsys.readouterr().err


def test_status_tells_every_paper(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a paper: episode number, state, takes and length; JSON for programs; an edit makes it stale."""
    podcast(made, "status", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [(row["paper"], row["state"], row["episode"]) for row in rows] == [
        ("2403.00001", "done", 2), ("2403.00002", "done", 1),
    ]  # fmt: skip
    path = folder_of(made, "2403.00002") / "script.json"
    script = load(path)
    script["lines"][-1]["text"] = "Thank you all."
    save(path, script)
    podcast(made, "status")
    told = capsys.readouterr()
    assert "stale" in told.out
    assert f"the script changed since the mix → podcast -C {made} regenerate 2403.00002" in told.err


@pytest.mark.long
def test_new_makes_a_folder_that_works_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that are read, voices, a cover that apps take; the demo runs in it, and is not doubted; nothing is
    overwritten."""
    folder = tmp_path / "my-show"
    assert cli.run(["new", str(folder)]) == 0
    assert tomllib.loads((folder / "podcast.toml").read_text())["show"]["title"] == "My Show"
    with Image.open(folder / "cover.jpg") as cover:
        assert cover.size == (3000, 3000)
    assert {path.name for path in (folder / "voices").iterdir()} >= {"flite-slt.toml", "tone-low.toml", "lexicon.tsv"}
    monkeypatch.setenv("PODCAST_RECORD__SYNTHESIZER", "tone")  # the gate makes the demo with voices
    assert podcast(folder, "make", "--demo") == 0
    assert (folder / "feed" / "feed.xml").is_file()
    assert podcast(folder, "status") == 0
    assert "doubted" not in "".join(capsys.readouterr())
    assert cli.run(["new", str(folder)]) == 1
    assert "is a show already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "title"), [("what's new", "What's New"), ("my-AI_show", "My AI Show"), ("daily", "Daily")]
)
def test_a_new_show_is_called_as_its_folder(tmp_path: Path, name: str, title: str) -> None:
    """Each word of the folder's name begins with a capital, and stays as it is else."""
    assert cli.run(["new", str(tmp_path / name)]) == 0
    assert tomllib.loads((tmp_path / name / "podcast.toml").read_text())["show"]["title"] == title


@pytest.mark.parametrize(
    ("section", "line", "told"),
    [
        ("[show]\n", 'cover = "art.png"\n', "there is no cover"),
        ("[show]\n", 'cover = "~/nowhere/cover.jpg"\n', "there is no cover"),
        ("[mix]\n", 'outro = "nothere.flac"\n', "there is no sound 'nothere.flac'"),
    ],
)
def test_what_settings_name_is_looked_for_before_anything_is_made(
    show: Path, section: str, line: str, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    """A cover or music that is named and not there is a fault for doctor, and stops make before a paper is read;
    nothing is drawn in its place. ~ is the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    text = (show / "podcast.toml").read_text()
    text = text if section in text else f"{text}{section}"
    (show / "podcast.toml").write_text(text.replace(section, f"{section}{line}"))
    before = set(tmp_path.rglob("*"))
    podcast(show, "doctor", "--json")
    checks = {check["check"]: check for check in json.loads(capsys.readouterr().out)}
    assert told in checks["cover" if section == "[show]\n" else "music"]["found"]
    assert make(show) == 1
    assert told in capsys.readouterr().err
    assert not list(show.glob("episodes/*/*/document.json"))
    assert not {path for path in set(tmp_path.rglob("*")) - before if path.suffix in (".png", ".jpg")}


def test_a_cover_is_drawn_as_what_its_name_says(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is drawn is a JPEG: under the name of a PNG nothing is."""
    (show / "podcast.toml").write_text('[show]\ncover = "art.png"\n')
    assert podcast(show, "cover") == 1
    assert "a cover is drawn as a JPEG" in capsys.readouterr().err
    assert not (show / "art.png").exists()


def test_a_folder_without_a_name_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that is not set makes no show of the folder one stands in."""
    monkeypatch.chdir(tmp_path)
    assert cli.run(["new", ""]) == 2
    assert "a folder wants a name" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_no_help_tells_a_default_twice(capsys: pytest.CaptureFixture[str]) -> None:
    for name in COMMANDS:
        assert cli.run([*name.split(), "--help"]) == 0
        lines = " ".join(capsys.readouterr().out.split()).split(" --")
        assert [line for line in lines if line.count("Default:") > 1] == []


def test_every_default_in_the_template_is_the_default(tmp_path: Path) -> None:
    """podcast.toml shows each setting of each section, with the value it has when it is left out."""
    from podcast.show.config import Config

    cli.run(["new", str(tmp_path / "x")])
    text = (tmp_path / "x" / "podcast.toml").read_text()
    for section in (
        "show",
        "sources",
        "select",
        "writer",
        "record",
        "mix",
        "publish",
        "publish.s3",
        "run",
        "digest",
        "digest.mail",
        "roundup",
    ):
        part = re.split(rf"\n(?:# )?\[{re.escape(section)}\].*\n", text)[1]
        part = re.split(r"\n(?:# )?\[", part)[0]
        shown = dict(re.findall(r"^#? ?(\w+) = ([^#\n]*?)[ \t]*(?:#.*)?$", part, re.MULTILINE))
        defaults = attrgetter(section)(Config()).model_dump(mode="json")
        assert shown.keys() == defaults.keys() - {"listen", "s3", "mail"}, section
        for key, value in shown.items():
            if key not in ("title", "author", "description") and defaults[key] is not None:
                assert tomllib.loads(f"x = {value}")["x"] == defaults[key], key


def test_doctor_finds_what_is_missing(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line a check; a cover that apps refuse is a failure with its rule."""
    assert podcast(show, "doctor") == 0
    assert "ffmpeg" in capsys.readouterr().out
    Image.new("RGB", (100, 90)).save(show / "cover.jpg")
    assert podcast(show, "doctor") == 1
    assert "square" in capsys.readouterr().out


def test_voices_lists_engines_and_how_to_install_them(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Voices with language and licence; engines with what installs them."""
    assert podcast(show, "voices", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {voice["licence"] for voice in told["voices"]} >= {"LicenseRef-CMU-Flite", "CC0-1.0"}
    assert {engine["engine"] for engine in told["engines"]} == set(SYNTHESIZERS)


def test_talk_goes_to_stderr_and_data_to_stdout(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a pipe gets is JSON and nothing else."""
    podcast(made, "status", "--json")
    told = capsys.readouterr()
    json.loads(told.out)
    make(made)
    assert capsys.readouterr().out == ""


def test_a_bug_is_exit_3_with_a_traceback(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody foresaw shows where it came from, and asks for a report."""
    monkeypatch.setattr("podcast.papers.select.chosen", lambda day, selection: 1 / 0)
    assert make(show) == 3
    error = capsys.readouterr().err
    assert "ZeroDivisionError" in error
    assert "This is a bug" in error


def _commands() -> list[str]:
    """Return every command by its name, as typer knows them."""
    own = [each.name or each.callback.__name__ for each in cli.app.registered_commands if each.callback]
    return sorted([*own, *(str(each.name) for each in cli.app.registered_groups)])


def test_no_help_is_wider_than_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 80 columns, in every command, its table of exit codes too."""
    monkeypatch.setenv("COLUMNS", "80")
    for command in _commands():
        assert cli.run([command, "--help"]) == 0
        assert [line for line in capsys.readouterr().out.splitlines() if len(line) > 80] == [], command


def test_the_readme_names_the_commands_that_have_json(capsys: pytest.CaptureFixture[str]) -> None:
    """No more than have it, and all that do."""
    (told,) = re.findall(r"((?:`[a-z]+`(?:, | and |,\n)?)+) have `--json`", (ROOT / "README.md").read_text())
    having = []
    for command in _commands():
        cli.run([command, "--help"])
        having += [command] if "--json" in capsys.readouterr().out else []
    assert sorted(re.findall(r"`([a-z]+)`", told)) == having
