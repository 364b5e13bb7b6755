"""What a fleet does at the driver: voices that do not travel speak here, and calls are made in the script's order."""

import hashlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest
from test_crew import folder, orders, tones

from podcast import machines
from podcast.machines import Done
from podcast.recording import casting, fleet, ordering, packing, portrait, record
from podcast.recording.ordering import Actor
from podcast.recording.record import Job
from podcast.show.errors import ConfigError, SynthesisError
from podcast.show.schema import Line, Script, Voice
from podcast.sound.audio import Waveform
from podcast.speech import Lexicon
from podcast.synthesizers.tone import Tone


class Still(Tone):
    """Tones that several processes may make at once."""

    side_by_side = True


def jobs(path: Path, count: int, *, alone: bool) -> list[Job]:
    """Lines of a voice; where it is to be `alone`, of an engine that does not travel."""
    wanted = orders(count)
    (speaker,) = record.speakers(wanted[0].actor, tones)
    if alone:
        speaker = record.retake.Speaker(speaker.voice, Tone(), speaker.expected)
    return [Job(wanted, (speaker,), folder(path))]


def test_what_speaks_here_is_said_and_ends_with_the_fleet(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is told once; a line that is made when the fleet is closed is the last, and no other paper begins."""
    caplog.set_level(logging.INFO)
    one = fleet.Fleet("processes")
    assert len(list(one(jobs(tmp_path / "first", 3, alone=True)) or ())) == 3
    going = iter(one(jobs(tmp_path / "second", 12, alone=True)) or ())
    next(going)
    one.close()
    with pytest.raises(CancelledError):
        next(going)
    with pytest.raises(CancelledError):
        list(one(jobs(tmp_path / "third", 12, alone=True)) or ())
    assert not folder(tmp_path / "third").takes.exists()
    assert len(list(folder(tmp_path / "second").takes.glob("[0-9a-f]*.flac"))) == 1
    assert caplog.text.count("one paper at a time") == 1


@pytest.mark.parametrize("part", ["model", "reference"])
def test_a_voice_whose_file_is_another_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """Takes are named by what the driver's file is: a worker that has another under that path, or none, stops all."""
    file = tmp_path / "voice.bin"
    file.write_bytes(b"one training")
    voice = Voice(name="choir", synthesizer="test_fleet:Still", licence="CC0-1.0",
                  **{{"model": "model", "reference": "speaker_wav"}[part]: str(file)})  # fmt: skip
    actor = casting.actor(voice, [tmp_path])
    lines = tuple(Line(host="A", text=f"Line {n} is said here.", chapter="x") for n in ("one", "two"))
    wanted = ordering.orders(Script(title="x", description="x", lines=lines), {"A": actor}, Lexicon())
    there = folder(tmp_path)
    looked, digest = [], hashlib.file_digest
    with monkeypatch.context() as seen:
        seen.setattr(hashlib, "file_digest", lambda opened, name: (looked.append(name), digest(opened, name))[1])
        data = packing.packed([Job(wanted, record.speakers(actor, tones), there)])
    assert len(looked) <= 1, "it is looked at once, however many lines are said by it"
    file.write_bytes(b"another training")
    with pytest.raises(ConfigError, match=r"voice.bin is another file"):
        packing.unpacked(data)
    file.unlink()
    with pytest.raises(ConfigError, match=r"voice.bin is not there"):
        packing.unpacked(data)
    file.write_bytes(b"one training")
    one = fleet.Fleet("threads", 1)
    try:
        assert len(list(record.record(wanted, there, tones, one))) == 2
    finally:
        one.close()


def test_what_is_slow_to_begin_keeps_nobody_who_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fleet that is closed while its workers are waited for is closed at once, and those are given back when they
    come; one whose workers cannot be had is not tried again by the next paper."""
    begins, comes, events = threading.Event(), threading.Event(), []
    made = machines.executor

    def slowly(engine: str, workers: int = 0) -> machines.Executor:
        begins.set()
        assert comes.wait(10)
        found = made(engine, workers)
        monkeypatch.setattr(found, "close", lambda: events.append("closed"))
        return found

    monkeypatch.setattr(machines, "executor", slowly)
    monkeypatch.setattr(fleet, "_GOODBYE", 0.1)
    one = fleet.Fleet("processes")
    with ThreadPoolExecutor() as pool:
        paper = pool.submit(lambda: list(one(jobs(tmp_path, 3, alone=False)) or ()))
        assert begins.wait(10)
        begun = time.monotonic()
        one.close()
        assert time.monotonic() - begun < 2
        comes.set()
        assert isinstance(paper.exception(10), CancelledError)
    assert events == ["closed"]

    def never(engine: str, workers: int = 0) -> machines.Executor:
        events.append(engine)
        raise ConfigError("no cluster", "start one")

    monkeypatch.setattr(machines, "executor", never)
    another = fleet.Fleet("processes")
    for _ in range(2):
        with pytest.raises(ConfigError, match="no cluster"):
            list(another(jobs(tmp_path, 3, alone=False)) or ())
    assert events == ["closed", "processes"]


class OneAtATime(Tone):
    """An engine that does not travel, and knows whether it was to say two things at once."""

    def __init__(self) -> None:
        self.speaking, self.at_once = 0, 0

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for sound in super().synthesize(texts, voice, seeds):
            self.speaking += 1
            self.at_once = max(self.at_once, self.speaking)
            time.sleep(0.01)
            self.speaking -= 1
            yield sound


def test_an_engine_that_speaks_here_is_measured_when_it_has_spoken(tmp_path: Path) -> None:
    """One paper's lines, another's, and what a voice is measured by are said one after another."""
    engine, (both,) = OneAtATime(), jobs(tmp_path, 8, alone=True)
    speakers = (record.retake.Speaker(both.speakers[0].voice, engine, both.speakers[0].expected),)
    one, gallery = fleet.Fleet("processes"), portrait.Gallery(tmp_path / "heard")
    with ThreadPoolExecutor() as pool:
        papers = [pool.submit(lambda name=name: list(one([Job(both.orders, speakers, folder(tmp_path / name))]) or ()))
                  for name in "ab"]  # fmt: skip
        seen = [pool.submit(gallery.of, Actor(both.speakers[0].voice, engine)) for _ in range(2)]
        assert [len(paper.result()) for paper in papers] == [8, 8]
        assert seen[0].result() == seen[1].result() is not None
    assert engine.at_once == 1


def test_lines_go_out_in_the_scripts_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever says them: two hosts' lines are not sent one host after the other."""
    (both,) = jobs(tmp_path, 8, alone=False)
    sent: list[int] = []
    one = fleet.Fleet("processes")

    def begin(paper: fleet._Paper, _: object) -> None:
        sent.extend(part.orders[0].number for part in paper.waiting)
        raise InterruptedError

    monkeypatch.setattr(one, "_begin", begin)
    with pytest.raises(InterruptedError):
        list(one([Job(both.orders[start::2], both.speakers, both.folder) for start in (0, 1)]) or ())
    assert sent == sorted(sent)
    assert len(sent) == 8


@pytest.mark.parametrize(("ended", "told"), [(None, "out of memory"), (CancelledError("closed"), "closed")])
def test_what_came_back_is_kept_before_a_failure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended: CancelledError | None, told: str
) -> None:  # fmt: skip
    """Where a call fails, or the fleet is closed, takes of the paper that are there are written all the same; for what
    is under way, a fleet that is closed waits no more."""
    there, one = jobs(tmp_path, 6, alone=False), fleet.Fleet("processes")
    parts = list(there[0].heard_together())
    answer = fleet.recorded(None, (2, packing.packed(parts[3:], fleet._here(), logging.INFO)))

    def begin(paper: fleet._Paper, _: object) -> None:
        paper.waiting.clear()
        paper.under_way = 3 if ended else 2
        one._sent = {1: (paper, there[0].orders[:3]), 2: (paper, there[0].orders[3:])}
        if ended:
            paper.answers.put(ended)
        else:
            one._hand_out(Done((1, b""), None, RuntimeError("out of memory")))
        one._hand_out(Done((2, b""), answer))

    monkeypatch.setattr(one, "_begin", begin)
    made = iter(one(there) or ())
    assert [next(made).key for _ in range(3)] == [order.key for order in there[0].orders[3:]]
    with pytest.raises(CancelledError if ended else SynthesisError, match=told):
        next(made)
    assert len(list(there[0].folder.takes.glob("[0-9a-f]*.flac"))) == 3


def test_what_an_engine_raises_costs_one_line(tmp_path: Path) -> None:
    """A bug of an engine, or its memory, loses none of the lines that were said in the same call; it is told by which
    line it was."""
    there, one = folder(tmp_path), fleet.Fleet("threads", 1)
    try:
        with pytest.raises(SynthesisError, match=r"line 17 .*ZeroDivisionError: a bug in an engine"):
            list(record.record(orders(20, "bug:five after two"), there, tones, one))
    finally:
        one.close()
    assert len(list(there.takes.glob("[0-9a-f]*.flac"))) == 19
