"""What passes and what is final, through `podcast run` and `make` over the services' stand-ins; and which text is the
paper's."""

import datetime as dt
import json
from pathlib import Path

import pytest
from conftest import load, podcast
from services import FRIDAY, UNKNOWN, Reply, Services, entry, friday, latexml_page, markdown_page, pdf_file

from podcast import daily
from podcast.show import config
from podcast.show.schema import Run
from podcast.show.settings import SourcesSettings
from podcast.show.workspace import Workspace
from podcast.sources import online
from podcast.studio import Studio

TOP = UNKNOWN
HTML, MARKDOWN, PDF = f"/html/{TOP}", f"/papers/{TOP}.md", f"/pdf/{TOP}"
SATURDAY = dt.date(2025, 9, 13)
NO_ANSWER = [
    Reply(429), Reply(403), Reply(406), Reply(500), Reply(503), Reply(504), Reply(200, b"x" * 900, cut=True),
    Reply(200, b"<title>Just a moment...</title>"), Reply(200, b"Rate exceeded."), Reply(200, b" \n"),
]  # fmt: skip


@pytest.fixture
def show_online(online_show: Path, services: Services) -> Path:
    """A show whose day is one paper, read from the stand-ins."""
    services.days[FRIDAY] = [entry(4, 120)]
    return online_show


def run(show: Path, services: Services, **more: object) -> Run:
    workspace = Workspace(show)
    settings = config.read(workspace.config, {"writer": {"name": "extractive", "minutes": 0.5}, "select": {"top": 1}})
    sources: SourcesSettings = services.settings(**more)
    studio = Studio(workspace, settings, online(sources, workspace, "", 1))
    return daily.run(studio, lambda: None, sleep=lambda _: None, today=SATURDAY)


def folder(show: Path, paper: str = TOP) -> Path:
    return show / "episodes" / FRIDAY / paper


@pytest.mark.long
@pytest.mark.parametrize("reply", NO_ANSWER, ids=lambda reply: f"{reply.status} {reply.body[:20].decode()}")
@pytest.mark.parametrize("out", [HTML, PDF])
def test_no_answer_leaves_the_day(show_online: Path, services: Services, reply: Reply, out: str) -> None:
    """An outage of arXiv freezes no paper to its abstract: the day waits, and the next run reads the text."""
    services.pages |= {HTML: b"", MARKDOWN: b""} if out == PDF else {MARKDOWN: b"", PDF: b""}
    services.trouble(out, *[reply] * 40)
    report = run(show_online, services)
    assert [day.state for day in report.days] == ["missing"]
    assert not (folder(show_online) / "document.json").exists()
    services._troubles.clear()
    assert [day.state for day in run(show_online, services).days] == ["made"]
    assert load(folder(show_online) / "document.json")["source"] == ("pdf" if out == PDF else "html")


def test_an_outage_of_the_best_form_does_not_lead_to_another(show_online: Path, services: Services) -> None:
    """Only that there is no page leads to Hugging Face's Markdown: it is not asked while arXiv throttles."""
    services.trouble(HTML, *[Reply(406)] * 40)
    assert [day.state for day in run(show_online, services).days] == ["missing"]
    assert not services.asked(MARKDOWN)
    assert not services.asked(PDF)


@pytest.mark.parametrize("status", [202, 401, 403, 405])
def test_a_wall_leads_on_and_never_to_the_abstract(show_online: Path, services: Services, status: int) -> None:
    """Hugging Face may keep us out for good: the PDF is read; where there is none, the paper waits."""
    services.pages |= {HTML: b"", PDF: b""}
    services.trouble(MARKDOWN, *[Reply(status)] * 40)
    assert [day.state for day in run(show_online, services).days] == ["missing"]
    del services.pages[PDF]
    assert [day.state for day in run(show_online, services).days] == ["made"]
    assert load(folder(show_online) / "document.json")["source"] == "pdf"


@pytest.mark.parametrize("status", [403, 406, 429])
def test_arxivs_throttling_is_waited_for(show_online: Path, services: Services, status: int) -> None:
    """406 and 403 of arXiv pass like 429: the record and the text are asked for again at once, and are there."""
    services.unknown.clear()
    services.trouble("/api/query", Reply(status), Reply(status))
    services.trouble(HTML, Reply(status))
    assert [day.state for day in run(show_online, services).days] == ["made"]
    assert load(show_online / "episodes" / FRIDAY / "papers.json")["papers"][0]["category"] == "cs.LG"
    assert load(folder(show_online) / "document.json")["source"] == "html"


OTHER = "Bread is made of flour and water. Yeast makes it rise in a warm kitchen, and salt gives it taste. "


def other_page() -> bytes:
    """Return a page in the paper's place that tells of another thing."""
    page = latexml_page(TOP).decode().replace("pebble", "loaf").replace("Pebble", "Loaf").replace("sort", "bak")
    return page.replace("weigh", "knead").encode()


