"""The site's pages, read back as a browser reads them."""

import datetime as dt
import json
import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import podcast, tree
from lxml import etree, html

from podcast.press.entry import Entry
from podcast.press.release import Release
from podcast.press.site import NEWEST, SCRIPTS, Site
from podcast.press.templating import plain
from podcast.show.errors import ConfigError
from podcast.show.schema import Brief, Chapter, Claim, Correction, Cue, Document, Episode, Item, Media, Paper, Section
from podcast.show.settings import Host, PublishSettings, ShowSettings

SITE_URL = "https://example.org/a&b/"
HOSTILE = """</title></script><script>alert(1)</script> "&" 'x' ]]> {{ 7*7 }} <img onerror=alert(2)> 🤗 é"""
NOTES = '<p>Read <a href="https://arxiv.org/abs/2509.00001">the <strong>paper</strong></a>.</p>'
OTHER_FILES = {"feed.xml", "cover.jpg", "cover-144.jpg", "cover-600.jpg", "digest/index.html"}


def release(number: int, **changes: object) -> Release:
    """Return an episode of two chapters and three cues, every text of it hostile."""
    paper_id = f"2509.{number:05}"
    noon = dt.datetime(2025, 9, 1, 12, tzinfo=dt.UTC) + dt.timedelta(days=number - 1)
    day = noon.date()
    paper = Paper.model_validate(
        {
            "id": paper_id,
            "title": f"Paper {number} {HOSTILE}",
            "authors": (f"One {HOSTILE}", "Two", "Three", "Four", "Five"),
            "category": "cs.<b>",
            "published_at": noon,
            "listed_on": day,
            "upvotes": number,
            "upvotes_read_at": noon,
            "rank": number,
            "github_repo": "https://github.com/example/code?a=1&b=2",
            "project_page": "javascript:alert(3)",
        }
        | {name: value for name, value in changes.items() if name in Paper.model_fields}
    )
    episode = Episode.model_validate(
        {
            "paper_id": paper_id,
            "day": day,
            "guid": f"guid-{number}",
            "number": number,
            "title": f"Episode {number} {HOSTILE}",
            "description": f"About {number} {HOSTILE}",
            "published": noon,
            "media": Media(
                file="mix.mp3", type="audio/mpeg", size=1_500_000, duration=65.4, sha256=f"{number % 16:x}" * 64
            ),
            "alternates": (Media(file="mix.opus", type="audio/ogg", size=900_000, duration=65.4, sha256="b" * 64),),
            "cues": (
                Cue(line=1, host=f"Ada {HOSTILE}", text=f"Hello {HOSTILE}", start=2.5, end=9, take="a"),
                Cue(line=2, host="Ben", text="Here I am.", start=9.5, end=19.98, take="b", claims=("idea.0", "gone")),
                Cue(line=3, host="Ben", text="Next chapter.", start=19.98, end=60, take="c", claims=("tldr",)),
            ),
            "chapters": (
                Chapter(title=f"Welcome {HOSTILE}", start=0, end=20),
                Chapter(title="The rest", start=20, end=65.4),
            ),
            "hosts": {"A": f"Ada {HOSTILE}", "B": "Ben"},
            "claims": {
                "idea.0": Claim(text=f"The idea {HOSTILE}", evidence=(1, 3, 2, 4)),
                "tldr": Claim(text="Next chapter", evidence=(4,)),
            },
            "corrections": (Correction(made_on=dt.date(2025, 9, 20), at=12.5, text=f"not 3 but 4 {HOSTILE}"),),
            "key": "k",
            "made_with": {f"writer {HOSTILE}": f"model {HOSTILE}"},
        }
        | {name: value for name, value in changes.items() if name in Episode.model_fields}
    )
    document = Document(
        paper_id=paper_id,
        source="demo",
        sections=(
            Section(title="Abstract", sentences=(f"First {HOSTILE}", "Second.")),
            Section(title=f"Method {HOSTILE}", sentences=("Never to be served.", "Nor this.")),
        ),
    )
    return Release(paper=paper, brief=Brief(paper_id=paper_id), episode=episode, documents={paper_id: document})


def item(release: Release) -> Item:
    """Return the item that stands beside the release's page."""
    bare = release.episode.model_copy(update={"cues": (), "claims": {}})
    return Item(key="k", paper=release.paper, episode=bare, takeaway="", notes=NOTES, summary=NOTES)


