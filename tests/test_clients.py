"""The show as podcast apps meet it: clients subscribe, download and ask again; parsers of other hands read it back.

Each is skipped where it is not installed; `.ci/run` installs them all.
"""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import podcastparser
import pytest
import uvicorn
from conftest import ROOT, load, podcast

from podcast.press import feed
from podcast.serving import serve

NODE = ROOT / ".venv" / "node" / "node_modules"
"""What `make browser` fetched."""

feedparser = pytest.importorskip("feedparser")


@dataclass
class Served:
    """A published show at an address of this machine, and what was asked of it."""

    url: str
    feed: Path
    asked: list[tuple[str, str, int]] = field(default_factory=list)
    """Method, path, status."""


@pytest.fixture
def served(made: Path) -> Iterator[Served]:
    """The two episodes of the test day, published for the address that they are served at."""
    config = uvicorn.Config(lambda: None, port=0, log_level="warning")
    socket = config.bind_socket()
    url = f"http://127.0.0.1:{socket.getsockname()[1]}/"
    (made / "podcast.toml").write_text((made / "podcast.toml").read_text() + f'[publish]\nsite_url = "{url}"\n')
    assert podcast(made, "publish") == 0
    found = Served(url, made / "feed")
    inner = serve.application(made / "feed")

    async def recording(scope, receive, send):  # type: ignore[no-untyped-def]
        async def noted(message):  # type: ignore[no-untyped-def]
            if message["type"] == "http.response.start":
                found.asked.append((scope["method"], scope["path"], message["status"]))
            await send(message)

        await inner(scope, receive, noted if scope["type"] == "http" else send)

    server = uvicorn.Server(uvicorn.Config(recording, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield found
    server.should_exit = True
    thread.join()


def episodes(made: Path) -> list[dict]:  # type: ignore[type-arg]
    """Return the episodes as made, the newest first."""
    found = [load(path) for path in (made / "episodes").glob("*/*/episode.json")]
    return sorted(found, key=lambda episode: episode["published"], reverse=True)


def client(home: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a client with a home folder of its own."""
    home.mkdir(exist_ok=True)
    env = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm", "XDG_CONFIG_HOME": "", **more}
    env = {name: value for name, value in env.items() if value}
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=100)


@pytest.mark.skipif(not shutil.which("gpo"), reason="gPodder is not installed: sudo apt install gpodder")
def test_gpodder_subscribes_downloads_and_updates(served: Served, made: Path, tmp_path: Path) -> None:
    """gPodder's gpo takes the feed, downloads each episode whole with its chapters, and asks again by 304."""
    where = {"GPODDER_HOME": str(tmp_path / "gpodder"), "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads")}

    def gpo(*command: str) -> str:
        done = client(tmp_path / "home", "gpo", *command, **where)
        assert "rror:" not in done.stdout + done.stderr
        return done.stdout

    gpo("set", "auto.update.enabled", "False")
    gpo("subscribe", served.url + "feed.xml")
    gpo("download")
    served.asked.clear()
    gpo("update", served.url + "feed.xml")
    assert ("GET", "/feed.xml", 304) in served.asked
    rows = sqlite3.connect(tmp_path / "gpodder" / "Database").execute(
        "select guid, title, total_time, file_size, state from episode order by published desc"
    )
    wanted = [
        (one["guid"], one["title"], round(one["media"]["duration"]), one["media"]["size"], 1) for one in episodes(made)
    ]
    assert rows.fetchall() == wanted  # state 1: downloaded
    sizes = sorted(path.stat().st_size for path in (tmp_path / "downloads").rglob("*.mp3"))
    assert sizes == sorted(one["media"]["size"] for one in episodes(made))


@pytest.mark.skipif(not shutil.which("newsboat"), reason="newsboat is not installed: sudo apt install newsboat")
def test_newsboat_subscribes_and_updates(served: Served, made: Path, tmp_path: Path) -> None:
    """newsboat takes each episode once, with its enclosure and its notes, however often it asks."""
    (tmp_path / "urls").write_text(served.url + "feed.xml\n")
    (tmp_path / "config").write_text("max-items 0\n")
    files = ("-C", str(tmp_path / "config"), "-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache.db"))
    for _ in range(2):
        done = client(tmp_path / "home", "newsboat", *files, "-x", "reload")
        assert done.returncode == 0, done.stderr
    rows = sqlite3.connect(tmp_path / "cache.db").execute(
        "select guid, title, enclosure_url, enclosure_type, length(content) > 500 from rss_item order by pubDate desc"
    )
    wanted = [
        (
            one["guid"],
            one["title"],
            f"{served.url}media/{one['day']}-{one['paper_id']}-{one['media']['sha256'][:10]}.mp3",
            "audio/mpeg",
            1,
        )
        for one in episodes(made)
    ]
    assert rows.fetchall() == wanted


def test_feedparser_and_podcastparser_agree(served: Served, made: Path) -> None:
    """Two parsers read the same titles, guids, enclosures and lengths, and neither finds a fault in the XML."""
    data = (served.feed / "feed.xml").read_bytes()
    one = feedparser.parse(data)
    other = podcastparser.parse(served.url + "feed.xml", io.BytesIO(data))
    assert not one.bozo
    wanted = [(each["guid"], each["title"], each["media"]["size"]) for each in episodes(made)]
    assert [(e.id, e.title, int(e.enclosures[0].length)) for e in one.entries] == wanted
    assert [(e["guid"], e["title"], e["enclosures"][0]["file_size"]) for e in other["episodes"]] == wanted
    assert [len(e["chapters"]) for e in other["episodes"]] == [len(each["chapters"]) for each in episodes(made)]


@pytest.mark.skipif(
    not (shutil.which("node") and (NODE / "podcast-partytime").is_dir()), reason="not installed: make browser"
)
def test_the_podcast_indexs_own_parser(served: Served, made: Path) -> None:
    """podcast-partytime, which reads feeds for the Podcast Index, finds all that we say in the podcast namespace."""
    script = (
        'const {parseFeed} = require("podcast-partytime"); const feed = require("fs").readFileSync(0, "utf8");'
        "console.log(JSON.stringify(parseFeed(feed, {allowMissingGuid: true})))"
    )
    done = subprocess.run(
        ["node", "-e", script], env={**os.environ, "NODE_PATH": str(NODE)}, capture_output=True, text=True, check=True,
        input=(served.feed / "feed.xml").read_text("utf-8"),
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["guid"] == load(made / "episodes" / "show.json")["guid"]
    assert (found["explicit"], found["medium"], found["locked"]) == (False, "podcast", True)
    assert found["license"]["identifier"] == "cc-by-4.0"
    assert found["itunesCategory"] == ["Technology"]
    assert [person["name"] for person in found["podcastPeople"]] == ["Ada (synthetic voice)", "Ben (synthetic voice)"]
    assert [item["guid"] for item in found["items"]] == [one["guid"] for one in episodes(made)]
    for item, one in zip(found["items"], episodes(made), strict=True):
        assert [each["type"] for each in item["podcastTranscripts"]] == [
            "text/vtt",
            "application/srt",
            "application/json",
        ]
        assert item["podcastChapters"]["url"].startswith(served.url)
        assert (item["enclosure"]["length"], item["duration"]) == (
            one["media"]["size"],
            round(one["media"]["duration"]),
        )
        assert item["podcastEpisode"]["number"] == one["number"]


@pytest.mark.skipif(not shutil.which("gpo"), reason="gPodder is not installed: sudo apt install gpodder")
def test_gpodder_follows_the_archives(
    served: Served, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one episode a page, gPodder finds the older one behind rel=next."""
    monkeypatch.setattr(feed, "NEWEST", 1)
    assert podcast(made, "publish") == 0
    where = {"GPODDER_HOME": str(tmp_path / "gpodder"), "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads")}
    client(tmp_path / "home", "gpo", "subscribe", served.url + "feed.xml", **where)
    rows = sqlite3.connect(tmp_path / "gpodder" / "Database").execute(
        "select guid from episode order by published desc"
    )
    assert [guid for (guid,) in rows] == [one["guid"] for one in episodes(made)]
    assert any(path.startswith("/archive-") and status == 200 for _, path, status in served.asked)
