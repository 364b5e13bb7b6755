"""What stands on pages besides their text: numbers of lines and pages, running heads and feet, stamps."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from podcast.sources.margins import without_margins
from podcast.sources.pages import Page
from podcast.sources.runs import Run

_EDGE = 0.12
"""The share of a page's height, above and below, in which heads and feet stand."""
_OFTEN = 0.25
"""The share of the pages that show a running head: those of the left and of the right differ, and chapters' too."""
_ROWS = 4
"""From the edge: no head or foot has more."""
_FEWEST_NUMBERS = 8
"""Of lines on a page: a table's column of growing numbers is shorter, or grows unevenly."""
_GROWN = -1
"""In place of a place, for numbers that have grown onto the lines."""
_PAGE_NUMBER = re.compile(
    r"[–—-]?\s*(?:\d{1,5}|[ivxlc]{1,6})\s*[–—-]?|[A-Z]?-?\d{1,4}|(?:page|p\.)\s*\d+(?:\s*(?:of|/)\s*\d+)?|\d+\s*(?:of|/)\s*\d+",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"arXiv:(?:\d{4}\.\d{4,5}|[a-z.-]+/\d{7})|this is (?:a|the) (?:preprint|author)|downloaded (?:from|by|on)\b|"
    r"authorized licensed use",
    re.IGNORECASE,
)


Edges = Sequence[tuple[Run, int]]
"""What stands at a page's edges, each with the rows between it and the edge."""


def without_furniture(pages: Sequence[Page]) -> tuple[tuple[Run, ...], ...]:
    """Return the runs of each page that are its text."""
    places = set[int]()
    numbered = [_without_line_numbers(page.runs, places) for page in pages]
    edges = [_edges(page, runs) for page, runs in zip(pages, numbered, strict=True)]
    often = _often(edges)
    return tuple(
        tuple(without_margins(list(_inside(page, runs, at, often)), page.width))
        for page, runs, at in zip(pages, numbered, edges, strict=True)
    )


# --- numbers of lines ------------------------------------------------------------------------------------


def _without_line_numbers(runs: Sequence[Run], places: set[int]) -> list[Run]:
    """Return the runs without numbers that count lines: beside them at one place, or grown onto them. The places are
    added where they stood on pages before, on which fewer are enough."""
    alone = defaultdict(list)
    for run in runs:
        if re.fullmatch(r"\d{1,4}", run.text):
            alone[round(run.x1 / 4)].append(run)
    gone: set[int] = set()
    for place, some in alone.items():
        near = some + alone.get(place + 1, [])
        if _counts([(run.base, int(run.text)) for run in near], place in places or place + 1 in places):
            gone |= {id(run) for run in near}
            places |= {place, place + 1} if len(near) >= _FEWEST_NUMBERS else set()
    kept = _without_grown_behind([run for run in runs if id(run) not in gone])
    grown = {id(run): found for run in kept if (found := re.match(r"(\d{1,4})\s+(?=\S)", run.text))}
    if _counts([(run.base, int(grown[id(run)][1])) for run in kept if id(run) in grown], _GROWN in places):
        places.add(_GROWN)
        return [replace(run, text=run.text[grown[id(run)].end() :]) if id(run) in grown else run for run in kept]
    return kept


def _without_grown_behind(runs: Sequence[Run]) -> list[Run]:
    """Return the runs without numbers at one place right of them, grown onto the ends of those that reach so far."""
    at_place = defaultdict(list)
    for run in runs:
        if run.text[-1:].isdigit() and (found := re.search(r"(?:^|(?<=\S)\s+)(\d{1,4})$", run.text)):
            at_place[round(run.x1 / 4)].append((run, found))
    gone: dict[int, Run | None] = {}
    for place, some in at_place.items():
        near = [*some, *at_place.get(place + 1, [])]
        if _counts([(run.base, int(found[1])) for run, found in near]):
            for run, found in near:
                short = run.x1 - run.size * (0.4 * len(found[1]) + 0.8)
                gone[id(run)] = replace(run, text=run.text[: found.start()], x1=short) if found.start() else None
    return [kept for run in runs if (kept := gone.get(id(run), run))]


def _counts(numbers: Sequence[tuple[float, int]], known: bool = False) -> bool:
    """Tell whether the (height, number) pairs count lines from above: by ones or fives, nearly all; where it is `known`
    that they do, one is enough."""
    values = [value for _, value in sorted(numbers, reverse=True)]
    steps = [after - before for before, after in pairwise(values)]
    if known and len(values) == 1:
        return True
    return len(values) >= (2 if known else _FEWEST_NUMBERS) and max(steps.count(1), steps.count(5)) > 0.7 * len(steps)


# --- heads, feet, numbers of pages --------------------------------------------------------------------------


def _often(edges: Sequence[Edges]) -> set[str]:
    """Return the shapes that stand at the edges of many pages, at one height: in the outermost row twice, else more."""
    seen: Counter[tuple[str, int]] = Counter()
    outmost: Counter[tuple[str, int]] = Counter()
    for page in edges:
        seen.update({(_shape(run.text), round(run.base / 6)) for run, _ in page})
        outmost.update({(_shape(run.text), round(run.base / 6)) for run, row in page if row == 0})
    least = len(edges) * _OFTEN
    return _shapes(seen, max(3, least)) | _shapes(outmost, max(2, least))


def _shapes(seen: Counter[tuple[str, int]], least: float) -> set[str]:
    return {shape for (shape, _), times in seen.items() if times >= least}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\b[ivxlc]+\b", "0", text.strip()))


def _edges(page: Page, runs: Sequence[Run]) -> Edges:
    """Return (run, rows between it and the page's edge) of what stands at one: in the outermost row, or the outer 12 %
    and no more than three rows further in."""
    heights: list[float] = []
    for run in sorted(runs, key=lambda run: run.base):
        if not heights or run.base - heights[-1] > 3:
            heights.append(run.base)
    found = []
    for run in runs:
        below = bisect_right(heights, run.base) - 1
        row = min(below, len(heights) - 1 - below)
        inside = page.height * _EDGE <= run.base <= page.height * (1 - _EDGE)
        if row == 0 or (row < _ROWS and not inside):
            found.append((run, row))
    return found


def _inside(page: Page, runs: Sequence[Run], edges: Edges, often: set[str]) -> Iterator[Run]:
    """Yield the runs but heads and feet; what stands on the line of one, at the very edge, is of it."""
    heads = [run for run, row in edges if _shape(run.text) in often or (row == 0 and _is_number(run))]
    gone = {id(run) for run in heads}
    outmost = [run for run, row in edges if row == 0 and any(abs(run.base - head.base) < 2 for head in heads)]
    if _stand_apart(outmost, runs):
        gone |= {id(run) for run in outmost}
    outer = _EDGE * 0.6 * page.height
    for run in runs:
        beside = any(abs(run.base - head.base) < 2 for head in heads)
        if id(run) in gone or (beside and not outer <= run.base <= page.height - outer):
            continue
        if run.text.strip() and not _STAMP.match(run.text):
            yield run


def _stand_apart(row: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Tell whether the gap between the row and the text is wider than one between two lines."""
    steps = [(abs(run.base - other.base), max(run.size, other.size)) for run in row for other in runs]
    return all(step < 3 or step > 1.7 * size for step, size in steps)


def _is_number(run: Run) -> bool:
    return _PAGE_NUMBER.fullmatch(run.text.strip()) is not None
