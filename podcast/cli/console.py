"""What the person at the terminal sees: talk on stderr, data on stdout, a progress bar on a terminal only."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.console import Console

from podcast.cli.called import typeable

if TYPE_CHECKING:
    from rich.progress import Progress

    from podcast.show.schema import Paper

T = TypeVar("T")


class _Discreet(Console):
    """Prints all but the secret of a private show's address: where that stands, it has the name of its variable."""

    def print(self, *objects: Any, **how: Any) -> None:
        super().print(*(discreet(each) if isinstance(each, str) else each for each in objects), **how)


out = _Discreet(soft_wrap=True, emoji=False)  # a title with :fire: has no flame
err = _Discreet(stderr=True, soft_wrap=True, emoji=False)


class _Talking:
    """What the person asked for: nothing where all goes well, or how things are done."""

    quiet = False
    verbose = False
    secret, variable = "", ""


class _Talk(logging.Handler):
    """Prints the log as talk: quiet detail, plain sentences, and what is wrong in colour; what is to be said `once`, of
    whatever that names, no second time in a command."""

    def __init__(self) -> None:
        super().__init__()
        self._said = set[str]()

    def emit(self, record: logging.LogRecord) -> None:
        once = str(getattr(record, "once", ""))
        if once in self._said:
            return
        self._said |= {once} - {""}
        style = "dim" if record.levelno < logging.INFO else "yellow" if record.levelno > logging.INFO else ""
        err.print(typeable(record.getMessage()), style=style, markup=False, highlight=False)


def start_logging(verbose: bool, quiet: bool) -> None:
    """Send the project's log to stderr: what it does, with `verbose` how, with `quiet` only what is wrong."""
    _Talking.quiet, _Talking.verbose = quiet, verbose
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    log = logging.getLogger("podcast")
    log.handlers[:] = [_Talk()]
    log.setLevel(level)


def keep(secret: str, variable: str) -> None:
    """Print the variable's name wherever the secret that it holds would be printed."""
    _Talking.secret, _Talking.variable = secret, variable


def discreet(text: str) -> str:
    """Return the text without the secret of a private show's address."""
    return text.replace(_Talking.secret, f"${_Talking.variable}") if _Talking.secret else text


def only_look() -> None:
    """Leave out what is said of work: who speaks, who writes. What is wrong is said, and all where `-v` asks for it."""
    if not _Talking.verbose:
        logging.getLogger("podcast").setLevel(logging.WARNING)


def say(text: str) -> None:
    """Tell the person something, unless -q asked for quiet; markup in square brackets is rich's."""
    if not _Talking.quiet:
        err.print(text, highlight=False)


def warn(text: str) -> None:
    """Tell what is not as it should be, and stops nothing: also where -q asked for quiet."""
    err.print(f"[yellow]{plain(text)}[/]", highlight=False)


def plain(text: str) -> str:
    """Return the text with nothing in it that rich would take for markup."""
    from rich.markup import escape

    return escape(text)


def fail(message: str, hint: str = "") -> None:
    """Tell what went wrong, and what to do next."""
    err.print(f"[bold red]Error:[/] {plain(message)}", highlight=False)
    if hint:
        err.print(f"[bold green]→[/] {plain(typeable(hint))}", highlight=False)


def as_json(value: object) -> None:
    """Print the value to stdout for programs."""
    sys.stdout.write(discreet(json.dumps(value, ensure_ascii=False, indent=2, default=str)) + "\n")


def grouped(rows: Sequence[Mapping[str, object]], after: Mapping[str, str]) -> None:
    """Print rows of like keys to stdout, those with one first value together under it, and what stands `after`."""
    for head in dict.fromkeys(next(iter(row.values())) for row in rows):
        out.print(f"[bold]{plain(str(head))}[/]", highlight=False)
        for first, *rest in (row.values() for row in rows):
            if first == head:
                out.print("  " + ": ".join(plain(str(value)) for value in rest), highlight=False)
        if str(head) in after:
            out.print(f"  {plain(after[str(head)])}", highlight=False)


