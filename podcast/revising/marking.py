"""Moments that a person marked while listening, kept with their episodes until they are mended.

A mark is of the words that its line said: where no line says them any more it is done with, and is shown no more.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.revising import moments
from podcast.show import store
from podcast.show.errors import DocumentError, NotReady
from podcast.show.schema import Paper, Remark, Remarks, Script
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, script_of


@dataclass(frozen=True)
class Mark:
    """A mark, and where its line stands now."""

    number: int
    """Of the line, from 1."""
    remark: Remark
    at: float | None
    """When the line is heard now, in seconds; None where it is not mixed."""


def mark(studio: Studio, paper: Paper, number: int, note: str) -> None:
    """Keep a mark at that line, in place of the one that was there with the same note, or with none; one without a note
    is not added to another."""
    folder, script = studio.folder(paper), script_of(studio, paper)
    text, cue = script.lines[number - 1].text, moments.of(folder, script.lines).get(number)
    made = Remark(at=cue.start if cue else 0.0, line=number, text=text, note=note, made=dt.datetime.now(dt.UTC))
    with studio.alone(paper):
        kept = _standing(folder, script)
        if note or all(each.text != text for each in kept):
            same = {(text, note), (text, "")}
            _keep(folder, [*(each for each in kept if (each.text, each.note) not in same), made])


def away(studio: Studio, paper: Paper, text: str) -> None:
    """Take the marks of the line that says this away; NotReady where it has none."""
    folder, script = studio.folder(paper), script_of(studio, paper)
    with studio.alone(paper):
        kept = _standing(folder, script)
        left = [each for each in kept if each.text != text]
        if len(left) == len(kept):
            raise NotReady(f"no mark of {paper.id} is at “{text}”", "podcast mark lists the marks")
        _keep(folder, left)


def sweep(studio: Studio, paper: Paper) -> None:
    """Forget the marks that are done with."""
    folder, script = studio.folder(paper), script_of(studio, paper)
    with studio.alone(paper):
        kept, standing = _kept(folder), _standing(folder, script)
        if len(standing) < len(kept):
            _keep(folder, standing)


def of(folder: PaperFolder, script: Script) -> Iterator[Mark]:
    """Yield the marks of the paper's script, in the order of its lines. Nothing is changed."""
    heard, found = moments.of(folder, script.lines), []
    for each in _kept(folder):
        numbers = [number for number, line in enumerate(script.lines, 1) if line.text == each.text]
        if numbers:
            found.append((min(numbers, key=lambda number: abs(number - each.line)), each))
    for number, each in sorted(found, key=lambda pair: pair[0]):
        yield Mark(number, each, heard[number].start if number in heard else None)


def _standing(folder: PaperFolder, script: Script) -> list[Remark]:
    """Return the marks that are not done with."""
    said = {line.text for line in script.lines}
    return [each for each in _kept(folder) if each.text in said]


def _kept(folder: PaperFolder) -> tuple[Remark, ...]:
    path = folder.remarks
    try:
        return store.load(Remarks, path).remarks if path.is_file() else ()
    except DocumentError as error:
        raise DocumentError(str(error), "mend it, or take it away: the marks in it are lost then") from error


def _keep(folder: PaperFolder, remarks: list[Remark]) -> None:
    if remarks:
        store.write_atomic(folder.remarks, store.to_json(Remarks(remarks=tuple(remarks))))
    else:
        folder.remarks.unlink(missing_ok=True)
