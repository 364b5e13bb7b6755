"""The first figure of a paper's page at arXiv: where its picture is, what it is called, on what terms it may be had.

One that is several pictures side by side is passed over, for one of them alone is not what the caption tells of; so is
one that its caption says to be somebody else's, which the paper's licence need not cover.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from podcast.show.schema import ArxivId, ids
from podcast.sources import latexml, licences, markup
from podcast.sources.licences import Licence
from podcast.sources.text import clean_text, mend

_BORROWED = re.compile(
    r"(?i)\b(?:adapted|reproduced|reprinted|redrawn|borrowed|excerpted|screen ?shots?|courtesy|copyright\w*|permission|"
    r"(?:taken|modified|copied|extracted) from|(?:photo(?:graph)?|image|picture|figure)s? (?:by|from|credits?)|"
    r"from (?:the )?(?:paper|work|website|article) (?:of|by))\b|\b(?:credits?|sources?):|©|\(c\)\s*(?:19|20)\d\d"
)
"""Of a caption whose figure may be another's."""
_MOST = 400
"""Signs of a caption that are kept."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure that may be shown."""

    address: str
    label: str
    caption: str
    licence: Licence


def first(paper_id: ArxivId, page: bytes, arxiv: str) -> Drawn | str:
    """Return the page's first figure that may be shown; why there is none, in words. `arxiv` is where arXiv answers."""
    soup = markup.tree(page)
    licence = _licence(soup)
    if licence is None:
        return "the paper's page names no licence of arXiv's"
    if not licence.free:
        return f"the paper's licence does not allow it: {licence.name}"
    page_at = f"{arxiv}/html/{ids.called(paper_id)}"
    bases = (_base(soup, page_at), f"{page_at}/")  # arXiv has served pages by both
    latexml.set_formulas(soup)
    for figure in soup.select("figure.ltx_figure"):
        source, label, caption = _own(figure)
        addresses = (markup.link(base, source) for base in bases if source)
        if address := next((each for each in addresses if _is_of(each, paper_id, arxiv)), ""):
            return Drawn(address, label, caption, licence)
    return "the paper's page has no figure of one picture with a caption, or only such as are another's"


def _licence(soup: BeautifulSoup) -> Licence | None:
    tag = soup.select_one("#license-tr")
    return licences.agreed(clean_text(tag.get_text()), str(tag.get("href") or "")) if tag else None


def _base(soup: BeautifulSoup, page: str) -> str:
    """Return what the page's addresses are relative to."""
    tag = soup.find("base", href=True)
    return (markup.link(page, str(tag["href"])) if isinstance(tag, Tag) else "") or page


_NONE = ("", "", "")


def _own(figure: Tag) -> tuple[str, str, str]:
    """Return what the figure's picture is called, its label and its caption; nothing of one that is not one picture
    with a caption, stands in no text of the paper, or may be another's."""
    pictures = figure.find_all(["img", "svg", "object", "video", "table"])
    caption = figure.find("figcaption", recursive=False)
    if len(pictures) != 1 or pictures[0].name != "img" or not isinstance(caption, Tag):
        return _NONE
    label, said = _said(caption)
    if not said or caption.find("cite") or _BORROWED.search(said):
        return _NONE
    if figure.find_parent(class_=("ltx_appendix", "ltx_figure")):
        return _NONE
    return str(pictures[0].get("src") or "").strip(), label, said


def _said(caption: Tag) -> tuple[str, str]:
    """Return what the figure is called, and what its caption tells."""
    tag = caption.select_one(".ltx_tag")
    label = clean_text(tag.get_text()).rstrip(" :.") if tag else ""
    words = "".join(_words(caption))
    text = mend(clean_text(words))
    if len(text) > _MOST:
        text = text[: _MOST - 2].rpartition(" ")[0].rstrip(" ,;:") + " …"
    return (label if len(label) <= 40 else ""), text


def _words(caption: Tag) -> Iterator[str]:
    for text in caption.find_all(string=True):
        if not text.find_parent(class_=("ltx_tag", "ltx_note", "ltx_ERROR")):
            yield str(text)


def _is_of(address: str, paper_id: ArxivId, arxiv: str) -> bool:
    """Whether the address is of the paper's own page at arXiv, and of a picture that can be read."""
    here, there = urlsplit(arxiv), urlsplit(address)
    below = re.match(
        rf"/html/{re.escape(ids.called(paper_id))}(?:v\d+)?/[^?#]+\.(?:png|jpe?g)$", there.path, re.IGNORECASE
    )
    return (there.scheme, there.netloc) == (here.scheme, here.netloc) and bool(below) and ".." not in there.path
