"""An MP3 as players find it: its length, whether they can jump in it, its tags and chapters."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from podcast.check.rules import Failure, Rule

NEEDED = {"TIT2": "title", "TPE1": "artist", "TALB": "album", "TCON": "genre", "TDRC": "date", "APIC": "cover"}
FURTHEST = 1.0
"""Seconds that the feed's whole seconds may be from the file's length."""


def check(path: Path, duration: float, chapters: Sequence[tuple[float, str]], where: str) -> Iterator[Failure]:
    """Yield what is wrong with an episode's MP3; `duration` in seconds, `chapters` as (start in seconds, title)."""
    from mutagen import MutagenError
    from mutagen.mp3 import MP3, BitrateMode

    try:
        sound = MP3(path)
    except MutagenError as error:
        yield Failure(Rule.MP3_LENGTH, where, f"{path.name} is no MP3: {error}")
        return
    info = sound.info
    if info is None:
        yield Failure(Rule.MP3_LENGTH, where, f"{path.name} has no frame of MP3")
        return
    if abs(info.length - duration) > FURTHEST:
        yield Failure(Rule.MP3_LENGTH, where, f"{info.length:.1f} s, and the feed says {duration:.0f} s")
    heard = (path.stat().st_size - info.frame_offset) * 8 / info.bitrate
    if abs(heard - info.length) > FURTHEST:
        yield Failure(Rule.MP3_LENGTH, where, f"its header says {info.length:.1f} s, and {heard:.1f} s are there")
    if info.sample_rate not in (44_100, 48_000):
        yield Failure(Rule.MP3_RATE, where, f"{info.sample_rate:,}")
    with path.open("rb") as file:
        file.seek(info.frame_offset)
        headed = b"Info" in file.read(200)
    if info.bitrate_mode != BitrateMode.CBR or not headed:
        mode = str(info.bitrate_mode).rpartition(".")[2]
        yield Failure(Rule.MP3_SEEKING, where, mode + ("" if headed else " without an Info header"))
    tags = sound.tags
    if tags is None or tags.version[:2] != (2, 3):
        yield Failure(Rule.MP3_TAGS, where, "no tag" if tags is None else f"ID3v2.{tags.version[1]}")
        return
    if missing := [name for frame, name in NEEDED.items() if not tags.getall(frame)]:
        yield Failure(Rule.MP3_TAGS, where, f"no {', '.join(missing)}")
    if chapters:
        yield from _chapters(tags, info.length, chapters, where)


def _chapters(tags: object, length: float, chapters: Sequence[tuple[float, str]], where: str) -> Iterator[Failure]:
    from mutagen.id3 import ID3

    assert isinstance(tags, ID3)
    found = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    named = [(one.start_time / 1000, str(one.sub_frames.get("TIT2", ""))) for one in found]
    tables, order = tags.getall("CTOC"), [one.element_id for one in found]
    if len(tables) != 1 or list(tables[0].child_element_ids) != order:
        yield Failure(Rule.MP3_TAGS, where, f"{len(tables)} tables for {len(found)} chapters, in their order")
    elif [one.element_id for one in tags.getall("CHAP")] != order:
        yield Failure(Rule.MP3_TAGS, where, "the chapters stand in another order than they are heard")
    same = len(named) == len(chapters) and all(
        abs(one[0] - other[0]) <= 0.01 and one[1] == other[1] for one, other in zip(named, chapters, strict=True)
    )
    if not same:
        yield Failure(Rule.CHAPTERS_FILE, where, f"the MP3 has {len(named)}, the feed {len(chapters)}: {named[:1]}")
    elif abs(found[-1].end_time / 1000 - length) > 0.2 or any(
        abs(one.end_time - other.start_time) > 20 for one, other in itertools.pairwise(found)
    ):
        yield Failure(Rule.CHAPTERS_FILE, where, "the MP3's chapters leave gaps, or do not end with it")
