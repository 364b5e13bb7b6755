"""Voices are measured once, by however many papers they are asked for at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from podcast.recording import hearing, portrait, verify
from podcast.recording.ordering import Actor
from podcast.show.schema import Voice
from podcast.synthesizers.tone import Tone


class Alone(Tone):
    """Tones by an engine that says one thing at a time; it counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self._saying = 0, threading.Lock()

    def synthesize(self, texts, voice, seeds):  # type: ignore[no-untyped-def]
        assert self._saying.acquire(blocking=False)
        try:
            self.asked += 1
            time.sleep(0.02)
            yield from super().synthesize(texts, voice, seeds)
        finally:
            self._saying.release()


def test_many_papers_have_a_voice_measured_once(tmp_path: Path) -> None:
    """Of eight threads that want to know what a voice is like, one has it speak, and the others wait for that."""
    engine = Alone()
    actor = Actor(Voice(name="tone", synthesizer="tone", licence="CC0-1.0"), engine)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(portrait.Gallery(tmp_path).expected, [actor] * 8))
    assert engine.asked == 1
    assert all(each == found[0] for each in found)


class Ear:
    """One that hears every word."""

    name = "all ears"

    def misses(self, said):  # type: ignore[no-untyped-def]
        return ["" for _ in said]


def test_who_is_known_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper whose voice was measured and heard begins while another's is."""
    monkeypatch.setattr(hearing, "ear", lambda *_: Ear())
    monkeypatch.setattr(verify, "sounds_varied", lambda *_: True)
    actor = Actor(Voice(name="tone", synthesizer="tone", licence="CC0-1.0"), Tone())
    gallery = portrait.Gallery(tmp_path)
    assert gallery.expected(actor).ear
    with ThreadPoolExecutor(1) as pool, portrait.ALONE:
        assert pool.submit(gallery.expected, actor).result(timeout=5).ear
