"""Publishing to a store over real HTTP: the order, the races, the kills, and every refusal in its own words."""

import datetime as dt
import hashlib
import json
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import stores
from conftest import TESTS
from stores import BUCKET, Small

from podcast.publishers import PUBLISHERS, Publisher, delivery, retirement
from podcast.publishers.s3 import S3, Bucket, honours
from podcast.serving import headers
from podcast.show import registry
from podcast.show.errors import ConfigError, PublishError, Refused
from podcast.show.settings import PublishSettings, S3Settings

PLANTED = "planted0secret0of0forty0letters0aBcDeFgH"


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has credentials of its own, and asks no cloud for others."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAPLANTED")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PLANTED)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    with stores.moto() as url:
        yield url


@pytest.fixture
def small() -> Iterator[Small]:
    with stores.small() as store:
        yield store


def settings(endpoint: str, bucket: str = BUCKET, prefix: str = "", keep: int = 30) -> PublishSettings:
    return PublishSettings(
        target="s3", keep_old_media=keep, s3=S3Settings(endpoint=endpoint, bucket=bucket, prefix=prefix)
    )


class Machine:
    """A machine that makes episodes and publishes: a folder feed/, and a build as publishing does it."""

    def __init__(self, root: Path, endpoint: str, **more: object) -> None:
        self.feed = root / "feed"
        self.settings = settings(endpoint, **more)  # type: ignore[arg-type]
        self.publisher = S3(self.settings, root / "cache")
        self.own: dict[str, bytes] = {}

    def make(self, name: str, sound: bytes | None = None) -> None:
        """Make an episode, or make it anew with another sound."""
        sound = (name.encode() * 400) if sound is None else sound
        stem = f"media/{name}-{hashlib.sha256(sound).hexdigest()[:10]}"
        page = f"episodes/{name}/"
        files = {f"{stem}.mp3": sound, f"{stem}.vtt": b"WEBVTT\n" + name.encode(), f"{page}index.html": name.encode()}
        record = {
            "name": name,
            "media": f"{stem}.mp3",
            "files": {
                path: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for path, data in files.items()
            },
        }
        for path in self.feed.glob(f"media/{name}-*"):
            path.unlink()
        for path, data in files.items():
            self.put(path, data)
        self.own[f"{page}item.json"] = json.dumps(record).encode()

    def put(self, path: str, data: bytes) -> None:
        target = self.feed / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def build(self, others: Mapping[str, bytes]) -> None:
        """Write the records, pages and feed of all episodes there are."""
        for path, data in self.own.items():
            self.put(path, data)
        items = [json.loads(data) for _, data in sorted({**others, **self.own}.items())]
        self.put("index.html", ("\n".join(item["name"] for item in items)).encode())
        self.put("feed.xml", "".join(f"<enclosure>{item['media']}</enclosure>\n" for item in items).encode())

    def publish(self) -> tuple[str, ...]:
        return self.publisher.publish(self.feed, self.build).written


def named(feed: bytes) -> list[str]:
    return re.findall(r"<enclosure>(.+)</enclosure>", feed.decode())


def in_bucket(machine: Machine) -> Bucket:
    return Bucket(machine.settings.s3)


def make_bucket(endpoint: str) -> str:
    """Make a bucket at moto of its own for a test."""
    import boto3

    name = f"b{random.randrange(10**9)}"
    boto3.session.Session().client("s3", endpoint_url=endpoint).create_bucket(Bucket=name)
    return name


# --- the files and their order ---------------------------------------------------------------------


@pytest.mark.long
def test_a_show_at_the_store_is_the_folder(moto: str, tmp_path: Path) -> None:
    """Every file is there with its bytes, type and cache header; sound for ever, the rest for minutes."""
    import boto3

    bucket = make_bucket(moto)
    machine = Machine(tmp_path, moto, bucket=bucket, prefix="pod/cast/")
    machine.make("2025-09-12-2509.00001")
    machine.put(".lock", b"")
    machine.put("media/.tmp-1-x.mp3", b"half")
    machine.publish()
    client = boto3.session.Session().client("s3", endpoint_url=moto)
    keys = [each["Key"] for each in client.list_objects_v2(Bucket=bucket)["Contents"]]
    local = {f"pod/cast/{path}" for path in delivery.files(machine.feed)}
    assert set(keys) == local
    for path in delivery.files(machine.feed):
        there = client.get_object(Bucket=bucket, Key=f"pod/cast/{path}")
        assert there["Body"].read() == (machine.feed / path).read_bytes()
        assert there["ContentType"] == headers.content_type(path)
        assert there["CacheControl"] == (headers.FOR_EVER if path.endswith(".mp3") else headers.FOR_MINUTES)
        assert there["Metadata"]["sha256"] == hashlib.sha256((machine.feed / path).read_bytes()).hexdigest()


