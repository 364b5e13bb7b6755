"""Papers that do not stand any more, by their record: the authors' comment, or what took the abstract's place.

>>> said_of("This paper has been withdrawn by the authors due to an error in Lemma 2")
'withdrawn'
>>> said_of("12 pages. Superseded by arXiv:2509.00001")
'superseded'
>>> said_of("Withdrawn from ICLR 2025; accepted at TMLR. Data of 300 retracted articles")
''
"""

import datetime as dt
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from podcast.papers import asked
from podcast.show.errors import DocumentError, SourceError
from podcast.show.schema import ROUNDUPS, Paper
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sources import Keeping, Source

log = logging.getLogger(__name__)

_KINDS = {"withdr": "withdrawn", "remove": "withdrawn", "retract": "retracted"}
"""What is said by how the word begins; all others say that another paper is in its place."""
KIND = re.compile("withdrawn|retracted|superseded")
"""How every reason begins that `why` gives."""
_STATUS = r"(?P<status>withdrawn|withdrew|removed|retracted|super[sc]eded|obsoleted)"
_PAPER = r"(?:paper|article|preprint|manuscript|submission|work|report|note|version|entry|it)"
_OF_ARXIV = (
    r"(?!\s+(?:from|at)\s+(?!arxiv))(?!\s+(?:papers?|articles?|publications?|works?|drugs?|products?|studies)\b)"
)
"""Not withdrawn from a conference, nor a paper about papers that are."""
_BY = r"\s+(?:by|into|with)\s+(?:arxiv|doi|https?:|10\.|(?:the|a|an)\s+(?:\w+\s+){0,2}(?:paper|version|article|work)\b)"
_IN_BOTH = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # "this paper has been withdrawn", "our submission is now superseded"
        rf"\b{_PAPER}\s+(?:\w+\s+){{0,3}}?(?:been|is|was|are|were)\s+(?:\w+\s+){{0,2}}?(?<!not )(?<!never )"
        rf"{_STATUS}\b(?!\s+by\s+no)(?<!removed){_OF_ARXIV}",
        r"\b(?:this|the) (?:version|submission|paper) (?:has been|was|is) (?P<status>removed)\b",
        rf"\b{_STATUS}\s+(?:this|the|our)\s+{_PAPER}\b",  # "the authors have withdrawn this paper"
        rf"^\W*{_STATUS}\b{_OF_ARXIV}(?!\s+by\s+no)",  # "Withdrawn due to", "[RETRACTED]"
        rf"\b(?P<status>super[sc]eded|obsoleted){_BY}",
    )
)
_IN_COMMENTS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!not )(?<!never )\b(?P<status>withdrawn|retracted)(?:\s+(?:by|due|because|as|for|since|and)\b|\W*$)",
        r"\b(?P<status>withdrawal) of (?:this|the|our) ",
        rf"\b(?P<status>replaced|merged){_BY}",
    )
)
_IN_TITLES = (re.compile(r"^\W*(?P<status>withdrawn|retracted)\W*[:\])]", re.IGNORECASE),)
_EARLIER = re.compile(r"\b(?:previous|earlier|first|old|v1|version 1)\b", re.IGNORECASE)
"""What is said of another version than the one there is."""


def why(paper: Paper) -> str:
    """Return why the paper does not stand, such as "withdrawn: …" with the words of its record; "" where it does."""
    said = ((paper.arxiv_comment or "", _IN_BOTH + _IN_COMMENTS), (paper.summary, _IN_BOTH), (paper.title, _IN_TITLES))
    found = [each for text, forms in said for each in _found(text, forms)]
    return next((f"{kind}: {clause[:200]}" for kind, clause in found), "")


def is_withdrawn(workspace: Workspace, paper: Paper) -> bool:
    """Whether the show has withdrawn the paper: its own episode, of whatever format this one is."""
    return workspace.day(paper.listed_on).paper(paper.about[0].id).withdrawn.is_file()


def is_over(workspace: Workspace, paper: Paper) -> bool:
    """Whether no further episode is to be made of the paper: the show has withdrawn it, or each that it had of it."""
    talks = workspace.day(paper.listed_on).talks(paper.about[0].id)
    away = [talk for talk in talks if talk.withdrawn.is_file()]
    return bool(away) and (talks[0] in away or not any(talk.episode.is_file() for talk in talks if talk not in away))


def untold(workspace: Workspace, paper: Paper) -> str:
    """Return why nothing new is to be told of the paper: the show has withdrawn it, or `why` it does not stand; ""
    where neither is so."""
    return "the show has withdrawn it" if is_over(workspace, paper) else why(paper)


def episodes(workspace: Workspace, source: Source | None, since: dt.date | None = None) -> Sequence[tuple[Paper, str]]:
    """Return the papers of published days that have an episode here and do not stand any more, and why.

    With `since` those of later days, by what is on record now where the source can be asked; else all, as they are
    known here. Episodes that were withdrawn are left out.
    """
    papers = [paper for folder in workspace.papers() if (since is None or folder.day >= since)
              for paper in _of(workspace, folder)]  # fmt: skip
    if since and papers and isinstance(source, Keeping):
        try:
            papers = list(source.records(papers))
        except SourceError as error:
            log.info("%s; whether papers were withdrawn since is not known", error)
    return [(paper, reason) for paper in papers if (reason := why(paper))]


def _of(workspace: Workspace, folder: PaperFolder) -> Iterator[Paper]:
    """Yield the paper of the folder, if it has an episode that is not withdrawn."""
    if folder.episode.is_file() and not folder.withdrawn.is_file() and folder.paper_id not in ROUNDUPS:
        with suppress(DocumentError):  # what is broken is said by who needs it
            if paper := asked.entry(workspace, folder):
                yield paper


def said_of(comment: str) -> str:
    """Return what a comment says of its paper's standing: withdrawn, retracted, superseded; "" for nothing."""
    return next((kind for kind, _ in _found(comment, _IN_BOTH + _IN_COMMENTS)), "")


def _found(text: str, forms: tuple[re.Pattern[str], ...]) -> Iterator[tuple[str, str]]:
    """Yield each clause that says that the paper is not what it was, behind the kind of that."""
    for clause in re.split(r"(?<=[.;!])\s+", text):
        if _EARLIER.search(clause):
            continue
        if found := next((found for form in forms if (found := form.search(clause))), None):
            word = found["status"].casefold()
            yield next((kind for start, kind in _KINDS.items() if word.startswith(start)), "superseded"), clause
