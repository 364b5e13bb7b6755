"""A paper as Hugging Face's Markdown becomes a document: the fallback for papers that have no page at arXiv."""

import re
from collections.abc import Iterator

from podcast.show.errors import SourceError
from podcast.show.schema import Document, PaperId
from podcast.sources.latexml import LEAST_SECTIONS, LEAST_SIGNS
from podcast.sources.text import document
from podcast.sources.titles import is_back_matter

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_NOT_PROSE = re.compile(r"\s*(?:\||!\[|<|={3,}$|-{3,}$|\*{3,}$|\[\^?\d+\]:|:?-+:?\s*\|)")
_INLINE = (
    (r"!\[[^\]]*\]\([^)]*\)", ""),
    (r"\[\^[^\]]*\]", ""),
    (r"\[([^\]]*)\]\([^)]*\)", r"\1"),
    (r"\[\d+(?:\s*[,;–-]\s*\d+)*\]", ""),
    (r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2"),
    (r"(?<![\w*])\*(?=\S)([^*$]+?)(?<=\S)\*(?![\w*])", r"\1"),
    (r"`([^`]*)`", r"\1"),
    (r"</?(?:br|p|div|li|t[dhr])\b[^>]*>", " "),  # what parts texts
    (r"<[a-zA-Z/!][^>]*>", ""),
    (r"\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)", r"$\1\2\3$"),
)


def read(paper_id: PaperId, page: bytes, sections: int = LEAST_SECTIONS, signs: int = LEAST_SIGNS) -> Document:
    """Return the page as a document. SourceError where it is no Markdown, or has fewer `sections`, or no more `signs`:
    too little for a paper."""
    text = page.decode("utf-8", errors="replace")
    if re.match(r"\s*<(?:!doctype|html)", text, re.IGNORECASE):
        raise SourceError(f"the Markdown of {paper_id} is a web page")
    found = document(paper_id, "markdown", _paragraphs(text))
    length = sum(map(len, found.sentences()))
    if len(found.sections) < sections or length <= signs:
        raise SourceError(
            f"the Markdown of {paper_id} has only {len(found.sections)} sections, {length:,} characters of text",
            f"an episode is made of {signs:,} characters of text at least, without headings, tables and references",
        )
    return found


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (section title, paragraph): blocks between blank lines; code, tables and pictures are left out."""
    text = re.sub(r"^(```|~~~).*?^\1[^\n]*$", "", text, flags=re.DOTALL | re.MULTILINE)
    section, title, end = "", "", False
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        heading = _HEADING.fullmatch(line)
        item = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
        if lines and (heading or item or not line.strip()):
            yield title or "Text", _plain(" ".join(lines))
            lines = []
        if heading:
            name = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", _plain(heading[2]))
            end = is_back_matter(name) or (end and len(heading[1]) > 2)
            section = name if len(heading[1]) <= 2 else section
            title = name if len(heading[1]) <= 2 or not section else f"{section}: {name}"
        elif line.strip() and not end and not _NOT_PROSE.match(line):
            lines.append(line[item.end() :] if item else line)


def _plain(text: str) -> str:
    for pattern, instead in _INLINE:
        text = re.sub(pattern, instead, text)
    return text.strip()
