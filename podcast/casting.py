"""Hosts and voices become a cast: who speaks, in which voice, by which engine."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from podcast import registry
from podcast.errors import ConfigError, MissingDependency
from podcast.record import Actor
from podcast.schema import Voice
from podcast.settings import Host
from podcast.synthesizers import BY_QUALITY, DEFAULT_VOICES, SYNTHESIZERS, Synthesizer

log = logging.getLogger(__name__)


def cast(
    hosts: Sequence[Host], voices: Mapping[str, Voice], synthesizer: str, folders: Sequence[Path]
) -> dict[str, Actor]:
    """Return who speaks for each host key.

    A host's voice "auto" is the engine's own for the first or second host; the engine "auto" is the best
    installed. `folders` are where voices' reference recordings lie. Raises ConfigError for an unknown voice,
    MissingDependency where the engine it needs is not installed.
    """
    engines: dict[str, Synthesizer] = {}
    actors = {}
    automatic: Sequence[str] = ()
    for index, host in enumerate(hosts):
        if host.voice == "auto":
            automatic = automatic or DEFAULT_VOICES.get(_pick(synthesizer), ())
            if not automatic:
                raise ConfigError(
                    f"{synthesizer} has no voice of its own for {host.name}",
                    "name one: voice = ... in [[hosts]]",
                )
        name = automatic[index] if host.voice == "auto" else host.voice
        if name not in voices:
            raise ConfigError(f"there is no voice {name!r} for {host.name}", "podcast voices lists those there are")
        voice = voices[name]
        fallback = None
        if voice.fallback is not None:
            if voice.fallback not in voices:
                raise ConfigError(
                    f"the voice {name} falls back on {voice.fallback!r}, which is none",
                    "podcast voices lists those there are",
                )
            fallback = _actor(voices[voice.fallback], engines, folders)
        actors[host.key] = replace(_actor(voice, engines, folders), fallback=fallback)
    return actors


def actor(voice: Voice, folders: Sequence[Path]) -> Actor:
    """Return the voice with its engine; MissingDependency says what to install."""
    return _actor(voice, {}, folders)


def engine(name: str) -> Synthesizer:
    """Return the engine, ready to speak; MissingDependency says what to install."""
    found = registry.load(name, SYNTHESIZERS, "synthesizer")
    missing = found.missing()  # type: ignore[attr-defined]
    if missing:
        raise missing
    made: Synthesizer = found()
    return made


def _pick(synthesizer: str) -> str:
    """Return the engine's name; for "auto" the best installed, saying so and what a better one needs."""
    if synthesizer != "auto":
        registry.load(synthesizer, SYNTHESIZERS, "synthesizer")  # an unknown name is said before its voices are missed
        return synthesizer
    wanting: list[MissingDependency] = []
    for name in BY_QUALITY:
        missing = registry.load(name, SYNTHESIZERS, "synthesizer").missing()  # type: ignore[attr-defined]
        if missing is None:
            better = f"; clearer voices: {wanting[0].hint}" if wanting else ""
            log.info("voices by %s, the best installed%s", name, better)
            return name
        wanting.append(missing)
    raise wanting[-1]


def _actor(voice: Voice, engines: dict[str, Synthesizer], folders: Sequence[Path]) -> Actor:
    if voice.synthesizer not in engines:
        engines[voice.synthesizer] = engine(voice.synthesizer)
    return Actor(voice, engines[voice.synthesizer], _reference(voice, folders))


def _reference(voice: Voice, folders: Sequence[Path]) -> Path | None:
    if voice.speaker_wav is None:
        return None
    for folder in reversed(folders):
        path = folder / voice.speaker_wav
        if path.is_file():
            return path
    raise ConfigError(f"the voice {voice.name} names {voice.speaker_wav}, which is not there", "put it into voices/")
