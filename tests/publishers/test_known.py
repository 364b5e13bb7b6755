"""What the ledger has of files spares reading them, and is never believed of a file that is another."""

import datetime as dt
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from clones import clone
from conftest import DAY, folder_of, load, podcast, tree
from PIL import Image

from podcast.show import ledger
from podcast.show.workspace import Workspace

TOP = "2403.00002"
MONTH = "archive/2024/03/index.html"

_opened: list[str] = []
sys.addaudithook(lambda event, args: _opened.append(str(args[0])) if event == "open" else None)


@pytest.fixture
def known(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A published show whose files count as left alone, and the ledger knows them."""
    monkeypatch.setattr(ledger, "_SETTLED", -1.0)
    assert podcast(made, "publish") == 0
    assert podcast(made, "publish") == 0
    return made


def at(show: Path) -> Path:
    return Workspace(show).ledger


def media(show: Path) -> Path:
    return next((show / "feed" / "media").glob(f"{DAY}-{TOP}-*.mp3"))


def mix(show: Path) -> Path:
    return next((folder_of(show, TOP) / "mixes").glob("*.mp3"))


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Put other bytes of the same length into the file, in place, and its times back as far as a program can."""
    before, data = path.stat(), path.read_bytes()
    assert len(old) == len(new)
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)


def test_an_unchanged_show_is_published_without_reading_its_episodes(known: Path) -> None:
    """No mix, page, record, transcript or list is opened; the digest reads its own."""
    before = tree(known / "feed")
    _opened.clear()
    assert podcast(known, "publish") == 0
    read = {Path(path) for path in _opened if path.startswith(str(known)) and Path(path).is_file()}
    inside = {path.relative_to(known).as_posix() for path in read if ".lock" not in path.name}
    own = ("feed/media/", "feed/episodes/", "feed/archive/", "feed/search/", f"episodes/{DAY}/{TOP}/mixes")
    assert {path for path in inside if path.startswith(own) or path.endswith("index.html")} == {
        "feed/digest/index.html"
    }
    assert tree(known / "feed") == before


FEED = ["feed.xml", "index.html", "sitemap.xml", MONTH, "search/2024.json", "cover.jpg", "cover-600.jpg",
        "about/index.html", f"episodes/{DAY}-{TOP}/index.html", "digest/2024/03/05.html",
        "digest/2024/03/05.md"]  # fmt: skip


@pytest.mark.parametrize("path", [*FEED, "media .mp3", "media .vtt", "media .chapters.json"])
def test_a_file_of_the_feed_that_is_changed_behind_the_ledgers_back_is_made_again(known: Path, path: str) -> None:
    """Other bytes under the same size, time and inode: the next publish leaves what it left before."""
    before, suffix = tree(known / "feed"), path.partition(" ")[2]
    file = media(known).with_suffix(suffix) if suffix else known / "feed" / path
    data = file.read_bytes()
    rewrite(file, data[60:90], bytes(each ^ 1 for each in data[60:90]))
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def test_a_document_that_is_changed_behind_the_ledgers_back_is_read(known: Path) -> None:
    """A word of the episode's title, put in place under the same size and time, stands in feed, page and lists."""
    title = folder_of(known, TOP) / "episode.json"
    word = next(
        each for each in title.read_text().partition('"title": "')[2].split() if len(each) > 4 and each.isalpha()
    )
    data = title.read_bytes()
    begin = data.index(b'"title": "') + len(b'"title": "')
    start = data.index(word.encode(), begin)
    other = data[begin:start] + b"Z" * len(word)
    rewrite(title, data[begin : start + len(word)], other)
    assert podcast(known, "publish") == 0
    marked = b"Z" * len(word)
    for path in ("feed.xml", "index.html", MONTH, "search/2024.json", f"episodes/{DAY}-{TOP}/index.html"):
        assert marked in (known / "feed" / path).read_bytes(), path


def test_a_cover_that_lies_elsewhere_is_seen_to_change(known: Path, tmp_path: Path) -> None:
    """Named by its whole path and replaced by another picture: the next publish has that one, at every size."""
    art, settings = tmp_path / "art.jpg", known / "podcast.toml"
    Image.new("RGB", (1400, 1400), "red").save(art)
    named = settings.read_text().replace("[show]\n", f'[show]\ncover = "{art}"\n')
    settings.write_text(f"{named}[publish]\nepisode_art = false\n")
    assert podcast(known, "publish") == 0
    before = {path.name: path.read_bytes() for path in (known / "feed").glob("cover*.jpg")}
    Image.new("RGB", (1400, 1400), "blue").save(art)
    assert podcast(known, "publish") == 0
    assert (known / "feed" / "cover.jpg").read_bytes() == art.read_bytes()
    assert all((known / "feed" / name).read_bytes() != data for name, data in before.items())


