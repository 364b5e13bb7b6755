"""The folder feed/ as it is seen from the host that is asked, file by file.

Starlette's StaticFiles gives HEAD, byte ranges (206), If-Range, ETag and Last-Modified (304), and keeps to its folder,
whatever the path or a symbolic link says.
"""

import errno
import gzip
import hashlib
import os
import re
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from podcast.serving.headers import cache_control, content_type, framed_by, is_immutable, is_text

NAMING_THE_SITE = (".xml", ".opml", ".html", ".txt", ".webmanifest", ".json", ".jsonl", ".md")
"""Files that name addresses of the site, where they are not media. They are read whole: a publishing that goes on
meanwhile never shows half of the old and half of the new."""


FEWEST_BYTES = 600
"""What is smaller goes as it is: it fits one packet."""
_LEVEL = 6


class View(StaticFiles):
    """The files of a folder; those that name one of the `sites` name the host that was asked instead."""

    def __init__(self, feed: Path, sites: tuple[str, ...], *, private: bool = False) -> None:
        super().__init__(directory=feed, html=True)
        self._root, self._sites = os.path.realpath(feed), sites
        self._always = {"x-robots-tag": "noindex, nofollow", "referrer-policy": "no-referrer"} if private else {}

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        if any(part.startswith(".") and part != ".well-known" for part in Path(path).parts):
            return "", None  # a file that is being written, or one that is nobody's business
        try:
            return super().lookup_path(path)
        except OSError as error:
            if error.errno != errno.ELOOP:  # links in a circle
                raise
            return "", None

    async def get_response(self, path: str, scope: Scope) -> Response:
        asked = Headers(scope=scope).get("range")
        # What is no range is to be taken as not there (RFC 9110 §14.2). Starlette answers 400 to some of it, and
        # before 1.5.1 a broken 206 to others (github.com/Kludex/starlette/issues/3388).
        if asked and not _is_range(asked):
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
        response = await super().get_response(path, scope)
        if isinstance(response, FileResponse) and response.status_code == 404:
            return Response(self._seen(Path(response.path), scope), 404, media_type=content_type("404.html"))
        return response

    def file_response(
        self, full_path: "os.PathLike[str] | str", stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path = os.path.relpath(full_path, self._root)
        # what may change is seen at once here, where it is made
        headers = {"cache-control": cache_control(path) if is_immutable(path) else "no-cache", **self._always}
        kind, asked = content_type(path), Headers(scope=scope)
        headers |= {"vary": "Accept-Encoding"} if is_text(path) else {}
        headers |= {"content-security-policy": f"frame-ancestors {framed_by(path)}"} if path.endswith(".html") else {}
        seen = not path.startswith("media/") and path.endswith(NAMING_THE_SITE)
        packed = is_text(path) and "range" not in asked and takes_gzip(asked.get("accept-encoding", ""))
        if seen or packed:
            data = self._seen(Path(full_path), scope) if seen else Path(full_path).read_bytes()
            headers |= {"etag": _etag(data if seen else _state(stat_result))}
            headers |= {"last-modified": formatdate(stat_result.st_mtime, usegmt=True)}
            if packed and len(data) >= FEWEST_BYTES:
                data = gzip.compress(data, _LEVEL, mtime=0)
                headers |= {"content-encoding": "gzip", "etag": f"W/{headers['etag']}"}  # the same words, other bytes
            response: Response = Response(data, status_code, headers, kind)
        else:
            _satisfy(scope, stat_result.st_size)
            headers |= {"etag": _etag(_state(stat_result))} if is_text(path) else {}
            response = FileResponse(full_path, status_code, headers, kind, stat_result=stat_result)
        # who has it packed has it unpacked: If-None-Match compares weakly (RFC 9110 §13.1.2)
        as_told = Headers({**response.headers, "etag": response.headers["etag"].removeprefix("W/")})
        if self.is_not_modified(as_told, Headers(scope=scope)):
            return NotModifiedResponse(response.headers)
        return response

    def _seen(self, path: Path, scope: Scope) -> bytes:
        return _seen_from(path, self._sites, Headers(scope=scope).get("host", ""))


def _seen_from(path: Path, sites: tuple[str, ...], host: str) -> bytes:
    """Return the file as it is read at this host: addresses of the sites become addresses here."""
    data = path.read_bytes()
    if re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-f:.]+\](:\d+)?", host):
        for site in sorted(sites, key=len, reverse=True):  # one may begin another
            data = data.replace(site.encode(), f"http://{host}/".encode())
            folder = urlsplit(site).path
            if folder != "/" and path.suffix == ".html":  # the page for what is not there names its files from the root
                data = data.replace(f'="{folder}'.encode(), b'="/')
    return data


def _etag(of: bytes) -> str:
    return f'"{hashlib.sha256(of).hexdigest()[:32]}"'


def _state(stat: os.stat_result) -> bytes:
    return f"{stat.st_mtime_ns} {stat.st_size}".encode()


def takes_gzip(accepted: str) -> bool:
    """Tell whether who sends this Accept-Encoding takes gzip, by name or by a star (RFC 9110 §12.5.3)."""
    said: dict[str, str] = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        said[name.strip()] = weight.strip().removeprefix("q=")
    weight = said.get("gzip", said.get("x-gzip", said.get("*", "0")))
    return not re.fullmatch(r"0(\.0{0,3})?", weight)


def _satisfy(scope: Scope, size: int) -> None:
    """Leave of the ranges that are asked for those that the file has, if it has any: they are to be served, whatever
    the others (RFC 9110 §14.1.2, §15.5.17). Starlette answers 416 where one of several begins behind the end."""
    asked = Headers(scope=scope).get("range")
    if not asked:
        return
    unit, _, ranges = asked.partition("=")
    there = [part.strip() for part in ranges.split(",") if _is_within(part.strip(), size)]
    if there:
        value = f"{unit}={', '.join(there)}".encode()
        scope["headers"] = [(name, value if name == b"range" else said) for name, said in scope["headers"]]


def _is_within(part: str, size: int) -> bool:
    first, _, last = part.partition("-")
    return int(first) < size if first else int(last) > 0 and size > 0


def _is_range(asked: str) -> bool:
    """Whether the header asks for byte ranges that make sense: "bytes=0-99", "bytes=100-", "bytes=-500, 0-0"."""
    unit, _, ranges = asked.partition("=")
    found = [re.fullmatch(r"\s*(\d*)-(\d*)\s*", part) for part in ranges.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one and (one[1] or one[2]) and (not (one[1] and one[2]) or int(one[1]) <= int(one[2])) for one in found
    )
