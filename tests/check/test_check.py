"""A sound show has no failure; of its broken twins each is told the rule that it breaks, and no other."""

import base64
import hashlib
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import uvicorn
from conftest import folder_of, load, podcast, save
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3, TXXX
from PIL import Image

from podcast import check
from podcast.check import Rule
from podcast.serving import serve
from podcast.sound import ffmpeg

HERE = "http://127.0.0.1:8000/"


@pytest.fixture(scope="module")
def sound(_made: Path) -> Path:
    """The folder of a sound show; nothing is changed there."""
    return _made / "feed"


@pytest.fixture
def twin(made: Path) -> Path:
    """A folder of the same show, to break."""
    return made / "feed"


def sub(pattern: str, new: str, count: int = 1) -> Callable[[str], str]:
    """Replace the first of what matches."""

    def change(text: str) -> str:
        changed, found = re.subn(pattern, new, text, count=count, flags=re.DOTALL)
        assert found, pattern
        return changed

    return change


def after(mark: str, more: str, past: str = "") -> Callable[[str], str]:
    """Put something behind the first place, `past` another, that says the mark."""

    def change(text: str) -> str:
        at = text.index(mark, text.index(past)) + len(mark)
        return text[:at] + more + text[at:]

    return change


def swap_items(text: str) -> str:
    head, first, second, tail = re.split(r"(?=<item>)|(?<=</item>)(?=\s*</channel>)", text)
    return head + second + first + tail


def in_notes(html: str) -> Callable[[str], str]:
    """Put that before the first episode's notes."""
    return after("<description>", escape(html), past="<item>")


def longer_notes(text: str) -> str:
    """Give the first episode its notes again as longer ones, below a heading."""
    notes = re.search(r"<item>.*?<description>(.*?)</description>", text, re.DOTALL)
    assert notes
    heading = escape("<h2>Notes</h2>")
    return after("<item>", f"<content:encoded>{heading}{notes[1]}</content:encoded>")(text)


def soon(text: str) -> str:
    """Begin chapters at 0:01 and 0:02, in the first episode's notes and list: it has more than three."""
    more = "".join(f'<psc:chapter start="00:00:0{at}.000" title="Soon"/>' for at in (1, 2))
    listed = sub('(<psc:chapter start="00:00:00.000"[^>]*>)', rf"\1{more}")
    return listed(sub(r"(\(00:00\) .*?&lt;br&gt;)", r"\1(00:01) Soon&lt;br&gt;(00:02) Soon&lt;br&gt;")(text))


