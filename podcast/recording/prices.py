"""What paid voices take, by the price that their files name, and what may still be spent on them."""

import threading
from collections.abc import Callable, Sequence

from podcast.recording.ordering import Order
from podcast.show.errors import OverBudget
from podcast.show.schema import Voice
from podcast.synthesizers import openai

SECONDS_A_LETTER = 0.07
"""Of speech, about, by any engine measured so far."""


def cost(orders: Sequence[Order]) -> float | None:
    """Return what paid voices take for the lines, in US dollars; None where no voice names a price."""
    prices = [openai.cost([order.said_as], order.actor.voice) for order in orders]
    known = [price for price in prices if price is not None]
    return sum(known) if known else None


def outlay(seconds: float, voices: Sequence[Voice]) -> float | None:
    """Return about what paid voices take for so many seconds of sound of which nothing is written yet, each for as much
    of it as the others; in US dollars, None where no voice names a price."""
    prices = [price for price in map(openai.price, voices) if price is not None]
    return sum(prices) * seconds / SECONDS_A_LETTER / len(voices) if prices else None


def told(amount: float) -> str:
    """Return the amount in words; a small one is not told as nothing."""
    return f"{amount:.2f}" if amount >= 0.01 or not amount else f"{amount:.2g}"


class Purse:
    """Lets no voice be paid that could go over the budget, in which stands what the language model `wrote` for, too.
    Safe for threads."""

    def __init__(self, budget: float | None, wrote: Callable[[], float]) -> None:
        self._budget, self._wrote = budget, wrote
        self._lock = threading.Lock()
        self._paid = 0.0

    def check(self, dollars: float | None, model: float = 0.0) -> None:
        """Raise OverBudget where the voices, with what a model is still to be asked and all that is spent, would take
        more than the budget."""
        with self._lock:
            self._check(dollars, model)

    def pay(self, dollars: float | None) -> None:
        """Count what is about to be recorded. Raises OverBudget, and nothing is counted, where it is too much."""
        with self._lock:
            self._check(dollars)
            self._paid += dollars or 0.0

    def _check(self, dollars: float | None, model: float = 0.0) -> None:
        spent = self._paid + self._wrote()
        if self._budget is None or not dollars or spent + dollars + model <= self._budget:
            return
        beside = f", the language model about {told(model)}" if model else ""
        before = f"; {told(spent)} is spent" if spent else ""
        raise OverBudget(
            f"the voices would take about {told(dollars)}{beside}{before}, and the budget is {told(self._budget)}",
            "raise --budget or budget in [writer], take fewer papers, or a cheaper voice; takes that came are kept",
        )
