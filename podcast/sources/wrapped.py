"""Tables and figures around which a column's text runs: they go, since their cells stand on the lines of sentences."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from podcast.sources.letters import SMALL, UNCASED, width
from podcast.sources.runs import Run

_LONG = 20
"""Signs of a line of prose beside a picture: narrower columns are hardly ever set."""
_WORDS = re.compile(rf"\b[{SMALL}]{{2,}},? [{SMALL}]{{2,}}\b|[{UNCASED}]{{2}}[,،、，]? ?[{UNCASED}]{{2}}")
_FEWEST = 4
"""Lines beside it: fewer are the last lines of paragraphs."""
_GOES_ON = 0.8
"""Sizes: what stands closer behind a line is of it; LaTeX leaves 1 and more beside a wrapped table."""
_NARROWER = 0.15
"""The share of the column's width that the text leaves."""


def without_wrapped(runs: Sequence[Run]) -> list[Run]:
    """Return a column's runs without those that stand beside lines of its text, right or left."""
    prose = sorted((_to_its_end(run, runs) for run in runs if reads(run)), key=lambda run: -run.base)
    if len(prose) < _FEWEST + 2:
        return list(runs)
    left, right = _edge([run.x0 for run in prose], -1), _edge([run.x1 for run in prose], 1)
    least = _NARROWER * (right - left)
    gone: set[int] = set()
    from_left = [run for run in prose if run.x0 < left + 2 * run.size]
    for stretch in _stretches(from_left, lambda run: right - run.x1 > least):
        lines = _alike(stretch, [run.x1 for run in stretch])
        border = max(run.x1 for run in lines)
        gone |= {id(run) for run in _beside(runs, lines) if run.x0 > border}
    to_right = [run for run in prose if run.x1 > right - 2 * run.size]
    for stretch in _stretches(to_right, lambda run: run.x0 - left > least):
        lines = _alike(stretch, [-run.x0 for run in stretch])
        border = min(run.x0 for run in lines)
        gone |= {id(run) for run in _beside(runs, lines) if run.x1 < border}
    return [run for run in runs if id(run) not in gone]


def _to_its_end(line: Run, runs: Sequence[Run]) -> Run:
    """Return the line as far as it goes on without a gap, in pieces, as around an accent of a formula."""
    end = line.x1
    for run in sorted(runs, key=lambda run: run.x0):
        high = line.size if len(run.text) < 3 else 1  # an accent stands above
        if abs(run.base - line.base) < high and -3 < run.x0 - end < _GOES_ON * line.size and run.size < line.size + 1:
            end = max(end, run.x1)
    return line if end == line.x1 else replace(line, x1=end)


def reads(run: Run) -> bool:
    """Tell whether the run is long, and words that follow one another."""
    return width(run.text) > _LONG and _WORDS.search(run.text) is not None


def _edge(places: Sequence[float], side: int) -> float:
    """Return the outermost place where three lines and more begin or end."""
    ordered = sorted(places, reverse=side > 0)
    return next((place for place in ordered if sum(abs(place - other) < 3 for other in places) > 2), median(places))


def _stretches(lines: Sequence[Run], narrow: Callable[[Run], bool]) -> Iterator[list[Run]]:
    """Yield four lines and more, one below the other, that are narrow, most of them alike."""
    stretch: list[Run] = []
    for run in lines:
        if narrow(run) and (not stretch or stretch[-1].base - run.base < 3 * run.size):
            stretch.append(run)
            continue
        if len(stretch) >= _FEWEST:
            yield stretch
        stretch = [run] if narrow(run) else []
    if len(stretch) >= _FEWEST:
        yield stretch


def _alike(stretch: Sequence[Run], ends: Sequence[float]) -> list[Run]:
    """Return the stretch without lines at its beginning and end that reach further: last lines of other paragraphs."""
    far = median(ends) + 2 * stretch[0].size
    near = [at for at, end in enumerate(ends) if end <= far]
    return list(stretch[near[0] : near[-1] + 1])


def _beside(runs: Sequence[Run], stretch: Sequence[Run]) -> Iterator[Run]:
    """Yield what stands at the height of the stretch."""
    top, low = stretch[0].base + stretch[0].size, stretch[-1].base - stretch[-1].size
    yield from (run for run in runs if low <= run.base <= top)