LONG = "x" * 4001
TAG = "<itunes:episodeType>"
PSC = '<psc:chapter start="00:00:00.000"'
TWINS: dict[str, tuple[Rule, Callable[[str], str]]] = {
    "no declaration": (Rule.DECLARATION, sub(r"<\?xml.*?\?>\s*", "")),
    "Latin-1 declared": (Rule.DECLARATION, sub("UTF-8", "utf8")),
    "cut off": (Rule.WELL_FORMED, lambda text: text[:-20]),
    "bare ampersand": (Rule.WELL_FORMED, sub("<title>", "<title>& ")),
    "DOCTYPE": (Rule.WELL_FORMED, sub("<rss", "<!DOCTYPE rss><rss")),
    "DEL": (Rule.CONTROLS, sub("<title>", "<title>\x7f")),
    "C1": (Rule.CONTROLS, sub("<title>", "<title>\x90")),
    "5 MB": (Rule.SIZE, lambda text: text + " " * 5_000_000),
    "rss 0.92": (Rule.RSS, sub('version="2.0"', 'version="0.92"')),
    "two channels": (Rule.RSS, sub("</channel>", "</channel><channel/>")),
    "namespace": (Rule.NAMESPACES, sub('xmlns:content="[^"]*"', 'xmlns:content="http://purl.org/other"')),
    "prefix": (Rule.NAMESPACES, lambda text: text.replace("xmlns:psc=", "xmlns:p=").replace("psc:", "p:")),
    "two titles": (Rule.ONCE, sub("<title>", "<title>One</title><title>")),
    "item twice explicit": (Rule.ONCE, sub("(<item>.*?)(<itunes:explicit>)", r"\1\2true</itunes:explicit>\2")),
    "long show title": (Rule.TITLE, sub("<title>", "<title>" + "é" * 128)),
    "no episode title": (Rule.TITLE, sub("(<item>.*?<title>).*?<", r"\1<")),
    "number in title": (Rule.TITLE_NUMBER, sub("(<item>.*?<title>)", r"\1Ep. 12: ")),
    "long description": (Rule.DESCRIPTION, sub("<description>", "<description>" + LONG)),
    "long notes": (Rule.DESCRIPTION, sub("(<item>.*?<description>)", rf"\1{LONG}")),
    "no description": (Rule.DESCRIPTION, sub("<description>.*?</description>", "")),
    "link is the feed": (Rule.LINK, sub("<link>[^<]*", f"<link>{HERE}feed.xml")),
    "no page": (Rule.LINK, sub("(<item>.*?)<link>.*?</link>", r"\1")),
    "language": (Rule.LANGUAGE, sub("<language>en", "<language>english")),
    "unknown language": (Rule.LANGUAGE, sub("<language>en", "<language>xx")),
    "category": (Rule.CATEGORY, sub('category text="[^"]*"', 'category text="technology"')),
    "subcategory": (
        Rule.CATEGORY,
        sub("(<itunes:category) [^>]*>", r'\1 text="Science">\1 text="Papers"/></itunes:category>'),
    ),
    "no category": (Rule.CATEGORY, sub("<itunes:category [^>]*>", "")),
    "explicit no": (Rule.EXPLICIT, sub("<itunes:explicit>false", "<itunes:explicit>no")),
    "episode explicit": (Rule.EXPLICIT, sub("(<item>.*?<itunes:explicit>)false", r"\1clean")),
    "image ending": (Rule.IMAGE, sub("cover.jpg", "cover.webp")),
    "image query": (Rule.IMAGE, sub("cover.jpg", "cover.jpg?v=2")),
    "no image": (Rule.IMAGE, sub("<itunes:image [^>]*>", "")),
    "RSS image too wide": (
        Rule.RSS_IMAGE,
        sub("<width>144", "<width>600"),
    ),
    "no self": (Rule.SELF, sub('rel="self"', 'rel="alternate"')),
    "self is second": (
        Rule.SELF,
        sub("<atom:link", f'<atom:link href="{HERE}hub" rel="hub"/><atom:link'),
    ),
    "two selves": (Rule.SELF, after("</language>", f'<atom:link href="{HERE}feed.xml" rel="self"/>')),
    "next is itself": (Rule.PAGING, after("</language>", f'<atom:link href="{HERE}feed.xml" rel="next"/>')),
    "next is relative": (Rule.ADDRESS, after("</language>", '<atom:link href="archive-1.xml" rel="next"/>')),
    "an archive unasked": (
        Rule.PAGING,
        after("</language>", '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'),
    ),
    "no author": (Rule.AUTHOR, sub("<itunes:author>.*?</itunes:author>", "")),
    "type": (Rule.TYPE, sub("episodic", "daily")),
    "the show is blocked": (Rule.BLOCK, after("</language>", "<itunes:block>Yes</itunes:block>")),
    "an episode is blocked": (Rule.BLOCK, after("<item>", "<itunes:block>yes</itunes:block>")),
    "blocked for all": (Rule.BLOCK, after("</language>", '<podcast:block id="apple">yes</podcast:block>')),
    "no owner": (Rule.OWNER, sub("<itunes:owner>.*?</itunes:owner>", "")),
    "owner without address": (Rule.OWNER, sub("(<itunes:email>)[^<]*", r"\1nobody")),
    "block": (Rule.YES, after("</language>", "<itunes:block>true</itunes:block>")),
    "guid of version 4": (Rule.GUID, sub(r"(<podcast:guid>.{14})5", r"\g<1>4")),
    "no guid": (Rule.GUID, sub("<podcast:guid>.*?</podcast:guid>", "")),
    "locked": (Rule.LOCKED, sub("(<podcast:locked[^>]*>)yes", r"\1true")),
    "medium": (Rule.MEDIUM, sub("<podcast:medium>podcast", "<podcast:medium>radio")),
    "rrule": (Rule.FREQUENCY, sub("FREQ=WEEKLY", "FREQ=OFTEN")),
    "licence": (Rule.LICENSE, after("</language>", "<podcast:license>All rights!</podcast:license>")),
    "licence's address": (Rule.ADDRESS, after("</language>", '<podcast:license url="x">own</podcast:license>')),
    "the show is silent about AI": (Rule.AI, sub(r"<podcast:txt[^>]*>true</podcast:txt>", "")),
    "an episode is silent about AI": (Rule.AI, sub("(<item>.*?ai-content[^>]*>)true", r"\1false")),
    "no words about AI": (Rule.AI, sub(" Script and voices are generated by AI.", "")),
    "AI in a title alone": (Rule.AI, sub("Script and voices are gen.*? AI.", "The AI Scientist, made by AI Labs.")),
    "person": (Rule.PERSON, sub("(<podcast:person[^>]*>)", r"\1" + "x" * 129)),
    "txt": (Rule.TXT, after("</language>", f"<podcast:txt>{LONG}</podcast:txt>")),
    "one guid for two": (
        Rule.ITEM_GUID,
        lambda text: re.sub(r'(<guid isPermaLink="false">)[^<]*', r"\1same", text),
    ),
    "no item guid": (Rule.ITEM_GUID, sub("<guid.*?</guid>", "")),
    "permalink": (Rule.ITEM_GUID, sub('<guid isPermaLink="false"', "<guid")),
    "no enclosure": (Rule.ENCLOSURE, sub("<enclosure[^>]*>", "")),
    "two enclosures": (Rule.ENCLOSURE, sub("(<enclosure[^>]*>)", r"\1\1")),
    "length of none": (Rule.ENCLOSURE, sub(r'length="\d+"', 'length="0"')),
    "length in words": (Rule.ENCLOSURE, sub(r'length="\d+"', 'length="3 MB"')),
    "one file for two": (
        Rule.ENCLOSURE_URL,
        lambda text: re.sub(r'(<enclosure url=")[^"]*', rf"\1{HERE}media/same.mp3", text),
    ),
    "enclosure's address": (Rule.ADDRESS, sub('(<enclosure url=")', r"\1/")),
    "umlaut in address": (Rule.ADDRESS, sub('(<enclosure url="[^"]*media/)', r"\1ä")),
    "enclosure's ending": (Rule.ENCLOSURE_TYPE, sub(r'(<enclosure url="[^"]*)\.mp3', r"\1.ogg")),
    "enclosure's type": (Rule.ENCLOSURE_TYPE, sub('type="audio/mpeg"', 'type="audio/mp3"')),
    "weekday": (Rule.DATE, sub("<pubDate>...", "<pubDate>Sun")),
    "no zone": (Rule.DATE, sub(r"(<pubDate>[^<]*) \+0000", r"\1")),
    "ISO date": (Rule.DATE, sub("<pubDate>[^<]*", "<pubDate>2024-03-05T18:00:00Z")),
    "built": (Rule.DATE, sub("<lastBuildDate>...", "<lastBuildDate>Sun")),
    "a date to come": (Rule.FUTURE, sub("(<item>.*?<pubDate>)[^<]*", r"\1Thu, 01 Jan 2099 00:00:00 +0000")),
    "oldest first": (Rule.ORDER, swap_items),
    "numbers rise": (Rule.NUMBERS, sub(r"(<item>.*<item>.*?<itunes:episode>)\d+", r"\g<1>99")),
    "duration of parts": (Rule.DURATION, sub(r"(<itunes:duration>\d+)", r"\1.5")),
    "duration in minutes": (Rule.DURATION, sub(r"<itunes:duration>\d+", "<itunes:duration>04:11")),
    "no duration": (Rule.DURATION, sub("<itunes:duration>.*?</itunes:duration>", "")),
    "episode 0": (Rule.EPISODE, sub(r"<itunes:episode>\d+", "<itunes:episode>0")),
    "one number for two": (Rule.EPISODE, lambda text: re.sub(r"(<itunes:episode>)\d+", r"\g<1>7", text)),
    "season": (Rule.EPISODE, after("<item>", "<itunes:season>0</itunes:season>")),
    "episode type": (Rule.EPISODE_TYPE, sub(f"{TAG}full", f"{TAG}normal")),
    "summary": (Rule.SUMMARY, after("<item>", "<itunes:summary>In short.</itunes:summary>")),
    "heading": (Rule.HTML, in_notes("<h2>Notes</h2>")),
    "picture": (Rule.HTML, in_notes('<p><img src="https://example.org/x.png"></p>')),
    "script": (Rule.HTML, in_notes("<script>alert(1)</script>")),
    "handler": (Rule.HTML, in_notes('<p onclick="alert(1)">x</p>')),
    "heading in longer notes": (Rule.HTML, longer_notes),
    "left open": (Rule.HTML, in_notes("<b>")),
    "crossed": (Rule.HTML, in_notes("<p><b><i>x</b></i></p>")),
    "tag in description": (Rule.HTML, sub("(<item>.*?<description>)", r"\1&lt;table&gt;&lt;/table&gt;")),
    "relative link": (Rule.HTML_LINK, in_notes('<p><a href="index.html">x</a></p>')),
    "scripted link": (Rule.HTML_LINK, in_notes('<p><a href="javascript:x()">x</a></p>')),
    "escaped twice": (Rule.ESCAPED, in_notes("<p>Q&amp;amp;A</p>")),
    "times from 00:05": (Rule.TIMESTAMPS, sub(r"(<item>.*?)\(00:00\)", r"\1(00:05)")),
    "a time too few": (Rule.TIMESTAMPS, sub(r"(<item>.*?)\(00:00\)", r"\1At first")),
    "another time": (Rule.TIMESTAMPS, sub(r"(<item>.*?\(00:00\).*?\(0)0", r"\g<1>9")),
    "transcript type": (Rule.TRANSCRIPT, sub('type="application/x-subrip"', 'type="text/srt"')),
    "no VTT": (Rule.TRANSCRIPT, sub('<podcast:transcript [^>]*"text/vtt"[^>]*>', "")),
    "transcript address": (Rule.TRANSCRIPT, sub('<podcast:transcript url="[^"]*"', "<podcast:transcript")),
    "chapters type": (Rule.CHAPTERS, sub(r"application/json\+chapters", "application/json")),
    "chapters twice": (Rule.CHAPTERS, sub("(<podcast:chapters [^>]*>)", r"\1\1")),
    "no chapters": (Rule.CHAPTERS, sub("<podcast:chapters [^>]*>", "")),
    "no PSC": (Rule.PSC, sub("<psc:chapters.*?</psc:chapters>", "")),
    "PSC version": (Rule.PSC, sub('<psc:chapters version="1.2"', '<psc:chapters version="2.0"')),
    "PSC title": (Rule.PSC, sub(f'{PSC} title="[^"]*"', PSC)),
    "a chapter of a second": (Rule.CHAPTER_LENGTH, soon),
    "SRI": (
        Rule.ALTERNATE,
        after("<item>", f'<podcast:alternateEnclosure type="audio/ogg"><podcast:source uri="{HERE}a.opus"/>'
              '<podcast:integrity type="sri" value="sha256-abc"/></podcast:alternateEnclosure>'),
    ),
    "no source": (Rule.ALTERNATE, after("<item>", '<podcast:alternateEnclosure type="audio/ogg"/>')),
    "soundbite": (Rule.SOUNDBITE, after("<item>", '<podcast:soundbite startTime="1" duration="5"/>')),
}  # fmt: skip


