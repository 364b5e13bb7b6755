"""Publishing whole shows to a store: machines beside each other, kills, what listeners find, what is withdrawn."""

import datetime as dt
import io
import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import podcastparser
import pytest
import stores
from clones import SITE, clone, show_like
from conftest import Hook, load, podcast, save, tree
from stores import BUCKET, Small

from podcast import check
from podcast.publishers import Build, Delivery, reach
from podcast.publishers.printing import Printer
from podcast.publishers.publishing import Published, publish
from podcast.show import config
from podcast.show.schema import Item
from podcast.show.settings import PublishSettings
from podcast.show.workspace import Workspace

DAY = dt.date(2024, 4, 1)


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has credentials of its own, and asks no cloud for others."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPLANTED")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted0secret0of0forty0letters0aBcDeFgH")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


@pytest.fixture
def small() -> Iterator[Small]:
    with stores.small() as store:
        yield store


def machine(made: Path, folder: Path, endpoint: str, bucket: str = BUCKET, **more: str) -> Path:
    """Make a show without episodes that publishes to the bucket."""
    show = show_like(made, folder)
    settings = {"site_url": SITE, "target": "s3", "check": "no", **more}
    text = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    s3 = f'[publish.s3]\nendpoint = "{endpoint}"\nbucket = "{bucket}"\n'
    (show / "podcast.toml").write_text(f"{(made / 'podcast.toml').read_text()}[publish]\n{text}{s3}")
    return show


def published(show: Path) -> Published:
    workspace = Workspace(show)
    return publish(workspace, config.read(workspace.config, {}))


def race(made: Path, machines: list[Path], episodes: int, at_once: int) -> None:
    """Let every machine make episodes and publish them, so many at once, all machines at the same time."""

    def work(number: int, show: Path) -> None:
        for episode in range(episodes):
            clone(made, show, f"2404.{number}{episode:04d}", DAY + dt.timedelta(days=episode))
            if episode % at_once == at_once - 1:
                published(show)

    stores.side_by_side(work, machines)


def judged(objects: dict[str, bytes]) -> list[dict]:  # type: ignore[type-arg]
    """Hold the store's feed to every rule, and its enclosures to what is there; return its episodes."""
    data = objects["feed.xml"]
    assert check.feed(data) == []
    episodes = podcastparser.parse(SITE + "feed.xml", io.BytesIO(data))["episodes"]
    for episode in episodes:
        (enclosure,) = episode["enclosures"]
        assert len(objects[enclosure["url"].removeprefix(SITE)]) == enclosure["file_size"]
    assert len({episode["guid"] for episode in episodes}) == len(episodes)
    return episodes  # type: ignore[no-any-return]


def bodies(small: Small) -> dict[str, bytes]:
    return {path: kept.body for path, kept in small.objects.items()}


def at_moto(endpoint: str, bucket: str) -> dict[str, bytes]:
    import boto3

    client = boto3.session.Session().client("s3", endpoint_url=endpoint)
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [each["Key"] for page in pages for each in page["Contents"]]
    return {key: client.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys}


@pytest.mark.soak
def test_four_machines_keep_each_others_episodes(made: Path, tmp_path: Path) -> None:
    """Four machines that make and publish four episodes each, all at once, lose none; the feed keeps every rule."""
    import boto3

    with stores.moto() as endpoint:
        boto3.session.Session().client("s3", endpoint_url=endpoint).create_bucket(Bucket="race")
        machines = [machine(made, tmp_path / str(number), endpoint, "race") for number in range(4)]
        race(made, machines, 4, at_once=4)
        assert len(judged(at_moto(endpoint, "race"))) == 16


@pytest.mark.soak
def test_a_store_that_ignores_conditions_heals(made: Path, tmp_path: Path, small: Small) -> None:
    """There one more publish has all of them."""
    small.troubles.conditions = False
    machines = [machine(made, tmp_path / str(number), small.url) for number in range(4)]
    race(made, machines, 6, at_once=6)
    published(machines[0])
    assert len(judged(bodies(small))) == 24


