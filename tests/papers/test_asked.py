"""Any paper, now: `podcast make` with an id, a DOI, an address, a file, from the front door to the feed."""

import datetime as dt
import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import open_services
import pytest
from conftest import DAY, TESTS, Hook, load, make, podcast, tree
from markupsafe import escape
from open_services import ABSTRACT, SENTENCES, TITLE, WALL, Web, article, tags
from services import FRIDAY, Reply, Services, pdf_file, record, repository

from podcast import daily, reporting
from podcast.cli import front
from podcast.papers import asked as papers_asked
from podcast.show.errors import DocumentError
from podcast.show.workspace import Workspace
from podcast.sources import originals

TODAY = dt.datetime.now(dt.UTC).date()
JOURNAL = "In a journal of the beach"
"""What stands on a PDF in place of arXiv's stamp."""
VOTES = ("upvot", "Upvot", "readers", "🤗", "Hugging Face Daily Papers (")


@pytest.fixture
def web(online_show: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    monkeypatch.setenv("COLUMNS", "400")
    with open_services.running() as web:
        for name, value in web.environment().items():
            monkeypatch.setenv(name, value)
        yield web


def folders(show: Path) -> list[Path]:
    """Return the folders of papers that were asked for."""
    return sorted(path.parent for path in show.glob("episodes/*/*/paper.json"))


def asked(show: Path) -> tuple[Path, dict]:  # type: ignore[type-arg]
    """Return the one paper that was asked for: its folder and its record."""
    (folder,) = folders(show)
    return folder, load(folder / "paper.json")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


def markdown(title: str = TITLE, authors: str = "Jane Doe, Richard Roe") -> str:
    parts = "".join(f"## Part {number}\n\n{SENTENCES}\n\n" for number in (1, 2, 3))
    return f"---\ntitle: {title}\nauthors: {authors}\n---\n\n## Abstract\n\n{ABSTRACT}\n\n{parts}"


def test_an_arxiv_paper_becomes_an_episode_of_today(web: Web, online_show: Path, services: Services) -> None:
    """A paper by its id, version and all, has arXiv's title, authors, abstract and text, and stands under today."""
    assert podcast(online_show, "make", "arXiv:2509.00007v2") == 0
    folder, record = asked(online_show)
    assert (folder.parent.name, folder.name) == (TODAY.isoformat(), "2509.00007")
    paper = record["paper"]
    assert paper["title"] == "Sorting Pebbles"
    assert paper["authors"] == ["First Author"]
    assert (paper["category"], paper["upvotes"], paper["rank"]) == ("cs.CL", None, None)
    assert load(folder / "document.json")["source"] == "html"
    assert load(folder / "episode.json")["day"] == TODAY.isoformat()
    assert not services.asked("/api/daily_papers")


def test_no_votes_are_told_of_a_paper_that_nobody_listed(web: Web, online_show: Path) -> None:
    """Neither script, notes, page, feed, digest nor data say of it that somebody upvoted it, nor a rank."""
    assert podcast(online_show, "make", "2509.00007") == 0
    folder, _ = asked(online_show)
    texts = {path.relative_to(online_show): path.read_text() for path in [
        folder / "script.json",
        *(path for path in (online_show / "feed").rglob("*") if path.suffix in (".html", ".xml", ".json", ".md")),
    ]}  # fmt: skip
    assert len(texts) > 10
    told = {
        (str(name), word)
        for name, text in texts.items()
        for word in ("upvoted it", "🤗", '"upvotes": ', '"rank": ', "upvotes</a>", "None")
        if word in text and str(name) != "feed/about/index.html"
    }
    item = f"feed/episodes/{TODAY}-2509.00007/item.json"
    assert told - {(item, '"upvotes": '), (item, '"rank": ')} == set()
    assert load(online_show / item)["paper"]["upvotes"] is None


@pytest.mark.parametrize(
    "wish",
    [
        "https://arxiv.org/abs/2509.00007v3",
        "https://arxiv.org/pdf/2509.00007",
        "https://arxiv.org/pdf/2509.00007v1.pdf",
        "https://arxiv.org/html/2509.00007v2",
        "https://huggingface.co/papers/2509.00007",
        "https://www.alphaxiv.org/abs/2509.00007",
        "10.48550/arXiv.2509.00007",
        "https://doi.org/10.48550/ARXIV.2509.00007",
    ],
)
def test_all_addresses_of_a_paper_are_the_paper(web: Web, online_show: Path, wish: str) -> None:
    """Whatever names a paper of arXiv's leads to the one episode, which is asked of no one else."""
    assert podcast(online_show, "make", wish, "--no-publish") == 0
    assert asked(online_show)[0].name == "2509.00007"
    assert web.asked == []


@pytest.mark.long
def test_an_old_id_is_one_folder(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id of before 2007 has a slash: its folder has none, and every command takes the id as arXiv writes it."""
    assert podcast(online_show, "make", "astro-ph/0603274v2") == 0
    folder, record = asked(online_show)
    assert (folder.name, record["paper"]["id"]) == ("astro-ph_0603274", "astro-ph_0603274")
    feed = (online_show / "feed" / "feed.xml").read_text()
    assert "https://arxiv.org/abs/astro-ph/0603274" in feed
    capsys.readouterr()
    assert podcast(online_show, "notes", "astro-ph/0603274") == 0
    assert "Arxiv: https://arxiv.org/abs/astro-ph/0603274" in capsys.readouterr().out
    assert podcast(online_show, "regenerate", "astro-ph/0603274", "--retake", "2") == 0
    assert podcast(online_show, "publish", "--withdraw", "astro-ph/0603274") == 0


@pytest.mark.long
def test_asked_for_again_it_is_the_same(web: Web, online_show: Path, services: Services, tmp_path: Path) -> None:
    """Whoever asks again, in any form, finds the episode: nobody is asked, and nothing is written but the same feed."""
    paper = tmp_path / "pebbles.md"
    paper.write_text(markdown())
    assert podcast(online_show, "make", "2509.00007", str(paper)) == 0
    before, requests = tree(online_show / "episodes"), len(services.requests)
    assert podcast(online_show, "make", "https://arxiv.org/abs/2509.00007", str(paper)) == 0
    after = tree(online_show / "episodes")
    assert {name for name in before if before[name] != after.get(name)} == set()
    assert len(services.requests) == requests


@pytest.mark.long
def test_whatever_it_was_found_by_finds_it_again(
    web: Web, online_show: Path, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A DOI that Crossref relates to arXiv, a PDF with its stamp, a page that names it, of papers that a day lists or
    none: the second time nobody is asked, and commands know the paper by it."""
    assert podcast(online_show, "fetch", FRIDAY) == 0
    web.works("10.1234/a", arxiv="2509.00007")
    web.pages["/post"] = Reply(200, article(tags=tags(arxiv_id="2509.00099")))
    pdf = tmp_path / "saved.pdf"
    pdf.write_bytes(pdf_file())
    wishes = ("10.1234/a", f"{web.base}/post", str(pdf))
    assert podcast(online_show, "make", *wishes, "--no-publish") == 0
    made = {str(path.parent.relative_to(online_show / "episodes")) for path in online_show.rglob("episode.json")}
    assert made == {f"{FRIDAY}/2509.00007", f"{TODAY}/2509.00099", f"{FRIDAY}/2509.00003"}
    requests = len(web.asked), len(services.requests)
    assert podcast(online_show, "make", *wishes, "--no-publish") == 0
    assert (len(web.asked), len(services.requests)) == requests
    capsys.readouterr()
    assert podcast(online_show, "notes", "10.1234/a") == 0
    assert "https://arxiv.org/abs/2509.00007" in capsys.readouterr().out


def test_what_is_listed_here_keeps_its_day_and_votes(web: Web, show: Path, services: Services) -> None:
    """A paper that a day here lists is made under that day, as `make DAY` would make it."""
    assert podcast(show, "fetch", DAY, "--papers", str(show / "list.json")) == 0
    assert podcast(show, "make", "2403.00003") == 0
    assert (show / "episodes" / DAY / "2403.00003" / "episode.json").is_file()
    assert folders(show) == []
    assert "3 readers upvoted it" in (show / "episodes" / DAY / "2403.00003" / "script.json").read_text()


@pytest.mark.long
def test_a_day_that_lists_it_later_does_not_make_it_again(web: Web, show: Path, services: Services) -> None:
    """The day's list leaves what was asked for before, also on that very day, and the guid stays."""
    assert podcast(show, "make", "2403.00002") == 0
    folder, _ = asked(show)
    guid = load(folder / "episode.json")["guid"]
    for day in (DAY, TODAY.isoformat()):
        assert podcast(show, "make", day, "--papers", str(show / "list.json"), "--top", "2") == 0
        chosen = {one["paper_id"]: one for one in load(show / "episodes" / day / "selection.json")["verdicts"]}
        assert chosen["2403.00002"]["reason"] == f"made on {TODAY} already"
        if day == DAY:
            assert not (show / "episodes" / day / "2403.00002").exists()
    assert load(folder / "episode.json")["guid"] == guid
    report = show / "feed" / "digest" / f"{TODAY:%Y/%m/%d}.md"
    assert "\nOne paper that somebody asked for on" in report.read_text()
    assert podcast(show, "digest", TODAY.isoformat()) == 0
    assert "0 of the 2 papers that Hugging Face listed on" in report.read_text()
    assert "and one paper that somebody asked for on" in report.read_text()


@pytest.mark.long
def test_a_doi_is_read_where_it_is_open(web: Web, online_show: Path) -> None:
    """Crossref tells title, authors and abstract; Unpaywall where the PDF is; who asks is said to both."""
    web.works("10.1234/a_b.c-d", pdf=f"{web.base}/open.pdf")
    web.pages["/open.pdf"] = Reply(200, pdf_file(stamp=JOURNAL))
    assert podcast(online_show, "make", "https://doi.org/10.1234/A_b.C-d") == 0
    folder, record = asked(online_show)
    assert folder.name == "doi-10.1234_a~5fb.c-d"
    assert record["paper"]["title"] == TITLE
    assert record["paper"]["authors"] == ["Jane Doe", "The Pebble Group"]
    assert record["paper"]["summary"] == ABSTRACT
    assert record["paper"]["published_at"] == "2024-03-05T00:00:00Z"
    assert (record["told_by"], record["original"]) == ("crossref", "original.pdf")
    assert (folder / "original.pdf").read_bytes() == pdf_file(stamp=JOURNAL)
    assert load(folder / "document.json")["source"] == "pdf"
    assert "/works/10.1234/a_b.c-d?mailto=reader@example.net" in web.asked
    page = (online_show / "feed" / "episodes" / f"{TODAY}-{folder.name}" / "index.html").read_text()
    assert '<a href="https://doi.org/10.1234/a_b.c-d">DOI 10.1234/a_b.c-d</a>' in page
    assert not list((online_show / "feed").rglob("original*"))


def test_a_doi_that_arxiv_has_is_arxivs(web: Web, online_show: Path) -> None:
    """Where a service names an id of arXiv's, it is that paper: the same id, guid and text."""
    web.works("10.1234/abc", arxiv="2509.00007v1")
    assert podcast(online_show, "make", "doi:10.1234/abc", "--no-publish") == 0
    folder, record = asked(online_show)
    assert (folder.name, record["paper"]["title"]) == ("2509.00007", "Sorting Pebbles")


@pytest.mark.long
def test_an_open_pdf_that_arxiv_stamped_is_arxivs(web: Web, online_show: Path) -> None:
    """A DOI whose open PDF bears arXiv's stamp is the paper of that id, asked for by whichever first: one episode."""
    web.works("10.1234/abc", pdf=f"{web.base}/open.pdf")
    web.pages["/open.pdf"] = Reply(200, pdf_file())
    assert podcast(online_show, "make", "10.1234/abc", "--no-publish") == 0
    folder, record = asked(online_show)
    assert (folder.name, record["told_by"], record["original"]) == ("2509.00003", "arxiv", "")
    assert podcast(online_show, "make", "2509.00003", "10.1234/abc", "--no-publish") == 0
    assert asked(online_show)[0] == folder


@pytest.mark.long
def test_an_id_with_a_format_is_that_talk(
    web: Web, online_show: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """What commands call an episode is a wish too: the paper, told so; a format that is none is said, with those there
    are."""
    web.works("10.1234/a_b.c-d", pdf=f"{web.base}/open.pdf")
    web.pages["/open.pdf"] = Reply(200, pdf_file(stamp=JOURNAL))
    assert podcast(online_show, "make", "arXiv:2509.00007.brief", "2509.00007.brief", "--no-publish") == 0
    assert asked(online_show)[0].name == "2509.00007"
    assert [path.parent.name for path in online_show.glob("episodes/*/*/episode.json")] == ["2509.00007.brief"]
    before = len(services.requests)
    assert podcast(online_show, "make", "2509.00007.critique", "2509.00008.critique") == 1
    assert len(services.requests) == before
    assert "a critique is written by a language model, and the show has none" in said(capsys)
    assert podcast(online_show, "make", "2509.00007.critic") == 2
    assert "critic is no way to tell a paper → write 2509.00007.brief, 2509.00007.critique" in said(capsys)
    assert podcast(online_show, "make", "10.1234/a_b.c-d", "--no-publish") == 0
    assert podcast(online_show, "make", "10.1234/a_b.c-d.brief", "--no-publish") == 0
    made = {path.parent.name for path in online_show.glob("episodes/*/*/episode.json")}
    assert made == {"2509.00007.brief", "doi-10.1234_a~5fb.c-d", "doi-10.1234_a~5fb.c-d.brief"}


def test_a_file_is_named_as_it_was_typed(
    web: Web, online_show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with a file, or comes of its paper, is said of the file: its id says nothing to who typed it."""
    short = tmp_path / "short.md"
    short.write_text("---\ntitle: Pebbles\nauthors: Jane Doe\n---\n\nToo short.\n")
    assert podcast(online_show, "make", str(short)) == 1
    told = said(capsys)
    assert f"the Markdown of {short} has only" in told
    assert "file-" not in told
    dumb = tmp_path / "dumb.md"
    dumb.write_text(
        markdown(title="Dumb", authors="Jane Doe").replace(SENTENCES, "What? " * 200).replace(ABSTRACT, "Why?")
    )
    assert podcast(online_show, "make", str(dumb)) == 1
    assert "dumb.md is in quarantine: " in said(capsys)
    name = "file-0123456789abcdef"
    error = DocumentError(f"{name} is empty: see /x/{name}/a.json, {name}.critique/b", f"podcast make {name}")
    paper = SimpleNamespace(id=f"{name}.critique", about=(SimpleNamespace(id=name),))
    front.tell(None, SimpleNamespace(error=error, paper=paper), named="a\\1.md")
    told = said(capsys)
    assert f"a\\1.md.critique is in quarantine: a\\1.md is empty: see /x/{name}/a.json, {name}.critique/b" in told
    assert f" make {name}" in told


def test_a_doi_without_an_open_text_is_said(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that tells of the paper and does not hold it is none; what can be done is said."""
    web.works("10.1234/abc")
    web.pages["/10.1234/abc"] = Reply(302, b"", {"Location": "/landing"})
    web.pages["/landing"] = Reply(200, article(paragraphs=1))
    assert podcast(online_show, "make", "10.1234/abc") == 1
    told = said(capsys)
    assert "no open text of 10.1234/abc was found: the page tells of the paper, and does not hold it" in told
    assert "make paper.pdf" in told
    assert folders(online_show) == []


def test_crossref_is_asked_patiently(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A DOI that nobody knows is said; a service that is out is no reason to conclude so."""
    assert podcast(online_show, "make", "10.1234/nobody") == 1
    assert "nobody knows the DOI 10.1234/nobody" in said(capsys)
    web.pages["/works/10.1234/busy"] = Reply(503, b"", {"Retry-After": "0"})
    assert podcast(online_show, "make", "10.1234/busy") == 1
    assert "Crossref answered 503 (4 tries)" in said(capsys)
    assert sum("/works/10.1234/busy" in path for path in web.asked) == 4


def test_a_page_that_is_an_article_is_read(web: Web, online_show: Path) -> None:
    """Its tags tell title, authors and abstract; its running text is the document, without all that stands around."""
    web.pages["/post"] = Reply(200, article(tags=tags(author="Doe, Jane")))
    assert podcast(online_show, "make", f"{web.base}/post") == 0
    folder, record = asked(online_show)
    assert folder.name.startswith("file-")
    assert record["paper"]["authors"] == ["Jane Doe"]
    assert record["paper"]["home"] == f"{web.base}/post"
    document = load(folder / "document.json")
    assert [section["title"] for section in document["sections"]] == ["Part 1", "Part 2", "Part 3", "Part 4"]
    text = json.dumps(document)
    for unsaid in ("nobody should hear", "caption", "Cell 123", "Cookies", "cited work", "Issues"):
        assert unsaid not in text
    assert not web.headers[0].get("Cookie")
    asked_before = len(web.asked)
    assert podcast(online_show, "make", f"{web.base}/post#part-2", "--no-publish") == 0
    assert len(web.asked) == asked_before


def test_what_a_service_says_of_a_page_is_kept_with_it(web: Web, online_show: Path) -> None:
    """A page that does not say what it is written in is read by what came with it, and so is what is kept of it."""
    page = article(tags=tags(author="Гёдель, Курт")).replace(b'<meta charset="utf-8">', b"").decode()
    web.pages["/post"] = Reply(200, page.encode("koi8-r"), {"Content-Type": "text/html; charset=KOI8-R"})
    assert podcast(online_show, "make", f"{web.base}/post", "--no-publish") == 0
    folder, record = asked(online_show)
    assert record["paper"]["authors"] == ["Курт Гёдель"]
    assert "Гёдель" in (folder / "original.html").read_text()


def test_a_journals_page_leads_to_its_pdf(web: Web, online_show: Path) -> None:
    """The page knows who wrote it, the PDF behind it is the text."""
    web.pages["/article/7"] = Reply(200, article(tags=tags(pdf_url="/article/7.pdf"), paragraphs=1))
    web.pages["/article/7.pdf"] = Reply(200, pdf_file(stamp=JOURNAL), {"Content-Type": "application/octet-stream"})
    assert podcast(online_show, "make", f"{web.base}/article/7", "--no-publish") == 0
    folder, record = asked(online_show)
    assert (record["told_by"], record["original"]) == ("page", "original.pdf")
    assert (record["paper"]["title"], record["paper"]["authors"]) == (TITLE, ["Jane Doe"])
    assert load(folder / "document.json")["source"] == "pdf"


PAGE, PDF = "/article/7", "/article/7.pdf"
"""Where a journal tells of a paper, and where its page says that the text is."""


def test_a_page_is_none_in_the_place_of_its_pdf(
    web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the PDF does not answer the paper waits; where there is none, or no way to it, a page that only tells of
    the paper is refused. Nothing is kept, and the next time the PDF is read."""
    web.pages[PAGE] = Reply(200, article(tags=tags(pdf_url=PDF), paragraphs=2))
    later, save = "(4 tries): {}{} → try again later", "does not hold it; its PDF is {}{} → save the PDF"
    replies = ((Reply(503, b"", {"Retry-After": "0"}), later), (Reply(500), later), (Reply(403), save),
               (Reply(200, WALL.body), save), (Reply(404), save))  # fmt: skip
    for reply, told in replies:
        web.pages[PDF] = reply
        assert podcast(online_show, "make", f"{web.base}{PAGE}") == 1
        assert told.format(web.base, PDF) in said(capsys)
    assert folders(online_show) == []
    web.pages[PDF] = Reply(200, pdf_file(stamp=JOURNAL))
    assert podcast(online_show, "make", f"{web.base}{PAGE}", "--no-publish") == 0
    assert load(asked(online_show)[0] / "document.json")["source"] == "pdf"


def test_a_page_that_holds_the_paper_is_read_where_its_pdf_is_not_to_be_had(web: Web, online_show: Path) -> None:
    """It is as long as a paper is, and lets us in."""
    web.pages[PAGE] = Reply(200, article(tags=tags(pdf_url=PDF), paragraphs=20))
    web.pages[PDF] = Reply(403)
    assert podcast(online_show, "make", f"{web.base}{PAGE}", "--no-publish") == 0
    assert load(asked(online_show)[0] / "document.json")["source"] == "html"


def test_a_robot_wall_is_said_as_such(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that lets browsers in alone is no paper's text, whatever its status; the way out is to save the file."""
    for reply in (WALL, Reply(200, WALL.body)):
        web.pages["/walled"] = reply
        assert podcast(online_show, "make", f"{web.base}/walled") == 1
        told = said(capsys)
        assert "lets browsers in alone: it says 'Just a moment'" in told
        assert "save the PDF from your browser" in told
    assert folders(online_show) == []


def test_a_file_is_known_by_what_it_holds(web: Web, online_show: Path, tmp_path: Path) -> None:
    """A file has the id of its bytes, whatever it is called; no path of this machine is published."""
    first, second = tmp_path / "a.md", tmp_path / "other name.txt"
    first.write_text(markdown())
    second.write_text(markdown())
    assert podcast(online_show, "make", str(first)) == 0
    assert podcast(online_show, "make", str(second)) == 0
    folder, record = asked(online_show)
    assert record["paper"]["authors"] == ["Jane Doe", "Richard Roe"]
    first.unlink()
    second.unlink()
    assert podcast(online_show, "regenerate", folder.name, "--from", "read") == 0
    for path in (online_show / "feed").rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".txt", ".md"):
            assert str(tmp_path / "a.md") not in path.read_text()
            assert "None" not in path.read_text(), path


def test_a_broken_record_costs_itself_alone(
    web: Web, online_show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another file and another page become episodes; the broken one is named, with the way back; moved away as that
    says, it can be asked for anew."""
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text(markdown())
    second.write_text(markdown("A Second Way"))
    assert podcast(online_show, "make", str(first), "--no-publish") == 0
    folder, _ = asked(online_show)
    (folder / "paper.json").write_text("{")
    web.pages["/post"] = Reply(200, article(tags=tags()))
    capsys.readouterr()
    for wish in (str(second), f"{web.base}/post"):
        podcast(online_show, "make", wish, "--no-publish")
        assert f"mv {folder} {folder}.broken" in said(capsys)
    made = sorted(path.parent for path in online_show.glob("episodes/*/*/episode.json"))
    assert len(made) == 3
    folder.rename(f"{folder}.broken")
    assert podcast(online_show, "make", str(first), "--no-publish") == 0
    assert load(folder / "paper.json")["paper"]["title"] == TITLE


def test_a_copy_of_its_folder_is_no_paper(
    web: Web, online_show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under another name it is neither made, nor listed, nor told in the digest; under another day it is named."""
    path = tmp_path / "a.md"
    path.write_text(markdown())
    assert podcast(online_show, "make", str(path)) == 0
    folder, _ = asked(online_show)
    before = tree(online_show / "feed")
    for name in (f"{folder.name}.bak", f"{folder.name} copy"):
        shutil.copytree(folder, folder.with_name(name))
    day = Workspace(online_show).day(dt.date.fromisoformat(folder.parent.name))
    assert [paper.id for paper in papers_asked.under(day)] == [folder.name]
    assert podcast(online_show, "make", str(path)) == 0
    assert tree(online_show / "feed") == before
    other = folder.parent.with_name("2025-01-01") / folder.name
    shutil.copytree(folder, other)
    capsys.readouterr()
    assert podcast(online_show, "publish") == 1
    with pytest.raises(DocumentError, match=f"is the record of {folder.parent.name}/{folder.name}") as caught:
        papers_asked.kept(Workspace(online_show).day(dt.date(2025, 1, 1)).paper(folder.name))
    assert caught.value.hint.endswith(f"mv {other} {other}.copy")


def test_what_cannot_be_found_is_asked_for(
    web: Web, online_show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A text without a title or authors names the options that say them; said, they count."""
    paper = tmp_path / "draft.md"
    paper.write_text(f"{SENTENCES}\n\n{SENTENCES}\n")
    assert podcast(online_show, "make", str(paper)) == 2
    told = said(capsys)
    assert "the title and authors of draft.md cannot be found in it" in told
    assert '--title "…" --author "…"' in told
    assert folders(online_show) == []
    options = ["--title", "On Pebbles", "--author", "Jane Doe", "--author", "Richard Roe", "--abstract", ABSTRACT]
    assert podcast(online_show, "make", str(paper), *options) == 0
    paper_ = asked(online_show)[1]["paper"]
    assert (paper_["title"], paper_["authors"], paper_["summary"]) == (
        "On Pebbles",
        ["Jane Doe", "Richard Roe"],
        ABSTRACT,
    )


@pytest.mark.long
@pytest.mark.parametrize("name", ["www..nature.com", f"{'a' * 64}.example", "xn--bcher-kva..example"])
def test_an_address_of_no_machine_costs_itself_alone(
    web: Web, online_show: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that no machine can have is said to be none, and the paper beside it is made."""
    address = f"https://{name.replace('xn--bcher-kva', 'bücher')}/x"
    assert podcast(online_show, "make", address, "2509.00007", "--no-publish") == 1
    assert f"no machine called {name} is to be found → look at the address" in said(capsys)
    assert asked(online_show)[0].name == "2509.00007"


NO_ADDRESSES = (
    "http://[x/paper.pdf",
    "https://h.org:abc/p.pdf",
    "ftp://h.org/p.pdf",
    "javascript:void(0)",
    "https:///p",
)


@pytest.mark.long
def test_a_link_that_is_none_is_passed_over(web: Web, online_show: Path) -> None:
    """Whoever names it, a page, Crossref or Unpaywall: what else there is of the paper is read."""
    for number, link in enumerate(NO_ADDRESSES):
        web.pages[f"/post{number}"] = Reply(200, article(f"Post {number}", tags(title=f"Post {number}", pdf_url=link)))
    web.works(
        "10.1234/a",
        pdf="https://h.org:abc/p.pdf",
        link=[{"URL": each, "content-type": "application/pdf"} for each in NO_ADDRESSES],
    )
    web.pages["/10.1234/a"] = Reply(200, article(paragraphs=20))
    posts = [f"{web.base}/post{number}" for number in range(len(NO_ADDRESSES))]
    assert podcast(online_show, "make", "10.1234/a", *posts, "--no-publish") == 0
    titles = {load(folder / "paper.json")["paper"]["title"] for folder in folders(online_show)}
    assert titles == {TITLE, *(f"Post {number}" for number in range(len(NO_ADDRESSES)))}


MARKED = "<i>Pt</i>-like pebbles for CO<sub>2</sub> &amp; 10<sup>-3</sup> K"
PLAIN = "Pt-like pebbles for CO2 & 10⁻³ K"


@pytest.mark.long
def test_markup_tears_no_word_apart(web: Web, online_show: Path) -> None:
    """Titles and abstracts of Crossref's and of pages, headings and text: what is set otherwise stays one word, a power
    stays one, and only what stands apart has a space."""
    abstract = (
        "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aim</jats:title>"
        "<jats:p>We bind CO<jats:sub>2</jats:sub>.</jats:p>"
        "<jats:p>It takes 10<jats:sup>3</jats:sup> s.</jats:p></jats:sec>"
    )
    dry, wet = b"It does not work", b"Of H<sub>2</sub>O it takes 10<sup>4</sup> l.<br>It does not work"
    page = article(MARKED, paragraphs=20).replace(dry, wet)
    web.works("10.1234/a", title=[MARKED], abstract=abstract)
    web.pages["/10.1234/a"] = Reply(200, page)
    quoted = MARKED.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    web.pages["/post"] = Reply(200, article("Of CO<sub>2</sub>", tags(title=quoted, abstract="")))
    assert podcast(online_show, "make", "10.1234/a", f"{web.base}/post", "--no-publish") == 0
    first, second = (load(folder / "paper.json")["paper"] for folder in folders(online_show))
    assert (first["title"], second["title"]) == (PLAIN, PLAIN)
    assert first["summary"] == "Aim We bind CO2. It takes 10³ s."
    text = json.dumps(load(folders(online_show)[0] / "document.json"), ensure_ascii=False)
    assert "Of H2O it takes 10⁴ l." in text
    assert "It does not work with wet sand." in text


HEADS = {
    "authors:\n  - name: Jane Doe\n    orcid: 0000-0000-0000-0001\n    affiliation: 1\n    corresponding: true\n"
    '  - name: Roe, Richard\n    affiliation: "1, 2"\naffiliations:\n  - name: A Beach\n    index: 1':
        "Jane Doe|Richard Roe",
    "authors:\n- given-names: Jane\n  surname: Doe\n- given-names: Ludwig\n  dropping-particle: van\n  surname: Roe":
        "Jane Doe|Ludwig van Roe",
    "author:\n  -\n    name:\n      given: Jane\n      family: Doe\n    affiliations:\n      - name: A Beach\n"
    "  - name: Richard Roe": "Jane Doe|Richard Roe",
    "author: [Jane Doe, Richard Roe]": "Jane Doe|Richard Roe",
    'authors: ["Doe, Jane", "Roe, Richard"]': "Jane Doe|Richard Roe",
    "authors: [{name: Jane Doe, orcid: 0}, {name: Richard Roe}]": "Jane Doe|Richard Roe",
    "author:\n  - Jane Doe\n  - Richard Roe": "Jane Doe|Richard Roe",
    "author: Jane Doe,\n  Richard Roe": "Jane Doe|Richard Roe",
    "author: Smith, J. and Doe, A.": "J. Smith|A. Doe",
    "author: Jane Doe, Richard Roe and Ann Lee": "Jane Doe|Richard Roe|Ann Lee",
    'author: "Jane Doe"': "Jane Doe",
}  # fmt: skip
LISTS = {
    ("Smith, J., Doe, A., Lee, K.",): "J. Smith|A. Doe|K. Lee",
    ("Smith, John and Doe, Ann",): "John Smith|Ann Doe",
    ("Smith, J. and Doe, A.",): "J. Smith|A. Doe",
    ("Smith, J., Doe, A. & Lee, K.",): "J. Smith|A. Doe|K. Lee",
    ("García Márquez, Gabriel José",): "Gabriel José García Márquez",
    ("Doe, Jane; van der Berg, Jan",): "Jane Doe|Jan van der Berg",
    ("Doe, Jane", "King, Martin Luther, Jr.", "The Institute of Sand and Stone"):
        "Jane Doe|Martin Luther King Jr.|The Institute of Sand and Stone",
    ("Jane Doe, Richard Roe, Ann Lee, Bob Ray",): "Jane Doe|Richard Roe|Ann Lee|Bob Ray",
}  # fmt: skip


@pytest.mark.parametrize(("head", "names"), HEADS.items())
def test_authors_are_read_from_heads_as_people_write_them(head: str, names: str) -> None:
    """Of a list of maps the names alone; one line may hold several, turned or not."""
    told = originals.told(f"---\ntitle: On Pebbles\n{head}\ntags: [sand]\n---\n\nText.\n".encode())
    assert "|".join(told.front.authors) == names
    assert told.front.title == "On Pebbles"


@pytest.mark.parametrize(("values", "names"), LISTS.items())
def test_authors_are_read_from_tags_as_journals_write_them(values: tuple[str, ...], names: str) -> None:
    """One tag each, or all in one."""
    page = article(tags="".join(f'<meta name="citation_author" content="{escape(value)}">' for value in values))
    assert "|".join(originals.told(page).front.authors) == names


def test_who_is_out_is_no_proof_that_nobody_knows(
    web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither of the DOI nor of an open text is it said that there is none while somebody could not be asked."""
    web.pages["/works/doi:10.1234/nobody"] = web.pages["/works/doi:10.1234/a"] = Reply(503)
    assert podcast(online_show, "make", "10.1234/nobody") == 1
    told = said(capsys)
    assert "nobody knows the DOI" not in told
    assert "OpenAlex answered 503" in told
    web.works("10.1234/a")
    web.pages["/10.1234/a"] = WALL
    assert podcast(online_show, "make", "10.1234/a") == 1
    told = said(capsys)
    assert "no open text of 10.1234/a was found" in told
    assert "but not all could be asked: OpenAlex answered 503" in told
    assert "try again later, or save the PDF" in told


@pytest.mark.long
def test_a_days_commands_are_of_what_was_asked_for_too(
    web: Web, online_show: Path, tmp_path: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    """A day on which papers were asked for is there, with or without a list: each is changed by it, as it is told, and
    what is linked with it is read again."""
    paper = tmp_path / "pebbles.md"
    paper.write_text(markdown())
    assert podcast(online_show, "make", str(paper), "2509.00007.brief", "--no-publish") == 0
    first, second = sorted(
        (path.parent for path in online_show.glob("episodes/*/*/episode.json")), key=lambda p: p.name
    )
    today = first.parent.name
    capsys.readouterr()
    assert podcast(online_show, "record", today) == 0
    assert podcast(online_show, "mix", today) == 0
    assert not (online_show / "episodes" / today / "2509.00007" / "script.json").exists(), "nobody asked for a dialogue"
    before = [load(folder / "episode.json") for folder in (first, second)]
    (online_show / "podcast.toml").write_text(
        (online_show / "podcast.toml").read_text().replace("Test Show", "New Name")
    )
    assert podcast(online_show, "regenerate", today, "--all", "--from", "mix", "--no-publish") == 0
    after = [load(folder / "episode.json") for folder in (first, second)]
    assert [one["guid"] for one in after] == [one["guid"] for one in before]
    assert all(new["media"]["sha256"] != old["media"]["sha256"] for new, old in zip(after, before, strict=True))
    services.pages["/api/papers/2509.00007"] = record(
        "2509.00007", linkedModels=[repository("doe/sorter")], numTotalModels=1
    )
    capsys.readouterr()
    assert podcast(online_show, "fetch", today, "--refresh") == 0
    assert "2509.00007 has other models, data sets or Spaces now" in said(capsys)
    assert load(online_show / "episodes" / today / "2509.00007" / "linked.json")["totals"] == {"models": 1}


@pytest.mark.long
def test_a_day_is_announced_whole(
    web: Web, online_show: Path, tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A paper that is asked for today tells the webhook nothing yet, for the day's list may come; the next run does,
    also where none came."""
    address, told, _ = hook
    monkeypatch.setenv("HOOK", address)
    with (online_show / "podcast.toml").open("a") as file:
        file.write('[digest]\nwebhook = "HOOK"\n')
    paper = tmp_path / "pebbles.md"
    paper.write_text(markdown())
    assert podcast(online_show, "make", str(paper)) == 0
    assert f"{TODAY} is not over: the webhook is told of it when it is" in said(capsys)
    assert told == []
    tomorrow = dt.datetime.combine(TODAY, dt.time(9), dt.UTC) + dt.timedelta(days=1)
    later = SimpleNamespace(**{**vars(dt), "datetime": SimpleNamespace(now=lambda _: tomorrow)})
    monkeypatch.setattr(reporting, "dt", later)
    front.State.show = online_show
    studio = front.open_studio(unattended=True)
    for _ in range(2):
        daily.run(studio, lambda: None, limit=1, today=tomorrow.date(), sleep=lambda _: None)
    (announced,) = told
    assert TITLE in announced["text"]


@pytest.mark.long
def test_several_at_once(web: Web, online_show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Papers of every form in one command; one that cannot be found costs itself, and is said by exit code 1."""
    paper = tmp_path / "pebbles.md"
    paper.write_text(markdown("A Third Way"))
    web.pages["/post"] = Reply(200, article(tags=tags()))
    assert podcast(online_show, "make", "2509.00007", str(paper), f"{web.base}/post", "10.1234/nobody") == 1
    assert "nobody knows the DOI" in said(capsys)
    assert len(folders(online_show)) == 3
    assert (online_show / "feed" / "feed.xml").read_text().count("<item>") == 3
    assert load(online_show / "episodes" / "show.json")["numbers"].keys() == {
        f"{TODAY}/{folder.name}" for folder in folders(online_show)
    }


def test_a_paper_that_is_not_found_costs_the_day_beside_it_nothing(made: Path, tmp_path: Path) -> None:
    """Nor one that does not say who wrote it: the day is made, digest and feed follow, and exit code 1 tells."""
    short, dumb = tmp_path / "short.md", tmp_path / "dumb.md"
    short.write_text("Too short.\n")
    dumb.write_text(f"{SENTENCES}\n\n{SENTENCES}\n")
    for paper in (short, dumb):
        shutil.rmtree(made / "feed")
        assert make(made, str(paper)) == 1
        assert (made / "feed" / "feed.xml").is_file()
        assert list((made / "feed" / "digest").glob("*/*/*.md"))


@pytest.mark.long
def test_a_paper_and_a_talk_about_it_need_not_stand_together(web: Web, online_show: Path, tmp_path: Path) -> None:
    """Another paper between them, and one named twice, cost nothing: each is made once."""
    paper = tmp_path / "pebbles.md"
    paper.write_text(markdown("A Third Way"))
    assert podcast(online_show, "make", "2509.00007", "--no-publish") == 0
    assert podcast(online_show, "make", "2509.00007", str(paper), "2509.00007.brief", "2509.00007") == 0
    assert (online_show / "feed" / "feed.xml").read_text().count("<item>") == 3


@pytest.mark.parametrize(
    ("wish", "answer"),
    [
        ("paper.pdf", "there is no file paper.pdf in"),
        ("peper.md", "did you mean paper.md?"),
        ("paper.pdf", "did you mean paper.md?"),
        ("nofile.pdf", "→ here is page.pdf"),
        ("./nofile", "→ here are empty.md, page.pdf, paper.md"),
        ("no-such.html", "→ no HTML file lies here: look at the path"),
        ("day.json", "→ look at the path"),
        ("criteria.exampel.md", "→ here are empty.md, paper.md"),
        ("nowhere/paper.pdf", "there is no folder nowhere either"),
        (".", ". is a folder"),
        ("empty.md", "empty.md is empty"),
        ("picture.png", "picture.png is a picture"),
        ("letter.docx", "letter.docx is a Word document"),
        ("paper.nxml", "paper.nxml is JATS XML"),
        ("feed.xml", "feed.xml is XML, and no page of the web"),
        ("page.pdf", "page.pdf is no PDF, though it is called so: it is a web page"),
        ("10.12/abc", "10.12/abc is no DOI"),
        ("doi:10.1234", "doi:10.1234 is no DOI"),
        ("https://doi.org/abc", "https://doi.org/abc is no DOI"),
        ("2509.9666", "of that month they end with five digits"),
        ("2513.09666", "it would be of month 13"),
        ("250.09666", "250.09666 is no arXiv id"),
        ("https://arxiv.org/list/cs.CL/recent", "is no paper's address"),
        ("https://huggingface.co/papers/week/2026-W31", "make --week 2026-W31"),
        ("https://user:word@example.org/a.pdf", "an address with a password in it"),
        ("http://pebbles", "http://pebbles is no address"),
    ],
)
def test_a_wrong_wish_is_answered_at_once(
    web: Web, services: Services, online_show: Path, tmp_path: Path, wish: str, answer: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Each has its own answer and exit code 2; nobody is asked, and no paper that was named beside it is begun."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    (place / "paper.md").write_text(markdown())
    (place / "empty.md").write_text(" \n")
    (place / "criteria.example.md").write_text(markdown())
    (place / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (place / "letter.docx").write_bytes(b"PK\x03\x04" + bytes(30) + b"word/document.xml")
    jats = (
        b'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96)//EN" "JATS.dtd"><article article-type="research-article">'
    )
    (place / "paper.nxml").write_bytes(b'<?xml version="1.0"?>' + jats)
    (place / "feed.xml").write_bytes(b'<?xml version="1.0"?><feed><entry>An article.</entry></feed>')
    (place / "page.pdf").write_bytes(article())
    assert podcast(online_show, "make", "2509.00007", wish) == 2
    assert answer in said(capsys)
    assert services.requests == []
    assert web.asked == []
    assert folders(online_show) == []


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "pebbles.example"])
def test_no_address_leads_into_this_network(
    web: Web, online_show: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that is not public is not asked, by whatever name it goes, unless the settings name it."""
    monkeypatch.setenv("PODCAST_SOURCES__OWN_HOSTS", "[]")
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest, **more: look_up("127.0.0.1" if host == name else host, *rest, **more)
    )
    web.pages["/post"] = Reply(200, article(tags=tags()))
    address = f"http://{name}:{web.host.partition(':')[2]}/post"
    assert podcast(online_show, "make", address) == 1
    assert "leads to 127.0.0.1, which is not public: it is not asked" in said(capsys)
    assert web.asked == []


def test_a_stranger_cannot_send_us_there(
    web: Web, online_show: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A redirect goes through the same gate: a host of one's own may be named, and none leads to another."""
    with open_services.running() as other:
        other.pages["/secret"] = Reply(200, article(tags=tags()))
        monkeypatch.setenv("PODCAST_SOURCES__OWN_HOSTS", json.dumps([web.host, other.host]))
        web.pages["/away"] = Reply(302, b"", {"Location": f"{other.base}/secret"})
        assert podcast(online_show, "make", f"{web.base}/away") == 1
        assert "which is not public" in said(capsys)
        assert other.asked == []


def test_what_is_too_large_or_no_text_is_left(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Size and kind are held to: by what is said, and by what comes."""
    web.pages["/large"] = Reply(200, b"<html>", {"Content-Length": str(60_000_000)})
    web.pages["/picture"] = Reply(200, b"\x89PNG\r\n\x1a\n" + bytes(64), {"Content-Type": "application/pdf"})
    for path, answer in (("/large", "more than 50 MB"), ("/picture", "is a picture"), ("/none", "answered 404")):
        assert podcast(online_show, "make", f"{web.base}{path}") == 1
        assert answer in said(capsys)


def test_a_pdf_with_arxivs_stamp_is_arxivs(web: Web, online_show: Path, services: Services, tmp_path: Path) -> None:
    """A PDF that arXiv stamped is arXiv's paper; where arXiv is out, the file is read, under the same id."""
    paper = tmp_path / "saved.pdf"
    paper.write_bytes(pdf_file())
    services.trouble("/api/query", *[Reply(503)] * 4)
    services.trouble("/abs/", *[Reply(503)] * 4)
    services.trouble("/html/", *[Reply(503)] * 4)
    assert podcast(online_show, "make", str(paper), "--title", TITLE, "--author", "Jane Doe") == 0
    folder, record = asked(online_show)
    assert (folder.name, record["original"]) == ("2509.00003", "original.pdf")
    assert load(folder / "document.json")["source"] == "pdf"


@pytest.mark.long
def test_a_paper_of_ones_own_is_told_otherwise(web: Web, online_show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format` holds for a paper that is asked for by itself: each is an episode of its own, and both lead to each
    other; a link on a page leads to where the paper is."""
    web.works("10.1234/a_b.c-d", pdf=f"{web.base}/open.pdf")
    web.pages["/open.pdf"] = Reply(200, pdf_file(stamp=JOURNAL))
    told = ("make", "10.1234/A_b.C-d", "--format", "dialogue,brief")
    assert podcast(online_show, *told) == 0
    folder, _ = asked(online_show)
    brief = folder.with_name(f"{folder.name}.brief")
    first, second = load(folder / "episode.json"), load(brief / "episode.json")
    assert first["guid"] != second["guid"]
    assert (first["number"], second["number"]) == (1, 2)
    assert second["title"] == f"In brief: {first['title']}"
    for here, there in ((folder, brief), (brief, folder)):
        page = (online_show / "feed" / "episodes" / f"{TODAY}-{here.name}" / "index.html").read_text()
        assert f'href="../../episodes/{TODAY}-{there.name}/index.html"' in page
        assert '<a href="https://doi.org/10.1234/a_b.c-d">DOI 10.1234/a_b.c-d</a>' in page
        assert "arxiv.org/abs" not in page
    before = tree(online_show / "feed")
    assert podcast(online_show, *told) == 0
    assert tree(online_show / "feed") == before
    capsys.readouterr()
    assert podcast(online_show, "status", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {(row["paper"], row["format"], row["state"]) for row in rows} == {
        (folder.name, "dialogue", "done"), (brief.name, "brief", "done"),
    }  # fmt: skip
    for name in (brief.name, "10.1234/a_b.c-d.brief", f"https://x.example/episodes/{TODAY}-{brief.name}/"):
        assert podcast(online_show, "script", name, "--json") == 0
        lines = json.loads(capsys.readouterr().out)
        assert {line["host"] for line in lines} == {"B"}
    assert podcast(online_show, "publish", "--withdraw", brief.name) == 0
    assert (brief / "withdrawn.json").is_file()
    assert not (folder / "withdrawn.json").exists()
    assert podcast(online_show, "publish", "--check") == 0


GOLDEN = TESTS / "golden" / "asked"
"""Two papers that were asked for, one of arXiv's and one of a file, as they lay on the disk in December 2026."""


def records(root: Path) -> dict[str, bytes]:
    """Return each paper's record, with one time for that of its asking."""
    asked = re.compile(rb'(?<=asked_at": ")[0-9TZ:-]+|(?<=listed_on": ")[0-9-]+')
    return {path.parent.name: asked.sub(b"", path.read_bytes()) for path in root.rglob("paper.json")}


@pytest.mark.long
def test_a_paper_that_was_asked_for_opens_for_ever(
    web: Web, online_show: Path, services: Services, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an earlier version kept of one opens, and is written as that wrote it: nobody is asked, it is found by its
    id and by its bytes, and read and written from what is there."""
    file = tmp_path / "pebbles.md"
    file.write_text(markdown())
    day = online_show / "episodes" / "2026-12-01"
    shutil.copytree(GOLDEN, day)
    before = tree(day)
    for wish, folder in (("2509.00007", "2509.00007"), (str(file), asked_file(day))):
        assert podcast(online_show, "make", wish, "--no-publish") == 0
        assert (day / folder / "episode.json").is_file()
    assert services.requests == []
    assert {name: data for name, data in tree(day).items() if name in before} == before
    shutil.rmtree(online_show / "episodes")
    assert podcast(online_show, "make", "2509.00007", str(file), "--no-publish") == 0
    assert records(online_show) == records(GOLDEN)


def asked_file(day: Path) -> str:
    (name,) = (path.name for path in day.iterdir() if path.name.startswith("file-"))
    return name
