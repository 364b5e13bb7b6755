"""A private show: below a secret that nobody is told, blocked and not indexed, with the guids that it had."""

import http.client
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
import stores
from conftest import load, podcast
from lxml import etree

from podcast import check
from podcast.check import Rule
from podcast.desk import hand
from podcast.serving import serve

SECRET = "Zq3-secret_of_32_letters-9f81aBc"
ITUNES, PODCAST = "{http://www.itunes.com/dtds/podcast-1.0.dtd}", "{https://podcastindex.org/namespace/1.0}"


def be_private(show: Path, more: str = "") -> None:
    """Have the show be private, as its owner does: a line in podcast.toml, the secret in .env."""
    path = show / "podcast.toml"
    settings = '[publish]\nsite_url = "https://show.example.org/pod/"\nprivate = "FEED_SECRET"\n'
    path.write_text(path.read_text().partition("[publish]")[0] + settings + more)
    (show / ".env").write_text(f"FEED_SECRET={SECRET}\n")
    (show / ".env").chmod(0o600)


@pytest.fixture
def private(made: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made show, published, and then made private."""
    monkeypatch.setenv("FEED_SECRET", SECRET)
    assert podcast(made, "publish") == 0
    be_private(made)
    return made


def guids(show: Path) -> list[tuple[str | None, ...]]:
    channel = etree.fromstring((show / "feed" / "feed.xml").read_bytes()).find("channel")
    assert channel is not None
    own = channel.findtext(f"{PODCAST}guid")
    return [(own, item.findtext("guid"), item.findtext("pubDate")) for item in channel.findall("item")]


def test_going_private_keeps_guids_and_asks_all_to_stay_away(private: Path) -> None:
    """Feed and pages stand below the secret, ask not to be listed, and each episode keeps guid and date."""
    before = guids(private)
    assert podcast(private, "publish") == 0
    assert guids(private) == before
    feed = etree.fromstring((private / "feed" / "feed.xml").read_bytes())
    channel = feed.find("channel")
    assert channel is not None
    assert channel.findtext(f"{ITUNES}block") == "Yes"
    assert channel.findtext(f"{PODCAST}block") == "yes"
    home = f"https://show.example.org/pod/{SECRET}/"
    enclosures = [each.get("url", "") for each in feed.iter("enclosure")]
    assert enclosures
    assert all(url.startswith(f"{home}media/") for url in enclosures)
    pages = list((private / "feed").rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        text = page.read_text()
        assert '<meta name="robots" content="noindex, nofollow">' in text
        assert '<meta name="referrer" content="no-referrer">' in text
        others = [url for url in re.findall(r'href="(https?://[^"]+)"', text) if not url.startswith(home)]
        assert not any(SECRET in url for url in others), page
        for directory in ("podcastaddict", "antennapod", "overcast", "pktc:"):
            assert directory not in text
    assert (private / "feed" / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert not (private / "feed" / "sitemap.xml").exists()
    assert podcast(private, "publish", "--check") == 0


@pytest.mark.long
def test_it_becomes_public_again(private: Path) -> None:
    """Without the line the feed is everybody's, with the guids it always had, and the sitemap is back."""
    before = guids(private)
    assert podcast(private, "publish") == 0
    path = private / "podcast.toml"
    path.write_text(path.read_text().partition("[publish]")[0])
    assert podcast(private, "publish") == 0
    assert guids(private) == before
    assert "block>" not in (private / "feed" / "feed.xml").read_text()
    assert (private / "feed" / "sitemap.xml").is_file()
    assert podcast(private, "publish", "--check") == 0


def sub(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(feed: Path) -> None:
        text = (feed / path).read_text()
        assert old in text
        (feed / path).write_text(text.replace(old, new))

    return change


@pytest.mark.parametrize(
    "breaking",
    [
        sub("feed.xml", "<itunes:block>Yes</itunes:block>", ""),
        sub("feed.xml", "<podcast:block>yes", "<podcast:block>no"),
        sub("feed.xml", f"{SECRET}/feed.xml", "feed.xml"),
        sub("index.html", "noindex, ", ""),
        sub("about/index.html", '<meta name="referrer" content="no-referrer">', ""),
        sub("index.html", "</main>", f'<a href="https://dir.example/?u=https%3A%2F%2Fx%2F{SECRET}">x</a></main>'),
        sub("robots.txt", "Disallow: /", "Allow: /"),
        lambda feed: (feed / "sitemap.xml").write_text("<urlset/>"),
    ],
)
def test_what_would_tell_others_breaks_the_rule(private: Path, breaking: Callable[[Path], None]) -> None:
    """Each way in which others would learn of the show is told by one rule; the secret is not printed."""
    assert podcast(private, "publish") == 0
    breaking(private / "feed")
    found = list(check.published(private / "feed", private=True))
    told = [each for each in found if each.rule == Rule.PRIVATE]
    assert told
    assert all(SECRET not in each.found for each in told)


def test_a_public_show_that_is_blocked_is_told(private: Path) -> None:
    """Whoever is in no directory without wanting that is told so."""
    assert podcast(private, "publish") == 0
    assert Rule.BLOCK in {each.rule for each in check.published(private / "feed")}


@pytest.mark.soak
def test_the_secret_is_printed_nowhere(private: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever a command says, and what is wrong with addresses too, has the variable's name in the secret's place."""
    be_private(private, 'check = "yes"\n')
    path = private / "podcast.toml"
    path.write_text(path.read_text().replace("https://show.example.org/pod/", "http://127.0.0.1:9/"))
    for words in ("publish", "publish --check", "publish --check http://127.0.0.1:9/x.xml", "doctor", "doctor --json",
                  "config", "status", "-v publish", "publish --check --json"):  # fmt: skip
        podcast(private, *words.split())
    said = capfd.readouterr()
    assert SECRET not in said.out + said.err
    assert "http://127.0.0.1:9/$FEED_SECRET/" in said.err
    assert "below 32 letters that FEED_SECRET has" in said.out


@pytest.mark.parametrize(
    ("secret", "more", "words"),
    [
        ("", "", "FEED_SECRET is not set"),
        ("short", "", "FEED_SECRET is no secret"),
        (f"{SECRET}/..", "", "FEED_SECRET is no secret"),
        (SECRET, 'websub = "https://hub.example/"\n', "a hub would learn"),
        (SECRET, 'prefix = "https://op3.dev/e/"\n', "a service that counts would learn"),
        (SECRET, '[show.listen]\nApple = "https://podcasts.apple.com/x"\n', "stands in no directory"),
    ],
)
def test_what_does_not_go_with_it_is_refused(
    private: Path,
    secret: str,
    more: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No secret, one that can be guessed, or a setting that tells others: a sentence, and nothing is published."""
    be_private(private, more)
    monkeypatch.setenv("FEED_SECRET", secret)
    before = (private / "feed" / "feed.xml").read_bytes()
    assert podcast(private, "publish") == 1
    assert words in " ".join(capsys.readouterr().err.split())
    assert (private / "feed" / "feed.xml").read_bytes() == before


def test_served_below_the_secret_alone(private: Path) -> None:
    """`serve` answers below the secret, with a header that keeps search engines out, and elsewhere with 404."""
    assert podcast(private, "publish") == 0
    with serve.running(private / "feed", ("https://show.example.org/pod/",), SECRET) as here:

        def ask(path: str) -> tuple[int, str | None, bytes]:
            connection = http.client.HTTPConnection(urlsplit(here).netloc, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, answer.getheader("x-robots-tag"), body

        status, robots, body = ask(f"/{SECRET}/feed.xml")
        assert (status, robots) == (200, "noindex, nofollow")
        assert f"{here}{SECRET}/media/".encode() in body
        assert ask(f"/{SECRET}/")[0] == 200
        for path in ("/", "/feed.xml", f"/{SECRET[:-1]}/feed.xml", "/robots.txt"):
            status, _, body = ask(path)
            assert (status, SECRET.encode() in body) == (404, False)


def test_a_private_show_moves_from_secret_to_secret(private: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is laid at the old address leads below the secret, asks search engines to stay away, and is not laid where
    everybody reads it, nor where the show still is."""
    home = f"https://show.example.org/pod/{SECRET}/"
    assert podcast(private, "publish", "--moved-from", home) == 1
    assert "set it to the new address first" in " ".join(capsys.readouterr().err.split())
    assert podcast(private, "publish", "--moved-from", "https://old.example.org/pod/") == 1
    assert "everybody's address" in " ".join(capsys.readouterr().err.split())
    assert not (private / "moved").exists()
    assert podcast(private, "publish", "--moved-from", f"https://old.example.org/{SECRET[::-1]}/") == 0
    moved = private / "moved"
    assert f"<itunes:new-feed-url>{home}feed.xml<" in (moved / "feed.xml").read_text()
    assert (moved / "_redirects").read_text() == f"/{SECRET[::-1]}/* {home}:splat 301\n"
    assert f'<link rel="canonical" href="{home}about/">' in (moved / "about" / "index.html").read_text()
    for page in moved.rglob("*.html"):
        assert '<meta name="robots" content="noindex, nofollow">' in page.read_text()


@pytest.mark.long
def test_media_of_another_host_are_the_shows_own(private: Path) -> None:
    """Where media stand elsewhere, pages link them there below the secret, and every rule holds, at the desk too; a
    link to another place of that host breaks one."""
    be_private(private, 'media_base_url = "https://cdn.example.net/own/"\n')
    assert podcast(private, "publish") == 0
    page = next((private / "feed" / "episodes").glob("*/index.html"))
    assert f"https://cdn.example.net/own/{SECRET}/media/" in page.read_text()
    assert list(check.published(private / "feed", private=True)) == []
    assert hand.check(private) == ()
    sub("index.html", "</main>", f'<a href="https://cdn.example.net/?{SECRET}">x</a></main>')(private / "feed")
    assert {each.rule for each in check.published(private / "feed", private=True)} == {Rule.PRIVATE}


@pytest.mark.soak
def test_a_bucket_has_it_below_the_secret(
    private: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All goes below prefix and secret; that the feed of before is still there for everybody is said."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "planted")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with stores.moto() as url:
        client = boto3.session.Session().client("s3", endpoint_url=url)
        client.create_bucket(Bucket="pod")
        client.put_object(Bucket="pod", Key="show/feed.xml", Body=b"<rss/>")
        be_private(private, f'target = "s3"\n[publish.s3]\nendpoint = "{url}"\nbucket = "pod"\nprefix = "show"\n')
        assert podcast(private, "publish") == 0
        said = capsys.readouterr().err
        keys = [each["Key"] for each in client.list_objects_v2(Bucket="pod")["Contents"]]
    assert "everybody may read" in said
    assert SECRET not in said
    assert f"show/{SECRET}/feed.xml" in keys
    assert [key for key in keys if not key.startswith(f"show/{SECRET}/")] == ["show/feed.xml"]


@pytest.mark.long
def test_what_stands_below_an_earlier_secret_is_told(
    private: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """That it goes on working, without the secret; nothing is told of a folder that cannot be one."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "planted")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with stores.small() as store:
        be_private(
            private,
            f'target = "s3"\ncheck = "no"\n[publish.s3]\nendpoint = "{store.url}"\nbucket = "show"\nprefix = "pod"\n',
        )
        for path in ("pod/other/feed.xml", f"pod/{'b' * 30}/index.html", f"pod/{SECRET}/feed.xml"):
            store.objects[path] = stores.Kept(b"", "e", {})
        assert podcast(private, "publish") == 0
        assert "earlier secrets" not in capsys.readouterr().err
        store.objects[f"pod/{SECRET[::-1]}/feed.xml"] = stores.Kept(b"", "e", {})
        assert podcast(private, "publish") == 0
        said = " ".join(capsys.readouterr().err.split())
    assert "1 more feed below what may be earlier secrets" in said
    assert SECRET[::-1] not in said


def test_a_lost_podcast_toml_does_not_tell_the_address(private: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence that says whose show it is names where it was founded, not where it hides."""
    assert podcast(private, "publish") == 0
    (private / "podcast.toml").unlink()
    (private / ".env").unlink()
    assert podcast(private, "publish") == 1
    assert SECRET not in capsys.readouterr().err
    assert "FEED_SECRET" in os.environ
    assert load(private / "episodes" / "show.json")["guid"] == guids(private)[0][0]
