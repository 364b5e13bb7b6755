"""A PDF's pages as runs of letters, and what the file says of itself; what cannot be read is said as such.

PDFium is not made for threads: one at a time reads.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from podcast.show.errors import SourceError
from podcast.sources.letters import Frame, letters, upright
from podcast.sources.runs import Run, runs_of

MOST_PAGES = 200

_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Page:
    """A page's runs as the file has them, and what stands sideways on it, as arXiv's stamp does."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    sideways: str
    pictures: bool


@dataclass(frozen=True)
class File:
    """The pages of a file, the first 200 at most, and what it says of itself."""

    pages: tuple[Page, ...]
    title: str
    author: str
    subject: str


def read_pages(data: bytes, name: str = "the PDF", most: int = MOST_PAGES) -> File:
    """Return the first pages of the file. SourceError, about `name`, where it is none, locked, or pictures only."""
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"what came as {name} is none", "give a PDF file")
    with _ONE_AT_A_TIME:
        try:
            file = pypdfium2.PdfDocument(data)
            try:
                pages = tuple(_page(file[number], number) for number in range(min(len(file), most)))
                about = file.get_metadata_dict()
            finally:
                file.close()
        except pypdfium2.PdfiumError as error:
            raise _unreadable(name, error) from error
    if not any(page.runs for page in pages):
        raise _empty(name, pages)
    return File(pages, *(str(about.get(key) or "").strip() for key in ("Title", "Author", "Subject")))


def _unreadable(name: str, error: Exception) -> SourceError:
    if getattr(error, "err_code", None) == 4 or "password" in str(error).casefold():  # FPDF_ERR_PASSWORD
        return SourceError(f"{name} is locked with a password", "save a copy without: qpdf --decrypt --password=…")
    return SourceError(f"{name} cannot be read: {error}", "open it in a viewer: it may be damaged, or half a file")


def _empty(name: str, pages: Sequence[Page]) -> SourceError:
    if any(page.pictures for page in pages):
        return SourceError(
            f"{name} is scanned: pictures of pages, no text", "make it searchable: ocrmypdf IN.pdf OUT.pdf"
        )
    return SourceError(f"{name} has no text", "open it in a viewer: it may be damaged, or half a file")


def _page(page: Any, number: int) -> Page:
    from pypdfium2 import raw

    left, bottom, right, top = page.get_bbox()
    text = page.get_textpage()
    try:
        sideways: list[str] = []
        frame = upright(text.raw, Frame(left, bottom, right - left, top - bottom, page.get_rotation() // 90))
        width, height = frame.size
        runs = tuple(runs_of(text.raw, letters(text.raw, sideways, frame)))
        kept = tuple(run for run in runs if -2 < run.base < height + 2 and -2 < run.x0 < width + 2)
        pictures = not runs and any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    finally:
        text.close()
        page.close()
    return Page(number, width, height, kept, "".join(sideways), pictures)
