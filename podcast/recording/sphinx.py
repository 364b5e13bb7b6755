"""PocketSphinx follows the text and says which of its words are missing (extra `asr-small`; BSD, and brings its model).

It may leave each word out, at a price, so that it does not guess freely. Bent toward the text as it is, it lets half of
the words pass that were said for others; Whisper does not.
"""

import difflib
import re
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from podcast.recording.words import Miss, Word, words
from podcast.sound import audio
from podcast.sound.audio import Waveform

if TYPE_CHECKING:
    import pocketsphinx

_NAME = "-"
"""Stands for a name: a word of no dictionary."""
_RATE = 16_000
"""Hz of the recogniser's model."""
_LEFT_OUT = 1e-10
"""Probability that a word is left out: set on flite's speech, see bench/verify.py."""
_BEAMS = {"beam": 1e-80, "pbeam": 1e-80, "wbeam": 1e-60}
"""Paths so much less likely than the best are given up: later than by default, since there are few."""
_STRANGE = 2
"""Names and words of no dictionary that a line may have to be judged: each may sound like anything, which costs time
and leaves less to tell by."""
_SOUNDS = ("AA", "EH", "IY", "UW", "S", "T", "N", "L", "M")
"""Sounds that stand for any: others are near to one of them. With all forty, each of which sounds otherwise between
any two others, a line of names takes minutes."""


class Sphinx:
    """Follows English."""

    name = chosen = "pocketsphinx"
    window = 0.0
    memory = 60

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder: pocketsphinx.Decoder = Decoder(lm=None, samprate=_RATE, loglevel="FATAL", **_BEAMS)
        self._alone = threading.Lock()
        self._sounds = [f"_{sound.lower()}" for sound in _SOUNDS]
        for name, sound in zip(self._sounds, _SOUNDS, strict=True):
            self._decoder.add_word(name, sound, True)

    def misses(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        """Return for each take the words that are missing in it.

        A word out of the dictionary may sound like anything, and so may a name; a letter that is spelled is too short
        to be told.
        """
        with self._alone:
            return [self._missing(sound, [_named(word) for word in words(spoken)]) for sound, spoken in takes]

    def _missing(self, sound: Waveform, said: Sequence[str]) -> tuple[Miss, ...]:
        known = [word for word in said if self._knows(word)]
        if not known or len(said) - len(known) > _STRANGE:
            return ()
        heard = self._follow(sound, said)
        if heard is None:
            return (Miss(" ".join(known), ""),)
        apart = difflib.SequenceMatcher(None, known, heard, autojunk=False).get_opcodes()
        missing = [word for what, start, end, _, _ in apart if what != "equal" for word in known[start:end]]
        return tuple(Miss(word, "") for word in missing if len(word) > 1)

    def _follow(self, sound: Waveform, said: Sequence[str]) -> list[str] | None:
        """Return the words heard, in order; None where it could not follow."""
        decoder = self._decoder
        decoder.add_fsg("line", decoder.create_fsg("line", 0, len(said), self._grammar(said)))
        decoder.activate_search("line")
        decoder.start_utt()
        decoder.process_raw(audio.to_pcm(audio.resample(sound, _RATE)).tobytes(), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return None
        return [re.sub(r"\(\d+\)$", "", segment.word) for segment in decoder.seg() if segment.word[0] not in "<[(_"]

    def _knows(self, word: str) -> bool:
        return word != _NAME and bool(self._decoder.lookup_word(word))

    def _grammar(self, said: Sequence[str]) -> list[tuple[int, int, float] | tuple[int, int, float, str]]:
        arcs: list[tuple[int, int, float] | tuple[int, int, float, str]] = []
        for place, word in enumerate(said):
            if self._knows(word):
                arcs += [(place, place + 1, 1.0, word), (place, place + 1, _LEFT_OUT)]
            else:
                arcs += [(place, place, 0.02, sound) for sound in self._sounds]
                arcs.append((place, place + 1, 0.5))
        return arcs


def _named(word: Word) -> str:
    return _NAME if word.name else word.text
