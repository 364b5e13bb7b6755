"""Lines as a podcast on papers has them, and what goes wrong with their takes: for the tests and bench/verify.py."""

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from podcast.sound.audio import Waveform, trim

_WHO = ["the authors", "the team", "this group", "the first author", "their students", "other labs", "we"]
_WHAT = [
    "a small predictor", "the second model", "a sparse network", "the decoder", "a graph of concepts", "their agent",
    "the whole pipeline", "a diffusion model", "the teacher", "an older baseline", "the reward model", "BERT",
    "the GPU", "a frozen encoder", "the tokenizer", "LoRA", "a memory of past answers",
    "the vision transformer", "the benchmark",
]  # fmt: skip
_DOES = [
    "skips most of the steps", "reads the document twice", "learns from mistakes", "needs fewer labels",
    "forgets the beginning", "answers faster than before", "keeps the old weights", "fails on long questions",
    "sees only half of the image", "writes a plan first", "asks for help", "compresses the context", "runs on a laptop",
    "beats the larger one", "was tested by people", "predicts the next token", "shares one set of features",
]  # fmt: skip
_WHY = [
    "because data is scarce", "when the question is hard", "although nobody expected it", "without any extra cost",
    "as long as the noise is low", "on twelve tasks", "in 40% of the cases", "after 3,000 steps of training",
    "with 91.5% accuracy", "which surprised me", "and that is the point", "for speech as well as for text",
    "if the context is short", "since 2017", "on ImageNet", "in every language they tried", "at a tenth of the price",
]  # fmt: skip
_OPEN = ["So", "Now", "Well", "Okay", "In short", "Here is the idea", "To be fair", "Remember", "And yet", "First"]
SHORT = [
    "Right.", "Yes.", "Exactly.", "Go on.", "How so?", "Why?", "I see.", "That is new.", "Not quite.", "And then?",
    "Good question.", "Tell me more.", "Fair enough.", "What changed?", "No, not at all.", "Does it scale?",
]  # fmt: skip


def lines(count: int, seed: int) -> list[str]:
    """Return that many written lines, one in eight of them short, no two alike but for the short ones."""
    chance = random.Random(seed)

    def pick(words: list[str]) -> str:
        return chance.choice(words)

    shapes: list[Callable[[], str]] = [
        lambda: f"{pick(_OPEN)}, {pick(_WHAT)} {pick(_DOES)} {pick(_WHY)}.",
        lambda: f"{pick(_WHAT)} {pick(_DOES)}.",
        lambda: f"{pick(_WHO)} say that {pick(_WHAT)} {pick(_DOES)}, {pick(_WHY)}.",
        lambda: f"{pick(_WHAT)} {pick(_DOES)} {pick(_WHY)}, but {pick(_WHAT)} {pick(_DOES)}.",
        lambda: f"Do {pick(_WHO)} know why {pick(_WHAT)} {pick(_DOES)}?",
        lambda: (
            f"{pick(_OPEN)}: {pick(_WHO)} found that {pick(_WHAT)} {pick(_DOES)}. {pick(_WHAT)} {pick(_DOES)} "
            f"{pick(_WHY)}."
        ),
        lambda: f"You mean {pick(_WHAT)} and {pick(_WHAT)} are the same thing?",
    ]
    made: list[str] = []
    while len(made) < count:
        text = pick(SHORT) if len(made) % 8 == 7 else chance.choice(shapes)()
        text = ". ".join(part[:1].upper() + part[1:] for part in text.split(". "))
        if text in SHORT or text not in made:
            made.append(text)
    return made


