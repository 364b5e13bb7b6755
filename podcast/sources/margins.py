"""What stands in a narrow strip beside a page's text, in smaller type: whom to write to, when it was received, how to
cite it. It goes, since its lines stand at the height of sentences.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from podcast.sources.runs import Run
from podcast.sources.wrapped import reads

_PLACES = (0.14, 0.36)
"""The shares of the page's width between which such a strip ends."""
_APART = 8
"""Points between the strip and the text, at least."""
_FEWEST = 6
"""Lines of a strip, and of the text beside it."""
_BOX = re.compile(r"article ?(?:info(?:rmation)?|history)|key ?points", re.IGNORECASE)
"""What a box beside an abstract is called: it may be half as high."""
_SMALLER = 0.4
"""Points by which its type is smaller, at least."""
_WORD = re.compile(r"[^\W\d_]{2}")


def without_margins(runs: Sequence[Run], width: float) -> list[Run]:
    """Return the runs of a page of that width without those in a strip left or right of its text."""
    mirrored = [replace(run, x0=width - run.x1, x1=width - run.x0) for run in runs]
    gone = _strip(runs, width) | _strip(mirrored, width)
    return [run for at, run in enumerate(runs) if at not in gone]


def _strip(runs: Sequence[Run], width: float) -> set[int]:
    """Return the places of the runs that stand in a strip at the left."""
    first, last = (round(share * width) for share in _PLACES)
    if sum(run.x1 <= last for run in runs) < _FEWEST // 2:
        return set()
    found = [{at for part in _stretches(runs, border) for at in _margin(runs, part, border)}
             for border in range(first, last, 4)]  # fmt: skip
    return max(found, key=len, default=set())


def _stretches(runs: Sequence[Run], border: float) -> Iterator[list[int]]:
    """Yield the places of runs between heights at which one crosses the border."""
    stretch: list[int] = []
    for at in sorted(range(len(runs)), key=lambda at: -runs[at].base):
        if runs[at].x0 < border < runs[at].x1 or runs[at].x0 < border < runs[at].x0 + _APART:
            yield stretch
            stretch = []
        else:
            stretch.append(at)
    yield stretch


def _margin(runs: Sequence[Run], stretch: Sequence[int], border: float) -> list[int]:
    """Return the places of those left of the border, where they are in smaller type than the prose that begins right
    behind it, and most have words; a heading of the text below is none of them."""
    left = [at for at in stretch if runs[at].x1 <= border]
    worded = [at for at in left if _WORD.search(runs[at].text)]
    boxed = any(_BOX.fullmatch(re.sub(r"(?<=\b\w) (?=\w\b)", "", runs[at].text)) for at in worded)
    fewest = _FEWEST // 2 if boxed else _FEWEST
    if len(worded) < fewest or len(worded) < 0.6 * len(left):
        return []
    low, top = min(runs[at].base for at in left), max(runs[at].base for at in left)
    beside = [runs[at] for at in stretch if runs[at].x0 > border and low - 3 < runs[at].base < top + 3]
    prose = [run for run in beside if reads(run)]
    if len(prose) < fewest or len(prose) < 0.5 * len(beside):
        return []
    edge, end = median(run.x0 for run in prose), max(runs[at].x1 for at in left)
    wide = median(run.x1 - run.x0 for run in prose)
    near = _APART <= edge - end < 100 and wide > 1.3 * (end - min(runs[at].x0 for at in left))
    least = median(run.size for run in prose) - _SMALLER
    if not near or median(runs[at].size for at in worded) >= least:
        return []
    ends, begins = min(run.base for run in prose) - 3, max(run.base for run in beside) + 3
    return [at for at in left if runs[at].size < least or ends < runs[at].base < begins]
