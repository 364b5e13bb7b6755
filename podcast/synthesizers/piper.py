"""Piper voices: any .onnx with its .onnx.json beside it, run by onnxruntime, and their phonemes by eSpeak.

The ids are laid out as piper-tts does it, which a test holds this to; its scaling of every sentence to full scale is
left out, for it takes the loudness out of a line.
"""

import functools
import json
import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from podcast.show import packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError, as_typed
from podcast.show.schema import Voice
from podcast.show.stops import STOP, STOPS
from podcast.sound import audio
from podcast.sound.audio import Samples, Waveform
from podcast.synthesizers import need_words, onnx, phonemes

_BOUNDS = {"pace": (0.5, 2.0), "variation": (0.0, 2.0), "rhythm": (0.0, 2.0), "pitch": (0.5, 2.0)}
_GAP = 0.2
"""Seconds of silence from sentence to sentence."""
_SENTENCE = re.compile(rf"(?:(?!{STOP}|[.!?][\"”’)]).)*[{STOPS}]*[\"”’)]*\s*", re.DOTALL)
"""An end mark ends a sentence before a space only; one of Chinese or Hindi does anywhere."""
_SEED = threading.Lock()
"""onnxruntime's seed is one for the process, and is read where a session is made."""


class Piper:
    """Speaks in a Piper voice: `model` is its .onnx file; `speaker` a name or number where the voice has several.

    Settings: `pace`; `variation` and `rhythm`, how much chance is in the sound and in the lengths, the voice's own
    unless given; `pitch`, times the voice's own, formants and all: another host out of the same voice.

    The same seed gives the same take: chance is drawn inside the graph, and only a session made after the seed was set
    starts from it, so each line has a session of its own, 0.3 CPU s, unless both chances are 0.
    """

    version = "1"
    side_by_side = True

    def __init__(self) -> None:
        self._phonemes = phonemes.Phonemes()

    @staticmethod
    def missing() -> MissingDependency | None:
        package = onnx.absent()
        if package:
            return MissingDependency(f"piper needs the package {package!r}", packaged.pip(package))
        return phonemes.missing()

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError where the voice's files are not there or are not such as this engine reads."""
        onnx.numbers(voice, _BOUNDS)
        _table(voice).speaker(voice)

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
        self.check(voice)
        table, settings = _table(voice), onnx.numbers(voice, _BOUNDS)
        for text, seed in zip(texts, seeds, strict=True):
            ids = table.ids(text, self._phonemes)
            if not ids:
                raise SynthesisError(
                    f"the voice {voice.name} has no sound for {as_typed(text)}",
                    "give the line other words, or another voice",
                )
            yield _say(table, ids, table.speaker(voice), settings, seed)


@dataclass(frozen=True)
class _Table:
    """A voice's .onnx.json, and where its model is."""

    model: Path
    settings: dict[str, Any]

    @property
    def rate(self) -> int:
        return int(self.settings["audio"]["sample_rate"])

    def speaker(self, voice: Voice) -> int:
        """Return the speaker's number; ConfigError where the voice has no such speaker."""
        count, names = int(self.settings.get("num_speakers", 1)), self.settings.get("speaker_id_map") or {}
        wanted = voice.speaker or "0"
        number = names.get(wanted, int(wanted) if wanted.isdecimal() else -1)
        if not 0 <= number < max(1, count):
            raise ConfigError(
                f"{self.model.name} of the voice {voice.name} has no speaker {wanted!r}",
                f"speaker is one of {', '.join([*names][:60])}" if names else f"speaker is a number under {count}",
            )
        return int(number)

    def ids(self, text: str, by: phonemes.Phonemes) -> list[list[int]]:
        """Return each sentence as ids: ^ _ a _ b _ … $, a pad after every phoneme; those it has not are dropped."""
        table = self.settings["phoneme_id_map"]
        found = []
        for sentence in filter(str.strip, _SENTENCE.findall(text)):
            known = [sign for sign in self._phonemes(sentence.strip(), by) if sign in table]
            if any(sign.isalpha() for sign in known):
                signs = ["^", "_", *(each for sign in known for each in (sign, "_")), "$"]
                found.append([number for sign in signs for number in table[sign]])
        return found

    def _phonemes(self, sentence: str, by: phonemes.Phonemes) -> str:
        """Return the sentence's phonemes with the marks put back that eSpeak drops: they carry the melody."""
        if self.settings.get("phoneme_type", "espeak") == "text":
            return unicodedata.normalize("NFD", sentence)
        parts = onnx.clauses(sentence)
        sounds = by.of([words for words, _ in parts], self.settings["espeak"]["voice"])
        said = " ".join(sound + mark for sound, (_, mark) in zip(sounds, parts, strict=True))
        return unicodedata.normalize("NFD", said)  # ç and ɔ̃ are two ids each


