"""Politeness, and what is not done for anybody: waiting for ever, reading without end, going elsewhere."""

import gzip
import itertools
import multiprocessing
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
import requests
from services import RATE_LIMITED, Reply, Services

from podcast.show.errors import SourceError
from podcast.show.settings import SourcesSettings
from podcast.sources.http import Service
from podcast.sources.pace import Pace

WHERE = "/papers/2509.00001.md"
GOOD = Reply(200, b"good")


def service(services: Services, slept: list[float] | None = None, **more: object) -> Service:
    token = more.pop("token", None)
    return Service(
        "Hugging Face",
        (services.huggingface,),
        services.settings(**more),
        token=token,  # type: ignore[arg-type]
        sleep=(slept if slept is not None else []).append,
    )


def test_rate_limit_is_obeyed(services: Services) -> None:
    """A 429 that says t=55 is waited out for 56 seconds, and then the answer is had."""
    slept: list[float] = []
    services.trouble(WHERE, RATE_LIMITED, GOOD)
    assert service(services, slept).get(services.huggingface + WHERE).body == b"good"
    assert slept == [56.0]


@pytest.mark.parametrize(
    ("status", "limits", "seconds"),
    [
        (502, '"api";r=498;t=287', 1.5),  # out for a moment, and far from any limit
        (502, '"api";r=0;t=55', 56.0),
        (429, '"api";r=3;t=55', 56.0),
        (429, '"pages";r=40;t=287, "api";r=0;t=20, "resolvers";r=0;t=30', 31.0),
        (503, "nothing of the kind", 1.5),
    ],
)
def test_a_limit_is_waited_for_where_it_is_reached(
    services: Services, status: int, limits: str, seconds: float
) -> None:
    """When a limit begins anew is no matter while some of it remains; of several that are spent the longest counts."""
    slept: list[float] = []
    services.trouble(WHERE, Reply(status, b"", {"RateLimit": limits}), GOOD)
    patient = service(services, slept, backoff=(1.5, 4.0))
    assert patient.get(services.huggingface + WHERE).body == b"good"
    assert slept == [seconds]


@pytest.mark.parametrize(("said", "seconds"), [("7", 7.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)])
def test_retry_after_is_obeyed(services: Services, said: str, seconds: float) -> None:
    """Retry-After counts in seconds, or as a date; one that has passed means now."""
    slept: list[float] = []
    services.trouble(WHERE, Reply(503, b"", {"Retry-After": said}), GOOD)
    service(services, slept).get(services.huggingface + WHERE)
    assert slept == [seconds]


def test_long_wait_is_told(services: Services) -> None:
    """A service that asks for an hour is not waited for: the error says how long it asks for."""
    slept: list[float] = []
    services.trouble(WHERE, Reply(429, b"", {"Retry-After": "3600"}))
    with pytest.raises(SourceError, match="answered 429") as caught:
        service(services, slept).get(services.huggingface + WHERE)
    assert "3600 s" in caught.value.hint
    assert slept == []


def test_transient_failure_is_tried_again(services: Services) -> None:
    """A 500 and then a 200 is a 200, after the first wait of the settings."""
    slept: list[float] = []
    services.trouble(WHERE, Reply(500), GOOD)
    assert service(services, slept, backoff=(1.5, 4.0)).get(services.huggingface + WHERE).status == 200
    assert slept == [1.5]


def test_tries_are_bounded(services: Services) -> None:
    """Where every answer is 503, we ask as often as the settings say and then stop."""
    services.trouble(WHERE, *[Reply(503)] * 10)
    with pytest.raises(SourceError, match=r"answered 503 \(4 tries\)"):
        service(services).get(services.huggingface + WHERE)
    assert len(services.requests) == 4


def test_lasting_failure_is_not_tried_again(services: Services) -> None:
    """A 404 is an answer: it is asked for once."""
    services.trouble(WHERE, Reply(404))
    assert service(services).get(services.huggingface + WHERE).status == 404
    assert len(services.requests) == 1


def test_slow_body_is_given_up(services: Services) -> None:
    """A body that drips is given up at the deadline, although its bytes keep coming."""
    services.trouble(WHERE, Reply(200, b"x" * 1000, drip=True))
    began = time.monotonic()
    with pytest.raises(SourceError, match="gave no answer in time"):
        service(services, deadline=0.2, backoff=()).get(services.huggingface + WHERE)
    assert time.monotonic() - began < 2


def test_cut_body_is_no_answer(services: Services) -> None:
    """Half an answer is asked for again; half answers for ever are an error, never half a text."""
    services.trouble(WHERE, Reply(200, b"x" * 1000, cut=True), GOOD)
    assert service(services).get(services.huggingface + WHERE).body == b"good"
    services.trouble(WHERE, *[Reply(200, b"x" * 1000, cut=True)] * 4)
    with pytest.raises(SourceError, match="broke off its answer"):
        service(services).get(services.huggingface + WHERE)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "2000000"}])
def test_size_is_limited(services: Services, headers: dict[str, str]) -> None:
    """A body beyond the limit is refused, whether its length was announced or not; it is not asked for again."""
    services.trouble(WHERE, Reply(200, b"x" * 2_000_000, headers))
    with pytest.raises(SourceError, match="more than 1 MB"):
        service(services).get(services.huggingface + WHERE, 1_000_000)
    assert len(services.requests) == 1


