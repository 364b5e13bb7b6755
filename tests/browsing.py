"""A show in a real browser: the programs it takes, a server for its pages, and what a tab is asked."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from podcast.serving.serve import application

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
)

WIDE, TABLET, PHONE = ({"width": width, "height": 900} for width in (1440, 768, 360))


@dataclass
class Tab:
    """A page of the site in a browser, and what went wrong in it."""

    page: "Page"
    site: str
    wrong: list[str]

    def open(self, path: str) -> "Page":
        self.page.goto(self.site + path)
        return self.page


def heard(page: "Page") -> float:
    return float(page.evaluate("document.querySelector('audio').currentTime"))


def wait(page: "Page", condition: str) -> None:
    """Wait until it holds. Playwright's own way evaluates text in the page, which the page's policy forbids."""
    until = time.monotonic() + 10
    while not page.evaluate(condition):
        assert time.monotonic() < until, condition
        page.wait_for_timeout(20)


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


# --- the site of a show, served, and a tab that lets nothing pass -----------------------------------


@pytest.fixture(scope="module")
def feed(_made: Path) -> Path:
    return _made / "feed"


@pytest.fixture(scope="module")
def site(feed: Path) -> Iterator[str]:
    with served(feed) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make browser")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine: make browser")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: "Browser", site: str) -> Iterator[Tab]:
    """A fresh tab of a wide screen; whatever its console or the network complains of fails the test."""
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    tab = Tab(context.new_page(), site, [])
    tab.page.on("console", lambda message: tab.wrong.append(message.text) if message.type == "error" else None)
    tab.page.on("pageerror", lambda error: tab.wrong.append(str(error)))
    tab.page.on(
        "request", lambda asked: None if asked.url.startswith(site) else tab.wrong.append(f"asked for {asked.url}")
    )
    yield tab
    context.close()
    assert tab.wrong == []


@pytest.fixture(scope="module")
def episode(feed: Path) -> str:
    """The path of the newest episode's page: `Reading Twice`."""
    (page,) = (feed / "episodes").glob("*2403.00002")
    return f"episodes/{page.name}/index.html"
