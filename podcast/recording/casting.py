"""Hosts and voices become a cast: who speaks, in which voice, by which engine."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.recording.ordering import Actor
from podcast.show import mistakes, registry, store
from podcast.show.errors import ConfigError, MissingDependency, PodcastError
from podcast.show.iso639 import base, primary
from podcast.show.schema import Voice
from podcast.show.settings import Host
from podcast.synthesizers import BY_QUALITY, DEFAULT_VOICES, LETTERS, SYNTHESIZERS, WORDLESS, Choosy, Synthesizer

if TYPE_CHECKING:
    from podcast.speech import Lexicon

log = logging.getLogger(__name__)


def cast(
    hosts: Sequence[Host],
    voices: Mapping[str, Voice],
    synthesizer: str,
    folders: Sequence[Path],
    language: str = "en",
    before: Sequence[Sequence[str]] = (),
) -> dict[str, Actor]:
    """Return who speaks for each host key.

    A host's voice "auto" is the engine's own for a host of its place, in the show's language; the engine "auto"
    is the one that spoke before, else the best that can speak at once. `before` are the hosts' voices of earlier
    episodes, the newest first. `folders` are where the files lie that voices name: models and reference recordings.
    Raises ConfigError for an unknown voice, MissingDependency where the engine it needs is not installed.
    """
    engines: dict[str, Synthesizer] = {}
    actors = {}
    unnamed = [index for index, host in enumerate(hosts) if host.voice == "auto"]
    spoke = [{at: earlier[at] for at in unnamed if at < len(earlier) and earlier[at]} for earlier in before]
    wanted = Wanted(base(language), max(unnamed, default=-1) + 1)
    found = automatic(synthesizer, voices, folders, wanted, spoke) if unnamed else ()
    for index, host in enumerate(hosts):
        voice = named(found[index] if host.voice == "auto" else host.voice, voices, f" for {host.name}")
        fallback = None
        if voice.fallback is not None:
            fallback = actor(named(voice.fallback, voices, f" for {voice.name} to fall back on"), folders, engines)
        actors[host.key] = replace(actor(voice, folders, engines), fallback=fallback)
    return actors


def named(
    name: str, voices: Mapping[str, Voice], use: str = "", wrong: type[PodcastError] = ConfigError
) -> Voice:  # fmt: skip
    """Return the voice of that name, which has that use; raises what is `wrong` then where there is none, with the name
    that is nearest."""
    if name not in voices:
        guess = mistakes.meant(name, voices)
        raise wrong(f"there is no voice {name!r}{use}{guess}", "podcast voices lists those there are")
    return voices[name]


def strange(voice: Voice, language: str) -> str:
    """Return what is to be done where the voice speaks another language than that; "" where nothing is.

    Its file says what it is to speak: some engines have voices that speak many, each as it is told there.
    """
    if voice.synthesizer in WORDLESS or base(voice.language) == base(language):
        return ""
    return (
        f"name one that does (podcast voices lists them), or, where {voice.name} speaks that as well, write "
        f'language = "{language}" into voices/{voice.name}.toml'
    )


@dataclass(frozen=True)
class Wanted:
    """Voices of one language, for so many hosts."""

    language: str
    count: int


def automatic(
    synthesizer: str, voices: Mapping[str, Voice], folders: Sequence[Path], wanted: Wanted,
    before: Sequence[Mapping[int, str]],
) -> Sequence[str]:  # fmt: skip
    """Return the voices of hosts who name none."""
    if synthesizer == "auto":
        return _best(voices, folders, wanted, before)
    registry.load(synthesizer, SYNTHESIZERS, "synthesizer")  # an unknown name is said before its voices are missed
    own = _own(synthesizer, voices, wanted)
    if own:
        return own
    english = DEFAULT_VOICES.get(synthesizer, ())
    if wanted.language != "en" and len(english) >= wanted.count:
        log.warning(
            "%s has no voices for the language %s: it speaks as if it were English", synthesizer, wanted.language
        )
        return english[: wanted.count]
    if english:
        raise ConfigError(
            f"{synthesizer} has {len(english)} voices of its own that can be told apart, and {wanted.count} hosts "
            "name none",
            "name voices of another engine for the others: voice = ... in [[hosts]]; podcast voices lists them",
        )
    raise ConfigError(f"{synthesizer} has no voices of its own for the hosts", "name them: voice = ... in [[hosts]]")


def _best(
    voices: Mapping[str, Voice], folders: Sequence[Path], wanted: Wanted, before: Sequence[Mapping[int, str]]
) -> Sequence[str]:
    """Return the voices by which "auto" spoke before, else the best that speak here at once; and say which and why.

    So a show keeps its hosts' voices, and what it has recorded, when better engines come.
    """
    sets = {name: own for name in BY_QUALITY if (own := _own(name, voices, wanted))}
    for earlier in filter(None, before):
        name = next((name for name, own in sets.items() if earlier == {at: own[at] for at in earlier}), None)
        if name and _not_at_once(sets[name], voices, folders) is None:
            log.info("%s, by %s, as in the episodes before", _named(sets[name]), name)
            return sets[name]
    wanting: dict[str, PodcastError] = {}
    for name, own in sets.items():
        missing = _not_at_once(own, voices, folders)
        if missing is None:
            better = "".join(f"; better, by {engine}: {error.hint}" for engine, error in wanting.items())
            log.info("%s, by %s, the best that can speak here now%s", _named(own), name, better)
            return own
        wanting[name] = missing
    if wanting:
        raise list(wanting.values())[-1]
    many = {1: "is no voice", 2: "are no two voices", 3: "are no three voices"}.get(wanted.count, "are no four voices")
    raise ConfigError(
        f"there {many} of one engine for the language {wanted.language}",
        "lay some into voices/ (podcast voices add fetches some), and name them in [[hosts]]",
    )


def _named(names: Sequence[str]) -> str:
    """Return the voices' names in words: "voices a and b"."""
    *others, last = names
    return f"voices {', '.join(others)} and {last}" if others else f"the voice {last}"


