"""A line is said until it is right: again, in clauses, by another voice. What is wrong with each try is kept."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from podcast.recording import clauses, verify
from podcast.show.errors import SynthesisError
from podcast.show.schema import Attempt, Voice
from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.synthesizers import Synthesizer

log = logging.getLogger(__name__)

TRIES = 3
"""How often a text is said with another seed before another way is taken; a clause _CLAUSE_TRIES times."""
_CLAUSE_TRIES = 2
_PAUSES: Mapping[str, float] = {",": 0.15, ";": 0.25, ":": 0.25, ".": 0.35, "?": 0.35, "!": 0.35,
    "，": 0.15, "、": 0.15, "；": 0.25, "：": 0.25, "。": 0.35, "？": 0.35, "！": 0.35}  # fmt: skip
"""Seconds between clauses, by the mark that ends the first; without one, none but the fades."""


@dataclass(frozen=True)
class Speaker:
    """Who says it, and what is expected of the sound."""

    voice: Voice
    synthesizer: Synthesizer
    expected: verify.Expected


@dataclass
class Trial:
    """The tries at one line: each sound is judged and written down."""

    key: str
    attempts: list[Attempt] = field(default_factory=list)
    hint: str = ""
    """Of the engine's last error."""
    unheard: list[tuple[Waveform, str, tuple[str, ...]]] = field(default_factory=list)
    """Sounds in which nothing is wrong but that the recogniser misses words: the text, and what it misses."""

    def seed(self, way: str) -> int:
        """Return a number for this try, the same whenever the take is made again."""
        return int(hashlib.sha256(f"{self.key} {way}".encode()).hexdigest()[:8], 16)

    def judge(self, sound: Waveform, spoken: str, by: Speaker, way: str) -> bool:
        """Return whether the sound is right."""
        seen = verify.measured(sound, spoken, by.expected)
        if not seen and (seen := verify.unheard(sound, spoken, by.expected)):
            self.unheard.append((sound, spoken, seen))
        self.attempts.append(Attempt(way=way, voice=by.voice.name, found=seen))
        return not seen

    def note(self, way: str, by: Speaker, seen: str) -> None:
        """Write down what was wrong."""
        self.attempts.append(Attempt(way=way, voice=by.voice.name, found=(seen,)))

    def refuse(self, error: SynthesisError, by: Speaker, way: str) -> None:
        """Write down that the engine could not say it."""
        self.note(way, by, str(error))
        self.hint = error.hint

    def say(self, spoken: str, by: Speaker, way: str) -> tuple[Waveform | None, bool]:
        """Say the text once; return the sound, if there is one, and whether it is right."""
        try:
            sound = next(by.synthesizer.synthesize([spoken], by.voice, [self.seed(way)]))
        except SynthesisError as error:
            self.refuse(error, by, way)
            return None, False
        return sound, self.judge(sound, spoken, by, way)


def again(trial: Trial, spoken: str, speakers: Sequence[Speaker], first: Waveform | None) -> Waveform:
    """Return a sound of the text that is right, where `first` was not: the first speaker's first try, if it was one.

    Each speaker says it whole, then in clauses; then the next one does. Raises SynthesisError when none can. But where
    the recogniser misses the same words in every one of TRIES sounds by which nothing else is wrong, it is the one that
    errs: the first of them is returned, and that is said.
    """
    for by in speakers:
        sound = _whole(trial, spoken, by, first) or _in_clauses(trial, spoken, by)
        if sound is not None:
            return sound
        first = None
    tries = len(trial.attempts)
    if (sound := _misheard(trial, spoken)) is not None:
        return sound
    raise SynthesisError(
        f"{spoken!r}: {'; '.join(trial.attempts[-1].found)} ({tries} tries)",
        trial.hint or "change the line's words, raise its take number, or give the voice a fallback",
    )


def _misheard(trial: Trial, spoken: str) -> Waveform | None:
    whole = [(sound, seen) for sound, text, seen in trial.unheard if text == spoken]
    if len(whole) < TRIES or len({seen for _, seen in whole}) > 1:
        return None
    sound, seen = whole[0]
    log.warning("%r: %s (%d of %d tries): the recogniser may err, so listen to it",
                spoken, "; ".join(seen), len(whole), len(whole))  # fmt: skip
    return sound


def _whole(trial: Trial, spoken: str, by: Speaker, first: Waveform | None) -> Waveform | None:
    for number in range(1 if first is None else 2, TRIES + 1):
        sound, right = trial.say(spoken, by, f"whole, try {number}")
        if right:
            return sound
        if number > 1 and _same(sound, first):
            return None  # chance plays no part in this voice: the next try would be the same
        first = sound
    return None


def _in_clauses(trial: Trial, spoken: str, by: Speaker) -> Waveform | None:
    parts = clauses.split(spoken)
    if len(parts) == 1:
        return None
    sounds = []
    for place, part in enumerate(parts, 1):
        sound = _clause(trial, part, by, f"clause {place} of {len(parts)}")
        if sound is None:
            return None
        sounds.append(audio.fade(audio.trim(sound)))
        if place < len(parts):
            silence = np.zeros(round(_PAUSES.get(part[-1], 0.0) * sound.sample_rate), dtype=np.float32)
            sounds.append(Waveform(silence, sound.sample_rate))
    return Waveform(np.concatenate([sound.samples for sound in sounds]), sounds[0].sample_rate)


def _clause(trial: Trial, part: str, by: Speaker, way: str) -> Waveform | None:
    before: Waveform | None = None
    for number in range(1, _CLAUSE_TRIES + 1):
        sound, right = trial.say(part, by, f"{way}, try {number}")
        if right:
            return sound
        if number > 1 and _same(sound, before):
            return None
        before = sound
    return None


def _same(one: Waveform | None, other: Waveform | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one.samples, other.samples, equal_nan=True)
