"""`podcast serve`, asked as apps ask, over real HTTP."""

import gzip
import http.client
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from conftest import podcast

from podcast.serving import serve

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def port(made: Path) -> Iterator[int]:
    """A server of the made show's feed/ at a free port."""
    with serve.running(made / "feed", ("http://127.0.0.1:8000/",)) as here:
        yield int(here.rstrip("/").rpartition(":")[2])


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


def test_several_ranges_come_in_parts(made: Path, port: int) -> None:
    """Two ranges are one 206 of two parts, each with its bytes."""
    data = media(made).read_bytes()
    status, headers, body = ask(port, f"/media/{media(made).name}", Range="bytes=0-9, 1000-1009")
    assert (status, headers["content-type"].split(";")[0]) == (206, "multipart/byteranges")
    assert data[:10] in body
    assert data[1000:1010] in body
    assert len(body) == int(headers["content-length"]) < 1000


@pytest.mark.parametrize(
    ("asked", "cut"),
    [("bytes=0-9, 99999999-", slice(0, 10)), ("bytes=99999999-,5-9", slice(5, 10)), ("bytes=-0, -7", slice(-7, None)),
     ("bytes=99999990-99999999 , 20-29", slice(20, 30)), ("Bytes=0-9,88888888-99999999,-0", slice(0, 10))],
)  # fmt: skip
def test_a_range_that_is_there_is_served_whatever_the_others(made: Path, port: int, asked: str, cut: slice) -> None:
    """RFC 9110, 15.5.17: 416 is for where none of the ranges can be served."""
    status, _, body = ask(port, f"/media/{media(made).name}", Range=asked)
    assert status == 206
    assert body == media(made).read_bytes()[cut]


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=99999999-, -0"])
def test_ranges_that_are_not_there_are_416(made: Path, port: int, asked: str) -> None:
    """Behind the end, or of no length: 416 with the length that there is."""
    status, headers, _ = ask(port, f"/media/{media(made).name}", Range=asked)
    assert (status, headers["content-range"]) == (416, f"bytes */{media(made).stat().st_size}")


@pytest.mark.parametrize("asked", ["bytes=9-5", "bytes=abc", "lines=0-9", "bytes=", "bytes", "bytes=-"])
def test_a_range_that_makes_no_sense_is_not_there(made: Path, port: int, asked: str) -> None:
    """RFC 9110 has it ignored: the whole file comes."""
    status, _, body = ask(port, f"/media/{media(made).name}", Range=asked)
    assert (status, len(body)) == (200, media(made).stat().st_size)


def test_if_range_gives_the_part_only_of_the_same_file(made: Path, port: int) -> None:
    """With the ETag or date of what is there, 206; with another, the whole."""
    path = f"/media/{media(made).name}"
    _, headers, _ = ask(port, path, "HEAD")
    for known in (headers["etag"], headers["last-modified"]):
        assert ask(port, path, Range="bytes=0-9", If_Range=known)[0] == 206
    assert ask(port, path, Range="bytes=0-9", If_Range='"another"')[0] == 200


def test_cors_stands_on_every_answer(made: Path, port: int) -> None:
    """206, 304 and 404 may be read by players elsewhere too, and a preflight is answered."""
    path, origin = f"/media/{media(made).name}", "https://player.example"
    etag = ask(port, "/feed.xml")[1]["etag"]
    answers = [
        (206, ask(port, path, Range="bytes=0-9", Origin=origin)),
        (304, ask(port, "/feed.xml", If_None_Match=etag, Origin=origin)),
        (404, ask(port, "/nothing", Origin=origin)),
        (200, ask(port, path, "OPTIONS", Origin=origin, Access_Control_Request_Method="GET",
                  Access_Control_Request_Headers="Range")),
    ]  # fmt: skip
    for wanted, (status, headers, _) in answers:
        assert (status, headers["access-control-allow-origin"]) == (wanted, "*")


