"""Where papers come from."""

import datetime as dt
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
