"""Of which kind a block of a PDF is: prose and items are read; captions, notes, cells, formulas, labels are not."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from podcast.show.stops import ENDED, STOPS
from podcast.sources import headings, tables
from podcast.sources.columns import Line
from podcast.sources.letters import LARGE, SMALL, UNCASED, UNSPACED, words
from podcast.sources.titles import is_abstract

Kind = Literal["heading", "prose", "item", "caption", "note", "cells", "formula", "label", "code", "contents", "keys"]
_CAPTION = (
    r"(?i:(?:extended data |supplementary |appendix )?(?:fig(?:ure)?\.?|algorithm|listing|scheme|box|plate|chart|"
    rf"exhibit|panel|abb(?:ildung|\.)|{tables.NAMES}|figura|rys(?:unek|\.)|рис(?:унок|\.)|şekil|[图圖図]|그림))\s*(?:\d+(?:\.\d+)?|[IVX]+|[A-Z]\.?\d*)\s*"
)
CAPTION = re.compile(_CAPTION + r"(?:[.:|–—：．。]|$)")
"""How what begins so is surely one."""
_CAPTION_LIKELY = re.compile(_CAPTION + rf"(?:\([a-z]\)|(?=[A-Z(])|(?<=\s)(?=[{UNSPACED}]))")
ITEM = re.compile(
    r"[•◦▪‣●■►∙○]\s*(?=\w)|[–·*∗—-]\s+(?=\w)|(?:\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|\d{1,2}[.)])\s+"
    rf"(?=[{LARGE}{UNCASED}])"
)
PROSE = re.compile(
    rf"\b[{SMALL}]{{2,}},? [{SMALL}]{{2,}},? [{SMALL}]{{2,}}|[{UNSPACED}、，]{{8}}|"
    rf"(?:(?![{UNSPACED}])[{UNCASED}]{{2,20}}[,،]? ){{2}}(?![{UNSPACED}])[{UNCASED}]{{2}}"
)
_SIGNS = re.compile(r"[∑∏∫√=≥≤≈∈∀∃∂∇Δα-ωΓ-Ω{}|+×⟨⟩‖]")
_FUNCTIONS = frozenset(
    ("exp", "sin", "cos", "tan", "log", "max", "min", "arg", "lim", "diag", "det", "sup", "inf", "for", "and")
)
_STEP = re.compile(
    r"\s*\d{1,3}:\s|.*←|\W*(?:\d{1,3}[:.]?\s+)?(?:\S+\s*:=.*|(?:else ?if|elif|if|for(?: ?each| ?all)?|while|loop)\b.*"
    r"\b(?:do|then)$|(?:else|end(?: ?(?:if|for|while|procedure))?|(?:procedure|function) [A-Z].*|repeat|return\b.*|"
    r"until\b.*)[.;]?$)"
)
"""A line of an algorithm."""
_READ = ("heading", "prose", "item")
_NUMBERED = re.compile(r"\(\d+(?:\.\d+)?[a-z]?\)\W*$")


@dataclass(frozen=True)
class Block:
    """Lines that belong together, of one kind; its text is joined, a heading's is its name."""

    kind: Kind
    text: str
    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        return self.lines[0]


@dataclass(frozen=True)
class Look:
    """What is usual in the paper: size and font of its prose, distance of its lines (points), the sizes in which much
    is set, and how low prose goes in each column of each page."""

    body: float
    font: str
    leading: float
    sizes: frozenset[float]
    lowest: dict[tuple[int, int], float]
    weak: bool
    """Whether headings look like prose, since hardly any stands out."""


def kind_of(lines: Sequence[Line], text: str, look: Look, before: Sequence[Block]) -> Kind:
    """Return the kind of the block, which is no heading, behind those before."""
    first, count = lines[0], words(text)
    last = before[-1] if before else None
    if headings.KEYS.match(text) or (last and last.kind == "keys" and _goes_on_with_keys(last.text, text)):
        return "keys"
    if is_caption(lines, text, look, last):
        return "caption"
    if len(text) > 60 and is_abstract(headings.run_in(text)[0]):
        return "prose"
    if sum(line.code for line in lines) > len(lines) / 2 and not (
        last and last.kind in ("prose", "item") and not ENDED.search(last.text)
    ):
        return "code"
    if _is_algorithm(lines):
        return "code"
    if sum(headings.is_entry([line]) for line in lines) > len(lines) / 2 and not reads(lines):
        return "contents"
    if first.size < look.body - 0.7:
        return _small(lines, look, before)
    if _is_formula(lines, text, count):
        return "formula"
    if _is_cells(lines, before):
        return "cells"
    if not _goes_on(text, last) and ((count < 3 and not ENDED.search(text)) or _is_label(lines, text)):
        return "label"
    return "item" if ITEM.match(text) else "prose"


def _is_algorithm(lines: Sequence[Line]) -> bool:
    """Tell whether many lines are steps, and no sentences: numbered, assignments, what opens or closes a loop. Those of
    a paragraph are full, up to a last one that ends."""
    steps = sum(_STEP.match(line.text) is not None and not _is_sentence(line.text) for line in lines)
    full = sum(line.x1 > line.right - 2 * line.size for line in lines[:-1])
    filled = full > 0.7 * len(lines[:-1]) and ENDED.search(lines[-1].text) is not None and reads(lines)
    return steps > 2 and steps > 0.4 * len(lines) and not filled


def _is_sentence(line: str) -> bool:
    return ENDED.search(line) is not None and PROSE.search(line) is not None


def _goes_on_with_keys(keys: str, text: str) -> bool:
    """Tell whether the text is what only a heading named before it, or the rest of what stands there."""
    bare = (found := headings.KEYS.match(keys)) is not None and not re.search(r"\w", keys[found.end() :])
    return bare or (not ENDED.search(keys) and text[:1].islower())


