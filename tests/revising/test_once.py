"""A change is done once, whenever it is killed and however often it is said; listeners are told of what they heard."""

import codecs
import json
import shutil
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import folder_of, load, podcast, save

from podcast.cli import targets
from podcast.revising import regenerate, revise
from podcast.show import config, versions
from podcast.show.errors import SynthesisError
from podcast.show.schema import Brief, Script, Voice
from podcast.show.workspace import Workspace
from podcast.sound.audio import Waveform
from podcast.sources.file import FileSource
from podcast.studio import Studio
from podcast.synthesizers.tone import Tone

PAPER = "2403.00002"
INSERT = ("--insert-after", "5", "--host", "A", "--text", "So they say.")
CHANGES = [INSERT, ("--delete-line", "6"), ("--retake", "5"), ("--line", "5", "--host", "B"), ("--from", "write")]


def studio(show: Path) -> Studio:
    workspace = Workspace(show)
    return Studio(workspace, config.read(workspace.config), FileSource(show / "list.json"))


def lines(show: Path) -> list[tuple[str, str, int]]:
    script = load(folder_of(show, PAPER) / "script.json")
    return [(line["host"], line["text"], line["take"]) for line in script["lines"]]


def heard(show: Path) -> list[str]:
    return [cue["text"] for cue in load(folder_of(show, PAPER) / "episode.json")["cues"]]


def fix(show: Path, *arguments: str) -> int:
    return podcast(show, "-q", "regenerate", PAPER, *arguments, "--no-publish")


class Killed(BaseException):
    """The process is gone."""


def killed(show: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Run the command until the change is made, and not longer: nothing of it is recorded, nothing is said after."""
    apply = regenerate.apply

    def and_die(*given: object) -> None:
        apply(*given)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(regenerate, "apply", and_die)
        with pytest.raises(Killed):
            fix(show, *arguments)


def killed_early(show: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Run the command until the change is begun, and not longer: the script is what it was."""

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(versions, "replace", die)
        patch.setattr(versions, "undo", die)
        with pytest.raises(Killed):
            fix(show, *arguments)


def by_hand(show: Path) -> None:
    """Let a person change the first line in script.json, and run nothing."""
    path = folder_of(show, PAPER) / "script.json"
    script = load(path)
    script["lines"][0]["text"] = "Edited by hand."
    save(path, script)


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[0])
def test_a_killed_change_run_again_is_made_once(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, ...]
) -> None:
    """Killed while it records, and run again, it ends where one run in peace does, in script and sound."""
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    assert fix(peace, *change) == 0
    killed(made, monkeypatch, *change)
    assert fix(made, *change) == 0
    assert lines(made) == lines(peace)
    assert heard(made) == heard(peace)
    assert not (folder_of(made, PAPER) / "change.json").exists()


