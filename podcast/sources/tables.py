"""Tables whose cells are texts go: their rows begin and end at one height in all columns.

They would be read as columns otherwise, each from above to below, or across. Lists, interviews, glossaries and prose on
a grid are set so, too: only three columns of what is no prose are surely a table, or what has a table's caption.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.show.stops import ENDED
from podcast.sources.letters import SMALL, UNCASED
from podcast.sources.runs import Run

Row = list[list[Run]]
"""What no gap over the whole breadth parts, in lines."""
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
NAMES = r"table\.?|tab\.|tab(?:elle|leau|la|ela|ella|lo)|табл(?:ица|\.)|[表표]"
"""What a table's caption begins with, as a part of a pattern."""
_CAPTION = re.compile(
    rf"(?:(?:extended data|supplementary|appendix) )?(?:{NAMES})\s*(?:\d|[IVX]+\b|[A-Z]\b)", re.IGNORECASE
)
_MOST_OF_A_CAPTION = 6
"""Lines."""
_CLOSE = 3.5
"""Sizes between a caption and its table."""
_MOST_PROSE = 1 / 3
"""The share that cells which are prose have at most, of their table's letters where no caption tells, and of their
page's."""


def without_tables(runs: Sequence[Run]) -> list[Run]:
    """Return the runs without those in tables of texts; whatever may be prose stays."""
    gone: set[int] = set()
    rows = list(_rows(runs))
    for first, table in _tables(rows):
        cells = [run for row in table for line in row for run in line]
        worded = sum(_WORDS.search(run.text) is not None for run in cells) > 0.5 * len(cells)
        if worded and _is_table(table, runs, _captioned(rows, first, first + len(table))):
            gone |= {id(run) for run in cells}
    return [run for run in runs if id(run) not in gone]


def _is_table(table: Sequence[Row], page: Sequence[Run], captioned: bool) -> bool:
    """Tell whether rows with the same columns are surely a table's, by their cells and a caption."""
    columns = [[_cell(row, at) for row in table] for at in _begins(table[0])]
    prose = 0
    for column in columns:
        edge = max(run.x1 for cell in column for run in cell)
        prose += sum(_letters(cell) for cell in column if _is_prose(cell, edge))
    most = prose <= _MOST_PROSE * sum(_letters(cell) for column in columns for cell in column)
    few = prose <= _MOST_PROSE * sum(len(run.text) for run in page)
    return few and (most or captioned) and (captioned or len(columns) > 2)


def _cell(row: Row, at: float) -> list[Run]:
    return [run for line in row for run in line if abs(run.x0 - at) < _NEAR]


def _letters(cell: Sequence[Run]) -> int:
    return sum(len(run.text) for run in cell)


def _is_prose(cell: Sequence[Run], edge: float) -> bool:
    """Tell whether the cell ends as a sentence, or is one full line, which may go on in the next row."""
    last = cell[-1]
    words = sum(len(run.text.split()) for run in cell)
    full = len(cell) == 1 and last.x1 > edge - 1.5 * last.size
    return words > 3 and (full or ENDED.search(last.text.rstrip()) is not None)


def _captioned(rows: Sequence[Row], first: int, end: int) -> bool:
    """Tell whether a table's caption stands right above the rows, or right below."""
    top, bottom = rows[first][0][0], rows[end - 1][-1][0]
    above = [line[0] for row in rows[:first] for line in row][-_MOST_OF_A_CAPTION:]
    below = [line[0] for row in rows[end:] for line in row][:1]
    for run in reversed(above):
        if run.base - top.base > _CLOSE * top.size:
            break
        if _CAPTION.match(run.text):
            return True
        top = run
    return any(bottom.base - run.base < _CLOSE * run.size and _CAPTION.match(run.text) for run in below)


def _rows(runs: Sequence[Run]) -> Iterator[Row]:
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


def _tables(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Yield rows that follow one another and have the same columns, as many as make a table, with the first's place."""
    table: list[Row] = []
    last: tuple[float, ...] = ()
    for at, row in enumerate([*rows, []]):
        found = _columns(row)
        alike = len(found) == len(last) and all(abs(a - b) < _NEAR for a, b in zip(found, last, strict=True))
        if found and alike and abs(row[0][0].size - table[-1][0][0].size) < 0.7:
            table.append(row)
            continue
        if table and len(table) >= _FEWEST.get(len(last), _FEWEST[3]):
            yield at - len(table), table
        table, last = ([row], found) if found else ([], ())


def _columns(row: Row) -> tuple[float, ...]:
    """Return where the columns begin, if all of them do in the first line and each line is in some of them; nothing
    where there is but one."""
    if not row or len(row) > _MOST_LINES:
        return ()
    begins = _begins(row)
    if len(begins) < 2 or any(b - a < 2 * _NEAR for a, b in pairwise(begins)):
        return ()
    fits = all(any(abs(run.x0 - at) < _NEAR for at in begins) for line in row for run in line)
    return begins if fits else ()


def _begins(row: Row) -> tuple[float, ...]:
    return tuple(sorted(run.x0 for run in row[0]))
