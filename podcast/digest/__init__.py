"""The day in text: reports out of the same briefs that the scripts are made of.

It may use show, papers for why each was taken, press for pages, and grounding for what may be printed.
Rendering is a pure function of values on disk, so a feed/ that was removed comes back byte by byte.
"""

import hashlib
import json
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import JsonValue

from podcast.digest import markup, pages, parts, report, rss
from podcast.papers import spans
from podcast.press.site import Site
from podcast.show import mending, store
from podcast.show.config import Config
from podcast.show.errors import DocumentError, quoted
from podcast.show.ledger import Ledger
from podcast.show.periods import Period, around, of_roundup
from podcast.show.schema import DayItem, Digest, File, paper_of
from podcast.show.workspace import DayFolder, PaperFolder, Workspace

log = logging.getLogger(__name__)


VERSION = 8
"""Raise it when the same briefs make other reports: all are then made again."""


_OF_PAPERS = ("paper", "brief", "document", "linked", "quarantine", "retellings/*", "withdrawn")
_OF_DAYS = ("papers", "digest", "scores")
"""Documents of a paper, and of a day, that a report is made of."""
_MADE_OF = "\n".join((*_OF_PAPERS, *_OF_DAYS))
"""What the ledger's rows of days are made of: those of a release that knew fewer do not hold."""


@dataclass(frozen=True)
class Stuck:
    """A day's reports that cannot be made of what is there now."""

    name: str
    """What they are called: "the digest of 2026-07-28"."""
    reason: str
    hint: str
    shown: bool
    """Whether those that were published go on."""
    paper_id: str = ""
    """The paper of which a document is broken or lost; "" where it is the day's own."""


def files(
    workspace: Workspace, config: Config, guid: str, look: Site, book: Ledger, stuck: list[Stuck],
    aired: Collection[str] | None = None,
) -> Iterator[tuple[str, bytes | None]]:  # fmt: skip
    """Yield the path under feed/ of every file of the digest beside its bytes, None where it stands as it is to be;
    nothing where no day has one.

    `guid` is the show's; `look` makes the pages; `book` spares reading what was read before; the pages of episodes that
    are not `aired`, where their names are given, are about to go. A day of which a document is broken, or lost, keeps
    its reports as they are, or is left out where it never had any, and is `stuck`; one that lost no more than the text
    of a paper keeps them as well, and that is said.
    """
    items: list[DayItem] = []
    maker = _Maker(workspace, config, look, book, aired)
    for folder, period in kept(workspace) if look.sections else ():  # a site leads to its digest
        try:
            item, made = maker.of(folder, period)
        except DocumentError as error:
            last = _last(workspace, folder, period)
            name = f"the digest of {period or folder.date}"
            of_paper = error.paper_id if isinstance(error, report.Lost) else ""
            stuck.append(Stuck(name, str(error), error.hint, last is not None, of_paper))
            if last is None:
                continue
            item, made = last, _unchanged(last, folder, period)
        items.append(item)
        yield from made
    if lost := maker.lost:
        log.warning("%s: the reports that are made of it stay as they are until it is back (%s)", *mending.absent(lost))
    if items:
        yield from pages.index(items, look)
        yield "digest/feed.xml", rss.build(items, config.show, config.publish.home, guid)


def of_episode(folder: PaperFolder, workspace: Workspace) -> Path:
    """Return the record of the digest that the page of an episode leads to: of the day, or of the roundup's period."""
    day, period = workspace.day(folder.day), of_roundup(folder.paper_id, folder.day)
    return day.digest_of(period) if period else day.digest


def page_of(folder: PaperFolder, workspace: Workspace) -> str:
    """Return the path of the digest's page that the page of an episode leads to: that which stands, where the digest's
    record is broken or lost, which `files` tells; "" where there is none."""
    with suppress(DocumentError):
        return pages.page_of(store.load(Digest, of_episode(folder, workspace)))
    stood = _last(workspace, workspace.day(folder.day), of_roundup(folder.paper_id, folder.day))
    return stood.page if stood else ""


