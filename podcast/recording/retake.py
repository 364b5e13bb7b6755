"""A line is said until it is right: again, in clauses, by another voice. What is wrong with each try is kept."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from podcast.recording import clauses, verify
from podcast.recording.words import Miss
from podcast.show.errors import SynthesisError, as_typed
from podcast.show.schema import Attempt, Voice
from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.synthesizers import Synthesizer

log = logging.getLogger(__name__)

TRIES = 3
"""How often a text is said with another seed before another way is taken; a clause _CLAUSE_TRIES times."""
_CLAUSE_TRIES = 2
_WITNESSES = 2
"""Sounds of one speaker at least, all unlike, by which a recogniser that misses the same in each is known to err."""
_PAUSES: Mapping[str, float] = {",": 0.15, ";": 0.25, ":": 0.25, ".": 0.35, "?": 0.35, "!": 0.35,
    "，": 0.15, "、": 0.15, "；": 0.25, "：": 0.25, "。": 0.35, "？": 0.35, "！": 0.35}  # fmt: skip
"""Seconds between clauses, by the mark that ends the first; without one, none but the fades."""


@dataclass(frozen=True)
class Speaker:
    """Who says it, and what is expected of the sound."""

    voice: Voice
    synthesizer: Synthesizer
    expected: verify.Expected


@dataclass(frozen=True)
class Doubt:
    """A sound of a text in which nothing is wrong but that the recogniser misses words."""

    by: str
    """The voice."""
    spoken: str
    sound: Waveform
    words: frozenset[str]
    """Those that it misses, or hears too much."""
    in_clauses: bool = False
    """Whether the text was said clause by clause."""


@dataclass
class Trial:
    """The tries at one line: each sound is judged and written down."""

    key: str
    attempts: list[Attempt] = field(default_factory=list)
    hint: str = ""
    """Of the engine's last error."""
    doubts: list[Doubt] = field(default_factory=list)

    def seed(self, way: str) -> int:
        """Return a number for this try, the same whenever the take is made again."""
        return int(hashlib.sha256(f"{self.key} {way}".encode()).hexdigest()[:8], 16)

    def judge(self, sound: Waveform, spoken: str, by: Speaker, way: str) -> bool:
        """Return whether the sound is right."""
        seen = verify.measured(sound, spoken, by.expected)
        misses = by.expected.ear.misses([(sound, spoken)])[0] if by.expected.ear and not seen else ()
        return self.told(sound, spoken, by, way, seen, misses)

    def told(
        self, sound: Waveform, spoken: str, by: Speaker, way: str, seen: Sequence[str], misses: Sequence[Miss]
    ) -> bool:
        """Write down what was seen and missed in the sound; return whether it is right."""
        if misses:
            self.doubts.append(Doubt(by.voice.name, spoken, sound, _words(misses)))
        self.attempts.append(Attempt(way=way, voice=by.voice.name, found=(*seen, *map(str, misses))))
        return not (seen or misses)

    def note(self, way: str, by: Speaker, seen: str) -> None:
        """Write down what was wrong."""
        self.attempts.append(Attempt(way=way, voice=by.voice.name, found=(seen,)))

    def refuse(self, error: SynthesisError, by: Speaker, way: str) -> None:
        """Write down that the engine could not say it."""
        self.note(way, by, str(error))
        self.hint = error.hint

    def made(self, spoken: str, by: Speaker, way: str) -> Waveform | None:
        """Say the text once; return the sound, if there is one."""
        try:
            return next(by.synthesizer.synthesize([spoken], by.voice, [self.seed(way)]))
        except SynthesisError as error:
            self.refuse(error, by, way)
            return None

    def say(self, spoken: str, by: Speaker, way: str, before: Waveform | None = None) -> tuple[Waveform | None, bool]:
        """Say the text once; return the sound, if there is one, and whether it is right.

        One that is as `before` is as wrong, and not judged again: a hearing costs more than most sounds.
        """
        sound = self.made(spoken, by, way)
        if sound is None or _same(sound, before):
            return sound, False
        return sound, self.judge(sound, spoken, by, way)


def again(trial: Trial, spoken: str, speakers: Sequence[Speaker], first: Waveform | None) -> Waveform:
    """Return a sound of the text that is right, where `first` was not: the first speaker's first try, if it was one.

    Each speaker says it whole, then in clauses; then the next one does. Raises SynthesisError when none can. But where
    the recogniser misses the same words however a speaker says them, it is the one that errs (`_misheard`).
    """
    for by in speakers:
        for way in (_whole, _in_clauses, _misheard):
            if (sound := way(trial, spoken, by, first)) is not None:
                return sound
        first = None
    wrong = next((attempt.found for attempt in reversed(trial.attempts) if attempt.found), ())
    tries = "" if trial.hint else f" ({len(trial.attempts)} tries)"  # who could not say it told how often it was asked
    raise SynthesisError(
        f"{as_typed(spoken)}: {'; '.join(wrong)}{tries}",
        trial.hint or "change the line's words, raise its take number, or give the voice a fallback",
    )


