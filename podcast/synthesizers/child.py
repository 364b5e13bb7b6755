"""An engine's library in a child process: orders go in, each a line of JSON, and sounds come out.

A library that is not thread-safe, whose licence wants it apart, or that says a text otherwise after another text, is so
spoken with by one process that loads it once. An answer is the rate in Hz and the number of bytes that follow, each in
4 bytes, the lowest first; then 16-bit PCM, or, where the rate is 0, what went wrong.
"""

import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping

import numpy as np

from podcast.sound.audio import Waveform

Order = Mapping[str, str | int]
Said = tuple[int, bytes]
"""The rate in Hz and 16-bit PCM; or 0 and what went wrong."""


class Child:
    """The process that runs `python -m module`; it is started at the first order, and anew where it ended."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._alone = threading.Lock()

    def say(self, order: Order) -> Waveform | str:
        """Return the order's sound, or what kept it from being made. Any thread may ask."""
        with self._alone:
            rate, answer = self._ask(json.dumps(order).encode() + b"\n")
        if not rate:
            return answer.decode(errors="replace")
        return Waveform(np.frombuffer(answer, "<i2").astype(np.float32) / np.float32(32768), rate)

    def _ask(self, order: bytes) -> Said:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(order)
            process.stdin.flush()
            head = process.stdout.read(8)
            rate, size = int.from_bytes(head[:4], "little"), int.from_bytes(head[4:], "little")
            answer = process.stdout.read(size)
        except BrokenPipeError:
            head = answer = b""
        if len(head) < 8 or len(answer) < size:
            self._process = None
            return 0, b"its process ended"
        return rate, answer

    def _start(self) -> "subprocess.Popen[bytes]":
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", self._module], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        weakref.finalize(self, _end, self._process)
        return self._process


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.communicate()


def answer_all(say: Callable[[Order], Said]) -> None:
    """Answer what the parent orders, until it orders no more.

    Each text is said by a copy of the process that has said none: a library may say a text otherwise after another.
    """
    for line in sys.stdin.buffer:
        speaker = os.fork()
        if not speaker:
            try:
                _answer(*say(json.loads(line)))
            finally:
                os._exit(0)
        os.waitpid(speaker, 0)


def _answer(rate: int, data: bytes) -> None:
    sys.stdout.buffer.write(rate.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data)
    sys.stdout.buffer.flush()