def numbers(data: bytes) -> list[int | None]:
    """Return the numbers of a feed's episodes, the newest first."""
    episodes = podcastparser.parse(SITE + "feed.xml", io.BytesIO(data))["episodes"]
    return [episode.get("number") for episode in episodes]


@pytest.mark.long
def test_a_number_goes_on_from_the_store(made: Path, tmp_path: Path, small: Small) -> None:
    """A machine that saw the store goes on after its highest number, and knows an episode's own number again."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    for episode in range(3):
        clone(made, first, f"2404.0000{episode}", DAY)
    published(first)
    clone(made, second, "2404.10000", DAY + dt.timedelta(days=1))
    published(second)
    clone(made, second, "2404.10001", DAY + dt.timedelta(days=1))
    published(second)
    assert numbers(small.objects["feed.xml"].body) == [4, None, 3, 2, 1]
    clone(made, second, "2404.00002", DAY)
    published(second)
    assert numbers(small.objects["feed.xml"].body) == [4, None, 3, 2, 1]
    judged(bodies(small))
    assert podcast(second, "publish", "--check") == 0  # what it does not have is not looked for


@pytest.mark.long
def test_of_two_with_one_number_the_later_goes_without(
    made: Path, tmp_path: Path, small: Small, caplog: pytest.LogCaptureFixture
) -> None:
    """Both stay in the feed, which keeps every rule; which of them has no number is said once."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    clone(made, first, "2404.00001", DAY)
    clone(made, second, "2404.10001", DAY + dt.timedelta(days=1))
    published(first)
    caplog.clear()
    published(second)
    assert numbers(small.objects["feed.xml"].body) == [None, 1]
    assert len(judged(bodies(small))) == 2
    assert caplog.text.count("goes without its number") == 1
    assert "2404.10001" in caplog.text
    published(first)
    assert published(second).changed == published(first).changed == ()  # they agree


class Shelf:
    """A publisher of somebody's own."""

    name = "the shelf"

    def __init__(self, settings: PublishSettings, cache: Path) -> None:
        self.settings = settings

    def publish(self, feed: Path, build: Build, withdrawn: Collection[str] = ()) -> Delivery:
        build({})
        return Delivery(tuple(path.relative_to(feed).as_posix() for path in sorted(feed.rglob("*.*"))))


