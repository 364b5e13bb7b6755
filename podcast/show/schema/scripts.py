"""What the hosts say, line by line, every version of it, and what a correction tells listeners."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from podcast.show.schema.ids import PaperId
from podcast.show.schema.values import Exchanged, Instant, Record, Seconds, Spoken, Text, Usage, as_before

HostKey = Annotated[str, Field(pattern=r"^[A-Z]$")]


Kind = Literal["", "general", "example"]
"""What a line says that is not the paper's: nothing, what is known in general, an example of ours with its figures."""


class Line(Record):
    """What one host says in one go."""

    host: HostKey
    text: Text = Field(min_length=1)
    """Written text; `speech` turns it into the spoken text."""
    chapter: Text = Field(min_length=1)
    claims: tuple[str, ...] = ()
    """Paths of the brief's claims that the line speaks."""
    paper: PaperId | None = None
    """In a roundup: the paper whose brief that is; None for a line that is about none."""
    earlier: PaperId | None = None
    """The paper of an earlier episode that the line refers to: its claims are that one's."""
    take: int = Field(default=1, ge=1)
    """Raise it to record the same words again."""
    allowed: tuple[str, ...] = ()
    """Figures and names that a person let pass though the evidence does not hold them."""
    kind: Kind = ""
    doubted: tuple[str, ...] = ()
    """What of it the rules or a second reader doubt, in a sentence each, as it was judged when it was written."""

    def spoken(self) -> tuple[str, ...]:
        """Return the claims as an episode names them: of another paper than the episode's with its id before each."""
        return tuple(f"{self._before_paths()}{path}" for path in self.claims)

    def unspoken(self, claims: Sequence[str]) -> tuple[str, ...]:
        """Return claims that an episode names as the line would name them."""
        return tuple(path.removeprefix(self._before_paths()) for path in claims)

    def _before_paths(self) -> str:
        paper = self.paper or self.earlier
        return f"{paper}/" if paper else ""


class Second(Record):
    """What the second reader, a language model, found of one line when it held it against its sentences."""

    text: Text
    """The line as it was read: the verdict is of these words, and of no others."""
    verdict: Literal["supported", "adds", "contradicts", "mended"]
    """"mended": it added or contradicted, went back once, and was not read again."""
    words: Text = ""
    """The sentence's words that decide it."""
    proven: bool = False
    """Whether the reader, asked of both, saw through lines that were false on purpose."""


class Script(Record):
    """What the hosts say, in order. A chapter is a run of lines of one chapter title."""

    title: Text = Field(min_length=1)
    description: Text
    """One or two sentences for the episode list of an app."""
    lines: tuple[Line, ...] = Field(min_length=1)
    voices: dict[HostKey, str] = {}
    """Voices of this episode's own, by host; the others' are the show's."""
    language: Spoken = ""
    """In which it is written and spoken, whatever the show's is since."""
    version: int = Field(default=1, ge=1)
    """Which of `versions/` this is; a person who edits the file need not touch it."""
    second: tuple[Second, ...] = ()
    """The second reader's verdicts; empty where there was none."""
    made_with: dict[str, str] = {}
    usage: Usage = Usage()

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "language")

    @model_validator(mode="after")
    def _can_be_heard(self) -> Self:
        if not self.title.strip():
            raise ValueError("the title is blank: apps show nothing, and refuse the episode")
        seen: list[str] = []
        for number, line in enumerate(self.lines, 1):
            if not any(sign.isalnum() for sign in line.text):
                raise ValueError(f"line {number} has nothing that can be spoken: {line.text!r}")
            if not line.chapter.strip():
                raise ValueError(
                    f"line {number}: the chapter's title is blank: apps show nothing, and refuse the episode"
                )
            if not seen or line.chapter != seen[-1]:
                if line.chapter in seen:
                    raise ValueError(f"line {number}: chapter {line.chapter!r} began earlier and was left")
                seen.append(line.chapter)
        return self


class Correction(Exchanged):
    """What listeners heard wrong, and what stands instead."""

    made_on: dt.date
    at: Seconds
    """Where it was heard, in the episode as it was published then."""
    text: Text
    made_at: Instant | None = None
    """When the script was changed; None in an episode of an earlier version."""
    lines: tuple[int, ...] = ()
    """The lines that stand there in the episode that tells it, counted from 1; of what was left out, the next. None of
    a correction of the whole, nor where an earlier version told it."""

    @property
    def since(self) -> dt.datetime:
        """When it was made; the day's beginning where that is all that is known."""
        return self.made_at or dt.datetime.combine(self.made_on, dt.time(), dt.UTC)


class Version(Record):
    """A script as it was, or is: kept for good."""

    number: int = Field(ge=1)
    parent: int | None = None
    """The version that this one was made of."""
    made_at: Instant
    why: Text
    wish: str = ""
    """The command that made it, in one form; "" where none did."""
    stopped: bool = False
    """Whether that command was stopped before all that follows of it was done, and another command ended it."""
    because: Text = ""
    """What listeners are told in place of the words that changed."""
    brief: str | None = None
    """The SHA-256 of the brief that its claims point into."""
    document: str | None = None
    """The SHA-256 of the text that it brought, where the paper was read anew for it; else the text was there."""
    document_before: str | None = None
    """The SHA-256 of the text in whose place that came."""
    script: Script


class Begun(Record):
    """A change that a command has begun, and not ended yet: run again, it ends what it began."""

    wish: str
    base: int = Field(ge=1)
    """The version that it changes."""
    undo: bool = False
    """Whether it takes that version back, and so makes none."""
    whole: bool = False
    """Whether all lines may be recorded anew for it, also where takes were pruned."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "whole")


class Said(Record):
    """A line as it was heard."""

    text: Text
    start: Seconds
    end: Seconds


class Mixed(Record):
    """A script as it was mixed, and what listeners were told of it then."""

    version: int = Field(ge=1)
    media: str
    """The SHA-256 of its sound."""
    heard: bool = False
    """Whether it was published; what was not is no matter for a correction."""
    lines: tuple[Said, ...]
    corrections: tuple[Correction, ...] = ()


class Mixes(Record):
    """What was mixed of an episode, the oldest first: all that was heard, and what was mixed last."""

    mixes: tuple[Mixed, ...]
    withdrawn: Instant | None = None
    """When it was withdrawn last, also where it was put back since: an older copy does not say it."""

    @model_serializer(mode="wrap")
    def _as_before(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return as_before(handler(self), "withdrawn")
