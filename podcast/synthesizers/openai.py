"""Servers that speak OpenAI's `/v1/audio/speech`: OpenAI itself, Kokoro-FastAPI, vLLM-Omni, LocalAI and others."""

import importlib.util
import logging
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import urlsplit

from podcast.show import answers, kinds, loopback, packaged, passing
from podcast.show.errors import ConfigError, MissingDependency, PodcastError, SynthesisError
from podcast.show.schema import Voice
from podcast.show.secret import Secret
from podcast.sound.audio import Waveform
from podcast.synthesizers import need_words
from podcast.synthesizers import openai_sent as sent

if TYPE_CHECKING:
    import openai

log = logging.getLogger(__name__)

_OPENAI = "https://api.openai.com/v1"
_TRIES_AGAIN = 4
"""After a failed connection and what passes; never after a time-out, for the line may be at work, and be paid for."""
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
_SETTING = re.compile(
    r"\b(voices?|speakers?|response_?format|formats?|wav|pcm|model|instructions?|language|sample.?rate|speed)\b", re.I
)
"""What the voice's file says, which is wrong for all lines alike."""
_TEXT = re.compile(
    r"\b(inputs?|texts?(?![ -]to[ -]speech)|char(acter)?s?|phonemes?|tokens|too long|max(imum)? length|empty)\b", re.I
)
"""What is wrong with one line, whatever setting is named beside it."""
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
        stop = threading.Event()
        with _client(voice) as client, ThreadPoolExecutor(int(voice.settings.get("concurrency", 4))) as pool:
            waiting = [pool.submit(_say, client, text, voice, stop) for text in texts]
            try:
                for done in waiting:
                    yield done.result()
            finally:
                stop.set()
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
        max_retries=0,  # it would repeat time-outs
        timeout=_timeout(voice),
        http_client=answers.client(
            address,
            2 * _timeout(voice),
            lambda letters: round(_SECOND * (_LEAST_SECONDS + _SECONDS * letters)),
            trust_env=not loopback.is_url(address),  # no proxy stands before this machine
        ),
    )


def _variable(voice: Voice) -> str:
    """Return the name of the variable that holds the key."""
    return "OPENAI_API_KEY" if _is_openai(_address(voice)) else "SPEECH_API_KEY"


def _hidden(text: str, voice: Voice) -> str:
    """Return a server's words without the key."""
    return Secret(os.environ.get(_variable(voice), "").strip()).hide(text, in_words=True)


def _say(client: "openai.OpenAI", text: str, voice: Voice, stop: threading.Event) -> Waveform:
    """Return the line's sound. What may pass is tried again, never sooner than the server asks, until `stop` is set."""
    import openai

    tries, patience = 0, answers.Patience()
    while True:
        wait, often = None, False
        try:
            return _heard(*_asked(client, text, voice), voice)
        except openai.APIStatusError as error:
            kind, said = _kind(error)
            often = kind == kinds.OFTEN
            wait = answers.waits(said, error.response.headers, throttled=often)
            late = patience.ends(wait)
            last: PodcastError = _refused(error, kind, voice, f", and asks to wait {wait:.0f} s" if late else "")
            passes = kind in kinds.PASSING and not late
        except openai.APITimeoutError as error:
            if passing.is_unconnected(error):
                raise _lost(error, voice, "asked once") from None
            raise SynthesisError(
                f"{_address(voice)} had not said the line after {_timeout(voice):g} s (asked once)", _SLOW
            ) from None
        except openai.APIConnectionError as error:
            last, passes = _lost(error, voice, f"{_TRIES_AGAIN + 1} tries"), True
        pause = answers.pause(tries, wait, often=often)
        if not passes or tries == _TRIES_AGAIN or stop.wait(pause):
            raise last from None  # what the SDK says of it may hold the key
        patience.take(pause)
        tries += 1


def _asked(client: "openai.OpenAI", text: str, voice: Voice) -> tuple[bytes, str]:
    """Return the body of the answer, and its type."""
    import openai

    wanted: Literal["wav", "pcm"] = "pcm" if _format(voice) == "pcm" else "wav"
    instructions, language = voice.settings.get("instructions"), voice.settings.get("language")
    answer = client.audio.speech.create(
        model=voice.model,
        voice=voice.speaker or "",
        input=text,
        response_format=wanted,
        instructions=str(instructions) if instructions else openai.omit,
        extra_body={**voice.extra, **({"language": str(language)} if language else {})} or None,
    )
    return answer.content, answer.response.headers.get("content-type", "")


