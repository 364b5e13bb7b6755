"""Hints that can be followed: what a command refuses, and the way out that it names, which is then typed."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import DAY, folder_of, load, podcast, save

from podcast.cli import making
from podcast.show import config, criteria, environment, packaged
from podcast.show.workspace import Workspace
from podcast.speech import Lexicon
from podcast.writers import glossary

TOP = "2403.00002"
MARK = "\ufeff".encode()
"""What Notepad and Excel write before a text."""


def errors(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


# --- files that people edit ------------------------------------------------------------------------------------------


def test_a_mark_of_an_editor_voids_no_settings(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """podcast.toml, .env and a voice's file say the same with the mark before them."""
    for path in (show / "podcast.toml", show / ".env", show / "voices" / "mine.toml"):
        path.parent.mkdir(exist_ok=True)
        text = path.read_bytes() if path.is_file() else b""
        more = {".env": b"PODCAST_SELECT__TOP=2\n", "mine.toml": b'synthesizer = "tone"\nlicence = "CC0-1.0"\n'}
        path.write_bytes(MARK + text + more.get(path.name, b""))
    assert podcast(show, "config", "--json") == 0
    found = {row["setting"]: (row["value"], row["from"]) for row in json.loads(capsys.readouterr().out)}
    assert found["show.title"] == ("Test Show", "podcast.toml")
    assert found["select.top"] == (2, "PODCAST_SELECT__TOP")
    assert podcast(show, "voices", "--json") == 0
    assert "mine" in {row["voice"] for row in json.loads(capsys.readouterr().out)["voices"]}
    environment.load(show / "voices")  # leaves no variable of this test behind


