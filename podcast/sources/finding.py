"""A paper that somebody names, wherever it is: what it is called, who wrote it, and its text as it came.

Where anybody says that arXiv has it, it is arXiv's paper, and arXiv's text is read.
"""

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from podcast.show import passing
from podcast.show.errors import NoText, SourceError, Unanswered, Walled
from podcast.show.schema import Document, Paper, ids
from podcast.show.settings import SourcesSettings
from podcast.show.workspace import Workspace
from podcast.sources import belonging, filetypes, markup, meta, originals
from podcast.sources.arxiv import Arxiv
from podcast.sources.cache import Cache
from podcast.sources.doi import Dois
from podcast.sources.guard import Web
from podcast.sources.http import PDF_LIMIT
from podcast.sources.latexml import LEAST_SIGNS
from podcast.sources.meta import Told
from podcast.sources.wishes import Address, File, Wish

log = logging.getLogger(__name__)

_SAVE = "save the PDF from your browser, and name that file: podcast make paper.pdf"
_ALIKE = 0.6
"""The share of a title's words that a text with its DOI has in its own title, or at its beginning."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


_OWN_ID = re.compile(r"\bfile-[0-9a-f]{16}\b")
"""What a paper is called that is known by its bytes alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a paper."""

    paper_id: str
    front: Told
    told_by: str
    published: dt.datetime | None = None
    category: str | None = None
    version: int | None = None
    comment: str | None = None
    data: bytes = b""
    """Its text as it came; b"" where arXiv has it."""
    address: str = ""
    """Where that came from; "" for a file."""

    @property
    def name(self) -> str:
        """What the text is called in the paper's folder; "" where there is none."""
        kind = filetypes.kind(self.data) if self.data else None
        return f"original{filetypes.SUFFIXES[kind]}" if kind else ""