def hear(tries: Sequence[tuple[Trial, Waveform, str, str]], by: Speaker) -> list[bool]:
    """Return which of the first tries are right, each a trial with its sound, spoken text and way.

    The words of all are heard in one go.
    """
    seen = [verify.measured(sound, spoken, by.expected) for _, sound, spoken, _ in tries]
    good = [(sound, spoken) for (_, sound, spoken, _), wrong in zip(tries, seen, strict=True) if not wrong]
    heard = iter(by.expected.ear.misses(good) if by.expected.ear and good else [()] * len(good))
    return [
        trial.told(sound, spoken, by, way, wrong, () if wrong else next(heard))
        for (trial, sound, spoken, way), wrong in zip(tries, seen, strict=True)
    ]


def _misheard(trial: Trial, spoken: str, by: Speaker, first: Waveform | None) -> Waveform | None:
    """Return the speaker's first sound of which only those words are missed that are missed in all, and say so.

    The recogniser errs where those sounds are several, and unlike; else there is none. They are those of the whole
    text, or where there is one alone, for no chance is in the voice, that and the one in clauses. The same sound again
    proves nothing: the voice may always lack the word.
    """
    sounds = _unlike(doubt for doubt in trial.doubts if doubt.by == by.voice.name and doubt.spoken == spoken)
    whole = [doubt for doubt in sounds if not doubt.in_clauses]
    sounds = whole if len(whole) >= _WITNESSES else sounds
    if len(sounds) < _WITNESSES:
        return None
    always = frozenset.intersection(*(doubt.words for doubt in sounds))
    kept = next((doubt for doubt in sounds if doubt.words <= always), None)
    if kept is None:
        return None
    log.warning("%r: the recogniser misses the same in each of %d sounds by %s, and may err, so listen to it: %s",
                spoken, len(sounds), by.voice.name, ", ".join(sorted(kept.words)))  # fmt: skip
    return kept.sound


def _unlike(doubts: Iterable[Doubt]) -> list[Doubt]:
    found: list[Doubt] = []
    for doubt in doubts:
        if not any(_same(doubt.sound, other.sound) for other in found):
            found.append(doubt)
    return found


def _words(misses: Sequence[Miss]) -> frozenset[str]:
    return frozenset(word for miss in misses for word in (miss.said or miss.heard).split())


def _whole(trial: Trial, spoken: str, by: Speaker, first: Waveform | None) -> Waveform | None:
    for number in range(1 if first is None else 2, TRIES + 1):
        sound, right = trial.say(spoken, by, f"whole, try {number}", first)
        if right:
            return sound
        if number > 1 and _same(sound, first):
            return None  # chance plays no part in this voice: the next try would be the same
        first = sound
    return None


def _in_clauses(trial: Trial, spoken: str, by: Speaker, first: Waveform | None) -> Waveform | None:
    parts = clauses.split(spoken)
    if len(parts) == 1:
        return None
    ways = [f"clause {place} of {len(parts)}" for place in range(1, len(parts) + 1)]
    firsts = [trial.made(part, by, f"{way}, try 1") for part, way in zip(parts, ways, strict=True)]
    tries = [
        (trial, sound, part, f"{way}, try 1") for sound, part, way in zip(firsts, parts, ways, strict=True) if sound
    ]
    right = iter(hear(tries, by))
    sounds: list[Waveform] = []
    doubted: frozenset[str] = frozenset()
    for part, way, sound in zip(parts, ways, firsts, strict=True):
        said = (sound, frozenset[str]()) if sound and next(right) else _clause(trial, part, by, way, sound)
        if said is None:
            return None
        doubted |= said[1]
        sounds += [audio.fade(audio.trim(said[0])), _pause(part, said[0].sample_rate)]
    joined = Waveform(np.concatenate([sound.samples for sound in sounds[:-1]]), sounds[0].sample_rate)
    if not doubted:
        return joined
    trial.doubts.append(Doubt(by.voice.name, spoken, joined, doubted, in_clauses=True))
    return None


def _pause(part: str, rate: int) -> Waveform:
    return Waveform(np.zeros(round(_PAUSES.get(part[-1], 0.0) * rate), dtype=np.float32), rate)


def _clause(
    trial: Trial, part: str, by: Speaker, way: str, before: Waveform | None
) -> tuple[Waveform, frozenset[str]] | None:
    """Return a sound of the clause, whose first was wrong, and the words that the recogniser misses in it.

    None where more is wrong than words.
    """
    for number in range(2, _CLAUSE_TRIES + 1):
        sound, right = trial.say(part, by, f"{way}, try {number}", before)
        if right and sound is not None:
            return sound, frozenset()
        if _same(sound, before):
            break
        before = sound
    doubt = next((each for each in trial.doubts if each.by == by.voice.name and each.spoken == part), None)
    return (doubt.sound, doubt.words) if doubt else None


def _same(one: Waveform | None, other: Waveform | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one.samples, other.samples, equal_nan=True)
