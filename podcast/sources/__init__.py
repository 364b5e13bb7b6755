"""Where papers come from."""

import datetime as dt
from pathlib import Path
from typing import Protocol

from podcast.schema import Day, Document, Paper


class Source(Protocol):
    """Reads days and documents."""

    def day(self, date: dt.date) -> Day:
        """Return the day's papers in rank order, with the instant their upvotes were read.

        Raises NoPapers where the day has none, SourceError naming what could not be read.
        """

    def document(self, paper: Paper) -> Document:
        """Return the paper's text as far as it is to be had; its abstract at least."""


DEMO_DAY = dt.date(2025, 1, 6)
"""The built-in day: it never was, its papers are three that everybody in the field knows."""


def demo() -> Source:
    """Return the source of the built-in day, whose papers and documents come with the project."""
    from podcast.sources.file import FileSource

    read_at = dt.datetime(2025, 1, 6, 18, 0, tzinfo=dt.UTC)
    return FileSource(Path(__file__).parents[1] / "demo" / "papers.json", "demo", read_at)


def abstracts() -> Source:
    """Return the source that is always there: it lists no day, and of a paper it knows the abstract."""
    from podcast.sources.file import Abstracts

    return Abstracts()
