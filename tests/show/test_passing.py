"""What passes is waited for, and nothing final is concluded from it: by the table, and where it is used."""

import datetime as dt
import errno
import http.client
import itertools
import socket
import ssl
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests
from services import Services

from podcast.publishers import notify
from podcast.show import passing
from podcast.show.errors import NoText, SourceError
from podcast.show.schema import Paper
from podcast.show.workspace import Workspace
from podcast.sources.cache import Cache
from podcast.sources.fulltext import Way, full_text
from podcast.sources.huggingface import HuggingFace

PAPER = Paper.model_validate(
    {
        "id": "2403.00001", "title": "T", "summary": "One sentence.", "published_at": "2024-03-04T00:00:00Z",
        "listed_on": "2024-03-05", "upvotes": 1, "upvotes_read_at": "2024-03-05T12:00:00Z", "rank": 1,
    }
)  # fmt: skip


@pytest.mark.parametrize("service", passing.TABLE)
def test_every_service_asks_again_of_what_passes(service: str) -> None:
    """429 and the 5xx of a service that is out are asked again of all; what nobody knows ends as the table says."""
    assert {passing.of(service, status) for status in (408, 429, 500, 502, 503, 504)} == {passing.Ends.AGAIN}
    assert passing.of(service, 418) is passing.TABLE[service][1]


def test_only_an_answer_that_says_so_ends_a_text() -> None:
    """404 and 410 say that there is no such form; a wall or an outage says nothing of the paper."""
    assert passing.of("text", 404) is passing.of("text", 410) is passing.Ends.FINAL
    assert {passing.of("text", status) for status in (202, 403, 405, 503)} <= {passing.Ends.AGAIN, passing.Ends.LATER}


def test_no_answer_ends_a_list() -> None:
    """A wall, a day that has not begun and what nobody knows say nothing of the day's papers."""
    assert {passing.of("list", status) for status in (202, 400, 403, 404, 405, 410, 418)} == {passing.Ends.LATER}


class _Arxiv:
    def __init__(self, error: SourceError) -> None:
        self.error = error

    def page(self, paper_id: str) -> bytes:
        raise self.error

    pdf = page


def _text(tmp_path: Path, first: SourceError, second: SourceError) -> str:
    def markdown(paper_id: str) -> bytes:
        raise second

    way = Way("markdown", "huggingface", ".md", markdown, lambda *_: None)  # type: ignore[arg-type,return-value]
    return full_text(PAPER, Cache(tmp_path), _Arxiv(first), way).source  # type: ignore[arg-type]


def test_an_outage_freezes_no_paper_to_its_abstract(tmp_path: Path) -> None:
    """Where one way is out and the others have nothing, the paper waits; where all say that there is nothing, it is
    told by its abstract."""
    none, out = NoText("arXiv answered 404"), SourceError("Hugging Face answered 503 (4 tries)")
    assert _text(tmp_path, none, none) == "abstract"
    for pair in ((none, out), (out, none), (out, out)):
        with pytest.raises(SourceError, match="503"):
            _text(tmp_path, *pair)


def test_a_clock_that_is_ahead_reads_no_day(services: Services, tmp_path: Path) -> None:
    """What a machine reads whose clock is a year ahead of the service's would be dated so: it is refused."""
    ahead = dt.datetime.now(dt.UTC) + dt.timedelta(days=365)
    source = HuggingFace(services.settings(), Workspace(tmp_path), now=lambda: ahead, sleep=lambda _: None)
    with pytest.raises(SourceError, match=r"36[45] days ahead"):
        source.day(ahead.date() - dt.timedelta(days=1))