def test_every_kind_of_file_has_its_type(made: Path, port: int) -> None:
    """Types do not depend on what the system knows; an archive of the feed is a feed, the sitemap is not."""
    kinds = {
        "a.opus": "audio/ogg", "a.m4a": "audio/mp4", "page.html": "text/html", "day.md": "text/markdown",
        "day.jsonl": "application/jsonl", "feed-2.xml": "application/rss+xml", "sitemap.xml": "application/xml",
        "a.svg": "image/svg+xml", "app.webmanifest": "application/manifest+json", "a.css": "text/css",
        "a.js": "text/javascript", "robots.txt": "text/plain", "a.bin": "application/octet-stream",
    }  # fmt: skip
    for name, kind in kinds.items():
        (made / "feed" / name).write_bytes(b"x")
        status, headers, _ = ask(port, f"/{name}", Accept_Encoding="gzip")
        assert (status, headers["content-type"].split(";")[0]) == (200, kind)
        assert "content-encoding" not in headers


def test_the_view_names_this_server(made: Path) -> None:
    """What names the site names the server that was asked; the files stay, and so does what else they say."""
    for path in (made / "feed").rglob("*.*ml"):
        path.write_bytes(path.read_bytes().replace(b"http://127.0.0.1:8000/", b"https://example.org/show/"))
    stood = (made / "feed" / "feed.xml").read_bytes()
    with serve.running(made / "feed", ("https://example.org/show/",)) as here:
        number = int(here.rstrip("/").rpartition(":")[2])
        for path in ("/feed.xml", "/", "/subscribe.opml", "/sitemap.xml"):
            status, headers, body = ask(number, path)
            assert (status, int(headers["content-length"])) == (200, len(body))
            assert b"example.org/show" not in body
            assert here.encode() in body
            assert ask(number, path, If_None_Match=headers["etag"])[0] == 304
            assert ask(number, path, "HEAD")[1]["etag"] == headers["etag"]
        assert ask(number, "/feed.xml")[2].replace(here.encode(), b"https://example.org/show/") == stood
        (made / "feed" / "404.html").write_text('<link href="/show/assets/style.css">')
        assert b'href="/assets/style.css"' in ask(number, "/nothing")[2]
        by_name = ask(number, "/feed.xml", Host=f"localhost:{number}")
        assert f"http://localhost:{number}/media/".encode() in by_name[2]
        assert by_name[1]["etag"] != ask(number, "/feed.xml")[1]["etag"]
        assert b'"><script>' not in ask(number, "/feed.xml", Host='"><script>')[2]
    assert (made / "feed" / "feed.xml").read_bytes() == stood


def test_a_publishing_meanwhile_is_served(made: Path, port: int) -> None:
    """A feed that takes the other's place is what comes next, with another ETag."""
    before = ask(port, "/feed.xml")[1]["etag"]
    feed = made / "feed" / "feed.xml"
    fresh = feed.with_name("new")
    fresh.write_bytes(feed.read_bytes() + b"<!-- new -->")
    fresh.replace(feed)
    _, headers, body = ask(port, "/feed.xml", If_None_Match=before)
    assert body.endswith(b"<!-- new -->")
    assert headers["etag"] != before


@pytest.mark.long
def test_many_at_once_need_no_more_memory(made: Path) -> None:
    """Fifty apps, each at another place of a file of 200 MB, take no more than 40 MB of memory together."""
    large = made / "feed" / "media" / "large.mp3"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    with serving(made) as (process, number):
        clients = []
        ask(number, "/feed.xml")
        before = process.memory_info().rss
        for start in range(0, 200_000_000, 4_000_000):
            client = http.client.HTTPConnection("127.0.0.1", number, timeout=20)
            client.request("GET", "/media/large.mp3", headers={"Range": f"bytes={start}-"})
            clients.append((client, client.getresponse(), start))
        for _ in range(4):
            for _, response, _ in clients:
                assert len(response.read(100_000)) == 100_000
        assert {(response.status, response.getheader("content-range")) for _, response, _ in clients} == {
            (206, f"bytes {start}-199999999/200000000") for _, _, start in clients
        }
        assert process.memory_info().rss - before < 40_000_000
        for client, _, _ in clients:
            client.close()


