"""What a PDF says of itself on its first pages: title, authors, abstract, DOI, arXiv id."""

import re
from collections.abc import Iterator, Sequence

from podcast.show.stops import ENDED
from podcast.sources import bylines, headings, prose
from podcast.sources.blocks import blocks
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import Block, reads
from podcast.sources.letters import UNSPACED, width
from podcast.sources.letters import words as words_of
from podcast.sources.meta import Told
from podcast.sources.pages import File, read_pages
from podcast.sources.titles import is_abstract

_PAGES = 3
"""As far as an abstract may stand, behind a cover."""
_FIELD = re.compile(r"\w+(?:\(s\))?: ")
"""What a cover says of the paper begins so: "Author(s): ", "Source: "."""
_LEAST_PROSE = 350
"""Signs of a block that is an abstract or the text, though no heading says so: none of authors is as long."""
_LABELLED = re.compile(
    r"(?:Importance|Objectives?|Background|Purpose|Aims?|Context|Rationale)[.:] (?=[A-Z])|"
    r"(?:IMPORTANCE|OBJECTIVES?|BACKGROUND|PURPOSE|AIMS?|CONTEXT|RATIONALE):? (?=[A-Z])"
)
"""How an abstract in parts begins."""
_ADDRESS = re.compile(r"@|universit", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^]+")
_FOOT = 0.08
"""The share of the page's height in which its foot stands, with the DOI, even below references."""
_SUPPLEMENT = re.compile(
    r"(?:supporting|supplement\w*) (?:information|materials?|data)\b(?:[^.]|\.\S)*$", re.IGNORECASE
)
_PART = re.compile(r"\.?[gts]\d+")
"""What a figure's, table's or file's DOI has behind the paper's."""
_STAMP = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_SAYS = re.compile(rf"[^\W\d_]{{3}}|[{UNSPACED}]{{2}}")
_BANNER = re.compile(
    r"^(?:the )?(?:journal|proceedings|transactions|annals|bulletin|letters?|research article|original article|"
    r"original paper|open access|preprint|draft|submitted)\b|\b(?:journal of|vol\.|volume \d|issn|contents lists|"
    r"available online|www\.)|\bdoi\b|\b(?:letters|magazine|bulletin|transactions|journal|reviews)$",
    re.IGNORECASE,
)


def of_pdf(data: bytes) -> Told:
    """Return what the PDF says of itself. SourceError where it is no PDF, locked, or pictures only."""
    file = read_pages(data, most=_PAGES)
    everything, words = blocks(file.pages)
    found = everything[_cover(everything) :]
    start, page = body_start(found), found[0].first.page if found else 0
    first = [block for block in found[:start] if block.first.page == page]
    first = first or [block for block in found if block.first.page == page][:6]
    title, rest = _title(first, file, words)
    title = _in_small_letters(title, everything) if title.isupper() else title
    return Told(
        title=title,
        authors=tuple(dict.fromkeys(bylines.authors(rest))) or _said_authors(file),
        abstract=_abstract(found[start:], words),
        doi=_doi(data, file),
        arxiv=_arxiv(file),
    )


def body_start(found: Sequence[Block]) -> int:
    """Return the place of the first block behind title and authors: the abstract, or what stands in its place."""
    cover = _cover(found)
    for at, block in enumerate(found[cover:], cover):
        if block.first.page >= _PAGES:
            break
        if _is_opening(block):
            return at
        whole = width(block.text) > _LEAST_PROSE or (
            width(block.text) > 200 and reads(block.lines) and ENDED.search(block.text)
        )
        labelled = _LABELLED.match(block.text) and reads(block.lines)
        if block.kind == "prose" and (whole or labelled) and not _ADDRESS.search(block.text):
            return _named_abstract(found, at) or at
    return 0


def _is_opening(block: Block) -> bool:
    """Tell whether the block is a usual heading of a paper's text, the first of numbered ones, or a named abstract."""
    if block.kind != "heading":
        return _is_abstract(block)
    named = headings.is_named(block.text) and block.text.casefold() not in ("contents", "table of contents", "keywords")
    return named or _number(block) == 1


def _is_abstract(block: Block) -> bool:
    if block.kind == "heading":
        return is_abstract(block.text)
    return len(block.text) > 60 and is_abstract(headings.run_in(block.text)[0])


def _named_abstract(found: Sequence[Block], prose: int) -> int:
    """Return the place of the abstract that stands named on a page behind the prose, which is a cover's; 0 where that
    is the paper's own: where it ends in a summary, or has numbered sections, or some set like that heading."""
    before = list[Block]()
    for at, block in enumerate(found[prose:], prose):
        if block.first.page >= _PAGES or (_is_opening(block) and not _is_abstract(block)):
            return 0
        if _is_abstract(block):
            summary = re.match(r"\W*(?:\S{1,4}\s+)?summary\b", block.text, re.IGNORECASE)
            sections = any(_number(other) is not None or _is_alike(other, block) for other in before)
            return at if block.first.page > found[prose].first.page and not (summary or sections) else 0
        before += [block] if block.kind == "heading" else []
    return 0


