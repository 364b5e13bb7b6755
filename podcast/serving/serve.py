"""A web server for feed/ on this machine, that answers as podcast apps need it to.

Starlette's StaticFiles gives HEAD, byte ranges (206), If-Range, ETag and Last-Modified (304), and keeps to its folder,
whatever the path or a symbolic link says. A show whose site is elsewhere is served as a view: where its pages and
feeds name that site, they name this server.
"""

import errno
import hashlib
import logging
import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from podcast.serving.headers import cache_control, content_type, is_immutable
from podcast.show.errors import ConfigError, NotReady

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

NAMING_THE_SITE = (".xml", ".opml", ".html", ".txt", ".webmanifest", ".json", ".jsonl", ".md")
"""Files that name addresses of the site, where they are not media. They are read whole: a publishing that goes on
meanwhile never shows half of the old and half of the new."""

log = logging.getLogger(__name__)


def application(feed: Path, sites: tuple[str, ...] = ()) -> "Starlette":
    """Return the application that serves the folder `feed`, which its files name by one of the addresses `sites`.

    Feeds and pages are served with the address that was asked in the place of those; the files stay as they are. Raises
    NotReady where nothing was published.
    """
    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.responses import FileResponse, Response
    from starlette.routing import Mount
    from starlette.staticfiles import NotModifiedResponse, StaticFiles
    from starlette.types import Scope

    root = os.path.realpath(feed)

    class Site(StaticFiles):
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
                data = _seen_from(Path(response.path), sites, Headers(scope=scope).get("host", ""))
                return Response(data, 404, media_type=content_type("404.html"))
            return response

        def file_response(
            self,
            full_path: "os.PathLike[str] | str",
            stat_result: os.stat_result,
            scope: Scope,
            status_code: int = 200,
        ) -> Response:
            path = os.path.relpath(full_path, root)
            # what may change is seen at once here, where it is made
            headers = {"cache-control": cache_control(path) if is_immutable(path) else "no-cache"}
            kind = content_type(path)
            request = Headers(scope=scope)
            if path.startswith("media/") or not path.endswith(NAMING_THE_SITE):
                response: Response = FileResponse(full_path, status_code, headers, kind, stat_result=stat_result)
            else:
                data = _seen_from(Path(full_path), sites, request.get("host", ""))
                headers |= {
                    "etag": f'"{hashlib.sha256(data).hexdigest()[:32]}"',
                    "last-modified": formatdate(stat_result.st_mtime, usegmt=True),
                }
                response = Response(data, status_code, headers, kind)
            if self.is_not_modified(response.headers, request):
                return NotModifiedResponse(response.headers)
            return response

    if not (feed / "feed.xml").is_file():
        raise NotReady(f"there is nothing to serve in {feed}", "make something first: podcast make --demo")
    # Players on other sites fetch transcripts and chapters by script: they need CORS.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["Range", "If-Range", "If-None-Match", "If-Modified-Since"],
        expose_headers=["Accept-Ranges", "Content-Length", "Content-Range", "ETag"],
    )
    return Starlette(routes=[Mount("/", Site(directory=feed, html=True))], middleware=[cors])


def address(host: str, port: int) -> str:
    """Return the address at which a browser of this machine finds the server that listens at `host`."""
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{here}:{port}/"


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; port 0 is any free one. Raises ConfigError, which says what to choose."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            said, hint = f"port {port} of {host} is in use", f"choose another: podcast serve --port {port % 65535 + 1}"
        elif error.errno == errno.EACCES:
            said, hint = f"port {port} is not yours to listen at", "choose one above 1023: podcast serve --port 8000"
        else:
            said, hint = (
                f"{host} is no address of this machine: {error.strerror}",
                "leave --host, or name one of its own",
            )
        raise ConfigError(said, hint) from error


def serve(feed: Path, sites: tuple[str, ...], listening: socket.socket) -> None:
    """Serve the folder, as `application` does, until Ctrl-C, which ends it at once and quietly."""
    with suppress(KeyboardInterrupt):
        _server(feed, sites).run(sockets=[listening])


@contextmanager
def running(feed: Path, sites: tuple[str, ...]) -> Iterator[str]:
    """Give the address of a server of the folder, at a free port of this machine, until the block ends."""
    listening = listen("127.0.0.1", 0)
    server = _server(feed, sites)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()  # who asks before it is ready waits in the socket's queue
    try:
        yield address("127.0.0.1", listening.getsockname()[1])
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        listening.close()


def open_browser(page: str) -> None:
    """Ask the system to show the page. Where it has no browser that is said, and nothing else happens."""
    import webbrowser

    def ask() -> None:
        try:
            shown = webbrowser.open(page)
        except (webbrowser.Error, OSError):
            shown = False
        if not shown:
            log.warning("no browser here opens %s by itself", page)

    threading.Thread(target=ask, daemon=True).start()  # some browsers return only when they are closed


def _server(feed: Path, sites: tuple[str, ...]) -> "uvicorn.Server":
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: object) -> None:
            super().handle_exit(sig, frame)  # type: ignore[arg-type]
            self.force_exit = True  # an app that listens may hold its connection for an hour

    logging.getLogger("uvicorn.error").addFilter(lambda record: not _is_farewell(record))
    return Server(
        uvicorn.Config(
            application(feed, sites), log_level="error", access_log=False, lifespan="off",
            timeout_graceful_shutdown=1,  # from Python 3.12 wait_closed waits for who listens (cpython issue 79033)
        )
    )  # fmt: skip


def _is_farewell(record: logging.LogRecord) -> bool:
    """Whether uvicorn tells of a connection that was cut because the server ends."""
    import asyncio

    _, error, _ = record.exc_info or (None, None, None)
    return isinstance(error, asyncio.CancelledError) or "timeout graceful shutdown" in record.getMessage()


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


def _is_range(asked: str) -> bool:
    """Whether the header asks for byte ranges that make sense: "bytes=0-99", "bytes=100-", "bytes=-500, 0-0"."""
    unit, _, ranges = asked.partition("=")
    found = [re.fullmatch(r"\s*(\d*)-(\d*)\s*", part) for part in ranges.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one and (one[1] or one[2]) and (not (one[1] and one[2]) or int(one[1]) <= int(one[2])) for one in found
    )
