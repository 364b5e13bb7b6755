"""A change of episodes, carried out and told: what was said, what is said now, what was recorded and what is kept."""

import difflib
import itertools
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from podcast import assembly, pipeline
from podcast.cli import console
from podcast.cli.called import command, put_back
from podcast.cli.lines import orders
from podcast.pipeline import Result
from podcast.press.transcript import clock
from podcast.recording import ordering, prices
from podcast.revising import moments, regenerate
from podcast.show import store
from podcast.show.errors import ConfigError, NotReady, OverBudget, WrongUsage
from podcast.show.schema import Begun, Episode, Line, Paper, Script
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, Watch, script_of


@dataclass(frozen=True)
class Changed:
    """What became of one episode."""

    result: Result
    begun: Begun | None
    lines: tuple[dict[str, object], ...] = ()
    """A row for each line that is another one now."""
    anew: tuple[int, ...] = ()
    """Lines that are recorded anew though their words are what they were."""
    recorded: int = 0
    kept: int = 0
    undone: bool = False
    """Whether it brought back what was before."""
    same: bool = False
    """Whether all sounds as before, though it was recorded again."""
    refused: bool = False
    """Whether the change could not be made of it: all is as it was."""
    withdrawn: str = ""
    """The file that keeps it out of the feed; "" for none."""
    planned: tuple[ordering.Order, ...] | None = None
    """What would be recorded, where nothing is changed yet; None where it is."""

    def row(self, published: bool) -> dict[str, object]:
        """Return it for programs."""
        error = self.result.error
        state = "refused" if self.refused else "quarantined" if error else "done" if self.planned is None else "planned"
        return {
            "day": self.result.paper.listed_on.isoformat(),
            "paper": self.result.paper.id,
            "title": self.result.paper.title,
            "state": state,
            "lines": list(self.lines),
            "anew": list(self.anew),
            "recorded": self.recorded,
            "kept": self.kept,
            "published": published and not (self.refused or self.withdrawn),
            "error": str(error) if error else "",
            "hint": error.hint if error else "",
            **({} if self.planned is None else {"orders": orders(self.planned)}),
        }


def carry_out(
    studio: Studio, papers: Sequence[Paper], wish: regenerate.Wish, because: str, again: bool, watch: Watch
) -> Iterator[Changed]:
    """Make the change in each paper, bring it through what is left to do, and yield what became of it. Of several, one
    that cannot be changed costs itself alone; what all would lack, and voices that would take more than they may, are
    refused before anything is changed."""
    assembly.check_show(studio)
    if len(papers) > 1:
        wanted: list[ordering.Order] = []
        for paper in papers:
            with suppress(*_ALONE):  # the change itself will say so
                wanted += regenerate.outlook(studio, paper, wish, because, again)[1]
        studio.purse.check(prices.cost(wanted))
    for paper in papers:
        try:
            yield _change(studio, paper, wish, because, again, watch)
        except _ALONE as error:
            if len(papers) == 1:
                raise
            yield Changed(Result(paper, error), None, refused=True)


def look_ahead(
    studio: Studio, papers: Sequence[Paper], wish: regenerate.Wish, because: str, again: bool
) -> Iterator[Changed]:
    """Yield what would become of each paper, and change nothing; what refuses one of several is told of it."""
    for paper in papers:
        try:
            before = _before(studio, paper, wish)
            after, wanted = regenerate.outlook(studio, paper, wish, because, again)
        except _ALONE as error:
            if len(papers) == 1:
                raise
            yield Changed(Result(paper, error), None, refused=True, planned=())
            continue
        for why in regenerate.undoing(studio, paper, wish):
            console.say(f"  [dim]would be undone: {why}[/]")
        rows = tuple(_differing(before, after, _times(studio.folder(paper), after)))
        others = {row["line"] for row in rows if row["after"]}
        numbers = [order.number for order in wanted]
        yield Changed(
            Result(paper, None),
            None,
            rows,
            tuple(number for number in numbers if number not in others),
            len(wanted),
            len(after.lines) - len(wanted),
            planned=wanted,
        )


_ALONE = (*pipeline.OF_PAPER, NotReady, ConfigError, OverBudget, WrongUsage)
"""Why one paper cannot be changed, and another may be."""


