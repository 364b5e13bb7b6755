"""The site's pages, read back as a browser reads them."""

import datetime as dt
import json
import posixpath
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest
from lxml import etree, html

from podcast import site
from podcast.errors import ConfigError
from podcast.release import Release
from podcast.schema import Brief, Chapter, Cue, Episode, Media, Paper
from podcast.settings import ShowSettings

SITE_URL = "https://example.org/a&b/"
HOSTILE = """</title></script><script>alert(1)</script> "&amp;" 'x' ]]> {{ 7*7 }} <img onerror=alert(2)> 🤗 é"""
NOTES = '<p>Read <a href="https://arxiv.org/abs/2509.00001">the <strong>paper</strong></a>.</p>'
OTHER_FILES = {"feed.xml", "cover.jpg", "cover-600.jpg"}


def release(number: int, **changes: object) -> Release:
    """Return an episode of two chapters and three cues, every text of it hostile."""
    paper_id = f"2509.{number:05}"
    day = dt.date(2025, 9, number)
    noon = dt.datetime(2025, 9, number, 12, tzinfo=dt.UTC)
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
            "media": Media(file="mix.mp3", type="audio/mpeg", size=1_500_000, duration=65.4, sha256=f"{number:x}" * 64),
            "cues": (
                Cue(line=1, host=f"Ada {HOSTILE}", text=f"Hello {HOSTILE}", start=2.5, end=9, take="a"),
                Cue(line=2, host="Ben", text="Here I am.", start=9.5, end=19.98, take="b"),
                Cue(line=3, host="Ben", text="Next chapter.", start=19.98, end=60, take="c"),
            ),
            "chapters": (
                Chapter(title=f"Welcome {HOSTILE}", start=0, end=20),
                Chapter(title="The rest", start=20, end=65.4),
            ),
            "hosts": {"A": f"Ada {HOSTILE}", "B": "Ben"},
            "key": "k",
            "made_with": {f"writer {HOSTILE}": f"model {HOSTILE}"},
        }
        | {name: value for name, value in changes.items() if name in Episode.model_fields}
    )
    return Release(paper=paper, brief=Brief(paper_id=paper_id), episode=episode)


def show(**changes: object) -> ShowSettings:
    texts = dict.fromkeys(("title", "tagline", "description", "copyright", "credits", "email"), HOSTILE)
    return ShowSettings.model_validate(
        {**texts, "listen": {f"App {HOSTILE}": "https://app.example/?a=1&b=2"}, **changes}
    )


THREE = (release(3), release(2), release(1))


