"""What a line means against what the evidence means."""

from collections.abc import Iterator, Sequence

from podcast.grounding.findings import Finding
from podcast.grounding.sentences import Sentence


def doubts(text: str, sentences: Sequence[Sentence], language: str) -> Iterator[Finding]:
    """Yield what the line likely turns."""
    return iter(())