@pytest.mark.parametrize("before", [b"", MARK])
def test_a_mark_of_an_editor_voids_no_first_line(before: bytes, show: Path) -> None:
    """The first word of the lexicon, the first criterion and the first term are there, however the file ends its
    lines."""
    lexicon, terms = show / "lexicon.tsv", show / "glossary.tsv"
    lexicon.write_bytes(before + b"LoRA\tlora\r\nQLoRA\tkyoo lora\r\n")
    assert dict(Lexicon.load(lexicon)) == {"LoRA": "lora", "QLoRA": "kyoo lora"}
    workspace = Workspace(show)
    workspace.criteria.write_bytes(before + b"1. New ways.\r\n2. Old ways.\r\n")
    assert criteria.numbered(criteria.read(workspace) or "") == {1: "New ways.", 2: "Old ways."}
    terms.write_bytes(before + b"FID\tWhat does FID measure?\tHow far pictures are from real ones.\r\n")
    assert next(iter(glossary.load(terms))).forms == ("FID",)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("[show]\ntitle = Our Show\n", 'title = … → text stands in quotes: title = "…"'),
        ("[show]\ntitle = 'a' 'b'\n", "title = … → mend that line"),
        ("[show]\nlanguage = en-GB\n", 'text stands in quotes: language = "…"'),
    ],
)
def test_a_row_that_is_no_toml_is_named(
    show: Path, settings: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which setting the row is of is said, and that text stands in quotes; its value, which may be secret, is not."""
    (show / "podcast.toml").write_text(settings)
    assert podcast(show, "config") == 1
    said = errors(capsys)
    assert told in said
    assert "Our Show" not in said


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("PODCAST_SELECT__TOP", "abc", r"→ mend PODCAST_SELECT__TOP$"),
        ("podcast_mix__bitrate", "97", r"→ mend podcast_mix__bitrate$"),
        ("PODCAST_SELECT__TPO", "3", r"did you mean top\? → mend PODCAST_SELECT__TPO$"),
    ],
)
def test_a_wrong_variable_is_named(
    show: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Who is to mend a setting is told where it stands: in that variable, and not in podcast.toml."""
    monkeypatch.setenv(variable, value)
    assert podcast(show, "status") == 1
    assert re.search(told, errors(capsys))


def test_a_wrong_file_is_named_alone(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A setting that podcast.toml says is mended there."""
    (show / "podcast.toml").write_text("[mix]\nbitrate = 97\n")
    assert podcast(show, "status") == 1
    assert errors(capsys).endswith(f"→ mend {show / 'podcast.toml'}")


def test_a_variable_of_no_section_is_told(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What sets nothing is said, with what was meant; variables of other kinds are left alone."""
    monkeypatch.setenv("PODCAST_SELCT__TOP", "3")
    monkeypatch.setenv("PODCAST_DESK_PASSWORD", "x")
    assert podcast(show, "config") == 0
    said = errors(capsys)
    assert "PODCAST_SELCT__TOP sets nothing: there is no section [selct]: did you mean PODCAST_SELECT__TOP?" in said
    assert "PASSWORD" not in said


def test_a_voice_that_settings_name_wrongly_is_guessed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A host's voice in podcast.toml has the guess that --voice has."""
    text = (made / "podcast.toml").read_text()
    hosts = '[[hosts]]\nkey = "A"\nname = "Ada"\nvoice = "hibari-hart"\n'
    (made / "podcast.toml").write_text(text + hosts)
    assert podcast(made, "record", TOP) == 1
    assert "there is no voice 'hibari-hart' for Ada: did you mean hibari-heart?" in errors(capsys)


# --- the next command ------------------------------------------------------------------------------------------------


def test_next_is_of_the_same_papers(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What chose the papers goes with them to the next command: without it, others would be paid for."""
    listing = ("--papers", str(show / "list.json"))
    assert podcast(show, "fetch", DAY, *listing, "--top", "1", "--min-upvotes", "5") == 0
    assert errors(capsys).endswith(f"read {DAY} --top 1 --min-upvotes 5")
    for stage, following in (("read", "write"), ("write", "record"), ("record", "mix")):
        assert podcast(show, stage, DAY, "--top", "1") == 0
        assert errors(capsys).endswith(f"{following} {DAY} --top 1")
    assert podcast(show, "mix", DAY, "--top", "1") == 0
    assert errors(capsys).endswith("publish")


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["--undo"],
        ["--because", "It was wrong."],
        ["--line", "1", "--text", "SAME", "--because", "It was wrong."],
        ["--line", "99", "--text", "x"],
    ],
    ids=" ".join,
)
def test_a_dry_run_refuses_what_the_command_refuses(
    made: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """--dry-run ends as the command would: with the same code, sentence and hint, and leaves no file behind."""
    text = load(folder_of(made, TOP) / "script.json")["lines"][0]["text"]
    words = [text if word == "SAME" else word for word in words]
    before = {path for path in folder_of(made, TOP).rglob("*") if path.is_file()}
    code = podcast(made, "regenerate", TOP, *words, "--dry-run")
    foretold = errors(capsys)
    assert {path for path in folder_of(made, TOP).rglob("*") if path.is_file()} - before == set()
    assert podcast(made, "regenerate", TOP, *words) == code != 0
    said = errors(capsys)
    assert said[said.index("Error") :] == foretold[foretold.index("Error") :]
    assert "PAPER" not in said


def test_a_dry_run_knows_what_was_done(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that was left out is not left out a second time, and --dry-run says so, unless it is said with --again."""
    words = ("regenerate", TOP, "--delete-line", "3")
    assert podcast(made, *words, "--no-publish") == 0
    assert podcast(made, *words, "--dry-run") == 1
    assert "that is its last change already" in errors(capsys)
    assert podcast(made, *words, "--dry-run", "--again") == 0


def test_a_dry_run_says_what_would_change(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line before and after, what would be recorded and what is kept: the rows that the change itself has then."""
    lines = load(folder_of(made, TOP) / "script.json")["lines"]
    words = ("regenerate", TOP, "--delete-line", "2")
    assert podcast(made, *words, "--dry-run") == 0
    said = errors(capsys)
    assert f"- {lines[1]['host']}: {lines[1]['text']}" in said
    assert f"would record 0, keep {len(lines) - 1}" in said
    changed = ("regenerate", TOP, "--line", "1", "--text", "Hello there.")
    assert podcast(made, *changed, "--dry-run", "--json") == 0
    (planned,) = json.loads(capsys.readouterr().out)
    assert (planned["state"], [order["text"] for order in planned["orders"]]) == ("planned", ["Hello there."])
    assert podcast(made, *changed, "--no-publish", "--json") == 0
    (done,) = json.loads(capsys.readouterr().out)
    told = [{name: row[name] for name in ("line", "before", "after")} for row in done["lines"]]
    assert told == [{name: row[name] for name in ("line", "before", "after")} for row in planned["lines"]]
    assert (done["recorded"], done["kept"]) == (planned["recorded"], planned["kept"])


def test_a_reason_names_undo_only_where_there_is_one(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of an episode that was never changed, the hint is to say the reason with the change."""
    assert podcast(made, "regenerate", TOP, "--because", "It was wrong.", "--no-publish") == 1
    assert errors(capsys).endswith("→ say it with the change")
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.") == 0
    assert podcast(made, "regenerate", TOP, "--because", "It was wrong.", "--no-publish") == 1
    assert "--undo --no-publish, then make it again" in errors(capsys)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["regenerate", "1", "--retake", "3", "--retake", "4"], "--retake is given twice → make one change"),
        (["regenerate", "1", "--delete-line", "3", "--delete-line", "4"], "--delete-line is given twice"),
        (["regenerate", "1", "--line", "3", "--text", "a", "--line", "4", "--text", "b"], "is given twice"),
        (["regenerate", "1", "--from", "mix", "--from=record"], "--from is given twice"),
        (["serve", "--host", "a", "--host", "b", "--port", "none"], "--port"),
        (["regenerate", "1", "--line", "1", "--host", "A", "--claim", "nosuch"], "--claim needs --text"),
        (["regenerate", "1", "--delete-line", "3", "--text", "x"], "takes no --text → to change a line: --line 3"),
        (["regenerate", "1", "--retake", "3", "--host", "A"], "takes no --host → to change a line: --line 3 --host"),
        (["regenerate", "1", "--undo", "--text", "x"], "--undo takes no --text → to change a line: --line N --text"),
        (["regenerate", "1", "--line", "1:36", "--text", "x"], "fix 1 1:36 changes its words"),
        (["regenerate", "1", "--retake", "3-5"], "→ one line at a time: --retake 3; podcast -C SHOW regenerate -h"),
        (["regenerate", "1", "--delete-line", "1..5"], "→ one line at a time: --delete-line 1; podcast -C SHOW"),
        (["regenerate", "1", "--voice"], "→ --voice HOST=VOICE; podcast -C SHOW regenerate -h says"),
        (["fix", "1", "http://127.0.0.1:8000/episodes/x/#t=4"], "podcast -C SHOW fix 'http://127.0.0.1:8000/episodes/x/#t=4'"),
        (["fix", "http://127.0.0.1:8000/episodes/x/", "s/a/b/"], "which moment?"),
        (["mark", "1", "https://a.example/e/#t=4", "odd"], "podcast -C SHOW mark 'https://a.example/e/#t=4' odd"),
        (["fix", "0:02", "https://a.example/e/#t=4"], "'https://a.example/e/#t=4' is no change"),
        (["mark", "1", "https://example.org"], "podcast -C SHOW mark 1 1:12 https://example.org"),
        (["play", "1", "--line", "1:36"], "script 1 --at 1:36 tells the number"),
        (["regenerate", "1", "--at", "1:36"], "there is no option --at here → script has it"),
        (["regenerate", "1", "--line", "999", "--text", "x"], f"write 1 to 8: podcast -C SHOW script {TOP} shows"),
        (["regenerate", "1", "--insert-after", "99", "--text", "x", "--host", "A"], "write 0 to 8"),
        (["play", "1", "--line", "999"], "script"),
        (["status", f"{DAY}..2024-03-06"], "and one is wanted → write one of them, such as 2024-03-06"),
        (["regenerate", f"{DAY}..2024-03-06", "--all", "--from", "mix"], "is several days, and one is wanted"),
        (["status", "nonsense"], "write 2025-09-12, today, yesterday or latest"),
        (["make", "nonsense"], "write 2025-09-12, A..B, today, yesterday or latest"),
        (["status", TOP], f"status {DAY} its day"),
        (["status", "1"], "is the paper “Reading Twice”, and a day is wanted"),
        (["mark", "too fast"], "mark 1:12 'too fast', in the latest episode"),
        (["mark", "too", "fast"], "mark 1:12 'too fast', in the latest episode"),
        (["fix", "1"], "fix 1 1:12; "),
        (["fix", f"http://127.0.0.1:8000/episodes/{DAY}-{TOP}/?a=1&b=2"], f"{TOP}/?a=1&b=2' 1:12"),
    ],
)  # fmt: skip
def test_what_is_refused_has_a_way_out(
    made: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each refusal names what is typed instead, of this episode and for the shell; exit code 2."""
    assert podcast(made, *words) == 2
    said = errors(capsys)
    assert told.replace("SHOW", str(made)) in said
    assert not re.search(r"\bPAPER\b", said)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["script", "latets"], "no day here lists the paper latets: did you mean latest? →"),
        (["regenerate", "1", "--line", "2", "--text", r"It is \textbf{99} fold."], r"'It is \textbf{99} fold.'"),
        (
            ["regenerate", "1", "--line", "2", "--text", "Он складывает слова."],
            f"podcast -C SHOW regenerate {TOP} --delete-line 2",
        ),
    ],
)
def test_what_cannot_be_has_a_way_out(
    made: Path, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody's words are shown as they were typed, and a word that is nearly one of the program's is taken for it."""
    assert podcast(made, *words) == 1
    assert told.replace("SHOW", str(made)) in errors(capsys)


def test_claims_can_be_named(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`script --json` has what each line rests on as --claim takes it, and `fix` tells it beside the sentence."""
    assert podcast(made, "script", TOP, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    row = next(row for row in rows if row["claims"])
    (first, *_) = row["claims"]
    claims = [word for path in row["claims"] for word in ("--claim", path)]
    words = ("regenerate", TOP, "--line", str(row["line"]), "--text", row["text"], *claims)
    assert podcast(made, *words, "--no-publish") == 0
    capsys.readouterr()
    assert podcast(made, "fix", TOP, row["at"].removeprefix("0")) == 0
    assert f"[{first}] In the paper: " in capsys.readouterr().out


def test_an_edit_by_hand_is_foreseen_as_it_would_be_undone(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--undo --dry-run of a script that was edited by hand shows what comes back, and keeps no version for that."""
    path = folder_of(made, TOP) / "script.json"
    assert podcast(made, "regenerate", TOP, "--line", "1", "--text", "Hello there.", "--no-publish") == 0
    script = load(path)
    script["lines"][0]["text"] = "Good day."
    save(path, script)
    kept = sorted((folder_of(made, TOP) / "versions").iterdir())
    capsys.readouterr()
    assert podcast(made, "regenerate", TOP, "--undo", "--dry-run") == 0
    assert "- A: Good day. + A: Hello there." in errors(capsys)
    assert sorted((folder_of(made, TOP) / "versions").iterdir()) == kept


def test_the_demo_says_that_its_voices_take_their_time(capsys: pytest.CaptureFixture[str]) -> None:
    """By engines that are known for it, and by no other."""
    voices = config.read_voices(packaged.voices())
    for name, said in (("kokoro-heart", True), ("hibari-heart", False)):
        cast = {"A": SimpleNamespace(voice=voices[name])}
        making._say_how_long(SimpleNamespace(cast=cast))  # type: ignore[arg-type]
        assert ("may take some minutes" in capsys.readouterr().err) is said
