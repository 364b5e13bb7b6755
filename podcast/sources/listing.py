"""Hugging Face's list of a day, as JSON, becomes a Day.

What an episode is made of (id, title, authors, date, upvotes, comments) must be right. An entry where it is not is left
out and named in the day; where it could have been chosen, or most are so, the whole list is an error that names the
entry and the field. All else is optional there, comes and goes from month to month, and is left out where it is not
what it should be.
"""

import datetime as dt
import json
import logging
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from podcast.show import mistakes
from podcast.show.errors import NoPapers, SourceError
from podcast.show.schema import Day, Instant, Odd, Paper
from podcast.show.settings import SelectSettings
from podcast.sources import hub
from podcast.sources.mangled import unmangle
from podcast.sources.text import clean, clean_text

log = logging.getLogger(__name__)

_HINT = "save the API's answer as it comes"
_MOST = {"title": 2_000, "summary": 20_000, "authors": 200_000}
"""Signs that a paper's fields may have: arXiv takes titles and abstracts of some 250 and 1,920, and the longest list of
authors there has some 3,000 names."""
_MOST_WORD = 1_000
"""Signs of one word: a formula, an address."""
_NAMES = {"published_at": "paper.publishedAt", "comments": "numComments"}
_INSTANT = TypeAdapter(Instant)


def parse_json(data: bytes | str, where: str) -> object:
    """Return what the JSON says. SourceError where it is none."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where} is not JSON: {error}", _HINT) from error


def parse_day(
    answer: object, date: dt.date, read_at: dt.datetime, source: str, where: str, top: int = SelectSettings().top
) -> Day:  # fmt: skip
    """Return the day that the API's answer lists, in rank order: most upvoted first, then by id.

    `top` papers are chosen of it. Of a paper that is listed twice the entry with more upvotes counts. Raises
    SourceError naming the entry and the field that is not as it should be, where no day can do without it; NoPapers for
    an empty list.
    """
    if isinstance(answer, Mapping) and isinstance(answer.get("data"), list):  # wrapped by some who save it
        answer, where = answer["data"], f"{where}: data"
    if not isinstance(answer, list):
        raise SourceError(
            f"{where} holds {_kind(answer)}, not a list of entries",
            "save the API's answer as it comes: a JSON list whose entries have a paper",
        )
    if not answer:
        raise NoPapers(f"{date} has no papers", "choose another day: weekends and holidays often have none")
    every, odd, wrong = _sorted_out(answer, where)
    entries = list(_once(every, where))
    _enough(answer, entries, wrong, top)
    if not entries:
        raise SourceError(f"{where}: all entries are longer than a paper's can be", _HINT)
    for one in odd:
        log.warning("%s: %s", where, one.told())
    ranked = sorted(entries, key=lambda fields: (-fields["upvotes"], fields["id"]))
    papers = tuple(
        Paper(**fields, rank=rank, listed_on=date, upvotes_read_at=read_at) for rank, fields in enumerate(ranked, 1)
    )
    return Day(date=date, source=source, read_at=read_at, papers=papers, odd=tuple(odd))


_Fields = dict[str, Any]


def _sorted_out(answer: Sequence[object], where: str) -> tuple[list[_Fields], list[Odd], dict[int, SourceError]]:
    """Return the fields of the entries that are right, those that are not, and what is wrong with the latter by place;
    of one that is only too long nothing is wrong but that."""
    entries: list[_Fields] = []
    odd: list[Odd] = []
    wrong: dict[int, SourceError] = {}
    for place, entry in enumerate(answer, 1):
        at = f"{where}: entry {place}"
        if too_long := _too_long(entry):
            odd.append(Odd(entry=place, paper_id=_called(entry), reason=too_long))
            continue
        try:
            entries.append(_fields(entry, at))
        except SourceError as error:
            wrong[place] = error
            reason = str(error).removeprefix(f"{at}.").removeprefix(f"{at} ")
            odd.append(Odd(entry=place, paper_id=_called(entry), reason=reason))
    return entries, odd, wrong


def _enough(answer: Sequence[object], entries: Sequence[_Fields], wrong: Mapping[int, SourceError], top: int) -> None:
    """Raise what is wrong with an entry where most are so, or it has the upvotes, or may have, of the `top` papers.

    The API lists by upvotes: an entry that does not tell its own has no more than the one before it. One whose paper
    another entry tells of is not missed.
    """
    listed = {fields["id"] for fields in entries}
    votes = sorted((fields["upvotes"] for fields in entries), reverse=True)
    least = votes[top - 1] if len(votes) >= top else 0
    most = math.inf
    for place, entry in enumerate(answer, 1):
        own = _votes(entry)
        if own is not None and place not in wrong:
            most = own
        elif place in wrong and (
            2 * len(wrong) > len(answer) or ((most if own is None else own) >= least and _called(entry) not in listed)
        ):
            raise wrong[place]


def _votes(entry: object) -> int | None:
    """Return the upvotes that the entry tells; None where it tells none."""
    paper = entry.get("paper") if isinstance(entry, Mapping) else None
    return _count(paper.get("upvotes")) if isinstance(paper, Mapping) else None


def _called(entry: object) -> str:
    paper = entry.get("paper") if isinstance(entry, Mapping) else None
    return clean_text(str(paper.get("id") or "")[:20]) if isinstance(paper, Mapping) else ""


def _once(entries: Sequence[_Fields], where: str) -> Iterator[_Fields]:
    """Yield the entries, of those of one paper the one with most upvotes."""
    by_id: dict[str, _Fields] = {}
    for fields in entries:
        if before := by_id.get(fields["id"]):
            log.debug("%s: paper %s stands twice: the entry with more upvotes counts", where, fields["id"])
            if before["upvotes"] >= fields["upvotes"]:
                continue
        by_id[fields["id"]] = fields
    yield from by_id.values()


def _too_long(entry: object) -> str:
    """Return what of the entry is longer than any paper's, and would hold up all; "" where nothing is."""
    paper = entry.get("paper") if isinstance(entry, Mapping) else None
    for field, most in _MOST.items() if isinstance(paper, Mapping) else ():
        value = paper.get(field) if isinstance(paper, Mapping) else None
        texts = (
            [str(each.get("name", "")) if isinstance(each, Mapping) else "" for each in value]
            if isinstance(value, list)
            else [value if isinstance(value, str) else ""]
        )
        size = sum(map(len, texts))
        word = max((len(word) for text in texts for word in text[:most].split()), default=0)
        if size > most or word > _MOST_WORD:
            return f"its {field} has {f'{size:,} signs' if size > most else f'a word of {word:,}'}"
    return ""


