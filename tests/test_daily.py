"""`podcast run`, day after day: what is missing is made, what is out is waited for, what is wrong is told."""

import datetime as dt
import fcntl
import functools
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import canned
import llm
import pytest
from conftest import TESTS, Hook, entry, load, podcast, save

from podcast import daily, reporting, sources
from podcast.cli import inventory
from podcast.recording import record
from podcast.show import catalogue, config, periods, store
from podcast.show.errors import (
    Busy,
    ConfigError,
    MissingDependency,
    ModelUnavailable,
    NoPapers,
    NotReady,
    OverBudget,
    PodcastError,
    PublishError,
    Refused,
    SourceError,
    StorageError,
    WriterError,
)
from podcast.show.exits import Exit
from podcast.show.schema import Day, Document, Paper, Run, Take
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sources.file import abstract_document
from podcast.sources.listing import parse_day
from podcast.studio import Studio
from podcast.writers.extractive import Extractive

MONDAY = dt.date(2024, 3, 4)
DEPLOY = Path(daily.__file__).parents[1] / "docs" / "deploy.md"
TEXT = (
    "Training deep networks is slow. We propose to skip 40% of the steps. A small predictor chooses which steps to "
    "skip. Our method reaches 91.5% accuracy on a benchmark of 12 tasks. It does not help with very small models."
)


def day(number: int) -> dt.date:
    """Return a day by its distance from Monday."""
    return MONDAY + dt.timedelta(days=number)


@dataclass
class Calendar:
    """A source whose days are weekdays, one paper each, but for what is out."""

    name: str = "calendar"
    papers: int = 1
    out: dict[dt.date, list[PodcastError]] = field(default_factory=dict)
    """Errors to come by day, each once."""
    lost: set[str] = field(default_factory=set)
    """Papers whose text cannot be had."""
    asked: list[dt.date] = field(default_factory=list)

    def ids(self, date: dt.date) -> list[str]:
        return [f"{date:%y%m}.{date.day:02d}{number:03d}" for number in range(1, self.papers + 1)]

    def day(self, date: dt.date) -> Day:
        self.asked.append(date)
        if self.out.get(date):
            raise self.out[date].pop(0)
        if date.weekday() >= 5:
            raise NoPapers(f"{date} has no papers", "")
        listed = [entry(name, f"Small Steps Suffice on {name}", TEXT, 12) for name in self.ids(date)]
        read_at = dt.datetime.combine(date, dt.time(18), dt.UTC)
        return parse_day(json.dumps(listed).encode() and listed, date, read_at, self.name, "the calendar")

    def document(self, paper: Paper) -> Document:
        if paper.id in self.lost:
            raise SourceError(f"the text of {paper.id} cannot be had", "try again later")
        return abstract_document(paper)


