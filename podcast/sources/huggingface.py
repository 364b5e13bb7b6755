"""Hugging Face Daily Papers: the day's list by the API, or out of its page; abstracts and texts with arXiv's help."""

import datetime as dt
import hashlib
import logging
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence

from podcast.show import passing, store
from podcast.show.errors import NoPapers, NoText, SourceError, Unanswered, Walled
from podcast.show.schema import Day, Document, Figure, Linked, Paper, ids
from podcast.show.settings import SelectSettings, SourcesSettings
from podcast.show.workspace import Workspace
from podcast.sources import figures, fulltext, hub, markdown, markup, pictures
from podcast.sources.arxiv import Arxiv, Metadata
from podcast.sources.cache import Cache
from podcast.sources.fulltext import Way, full_text
from podcast.sources.http import Answer, Service
from podcast.sources.listing import parse_day, parse_json

log = logging.getLogger(__name__)

_SETTLED = dt.timedelta(days=3)
"""A day this old is not asked for again: its kept answer counts."""

_MOST_OF_A_RECORD = 5_000_000
"""Bytes of what is said of one paper."""

_AHEAD = dt.timedelta(days=1)
"""How far this machine's clock may be ahead of the service's."""


_PAGE = re.compile(rb"\s*<(?:!doctype|!--|html|head|body|script)", re.IGNORECASE)
"""What a wall in the place of a picture begins with."""


_WALLS = (202, 403, 405)
"""What is answered to whom it takes for no browser."""


class _NotYet(SourceError):
    """The service knows no such day: its page would say the same."""