def kept(workspace: Workspace) -> Iterator[tuple[DayFolder, Period | None]]:
    """Yield each day that has a digest, and each period by its last day; the newest first."""
    for folder, kind in workspace.digests():
        period = around(folder.date, kind) if kind else None
        if period is None or period.last == folder.date:
            yield folder, period


@dataclass(frozen=True, eq=False)
class _Maker:
    """Makes the days' reports for one publish."""

    workspace: Workspace
    config: Config
    look: Site
    book: Ledger
    aired: Collection[str] | None
    lost: list[Path] = field(default_factory=list)
    """Papers' texts that reports which stand were made of, that are not here, and of which that was not said."""

    @cached_property
    def heard(self) -> report.Heard:
        return report.heard(self.workspace, self.aired)

    def of(self, folder: DayFolder, period: Period | None) -> tuple[DayItem, Sequence[tuple[str, bytes | None]]]:
        """Return the item and files of a day or a period: those that stand, where they were made of what is there
        now, or of more."""
        record = folder.digest_of(period) if period else folder.digest
        if not record.is_file():
            out = f"to take the reports out: rm {quoted(self.workspace.feed / _place(folder, period))}"
            raise DocumentError(f"{record} is not there", f"{mending.way_back(record, lost=True)}; {out}")
        config, hashes = self.config, self._hashes(folder, period)
        key, stood = self._key(hashes, folder, period), _stood(self.workspace, folder, period, self.book)
        if stood and stood[0].key == key:
            return stood
        told = _told(stood[0] if stood else _last(self.workspace, folder, period), hashes)
        if stood and told is not None and self._has_more(stood[0], folder, period, key):
            return stood
        found = report.load(
            self.workspace, folder.date, config.show, config.select, config.digest, period, self.heard, told or ()
        )
        made = list(pages.of_day(found, self.look))
        page = pages.page(found)
        item = DayItem(
            key=key,
            date=folder.date,
            period=period.told if period else "",
            published=found.digest.made_at,
            page=page,
            papers=tuple(paper.id for paper in found.read),
            rows={suffix: pages.row(found, suffix) for suffix in (".md", ".html")},
            summary=parts.of_listed(found, found.read),
            content=markup.html(rss.content(found, config.publish.home + page)),
            files={path: File(size=len(data), sha256=hashlib.sha256(data).hexdigest()) for path, data in made},
        )
        return item, [*made, (_place(folder, period), store.summed(item))]

    def _has_more(self, stood: DayItem, folder: DayFolder, period: Period | None, key: str) -> bool:
        """Tell whether the reports that stand tell a paper whose text is not here any more; which, is noted once."""
        place = _place(folder, period)
        if self.book.find("lost", place, key) is not None:
            return True
        told = report.LOST not in (self.workspace.feed / stood.page).read_text("utf-8")
        lost = report.lost(self.workspace, folder.date, period) if told else ()
        if lost:
            self.lost.extend(lost)
            self.book.put("lost", place, "", key)
        return bool(lost)

    def _hashes(self, folder: DayFolder, period: Period | None) -> dict[str, str]:
        """Return the SHA-256 of each document that the reports are made of."""
        if period is None:
            return _hashes(self.workspace, folder, self.book)
        of_days = {each.date: _hashes(self.workspace, each, self.book) for each in self._days(folder, period)}
        hashes = {"digest": store.file_sha256(folder.digest_of(period))}
        return hashes | {f"{date}/{name}": sha256 for date, own in of_days.items() for name, sha256 in own.items()}

    def _days(self, folder: DayFolder, period: Period | None) -> Sequence[DayFolder]:
        return list(spans.folders(self.workspace, period)) if period else [folder]

    def _key(self, hashes: Mapping[str, str], folder: DayFolder, period: Period | None) -> str:
        """Return the fingerprint of all that the reports are made of."""
        config, days = self.config, self._days(folder, period)
        shown = sorted(name for each in days for name in self.heard.get(str(each.date), ()))
        told = config.digest.model_dump(mode="json", exclude={"mail"})
        settings: list[JsonValue] = [config.show.model_dump(mode="json"), told]
        others: list[JsonValue] = [
            self.look.fingerprint, config.publish.home, config.publish.media_base_url, list(config.select.authors),
            {**hashes}, [*shown],
        ]  # fmt: skip
        return store.fingerprint("digest", VERSION, [*settings, *others])


