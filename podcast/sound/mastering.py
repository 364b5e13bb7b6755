"""A timeline becomes the episode's files: heard once when they are made, and known ever after by their bytes."""

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from podcast.show import store
from podcast.show.errors import MixError
from podcast.show.schema import Episode, Gains, Line, Media, Sealed, Take
from podcast.show.settings import MixSettings
from podcast.show.workspace import PaperFolder
from podcast.sound import levels, mix, parts, pouring, tags, turns
from podcast.sound.marks import Seal
from podcast.sound.tags import Tags
from podcast.sound.timeline import Timeline

log = logging.getLogger(__name__)

_MISSED = 0.5
"""LU that a mix may be from its target; of energies that are true it is foretold to 0.1 (tests/sound/test_mix.py)."""

_COUNTED = 0.001
"""Seconds by which two durations differ at most that were counted in the same samples."""


@dataclass(frozen=True, eq=False)
class Mastered:
    """The mix named `key`: its timeline, its files, the MP3 first, and its gains where a correction is to hold them."""

    key: str
    timeline: Timeline
    sounds: tuple[Media, ...]
    gains: Gains | None


def chosen(ways: Mapping[str, mix.Way], folder: PaperFolder, before: str | None = None) -> tuple[str, mix.Way]:
    """Return by which key and way the mix is made, of those that are given in the order in which they are tried.

    The key `before`, that of the episode, stays where it is among them. A mix that was made comes back. A new one is in
    pieces, named by its gaps too, with the gains of the one before.
    """
    if before and before in ways:
        return before, ways[before]
    made = (key for key in ways if _seal(folder, key).is_file())
    key = next(made, None) or next(key for key, way in ways.items() if way.is_new)
    return key, ways[key]


def master(
    plan: Callable[[mix.Way], Timeline], takes: Sequence[Take], folder: PaperFolder, ways: Mapping[str, mix.Way],
    settings: MixSettings, label: Tags, watch: pouring.Watch = iter, seal: Seal | None = None,
    before: str | None = None,
) -> Mastered:  # fmt: skip
    """Make the mix in one of the ways, each by its key, in the paper's folder, tagged; return what it is.

    With the show's `seal` the MP3 is signed, last of all.

    A mix that is there and has the bytes that it was sealed with stays. What was made is heard: where its loudness is
    not what the takes' energies foretold, those are measured again, and it is made by them. Where the gains of the mix
    before do not fit any more, it gets its own; where a version before made one of that name with other gaps, that one
    stays, and another is made.
    """
    key, way = chosen(ways, folder, before)
    try:
        return _master(functools.partial(plan, way), takes, folder, key, way, settings, label, watch, seal)
    except levels.Missed:
        log.info("the gains of the mix before do not fit any more: all of it is encoded again")
        rest = {key: way for key, way in ways.items() if way == mix.PIECES}
    except _Drifted:
        rest = {other: way for other, way in ways.items() if other != key}
    return master(plan, takes, folder, rest, settings, label, watch, seal)


class _Drifted(Exception):
    """The mix of a name that tells no gaps is longer or shorter than its timeline: its lines stand elsewhere."""


