"""The site's pages: every link within leads somewhere, and nothing is fetched from elsewhere."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from podcast.check.rules import Failure, Rule

FETCHED = {
    "script": ("src",), "img": ("src", "srcset"), "source": ("src", "srcset"), "audio": ("src",), "track": ("src",),
    "video": ("src", "poster"), "iframe": ("src",), "embed": ("src",), "object": ("data",), "input": ("src",),
    "use": ("href",), "image": ("href",),
}  # fmt: skip
"""What a browser fetches by itself, by tag."""
LINKED = {"a": "href", "area": "href", "form": "action"}
FETCHED_RELS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "manifest",
    "apple-touch-icon",
    "preconnect",
    "prefetch",
}
"""What a <link> fetches; of others, such as canonical and alternate, only the address is said."""

_IN_STYLE = re.compile(r"""(?:url\(|@import\s+(?=["']))\s*["']?([^"')\s;]+)""")


class _Page(HTMLParser):
    """What a page links to, what it fetches, and which places it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self._style = False
        self.feed(text)

    def has(self, place: str) -> bool:
        """Whether a link may end with #place: an id of the page, a time of its media, or a text to find."""
        return not place or place.startswith(("t=", ":~:")) or unquote(place) in self.ids

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        if "id" in held:
            self.ids.append(held["id"])
        for name in FETCHED.get(tag, ()):
            parts = held.get(name, "").split(",") if name == "srcset" else [held.get(name, "")]
            self.fetched += [part.split()[0] for part in parts if part.strip()]
        if tag == "link" and held.get("href"):
            rels = set(held.get("rel", "").split())
            (self.fetched if rels & FETCHED_RELS else self.links).append(held["href"])
        if tag in LINKED and LINKED[tag] in held:
            self.links.append(held[LINKED[tag]])
        self.fetched += _IN_STYLE.findall(held.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self._style:
            self.fetched += _IN_STYLE.findall(data)
            self._style = False


def check(root: Path, site: str = "/", own: Collection[str] = ()) -> Iterator[Failure]:
    """Yield what is wrong with the links of pages and style sheets under the folder, which is served at path `site`.

    What begins with one of its `own` addresses is fetched from nobody else.
    """
    known: dict[Path, _Page] = {}

    def page(path: Path) -> _Page:
        if path not in known:
            known[path] = _Page(path.read_text("utf-8", errors="replace"))
        return known[path]

    for path in sorted(root.rglob("*.html")):
        where, shown = str(path.relative_to(root)), page(path)
        ids = shown.ids
        if twice := {one for one in ids if ids.count(one) > 1} if len(set(ids)) < len(ids) else set():
            yield Failure(Rule.PAGE_ID, where, ", ".join(sorted(twice)))
        yield from _fetched(shown.fetched, where, own)
        for link in dict.fromkeys([*shown.links, *shown.fetched]):
            target = _inside(root, path, link, site)
            if target is None:
                continue
            if not target.is_file():
                yield Failure(Rule.PAGE_LINK, where, f"{link} is not there")
            elif target.suffix == ".html" and not page(target).has(urlsplit(link).fragment):
                yield Failure(Rule.PAGE_LINK, where, f"{link} has no such place")
    for path in sorted(root.rglob("*.css")):
        where = str(path.relative_to(root))
        named = _IN_STYLE.findall(path.read_text("utf-8"))
        yield from _fetched(named, where, own)
        for link in named:
            target = _inside(root, path, link, site)
            if target is not None and not target.is_file():
                yield Failure(Rule.PAGE_LINK, where, f"{link} is not there")


def _fetched(links: list[str], where: str, own: Collection[str]) -> Iterator[Failure]:
    for link in dict.fromkeys(links):
        if link.startswith(tuple(own)):
            continue
        if link.startswith("//") or urlsplit(link).scheme not in ("", "data"):
            yield Failure(Rule.THIRD_PARTY, where, link)


def _inside(root: Path, path: Path, link: str, site: str) -> Path | None:
    """Return the file that a relative link leads to; None for an address, which other checks see."""
    if link.startswith("//") or urlsplit(link).scheme:
        return None
    leads = urlsplit(urljoin(site + path.relative_to(root).as_posix(), link)).path
    if not leads.startswith(site):
        return root / ".elsewhere"  # on the same host, and not of this site
    target = root / unquote(leads.removeprefix(site))
    return target / "index.html" if target.is_dir() else target
