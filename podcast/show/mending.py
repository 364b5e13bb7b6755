"""What is said of a document that is broken or lost: what it is, and what brings it back."""

import datetime as dt
import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pydantic import ValidationError

from podcast.show import mistakes
from podcast.show.errors import quoted
from podcast.show.periods import Kind, around
from podcast.show.schema import OTHERS, TRAILER, format_of, ids, paper_of

_NAMES: Mapping[str, str] = MappingProxyType({
    "Announced": "what was announced", "Asked": "the record of a paper that was asked for",
    "Begun": "a change that was begun", "Catalogue": "a catalogue",
    "Day": "a day's list of papers", "DayItem": "the record of a day's reports", "Document": "a paper's text",
    "Elsewhere": "what a target has", "Errand": "a desk's errand", "Fallback": "what was done without the model",
    "Honours": "what a store honours", "Item": "the record of an episode", "Known": "what a script rests on",
    "LastPublish": "the time of a publish", "Linked": "what is linked with a paper",
    "Mailed": "what was mailed", "Mixes": "a list of mixes", "Progress": "a desk's progress",
    "Pruned": "the time of a pruning", "Remarks": "a list of marks", "Rests": "what a script rests on",
    "Retired": "a list of retired media", "Run": "the report of a run", "Scores": "a list of scores",
    "Sealed": "the seal of a mix", "Understood": "what an ear understood", "Withdrawn": "a withdrawal",
})  # fmt: skip
"""What the kinds of documents are called, where their name does not say it."""

_PLACES = 5
"""Places of a document that are told at once."""

_GIVEN = {"papers.json", "roundup.json", "trailer.json", "withdrawn.json", "show.json"}
"""Documents that were read or given once."""


def called(kind: str) -> str:
    """Return what a document of that kind is called.

    >>> called("Episode"), called("Mixes"), called("Brief")
    ('an episode', 'a list of mixes', 'a brief')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    article = "" if words.endswith("s") else "an " if words[0] in "aeiou" else "a "
    return _NAMES.get(kind, article + words)


def wrong(kind: str, data: bytes, error: ValidationError) -> str:
    """Return what is wrong with a document of that kind, behind its name: "is not JSON (line 12)"."""
    found = error.errors()
    if not data.strip():
        return f"is not {called(kind)}: it is empty"
    if found[0]["type"] == "json_invalid":
        line = re.search(r"line (\d+)", str(found[0].get("ctx", {}).get("error", "")))
        return "is not JSON" + (f" (line {line[1]})" if line else "")
    told = [f"{'.'.join(map(str, each['loc'])) or 'the file'}: {mistakes.said(each)}" for each in found]
    more = f"; and {len(told) - _PLACES} more" if told[_PLACES:] else ""
    return f"is not {called(kind)}: {'; '.join(told[:_PLACES])}{more}"


def named(paper: Path) -> str:
    """Return how commands call the episode of that folder."""
    name = paper.name
    return f"{paper.parent.name}/{name}" if name in OTHERS else shlex.quote(ids.called(name))


def maker(paper: Path) -> str:
    """Return the command that makes what is missing of the episode of that folder, and no other: whatever the settings
    say of which papers are chosen, and how they are told.

    >>> maker(Path("2024-03-05/2403.00001")), maker(Path("2024-03-10/roundup-week"))
    ('podcast make 2403.00001 --format dialogue', 'podcast make 2024-03-10/roundup-week')
    """
    dt.date.fromisoformat(paper.parent.name)
    if paper.name == TRAILER:
        return "podcast trailer"
    if paper.name in OTHERS:
        return f"podcast make {named(paper)}"
    wish = shlex.quote(ids.called(paper_of(paper.name)))
    return f"podcast make {wish} --format {format_of(paper.name)}"


def way_back(path: Path, *, lost: bool = False) -> str:
    """Return what to do about a document that cannot be read, or is `lost`: none is to be deleted that cannot be made
    again, and the way ends in the command that makes it."""
    away = f"mv {quoted(path)} {quoted(path)}.broken"
    if path.name == "paper.json":
        folder = quoted(path.parent)
        how = "put it back from a copy" if lost else "mend it, or put it back from a copy"
        return f"{how}; or move its folder away, and ask for the paper anew: mv {folder} {folder}.broken"
    if path.name in _GIVEN:
        how = "put it back from a copy" if lost else "mend it, or put it back from a copy"
        return f"{how}: it cannot be made again as it was"
    if path.parent.name == "versions":
        copy = "put it back from a copy"
        return copy if lost else f"{copy}; or move it away, and undo goes back no further: {away}"
    command = _command(path)
    if command:
        kept = path.name == "script.json" and any((path.parent / "versions").glob("*"))
        paid = command.startswith("podcast regenerate")
        what = "have all its lines recorded again" if paid else "have it made again"
        what = "bring its last version back" if kept else what
        how = f"put it back from a copy, or {what}: " if lost else f"mend it, or {what}: {away} && "
        return how + command
    if lost:
        return "check that the file is there"
    return f"mend it, or delete it to have it made again: rm {quoted(path)}"


def absent(texts: Sequence[Path]) -> tuple[str, str]:
    """Return in words that these texts, one or more, are not there, the first by its path; and what brings them
    back."""
    told = f"{texts[0]} is not there" + (f", nor are {len(texts) - 1} other texts" if texts[1:] else "")
    return told, "; ".join(dict.fromkeys(way_back(each, lost=True) for each in texts))


def _command(path: Path) -> str:
    """Return the command that makes the document, of one that a paper or a day has; "" for any other."""
    of_paper = _MAKERS.get(path.name)
    try:
        if of_paper:
            return of_paper(path.parent)
        if found := re.fullmatch(r"digest(?:-(week|month))?\.json", path.name):
            day = dt.date.fromisoformat(path.parent.name)
            kind: Kind | None = "week" if found[1] == "week" else "month" if found[1] else None
            return f"podcast digest --{kind} {around(day, kind)}" if kind else f"podcast digest {day}"
        if path.name == "item.json" or path.name.endswith(".item.json"):
            return "podcast publish"
    except ValueError:
        pass  # it lies under no day
    return ""


def _mixer(paper: Path) -> str:
    """Return the command that makes the episode's record again: of one whose takes were pruned, by recording all."""
    if not (paper / "pruned.json").is_file():
        return maker(paper)
    return f"podcast regenerate {named(paper)} --from record"


_MAKERS: Mapping[str, Callable[[Path], str]] = MappingProxyType(
    {**dict.fromkeys(("document.json", "brief.json", "script.json"), maker), "episode.json": _mixer}
)
"""The commands that make a paper's documents, by their names."""
