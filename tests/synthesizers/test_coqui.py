"""Coqui's models, truly loaded: a VITS of random weights for what must be exact, a small trained voice for the ear."""

import builtins
import os
import shutil
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from conftest import SMALL_VOICE, TESTS, folder_of, load, small_voice, tree
from conftest import make as make_show
from hearing import PLAIN, word_error
from voices.make_vits import make

from podcast import pipeline, speech
from podcast.recording import casting, ordering
from podcast.show import config, packaged
from podcast.show.errors import ConfigError, MissingDependency, PodcastError, SynthesisError
from podcast.show.schema import Voice
from podcast.show.settings import Host
from podcast.sound import audio
from podcast.synthesizers import coqui, vits
from podcast.synthesizers.coqui import Coqui

pytestmark = pytest.mark.long
installed = pytest.mark.skipif(find_spec("TTS") is None, reason=f"coqui-tts is not installed: {coqui.INSTALL}")

LINES = ["A plain sentence, with an end.", "No.", "A third: rather longer than the others are, it goes on and on."]
XTTS = Voice(
    name="mine", synthesizer="coqui", model="tts_models/multilingual/multi-dataset/xtts_v2", speaker="x", licence="CPML"
)


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A VITS of two speakers, p0 and p1, made once for all tests."""
    return make(tmp_path_factory.mktemp("vits"))


def say(voice: Voice, *texts: str, seed: int = 1, batches: bool | None = None) -> list[np.ndarray]:
    sounds = Coqui(batches).synthesize(texts, voice, [seed + index for index in range(len(texts))])
    return [sound.samples for sound in sounds]


def close(one: np.ndarray, two: np.ndarray, tolerance: float = 1e-5) -> bool:
    """Whether both are of one length and differ by no more than that share of the peak."""
    return len(one) == len(two) and float(np.abs(one - two).max()) <= tolerance * float(np.abs(one).max())


# --- VITS ---


@installed
@pytest.mark.parametrize("noise", [{}, {"variation": 0.0, "rhythm": 0.0}], ids=["noise", "still"])
def test_a_batch_is_its_lines_alone(checkpoint: Path, noise: dict[str, float]) -> None:
    """Each line of a batch sounds as it does alone, whoever shares the batch, with noise and without."""
    voice = small_voice("p0", checkpoint, **noise)
    alone = say(voice, *LINES, batches=False)
    assert all(map(close, alone, say(voice, *LINES, batches=True)))
    (other,) = list(Coqui(batches=True).synthesize(LINES[2:], voice, [3]))
    assert close(alone[2], other.samples)


@installed
def test_without_noise_it_is_what_coqui_says(checkpoint: Path) -> None:
    """Coqui's own inference gives the same samples, up to the last frames, which it spoils."""
    import torch

    voice = small_voice("p1", checkpoint, variation=0.0, rhythm=0.0)
    model = coqui._load(voice.model, False).model
    kept = model.inference_noise_scale, model.inference_noise_scale_dp
    model.inference_noise_scale = model.inference_noise_scale_dp = 0
    try:
        for text, ours in zip(LINES, say(voice, *LINES, batches=True), strict=True):
            symbols = torch.tensor([model.tokenizer.text_to_ids(text)])
            said = {"x_lengths": torch.tensor([symbols.shape[1]]), "speaker_ids": torch.tensor([1])}
            theirs = model.inference(symbols, {**said, "d_vectors": None, "language_ids": None})
            theirs = theirs["model_outputs"][0, 0].numpy()
            assert len(theirs) == len(ours)
            until = len(ours) - 13 * 256
            assert until < 0 or np.abs(theirs[:until] - ours[:until]).max() < 1e-5 * np.abs(ours).max()
    finally:
        model.inference_noise_scale, model.inference_noise_scale_dp = kept


@installed
def test_the_seed_is_the_sound(checkpoint: Path) -> None:
    """One seed is one sound, whatever was drawn before; another is another; a larger pace is shorter."""
    import torch

    voice = small_voice("p0", checkpoint)
    (one,) = say(voice, LINES[0])
    torch.rand(100)
    (again,) = say(voice, LINES[0])
    (other,) = say(voice, LINES[0], seed=2)
    (faster,) = say(small_voice("p0", checkpoint, pace=1.5), LINES[0])
    assert np.array_equal(one, again)
    assert not close(one, other, 0.1)
    assert 0.55 < len(faster) / len(one) < 0.8


