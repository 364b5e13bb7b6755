"""What the show needs: each thing looked at, what was found, and the fix for what is missing."""

import os
import shlex
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TypedDict

from podcast import assembly, machines, sources, writers
from podcast.cli import tables
from podcast.digest import letter, mail, webhook
from podcast.press import cover
from podcast.publishers import PUBLISHERS
from podcast.recording import casting, hearing
from podcast.show import environment, loopback, mistakes, registry
from podcast.show.config import Config
from podcast.show.errors import ConfigError, PodcastError
from podcast.show.iso639 import primary
from podcast.show.settings import EXAMPLE_EMAIL, WriterSettings
from podcast.show.workspace import Workspace
from podcast.sound import ffmpeg, marks, watermarks
from podcast.studio import Studio
from podcast.writers import facts

_OPENAI = "https://api.openai.com/v1"
_PATIENCE = 10.0
"""Seconds until a server that says nothing does not answer."""
_SAMPLED = 10
"""Episodes, the newest, that are weighed for what a year takes."""
_AN_EPISODE = 0.02
"""GB that an episode of eight minutes takes, where none is made yet."""
_WITHOUT = {
    "extractive": ": the paper's own sentences; for a language model set [writer] base_url or model",
    "replay": ": the answers to the built-in day that come with the project",
}
"""What writers without a language model do."""
_WEEKDAYS = 261
"""Of a year: the list has papers on these."""


class Check(TypedDict):
    """A line of `podcast doctor`."""

    check: str
    ok: str
    """yes, no, or "could be better"."""
    found: str
    fix: str
    seconds: float
    """How long it took to look."""


def examine(read_settings: Callable[[], tuple[Workspace, Config]]) -> Iterator[Check]:
    """Yield what was looked at, what was found, and the fix for what is missing.

    Without settings that can be read, nothing after them is looked at.
    """
    yield _needed("ffmpeg", lambda: f"{ffmpeg.find()} ({ffmpeg.version()})")
    try:
        workspace, config = read_settings()
    except PodcastError as error:
        yield _found("settings", "no", str(error), error.hint)
        return
    here = str(workspace.config) if workspace.config.is_file() else "defaults: there is no podcast.toml"
    yield _found("settings", "yes", here)
    if environment.is_open(workspace.root):
        path = shlex.quote(str(workspace.root / environment.FILE))
        yield _wished("keys", False, f"others on this machine may read {path}", f"chmod 600 {path}")
    yield from needed(workspace, config)
    yield from _strange(workspace, config)
    if config.digest.mail.to:
        yield _needed("mail", partial(_mail, config))
    yield from _listening(config)
    yield from _engines()
    yield from _extras(workspace, config)
    yield from _addresses(config)


def needed(workspace: Workspace, config: Config) -> Iterator[Check]:
    """Yield what no episode of the show is made, or brought to listeners, without."""
    looks = {
        "voices": _voices,
        "writer": _writer,
        "folder": _folder,
        "cover": _cover,
        "music": _music,
        "marks": _marks,
        "target": _target,
    }
    for name, look in looks.items():
        yield _needed(name, partial(look, workspace, config))


def _needed(name: str, look: Callable[[], str]) -> Check:
    begun = time.monotonic()
    try:
        found = _found(name, "yes", look())
    except PodcastError as error:
        found = _found(name, "no", str(error), error.hint)
    found["seconds"] = round(time.monotonic() - begun, 1)
    return found


def _found(name: str, ok: str, found: str, fix: str = "") -> Check:
    return Check(check=name, ok=ok, found=found, fix=fix, seconds=0.0)


def _wished(name: str, there: bool, found: str, fix: str) -> Check:
    """Tell of what would make the show better."""
    return _found(name, "yes" if there else "could be better", found, "" if there else fix)


