"""A show that an earlier version made opens, publishes and regenerates with this one, and nothing is made twice."""

import json
import re
import tarfile
from pathlib import Path

import pytest
from conftest import DAY, TESTS, folder_of, load, podcast, tree
from lxml import etree

SHOWS = sorted((TESTS / "golden" / "shows").glob("*.tar.xz"))
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PAPERS = ("2403.00001", "2403.00002", "roundup")


@pytest.fixture(params=SHOWS, ids=lambda path: path.name.removesuffix(".tar.xz"))
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A show as a version left it, hard links and times of change included."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="fully_trusted")  # "data" would leave the times of change behind
    return tmp_path / "show"


def sounds(show: Path) -> dict[Path, int]:
    """Every take and mix, and when it was written."""
    found = (path for kind in ("flac", "mp3") for path in (show / "episodes").rglob(f"*.{kind}"))
    return {path: path.stat().st_mtime_ns for path in found}


def documents(show: Path) -> dict[str, bytes]:
    """All that was paid for or given once: briefs, scripts, episodes, versions, guids and numbers."""
    kept = tree(show / "episodes")
    left = (".cache/", "retired.json", "published")
    return {name: data for name, data in kept.items() if not name.startswith(left)}


def published(show: Path) -> dict[str, bytes]:
    """What feed/ has, but media that no episode has any more: they go by the calendar."""
    left = {path.rsplit(".", 1)[0] for path in load(show / "episodes" / "retired.json")["since"]}
    files = tree(show / "feed")
    return {name: data for name, data in files.items() if not any(stem in name for stem in left)}


def identities(feed: bytes) -> list[tuple[str | None, ...]]:
    """What listeners' apps know each episode by, in the feed's order: guid, date, number, address, length, type."""
    found = []
    for item in etree.fromstring(feed).iter("item"):
        sound = item.find("enclosure")
        texts = [item.findtext(tag) for tag in ("guid", "pubDate", "link", f"{ITUNES}episode", f"{ITUNES}duration")]
        found.append((*texts, *(sound.get(name) for name in ("url", "length", "type"))))
    return found


def words(captions: bytes) -> list[str]:
    """Return what WebVTT's captions say, without how they are parted."""
    return " ".join(re.findall(r"<v [^>]*>([^<]*)</v>", captions.decode())).split()


@pytest.mark.long
def test_what_listeners_have_stays(golden: Path) -> None:
    """Published again by this version no guid, date, number, address or sound is another; what apps had is there."""
    before, kept, heard = published(golden), documents(golden), sounds(golden)
    assert podcast(golden, "publish") == 0
    after = published(golden)
    captions = [name for name in before if name.endswith(".vtt")]  # rows may break otherwise; the words stay
    assert {name: words(after[name]) for name in captions} == {name: words(before[name]) for name in captions}
    assert identities(after["feed.xml"]) == identities(before["feed.xml"])
    assert len(identities(after["feed.xml"])) == len(PAPERS)
    assert set(after) >= set(before)
    assert {name: data for name, data in after.items() if name.endswith(".mp3")} == {
        name: data for name, data in before.items() if name.endswith(".mp3")
    }
    assert documents(golden) == kept
    assert sounds(golden) == heard
    assert podcast(golden, "publish") == 0
    assert published(golden) == after


def test_nothing_is_made_again(golden: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every stage over the whole day finds its work done: no take, no mix, no document is written."""
    kept, heard = documents(golden), sounds(golden)
    assert podcast(golden, "make", DAY, "--top", "2") == 0
    assert documents(golden) == kept
    assert sounds(golden) == heard
    capsys.readouterr()
    assert podcast(golden, "status", "--json") == 0
    rows = {row["paper"]: row for row in json.loads(capsys.readouterr().out)}
    assert {paper: rows[paper]["state"] for paper in PAPERS} == dict.fromkeys(PAPERS, "done")


@pytest.mark.long
@pytest.mark.parametrize("paper", PAPERS)
def test_a_corrected_line_costs_one_take(golden: Path, paper: str) -> None:
    """One line said otherwise is one new take and one new mix; guid, number and date are what they were."""
    heard, was = sounds(golden), load(folder_of(golden, paper) / "episode.json")
    named = f"{DAY}/roundup" if paper == "roundup" else paper
    assert podcast(golden, "regenerate", named, "--line", "1", "--text", "Welcome back, and good morning.") == 0
    after, now = sounds(golden), load(folder_of(golden, paper) / "episode.json")
    assert sorted(path.suffix for path in set(after) - set(heard)) == [".flac", ".mp3"]
    assert {path: time for path, time in after.items() if path in heard} == heard
    assert [now[name] for name in ("guid", "number", "published")] == [
        was[name] for name in ("guid", "number", "published")
    ]
    assert podcast(golden, "regenerate", named, "--undo") == 0
    back = load(folder_of(golden, paper) / "episode.json")
    assert (back["key"], back["media"]) == (was["key"], was["media"])
