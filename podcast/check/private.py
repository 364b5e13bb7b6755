"""A private show: its address is a secret, and it asks all who list and index to stay away."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from podcast.check import files
from podcast.check.rules import Failure, Rule
from podcast.check.tree import ITUNES, PODCAST, Parts
from podcast.show.settings import SECRET

_META = re.compile(r'<meta name="(robots|referrer)" content="([^"]*)">')
_WANTED = {"robots": "noindex", "referrer": "no-referrer"}
"""Search engines leave such a page out; what it leads to does not learn where the reader came from."""


def folder(root: Path) -> Iterator[Failure]:
    """Yield what in the folder would tell others of the show; the secret itself is not told."""
    from lxml import etree

    for path in sorted((*root.glob("feed.xml"), *root.glob("archive-*.xml"))):
        try:
            channel = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False)).find("channel")
        except etree.XMLSyntaxError:
            continue  # said already
        if channel is not None:
            yield from _blocked(Parts(channel), path.name)
    secret, own = _secret(files.home(root)), files.own(root)
    if not secret:
        yield Failure(Rule.PRIVATE, "feed.xml", "its own address has no secret")
    for path in sorted(root.rglob("*.html")):
        text, name = path.read_text("utf-8", errors="replace"), path.relative_to(root).as_posix()
        said = dict(_META.findall(text))
        for meta, wanted in _WANTED.items():
            if wanted not in said.get(meta, "").replace(" ", "").split(","):
                yield Failure(Rule.PRIVATE, name, f"no <meta name={meta!r}> that says {wanted}")
        if secret:
            yield from _leaks(text, name, own, secret)
    robots = root / "robots.txt"
    if not robots.is_file() or "Disallow: /\n" not in robots.read_text():
        yield Failure(Rule.PRIVATE, "robots.txt", "it lets search engines in")
    if (root / "sitemap.xml").is_file():
        yield Failure(Rule.PRIVATE, "sitemap.xml", "it lists every page for search engines")


def _blocked(parts: Parts, name: str) -> Iterator[Failure]:
    for namespace, tag in ((ITUNES, "itunes:block"), (PODCAST, "podcast:block")):
        said = parts.text(f"{namespace}block")
        if said.lower() != "yes":
            yield Failure(Rule.PRIVATE, f"{name}: channel", f"{tag} {said or 'is not there'}")


def _secret(home: str) -> str:
    """Return the part of the feed's own address that nobody guesses; "" where it has none."""
    last = urlsplit(home).path.strip("/").rpartition("/")[2]
    return last if re.fullmatch(SECRET, last) else ""


def _leaks(text: str, name: str, own: Collection[str], secret: str) -> Iterator[Failure]:
    """Yield each link that holds the secret and is not to the show's `own` addresses."""
    for address in re.findall(r'(?:href|src|action)="(https?://[^"]+)"', text):
        if secret in address and not address.startswith(tuple(own)):
            yield Failure(Rule.PRIVATE, name, f"{urlsplit(address).netloc} would learn the address")