@pytest.mark.long
def test_a_publisher_of_ones_own(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A class is named as package.module:Class; with a site apart from its media, only that is asked for."""
    asked: list[str] = []

    def check(wanted: list[reach.Expected]) -> list[reach.Unreached]:
        asked.extend(each.url for each in wanted)
        return []

    monkeypatch.setattr(reach, "check", check)
    text = (made / "podcast.toml").read_text()
    for media, expected in (("", {"media", "episodes"}), ("https://media.example/", {"media"})):
        own = f'[publish]\ntarget = "test_publishing:Shelf"\nsite_url = "{SITE}"\nmedia_base_url = "{media}"\n'
        (made / "podcast.toml").write_text(text + own)
        asked.clear()
        assert podcast(made, "publish") == 0
        assert "to     the shelf: " in capsys.readouterr().err
        assert {url.split("/")[3] for url in asked} == expected
    (made / "podcast.toml").write_text(f'{text}[publish]\ntarget = "s4"\nsite_url = "{SITE}"\n')
    assert podcast(made, "publish") == 1
    assert "choose one of directory, s3" in capsys.readouterr().err


@pytest.fixture
def told(made: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the webhook of the show is told."""
    address, said, _ = hook
    monkeypatch.setenv("SHOW_WEBHOOK", address)
    settings = made / "podcast.toml"
    settings.write_text(f'{settings.read_text()}[publish]\nwebhook = "SHOW_WEBHOOK"\nepisode_art = false\n')
    return said


def test_the_webhook_names_what_is_new(made: Path, told: list[Any]) -> None:
    """Not the episode whose page leads to the new one from now on."""
    clone(made, made, "2404.00001", DAY)
    assert podcast(made, "publish") == 0
    assert [each["published"]["episodes"] for each in told] == [[f"{DAY}-2404.00001"]]
    assert len(told[0]["text"].splitlines()) == 2


@pytest.mark.parametrize("known", [True, False], ids=["kept", "of an earlier version"])
def test_the_webhook_is_told_nothing_again(made: Path, told: list[Any], known: bool) -> None:
    """A feed/ that was lost comes back without a word; what is new with it is named, if it is known what was told."""
    if known:
        clone(made, made, "2404.00001", DAY)
        assert podcast(made, "publish") == 0
    told.clear()
    clone(made, made, "2404.00002", DAY)
    shutil.rmtree(made / "feed")
    shutil.rmtree(made / "episodes" / ".cache")
    assert podcast(made, "publish") == 0
    assert [each["published"]["episodes"] for each in told] == ([[f"{DAY}-2404.00002"]] if known else [])
    told.clear()
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 0
    assert told == []
    clone(made, made, "2404.00003", DAY)
    assert podcast(made, "publish") == 0
    assert [each["published"]["episodes"] for each in told] == [[f"{DAY}-2404.00003"]]


@pytest.mark.long
def test_the_webhook_names_what_is_corrected(made: Path, told: list[Any]) -> None:
    """Not episodes whose pages have another look."""
    (made / "templates").mkdir()
    (made / "templates" / "footer.html").write_text("<p>mine</p>")
    assert podcast(made, "publish") == 0
    assert told == []
    assert podcast(made, "regenerate", "2403.00001", "--line", "1", "--text", "Hello there.") == 0
    assert [each["published"]["episodes"] for each in told] == [["2024-03-05-2403.00001"]]


@pytest.mark.long
def test_a_lost_folder_withdraws_nothing(made: Path, tmp_path: Path, small: Small) -> None:
    """An episode that this disk lost, its media or all of it, stays in the feed that the store serves."""
    show = machine(made, tmp_path / "1", small.url)
    for episode in range(3):
        clone(made, show, f"2404.0000{episode}", DAY)
    published(show)
    whole = bodies(small)
    shutil.rmtree(show / "episodes" / str(DAY) / "2404.00000")
    shutil.rmtree(show / "episodes" / str(DAY) / "2404.00001" / "mixes")
    shutil.rmtree(show / "feed")
    published(show)
    assert bodies(small) == whole
    assert len(judged(whole)) == 3


@pytest.mark.long
def test_a_site_apart_from_its_media_has_every_page(made: Path, tmp_path: Path, small: Small) -> None:
    """Where the bucket has the sound alone, pages of episodes whose sound is not on this disk are fetched from it, once
    and again where they changed. A page that is nowhere breaks a rule."""
    media = "https://media.example.org/"
    first, second = (machine(made, tmp_path / name, small.url, media_base_url=media) for name in ("1", "2"))
    for episode in range(2):
        clone(made, first, f"2404.0000{episode}", DAY)
    published(first)
    shutil.copytree(first / "episodes", second / "episodes", ignore=shutil.ignore_patterns("mixes", ".cache"))
    published(second)
    pages = {path: data for path, data in tree(first / "feed" / "episodes").items() if not path.endswith("item.json")}
    assert tree(second / "feed" / "episodes") == pages
    assert podcast(second, "publish", "--check") == 0
    whole = bodies(small)
    small.requests.clear()
    published(second)
    assert not [request for request in small.requests if request.startswith("GET") and ".html" in request]
    assert bodies(small) == whole
    page = f"episodes/{DAY}-2404.00000/index.html"
    clone(made, first, "2404.00002", DAY)  # to which that page leads from now on
    published(first)
    published(second)
    assert (second / "feed" / page).read_bytes() == small.objects[page].body
    (second / "feed" / page).unlink()
    assert podcast(second, "publish", "--check") == 1


@pytest.mark.long
@pytest.mark.parametrize("documents", ["these", "broken"])
def test_what_another_machine_corrected_stays(made: Path, tmp_path: Path, small: Small, documents: str) -> None:
    """A machine that has the episode as it was, and its sound no more, takes no correction back: its own pages of it
    go, and the feed has it as corrected; until another does so, the pages stay."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    clone(made, first, "2404.00001", DAY)
    published(first)
    shutil.copytree(first / "episodes", second / "episodes")
    folder, page = Path("episodes", str(DAY), "2404.00001"), first / "feed" / "episodes" / f"{DAY}-2404.00001"
    shutil.rmtree(first / folder / "mixes")
    if documents == "broken":
        (first / folder / "episode.json").write_text("{")
    published(first)
    assert (page / "index.html").is_file()
    save(second / folder / "episode.json", {**load(second / folder / "episode.json"), "title": "Corrected"})
    published(second)
    whole = bodies(small)
    published(first)
    assert bodies(small) == whole
    assert not page.exists()
    assert "Corrected" in (first / "feed" / "feed.xml").read_text()


@pytest.mark.long
def test_an_episode_is_withdrawn(made: Path, tmp_path: Path, small: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """Its record, page and media leave the store at once; it is back when the marker is deleted."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    for episode in range(3):
        clone(made, first, f"2404.0000{episode}", DAY)
    published(first)
    clone(made, second, "2404.10000", DAY)
    published(second)
    assert podcast(first, "publish", "--withdraw", "2404.00001") == 0
    marker = first / "episodes" / str(DAY) / "2404.00001" / "withdrawn.json"
    assert str(marker.name) in capsys.readouterr().err
    assert [path for path in small.objects if "2404.00001" in path] == [f"withdrawn/{DAY}-2404.00001.json"]
    assert len(judged(bodies(small))) == 3
    published(second)
    assert len(judged(bodies(small))) == 3
    assert podcast(first, "status") == 0
    assert "withdrawn" in capsys.readouterr().out
    assert podcast(second, "publish", "--withdraw", "2404.00000") == 0  # that one is elsewhere alone
    assert len(judged(bodies(small))) == 2
    marker.unlink()
    capsys.readouterr()
    assert podcast(first, "publish") == 1
    assert f"{DAY}-2404.00000 is not in the feed: it was withdrawn" in " ".join(capsys.readouterr().err.split())
    assert len(judged(bodies(small))) == 3  # the machine that has 2404.00000 does not publish it again
    assert not [path for path in small.objects if path.startswith("withdrawn/") and "2404.00001" in path]
    assert podcast(first, "publish", "--withdraw", "2404.99999") == 1
    assert "there is no episode" in capsys.readouterr().err


@pytest.mark.soak
def test_the_demo_leaves_the_store(made: Path, tmp_path: Path, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its reports as well, with the lists of them where it was the only day that had some; nobody else's."""
    monkeypatch.setenv("PODCAST_RECORD__SYNTHESIZER", "tone")
    show = machine(made, tmp_path / "1", small.url)
    clone(made, show, "2404.00001", DAY)
    published(show)
    small.objects["digest/2025/01/07.md"] = small.objects["index.html"]
    before = {path for path in small.objects if not path.startswith("assets/")}
    assert podcast(show, "make", "--demo", "--top", "1") == 0
    assert {"digest/2025/01/06.html", "digest/index.html"} <= small.objects.keys()
    assert podcast(show, "clean", "--demo") == 0
    assert {path for path in small.objects if not path.startswith("assets/")} - {".podcast/retired.json"} == before


@pytest.mark.long
def test_a_withdrawal_leaves_the_folder_too(made: Path) -> None:
    """Without a store it leaves feed and pages, and comes back the same."""
    whole = (made / "feed" / "feed.xml").read_bytes()
    assert podcast(made, "publish", "--withdraw", "2403.00002") == 0
    assert b"2403.00002" not in (made / "feed" / "feed.xml").read_bytes()
    assert not (made / "feed" / "episodes" / "2024-03-05-2403.00002").exists()
    assert podcast(made, "publish", "--check") == 0
    (made / "episodes" / "2024-03-05" / "2403.00002" / "withdrawn.json").unlink()
    assert podcast(made, "publish") == 0
    assert (made / "feed" / "feed.xml").read_bytes() == whole


@pytest.mark.parametrize("paper", [pytest.param("2404.00002", marks=pytest.mark.long), "2404.00001"])
def test_another_shows_bucket_is_refused(
    made: Path, tmp_path: Path, small: Small, capsys: pytest.CaptureFixture[str], paper: str
) -> None:
    """Two shows never run into one feed, also where both are about one paper: the second is told to take a folder of
    its own."""
    show = machine(made, tmp_path / "1", small.url)
    clone(made, show, "2404.00001", DAY)
    published(show)
    other = machine(made, tmp_path / "2", small.url)
    (other / "episodes").mkdir()
    (other / "episodes" / "show.json").write_text('{"guid": "11111111-2222-5333-8444-555555555555", "numbers": {}}')
    clone(made, other, paper, DAY)
    before = bodies(small)
    assert podcast(other, "publish") == 1
    assert "another show" in capsys.readouterr().err
    assert bodies(small) == before


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the episodes that were held to the rules, as often as they were."""
    names, fit = list[str](), Printer.fit

    def noted(self: Printer, item: Item, source: object) -> Item:
        names.append(item.name)
        return fit(self, item, source)

    monkeypatch.setattr(Printer, "fit", noted)
    return names


@pytest.mark.long
def test_a_record_of_our_own_is_not_looked_into(
    made: Path, tmp_path: Path, small: Small, fitted: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Unchanged it is held to no rule again; broken at the store, or against a rule, it is replaced: no more."""
    show, path = machine(made, tmp_path / "1", small.url), f"episodes/{DAY}-2404.00001/item.json"
    clone(made, show, "2404.00001", DAY)
    published(show)
    assert fitted == [f"{DAY}-2404.00001"]
    whole = bodies(small)
    assert published(show).changed == ()
    item = json.loads(whole[path])
    long = json.dumps({**item, "episode": {**item["episode"], "title": "x" * 300}}).encode()
    for body in (b'{"files": {}}', long):
        small.objects[path] = small.objects[path]._replace(body=body, etag="broken")
        assert podcast(show, "publish") == 0
        assert bodies(small) == whole
    assert "left out of the feed" not in caplog.text
    assert len(fitted) == 1


@pytest.mark.long
def test_what_another_machine_made_is_held_to_the_rules_once(
    made: Path, tmp_path: Path, small: Small, fitted: list[str]
) -> None:
    """While its record stays, the ledger has what the feed needs of it; another record is held to them again."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    clone(made, first, "2404.00001", DAY)
    published(first)
    clone(made, second, "2404.10001", DAY + dt.timedelta(days=1))
    published(second)
    whole = bodies(small)
    fitted.clear()
    assert published(second).changed == ()
    assert fitted == []
    Workspace(second).ledger.unlink()
    assert published(second).changed == ()
    assert fitted == [f"{DAY}-2404.00001"]
    assert bodies(small) == whole


@pytest.mark.long
def test_a_broken_record_is_left_out(
    made: Path, tmp_path: Path, small: Small, caplog: pytest.LogCaptureFixture
) -> None:
    """A record at the store that is none costs its own episode alone."""
    first, second = (machine(made, tmp_path / name, small.url) for name in ("1", "2"))
    clone(made, first, "2404.00001", DAY)
    clone(made, first, "2404.00002", DAY)
    published(first)
    path = f"episodes/{DAY}-2404.00001/item.json"
    small.objects[path] = small.objects[path]._replace(body=b'{"files": {}}', etag="broken")
    clone(made, second, "2404.10001", DAY)
    published(second)
    assert "left out of the feed" in caplog.text
    assert len(judged(bodies(small))) == 2
    published(first)
    assert len(judged(bodies(small))) == 3


@pytest.mark.long
def test_listeners_are_asked_for(
    made: Path, tmp_path: Path, small: Small, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Every address of the changed episodes is asked for, hub and webhook are told, and what is wrong is said."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(
        "podcast.publishers.notify._post", lambda address, name, body: told.append((address, json.dumps(body)))
    )
    monkeypatch.setattr(reach.check, "__defaults__", ((), time.sleep))
    monkeypatch.setenv("SHOW_WEBHOOK", "https://hooks.example/T0")
    address = f"{small.url}/{BUCKET}/"
    more = {"site_url": address, "check": "yes", "websub": "https://hub.example/", "webhook": "SHOW_WEBHOOK"}
    show = machine(made, tmp_path / "1", small.url, **more)
    clone(made, show, "2404.00001", DAY)
    Workspace(show).cache.mkdir()  # it was made here: no copy of a show whose listeners know all
    small.requests.clear()
    assert podcast(show, "publish") == 0
    heads = {request.removeprefix("HEAD ") for request in small.requests if request.startswith("HEAD")}
    name = f"{DAY}-2404.00001"
    assert f"episodes/{name}/" in heads
    assert {path.rpartition(".")[2] for path in heads if path.startswith(f"media/{name}")} == {
        "mp3",
        "vtt",
        "srt",
        "json",
        "jpg",
    }
    assert [address for address, _ in told] == ["https://hub.example/", "https://hooks.example/T0"]
    assert "Paper 2404.00001 Reads Twice" in told[1][1]
    assert caplog.text == ""
    assert f"It stands at {address}" in capsys.readouterr().err.replace("\n", " ")
    small.requests.clear()
    published(show)
    assert not [request for request in small.requests if request.startswith("HEAD")]
    assert len(told) == 2
    clone(made, show, "2404.00002", DAY)
    small.troubles.refuse = {f"HEAD media/{DAY}-2404.00002": (404, "NoSuchKey")}
    assert podcast(show, "publish") == 0
    assert caplog.text.count("HEAD answers 404") == 7


@pytest.mark.long
def test_killed_at_any_moment_the_feed_is_whole(made: Path, tmp_path: Path, small: Small) -> None:
    """The real command, killed at moments of its upload, leaves a feed that keeps every rule; the next completes it."""
    show = machine(made, tmp_path / "1", small.url)
    clone(made, show, "2404.00000", DAY)
    published(show)
    small.troubles.pause = 0.03
    chance = random.Random(7)
    for episode in range(1, 5):
        clone(made, show, f"2404.0000{episode}", DAY + dt.timedelta(days=episode))
        small.requests.clear()
        process = subprocess.Popen(
            [sys.executable, "-m", "podcast", "-C", str(show), "publish"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        moment = chance.randrange(1, 14)
        while len(small.puts()) < moment and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait(30) == -signal.SIGKILL
        judged(bodies(small))
    small.troubles.pause = 0
    published(show)
    assert len(judged(bodies(small))) == 5
    assert published(show).changed == ()


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("gpo"), reason="gPodder is not installed: sudo apt install gpodder")
def test_gpodder_subscribes_to_the_store(made: Path, tmp_path: Path, small: Small) -> None:
    """gPodder's gpo takes the feed from the store, episodes of two machines, and downloads each whole."""
    address = f"{small.url}/{BUCKET}/"
    machines = [machine(made, tmp_path / name, small.url, site_url=address) for name in ("1", "2")]
    for number, show in enumerate(machines):
        (show / "episodes").mkdir()
        shutil.copy(made / "episodes" / "show.json", show / "episodes" / "show.json")
        clone(made, show, f"2404.0000{number}", DAY + dt.timedelta(days=number))
        published(show)
    where = {"GPODDER_HOME": str(tmp_path / "gpodder"), "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads")}
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    for command in (["set", "auto.update.enabled", "False"], ["subscribe", f"{address}feed.xml"], ["download"]):
        done = subprocess.run(
            ["gpo", *command],
            env={**home, **where},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert "rror:" not in done.stdout + done.stderr
    rows = sqlite3.connect(tmp_path / "gpodder" / "Database").execute("select title, file_size, state from episode")
    size = next(len(kept.body) for path, kept in small.objects.items() if path.endswith(".mp3"))
    assert sorted(rows.fetchall()) == [(f"Paper 2404.0000{n} Reads Twice", size, 1) for n in range(2)]
    assert [path.stat().st_size for path in (tmp_path / "downloads").rglob("*.mp3")] == [size, size]