class Clock:
    """Sleeps by adding up."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def source() -> Calendar:
    return Calendar()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(
    show: Path, source: Calendar, today: dt.date, publish: Callable[[], object] = lambda: None,
    clock: Clock | None = None, limit: int | None = None, on: str = "", **publishing: object,
) -> Run:  # fmt: skip
    workspace = Workspace(show)
    settings = config.read(workspace.config, {"publish": publishing, "writer": {"name": "extractive", "minutes": 0.5}})
    studio = Studio(workspace, settings, source, on=on)
    return daily.run(studio, publish, limit, sleep=(clock or Clock()).sleep, today=today)


def episodes(show: Path) -> list[str]:
    return sorted(path.parent.name for path in show.glob("episodes/*/*/episode.json"))


def states(report: Run) -> list[tuple[int, str]]:
    return [((each.date - MONDAY).days, each.state) for each in report.days]


def test_a_new_show_begins_with_the_latest_day(show: Path, source: Calendar) -> None:
    """The first run makes the latest complete day that has papers, and no more; those after it, whose lists may still
    come, are awaited, and well for who asks. The next finds nothing new."""
    report = run(show, source, day(0))  # a Monday: the days before are a weekend
    assert states(report) == [(-3, "made"), (-2, "awaited"), (-1, "awaited")]
    studio = Studio(Workspace(show), config.read(show / "podcast.toml"), source)
    rows = [(row["state"], row["reason"]) for row in inventory.since(studio, day(-7), day(-1))]
    assert rows[0] == ("made", f"{source.ids(day(-3))[0]} is not published → podcast publish")  # nobody did here
    assert [state for state, _ in rows] == ["made", "awaited", "awaited"]
    assert report.exit_code == 0
    assert report.published
    assert len(episodes(show)) == 1
    again = run(show, source, day(0))
    assert [each.state for each in again.days] == ["empty", "awaited"]
    assert again.exit_code == 0
    assert list(daily.lines(again))[-1] == "nothing new"


@pytest.mark.long
def test_what_is_missing_is_made_up_for(show: Path, source: Calendar) -> None:
    """After days without a run all missing days are made, oldest first, as far back as it may go, once each."""
    run(show, source, day(1))
    report = run(show, source, day(5))
    assert states(report) == [(1, "made"), (2, "made"), (3, "made"), (4, "made")]
    later = run(show, source, day(20), limit=3)
    assert states(later) == [(17, "made"), (18, "made"), (19, "awaited")]
    assert len(episodes(show)) == 7
    assert states(run(show, source, day(20), limit=3)) == [(19, "awaited")]
    assert states(run(show, source, day(21), limit=2)) == [(19, "empty"), (20, "awaited")]
    assert states(run(show, source, day(22), limit=3)) == [(20, "empty"), (21, "made")]


@pytest.mark.long
def test_one_wrong_answer_loses_no_day(show: Path, source: Calendar) -> None:
    """A day that is found empty at the first sight, however old it is, is asked again by the next run."""
    run(show, source, day(1))
    source.out[day(1)] = [NoPapers("Tuesday has no papers", "")]
    report = run(show, source, day(3))  # the timer was out on Wednesday
    assert states(report) == [(1, "awaited"), (2, "made")]
    assert any("asked again by the next run" in line for line in daily.lines(report))
    assert states(run(show, source, day(4))) == [(1, "made"), (3, "made")]


@pytest.mark.long
def test_a_day_that_is_given_up_is_told_once(show: Path, source: Calendar) -> None:
    """A day that could not be had until it is older than a run looks back is named, with the command that makes it."""
    run(show, source, day(1))
    source.out[day(1)] = [SourceError("Hugging Face cannot be reached", "try again later")] * 20
    assert states(run(show, source, day(2), limit=2)) == [(1, "missing")]
    report = run(show, source, day(4), limit=2)
    assert states(report) == [(1, "given up"), (2, "made"), (3, "made")]
    assert report.exit_code == 1
    assert any("given up" in line and f"podcast make {day(1)}" in line for line in daily.lines(report))
    assert states(run(show, source, day(5), limit=2)) == [(4, "made")]


def test_a_day_without_a_digest_leaves_the_runs_report_whole(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the day's digest could not be made, the run says so, and keeps its report."""
    monkeypatch.setattr(daily.reporting, "make", _raising(OverBudget("retelling is over the budget", "raise it")))
    report = run(show, source, day(1))
    assert report.days[0].reason.startswith("no digest")
    assert list((show / "episodes" / "runs").glob("*.json"))


@pytest.mark.long
def test_a_trailer_whose_sound_is_gone_needs_no_list(show: Path, source: Calendar) -> None:
    """It is mixed again from what is here; the list of its day, which may not be complete yet, is left alone."""
    assert podcast(show, "trailer", "--no-publish") == 0
    (mix,) = show.glob("episodes/*/trailer/mixes/*.mp3")
    sound = mix.read_bytes()
    mix.unlink()
    report = run(show, source, day(1))
    assert [(each.paper_id, each.error) for each in report.mended] == [("trailer", "")]
    assert mix.read_bytes() == sound
    assert dt.date.fromisoformat(mix.parts[-4]) not in source.asked
    assert not mix.parents[2].joinpath("papers.json").exists()


