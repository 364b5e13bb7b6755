"""arXiv's metadata and the order in which a paper's text is looked for."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from services import FAILED_PAGE, FRIDAY, MATHS, UNKNOWN, Reply, Services, atom

from podcast.show.errors import SourceError
from podcast.show.schema import Paper
from podcast.show.workspace import Workspace
from podcast.sources.arxiv import Arxiv, parse_feed
from podcast.sources.cache import Cache
from podcast.sources.huggingface import HuggingFace

DATE = dt.date.fromisoformat(FRIDAY)
NOW = dt.datetime(2025, 9, 13, 8, 0, tzinfo=dt.UTC)
HTML, MARKDOWN, PDF = f"/html/{MATHS}", f"/papers/{MATHS}.md", f"/pdf/{MATHS}"


@pytest.fixture
def huggingface(services: Services, tmp_path: Path) -> HuggingFace:
    return HuggingFace(services.settings(), Workspace(tmp_path), now=lambda: NOW, sleep=lambda _: None)


def paper() -> Paper:
    return Paper(
        id=MATHS, title="Sorting Pebbles", summary="We sort. It is fast.", published_at=NOW, listed_on=DATE, upvotes=1,
        upvotes_read_at=NOW, rank=1,
    )  # fmt: skip


def test_one_call_a_day(services: Services, tmp_path: Path) -> None:
    """All ids of a day go in one request that asks for as many entries; what comes is mapped by id."""
    ids = ["2509.00002", UNKNOWN, MATHS]
    found = Arxiv(services.settings(), Cache(tmp_path)).metadata(DATE, ids, fresh=True)
    assert [request.path for request in services.requests] == [f"/api/query?id_list={','.join(ids)}&max_results=3"]
    assert sorted(found) == ["2509.00002", MATHS]
    assert found[MATHS].category == "cs.CL"
    assert found[MATHS].published == dt.datetime(2025, 9, 10, 11, 54, 29, tzinfo=dt.UTC)


def test_bad_id_fails_the_batch(services: Services, tmp_path: Path) -> None:
    """One malformed id makes arXiv refuse all: the error repeats what it says. (A day's ids are checked before.)"""
    with pytest.raises(SourceError, match="answered 400: incorrect id format for abc"):
        Arxiv(services.settings(), Cache(tmp_path)).metadata(DATE, ["abc", MATHS], fresh=True)


def test_entities_and_files_are_not_read() -> None:
    """A feed cannot make us read files or swell: entities stay unresolved, and bombs are refused."""
    feed = atom([MATHS]).decode()
    secret = Path(__file__).resolve()
    evil = feed.replace(
        "<feed", f'<!DOCTYPE feed [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY y "{"z" * 50}">]><feed', 1
    ).replace("<summary>", "<summary>&x;&y;")
    assert "def test" not in parse_feed(evil.encode(), [MATHS])[MATHS].abstract


@settings(max_examples=200)
@given(at=st.integers(0, len(atom([MATHS]))), length=st.integers(0, 200), noise=st.binary(max_size=20))
def test_broken_feed_never_crashes(at: int, length: int, noise: bytes) -> None:
    """A feed with a hole anywhere gives checked entries of what was asked for, or an error that names arXiv."""
    data = atom([MATHS])
    try:
        found = parse_feed(data[:at] + noise + data[at + length :], [MATHS])
    except SourceError as error:
        message = str(error)
    else:
        message = "arXiv"
        assert set(found) <= {MATHS}
    assert "arXiv" in message


def test_page_first(services: Services, huggingface: HuggingFace) -> None:
    """arXiv's page gives the text where it is there, and nothing else is asked for."""
    document = huggingface.document(paper())
    assert (document.source, document.licence, document.category) == ("html", "CC BY 4.0", "cs.RO")
    assert len(document.sections) > 3
    assert [request.path for request in services.requests] == [HTML]


@pytest.mark.parametrize(
    ("missing", "source"),
    [
        ({HTML: b""}, "markdown"),
        ({HTML: FAILED_PAGE}, "markdown"),
        ({HTML: b"", MARKDOWN: b"<!doctype html>"}, "pdf"),
        ({HTML: b"", MARKDOWN: b"", PDF: b""}, "abstract"),
        ({HTML: FAILED_PAGE, MARKDOWN: b"# Short", PDF: b"<html>"}, "abstract"),
    ],
)
def test_order_of_ways(services: Services, huggingface: HuggingFace, missing: dict[str, bytes], source: str) -> None:
    """Page, Markdown, PDF, abstract: the first that is a paper's text is taken; failures served as 200 are not."""
    services.pages |= missing
    document = huggingface.document(paper())
    assert document.source == source
    asked = [HTML, MARKDOWN, PDF]
    assert (
        [request.path for request in services.requests] == asked[: 1 + ["html", "markdown", "pdf"].index(source)]
        if (source != "abstract")
        else asked
    )
    if source == "abstract":
        assert document.sentences() == ("We sort.", "It is fast.")


def test_abstract_is_said(services: Services, huggingface: HuggingFace, caplog: pytest.LogCaptureFixture) -> None:
    """That a paper is told from its abstract alone is a warning, after what each of the other ways said."""
    services.pages |= {HTML: FAILED_PAGE, MARKDOWN: b"", PDF: b""}
    caplog.set_level("INFO")
    huggingface.document(paper())
    assert "no html: the page of 2509.00003 is a failed conversion" in caplog.text
    assert "no pdf: arXiv answered 404" in caplog.text
    assert [record.levelname for record in caplog.records][-1] == "WARNING"


def test_large_pdf_is_refused(services: Services, huggingface: HuggingFace) -> None:
    """A PDF of more than 50 MB is not read."""
    services.pages |= {HTML: b"", MARKDOWN: b""}
    services.trouble(PDF, Reply(200, b"%PDF-", {"Content-Length": "50000001"}))
    assert huggingface.document(paper()).source == "abstract"


def test_texts_are_kept(services: Services, huggingface: HuggingFace, tmp_path: Path) -> None:
    """A text that was read is not asked for again; one that was refused is not kept."""
    services.pages[HTML] = FAILED_PAGE
    first = huggingface.document(paper())
    del services.pages[HTML]
    assert huggingface.document(paper()).source == "html"
    assert first.source == "markdown"
    asked = len(services.requests)
    assert huggingface.document(paper()).source == "html"
    assert len(services.requests) == asked


def test_requests_to_arxiv_keep_their_distance(services: Services, tmp_path: Path) -> None:
    """Metadata and texts share one pace: no two requests to arXiv begin closer than the interval."""
    source = HuggingFace(services.settings(arxiv_interval=0.1), Workspace(tmp_path), now=lambda: NOW)
    source.day(DATE)
    for address in (HTML, PDF):
        services.pages[address] = b""
    source.document(paper())
    times = [request.at for request in services.requests if request.service == "arxiv"]
    assert len(times) == 2
    assert times[1] - times[0] >= 0.09
