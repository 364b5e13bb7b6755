"""An MP3 in pieces is as long as in one go, sounds alike, and is the same whatever was made again."""

import dataclasses
import json
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import by_night, folder_of, load, make, podcast
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3
from numpy.typing import NDArray
from test_mix import ASSETS, measured, takes_of, voice

from podcast.show.schema import Line, Take
from podcast.show.settings import MixSettings
from podcast.sound import audio, ffmpeg, frames, levels, mix, parts, pieces
from podcast.sound.timeline import Music, Timeline

PAPER = "2403.00002"
LINE = ("regenerate", PAPER, "--line", "5", "--text", "Facts near the end are missed.", "--no-publish")
PLAIN = MixSettings(turns="plain")


def planned(folder: Path, settings: MixSettings, rate: int, count: int = 60) -> Timeline:
    lines, takes = takes_of(folder, rates=(rate, rate), count=count)
    return mix.plan(lines, takes, settings, ASSETS / "intro.flac", ASSETS / "outro.flac")


def decoded(path: Path) -> NDArray[np.float32]:
    """As ffmpeg decodes it, which leaves out what the Info frame says."""
    ffmpeg.run("-i", str(path), "-f", "f32le", "-ac", "1", str(path.with_suffix(".f32")))
    return np.fromfile(path.with_suffix(".f32"), dtype="<f4")


def both(timeline: Timeline, folder: Path, settings: MixSettings) -> tuple[mix.Made, Path, Path]:
    """In pieces, and in one go at the same level."""
    made = mix.render(timeline, folder / "pieces.mp3", settings)
    mix._encode(timeline, made.level, settings, folder / "one.mp3", None)
    return made, folder / "pieces.mp3", folder / "one.mp3"


def power(samples: NDArray[np.float32]) -> float:
    """dB of full scale."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))


def crc16(data: bytes) -> int:
    """As LAME's tag wants it, a bit at a time."""
    found = 0
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = found >> 1 ^ (0xA001 if found & 1 else 0)
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("rate", "turns"), by_night([(24_000, "talk"), (22_050, "plain"), (16_000, "talk"), (48_000, "plain")], 2)
)
def test_pieces_join_to_the_sample(tmp_path: Path, rate: int, turns: str) -> None:
    """mp3val finds nothing, decoders the length that was planned, and the one Info frame what stands behind it."""
    settings = MixSettings(turns=turns)  # type: ignore[arg-type]
    timeline = planned(tmp_path, settings, rate)
    path = tmp_path / "x.mp3"
    made = mix.render(timeline, path, settings)
    assert len(made.frames) > 2
    assert len(decoded(path)) == pytest.approx(timeline.length * 44_100 / rate, abs=1 + 44_100 / rate)
    assert abs(MP3(path).info.length - timeline.duration) < 0.06
    data = path.read_bytes()
    behind, padding = frames.without_info(data)
    assert data.count(b"Info") == 1
    assert len(frames.lengths(behind)) == sum(each.count for each in made.frames)
    told = data[21:]
    assert int.from_bytes(told[8:12], "big") == len(frames.lengths(behind))
    assert int.from_bytes(told[12:16], "big") == len(data)
    assert len(frames.lengths(behind)) * 1152 - 576 - padding == len(decoded(path))
    assert int.from_bytes(told[152:154], "big") == crc16(behind)
    assert int.from_bytes(told[154:156], "big") == crc16(data[: 21 + 154])
    if found := shutil.which("mp3val"):
        said = subprocess.run([found, str(path)], capture_output=True, text=True, check=True).stdout
        assert [line for line in said.splitlines() if line.startswith(("WARNING", "ERROR"))] in (
            [], [f'WARNING: "{path}": No supported tags in the file']
        )  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("rate", by_night([22_050, 44_100]))
def test_pieces_of_speech_sound_as_in_one_go(tmp_path: Path, rate: int) -> None:
    """Decoded, the two differ by 60 dB less than is heard, at no border by more than elsewhere, by 0.1 LU at most."""
    settings = PLAIN.model_copy(update={"loudness": -19.0})
    timeline = planned(tmp_path, settings, rate)
    _, in_pieces, one = both(timeline, tmp_path, settings)
    found, wanted = decoded(in_pieces), decoded(one)
    assert len(found) == len(wanted)
    assert power(found - wanted) <= -60.0
    assert abs(measured(in_pieces)[0] - measured(one)[0]) <= 0.1
    for piece in timeline.pieces[1:]:
        at = round(piece.start * 44_100 / rate)
        assert power((found - wanted)[at - 2205 : at + 2205]) <= -60.0


