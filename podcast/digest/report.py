"""A day's report as it lies on disk: the papers chosen, their briefs, what carries each statement, and who failed."""

import datetime as dt
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from podcast.papers import asked, besides, fallen, select, spans
from podcast.press.templating import date as date_in_words
from podcast.show import frozen, periods, store
from podcast.show.errors import DocumentError
from podcast.show.iso639 import primary
from podcast.show.periods import Period
from podcast.show.schema import (
    Brief,
    Claim,
    Day,
    Digest,
    Document,
    Experiments,
    Left,
    Linked,
    Method,
    Organization,
    Paper,
    Quarantine,
    Retelling,
    Score,
    Verdict,
)
from podcast.show.settings import DigestSettings, SelectSettings, ShowSettings
from podcast.show.workspace import DayFolder, PaperFolder, Workspace

log = logging.getLogger(__name__)

Heard = Mapping[str, Sequence[str]]
"""The names of episodes that have a page, by their day."""


LOST = "its text is lost"
"""What a report says of a paper that it could tell once."""


class Lost(DocumentError):
    """A paper that was told cannot be shown any more."""

    def __init__(self, message: str, hint: str, paper_id: str) -> None:
        super().__init__(message, hint)
        self.paper_id = paper_id


@dataclass(frozen=True)
class Entry:
    """A paper of the report, as it was understood."""

    paper: Paper
    brief: Brief
    document: Document
    retellings: Mapping[str, Retelling] = field(default_factory=dict)
    """By language."""
    episode: str = ""
    """The page of its episode, the first of those that tell it, by its path under feed/; "" where none has one."""
    linked: Linked | None = None
    """What Hugging Face links with it, where that is known."""

    @property
    def category(self) -> str | None:
        return self.paper.category or self.document.category

    @property
    def organization(self) -> Organization | None:
        return self.paper.organization or (self.linked.organization if self.linked else None)

    @property
    def quoted(self) -> bool:
        """Whether the statements are the paper's own sentences."""
        return self.brief.made_with.get("writer") == "extractive"

    def sections(self, claim: Claim) -> tuple[str, ...]:
        """Return the titles of the sections that carry the claim, in the paper's order."""
        last = len(self.document.sentences())
        found = (self.document.section_of(number) for number in sorted(claim.evidence) if number <= last)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Report:
    """A day in text. Equal values on disk give equal reports."""

    show: ShowSettings
    day: Day
    digest: Digest
    entries: Sequence[Entry]
    """The papers that were read, the first chosen first."""
    failed: Sequence[Left]
    criteria: str = ""
    """By which the papers were scored; "" where they were not."""
    scores: Mapping[str, Score] = field(default_factory=dict)
    unscored: Mapping[str, str] = field(default_factory=dict)
    """Why a paper has no score."""
    people: Sequence[str] = ()
    """Authors to be set in bold."""
    keywords: Sequence[str] = ()
    roundup: str = ""
    """The page of the roundup's episode, by its path under feed/; "" where there is none."""

    @property
    def date(self) -> dt.date:
        return self.digest.date

    @property
    def period(self) -> Period | None:
        """The week or the month that it is of; None for a day."""
        return periods.of(self.digest.period) if self.digest.period else None

    @property
    def told(self) -> str:
        """What it is of: "28 July 2026", "week 31 of 2026"."""
        return self.period.told if self.period else date_in_words(self.date)

    @property
    def at(self) -> str:
        """The same behind "listed"."""
        return f"in {self.told}" if self.period else f"on {self.told}"

    @property
    def base(self) -> str:
        """The language of the briefs."""
        return primary(self.show.language)

    @property
    def read(self) -> Sequence[Paper]:
        """The papers of the entries."""
        return [entry.paper for entry in self.entries]

    def paper(self, paper_id: str) -> Paper:
        return next(paper for paper in self.day.papers if paper.id == paper_id)

    def verdicts(self, *, chosen: bool) -> Iterator[tuple[Paper, Verdict]]:
        """Yield the papers that were chosen, in that order, or those that were not, by rank; with what was said."""
        said = {verdict.paper_id: verdict for verdict in self.digest.selection.verdicts}
        papers = select.chosen(self.day, self.digest.selection) if chosen else self.day.papers
        yield from ((paper, said[paper.id]) for paper in papers if paper.id in said and said[paper.id].chosen == chosen)


