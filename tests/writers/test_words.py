"""The words that carry a text."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from podcast.writers import words

TEXTS = [f"{head}{tail}" for head in ("national", "hope", "form", "vers", "oper") for tail in
         ("isation", "fulness", "ing", "ally", "ousness", "iveness", "able", "ements", "ators", "ies")]  # fmt: skip


@pytest.fixture
def crowded() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("crowded")
def test_threads_get_the_stems_that_one_gets() -> None:
    """Papers that are read side by side share no half-stemmed word."""

    def stems() -> list[str]:
        return [words._stem.__wrapped__(text) for text in TEXTS]

    alone = stems()
    with ThreadPoolExecutor(8) as pool:
        assert all(found == alone for found in pool.map(lambda _: stems(), range(40)))
