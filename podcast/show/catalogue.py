"""The show's identity: its podcast:guid, and each episode's guid and number. Given once and kept for ever."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from podcast.show import store
from podcast.show.errors import DocumentError
from podcast.show.schema import Catalogue, Elsewhere
from podcast.show.workspace import Workspace

_FEED_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (podcastindex.org, docs/tags/guid.md)."""


@dataclass(frozen=True)
class Identity:
    """What an episode is known by: a guid that never changes or repeats, and a number that counts from 1."""

    guid: str
    number: int


def read(workspace: Workspace) -> Catalogue:
    """Return the catalogue; DocumentError where it is not there or broken."""
    try:
        return store.load(Catalogue, workspace.catalogue)
    except DocumentError as error:
        raise DocumentError(
            str(error),
            "put it back from a copy, or write it: guid is the <podcast:guid> of feed/feed.xml, numbers has the number "
            'of each episode.json by "day/paper"; do not delete it, for listeners know the show by it',
        ) from error


def found(workspace: Workspace, site_url: str) -> Catalogue:
    """Return the catalogue; where there is none yet, the show's guid comes of its address, and stays when it moves."""
    if not workspace.catalogue.is_file():
        address = site_url.partition("://")[2] + "feed.xml"
        store.create_once(workspace.catalogue, store.to_json(Catalogue(guid=str(uuid.uuid5(_FEED_GUIDS, address)))))
    return read(workspace)


def identify(workspace: Workspace, site_url: str, day: dt.date, paper_id: str, number: int | None = None) -> Identity:
    """Return the episode's identity. At the first asking it gets the number after the highest that is known, here or
    elsewhere, or the one it has elsewhere; `number` is the one that it has already."""
    name = f"{day}/{paper_id}"
    with store.locked(workspace.lock):
        catalogue = found(workspace, site_url)
        if name not in catalogue.numbers:
            number = number or _next(catalogue.numbers, elsewhere(workspace), name)
            catalogue = Catalogue(guid=catalogue.guid, numbers={**catalogue.numbers, name: number})
            store.write_atomic(workspace.catalogue, store.to_json(catalogue))
    return Identity(episode_guid(catalogue.guid, day, paper_id), catalogue.numbers[name])


def episode_guid(show_guid: str, day: dt.date, paper_id: str) -> str:
    """Return the guid that the show with this guid gives the paper's episode, on whatever machine."""
    return str(uuid.uuid5(uuid.UUID(show_guid), f"{day}/{paper_id}"))


def elsewhere(workspace: Workspace) -> Mapping[str, int]:
    """Return the number of each episode that the target was last seen to have of other machines, by "DAY/PAPER"."""
    return (store.load_disposable(Elsewhere, workspace.elsewhere) or Elsewhere()).numbers


def remember(workspace: Workspace, numbers: Mapping[str, int]) -> None:
    """Keep the numbers for `elsewhere`, until the next publish."""
    if numbers or workspace.elsewhere.is_file():
        store.write_atomic(workspace.elsewhere, store.to_json(Elsewhere(numbers=dict(numbers))), durable=False)


def _next(here: Mapping[str, int], there: Mapping[str, int], name: str) -> int:
    taken = set(here.values())
    if name in there and there[name] not in taken:
        return there[name]
    return max(taken | set(there.values()), default=0) + 1
