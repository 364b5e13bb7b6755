"""arXiv: what it knows of a day's papers in one call, and the pages and PDFs of their text.

Thank you to arXiv for use of its open access interoperability.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence

from lxml import etree
from pydantic import ValidationError

from podcast.show import mistakes, passing
from podcast.show.errors import NoText, SourceError
from podcast.show.schema import ArxivId, Instant, Record, ids
from podcast.show.settings import SourcesSettings
from podcast.sources.cache import Cache
from podcast.sources.http import PDF_LIMIT, Service
from podcast.sources.pace import Pace
from podcast.sources.text import clean_text

log = logging.getLogger(__name__)

_NAMES = {"a": "http://www.w3.org/2005/Atom", "x": "http://arxiv.org/schemas/atom"}


class Metadata(Record):
    """What arXiv says of one paper."""

    id: ArxivId
    version: int
    title: str = ""
    authors: tuple[str, ...] = ()
    abstract: str
    """With its TeX."""
    category: str | None = None
    comment: str | None = None
    published: Instant


class Arxiv:
    """Asks arXiv, one request every few seconds over all processes of the show."""

    def __init__(self, settings: SourcesSettings, cache: Cache, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings = settings
        self._cache = cache
        pace = Pace(cache.folder, "arxiv", settings.arxiv_interval, sleep)
        self._service = Service(
            "arXiv",
            (settings.arxiv, settings.arxiv_api),
            settings,
            kind="arxiv",
            patience=settings.arxiv_backoff,
            turn=pace.turn,
            sleep=sleep,
        )

    def metadata(self, date: dt.date, papers: Sequence[ArxivId], fresh: bool) -> Mapping[str, Metadata]:
        """Return what arXiv knows of the day's papers, by id; those it does not know are absent.

        One call, kept by date and asked again when `fresh`. Raises SourceError where arXiv gives no answer.
        """
        name = f"arxiv/{date}.atom.xml"
        kept = None if fresh else self._cache.get(name)
        if kept:
            return parse_feed(kept[0], papers)
        body = self._records(papers)
        found = parse_feed(body, papers)
        self._cache.keep(name, body)
        return found

    def records(self, papers: Sequence[ArxivId]) -> Mapping[str, Metadata]:
        """Return what arXiv knows of papers now, of whatever days; nothing of it is kept."""
        return parse_feed(self._records(papers), papers)

    def _records(self, papers: Sequence[ArxivId]) -> bytes:
        listed = ",".join(map(ids.called, papers))
        url = f"{self._settings.arxiv_api}/api/query?id_list={listed}&max_results={len(papers)}"
        answer = self._service.get(url)
        if answer.status != 200:
            raise SourceError(f"arXiv answered {answer.status}{_told(answer.body)}", "try again later")
        return answer.body

    def page(self, paper_id: ArxivId) -> bytes:
        """Return the paper's page as LaTeXML made it, or what stands in its place."""
        return self._text(f"{self._settings.arxiv}/html/{ids.called(paper_id)}")

    def pdf(self, paper_id: ArxivId) -> bytes:
        return self._text(f"{self._settings.arxiv}/pdf/{ids.called(paper_id)}", PDF_LIMIT)

    def picture(self, url: str, limit: int) -> bytes:
        """Return a picture of a paper's page. Raises NoText for one that is not there, or has more bytes."""
        return self._text(url, limit)

    def abstract_page(self, paper_id: ArxivId) -> bytes:
        """Return the page about the paper, whose tags say what the API does. Raises NoText where arXiv has none."""
        return self._text(f"{self._settings.arxiv}/abs/{ids.called(paper_id)}")

    def _text(self, url: str, *limit: int) -> bytes:
        answer = self._service.get(url, *limit)
        if answer.status != 200:
            none = passing.of("arxiv", answer.status) is passing.Ends.FINAL
            raise (NoText if none else SourceError)(
                f"arXiv answered {answer.status}: {url}", "the paper has no such form" if none else "try again later"
            )
        return answer.body


def parse_feed(data: bytes, papers: Sequence[ArxivId]) -> dict[str, Metadata]:
    """Return the Atom feed's entries by id, without those that were not asked for.

    Entities are not resolved and nothing is loaded. An entry that is not as it should be is left, and said: Hugging
    Face's abstract is there for it. Raises SourceError where the whole is no XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        feed = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"arXiv's answer is not XML: {error}", "try again later") from error
    found = {}
    for entry in feed.iterfind("a:entry", _NAMES):
        address = _text_of(entry, "a:id")
        parts = re.fullmatch(r"https?://arxiv\.org/abs/(.{1,40}?)v([0-9]{1,3})", address)
        paper_id = ids.of_arxiv(parts[1]) if parts else None
        if not parts or not paper_id or paper_id not in papers:
            log.debug("arXiv tells of %s, which was not asked for", address)
            continue
        category = entry.find("x:primary_category", _NAMES)
        try:
            found[paper_id] = Metadata.model_validate(
                {
                    "id": paper_id,
                    "version": parts[2],
                    "title": _text_of(entry, "a:title"),
                    "authors": [clean_text(name.text or "") for name in entry.iterfind("a:author/a:name", _NAMES)],
                    "abstract": _text_of(entry, "a:summary"),
                    "category": None if category is None else clean_text(category.get("term", "")) or None,
                    "comment": _text_of(entry, "x:comment") or None,
                    "published": _text_of(entry, "a:published"),
                }
            )
        except ValidationError as error:
            problem = error.errors()[0]
            log.warning("arXiv's entry %s is left: %s: %s", paper_id, problem["loc"][0], mistakes.said(problem))
    return found


def _text_of(entry: "etree._Element", path: str) -> str:
    return clean_text(entry.findtext(path, "", _NAMES))


def _told(body: bytes) -> str:
    """Return what an error feed says, such as ": incorrect id format for abc"."""
    found = re.search(rb"<summary>([^<]{1,200})</summary>", body)
    return f": {clean_text(found[1].decode(errors='replace'))}" if found else ""
