"""Which paper a thread is at work on, for those who tell what is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_paper: ContextVar[str] = ContextVar("paper", default="")


def paper_id() -> str:
    """Return the id of the paper that this thread works on; "" for none."""
    return _paper.get()


@contextmanager
def on(paper: str) -> Iterator[None]:
    """Have this thread work on the paper for the block."""
    before = _paper.set(paper)
    try:
        yield
    finally:
        _paper.reset(before)