def _listening(config: Config) -> Iterator[Check]:
    """Look whether the addresses that are told of days, publishes and runs are there; none of them is called."""
    if setting := config.digest.webhook:
        try:
            webhook.address(setting)
        except ConfigError as error:
            yield _wished("digest webhook", False, str(error), error.hint)
        else:
            yield _found("digest webhook", "yes", "its address is there")
    for name, variable, nobody in (
        ("webhook", config.publish.webhook, "nobody is told of a publish"),
        ("ping", config.run.ping, "nobody is told that a run went well"),
    ):
        if variable:
            there = bool(os.environ.get(variable))
            found = f"{variable} is set" if there else f"{variable} is not set: {nobody}"
            yield _wished(name, there, found, _key(variable))


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
        return _found("ear", "no", str(error), error.hint)
    wished = chosen == "auto" and not name.startswith("whisper")
    return _wished(
        "ear",
        not wished,
        f"takes are heard by {name or 'nothing'}",
        f"{hearing.install()} (160 MB); [asr-small] is 38 MB, and hears less",
    )


def _machines(config: Config) -> str:
    """Return who records for `make` and `run`; nothing is started, and no cluster joined. MissingDependency where its
    package is not there."""
    engine, workers = config.run.engine, config.record.workers or "as many as there is room for"
    machines.check(engine)
    if engine.partition(":")[0] == "ray":
        return f"{engine} ({metadata.version('ray')}), workers: {workers}"
    return f"{engine}, workers: {workers}"


def _extras(workspace: Workspace, config: Config) -> Iterator[Check]:
    if config.run.engine:
        yield _needed("machines", partial(_machines, config))
    yield _ear(workspace, config)
    gpu = shutil.which("nvidia-smi")
    yield _wished("GPU", bool(gpu), gpu or "none: voices speak slower", "")


def _addresses(config: Config) -> Iterator[Check]:
    """Look at what listeners are given, once the show is theirs."""
    if config.show.email == EXAMPLE_EMAIL:
        yield _wished("email", False, config.show.email, "set [show] email to where listeners can write to")
    site = config.publish.site_url
    if config.publish.private:
        yield _needed(
            "private", lambda: f"below {len(config.publish.secret)} letters that {config.publish.private} has"
        )
    told = bool(config.digest.mail.to or config.digest.webhook)  # whoever they are, they get links to it
    here, fix = loopback.is_url(site), "set [publish] site_url to where listeners will find feed/"
    yield _found("site_url", "no", site, fix) if here and told else _wished("site_url", not here, site, fix)


def _voices(workspace: Workspace, config: Config) -> str:
    cast = Studio(workspace, config, sources.demo()).cast
    return ", ".join(f"{key}: {actor.voice.name} ({actor.voice.synthesizer})" for key, actor in cast.items())


def _strange(workspace: Workspace, config: Config) -> Iterator[Check]:
    """Tell of each voice that a host names, and that speaks another language than the show's."""
    language = config.show.language
    try:
        voices = Studio(workspace, config, sources.demo()).voices
    except PodcastError:  # which "voices" has said
        return
    for host in config.hosts:
        voice = voices.get(host.voice)
        if voice and (hint := casting.strange(voice, language)):
            found = f"{host.name}'s, {voice.name}, speaks {voice.language!r}, and the show's language is {language!r}"
            yield _wished("voice", False, found, hint)


def _writer(workspace: Workspace, config: Config) -> str:
    settings, language = config.writer, config.show.language
    known, address = os.environ.get(settings.key, ""), settings.base_url or os.environ.get("OPENAI_BASE_URL", "")
    writers.check(settings)
    name = writers.pick(settings)
    registry.load(name, writers.WRITERS, "writer")
    if name != "llm":
        if name in writers.WRITERS and primary(language) != "en":
            raise ConfigError(
                f"without a language model scripts are English, and the show's language is {language}",
                f"set [writer] base_url, or model; {_key(settings.key)}",
            )
        return f"{name}{_WITHOUT.get(name, '')}"
    if not address and not known:
        raise ConfigError(f"{settings.key} is not set", f"{_key(settings.key)}, or set base_url")
    _answers(address or _OPENAI, settings.key, settings.model)
    key = f"{settings.key} is set" if known else f"no {settings.key}"
    where = f"{settings.model or 'the only model'} at {address or 'api.openai.com'}, {key}"
    return f"{where}{_told(settings, address)}" if facts.is_own(address) else where


def _key(variable: str) -> str:
    return f"put {variable}=… into .env beside podcast.toml, or export it"