@pytest.mark.long
def test_a_killed_undo_run_again_goes_back_once(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two changes, an undo that is killed and run again: the first change still stands."""
    assert fix(made, *INSERT) == 0
    one = lines(made)
    assert fix(made, "--delete-line", "2") == 0
    killed(made, monkeypatch, "--undo")
    assert fix(made, "--undo") == 0
    assert lines(made) == one
    assert heard(made) == [text for _, text, _ in one]
    assert fix(made, "--undo") == 0  # in peace it is another step back
    assert "So they say." not in heard(made)


@pytest.mark.soak
@pytest.mark.parametrize("kill", [killed_early, killed])
@pytest.mark.parametrize("change", [*CHANGES[:4], ("--from", "record")], ids=lambda change: change[0])
def test_a_hand_edit_between_a_kill_and_the_same_command_takes_nothing_from_it(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, ...], kill: Callable[..., None]
) -> None:
    """Killed before the change is made or after, edited, and run again: the edit stands, and the change, once."""
    peace = Path(shutil.copytree(made, tmp_path / "peace"))
    assert fix(peace, *change) == 0
    by_hand(peace)
    kill(made, monkeypatch, *change)
    by_hand(made)
    assert fix(made, *change) == 0
    assert {text for _, text, _ in lines(made)} == {text for _, text, _ in lines(peace)}
    assert len(lines(made)) == len(lines(peace))
    assert lines(made)[1:] == lines(peace)[1:]
    assert heard(made) == [text for _, text, _ in lines(made)]
    assert not (folder_of(made, PAPER) / "change.json").exists()


@pytest.mark.long
def test_an_undo_that_was_killed_is_made_once_though_a_person_edited(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before: the edit is the last change, and goes. Killed after: the edit stays, on what was before."""
    assert fix(made, *INSERT) == 0
    inserted = lines(made)
    killed_early(made, monkeypatch, "--undo")
    by_hand(made)
    assert fix(made, "--undo") == 0
    assert lines(made) == inserted
    killed(made, monkeypatch, "--undo")
    by_hand(made)
    assert fix(made, "--undo") == 0
    assert heard(made)[0] == "Edited by hand."
    assert "So they say." not in heard(made)
    assert len(heard(made)) == len(inserted) - 1


def test_a_reason_that_is_said_when_it_is_run_again_is_told(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed, and run again with --because: the words go to listeners, and the change is made once."""
    change = ("--line", "5", "--text", "Facts near the end are missed.")
    killed(made, monkeypatch, *change)
    assert fix(made, *change, "--because", "we said all facts") == 0
    assert told(made) == ["we said all facts"]


@pytest.mark.long
def test_a_broken_version_is_moved_away_and_work_goes_on(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says how; what was made before it is out of undo's reach, and nothing else is lost."""
    for line in ("2", "3"):
        assert fix(made, "--retake", line) == 0
    broken = folder_of(made, PAPER) / "versions" / "0002.json"
    broken.write_text("{")
    capsys.readouterr()
    assert fix(made, "--retake", "4") == 1
    command = f"mv {broken} {broken}.broken"
    assert command in " ".join(capsys.readouterr().err.split())
    broken.rename(f"{broken}.broken")
    assert fix(made, "--retake", "4") == 0
    assert fix(made, "--undo") == 0
    assert [take for _, _, take in lines(made)][1:4] == [2, 2, 1]


def test_a_killed_change_is_not_forgotten_over_one_that_is_refused(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two changes, an undo that is killed, a slip in another command, the undo again: one step back."""
    assert fix(made, *INSERT) == 0
    killed(made, monkeypatch, "--undo")
    undone = lines(made)
    assert fix(made, "--retake", "99") == 2
    assert fix(made, "--undo") == 0
    assert heard(made) == [text for _, text, _ in undone]
    assert not (folder_of(made, PAPER) / "change.json").exists()
    assert fix(made, "--undo") == 1  # in peace it would be a step more, and there is none


@pytest.mark.long
def test_what_is_done_is_refused_though_another_change_was_killed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line left out in peace, another change killed before it was made: the same line number does not go again."""
    assert fix(made, "--delete-line", "6") == 0
    once = lines(made)
    killed_early(made, monkeypatch, "--retake", "2")
    assert fix(made, "--delete-line", "6") == 1
    assert lines(made) == once


@pytest.mark.long
def test_a_change_that_was_made_before_is_made_again(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A retake in peace, the same once more, killed before it was made: run again it is the third take."""
    assert fix(made, "--retake", "2") == 0
    killed_early(made, monkeypatch, "--retake", "2")
    assert fix(made, "--retake", "2") == 0
    assert lines(made)[1][2] == 3


@pytest.mark.long
def test_the_end_of_one_command_ends_no_other(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one publishes, another is begun, and killed: run again it is made once."""
    done = regenerate.done

    def late(*given: object) -> None:
        monkeypatch.setattr(regenerate, "done", done)
        killed(made, monkeypatch, "--retake", "2")
        done(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(regenerate, "done", late)
    assert fix(made, "--retake", "3") == 0
    assert fix(made, "--retake", "2") == 0
    assert [take for _, _, take in lines(made)][1:3] == [2, 2]


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES[:2], ids=lambda change: change[0])
def test_the_same_command_a_second_time_says_so(
    made: Path, change: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What names a line by its number is refused when it was the last change; --again means it."""
    assert fix(made, *change) == 0
    once = lines(made)
    assert fix(made, *change) == 1
    assert "its last change already" in " ".join(capsys.readouterr().err.split())
    assert lines(made) == once
    assert fix(made, *change, "--again") == 0
    assert abs(len(lines(made)) - len(once)) == 1


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES[:2], ids=lambda change: change[0])
def test_what_was_stopped_and_ended_by_another_command_is_not_made_twice(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], change: tuple[str, ...]
) -> None:
    """Killed, another change made in peace, the first said again: refused, unless it is to be done once more."""
    killed(made, monkeypatch, *change)
    assert fix(made, "--retake", "2") == 0
    once = lines(made)
    assert fix(made, *change) == 1
    assert "was done, though it was stopped" in " ".join(capsys.readouterr().err.split())
    assert lines(made) == once
    assert fix(made, *change, "--again") == 0
    assert abs(len(lines(made)) - len(once)) == 1


def test_words_that_stand_there_already_make_no_version(made: Path) -> None:
    """A line said as it is: no version, no correction, no other script."""
    assert fix(made) == 0
    versions = folder_of(made, PAPER) / "versions"
    before, kept = lines(made), sorted(versions.iterdir())
    assert fix(made, "--line", "5", "--text", before[4][1]) == 0
    assert lines(made) == before
    assert sorted(versions.iterdir()) == kept


def test_a_voice_for_nobody_is_refused(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--voice names a host of the show and a voice."""
    assert fix(made, "--voice", "C=tone-low") == 2
    assert "there is no host 'C'" in " ".join(capsys.readouterr().err.split())
    assert fix(made, "--voice", "A") == 2


# --- whose script it is -----------------------------------------------------------------------------


def editor(folder: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], str]) -> None:
    """Let $EDITOR be a program that changes the first line, with what `edit` adds before."""
    path = folder / "editor"
    path.write_text(
        "#!/usr/bin/env python3\nimport re, sys\nfrom pathlib import Path\npath = Path(sys.argv[1])\n"
        f"{edit(path)}\ntext = re.sub(r'(?m)^  1 ([AB]): .*', r'  1 \\1: The editor said this.', path.read_text())\n"
        "path.write_text(text)\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(path))


def test_an_edit_is_not_put_over_a_newer_script(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What another command said while the editor was open stays; the edit is kept, and says how it can still come."""
    assert fix(made) == 0
    place = folder_of(made, PAPER)
    newer = load(place / "script.json")
    newer["lines"][1]["text"] = "Another command said this."
    newer["version"] = 2
    save(tmp_path / "newer.json", newer)
    version = {**load(place / "versions" / "0001.json"), "number": 2, "parent": 1, "script": newer}
    save(tmp_path / "version.json", version)
    editor(tmp_path, monkeypatch, lambda _: (
        f"import shutil\nshutil.copy({str(tmp_path / 'newer.json')!r}, {str(place / 'script.json')!r})\n"
        f"shutil.copy({str(tmp_path / 'version.json')!r}, {str(place / 'versions' / '0002.json')!r})"
    ))  # fmt: skip
    assert podcast(made, "script", PAPER, "--edit") == 1
    assert "the script is version 2 now" in " ".join(capsys.readouterr().err.split())
    assert lines(made)[1][1] == "Another command said this."
    draft = place / "script.edit.txt"
    assert "The editor said this." in draft.read_text()
    draft.write_text(draft.read_text().replace("# version 1 ", "# version 1 over 2 "))
    editor(tmp_path, monkeypatch, lambda _: "")
    assert (
        podcast(
            made,
            "script",
            PAPER,
            "--edit",
        )
        == 0
    )
    assert lines(made)[0][1] == "The editor said this."


def test_a_brief_edited_by_hand_stays(made: Path) -> None:
    """Behind a change that brought a brief of its own, no command puts another in the place of a person's."""
    work, place = studio(made), folder_of(made, PAPER)
    paper = targets.paper(work, PAPER)
    brief = Brief.model_validate(load(place / "brief.json"))
    other = brief.model_copy(update={"future_work": brief.idea})
    regenerate.change(work, paper, lambda script: script, "read again", brief=other)
    edited = {**load(place / "brief.json"), "strengths": [load(place / "brief.json")["tldr"]]}
    save(place / "brief.json", edited)
    for command in (("read", PAPER), ("record", PAPER), ("mix", PAPER)):
        assert podcast(made, "-q", *command) == 0
    assert load(place / "brief.json") == edited


# --- what listeners are told ------------------------------------------------------------------------


def told(show: Path) -> list[str]:
    return [each["text"] for each in load(folder_of(show, PAPER) / "episode.json")["corrections"]]


def test_a_change_that_nobody_heard_is_no_correction(made: Path) -> None:
    """Changed, mixed, not published, and changed back: the notes tell of nothing."""
    before = lines(made)[4][1]
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert len(told(made)) == 1
    assert fix(made, "--line", "5", "--text", before) == 0
    assert told(made) == []


@pytest.mark.long
def test_one_correction_tells_of_several_changes_of_a_line(made: Path) -> None:
    """What was heard and what is heard now are told, and nothing of what stood between."""
    assert fix(made, "--line", "5", "--text", "Facts near the end are forgotten.") == 0
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert len(told(made)) == 1
    assert "forgotten" not in told(made)[0]


@pytest.mark.long
def test_what_is_published_and_changed_again_is_told_again(made: Path) -> None:
    """Each published change has its entry, the oldest first, and keeps it."""
    assert podcast(made, "-q", "regenerate", PAPER, "--line", "5", "--text", "Facts near the end are missed.") == 0
    first = told(made)
    assert podcast(made, "-q", "regenerate", PAPER, "--line", "6", "--text", "They read twice.") == 0
    assert told(made)[0] == first[0]
    assert len(told(made)) == 2


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\n"), (codecs.BOM_UTF8, b"\r\n")])
def test_a_script_changed_by_hand_is_told(made: Path, mark: bytes, end: bytes) -> None:
    """script.json edited in place, as any editor saves it, and made again: told as a command's change is."""
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["lines"][4]["text"] = "Facts near the end are missed."
    save(path, script)
    path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    assert fix(made) == 0
    (text,) = told(made)
    assert "missed." in text


def test_a_correction_is_told_though_the_feed_was_removed(made: Path) -> None:
    """feed/ is disposable: that an episode was heard is not forgotten with it."""
    shutil.rmtree(made / "feed")
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert len(told(made)) == 1


@pytest.mark.parametrize(("version", "first"), [("this", "nothing"), ("an earlier", "status")])
def test_a_correction_is_told_in_a_copy_without_feed_and_cache(made: Path, version: str, first: str) -> None:
    """A backup, or a clone: that its episodes were heard is known there, whatever command is the first."""
    shutil.rmtree(made / "feed")
    shutil.rmtree(made / "episodes" / ".cache")
    if version != "this":  # which told it in the cache alone
        (made / "episodes" / "published").unlink()
    if first != "nothing":
        assert podcast(made, "-q", first) == 0
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert len(told(made)) == 1


@pytest.mark.long
def test_the_reason_of_each_change_is_told_once(made: Path) -> None:
    """A person's words stand for the change that they were said of, and the difference for the others."""
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.", "--because", "we said all facts") == 0
    assert fix(made, "--line", "6", "--text", "They read twice.") == 0
    assert fix(made, "--retake", "2", "--because", "a noise is gone") == 0
    texts = told(made)
    assert texts.count("we said all facts") == texts.count("a noise is gone") == 1
    assert len(texts) == 3
    before = load(folder_of(made, PAPER) / "episode.json")
    assert fix(made) == 0
    assert load(folder_of(made, PAPER) / "episode.json") == before


def test_a_reason_said_of_several_lines_is_told_once(made: Path) -> None:
    """One change of three lines that are apart, with a reason: one entry, at the first of them."""
    work = studio(made)
    paper = targets.paper(work, PAPER)
    at = [cue["start"] for cue in load(folder_of(made, PAPER) / "episode.json")["cues"]]

    def edit(script: Script) -> Script:
        for number in (2, 5, 8):
            script = revise.say(script, number, f"We say it otherwise, as number {'abcdefgh'[number - 1]}.")
        return script

    regenerate.change(work, paper, edit, "edited", "all of it was wrong")
    assert fix(made) == 0
    (told_once,) = load(folder_of(made, PAPER) / "episode.json")["corrections"]
    assert (told_once["text"], told_once["at"]) == ("all of it was wrong", at[1])


@pytest.mark.long
def test_an_edit_by_hand_of_a_kept_version_can_be_undone(made: Path) -> None:
    """What a command made is kept; a hand edit on it comes from it, and undo leads back there."""
    assert fix(made, "--line", "5", "--text", "Facts near the end are missed.") == 0
    one = lines(made)
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["lines"][6]["text"] = "By hand."
    save(path, script)
    assert fix(made) == 0
    assert fix(made, "--undo") == 0
    assert lines(made) == one


@pytest.mark.long
def test_what_is_told_is_told_of_what_the_script_comes_from(made: Path) -> None:
    """Published, changed, published, and undone: what was told of the change goes with it."""
    assert podcast(made, "-q", "regenerate", PAPER, "--line", "5", "--text", "Facts near the end are missed.") == 0
    assert len(told(made)) == 1
    assert podcast(made, "-q", "regenerate", PAPER, "--undo") == 0
    assert told(made) == []


@pytest.mark.long
def test_what_could_not_be_recorded_is_taken_back_at_once(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error names the way back; after another change, which is tried with it, one undo leads to what was recorded,
    and claims nothing of what it takes back."""
    before, sing = lines(made), Tone.synthesize

    def synthesize(self: Tone, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        if any("hums" in text for text in texts):
            raise SynthesisError("that is no tone", "say it otherwise")
        return sing(self, texts, voice, seeds)

    monkeypatch.setattr(Tone, "synthesize", synthesize)
    monkeypatch.setenv("PODCAST_RECORD__WORKERS", "1")

    def said(*arguments: str) -> str:
        assert fix(made, *arguments) == (0 if arguments == ("--undo",) else 1)
        return " ".join(capsys.readouterr().err.split())

    told = said("--line", "5", "--text", "It hums.")
    assert "→ say it otherwise, or take the change back: podcast " in told
    assert told.endswith(f" regenerate {PAPER} --undo")
    told = said("--retake", "2")
    assert "could not be recorded; it is tried again with this" in told
    assert "it ends with this" not in told
    assert podcast(made, "regenerate", PAPER, "--undo", "--dry-run", "--json") == 0
    shown = capsys.readouterr()
    assert [row["recorded"] for row in json.loads(shown.out)] == [0]
    assert shown.err.count("would be undone: ") == 2
    assert "it ends with this" not in said("--undo")
    assert lines(made) == before
    assert not (folder_of(made, PAPER) / "quarantine.json").exists()
    assert fix(made, "--retake", "2") == 0
    assert fix(made, "--undo") == 0
    assert lines(made) == before, "one step, where all was recorded"
