"""Answers of an API that have an end: a time and a size for the whole, and no way to another address; and when to ask
again, in whatever form one says so.

>>> waits("You exceeded your current quota. Please retry in 45.5s."), waits("Please try again in 1h1m12s"), waits("No.")
(45.5, 3672.0, None)
>>> waits("", {"retry-after": "2.5"}), waits("Try again in 2 minutes.", {"retry-after-ms": "300"}), retry_after("soon")
(2.5, 120.0, None)
"""

import datetime as dt
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from podcast.show.errors import ConfigError, Endless

if TYPE_CHECKING:
    import httpx2

_UNITS = {"ms": 0.001, "milli": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SPAN = r"(\d{1,6}(?:\.\d{1,12})?) ?(ms|milli|[smhd])[a-z]*"
_SPANS = rf"(?:{_SPAN}(?:,? and |,? )?){{1,5}}"
_AGAIN = re.compile(rf"\b(?:(?:re)?try (?:again )?(?:in|after)|retrydelay) ({_SPANS})", re.I)
_MINUTE, _DAY = re.compile(r"per[ _-]?minute", re.I), re.compile(r"per[ _-]?day", re.I)
_RESET = re.compile(r"((?:x-)?ratelimit-)reset(-[a-z-]{1,40})?", re.I)
_EPOCH = 1e9
"""Figures from here on are seconds of the clock, and no pause."""
_OFTEN = 10.0
_LONG = 60.0
"""Seconds that a server may ask us to wait before each more try, as OpenAI's own client has it."""
_SOON = 3600.0
"""Seconds within which what may be asked for is there again, where it is not an account that is used up."""
_SEE = "see what answers there: it is no server for this, or it is broken"


def client(url: str, seconds: float, most: Callable[[int], int], *, trust_env: bool = True) -> "httpx2.Client":
    """Return an HTTP client for OpenAI's SDK that talks to the API at `url` alone.

    A whole answer takes `seconds` at most, from the question to its last byte, and as many bytes as `most` says of a
    question of so many; else Endless is raised. A redirect is a ConfigError that names where it led: nothing is sent
    there. Answers come as they are: one packed into less than it is has no size that could be known.
    """
    import httpx2
    import openai

    class Client(openai.DefaultHttpxClient):
        def send(self, request: httpx2.Request, *, stream: bool = False, **more: Any) -> httpx2.Response:
            limit = _Limit(url, seconds, most(int(request.headers.get("Content-Length", 0))))
            request.extensions = {**request.extensions, "trace": limit.trace}
            request.headers["Accept-Encoding"] = "identity"
            try:
                response = super().send(request, stream=True, **{**more, "follow_redirects": False})
            except httpx2.HTTPError:
                limit.end()
                if limit.passed:
                    raise limit.too_slow() from None
                raise
            if response.is_redirect or response.headers.get("Content-Encoding", "identity") != "identity":
                limit.end()
                response.close()
                raise _not_taken(url, response)
            response.stream = _bounded(response.stream, limit)
            if not stream:
                response.read()
            return response

    # each answer has a connection of its own, so that cutting it off cuts off no other
    return Client(trust_env=trust_env, limits=httpx2.Limits(max_keepalive_connections=0), follow_redirects=False)


def waits(text: str, head: Mapping[str, str] | None = None, *, throttled: bool = False) -> float | None:
    """Return the seconds after which a refusal says to ask again, in its words or in its head, whichever is later; None
    where it does not say. Of one that was `throttled` the head may say it of its quotas alone."""
    told = head or {}
    asked = [retry_after(told.get("retry-after", "")), _figure(told.get("retry-after-ms", ""), _UNITS["ms"])]
    if found := _AGAIN.search(text):
        asked.append(_span(found[1]))
    known = [one for one in asked if one is not None]
    return max(known, default=_refilled(told) if throttled else None)


def pause(tries: int, wait: float | None, *, often: bool = False) -> float:
    """Return the seconds to wait after so many tries before: as many as are asked for, and never none twice. Where we
    asked too `often`, and nobody says until when, they reach beyond a minute: quotas are for one.

    >>> [pause(tries, None) for tries in range(6)], sum(pause(tries, None, often=True) for tries in range(4))
    ([0.5, 1.0, 2.0, 4.0, 8.0, 8.0], 75.0)
    """
    ours = min(0.5 * 2.0**tries, 8.0)
    if wait is None:
        return ours * (_OFTEN if often else 1.0)
    return max(wait, ours / 2 if tries else 0.0)


@dataclass
class Patience:
    """How long one answer is waited for where a server says how long: a minute before each more try, and longer waits
    as long as they have this together."""

    left: float = 300.0
    """Seconds."""

    def ends(self, wait: float | None) -> bool:
        """Tell whether a wait is longer than that."""
        return (wait or 0.0) > max(self.left, _LONG)

    def take(self, pause: float) -> None:
        self.left -= pause if pause > _LONG else 0.0


def _span(said: str) -> float | None:
    """Return the seconds of a time with units; None where it is something else, as a date."""
    if not re.fullmatch(_SPANS, said.strip(), re.I):
        return None
    return sum(float(number) * _UNITS[unit.lower()] for number, unit in re.findall(_SPAN, said, re.I))


def _refilled(head: Mapping[str, str]) -> float | None:
    """Return the seconds until the quotas that are empty are full again, of all that a head names; one that does not
    say what is left is empty. None where there is none.

    >>> _refilled({"x-ratelimit-reset-tokens": "1m2s", "x-ratelimit-reset-requests": "7h",
    ...     "x-ratelimit-remaining-requests": "86"})
    62.0
    """
    found = list[float]()
    for name, said in head.items():
        mark = _RESET.fullmatch(name)
        if mark and head.get(f"{mark[1]}remaining{mark[2] or ''}", "0").strip() == "0":
            seconds = _span(said)
            seconds = retry_after(said) if seconds is None else seconds
            found += [] if seconds is None else [seconds]
    return max(found, default=None)


def retry_after(said: str) -> float | None:
    """Return the seconds that a Retry-After says, which may be a date, or a moment by the clock in seconds or in ms;
    None where it is something else."""
    figure = _figure(said)
    if figure is not None and figure > _EPOCH:
        return max(0.0, figure / (1000 if figure > 1000 * _EPOCH else 1) - time.time())
    if figure is not None:
        return figure
    try:
        then = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, then.replace(tzinfo=then.tzinfo or dt.UTC).timestamp() - time.time())


