"""After publishing: addresses are asked as apps ask, and others are told. Neither breaks anything."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import stores
from stores import BUCKET, Kept, Small

from podcast.publishers import notify, reach
from podcast.serving.headers import content_type
from podcast.show.settings import PublishSettings

FILES = {"feed.xml": b"<rss/>", "media/a b-0123456789.mp3": b"sound", "media/a.chapters.json": b"{}"}


@pytest.fixture
def small() -> Iterator[Small]:
    with stores.small() as store:
        for path, data in FILES.items():
            store.objects[path] = Kept(data, "etag", {"Content-Type": content_type(path)})
        yield store


@pytest.fixture
def wanted(small: Small, tmp_path: Path) -> list[reach.Expected]:
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return list(reach.expected(tmp_path, FILES, PublishSettings(site_url=f"{small.url}/{BUCKET}/")))


def faults(wanted: list[reach.Expected]) -> list[str]:
    return [fault.found for fault in reach.check(wanted, ())]


def test_what_is_there_is_found(small: Small, wanted: list[reach.Expected]) -> None:
    """A store that serves every file has no fault; sound is asked for in parts."""
    assert faults(wanted) == []
    assert small.requests.count("GET media/a b-0123456789.mp3") == 1


def test_media_may_be_elsewhere(small: Small, tmp_path: Path, wanted: list[reach.Expected]) -> None:
    """With a base address of its own, media is asked for there."""
    elsewhere = PublishSettings(site_url="https://show.example/", media_base_url=f"{small.url}/{BUCKET}/")
    urls = [each.url for each in reach.expected(tmp_path, FILES, elsewhere)]
    assert urls[0] == "https://show.example/feed.xml"
    assert urls[1] == wanted[1].url


@pytest.mark.parametrize(
    ("path", "kept", "said"),
    [
        ("feed.xml", None, "HEAD answers 404"),
        ("feed.xml", Kept(b"<rss></rss>", "e", {"Content-Type": "application/rss+xml"}), "11 bytes, and the file 6"),
        ("feed.xml", Kept(b"<rss/>", "e", {"Content-Type": "text/html"}), "its type is text/html"),
        ("media/a b-0123456789.mp3", Kept(b"sound", "e", {"Content-Type": "audio/x"}), "not audio/mpeg"),
        (
            "media/a b-0123456789.mp3",
            Kept(b"sound", "e", {"Content-Type": "audio/mpeg", "Content-Encoding": "gzip"}),
            "packed",
        ),
    ],
)
def test_what_is_wrong_is_named(
    small: Small, wanted: list[reach.Expected], path: str, kept: Kept | None, said: str
) -> None:
    """An address that is missing, of another length or type, or packed, is named with what was found."""
    if kept:
        small.objects[path] = kept
    else:
        del small.objects[path]
    found = reach.check(wanted, ())
    assert len(found) == 1
    assert said in found[0].found
    assert found[0].url.endswith(path.replace(" ", "%20"))


def test_a_type_that_hosts_choose_is_taken(small: Small, wanted: list[reach.Expected]) -> None:
    """Chapters as plain JSON, as GitHub Pages sends them, are no fault."""
    small.objects["media/a.chapters.json"] = Kept(b"{}", "e", {"Content-Type": "application/json; charset=utf-8"})
    assert faults(wanted) == []


def test_what_takes_a_moment_is_asked_again(small: Small, wanted: list[reach.Expected]) -> None:
    """An address that is not there at once may be there after a pause; one that never is, is told once."""
    kept = small.objects.pop("feed.xml")
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            small.objects["feed.xml"] = kept

    assert reach.check(wanted, (1, 2, 3), sleep) == []
    assert slept == [1, 2]


def test_a_host_without_ranges_is_told(tmp_path: Path) -> None:
    """A server that answers a range with the whole file, as `python -m http.server` does, is no host for sound."""
    with _server(200) as (url, _):
        (tmp_path / "media").mkdir()
        (tmp_path / "media" / "a.mp3").write_bytes(b"")
        found = reach.check(list(reach.expected(tmp_path, ["media/a.mp3"], PublishSettings(site_url=url))), ())
    assert [fault.found for fault in found] == ["asked for two bytes it answers 200, not 206"]


def test_nobody_there_is_told(tmp_path: Path) -> None:
    """An address that nobody answers at is a fault, and no bug."""
    (tmp_path / "feed.xml").write_bytes(b"")
    nowhere = PublishSettings(site_url="http://127.0.0.1:9/")
    found = reach.check(list(reach.expected(tmp_path, ["feed.xml"], nowhere)), ())
    assert "cannot be reached" in found[0].found


def test_hub_and_webhook_are_told(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The hub gets the feed's address as a form, the webhook a text as JSON; neither address is shown."""
    caplog.set_level(logging.DEBUG, "podcast")
    with _server(204) as (url, bodies):
        monkeypatch.setenv("SHOW_WEBHOOK", f"{url}T0/PLANTED")
        assert notify.websub(url, "https://show.example/feed.xml")
        assert notify.webhook("SHOW_WEBHOOK", "all is well", {"published": 3})
    assert bodies[0] == b"hub.mode=publish&hub.url=https%3A%2F%2Fshow.example%2Ffeed.xml"
    assert json.loads(bodies[1]) == {"text": "all is well", "published": 3}
    assert "PLANTED" not in caplog.text


@pytest.mark.long
@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/T0/PLANTED", "no address: PLANTED", "http://[PLANTED"])
def test_who_cannot_be_told_breaks_nothing(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An address that is not set, not there, or none, is a warning without the address."""
    monkeypatch.setenv("SHOW_WEBHOOK", address)
    assert not notify.webhook("SHOW_WEBHOOK", "all is well", {})
    assert "SHOW_WEBHOOK" in caplog.text
    assert "PLANTED" not in caplog.text


@pytest.mark.long
def test_who_refuses_breaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with _server(500) as (url, _):
        assert not notify.websub(url, "https://show.example/feed.xml")
    assert "it answers 500" in caplog.text


@contextmanager
def _server(status: int) -> Iterator[tuple[str, list[bytes]]]:
    """Give a server that answers everything with the status and nothing, and the bodies it was sent."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            self.do_GET()

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "audio/mpeg")
            if status != 204:
                self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", bodies
    finally:
        server.shutdown()
        server.server_close()
