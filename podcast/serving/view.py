"""The folder feed/ as it is seen from the host that is asked, file by file.

Starlette's StaticFiles gives HEAD, byte ranges (206), If-Range, ETag and Last-Modified (304), and keeps to its folder,
whatever the path or a symbolic link says.
"""

import errno
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

from podcast.serving.headers import cache_control, content_type, is_immutable

NAMING_THE_SITE = (".xml", ".opml", ".html", ".txt", ".webmanifest", ".json", ".jsonl", ".md")
"""Files that name addresses of the site, where they are not media. They are read whole: a publishing that goes on
meanwhile never shows half of the old and half of the new."""


class View(StaticFiles):
    """The files of a folder; those that name one of the `sites` name the host that was asked instead."""

    def __init__(self, feed: Path, sites: tuple[str, ...]) -> None:
        super().__init__(directory=feed, html=True)
        self._root, self._sites = os.path.realpath(feed), sites

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
        headers = {"cache-control": cache_control(path) if is_immutable(path) else "no-cache"}
        kind = content_type(path)
        if path.startswith("media/") or not path.endswith(NAMING_THE_SITE):
            _satisfy(scope, stat_result.st_size)
            response: Response = FileResponse(full_path, status_code, headers, kind, stat_result=stat_result)
        else:
            data = self._seen(Path(full_path), scope)
            headers |= {
                "etag": f'"{hashlib.sha256(data).hexdigest()[:32]}"',
                "last-modified": formatdate(stat_result.st_mtime, usegmt=True),
            }
            response = Response(data, status_code, headers, kind)
        if self.is_not_modified(response.headers, Headers(scope=scope)):
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
