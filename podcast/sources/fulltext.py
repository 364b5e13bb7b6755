"""A paper's text in the best form there is: arXiv's page, Hugging Face's Markdown, the PDF, at last the abstract."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass

from podcast.show.errors import NoText, SourceError, Walled
from podcast.show.schema import Document, Paper
from podcast.sources import belonging, latexml, pdf
from podcast.sources.arxiv import Arxiv
from podcast.sources.cache import Cache
from podcast.sources.text import abstract_document

log = logging.getLogger(__name__)

_WALL = re.compile(
    rb"just a moment|captcha|are you (?:a )?(?:human|robot)|unusual traffic|rate (?:limit )?exceeded|too many requests|"
    rb"temporarily unavailable|under maintenance",
    re.IGNORECASE,
)
_MOST_OF_A_WALL = 100_000
"""Bytes: a page that says such a thing and is longer is a paper's."""


@dataclass(frozen=True)
class Way:
    """One way to a paper's text: where its answer is kept, how it is asked for, and how it is read."""

    source: str
    folder: str
    suffix: str
    ask: Callable[[str], bytes]
    read: Callable[[str, bytes], Document]


def full_text(paper: Paper, cache: Cache, arxiv: Arxiv, markdown: Way) -> Document:
    """Return the text by the first way that gives one; the abstract, with what the others said, where none does.

    Only that there is no such text, or that what came is not this paper's, leads to the next way, and a wall, which may
    stand for long, but not to the abstract. Raises SourceError where a service gives no answer: an outage of minutes is
    no reason to tell of a paper by its abstract for good.
    """
    ways = (
        _html(arxiv),
        markdown,
        Way("pdf", "arxiv", ".pdf", arxiv.pdf, _long_pdf),
    )
    without, wall = [], None
    for way in ways:
        try:
            return _take(paper, cache, way)[0]
        except NoText as none:
            log.info("%s: no %s: %s", paper.id, way.source, none)
            without.append(f"no {way.source}: {none}")
        except Walled as error:
            log.info("%s: no %s: %s", paper.id, way.source, error)
            wall = error
        except SourceError as out:
            raise _later(paper, out) from out
    if wall:
        raise _later(paper, wall) from wall
    log.warning("%s has no text to be had but its abstract", paper.id)
    return abstract_document(paper, "; ".join(without))


def page(paper: Paper, cache: Cache, arxiv: Arxiv) -> bytes:
    """Return the paper's page as arXiv has it.

    Raises NoText where what stands there is no text of the paper, SourceError where no answer comes, or a wall.
    """
    return _take(paper, cache, _html(arxiv))[1]


def _html(arxiv: Arxiv) -> Way:
    return Way("html", "arxiv", ".html", arxiv.page, latexml.read)


def _long_pdf(paper_id: str, data: bytes) -> Document:
    """Return the PDF as a document, if it is as long as a paper: what a day's list names, nobody has looked at."""
    return pdf.read(paper_id, data, least=latexml.LEAST_SIGNS)


def _later(paper: Paper, error: SourceError) -> SourceError:
    return SourceError(
        f"{paper.id} has no text yet: {error}",
        f"try again later; or go on without: name the list by --papers, and a file {paper.id}.json beside it",
    )


def _take(paper: Paper, cache: Cache, way: Way) -> tuple[Document, bytes]:
    """Return the document and the answer that it was read from, which is kept; NoText where that is no text of the
    paper."""
    name = f"{way.folder}/{paper.id}{way.suffix}"
    kept = cache.get(name)
    body = kept[0] if kept else way.ask(paper.id)
    if not body.strip():
        raise SourceError(f"nothing came as the {way.source} of {paper.id}", "try again later")
    try:
        document = way.read(paper.id, body)
        belonging.check(paper, document)
    except SourceError as error:
        if len(body) < _MOST_OF_A_WALL and (wall := _WALL.search(body)):
            raise SourceError(
                f"in the place of {paper.id}'s {way.source} came a page that says {wall[0].decode()!r}",
                "we are asked to wait, or blocked: try again later",
            ) from error
        raise NoText(str(error), error.hint) from error
    if not kept:
        cache.keep(name, body)
    return document, body
