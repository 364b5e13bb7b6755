"""A day from a file in the shape of Hugging Face's API answer, and documents that lie beside it."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from podcast import store
from podcast.errors import NoPapers, SourceError
from podcast.schema import Day, Document, Paper
from podcast.sources.text import abstract_document, clean


class FileSource:
    """Reads the list from `path`. A file ID.json beside it is that paper's document; without one the abstract is."""

    def __init__(self, path: Path, name: str = "file", read_at: dt.datetime | None = None) -> None:
        self.path = path
        self.name = name
        self._read_at = read_at

    def day(self, date: dt.date) -> Day:
        try:
            answer = json.loads(self.path.read_bytes())
            saved = dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC).replace(microsecond=0)
        except OSError as error:
            raise SourceError(
                f"{self.path} cannot be read: {error.strerror}", "give --papers an existing file"
            ) from error
        except ValueError as error:
            raise SourceError(f"{self.path} is not JSON: {error}", "save the API's answer as it comes") from error
        # The votes are as old as the file: that is when the answer was saved.
        return parse_day(answer, date, self._read_at or saved, self.name, str(self.path))

    def document(self, paper: Paper) -> Document:
        path = self.path.with_name(f"{paper.id}.json")
        if path.is_file():
            return store.load(Document, path)
        return abstract_document(paper)


class Abstracts:
    """Knows of a paper what its entry tells, and lists no day."""

    def day(self, date: dt.date) -> Day:
        raise SourceError(
            f"the papers of {date} are not here yet",
            f"save the answer of https://huggingface.co/api/daily_papers?date={date}&limit=100 to a file and "
            f"name it: podcast make {date} --papers FILE",
        )

    def document(self, paper: Paper) -> Document:
        return abstract_document(paper)


def parse_day(answer: object, date: dt.date, read_at: dt.datetime, source: str, where: str) -> Day:
    """Return the day that the API's answer lists, in rank order: most upvoted first, then by id.

    Raises SourceError naming the entry and the field that is not as it should be; NoPapers for an empty list.
    """
    if isinstance(answer, Mapping) and isinstance(answer.get("data"), list):  # wrapped by some who save it
        answer, where = answer["data"], f"{where}: data"
    if not isinstance(answer, list):
        raise SourceError(
            f"{where} holds {_kind(answer)}, not a list of entries",
            "save the API's answer as it comes: a JSON list whose entries have a paper",
        )
    entries = [_fields(entry, f"{where}: entry {index}") for index, entry in enumerate(answer, 1)]
    if not entries:
        raise NoPapers(f"{date} has no papers", "choose another day: weekends and holidays often have none")
    entries.sort(key=lambda fields: (-fields["upvotes"], fields["id"]))
    papers: list[Paper] = []
    for rank, fields in enumerate(entries, 1):
        if papers and papers[-1].id == fields["id"]:
            raise SourceError(f"{where}: paper {fields['id']} stands twice", "remove one of the two entries")
        papers.append(Paper(**fields, rank=rank, listed_on=date, upvotes_read_at=read_at))
    return Day(date=date, source=source, read_at=read_at, papers=tuple(papers))


def _fields(entry: object, where: str) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise SourceError(
            f"{where} is {_kind(entry)}, not an object with a paper: {str(entry)[:60]!r}",
            "save the API's answer as it comes",
        )
    paper = entry.get("paper")
    if not isinstance(paper, Mapping):
        raise SourceError(f"{where}.paper is {_kind(paper)}, not an object", "save the API's answer as it comes")
    authors = paper.get("authors")
    if not isinstance(authors, list):
        raise SourceError(f"{where}.paper.authors is {_kind(authors)}, not a list", "save the API's answer as it comes")
    fields = {
        "id": paper.get("id"),
        "title": clean(paper.get("title")),
        "summary": clean(paper.get("summary")),
        "authors": [
            clean(author.get("name")) for author in authors if isinstance(author, Mapping) and not author.get("hidden")
        ],
        "category": paper.get("category"),
        "published_at": paper.get("publishedAt"),
        "upvotes": paper.get("upvotes"),
        "comments": entry.get("numComments", 0),
        "github_repo": clean(paper.get("githubRepo")) or None,
        "project_page": clean(paper.get("projectPage")) or None,
    }
    try:
        checked = Paper.model_validate(
            {**fields, "rank": 1, "listed_on": dt.date.min, "upvotes_read_at": "2000-01-01T00:00:00Z"}
        )
    except ValidationError as error:
        problem = error.errors()[0]
        field = {"published_at": "publishedAt", "comments": "numComments"}.get(
            str(problem["loc"][0]), problem["loc"][0]
        )
        raise SourceError(f"{where}.paper.{field}: {problem['msg']}", "save the API's answer as it comes") from error
    return {name: getattr(checked, name) for name in fields}


def _kind(value: object) -> str:
    return {dict: "an object", list: "a list", str: "a text", type(None): "nothing"}.get(
        type(value), f"a {type(value).__name__}"
    )