@contextmanager
def serving(show: Path) -> Iterator[tuple[psutil.Process, int]]:
    """`podcast serve` in a process of its own, at a free port; it is ended by Ctrl-C."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    command = [sys.executable, "-m", "podcast", "-C", str(show), "serve", "--port", str(number)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        for _ in range(200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", number)):
                break
            time.sleep(0.05)
        try:
            yield psutil.Process(process.pid), number
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        assert process.returncode == 0
        assert b"Traceback" not in said
        assert b"Error" not in said
        assert said.rstrip().endswith((b"Ctrl-C ends it.", b"feed/ stays as it is."))


@pytest.mark.long
def test_ctrl_c_is_quiet_while_an_app_listens(made: Path) -> None:
    """A connection that is open does not hold the server, and nothing is said of it."""
    large = made / "feed" / "media" / "large.mp3"
    with large.open("wb") as file:
        file.truncate(100_000_000)
    with serving(made) as (_, number):
        client = http.client.HTTPConnection("127.0.0.1", number, timeout=20)
        client.request("GET", "/media/large.mp3")
        assert len(client.getresponse().read(1000)) == 1000
    client.close()


def test_a_port_in_use_says_what_to_do(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The next port is proposed; no address is shown that does not answer."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert podcast(made, "serve", "--port", str(number)) == 1
    said = capsys.readouterr().err
    assert f"port {number} of 127.0.0.1 is in use" in said
    assert f"serve --port {number % 65535 + 1}" in said
    assert "the page" not in said


def test_an_address_of_another_machine_says_what_to_do(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A host that is not here is named."""
    assert podcast(made, "serve", "--host", "192.0.2.1") == 1
    assert "192.0.2.1 is no address of this machine" in capsys.readouterr().err


