"""What the tests have machines call: importable by name, as a stage's functions have to be."""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from podcast import machines
from podcast.machines import Stage

BAD = [n for n in range(600) if n % 50 == 13]
"""Twelve of 600."""


def ready() -> int:
    return os.getpid()


def not_ready() -> int:
    raise LookupError("there is no model here")


def square(worker: int, item: int) -> tuple[int, int]:
    if item in BAD:
        raise ValueError(f"{item} is bad")
    return item * item, worker


def deadly(worker: int, item: tuple[int, str]) -> int:
    """End the worker with -9 at an item that has a file's name, as long as there is none."""
    number, marker = item
    if marker and not Path(marker).exists():
        if not marker.endswith("always"):
            Path(marker).touch()
        os.kill(worker, signal.SIGKILL)
    return number


class Odd(Exception):
    """An error that no pickle brings over."""

    def __init__(self, told: str, more: int) -> None:
        super().__init__(told)
        self.more = (more for _ in "x")


def odd(worker: int, item: int) -> int:
    """End as a library does that calls exit, or raise what cannot be sent, at two of ten items."""
    if item % 10 == 3:
        sys.exit(0)
    if item % 10 == 7:
        raise Odd(f"{item} is odd", item)
    return item


def slow(worker: int, item: int) -> int:
    time.sleep(0.2)
    return worker


def main(engine: str) -> None:
    """Write the process ids of two workers, and go on until killed."""
    with machines.opened(engine, 2) as executor:
        seen = set()
        for done in executor.run(Stage(ready, slow), range(100_000)):
            if done.value not in seen:
                sys.stdout.write(f"{done.value}\n")
                sys.stdout.flush()
                seen.add(done.value)


def cluster() -> None:
    """Have two machines of Ray's, one core each, until stdin ends; write the address, and the second's process id."""
    from ray.cluster_utils import Cluster

    one = {"num_cpus": 1, "include_dashboard": False}
    with tempfile.TemporaryDirectory(prefix="ray-") as folder:  # its own: two that begin at once would share one
        os.environ["RAY_TMPDIR"] = folder  # no argument: what tells clients the address goes by this alone
        made = Cluster(initialize_head=True, head_node_args=one)
        (raylet,) = made.add_node(**one).all_processes["raylet"]
        sys.stdout.write(f"{made.address} {raylet.process.pid}\n")
        sys.stdout.flush()
        sys.stdin.read()
        made.shutdown()


if __name__ == "__main__":
    import calls  # by its name: workers cannot import what is __main__ here

    calls.main(sys.argv[1]) if sys.argv[1:] else calls.cluster()
