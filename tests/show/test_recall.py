"""The rows by which earlier episodes are found."""

from pathlib import Path

import pytest

from podcast.show import recall
from podcast.show.recall import Rows, Standing, Told


def said(root: Path, names: list[str], words: list[str], most: int) -> list[tuple[str, str]]:
    """Return where these episodes say the words, all of which say the same; they are asked on 9 March."""
    episodes = {name: Standing(name.partition("/")[0], name) for name in names}
    told = Told({"paper": "x"}, [], {"tldr": "It skips steps.", "idea.0": "It skips steps."})

    def ask(rows: Rows) -> list[tuple[str, str]]:
        return [(name, path) for name, path, _ in rows.saying(words, most)]

    return recall.asked(root, root / "recall.sqlite", episodes, lambda name: told, "2024-03-09", ask)


def test_equals_are_found_by_name(tmp_path: Path) -> None:
    """Of those that say it equally well the same few are found, in whichever order they were read."""
    names = [f"2024-03-0{day}/2403.0000{day}" for day in (5, 1, 3)]
    wanted = [
        ("2024-03-01/2403.00001", "idea.0"),
        ("2024-03-01/2403.00001", "tldr"),
        ("2024-03-03/2403.00003", "idea.0"),
    ]
    assert said(tmp_path, names, ["skips"], 3) == wanted
    (tmp_path / "recall.sqlite").unlink()
    assert said(tmp_path, names[::-1], ["skips"], 3) == wanted
    assert said(tmp_path, names, [], 3) == []


def test_without_a_search_nothing_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An SQLite without FTS5 remembers nothing, and says so; nothing else is stopped by it."""
    monkeypatch.setattr(recall, "_SAID", recall._SAID.replace("fts5", "fts_none"))
    assert said(tmp_path, ["2024-03-05/2403.00005"], ["skips"], 3) == []
    assert "this SQLite cannot search (no such module: fts_none)" in caplog.text
