"""The show's identity: its podcast:guid, and each episode's guid and number. Given once and kept for ever."""

import datetime as dt
import logging
import os
import re
import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from podcast.show import language, store
from podcast.show.errors import DocumentError
from podcast.show.schema import TRAILER, Catalogue, Elsewhere, Episode, Item
from podcast.show.workspace import PaperFolder, Workspace

log = logging.getLogger(__name__)

_FEED_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (podcastindex.org, docs/tags/guid.md)."""

STEP = dt.timedelta(seconds=30)
"""Between the dates of two episodes of a day: a hundred papers and a roundup are within the hour that is left."""
_LEAD = dt.timedelta(hours=1)

_complete: dict[Path, tuple[int, ...]] = {}
"""By catalogue, the state of its file in which this process saw that it has every episode that is here: so one that is
put back from a copy is held against them once, and none at each number that is given."""


@dataclass(frozen=True)
class Identity:
    """What an episode is known by: a guid that never changes or repeats, a number that counts from 1, and its date."""

    guid: str
    number: int
    published: dt.datetime | None = None
    """None for one that was not made yet."""


def read(workspace: Workspace, site_url: str = "", title: str = "") -> Catalogue:
    """Return the catalogue; where it was lost, as the episodes and the feed have it, and keep that.

    DocumentError where it is broken, or what is left does not tell the show's guid.
    """
    if not os.path.lexists(workspace.catalogue) and (known := _known(workspace)):
        store.create_once(workspace.catalogue, store.to_json(_rebuilt(workspace, known, site_url, title)))
        log.warning("%s was lost: it is made again of the episodes and the feed", workspace.catalogue)
    try:
        return store.load(Catalogue, workspace.catalogue)
    except DocumentError as error:
        raise DocumentError(str(error), _way_out(workspace, site_url)) from error


def found(workspace: Workspace, site_url: str, title: str = "") -> Catalogue:
    """Return the catalogue; where there is no show yet, its guid comes of its address, and stays when that moves."""
    if not os.path.lexists(workspace.catalogue) and not _known(workspace):
        new = Catalogue(guid=_guid_at(site_url), title=title, site_url=site_url)
        store.create_once(workspace.catalogue, store.to_json(new))
    return read(workspace, site_url, title)


def numbers(workspace: Workspace) -> Mapping[str, int]:
    """Return the number of each episode that was made here, by "DAY/PAPER"; those of the episodes where it is lost."""
    if os.path.lexists(workspace.catalogue):
        return read(workspace).numbers
    return {name: number for name, (_, number, _) in _known(workspace).items()}


def identify(
    workspace: Workspace, site_url: str, day: dt.date, paper_id: str, made: Episode | None = None, title: str = ""
) -> Identity:
    """Return the episode's identity. At the first asking it gets the number after the highest that is known, here or
    elsewhere, or the one it has elsewhere, and a trailer none, which is 0; one that was `made`, here or on another
    machine, keeps its own."""
    name = f"{day}/{paper_id}"
    with store.locked(workspace.lock):
        catalogue = found(workspace, site_url, title)
        number = made.number if made else catalogue.numbers.get(name)
        if number is None:
            catalogue = _completed(workspace, catalogue)
            number = catalogue.numbers.get(name)
        if number is None:
            number = 0 if paper_id == TRAILER else _next(catalogue.numbers, elsewhere(workspace), name)
        if catalogue.numbers.get(name) != number:
            catalogue = catalogue.model_copy(update={"numbers": {**catalogue.numbers, name: number}})
            _write(workspace, catalogue)
    published = made.published if made else catalogue.dates.get(name)
    if published is None and (item := stood(workspace, f"{day}-{paper_id}")):
        published = item.episode.published
    return Identity(episode_guid(catalogue.guid, day, paper_id), number, published)


def date(workspace: Workspace, day: dt.date, paper_id: str, published: dt.datetime) -> None:
    """Keep the date of an episode that was made for the first time: its own documents may be lost."""
    with store.locked(workspace.lock):
        catalogue = read(workspace)
        dates = dict(sorted({f"{day}/{paper_id}": published, **catalogue.dates}.items()))  # whichever is made first
        _write(workspace, catalogue.model_copy(update={"dates": dates}))


def forget(workspace: Workspace, names: Collection[str]) -> None:
    """Take these episodes, which listeners are to have no more and nobody is to make again, out of the catalogue."""
    if not os.path.lexists(workspace.catalogue):
        return
    with store.locked(workspace.lock):
        known = read(workspace)
        numbers = {name: number for name, number in known.numbers.items() if name not in names}
        dates = {name: date for name, date in known.dates.items() if name not in names}
        store.write_atomic(
            workspace.catalogue, store.to_json(known.model_copy(update={"numbers": numbers, "dates": dates}))
        )


def dated(
    workspace: Workspace, day: dt.date, paper_id: str, read_at: dt.datetime,
    claimed: Mapping[str, dt.datetime] = MappingProxyType({}),
) -> dt.datetime:  # fmt: skip
    """Return the date of a new episode that has its number: on its day (UTC), after what has a smaller number there.

    The day's first is dated an hour before its list was read, at the latest an hour before the day's end; each further
    one `STEP` later. So episodes stand by their days whenever they are made, fall as their numbers do, and none is of
    the future. Only where an earlier version dated an earlier day's episode later does it go after that. `claimed` are
    the dates of those that are being made.
    """
    catalogue, name = read(workspace), f"{day}/{paper_id}"
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    number = catalogue.numbers[name]
    place = sum(one.startswith(f"{day}/") and other < number for one, other in catalogue.numbers.items())
    first = min(max(read_at, midnight + _LEAD), midnight + dt.timedelta(days=1)) - _LEAD
    dates = {**claimed, **catalogue.dates}
    for one in catalogue.numbers.keys() - {name} - dates.keys():  # made by 0.1.0, or not whole yet
        if published := _published(workspace, one):
            dates[one] = published
    earlier = [
        published for one, published in dates.items()
        if one != name and (one[:10], catalogue.numbers.get(one, 0)) < (name[:10], number)
    ]  # fmt: skip
    return max([first + place * STEP, *(published + STEP for published in earlier)])


def episode_of(folder: PaperFolder) -> Episode:
    """Return the paper's episode. DocumentError where its file is broken, or is the episode of another paper."""
    return store.load(Episode, folder.episode)


