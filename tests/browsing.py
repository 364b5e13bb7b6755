"""A show in a real browser: the programs it takes, and a server for its pages."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from podcast.serving.serve import application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)


def html_validate() -> str | None:
    """Return the program html-validate: of the path, or of the folder where `make browser` installs it."""
    installed = Path(__file__).parents[1] / ".venv" / "node" / "node_modules" / ".bin" / "html-validate"
    return shutil.which("html-validate") or (str(installed) if installed.is_file() else None)


@contextmanager
def served(feed: Path) -> Iterator[str]:
    """Serve the folder on a port of this machine; the address ends in a slash."""
    server = uvicorn.Server(uvicorn.Config(application(feed), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()
