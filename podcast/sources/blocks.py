"""Lines become blocks of one kind each: heading, prose, item; and what is no prose: caption, note, cells, formula, …"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from podcast.sources import headings
from podcast.sources.columns import Line, body_size, in_order
from podcast.sources.furniture import without_furniture
from podcast.sources.hyphens import Words, joined
from podcast.sources.pages import Page

Kind = Literal["heading", "prose", "item", "caption", "note", "cells", "formula", "label", "code", "contents", "keys"]
_CAPTION = (
    r"(?:extended data |supplementary |appendix )?(?:fig(?:ure|\.)?|table|tab\.|algorithm|listing|scheme|box|plate|"
    r"chart|exhibit|panel|photo)\s*(?:\d+(?:\.\d+)?|[IVX]+|[A-Z]\.?\d*)\s*"
)
_CAPTION_SURE = re.compile(_CAPTION + r"(?:[.:|–—]|$)", re.IGNORECASE)
_CAPTION_SMALL = re.compile(_CAPTION + r"(?:\([a-z]\)|(?=[A-Z(]))", re.IGNORECASE)
_ITEM = re.compile(
    r"[•◦▪‣●■►–∙·*○]\s*(?=[^\W\d_]|\d)|\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s+(?=[A-Z])|\d{1,2}[.)]\s+(?=[A-Z])"
)
_SIGNS = re.compile(r"[∑∏∫√=≥≤≈∈∀∃∂∇Δα-ωΓ-Ω{}|+×⟨⟩‖]")
_PROSE = re.compile(r"[a-z]{2,},? [a-z]{2,},? [a-z]{2,}")
_ENDED = re.compile(r"[.!?][\"”’')\]]*$")


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
    """What is usual in the paper: size of its prose, distance of its lines (points), sizes of other prose, and how low
    prose goes in each column of each page."""

    body: float
    leading: float
    sizes: frozenset[float]
    lowest: dict[tuple[int, int], float]
    weak: bool
    """Whether headings look like prose, since hardly any stands out."""


def blocks(pages: Sequence[Page]) -> tuple[list[Block], Words]:
    """Return the pages' text as blocks in the order of reading, and the paper's words, by which lines are joined."""
    texts = without_furniture(pages)
    body = body_size(texts)
    lines = in_order(pages, texts)
    words = Words.of(line.text for line in lines)
    leading = Counter(
        round(above.base - below.base) for above, below in pairwise(lines)
        if (above.page, above.column) == (below.page, below.column) and 0 < above.base - below.base < 40
        and abs(above.size - body) < 0.6
    )  # fmt: skip
    usual = leading.most_common(1)[0][0] if leading else body * 1.2
    groups = list(_groups(lines, usual, _weak(lines, body)))
    look = _look(groups, body, usual)
    found: list[Block] = []
    for at, group in enumerate(groups):
        after = groups[at + 1] if at + 1 < len(groups) else ()
        found.append(_block(tuple(group), after, look, words, found[-1] if found else None))
    return found, words


# --- what belongs together ------------------------------------------------------------------------------


def _weak(lines: Sequence[Line], body: float) -> bool:
    strong = [line for line in lines if (line.bold or line.size > body * 1.08) and headings.number_of(line.text)[0]]
    return len(strong) < 2


def _groups(lines: Sequence[Line], leading: float, weak: bool) -> Iterator[list[Line]]:
    """Yield neighbours without a gap, of one size and weight; a heading, an item or key words begin anew."""
    group: list[Line] = []
    last = 0
    for line in lines:
        alone = headings.is_named(line.text)
        if weak and not alone:
            name, last = headings.weak_heading(group[-1] if group else None, line, last)
            alone = bool(name)
        elif alone:
            last = headings.number_of(line.text)[0] or last
        if group and (alone or not _goes_on(group, line, leading)):
            yield group
            group = []
        group.append(line)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, leading: float) -> bool:
    before = group[-1]
    if (before.page, before.column) != (line.page, line.column) or abs(before.size - line.size) >= 0.7:
        return False
    if not 0 < before.base - line.base <= 1.35 * max(leading if line.size > 0.9 * before.size else 0, line.size * 1.2):
        return False
    if before.bold != line.bold and (len(group) == 1 or line.width < 0.8 * (line.right - line.left)):
        return False
    if before.code != line.code or _ITEM.match(line.text) or headings.KEYS.match(line.text):
        return False
    if _CAPTION_SURE.match(line.text) and _ENDED.search(before.text):
        return False
    numbered = headings.number_of(before.text)[0] is not None or headings.number_of(line.text)[0] is not None
    return not (numbered and before.font != line.font and before.width < 0.9 * (before.right - before.left))


def _look(groups: Sequence[Sequence[Line]], body: float, leading: float) -> Look:
    lowest: dict[tuple[int, int], float] = {}
    weight: Counter[float] = Counter()
    for group in groups:
        at = (group[0].page, group[0].column)
        if abs(group[0].size - body) < 0.7 and len(group) > 1 and len(group[0].cells) == 1:
            lowest[at] = min(lowest.get(at, 1e9), group[-1].base)
        if len(group) > 5 and _PROSE.search(group[1].text) and not _CAPTION_SURE.match(group[0].text):
            weight[round(group[0].size * 2) / 2] += sum(len(line.text) for line in group)
    total = sum(weight.values()) or 1
    sizes = frozenset(size for size, signs in weight.items() if signs > 0.1 * total)
    return Look(body, leading, sizes, lowest, _weak([line for group in groups for line in group], body))


# --- of which kind --------------------------------------------------------------------------------------


def _block(lines: tuple[Line, ...], after: Sequence[Line], look: Look, words: Words, before: Block | None) -> Block:
    text = joined([line.text for line in lines], words)
    if before and before.kind == "caption" and _hangs_on(before.lines[-1], lines[0]):
        return Block("caption", text, lines)
    if _CAPTION_SURE.match(text) or (_CAPTION_SMALL.match(text) and lines[0].size < look.body - 0.4):
        return Block("caption", text, lines)
    if name := headings.heading(lines, text, look.body, after) or _weak_name(lines, look):
        return Block("heading", name, lines)
    return Block(_kind(lines, text, look, before), text, lines)


def _weak_name(lines: Sequence[Line], look: Look) -> str:
    if not look.weak or len(lines) > 1:
        return ""
    number = headings.number_of(lines[0].text)[0]
    return headings.weak_heading(None, lines[0], number - 1)[0] if number else ""


def _hangs_on(caption: Line, line: Line) -> bool:
    return (
        (caption.page, caption.column) == (line.page, line.column) and abs(caption.size - line.size) < 0.7
        and 0 < caption.base - line.base < 1.25 * line.size * 1.2
    )  # fmt: skip


def _kind(lines: Sequence[Line], text: str, look: Look, before: Block | None) -> Kind:
    first, words = lines[0], len(re.findall(r"[A-Za-z]{2,}", text))
    if headings.KEYS.match(text):
        return "keys"
    if sum(line.code for line in lines) > len(lines) / 2:
        return "code"
    if sum(headings.is_entry([line]) for line in lines) > len(lines) / 2:
        return "contents"
    if first.size < look.body - 0.7:
        return _small(lines, text, look, before)
    if sum(len(line.cells) > 1 for line in lines) > len(lines) / 2 and not _reads(lines):
        return "cells"
    if _is_formula(lines, text, words):
        return "formula"
    if words < 3 and not _ENDED.search(text):
        return "label"
    if _is_label(lines, text, before):
        return "label"
    return "item" if _ITEM.match(text) else "prose"


def _small(lines: Sequence[Line], text: str, look: Look, before: Block | None) -> Kind:
    """Return the kind of what is smaller than the prose: a note at the foot, a label; prose where much is set so."""
    first = lines[0]
    if first.base < look.lowest.get((first.page, first.column), 0) or first.mark:
        return "note"
    usual = round(first.size * 2) / 2 in look.sizes
    headed = before is not None and before.kind == "heading"
    goes_on = before is not None and before.kind in ("prose", "item") and abs(before.first.size - first.size) < 0.3
    full = len(lines) > 1 and _reads(lines)
    return "prose" if full and (headed or (goes_on and usual)) else "label"


def _reads(lines: Sequence[Line]) -> bool:
    """Tell whether most lines are words that follow one another."""
    return sum(bool(_PROSE.search(line.text)) for line in lines) > 0.5 * len(lines)


def _is_formula(lines: Sequence[Line], text: str, words: int) -> bool:
    if re.fullmatch(r"\W*\(\d+(?:\.\d+)?[a-z]?\)\W*", text):
        return True
    if _PROSE.search(text) and words > 5:
        return False
    maths = sum(line.maths for line in lines) / len(lines)
    indented = lines[0].x0 > lines[0].left + 1.5 * lines[0].size
    return words < 12 and (maths > 0.3 or len(_SIGNS.findall(text)) >= 2 or (indented and "=" in text))


def _is_label(lines: Sequence[Line], text: str, before: Block | None) -> bool:
    """Tell whether the lines are short and end nothing: of a picture, unless they go on with what stands before."""
    narrow = max(line.width for line in lines) < 0.45 * (lines[0].right - lines[0].left)
    if not narrow or len(lines) > 2 or re.search(r"[.!?:;]$", text):
        return False
    if before is None or before.kind not in ("prose", "formula") or _ENDED.search(before.text):
        return True
    return before.kind == "formula" and not text[:1].islower()
