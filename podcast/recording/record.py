"""Script and voices become takes: one a line, named by what is said and how, each one verified."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pydantic import JsonValue

from podcast import speech
from podcast.recording import hearing, joining, retake, verify
from podcast.show import store
from podcast.show.errors import SynthesisError
from podcast.show.schema import Attempts, Line, Script, Take, Voice
from podcast.show.workspace import PaperFolder
from podcast.sound import audio, loudness
from podcast.sound.audio import Waveform
from podcast.synthesizers import Synthesizer, sounds_in

log = logging.getLogger(__name__)

VERSION = 1
"""Raise it when a take is made otherwise: all are then recorded again."""

_FILLED = 0.85
"""Part of what an ear hears in one go that lines fill by the length that is expected of them."""

FIRST = "whole, try 1"
"""How a line is said first, in its attempts."""


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
    script: Script, cast: Mapping[str, Actor], lexicon: speech.Lexicon, folder: PaperFolder | None = None
) -> tuple[Order, ...]:
    """Return what there is to record, one order a line.

    A take that lies in `folder` under the key of an older version is called by that key, so that no mix of it is made
    again. Raises SynthesisError for a line whose host is unknown or in which nothing can be spoken.
    """
    made = tuple(_found(_order(number, line, cast, lexicon), folder) for number, line in enumerate(script.lines, 1))
    return tuple(replace(order, neighbour=_neighbour(order, made)) for order in made)


def another(order: Order, take: int, lexicon: speech.Lexicon) -> Order:
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


def _found(order: Order, folder: PaperFolder | None) -> Order:
    old = next((key for key in order.before if folder and folder.take(key).is_file()), None)
    return replace(order, key=old, before=(order.key, *order.before)) if old else order


def _nothing_known(actor: Actor) -> verify.Expected:
    return verify.Expected()


def record(
    wanted: Sequence[Order],
    folder: PaperFolder,
    expected: Callable[[Actor], verify.Expected] = _nothing_known,
    elsewhere: "Elsewhere | None" = None,
) -> Iterator[Take]:
    """Yield a take for each order, as it is there: those on disk first, then those that are made now.

    A take is written when it is right, so a crash costs one line at most, or the few whose words are heard in one go.
    Two equal orders share a take. Every take is held to what is `expected` of its voice, and said again where it is
    not right (see `podcast.recording.retake`).
    What `elsewhere` takes on is made there, several lines at once; they are the same takes.
    Raises SynthesisError naming the line that could not be recorded.
    """
    missing: dict[str, Order] = {}
    for order in wanted:
        if folder.take(order.key).is_file():
            yield take(order, folder)
        else:
            missing.setdefault(order.key, order)
    jobs = [Job(tuple(group), speakers(actor, expected), folder) for actor, group in _by_actor(missing.values())]
    for order in (elsewhere and elsewhere(jobs)) or (order for job in jobs for order in make(job)):
        for same in wanted:
            if same.key == order.key:
                yield take(same, folder)


@dataclass(frozen=True)
class Job:
    """Orders of one actor, those who may say them, the first first, and where their takes go."""

    orders: tuple[Order, ...]
    speakers: tuple[retake.Speaker, ...]
    folder: PaperFolder

    def heard_together(self) -> "Iterator[Job]":
        """Yield the job in parts whose words are heard in one go; of a line each where nothing is gained by more."""
        expected = self.speakers[0].expected
        most = _FILLED * expected.ear.window if expected.ear else 0.0
        for part in hearing.together(self.orders, lambda order: expected.pace.expected(order.spoken), most):
            yield replace(self, orders=part)


Elsewhere = Callable[[Sequence[Job]], Iterator[Order] | None]
"""Yields each order when its take is there, in any order; None for jobs that it does not take on."""


def speakers(actor: Actor, expected: Callable[[Actor], verify.Expected]) -> tuple[retake.Speaker, ...]:
    """Return who may say the actor's lines: its voice, and the one it falls back on."""
    both = [each for each in (actor, actor.fallback) if each]
    return tuple(retake.Speaker(each.voice, each.synthesizer, expected(each)) for each in both)


