"""Servers that speak OpenAI's `/v1/audio/speech`: OpenAI itself, Kokoro-FastAPI, vLLM-Omni, LocalAI and others."""

import importlib.util
import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import numpy as np
import soundfile

from podcast.show import answers, packaged
from podcast.show.errors import ConfigError, MissingDependency, SynthesisError
from podcast.show.schema import Voice
from podcast.show.secret import Secret
from podcast.sound import audio
from podcast.sound.audio import Waveform
from podcast.synthesizers import need_words

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_TRIES_AGAIN = 4
"""After a failed connection, 408, 409, 429 and 5xx; the SDK waits as long as Retry-After says, else 0.5 to 8 s."""
_TIMEOUT = 120.0
"""Seconds that the sound of a line may take: a server on a CPU may think for a while."""
_LEAST_SECONDS, _SECONDS = 10.0, 0.5
"""Of sound that a line may have at most, and more for each sign of it: people need some 0.07."""
_SECOND = 192_000
"""Bytes of a second of sound at most: 48 kHz, two channels, 16 bits."""
_OURS = frozenset({"model", "voice", "input", "response_format", "instructions", "language"})
"""Fields of the request that the voice's file has names for."""
_LIST_TIMEOUT = 3.0
_MOST_LISTED = 500
_UNKNOWN = 100_000_000
"""Sizes from here on, in bytes, stand for one that was not known: no line takes eight minutes. Servers that stream
write 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 2,000,000,000 and others."""
_PCM_RATE = 24_000
"""Hz of `pcm`, which does not say its rate; OpenAI's and Kokoro's."""


class OpenAI:
    """Speaks through a server; `model` and `speaker` are the server's names.

    Settings: `base_url` (OpenAI's unless given), `format` ("wav" or "pcm"), `rate` (Hz of pcm), `concurrency` (lines
    at once, 4), `price` (US dollars a million characters, for the estimate), `instructions`, `language` as the server
    calls it, `timeout` (seconds a line may take, 120). The voice's `extra` is sent as it stands. The key is read from
    the environment: OPENAI_API_KEY, which no server but OpenAI's is ever sent; SPEECH_API_KEY for any other.
    """

    version = "1"
    silent = frozenset({"price", "concurrency", "base_url", "timeout"})

    @staticmethod
    def missing() -> MissingDependency | None:
        if importlib.util.find_spec("openai") is None:
            return MissingDependency("the package openai is not installed", packaged.pip("'openai>=3'"))
        return None

    def check(self, voice: Voice, fetch: bool = True) -> None:
        """Raise ConfigError where the voice's file says too little for the server, MissingDependency without a key."""
        address = _address(voice)
        host = urlsplit(address)
        if host.scheme not in ("http", "https") or not host.hostname:
            raise ConfigError(
                f"the voice {voice.name} has the base_url {address!r}, which is no address",
                "write one such as http://127.0.0.1:8880/v1 into its settings",
            )
        if not voice.model or not voice.speaker:
            raise ConfigError(
                f"the voice {voice.name} names no {'speaker' if voice.model else 'model'}",
                f"write model and speaker, as {host.hostname} calls them, into its file",
            )
        if _format(voice) not in ("wav", "pcm"):
            raise ConfigError(
                f"the voice {voice.name} asks for {_format(voice)!r}, but takes are lossless",
                'format is "wav" or "pcm"',
            )
        if taken := _OURS & voice.extra.keys():
            raise ConfigError(
                f"the voice {voice.name} has {', '.join(sorted(taken))} in extra, which has a name of its own",
                "write model, speaker, and instructions and language in settings",
            )
        _timeout(voice)
        if _is_openai(address) and not os.environ.get("OPENAI_API_KEY"):
            raise MissingDependency(
                f"the voice {voice.name} is spoken by OpenAI, for which OPENAI_API_KEY is not set",
                "export OPENAI_API_KEY=…, or give the voice's settings the base_url of a server of your own",
            )

    def synthesize(self, texts: Sequence[str], voice: Voice, seeds: Sequence[int]) -> Iterator[Waveform]:
        """Yield the sounds in order, some requests ahead. Seeds are not sent: the servers take none."""
        for text in texts:
            need_words(text)
        self.check(voice)
        dollars = cost(texts, voice)
        if dollars is not None:
            letters = sum(map(len, texts))
            log.info("%d characters as %s: about $%.2f", letters, voice.name, dollars)
        with _client(voice) as client, ThreadPoolExecutor(int(voice.settings.get("concurrency", 4))) as pool:
            waiting = [pool.submit(_say, client, text, voice) for text in texts]
            try:
                for done in waiting:
                    yield done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)  # what is not asked for yet costs nothing


