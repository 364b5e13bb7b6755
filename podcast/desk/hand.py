"""The desk's hand: one process beside the server that speaks, lays out and mixes, so that the server stays small.

An engine is loaded once and stays for the next line. After `REST` seconds without work the process ends, and its memory
with it; one that dies costs the wish it was at, which can be said again, for all that it makes is written whole.
"""

import functools
import importlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from podcast.desk import studios
from podcast.show import environment
from podcast.show.errors import NotReady, SynthesisError

REST = 300.0
"""Seconds after which an idle hand lets go of its engine."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class Hand:
    """Does one thing at a time in a process of its own."""

    _pool: ProcessPoolExecutor | None = None
    _at: float = 0.0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def do(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Return what the function returns there, or raise what it raises.

        Raises SynthesisError where the process dies over it.
        """
        try:
            return self._begun(work, *given, **named).result()
        except BrokenProcessPool as error:
            self.close()
            raise SynthesisError(
                "the process that speaks has ended over it", "it may have had too little memory: try once more"
            ) from error
        finally:
            self._at = time.monotonic()
            self._rest_later()

    def warm(self) -> None:
        """Start the process where there is none, that the first line is heard sooner. Nothing is waited for."""
        with self._lock:
            cold = self._pool is None
        if cold:
            self._begun(ready)
            self._rest_later()

    def _begun(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> "Future[T]":
        with self._lock:
            pool = self._pool = self._pool or _started()
            self._at = time.monotonic()
            return pool.submit(work, *given, **named)

    def close(self) -> None:
        """End the process, after what it is at."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _rest_later(self) -> None:
        timer = threading.Timer(REST, self._rest)
        timer.daemon = True
        timer.start()

    def _rest(self) -> None:
        if time.monotonic() - self._at >= REST:
            self.close()


def _started() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin, initargs=(environment.ours(),)
    )


def _begin(ours: Mapping[str, str]) -> None:
    """Die with the desk: a killed parent leaves no process that speaks to nobody. Follow .env as the desk does."""
    environment.take_over(ours)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


# --- what it does; each is called by name in its process --------------------------------------------


def ready() -> None:
    """Load what every line takes."""
    for name in ("podcast.assembly", "podcast.recording.record", "podcast.sound.excerpt", "podcast.sound.mix"):
        importlib.import_module(name)


def record(root: Path, day: str, name: str, wanted: Sequence[int], script: bytes) -> None:
    """Have the takes of those lines of the script, which may be one that is only typed."""
    from podcast.desk import episode
    from podcast.recording import record as recording
    from podcast.show import store
    from podcast.show.schema import Script

    studio = studios.studio(root)
    paper, text = episode.find(studio, day, name), store.parse(Script, script, "the script")
    folder = studio.folder(paper)
    orders = studio.orders(text, folder)
    chosen = [order for order in orders if order.number in wanted]
    for _ in recording.record(chosen, folder, functools.partial(studio.gallery.expected, day=folder.day)):
        pass


def heard(root: Path, day: str, name: str, first: int, last: int, script: bytes) -> bytes:
    """Return lines of the script as WAV, in their place: with what is heard two seconds before and after."""
    from podcast import assembly
    from podcast.desk import episode
    from podcast.show import store
    from podcast.show.schema import Script
    from podcast.sound import excerpt

    studio = studios.studio(root)
    paper = episode.find(studio, day, name)
    timeline = assembly.timeline(studio, paper, store.parse(Script, script, "the script"), first, last)
    return excerpt.wav(excerpt.excerpt(timeline, *excerpt.around(timeline, first, last, AROUND)))


AROUND = 2.0
"""Seconds before and after a line in which it is heard."""


def say(root: Path, day: str, name: str, host: str, text: str) -> bytes:
    """Return the text as the host says it in the paper's episode, as WAV; nothing is kept."""
    from podcast import speech
    from podcast.desk import episode
    from podcast.sound import excerpt
    from podcast.studio import script_of

    studio = studios.studio(root)
    paper = episode.find(studio, day, name)
    script, folder = script_of(studio, paper), studio.folder(paper)
    cast = {**studio.cast, **studio.cast_of(script, folder)}
    if host not in cast:
        raise NotReady(f"there is no host {host}", "load the page again")
    actor = cast[host]
    spoken = speech.say(text, studio.lexicon_of(script, folder), actor.voice.language)
    if not any(letter.isalpha() for letter in spoken):
        raise SynthesisError("that has nothing that can be spoken", "give it words")
    return excerpt.wav(next(iter(actor.synthesizer.synthesize([spoken], actor.voice, [1]))))


def mix(root: Path, day: str, name: str) -> str:
    """Record what is missing of the paper and mix it; return what went wrong, "" where nothing did."""
    from podcast import pipeline
    from podcast.desk import episode

    studio = studios.studio(root)
    result = pipeline.make_paper(studio, episode.find(studio, day, name), ["record", "mix"])
    return f"{result.error} {result.error.hint}".strip() if result.error else ""


def publish(root: Path) -> tuple[str, ...]:
    """Publish the show; return what is not as it should be, what directories and apps would say with it."""
    from podcast import reporting
    from podcast.publishers import publishing

    studio = studios.studio(root)
    done = publishing.publish(studio.workspace, studio.config, wait=studio.wait)
    reporting.catch_up(studio.workspace, studio.config)
    held = (f"{one.name} is not published: {one.reason}" for one in done.held)
    return (*held, *(f"{one.url}: {one.found}" for one in done.unreached), *check(root))


def check(root: Path) -> tuple[str, ...]:
    """Return what `podcast publish --check` finds broken, in sentences."""
    from podcast.check import STANDS
    from podcast.publishers import auditing

    studio = studios.studio(root)
    found = auditing.failures(studio.workspace, studio.config)
    return tuple(f"{one.where}: {one.rule} Found: {one.found}" for one in found if one.rule not in STANDS)
