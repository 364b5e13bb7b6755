"""An episode keeps the language that it was written and spoken in, when the show's is changed."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import DAY, folder_of, load, make, podcast, save, tree
from lxml import etree
from mutagen.id3 import ID3

from podcast.desk import application, episode, studios
from podcast.recording import casting
from podcast.show import language
from podcast.show.errors import ConfigError
from podcast.show.schema import Voice
from podcast.show.workspace import Workspace
from podcast.speech import Lexicon

PAPERS = ("2403.00001", "2403.00002")
TRANSCRIPT = "{https://podcastindex.org/namespace/1.0}transcript"
GERMAN = 'synthesizer = "tone"\nlanguage = "de"\nlicence = "CC0-1.0"\nsettings = { pitch = %s }\n'


def speak(show: Path, code: str, more: str = "") -> None:
    """Have the show's settings name that language."""
    path = show / "podcast.toml"
    path.write_text(re.sub(r"(?m)^\[show\]\n(language = .*\n)?", f'[show]\nlanguage = "{code}"\n', path.read_text()))
    path.write_text(path.read_text() + more)


def unsay(show: Path) -> None:
    """Leave the show as an earlier version made it: nothing says its language."""
    for path in (show / "episodes").rglob("*.json"):
        text = path.read_text()
        if said := re.sub(r'\n *"language": "en",', "", text):
            path.write_text(said)
    shutil.rmtree(show / "feed")
    assert podcast(show, "publish") == 0
    assert not [path for path in tree(show / "episodes") if path.endswith(".json") and b'"language"' in
                (show / "episodes" / path).read_bytes()]  # fmt: skip


def sounds(show: Path) -> set[Path]:
    return {path for kind in ("flac", "mp3") for path in (show / "episodes").rglob(f"*.{kind}")}


