"""What a web page says of its paper: in citation_* tags, JSON-LD, Dublin Core and others, at last in og: and title."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from podcast.show.schema import ids
from podcast.sources import markup, people
from podcast.sources.headings import is_named
from podcast.sources.text import clean_text

_TITLES = ("citation_title", "dc.title", "dcterms.title", "bepress_citation_title", "eprints.title", "prism.title")
_AUTHORS = (
    "citation_author", "citation_authors", "dc.creator", "dc.contributor", "dcterms.creator", "bepress_citation_author",
    "eprints.creators_name", "author", "article:author",
)  # fmt: skip
_TURNED = frozenset(_AUTHORS) - {"author", "article:author"}
"""Those that have "Family, Given" by their own rules."""
_ABSTRACTS = (
    "citation_abstract", "dcterms.abstract", "dc.description.abstract", "eprints.abstract", "bepress_citation_abstract",
)  # fmt: skip
_DATES = (
    "citation_publication_date", "citation_online_date", "citation_date", "dc.date", "dc.date.issued",
    "dcterms.issued", "prism.publicationdate", "bepress_citation_date", "article:published_time",
)  # fmt: skip
_DOIS = ("citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi")
_PDFS = ("citation_pdf_url", "bepress_citation_pdf_url", "eprints.document_url")
_PAPERS = (
    "scholarlyarticle",
    "article",
    "newsarticle",
    "blogposting",
    "techarticle",
    "report",
    "medicalscholarlyarticle",
)
_WALL = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"checking your browser|enable javascript and cookies|access denied|unusual traffic|captcha|client challenge",
    re.IGNORECASE,
)
_MOST_OF_A_WALL = 3_000
"""Signs of a page's text: one that says such a thing and more is an article."""


