"""Every value written to disk.

All are frozen, refuse unknown fields, and say their unit where a number has one.
Sequences are tuples; instants are aware and in UTC; durations are seconds.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    model_validator,
)

Seconds = Annotated[float, Field(ge=0)]
Setting = str | float | bool


def _arxiv_id(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}\.[0-9]{4,5}", text):
        raise ValueError(f"{text!r} is not an arXiv id such as 2509.09666")
    return text


def _in_utc(instant: dt.datetime) -> dt.datetime:
    try:
        return instant.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("the instant is outside the calendar") from error


def _printable(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text)


def _episode_id(text: str) -> str:
    return text if text == "roundup" else _arxiv_id(text)


Text = Annotated[str, AfterValidator(_printable)]
"""Text for people: what XML and terminals cannot hold (control characters, halves of pairs) becomes a space."""

ArxivId = Annotated[str, AfterValidator(_arxiv_id)]
EpisodeId = Annotated[str, AfterValidator(_episode_id)]
"""What an episode is about: a paper, or "roundup" for several of a day."""
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Record(BaseModel):
    """The base of every value here: frozen, and no field beyond those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- fetch: the day and its papers -----------------------------------------------------------------


class Paper(Record):
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


class Day(Record):
    """One date of Daily Papers, frozen with the instant its upvotes were read; papers stand in rank order."""

    date: dt.date
    source: str
    read_at: Instant
    papers: tuple[Paper, ...]


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


# --- read: the document and the brief --------------------------------------------------------------


class Section(Record):
    title: Text
    sentences: tuple[Text, ...]


class Document(Record):
    """A paper's text. A sentence's number, counted from 1 through all sections, is its identity."""

    paper_id: ArxivId
    source: str
    """Where the text came from: html, markdown, pdf, abstract, demo."""
    licence: str | None = None
    """The terms of the text, as its page says them: it is read here and never published."""
    category: str | None = None
    sections: tuple[Section, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return all sentences in order; sentence n stands at index n - 1."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    def section_of(self, number: int) -> str:
        """Return the title of the section that holds sentence `number`; KeyError where there is none."""
        last = 0
        for section in self.sections:
            last += len(section.sentences)
            if 1 <= number <= last:
                return section.title
        raise KeyError(number)


class Claim(Record):
    """A statement of the paper, and the numbers of the sentences that carry it."""

    text: Text = Field(min_length=1)
    evidence: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)


Claims = tuple[Claim, ...]


class Dropped(Record):
    """A claim that a model made and the paper does not carry, with what is wrong with it."""

    field: str
    text: str
    evidence: tuple[int, ...] = ()
    reason: str


class Usage(Record):
    """What the answers of a language model took. Answers that lay in `drafts/` are counted once, when they came."""

    answers: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    """Of the prompt's tokens, those that the server had kept."""
    completion_tokens: int = Field(default=0, ge=0)
    cost: float | None = Field(default=None, ge=0)
    """In the currency of `price_per_million`; None where no price is known."""

    def told(self) -> str:
        """Return it in words."""
        cost = "" if self.cost is None else f", {self.cost:.2f} at your price"
        return f"{self.prompt_tokens:,} tokens in and {self.completion_tokens:,} out{cost}"

    def __add__(self, other: "Usage") -> "Usage":
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            answers=self.answers + other.answers,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(known) if known else None,
        )


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


class Method(Record):
    pipeline: Claims = ()
    architecture: Claims = ()
    cost: Claims = ()


class Experiments(Record):
    datasets: Claims = ()
    metrics: Claims = ()
    baselines: Claims = ()
    results: Claims = ()
    ablations: Claims = ()
    limitations: Claims = ()


class Brief(Record):
    """What we understood of a paper. Every leaf is a claim or is absent; nothing is ever "N/A"."""

    paper_id: EpisodeId
    tldr: Claim | None = None
    task: Claim | None = None
    motivation: Claims = ()
    challenges: Claims = ()
    idea: Claims = ()
    method: Method = Method()
    experiments: Experiments = Experiments()
    strengths: Claims = ()
    weaknesses: Claims = ()
    future_work: Claims = ()
    implication: Claim | None = None
    dropped: tuple[Dropped, ...] = ()
    made_with: dict[str, str] = {}
    usage: Usage = Usage()

    def claims(self) -> dict[str, Claim]:
        """Return every claim by its path, such as `tldr`, `idea.0` or `experiments.results.2`."""

        def walk(prefix: str, value: object) -> Iterator[tuple[str, Claim]]:
            if isinstance(value, Claim):
                yield prefix, value
            elif isinstance(value, Record):
                for name in type(value).model_fields:
                    yield from walk(f"{prefix}.{name}" if prefix else name, getattr(value, name))
            elif isinstance(value, tuple):
                for index, item in enumerate(value):
                    yield from walk(f"{prefix}.{index}", item)

        return dict(walk("", self))


