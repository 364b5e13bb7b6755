"""Processes that print many episodes side by side; they only make bytes, and the one that asked writes them.

So a printer that is killed has written nothing: what it was at is made by whoever asked. Which process makes an episode
makes no difference to a byte.
"""

import io
import logging
import pickle
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from podcast.publishers.printing import Order, Printed, Printer
from podcast.show import environment, workers
from podcast.show.errors import PodcastError

log = logging.getLogger(__name__)

WORTH = 100
"""Episodes from which on another process pays: it takes a second of a processor to start."""
_MOST = 4
"""Processes at most: one that writes keeps no more than these busy (bench/feed.py)."""
_AT_ONCE = 8
"""Episodes that are given to a process in one go: a tenth of a second."""

Outcome = Printed | PodcastError | OSError
"""What came of an order: the episode, or why there is none."""


def printed(printer: Printer, orders: Sequence[Order]) -> Iterator[tuple[Order, Outcome]]:
    """Yield what came of each order, as it comes; this process prints too, and alone where there are few."""
    count = min(environment.cores(), _MOST, 1 + len(orders) // WORTH)
    room = _Room(printer, deque(orders))
    if orders:
        _ = printer.tile  # which goes along
    try:
        for _ in range(count - 1):
            room.staff()
        while room.left or room.busy:
            ready = wait(list(room.busy), timeout=0 if room.left else None) if room.busy else []
            for pipe in ready:
                assert isinstance(pipe, Connection)
                yield from room.heard(pipe)
            if not ready and room.left:
                yield (order := room.left.pop()), outcome(printer, order)
    finally:
        room.close()


def outcome(printer: Printer, order: Order) -> Outcome:
    """Return what comes of the order: an error is an outcome, too."""
    try:
        return printer.print(order)
    except (PodcastError, OSError) as error:
        return error


@dataclass
class _Room:
    """Workers, and what is left to do."""

    printer: Printer
    left: deque[Order]
    busy: dict[Connection, tuple[workers.Worker, list[Order]]] = field(default_factory=dict)
    idle: list[workers.Worker] = field(default_factory=list)

    def staff(self) -> None:
        """Have one worker more, where the system allows it."""
        try:
            self._send(workers.start(_Work(self.printer), __name__))
        except OSError as error:
            log.warning("no process can be started to make pages (%s); this one makes them", error)

    def heard(self, pipe: Connection) -> Iterator[tuple[Order, Outcome]]:
        """Yield what a worker made, when it has its next orders; what one that has ended was at is left to do again."""
        worker, orders = self.busy[pipe]
        try:
            answer = worker.answer()
        except EOFError:
            log.warning("a process that made pages has ended; its %d episodes are made by another", len(orders))
            del self.busy[pipe]
            self.left.extend(orders)
            return
        if answer is workers.NOTHING_YET:
            return
        del self.busy[pipe]
        self._send(worker)
        assert isinstance(answer, bytes)
        outcomes: list[Outcome] = _unpacked(self.printer, answer)
        yield from zip(orders, outcomes, strict=True)

    def close(self) -> None:
        for worker, _ in self.busy.values():  # of a publish that is broken off
            worker.stop()
        for worker in self.idle:
            worker.close()

    def _send(self, worker: workers.Worker) -> None:
        """Give the worker its next orders, if there are any: fewer towards the end, so that all end at one time."""
        many = min(_AT_ONCE, -(-len(self.left) // (2 * _MOST)))
        orders = [self.left.popleft() for _ in range(many)]
        if not orders:
            self.idle.append(worker)
            return
        self.busy[worker.pipe] = worker, orders
        with suppress(BrokenPipeError, ConnectionResetError):  # it has ended: that is heard where its answer would be
            worker.pipe.send_bytes(_packed(self.printer, orders))


# --- what goes over the pipe: a printer stays where it is, and each process has its own -------------


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, printer: Printer) -> None:
        super().__init__(file)
        self._printer = printer

    def persistent_id(self, value: object) -> str | None:
        return "printer" if value is self._printer else "workspace" if value is self._printer.workspace else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, printer: Printer) -> None:
        super().__init__(file)
        self._printer = printer

    def persistent_load(self, named: str) -> object:
        return self._printer if named == "printer" else self._printer.workspace


def _packed(printer: Printer, value: object) -> bytes:
    data = io.BytesIO()
    _Pickler(data, printer).dump(value)
    return data.getvalue()


def _unpacked(printer: Printer, data: bytes) -> Any:
    return _Unpickler(io.BytesIO(data), printer).load()


class _Work:
    """What a worker does with orders."""

    def __init__(self, printer: Printer) -> None:
        self._printer = printer

    def __call__(self, data: bytes) -> bytes:
        orders: list[Order] = _unpacked(self._printer, data)
        return _packed(self._printer, [outcome(self._printer, order) for order in orders])
