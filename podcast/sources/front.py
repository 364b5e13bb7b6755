"""What a PDF says of itself on its first pages: title, authors, abstract, DOI, arXiv id."""

import re
from collections.abc import Iterator, Sequence

from podcast.sources import headings
from podcast.sources.blocks import blocks
from podcast.sources.columns import Line
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import ENDED, Block, reads
from podcast.sources.letters import LARGE, UNSPACED, width
from podcast.sources.letters import words as words_of
from podcast.sources.meta import Told
from podcast.sources.pages import File, read_pages
from podcast.sources.titles import is_abstract

_PAGES = 3
"""As far as an abstract may stand, behind a cover."""
_LEAST_PROSE = 350
"""Signs of a block that is an abstract or the text, though no heading says so: none of authors is as long."""
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^]+")
_STAMP = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_SAYS = re.compile(rf"[^\W\d_]{{3}}|[{UNSPACED}]{{2}}")
_BANNER = re.compile(
    r"^(?:the )?(?:journal|proceedings|transactions|annals|bulletin|letters?|research article|original article|"
    r"original paper|open access|preprint|draft|submitted)\b|\b(?:journal of|vol\.|volume \d|issn|contents lists|"
    r"available online|www\.)|\bdoi\b|\b(?:letters|magazine|bulletin|transactions|journal|reviews)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"@|universit|institut|depart|school|laborator|\blabs?\b|colleg|hospital|facult|academ|cent(?:er|re)\b|research|divi"
    r"sion|google|microsoft|\bmeta\b|openai|deepmind|nvidia|amazon|\bibm\b|\binc\b|\bltd\b|gmbh|corp|compan|group\b|"
    r"team\b|cnrs|inria|street|avenue|\broad\b|\busa\b|china|germany|france|\buk\b|japan|dated|received|accepted|"
    r"published|member|fellow|abstract|\d{4}|https?:|e-?mail|equal|correspond|national|technolog|science|state\b|society|"
    r"network|университет|институт|академи|лаборатор|факультет|кафедр",
    re.IGNORECASE,
)
_OF = r"(?:d[aeiu]|de[lnr]?|van|von|vom|la|le|el|al|bin|ben|ter|ten|y|dos|zu|af)\.?"
_NAME = re.compile(
    rf"(?:[{LARGE}][\w.'’-]*|{_OF})(?:[ -](?:[{LARGE}][\w.'’-]*|{_OF})){{1,4}}(?:,? (?:Jr|Sr|I{{2,3}})\.?)?"
)


def of_pdf(data: bytes) -> Told:
    """Return what the PDF says of itself. SourceError where it is no PDF, locked, or pictures only."""
    file = read_pages(data, most=_PAGES)
    found, words = blocks(file.pages)
    start = body_start(found)
    first = [block for block in found[:start] if block.first.page == 0] or [b for b in found if b.first.page == 0][:6]
    title, rest = _title(first, file, words)
    return Told(
        title=title,
        authors=tuple(dict.fromkeys(_authors(rest))) or _said_authors(file),
        abstract=_abstract(found[start:], words),
        doi=_doi(data, file),
        arxiv=_arxiv(file),
    )


def body_start(found: Sequence[Block]) -> int:
    """Return the place of the first block behind title and authors: the abstract, or what stands in its place."""
    for at, block in enumerate(found):
        if block.first.page >= _PAGES:
            break
        name = block.text if block.kind == "heading" else ""
        if headings.is_named(name) and name.casefold() not in ("contents", "table of contents", "keywords"):
            return at
        if block.kind == "heading" and headings.number_of(" ".join(line.text for line in block.lines))[0] == 1:
            return at
        if len(block.text) > 60 and is_abstract(headings.run_in(block.text)[0]):
            return at
        whole = width(block.text) > _LEAST_PROSE or (
            width(block.text) > 200 and reads(block.lines) and ENDED.search(block.text)
        )
        if block.kind == "prose" and whole and not re.search(r"@|universit", block.text, re.IGNORECASE):
            return at
    return 0


# --- the title ---------------------------------------------------------------------------------------------


def _title(first: Sequence[Block], file: File, words: Words) -> tuple[str, list[Block]]:
    """Return the title and the blocks behind it: the file's, where page 1 has it, else the largest above."""
    page = file.pages[0]
    upper = [block for block in first if block.first.base > page.height * 0.45 and _SAYS.search(block.text)]
    named = [block for block in upper if words_of(block.text) > 1 and not _is_banner(block)]
    at = max(named, key=lambda block: (round(block.first.size), block.first.bold), default=None)
    parts = list(_with_next(at, list(first))) if at else []
    drawn = joined([line.text for block in parts for line in block.lines], words)
    said = file.title if _stands(file.title, file) else ""
    rest = list(first[first.index(parts[-1]) + 1 :]) if parts else list(first)
    return (drawn if not said or _begins(said, drawn) else said).strip(" *∗†‡"), rest


def _is_banner(block: Block) -> bool:
    return _BANNER.search(block.text) is not None and len(block.text) < 90


