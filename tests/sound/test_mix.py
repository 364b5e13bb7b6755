"""The mix, judged by what ffmpeg decodes of it."""

import datetime as dt
import itertools
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode

from podcast.show import packaged
from podcast.show.errors import MixError
from podcast.show.schema import Chapter, Line, Take
from podcast.show.settings import MixSettings
from podcast.sound import audio, ffmpeg, loudness, mix, tags
from podcast.sound.audio import Waveform

ASSETS = packaged.folder("sound", "jingle")


def voice(seconds: float, pitch: float, level: float, rate: int, seed: int) -> Waveform:
    """Something with the crest and the gaps of speech: pulses of a harmonic tone, four syllables a second."""
    time = np.arange(round(seconds * rate)) / rate
    noise = np.random.default_rng(seed)
    wave = sum(np.sin(2 * np.pi * pitch * k * time + noise.uniform(0, 6)) / k for k in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 4 * time + noise.uniform(0, 6)), 0, 1) ** noise.uniform(0.5, 3)
    return Waveform((level * wave * syllables / 3).astype(np.float32), rate)


def takes_of(
    folder: Path, *, rates: tuple[int, int] = (22_050, 22_050), count: int = 24
) -> tuple[list[Line], list[Take]]:
    """Lines of two hosts in turn, a chapter every six, host A four times as loud as host B."""
    lines, takes = [], []
    for index in range(count):
        host = index % 2
        sound = voice(1.5 + index % 4, (210, 110)[host], (0.6, 0.15)[host], rates[host], index)
        take = Take(f"{index:04}", folder / f"{index:04}.flac", "words")
        audio.write(take.sound, audio.fade(sound))
        lines.append(Line(host="AB"[host], text="words", chapter=f"Chapter {index // 6}"))
        takes.append(take)
    return lines, takes


def mixed(folder: Path, settings: MixSettings | None = None, **options: object) -> tuple[mix.Timeline, Path]:
    settings = settings or MixSettings()
    lines, takes = takes_of(folder, **options)  # type: ignore[arg-type]
    timeline = mix.plan(lines, takes, settings, ASSETS / "intro.flac", ASSETS / "outro.flac")
    mix.render(timeline, folder / "episode.mp3", settings)
    return timeline, folder / "episode.mp3"


def measured(path: Path) -> tuple[float, float]:
    """LUFS and dBTP by ffmpeg's ebur128, of the decoded file as it is."""
    command = [ffmpeg.find(), "-hide_banner", "-nostats", "-i", str(path), "-map", "0:a"]
    command += ["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    told = told[told.rindex("Summary:") :]
    found = [re.search(pattern, told) for pattern in (r"I:\s+(-?[\d.]+)", r"Peak:\s+(-?[\d.]+)")]
    assert all(found)
    return float(found[0][1]), float(found[1][1])  # type: ignore[index]


@pytest.mark.long
@pytest.mark.parametrize("target", [-16.0, -19.0])
@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
def test_loudness_and_true_peak_of_the_decoded_mp3(tmp_path: Path, target: float, rate: int) -> None:
    """The decoded MP3 is within 0.5 LU of the target, and its true peak at most -1 dBTP, whatever the voices' rate."""
    _, path = mixed(tmp_path, MixSettings(loudness=target), rates=(rate, rate))
    level, peak = measured(path)
    assert abs(level - target) <= 0.5
    assert peak <= -1.0


@pytest.mark.parametrize("way", [mix.PIECES, mix.WHOLE])
@pytest.mark.parametrize("peaks", [(-0.8, -1.2), (-1.0,)])
def test_peaks_over_what_is_promised_are_mixed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, peaks: tuple[float, ...], way: mix.Way
) -> None:
    """Where the limiter takes less than 1 LU, the MP3 is heard too, and over -1 dBTP made again, the limiter lower."""
    lines, takes = takes_of(tmp_path, count=4)
    plans = (mix.plan(lines, takes, MixSettings(loudness=-target / 4), None, None, way) for target in range(48, 100))
    timeline = next(each for each in plans if not each.level.is_hard and not each.level.is_known)
    heard, ceilings = iter(peaks), []
    encode, encoded = mix._encode, mix.encoding.encoded

    def whole(timeline: mix.Timeline, level: mix.levels.Level, *more: Any) -> None:
        ceilings.append(level.ceiling)
        encode(timeline, level, *more)

    def pieces(timeline: mix.Timeline, level: mix.levels.Level, *more: Any) -> Any:
        ceilings.append(level.ceiling)
        return encoded(timeline, level, *more)

    monkeypatch.setattr(mix, "_encode", whole)
    monkeypatch.setattr(mix.encoding, "encoded", pieces)
    monkeypatch.setattr(mix.levels, "measured", lambda path: (timeline.level.aim, next(heard)))
    monkeypatch.setattr(mix.parts, "heard", lambda made: (timeline.level.aim, next(heard)))
    mix.render(timeline, tmp_path / "x.mp3", MixSettings(loudness=timeline.level.aim))
    assert ceilings == pytest.approx([-2.0, -2.4][: len(peaks)])


