"""Runs become lines in the order in which they are read: down a column, then down the next, between what spans both."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from podcast.sources.letters import width
from podcast.sources.pages import Page
from podcast.sources.runs import Run
from podcast.sources.tables import without_tables
from podcast.sources.wrapped import reads, without_wrapped

_LONG = 25
"""Letters of Latin: shorter runs are cells, labels and formulas, and say nothing of columns."""
_FEWEST_ABOVE = 0.08
"""The share of letters, against the notes', that a text has at least."""
_ONE_HEIGHT = 0.45
"""Sizes: what stands closer, above or below, stands at one height."""


@dataclass(frozen=True)
class Line:
    """What stands at one height of one column; `column` is 0 for what spans the page, else counts from the left."""

    text: str
    page: int
    column: int
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    italic: bool
    font: str
    code: bool
    maths: float
    cells: tuple[str, ...]
    """The texts of its runs."""
    parts: tuple[str, ...]
    """The same, parted by raised marks too."""
    starts: tuple[float, ...]
    """Where its runs begin."""
    mark: str
    left: float
    right: float
    """Where the column's lines of prose begin and end."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def body_size(pages: Sequence[Sequence[Run]]) -> float:
    """Return the size of most letters that stand in lines of prose, in points; where these are notes below a text in
    larger ones on page after page, the size of that."""
    weight: Counter[float] = Counter()
    for run in (run for runs in pages for run in runs if width(run.text) > 15):
        weight[_half(run)] += len(run.text)
    if not weight:
        return 10.0
    most, signs = weight.most_common(1)[0]
    larger = (size for size in sorted(weight) if size > most + 0.7 and weight[size] > _FEWEST_ABOVE * signs)
    return next((size for size in larger if _stands_above(pages, size, most)), most)


def _half(run: Run) -> float:
    return round(run.size * 2) / 2


def _stands_above(pages: Sequence[Sequence[Run]], size: float, small: float) -> bool:
    """Tell whether, on pages that have both, text of that size ends above where the small one begins, and marks tell
    that this is notes, since a lead is larger than what it leads to."""
    above = below = marked = 0
    for runs in pages:
        long = [run for run in runs if width(run.text) > _LONG]
        large, notes = ([run for run in long if _half(run) == each] for each in (size, small))
        if large and notes:
            over = sum(not any(other.base < note.base and other.x0 < note.x1 and note.x0 < other.x1 for other in large)
                       for note in notes)  # fmt: skip
            above, below = above + (over > 0.9 * len(notes)), below + 1
            marked += any(run.mark for run in runs if _half(run) == small)
    return above > 1 and above > 0.7 * below and marked > 0.7 * below


def in_order(pages: Sequence[Page], texts: Sequence[Sequence[Run]]) -> list[Line]:
    """Return the lines of all pages in the order of reading, given the runs of each page that are its text."""
    texts = [without_tables(runs) for runs in texts]
    gutters = [_gutters(page, runs) for page, runs in zip(pages, texts, strict=True)]
    usual = _usual(gutters)
    rows: list[tuple[int, int, list[Run]]] = []
    for page, runs, found in zip(pages, texts, gutters, strict=True):
        where = found or (usual if usual and _fits(runs, usual) else ())
        rows += [(page.number, column, row) for column, row in _rows(runs, where, page.number == 0)]
    return _lines(rows, body_size(texts))


Gutters = tuple[float, ...]
"""Where the columns of a page part, from the left; none where it has one."""


def _gutters(page: Page, runs: Sequence[Run]) -> Gutters:
    """Return where three columns of the page part, or two; none where long runs cross there, or stand on one side."""
    long = [run for run in runs if width(run.text) > _LONG]
    if not long:
        return ()
    left, right = min(run.x0 for run in long), max(run.x1 for run in long)
    wide = right - left
    thirds = (left + wide / 3, left + wide * 2 / 3)
    if wide > page.width / 2 and _part(long, thirds):
        return tuple(_emptiest(runs, third) for third in thirds)
    middle = (left + right) / 2
    middle = middle if abs(middle - page.width / 2) < page.width * 0.08 else page.width / 2
    return (_emptiest(runs, middle),) if _part(long, (middle,)) else ()


def _part(long: Sequence[Run], places: Gutters) -> bool:
    """Tell whether long runs stand in each column between the places, and few cross one."""
    crossing = [run for run in long if any(run.x0 < at - 12 and run.x1 > at + 12 for at in places)]
    edges = (float("-inf"), *places, float("inf"))
    columns = [[run for run in long if run.x0 >= begin - 12 and run.x1 <= end + 12] for begin, end in pairwise(edges)]
    if any(len(column) < (4 if at else 5) for at, column in enumerate(columns)):
        return False
    return sum(map(len, columns)) >= 1.2 * len(crossing)


def _emptiest(runs: Sequence[Run], middle: float) -> float:
    """Return the place near the middle that the fewest runs cross."""
    places = range(round(middle - 30), round(middle + 31), 2)
    return float(min(places, key=lambda at: (sum(run.x0 < at - 1 < at + 1 < run.x1 for run in runs), abs(at - middle))))


def _usual(gutters: Sequence[Gutters]) -> Gutters:
    found = [some for some in gutters if some]
    if not found or len(found) < 0.4 * len(gutters):
        return ()
    most = Counter(map(len, found)).most_common(1)[0][0]
    return tuple(median(places) for places in zip(*(some for some in found if len(some) == most), strict=True))


def _fits(runs: Sequence[Run], gutters: Gutters) -> bool:
    """Tell whether the page has columns as others have: few long runs cross a gutter, and some stand beside it."""
    long = [run for run in runs if width(run.text) > _LONG]
    crossing = sum(any(run.x0 < gutter - 12 < gutter + 12 < run.x1 for gutter in gutters) for run in long)
    return len(long) - crossing > 2 * crossing


def _rows(runs: Sequence[Run], gutters: Gutters, first: bool) -> Iterator[tuple[int, list[Run]]]:
    """Yield (column, runs at one height) in order: what spans the page ends a band of columns."""
    if not gutters:
        yield from ((0, row) for row in _by_height(without_wrapped(runs)))
        return
    band: list[Run] = []
    top = _top(runs, gutters[0]) if first else float("inf")
    above: Run | None = None
    for row in _by_height(runs):
        spans = any(_spans(row, gutter) for gutter in gutters)
        if spans or row[0].base > top + _ONE_HEIGHT * row[0].size or (above and _hangs_on(row, above)):
            yield from _band(band, gutters)
            band, above = [], max(row, key=lambda run: run.x1 - run.x0)
            yield 0, row
        else:
            band += row
            above = None
    yield from _band(band, gutters)


def _top(runs: Sequence[Run], gutter: float) -> float:
    """Return where the columns of the first page begin, the second perhaps with a heading: above it stand title and
    authors, these side by side."""
    prose = [run for run in runs if reads(run) and (run.x1 < gutter + 8 or run.x0 > gutter - 8)]
    right = [run for run in prose if run.x0 > gutter - 8]
    begins, edge = max((run.base for run in right), default=0.0), min((run.x0 for run in right), default=0.0)
    headed = [
        run.base for run in runs if run.bold and abs(run.x0 - edge) < 2 and 0 < run.base - begins < 2.2 * run.size
    ]
    return max([*(run.base for run in prose), *headed], default=float("inf"))


def _hangs_on(row: Sequence[Run], above: Run) -> bool:
    """Tell whether the row is the last line of what spans the page: right below it, of its size, flush or centred."""
    if len(row) > 1 or not 0 < above.base - row[0].base < 1.5 * above.size or abs(above.size - row[0].size) > 0.3:
        return False
    centred = abs((row[0].x0 + row[0].x1) - (above.x0 + above.x1)) < 2 * above.size
    return centred or -2.5 * above.size < row[0].x0 - above.x0 < 0.5 * above.size


def _crosses(run: Run, gutter: float) -> bool:
    return run.x0 < gutter - 8 and run.x1 > gutter + 8


def _spans(row: Sequence[Run], gutter: float) -> bool:
    """Tell whether the row crosses the gutter, and does not only jut out a little from its column, as a long formula
    does."""
    crossing = [run for run in row if _crosses(run, gutter)]
    return any(min(gutter - run.x0, run.x1 - gutter) >= 0.12 * (run.x1 - run.x0) for run in crossing)


def _band(band: Sequence[Run], gutters: Gutters) -> Iterator[tuple[int, list[Run]]]:
    for column in range(1, len(gutters) + 2):
        side = [run for run in band if bisect_right(gutters, (run.x0 + run.x1) / 2) == column - 1]
        yield from ((column, row) for row in _by_height(without_wrapped(without_tables(side))))


def _by_height(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs from above, those that stand on one line together, from the left."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.base):
        for row in rows[-3:]:
            if abs(row[0].base - run.base) < _ONE_HEIGHT * max(run.size, row[0].size, 4):
                row.append(run)
                break
        else:
            rows.append([run])
    return [sorted(part, key=lambda run: run.x0) for row in rows for part in _without_strays(row)]


def _without_strays(row: list[Run]) -> Iterator[list[Run]]:
    """Yield the row, and apart from a line of prose the small labels of a picture that happen to stand beside it."""
    prose = next((run for run in row if reads(run)), None)
    strays = [run for run in row if prose and run.size < 0.9 * prose.size and len(run.text) < 7]
    yield [run for run in row if run not in strays]
    if strays:
        yield strays


def _lines(rows: Sequence[tuple[int, int, list[Run]]], body: float) -> list[Line]:
    edges = _edges(rows, body)
    lines = []
    for page, column, row in rows:
        most = max(row, key=lambda run: len(run.text))
        signs = sum(len(run.text) for run in row) or 1
        left, right = edges.get((page, column)) or edges.get((-1, column)) or (row[0].x0, row[-1].x1)
        lines.append(
            Line(
                text=" ".join(run.text.strip() for run in row), page=page, column=column, x0=row[0].x0,
                x1=max(run.x1 for run in row), base=most.base, size=most.size, bold=most.bold, italic=most.italic,
                font=most.font, code=all(run.code for run in row),
                maths=sum(run.maths * len(run.text) for run in row) / signs,
                cells=tuple(run.text.strip() for run in row),
                parts=tuple(part.strip() for run in row for part in run.parts or (run.text,)),
                starts=tuple(run.x0 for run in row),
                mark=row[0].mark, left=left, right=right,
            )
        )  # fmt: skip
    return lines


def _edges(rows: Sequence[tuple[int, int, list[Run]]], body: float) -> dict[tuple[int, int], tuple[float, float]]:
    """Return where prose begins and ends in each column of each page; of page -1, in all pages."""
    full: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for page, column, row in rows:
        for run in row:
            if width(run.text) > _LONG and abs(run.size - body) < 0.6:
                full[page, column].append(run)
                full[-1, column].append(run)
    return {
        at: (median(run.x0 for run in runs), sorted(run.x1 for run in runs)[int(len(runs) * 0.8)])
        for at, runs in full.items()
    }  # fmt: skip
