"""What is laid at a show's old address, so that apps, pages and directories find the new one."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from podcast.show import loopback, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError, NotReady
from podcast.show.settings import SECRET
from podcast.show.workspace import Workspace

FOLDER = "moved"
"""In the show's folder, beside feed/."""

_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">{quiet}
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
<p>This page has moved: <a href="{url}">{url}</a></p>
</html>
"""

_QUIET = '\n<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="no-referrer">'
"""Of a private show's pages, which hold its new address."""


def check(config: Config, old: str) -> str:
    """Return the old address with the slash at its end; ConfigError where it is none, or the show is still there, also
    by another scheme, or what is laid there would tell everybody where a private show is."""
    new, here = config.publish.home, f"{old.removesuffix('feed.xml').rstrip('/')}/"
    if urlsplit(here).scheme not in ("http", "https") or not urlsplit(here).netloc:
        raise ConfigError(f"{old!r} is no address", "write the old one whole, such as https://old.example.org/show/")
    if here == new or loopback.is_url(new):
        raise ConfigError(f"[publish] site_url is {new} yet", "set it to the new address first, then say this again")
    if _place(here) == _place(new):
        old_way, way = urlsplit(here).scheme, urlsplit(new).scheme
        raise ConfigError(
            f"{here} and {new} are one place, and what is laid there would lead to itself",
            "nothing moves"
            if old_way == way
            else f"have the web server redirect {old_way} to {way}; nothing else moves",
        )
    if config.publish.private and not re.fullmatch(SECRET, here.rstrip("/").rpartition("/")[2]):
        raise ConfigError(
            f"{here} is everybody's address, and what is laid there would tell them the private one",
            "give the old address with its secret, or tell your listeners the new one yourself",
        )
    return here


def lay(workspace: Workspace, config: Config, old: str) -> Path:
    """Make the folder moved/ of what stood at the old address, and return it.

    feed.xml is the feed with itunes:new-feed-url, by which apps and directories move; each page leads to its new one
    and names it as canonical; `_redirects`, `.htaccess` and `nginx.conf` say the same to a host that can redirect, but
    of the new address, where that is below the old one.
    Raises ConfigError as `check` does, NotReady where nothing is published.
    """
    new, here = config.publish.home, check(config, old)
    if not (workspace.feed / "feed.xml").is_file():
        raise NotReady("nothing is published yet", "podcast publish")
    folder, feed = workspace.root / FOLDER, workspace.feed
    files = {"feed.xml": _feed((feed / "feed.xml").read_text("utf-8"), new), "404.html": _page(config, new)}
    files |= {path.relative_to(feed).as_posix(): path.read_text("utf-8") for path in feed.glob("digest/feed.xml")}
    for page in sorted(workspace.feed.rglob("*.html")):
        name = page.relative_to(workspace.feed).as_posix()
        if name != "404.html":
            files[name] = _page(config, new + quote(name.removesuffix("index.html")))
    path, below = urlsplit(here).path, _below(here, new)
    pattern = f"^{re.escape(path)}{f'(?!{re.escape(below)}(?:/|$))' if below else ''}(.*)$"
    files["_redirects"] = "".join(f"{path}{each} {new}{to} 301\n" for each, to in _rules(workspace, below))
    files[".htaccess"] = f"RedirectMatch 301 {pattern} {new}$1\n"
    files["nginx.conf"] = f"location {path} {{ rewrite {pattern} {new}$1 permanent; }}\n"
    for name, text in files.items():
        store.write_atomic(folder / name, text.encode(), durable=False)
    return folder


def _place(url: str) -> tuple[str, str]:
    """Return where the address leads, by whatever scheme."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    return f"{parts.hostname or ''}{port}", parts.path


def _below(here: str, new: str) -> str:
    """Return the new address as a path below the old one, without the slash at its end; "" where it is not below."""
    (host, path), (at, to) = _place(here), _place(new)
    return to.removeprefix(path).rstrip("/") if host == at and to.startswith(path) else ""


def _rules(workspace: Workspace, below: str) -> list[tuple[str, str]]:
    """Return what stood below the old address, and where it stands below the new one; by its first names, for a host
    that takes no exceptions, where that is `below` the old."""
    if not below:
        return [("*", ":splat")]
    found = sorted(path for path in workspace.feed.iterdir() if not path.name.startswith("."))
    found = [path for path in found if path.name != below.partition("/")[0]]
    return [
        ("", ""),
        *((f"{each.name}/*", f"{each.name}/:splat") if each.is_dir() else (each.name,) * 2 for each in found),
    ]


def _feed(text: str, new: str) -> str:
    told = f"<itunes:new-feed-url>{escape(new)}feed.xml</itunes:new-feed-url>"
    return re.sub(r"(\s*)(<itunes:author>)", rf"\1{told}\1\2", text, count=1)


def _page(config: Config, url: str) -> str:
    quoted = escape(url, {'"': "&quot;"})
    quiet = _QUIET if config.publish.private else ""
    return _PAGE.format(language=config.show.language, title=escape(config.show.title), url=quoted, quiet=quiet)