_STAMP = re.compile(
    r"(?:^\s*arXiv:|^https?://(?:www\.|export\.)?arxiv\.org/(?:abs|html)/|^https?://(?:\w+\.)*ar5iv\.[\w.]+/(?:html|abs)/)"
    r"([\w.-]+(?:/\d{7})?(?:v\d+)?)(?=[\s/?#]|$)"
)
"""By which a page of LaTeXML's tells which of arXiv's papers it is."""
_ON_GITHUB = re.compile(r"GitHub - [\w.-]+/[\w.-]+(?:: |$)")
_NO_NAME = re.compile(r"[\d@]|\b(?:univers|institut|depart|laborator|school|college)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a paper is called, by whom it is, and what it is known by; "" and () for what nobody says."""

    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str = ""
    doi: str = ""
    arxiv: str = ""
    """Without its version."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page tells of its paper."""

    front: Told
    published: str = ""
    """As it says it."""
    pdf: str = ""
    """Where the paper's PDF is."""


def wall(page: bytes) -> str:
    """Return the words by which a page shows that it lets browsers in alone; "" for another page."""
    soup = markup.tree(page)
    for each in soup.select("script, style"):
        each.decompose()
    text = f"{soup.title.get_text() if soup.title else ''} {soup.get_text(' ')}"
    found = _WALL.search(text) if len(text) < _MOST_OF_A_WALL else None
    return found[0] if found else ""


def read(page: bytes, url: str = "") -> Page:
    """Return what the page tells; what it does not is ""."""
    soup = markup.tree(page)
    tags = _tags(soup)
    data = next(_linked(soup), {})
    title = _first(tags, _TITLES) or _plain(data.get("headline") or data.get("name"))
    shown = _first(tags, ("og:title", "twitter:title"))
    title = title or ("" if _ON_GITHUB.match(shown) else shown) or _headline(soup) or shown
    first = next((tag for tag in _AUTHORS if tags.get(tag)), "")
    authors = people.parted(tags.get(first, ()), turned=first in _TURNED) or people.parted(_names(data.get("author")))
    authors = authors or _persons(soup)
    abstract = _first(tags, _ABSTRACTS) or _plain(data.get("abstract"))
    doi = next((found for value in map(bare_doi, _all(tags, _DOIS)) if (found := ids.of_doi(value))), "")
    arxiv = next((found for value in tags.get("citation_arxiv_id", ()) if (found := ids.of_arxiv(value))), "")
    arxiv = arxiv or _stamp(soup)
    if doi and ids.is_arxiv(doi):
        doi, arxiv = "", arxiv or doi
    pdf = _first(tags, _PDFS)
    return Page(
        Told(title, authors, abstract, ids.doi_of(doi) or "" if doi else "", ids.called(arxiv)),
        _first(tags, _DATES) or _plain(data.get("datePublished")),
        markup.link(url, pdf) if pdf and url else "",
    )


def bare_doi(said: str) -> str:
    """Return a DOI as people write it without what stands before it: an address, "doi:"."""
    return re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", said)


def _tags(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Return the page's tags by name, in small letters; each value once."""
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        name = str(tag.get("name") or tag.get("property") or "").casefold()
        value = _plain(tag.get("content"))
        if name and value and value not in found.setdefault(name, []):
            found[name].append(value)
    return found


def _linked(soup: BeautifulSoup) -> Iterator[Mapping[str, object]]:
    """Yield what JSON-LD says of articles."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            said = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        listed = said if isinstance(said, list) else [said]
        for one in [each for top in listed for each in [top, *_graph(top)]]:
            kinds = one.get("@type") if isinstance(one, dict) else None
            if any(str(kind).casefold() in _PAPERS for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield one


def _graph(top: object) -> list[object]:
    graph = top.get("@graph") if isinstance(top, dict) else None
    return graph if isinstance(graph, list) else []


def _names(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            yield name


def _all(tags: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    return (value for name in names for value in tags.get(name, ()))


def _first(tags: Mapping[str, list[str]], names: Iterable[str]) -> str:
    return next(_all(tags, names), "")


def _headline(soup: BeautifulSoup) -> str:
    """Return the first heading that names the page and none of its sections; else what the window is called."""
    for note in soup.select("h1 .ltx_note"):
        note.decompose()
    for heading in soup.select("h1, p.title, .MsoTitle"):
        if (text := clean_text(markup.text_of(heading))) and not is_named(text):
            return text
    title = clean_text(soup.title.get_text()) if soup.title else ""
    title = re.sub(r"^\[\d{4}\.\d{4,5}\]\s+", "", _ON_GITHUB.sub("", title))
    return re.split(r"\s+[|·•»–—-]\s+", title)[0]


def _stamp(soup: BeautifulSoup) -> str:
    """Return the id that arXiv's own mark on the page has, or where the page says that it lies."""
    said = [each.get_text() for each in soup.select("#watermark-tr")]
    said += [str(each.get("href") or "") for each in soup.select("link[rel=canonical]")]
    return next((found for one in said if (at := _STAMP.match(one)) and (found := ids.of_arxiv(at[1]))), "")


def _persons(soup: BeautifulSoup) -> tuple[str, ...]:
    """Return whom a page of LaTeXML's names, each as it stands before the first break; () where one is no name."""
    names: list[str] = []
    for person in soup.select(".ltx_personname"):
        for mark in person.select("sup, .ltx_note, .ltx_sup, math"):
            mark.replace_with(" ")
        if (end := person.find("br")) is not None:
            for behind in list(end.next_siblings):
                behind.extract()
        names += people.parted([markup.text_of(person)])
    odd = any(_NO_NAME.search(name) or not 2 <= len(name.split()) <= 5 for name in names)
    return () if odd else tuple(dict.fromkeys(names))


def _plain(value: object) -> str:
    """Return a tag's value as one line; some hold HTML, and an abstract's own heading."""
    text = markup.plain(value) if isinstance(value, str) else ""
    return re.sub(r"^(?:abstract|summary)\s*[:.—-]?\s+(?=[A-Z])", "", clean_text(text), flags=re.IGNORECASE)