def test_a_mix_that_is_damaged_behind_the_ledgers_back_is_seen(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The episode goes on as it was, and that is said."""
    data = mix(known).read_bytes()
    rewrite(mix(known), data[2000:2050], bytes(each ^ 1 for each in data[2000:2050]))
    assert podcast(known, "publish") == 1
    assert "is damaged" in " ".join(capsys.readouterr().err.split())


def test_what_appears_and_goes_is_seen(known: Path) -> None:
    """A file of the site that is gone comes back; what a crash left half-written goes; a page of nobody, too."""
    before = tree(known / "feed")
    page = known / "feed" / "episodes" / f"{DAY}-{TOP}"
    (page / "index.html").unlink()
    (page / ".tmp-1-x.html").write_text("half")
    (known / "feed" / "media" / ".tmp-1-x.mp3").write_text("half")
    shutil.copytree(page, page.with_name("2020-01-01-2001.00001"))
    (page.with_name("2020-01-01-2001.00001") / "item.json").unlink()
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def test_a_document_that_was_not_there_is_seen_when_it_comes(known: Path) -> None:
    """What is linked with the paper, laid beside it after the episode was published, stands on its page, and goes."""
    before, page = tree(known / "feed"), known / "feed" / "episodes" / f"{DAY}-{TOP}" / "index.html"
    linked = folder_of(known, TOP) / "linked.json"
    model = {"kind": "models", "name": "maker/weights"}
    linked.write_text(json.dumps({"read_at": "2024-03-06T00:00:00Z", "repositories": [model], "totals": {"models": 1}}))
    assert podcast(known, "publish") == 0
    assert "maker/weights" in page.read_text()
    linked.unlink()
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def test_without_the_ledger_every_byte_is_the_same(known: Path) -> None:
    """It may be deleted, and so may feed/ while it stays: what is published is the same."""
    before = tree(known / "feed")
    at(known).unlink()
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before
    shutil.rmtree(known / "feed")
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")


def _garbled(path: Path) -> None:
    chance, data = random.Random(4), bytearray(path.read_bytes())
    for _ in range(400):
        data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _lied(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE known SET value = replace(value, '2024', '2031'), paths = replace(paths, 'a', 'b')")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "noise": lambda path: path.write_bytes(bytes(random.Random(1).randrange(256) for _ in range(9000))),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "empty": lambda path: path.write_bytes(b""),
    "newer": _newer,
    "no table": lambda path: sqlite3.connect(path).execute("DROP TABLE known").connection.commit(),
    "bits": _garbled,
    "values": _lied,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_ledger_changes_nothing(known: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever lies in its place, the same is published, that is said at -v, and the next one is as fast as ever."""
    before = tree(known / "feed")
    DAMAGES[damage](at(known))
    capsys.readouterr()
    assert podcast(known, "-v", "publish") == 0
    if damage in ("noise", "cut", "newer", "no table"):
        assert "made anew" in " ".join(capsys.readouterr().err.split())
    assert tree(known / "feed") == before
    assert podcast(known, "publish") == 0
    assert ledger.Ledger(known, at(known)).row("episode", f"{DAY}-{TOP}") is not None


@pytest.mark.long
def test_a_ledger_that_cannot_be_had_is_done_without(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in its place, or another command that holds it: everything is read, and the same is published."""
    before = tree(known / "feed")
    holding = sqlite3.connect(at(known), isolation_level=None)
    holding.execute("BEGIN EXCLUSIVE")
    assert podcast(known, "-v", "publish") == 0
    assert "cannot be used" in " ".join(capsys.readouterr().err.split())
    holding.close()
    at(known).unlink()
    at(known).mkdir()
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def test_a_ledger_on_a_disk_that_cannot_be_written_is_read(known: Path) -> None:
    """What it knows it tells; what is found meanwhile is not kept, and fails nothing."""
    name = mix(known).relative_to(known).as_posix()
    uri = f"file:{at(known)}?mode=ro"
    book = ledger.Ledger(known, at(known))
    book.__dict__["_base"] = sqlite3.connect(uri, uri=True, isolation_level=None)
    assert book.find("sum", name)
    book.put("sum", "another", "0")
    book.keep()
    assert book.find("sum", "another") is None


@pytest.mark.long
def test_what_the_ledger_cannot_see_check_does(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Media of other bytes that the ledger takes for the old: --check reads it, and the publish after that mends it."""
    before = tree(known / "feed")
    data = media(known).read_bytes()
    rewrite(media(known), data[2000:2050], bytes(each ^ 1 for each in data[2000:2050]))
    book, name = ledger.Ledger(known, at(known)), media(known).relative_to(known).as_posix()
    row = book.row("episode", f"{DAY}-{TOP}")
    assert row
    from podcast.publishers.building import Press
    from podcast.show import config

    look = Press(Workspace(known), config.read(known / "podcast.toml")).look
    book.put("episode", f"{DAY}-{TOP}", row.value, look, row.paths, book.state(row.paths))
    book.put("sum", name, dict(sums(known))[name], "", name, book.state(name))
    book.keep()
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") != before
    capsys.readouterr()
    assert podcast(known, "publish", "--check") == 1
    assert media(known).name in " ".join(capsys.readouterr().out.split())
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before


def sums(show: Path) -> Iterator[tuple[str, str]]:
    from podcast.show import store
    from podcast.show.schema import Item

    item = store.load(Item, show / "feed" / "episodes" / f"{DAY}-{TOP}" / "item.json")
    return ((f"feed/{path}", file.sha256) for path, file in item.files.items())


HALF_WRITTEN = """
import os, signal, sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA cache_size = 1")
base.execute("BEGIN IMMEDIATE")
base.execute("UPDATE known SET value = 'wrong', seal = x'00'")
for n in range(3000):
    base.execute("INSERT INTO known VALUES ('sum', ?, ?, 'wrong', x'00')", (f"x{n}", "y" * 500))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_while_the_ledger_is_written_it_is_as_before(known: Path) -> None:
    """Half a transaction lies on the disk: it is taken back, and the same is published."""
    before = tree(known / "feed")
    done = subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(at(known))], check=False)
    assert done.returncode == -signal.SIGKILL
    assert at(known).with_name("ledger.sqlite-journal").stat().st_size > 0
    assert podcast(known, "publish") == 0
    assert tree(known / "feed") == before
    assert ledger.Ledger(known, at(known)).row("sum", "x1") is None


@pytest.mark.long
def test_two_publishes_at_once_leave_what_one_leaves(known: Path) -> None:
    """Beside commands that read the ledger; without it at first, so that both write."""
    before = tree(known / "feed")
    at(known).unlink()
    shutil.rmtree(known / "feed")
    commands = [("publish",), ("publish",), ("status",), ("status",)]
    run = [sys.executable, "-m", "podcast", "-C", str(known)]
    started = [subprocess.Popen([*run, *each], stdout=subprocess.DEVNULL) for each in commands]
    assert [each.wait() for each in started] == [0, 0, 0, 0]
    assert tree(known / "feed") == before


@pytest.mark.long
def test_killed_at_any_moment_of_a_publish_the_next_is_whole(known: Path) -> None:
    """With kill -9 at twelve moments, ledger and all, the next publish leaves what one in peace leaves."""
    before, run = tree(known / "feed"), [sys.executable, "-m", "podcast", "-C", str(known), "publish"]
    for step in range(12):
        shutil.rmtree(known / "feed", ignore_errors=True) if step % 2 else at(known).unlink(missing_ok=True)
        started = subprocess.Popen(run, stderr=subprocess.DEVNULL)
        try:
            started.wait(0.3 + 0.15 * step)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
        assert podcast(known, "publish") == 0
        assert tree(known / "feed") == before


def _status(show: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert podcast(show, "status", "--json") == 0
    return {row["paper"]: row for row in json.loads(capsys.readouterr().out)}


TWIN = """
import os, signal, sys
from pathlib import Path
from podcast.show import environment, ledger
root, forked = Path(sys.argv[1]), []
sys.addaudithook(lambda event, args: forked.append(event) if event == "os.fork" else None)
environment.cores, ledger._MANY, ledger._SETTLED = lambda: 2, 4, -1.0
names = ["a", "b", "c", "d", "e"]
book = ledger.Ledger(root, root / "ledger.sqlite")
for name in names[:4]:
    (root / name).write_text(name)
    book.put("letter", name, name.upper(), "", name, book.state(name))
book.keep()
(root / "b").write_text("x")
(root / "d").write_text("x")
seals, ledger._AT_ONCE = ledger.Ledger._seals, 1
def killed(*given):
    yield from [] if sys.argv[2] == "killed at once" else [next(seals(*given))]
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] != "well":
    ledger.Ledger._seals = killed
with book.ahead("letter") as ahead:
    print([value for _, value in book.values("letter", names, "", ahead)], len(forked))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no twin")
@pytest.mark.parametrize("twin", ["well", "killed at once", "killed midway"])
def test_a_twin_that_looks_at_half_of_many_files_sees_what_one_process_sees(tmp_path: Path, twin: str) -> None:
    """Two files changed behind the ledger's back, one in each half; one was never known."""
    done = subprocess.run([sys.executable, "-c", TWIN, tmp_path, twin], capture_output=True, text=True, check=True)
    assert done.stdout == "['A', None, 'C', None, None] 1\n"
    assert not done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no twin")
def test_a_twin_that_nobody_asks_any_more_ends() -> None:
    """However much it has to say."""
    code = "from podcast.show import environment, twin\nenvironment.cores = lambda: 2\n"
    code += "with twin.beside(lambda: [bytes(1 << 20)]) as told: assert told(1) == bytes(1)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=20)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no twin")