def cost(texts: Sequence[str], voice: Voice) -> float | None:
    """Return what speaking the texts costs, in US dollars, by the voice's `price`; None where it names none."""
    each = price(voice)
    return None if each is None else each * sum(map(len, texts))


def price(voice: Voice) -> float | None:
    """Return what a character costs, in US dollars; None where the voice names no price."""
    million = voice.settings.get("price")
    return None if million is None else float(million) / 1e6


def _client(voice: Voice) -> "openai.OpenAI":
    import openai

    address = _address(voice)
    return openai.OpenAI(
        api_key=os.environ.get(_variable(voice)) or "none",  # the SDK wants one, a server of one's own does not
        base_url=address,
        max_retries=_TRIES_AGAIN,
        timeout=_timeout(voice),
        http_client=answers.client(
            address, 2 * _timeout(voice), lambda letters: round(_SECOND * (_LEAST_SECONDS + _SECONDS * letters))
        ),
    )


def _variable(voice: Voice) -> str:
    """Return the name of the variable that holds the key."""
    return "OPENAI_API_KEY" if _is_openai(_address(voice)) else "SPEECH_API_KEY"


def _hidden(text: str, voice: Voice) -> str:
    """Return a server's words without the key."""
    return Secret(os.environ.get(_variable(voice), "").strip()).hide(text, in_words=True)


def _say(client: "openai.OpenAI", text: str, voice: Voice) -> Waveform:
    import openai

    wanted: Literal["wav", "pcm"] = "pcm" if _format(voice) == "pcm" else "wav"
    instructions, language = voice.settings.get("instructions"), voice.settings.get("language")
    try:
        answer = client.audio.speech.create(
            model=voice.model,
            voice=voice.speaker or "",
            input=text,
            response_format=wanted,
            instructions=str(instructions) if instructions else openai.omit,
            extra_body={**voice.extra, **({"language": str(language)} if language else {})} or None,
        )
        body, kind = answer.content, answer.response.headers.get("content-type", "")
    except openai.APIStatusError as error:
        raise _refused(error, voice) from None  # what the SDK says of it may hold the key
    except openai.APIConnectionError as error:
        raise SynthesisError(
            f"{_address(voice)} could not be reached, or broke off, {_TRIES_AGAIN + 1} times: "
            f"{_hidden(str(error), voice)}",
            "see that the server runs, and that the voice's base_url is its own; then run the same command again",
        ) from error
    return _decode(body, kind, voice)


def _refused(error: "openai.APIStatusError", voice: Voice) -> ConfigError | SynthesisError:
    """Return the server's refusal in our words: what stops all lines is a ConfigError."""
    host, status, told = urlsplit(_address(voice)).hostname, error.status_code, _hidden(_told(error), voice)
    key = _variable(voice)
    if status in (401, 403):
        return ConfigError(f"{host} does not accept the key ({status}): {told}", f"look at the variable {key}")
    if status == 404:
        return ConfigError(
            f"{host} has no model {voice.model!r}, or no /audio/speech (404): {told}",
            f"look at model and base_url in the file of the voice {voice.name}",
        )
    if status == 429 and "quota" in told.lower() and not answers.refills(error.response.text):
        return ConfigError(f"the account at {host} has nothing left (429): {told}", "add credit, or use another voice")
    if status == 429:
        return SynthesisError(
            f"{host} asks for fewer requests (429): {told}",
            'lower "concurrency" in the voice\'s settings, wait, and run the same command again',
        )
    if status >= 500:
        return SynthesisError(
            f"{host} failed {_TRIES_AGAIN + 1} times ({status}): {told}", "run the same command later"
        )
    return SynthesisError(
        f"{host} refused the line ({status}): {told}",
        f"look at speaker, format and settings in the file of the voice {voice.name}",
    )


def _told(error: "openai.APIStatusError") -> str:
    """Return the server's own words, on one line."""
    body = error.body
    message = body.get("message") or body.get("detail") if isinstance(body, dict) else body
    return " ".join(str(message or error.message).split())[:300]


