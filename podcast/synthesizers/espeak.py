"""eSpeak NG from the wheel espeakng-loader: a voice on every machine.

One child process speaks all: the library is not thread-safe, and it is GPL-3.0 code that this project runs as a program
and does not link.
"""

import json
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence

import numpy as np

from podcast.show.errors import MissingDependency, SynthesisError
from podcast.show.schema import Voice
from podcast.sound.audio import Waveform
from podcast.synthesizers import need_words, with_sounds


class Espeak:
    """Speaks in eSpeak's voices; `speaker` is its voice name, settings `pitch` (0-99) and `pace` (words a minute)."""

    version = "1.52"  # of eSpeak NG, as the wheel carries it
    alphabet = "espeak"
    side_by_side = True

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._alone = threading.Lock()

    @staticmethod
    def missing() -> MissingDependency | None:
        try:
            import espeakng_loader  # noqa: F401  (only whether it is there)
        except ImportError:
            return MissingDependency("espeakng-loader is not installed", "pip install espeakng-loader")
        return None

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
            order = {
                "text": with_sounds(text, voice, _sounded) if voice.sounds else text,
                "sounds": bool(voice.sounds),
                "voice": voice.speaker or "en-us",
                "pitch": int(voice.settings.get("pitch", 50)),
                "pace": int(voice.settings.get("pace", 165)),
            }
            with self._alone:
                rate, answer = self._ask(json.dumps(order).encode() + b"\n")
            if not rate:
                raise SynthesisError(
                    f"espeak could not say {text!r}: {answer.decode(errors='replace')}",
                    "look at the voice's speaker in voices/",
                )
            yield Waveform(np.frombuffer(answer, "<i2").astype(np.float32) / np.float32(32768), rate)

    def _ask(self, order: bytes) -> tuple[int, bytes]:
        """Return the child's answer: the rate in Hz and 16-bit PCM, or 0 and what went wrong."""
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(order)
            child.stdin.flush()
            head = child.stdout.read(8)
            rate, size = int.from_bytes(head[:4], "little"), int.from_bytes(head[4:], "little")
            answer = child.stdout.read(size)
        except BrokenPipeError:
            head = answer = b""
        if len(head) < 8 or len(answer) < size:
            self._child = None
            return 0, b"its process ended"
        return rate, answer

    def _start(self) -> "subprocess.Popen[bytes]":
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-m", "podcast.synthesizers.espeak_child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        weakref.finalize(self, _end, self._child)
        return self._child


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.communicate()


def _sounded(word: str, sound: str) -> str:
    return f"[[{sound}]]"
