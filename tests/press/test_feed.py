"""The feed and the show notes, read back by programs that the project did not write."""

import base64
import datetime as dt
import hashlib
import html
import io
import itertools
import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import podcastparser
import pytest
from conftest import DAY, PAPERS, TESTS, load, make, podcast
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from podcast.press import feed, notes
from podcast.press.entry import Entry
from podcast.press.release import Release
from podcast.press.templating import plain
from podcast.publishers.building import Press
from podcast.publishers.items import itemize
from podcast.show import config, store
from podcast.show.schema import Brief, Chapter, Claim, Cue, Document, Episode, Experiments, Item, Media, Paper, Section
from podcast.show.settings import PublishSettings, ShowSettings
from podcast.show.workspace import Workspace
from podcast.sound import ffmpeg

HOSTILE = "A & <b>B</b> ]]> “x” 🎙 <script>alert(1)</script> ‮evil"
SITE = "https://papers.example.org/show/"
NS = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}


def release(number: int = 1, text: str = HOSTILE, **more: object) -> Release:
    """Return an episode of three chapters and two lines; `more` are fields of the paper or the episode."""
    when = dt.datetime(2024, 3, 5, 12, number % 60, tzinfo=dt.UTC) + dt.timedelta(days=number // 60)
    paper_id = f"2403.{number:05}"
    paper = {
        "id": paper_id, "title": text, "summary": f"{text}. " * 3, "authors": ("A. Author", text),
        "category": "cs.CL", "published_at": when, "listed_on": when.date(), "upvotes": 30,
        "upvotes_read_at": when, "rank": 1,
    }  # fmt: skip
    claims = {"tldr": Claim(text=text, evidence=(1,)), "idea.0": Claim(text=text, evidence=(2, 3))}
    cues = [
        Cue(line=1, host="Ada", text=text, start=3, end=9, take="k", claims=("tldr",)),
        Cue(line=2, host="Ben", text=text, start=50, end=70, take="l", claims=("idea.0",)),
    ]
    episode = {
        "paper_id": paper_id, "day": when.date(), "guid": f"guid-{number}", "number": number, "title": text,
        "description": text, "published": when, "claims": claims, "cues": cues,
        "media": Media(file="mixes/x.mp3", type="audio/mpeg", size=123_456, duration=120.4, sha256=f"{number:064x}"),
        "chapters": [Chapter(title=f"{text} {n}", start=n * 40.0, end=n * 40.0 + 40) for n in range(3)],
        "hosts": {"A": "Ada", "B": "Ben"}, "key": "k",
        "made_with": {"writer": "extractive", "brief": "extractive", "voice A": "tone-high by tone, CC0-1.0"},
    }  # fmt: skip
    brief = Brief(
        paper_id=paper_id, tldr=claims["tldr"], idea=(claims["idea.0"],),
        experiments=Experiments(limitations=(Claim(text="It does not help with very small models.", evidence=(4,)),)),
    )  # fmt: skip
    sections = (Section(title="Abstract", sentences=(text,)), Section(title="Method", sentences=(text,) * 3))
    return Release(
        Paper.model_validate(paper | {k: v for k, v in more.items() if k in Paper.model_fields}),
        brief,
        Episode.model_validate(episode | {k: v for k, v in more.items() if k in Episode.model_fields}),
        {paper_id: Document(paper_id=paper_id, source="html", sections=sections)},
    )


def build(*releases: Release, **show: object) -> bytes:
    settings = ShowSettings(title="A & B <Show>", email="show@example.org", **show)  # type: ignore[arg-type]
    (page,) = feed.pages([Entry.of(itemize(each, settings)) for each in releases])
    return feed.build(settings, PublishSettings(site_url=SITE), "9b024349-ccf0-5f69-a609-6b82873eab3c", page)


def test_hostile_text_comes_back_as_it_went_in() -> None:
    """Titles with markup, CDATA ends, emoji and right-to-left marks survive the way through a podcast app's parser."""
    parsed = podcastparser.parse(SITE + "feed.xml", io.BytesIO(build(release())))
    (episode,) = parsed["episodes"]
    channel = etree.fromstring(build(release()))[0]
    assert channel.findtext("title") == "A & B <Show>"
    assert channel.findtext("item/title") == HOSTILE
    assert [chapter["title"] for chapter in episode["chapters"]] == [f"{HOSTILE} {n}" for n in range(3)]
    text = channel.findtext("item/description")
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
    """In one line, what speaks against it, show, upvotes, authors, title, link, abstract, credits, times."""
    show = ShowSettings(title="The Show", email="show@example.org", listen={"Some App": "https://app.example.org"})
    text = notes.text(release(text="Plain title"), show)
    order = [
        "In one line: Plain title", "But: It does not help", "The Show", "🤗 Upvotes: 30 | cs.CL", "Authors: A. Author",
        "Title: Plain title",
        "Arxiv: https://arxiv.org/abs/2403.00001",
        "Discussion: https://huggingface.co/papers/2403.00001",
        "Abstract: Plain title.", "New episodes come every weekday",
        "generated by AI", "Write to us: show@example.org", "Credits: ", "Listen: Some App", "Cover drawn",
        "(00:00) Plain title 0", "(00:40) Plain title 1", "(01:20) Plain title 2",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_notes_never_open_with_the_shows_name() -> None:
    """What apps show of an episode in a list is what it is about: without a takeaway its description, once."""
    show = ShowSettings(title="The Show")
    bare = release(text="Plain title", description="What it is about.")
    assert notes.text(bare, show).startswith("In one line: Plain title\n")
    for brief in (Brief(paper_id=bare.paper.id), bare.brief.model_copy(update={"tldr": None})):
        text = notes.text(replace(bare, brief=brief), show)
        assert text.startswith("What it is about.\n")
        assert text.count("What it is about.") == 1
        assert "\nThe Show\n" in text


def test_notes_say_what_a_paper_does_once() -> None:
    """The same sentence, told of the authors, does not stand again below the paper in one line; another does."""
    again, more = "The authors present a sorter of wet sand.", "Two hosts on sand, and why it sticks."
    for description, count in ((again, 0), (more, 1)):
        made = release(text="We present a sorter of wet sand.", description=description)
        made = replace(made, brief=made.brief.model_copy(update={"source": "abstract"}))
        assert notes.text(made, ShowSettings()).count(description) == count


def test_a_paper_without_a_category_names_none() -> None:
    """What is not known is left out."""
    assert "🤗 Upvotes: 30\n" in notes.text(release(category=None), ShowSettings())


@pytest.mark.parametrize("count", [0, 3, 2000])
def test_descriptions_keep_within_4000_bytes_and_keep_the_times(count: int) -> None:
    """However long the abstract and the list of authors, the description fits, cut at a sentence, times intact."""
    long = release(summary="Ein Satz über Größe. " * 600, authors=tuple(f"Author Number {n} 🎙" for n in range(count)))
    text = notes.html(long, ShowSettings(), limit=notes.FEED_LIMIT)
    assert len(text.encode()) <= 4000
    assert text.count("(0") == 3
    assert "Größe. …" in text
    assert len(notes.html(long, ShowSettings()).encode()) > 10_000
    sentences = "यह मॉडल ३.५ अंक बेहतर है। ", "我们提出了一个新的模型。", "هل هذا صحيح؟ ", "Es sind 3 Mio. Wörter hier. "
    for sentence in sentences:
        text = notes.html(release(summary=sentence * 300), ShowSettings(), limit=notes.FEED_LIMIT)
        assert f"{sentence.strip()} …" in text
        assert 3000 < len(text.encode()) <= 4000


def test_notes_use_only_tags_that_apps_keep(made: Path) -> None:
    """p, br, a and strong, and every link a full address."""
    for item in etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item"):
        assert item.find("content:encoded", NS) is None  # it would say the same again
        text = item.findtext("description")
        assert set(re.findall(r"</?([a-z0-9]+)", text)) <= {"p", "br", "a", "strong"}
        assert all(re.match(r"https?://|mailto:", url) for url in re.findall(r'href="([^"]*)"', text))


def test_a_broken_document_leaves_its_episode_as_it_was(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A truncated episode.json is named; the feed has all."""
    path = made / "episodes" / "2024-03-05" / "2403.00002" / "episode.json"
    path.write_bytes(path.read_bytes()[:100])
    assert podcast(made, "publish") == 1
    assert "episode.json is not JSON" in capsys.readouterr().err.replace("\n", " ")
    assert len(etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item")) == 2


def test_the_site_names_every_episode(made: Path) -> None:
    """The index links to each episode's page, and each page plays its media."""
    index = (made / "feed" / "index.html").read_text()
    for folder in ("2403.00001", "2403.00002"):
        episode = load(made / "episodes" / "2024-03-05" / folder / "episode.json")
        assert f"episodes/2024-03-05-{folder}/" in index
        page = (made / "feed" / "episodes" / f"2024-03-05-{folder}" / "index.html").read_text()
        assert f"2024-03-05-{folder}-{episode['media']['sha256'][:10]}.mp3" in page


# --- golden shows: a small show.json in, the feed out ------------------------------------------------

GOLDEN = TESTS / "golden" / "feed"


def golden(folder: Path) -> bytes:
    """Return the feed of the show that the folder's show.json tells."""
    told = load(folder / "show.json")
    show = ShowSettings.model_validate(told["show"])
    publish = PublishSettings.model_validate(told["publish"])
    items = []
    for number, entry in enumerate(told["episodes"], 1):
        if entry.pop("opus", False):
            sound = Media(file="mixes/x.opus", type="audio/ogg", size=44_000, duration=120.4, sha256="ab" * 32)
            entry["alternates"] = (sound,)
        items.append(itemize(release(number, entry.pop("title"), **entry), show))
    (page,) = feed.pages([Entry.of(item) for item in items[::-1]])
    return feed.build(show, publish, "9b024349-ccf0-5f69-a609-6b82873eab3c", page)


@pytest.mark.parametrize("folder", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_golden_feeds(folder: Path) -> None:
    """The feed is the one that was read and found good, byte for byte. GOLDEN=write writes it, to be read again."""
    built = golden(folder)
    if os.environ.get("GOLDEN") == "write":
        (folder / "feed.xml").write_bytes(built)
    assert built.decode() == (folder / "feed.xml").read_text("utf-8")


# --- every text comes back -------------------------------------------------------------------------

TEXTS = st.text(min_size=1, max_size=60).filter(lambda text: re.search(r"\w", _kept(text)))


def _kept(text: str) -> str:
    """What of a text can stand in XML: see `schema.Text`."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text)


@given(title=TEXTS, summary=st.text(max_size=10_000), names=st.lists(TEXTS, max_size=30), chapter=TEXTS, show=TEXTS)
@example(title="]]>", summary="]]><script>&amp;\u202e\x07" * 400, names=["\U0001f917"], chapter="\u2028", show="<&>")
def test_whatever_the_texts_the_feed_parses_and_gives_them_back(
    title: str, summary: str, names: list[str], chapter: str, show: str
) -> None:
    """Titles, abstracts, authors, chapters, show: hostile or not, they come back from two parsers as they went in."""
    chapters = [Chapter(title=_kept(chapter), start=0, end=120)]
    found = release(1, title, summary=summary, authors=names, chapters=chapters)
    settings = ShowSettings(title=show, email="")
    (page,) = feed.pages([Entry.of(itemize(found, settings))])
    data = feed.build(settings, PublishSettings(site_url=SITE), "9b024349-ccf0-5f69-a609-6b82873eab3c", page)
    channel = etree.fromstring(data)[0]

    def lines(text: str | None) -> str:
        return (text or "").replace("\r\n", "\n").replace("\r", "\n")

    assert lines(channel.findtext("title")) == lines(_kept(show))
    assert lines(channel.findtext("item/title")) == lines(plain(_kept(title))).strip()
    assert channel.find("item/psc:chapters/psc:chapter", NS).get("title").split() == _kept(chapter).split()
    short = lines(channel.findtext("item/description"))
    long = lines(channel.findtext("item/content:encoded", namespaces=NS)) or short
    for part in (title, summary, *names[:6]):
        assert lines(html.escape(plain(_kept(part)), quote=False)) in long.replace("&#34;", '"').replace("&#39;", "'")
    assert len(short.encode()) <= 4000
    parsed = podcastparser.parse(SITE + "feed.xml", io.BytesIO(data))
    assert len(parsed["episodes"]) == 1
    assert parsed["episodes"][0]["guid"] == "guid-1"


# --- many episodes ---------------------------------------------------------------------------------


def show_of(count: int) -> list[Entry]:
    settings = ShowSettings()
    one = itemize(release(1, "Plain"), settings)
    items = []
    for number in range(1, count + 1):
        other = release(number, "Plain").episode.model_copy(update={"cues": (), "claims": {}})
        items.append(one.model_copy(update={"episode": other}))
    return [Entry.of(item) for item in items[::-1]]


@pytest.mark.parametrize("count", [1, 300, 301, 600, 601, 1000])
def test_every_episode_stands_in_exactly_one_page(count: int) -> None:
    """The newest 300 in feed.xml, each older one in one archive; links lead through all pages, there and back."""
    items = show_of(count)
    pages = feed.pages(items)
    assert [item.number for item in pages[0].items] == list(range(count, max(0, count - 300), -1))
    numbers = [item.number for page in pages for item in page.items]
    assert sorted(numbers) == list(range(1, count + 1))
    assert all(0 < len(page.items) <= 300 for page in pages)
    for newer, older in itertools.pairwise(pages):
        assert (newer.older, older.newer) == (older.name, newer.name)
    assert (pages[0].name, pages[0].newer, pages[-1].older) == ("feed.xml", "", "")


def test_a_new_episode_leaves_full_archives_alone() -> None:
    """With the 1,001st episode only feed.xml and the newest archive change."""

    def built(count: int) -> dict[str, bytes]:
        show, publish = ShowSettings(), PublishSettings(site_url=SITE)
        return {page.name: feed.build(show, publish, "g", page) for page in feed.pages(show_of(count))}

    before, after = built(1000), built(1001)
    assert {name for name in after if before.get(name) != after[name]} == {"feed.xml", "archive-3.xml"}


def test_paging_links_come_after_the_feeds_own() -> None:
    """The first atom:link is the page itself; an archive says that it is one, and names the current feed."""
    pages = feed.pages(show_of(700))
    assert [page.name for page in pages] == ["feed.xml", "archive-2.xml", "archive-1.xml"]
    links = []
    for page in pages:
        channel = etree.fromstring(feed.build(ShowSettings(), PublishSettings(site_url=SITE), "g", page))[0]
        found = [(link.get("rel"), link.get("href").removeprefix(SITE)) for link in channel.findall("atom:link", NS)]
        assert found[0] == ("self", page.name)
        assert (channel.find("fh:archive", feed.NAMESPACES) is not None) == (page.name != "feed.xml")
        links.append(dict(found[1:]))
    assert links[0] == {
        "first": "feed.xml",
        "last": "archive-1.xml",
        "next": "archive-2.xml",
        "prev-archive": "archive-2.xml",
    }
    assert links[1]["next"] == links[1]["prev-archive"] == "archive-1.xml"
    assert links[1]["prev"] == links[1]["current"] == "feed.xml"
    assert links[2]["prev"] == links[2]["next-archive"] == "archive-2.xml"


# --- what publishing writes ------------------------------------------------------------------------


def states(folder: Path) -> dict[str, tuple[int, int]]:
    files = {path: path.stat() for path in folder.rglob("*") if path.is_file()}
    return {str(path.relative_to(folder)): (stat.st_ino, stat.st_mtime_ns) for path, stat in files.items()}


def test_publishing_again_writes_nothing_and_a_change_only_what_shows_it(made: Path) -> None:
    """Pages, transcripts and notes of other episodes keep their very files; a lost or torn one comes back."""
    site = made / "feed"
    before = states(site)
    assert podcast(made, "publish") == 0
    assert states(site) == before
    page = site / "episodes" / "2024-03-05-2403.00002" / "index.html"
    whole = page.read_bytes()
    page.write_bytes(whole[:50])
    next(site.glob("media/*00001*.vtt")).unlink()
    assert podcast(made, "publish") == 0
    assert page.read_bytes() == whole
    assert set(states(site)) == set(before)
    brief = made / "episodes" / "2024-03-05" / "2403.00001" / "brief.json"
    told = load(brief)
    told["tldr"]["text"] = "Another takeaway."
    brief.write_text(json.dumps(told))
    before = states(site)
    assert podcast(made, "publish") == 0
    changed = {path for path, state in states(site).items() if before.get(path) != state}
    folder = "episodes/2024-03-05-2403.00001/"
    assert {f"{folder}index.html", f"{folder}item.json", "feed.xml"} <= changed
    assert not any("00002" in path or path.startswith("media/") for path in changed)


def test_what_no_episode_has_any_more_goes(made: Path) -> None:
    """The page of an episode that was withdrawn goes with it, from the lists too."""
    assert podcast(made, "publish", "--withdraw", "2403.00002") == 0
    assert [path.name for path in (made / "feed" / "episodes").iterdir() if "2403" in path.name] == [
        "2024-03-05-2403.00001"
    ]
    assert "2403.00002" not in (made / "feed" / "sitemap.xml").read_text()


def test_episodes_of_other_machines_stand_in_feed_and_lists(made: Path) -> None:
    """An item that another machine published is named as if it were made here; nothing of its files is touched."""
    whole = (made / "feed" / "feed.xml").read_bytes()
    other = store.load(Item, made / "feed" / "episodes" / "2024-03-05-2403.00002" / "item.json")
    shutil.rmtree(made / "episodes" / "2024-03-05" / "2403.00002")
    workspace = Workspace(made)
    settings = config.read(workspace.config, {})
    assert len(Press(workspace, settings).run({other.item: store.to_json(other)})) == 2
    assert (made / "feed" / "feed.xml").read_bytes() == whole
    assert "2403.00002" in (made / "feed" / "index.html").read_text()


def test_a_show_has_templates_of_its_own(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A notes.html in templates/ makes notes, page and feed; a broken one is named, and nothing changes."""
    own = made / "templates" / "notes.html"
    own.parent.mkdir()
    own.write_text("<p>Our own notes of {{ paper.title }}</p>\n<ul><li>One &amp; two</li></ul>\n")
    assert podcast(made, "publish") == 0
    text = (made / "feed" / "feed.xml").read_text()
    assert text.count("Our own notes of Small Steps Suffice") == 1
    assert podcast(made, "notes", "2403.00001") == 0
    assert capsys.readouterr().out.endswith("Our own notes of Small Steps Suffice\n\n- One & two\n")
    for broken, said in (
        ("<p>{{ paper.title }</p>", "notes.html, line 1"),
        ("<p>{{ paper.nothing }}</p>", "no attribute 'nothing'"),
        ("<table></table>", "makes <table>, which podcast apps drop"),
    ):
        own.write_text(broken)
        assert podcast(made, "publish") == 1
        assert said in capsys.readouterr().err.replace("\n", " ")
        assert (made / "feed" / "feed.xml").read_text() == text


@pytest.mark.long
def test_opus_stands_beside_the_mp3(show: Path) -> None:
    """With [mix] opus the feed names a second, smaller file of the same length, and its hash."""
    (show / "podcast.toml").write_text((show / "podcast.toml").read_text() + "\n[mix]\nopus = 32\n")
    assert make(show) == 0
    channel = etree.parse(show / "feed" / "feed.xml").getroot()[0]
    other, _ = channel.findall("item/podcast:alternateEnclosure", NS)
    uri = other.find("podcast:source", NS).get("uri")
    path = show / "feed" / uri.removeprefix("http://127.0.0.1:8000/")
    assert (other.get("type"), other.get("length")) == ("audio/ogg", str(path.stat().st_size))
    digest = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
    assert other.find("podcast:integrity", NS).get("value") == f"sha256-{digest}"
    assert path.stat().st_size < path.with_suffix(".mp3").stat().st_size
    lengths = [seconds(each) for each in (path, path.with_suffix(".mp3"))]
    assert abs(lengths[0] - lengths[1]) < 0.2


@pytest.mark.long
def test_days_stand_in_their_order_and_numbers_fall(show: Path) -> None:
    """Days whose lists were read within minutes stay apart, in feed and index; of a day its roundup comes last."""
    (show / "podcast.toml").write_text(
        (show / "podcast.toml").read_text() + "\n[roundup]\nenabled = true\nminutes = 1.0\n"
    )
    for day, read_at in ((5, 1709800000), (6, 1709800060)):  # 2024-03-07, a minute apart
        text = json.dumps(PAPERS).replace("2403.", f"240{day}.")
        (show / f"{day}.json").write_text(text)
        os.utime(show / f"{day}.json", (read_at, read_at))
        assert podcast(show, "make", f"2024-03-0{day}", "--papers", str(show / f"{day}.json"), "--top", "2") == 0
    items = etree.parse(show / "feed" / "feed.xml").getroot()[0].findall("item")
    names = [item.findtext("link").rpartition("/episodes/")[2].strip("/") for item in items]
    assert [name[:10] for name in names] == ["2024-03-06"] * 3 + ["2024-03-05"] * 3
    assert [name.endswith("roundup") for name in names] == [True, False, False] * 2
    assert [item.findtext("itunes:episode", namespaces=NS) for item in items] == list("654321")
    assert all(
        f"{int(name[8:10]):02} Mar 2024" in item.findtext("pubDate") for name, item in zip(names, items, strict=True)
    )
    index = (show / "feed" / "index.html").read_text()
    rows = re.findall(r'<h3[^>]*><a href="episodes/([^/"]*)/', index)
    assert rows == names
    assert podcast(show, "publish", "--check") == 0


@pytest.mark.long
def test_a_correction_is_told_by_what_machines_read(made: Path) -> None:
    """lastBuildDate, the page's dateModified and the sitemap's lastmod move; guid and date do not."""

    def told() -> tuple[list[str], list[str]]:
        root = etree.parse(made / "feed" / "feed.xml").getroot()[0]
        page = (made / "feed" / "episodes" / f"{DAY}-2403.00002" / "index.html").read_text()
        sitemap = (made / "feed" / "sitemap.xml").read_text()
        moves = [root.findtext("lastBuildDate"), re.search(r'"dateModified": "([^"]*)"', page)[1],
                 re.search(r"2403.00002/</loc><lastmod>([^<]*)", sitemap)[1]]  # fmt: skip
        return moves, [item.findtext(tag) for item in root.findall("item") for tag in ("guid", "pubDate")]

    before, kept = told()
    line = ("--line", "3", "--text", "Language models read a document once, and only once.")
    assert podcast(made, "regenerate", "2403.00002", *line, "--because", "we said it too shortly") == 0
    after, still = told()
    assert still == kept
    assert all(one != other for one, other in zip(before, after, strict=True))
    made_at = load(made / "episodes" / DAY / "2403.00002" / "episode.json")["corrections"][0]["made_at"]
    assert dt.datetime.fromisoformat(after[1]) == dt.datetime.fromisoformat(made_at)
    notes_of = etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item")[-1].findtext("description")
    assert notes_of.startswith("<p>Corrections:<br>")
    page = (made / "feed" / "episodes" / f"{DAY}-2403.00002" / "index.html").read_text()
    assert f'data-key="{DAY}-2403.00002"' in page  # where somebody stopped is kept, though the media is another
    assert podcast(made, "publish", "--check") == 0


def test_an_episode_has_art_of_its_own_unless_that_is_not_wished(made: Path) -> None:
    """Each episode has a square picture beside its media, named in the feed; with episode_art = false none has."""
    path = made / "podcast.toml"
    settings = path.read_text()
    for wished in (2, 0):
        assert podcast(made, "publish") == 0
        images = etree.parse(made / "feed" / "feed.xml").getroot()[0].findall("item/itunes:image", NS)
        assert len(images) == wished
        for image in images:
            with Image.open(made / "feed" / image.get("href").removeprefix("http://127.0.0.1:8000/")) as art:
                assert art.format == "JPEG"
                assert art.size[0] == art.size[1] >= 1400
        assert len(list((made / "feed" / "media").glob("*.600.jpg"))) == wished
        path.write_text(settings + "\n[publish]\nepisode_art = false\n")


def seconds(path: Path) -> float:
    """Return how long the file plays, by decoding it."""
    return len(ffmpeg.run("-i", str(path), "-f", "s16le", "-ac", "1", "-ar", "8000", "-")) / 16_000