def load(
    workspace: Workspace, date: dt.date, show: ShowSettings, choice: SelectSettings, own: DigestSettings,
    period: Period | None = None, known: Heard | None = None, told: Collection[str] = (),
) -> Report:  # fmt: skip
    """Return the day's report, or that of the period that ends with it.

    It leads to the episodes that are `known` to have a page; where those are not given, they are looked up. A paper
    that cannot be shown is in `failed`, with the reason.
    Raises DocumentError where the day's own files are broken or lost, or a paper cannot be shown that was `told`.
    """
    folder = workspace.day(date)
    day, digest = _kept(workspace, folder, period)
    away = {one.id for one in day.papers if fallen.is_withdrawn(workspace, one)}
    day, digest = _without(day, digest, away)
    known = heard(workspace) if known is None else known
    entries: list[Entry] = []
    failed: list[Left] = []
    for paper in select.chosen(day, digest.selection):
        try:
            episode = _page(known, workspace.day(paper.listed_on).talks(paper.id))
            entry, missing = _entry(workspace.day(paper.listed_on).paper(paper.id), paper, digest, episode)
        except DocumentError as error:
            if paper.id in told:
                raise Lost(str(error), error.hint, paper.id) from error
            log.warning("%s is left out of the digest: %s (%s)", paper.id, error, error.hint)
            failed.append(
                Left(paper_id=paper.id, stage="read", reason=_reason(workspace.day(paper.listed_on), paper, digest))
            )
            continue
        entries.append(entry)
        failed += missing
    found = spans.scored([workspace.day(day_) for day_ in sorted({paper.listed_on for paper in day.papers})])
    return Report(
        show=show, day=day, digest=digest, entries=tuple(entries), failed=tuple(failed),
        criteria=found.criteria if found else "",
        scores=found.by_paper() if found else {},
        unscored={left.paper_id: shown(left.reason) for left in found.failed} if found else {},
        people=tuple(dict.fromkeys((*own.authors, *choice.authors))), keywords=own.keywords,
        roundup=_page(known, [folder.paper(period.roundup) if period else folder.roundup]),
    )  # fmt: skip


def lost(workspace: Workspace, date: dt.date, period: Period | None = None) -> Sequence[Path]:
    """Return the texts, not here, of papers that the day's report has or had: they were read once. DocumentError as
    `load`."""
    day, digest = _kept(workspace, workspace.day(date), period)
    papers = (workspace.day(each.listed_on).paper(each.id) for each in select.chosen(day, digest.selection))
    return [folder.document for folder in papers if _is_lost(folder)]


def _kept(workspace: Workspace, folder: DayFolder, period: Period | None) -> tuple[Day, Digest]:
    """Return the papers of the day, or of the period that ends with it, and the digest's record."""
    digest = store.load(Digest, folder.digest_of(period) if period else folder.digest)
    days = list(spans.folders(workspace, period)) if period else [folder]
    if period:
        day = spans.with_asked(workspace, spans.joined(workspace, period), period)
    else:
        day = asked.day(folder) or asked.unlisted(folder.date)  # a day that had no papers was not kept
    unlisted = digest.selection.chosen() - {paper.id for paper in day.papers}
    if unlisted and (gone := [each for each in days if not each.papers.is_file()]):
        frozen.day(gone[0])  # which says that it is lost
    return day, digest


def _is_lost(folder: PaperFolder) -> bool:
    """Tell whether the paper was read, and its text is not there any more."""
    return folder.brief.is_file() and not folder.document.is_file()


