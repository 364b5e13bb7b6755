"""Fixing what was heard, as a person types it: find the line, change it, and nothing else changes."""

import datetime as dt
import json
import os
import re
import stat
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree
from lxml import html

from podcast.press.transcript import clock
from podcast.show import corrections

PAPER, SECOND = "2403.00002", "2403.00001"


def script(show: Path) -> list[dict[str, object]]:
    return load(folder_of(show, PAPER) / "script.json")["lines"]  # type: ignore[no-any-return]


def takes(show: Path) -> set[str]:
    return {path.name for path in (folder_of(show, PAPER) / "takes").glob("*.flac")}


def episode(show: Path) -> dict:  # type: ignore[type-arg]
    return load(folder_of(show, PAPER) / "episode.json")


def fix(show: Path, *arguments: str) -> int:
    return podcast(show, "regenerate", PAPER, *arguments)


# --- find it ----------------------------------------------------------------------------------------


def test_the_line_heard_at_a_time_is_found(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--at names the line that sounds then, with its host, chapter, time and take."""
    cue = episode(made)["cues"][4]
    capsys.readouterr()
    assert podcast(made, "script", PAPER, "--at", clock(cue["start"] + 1), "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["line"], row["text"], row["at"], row["take"]) == (5, cue["text"], clock(cue["start"]), 1)


def test_lines_are_found_by_their_words(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--grep leaves the lines that hold the text, in whatever case."""
    capsys.readouterr()
    assert podcast(made, "script", PAPER, "--grep", "SECOND PASS", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert all("second pass" in row["text"].lower() for row in rows)


@pytest.mark.parametrize(
    ("name", "title"), [("2403.00002", "Reading"), ("latest", "Small"), ("1", "Reading"), ("#2", "Small")]
)
def test_an_episode_has_many_names(made: Path, name: str, title: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An id, a number, `latest`: each means one episode."""
    assert podcast(made, "script", name) == 0
    assert title in capsys.readouterr().out


def test_a_beginning_that_fits_several_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The papers that it may mean are named."""
    assert podcast(made, "script", "2403.0000") == 1
    told = capsys.readouterr().err
    assert "2403.00001, 2403.00002" in told
    assert podcast(made, "script", "2511.1") == 1


# --- fix it -----------------------------------------------------------------------------------------


def test_one_command_fixes_one_line(made: Path) -> None:
    """One new take, the same guid, number and date, another address, a correction where it was heard, feed and page."""
    before, old = episode(made), takes(made)
    feed = (made / "feed" / "feed.xml").read_text()
    other = {path: data for path, data in tree(made / "feed").items() if SECOND in path}
    assert fix(made, "--line", "5", "--text", "Facts near the end\nare often missed by them.\n") == 0
    after = episode(made)
    assert len(takes(made) - old) == 1
    assert script(made)[4]["text"] == "Facts near the end are often missed by them."
    assert [after[name] for name in ("guid", "number", "published")] == [
        before[name] for name in ("guid", "number", "published")
    ]
    assert after["media"]["sha256"] != before["media"]["sha256"]
    (correction,) = after["corrections"]
    assert correction["at"] == before["cues"][4]["start"]
    assert "Facts near the end" in correction["text"]
    new = (made / "feed" / "feed.xml").read_text()
    assert new != feed
    assert re.findall(r"<guid.*?</guid>", new) == re.findall(r"<guid.*?</guid>", feed)
    assert "Corrections:" in new
    page = (made / "feed" / "episodes" / f"{DAY}-{PAPER}" / "index.html").read_text()
    assert "Corrections" in page
    assert {path: data for path, data in tree(made / "feed").items() if SECOND in path and "episodes" not in path} == {
        path: data for path, data in other.items() if "episodes" not in path
    }
    old_media = made / "feed" / "media" / f"{DAY}-{PAPER}-{before['media']['sha256'][:10]}.mp3"
    assert old_media.is_file()  # for those whose app still has the old feed


def test_a_line_that_holds_what_nobody_is_to_say_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stage direction or a host's name before the words: the error says the line without them. What a paper calls by
    such signs may be said."""
    before = script(made)
    assert fix(made, "--line", "5", "--text", "[laughs] Ben: Facts near the end are missed.") == 1
    assert "say: Facts near the end are missed." in " ".join(capsys.readouterr().err.split())
    named = "Facts between <think> and </think> tags, and behind a [pause] token, are missed."
    assert fix(made, "--line", "5", "--text", named, "--dry-run") == 0
    assert script(made) == before


def test_old_media_leaves_after_its_days(made: Path) -> None:
    """The file that a newer took the place of stays for keep_old_media days, and then goes with its transcripts."""
    old = {path.name for path in (made / "feed" / "media").iterdir() if PAPER in path.name}
    assert fix(made, "--retake", "5") == 0
    retired = made / "episodes" / "retired.json"
    assert set(load(retired)["since"]) == old
    today = dt.datetime.now(dt.UTC).date()
    for days, stays in ((30, True), (31, False)):
        save(retired, {"since": dict.fromkeys(old, str(today - dt.timedelta(days=days)))})
        assert podcast(made, "publish") == 0
        assert {path.name for path in (made / "feed" / "media").iterdir()} >= old if stays else True
    assert not old & {path.name for path in (made / "feed" / "media").iterdir()}
    assert load(retired)["since"] == {}


def test_a_correction_is_told_in_the_producers_words(made: Path) -> None:
    """--because stands in the notes in place of the words that changed."""
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.", "--because", "we said all facts") == 0
    assert [entry["text"] for entry in episode(made)["corrections"]] == ["we said all facts"]


@pytest.mark.parametrize("how", ["--withdraw", pytest.param("by hand", marks=pytest.mark.long)])
def test_what_was_withdrawn_and_mended_is_told_when_it_is_back(made: Path, how: str) -> None:
    """Its media left feed/; that listeners had heard it stays written down, and so the correction is told."""
    marker = folder_of(made, PAPER) / "withdrawn.json"
    if how == "by hand":
        save(marker, {"since": "2024-03-06T00:00:00Z"})
    assert podcast(made, "publish", *([how, PAPER] if how == "--withdraw" else [])) == 0
    change = ("--line", "5", "--text", "Facts near the end are missed.", "--because", "we said all facts")
    assert fix(made, *change, "--no-publish") == 0
    marker.unlink()
    assert fix(made, "--no-publish") == 0
    assert [entry["text"] for entry in episode(made)["corrections"]] == ["we said all facts"]


@pytest.mark.parametrize("plain", [(), pytest.param(("--from", "mix"), marks=pytest.mark.long)])
def test_a_reason_said_after_the_change_is_of_it(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    plain: tuple[str, ...],
) -> None:
    """The script was edited before: what makes no version explains the one that is there, beside its line, and
    is told beside what was mixed."""
    at, old = episode(made)["cues"][4]["start"], script(made)[4]["text"]
    editor(tmp_path, monkeypatch, f"path.write_text(path.read_text().replace({old!r}, 'It is so.'))")
    assert podcast(made, "script", PAPER, "--edit") == 0
    capsys.readouterr()
    assert fix(made, *plain, "--because", "a word was wrong", "--no-publish") == 0
    host = script(made)[4]["host"]
    assert f"- {host}: {old} + {host}: It is so. recorded" in " ".join(capsys.readouterr().err.split())
    (entry,) = episode(made)["corrections"]
    assert (entry["text"], entry["at"], entry["lines"]) == ("a word was wrong", at, [5])


def test_a_change_of_what_is_withdrawn_is_told_as_such(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No app fetches it: it is said how it comes back, and programs are told that it is not published."""
    save(folder_of(made, PAPER) / "withdrawn.json", {"since": "2024-03-06T00:00:00Z"})
    capsys.readouterr()
    assert fix(made, "--delete-line", "5", "--json") == 0
    told = capsys.readouterr()
    assert "It is withdrawn: rm " in told.err
    assert "Apps fetch" not in told.err
    assert json.loads(told.out)[0]["published"] is False


def test_a_reason_of_nothing_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Listeners heard it as it is, or it brings back what was: no entry is made of that."""
    for wish in ((), ("--from", "mix"), ("--line", "5", "--text", str(script(made)[4]["text"])), ("--undo",)):
        assert fix(made, *wish, "--because", "a word was wrong") == (2 if wish == ("--undo",) else 1)
        assert "--because has nothing to be told of" in " ".join(capsys.readouterr().err.split())
    assert episode(made)["corrections"] == []


@pytest.mark.long
def test_a_retake_and_another_host_are_told_beside_their_lines(made: Path) -> None:
    """With a reason they are differences like others: each at the time its line was heard, and leading to it."""
    cues, host = episode(made)["cues"], script(made)[6]["host"]
    assert fix(made, "--retake", "5", "--because", "a noise", "--no-publish") == 0
    other = {"A": "B", "B": "A"}[str(host)]
    assert fix(made, "--line", "7", "--host", other, "--because", "the wrong host", "--no-publish") == 0
    told = [(entry["text"], entry["at"], entry["lines"]) for entry in episode(made)["corrections"]]
    assert told == [("a noise", cues[4]["start"], [5]), ("the wrong host", cues[6]["start"], [7])]


@pytest.mark.long
def test_a_reason_goes_with_what_it_was_said_of(made: Path) -> None:
    """What was changed and taken back before anybody heard it is told no more; said again, the reason is told once."""
    old, quiet = str(script(made)[4]["text"]), "--no-publish"
    assert fix(made, "--line", "5", "--text", "Facts are missed.", "--because", "we said all facts", quiet) == 0
    assert fix(made, "--line", "5", "--text", old, quiet) == 0
    assert episode(made)["corrections"] == []
    assert fix(made, "--line", "5", "--text", "Facts are missed.", quiet) == 0
    assert fix(made, "--line", "5", "--text", "Facts are missed.", "--because", "not all facts", quiet) == 0
    assert [(entry["text"], entry["lines"]) for entry in episode(made)["corrections"]] == [("not all facts", [5])]


def marked(show: Path) -> tuple[list[str], list[str]]:
    """Return the texts of the lines that the page marks as corrected, and of those that its corrections lead to."""
    page = html.fromstring((show / "feed" / "episodes" / f"{DAY}-{PAPER}" / "index.html").read_bytes())
    lines = page.xpath("//ol[@class='lines']/li/a")
    said = {line.get("href"): line.xpath("string(span)") for line in lines}
    links = page.xpath("//section[@class='corrections']//a/@href")
    return page.xpath("//li[contains(@class, 'corrected')]/a/span/text()"), [said[link] for link in links]


@pytest.mark.long
def test_the_corrected_line_is_marked_where_it_is_now(made: Path) -> None:
    """Also where a line before it is much longer now; that one too, though it is heard at the very beginning."""
    longer = f"{script(made)[1]['text']} {'We read papers aloud here, one after the other. ' * 4}".strip()
    assert fix(made, "--line", "2", "--text", longer, "--no-publish") == 0
    assert fix(made, "--line", "8", "--text", "It helps, they say.") == 0
    assert marked(made) == ([longer, "It helps, they say."],) * 2


@pytest.mark.long
def test_a_correction_goes_with_its_line(made: Path) -> None:
    """Whatever is corrected later, before it or in the line itself, the mark stays with the line; of one that was left
    out it stands at the next."""
    first = f"Right. {script(made)[0]['text']} {'We read papers aloud here, one after the other. ' * 4}".strip()
    assert fix(made, "--line", "8", "--text", "It helps, they say.") == 0
    assert fix(made, "--line", "1", "--text", first) == 0
    assert marked(made) == ([first, "It helps, they say."], ["It helps, they say.", first])
    assert fix(made, "--insert-after", "2", "--host", "A", "--text", "Let me stop you there.") == 0
    assert marked(made)[0] == [first, "Let me stop you there.", "It helps, they say."]
    assert fix(made, "--line", "9", "--text", "It helps a little, they say.") == 0
    assert marked(made)[0] == [first, "Let me stop you there.", "It helps a little, they say."]
    assert marked(made)[1].count("It helps a little, they say.") == 2
    after = str(script(made)[5]["text"])
    assert fix(made, "--delete-line", "5") == 0
    assert after in marked(made)[1]


def test_corrections_of_an_earlier_version_stay_beside_the_nearest_line(made: Path) -> None:
    """Of a document that does not say which line it was, the time it was heard at is all there is."""
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    path = folder_of(made, PAPER) / "episode.json"
    old = load(path)
    del old["corrections"][0]["lines"]
    save(path, old)
    assert podcast(made, "publish") == 0
    assert marked(made) == (["Facts near the end are missed."],) * 2


@pytest.mark.long
def test_nothing_is_corrected_that_nobody_heard(show: Path) -> None:
    """Before the episode is published a change is no correction."""
    assert make(show, "--no-publish") == 0
    assert fix(show, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert episode(show)["corrections"] == []


def test_a_retake_is_the_same_words_again(made: Path) -> None:
    """Another take of that line, and no correction: nothing else was said."""
    old, text = takes(made), script(made)[4]["text"]
    assert fix(made, "--retake", "5") == 0
    assert len(takes(made) - old) == 1
    assert (script(made)[4]["text"], script(made)[4]["take"]) == (text, 2)
    assert episode(made)["corrections"] == []


@pytest.mark.soak
def test_a_voice_that_cannot_say_it_otherwise_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A retake by eSpeak, which leaves nothing to chance, is the same sound: the producer hears why."""
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text().replace('"tone"', '"espeak"'))
    assert fix(made) == 0
    capsys.readouterr()
    assert fix(made, "--retake", "5") == 0
    assert "It sounds as before" in capsys.readouterr().err


def test_a_line_can_change_its_host(made: Path) -> None:
    """The other host says it, in the other voice."""
    old, host = takes(made), script(made)[4]["host"]
    other = {"A": "B", "B": "A"}[str(host)]
    assert fix(made, "--line", "5", "--host", other) == 0
    assert script(made)[4]["host"] == other
    assert len(takes(made) - old) == 1


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ben", "B"),
        *(pytest.param(*each, marks=pytest.mark.long) for each in (("B", "B"), ("Ada", "A"), ("Zora", "A"))),
    ],
)
def test_who_left_the_show_is_of_the_episode_all_the_same(made: Path, name: str, key: str) -> None:
    """Keys and names are those that the episode has, then those of the show now."""
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text() + '[[hosts]]\nkey = "A"\nname = "Zora"\n')
    assert fix(made, "--insert-after", "4", "--host", name, "--text", "Let me stop you there.", "--dry-run") == 0
    number = next(number for number, line in enumerate(script(made), 1) if line["host"] != key)
    assert fix(made, "--line", str(number), "--host", name, "--no-publish") == 0
    assert script(made)[number - 1]["host"] == key


