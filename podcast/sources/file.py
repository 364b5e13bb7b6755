"""A day from a file in the shape of Hugging Face's API answer, and documents that lie beside it."""

import datetime as dt
from pathlib import Path

from podcast.show import store
from podcast.show.errors import SourceError
from podcast.show.schema import Day, Document, Paper
from podcast.sources.listing import parse_day, parse_json
from podcast.sources.text import abstract_document


class FileSource:
    """Reads the list from `path`. A file ID.json beside it is that paper's document; without one the abstract is."""

    def __init__(self, path: Path, name: str = "file", read_at: dt.datetime | None = None) -> None:
        self.path = path
        self.name = name
        self._read_at = read_at

    def day(self, date: dt.date) -> Day:
        try:
            data = self.path.read_bytes()
            saved = dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC).replace(microsecond=0)
        except OSError as error:
            raise SourceError(
                f"{self.path} cannot be read: {error.strerror}", "give --papers an existing file"
            ) from error
        answer = parse_json(data, str(self.path))
        # The votes are as old as the file: that is when the answer was saved.
        return parse_day(answer, date, self._read_at or saved, self.name, str(self.path))

    def document(self, paper: Paper) -> Document:
        path = self.path.with_name(f"{paper.id}.json")
        if path.is_file():
            return store.load(Document, path)
        return abstract_document(paper)


class Abstracts:
    """Knows of a paper what its entry tells, and lists no day."""

    name = "abstracts"

    def day(self, date: dt.date) -> Day:
        raise SourceError(f"{date} is not among the abstracts", "podcast fetch reads a day")

    def document(self, paper: Paper) -> Document:
        return abstract_document(paper)
