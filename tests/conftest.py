"""What the tests share: a show in a temporary folder, spoken in tones, and a guard around home and network."""

import json
import logging
import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import hypothesis
import pytest
from services import Services, running

from podcast import cli
from podcast.press import cover
from podcast.show import environment
from podcast.show.schema import Voice

pytest_plugins = ("browsing",)

# A busy machine is no failure: what takes too long is a matter for bench/. The gate tries the same examples each time,
# as hypothesis's own profile for CI does; who develops gets new ones.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")

TESTS = Path(__file__).parent
ROOT = TESTS.parent
SHARED = ROOT.parent / "shared"
"""Real inputs, where the project is worked on; tests that want them are skipped elsewhere."""

DAY = "2024-03-05"

Hook = tuple[str, list[Any], list[int]]
"""A webhook: its address, what it was told, what it answers next."""

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def no_talk_of_another_test() -> Iterator[None]:
    """What a command of one test is to say, with -q or -v, is forgotten after it."""
    yield
    log = logging.getLogger("podcast")
    log.handlers[:] = []
    log.setLevel(logging.NOTSET)


@pytest.fixture(autouse=True)
def no_home_no_network(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the home folder, a setting of the person who runs it, or another machine."""
    for name in list(os.environ):
        if (
            name.startswith("PODCAST_")
            or name.endswith(("_API_KEY", "_TOKEN"))
            or name in ("TTS_HOME", "XDG_DATA_HOME")
        ):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.setattr(environment, "_ours", {})  # what a .env of another test set is from outside here

    def connect(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            assert isinstance(address, tuple)
            assert address[0] in ("127.0.0.1", "::1", "localhost"), f"a test tried to reach {address}"
        _connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest comes first, that no worker has it alone at the end."""
    items.sort(key=lambda item: item.path.name != "test_month.py")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests leave, which workers of pytest-xdist cannot."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, table in report.user_properties:
            if name == "table":
                terminalreporter.write(f"\n{table}\n")


@pytest.fixture
def services() -> Iterator[Services]:
    """Hugging Face and arXiv on this machine; no token is set, as in every test."""
    with running() as services:
        yield services


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A webhook on this machine: its address, what it was told, and what it answers next."""
    told: list[Any] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/services/T0/B0/secret", told, answers
    server.shutdown()
    server.server_close()


@pytest.fixture
def online_show(show: Path, services: Services, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show that reads its days from the stand-ins of Hugging Face and arXiv."""
    for name, value in services.environment().items():
        monkeypatch.setenv(name, value)
    return show


def entry(paper_id: str, title: str, summary: str, upvotes: int, **more: object) -> dict[str, object]:
    """An entry in the shape of Hugging Face's API answer."""
    paper = {
        "id": paper_id,
        "title": title,
        "summary": summary,
        "authors": [{"name": "First Author", "hidden": False}, {"name": "Second Author", "hidden": False}],
        "upvotes": upvotes,
        "publishedAt": "2024-03-04T12:00:00.000Z",
        **more,
    }
    return {"paper": paper, "numComments": 1, "title": title}


PAPERS = [
    entry(
        "2403.00001",
        "Small Steps Suffice",
        "Training deep networks is slow. However, most of the time is spent on steps that change little. "
        "We propose to skip 40% of the steps. A small predictor chooses which steps to skip. "
        "Our method reaches 91.5% accuracy on a benchmark of 12 tasks. It does not help with very small models.",
        12,
    ),
    entry(
        "2403.00002",
        "Reading Twice",
        "Language models read a document once. Facts at its end are often missed. "
        "We introduce a second pass over the document. The second pass costs 8% more time. "
        "Experiments show that recall improves from 61% to 74%.",
        30,
    ),
    entry("2403.00003", "Third In Line", "A paper that few people liked. We present it all the same.", 3),
]
"""A day of our own making, not in the order of its votes."""


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cover, drawn once for all tests."""
    path = tmp_path_factory.mktemp("art") / "cover.jpg"
    path.write_bytes(cover.draw_cover("Test Show", "A show for tests."))
    return path


@pytest.fixture
def show(tmp_path: Path, drawn: Path) -> Path:
    """A show that speaks in tones, with a list of papers beside it."""
    return _found(tmp_path / "show", drawn)


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Path:
    folder = _found(tmp_path_factory.mktemp("made") / "show", drawn)
    assert make(folder) == 0
    return folder


@pytest.fixture
def made(_made: Path, tmp_path: Path) -> Path:
    """The same show after `make`: two episodes, published. Each test has its own copy."""
    return Path(shutil.copytree(_made, tmp_path / "show"))


def _found(folder: Path, art: Path) -> Path:
    folder.mkdir()
    shutil.copy(art, folder / "cover.jpg")
    (folder / "podcast.toml").write_text(
        '[show]\ntitle = "Test Show"\n[record]\nsynthesizer = "tone"\n[writer]\nminutes = 0.7\n'
    )
    listing = folder / "list.json"
    listing.write_text(json.dumps(PAPERS))
    os.utime(listing, (1709640000, 1709640000))  # 2024-03-05 12:00 UTC: when the votes were read
    return folder


SMALL_VOICE = TESTS / "voices" / "small"
"""A trained Coqui model of two speakers; see voices/README.md."""


def small_voice(speaker: str, model: Path = SMALL_VOICE / "model.pth", **settings: str | float | bool) -> Voice:
    """Return a voice of a Coqui model that lies on this machine."""
    return Voice(
        name=f"small-{speaker}", synthesizer="coqui", model=str(model), speaker=speaker, licence="CC0-1.0",
        settings=settings,
    )  # fmt: skip


def by_night(values: Iterable[object], kept: int = 1) -> list[object]:
    """Give a long test the first values, or tuples of several, alone, and the rest of them to `make soak`."""
    every = [value if isinstance(value, tuple) else (value,) for value in values]
    return [pytest.param(*value, marks=pytest.mark.soak if at >= kept else ()) for at, value in enumerate(every)]


def podcast(show: Path, *arguments: str) -> int:
    """Run the command line on the show, as `podcast -C SHOW …`."""
    return cli.run(["-C", str(show), *arguments])


def make(show: Path, *arguments: str) -> int:
    return podcast(show, "make", DAY, "--papers", str(show / "list.json"), "--top", "2", *arguments)


def folder_of(show: Path, paper_id: str, day: str = DAY) -> Path:
    return show / "episodes" / day / paper_id


def load(path: Path) -> dict:  # type: ignore[type-arg]
    return json.loads(path.read_bytes())  # type: ignore[no-any-return]


def save(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file's bytes by its path; locks, which say nothing, and what tells of inodes and of the time of a publish
    are left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix != ".lock"
        and path.name not in (".lock", "ledger.sqlite", "last-publish.json")
    }
