"""What a fleet does at the driver: voices that do not travel speak here, and calls are made in the script's order."""

import logging
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from test_crew import folder, orders, tones

from podcast.recording import casting, fleet, ordering, packing, record
from podcast.recording.record import Job
from podcast.show.errors import ConfigError
from podcast.show.schema import Line, Script, Voice
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
def test_a_voice_whose_file_is_another_there_is_refused(tmp_path: Path, part: str) -> None:
    """Takes are named by what the driver's file is: a worker that has another under that path, or none, stops all."""
    file = tmp_path / "voice.bin"
    file.write_bytes(b"one training")
    voice = Voice(name="choir", synthesizer="test_fleet:Still", licence="CC0-1.0",
                  **{{"model": "model", "reference": "speaker_wav"}[part]: str(file)})  # fmt: skip
    actor = casting.actor(voice, [tmp_path])
    lines = tuple(Line(host="A", text=f"Line {n} is said here.", chapter="x") for n in ("one", "two"))
    wanted = ordering.orders(Script(title="x", description="x", lines=lines), {"A": actor}, Lexicon())
    there = folder(tmp_path)
    data = packing.packed([Job(wanted, record.speakers(actor, tones), there)])
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
