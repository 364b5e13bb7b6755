"""Web pages as trees, whatever bytes came."""

import codecs
import html
import re
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement

from podcast.sources.text import RAISED

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What the parser takes for no text, and refuses the page for (https://www.w3.org/TR/xml/#charsets)."""


_INSTEAD = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
"""What is read for what pages say that they are in (https://encoding.spec.whatwg.org/#names-and-labels)."""
_ENCODINGS = re.compile(r"iso8859-\d+|cp(?:125\d|866|874|932|949|950)|koi8-[ru]|mac-\w+|gb18030|big5\w*|euc_jp")
"""Those that pages are in, of all that Python knows."""


def tree(page: bytes) -> BeautifulSoup:
    """Return the page, whatever it is written in."""
    return BeautifulSoup(_NO_TEXT.sub(" ", decoded(page)), "lxml")


def decoded(page: bytes, said: str = "") -> str:
    """Return the page's text: as UTF-8 where it is that, but for some bytes, which show as U+FFFD; else by what the
    service `said`, by what the page says itself, or as most old pages are.

    >>> decoded("Gödel’s".encode()), decoded("Gödel’s".encode("cp1252")), decoded("Гёдель".encode("koi8-r"), "KOI8-R")
    ('Gödel’s', 'Gödel’s', 'Гёдель')
    """
    text = page.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    if wrong <= sum(sign > "\x7f" for sign in text) / 2:
        return text
    named = (_encoding(name) for name in (said, EncodingDetector.find_declared_encoding(page, is_html=True)))
    return page.decode(next(filter(None, named), "cp1252"), errors="replace")


def _encoding(name: str | None) -> str:
    """Return what Python calls the encoding; "" for none that pages are in, and for UTF-8, which was tried."""
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):  # a name of no encoding, a name that is none
        return ""
    found = _INSTEAD.get(found, found)
    return found if _ENCODINGS.fullmatch(found) else ""


_BLOCKS = frozenset(
    ("p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr",
     "td", "th", "section", "article", "header", "blockquote", "pre", "figure", "figcaption", "title", "sec", "list",
     "label", "list-item", "disp-formula", "break", "body", "html")
)  # fmt: skip
"""Elements that stand apart from what is beside them, HTML's and those of JATS, in which Crossref has abstracts."""
_BASE = re.compile(
    r"(?:[\d)\]|‖]|(?<![^\W\d_])(?:[^\W\d_]|[b-df-hj-np-tv-xzµμ][b-df-hj-np-tv-xz]{1,2}|sin|cos|tan|log"
    r"|[kMGT]?(?:Hz|pc|eV)))$"
)
"""What has a power: a figure, what is in brackets, a symbol of one letter, a unit, which has no vowel, a function."""
_SIGNED = re.compile(r"[\w)\]|‖]$")
_CITING = re.compile(r"(?:[^\W\d_]{2}|[.,;:!?\"”’'»])$")
"""What has no power: a word, and what stands behind one. A figure there is a mark of a note or a citation."""
_PERMALINKS = ("¶", "#", "§", "🔗")
"""What a link shows that leads to where it stands, as beside headings."""
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
    it; powers as raised signs, for 10<sup>3</sup> is no 103, and no mark of a note or a citation, and no link to
    itself."""
    said = ""
    left: list[PageElement | str] = [element]
    while left:  # and no recursion: pages nest as deep as they like
        each = left.pop()
        if isinstance(each, Tag):
            if each.name == "a" and each.get_text().strip() in _PERMALINKS:
                continue
            name = each.name.rpartition(":")[2].casefold()
            apart = " " if name in _BLOCKS else ""
            raised = _raised(each.get_text().strip(), said[-8:]) if name == "sup" and not each.find(each.name) else None
            left += [apart, *(reversed(each.contents) if raised is None else [raised]), apart]
        elif type(each) in (str, NavigableString):  # and no comment
            said += str(each)
    return said


def _raised(text: str, before: str) -> str | None:
    """Return what a raised text behind the other is as text; None where it is what it says.

    >>> _raised("2", "R"), _raised("2", "5 km"), _raised("3", "10"), _raised("2", "(a + b)"), _raised("-1", "mol")
    ('²', '²', '³', '²', '⁻¹')
    >>> _raised("12", "as before"), _raised("2", "by Lee"), _raised("3,4", "it works."), _raised("1", "the ")
    ('', '', '', None)
    """
    base = _SIGNED if re.fullmatch(r"[+−–-]\d*", text) else _BASE if re.fullmatch(r"\d+|n", text) else None
    if base and base.search(before):
        return text.translate(RAISED)
    marks = re.fullmatch(r"\[?\d+(?:\s*[,;–-]\s*\d+)*\]?", text)
    return "" if marks and _CITING.search(before) else None


def link(base: str, said: str) -> str:
    """Return the address of the web that a link of the page at `base` leads to; "" where it is none."""
    try:
        found = urljoin(base, said)
        parts = urlsplit(found)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # urllib.parse's word for an address that is none
        return ""
    return found if named else ""