@pytest.mark.long
def test_a_line_can_go_and_another_come(made: Path) -> None:
    """No take for what goes, one for what comes; the neighbours stay."""
    old, before = takes(made), [line["text"] for line in script(made)]
    assert fix(made, "--delete-line", "5") == 0
    assert [line["text"] for line in script(made)] == before[:4] + before[5:]
    assert takes(made) == old
    assert fix(made, "--insert-after", "4", "--host", "A", "--text", "Let me stop you there.") == 0
    assert [line["text"] for line in script(made)] == [*before[:4], "Let me stop you there.", *before[5:]]
    assert len(takes(made) - old) == 1
    assert [entry["text"][:8] for entry in episode(made)["corrections"]] == ["left out", "added “L"]


@pytest.mark.long
def test_another_voice_for_one_episode(made: Path) -> None:
    """All lines of that host are recorded in it, in this episode only, and stay so."""
    (made / "voices").mkdir()
    (made / "voices" / "bell.toml").write_text(
        'synthesizer = "tone"\nlanguage = "en"\nlicence = "CC0-1.0"\nsettings = { pitch = 250 }\n'
    )
    assert fix(made, "--voice", "A=bell") == 0
    assert episode(made)["made_with"]["voice A"].startswith("bell")
    assert load(folder_of(made, SECOND) / "episode.json")["made_with"]["voice A"].startswith("tone-high")
    before = tree(made)
    assert make(made) == 0
    assert tree(made) == before


