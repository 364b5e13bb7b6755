"""A paper's text in the best form there is: arXiv's page, Hugging Face's Markdown, the PDF, at last the abstract."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from podcast.show.errors import NoText, SourceError
from podcast.show.schema import Document, Paper
from podcast.sources import latexml, pdf
from podcast.sources.arxiv import Arxiv
from podcast.sources.cache import Cache
from podcast.sources.text import abstract_document

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Way:
    """One way to a paper's text: where its answer is kept, how it is asked for, and how it is read."""

    source: str
    folder: str
    suffix: str
    ask: Callable[[str], bytes]
    read: Callable[[str, bytes], Document]


def full_text(paper: Paper, cache: Cache, arxiv: Arxiv, markdown: Way) -> Document:
    """Return the text by the first way that gives one; the abstract where the paper is to be had by none.

    What each of the others said is logged. Raises SourceError where no way gave one and a service may yet: an outage of
    minutes is no reason to tell of a paper by its abstract for good.
    """
    ways = (
        Way("html", "arxiv", ".html", arxiv.page, latexml.read),
        markdown,
        Way("pdf", "arxiv", ".pdf", arxiv.pdf, pdf.read),
    )
    out: list[SourceError] = []
    for way in ways:
        try:
            return _take(paper, cache, way)
        except SourceError as error:
            log.info("%s: no %s: %s", paper.id, way.source, error)
            out += [] if isinstance(error, NoText) else [error]
    if out:
        raise SourceError(
            f"{paper.id} has no text yet: {'; '.join(map(str, out))}",
            f"try again later; or go on without: name the list by --papers, and a file {paper.id}.json beside it",
        )
    log.warning("%s has no text to be had but its abstract", paper.id)
    return abstract_document(paper)


def _take(paper: Paper, cache: Cache, way: Way) -> Document:
    """Return the document, and keep the answer that it was read from."""
    name = f"{way.folder}/{paper.id}{way.suffix}"
    kept = cache.get(name)
    body = kept[0] if kept else way.ask(paper.id)
    try:
        document = way.read(paper.id, body)
    except SourceError as error:
        raise NoText(str(error), error.hint) from error
    if not kept:
        cache.keep(name, body)
    return document
