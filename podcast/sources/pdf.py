"""A paper's PDF becomes a document: the last resort, since a PDF knows signs on a page and no sentences."""

import io
import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from podcast.show.errors import SourceError
from podcast.show.schema import ArxivId, Document
from podcast.sources.latexml import LEAST_SIGNS
from podcast.sources.prose import ends_the_paper
from podcast.sources.text import clean_text, document

MOST_PAGES = 200

_HEADING = re.compile(r"(?:(\d{1,2})(?:\.\d{1,2}){0,2}\.?\s+)?([A-Z][^.!?;]{1,70})")
_NAMED = re.compile(
    r"abstract|(?:introduction|related works?|background|preliminaries|methods?|methodology|approach|experiments?|"
    r"experimental (?:setup|results)|results|evaluation|analysis|ablations?|ablation stud(?:y|ies)|discussion|"
    r"limitations?|conclusions?|future work|references|bibliography|acknowledge?ments?|appendix|appendices|"
    r"(?:\w+ ){0,3}checklist|(?:ethics?|impact|broader impact|reproducibility|funding) statement|author contributions|"
    r"funding|competing interests|conflicts? of interests?|(?:data|code) availability(?: statement)?)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(I{1,3}|IV|VI{0,3}|IX|XI{0,3}|XIV|XV)\. ([A-Z][A-Za-z][^.!?;]{1,70})")
"""As IEEE's journals number their sections."""
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_BROKEN = (AttributeError, IndexError, KeyError, OSError, RecursionError, TypeError, ValueError, zlib.error)
"""What pypdf lets through from a PDF that is not one inside, besides its own errors."""


def read(paper_id: ArxivId, data: bytes) -> Document:
    """Return the PDF as a document. SourceError where it cannot be read, or holds pictures of text only."""
    found = document(paper_id, "pdf", _paragraphs(_pages(paper_id, data)))
    if (length := sum(map(len, found.sentences()))) <= LEAST_SIGNS:
        raise SourceError(f"the PDF of {paper_id} has only {length:,} characters of text")
    return found


def _pages(paper_id: ArxivId, data: bytes) -> list[list[str]]:
    """Return the lines of each page."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity that it copes with
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"what came as the PDF of {paper_id} is none")
    try:
        pages = PdfReader(io.BytesIO(data)).pages[:MOST_PAGES]
        texts = [page.extract_text() for page in pages]
    except (PyPdfError, *_BROKEN) as error:
        raise SourceError(f"the PDF of {paper_id} cannot be read: {type(error).__name__}: {error}") from error
    return [[line for raw in text.splitlines() if (line := clean_text(raw))] for text in texts]


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield (section title, its text), without what repeats from page to page and what follows the references.

    Forms between them are sections like others, and go with those (`prose.own`).
    """
    title, lines, last = "Text", list[str](), 0
    for line in _body(pages):
        if found := _heading(line, last):
            yield title, _joined(lines)
            name, number = found
            if ends_the_paper(name):
                return
            title, lines, last = name, [], number or last
        elif title != "Text" or lines or len(line) > 20:
            lines.append(line)
    yield title, _joined(lines)


def _body(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines without page numbers, arXiv's stamp, and heads and feet that repeat."""
    edges = Counter(
        edge for page in pages for edge in {_shape(line) for line in [*page[:2], *page[-2:]]}
    )  # fmt: skip
    often = {shape for shape, times in edges.items() if times >= 3 and times > len(pages) / 3}
    for page in pages:
        for index, line in enumerate(page):
            at_edge = index < 2 or index >= len(page) - 2
            if at_edge and (_shape(line) in often or re.fullmatch(r"[\divxIVX]{1,5}", line)):
                continue
            if not re.match(r"arXiv:\d{4}\.\d{4,5}", line):
                yield line


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _heading(line: str, last: int) -> tuple[str, int | None] | None:
    """Return (title, section number) of a heading: a usual name alone, or the next number and a short title."""
    if _NAMED.fullmatch(line):
        return line.capitalize() if line.isupper() else line, None
    found = _ROMAN.fullmatch(line) or _HEADING.fullmatch(line)
    if not found or not found[1]:
        return None
    number = _NUMERALS.index(found[1]) + 1 if found[1] in _NUMERALS else int(found[1])
    if number not in (last, last + 1) or len(found[2].split()) > 10 or found[2].endswith((",", "-")):
        return None
    return found[2].capitalize() if found[1] in _NUMERALS and found[2].isupper() else found[2], number


def _joined(lines: Sequence[str]) -> str:
    """Return lines as running text: a word broken at a line's end is whole again, and a compound keeps its hyphen."""
    text = "\n".join(lines)
    known = {word.casefold() for word in re.findall(r"(?<![\w-])\w+(?:-\w+)*(?![\w-]|-\n)", text)}
    parts = {part for word in known if "-" in word for part in pairwise(word.split("-"))}

    def join(found: re.Match[str]) -> str:
        before, after = found[1], found[2]
        return f"{before}-{after}" if _is_compound(before.casefold(), after, known, parts) else before + after

    text = re.sub(r"(?<![\w-])((?:[A-Za-z]+-)*[A-Za-z]+)-\n([a-z]+)", join, text)
    return re.sub(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]", "", text.replace("-\n", "-").replace("\n", " "))


_OPEN = frozenset(
    re.findall(
        r"\w+",
        """all best cross ever few full half hand high human large last left lone long low near new old one open real
        right self short single small ten three top two well wide worst zero""",
    )
)
"""Words with which compounds begin that a paper need not have anywhere else."""
_CLOSED = frozenset(
    re.findall(r"\w+", "any else every further how in more on out over some there through under up where with")
)
"""Words that grow together with what follows: without, something, overfitting."""


def _is_compound(before: str, after: str, known: Set[str], parts: Set[tuple[str, str]]) -> bool:
    """Tell whether a hyphen at a line's end is one of the word's own: "state-of-the-" and "art", "well-" and "known".

    What the paper writes elsewhere decides, whole or as a part of a compound; else a compound that has a hyphen already
    keeps the next, and so does what goes on with "of"; else both sides are words, the first of more than three letters.
    """
    if before + after in known:
        return False
    first = before.rpartition("-")[2]
    if f"{before}-{after}" in known or (first, after) in parts or "-" in before or len(after) == 1:
        return True
    if after in ("of", "the", "and"):
        return True
    if first in _CLOSED:
        return False
    return after in known and len(after) > 2 and (first in _OPEN or (first in known and len(first) > 3))
