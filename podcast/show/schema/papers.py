"""The day and its papers, and what became of each: chosen or not, its score, or why something was left."""

import datetime as dt
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer

from podcast.show.schema.values import (
    FORMATS,
    ArxivId,
    EpisodeId,
    Exchanged,
    Instant,
    Record,
    TalkFormat,
    Text,
    Usage,
    format_of,
)


class Paper(Exchanged):
    """One entry of a day. Field names are those of `huggingface_hub.PaperInfo`."""

    id: ArxivId
    title: Text = Field(min_length=1)
    summary: Text = ""
    """The abstract: arXiv's own, with its TeX between dollars, or Hugging Face's made readable."""
    authors: tuple[Text, ...] = ()
    category: str | None = None
    """arXiv's primary category, such as cs.CL; Hugging Face does not tell it."""
    version: int | None = Field(default=None, ge=1)
    """arXiv's version when the day was read."""
    arxiv_comment: Text | None = None
    """What the authors say beside the abstract, such as "Accepted at NeurIPS"."""
    published_at: Instant
    submitted_at: Instant | None = None
    """When it was put on the day's list."""
    listed_on: dt.date
    upvotes: int = Field(ge=0)
    upvotes_read_at: Instant
    rank: int = Field(ge=1)
    """1 is the day's most upvoted paper."""
    comments: int = Field(default=0, ge=0)
    github_repo: str | None = None
    github_stars: int | None = Field(default=None, ge=0)
    """As the day's list told them; they are not asked for."""
    project_page: str | None = None
    licence: str | None = None

    @property
    def about(self) -> "tuple[Paper, ...]":
        """The papers that an episode about this is about: itself, or those of a roundup."""
        return (self,)

    @property
    def told(self) -> str:
        """How the episode about this tells it."""
        return FORMATS[0]

    @property
    def arxiv_url(self) -> str:
        return f"https://arxiv.org/abs/{self.id}"

    @property
    def huggingface_url(self) -> str:
        return f"https://huggingface.co/papers/{self.id}"


ROUNDUP: Final = "roundup"
"""What stands in the place of an arXiv id where an episode is about several papers of a day."""


class Roundup(Paper):
    """The day's top papers, as one episode is about them. Its folder and its name are those of a paper."""

    id: Literal["roundup"] = ROUNDUP
    papers: tuple[Paper, ...] = Field(min_length=2)
    """In the order in which they are talked about."""

    @property
    def about(self) -> tuple[Paper, ...]:
        return self.papers

    @property
    def arxiv_url(self) -> str:
        """Where the day's papers are listed; arXiv has no such page."""
        return self.huggingface_url

    @property
    def huggingface_url(self) -> str:
        return f"https://huggingface.co/papers/date/{self.listed_on}"


def _told_otherwise(text: str) -> str:
    if format_of(text) == FORMATS[0]:
        raise ValueError(f"{text!r} names no format such as {FORMATS[-1]}")
    return text


class Talk(Paper):
    """A paper as an episode in another format than the dialogue is about it. Its folder is one of its own."""

    id: Annotated[EpisodeId, AfterValidator(_told_otherwise)]
    paper: Paper

    @property
    def format(self) -> TalkFormat:
        return format_of(self.id)

    @property
    def told(self) -> str:
        return self.format

    @property
    def about(self) -> tuple[Paper, ...]:
        return (self.paper,)

    @property
    def arxiv_url(self) -> str:
        return self.paper.arxiv_url

    @property
    def huggingface_url(self) -> str:
        return self.paper.huggingface_url


def as_told(paper: Paper, told: TalkFormat) -> Paper:
    """Return the paper as an episode of that format is about it: as a dialogue, itself."""
    if told == FORMATS[0]:
        return paper
    return Talk.model_validate({**dict(paper), "id": f"{paper.id}.{told}", "paper": paper})


class Known(Record):
    """What a script may rest on beside the papers' texts, as it was when the script was written."""

    paper: Roundup | Paper
    """Title, authors, votes and when they were read, dates."""
    show: Text = ""
    """The show's title; "" for the one of today."""
    hosts: dict[str, Text] = {}
    """The hosts' names by key; those of today for others."""


class Rests(Record):
    """All that the scripts of an episode were written by, the oldest first: what one of them lets pass stands."""

    known: tuple[Known, ...] = Field(min_length=1)


class Odd(Record):
    """An entry of a day's list that is no paper as an episode needs it: left out, and named."""

    entry: int = Field(ge=1)
    """Its place in the list, from 1."""
    paper_id: Text = ""
    """As the entry has it, whatever that is."""
    reason: Text
    """The field, and what is there in place of what was wanted."""

    def told(self) -> str:
        named = f" ({self.paper_id})" if self.paper_id else ""
        return f"entry {self.entry}{named} is left: {self.reason}"


class Day(Record):
    """One date of Daily Papers, frozen with the instant its upvotes were read; papers stand in rank order."""

    date: dt.date
    source: str
    read_at: Instant
    papers: tuple[Paper, ...]
    odd: tuple[Odd, ...] = ()


class Verdict(Record):
    """What the selection said of one paper, and why."""

    paper_id: ArxivId
    chosen: bool
    reason: str
    repeated: bool = False
    """Whether it has an episode on another day."""
    place: int | None = Field(default=None, ge=1)
    """Of a chosen paper: 1 is the first."""


class Selection(Record):
    """What became of every paper of a day when its papers were last chosen, in rank order."""

    verdicts: tuple[Verdict, ...]
    odd: tuple[Odd, ...] = ()
    """Entries of the list that no verdict is about; where there are none, nothing is written of them."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = handler(self)
        return written if self.odd else {name: value for name, value in written.items() if name != "odd"}

    def chosen(self) -> frozenset[str]:
        """Return the ids of the papers chosen."""
        return frozenset(verdict.paper_id for verdict in self.verdicts if verdict.chosen)


class Score(Record):
    """What a language model said of one paper, by the show's criteria."""

    paper_id: ArxivId
    relevance: int = Field(ge=1, le=10)
    novelty: int = Field(ge=1, le=10)
    criterion: int = Field(ge=0)
    """The number of the criterion that it matches; 0 where it matches none."""
    why: Text = Field(min_length=1)


class Left(Record):
    """A paper that something could not be done with, and why: it is listed, never dropped."""

    paper_id: ArxivId
    stage: str
    """score, read, or the language it was to be told in."""
    reason: Text


class Scores(Record):
    """What a language model said of a day's papers. Those in `failed` have no score, and take part by upvotes."""

    criteria: Text
    """As they were asked for."""
    scores: tuple[Score, ...] = ()
    failed: tuple[Left, ...] = ()
    made_with: dict[str, str] = {}
    usage: Usage = Usage()

    def by_paper(self) -> dict[str, Score]:
        return {score.paper_id: score for score in self.scores}
