"""Documents of older versions become those of this one.

A document without a `format` has its kind's first. A migration takes the JSON of one format, with its names, and
returns that of the next; it is never changed, and never taken out: people's disks hold all of them. A kind's format is
how many migrations it has, and one more.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from podcast.show.errors import DocumentError

Json = dict[str, Any]
Migration = Callable[[Json], Json]


def _version_2(version: Json) -> Json:
    """A version kept its corrections in words and times; they are counted at the mix now, and only reasons are kept."""
    told = [str(each["text"]) for each in version.pop("corrections", ())]
    counted = ("said “", "left out “", "added “")
    return {**version, "because": " ".join(text for text in told if text and not text.startswith(counted))}


def _day_item_2(item: Json) -> Json:
    """Of a day's reports no more than their sizes was kept."""
    sizes = item.get("files")
    if not isinstance(sizes, dict):
        return item  # it is said what is wrong with it
    return {**item, "files": {path: {"size": size, "sha256": ""} for path, size in sizes.items()}}


MIGRATIONS: Mapping[str, tuple[Migration, ...]] = MappingProxyType({
    "Version": (_version_2,), "DayItem": (_day_item_2,)
})  # fmt: skip
"""By the kind of the document, the oldest first."""


def format_of(kind: str) -> int:
    """Return the format that documents of this kind are written in."""
    return len(MIGRATIONS.get(kind, ())) + 1


def migrated(kind: str, document: Json, named: str) -> Json:
    """Return the document in this version's format. Raises DocumentError where a newer version wrote it."""
    document = dict(document)
    said, newest = document.pop("format", 1), format_of(kind)
    if not isinstance(said, int) or isinstance(said, bool) or not said >= 1:
        raise DocumentError(f"{named}: format is {said!r}, which is none", "put the file back from a copy")
    if said > newest:
        raise DocumentError(
            f"{named} was written by a newer podcast: format {said}, and this one knows up to {newest}",
            "upgrade podcast on this machine; nothing in the file is wrong",
        )
    for migration in MIGRATIONS.get(kind, ())[said - 1 :]:
        document = migration(document)
    return document
