"""Speech servers: the real SDK over real HTTP to a server on this machine, and every way in which one can fail."""

import io
import json
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from conftest import folder_of, load, make, podcast
from services import Reply
from speech_server import SpeechServer, refusal, speaking

from podcast.show import answers
from podcast.show.errors import ConfigError, MissingDependency, PodcastError, SynthesisError
from podcast.synthesizers import openai
from podcast.synthesizers.openai import OpenAI

JSON = {"Content-Type": "application/json"}
LINES = [f"{'Word ' * count}and no more." for count in range(1, 13)]


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with speaking() as server:
        yield server


def say(server: SpeechServer, *texts: str, **settings: str | float | bool) -> list[np.ndarray]:
    sounds = OpenAI().synthesize(texts, server.voice(**settings), range(len(texts)))
    return [sound.samples for sound in sounds]


@pytest.mark.long
def test_the_order_is_the_texts_and_several_are_asked_at_once(server: SpeechServer) -> None:
    """Sounds come in the order of the texts, with as many requests at work as `concurrency` says and no more."""
    server.seconds = 0.05
    sizes = [len(sound) for sound in say(server, *LINES, concurrency=3)]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(LINES)
    assert server.most_busy == 3
    assert sorted(order["input"] for order in server.asked) == sorted(LINES)


def test_the_server_is_told_what_the_voice_says(server: SpeechServer) -> None:
    """Model, voice, text, format and instructions stand in the request, and nothing that was not asked for."""
    say(server, "One line.", instructions="Calmly.")
    say(server, "One line.", format="pcm")
    assert server.asked[0] == {
        "model": "tts-1", "voice": "nova", "input": "One line.", "response_format": "wav", "instructions": "Calmly.",
    }  # fmt: skip
    assert server.asked[1] == {"model": "tts-1", "voice": "nova", "input": "One line.", "response_format": "pcm"}


def test_wav_and_pcm_are_the_same_sound(server: SpeechServer) -> None:
    """Both formats give the samples that the server spoke."""
    (wav,), (pcm,) = say(server, "The same words."), say(server, "The same words.", format="pcm")
    assert np.array_equal(wav, pcm)


@pytest.mark.parametrize("size", [b"\xff\xff\xff\xff", b"\x00\x00\x00\x00"])
def test_a_wav_that_was_streamed_is_read_whole(server: SpeechServer, size: bytes) -> None:
    """A server that did not know the length when it began writes -1 or 0: all that came is sound."""
    (whole,) = say(server, "A streamed line.")
    file = io.BytesIO()
    soundfile.write(file, whole, 24_000, format="WAV", subtype="PCM_16")
    body = file.getvalue()
    at = body.index(b"data") + 4
    server.troubles.append(Reply(200, body[:4] + size + body[8:at] + size + body[at + 4 :]))
    (streamed,) = say(server, "A streamed line.")
    assert np.allclose(streamed, whole, atol=1e-4)


