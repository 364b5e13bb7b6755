"""Worker processes record what one process records, and tell what goes wrong in them."""

import datetime as dt
import errno
import os
import signal
from pathlib import Path

import pytest

from podcast.recording import crew, fleet, ordering, pace, record, verify
from podcast.recording.ordering import Actor
from podcast.show.errors import StorageError, SynthesisError
from podcast.show.schema import Line, Script, Voice
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sound import audio
from podcast.speech import Lexicon
from podcast.synthesizers.tone import Tone


class Choir(Tone):
    """Tones that several processes may make at once; its voice's model says which text fails, and how: always, or until
    the file is there that is named behind it."""

    side_by_side = True

    def synthesize(self, texts, voice, seeds):  # type: ignore[no-untyped-def]
        for text, sound in zip(texts, super().synthesize(texts, voice, seeds), strict=True):
            how, failing, *once = (voice.model or ":").split(":")
            if failing and failing in text and not (once and Path(once[0]).exists()):
                if once:
                    Path(once[0]).touch()
                if how == "die":
                    os.kill(os.getpid(), signal.SIGKILL)
                if how == "bug":
                    raise ZeroDivisionError("a bug in an engine")
                raise SynthesisError(f"it cannot say {text!r}", "take other words")
            yield sound


def orders(count: int, model: str = "") -> tuple[ordering.Order, ...]:
    voice = Voice(name="choir", synthesizer="test_crew:Choir", model=model, licence="CC0-1.0")
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    texts = [f"Line {names[n % 12]} after {names[n // 12]} is said here." for n in range(count)]
    lines = tuple(Line(host="A", text=text, chapter="x", take=1) for text in texts)
    return ordering.orders(Script(title="x", description="x", lines=lines), {"A": Actor(voice, Choir())}, Lexicon())


def tones(actor: Actor) -> verify.Expected:
    """What can be expected of a voice in tones."""
    return verify.Expected(soft_end=False, varied=False)


def folder(path: Path) -> PaperFolder:
    return Workspace(path).day(dt.date(2024, 3, 5)).paper("2403.00001")


@pytest.fixture(scope="module")
def two() -> crew.Crew:
    """Two workers, which stay for all tests here."""
    return crew.Crew(2)


@pytest.mark.long
def test_workers_make_the_same_takes(tmp_path: Path, two: crew.Crew) -> None:
    """Takes of two workers have the names and the bytes of those of one process, and equal lines share one."""
    wanted = orders(30) + orders(30)[:2]
    alone, both = folder(tmp_path / "alone"), folder(tmp_path / "both")
    one = {take.key for take in record.record(wanted, alone, tones)}
    other = [take.key for take in record.record(wanted, both, tones, two)]
    assert set(other) == one
    assert len(other) == len(wanted)
    assert {path.name: path.read_bytes() for path in both.takes.iterdir()} == {
        path.name: path.read_bytes() for path in alone.takes.iterdir()
    }


def test_few_lines_and_one_core_need_no_workers() -> None:
    """No process is started for a line that was mended, nor on one core, nor for an engine that speaks alone."""
    job = record.Job(orders(3), record.speakers(orders(1)[0].actor, tones), folder(Path("x")))
    assert crew.Crew(2)([job]) is None
    many = record.Job(orders(40), job.speakers, job.folder)
    assert crew.Crew(1)([many]) is None
    tone = record.retake.Speaker(job.speakers[0].voice, Tone(), job.speakers[0].expected)
    assert crew.Crew(2)([record.Job(orders(40), (tone,), job.folder)]) is None


def test_a_machine_without_room_is_no_fault_of_the_line() -> None:
    """A full disk and too little memory are told as what they are; anything else that is raised is the engine's."""
    (line,) = orders(1)
    assert isinstance(crew.engine_failed(OSError(errno.ENOSPC, "No space left", "x.flac"), (line,)), StorageError)
    assert "workers" in str(crew.engine_failed(MemoryError(), (line,)).hint)
    assert "another voice" in str(crew.engine_failed(OSError("a bug"), (line,)).hint)


@pytest.mark.long
@pytest.mark.parametrize(
    ("model", "error", "said"),
    [("fail:five after two", SynthesisError, "line 17 .*cannot say"),
     ("die:five after two", SynthesisError, "have ended"),
     ("bug:five after two", SynthesisError, "line 17 .*the engine failed: ZeroDivisionError: a bug")],
)  # fmt: skip
def test_what_goes_wrong_names_the_line_and_costs_no_other(
    tmp_path: Path, two: crew.Crew, model: str, error: type[Exception], said: str
) -> None:
    """The error is that of a single process, with its hint; takes that are there stay, and the next paper is made; no
    worker ends of what its engine raises."""
    there = folder(tmp_path)
    with pytest.raises(error, match=said) as caught:
        list(record.record(orders(30, model), there, tones, two))
    assert getattr(caught.value, "hint", "x")
    assert len(two._idle) == 2 or model.startswith("die")
    assert not list(there.takes.glob(".tmp-*.flac")) or model.startswith("die")
    assert len(list(there.takes.glob("[0-9a-f]*.flac"))) >= 15
    assert len(list(record.record(orders(30), folder(tmp_path / "next"), tones, two))) == 30


@pytest.mark.long
def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, two: crew.Crew) -> None:
    """After kill -9 of a worker in the middle of a line another says that line, as one process says it."""
    wanted, there = orders(24, f"die:five after one:{tmp_path / 'once'}"), folder(tmp_path / "there")
    assert {take.key for take in record.record(wanted, there, tones, two)} == {order.key for order in wanted}
    (alone,) = record.record(wanted[4:5], folder(tmp_path / "alone"), tones)
    assert there.take(alone.key).read_bytes() == alone.sound.read_bytes()
    assert (tmp_path / "once").exists()


def test_a_run_that_is_broken_off_leaves_no_answer_behind(tmp_path: Path, two: crew.Crew) -> None:
    """After a run that was left in its middle the workers speak for the next one only."""
    broken = record.record(orders(30), folder(tmp_path / "broken"), tones, two)
    next(broken)
    broken.close()  # type: ignore[attr-defined]
    assert len(list(record.record(orders(36), folder(tmp_path / "whole"), tones, two))) == 36


def test_who_makes_a_take_says_how_long_it_sounds(tmp_path: Path, two: crew.Crew) -> None:
    """It is what is measured of its file, whoever made it; so that nobody has to read that for the voice's pace."""
    one = fleet.Fleet("threads", 1)
    try:
        for name, elsewhere in (("here", None), ("crew", two), ("fleet", one)):
            made = list(record.record(orders(30), folder(tmp_path / name), tones, elsewhere))
            assert [take.seconds for take in made] == [pace.seconds(audio.read(take.sound)) for take in made]
            assert min(take.seconds for take in made) > 0.5
    finally:
        one.close()


def test_idle_workers_that_were_killed_cost_no_line(tmp_path: Path, two: crew.Crew) -> None:
    """After kill -9 of those that wait for the next paper, others record it."""
    assert len(list(record.record(orders(30), folder(tmp_path / "one"), tones, two))) == 30
    idle = [worker.process for worker in two._idle]
    for process in idle:
        process.kill()
        process.join()
    assert len(list(record.record(orders(4), folder(tmp_path / "next"), tones, two))) == 4
    assert idle
    assert all(worker.process not in idle for worker in two._idle)
