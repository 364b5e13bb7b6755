"""A language model's server over HTTP: a request in, the body of its answer out, or the error that says what to do."""

import json
import logging
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from podcast.show import answers, loopback, passing
from podcast.show.errors import ConfigError, Endless, ModelUnavailable, WriterError
from podcast.show.kinds import ANSWER, OFTEN
from podcast.show.lazy import lazy
from podcast.show.secret import Secret
from podcast.show.settings import WriterSettings
from podcast.writers import facts, messages
from podcast.writers.endings import BROKEN, LOOP, kind
from podcast.writers.loops import repeats
from podcast.writers.refusals import Meaning, Refused, TooSlow, status_of

if TYPE_CHECKING:
    import openai

    from podcast.writers.facts import Facts
    from podcast.writers.meter import Held

log = logging.getLogger(__name__)

Body = dict[str, Any]

_OPENAI = "https://api.openai.com/v1"
_CONNECT = 10.0
"""Seconds in which a server that is there takes the call."""


_WHOLE, _STREAMS = 2, 4
"""How many times `timeout`, which is the longest silence, a whole answer may take; one that comes as it is written."""
_LEAST_BYTES, _BYTES = 1 << 20, 4000
"""What an answer may have, and what more for each token: a stream wraps each in some 250 bytes, and the most tokens
may be asked for twice over."""
LOADING = 300.0
"""Seconds that a server may take to load its model."""
_LOOK_AGAIN = 2.0
_LOOK = 400
"""Characters of a stream after which it is looked at again for a circle."""


class _Lost(Exception):
    """No whole answer came; the server may still be at work on it, and be paid for it."""


class _Cut(_Lost):
    """It broke off."""


class _HungUp(_Lost):
    """The connection ended before it began."""


class _Silent(_Lost):
    """None came within the time-out, or within that of whoever `refused` to wait; `nobody` where it was not begun."""

    def __init__(self, refused: Refused | None = None, nobody: ModelUnavailable | None = None) -> None:
        super().__init__()
        self.refused, self.nobody = refused, nobody


