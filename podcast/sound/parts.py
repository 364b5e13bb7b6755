"""What was encoded of a piece: its frames, heard once when they are made; and how frames become one MP3."""

import base64
import io
import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile
import soxr

from podcast.show.errors import MixError
from podcast.show.schema import Frames
from podcast.sound import audio, frames, loudness, pieces
from podcast.sound.timeline import Piece


@dataclass(frozen=True)
class Part:
    """A piece's frames: what they are, and where they are read."""

    told: Frames
    read: Callable[[], bytes]

    def is_whole(self) -> bool:
        """Tell whether its bytes are those that were made."""
        data = self.read()
        return len(data) == self.told.size and sha256(data).hexdigest() == self.told.sha256


Parts = Mapping[str, Part]
"""By their keys."""


class Spool:
    """A file without a name, in the folder of what is made: after a crash nothing of it is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = self.another()
        self._lock = threading.Lock()

    def another(self) -> BinaryIO:
        """Return a file like it."""
        return tempfile.TemporaryFile(dir=self._folder)

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """Write the data down, and return how it is read."""
        with self._lock:
            at = self._file.seek(0, os.SEEK_END)
            self._file.write(data)
        return lambda: self._read(at, len(data))

    def close(self) -> None:
        self._file.close()

    def _read(self, at: int, size: int) -> bytes:
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)


def taken(key: str, piece: Piece, data: bytes, spool: Spool, *, peak: bool) -> Part:
    """Take the piece's own frames out of what was encoded, hear them, and keep them; their `peak` where it is wanted.

    Raises MixError where they are not all there.
    """
    data, padding = frames.without_info(data)
    sizes = frames.lengths(data)
    last = len(sizes) if piece.frames is None else pieces.WARMING + piece.frames
    if len(sizes) < last:
        raise MixError(f"ffmpeg made {len(sizes)} frames where {last} are wanted", "mix it again")
    own = data[sum(sizes[: pieces.WARMING]) : sum(sizes[:last])]
    energies = loudness.measure(_decoded(own))["energy"]
    return Part(
        Frames(
            key=key,
            count=last - pieces.WARMING,
            size=len(own),
            sha256=sha256(own).hexdigest(),
            checksum=frames.checksum_of(own),
            padding=padding if piece.frames is None else 0,
            steps=base64.b64encode(loudness.steps(energies).astype("<f4").tobytes()).decode(),
            peak=_peak(own) if peak else None,
        ),
        spool.keep(own),
    )


def heard(made: Sequence[Part]) -> tuple[float, float | None]:
    """Return the loudness in LUFS of all of them, and their true peak in dBTP; None where that was not looked for."""
    steps = [np.frombuffer(base64.b64decode(part.told.steps), dtype="<f4") for part in made]
    peaks = [part.told.peak for part in made if part.told.peak is not None]
    peak = max(peaks) if len(peaks) == len(made) else None
    return loudness.integrated(np.concatenate(steps).astype(np.float64)), peak


def join(made: Sequence[Part], path: Path) -> None:
    """Write the pieces as one MP3, an Info frame in front; no tags yet."""
    told = [part.told for part in made]
    sums = frames.joined([(each.checksum, each.size) for each in told])
    first = made[0].read()
    head = frames.info(
        first[: frames.length(first)], sum(each.count for each in told), sum(each.size for each in told),
        told[-1].padding, sums,
    )  # fmt: skip
    with path.open("wb") as file:
        file.write(head)
        for part in made:
            file.write(part.read())


def _decoded(data: bytes) -> audio.Waveform:
    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    return audio.Waveform(samples, rate)


def with_peak(part: Part) -> Part:
    """Return the part with its true peak."""
    if part.told.peak is not None:
        return part
    return Part(part.told.model_copy(update={"peak": _peak(part.read())}), part.read)


def _peak(data: bytes) -> float:
    """Return the true peak of the frames in dBTP: of the samples at four times their rate, as BS.1770 has it."""
    sound = _decoded(data)
    above = soxr.resample(sound.samples, sound.sample_rate, 4 * sound.sample_rate)
    return float(20 * np.log10(max(np.abs(above).max(), 1e-6)))
