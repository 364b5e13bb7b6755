"""An MP3's frames: told apart, joined sample for sample, and headed by the one frame that says how long they are.

Frames join where none borrows bits of the one before it (LAME's reservoir is off) and all hold 1,152 samples. What a
decoder is to leave out at either end stands in the Info frame, with the sums of what comes behind it.
"""

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from podcast.show.errors import MixError

SAMPLES = 1152
"""That a frame of MPEG-1 layer III holds."""
DELAY = 576
"""Samples by which LAME is late (ENCDELAY of encoder.h); a decoder is by another
DECODER of its own (gabriel.mp3-tech.org/mp3infotag.html)."""
DECODER = 529

_RATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""kbit/s of layer III, by their number in a header."""
_HEAD = 0xFFFB00C0
"""MPEG-1, layer III, unprotected, 44.1 kHz, mono, and
_FIXED those bits of a header, the rate's and the padding's left out."""
_FIXED = 0xFFFF0CC0
_SIDE = 17
"""Bytes of a mono frame's side information; of an Info frame they are 0."""
_ROWS = 4096

Checksum = int
"""CRC-16 as an Info frame has it: of the polynomial 0x8005, reflected, from 0 on."""


def length(data: bytes, at: int = 0) -> int:
    """Return the bytes of the frame that begins there. Raises MixError where none does that can be joined."""
    head = int.from_bytes(data[at : at + 4], "big")
    rate = head >> 12 & 15
    if head & _FIXED != _HEAD or not 0 < rate < len(_RATES):
        raise _strange(f"byte {at} begins no mono frame of 44.1 kHz")
    return 144_000 * _RATES[rate] // 44_100 + (head >> 9 & 1)


def lengths(data: bytes) -> list[int]:
    """Return the bytes of each frame. Raises MixError where the data is not frames that can be joined, and no more."""
    found, at = [], 0
    while at < len(data):
        found.append(length(data, at))
        if any(data[at + 4 : at + 5]) or any(byte & 0x80 for byte in data[at + 5 : at + 6]):
            raise _strange(f"the frame at byte {at} borrows bits of the one before it")
        at += found[-1]
    if at != len(data):
        raise _strange("the last frame is cut short")
    return found


def without_info(data: bytes) -> tuple[bytes, int]:
    """Return the frames behind the Info frame, and how many samples it says that a decoder is to leave at the end."""
    if data[4 + _SIDE : 8 + _SIDE] != b"Info":
        raise _strange("its first frame is no Info frame")
    at = 4 + _SIDE + 120 + 21
    return data[length(data) :], int.from_bytes(data[at + 1 : at + 3], "big") & 0xFFF


def info(first: bytes, frames: int, size: int, padding: int, checksum: Checksum) -> bytes:
    """Return the Info frame of that many frames and bytes behind it, `first` the first of them.

    Its fields are those of Xing's header and LAME's tag (gabriel.mp3-tech.org/mp3infotag.html).
    """
    head = int.from_bytes(first[:4], "big") & ~0x200
    own = length(first) - (first[2] >> 1 & 1)
    rate = _RATES[head >> 12 & 15]
    toc = bytes(256 * percent // 100 for percent in range(100))  # of a constant rate
    told = b"Info" + b"".join(number.to_bytes(4, "big") for number in (15, frames, own + size)) + toc + bytes(4)
    ends = (DELAY << 12 | padding).to_bytes(3, "big")
    lame = b"Lavf".ljust(20, b"\0") + bytes([rate]) + ends + bytes(4) + (own + size).to_bytes(4, "big")
    begun = head.to_bytes(4, "big") + bytes(_SIDE) + told + lame + checksum.to_bytes(2, "big")
    return (begun + checksum_of(begun).to_bytes(2, "big")).ljust(own, b"\0")


def checksum_of(data: bytes) -> Checksum:
    """Return the data's checksum, found in rows side by side."""
    width = -(-len(data) // _ROWS)
    # zeros in front change nothing of a sum that begins with 0
    rows = np.frombuffer(data.rjust(_ROWS * width, b"\0"), dtype=np.uint8).reshape(_ROWS, width)
    sums = np.zeros(_ROWS, dtype=np.uint16)
    for column in np.ascontiguousarray(rows.T):
        sums = _table()[(sums ^ column) & 0xFF] ^ np.right_shift(sums, 8, dtype=np.uint16)
    across = _power(width)
    while len(sums) > 1:
        sums = np.bitwise_xor(_through(across, sums[::2]), sums[1::2], dtype=np.uint16)
        across = _through(across, across)
    return int(sums[0])


def joined(parts: Sequence[tuple[Checksum, int]]) -> Checksum:
    """Return the checksum of parts that follow each other, each told by its own and its bytes."""
    whole = np.zeros(1, dtype=np.uint16)
    for checksum, size in parts:
        whole = _through(_power(size), whole) ^ np.uint16(checksum)
    return int(whole[0])


@functools.cache
def _table() -> NDArray[np.uint16]:
    """What a byte makes of a sum of 0."""
    sums: NDArray[np.uint16] = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        sums = np.asarray((sums >> 1) ^ (sums & 1) * 0xA001, dtype=np.uint16)
    return sums


def _through(zeros: NDArray[np.uint16], sums: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Return what the sums become behind so many zeros as the 16 images of single bits say: a sum is linear in them."""
    found = np.zeros_like(sums)
    for bit, image in enumerate(zeros):
        found ^= (sums >> bit & 1) * image
    return found


def _power(count: int) -> NDArray[np.uint16]:
    """Return the images of single bits behind `count` zero bytes."""
    bits = np.uint16(1) << np.arange(16, dtype=np.uint16)
    step, found = bits >> 8 ^ _table()[bits & 0xFF], bits
    while count:
        if count & 1:
            found = _through(step, found)
        step, count = _through(step, step), count >> 1
    return found


def _strange(what: str) -> MixError:
    return MixError(f"ffmpeg's MP3 cannot be joined: {what}", "install another ffmpeg: 5.1 or later, with libmp3lame")
