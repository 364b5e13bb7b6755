"""At home in a terminal: help, errors, tables and changes as they are seen at 80 columns, or on a pipe."""

import datetime as dt
import gc
import gzip
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
import tracemalloc
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import soundfile
from conftest import DAY, ROOT, folder_of, load, podcast, save, tree
from lxml import etree, html
from PIL import Image
from terminal import typed

from podcast import check, cli
from podcast.cli import console, extras, leaving, manual, oneline
from podcast.show import mistakes, packaged
from podcast.show.config import Config
from podcast.show.errors import InvalidScript
from podcast.show.schema import Script, Voice
from podcast.show.workspace import Workspace
from podcast.sound import ffmpeg

README = (ROOT / "README.md").read_text()
TOP, SECOND = "2403.00002", "2403.00001"


def commands() -> list[str]:
    found = [command.name or command.callback.__name__ for command in cli.app.registered_commands]
    return sorted([*found, *(group.name for group in cli.app.registered_groups)])


def errors(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


def test_every_command_stands_under_one_need() -> None:
    """`podcast --help` has each command once, and an example of each."""
    assert sorted(name for names in manual.NEEDS.values() for name in names) == commands()
    assert set(commands()) <= set(manual.EXAMPLES)


@pytest.mark.parametrize("asked", [["-h"], ["--help"], ["help"]])
def test_help_is_had_however_it_is_asked_for(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """-h, --help and help are one page, with needs, examples and exit code 0."""
    assert cli.run(asked) == 0
    told = capsys.readouterr().out
    assert all(f"\n{need}:\n" in re.sub(r"\x1b\[[0-9;]*m", "", told) for need in manual.NEEDS)
    assert "podcast make --demo" in told


@pytest.mark.parametrize("command", sorted(set(manual.EXAMPLES) - {""}))
def test_a_commands_help_shows_how_it_is_typed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`help X` and `X -h` say the same; examples stand unbroken; no option looks as if a flag took a value."""
    assert cli.run(["help", *command.split()]) == 0
    told = capsys.readouterr().out
    assert cli.run([*command.split(), "-h"]) == 0
    assert capsys.readouterr().out == told
    assert all(example in told for example in manual.EXAMPLES[command])
    assert not re.search(r"<\w+>|\[\[|\{PAPER|VALUE\b", told)


@pytest.mark.long
def test_every_example_can_be_typed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of each example are known to the command: what it is asked for may still not be there."""
    monkeypatch.chdir(made)
    for name, examples in manual.EXAMPLES.items():
        for example in examples:
            words = re.sub(r'"[^"]*"', "x", example).split()[1:]
            assert cli.run([*words, "--help"]) == 0, (name, example)


def test_the_version_is_told_by_either_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert (cli.run(["version"]), cli.run(["--version"])) == (0, 0)
    first, second = capsys.readouterr().out.split()
    assert first == second


def test_progress_keeps_nothing_of_a_paper_that_is_made() -> None:
    """However many papers a run makes, what it holds for their bars stays as little."""

    def watched(count: int) -> int:
        for number in range(count):
            paper: Any = SimpleNamespace(id=f"2403.{number:05}")
            assert len(list(watch([SimpleNamespace(text="a few words")] * 20, "record", paper, 20))) == 20
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        with console.bars() as watch:
            grown = -watched(30) + watched(100)
    finally:
        tracemalloc.stop()
    assert grown < 100 * 200


@pytest.mark.long
def test_a_help_page_costs_little() -> None:
    """`--help` and `--version` take at most 2.5 times the processor time that importing typer takes, best of five."""

    def cost(*words: str) -> float:
        script = (
            "import resource, subprocess, sys\n"
            f"subprocess.run([sys.executable, *{words!r}], stdout=subprocess.DEVNULL)\n"
            "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
        )
        return min(float(subprocess.check_output([sys.executable, "-c", script], text=True)) for _ in range(5))

    floor = cost("-c", "import typer.main")
    for word in ("--help", "--version"):
        assert cost("-m", "podcast", word) < 2.5 * floor, word


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_gets_pages_as_wide_as_it_is(columns: int, tmp_path: Path) -> None:
    """No line of a help page is wider than the terminal, and some are nearly as wide; headings are bold."""
    seen = typed(["podcast", "make", "-h"], tmp_path, columns)
    longest = max(map(len, seen.text.splitlines()))
    assert columns - 25 < longest <= columns
    assert "\x1b[1m" in seen.raw
    assert "\x1b[" not in typed(["podcast", "make", "-h"], tmp_path, columns, more={"NO_COLOR": "1"}).raw


def test_an_error_is_seen_in_colour(tmp_path: Path) -> None:
    """What is wrong is red, the way out green; on a pipe, and with NO_COLOR, neither."""
    seen = typed(["podcast", "make", "--writr", "x"], tmp_path)
    assert seen.code == 2
    assert "\x1b[1;31mError:" in seen.raw
    assert "\x1b[1;32m→" in seen.raw
    assert not typed(["podcast", "make", "--writr", "x"], tmp_path, more={"NO_COLOR": "1"}).coloured


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["mkae"], "did you mean 'make'?"),
        (["voices", "ad"], "did you mean 'add'"),
        (["help", "stauts"], "did you mean 'status'?"),
        (["make", "--writr", "x"], "did you mean --writer?"),
        (["status", "--josn"], "did you mean --json?"),
        (["make", "lastest"], "did you mean latest?"),
    ],
)
def test_what_was_meant_is_guessed(
    show: Path, words: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A word that is nearly one is answered with that one, and exit code 2."""
    assert podcast(show, *words) == 2
    assert meant in errors(capsys)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[show]\ntitel = "x"', "there is no such setting: did you mean title?"),
        ("[publsh]\nx = 1", "[publsh] there is no such setting: did you mean publish?"),
        ("[publish.s3]\nbuket = 1", "did you mean bucket?"),
        ('[[hosts]]\nkey = "A"\nnam = "Ada"', "did you mean name?"),
        ("[mix]\nbitrate = 97", "97 is none of 64, 80, 96, 112, 128, 160"),
        ('[mix]\nturns = "tlak"', "did you mean talk?"),
        ('[show]\nlanguage = "german"', "a language's code is wanted, such as en, de or pt-BR, and it is 'german'"),
        ('[show]\nemail = "me at example"', "[show.email] an address for mail is wanted, such as show@example.org"),
        ("[mix]\nloudness = 3", "must be at most -10.0, and is 3"),
        ("[select]\ntop = 2.5", "must be a whole number, and is 2.5"),
        ('[select]\ncategories = "cs.CL"', "must be a list in [brackets]"),
        ('[show]\ntitle = ""', "must not be empty"),
        ("[show]\ntitle = 3", "must be text in quotes"),
        ('[digest]\nformats = ["tables"]', "did you mean table? → mend"),
        ("[digest]\nformats = []", "[digest.formats] wants at least 1"),
        ('show = "x"', "must be a table of names and values"),
        ('[hosts]\nkey = "A"\nname = "Ada"', "[hosts] is a list of tables: write [[hosts]]"),
        ('[[hosts]]\nkey = "A"\nname = "Ada"\nrole = "talks"', 'is none of "", asks, answers, doubts, reports'),
    ],
)
def test_settings_are_answered_in_words(
    show: Path, settings: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No regular expression and none of the checker's own phrases reach a person."""
    (show / "podcast.toml").write_text(settings)
    assert podcast(show, "config") == 1
    said = errors(capsys)
    assert told in said
    assert not re.search(r"should|Input|\^\[|pattern", said)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["regenerate", "1", "--line", "0", "--text", "x"], 2, "--line: must be at least 1, and is '0'"),
        (["regenerate", "1", "--insert-after", "-1", "--text", "x"], 2, "must be at least 0"),
        (["regenerate", "1", "--voice", "A"], 2, "--voice A names no host and a voice for it"),
        (["regenerate", "1", "--from", "mixx"], 2, "there is no stage 'mixx': did you mean mix?"),
        (["regenerate", "1", "--line", "1"], 2, "--line alone changes nothing"),
        (["regenerate", "1", "--text", "x"], 2, "--text needs to know where"),
        (["regenerate", "1", "--host", "A"], 2, "--host needs to know which line"),
        (["regenerate", "1", "--insert-after", "1", "--text", "x"], 2, "--insert-after needs --text and --host"),
        (["regenerate", "1", "--retake", "1", "--delete-line", "2"], 2, "are two changes"),
        (["regenerate", "1", "--undo", "--because", "x"], 2, "leave --because out"),
        (["regenerate", "1", "--line", "99", "--text", "x"], 2, "there is no line 99: the script has 8"),
        (["regenerate", "1", "--retake", "99"], 2, "there is no line 99"),
        (["regenerate", "1", "--delete-line", "99"], 2, "there is no line 99"),
        (["regenerate", "1", "--insert-after", "99", "--text", "x", "--host", "A"], 2, "there is no line 99"),
        (["regenerate", "1", "--line", "99", "--text", "x", "--dry-run"], 2, "there is no line 99"),
        (["regenerate", "1", "--line", "1", "--host", "Z"], 2, "there is no host 'Z'"),
        (["regenerate", "1", "--voice", "A=nova"], 2, "there is no voice 'nova'"),
        (["record", "1", "--voice", "C=tone-low"], 2, "--voice C=tone-low names no host"),
        (["voices", "try", "nova", "Hello."], 2, "there is no voice 'nova'"),
        (["voices", "try", "tone-low", " "], 2, "there is nothing to say"),
        (["voices", "say", ""], 2, "there is nothing to say"),
        (["make", "2024-03-05", "--papers", "nope.json"], 2, "there is no file nope.json"),
        (["watermark", "nope.mp3"], 2, "no MP3, Ogg, FLAC or WAV file lies here: look at the path"),
        (["watermark", "/"], 2, "/ is a folder → name a sound in it"),
        (["script", "0"], 1, "there is no episode 0: the show has 1 to 2"),
        (["status", "--since", "2999-01-01"], 2, "is not there yet"),
        (["regenerate", "2025-01-07", "--line", "1", "--text", "x"], 2, "2025-01-07 is a day, and a paper is wanted"),
        (["regenerate", "2025-01-07", "--all", "--from", "mix"], 1, "2025-01-07 is not here yet"),
        (["script", "12"], 1, "there is no episode 12: the show has 1 to 2"),
        (["script", "1", "--at"], 2, "-h says what it takes"),
        (["make", "latest", "--writer", "extractiv"], 1, "did you mean extractive?"),
        (["make", "--demo", "2025-01-01"], 2, "--demo is a day of its own"),
        (["prune", "--older-than", "yesterday"], 2, "is no time ago"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(
    made: Path, words: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each wrong word has a sentence and a way out, and no checker's phrase; nobody is asked over the network."""
    assert podcast(made, *words) == code
    said = errors(capsys)
    assert told in said
    assert "→" in said
    assert not re.search(r"Traceback|should be|Input|\^\[", said)


def test_every_form_has_words() -> None:
    """Each pattern of settings, voices and scripts is told in words."""
    schemas = json.dumps([model.model_json_schema() for model in (Config, Voice, Script)])
    found = {json.loads(f'["{each}"]')[0] for each in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schemas)}
    assert found
    wanted = {"pattern": "", "type": "string_pattern_mismatch", "input": "x"}
    unknown = mistakes.said({**wanted, "ctx": {"pattern": "nobody's"}})
    assert [each for each in found if mistakes.said({**wanted, "ctx": {"pattern": each}}) == unknown] == []


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("tomorrow", "tomorrow's list is not there yet"),
        ("2099-01-01", "2099-01-01 is not there yet"),
        ("2025-13-40", "2025-13-40 is in no calendar"),
        ("12.09.2025", "write year-month-day: 2025-09-12 or 2025-12-09"),
        ("31.01.2025", "write year-month-day: 2025-01-31 "),
        ("https://huggingface.co/papers", "https://huggingface.co/papers is a list of papers"),
        ("paper.pdf", "there is no file paper.pdf in"),
        ("2026-W31", "make --week 2026-W31"),
        ("demo", "make --demo"),
        ("2024-03-05..2024-03-01", "write the earlier day first: 2024-03-01..2024-03-05"),
    ],
)
def test_a_wish_that_cannot_be_met_is_answered_without_the_network(
    show: Path, wish: str, answer: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wish has its own answer, at once, with exit code 2: nobody is asked for what cannot be."""
    monkeypatch.setenv("PODCAST_SOURCES__HUGGINGFACE", "http://127.0.0.1:9")
    begun = time.monotonic()
    assert podcast(show, "make", wish) == 2
    assert time.monotonic() - begun < 5  # the first pause after a refused connection is a second
    said = f"{errors(capsys)} "
    assert answer in said
    assert "cannot be reached" not in said


@pytest.mark.parametrize("command", ["make", "fetch", "digest", "read"])
def test_the_list_of_one_day_is_for_the_command_that_was_typed(
    show: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several days with --papers, the hint is that command with one day."""
    assert podcast(show, command, "2025-01-01..2025-01-02", "--papers", "day.json") == 2
    assert f" {command} 2025-09-12 --papers day.json" in errors(capsys)


def test_options_of_the_program_stand_anywhere(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """-C and -q mean the same before and behind the command, and what is behind counts."""
    monkeypatch.chdir(tmp_path)
    assert cli.run(["status", "-C", str(made)]) == 0
    assert cli.run(["-C", "nowhere", "status", "--show", str(made)]) == 0
    assert cli.run(["voices", "say", "-C", str(made), "--no-play", "-q", "3%"]) == 0
    assert cli.run(["status", "-C", "nowhere"]) == 1


def test_quiet_says_nothing_where_all_is_well(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With -q a change that succeeds leaves the screen empty; data that was asked for still comes, and so do errors."""
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "-q") == 0
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")
    assert podcast(made, "-q", "script", TOP, "--grep", "Hello there") == 0
    assert "Hello there." in capsys.readouterr().out
    assert podcast(made, "regenerate", TOP, "--line", "99", "--text", "x", "-q") == 2
    assert "there is no line 99" in errors(capsys)


@pytest.mark.parametrize("command", [["status"], ["voices"], ["script", TOP], ["doctor"], ["config"]])
def test_who_only_looks_is_not_told_who_speaks(
    made: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is said of voices and writers stands above commands that work, not above each that looks."""
    podcast(made, *command)
    assert not re.search(r"^(voices|scripts) ", capsys.readouterr().err, re.MULTILINE)


@pytest.mark.long
def test_a_table_is_whole_on_a_pipe_and_fits_a_terminal(made: Path) -> None:
    """On a pipe a long title stands whole and no line ends in blanks; at 80 columns it is cut, and a path is never."""
    day = load(made / "episodes" / "2024-03-05" / "papers.json")
    title = "A Title That Is Much Longer Than What Any Terminal Of Eighty Columns Has Room For In One Line"
    day["papers"][0]["title"] = title
    (made / "episodes" / "2024-03-05" / "papers.json").write_text(json.dumps(day))
    piped = subprocess.run(
        [sys.executable, "-m", "podcast", "status"], cwd=made, capture_output=True, text=True, check=True
    ).stdout
    assert title in piped
    assert not re.search(r" $", piped, re.MULTILINE)
    seen = typed(["podcast", "status"], made)
    rows = [line for line in seen.text.splitlines() if line.startswith("2024-03-05")]
    assert len(rows) == 2
    assert all(len(row) <= 80 for row in rows)
    assert any(row.endswith("…") for row in rows)
    whole = typed(["podcast", "doctor"], made).text
    assert str(made / "podcast.toml") in whole  # longer than the terminal, and in one piece


def test_a_line_is_found_by_the_time_that_is_shown(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever time `script` shows of a line, `--at` that time is that line."""
    podcast(made, "script", TOP, "--json")
    for row in json.loads(capsys.readouterr().out):
        podcast(made, "script", TOP, "--at", row["at"], "--json")
        (found,) = json.loads(capsys.readouterr().out)
        assert found == row


def test_latest_is_the_top_of_the_page(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`latest` means the first item of the feed, whatever its number."""
    item = etree.fromstring((made / "feed" / "feed.xml").read_bytes()).find("channel/item")
    assert item is not None
    number = item.findtext("{http://www.itunes.com/dtds/podcast-1.0.dtd}episode")
    podcast(made, "script", "latest", "--json")
    latest = json.loads(capsys.readouterr().out)
    podcast(made, "script", str(number), "--json")
    assert json.loads(capsys.readouterr().out) == latest
    podcast(made, "publish", "--withdraw", str(number))
    capsys.readouterr()
    podcast(made, "script", "latest", "--json")
    assert json.loads(capsys.readouterr().out) != latest  # what was taken out is on no page


@pytest.mark.parametrize(
    ("time_", "code", "told"),
    [("59:00", 1, "ends at 00:"), ("0:99", 2, "'0:99' is no time"), ("soon", 2, "write minutes and seconds")],
)
def test_a_moment_that_is_none_is_said(
    made: Path, time_: str, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Behind the end nothing is heard, and 99 seconds are no time."""
    assert podcast(made, "script", TOP, "--at", time_) == code
    assert told in errors(capsys)


def test_a_host_is_called_by_name_too(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--host Ada is --host A; nobody is told as nobody, with who there is."""
    assert podcast(made, "regenerate", TOP, "--insert-after", "1", "--host", "ada", "--text", "Well.") == 0
    assert load(folder_of(made, TOP) / "script.json")["lines"][1]["host"] == "A"
    capsys.readouterr()
    assert podcast(made, "regenerate", TOP, "--line", "1", "--host", "Zoe") == 2
    assert "the hosts are A (Ada), B (Ben)" in errors(capsys)


def test_a_change_says_what_it_changed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Title, the line before and after, when it is heard, what was recorded and kept; JSON for programs."""
    before = load(folder_of(made, TOP) / "script.json")["lines"][0]["text"]
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "--json") == 0
    told = capsys.readouterr()
    assert "Reading Twice" in told.err
    assert f"- A: {before}" in told.err
    assert "+ A: Hello there." in told.err
    assert "recorded 1, kept 7" in told.err
    assert "Apps fetch the new sound" in told.err
    (row,) = json.loads(told.out)
    assert row["lines"] == [{"line": 1, "at": "00:03", "before": f"A: {before}", "after": "A: Hello there."}]
    assert (row["recorded"], row["kept"], row["published"], row["state"]) == (1, 7, True, "done")
    assert podcast(made, "regenerate", TOP, "--undo", "--no-publish") == 0
    assert "Listeners have the sound before it until podcast" in errors(capsys)


def test_nothing_to_record_is_said(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run of what changes nothing does not leave an empty screen."""
    text = load(folder_of(made, TOP) / "script.json")["lines"][0]["text"]
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", text, "--dry-run") == 0
    assert "Nothing would be recorded" in errors(capsys)


def test_make_tells_programs(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`make --json` has a row a paper, with the episode's number, length and file, which is there."""
    words = ("make", "2024-03-05", "--papers", str(made / "list.json"), "--top", "2", "--json")
    assert podcast(made, *words) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["paper"], row["episode"], row["state"]) for row in rows] == [(TOP, 1, "done"), (SECOND, 2, "done")]
    assert all(Path(row["file"]).is_file() and row["seconds"] > 10 for row in rows)


@pytest.mark.parametrize("folder", ["my show", "it's mine"])
def test_hints_can_be_typed_as_they_stand(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path with a blank or a quote is quoted for the shell, and names the show that the command was called for."""
    monkeypatch.chdir(tmp_path)
    assert cli.run(["new", folder]) == 0
    hint = capsys.readouterr().err.partition("Next: ")[2].strip()
    assert shlex.split(hint)[-4:] == ["-C", folder, "make", "latest"]


# --- fix -------------------------------------------------------------------------------------------------------------


def test_a_wrong_line_is_mended_by_its_moment(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast fix 0:04 s/old/new/` shows the line, its neighbours and the paper's sentence, and mends that line."""
    lines = load(folder_of(made, TOP) / "script.json")["lines"]
    assert podcast(made, "fix", "1", "0:04", "s/Recall improves/Recall does improve/g") == 0
    told = capsys.readouterr()
    assert "Reading Twice" in told.out
    assert lines[1]["text"] in told.out  # the neighbour
    assert "In the paper: Experiments show that recall improves from 61% to 74%." in told.out
    assert "+ A: Recall does improve from 61% to 74%." in told.err
    after = load(folder_of(made, TOP) / "script.json")["lines"]
    assert after[0]["text"] == "Recall does improve from 61% to 74%."
    assert after[1:] == lines[1:]


@pytest.mark.parametrize("at", ["#t=4", "?t=4", "?from=app&t=4s", "?from=app#t=0:04"])
def test_a_link_to_a_moment_is_a_place(made: Path, at: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What the page or an app copies names episode and moment; without a change, and no terminal, the line is only
    shown."""
    before = (folder_of(made, SECOND) / "script.json").read_bytes()
    link = f"http://127.0.0.1:8000/episodes/2024-03-05-{SECOND}/{at}"
    assert podcast(made, "fix", link) == 0
    told = capsys.readouterr()
    assert "Small Steps Suffice" in told.out
    assert "s/OLD/NEW/" in told.err
    assert (folder_of(made, SECOND) / "script.json").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["2"], 2, "which moment?"),
        (["1", "0:04", "s/recall/"], 2, "'s/recall//' takes 'recall' out"),
        (["1", "0:04", "s/e/i/"], 2, "times inside words of the line"),
        (["1", "0:04", "s/61%/62%/63%/"], 2, "take another sign: 's|old|new|'"),
        (["1", "0:04", "s|61%|62%|gi"], 2, "take another sign: 's/old/new/'"),
        (["1", "0:04", "s/nobody says this/x/"], 2, "the line does not say 'nobody says this'"),
        (["0:04", "new", "words"], 2, "is more than one change"),
        (["0:04", "new"], 2, "'new' is no change"),
        (["59:00"], 1, "ends at 00:"),
        (["1", "0:04", "s/61%/99%/"], 1, "'99' does not stand in sentence 5"),
    ],
)
def test_a_fix_that_cannot_be_changes_nothing(
    made: Path, words: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said what is wrong; script and feed are as they were."""
    before = (folder_of(made, TOP) / "script.json").read_bytes(), (made / "feed" / "feed.xml").read_bytes()
    assert podcast(made, "fix", *words) == code
    assert told in errors(capsys)
    after = (folder_of(made, TOP) / "script.json").read_bytes(), (made / "feed" / "feed.xml").read_bytes()
    assert after == before


def test_a_moment_is_of_the_words_that_are_heard_there(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the script changed and was not mixed, `fix`, `mark` and `script --at` name the line that is heard at the
    moment, wherever it stands by now; where no line says it any more, that is said."""
    folder = folder_of(made, TOP)
    cues, script = load(folder / "episode.json")["cues"], load(folder / "script.json")
    gone, moved, later = script["lines"].pop(1), script["lines"].pop(2), script["lines"][3]
    script["lines"].append({**moved, "chapter": script["lines"][-1]["chapter"]})
    save(folder / "script.json", script)
    at = {cue["text"]: f"0:{cue['start'] + 0.5:04.1f}" for cue in cues}
    for line, number in ((later, 4), (moved, len(script["lines"]))):
        assert podcast(made, "script", "1", "--at", at[line["text"]], "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["line"], row["text"]) == (number, line["text"])
        assert podcast(made, "mark", "1", at[line["text"]], "odd") == 0
        assert line["text"] in errors(capsys)
        assert podcast(made, "fix", "1", at[line["text"]]) == 0
        assert f"{number}" in next(row for row in capsys.readouterr().out.splitlines() if line["text"][:20] in row)
    assert podcast(made, "mark", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["text"]: row["at"] for row in rows} == {
        cue["text"]: f"00:{int(cue['start']):02}" for cue in cues if cue["text"] in (later["text"], moved["text"])
    }
    assert podcast(made, "script", "1", "--json") == 0
    told = {row["text"]: row["at"] for row in json.loads(capsys.readouterr().out)}
    assert told == {cue["text"]: f"00:{int(cue['start']):02}" for cue in cues if cue["text"] != gone["text"]}
    for command in ("fix", "mark"):
        assert podcast(made, command, "1", at[gone["text"]]) == 1
        assert f"is not in its script any more: “{gone['text']}”" in errors(capsys)


@pytest.mark.long
def test_at_a_terminal_the_editor_opens_that_line_and_publishing_is_asked(made: Path) -> None:
    """The editor gets the line's words alone; "n" leaves the feed as it is."""
    editor = made.parent / "editor.py"
    editor.write_text("import sys; from pathlib import Path; Path(sys.argv[1]).write_text('Hello\\nthere.\\n')")
    feed = (made / "feed" / "feed.xml").read_bytes()
    more = {"EDITOR": f"{sys.executable} {editor}", "PATH": "/nowhere"}
    seen = typed(["podcast", "fix", "1", "0:04"], made, answer="n\n", more=more)
    assert seen.code == 0, seen.text
    assert "No program here can play it" in seen.text
    assert "Publish it? [y/N]" in seen.text
    assert load(folder_of(made, TOP) / "script.json")["lines"][0]["text"] == "Hello there."
    assert (made / "feed" / "feed.xml").read_bytes() == feed


def test_what_an_editor_saved_otherwise_is_kept(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is not saved as UTF-8 is not read, and its file is named; the mark that some editors set before the
    words is none of them."""
    line, editor = Script.model_validate(load(folder_of(made, TOP) / "script.json")).lines[0], made.parent / "editor.py"
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    begin = "import sys; from pathlib import Path; Path(sys.argv[1]).write_bytes"
    editor.write_text(f"{begin}('A caf\\xe9.'.encode('latin-1'))")
    with pytest.raises(InvalidScript, match="not saved as UTF-8; your edit is kept in") as caught:
        oneline.edited(line)
    draft = Path(str(caught.value).rpartition(" ")[2])
    assert draft.read_bytes() == b"A caf\xe9."
    draft.unlink()
    editor.write_text(f"{begin}('A caf\\xe9.'.encode('utf-8-sig'))")
    assert oneline.edited(line) == "A caf\xe9."


@pytest.mark.long
def test_a_fix_is_of_the_script_that_it_showed(made: Path) -> None:
    """Where another command changed the script while the editor was open, no line is overwritten, and what was typed
    is told; the next try is of the script as it is now. A script that was edited by hand is mended like any other."""
    path, editor = folder_of(made, TOP) / "script.json", made.parent / "editor.py"
    editor.write_text(
        "import json, sys; from pathlib import Path\n"
        f"path = Path({str(path)!r}); script = json.loads(path.read_text())\n"
        "if len(script['lines']) == 8: del script['lines'][1]; path.write_text(json.dumps(script))\n"
        "Path(sys.argv[1]).write_text('Hello there.')\n"
    )
    more = {"EDITOR": f"{sys.executable} {editor}", "PATH": "/nowhere"}
    at = f"0:{load(folder_of(made, TOP) / 'episode.json')['cues'][4]['start'] + 0.5:04.1f}"
    seen = typed(["podcast", "fix", "1", at, "--no-publish"], made, answer="", more=more)
    assert seen.code == 1, seen.text
    assert "The line was to say: Hello there." in seen.text
    left = [line["text"] for line in load(path)["lines"]]
    assert len(left) == 7
    assert "Hello there." not in left
    assert typed(["podcast", "fix", "1", at, "--no-publish"], made, more=more).code == 0
    assert [line["text"] for line in load(path)["lines"]] == [*left[:3], "Hello there.", *left[4:]]


@pytest.mark.long
def test_marks_are_read_again_before_each_is_mended(made: Path) -> None:
    """A line that moved since is mended where it is, the one in the editor is not overwritten; two notes of a line are
    told together, and mended once."""
    before, editor = load(folder_of(made, TOP) / "script.json")["lines"], made.parent / "editor.py"
    cues = load(folder_of(made, TOP) / "episode.json")["cues"]
    for number, note in ((2, "too fast"), (2, "wrong word"), (6, "odd")):
        assert podcast(made, "mark", "1", f"0:{cues[number - 1]['start'] + 0.5:04.1f}", note) == 0
    wish = ["--insert-after", "3", "--host", "A", "--text", "Right.", "--no-publish"]
    editor.write_text(
        "import subprocess, sys; from pathlib import Path\n"
        "path = Path(sys.argv[1]); words = path.read_text().strip(); first = Path('first')\n"
        "if not first.exists():\n"
        f"    first.touch(); subprocess.run([sys.executable, '-m', 'podcast', 'regenerate', {TOP!r}, *{wish!r}])\n"
        "path.write_text(f'Well, {words}')\n"
    )
    more, walk = {"EDITOR": f"{sys.executable} {editor}"}, ["podcast", "fix", "--marks", "--no-publish"]
    seen = typed(walk, made, answer="e\ne\n", more=more)
    assert seen.code == 0, seen.text
    assert "Mark 1 of 2: too fast; wrong word" in seen.text
    assert f"The line was to say: Well, {before[1]['text']}" in seen.text
    texts = [line["text"] for line in before]
    mended = [*texts[:3], "Right.", *texts[3:5], f"Well, {texts[5]}", *texts[6:]]
    assert [line["text"] for line in load(folder_of(made, TOP) / "script.json")["lines"]] == mended
    seen = typed(walk, made, answer="e\n", more=more)
    assert "Mark 1 of 1: too fast; wrong word" in seen.text
    mended[1] = f"Well, {texts[1]}"
    assert [line["text"] for line in load(folder_of(made, TOP) / "script.json")["lines"]] == mended


def test_programs_are_told_of_a_line_as_data(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`fix --json` without a change, and `mark --json`, print the line; what --marks has no use for is refused."""
    first = load(folder_of(made, TOP) / "script.json")["lines"][0]["text"]
    for asked in (["fix", "1", "0:04"], ["fix", "1", "0:04", "--text", first], ["mark", "1", "0:04", "odd"]):
        assert podcast(made, *asked, "--json") == 0
        (row,) = json.loads(capsys.readouterr().out)
        assert (row["paper"], row["line"], row["text"]) == (TOP, 1, first)
        assert row["evidence"] == ["Experiments show that recall improves from 61% to 74%."]
    assert row["note"] == "odd"
    for more in (["--text", "Hello."], ["--json"]):
        assert podcast(made, "fix", "--marks", *more) == 2


def test_what_was_marked_is_walked_through(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`mark` keeps moments with their words; `fix --marks` shows each with its note; a mended line has none."""
    assert podcast(made, "mark", "1", "0:04", "wrong", "figure") == 0
    assert podcast(made, "mark", f"http://127.0.0.1:8000/episodes/2024-03-05-{SECOND}/#t=4", "odd") == 0
    assert podcast(made, "mark", "--json") == 0
    rows = {row["paper"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows[TOP]["note"], rows[TOP]["line"], rows[SECOND]["note"]) == ("wrong figure", 1, "odd")
    assert podcast(made, "fix", "--marks") == 0
    told = capsys.readouterr()
    assert "Mark 1 of 2: odd" in told.err
    assert rows[TOP]["text"] in told.out
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "--no-publish") == 0
    assert podcast(made, "mark", "2", "0:04", "--done") == 0
    capsys.readouterr()
    assert podcast(made, "mark") == 0
    assert "No moment is marked" in errors(capsys)
    assert not list(made.rglob("remarks.json"))
    assert podcast(made, "fix") == 2
    assert podcast(made, "mark", "2", "0:04", "--done") == 1


@pytest.mark.long
def test_marks_are_mended_at_a_terminal(made: Path) -> None:
    """One is edited, one is said to be done; it is asked once whether to publish, and no mark is left."""
    podcast(made, "mark", "1", "0:04", "wrong")
    podcast(made, "mark", "2", "0:04", "odd")
    editor = made.parent / "editor.py"
    editor.write_text("import sys; from pathlib import Path; Path(sys.argv[1]).write_text('Hello there.\\n')")
    feed = (made / "feed" / "feed.xml").read_bytes()
    more = {"EDITOR": f"{sys.executable} {editor}"}
    seen = typed(["podcast", "fix", "--marks"], made, answer="d\ne\ny\n", more=more)
    assert seen.code == 0, seen.text
    assert seen.text.count("Publish?") == 1
    assert load(folder_of(made, TOP) / "script.json")["lines"][0]["text"] == "Hello there."
    assert (made / "feed" / "feed.xml").read_bytes() != feed
    assert podcast(made, "mark", "--json") == 0
    assert not [path for path in made.rglob("remarks.json") if "Hello there" in path.read_text()]


# --- alone on a server -----------------------------------------------------------------------------------------------


def test_keys_of_the_shows_own_file_hold(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in .env is set for every way to run the show, also in cron's bare environment; what is set stays."""
    (made / ".env").write_text(
        '# keys\nPODCAST_SHOW__TAGLINE="From the file: $HOME"\nexport PODCAST_SHOW__LICENCE=cc0-1.0\n'
    )
    bare = {"PATH": "/usr/bin:/bin", "PODCAST_SHOW__LICENCE": "cc-by-4.0"}
    done = subprocess.run(
        [sys.executable, "-m", "podcast", "-C", str(made), "config", "--json"],
        env=bare, cwd="/", capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = {row["setting"]: row["value"] for row in json.loads(done.stdout)}
    assert found["show.tagline"] == "From the file: $HOME"
    assert found["show.licence"] == "cc-by-4.0"


def test_a_model_that_cannot_be_asked_is_an_error(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a model named and no key, nothing is written by another writer in silence; --writer extractive says so."""
    text = (made / "podcast.toml").read_text().replace("[writer]", '[writer]\nmodel = "some-model"')
    (made / "podcast.toml").write_text(text)
    words = ("make", "2024-03-05", "--papers", str(made / "list.json"), "--top", "2")
    assert podcast(made, *words) == 1
    said = errors(capsys)
    assert "model is 'some-model'" in said
    assert "OPENAI_API_KEY=… into .env" in said
    assert podcast(made, "run") == 2
    assert podcast(made, *words, "--writer", "extractive") == 0


def test_since_tells_by_exit_code(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row a complete day from the first on: made and whole, or what is missing, with the command for it."""
    today = dt.datetime.now(dt.UTC).date()
    first = today - dt.timedelta(days=2)
    runs = made / "episodes" / "runs"
    runs.mkdir()
    day = {"date": f"{first}", "state": "empty", "reason": "no papers"}
    report = {"started": f"{first}T06:00:00Z", "ended": f"{first}T06:00:00Z", "exit_code": 0, "days": [day]}
    (runs / "1.json").write_text(json.dumps(report))
    assert podcast(made, "status", "--since", "1w", "--json") == 1
    rows = {row["day"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows[f"{first}"]["well"] == "yes"
    yesterday = rows[f"{today - dt.timedelta(days=1)}"]
    assert (yesterday["well"], yesterday["state"]) == ("no", "not looked at")
    assert "podcast run" in yesterday["reason"]
    later = {"date": f"{today - dt.timedelta(days=1)}", "state": "awaited", "reason": "not there yet"}
    (runs / "2.json").write_text(json.dumps({**report, "days": [later]}))
    assert podcast(made, "status", "--since", "2d") == 0
    capsys.readouterr()
    podcast(made, "status", "--since", "2024-03-05", "--json")
    assert json.loads(capsys.readouterr().out)[0] == {
        "day": "2024-03-05", "well": "yes", "state": "made", "episodes": 2, "reason": "",
    }  # fmt: skip
    (folder_of(made, TOP) / "script.json").write_text("{")
    assert podcast(made, "status", "--since", "2024-03-05") == 1
    assert f"{TOP} is broken" in capsys.readouterr().out
    assert podcast(made, "status", "--since", "soon") == 2
    assert podcast(made, "status", "--since", f"{today}") == 2  # no day of that is over
    assert f"the last complete day: {today - dt.timedelta(days=1)}" in errors(capsys)


def test_a_trailer_makes_no_day(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A show that has a trailer, heard or withdrawn, is watched as one without: nobody looked at its days; nor does a
    table without a row pass."""

    def seen(*ago: str) -> tuple[int, list[tuple[str, str]]]:
        capsys.readouterr()
        code = podcast(show, "status", "--since", *ago, "--json")
        return code, [(row["well"], row["state"]) for row in json.loads(capsys.readouterr().out)]

    unseen = seen("2d")
    assert unseen == (1, [("no", "not looked at")])
    assert podcast(show, "trailer") == 0
    assert seen("2d") == seen("7d") == unseen
    assert podcast(show, "publish", "--withdraw", "trailer") == 0
    assert seen("7d") == unseen
    for number in ("0", "#0"):
        assert podcast(show, "script", number) == 1
        assert "there is no episode 0: the show has none yet" in errors(capsys)
    today = dt.datetime.now(dt.UTC).date()
    (show / "episodes" / "runs").mkdir()
    day = {"date": f"{today}", "state": "awaited", "reason": "not there yet"}
    report = {"started": f"{today}T00:00:00Z", "ended": f"{today}T00:00:00Z", "exit_code": 0, "days": [day]}
    (show / "episodes" / "runs" / "1.json").write_text(json.dumps(report))
    assert seen("7d") == (1, [])
    assert podcast(show, "status", "--since", "7d") == 1
    assert "no day of it is over yet" in errors(capsys)


def test_what_waits_to_be_published_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By status too, until it is published: a correction that nobody can have is not done and forgotten."""

    def notes() -> dict[str, str]:
        capsys.readouterr()
        assert podcast(made, "status", "--json") == 0
        return {row["paper"]: row["note"].split("; ")[0] for row in json.loads(capsys.readouterr().out)}

    before = notes()
    assert not any("not published" in note for note in before.values())
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "--no-publish") == 0
    for _ in range(2):  # also by the ledger
        assert notes() == {**before, TOP: "not published → podcast publish"}
    podcast(made, "status")
    assert f"{TOP}: not published → podcast -C {made} publish; read" in errors(capsys)
    assert podcast(made, "publish") == 0
    assert notes() == before


def test_a_day_without_papers_does_not_deny_the_others(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a day that is not here it is said how it is made, and not that nothing has been."""
    assert podcast(made, "status", "2020-01-01") == 0
    said = errors(capsys)
    assert "Nothing is here of 2020-01-01. Next: podcast" in said
    assert "make 2020-01-01" in said
    assert "Nothing has been made" not in said


def test_a_file_that_is_not_there_has_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is named is what the command takes: sounds for one, lists for another."""
    monkeypatch.chdir(made)
    (made / "one.wav").write_bytes(b"")
    assert podcast(made, "watermark", "found.flac") == 2
    assert "here is one.wav" in errors(capsys)
    (made / "two.ogg").write_bytes(b"")
    assert podcast(made, "watermark", "found.flac") == 2
    assert "here are one.wav, two.ogg" in errors(capsys)
    assert podcast(made, "make", "2024-03-05", "--papers", "lost.json") == 2
    assert "did you mean list.json?" in errors(capsys)


def test_since_no_day_is_well_that_nobody_can_hear(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the last run stopped, or did not publish what it made, until a publish goes well; and where an episode of
    its report is gone."""
    runs, number = made / "episodes" / "runs", iter("abcdefghijkl")
    runs.mkdir()
    Workspace(made).last_publish.unlink()  # which is later than these reports

    def rows() -> dict[str, tuple[str, str]]:
        podcast(made, "status", "--since", "2024-03-04", "--json")
        return {row["day"]: (row["well"], row["reason"]) for row in json.loads(capsys.readouterr().out)}

    def since(papers: tuple[str, ...] = (TOP,), more_days: tuple[object, ...] = (), **more: object) -> tuple[str, str]:
        made_of = [{"paper_id": name, "title": "Reading Twice", "number": 1} for name in papers]
        days = [{"date": "2024-03-05", "state": "made", "papers": made_of}] if papers else []
        ran = {"started": "2024-03-06T06:00:00Z", "ended": "2024-03-06T06:00:00Z", "exit_code": 0, "published": True}
        report = {**ran, "days": [*days, *more_days], **more}
        (runs / f"{next(number)}.json").write_text(json.dumps(report))
        return rows()["2024-03-05"]

    assert since() == ("yes", "")
    failed = {"published": False, "error": "the bucket is gone", "hint": "look for it", "exit_code": 1}
    assert since(**failed) == ("no", "the bucket is gone → look for it")
    assert since(papers=(), **failed) == ("no", "the bucket is gone → look for it")
    assert since(papers=(), published=True) == ("yes", "")
    assert since(published=False) == ("no", "what was made is not published → podcast publish")
    assert since(papers=(), published=False) == ("yes", "")  # of a show without an episode nothing is published
    well, reason = since(papers=(TOP, "2403.00009"))
    assert (well, reason) == ("no", "2403.00009 is gone → podcast make 2403.00009 --format dialogue")
    spent = {"error": "over budget", "hint": "raise it", "exit_code": 1}
    settled = (
        {"date": "2024-03-04", "state": "empty"},
        {"date": "2024-03-06", "state": "missing", "reason": "over budget"},
    )
    assert since(more_days=settled, **spent) == ("yes", "")
    assert rows()["2024-03-04"] == ("yes", "")
    assert rows()["2024-03-06"] == ("no", "over budget → podcast make 2024-03-06")
    assert since(**failed) == ("no", "the bucket is gone → look for it")
    assert podcast(made, "publish") == 0
    assert rows()["2024-03-05"] == ("yes", "")
    assert since(**failed, ended="2999-01-01T00:00:00Z") == ("no", "the bucket is gone → look for it")


def test_since_tells_of_what_is_made_and_not_published(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever made it, and whatever a run found before: an episode without its sound in feed/ is heard by nobody."""
    number = f"2024-03-05-{TOP}"

    def row() -> tuple[str, str, str]:
        podcast(made, "status", "--since", "2024-03-05", "--json")
        found = json.loads(capsys.readouterr().out)[0]
        return found["well"], found["state"], found["reason"]

    assert row() == ("yes", "made", "")
    runs = made / "episodes" / "runs"
    runs.mkdir()
    day = {"date": "2024-03-05", "state": "awaited", "reason": "not there yet"}  # the run after it left no report
    report = {"started": "2024-03-06T06:00:00Z", "ended": "2024-03-06T06:00:00Z", "exit_code": 0, "days": [day]}
    (runs / "1.json").write_text(json.dumps(report))
    assert row() == ("yes", "made", "")
    (sound,) = made.glob(f"feed/media/{number}-*.mp3")
    sound.unlink()
    assert row() == ("no", "made", f"{TOP} is not published → podcast publish")
    shutil.rmtree(made / "feed")
    assert row() == ("yes", "made", "")  # it may be made again: listeners had it
    (made / "episodes" / "published").unlink()  # a show that never was
    assert row() == ("no", "made", f"{SECOND} is not published; {TOP} is not published → podcast publish")


@pytest.mark.long
def test_papers_that_the_digest_alone_read_are_not_waited_for(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day whose digest tells of more papers than were chosen is well; those are no episodes in work."""
    assert podcast(made, "digest", "2024-03-05", "--top", "3") == 0
    assert (folder_of(made, "2403.00003") / "brief.json").is_file()
    capsys.readouterr()
    assert podcast(made, "status", "--since", "2024-03-05", "--json") == 1  # of the days since
    assert json.loads(capsys.readouterr().out)[0] == {
        "day": "2024-03-05", "well": "yes", "state": "made", "episodes": 2, "reason": "",
    }  # fmt: skip
    assert podcast(made, "status", "--json") == 0
    assert {row["paper"] for row in json.loads(capsys.readouterr().out)} == {TOP, SECOND}
    assert podcast(made, "make", "2403.00003") == 0
    capsys.readouterr()
    assert podcast(made, "status", "--json") == 0
    assert "2403.00003" in {row["paper"] for row in json.loads(capsys.readouterr().out)}


def test_a_good_run_is_told_and_a_bad_one_is_not(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[run] ping is called after a run that ends with 0, and with no other: what watches it misses the call."""
    called: list[str] = []

    class Watch(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Watch)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("WATCH", f"http://127.0.0.1:{server.server_port}/alive")
    monkeypatch.setenv("PODCAST_RUN__PING", "WATCH")
    monkeypatch.setenv("PODCAST_RUN__PAUSES", "[]")
    for name in ("HUGGINGFACE", "ARXIV", "ARXIV_API"):
        monkeypatch.setenv(f"PODCAST_SOURCES__{name}", "http://127.0.0.1:9")
    monkeypatch.setenv("PODCAST_SOURCES__BACKOFF", "[]")
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + "[run]\ndays = 1\n")
    try:
        assert podcast(made, "run") == 4  # nobody answers
        assert called == []
        yesterday = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
        day = {"date": f"{yesterday}", "state": "empty", "reason": "no papers"}
        moment = f"{yesterday}T06:00:00Z"
        report = {"started": moment, "ended": moment, "exit_code": 0, "days": [day]}
        (made / "episodes" / "runs" / "9.json").write_text(json.dumps(report))
        assert podcast(made, "run") == 0  # nothing is missing
        assert called == ["/alive"]
    finally:
        server.shutdown()
        server.server_close()


# --- a show of one's own ---------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_demo_leaves_a_show_with_one_command(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made among one's own episodes it says how it goes; then feed, pages, sound, digest and numbers are as before."""
    monkeypatch.setenv("PODCAST_RECORD__SYNTHESIZER", "tone")
    digest = made / "feed" / "digest"
    before = {
        path.relative_to(made) for path in (made / "feed").rglob("*") if path.is_file() and "assets" not in str(path)
    }
    catalogue = load(made / "episodes" / "show.json")
    assert podcast(made, "make", "--demo", "--top", "1") == 0
    assert "clean --demo" in errors(capsys)
    assert (digest / "2025").is_dir()
    assert podcast(made, "clean", "--demo") == 0
    after = {
        path.relative_to(made) for path in (made / "feed").rglob("*") if path.is_file() and "assets" not in str(path)
    }
    assert after == before
    assert load(made / "episodes" / "show.json") == catalogue
    assert not (made / "episodes" / "2025-01-06").exists()
    assert podcast(made, "publish", "--check") == 0
    assert podcast(made, "clean", "--demo") == 1  # it is not there any more


def test_the_demo_takes_no_report_of_another_day(made: Path) -> None:
    """Also where the record of the day's digest is lost: its reports stand in feed/."""
    (made / "episodes" / DAY / "digest.json").unlink()
    before = tree(made / "feed" / "digest")
    assert leaving._clear_digest(Workspace(made)) == []
    assert tree(made / "feed" / "digest") == before


def test_a_show_in_another_language_says_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At once when it is made, by doctor, and by the demo, which is English, before anything is begun."""
    folder = tmp_path / "show"
    assert cli.run(["new", str(folder), "--language", "de"]) == 0
    told = errors(capsys)
    assert "It needs: without a language model scripts are English" in told
    assert (
        f"set tagline, description, frequency, credits and cover_credit in podcast.toml, then podcast -C {folder}"
        in told
    )
    assert podcast(folder, "doctor") == 1
    assert "the show's language is de" in capsys.readouterr().out
    assert podcast(folder, "make", "--demo") == 1
    assert "the built-in day is English, and this show's language is de" in errors(capsys)
    assert not (folder / "episodes").exists() or not list((folder / "episodes").glob("2025*"))
    assert cli.run(["new", str(tmp_path / "other"), "--language", "german"]) == 2
    assert not (tmp_path / "other").exists()


def test_what_a_new_show_needs_is_typed_for_that_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "show"
    assert cli.run(["new", str(folder), "--language", "sv"]) == 0
    assert f"podcast -C {folder} voices add fetches some" in errors(capsys)


@pytest.mark.parametrize(("said", "told"), [("A=flite-sltt", "did you mean flite-slt?"), ("A=nova", "no voice 'nova'")])
def test_a_voice_is_guessed(made: Path, said: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert podcast(made, "regenerate", TOP, "--voice", said, "--dry-run") == 2
    assert told in errors(capsys)


def test_a_voice_of_another_language_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may be meant; but not in silence."""
    podcast(made, "regenerate", TOP, "--voice", "A=espeak-de-a", "--dry-run")
    assert "espeak-de-a speaks 'de', and the show's language is 'en'" in errors(capsys)
    voices = ("A", "Ada", "espeak-gb"), ("B", "Ben", "tone-low")
    hosts = "".join(f'[[hosts]]\nkey = "{key}"\nname = "{name}"\nvoice = "{voice}"\n' for key, name, voice in voices)
    nobody = '[sources]\nhuggingface = "http://127.0.0.1:9"\nbackoff = []\n'
    (made / "podcast.toml").write_text(f'[show]\nlanguage = "de"\n{nobody}{hosts}')
    podcast(made, "fetch", "2024-03-06")
    told = errors(capsys)
    assert told.count("espeak-gb speaks 'en', and the show's language is 'de' → name one that does") == 1
    assert "tone-low speaks" not in told
    podcast(made, "doctor")
    assert 'write language = "de" into voices/espeak-gb.toml' in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("called", ["a", "Ada", "ADA"])
def test_a_host_is_called_by_any_name_where_a_voice_is_given(
    made: Path, called: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--voice Ada=…` is `--voice A=…`, in every command; who is nobody is told who the hosts are."""
    voice = "espeak-gb"
    assert podcast(made, "regenerate", "1", "--voice", f"{called}={voice}", "--dry-run", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["orders"]
    assert {(order["host"], order["voice"]) for order in row["orders"]} == {("A", voice)}
    for command in (["regenerate", "1"], ["make", "2024-03-05"]):
        assert podcast(made, *command, "--voice", f"Zoe={voice}") == 2
        assert "there is no host 'Zoe' → the hosts are A (Ada), B (Ben)" in errors(capsys)


def test_a_sound_is_decoded_for_who_plays_wav_alone(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where aplay alone is here it is given WAV, of an episode as of a line; where nothing plays, that is said."""
    played, only = tmp_path / "played.wav", tmp_path / "bin"
    only.mkdir()
    (only / "aplay").write_text(f'#!/bin/sh\n/bin/cp "$2" {shlex.quote(str(played))}\n')
    (only / "aplay").chmod(0o755)
    ffmpeg.find()  # the one that comes along is known before the path is bare
    monkeypatch.setenv("PATH", str(only))
    for more, seconds in (([], load(folder_of(made, TOP) / "episode.json")["media"]["duration"]), (["--line", "1"], 0)):
        assert podcast(made, "play", "1", *more) == 0
        samples, rate = soundfile.read(played)
        assert soundfile.info(played).format == "WAV"
        assert not seconds or abs(len(samples) / rate - seconds) < 0.1
        assert 0.01 < abs(samples).max() <= 1
    monkeypatch.setenv("PATH", str(tmp_path))
    assert podcast(made, "-q", "play", "1") == 1
    assert "No program here can play it" in errors(capsys)


def test_another_voice_is_not_another_script(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a change of the lexicon `status` says that lines are spoken otherwise, not that the script changed."""
    (made / "voices").mkdir(exist_ok=True)
    (made / "voices" / "lexicon.tsv").write_text("Recall\tre call\n")
    podcast(made, "status")
    said = errors(capsys)
    assert "spoken otherwise now, by the lexicon" in said
    assert "the script changed" not in said
    (made / "voices" / "lexicon.tsv").unlink()
    podcast(made, "-q", "make", DAY, "--papers", str(made / "list.json"), "--no-publish")
    hosts = "".join(f'[[hosts]]\nkey = "{key}"\nname = "{key}"\nvoice = "{voice}"\n'
                    for key, voice in (("A", "tone-mid"), ("B", "tone-low")))  # fmt: skip
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + hosts)
    podcast(made, "status")
    assert "spoken by tone-high; in this show it would be tone-mid → podcast" in errors(capsys)


def test_a_list_that_is_not_there_is_said_also_of_a_day_that_is_read(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """--papers of a missing file is no wish that can be left unmet in silence."""
    assert podcast(made, "make", "2024-03-05", "--papers", "nope.json") == 2
    assert "there is no file nope.json" in errors(capsys)


def test_a_digest_names_the_files_that_were_asked_for(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert podcast(made, "digest", "2024-03-05", "--format", "table") == 0
    assert {Path(line).name.partition(".")[0] for line in capsys.readouterr().out.splitlines()} == {"05-table"}


def test_doctor_asks_the_model(show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A closed port and a refused key are failures, with what mends them; the key is shown nowhere."""
    text = (show / "podcast.toml").read_text()
    (show / "podcast.toml").write_text(text.replace("[writer]", '[writer]\nbase_url = "http://127.0.0.1:9/v1"'))
    assert podcast(show, "doctor") == 1
    assert "http://127.0.0.1:9/v1 does not answer" in capsys.readouterr().out

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-canary")
    address = f"http://127.0.0.1:{server.server_port}/v1"
    (show / "podcast.toml").write_text(text.replace("[writer]", f'[writer]\nbase_url = "{address}"'))
    try:
        assert podcast(show, "doctor", "--json") == 1
    finally:
        server.shutdown()
        server.server_close()
    told = capsys.readouterr().out
    (writer,) = (each for each in json.loads(told) if each["check"] == "writer")
    assert "does not accept OPENAI_API_KEY (401)" in writer["found"]
    assert writer["seconds"] >= 0
    assert "canary" not in told


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (
            '[writer]\nname = "extractve"\n[publish]\ntarget = "s33"\nwebhook = "SHOW_HOOK"\n'
            '[run]\nping = "SHOW_PING"\n[digest]\nwebhook = "DAY_HOOK"\n',
            {"writer": ("no", "extractve"), "target": ("no", "did you mean 's3'?"),
             "webhook": ("could be better", "SHOW_HOOK is not set"),
             "ping": ("could be better", "SHOW_PING is not set"),
             "digest webhook": ("could be better", "DAY_HOOK holds no address")},
        ),
        (
            '[writer]\nname = "replay"\n[digest]\nwebhook = "https://hooks.example/T0"\n',
            {"writer": ("yes", "replay: "), "digest webhook": ("yes", "its address is there")},
        ),
        ('[writer]\nname = "nowhere.at.all:Mine"\n', {"writer": ("no", "nowhere")}),
        (
            '[writer]\nname = "podcast.writers.extractive:Extractive"\n',
            {"writer": ("yes", "podcast.writers.extractive:Extractive")},
        ),
    ],
)  # fmt: skip
def test_doctor_knows_names_that_are_none(
    show: Path, settings: str, wanted: dict[str, tuple[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A writer and a target that do not exist, and a variable that is not set, are told by day and not in a night's
    log; who writes is called by its name."""
    text = (show / "podcast.toml").read_text().partition("[writer]")[0]
    (show / "podcast.toml").write_text(text + settings)
    podcast(show, "doctor", "--json")
    rows = {each["check"]: each for each in json.loads(capsys.readouterr().out)}
    for name, (ok, told) in wanted.items():
        assert (rows[name]["ok"], told in rows[name]["found"]) == (ok, True), rows[name]
        assert bool(rows[name]["fix"]) == (ok != "yes")


def test_doctor_tells_who_may_read_the_keys(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A .env that others may read is named with the command that closes it; a closed one is not."""
    (show / ".env").write_text("")
    (show / ".env").chmod(0o644)
    podcast(show, "doctor")
    assert f"chmod 600 {show / '.env'}" in capsys.readouterr().out
    (show / ".env").chmod(0o600)
    podcast(show, "doctor")
    assert "chmod 600" not in capsys.readouterr().out


@pytest.mark.parametrize("way", sorted(extras.EXTRAS))
def test_new_names_the_file_that_sets_a_way_going(way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`new --with` says which file runs the show, and that file opens with a comment that says how it is set going."""
    folder = tmp_path / "show"
    assert cli.run(["new", str(folder), "--with", way]) == 0
    said = "".join(capsys.readouterr().err.split())
    path = folder / extras.STARTS[way]
    assert f"{path}:itsfirstlinessay" in said
    assert path.read_text().startswith("# ")


def test_crons_line_runs_in_crons_bare_environment(made: Path, tmp_path: Path) -> None:
    """What `new --with cron` lays is a line that a shell with cron's PATH runs as it stands: the program is found."""
    folder = tmp_path / "it's 100% mine"
    assert cli.run(["new", str(folder), "--with", "cron"]) == 0
    line = (folder / "deploy" / "crontab").read_text().splitlines()[-1]
    assert line.startswith("17 6 * * * ")
    command = line.removeprefix("17 6 * * * ").replace(r"\%", "%")  # as cron(5) reads it
    shutil.copytree(made / "episodes", folder / "episodes")
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} --help"], env={"PATH": "/usr/bin:/bin"}, cwd="/", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert "what a timer calls every day" in " ".join(done.stdout.split())


@pytest.mark.long
@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        *(f"docs/{name}.md" for name in ("architecture", "daily", "deploy", "desk", "law", "papers", "site")),
    ],
)
def test_commands_that_pages_name_are_there(page: str) -> None:
    """Each `podcast …` in a page is a command, with options that it takes."""
    text = (ROOT / page).read_text()
    named = re.findall(r"`(?:\.venv/bin/)?(podcast [a-z][^`]*)`", text) + re.findall(
        r"^(podcast .+)$", text, re.MULTILINE
    )
    assert named
    for line in named:
        words = [word for word in line.replace('"', " ").partition("#")[0].split()[1:] if word not in ("…", "|")]
        options = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
        command = next((word for word in words if re.match(r"[a-z]+$", word)), "")
        if command not in commands():
            assert words[0].startswith("-") or command in ("help", ""), line
            continue
        told = help_of(command)
        assert [option for option in options if option not in told and option not in ("-C", "--no-wait")] == [], line


def help_of(command: str) -> str:
    """The help page of a command, and of those under it."""
    from contextlib import redirect_stdout
    from io import StringIO

    page = StringIO()
    with redirect_stdout(page):
        cli.run([command, "--help"])
        for under in ("add", "try", "say", "upgrade") if command == "voices" else ():
            cli.run([command, under, "--help"])
    return page.getvalue()


def test_what_is_to_be_installed_can_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a checkout the hint names this checkout and this Python, by a program that is there."""
    words = shlex.split(packaged.install("s3"))
    assert words[-2:] == ["-e", f"{ROOT}[s3]"]
    assert sys.executable in words
    assert shutil.which(words[0])


@pytest.mark.parametrize(
    ("written", "source"),
    [
        (
            {"url": "https://host.example/p.git", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "git+https://host.example/p.git@ab12",
        ),
        ({"url": "https://host.example/p.whl"}, "https://host.example/p.whl"),
        ({"url": "file:///here/p.whl"}, "file:///here/p.whl"),
        (None, ""),
    ],
)
def test_more_is_had_from_where_the_program_came(
    written: dict[str, object] | None, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that was installed from git, a wheel or a registry names that for its extras; what other machines are
    to install names nothing of this one."""
    about = tmp_path / "daily_paper_podcast-0.1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: daily-paper-podcast\nVersion: 0.1.0\n")
    if written:
        (about / "direct_url.json").write_text(json.dumps(written))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(packaged, "_PACKAGE", tmp_path / "podcast")
    packaged.source.cache_clear()
    try:
        assert packaged.source() == source
        wanted = shlex.split(packaged.install("s3"))[-1]
        assert wanted == "daily-paper-podcast[s3]" + (f" @ {source}" if source else "")
        assert ("@" in packaged.requirement("s3")) == source.startswith(("git+", "https"))
    finally:
        packaged.source.cache_clear()


def test_every_hint_names_the_show(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a deeper wing says in a hint can be typed where the command was typed, in a folder with a blank."""
    folder = tmp_path / "My Podcast"
    shutil.copytree(made, folder)
    monkeypatch.chdir(tmp_path)
    (folder_of(folder, TOP) / "episode.json").write_text("{")
    for words in (["script", "9"], ["status"], ["play", "9"], ["doctor"]):
        cli.run(["-C", "My Podcast", *words])
    said = capsys.readouterr()
    named = re.findall(r"podcast (?!-C)(?:" + "|".join(commands()) + r")\b", said.out + said.err)
    assert named == []
    assert "podcast -C 'My Podcast' status" in said.err
    assert f"mv '{folder}/episodes/2024-03-05/{TOP}/episode.json'" in said.err


@pytest.mark.long
@pytest.mark.parametrize("mixes", [(), ("--mixes",)])
def test_pruned_episodes_stay_as_listeners_have_them(
    made: Path, tmp_path: Path, mixes: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing goes unasked; then takes are gone, feed and --check as before, `make` and `status` find nothing to do,
    a change of one line says exactly what to do and does nothing, and what it says works. A backup has the sound."""
    before = tree(made / "feed")
    assert podcast(made, "prune", "--older-than", "90d", *mixes) == 0
    assert "no line of them can be changed alone" in errors(capsys)
    assert list(folder_of(made, TOP).glob("takes/*.flac"))
    assert podcast(made, "prune", "--older-than", "90d", "--yes", *mixes) == 0
    assert not list(made.rglob("takes/*.*"))
    assert any(path.is_symlink() for path in made.rglob("mixes/*.mp3")) == bool(mixes)
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before
    assert podcast(made, "publish", "--check") == 0
    assert podcast(made, "make", "2024-03-05", "--papers", str(made / "list.json"), "--top", "2") == 0
    assert not list(made.rglob("takes/*.*"))
    assert tree(made / "feed") == before
    capsys.readouterr()
    podcast(made, "status", "--json")
    assert {row["state"] for row in json.loads(capsys.readouterr().out)} == {"done"}
    script = (folder_of(made, TOP) / "script.json").read_bytes()
    for words in (
        ["--line", "1", "--text", "Hello there."],
        ["--undo"],
        ["--from", "mix"],
        ["--retake", "1", "--dry-run"],
    ):
        assert podcast(made, "regenerate", TOP, *words) == 1
        said = errors(capsys)
        assert "were pruned on" in said
        assert f"regenerate {TOP} --from record records all 8 lines" in said
    assert (folder_of(made, TOP) / "script.json").read_bytes() == script
    assert tree(made / "feed") == before
    assert podcast(made, "backup", str(tmp_path / "x.tar")) == 0
    with tarfile.open(tmp_path / "x.tar") as file:
        sounds = [each for each in file.getmembers() if each.name.endswith(".mp3")]
        assert sounds
        assert all(each.isreg() and each.size > 10_000 for each in sounds)
    assert podcast(made, "regenerate", TOP, "--from", "record") == 0
    assert len(list(folder_of(made, TOP).glob("takes/*.flac"))) == 8
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.") == 0
    assert podcast(made, "publish", "--check") == 0


@pytest.mark.long
def test_what_is_not_published_as_it_is_is_not_pruned(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An episode whose script was changed, or whose sound feed/ does not have, is left, and named."""
    podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "--no-publish")
    capsys.readouterr()
    assert podcast(made, "prune", "--older-than", "90d", "--yes", "--json") == 0
    left = {row["paper"]: row["left"] for row in json.loads(capsys.readouterr().out)}
    assert "publish first" in left[TOP]
    assert left[SECOND] == ""
    assert list(folder_of(made, TOP).glob("takes/*.flac"))
    assert podcast(made, "prune", "--older-than", "soon") == 2


# --- moving house ----------------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("takes", [True, False])
def test_a_backup_brings_the_show_back(
    made: Path, tmp_path: Path, takes: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Unpacked on an empty disk it publishes the same bytes; no key is in it; without takes it is smaller."""
    keys = (".env", "marks.key", "keys/signing.pem")
    for key in keys:
        (made / key).parent.mkdir(exist_ok=True)
        (made / key).write_text("OPENAI_API_KEY=sk-canary")
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + f'[marks]\nkey = "{keys[2]}"\n')
    packed = tmp_path / "show.tar"
    capsys.readouterr()
    assert podcast(made, "backup", str(packed), *([] if takes else ["--no-takes"])) == 0
    assert "Keys are not in it: keep .env, marks.key, keys/signing.pem elsewhere." in errors(capsys)
    assert packed.stat().st_mode & 0o777 == 0o600
    with tarfile.open(packed) as file:
        names = file.getnames()
        assert not [name for name in names if name.startswith(("feed/", *keys, "episodes/.cache")) or "lock" in name]
        assert bool([name for name in names if name.endswith(".flac") and "/takes/" in name]) == takes
        file.extractall(tmp_path / "elsewhere", filter="data")
    assert podcast(tmp_path / "elsewhere", "publish") == 0
    assert tree(tmp_path / "elsewhere" / "feed") == tree(made / "feed")
    assert podcast(tmp_path / "elsewhere", "regenerate", TOP, "--line", "1", "--text", "Hello there.") == 0


def test_the_old_address_leads_to_the_new_one(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """moved/ has the feed that names the new one and keeps every rule and guid; each page leads to its own; a host that
    redirects is told once for all. Before the show has its new address nothing is laid."""
    old, new = "https://old.example.org/show/", "https://new.example.org/pod/"
    settings = (made / "podcast.toml").read_text()
    for here in ("", '[publish]\nsite_url = "http://[::1]:8000/"\n'):
        (made / "podcast.toml").write_text(settings + here)
        assert podcast(made, "publish", "--moved-from", old) == 1
        assert "set it to the new address first" in errors(capsys)
    (made / "podcast.toml").write_text(settings)
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + f'[publish]\nsite_url = "{new}"\n')
    assert podcast(made, "publish", "--moved-from", f"{old}feed.xml") == 0
    assert f"{made}/moved" in errors(capsys)
    feed = etree.fromstring((made / "moved" / "feed.xml").read_bytes())
    itunes = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
    assert feed.findtext(f"channel/{itunes}new-feed-url") == f"{new}feed.xml"
    now = etree.fromstring((made / "feed" / "feed.xml").read_bytes())
    assert [each.text for each in feed.iter("guid")] == [each.text for each in now.iter("guid")]
    assert now.find(f"channel/{itunes}new-feed-url") is None
    assert list(check.feed((made / "moved" / "feed.xml").read_bytes())) == []
    pages = {path.relative_to(made / "feed") for path in (made / "feed").rglob("index.html")}
    assert len(pages) > 5
    for page in pages:
        said = html.fromstring((made / "moved" / page).read_bytes())
        assert said.xpath("string(//link[@rel='canonical']/@href)") == f"{new}{page.parent}/".replace("/./", "/")
    rule, target = re.fullmatch(r"RedirectMatch 301 (\S+) (\S+)\n", (made / "moved" / ".htaccess").read_text()).groups()  # type: ignore[union-attr]
    media = next((made / "feed" / "media").glob("*.mp3")).name
    assert re.sub(rule, target.replace("$1", r"\1"), f"/show/media/{media}") == f"{new}media/{media}"
    assert podcast(made, "publish", "--moved-from", "old.example.org") == 1


def test_an_address_below_the_old_one_is_not_led_to_itself(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On one host the rules lead from the root into the folder, and no further; where only the scheme is another,
    nothing is laid, for the server is to redirect. The digest's feed stays readable at the old address."""
    new = "https://me.example.org/show/"
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + f'[publish]\nsite_url = "{new}"\n')
    assert podcast(made, "publish", "--moved-from", "http://Me.example.org/show/") == 1
    assert "redirect http to https" in errors(capsys)
    assert not (made / "moved").exists()
    assert podcast(made, "publish", "--moved-from", "https://me.example.org/") == 0
    assert (made / "moved" / "digest" / "feed.xml").read_bytes() == (made / "feed" / "digest" / "feed.xml").read_bytes()
    rules = (made / "moved" / ".htaccess").read_text(), (made / "moved" / "nginx.conf").read_text()
    for text, command in zip(
        rules, (r"RedirectMatch 301 (\S+) (\S+)\n", r".* rewrite (\S+) (\S+) permanent.*\n"), strict=True
    ):
        rule, target = re.fullmatch(command, text).groups()  # type: ignore[union-attr]
        for path in ("feed.xml", "", "episodes/x/", "shows/"):
            assert re.sub(rule, target.replace("$1", r"\1"), f"/{path}") == f"{new}{path}"
        for path in ("/show", "/show/feed.xml"):
            assert not re.match(rule, path)
    lines = (made / "moved" / "_redirects").read_text().splitlines()
    assert {"/ https://me.example.org/show/ 301", f"/feed.xml {new}feed.xml 301"} <= {*lines}
    assert f"/media/* {new}media/:splat 301" in lines
    assert not [line for line in lines if line.startswith(("/*", "/show"))]


def test_a_listener_reports_a_line(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an address each line has a link to it, with words, time and a link that `fix` takes; without, none has."""
    page = made / "feed" / "episodes" / f"2024-03-05-{TOP}" / "index.html"
    plain = page.read_bytes()
    assert b"Report this line" not in plain
    text = (made / "podcast.toml").read_text()
    for to in ("mailto:ada@example.org", "https://forge.example.org/new?body={line}%0A{link}"):
        (made / "podcast.toml").write_text(text.replace("[show]", f'[show]\nreport_to = "{to}"'))
        assert podcast(made, "publish") == 0
        links = html.fromstring(page.read_bytes()).xpath("//a[@class='wrong']/@href")
        assert len(links) == 8
        assert all(link.startswith(to.partition("{")[0]) for link in links)
        said = parse_qs(urlsplit(links[0]).query)["body"][0]
        first = load(folder_of(made, TOP) / "script.json")["lines"][0]["text"]
        assert first in said
        (link,) = (line for line in said.split() if "#t=" in line)
        capsys.readouterr()
        assert podcast(made, "fix", link) == 0
        assert first in capsys.readouterr().out
    (made / "podcast.toml").write_text(text)
    assert podcast(made, "publish") == 0
    assert page.read_bytes() == plain
    (made / "podcast.toml").write_text(text.replace("[show]", '[show]\nreport_to = "nobody"'))
    assert podcast(made, "publish") == 1
    assert "is neither mailto:… nor https://…" in errors(capsys)


def test_a_backup_has_what_links_lead_to(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A day that lies on another disk is packed like any other, a link that leads back has an end, and one that leads
    nowhere is named."""
    with_links = tmp_path / "links.tar"
    assert podcast(made, "backup", str(tmp_path / "plain.tar")) == 0
    (made / "episodes" / "2024-03-05").rename(tmp_path / "day")
    (made / "episodes" / "2024-03-05").symlink_to(tmp_path / "day")
    (made / "episodes" / "back").symlink_to(made)
    assert podcast(made, "backup", str(with_links)) == 0
    with tarfile.open(tmp_path / "plain.tar") as plain, tarfile.open(with_links) as packed:
        assert sorted(packed.getnames()) == sorted(plain.getnames())
        assert all(each.isfile() for each in packed.getmembers())
        name = f"episodes/2024-03-05/{TOP}/script.json"
        script = packed.extractfile(name)
        assert script is not None
        assert script.read() == (made / name).read_bytes()
    capsys.readouterr()
    (tmp_path / "day").rename(tmp_path / "away")
    assert podcast(made, "backup", str(with_links)) == 0
    assert "episodes/2024-03-05 leads nowhere: what it stood for is not in the backup" in errors(capsys)


def test_a_backup_in_the_shows_own_folder_holds_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither itself nor those before it, which are named, compressed or not; an archive of one's own is in it."""
    sizes = []
    for _ in range(2):
        assert podcast(made, "backup", str(made / "backup.tar")) == 0
        sizes.append((made / "backup.tar").stat().st_size)
    assert sizes[0] == sizes[1]
    (made / "old").mkdir()
    with gzip.open(made / "old" / "first.tar.gz", "wb", 1) as file:
        file.write((made / "backup.tar").read_bytes())
    with tarfile.open(made / "own.tar", "w") as own:
        own.add(made / "podcast.toml", "podcast.toml")
        own.add(made / "episodes" / "2024-03-05", "episodes/2024-03-05")
    (made / "broken.tar.gz").write_bytes((made / "old" / "first.tar.gz").read_bytes()[:100])
    capsys.readouterr()
    assert podcast(made, "backup", str(made / "second.tar")) == 0
    assert "Earlier backups are not in it: backup.tar, old/first.tar.gz." in errors(capsys)
    with tarfile.open(made / "second.tar") as packed:
        assert [name for name in packed.getnames() if ".tar" in name] == ["broken.tar.gz", "own.tar"]


def test_a_new_title_has_a_new_cover(made: Path) -> None:
    """Drawn when it is asked for; whatever was there stays beside it, however often, and apps take what is new."""
    before = (made / "cover.jpg").read_bytes()
    text = (made / "podcast.toml").read_text()
    (made / "podcast.toml").write_text(text.replace("Test Show", "Another Name"))
    for _ in range(2):
        assert podcast(made, "cover") == 0
        assert [path.name for path in made.glob("cover-before*")] == ["cover-before.jpg"]
    second = (made / "cover.jpg").read_bytes()
    (made / "podcast.toml").write_text(text.replace("Test Show", "A Third"))
    assert podcast(made, "cover") == 0
    assert (made / "cover-before.jpg").read_bytes() == before
    assert (made / "cover-before-2.jpg").read_bytes() == second
    assert (made / "cover.jpg").read_bytes() not in (before, second)
    with Image.open(made / "cover.jpg") as drawn:
        assert drawn.size == (3000, 3000)


def test_copied_voices_follow_an_upgrade_unless_they_were_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A voice as it was copied becomes ours of now, one that was changed is left and named, a missing one comes."""
    folder = tmp_path / "show"
    assert cli.run(["new", str(folder)]) == 0
    older, mine, gone = (folder / "voices" / f"{name}.toml" for name in ("flite-slt", "hibari-low", "espeak-gb"))
    laid = load(folder / "voices" / ".laid.json")
    older.write_text("# as an earlier version had it\n" + older.read_text())
    laid[older.name] = hashlib.sha256(older.read_bytes()).hexdigest()
    (folder / "voices" / ".laid.json").write_text(json.dumps(laid))
    mine.write_text("# mine\n" + mine.read_text())
    gone.unlink()
    capsys.readouterr()
    assert podcast(folder, "voices", "upgrade", "--json") == 0
    rows = {row["voice"]: row["now"] for row in json.loads(capsys.readouterr().out)}
    assert rows == {"espeak-gb": "new", "flite-slt": "newer", "hibari-low": "left: it was changed here"}
    for path in (older, gone):
        assert path.read_bytes() == (packaged.voices() / path.name).read_bytes()
    assert mine.read_text().startswith("# mine")
    assert podcast(folder, "voices", "upgrade", "--json") == 0
    assert [row["voice"] for row in json.loads(capsys.readouterr().out)] == ["hibari-low"]


# --- the README ------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_readmes_commands_do_what_it_says(tmp_path: Path) -> None:
    """Each command of "Heard a wrong line?", typed in a terminal of 80 columns on the demo, ends with 0, and what the
    README says of line 17 is so; those of "Make it yours" that need no network too."""
    tones = {"PODCAST_RECORD__SYNTHESIZER": "tone", "PODCAST_RECORD__MIN_SEMITONES": "0", "EDITOR": "true"}
    blocks = re.findall(r"^```\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    typed_here = [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]
    wanted = [line for line in typed_here if line.startswith("podcast ") and "latest --top" not in line]
    wanted = [line for line in wanted if not line.endswith("serve")]
    assert len(wanted) >= 8
    assert typed(["podcast", "make", "--demo"], tmp_path, more=tones).code == 0
    rows = subprocess.check_output([sys.executable, "-m", "podcast", "script", "1", "--json"], cwd=tmp_path)
    (heard,) = (row["at"] for row in json.loads(rows) if row["line"] == 17)  # in tones it is heard at another time
    for line in wanted:
        words = [heard if re.fullmatch(r"\d+:\d\d", word) else word for word in shlex.split(line)]
        seen = typed(words, tmp_path, more=tones)
        assert seen.code == 0, f"{line}\n{seen.text}"
        if "s/adds up/sums up/" in line:
            assert "line 17 at " in seen.text
            assert "it sums up what the words contain" in seen.text
    assert (tmp_path / "my-show" / "podcast.toml").is_file()


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to a pipe"])
@pytest.mark.parametrize("words", [("backup",), ("voices", "say", "Hello there.", "-o")], ids=lambda words: words[0])
def test_a_file_never_takes_the_place_of_another_thing(
    words: tuple[str, ...], kind: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder, or a pipe as a device is one, that is named where a file is wanted stays, and a sentence says so."""
    place = tmp_path / "place.wav"
    if kind == "folder":
        place.mkdir()
    else:
        os.mkfifo(tmp_path / "pipe" if "link" in kind else place)
    if "link" in kind:
        place.symlink_to(tmp_path / "pipe")
    before = place.lstat().st_ino
    assert podcast(made, *words, str(place)) == (2 if kind == "folder" else 1)
    said = " ".join(errors(capsys).split())
    assert ("is a folder" if kind == "folder" else "lies in its place") in said
    assert "Traceback" not in said
    assert place.lstat().st_ino == before
    assert not list(tmp_path.glob(".tmp-*"))