def _figure(said: str, unit: float = 1.0) -> float | None:
    return float(said) * unit if re.fullmatch(r"\d{1,13}(\.\d{1,12})?", said.strip()) else None


def refills(text: str) -> bool:
    """Tell whether a quota that a refusal names is one for a minute, as Gemini's: the account has more."""
    wait = waits(text)
    return not _DAY.search(text) and (bool(_MINUTE.search(text)) or (wait is not None and wait <= _SOON))


class _Limit:
    """The end of one answer: when time is up its connection is shut, wherever it waits."""

    def __init__(self, url: str, seconds: float, most: int) -> None:
        self.url, self.seconds, self.most = url, seconds, most
        self.passed = False
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self._timer.start()

    def trace(self, event: str, told: Mapping[str, Any]) -> None:
        """Learn the connection as it is made."""
        if event.startswith("connection.") and event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._socket = told["return_value"].get_extra_info("socket")

    def check(self, came: int) -> None:
        """Raise Endless where too much came, or too late."""
        if came > self.most:
            raise Endless(f"{self.url} sent more than {self.most / 1e6:.1f} MB for one answer", _SEE)
        if self.passed or time.monotonic() > self._ends:
            raise self.too_slow()

    def too_slow(self) -> Endless:
        return Endless(
            f"{self.url} had not ended its answer after {self.seconds:g} s", f"{_SEE}; or it needs a longer timeout"
        )

    def end(self) -> None:
        self._timer.cancel()

    def _shut(self) -> None:
        self.passed = True
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # wakes who reads; TLS has no say in it


def _bounded(stream: Any, limit: _Limit) -> Any:
    """Return the stream, which ends in an error where the limit is passed."""
    import httpx2

    class Bounded(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            came = 0
            try:
                for part in stream:
                    came += len(part)
                    limit.check(came)
                    yield part
            except httpx2.HTTPError:
                if limit.passed:
                    raise limit.too_slow() from None
                raise
            limit.check(came)

        def close(self) -> None:
            limit.end()
            stream.close()

    return Bounded()


def _not_taken(url: str, response: "httpx2.Response") -> ConfigError:
    if response.is_redirect:
        where = response.headers.get("Location", "nowhere").partition("?")[0][:200]
        return ConfigError(
            f"{url} sends us on ({response.status_code}) to {where!r}, which is not followed: an API does not redirect",
            "set base_url to the address where the API itself answers",
        )
    packed = response.headers["Content-Encoding"][:20]
    return ConfigError(f"{url} answers in {packed!r}, which was not asked for", "have it answer as it is (identity)")
