"""Denial and direction in other languages, against evidence in English."""

from collections.abc import Iterator, Sequence

from podcast.grounding.findings import Finding


def doubts(text: str, evidence: Sequence[str], language: str) -> Iterator[Finding]:
    """Yield what a line in another language turns."""
    return iter(())
