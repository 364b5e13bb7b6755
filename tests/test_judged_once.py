"""An episode is judged once, by what was known when it was written: what moves afterwards changes nothing of it."""

import json
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree

from podcast import judging
from podcast.cli import targets
from podcast.show import config, store
from podcast.show.errors import SourceError, Ungrounded
from podcast.show.schema import Script
from podcast.show.workspace import Workspace
from podcast.sources.file import FileSource
from podcast.studio import Studio

PAPER = "2403.00001"


def studio(show: Path) -> Studio:
    workspace = Workspace(show)
    return Studio(workspace, config.read(workspace.config), FileSource(show / "list.json"))


def votes(show: Path, more: int) -> None:
    """Let the list that the day is read from have grown."""
    listing = json.loads((show / "list.json").read_text())
    for one in listing:
        one["paper"]["upvotes"] += more
    (show / "list.json").write_text(json.dumps(listing))


def kept(show: Path) -> dict[str, bytes]:
    """What was made: scripts, sound, records; not the day's list."""
    names = ("script.json", "episode.json", "brief.json", ".flac", ".mp3", "quarantine.json")
    return {path: data for path, data in tree(show / "episodes").items() if path.endswith(names)}


def renamed(show: Path) -> None:
    settings = show / "podcast.toml"
    settings.write_text(
        settings.read_text().replace("Test Show", "Quorum Weekly")
        + '[[hosts]]\nkey = "A"\nname = "Zora"\n[[hosts]]\nkey = "B"\nname = "Milo"\n'
    )


@pytest.mark.parametrize("old", [False, True], ids=["new", "made by 0.1.0"])
def test_votes_that_grow_change_no_episode(made: Path, old: bool) -> None:
    """fetch --refresh, then make: nothing is quarantined, and nothing made again, also where no facts were frozen."""
    if old:
        for path in made.glob("episodes/*/*/known.json"):
            path.unlink()
    votes(made, 7)
    before = kept(made)
    assert podcast(made, "-q", "fetch", DAY, "--refresh", "--papers", str(made / "list.json")) == 0
    assert make(made, "--no-publish") == 0
    assert kept(made) == before


@pytest.mark.long
def test_a_script_that_waits_is_held_to_the_votes_it_was_written_with(show: Path) -> None:
    """Written, the votes read again, and then recorded: its figures are those of the day it was written."""
    assert podcast(show, "-q", "fetch", DAY, "--papers", str(show / "list.json")) == 0
    for stage in ("read", "write"):
        assert podcast(show, "-q", stage, PAPER) == 0
    votes(show, 7)
    assert podcast(show, "-q", "fetch", DAY, "--refresh", "--papers", str(show / "list.json")) == 0
    assert podcast(show, "-q", "record", PAPER) == 0
    assert podcast(show, "-q", "mix", PAPER) == 0
    assert any("12 readers" in cue["text"] for cue in load(folder_of(show, PAPER) / "episode.json")["cues"])


@pytest.mark.long
def test_a_show_that_is_renamed_keeps_its_old_episodes(made: Path) -> None:
    """Other names of show and hosts: made again, no byte is changed; changed, the hosts are those who were heard."""
    before = kept(made)
    renamed(made)
    assert make(made, "--no-publish") == 0
    assert kept(made) == before
    assert podcast(made, "-q", "regenerate", PAPER, "--retake", "3", "--no-publish") == 0
    episode = load(folder_of(made, PAPER) / "episode.json")
    assert episode["hosts"] == {"A": "Ada", "B": "Ben"}
    assert {cue["host"] for cue in episode["cues"]} == {"Ada", "Ben"}


def test_the_mix_is_made_by_the_new_name_when_it_is_asked_for(made: Path) -> None:
    """--from mix labels the file as the show is called today."""
    before = load(folder_of(made, PAPER) / "episode.json")["media"]
    renamed(made)
    assert podcast(made, "-q", "regenerate", PAPER, "--from", "mix", "--no-publish") == 0
    media = load(folder_of(made, PAPER) / "episode.json")["media"]
    assert media["sha256"] != before["sha256"]
    assert "Quorum Weekly".encode("utf-16-le") in (folder_of(made, PAPER) / media["file"]).read_bytes()


