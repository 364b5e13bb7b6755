"""What a run of every day made, and why a paper has no episode."""

import datetime as dt
from typing import Literal

from pydantic import Field

from podcast.show.schema.ids import EpisodeId
from podcast.show.schema.papers import Odd
from podcast.show.schema.values import Instant, Record, Seconds, Text, Usage


class RunPaper(Record):
    """What a run made of one paper: an episode, or why there is none."""

    paper_id: EpisodeId
    title: Text
    number: int | None = None
    """The episode's."""
    duration: Seconds | None = None
    error: Text = ""
    """Why it is in quarantine; "" for an episode."""
    note: Text = ""
    """What was done without the model that could not do it, and why; "" where nothing was."""
    fix: str = ""
    """The commands that bring it on."""


class RunDay(Record):
    """What a run made of one day."""

    date: dt.date
    state: Literal["made", "empty", "awaited", "missing", "given up"]
    """Later runs try again what is missing, and an empty day whose list may still come: it is awaited. A day that was
    neither made nor empty and is older than a run looks back is given up, which is told once."""
    reason: Text = ""
    """Why nothing, or not all, was made."""
    papers: tuple[RunPaper, ...] = ()
    odd: tuple[Odd, ...] = ()
    """Entries of its list that were left out."""


class Run(Record):
    """The report of one `podcast run`."""

    started: Instant
    ended: Instant
    days: tuple[RunDay, ...] = ()
    mended: tuple[RunPaper, ...] = ()
    """Episodes of earlier days whose media was gone, and was made again."""
    held: tuple[RunPaper, ...] = ()
    """Episodes that could not be published as they are now: they go on as they were, or are missing."""
    fallen: tuple[RunPaper, ...] = ()
    """Episodes of the days that a run looks back whose paper was withdrawn or superseded: they stay, till somebody
    withdraws them."""
    post: tuple[Text, ...] = ()
    """What became of the digests' mail, a sentence a day."""
    published: bool = False
    error: Text = ""
    """What stopped it, or kept it from publishing."""
    hint: Text = ""
    exit_code: int = Field(ge=0)
    """One of `podcast.show.exits.Exit`; of a run before it, 1 also for what is missing or in quarantine."""
    usage: Usage = Usage()
    """What it took of a language model."""


class Fallback(Record):
    """What was done of a paper without the model that could not do it; it stays on this machine."""

    stages: dict[str, Text]
    """Why, by stage: read, write."""


class Quarantine(Record):
    """Why a paper has no (new) episode: the stage that failed, the sentence and the hint."""

    stage: str
    error: str
    message: str
    hint: str = ""

    @property
    def told(self) -> str:
        """The sentence and the hint, in one."""
        return f"{self.message} {self.hint}".strip()