def _own(engine_name: str, voices: Mapping[str, Voice], wanted: Wanted) -> tuple[str, ...]:
    """Return the engine's voices for the hosts, where it has enough: English ones are chosen by hand, others are the
    first of theirs."""
    own: Sequence[str] = DEFAULT_VOICES.get(engine_name, ())
    if wanted.language != "en":
        own = [
            name for name, voice in voices.items()
            if voice.synthesizer == engine_name and base(voice.language) == wanted.language
        ]  # fmt: skip
    return tuple(own[: wanted.count]) if len(own) >= wanted.count else ()


def actor(
    voice: Voice, folders: Sequence[Path], engines: dict[str, Synthesizer] | None = None, fetch: bool = True
) -> Actor:
    """Return who speaks in the voice: its engine, out of `engines` where it is, and its files, found in `folders`.

    Without `fetch`, a model that is not on this machine yet is a MissingDependency.
    """
    engines = {} if engines is None else engines
    if voice.synthesizer not in engines:
        engines[voice.synthesizer] = engine(voice.synthesizer)
    reference = _reference(voice, folders)
    model = _find(voice.model, folders) if voice.model else None
    found = {"speaker_wav": str(reference) if reference else None, "model": str(model) if model else voice.model}
    ready = voice.model_copy(update=found)
    if isinstance(checks := engines[voice.synthesizer], Choosy):
        checks.check(ready, fetch)
    if model is None:
        return Actor(ready, engines[voice.synthesizer], reference, model=voice.model)
    known, older = identity(model), _identity_before(model)
    before = (older,) if older not in ("", known) else ()
    return Actor(ready, engines[voice.synthesizer], reference, model=known, models_before=before)


def sounding(actor: Actor, lexicon: "Lexicon") -> Actor:
    """Return the actor with the sounds of spelled letters and the lexicon's in its engine's alphabet, if it has one.

    The lexicon is English, as are its sounds.
    """
    alphabet = getattr(actor.synthesizer, "alphabet", "")
    sounds = {**LETTERS.get(alphabet, {}), **lexicon.sounds.get(alphabet, {})}
    if not sounds or primary(actor.voice.language) != "en":
        return actor
    fallback = sounding(actor.fallback, lexicon) if actor.fallback else None
    return replace(actor, voice=actor.voice.model_copy(update={"sounds": dict(sounds)}), fallback=fallback)


def engine(name: str) -> Synthesizer:
    """Return the engine, ready to speak; MissingDependency says what to install."""
    found = registry.load(name, SYNTHESIZERS, "synthesizer")
    missing = found.missing()  # type: ignore[attr-defined]
    if missing:
        raise missing
    made: Synthesizer = found()
    return made


def _not_at_once(pair: Sequence[str], voices: Mapping[str, Voice], folders: Sequence[Path]) -> PodcastError | None:
    """Return what keeps the voices from speaking here and now, with nothing fetched; None if nothing does."""
    try:
        for name in pair:
            actor(voices[name], folders, fetch=False)
    except (MissingDependency, ConfigError) as error:
        return error
    return None


def _reference(voice: Voice, folders: Sequence[Path]) -> Path | None:
    if voice.speaker_wav is None:
        return None
    path = _find(voice.speaker_wav, folders)
    if path is None or not path.is_file():
        raise ConfigError(
            f"the voice {voice.name} names {voice.speaker_wav}, which is not there", "put it into voices/"
        )
    return path


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    """Return the file or folder of that name in the last of the folders that has it."""
    paths = (folder / name for folder in reversed(folders))
    return next((path.resolve() for path in paths if path.exists()), None)


def identity(model: Path) -> str:
    """Return the SHA-256 of all of a model's files, the checkpoint's first: another training is another voice.

    What its folder has beside the checkpoint and config.json is told with its name.
    """
    if not model.is_dir():
        return _identity_before(model)
    told = {*model.glob("*.pth*"), model / "config.json"}
    others = sorted(
        path for path in model.rglob("*")
        if path.is_file() and path not in told and not path.name.startswith((".", "README", "LICENSE"))
    )  # fmt: skip
    named = (f"{path.relative_to(model).as_posix()}:{store.file_sha256(path)}" for path in others)
    return " ".join([*filter(None, [_identity_before(model)]), *named])


def _identity_before(model: Path) -> str:
    """Return the same of the files that older versions of podcast knew: checkpoints in .pth, and config.json."""
    files = sorted(model.glob("*.pth*")) if model.is_dir() else [model]
    beside = model / "config.json", model.with_name("config.json"), model.with_name(f"{model.name}.json")
    files += [path for path in (beside[:1] if model.is_dir() else beside[1:]) if path.is_file()]
    return " ".join(store.file_sha256(path) for path in files)
