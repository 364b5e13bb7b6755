"""What is delivered, on which condition, and what is not: against a store in memory."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from podcast.publishers import delivery
from podcast.publishers.delivery import NEW, Raced, Stored
from podcast.show.errors import PublishError
from podcast.show.schema import whose


class Shelf:
    """A store that keeps files in memory, and what was asked of it."""

    name = "the shelf"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: dict[str, str | None] = {}
        """The condition of each write, by path."""
        self.modified: dict[str, float] = {}
        """The number of the latest write, by path."""
        self.refuses = ""
        """The end of paths that it does not take."""

    def list(self, under: str = "") -> Mapping[str, Stored]:
        return {
            path: Stored(etag(data), len(data), self.modified.get(path, 0.0))
            for path, data in self.files.items()
            if path.startswith(under)
        }

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def sha256(self, path: str) -> str | None:
        return hashlib.sha256(self.files[path]).hexdigest()

    def write(self, path: str, data: Path | bytes, condition: str | None) -> str:
        if self.refuses and path.endswith(self.refuses):
            raise PublishError("not now", "")
        self.asked[path] = condition
        self.modified[path] = 1.0 + max(self.modified.values(), default=0.0)
        there = self.files.get(path)
        if condition is not None and condition != (NEW if there is None else etag(there)):
            raise Raced(path, "")
        self.files[path] = data if isinstance(data, bytes) else data.read_bytes()
        return etag(self.files[path])

    def remove(self, path: str) -> None:
        self.files.pop(path, None)


def etag(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def deliver(shelf: Shelf, feed: Path, tmp_path: Path, *withdrawn: str) -> None:
    shelf.asked.clear()
    delivery.deliver(shelf, feed, lambda _: None, tmp_path / "kept", withdrawn=withdrawn, sleep=lambda _: None)


def test_what_several_machines_write_is_written_on_a_condition(made: Path, tmp_path: Path) -> None:
    """Records, pages, lists and feeds: as they were listed, or not there yet. Media and what has its hash: on none."""
    shelf, feed = Shelf(), made / "feed"
    deliver(shelf, feed, tmp_path)
    assert shelf.asked.keys() == set(delivery.files(feed))
    assert {path: condition for path, condition in shelf.asked.items() if condition is not None} == {
        path: NEW for path in shelf.asked if delivery.order(path) >= 2
    }
    record = next(path for path in shelf.files if path.endswith("/item.json"))
    (feed / record).write_bytes((feed / record).read_bytes() + b"\n")
    before = etag(shelf.files[record])
    deliver(shelf, feed, tmp_path)
    assert shelf.asked == {record: before}


def test_what_is_built_goes_though_it_is_as_long_as_before(made: Path, tmp_path: Path) -> None:
    """What the store's records tell is known before the folder is built, which writes others in the place of ours; and
    what they tell of media spares looking at it."""
    shelf, feed = Shelf(), made / "feed"
    deliver(shelf, feed, tmp_path)
    record = next(feed.glob("episodes/*/item.json"))
    page, item = record.with_name("index.html"), json.loads(record.read_bytes())
    whole = page.read_bytes().swapcase()

    def build(_: object) -> None:
        page.write_bytes(whole)
        item["files"][page.relative_to(feed).as_posix()]["sha256"] = hashlib.sha256(whole).hexdigest()
        record.write_text(json.dumps(item))

    shelf.asked.clear()
    last, _ = delivery.deliver(shelf, feed, build, tmp_path / "kept", sleep=lambda _: None)
    assert shelf.asked.keys() == {path.relative_to(feed).as_posix() for path in (page, record)}
    assert shelf.files[page.relative_to(feed).as_posix()] == whole
    assert not [kind for kind, path in last.digests._taken if path.startswith("media/")]


def change(feed: Path, record: Path, path: str) -> bytes:
    """Make the file of the episode another of the same length, as its record tells; return it as it was."""
    before, item = (feed / path).read_bytes(), json.loads(record.read_bytes())
    (feed / path).write_bytes(before.swapcase())
    item["files"][path]["sha256"] = hashlib.sha256(before.swapcase()).hexdigest()
    record.write_text(json.dumps(item))
    return before


@pytest.mark.parametrize("kind", ["index.html", "embed.html", ".vtt"])
def test_a_publish_that_broke_off_is_made_up_for(made: Path, tmp_path: Path, kind: str) -> None:
    """What it did not send the next one sends, though it is as long as before; also where all is changed back by then,
    and the store's record never told of what it has. Then all is told by records again."""
    shelf, feed = Shelf(), made / "feed"
    deliver(shelf, feed, tmp_path)
    record = next(feed.glob("episodes/*/item.json"))
    path = next(path for path in json.loads(record.read_bytes())["files"] if path.endswith(kind))
    for refuses in (kind, "item.json"):
        before, told = record.read_bytes(), change(feed, record, path)
        shelf.refuses = refuses
        with pytest.raises(PublishError, match="not now"):
            deliver(shelf, feed, tmp_path)
        shelf.refuses = ""
        if refuses == "item.json":
            assert shelf.files[path] == (feed / path).read_bytes() != told
            record.write_bytes(before)
            (feed / path).write_bytes(told)
        deliver(shelf, feed, tmp_path)
        assert shelf.files == {each: (feed / each).read_bytes() for each in delivery.files(feed)}
        last, done = delivery.deliver(shelf, feed, lambda _: None, tmp_path / "kept", sleep=lambda _: None)
        assert done.written == ()
        assert ("md5", path) not in last.digests._taken