def _answers(address: str, variable: str, model: str) -> None:
    """Ask the server for its models, which costs nothing. Raises ConfigError where none answers, or not to this key, or
    where the one that is wanted is not among them."""
    import httpx2

    key = os.environ.get(variable, "")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx2.get(
            f"{address}/models", timeout=_PATIENCE, headers=headers, trust_env=not loopback.is_url(address)
        )
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ConfigError(
            f"the server at {address} does not answer",
            "start it, wait until its model is loaded, or set base_url in [writer]",
        ) from error
    if answer.status_code in (401, 403):
        raise ConfigError(
            f"the server at {address} does not accept {variable} ({answer.status_code})"
            if key
            else f"the server at {address} wants a key, and {variable} is not set",
            _key(variable),
        )
    try:
        known = [str(each["id"]) for each in answer.json()["data"]]
    except (ValueError, KeyError, TypeError):
        return  # it has no such list
    if model and known and model not in known:
        guess = mistakes.meant(model, known)
        raise ConfigError(
            f"the server at {address} has no model {model!r}{guess}",
            f"set model in [writer] to one it has: {', '.join(known[:10])}",
        )


def _told(settings: WriterSettings, address: str) -> str:
    """Return what a server of one's own, which answers, tells of itself. Raises ConfigError where the settings say
    otherwise."""
    told = facts.ask(address, os.environ.get(settings.key, ""), settings.model)
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
    signed = f"signed as C2PA has it, by certificate {seal.name}, until {seal.check()}" if seal else "not signed"
    mark = watermarks.wanted(config.marks)
    return f"unsigned: ID3, Opus, page, feed, texts; {signed}; {mark.name if mark else 'none'} in the sound itself"


def _folder(workspace: Workspace, config: Config) -> str:
    root = workspace.root
    if not os.access(root, os.W_OK):
        raise ConfigError(f"{root} cannot be written to", f"chmod u+w {shlex.quote(str(root))}")
    free = shutil.disk_usage(root).free / 1e9
    made = [folder for folder in workspace.papers() if folder.episode.is_file()][-_SAMPLED:]
    each = sum(_bytes(folder.root) for folder in made) / len(made) / 1e9 if made else _AN_EPISODE
    year = each * config.select.top * _WEEKDAYS
    if free < 1:
        raise ConfigError(f"only {free:.1f} GB are free at {root}", f"make room: an episode takes {each * 1e3:.0f} MB")
    return f"{root}, {free:.0f} GB free; a year of {config.select.top} episodes a weekday takes about {year:.0f} GB"


def _bytes(folder: Path) -> int:
    """Return what the files of the folder take, and as much again as is published of its mixes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(path.stat().st_size * (2 if path.parent.name == "mixes" else 1) for path in files)


def _target(workspace: Workspace, config: Config) -> str:
    registry.load(config.publish.target, PUBLISHERS, "target")
    if config.publish.target != "s3":
        return str(workspace.feed) if config.publish.target == "directory" else config.publish.target
    from podcast.publishers.s3 import Bucket

    if not config.publish.s3.bucket:
        raise ConfigError("no bucket is named", "set [publish.s3] bucket in podcast.toml")
    bucket = Bucket(config.publish.s3)
    bucket.list("feed.xml")
    return f"{bucket.name} answers"


def _mail(config: Config) -> str:
    """Log in at the mail server, and send nothing."""
    settings, sender = config.digest.mail, letter.sender(config.digest.mail, config.show)
    with mail.connected(settings) as server:
        server.noop()
    many = f"{len(settings.to)} on the list"
    return f"{settings.host} port {settings.port} lets us in ({settings.security}), {many}, from {sender}"


def _cover(workspace: Workspace, config: Config) -> str:
    path = workspace.file(config.show.cover)
    cover.check_named(workspace, config.show)
    return str(path) if path.is_file() else "none yet: one is drawn with the first episode"


def _music(workspace: Workspace, config: Config) -> str:
    named = {name: assembly.music(workspace, name) for name in (config.mix.intro, config.mix.outro)}
    return ", ".join(dict.fromkeys(str(path) if path else "none" for path in named.values()))
