"""A paper's text as it came, of whatever kind, becomes a document; it lies in the paper's folder, and is read there."""

import datetime as dt
import logging
import re
from dataclasses import dataclass
from pathlib import Path

from podcast.show.errors import NoText, SourceError
from podcast.show.schema import Day, Document, Paper, PaperId
from podcast.sources import Source, article, filetypes, front, markdown, meta, pdf
from podcast.sources.meta import Told
from podcast.sources.text import clean_text

log = logging.getLogger(__name__)


def read(paper_id: PaperId, data: bytes) -> Document:
    """Return the text as a document. SourceError where it cannot be read, or holds too little of it."""
    kind = filetypes.kind(data)
    if kind == "pdf":
        return pdf.read(paper_id, data)
    if kind == "html":
        return article.read(paper_id, data)
    if kind == "markdown":
        return markdown.read(paper_id, _body(data), sections=1, signs=article.LEAST)
    raise SourceError(f"the text of {paper_id} is of no kind that podcast reads", "name a PDF, HTML or Markdown")


def abstract(document: Document) -> str:
    """Return the text's own abstract; "" where it has none."""
    return next((" ".join(each.sentences) for each in document.sections if each.public), "")


def told(data: bytes, url: str = "") -> meta.Page:
    """Return what the text says of itself."""
    kind = filetypes.kind(data)
    if kind == "html":
        return meta.read(data, url)
    if kind == "pdf":
        return meta.Page(front.of_pdf(data))
    return meta.Page(_of_markdown(data.decode("utf-8", errors="replace")))


@dataclass(frozen=True)
class Original:
    """Knows a paper's text as it came; where arXiv has the paper, its page is better, and is asked `first`."""

    path: Path
    first: Source | None = None
    name = "original"

    def day(self, date: dt.date) -> Day:
        raise SourceError(f"{date} is in no file of a paper", "podcast fetch reads a day")

    def document(self, paper: Paper) -> Document:
        if self.first:
            try:
                found = self.first.document(paper)
            except SourceError as error:
                log.info("%s; the file that was named is read", error)
            else:
                if found.source != "abstract":
                    return found
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise NoText(f"{self.path} cannot be read: {error.strerror}", "put it back from a copy") from error
        return read(paper.id, data)


_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)


def _body(data: bytes) -> bytes:
    """Return Markdown without the lines about it at its head."""
    return _MATTER.sub("", data.decode("utf-8", errors="replace")).encode()


def _of_markdown(text: str) -> Told:
    """Return what Markdown says of itself: in the lines at its head, in its first heading."""
    matter = _MATTER.match(text)
    said: dict[str, list[str]] = {}
    key = ""
    for line in matter[1].splitlines() if matter else ():
        if found := re.match(r"([A-Za-z_]+):\s*(.*)$", line):
            key = found[1].casefold()
            said[key] = [found[2]] if found[2].strip(" |>") else []
        elif key and line.startswith((" ", "-", "\t")):
            said[key].append(re.sub(r"^\s*-?\s*(?:name:\s*)?", "", line))
    values = {name: [clean_text(part).strip("\"' ") for part in parts] for name, parts in said.items()}
    heading = re.search(r"^#\s+(.+?)\s*#*$", _MATTER.sub("", text), re.MULTILINE)
    names = [one for part in values.get("authors", values.get("author", [])) for one in _parted(part)]
    return Told(
        title=" ".join(values.get("title", [])) or (clean_text(heading[1]) if heading else ""),
        authors=tuple(filter(None, names)),
        abstract=" ".join(values.get("abstract", [])),
        doi=" ".join(values.get("doi", [])),
    )


def _parted(names: str) -> list[str]:
    return [one.strip("\"' ") for one in re.split(r"\s*[,;]\s*|\s+and\s+", names.strip("[]"))]
