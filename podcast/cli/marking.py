"""The marks of all episodes, as the commands list them and walk through them."""

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
