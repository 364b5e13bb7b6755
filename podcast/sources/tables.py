"""Tables whose cells are texts go: their rows begin and end at one height in all columns, which columns of prose don't.

They would be read as columns otherwise, each from above to below, or across.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.sources.letters import SMALL, UNCASED
from podcast.sources.runs import Run

_APART = 1.55
"""Sizes: what is further below a line is in another row. Lines of prose are nearer."""
_FEWEST = {2: 6, 3: 3}
"""Rows by columns, of more the last: fewer are parts of a page that stand side by side."""
_MOST_LINES = 14
"""Of a row: what is longer is a column's text."""
_WORDS = re.compile(rf"(?<![^\W_])[{SMALL}]{{2,}}\b.* [{SMALL}]{{2,}}\b|[{UNCASED}]{{4}}")
"""What few cells of names and figures have."""
_NEAR = 4
"""Points between the beginnings of cells of one column."""


def without_tables(runs: Sequence[Run]) -> list[Run]:
    """Return the runs without those in tables of texts."""
    gone: set[int] = set()
    for rows in _tables(list(_rows(runs))):
        cells = [run for row in rows for line in row for run in line]
        if sum(_WORDS.search(run.text) is not None for run in cells) > 0.5 * len(cells):
            gone |= {id(run) for run in cells}
    return [run for run in runs if id(run) not in gone]


def _rows(runs: Sequence[Run]) -> Iterator[list[list[Run]]]:
    """Yield what no gap over the whole breadth parts, in lines from above."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.base):
        if lines and lines[-1][0].base - run.base < 0.45 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    row: list[list[Run]] = []
    for line in lines:
        if row and row[-1][0].base - line[0].base > _APART * max(run.size for run in row[-1]):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _tables(rows: Sequence[list[list[Run]]]) -> Iterator[list[list[list[Run]]]]:
    """Yield rows that follow one another and have the same columns, as many as make a table."""
    table: list[list[list[Run]]] = []
    last: tuple[float, ...] = ()
    for row in [*rows, []]:
        found = _columns(row)
        alike = len(found) == len(last) and all(abs(a - b) < _NEAR for a, b in zip(found, last, strict=True))
        if found and alike and abs(row[0][0].size - table[-1][0][0].size) < 0.7:
            table.append(row)
            continue
        if table and len(table) >= _FEWEST.get(len(last), _FEWEST[3]):
            yield table
        table, last = ([row], found) if found else ([], ())


def _columns(row: Sequence[list[Run]]) -> tuple[float, ...]:
    """Return where the columns begin, if all of them do in the first line, each line is in some of them, and some end
    before others or in a short line; nothing where there is but one."""
    if not row or len(row) > _MOST_LINES:
        return ()
    begins = tuple(sorted(run.x0 for run in row[0]))
    if len(begins) < 2 or any(b - a < 2 * _NEAR for a, b in pairwise(begins)):
        return ()
    fits = all(any(abs(run.x0 - at) < _NEAR for at in begins) for line in row for run in line)
    return begins if fits else ()
