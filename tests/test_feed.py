"""The feed and the show notes, read back by programs that the project did not write."""

import datetime as dt
import html
import io
import re
from pathlib import Path

import podcastparser
import pytest
from conftest import load, podcast
from lxml import etree

from podcast import feed, notes
from podcast.release import Release
from podcast.schema import Brief, Chapter, Claim, Cue, Episode, Media, Paper
from podcast.settings import ShowSettings

HOSTILE = "A & <b>B</b> ]]> “x” 🎙 <script>alert(1)</script> ‮evil"
SITE = "https://papers.example.org/show/"
NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def release(number: int = 1, text: str = HOSTILE, **paper: object) -> Release:
    when = dt.datetime(2024, 3, 5, 12, number, tzinfo=dt.UTC)
    fields = {
        "id": f"2403.{number:05}", "title": text, "summary": f"{text}. " * 3, "authors": ("A. Author", text),
        "category": "cs.CL", "published_at": when, "listed_on": dt.date(2024, 3, 5), "upvotes": 30,
        "upvotes_read_at": when, "rank": number,
    }  # fmt: skip
    chapters = tuple(Chapter(title=f"{text} {n}", start=n * 40.0, end=n * 40.0 + 40) for n in range(3))
    episode = Episode(
        paper_id=f"2403.{number:05}", day=dt.date(2024, 3, 5), guid=f"guid-{number}", number=number, title=text,
        description=text, published=when,
        media=Media(file="mixes/x.mp3", type="audio/mpeg", size=123_456, duration=120.4, sha256=f"{number:064x}"),
        cues=(Cue(line=1, host="Ada", text=text, start=3, end=9, take="k"),), chapters=chapters,
        hosts={"A": "Ada", "B": "Ben"}, key="k", made_with={"voice A": "tone-high by tone, CC0-1.0"},
    )  # fmt: skip
    brief = Brief(paper_id=f"2403.{number:05}", tldr=Claim(text=text, evidence=(1,)))
    return Release(Paper(**{**fields, **paper}), brief, episode)  # type: ignore[arg-type]


def build(*releases: Release, **show: object) -> bytes:
    settings = ShowSettings(title="A & B <Show>", email="show@example.org", **show)  # type: ignore[arg-type]
    return feed.build(
        settings, SITE, "9b024349-ccf0-5f69-a609-6b82873eab3c", releases,
        lambda r, short: notes.html(r, settings, notes.FEED_LIMIT if short else None),
    )  # fmt: skip


def test_hostile_text_comes_back_as_it_went_in() -> None:
    """Titles with markup, CDATA ends, emoji and right-to-left marks survive the way through a podcast app's parser."""
    parsed = podcastparser.parse(SITE + "feed.xml", io.BytesIO(build(release())))
    (episode,) = parsed["episodes"]
    channel = etree.fromstring(build(release()))[0]
    assert channel.findtext("title") == "A & B <Show>"
    assert channel.findtext("item/title") == HOSTILE
    assert [chapter["title"] for chapter in episode["chapters"]] == [f"{HOSTILE} {n}" for n in range(3)]
    for name in ("description", "content:encoded"):
        text = channel.findtext(f"item/{name}", namespaces=NS)
        assert text is not None
        assert "<script" not in text
        assert HOSTILE in html.unescape(re.sub(r"<[^>]+>", "", text))


def test_the_channel_has_what_apps_require() -> None:
    """Every channel tag that Apple, PSP-1 and the podcast namespace require or recommend, with a fitting value."""
    channel = etree.fromstring(build(release(2), release(1)))[0]

    def one(path: str) -> str | None:
        return channel.findtext(path, namespaces=NS)

    assert one("link") == SITE
    assert one("language") == "en"
    assert one("itunes:explicit") == "false"
    assert one("itunes:type") == "episodic"
    assert one("podcast:guid") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert one("podcast:locked") == "yes"
    assert one("podcast:medium") == "podcast"
    assert one("podcast:txt[@purpose='ai-content']") == "true"
    assert "AI" in (one("description") or "")
    links = channel.findall("atom:link", NS)
    assert [(link.get("rel"), link.get("href")) for link in links] == [("self", SITE + "feed.xml")]
    assert channel.find("itunes:image", NS).get("href") == SITE + "cover.jpg"
    assert channel.find("itunes:category", NS).get("text") == "Technology"
    assert channel.find("podcast:updateFrequency", NS).get("rrule").startswith("FREQ=WEEKLY")
    assert [p.text for p in channel.findall("podcast:person", NS)] == ["Ada (synthetic voice)", "Ben (synthetic voice)"]
    assert one("lastBuildDate") == "Tue, 05 Mar 2024 12:02:00 +0000"