def record(workspace: Workspace, name: str) -> Item | None:
    """Return the record beside the page of that name, whatever it is of; None where it is lost, or broken, which is
    said."""
    return store.load_disposable(Item, workspace.item(name))


def stood(workspace: Workspace, name: str) -> Item | None:
    """Return the episode as it was last published; None where it never was, or its record is lost or broken."""
    item = record(workspace, name)
    return item if item and item.name == name else None


def episode_guid(show_guid: str, day: dt.date, paper_id: str) -> str:
    """Return the guid that the show with this guid gives the paper's episode, on whatever machine."""
    return str(uuid.uuid5(uuid.UUID(show_guid), f"{day}/{paper_id}"))


def elsewhere(workspace: Workspace) -> Mapping[str, int]:
    """Return the number of each episode that the target was last seen to have of other machines, by "DAY/PAPER"."""
    return (store.load_disposable(Elsewhere, workspace.elsewhere) or Elsewhere()).numbers


def aired(workspace: Workspace) -> Mapping[str, int]:
    """Return the number that the feed has of each episode, made here or elsewhere, by "DAY/PAPER"; 0 of one that goes
    without, for another machine gave its number at the same time."""
    told = store.load_disposable(Elsewhere, workspace.elsewhere) or Elsewhere()
    return {**told.numbers, **numbers(workspace), **dict.fromkeys(told.without, 0)}


def remember(workspace: Workspace, numbers: Mapping[str, int], without: Collection[str] = ()) -> None:
    """Keep the numbers for `elsewhere`, and which go without for `aired`, until the next publish; also that there are
    none."""
    told = Elsewhere(numbers=dict(numbers), without=tuple(sorted(without)))
    store.write_atomic(workspace.elsewhere, store.to_json(told), durable=False)


def _next(here: Mapping[str, int], there: Mapping[str, int], name: str) -> int:
    taken = set(here.values())
    if name in there and there[name] not in taken:
        return there[name]
    return max(taken | set(there.values()), default=0) + 1


def _completed(workspace: Workspace, known: Catalogue) -> Catalogue:
    """Return the catalogue with number and date of every episode that is here or stands in feed/: an older copy, put
    back, lacks the latest, whose numbers would be given again. What it lacks is kept, and said."""
    path = workspace.catalogue
    if _complete.get(path) == _state(path):
        return known
    if left := _known(workspace, but=known.numbers):
        numbers = {name: number for name, (_, number, _) in left.items()} | known.numbers
        dates = {name: published for name, (_, _, published) in left.items()} | known.dates
        known = known.model_copy(update={"numbers": numbers, "dates": dict(sorted(dates.items()))})
        store.write_atomic(path, store.to_json(known))
        log.warning("%s lacked %d of the episodes that are here, as an older copy does: it has them again",
                    path, len(left))  # fmt: skip
    _complete[path] = _state(path)
    return known