@pytest.mark.long
def test_a_weeks_roundup_whose_sound_is_gone_is_mended(show: Path, source: Calendar) -> None:
    """Its Sunday has no papers: none are asked for."""
    with (show / "podcast.toml").open("a") as file:
        file.write('[roundup]\nenabled = true\nevery = "week"\ntop = 2\nminutes = 1\n')
    run(show, source, day(4))
    assert run(show, source, day(7), limit=4).exit_code == 0
    (mix,) = show.glob("episodes/2024-03-10/roundup-week/mixes/*.mp3")
    assert PaperFolder(mix.parents[1]).maker == "podcast make 2024-03-10/roundup-week", "what makes it is named so"
    mix.unlink()
    source.asked.clear()
    report = run(show, source, day(7), limit=4)
    assert [(each.paper_id, each.error) for each in report.mended] == [("roundup-week", "")]
    assert mix.is_file()
    assert report.exit_code == 0


@pytest.mark.long
def test_a_show_made_by_hand_goes_on_from_there(show: Path, source: Calendar) -> None:
    """Where `podcast make` made episodes before, the first run begins with the last of them."""
    run(show, source, day(1))
    for path in (show / "episodes" / "runs").iterdir():
        path.unlink()
    assert states(run(show, source, day(3))) == [(0, "made"), (1, "made"), (2, "made")]
    assert len(episodes(show)) == 3


@pytest.mark.long
def test_a_list_that_comes_late_is_found(show: Path, source: Calendar) -> None:
    """A day found empty right after it ended is looked at once more."""
    run(show, source, day(1))
    source.out[day(1)] = [NoPapers("Tuesday has no papers", "")]
    assert states(run(show, source, day(2))) == [(1, "awaited")]
    assert states(run(show, source, day(3))) == [(1, "made"), (2, "made")]


@pytest.mark.long
def test_a_source_that_is_out_is_waited_for(show: Path, source: Calendar, clock: Clock) -> None:
    """An outage is waited out within the run; one that lasts leaves the day, and only it, to the next run."""
    run(show, source, day(1))
    out = SourceError("Hugging Face cannot be reached", "try again later")
    source.out[day(1)] = [out]
    assert states(run(show, source, day(2), clock=clock)) == [(1, "made")]
    assert clock.slept == [60.0]
    source.out[day(2)] = [out] * 3
    report = run(show, source, day(4), clock=clock)
    assert states(report) == [(2, "missing"), (3, "made")]
    assert report.exit_code == Exit.LATER
    assert any("missing, for the next run: Hugging Face" in line for line in daily.lines(report))
    assert states(run(show, source, day(4))) == [(2, "made")]


@pytest.mark.long
def test_a_first_run_in_an_outage_names_the_day(show: Path, source: Calendar, clock: Clock) -> None:
    """A new show whose first list cannot be had is told which day it misses; it begins with a later one all the same,
    and a week on nobody is told of a day before its first."""
    out = SourceError("Hugging Face cannot be reached", "try again later")
    source.out[day(1)] = [out] * 9
    report = run(show, source, day(2), clock=clock)
    assert states(report) == [(1, "missing")]
    assert report.exit_code == Exit.LATER
    assert str(day(1)) in next(iter(daily.lines(report)))
    assert states(run(show, source, day(3))) == [(2, "made")]
    assert (1, "given up") not in states(run(show, source, day(14)))


