"""Papers that were withdrawn or superseded are not chosen; where an episode exists, it is said."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import services as stand_ins
from conftest import DAY, folder_of, load, podcast, save
from services import FRIDAY, Reply, Services, atom, entry

from podcast import batch, daily
from podcast.papers import asked, fallen, remembered, roundup, spans
from podcast.show import config, store
from podcast.show.periods import around
from podcast.show.schema import Digest, Paper, as_told
from podcast.show.workspace import Workspace
from podcast.sources import online
from podcast.studio import Studio

FALLEN = [
    ("This paper has been withdrawn by the authors due to an error in Eq. 3", "withdrawn"),
    ("Withdrawn by the author", "withdrawn"),
    ("This submission has been withdrawn by arXiv administrators due to inappropriate text", "withdrawn"),
    ("arXiv admin note: This version has been removed", "withdrawn"),
    ("10 pages; withdrawn", "withdrawn"),
    ("We have withdrawn this paper because of a bug", "withdrawn"),
    ("Withdrawal of the paper at the authors' request", "withdrawn"),
    ("[RETRACTED] 10 pages", "retracted"),
    ("12 pages, 3 figures. This article was retracted", "retracted"),
    ("superseded by arXiv:2501.12345", "superseded"),
    ("This paper is superseded by a later work", "superseded"),
    ("This work has been superceded by doi:10.1000/2", "superseded"),
    ("Replaced by arXiv:2501.12345", "superseded"),
    ("This paper has been merged into arXiv:2403.00001", "superseded"),
]
STANDING = [
    "Accepted at NeurIPS", "Withdrawn from ICLR 2025; now at TMLR", "A dataset of retracted papers",
    "This paper supersedes arXiv:2401.00001", "Our previous version was withdrawn; this one is correct",
    "This paper is not withdrawn", "We study retracted articles", "Retracted articles in PubMed: a study",
    "Extended version of a paper withdrawn from CVPR", "The method is superseded by none", "",
]  # fmt: skip


@pytest.mark.parametrize(("comment", "kind"), FALLEN)
def test_status_words_are_read(comment: str, kind: str) -> None:
    """A comment that says that its paper was withdrawn, retracted or superseded is read as that."""
    assert fallen.said_of(comment) == kind


@pytest.mark.parametrize("comment", STANDING)
def test_other_words_are_none(comment: str) -> None:
    """Papers about withdrawn ones, other versions, conferences: all that stands."""
    assert fallen.said_of(comment) == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [("[Withdrawn] Sorting Pebbles", "withdrawn"), ("RETRACTED: Sorting Pebbles", "retracted"),
     ("Retracted Articles and Who Cites Them", ""), ("Withdrawn Users: Sorting Pebbles", "")],
)  # fmt: skip
def test_titles_that_say_it_are_read(title: str, kind: str) -> None:
    """A title that begins with the word, set apart, says so; one that speaks of it does not."""
    now = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    paper = Paper(
        id="2509.00001", title=title, summary="This paper sorts pebbles that were withdrawn from heaps.",
        published_at=now, listed_on=now.date(), upvotes=1, upvotes_read_at=now, rank=1,
    )  # fmt: skip
    assert fallen.why(paper).partition(":")[0] == kind


def commented(services: Services, **comments: str) -> None:
    """Let arXiv say that of papers, by number, whenever it is asked."""
    paper = dict(item for item in ((f"2509.{int(n[1:]):05d}", said) for n, said in comments.items()))
    real = atom

    def feed(ids: list[str]) -> bytes:
        text = real(ids).decode()
        for paper_id, said in paper.items():
            before, mark, behind = text.partition(f"abs/{paper_id}v2</id>")
            text = before + mark + behind.replace("12 pages, 3 figures", said, 1)
        return text.encode()

    stand_ins.atom = feed  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def _atom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_ins, "atom", stand_ins.atom)  # what `commented` puts there goes with the test


def run(show: Path, services: Services, today: dt.date) -> list[str]:
    workspace = Workspace(show)
    settings = config.read(workspace.config, {"writer": {"name": "extractive", "minutes": 0.5}, "select": {"top": 1}})
    studio = Studio(workspace, settings, online(services.settings(), workspace, "", 1))
    return list(daily.lines(daily.run(studio, lambda: None, sleep=lambda _: None, today=today)))


def test_a_withdrawn_paper_is_not_chosen(
    online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """The day's first is withdrawn: the next takes its place, and selection.json and status say why."""
    services.days[FRIDAY] = [entry(1, 50), entry(2, 40), entry(6, 30)]
    commented(services, p1="This paper has been withdrawn by the authors due to an error in Lemma 2")
    assert podcast(online_show, "fetch", FRIDAY, "--top", "1") == 0
    said = load(online_show / "episodes" / FRIDAY / "selection.json")["verdicts"]
    assert [one["paper_id"] for one in said if one["chosen"]] == ["2509.00002"]
    assert said[0]["reason"].startswith("withdrawn: This paper has been withdrawn by the authors due to an error")
    capsys.readouterr()
    podcast(online_show, "status", FRIDAY)
    assert "withdrawn: This paper" in " ".join(capsys.readouterr().out.split())


