"""eSpeak NG from the wheel espeakng-loader: a voice on every machine.

Each batch is spoken by a child process: the library is not thread-safe, and it is GPL-3.0 code that this
project runs as a program and does not link.
"""

import json
import subprocess
import sys
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
            done = subprocess.run(
                [sys.executable, "-I", "-m", "podcast.synthesizers.espeak_child"],
                input=json.dumps(order).encode(), capture_output=True, check=False,
            )  # fmt: skip
            if done.returncode:
                raise SynthesisError(
                    f"espeak could not say {text!r}: {done.stderr.decode(errors='replace').strip()[-200:]}",
                    "look at the voice's speaker in voices/",
                )
            rate = int.from_bytes(done.stdout[:4], "little")
            samples = np.frombuffer(done.stdout[4:], "<i2").astype(np.float32) / np.float32(32768)
            yield Waveform(samples, rate)


def _sounded(word: str, sound: str) -> str:
    return f"[[{sound}]]"
