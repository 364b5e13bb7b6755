"""Whether a folder is a show, and still has the settings that it was founded with."""

import html
import os
import re

from podcast.show import store
from podcast.show.config import Config
from podcast.show.errors import ConfigError
from podcast.show.schema import Catalogue
from podcast.show.workspace import Workspace

_HEAD = 8192
"""Bytes of feed.xml in which the show's own title and address stand."""


def check(workspace: Workspace, config: Config, *, demo: bool = False) -> None:
    """Raise ConfigError where the folder is no show, unless it is to have the demo, or where it has lost podcast.toml.

    A show without podcast.toml, as the demo makes one, is one by the defaults, or by PODCAST_* variables. One that was
    published as something else than the settings in force say has lost them.
    """
    path = workspace.config
    if os.path.lexists(path) and not path.is_file():
        raise ConfigError(f"{path} is no file", "put the show's settings back there, from a copy")
    if path.is_file() and path.read_bytes().strip():
        return
    founded = os.path.lexists(workspace.catalogue) or bool(workspace.days())
    if not founded:
        if demo or path.is_file() or any(re.match(r"PODCAST_[A-Z]+__", name) for name in os.environ):
            return
        raise ConfigError(
            f"{workspace.root} is no show: it has no podcast.toml",
            "name a show's folder with -C, make one with podcast new DIR, or look at the demo: podcast make --demo",
        )
    was, now = _founded_as(workspace), (config.show.title, config.publish.site_url)
    for then, here in zip(was, now, strict=True):
        if then and then != here:
            raise ConfigError(
                f"{path} is lost, or empty: this show is {' at '.join(filter(None, was))}, and would go out as "
                f"{' at '.join(now)}",
                "put podcast.toml back from a copy (git checkout podcast.toml), or write it anew: [show] title, "
                "[publish] site_url, the voices of [[hosts]]",
            )


def _founded_as(workspace: Workspace) -> tuple[str, str]:
    """Return the show's title and address as it was last published, or founded; "" for what is not known."""
    feed = workspace.feed / "feed.xml"
    if feed.is_file():
        with feed.open("rb") as file:
            head = file.read(_HEAD).decode(errors="replace")
        if "<itunes:block>" in head:  # a private show's address is told to nobody
            return _founded(workspace)
        title, address = (
            re.search(r"<title>(.*?)</title>", head),
            re.search(r'href="([^"]*)feed\.xml" rel="self"', head),
        )
        return html.unescape(title[1]) if title else "", html.unescape(address[1]) if address else ""
    return _founded(workspace)


def _founded(workspace: Workspace) -> tuple[str, str]:
    founded = store.load_disposable(Catalogue, workspace.catalogue)
    return founded.title if founded else "", founded.site_url if founded else ""
