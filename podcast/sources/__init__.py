"""Where papers come from: a day's list, and each paper's text in numbered sentences.

They may use show, and one another; the built-in day lies here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from podcast.show import packaged
from podcast.show.lazy import lazy
from podcast.show.schema import Day, Document, Figure, Linked, Paper
from podcast.show.settings import EXAMPLE_EMAIL, SourcesSettings
from podcast.show.workspace import Workspace

if TYPE_CHECKING:
    from podcast.sources.finding import Finder
    from podcast.sources.huggingface import HuggingFace


class Source(Protocol):
    """Reads days and documents; a day carries the name of the source it came from."""

    @property
    def name(self) -> str: ...

    def day(self, date: dt.date) -> Day:
        """Return the day's papers in rank order, with the instant their upvotes were read.

        Raises NoPapers where the day has none, SourceError naming what could not be read.
        """

    def document(self, paper: Paper) -> Document:
        """Return the paper's text as far as it is to be had, its abstract at least.

        Raises SourceError where a service gives no answer.
        """


@runtime_checkable
class Keeping(Source, Protocol):
    """A source that keeps what services answered."""

    def anew(self) -> Source:
        """Return the same source, for which nothing that was kept counts."""

    def records(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        """Return the papers, of whatever days, with what is on record of them now.

        Raises SourceError where no answer comes.
        """


@runtime_checkable
class Linking(Source, Protocol):
    """A source that knows what there is of arXiv's papers beside their text."""

    def linked(self, paper: Paper) -> Linked:
        """Return which models, data sets and Spaces name the paper. Raises SourceError where no answer comes."""

    def figure(self, paper: Paper) -> tuple[Figure, bytes]:
        """Return the paper's first figure and its picture, or why there is none that may be shown, and b"".

        Raises SourceError where no answer comes.
        """


def anew(source: Source) -> Source:
    """Return the source as it is asked anew."""
    return source.anew() if isinstance(source, Keeping) else source


DEMO_DAY = dt.date(2025, 1, 6)
"""The built-in day: it never was, its papers are three that everybody in the field knows."""


def demo() -> Source:
    """Return the source of the built-in day, whose papers and documents come with the project."""
    from podcast.sources.file import FileSource

    read_at = dt.datetime(2025, 1, 6, 18, 0, tzinfo=dt.UTC)
    return FileSource(packaged.folder("sources", "demo") / "papers.json", "demo", read_at)


@dataclass(frozen=True)
class Online:
    """Hugging Face and arXiv, which are made ready when something is first asked of them: most commands ask nothing."""

    settings: SourcesSettings
    workspace: Workspace
    top: int
    name: str = "huggingface"

    @lazy
    def made(self) -> "HuggingFace":
        from podcast.sources.huggingface import HuggingFace

        return HuggingFace(self.settings, self.workspace, top=self.top)

    def day(self, date: dt.date) -> Day:
        return self.made.day(date)

    def document(self, paper: Paper) -> Document:
        return self.made.document(paper)

    def anew(self) -> Source:
        return self.made.anew()

    def records(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        return self.made.records(papers)

    def linked(self, paper: Paper) -> Linked:
        return self.made.linked(paper)

    def figure(self, paper: Paper) -> tuple[Figure, bytes]:
        return self.made.figure(paper)


def online(settings: SourcesSettings, workspace: Workspace, site_url: str, top: int) -> Source:
    """Return the source that a daily show of `top` papers reads: Hugging Face's list, with arXiv's abstracts and texts.

    The services are told where the show is to be found, unless the settings name another contact.
    """
    if not settings.contact and site_url.startswith("https://"):
        settings = settings.model_copy(update={"contact": site_url})
    return Online(settings, workspace, top)


def finder(settings: SourcesSettings, workspace: Workspace, show_email: str) -> "Finder":
    """Return what finds papers that are asked for by themselves; services are told the show's address for mails, where
    the settings have none."""
    from podcast.sources.finding import Finder

    if not settings.email and show_email != EXAMPLE_EMAIL:
        settings = settings.model_copy(update={"email": show_email})
    return Finder(settings, workspace)


def of_day(day: Day, source: Source) -> Source:
    """Return what reads the documents of a day: what its list came from, where that is here.

    A day from a file has abstracts, unless `source` is such a file, with documents beside it; the built-in day has
    its own documents.
    """
    from podcast.sources.file import Abstracts

    if day.source == "demo":
        return demo()
    return Abstracts() if day.source == "file" and source.name != "file" else source