def test_an_episode_whose_paper_fell_is_told(
    online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run` asks about the episodes of the days that it looks back, `fetch --refresh` about a day's, however old: both
    say that the paper was withdrawn; where the episode was withdrawn, no more is said."""
    services.days[FRIDAY] = [entry(4, 50)]
    assert not [line for line in run(online_show, services, dt.date(2025, 9, 13)) if "withdrawn" in line]
    services.unknown.clear()
    commented(services, p4="Withdrawn: the data were wrong")
    lines = run(online_show, services, dt.date(2025, 9, 14))
    said = "the paper of the episode 2509.00004 is withdrawn: Withdrawn: the data were wrong"
    assert [line for line in lines if line.startswith(said) and "--withdraw 2509.00004" in line]
    capsys.readouterr()
    assert podcast(online_show, "fetch", FRIDAY, "--refresh") == 0
    assert "2509.00004 has an episode, and is withdrawn" in " ".join(capsys.readouterr().err.split())
    (online_show / "episodes" / FRIDAY / "2509.00004" / "withdrawn.json").write_text("{}")
    assert not [line for line in run(online_show, services, dt.date(2025, 9, 15)) if "the paper of" in line]


def test_a_refresh_without_arxiv_forgets_nothing(online_show: Path, services: Services) -> None:
    """What arXiv said of a paper stays where it says nothing when the day is read again."""
    services.days[FRIDAY] = [entry(1, 50), entry(2, 40)]
    podcast(online_show, "fetch", FRIDAY)
    before = load(online_show / "episodes" / FRIDAY / "papers.json")["papers"]
    services.days[FRIDAY] = [entry(1, 60), entry(2, 40)]
    services.trouble("/api/query", *[Reply(503)] * 4)
    assert podcast(online_show, "fetch", FRIDAY, "--refresh") == 0
    after = load(online_show / "episodes" / FRIDAY / "papers.json")["papers"]
    assert [one["upvotes"] for one in after] == [60, 40]
    for name in ("category", "arxiv_comment", "version", "summary"):
        assert [one[name] for one in after] == [one[name] for one in before]
    assert before[0]["category"] == "cs.CL"


def test_arxiv_is_asked_of_its_own_papers_alone(tmp_path: Path, services: Services) -> None:
    """A talk is looked up by its paper; what arXiv has not is not named to it, and stays as it is."""
    now = dt.datetime(2025, 9, 12, tzinfo=dt.UTC)
    services.unknown.clear()
    made = {"title": "A", "summary": "B", "published_at": now, "listed_on": now.date(), "asked_at": now}
    ours = Paper.model_validate({"id": "2509.00004", **made})
    other = Paper.model_validate({"id": "doi-10.1234_abc", **made})
    commented(services, p4="Withdrawn: the data were wrong")
    services.days[FRIDAY] = [entry(4, 50)]
    source = online(services.settings(), Workspace(tmp_path), "", 1)
    found = source.records([as_told(ours, "brief"), other])
    (request,) = services.asked("/api/query")
    assert "id_list=2509.00004&" in request.path
    assert [paper.arxiv_comment for paper in found] == ["Withdrawn: the data were wrong", None]


@pytest.mark.long
def test_an_outage_of_the_records_stops_no_run(online_show: Path, services: Services) -> None:
    """Where arXiv does not say what became of earlier papers, the run ends as it would."""
    services.days[FRIDAY] = [entry(4, 50)]
    run(online_show, services, dt.date(2025, 9, 13))
    services.trouble("/api/query", *[Reply(503)] * 4)
    assert run(online_show, services, dt.date(2025, 9, 14))[-1] == "nothing new"


TOP, SECOND = "2403.00002", "2403.00001"


def withdraw(show: Path) -> None:
    save(folder_of(show, TOP) / "withdrawn.json", {"since": "2024-03-06T00:00:00Z"})


def fall(show: Path) -> None:
    path = show / "episodes" / DAY / "papers.json"
    day = load(path)
    for paper in day["papers"]:
        paper["arxiv_comment"] = "Withdrawn by the authors" if paper["id"] == TOP else paper.get("arxiv_comment")
    save(path, day)


@pytest.mark.parametrize("change", [withdraw, fall])
def test_what_is_told_no_more_comes_back_nowhere(made: Path, change: Callable[[Path], None]) -> None:
    """Neither the week's digest, nor its roundup or the day's, nor a later episode has a paper that the show has
    withdrawn, or that does not stand by its record."""
    workspace, date = Workspace(made), dt.date.fromisoformat(DAY)
    week = around(date, "week")

    def read() -> set[str]:
        return spans.read(workspace, spans.joined(workspace, week), 2).chosen()

    def remembers() -> set[str]:
        told = (folder for folder in remembered._made(workspace) if remembered._told(workspace, folder))
        return {folder.paper_id for folder in told}

    digest = store.load(Digest, workspace.day(date).digest)
    of_week = digest.model_copy(update={"date": week.last, "period": str(week)})
    store.write_atomic(workspace.day(week.last).digest_of(week), store.to_json(of_week))
    assert read() == remembers() == {TOP, SECOND}
    change(made)
    assert read() == remembers() == {SECOND}
    assert roundup.found(workspace, date, 2) is None
    assert roundup.found_of(workspace, week, 2) is None


def test_a_withdrawn_paper_gets_no_further_episode(made: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A format that the show has since makes none of it; what there was stays, and what is asked for by its own name is
    made. Of one whose talks alone were withdrawn, the same holds."""
    workspace = Workspace(made)
    settings = config.read(workspace.config, {"writer": {"name": "extractive", "formats": ["dialogue", "brief"]}})
    studio = Studio(workspace, settings, online(settings.sources, workspace, "", 1))
    paper = asked.stands(workspace, workspace.day(dt.date.fromisoformat(DAY)).paper(TOP))
    brief = as_told(paper, "brief")
    assert [each.id for each in batch.told(studio, [paper])] == [TOP, f"{TOP}.brief"]
    withdraw(made)
    assert [each.id for each in batch.told(studio, [paper])] == [TOP]
    assert f"{TOP}.brief is left: {TOP} is withdrawn" in caplog.text
    assert [each.id for each in batch.told(studio, [brief])] == [f"{TOP}.brief"]
    folder_of(made, TOP).rename(folder_of(made, f"{TOP}.brief"))
    assert [each.id for each in batch.told(studio, [paper])] == [f"{TOP}.brief"]
