"""The show's trailer, and a show before its first episode: page, feed, and an episode about the show itself."""

import datetime as dt
import html
import re
from pathlib import Path

import pytest
from conftest import DAY, load, make, podcast
from lxml import etree
from test_daily import MONDAY, Calendar, run

from podcast.press import feed as press
from podcast.press.entry import Entry
from podcast.show.errors import ConfigError
from podcast.show.schema import Item
from podcast.show.settings import Host, ShowSettings
from podcast.writers import trailer
from podcast.writers.disclosure import discloses

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
HOSTS = (Host(key="A", name="Ada"), Host(key="B", name="Ben"))


def items(show: Path) -> list[etree._Element]:
    return etree.fromstring((show / "feed" / "feed.xml").read_bytes()).findall("channel/item")


def place(show: Path) -> Path:
    (found,) = (show / "episodes").glob("*/trailer")
    return found


@pytest.fixture
def trailed(show: Path) -> Path:
    """A show that has a trailer, and nothing else."""
    assert podcast(show, "trailer") == 0
    return show


@pytest.mark.long
def test_a_show_without_an_episode_has_page_and_feed(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`publish` makes what can be submitted once there is an episode, keeps every rule, and says what makes one."""
    assert podcast(show, "publish") == 0
    said = capsys.readouterr().err
    assert "no episode yet" in said
    assert " trailer" in said
    assert items(show) == []
    guid = load(show / "episodes" / "show.json")["guid"]
    assert f"<podcast:guid>{guid}</podcast:guid>" in (show / "feed" / "feed.xml").read_text()
    assert podcast(show, "publish", "--check") == 0
    assert make(show) == 0
    assert len(items(show)) == 2
    assert load(show / "episodes" / "show.json")["guid"] == guid


def test_a_trailer_is_an_episode_of_the_show(trailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told as a trailer, has no number, says that AI made it, both hosts are heard, and it keeps every rule."""
    (item,) = items(trailed)
    assert item.findtext(f"{ITUNES}episodeType") == "trailer"
    assert item.find(f"{ITUNES}episode") is None
    assert "podcastindex.org/namespace/1.0}episode" not in {str(child.tag) for child in item}
    episode = load(place(trailed) / "episode.json")
    assert 20 < episode["media"]["duration"] < 90
    assert {cue["host"] for cue in episode["cues"]} == {"Ada", "Ben"}
    assert any("made by AI" in cue["text"] for cue in episode["cues"][:3])
    page = (trailed / "feed" / "episodes" / f"{episode['day']}-trailer" / "index.html").read_text()
    assert "The paper" not in page.partition('<section aria-labelledby="transcript-title"')[0]
    assert "Trailer" in page
    notes = html.unescape(item.findtext("description") or "")
    assert "Upvotes" not in notes
    assert notes.startswith(f"<p>{episode['description']}</p>")
    assert notes.count(episode["description"]) == 1
    assert podcast(trailed, "publish", "--check") == 0
    assert podcast(trailed, "status") == 0
    assert podcast(trailed, "notes", "trailer") == 0
    assert "Test Show" in capsys.readouterr().out


@pytest.mark.long
def test_numbers_and_latest_are_the_papers(trailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first episode about a paper is number 1, `latest` and the page's top are one; the trailer stays below."""
    assert make(trailed) == 0
    numbers = [item.findtext(f"{ITUNES}episode") for item in items(trailed)]
    assert sorted(filter(None, numbers)) == ["1", "2"]
    capsys.readouterr()
    assert podcast(trailed, "notes", "latest") == 0
    assert "Arxiv:" in capsys.readouterr().out
    index = (trailed / "feed" / "index.html").read_text()
    rows = re.findall(r"<span>(Episode \d|Trailer)</span>", index)
    assert rows[0].startswith("Episode")
    assert rows[-1] == "Trailer"
    assert podcast(trailed, "publish", "--check") == 0


@pytest.mark.long
def test_it_is_changed_like_any_episode(trailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line is said anew, with guid, date and day as they were; listeners are told; undo brings it back."""
    before = load(place(trailed) / "episode.json")
    assert podcast(trailed, "regenerate", "trailer", "--line", "3", "--text", "We read papers aloud.") == 0
    assert podcast(trailed, "publish") == 0
    after = load(place(trailed) / "episode.json")
    assert after["cues"][2]["text"] == "We read papers aloud."
    assert {name: after[name] for name in ("guid", "published", "day", "number")} == {
        name: before[name] for name in ("guid", "published", "day", "number")
    }
    assert after["media"]["sha256"] != before["media"]["sha256"]
    assert len(after["corrections"]) == 1
    link = f"http://127.0.0.1:8000/episodes/{before['day']}-trailer/#t=0"
    assert podcast(trailed, "fix", link, "s/This is/Here is/", "--publish") == 0
    assert load(place(trailed) / "episode.json")["cues"][0]["text"].startswith("Here is")
    assert podcast(trailed, "regenerate", "trailer", "--undo") == 0
    assert podcast(trailed, "regenerate", "trailer", "--from", "read") == 2
    assert "about the show" in " ".join(capsys.readouterr().err.split())
    assert podcast(trailed, "publish", "--check") in (0, 1)


def test_a_newer_one_takes_its_place(trailed: Path) -> None:
    """After another title and description `--again` makes it anew, under the guid, day and date that it had; once."""
    before = load(place(trailed) / "episode.json")
    path = trailed / "podcast.toml"
    path.write_text(path.read_text().replace('title = "Test Show"', 'title = "Other Show"\ndescription = "Brand new."'))
    assert podcast(trailed, "trailer") == 0
    assert load(place(trailed) / "episode.json")["media"] == before["media"]
    assert podcast(trailed, "trailer", "--again") == 0
    after = load(place(trailed) / "episode.json")
    assert (after["guid"], after["published"], after["day"]) == (before["guid"], before["published"], before["day"])
    assert after["title"] == "Trailer: Other Show"
    assert "Brand new." in [cue["text"] for cue in after["cues"]]
    (item,) = items(trailed)
    assert item.findtext("guid") == before["guid"]
    assert item.findtext("title") == "Trailer: Other Show"


def test_it_needs_no_model(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A show whose language model has no key makes its trailer all the same; an edited script stays as it is."""
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("[writer]", '[writer]\nmodel = "some-model"'))
    assert podcast(show, "trailer", "--no-publish") == 0
    script = load(place(show) / "script.json")
    assert script["made_with"] == {"writer": "rule"}
    assert podcast(show, "trailer", "--no-publish") == 0
    assert load(place(show) / "script.json") == script


@pytest.mark.parametrize("count", [3, 4])
def test_the_first_two_of_several_hosts_tell_it(count: int) -> None:
    """A show of three or four hosts has a trailer, by its first two."""
    hosts = tuple(Host(key=key, name=f"Host {key}") for key in "ABCD"[:count])
    assert {line.host for line in trailer.script(ShowSettings(), hosts).lines} == {"A", "B"}


def test_a_single_host_is_told_what_to_do(trailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One host has no trailer by rule, and a trailer is neither read nor written: each is a sentence and a way on."""
    with pytest.raises(ConfigError):
        trailer.script(ShowSettings(), HOSTS[:1])
    capsys.readouterr()
    for stage in ("read", "write"):
        assert podcast(trailed, stage, "trailer") == 2
        assert "trailer --again" in capsys.readouterr().err


def test_it_is_withdrawn(trailed: Path) -> None:
    """`--withdraw trailer` takes it out of feed and site."""
    assert podcast(trailed, "publish", "--withdraw", "trailer") == 0
    assert items(trailed) == []
    assert not list((trailed / "feed" / "media").glob("*trailer*"))


@pytest.mark.long
def test_another_day_begins_no_show(show: Path) -> None:
    """A trailer says nothing of which days a run begins with: the first run makes the latest day."""
    assert podcast(show, "trailer", "--no-publish") == 0
    report = run(show, Calendar(), MONDAY + dt.timedelta(days=1))
    assert [day.date for day in report.days] == [MONDAY]
    assert load(show / "episodes" / "show.json")["numbers"][f"{MONDAY}/{MONDAY:%y%m}.{MONDAY.day:02d}001"] == 1


@pytest.mark.long
def test_it_stays_in_the_newest_part_of_the_feed(trailed: Path) -> None:
    """However many episodes come, directories find the trailer in feed.xml, and every episode stands once."""
    assert make(trailed) == 0
    name = next((trailed / "feed" / "episodes").glob(f"{DAY}-*/item.json"))
    one = Item.model_validate_json(name.read_bytes())
    made = Item.model_validate_json(next((trailed / "feed" / "episodes").glob("*-trailer/item.json")).read_bytes())
    many = [
        one.model_copy(update={"episode": one.episode.model_copy(update={"number": n, "day": dt.date(2020, 1, 1)
                                                                         + dt.timedelta(days=n)})})
        for n in range(700, 0, -1)
    ]  # fmt: skip
    pages = press.pages([Entry.of(item) for item in (*many, made)])
    assert made.name in {item.name for item in pages[0].items}
    assert max(len(page.items) for page in pages) <= press.NEWEST
    names = [item.name for page in pages for item in page.items]
    assert len(names) == len(set(names)) == 701


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "zh"])
def test_every_language_says_who_made_it(language: str) -> None:
    """In its first lines stands that script and voices are AI's; nothing of ours is English in another tongue."""
    script = trailer.script(ShowSettings(title="Meine Show", language=language), HOSTS)
    assert any(discloses(line.text, language) for line in script.lines[:3])
    assert {line.host for line in script.lines} == {"A", "B"}
    assert "Meine Show" in script.lines[0].text
    assert not any("{" in line.text for line in script.lines)
    if language != "en":
        assert not any("upvoted" in line.text or "weekday" in line.text for line in script.lines)


def test_what_is_withdrawn_and_made_again_is_told(trailed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That it stays out of the feed, and how it comes back; then the command that is named brings it."""
    assert podcast(trailed, "publish", "--withdraw", "trailer") == 0
    capsys.readouterr()
    for more in ([], ["--again"]):
        assert podcast(trailed, "trailer", *more) == 0
        said = " ".join(capsys.readouterr().err.split())
        assert f"trailer is withdrawn, and stays out of the feed → rm {place(trailed)}/withdrawn.json, then" in said
        assert items(trailed) == []
    (place(trailed) / "withdrawn.json").unlink()
    assert podcast(trailed, "trailer") == 0
    assert "stays out of the feed" not in capsys.readouterr().err
    assert len(items(trailed)) == 1


def test_a_trailer_is_a_minute_in_any_writing() -> None:
    """A long description is cut where a minute is full, also where no spaces stand between words."""
    said = {"en": "We read one paper a day aloud. ", "zh": "我们每天朗读一篇论文，并说明它的方法和结果。"}
    for language, sentence in said.items():
        script = trailer.script(ShowSettings(title="Show", language=language, description=sentence * 40), HOSTS)
        told = [line.text for line in script.lines if line.text == sentence.strip()]
        assert 2 <= len(told) <= 10


def test_a_language_without_words_says_what_to_do(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where we have no words a sentence says so; a script of one's own is then recorded as it is."""
    path = show / "podcast.toml"
    path.write_text(path.read_text().replace("[show]", '[show]\nlanguage = "fi"'))
    assert podcast(show, "trailer") == 1
    assert "script.json yourself" in " ".join(capsys.readouterr().err.split())
    script = trailer.script(ShowSettings(title="Oma"), HOSTS)
    (place(show) / "script.json").write_text(script.model_dump_json())
    assert podcast(show, "trailer") == 0
    assert items(show)[0].findtext("title") == "Trailer: Oma"
