"""The day and its papers, and what became of each: chosen or not, its score, or why something was left."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal, Self
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from podcast.show.periods import Period, of_roundup
from podcast.show.schema import ids
from podcast.show.schema.beside import Organization
from podcast.show.schema.ids import FORMATS, ROUNDUP, TRAILER, EpisodeId, PaperId, TalkFormat, format_of
from podcast.show.schema.memories import Memory
from podcast.show.schema.values import Exchanged, Instant, Record, Text, Usage, as_before


@dataclass(frozen=True, slots=True)
class Listing:
    """What a day's list says of a paper."""

    rank: int
    """1 is the day's most upvoted paper."""
    upvotes: int
    read_at: dt.datetime
    """When the upvotes were counted."""


class Paper(Exchanged):
    """A paper, and what the list of a day says of it; or, where it was asked for by itself, when that was.

    Field names are those of `huggingface_hub.PaperInfo`.
    """

    id: PaperId
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
    published_at: Instant | None = None
    """None where nobody tells."""
    submitted_at: Instant | None = None
    """When it was put on the day's list."""
    listed_on: dt.date
    """The day it stands under: whose list has it, or on which it was asked for, in UTC."""
    upvotes: int | None = Field(default=None, ge=0)
    """These three are the list's, and None for a paper that was asked for; code asks for `listing`."""
    upvotes_read_at: Instant | None = None
    rank: int | None = Field(default=None, ge=1)
    comments: int = Field(default=0, ge=0)
    github_repo: str | None = None
    github_stars: int | None = Field(default=None, ge=0)
    """As the day's list told them; they are not asked for."""
    project_page: str | None = None
    organization: Organization | None = None
    """Who made it, where the list tells."""
    licence: str | None = None
    asked_at: Instant | None = None
    """When somebody asked for it by itself; None for a paper of a list."""
    home: str | None = None
    """The address where a paper without an id of arXiv's or a DOI is to be read; None for a file of one's own."""

    @model_validator(mode="after")
    def _listed_or_asked_for(self) -> Self:
        told = [self.rank is not None, self.upvotes is not None, self.upvotes_read_at is not None]
        if any(told) != all(told):
            raise ValueError("rank, upvotes and upvotes_read_at go together")
        if all(told) == (self.asked_at is not None):
            raise ValueError("a paper has upvotes, their time and a rank, or asked_at")
        return self

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """What a list does not tell is not written of its papers."""
        written: dict[str, object] = handler(self)
        unsaid = {"home", "organization"} if self.asked_at else {"home", "organization", "asked_at"}
        return {name: value for name, value in written.items() if value is not None or name not in unsaid}

    @property
    def listing(self) -> Listing | None:
        """What the day's list says of it; None for a paper that was asked for."""
        if self.rank is None or self.upvotes is None or self.upvotes_read_at is None:
            return None
        return Listing(self.rank, self.upvotes, self.upvotes_read_at)

    @property
    def votes(self) -> int:
        """Its upvotes, to compare it with others; 0 where no list has it."""
        return self.upvotes or 0

    @property
    def stood_at(self) -> dt.datetime:
        """When its day's list was read, or it was asked for."""
        found = self.upvotes_read_at or self.asked_at
        if found is None:  # as the validator has it
            raise ValueError(f"{self.id} was neither listed nor asked for")
        return found

    @property
    def about(self) -> "tuple[Paper, ...]":
        """The papers that an episode about this is about: itself, or those of a roundup."""
        return (self,)

    @property
    def told(self) -> TalkFormat:
        """How the episode about this tells it."""
        return FORMATS[0]

    @property
    def called(self) -> str:
        """What a link to it says: "arXiv 2509.09666", "DOI 10.1234/abc"; "" for a file of one's own."""
        if ids.is_arxiv(self.id):
            return f"arXiv {ids.called(self.id)}"
        return f"DOI {doi}" if (doi := ids.doi_of(self.id)) else urlsplit(self.home or "").hostname or ""

    @property
    def url(self) -> str | None:
        """Where it is to be read: at arXiv, where its DOI leads, or its page; None for a file of one's own."""
        if ids.is_arxiv(self.id):
            return self.arxiv_url
        return f"https://doi.org/{quote(doi, safe='/:;()')}" if (doi := ids.doi_of(self.id)) else self.home

    @property
    def arxiv_url(self) -> str | None:
        return f"https://arxiv.org/abs/{ids.called(self.id)}" if ids.is_arxiv(self.id) else None

    @property
    def huggingface_url(self) -> str | None:
        """Its page at Hugging Face, which each paper of a list has."""
        return f"https://huggingface.co/papers/{self.id}" if self.listing else None


