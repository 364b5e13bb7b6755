"""The commands that read papers, from the front door, against the services on this machine."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from services import CHALLENGE, FRIDAY, MATHS, SATURDAY, Reply, Services, entry, friday, running

from podcast import cli
from podcast.show import store
from podcast.show.schema import Day, Document
from podcast.show.workspace import Workspace


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    with running() as services:
        for name, value in services.environment().items():
            monkeypatch.setenv(name, value)
        yield services


@pytest.fixture
def show(tmp_path: Path) -> Path:
    return tmp_path / "show"


def run(show: Path, *arguments: str) -> int:
    show.mkdir(exist_ok=True)
    return cli.run(["-C", str(show), *arguments])


def rows(capsys: pytest.CaptureFixture[str], show: Path, *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run(show, *arguments, "--json") == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_api_and_page_pick_the_same(services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast fetch DAY` chooses the same papers whether the API answers or only the page does."""
    by_api = rows(capsys, tmp_path / "a", "fetch", FRIDAY)
    services.trouble("/api/daily_papers", *[Reply(500)] * 4)
    by_page = rows(capsys, tmp_path / "b", "fetch", FRIDAY)
    assert by_api == by_page
    assert [row["paper"] for row in by_api if row["chosen"]] == ["2509.00003", "2509.00004", "2509.00002"]


def test_read_writes_the_full_text(services: Services, show: Path) -> None:
    """`podcast read DAY` leaves a document with the paper's sections, and a brief, for each paper chosen."""
    assert run(show, "fetch", FRIDAY) == 0
    assert run(show, "read", FRIDAY, "--top", "1") == 0
    folder = Workspace(show).day(dt.date.fromisoformat(FRIDAY)).paper(MATHS)
    document = store.load(Document, folder.document)
    assert document.source == "html"
    assert len(document.sentences()) > 100
    assert folder.brief.is_file()
    assert [path.name for path in folder.root.parent.iterdir() if path.is_dir()] == [MATHS]


