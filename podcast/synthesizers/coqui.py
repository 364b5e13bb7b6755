"""Coqui's models, by the package coqui-tts: VITS with many speakers by default, XTTS, or any model of its registry.

The model is called directly, and not through `TTS.tts()`, which adds 0.4 s of zeros to every sentence, cuts a line at
its first long pause, returns lists of floats, and keeps no seed. Trimming, pauses and loudness are the studio's.
"""

import ctypes
import difflib
import functools
import importlib.util
import logging
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from podcast.show import packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError, as_typed
from podcast.show.schema import Voice
from podcast.sound.audio import Samples, Waveform
from podcast.synthesizers import coqui_models, need_words, vits

log = logging.getLogger(__name__)

INSTALL = f"{packaged.install('coqui')} (5 GB)"

_WINDOW = 64
"""Lines that are sorted by length and spoken in batches before the first of them is handed on."""
_MOST_SYMBOLS = 8_000
"""Padded symbols of a batch: some five minutes of speech, about 4 GB while the default model decodes them."""
_MOST_LINES = 32

_PEAK = 0.95
"""What a model speaks louder than full scale is brought down to: cut off, it would be heard."""


class Coqui:
    """Speaks with a Coqui model: `model` is a name of its registry, a checkpoint's .pth, or its folder.

    Settings: `pace` (1.0 is the model's own) and, for VITS, `variation` and `rhythm`; `accept_licence` = "CPML" for
    models that may only be used so. A model by name is fetched when it is first spoken with.
    """

    version = "1"
    silent = frozenset({"accept_licence"})
    joins_short_lines = True
    """VITS mangles the first sound of a word that stands alone (coqui-ai/TTS, issue 2578)."""

    def __init__(self, batches: bool | None = None) -> None:
        self._batches = batches
        """Whether VITS speaks many lines at once; None: where there is a CUDA device. On a CPU it is no faster."""

    @staticmethod
    def missing() -> MissingDependency | None:
        for package in ("TTS", "torch", "torchaudio"):
            if importlib.util.find_spec(package) is None:
                return MissingDependency(f"coqui needs the package {package!r}, which is not installed", INSTALL)
        return None

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError or MissingDependency where the voice cannot be spoken here; load and fetch nothing.

        Without `fetch`, a model that is not on this machine yet is missing.
        """
        coqui_models.check(voice, fetch)

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
        self.check(voice)
        loaded = _load(voice.model, accepted=coqui_models.accepted(voice))
        speak = self._speak_vits if vits.fits(loaded.model) and voice.speaker_wav is None else _speak_any
        for samples in speak(loaded, texts, voice, seeds):
            yield Waveform(samples, loaded.sample_rate)

    def _speak_vits(
        self, loaded: "_Loaded", texts: Sequence[str], voice: Voice, seeds: Sequence[int]
    ) -> Iterator[Samples]:
        speaker = loaded.speaker(voice)
        number = loaded.model.speaker_manager.name_to_id[speaker] if speaker is not None else None
        parts = [vits.Part(loaded.symbols(text, voice), number, seed) for text, seed in zip(texts, seeds, strict=True)]
        settings = voice.settings
        manner = vits.Manner(
            variation=float(settings.get("variation", loaded.model.inference_noise_scale)),
            rhythm=float(settings.get("rhythm", loaded.model.inference_noise_scale_dp)),
            pace=float(settings.get("pace", 1.0)),
        )
        batches = self._batches if self._batches is not None else _device() == "cuda"
        for start in range(0, len(parts), _WINDOW):
            window = parts[start : start + _WINDOW]
            said: dict[int, Samples] = {}
            for batch in _batched(window) if batches else ([index] for index in range(len(window))):
                said |= zip(batch, vits.speak(loaded.model, [window[i] for i in batch], manner), strict=True)
                if not batches:
                    yield said.pop(batch[0])
            yield from (said[index] for index in sorted(said))


def _batched(parts: Sequence[vits.Part]) -> Iterator[list[int]]:
    """Yield the parts' indices, those of like length together, within `_MOST_LINES` and `_MOST_SYMBOLS`."""
    batch: list[int] = []
    for index in sorted(range(len(parts)), key=lambda each: len(parts[each].symbols)):
        if batch and (len(batch) == _MOST_LINES or (len(batch) + 1) * len(parts[index].symbols) > _MOST_SYMBOLS):
            yield batch
            batch = []
        batch.append(index)
    yield batch


_TURN = threading.Lock()
"""Held for a line: the generators of torch and numpy, from which its chance is drawn, are those of all threads."""