def _table(voice: Voice) -> _Table:
    """Return the voice's table; ConfigError where it is not there, or asks for what is not here."""
    model = Path(voice.model)
    path = model.with_name(f"{model.name}.json")
    fetch = "podcast voices add fetches voices of Piper's list"
    if not voice.model or not model.is_file():
        raise ConfigError(f"the voice {voice.name} names the model {voice.model!r}, which is not there", fetch)
    if not path.is_file():
        raise ConfigError(f"{path} is not there: a Piper voice is two files", fetch)
    return _read(path)


@functools.cache
def _read(path: Path) -> _Table:
    try:
        table = _Table(path.with_suffix(""), json.loads(path.read_bytes()))
        kind = table.settings.get("phoneme_type", "espeak")
        _ = table.rate, table.settings["phoneme_id_map"]["^"], table.settings["inference"]["length_scale"]
        if kind == "espeak":
            _ = table.settings["espeak"]["voice"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is not the table of a Piper voice: {error}", "fetch it again, with its model"
        ) from error
    if kind not in ("espeak", "text"):
        raise ConfigError(f"{path} reads {kind!r}, for which there is no reader here", "take a voice that reads espeak")
    return table


def _say(table: _Table, ids: Sequence[Sequence[int]], speaker: int, settings: dict[str, float], seed: int) -> Waveform:
    own, pitch = table.settings["inference"], settings.get("pitch", 1.0)
    variation, rhythm = settings.get("variation", own["noise_scale"]), settings.get("rhythm", own["noise_w"])
    length = own["length_scale"] * pitch / settings.get("pace", 1.0)
    scales = np.array([variation, length, rhythm], np.float32)  # in this order
    if variation == rhythm == 0:
        said = _run(_steady(table.model), ids, scales, speaker)
    else:
        with _SEED:
            said = _run(_seeded(table.model, seed), ids, scales, speaker)
    gap = np.zeros(round(_GAP * pitch * table.rate), np.float32)
    samples = onnx.joined([part for each in said for part in (each, gap)][:-1])
    # what was said faster is played slower: as long as it should be, and lower
    return audio.resample(Waveform(samples, round(table.rate * pitch)), table.rate)


def _seeded(model: Path, seed: int) -> Any:
    import onnxruntime

    onnxruntime.set_seed(seed % 2**31)
    return onnx.session(model)


@functools.cache
def _steady(model: Path) -> Any:
    return onnx.session(model)


def _run(session: Any, ids: Sequence[Sequence[int]], scales: Samples, speaker: int) -> list[Samples]:
    wants = {each.name for each in session.get_inputs()}
    said = []
    for sentence in ids:
        given = {
            "input": np.array([sentence], np.int64),
            "input_lengths": np.array([len(sentence)], np.int64),
            "scales": scales,
            "sid": np.array([speaker], np.int64),
        }
        said.append(session.run(None, {name: value for name, value in given.items() if name in wants})[0].reshape(-1))
    return said
