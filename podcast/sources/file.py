"""A day from a file in the shape of Hugging Face's API answer, and documents that lie beside it."""

import datetime as dt
import logging
from pathlib import Path

from podcast.show import store
from podcast.show.errors import NoText, SourceError
from podcast.show.schema import Day, Document, Paper
from podcast.show.settings import SelectSettings
from podcast.sources import belonging
from podcast.sources.listing import parse_day, parse_json
from podcast.sources.text import abstract_document

log = logging.getLogger(__name__)


class FileSource:
    """Reads the list, of which `top` papers are chosen, from `path`.

    A file ID.json beside it is that paper's document; without one the abstract is.
    """

    def __init__(
        self, path: Path, name: str = "file", read_at: dt.datetime | None = None, top: int = SelectSettings().top
    ) -> None:
        self.path = path
        self._top = top
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
        return parse_day(answer, date, self._read_at or saved, self.name, str(self.path), self._top)

    def document(self, paper: Paper) -> Document:
        path = self.path.with_name(f"{paper.id}.json")
        if not path.is_file():
            return abstract_document(paper, f"no {path.name} lies beside {self.path.name}")
        document = store.load(Document, path)
        try:
            belonging.check(paper, document)
        except NoText as error:
            log.warning("%s is left: %s", path, error)
            return abstract_document(paper, f"{path.name} is left: {error}")
        return document


class Abstracts:
    """Knows of a paper what its entry tells, and lists no day."""

    name = "abstracts"

    def day(self, date: dt.date) -> Day:
        raise SourceError(f"{date} is not among the abstracts", "podcast fetch reads a day")

    def document(self, paper: Paper) -> Document:
        return abstract_document(paper, "the day came from a file, without texts")