def test_the_item_has_what_apps_require() -> None:
    """Guid, enclosure, date, whole seconds, numbers, three transcripts, chapters twice."""
    item = etree.fromstring(build(release(3)))[0].find("item")
    assert (item.findtext("guid"), item.find("guid").get("isPermaLink")) == ("guid-3", "false")
    enclosure = item.find("enclosure")
    assert enclosure.get("url") == f"{SITE}media/2024-03-05-2403.00003-{0:010x}.mp3"
    assert (enclosure.get("length"), enclosure.get("type")) == ("123456", "audio/mpeg")
    assert item.findtext("pubDate") == "Tue, 05 Mar 2024 12:03:00 +0000"
    assert item.findtext("itunes:duration", namespaces=NS) == "120"
    assert item.findtext("itunes:episode", namespaces=NS) == "3"
    types = [tag.get("type") for tag in item.findall("podcast:transcript", NS)]
    assert types == ["text/vtt", "application/x-subrip", "application/json"]
    assert item.find("podcast:chapters", NS).get("type") == "application/json+chapters"
    starts = [chapter.get("start") for chapter in item.findall("psc:chapters/psc:chapter", NS)]
    assert starts == ["00:00:00.000", "00:00:40.000", "00:01:20.000"]


def test_the_same_show_gives_the_same_bytes() -> None:
    """No clock, no chance: two builds are equal."""
    assert build(release(2), release(1)) == build(release(2), release(1))


def test_a_category_with_a_subcategory() -> None:
    """ "Science > Mathematics" becomes a category within a category."""
    category = etree.fromstring(build(release(), category="Science > Mathematics"))[0].find("itunes:category", NS)
    assert (category.get("text"), category[0].get("text")) == ("Science", "Mathematics")


def test_notes_stand_in_their_order() -> None:
    """Show, upvotes, authors, title, link, abstract, what the show is, credits, where to listen, cover, times."""
    show = ShowSettings(title="The Show", email="show@example.org", listen={"Some App": "https://app.example.org"})
    text = notes.text(release(text="Plain title"), show)
    order = [
        "The Show", "🤗 Upvotes: 30 | cs.CL", "Authors: A. Author", "Title: Plain title",
        "Arxiv: https://arxiv.org/abs/2403.00001", "Abstract: Plain title.", "New episodes come every weekday",
        "generated by AI", "Write to us: show@example.org", "Credits: ", "Listen: Some App", "Cover drawn",
        "(00:00) Plain title 0", "(00:40) Plain title 1", "(01:20) Plain title 2",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_paper_without_a_category_names_none() -> None:
    """What is not known is left out."""
    assert "🤗 Upvotes: 30\n" in notes.text(release(category=None), ShowSettings())


@pytest.mark.parametrize("count", [0, 3, 2000])
def test_descriptions_keep_within_4000_bytes_and_keep_the_times(count: int) -> None:
    """However long the abstract and the list of authors, the description fits, cut at a sentence, times intact."""
    long = release(summary="Ein Satz über Größe. " * 600, authors=tuple(f"Author Number {n} 🎙" for n in range(count)))
    text = notes.html(long, ShowSettings(), notes.FEED_LIMIT)
    assert len(text.encode()) <= 4000
    assert text.count("(0") == 3
    assert "Größe. …" in text
    assert len(notes.html(long, ShowSettings()).encode()) > 10_000


def test_notes_use_only_tags_that_apps_keep(made: Path) -> None:
    """p, br, a and strong, and every link a full address."""
    for item in etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item"):
        for name in ("description", "content:encoded"):
            text = item.findtext(name, namespaces=NS)
            assert set(re.findall(r"</?([a-z0-9]+)", text)) <= {"p", "br", "a", "strong"}
            assert all(re.match(r"https?://|mailto:", url) for url in re.findall(r'href="([^"]*)"', text))


def test_publish_without_an_episode_says_what_to_do(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty show has nothing to publish, and is told the next command."""
    assert podcast(show, "publish") == 1
    assert "podcast make" in capsys.readouterr().err


def test_a_broken_document_leaves_its_episode_out(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A truncated episode.json is named; the rest of the feed is published."""
    path = made / "episodes" / "2024-03-05" / "2403.00002" / "episode.json"
    path.write_bytes(path.read_bytes()[:100])
    assert podcast(made, "publish") == 0
    assert "episode.json is not a episode" in capsys.readouterr().err.replace("\n", " ")
    assert len(etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item")) == 1


def test_the_site_names_every_episode(made: Path) -> None:
    """The index links to each episode's page, and each page plays its media."""
    index = (made / "feed" / "index.html").read_text()
    for folder in ("2403.00001", "2403.00002"):
        episode = load(made / "episodes" / "2024-03-05" / folder / "episode.json")
        assert f"episodes/2024-03-05-{folder}/" in index
        page = (made / "feed" / "episodes" / f"2024-03-05-{folder}" / "index.html").read_text()
        assert f"2024-03-05-{folder}-{episode['media']['sha256'][:10]}.mp3" in page