class Roundup(Paper):
    """The day's top papers, as one episode is about them. Its folder and its name are those of a paper."""

    id: Literal["roundup", "roundup-week", "roundup-month"] = ROUNDUP
    papers: tuple[Paper, ...] = Field(min_length=2)
    """In the order in which they are talked about."""

    @property
    def about(self) -> tuple[Paper, ...]:
        return self.papers

    @property
    def called(self) -> str:
        return "Hugging Face"

    @property
    def url(self) -> str:
        """Where the day's papers are listed."""
        return self.huggingface_url

    @property
    def arxiv_url(self) -> str:
        """Where the day's papers are listed; arXiv has no such page."""
        return self.huggingface_url

    @property
    def period(self) -> Period | None:
        """The week or the month that it is of; None for a day's."""
        return of_roundup(self.id, self.listed_on)

    @property
    def huggingface_url(self) -> str:
        span = f"{self.period.kind}/{self.period}" if self.period else f"date/{self.listed_on}"
        return f"https://huggingface.co/papers/{span}"


class Asked(Record):
    """A paper that was asked for by itself, as it was found then: `paper.json` of its folder, which no day lists."""

    paper: Paper
    told_by: Text
    """Who told title, authors and abstract: arxiv, crossref, page, document, a person."""
    address: str = ""
    """Where its text came from, and is asked for again; "" for a file, and for arXiv's."""
    original: str = ""
    """The file beside this one that holds its text as it came; "" where arXiv has it."""


class Trailer(Paper):
    """The show, as its trailer is about it: on the day that it was first made, without votes, about no paper."""

    id: Literal["trailer"] = TRAILER
    upvotes: int | None = 0
    rank: int | None = 1

    @property
    def about(self) -> tuple[Paper, ...]:
        return ()

    @property
    def listing(self) -> None:
        return None


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
    def told(self) -> TalkFormat:
        return self.format

    @property
    def about(self) -> tuple[Paper, ...]:
        return (self.paper,)

    @property
    def called(self) -> str:
        return self.paper.called

    @property
    def url(self) -> str | None:
        return self.paper.url

    @property
    def arxiv_url(self) -> str | None:
        return self.paper.arxiv_url

    @property
    def huggingface_url(self) -> str | None:
        return self.paper.huggingface_url


def as_told(paper: Paper, told: TalkFormat) -> Paper:
    """Return the paper as an episode of that format is about it: as a dialogue, itself."""
    if told == FORMATS[0]:
        return paper
    return Talk.model_validate({**dict(paper), "id": f"{paper.id}.{told}", "paper": paper})


class Known(Record):
    """What a script may rest on beside the papers' texts, as it was when the script was written."""

    paper: Trailer | Roundup | Paper
    """Title, authors, votes and when they were read, dates."""
    show: Text = ""
    """The show's title; "" for the one of today."""
    hosts: dict[str, Text] = {}
    """The hosts' names by key; those of today for others."""
    memories: tuple[Memory, ...] = ()
    """What of earlier episodes it may refer to."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "memories")


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

    paper_id: PaperId
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
        return as_before(handler(self), "odd")

    def chosen(self) -> frozenset[str]:
        """Return the ids of the papers chosen."""
        return frozenset(verdict.paper_id for verdict in self.verdicts if verdict.chosen)


class Score(Record):
    """What a language model said of one paper, by the show's criteria."""

    paper_id: PaperId
    relevance: int = Field(ge=1, le=10)
    novelty: int = Field(ge=1, le=10)
    criterion: int = Field(ge=0)
    """The number of the criterion that it matches; 0 where it matches none."""
    why: Text = Field(min_length=1)


class Left(Record):
    """A paper that something could not be done with, and why: it is listed, never dropped."""

    paper_id: PaperId
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
