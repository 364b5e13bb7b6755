"""Text in eSpeak's phonemes, by a child process that is asked line by line.

The library is GPL-3.0 code that this project runs as a program and does not link, and it is not thread-safe.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence

from podcast.show import packaged
from podcast.show.errors import MissingDependency, SynthesisError

_INSTALL = MissingDependency("espeakng-loader is not installed", packaged.pip("espeakng-loader"))


def missing() -> MissingDependency | None:
    """Return what has to be installed before a text can be had in phonemes, or None."""
    try:
        import espeakng_loader  # noqa: F401  (only whether it is there)
    except ImportError:
        return _INSTALL
    return None


class Phonemes:
    """eSpeak's phonemes in IPA, by one child that lives as long as the object; any thread may ask.

    After a fork the other process starts a child of its own.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._of = 0

    def of(self, texts: Sequence[str], voice: str, tie: str = "") -> list[str]:
        """Return the phonemes of each text in eSpeak's voice; `tie` is put between the two signs of one sound.

        Signs are those of eSpeak NG 1.52: stress marks, no punctuation, a space between words and clauses.
        SynthesisError where eSpeak has no such voice.
        """
        with self._lock:
            child = self._alive()
            assert child.stdin
            assert child.stdout
            order = {"voice": voice, "texts": list(texts), "tie": tie}
            try:
                child.stdin.write(json.dumps(order).encode() + b"\n")
                child.stdin.flush()
                answer = child.stdout.readline()
            except OSError as error:
                raise self._broken(str(error)) from error
            if not answer:
                raise self._broken("its child process ended")
        told = json.loads(answer)
        if "error" in told:
            raise SynthesisError(f"eSpeak gives no phonemes: {told['error']}", "look at the voice's language")
        found: list[str] = told["phonemes"]
        return found

    def _alive(self) -> "subprocess.Popen[bytes]":
        if self._child is None or self._of != os.getpid() or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-m", "podcast.synthesizers.phonemes_child"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            self._of = os.getpid()
        return self._child

    def _broken(self, why: str) -> SynthesisError:
        if self._child:
            self._child.kill()
            self._child.wait()
        self._child = None
        return SynthesisError(f"eSpeak gave no phonemes: {why}", "run the same command again")

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None and self._of == os.getpid():
            for pipe in (self._child.stdin, self._child.stdout):
                if pipe:
                    pipe.close()
            self._child.wait()
        self._child = None

    def __del__(self) -> None:
        self.close()