@pytest.mark.long
def test_both_hosts_are_equally_loud(tmp_path: Path) -> None:
    """In the decoded MP3 the hosts' lines differ by less than 1 LU, though one was recorded 12 dB louder."""
    lines, takes = takes_of(tmp_path)
    timeline = mix.plan(lines, takes, MixSettings(), None, None)
    mix.render(timeline, tmp_path / "x.mp3", MixSettings())
    samples, rate = soundfile.read(tmp_path / "x.mp3", dtype="float32")
    levels = []
    for host in "AB":
        said = [samples[int(s.start / timeline.rate * rate) : int((s.start + s.count) / timeline.rate * rate)]
                for s in timeline.spots if s.line.host == host]  # fmt: skip
        levels.append(
            loudness.integrated(loudness.steps(loudness.measure(Waveform(np.concatenate(said), rate))["energy"]))
        )
    assert abs(levels[0] - levels[1]) < 1.0


@pytest.mark.long
def test_every_line_starts_where_the_timeline_says(tmp_path: Path) -> None:
    """Each take, found by cross-correlation in the decoded MP3, begins within 5 ms of its cue: no drift, no delay."""
    timeline, path = mixed(tmp_path, count=16)
    samples, rate = soundfile.read(path, dtype="float32")
    for spot in timeline.spots:
        sound = audio.resample(audio.read(spot.take.sound), rate).samples[:rate]
        start = round(spot.start * rate / timeline.rate)
        around = samples[max(0, start - 2000) : start + len(sound) + 2000]
        offset = int(np.argmax(np.correlate(around, sound, "valid"))) - min(start, 2000)
        assert abs(offset) <= 0.005 * rate, spot.number


@pytest.mark.long
def test_voices_of_different_rates_mix(tmp_path: Path) -> None:
    """A 16 kHz voice and a 24 kHz voice make one file of the planned length, at the target loudness."""
    timeline, path = mixed(tmp_path, rates=(16_000, 24_000))
    assert timeline.rate == 24_000
    assert abs(soundfile.info(path).duration - timeline.duration) < 0.03
    assert abs(measured(path)[0] + 16) <= 0.5


def test_pauses_are_longer_where_host_or_chapter_changes(tmp_path: Path) -> None:
    """Between lines stand exactly the samples that the settings say, by reason."""
    lines, takes = takes_of(tmp_path, count=12)
    lines[1] = Line(host="A", text="x", chapter="Chapter 0")
    settings = MixSettings(turns="plain", pause=0.25, pause_host=0.5, pause_chapter=1.5)
    timeline = mix.plan(lines, takes, settings, None, None)
    for spot, after in itertools.pairwise(timeline.spots):
        chapter, host = spot.line.chapter != after.line.chapter, spot.line.host != after.line.host
        expected = 1.5 if chapter else 0.5 if host else 0.25
        assert after.start - spot.start - spot.count == round(expected * timeline.rate)


@pytest.mark.long
def test_the_file_is_cbr_mono_with_an_info_header(tmp_path: Path) -> None:
    """A player that seeks by the bit rate, and one that asks the header, find the right place."""
    timeline, path = mixed(tmp_path, MixSettings(bitrate=64))
    info = MP3(path).info
    assert (info.bitrate_mode, info.channels, info.sample_rate, info.bitrate) == (BitrateMode.CBR, 1, 44_100, 64_000)
    assert b"Info" in path.read_bytes()[:300]
    assert abs(info.length - timeline.duration) < 0.06


def test_music_is_ducked_under_the_words(tmp_path: Path) -> None:
    """The intro is at least 10 dB lower under the first words than before them."""
    lines, takes = takes_of(tmp_path, count=4)
    timeline = mix.plan(lines, takes, MixSettings(), ASSETS / "intro.flac", None)
    intro = timeline.music[0].samples
    alone = intro[: timeline.spots[0].start - timeline.rate]
    under = intro[timeline.spots[0].start : timeline.spots[0].start + timeline.rate]
    assert 10 * np.log10((alone**2).mean() / (under**2).mean()) > 10


def test_silent_takes_are_refused(tmp_path: Path) -> None:
    """A host whose takes are silent is named: nothing silent is published."""
    lines, takes = takes_of(tmp_path, count=4)
    for take in takes[::2]:
        audio.write(take.sound, Waveform(np.zeros(22_050, dtype=np.float32), 22_050))
    with pytest.raises(MixError, match="host A are silent"):
        mix.plan(lines, takes, MixSettings(), None, None)


