"""What a speech server sends for a line: sound in whatever form, or words in place of it."""

import json
import re

import numpy as np
import soundfile

from podcast.show.errors import SynthesisError
from podcast.sound import audio
from podcast.sound.audio import Waveform

_UNKNOWN = 100_000_000
"""Sizes from here on, in bytes, stand for one that was not known: no line takes eight minutes. Servers that stream
write 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 2,000,000,000 and others."""
_FILE = (b"RIFF", b"fLaC", b"OggS", b"ID3")
"""How files of sound begin, whatever was asked for."""
_WAV = re.compile(rb"RIFF.{4}WAVE", re.S)
_PAGE = (b"<html", b"<!doctype", b"<?xml")


def sound(body: bytes, kind: str, pcm: int | None = None) -> Waveform:
    """Return the sound of an answer of the type `kind`; `pcm` is the rate in Hz where bare samples were asked for,
    which a server may not heed.

    Raises ValueError, which says what was sent, where that is no sound; SynthesisError where it breaks off.
    """
    if _is_words(body, kind):
        raise ValueError(f"answered with no sound, but {body[:2000].decode(errors='replace')}")
    if pcm is not None and not body.startswith(_FILE) and not re.search("mpeg|mp3", kind):
        if not body or len(body) % 2:
            raise ValueError(f"sent {len(body)} bytes, which are no 16-bit samples")
        return Waveform(np.frombuffer(body, "<i2").astype(np.float32) / np.float32(32768), pcm)
    try:
        sounds = [audio.decode(_sized(part)) for part in _parts(body)]
    except soundfile.LibsndfileError as error:
        raise ValueError(f"sent {len(body)} bytes that are no WAV: {error}") from error
    found = Waveform(np.concatenate([one.samples for one in sounds]), sounds[0].sample_rate)
    if any(one.sample_rate != found.sample_rate for one in sounds):
        raise ValueError(f"sent {len(sounds)} sounds in one, at several rates")
    if not 4_000 <= found.sample_rate <= 192_000:
        raise ValueError(f"sent a WAV of {found.sample_rate} Hz, which is no sound")
    if not len(found.samples):
        raise ValueError("sent a WAV without samples")
    return found


def _is_words(body: bytes, kind: str) -> bool:
    """Tell whether an answer is words, by its type or as such: samples may begin with any byte."""
    if "json" in kind or "html" in kind or body[:200].lstrip().lower().startswith(_PAGE):
        return True
    try:
        return isinstance(json.loads(body), dict) if body[:1] == b"{" else False
    except (ValueError, RecursionError):
        return False


def _parts(body: bytes) -> list[bytes]:
    """Return each WAV of an answer: some servers send one a sentence, one behind the other."""
    begins = [mark.start() for mark in _WAV.finditer(body)]
    if len(begins) < 2 or begins[0]:
        return [body]
    return [body[begin:end] for begin, end in zip(begins, [*begins[1:], len(body)], strict=True)]


def _sized(body: bytes) -> bytes:
    """Return the WAV's format and sound, with their sizes as they are, and no other chunk.

    The chunks are walked, for a LIST may stand before or behind the sound and hold the letters "data". A server that
    streams writes -1, or 0, for a size that it does not know yet: the sound then goes to the end. Raises SynthesisError
    where less came than the file says of itself.
    """
    if body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        return body
    at, kept = 12, b""
    while at + 8 <= len(body):
        name, said, here = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little"), len(body) - at - 8
        if name == b"data":
            if (said == 0 and here) or said >= _UNKNOWN:
                said = here
            if said > here:
                raise SynthesisError(f"the sound breaks off: {here} of {said} bytes came", "run the same command again")
            sound = body[at + 8 : at + 8 + said]
            chunks = b"WAVE" + kept + b"data" + said.to_bytes(4, "little") + sound + b"\0" * (said % 2)
            return b"RIFF" + len(chunks).to_bytes(4, "little") + chunks
        if name in (b"fmt ", b"fact"):
            kept += body[at : at + 8 + said + said % 2]
        at += 8 + said + said % 2
    return body