def test_packed_body(services: Services) -> None:
    """A packed body is unpacked, and the limit counts what it unpacks to."""
    packed = Reply(200, gzip.compress(b"x" * 2_000_000), {"Content-Encoding": "gzip"})
    services.trouble(WHERE, packed, packed)
    assert service(services).get(services.huggingface + WHERE, 2_000_000).body == b"x" * 2_000_000
    with pytest.raises(SourceError, match="more than 1 MB"):
        service(services).get(services.huggingface + WHERE, 1_000_000)


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/x", "http://127.0.0.1:1/x", "file:///etc/passwd", "https://huggingface.co.evil.example/",
     "//evil.example/", "http://[::1", "https://user:secret@huggingface.co/"],
)  # fmt: skip
def test_redirect_elsewhere_is_refused(services: Services, target: str) -> None:
    """A redirect to any address that is not the service's own is an error that names it; nobody else is asked."""
    services.trouble(WHERE, Reply(302, b"", {"Location": target}))
    with pytest.raises(SourceError, match="which is not followed"):
        service(services).get(services.huggingface + WHERE)
    assert len(services.requests) == 1


def test_redirect_within_is_followed(services: Services) -> None:
    """A redirect to the service itself is followed, and the answer says where it came from."""
    services.trouble(WHERE, Reply(302, b"", {"Location": "/papers/2509.00002.md"}))
    answer = service(services).get(services.huggingface + WHERE)
    assert answer.url == services.huggingface + "/papers/2509.00002.md"
    services.trouble(WHERE, *[Reply(302, b"", {"Location": WHERE})] * 10)
    with pytest.raises(SourceError, match="in circles"):
        service(services).get(services.huggingface + WHERE)


@pytest.mark.parametrize(
    ("target", "ours"),
    [
        ("https://huggingface.co/x", True),
        ("https://www.huggingface.co/x", True),
        ("http://huggingface.co/x", False),
        ("https://huggingface.co:8443/x", False),
        ("https://nothuggingface.co/x", False),
        ("http://localhost/x", False),
    ],
)
def test_own_addresses(target: str, ours: bool) -> None:
    """Of the real service only https addresses at its own name, or below it, are followed."""
    real = Service("Hugging Face", ("https://huggingface.co",), SourcesSettings())
    assert real._ours(target) is ours


def test_token_goes_to_hugging_face_alone(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token reaches Hugging Face, and neither arXiv nor a service that stands elsewhere."""
    service(services, token="hf_secret").get(services.huggingface + WHERE)
    assert services.requests[-1].headers["Authorization"] == "Bearer hf_secret"
    Service("arXiv", (services.arxiv, services.huggingface), services.settings(), token="hf_secret").get(
        services.huggingface + WHERE
    )
    assert "Authorization" not in services.requests[-1].headers
    mirror = Service("Hugging Face", ("https://mirror.example",), SourcesSettings(), token="hf_secret")
    request = mirror._session.prepare_request(requests.Request("GET", "https://mirror.example/x"))
    assert "Authorization" not in request.headers


def test_token_is_in_no_error(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    """What goes wrong with a token in use is told without it."""
    services.trouble(WHERE, *[Reply(500)] * 4)
    caplog.set_level("DEBUG")
    with pytest.raises(SourceError) as caught:
        service(services, token="hf_secret").get(services.huggingface + WHERE)
    assert "hf_secret" not in f"{caught.value} {caught.value.hint} {caplog.text}"


def test_user_agent_names_us(services: Services) -> None:
    """Every request says what asks, and an address to complain at."""
    service(services, contact="https://show.example/").get(services.huggingface + WHERE)
    assert services.requests[-1].headers["User-Agent"].endswith("(+https://show.example/)")
    assert services.requests[-1].headers["User-Agent"].startswith("daily-paper-podcast/")


def test_netrc_is_not_read(services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Passwords that lie in the home folder are not sent."""
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    asking = service(services)
    asking._session.trust_env = True
    asking.get(services.huggingface + WHERE)
    assert "Authorization" not in services.requests[-1].headers


def test_nobody_there() -> None:
    """Where nothing answers, the error says so after the tries."""
    settings = SourcesSettings(huggingface="http://127.0.0.1:9", backoff=(0.0,))
    with pytest.raises(SourceError, match=r"cannot be reached \(2 tries\)"):
        Service("Hugging Face", (settings.huggingface,), settings, turn=nullcontext).get("http://127.0.0.1:9/x")


def take_turns(folder: Path, times: int) -> None:
    pace = Pace(folder, "arxiv", 0.15)
    for _ in range(times):
        with pace.turn(), (folder / "turns").open("a") as file:
            file.write(f"{time.time()}\n")


@pytest.mark.long
def test_pace_holds_across_processes(tmp_path: Path) -> None:
    """Turns of two processes begin at least the interval apart."""
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=take_turns, args=(tmp_path, 3)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    turns = sorted(map(float, (tmp_path / "turns").read_text().split()))
    assert len(turns) == 6
    assert min(after - before for before, after in itertools.pairwise(turns)) >= 0.14


@pytest.mark.parametrize(
    "url", ["http://huggingface.co", "https://a b", "ftp://x", "https://x/path", "http://10.0.0.1"]
)
def test_addresses_are_checked(url: str) -> None:
    """A service is named by https, or by http on this machine; nothing else is taken as an address."""
    with pytest.raises(ValueError, match="http:// only for this machine"):
        SourcesSettings(huggingface=url)