@pytest.mark.parametrize(
    ("pages", "source"),
    [
        ({HTML: other_page()}, "markdown"),
        (
            {HTML: b"", MARKDOWN: ("# Get it\n\n" + f"## One\n\n{OTHER * 30}\n\n## Two\n\n{OTHER * 30}\n").encode()},
            "pdf",
        ),
        ({HTML: other_page(), MARKDOWN: b"", PDF: b""}, "abstract"),
    ],
)
def test_a_text_that_is_not_the_papers_is_left(
    show_online: Path, services: Services, pages: dict[str, bytes], source: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What tells of other things than title and abstract is named, and the next form is read."""
    services.pages |= pages
    caplog.set_level("INFO")
    assert [day.state for day in run(show_online, services).days] == ["made"]
    assert load(folder(show_online) / "document.json")["source"] == source
    assert "text of 2509.00004 has few words of its title or abstract" in caplog.text


def test_a_text_is_read_anew(show_online: Path, services: Services, capsys: pytest.CaptureFixture[str]) -> None:
    """`read --again` asks for the text although one is there, also for a form that was kept; what came of the one
    before is laid aside. Status says which papers were read from the abstract, and why, and then no more."""
    services.pages |= {HTML: b"", MARKDOWN: b"", PDF: b""}
    assert podcast(show_online, "fetch", FRIDAY) == 0
    assert podcast(show_online, "read", TOP) == 0
    podcast(show_online, "status", "--json")
    note = json.loads(capsys.readouterr().out.rpartition("\n[")[2].join(["[", ""]))[0]["note"]
    assert note.startswith("read from the abstract only: no html: arXiv answered 404")
    assert note.endswith(f"podcast read {TOP} --again")
    before = load(folder(show_online) / "brief.json")
    services.pages.clear()
    assert podcast(show_online, "read", TOP) == 0
    assert load(folder(show_online) / "brief.json") == before
    assert podcast(show_online, "read", TOP, "--again") == 0
    assert load(folder(show_online) / "document.json")["source"] == "html"
    assert load(folder(show_online) / "brief.json")["source"] == "html"
    assert list((folder(show_online) / "drafts").glob("aside-*/brief.json"))
    capsys.readouterr()
    podcast(show_online, "status", "--json")
    assert "abstract only" not in capsys.readouterr().out
    services.pages[HTML] = latexml_page(TOP, sections=4)
    assert podcast(show_online, "read", TOP, "--again") == 0
    assert any(one["title"] == "Part 4" for one in load(folder(show_online) / "document.json")["sections"])


def test_an_outage_takes_no_text_away(show_online: Path, services: Services) -> None:
    """Where no answer comes, or only the abstract is to be had now, `--again` leaves the text that there is."""
    podcast(show_online, "fetch", FRIDAY)
    assert podcast(show_online, "read", TOP) == 0
    before = (folder(show_online) / "document.json").read_bytes()
    services.trouble(HTML, *[Reply(503)] * 4)
    assert podcast(show_online, "read", TOP, "--again") == 0
    services.pages |= {HTML: b"", MARKDOWN: b"", PDF: b""}
    assert podcast(show_online, "read", TOP, "--again") == 0
    assert (folder(show_online) / "document.json").read_bytes() == before


@pytest.mark.long
def test_an_episode_of_an_abstract_is_read_anew_whole(
    show_online: Path, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`regenerate --from read` takes the text that is there by now, with brief and script; --undo brings all back, and
    nothing where the text of before is not there, as in a copy by git."""
    services.pages |= {HTML: b"", MARKDOWN: b"", PDF: b""}
    run(show_online, services)
    before = {name: load(folder(show_online) / name) for name in ("document.json", "brief.json", "script.json")}
    assert before["document.json"]["source"] == "abstract"
    services.pages.clear()
    assert podcast(show_online, "read", TOP, "--again") == 1
    assert podcast(show_online, "regenerate", TOP, "--from", "read", "--no-publish") == 0
    assert load(folder(show_online) / "document.json")["source"] == "html"
    assert load(folder(show_online) / "brief.json")["source"] == "html"
    texts = [folder(show_online) / "document.json", *folder(show_online).glob("versions/document-*.json")]
    for path in texts:
        path.rename(tmp_path / path.name)
    after = {name: load(folder(show_online) / name) for name in ("brief.json", "script.json")}
    assert podcast(show_online, "regenerate", TOP, "--undo", "--no-publish") == 1
    assert f"the text that version 1 of {TOP} rests on is not here" in " ".join(capsys.readouterr().err.split())
    assert {name: load(folder(show_online) / name) for name in after} == after
    for path in texts:
        (tmp_path / path.name).rename(path)
    assert podcast(show_online, "regenerate", TOP, "--undo", "--no-publish") == 0
    assert {name: load(folder(show_online) / name) for name in before} == before


def test_an_odd_entry_is_named_by_the_run(show_online: Path, services: Services) -> None:
    """The day is made; selection.json and the report name the entry that was left, and what is odd with it."""
    services.days[FRIDAY] = [*friday()[:11], entry(13, 0, authors=[{"name": None}])]
    report = run(show_online, services)
    assert [day.state for day in report.days] == ["made"]
    (odd,) = load(show_online / "episodes" / FRIDAY / "selection.json")["odd"]
    assert (odd["entry"], odd["paper_id"]) == (12, "2509.00013")
    assert any("entry 12 (2509.00013) is left: paper.authors: author 1.name" in line for line in daily.lines(report))
    assert any("entry 12" in line for line in daily.summary(report))


def test_all_forms_are_of_the_stand_in_paper() -> None:
    """The stand-ins' page, Markdown and PDF are one paper's: else the tests above would show nothing."""
    assert b"pebbles" in markdown_page()
    assert b"pebbles" in pdf_file()