@pytest.mark.long
@pytest.mark.parametrize("opaque", [False, True])
def test_nothing_goes_twice(small: Small, tmp_path: Path, opaque: bool) -> None:
    """A second publish writes nothing, also where ETags are no MD5s; what changed goes alone."""
    small.troubles.opaque = opaque
    machine = Machine(tmp_path, small.url)
    for number in range(12):
        machine.make(f"2025-09-{number + 1:02d}-2509.00001")
    assert len(machine.publish()) == 12 * 4 + 2
    small.requests.clear()
    assert machine.publish() == ()
    assert small.puts() == []
    shutil.rmtree(tmp_path / "cache")
    machine.put("style.css", b"a{}")
    machine.publish()
    machine.put("style.css", b"b{}")
    assert machine.publish() == ("style.css",)


def test_what_others_name_goes_first(small: Small, tmp_path: Path) -> None:
    """Sound, texts and pictures, an episode's pages, its record, lists, archive feeds, the feed."""
    machine = Machine(tmp_path, small.url)
    for name in ("a", "b"):
        machine.make(name)
    for path in ("cover.jpg", "archive-1.xml", "sitemap.xml", "search.json", "404.html", "digest/feed.xml"):
        machine.put(path, path.encode())
    machine.publish()
    went = [path for path, _ in small.history if not path.startswith(".podcast")]
    ranks = [delivery.order(path) for path in went]
    assert ranks == sorted(ranks)
    assert sorted(set(ranks)) == [0, 1, 2, 3, 4, 5, 6]
    assert went[-1] == "feed.xml"


def test_every_name_has_a_publisher(tmp_path: Path) -> None:
    """Each target of the table can be made, and builds the folder; s3 without a bucket says what to set."""
    for name in PUBLISHERS:
        kind = registry.load(name, PUBLISHERS, "target")
        if name == "s3":
            with pytest.raises(ConfigError, match="no bucket"):
                kind(PublishSettings(), tmp_path)
            continue
        publisher: Publisher = kind(PublishSettings(), tmp_path)
        seen: list[Mapping[str, bytes]] = []
        publisher.publish(tmp_path, seen.append)
        assert seen == [{}]


# --- several machines ------------------------------------------------------------------------------


def race(machines: list[Machine], episodes: int) -> None:
    """Let every machine make and publish its episodes, one after the other, all at the same time."""

    def work(number: int, machine: Machine) -> None:
        for episode in range(episodes):
            machine.make(f"2025-09-{episode + 1:02d}-2509.{number:05d}")
            machine.publish()

    stores.side_by_side(work, machines)


@pytest.mark.soak
def test_four_machines_lose_no_episode(moto: str, tmp_path: Path) -> None:
    """Four machines that publish four episodes each, all at once, keep sixteen of sixteen in the feed."""
    bucket = make_bucket(moto)
    machines = [Machine(tmp_path / str(number), moto, bucket=bucket) for number in range(4)]
    race(machines, 4)
    feed = in_bucket(machines[0]).read("feed.xml") or b""
    assert len(set(named(feed))) == 16
    there = in_bucket(machines[0]).list()
    assert all(media in there for media in named(feed))