def test_a_twin_goes_on_while_nobody_reads_what_it_has_to_say(tmp_path: Path) -> None:
    """A pipe holds no more than 64 kB."""
    code = f"""
import time
from pathlib import Path
from podcast.show import environment, twin
environment.cores, ended = lambda: 2, Path({str(tmp_path / "ended")!r})
def work():
    for number in range(256):
        yield bytes([number]) * 1000
    ended.touch()
with twin.beside(work) as told:
    while not ended.exists():
        time.sleep(0.01)
    assert all(told(1000) == bytes([number]) * 1000 for number in range(256))
    assert told(1) == b""
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=20)


def test_status_knows_what_it_saw_and_sees_what_changed(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second time it opens no script and no document; another word, voice or number of takes is seen at once."""
    first = _status(known, capsys)
    _opened.clear()
    assert _status(known, capsys) == first
    looked = [Path(path).name for path in _opened if path.startswith(str(folder_of(known, TOP)))]
    assert set(looked) <= {"episode.json"}  # of the newest episodes, for who speaks next
    next(folder_of(known, TOP).glob("takes/*.flac")).unlink()
    assert _status(known, capsys)[TOP]["takes"] != first[TOP]["takes"]
    script = folder_of(known, TOP) / "script.json"
    text = load(script)["lines"][1]["text"].encode()
    rewrite(script, text, b"Other" + text[5:])
    assert _status(known, capsys)[TOP]["state"] == "stale"
    (folder_of(known, "2403.00001") / "brief.json").write_text("{")
    assert _status(known, capsys)["2403.00001"]["state"] == "broken"


