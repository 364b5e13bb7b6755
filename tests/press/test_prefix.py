"""`[publish] prefix`: who counts downloads stands before the feed's sound, and before nothing else."""

from pathlib import Path

import pytest
import test_site
from conftest import podcast
from lxml import etree

from podcast.press import feed
from podcast.press.entry import Entry
from podcast.serving import serve
from podcast.show import config
from podcast.show.settings import PublishSettings

PREFIX, SITE = "https://op3.example/e,pg=media/", "https://show.example/pod/"


@pytest.fixture
def prefixed(made: Path) -> Path:
    with (made / "podcast.toml").open("a") as file:
        file.write(f'[publish]\nsite_url = "{SITE}"\nprefix = "{PREFIX.rstrip("/")}"\n')
    assert podcast(made, "publish") == 0
    return made


def test_a_prefix_stands_before_enclosures_alone(prefixed: Path) -> None:
    """The enclosure is the prefix and the address without its scheme; transcripts, chapters, pages and the site's
    player are where they were; and all rules hold."""
    rss = (prefixed / "feed" / "feed.xml").read_bytes()
    urls = [one.get("url") for one in etree.fromstring(rss).iter("enclosure")]
    assert len(urls) == 2
    assert all(url.startswith(f"{PREFIX}show.example/pod/media/") for url in urls)
    assert rss.count(PREFIX.encode()) == 2
    others = [path for path in (prefixed / "feed").rglob("*") if path.is_file() and path.name != "feed.xml"]
    assert not [path for path in others if b"op3.example" in path.read_bytes()]
    assert podcast(prefixed, "publish", "--check") == 0


def test_what_is_served_here_is_heard_here(prefixed: Path) -> None:
    """`podcast serve` has the enclosures at this machine too: nobody is counted, and nobody else is asked."""
    import urllib.request

    addresses = config.read(prefixed / "podcast.toml").publish.addresses()
    with serve.running(prefixed / "feed", addresses) as here:
        rss = urllib.request.urlopen(f"{here}feed.xml").read()
        for one in etree.fromstring(rss).iter("enclosure"):
            assert one.get("url").startswith(f"{here}media/")
            assert urllib.request.urlopen(one.get("url")).status == 200


def test_opus_goes_without_it() -> None:
    """An alternate enclosure names our own file, which its seal is of: who counts hears of enclosures alone."""
    item, settings = test_site.item(test_site.release(1)), PublishSettings(site_url=SITE, prefix=PREFIX)
    (page,) = feed.pages([Entry.of(item)])
    rss = etree.fromstring(feed.build(test_site.show(), settings, "917393e3-1b1e-5cef-ace4-edaa54e1f810", page))
    assert [one.get("uri") for one in rss.iter(f"{{{feed.NAMESPACES['podcast']}}}source")] == [f"{SITE}{item.opus}"]
    assert [one.get("url") for one in rss.iter("enclosure")] == [f"{PREFIX}show.example/pod/{item.media}"]


def test_without_https_the_whole_address_follows() -> None:
    """Those who count want the scheme where it is not https."""
    plain = PublishSettings(site_url="http://show.example/", prefix="https://a.example/e")
    assert plain.enclosure("media/x.mp3") == "https://a.example/e/http://show.example/media/x.mp3"
    assert plain.address("media/x.mp3") == "http://show.example/media/x.mp3"
    assert PublishSettings(site_url=SITE).enclosure("media/x.mp3") == f"{SITE}media/x.mp3"


@pytest.mark.parametrize("prefix", ["op3.example/e/", "http://op3.example/", "https://"])
def test_what_is_no_prefix_is_refused(prefix: str) -> None:
    """It is an address that begins with https://."""
    with pytest.raises(ValueError, match="https://"):
        PublishSettings(prefix=prefix)