def _master(
    plan: Callable[[], Timeline], takes: Sequence[Take], folder: PaperFolder, key: str, way: mix.Way,
    settings: MixSettings, label: Tags, watch: pouring.Watch, seal: Seal | None,
) -> Mastered:  # fmt: skip
    timeline, known = _planned(plan, takes), _known(folder, key)
    if known and not _is_as_long(known.sounds[0], timeline.duration):
        if not way.names_gaps:
            raise _Drifted
        known = None
    if known and bool(known.sounds[1:]) == bool(settings.opus) and are_whole(folder, known.sounds):
        return Mastered(key, timeline, known.sounds, known.gains)
    path, others = folder.mix(key), [folder.mix(key).with_suffix(".opus")] if settings.opus else []
    kept = _kept(folder)
    with ExitStack() as stack:
        temporary, *more = [stack.enter_context(store.replacing(each)) for each in (path, *others)]
        small = more[0] if more else None
        made = mix.render(timeline, temporary, settings, watch, small, kept)
        if abs((heard := _loudness(made, temporary)) - settings.loudness) > _MISSED:
            measured, timeline = timeline.gains, _anew(plan, takes)
            if timeline.gains != measured:
                log.warning("what was measured of the takes was not true (%.1f LUFS): it is measured again", heard)
                made = mix.render(timeline, temporary, settings, watch, small, kept)
        manifest = seal.placeholder(label.title) if seal else None
        tags.write(temporary, label, timeline.chapters(), manifest.data if manifest else b"")
        if manifest:
            manifest.sign(temporary)
        tags.check_duration(temporary, timeline.duration)
    sounds = tuple(
        Media(
            file=str(each.relative_to(folder.root)),
            type=kind,
            size=each.stat().st_size,
            duration=timeline.duration,
            sha256=store.file_sha256(each),
        )
        for each, kind in zip((path, *others), ("audio/mpeg", "audio/ogg"), strict=False)
    )
    gains = timeline.held(made.level, settings.loudness) if made.frames else None
    sealed = Sealed(sounds=sounds, gains=gains, frames=made.frames)
    store.write_atomic(_seal(folder, key), store.to_json(sealed))
    return Mastered(key, timeline, sounds, gains)


def _loudness(made: mix.Made, path: Path) -> float:
    return levels.loudness_of(path) if made.heard is None else made.heard


def _kept(folder: PaperFolder) -> dict[str, parts.Part]:
    """Return the pieces that the folder's mixes hold, by their keys."""
    found: dict[str, parts.Part] = {}
    for path in sorted(folder.mixes.glob("*.json")):
        known = store.load_disposable(Sealed, path)
        if known and known.frames:
            sound = folder.root / known.sounds[0].file
            at = known.sounds[0].size
            for told in reversed(known.frames):
                at -= told.size
                found[told.key] = parts.Part(told, functools.partial(_slice, sound, at, told.size))
    return found


def _slice(path: Path, at: int, size: int) -> bytes:
    """Return that part of the file; less of it, or nothing, where it is not there."""
    try:
        with path.open("rb") as file:
            file.seek(at)
            return file.read(size)
    except FileNotFoundError:
        return b""


def _planned(plan: Callable[[], Timeline], takes: Sequence[Take]) -> Timeline:
    """Return the timeline; where the takes' energies allow none, as they are measured again."""
    try:
        return plan()
    except MixError:
        return _anew(plan, takes)


def _anew(plan: Callable[[], Timeline], takes: Sequence[Take]) -> Timeline:
    for take in takes:
        take.energies.unlink(missing_ok=True)
    return plan()


def seal(folder: PaperFolder, episode: Episode) -> None:
    """Keep what the episode's mix was when it was made: an episode says it of one mix alone, the last."""
    if not _seal(folder, episode.key).is_file():
        sealed = Sealed(sounds=episode.sounds(), gains=episode.gains)
        store.write_atomic(_seal(folder, episode.key), store.to_json(sealed))


def _known(folder: PaperFolder, key: str) -> Sealed | None:
    """Return what the mix was when it was made; None where that is not known."""
    return store.load_disposable(Sealed, _seal(folder, key))


def are_whole(
    folder: PaperFolder, sounds: Sequence[Media], summed: Callable[[Path], str] = store.file_sha256
) -> bool:  # fmt: skip
    """Tell whether the files are there, with the bytes that were mixed; `summed` tells a file's SHA-256."""
    return all(store.is_whole(folder.root / each.file, each.size, each.sha256, summed) for each in sounds)


def has_gaps(episode: Episode, lines: Sequence[Line]) -> bool:
    """Whether the episode, mixed of the lines' takes, has their gaps in talk.

    They are of the same kinds by its words and claims, and its sound ends where its chapters do.
    """
    heard = [
        line.model_copy(update={"text": cue.text, "claims": line.unspoken(cue.claims)})
        for line, cue in zip(lines, episode.cues, strict=True)
    ]
    return turns.kinds(heard) == turns.kinds(lines) and _is_as_long(episode.media, episode.chapters[-1].end)


def _is_as_long(sound: Media, seconds: float) -> bool:
    return abs(sound.duration - seconds) < _COUNTED


def _seal(folder: PaperFolder, key: str) -> Path:
    return folder.mix(key).with_suffix(".json")
