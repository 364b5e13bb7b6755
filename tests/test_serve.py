"""`podcast serve`, asked as apps ask, over real HTTP."""

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from conftest import podcast

from podcast import serve

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def port(made: Path) -> Iterator[int]:
    """A server of the made show's feed/ at a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(serve.application(made / "feed"), port=number, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield number
    server.should_exit = True
    thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


def media(made: Path) -> Path:
    return next((made / "feed" / "media").glob("*.mp3"))


def test_head_tells_the_length(made: Path, port: int) -> None:
    """HEAD answers 200 with the length and no body."""
    status, headers, body = ask(port, f"/media/{media(made).name}", "HEAD")
    assert (status, int(headers["content-length"]), body) == (200, media(made).stat().st_size, b"")
    assert headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize(("asked", "cut"), [("bytes=1000-1999", slice(1000, 2000)), ("bytes=-500", slice(-500, None)),
                                            ("bytes=5000-", slice(5000, None))])  # fmt: skip
def test_byte_ranges_give_206_and_the_right_bytes(made: Path, port: int, asked: str, cut: slice) -> None:
    """A range from the middle, the end, or on to the end is answered 206 with just those bytes."""
    status, _, body = ask(port, f"/media/{media(made).name}", Range=asked)
    assert status == 206
    assert body == media(made).read_bytes()[cut]


def test_a_range_past_the_end_is_refused(made: Path, port: int) -> None:
    """A range that cannot be is 416, not the whole file."""
    assert ask(port, f"/media/{media(made).name}", Range="bytes=99999999-")[0] == 416


def test_etag_and_date_give_304(port: int) -> None:
    """A client that has the feed is told so, by ETag and by date."""
    _, headers, _ = ask(port, "/feed.xml")
    assert ask(port, "/feed.xml", If_None_Match=headers["etag"])[0] == 304
    assert ask(port, "/feed.xml", If_Modified_Since=headers["last-modified"])[0] == 304


def test_content_types_and_cors(made: Path, port: int) -> None:
    """Each file has the type its readers want; transcripts and chapters may be fetched by players elsewhere."""
    stem = f"/media/{media(made).stem}"
    wanted = {
        "/feed.xml": "application/rss+xml", "/": "text/html", "/sitemap.xml": "application/xml",
        "/cover.jpg": "image/jpeg",
        f"{stem}.vtt": "text/vtt", f"{stem}.srt": "application/x-subrip", f"{stem}.transcript.json": "application/json",
        f"{stem}.chapters.json": "application/json+chapters", "/subscribe.opml": "text/x-opml",
    }  # fmt: skip
    for path, kind in wanted.items():
        status, headers, _ = ask(port, path, Origin="https://player.example")
        assert (status, headers["content-type"].split(";")[0]) == (200, kind)
        assert headers["access-control-allow-origin"] == "*"


def test_media_may_be_kept_and_the_feed_not(made: Path, port: int) -> None:
    """What is named by its content is immutable; what changes is asked for again."""
    assert "immutable" in ask(port, f"/media/{media(made).name}", "HEAD")[1]["cache-control"]
    assert ask(port, "/feed.xml", "HEAD")[1]["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/../podcast.toml", "/%2e%2e/podcast.toml", "/..%2fpodcast.toml", "/media/../../podcast.toml"]
)
def test_nothing_outside_the_folder_is_served(port: int, path: str) -> None:
    """No path leads out of feed/."""
    status, _, body = ask(port, path)
    assert status == 404
    assert b"synthesizer" not in body


def test_an_unknown_page_is_a_404_with_a_way_back(port: int) -> None:
    """What is not there is said by the site's own page."""
    status, headers, body = ask(port, "/nothing")
    assert status == 404
    assert headers["content-type"].startswith("text/html")
    assert b"<h1" in body


def test_serving_nothing_says_what_to_do(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a feed there is nothing to serve, and the next command is told."""
    assert podcast(show, "serve") == 1
    assert "podcast make --demo" in capsys.readouterr().err
