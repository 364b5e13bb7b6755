"""The two rules and what falls out of them, each through the front door."""

import io
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import podcastparser
import pytest
import soundfile
from conftest import DAY, folder_of, load, make, podcast, save, tree

from podcast.press.transcript import captions
from podcast.show.schema import Episode
from podcast.show.workspace import Workspace

TOP = "2403.00002"
SECOND = "2403.00001"


def parsed(show: Path) -> dict:  # type: ignore[type-arg]
    feed = (show / "feed" / "feed.xml").read_bytes()
    return podcastparser.parse("http://127.0.0.1:8000/feed.xml", io.BytesIO(feed))  # type: ignore[no-any-return]


def takes(show: Path, paper: str) -> set[str]:
    return {path.name for path in (folder_of(show, paper) / "takes").glob("*.flac")}


@pytest.mark.long
def test_the_most_upvoted_papers_become_episodes(show: Path) -> None:
    """The day's N most upvoted papers, and only they, become episodes in the feed; who listens to the day in the order
    of its dates hears the first in rank first."""
    assert make(show) == 0
    assert [episode["title"] for episode in parsed(show)["episodes"]][::-1] == ["Reading Twice", "Small Steps Suffice"]
    assert not folder_of(show, "2403.00003").exists()


@pytest.mark.long
def test_run_again_does_nothing(show: Path) -> None:
    """A second run leaves every byte and every time of change as they were; the ledger learns of files by then, and it
    is kept that the publish went well."""
    learns = (Workspace(show).ledger, Workspace(show).last_publish)

    def times() -> dict[Path, int]:
        files = (path for path in show.rglob("*") if path.is_file() and path not in learns)
        return {path: path.stat().st_mtime_ns for path in files}

    make(show)
    before = times()
    assert make(show) == 0
    assert times() == before


def test_the_lines_heard_are_the_lines_of_the_script(made: Path) -> None:
    """Cues, transcript and script agree in number, order, host and words."""
    script = load(folder_of(made, TOP) / "script.json")
    episode = Episode.model_validate_json((folder_of(made, TOP) / "episode.json").read_bytes())
    hosts = {"A": "Ada", "B": "Ben"}
    assert [(hosts[line["host"]], line["text"]) for line in script["lines"]] == [(c.host, c.text) for c in episode.cues]
    words = " ".join(caption.text for caption in captions(episode.cues, episode.media.duration))
    assert words.split() == " ".join(line["text"] for line in script["lines"]).split()


@pytest.mark.long
def test_every_cue_sounds_and_the_pauses_are_silent(show: Path) -> None:
    """In the decoded MP3 there is sound at every cue, and none in the pauses between cues."""
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + '[mix]\nintro = ""\noutro = ""\n')
    make(show)
    episode = load(folder_of(show, TOP) / "episode.json")
    samples, rate = soundfile.read(folder_of(show, TOP) / episode["media"]["file"])

    def level(start: float, end: float) -> float:
        return float((samples[int(start * rate) : int(end * rate)] ** 2).mean() ** 0.5)

    for cue in episode["cues"]:
        assert level(cue["start"], cue["end"]) > 0.02, cue
    for cue, after in zip(episode["cues"], episode["cues"][1:], strict=False):
        assert level(cue["end"] + 0.05, after["start"] - 0.05) < 0.001, (cue, after)
    assert abs(len(samples) / rate - episode["media"]["duration"]) < 0.03


def test_one_edited_line_records_one_take_and_keeps_the_guid(made: Path) -> None:
    """One edited line: one new take, one mix, the same guid and date, another address of the media."""
    before, episode_before = parsed(made)["episodes"][-1], load(folder_of(made, TOP) / "episode.json")
    old = takes(made, TOP)
    script = load(folder_of(made, TOP) / "script.json")
    script["lines"][3]["text"] = "Tell me in one sentence."
    save(folder_of(made, TOP) / "script.json", script)
    assert make(made) == 0
    assert len(takes(made, TOP) - old) == 1
    after = parsed(made)["episodes"][-1]
    assert (after["guid"], after["published"]) == (before["guid"], before["published"])
    assert after["enclosures"][0]["url"] != before["enclosures"][0]["url"]
    assert load(folder_of(made, TOP) / "episode.json")["number"] == episode_before["number"]


