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
    """Return the old address with the slash at its end; ConfigError where it is none, or the show is still there, or
    what is laid there would tell everybody where a private show is."""
    new, here = config.publish.home, f"{old.removesuffix('feed.xml').rstrip('/')}/"
    if urlsplit(here).scheme not in ("http", "https") or not urlsplit(here).netloc:
        raise ConfigError(f"{old!r} is no address", "write the old one whole, such as https://old.example.org/show/")
    if here == new or loopback.is_url(new):
        raise ConfigError(f"[publish] site_url is {new} yet", "set it to the new address first, then say this again")
    if config.publish.private and not re.fullmatch(SECRET, here.rstrip("/").rpartition("/")[2]):
        raise ConfigError(
            f"{here} is everybody's address, and what is laid there would tell them the private one",
            "give the old address with its secret, or tell your listeners the new one yourself",
        )
    return here


def lay(workspace: Workspace, config: Config, old: str) -> Path:
    """Make the folder moved/ of what stood at the old address, and return it.

    feed.xml is the feed with itunes:new-feed-url, by which apps and directories move; each page leads to its new one
    and names it as canonical; `_redirects`, `.htaccess` and `nginx.conf` say the same to a host that can redirect.
    Raises ConfigError as `check` does, NotReady where nothing is published.
    """
    new, here = config.publish.home, check(config, old)
    if not (workspace.feed / "feed.xml").is_file():
        raise NotReady("nothing is published yet", "podcast publish")
    folder, path = workspace.root / FOLDER, urlsplit(here).path
    files = {"feed.xml": _feed((workspace.feed / "feed.xml").read_text("utf-8"), new), "404.html": _page(config, new)}
    for page in sorted(workspace.feed.rglob("*.html")):
        name = page.relative_to(workspace.feed).as_posix()
        if name != "404.html":
            files[name] = _page(config, new + quote(name.removesuffix("index.html")))
    files["_redirects"] = f"{path}* {new}:splat 301\n"
    files[".htaccess"] = f"RedirectMatch 301 ^{re.escape(path)}(.*)$ {new}$1\n"
    files["nginx.conf"] = f"location {path} {{ rewrite ^{re.escape(path)}(.*)$ {new}$1 permanent; }}\n"
    for name, text in files.items():
        store.write_atomic(folder / name, text.encode(), durable=False)
    return folder


def _feed(text: str, new: str) -> str:
    told = f"<itunes:new-feed-url>{escape(new)}feed.xml</itunes:new-feed-url>"
    return re.sub(r"(\s*)(<itunes:author>)", rf"\1{told}\1\2", text, count=1)


def _page(config: Config, url: str) -> str:
    quoted = escape(url, {'"': "&quot;"})
    quiet = _QUIET if config.publish.private else ""
    return _PAGE.format(language=config.show.language, title=escape(config.show.title), url=quoted, quiet=quiet)
