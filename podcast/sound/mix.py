"""Takes become a timeline, and the timeline one loudness-normalised MP3.

The timeline is counted in samples. Loudness is known before it is encoded, from energies measured once a
take: each host is brought to one level, the limiter's loss is predicted, and a common gain meets the target.
Sound streams through, a line at a time, into ffmpeg: memory does not grow with the episode.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from podcast.show import store, synthetic
from podcast.show.errors import MixError
from podcast.show.schema import Frames, Gains, Line, Take
from podcast.show.settings import MixSettings
from podcast.sound import audio, encoding, ffmpeg, levels, loudness, parts, pieces, pouring, room, turns
from podcast.sound.parts import Parts
from podcast.sound.pouring import Watch
from podcast.sound.timeline import Music, Piece, Spot, Timeline
from podcast.sound.watermarks import Watermark

VERSION = 1
"""Raise it when the same takes are mixed otherwise: all episodes are then mixed again."""

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
"""Settings that are no part of a mix's key: the music counts by its bytes, talk by its rules' version and its gaps."""


@dataclass(frozen=True)
class Way:
    """How a mix is encoded: in one go, as by the versions before, or in pieces; by gains of its own, or `held` ones."""

    in_pieces: bool = True
    held: Gains | None = None
    names_gaps: bool = True
    """Whether its key has the kinds of its gaps, in talk. That of the versions before had not: it may be a mix's with
    other gaps."""

    @property
    def is_new(self) -> bool:
        """Whether what is mixed today is mixed so; a way of the versions before only names what they made."""
        return self.in_pieces and self.names_gaps


WHOLE, PIECES = Way(in_pieces=False), Way()


def ways(settings: MixSettings, held: Gains | None) -> tuple[Way, ...]:
    """Return the ways in which a mix may have been made, or is to be made, by the gains of the mix before, if any."""
    new = (*([Way(held=held)] if held and held.target == settings.loudness else []), PIECES)
    if settings.turns == "plain":
        return (WHOLE, *new)
    return (*new, *(replace(way, names_gaps=False) for way in (WHOLE, *new)))


@dataclass(frozen=True)
class Made:
    """What came of a timeline: at which level, how loud in LUFS where that was heard, and its pieces in order."""

    level: levels.Level
    heard: float | None = None
    frames: tuple[Frames, ...] = ()


def key(
    lines: Sequence[Line],
    takes: Sequence[Take],
    settings: MixSettings,
    music: Sequence[Path | None],
    label: str,
    way: Way = WHOLE,
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
            **({"gaps": [*turns.kinds(lines)]} if way.names_gaps and settings.turns != "plain" else {}),
            **({"pieces": pieces.VERSION} if way.in_pieces else {}),
            **({"held": way.held.model_dump(mode="json")} if way.held else {}),
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
    way: Way = PIECES,
    watermark: Watermark | None = None,
) -> Timeline:
    """Place every take and the music, and find the gain that meets the target loudness; takes get the `watermark`.

    Raises levels.Missed where the gains that the way holds do not meet it.
    """
    sizes = [audio.size(take.sound) for take in takes]
    rate = max(own for _, own in sizes)
    counts = [round(frames * rate / own) for frames, own in sizes]

    def energies(index: int) -> loudness.Energies:
        """Read anew each time: all of them at once would grow with the episode."""
        return _energies(takes[index], loudness.hops(*sizes[index]))

    own = _levels(lines, energies)
    if way.held and not levels.are_held(own, way.held):
        raise levels.Missed
    gains, level = (way.held.hosts, way.held.spoken) if way.held else _host_gains(own, rounded=way.in_pieces)

    opening = _music(intro, rate, level) if intro else None
    closing = _music(outro, rate, level) if outro else None
    lead = min(round(_LEAD * rate), len(opening.samples)) if opening else round(0.3 * rate)
    taken = [
        turns.Turn(line, take, count, *(round(seconds * rate) for seconds in turns.edges(energies(index))))
        for index, (line, take, count) in enumerate(zip(lines, takes, counts, strict=True))
    ]
    starts = turns.starts(taken, settings, rate, lead)
    spoken = max(start + count for start, count in zip(starts, counts, strict=True))
    cut: tuple[Piece, ...] = ()
    if way.in_pieces:
        playing = [(0, len(opening.samples))] if opening else []
        playing += [(spoken - round(_TAIL * rate), spoken + len(closing.samples))] if closing else []
        begin = pieces.borders(starts, counts, [take.key for take in takes], playing, rate)
        starts, cut = pieces.cut(starts, begin, rate)
        spoken = max(start + count for start, count in zip(starts, counts, strict=True))

    music = []
    if opening:
        music.append(_named(_duck(opening, 0, lead, rate, rising=False), intro, level, lead))
    if closing:
        start = max(starts[0], spoken - round(_TAIL * rate))
        music.append(_named(_duck(closing, start, spoken, rate, rising=True), outro, level, spoken - start))
    length = max([spoken + round(0.5 * rate), *(piece.start + len(piece.samples) for piece in music)])

    spots = tuple(
        Spot(number, line, take, start, count, gains[line.host])
        for number, (line, take, start, count) in enumerate(zip(lines, takes, starts, counts, strict=True), 1)
    )
    air = None if settings.turns == "plain" else room.Room.at(level, rate)
    air = air and replace(air, begins=tuple(piece.start for piece in cut) or (0,), ends=length)
    whole = _add_up(spots, energies, music, rate, length)
    if air:
        whole["energy"] += np.float32(air.energy)
    common = levels.held(whole, way.held) if way.held else levels.predicted(whole, settings.loudness)
    return Timeline(
        rate, length, spots, tuple(music), common.rounded() if way.in_pieces else common, air, whole, settings.chapter,
        cut, gains, level, way.in_pieces, way.held is not None, watermark,
    )  # fmt: skip


def render(
    timeline: Timeline, path: Path, settings: MixSettings, watch: Watch = iter, opus: Path | None = None,
    kept: Parts | None = None,
) -> Made:  # fmt: skip
    """Write the timeline as a constant-bit-rate mono MP3 with an Info header, and no tags yet.

    `opus` is where the same goes in Opus. `watch` is handed the spots and hands them on as they are mixed. `kept` are
    pieces that need not be encoded again. Where the limiter takes anything away, the MP3 is heard, and made again where
    it is not as loud as it should be or its peaks are too high; levels.Missed is raised where its gains are held.
    Raises MixError with ffmpeg's last lines.
    """
    if not timeline.pieces:
        return _render_whole(timeline, path, settings, watch, opus)
    level = timeline.level
    with closing(parts.Spool(path.parent)) as spool:
        if timeline.watermark:
            timeline = replace(timeline, watermark=timeline.watermark.keeping(spool.keep))
        for turn in range(_ROUNDS):
            made = encoding.encoded(timeline, level, settings.bitrate, kept or {}, spool, watch)
            heard, peak = parts.heard(made)
            if timeline.is_held and not levels.is_met(settings.loudness, heard, peak):
                raise levels.Missed
            if timeline.is_held or peak is None or turn == _ROUNDS - 1:
                break
            better = levels.corrected(timeline.energies, settings.loudness, level, heard, peak)
            if better is None:
                break
            level, watch = better.rounded(), iter
        parts.join(made, path)
        if opus:
            _encode(timeline, level, settings, None, opus)
    return Made(level, heard, tuple(part.told for part in made))


def _render_whole(timeline: Timeline, path: Path, settings: MixSettings, watch: Watch, opus: Path | None) -> Made:
    """Write it as the versions before did, to the byte: what they made and is lost comes back as it was."""
    level = timeline.level
    for _ in range(_ROUNDS):
        _encode(timeline, level, settings, path, opus, watch)
        if level.is_known:
            break
        better = levels.corrected(timeline.energies, settings.loudness, level, *levels.measured(path))
        if better is None:
            break
        level, watch = better, iter
    return Made(level)


def _encode(
    timeline: Timeline, level: levels.Level, settings: MixSettings, path: Path | None, opus: Path | None,
    watch: Watch = iter,
) -> None:  # fmt: skip
    """Write all of the timeline in one go, as an MP3, in Opus, or both."""
    graph, outputs = encoding.limiter(timeline, level), []
    if path:
        outputs += ["-map", "[0]", *encoding.mp3(settings.bitrate), str(path)]
    if opus:
        outputs += ["-map", "[1]", "-ac", "1", "-c:a", "libopus", "-b:a", f"{settings.opus}k", "-application", "voip"]
        outputs += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
        said = {synthetic.FIELD: synthetic.SOURCE_TYPE, "comment": synthetic.EPISODE}
        said |= {synthetic.WATERMARK: timeline.watermark.name} if timeline.watermark else {}
        for name, value in said.items():
            outputs += ["-metadata", f"{name}={value}"]
        outputs += ["-f", "ogg", str(opus)]
    mp3, small = f"aresample={pieces.OUTPUT_RATE}[0]", f"volume=-{encoding.LAME_LOSS_DB}dB,aresample=48000[1]"
    if path and opus:
        graph += f",asplit[for0][for1];[for1]{small};[for0]{mp3}"
    else:
        graph += f",{mp3 if path else small}"
    ffmpeg.feed(
        ["-f", "s16le", "-ar", str(timeline.rate), "-ac", "1", "-i", "pipe:0", "-filter_complex", f"[0:a]{graph}",
         *outputs],
        pouring.pcm(timeline, watch),
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


def _levels(lines: Sequence[Line], energies: Callable[[int], loudness.Energies]) -> dict[str, float]:
    """Return each host's loudness in LUFS. Raises MixError where one is silent."""
    spoken: dict[str, list[loudness.Steps]] = {}
    for index, line in enumerate(lines):
        spoken.setdefault(line.host, []).append(loudness.steps(energies(index)["energy"]))
    found = {host: loudness.integrated(np.concatenate(steps)) for host, steps in spoken.items()}
    if not np.isfinite(list(found.values())).all():
        silent = ", ".join(host for host, level in found.items() if not np.isfinite(level))
        raise MixError(f"the takes of host {silent} are silent", "record them again: delete the paper's takes/ folder")
    return found


def _host_gains(own: Mapping[str, float], *, rounded: bool) -> tuple[dict[str, float], float]:
    """Return each host's gain in dB, at most 0, that brings all to the level of the quietest; and that level in LUFS.

    Only ever down: the samples are 16-bit here, and the common gain upwards is done in float.
    """
    lowest = min(own.values())
    gains = {host: lowest - level for host, level in own.items()}
    if rounded:
        return {host: round(gain, 2) for host, gain in gains.items()}, round(lowest, 2)
    return gains, lowest


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


def _named(music: Music, path: Path | None, level: float, border: int) -> Music:
    """Return the music with what made it: the file, the hosts' level, and how far into it words begin or end."""
    file = store.file_sha256(path) if path else None
    return replace(music, name=store.fingerprint("music", VERSION, [file, level, border, music.start == 0]))


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