def _fields(entry: object, where: str) -> _Fields:
    """Return the entry's fields by our names, each checked."""
    if not isinstance(entry, Mapping):
        raise SourceError(f"{where} is {_kind(entry)}, not an object with a paper: {str(entry)[:60]!r}", _HINT)
    paper = entry.get("paper")
    if not isinstance(paper, Mapping):
        raise SourceError(f"{where}.paper is {_kind(paper)}, not an object", _HINT)
    fields = {
        "id": paper.get("id"),
        "title": clean(paper.get("title")),
        "summary": unmangle(_text(paper, "summary", where)),
        "authors": _authors(paper.get("authors"), where),
        "published_at": _must(str, paper.get("publishedAt"), f"{where}.paper.publishedAt"),
        "upvotes": _must(int, paper.get("upvotes"), f"{where}.paper.upvotes"),
        "comments": _must(int, entry.get("numComments", 0), f"{where}.numComments"),
        "category": clean(paper.get("category")) if isinstance(paper.get("category"), str) else None,
        "submitted_at": _instant(paper.get("submittedOnDailyAt")),
        "github_repo": _optional(paper.get("githubRepo")),
        "github_stars": _count(paper.get("githubStars")),
        "project_page": _optional(paper.get("projectPage")),
        "organization": hub.organization(paper.get("organization")) or hub.organization(entry.get("organization")),
    }
    try:
        checked = Paper.model_validate(
            {**fields, "rank": 1, "listed_on": dt.date.min, "upvotes_read_at": "2000-01-01T00:00:00Z"}
        )
    except ValidationError as error:
        problem = error.errors()[0]
        field = str(problem["loc"][0])
        raise SourceError(f"{where}.{_NAMES.get(field, f'paper.{field}')}: {mistakes.said(problem)}", _HINT) from error
    return {name: getattr(checked, name) for name in fields}


def _must(kind: type, value: object, where: str) -> object:
    if type(value) is not kind:
        wanted = "a number" if kind is int else "a text"
        raise SourceError(f"{where} is {_kind(value)}, not {wanted}: {str(value)[:60]!r}", _HINT)
    return value


def _text(paper: Mapping[str, object], field: str, where: str) -> str:
    value = paper.get(field)
    return clean_text(str(_must(str, value, f"{where}.paper.{field}"))) if value is not None else ""


def _authors(value: object, where: str) -> tuple[str, ...]:
    """Return the names of those who are not hidden."""
    if not isinstance(value, list):
        raise SourceError(f"{where}.paper.authors is {_kind(value)}, not a list", _HINT)
    names = []
    for index, author in enumerate(value, 1):
        if not isinstance(author, Mapping):
            raise SourceError(f"{where}.paper.authors: author {index} is {_kind(author)}, not an object", _HINT)
        if author.get("hidden") is True:
            continue
        name = clean_text(str(_must(str, author.get("name"), f"{where}.paper.authors: author {index}.name")))
        if name:
            names.append(name)
    return tuple(names)


def _optional(value: object) -> str | None:
    """Return an address; None where there is none that a page may link to."""
    text = clean_text(value) if isinstance(value, str) else ""
    return text if text.startswith(("https://", "http://")) else None


def _count(value: object) -> int | None:
    return value if type(value) is int and value >= 0 else None


def _instant(value: object) -> dt.datetime | None:
    try:
        return _INSTANT.validate_python(value) if isinstance(value, str) else None
    except ValidationError:
        return None


def _kind(value: object) -> str:
    names = {
        dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a decimal",
    }  # fmt: skip
    return names.get(type(value), "nothing")