def _stood(
    workspace: Workspace, folder: DayFolder, period: Period | None, book: Ledger
) -> tuple[DayItem, Sequence[tuple[str, None]]] | None:
    """Return the day's item and files as they were last made; None where they are not all there with those bytes."""
    place = _place(folder, period)
    before = book.state(f"feed/{place}")
    item = _last(workspace, folder, period)
    if item is None:
        return None
    if book.find("reports", place) is None:
        paths = "\n".join(f"feed/{name}" for name in (place, *item.files))
        state = book.state(paths)
        if not store.stands_as_made(workspace.feed / place):
            return None
        if not all(_is_whole(workspace.feed / name, file) for name, file in item.files.items()):
            return None
        if state.text.startswith(before.text):
            book.put("reports", place, "", "", paths, state)
    return item, _unchanged(item, folder, period)


def _last(workspace: Workspace, folder: DayFolder, period: Period | None) -> DayItem | None:
    """Return the day's item as it was last made, whatever became of its files; None where it is broken or lost."""
    return store.load_disposable(DayItem, workspace.feed / _place(folder, period))


def _unchanged(item: DayItem, folder: DayFolder, period: Period | None) -> Sequence[tuple[str, None]]:
    """Return the files that the item names, and its own, as those that stand."""
    return [*((name, None) for name in item.files), (_place(folder, period), None)]


def _told(item: DayItem | None, hashes: Mapping[str, str]) -> Collection[str] | None:
    """Return the papers that the reports which stand tell; None where nothing of them may stand, for one of those was
    withdrawn since."""
    withdrawn = {paper_of(Path(name).parent.name) for name in hashes if name.endswith("/withdrawn.json")}
    told = item.papers if item else ()
    return None if withdrawn & {*(told or withdrawn)} else told


def _is_whole(path: Path, file: File) -> bool:
    """Tell whether the report is there with the bytes it was made with, as far as its day's item tells."""
    return store.is_whole(path, file.size, file.sha256, store.file_sha256 if file.sha256 else lambda _: "")


def _place(folder: DayFolder, period: Period | None) -> str:
    return f"digest/{folder.date:%Y/%m}/{period.stem if period else f'{folder.date:%d}'}.item.json"


def _hashes(workspace: Workspace, folder: DayFolder, book: Ledger) -> dict[str, str]:
    """Return the SHA-256 of each document that the day's reports are made of, by its path in the day's folder."""
    name = str(folder.date)
    if told := book.find("day", name, _MADE_OF):
        known: dict[str, str] = json.loads(told)
        return known
    cut = len(str(workspace.root)) + 1
    papers = [folder.root / each for each in folder.names()]
    folders = [folder.root, *(each for paper in papers for each in (paper, paper / "retellings"))]
    before = book.state("\n".join(str(each)[cut:] for each in folders))  # what comes and goes changes its folder
    own = [folder.root / f"{each}.json" for each in _OF_DAYS]
    read = [*own, *(path for each in _OF_PAPERS for paper in papers for path in sorted(paper.glob(f"{each}.json")))]
    paths = "\n".join(str(each)[cut:] for each in (*folders, *read))
    state = book.state(paths)
    found = {str(path.relative_to(folder.root)): store.file_sha256(path) for path in read if path.is_file()}
    if state.text.startswith(before.text):
        book.put("day", name, json.dumps(found), _MADE_OF, paths, state)
    return found
