"""Weeks and months: their best papers, their digest, their roundup, and when `podcast run` makes it."""

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace

import canned
import pytest
from conftest import Hook, load, podcast
from llm import running
from services import Services, entry

from podcast import batch, daily, reporting
from podcast.cli import front, targets, when
from podcast.show import store
from podcast.show.schema import Run, Score, Scores
from podcast.show.workspace import Workspace

WEEK = "2025-W37"
"""8 to 14 September 2025: three days with two papers each, of which the second day has the best."""
SUNDAY = "2025-09-14"


@pytest.fixture
def week(online_show: Path, services: Services) -> Services:
    services.days = {
        "2025-09-08": [entry(11, 9), entry(12, 5)],
        "2025-09-10": [entry(13, 90), entry(14, 80)],
        "2025-09-12": [entry(15, 7), entry(11, 30)],
    }
    services.today = "2999-01-01"
    return services


def folders(show: Path) -> set[str]:
    return {f"{path.parent.parent.name}/{path.parent.name}" for path in show.glob("episodes/*/*/episode.json")}


@pytest.mark.long
def test_a_weeks_best_stand_under_their_days(week: Services, online_show: Path) -> None:
    """`make --week` chooses among all papers of the week; each stands under the day that lists it, and is never made
    twice."""
    assert podcast(online_show, "make", "--week", WEEK, "--top", "2") == 0
    assert folders(online_show) == {"2025-09-10/2509.00013", "2025-09-10/2509.00014"}
    assert len(week.asked("/api/daily_papers")) == 7
    guid = load(online_show / "episodes" / "2025-09-10" / "2509.00013" / "episode.json")["guid"]
    assert podcast(online_show, "make", "2025-09-10", "--top", "1") == 0
    assert podcast(online_show, "make", "--month", "2025-09", "--top", "3") == 0
    assert load(online_show / "episodes" / "2025-09-10" / "2509.00013" / "episode.json")["guid"] == guid
    assert len(folders(online_show)) == 3