def test_day_without_papers(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A Saturday is said to have no papers; that is no failure, and in a range the other days are read."""
    assert run(show, "fetch", SATURDAY) == 0
    assert "has no papers" in capsys.readouterr().err
    assert run(show, "fetch", f"{FRIDAY}..{SATURDAY}") == 0
    assert [day.root.name for day in Workspace(show).days()] == [FRIDAY]


def test_blocked(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where Hugging Face wants to see a browser the command fails, and says what can be done."""
    services.trouble("/api/daily_papers", Reply(403))
    services.trouble("/papers/date", CHALLENGE)
    assert run(show, "fetch", FRIDAY) == 1
    told = capsys.readouterr().err
    assert "blocked" in told
    assert "→" in told


def test_refresh(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only --refresh reads a young day again, and its table shows what moved."""
    yesterday = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)).isoformat()
    services.today = "2999-01-01"
    services.days = {yesterday: friday()}
    rows(capsys, show, "fetch", yesterday)
    services.days = {yesterday: [entry(6, 64), *(one for one in friday() if one["paper"]["id"] != "2509.00006")]}
    again = {row["paper"]: row for row in rows(capsys, show, "fetch", yesterday)}
    assert again["2509.00006"]["upvotes"] == 31
    moved = {row["paper"]: row["moved"] for row in rows(capsys, show, "fetch", yesterday, "--refresh")}
    assert moved["2509.00006"] == "+33 upvotes, up 1"
    assert moved["2509.00002"] == "down 1"
    assert moved["2509.00003"] == ""
    assert len(services.asked("/api/daily_papers")) == 2


def test_latest(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast fetch` takes the last complete day that has papers, and says which days had none."""
    today = dt.datetime.now(dt.UTC).date()
    then = (today - dt.timedelta(days=3)).isoformat()
    services.today = "2999-01-01"
    services.days = {then: friday(), today.isoformat(): [entry(1, 1)]}
    assert run(show, "fetch") == 0
    told = capsys.readouterr().err
    assert told.count("looking at the day before") == 2
    assert [day.root.name for day in Workspace(show).days()] == [then]


def test_no_day_is_the_latest(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where none of seven days has papers that is said, and each was asked for once, also by a dry run."""
    services.today, services.days = "2999-01-01", {}
    assert run(show, "make", "latest", "--dry-run") == 0
    assert "none of the 7 days before" in capsys.readouterr().err
    assert len(services.asked("/api/daily_papers")) == 7


def test_status_tells_why(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`podcast status DAY` shows every paper: chosen or not, with the reason that held when it was chosen."""
    assert run(show, "fetch", FRIDAY) == 0
    assert run(show, "read", FRIDAY, "--top", "1", "--min-upvotes", "10") == 0
    table = {row["paper"]: row for row in rows(capsys, show, "status", FRIDAY)}
    assert len(table) == 12
    assert (table[MATHS]["chosen"], table[MATHS]["reason"]) == ("yes", "chosen: number 1 by upvotes")
    assert table[MATHS]["state"] == "in work"
    assert table["2509.00004"]["reason"] == "not among the first 1: 64 upvotes"
    assert table["2509.00005"]["reason"] == "0 upvotes, fewer than 10"


def test_day_from_a_file_stays_offline(services: Services, show: Path, tmp_path: Path) -> None:
    """A paper of a day from a file is read from its abstract, and nobody is asked."""
    listing = tmp_path / "list.json"
    listing.write_text(json.dumps(friday()))
    assert run(show, "fetch", FRIDAY, "--papers", str(listing)) == 0
    assert run(show, "read", MATHS) == 0
    folder = Workspace(show).day(dt.date.fromisoformat(FRIDAY)).paper(MATHS)
    assert store.load(Document, folder.document).source == "abstract"
    assert services.requests == []


def test_demo_day_keeps_its_documents(services: Services, show: Path) -> None:
    """A paper of the built-in day is read from the document that comes with the project, and nobody is asked."""
    assert run(show, "fetch", "--demo") == 0
    assert run(show, "read", "1706.03762") == 0
    (document,) = show.glob("episodes/*/1706.03762/document.json")
    assert store.load(Document, document).source == "demo"
    assert services.requests == []


def test_repeated_paper_is_left(services: Services, show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A paper that has an episode on another day is not read again, with a note."""
    episode = Workspace(show).day(dt.date(2025, 9, 11)).paper(MATHS).episode
    episode.parent.mkdir(parents=True)
    episode.write_text("{}")
    assert run(show, "read", FRIDAY, "--top", "1") == 0
    assert f"{MATHS} is left: made on 2025-09-11 already" in " ".join(capsys.readouterr().err.split())
    assert store.load(Day, Workspace(show).day(dt.date.fromisoformat(FRIDAY)).papers).papers[0].id == MATHS
    assert not Workspace(show).day(dt.date.fromisoformat(FRIDAY)).paper(MATHS).root.exists()


def test_bad_day_is_a_usage_error(services: Services, show: Path) -> None:
    """What is no day never becomes a path or an address."""
    for text in ("../../etc", "2025-13-01", "2025-09-12/x", ""):
        assert run(show, "fetch", text) == 2
    assert services.requests == []


def test_services_learn_who_asks(services: Services, show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a contact of its own, a show on the web tells the services its address."""
    monkeypatch.delenv("PODCAST_SOURCES__CONTACT")
    monkeypatch.setenv("PODCAST_PUBLISH__SITE_URL", "https://show.example/")
    assert run(show, "fetch", FRIDAY) == 0
    assert {request.headers["User-Agent"].partition(" ")[2] for request in services.requests} == {
        "(+https://show.example/)"
    }


def test_too_short_a_text_is_told_how_long_it_must_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file with too little text is refused with how much there is, and how much is needed."""
    (tmp_path / "short.md").write_text("# A Short One\n\nFoo improves bar by 12% on baz.\n")
    (tmp_path / "podcast.toml").write_text("")
    assert run(tmp_path, "make", str(tmp_path / "short.md")) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "31 characters of text" in said
    assert "500 characters of text at least" in said
