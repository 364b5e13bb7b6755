"""Takes become a timeline, and the timeline one loudness-normalised MP3.

The timeline is counted in samples. Loudness is known before the one encode, from energies measured once a
take: each host is brought to one level, the limiter's loss is predicted, and a common gain meets the target.
Sound streams through, a line at a time, into one ffmpeg: memory does not grow with the episode.
"""

import functools
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from podcast.show import store, synthetic
from podcast.show.errors import MixError
from podcast.show.schema import Line, Take
from podcast.show.settings import MixSettings
from podcast.sound import audio, ffmpeg, levels, loudness, room, turns
from podcast.sound.timeline import Music, Spot, Timeline

if TYPE_CHECKING:
    from pydub import AudioSegment

VERSION = 1
"""Raise it when the same takes are mixed otherwise: all episodes are then mixed again."""

OUTPUT_RATE = 44_100

_LAME_LOSS_DB = 0.446
"""LAME scales constant bit rates of 64 to 160 kbit/s by 0.95 (abr_switch_map in libmp3lame/presets.c of 3.100, against
clipping that the limiter has seen to); put back after the limiter."""

_ROUNDS = 4
"""How often an episode is encoded at most, where the limiter works; two are the rule where it works hard."""

_MUSIC_DB = -3.0
"""Music alone against the hosts, in LU."""
_DUCK_DB = -14.0
"""How much lower it is under words."""
_DUCK_SECONDS = 0.4
_LEAD = 3.0
"""Seconds of intro before the first word, and
_TAIL of outro under the last ones."""
_TAIL = 2.0

_HIGHEST = 1.01
"""What a peak may be read as: they are kept in half precision."""

_NOT_HEARD = {"intro", "outro", "turns"}
"""Settings that are no part of a mix's key: the music counts by its bytes, talk by the version of its rules."""

Watch = Callable[[Iterable["Spot"]], Iterable["Spot"]]


def key(
    lines: Sequence[Line],
    takes: Sequence[Take],
    settings: MixSettings,
    music: Sequence[Path | None],
    label: str,
) -> str:
    """Return the mix's key: what is heard, in order, how it is put together, and the fingerprint of its label."""
    return store.fingerprint(
        "mix",
        VERSION,
        {
            "lines": [[line.host, line.chapter, take.key] for line, take in zip(lines, takes, strict=True)],
            "settings": settings.model_dump(mode="json", exclude=_NOT_HEARD | _off(settings)),
            "music": [store.file_sha256(path) if path else None for path in music],
            "label": label,
            **({} if settings.turns == "plain" else {"turns": turns.VERSION}),
        },
    )


def _off(settings: MixSettings) -> set[str]:
    """Return the settings that are off, and so no part of a key: those of versions before knew nothing of them."""
    return {name for name in ("opus", "chapter") if not getattr(settings, name)}


def plan(
    lines: Sequence[Line],
    takes: Sequence[Take],
    settings: MixSettings,
    intro: Path | None,
    outro: Path | None,
) -> Timeline:
    """Place every take and the music, and find the gain that meets the target loudness."""
    sizes = [audio.size(take.sound) for take in takes]
    rate = max(own for _, own in sizes)
    counts = [round(frames * rate / own) for frames, own in sizes]

    def energies(index: int) -> loudness.Energies:
        """Read anew each time: all of them at once would grow with the episode."""
        return _energies(takes[index], loudness.hops(*sizes[index]))

    gains, level = _host_gains(lines, energies)

    opening = _music(intro, rate, level) if intro else None
    closing = _music(outro, rate, level) if outro else None
    lead = min(round(_LEAD * rate), len(opening.samples)) if opening else round(0.3 * rate)
    taken = [
        turns.Turn(line, take, count, *(round(seconds * rate) for seconds in turns.edges(energies(index))))
        for index, (line, take, count) in enumerate(zip(lines, takes, counts, strict=True))
    ]
    starts = turns.starts(taken, settings, rate, lead)
    spoken = max(start + count for start, count in zip(starts, counts, strict=True))

    music = []
    if opening:
        music.append(_duck(opening, 0, lead, rate, rising=False))
    if closing:
        start = max(starts[0], spoken - round(_TAIL * rate))
        music.append(_duck(closing, start, spoken, rate, rising=True))
    length = max([spoken + round(0.5 * rate), *(piece.start + len(piece.samples) for piece in music)])

    spots = tuple(
        Spot(number, line, take, start, count, gains[line.host])
        for number, (line, take, start, count) in enumerate(zip(lines, takes, starts, counts, strict=True), 1)
    )
    air = None if settings.turns == "plain" else room.Room.at(level, rate)
    whole = _add_up(spots, energies, music, rate, length)
    if air:
        whole["energy"] += np.float32(air.energy)
    return Timeline(
        rate, length, spots, tuple(music), levels.predicted(whole, settings.loudness), air, whole, settings.chapter
    )


