"""What is published stays, and what is heard is what was made: whatever is broken, only a withdrawal takes away."""

import json
import os
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DAY, by_night, folder_of, load, make, podcast, save, tree

from podcast import check
from podcast.check import Rule
from podcast.press import notes
from podcast.publishers import building, publishing
from podcast.show import config
from podcast.show.settings import ShowSettings
from podcast.show.workspace import Workspace

TOP, SECOND = "2403.00002", "2403.00001"


def aired(show: Path) -> dict[str, tuple[str, str]]:
    """Guid to date and enclosure of each episode that the feed names; every enclosure is there, whole."""
    from lxml import etree

    found = {}
    for item in etree.fromstring((show / "feed" / "feed.xml").read_bytes()).iter("item"):
        enclosure = item.find("enclosure")
        assert enclosure is not None
        name = str(enclosure.get("url")).rpartition("/")[2]
        assert (show / "feed" / "media" / name).stat().st_size == int(enclosure.get("length", "0"))
        found[str(item.findtext("guid"))] = (str(item.findtext("pubDate")), name)
    return found


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


def flip(path: Path) -> None:
    """Change some bytes in the middle; size and time stay."""
    before, data = path.stat(), bytearray(path.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 200):
        data[at] ^= 0xFF
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def mp3(show: Path, paper: str = TOP) -> Path:
    (path,) = (folder_of(show, paper) / "mixes").glob("*.mp3")
    return path