def test_the_key_of_openai_goes_nowhere_else(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another server is sent SPEECH_API_KEY, or none, and never OpenAI's, whatever a voice's file says."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    say(server, "First line.")
    monkeypatch.setenv("SPEECH_API_KEY", "other")
    say(server, "Second line.")
    assert [headers["authorization"] for headers in server.headers] == ["Bearer none", "Bearer other"]
    assert "sk-secret" not in json.dumps(server.headers)


def test_without_a_key_openai_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenAI's own voices say which variable is missing, before anything is sent."""
    with speaking() as server:
        voice = server.voice().model_copy(update={"settings": {}})
    with pytest.raises(MissingDependency, match="OPENAI_API_KEY is not set") as caught:
        OpenAI().check(voice)
    assert "export OPENAI_API_KEY" in caught.value.hint


@pytest.mark.parametrize(
    "trouble",
    [
        refusal(429, "slow down"),
        refusal(500, "oops"),
        refusal(503, "warming up"),
        Reply(200, b"RIFF" + b"x" * 60_000, {"Content-Type": "audio/wav"}, cut=True),
    ],
    ids=["429", "500", "503", "cut"],
)
def test_what_passes_is_tried_again(server: SpeechServer, trouble: Reply) -> None:
    """Overload, a failure and a connection that breaks off cost another request, and the line is said."""
    server.troubles.append(trouble)
    (sound,) = say(server, "Said at the second try.")
    assert len(sound) > 24_000
    assert len(server.asked) == 2


@pytest.mark.long
def test_the_server_says_how_long_to_wait(server: SpeechServer) -> None:
    """Retry-After is obeyed."""
    server.troubles.append(Reply(429, b"{}", {"Retry-After": "1"}))
    start = time.monotonic()
    say(server, "After a second.")
    assert 1.0 <= time.monotonic() - start < 3.0


def test_a_longer_wait_is_kept_to(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as the writer does."""
    server.troubles.append(refusal(503, "Busy", retry_after="120"))
    waited: list[float | None] = []
    monkeypatch.setattr(answers, "pause", lambda tries, wait, **_: waited.append(wait) or 0.0)
    say(server, "After two minutes.")
    assert waited == [120.0]


def test_what_to_wait_may_stand_in_words(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota for a minute, which a server tells in words alone, is waited for; the account is not empty."""
    said = refusal(429, "You exceeded your current quota. Please retry in 45.5s.")
    server.troubles.append(Reply(429, said.body))
    waited: list[float] = []
    pause = answers.pause
    monkeypatch.setattr(answers, "pause", lambda *said, **more: waited.append(pause(*said, **more)) or 0.0)
    say(server, "After a moment.")
    assert 45.5 in waited
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("troubles", "error", "told", "hint"),
    [
        ([refusal(401, "Incorrect API key")], ConfigError, "does not accept the key.*Incorrect API key", "SPEECH_API"),
        ([refusal(404, "The model `x` does not exist")], ConfigError, "no model 'tts-1'.*does not exist", "base_url"),
        ([refusal(429, "You exceeded your current quota")] * 5, ConfigError, "nothing left", "credit"),
        ([refusal(429, "Quota exceeded: RequestsPerMinute")] * 5, SynthesisError, "fewer requests", "concurrency"),
        ([refusal(429, "Rate limit reached")] * 5, SynthesisError, "fewer requests", "concurrency"),
        ([refusal(502, "Bad gateway")] * 5, SynthesisError, "failed 5 times.*Bad gateway", "later"),
        ([refusal(400, "no such voice")], ConfigError, "refuses what the voice asks for.*no such voice", "speaker"),
        ([refusal(422, "wav is not supported")], ConfigError, "refuses what the voice asks for", "format"),
        ([refusal(400, "input is too long for this voice")], SynthesisError, "refused the line", "settings"),
        ([refusal(400, "Input exceeds the model's limit of 4096 chars")], SynthesisError, "refused the line", ""),
        ([refusal(400, "The voice could not speak this text: no phonemes found")], SynthesisError, "the line", ""),
        ([refusal(400, "Failed to say the input in language en: bad sign")], SynthesisError, "the line", ""),
        (
            [Reply(422, b'{"detail": [{"loc": ["body", "voice"], "msg": "Input should be nova"}]}', JSON)],
            ConfigError,
            "refuses what the voice asks for",
            "speaker",
        ),
        ([refusal(400, "no voice 'x' for text-to-speech")], ConfigError, "refuses what the voice asks for", ""),
        ([refusal(503, "Busy", retry_after="400")], SynthesisError, "failed, and asks to wait 400 s", "later"),
        ([refusal(402, "Payment required")], ConfigError, "nothing left for this account", "credit"),
        ([refusal(405, "Method Not Allowed")], ConfigError, "has no /audio/speech", "base_url"),
        ([refusal(429, "Pay.", "insufficient_quota")], ConfigError, "nothing left", "credit"),
        ([refusal(504, "Gateway timeout")], SynthesisError, "asked once", "timeout"),
        ([Reply(200, b'{"ok": true}', {"Content-Type": "application/json"})], SynthesisError, "no sound, but", "again"),
        ([Reply(200, b"<html>hello</html>", {"Content-Type": "text/html"})], SynthesisError, "<html>", "again"),
        ([Reply(200, b"noise" * 40, {"Content-Type": "audio/wav"})], SynthesisError, "no WAV", "again"),
        ([Reply(200, b"", {"Content-Type": "audio/wav"})], SynthesisError, "0 bytes", "again"),
    ],
    ids=[
        "401",
        "404",
        "quota",
        "a minute's quota",
        "429",
        "502",
        "voice",
        "format",
        "line",
        "chars",
        "phonemes",
        "input",
        "loc",
        "text-to-speech",
        "a long wait",
        "402",
        "405",
        "quota's code",
        "504",
        "json",
        "html",
        "noise",
        "empty",
    ],
)
def test_every_failure_says_what_to_do(
    server: SpeechServer, troubles: list[Reply], error: type[PodcastError], told: str, hint: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The server's own words stand in the message, and the hint names the next step."""
    pause = answers.pause
    monkeypatch.setattr(answers, "pause", lambda *said, **more: pause(*said, **more) / 100)
    server.troubles += troubles
    with pytest.raises(error, match=told) as caught:
        say(server, "A line.")
    assert hint in caught.value.hint


def test_half_a_wav_is_no_take(server: SpeechServer) -> None:
    """A file that says it is longer than what came, in an answer that ended in order, is refused."""
    whole = server.answer(
        "/v1/audio/speech", {"model": "tts-1", "voice": "nova", "input": "A line.", "response_format": "wav"}
    )
    server.troubles.append(Reply(200, whole.body[: len(whole.body) // 2], {"Content-Type": "audio/wav"}))
    with pytest.raises(SynthesisError, match="breaks off"):
        say(server, "A line.")


def test_a_server_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong address is named, with what to look at."""
    monkeypatch.setattr(openai, "_TRIES_AGAIN", 0)
    with speaking() as server:
        voice = server.voice()
    with pytest.raises(SynthesisError, match=r"cannot be reached \(1 tries\)$") as caught:
        list(OpenAI().synthesize(["A line."], voice, [1]))
    assert f"is base_url of the voice {voice.name} right?" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"settings": {"base_url": "127.0.0.1:8880"}}, "no address"),
        ({"model": ""}, "names no model"),
        ({"speaker": None}, "names no speaker"),
        ({"settings": {"base_url": "http://127.0.0.1:1/v1", "format": "mp3"}}, "lossless"),
    ],
)
def test_a_voice_that_says_too_little_is_refused(server: SpeechServer, change: dict[str, object], told: str) -> None:
    """What the server must be told is checked before it is asked."""
    with pytest.raises(ConfigError, match=told):
        OpenAI().check(server.voice().model_copy(update=change))
    assert server.asked == []


def test_the_cost_is_the_characters_at_the_price(server: SpeechServer, caplog: pytest.LogCaptureFixture) -> None:
    """The estimate is said before the first request; a voice without a price has none."""
    assert openai.cost(["x" * 500_000] * 4, server.voice(price=15)) == pytest.approx(30.0)
    assert openai.cost(["x"], server.voice()) is None
    with caplog.at_level("INFO", "podcast"):
        say(server, "x" * 2000, price=15)
    assert "2000 characters as here: about $0.03" in caplog.text


@pytest.mark.long
def test_an_episode_is_spoken_by_a_server(show: Path, server: SpeechServer) -> None:
    """A show whose voices name a server has its takes from there, one request a line, and none the second time."""
    (show / "voices").mkdir()
    for name, speaker in (("openai-a", "nova"), ("openai-b", "onyx")):
        (show / "voices" / f"{name}.toml").write_text(
            f'synthesizer = "openai"\nmodel = "tts-1"\nspeaker = "{speaker}"\nlicence = "CC0-1.0"\n'
            f'settings = {{ base_url = "{server.base_url}", price = 15 }}\n'
        )
    settings = show / "podcast.toml"
    settings.write_text(settings.read_text().replace('"tone"', '"openai"'))
    assert make(show) == 0
    episode = load(folder_of(show, "2403.00002") / "episode.json")
    assert episode["made_with"]["voice A"] == "openai-a by openai, CC0-1.0"
    asked = len(server.asked)
    assert make(show) == 0
    assert len(server.asked) == asked


def test_what_a_server_takes_besides_is_sent(server: SpeechServer) -> None:
    """`language` and the voice's `extra` stand in the request as they are, whatever they hold."""
    voice = server.voice(language="German").model_copy(update={"extra": {"instruct": "Warmly.", "tags": ["a", 1]}})
    list(OpenAI().synthesize(["One line."], voice, [1]))
    (asked,) = server.asked
    assert asked["language"] == "German"
    assert asked["instruct"] == "Warmly."
    assert asked["tags"] == ["a", 1]  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"extra": {"input": "Another text."}}, "has a name of its own"),
        ({"settings": {"timeout": "soon"}}, "timeout 'soon'"),
        ({"settings": {"timeout": -1.0}}, "timeout -1"),
    ],
)
def test_settings_of_a_server_that_cannot_be_are_refused(
    server: SpeechServer, update: dict[str, dict[str, object]], told: str
) -> None:
    """A field that the voice's file has a name for, or a time that is none, is an error before anything is asked."""
    voice = server.voice()
    update = {**update, "settings": {**voice.settings, **update.get("settings", {})}}
    with pytest.raises(ConfigError, match=told):
        list(OpenAI().synthesize(["One line."], voice.model_copy(update=update), [1]))
    assert not server.asked


def test_a_server_that_is_silent_is_given_up_in_time(server: SpeechServer) -> None:
    """The voice's `timeout` is how long a request waits for a byte; it may be at work, and paid for, so it is asked
    once."""
    server.seconds = 2.0
    start = time.monotonic()
    with pytest.raises(SynthesisError, match="asked once") as caught:
        list(OpenAI().synthesize(["One line."], server.voice(timeout=0.2), [1]))
    assert time.monotonic() - start < 2.0
    assert len(server.asked) == 1
    assert "raise timeout" in caught.value.hint


def _chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + (len(body) if size is None else size).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


@pytest.mark.parametrize(
    "size", [None, 0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0x7FFFFFDB, 0x80000000, 2_000_000_000, 1 << 28, 100_000_000]
)
@pytest.mark.parametrize(
    "before",
    [
        b"",
        _chunk(b"LIST", b"INFOISFT\x05\x00\x00\x00data!\x00"),
        _chunk(b"junk", b"data\x00"),
        _chunk(b"LIST", b"INFOICMT\x0f\x00\x00\x00synthetic data\x00\x00"),
    ],
)
def test_a_wav_is_walked_chunk_by_chunk(server: SpeechServer, size: int | None, before: bytes) -> None:
    """Whatever stands before the sound, and whatever size a stream says of it, its samples are all that is heard."""
    samples = (np.sin(np.arange(2400) / 20) * 20_000).astype("<i2")
    head = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 24_000, 48_000, 2, 16))
    body = b"WAVE" + head + before + _chunk(b"data", samples.tobytes(), size)
    server.troubles.append(Reply(200, _chunk(b"RIFF", body, size), {"Content-Type": "audio/wav"}))
    (sound,) = OpenAI().synthesize(["One line."], server.voice(), [1])
    assert np.array_equal(sound.samples, samples.astype(np.float32) / np.float32(32768))


