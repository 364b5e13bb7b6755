"""Threads, processes and Ray do the same: what a stage does of each item comes back, whatever fails or dies."""

import gc
import importlib.util
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import calls
import psutil
import pytest

from podcast import machines
from podcast.machines import Executor, Gone, Stage, slots
from podcast.machines.cluster import Cluster
from podcast.recording import fleet
from podcast.show.errors import ConfigError

SIZE = 2

RAY = pytest.param(
    "ray",
    marks=[
        pytest.mark.long,
        pytest.mark.filterwarnings("default"),  # of Ray's own
        pytest.mark.skipif(not importlib.util.find_spec("ray"), reason="Ray is not installed: make ray"),
    ],
)
ENGINES = ["threads", "processes", RAY]


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Executor]]:
    """Executors by name, each opened when it is first asked for."""
    found: dict[str, Executor] = {}
    yield found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # Ray waits for none of the processes that it ends
        for each in found.values():
            each.close()
        gc.collect()


@pytest.fixture
def executor(request: pytest.FixtureRequest, opened: dict[str, Executor]) -> Executor:
    if request.param not in opened:
        opened[request.param] = machines.executor(request.param, SIZE)
    return opened[request.param]


@pytest.fixture(autouse=True)
def reachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers can import what they are to call."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


@pytest.mark.parametrize("executor", ENGINES, indirect=True)
def test_bad_items_come_back_as_their_errors(executor: Executor) -> None:
    """Of 600 items 588 are done and twelve are told as the errors they are; no more is drawn than can be under way."""
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for item in range(600):
            drawn += 1
            yield item

    found, most = [], 0
    for count, done in enumerate(executor.run(Stage(calls.ready, calls.square), items()), 1):
        most = max(most, drawn - count)
        found.append(done)
    assert sorted(done.item for done in found) == list(range(600))
    right = {done.item: done.value for done in found if done.error is None}
    assert {item: value[0] for item, value in right.items()} == {n: n * n for n in range(600) if n not in calls.BAD}
    wrong = {done.item: (type(done.error), str(done.error)) for done in found if done.error}
    assert wrong == {n: (ValueError, f"{n} is bad") for n in calls.BAD}
    assert most <= 2 * SIZE
    assert 1 <= len({value[1] for value in right.values()}) <= SIZE


@pytest.mark.parametrize("executor", ENGINES, indirect=True)
def test_what_a_call_does_to_its_worker_is_an_error_like_others(executor: Executor) -> None:
    """A call that exits, and one whose error cannot be sent, are told as errors; the rest goes on."""
    found = list(executor.run(Stage(calls.ready, calls.odd), range(20)))
    assert sorted(done.value for done in found if not done.error) == [n for n in range(20) if n % 10 not in (3, 7)]
    told = {done.item: str(done.error) for done in found if done.error}
    assert all("exit" in told[item] for item in (3, 13))
    assert all(f"{item} is odd" in told[item] for item in (7, 17))


@pytest.mark.parametrize("executor", ENGINES, indirect=True)
def test_a_worker_that_cannot_begin_stops_the_run(executor: Executor) -> None:
    """What setting up raises is raised: it would be wrong with all items."""
    with pytest.raises(LookupError, match="no model here"):
        list(executor.run(Stage(calls.not_ready, calls.square), range(5)))


@pytest.mark.parametrize("executor", ENGINES[1:], indirect=True)
def test_killed_workers_cost_nothing_but_an_item_that_kills_each(executor: Executor, tmp_path: Path) -> None:
    """Workers that are killed with -9 are replaced and their items done again; an item that kills all who take it up is
    given up after as many attempts as it may have."""
    markers = {n: str(tmp_path / f"{n}.once") for n in (3, 40)} | {20: str(tmp_path / "always")}
    items = [(n, markers.get(n, "")) for n in range(60)]
    found = list(executor.run(Stage(calls.ready, calls.deadly, attempts=2), items))
    assert sorted(done.item[0] for done in found) == list(range(60))
    assert sorted(done.value for done in found if not done.error) == [n for n in range(60) if n != 20]
    (lost,) = [done for done in found if done.error]
    assert isinstance(lost.error, Gone)


