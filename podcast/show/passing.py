"""What passes and what is final, of every service that answers over HTTP: one table, for nothing final is concluded
from an answer that passes.

AGAIN: asked again within the same command. LATER: left to the next one, and nothing is concluded. FINAL: it will not be
otherwise until a person or the service changes something.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


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


def broke(error: Exception) -> str:
    """Return what broke a request, in a few words without an address: the library's own hold that, and more."""
    import requests
    import urllib3

    if isinstance(error, requests.HTTPError):
        return f"answers {error.response.status_code}"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "was too slow"
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.NewConnectionError):
        return "cannot be reached"
    return "broke off its answer"


def of(service: str, status: int) -> Ends:
    """Return how it ends with the service's answer of that HTTP status."""
    known, otherwise = TABLE[service]
    return known.get(status, otherwise)