def show(**changes: object) -> ShowSettings:
    texts = dict.fromkeys(("title", "tagline", "description", "copyright", "credits"), HOSTILE)
    texts["email"] = "".join(HOSTILE.split()) + "@x.example"  # an address holds no space
    return ShowSettings.model_validate(
        {**texts, "listen": {f"App {HOSTILE}": "https://app.example/?a=1&b=2"}, **changes}
    )


THREE = (release(3), release(2), release(1))


HOSTS = (Host(key="A", name="Ada <b>&", persona=f"asks {HOSTILE}"), Host(key="B", name="Ben"))


def render(
    releases: Sequence[Release] = THREE, media_base_url: str = "", extra: Sequence[str] = (), **changes: object
) -> dict[str, bytes]:
    """Return every page and asset by its path. `extra` are endings of further media that each episode has."""
    settings = PublishSettings(site_url=SITE_URL, media_base_url=media_base_url)
    site = Site(show(**changes), settings, hosts=HOSTS, sections=(("Digests", "digest/index.html"),))
    site.check()
    items = [Entry.of(item(release)) for release in releases]
    files = dict(site.lists(items))
    padded = [None, *items, None]
    for at, one in enumerate(releases):
        has = [one.stem + ending for ending in extra]
        files[f"{one.page}index.html"] = site.episode(one, NOTES, padded[at + 2], padded[at], has)
    return files


