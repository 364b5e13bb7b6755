"""The marks of all episodes, as the commands list them and walk through them."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.cli.oneline import Place
from podcast.press.transcript import clock
from podcast.revising import marking
from podcast.studio import Studio, script_of


@dataclass(frozen=True)
class Listed:
    """A mark, and the line that it is of."""

    place: Place
    mark: marking.Mark

    @property
    def note(self) -> str:
        return self.mark.remark.note

    def row(self) -> dict[str, object]:
        """Return what there is to say of it."""
        return {
            "paper": self.place.paper.id, "at": "" if self.mark.at is None else clock(self.mark.at),
            "line": self.place.number, "note": self.note, "text": self.place.line.text,
        }  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A line with its marks."""

    place: Place
    notes: tuple[str, ...]

    @property
    def named(self) -> object:
        """What it is known by, wherever it stands: its words, and what is said of it."""
        return self.place.paper.listed_on, self.place.paper.id, self.place.line.text, self.notes


def places(studio: Studio) -> Iterator[Marked]:
    """Yield the lines that are marked, each with what is said of it, in the order of the marks."""
    for _, found in itertools.groupby(listed(studio), lambda each: (each.place.paper, each.place.number)):
        marks = list(found)
        yield Marked(marks[0].place, tuple(each.note for each in marks if each.note))


def listed(studio: Studio) -> Iterator[Listed]:
    """Yield the marks of all episodes, the oldest day first; one whose line says other words by now is done with."""
    from podcast.cli import targets

    for folder in studio.workspace.papers():
        if folder.remarks.is_file():
            paper = targets.listed(studio, folder.day, folder.paper_id)
            marking.sweep(studio, paper)
            script = script_of(studio, paper)
            for each in marking.of(folder, script):
                yield Listed(Place(paper, each.number, script), each)