def _cut(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    return Waveform(sound.samples[: round(0.6 * len(sound.samples))], sound.sample_rate)


def _broken_off(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    speech = trim(sound, 0)
    return Waveform(speech.samples[: max(1, len(speech.samples) - round(0.35 * sound.sample_rate))], sound.sample_rate)


def _gap(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    at = round(chance.uniform(0.3, 0.7) * len(sound.samples))
    silence = np.zeros(2 * sound.sample_rate, dtype=np.float32)
    return Waveform(np.concatenate([sound.samples[:at], silence, sound.samples[at:]]), sound.sample_rate)


def _repeated(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    rate = sound.sample_rate
    length = min(round(chance.uniform(0.6, 1.2) * rate), len(sound.samples) // 2)
    at = round(chance.uniform(0.1, 0.9) * (len(sound.samples) - length))
    part = sound.samples[at : at + length]
    return Waveform(np.concatenate([sound.samples[: at + length], part, sound.samples[at + length :]]), rate)


def _babble(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    rate = sound.sample_rate
    babble = trim(other, 0).samples[: round(chance.uniform(1.0, 2.0) * rate)]
    pause = np.zeros(round(chance.uniform(0, 0.2) * rate), dtype=np.float32)
    return Waveform(np.concatenate([trim(sound).samples, pause, babble]), rate)


def _clipped(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    loud = sound.samples * (chance.uniform(3, 10) / np.abs(sound.samples).max())
    return Waveform(np.clip(loud, -1, 1).astype(np.float32), sound.sample_rate)


def _broken(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    samples = sound.samples.copy()
    samples[chance.randrange(len(samples))] = np.nan
    return Waveform(samples, sound.sample_rate)


def _noise(sound: Waveform, other: Waveform, chance: random.Random) -> Waveform:
    noise = np.random.default_rng(chance.randrange(2**32)).normal(0, 0.1, 5 * sound.sample_rate)
    return Waveform(noise.astype(np.float32), sound.sample_rate)


Fault = Callable[[Waveform, Waveform, random.Random], Waveform]

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        "cut at 60 %": _cut,
        "last 0.35 s cut": _broken_off,
        "2 s of silence inside": _gap,
        "a stretch repeated": _repeated,
        "babble appended": _babble,
        "clipped": _clipped,
        "broken samples": _broken,
        "5 s of noise": _noise,
    }
)
"""From a good take, another line's take and chance, a bad one. The noise is meant for short lines."""

LAST_WORD = "last word unsaid"
"""Not made from a take: the engine speaks the text without its last word, and ends it as any other."""


def without_last_word(spoken: str) -> str | None:
    """Return the text without its last word; None where it has fewer than three."""
    words = spoken.split()
    return " ".join(words[:-1]).rstrip(",;:") + "." if len(words) > 2 else None


_SMALL = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "at", "it", "is", "for", "with", "by", "as", "and", "or", "not", "no",
     "from", "that", "this")
)  # fmt: skip
_ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
         "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]  # fmt: skip
_GREAT = ["hundred", "thousand", "million", "billion"]
_NUMBERS = (_ONES, _TENS, _GREAT)
_OTHERS = ["paper", "sound", "city", "garden", "letter", "window", "winter", "market", "simple", "yellow", "second",
    "former", "public", "travel", "answer", "number", "people", "water", "music", "strong", "little", "early", "always",
    "never", "before", "under", "without", "between", "against", "larger", "smaller", "better", "worse"]  # fmt: skip


def wrong_words(spoken: str, chance: random.Random) -> dict[str, str]:
    """Return the spoken text with one word wrong, by the kind of fault; kinds that it has no word for are left out."""
    words = spoken.split()
    bare = [word.strip(".,;:?!") for word in words]
    inner = range(1, len(words) - 1)
    plain = [at for at in inner if len(bare[at]) > 3 and bare[at].islower() and not _number(bare[at])]
    small = [at for at in inner if bare[at] in _SMALL and words[at] == bare[at]]
    numbers = [at for at in range(len(words)) if _number(bare[at])]
    made: dict[str, str] = {}
    if plain:
        at = chance.choice(plain)
        made["dropped"] = " ".join(words[:at] + words[at + 1 :])
        at = chance.choice(plain)
        made["replaced"] = _with(words, at, chance.choice([word for word in _OTHERS if word != bare[at]]))
    if small:
        at = chance.choice(small)
        made["a small word"] = " ".join(words[:at] + words[at + 1 :])
    if numbers:
        at = chance.choice(numbers)
        kind = next(kind for kind in _NUMBERS if bare[at].lower() in kind)
        made["a number"] = _with(words, at, chance.choice([word for word in kind if word != bare[at].lower()]))
    if last := without_last_word(spoken):
        made["last"] = last
    return made


def _number(word: str) -> bool:
    return any(word.lower() in kind for kind in _NUMBERS)


def _with(words: list[str], at: int, other: str) -> str:
    bare = words[at].strip(".,;:?!")
    return " ".join([*words[:at], words[at].replace(bare, other), *words[at + 1 :]])