def render(
    timeline: Timeline, path: Path, settings: MixSettings, watch: Watch = iter, opus: Path | None = None
) -> None:
    """Write the timeline as a constant-bit-rate mono MP3 with an Info header, and no tags yet.

    `opus` is where the same goes in Opus, in the same pass. `watch` is handed the spots and hands them on as they are
    mixed. Where the limiter takes anything away, the MP3 is heard, and made again where it is not as loud as it should
    be or its peaks are too high. Raises MixError with ffmpeg's last lines.
    """
    level: levels.Level | None = timeline.level
    for _ in range(_ROUNDS):
        assert level is not None
        _encode(timeline, level, path, settings, watch, opus)
        level = levels.corrected(timeline.energies, settings.loudness, level, path) if not level.is_known else None
        if level is None:
            return
        watch = iter


def _encode(
    timeline: Timeline, level: levels.Level, path: Path, settings: MixSettings, watch: Watch, opus: Path | None
) -> None:
    # The limiter sees sample peaks: it stands after a resampler, and at least at twice the source's rate.
    guard = 4 * OUTPUT_RATE if timeline.rate > 24_000 or level.is_hard else OUTPUT_RATE
    limiter = (
        f"level_in={10 ** (level.gain / 20):.6f}:limit={10 ** (level.ceiling / 20):.6f}"
        f":level_out={10 ** (_LAME_LOSS_DB / 20):.6f}:attack=5:release=50:level=false:latency=true"
    )
    graph = f"[0:a]aresample={guard},alimiter={limiter}"
    mp3 = f"aresample={OUTPUT_RATE}[0]"
    small: list[str] = []
    if opus:
        graph += f",asplit[for0][for1];[for1]volume=-{_LAME_LOSS_DB}dB,aresample=48000[1];[for0]{mp3}"
        small = ["-map", "[1]", "-ac", "1", "-c:a", "libopus", "-b:a", f"{settings.opus}k", "-application", "voip"]
        small += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
        small += [
            "-metadata",
            f"{synthetic.FIELD}={synthetic.SOURCE_TYPE}",
            "-metadata",
            f"comment={synthetic.EPISODE}",
        ]
        small += ["-f", "ogg", str(opus)]
    else:
        graph += f",{mp3}"
    ffmpeg.feed(
        [
            "-f", "s16le", "-ar", str(timeline.rate), "-ac", "1", "-i", "pipe:0", "-filter_complex", graph,
            "-map", "[0]", "-ac", "1", "-ar", str(OUTPUT_RATE), "-c:a", "libmp3lame", "-b:a", f"{settings.bitrate}k",
            "-compression_level", "5", "-map_metadata", "-1", "-id3v2_version", "0", "-f", "mp3", str(path), *small,
        ],
        _stream(timeline, watch),
    )  # fmt: skip


def _energies(take: Take, hops: int) -> loudness.Energies:
    """Read what was measured at recording; measure again where it cannot be that."""
    if take.energies.is_file() and take.energies.stat().st_size == hops * loudness.RECORD.itemsize:
        kept: loudness.Energies = np.fromfile(take.energies, dtype=loudness.RECORD)
        if _can_be(kept):
            return kept
    energies = loudness.measure(audio.read(take.sound))
    with store.replacing(take.energies, durable=False) as temporary:
        temporary.write_bytes(energies.tobytes())
    return energies


def _can_be(energies: loudness.Energies) -> bool:
    """Tell whether a sound between -1 and 1 can have these: what is not a number is not, either."""
    energy, peaks = energies["energy"], energies["peaks"]
    return bool(((energy >= 0) & (energy <= 1)).all() and ((peaks >= 0) & (peaks <= _HIGHEST)).all())


def _host_gains(lines: Sequence[Line], energies: Callable[[int], loudness.Energies]) -> tuple[dict[str, float], float]:
    """Return each host's gain in dB, at most 0, that brings all to the level of the quietest; and that level in LUFS.

    Only ever down: the samples are 16-bit here, and the common gain upwards is done in float.
    """
    spoken: dict[str, list[loudness.Steps]] = {}
    for index, line in enumerate(lines):
        spoken.setdefault(line.host, []).append(loudness.steps(energies(index)["energy"]))
    levels = {host: loudness.integrated(np.concatenate(steps)) for host, steps in spoken.items()}
    if not np.isfinite(list(levels.values())).all():
        silent = ", ".join(host for host, level in levels.items() if not np.isfinite(level))
        raise MixError(f"the takes of host {silent} are silent", "record them again: delete the paper's takes/ folder")
    lowest = min(levels.values())
    return {host: lowest - level for host, level in levels.items()}, lowest


def _music(path: Path, rate: int, level: float) -> audio.Waveform:
    """Return the sound at the timeline's rate and, alone, `_MUSIC_DB` from the hosts' level."""
    try:
        sound = audio.resample(audio.read(path), rate)
    except audio.Damaged as error:
        raise MixError(f"{path} cannot be read as a sound", "put another file there: FLAC or WAV") from error
    own = loudness.integrated(loudness.steps(loudness.measure(sound)["energy"]))
    if not np.isfinite(own):
        raise MixError(f"{path} is silent", 'choose another sound, or none: intro = "" in podcast.toml')
    return audio.Waveform(sound.samples * np.float32(10 ** ((level + _MUSIC_DB - own) / 20)), rate)