def test_a_hub_that_is_out_for_a_moment_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub that answers 503 twice hears of the feed all the same; one that refuses is not asked again."""
    import requests

    answers, asked = [503, 503, 202, 403], []

    def post(address: str, **_: object) -> requests.Response:
        answer = requests.Response()
        answer.status_code = answers.pop(0)
        asked.append(answer.status_code)
        return answer

    monkeypatch.setattr(requests, "post", post)
    monkeypatch.setattr(notify.time, "sleep", lambda _: None)
    assert notify.websub("https://hub.example/", "https://show.example/feed.xml")
    assert not notify.websub("https://hub.example/", "https://show.example/feed.xml")
    assert asked == [503, 503, 202, 403]


def chained(*errors: BaseException) -> BaseException:
    """Return the first, which comes of the second, and so on."""
    for error, cause in itertools.pairwise(errors):
        error.__cause__ = cause
    return errors[0]


NETWORK = "whether this machine is on the network"


@pytest.mark.parametrize("library", ["requests", "httpx2"])
def test_why_nothing_came_is_told_by_what_broke(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the last cause, whatever library says it; what to do depends on who chose the address, and where it is."""
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    own, theirs, here = "https://llm.example/v1", "https://api.example/v1", "http://127.0.0.1:8000/v1"
    errors: Any = requests.exceptions if library == "requests" else httpx2
    outer: Any = requests.ConnectionError if library == "requests" else httpx2.ConnectError
    slow, late = errors.ConnectTimeout("…"), errors.ReadTimeout("…")
    half: BaseException = requests.exceptions.ChunkedEncodingError("…")
    half = half if library == "requests" else httpx2.RemoteProtocolError("…")
    circles, no_address = errors.TooManyRedirects("…"), errors.InvalidURL("…")

    def of(cause: BaseException) -> BaseException:
        return chained(RuntimeError("Connection error."), outer("Max retries exceeded"), cause)

    name, refused = of(socket.gaierror(-2, "Name or service not known")), of(ConnectionRefusedError(111, "no"))
    away = f"look {NETWORK}, then try again later"
    look, again = "look at base_url", "try again later"
    unreached, proxy = "cannot be reached", "cannot be reached by way of the proxy"
    proxies = "look at HTTPS_PROXY and HTTP_PROXY"
    rows = [
        (name, theirs, "", unreached, away),
        (name, own, "base_url", unreached, f"{look}, and {NETWORK}"),
        (of(OSError(errno.ENETUNREACH, "Network is unreachable")), theirs, "", unreached, away),
        (refused, here, "", unreached, "is it running?"),
        (refused, own, "base_url", unreached, "is it running, and is base_url right?"),
        (refused, theirs, "", unreached, again),
        (slow, theirs, "", unreached, away),
        (slow, own, "base_url", unreached, f"{look}, and {NETWORK}"),
        (late, theirs, "", "gave no answer in time", again),
        (late, own, "base_url", "gave no answer in time", f"{look}, or {again}"),
        (half, theirs, "", "broke off its answer", again),
        (of(http.client.RemoteDisconnected("…")), own, "base_url", "broke off its answer", f"{look}, or {again}"),
        (of(http.client.BadStatusLine("220 mail")), theirs, "", "broke off its answer", again),
        (of(ConnectionResetError(104, "reset")), theirs, "", "broke off its answer", again),
        (
            of(ssl.SSLCertVerificationError(1, "…")),
            own,
            "x",
            "has a certificate that is not trusted here",
            passing.TRUST,
        ),
        (
            of(ssl.SSLError(1, "WRONG_VERSION_NUMBER")),
            own,
            "x",
            "does not speak TLS as it should",
            "is it http:// in x?",
        ),
        (of(ssl.SSLError(1, "WRONG_VERSION_NUMBER")), theirs, "", "does not speak TLS as it should", again),
        (circles, theirs, "", "sends us in circles", again),
        (no_address, "htps://x", "base_url", "is no address", look),
        (errors.ProxyError("407"), own, "base_url", proxy, proxies),
        (of(OSError("what nobody knows")), own, "base_url", unreached, f"{look}, and {NETWORK}")
        if library == "httpx2"
        else (of(OSError("what nobody knows")), own, "base_url", "gave no answer", f"{look}, or {again}"),
    ]
    wrong = [row for row in rows if passing.silence(*row[:3]) != row[3:]]
    assert wrong == []
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    gone: tuple[BaseException, ...] = (name, refused, slow)
    for error in gone:  # whoever was not there was the proxy, and no server
        assert passing.silence(error, own, "base_url") == (proxy, proxies)
        assert passing.silence(error, here, "base_url")[0] == unreached
    assert passing.silence(late, own)[0] == "gave no answer in time"
