"""The MP3 in pieces of about a minute: where each begins, what it is made of, and its name.

A piece begins with a line, after a silence that no music lies under, and is laid out from its own first sample on: what
stands before it, and how long that is, changes nothing of it. So the next piece begins on the MP3's grid of frames, by
26 ms later at most than its line would. Which lines begin a piece is drawn from their takes' keys, each by its
neighbours alone: a line that is put right, left out or added moves borders about it, and none farther away.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from podcast.show import store
from podcast.sound import frames
from podcast.sound.levels import Level
from podcast.sound.timeline import Music, Piece, Timeline

VERSION = 1
"""Raise it when the same pieces are cut, laid out or encoded otherwise: all episodes are then mixed again."""

OUTPUT_RATE = 44_100

WARMING = 4
"""Frames that are encoded before a piece's own, and left out: the encoder has found its footing by then."""

_REACH = 25.0
"""Seconds within which one line begins a piece, on either side; so pieces last about a minute, and this at least."""
_QUIET = 0.06
"""Seconds without a take before a piece: a frame at its border reaches back by 50 ms, the codec's delay included, and
the limiter has let go by then."""


def borders(
    starts: Sequence[int], counts: Sequence[int], keys: Sequence[str], music: Sequence[tuple[int, int]], rate: int
) -> list[int]:
    """Return the lines that begin a piece, but for the first, by where lines stand on a timeline of `rate`.

    `music` is from where to where music plays.
    """
    reach, quiet = round(_REACH * rate), round(_QUIET * rate)
    over, found = 0, []  # where all takes before are over
    end = max(start + count for start, count in zip(starts, counts, strict=True))
    for index, (start, count) in enumerate(zip(starts, counts, strict=True)):
        playing = any(first < start + quiet and start - quiet < last for first, last in music)
        if index and start - over >= quiet and not playing and reach <= start <= end - reach:
            found.append((start, sha256(keys[index].encode()).digest(), index))
        over = max(over, start + count)
    return [
        index for at, (start, drawn, index) in enumerate(found)
        if not any(other < drawn for near, other, _ in found if abs(near - start) <= reach)
        and not any(other == drawn for near, other, _ in found[:at] if start - near <= reach)
    ]  # fmt: skip


def cut(starts: Sequence[int], borders: Sequence[int], rate: int) -> tuple[list[int], tuple[Piece, ...]]:
    """Return where lines stand, and the pieces, when each border is on the grid of frames."""
    found: list[int] = []
    pieces, passed = [], 0
    for first, last in zip([0, *borders], [*borders, None], strict=True):
        here, origin = _at(passed, rate), starts[first] if first else 0
        found += [here + start - origin for start in starts[first:last]]
        count = -(-(starts[last] - origin) * OUTPUT_RATE // (rate * frames.SAMPLES)) if last is not None else None
        pieces.append(Piece(first, len(starts) if last is None else last, here, count))
        passed += count or 0
    return found, tuple(pieces)


def alone(timeline: Timeline, piece: Piece) -> Timeline:
    """Return the piece as a timeline of its own, `lead` samples of silence and air before it, and as many behind it."""
    before = lead(timeline.rate)[0]
    last = piece.frames is None
    body = timeline.length - piece.start if piece.frames is None else _at(piece.frames, timeline.rate)
    shift = before - piece.start
    air = timeline.room and replace(
        timeline.room,
        begins=(before,) if last else (before, before + body),
        comes=not piece.first,
        ends=before + body if last else None,
    )
    return replace(
        timeline,
        length=before + body + (0 if last else before),
        spots=tuple(replace(spot, start=spot.start + shift) for spot in timeline.spots[piece.first : piece.last]),
        music=tuple(
            Music(sound.start + shift, sound.samples, sound.name) for sound in timeline.music
            if sound.start < piece.start + body and sound.start + len(sound.samples) > piece.start
        ),
        room=air,
        pieces=(),
    )  # fmt: skip


def name(timeline: Timeline, piece: Piece, level: Level, bitrate: int) -> str:
    """Return the piece's key: all that is heard in it, from its first sample on, and how it is encoded."""
    own = alone(timeline, piece)
    return store.fingerprint(
        "piece",
        VERSION,
        {
            "rate": own.rate,
            "frames": piece.frames,
            "length": own.length,
            "first": not piece.first,
            "takes": [[spot.take.key, spot.start, spot.count, spot.gain] for spot in own.spots],
            "music": [[sound.name, sound.start] for sound in own.music],
            "air": timeline.spoken if own.room else None,
            "level": [level.gain, level.ceiling],
            "bitrate": bitrate,
            **({"watermark": own.watermark.name} if own.watermark else {}),
        },
    )


def lead(rate: int) -> tuple[int, int]:
    """Return how many samples stand before a piece, and how many of them to drop once they are resampled.

    What is left of them then fills `WARMING` frames, to the sample.
    """
    ratio = Fraction(OUTPUT_RATE, rate)
    steps = -(-WARMING * frames.SAMPLES // ratio.numerator)
    return steps * ratio.denominator, steps * ratio.numerator - WARMING * frames.SAMPLES


def _at(count: int, rate: int) -> int:
    """Return the sample of a timeline of `rate` at which that many frames are over."""
    return round(Fraction(count * frames.SAMPLES * rate, OUTPUT_RATE))
