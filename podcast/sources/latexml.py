"""A paper's page as LaTeXML makes it (arxiv.org/html) becomes a document: named sections of sentences.

What is read aloud stays: the running text, that of boxes too, each formula once as TeX, and the captions. Citations,
notes, numbers, tables, pictures, the bibliography and the appendix go.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from podcast.show import formulas
from podcast.show.errors import SourceError
from podcast.show.schema import Document, PaperId
from podcast.sources import citations, markup
from podcast.sources.letters import width
from podcast.sources.prose import LOST, unset
from podcast.sources.text import clean_text, document, mend
from podcast.sources.titles import behind, is_back_matter

LEAST_SECTIONS = 2
LEAST_SIGNS = 5_000
"""A conversion that failed is served as a page like any other; it has not that many sections and characters."""

_DROPPED = (
    ".ltx_note, .ltx_tag, .ltx_ERROR, .ltx_bibliography, .ltx_appendix, .ltx_acknowledgements, .ltx_authors, "
    ".ltx_page_footer, .ltx_TOC, .ltx_pagination, .ltx_rdf, .ltx_listing, .ltx_author_notes, .ltx_contact, .ltx_dates, "
    ".ltx_classification, .ltx_keywords, script, style, noscript"
)
_FLOATS = "figure, .ltx_table, .ltx_figure, .ltx_float"
_EQUATIONS = "table.ltx_equation, table.ltx_equationgroup, div.ltx_equation, div.ltx_equationgroup"
_UNUSABLE = re.compile(r"Conversion to HTML had a Fatal error|may be truncated or damaged|No content available")
_SECTIONS = "section.ltx_section, section.ltx_chapter"
_PARAGRAPHS = "p.ltx_p, div.ltx_p, span.ltx_p, .ltx_abstract > p"
_BLOCKS = "td, th, li, dt, dd, div, p, blockquote, .ltx_p, .ltx_minipage, .ltx_parbox, .ltx_item, .ltx_tabular, .ltx_td"
"""What stands apart from the text around it, though nothing but its element says so."""
_FEWEST_WORDS = 4
"""Of a text in a picture: labels of axes have fewer, and are no sentences."""
_MOST_ERRORS = 0.02
"""Commands that LaTeXML did not know, per word: real pages that are whole have less than 0.001."""
_MOST_RAW = 0.1
"""The share of paragraphs with TeX that was not set."""
_FEWEST_FULL = 0.5
"""The share of sections that hold a text."""


def read(paper_id: PaperId, page: bytes, sections: int = LEAST_SECTIONS, signs: int = LEAST_SIGNS) -> Document:
    """Return the page as a document. SourceError where it is no conversion, or one that failed: that has fewer
    `sections`, or no more `signs`. Where it need not have any section, what stands in none is read as well."""
    soup = markup.tree(page)
    if failed := _UNUSABLE.search(soup.get_text()):
        raise SourceError(f"the page of {paper_id} is a failed conversion: {failed[0]!r}")
    if not soup.select_one(".ltx_document") or len(soup.select(_SECTIONS)) < sections:
        raise SourceError(f"the page of {paper_id} has fewer than {sections} sections")
    if b"</html" not in page[-10_000:].lower():
        raise SourceError(f"the page of {paper_id} breaks off")
    licence, category = _licence(soup), _category(soup)
    set_formulas(soup)
    if wrong := _broken(soup):
        raise SourceError(f"the page of {paper_id} is a broken conversion: {wrong}")
    _reduce(soup)
    outside = "" if sections else "Text"
    paragraphs = ((title or outside, citations.settled(text)) for title, text in _paragraphs(soup) if title or outside)
    found = document(paper_id, "html", paragraphs, licence=licence, category=category)
    if (length := sum(map(width, found.sentences()))) <= signs:
        raise SourceError(f"the page of {paper_id} has only {length:,} characters of text")
    return found


def set_formulas(soup: BeautifulSoup) -> None:
    """Make of each formula its TeX, once; a dollar of the page's own has a backslash then, for it opens none."""
    for own in soup.find_all(string=re.compile(r"\$")):
        if type(own) is NavigableString and not own.find_parent("math"):
            own.replace_with(formulas.escaped(own))
    for formula in soup.find_all("math"):
        formula.replace_with(_tex(str(formula.get("alttext") or "")))