@pytest.mark.long
def test_a_model_that_is_out_leaves_the_days(
    show: Path, source: Calendar, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a language model no later day is tried; what there is is published, and the days come later."""
    run(show, source, day(1))
    published: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(Extractive, "brief", _raising(ModelUnavailable("the server is down", "start it")))
        report = run(show, source, day(3), lambda: published.append(1), clock)
    assert states(report) == [(1, "missing"), (2, "missing")]  # named, for who reads the report or the webhook
    assert (report.exit_code, report.error, report.published) == (Exit.LATER, "the server is down", True)
    assert clock.slept == [60.0, 300.0]
    assert published == [1]
    assert states(run(show, source, day(3))) == [(1, "made"), (2, "made")]


@pytest.mark.long
def test_a_text_that_cannot_be_had_is_tried_again(show: Path, source: Calendar) -> None:
    """Where one paper's text is out, the day's others are made, and the day is missing until it is there."""
    run(show, source, day(1))
    source.papers = 2
    source.lost = {source.ids(day(1))[1]}
    report = run(show, source, day(2))
    assert states(report) == [(1, "missing")]
    assert report.exit_code == Exit.LATER
    assert len(episodes(show)) == 2
    source.lost.clear()
    assert states(run(show, source, day(2))) == [(1, "made")]
    assert len(episodes(show)) == 3
    assert not list(show.glob("episodes/*/*/quarantine.json"))


@pytest.mark.long
def test_quarantine_is_told_with_what_mends_it(show: Path, source: Calendar) -> None:
    """A poisoned paper costs its own episode alone; the report says why, and the command; later runs leave it."""
    source.papers = 2
    run(show, source, day(1))
    poisoned = source.ids(day(1))[0]
    folder = show / "episodes" / str(day(1)) / poisoned
    folder.mkdir(parents=True)
    (folder / "script.json").write_text("{")
    report = run(show, source, day(2))
    assert report.exit_code == Exit.QUARANTINE
    told = {paper.paper_id: paper for paper in report.days[0].papers}
    assert told[poisoned].fix == f"podcast write {poisoned}, then podcast make {poisoned} --format dialogue"
    assert told[source.ids(day(1))[1]].number == 3
    said = list(daily.lines(report))
    assert len(said) == 2
    assert "in quarantine" in said[0]
    kept = [store.load(Run, path) for path in sorted((show / "episodes" / "runs").iterdir())]
    assert kept[-1] == report
    assert run(show, source, day(2)).exit_code == 0


@pytest.mark.long
def test_sound_that_the_target_has_is_not_made_again(show: Path, source: Calendar) -> None:
    """Also where the cache, which knew of it, was lost: then the target is asked first; where it does not answer, no
    sound is made again; where it has none, all is."""
    run(show, source, day(1))
    workspace = Workspace(show)
    (folder,) = (path.parent for path in show.glob("episodes/*/*/episode.json"))
    shutil.rmtree(folder / "mixes")
    shutil.rmtree(folder / "takes")

    def knows(numbers: dict[str, int]) -> None:
        catalogue.remember(workspace, numbers)

    report = run(show, source, day(1), _raising(PublishError("it does not answer", "")), target="s3")
    assert (report.mended, report.exit_code) == ((), Exit.ERROR)
    report = run(show, source, day(1), lambda: knows({f"{folder.parent.name}/{folder.name}": 1}), target="s3")
    assert (report.mended, report.exit_code) == ((), 0)
    workspace.elsewhere.unlink()
    report = run(show, source, day(1), lambda: knows({}), target="s3")
    assert [paper.number for paper in report.mended] == [1]


@pytest.mark.parametrize(
    ("error", "code", "published"),
    [
        (PublishError("the store cannot take it now", "publish again"), 1, False),
        (Refused("there is no such bucket", "make it"), 2, False),
        (NotReady("there is no episode", "make one"), 0, False),
    ],
)
def test_publishing_may_fail(show: Path, source: Calendar, error: PodcastError, code: int, published: bool) -> None:
    """What was made stays made when publishing fails; a refusal is a matter of settings."""
    report = run(show, source, day(1), _raising(error))
    assert (report.exit_code, report.published) == (code, published)
    assert len(episodes(show)) == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [(ConfigError("no voice", "fix it"), Exit.USAGE), (OverBudget("too dear", "raise it"), Exit.BUDGET)],
)
def test_what_somebody_has_to_change_has_its_code(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, error: PodcastError, code: int
) -> None:
    """Where no later run can do better unless somebody changes a setting, the exit code says which kind."""
    monkeypatch.setattr(Extractive, "brief", _raising(error))
    report = run(show, source, day(1))
    assert (report.exit_code, report.error) == (code, str(error))
    assert list(daily.lines(report))[-1] == f"{error} → {error.hint}"


@pytest.mark.long
def test_the_budget_holds_over_the_whole_run(show: Path, source: Calendar) -> None:
    """Days that a run has no money for are left to the next; no run spends more than it may."""
    run(show, source, day(1))
    with llm.running(canned.answer) as model:
        writer = {
            "base_url": model.base_url, "model": "tiny", "minutes": 1.5, "max_tokens": 1024, "retries": 0,
            "price_per_million": {"input": 1.0, "output": 1.0}, "budget": 0.024,
        }  # fmt: skip
        workspace = Workspace(show)
        settings = config.read(workspace.config, {"writer": writer})
        made: list[tuple[int, str]] = []
        runs = 0
        while runs < 6:
            runs += 1
            report = daily.run(Studio(workspace, settings, source), lambda: None, today=day(5))
            assert 0 < (report.usage.cost or 0) <= 0.024
            made += [state for state in states(report) if state[1] == "made"]
            if not report.error:
                break
            assert report.exit_code == Exit.BUDGET
            assert "budget" in report.hint
    assert runs > 1
    assert [date for date, _ in made] == [1, 2, 3, 4]
    assert report.exit_code == 0


def test_two_runs_keep_apart(show: Path, source: Calendar) -> None:
    """A second run ends at once and says who is at work."""
    path = Workspace(show).run_lock
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="another podcast run"):
            run(show, source, day(1))
    assert episodes(show) == []


@pytest.mark.long
def test_the_producer_is_told(show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    """The webhook gets the lines and the report of a run that did something, and nothing of one that did not."""
    told: list[tuple[str, str]] = []

    def webhook(variable: str, text: str, data: dict[str, object]) -> bool:
        told.append((variable, text))
        json.dumps(data)
        return False

    monkeypatch.setattr("podcast.publishers.notify.webhook", webhook)
    run(show, source, day(1), webhook="SHOW_WEBHOOK")
    run(show, source, day(1), webhook="SHOW_WEBHOOK")
    assert len(told) == 1
    assert told[0][0] == "SHOW_WEBHOOK"
    assert told[0][1].startswith("Test Show\n2024-03-04  2403.04001  #1, 00:4")


@pytest.mark.long
def test_lost_sound_is_made_again(show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    """An episode whose media is gone is mixed as it was, and recorded where no server is paid for that; else told."""
    run(show, source, day(1))
    (folder,) = (path.parent for path in show.glob("episodes/*/*/episode.json"))
    before = {path.name: path.read_bytes() for path in (folder / "mixes").glob("*.mp3")}
    for lost in (("mixes",), ("mixes", "takes")):
        for name in lost:
            shutil.rmtree(folder / name)
        report = run(show, source, day(1))
        assert [paper.number for paper in report.mended] == [1]
        assert "its sound was gone  2403.04001  #1" in "\n".join(daily.lines(report))
        assert report.exit_code == 0
        assert {path.name: path.read_bytes() for path in (folder / "mixes").glob("*.mp3")} == before
    assert run(show, source, day(1)).mended == ()
    shutil.rmtree(folder / "mixes")
    shutil.rmtree(folder / "takes")
    monkeypatch.setattr(daily, "ON_THIS_MACHINE", frozenset())
    report = run(show, source, day(1))
    assert report.exit_code == Exit.QUARANTINE
    assert report.mended[0].fix == "podcast record 2403.04001, then podcast mix 2403.04001"
    (folder / "withdrawn.json").write_text('{"since": "2024-03-05T00:00:00Z"}')
    assert run(show, source, day(1)).mended == ()


@pytest.mark.long
def test_what_stops_a_days_machines_does_not_stop_the_run(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an error that would be wrong with all papers, what is still to do is recorded by new workers, published and
    reported."""
    run(show, source, day(1))
    (folder,) = (path.parent for path in show.glob("episodes/*/*/episode.json"))
    for name in ("mixes", "takes"):
        shutil.rmtree(folder / name)
    whole, done = record.make, []

    def make(job: record.Job) -> Iterator[Take]:
        if job.folder.day != MONDAY:
            raise ConfigError("a worker is of another release", "install the same")
        return whole(job)

    monkeypatch.setattr(record, "make", make)
    report = run(show, source, day(2), lambda: done.append("published"), on="threads")
    assert report.error == "a worker is of another release"
    assert [paper.number for paper in report.mended] == [1]
    assert done == ["published"]


def test_the_status_of_a_new_show_after_an_outage_says_what_failed(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who looks at a show whose first run got nothing is told why and what comes next, and not to make the demo."""
    assert podcast(show, "status") == 0
    assert "make --demo" in capsys.readouterr().err
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(2), sleep=lambda _: None))
    monkeypatch.setattr(sources, "online", lambda *_: source)
    source.out[day(1)] = [SourceError("the list cannot be reached", "later")] * 9
    assert podcast(show, "run") == Exit.LATER
    capsys.readouterr()
    assert podcast(show, "status") == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "2024-03-05 missing, for the next run: the list cannot be reached" in said
    assert said.endswith("run")
    assert "make --demo" not in said


@pytest.mark.long
def test_the_command_ends_as_its_report_says(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`podcast run` prints a line an episode, or the report as JSON, and ends as it says."""
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(2), sleep=lambda _: None))
    monkeypatch.setattr(sources, "online", lambda *_: source)
    assert podcast(show, "run") == 0
    assert capsys.readouterr().out.startswith("2024-03-05  2403.05001  #1, 0")
    assert (show / "feed" / "feed.xml").is_file()
    assert podcast(show, "run", "--json") == 0
    assert Run.model_validate_json(capsys.readouterr().out).days == ()
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(4)))
    source.out[day(2)] = [SourceError("out", "later")] * 3
    assert podcast(show, "run", "--days", "3") == Exit.LATER
    assert "2024-03-06  missing" in capsys.readouterr().out
    (show / "podcast.toml").write_text("[mix]\nloudness = 3\n")
    assert podcast(show, "run") == Exit.USAGE