def _with_next(at: Block, first: Sequence[Block]) -> Iterator[Block]:
    """Yield the block and those behind it that are set alike, without a gap."""
    yield at
    low = at.lines[-1]
    for block in first[first.index(at) + 1 :]:
        alike = abs(block.first.size - at.first.size) < 0.5 and block.first.font == at.first.font
        if not alike or not 0 < low.base - block.first.base < 2.2 * at.first.size:
            break
        yield block
        low = block.lines[-1]


def _stands(title: str, file: File) -> bool:
    """Tell whether the file's own title has three words of letters, and page 1 most of them."""
    wanted = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", title)}
    there = {word.casefold() for run in file.pages[0].runs for word in re.findall(r"[^\W\d_]{2,}", run.text)}
    return (
        len(wanted) >= 3
        and not _BANNER.search(title)
        and len(wanted & there) > 0.6 * len(wanted)
        and "." not in title[-5:-1]
    )


def _begins(said: str, drawn: str) -> bool:
    """Tell whether the file's title is what is drawn, or that and where it was published."""
    letters = re.sub(r"\W", "", drawn).casefold()
    return len(letters) > 10 and re.sub(r"\W", "", said).casefold().startswith(letters)


# --- the authors ---------------------------------------------------------------------------------------------


def _authors(rest: Sequence[Block]) -> Iterator[str]:
    """Yield the names that stand behind the title, in lines or side by side, as long as they are set alike."""
    look: Line | None = None
    for block in rest:
        alone = all(len(line.cells) == 1 for line in block.lines) and block.text.count(",") > 1
        for line in block.lines[:1] if alone else block.lines:
            cells = [block.text] if alone else line.cells
            named = not any(_NO_NAME.search(_unranked(cell)) for cell in cells)
            names = [name for cell in cells for name in _names(cell)] if named else []
            if not names or (look and (abs(look.size - line.size) > 0.4 or look.bold != line.bold)):
                continue
            look = look or line
            yield from names


def _unranked(text: str) -> str:
    """Return the text without what stands behind names: ranks of a society, ORCIDs."""
    text = re.sub(r",? *(?:(?:Senior|Student|Life|Graduate Student) )?(?:Member|Fellow),? *IEEE\b", "", text)
    return re.sub(r"\[?\d{4}(?:[-−–]\d{4}){2}[-−–]\d{3}[\dX]\]?|\b(?:Dr|Prof)\. ", ", ", text)


def _names(text: str) -> Iterator[str]:
    """Yield the names that are all that the text has: "Ann Lee, Bob Ray and Cy Young"; none of an address."""
    text = re.sub(r"[\d∗*⋆★†‡§¶‖✉#]+", ", ", _unranked(text))
    text = re.sub(r"^\W*(?:by|and)\s+", "", text, flags=re.IGNORECASE)
    parts = [part.strip(" ,;.") for part in re.split(r",\s*(?:and\s+)?|;|\s+(?:and|&|et|und|и)\s+|\s{2,}|·|•|\|", text)]
    parts = [part for part in parts if len(part) > 1]
    if parts and all(_NAME.fullmatch(part) for part in parts):
        yield from parts


def _said_authors(file: File) -> tuple[str, ...]:
    """Return the file's own authors, where page 1 has their names."""
    there = " ".join(run.text for run in file.pages[0].runs).casefold()
    names = [name.strip() for name in re.split(r";|,\s*|\s+and\s+", file.author)]
    return tuple(name for name in names if len(name.split()) > 1 and name.split()[-1].casefold() in there)


# --- the abstract, the ids -----------------------------------------------------------------------------------


def _abstract(found: Sequence[Block], words: Words) -> str:
    """Return the text under the heading Abstract, or of the first block, where that is prose on the first pages."""
    if not found:
        return ""
    begins = found[0]
    if begins.kind == "heading" and not is_abstract(begins.text):
        return ""
    texts = [] if begins.kind == "heading" else [headings.run_in(begins.text)[1]]
    for block in found[1:]:
        if block.kind in ("heading", "keys"):
            break
        if block.kind in ("prose", "item") and (begins.kind == "heading" or not re.search(r"[.!?]$", texts[-1])):
            texts.append(block.text)
    return joined(texts, words)


def _doi(data: bytes, file: File) -> str:
    """Return the DOI that the file's description has, or the first of page 1 that stands before any references."""
    said = re.search(rb"(?:prism:doi|pdfx:doi|crossmark:DOI)[>=\"]+(10\.\d{4,9}/[^<\"\s]+)", data)
    if said:
        return said[1].decode("utf-8", "replace")
    text = file.subject + "\n"
    for run in file.pages[0].runs:
        if headings.is_named(run.text) and headings.tidy(run.text).casefold().startswith(("ref", "bib", "lit")):
            break
        text += run.text + "\n"
    found = _DOI.search(text)
    return _trimmed(found[0]) if found else ""


def _trimmed(doi: str) -> str:
    doi = doi.rstrip(".,;:]'’”")
    return doi.rstrip(").,;:") if doi.count(")") > doi.count("(") else doi


def _arxiv(file: File) -> str:
    """Return the arXiv id that is stamped on page 1, sideways or as a line of its own."""
    for text in (file.pages[0].sideways, *(run.text for run in file.pages[0].runs)):
        if (found := _STAMP.search(text)) and (text is file.pages[0].sideways or text.startswith("arXiv")):
            return found[1]
    return ""