def render(releases: Sequence[Release] = THREE, site_url: str = SITE_URL, **changes: object) -> dict[str, bytes]:
    return dict(site.pages(show(**changes), site_url, releases, lambda _: NOTES))


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
    """The site is its pages, two assets and what search engines, hosts and apps look for."""
    assert set(files) == {
        "index.html",
        *(f"episodes/2025-09-0{number}-2509.0000{number}/index.html" for number in (1, 2, 3)),
        "assets/style.css",
        "assets/player.js",
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
    assert texts(index, "//title | //h1") == [HOSTILE, HOSTILE]
    assert HOSTILE in texts(index, "//p[@class='lede']")
    assert texts(index, "//h3") == [f"Episode {number} {HOSTILE}" for number in (3, 2, 1)]
    assert f"About 2 {HOSTILE}" in texts(index, "//article//p")
    assert texts(index, "//article//p[@class='authors']") == [f"One {HOSTILE}, Two, Three and 2 more"] * 3
    assert texts(index, "//span[@class='chip']") == ["cs.<b>"] * 3
    assert f"App {HOSTILE}" in texts(index, "//ul[@class='subscribe']//a")
    assert index.xpath("//img[@class='cover']/@alt") == [f"Cover of {HOSTILE}"]


def test_text_of_an_episode(middle: html.HtmlElement) -> None:
    """Texts stand on an episode's page as they were given, whatever is in them."""
    assert texts(middle, "//title") == [f"Episode 2 {HOSTILE} · {HOSTILE}"]
    assert texts(middle, "//h1") == [f"Episode 2 {HOSTILE}"]
    assert texts(middle, "//p[@class='name']") == [f"Paper 2 {HOSTILE}"]
    assert texts(middle, "//ol[@class='lines']//b") == [f"Ada {HOSTILE}", "Ben", "Ben"]
    assert texts(middle, "//ol[@class='lines']//span") == [f"Hello {HOSTILE}", "Here I am.", "Next chapter."]
    assert texts(middle, "//dt") == [f"Ada {HOSTILE}", "Ben", f"writer {HOSTILE}"]
    assert texts(middle, "//dd") == ["synthetic voice", "synthetic voice", f"model {HOSTILE}"]
    assert middle.xpath("//meta[@property='og:title']/@content") == [f"Episode 2 {HOSTILE}"]


def test_nothing_active_leaks(documents: dict[str, html.HtmlElement]) -> None:
    """A page's only script is the player, and no address or attribute of it runs anything."""
    for page in documents.values():
        scripts = page.xpath("//script[not(@type='application/ld+json')]")
        assert [posixpath.basename(script.get("src")) for script in scripts] == ["player.js"]
        assert not scripts[0].text
        assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
        assert not page.xpath("//style | //iframe | //object | //embed | //form | //*[@style]")
        schemes = {urlsplit(address).scheme for address in page.xpath("//@href | //@src")}
        assert schemes <= {"", "https", "mailto"}


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
        loaded = page.xpath("//@src | //@srcset | //@poster | //link[not(@rel='canonical')]/@href")
        assert not [address for address in loaded if urlsplit(address).netloc]
    for asset in (files["assets/style.css"], files["assets/player.js"]):
        assert not [word for word in (b"http:", b"https:", b"url(", b"@import", b"fetch(") if word in asset]


def test_small(files: dict[str, bytes]) -> None:
    """The assets stay small: the style under 12 kB, the script under 6 kB."""
    assert len(files["assets/style.css"]) < 12_000
    assert len(files["assets/player.js"]) < 6_000


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
    (audio,) = middle.xpath("//audio")
    assert "controls" in audio.attrib
    assert audio.get("preload") == "metadata"
    assert audio.get("src") == "../../" + THREE[1].media
    (track,) = audio.xpath("track")
    assert track.get("kind") == "captions"
    assert track.get("srclang") == "en"
    assert track.get("label")
    assert track.get("src") == "../../" + THREE[1].vtt
    assert all(button.xpath("ancestor-or-self::*[@hidden]") for button in middle.xpath("//button"))


def test_transcript(middle: html.HtmlElement) -> None:
    """A cue stands in the chapter that holds its middle, and chapters and cues link to their time."""
    assert middle.xpath("//ol[@class='chapters']//a/@href") == ["#t=0", "#t=20"]
    assert texts(middle, "//ol[@class='chapters']//time") == ["0:00", "0:20"]
    assert [
        (text(lines.getprevious()), lines.xpath(".//a/@href")) for lines in middle.xpath("//ol[@class='lines']")
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
    assert texts(page, "//p[@class='more']/span") == [said]


@pytest.mark.parametrize(("seconds", "said"), [(5.99, "0:05"), (247, "4:07"), (3723.5, "1:02:03")])
def test_duration(seconds: float, said: str) -> None:
    """A duration is written as players write it."""
    media = Media(file="mix.mp3", type="audio/mpeg", size=1, duration=seconds, sha256="a" * 64)
    page = parsed(render([release(1, media=media)]))["index.html"]
    assert said in texts(page, "//p[@class='meta']/span")


def test_bare_paper() -> None:
    """An episode without chapters, category, authors or links shows nothing in their place."""
    one = release(1, authors=(), category=None, github_repo=None, project_page=None, chapters=(), made_with={})
    pages = parsed(render([one], listen={}, email="", copyright=""))
    page = pages[one.page + "index.html"]
    assert not page.xpath("//span[@class='chip'] | //nav/a[@rel]")
    assert "None" not in text(page) + text(pages["index.html"])
    assert page.xpath("//ol[@class='lines']//a/@href") == ["#t=2.5", "#t=9.5", "#t=19.98"]


def test_first_day() -> None:
    """A show without episodes has an index that says so."""
    files = render([])
    assert "There are no episodes yet" in text(parsed(files)["index.html"])
    assert len(etree.fromstring(files["sitemap.xml"])) == 1


def test_for_machines(files: dict[str, bytes]) -> None:
    """Sitemap, OPML and robots.txt parse and give whole addresses."""
    sitemap = etree.fromstring(files["sitemap.xml"])
    assert [place.text for place in sitemap.iter("{*}loc")] == [
        SITE_URL,
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
    """A character that XML cannot hold is left out, and the words around it stay."""
    files = render(title="Be\x00fo\x0bre\ufffe after")
    assert etree.fromstring(files["subscribe.opml"]).findtext("head/title") == "Before after"
    assert texts(parsed(files)["index.html"], "//h1") == ["Before after"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//app.example", "ftp://app.example", "https://", ""])
def test_listen_wants_the_web(address: str) -> None:
    """An address of `show.listen` that no browser should open is refused by its app's name, with a hint."""
    with pytest.raises(ConfigError, match="'Some app'") as error:
        render(listen={"Some app": address})
    assert "podcast.toml" in error.value.hint
