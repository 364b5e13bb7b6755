"""A change of episodes, carried out and told: what was said, what is said now, what was recorded and what is kept."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast import pipeline
from podcast.cli import console
from podcast.cli.called import command
from podcast.pipeline import Result
from podcast.press.transcript import clock
from podcast.recording import ordering
from podcast.revising import moments, regenerate
from podcast.show import store
from podcast.show.schema import Begun, Line, Paper, Script
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, Watch, script_of


@dataclass(frozen=True)
class Changed:
    """What became of one episode."""

    result: Result
    begun: Begun | None
    lines: tuple[dict[str, object], ...] = ()
    """A row for each line that is another one now."""
    recorded: int = 0
    kept: int = 0
    undone: bool = False
    """Whether it brought back what was before."""
    same: bool = False
    """Whether all sounds as before, though it was recorded again."""

    def row(self, published: bool) -> dict[str, object]:
        """Return it for programs."""
        error = self.result.error
        return {
            "day": self.result.paper.listed_on.isoformat(),
            "paper": self.result.paper.id,
            "title": self.result.paper.title,
            "state": "quarantined" if error else "done",
            "lines": list(self.lines),
            "recorded": self.recorded,
            "kept": self.kept,
            "published": published,
            "error": str(error) if error else "",
            "hint": error.hint if error else "",
        }


def carry_out(
    studio: Studio, papers: Sequence[Paper], wish: regenerate.Wish, because: str, again: bool, watch: Watch
) -> Iterator[Changed]:
    """Make the change in each paper, bring it through what is left to do, and yield what became of it."""
    for paper in papers:
        folder = studio.folder(paper)
        before = script_of(studio, paper) if folder.script.is_file() else None
        heard = regenerate.heard(studio, paper)
        begun = regenerate.apply(studio, paper, wish, because, again)
        missing = _missing(studio, paper)
        stages = ["record", "mix"] if folder.script.is_file() else list(pipeline.STAGES)
        result = pipeline.make_paper(studio, paper, stages, watch)
        after = store.load(Script, folder.script) if folder.script.is_file() else None
        yield Changed(
            result,
            begun,
            tuple(_differing(before, after, _times(folder, after))) if before and after else (),
            missing,
            len(after.lines) - missing if after else 0,
            undone=wish.undo,
            same=bool(missing) and not result.error and heard == regenerate.heard(studio, paper),
        )


def tell(studio: Studio, changed: Changed) -> None:
    """Tell a person what became of the episode."""
    paper, error = changed.result.paper, changed.result.error
    named = studio.folder(paper).named
    if error:
        console.fail(f"{paper.id} is in quarantine: {error}", error.hint)
        return
    console.say(f"[green]✓[/] {paper.id}  [bold]{console.plain(paper.title)}[/]")
    for row in changed.lines[:_SHOWN]:
        console.say(f"  line {row['line']}" + (f" at {row['at']}" if row["at"] else ""))
        for sign, colour, text in (("-", "red", row["before"]), ("+", "green", row["after"])):
            if text:
                console.say(f"    [{colour}]{sign}[/] {console.plain(str(text))}")
    if len(changed.lines) > _SHOWN:
        more = console.plain(command(f"script {named}"))
        console.say(f"  and {len(changed.lines) - _SHOWN} lines more: {more}")
    way = console.plain(command(f"regenerate {named} --undo"))
    back = f"; back by {way}" if changed.lines and not changed.undone else ""
    console.say(f"  [dim]recorded {changed.recorded}, kept {changed.kept}{back}[/]")
    if changed.same:
        console.say("  It sounds as before: this voice says the same words the same way. Try --text, or --voice.")


_SHOWN = 8
"""Lines that are told of one episode."""


def _missing(studio: Studio, paper: Paper) -> int:
    """Return how many lines have no take yet; 0 where no script is there, or nobody here can say it."""
    folder = studio.folder(paper)
    if not folder.script.is_file():
        return 0
    script = store.load(Script, folder.script)
    orders = ordering.orders(script, studio.cast_of(script, folder), studio.lexicon, folder)
    return sum(not folder.take(order.key).is_file() for order in orders)


def _times(folder: PaperFolder, script: Script) -> dict[int, str]:
    """Return when each line is heard, by its number."""
    return {number: clock(cue.start) for number, cue in moments.of(folder, script.lines).items()}


def _differing(before: Script, after: Script, times: dict[int, str]) -> Iterator[dict[str, object]]:
    """Yield a row for each line that was changed, left out or put in, by its number in the script as it is now."""
    old, new = ([_said(line) for line in script.lines] for script in (before, after))
    for _, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[first:last] == new[start:end]:
            continue
        for step in range(max(last - first, end - start)):
            yield {
                "line": start + 1 + min(step, max(end - start - 1, 0)),
                "at": times.get(start + 1 + step, "") if start + step < end else "",
                "before": old[first + step] if first + step < last else "",
                "after": new[start + step] if start + step < end else "",
            }


def _said(line: Line) -> str:
    return f"{line.host}: {line.text}" + (f" (take {line.take})" if line.take > 1 else "")
