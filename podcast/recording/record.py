"""Script and voices become takes: one a line, named by what is said and how, each one verified."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from podcast.recording import hearing, joining, pace, retake, verify
from podcast.recording.ordering import Actor, Order, take
from podcast.show import store
from podcast.show.errors import SynthesisError
from podcast.show.schema import Attempts, Take
from podcast.show.workspace import PaperFolder
from podcast.sound import audio, loudness
from podcast.sound.audio import Waveform

log = logging.getLogger(__name__)

_FILLED = 0.85
"""Part of what an ear hears in one go that lines fill by the length that is expected of them."""

FIRST = "whole, try 1"
"""How a line is said first, in its attempts."""


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
    for made_now in (elsewhere and elsewhere(jobs)) or (each for job in jobs for each in make(job)):
        for same in wanted:
            if same.key == made_now.key:
                yield take(same, folder, made_now.seconds)


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


Elsewhere = Callable[[Sequence[Job]], Iterator[Take] | None]
"""Yields each take when it is there, in any order; None for jobs that it does not take on."""


def speakers(actor: Actor, expected: Callable[[Actor], verify.Expected]) -> tuple[retake.Speaker, ...]:
    """Return who may say the actor's lines: its voice, and the one it falls back on."""
    both = [each for each in (actor, actor.fallback) if each]
    return tuple(retake.Speaker(each.voice, each.synthesizer, expected(each)) for each in both)


@dataclass(frozen=True)
class Recorded:
    """A take as its files will hold it."""

    sound: bytes
    """The FLAC, which is the take."""
    energies: bytes
    attempts: bytes
    """How it came about that was not right at once; of another nothing."""
    seconds: float
    """See `Take`: who makes it measures it, so that nobody has to read it for that."""


def make(job: Job) -> Iterator[Take]:
    """Have each order's take, and yield it when it is there."""
    for order, recorded in made(job):
        yield keep(recorded, order, job.folder)


def made(job: Job) -> Iterator[tuple[Order, Recorded]]:
    """Yield each order with its take, of which nothing is written."""
    log.debug("recording %d lines as %s", len(job.orders), job.speakers[0].voice.name)
    said = _said(job.orders, job.speakers[0])
    for part in job.heard_together():
        tries = list(islice(said, len(part.orders)))
        first = [(trial, sound, order.spoken, _way(order)) for order, sound, trial in tries if sound]
        retake.hear(first, job.speakers[0])
        for order, sound, trial in tries:
            yield order, _recorded(_right(order, sound, trial, job.speakers), trial)


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


def _by_actor(missing: Iterable[Order]) -> Iterator[tuple[Actor, list[Order]]]:
    groups: dict[str, list[Order]] = {}
    for order in missing:
        groups.setdefault(order.actor.voice.name, []).append(order)
    for group in groups.values():
        yield group[0].actor, group


def _recorded(sound: Waveform, trial: retake.Trial) -> Recorded:
    tries = Attempts(attempts=tuple(trial.attempts)) if len(trial.attempts) > 1 else None
    kept = audio.as_written(sound)
    return Recorded(
        audio.flac(sound), loudness.measure(kept).tobytes(), store.to_json(tries) if tries else b"",
        pace.seconds(kept) or 0.0,
    )  # fmt: skip


def keep(recorded: Recorded, order: Order, folder: PaperFolder) -> Take:
    """Write the take and return it. The FLAC comes last: it is the take."""
    beside = take(order, folder, recorded.seconds)
    if recorded.attempts:
        store.write_atomic(beside.attempts, recorded.attempts)
    else:
        beside.attempts.unlink(missing_ok=True)
    with store.replacing(beside.energies, durable=False) as temporary:
        temporary.write_bytes(recorded.energies)
    with store.replacing(beside.sound) as temporary:
        temporary.write_bytes(recorded.sound)
    return beside


def _name(order: Order) -> str:
    return f"line {order.number} (host {order.line.host}, voice {order.actor.voice.name}) could not be recorded"