def table(rows: Sequence[Mapping[str, object]], json_wanted: bool = False) -> None:
    """Print rows of like keys to stdout, as a table for people or as JSON for programs."""
    if json_wanted:
        as_json(rows)
        return
    if not rows:
        return
    cells = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    long = next((name for name in ("title", "text") if name in rows[0]), "")
    if out.is_terminal and long:  # there it takes the room that is left, and is cut at the edge
        place = cells[0].index(long)
        widths[place] = max(8, out.width - sum(widths) + widths[place] - 2 * (len(widths) - 1))
    for number, row in enumerate(cells):
        drawn = "  ".join(_fitted(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        out.print(drawn, style="" if number else "bold", markup=False, highlight=False)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _fitted(cell: str, width: int) -> str:
    """Return the cell as wide as its column; what is longer is cut, and says so."""
    return set_cell_size(cell, width) if cell_len(cell) <= width else f"{set_cell_size(cell, width - 1)}…"


def lines(rows: Sequence[Mapping[str, object]], meant: int = 0) -> None:
    """Print a script's rows to stdout, chapter by chapter: number, time, host, text, and below it what is wrong.

    The line of the number that is `meant` is pointed at.
    """
    chapter = None
    for row in rows:
        if row["chapter"] != chapter:
            chapter = row["chapter"]
            out.print(f"\n[bold]{plain(str(chapter))}[/]", highlight=False)
        take = f" [dim]take {row['take']}[/]" if row["take"] != 1 else ""
        arrow = "[bold green]>[/]" if row["line"] == meant else "" if not meant else " "
        head = f"{arrow}[dim]{row['line']:>3}  {row['at'] or '':>5}[/]  [bold]{row['host']}[/]  "
        grounding = str(row["grounding"])
        mark = {"✓": "[green]✓[/] ", "✓✓": "[green]✓[/] ", "": "  "}.get(
            grounding, "[bold red]✗[/] " if "✗" in grounding else "[yellow]![/] "
        )
        out.print(f"{head}{mark}{plain(str(row['text']))}{take}", highlight=False)
        if grounding not in ("✓", "✓✓", ""):
            out.print(f"              [yellow]{plain(grounding)}[/]", highlight=False)


def check(check: str, ok: str, found: str, fix: str, seconds: float) -> None:
    """Print one thing that was looked at, on a line, with its fix, and how long it took where that was long."""
    mark = {"yes": "[green]✓[/]", "no": "[bold red]✗[/]"}.get(ok, "[yellow]![/]")
    took = f" [dim]({seconds:.1f} s)[/]" if seconds >= _LONG else ""
    way = f"  [bold green]→[/] {plain(typeable(fix))}" if fix else ""
    out.print(f"{mark} {check:<9} {plain(found)}{took}{way}", highlight=False)


_LONG = 0.5
"""Seconds from which on it is told how long a look took."""


class Bars:
    """Progress bars, one a stage of a paper, with the line that is spoken. Fits `studio.Watch`."""

    def __init__(self, progress: "Progress") -> None:
        self._progress = progress

    def __call__(self, items: Iterable[T], stage: str, paper: "Paper", total: int) -> Iterator[T]:
        task = self._progress.add_task(f"{stage:>6}  {paper.id}", total=total, line="")
        try:
            for item in items:
                line = " ".join(str(getattr(item, "text", "")).split())
                self._progress.update(task, line=plain(line[:60] + ("…" if len(line) > 60 else "")))
                yield item
                self._progress.advance(task)
        finally:
            self._progress.remove_task(task)


@contextmanager
def bars() -> Iterator[Bars]:
    """Give what watches the stages: bars on a terminal, and nothing elsewhere."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[line]}"),
    )  # fmt: skip
    with Progress(*columns, console=err, disable=_Talking.quiet or not err.is_terminal, transient=True) as progress:
        yield Bars(progress)


@contextmanager
def bytes_coming(name: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many bytes of how many have come: a bar on a terminal, and nothing elsewhere."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=_Talking.quiet or not err.is_terminal, transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda come, total: progress.update(task, completed=come, total=total)