def is_caption(lines: Sequence[Line], text: str, look: Look, last: Block | None) -> bool:
    """Tell whether the block begins a caption, or goes on with the one before."""
    if last and last.kind == "caption" and _hangs_on(last.lines[-1], lines[0]):
        return True
    if CAPTION.match(text):
        return True
    small = lines[0].size < look.body - 0.4
    ended = last is None or last.kind not in ("prose", "item") or ENDED.search(last.text)
    return bool(_CAPTION_LIKELY.match(text) and (small or (ended and len(lines) < 4)))


def _hangs_on(caption: Line, line: Line) -> bool:
    return (
        (caption.page, caption.column) == (line.page, line.column) and abs(caption.size - line.size) < 0.7
        and 0 < caption.base - line.base < 1.25 * line.size * 1.2
    )  # fmt: skip


def _small(lines: Sequence[Line], look: Look, before: Sequence[Block]) -> Kind:
    """Return the kind of what is smaller than the prose: a note at the foot, a label; prose where much is set so, right
    under a heading, or before the first one, where the abstract stands."""
    first, last = lines[0], next((block for block in reversed(before) if block.kind in _READ), None)
    within = _since_abstract(before)
    headed = last is not None and last.kind == "heading" and (last is before[-1] or within)
    if not headed and (first.mark or first.base < look.lowest.get((first.page, first.column), 0)):
        return "note"
    alike = last is not None and last.kind != "heading" and abs(last.first.size - first.size) < 0.3
    goes_on = alike and last is not None and (before[-1] is last or not ENDED.search(last.text))
    usual = round(first.size * 2) / 2 in look.sizes
    opens = first.page == 0 and len(lines) > 3 and not any(headings.is_named(block.text) for block in before)
    if not reads(lines):
        return "label"
    told = headed or opens or (goes_on and usual) or (within and alike)
    return "prose" if (len(lines) > 1 and told) or goes_on else "label"


def _since_abstract(before: Sequence[Block]) -> bool:
    """Tell whether the last heading is the abstract's, and no key words stand behind it."""
    last = next((block for block in reversed(before) if block.kind in ("heading", "keys")), None)
    return last is not None and last.kind == "heading" and is_abstract(last.text)


def reads(lines: Sequence[Line]) -> bool:
    """Tell whether most lines are words that follow one another."""
    return sum(bool(PROSE.search(line.text)) for line in lines) > 0.5 * len(lines)


def _is_cells(lines: Sequence[Line], before: Sequence[Block]) -> bool:
    """Tell whether the lines are rows: in pieces, or under a table's caption and short of the column's edge."""
    pieces = sum(len(line.cells) > 1 for line in lines) / len(lines)
    full = sum(line.x1 > line.right - 2 * line.size for line in lines) / len(lines)
    if _is_aligned(lines):
        return True
    if pieces > 0.5:
        many = sum(words(line.text) for line in lines) > 5 * len(lines)
        return not (reads(lines) and full >= 0.5 and many)
    over = next((block for block in reversed(before) if block.kind != "cells"), None)
    under = over is not None and over.kind == "caption" and re.match("(?i)tab", over.text) is not None
    return under and over is not None and over.first.page == lines[0].page and full < 0.34 and not reads(lines)


def _is_aligned(lines: Sequence[Line]) -> bool:
    """Tell whether pieces of most lines begin at one place within the column, as cells do."""
    pieced = [line for line in lines if len(line.cells) > 1]
    left = min(line.x0 for line in lines) + 3 * lines[0].size
    seen = Counter(round(start / 2) for line in lines for start in line.starts if start > left)
    return len(pieced) > 2 and max(seen.values(), default=0) > 0.6 * len(lines)


def looks_formula(line: Line) -> bool:
    """Tell whether the line is set apart as a formula: indented or numbered, signs and no words."""
    said = [
        word for word in re.findall(rf"[{LARGE}{SMALL}]{{3,}}|[{UNCASED}]{{2,}}", line.text) if word not in _FUNCTIONS
    ]
    full = line.x1 > line.right - line.size
    if PROSE.search(line.text) or len(said) > 3 or (full and len(said) > 1):
        return False
    numbered = _NUMBERED.search(line.text) and len(line.cells) > 1
    indented = line.x0 > line.left + 1.2 * line.size
    signs = len(_SIGNS.findall(line.text))
    return bool(numbered or (indented and (line.maths > 0.4 or signs > 1)))


def _is_formula(lines: Sequence[Line], text: str, count: int) -> bool:
    if re.fullmatch(r"\W*\(\d+(?:\.\d+)?[a-z]?\)\W*", text) or all(looks_formula(line) for line in lines):
        return True
    if PROSE.search(text) and count > 5:
        return False
    maths = sum(line.maths for line in lines) / len(lines)
    indented = lines[0].x0 > lines[0].left + 1.2 * lines[0].size
    return count < 12 and indented and (maths > 0.3 or len(_SIGNS.findall(text)) >= 2)


def _goes_on(text: str, last: Block | None) -> bool:
    """Tell whether the text goes on with a sentence that a formula or a column's end parts."""
    if last is None or ENDED.search(last.text) or last.kind not in ("prose", "item", "formula", "cells"):
        return False
    return re.match(f"[{SMALL}{UNCASED}]", text) is not None and (last.kind == "prose" or len(text.split()) > 2)


def _is_label(lines: Sequence[Line], text: str) -> bool:
    """Tell whether the lines are short and end nothing, as what stands in a picture."""
    narrow = max(line.width for line in lines) < 0.45 * (lines[0].right - lines[0].left)
    return narrow and len(lines) < 3 and not re.search(rf"[{STOPS}:;：；]$", text) and not ITEM.match(text)
