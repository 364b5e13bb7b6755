"""Moments that a person marked while listening, kept with their episodes until they are mended."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.cli.oneline import Place
from podcast.press.transcript import clock
from podcast.show import store
from podcast.show.errors import DocumentError, NotReady
from podcast.show.schema import Episode, Paper, Remark, Remarks
from podcast.studio import Studio, script_of


@dataclass(frozen=True)
class Mark:
    """A mark, and where its line stands now."""

    place: Place
    remark: Remark
    at: float | None
    """When the line is heard now, in seconds; None where it is not mixed."""

    def row(self) -> dict[str, object]:
        """Return what there is to say of it."""
        return {
            "paper": self.place.paper.id, "at": "" if self.at is None else clock(self.at), "line": self.place.number,
            "note": self.remark.note, "text": self.place.line.text,
        }  # fmt: skip


def mark(studio: Studio, place: Place, note: str) -> None:
    """Keep a mark at that line, in place of the one that was there with the same note."""
    starts = _starts(studio, place.paper)
    at, now = starts.get(place.number, 0.0), dt.datetime.now(dt.UTC)
    made = Remark(at=at, line=place.number, text=place.line.text, note=note, made=now)
    others = [each for each in _kept(studio, place.paper) if (each.text, each.note) != (made.text, note)]
    _keep(studio, place.paper, [*others, made])


def away(studio: Studio, place: Place) -> None:
    """Take the line's marks away; NotReady where it has none."""
    kept = _kept(studio, place.paper)
    left = [each for each in kept if each.text != place.line.text]
    if len(left) == len(kept):
        raise NotReady(f"line {place.number} of {place.paper.id} is not marked", "podcast mark lists the marks")
    _keep(studio, place.paper, left)


def listed(studio: Studio) -> Iterator[Mark]:
    """Yield the marks of all episodes, the oldest day first; one whose line says other words by now is done with."""
    from podcast.cli import targets

    for folder in studio.workspace.papers():
        if folder.remarks.is_file():
            yield from _of(studio, targets.listed(studio, folder.day, folder.paper_id))


def _of(studio: Studio, paper: Paper) -> Iterator[Mark]:
    lines, starts, kept = script_of(studio, paper).lines, _starts(studio, paper), _kept(studio, paper)
    found = {}
    for each in kept:
        numbers = [number for number, line in enumerate(lines, 1) if line.text == each.text]
        if numbers:
            found[each] = min(numbers, key=lambda number: abs(number - each.line))
    if len(found) < len(kept):
        _keep(studio, paper, list(found))
    for each, number in sorted(found.items(), key=lambda pair: pair[1]):
        yield Mark(Place(paper, number, lines[number - 1]), each, starts.get(number))


def _starts(studio: Studio, paper: Paper) -> dict[int, float]:
    folder = studio.folder(paper)
    return {cue.line: cue.start for cue in store.load(Episode, folder.episode).cues} if folder.episode.is_file() else {}


def _kept(studio: Studio, paper: Paper) -> list[Remark]:
    path = studio.folder(paper).remarks
    try:
        return list(store.load(Remarks, path).remarks) if path.is_file() else []
    except DocumentError as error:
        raise DocumentError(str(error), "mend it, or take it away: the marks in it are lost then") from error


def _keep(studio: Studio, paper: Paper, remarks: list[Remark]) -> None:
    path = studio.folder(paper).remarks
    with studio.alone(paper):
        if remarks:
            store.write_atomic(path, store.to_json(Remarks(remarks=tuple(remarks))))
        else:
            path.unlink(missing_ok=True)