@pytest.mark.long
@pytest.mark.parametrize("kind", ["reading", "dialogue"])
def test_a_run_goes_on_without_a_model_that_cannot(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path,
    kind: str,
) -> None:  # fmt: skip
    """`podcast run` does by rule what the model cannot, unless the show says `fallback = "none"`; line, report, page of
    the run and `status` say so."""
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(2), sleep=lambda _: None))
    monkeypatch.setattr(sources, "online", lambda *_: source)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    settings = (show / "podcast.toml").read_text()
    with llm.running() as model:
        model.answer = lambda body: "The weather." if canned.task(body) == kind else canned.answer(body)
        settings += f'base_url = "{model.base_url}"\nmodel = "tiny"\nretries = 0\n'
        (show / "podcast.toml").write_text(settings + 'fallback = "none"\n')
        assert podcast(show, "run") == Exit.QUARANTINE
        said = capsys.readouterr().out
        assert re.search(r"PODCAST_WRITER__FALLBACK=extractive podcast -C \S+ make 2403.05001 --format dialogue", said)
        (show / "podcast.toml").write_text(settings)
        shutil.rmtree(show / "episodes")
        assert podcast(show, "run", "--json") == 0
    report = Run.model_validate_json(capsys.readouterr().out)
    stage = {"reading": "read", "dialogue": "write"}[kind]
    (paper,) = report.days[0].papers
    assert f"{stage} by rule, without the model: " in paper.note
    assert f"({paper.note})" in next(daily.lines(report))
    assert f"{stage} by rule" in (tmp_path / "summary.md").read_text().splitlines()[-2]
    podcast(show, "status", "--json")
    assert paper.note in json.loads(capsys.readouterr().out)[0]["note"]


