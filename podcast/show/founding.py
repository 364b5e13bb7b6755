"""Whether a folder is a show, and still has the settings that it was founded with."""

import html
import json
import os
import re

from podcast.show import loopback, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError
from podcast.show.schema import Catalogue
from podcast.show.workspace import Workspace

_VARIABLES = {"[show] title": "PODCAST_SHOW__TITLE", "[publish] site_url": "PODCAST_PUBLISH__SITE_URL"}
"""What a show must not go out without, once it had it."""
_HEAD = 8192
"""Bytes of feed.xml in which the show's own title and address stand."""


def check(workspace: Workspace, config: Config, *, demo: bool = False) -> None:
    """Raise ConfigError where the folder is no show, unless it is to have the demo, or where it has lost podcast.toml.

    A show without podcast.toml, as the demo makes one, is one by the defaults, or by PODCAST_* variables. One that was
    published as something else than the settings in force say has lost them; what is written out may differ.
    """
    path = workspace.config
    if os.path.lexists(path) and not path.is_file():
        raise ConfigError(f"{path} is no file", "put the show's settings back there, from a copy")
    kept = _kept(workspace)
    if not kept and not (os.path.lexists(workspace.catalogue) or workspace.days()):
        if demo or path.is_file() or any(re.match(r"PODCAST_[A-Z]+__", name) for name in os.environ):
            return
        raise ConfigError(
            f"{workspace.root} is no show: it has no podcast.toml",
            "name a show's folder with -C, make one with podcast new DIR, or look at the demo: podcast make --demo",
        )
    if not kept:
        _compare(workspace, config, kept)


def check_going_out(workspace: Workspace, config: Config) -> None:
    """Raise ConfigError where the show would go out by another title or address than before, and no setting says so: a
    part of podcast.toml was lost, or a variable is not set here."""
    if _kept(workspace):
        _compare(workspace, config, kept=True)


def _kept(workspace: Workspace) -> bool:
    return workspace.config.is_file() and bool(workspace.config.read_bytes().strip())


def _compare(workspace: Workspace, config: Config, kept: bool) -> None:
    path = workspace.config
    written = "title" in config.show.model_fields_set, "site_url" in config.publish.model_fields_set
    if kept and all(written):
        return
    was, now = _founded_as(workspace), (config.show.title, config.publish.site_url)
    for name, said, then, here in zip(_VARIABLES, written, was, now, strict=True):
        if then and then != here and not (kept and said):
            raise ConfigError(
                f"{path} {f'says no {name}' if kept else 'is lost, or empty'}: this show is "
                f"{' at '.join(filter(None, was))}, and would go out as {' at '.join(now)}",
                "put podcast.toml back from a copy (git checkout podcast.toml), or write "
                + (f"{name} out, or set {_VARIABLES[name]} where that said it; "
                   f"if it is to be another now: {name.split()[1]} = {json.dumps(here, ensure_ascii=False)}"
                   if kept else "it anew: [show] title, [publish] site_url, the voices of [[hosts]]"),
            )  # fmt: skip


def _founded_as(workspace: Workspace) -> tuple[str, str]:
    """Return the show's title and address as it was last published, or founded; "" for what is not known, and for an
    address of this machine, which no listener has."""
    title, address = _told(workspace) or _founded(workspace)
    return title, "" if loopback.is_url(address) else address


def _told(workspace: Workspace) -> tuple[str, str] | None:
    """Return what the feed says of them; None where there is none, or a private one: its address is told to nobody."""
    feed = workspace.feed / "feed.xml"
    if not feed.is_file():
        return None
    with feed.open("rb") as file:
        head = file.read(_HEAD).decode(errors="replace")
    if "<itunes:block>" in head:
        return None
    title = re.search(r"<title>(.*?)</title>", head)
    address = re.search(r'href="([^"]*)feed\.xml" rel="self"', head)
    return html.unescape(title[1]) if title else "", html.unescape(address[1]) if address else ""


def _founded(workspace: Workspace) -> tuple[str, str]:
    founded = store.load_disposable(Catalogue, workspace.catalogue)
    return founded.title if founded else "", founded.site_url if founded else ""
