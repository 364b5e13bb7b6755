"""The episodes that a target has, by their records: those of other machines, and ours as it was last given them."""

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from pydantic import ValidationError

from podcast.press.entry import Entry
from podcast.publishers.delivery import Records
from podcast.publishers.printing import Printer
from podcast.show import catalogue, packaged, store
from podcast.show.errors import DocumentError, Refused
from podcast.show.ledger import Ledger
from podcast.show.schema import Item

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Away:
    """What a target has, by the names of episodes; a record is read when it is asked for."""

    records: Mapping[str, bytes]
    """The `item.json` of every episode, by path under feed/."""
    printer: Callable[[], Printer]
    """Knows the show, and holds what other machines made to the rules."""
    ledger: Ledger
    """Spares that, of records that were found right."""
    read: dict[str, Entry | str]
    """What records were found to say, by path and SHA-256; why, where nothing can be made of one."""

    def __contains__(self, name: object) -> bool:
        return _path(name) in self.records

    @cached_property
    def names(self) -> list[str]:
        """Those of all episodes, in order."""
        return sorted(path.split("/")[1] for path in self.records)

    @cached_property
    def unlike(self) -> Collection[str]:
        """Those whose record is not the one that stands here."""
        unlike = self.records.unlike if isinstance(self.records, Records) else self.records.keys()
        return {path.split("/")[1] for path in unlike}

    def item(self, name: str) -> Item | None:
        """Return the episode's record, if it is one that is as it was made."""
        data = self.records[_path(name)]
        try:
            item = Item.model_validate_json(data) if store.is_as_made(data) else None
        except ValidationError:  # this machine's takes its place
            return None
        return item if item and item.name == name else None

    def has_another(self, name: str, record: Path) -> bool:
        """Tell whether the target has another record of the episode than the one that stands here."""
        return name in self and record.is_file() and record.read_bytes() != self.records[_path(name)]

    def check(self, name: str) -> None:
        """Raise Refused where the record, of an episode that is made here as well, is another show's. Whatever else is
        wrong with it, this machine's takes its place."""
        data = self.records[_path(name)]
        own = catalogue.episode_guid(self.printer().guid, dt.date.fromisoformat(name[:10]), name[11:])
        if own.encode() in data:
            return
        try:
            guid = json.loads(data)["episode"]["guid"]
        except (ValueError, TypeError, KeyError):
            return
        if guid != own:
            raise _refused(name)

    def entry(self, name: str) -> Entry | str | None:
        """Return the episode; in words why nothing can be made of its record, which is said once; None where there is
        no record, or another's lies in its place. Raises Refused where it is another show's."""
        if name not in self:
            return None
        data = self.records[_path(name)]
        key = f"{name} {hashlib.sha256(data).hexdigest()}"
        if key not in self.read:
            self.read[key] = self._found(name, key, data)
        found = self.read[key]
        return found if isinstance(found, str) or found.name == name else None

    def _found(self, name: str, key: str, data: bytes) -> Entry | str:
        whole, made_of = partial(self._item, name), store.fingerprint("away", 1, [self._rules, key])
        if told := self.ledger.find("away", name, made_of):
            return Entry.unpacked(told, whole)
        try:
            entry = Entry.of(self._fit(Item.model_validate_json(data), data), whole)
        except (ValidationError, DocumentError) as error:
            said = "it is no record of an episode" if isinstance(error, ValidationError) else str(error)
            log.error("left out of the feed: %s, of another machine: %s", _path(name), said)
            return said
        self.ledger.put("away", name, entry.packed(), made_of)
        return entry

    def _fit(self, item: Item, record: bytes) -> Item:
        """Return the item of another machine if it is as that made it, of this show, and fit to be in the feed."""
        if not store.is_as_made(record):
            raise DocumentError("it has other bytes than it was made with", "publish it again where it was made")
        episode, printer = item.episode, self.printer()
        if episode.guid != catalogue.episode_guid(printer.guid, episode.day, episode.paper_id):
            raise _refused(item.name)
        return printer.fit(item, item.item)

    def _item(self, name: str) -> Item:
        return Item.model_validate_json(self.records[_path(name)])

    @cached_property
    def _rules(self) -> str:
        """What an item is held to."""
        printer = self.printer()
        show, publish = (each.model_dump(mode="json") for each in (printer.config.show, printer.config.publish))
        return store.fingerprint("rules", 1, [printer.guid, show, publish, packaged.program()])


def _path(name: object) -> str:
    return f"episodes/{name}/item.json"


def _refused(name: str) -> Refused:
    return Refused(
        f"the target has an episode of another show: {name}",
        "set [publish.s3] prefix to a folder of this show's own; or, if both are one, copy episodes/show.json "
        "from the machine that made it",
    )