def test_a_line_that_is_changed_is_judged_and_the_others_are_not(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After a rename, a new figure is refused by its line, and no line is that was heard."""
    renamed(made)
    code = podcast(made, "regenerate", PAPER, "--line", "3", "--text", "It is 77 percent faster.", "--no-publish")
    assert code == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "line 3" in told
    assert "more)" not in told


def test_a_lost_text_blocks_no_episode(made: Path) -> None:
    """Without document.json an episode is mixed again, its takes recorded again where they are gone."""
    place = folder_of(made, PAPER)
    before = load(place / "episode.json")
    (place / "document.json").unlink()
    for path in [*(place / "takes").iterdir(), *(place / "mixes").iterdir()]:
        path.unlink()
    for stage in ("record", "mix"):
        assert podcast(made, "-q", stage, PAPER) == 0
    assert load(place / "episode.json") == before


def test_an_episode_keeps_its_number_and_guid(made: Path) -> None:
    """Where the catalogue lost its entry and counts on, a new mix of the episode is still the same episode."""
    place, catalogue = folder_of(made, PAPER), made / "episodes" / "show.json"
    before, known = load(place / "episode.json"), load(catalogue)
    del known["numbers"][f"{DAY}/{PAPER}"]
    known["numbers"]["2024-01-01/2401.00001"] = 50
    save(catalogue, known)
    assert podcast(made, "-q", "regenerate", PAPER, "--retake", "2", "--no-publish") == 0
    after = load(place / "episode.json")
    assert [after[name] for name in ("number", "guid", "published")] == [
        before[name] for name in ("number", "guid", "published")
    ]
    assert load(catalogue)["numbers"][f"{DAY}/{PAPER}"] == before["number"]


def test_a_quarantine_stays_until_what_failed_is_done(made: Path) -> None:
    """A stage before the one that failed goes well: the paper stays in quarantine; the stage itself lets it out."""
    place = folder_of(made, PAPER)
    save(place / "quarantine.json", {"stage": "mix", "error": "MixError", "message": "ffmpeg ended with 1"})
    assert podcast(made, "-q", "read", PAPER) == 0
    assert (place / "quarantine.json").is_file()
    assert podcast(made, "-q", "mix", PAPER) == 0
    assert not (place / "quarantine.json").exists()


def test_a_line_that_was_heard_is_held_against_nothing(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every line was heard no text is read at all; where one was not, no other line is marked in `script`."""

    def lost(*_: object) -> None:
        raise SourceError("arXiv is out", "try again later")

    with monkeypatch.context() as patch:
        patch.setattr(judging, "document", lost)
        assert podcast(made, "-q", "record", PAPER) == 0
    renamed(made)
    (folder_of(made, PAPER) / "known.json").unlink()
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    script["lines"][2]["text"] = "It is 77 percent faster."
    save(path, script)
    work = studio(made)
    paper = targets.paper(work, PAPER)
    more = paper.model_copy(update={"upvotes": 99})
    assert {fault.line for fault in judging.faults(work, more, store.load(Script, path))} == {3}
    with pytest.raises(Ungrounded, match=r"line 3") as caught:
        judging.grounded(work, paper)
    assert "more)" not in str(caught.value)


@pytest.mark.long
def test_a_line_that_was_heard_passes_beside_one_that_is_new(made: Path) -> None:
    """A figure that was let pass, and whose pass an older version did not keep, stops no other line's change."""
    say = ("regenerate", PAPER, "--no-publish", "--line")
    assert podcast(made, "-q", *say, "5", "--text", "It gains 77 percent.", "--allow-ungrounded") == 0
    path = folder_of(made, PAPER) / "script.json"
    script = load(path)
    assert script["lines"][4].pop("allowed")
    script["lines"][2]["text"] = "A line by hand."
    save(path, script)
    assert podcast(made, "-q", "record", PAPER) == 0
    script["lines"][2]["text"] = "It gains 78 percent."
    save(path, script)
    assert podcast(made, "-q", "record", PAPER) == 1


@pytest.mark.long
def test_what_was_known_at_any_writing_may_be_said(made: Path) -> None:
    """Votes as they were when the script was first written, or when it was written again; no others."""
    path = folder_of(made, PAPER) / "known.json"
    (then,) = load(path)["known"]
    later = {**then, "paper": {**then["paper"], "upvotes": 99}}
    save(path, {**load(path), "known": [then, later]})
    say = ("regenerate", PAPER, "--no-publish", "--line", "5", "--text")
    assert podcast(made, "-q", *say, f"{then['paper']['upvotes']} readers upvoted it.") == 0
    assert podcast(made, "-q", *say, "99 readers upvoted it.") == 0
    assert podcast(made, "-q", *say, "98 readers upvoted it.") == 1
