"""Ray's actors: one for each slot of a cluster, which may be this machine alone.

An actor is used when it is up, and only then; one that is lost, with its node or by itself, is dropped and another
asked for, and what it was at goes to whoever is free. Ray itself restarts nothing and tries nothing again.
"""

import logging
import os
import pickle
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from podcast.machines import Done, Gone, Stage, slots
from podcast.show import environment, packaged
from podcast.show.errors import ConfigError, MissingDependency

log = logging.getLogger(__name__)

T = TypeVar("T")

SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # else `uv run` has each worker build an environment of its own (ray#59639)
    "RAY_ENABLE_AUTO_CONNECT": "0",  # else whatever is asked of a cluster that is lost begins another one here
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # what Ray will do by itself, and warns of until then
    "RAY_gcs_server_port_wait_time_s": "120",  # a busy machine may take longer than the half minute that Ray waits
}
"""What Ray is told by the environment, unless that says otherwise."""
_STORE = 256 * 2**20
"""Bytes of shared memory for what goes to and fro on this machine: Ray would take a third of it all."""
_LOOK = 0.2
"""Seconds between two looks at a worker that is not up yet."""
_TELL = 30.0
"""Seconds after which it is told that one waits for room."""


class Cluster:
    """An `Executor` of Ray's actors; an address is that of a cluster that is there, "" a cluster of this machine."""

    def __init__(self, workers: int = 0, address: str = "") -> None:
        self._ray = _ray()
        self._folder: Path | None = None
        self._workers, self._address, self._ours = workers, address, not self._ray.is_initialized()
        if not self._ours:  # whoever began it ends it
            return
        if address:
            self._join(address)
        else:
            self._begin()

    @staticmethod
    def missing() -> MissingDependency | None:
        return None if find_spec("ray") else _not_installed("ray")

    def size(self, stage: Stage) -> int:
        with self._reached():
            found = sum(_room(node["Resources"], stage) for node in self._ray.nodes() if node["Alive"])
        return min(found, self._workers) if self._workers else found

    def run(self, stage: Stage, items: Iterable[T]) -> Iterator[Done[T]]:
        slots.named(stage)
        size = self.size(stage)
        if not size:
            raise ConfigError(
                f"no machine of the cluster has {stage.cpus:g} cores and {stage.gpus:g} GPUs for a worker",
                "set [run] gpus to what there is; `ray status` says what that is",
            )
        return self._done(stage, items, size)

    def close(self) -> None:
        with suppress(ConnectionError):
            if self._ours and self._ray.is_initialized():
                self._ray.shutdown()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _begin(self) -> None:
        """Begin a cluster of this machine, which nothing from outside can reach."""
        self._folder = Path(tempfile.mkdtemp(prefix="ray-"))  # short: sockets lie in it, and their paths end at 107
        try:
            self._ray.init(
                address="local", num_cpus=self._workers or environment.cores(), include_dashboard=False,
                log_to_driver=False, configure_logging=False, object_store_memory=_STORE, _temp_dir=str(self._folder),
                _node_ip_address="127.0.0.1",
            )  # fmt: skip
        except BaseException:
            self.close()
            raise

    def _join(self, address: str) -> None:
        try:
            self._ray.init(address=address, log_to_driver=False, configure_logging=False)
        except (ConnectionError, TimeoutError, RuntimeError, ValueError) as error:
            raise ConfigError(
                f"no cluster of Ray's can be joined at {address}: {error}",
                "start one (ray start --head), with this Ray and this Python, or leave out the address: --on ray",
            ) from error

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Tell in words that the cluster is lost, or the way to it: what Ray's client raises is no error of Ray's."""
        try:
            yield
        except ConnectionError as lost:
            raise ConfigError(
                f"the cluster at {self._address} is gone, or the way to it",
                "see that it runs (ray status), and run the same command again: what is recorded stays",
            ) from lost

    def _done(self, stage: Stage, items: Iterable[T], size: int) -> Iterator[Done[T]]:
        with self._reached():
            yield from slots.run(items, size, lambda over: self._started(stage, over), stage.attempts)

    def _started(self, stage: Stage, over: threading.Event) -> "_Held | None":
        """Return an actor that is up, or None where the run was over before: wherever there is room, whenever."""
        remote = self._ray.remote(
            num_cpus=stage.cpus, num_gpus=stage.gpus, max_restarts=0, max_task_retries=0, max_concurrency=1
        )
        actor = remote(_Actor).remote(stage, os.getpid() if self._folder else 0)
        held, up, begun, told = _Held(self._ray, actor), actor.up.remote(), time.monotonic(), False
        while not self._ray.wait([up], timeout=_LOOK)[0]:
            if over.is_set():
                held.end()
                return None
            if time.monotonic() - begun > _TELL and not told:
                told = True
                log.info("a worker waits for room in the cluster; the others go on")
        failed = self._ray.exceptions
        try:
            _, error = pickle.loads(self._ray.get(up))
        except failed.RayTaskError as lost:  # what it is to do cannot even be unpacked there
            held.end()
            raise ConfigError(
                f"a machine of the cluster cannot begin: {lost}",
                "install this release, and the same engines, on each machine (docs/machines.md)",
            ) from lost
        except failed.RayError as lost:
            held.end()
            if over.wait(_LOOK):
                return None
            raise Gone(f"a worker ended before it was set up: {type(lost).__name__}") from lost
        if error:
            held.end()
            raise error
        return held


class _Held:
    """An actor, as who asks it has it."""

    def __init__(self, ray: Any, actor: Any) -> None:
        self._ray, self._actor = ray, actor

    def lives(self) -> bool:
        try:
            self._ray.get(self._actor.up.remote())
        except self._ray.exceptions.RayError:
            self.end()
            return False
        return True

    def call(self, item: Any) -> tuple[Any, BaseException | None]:
        failed = self._ray.exceptions
        try:
            value, error = pickle.loads(self._ray.get(self._actor.call.remote(item)))
        except failed.RayTaskError as lost:  # Ray's own trouble with the item: to fetch it, to unpack it
            return None, RuntimeError(str(lost))
        except failed.RayError as lost:
            self.end()
            raise Gone(f"its machine or its process ended: {type(lost).__name__}") from lost
        return value, error

    def end(self) -> None:
        with suppress(ConnectionError):  # with its cluster it is gone
            if self._ray.is_initialized():
                self._ray.kill(self._actor, no_restart=True)


class _Actor:
    """A process of the cluster that is set up once, and then makes calls."""

    def __init__(self, stage: Stage, driver: int) -> None:
        if driver:
            threading.Thread(target=_watch, args=(driver,), daemon=True).start()
        self._stage, self._given, kept = stage, None, slots.Kept()
        with kept:
            self._given = stage.setup()
        self._error = kept.error

    def up(self) -> bytes:
        return slots.packed(None, self._error)

    def call(self, item: Any) -> bytes:
        return slots.packed(*slots.called(self._stage.call, self._given, item))


def _watch(driver: int) -> None:
    """End this process when its driver, on this machine, is gone: Ray itself takes its time."""
    while Path(f"/proc/{driver}").exists() or not Path("/proc/self").exists():
        time.sleep(1.0)
    os._exit(1)


def _ray() -> Any:
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ModuleNotFoundError as error:
        raise _not_installed(error.name) from error
    return ray


def _not_installed(package: str | None) -> MissingDependency:
    return MissingDependency(f"the engine 'ray' needs the package {package!r}", packaged.install("ray"))


def _room(there: dict[str, float], stage: Stage) -> int:
    """Return how many workers a machine has room for."""
    by_cores = there.get("CPU", 0.0) / stage.cpus if stage.cpus else float("inf")
    by_gpus = there.get("GPU", 0.0) / stage.gpus if stage.gpus else float("inf")
    return int(min(by_cores, by_gpus))
