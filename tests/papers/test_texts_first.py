"""Papers with a full text go first, through `podcast make` over the services' stand-ins."""

import json
from pathlib import Path

import pytest
from conftest import load, podcast
from services import FRIDAY, UNKNOWN, Reply, Services, entry


def none(services: Services, *numbers: int) -> None:
    """Let there be no text of these papers."""
    for one in numbers:
        paper = f"2509.{one:05d}"
        services.pages |= {f"/html/{paper}": b"", f"/papers/{paper}.md": b"", f"/pdf/{paper}": b""}


@pytest.fixture
def show(online_show: Path, services: Services) -> Path:
    """A day of six papers, unknown to arXiv, by votes: 11, 12, … 16."""
    services.days[FRIDAY] = [entry(number, 100 - number) for number in range(11, 17)]
    services.unknown = {UNKNOWN, *(f"2509.{number:05d}" for number in range(11, 17))}
    return online_show


def make(show: Path, *more: str, top: int = 2) -> int:
    return podcast(show, "make", FRIDAY, "--top", str(top), "--writer", "extractive", "--no-publish", *more)


def made(show: Path) -> list[int]:
    return sorted(int(path.parent.name[5:]) for path in show.glob("episodes/*/*/episode.json"))


def verdicts(show: Path) -> dict[int, tuple[bool, str]]:
    found = load(show / "episodes" / FRIDAY / "selection.json")["verdicts"]
    return {int(one["paper_id"][5:]): (one["chosen"], one["reason"]) for one in found}


@pytest.mark.long
def test_a_paper_without_a_text_gives_its_place(show: Path, services: Services) -> None:
    """The next that has a text takes the place of one that has none, which selection.json tells of both, with the
    reason; made again, the same papers are the day's, and nobody is asked."""
    none(services, 11, 13)
    assert make(show) == 0
    assert made(show) == [12, 14]
    said = verdicts(show)
    assert said[11][0] is False
    assert said[11][1].startswith(
        "number 1 by upvotes, but 2509.00014 took its place: only its abstract is to be had: "
    )
    assert "no html: arXiv answered 404" in said[11][1]
    assert said[14] == (True, "chosen: number 4 by upvotes, in the place of 2509.00011, whose text is not to be had")
    assert said[13] == (False, "not among the first 2: 87 upvotes")
    asked = len(services.requests)
    assert make(show) == 0
    assert verdicts(show) == said
    assert len(services.requests) == asked


@pytest.mark.long
def test_where_too_few_have_a_text_the_abstract_is_told(show: Path, services: Services) -> None:
    """Of as many more as are chosen none has a text: then the most upvoted are told by their abstracts."""
    none(services, 11, 12, 13, 14)
    assert make(show) == 0
    assert made(show) == [11, 12]
    assert all(said.startswith("chosen: number") for chosen, said in verdicts(show).values() if chosen)


@pytest.mark.long
@pytest.mark.parametrize("setting", ["full_text = false", 'authors = ["First Author 11"]'])
def test_the_abstract_will_do_where_the_show_says_so(show: Path, services: Services, setting: str) -> None:
    """With full_text = false, and of authors that are followed, the paper keeps its place."""
    none(services, 11)
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + f"[select]\n{setting}\n")
    assert make(show, top=1) == 0
    assert made(show) == [11]


@pytest.mark.long
def test_an_outage_gives_no_place_away(show: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """A paper whose text may come is no paper without one: it waits, in its place, and the next is not looked at."""
    services.trouble("/html/2509.00011", *[Reply(503)] * 4)
    assert make(show, top=1) == 1
    assert made(show) == []
    assert verdicts(show)[11][0] is True
    assert make(show, top=1) == 0
    assert made(show) == [11]


def test_status_says_who_was_left(show: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """`status DAY` tells of the paper that lost its place, and why, and of the one that has it."""
    none(services, 11)
    assert make(show, top=1) == 0
    capsys.readouterr()
    podcast(show, "status", FRIDAY, "--json")
    rows = {row["paper"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["2509.00011"]["chosen"] == "no"
    assert "2509.00012 took its place" in rows["2509.00011"]["reason"]
    assert rows["2509.00011"]["note"].startswith("read from the abstract only: no html")
    assert rows["2509.00012"]["chosen"] == "yes"