# --- the digest: the day in text --------------------------------------------------------------------

Format = Literal["selection", "sections", "categories", "table"]


class Retelling(Record):
    """The heart of a brief in another language; what the paper does not say is ""."""

    paper_id: ArxivId
    language: str
    told: dict[str, str]
    """The statements it retells, by field: where the brief says others, it is made anew."""
    tldr: Text = ""
    motivation: Text = ""
    method: Text = ""
    result: Text = ""
    conclusion: Text = ""
    made_with: dict[str, str] = {}
    usage: Usage = Usage()


class Digest(Record):
    """Which reports there are of a day, and of which papers; all else in them is read from the papers' folders."""

    date: dt.date
    made_at: Instant
    """When the day's list was read that its first report is about; midnight for a day without papers."""
    formats: tuple[Format, ...]
    languages: tuple[str, ...] = ()
    """Other than the show's."""
    selection: Selection
    """The papers chosen for the reports, and why the others are not."""
    failed: tuple[Left, ...] = ()
    """Papers chosen that could not be read, or not told in a language, when the reports were last made."""
    announced: bool = False
    """Whether the webhook was told."""


# --- write: the script -----------------------------------------------------------------------------

HostKey = Annotated[str, Field(pattern=r"^[A-Z]$")]


class Line(Record):
    """What one host says in one go."""

    host: HostKey
    text: Text = Field(min_length=1)
    """Written text; `speech` turns it into the spoken text."""
    chapter: Text = Field(min_length=1)
    claims: tuple[str, ...] = ()
    """Paths of the brief's claims that the line speaks."""
    paper: ArxivId | None = None
    """In a roundup: the paper whose brief that is; None for a line that is about none."""
    take: int = Field(default=1, ge=1)
    """Raise it to record the same words again."""
    allowed: tuple[str, ...] = ()
    """Figures and names that a person let pass though the evidence does not hold them."""
    general: bool = False
    """Whether it says what is known in general, and nothing of this paper."""

    def spoken(self) -> tuple[str, ...]:
        """Return the claims as an episode names them: of a roundup's line with its paper's id before each."""
        return tuple(f"{self.paper}/{path}" if self.paper else path for path in self.claims)


class Script(Record):
    """What the hosts say, in order. A chapter is a run of lines of one chapter title."""

    title: Text = Field(min_length=1)
    description: Text
    """One or two sentences for the episode list of an app."""
    lines: tuple[Line, ...] = Field(min_length=1)
    voices: dict[HostKey, str] = {}
    """Voices of this episode's own, by host; the others' are the show's."""
    version: int = Field(default=1, ge=1)
    """Which of `versions/` this is; a person who edits the file need not touch it."""
    made_with: dict[str, str] = {}
    usage: Usage = Usage()

    @model_validator(mode="after")
    def _can_be_heard(self) -> Self:
        seen: list[str] = []
        for number, line in enumerate(self.lines, 1):
            if not any(sign.isalnum() for sign in line.text):
                raise ValueError(f"line {number} has nothing that can be spoken: {line.text!r}")
            if not seen or line.chapter != seen[-1]:
                if line.chapter in seen:
                    raise ValueError(f"line {number}: chapter {line.chapter!r} began earlier and was left")
                seen.append(line.chapter)
        return self


class Correction(Record):
    """What listeners heard wrong, and what stands instead."""

    made_on: dt.date
    at: Seconds
    """Where it was heard, in the episode as it was published then."""
    text: Text


class Version(Record):
    """A script as it was, or is: kept for good."""

    number: int = Field(ge=1)
    parent: int | None = None
    """The version that this one was made of."""
    made_at: Instant
    why: Text
    corrections: tuple[Correction, ...] = ()
    """What its change put right of what was published."""
    brief: str | None = None
    """The SHA-256 of the brief that its claims point into."""
    script: Script


