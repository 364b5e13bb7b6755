"""`prune` does what it showed, to episodes that are still as they were shown."""

import datetime as dt
from pathlib import Path

import pytest
from conftest import folder_of, podcast, tree

from podcast.revising import prune
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
