"""Whether listeners get what was published: every address is asked over HTTP, as podcast apps ask."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from podcast.serving.headers import content_type, is_audio
from podcast.show import passing
from podcast.show.settings import PublishSettings

if TYPE_CHECKING:
    import requests

_TIMEOUT = 20.0
"""Seconds without a byte before an address is given up."""
PAUSES = (2.0, 8.0)
"""Seconds before an address is asked again: what is new takes a moment to be everywhere."""
_AT_ONCE = 6

_ALSO = {
    "application/json+chapters": {"application/json"},
    "application/jsonl": {"application/json", "application/x-ndjson", "application/octet-stream"},
    "application/rss+xml": {"application/xml", "text/xml"},
    "application/xml": {"text/xml"},
    "application/x-subrip": {"application/srt", "text/plain", "text/srt"},
    "text/javascript": {"application/javascript"},
    "text/markdown": {"text/plain"},
    "text/x-opml": {"application/xml", "text/xml", "application/octet-stream"},
    "audio/ogg": {"audio/opus"},
    "audio/mp4": {"audio/x-m4a"},
}
"""Types that hosts which choose them by themselves (GitHub Pages) send instead, and that apps take as well."""


@dataclass(frozen=True)
class Expected:
    """An address, and what is to be found there."""

    url: str
    path: str
    """The file's path under feed/."""
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Unreached:
    """An address where something else is found, and what."""

    url: str
    found: str


def expected(feed: Path, paths: Iterable[str], settings: PublishSettings) -> Iterator[Expected]:
    """Yield the addresses of files of feed/, as the feed names them: a page by its folder."""
    for path in paths:
        named = quote(path.removesuffix("index.html"))
        yield Expected(settings.address(named), path, (feed / path).stat().st_size)


def check(
    wanted: Sequence[Expected], pauses: Sequence[float] = PAUSES, sleep: Callable[[float], None] = time.sleep
) -> Sequence[Unreached]:
    """Return the addresses that do not give what is expected, each with what is wrong.

    HEAD must tell length and type, and sound must come in ranges (206), without which players cannot jump and Apple
    refuses a show. Addresses that fail are asked again after each of the pauses, in seconds.
    """
    import requests

    with requests.Session() as session, ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reach") as pool:
        session.headers["Accept-Encoding"] = "identity"  # a packed length is not the file's
        failed = list(wanted)
        found: list[str] = []
        for pause in (0.0, *pauses):
            if pause and failed:
                sleep(pause)
            found = list(pool.map(lambda each: _fault(session, each), failed))
            failed = [each for each, fault in zip(failed, found, strict=True) if fault]
            found = [fault for fault in found if fault]
    return [Unreached(each.url, fault) for each, fault in zip(failed, found, strict=True)]


def _fault(session: "requests.Session", each: Expected) -> str:
    """Return what is wrong at the address; "" where nothing is."""
    import requests

    try:
        head = session.head(each.url, timeout=_TIMEOUT, allow_redirects=True)
        if head.status_code != 200:
            return f"HEAD answers {head.status_code}"
        length = head.headers.get("Content-Length", "")
        if "Content-Encoding" not in head.headers and length != str(each.size):
            return f"it has {length or 'an unknown number of'} bytes, and the file {each.size}"
        kind = head.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        right = content_type(each.path).partition(";")[0]
        if kind != right and kind not in _ALSO.get(right, ()):
            return f"its type is {kind or 'unknown'}, not {right}"
        if not is_audio(each.path):
            return ""
        if "Content-Encoding" in head.headers:
            return "it is sent packed, which breaks ranges"
        headers = {"Range": "bytes=0-1"}
        with session.get(each.url, headers=headers, timeout=_TIMEOUT, stream=True) as part:
            if part.status_code != 206:
                return f"asked for two bytes it answers {part.status_code}, not 206"
            if len(part.raw.read(3)) != 2:
                return "asked for two bytes it sends others"
    except requests.RequestException as error:
        return f"it {passing.silence(error, each.url)[0]}"
    return ""
