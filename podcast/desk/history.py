"""What a script was before: its versions, and what each changed of the one that it was made of."""

import datetime as dt
import difflib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from podcast.show import versions
from podcast.show.schema import Script, Version
from podcast.show.workspace import PaperFolder

_SHOWN = 40


@dataclass(frozen=True)
class Edit:
    """Lines of one version and what stood there before; either may be nothing."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """A version."""

    number: int
    made_at: dt.datetime
    why: str
    edits: tuple[Edit, ...]


def of(folder: PaperFolder, script: Script) -> Iterator[Changed]:
    """Yield the versions that the script was made of, the newest first; none where it was never changed."""
    line = list(islice(versions.lineage(folder, script.version), _SHOWN + 1))
    for version, before in itertools.zip_longest(line[:_SHOWN], line[1:]):
        yield Changed(version.number, version.made_at, version.why, tuple(_edits(before, version)))


def _edits(before: Version | None, after: Version) -> Iterator[Edit]:
    if before is None:
        return
    old, new = _said(before.script), _said(after.script)
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Edit(tuple(old[first:last]), tuple(new[start:end]))


def _said(script: Script) -> Sequence[str]:
    """Return what tells two versions apart, a row each: title, description, voices, lines with their chapters."""
    rows = [script.title, script.description, *(f"{host} speaks as {name}" for host, name in script.voices.items())]
    chapter = ""
    for line in script.lines:
        if line.chapter != chapter:
            chapter = line.chapter
            rows.append(f"# {chapter}")
        take = f" (take {line.take})" if line.take > 1 else ""
        passed = f" (let pass: {', '.join(line.allowed)})" if line.allowed else ""
        rows.append(f"{line.host}: {line.text}{take}{passed}")
    return rows
