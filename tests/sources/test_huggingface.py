"""The day's list: by the API, by the page, and in each of the ways in which both misbehave."""

import datetime as dt
import json
from pathlib import Path

import pytest
from services import (
    BAD_ID,
    CHALLENGE,
    FRIDAY,
    MATHS,
    RATE_LIMITED,
    SATURDAY,
    UNKNOWN,
    Reply,
    Services,
    entry,
    friday,
    listing_page,
)  # fmt: skip

from podcast.show.errors import NoPapers, SourceError
from podcast.show.schema import Day
from podcast.show.workspace import Workspace
from podcast.sources.huggingface import HuggingFace

API, PAGE = "/api/daily_papers", "/papers/date/"
DATE = dt.date.fromisoformat(FRIDAY)
NOW = dt.datetime(2025, 9, 13, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def source(
    services: Services, workspace: Workspace, now: dt.datetime = NOW, slept: list[float] | None = None
) -> HuggingFace:
    return HuggingFace(
        services.settings(), workspace, now=lambda: now, sleep=(slept if slept is not None else []).append
    )  # fmt: skip


def by_page(services: Services, workspace: Workspace) -> Day:
    services.trouble(API, Reply(404))
    return source(services, workspace).day(DATE)


def test_day(services: Services, workspace: Workspace) -> None:
    """The day has its papers by upvotes and then id, with the instant they were read and arXiv's words of each."""
    day = source(services, workspace).day(DATE)
    assert [paper.upvotes for paper in day.papers] == sorted((p.upvotes for p in day.papers), reverse=True)
    assert [paper.id for paper in day.papers[2:4]] == ["2509.00002", "2509.00006"]
    assert [paper.rank for paper in day.papers] == list(range(1, 13))
    assert day.read_at == NOW
    first = day.papers[0]
    assert (first.category, first.version, first.arxiv_comment) == ("cs.CL", 2, "12 pages, 3 figures")
    assert first.title == "Paper 3: Sorting Pebbles by Weight"
    assert first.project_page == "https://pebbles.example/"
    assert first.submitted_at == dt.datetime(2025, 9, 12, 3, 3, 5, 784000, tzinfo=dt.UTC)


def test_api_and_page_give_the_same_day(services: Services, workspace: Workspace) -> None:
    """What the API lists and what the page's island holds become the same value."""
    assert by_page(services, workspace) == source(services, workspace).day(DATE)


def test_cards_are_not_read(services: Services, workspace: Workspace) -> None:
    """The cards' "-" and "1,056" upvotes are not taken for the page's: a paper without upvotes has 0."""
    day = by_page(services, workspace)
    assert {paper.upvotes for paper in day.papers} == {120, 64, 31, 12, 9, 8, 7, 3, 2, 1, 0}


def test_hidden_author_is_left_out(services: Services, workspace: Workspace) -> None:
    """An author who is hidden at Hugging Face is in neither day."""
    authors = source(services, workspace).day(DATE).papers[0].authors
    assert authors == ("First Author 3", "Second Author 3")
    assert by_page(services, workspace).papers[0].authors == authors


def test_hundred_papers(services: Services, workspace: Workspace) -> None:
    """A day of 100 papers comes whole: the limit is asked for, and arXiv tells of all of them in one call."""
    services.days[FRIDAY] = [entry(number, number) for number in range(100, 200)]
    day = source(services, workspace).day(DATE)
    assert len(day.papers) == 100
    assert all(paper.category for paper in day.papers)
    assert len(services.asked("/api/query")) == 1


def test_no_papers_by_the_api(services: Services, workspace: Workspace) -> None:
    """An empty list is a day without papers, which is no failure; the page is not asked."""
    with pytest.raises(NoPapers, match=SATURDAY):
        source(services, workspace).day(dt.date.fromisoformat(SATURDAY))
    assert not services.asked(PAGE)


def test_no_papers_by_the_page(services: Services, workspace: Workspace) -> None:
    """A page that leads to Friday means that Saturday has no papers: Friday is not published again."""
    services.trouble(API, Reply(404))
    with pytest.raises(NoPapers, match=f"{SATURDAY} has no papers: Hugging Face shows {FRIDAY} instead"):
        source(services, workspace).day(dt.date.fromisoformat(SATURDAY))


def test_another_date_in_the_page(services: Services, workspace: Workspace) -> None:
    """A page that shows another date without leading there means the same."""
    services.trouble(API, Reply(404))
    services.trouble(PAGE, Reply(200, listing_page(FRIDAY, friday())))
    with pytest.raises(NoPapers, match=f"shows {FRIDAY} instead"):
        source(services, workspace).day(dt.date.fromisoformat(SATURDAY))


@pytest.mark.parametrize("reply", [CHALLENGE, Reply(202, CHALLENGE.body), Reply(405)])
def test_challenge_is_no_empty_day(services: Services, workspace: Workspace, reply: Reply) -> None:
    """A page that wants to see a browser says that we are blocked, not that there are no papers."""
    services.trouble(API, Reply(403))
    services.trouble(PAGE, reply)
    with pytest.raises(SourceError, match=r"blocked|answered 202|answered 405") as caught:
        source(services, workspace).day(DATE)
    assert not isinstance(caught.value, NoPapers)
    assert "blocked" in f"{caught.value}{caught.value.hint}"


def test_future(services: Services, workspace: Workspace) -> None:
    """A day that has not begun is an error that says so; the page is not asked for it."""
    with pytest.raises(SourceError, match="no 2025-12-24 yet") as caught:
        source(services, workspace).day(dt.date(2025, 12, 24))
    assert not isinstance(caught.value, NoPapers)
    assert not services.asked(PAGE)


def test_rate_limit(services: Services, workspace: Workspace) -> None:
    """The API's 429 is waited out, and the day is read by the API."""
    slept: list[float] = []
    services.trouble(API, RATE_LIMITED)
    assert len(source(services, workspace, slept=slept).day(DATE).papers) == 12
    assert slept == [56.0]
    assert not services.asked(PAGE)


@pytest.mark.parametrize(
    "reply",
    [Reply(500), Reply(200, b"[{", cut=True), Reply(200, b"not json"), Reply(200, b'{"error":"x"}'),
     Reply(200, b"null"), Reply(302, b"", {"Location": "https://evil.example/"}), Reply(200, b"[" * 100_000)],
)  # fmt: skip
def test_page_stands_in(services: Services, workspace: Workspace, reply: Reply) -> None:
    """Where the API fails, in whatever way, the page gives the day."""
    services.trouble(API, *[reply] * 4)
    day = source(services, workspace).day(DATE)
    assert [paper.id for paper in day.papers][:2] == [MATHS, UNKNOWN]
    assert services.asked(PAGE)


def test_unexpected_shape(services: Services, workspace: Workspace) -> None:
    """A field of an unexpected shape is named, and the answers lie beside the day, as they came."""
    services.days[FRIDAY][4]["paper"]["upvotes"] = "1,056"  # type: ignore[index]
    with pytest.raises(SourceError, match=r"entry 5\.paper\.upvotes is a text, not a number: '1,056'") as caught:
        source(services, workspace).day(DATE)
    raw = workspace.day(DATE).unread(".json")
    assert str(raw) in caught.value.hint
    assert json.loads(raw.read_bytes())[4]["paper"]["upvotes"] == "1,056"
    assert workspace.day(DATE).unread(".html").is_file()
    assert not workspace.day(DATE).papers.exists()


@pytest.mark.parametrize(
    ("props", "place"),
    [("[]", "dateString"), ('{"dateString":5}', "dateString"), ("x", "data-props is not JSON"),
     (f'{{"dateString":"{FRIDAY}"}}', "dailyPapers holds nothing")],
)  # fmt: skip
def test_unexpected_island(services: Services, workspace: Workspace, props: str, place: str) -> None:
    """An island of an unexpected shape is named."""
    services.trouble(API, Reply(404))
    said = props.replace('"', "&quot;")
    page = f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{said}"></div>'
    services.trouble(PAGE, Reply(200, page.encode()))
    with pytest.raises(SourceError, match=place):
        source(services, workspace).day(DATE)


def test_young_day_is_asked_for_again(services: Services, workspace: Workspace) -> None:
    """Two days after, the list is asked for again, and newer upvotes count."""
    source(services, workspace).day(DATE)
    services.days[FRIDAY] = [entry(20, 500), *friday()]
    day = source(services, workspace, NOW + dt.timedelta(days=1)).day(DATE)
    assert day.papers[0].upvotes == 500
    assert len(services.asked(API)) == 2


def test_settled_day_is_not(services: Services, workspace: Workspace) -> None:
    """Three days after, the kept answer counts: nobody is asked, and the day is as old as the answer."""
    before = source(services, workspace).day(DATE)
    asked = len(services.requests)
    after = source(services, workspace, NOW + dt.timedelta(days=30)).day(DATE)
    assert len(services.requests) == asked
    assert [p.id for p in after.papers] == [p.id for p in before.papers]
    assert after.papers[0].category == "cs.CL"
    assert after.read_at != NOW + dt.timedelta(days=30)


def test_settled_day_that_was_never_read_is_asked_for(services: Services, workspace: Workspace) -> None:
    """An old day is asked for once, and kept."""
    late = NOW + dt.timedelta(days=30)
    for _ in range(2):
        source(services, workspace, late).day(DATE)
    assert len(services.asked(API)) == 1


def test_unknown_to_arxiv(services: Services, workspace: Workspace) -> None:
    """A paper that arXiv silently leaves out keeps Hugging Face's abstract; the others have arXiv's, each its own."""
    papers = {paper.id: paper for paper in source(services, workspace).day(DATE).papers}
    assert papers[UNKNOWN].category is None
    assert papers[UNKNOWN].summary.startswith("We sort pebbles by weight in setting 4. Our sorter")
    assert papers["2509.00007"].summary == "We sort pebbles, says arXiv of 2509.00007."
    assert papers[MATHS].summary == (
        r"We reach a $\sim4\times$ speed-up on $256\times256$ grids, at 93.5% of the quality & cost."
    )


@pytest.mark.parametrize(
    ("replies", "told"),
    [([Reply(429)] * 4, "answered 429"), ([BAD_ID], "incorrect id format for abc"), ([Reply(200, b"<feed")], "not XML"),
     ([Reply(200, b"\x00")], "not XML")],
)  # fmt: skip
def test_day_without_arxiv(
    services: Services, workspace: Workspace, caplog: pytest.LogCaptureFixture, replies: list[Reply], told: str
) -> None:
    """Where arXiv fails the day is whole all the same, said so, and its abstracts are readable."""
    services.trouble("/api/query", *replies)
    day = source(services, workspace).day(DATE)
    assert len(day.papers) == 12
    assert all(paper.category is None for paper in day.papers)
    assert day.papers[0].summary == "We reach a ~4x speed-up on 256x256 grids, at 93.5% of the quality."
    assert told in caplog.text
    assert len(services.asked("/api/query")) == len(replies)


def test_arxiv_is_given_time(services: Services, workspace: Workspace) -> None:
    """arXiv's 429s are waited out as long as the settings say, and then it tells."""
    slept: list[float] = []
    services.trouble("/api/query", Reply(429), Reply(429))
    settings = services.settings(arxiv_backoff=(30.0, 60.0, 90.0))
    day = HuggingFace(settings, workspace, now=lambda: NOW, sleep=slept.append).day(DATE)
    assert slept == [30.0, 60.0]
    assert day.papers[0].category == "cs.CL"


def test_token_is_nowhere_on_disk(services: Services, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """HF_TOKEN goes to Hugging Face, not to arXiv, and into no file."""
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    services.trouble(API, Reply(200, b"[5]"))
    source(services, workspace).day(DATE)
    sent = {request.service for request in services.requests if "hf_secret" in str(request.headers)}
    assert sent == {"huggingface"}
    assert not [path for path in workspace.root.rglob("*") if path.is_file() and b"hf_secret" in path.read_bytes()]
