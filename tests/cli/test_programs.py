"""What programs read: --json of every command is one document, whatever it is asked of."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, PAPERS, entry, folder_of, podcast

TOP, OTHER = "2403.00002", "2024-03-06"
SPAN = f"{DAY}..{OTHER}"


@pytest.fixture
def two_days(made: Path) -> Path:
    """A show of two days: episodes of the first, the list of the second."""
    listing = made / "other.json"
    listing.write_text(json.dumps([entry("2403.00009", "The Day After", "A day later. It is the same.", 5)]))
    assert podcast(made, "fetch", OTHER, "--papers", str(listing)) == 0
    return made


def told(show: Path, capfd: pytest.CaptureFixture[str], *words: str) -> Any:
    """Return what the command prints for programs."""
    capfd.readouterr()
    assert podcast(show, *words, "--json") in (0, 1)
    return json.loads(capfd.readouterr().out)


EACH = [
    ["make", SPAN, "--dry-run"],
    ["fetch", SPAN],
    ["publish", "--check"],
    ["script", TOP],
    ["fix", TOP, "0:01"],
    ["mark"],
    ["regenerate", DAY, "--all", "--dry-run"],
    ["regenerate", TOP, "--delete-line", "2", "--dry-run"],
    ["status"],
    ["status", DAY],
    ["status", "--since", DAY],
    ["voices"],
    ["config"],
    ["doctor"],
    ["clean", "--dry-run"],
    ["prune", "--older-than", "1d"],
]


@pytest.mark.parametrize("words", EACH, ids=" ".join)
def test_json_is_one_document(two_days: Path, words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever a command is asked of, and however many days those are, what it prints is read by json.loads."""
    assert told(two_days, capfd, *words) is not None


def test_rows_of_several_days_name_their_day(two_days: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`fetch A..B --json` has the papers of all days in one list, each with its day."""
    rows = told(two_days, capfd, "fetch", SPAN)
    assert [(row["day"], row["paper"]) for row in rows] == [
        *((DAY, paper) for paper in (TOP, "2403.00001", "2403.00003")), (OTHER, "2403.00009")
    ]  # fmt: skip
    assert len(PAPERS) == 3
    assert folder_of(two_days, "2403.00009", OTHER).parent.is_dir()
