"""Engines that speak a text in a voice.

They may use show, and sound for what they return.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from podcast.show.errors import SynthesisError, as_typed
from podcast.show.schema import Voice

if TYPE_CHECKING:
    from podcast.show.errors import MissingDependency
    from podcast.sound.audio import Waveform


class Synthesizer(Protocol):
    """Speaks texts. Any number of voices; one call at a time."""

    version: str
    """Changes when the same text in the same voice comes out otherwise; part of every take's key.

    An engine that has settings which nobody hears (what a server costs, where it answers) names them in `silent`, a
    set: they are no part of the key.
    """

    @staticmethod
    def missing() -> "MissingDependency | None":
        """Return what has to be installed before this engine can speak at all, or None.

        An engine of which a voice may name its own model says by `missing_model`, alike, what all other voices lack.
        """

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> "Iterator[Waveform]":
        """Yield one waveform for each text, in order: finite mono samples in [-1, 1].

        `texts` are spoken texts (see `podcast.speech`). The same text, voice and seed give the same sound, unless a
        server speaks that promises no such thing. The voice's `model` and `speaker_wav`, where they are files, are
        absolute paths. Raises SynthesisError for a text that cannot be spoken.
        """


@runtime_checkable
class SideBySide(Protocol):
    """A synthesizer that may be made anew in several processes, to speak in all of them at once."""

    side_by_side: bool
    """True: its sound depends on text, voice and seed alone, and no other process is in its way."""


@runtime_checkable
class Choosy(Protocol):
    """A synthesizer that needs more than itself: a model, a key, a licence accepted."""

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError or MissingDependency where the voice cannot be spoken, as far as a glance can tell.

        Nothing is loaded, and nothing fetched. Without `fetch`, what would have to be fetched is missing.
        """


_BRACKETS = {ord(sign): " " for sign in "[](){}"}

SYNTHESIZERS: Mapping[str, str] = MappingProxyType(
    {
        "coqui": "podcast.synthesizers.coqui:Coqui",
        "kokoro": "podcast.synthesizers.kokoro:Kokoro",
        "hibari": "podcast.synthesizers.hibari:Hibari",
        "piper": "podcast.synthesizers.piper:Piper",
        "openai": "podcast.synthesizers.openai:OpenAI",
        "flite": "podcast.synthesizers.flite:Flite",
        "espeak": "podcast.synthesizers.espeak:Espeak",
        "tone": "podcast.synthesizers.tone:Tone",
    }
)

ON_THIS_MACHINE = frozenset(SYNTHESIZERS) - {"openai"}
"""Engines that ask no server, and so cost nothing."""

WORDLESS = frozenset({"tone"})
"""Engines that say no words, and so are of no language."""

BY_QUALITY = ("coqui", "kokoro", "hibari", "piper", "flite", "espeak")
"""What "auto" tries, the best first: Coqui only where its model is on the machine already, for "auto" fetches nothing;
then by naturalness and word error, as docs/bench.md has them."""

UNHURRIED = frozenset({"coqui", "kokoro"})
"""Engines that take, on a processor, a large part of the time that a line lasts."""

DEFAULT_VOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "coqui": ("coqui-a", "coqui-b"),
        "hibari": ("hibari-heart", "hibari-low", "hibari-bright", "hibari-deep"),
        "kokoro": ("kokoro-heart", "kokoro-michael"),
        "openai": ("openai-a", "openai-b"),
        "flite": ("flite-slt", "flite-rms"),
        "espeak": ("espeak-gb", "espeak-us", "espeak-us-c", "espeak-us-d"),
        "tone": ("tone-high", "tone-low", "tone-mid", "tone-deep"),
    }
)
"""The voices of the first host and those after it where a host's voice is "auto": as many as the engine has that stand
four semitones from each other."""


LETTERS: Mapping[str, Mapping[str, str]] = MappingProxyType({"misaki": MappingProxyType({"A": "ˈA"})})
"""By alphabet, letters that an engine takes for words where they are spelled: hibari says "an uh eye" for "an A I"."""


def sounds_in(text: str, voice: Voice) -> dict[str, str]:
    """Return those of the voice's sounds whose words stand in the text."""
    if not voice.sounds:
        return {}
    return {word: voice.sounds[word] for word in dict.fromkeys(_words(voice).findall(text))}


def with_sounds(text: str, voice: Voice, write: Callable[[str, str], str]) -> str:
    """Return the text for an engine that takes phonemes inside it: `write` makes markup of a word and its sound.

    Brackets of the text itself are taken out before, so that nothing that was written in a paper is read as markup.
    """
    plain = text.translate(_BRACKETS)
    if not voice.sounds:
        return plain
    return _words(voice).sub(lambda found: write(found[0], voice.sounds[found[0]]), plain)


def _words(voice: Voice) -> re.Pattern[str]:
    """Return what finds the words that have sounds: whole, and the longest first; letters where they are spelled.

    Those are capitals that begin no sentence, or stand before another.
    """
    longest = sorted(voice.sounds, key=len, reverse=True)
    found = (rf"(?:(?<=[^.?!:] ){word}|{word}(?= [A-Z]\b))" if len(word) == 1 else re.escape(word) for word in longest)
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(found)})(?![\w'-])")


def need_words(text: str) -> None:
    """Raise SynthesisError where a text has nothing to say: an engine would make noise or silence of it."""
    if not any(letter.isalpha() for letter in text):
        raise SynthesisError(f"there is nothing to say in {as_typed(text)}", "give the line words, or delete it")