@pytest.mark.long
def test_a_whole_day_is_recorded_again(made: Path) -> None:
    """--all --from record: another take of every line of every episode of the day."""
    assert podcast(made, "regenerate", DAY, "--all", "--from", "record") == 0
    for paper in (PAPER, SECOND):
        assert {line["take"] for line in load(folder_of(made, paper) / "script.json")["lines"]} == {2}


def test_of_a_day_one_that_cannot_be_changed_costs_itself(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are changed, and published; the error is told, and ends with 1."""
    assert podcast(made, "regenerate", SECOND, "--delete-line", "5", "--no-publish") == 0
    capsys.readouterr()
    assert podcast(made, "regenerate", DAY, "--all", "--undo", "--json") == 1
    told = capsys.readouterr()
    rows = {row["paper"]: (row["state"], row["published"]) for row in json.loads(told.out)}
    assert rows == {PAPER: ("refused", False), SECOND: ("done", True)}
    assert f"Error: the script of {PAPER} is as it was first written" in told.err


@pytest.mark.long
def test_from_write_keeps_what_was_written(made: Path) -> None:
    """The extractive writer says the same again; the edit that was there is a version, and undo brings it back."""
    edited = "Tell me in one sentence."
    assert fix(made, "--line", "4", "--text", edited) == 0
    assert fix(made, "--from", "write") == 0
    assert script(made)[3]["text"] != edited
    assert fix(made, "--undo") == 0
    assert script(made)[3]["text"] == edited


def test_a_dry_run_says_what_would_be_recorded_and_changes_nothing(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line, its voice and its length; no file differs."""
    before = tree(made)
    capsys.readouterr()
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.", "--dry-run") == 0
    told = capsys.readouterr().out
    assert re.search(r"^5\s.*tone-\w+\s+2\.\d\s+Facts near the end", told, re.MULTILINE)
    assert tree(made) == before


def test_what_is_written_anew_is_not_known_before(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run of a stage that writes does not say that nothing would be recorded."""
    for stage in ("read", "write"):
        assert fix(made, "--from", stage, "--dry-run") == 0
        told = capsys.readouterr().err
        assert "what that records is known then" in told
        assert "Nothing would be recorded" not in told


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--line", "99", "--text", "x y"), 2, "there is no line 99"),
        (("--line", "5", "--host", "Z"), 2, "there is no host 'Z'"),
        (("--line", "5"), 2, "--line alone changes nothing"),
        (("--text", "x"), 2, "needs to know where"),
        (("--line", "5", "--text", "…"), 1, "nothing that can be spoken"),
        (("--line", "5", "--text", "It is 99 times better than GPT-9."), 1, "99"),
        (("--voice", "A=nobody"), 2, "there is no voice 'nobody'"),
        (("--voice", "A=tone-low"), 1, "→ choose another voice for A by --voice A=…, one under "),
        (("--voice", "B=tone-high"), 1, "→ choose another voice for B by --voice B=…, one under "),
        (("--retake", "1", "--delete-line", "2"), 2, "are two changes"),
        (("--from", "publish"), 2, "there is no stage 'publish'"),
        (("--insert-after", "2", "--text", "Well."), 2, "--insert-after needs --text and --host"),
        (("--undo",), 1, "as it was first written"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    made: Path, arguments: tuple[str, ...], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what is wrong; script, episode and feed are as they were."""
    before = {path: data for path, data in tree(made).items() if "versions" not in path}
    assert fix(made, *arguments) == code
    assert message in " ".join(capsys.readouterr().err.split())
    assert {path: data for path, data in tree(made).items() if "versions" not in path} == before


@pytest.mark.long
def test_what_was_let_pass_of_the_old_words_is_not_of_the_new(made: Path) -> None:
    """A fact that a person allowed, and a doubt about a line, go with its words."""
    say = ("--line", "5", "--text")
    assert fix(made, *say, "It gains 99 percent.", "--allow-ungrounded") == 0
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["lines"][4]["doubted"] = ["a doubt"]
    save(path, script)
    assert load(path)["lines"][4]["allowed"]
    assert fix(made, *say, "It costs 99 percent.") == 1
    assert fix(made, *say, "Facts near the end are missed.") == 0
    line = load(path)["lines"][4]
    assert not line["allowed"]
    assert not line["doubted"]


# --- undo -------------------------------------------------------------------------------------------


@pytest.mark.long
def test_undo_goes_back_change_by_change_and_records_nothing(made: Path) -> None:
    """The script, the sound and the absence of corrections come back, without one new take."""
    first = episode(made)
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    second = episode(made)
    assert fix(made, "--delete-line", "6") == 0
    old = takes(made)
    assert fix(made, "--undo") == 0
    assert episode(made)["media"] == second["media"]
    assert fix(made, "--undo") == 0
    assert episode(made)["media"] == first["media"]
    assert episode(made)["corrections"] == []
    assert takes(made) == old
    assert fix(made, "--undo") == 1


@pytest.mark.long
def test_undo_finds_the_mix_of_an_older_podcast(made: Path) -> None:
    """A mix that has no record beside it, as none had once, is known by its episode, and is not encoded again."""
    mixes = folder_of(made, PAPER) / "mixes"
    for record in mixes.glob("*.json"):
        record.unlink()
    (mix,) = mixes.glob("*.mp3")
    before = mix.stat().st_mtime_ns
    assert fix(made, "--delete-line", "6") == 0
    assert fix(made, "--undo") == 0
    assert mix.stat().st_mtime_ns == before
    assert load(folder_of(made, PAPER) / "episode.json")["media"]["file"] == f"mixes/{mix.name}"


@pytest.mark.long
def test_an_edit_by_hand_is_a_version_too(made: Path) -> None:
    """What a person wrote into script.json is kept when a command changes it, and undo goes through it."""
    path = folder_of(made, PAPER) / "script.json"
    edited = load(path)
    edited["lines"][3]["text"] = "By hand."
    save(path, edited)
    assert fix(made, "--retake", "5") == 0
    assert fix(made, "--undo") == 0
    assert script(made)[3]["text"] == "By hand."
    assert fix(made, "--undo") == 1  # the script was never kept before the hand came


# --- edit and play ----------------------------------------------------------------------------------


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let $EDITOR be a program of ours."""
    path = folder / "editor"
    path.write_text(
        f"#!/usr/bin/env python3\nimport sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n{program}\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(path))


def test_an_edit_is_checked_when_it_is_saved(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A good one becomes the script, as a version."""
    old = script(made)[4]["text"]
    editor(tmp_path, monkeypatch, f"path.write_text(path.read_text().replace({old!r}, 'It was edited.'))")
    assert podcast(made, "script", PAPER, "--edit") == 0
    assert script(made)[4]["text"] == "It was edited."
    assert not (folder_of(made, PAPER) / "script.edit.txt").exists()
    assert fix(made, "--undo") == 0
    assert script(made)[4]["text"] == old


def test_a_script_is_edited_as_plain_text(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words, host, a line left out, one put in, title and chapter; what was not touched keeps its claims."""
    before = script(made)
    editor(
        tmp_path,
        monkeypatch,
        "rows = path.read_text().splitlines()\n"
        "rows = [row for row in rows if not row.startswith('  2 ')]\n"
        "rows = ['title: Another Title' if row.startswith('title:') else row for row in rows]\n"
        "place = next(index for index, row in enumerate(rows) if row.startswith('  3 '))\n"
        "rows[place] = rows[place].replace('A:', 'B:') if ' A:' in rows[place] else rows[place].replace('B:', 'A:')\n"
        "rows.insert(place + 1, '+ b: And one more.')\n"
        "path.write_text('\\n'.join(rows))",
    )
    assert podcast(made, "script", PAPER, "--edit") == 0
    after = script(made)
    assert len(after) == len(before)
    assert after[0] == before[0]
    assert after[1] == {**before[2], "host": "B" if before[2]["host"] == "A" else "A"}
    assert (after[2]["host"], after[2]["text"], after[2]["claims"]) == ("B", "And one more.", [])
    assert after[2]["chapter"] == before[2]["chapter"]
    assert after[3:] == before[3:]
    assert load(folder_of(made, PAPER) / "script.json")["title"] == "Another Title"


def test_a_line_is_put_in_by_a_name_with_a_claim_and_above_all(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hosts by their names; what stands above the first chapter is of it; a claim stands in brackets."""
    first, claimed = script(made)[0], next(line for line in script(made) if line["claims"])
    rows = f"+ Ben: Good morning.\n+ ada [{claimed['claims'][0]}]: {claimed['text']}\n\n## "
    editor(tmp_path, monkeypatch, f"path.write_text(path.read_text().replace('\\n## ', {rows!r}, 1))")
    assert podcast(made, "script", PAPER, "--edit") == 0
    top, second, third = script(made)[:3]
    assert (top["host"], top["text"], top["chapter"]) == ("B", "Good morning.", first["chapter"])
    assert (second["host"], second["claims"], second["chapter"]) == ("A", claimed["claims"][:1], first["chapter"])
    assert third == first


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("path.write_text(path.read_text()[:200])", "it has no line"),
        ("path.write_text(path.read_text().replace(' A:', ' Quinn:', 1))", "row 8: there is no host 'Quinn'"),
        ("path.write_text(path.read_text().replace('title:', 'title:\\n#'))", "title: must not be empty"),
        ("path.write_text(path.read_text() + 'And then?')", "is no line: 'And then?'"),
        ("path.write_text(path.read_text() + ' 1 A: Again.')", "has line 1 a second time"),
        ("path.write_text(path.read_text() + '99 A: More.')", "there is no line 99"),
        ("path.write_bytes(path.read_text().replace('A:', 'A: é').encode('latin-1'))", "it is not saved as UTF-8"),
        ("path.write_text(path.read_text().replace('# version', '#'))", "does not say of which version it is"),
    ],
)
def test_a_broken_edit_is_kept_and_explained(
    made: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    program: str,
    message: str,
) -> None:
    """The script is untouched; what was typed is opened again next time."""
    before = (folder_of(made, PAPER) / "script.json").read_bytes()
    whole = tmp_path / "whole.txt"
    editor(tmp_path, monkeypatch, f"Path({str(whole)!r}).write_bytes(path.read_bytes())\n{program}")
    assert podcast(made, "script", PAPER, "--edit") == 1
    told = " ".join(capsys.readouterr().err.split())
    assert message in told
    draft = folder_of(made, PAPER) / "script.edit.txt"
    assert str(draft) in told
    assert (folder_of(made, PAPER) / "script.json").read_bytes() == before
    typed = draft.read_bytes()
    editor(tmp_path, monkeypatch, f"assert path.read_bytes() == {typed!r}\npath.write_bytes({whole.read_bytes()!r})")
    assert podcast(made, "script", PAPER, "--edit") == 0
    assert not draft.exists()


def test_play_hands_the_sound_to_a_player(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The episode's file, or the take of one line."""
    player = tmp_path / "ffplay"
    player.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last" >> {tmp_path}/played\n')
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert podcast(made, "play", PAPER) == 0
    assert podcast(made, "play", PAPER, "--line", "5") == 0
    whole, one = (tmp_path / "played").read_text().split()
    assert Path(whole) == folder_of(made, PAPER) / episode(made)["media"]["file"]
    assert Path(one).stem == episode(made)["cues"][4]["take"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("It costs 8 % more.", "It costs 6 % more.", "said “8”, now “6”"),
        ("One two three.", "One three.", "left out “two”"),
        ("One three.", "One two three.", "added “two”"),
        ("Same.", "Same.", ""),
    ],
)
def test_a_change_is_told_in_few_words(before: str, after: str, told: str) -> None:
    """What was said and what is now, without what stayed."""
    assert corrections.difference(before, after) == told