def rows(show: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    capsys.readouterr()
    assert podcast(show, "status", "--json") == 0
    return {row["paper"]: row["state"] for row in json.loads(capsys.readouterr().out)}


def told(show: Path) -> dict[str, set[str]]:
    """Return the languages that feed/ tells of: of the channel, the show's pages, and of what each episode has."""
    feed = etree.fromstring((show / "feed" / "feed.xml").read_bytes())
    pages = {path: path.read_text() for path in (show / "feed").rglob("*.html")}
    langs = {path: re.search(r'<html lang="([a-z-]+)"', text)[1] for path, text in pages.items()}  # type: ignore[index]
    own = {path for path in pages if "episodes" in path.parts}
    heard = [tag.get("url", "").rpartition("/")[2] for tag in feed.iter("enclosure")]
    return {
        "channel": {feed.findtext("channel/language") or ""},
        "lists": {langs[path] for path in pages if path not in own and "digest" not in path.parts},
        "transcripts": {tag.get("language", "") for tag in feed.iter(TRANSCRIPT)},
        "pages": {langs[path] for path in own},
        "captions": {one for path in own for one in re.findall(r'srclang="([a-z-]+)"', pages[path])},
        "data": {one for path in own for one in re.findall(r'"inLanguage": "([a-z-]+)"', pages[path])},
        "tags": {str(ID3(show / "feed" / "media" / path)["TLAN"]) for path in heard},
    }


ENGLISH = {"transcripts": {"en"}, "pages": {"en"}, "captions": {"en"}, "data": {"en"}, "tags": {"eng"}}


@pytest.fixture(params=["made by this version", "made by an earlier version"])
def english(made: Path, request: pytest.FixtureRequest) -> Path:
    """An English show of two episodes, published; one of its lines holds a word of our lexicon."""
    assert podcast(made, "regenerate", PAPERS[0], "--line", "2", "--text", "Good morning from arXiv.") == 0
    if "earlier" in request.param:
        unsay(made)
    return made


def test_a_correction_after_the_change_is_one_take(english: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The show is German now: a line of an English episode that is mended is one take, all of the episode stays
    English, what is the show's is German, every rule holds, and feed/ made anew is the same."""
    before = sounds(english)
    speak(english, "de")
    assert set(rows(english, capsys).values()) == {"done"}
    assert podcast(english, "regenerate", PAPERS[0], "--line", "1", "--text", "Welcome back, and good morning.") == 0
    assert sorted(path.suffix for path in sounds(english) - before) == [".flac", ".mp3"]
    assert told(english) == {"channel": {"de"}, "lists": {"de"}, **ENGLISH}
    assert podcast(english, "publish", "--check") == 0
    assert set(rows(english, capsys).values()) == {"done"}
    feed = {path: data for path, data in tree(english / "feed").items() if not path.startswith("media/")}
    shutil.rmtree(english / "feed")
    assert podcast(english, "publish") == 0
    again = tree(english / "feed")
    assert {path: again[path] for path in feed} == feed
    speak(english, "fr")  # and once more
    assert podcast(english, "regenerate", PAPERS[0], "--undo") == 0
    assert told(english) == {"channel": {"fr"}, "lists": {"fr"}, **ENGLISH}


def test_a_catalogue_made_again_knows_the_language_of_before(english: Path) -> None:
    """With show.json goes what the show's language was when an earlier version made its episodes: what was published of
    them has it; they are mended in it, and title and address are kept again."""
    speak(english, "de")
    assert podcast(english, "publish") == 0
    known = load(english / "episodes" / "show.json")
    for command in (("publish",), ("regenerate", PAPERS[0], "--line", "1", "--text", "Welcome back.")):
        (english / "episodes" / "show.json").unlink()
        assert podcast(english, *command) == 0
        assert {**load(english / "episodes" / "show.json"), "language": "en"} == known
        assert told(english) == {"channel": {"de"}, "lists": {"de"}, **ENGLISH}


def test_what_never_changed_is_written_as_it_was(made: Path) -> None:
    """Of a show that an earlier version made, and that keeps its language, no document and no file of feed/ is
    another one."""
    unsay(made)
    before = tree(made)
    assert podcast(made, "publish") == 0
    assert make(made) == 0
    assert tree(made) == before


def test_all_of_feed_is_lost_with_the_change(made: Path) -> None:
    """An episode says its language itself: no feed that stands need tell it."""
    speak(made, "de")
    shutil.rmtree(made / "feed")
    assert podcast(made, "publish") == 0
    assert told(made) == {"channel": {"de"}, "lists": {"de"}, **ENGLISH}


def test_hosts_who_speak_german_now_have_their_english_voices(
    english: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the language the hosts' voices are changed, too: an episode that was made goes on in its own."""
    before = sounds(english)
    (english / "voices").mkdir(exist_ok=True)
    more = ""
    for key, pitch in (("A", "110.0"), ("B", "190.0")):
        (english / "voices" / f"deutsch-{key.lower()}.toml").write_text(GERMAN % pitch)
        more += f'[[hosts]]\nkey = "{key}"\nname = "Neu {key}"\nvoice = "deutsch-{key.lower()}"\n'
    speak(english, "de", more)
    assert set(rows(english, capsys).values()) == {"done"}
    assert podcast(english, "regenerate", PAPERS[0], "--line", "1", "--text", "Welcome back, and good morning.") == 0
    assert sorted(path.suffix for path in sounds(english) - before) == [".flac", ".mp3"]
    made_with = load(folder_of(english, PAPERS[0]) / "episode.json")["made_with"]
    assert not [by for by in made_with.values() if by.startswith("deutsch")]


@pytest.mark.long
def test_what_was_written_is_recorded_in_the_language_that_it_was_written_in(made: Path) -> None:
    """Changed between the writing and the recording, the takes are those of a show that was never changed."""
    assert podcast(made, "regenerate", PAPERS[0], "--line", "2", "--text", "Good morning from arXiv.") == 0
    folders = [folder_of(made, paper) for paper in PAPERS]
    takes = {folder / "takes" / f"{cue['take']}.flac" for folder in folders
             for cue in load(folder / "episode.json")["cues"]}  # fmt: skip
    for folder in folders:
        (folder / "episode.json").unlink()
        shutil.rmtree(folder / "takes")
        shutil.rmtree(folder / "mixes")
    shutil.rmtree(made / "feed")
    speak(made, "de")
    for paper in PAPERS:
        assert podcast(made, "record", paper) == 0
        assert podcast(made, "mix", paper) == 0
    assert {path for path in sounds(made) if path.suffix == ".flac"} == takes
    assert podcast(made, "publish") == 0
    assert told(made) == {"channel": {"de"}, "lists": {"de"}, **ENGLISH}


@pytest.mark.long
@pytest.mark.parametrize("earlier", [False, True])
def test_what_is_written_anew_is_in_the_new_language(show: Path, earlier: bool) -> None:
    """A trailer that is written again is German, and the version that undo brings back is English again."""

    def languages() -> tuple[set[str], set[str], str]:
        (script,) = (show / "episodes").glob("*/trailer/script.json")
        text = load(script)["lines"][0]["text"]
        return told(show)["transcripts"], told(show)["tags"], "de" if "Das ist" in text else "en"

    assert podcast(show, "trailer") == 0
    if earlier:
        unsay(show)
    assert languages() == ({"en"}, {"eng"}, "en")
    speak(show, "de")
    assert podcast(show, "publish") == 0
    assert languages() == ({"en"}, {"eng"}, "en")
    assert podcast(show, "regenerate", "trailer", "--from", "write") == 0
    assert languages() == ({"de"}, {"deu"}, "de")
    assert podcast(show, "regenerate", "trailer", "--undo") == 0
    assert languages() == ({"en"}, {"eng"}, "en")
    assert podcast(show, "publish", "--check") == 0


@pytest.mark.long
def test_a_lexicon_in_the_new_language_stops_no_older_episode(
    english: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be said in English is left out of the words of an English episode; the rest holds there, too."""
    speak(english, "de")
    (english / "voices").mkdir(exist_ok=True)
    (english / "voices" / "lexicon.tsv").write_text("Weiß\tweiß\nStraße\tgroße Straße\n")
    assert set(rows(english, capsys).values()) == {"done"}
    (english / "voices" / "lexicon.tsv").write_text("Straße\tgroße Straße\nmorning\tmorrow\n")
    assert rows(english, capsys)[PAPERS[0]] == "stale"


def test_a_voice_is_held_to_the_language_of_the_episode(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A voice of the show's language is a strange one in an episode of another."""
    speak(made, "de")
    capsys.readouterr()
    podcast(made, "regenerate", PAPERS[0], "--voice", "A=espeak-de-a", "--dry-run")
    assert "espeak-de-a speaks 'de', and the episode's language is 'en'" in " ".join(capsys.readouterr().err.split())


def test_a_language_has_several_names() -> None:
    """A voice whose file calls the show's language otherwise speaks it."""
    same = "nb no, no nn-NO, cmn zh-TW, zh yue, deu de-AT, he iw, swh sw"
    other = "no sv, zh ja, de nl, id ms"

    def strange(row: str) -> bool:
        spoken, wanted = row.split()
        return bool(casting.strange(Voice(name="x", synthesizer="piper", language=spoken, licence="CC0-1.0"), wanted))

    assert [row for row in f"{same}, {other}".split(", ") if strange(row)] == other.split(", ")


@pytest.mark.long
def test_clean_takes_no_take_of_another_language(english: Path) -> None:
    """The takes of an English episode, and of the versions that it had, are in use in a German show as well."""
    before = {path for path in sounds(english) if path.suffix == ".flac"}
    speak(english, "de")
    assert podcast(english, "clean") == 0
    assert {path for path in sounds(english) if path.suffix == ".flac"} == before


def test_a_change_tells_every_line_that_it_records(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where words are said otherwise since, their lines are named beside those whose words changed."""
    said = [line["text"] for line in load(folder_of(made, PAPERS[0]) / "script.json")["lines"]]
    others = [number for number, text in enumerate(said, 1) if re.search(r"\bsteps\b", text)]
    assert others
    (made / "voices").mkdir(exist_ok=True)
    (made / "voices" / "lexicon.tsv").write_text("steps\tstepping stones\n")
    change = ("regenerate", PAPERS[0], "--line", "1", "--text", "Welcome back, and good morning.")
    capsys.readouterr()
    assert podcast(made, *change, "--json", "--no-publish") == 0
    out, err = capsys.readouterr()
    (row,) = json.loads(out)
    assert [each["line"] for each in row["lines"]] == [1]
    assert row["anew"] == others
    assert row["recorded"] == 1 + len(others)
    assert "recorded anew with the same words" in " ".join(err.split())


def test_the_desk_offers_the_voices_of_the_episode(made: Path) -> None:
    """Whoever recasts an English episode of a German show is offered voices that speak English."""
    speak(made, "de")
    studio = studios.studio(made)
    paper = episode.find(studio, DAY, PAPERS[0])
    offered = application._voices(studio, paper)
    assert "tone-low" in offered
    assert {studio.voices[name].language.partition("-")[0] for name in offered} == {"en"}


FEED = "<rss><channel><title>T</title><language>{}</language><item/></channel></rss>"


@pytest.mark.parametrize(("feed", "kept", "now", "found"), [
    ("", "", "de", "de"), (FEED.format("en"), "", "de", "en"), (FEED.format("en-GB"), "", "de", "en-GB"),
    (FEED.format("de"), "en", "de", "en"), ("<rss", "", "de", "de"), (FEED.format(""), "", "fr", "fr"),
    (FEED.format('x" onload="'), "", "fr", "fr"),
])  # fmt: skip
def test_the_language_of_what_does_not_say(tmp_path: Path, feed: str, kept: str, now: str, found: str) -> None:
    """It is the one kept, else that of the feed that stands, else the show's; once kept it stays."""
    workspace = Workspace(tmp_path)
    for path, text in ((workspace.feed / "feed.xml", feed), (workspace.catalogue, "")):
        path.parent.mkdir(parents=True)
        path.write_text(text)
    save(workspace.catalogue, {"guid": "g", **({"language": kept} if kept else {})})
    assert language.of_earlier(workspace, now) == found
    language.keep(workspace, now)
    assert language.of_earlier(workspace, now) == found
    assert load(workspace.catalogue).get("language", "") in ("", found)
    workspace.catalogue.write_text("{")
    language.of_earlier(workspace, now)


def test_a_lexicon_that_is_not_checked_leaves_out_what_cannot_be_said(tmp_path: Path) -> None:
    """Checked, it names the line; not checked, it is what is left."""
    path = tmp_path / "lexicon.tsv"
    path.write_text("Straße\tgroße Straße\nLoRA\tlora\nodd\n")
    assert dict(Lexicon.load(path, checked=False)) == {"LoRA": "lora"}
    with pytest.raises(ConfigError, match=r"lexicon\.tsv:1"):
        Lexicon.load(path)
