"""What the show needs: each thing looked at, what was found, and the fix for what is missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypedDict

from podcast import sources
from podcast.cli import tables
from podcast.press import cover
from podcast.recording import hearing
from podcast.show.config import Config
from podcast.show.errors import ConfigError, PodcastError
from podcast.show.settings import EXAMPLE_EMAIL, WriterSettings
from podcast.show.workspace import Workspace
from podcast.sound import ffmpeg, marks
from podcast.studio import Studio
from podcast.writers import facts, pick


class Check(TypedDict):
    """A line of `podcast doctor`."""

    check: str
    ok: str
    """yes, no, or "could be better"."""
    found: str
    fix: str


def examine(read_settings: Callable[[], tuple[Workspace, Config]]) -> Iterator[Check]:
    """Yield what was looked at, what was found, and the fix for what is missing.

    Without settings that can be read, nothing after them is looked at.
    """
    yield _needed("ffmpeg", lambda: f"{ffmpeg.find()} ({ffmpeg.version()})")
    try:
        workspace, config = read_settings()
    except PodcastError as error:
        yield Check(check="settings", ok="no", found=str(error), fix=error.hint)
        return
    here = str(workspace.config) if workspace.config.is_file() else "defaults: there is no podcast.toml"
    yield Check(check="settings", ok="yes", found=here, fix="")
    for name, look in (
        ("voices", _voices),
        ("writer", _writer),
        ("folder", _folder),
        ("cover", _cover),
        ("marks", _marks),
    ):
        yield _needed(name, partial(look, workspace, config))
    yield from _engines()
    yield from _extras(workspace, config)
    yield from _addresses(config)


def _needed(name: str, look: Callable[[], str]) -> Check:
    """Look at what no episode is made without."""
    try:
        return Check(check=name, ok="yes", found=look(), fix="")
    except PodcastError as error:
        return Check(check=name, ok="no", found=str(error), fix=error.hint)


def _wished(name: str, there: bool, found: str, fix: str) -> Check:
    """Tell of what would make the show better."""
    return Check(check=name, ok="yes" if there else "could be better", found=found, fix="" if there else fix)


def _engines() -> Iterator[Check]:
    for engine in tables.engines():
        there = engine["installed"] == "yes"
        found = "installed" if there else "not installed"
        yield _wished(str(engine["engine"]), there, found, str(engine["to install"]))


def _ear(workspace: Workspace, config: Config) -> Check:
    """Look at who hears the takes' words: none at all, or a lesser one, could be better; one that is wanted must be."""
    chosen = Studio(workspace, config, sources.demo()).ear
    try:
        name = hearing.named(chosen)
    except PodcastError as error:
        return Check(check="ear", ok="no", found=str(error), fix=error.hint)
    wished = chosen == "auto" and not name.startswith("whisper")
    return _wished("ear", not wished, f"takes are heard by {name or 'nothing'}", hearing.INSTALL)


def _extras(workspace: Workspace, config: Config) -> Iterator[Check]:
    yield _ear(workspace, config)
    gpu = shutil.which("nvidia-smi")
    yield _wished("GPU", bool(gpu), gpu or "none: voices speak slower", "")


def _addresses(config: Config) -> Iterator[Check]:
    """Look at what listeners are given, once the show is theirs."""
    if config.show.email == EXAMPLE_EMAIL:
        yield _wished("email", False, config.show.email, "set [show] email to where listeners can write to")
    site = config.publish.site_url
    public = not site.startswith(("http://127.", "http://localhost"))
    yield _wished("site_url", public, site, "set [publish] site_url to where listeners will find feed/")


def _voices(workspace: Workspace, config: Config) -> str:
    cast = Studio(workspace, config, sources.demo()).cast
    return ", ".join(f"{key}: {actor.voice.name} ({actor.voice.synthesizer})" for key, actor in cast.items())


def _writer(workspace: Workspace, config: Config) -> str:
    settings = config.writer
    if pick(settings) != "llm":
        return "extractive: the paper's own sentences; for a language model set [writer] base_url or model"
    known, address = bool(os.environ.get(settings.key)), settings.base_url or os.environ.get("OPENAI_BASE_URL", "")
    if not address and not known:
        raise ConfigError(f"{settings.key} is not set", f"export {settings.key}=…, or set base_url")
    key = f"{settings.key} is set" if known else f"no {settings.key}"
    where = f"{settings.model or 'the only model'} at {address or 'api.openai.com'}, {key}"
    return f"{where}{_told(settings, address)}" if facts.is_own(address) else where


def _told(settings: WriterSettings, address: str) -> str:
    """Return what a server of one's own tells of itself. Raises ConfigError where the settings say otherwise."""
    told = facts.ask(address, os.environ.get(settings.key, ""))
    if told == facts.Facts():
        raise ConfigError(
            f"the server at {address} does not answer",
            "start it, wait until its model is loaded, or set base_url in [writer]",
        )
    if settings.model and told.models and settings.model not in told.models:
        raise ConfigError(
            f"the server at {address} has no model {settings.model!r}",
            f"set model in [writer] to one it has: {', '.join(told.models[:10])}",
        )
    if told.context and told.context < settings.context:
        raise ConfigError(
            f"the server gives each request {told.context:,} tokens, and [writer] context is {settings.context:,}",
            f"set context = {told.context} in [writer], and max_tokens to half of it or less, or start the server with "
            "more: where it has several slots, they share what it has",
        )
    slots = f", {told.slots} at a time" if told.slots else ""
    more = told.context and told.context > settings.context
    return f", {told.context or settings.context:,} tokens a request{slots}" + (
        f" (context in [writer] is {settings.context:,}: more would fit)" if more else ""
    )


def _marks(workspace: Workspace, config: Config) -> str:
    """Return by which marks the show's sound says that it is synthetic (docs/law.md)."""
    seal = marks.seal(config.marks, workspace.root)
    signed = f"signed as C2PA has it, by certificate {seal.name}" if seal else "not signed"
    return f"unsigned: ID3, Opus, page, feed, texts; {signed}"


def _folder(workspace: Workspace, config: Config) -> str:
    root = workspace.root
    if not os.access(root, os.W_OK):
        raise ConfigError(f"{root} cannot be written to", f"chmod u+w '{root}'")
    free = shutil.disk_usage(root).free / 2**30
    if free < 1:
        raise ConfigError(f"only {free:.1f} GB are free at {root}", "make room: an episode takes 20 MB")
    return f"{root}, {free:.0f} GB free"


def _cover(workspace: Workspace, config: Config) -> str:
    path = workspace.root / config.show.cover
    if not path.is_file():
        return "none yet: one is drawn with the first episode"
    cover.check_cover(path)
    return str(path)