@pytest.mark.parametrize("there", [True, False])
def test_open_shows_the_page(
    made: Path, there: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The browser is asked for the page; a machine without one serves all the same."""
    asked: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda page: asked.append(page) or there)
    monkeypatch.setattr(serve, "serve", lambda *_: time.sleep(0.2))
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = int(free.getsockname()[1])
    assert podcast(made, "serve", "--port", str(number), "--open") == 0
    assert asked == [f"http://127.0.0.1:{number}/"]
    assert ("no browser here" in caplog.text) is not there


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
    """Sound, whose name holds its hash, is immutable; what may change is asked for again, a transcript too."""
    sound = f"/media/{media(made).name}"
    assert "immutable" in ask(port, sound, "HEAD")[1]["cache-control"]
    assert ask(port, sound.replace(".mp3", ".vtt"), "HEAD")[1]["cache-control"] == "no-cache"
    assert ask(port, "/feed.xml", "HEAD")[1]["cache-control"] == "no-cache"


ESCAPES = [
    "/../podcast.toml", "/%2e%2e/podcast.toml", "/..%2fpodcast.toml", "/media/../../podcast.toml",
    "/%252e%252e/podcast.toml", "/..\\podcast.toml", "/..%5cpodcast.toml", "/%00", "/feed.xml%00.html", "//etc/passwd",
    "/%2fetc/passwd", "/media/%2e%2e/%2e%2e/podcast.toml", "/....//podcast.toml", "/" + "a" * 5000, "/%ff%fe",
]  # fmt: skip


@pytest.mark.parametrize("path", ESCAPES, ids=range(len(ESCAPES)))
def test_nothing_outside_the_folder_is_served(port: int, path: str) -> None:
    """No path leads out of feed/, however it is written."""
    status, _, body = ask(port, path)
    assert status == 404
    assert b"synthesizer" not in body
    assert b"root:" not in body


def test_links_lead_nowhere_outside(made: Path, port: int) -> None:
    """A symbolic link to a file or folder outside is not there; nor are links in a circle, nor hidden files."""
    feed = made / "feed"
    (feed / "toml.txt").symlink_to(made / "podcast.toml")
    (feed / "up").symlink_to(made)
    (feed / "round").symlink_to(feed / "round")
    (feed / ".tmp-secret.txt").write_text("half")
    for path in ("/toml.txt", "/up/podcast.toml", "/up/", "/round", "/.tmp-secret.txt"):
        assert ask(port, path)[0] == 404
    (feed / "again.xml").symlink_to(feed / "feed.xml")
    assert ask(port, "/again.xml")[0] == 200


def test_folders_are_not_listed(port: int) -> None:
    """A folder without a page of its own is a 404, and names nothing that lies in it."""
    status, _, body = ask(port, "/media/")
    assert status == 404
    assert b".mp3" not in body


def test_an_unknown_page_is_a_404_with_a_way_back(port: int) -> None:
    """What is not there is said by the site's own page."""
    status, headers, body = ask(port, "/nothing")
    assert status == 404
    assert headers["content-type"].startswith("text/html")
    assert b"<h1" in body


def test_serving_nothing_says_what_to_do(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a feed there is nothing to serve, and the next command is told."""
    assert podcast(show, "serve") == 1
    assert "make --demo" in capsys.readouterr().err


def test_texts_go_packed_to_who_takes_it(made: Path, port: int) -> None:
    """Feed, pages and transcripts come in gzip, smaller, by a weak ETag, to GET and HEAD alike, and are the
    same texts; who does not ask gets them as they are."""
    paths = ["/feed.xml", "/index.html", "/assets/style.css", f"/media/{media(made).stem}.vtt"]
    for path in paths:
        _, plain, text = ask(port, path)
        status, headers, body = ask(port, path, Accept_Encoding="br, gzip;q=0.8")
        assert (status, headers["content-encoding"], gzip.decompress(body)) == (200, "gzip", text)
        assert int(headers["content-length"]) == len(body) < len(text)
        assert "Accept-Encoding" in headers["vary"]
        assert "Accept-Encoding" in plain["vary"]
        assert headers["etag"] == f"W/{plain['etag']}"  # alike by words, not by bytes
        assert "content-encoding" not in plain
        _, head, nothing = ask(port, path, "HEAD", Accept_Encoding="gzip")
        assert (head["content-length"], head["etag"], nothing) == (headers["content-length"], headers["etag"], b"")
        again = ask(port, path, Accept_Encoding="gzip", If_None_Match=headers["etag"])
        assert (again[0], again[1]["etag"], "Accept-Encoding" in again[1]["vary"]) == (304, headers["etag"], True)
        assert ask(port, path, If_None_Match=plain["etag"])[0] == 304
        assert ask(port, path, If_None_Match=headers["etag"])[0] == 304
        assert ask(port, path, If_None_Match=plain["etag"], Accept_Encoding="gzip")[0] == 304


@pytest.mark.parametrize("refused", ["", "identity", "gzip;q=0", "br", "*;q=0", "gzip;q=0.000, *"])
def test_who_does_not_take_gzip_gets_none(port: int, refused: str) -> None:
    """RFC 9110, 12.5.3: no weight, a weight of nothing, or another coding: the text comes as it is."""
    _, headers, body = ask(port, "/feed.xml", Accept_Encoding=refused)
    assert "content-encoding" not in headers
    assert body.startswith(b"<?xml")


def test_sound_pictures_and_ranges_never_go_packed(made: Path, port: int) -> None:
    """What is packed already, or is asked for in part, comes byte by byte as it lies there."""
    for path in (f"/media/{media(made).name}", "/cover.jpg", "/assets/newsreader.woff2"):
        _, headers, body = ask(port, path, Accept_Encoding="gzip")
        assert "content-encoding" not in headers
        assert body == (made / "feed" / path[1:]).read_bytes()
    whole = ask(port, "/assets/style.css")[2]
    status, headers, body = ask(port, "/assets/style.css", Accept_Encoding="gzip", Range="bytes=10-99")
    assert (status, body, "content-encoding" in headers) == (206, whole[10:100], False)
    packed = ask(port, "/assets/style.css", Accept_Encoding="gzip")[1]["etag"]
    status, _, body = ask(port, "/assets/style.css", Accept_Encoding="gzip", Range="bytes=10-99", If_Range=packed)
    assert (status, body) == (200, whole)
