"""What a language model's server says instead of an answer, and what that means for the person at the terminal."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from podcast.show import answers
from podcast.show.errors import ConfigError, ModelUnavailable, PodcastError, WriterError
from podcast.show.secret import Secret

_STATUS = {
    "invalid_api_key": 401, "model_not_found": 404, "rate_limit_exceeded": 429, "insufficient_quota": 429,
    "context_length_exceeded": 400, "invalid_request_error": 400,
}  # fmt: skip
"""The status that stands for an error's code, or its type, where it comes without one."""

_PASSING = frozenset({409, 429})
_TIMED_OUT = frozenset({408, 504, 524})
"""Of a server, or of a proxy before it, that waited no longer: the last is Cloudflare's."""

_CONTEXT = re.compile(
    r"context[ _](length|size|window)|(prompt|input|messages?) (is|are) too (long|large)|too many (input )?tokens"
    r"|reduce the length|input token count|max_new_tokens",
    re.I,
)
_QUOTA = re.compile(r"insufficient[ _](quota|balance|credits|funds)|exceeded your current quota", re.I)

_FLAGGED = re.compile(
    r"\b(input|prompt|content|request|messages?|text)\b.{0,60}\b(flagged|violat\w+ (\w+ )?(usage|content|polic))"
    r"|content[ _-]?(filter|polic|management polic|exists risk)|inappropriate content|prohibited_content"
    r"|(requires|content|failed|blocked by) moderation|data_?inspection|safety system|敏感",
    re.I,
)
"""What is refused for what it says: of OpenRouter, OpenAI, Azure, xAI, DeepSeek, Qwen, Moonshot and GLM."""
_OF_A_PARAMETER = re.compile(
    r"response_format|json_schema|temperature|stream_options|_tokens\b|utf-?8|invalid model|model name|^\[\{", re.I
)
"""What is refused for how it was asked, though it may name such a filter, or echo a prompt."""
_KEY = re.compile(r"\bapi.?key|\bkey\b|credential|authenticat|unauthori[sz]ed", re.I)


class TooLong(WriterError):
    """The prompt, with its answer, is more than the model holds: send less."""


class TooSlow(WriterError):
    """A server of one's own is there, and its model is not done in the time that it has: it cannot do this here."""


class Refused(Exception):
    """The server answered with an error; `text` is all it says, `words` its sentence. Neither holds a key."""

    def __init__(self, error: object, status: int, secret: Secret, head: Mapping[str, str] | None = None) -> None:
        self.text = secret.hide(json.dumps(error, ensure_ascii=False), in_words=True)
        self.words = secret.hide(_sentence(error), in_words=True)[:500]
        super().__init__(self.words)
        self.status = status
        table = error if isinstance(error, dict) else {}
        codes = f"{table.get('code')} {table.get('type')}"
        said = "" if _OF_A_PARAMETER.search(self.words) else self.words
        self.flagged = status in (400, 403) and bool(_FLAGGED.search(f"{said} {codes}") or _in(error, "reasons"))
        """Whether this text is refused for what it says: another may do."""
        self.wait = answers.waits(self.text, head)
        """Seconds after which it says to come back; None where it does not say."""

    @property
    def told(self) -> str:
        return f"{self.status}: {self.words}" if self.words else str(self.status)

    @property
    def passing(self) -> bool:
        return self.status in _PASSING or (self.status >= 500 and not self.timed_out)

    @property
    def timed_out(self) -> bool:
        """Whether somebody waited no longer for the answer, which the model may still be writing."""
        return self.status in _TIMED_OUT

    @property
    def loading(self) -> bool:
        """Whether the server is there and its model not yet: llama.cpp says "Loading model"."""
        return self.status == 503 and bool(
            re.search(r"loading (the )?model|model is (still )?loading", self.text, re.I)
        )

    @property
    def used_up(self) -> bool:
        """Whether what an account may take is taken: waiting does not help."""
        return self.status == 429 and bool(_QUOTA.search(self.text)) and not answers.refills(self.text)

    @property
    def of_key(self) -> bool:
        """Whether the key is refused, and not what is done with it."""
        return self.status == 401 or (self.status == 403 and bool(_KEY.search(self.words)))

    @property
    def too_long(self) -> bool:
        return self.status == 413 or (self.status in (400, 422, 500) and bool(_CONTEXT.search(self.text)))


def status_of(error: object) -> int:
    """Return the status that an error stands for which came with another."""
    known = [str(error.get(name)) for name in ("code", "status", "type")] if isinstance(error, dict) else []
    said = [int(one) for one in known if re.fullmatch(r"[45]\d\d", one)] + [
        _STATUS[one] for one in known if one in _STATUS
    ]
    return said[0] if said else 500


def _sentence(error: object) -> str:
    said: Any = error
    if isinstance(error, dict):
        said = error.get("message") or error.get("detail") or ""
    words = " ".join((said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)).split())
    words = "a web page" if "<html" in words.lower() else words
    behind = _in(error, "raw")
    return f"{words}: {_sentence(_opened(behind))}" if behind else words


