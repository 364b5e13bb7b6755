"""What `make` is to make: days and papers, told apart before anybody is asked; papers found, and what they lack."""

import datetime as dt
import logging
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from podcast.cli import when
from podcast.show.errors import SourceError, WrongUsage, quoted
from podcast.show.schema import FORMATS, ROUNDUPS, TalkFormat, as_told, ids
from podcast.sources import wishes

if TYPE_CHECKING:
    from podcast.show.periods import Period
    from podcast.show.schema import Paper
    from podcast.sources.meta import Told
    from podcast.studio import Studio

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a paper; "" and () for what is to be found."""

    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made."""

    days: tuple[str, ...]
    papers: tuple[tuple[wishes.Wish, TalkFormat], ...]
    """Each with the format that was named behind it: without one, a dialogue's."""
    said: Said = Said()
    roundups: tuple[str, ...] = ()
    """Each as DAY/roundup."""

    @property
    def named(self) -> bool:
        """Whether papers or roundups are named by themselves: without a day beside them, none is made."""
        return bool(self.papers or self.roundups)


def sorted_out(words: Sequence[str], said: Said) -> Wanted:
    """Return which of the words name days, and which papers. Raises WrongUsage for the first that is wrong: then
    nothing is begun."""
    days, papers, roundups = [], [], []
    for word in words:
        day, _, what = word.partition("/")
        if what in ROUNDUPS and when.is_day(day):
            roundups.append(f"{when.date(day)}/{what}")
        elif when.is_day(word) or not wishes.is_one(word):
            when.between(word)
            days.append(word)
        else:
            paper, told = wishes.told(word)
            papers.append((wishes.wish(paper), told))
    if said != Said() and len(papers) != 1:
        raise WrongUsage(
            "--title, --author and --abstract tell of one paper",
            "name one: podcast make paper.pdf --title … --author …",
        )
    found, named = tuple(dict.fromkeys(days)), tuple(dict.fromkeys(papers))
    return Wanted(found, named, said, tuple(dict.fromkeys(roundups)))


def check_list(command: str, papers: Path | None, words: Sequence[str], period: "Period | None" = None) -> None:
    """Raise WrongUsage where the list in the file of the command's --papers would be that of several days, by the words
    that name days."""
    if papers and (period or len({date for word in words for date in when.between(word)}) > 1):
        named = f"a {period.kind} is" if period else "several are"
        raise WrongUsage(
            f"--papers {papers} is the list of one day, and {named} named",
            f"name that day: podcast {command} 2025-09-12 --papers {quoted(papers)}",
        )


def told_anew(studio: "Studio", wanted: Wanted) -> list[TalkFormat]:
    """Return the formats that are named behind papers which are not here yet: what they need is known before."""
    from podcast.papers import asking

    return [told for wish, told in wanted.papers if told != FORMATS[0] and asking.here(studio.workspace, wish) is None]


def found(studio: "Studio", wanted: Wanted, *, beside: bool) -> "tuple[list[tuple[str, Paper]], int]":
    """Return the papers, each beside what it was called, and how many are missed: of several, or of one `beside` what
    is made already, one that cannot be found, or is not known well enough, is said and left out."""
    from podcast import sources
    from podcast.cli import console
    from podcast.papers import asking

    finder = sources.finder(studio.config.sources, studio.workspace, studio.config.show.email)
    papers: dict[str, tuple[str, Paper]] = {}
    missed = 0
    for wish, told in (_parted(studio, *each) for each in wanted.papers):
        try:
            now = dt.datetime.now(dt.UTC)
            paper = asking.paper(
                studio.workspace, finder, wish, lambda front, of: _complete(front, of, wanted.said), now
            )
        except (SourceError, WrongUsage) as error:
            if len(wanted.papers) == 1 and not beside:
                raise
            console.fail(str(error), error.hint)
            missed += 1
        else:
            papers.setdefault(as_told(paper, told).id, (asking.called(wish), as_told(paper, told)))
    return list(papers.values()), missed


def _parted(studio: "Studio", wish: wishes.Wish, told: TalkFormat) -> tuple[wishes.Wish, TalkFormat]:
    """Return the wish as it was; of a DOI that ends as an episode's id does, and is of no paper here, the one without,
    where that is, and the format."""
    from podcast.papers import asking

    name = wish.paper_id if isinstance(wish, wishes.Named) else ""
    end = re.fullmatch(rf"(doi-.+)~2e({'|'.join(FORMATS[1:])})", name)
    if end and asking.standing(studio.workspace, name) is None and asking.standing(studio.workspace, end[1]):
        return wishes.Named(end[1]), ids.format_of(f"{end[1]}.{end[2]}")
    return wish, told


def _complete(front: "Told", of: str, said: Said) -> "Told":
    """Return what was found with what is said in its place; what is missing then is asked for on a terminal.

    Raises WrongUsage, which names the options, where nobody can be asked.
    """
    front = replace(
        front,
        title=said.title or front.title,
        authors=said.authors or front.authors,
        abstract=said.abstract or front.abstract,
    )
    missing = [name for name in ("title", "author") if not getattr(front, {"author": "authors"}.get(name, name))]
    if missing and not (sys.stdin.isatty() and sys.stderr.isatty()):
        options = " ".join(f'--{name} "…"' for name in missing)
        named = " and ".join({"author": "authors"}.get(name, name) for name in missing)
        raise WrongUsage(f"the {named} of {of} cannot be found in it", f"say it: podcast make {of} {options}")
    if missing:
        front = _asked(front, of)
    if not front.abstract:
        log.warning("%s says no abstract of its own: the notes go without (--abstract gives one)", of)
    return front


def _asked(front: "Told", of: str) -> "Told":
    """Return it with what a person types; Enter goes without an abstract."""
    import typer

    typer.echo(f"{of} does not say all that listeners are told of a paper.", err=True)
    title = front.title or typer.prompt("Title", err=True)
    names = front.authors or tuple(
        filter(None, (one.strip() for one in typer.prompt("Authors, with commas", err=True).split(",")))
    )
    abstract = front.abstract or typer.prompt("Abstract (Enter for none)", default="", show_default=False, err=True)
    return replace(front, title=title.strip(), authors=names, abstract=abstract.strip())