def make(job: Job) -> Iterator[Order]:
    """Have each order's take, and yield the order when it is there."""
    log.debug("recording %d lines as %s", len(job.orders), job.speakers[0].voice.name)
    said = _said(job.orders, job.speakers[0])
    for part in job.heard_together():
        tries = list(islice(said, len(part.orders)))
        first = [(trial, sound, order.spoken, _way(order)) for order, sound, trial in tries if sound]
        retake.hear(first, job.speakers[0])
        for order, sound, trial in tries:
            _keep(_right(order, sound, trial, job.speakers), order, trial, job.folder)
            yield order


def _right(order: Order, sound: Waveform | None, trial: retake.Trial, by: Sequence[retake.Speaker]) -> Waveform:
    """Return the order's first sound, or where something is wrong with it another, ready to be kept."""
    try:
        if sound is None or trial.attempts[-1].found:
            log.debug("line %d again: %s", order.number, "; ".join(trial.attempts[-1].found))
            sound = retake.again(trial, order.spoken, by, None if order.neighbour else sound)
    except SynthesisError as error:
        raise SynthesisError(f"{_name(order)}: {error}", error.hint) from error
    return audio.fade(audio.trim(sound))


def _way(order: Order) -> str:
    return "joined" if order.neighbour else FIRST


def _said(group: Sequence[Order], by: retake.Speaker) -> Iterator[tuple[Order, Waveform | None, retake.Trial]]:
    """Yield each order with its first sound, if there is one, not judged yet; what kept one from being is in its trial.

    One call of the engine says all of them; after a text that it refuses, another says the rest.
    """
    left = list(group)
    while left:
        seeds = [int(order.key[:8], 16) for order in left]
        sounds = by.synthesizer.synthesize([order.said_as for order in left], by.voice, seeds)
        for order in tuple(left):
            left.remove(order)
            trial, sound = retake.Trial(order.key), None
            try:
                sound = next(sounds)
            except SynthesisError as error:
                trial.refuse(error, by, _way(order))
                yield order, None, trial
                break
            if order.neighbour:
                sound = joining.cut(sound, order.spoken, by.expected.pace)
            if sound is None:
                trial.note("joined", by, "it could not be cut apart from the line that it was said with")
            yield order, sound, trial


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
    if not joins or len(order.spoken) >= joining.SHORT:
        return ""
    own = [other for other in made if other.line.host == order.line.host and len(other.spoken) >= joining.SHORT]
    return (
        min(
            own, key=lambda other: (other.number < order.number, abs(other.number - order.number)), default=order
        ).spoken
        if own
        else ""
    )


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


def _by_actor(missing: Iterable[Order]) -> Iterator[tuple[Actor, list[Order]]]:
    groups: dict[str, list[Order]] = {}
    for order in missing:
        groups.setdefault(order.actor.voice.name, []).append(order)
    for group in groups.values():
        yield group[0].actor, group


def _keep(sound: Waveform, order: Order, trial: retake.Trial, folder: PaperFolder) -> None:
    """Write the take. The FLAC comes last: it is the take."""
    attempts = take(order, folder).attempts
    if len(trial.attempts) > 1:
        store.write_atomic(attempts, store.to_json(Attempts(attempts=tuple(trial.attempts))))
    else:
        attempts.unlink(missing_ok=True)
    with store.replacing(take(order, folder).energies, durable=False) as temporary:
        temporary.write_bytes(loudness.measure(audio.as_written(sound)).tobytes())
    with store.replacing(folder.take(order.key)) as temporary:
        audio.write(temporary, sound)


def take(order: Order, folder: PaperFolder) -> Take:
    """Return the order's take as it lies, or will lie, in the folder."""
    return Take(order.key, folder.take(order.key), order.line.text)


def _name(order: Order) -> str:
    return f"line {order.number} (host {order.line.host}, voice {order.actor.voice.name}) could not be recorded"
