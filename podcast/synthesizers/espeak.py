"""eSpeak NG from the wheel espeakng-loader: a voice on every machine.

One child process speaks all: the library is not thread-safe, and it is GPL-3.0 code that this project runs as a program
and does not link.
"""

from collections.abc import Iterator, Sequence

from podcast.show import packaged
from podcast.show.errors import MissingDependency, SynthesisError, as_typed
from podcast.show.schema import Voice
from podcast.sound.audio import Waveform
from podcast.synthesizers import child, need_words, with_sounds


class Espeak:
    """Speaks in eSpeak's voices; `speaker` is its voice name, settings `pitch` (0-99) and `pace` (words a minute)."""

    version = "1.52"  # of eSpeak NG, as the wheel carries it
    alphabet = "espeak"
    side_by_side = True

    def __init__(self) -> None:
        self._child = child.Child("podcast.synthesizers.espeak_child")

    @staticmethod
    def missing() -> MissingDependency | None:
        try:
            import espeakng_loader  # noqa: F401  (only whether it is there)
        except ImportError:
            return MissingDependency("espeakng-loader is not installed", packaged.pip("espeakng-loader"))
        return None

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
            order: child.Order = {
                "text": with_sounds(text, voice, _sounded) if voice.sounds else text,
                "sounds": bool(voice.sounds),
                "voice": voice.speaker or "en-us",
                "pitch": int(voice.settings.get("pitch", 50)),
                "pace": int(voice.settings.get("pace", 165)),
            }
            sound = self._child.say(order)
            if isinstance(sound, str):
                raise SynthesisError(
                    f"espeak could not say {as_typed(text)}: {sound}", "look at the voice's speaker in voices/"
                )
            yield sound


def _sounded(word: str, sound: str) -> str:
    return f"[[{sound}]]"