@pytest.mark.parametrize("executor", ENGINES[1:], indirect=True)
def test_workers_that_are_killed_while_they_are_idle_cost_nothing(executor: Executor) -> None:
    """After kill -9 of all workers while there is nothing to do, the next items are done, at once, by others."""
    wanted: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    run = executor.run(Stage(calls.ready, calls.slow, attempts=1), iter(wanted.get, None))

    def workers_for(count: int) -> set[int]:
        for item in range(count):
            wanted.put(item)
        found = [next(run) for _ in range(count)]
        assert [done.error for done in found] == [None] * count
        return {done.value for done in found}

    workers = workers_for(1)
    while len(workers) < SIZE:
        workers |= workers_for(2 * SIZE)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    assert _gone(workers)
    assert not workers_for(SIZE) & workers
    wanted.put(None)
    assert not list(run)


def test_a_run_that_is_left_leaves_no_process() -> None:
    """After a run that was left in its middle its workers are gone."""
    with machines.opened("processes", SIZE) as executor:
        run = executor.run(Stage(calls.ready, calls.slow), range(100))
        workers = {done.value for done, _ in zip(run, range(4), strict=False)}
        run.close()  # type: ignore[attr-defined]
        assert _gone(workers)


@pytest.mark.soak
@pytest.mark.parametrize("engine", ENGINES[1:])
def test_workers_end_when_their_driver_is_killed(engine: str) -> None:
    """After kill -9 of the driver no worker of it goes on."""
    command = [sys.executable, str(Path(calls.__file__)), engine]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as driver:
        assert driver.stdout
        workers = {int(driver.stdout.readline()) for _ in range(SIZE)}
        assert all(map(psutil.pid_exists, workers))
        driver.send_signal(signal.SIGKILL)
    assert _gone(workers)


def _gone(workers: set[int]) -> bool:
    """Wait up to twenty seconds for the processes to end."""
    until = time.monotonic() + 20
    while time.monotonic() < until and any(map(psutil.pid_exists, workers)):
        time.sleep(0.1)
    return not any(map(psutil.pid_exists, workers))


def test_an_engine_that_is_none_is_told() -> None:
    """A mistyped engine is answered with what was meant; a function that no worker can import is refused at once."""
    with pytest.raises(ConfigError, match="did you mean 'processes'"):
        machines.executor("proceses", 2)
    with machines.opened("processes", 1) as executor, pytest.raises(ValueError, match="by name"):
        list(executor.run(Stage(lambda: None, calls.square), [1]))


class Eight(Cluster):
    """A cluster of one machine: 64 cores and, where it has any, eight GPUs."""

    gpus = 8.0

    def __init__(self, workers: int = 0, address: str = "") -> None:
        here = {"Alive": True, "Resources": {"CPU": 64.0, **({"GPU": self.gpus} if self.gpus else {})}}
        self._ray = SimpleNamespace(nodes=lambda: [here])
        self._workers, self._folder, self._ours = workers, None, False