def _heard(body: bytes, kind: str, voice: Voice) -> Waveform:
    """Return the answer's sound; SynthesisError, with its beginning, where it is none."""
    rate = int(voice.settings.get("rate", _PCM_RATE)) if _format(voice) == "pcm" else None
    try:
        return sent.sound(body, kind, rate)
    except ValueError as error:
        told = "".join(sign if sign.isprintable() else " " for sign in _hidden(str(error), voice)[:200])
        raise SynthesisError(
            f"{urlsplit(_address(voice)).hostname} {told}",
            "run the same command again; if it stays so, the server is not one for /v1/audio/speech",
        ) from error


def _lost(error: "openai.APIConnectionError", voice: Voice, tries: str) -> SynthesisError:
    named = "" if _is_openai(_address(voice)) else f"base_url of the voice {voice.name}"
    words, hint = passing.silence(error, _address(voice), named)
    return SynthesisError(f"{_address(voice)} {words} ({tries})", f"what was recorded stays; {hint}")


def _kind(error: "openai.APIStatusError") -> tuple[str, str]:
    """Return what kind of refusal it is, and the server's own words."""
    body = error.response.text[:2000] if error.body is None else error.body
    words, codes = kinds.own(body)
    kind = kinds.kind(error.status_code, words, codes)
    of_voice = _SETTING.search(kinds.blamed(body)) or (_SETTING.search(words) and not _TEXT.search(words))
    if kind == kinds.OTHER and of_voice:
        kind = _OF_VOICE
    return kind, words


_OF_VOICE = "voice"
_SLOW = "raise timeout in the voice's settings, or give its server more time; then run the same command again"
_LOOK = "look at speaker, format and settings in the file of the voice {voice}"
_MEANS: Final[Mapping[str, tuple[type[ConfigError] | type[SynthesisError], str, str]]] = {
    kinds.KEY: (ConfigError, "does not accept the key", "look at the variable {key}"),
    kinds.FORBIDDEN: (ConfigError, "does not accept the key, or allow this", "look at the variable {key}"),
    kinds.MODEL: (
        ConfigError, "has no model {model!r}, or no /audio/speech",
        "look at model, speaker and base_url in the file of the voice {voice}",
    ),
    kinds.PLACE: (ConfigError, "has no /audio/speech", "look at base_url in the file of the voice {voice}"),
    kinds.CREDIT: (ConfigError, "has nothing left for this account", "add credit, or use another voice"),
    _OF_VOICE: (ConfigError, "refuses what the voice asks for", _LOOK),
    kinds.OFTEN: (
        SynthesisError, "asks for fewer requests",
        'lower "concurrency" in the voice\'s settings, wait, and run the same command again',
    ),
    kinds.TIMED_OUT: (SynthesisError, "had not said the line in time, asked once", _SLOW),
    **dict.fromkeys(
        kinds.PASSING - {kinds.OFTEN}, (SynthesisError, "failed{tries}", "run the same command later")
    ),
}  # fmt: skip
"""What a refusal means: what stops all lines is a ConfigError; any other kind is about the line."""


def _refused(
    error: "openai.APIStatusError", kind: str, voice: Voice, asks: str = ""
) -> ConfigError | SynthesisError:  # fmt: skip
    """Return the server's refusal in our words, with what it `asks` where that is more than it gets."""
    raised, said, hint = _MEANS.get(kind, (SynthesisError, "refused the line", _LOOK))
    named = {
        "key": _variable(voice),
        "model": voice.model,
        "voice": voice.name,
        "tries": asks or f" {_TRIES_AGAIN + 1} times",
    }
    host, told = urlsplit(_address(voice)).hostname, _hidden(_told(error), voice)
    return raised(f"{host} {said.format(**named)} ({error.status_code}): {told}", hint.format(**named))


def _told(error: "openai.APIStatusError") -> str:
    """Return the server's own words, on one line."""
    body = error.body
    message = body.get("message") or body.get("detail") if isinstance(body, dict) else body
    return " ".join(str(message or error.message).split())[:300]


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
        answer = httpx2.get(f"{_address(voice)}/audio/voices", timeout=_LIST_TIMEOUT, headers=headers,
                             trust_env=not loopback.is_url(_address(voice)))  # fmt: skip
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