def _duck(sound: audio.Waveform, start: int, words: int, rate: int, *, rising: bool) -> Music:
    """Place the sound at `start`, lowered where words are: after sample `words`, or before it when rising."""
    position = np.arange(start - words, start - words + len(sound.samples), dtype=np.float32)
    towards = np.clip(position / np.float32(_DUCK_SECONDS * rate) + (not rising), 0, 1)  # 0 before the border, 1 after
    envelope = np.exp((1 - towards if rising else towards) * np.float32(_DUCK_DB * np.log(10) / 20))
    return Music(start, sound.samples * envelope)


def _add_up(
    spots: Sequence[Spot], energies: Callable[[int], loudness.Energies], music: Sequence[Music], rate: int, length: int
) -> loudness.Energies:
    """Return the energies of the whole timeline before the common gain."""
    hop = loudness.HOP * rate
    whole = np.zeros(int(length / hop) + 2, dtype=loudness.RECORD)

    def add(start: int, piece: loudness.Energies, gain: float) -> None:
        first = round(start / hop)
        there = whole[first : first + len(piece)]
        there["energy"] += piece["energy"][: len(there)] * np.float32(gain**2)
        there["peaks"] += piece["peaks"][: len(there)] * np.float16(gain)

    for index, spot in enumerate(spots):
        add(spot.start, energies(index), 10 ** (spot.gain / 20))
    for sound in music:
        add(sound.start, loudness.measure(audio.Waveform(sound.samples, rate)), 1.0)
    return whole


def _stream(timeline: Timeline, watch: Watch) -> Iterator[bytes]:
    """Yield the timeline's 16-bit PCM, about a line at a time: what nothing can be spoken over any more."""
    position, held = 0, _silence(timeline.rate, 0)  # what is spoken from `position` on, and may go on over the next
    for spot in watch(timeline.spots):
        yield _over(timeline, position, _first(held, spot.start - position))
        held = _laid(_after(held, spot.start - position), _spoken(spot, timeline.rate))
        position = spot.start
    yield _over(timeline, position, _first(held, timeline.length - position))


def _first(segment: "AudioSegment", count: int) -> "AudioSegment":
    """Return the segment's first `count` samples; silence where it has ended. pydub's own slices are whole ms."""
    return _segment(segment.raw_data[: 2 * count].ljust(2 * count, b"\0"), segment.frame_rate)


def _after(segment: "AudioSegment", count: int) -> "AudioSegment":
    return _segment(segment.raw_data[2 * count :], segment.frame_rate)


def _laid(one: "AudioSegment", other: "AudioSegment") -> "AudioSegment":
    """Return both at once, from their first samples on."""
    if not one.raw_data:
        return other
    return _first(one, int(max(one.frame_count(), other.frame_count()))).overlay(other)


def _spoken(spot: Spot, rate: int) -> "AudioSegment":
    pcm, own_rate = audio.read_pcm(spot.take.sound)
    if own_rate != rate:
        pcm = audio.to_pcm(audio.resample(audio.read(spot.take.sound), rate)).astype("<i2").tobytes()
    pcm = pcm[: 2 * spot.count].ljust(2 * spot.count, b"\0")  # resamplers round the count their own way
    segment = _segment(pcm, rate)
    return segment.apply_gain(spot.gain) if spot.gain else segment


def _over(timeline: Timeline, start: int, segment: "AudioSegment") -> bytes:
    """Return the segment's PCM with the music that plays at that time laid over it."""
    end = start + int(segment.frame_count())
    for piece in timeline.music:
        first, last = max(start, piece.start), min(end, piece.start + len(piece.samples))
        if first < last:
            part = np.zeros(end - start, dtype=np.float32)
            part[first - start : last - start] = piece.samples[first - piece.start : last - piece.start]
            segment = segment.overlay(_segment(_pcm(part, timeline.rate), timeline.rate))
    if timeline.room and end > start:
        part = timeline.room.between(start, end, timeline.length)
        segment = segment.overlay(_segment(_pcm(part, timeline.rate), timeline.rate))
    return bytes(segment.raw_data)


def _pcm(samples: NDArray[np.float32], rate: int) -> bytes:
    return audio.to_pcm(audio.Waveform(samples, rate)).astype("<i2").tobytes()


def _silence(rate: int, count: int) -> "AudioSegment":
    return _segment(bytes(2 * count), rate)


def _segment(pcm: bytes, rate: int) -> "AudioSegment":
    return _pydub()(data=pcm, sample_width=2, frame_rate=rate, channels=1)


@functools.cache
def _pydub() -> "type[AudioSegment]":
    with warnings.catch_warnings():
        # pydub looks for an ffmpeg on import and warns where PATH has none; it is never asked to run one here
        warnings.simplefilter("ignore", RuntimeWarning)
        warnings.simplefilter("ignore", SyntaxWarning)  # its "\\(" from Python 3.12 on, where it is first compiled
        import pydub
    segment: type[AudioSegment] = pydub.AudioSegment
    return segment