def test_a_failing_ffmpeg_says_why(tmp_path: Path) -> None:
    """What ffmpeg complains of stands in the error, with the command."""
    with pytest.raises(MixError, match="ffmpeg ended with") as caught:
        ffmpeg.feed(
            ["-f", "s16le", "-ar", "8000", "-i", "pipe:0", "-c:a", "no-such-codec", str(tmp_path / "x.mp3")],
            [b"\0" * 99],
        )
    assert "ncoder" in str(caught.value)  # 5.1 says "Unknown encoder", 9 "Encoder not found"
    assert "no-such-codec" in caught.value.hint


def test_broken_energies_are_measured_again(tmp_path: Path) -> None:
    """Energies are disposable: a broken or missing file changes nothing of the mix."""
    lines, takes = takes_of(tmp_path, count=6)
    before = mix.plan(lines, takes, MixSettings(), None, None).level
    takes[0].energies.write_bytes(b"broken")
    takes[1].energies.unlink()
    assert mix.plan(lines, takes, MixSettings(), None, None).level == before


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_loudness_agrees_with_ffmpeg(tmp_path: Path, rate: int) -> None:
    """Our integrated loudness is ffmpeg's within 0.1 LU, at every rate."""
    sound = Waveform(np.concatenate([voice(9, 150, 0.4, rate, 1).samples, np.zeros(3 * rate, np.float32)]), rate)
    audio.write(tmp_path / "x.flac", sound)
    assert (
        abs(loudness.integrated(loudness.steps(loudness.measure(sound)["energy"])) - measured(tmp_path / "x.flac")[0])
        <= 0.1
    )


def test_tags_are_v23_with_chapters_in_order(tmp_path: Path) -> None:
    """ID3v2.3, CTOC with a title, CHAP in the file in playing order, titles of any script and length intact."""
    _, path = mixed(tmp_path, count=4)
    titles = ["Opening", "Ünï, 日本 & <tags> 🎙", "x" * 200, "A"]
    chapters = [Chapter(title=title, start=n, end=n + 1) for n, title in enumerate(titles)]
    published = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)
    label = tags.Tags(
        "Title", "Show", "Author", 7, published, "en", "comment", "https://arxiv.org/abs/1", b"\xff\xd8jpeg"
    )
    tags.write(path, label, chapters)
    found = ID3(path)
    assert found.version[1] == 3
    assert [str(found[name]) for name in ("TIT2", "TALB", "TPE1", "TRCK", "TCON", "TLAN")] == [
        "Title", "Show", "Author", "7", "Podcast", "eng",
    ]  # fmt: skip
    (toc,) = found.getall("CTOC")
    assert str(toc.sub_frames["TIT2"]) == "Chapters"
    by_name = {frame.element_id: frame for frame in found.getall("CHAP")}
    assert [str(by_name[name].sub_frames["TIT2"]) for name in toc.child_element_ids] == titles
    data = path.read_bytes()
    places = [data.index(name.encode() + b"\0", data.index(b"CHAP")) for name in toc.child_element_ids]
    assert places == sorted(places)
    assert found.getall("APIC")[0].data == b"\xff\xd8jpeg"


def test_chapters_are_as_long_as_apps_want_them(tmp_path: Path) -> None:
    """Shorter ones join a neighbour by the longer's title; three stay, and each paper of a roundup; 0 keeps all."""
    lines, takes = takes_of(tmp_path, count=48)  # eight chapters of six lines, 18 seconds each or so

    def made(papers: bool, shortest: float) -> list[Chapter]:
        said = [
            line.model_copy(update={"paper": f"2403.0000{n // 16}" if papers else None}) for n, line in enumerate(lines)
        ]
        return list(mix.plan(said, takes, MixSettings(chapter=shortest), None, None).chapters())

    plain, joined, each = made(False, 0), made(False, 30), made(True, 90)
    assert [chapter.title for chapter in plain] == [f"Chapter {n}" for n in range(8)]
    assert min(chapter.end - chapter.start for chapter in plain) < 30
    assert 3 <= len(joined) < 8
    assert min(chapter.end - chapter.start for chapter in joined) >= 30
    assert len(made(False, 1000)) == 3
    for chapters in (plain, joined, each):
        assert chapters[0].start == 0
        assert all(one.end == other.start for one, other in itertools.pairwise(chapters))
        assert chapters[-1].end == plain[-1].end
        assert {chapter.start for chapter in chapters} <= {chapter.start for chapter in plain}
        assert {chapter.title for chapter in chapters} <= {chapter.title for chapter in plain}
    assert len(each) >= 3  # three papers: none is lost in another's