class HuggingFace:
    """The day's papers as Hugging Face lists them, of which `top` are chosen; `now` tells the instant, in UTC."""

    name = "huggingface"

    def __init__(
        self,
        settings: SourcesSettings,
        workspace: Workspace,
        *,
        top: int = SelectSettings().top,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        sleep: Callable[[float], None] = time.sleep,
        fresh: bool = False,
    ) -> None:
        self._settings, self._top, self._sleep = settings, top, sleep
        self._base = settings.huggingface
        self._workspace = workspace
        self._now = now
        self._cache = Cache(workspace.cache, fresh)
        token = os.environ.get("HF_TOKEN", "").strip() or None
        self._service = Service("Hugging Face", (self._base,), settings, token=token, sleep=sleep)
        self._arxiv = Arxiv(settings, self._cache, sleep)
        # what a paper can be told without is asked for twice at most
        hasty = settings.model_copy(update={"backoff": settings.backoff[:1], "arxiv_backoff": ()})
        self._extras = Service("Hugging Face", (self._base,), hasty, kind="text", token=token, patience=(), sleep=sleep)
        self._pictures = Arxiv(hasty, self._cache, sleep)

    def day(self, date: dt.date) -> Day:
        """Return the day's papers in rank order, each with what arXiv knows of it.

        The API is asked, and where it fails the page. Without arXiv the day is still whole: abstracts are then
        Hugging Face's, and categories are not known.
        """
        try:
            day = self._by_api(date)
        except (NoPapers, _NotYet):
            raise
        except SourceError as error:
            log.warning("%s; reading the page instead", error)
            try:
                day = self._by_page(date)
            except NoPapers:
                raise
            except SourceError as second:
                saved = f"save the API's answer to a file and name it: podcast make {date} --papers FILE"
                raise SourceError(f"{error}; and {second}", f"{error.hint}; or {saved}") from second
        return self._with_arxiv(day)

    def anew(self) -> "HuggingFace":
        """Return the same source, for which no answer that was kept counts."""
        return HuggingFace(
            self._settings, self._workspace, top=self._top, now=self._now, sleep=self._sleep, fresh=True
        )  # fmt: skip

    def records(self, papers: Sequence[Paper]) -> Sequence[Paper]:
        """Return the papers with what arXiv says of them now, however they are told; of others, as they are."""
        asked = dict.fromkeys(ids.paper_of(paper.id) for paper in papers)
        wanted = [paper_id for paper_id in asked if ids.is_arxiv(paper_id)]
        return _known(papers, self._arxiv.records(wanted) if wanted else {})

    def document(self, paper: Paper) -> Document:
        """Return the paper's text: arXiv's page, Hugging Face's Markdown, the PDF, or at last the abstract."""
        way = Way("markdown", "huggingface", ".md", self._markdown, markdown.read)
        return full_text(paper, self._cache, self._arxiv, way)

    def linked(self, paper: Paper) -> Linked:
        """Return what Hugging Face links with the paper; nothing where it has no such paper."""
        called, names = ids.called(paper.id), [f"huggingface/{paper.id}.{name}.json" for name in ("paper", "repos")]
        about, read_at = self._answer(names[0], f"api/papers/{called}")
        if about is None:
            return Linked(read_at=read_at)
        record, more = parse_json(about, names[0]), None
        if isinstance(record, Mapping) and not hub.has_lists(record):
            more, read_at = self._answer(names[1], f"api/arxiv/{called}/repos")
        found = hub.linked(record, parse_json(more, names[1]) if more else None, paper.id, read_at)
        for name, body in zip(names, (about, more), strict=True):
            if body:  # what cannot be read is not kept
                self._cache.keep(name, body)
        return found

    def _answer(self, name: str, path: str) -> tuple[bytes | None, dt.datetime]:
        """Return the answer, as kept by that name, and when it was read; None where Hugging Face has no such thing."""
        if kept := self._cache.get(name):
            return kept
        answer, now = self._extras.get(f"{self._base}/{path}", _MOST_OF_A_RECORD), self._now().replace(microsecond=0)
        if answer.status == 200:
            return answer.body, now
        if passing.of("text", answer.status) is passing.Ends.FINAL:
            return None, now
        out = Unanswered if answer.status in _WALLS else SourceError
        raise out(f"Hugging Face answered {answer.status}: {self._base}/{path}", _hint(answer))

    def figure(self, paper: Paper) -> tuple[Figure, bytes]:
        """Return the paper's first figure as arXiv's page has it, and its picture; why there is none to be shown, and
        no picture, where the paper's licence does not allow it.

        Only a page that is read as the paper's text counts: another paper's has another's licence, and a wall none.
        """
        try:
            page = fulltext.page(paper, self._cache, self._pictures)
            found = figures.first(paper.id, page, self._settings.arxiv)
            if isinstance(found, str):
                return Figure(why=found), b""
            data = self._pictures.picture(found.address, pictures.LARGEST)
            if _PAGE.match(data):
                raise SourceError(f"in the place of the figure {found.address} came a page", "try again later")
            picture = pictures.squared(data)
        except NoText as none:
            return Figure(why=str(none)), b""
        return Figure(
            address=found.address,
            label=found.label,
            caption=found.caption,
            licence=found.licence.name,
            licence_url=found.licence.url,
            sha256=hashlib.sha256(picture).hexdigest(),
        ), picture

    def _by_api(self, date: dt.date) -> Day:
        where = f"Hugging Face's list of {date}"
        body, read_at = self._body(date, f"{self._base}/api/daily_papers?date={date}&limit=100", ".json")
        return self._read(
            date, body, ".json", lambda: parse_day(parse_json(body, where), date, read_at, self.name, where, self._top)
        )

    def _by_page(self, date: dt.date) -> Day:
        body, read_at = self._body(date, f"{self._base}/papers/date/{date}", ".html")
        return self._read(date, body, ".html", lambda: self._parse_page(body, date, read_at))

    def _parse_page(self, body: bytes, date: dt.date, read_at: dt.datetime) -> Day:
        """Return the day out of the page's island: the JSON that its list is drawn from."""
        where = f"Hugging Face's page of {date}"
        island = markup.tree(body).select_one('div.SVELTE_HYDRATER[data-target="DailyPapers"]')
        if island is None:
            raise SourceError(
                f"{where} came without its list: we are blocked, as browsers are that must show they are one",
                "try again later",
            )
        props = parse_json(str(island.get("data-props", "")), f"{where}: data-props")
        if not isinstance(props, Mapping) or not isinstance(props.get("dateString"), str):
            raise SourceError(f"{where}: data-props.dateString is not a text", "report it: the page has changed")
        if props["dateString"] != date.isoformat():
            raise _none(date, props["dateString"])
        return parse_day(props.get("dailyPapers"), date, read_at, self.name, f"{where}: dailyPapers", self._top)

    def _body(self, date: dt.date, url: str, suffix: str) -> tuple[bytes, dt.datetime]:
        """Return the answer, as kept where the day is settled, and the instant it was read."""
        name = f"huggingface/{date}{suffix}"
        if not self._young(date) and (kept := self._cache.get(name)):
            log.info("%s is settled: the answer of %s counts, in %s", date, kept[1].date(), self._cache.folder / name)
            return kept
        answer = self._service.get(url)
        if answer.date and (ahead := self._now() - answer.date) > _AHEAD:
            raise SourceError(
                f"this machine's clock is {ahead.days} days ahead of Hugging Face's: what it read would be dated so",
                "set the clock (timedatectl set-ntp true), then run it again",
            )
        if answer.status == 400:
            raise _NotYet(f"Hugging Face has no {date} yet (it answered 400)", "days begin at 00:00 UTC")
        if answer.status != 200:
            raise SourceError(f"Hugging Face answered {answer.status}: {url}", _hint(answer))
        if answer.url != url and not answer.url.endswith(str(date)):
            raise _none(date, answer.url.rpartition("/")[2])
        return answer.body, self._now().replace(microsecond=0)

    def _read(self, date: dt.date, body: bytes, suffix: str, parse: Callable[[], Day]) -> Day:
        """Return what `parse` reads. A good answer is kept in the cache, one that cannot be read beside the day."""
        try:
            day = parse()
        except NoPapers:
            raise
        except SourceError as error:
            raw = self._workspace.day(date).unread(suffix)
            store.write_atomic(raw, body)
            raise SourceError(str(error), f"the answer lies in {raw}: mend it, and name it with --papers") from error
        name = f"huggingface/{date}{suffix}"
        if self._young(date) or not self._cache.get(name):
            self._cache.keep(name, body)
        return day

    def _young(self, date: dt.date) -> bool:
        return self._now().date() - date < _SETTLED

    def _with_arxiv(self, day: Day) -> Day:
        try:
            found = self._arxiv.metadata(day.date, [paper.id for paper in day.papers], self._young(day.date))
        except SourceError as error:
            log.warning("%s; going on with Hugging Face's abstracts, without categories", error)
            return day
        for paper in day.papers:
            if paper.id not in found:
                log.info("arXiv does not know %s: its abstract is Hugging Face's", paper.id)
        return day.model_copy(update={"papers": tuple(_known(day.papers, found))})

    def _markdown(self, paper_id: str) -> bytes:
        url = f"{self._base}/papers/{paper_id}.md"
        answer = self._service.get(url)
        if answer.status != 200:
            none = passing.of("text", answer.status) is passing.Ends.FINAL
            raise (NoText if none else Walled)(f"Hugging Face answered {answer.status}: {url}", _hint(answer))
        return answer.body


def _known(papers: Sequence[Paper], found: Mapping[str, Metadata]) -> Sequence[Paper]:
    """Return the papers with what arXiv knows of them; those that it does not know as they are."""
    return [
        paper.model_copy(
            update={
                "summary": known.abstract or paper.summary,
                "category": known.category,
                "version": known.version,
                "arxiv_comment": known.comment,
                "published_at": known.published,
            }
        )
        if (known := found.get(ids.paper_of(paper.id)))
        else paper
        for paper in papers
    ]


def _none(date: dt.date, instead: str) -> NoPapers:
    return NoPapers(f"{date} has no papers: Hugging Face shows {instead[:40]} instead", "choose another day")


def _hint(answer: Answer) -> str:
    if answer.status in _WALLS:
        return "we are blocked, as browsers are that must show they are one: try again later, or set HF_TOKEN"
    return "try again later"
