"""What Hugging Face links with a paper: its models, data sets and Spaces, and who made it.

`/api/papers/ID` has a first few of each kind beside how many there are; where it has none of the lists,
`/api/arxiv/ID/repos` has all. Of what a repository is called only what can be a name there is taken.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from podcast.show.errors import SourceError
from podcast.show.schema import Linked, LinkedKind, Organization, PaperId, Repository, ids, is_named
from podcast.sources.text import clean_text

MOST: Final = 3
"""Repositories of each kind that are kept: a paper has hundreds, and notes have room for these."""
_LISTS: Final[Mapping[LinkedKind, tuple[str, str]]] = {
    "models": ("linkedModels", "numTotalModels"),
    "datasets": ("linkedDatasets", "numTotalDatasets"),
    "spaces": ("linkedSpaces", "numTotalSpaces"),
}
_LONGEST: Final = 120
"""Signs of an organisation's name."""


def organization(value: object) -> Organization | None:
    """Return the organisation that a list or a paper's record names; None where it is none."""
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        return None
    fullname = value.get("fullname")
    full = clean_text(fullname) if isinstance(fullname, str) else ""
    try:
        return Organization(name=value["name"], fullname=full if len(full) <= _LONGEST else "")
    except ValidationError:
        return None


def has_lists(record: object) -> bool:
    """Whether a paper's record tells of any repository, or that there is none."""
    return isinstance(record, Mapping) and any(isinstance(record.get(name), list) for name, _ in _LISTS.values())


def linked(record: object, repos: object, paper_id: PaperId, read_at: dt.datetime) -> Linked:
    """Return what a paper's record, and the lists of all repositories where that has none, tell.

    Raises SourceError where the record is no object, or another paper's.
    """
    if not isinstance(record, Mapping) or record.get("id") != ids.called(paper_id):
        raise SourceError(f"what Hugging Face said of {paper_id} is not its record", "it is asked again later")
    lists = repos if isinstance(repos, Mapping) else {}
    own = organization(record.get("organization"))
    whose = {name.casefold() for name in (own.name if own else "", *_accounts(record)) if name}
    found: list[Repository] = []
    totals: dict[LinkedKind, int] = {}
    for kind, (name, total) in _LISTS.items():
        every = sorted(
            _repositories(kind, record.get(name, lists.get(kind))),
            key=lambda each: (
                each.name.partition("/")[0].casefold() not in whose,
                -each.likes,
                -each.downloads,
                each.name,
            ),
        )
        found += every[:MOST]
        if every:
            totals[kind] = max(len(every), _count(record.get(total)))
    return Linked(read_at=read_at, organization=own, repositories=tuple(found), totals=totals)


def _accounts(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the paper's authors are called at Hugging Face, as far as they have said which paper is theirs."""
    authors = record.get("authors")
    for author in authors if isinstance(authors, list) else ():
        user = author.get("user") if isinstance(author, Mapping) else None
        name = user.get("user") or user.get("name") if isinstance(user, Mapping) else None
        if isinstance(name, str):
            yield name


def _repositories(kind: LinkedKind, value: object) -> Iterator[Repository]:
    """Yield the list's repositories that anybody may see, each once."""
    seen = set()
    for entry in value if isinstance(value, list) else ():
        name = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(name, str) or not is_named(name) or name in seen:
            continue
        if entry.get("private") is True or entry.get("disabled") is True:
            continue
        seen.add(name)
        yield Repository(
            kind=kind, name=name, likes=_count(entry.get("likes")), downloads=_count(entry.get("downloads"))
        )


def _count(value: object) -> int:
    return min(value, 10**12) if type(value) is int and value >= 0 else 0
