"""What a language model's server says instead of an answer, and what that means for the person at the terminal."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from podcast.show import answers, kinds, passing
from podcast.show.errors import ConfigError, ModelUnavailable, PodcastError, WriterError
from podcast.show.secret import Secret

_STATUS = {
    "invalid_api_key": 401, "model_not_found": 404, "rate_limit_exceeded": 429, "insufficient_quota": 429,
    "context_length_exceeded": 400, "invalid_request_error": 400,
}  # fmt: skip
"""The status that stands for an error's code, or its type, where it comes without one."""

NO_KEY, NO_LIST, NEVER = "no key", "no list", "never"
"""Kinds that only who asked can tell: no key was sent; no model was asked for; it never answered yet."""
_LATER = "look at the server's log, or try later"


class TooLong(WriterError):
    """The prompt, with its answer, is more than the model holds: send less."""


class TooSlow(WriterError):
    """A server of one's own is there, and its model is not done in the time that it has: it cannot do this here."""


class Refused(Exception):
    """The server answered with an error; `text` is all that it says in its own words, `words` its sentence. Neither
    holds a key."""

    def __init__(self, error: object, status: int, secret: Secret, head: Mapping[str, str] | None = None) -> None:
        said, codes = kinds.own(error)
        self.text = secret.hide(said, in_words=True)
        self.words = secret.hide(_sentence(error), in_words=True)[:500]
        super().__init__(self.words)
        self.status = status
        self.kind = kinds.FLAGGED if status in (400, 403) and _in(error, "reasons") else kinds.kind(status, said, codes)
        self.written = error.get("failed_generation") or "" if isinstance(error, dict) else ""
        """What the model wrote, where that is no answer of the shape wanted."""
        self.wait = answers.waits(self.text, {**(head or {}), **_small(_in(error, "headers"))}, throttled=status == 429)
        """Seconds after which it says to come back; None where it does not say."""

    @property
    def told(self) -> str:
        return f"{self.status}: {self.words}" if self.words else str(self.status)

    @property
    def passing(self) -> bool:
        return self.kind in kinds.PASSING

    @property
    def timed_out(self) -> bool:
        """Whether somebody waited no longer for the answer, which the model may still be writing."""
        return self.kind == kinds.TIMED_OUT

    @property
    def loading(self) -> bool:
        """Whether the server is there and its model not yet: llama.cpp says "Loading model"."""
        return self.kind == kinds.LOADING

    def as_answer(self) -> dict[str, Any]:
        """Return what the model wrote as the body of an answer, where that alone was refused: it can be mended."""
        wrote = self.written if isinstance(self.written, str) else json.dumps(self.written, ensure_ascii=False)
        cut = "tokens reached" in self.text + ("" if wrote.lstrip().startswith(("{", "[")) else wrote)
        message = {"role": "assistant", "content": "" if cut else wrote}
        choice = {"index": 0, "message": message, "finish_reason": "length" if cut else "stop"}
        return {"object": "chat.completion", "choices": [choice], "refused": self.told}


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
    return f"{words}: {_sentence(kinds.opened(behind))}" if behind else words


def _in(error: object, name: str) -> Any:
    """Return what OpenRouter's metadata say: the `reasons` of a moderation, or the `raw` error of whom it asked."""
    metadata = error.get("metadata") if isinstance(error, dict) else None
    return metadata.get(name) if isinstance(metadata, dict) else None


def _small(head: object) -> dict[str, str]:
    return {str(name).lower(): str(one) for name, one in head.items()} if isinstance(head, dict) else {}


_MEANS: Final[Mapping[str, tuple[type[PodcastError], str, str]]] = {
    kinds.FLAGGED: (
        WriterError, "{url} refuses this text for what it says ({said})", "ask another model, or another server",
    ),
    NO_KEY: (ConfigError, "{url} wants a key, and {key} is not set ({said})", "export {key}=…"),
    kinds.KEY: (ConfigError, "{url} refuses the key in {key} ({said})", "set {key} to a key of that server"),
    kinds.FORBIDDEN: (
        ConfigError, "{url} does not allow this ({said})",
        "see there what the key in {key} may do, with which models and from where; or set another model",
    ),
    kinds.CREDIT: (ModelUnavailable, "the account at {url} is used up ({said})", "pay, or raise its limit"),
    NO_LIST: (ConfigError, "{url} does not tell its models ({said})", "set model in [writer]"),
    kinds.MODEL: (
        ConfigError, "{url} has no model {model!r} ({said})",
        "set model and base_url in [writer]; base_url ends in /v1 as a rule",
    ),
    kinds.PLACE: (
        ConfigError, "{url} does not take this model's chats there ({said})",
        "set another model, or base_url, in [writer]; base_url ends in /v1 as a rule",
    ),
    kinds.UNLOADED: (ConfigError, "{url} has loaded no model ({said})", "load it there, then run the command again"),
    kinds.STREAM: (ConfigError, "{url} only answers in streams ({said})", "set stream = true in [writer]"),
    kinds.OFTEN: (ModelUnavailable, "{url} is asked too often ({said})", "{wait}, or lower concurrency"),
    kinds.LONG: (
        TooLong, "the prompt and its answer are more than the model holds ({said})",
        "set context in [writer] to what the server gives the model, or give it more there",
    ),
    kinds.BUSY: (ModelUnavailable, "{url} has no time ({said})", "try again later"),
    kinds.FAILED: (WriterError, "the server at {url} failed ({said})", _LATER),
    kinds.OUT: (ModelUnavailable, "the server at {url} failed ({said})", _LATER),
    kinds.NUMBER: (WriterError, "{url} refuses the request ({said})", "look at max_tokens in [writer]"),
    kinds.OTHER: (WriterError, "{url} refuses the request ({said})", "look at [writer] in podcast.toml"),
    NEVER: (ConfigError, "{url} refuses the first request to it ({said})", "look at [writer] in podcast.toml"),
}  # fmt: skip
"""What a person is told of each kind; the rest fails as FAILED does."""


@dataclass(frozen=True)
class Meaning:
    """Tells what a refusal means at this server."""

    url: str
    key: str
    """The variable that holds the key."""
    has_key: bool
    timeout: float
    """Seconds."""
    named: str = ""
    """Where a person wrote the address; "" where nobody did."""

    def of(self, refused: Refused, model: str, *, known: bool = False) -> PodcastError:
        """Return the error to raise; `model` is "" where none was asked for. A request that is refused in words that
        tell nothing is a matter of the text where the model is `known` to have answered others, else of the setup."""
        kind = refused.kind
        if not self.has_key and (kind == kinds.KEY or (kind == kinds.FORBIDDEN and refused.status == 403)):
            kind = NO_KEY
        elif kind == kinds.MODEL and not model:
            kind = NO_LIST
        elif kind == kinds.OTHER and not known:
            kind = NEVER
        error, message, hint = _MEANS.get(kind, _MEANS[kinds.FAILED])
        wait = "wait a while" if refused.wait is None else f"it asks to wait {round(refused.wait, 1):g} s"
        named = {"url": self.url, "key": self.key, "said": refused.told, "model": model, "wait": wait}
        return error(message.format(**named), hint.format(**named))

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

    def of_no_connection(self, error: Exception) -> ModelUnavailable:
        words, hint = passing.silence(error, self.url, self.named)
        return ModelUnavailable(f"the server at {self.url} {words}", hint)

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