@pytest.mark.long
def test_a_store_that_ignores_conditions_heals(small: Small, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """There the same race is said to be a risk, and one more publish has all."""
    small.troubles.conditions = False
    machines = [Machine(tmp_path / str(number), small.url) for number in range(4)]
    race(machines, 4)
    assert "ignores conditional writes" in caplog.text
    machines[0].publish()
    feed = small.objects["feed.xml"].body
    assert len(set(named(feed))) == 16
    assert all(media in small.objects for media in named(feed))


@pytest.mark.long
def test_conditions_are_probed_once(small: Small, moto: str, tmp_path: Path) -> None:
    """What a store honours is found by trying, once; the probe is gone afterwards."""
    assert honours(Bucket(S3Settings(endpoint=moto, bucket=make_bucket(moto))))
    machine = Machine(tmp_path, small.url)
    machine.make("a")
    machine.publish()
    S3(machine.settings, tmp_path / "cache").publish(machine.feed, machine.build)
    assert sum("PUT .podcast/probe" in request for request in small.requests) == 3
    assert not any("probe" in path for path in small.objects)
    small.troubles.conditions = False
    assert not honours(in_bucket(machine))
    small.troubles.conditions = True


def test_a_store_that_knows_no_conditions_gets_none(tmp_path: Path, small: Small) -> None:
    """A store that answers a condition with 501 is published to without."""
    small.troubles.conditions = False
    bucket = Bucket(S3Settings(endpoint=small.url, bucket=BUCKET))
    original = Bucket.write

    def write(self: Bucket, path: str, data: Path | bytes, condition: str | None) -> str:
        if condition:
            raise delivery.Unsupported("no", "")
        return original(self, path, data, condition)

    bucket.write = write.__get__(bucket)  # type: ignore[method-assign]
    assert not honours(bucket)


def test_one_machine_never_takes_back_what_another_wrote(small: Small, tmp_path: Path) -> None:
    """A machine that knows nothing of the store's episodes publishes its own beside them."""
    first, second = Machine(tmp_path / "1", small.url), Machine(tmp_path / "2", small.url)
    first.make("a")
    first.publish()
    second.make("b")
    second.publish()
    assert len(named(small.objects["feed.xml"].body)) == 2
    assert len(named((second.feed / "feed.xml").read_bytes())) == 2


def test_others_that_never_stop_are_told(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where others are first every time, the publish ends with a sentence instead of going on for ever."""
    machine = Machine(tmp_path, small.url)
    machine.make("a")
    monkeypatch.setattr(delivery, "_LONGEST_PAUSE", 0.0)
    other = in_bucket(machine)

    def build(others: Mapping[str, bytes]) -> None:
        machine.build(others)
        other.write("feed.xml", str(time.monotonic()).encode(), None)

    with pytest.raises(PublishError, match="other machines wrote"):
        machine.publisher.publish(machine.feed, build)


# --- kills and outages -----------------------------------------------------------------------------

KILLED = """
import sys
sys.path[:0] = {tests!r}
from pathlib import Path
from test_s3 import Machine
machine = Machine(Path(sys.argv[1]), sys.argv[2])
for name in sys.argv[3].split(","):
    machine.make(name)
print("go", flush=True)
machine.publish()
print("done", flush=True)
"""


@pytest.mark.soak
def test_a_kill_leaves_the_feed_whole(small: Small, tmp_path: Path) -> None:
    """Killed at any moment of an upload, the store's feed names only what is there; the next run completes it."""
    small.troubles.pause = 0.05
    code = KILLED.format(tests=[str(TESTS), str(TESTS / "publishers")])
    names: list[str] = []
    for number, moment in enumerate(random.Random(5).sample(range(1, 6), 4)):  # five files of an episode, and the feed
        names.append(f"2025-09-{number + 1:02d}-2509.00001")
        small.requests.clear()
        command = [sys.executable, "-c", code, str(tmp_path), small.url, ",".join(names)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        assert process.stdout.readline() == "go\n"
        while len([path for path in small.puts() if "probe" not in path]) < moment:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait() != 0
        process.stdout.close()
        if "feed.xml" in small.objects:
            assert all(media in small.objects for media in named(small.objects["feed.xml"].body))
    small.troubles.pause = 0
    machine = Machine(tmp_path, small.url)
    for name in names:
        machine.make(name)
    machine.publish()
    feed = named(small.objects["feed.xml"].body)
    assert len(feed) == len(names)
    assert all(media in small.objects for media in feed)


@pytest.mark.long
def test_every_third_request_may_fail(small: Small, tmp_path: Path) -> None:
    """A store that fails every third request, and cuts off two uploads, is published to all the same."""
    small.troubles.fail_every = 3
    small.troubles.drop_puts = 2
    machine = Machine(tmp_path, small.url)
    machine.make("a")
    machine.make("b")
    machine.publish()
    assert {path: kept.body for path, kept in small.objects.items() if not path.startswith(".podcast")} == {
        path: (machine.feed / path).read_bytes() for path in delivery.files(machine.feed)
    }


REFUSALS = [
    (403, "InvalidAccessKeyId", "does not know the access key", "AWS_ACCESS_KEY_ID"),
    (403, "SignatureDoesNotMatch", "secret key is not", "AWS_SECRET_ACCESS_KEY"),
    (400, "ExpiredToken", "have expired", "log in again"),
    (404, "NoSuchBucket", "no such bucket", "bucket"),
    (301, "PermanentRedirect", "another region", "region"),
    (403, "QuotaExceeded", "no room left", "make room"),
    (507, "XMinioStorageFull", "no room left", "make room"),
    (403, "RequestTimeTooSkewed", "clock", "timedatectl"),
    (403, "AccessDenied", "not allowed", "policy"),
    (400, "Strange", "refused it (Strange)", "look the code up"),
]


@pytest.mark.parametrize(("status", "code", "said", "hint"), REFUSALS, ids=[case[1] for case in REFUSALS])
def test_each_refusal_has_its_sentence(
    small: Small, tmp_path: Path, status: int, code: str, said: str, hint: str
) -> None:
    """What the store refuses is said in words, with what to do; its own words, which hold a key, are not shown."""
    machine = Machine(tmp_path, small.url)
    machine.make("a")
    machine.publish()
    before = dict(small.objects)
    machine.make("b")
    small.troubles.refuse = {"PUT media/": (status, code)}
    with pytest.raises(PublishError) as caught:
        machine.publish()
    assert said in str(caught.value)
    assert hint in caught.value.hint
    assert isinstance(caught.value, Refused) == (code != "Strange")
    assert "AKIA" not in f"{caught.value}{caught.value.hint}"
    assert PLANTED not in f"{caught.value}{caught.value.hint}"
    assert small.objects == before


@pytest.mark.long
def test_a_refused_folder_is_named(small: Small, tmp_path: Path) -> None:
    """Where credentials may write all but one folder, the message names a file of it."""
    machine = Machine(tmp_path, small.url)
    machine.make("a")
    small.troubles.refuse = {"PUT episodes/": (403, "AccessDenied")}
    with pytest.raises(Refused, match="episodes/a/"):
        machine.publish()
    assert "feed.xml" not in small.objects


def test_a_missing_bucket_is_told_by_a_real_store(moto: str, tmp_path: Path) -> None:
    machine = Machine(tmp_path, moto, bucket="nowhere-at-all")
    machine.make("a")
    with pytest.raises(Refused, match="no such bucket"):
        machine.publish()


@pytest.mark.parametrize(
    ("unset", "said"), [(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "no credentials"), ((), "cannot be reached")]
)
def test_what_keeps_a_request_here_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unset: tuple[str, ...], said: str
) -> None:
    """No credentials, and no network: each has its sentence."""
    for name in unset:
        monkeypatch.delenv(name)
    monkeypatch.setattr("podcast.publishers.s3._ATTEMPTS", 1)
    machine = Machine(tmp_path, "http://127.0.0.1:9")
    machine.make("a")
    with pytest.raises(PublishError, match=said):
        machine.publish()


def test_a_profile_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(Refused, match="profile"):
        Machine(tmp_path, "http://127.0.0.1:9")


def test_an_endpoint_holds_no_secret() -> None:
    with pytest.raises(ValueError, match="without a key"):
        S3Settings(endpoint="https://user:pass@store.example")


# --- old media -------------------------------------------------------------------------------------


@pytest.mark.long
def test_old_media_stays_while_another_machine_publishes(small: Small, tmp_path: Path) -> None:
    """What is over goes at the next time: a record that this machine has not seen may name it again."""
    machine = Machine(tmp_path / "1", small.url, keep=30)
    for sound in (b"first", b"second"):
        machine.make("a", sound)
        machine.publish()
    bucket, today = in_bucket(machine), dt.datetime.now(dt.UTC).date() + dt.timedelta(days=31)
    last, _ = delivery.deliver(bucket, machine.feed, machine.build, tmp_path / "kept")
    assert not retirement.retire(bucket, last, 30, today - dt.timedelta(days=1))
    last, _ = delivery.deliver(bucket, machine.feed, machine.build, tmp_path / "kept")
    other = Machine(tmp_path / "2", small.url, keep=30)
    other.make("b")
    delivery.deliver(in_bucket(other), other.feed, other.build, tmp_path / "others")
    assert not retirement.retire(bucket, last, 30, today)
    last, _ = delivery.deliver(bucket, machine.feed, machine.build, tmp_path / "kept")
    assert len(retirement.retire(bucket, last, 30, today)) == 2


@pytest.mark.long
def test_old_media_stays_for_a_while(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another sound replaced goes after keep_old_media days, counted over all machines; nothing else goes."""
    machine = Machine(tmp_path / "1", small.url, keep=30)
    machine.make("a", b"first")
    machine.make("b")
    machine.publish()
    old = [path for path in small.objects if path.startswith("media/a-")]
    machine.make("a", b"second")
    machine.publish()
    since = json.loads(small.objects[retirement.RECORD].body)["since"]
    assert sorted(since) == sorted(old)
    assert len(old) == 2
    other = Machine(tmp_path / "2", small.url, keep=30)
    other.make("c")
    other.publish()
    assert all(path in small.objects for path in old)

    bucket = in_bucket(other)

    def later(days: int) -> tuple[str, ...]:
        last, _ = delivery.deliver(bucket, other.feed, other.build, tmp_path / "kept")
        today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days)
        return tuple(retirement.retire(bucket, last, 30, today))

    assert later(30) == ()
    assert sorted(later(31)) == sorted(old)
    assert not any(path in small.objects for path in old)
    assert len([path for path in small.objects if path.startswith("media/")]) == 6
    assert json.loads(small.objects[retirement.RECORD].body)["since"] == {}


def test_media_that_may_not_be_removed_stays(small: Small, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Credentials that may not delete publish all the same; that old media stays is said."""
    small.troubles.refuse = {"DELETE ": (403, "AccessDenied")}
    machine = Machine(tmp_path, small.url, keep=0)
    machine.make("a", b"first")
    machine.publish()
    machine.make("a", b"second")
    long_ago = {path: "2024-01-01" for path in small.objects if path.startswith("media/")}
    in_bucket(machine).write(retirement.RECORD, json.dumps({"since": long_ago}).encode(), None)
    machine.publish()
    assert "old media stays" in caplog.text
    assert len(named(small.objects["feed.xml"].body)) == 1


def test_a_file_that_went_since_it_was_listed(small: Small, tmp_path: Path, moto: str) -> None:
    """Where another machine removed what this one would replace, that is a race, at a real store too."""
    bucket = Bucket(S3Settings(endpoint=moto, bucket=make_bucket(moto)))
    with pytest.raises(delivery.Raced):
        bucket.write("feed.xml", b"1", "0" * 32)
    etag = bucket.write("feed.xml", b"1", delivery.NEW)
    with pytest.raises(delivery.Raced):
        bucket.write("feed.xml", b"2", delivery.NEW)
    assert bucket.write("feed.xml", b"2", etag) != etag


def test_a_broken_record_keeps_all_media(small: Small, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where a record at the store cannot be read, nobody knows what it names: nothing is removed."""
    machine = Machine(tmp_path, small.url, keep=0)
    machine.make("a", b"first")
    machine.publish()
    bucket = in_bucket(machine)
    last, _ = delivery.deliver(bucket, machine.feed, machine.build, tmp_path / "kept")
    there = {**last.there, "media/x-0123456789.mp3": delivery.Stored("e", 1)}
    last = replace(last, there=there, told={**last.told, "episodes/x/item.json": None})
    far = dt.date(2100, 1, 1)
    assert retirement.retire(bucket, last, 0, far) == []
    assert retirement.RECORD not in small.objects


def test_files_have_types_of_their_own() -> None:
    """Apps go by types and ends: each kind of file has its own, and pages are no feeds."""
    assert headers.content_type("feed.xml") == headers.content_type("archive-1.xml")
    assert headers.content_type("sitemap.xml") != headers.content_type("feed.xml")
    assert headers.content_type("media/a.chapters.json") == "application/json+chapters"
    assert headers.content_type("media/a.transcript.json") == "application/json"
    assert headers.cache_control("media/a-0123456789.mp3") == headers.FOR_EVER
    assert headers.cache_control("media/a-0123456789.vtt") == headers.FOR_MINUTES
