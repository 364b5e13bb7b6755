"""A timeline becomes the episode's files: heard once when they are made, and known ever after by their bytes."""

import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from podcast.show import store
from podcast.show.errors import MixError
from podcast.show.schema import Media, Sealed, Take
from podcast.show.settings import MixSettings
from podcast.show.workspace import PaperFolder
from podcast.sound import levels, mix, tags
from podcast.sound.marks import Seal
from podcast.sound.tags import Tags
from podcast.sound.timeline import Timeline

log = logging.getLogger(__name__)

_MISSED = 0.5
"""LU that a mix may be from its target; of energies that are true it is foretold to 0.1 (tests/sound/test_mix.py)."""


def master(
    plan: Callable[[], Timeline], takes: Sequence[Take], folder: PaperFolder, key: str, settings: MixSettings,
    label: Tags, watch: mix.Watch = iter, seal: Seal | None = None,
) -> tuple[Timeline, tuple[Media, ...]]:  # fmt: skip
    """Make the mix named `key` in the paper's folder, tagged; return its timeline and what it is: the MP3 first.

    With the show's `seal` the MP3 is signed, last of all.

    A mix that is there and has the bytes that it was sealed with stays. What was made is heard: where its loudness is
    not what the takes' energies foretold, those are measured again, and it is made by them.
    """
    timeline, sealed = _planned(plan, takes), sealed_of(folder, key)
    if sealed and bool(sealed[1:]) == bool(settings.opus) and are_whole(folder, sealed):
        return timeline, sealed
    path, others = folder.mix(key), [folder.mix(key).with_suffix(".opus")] if settings.opus else []
    with ExitStack() as stack:
        temporary, *more = [stack.enter_context(store.replacing(each)) for each in (path, *others)]
        small = more[0] if more else None
        mix.render(timeline, temporary, settings, watch, small)
        if abs((heard := levels.loudness_of(temporary)) - settings.loudness) > _MISSED:
            known, timeline = timeline.gains, _anew(plan, takes)
            if timeline.gains != known:
                log.warning("what was measured of the takes was not true (%.1f LUFS): it is measured again", heard)
                mix.render(timeline, temporary, settings, watch, small)
        manifest = seal.placeholder(label.title) if seal else None
        tags.write(temporary, label, timeline.chapters(), manifest.data if manifest else b"")
        if manifest:
            manifest.sign(temporary)
        tags.check_duration(temporary, timeline.duration)
    made = tuple(
        Media(
            file=str(each.relative_to(folder.root)),
            type=kind,
            size=each.stat().st_size,
            duration=timeline.duration,
            sha256=store.file_sha256(each),
        )
        for each, kind in zip((path, *others), ("audio/mpeg", "audio/ogg"), strict=False)
    )
    store.write_atomic(_seal(folder, key), store.to_json(Sealed(sounds=made)))
    return timeline, made


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


def seal(folder: PaperFolder, key: str, sounds: Sequence[Media]) -> None:
    """Keep what the mix was when it was made: an episode says it of one mix alone, the last."""
    if not _seal(folder, key).is_file():
        store.write_atomic(_seal(folder, key), store.to_json(Sealed(sounds=tuple(sounds))))


def sealed_of(folder: PaperFolder, key: str) -> tuple[Media, ...]:
    """Return what the mix was when it was made; nothing where that is not known."""
    known = store.load_disposable(Sealed, _seal(folder, key))
    return known.sounds if known else ()


def are_whole(folder: PaperFolder, sounds: Sequence[Media]) -> bool:
    """Tell whether the files are there, with the bytes that were mixed."""
    return all(is_whole(folder.root / each.file, each) for each in sounds)


def is_whole(path: Path, media: Media, sha256: Callable[[Path], str] = store.file_sha256) -> bool:
    """Tell whether the file is there, with the bytes that were mixed."""
    return path.is_file() and path.stat().st_size == media.size and sha256(path) == media.sha256


def _seal(folder: PaperFolder, key: str) -> Path:
    return folder.mix(key).with_suffix(".json")
