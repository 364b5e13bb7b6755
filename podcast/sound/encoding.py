"""Pieces become frames, side by side: a few ffmpegs at once, each with an encoder a piece."""

import functools
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from queue import SimpleQueue
from typing import BinaryIO

import numpy as np

from podcast.show import environment
from podcast.show.errors import MixError
from podcast.sound import ffmpeg, frames, parts, pieces, pouring
from podcast.sound.levels import Level
from podcast.sound.timeline import Piece, Spot, Timeline

LAME_LOSS_DB = 0.446
"""LAME scales constant bit rates of 64 to 160 kbit/s by 0.95 (abr_switch_map in libmp3lame/presets.c of 3.100, against
clipping that the limiter has seen to); put back after the limiter."""

_AT_ONCE = 8
"""Pieces that one ffmpeg encodes: to start one costs as much as 15 s of sound, and each piece 1 MB of its memory."""


def limiter(timeline: Timeline, level: Level) -> str:
    """Return ffmpeg's filters that bring the timeline to the level.

    The limiter sees sample peaks: it stands after a resampler, and at least at twice the source's rate.
    """
    guard = 4 * pieces.OUTPUT_RATE if timeline.rate > 24_000 or level.is_hard else pieces.OUTPUT_RATE
    return (
        f"aresample={guard},alimiter=level_in={10 ** (level.gain / 20):.6f}:limit={10 ** (level.ceiling / 20):.6f}"
        f":level_out={10 ** (LAME_LOSS_DB / 20):.6f}:attack=5:release=50:level=false:latency=true"
    )


def mp3(bitrate: int) -> list[str]:
    """Return how ffmpeg writes the MP3, but for where to."""
    return [
        "-ac", "1", "-ar", str(pieces.OUTPUT_RATE), "-c:a", "libmp3lame", "-b:a", f"{bitrate}k",
        "-compression_level", "5", "-map_metadata", "-1", "-id3v2_version", "0", "-f", "mp3",
    ]  # fmt: skip


def encoded(
    timeline: Timeline, level: Level, bitrate: int, kept: parts.Parts, spool: parts.Spool, watch: pouring.Watch = iter
) -> list[parts.Part]:
    """Return the timeline's pieces in order: those that are kept, and whole, and the others encoded.

    `watch` is handed the spots and hands them on, those of kept pieces first. As many ffmpegs run as there are cores,
    for all that is mixed in this process. Raises MixError with ffmpeg's last lines, audio.Damaged.
    """
    keys = [pieces.name(timeline, piece, level, bitrate) for piece in timeline.pieces]
    found = {key: kept[key] for key in keys if key in kept and kept[key].is_whole()}
    missing = {key: piece for key, piece in zip(keys, timeline.pieces, strict=True) if key not in found}
    work = _Work(timeline, level, bitrate, spool)
    ready = [spot for key, piece in zip(keys, timeline.pieces, strict=True) if key in found
             for spot in timeline.spots[piece.first : piece.last]]  # fmt: skip
    found |= work.done(missing, ready, watch)
    if not level.is_known:
        found = {key: parts.with_peak(part) for key, part in found.items()}
    return [found[key] for key in keys]