# --- record and mix: voices, cues, the episode -----------------------------------------------------


class Voice(Record):
    """How a host sounds: one TOML file in `voices/`, named after it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    synthesizer: str
    """A name of `podcast.synthesizers`, or `package.module:Class`."""
    model: str = ""
    speaker: str | None = None
    speaker_wav: str | None = None
    """A reference recording, beside the voice's file."""
    language: str = "en"
    description: str = ""
    settings: dict[str, Setting] = {}
    fallback: str | None = None
    """The voice that says a line which this one cannot; its fallback is not asked."""
    licence: str
    """The terms of the voice, as an SPDX identifier where there is one."""


class Attempt(Record):
    """One try at a line that was not right at once."""

    way: str
    """How it was said: whole, joined with a neighbour, or in clauses; and by which try."""
    voice: str
    found: tuple[str, ...] = ()
    """What was wrong with it; empty for the last, which became the take."""


class Attempts(Record):
    """How a take came about, beside it where the first try was not right."""

    attempts: tuple[Attempt, ...]


class Retake(Record):
    """A line of the episode that was not right at once, and how its take came about."""

    line: int = Field(ge=1)
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of one line, as it lies on disk."""

    key: str
    sound: Path
    """Mono 16-bit FLAC, without the silence around the words."""
    text: str
    """The line's written text."""

    @property
    def energies(self) -> Path:
        """Its loudness, as `podcast.loudness.measure` found it; made again where it is gone."""
        return self.sound.with_suffix(".energies")

    @property
    def attempts(self) -> Path:
        """How it came about, as `Attempts`; not there where the first try was right."""
        return self.sound.with_suffix(".json")


class Cue(Record):
    """Where a take sits on the episode's timeline, in seconds."""

    line: int = Field(ge=1)
    host: Text
    """The host's name, as heard."""
    text: Text
    start: Seconds
    end: Seconds
    take: str
    """The take's key."""
    claims: tuple[str, ...] = ()
    """Paths of the episode's claims that it speaks."""


class Chapter(Record):
    """A section of the episode, in seconds; chapters are contiguous and cover the whole file."""

    title: Text
    start: Seconds
    end: Seconds
    url: str | None = None
    """Where to read on: a roundup's chapter has its paper's address."""

    def holds(self, cue: Cue) -> bool:
        """Whether the cue's middle lies in it, however the times were rounded."""
        return self.start <= (cue.start + cue.end) / 2 < self.end


class Media(Record):
    """The episode's file. `file` is relative to the paper's folder."""

    file: str
    type: str
    size: int = Field(gt=0)
    """Bytes."""
    duration: Seconds
    sha256: str


class Episode(Record):
    """The published thing. It exists only when its media does; guid, number and published never change."""

    paper_id: EpisodeId
    day: dt.date
    guid: str
    number: int = Field(ge=1)
    title: Text
    description: Text
    published: Instant
    media: Media
    alternates: tuple[Media, ...] = ()
    """The same sound in other formats."""
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    hosts: dict[HostKey, Text]
    """Host names by key, as heard."""
    corrections: tuple[Correction, ...] = ()
    """The oldest first."""
    claims: dict[str, Claim] = {}
    """What is spoken of the brief, by path, as it stood when the episode was mixed."""
    key: str
    """The mix's key: what made this media."""
    retakes: tuple[Retake, ...] = ()
    """Lines whose first take was refused, and what was tried."""
    made_with: dict[str, str] = {}
    allowed: tuple[str, ...] = ()
    """What a person let pass though the paper does not say it, line by line."""
    usage: Usage = Usage()
    """What reading and writing took of a language model."""

    def sounds(self) -> tuple[Media, ...]:
        """Return all its media, the enclosure's first."""
        return (self.media, *self.alternates)


