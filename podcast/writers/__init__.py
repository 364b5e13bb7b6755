"""Who reads the document and writes the script: a language model at a server, or the paper's own sentences.

They may use show, and grounding for what a line may say; the prompts lie here.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, runtime_checkable

from podcast.show import mistakes
from podcast.show.errors import ConfigError
from podcast.show.schema import (
    FORMATS,
    Brief,
    Document,
    Memory,
    Paper,
    Retelling,
    Roundup,
    Scores,
    Script,
    TalkFormat,
    Usage,
)
from podcast.show.settings import WriterSettings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assignment:
    """One paper to read and to write of."""

    paper: Paper
    document: Document
    drafts: Path
    """The folder where a model's raw answers are kept, by content."""
    earlier: Callable[[], Sequence[Script]] = tuple
    """The scripts of the show's episodes before this one, the newest first."""
    memories: Callable[[Brief], Sequence[Memory]] = lambda brief: ()
    """What of earlier episodes a script by that brief may refer to."""
    glossary: Path | None = None
    """The show's own glossary, which goes before ours; it need not exist."""
    format: TalkFormat = FORMATS[0]
    """How the paper is told."""
    settle: bool = True
    """Whether what its prompts rest on is written down: not where one only looks at them."""


@dataclass(frozen=True)
class Prompt:
    """What would be asked of a language model, word for word."""

    name: str
    messages: Sequence[Mapping[str, str]]
    tokens: int
    """What we take its length to be."""


class Writer(Protocol):
    """Reads and writes for one show. Made with (WriterSettings, ShowSettings, hosts, folder to remember things in).

    Several threads may work with one writer, each on a paper of its own.
    """

    def brief(self, assignment: Assignment) -> Brief:
        """Return what the document says, each claim with the numbers of the sentences that carry it."""

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        """Return what the hosts say in the assignment's format: a disclosure that AI made it, the claims, a limitation,
        where the links are.

        A line that says what its claims' sentences do not may be left in; `grounding` will find it.
        """

    def roundup(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        """Return one episode about several papers: a chapter a paper, each line with the paper that it is about."""

    def estimate(self, assignment: Assignment, stages: Sequence[str], brief: Brief | None = None) -> Usage:
        """Return about what "read" and "write" will take of a language model, beyond the answers that are kept.

        Those to "write" are known by the brief that they are about.
        """

    def prompts(self, assignment: Assignment, stage: str, brief: Brief | None) -> Iterator[Prompt]:
        """Yield what "read" or "write" would ask, as far as it is known without asking."""

    @property
    def spent(self) -> Usage:
        """What a language model took in this process; kept answers take nothing."""

    def close(self) -> None:
        """End what is under way: a thread that waits for an answer gets an error."""


@runtime_checkable
class Editor(Protocol):
    """What a writer with a language model can do besides. One without lacks both, and what needs them is left out."""

    def score(self, papers: Sequence[Paper], criteria: str, drafts: Path) -> Scores:
        """Return what the papers are worth by the show's criteria; each has a score, or a reason why it has none."""

    def retell(self, paper: Paper, told: Mapping[str, str], language: str, drafts: Path, of: str = "en") -> Retelling:
        """Return statements on the paper, by their field, which are in the language `of`, in another: what they say,
        and no more.

        Raises WriterError where that cannot be had.
        """

    def outlay(self, papers: Sequence[Paper], criteria: str, drafts: Path) -> Usage:
        """Return about what `score` will take, beyond the answers that are kept."""


WRITERS: Mapping[str, str] = MappingProxyType(
    {
        "llm": "podcast.writers.llm:LLM",
        "extractive": "podcast.writers.extractive:Extractive",
        "replay": "podcast.writers.replay:Replay",
    }
)


def pick(settings: WriterSettings) -> str:
    """Return the writer's name; for "auto" a language model where one is named, else the extractive one."""
    if settings.name != "auto":
        return settings.name
    asked = settings.base_url or os.environ.get("OPENAI_BASE_URL") or os.environ.get(settings.key)
    return "llm" if asked else "extractive"


def check(settings: WriterSettings) -> None:
    """Raise ConfigError where there is no such writer, or a model is named that cannot be asked: nobody is to get
    another writer in silence."""
    if ":" not in settings.name and settings.name not in ("auto", *WRITERS):
        guess = mistakes.meant(settings.name, WRITERS)
        raise ConfigError(f"there is no writer {settings.name!r}{guess}", f"choose one of auto, {', '.join(WRITERS)}")
    if settings.model and settings.name == "auto" and pick(settings) != "llm":
        raise ConfigError(
            f"[writer] model is {settings.model!r}, and neither {settings.key} nor base_url is set",
            f"put {settings.key}=… into .env beside podcast.toml, or export it; without a model: --writer extractive",
        )


def announce(settings: WriterSettings) -> None:
    """Say who writes, where that was left open."""
    if settings.name != "auto":
        return
    if pick(settings) == "llm":
        log.info("briefs and scripts by a language model")
    else:
        log.info("scripts by the extractive writer; for a language model set [writer] base_url, or %s", settings.key)
