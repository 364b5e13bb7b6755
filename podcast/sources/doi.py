"""What is known by a DOI: title, authors, abstract, and where the text is open. Crossref, Unpaywall, OpenAlex."""

import json
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from podcast.show import passing
from podcast.show.errors import NoText, SourceError
from podcast.show.schema import ids
from podcast.show.settings import SourcesSettings
from podcast.sources import markup
from podcast.sources.cache import Cache
from podcast.sources.http import Service
from podcast.sources.meta import Told
from podcast.sources.pace import Pace
from podcast.sources.text import clean_text

log = logging.getLogger(__name__)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Work:
    """What services know of a work; "" and () for what they do not."""

    front: Told
    published: str = ""
    """A date, a month or a year."""
    texts: tuple[str, ...] = ()
    """Addresses where its text may be open, the best first."""
    told_by: str = ""
    out: SourceError | None = None
    """Why somebody who might know of more texts could not be asked."""


class Dois:
    """Asks who knows papers by their DOI; answers are kept."""

    def __init__(self, settings: SourcesSettings, cache: Cache, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._cache, self._sleep = settings, cache, sleep
        self._interval = settings.crossref_interval
        self._services = {
            name: Service(name, (base,), settings, kind="text", turn=self._turn if name == "Crossref" else nullcontext)
            for name, base in (
                ("Crossref", settings.crossref), ("Unpaywall", settings.unpaywall), ("OpenAlex", settings.openalex)
            )
        }  # fmt: skip

    def work(self, paper_id: str) -> Work:
        """Return what is known of the paper with that id: by Crossref, and where its text is open by all.

        Raises NoText where nobody knows the DOI, SourceError where that cannot be asked.
        """
        doi, email = ids.doi_of(paper_id) or "", self._settings.email
        mailto = f"?mailto={email}" if email else ""
        crossref = self._ask("Crossref", f"{self._settings.crossref}/works/{_quoted(doi)}{mailto}", paper_id)
        record = _of_crossref(crossref.get("message") or {}) if crossref else None
        open_, out = self._open(doi, paper_id, mailto)
        if record is None and open_ is None:
            if out:
                raise out
            raise NoText(f"nobody knows the DOI {doi}: neither Crossref nor OpenAlex does", "look at it again")
        if record is None or open_ is None:
            return replace(record or open_ or Work(Told()), out=out)
        first, other = record.front, open_.front
        front = replace(first, arxiv=first.arxiv or other.arxiv, abstract=first.abstract or other.abstract)
        texts = tuple(dict.fromkeys((*open_.texts, *record.texts)))
        return Work(front, record.published, texts, record.told_by, out)

    def _open(self, doi: str, paper_id: str, mailto: str) -> tuple[Work | None, SourceError | None]:
        """Return what Unpaywall and OpenAlex know, without the one that is out what the other does; and that one's
        error."""
        found: Work | None = None
        out: SourceError | None = None
        if self._settings.email:
            url = f"{self._settings.unpaywall}/v2/{_quoted(doi)}?email={self._settings.email}"
            answer, out = self._perhaps("Unpaywall", url, paper_id)
            found = _of_unpaywall(answer) if answer else None
        if found and (found.texts or found.front.arxiv):
            return found, out
        answer, error = self._perhaps(
            "OpenAlex", f"{self._settings.openalex}/works/doi:{_quoted(doi)}{mailto}", paper_id
        )
        return (_of_openalex(answer) if answer else found), out or error

    def _perhaps(self, name: str, url: str, paper_id: str) -> tuple[Json | None, SourceError | None]:
        try:
            return self._ask(name, url, paper_id), None
        except SourceError as error:
            log.info("%s; going on without", error)
            return None, error

    def _ask(self, name: str, url: str, paper_id: str) -> Json | None:
        """Return the service's answer, as it was kept or as it comes; None where it knows no such work."""
        place = f"{name.casefold()}/{paper_id}.json"
        if kept := self._cache.get(place):
            return _object(kept[0], name)
        answer = self._services[name].get(url)
        if name == "Crossref":
            self._interval = max(self._settings.crossref_interval, _asked(answer.headers))
        if answer.status != 200:
            if passing.of("text", answer.status) is passing.Ends.FINAL or answer.status in (400, 422):
                return None
            raise SourceError(f"{name} answered {answer.status}: {url.partition('?')[0]}", "try again later")
        found = _object(answer.body, name)
        self._cache.keep(place, answer.body)
        return found

    def _turn(self) -> AbstractContextManager[None]:
        return Pace(self._cache.folder, "crossref", self._interval, self._sleep).turn()


def _quoted(doi: str) -> str:
    return quote(doi, safe="/:;()")


def _asked(headers: Mapping[str, str]) -> float:
    """Return the seconds between two requests that Crossref asks for: `x-rate-limit-limit: 50` an interval of `1s`."""
    limit, interval = headers.get("x-rate-limit-limit", ""), headers.get("x-rate-limit-interval", "").removesuffix("s")
    return float(interval) / int(limit) if limit.isdigit() and int(limit) and interval.isdigit() else 0.0


def _object(body: bytes, name: str) -> Json:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{name}'s answer is not JSON: {error}", "try again later") from error
    if not isinstance(found, dict):
        raise SourceError(f"{name}'s answer is no object", "try again later")
    return found


def _of_crossref(message: Json) -> Work | None:
    """Return a work of Crossref's: its title is a list, its abstract JATS, its names given and family or one."""
    titles = [_plain(each) for each in _list(message.get("title")) if isinstance(each, str)]
    if not titles:
        return None
    people = [
        clean_text(
            " ".join(filter(None, (str(one.get("given") or ""), str(one.get("family") or one.get("name") or ""))))
        )
        for one in _objects(message.get("author"))
    ]
    subtitles = [_plain(each) for each in _list(message.get("subtitle")) if isinstance(each, str)]
    title = (
        f"{titles[0]}: {subtitles[0]}" if subtitles and subtitles[0] and subtitles[0] not in titles[0] else titles[0]
    )
    dated: Json = next(
        (message[name] for name in ("published", "issued", "created") if isinstance(message.get(name), dict)), {}
    )
    parts = next((each for each in _list(dated.get("date-parts")) if isinstance(each, list)), [])
    links = [
        str(one.get("URL")) for one in _objects(message.get("link")) if one.get("content-type") == "application/pdf"
    ]
    related = message.get("relation") if isinstance(message.get("relation"), dict) else {}
    named = [str(one.get("id")) for kind in ("has-preprint", "is-same-as", "is-version-of", "has-version")
             for one in _objects((related or {}).get(kind))]  # fmt: skip
    abstract = re.sub(r"^\s*abstract\b[\s:.]*", "", _plain(message.get("abstract")), flags=re.I)
    return Work(
        Told(title, tuple(filter(None, people)), abstract, str(message.get("DOI") or "").lower(), _arxiv(named)),
        "-".join(f"{part:02d}" for part in parts if isinstance(part, int)),
        tuple(link for link in links if _is_address(link)),
        "crossref",
    )


def _of_unpaywall(answer: Json) -> Work:
    places = [answer.get("best_oa_location"), *_list(answer.get("oa_locations"))]
    urls = [str(one.get(name) or "") for one in places if isinstance(one, dict) for name in ("url_for_pdf", "url")]
    title = _plain(answer.get("title"))
    return Work(Told(title, arxiv=_arxiv(urls)), texts=tuple(filter(_is_address, urls)), told_by="unpaywall")


def _of_openalex(answer: Json) -> Work:
    places = [answer.get("best_oa_location"), *_list(answer.get("locations"))]
    open_ = [one for one in places if isinstance(one, dict) and one.get("is_oa")]
    urls = [str(one.get(name) or "") for one in open_ for name in ("pdf_url", "landing_page_url")]
    people = [str((one.get("author") or {}).get("display_name") or "") for one in _objects(answer.get("authorships"))]
    words = answer.get("abstract_inverted_index")
    front = Told(
        _plain(answer.get("title") or answer.get("display_name")),
        tuple(filter(None, map(clean_text, people))),
        _in_order(words) if isinstance(words, dict) else "",
        arxiv=_arxiv(urls),
    )
    return Work(front, str(answer.get("publication_date") or ""), tuple(filter(_is_address, urls)), "openalex")


def _in_order(index: Mapping[str, object]) -> str:
    """Return the abstract whose words an index has by their places."""
    places = {place: word for word, where in index.items() for place in _list(where) if isinstance(place, int)}
    return clean_text(" ".join(places[place] for place in sorted(places)))


def _arxiv(texts: Iterable[str]) -> str:
    """Return the id of arXiv's that one of the addresses or identifiers names; "" where none does."""
    for text in texts:
        found = re.search(r"(?i)arxiv(?:\.org/(?:abs|pdf|html)/|[.:])(.+?)(?:\.pdf)?/?$", text)
        if found and ids.of_arxiv(found[1]):
            return re.sub(r"v\d+$", "", found[1])
    return ""


def _plain(value: object) -> str:
    return clean_text(markup.plain(str(value or "")))


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> Iterator[Json]:
    return (one for one in _list(value) if isinstance(one, dict))