def _decode(body: bytes, kind: str, voice: Voice) -> Waveform:
    """Return the answer's sound; SynthesisError, with its beginning, where it is none."""
    host = urlsplit(_address(voice)).hostname
    again = "run the same command again; if it stays so, the server is not one for /v1/audio/speech"
    if "json" in kind or "html" in kind or body[:1] in (b"{", b"<"):
        begins = _hidden(body[:2000].decode(errors="replace"), voice)[:120]
        raise SynthesisError(f"{host} answered with no sound, but {begins!r}", again)
    if _format(voice) == "pcm":
        if not body or len(body) % 2:
            raise SynthesisError(f"{host} sent {len(body)} bytes, which are no 16-bit samples", again)
        samples = np.frombuffer(body, "<i2").astype(np.float32) / np.float32(32768)
        return Waveform(samples, int(voice.settings.get("rate", _PCM_RATE)))
    try:
        sound = audio.decode(_sized(body))
    except soundfile.LibsndfileError as error:
        raise SynthesisError(f"{host} sent {len(body)} bytes that are no WAV: {error}", again) from error
    if not 4_000 <= sound.sample_rate <= 192_000:
        raise SynthesisError(f"{host} sent a WAV of {sound.sample_rate} Hz, which is no sound", again)
    if not len(sound.samples):
        raise SynthesisError(f"{host} sent a WAV without samples", again)
    return sound


def _sized(body: bytes) -> bytes:
    """Return the WAV's format and sound, with their sizes as they are, and no other chunk.

    The chunks are walked, for a LIST may stand before or behind the sound and hold the letters "data". A server that
    streams writes -1, or 0, for a size that it does not know yet: the sound then goes to the end. Raises SynthesisError
    where less came than the file says of itself.
    """
    if body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        return body
    at, kept = 12, b""
    while at + 8 <= len(body):
        name, said, here = body[at : at + 4], int.from_bytes(body[at + 4 : at + 8], "little"), len(body) - at - 8
        if name == b"data":
            if (said == 0 and here) or said >= _UNKNOWN:
                said = here
            if said > here:
                raise SynthesisError(f"the sound breaks off: {here} of {said} bytes came", "run the same command again")
            sound = body[at + 8 : at + 8 + said]
            chunks = b"WAVE" + kept + b"data" + said.to_bytes(4, "little") + sound + b"\0" * (said % 2)
            return b"RIFF" + len(chunks).to_bytes(4, "little") + chunks
        if name in (b"fmt ", b"fact"):
            kept += body[at : at + 8 + said + said % 2]
        at += 8 + said + said % 2
    return body


def voices(voice: Voice) -> list[str]:
    """Return the speakers that the voice's server lists, by `/audio/voices`, as Kokoro-FastAPI and vLLM-Omni have it.

    Empty where it has no such list, as OpenAI, or does not answer within seconds.
    """
    if _is_openai(_address(voice)):
        return []
    import httpx2

    key = os.environ.get("SPEECH_API_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        answer = httpx2.get(f"{_address(voice)}/audio/voices", timeout=_LIST_TIMEOUT, headers=headers)
        listed = answer.json() if answer.status_code == 200 else {}
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        log.debug("%s lists no voices: %s", _address(voice), error)
        return []
    listed = listed.get("voices", listed.get("data", [])) if isinstance(listed, dict) else listed
    named = (each.get("name") or each.get("id") if isinstance(each, dict) else each for each in listed or ())
    return [each for each in named if isinstance(each, str) and each.isprintable()][:_MOST_LISTED]


def _timeout(voice: Voice) -> float:
    """Return the seconds that a line may take; ConfigError where that is no such number."""
    seconds = voice.settings.get("timeout", _TIMEOUT)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= 3600:
        raise ConfigError(
            f"the voice {voice.name} has the timeout {seconds!r}", "it is a number of seconds, up to 3600"
        )
    return float(seconds)


def _address(voice: Voice) -> str:
    return str(voice.settings.get("base_url", _OPENAI)).rstrip("/")


def _is_openai(address: str) -> bool:
    return address.startswith("https://api.openai.com/")


def _format(voice: Voice) -> str:
    return str(voice.settings.get("format", "wav"))