def heard(workspace: Workspace, aired: Collection[str] | None = None) -> Heard:
    """Return the episodes that have a page; of those that are `aired` alone, where their names are given."""
    found: dict[str, list[str]] = {}
    pages = f"{workspace.feed}/episodes"
    for name in store.names(Path(pages)):
        if (aired is None or name in aired) and os.path.isfile(f"{pages}/{name}/index.html"):  # noqa: PTH113 - see gathering.survey
            found.setdefault(name[:10], []).append(name)
    return found


def _page(known: Heard, talks: Iterable[PaperFolder]) -> str:
    """Return the page of the first of the episodes that has one, by its path under feed/; "" where none has."""
    names = (f"{folder.day}-{folder.paper_id}" for folder in talks)
    return next((f"episodes/{name}/" for name in names if name in known.get(name[:10], ())), "")


def _without(day: Day, digest: Digest, away: Collection[str]) -> tuple[Day, Digest]:
    """Return the day and what was chosen of it without the papers that are withdrawn: nothing is said of them."""
    papers = tuple(paper for paper in day.papers if paper.id not in away)
    verdicts = tuple(verdict for verdict in digest.selection.verdicts if verdict.paper_id not in away)
    selection = digest.selection.model_copy(update={"verdicts": verdicts})
    return day.model_copy(update={"papers": papers}), digest.model_copy(update={"selection": selection})


def _entry(folder: PaperFolder, paper: Paper, digest: Digest, episode: str) -> tuple[Entry, list[Left]]:
    brief, document = store.load(Brief, folder.brief), store.load(Document, folder.document)
    retellings: dict[str, Retelling] = {}
    missing: list[Left] = []
    said = {(left.paper_id, left.stage): left.reason for left in digest.failed}
    for language in digest.languages:
        path = folder.retelling(language)
        found = store.load_disposable(Retelling, path)
        if found:
            retellings[language] = found
        else:
            reason = shown(said.get((paper.id, language), "it has not been told in this language yet"))
            missing.append(Left(paper_id=paper.id, stage=language, reason=reason))
    known = printable(brief, document)
    return Entry(paper, known, document, retellings, episode, besides.linked(folder)), missing


def printable(brief: Brief, document: Document) -> Brief:
    """Return the brief without sentences that only a full text has: statements are printed, and abstracts, no papers.

    A statement in words of its own stays. The built-in day's texts are the project's own.
    """
    if document.source in ("abstract", "demo"):
        return brief
    sentences = {sentence for section in document.sections if not section.public for sentence in section.sentences}

    def kept(value: object) -> object:
        if isinstance(value, Claim):
            return None if value.text in sentences else value
        if isinstance(value, tuple):
            return tuple(one for one in map(kept, value) if one is not None)
        if isinstance(value, Method | Experiments):
            return value.model_copy(update={name: kept(getattr(value, name)) for name in type(value).model_fields})
        return value

    fields = ("tldr", "task", "motivation", "challenges", "idea", "method", "experiments", "strengths", "weaknesses",
              "future_work", "implication")  # fmt: skip
    return brief.model_copy(update={name: kept(getattr(brief, name)) for name in fields})


def _reason(folder: DayFolder, paper: Paper, digest: Digest) -> str:
    """Return why the paper is not told: that its text is lost, or what was said when it was to be read."""
    if _is_lost(folder.paper(paper.id)):
        return LOST
    said = {left.paper_id: left.reason for left in digest.failed if left.stage == "read"}
    quarantine = store.load_disposable(Quarantine, folder.paper(paper.id).quarantine)
    return shown(said.get(paper.id) or (quarantine.message if quarantine else "it has not been read"))


def shown(reason: str) -> str:
    """Return what went wrong without the paths of this machine: a reader has no use for them."""
    return re.sub(r"\s*\((?:/|[A-Za-z]:\\)[^()]*\)|(?<![\w:/])(?:/[\w.@ -]+)+/(?=[\w.-]+)", "", reason)