def _in(error: object, name: str) -> Any:
    """Return what OpenRouter's metadata say: the `reasons` of a moderation, or the `raw` error of whom it asked."""
    metadata = error.get("metadata") if isinstance(error, dict) else None
    return metadata.get(name) if isinstance(metadata, dict) else None


def _opened(raw: object) -> object:
    """Return the error in an answer's body, which may be JSON in a string."""
    try:
        body = json.loads(raw) if isinstance(raw, str) else raw
    except (ValueError, RecursionError):
        return raw
    return body.get("error") or body if isinstance(body, dict) else raw


@dataclass(frozen=True)
class Meaning:
    """Tells what a refusal means at this server."""

    url: str
    key: str
    """The variable that holds the key."""
    has_key: bool
    timeout: float
    """Seconds."""

    def of(self, refused: Refused, model: str) -> PodcastError:
        """Return the error to raise; `model` is "" where none was asked for."""
        status, said = refused.status, refused.told
        if refused.flagged:
            return WriterError(
                f"{self.url} refuses this text for what it says ({said})", "ask another model, or another server"
            )
        if status in (401, 403) and not self.has_key:
            return ConfigError(f"{self.url} wants a key, and {self.key} is not set ({said})", f"export {self.key}=…")
        if refused.of_key:
            return ConfigError(
                f"{self.url} refuses the key in {self.key} ({said})", f"set {self.key} to a key of that server"
            )
        if status == 403:
            return ConfigError(
                f"{self.url} does not allow this ({said})",
                f"see there what the key in {self.key} may do, with which models and from where; or set another model",
            )
        if status == 402 or refused.used_up:
            return ModelUnavailable(f"the account at {self.url} is used up ({said})", "pay, or raise its limit")
        if status == 404 and not model:
            return ConfigError(f"{self.url} does not tell its models ({said})", "set model in [writer]")
        if status == 404:
            return ConfigError(
                f"{self.url} has no model {model!r} ({said})",
                "set model and base_url in [writer]; base_url ends in /v1 as a rule",
            )
        if status == 429:
            wait = "wait a while" if refused.wait is None else f"it asks to wait {round(refused.wait, 1):g} s"
            return ModelUnavailable(f"{self.url} is asked too often ({said})", f"{wait}, or lower concurrency")
        if refused.too_long:
            return TooLong(
                f"the prompt and its answer are more than the model holds ({said})",
                "set context in [writer] to what the server gives the model, or give it more there",
            )
        if status in _PASSING:
            return ModelUnavailable(f"{self.url} has no time ({said})", "try again later")
        if status >= 500:
            kind = WriterError if status < 502 else ModelUnavailable  # from 502 on it is not about what was asked
            return kind(f"the server at {self.url} failed ({said})", "look at the server's log, or try later")
        at_fault = "max_tokens in [writer]" if "_tokens" in refused.text else "[writer] in podcast.toml"
        return WriterError(f"{self.url} refuses the request ({said})", f"look at {at_fault}")

    def of_silence(self, refused: Refused | None, *, works: bool, streamed: bool) -> PodcastError:
        """Return the error for a time-out: ours, or the one that was told; `works` says whether the server is one that
        is known to be at work."""
        kind = TooSlow if works else ModelUnavailable
        if refused is None:
            stream = "" if streamed else "set stream = true there, "
            return kind(
                f"the server at {self.url} gave no answer in {self.timeout:g} s (asked once)",
                f"raise timeout in [writer], {stream}or take a faster model; for a server on this machine, "
                "concurrency = 1",
            )
        more = "give the proxy before the server more time" if streamed else "set stream = true in [writer]"
        return kind(
            f"{self.url} gave up waiting for the answer ({refused.told}; asked once)", f"{more}, or take a faster model"
        )

    def of_loading(self, seconds: float) -> ModelUnavailable:
        return ModelUnavailable(
            f"the server at {self.url} is loading its model, and was not done in {seconds / 60:g} minutes",
            "look at its log; when it is ready, run the command again: what came is kept",
        )

    def of_no_connection(self) -> ModelUnavailable:
        return ModelUnavailable(
            f"the server at {self.url} cannot be reached", "is it running, and is base_url in [writer] right?"
        )

    def of_hanging_up(self) -> ModelUnavailable:
        return ModelUnavailable(
            f"the server at {self.url} hung up without an answer", "look at the server's log, or try again later"
        )

    def of_breaking_off(self, tries: int, *, streamed: bool) -> ModelUnavailable:
        what, other = ("the stream of its answer", "false") if streamed else ("its answer", "true")
        proxy = "" if streamed else " if a proxy stands before it"
        return ModelUnavailable(
            f"the server at {self.url} broke off {what} ({tries} tries)",
            f"look at the server's log, or set stream = {other} in [writer]{proxy}",
        )

    def of_another_service(self, text: str) -> ModelUnavailable:
        what = "a web page" if text.lstrip().startswith("<") else "something that is no JSON"
        return ModelUnavailable(
            f"{self.url} answers with {what}, not as a language model's server does",
            "is base_url in [writer] right? It ends in /v1 as a rule",
        )