class Server:
    """The server that the settings name, at `url`; `meaning` tells what its refusals mean. Safe for threads."""

    def __init__(self, settings: WriterSettings) -> None:
        named = settings.base_url or os.environ.get("OPENAI_BASE_URL", "").strip().rstrip("/")
        if not re.fullmatch(r"(https?://[^\s@?#]+)?", named):
            raise ConfigError(
                "OPENAI_BASE_URL is no address such as http://localhost:11434/v1", "a key does not belong in it"
            )
        self.url = named or _OPENAI
        self._settings = settings
        self._secret = Secret(os.environ.get(settings.key, "").strip())
        by = "base_url in [writer]" if settings.base_url else "OPENAI_BASE_URL" if named else ""
        self.meaning = Meaning(self.url, settings.key, bool(self._secret.value), settings.timeout, by)
        self._lock = threading.Lock()
        self._made: openai.OpenAI | None = None

    @lazy
    def facts(self) -> "Facts":
        """What the server tells of itself."""
        return facts.ask(self.url, self._secret.value, self._settings.model)

    @property
    def streams(self) -> bool:
        """Whether answers are taken as they are written."""
        wanted = self._settings.stream
        return facts.is_own(self.url) if wanted is None else wanted

    @property
    def _works(self) -> bool:
        """Whether this is a server of one's own that told what it has: where it is not done in time, it is slow."""
        return facts.is_own(self.url) and bool(self.facts.models)

    @lazy
    def _slots(self) -> threading.BoundedSemaphore:
        """Lets as many requests through as are answered side by side."""
        told = self.facts.slots if facts.is_own(self.url) else None
        if told and told < self._settings.concurrency:
            log.info("%s answers %d at a time: so many are asked at once", self.url, told)
        return threading.BoundedSemaphore(min(self._settings.concurrency, told or self._settings.concurrency))

    @property
    def _client(self) -> "openai.OpenAI":
        with self._lock:
            if self._made is None:
                self._made = self._connected()
            return self._made

    def _connected(self) -> "openai.OpenAI":
        import httpx2
        import openai

        variable, key = self._settings.key, self._secret.value
        if self.url == _OPENAI and not key:
            raise ConfigError(
                f"{variable} is not set, and OpenAI answers nobody without a key",
                f"export {variable}=…, or set base_url in [writer] to a server of your own",
            )
        if not (key.isascii() and key.isprintable()):
            raise ConfigError(f"{variable} holds signs that no key has", "set it anew")
        try:
            here = loopback.is_url(self.url)  # no proxy stands before this machine
            return openai.OpenAI(
                base_url=self.url,
                api_key=key or "none",
                max_retries=0,  # it would repeat time-outs, and say nothing
                timeout=openai.Timeout(self._settings.timeout, connect=min(_CONNECT, self._settings.timeout)),
                http_client=answers.client(
                    self.url,
                    self._settings.timeout * (_STREAMS if self.streams else _WHOLE),
                    lambda _: _LEAST_BYTES + _BYTES * self._settings.max_tokens,
                    trust_env=not here,
                ),
            )
        except (httpx2.InvalidURL, ValueError) as error:
            raise ConfigError(f"{self.url} is no address: {error}", "look at base_url in [writer]") from None

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._made:
                self._made.close()
                self._made = None

    def models(self) -> list[str]:
        """Return the names of the models that the server has."""
        listed = self._patiently(self._listed).get("data")
        named = listed if isinstance(listed, list) else []
        return [str(one["id"]) for one in named if isinstance(one, dict) and "id" in one]

    def _listed(self) -> Body:
        import openai

        try:
            text = self._client.models.with_raw_response.list().text
            found = self._json(text)
            return {"data": found} if isinstance(found, list) else self._parsed(text)  # a bare list is Together's
        except openai.APIStatusError as error:
            refused = self._refused(error)
            raise (_HungUp() if isinstance(refused, _Silent) else refused) from None  # nothing is paid for a list
        except openai.APIConnectionError as error:
            raise self._no_answer(error) from None

    def complete(self, request: Body, keep: Callable[[object], None], held: "Held") -> Body:
        """Return the body of the answer to a chat completion, with a choice in it; a streamed one is put together.

        No more are under way than the server has slots, so that none waits there within its time-out. What came and is
        no whole answer goes to `keep`; each try is within the budget, with those that were lost. Raises Refused where
        the server says no, or the error that tells why nothing came.
        """

        def once() -> Body:
            held.again()
            try:
                return self._once(request, keep)
            except Refused as refused:
                if refused.kind != ANSWER:
                    raise
                body: Body = self._secret.clean(refused.as_answer())
                return body
            except (_Lost, Endless):
                held.lost()
                raise

        with self._slots:
            return self._patiently(once, streamed=bool(request.get("stream")))

    def _patiently(self, call: Callable[[], Body], *, streamed: bool = False) -> Body:
        """Return what the call does. What may pass is tried again as often as the settings say, never sooner than the
        server asks, nor where that is too long; silence is not: whoever was silent for a whole time-out may still be at
        work, and each try may be paid for. A server that loads its model is waited for.
        """
        tries, until, patience = 0, 0.0, answers.Patience()
        while True:
            wait: float | None = None
            try:
                return call()
            except _Cut:
                trouble = "broke off its answer"
                error: Exception = self.meaning.of_breaking_off(tries + 1, streamed=streamed)
            except _HungUp:
                trouble, error = "does not answer", self.meaning.of_hanging_up()
            except _Silent as silent:
                raise silent.nobody or self.meaning.of_silence(
                    silent.refused, works=self._works, streamed=streamed
                ) from None
            except Endless as endless:
                raise (TooSlow(str(endless), endless.hint) if self._works else endless) from None
            except ModelUnavailable as nothing:
                trouble, error = "does not answer", nothing
            except Refused as refused:
                if refused.loading:
                    until = until or time.monotonic() + LOADING
                    if time.monotonic() >= until:
                        raise self.meaning.of_loading(LOADING) from None
                    if tries == 0:
                        log.warning("%s is loading its model; waiting", self.url)
                    tries = max(tries, 1)
                    time.sleep(_LOOK_AGAIN)
                    continue
                if not refused.passing:
                    raise
                trouble, wait, error = f"answered with an error ({refused.words})", refused.wait, refused
            if tries >= self._settings.retries or patience.ends(wait):
                raise error from None
            often = isinstance(error, Refused) and error.kind == OFTEN
            pause = answers.pause(tries, wait, often=often)
            patience.take(pause)
            tries += 1
            log.warning("%s %s; asking again in %.1f s", self.url, trouble, pause)
            time.sleep(pause)

    def _once(self, request: Body, keep: Callable[[object], None]) -> Body:
        import httpx2
        import openai

        try:
            with self._client.chat.completions.with_streaming_response.create(**request) as response:
                if "event-stream" in response.headers.get("content-type", ""):
                    body = self._assembled(response.iter_bytes(), keep)
                else:
                    body = self._parsed(_read(response.iter_bytes()), keep)
        except openai.APIStatusError as error:
            raise self._refused(error) from None  # what the SDK says of it may hold the key
        except openai.APIConnectionError as error:
            raise self._no_answer(error) from None
        except httpx2.TimeoutException:
            raise _Silent from None
        except httpx2.HTTPError:
            raise _Cut from None
        choices = body.get("choices")
        first = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
        if first.get("error") or not isinstance(first.get("message"), dict):
            keep(body)
            raise self._inside(first.get("error") or body.get("error"))
        if kind(first.get("finish_reason")) == BROKEN:
            keep(body)
            raise self._inside({"message": f"it ended its answer with {first['finish_reason']}", "code": 502})
        return body

    def _parsed(self, text: str, keep: Callable[[object], None] = lambda came: None) -> Body:
        """Return the body as JSON; ModelUnavailable where it is something else."""
        body = self._json(text)
        if isinstance(body, dict):
            return body
        begun = text.lstrip().startswith("{")
        keep(self._secret.hide(text, in_words=not begun))
        if begun:
            raise _Cut
        raise self.meaning.of_another_service(text)

    def _json(self, text: str) -> object:
        try:
            return self._secret.clean(json.loads(text))
        except (ValueError, RecursionError):
            return None

    def _assembled(self, parts: Iterable[bytes], keep: Callable[[object], None]) -> Body:
        """Return the body that the answer would have had in one piece; one that goes round in a circle is stopped."""
        message: Body = {}
        choice: Body = {"index": 0, "message": message, "finish_reason": None}
        body: Body = {"object": "chat.completion"}
        done, looked = False, 0
        try:
            for event in _events(parts):
                if event is None:
                    done = True
                    break
                body |= {name: event[name] for name in ("id", "model", "created", "usage", "error") if event.get(name)}
                for part in filter(None, event.get("choices") or []):
                    body["choices"] = [choice]
                    choice["finish_reason"] = part.get("finish_reason") or choice["finish_reason"]
                    messages.add(message, part.get("delta") or {})
                if "error" in body:
                    raise self._inside(body["error"])
                said = message.get("content") or ""
                if len(said) - looked >= _LOOK and not choice["finish_reason"]:
                    looked = len(said)
                    if repeats(said):
                        choice["finish_reason"] = LOOP
                        break
            done = done or bool(choice["finish_reason"])
            if not done:
                raise _Cut
        finally:
            body = self._secret.clean(body)  # only now: a key may come in pieces
            if not done:
                keep(body)
        return body

    def _refused(self, error: "openai.APIStatusError") -> Refused | _Silent:
        body = error.body[0] if isinstance(error.body, list) and error.body else error.body  # Gemini's is a list
        said = body if isinstance(body, dict) else {"message": error.response.text}
        refused = Refused(said.get("error", said), error.status_code, self._secret, error.response.headers)
        return _Silent(refused) if refused.timed_out else refused

    def _inside(self, error: object) -> Refused | _Silent | WriterError:
        """Return what came in place of an answer, with the status it stands for."""
        if not error:
            return WriterError(f"the server at {self.url} answered without a choice", "ask another model")
        refused = Refused(error, status_of(error), self._secret)
        return _Silent(refused) if refused.timed_out else refused

    def _no_answer(self, error: "openai.APIConnectionError") -> ModelUnavailable | _Lost:
        import httpx2
        import openai

        if isinstance(error, openai.APITimeoutError):
            return _Silent(nobody=self.meaning.of_no_connection(error) if passing.is_unconnected(error) else None)
        if isinstance(error.__cause__, httpx2.ConnectError | httpx2.ProxyError | httpx2.UnsupportedProtocol):
            return self.meaning.of_no_connection(error)
        return _HungUp()


def _read(parts: Iterable[bytes]) -> str:
    """Return the text of a body; of JSON that breaks off, what came."""
    import httpx2

    body = bytearray()
    try:
        for part in parts:
            body += part
    except httpx2.TimeoutException:
        raise
    except httpx2.HTTPError:
        if not body.lstrip().startswith(b"{"):
            raise
    return body.decode(errors="replace")


def _events(parts: Iterable[bytes]) -> Iterator[Body | None]:
    """Give the events of a stream, None for the last; lines end in a line feed and nowhere else."""
    rest = b""
    for part in parts:
        *lines, rest = (rest + part).split(b"\n")
        for line in lines:
            data = line.removeprefix(b"data:").strip()
            if line.startswith(b"data:") and data:
                try:
                    event = None if data == b"[DONE]" else json.loads(data)
                except ValueError:
                    raise _Cut from None
                if event is None or isinstance(event, dict):
                    yield event