class Finder:
    """Looks for papers by the services of the settings, and at any address by the guard."""

    def __init__(
        self, settings: SourcesSettings, workspace: Workspace, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        cache = Cache(workspace.cache)
        self._settings, self._sleep = settings, sleep
        self._arxiv, self._dois = Arxiv(settings, cache, sleep), Dois(settings, cache, sleep)

    def find(self, wish: Wish) -> Found:
        """Return the paper, with a text that can be read.

        Raises NoText where there is none, or it cannot be read; SourceError where a service gives no answer. Both name
        a file or an address as it was named, for it has no other name yet.
        """
        try:
            return self._found(wish)
        except SourceError as error:
            named = str(wish.path) if isinstance(wish, File) else wish.url if isinstance(wish, Address) else ""
            if not named or not _OWN_ID.search(f"{error} {error.hint}"):
                raise
            said, hint = (_OWN_ID.sub(lambda _: named, text) for text in (str(error), error.hint))
            raise type(error)(said, hint) from error

    def _found(self, wish: Wish) -> Found:
        if isinstance(wish, File):
            return self._of_text(wish.data, "")
        if isinstance(wish, Address):
            return self._at(wish.url)
        if ids.is_arxiv(wish.paper_id):
            return self._of_arxiv(wish.paper_id)
        if ids.doi_of(wish.paper_id):
            return self._of_doi(wish.paper_id)
        raise NoText(f"no paper here is {wish.paper_id}", "name its file again: podcast make paper.pdf")

    def _of_arxiv(self, paper_id: str) -> Found:
        called = ids.called(paper_id)
        try:
            known = self._arxiv.records([paper_id]).get(paper_id)
        except SourceError as error:
            log.info("%s; reading arXiv's page of %s instead", error, called)
            try:
                page = meta.read(self._arxiv.abstract_page(paper_id))
            except NoText as none:
                raise NoText(f"arXiv knows no paper {called}", "look at its id again") from none
            except SourceError:
                raise error from None
            if not page.front.title:
                raise
            return Found(paper_id, page.front, "arxiv", _instant(page.published))
        if known is None:
            raise NoText(f"arXiv knows no paper {called}", "look at its id again")
        front = Told(known.title, known.authors, known.abstract, arxiv=called)
        return Found(paper_id, front, "arxiv", known.published, known.category, known.version, known.comment)

    def _of_text(self, data: bytes, url: str) -> Found:
        """Return the paper that a text is of: arXiv's or a DOI's where it says so and that holds, else its own."""
        page = originals.told(data, url)
        own = Found(ids.of_content(data), page.front, "document", _instant(page.published), data=data, address=url)
        if paper_id := ids.of_arxiv(page.front.arxiv):
            own = self._by_arxiv(paper_id, own)
        elif paper_id := ids.of_doi(page.front.doi):
            own = self._by_doi(paper_id, own)
        if not own.data:
            return own
        document = originals.read(own.paper_id, data)  # what cannot be read is said now
        if page.pdf:
            _check_whole(data, document, page.pdf)
        return replace(own, front=replace(own.front, abstract=own.front.abstract or originals.abstract(document)))

    def _by_arxiv(self, paper_id: str, own: Found) -> Found:
        """Return arXiv's paper of that id; where arXiv cannot be asked, what is at hand under that id, and as it was
        where arXiv has none."""
        try:
            return self._of_arxiv(paper_id)
        except SourceError as error:
            log.info("%s; what the document says of itself counts", error)
            return own if isinstance(error, NoText) else replace(own, paper_id=paper_id)

    def _by_doi(self, paper_id: str, own: Found) -> Found:
        """Return the text as the DOI's, or as arXiv's that is registered with it, where its title is that; else as
        it was."""
        try:
            work = self._dois.work(paper_id)
        except SourceError as error:
            log.info("%s; what the document says of itself counts", error)
            return own
        if not _alike(work.front.title, own.front.title):
            log.info("the DOI %s is of %r, and this is another paper", ids.doi_of(paper_id), work.front.title)
            return own
        if named := ids.of_arxiv(work.front.arxiv):
            return self._by_arxiv(named, own)
        front = replace(work.front, abstract=work.front.abstract or own.front.abstract)
        front = replace(front, authors=front.authors or own.front.authors)
        return replace(own, paper_id=paper_id, front=front, told_by=work.told_by, published=_instant(work.published))

    def _of_doi(self, paper_id: str) -> Found:
        work = self._dois.work(paper_id)
        if named := ids.of_arxiv(work.front.arxiv):
            return self._of_arxiv(named)
        doi, reasons, out = ids.doi_of(paper_id), [], work.out
        for url in (*work.texts, f"{self._settings.doi}/{doi}"):
            try:
                data, address, page = self._text_at(url)
                paper = _paper(paper_id, work.front if work.front.title else page.front)
                document = originals.read(paper_id, data)
                belonging.check(paper, document)
                _check_whole(data, document, page.pdf)
            except SourceError as error:
                log.info("%s: %s", url, error)
                reasons.append(str(error))
                out = out or (error if isinstance(error, Unanswered) else None)
                continue
            front = work.front if work.front.title else page.front
            known = front.abstract or page.front.abstract or originals.abstract(document)
            front = replace(front, abstract=known)
            own = Found(
                paper_id, front, work.told_by, _instant(work.published or page.published), data=data, address=address
            )
            stamp = ids.of_arxiv(originals.told(data, address).front.arxiv)
            return self._by_arxiv(stamp, own) if stamp else own
        none = f"no open text of {doi} was found: {'; '.join(dict.fromkeys(reasons))}"
        if out:
            raise SourceError(f"{none}; but not all could be asked: {out}", f"try again later, or {_SAVE}")
        raise NoText(none, _SAVE)

    def _at(self, url: str) -> Found:
        data, address, page = self._text_at(url)
        if arxiv := ids.of_arxiv(page.front.arxiv):
            return self._of_arxiv(arxiv)
        paper_id = ids.of_doi(page.front.doi)
        try:
            found = self._of_text(data, url)
        except SourceError:
            if not paper_id:
                raise
            return self._of_doi(paper_id)  # the page tells of a paper whose text is elsewhere
        if address != url and found.told_by == "document":  # a PDF that the page led to: the page knows who wrote it
            front = _joined(page.front, found.front)
            found = replace(found, front=front, told_by="page", published=found.published or _instant(page.published))
            return self._by_doi(paper_id, found) if paper_id else found
        return (
            replace(found, told_by="page") if filetypes.kind(data) == "html" and found.told_by == "document" else found
        )

    def _text_at(self, url: str) -> tuple[bytes, str, meta.Page]:
        """Return what is at the address, or the PDF that the page there leads to; where that came from, and what the
        page tells. The page itself where it leads to none, or nobody is let in there.

        Raises SourceError where the PDF is not answered for: the page is none in its place.
        """
        data, address = self._get(url)
        if filetypes.kind(data) != "html":
            return data, address, meta.Page(Told())
        if said := meta.wall(data):
            raise _walled(url, said)
        page = meta.read(data, address)
        if page.pdf and not ids.of_arxiv(page.front.arxiv):
            try:
                linked, where = self._get(page.pdf)
            except (NoText, Walled) as error:
                log.info("%s; the page itself is read", error)
            else:
                if filetypes.kind(linked) == "pdf":
                    return linked, where, page
        return data, address, page

    def _get(self, url: str) -> tuple[bytes, str]:
        """Return what is there, and where that was in the end. Raises NoText for what is no text, or is not there."""
        answer = Web(url, self._settings, self._sleep).get(url, PDF_LIMIT)
        if answer.status != 200:
            if said := meta.wall(answer.body):
                raise _walled(url, said)
            if answer.status in (401, 402, 403, 405, 407):
                raise Walled(f"{url} lets us not in: it answered {answer.status}", _SAVE)
            none = passing.of("text", answer.status) is passing.Ends.FINAL
            raise (NoText if none else SourceError)(
                f"{url} answered {answer.status}", "look at the address" if none else "try again later"
            )
        if wrong := filetypes.unreadable(answer.body, ""):
            raise NoText(f"what is at {url} {wrong[0]}", wrong[1])
        named = _CHARSET.search(answer.headers.get("Content-Type", ""))
        if named and filetypes.kind(answer.body) == "html":  # a file has nobody to say it
            return markup.decoded(answer.body, named[1]).encode(), answer.url
        return answer.body, answer.url


def _check_whole(data: bytes, document: Document, pdf: str) -> None:
    """Raise NoText where it is a page that tells of the paper, whose text is in the PDF that it names."""
    if filetypes.kind(data) == "html" and sum(map(len, document.sentences())) < LEAST_SIGNS:
        named = f"; its PDF is {pdf}" if pdf else ""
        raise NoText(f"the page tells of the paper, and does not hold it{named}", _SAVE)


def _walled(url: str, said: str) -> Walled:
    return Walled(f"{url} lets browsers in alone: it says {said!r}", _SAVE)


def _joined(first: Told, second: Told) -> Told:
    return Told(
        first.title or second.title, first.authors or second.authors, first.abstract or second.abstract,
        first.doi or second.doi, first.arxiv or second.arxiv,
    )  # fmt: skip


def _paper(paper_id: str, front: Told) -> Paper:
    """Return the paper as far as a text can be held to it."""
    now = dt.datetime.now(dt.UTC)
    title = front.title or ids.called(paper_id)
    return Paper(id=paper_id, title=title, summary=front.abstract, listed_on=now.date(), asked_at=now)


def _alike(one: str, other: str) -> bool:
    wanted, there = set(_words(one)), set(_words(other))
    return bool(wanted) and len(wanted & there) >= _ALIKE * len(wanted)


def _words(text: str) -> Iterator[str]:
    return (word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2)


def _instant(said: str) -> dt.datetime | None:
    """Return the instant of a date as pages write it; None for what is none."""
    found = re.match(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", said)
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return dt.datetime(year, month, day, tzinfo=dt.UTC)
    except ValueError:
        return None