def test_pages_that_went_after_their_record_are_compared_once(made: Path, tmp_path: Path) -> None:
    """As earlier versions sent them; then the record is written again, and nothing counts as changed."""
    shelf, feed = Shelf(), made / "feed"
    deliver(shelf, feed, tmp_path)
    pages = [path for path in shelf.files if path.startswith("episodes/") and path.endswith("index.html")]
    for path in pages:
        shelf.write(path, shelf.files[path], None)
    for compared in (True, False):
        shelf.asked.clear()
        last, done = delivery.deliver(shelf, feed, lambda _: None, tmp_path / "kept", sleep=lambda _: None)
        assert done.written == ()
        assert shelf.asked.keys() == {path.replace("index.html", "item.json") for path in pages if compared}
        assert {("md5", path) in last.digests._taken for path in pages} == {compared}


def test_what_another_machine_tells_of_is_left_to_it(made: Path, tmp_path: Path) -> None:
    """Captions and a page that lie here from before do not take the place of those that its record tells of."""
    shelf, feed = Shelf(), made / "feed"
    deliver(shelf, feed, tmp_path)
    record = next(feed.glob("episodes/*/item.json"))
    named = [path for path in json.loads(record.read_bytes())["files"] if path.endswith((".vtt", "index.html"))]
    for path in named:
        (feed / path).write_bytes(b"as it was")
    record.unlink()
    before = dict(shelf.files)
    deliver(shelf, feed, tmp_path)
    assert shelf.files == before
    assert shelf.asked == {}


def test_damaged_media_is_not_sent(made: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Bytes that are not those the record tells stay here and are named; what the store has, and all else, stands."""
    shelf, feed = Shelf(), made / "feed"
    media = sorted((feed / "media").glob("*.mp3"))[0]
    whole, path = media.read_bytes(), f"media/{media.name}"
    media.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    deliver(shelf, feed, tmp_path)
    assert path not in shelf.files
    assert f"{path} is not sent" in caplog.text
    assert shelf.files.keys() == set(delivery.files(feed)) - {path}
    media.write_bytes(whole)
    deliver(shelf, feed, tmp_path)
    record = f"episodes/{whose(path)[0]}/item.json"
    assert shelf.asked == {path: None, record: etag(shelf.files[record])}  # which tells of it again
    assert shelf.files[path] == whole


def test_a_file_that_is_named_leaves_the_store(made: Path, tmp_path: Path) -> None:
    """By its path, and where feed/ does not have it any more; of what nobody named nothing goes."""
    shelf, feed, gone = Shelf(), made / "feed", "digest/2025/01/06.md"
    deliver(shelf, feed, tmp_path)
    before = set(shelf.files)
    shelf.files |= {gone: b"#", "digest/2025/01/07.md": b"#"}
    named = (gone, "digest/index.html", "digest/2025/01/08.md")
    delivery.deliver(shelf, feed, lambda _: None, tmp_path / "kept", withdrawn=named, sleep=lambda _: None)
    assert set(shelf.files) == {*before, "digest/2025/01/07.md"}


def test_a_picture_that_a_chapter_has_no_more_leaves_the_store(made: Path, tmp_path: Path) -> None:
    """At once, whichever sound it stood with; not one that a record names, another machine's, or other old media."""
    shelf, feed = Shelf(), made / "feed"
    record = next(feed.glob("episodes/*/item.json"))
    name = record.parent.name
    shown, old = f"media/{name}-0123456789.chapter2.jpg", f"media/{name}-fedcba9876"
    item = json.loads(record.read_bytes())
    item["files"][shown] = {"size": 3, "sha256": hashlib.sha256(b"jpg").hexdigest()}
    record.write_text(json.dumps(item))
    others = "media/2020-01-01-2001.00001-0123456789.chapter1.jpg"
    stay = (shown, f"{old}.mp3", others, f"media/{name}-debate-0123456789.chapter1.jpg")
    shelf.files = dict.fromkeys((*stay, f"{old}.chapter2.jpg", shown.replace("chapter2", "chapter3")), b"jpg")
    deliver(shelf, feed, tmp_path)
    assert {path for path in shelf.files if "jpg" in path and "chapter" in path} == {*stay} - {f"{old}.mp3"}
    assert f"{old}.mp3" in shelf.files


@pytest.mark.parametrize("name", ["2026-07-31-roundup", "2026-07-31-doi-10.1_x"])
def test_what_begins_with_the_name_of_what_is_withdrawn_stays(tmp_path: Path, name: str) -> None:
    """A month's roundup beside the day's, a DOI that begins as another: the one goes, the other keeps all it has."""
    shelf, feed = Shelf(), tmp_path / "feed"
    feed.mkdir()
    ends = ("0123456789.mp3", "0123456789.transcript.json", "fedcba9876.600.jpg", "fedcba9876.chapter2.jpg")
    kept = [f"media/{name}-{more}-{end}" for more in ("month", "2", "0123456789") for end in ends]
    kept += [f"episodes/{name}-month/item.json", f"media/{name}.critique-0123456789.mp3"]
    gone = [f"media/{name}-{end}" for end in ends] + [f"episodes/{name}/item.json"]
    shelf.files = dict.fromkeys((*kept, *gone), b"{}")
    deliver(shelf, feed, tmp_path, name)
    assert shelf.files.keys() == {*kept}