@installed
def test_the_sound_is_as_the_model_made_it(checkpoint: Path) -> None:
    """Whole frames of float32, sounding to the end: no zeros behind, no level evened out."""
    for sound in say(small_voice("p0", checkpoint), *LINES):
        assert sound.dtype == np.float32
        assert len(sound) % 256 == 0
        assert np.abs(sound[-256:]).max() > 1e-3
        assert np.abs(sound).max() < 0.9


@installed
def test_batches_hold_lines_of_like_length() -> None:
    """Every line is in one batch, batches are sorted by length, and none is larger than the memory it may take."""
    sizes = [1 + (index * 7919) % 1500 for index in range(100)]
    parts = [vits.Part(range(size), 0, 0) for size in sizes]  # type: ignore[arg-type]
    batches = list(coqui._batched(parts))
    assert sorted(index for batch in batches for index in batch) == list(range(100))
    assert all(len(batch) == 1 or len(batch) * max(sizes[index] for index in batch) <= 8_000 for batch in batches)
    longest = [sizes[batch[-1]] for batch in batches]
    assert all(one <= two for one, two in pairwise(longest))
    assert len(batches) < 30


@installed
def test_a_phoneme_model_speaks_by_espeak(tmp_path: Path) -> None:
    """A model that reads phonemes has them from espeak-ng; without the program it says how to install it."""
    voice = small_voice("p0", make(tmp_path, phonemes=True))
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng is not installed: sudo apt install espeak-ng")
    (sound,) = say(voice, "Phonemes.")
    assert len(sound) > 1000


@installed
def test_a_missing_espeak_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without espeak-ng, a model that reads phonemes says so before it is loaded."""
    voice = small_voice("p0", make(tmp_path, phonemes=True))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingDependency, match="espeak-ng") as caught:
        Coqui().check(voice)
    assert caught.value.hint == "sudo apt install espeak-ng"


# --- any model ---


@installed
def test_a_model_is_loaded_once(checkpoint: Path) -> None:
    """Two engines, and two voices of one model, share what is in memory."""
    before = coqui._load.cache_info().misses
    say(small_voice("p0", checkpoint), "No.")
    loaded = coqui._load.cache_info().misses
    say(small_voice("p1", checkpoint), "No.")
    assert coqui._load.cache_info().misses == loaded <= before + 1


@installed
@pytest.mark.soak
@pytest.mark.parametrize("where", ["folder", "checkpoint"])
def test_a_model_is_a_checkpoint_or_its_folder(where: str) -> None:
    """`model` may be the .pth or the folder that it lies in: the same sound."""
    model = SMALL_VOICE if where == "folder" else SMALL_VOICE / "model.pth"
    (sound,) = say(small_voice("slt", model), "Yes, it is.")
    (known,) = say(small_voice("slt"), "Yes, it is.")
    assert np.array_equal(sound, known)


@installed
@pytest.mark.parametrize(
    ("speaker", "told"), [("sly", "no speaker 'sly'; did you mean 'slt'"), (None, "no speaker None")]
)
def test_a_speaker_that_the_model_has_not_is_said(speaker: str | None, told: str) -> None:
    """A wrong speaker, and none where there are several, is named with those there are."""
    voice = small_voice("slt").model_copy(update={"speaker": speaker})
    with pytest.raises(ConfigError, match=told) as caught:
        say(voice, "No.")
    assert caught.value.hint == "speaker is one of slt, rms"


@installed
def test_a_text_that_the_model_cannot_read_is_refused() -> None:
    """Letters that the model has no signs for are an error, not a noise."""
    with pytest.raises(SynthesisError, match="knows no letter"):
        say(small_voice("slt"), "你好。")


# --- what is missing ---


def test_the_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without coqui-tts the engine says what to type."""
    monkeypatch.setattr(coqui.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingDependency, match="'TTS'") as caught:
        casting.engine("coqui")
    assert packaged.install("coqui") in caught.value.hint