def test_as_many_are_counted_as_gpus_have_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a share of a GPU for each, workers are no more than those have room for; where there is none, that is said
    as a run says it. Without GPUs nothing is begun to be counted."""
    monkeypatch.setattr("podcast.recording.fleet.environment.cores", lambda: 64)
    monkeypatch.setattr(machines, "executor", lambda engine, workers: pytest.fail("nothing is to be begun"))
    assert (fleet.size("ray"), fleet.size("ray", 3)) == (64, 3)
    monkeypatch.setattr(machines, "executor", lambda engine, workers: Eight(workers))
    assert fleet.size("ray", gpus=1.0) == 8
    assert fleet.size("ray", gpus=0.25) == 32
    assert fleet.size("ray", 5, gpus=0.25) == 5
    monkeypatch.setattr(Eight, "gpus", 0.0)
    with pytest.raises(ConfigError, match=r"no machine of the cluster has 1 cores and 0\.5 GPUs"):
        fleet.size("ray", gpus=0.5)


class Here:
    """A worker that is up at once."""

    def lives(self) -> bool:
        return True

    def call(self, item: int) -> tuple[int, None]:
        return -item, None

    def end(self) -> None:
        pass


@pytest.mark.parametrize("count", [1, 40])
def test_a_slot_without_a_worker_is_given_up(count: int, caplog: pytest.LogCaptureFixture) -> None:
    """Where no worker can be started the other slots do all there is, be it one item; where no slot has one, the run
    ends."""
    tried: list[str] = []

    def start(_: threading.Event) -> Here:
        tried.append(threading.current_thread().name)
        if tried[-1] == "slot 1":
            raise Gone("its machine has no memory")
        return Here()

    found = [done.value for done in slots.run(range(count), 2, start, 3)]
    assert sorted(found) == sorted(-n for n in range(count))
    assert tried.count("slot 1") == 3
    assert "no memory" in caplog.text

    def never(_: threading.Event) -> Here:
        raise Gone("no memory anywhere")

    with pytest.raises(Gone, match="anywhere"):
        list(slots.run(range(count), 2, never, 3))


class Away(Exception):
    """What Ray says of a worker that is no more."""


class Broken(Away):
    """What it says where a machine cannot unpack what a worker is to do."""


def reached(monkeypatch: pytest.MonkeyPatch, said: BaseException) -> tuple[Cluster, list[object]]:
    """Return a cluster elsewhere, one actor large, that says this when it is asked for what an actor has made; and the
    actors that were ended."""
    ended: list[object] = []

    def get(_: object) -> None:
        raise said

    ray = SimpleNamespace(
        remote=lambda **_: lambda _: SimpleNamespace(remote=lambda *_: SimpleNamespace(up=SimpleNamespace(remote=str))),
        wait=lambda found, timeout: (found, []), get=get, kill=lambda actor, no_restart: ended.append(actor),
        exceptions=SimpleNamespace(RayTaskError=Broken, RayError=Away), is_initialized=lambda: True,
        nodes=lambda: [{"Alive": True, "Resources": {"CPU": 1.0}}],
    )  # fmt: skip
    monkeypatch.setattr("podcast.machines.cluster._ray", lambda: ray)
    cluster = Cluster()
    cluster._ours, cluster._address = True, "ray://10.0.0.1:10001"
    return cluster, ended


@pytest.mark.parametrize(("said", "told"), [(Broken("No module named podcast"), ConfigError), (Away("lost"), Gone)])
def test_an_actor_that_does_not_come_up_is_ended(
    monkeypatch: pytest.MonkeyPatch, said: Exception, told: type[Exception]
) -> None:
    """On a node without this release the run ends with what Ray says; one that is lost is a try, and both are ended."""
    cluster, ended = reached(monkeypatch, said)
    with pytest.raises(told, match=str(said) if told is ConfigError else "Away"):
        cluster._started(Stage(calls.ready, calls.square), threading.Event())
    assert len(ended) == 1


@pytest.mark.parametrize("lost_at", ["get", "nodes", "kill"])
def test_a_cluster_that_is_lost_is_told(monkeypatch: pytest.MonkeyPatch, lost_at: str) -> None:
    """Ray's client says by an error that is none of Ray's that its cluster is gone: that is told with a hint, and stops
    the run and not one paper after another."""
    lost = ConnectionError("Client is shutting down.")
    cluster, _ = reached(monkeypatch, lost)

    def away(*_: object, **__: object) -> None:
        raise lost

    setattr(cluster._ray, lost_at, away)
    one = fleet.Fleet("ray")
    one._serve(SimpleNamespace(run=lambda *_: cluster.run(Stage(calls.ready, calls.square), range(3))))  # type: ignore[arg-type]
    assert isinstance(one._failed, ConfigError)
    assert "10001 is gone" in str(one._failed)
    assert "run the same command again" in one._failed.hint
    cluster._ray.is_initialized = away
    cluster.close()


def test_a_cluster_that_cannot_begin_leaves_no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What Ray raises is raised, and the folder for its sockets is gone."""

    def init(**_: object) -> None:
        raise RuntimeError("no port")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("podcast.machines.cluster._ray", lambda: SimpleNamespace(init=init, is_initialized=bool))
    with pytest.raises(RuntimeError, match="no port"):
        Cluster(1)
    assert not list(tmp_path.iterdir())


def test_where_no_worker_begins_a_person_is_told() -> None:
    """What ends the fleet is an error with a hint, which stops the run and not one paper after another."""

    def run(*_: object) -> None:
        raise Gone("signal 9")

    one = fleet.Fleet("threads")
    one._serve(SimpleNamespace(run=run))  # type: ignore[arg-type]
    assert isinstance(one._failed, ConfigError)
    assert "signal 9" in str(one._failed)
