"""A web server for feed/ on this machine, that answers as podcast apps need it to.

A show whose site is elsewhere is served as a view: where its pages and feeds name that site, they name this server.
"""

import errno
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.show.errors import ConfigError, NotReady

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

log = logging.getLogger(__name__)


def application(feed: Path, sites: tuple[str, ...] = (), below: str = "") -> "Starlette":
    """Return the application that serves the folder `feed`, which its files name by one of the addresses `sites`.

    Feeds and pages are served with the address that was asked in the place of those; the files stay as they are.
    `below` is the secret of a private show: all stands below it, and nothing elsewhere. Raises NotReady where nothing
    was published.
    """
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Mount

    from podcast.serving.view import View

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
    return Starlette(routes=[Mount(f"/{below}", View(feed, sites, private=bool(below)))], middleware=[cors])


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


def serve(feed: Path, sites: tuple[str, ...], listening: socket.socket, below: str = "") -> None:
    """Serve the folder, as `application` does, until Ctrl-C, which ends it at once and quietly."""
    with suppress(KeyboardInterrupt):
        server(application(feed, sites, below)).run(sockets=[listening])


@contextmanager
def running(feed: Path, sites: tuple[str, ...], below: str = "") -> Iterator[str]:
    """Give the address of a server of the folder, at a free port of this machine, until the block ends."""
    listening = listen("127.0.0.1", 0)
    ours = server(application(feed, sites, below))
    thread = threading.Thread(target=ours.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()  # who asks before it is ready waits in the socket's queue
    try:
        yield address("127.0.0.1", listening.getsockname()[1])
    finally:
        ours.should_exit = ours.force_exit = True
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


def server(made: "Starlette") -> "uvicorn.Server":
    """Return a server of the application, which ends at once and quietly when it is told to."""
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: object) -> None:
            super().handle_exit(sig, frame)  # type: ignore[arg-type]
            self.force_exit = True  # an app that listens may hold its connection for an hour

    logging.getLogger("uvicorn.error").addFilter(lambda record: not _is_farewell(record))
    return Server(
        uvicorn.Config(
            made, log_level="error", access_log=False, lifespan="off",
            timeout_graceful_shutdown=1,  # from Python 3.12 wait_closed waits for who listens (cpython issue 79033)
        )
    )  # fmt: skip


def _is_farewell(record: logging.LogRecord) -> bool:
    """Whether uvicorn tells of a connection that was cut because the server ends."""
    import asyncio

    _, error, _ = record.exc_info or (None, None, None)
    return isinstance(error, asyncio.CancelledError) or "timeout graceful shutdown" in record.getMessage()