ENDS: list[tuple[Exit, BaseException | None]] = [
    (Exit.DONE, None),
    (Exit.ERROR, StorageError("the disk is full", "make room")),
    (Exit.USAGE, MissingDependency("no engine speaks here", "install one")),
    (Exit.BUG, RuntimeError("nobody thought of this")),
    (Exit.LATER, ModelUnavailable("the server is down", "start it")),
    (Exit.BUDGET, OverBudget("too dear", "raise it")),
    (Exit.QUARANTINE, WriterError("no brief came of it", "try another model")),
    (Exit.INTERRUPTED, KeyboardInterrupt()),
]


@pytest.mark.long
@pytest.mark.parametrize(("code", "error"), ENDS, ids=lambda value: getattr(value, "name", ""))
def test_a_timer_can_branch_on_how_a_run_ended(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, code: Exit, error: BaseException | None
) -> None:
    """Each kind of end has a code of its own, and every code is one of those."""
    assert {each for each, _ in ENDS} == set(Exit)
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(2), sleep=lambda _: None))
    monkeypatch.setattr(sources, "online", lambda *_: source)
    if error:
        monkeypatch.setattr(Extractive, "brief", _raising(error))
    assert podcast(show, "run") == code


def test_a_run_beside_another_is_to_be_tried_later(show: Path, source: Calendar) -> None:
    """`podcast run` beside one that is at work ends as an outage does: later it can."""
    path = Workspace(show).run_lock
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert podcast(show, "run") == Exit.LATER