def parsed(files: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    parser = html.HTMLParser(encoding="utf-8")
    return {path: html.fromstring(data, parser=parser) for path, data in files.items() if path.endswith(".html")}


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [text(element) for element in page.xpath(path)]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render()


@pytest.fixture(scope="module")
def documents(files: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    return parsed(files)


@pytest.fixture(scope="module")
def index(documents: dict[str, html.HtmlElement]) -> html.HtmlElement:
    return documents["index.html"]


@pytest.fixture(scope="module")
def middle(documents: dict[str, html.HtmlElement]) -> html.HtmlElement:
    """The page of the second of three episodes."""
    return documents[THREE[1].page + "index.html"]


def test_files(files: dict[str, bytes]) -> None:
    """The site is its pages, their assets and data, and what search engines, hosts and apps look for."""
    assert set(files) == {
        "index.html",
        *(f"episodes/2025-09-0{number}-2509.0000{number}/index.html" for number in (1, 2, 3)),
        "about/index.html",
        "archive/index.html",
        "archive/2025/09/index.html",
        "search/2025.json",
        "assets/embed.css",
        "assets/newsreader.woff2",
        "assets/player.js",
        "assets/episode.js",
        "assets/pages.js",
        "assets/search.js",
        "assets/style.css",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "subscribe.opml",
        ".nojekyll",
    }


def test_same_bytes(files: dict[str, bytes]) -> None:
    """The same show gives the same bytes."""
    assert render() == files


def test_every_page_is_a_page(documents: dict[str, html.HtmlElement]) -> None:
    """A page names its language and title, fits a phone, has one first heading and no id twice."""
    for page in documents.values():
        assert page.get("lang") == "en"
        assert page.findtext(".//title")
        assert page.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
        assert len(page.xpath("//h1")) == 1
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_text_of_the_index(index: html.HtmlElement) -> None:
    """Texts stand on the index as they were given, whatever is in them."""
    assert texts(index, "//h1") == [HOSTILE]
    assert texts(index, "//head/title") == ["</title></script><script>alert(1)</script> \"&\" 'x' ]]> {{ 7*7 }} …"]
    assert HOSTILE in texts(index, "//p[@class='lede']")
    assert texts(index, "//div[@class='rows'][@data-newest]//h3") == [
        f"Episode {number} {HOSTILE}" for number in (2, 1)
    ]
    assert texts(index, "//section[@class='latest']//h3") == [f"Episode 3 {HOSTILE}"]  # and not a second time
    assert f"About 2 {HOSTILE}" in texts(index, "//article//p")
    rows = "//div[@class='rows'][@data-newest]"
    assert texts(index, f"{rows}//p[@class='authors']") == [f"One {HOSTILE}, Two, Three and 2 more"] * 2
    assert texts(index, f"{rows}//span[@class='chip']") == ["cs.<b>"] * 2
    assert index.xpath("//select[@name='category']/option/@value") == ["", "cs.<b>"]
    assert index.xpath("//select[@name='month']/option/@value") == ["", "2025-09"]
    assert texts(index, "//ul[@class='subscribe']//a")[0] == f"App {HOSTILE}"
    assert index.xpath("//img[@class='cover']/@alt") == [f"Cover of {HOSTILE}"]


def test_text_of_an_episode(middle: html.HtmlElement) -> None:
    """Texts stand on an episode's page as they were given, whatever is in them."""
    assert texts(middle, "//head/title") == [f"Episode 2 {HOSTILE}"[:68].rstrip() + " …"]
    assert texts(middle, "//h1") == [f"Episode 2 {HOSTILE}"]
    assert texts(middle, "//p[@class='name']") == [f"Paper 2 {HOSTILE}"]
    assert texts(middle, "//ol[@class='lines']//b") == [f"Ada {HOSTILE}", "Ben", "Ben"]
    assert texts(middle, "//ol[@class='lines']/li/a/span") == [f"Hello {HOSTILE}", "Here I am.", "Next chapter."]
    assert texts(middle, "//section[@aria-labelledby='made-title']//dt") == [
        f"Ada {HOSTILE}",
        "Ben",
        f"Writer {HOSTILE}",
    ]
    assert texts(middle, "//section[@aria-labelledby='made-title']//dd") == [
        "a synthetic voice",
        "a synthetic voice",
        f"model {HOSTILE}",
    ]
    assert middle.xpath("//meta[@property='og:title']/@content") == [f"Episode 2 {HOSTILE}"]


def test_nothing_active_leaks(documents: dict[str, html.HtmlElement]) -> None:
    """A page's only scripts are its files, no address or attribute of it runs anything, and its policy says so too."""
    for path, page in documents.items():
        scripts = page.xpath("//script[not(@type='application/ld+json')]")
        names = [posixpath.basename(script.get("src")) for script in scripts]
        always = ["player.js", "episode.js", "pages.js"]
        assert names == (["search.js", *always] if path == "index.html" else always)
        assert not [script.text for script in scripts if script.text]
        assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
        assert not page.xpath("//style | //iframe | //object | //embed | //*[@style]")
        schemes = {urlsplit(address).scheme for address in page.xpath("//@href | //@src")}
        assert schemes <= {"", "https", "mailto", "podcast", "overcast", "pktc"}
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy
        assert "unsafe" not in policy


def test_evidence(middle: html.HtmlElement) -> None:
    """A line opens to what it states: the abstract's words as they stand, and of the full text only where it stands."""
    assert "Never to be served." not in text(middle)
    assert "Nor this." not in text(middle)
    said, same = middle.xpath("//ol[@class='lines']//details")
    assert text(said.find("summary")) == f"In the paper: Abstract, Method {HOSTILE}"
    assert texts(said, "p[@class='claim']") == [f"The idea {HOSTILE}"]
    assert texts(said, "blockquote/p") == [f"First {HOSTILE}", "Second."]
    arxiv = "arXiv 2509.00002"
    assert texts(said, "p[@class='source']") == [
        f"Abstract · {arxiv}",
        f"Method {HOSTILE}, 2 sentences · {arxiv}",
    ]
    assert said.xpath("p/a/@href") == ["https://arxiv.org/abs/2509.00002"] * 2
    assert texts(same, "p") == [f"Method {HOSTILE}, one sentence · {arxiv}"]


@pytest.mark.parametrize("title", ["Abstract", "State abstraction", "An abstract of all"])
def test_only_an_abstract_is_quoted(title: str) -> None:
    """A text that is one long "abstract", as of a PDF without known headings, is named on a page and not shown."""
    long = tuple(f"Sentence {number} of a text that nobody may print again in full." for number in range(1, 61))
    sentences = long if title == "Abstract" else long[:4]
    one = replace(THREE[1], documents={
        paper_id: document.model_copy(update={"sections": (Section(title=title, sentences=sentences),)})
        for paper_id, document in THREE[1].documents.items()
    })  # fmt: skip
    page = parsed(render([one]))[f"{one.page}index.html"]
    assert "that nobody may print" not in text(page)
    assert f"In the paper: {title}" in text(page)


def test_corrections(middle: html.HtmlElement) -> None:
    """A correction says its date, where it was heard and what stands instead; its time leads to its line, marked."""
    assert texts(middle, "//section[@class='corrections']//li") == [f"20 Sept 2025, at 0:12, not 3 but 4 {HOSTILE}"]
    (line,) = middle.xpath("//section[@class='corrections']//a/@href")
    (marked,) = middle.xpath("//li[contains(@class, 'corrected')]")
    assert marked.xpath("a/@href") == [line]
    assert texts(marked, "p[@class='source'][1]") == ["Corrected on 20 Sept 2025."]


def test_bars(middle: html.HtmlElement) -> None:
    """Under the player, chapters fill the bar, and each line lies where it is heard, on its host's side."""
    chapters = middle.xpath("//*[@class='chapter-bar']//rect")
    assert [(bar.get("x"), bar.get("width")) for bar in chapters] == [("0.0%", "30.58%"), ("30.58%", "69.42%")]
    assert middle.xpath("//*[@class='chapter-bar']//a/@href") == ["#t=0", "#t=20"]
    voices = middle.xpath("//*[@class='voices']//rect")
    assert [bar.get("class") for bar in voices] == ["host-0", "host-1", "host-1"]
    assert [bar.get("x") for bar in voices] == ["3.82%", "14.53%", "30.55%"]


def test_about(documents: dict[str, html.HtmlElement]) -> None:
    """The show's page names its hosts, that they are no people, the six verbs, where to write, and the licence."""
    page = documents["about/index.html"]
    assert texts(page, "//ul[@class='hosts']//h3") == ["Ada <b>&", "Ben"]
    assert text(page).count("Not a real person: a synthetic voice") == 2
    assert f"Asks {HOSTILE}." in texts(page, "//ul[@class='hosts']//p")
    assert texts(page, "//ol[@class='steps']//b") == ["Fetch", "Read", "Write", "Record", "Mix", "Publish"]
    assert "cc-by-4.0" in text(page)
    assert SITE_URL + "feed.xml" in texts(page, "//code")


def test_subscribe_links(index: html.HtmlElement) -> None:
    """Apps that open a feed by a link get its whole address, each as it wants it."""
    links = dict(
        zip(texts(index, "//ul[@class='subscribe']//a"), index.xpath("//ul[@class='subscribe']//a/@href"), strict=True)
    )
    quoted = "https%3A%2F%2Fexample.org%2Fa%26b%2Ffeed.xml"
    assert links["Apple Podcasts"] == "podcast://example.org/a&b/feed.xml"
    assert links["Pocket Casts"] == "pktc://subscribe/example.org/a&b/feed.xml"
    assert links["Overcast"] == f"overcast://x-callback-url/add?url={quoted}"
    assert links["AntennaPod"].startswith(
        f"https://antennapod.org/deeplink/subscribe?url={quoted}&title=%3C%2Ftitle%3E"
    )
    assert links["OPML"] == "subscribe.opml"
    assert index.xpath("//button/@data-copy") == [SITE_URL + "feed.xml"]


def test_navigation(documents: dict[str, html.HtmlElement]) -> None:
    """Every page leads to all parts of the site, further ones among them, and marks where it is."""
    for path, page in documents.items():
        assert texts(page, "//nav[@aria-label='Site']//a") == ["Episodes", "Archive", "Digests", "About"]
        here = texts(page, "//nav[@aria-label='Site']//a[@aria-current]")
        at = {"archive": ["Archive"], "about": ["About"], "404.html": []}
        assert here == at.get(path.partition("/")[0], ["Episodes"])


def test_months() -> None:
    """Each month of papers has its page, days the newest first, and leads to the months around it."""
    days = [dt.date(2025, 9, 2), dt.date(2025, 9, 1), dt.date(2025, 9, 1), dt.date(2025, 8, 29), dt.date(2024, 12, 3)]
    pages = parsed(render([release(9 - number, day=day) for number, day in enumerate(days)]))
    assert texts(pages["archive/index.html"], "//h2") == ["2025", "2024"]
    assert pages["archive/index.html"].xpath("//ul[@class='tiles']//a/@href") == [
        "../archive/2025/09/index.html",
        "../archive/2025/08/index.html",
        "../archive/2024/12/index.html",
    ]
    september = pages["archive/2025/09/index.html"]
    assert texts(september, "//h1 | //h2") == ["September 2025", "2 Sept 2025", "1 Sept 2025"]
    assert len(september.xpath("//article")) == 3
    august = pages["archive/2025/08/index.html"]
    assert texts(august, "//nav[@aria-label='Other months']/a") == ["Earlier December 2024", "Later September 2025"]


def test_one_more_episode_changes_few_files() -> None:
    """Of a long archive, another episode changes the lists it stands in, and the index stays as long as it was."""
    days = [dt.date(2023, 1, 1) + dt.timedelta(days=7 * number) for number in range(3 * NEWEST)]
    many = [release(number + 1, day=day) for number, day in enumerate(days)][::-1]
    site = Site(show(), PublishSettings(site_url=SITE_URL))
    after = dict(site.lists([Entry.of(item(one)) for one in many]))
    before = dict(site.lists([Entry.of(item(one)) for one in many[1:]]))
    assert {path for path, data in after.items() if before.get(path) != data} == {
        "index.html", "archive/index.html", "archive/2024/09/index.html", "search/2024.json", "sitemap.xml",
    }  # fmt: skip
    index = parsed(after)["index.html"]
    assert len(index.xpath("//article[@data-episode]")) == NEWEST + 1  # with the one that search results are made of
    assert texts(index, "//*[@class='count']") == [str(3 * NEWEST)]
    entries = [entry for path in ("search/2024.json", "search/2023.json") for entry in json.loads(after[path])]
    assert [entry["page"] for entry in entries] == [f"{one.page}index.html" for one in many]


def test_lists_that_nothing_stands_in_any_more_go(made: Path) -> None:
    """Publishing takes away the page of a month and the search data of a year that have no episode left."""
    feed = made / "feed"
    stale = [feed / "archive" / "2020" / "01" / "index.html", feed / "search" / "2020.json"]
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("old")
    before = tree(feed)
    assert podcast(made, "publish") == 0
    assert tree(feed) == {path: data for path, data in before.items() if "2020" not in path}


def test_search_data(files: dict[str, bytes]) -> None:
    """What is searched in holds each episode's texts as they are."""
    newest = json.loads(files["search/2025.json"])[0]
    assert newest["title"] == f"Episode 3 {HOSTILE}"
    assert newest["authors"][0] == f"One {HOSTILE}"
    assert (newest["day"], newest["date"], newest["length"]) == ("2025-09-03", "3 Sept 2025", "1:05")


def test_media_elsewhere() -> None:
    """Media with a host of their own are named there, and the policy lets them; captions, which need CORS, stay out."""
    page = parsed(render(media_base_url="https://media.example/pod", extra=(".jpg", ".600.jpg", ".opus")))[
        THREE[1].page + "index.html"
    ]
    base = "https://media.example/pod/" + THREE[1].stem
    assert page.xpath("//audio//source/@src") == [f"{base}.mp3", f"{base}.opus"]
    assert not page.xpath("//track")
    assert page.xpath("//img[@class='cover']/@src") == [f"{base}.600.jpg"]
    assert page.xpath("//meta[@property='og:image']/@content") == [f"{base}.jpg"]
    assert page.xpath("//meta[@property='og:audio']/@content") == [f"{base}.mp3"]
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "media-src 'self' https://media.example;" in policy
    assert "script-src 'self';" in policy


def test_art_and_opus() -> None:
    """A picture and an Opus file of the episode's own stand on its page where the site has them."""
    page = parsed(render(extra=(".jpg", ".600.jpg", ".opus")))[THREE[1].page + "index.html"]
    assert page.xpath("//img[@class='cover']/@src") == ["../../" + THREE[1].small_art]
    assert page.xpath("//audio//source/@type") == ["audio/mpeg", "audio/ogg; codecs=opus"]
    assert "Audio, Opus" in texts(page, "//section[@aria-labelledby='downloads-title']//a")


def test_code_link(middle: html.HtmlElement) -> None:
    """A paper's code is linked, and a project page that is no web address is not."""
    links = dict(zip(texts(middle, "//aside//ul//a"), middle.xpath("//aside//ul//a/@href"), strict=True))
    assert links == {
        "arXiv 2509.00002": "https://arxiv.org/abs/2509.00002",
        "Hugging Face": "https://huggingface.co/papers/2509.00002",
        "Code": "https://github.com/example/code?a=1&b=2",
    }


def test_links_resolve(files: dict[str, bytes], documents: dict[str, html.HtmlElement]) -> None:
    """Every link within the site leads to a file of the site, and every fragment to an element."""
    media = {name for one in THREE for name in (one.media, one.vtt, one.srt, one.transcript, one.chapters)}
    media |= {one.embed for one in THREE}
    known = set(files) | media | OTHER_FILES
    linked = set()
    for path, page in documents.items():
        for address in page.xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            if path == "404.html" and parts.path:
                target = parts.path.removeprefix("/a&b/")
            else:
                assert not parts.path.startswith("/")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
            assert target in known
            linked.add(target)
            if parts.fragment:
                assert parts.fragment in documents[target].xpath("//@id")
    assert linked >= media | {"feed.xml", "cover-600.jpg", "subscribe.opml"}


def test_no_other_host(files: dict[str, bytes], documents: dict[str, html.HtmlElement]) -> None:
    """Opening a page asks no host but its own: only links that a person follows lead away."""
    for page in documents.values():
        loaded = page.xpath(
            "//@src | //@srcset | //@poster | //link[not(@rel='canonical' or contains(@type, 'oembed'))]/@href"
        )
        assert not [address for address in loaded if urlsplit(address).netloc]
    for asset in ("style.css", "embed.css", *SCRIPTS):
        assert not [word for word in (b"http:", b"https:", b"@import") if word in files[f"assets/{asset}"]]
    assert re.findall(rb"url\(([^)]*)\)", files["assets/style.css"]) == [b"newsreader.woff2"]


def test_small(files: dict[str, bytes]) -> None:
    """The assets stay small: style and font under 70 kB together, the scripts under 45 kB."""
    assert len(files["assets/style.css"]) + len(files["assets/newsreader.woff2"]) < 70_000
    assert sum(len(files[f"assets/{name}"]) for name in SCRIPTS) < 45_000


def test_linked_data(documents: dict[str, html.HtmlElement]) -> None:
    """What search engines read parses, says what the episode says and gives whole addresses."""
    one = THREE[1]
    (script,) = documents[one.page + "index.html"].xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert data["@type"] == "PodcastEpisode"
    assert data["name"] == one.episode.title
    assert data["about"]["headline"] == one.paper.title
    assert data["about"]["author"][0]["name"] == f"One {HOSTILE}"
    assert data["associatedMedia"]["contentUrl"] == SITE_URL + one.media
    assert data["associatedMedia"]["duration"] == "PT65S"
    assert data["partOfSeries"]["webFeed"] == SITE_URL + "feed.xml"
    assert documents[one.page + "index.html"].xpath("//link[@rel='canonical']/@href") == [SITE_URL + one.page]
    (script,) = documents["index.html"].xpath("//script[@type='application/ld+json']")
    assert json.loads(script.text)["name"] == HOSTILE


def test_player(middle: html.HtmlElement) -> None:
    """An episode plays without JavaScript: native controls, captions, and what needs a script is hidden."""
    (audio,) = middle.xpath("//main//audio")
    assert "controls" in audio.attrib
    assert audio.get("preload") == "none"
    assert audio.get("src") == "../../" + THREE[1].media
    (track,) = audio.xpath("track")
    assert track.get("kind") == "captions"
    assert track.get("srclang") == "en"
    assert track.get("label")
    assert track.get("src") == "../../" + THREE[1].vtt
    assert all(button.xpath("ancestor-or-self::*[@hidden]") for button in middle.xpath("//button | //input | //select"))


def test_transcript(middle: html.HtmlElement) -> None:
    """A cue stands in the chapter that holds its middle, and chapters and cues link to their time."""
    assert middle.xpath("//ol[@class='chapters']//a/@href") == ["#t=0", "#t=20"]
    assert texts(middle, "//ol[@class='chapters']//time") == ["0:00", "0:20"]
    assert [
        (text(lines.getprevious()), lines.xpath("li/a/@href")) for lines in middle.xpath("//ol[@class='lines']")
    ] == [(f"Welcome {HOSTILE}", ["#t=2.5", "#t=9.5"]), ("The rest", ["#t=19.98"])]


def test_notes(middle: html.HtmlElement) -> None:
    """Show notes stand on the page as the HTML they are."""
    assert middle.xpath("//section[@class='notes']//a/strong/text()") == ["paper"]


def test_neighbours(documents: dict[str, html.HtmlElement]) -> None:
    """An episode links to the one before and the one after it, as far as there are such."""
    found = [
        [(a.get("rel"), a.get("href")) for a in documents[one.page + "index.html"].xpath("//nav/a[@rel]")]
        for one in THREE
    ]
    newest, between, oldest = (f"../../{one.page}index.html" for one in THREE)
    assert found == [[("prev", between)], [("prev", oldest), ("next", newest)], [("next", between)]]


def test_ai_is_said(documents: dict[str, html.HtmlElement]) -> None:
    """Every page says that script and voices are made by AI."""
    assert all("Script and voices are made by AI" in text(page) for page in documents.values())


@pytest.mark.parametrize(("upvotes", "said"), [(0, "🤗 0 upvotes"), (1, "🤗 1 upvote"), (1187, "🤗 1187 upvotes")])
def test_upvotes(upvotes: int, said: str) -> None:
    """Upvotes are counted in words that fit their number."""
    page = parsed(render([release(1, upvotes=upvotes)]))["index.html"]
    assert texts(page, "//p[@class='votes']") == [said]


@pytest.mark.parametrize(("seconds", "said"), [(5.99, "0:05"), (247, "4:07"), (3723.5, "1:02:03")])
def test_duration(seconds: float, said: str) -> None:
    """A duration is written as players write it."""
    media = Media(file="mix.mp3", type="audio/mpeg", size=1, duration=seconds, sha256="a" * 64)
    page = parsed(render([release(1, media=media)]))["index.html"]
    assert said in texts(page, "//p[@class='meta']/span")


def test_how_it_was_made_is_told_in_words() -> None:
    """What made an episode is told by what it did; what an extension adds keeps its own words."""
    one = release(1, hosts={"A": "Ada"}, made_with={
        "writer": "extractive", "version": "2", "brief": "some-model", "second reader": "another, 31 of 40 lines",
        "voice A": "flite-slt by flite, CMU-Flite", "sound_stage": "a hall",
    })  # fmt: skip
    page = parsed(render([one]))[f"{one.page}index.html"]
    made = "//section[@aria-labelledby='made-title']"
    assert dict(zip(texts(page, f"{made}//dt"), texts(page, f"{made}//dd"), strict=True)) == {
        "Ada": "a synthetic voice: flite-slt, spoken by flite, under CMU-Flite",
        "Script written": "by rules, out of the paper's own sentences",
        "Version of the rules": "2",
        "Paper read": "by some-model",
        "Second reader": "by another, 31 of 40 lines",
        "Sound stage": "a hall",
    }


def test_every_episode_is_under_a_category() -> None:
    """The filter has an entry for episodes without a category, and search data say which an episode stands under."""
    pages = render([release(2, category=None), release(1)])
    index = parsed(pages)["index.html"]
    assert texts(index, "//select[@name='category']/option") == ["All categories", "Without one (1)", "cs.<b> (1)"]
    assert [entry["categories"] for entry in json.loads(pages["search/2025.json"])] == [["-"], ["cs.<b>"]]


def test_bare_paper() -> None:
    """An episode without chapters, category, authors or links shows nothing in their place."""
    one = release(1, authors=(), category=None, github_repo=None, project_page=None, chapters=(), made_with={})
    pages = parsed(render([one], listen={}, email="", copyright=""))
    page = pages[one.page + "index.html"]
    assert not page.xpath("//span[@class='chip'] | //nav/a[@rel]")
    assert not page.xpath("//a[starts-with(@href, 'mailto:')]")
    assert "None" not in text(page) + text(pages["index.html"])
    assert page.xpath("//ol[@class='lines']/li/a/@href") == ["#t=2.5", "#t=9.5", "#t=19.98"]


def test_first_day() -> None:
    """A show without episodes has an index that says so."""
    files = render([])
    assert "There are no episodes yet" in text(parsed(files)["index.html"])
    assert len(etree.fromstring(files["sitemap.xml"])) == 3


def test_for_machines(files: dict[str, bytes]) -> None:
    """Sitemap, OPML and robots.txt parse and give whole addresses."""
    sitemap = etree.fromstring(files["sitemap.xml"])
    assert [place.text for place in sitemap.iter("{*}loc")] == [
        *(SITE_URL + path for path in ("", "about/", "archive/", "archive/2025/09/")),
        *(SITE_URL + one.page for one in THREE),
    ]
    opml = etree.fromstring(files["subscribe.opml"])
    assert opml.findtext("head/title") == HOSTILE
    assert dict(opml.find("body/outline").attrib) == {
        "type": "rss",
        "text": HOSTILE,
        "title": HOSTILE,
        "xmlUrl": SITE_URL + "feed.xml",
        "htmlUrl": SITE_URL,
    }
    assert files["robots.txt"].decode().splitlines()[-1] == f"Sitemap: {SITE_URL}sitemap.xml"


def test_control_characters() -> None:
    """A character that XML cannot hold comes into no file, and the words around it stay."""
    files = render(title="Before\x00\x0b\ufffe after")
    assert str(etree.fromstring(files["subscribe.opml"]).findtext("head/title")).split() == ["Before", "after"]
    assert texts(parsed(files)["index.html"], "//h1") == ["Before after"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//app.example", "ftp://app.example", "https://", ""])
def test_listen_wants_the_web(address: str) -> None:
    """An address of `show.listen` that no browser should open is refused by its app's name, with a hint."""
    with pytest.raises(ConfigError, match="'Some app'") as error:
        render(listen={"Some app": address})
    assert "podcast.toml" in error.value.hint


@pytest.mark.parametrize(
    ("language", "page", "bar", "dock"),
    [
        ("en", {"lang": "en"}, {}, {}),
        ("de-AT", {"lang": "de-AT"}, {"lang": "en"}, {"lang": "en"}),
        ("ar", {"lang": "ar", "dir": "rtl"}, {"lang": "en"}, {"lang": "en", "dir": "ltr"}),
        ("pa-Arab", {"lang": "pa-Arab", "dir": "rtl"}, {"lang": "en"}, {"lang": "en", "dir": "ltr"}),
    ],
)
def test_a_page_says_what_is_in_which_language(
    language: str, page: dict[str, str], bar: dict[str, str], dock: dict[str, str]
) -> None:
    """It is in the show's language and direction; what we say on it is English, but for the show's words there."""

    def said(element: html.HtmlElement) -> dict[str, str]:
        return {name: value for name, value in element.attrib.items() if name in ("lang", "dir")}

    pages = parsed(render(language=language))
    for path in ("index.html", f"{THREE[0].page}index.html"):
        root = pages[path]
        assert said(root) == page
        assert said(root.xpath("//nav[@aria-label='Site']")[0]) == bar
        assert said(root.xpath("//section[@data-dock]")[0]) == said(root.xpath("//footer")[0]) == dock
        assert said(root.xpath("//*[@data-chapter]")[0]) == ({"lang": language, "dir": "auto"} if dock else {})
        assert said(root.xpath("//h1")[0]) == {}


def test_every_page_says_of_our_english_that_it_is() -> None:
    """What is neither the show's nor the paper's own is under lang="en" in a German show, and the show's words are not:
    but within notes, which a feed has as well."""
    own = {HOSTILE, "Three", "Four", "Five", "One", "Two", "Ben", "Ada", "Here I am.", "Next chapter.", "The rest"}
    own |= {f"{word} {HOSTILE}" for word in ("Hello", "Welcome", "not 3 but 4", "Ada", "One", "The idea", "Asks")}
    own |= {f"{word} {number} {HOSTILE}" for word in ("Episode", "About", "Paper") for number in (1, 2, 3)}
    known = sorted((" ".join(plain(each).split()) for each in own), key=len, reverse=True)
    theirs = tuple(one for one in known if re.match("Episode|About|Hello|Welcome|Asks", one))
    wrong = []
    for path, page in parsed(render(language="de")).items():
        for node in page.xpath("//body//*[not(self::script or ancestor::template)][text()[normalize-space()]]"):
            said = node.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
            ours = words = " ".join(" ".join(node.xpath("text()")).split())
            for each in known:
                ours = ours.replace(each, "")
            if said == "de" and re.search("[A-Za-z]{3}", ours):
                wrong.append((path, "English", words))
            if said == "en" and words.startswith(theirs) and not node.xpath("ancestor::*[@id='notes']"):
                wrong.append((path, "German", words))
    assert wrong == []