@pytest.mark.long
def test_status_of_many_costs_a_part_of_looking_into_them(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing moved, the status of five dozen episodes takes less than half the time of the first look."""
    for number in range(60):
        clone(known, known, f"2404.{number:05}", dt.date(2024, 4, 1) + dt.timedelta(days=number))
        takes = next(known.glob(f"episodes/*/2404.{number:05}")) / "takes"
        shutil.copytree(folder_of(known, TOP) / "takes", takes, copy_function=os.link)
    took = []
    for _ in range(2):
        begun = time.process_time()
        rows = _status(known, capsys)
        took.append(time.process_time() - begun)
        assert len(rows) == 62
        assert {row["state"] for row in rows.values()} == {"done"}
    assert took[1] < took[0] / 2


def test_latest_is_known_without_reading_the_other_episodes(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which episode is the latest costs a look at each file; one that is withdrawn is not the latest any more."""
    assert podcast(known, "script", "latest") == 0
    first = capsys.readouterr().out
    _opened.clear()
    assert podcast(known, "script", "latest") == 0
    assert capsys.readouterr().out == first
    read = {Path(path) for path in _opened if path.endswith("episode.json")}
    assert len(read) == 1
    (read.pop().parent / "withdrawn.json").write_text('{"since": "2024-03-05T00:00:00Z"}')
    assert podcast(known, "script", "latest") == 0
    assert capsys.readouterr().out != first


def test_status_sees_another_voice(known: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is known of a paper was seen with the voices that the hosts had."""
    assert {row["state"] for row in _status(known, capsys).values()} == {"done"}
    settings = known / "podcast.toml"
    settings.write_text(settings.read_text() + '[[hosts]]\nkey = "A"\nname = "Ada"\nvoice = "tone-low"\n'
                        '[[hosts]]\nkey = "B"\nname = "Ben"\nvoice = "tone-high"\n')  # fmt: skip
    assert {row["state"] for row in _status(known, capsys).values()} == {"stale"}
