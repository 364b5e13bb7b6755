"""Old media in a store: kept for a while after the last record that named it, for apps may still have its address."""

import datetime as dt
import logging
from collections.abc import Sequence

from pydantic import ValidationError

from podcast.publishers.delivery import ITEMS, NEW, Raced, Round, Store, files
from podcast.publishers.digests import joined
from podcast.show import store as disk
from podcast.show.schema import Retired

log = logging.getLogger(__name__)

RECORD = ".podcast/retired.json"
"""Which media no record names, and since when; in the store, for it holds for all machines."""


def retire(store: Store, last: Round, keep: int, today: dt.date, *, conditions: bool = True) -> Sequence[str]:
    """Remove media that no episode has had for more than `keep` days; return what went.

    To be called when the feed that names none of it is in place. Where a record cannot be read, or another machine
    publishes meanwhile, nothing goes until the next time.
    """
    told = {**last.told, **last.digests.records()}
    if None in told.values():
        return []
    named = {*joined(told), *files(last.digests.folder)}
    left = [path for path in last.there if path.startswith("media/") and path not in named]
    known, etag = _known(store, last)
    after, gone = known.over(left, keep, today)
    if gone and _moved(store, last):
        return []
    for path in gone:
        store.remove(path)
    if after != known:
        try:
            store.write(RECORD, disk.to_json(after), etag if conditions else None)
        except Raced:
            log.debug("another machine wrote %s; it stays as that one has it", RECORD)
    return gone


def _known(store: Store, last: Round) -> tuple[Retired, str]:
    """Return what the store's record says, and its ETag; nothing where there is none or it is broken."""
    if RECORD not in last.there:
        return Retired(), NEW
    try:
        return Retired.model_validate_json(store.read(RECORD) or b"{}"), last.there[RECORD].etag
    except ValidationError:
        log.warning("%s of %s is broken; it is made anew", RECORD, store.name)
        return Retired(), last.there[RECORD].etag


def _moved(store: Store, last: Round) -> bool:
    """Tell whether records were written that the last round did not see: they may name old media again."""
    seen = {path: each.etag for path, each in last.records.items()} | last.etags
    return any(seen.get(path) != each.etag for path, each in store.list(ITEMS).items() if path.endswith("/item.json"))