def _write(workspace: Workspace, known: Catalogue) -> None:
    """Have the catalogue, which lacks no episode that it had, on the disk."""
    path = workspace.catalogue
    was_complete = _complete.get(path) == _state(path)
    store.write_atomic(path, store.to_json(known))
    if was_complete:
        _complete[path] = _state(path)


def _state(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _guid_at(site_url: str) -> str:
    """Return the podcast:guid of a show that is founded at the address."""
    return str(uuid.uuid5(_FEED_GUIDS, site_url.partition("://")[2] + "feed.xml"))


def _known(workspace: Workspace, but: Collection[str] = ()) -> dict[str, tuple[str, int, dt.datetime]]:
    """Return guid, number and date of each episode that is here, or stands in feed/, by "DAY/PAPER"; those of the names
    `but` are not looked at."""
    stand = sorted(store.names(workspace.feed / "episodes"))
    items = (record(workspace, name) for name in stand if f"{name[:10]}/{name[11:]}" not in but)
    episodes = [item.episode for item in items if item]
    for folder in workspace.papers():
        if f"{folder.day}/{folder.paper_id}" not in but and folder.episode.is_file():
            with suppress(DocumentError):  # what is broken is for publishing to say
                episodes.append(episode_of(folder))
    return {f"{each.day}/{each.paper_id}": (each.guid, each.number, each.published) for each in episodes}


def _published(workspace: Workspace, name: str) -> dt.datetime | None:
    """Return the date of the episode with that name, as it is here, or stands in feed/; None where it is not made."""
    day, _, paper_id = name.partition("/")
    folder = workspace.day(dt.date.fromisoformat(day)).paper(paper_id)
    with suppress(DocumentError):  # what is broken is for publishing to say
        if folder.episode.is_file():
            return episode_of(folder).published
    item = stood(workspace, f"{folder.day}-{paper_id}")
    return item.episode.published if item else None


def check(workspace: Workspace, guid: str) -> None:
    """Raise DocumentError where that is not the guid by which listeners know the show: what feed.xml says."""
    told = _told(workspace)
    if told and told != guid:
        raise DocumentError(
            f"{workspace.catalogue} has the guid {guid}, and feed.xml, by which listeners know the show, {told}",
            f'put "guid": "{told}" into it, or put it back from a copy; only if this is to be another show, move '
            "feed/feed.xml away",
        )


def _told(workspace: Workspace) -> str:
    """Return the podcast:guid of the feed that stands; "" where there is none."""
    feed = workspace.feed / "feed.xml"
    text = feed.read_text("utf-8", "replace") if feed.is_file() else ""
    found = re.search(r"<podcast:guid>([0-9a-f-]{36})</podcast:guid>", text)
    return found[1] if found else ""


def _rebuilt(
    workspace: Workspace, known: Mapping[str, tuple[str, int, dt.datetime]], site_url: str, title: str
) -> Catalogue:
    """Return the catalogue that gave these; the show's guid is that of the feed, or of its address, if it fits them.
    Title and address are those of now, the language of earlier episodes is that of what was published of them."""
    for guid in filter(None, (_told(workspace), site_url and _guid_at(site_url))):
        made = {episode_guid(guid, dt.date.fromisoformat(day), paper) for day, _, paper in
                (name.partition("/") for name in known)}  # fmt: skip
        if made == {one for one, _, _ in known.values()}:
            return Catalogue(
                guid=guid,
                numbers={name: number for name, (_, number, _) in sorted(known.items())},
                dates={name: published for name, (_, _, published) in sorted(known.items())},
                title=title,
                site_url=site_url,
                language=language.of_items(workspace),
            )
    what = f"{workspace.catalogue} is lost, and nothing here tells the show's guid"
    raise DocumentError(what, _way_out(workspace, site_url))


def _way_out(workspace: Workspace, site_url: str) -> str:
    """Return what to do where the catalogue cannot be had: the guid is that of the feed, where listeners have it."""
    here = (workspace.feed / "feed.xml").is_file()
    feed = "feed/feed.xml" if here else f"{site_url}feed.xml" if site_url else "the feed.xml that listeners have"
    return (
        f"put it back from a copy, or write it: guid is the <podcast:guid> of {feed}, numbers has the number of each "
        'episode.json by "day/paper"; do not delete it, for listeners know the show by it'
    )