@dataclass(frozen=True, eq=False)
class _Work:
    """What is encoded at one level."""

    timeline: Timeline
    level: Level
    bitrate: int
    spool: parts.Spool

    def done(self, missing: Mapping[str, Piece], ready: Sequence[Spot], watch: pouring.Watch) -> dict[str, parts.Part]:
        """Return the missing pieces encoded; `watch` sees the spots that are `ready`, and each as it is poured."""
        pouring.ready()
        told: SimpleQueue[Spot | None] = SimpleQueue()
        stop = threading.Event()
        going = [_pool_of(os.getpid()).submit(self._encoded, job, told, stop) for job in _jobs(missing)]
        try:
            for _ in watch(_coming(ready, told, going)):
                pass
            return {key: part for future in going for key, part in future.result().items()}
        finally:
            stop.set()
            for future in going:
                future.cancel()
            for future in going:
                if not future.cancelled():
                    future.exception()  # what was begun is over

    def _encoded(
        self, job: Mapping[str, Piece], told: "SimpleQueue[Spot | None]", stop: threading.Event
    ) -> dict[str, parts.Part]:
        """Encode the pieces in one ffmpeg, each by filters and an encoder of its own, and hear them."""
        alone = [pieces.alone(self.timeline, piece) for piece in job.values()]
        try:
            with ExitStack() as stack:
                files = [stack.enter_context(self.spool.another()) for _ in alone]
                ffmpeg.feed(self._command(alone, files), self._poured(alone, told, stop), files)
                return {
                    key: parts.taken(key, piece, _all_of(file), self.spool, peak=not self.level.is_known)
                    for (key, piece), file in zip(job.items(), files, strict=True)
                }
        finally:
            told.put(None)

    def _poured(
        self, alone: Sequence[Timeline], told: "SimpleQueue[Spot | None]", stop: threading.Event
    ) -> Iterator[bytes]:
        for own in alone:
            for samples in pouring.pcm(own):
                if stop.is_set():
                    raise MixError("the mix was stopped", "mix it again")
                yield samples
            for spot in own.spots:
                told.put(spot)

    def _command(self, alone: Sequence[Timeline], files: Sequence[BinaryIO]) -> list[str]:
        rate = self.timeline.rate
        ends = np.cumsum([own.length for own in alone])
        names = [f"[in{at}]" for at in range(len(alone))] if len(alone) > 1 else ["[0:a]"]
        graph = [f"[0:a]asegment=samples={'|'.join(map(str, ends[:-1]))}{''.join(names)}"] if len(alone) > 1 else []
        drop = pieces.lead(rate)[1]
        dropped = f",atrim=start_sample={drop},asetpts=PTS-STARTPTS" if drop else ""
        chain = f"asetpts=PTS-STARTPTS,{limiter(self.timeline, self.level)},aresample={pieces.OUTPUT_RATE}{dropped}"
        graph += [f"{name}{chain}[out{at}]" for at, name in enumerate(names)]
        outputs = [
            word for at, file in enumerate(files)
            for word in ("-map", f"[out{at}]", "-reservoir", "0", *mp3(self.bitrate), f"/dev/fd/{file.fileno()}")
        ]  # fmt: skip
        return [
            "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0", "-filter_complex", ";".join(graph), *outputs
        ]  # fmt: skip


def _coming(
    ready: Sequence[Spot], told: "SimpleQueue[Spot | None]", going: Sequence["Future[dict[str, parts.Part]]"]
) -> Iterator[Spot]:
    """Yield the spots until all jobs have ended; what one of them raises is raised."""
    yield from ready
    for _ in going:
        while (spot := told.get()) is not None:
            yield spot
        for future in going:
            if future.done():
                future.result()


def _jobs(missing: Mapping[str, Piece]) -> list[dict[str, Piece]]:
    """Part the pieces among ffmpegs, about alike: one a core, or more where there are many."""
    count = max(min(environment.cores(), len(missing)), -(-len(missing) // _AT_ONCE))
    jobs: list[dict[str, Piece]] = [{} for _ in range(count)]
    left = [0.0] * count
    for key, piece in sorted(missing.items(), key=lambda each: -_length(each[1])):
        least = min(range(count), key=lambda at: (left[at], at))
        jobs[least][key] = piece
        left[least] += _length(piece)
    return jobs


def _length(piece: Piece) -> float:
    return piece.frames or 60 * pieces.OUTPUT_RATE / frames.SAMPLES  # about a minute, where it is not counted in frames


def _all_of(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


@functools.cache
def _pool_of(process: int) -> ThreadPoolExecutor:
    """Return the threads that encode in the process of that number: a fork has none of those before it."""
    return ThreadPoolExecutor(environment.cores(), thread_name_prefix="encode")