@installed
@pytest.mark.parametrize(
    ("model", "error", "told", "hint"),
    [
        ("tts_models/en/vctk/vitz", ConfigError, "registry has not", "tts_models/en/vctk/vits"),
        ("nothing/model.pth", ConfigError, "is not there", "a folder in voices/"),
        ("/nowhere", ConfigError, "is not there", "a folder in voices/"),
        (str(TESTS), ConfigError, "no config.json", "config.json"),
    ],
)
def test_a_model_that_is_not_there_is_said(model: str, error: type[PodcastError], told: str, hint: str) -> None:
    """A wrong name or path is named, with what would be right."""
    with pytest.raises(error, match=told) as caught:
        Coqui().check(small_voice("p0").model_copy(update={"model": model}))
    assert hint in caught.value.hint


@installed
def test_a_model_that_cannot_be_fetched_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network, a model of the registry is missing, and the command that fetches it is given."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody listens there
    voice = config.read_voices(packaged.voices())["coqui-a"]
    with pytest.raises(
        MissingDependency, match=r"could not be fetched: [a-z.]+ cannot be reached by way of the proxy$"
    ) as caught:
        say(voice, "No.")
    assert "tts --model_name tts_models/en/vctk/vits" in caught.value.hint


@installed
def test_half_a_model_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a fetch left that broke off is named, with how to be rid of it."""
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    half = tmp_path / "tts" / "tts_models--en--vctk--vits"
    half.mkdir(parents=True)
    with pytest.raises(MissingDependency, match="could not be fetched") as caught:
        say(config.read_voices(packaged.voices())["coqui-a"], "No.")
    assert caught.value.hint.startswith(f"rm -r '{half}'; then, ")


@installed
def test_auto_fetches_nothing_and_takes_what_is_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ "auto" passes Coqui over while its model is not on the machine, and picks it when it is: loaded by its name."""
    voices, hosts = config.read_voices(packaged.voices()), config.Config().hosts
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    without = casting.cast(hosts, voices, "auto", [packaged.voices()])
    assert {actor.voice.synthesizer for actor in without.values()} != {"coqui"}
    make(tmp_path / "tts" / "tts_models--en--vctk--vits", speakers=("p335", "p307"))
    cast = casting.cast(hosts, voices, "auto", [packaged.voices()])
    assert [actor.voice.name for actor in cast.values()] == ["coqui-a", "coqui-b"]
    one, two = (say(actor.voice, "No.")[0] for actor in cast.values())
    assert len(one) != len(two) or not close(one, two, 0.01)


# --- licences ---


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can be asked."""

    def nobody(*_: object) -> str:
        raise AssertionError("somebody was asked")

    monkeypatch.setattr(builtins, "input", nobody)
    monkeypatch.delenv("COQUI_TOS_AGREED", raising=False)


@installed
@pytest.mark.parametrize(
    ("change", "told", "hint"),
    [
        ({}, "non-commercial use only", 'settings = { accept_licence = "CPML" }'),
        ({"settings": {"accept_licence": True}}, "non-commercial use only", "accept_licence"),
        ({"settings": {"accept_licence": "CPML"}}, "gives its licence as 'CPML'", '"LicenseRef-CPML-NonCommercial"'),
    ],
    ids=["nothing", "yes", "unsaid"],
)
@pytest.mark.usefixtures("silent")
def test_xtts_needs_a_licence_accepted_and_recorded(change: dict[str, object], told: str, hint: str) -> None:
    """XTTS speaks only for a voice whose file accepts the CPML and calls itself non-commercial."""
    with pytest.raises(ConfigError, match=told) as caught:
        list(Coqui().synthesize(["A line."], XTTS.model_copy(update=change), [1]))
    assert hint in caught.value.hint
    assert "COQUI_TOS_AGREED" not in os.environ


ACCEPTED = {"settings": {"accept_licence": "CPML"}, "licence": "LicenseRef-CPML-NonCommercial"}


@installed
@pytest.mark.usefixtures("silent")
def test_an_accepted_licence_is_told_to_coqui_for_as_long_as_it_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the licence accepted, Coqui's loader goes on to fetch, and no variable is left behind."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(MissingDependency, match="could not be fetched"):
        list(Coqui().synthesize(["A line."], XTTS.model_copy(update=ACCEPTED), [1]))
    assert "COQUI_TOS_AGREED" not in os.environ


@installed
def test_a_local_xtts_is_under_the_same_licence(tmp_path: Path) -> None:
    """A folder with an XTTS in it needs the licence as the registry's does."""
    (tmp_path / "config.json").write_text('{"model": "xtts"}')
    with pytest.raises(ConfigError, match="non-commercial use only"):
        Coqui().check(XTTS.model_copy(update={"model": str(tmp_path)}))
    Coqui().check(XTTS.model_copy(update={"model": str(tmp_path), **ACCEPTED}))


