"""What other sites show and find: the small player, oEmbed, what is said in an index, and nothing that counts."""

import html
import http.client
import json
import random
import re
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import DAY, podcast

from podcast.press import searching
from podcast.serving import serve
from podcast.show.schema import Cue, Item

FIRST = f"{DAY}-2403.00002"


def embed(made: Path) -> Path:
    return made / "feed" / "episodes" / FIRST


def test_the_episode_names_its_oembed_and_that_its_player(made: Path) -> None:
    """From the page a site finds oembed.json, in it the frame, and at its address the player of that episode."""
    page = (embed(made) / "index.html").read_text()
    found = re.search(r'<link rel="alternate" type="application/json\+oembed" title="[^"]+" href="([^"]+)">', page)
    assert found
    assert found[1] == f"http://127.0.0.1:8000/episodes/{FIRST}/oembed.json"
    answer = json.loads((embed(made) / "oembed.json").read_text())
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", "Reading Twice")
    assert isinstance(answer["width"], int)
    assert f'height="{answer["height"]}"' in answer["html"]
    frame = re.search(r'src="([^"]+)"', answer["html"])
    assert frame
    assert html.unescape(frame[1]) == f"http://127.0.0.1:8000/episodes/{FIRST}/embed.html"


def test_the_small_player_needs_no_script_and_no_other_host(made: Path) -> None:
    """It has sound, title and disclosure, its own policy without scripts, and names no other host."""
    text = (embed(made) / "embed.html").read_text()
    assert "<script" not in text
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert "script-src" not in policy[1]
    assert html.unescape(policy[1]).startswith("default-src 'none'")
    sound = re.search(r'<audio controls preload="none" src="\.\./\.\./([^"]+)"', text)
    assert sound
    assert (made / "feed" / sound[1]).is_file()
    assert "made by AI" in text
    assert '<h1><a href="index.html"' in text


def test_only_the_small_player_is_shown_by_others(made: Path) -> None:
    """`serve` lets any site frame embed.html, and no other page."""
    with serve.running(made / "feed", ()) as here:

        def ancestors(path: str) -> str | None:
            connection = http.client.HTTPConnection(urlsplit(here).netloc, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            return answer.getheader("content-security-policy")

        assert ancestors(f"/episodes/{FIRST}/embed.html") == "frame-ancestors *"
        for path in ("/", f"/episodes/{FIRST}/", "/about/index.html"):
            assert ancestors(path) == "frame-ancestors 'self'"
        assert ancestors("/feed.xml") is None


class _Fetching(HTMLParser):
    """Whatever a page has a browser fetch or send by itself, and each link's ping."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        assert "ping" not in held
        assert not any(name.startswith("on") for name in held)
        if tag == "link" and held.get("rel") in ("alternate", "canonical"):
            return
        if tag in ("script", "img", "audio", "source", "track", "iframe", "link", "video", "object", "embed"):
            self.found += [held[name] for name in ("src", "href", "data", "poster", "srcset") if name in held]


def test_no_page_counts_who_reads(made: Path) -> None:
    """Whatever a page loads is the site's own, its policy lets nothing else, and no script sends, measures or sets a
    cookie."""
    feed = made / "feed"
    pages = sorted(feed.rglob("*.html"))
    assert len(pages) > 12
    for path in pages:
        text = path.read_text()
        assert [url for url in _Fetching(text).found if re.match(r"(https?:)?//", url)] == [], path
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert policy, path
        assert "http" not in policy[1], path
    scripts = sorted(feed.rglob("*.js"))
    assert scripts
    for path in scripts:
        code = re.sub(r"//[^\n]*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for word in ("sendBeacon", "cookie", "XMLHttpRequest", "WebSocket", "EventSource", "http:", "https:",
                     "new Image", "userAgent", "indexedDB"):  # fmt: skip
            assert word not in code, f"{path.name}: {word}"
    for path in sorted(feed.rglob("*.css")):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", path.read_text())


def test_what_is_said_stands_by_first_letter(made: Path) -> None:
    """Each word of the transcript, without accents and in small letters, is in the file of its first letter, with when
    its line begins."""
    feed, page = made / "feed", f"episodes/{FIRST}/"
    episode = json.loads((made / "episodes" / DAY / "2403.00002" / "episode.json").read_bytes())
    words = {word: cue["start"] for cue in reversed(episode["cues"]) for word in searching.tokens(cue["text"])}
    assert len(words) > 30
    for word, start in words.items():
        said = json.loads((feed / "search" / f"2024-{searching.shard(word)}.json").read_text())[page].split()
        assert abs(float(said[said.index(word) + 1]) - start) < 0.01
    shown = re.search(r'data-spoken="([^"]+)"', (feed / "index.html").read_text())
    assert shown
    assert {f"{name}.json" for name in shown[1].split()} == {path.name for path in (feed / "search").glob("*-*.json")}
    assert podcast(made, "publish", "--withdraw", "2403.00002") == 0
    assert not any(page in path.read_text() for path in (feed / "search").glob("*.json"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Éclair naïve, 91.5% of ILSVRC", ["eclair", "naive", "ilsvrc"]),
        ("大模型的推理", ["大模", "模型", "型的", "的推", "推理"]),
        ("用GPT4推理", ["推理", "gpt4"]),
        ("модель", ["модель"]),
        ("a of to", []),
        ("भाषा मॉडल की जाँच।", ["भाषा", "मॉडल", "की", "जाँच"]),
        ("모델은 좋다", ["모델은", "좋다"]),
        ("نَمُوذَج، لُغَة", ["نموذج", "لغة"]),
        ("ภาษา", ["ภา", "าษ", "ษา"]),
    ],
)
def test_words_of_any_script(text: str, found: list[str]) -> None:
    """Accents go, short words too; where words are not parted each pair of signs is one."""
    assert list(searching.tokens(text)) == found


def test_a_year_of_twenty_minutes_stays_small(made: Path) -> None:
    """Of 250 episodes with 3,000 words each a file of what is said stays under half a megabyte, and all under six."""
    one = Item.model_validate_json((embed(made) / "item.json").read_bytes())
    draw = random.Random(1)
    letters = "etaoinsrhldcumfpgwybvkxjqz"
    vocabulary = ["".join(draw.choices(letters, range(26, 0, -1), k=draw.randint(3, 11))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(20_000)]

    def spoken() -> bytes:
        words = draw.choices(vocabulary, weights, k=3_000)
        cues = [
            Cue(line=n + 1, host="Ada", text=" ".join(words[15 * n : 15 * n + 15]), start=6.0 * n, end=6.0 * n + 6,
                take="t") for n in range(200)
        ]  # fmt: skip
        return searching.words(cues)

    said = [spoken() for _ in range(20)]

    def another(n: int) -> Item:
        episode = one.episode.model_copy(update={"number": n, "paper_id": f"2401.{n:05}"})
        return one.model_copy(update={"episode": episode, "words": said[n % 20]})

    many = [another(n) for n in range(1, 251)]
    tracemalloc.start()
    files = dict(searching.shards(many))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(files) <= 43
    assert max(map(len, files.values())) < 500_000
    assert sum(map(len, files.values())) < 6_000_000
    assert peak < 40_000_000
