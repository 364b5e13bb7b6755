"""Who reads the document and writes the script."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from podcast.schema import Brief, Document, Paper, Script
from podcast.settings import Host, ShowSettings


class Writer(Protocol):
    """Reads and writes for one show."""

    def brief(self, paper: Paper, document: Document) -> Brief:
        """Return what the document says, each claim with the numbers of the sentences that carry it."""

    def script(self, paper: Paper, brief: Brief, show: ShowSettings, hosts: Sequence[Host]) -> Script:
        """Return what the two hosts say: an opening that says AI made it, the claims, a limitation, the links."""


WRITERS: Mapping[str, str] = MappingProxyType({"extractive": "podcast.writers.extractive:Extractive"})
