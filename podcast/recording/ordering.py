"""A script's lines, ready to be recorded: what is spoken, by whom, and each take's key. No sound is needed for it."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import JsonValue

from podcast.show import store
from podcast.show.errors import SynthesisError, as_typed, naming
from podcast.show.schema import Line, Script, Take, Voice
from podcast.show.workspace import PaperFolder
from podcast.synthesizers import Synthesizer, sounds_in

if TYPE_CHECKING:
    from podcast.speech import Lexicon

VERSION = 1
"""Raise it when a take is made otherwise: all are then recorded again."""


SHORT = 15
"""Characters under which a line is joined: what other programs for such engines came to as well."""


@dataclass(frozen=True)
class Actor:
    """A voice and the engine that speaks it."""

    voice: Voice
    synthesizer: Synthesizer
    reference: Path | None = None
    """The voice's reference recording."""
    fallback: "Actor | None" = None
    """Who says a line that this one cannot."""

    model: str = ""
    """What the takes' keys say of the voice's model: its name, or the hash of its files."""
    models_before: tuple[str, ...] = ()
    """What keys of older versions of podcast say of it."""


@dataclass(frozen=True)
class Order:
    """A line, ready to be recorded: the spoken text, who speaks it, and the key of its take."""

    number: int
    line: Line
    spoken: str
    actor: Actor
    key: str
    before: tuple[str, ...] = ()
    """The keys that older versions of podcast gave the same take."""
    neighbour: str = ""
    """What is said after it in one go, to be cut off again: only of a short line, where the engine needs it. It is
    no part of the key: the words that are kept are the line's own."""

    @property
    def said_as(self) -> str:
        """What the engine is given."""
        return f"{self.spoken} {self.neighbour}" if self.neighbour else self.spoken


def orders(
    script: Script, cast: Mapping[str, Actor], lexicon: "Lexicon", folder: PaperFolder | None = None
) -> tuple[Order, ...]:
    """Return what there is to record, one order a line.

    A take that lies in `folder` under the key of an older version is called by that key, so that no mix of it is made
    again. Raises SynthesisError for a line whose host is unknown or in which nothing can be spoken.
    """
    with naming(folder.named) if folder else nullcontext():
        made = tuple(_order(number, line, cast, lexicon) for number, line in enumerate(script.lines, 1))
    joined = tuple(replace(order, neighbour=_neighbour(order, made)) for order in made)
    return as_made(joined, folder) if folder else joined


def as_made(wanted: Sequence[Order], folder: PaperFolder) -> tuple[Order, ...]:
    """Return the orders, those by the key of an older version whose take lies in the folder under that."""
    return tuple(_found(order, folder) for order in wanted)


def unmade(wanted: Sequence[Order], folder: PaperFolder) -> tuple[Order, ...]:
    """Return the orders whose take is not there, each sound once."""
    return tuple({order.key: order for order in wanted if not folder.take(order.key).is_file()}.values())


def another(order: Order, take: int, lexicon: "Lexicon") -> Order:
    """Return the order for another take of the same words."""
    line = order.line.model_copy(update={"take": take})
    return _order(order.number, line, {line.host: order.actor}, lexicon)


def adopt(wanted: Sequence[Order], folder: PaperFolder) -> None:
    """Give takes of older versions of podcast their present key too: that one stays when a voice's price does not."""
    for order in wanted:
        old = next((key for key in order.before if folder.take(key).is_file()), None)
        if old is None or folder.take(order.key).is_file():
            continue
        for suffix in (".json", ".energies", ".flac"):  # the FLAC is the take: it comes last
            if (path := folder.take(old).with_suffix(suffix)).is_file():
                store.write_atomic(
                    folder.take(order.key).with_suffix(suffix), path.read_bytes(), durable=suffix == ".flac"
                )


def _found(order: Order, folder: PaperFolder) -> Order:
    old = next((key for key in order.before if folder.take(key).is_file()), None)
    return replace(order, key=old, before=(order.key, *order.before)) if old else order


def _order(number: int, line: Line, cast: Mapping[str, Actor], lexicon: "Lexicon") -> Order:
    if line.host not in cast:
        raise SynthesisError(
            f"line {number} is spoken by host {line.host}, whom podcast.toml does not know",
            f"the hosts are {', '.join(cast)}: change the line's host in script.json",
        )
    actor = cast[line.host]
    from podcast import speech

    spoken = speech.say(line.text, lexicon, actor.voice.language)
    if not any(letter.isalpha() for letter in spoken):
        raise SynthesisError(
            f"line {number} (host {line.host}) has nothing that can be spoken: {as_typed(line.text)}",
            f"give the line words, or leave it out: podcast regenerate PAPER --delete-line {number}",
        )
    sounds = sounds_in(spoken, actor.voice)

    def key(made_of: dict[str, JsonValue]) -> str:
        inputs = {**made_of, "text": spoken, "take": line.take}
        return store.fingerprint("take", VERSION, {**inputs, "sounds": {**sounds}} if sounds else inputs)

    models = (actor.model, *actor.models_before)
    older = [key(voice_made_of(actor, model, heard_alone=False)) for model in models]
    new = key(voice_made_of(actor))
    return Order(number, line, spoken, actor, new, tuple(each for each in dict.fromkeys(older) if each != new))


def _neighbour(order: Order, made: Sequence[Order]) -> str:
    """Return what the host says next, or said before, if the line is one that the engine cannot say alone."""
    joins = getattr(order.actor.synthesizer, "joins_short_lines", False)
    if not joins or len(order.spoken) >= SHORT:
        return ""
    own = [other for other in made if other.line.host == order.line.host and len(other.spoken) >= SHORT]
    near = min(own, key=lambda other: (other.number < order.number, abs(other.number - order.number)), default=None)
    return near.spoken if near else ""


def voice_made_of(actor: Actor, model: str | None = None, *, heard_alone: bool = True) -> dict[str, JsonValue]:
    """Return what makes the actor's sound, for keys: of the voice's settings those that its engine lets be heard.

    Keys of older versions had all settings, and said another thing of the model.
    """
    voice = actor.voice.model_dump(mode="json", include={"speaker", "language", "settings"}, exclude_none=True)
    if heard_alone:
        silent: frozenset[str] = getattr(actor.synthesizer, "silent", frozenset())
        voice["settings"] = {name: value for name, value in voice["settings"].items() if name not in silent}
    return {
        "synthesizer": [actor.voice.synthesizer, actor.synthesizer.version],
        "voice": {**voice, "model": actor.model if model is None else model},
        "reference": store.file_sha256(actor.reference) if actor.reference else None,
        **({"extra": actor.voice.extra} if actor.voice.extra else {}),
    }


def take(order: Order, folder: PaperFolder, seconds: float = 0.0) -> Take:
    """Return the order's take as it lies, or will lie, in the folder."""
    return Take(order.key, folder.take(order.key), order.line.text, seconds)
