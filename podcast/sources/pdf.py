"""A paper's PDF becomes a document: the last resort, since a PDF knows signs on a page and no sentences.

Pages become runs (`pages`), lose heads and numbers (`furniture`), are read in columns (`columns`) as blocks of one kind
(`blocks`, `headings`); here the blocks that are prose become sections.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.show.errors import SourceError
from podcast.show.schema import ArxivId, Document
from podcast.show.stops import CLOSING, STOPS
from podcast.sources import headings
from podcast.sources.blocks import blocks
from podcast.sources.citations import uncited
from podcast.sources.front import body_start
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import Block
from podcast.sources.letters import width
from podcast.sources.pages import read_pages
from podcast.sources.text import document
from podcast.sources.titles import behind, ends_the_paper, follows_the_end

_READ = ("prose", "item")
_ENDED = re.compile(rf"[{STOPS}:;：；][{CLOSING}]*$")


def read(paper_id: ArxivId, data: bytes, least: int = 0) -> Document:
    """Return the PDF as a document. SourceError where it cannot be read, holds pictures of text only, or has no more
    than `least` signs of prose."""
    found, words = blocks(read_pages(data, f"the PDF of {paper_id}").pages)
    made = document(paper_id, "pdf", _paragraphs(found, words))
    if (length := sum(map(width, made.sentences()))) <= least:
        raise SourceError(f"the PDF of {paper_id} has only {length:,} characters of text")
    return made


def _paragraphs(found: Sequence[Block], words: Words) -> Iterator[tuple[str, str]]:
    """Yield (section title, its paragraph), without what follows the references but methods.

    Forms between them are sections like others, and go with those (`prose.own`).
    """
    found = found[body_start(found) :]
    title, texts, over, skipped = _first_title(found), list[str](), False, False
    parted = [(block.text, "") if block.kind == "heading" else headings.run_in(block.text) for block in found]
    named = [at for at, (name, _) in enumerate(parted) if name]
    below = [
        " ".join(text for block, (_, text) in zip(found[at:end], parted[at:end], strict=True) if block.kind in _READ)
        for at, end in pairwise([*named, len(found)])
    ]
    placed = {named[at] for at in behind([(1, _whole(found[at], parted[at][0])) for at in named], below)}
    for at, (block, (name, text)) in enumerate(zip(found, parted, strict=True)):
        if name and not (over and not follows_the_end(name)):
            yield from ((title, uncited(said)) for said in texts)
            title, texts, over, skipped = name, [], ends_the_paper(name), at in placed
        over = over or _is_list_of_references(block)
        if text and block.kind in _READ and not (over or skipped):
            _append(texts, block, text, words)
    yield from ((title, uncited(said)) for said in texts)


def _whole(block: Block, name: str) -> str:
    """Return the name of a section with the number that stands before it."""
    return " ".join(line.text for line in block.lines) if block.kind == "heading" else name


def _is_list_of_references(block: Block) -> bool:
    """Tell whether references begin, though no heading says so: [1] and [2] begin lines."""
    starts = [line.text[:4] for line in block.lines]
    return "[1] " in starts and "[2] " in starts


def _first_title(found: Sequence[Block]) -> str:
    """Return the name of what stands before the first heading: an abstract, where one more heading is near."""
    if not found or found[0].kind == "heading" or found[0].first.page > 1:
        return "Text"
    near = any(block.kind == "heading" and block.first.page <= found[0].first.page + 1 for block in found[:12])
    return "Abstract" if near else "Text"


def _append(texts: list[str], block: Block, text: str, words: Words) -> None:
    """Add the block's text: to the one before, where that has not ended."""
    text = re.sub(r"^[•◦▪‣●■►·∙○*–]\s*", "", text)
    goes_on = texts and (not _ENDED.search(texts[-1]) or (text[:1].islower() and texts[-1].endswith((":", ";"))))
    if goes_on and block.kind == "prose":
        texts[-1] = joined([texts[-1], text], words)
    else:
        texts.append(text)