@pytest.mark.soak
@pytest.mark.parametrize("rate", [22_050, 44_100])
@pytest.mark.parametrize("hertz", by_night([997.0, 100.0, 5000.0]))
def test_a_sine_runs_on_over_a_border(tmp_path: Path, rate: int, hertz: float) -> None:
    """A tone under all that is said goes on as it was where pieces meet: no click, no gap, no turn of its phase."""
    timeline = planned(tmp_path, PLAIN, rate, 36)
    assert len(timeline.pieces) > 1
    tone = np.sin(2 * np.pi * hertz * np.arange(timeline.length) / rate).astype(np.float32) * np.float32(0.01)
    silent = tuple(dataclasses.replace(spot, gain=-120.0) for spot in timeline.spots)
    level = levels.Level(20.0, -2.0, -16.0, is_known=True)
    timeline = dataclasses.replace(timeline, music=(Music(0, tone, "tone"),), spots=silent, level=level)
    _, in_pieces, one = both(timeline, tmp_path, PLAIN)
    found, wanted = decoded(in_pieces), decoded(one)
    for piece in timeline.pieces[1:]:
        around = slice(round(piece.start * 44_100 / rate) - 4410, round(piece.start * 44_100 / rate) + 4410)
        assert power(wanted[around]) == pytest.approx(-23, abs=0.5)
        assert power((found - wanted)[around]) <= -60.0 - 23.0 + 10


@pytest.mark.long
@given(
    st.lists(st.tuples(st.integers(2_000, 200_000), st.integers(0, 8_000)), min_size=60, max_size=120),
    st.data(),
)
def test_a_changed_line_moves_no_border_far_away(lines: list[tuple[int, int]], data: st.DataObject) -> None:
    """Whatever is said longer, left out or added: what lies over a minute away begins with the same lines as before."""
    rate = 16_000

    def begun(lines: Sequence[tuple[int, int, str]]) -> dict[str, int]:
        starts = [0]
        for count, gap, _ in lines:
            starts.append(starts[-1] + count + gap)
        counts, keys = [count for count, _, _ in lines], [key for _, _, key in lines]
        return {keys[at]: starts[at] for at in pieces.borders(starts[:-1], counts, keys, [], rate)}

    before = [(count, gap, f"{number}") for number, (count, gap) in enumerate(lines)]
    at = data.draw(st.integers(0, len(lines) - 1))
    after = list(before)
    match data.draw(st.sampled_from(["other", "gone", "more"])):
        case "other":
            after[at] = (data.draw(st.integers(2_000, 200_000)), before[at][1], "new")
        case "gone":
            del after[at]
        case _:
            after.insert(at, (data.draw(st.integers(2_000, 200_000)), 4_000, "new"))
    place = sum(count + gap for count, gap, _ in before[:at])
    far = [key for key, start in begun(before).items() if abs(start - place) > 60 * rate + 208_000]
    now = begun(after)
    assert [key for key in now if key in far] == far


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
def test_what_stands_before_a_piece_fills_whole_frames(rate: int) -> None:
    """At any rate the samples before a piece's own come to four frames, once some are dropped."""
    before, dropped = pieces.lead(rate)
    assert before * 44_100 == (4 * 1152 + dropped) * rate
    assert 0 <= dropped < 44_100


@given(st.binary(min_size=1, max_size=3000), st.binary(min_size=1, max_size=3000))
def test_sums_of_parts_are_the_sum_of_the_whole(one: bytes, other: bytes) -> None:
    """Sums found in rows, and joined, are what one finds bit by bit."""
    told = [(frames.checksum_of(part), len(part)) for part in (one, other)]
    assert frames.joined(told) == crc16(one + other) == frames.checksum_of(one + other)


