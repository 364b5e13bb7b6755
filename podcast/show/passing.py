"""What passes and what is final, of every service that answers over HTTP: one table, for nothing final is concluded
from an answer that passes.

AGAIN: asked again within the same command. LATER: left to the next one, and nothing is concluded. FINAL: it will not be
otherwise until a person or the service changes something.
"""

import errno
import traceback
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
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.ETIMEDOUT})


_CIRCLES = frozenset({"TooManyRedirects"})
_PROXY = frozenset({"ProxyError", "InvalidProxyURL", "ProxySchemeUnknown", "ProxySchemeUnsupported"})
_NO_ADDRESS = frozenset({
    "InvalidURL", "MissingSchema", "InvalidSchema", "UnsupportedProtocol", "LocationValueError", "UnicodeError",
})  # fmt: skip
_CUT = frozenset({
    "HTTPException", "ConnectionResetError", "ConnectionAbortedError", "BrokenPipeError", "SSLEOFError",
    "SSLZeroReturnError", "ProtocolError", "DecodeError", "ChunkedEncodingError", "ContentDecodingError",
    "DecodingError", "ReadError", "WriteError",
})  # fmt: skip
_TIME = frozenset({"TimeoutError", "Timeout", "TimeoutException"})
_CONNECTING = frozenset({"ConnectTimeout", "ConnectTimeoutError", "ConnectError", "NewConnectionError"})
"""Classes of errors by name, as Python, requests, urllib3, httpx and httpcore have them: no library is loaded for an
error that it cannot have raised."""


def silence(error: BaseException, url: str = "", named: str = "") -> tuple[str, str]:
    """Return why nothing came of the address, in a few words without it, and what to do: a library's own words hold the
    address, and more. `named` is where a person wrote it, such as "base_url in [writer]"; "" for a service's own.

    >>> silence(ConnectionRefusedError(), "http://localhost:11434/v1", "base_url in [writer]")
    ('cannot be reached', 'is it running, and is base_url in [writer] right?')
    >>> import socket
    >>> silence(socket.gaierror(), "https://huggingface.co/api")
    ('cannot be reached', 'look whether this machine is on the network, then try again later')
    >>> silence(TimeoutError(), "https://huggingface.co/api"), silence(OSError(), "https://huggingface.co/api")
    (('gave no answer in time', 'try again later'), ('gave no answer', 'try again later'))
    """
    import requests

    if isinstance(error, requests.HTTPError):
        if error.response.status_code == 407:  # a proxy's alone
            return _BY_PROXY
        return f"answers {error.response.status_code}", LATER
    kinds = _kinds(error)
    away = f"look at {named}, and {ON_NETWORK}" if named else f"look {ON_NETWORK}, then {LATER}"
    late = f"look at {named}, or {LATER}" if named else LATER
    is_lost = is_unconnected(error)
    if kinds & _CIRCLES:
        return "sends us in circles", f"look at {named}" if named else LATER
    if kinds & _PROXY or ((is_lost or "InvalidSchema" in kinds) and _has_proxy(url)):
        return _BY_PROXY
    if is_no_address(error):
        return "is no address", f"look at {named or 'the address'}"
    if "SSLCertVerificationError" in kinds:
        return "has a certificate that is not trusted here", TRUST
    if "ConnectionRefusedError" in kinds:
        here = f"is it running, and is {named} right?" if named else "is it running?"
        return "cannot be reached", here if named or loopback.is_url(url) else LATER
    if is_lost:
        return "cannot be reached", away
    if kinds & _TIME:
        return "gave no answer in time", late
    if kinds & _CUT:
        return "broke off its answer", late
    if "SSLError" in kinds:
        return "does not speak TLS as it should", f"is it http:// in {named}?" if named else LATER
    return "gave no answer", late


TRUST = (
    "look at its certificate; a network with an authority of its own names it in REQUESTS_CA_BUNDLE and SSL_CERT_FILE"
)


_BY_PROXY = "cannot be reached by way of the proxy", "look at HTTPS_PROXY and HTTP_PROXY"


def is_no_address(error: BaseException) -> bool:
    """Tell whether nobody was asked, and never will be: what was to be asked is no address."""
    kinds = _kinds(error)
    return bool(kinds & _NO_ADDRESS) and not kinds & _PROXY


def is_unconnected(error: BaseException) -> bool:
    """Tell whether nobody was there, or none was found, so that nothing was sent: no answer is under way.

    >>> is_unconnected(ConnectionRefusedError()), is_unconnected(ConnectionResetError()), is_unconnected(TimeoutError())
    (True, False, False)
    """
    kinds, causes = _kinds(error), tuple(_causes(error))
    if kinds & {"gaierror", "ConnectionRefusedError"}:
        return True
    if any(isinstance(each, OSError) and each.errno in _NO_WAY for each in causes):
        return True
    if kinds & _CUT or "SSLError" in kinds:
        return False
    within = {frame.f_code.co_name for frame, _ in traceback.walk_tb(causes[-1].__traceback__)}
    return "create_connection" in within or (bool(kinds & _CONNECTING) and "start_tls" not in within)


def _has_proxy(url: str) -> bool:
    """Tell whether the environment has the address asked by way of a proxy; no proxy stands before this machine."""
    from requests.utils import get_environ_proxies, select_proxy

    if not url.startswith(("http://", "https://")) or loopback.is_url(url):
        return False
    return select_proxy(url, get_environ_proxies(url)) is not None


def _kinds(error: BaseException) -> frozenset[str]:
    return frozenset(kind.__name__ for each in _causes(error) for kind in type(each).__mro__)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the error and what it comes of, the last cause last."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__  # httpcore's pool raises `from None` what a socket's error became


def of(service: str, status: int) -> Ends:
    """Return how it ends with the service's answer of that HTTP status."""
    known, otherwise = TABLE[service]
    return known.get(status, otherwise)
