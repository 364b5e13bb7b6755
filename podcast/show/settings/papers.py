"""Where papers are read, and which of them become episodes."""

import re
from typing import Self

from pydantic import Field, field_validator, model_validator

from podcast.show.schema import Record, Seconds


class SourcesSettings(Record):
    """Where papers are read, and how patiently."""

    huggingface: str = "https://huggingface.co"
    arxiv: str = "https://arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    crossref: str = "https://api.crossref.org"
    """Who knows papers by their DOI, and where their text is open: these three, and who resolves a DOI."""
    unpaywall: str = "https://api.unpaywall.org"
    openalex: str = "https://api.openalex.org"
    doi: str = "https://doi.org"
    email: str = Field("", pattern=r"^$|^[^\s@]+@[^\s@]+$")
    """Who asks, as Unpaywall wants to know and Crossref likes to; without one the show's, unless that is the example's;
    without both Unpaywall is not asked."""
    crossref_interval: Seconds = 0.2
    """Seconds between two requests to Crossref, at least; more where its answers say so."""
    own_hosts: tuple[str, ...] = ()
    """Hosts of a network of your own, with their ports, such as "papers.example.net:443", that may be asked for a paper
    though they are not public; all others that are not are refused."""
    contact: str = ""
    """An address where the services can reach who asks them, sent with every request; without one the show's
    `site_url`, where that is on the web."""
    timeout: float = Field(30.0, gt=0)
    """Seconds without a byte before a request is given up."""
    deadline: float = Field(180.0, gt=0)
    """Seconds that one whole answer may take."""
    backoff: tuple[Seconds, ...] = (1.0, 4.0, 15.0)
    """Seconds before each further try, where the service does not say how long; as many tries as there are."""
    longest_wait: Seconds = 330.0
    """Seconds at most that a service may ask us to wait; Hugging Face counts in windows of 300."""
    arxiv_backoff: tuple[Seconds, ...] = (30.0, 60.0, 90.0)
    """Seconds before each further try after arXiv's 429, where it does not say how long."""
    arxiv_interval: Seconds = 3.0
    """Seconds between two requests to arXiv, which asks for 3."""

    @field_validator("huggingface", "arxiv", "arxiv_api", "crossref", "unpaywall", "openalex", "doi")
    @classmethod
    def _https_or_here(cls, url: str) -> str:
        if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?/?|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?/?", url):
            raise ValueError("an address such as https://huggingface.co is wanted; http:// only for this machine")
        return url.rstrip("/")

    @field_validator("contact")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not re.fullmatch(r"|(https?://|mailto:)[\x21-\x7e]+", text):
            raise ValueError("an address that begins with https:// or mailto: is wanted")
        return text


class SelectSettings(Record):
    """Which of the day's papers become episodes."""

    top: int = Field(3, ge=1, le=100)
    """How many: the most upvoted first."""
    min_upvotes: int = Field(0, ge=0)
    """A paper with fewer is left."""
    categories: tuple[str, ...] = ()
    """Only papers of these arXiv categories, such as "cs.CL", or "cs" for all of it; none named: of any.
    A paper whose category could not be read counts as one of them."""
    not_categories: tuple[str, ...] = ()
    """No papers of these."""
    authors: tuple[str, ...] = ()
    """Papers by these are chosen first, whatever their votes, category and words; the rest fill up to `top`."""
    not_keywords: tuple[str, ...] = ()
    """No papers with one of these words in title or abstract."""
    full_text: bool = True
    """A paper of which only the abstract is to be had gives its place to the next best whose text is; as many of those
    as `top` are looked at. Of authors that are followed the abstract will do."""
    min_relevance: int = Field(5, ge=1, le=10)
    """Where the show has a criteria.md: a paper that is less relevant to it is left."""
    min_novelty: int = Field(3, ge=1, le=10)
    """A paper that is less new is left."""
    weigh_relevance: float = Field(1.0, ge=0)
    """What counts, and how much: a paper's points are the weighted mean of relevance, novelty (both of 10) and upvotes
    (10 for as many as the day's most upvoted has). A paper without a score has the points of its upvotes."""
    weigh_novelty: float = Field(0.5, ge=0)
    weigh_upvotes: float = Field(0.5, ge=0)

    @model_validator(mode="after")
    def _something_counts(self) -> Self:
        if not self.weigh_relevance + self.weigh_novelty + self.weigh_upvotes:
            raise ValueError("one of weigh_relevance, weigh_novelty and weigh_upvotes must be more than 0")
        return self