def test_the_codes_stand_where_a_timer_is_set_up(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/deploy.md and `podcast run --help` have a row for each code, in the words of the code."""
    podcast(Path(), "run", "--help")
    told = " ".join(capsys.readouterr().out.split())
    page = DEPLOY.read_text()
    for each in Exit:
        assert f"{each.value} {each.meaning}" in told
        assert f"| {each.value} | {each.meaning} |" in page


@pytest.mark.long
def test_github_shows_a_run_by_paper(
    show: Path, source: Calendar, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """In GitHub Actions the log stands in a group a paper, each closed, and the run's page has a row an episode."""
    monkeypatch.setattr(daily, "run", functools.partial(daily.run, today=day(2), sleep=lambda _: None))
    monkeypatch.setattr(sources, "online", lambda *_: source)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    source.papers = 2
    poisoned, whole = source.ids(day(1))
    folder = show / "episodes" / str(day(1)) / poisoned
    folder.mkdir(parents=True)
    (folder / "script.json").write_text("{")
    assert podcast(show, "-v", "run") == Exit.QUARANTINE
    commands = [line for line in capsys.readouterr().err.splitlines() if line.startswith("::")]
    assert f"::group::{whole}" in commands
    assert commands[1::2] == ["::endgroup::"] * (len(commands) // 2)
    assert all(line.startswith("::group::24") for line in commands[::2])
    rows = [line.split(" | ") for line in (tmp_path / "summary.md").read_text().splitlines() if line.startswith("| 20")]
    assert [row[1] for row in rows] == [poisoned, whole]
    assert rows[0][3] == "in quarantine"
    assert f"podcast write {poisoned}" in rows[0][5]
    assert rows[1][3] == "1"


KILLED = """
import sys
sys.path[:0] = [{tests!r}]
import datetime as dt
from pathlib import Path
from test_daily import Calendar, run
print("go", flush=True)
run(Path(sys.argv[1]), Calendar(papers=3), dt.date.fromisoformat(sys.argv[2]))
"""


@pytest.mark.long
def test_a_killed_run_is_made_up_for(show: Path) -> None:
    """After a kill the day is missing for the next run, which makes the rest; each paper has one episode."""
    code = KILLED.format(tests=str(TESTS))
    process = subprocess.Popen([sys.executable, "-c", code, str(show), str(day(1))], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "go\n"
    while not episodes(show):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    report = run(show, Calendar(papers=3), day(1))
    assert states(report) == [(0, "made")]
    numbers = [load(path)["number"] for path in show.glob("episodes/*/*/episode.json")]
    assert sorted(numbers) == [1, 2, 3]


def _raising(error: BaseException) -> Callable[..., None]:
    def work(*_: object, **__: object) -> None:
        raise error

    return work


@pytest.mark.long
def test_what_is_over_is_told_whenever_its_digest_was_made(
    show: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day that could not be published, a day of a weekend on which something was asked for, a week whose digest was
    made by hand: the next run in whose days it is tells the webhook of each, once, the oldest first."""
    address, told, answers = hook
    monkeypatch.setenv("HOOK", address)
    with (show / "podcast.toml").open("a") as file:
        file.write('[digest]\nwebhook = "HOOK"\n')
    calendar, week, sunday = Calendar(), periods.of("2024-W10"), day(6)

    def fail() -> None:
        raise PublishError("the disk is full", "make room")

    run(show, calendar, day(5), publish=fail)
    assert told == []
    studio = Studio(Workspace(show), config.read(show / "podcast.toml", {"writer": {"name": "extractive"}}), calendar)
    assert reporting.make_of(studio, week)
    record = load(show / "episodes" / str(day(4)) / "digest.json")
    folder = show / "episodes" / str(sunday)
    save(folder / "digest.json", {**record, "date": str(sunday), "selection": {"verdicts": []}})
    answers += [500]
    for _ in range(2):
        run(show, calendar, day(7))
    titles = [one["text"].partition("papers of ")[2].partition(">")[0] for one in told]
    assert titles == ["8 Mar 2024", "10 Mar 2024", "week 10 of 2024", "8 Mar 2024"], "one was refused"