def _number(heading: Block) -> int | None:
    return headings.number_of(" ".join(line.text for line in heading.lines))[0]


def _is_alike(one: Block, other: Block) -> bool:
    """Tell whether two blocks are set alike."""
    return abs(one.first.size - other.first.size) < 0.5 and one.first.font == other.first.font


def _letters(text: str) -> str:
    """Return what two copies of a title share, however they are set."""
    return re.sub(r"\W", "", text).casefold()


def _cover(found: Sequence[Block]) -> int:
    """Return where the title stands again, larger, on the page behind a cover, which has it and no text; 0 else."""
    before = set[str]()
    for at, block in enumerate(found):
        letters = _letters(block.text)
        again = block.kind == "heading" and len(letters) > 10 and letters in before
        if block.first.page > 1 or (block.first.page == 0 and _is_opening(block)):
            return 0
        if block.first.page == 1 and again and block.first.size > 1.1 * found[min(at + 1, len(found) - 1)].first.size:
            return at
        before |= {letters} if block.first.page == 0 else set()
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


def _in_small_letters(title: str, found: Sequence[Block]) -> str:
    """Return the title as another line of the first pages has it; as it is where none does."""
    letters = _letters(title)
    lines = (line.text for block in found for line in block.lines)
    return next((line for line in lines if not line.isupper() and _letters(line) == letters), title)


def _is_banner(block: Block) -> bool:
    return _BANNER.search(block.text) is not None and len(block.text) < 90


def _with_next(at: Block, first: Sequence[Block]) -> Iterator[Block]:
    """Yield the block and those behind it that are set alike, without a gap: no field of a cover."""
    yield at
    low = at.lines[-1]
    for block in first[first.index(at) + 1 :]:
        if (
            not _is_alike(block, at)
            or _FIELD.match(block.text)
            or not 0 < low.base - block.first.base < 2.2 * at.first.size
        ):
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
    letters = _letters(drawn)
    return len(letters) > 10 and _letters(said).startswith(letters)


def _said_authors(file: File) -> tuple[str, ...]:
    """Return the file's own authors, where page 1 has their names."""
    there = " ".join(run.text for run in file.pages[0].runs).casefold()
    names = [name.strip() for name in re.split(r";|,\s*|\s+and\s+", file.author)]
    return tuple(name for name in names if len(name.split()) > 1 and name.split()[-1].casefold() in there)


# --- the abstract, the ids -----------------------------------------------------------------------------------


def _abstract(found: Sequence[Block], words: Words) -> str:
    """Return the paper's abstract: of several under different names the one in the language of what follows them."""
    end = next((at for at, block in enumerate(found) if block.kind == "heading" and not _is_abstract(block)), 0)
    places = [at for at, block in enumerate(found[:end]) if _is_abstract(block)]
    if len(places) < 2 or places[0]:
        return _abstract_at(found, words)
    several = [(_name_of(found[at]), _abstract_at(found[at:end], words)) for at in places]
    rest = joined([block.text for block in found[end:] if block.kind == "prose"], words)
    kept = prose.in_one_language([*several, ("", rest)])
    return next((text for name, text in kept if name), "")


def _name_of(block: Block) -> str:
    return block.text if block.kind == "heading" else headings.run_in(block.text)[0]


def _abstract_at(found: Sequence[Block], words: Words) -> str:
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
    """Return the DOI that the file's description has, or the first of page 1 that stands before any references and is
    no supplement's; where a line's end breaks it, the whole one that stands elsewhere."""
    said = re.search(rb"(?:prism:doi|pdfx:doi|crossmark:DOI)[>=\"]+(10\.\d{4,9}/[^<\"\s]+)", data)
    if said:
        return said[1].decode("utf-8", "replace")
    page = file.pages[0]
    text, over = file.subject + "\n", False
    for run in page.runs:
        named = headings.is_named(run.text) and headings.tidy(run.text).casefold()
        over = over or bool(named and named.startswith(("ref", "bib", "lit")))
        text += run.text + "\n" if not over or run.base < _FOOT * page.height else ""
    found = [
        (_trimmed(one[0]), text[one.end() : one.end() + 1])
        for one in _DOI.finditer(text)
        if not _SUPPLEMENT.search(text[max(0, one.start() - 200) : one.start()])
    ]
    if not found:
        return ""
    doi, behind = found[0]
    longer = [other for other, _ in found if other.startswith(doi) and not _PART.fullmatch(other[len(doi) :])]
    return max(longer, key=len) if behind == "\n" else doi


def _trimmed(doi: str) -> str:
    doi = doi.rstrip(".,;:]'’”")
    return doi.rstrip(").,;:") if doi.count(")") > doi.count("(") else doi


def _arxiv(file: File) -> str:
    """Return the arXiv id that is stamped on page 1, sideways or as a line of its own."""
    for text in (file.pages[0].sideways, *(run.text for run in file.pages[0].runs)):
        if (found := _STAMP.search(text)) and (text is file.pages[0].sideways or text.startswith("arXiv")):
            return found[1]
    return ""
