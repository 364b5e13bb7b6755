"""One request every few seconds, whoever asks: all processes of a show take turns at one lock."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from podcast.show import store


class Pace:
    """Turns that begin at least `interval` seconds apart, one at a time, over every process that uses `folder`."""

    def __init__(self, folder: Path, name: str, interval: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._lock = folder / f"{name}.lock"
        self._stamp = folder / f"{name}.stamp"
        self._interval = interval
        self._sleep = sleep

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold a turn for the block; the next begins `interval` seconds after this one began, at the earliest."""
        with store.locked(self._lock):
            if self._stamp.is_file():
                since = time.time() - self._stamp.stat().st_mtime
                if 0 <= since < self._interval:
                    self._sleep(self._interval - since)
                elif since < 0:  # the clock was set back
                    self._sleep(self._interval)
            self._stamp.touch()
            yield
