"""Perth, Resemble AI's watermark, by the weights in their package resemble-perth (MIT), and without the 5 GB of torch.

A network reads the spectrogram up to 2 kHz in decibels and says by how much to raise or lower each of its bins; another
hears whether that was done. Ours computes what theirs does, in double precision: so a take has the same bytes whatever
the threads of the machine do, which theirs in single precision has not. What is added is found at their 32 kHz and put
onto the samples as they are: length, rate and all above 2 kHz stay. tests/sound/test_watermarks.py holds it to theirs.
"""

import collections
import functools
import hashlib
import io
import math
import pickle
import zipfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from podcast.show import packaged
from podcast.show.errors import ConfigError, MissingDependency
from podcast.sound.audio import Waveform

Array = NDArray[np.float64]

SHA256 = "a15bce457ebc53ce5e6c9c3f11df78cf7ee2bf9cdab0a798902135b4c4027670"
"""Of the weights that were measured, those of resemble-perth 1.0.1."""

_WEIGHTS = ("perth_net", "pretrained", "implicit", "perth_net_250000.pth.tar")
# hparams.yaml beside them, and perth_net_implicit/utils.py
_RATE, _SIZE, _HOP = 32_000, 2048, 320
_BINS = 128
"""Of the spectrum, from 0 Hz on: those up to max_wmark_freq."""
_FLOOR_DB, _SPAN_DB = -180.0, 195.0
"""What 0 and 1 stand for: stft_magnitude_min, and 15 dB of headroom over 0 dB."""
_QUIET = 0.05
"""Part of the loudest frame's sum under which a frame neither gets a mark nor is heard for one."""
_LEAK = 0.01
"""The slope of torch's LeakyReLU under 0."""
_SPEEDS = {"slow": 1.25, "normal": 1.0, "fast": 0.75}
_WINDOW = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_SIZE) / _SIZE)


class Perth:
    """Marks and hears as `perth.PerthImplicitWatermarker` does."""

    version = "1.0.1"

    def __init__(self) -> None:
        """Raise MissingDependency without the package."""
        if find_spec("perth") is None:
            raise MissingDependency(
                "[marks] watermark is perth, and resemble-perth is not installed", packaged.install("watermark")
            )

    def mark(self, sound: Waveform) -> Waveform:
        """Return the sound with the mark. Raises ConfigError where the package holds other weights."""
        added = _resampled(_added(_spectrum(_heard(sound)), _weights()), _RATE, sound.sample_rate)
        return Waveform((sound.samples + _as_long(added, len(sound.samples))).astype(np.float32), sound.sample_rate)

    def confidence(self, sound: Waveform) -> float:
        """Return how sure the detector is that the sound has the mark, from 0 to 1; NaN for silence."""
        magnitudes = _magnitudes(_spectrum(_heard(sound)))
        loud = _loud(magnitudes)
        if not loud.any():
            return math.nan
        told = np.array([_listened(magnitudes[:_BINS], loud, *speed, _weights()) for speed in _SPEEDS.items()])
        weight = np.exp(told[:, 0] - told[:, 0].max())
        return float(np.clip(told[:, 1] @ weight / weight.sum(), 0, 1))


def _heard(sound: Waveform) -> Array:
    """Return the sound at the network's rate, long enough for one frame."""
    samples = _resampled(sound.samples.astype(np.float64), sound.sample_rate, _RATE)
    return _as_long(samples, max(len(samples), _SIZE))


def _resampled(samples: Array, rate: int, wanted: int) -> Array:
    return samples if rate == wanted else np.asarray(soxr.resample(samples, rate, wanted), dtype=np.float64)


def _as_long(samples: Array, count: int) -> Array:
    return np.pad(samples[:count], (0, max(0, count - len(samples))))


