"""What a web page says of its paper: in citation_* tags, JSON-LD, Dublin Core and others, at last in og: and title."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup

from podcast.show.schema import ids
from podcast.sources import markup, people
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
    title = title or _first(tags, ("og:title", "twitter:title")) or _headline(soup)
    first = next((tag for tag in _AUTHORS if tags.get(tag)), "")
    authors = people.parted(tags.get(first, ()), turned=first in _TURNED) or people.parted(_names(data.get("author")))
    abstract = _first(tags, _ABSTRACTS) or _plain(data.get("abstract"))
    bare = (re.sub(r"(?i)^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", "", value) for value in _all(tags, _DOIS))
    doi = next((found for value in bare if (found := ids.of_doi(value))), "")
    arxiv = next((found for value in tags.get("citation_arxiv_id", ()) if (found := ids.of_arxiv(value))), "")
    if doi and ids.is_arxiv(doi):
        doi, arxiv = "", arxiv or doi
    pdf = _first(tags, _PDFS)
    return Page(
        Told(title, authors, abstract, ids.doi_of(doi) or "" if doi else "", ids.called(arxiv)),
        _first(tags, _DATES) or _plain(data.get("datePublished")),
        markup.link(url, pdf) if pdf and url else "",
    )


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
    heading = soup.find("h1")
    if heading and (text := clean_text(markup.text_of(heading))):
        return text
    title = clean_text(soup.title.get_text()) if soup.title else ""
    return re.split(r"\s+[|·•»–—-]\s+", title)[0]


def _plain(value: object) -> str:
    """Return a tag's value as one line; some hold HTML, and an abstract's own heading."""
    text = markup.plain(value) if isinstance(value, str) else ""
    return re.sub(r"^(?:abstract|summary)\s*[:.—-]?\s+(?=[A-Z])", "", clean_text(text), flags=re.IGNORECASE)
