"""A paper's text as it came, of whatever kind, becomes a document; it lies in the paper's folder, and is read there."""

import datetime as dt
import logging
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast.show.errors import NoText, SourceError
from podcast.show.schema import Day, Document, Paper, PaperId
from podcast.sources import Source, article, filetypes, front, markdown, meta, pdf, people, plaintext
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
    return meta.Page(_of_markdown(data.decode("utf-8-sig", errors="replace")))


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
_TOML = re.compile(r"\A\ufeff?\+\+\+[^\S\n]*\n(.*?)\n\+\+\+[^\S\n]*\n", re.DOTALL)


def _body(data: bytes) -> bytes:
    """Return the text as Markdown, without the lines about it at its head."""
    return _unheaded(data.decode("utf-8", errors="replace")).encode()


def _unheaded(text: str) -> str:
    return plaintext.marked(_TOML.sub("", _MATTER.sub("", text)))


def _of_markdown(text: str) -> Told:
    """Return what Markdown says of itself: in the lines at its head, in its first heading."""
    matter = _MATTER.match(text)
    said: dict[str, list[str]] = {}
    key = ""
    for line in matter[1].splitlines() if matter else ():
        if found := re.match(r"([A-Za-z_-]+):\s*(.*)$", line):
            key = found[1].casefold()
            said[key] = [found[2]] if found[2].strip(" |>") else []
        elif key and line.startswith((" ", "-", "\t")):
            said[key].append(line)
    values = {name: [_value(re.sub(r"^\s*-\s", "", part)) for part in parts] for name, parts in said.items()}
    toml = _of_toml(text)
    doi = meta.bare_doi(toml.doi or " ".join(values.get("doi", [])))
    return Told(
        title=toml.title or " ".join(values.get("title", [])) or clean_text(markdown.title(_unheaded(text))),
        authors=toml.authors or people.parted(_authors(said.get("authors", said.get("author", [])))),
        abstract=toml.abstract or " ".join(values.get("abstract", [])),
        doi=doi,
    )


def _of_toml(text: str) -> Told:
    """Return what lines of TOML at the text's head say, as Hugo has them; nothing where they are none."""
    try:
        said = tomllib.loads(found[1].replace("\r\n", "\n")) if (found := _TOML.match(text)) else {}
    except (tomllib.TOMLDecodeError, RecursionError):
        return Told()
    listed = said.get("authors", said.get("author", []))
    named = [
        one.get("name") if isinstance(one, dict) else one for one in (listed if isinstance(listed, list) else [listed])
    ]
    title, abstract, doi = (
        _value(one) if isinstance(one := said.get(key), str) else "" for key in ("title", "abstract", "doi")
    )
    return Told(title, people.parted(name for name in named if isinstance(name, str)), abstract, doi)


_FIELD = re.compile(r"([A-Za-z_-]+):(?:\s+(.*))?")
_GIVEN = ("given-names", "given", "given-name", "firstname", "first-name")
_FAMILY = ("dropping-particle", "non-dropping-particle", "surname", "family", "family-names", "family-name", "lastname",
           "last-name")  # fmt: skip


def _authors(lines: Sequence[str]) -> list[str]:
    """Return what the lines of `authors:` name: one line or several, a list in brackets, a list of names, or of maps,
    of which the name alone is read."""
    listed = next((line for line in lines if re.match(r"\s*-(?:\s|$)", line)), None)
    if listed is None:
        return _flowing(" ".join(map(str.strip, lines)))
    margin = listed.index("-")
    items: list[list[str]] = []
    for line in lines[lines.index(listed) :]:
        if line[:margin].strip() == "" and line[margin : margin + 1] == "-":
            items.append([line[:margin] + " " + line[margin + 1 :]])
        else:
            items[-1].append(line)
    return [name for item in items if (name := _name(item))]


def _flowing(text: str) -> list[str]:
    """Return the names of one line, or of a list in brackets."""
    if maps := re.findall(r"\{([^{}]*)\}", text):
        return [name for one in maps if (name := _name([part.strip() for part in one.split(",")]))]
    if text.startswith("[") and text.endswith("]"):
        parts = re.findall(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+)", text[1:-1])
        return [name for part in parts if (name := _value(part))]
    return [_value(text)]


def _name(lines: Sequence[str]) -> str:
    """Return the name of an item of a list: the item, or what its map has as the name, in one or in its parts."""
    lines, fields = [line for line in lines if line.strip()] or [""], dict[str, str]()
    margin, parent = len(lines[0]) - len(lines[0].lstrip()), ""
    for line in lines:
        indent, found = len(line) - len(line.lstrip()), _FIELD.fullmatch(line.strip())
        if indent <= margin:
            parent = found[1].casefold() if found else ""
        elif parent != "name":
            continue  # of where they work, and the like
        if found:
            fields[found[1].casefold()] = _value(found[2] or "")
    if not fields:
        return _value(" ".join(map(str.strip, lines)))
    parts = [fields.get(part, "") for part in (*_GIVEN, *_FAMILY)]
    return fields.get("name") or " ".join(filter(None, parts))


def _value(text: str) -> str:
    return clean_text(text).strip("\"' ")
