"""What the person at the terminal sees: talk on stderr, data on stdout, a progress bar on a terminal only."""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from podcast.show.schema import Paper

T = TypeVar("T")

out = Console(soft_wrap=True)
err = Console(stderr=True, soft_wrap=True)


class _Talk(logging.Handler):
    """Prints the log as talk: quiet detail, plain sentences, and what is wrong in colour."""

    def emit(self, record: logging.LogRecord) -> None:
        style = "dim" if record.levelno < logging.INFO else "yellow" if record.levelno > logging.INFO else ""
        err.print(record.getMessage(), style=style, markup=False, highlight=False)


def start_logging(verbose: bool, quiet: bool) -> None:
    """Send the project's log to stderr: what it does, with `verbose` how, with `quiet` only what is wrong."""
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    log = logging.getLogger("podcast")
    log.handlers[:] = [_Talk()]
    log.setLevel(level)


def say(text: str) -> None:
    """Tell the person something; markup in square brackets is rich's."""
    err.print(text, highlight=False)


def plain(text: str) -> str:
    """Return the text with nothing in it that rich would take for markup."""
    from rich.markup import escape

    return escape(text)


def fail(message: str, hint: str = "") -> None:
    """Tell what went wrong, and what to do next."""
    err.print(f"[bold red]Error:[/] {plain(message)}", highlight=False)
    if hint:
        err.print(f"[dim]→[/] {plain(hint)}", highlight=False)


def as_json(value: object) -> None:
    """Print the value to stdout for programs."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


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
    titled = "title" in rows[0]  # a title takes the room that is left, and is cut there
    drawn = Table(box=None, pad_edge=False, header_style="bold", expand=titled)
    last = list(rows[0])[-1]
    for key in rows[0]:
        if key == "title":
            drawn.add_column(key, no_wrap=True, overflow="ellipsis", ratio=1)
        else:
            drawn.add_column(key, no_wrap=titled or key != last, overflow="fold")
    for row in rows:
        drawn.add_row(*("" if value is None else plain(str(value)) for value in row.values()))
    out.print(drawn)


def lines(rows: Sequence[Mapping[str, object]]) -> None:
    """Print a script's rows to stdout, chapter by chapter: number, time, host, text, and below it what is wrong."""
    chapter = None
    for row in rows:
        if row["chapter"] != chapter:
            chapter = row["chapter"]
            out.print(f"\n[bold]{plain(str(chapter))}[/]", highlight=False)
        take = f" [dim]take {row['take']}[/]" if row["take"] != 1 else ""
        head = f"[dim]{row['line']:>3}  {row['at'] or '':>5}[/]  [bold]{row['host']}[/]  "
        grounding = str(row["grounding"])
        mark = {"✓": "[green]✓[/] ", "": "  "}.get(
            grounding, "[bold red]✗[/] " if "✗" in grounding else "[yellow]![/] "
        )
        out.print(f"{head}{mark}{plain(str(row['text']))}{take}", highlight=False)
        if grounding not in ("✓", ""):
            out.print(f"              [yellow]{plain(grounding)}[/]", highlight=False)


def check(check: str, ok: str, found: str, fix: str) -> None:
    """Print one thing that was looked at, on a line, with its fix."""
    mark = {"yes": "[green]✓[/]", "no": "[bold red]✗[/]"}.get(ok, "[yellow]![/]")
    out.print(f"{mark} {check:<9} {plain(found)}" + (f"  → {plain(fix)}" if fix else ""), highlight=False)


class Bars:
    """Progress bars, one a stage of a paper, with the line that is spoken. Fits `studio.Watch`."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def __call__(self, items: Iterable[T], stage: str, paper: Paper, total: int) -> Iterator[T]:
        task = self._progress.add_task(f"{stage:>6}  {paper.id}", total=total, line="")
        try:
            for item in items:
                line = " ".join(str(getattr(item, "text", "")).split())
                self._progress.update(task, line=plain(line[:60] + ("…" if len(line) > 60 else "")))
                yield item
                self._progress.advance(task)
        finally:
            self._progress.update(task, line="", visible=False)


@contextmanager
def bars() -> Iterator[Bars]:
    """Give what watches the stages: bars on a terminal, and nothing elsewhere."""
    columns = (
        TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("[dim]{task.fields[line]}"),
    )  # fmt: skip
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        yield Bars(progress)


@contextmanager
def bytes_coming(name: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many bytes of how many have come: a bar on a terminal, and nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task(name, total=None)
        yield lambda come, total: progress.update(task, completed=come, total=total)