def _broken(soup: BeautifulSoup) -> str:
    """Return what shows that the conversion lost much of the paper, though much is there; "" where nothing does."""
    words = len(soup.get_text(" ").split())
    errors = len(soup.select(".ltx_ERROR"))
    if errors > _MOST_ERRORS * words:
        return f"{errors} commands in {words:,} words were not understood"
    sections = soup.select("section.ltx_section")
    full = [section for section in sections if any(part.get_text(strip=True) for part in section.select(_PARAGRAPHS))]
    if len(full) < _FEWEST_FULL * len(sections):
        return f"of {len(sections)} sections {len(full)} hold a text"
    texts = [block.get_text() for block in soup.select("section.ltx_section p.ltx_p")]
    raw = sum(bool(re.search(r"\\[A-Za-z@]{2,}[\s{\[]", "".join(formulas.parted(text)[::2]))) for text in texts)
    return f"{raw} of {len(texts)} paragraphs are TeX" if raw > _MOST_RAW * len(texts) else ""


def _licence(soup: BeautifulSoup) -> str | None:
    """Return the licence as the page says it, such as "CC BY 4.0"."""
    tag = soup.select_one("#license-tr")
    text = clean_text(tag.get_text()) if tag else ""
    return re.sub(r"^License:\s*", "", text) or None


def _category(soup: BeautifulSoup) -> str | None:
    """Return the category that stands in the watermark: "arXiv:2509.09666v2 [cs.CL] 11 Sep 2025"."""
    tag = soup.select_one("#watermark-tr")
    found = re.search(r"\[([a-z-]+(?:\.[A-Za-z-]+)?)\]", tag.get_text()) if tag else None
    return found[1] if found else None


def _reduce(soup: BeautifulSoup) -> None:
    """Leave in the page what is read, each text in a paragraph of its own."""
    _leave_what_is_not_set(soup)
    for dropped in [*_placed(soup), *soup.select(_DROPPED)]:
        dropped.decompose()
    for cite in soup.select("cite"):
        cite.replace_with(citations.cited(cite.get_text(), told=_is_told(cite)))
    _set_apart(soup)
    for equation in soup.select(_EQUATIONS):
        if not equation.decomposed:
            _become(soup, equation, [_one_formula(equation.get_text(" "))], "equation")
    for float_ in soup.select(_FLOATS):
        if not float_.decomposed:
            own = float_.find_all("figcaption", recursive=False)
            captions = own or float_.select(".ltx_caption")
            _become(soup, float_, [markup.text_of(caption) for caption in captions], "caption")
    for table in soup.select("table, .ltx_tabular"):
        if not table.decomposed:
            table.decompose()
    _read_pictures(soup)
    _read_boxes(soup)


def _placed(soup: BeautifulSoup) -> list[Tag]:
    """Return the sections that stand behind the paper's text, by name and place; those with a number are its own."""
    named = [
        (section, heading)
        for section in soup.select(".ltx_chapter, .ltx_section, .ltx_subsection")
        if not section.find_parent(class_="ltx_appendix") and (heading := _heading(section))
    ]
    levels = [len(section.find_parents(class_=("ltx_chapter", "ltx_section"))) for section, _ in named]
    titles = [(level, clean_text(heading.get_text())) for level, (_, heading) in zip(levels, named, strict=True)]
    texts = [
        " ".join(
            part.get_text()
            for part in section.find_all(True, recursive=False)
            if part is not heading and part.name != "section"
        )
        for section, heading in named
    ]
    return [named[at][0] for at in behind(titles, texts)]


def _heading(section: Tag) -> Tag | None:
    found = section.find(["h1", "h2", "h3", "h4", "h5", "h6"], class_="ltx_title", recursive=False)
    return found if isinstance(found, Tag) else None


def _leave_what_is_not_set(soup: BeautifulSoup) -> None:
    """Mark labels that led nowhere, and drop the arguments of commands that LaTeXML did not know."""
    for label in soup.select(".ltx_missing_label, .ltx_missing_citation"):
        label.replace_with("??" if "ltx_missing_label" in (label.get("class") or []) else "")
    for error in soup.select(".ltx_ERROR"):
        behind = error.next_sibling
        if isinstance(behind, NavigableString):
            text = re.sub(r"^\s*(?:\{\s*\})+", "", behind)
            behind.replace_with(unset(text) if text.lstrip().startswith("[") else text)


def _set_apart(soup: BeautifulSoup) -> None:
    """Put a space where elements part texts."""
    for apart in soup.select("br, .ltx_break"):
        apart.replace_with(" ")
    for block in soup.select(_BLOCKS):
        block.insert_before(" ")
        block.insert_after(" ")


def _read_pictures(soup: BeautifulSoup) -> None:
    """Leave of pictures the sentences in their boxes, as paragraphs where they stand; labels of axes are none."""
    for picture in [each for each in soup.find_all("svg") if not each.find_parent("svg")]:
        boxes = [box for box in picture.find_all("foreignobject") if not box.find("foreignobject")]
        for text in [text for box in boxes for text in _texts(box)]:
            if _is_prose(text):
                picture.insert_before(_paragraph(soup, text))
        picture.decompose()