def _spectrum(samples: Array) -> NDArray[np.complex128]:
    """Return the spectrum, shape (bins, frames), a frame around each 320th sample, as torch.stft centres them."""
    padded = np.pad(samples, _SIZE // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _SIZE)[::_HOP]
    return np.asarray(np.fft.rfft(frames * _WINDOW, axis=1).T)


def _magnitudes(spectrum: NDArray[np.complex128]) -> Array:
    floor = 10 ** (_FLOOR_DB / 20)
    return np.asarray((20 * np.log10(np.maximum(np.abs(spectrum), floor)) - _FLOOR_DB) / _SPAN_DB)


def _loud(magnitudes: Array) -> Array:
    sums = magnitudes.sum(axis=0)
    return np.asarray(sums > sums.max() * _QUIET, dtype=np.float64)


def _added(spectrum: NDArray[np.complex128], weights: Mapping[str, Array]) -> Array:
    """Return what the mark adds to the samples of that spectrum: each frame's bins keep their phase."""
    magnitudes = _magnitudes(spectrum)
    change = _through("encoder.layers", magnitudes[:_BINS], weights) * _loud(magnitudes)
    added = np.zeros_like(spectrum)
    added[:_BINS] = spectrum[:_BINS] * (10 ** (change * _SPAN_DB / 20) - 1)
    frames = np.fft.irfft(added.T, _SIZE, axis=1) * _WINDOW
    whole = np.zeros(_SIZE + _HOP * (len(frames) - 1))
    weight = np.zeros_like(whole)
    for at, frame in enumerate(frames):
        place = slice(at * _HOP, at * _HOP + _SIZE)
        whole[place] += frame
        weight[place] += _WINDOW**2
    inner = slice(_SIZE // 2, len(whole))
    return np.asarray(whole[inner] / np.maximum(weight[inner], 1e-3))


def _listened(bins: Array, loud: Array, name: str, speed: float, weights: Mapping[str, Array]) -> Array:
    """Return the detector's attention and answer for the sound as if it were played so much slower."""
    count = bins.shape[1]
    wanted = int(count * speed)
    at = np.linspace(0, count - 1, wanted)
    before = np.floor(at).astype(int)
    share = at - before
    stretched = bins[:, before] * (1 - share) + bins[:, np.minimum(before + 1, count - 1)] * share
    counted = loud[np.minimum((np.arange(wanted) * (count / wanted)).astype(int), count - 1)]
    told = _through(f"decoder.{name}_layers", stretched, weights) * counted
    return np.asarray(told.sum(axis=1) / max(counted.sum(), 1))


def _through(network: str, values: Array, weights: Mapping[str, Array]) -> Array:
    """Return what seven convolutions along time make of the values, shape (channels, frames)."""
    last = 6
    for layer in range(last + 1):
        kernel, bias = (weights[f"{network}.{layer}.conv.{name}"] for name in ("weight", "bias"))
        width, count = kernel.shape[2], values.shape[1]
        padded = np.pad(values, ((0, 0), (width // 2, width // 2)))
        values = bias[:, None] + sum(kernel[:, :, at] @ padded[:, at : at + count] for at in range(width))
        if layer < last:
            values = np.where(values > 0, values, _LEAK * values)
    return values


@functools.cache
def _weights() -> Mapping[str, Array]:
    """Return the networks' weights by their names in torch. Raises ConfigError where they are not those measured."""
    spec = find_spec("perth")
    path = Path(str(spec and spec.origin)).parent.joinpath(*_WEIGHTS)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", packaged.install("watermark")) from error
    if (found := hashlib.sha256(data).hexdigest()) != SHA256:
        raise ConfigError(
            f"resemble-perth holds other weights: their SHA-256 is {found}", packaged.install("watermark")
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = _Tensors(archive).load()
    return {name: np.ascontiguousarray(each, dtype=np.float64) for name, each in kept["model"].items()}


class _Tensors(pickle.Unpickler):
    """Reads a checkpoint of torch's whose tensors are single floats, and makes nothing else of it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        super().__init__(io.BytesIO(archive.read("archive/data.pkl")))
        self._archive = archive

    def find_class(self, module: str, name: str) -> Any:
        known = {
            "collections.OrderedDict": collections.OrderedDict,
            "torch.FloatStorage": None,
            "torch._utils._rebuild_tensor_v2": _tensor,
        }
        try:
            return known[f"{module}.{name}"]
        except KeyError as error:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of weights") from error

    def persistent_load(self, pid: Any) -> NDArray[np.float32]:
        return np.frombuffer(self._archive.read(f"archive/data/{pid[2]}"), dtype="<f4")


def _tensor(stored: NDArray[np.float32], offset: int, shape: tuple[int, ...], *_: object) -> NDArray[np.float32]:
    return stored[offset : offset + math.prod(shape)].reshape(shape)
