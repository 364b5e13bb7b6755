"""Where many calls are made at once: by threads, by processes of this machine, or by Ray's on many machines.

It may use show alone: whose calls they are, it does not know.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from podcast.show import registry

T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """What is done with each item, and what a worker needs for it. Both functions are importable by name, for others'
    processes import them: neither a lambda nor one inside another."""

    setup: Callable[[], Any]
    """Called once by each worker; what it returns is the first argument of each of its calls."""
    call: Callable[[Any, Any], Any]
    """Called with that and an item. Where a worker dies of it, another calls it again."""
    cpus: float = 1.0
    """Cores that a worker has for itself, and
    gpus, GPUs or the share of one: only where machines are counted by them."""
    gpus: float = 0.0
    attempts: int = 3
    """How many workers an item may cost before it is given up."""


@dataclass(frozen=True)
class Done(Generic[T]):
    """What became of an item: a value, or the error that its call raised; Gone where it cost too many workers."""

    item: T
    value: Any = None
    error: BaseException | None = None


class Gone(Exception):
    """The worker has ended, whatever ended it, and with it what it was at."""


class Executor(Protocol):
    """Has workers, made with how many (0 for as many as there is room for) and an address ("" for this machine). One
    that needs a package says by a static `missing`, as a synthesizer does, what has to be installed.

    One bad item never stops a run, and the order in which items are done is nobody's promise. Who wants retries of what
    failed, or results kept, sees to that: an executor knows of nothing but workers that die.
    """

    def size(self, stage: Stage) -> int:
        """Return how many workers the stage has here."""

    def run(self, stage: Stage, items: Iterable[T]) -> Iterator[Done[T]]:
        """Yield what became of each item, as it is done.

        Items are drawn by a thread of the run's own, which may wait for them; at most two a worker are drawn and not
        yielded. Workers are started when there is work for them. Raises what a worker's setup raises.
        A run that is closed ends its workers; those that cannot be ended, at the end of their calls.
        """

    def close(self) -> None:
        """Give back what it holds."""


EXECUTORS: Mapping[str, str] = MappingProxyType(
    {
        "threads": "podcast.machines.threads:Threads",
        "processes": "podcast.machines.processes:Processes",
        "ray": "podcast.machines.cluster:Cluster",
    }
)


def executor(engine: str, workers: int = 0) -> Executor:
    """Return the executor that the words name: threads, processes, ray, "package.module:Class"; ray with the address of
    a cluster that is there, as in ray:auto, ray:10.0.0.1:6379 or ray://10.0.0.1:10001.

    Raises ConfigError for one that there is not, MissingDependency where its package is not installed.
    """
    kind, address = _named(engine)
    made: Executor = kind(workers, f"ray:{address}" if address[:2] == "//" else address)
    return made


def check(engine: str) -> None:
    """Raise what `executor` would raise of the words and of what is installed; nothing is started, nor joined."""
    kind, _ = _named(engine)
    missing = kind.missing() if hasattr(kind, "missing") else None
    if missing:
        raise missing


def _named(engine: str) -> tuple[type, str]:
    """Return the class that the words name, and the address of a cluster of Ray's."""
    name, _, address = engine.partition(":") if engine.startswith("ray:") else (engine, "", "")
    return registry.load(name, EXECUTORS, "engine"), address


@contextmanager
def opened(engine: str, workers: int = 0) -> Iterator[Executor]:
    """Give the executor for the block."""
    made = executor(engine, workers)
    try:
        yield made
    finally:
        made.close()