def _read_boxes(soup: BeautifulSoup) -> None:
    """Make a paragraph of each sentence in a box, behind the one around it; a word in a box stays in its sentence."""
    for inner in reversed(soup.select(".ltx_p .ltx_p")):
        outer = inner.find_parents(class_="ltx_p")[-1]
        if re.search(r"[.!?:][)\"”’]*\s*$", inner.get_text()):
            outer.insert_after(inner.extract())
        else:
            inner["class"] = "ltx_inline"
    for para in soup.select(".ltx_para"):
        if not para.select(_PARAGRAPHS) and _is_prose(text := para.get_text(" ", strip=True)):
            para.append(_paragraph(soup, text))


def _is_prose(text: str) -> bool:
    return len(text.split()) >= _FEWEST_WORDS and re.search(r"[a-z]{2}[)\"”’]*[.!?:]", text) is not None


def _texts(box: Tag) -> list[str]:
    paragraphs = box.select(".ltx_p")
    return [part.get_text(" ", strip=True) for part in paragraphs or [box] if not part.select(".ltx_p")]


def _paragraph(soup: BeautifulSoup, text: str) -> Tag:
    paragraph = soup.new_tag("p", attrs={"class": "ltx_p"})
    paragraph.string = text
    return paragraph


def _become(soup: BeautifulSoup, tag: Tag, texts: list[str], kind: str) -> None:
    """Put a paragraph for each text where the tag stands."""
    for text in texts:
        paragraph = _paragraph(soup, text)
        paragraph["data-kind"] = kind
        tag.insert_before(paragraph)
    tag.decompose()


def _tex(alttext: str) -> str:
    r"""Return the formula between dollars, without \displaystyle; its closing punctuation stands behind them. One that
    is an amount of money stands as that."""
    tex = re.sub(r"\\(?:display|text|script)style\b|%\n", " ", alttext)
    tex = re.sub(r"\s+", " ", formulas.escaped(tex)).strip()
    body, end = re.fullmatch(r"(.*?)((?:(?<!\\)[.,;]|\\[ ,;])*)", tex, re.DOTALL).groups()  # type: ignore[union-attr]
    mark = re.sub(r"\\.|\s", "", end)
    if re.fullmatch(r"\\\$[\d.,{}]+[KMBkm]?", body):
        return body + mark
    return (f"${body}$" if body else "") + mark


def _one_formula(text: str) -> str:
    """Return the cells of an equation as one formula."""
    joined = re.sub(r"\$\s+\$", " ", text)
    return re.sub(r"\s+", " ", joined).strip()


def _is_told(cite: Tag) -> bool:
    """Tell whether the command that cites says that its names are a part of the sentence ("Chen et al. show")."""
    return any(
        re.fullmatch(r"ltx_citemacro_(?:[cC]ite[tT]|[tT]extcite|[cC]iteauthor)\*?", name)
        for name in cite.get("class") or []
    )


def _paragraphs(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield (section title, paragraph), in order; a formula on its own line belongs to the sentence around it.

    What stands in no section, such as a teaser's caption before the abstract, has no title.
    """
    place: Tag | None = None
    title, text, open_ = "", "", False
    for block in soup.select(_PARAGRAPHS):
        words = markup.text_of(block).strip()
        if not words:
            continue
        para = block.find_parent(class_=("ltx_para", "ltx_abstract")) or block.parent
        equation = block.get("data-kind") == "equation"
        goes_on = para is place and (equation or (open_ and _continues(text, words)))
        if goes_on:
            text = f"{text} {words.strip()}"
        else:
            if text and not is_back_matter(title):
                yield title, text
            title, text = _title(block), words
        place, open_ = para, equation
    if text and not is_back_matter(title):
        yield title, text


def _continues(before: str, after: str) -> bool:
    """Tell whether the text after a formula goes on with the sentence that stands before it."""
    return citations.go_on(after) or (after.lstrip()[0] == "$" and before.rstrip()[-1] not in ".!?")


def _title(block: Tag) -> str:
    """Return the title of the section a block stands in: "Method", or "Method: Training" in a subsection; that of the
    chapter where it stands in none."""
    if block.find_parent(class_="ltx_abstract"):
        return "Abstract"
    titles = []
    within = block.find_parents(class_=("ltx_section", "ltx_subsection"))
    for section in within or block.find_parents(class_=("ltx_chapter", "ltx_part"))[:1]:
        heading = _heading(section)
        said = citations.settled(markup.text_of(heading)).replace(LOST, "") if heading else ""
        titles.append(mend(clean_text(said)))
    return ": ".join(title for title in reversed(titles) if title) or ("Untitled" if titles else "")
