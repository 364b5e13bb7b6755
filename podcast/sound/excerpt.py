"""A stretch of an episode before it is mixed, as it would be heard in it: lines, pauses, music and room."""

import io

import numpy as np

from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.sound.timeline import Spot, Timeline


def around(timeline: Timeline, first: int, last: int, seconds: float) -> tuple[float, float]:
    """Return from when to when the lines `first` to `last` are heard, in seconds, with so many before and after."""
    spots = [spot for spot in timeline.spots if first <= spot.number <= last]
    begin, end = spots[0].start / timeline.rate - seconds, (spots[-1].start + spots[-1].count) / timeline.rate + seconds
    return max(begin, 0.0), min(end, timeline.duration)


def excerpt(timeline: Timeline, begin: float, end: float) -> Waveform:
    """Return what is heard between two times, in seconds, at the timeline's rate and at the episode's level.

    What the limiter would take off a peak is cut.
    """
    start, stop = round(begin * timeline.rate), round(end * timeline.rate)
    whole = np.zeros(stop - start, dtype=np.float32)
    for spot in timeline.spots:
        if spot.start < stop and spot.start + spot.count > start:
            _lay(whole, spot.start - start, _spoken(spot, timeline.rate))
    for piece in timeline.music:
        _lay(whole, piece.start - start, piece.samples)
    if timeline.room and stop > start:
        whole += timeline.room.between(start, stop)
    whole *= np.float32(10 ** (timeline.level.gain / 20))
    ceiling = np.float32(10 ** (timeline.level.ceiling / 20))
    return Waveform(np.clip(whole, -ceiling, ceiling), timeline.rate)


def wav(sound: Waveform) -> bytes:
    """Return the sound as a 16-bit WAV file, which every browser plays."""
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, audio.to_pcm(sound), sound.sample_rate, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _spoken(spot: Spot, rate: int) -> audio.Samples:
    sound = audio.read(spot.take.sound)
    if sound.sample_rate != rate:
        sound = audio.resample(sound, rate)
    return sound.samples[: spot.count] * np.float32(10 ** (spot.gain / 20))


def _lay(whole: audio.Samples, at: int, samples: audio.Samples) -> None:
    """Add the samples to the whole from `at` on, which may lie before its first."""
    first, last = max(at, 0), min(at + len(samples), len(whole))
    if first < last:
        whole[first:last] += samples[first - at : last - at]
