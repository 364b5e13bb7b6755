"""Answers have an end: for writer and speech alike, a server that drips, floods, packs or sends on is named at once."""

import http.server
import json
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from typing import Any

import pytest
from conftest import by_night

from podcast.show import answers
from podcast.show.errors import ConfigError, Endless, PodcastError
from podcast.show.schema import Voice
from podcast.show.secret import Secret
from podcast.show.settings import WriterSettings
from podcast.synthesizers import openai
from podcast.synthesizers.openai import OpenAI
from podcast.writers.meter import Meter
from podcast.writers.server import Server

Answer = Callable[[Any], None]
TIMEOUT = 0.6
KEY = "sk-canary-0123456789abcdef"


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on this machine that answers each request so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.server.asked += 1  # type: ignore[attr-defined]
            with suppress(OSError):  # who asked has gone
                answer(self)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.asked = True, 0  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def head(request: Any, status: int = 200, **headers: str) -> None:
    request.send_response(status)
    for name, value in {"Content_Type": "application/json", "Connection": "close", **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()


def drip(request: Any) -> None:
    head(request)
    for _ in range(200):
        request.wfile.write(b" ")
        time.sleep(0.05)


def drip_headers(request: Any) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 200:
        request.wfile.write(bytes([letter]))
        time.sleep(0.05)


def silent(request: Any) -> None:
    time.sleep(10)


def flood(request: Any) -> None:
    head(request)
    for _ in range(1000):
        request.wfile.write(b" " * 1_000_000)


def comments(request: Any) -> None:
    head(request, Content_Type="text/event-stream")
    for _ in range(200):
        request.wfile.write(b": wait\n\n")
        time.sleep(0.05)


def bomb(request: Any) -> None:
    head(request, Content_Encoding="gzip")
    request.wfile.write(zlib.compress(b" " * 50_000_000, wbits=31))


def elsewhere(status: int) -> Answer:
    def answer(request: Any) -> None:
        head(request, status, Location="http://127.0.0.1:9/latest/meta-data/?token=secret")

    return answer


def write(url: str, **more: object) -> object:
    """Ask the language model's server."""
    settings = WriterSettings(base_url=url, model="m", timeout=TIMEOUT, retries=1, max_tokens=512, **more)  # type: ignore[arg-type]
    server = Server(settings)
    try:
        request = {"model": "m", "messages": [{"role": "user", "content": "Hello."}]}
        if settings.stream:
            request["stream"] = True
        with Meter(settings).may_ask("a question", 1, 1) as held:
            return server.complete(request, lambda came: None, held)
    finally:
        server.close()


def speak(url: str) -> object:
    """Ask the speech server for a line."""
    settings = {"base_url": url}
    voice = Voice(name="v", synthesizer="openai", model="m", speaker="s", licence="x", settings=settings)
    return list(OpenAI().synthesize(["A line of a few words."], voice, [1]))


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """Load the SDK: that takes seconds on a busy machine, and is no part of an answer."""
    import httpx2
    import openai

    assert httpx2
    assert openai.OpenAI(api_key="x").chat


@pytest.fixture(params=[write, speak], ids=["writer", "speech"])
def ask(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], object]:
    monkeypatch.setattr(openai, "_TIMEOUT", 0.6)
    monkeypatch.setattr(openai, "_TRIES_AGAIN", 0)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SPEECH_API_KEY", KEY)
    return request.param  # type: ignore[no-any-return]


@pytest.mark.long
@pytest.mark.parametrize(
    "answer", by_night([drip, flood, drip_headers, comments], 2), ids=lambda answer: answer.__name__
)
def test_an_answer_without_an_end_is_given_up(ask: Callable[[str], object], answer: Answer) -> None:
    """In about its time, whatever drips, with the server's address and what to do; not tried again and again."""
    began = time.monotonic()
    with serving(answer) as url, pytest.raises(Endless) as caught:
        ask(url)
    assert time.monotonic() - began < 5  # 10 s and more were it listened to
    assert url in str(caught.value)
    assert caught.value.hint


