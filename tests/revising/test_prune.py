"""`prune` does what it showed, to episodes that are still as they were shown."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, podcast, tree

from podcast.recording import record as recording
from podcast.revising import prune
from podcast.show.errors import SynthesisError
from podcast.show.workspace import Workspace

PAPER, OTHER = "2403.00001", "2403.00002"
TODAY = dt.date(2024, 12, 1)


def test_an_episode_that_changed_since_it_was_looked_at_is_left(made: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Withdrawn while somebody was asked: its mix, of which feed/ has no copy any more, and its takes stay, and that
    is said; another episode is pruned, and what it made free is told."""
    workspace = Workspace(made)
    found = {each.folder.paper_id: each for each in prune.old(workspace, TODAY, mixes=True)}
    assert podcast(made, "publish", "--withdraw", PAPER) == 0
    before = tree(folder_of(made, PAPER))
    assert prune.prune(workspace, found[PAPER], TODAY, wait=True) == 0
    assert f"{PAPER} is left" in caplog.text
    assert tree(folder_of(made, PAPER)) == before
    assert not any(path.is_symlink() for path in folder_of(made, PAPER).glob("mixes/*"))
    size = found[OTHER].size
    assert prune.prune(workspace, found[OTHER], TODAY, wait=True) == size
    assert all(path.is_symlink() for path in folder_of(made, OTHER).glob("mixes/*.mp3"))


def test_a_mix_on_another_disk_leads_to_what_is_published(made: Path, tmp_path: Path) -> None:
    """Where episodes/ is a link to a folder elsewhere, each pruned mix opens, and publishing finds all well."""
    there = tmp_path / "big" / "disk" / "of" / "episodes"
    there.parent.mkdir(parents=True)
    (made / "episodes").rename(there)
    (made / "episodes").symlink_to(there)
    before = tree(made / "feed")
    assert podcast(made, "prune", "--older-than", "90d", "--yes", "--mixes") == 0
    assert all(path.is_symlink() and path.is_file() for path in folder_of(made, PAPER).glob("mixes/*.mp3"))
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_a_pruned_mix_that_leads_nowhere_is_copied_back(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that publish names does it: feed/ has the sound, and nothing is recorded anew."""
    assert podcast(made, "prune", "--older-than", "90d", "--yes", "--mixes") == 0
    mix = next(folder_of(made, PAPER).glob("mixes/*.mp3"))
    mix.unlink()
    mix.symlink_to("nowhere.mp3")
    capsys.readouterr()
    assert podcast(made, "publish") == 1
    (command,) = re.findall(r"feed/ has it: (rm .*)", capsys.readouterr().err)
    subprocess.run(command, shell=True, check=True)
    assert podcast(made, "publish") == 0


def test_what_cannot_be_written_anew_costs_nothing_afterwards(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A writer that does not answer leaves the episode pruned: a change of one line is still refused, and records
    nothing. Where voices do not answer, what was written may be recorded, or undone, and then nothing is."""
    folder = folder_of(made, PAPER)
    assert podcast(made, "prune", "--older-than", "90d", "--yes") == 0
    before = tree(folder)
    one_line = ("regenerate", PAPER, "--line", "1", "--text", "Hello there.")
    with monkeypatch.context() as down:
        for name, value in (("BASE_URL", "http://127.0.0.1:9/v1"), ("MODEL", "tiny"), ("RETRIES", "0")):
            down.setenv(f"PODCAST_WRITER__{name}", value)
        assert podcast(made, "regenerate", PAPER, "--from", "write") == 1
    assert podcast(made, *one_line) == 1
    assert "were pruned on" in " ".join(capsys.readouterr().err.split())
    assert {name: data for name, data in tree(folder).items() if name in before} == before
    with monkeypatch.context() as down:
        down.setattr(recording, "record", failing)
        assert podcast(made, "regenerate", PAPER, "--from", "record", "--no-publish") == 1
        assert podcast(made, "regenerate", PAPER, "--undo", "--no-publish") == 0
        assert not list(folder.glob("takes/*.flac"))
        assert podcast(made, "regenerate", PAPER, "--from", "record", "--no-publish") == 1
    assert podcast(made, "make", DAY, "--top", "2") == 0
    assert not (folder / "pruned.json").exists()
    assert len(list(folder.glob("takes/*.flac"))) == len(load(folder / "episode.json")["cues"])
    assert podcast(made, *one_line) == 0


def failing(*_: object) -> None:
    raise SynthesisError("the voices do not answer", "ask them later")


@pytest.mark.parametrize("loss", ["lost", "broken"])
def test_the_lost_record_of_a_pruned_episode_is_not_paid_for_unasked(
    made: Path, loss: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make` records nothing of it; what it says is a copy, or the command that records all, which does."""
    folder = folder_of(made, PAPER)
    assert podcast(made, "prune", "--older-than", "90d", "--yes") == 0
    record = folder / "episode.json"
    count = len(load(record)["cues"])
    record.write_text("{") if loss == "broken" else record.unlink()
    capsys.readouterr()
    assert podcast(made, "make", DAY, "--top", "2") == 1
    assert not list(folder.glob("takes/*.flac"))
    told = " ".join(capsys.readouterr().err.split())
    assert "have all its lines recorded again: " in told
    assert f"regenerate {PAPER} --from record" in told
    record.unlink(missing_ok=True)
    assert podcast(made, "regenerate", PAPER, "--from", "record", "--no-publish") == 0
    assert len(list(folder.glob("takes/*.flac"))) == count