BREAKS: dict[str, Callable[[Path], object]] = {
    "brief": lambda show: (folder_of(show, TOP) / "brief.json").write_text("{"),
    "document": lambda show: (folder_of(show, TOP) / "document.json").write_text("{"),
    "episode": lambda show: (folder_of(show, TOP) / "episode.json").write_text("{"),
    "no episode": lambda show: (folder_of(show, TOP) / "episode.json").unlink(),
    "no folder": lambda show: shutil.rmtree(folder_of(show, TOP)),
    "no mix": lambda show: mp3(show).unlink(),
    "mix": lambda show: flip(mp3(show)),
    "day": lambda show: (show / "episodes" / DAY / "papers.json").write_text("{"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", by_night(BREAKS, 3))
def test_what_cannot_be_built_anew_goes_on_as_it_was(made: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Publish and --check end with 1 and name the episode; feed and page have it as before."""
    before, page = aired(made), (made / "feed" / "episodes" / f"{DAY}-{TOP}" / "index.html").read_bytes()
    BREAKS[name](made)
    assert podcast(made, "publish") == 1
    assert f"{DAY}-{TOP} goes on as it was published" in said(capsys)
    assert aired(made) == before
    assert (made / "feed" / "episodes" / f"{DAY}-{TOP}" / "index.html").read_bytes() == page
    assert podcast(made, "publish", "--check", "--json") == 1
    rows = json.loads(capsys.readouterr().out)
    named = {TOP, SECOND} if name == "day" else {TOP}
    assert {(row["rule"], row["where"]) for row in rows} == {(Rule.EPISODES.value, f"{DAY}-{each}") for each in named}
    for command in (("status", "--json"), ("status", DAY, "--json")):
        assert podcast(made, *command) == (1 if name == "day" and DAY in command else 0)
        rows = json.loads(capsys.readouterr().out or "[]")
        if rows:
            states = {row["paper"]: row["state"] for row in rows}
            assert states[TOP] == "broken"
            assert states[SECOND] == ("broken" if name == "day" else "done")
            assert "→" in next(row["note"] for row in rows if row["paper"] == TOP)
    assert podcast(made, "status", "--since", DAY) == 1
    assert f"{TOP} is broken" in said_of(capsys)


def test_a_record_of_another_episode_stands_for_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copied item.json does not go on as the episode whose folder it lies in: that one is missing, and is named."""
    pages = made / "feed" / "episodes"
    shutil.copy(pages / f"{DAY}-{SECOND}" / "item.json", pages / f"{DAY}-{TOP}" / "item.json")
    (folder_of(made, TOP) / "brief.json").write_text("{")
    assert podcast(made, "publish") == 1
    assert f"{DAY}-{TOP} is not in the feed" in said(capsys)
    assert len(aired(made)) == 1


def test_what_is_withdrawn_is_not_brought_back_by_a_record_of_it(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A target that still has the record of an episode that was withdrawn here does not bring it back; what is gone is
    named, and the search's files in one row."""
    record = made / "feed" / "episodes" / f"{DAY}-{TOP}" / "item.json"
    others = {f"episodes/{DAY}-{TOP}/item.json": record.read_bytes()}
    assert podcast(made, "publish", "--withdraw", TOP) == 0
    said = capsys.readouterr().err
    assert f"gone   media/{DAY}-{TOP}" in said
    assert re.search(r"gone   \d+ files? of the search", said)
    assert "search/" not in said
    workspace = Workspace(made)
    items = building.Press(workspace, config.read(workspace.config)).run(others)
    assert [item.name for item in items] == [f"{DAY}-{SECOND}"]


@pytest.mark.long
def test_an_episode_whose_sound_is_nowhere_stays_in_the_feed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its mix and its media gone, feed and page have it as before; that is said, and `mix` brings the sound back."""
    feed, page = made / "feed" / "feed.xml", made / "feed" / "episodes" / f"{DAY}-{TOP}" / "index.html"
    before = feed.read_bytes(), page.read_bytes()
    media = next((made / "feed" / "media").glob(f"{DAY}-{TOP}-*.mp3"))
    sound = media.read_bytes()
    mp3(made).unlink()
    media.unlink()
    assert podcast(made, "publish") == 1
    assert f"{DAY}-{TOP} goes on as it was published, but without its sound" in said(capsys)
    assert (feed.read_bytes(), page.read_bytes()) == before
    capsys.readouterr()
    assert podcast(made, "publish", "--check", "--json") == 1
    assert media.name in capsys.readouterr().out
    assert podcast(made, "mix", TOP) == 0
    assert podcast(made, "publish") == 0
    assert media.read_bytes() == sound
    assert feed.read_bytes() == before[0]


def test_what_is_left_to_go_on_with_is_asked_for(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without feed/ a broken episode is missing: that is said, ends with 1, and --check knows that there were two."""
    (folder_of(made, TOP) / "brief.json").write_text("{")
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 1
    assert f"{DAY}-{TOP} is not in the feed" in said(capsys)
    assert len(aired(made)) == 1
    assert podcast(made, "publish", "--check") == 1
    shutil.rmtree(folder_of(made, TOP))  # the catalogue has its date
    assert podcast(made, "publish") == 1
    assert "publish --withdraw" in said(capsys)


def test_no_episode_left_leaves_the_feed(made: Path) -> None:
    """Where no episode can be built and none stands, the feed that stood is not emptied."""
    before = (made / "feed" / "feed.xml").read_bytes()
    for paper in (TOP, SECOND):
        (folder_of(made, paper) / "brief.json").write_text("{")
        shutil.rmtree(made / "feed" / "episodes" / f"{DAY}-{paper}")
    assert podcast(made, "publish") == 1
    assert (made / "feed" / "feed.xml").read_bytes() == before


def test_a_damaged_mix_is_mixed_again(made: Path) -> None:
    """Bytes that are not those mixed are seen though size and time are right; `mix` gives the very file back."""
    sound, before = mp3(made).read_bytes(), aired(made)
    flip(mp3(made))
    assert podcast(made, "publish") == 1
    assert podcast(made, "mix", TOP) == 0
    assert mp3(made).read_bytes() == sound
    assert podcast(made, "publish") == 0
    assert aired(made) == before
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 0
    assert aired(made) == before


def test_a_lost_text_is_told(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its page does without where its lines stand in the paper: that is said, once, and fails nothing."""
    (folder_of(made, TOP) / "document.json").unlink()
    lost = f"{TOP}/document.json is not there: no page tells where in that paper a line stands"
    assert podcast(made, "publish") == 0
    assert lost in said(capsys)
    assert podcast(made, "publish") == 0
    assert "is not there" not in said(capsys)


def test_what_is_published_is_nobody_elses_file(made: Path) -> None:
    """A program that writes into a mix changes nothing that listeners get."""
    heard = {path.name: path.read_bytes() for path in (made / "feed" / "media").glob("*.mp3")}
    for path in (made / "episodes").rglob("*.mp3"):
        flip(path)
    assert {path.name: path.read_bytes() for path in (made / "feed" / "media").glob("*.mp3")} == heard


def test_a_link_to_a_mix_is_parted(made: Path) -> None:
    """A show of 0.1.0, whose feed/media are its mixes by another name, has copies after a publish."""
    for path in (made / "feed" / "media").glob("*.mp3"):
        source = next(each for each in (made / "episodes").rglob("*.mp3") if each.read_bytes() == path.read_bytes())
        path.unlink()
        os.link(source, path)
    assert podcast(made, "publish") == 0
    assert all(path.stat().st_nlink == 1 for path in (made / "feed" / "media").glob("*.mp3"))


@pytest.mark.parametrize("kind", ["vtt", "srt", "transcript.json", "chapters.json", "mp3", "html"])
def test_a_damaged_file_of_the_feed_is_told_and_healed(made: Path, kind: str) -> None:
    """One letter changed in what is published: --check names the file, publish gives its bytes back."""
    (path,) = (made / "feed").rglob(f"*{TOP}*.{kind}") if kind != "html" else (
        made / "feed" / "episodes" / f"{DAY}-{TOP}" / "index.html",)  # fmt: skip
    before = path.read_bytes()
    path.write_bytes(before.replace(b"e", b"o", 1) if kind != "mp3" else before[:-1] + b"?")
    failures = list(check.folder(made / "feed"))
    assert (Rule.SUMS.value, path.relative_to(made / "feed").as_posix()) in {(f.rule, f.where) for f in failures}
    assert podcast(made, "publish") == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [b'"title": "', b'"notes": "', b'"size": ', b'"sum": "'])
def test_a_damaged_record_does_not_speak_for_its_episode(
    made: Path, words: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """It can be read, and says other things than it was made with: --check names it, and the episode is made anew."""
    before, record = tree(made / "feed"), made / "feed" / "episodes" / f"{DAY}-{TOP}" / "item.json"
    data = record.read_bytes()
    at = data.index(words) + len(words)
    record.write_bytes(data[:at] + (b"7" if data[at : at + 1] != b"7" else b"8") + data[at + 1 :])
    assert podcast(made, "publish", "--check", "--json") == 1
    assert f"episodes/{DAY}-{TOP}/item.json" in [row["where"] for row in json.loads(capsys.readouterr().out)]
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_a_record_without_a_sum_holds(made: Path) -> None:
    """An earlier version wrote none: nothing is made anew for that."""
    record = made / "feed" / "episodes" / f"{DAY}-{TOP}" / "item.json"
    item = load(record)
    assert item.pop("sum")
    record.write_text(json.dumps(item, indent=2, ensure_ascii=False) + "\n")
    old = record.read_bytes()
    assert podcast(made, "publish", "--check") == 0
    assert podcast(made, "publish") == 0
    assert record.read_bytes() == old


def test_a_damaged_record_is_better_than_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the episode cannot be made anew it goes on by what the record says, and that is told."""
    before, record = aired(made), made / "feed" / "episodes" / f"{DAY}-{TOP}" / "item.json"
    record.write_bytes(record.read_bytes().replace(b'"takeaway": "', b'"takeaway": "z', 1))
    (folder_of(made, TOP) / "brief.json").write_text("{")
    assert podcast(made, "publish") == 1
    assert f"{DAY}-{TOP} goes on as it was published" in said(capsys)
    assert aired(made) == before


@pytest.mark.parametrize("ledger", ["known", "lost"])
def test_check_holds_what_is_of_the_whole_show(made: Path, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that no page links to, or that is another: named again and again until a publish makes it anew."""
    before = tree(made / "feed")
    search, script = next((made / "feed" / "search").glob("*.json")), made / "feed" / "assets" / "player.js"
    index = made / "feed" / "digest" / "index.md"
    for path in (script, index):
        flip(path)
    search.unlink()
    if ledger == "lost":
        Workspace(made).ledger.unlink()
    for _ in range(2):
        capsys.readouterr()
        assert podcast(made, "publish", "--check", "--json") == 1
        named = {row["where"] for row in json.loads(capsys.readouterr().out)}
        assert {path.relative_to(made / "feed").as_posix() for path in (script, search, index)} <= named
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before
    assert podcast(made, "publish", "--check") == 0


@pytest.mark.parametrize("lost", [True, False], ids=["lost", "broken"])
@pytest.mark.parametrize("name", by_night(["brief.json", "document.json", "script.json", "episode.json"], 2))
def test_what_is_broken_or_lost_is_told_with_the_command_that_brings_it_back(
    made: Path, name: str, lost: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """By publish, --check and status alike; and it does."""
    path, before, heard = folder_of(made, TOP) / name, tree(made / "feed"), aired(made)
    path.unlink() if lost else path.write_text("{\n")
    (folder_of(made, TOP) / "quarantine.json").write_text("{")  # which says the same once
    capsys.readouterr()
    assert podcast(made, "status", DAY) == 0
    told, stands = said_of(capsys), lost and name == "document.json"
    assert told.count("quarantine.json is not JSON (line 1)") == 1
    assert f"{name} is not {'there' if lost else 'JSON (line 2)'}" in told
    if not stands:
        assert "broken" in told
    for command in (("publish", "--check"), ("publish",)):
        assert podcast(made, *command) == (0 if lost and name == "document.json" else 1)
        told = said_of(capsys)
        assert f"{name} is not {'there' if lost else 'JSON (line 2)'}" in told
        hint = typed(told)
    if not lost:
        path.rename(f"{path}.broken")
    assert podcast(made, *hint) == 0
    assert podcast(made, "publish", "--check") == 0
    assert aired(made) == heard
    assert tree(made / "feed") == before or name == "document.json"  # which the day's file is not asked for again


def typed(told: str) -> list[str]:
    """Return the last command of those that make something, as it was told, without the show's folder."""
    *_, command = re.finditer(r"podcast(?: -C \S+)? (make [^;()→]*?(?:roundup\b|--format \w+))", told)
    return shlex.split(command[1])


@pytest.mark.long
def test_what_is_lost_comes_back_whatever_is_set_now(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of each kind of episode each document: the command that is told brings it back, and makes no other episode."""
    toml = show / "podcast.toml"
    before = toml.read_text()  # which ends in [writer]
    toml.write_text(f"{before}formats = ['dialogue', 'brief']\n[roundup]\nenabled = true\n")
    assert make(show) == 0
    there, wrong = aired(show), []
    assert len(there) == 5
    toml.write_text(f"{before}formats = ['brief']\n[select]\ntop = 1\nmin_upvotes = 20\n")
    for episode in (TOP, SECOND, f"{SECOND}.brief", "roundup"):
        for name in ("brief.json", "document.json", "script.json", "episode.json"):
            path = folder_of(show, episode) / name
            if not path.is_file():
                continue
            path.unlink()
            capsys.readouterr()
            podcast(show, "publish")
            hint = typed(said(capsys))
            if podcast(show, *hint) or not path.is_file() or aired(show) != there:
                wrong.append((episode, name, hint))
    assert not wrong


def test_a_lost_script_costs_no_episode(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where feed/ is lost as well: it is built anew, and named each time."""
    before = tree(made / "feed")
    (folder_of(made, TOP) / "script.json").unlink()
    for _ in range(2):
        capsys.readouterr()
        assert podcast(made, "publish") == 1
        assert f"{DAY}-{TOP} is in the feed, and cannot be changed: " in said(capsys)
        assert tree(made / "feed") == before
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 1
    assert tree(made / "feed") == before


def said_of(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(" ".join(capsys.readouterr()).split())


def test_corrections_never_push_an_episode_out(made: Path) -> None:
    """Three thousand signs of a correction, and sixty of them, fit the notes that apps take."""
    told = {"made_on": "2024-03-07", "at": 3.0, "text": "said “six percent”, now “eight percent of the time” " * 4}
    episode = load(folder_of(made, TOP) / "episode.json")
    for corrections in ([{**told, "text": "word " * 600}], [told] * 60):
        save(folder_of(made, TOP) / "episode.json", {**episode, "corrections": corrections})
        assert podcast(made, "publish") == 0
        assert len(aired(made)) == 2
    assert "earlier ones stand on the episode" in (made / "feed" / "feed.xml").read_text()


HOSTILE = {
    "escaped": "Is A &lt; B &amp;amp; C?",
    "accents": "a" + "\N{COMBINING ACUTE ACCENT}" * 5000,
    "one word": "W" * 9000,
    "markup": "]]><script>alert(1)</script> &#60;b&#62; 3:12 \N{RIGHT-TO-LEFT OVERRIDE}",
}


@pytest.mark.long
@pytest.mark.parametrize("name", by_night(HOSTILE, 3))
def test_no_text_of_a_paper_breaks_a_rule_of_ours(made: Path, name: str) -> None:
    """What a paper says is escaped once and shortened, never refused: the feed keeps every rule."""
    text = HOSTILE[name]
    day, episode = load(made / "episodes" / DAY / "papers.json"), load(folder_of(made, TOP) / "episode.json")
    for paper in day["papers"]:
        paper |= {"title": text, "summary": f"{text} {text}", "authors": [text] * 30, "arxiv_comment": text}
    save(made / "episodes" / DAY / "papers.json", day)
    save(folder_of(made, TOP) / "episode.json", {**episode, "title": text, "description": text})
    assert podcast(made, "publish") == 0
    assert check.feed((made / "feed" / "feed.xml").read_bytes()) == []
    assert len(aired(made)) == 2
    if name == "escaped":
        assert "<title>Is A &lt; B &amp; C?</title>" in (made / "feed" / "feed.xml").read_text()


def test_a_blank_chapter_is_refused_where_it_is_written(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a script may hold a feed may hold: a chapter without a visible sign is an error at once."""
    script = load(folder_of(made, TOP) / "script.json")
    script["lines"][0]["chapter"] = " "
    save(folder_of(made, TOP) / "script.json", script)
    assert podcast(made, "record", TOP) == 1
    assert "the chapter's title is blank" in said(capsys)


def test_notes_fit_whatever_they_are_about(made: Path) -> None:
    """The notes in a feed's description have at most 4,000 bytes, closed as opened."""
    workspace = Workspace(made)
    from podcast.press import release

    found = release.load(workspace, workspace.papers()[0])
    from dataclasses import replace

    for title in ("Long words of a title " * 400, "é" * 9000):
        long = replace(found, paper=found.paper.model_copy(update={"title": title, "authors": (title,) * 30}))
        text = notes.html(long, ShowSettings(), None, notes.FEED_LIMIT)
        assert len(text.encode()) <= notes.FEED_LIMIT
        assert [text.count(f"<{tag}>") for tag in ("p", "li", "strong")] == [
            text.count(f"</{tag}>") for tag in ("p", "li", "strong")
        ]


@pytest.mark.long
def test_a_withdrawal_takes_all_at_once(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Media, transcripts, page, digest and search have nothing of it any more, and what went is listed."""
    assert podcast(made, "digest", DAY) == 0
    assert podcast(made, "publish") == 0
    capsys.readouterr()
    assert podcast(made, "publish", "--withdraw", TOP) == 0
    told = said(capsys)
    assert f"episodes/{DAY}-{TOP}" in told
    assert re.search(rf"media/{DAY}-{TOP}-\w+\.mp3", told)
    left = [path for path in (made / "feed").rglob("*") if path.is_file()]
    left = [path for path in left if path.parent.name != "withdrawn"]  # which tells other machines of it
    assert not [path for path in left if TOP in path.name or TOP in path.read_bytes().decode(errors="ignore")]
    assert podcast(made, "publish", "--check") == 0


def test_a_withdrawal_takes_nothing_of_another_episode(made: Path) -> None:
    """Old media of an episode whose id begins with the one that is withdrawn stays for as long as old media does."""
    media, end = made / "feed" / "media", "0123456789.mp3"
    others = [f"{DAY}-{TOP}-month-{end}", f"{DAY}-{TOP}.critique-{end}", f"{DAY}-{SECOND}-{end}"]
    for name in (*others, f"{DAY}-{TOP}-{end}"):
        (media / name).write_bytes(b"sound")
    assert podcast(made, "publish", "--withdraw", TOP) == 0
    assert [name for name in others if (media / name).is_file()] == others
    assert not list(media.glob(f"{DAY}-{TOP}-[0-9a-f]*"))


def test_what_was_pruned_and_withdrawn_comes_back(made: Path) -> None:
    """Where feed/ has the only copy of an episode's sound, a withdrawal lays it back among the mixes: when it is over,
    feed and sound are as before."""
    before, sound = tree(made / "feed"), mp3(made).read_bytes()
    assert podcast(made, "prune", "--older-than", "90d", "--yes", "--mixes") == 0
    assert mp3(made).is_symlink()
    assert podcast(made, "publish", "--withdraw", TOP) == 0
    assert not mp3(made).is_symlink()
    assert mp3(made).read_bytes() == sound
    assert mp3(made, SECOND).is_symlink()
    (folder_of(made, TOP) / "withdrawn.json").unlink()
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_pruned_sound_that_is_lost_is_told_with_what_brings_it_back(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without feed/, which had the only copy: mix, record and status name the way; none says that all is well, and
    publish names no command that does nothing."""
    assert podcast(made, "prune", "--older-than", "90d", "--yes", "--mixes") == 0
    shutil.rmtree(made / "feed")
    capsys.readouterr()
    for words in (["mix", SECOND], ["record", SECOND], ["publish"]):
        assert podcast(made, *words) == 1
        assert f"regenerate {SECOND} --from record records all" in said(capsys)
    assert podcast(made, "status", "--json") == 0
    rows = {row["paper"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows[TOP]["state"] == "broken"
    assert f"regenerate {TOP} --from record" in rows[TOP]["note"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--json"], 2), (["https://example.org/feed.xml"], 2), (["--moved-from", "nowhere"], 1),
        (["--moved-from", "https://old.example.org/"], 1),
    ],
)  # fmt: skip
def test_a_refused_command_withdraws_nothing(made: Path, more: list[str], code: int) -> None:
    """What is wrong with a command is found before any of it is done."""
    assert podcast(made, "publish", "--withdraw", TOP, *more) == code
    assert not (folder_of(made, TOP) / "withdrawn.json").exists()


def test_none_that_is_in_the_feed_is_told_from_none(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All are withdrawn: what says so says how one is back."""
    for paper in (TOP, SECOND):
        assert podcast(made, "publish", "--withdraw", paper) == 0
    for command, code in ((("publish",), 0), (("play", "latest"), 1)):
        capsys.readouterr()
        assert podcast(made, *command) == code
        told = said_of(capsys)
        assert "all are withdrawn" in told
        assert "withdrawn.json, then podcast" in told
        assert "--demo" not in told


def test_the_last_episode_can_be_withdrawn(made: Path) -> None:
    """With the last one gone the feed stands, keeps every rule, and names none."""
    for paper in (TOP, SECOND):
        assert podcast(made, "publish", "--withdraw", paper) == 0
    assert aired(made) == {}
    assert not list((made / "feed" / "media").glob("*"))
    assert podcast(made, "publish", "--check") == 0
    (folder_of(made, TOP) / "withdrawn.json").unlink()
    assert podcast(made, "publish") == 0
    assert len(aired(made)) == 1


def test_a_number_withdraws_that_episode_or_none(made: Path) -> None:
    """A number that no episode has is no beginning of an id."""
    assert podcast(made, "publish", "--withdraw", "24") == 1
    assert len(aired(made)) == 2
    assert podcast(made, "publish", "--withdraw", "1") == 0
    assert len(aired(made)) == 1


def test_templates_may_stand_in_folders(made: Path) -> None:
    """A folder in templates/ is looked into, and its files are part of what pages are made of."""
    part = made / "templates" / "parts" / "footer.html"
    part.parent.mkdir(parents=True)
    part.write_text("<p>mine</p>")
    assert podcast(made, "publish") == 0


def test_a_slip_in_a_template_of_ones_own_is_named(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where another template is asked for, which extends it: file and line, and no bug of ours."""
    (made / "templates").mkdir()
    (made / "templates" / "base.html").write_text("{% block main %}\n{% if %}\n{% endblock %}")
    assert podcast(made, "publish") == 1
    assert "base.html, line 2" in said(capsys)


def test_a_machine_without_episodes_of_its_own_publishes(made: Path, tmp_path: Path) -> None:
    """Records of another machine alone make a feed."""
    from podcast.publishers.building import Press

    records = {
        path.relative_to(made / "feed").as_posix(): path.read_bytes()
        for path in (made / "feed").glob("episodes/*/item.json")
    }
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(made / "podcast.toml", other)
    shutil.copy(made / "cover.jpg", other)
    (other / "episodes").mkdir()
    shutil.copy(made / "episodes" / "show.json", other / "episodes")
    workspace = Workspace(other)
    assert len(Press(workspace, config.read(workspace.config)).run(records)) == 2


def test_run_tells_what_it_could_not_publish(made: Path) -> None:
    """The report of a run has each episode that goes on as it was, with what to do, and exit code 1."""
    import datetime as dt

    from podcast import daily
    from podcast.sources.file import FileSource
    from podcast.studio import Studio

    (folder_of(made, TOP) / "brief.json").write_text("{")
    workspace = Workspace(made)
    studio = Studio(workspace, config.read(workspace.config), FileSource(made / "list.json"))
    report = daily.run(
        studio, lambda: publishing.publish(workspace, studio.config), today=dt.date(2024, 3, 6), sleep=lambda _: None
    )
    assert report.exit_code == 1
    assert [each.paper_id for each in report.held] == [TOP]
    assert any("goes on as it was published" in line for line in daily.lines(report))