def test_too_much_is_known_by_its_size(ask: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood is not listened to until its time is up: it ends with the megabytes that an answer may have."""
    monkeypatch.setattr(openai, "_TIMEOUT", 60.0)
    monkeypatch.setattr(sys.modules[__name__], "TIMEOUT", 60.0)
    with serving(flood) as url, pytest.raises(Endless, match=r"sent more than \d+\.\d MB"):
        ask(url)


@pytest.mark.long
def test_a_stream_may_take_longer_and_has_an_end_too() -> None:
    """Comments for ever are no answer, in four time-outs."""
    began = time.monotonic()
    with serving(comments) as url, pytest.raises(Endless, match=r"after 2\.4 s"):
        write(url, stream=True)
    assert time.monotonic() - began < 6


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_api_does_not_redirect(ask: Callable[[str], object], status: int) -> None:
    """It is asked once, where it led is named without what may be secret there, and nothing is sent there."""
    with serving(elsewhere(status)) as url, pytest.raises(ConfigError, match=r"127\.0\.0\.1:9/latest") as caught:
        ask(url)
    assert "secret" not in str(caught.value)


def test_what_is_packed_is_not_unpacked(ask: Callable[[str], object]) -> None:
    """Nobody asked for gzip: a megabyte of it may be a thousand."""
    with serving(bomb) as url, pytest.raises(ConfigError, match="gzip"):
        ask(url)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_a_key_that_comes_back_is_not_shown(ask: Callable[[str], object], status: int) -> None:
    """A server that echoes the header in its error, whole or with invisible signs between: no piece of it is said."""
    for said in (f"bad key Bearer {KEY}", "​".join(KEY)):

        def refuse(request: Any, said: str = said) -> None:
            body = json.dumps({"error": {"message": said, "code": "x"}}, ensure_ascii=False).encode()
            head(request, status, Content_Length=str(len(body)), retry_after="0")
            request.wfile.write(body)

        with serving(refuse) as url, pytest.raises(Exception) as caught:  # noqa: PT011 (of either kind)
            ask(url)
        told = f"{caught.value} {getattr(caught.value, 'hint', '')} {getattr(caught.value, 'text', '')}"
        assert not any(KEY[at : at + 8] in told.replace("​", "") for at in range(len(KEY) - 8)), told


NOW = 1_764_547_260.0
"""Seconds of a clock that stands."""


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ({"retry-after": str(int(NOW) + 100)}, 100),
        ({"retry-after": str(1000 * int(NOW) + 100_000)}, 100),
        ({"x-ratelimit-reset": "3400", "x-ratelimit-remaining": "57"}, None),
        ({"x-ratelimit-reset": "3400", "x-ratelimit-remaining": "0"}, 3400),
        ({"x-ratelimit-remaining-tokens": "120", "x-ratelimit-reset-tokens": "40s",
          "x-ratelimit-remaining-requests": "9999", "x-ratelimit-reset-requests": "120ms"}, None),
        ({"x-ratelimit-reset": formatdate(NOW + 100, usegmt=True)}, 100),
        ({"x-ratelimit-reset": "Tuesday 01 December"}, None),
        ({"x-ratelimit-reset": "1h1m12s"}, 3672),
    ],
)  # fmt: skip
def test_a_head_says_when_what_is_used_up_is_there_again(
    head: dict[str, str], seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In seconds, with units, or as a moment; what is not used up says nothing."""
    monkeypatch.setattr(time, "time", lambda: NOW)
    wait = answers.waits("", head, throttled=True)
    assert wait == (None if seconds is None else pytest.approx(seconds, abs=1))


def test_what_is_no_key_stays_as_it_was_said() -> None:
    """Invisible signs in other words are left alone."""
    assert Secret(KEY).hide("a​b and naïve") == "a​b and naïve"


def test_a_wav_of_one_hertz_is_no_sound(ask: Callable[[str], object]) -> None:
    """It is refused, as what is no sound is."""
    import io

    import numpy as np
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, np.zeros(100, dtype=np.int16), 1, format="WAV", subtype="PCM_16")

    def answer(request: Any) -> None:
        head(request, Content_Type="audio/wav", Content_Length=str(len(file.getvalue())))
        request.wfile.write(file.getvalue())

    with (
        serving(answer) as url,
        pytest.raises(PodcastError, match="1 Hz" if ask is speak else r"another|is no"),
    ):
        ask(url)
