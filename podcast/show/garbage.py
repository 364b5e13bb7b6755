"""Where much is made at once, and stays, nothing is to be found among it that has no use any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_alone() -> Iterator[None]:
    """Have Python look for no cycles in the block, as it does after every few hundred things that are made: of ten
    thousand episodes it would look at all again and again."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()
