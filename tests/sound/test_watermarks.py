"""The inaudible mark: in what is new, by whom it says, found after MP3; a corrected line is marked, and little else."""

import importlib.util
import json
import re
import shutil
import warnings
from pathlib import Path

import numpy as np
import pytest
from conftest import folder_of, load, make, podcast
from mutagen.id3 import ID3
from test_mix import measured
from test_pieces import LINE, PAPER, lengthened, mix_of
from watermarking import QuietTone

from podcast.show import packaged
from podcast.show.config import read_voices
from podcast.show.schema import Line, Take
from podcast.show.settings import MarksSettings, MixSettings
from podcast.sound import audio, ffmpeg, mix, tags, watermarks
from podcast.sound.audio import Waveform
from podcast.sound.perth import Perth
from podcast.synthesizers.espeak import Espeak

NAME = "watermarking:QuietTone 1, rules 1"


def have(show: Path, watermark: str) -> None:
    """Have the show's sound marked."""
    settings = show / "podcast.toml"
    text = re.sub(r"\n\[marks\]\n.*\n", "", settings.read_text())
    settings.write_text(f'{text}\n[marks]\nwatermark = "{watermark}"\n')


def heard(show: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    """What `podcast watermark` says."""
    capsys.readouterr()
    code = podcast(show, "watermark", *arguments, "--json")
    return code, json.loads(capsys.readouterr().out)[0]


@pytest.mark.long
def test_what_is_made_from_now_on_is_marked(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was published stays to the byte; mixed again it has the mark, says by whom, and is found; doctor tells."""
    before, feed = mix_of(made).read_bytes(), (made / "feed" / "feed.xml").read_text()
    assert heard(made, capsys, PAPER, "--by", "watermarking:QuietTone")[0] == 1
    have(made, "watermarking:QuietTone")
    assert make(made) == 0
    assert mix_of(made).read_bytes() == before
    assert (made / "feed" / "feed.xml").read_text() == feed

    assert podcast(made, "regenerate", PAPER, "--from", "mix") == 0
    code, row = heard(made, capsys, PAPER)
    assert (code, row["found"], row["by"], row["says"]) == (0, "yes", "watermarking:QuietTone", NAME)
    assert float(str(row["confidence"])) > 0.8
    assert ID3(mix_of(made))["TXXX:watermark"].text == [NAME]
    assert load(folder_of(made, PAPER) / "episode.json")["made_with"]["watermark"] == NAME
    page = (made / "feed" / "episodes" / f"2024-03-05-{PAPER}" / "index.html").read_text()
    assert "Inaudible mark in the sound" in page
    assert NAME in page
    podcast(made, "doctor", "--json")
    told = next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "marks")
    assert told["found"].endswith(f"; {NAME} in the sound itself")

    marked = mix_of(made).read_bytes()
    have(made, "")  # what is marked stays marked, lost or not
    shutil.rmtree(folder_of(made, PAPER) / "mixes")
    assert make(made) == 0
    assert mix_of(made).read_bytes() == marked


@pytest.mark.long
def test_a_corrected_line_is_marked_and_what_is_in_its_piece(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line otherwise: takes of a piece or two are marked anew, once each, and the MP3 is that from scratch."""
    have(show, "watermarking:QuietTone")
    assert make(show) == 0
    lengthened(show, 4)
    takes = len(load(folder_of(show, PAPER) / "script.json")["lines"])
    before = load(mix_of(show).with_suffix(".json"))
    monkeypatch.setattr(QuietTone, "MARKED", show / "marked.txt")
    assert podcast(show, *LINE) == 0
    assert 1 <= len((show / "marked.txt").read_text().splitlines()) < takes / 2
    keys = {each["key"] for each in before["frames"]}
    assert 1 <= sum(each["key"] not in keys for each in load(mix_of(show).with_suffix(".json"))["frames"]) <= 2
    corrected = mix_of(show).read_bytes()
    shutil.rmtree(folder_of(show, PAPER) / "mixes")
    (show / "marked.txt").unlink()
    assert podcast(show, "make", "2024-03-05", "--top", "2", "--no-publish") == 0
    assert len((show / "marked.txt").read_text().splitlines()) == takes
    assert mix_of(show).read_bytes() == corrected


def test_without_its_package_nothing_is_mixed(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command that installs it is named before the first mix, and by doctor; a wrong name gets the right one."""
    have(show, "perth")
    monkeypatch.setattr("podcast.sound.perth.find_spec", lambda name: None)
    assert make(show) == 1
    assert re.search(r"resemble-perth is not installed.*install.*\[watermark\]", capsys.readouterr().err, re.DOTALL)
    assert not (folder_of(show, PAPER) / "episode.json").exists()
    podcast(show, "doctor", "--json")
    assert next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "marks")["ok"] == "no"
    have(show, "pert")
    podcast(show, "doctor", "--json")
    told = next(row for row in json.loads(capsys.readouterr().out) if row["check"] == "marks")
    assert "did you mean 'perth'?" in told["found"]


SAID = (
    "A model of seven billion parameters was trained on one machine, and what it writes is held to the paper.",
    "The test was small, and nobody has repeated it yet, so the score of ninety one percent may not hold.",
    "A second network reads what the first one wrote, and throws away what it cannot find in the text.",
)


def spoken(folder: Path) -> tuple[list[Line], list[Take]]:
    """Lines said by eSpeak."""
    voice = read_voices(packaged.voices())["espeak-gb"]
    lines, takes = [], []
    for number, (text, sound) in enumerate(zip(SAID, Espeak().synthesize(SAID, voice, [0] * len(SAID)), strict=True)):
        take = Take(f"{number:04}", folder / f"{number:04}.flac", text)
        audio.write(take.sound, audio.fade(sound))
        lines.append(Line(host="AB"[number % 2], text=text, chapter="Chapter"))
        takes.append(take)
    return lines, takes


@pytest.mark.long
def test_perths_mark_is_found_after_mp3_of_96_kbit(tmp_path: Path) -> None:
    """Mixed and encoded, speech has the mark in each stretch, and without it in none; it is as long and as loud."""
    lines, takes = spoken(tmp_path)
    settings, found = MixSettings(bitrate=96), {}
    for name in ("", "perth"):
        watermark = watermarks.wanted(MarksSettings(watermark=name))
        timeline = mix.plan(lines, takes, settings, None, None, watermark=watermark)
        path = tmp_path / f"{name}.mp3"
        mix.render(timeline, path, settings)
        found[name] = watermarks.heard(Perth(), path), path, timeline.length
    plain, marked = found[""], found["perth"]
    assert max(plain[0].confidences) < 0.1
    assert min(marked[0].confidences) > 0.8
    assert (plain[0].found, marked[0].found) == ("no", "yes")
    assert plain[2] == marked[2]
    assert abs(measured(plain[1])[0] - measured(marked[1])[0]) <= 0.1


def test_silence_is_no_mark_and_no_error(tmp_path: Path) -> None:
    """Of digital silence nothing is said, where Perth's own detector says NaN; a moment is marked as it is long."""
    audio.write(tmp_path / "silence.flac", Waveform(np.zeros(44_100 * 3, dtype=np.float32), 44_100))
    assert watermarks.heard(Perth(), tmp_path / "silence.flac") == watermarks.Heard(())
    for count in (1, 500, 1000, 3000):
        assert len(Perth().mark(Waveform(np.full(count, 0.1, dtype=np.float32), 24_000)).samples) == count


@pytest.mark.soak
def test_ours_is_perths_own(tmp_path: Path) -> None:
    """What torch makes of the package's code is what ours adds, to 90 dB under it; each finds the other's mark."""
    if missing := [
        name for name in ("torch", "torchaudio", "librosa", "pkg_resources") if not importlib.util.find_spec(name)
    ]:
        pytest.skip(f"without {missing[0]}: make coqui")
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pkg_resources tells that it goes
        from perth.perth_net.perth_net_implicit.perth_watermarker import PerthImplicitWatermarker
    theirs = PerthImplicitWatermarker()
    _, takes = spoken(tmp_path)
    sound = audio.resample(audio.read(takes[0].sound), 32_000)
    with torch.no_grad():
        wanted = theirs.apply_watermark(sound.samples, sample_rate=32_000)
        ours = Perth().mark(sound)
        error, added = ours.samples[: len(wanted)] - wanted, wanted - sound.samples[: len(wanted)]
        assert 10 * np.log10(np.mean(error**2) / np.mean(added**2)) < -90
        assert theirs.get_watermark(ours.samples, sample_rate=32_000, round=False) > 0.9
        assert theirs.get_watermark(sound.samples, sample_rate=32_000, round=False) < 0.1
    assert Perth().confidence(Waveform(wanted, 32_000)) > 0.9


@pytest.mark.soak
def test_perths_mark_outlives_other_codecs_and_excerpts(tmp_path: Path) -> None:
    """Five seconds of it do, and Opus of 24 kbit/s; whatever threads do, the take's bytes are the same."""
    lines, takes = spoken(tmp_path)
    watermark = watermarks.wanted(MarksSettings(watermark="perth"))
    assert watermark
    assert len({watermark.read_pcm(takes[0].sound) for _ in range(3)}) == 1
    settings = MixSettings(bitrate=64, opus=24)
    mix.render(mix.plan(lines, takes, settings, None, None, watermark=watermark), tmp_path / "x.mp3", settings,
               opus=tmp_path / "x.opus")  # fmt: skip
    for name in ("x.mp3", "x.opus"):
        ffmpeg.run("-ss", "3", "-t", "5", "-i", str(tmp_path / name), str(tmp_path / "excerpt.wav"))
        assert watermarks.heard(Perth(), tmp_path / "excerpt.wav").confidence > 0.6


def test_who_only_a_file_names_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mark that is not ours is not listened for by another, who would say no; nor is code run that a file names."""
    sound = tmp_path / "a.mp3"
    sound.touch()
    monkeypatch.setattr(tags, "watermark_in", lambda _: "nowhere:Mine 3, rules 1")
    assert podcast(tmp_path, "watermark", str(sound)) == 2
    assert "--by nowhere:Mine" in re.sub(r"\s+", " ", capsys.readouterr().err)