class Placed:
    """Where each file of an episode stands on the site, by its path from the site's root.

    Names of media, transcripts and chapters hold the media's hash: what an older feed names is never overwritten.
    """

    episode: Episode

    @cached_property
    def name(self) -> str:
        return f"{self.episode.day}-{self.episode.paper_id}"

    @property
    def page(self) -> str:
        return f"episodes/{self.name}/"

    @property
    def item(self) -> str:
        return f"{self.page}item.json"

    @cached_property
    def stem(self) -> str:
        return f"media/{self.name}-{self.episode.media.sha256[:10]}"

    @property
    def media(self) -> str:
        return f"{self.stem}.mp3"

    @property
    def opus(self) -> str:
        return f"{self.stem}.opus"

    @property
    def art(self) -> str:
        return f"{self.stem}.jpg"

    @property
    def vtt(self) -> str:
        return f"{self.stem}.vtt"

    @property
    def srt(self) -> str:
        return f"{self.stem}.srt"

    @property
    def transcript(self) -> str:
        return f"{self.stem}.transcript.json"

    @property
    def chapters(self) -> str:
        return f"{self.stem}.chapters.json"


class File(Record):
    """A file of the site, as it was when it was made."""

    size: int = Field(ge=0)
    """Bytes."""
    sha256: str


class Item(Placed, Record):
    """An episode as the feed, the lists of the site and other machines know it: `item.json` beside its page."""

    key: str
    """What its page, notes and transcripts were made of."""
    around: str = ""
    """Which episodes its page leads to, before and after it."""
    paper: Roundup | Paper
    episode: Episode
    """Without cues and claims."""
    takeaway: Text = ""
    notes: bytes
    """The show notes as HTML, in UTF-8: as text, one emoji would take four times the memory."""
    summary: bytes
    """The same within the 4,000 bytes of a feed's description."""
    files: dict[str, File] = {}
    """All that the site has of it besides this record, by path."""


class DayItem(Record):
    """A day's reports as the digest's index and feed know them: `DD.item.json` beside them."""

    key: str
    """What the reports were made of."""
    date: dt.date
    published: Instant
    page: str
    """The path of the page that others link to."""
    rows: dict[str, str]
    """The day's row in the index, by the suffix of the files that it leads to."""
    summary: str
    content: str
    """What the feed says of it: as text, and as HTML."""
    files: dict[str, int]
    """Bytes of each report, by path."""


class RunPaper(Record):
    """What a run made of one paper: an episode, or why there is none."""

    paper_id: EpisodeId
    title: Text
    number: int | None = None
    """The episode's."""
    duration: Seconds | None = None
    error: Text = ""
    """Why it is in quarantine; "" for an episode."""
    fix: str = ""
    """The commands that bring it on."""


class RunDay(Record):
    """What a run made of one day."""

    date: dt.date
    state: Literal["made", "empty", "awaited", "missing"]
    """Later runs try again what is missing, and an empty day whose list may still come: it is awaited."""
    reason: Text = ""
    """Why nothing, or not all, was made."""
    papers: tuple[RunPaper, ...] = ()


class Run(Record):
    """The report of one `podcast run`."""

    started: Instant
    ended: Instant
    days: tuple[RunDay, ...] = ()
    mended: tuple[RunPaper, ...] = ()
    """Episodes of earlier days whose media was gone, and was made again."""
    published: bool = False
    error: Text = ""
    """What stopped it, or kept it from publishing."""
    hint: Text = ""
    exit_code: int = Field(ge=0)
    """0 published or nothing new, 1 something is missing or in quarantine, 2 the settings have to be changed."""
    usage: Usage = Usage()
    """What it took of a language model."""


class Honours(Record):
    """What a store was found to honour."""

    conditions: bool
    """Whether it refuses a write whose If-Match or If-None-Match does not hold."""


class Quarantine(Record):
    """Why a paper has no (new) episode: the stage that failed, the sentence and the hint."""

    stage: str
    error: str
    message: str
    hint: str = ""


class Catalogue(Record):
    """The show's identity: its podcast:guid and each episode's number, given once and kept for ever."""

    guid: str
    numbers: dict[str, int] = {}
    """Episode number by "DAY/PAPER"."""


class Elsewhere(Record):
    """What a target was last seen to have of other machines; disposable, for the next publish sees it again."""

    numbers: dict[str, int] = {}
    """Episode number by "DAY/PAPER"."""


class Withdrawn(Record):
    """Beside an episode that is not to be published: it is back when this file is deleted."""

    since: Instant


class Retired(Record):
    """Files of feed/media/ that no episode has any more, and since when: they go after a while."""

    since: dict[str, dt.date] = {}

    def dates(self, left: Iterable[str], today: dt.date) -> dict[str, dt.date]:
        """Return since when these are left: today for what is new, and for what a clock that was ahead wrote."""
        return {name: min(self.since.get(name, today), today) for name in left}