def test_no_proxy_stands_before_this_machine(server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server here is reached, whatever proxy leads to the web."""
    server.listed = ["nova"]
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert len(say(server, "A line.")) == 1
    assert openai.voices(server.voice()) == ["nova"]


@pytest.mark.parametrize("first", [b"{", b"<", b"\xff"])
def test_samples_may_begin_with_any_byte(server: SpeechServer, first: bytes) -> None:
    """Bare samples are no words because of their first sign."""
    pcm = first + b"\x10" * 4799
    server.troubles.append(Reply(200, pcm, {"Content-Type": "audio/pcm"}))
    (heard,) = say(server, "A line.", format="pcm")
    assert len(heard) == 2400


@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG", "MP3"])
def test_a_file_in_place_of_samples_is_decoded(server: SpeechServer, form: str) -> None:
    """A server that does not heed the format is heard all the same, and not as noise."""
    (whole,) = say(server, "A line.")
    file = io.BytesIO()
    soundfile.write(file, whole, 24_000, format=form)
    server.troubles.append(Reply(200, file.getvalue(), {"Content-Type": f"audio/{form.lower()}"}))
    (heard,) = say(server, "A line.", format="pcm")
    assert abs(len(heard) - len(whole)) < 3000
    assert np.corrcoef(heard[: len(whole)], whole[: len(heard)])[0, 1] > 0.9


@pytest.mark.parametrize("size", [None, 0xFFFFFFFF])
def test_one_wav_a_sentence_is_heard_whole(server: SpeechServer, size: int | None) -> None:
    """Several, one behind the other, are one sound; at several rates they are none."""

    def wav(count: int, rate: int = 24_000) -> bytes:
        head = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16))
        return _chunk(b"RIFF", b"WAVE" + head + _chunk(b"data", b"\x01\x00" * count, size), size)

    server.troubles += [Reply(200, wav(1000) + wav(500)), Reply(200, wav(1000) + wav(500, 16_000))]
    (heard,) = say(server, "A line. And one.")
    assert len(heard) == 1500
    with pytest.raises(SynthesisError, match="several rates"):
        say(server, "A line. And one.")


def test_what_stands_behind_the_sound_is_not_heard(server: SpeechServer) -> None:
    """A LIST behind the sound is no sound."""
    (whole,) = say(server, "A line.")
    file = io.BytesIO()
    soundfile.write(file, whole, 24_000, format="WAV", subtype="PCM_16")
    body = file.getvalue() + _chunk(b"LIST", b"INFOICMT\x04\x00\x00\x00data")
    server.troubles.append(Reply(200, body))
    (heard,) = say(server, "A line.")
    assert len(heard) == len(whole)


@pytest.mark.parametrize(
    "listed", [["af_heart", "am_michael"], [{"name": "af_heart"}, {"id": "am_michael"}]], ids=["names", "objects"]
)
def test_a_servers_own_voices_are_listed(
    show: Path, server: SpeechServer, listed: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    """`podcast voices` names the speakers that a server of the show lists; of one that lists none it says nothing."""
    (show / "voices").mkdir(exist_ok=True)
    (show / "voices" / "here.toml").write_text(
        f'synthesizer = "openai"\nmodel = "m"\nspeaker = "x"\nlicence = "CC0-1.0"\n'
        f'settings = {{ base_url = "{server.base_url}" }}\n'
    )
    assert podcast(show, "voices", "--json") == 0
    assert json.loads(capsys.readouterr().out)["servers"] == []
    server.listed = listed
    assert podcast(show, "voices", "--json") == 0
    assert json.loads(capsys.readouterr().out)["servers"] == [
        {"server": server.base_url, "its voices": "af_heart, am_michael"}
    ]
