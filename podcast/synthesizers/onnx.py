"""What the engines share that run a network by onnxruntime."""

import hashlib
import importlib.util
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from podcast.show.errors import ConfigError
from podcast.show.schema import Voice
from podcast.show.stops import STOP, STOPS
from podcast.sound.audio import Samples

_PEAK = 0.95
"""What comes out louder than full scale is brought down to: cut off, it would be heard."""


def absent(*packages: str) -> str | None:
    """Return the first of the packages that is not installed, onnxruntime among them."""
    return next((name for name in (*packages, "onnxruntime") if importlib.util.find_spec(name) is None), None)


def session(model: Path) -> Any:
    """Return the model, ready to run on one thread: workers are processes, and share nothing.

    ConfigError where the file is no model that onnxruntime can run.
    """
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.InvalidArgument, state.NoSuchFile,
            state.NotImplemented) as error:  # fmt: skip
        raise ConfigError(f"{model} is no model that can be run: {error}", "fetch it again") from error


def sha256(data: Iterable[bytes]) -> str:
    """Return the SHA-256 of the parts, one after another."""
    found = hashlib.sha256()
    for part in data:
        found.update(part)
    return found.hexdigest()


def joined(parts: Sequence[Samples]) -> Samples:
    """Return the parts as one sound that stays within full scale."""
    samples = np.concatenate([np.asarray(part, dtype=np.float32).reshape(-1) for part in parts])
    return np.asarray(samples / max(1.0, float(np.abs(samples).max(initial=0)) / _PEAK), dtype=np.float32)


def numbers(voice: Voice, bounds: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Return the voice's settings; ConfigError for one that is not of `bounds`, or not within them."""
    for name, value in voice.settings.items():
        if name not in bounds:
            raise ConfigError(
                f"the voice {voice.name} sets {name!r}, which {voice.synthesizer} has not",
                f"it has {', '.join(bounds)}",
            )
        least, most = bounds[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise ConfigError(
                f"the voice {voice.name} sets {name} = {value!r}", f"{name} is a number from {least} to {most}"
            )
    return {name: float(value) for name, value in voice.settings.items()}


_CLAUSE = re.compile(rf"([{STOPS},;:…，；：、،؛—]+)[\"”’)]*(?=\s|$)|((?:[，；：、]|{STOP})+)")
_LATIN = str.maketrans("，。；：！？、।॥؟۔،؛", ",.;:!?,..?.,;")


def clauses(text: str) -> list[tuple[str, str]]:
    """Return the text's clauses, each with the mark that ends it, "" for none; marks inside a word end nothing."""
    found, start = [], 0
    for mark in _CLAUSE.finditer(text):
        found.append((text[start : mark.start()].strip(), mark[0].strip('"”’)').translate(_LATIN)[:1]))
        start = mark.end()
    found.append((text[start:].strip(), ""))
    return [(words, mark) for words, mark in found if any(sign.isalnum() for sign in words)]
