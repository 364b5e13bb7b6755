"""The timeline's 16-bit samples: takes, music and air laid over each other, about a line at a time."""

import functools
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from podcast.sound import audio
from podcast.sound.timeline import Spot, Timeline

if TYPE_CHECKING:
    from pydub import AudioSegment

Watch = Callable[[Iterable[Spot]], Iterable[Spot]]


def pcm(timeline: Timeline, watch: Watch = iter) -> Iterator[bytes]:
    """Yield the timeline's 16-bit PCM, about a line at a time: what nothing can be spoken over any more."""
    position, held = 0, _silence(timeline.rate, 0)  # what is spoken from `position` on, and may go on over the next
    for spot in watch(timeline.spots):
        yield _over(timeline, position, _first(held, spot.start - position))
        held = _laid(timeline, _after(held, spot.start - position), _spoken(timeline, spot))
        position = spot.start
    yield _over(timeline, position, _first(held, timeline.length - position))


def ready() -> None:
    """Import what is imported once: not in a thread, for it turns warnings off meanwhile."""
    _pydub()


def _first(segment: "AudioSegment", count: int) -> "AudioSegment":
    """Return the segment's first `count` samples; silence where it has ended. pydub's own slices are whole ms."""
    return _segment(segment.raw_data[: 2 * count].ljust(2 * count, b"\0"), segment.frame_rate)


def _after(segment: "AudioSegment", count: int) -> "AudioSegment":
    return _segment(segment.raw_data[2 * count :], segment.frame_rate)


def _laid(timeline: Timeline, one: "AudioSegment", other: "AudioSegment") -> "AudioSegment":
    """Return both at once, from their first samples on."""
    if not one.raw_data:
        return other
    return _both(timeline, _first(one, int(max(one.frame_count(), other.frame_count()))), other)


def _both(timeline: Timeline, one: "AudioSegment", other: "AudioSegment") -> "AudioSegment":
    """Return the one, with the other, which is no longer, over its beginning.

    pydub rounds what it lays over another sound to whole ms: that is kept where a mix of then is to come back.
    """
    if not timeline.is_exact:
        return one.overlay(other)
    whole = np.frombuffer(one.raw_data, dtype="<i2").astype(np.int32)
    over = np.frombuffer(other.raw_data, dtype="<i2")
    whole[: len(over)] += over
    return _segment(np.clip(whole, -32768, 32767).astype("<i2").tobytes(), one.frame_rate)


def _spoken(timeline: Timeline, spot: Spot) -> "AudioSegment":
    rate, read = timeline.rate, timeline.watermark.read_pcm if timeline.watermark else audio.read_pcm
    samples, own_rate = read(spot.take.sound)
    if own_rate != rate:
        samples = audio.to_pcm(audio.resample(audio.of_pcm(samples, own_rate), rate)).astype("<i2").tobytes()
    samples = samples[: 2 * spot.count].ljust(2 * spot.count, b"\0")  # resamplers round the count their own way
    segment = _segment(samples, rate)
    return segment.apply_gain(spot.gain) if spot.gain else segment


def _over(timeline: Timeline, start: int, segment: "AudioSegment") -> bytes:
    """Return the segment's PCM with the music that plays at that time laid over it."""
    end = start + int(segment.frame_count())
    for piece in timeline.music:
        first, last = max(start, piece.start), min(end, piece.start + len(piece.samples))
        if first < last:
            part = np.zeros(end - start, dtype=np.float32)
            part[first - start : last - start] = piece.samples[first - piece.start : last - piece.start]
            segment = _both(timeline, segment, _segment(_pcm(part, timeline.rate), timeline.rate))
    if timeline.room and end > start:
        part = timeline.room.between(start, end)
        segment = _both(timeline, segment, _segment(_pcm(part, timeline.rate), timeline.rate))
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
        from pydub import AudioSegment
    segment: type[AudioSegment] = AudioSegment
    return segment
