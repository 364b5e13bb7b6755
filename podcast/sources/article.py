"""A web page becomes a document: its headings and its running text, without what stands around them.

Papers come as pages of few kinds, so the readers that are here do, lxml and Beautiful Soup: trafilatura, the best of
its kind, brings babel and 36 MB for what newspapers need.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from podcast.show.errors import SourceError
from podcast.show.schema import Document, PaperId
from podcast.sources import latexml, markup
from podcast.sources.text import clean_text, document, mend
from podcast.sources.titles import ends_the_paper, is_back_matter

LEAST = 500
"""Characters: a text that a person named may be short; a page that has fewer is made by scripts, or holds none."""

_AROUND = (
    "script, style, noscript, template, nav, aside, footer, form, button, iframe, svg, figure, figcaption, table, pre, "
    "select, dialog, address, [hidden], [aria-hidden=true], [role=navigation], [role=complementary], [role=banner], "
    "[role=contentinfo], [role=doc-bibliography], [role=doc-footnote], [role=doc-endnotes], .references, .footnotes, "
    ".comments, #comments, .sidebar, .breadcrumb, .breadcrumbs, .cookie, .share, .related, .toc, #toc, .newsletter, "
    ".mw-editsection, .reflist, .navbox, .infobox, .noprint, .sr-only, .visually-hidden, body > header"
)
_HEADINGS = ("h1", "h2", "h3", "h4")
_TEXTS = ("p", "li", "blockquote", "dd")
_MOST_OF_IT = 0.6
"""The share of a page's running text that its article or main element has, where it is that."""


def read(paper_id: PaperId, page: bytes) -> Document:
    """Return the page as a document. SourceError where it has too little text for one."""
    try:
        return latexml.read(paper_id, page)
    except SourceError:  # it is no page of LaTeXML's
        pass
    soup = markup.tree(page)
    for each in soup.select(_AROUND):
        each.decompose()
    _set(soup)
    found = document(paper_id, "html", _paragraphs(_main(soup)))
    if (length := sum(map(len, found.sentences()))) < LEAST:
        raise SourceError(
            f"the page has only {length:,} characters of text",
            "it may be made by scripts: save it from the browser, or as PDF, and name that file",
        )
    return found


def _main(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the article: the smallest that has most of the running text."""
    whole = _length(soup)
    for name in ("article", "[role=main]", "main"):
        for found in soup.select(name):
            if whole and _length(found) >= _MOST_OF_IT * whole:
                return found
    return soup


def _length(element: Tag) -> int:
    return sum(len(each.get_text()) for each in element.find_all("p"))


def _set(soup: BeautifulSoup) -> None:
    """Put TeX in the place of formulas, and take marks of notes and citations away."""
    for formula in soup.find_all("math"):
        note = formula.find("annotation")
        tex = formula.get("alttext") or (note.get_text() if note else "")
        formula.replace_with(f"${tex}$" if tex else formula.get_text())
    for raised in soup.find_all("sup"):
        if re.fullmatch(r"[\s\[\]\d,;–*†‡§a-z-]{1,12}", raised.get_text()) and raised.find("a"):
            raised.decompose()


def _paragraphs(root: Tag) -> Iterator[tuple[str, str]]:
    """Yield (section title, paragraph), until the references."""
    title, skipped = "Text", 0
    for each in root.find_all([*_HEADINGS, *_TEXTS]):
        if each.name in _HEADINGS:
            level, name = int(each.name[1]), re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", clean_text(markup.text_of(each)))
            if level > 1 and ends_the_paper(name):
                return
            if not skipped or level <= skipped:
                skipped = level if is_back_matter(name) else 0
            title = "Text" if level == 1 or not name else name
        elif not skipped and not each.find(_TEXTS) and (text := mend(clean_text(markup.text_of(each)))):
            yield title, re.sub(r"\[\d+(?:\s*[,;–-]\s*\d+)*\]", "", text)
