"""What passes and what is final, of every service that answers over HTTP: one table, for nothing final is concluded
from an answer that passes.

AGAIN: asked again within the same command. LATER: left to the next one, and nothing is concluded. FINAL: it will not be
otherwise until a person or the service changes something.
"""

import errno
import socket
import ssl
from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType

from podcast.show import loopback


class Ends(Enum):
    """How it ends with an answer."""

    AGAIN = "asked again at once"
    LATER = "left to the next run"
    FINAL = "final"


_BUSY = dict.fromkeys((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524), Ends.AGAIN)
"""Too slow, too early, too often, out for the moment: RFC 9110, RFC 6585, RFC 8470, and Cloudflare's."""

_NONE = dict.fromkeys((404, 410, 451), Ends.FINAL)
"""There is none: RFC 9110, RFC 7725."""

THROTTLED = frozenset({403, 406, 429})
"""Where a service asks again after these, it is asked for less, and takes longer than an outage."""

OUT = THROTTLED | {503}
"""Where these do not end, a service gives nothing else either; 500 may be of one address alone."""

TABLE: Mapping[str, tuple[Mapping[int, Ends], Ends]] = MappingProxyType(
    {
        # 400 is a day that has not begun, 202, 403 and 405 a wall against browsers: none says that a day has no papers
        "list": (_BUSY, Ends.LATER),
        # only these say that a paper has no such form
        "text": ({**_BUSY, **_NONE}, Ends.LATER),
        # 403 and 406 are how arXiv throttles, beside 429
        "arxiv": ({**_BUSY, **_NONE, **dict.fromkeys(THROTTLED, Ends.AGAIN)}, Ends.LATER),
        # botocore asks again by itself; 507 is a store that is full
        "store": ({**_BUSY, 501: Ends.FINAL, 505: Ends.FINAL, 507: Ends.FINAL}, Ends.FINAL),
        # who is told of a publish: what is not heard now is told with the next one
        "hub": (_BUSY, Ends.FINAL),
    }
)
"""By service: what statuses end in, and what all others do."""


LATER = "try again later"
ON_NETWORK = "whether this machine is on the network"
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN})


def silence(error: BaseException, url: str = "", named: str = "") -> tuple[str, str]:
    """Return why nothing came of the address, in a few words without it, and what to do: a library's own words hold the
    address, and more. `named` is where a person wrote it, such as "base_url in [writer]"; "" for a service's own.

    >>> silence(ConnectionRefusedError(), "http://localhost:11434/v1", "base_url in [writer]")
    ('cannot be reached', 'is it running, and is base_url in [writer] right?')
    >>> silence(socket.gaierror(), "https://huggingface.co/api")
    ('cannot be reached', 'look whether this machine is on the network, then try again later')
    >>> silence(TimeoutError(), "https://huggingface.co/api")
    ('was too slow', 'try again later')
    """
    import requests

    causes = tuple(_causes(error))

    def among(*kinds: type[BaseException]) -> bool:
        return any(isinstance(each, kinds) for each in causes)

    away = f"look at {named}, and {ON_NETWORK}" if named else f"look {ON_NETWORK}, then {LATER}"
    if isinstance(error, requests.HTTPError):
        return f"answers {error.response.status_code}", LATER
    if among(requests.exceptions.ProxyError):
        return "cannot be reached by way of the proxy", "look at HTTPS_PROXY and HTTP_PROXY"
    if among(socket.gaierror):  # whoever knows names was asked, and was not there, or knew none
        return "cannot be reached", away
    if among(ConnectionRefusedError):
        here = f"is it running, and is {named} right?" if named else "is it running?"
        return "cannot be reached", here if named or loopback.is_url(url) else LATER
    if among(TimeoutError, requests.Timeout):
        return "was too slow", LATER
    if among(requests.ConnectionError, ssl.SSLError) or any(
        isinstance(each, OSError) and each.errno in _NO_WAY for each in causes
    ):
        return "cannot be reached", away
    return "broke off its answer", LATER


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def of(service: str, status: int) -> Ends:
    """Return how it ends with the service's answer of that HTTP status."""
    known, otherwise = TABLE[service]
    return known.get(status, otherwise)