def _speak_any(loaded: "_Loaded", texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Samples]:
    """Yield each text's sound, one by one, by the model's own `synthesize`."""
    import torch

    speaker = loaded.speaker(voice) if voice.speaker_wav is None else None
    # XTTS truncates what is longer than some 250 letters, unless it may part it
    more = {"enable_text_splitting": True} if loaded.config["model"] == "xtts" else {}
    for text, seed in zip(texts, seeds, strict=True):
        loaded.symbols(text, voice)
        with _TURN:
            torch.manual_seed(seed)
            np.random.seed(seed)  # Griffin-Lim begins with phases out of numpy's global generator
            spoken = loaded.model.synthesize(
                text,
                speaker=speaker,
                speaker_wav=voice.speaker_wav,
                language=loaded.language(voice),
                use_griffin_lim=loaded.vocode is None,
                **more,
            )
            sound = spoken["wav"] if loaded.vocode is None else loaded.vocode(spoken["outputs"]["model_outputs"][0])
            sound = sound.detach().cpu().numpy() if isinstance(sound, torch.Tensor) else sound
            samples = np.asarray(sound, dtype=np.float32).squeeze()
        yield samples / max(1.0, float(np.abs(samples).max(initial=0.0)) / _PEAK)


@dataclass(frozen=True)
class _Loaded:
    """A model in memory."""

    name: str
    model: Any
    config: Any
    vocode: Any
    """From the model's spectrum to sound; None where the model makes sound, or leaves it to Griffin-Lim."""
    sample_rate: int

    def language(self, voice: Voice) -> str | None:
        """Return the voice's language where the model has several, else its own; None where it names none."""
        manager = getattr(self.model, "language_manager", None)
        names = list(manager.language_names) if manager is not None else []
        return voice.language if len(names) > 1 else next(iter(names), None)

    def speaker(self, voice: Voice) -> str | None:
        """Return the voice's speaker as the model names it, None where it has only one; ConfigError if it has not."""
        manager = getattr(self.model, "speaker_manager", None)
        names = {str(name).strip(): str(name) for name in (manager.speaker_names if manager is not None else ())}
        if len(names) < 2:
            return next(iter(names.values()), None)
        if voice.speaker is None or voice.speaker not in names:
            near = difflib.get_close_matches(voice.speaker or "", names, 1)
            raise ConfigError(
                f"the model {self.name} of the voice {voice.name} has no speaker {voice.speaker!r}"
                + (f"; did you mean {near[0]!r}?" if near else ""),
                f"speaker is one of {', '.join(list(names)[:200])}",
            )
        return names[voice.speaker]

    def symbols(self, text: str, voice: Voice) -> list[int]:
        """Return the text as the model reads it; SynthesisError where the model has a sign for none of its letters."""
        tokenizer = self.model.tokenizer
        if not hasattr(tokenizer, "text_to_ids"):
            return []  # XTTS has a tokenizer of its own, for any text
        symbols: list[int] = tokenizer.text_to_ids(text, language=self.language(voice))
        if not any(tokenizer.characters.id_to_char(symbol).isalpha() for symbol in set(symbols)):
            raise SynthesisError(
                f"the model {self.name} knows no letter of {as_typed(text)}",
                "give the line other words, or another voice",
            )
        return symbols


@functools.cache
def _load(name: str, accepted: bool) -> _Loaded:
    """Return the model, loaded once a process, on CUDA where that is. A model by name is fetched if it must be."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its many packages are for their authors
        import torch
        from TTS.api import TTS

        logging.getLogger("TTS").setLevel(logging.CRITICAL)  # it logs, and raises what it logs
        path = Path(name)
        if path.is_absolute():
            folder = path if path.is_dir() else path.parent
            if path.is_dir() and coqui_models.config_of(path).get("model") != "xtts":  # XTTS alone reads a whole folder
                path = path / "model.pth"
            api = TTS(model_path=str(path), config_path=str(folder / "config.json"), progress_bar=False)
        else:
            with coqui_models.agreed(accepted):
                coqui_models.fetch(name)
                api = TTS(model_name=name, progress_bar=False)
        device = _device()
        synthesizer = api.synthesizer.to(device)
        model = synthesizer.tts_model.eval()
        if hasattr(model, "disc"):
            del model.disc  # only training has a use for it: half of the memory
    if device == "cpu":
        _keep_memory()
    vocode = None
    if synthesizer.vocoder_model is not None:
        vocode = functools.partial(synthesizer._run_vocoder, vocoder_device=torch.device(device))
    log.debug("%s is loaded, on %s", name, device)
    return _Loaded(name, model, synthesizer.tts_config, vocode, int(synthesizer.output_sample_rate))


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


@functools.cache
def _keep_memory() -> None:
    """Have glibc keep large blocks instead of giving them back and fetching them again: 1.06 → 0.60 CPU s a second.

    -3 is M_MMAP_THRESHOLD, -1 is M_TRIM_THRESHOLD (malloc.h).
    """
    library = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(library, "mallopt"):
        library.mallopt(-3, 1 << 30)
        library.mallopt(-1, (1 << 31) - 1)
