"""One service over HTTP, politely: time-outs, few retries, the waits it asks for, and no more bytes than agreed."""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.auth import AuthBase

from podcast import __version__
from podcast.show import answers, loopback, passing
from podcast.show.errors import NoText, SourceError, Unanswered
from podcast.show.schema import Seconds
from podcast.show.settings import SourcesSettings
from podcast.sources.text import clean_text

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
TEXT_LIMIT = 20 * MEGABYTE
PDF_LIMIT = 50 * MEGABYTE

_MOST_HOPS = 5
_TOKEN_HOST = "huggingface.co"


@dataclass(frozen=True)
class Answer:
    """What a service answered, whole; the status is the asker's to judge, save those that pass."""

    url: str
    """Where it came from, after redirects."""
    status: int
    body: bytes
    date: dt.datetime | None = None
    """When that was, by the service's own clock."""
    headers: Mapping[str, str] = field(default_factory=dict)


class _Token(AuthBase):
    """Sends the token to Hugging Face (or a stand-in on this machine), and nothing to anyone else.

    As a session's `auth` it also keeps requests from looking for passwords in the home folder's .netrc.
    """

    def __init__(self, token: str | None, origin: str) -> None:
        self._token = token
        trusted = urlsplit(origin).hostname == _TOKEN_HOST or loopback.is_url(origin)
        self._origin = _origin(origin) if trusted else None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token and self._origin == _origin(str(request.url)):
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class _Session(requests.Session):
    """Leaves redirects to us: requests would read their bodies whole, and prepare what they lead to."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


class Service:
    """A service at its addresses; redirects that lead elsewhere are refused.

    `kind` names its row in `passing.TABLE`, `turn` gives the right to ask once, and `patience` are the seconds to wait
    where it throttles us and names none.
    """

    _named = ""
    """Where a person wrote its address; see `passing.silence`."""

    def __init__(
        self,
        name: str,
        bases: tuple[str, ...],
        settings: SourcesSettings,
        *,
        kind: str = "list",
        token: str | None = None,
        patience: tuple[Seconds, ...] | None = None,
        turn: Callable[[], AbstractContextManager[None]] = nullcontext,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self._kind = kind
        self._origins = frozenset(map(_origin, bases))
        self._settings = settings
        self._patience = settings.backoff if patience is None else patience
        self._turn = turn
        self._sleep = sleep
        self._session = _Session()
        self._session.auth = _Token(token, bases[0])
        contact = f" (+{settings.contact})" if settings.contact else ""
        self._session.headers["User-Agent"] = f"daily-paper-podcast/{__version__}{contact}"
        self._session.trust_env = not loopback.is_url(bases[0])  # no proxy stands before this machine

    def get(self, url: str, limit: int = TEXT_LIMIT) -> Answer:
        """Return the answer, of `limit` bytes at most.

        Raises SourceError where none came in as many tries as the settings allow, Unanswered where that is no matter of
        this address, NoText where it is too large, SourceError where we are sent to somebody else.
        """
        tries = 0
        while True:
            wait: float | None = None
            kind: type[SourceError]
            try:
                answer, headers = self._follow(url, limit)
            except requests.exceptions.InvalidURL as error:
                raise SourceError(
                    f"no machine called {urlsplit(url).hostname} is to be found", "look at the address"
                ) from error
            except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
                trouble, later = passing.silence(error, url, self._named)
                schedule, kind = self._settings.backoff, Unanswered
            else:
                if passing.of(self._kind, answer.status) is not passing.Ends.AGAIN:
                    return answer
                trouble, later = f"answered {answer.status}", "try again later"
                kind = Unanswered if answer.status in passing.OUT else SourceError
                schedule = self._patience if answer.status in passing.THROTTLED else self._settings.backoff
                wait = _asked(headers, answer.status)
            if tries >= len(schedule) or (wait or 0) > self._settings.longest_wait:
                break
            wait = schedule[tries] if wait is None else wait
            tries += 1
            log.info("%s %s; asking again in %.0f s", self.name, trouble, wait)
            self._sleep(wait)
        asked = f"it asks to wait {wait:.0f} s" if wait else later
        raise kind(f"{self.name} {trouble} ({tries + 1} tries): {url}", asked)

    def _follow(self, url: str, limit: int) -> tuple[Answer, Mapping[str, str]]:
        for _ in range(_MOST_HOPS + 1):
            answer, headers = self._once(url, limit)
            if answer.status not in (301, 302, 303, 307, 308) or "Location" not in headers:
                return answer, headers
            url = self._next(url, headers["Location"])
        raise SourceError(f"{self.name} sends us in circles: {url}", "try again later")

    def _next(self, url: str, location: str) -> str:
        """Return the address that a redirect leads to; SourceError where it is not one of the service's own."""
        try:
            target = urljoin(url, location)
            ours = self._ours(target)
        except ValueError:  # urllib.parse's word for an address that is none
            target, ours = location, False
        if not ours:
            elsewhere = clean_text(target.partition("?")[0])[:100]
            raise SourceError(
                f"{self.name} sends us from {url} to {elsewhere}, which is not followed",
                "only the service's own https addresses are; see [sources] in podcast.toml",
            )
        return target

    def _ours(self, url: str) -> bool:
        """Tell whether the address is the service's: one of its origins, or https at a name below theirs."""
        parts = urlsplit(url)
        if parts.username is not None or parts.password is not None or not parts.hostname:
            return False
        if _origin(url) in self._origins:
            return True
        names = [urlsplit(origin).hostname for origin in self._origins if origin.startswith("https:")]
        return _origin(url) == f"https://{parts.hostname}:443" and parts.hostname.endswith(
            tuple(f".{n}" for n in names)
        )

    def _once(self, url: str, limit: int) -> tuple[Answer, Mapping[str, str]]:
        """Return one request's answer and headers, redirects as they are."""
        ends = time.monotonic() + self._settings.deadline
        log.debug("GET %s", url)
        with (
            self._turn(),
            self._session.get(url, stream=True, allow_redirects=False, timeout=self._settings.timeout) as response,
        ):
            said = response.headers.get("Content-Length", "")
            if said.isdigit() and int(said) > limit:
                raise _too_large(self.name, url, limit)
            body = bytearray()
            # read1 gives what is there: a body that drips cannot hold us longer than the deadline
            while part := response.raw.read1(1 << 16, decode_content=True):
                body += part
                if len(body) > limit:
                    raise _too_large(self.name, url, limit)
                if time.monotonic() > ends:
                    raise requests.Timeout
            return Answer(
                url, response.status_code, bytes(body), _dated(response.headers), response.headers
            ), response.headers


def _dated(headers: Mapping[str, str]) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or dt.UTC)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _too_large(name: str, url: str, limit: int) -> NoText:
    return NoText(f"{name} sent more than {limit // MEGABYTE} MB: {url}", "it is not read")


def _asked(headers: Mapping[str, str], status: int) -> float | None:
    """Return the seconds that a service asks us to wait; None where it does not say.

    Hugging Face says `RateLimit: "api";r=0;t=55`, of several limits one after the other; others `Retry-After: 55`
    or a date there. `t` is when a limit begins anew: it counts where none of it remains, or where that is why we wait.
    """
    limits = [
        (re.search(r";\s*r=0+(?!\d)", limit) is not None, int(found[1]) + 1.0)
        for limit in headers.get("RateLimit", "").split(",")
        if (found := re.search(r";\s*t=(\d{1,6})\b", limit))
    ]
    if waits := [wait for spent, wait in limits if spent] or [wait for _, wait in limits if status == 429]:
        return max(waits)
    return answers.retry_after(headers.get("Retry-After", ""))