def edited(lines: list[Line], takes: list[Take], folder: Path, chance: random.Random, turn: int) -> None:
    """Say a line otherwise, leave one out, say one more, or change two about."""
    at = chance.randrange(len(lines) - 1)
    match chance.choice(["other", "gone", "more", "about"]):
        case "gone":
            del lines[at], takes[at]
        case "about":
            takes[at : at + 2], lines[at : at + 2] = takes[at : at + 2][::-1], lines[at : at + 2][::-1]
        case how:
            take = Take(f"new{turn}", folder / f"new{turn}.flac", "words")
            sound = voice(1 + 3 * chance.random(), 150, {"A": 0.6, "B": 0.15}[lines[at].host], 24_000, 100 + turn)
            audio.write(take.sound, audio.fade(sound))
            if how == "other":
                takes[at] = take
            else:
                lines.insert(at, lines[at])
                takes.insert(at, take)


@pytest.mark.long
@pytest.mark.parametrize("seed", by_night(range(2)))
def test_it_is_the_same_whatever_was_there(tmp_path: Path, seed: int) -> None:
    """After each of a row of changes, the MP3 with what was kept is that from scratch, and most of it was kept."""
    lines, takes = takes_of(tmp_path, rates=(24_000, 24_000), count=60)
    settings, chance = MixSettings(turns="talk", loudness=-19.0), random.Random(seed)
    first = mix.plan(lines, takes, settings, ASSETS / "intro.flac", ASSETS / "outro.flac")
    way = mix.Way(held=first.held(mix.render(first, tmp_path / "x.mp3", settings).level, settings.loudness))
    kept: dict[str, parts.Part] = {}
    made_again = []
    for turn in range(5):
        timeline = mix.plan(lines, takes, settings, ASSETS / "intro.flac", ASSETS / "outro.flac", way)
        again = mix.render(timeline, tmp_path / "again.mp3", settings, kept=kept)
        mix.render(timeline, tmp_path / "scratch.mp3", settings)
        data = (tmp_path / "again.mp3").read_bytes()
        assert data == (tmp_path / "scratch.mp3").read_bytes()
        made_again.append(sum(each.key not in kept for each in again.frames))
        at = len(data)
        for told in reversed(again.frames):
            at -= told.size
            kept[told.key] = parts.Part(told, lambda data=data[at : at + told.size]: data)  # type: ignore[misc]
        edited(lines, takes, tmp_path, chance, turn)
    assert max(made_again[1:]) <= 3
    assert sum(made_again[1:]) <= 8 < made_again[0] * 4


@pytest.mark.long
def test_gains_are_held_while_they_fit(tmp_path: Path) -> None:
    """One line otherwise leaves the gains as they are; a host who is louder by 2 dB throughout gets another."""
    lines, takes = takes_of(tmp_path, count=24)
    settings = PLAIN.model_copy(update={"loudness": -19.0})
    first = mix.plan(lines, takes, settings, None, None)
    made = mix.render(first, tmp_path / "x.mp3", settings)
    held = mix.Way(held=first.held(made.level, -19.0))
    takes[3] = takes[5]
    assert mix.plan(lines, takes, settings, None, None, held).gains == first.gains
    for number, take in enumerate(takes[::2]):
        sound = audio.read(take.sound)
        audio.write(tmp_path / f"l{number}.flac", audio.Waveform(sound.samples * np.float32(1.26), sound.sample_rate))
        takes[2 * number] = Take(f"l{number}", tmp_path / f"l{number}.flac", "words")
    with pytest.raises(levels.Missed):
        mix.plan(lines, takes, settings, None, None, held)


@pytest.fixture
def longer(show: Path) -> Path:
    """A show whose first episode has several pieces."""
    assert make(show) == 0
    return lengthened(show, 4)


def lengthened(show: Path, times: int) -> Path:
    """Say the script several times over, each line as a take of its own."""
    path = folder_of(show, PAPER) / "script.json"
    script = load(path)
    script["lines"] = [
        {**line, "take": 1 + turn, "chapter": f"{line['chapter']} {turn}"}
        for turn in range(times) for line in script["lines"]
    ]  # fmt: skip
    path.write_text(json.dumps(script))
    assert podcast(show, "make", "2024-03-05", "--top", "2", "--no-publish") == 0
    return show


