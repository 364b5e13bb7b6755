"""A month of `podcast run`, day after day, with all that happens in a month; the feed is held to its rules each day."""

import datetime as dt
import functools
import io
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import canned
import llm
import podcastparser
import pytest
from conftest import podcast
from services import Services, entry

from podcast import check, daily
from podcast.show import store
from podcast.show.schema import Episode, Run

pytestmark = pytest.mark.soak

FIRST, DAYS = dt.date(2025, 9, 2), 30
HOLIDAYS = {dt.date(2025, 9, 1), dt.date(2025, 9, 19)}
OUTAGE = {dt.date(2025, 9, 11), dt.date(2025, 9, 12)}
"""When the language model is out."""
POISONED = "2509.01601"
"""A paper that the model has nothing but nonsense to say of."""
TOP = 2

LASTS = 2.5
"""Seconds that a run lasts which has something to make: it is killed at any moment of these."""

KILLED = """
import datetime as dt, functools, sys
from podcast import cli, daily
daily.run = functools.partial(daily.run, today=dt.date.fromisoformat(sys.argv[2]))
print("go", flush=True)
sys.exit(cli.run(["-C", sys.argv[1], "run"]))
"""


def papers(date: dt.date) -> list[str]:
    """Return the ids of a day's list, the most upvoted first: three on Tuesdays, none on weekends and holidays."""
    count = 0 if date.weekday() > 4 or date in HOLIDAYS else TOP + 1 if date.weekday() == 1 else 1
    return [f"2509.{date.day:03d}{number:02d}" for number in range(1, count + 1)]


@dataclass
class Model:
    """A language model that is out on some days, and has nonsense to say of one paper."""

    out: bool = False

    def answer(self, body: llm.Body) -> llm.Body | str | llm.Reply:
        if self.out:
            return llm.problem(503, "The server is overloaded")
        title = f"Paper {int(POISONED.partition('.')[2])}: "
        return "Pebbles!" if title in str(body["messages"]) else canned.answer(body)


@dataclass
class Month:
    """The show, and what became of it each day."""

    show: Path
    services: Services
    model: Model
    rows: list[tuple[str, ...]] = field(default_factory=list)
    chance: random.Random = field(default_factory=random.Random)

    def episodes(self) -> dict[str, Episode]:
        found = sorted(self.show.glob("episodes/*/*/episode.json"))
        return {path.parent.name: store.load(Episode, path) for path in found}

    def live(self, today: dt.date, crash: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        """Run the day's `podcast run`, or kill it on its way; then look at the feed."""
        self.services.today, self.model.out = today.isoformat(), today in OUTAGE
        before = len(self.episodes())
        if crash:
            ended = self._killed(today)
        else:
            with monkeypatch.context() as patch:
                patch.setattr(daily, "run", functools.partial(daily.run, today=today))
                ended = str(podcast(self.show, "run"))
        reports = sorted((self.show / "episodes" / "runs").glob("*.json"))
        report = store.load(Run, reports[-1]) if reports and not crash else None
        quarantined = [paper.paper_id for day in (report.days if report else ()) for paper in day.papers if paper.error]
        items = self.look()
        made = len(self.episodes()) - before
        listed = len(self.services.days.get(str(today - dt.timedelta(days=1)), []))
        row = (f"{today:%d %a}", listed, made, " ".join(quarantined), ended, items)
        self.rows.append(tuple(map(str, row)))

    def _killed(self, today: dt.date) -> str:
        command = [sys.executable, "-c", KILLED, str(self.show), str(today)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        assert process.stdout
        assert process.stdout.readline() == b"go\n"
        time.sleep(self.chance.uniform(0, LASTS))
        process.send_signal(signal.SIGKILL)
        code = process.wait(30)
        process.stdout.close()
        return "killed" if code == -signal.SIGKILL else f"{code}, before the kill"

    def look(self) -> int:
        """Hold the feed to every rule, and return how many episodes it has."""
        feed = self.show / "feed"
        if not (feed / "feed.xml").is_file():
            return 0
        assert list(check.folder(feed)) == []
        parsed = podcastparser.parse("http://127.0.0.1:8000/feed.xml", io.BytesIO((feed / "feed.xml").read_bytes()))
        items = parsed["episodes"]
        assert len({item["guid"] for item in items}) == len({item["number"] for item in items}) == len(items)
        for item in items:
            (enclosure,) = item["enclosures"]
            path = feed / enclosure["url"].removeprefix("http://127.0.0.1:8000/")
            assert path.stat().st_size == enclosure["file_size"]
        return len(items)

    def table(self) -> str:
        head = ("day", "papers", "made", "quarantined", "exit", "in the feed")
        widths = [max(len(row[at]) for row in (head, *self.rows)) for at in range(len(head))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *self.rows)
        ]
        return "\n".join(lines)


@pytest.fixture
def month(show: Path, services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[Month]:
    for name, value in services.environment().items():
        monkeypatch.setenv(name, value)
    services.days = {}
    for back in range(DAYS):
        date = FIRST - dt.timedelta(days=1) + dt.timedelta(days=back)
        if papers(date):
            services.days[str(date)] = [
                entry(int(name.partition(".")[2]), 90 - 10 * rank) for rank, name in enumerate(papers(date))
            ]
    model = Model()
    with llm.running(model.answer) as server:
        text = (show / "podcast.toml").read_text().partition("[writer]")[0]
        (show / "podcast.toml").write_text(
            f'{text}[writer]\nbase_url = "{server.base_url}"\nmodel = "tiny"\nminutes = 0.5\nretries = 0\n'
            f"max_tokens = 1024\n[select]\ntop = {TOP}\n[run]\npauses = []\n"
        )
        yield Month(show, services, model)


def test_a_month(month: Month, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]) -> None:
    """Weekends, holidays, an outage, a poisoned paper, a kill every third day: at the end each paper has one
    episode, and at the end of each day the feed keeps every rule."""
    try:
        for number in range(DAYS):
            month.live(FIRST + dt.timedelta(days=number), number % 3 == 2, monkeypatch)
        month.live(FIRST + dt.timedelta(days=DAYS), False, monkeypatch)  # the last may have been killed
    finally:
        record_property("table", month.table())  # printed by tests/conftest.py
    wanted = [name for date in sorted(month.services.days) for name in papers(dt.date.fromisoformat(date))[:TOP]]
    found = month.episodes()
    assert sorted(found) == sorted(wanted)
    assert sorted(episode.number for episode in found.values()) == list(range(1, len(wanted) + 1))
    assert month.rows[-1][-1] == str(len(wanted))
    assert any(row[4] == "killed" for row in month.rows)
    assert POISONED in found, "what the model cannot say of it is said without the model"
    assert not [row[3] for row in month.rows if row[3]]
    assert all(row[4] not in ("0", "0, before the kill") for row in month.rows if row[0] in ("11 Thu", "12 Fri"))
