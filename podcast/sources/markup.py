"""Web pages as trees, whatever bytes came."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What the parser takes for no text, and refuses the page for (https://www.w3.org/TR/xml/#charsets)."""


def tree(page: bytes) -> BeautifulSoup:
    """Return the page, which is UTF-8 as the services write it; bytes that are none show as U+FFFD."""
    return BeautifulSoup(_NO_TEXT.sub(" ", page.decode("utf-8", errors="replace")), "lxml")


_BLOCKS = frozenset(
    ("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr",
     "td", "th", "section", "article", "header", "blockquote", "pre", "figure", "figcaption", "title", "sec", "list",
     "label", "list-item", "disp-formula", "break", "body", "html")
)  # fmt: skip
"""Elements that stand apart from what is beside them, HTML's and those of JATS, in which Crossref has abstracts."""
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_MARKED = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);")


def plain(text: str) -> str:
    """Return the text that a title or an abstract with markup in it has; one without as it is.

    >>> plain("<i>Pt</i>-like CO<sub>2</sub> at 10<sup>3</sup> K &amp; p &lt; 0.05"), plain("a < b and c > d")
    ('Pt-like CO2 at 10³ K & p < 0.05', 'a < b and c > d')
    >>> plain("<jats:title>Abstract</jats:title><jats:p>We sort.</jats:p><jats:p>It works.</jats:p>").split()
    ['Abstract', 'We', 'sort.', 'It', 'works.']
    """
    if not _MARKED.search(text):
        return text
    return text_of(tree(text.encode())).strip() if "<" in text else html.unescape(text)


def text_of(element: Tag) -> str:
    """Return the element's text, with spaces only where it has them, or an element stands apart from what is beside
    it; powers as raised signs: 10<sup>3</sup> is no 103."""
    return "".join(_texts(element))


def _texts(element: PageElement) -> Iterator[str]:
    if isinstance(element, NavigableString):
        if type(element) is NavigableString:  # and no comment
            yield str(element)
    elif isinstance(element, Tag):
        name = element.name.rpartition(":")[2].casefold()
        text = "".join(part for child in element.children for part in _texts(child))
        if name == "sup":
            text = _raised(text)
        yield f" {text} " if name in _BLOCKS else text


def _raised(text: str) -> str:
    return text.translate(_RAISED) if re.fullmatch(r"[+−–-]?\d+|[+−–-]|n", text.strip()) else text


def link(base: str, said: str) -> str:
    """Return the address that a link of the page at `base` leads to; "" where it is none."""
    try:
        return urljoin(base, said)
    except ValueError:  # urllib.parse's word for an address that is none
        return ""
