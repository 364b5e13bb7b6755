"""Script and voices become takes: one a line, named by what is said and how, each one verified."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from podcast import audio, loudness, speech, store
from podcast.audio import Waveform
from podcast.errors import SynthesisError
from podcast.schema import Line, Script, Take, Voice
from podcast.synthesizers import Synthesizer
from podcast.workspace import PaperFolder

log = logging.getLogger(__name__)

VERSION = 1
"""Raise it when a take is made otherwise: all are then recorded again."""

_SECONDS_A_LETTER = (0.02, 0.25)
"""Speech of any engine measured so far takes 0.05 to 0.09 s a letter; outside this band a take is broken."""


@dataclass(frozen=True)
class Actor:
    """A voice and the engine that speaks it."""

    voice: Voice
    synthesizer: Synthesizer
    reference: Path | None = None
    """The voice's reference recording."""
    model: str = ""
    """What the takes' keys say of the voice's model: its name, or the hash of its files."""


@dataclass(frozen=True)
class Order:
    """A line, ready to be recorded: the spoken text, who speaks it, and the key of its take."""

    number: int
    line: Line
    spoken: str
    actor: Actor
    key: str


def orders(script: Script, cast: Mapping[str, Actor], lexicon: speech.Lexicon) -> tuple[Order, ...]:
    """Return what there is to record, one order a line.

    Raises SynthesisError for a line whose host is unknown or in which nothing can be spoken.
    """
    return tuple(_order(number, line, cast, lexicon) for number, line in enumerate(script.lines, 1))


def record(wanted: Sequence[Order], folder: PaperFolder) -> Iterator[Take]:
    """Yield a take for each order, as it is there: those on disk first, then those that are made now.

    A take is written when it exists, so a crash costs one line at most. Two equal orders share a take.
    Raises SynthesisError naming the line that could not be recorded.
    """
    missing: dict[str, Order] = {}
    for order in wanted:
        if folder.take(order.key).is_file():
            yield take(order, folder)
        else:
            missing.setdefault(order.key, order)
    for actor, group in _by_actor(missing.values()):
        log.debug("recording %d lines as %s", len(group), actor.voice.name)
        sounds = actor.synthesizer.synthesize(
            [order.spoken for order in group], actor.voice, [int(order.key[:8], 16) for order in group]
        )
        for order in group:
            try:
                sound = next(sounds)
                _verify(sound, order.spoken)
            except SynthesisError as error:
                raise SynthesisError(f"{_name(order)}: {error}", error.hint) from error
            yield from _keep(audio.fade(audio.trim(sound)), order, wanted, folder)


def _order(number: int, line: Line, cast: Mapping[str, Actor], lexicon: speech.Lexicon) -> Order:
    if line.host not in cast:
        raise SynthesisError(
            f"line {number} is spoken by host {line.host}, whom podcast.toml does not know",
            f"the hosts are {', '.join(cast)}: change the line's host in script.json",
        )
    actor = cast[line.host]
    spoken = speech.say(line.text, lexicon, actor.voice.language)
    if not any(letter.isalpha() for letter in spoken):
        raise SynthesisError(
            f"line {number} (host {line.host}) has nothing that can be spoken: {line.text!r}",
            "give the line words, or delete it from script.json",
        )
    key = store.fingerprint(
        "take",
        VERSION,
        {
            "synthesizer": [actor.voice.synthesizer, actor.synthesizer.version],
            "voice": {
                **actor.voice.model_dump(mode="json", include={"speaker", "language", "settings"}, exclude_none=True),
                "model": actor.model,
            },
            "reference": store.file_sha256(actor.reference) if actor.reference else None,
            "text": spoken,
            "take": line.take,
        },
    )
    return Order(number, line, spoken, actor, key)


def _by_actor(missing: Iterable[Order]) -> Iterator[tuple[Actor, list[Order]]]:
    groups: dict[str, list[Order]] = {}
    for order in missing:
        groups.setdefault(order.actor.voice.name, []).append(order)
    for group in groups.values():
        yield group[0].actor, group


def _keep(sound: Waveform, order: Order, wanted: Sequence[Order], folder: PaperFolder) -> Iterator[Take]:
    """Write the take, and yield it for each order that shares it. The FLAC comes last: it is the take."""
    with store.replacing(take(order, folder).energies, durable=False) as temporary:
        loudness.measure(sound).tofile(temporary)
    with store.replacing(folder.take(order.key)) as temporary:
        audio.write(temporary, sound)
    for same in wanted:
        if same.key == order.key:
            yield take(same, folder)


def take(order: Order, folder: PaperFolder) -> Take:
    """Return the order's take as it lies, or will lie, in the folder."""
    return Take(order.key, folder.take(order.key), order.line.text)


def _verify(sound: Waveform, spoken: str) -> None:
    """Raise SynthesisError, saying what was heard, unless the sound can be speech of that text."""
    samples = sound.samples
    if samples.ndim != 1 or not len(samples):
        raise SynthesisError("the voice returned no sound", "change the line, or raise its take number")
    if not np.isfinite(samples).all():
        raise SynthesisError("the voice returned broken samples", "raise the line's take number")
    speech_seconds = audio.trim(sound).duration
    letters = sum(letter.isalpha() for letter in spoken)
    low, high = (seconds * letters for seconds in _SECONDS_A_LETTER)
    if not low <= speech_seconds <= high + 1.0:
        raise SynthesisError(
            f"{speech_seconds:.1f} s of sound for {letters} letters cannot be that line",
            "raise the line's take number, or change its words",
        )


def _name(order: Order) -> str:
    return f"line {order.number} (host {order.line.host}, voice {order.actor.voice.name}) could not be recorded"