def rules(failures: Any) -> set[str]:
    return {failure.rule for failure in failures}


def test_the_sound_feed_breaks_no_rule(sound: Path) -> None:
    """The feed of a show that was made here is as every rule has it."""
    assert check.feed((sound / "feed.xml").read_bytes()) == []


@pytest.mark.parametrize("name", TWINS)
def test_a_broken_feed_is_told_its_rule(sound: Path, name: str) -> None:
    """Each twin breaks one rule, and that one alone is named, with where and what was found."""
    rule, change = TWINS[name]
    text = (sound / "feed.xml").read_text("utf-8")
    broken = change(text)
    assert broken != text
    failures = check.feed(broken.encode())
    assert rules(failures) == {rule.value}
    assert all(failure.where and failure.found for failure in failures)


def test_no_rule_of_the_feed_is_without_a_twin() -> None:
    """Every rule that the bytes can break has been broken above, but for the number of items."""
    in_bytes = list(Rule)[: list(Rule).index(Rule.FILE)]
    assert {rule for rule, _ in TWINS.values()} | {Rule.COUNT} == set(in_bytes)


def test_301_items_are_too_many(sound: Path) -> None:
    """The 301st item belongs in an archive."""
    text = (sound / "feed.xml").read_text("utf-8")
    item = re.findall(r"<item>.*?</item>", text, re.DOTALL)[-1]
    more = "".join(
        re.sub(r"<itunes:episode>.*?</itunes:episode>", "", item)
        .replace('isPermaLink="false">', f'isPermaLink="false">{number}')
        .replace("/media/", f"/media/{number}")
        for number in range(1000, 1299)
    )
    assert rules(check.feed(text.replace("</channel>", more + "</channel>").encode())) == {Rule.COUNT.value}