def test_other_words_that_sound_the_same_are_in_the_transcript(made: Path) -> None:
    """A line written otherwise and spoken alike needs no take; cues and captions have the new words."""
    script = load(folder_of(made, "2403.00001") / "script.json")
    at = next(n for n, line in enumerate(script["lines"]) if "40%" in line["text"])
    script["lines"][at]["text"] = script["lines"][at]["text"].replace("40%", "40 percent")
    save(folder_of(made, "2403.00001") / "script.json", script)
    takes = sorted((folder_of(made, "2403.00001") / "takes").iterdir())
    assert make(made) == 0
    assert sorted((folder_of(made, "2403.00001") / "takes").iterdir()) == takes
    assert "40 percent" in load(folder_of(made, "2403.00001") / "episode.json")["cues"][at]["text"]
    assert "40 percent" in next((made / "feed" / "media").glob("*00001*.transcript.json")).read_text()


def test_a_reordered_script_records_none(made: Path) -> None:
    """Lines in another order, or left out, need no take: only the mix is made again."""
    old = takes(made, TOP)
    script = load(folder_of(made, TOP) / "script.json")
    script["lines"][0], script["lines"][1] = script["lines"][1], script["lines"][0]
    del script["lines"][2]
    save(folder_of(made, TOP) / "script.json", script)
    assert make(made) == 0
    assert takes(made, TOP) == old
    assert [cue["text"] for cue in load(folder_of(made, TOP) / "episode.json")["cues"]] == [
        line["text"] for line in script["lines"]
    ]


def test_a_raised_take_number_records_the_line_again(made: Path) -> None:
    """The same words with another take number are another take, and another sound."""
    old = takes(made, TOP)
    script = load(folder_of(made, TOP) / "script.json")
    script["lines"][4]["take"] = 2
    save(folder_of(made, TOP) / "script.json", script)
    make(made)
    (new,) = takes(made, TOP) - old
    episode = load(folder_of(made, TOP) / "episode.json")
    assert episode["cues"][4]["take"] == Path(new).stem


def test_a_document_that_exists_is_done(made: Path) -> None:
    """A human edit of the brief stays, whatever is run, and the script is not written anew for it."""
    brief, script = folder_of(made, TOP) / "brief.json", folder_of(made, TOP) / "script.json"
    written = script.read_bytes()
    edited = load(brief)
    edited["tldr"]["text"] = "A second pass."
    save(brief, edited)
    kept = brief.read_bytes()
    assert make(made) == 0
    assert brief.read_bytes() == kept
    assert script.read_bytes() == written


def test_a_day_that_exists_is_frozen(made: Path) -> None:
    """Other votes in the list change nothing of a day that was fetched, and it is said how they would."""
    (made / "list.json").write_text((made / "list.json").read_text().replace('"upvotes": 3', '"upvotes": 300'))
    assert make(made) == 1
    assert next(paper["id"] for paper in load(made / "episodes" / DAY / "papers.json")["papers"]) == TOP