def mix_of(show: Path) -> Path:
    return folder_of(show, PAPER) / load(folder_of(show, PAPER) / "episode.json")["media"]["file"]


@pytest.mark.long
def test_a_correction_takes_the_rest_from_the_mix_before(longer: Path) -> None:
    """One line otherwise: all but a piece or two have the bytes they had, the gains stay, and a lost mix comes back."""
    before, seal = load(folder_of(longer, PAPER) / "episode.json"), load(mix_of(longer).with_suffix(".json"))
    assert len(seal["frames"]) > 2
    assert podcast(longer, *LINE) == 0
    now, after = load(folder_of(longer, PAPER) / "episode.json"), load(mix_of(longer).with_suffix(".json"))
    assert [now[name] for name in ("guid", "number", "published", "gains")] == [
        before[name] for name in ("guid", "number", "published", "gains")
    ]
    assert now["key"] != before["key"]
    keys = {each["key"] for each in seal["frames"]}
    assert 1 <= sum(each["key"] not in keys for each in after["frames"]) <= 2
    sound = mix_of(longer).read_bytes()
    shutil.rmtree(folder_of(longer, PAPER) / "mixes")
    assert podcast(longer, "make", "2024-03-05", "--top", "2", "--no-publish") == 0
    assert load(folder_of(longer, PAPER) / "episode.json") == now
    assert mix_of(longer).read_bytes() == sound


@pytest.mark.long
def test_a_piece_on_disk_that_is_not_what_was_made_is_made_again(longer: Path) -> None:
    """A bit of the mix before is another: the next one has the bytes that it would have had."""
    whole = longer.with_name("whole")
    shutil.copytree(longer, whole)
    data = bytearray(mix_of(longer).read_bytes())
    data[len(data) // 2] ^= 1
    data[-1000] ^= 1
    mix_of(longer).write_bytes(data)
    for show in (longer, whole):
        assert podcast(show, *LINE) == 0
    assert mix_of(longer).read_bytes() == mix_of(whole).read_bytes()


@pytest.mark.long
def test_what_was_mixed_in_one_go_stays_until_it_is_corrected(longer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An episode of a version before keeps key and bytes, lost or not; corrected it is in pieces; undone it is back."""
    monkeypatch.setattr(mix, "ways", lambda *_: (dataclasses.replace(mix.WHOLE, names_gaps=False),))
    monkeypatch.setattr("podcast.sound.mastering.chosen", lambda named, *_: next(iter(named.items())))
    assert podcast(longer, "regenerate", PAPER, "--delete-line", "9", "--no-publish") == 0
    monkeypatch.undo()
    old = load(folder_of(longer, PAPER) / "episode.json")
    assert old["gains"] is None
    sound = mix_of(longer).read_bytes()
    shutil.rmtree(folder_of(longer, PAPER) / "mixes")
    assert podcast(longer, "make", "2024-03-05", "--top", "2", "--no-publish") == 0
    assert load(folder_of(longer, PAPER) / "episode.json") == old
    assert mix_of(longer).read_bytes() == sound
    assert podcast(longer, *LINE) == 0
    assert load(folder_of(longer, PAPER) / "episode.json")["gains"]
    assert podcast(longer, "regenerate", PAPER, "--undo", "--no-publish") == 0
    back = load(folder_of(longer, PAPER) / "episode.json")
    assert (back["key"], back["media"]) == (old["key"], old["media"])


@pytest.mark.soak
def test_opus_beside_pieces_is_as_long(tmp_path: Path) -> None:
    """With `[mix] opus` the same timeline is encoded in one go beside the pieces."""
    settings = PLAIN.model_copy(update={"opus": 24})
    timeline = planned(tmp_path, settings, 24_000, 24)
    mix.render(timeline, tmp_path / "x.mp3", settings, opus=tmp_path / "x.opus")
    ffmpeg.run("-i", str(tmp_path / "x.opus"), "-f", "f32le", "-ar", "44100", str(tmp_path / "opus.f32"))
    small = np.fromfile(tmp_path / "opus.f32", dtype="<f4")
    assert abs(len(small) / 44_100 - timeline.duration) < 0.05
    assert abs(measured(tmp_path / "x.opus")[0] - measured(tmp_path / "x.mp3")[0]) < 0.5
