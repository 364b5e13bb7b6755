"""Are the words there? A recogniser that knows the text hears which of its words are missing.

PocketSphinx (extra `asr`; BSD, and its English model comes with it) follows the text word by word. It may leave each
word out, at a price, so that it says which are missing instead of guessing freely.
"""

import difflib
import functools
import importlib.util
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
_SWALLOWED = 0.12
"""Part of a line's words that may be missed: in long lines a good voice is misheard more than once."""
_SHORT = 3
"""Letters of a last word that may be missed: "it" and "of" are hardly sounded by good voices either."""
_STRANGE = 2
"""Names and words of no dictionary that a line may have to be judged: each may sound like anything, which costs time
and leaves less to tell by."""
_SOUNDS = ("AA", "EH", "IY", "UW", "S", "T", "N", "L", "M")
"""Sounds that stand for any: others are near to one of them. With all forty, each of which sounds otherwise between
any two others, a line of names takes minutes."""


class Ear:
    """Hears English. One call at a time."""

    name = "pocketsphinx"
    language = "en"

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self._decoder: pocketsphinx.Decoder = Decoder(lm=None, samprate=_RATE, loglevel="FATAL", **_BEAMS)
        self._sounds = [f"_{sound.lower()}" for sound in _SOUNDS]
        for name, sound in zip(self._sounds, _SOUNDS, strict=True):
            self._decoder.add_word(name, sound, True)

    def faults(self, sound: Waveform, spoken: str) -> list[str]:
        """Return what is missing in the sound or too much.

        A word out of the dictionary may sound like anything, and so may a name: it is said in more ways than stand
        there. A single word inside may be swallowed or said in another way; the last one, or two, are missed.
        """
        words = _words(spoken)
        known = [word for word in words if self._knows(word)]
        if not known:
            return []
        if len(words) - len(known) > _STRANGE:
            return []
        heard = self._follow(sound, words)
        if heard is None:
            return [f"the words were not heard in it: {_quoted(known)}"]
        missing = _missing(known, heard)
        if len(missing) > max(1, _SWALLOWED * len(known)) or (missing == words[-1:] and len(words[-1]) > _SHORT):
            return [f"not heard in it: {_quoted(missing)}"]
        return []

    def _follow(self, sound: Waveform, words: Sequence[str]) -> list[str] | None:
        """Return the words heard, in order; None where it could not follow."""
        decoder = self._decoder
        decoder.add_fsg("line", decoder.create_fsg("line", 0, len(words), self._grammar(words)))
        decoder.activate_search("line")
        decoder.start_utt()
        decoder.process_raw(audio.to_pcm(audio.resample(sound, _RATE)).tobytes(), full_utt=True)
        decoder.end_utt()
        if decoder.hyp() is None:
            return None
        return [re.sub(r"\(\d+\)$", "", segment.word) for segment in decoder.seg() if segment.word[0] not in "<[(_"]

    def _knows(self, word: str) -> bool:
        return word != _NAME and bool(self._decoder.lookup_word(word))

    def _grammar(self, words: Sequence[str]) -> list[tuple[int, int, float] | tuple[int, int, float, str]]:
        arcs: list[tuple[int, int, float] | tuple[int, int, float, str]] = []
        for place, word in enumerate(words):
            if self._knows(word):
                arcs += [(place, place + 1, 1.0, word), (place, place + 1, _LEFT_OUT)]
            else:
                arcs += [(place, place, 0.02, sound) for sound in self._sounds]
                arcs.append((place, place + 1, 0.5))
        return arcs


def missing_package() -> bool:
    """Return whether there is no recogniser here."""
    return importlib.util.find_spec("pocketsphinx") is None


@functools.cache
def ear(language: str) -> Ear | None:
    """Return who hears that language; None where none is installed or it knows English only."""
    if language.partition("-")[0] != "en" or missing_package():
        return None
    return Ear()


def _words(spoken: str) -> list[str]:
    """Return the words in small letters; names, which are known by a capital within a sentence, as `_NAME`."""
    found = []
    for match in re.finditer(r"[A-Za-z]+(?:['’][A-Za-z]+)*", spoken):
        begins = not spoken[: match.start()].rstrip() or spoken[: match.start()].rstrip()[-1] in ".?!:"
        name = len(match[0]) > 1 and match[0][0].isupper() and not begins
        found.append(_NAME if name else match[0].lower().replace("’", "'"))
    return found


def _missing(known: Sequence[str], heard: Sequence[str]) -> list[str]:
    matched = difflib.SequenceMatcher(None, known, heard, autojunk=False).get_opcodes()
    missing = [word for what, start, end, _, _ in matched if what != "equal" for word in known[start:end]]
    return [word for word in missing if len(word) > 1]  # a letter that is spelled is too short to be told


def _quoted(words: Sequence[str]) -> str:
    shown = " ".join(words[:8]) + (" …" if len(words) > 8 else "")
    return f"“{shown}”"