def test_an_archive_says_that_it_is_one(sound: Path) -> None:
    """With RFC 5005's mark and a link to the current feed it is sound as an archive, and only as one."""
    marks = (f'<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
             f'<atom:link href="{HERE}feed.xml" rel="current"/>')  # fmt: skip
    text = after("</language>", marks)((sound / "feed.xml").read_text("utf-8"))
    text = text.replace(f'"{HERE}feed.xml" rel="self"', f'"{HERE}archive-1.xml" rel="self"')
    assert check.feed(text.encode(), archive=True) == []
    assert rules(check.feed(text.encode())) == {Rule.PAGING.value}


@pytest.mark.parametrize(
    "data", [b"", b"<html/>", b"\xff\xfe", b"\x00" * 100, b"<?xml version='1.0' encoding='utf-8'?><rss/>"]
)
def test_what_is_no_feed_is_a_failure_and_no_error(data: bytes) -> None:
    """Any bytes get an answer."""
    assert check.feed(data)


@pytest.mark.long
@given(st.integers(0, 10_000), st.integers(0, 40), st.text(max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_told_and_is_no_error(sound: Path, at: int, length: int, other: str) -> None:
    """Whatever stands where in the feed, there is an answer: also where a number, a date or an address should be."""
    text = (sound / "feed.xml").read_text("utf-8")
    places = [match.span(1) for match in re.finditer(r'[">]([^"<>]+)["<]', text)]
    start, end = places[at % len(places)]
    for damaged in (text[:at] + other + text[at + length :], text[:start] + escape(other) + text[end:]):
        check.feed(damaged.encode())


def test_the_sound_folder_breaks_no_rule(sound: Path) -> None:
    """Files, transcripts, chapters, tags, cover and pages agree."""
    assert list(check.folder(sound)) == []


def first(folder: Path, ending: str) -> Path:
    return min((folder / "media").glob(f"*{ending}"))


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text("utf-8")
    path.write_text(change(text), "utf-8")


def longer(folder: Path) -> None:
    path = first(folder, ".chapters.json")
    document = json.loads(path.read_text())
    document["chapters"][-1]["startTime"] += 1
    path.write_text(json.dumps(document))


def untag(folder: Path, change: Callable[[ID3], object]) -> None:
    """Change the first MP3's tag, and the length that the feed says of it."""
    path = first(folder, ".mp3")
    before = path.stat().st_size
    tags = ID3(path)
    change(tags)
    tags.save(path, v2_version=3)
    rewrite(folder / "feed.xml", lambda text: text.replace(f'length="{before}"', f'length="{path.stat().st_size}"'))


def enlarge_the_first_chapter(tags: ID3) -> None:
    """mutagen writes the largest frame last."""
    tags.getall("CHAP")[0].sub_frames.add(TXXX(encoding=3, desc="note", text=["of some length, " * 20]))


def later_format(folder: Path) -> None:
    path = first(folder, ".mp3")
    before = path.stat().st_size
    ID3(path).save(path, v2_version=4)
    rewrite(folder / "feed.xml", lambda text: text.replace(f'length="{before}"', f'length="{path.stat().st_size}"'))


def cut_off(folder: Path) -> None:
    """Half of the MP3, and the feed says just that length."""
    path = first(folder, ".mp3")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    rewrite(folder / "feed.xml", lambda text: text.replace(f'length="{len(data)}"', f'length="{len(data) // 2}"'))


def slow(folder: Path) -> None:
    """The same length at 22,050 samples a second, with all its tags."""
    path = first(folder, ".mp3")
    before, tags = path.stat().st_size, ID3(path)
    made = path.with_name("slow.mp3")
    how = ["-map", "0:a", "-map_metadata", "-1", "-ar", "22050", "-b:a", "64k"]
    ffmpeg.run("-i", str(path), *how, str(made))
    tags.save(made, v2_version=3)
    made.replace(path)
    rewrite(folder / "feed.xml", lambda text: text.replace(f'length="{before}"', f'length="{path.stat().st_size}"'))


def other_bytes(name: str) -> str:
    seal = f"sha256-{'A' * 43}="
    return (f'<podcast:alternateEnclosure type="audio/mpeg"><podcast:source uri="{HERE}media/{name}"/>'
            f'<podcast:integrity type="sri" value="{seal}"/></podcast:alternateEnclosure>')  # fmt: skip


def no_info_header(folder: Path) -> None:
    path = first(folder, ".mp3")
    path.write_bytes(path.read_bytes().replace(b"Info", b"\0\0\0\0", 1))


def grey_cover(folder: Path) -> None:
    Image.new("L", (1400, 1400)).save(folder / "cover.jpg")


def page(folder: Path) -> Path:
    return min((folder / "episodes").glob("*/index.html"))


def in_feed(change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda folder: rewrite(folder / "feed.xml", change)


def in_index(change: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda folder: rewrite(folder / "index.html", change)


def off(pattern: str) -> Callable[[str], str]:
    """Say one time of the second cue, in milliseconds, a twentieth of a second otherwise."""

    def change(text: str) -> str:
        found = list(re.finditer(pattern, text))[1]
        said = int(found[1])
        return f"{text[: found.start(1)]}{said - 50 if said >= 50 else said + 50:03}{text[found.end(1) :]}"

    return change


FOLDERS: dict[str, tuple[Rule, Callable[[Path], object]]] = {
    "no feed": (Rule.FILE, lambda folder: (folder / "feed.xml").unlink()),
    "MP3 gone": (Rule.FILE, lambda folder: shutil.move(first(folder, ".mp3"), folder / "elsewhere")),
    "MP3 longer": (
        Rule.FILE,
        lambda folder: first(folder, ".mp3").write_bytes(first(folder, ".mp3").read_bytes() + b"\0"),
    ),
    "VTT gone": (Rule.FILE, in_feed(sub(r"/media/([^\"]*\.srt)", r"/media/x\1"))),
    "chapters gone": (Rule.FILE, in_feed(sub(r"/media/([^\"]*\.chapters)", r"/media/x\1"))),
    "cover gone": (Rule.FILE, in_feed(sub("cover.jpg", "art.jpg"))),
    "page gone": (Rule.FILE, in_feed(sub("(<item>.*?<link>[^<]*)/<", r"\1-x/<"))),
    "grey cover": (Rule.ARTWORK, grey_cover),
    "VTT without head": (Rule.CUES, lambda folder: rewrite(first(folder, ".vtt"), sub("WEBVTT", "WEB"))),
    "VTT with a bare <": (Rule.CUES, lambda folder: rewrite(first(folder, ".vtt"), sub("(<v [^>]*>)", r"\1a < b "))),
    "VTT without a name": (Rule.CUES, lambda folder: rewrite(first(folder, ".vtt"), sub("<v [^>]*>(.*?)</v>", r"\1"))),
    "SRT in points": (Rule.CUES, lambda folder: rewrite(first(folder, ".srt"), sub(",(\\d{3}) -->", r".\1 -->"))),
    "SRT a cue short": (
        Rule.CUES,
        lambda folder: rewrite(first(folder, ".srt"), lambda text: text.rstrip().rpartition("\n\n")[0]),
    ),
    "SRT with another word": (Rule.CUES, lambda folder: rewrite(first(folder, ".srt"), sub(r"(,\d{3}\n)", r"\1Else "))),
    "JSON with another word": (
        Rule.CUES,
        lambda folder: rewrite(first(folder, ".transcript.json"), sub('"body": "', '"body": "Else ')),
    ),
    "VTT with another beginning": (Rule.CUES, lambda folder: rewrite(first(folder, ".vtt"), off(r"\.(\d{3}) -->"))),
    "SRT with another end": (Rule.CUES, lambda folder: rewrite(first(folder, ".srt"), off(r"--> .*,(\d{3})"))),
    "JSON cut off": (Rule.CUES, lambda folder: rewrite(first(folder, ".transcript.json"), lambda text: text[:-9])),
    "JSON backwards": (
        Rule.CUES,
        lambda folder: rewrite(first(folder, ".transcript.json"), sub('"endTime": [\\d.]+', '"endTime": 0')),
    ),
    "chapters a second off": (Rule.CHAPTERS_FILE, longer),
    "chapters no JSON": (Rule.CHAPTERS_FILE, lambda folder: first(folder, ".chapters.json").write_text("{")),
    "chapter untitled in the MP3": (
        Rule.CHAPTERS_FILE,
        lambda folder: untag(folder, lambda tags: tags.getall("CHAP")[0].sub_frames.clear()),
    ),
    "no table of chapters": (Rule.MP3_TAGS, lambda folder: untag(folder, lambda tags: tags.delall("CTOC"))),
    "a table in another order": (
        Rule.MP3_TAGS,
        lambda folder: untag(folder, lambda tags: tags.getall("CTOC")[0].child_element_ids.reverse()),
    ),
    "chapters in another order": (Rule.MP3_TAGS, lambda folder: untag(folder, enlarge_the_first_chapter)),
    "no cover in the MP3": (Rule.MP3_TAGS, lambda folder: untag(folder, lambda tags: tags.delall("APIC"))),
    "no date in the MP3": (Rule.MP3_TAGS, lambda folder: untag(folder, lambda tags: tags.delall("TDRC"))),
    "MP3 cut off": (Rule.MP3_LENGTH, cut_off),
    "MP3 of 22 kHz": (Rule.MP3_RATE, slow),
    "integrity of another": (
        Rule.INTEGRITY,
        lambda folder: in_feed(after("<item>", other_bytes(first(folder, ".mp3").name)))(folder),
    ),
    "ID3v2.4": (Rule.MP3_TAGS, later_format),
    "no Info header": (Rule.MP3_SEEKING, no_info_header),
    "another duration": (Rule.MP3_LENGTH, in_feed(sub(r"<itunes:duration>\d+", r"\g<0>0"))),
    "dead link": (Rule.PAGE_LINK, in_index(sub('href="feed.xml"', 'href="rss.xml"'))),
    "dead place": (Rule.PAGE_LINK, lambda folder: rewrite(page(folder), sub('href="#main"', 'href="#mian"'))),
    "id twice": (Rule.PAGE_ID, in_index(sub("<main ", '<p id="main"></p><main '))),
    "a script from elsewhere": (
        Rule.THIRD_PARTY,
        in_index(sub("</head>", '<script src="https://cdn.example/x.js"></script></head>')),
    ),
    "a font from elsewhere": (
        Rule.THIRD_PARTY,
        lambda folder: rewrite(
            next(folder.rglob("*.css")), lambda text: text + "\n@import url(//fonts.example/x.css);"
        ),
    ),
}


@pytest.mark.long
def test_what_stands_as_it_is_is_counted_apart(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers that rise cannot be mended once they are out: the rule is told, fails nothing, and is not said to hold;
    beside a rule that is broken neither it nor its place is counted."""
    older = folder_of(made, "2403.00002") / "episode.json"
    save(older, {**load(older), "number": 99})
    assert podcast(made, "publish") == 0
    capsys.readouterr()
    assert podcast(made, "publish", "--check") == 0
    said = " ".join(capsys.readouterr().err.split())
    assert f"All other {len(Rule) - 1} rules hold" in said
    assert "1 stands as it is" in said
    assert f"All {len(Rule)} rules" not in said
    rewrite(made / "feed" / "about" / "index.html", sub("<main ", '<p id="main"></p><main '))
    assert podcast(made, "publish", "--check") == 1
    said = " ".join(capsys.readouterr().err.split())
    assert f"Broken: 2 of {len(Rule)} rules, in 2 places. 1 stands as it is" in said


@pytest.mark.parametrize("name", FOLDERS)
def test_a_broken_folder_is_told_its_rule(twin: Path, name: str) -> None:
    """Each twin of the folder breaks one rule, and that one alone is named."""
    rule, change = FOLDERS[name]
    change(twin)
    dead = {Rule.PAGE_LINK.value} if name in ("no feed", "MP3 gone") else set()  # the pages link to them
    assert rules(check.folder(twin)) - {Rule.SUMS.value} == {rule.value} | dead


def test_an_episode_on_two_pages_is_told(twin: Path) -> None:
    """An archive that repeats what stands in feed.xml is named."""
    marks = (f'<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
             f'<atom:link href="{HERE}feed.xml" rel="current"/>')  # fmt: skip
    text = after("</language>", marks)((twin / "feed.xml").read_text("utf-8"))
    archive = text.replace(f'"{HERE}feed.xml" rel="self"', f'"{HERE}archive-1.xml" rel="self"')
    (twin / "archive-1.xml").write_text(archive, "utf-8")
    assert rules(check.folder(twin)) == {Rule.UNIQUE_PAGES.value}


Headers = list[tuple[bytes, bytes]]


@contextmanager
def host(folder: Path, change: Callable[[dict[str, Any], dict[str, Any]], None]) -> Iterator[int]:
    """A host that serves the folder, but for what `change` does to the request and to the head of each answer."""
    sound = serve.application(folder, (HERE,))

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                change(scope, message)
            await send(message)

        change(scope, {"headers": [], "status": 0})
        await sound(scope, receive, sending)  # type: ignore[arg-type]

    listening = serve.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(application, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = server.force_exit = True
    thread.join()
    listening.close()


def drop_request(name: bytes) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """A host that does not heed one header of the request."""

    def change(scope: dict[str, Any], _: dict[str, Any]) -> None:
        scope["headers"] = [(key, value) for key, value in scope["headers"] if key != name]

    return change


def drop(name: bytes, ending: str = "") -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """A host that leaves out a header."""

    def change(scope: dict[str, Any], message: dict[str, Any]) -> None:
        if scope["path"].endswith(ending):
            message["headers"] = [(key, value) for key, value in message["headers"] if key != name]

    return change


def put(name: bytes, value: bytes, ending: str) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """A host that says something else of files with that ending."""

    def change(scope: dict[str, Any], message: dict[str, Any]) -> None:
        if scope["path"].endswith(ending):
            message["headers"] = [(key, old) for key, old in message["headers"] if key != name] + [(name, value)]

    return change


def no_head(scope: dict[str, Any], message: dict[str, Any]) -> None:
    if scope["method"] == "HEAD":
        message["status"] = 405


def from_the_beginning(scope: dict[str, Any], message: dict[str, Any]) -> None:
    """A host that says the range asked for, and sends the first bytes."""
    asked = dict(scope["headers"]).get(b"range", b"")
    if found := re.fullmatch(rb"bytes=(\d+)-(\d+)", asked):
        scope["said"] = found[0], int(found[1]), int(found[2])
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"range"] + [(b"range", b"bytes=0-99")]
    if message["status"] == 206 and "said" in scope:
        size = dict(message["headers"])[b"content-range"].rpartition(b"/")[2]
        _, start, end = scope["said"]
        put(b"content-range", b"bytes %d-%d/%s" % (start, end, size), "")(scope, message)


def not_known(scope: dict[str, Any], message: dict[str, Any]) -> None:
    scope["headers"] = [pair for pair in scope["headers"] if not pair[0].startswith(b"if-")]


HOSTS: dict[str, tuple[Rule, Callable[[dict[str, Any], dict[str, Any]], None]]] = {
    "no ranges": (Rule.RANGES, drop_request(b"range")),
    "ranges from the beginning": (Rule.RANGES, from_the_beginning),
    "no 304": (Rule.NOT_MODIFIED, not_known),
    "no CORS": (Rule.CORS, drop(b"access-control-allow-origin")),
    "feed as HTML": (Rule.CONTENT_TYPE, put(b"content-type", b"text/html", "feed.xml")),
    "MP3 as bytes": (Rule.CONTENT_TYPE, put(b"content-type", b"application/octet-stream", ".mp3")),
    "SRT as text": (Rule.CONTENT_TYPE, put(b"content-type", b"text/plain", ".srt")),
    "gzip": (Rule.NO_GZIP, put(b"content-encoding", b"gzip", ".mp3")),
    "no HEAD": (Rule.ANSWER, no_head),
}


def test_the_sound_show_breaks_no_rule_over_http(sound: Path) -> None:
    """Served here, it is as apps need it."""
    with serve.running(sound, (HERE,)) as here:
        assert list(check.http(f"{here}feed.xml", whole=True)) == []


@pytest.mark.parametrize("name", HOSTS)
def test_a_broken_host_is_told_its_rule(sound: Path, name: str) -> None:
    """Each host breaks one rule, and that one alone is named."""
    rule, change = HOSTS[name]
    with host(sound, change) as port:
        assert rules(check.http(f"http://127.0.0.1:{port}/feed.xml")) == {rule.value}


def test_a_host_that_lies_about_lengths_is_told(twin: Path) -> None:
    """An enclosure whose length is not the served one is named."""
    rewrite(twin / "feed.xml", sub(r'length="(\d+)', r'length="\g<1>1'))
    with serve.running(twin, (HERE,)) as here:
        assert Rule.CONTENT_LENGTH in rules(check.http(f"{here}feed.xml"))


def test_a_host_that_has_another_file_than_the_feed_seals_is_told(twin: Path) -> None:
    """Over HTTP too an alternate enclosure is held against its integrity; one that is right is no failure."""
    path = first(twin, ".mp3")
    seal = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
    whole = (twin / "feed.xml").read_text("utf-8")
    for said, broken in ((seal, set()), ("A" * 43 + "=", {Rule.INTEGRITY.value})):
        other = other_bytes(path.name).replace("A" * 43 + "=", said)
        (twin / "feed.xml").write_text(after("<item>", other)(whole), "utf-8")
        with serve.running(twin, (HERE,)) as here:
            assert rules(check.http(f"{here}feed.xml")) == broken


def test_each_rule_says_what_would_be_right() -> None:
    """Who is told that a rule is broken is told what to change, and to what."""
    assert set(check.RIGHT) == set(Rule)
    assert all(len(text) > 10 for text in check.RIGHT.values())


def test_http_without_s_is_only_for_this_machine(sound: Path) -> None:
    """The same host by another name than localhost's is not excused."""
    with serve.running(sound, (HERE,)) as here:
        assert rules(check.http(here.replace("127.0.0.1", "127.1") + "feed.xml")) == {Rule.HTTPS.value}


def test_nobody_there_is_a_failure() -> None:
    """A host that cannot be reached is said in one failure."""
    with serve.listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
    assert rules(check.http(f"http://127.0.0.1:{port}/feed.xml")) == {Rule.ANSWER.value}


@pytest.mark.long
def test_check_on_the_command_line(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`publish --check` publishes nothing; it says that all is well, or lists what is not, and exits with 1."""
    assert podcast(made, "publish", "--check") == 0
    assert "rules hold" in capsys.readouterr().err
    rewrite(made / "feed" / "feed.xml", sub("<itunes:explicit>false", "<itunes:explicit>no"))
    assert podcast(made, "publish", "--check") == 1
    told = capsys.readouterr()
    assert Rule.EXPLICIT in told.out
    assert "feed.xml: channel: no" in told.out
    assert podcast(made, "publish", "--check", "--json") == 1
    row, edited = json.loads(capsys.readouterr().out)
    assert edited["rule"] == Rule.SUMS
    right = check.RIGHT[Rule.EXPLICIT]
    assert row == {"rule": Rule.EXPLICIT.value, "where": "feed.xml: channel", "found": "no", "right": right}
    assert right in told.out


@pytest.mark.long
def test_check_of_an_address(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an address, what is served there is judged, its bytes too; without --check an address is no use."""
    with serve.running(made / "feed", (HERE,)) as here:
        assert podcast(made, "publish", "--check", f"{here}feed.xml") == 0
        assert podcast(made, "publish", f"{here}feed.xml") == 2
        rewrite(made / "feed" / "feed.xml", sub("<podcast:locked[^>]*>yes", "<podcast:locked>maybe"))
        assert podcast(made, "publish", "--check", f"{here}feed.xml", "--json") == 1
    said = capsys.readouterr().out
    assert said.count(Rule.LOCKED) == 2


def test_a_show_whose_site_is_elsewhere_is_checked_here(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an address nothing is asked of the site that the feed names, nor of the host of its media."""
    for path in (made / "feed").rglob("*.*ml"):
        rewrite(path, lambda text: text.replace(f"{HERE}media/", "https://media.example.net/a/media/"))
        rewrite(path, lambda text: text.replace(HERE, "https://example.org/show/"))
    rewrite(made / "feed" / "404.html", lambda text: re.sub('="/(?=[a-z])', '="/show/', text))
    with (made / "podcast.toml").open("a") as settings:
        settings.write('\n[publish]\nsite_url = "https://example.org/show/"\n')
    assert podcast(made, "publish", "--check", "--json") == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["rule"] for row in rows} == {Rule.SUMS.value}  # the pages are not what was made


def test_check_of_nothing_says_what_to_do(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a feed there is nothing to check."""
    assert podcast(show, "publish", "--check") == 1
    assert "make --demo" in capsys.readouterr().err
