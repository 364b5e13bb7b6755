"""What stands in .env holds as it is now; what is set from outside goes before it."""

import os
from pathlib import Path

import pytest

from podcast.show import environment


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("A_KEY", "A_SECRET"):
        monkeypatch.setenv(name, "")  # that it is as it was afterwards
        monkeypatch.delenv(name)


def load(folder: Path, text: str) -> tuple[str | None, str | None]:
    """Return both variables, after that .env was loaded."""
    (folder / ".env").write_text(text)
    environment.load(folder)
    return os.environ.get("A_KEY"), os.environ.get("A_SECRET")


def test_what_stands_there_now_holds(tmp_path: Path) -> None:
    """A value that was changed is the new one, one that was taken out is gone, and so are those of a lost file."""
    assert load(tmp_path, "A_KEY=1\nA_SECRET=old\n") == ("1", "old")
    assert load(tmp_path, "A_KEY=1\nA_SECRET=new$A_KEY\n") == ("1", "new$A_KEY")
    assert load(tmp_path, "A_SECRET=\n") == (None, "")
    (tmp_path / ".env").unlink()
    environment.load(tmp_path)
    assert "A_SECRET" not in os.environ


def test_what_is_set_from_outside_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it was set before the file was read or since, and whatever the file says later."""
    monkeypatch.setenv("A_KEY", "outside")
    assert load(tmp_path, "A_KEY=1\nA_SECRET=old\n") == ("outside", "old")
    os.environ["A_SECRET"] = "set since"
    assert load(tmp_path, "A_KEY=2\nA_SECRET=new\n") == ("outside", "set since")
    assert load(tmp_path, "") == ("outside", "set since")