@pytest.mark.long
def test_a_week_has_a_digest(week: Services, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has the papers of the week that were read, beside the digests of its days; nothing is asked for it."""
    assert podcast(online_show, "make", "--week", WEEK, "--top", "2") == 0
    report = (online_show / "feed" / "digest" / "2025" / "09" / "w37.md").read_text()
    assert report.startswith(
        "# Test Show: papers of week 37 of 2025\n\n2 of the 5 papers that Hugging Face listed in week"
    )
    assert load(online_show / "feed" / "digest" / "2025" / "09" / "w37.json")["period"] == WEEK
    assert "**Week 37 of 2025**, 2 papers" in (online_show / "feed" / "digest" / "index.md").read_text()
    assert "Papers of week 37 of 2025" in (online_show / "feed" / "digest" / "feed.xml").read_text()
    before = len(week.requests)
    capsys.readouterr()
    assert podcast(online_show, "digest", "--week", WEEK, "--format", "table") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("feed/digest/2025/09/w37-table.md")
    assert len(week.requests) == before


@pytest.mark.long
def test_a_weekly_roundup_is_an_episode_of_its_sunday(week: Services, online_show: Path) -> None:
    """It is about the week's best, of whatever days, has a guid and a number of its own, and is changed by its name."""
    settings = (online_show / "podcast.toml").read_text()
    (online_show / "podcast.toml").write_text(f'{settings}\n[roundup]\nenabled = true\nevery = "week"\n')
    assert podcast(online_show, "make", "--week", WEEK, "--top", "3") == 0
    folder = online_show / "episodes" / SUNDAY / "roundup-week"
    about = load(folder / "roundup.json")
    assert about["title"] == "Roundup of week 37 of 2025: 3 papers"
    assert [one["id"] for one in about["papers"]] == ["2509.00013", "2509.00014", "2509.00011"]
    script = load(folder / "script.json")
    assert "with a roundup of the week's papers" in script["lines"][0]["text"]
    feed = (online_show / "feed" / "feed.xml").read_text()
    assert "Roundup of week 37 of 2025: 3 papers" in feed
    episode = load(folder / "episode.json")
    assert (episode["number"], episode["published"][:10]) == (4, SUNDAY)
    assert not list(online_show.glob("episodes/*/roundup"))
    assert podcast(online_show, "regenerate", f"{SUNDAY}/roundup-week", "--retake", "1") == 0
    assert load(folder / "episode.json")["guid"] == episode["guid"]
    assert podcast(online_show, "publish", "--withdraw", f"{SUNDAY}/roundup-week") == 0
    assert "Roundup of week" not in (online_show / "feed" / "feed.xml").read_text()


@pytest.mark.long
def test_a_model_is_told_that_it_is_of_the_week(week: Services, online_show: Path) -> None:
    """What a model is asked for a week's roundup says the week's, and never the day's."""
    with running(canned.answer) as server:
        with (online_show / "podcast.toml").open("a") as file:
            file.write(f'base_url = "{server.base_url}"\nmodel = "tiny"\nretries = 0\n')
            file.write('[roundup]\nenabled = true\nminutes = 1.5\nevery = "week"\n')
        podcast(
            online_show, "make", "--week", WEEK, "--top", "2", "--no-publish"
        )  # of these texts it makes no dialogue
        assert (online_show / "episodes" / SUNDAY / "roundup-week" / "episode.json").is_file()
        told = [one.body["messages"][0]["content"] for one in server.requests]
    systems = [text for text in told if "roundup of the" in text]
    assert len(systems) == 2
    assert all("This episode is a\nroundup of the week's papers, a chapter each. You" in text for text in systems)


@pytest.mark.long
def test_a_weeks_papers_in_quarantine_are_asked_afresh(week: Services, online_show: Path) -> None:
    """`make --week --afresh` lays the answers aside, as `make DAY --afresh` does."""
    with running(lambda _: "I would rather not.") as server:
        with (online_show / "podcast.toml").open("a") as file:
            file.write(f'base_url = "{server.base_url}"\nmodel = "tiny"\nretries = 0\n')
        words = ("make", "--week", WEEK, "--top", "1", "--no-publish")
        assert podcast(online_show, *words) == 1
        asked = len(server.requests)
        assert podcast(online_show, *words) == 1
        assert len(server.requests) == asked > 0
        assert podcast(online_show, *words, "--afresh") == 1
        assert len(server.requests) == 2 * asked
    assert (online_show / "episodes" / "2025-09-10" / "2509.00013" / "drafts" / "aside-1").is_dir()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [('[marks]\nwatermark = "nowhere.at.all:Mark"\n', "nowhere.at.all"), ("min_semitones = 90\n", "semitones apart")],
)
def test_nothing_is_paid_for_a_week_that_cannot_be_made(
    week: Services, online_show: Path, wrong: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What keeps its episodes from being made is said before its papers are scored."""
    (online_show / "criteria.md").write_text("1. Pebbles.\n")
    settings = online_show / "podcast.toml"
    with running(canned.answer) as server:
        writer = f'[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nretries = 0\n'
        text = settings.read_text().partition("[writer]")[0]
        settings.write_text(f"{text}{wrong}{writer}" if wrong.startswith("min") else f"{text}{writer}{wrong}")
        assert podcast(online_show, "make", "--week", WEEK, "--top", "2") == 1
        assert server.requests == []
    assert told in capsys.readouterr().err


def at(monkeypatch: pytest.MonkeyPatch, now: str) -> None:
    """Have it be that time, in UTC."""

    class Then(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> "Then":
            return cls.fromisoformat(now).replace(tzinfo=tz)

    for each in (targets, when, batch, reporting):
        monkeypatch.setattr(each, "dt", SimpleNamespace(**{**vars(dt), "datetime": Then}))


@pytest.mark.long
def test_a_week_is_rounded_up_and_announced_when_it_is_over(
    week: Services, online_show: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before that its papers and its digest may be made, as often as somebody likes; its roundup is about the whole
    week, and the webhook hears of that once."""
    address, told, _ = hook
    monkeypatch.setenv("HOOK", address)
    with (online_show / "podcast.toml").open("a") as file:
        file.write('[roundup]\nenabled = true\nminutes = 1\nevery = "week"\n[digest]\nwebhook = "HOOK"\n')
    best = week.days.pop("2025-09-10")
    with monkeypatch.context() as saturday:
        at(saturday, "2025-09-13T12:00:00")
        assert podcast(online_show, "make", "--week", WEEK, "--top", "2") == 0
        assert podcast(online_show, "digest", "--week", WEEK) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "week 37 of 2025 is not over: it has its roundup when it is" in said
    assert "week 37 of 2025 is not over: the webhook is told of it when it is" in said
    folder = online_show / "episodes" / SUNDAY / "roundup-week"
    assert (online_show / "feed/digest/2025/09/w37.md").is_file()
    assert not folder.exists()
    assert told == []
    week.days["2025-09-10"] = best
    at(monkeypatch, "2025-09-15T00:00:01")
    for _ in range(2):
        assert podcast(online_show, "make", "--week", WEEK, "--top", "2") == 0
    assert [one["id"] for one in load(folder / "roundup.json")["papers"]] == [f"2509.000{n}" for n in (13, 14, 11, 15)]
    (announced,) = told
    assert "4 of the 5 papers that Hugging Face listed in week 37 of 2025" in announced["text"]


def score(show: Path, day: str, **said: tuple[int, int]) -> None:
    """Have the day's papers scored so: relevance and novelty by a paper's number."""
    given = tuple(
        Score(paper_id=f"2509.{int(number[1:]):05d}", relevance=relevance, novelty=novelty, criterion=1, why="so")
        for number, (relevance, novelty) in said.items()
    )
    path = show / "episodes" / day / "scores.json"
    path.write_bytes(store.to_json(Scores(criteria="1. Pebbles.", scores=given)))


@pytest.mark.long
def test_a_weeks_best_are_so_by_the_shows_own_measure(week: Services, online_show: Path) -> None:
    """Digest and roundup of a week have its papers as they were chosen: who is followed first, then by points; and the
    roundup's page leads to the week's digest, that to the roundup and to each paper however it is told."""
    with (online_show / "podcast.toml").open("a") as file:
        file.write('formats = ["brief"]\n[select]\nauthors = ["First Author 15"]\n')
        file.write('[roundup]\nenabled = true\nminutes = 1\nevery = "week"\ntop = 2\n')
    for day in week.days:
        assert podcast(online_show, "fetch", day) == 0
    score(online_show, "2025-09-08", p11=(1, 1), p12=(10, 10))
    score(online_show, "2025-09-10", p13=(6, 6), p14=(9, 9))
    score(online_show, "2025-09-12", p15=(1, 1), p11=(1, 1))
    assert podcast(online_show, "make", "--week", WEEK, "--top", "4") == 0
    digest = load(online_show / "episodes" / SUNDAY / "digest-week.json")
    places = {one["place"]: one["paper_id"] for one in digest["selection"]["verdicts"] if one["chosen"]}
    assert [places[place][-2:] for place in sorted(places)] == ["15", "14", "12", "13"]
    about = load(online_show / "episodes" / SUNDAY / "roundup-week" / "roundup.json")
    assert [one["id"][-2:] for one in about["papers"]] == ["15", "14"]
    page = (online_show / "feed" / "episodes" / f"{SUNDAY}-roundup-week" / "index.html").read_text()
    assert '<a href="../../digest/2025/09/w37.html">The week in text</a>' in page
    report = (online_show / "feed" / "digest" / "2025" / "09" / "w37.html").read_text()
    assert f'href="../../../episodes/{SUNDAY}-roundup-week/index.html"' in report
    for day, number in (("2025-09-12", 15), ("2025-09-10", 14), ("2025-09-08", 12)):
        assert f'href="../../../episodes/{day}-2509.000{number}.brief/index.html"' in report


def run(show: Path, today: str) -> Run:
    """Run as a timer would on that day."""
    front.State.show = show
    studio = front.open_studio(unattended=True)
    return daily.run(studio, lambda: None, today=dt.date.fromisoformat(today), sleep=lambda _: None)


@pytest.mark.long
def test_a_run_makes_it_when_the_week_is_over(week: Services, online_show: Path) -> None:
    """On Monday, when the days of the week are made, the run makes its roundup, once."""
    settings = (online_show / "podcast.toml").read_text()
    (online_show / "podcast.toml").write_text(
        f'{settings}\n[roundup]\nenabled = true\nevery = "week"\n[select]\ntop = 2\n'
    )
    roundup = Workspace(online_show).day(dt.date.fromisoformat(SUNDAY)).paper("roundup-week")
    assert podcast(online_show, "make", "2025-09-08", "--no-publish") == 0
    assert run(online_show, "2025-09-14").exit_code == 0
    assert not roundup.episode.is_file()
    report = run(online_show, "2025-09-15")
    assert roundup.episode.is_file()
    told = [(str(day.date), paper.paper_id) for day in report.days for paper in day.papers]
    assert told == [(SUNDAY, "roundup-week")]
    before = roundup.episode.read_bytes()
    assert [day for day in run(online_show, "2025-09-16").days if day.papers] == []
    assert roundup.episode.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        (("--week", "2025-37"), "2025-37' is no week"),
        (("--week", "2025-09"), "2025-09 is a month"),
        (("--month", "2025-13"), "'2025-13' is no month"),
        (("--week", "2999-W01"), "has no complete day yet"),
        (("--week", WEEK, "--month", "2025-09"), "name two periods"),
        (("--week", WEEK, "2025-09-10"), "a week and a day are named"),
    ],
)
def test_a_wrong_period_is_answered_at_once(
    week: Services, online_show: Path, options: tuple[str, ...], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """Each has its own answer, and nobody is asked."""
    assert podcast(online_show, "make", *options) == 2
    assert answer in " ".join(capsys.readouterr().err.split())
    assert week.requests == []
    assert json.dumps(sorted(folders(online_show))) == "[]"
