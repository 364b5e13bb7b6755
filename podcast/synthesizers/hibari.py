"""hibari: a small neural voice whose weights lie inside its package. Nothing is fetched, and no GPL code takes part.

The package has names for voices that it would fetch from a hub. None of them is ever passed on: it is given the path of
the model that came with it, whose hash is checked before it is loaded.
"""

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from podcast.show import packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError, as_typed
from podcast.show.schema import Voice
from podcast.sound.audio import Samples, Waveform
from podcast.synthesizers import need_words, onnx, with_sounds
from podcast.synthesizers.lowering import Manner, Spoken, moved

if TYPE_CHECKING:
    import hibari

VERSION = "0.2.1"
MODEL_SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
"""Of hibari.onnx in hibari-tts 0.2.1, the release that was measured (docs/bench.md)."""
INSTALL = packaged.pip(f"hibari-tts=={VERSION}")

_BOUNDS = {"pace": (0.5, 2.0), "pitch": (0.4, 2.0), "tract": (0.7, 1.3), "range": (0.0, 2.0), "rhythm": (0.0, 0.5)}


class Hibari:
    """Speaks English in the voice "heart" of hibari-tts, as it is or moved (`podcast.synthesizers.lowering`).

    Settings, all 1.0 but `rhythm`, 0.0: `pace`, `pitch`, `tract`, `range`, `rhythm`. One model serves all threads.
    """

    version = "1-" + VERSION
    side_by_side = True
    alphabet = "misaki"

    @staticmethod
    def missing() -> MissingDependency | None:
        package = onnx.absent("hibari")
        return MissingDependency(f"hibari needs the package {package!r}", INSTALL) if package else None

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError for a voice that the package does not hold, and for a setting that is no manner of it."""
        if voice.speaker not in (None, "heart"):
            raise ConfigError(
                f"the voice {voice.name} names hibari's speaker {voice.speaker!r}, which its package does not hold",
                'speaker is "heart"; other voices are made of it by pitch, tract, range, rhythm and pace',
            )
        _manner(voice)

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        for text in texts:
            need_words(text)
        self.check(voice)
        manner, pace = _manner(voice)
        model = load()
        for text, seed in zip(texts, seeds, strict=True):
            yield Waveform(_say(model, phonemes(text, voice), manner, pace, seed), model.sample_rate)


@functools.cache
def load() -> "hibari.Hibari":
    """Return the package's model, loaded once a process; ConfigError where it is not the one that was measured."""
    import hibari

    model = Path(hibari.__file__).parent / "assets" / "hibari.onnx"
    found = onnx.sha256([model.read_bytes()])
    if found != MODEL_SHA256:
        raise ConfigError(
            f"{model} is not the model of hibari-tts {VERSION}: its SHA-256 is {found}", f"{INSTALL} --force-reinstall"
        )
    return hibari.Hibari("heart", model=str(model))


def phonemes(text: str, voice: Voice) -> Sequence[str]:
    """Return the text in misaki's American phonemes, a string for each sentence.

    SynthesisError where there are none: a text in another script, which hibari would pass over in silence.
    """
    found: list[str] = load().phonemize(with_sounds(text, voice, "[{}](/{}/)".format))
    if not any(sign.isalpha() for part in found for sign in part):
        raise SynthesisError(
            f"hibari has no sound for {as_typed(text)}", "give the line English words, or another voice"
        )
    return found


def _say(model: "hibari.Hibari", parts: Sequence[str], manner: Manner, pace: float, seed: int) -> Samples:
    from hibari import dsp

    chance = np.random.default_rng(seed)
    said = []
    for part in parts:
        given = {"ids": np.array([model.ids(part)], np.int64), "speed": np.array([pace], np.float32)}
        frames = moved(Spoken(*(each[0] for each in model.sess.run(None, given))), manner)
        said.append(dsp.synth(*(np.ascontiguousarray(each) for each in frames), chance))
    return onnx.joined(said)


def _manner(voice: Voice) -> tuple[Manner, float]:
    settings = onnx.numbers(voice, _BOUNDS)
    pace = settings.pop("pace", 1.0)
    return Manner(**settings), pace
