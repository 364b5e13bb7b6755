"""The day in text: reports out of the same briefs that the scripts are made of.

It may use show, papers for why each was taken, press for pages, and grounding for what may be printed.
Rendering is a pure function of values on disk, so a feed/ that was removed comes back byte by byte.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from podcast.digest import markup, pages, parts, report, rss
from podcast.papers import spans
from podcast.press.site import Site
from podcast.show import store
from podcast.show.config import Config
from podcast.show.errors import DocumentError
from podcast.show.periods import Kind, Period, around
from podcast.show.schema import DayItem, Digest
from podcast.show.workspace import DayFolder, Workspace

log = logging.getLogger(__name__)


VERSION = 4
"""Raise it when the same briefs make other reports: all are then made again."""


Heard = Mapping[str, Sequence[str]]
"""The names of episodes that have a page, by their day."""

_OF_PAPERS = ("paper", "brief", "document", "linked", "quarantine", "retellings/*", "withdrawn")
"""Documents of a paper that a report is made of."""


def files(workspace: Workspace, config: Config, guid: str, look: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the digest beside its path under feed/; nothing where no day has one.

    `guid` is the show's; `look` makes the pages. A day whose files are broken is left out, and said.
    """
    items, heard = [], _heard(workspace)
    for folder, period in _digests(workspace):
        try:
            item, made = _of(workspace, config, folder, look, period, heard)
        except DocumentError as error:
            stood = _stood(workspace, folder, period)
            became = "goes on as it was" if stood else "is left out"
            log.error("the digest of %s %s: %s (%s)", period or folder.date, became, error, error.hint)
            if stood is None:
                continue
            item, made = stood
        items.append(item)
        yield from made
    if items:
        yield from pages.index(items, look)
        yield "digest/feed.xml", rss.build(items, config.show, config.publish.home, guid)


def page_of(folder: DayFolder) -> str:
    """Return the path of the page of the day's digest; "" where it has none."""
    made = store.load_disposable(Digest, folder.digest)
    return pages.page_of(made) if made else ""


def _digests(workspace: Workspace) -> Iterator[tuple[DayFolder, Period | None]]:
    """Yield each day that has a digest, and each period by its last day; the newest first."""
    kinds: tuple[Kind, ...] = ("month", "week")
    for folder in reversed(workspace.days()):
        for kind in kinds:
            period = around(folder.date, kind)
            if period.last == folder.date and folder.digest_of(period).is_file():
                yield folder, period
        if folder.digest.is_file():
            yield folder, None


def _of(
    workspace: Workspace, config: Config, folder: DayFolder, look: Site, period: Period | None, heard: Heard
) -> tuple[DayItem, list[tuple[str, bytes]]]:
    """Return the item and files of a day or a period: those that stand, where they were made of what is there now."""
    key, stood = _key(workspace, config, folder, look, period, heard), _stood(workspace, folder, period)
    if stood and stood[0].key == key:
        return stood
    found = report.load(workspace, folder.date, config.show, config.select, config.digest, period)
    made = list(pages.of_day(found, look))
    page = pages.page(found)
    item = DayItem(
        key=key,
        date=folder.date,
        period=period.told if period else "",
        published=found.digest.made_at,
        page=page,
        rows={suffix: pages.row(found, suffix) for suffix in (".md", ".html")},
        summary=parts.of_listed(found, found.read),
        content=markup.html(rss.content(found, config.publish.home + page)),
        files={path: len(data) for path, data in made},
    )
    return item, [*made, (_place(folder, period), store.to_json(item))]


def _stood(
    workspace: Workspace, folder: DayFolder, period: Period | None
) -> tuple[DayItem, list[tuple[str, bytes]]] | None:
    """Return the day's item and files as they were last made; None where they are not all there."""
    item = store.load_disposable(DayItem, workspace.feed / _place(folder, period))
    paths = {name: workspace.feed / name for name in item.files} if item else {}
    if item is None or not all(p.is_file() and p.stat().st_size == item.files[name] for name, p in paths.items()):
        return None
    made = [(name, path.read_bytes()) for name, path in paths.items()]
    return item, [*made, (_place(folder, period), store.to_json(item))]


def _place(folder: DayFolder, period: Period | None) -> str:
    return f"digest/{folder.date:%Y/%m}/{period.stem if period else f'{folder.date:%d}'}.item.json"


def _key(
    workspace: Workspace, config: Config, folder: DayFolder, look: Site, period: Period | None, heard: Heard
) -> str:  # fmt: skip
    """Return the fingerprint of all that the reports are made of."""
    days = list(spans.folders(workspace, period)) if period else [folder]
    if period:
        hashes = {"digest": store.file_sha256(folder.digest_of(period))}
        for each in days:
            hashes |= {f"{each.date}/{name}": sha256 for name, sha256 in _hashes(each).items()}
    else:
        hashes = _hashes(folder)
    shown = sorted(name for each in days for name in heard.get(str(each.date), ()))
    told = config.digest.model_dump(mode="json", exclude={"mail"})
    settings: list[JsonValue] = [config.show.model_dump(mode="json"), told]
    others: list[JsonValue] = [
        look.fingerprint, config.publish.home, list(config.select.authors), {**hashes}, [*shown],
    ]  # fmt: skip
    return store.fingerprint("digest", VERSION, [*settings, *others])


def _heard(workspace: Workspace) -> Heard:
    """Return the episodes that have a page: the folder is looked through once, and not for each day."""
    found: dict[str, list[str]] = {}
    for path in workspace.feed.glob("episodes/*/index.html"):
        found.setdefault(path.parent.name[:10], []).append(path.parent.name)
    return found


def _hashes(folder: DayFolder) -> dict[str, str]:
    own, papers = (folder.papers, folder.digest, folder.scores), _OF_PAPERS
    read = [*own, *(path for name in papers for path in sorted(folder.root.glob(f"*/{name}.json")))]
    return {str(path.relative_to(folder.root)): store.file_sha256(path) for path in read if path.is_file()}
