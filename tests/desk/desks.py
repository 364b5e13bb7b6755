"""A desk on this machine, and what asks it."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import uvicorn

from podcast.desk.application import application
from podcast.serving import serve

TOKEN = "a-token-of-the-tests"


@dataclass(frozen=True)
class Asked:
    """A desk, asked as its own page does."""

    address: str
    session: requests.Session

    def look(self, path: str, status: int = 200) -> requests.Response:
        answer = self.session.get(self.address + path)
        assert answer.status_code == status, answer.text
        return answer

    def ask(self, path: str, status: int = 200, **body: Any) -> Any:
        """Return what the desk answers: an object, or sound."""
        answer = self.session.post(self.address + path, json=body, headers={"origin": self.address.rstrip("/")})
        assert answer.status_code == status, answer.text
        return answer.content if answer.headers["content-type"] == "audio/wav" else answer.json()


@contextlib.contextmanager
def running(show: Path, password: str = "") -> Iterator[Asked]:
    """Give a desk of the show, at a free port, to one who has its token."""
    listening = serve.listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    made, hand = application(show, TOKEN, port, password)
    server = uvicorn.Server(uvicorn.Config(made, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the desk did not start"
        time.sleep(0.02)
    address = f"http://127.0.0.1:{port}/"
    try:
        with requests.Session() as session:
            session.trust_env = False
            session.get(f"{address}?token={TOKEN}")
            yield Asked(address, session)
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        hand.close()
        listening.close()