@pytest.mark.long
@pytest.mark.parametrize("text", ["…", "🎉🎉", "---"])
def test_a_line_that_cannot_be_spoken_fails_that_episode_only(
    show: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line is named, the episode is quarantined, the other one is whole and in the feed."""
    podcast(show, "fetch", DAY, "--papers", str(show / "list.json"))
    for stage in ("read", "write"):
        podcast(show, stage, DAY, "--top", "2")
    path = folder_of(show, TOP) / "script.json"
    script = load(path)
    script["lines"][2]["text"] = text
    save(path, script)
    assert make(show) == 1
    assert "line 3" in capsys.readouterr().err
    assert [episode["title"] for episode in parsed(show)["episodes"]] == ["Small Steps Suffice"]
    reason = load(folder_of(show, TOP) / "quarantine.json")
    assert (reason["stage"], reason["error"]) == ("write", "DocumentError")
    assert not (folder_of(show, TOP) / "episode.json").exists()


def test_a_mended_line_leaves_the_quarantine(made: Path) -> None:
    """What was published stays while an edit is broken; once mended, the quarantine is lifted."""
    path = folder_of(made, TOP) / "script.json"
    good, published = path.read_bytes(), (made / "feed" / "feed.xml").read_bytes()
    script = load(path)
    script["lines"][2]["text"] = "…"
    save(path, script)
    assert make(made) == 1
    assert (made / "feed" / "feed.xml").read_bytes() == published
    path.write_bytes(good)
    assert make(made) == 0
    assert not (folder_of(made, TOP) / "quarantine.json").exists()


@pytest.mark.parametrize("said", ["It skips 60% of the steps.", "ImageNet was used.", "It has nine hundred layers."])
def test_every_figure_and_name_that_a_line_speaks_stands_in_its_evidence(
    made: Path, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure or a name that the cited sentences do not hold quarantines the episode, and is named."""
    path = folder_of(made, SECOND) / "script.json"
    script = load(path)
    number = next(n for n, line in enumerate(script["lines"]) if line["claims"] and line["chapter"] != "Opening")
    script["lines"][number]["text"] = said
    save(path, script)
    assert make(made) == 1
    told = capsys.readouterr().err
    assert f"line {number + 1} says" in told
    assert load(folder_of(made, SECOND) / "quarantine.json")["error"] == "Ungrounded"


@pytest.mark.long
def test_guids_are_unique_and_survive_everything(made: Path) -> None:
    """Guids differ between episodes and stay when takes, mixes and the feed are deleted and the site moves."""
    before = [episode["guid"] for episode in parsed(made)["episodes"]]
    assert len(set(before)) == 2
    for pattern in ("episodes/*/*/takes/*", "episodes/*/*/mixes/*", "feed/feed.xml"):
        for path in made.glob(pattern):
            path.unlink()
    with (made / "podcast.toml").open("a") as settings:
        settings.write('[publish]\nsite_url = "https://papers.example.org/show"\n')
    assert make(made) == 0
    assert [episode["guid"] for episode in parsed(made)["episodes"]] == before


def test_an_enclosure_exists_with_that_many_bytes_and_that_duration(made: Path) -> None:
    """The feed's length is the file's, and its duration what the file decodes to."""
    for episode in parsed(made)["episodes"]:
        enclosure = episode["enclosures"][0]
        media = made / "feed" / enclosure["url"].removeprefix("http://127.0.0.1:8000/")
        assert media.stat().st_size == enclosure["file_size"]
        assert abs(soundfile.info(media).duration - episode["total_time"]) <= 1


def test_a_lost_media_file_never_breaks_the_feed(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An episode whose mix is gone goes on as it was published, and that is said."""
    for path in (folder_of(made, TOP) / "mixes").glob("*.mp3"):
        path.unlink()
    before = parsed(made)["episodes"]
    assert podcast(made, "publish") == 1
    assert "goes on as it was published" in capsys.readouterr().err
    assert parsed(made)["episodes"] == before


def test_the_feed_is_disposable(made: Path) -> None:
    """rm -rf feed && podcast publish gives the same bytes."""
    before = tree(made / "feed")
    for path in sorted((made / "feed").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert podcast(made, "publish") == 0
    assert tree(made / "feed") == before


def test_media_is_in_place_before_the_feed_names_it(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the moment the feed is replaced, every file it names is there; nothing an older feed names is overwritten."""
    named_before = tree(made / "feed" / "media")
    script = load(folder_of(made, TOP) / "script.json")
    script["lines"][3]["text"] = "One sentence, please."
    save(folder_of(made, TOP) / "script.json", script)
    replace, swaps = Path.replace, []

    def watched(self: Path, target: Path) -> Path:
        if Path(target).name == "feed.xml":
            urls = re.findall(r'url="http://127.0.0.1:8000/(media/[^"]+)"', self.read_text())
            swaps.append(all((made / "feed" / url).is_file() for url in urls) and len(urls) == 10)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    assert make(made) == 0
    assert swaps == [True]
    now = tree(made / "feed" / "media")
    assert {name: now[name] for name in named_before} == named_before


@pytest.mark.soak
def test_kill_9_at_a_random_moment_then_run_again_gives_the_same_bytes(show: Path, tmp_path: Path) -> None:
    """However often and whenever the run is killed, a run that ends leaves what one run in peace leaves."""
    (show / "cover.jpg").unlink()  # drawing it is a moment, too
    again = Path(shutil.copytree(show, tmp_path / "again"))
    command = [sys.executable, "-m", "podcast", "-C"]
    arguments = ["make", DAY, "--papers", str(show / "list.json"), "--top", "2"]
    started = time.monotonic()
    subprocess.run([*command, str(show), *arguments], check=True, capture_output=True)
    in_peace = time.monotonic() - started
    chance = random.Random(20240305)
    for _ in range(2):
        process = subprocess.Popen(
            [*command, str(again), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.15, 1.0) * in_peace)
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run([*command, str(again), *arguments], check=True, capture_output=True)
    for name in ("episodes", "feed"):
        expected, found = tree(show / name), tree(again / name)
        assert found.keys() == expected.keys()
        assert [path for path in expected if found[path] != expected[path]] == []
