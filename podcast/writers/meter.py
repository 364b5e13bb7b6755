"""What answers take of a model, and what may still be asked for."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from podcast.show.errors import ConfigError, OverBudget
from podcast.show.schema import Usage
from podcast.show.settings import WriterSettings

_MILLION = 1_000_000


def tokens(text: str) -> int:
    """Return about how many tokens the text has, rather too many than too few.

    Four ASCII letters or spaces count as one (help.openai.com/en/articles/4936856), any other sign as one each, as
    digits, punctuation and scripts without an alphabet come near to; 20 % is added.
    """
    light = len(re.findall(r"[A-Za-z ]", text))
    return ceil((light / 4 + len(text) - light) * 1.2)


class Meter:
    """Counts what came, and lets nothing be asked that could go over the budget. Safe for threads."""

    def __init__(self, settings: WriterSettings) -> None:
        if settings.budget is not None and settings.price_per_million is None:
            raise ConfigError(
                "[writer] has a budget and no price", "set price_per_million = { input = …, output = … } there"
            )
        self._price, self._budget = settings.price_per_million, settings.budget
        self._lock = threading.Lock()
        self._spent = Usage()
        self._in_flight = 0.0
        self._lost = 0.0

    @property
    def spent(self) -> Usage:
        with self._lock:
            return self._spent

    def add(self, usage: Usage) -> None:
        with self._lock:
            self._spent += usage

    @contextmanager
    def may_ask(self, name: str, prompt: int, answer: int) -> Iterator["Held"]:
        """Hold the most that an answer can cost while it is asked for.

        Raises OverBudget, and nothing is asked, where that with all before it is over the budget.
        """
        price = self._price
        worst = (prompt * price.input + answer * price.output) / _MILLION if price else 0.0
        with self._lock:
            self._check(name, worst)
            self._in_flight += worst
        try:
            yield Held(self, name, worst)
        finally:
            with self._lock:
                self._in_flight -= worst

    def _check(self, name: str, worst: float, held: float = 0.0) -> None:
        spent, taken = self._spent.cost or 0.0, self._in_flight - held + self._lost
        if self._budget is not None and spent + taken + worst > self._budget:
            raise OverBudget(
                f"{name} may cost {worst:.4f}; {spent:.4f} is spent and {taken:.4f} under way or broken off, "
                f"and the budget is {self._budget:.4f}",
                "raise budget in [writer], or take fewer papers; answers that came are kept",
            )

    def usage(self, said: object, *, prompt: int, answer: int, answers: int = 1) -> Usage:
        """Return what the server says an answer took; where it says nothing of a part, the estimate given.

        What the total has beyond prompt and answer are thoughts, which Grok and Gemini count there alone.
        """
        told = _table(said)
        counted, wrote, total = (_figure(told.get(f"{name}_tokens")) for name in ("prompt", "completion", "total"))
        cached = int(_figure(_table(told.get("prompt_tokens_details")).get("cached_tokens")) or 0)
        read = prompt if counted is None else int(counted)
        written = answer if wrote is None else int(wrote)
        if total is not None and counted is not None:
            apart = cached if cached > read else 0  # not among the prompt's, as some servers have it
            written = max(int(wrote or 0), int(total) - read - apart) or written
        cost = self._told(told, self._cost(read, cached, written))
        return Usage(answers=answers, prompt_tokens=read, cached_tokens=cached, completion_tokens=written, cost=cost)

    @staticmethod
    def _told(told: Mapping[str, Any], ours: float | None) -> float | None:
        """Return the cost that the server tells, or `ours`. Of one that asks another by a key of ours, as OpenRouter
        does, it is that one's price, too, which it tells apart."""
        cost = _figure(told.get("cost"))
        if cost is None:
            return ours
        if told.get("is_byok") is not True:
            return cost
        there = _figure(_table(told.get("cost_details")).get("upstream_inference_cost"))
        return cost + (there if there is not None else ours or 0.0)

    def _cost(self, read: int, cached: int, written: int) -> float | None:
        price = self._price
        if price is None:
            return None
        kept = price.input if price.cached_input is None else price.cached_input
        return (max(read - cached, 0) * price.input + cached * kept + written * price.output) / _MILLION


@dataclass
class Held:
    """What an answer can cost at most, held while it is asked for."""

    _meter: Meter
    _name: str
    _worst: float
    _came: float = 0.0
    _taken: bool = False

    def again(self) -> None:
        """Begin a try; raises OverBudget where, after what those before it may have taken, there is no room for it."""
        self._came = 0.0
        if self._taken:
            with self._meter._lock:
                self._meter._check(self._name, self._worst, held=self._worst)

    def add(self, usage: Usage) -> None:
        """Count what came of the try, though it is no answer."""
        self._meter.add(usage)
        self._came, self._taken = self._came + (usage.cost or 0.0), True

    def lost(self) -> None:
        """Hold the most for good: a server may be at work on what broke off, or did not come, and be paid for all."""
        with self._meter._lock:
            self._meter._lost += max(self._worst - self._came, 0.0)
        self._taken = True


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _figure(value: object) -> float | None:
    """Return the figure, which may stand in quotes; None where it is none that can be."""
    try:
        found = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < 1e12 else None