@installed
def test_a_noncommercial_model_must_be_called_so() -> None:
    """A voice of a model that the registry calls non-commercial says so itself, or is refused."""
    voice = small_voice("p225").model_copy(update={"model": "tts_models/en/vctk/fast_pitch"})
    with pytest.raises(ConfigError, match="its model's is CC BY-NC-ND"):
        Coqui().check(voice)
    Coqui().check(voice.model_copy(update={"licence": "CC-BY-NC-ND-4.0"}))


# --- in a show ---


def install(show: Path) -> None:
    """Put the small voice into the show, as coqui-a and coqui-b."""
    shutil.copytree(SMALL_VOICE, show / "voices" / "small")
    for name, speaker in (("coqui-a", "slt"), ("coqui-b", "rms")):
        (show / "voices" / f"{name}.toml").write_text(
            f'synthesizer = "coqui"\nmodel = "small/model.pth"\nspeaker = "{speaker}"\nlicence = "CC0-1.0"\n'
        )


@installed
def test_a_take_is_named_by_the_models_bytes(show: Path, tmp_path: Path) -> None:
    """Keys are the same wherever the show lies, and others when the checkpoint is another."""
    install(show)
    moved = Path(shutil.copytree(show, tmp_path / "moved"))
    retrained = Path(shutil.copytree(show, tmp_path / "retrained"))
    with (retrained / "voices" / "small" / "model.pth").open("ab") as file:
        file.write(b"more")

    def key(root: Path) -> str:
        folders = (packaged.voices(), root / "voices")
        host = Host(key="A", name="Ada", voice="coqui-a")
        cast = casting.cast([host], config.read_voices(*folders), "auto", folders)
        line = {"host": "A", "text": "One line.", "chapter": "x"}
        script = pipeline.Script.model_validate({"title": "t", "description": "d", "lines": [line]})
        return ordering.orders(script, cast, speech.Lexicon({}))[0].key

    assert key(show) == key(moved) != key(retrained)


@installed
@pytest.mark.soak
@pytest.mark.parametrize("speaker", ["slt", "rms"])
def test_the_small_voice_is_understood(speaker: str) -> None:
    """A recognizer hears most words of 22 plain lines, in either voice."""
    sounds = Coqui().synthesize(PLAIN, small_voice(speaker), range(1, len(PLAIN) + 1))
    assert word_error(zip(PLAIN, sounds, strict=True)) < 0.40


@installed
def test_an_episode_is_spoken_and_understood(show: Path) -> None:
    """`make` with Coqui's voices gives a whole episode, of which a recognizer hears more right than wrong."""
    install(show)
    (show / "podcast.toml").write_text('[show]\ntitle = "Test Show"\n[writer]\nminutes = 0.7\n')
    options = ("--top", "1", "--voice", "A=coqui-a", "--voice", "B=coqui-b")
    assert make_show(show, *options) == 0
    folder = folder_of(show, "2403.00002")
    episode = load(folder / "episode.json")
    assert episode["made_with"]["voice A"] == "coqui-a by coqui, CC0-1.0"
    lexicon = speech.Lexicon.load(packaged.voices() / "lexicon.tsv")
    for host in ("Ada", "Ben"):
        cues = [cue for cue in episode["cues"] if cue["host"] == host][:5]
        takes = [audio.read(folder / "takes" / f"{cue['take']}.flac") for cue in cues]
        assert word_error(zip((speech.say(cue["text"], lexicon) for cue in cues), takes, strict=True)) < 0.65
    before = tree(show)
    assert make_show(show, *options) == 0
    assert tree(show) == before