def _change(
    studio: Studio, paper: Paper, wish: regenerate.Wish, because: str, again: bool, watch: Watch
) -> Changed:  # fmt: skip
    folder = studio.folder(paper)
    before = _before(studio, paper, wish) if folder.script.is_file() else None
    heard = regenerate.heard(studio, paper)
    begun = regenerate.apply(studio, paper, wish, because, again)
    missing = _missing(studio, paper)
    stages = ["record", "mix"] if folder.script.is_file() else list(pipeline.STAGES)
    result = pipeline.make_paper(studio, paper, stages, watch)
    after = store.load(Script, folder.script) if folder.script.is_file() else None
    rows = tuple(_differing(before, after, _times(folder, after))) if before and after else ()
    others = {row["line"] for row in rows if row["after"]}
    return Changed(
        result,
        begun,
        rows,
        tuple(number for number in missing if number not in others) if before else (),
        len(missing),
        len(after.lines) - len(missing) if after else 0,
        undone=wish.undo,
        same=bool(missing) and not result.error and heard == regenerate.heard(studio, paper),
        withdrawn=str(folder.withdrawn) if folder.withdrawn.is_file() else "",
    )


def _before(studio: Studio, paper: Paper, wish: regenerate.Wish) -> Sequence[Line]:
    """Return the lines that the change is told beside: those of the script; where the wish changes none of them, as
    after a person's edit, those that were mixed."""
    folder, lines = studio.folder(paper), script_of(studio, paper).lines
    if wish.said or not folder.episode.is_file():
        return lines
    episode = store.load(Episode, folder.episode)
    keys = {name: key for key, name in episode.hosts.items()}
    takes = {(line.host, line.text): line.take for line in lines}
    said = [(keys.get(cue.host, cue.host), cue.text) for cue in episode.cues]
    return [
        Line.model_construct(host=host, text=text, take=takes.get((host, text), 1), chapter="") for host, text in said
    ]


def tell(studio: Studio, changed: Changed) -> None:
    """Tell a person what became of the episode."""
    paper, error = changed.result.paper, changed.result.error
    named = studio.folder(paper).named
    if error:
        became = f"{paper.id}: " if changed.refused else f"{paper.id} is in quarantine: "
        console.fail(f"{'' if changed.refused and paper.id in str(error) else became}{error}", error.hint)
        return
    mark = "[green]✓[/]" if changed.planned is None else "[dim]?[/]"
    console.say(f"{mark} {paper.id}  [bold]{console.plain(paper.title)}[/]")
    for row in changed.lines[:_SHOWN]:
        console.say(f"  line {row['line']}" + (f" at {row['at']}" if row["at"] else ""))
        for sign, colour, text in (("-", "red", row["before"]), ("+", "green", row["after"])):
            if text:
                console.say(f"    [{colour}]{sign}[/] {console.plain(str(text))}")
    if len(changed.lines) > _SHOWN:
        more = console.plain(command(f"script {named}"))
        console.say(f"  and {len(changed.lines) - _SHOWN} lines more: {more}")
    if changed.anew:
        lines, are = ("line", "is") if len(changed.anew) == 1 else ("lines", "are")
        which = f"{lines} {_ranges(changed.anew)} {are if changed.planned is None else 'would be'}"
        console.say(f"  {which} recorded anew with the same words: said otherwise, or by another voice")
    if changed.planned is not None:
        console.say(f"  [dim]would record {changed.recorded}, keep {changed.kept}; nothing is changed[/]")
        return
    way = console.plain(command(f"regenerate {named} --undo"))
    back = f"; back by {way}" if changed.lines and not changed.undone else ""
    console.say(f"  [dim]recorded {changed.recorded}, kept {changed.kept}{back}[/]")
    if changed.withdrawn:
        console.say(f"  It is withdrawn: {console.plain(put_back(changed.withdrawn))}, puts it back.")
    if changed.same:
        console.say("  It sounds as before: this voice says the same words the same way. Try --text, or --voice.")


_SHOWN = 8
"""Lines that are told of one episode."""


def _missing(studio: Studio, paper: Paper) -> Sequence[int]:
    """Return the numbers of the lines that have no take yet; none where no script is there."""
    folder = studio.folder(paper)
    if not folder.script.is_file():
        return ()
    orders = studio.orders(store.load(Script, folder.script), folder)
    return [order.number for order in orders if not folder.take(order.key).is_file()]


def _ranges(numbers: Sequence[int]) -> str:
    """Return the numbers, which rise, in words.

    >>> _ranges([3, 5, 6, 7, 9])
    '3, 5 to 7, 9'
    """
    runs = [[*run] for _, run in itertools.groupby(enumerate(numbers), lambda each: each[1] - each[0])]
    ends = [(run[0][1], run[-1][1]) for run in runs]
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in ends)


def _times(folder: PaperFolder, script: Script) -> dict[int, str]:
    """Return when each line is heard, by its number."""
    return {number: clock(cue.start) for number, cue in moments.of(folder, script.lines).items()}


def _differing(before: Sequence[Line], after: Script, times: dict[int, str]) -> Iterator[dict[str, object]]:
    """Yield a row for each line that was changed, left out or put in, by its number in the script as it is now."""
    old, new = ([_said(line) for line in lines] for lines in (before, after.lines))
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
