"""What answers take of a model, and what may still be asked for."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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

    @property
    def spent(self) -> Usage:
        with self._lock:
            return self._spent

    def add(self, usage: Usage) -> None:
        with self._lock:
            self._spent += usage

    @contextmanager
    def may_ask(self, name: str, prompt: int, answer: int) -> Iterator[None]:
        """Hold the most that an answer can cost while it is asked for.

        Raises OverBudget, and nothing is asked, where that with all before it is over the budget.
        """
        price = self._price
        worst = (prompt * price.input + answer * price.output) / _MILLION if price else 0.0
        with self._lock:
            spent, taken = self._spent.cost or 0.0, self._in_flight
            if self._budget is not None and spent + taken + worst > self._budget:
                raise OverBudget(
                    f"{name} may cost {worst:.4f}; {spent:.4f} is spent and {taken:.4f} under way, "
                    f"and the budget is {self._budget:.4f}",
                    "raise budget in [writer], or take fewer papers; answers that came are kept",
                )
            self._in_flight += worst
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= worst

    def usage(self, said: object, *, prompt: int, answer: int, answers: int = 1) -> Usage:
        """Return what the server says an answer took; where it says nothing of a part, the estimate given."""
        told: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        details = told.get("prompt_tokens_details")
        cached = _count(details.get("cached_tokens")) if isinstance(details, Mapping) else 0
        read = prompt if told.get("prompt_tokens") is None else _count(told["prompt_tokens"])
        written = answer if told.get("completion_tokens") is None else _count(told["completion_tokens"])
        cost = told.get("cost")
        if isinstance(cost, bool) or not isinstance(cost, int | float) or not 0 <= cost < float("inf"):
            cost = self._cost(read, cached, written)
        return Usage(answers=answers, prompt_tokens=read, cached_tokens=cached, completion_tokens=written, cost=cost)

    def _cost(self, read: int, cached: int, written: int) -> float | None:
        price = self._price
        if price is None:
            return None
        kept = price.input if price.cached_input is None else price.cached_input
        return (max(read - cached, 0) * price.input + cached * kept + written * price.output) / _MILLION


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 1e12 else 0
