"""A PDF's lines become blocks of one kind each, in the order of reading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.show.stops import ENDED
from podcast.sources import headings
from podcast.sources.columns import Line, body_size, in_order
from podcast.sources.furniture import without_furniture
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import ITEM, PROSE, Block, Look, is_caption, kind_of, looks_formula
from podcast.sources.pages import Page


def blocks(pages: Sequence[Page]) -> tuple[list[Block], Words]:
    """Return the pages' text as blocks in the order of reading, and the paper's words, by which lines are joined."""
    texts = without_furniture(pages)
    body = body_size(texts)
    lines = in_order(pages, texts)
    words = Words.of(line.text for line in lines)
    leading, weak = _leading(lines, body), _weak(lines, body)
    groups = [tuple(group) for group in _groups(lines, leading, weak)]
    look = _look(groups, body, leading, weak)
    found: list[Block] = []
    last = 0
    for at, group in enumerate(groups):
        after = groups[at + 1] if at + 1 < len(groups) else ()
        found.append(_block(group, after, look, words, found, last))
        if found[-1].kind == "heading":
            last = headings.number_of(group[0].text)[0] or last
    return found, words


def _leading(lines: Sequence[Line], body: float) -> float:
    """Return the usual distance of two lines of prose, in points."""
    steps = Counter(
        round(above.base - below.base) for above, below in pairwise(lines)
        if (above.page, above.column) == (below.page, below.column) and 0 < above.base - below.base < 40
        and abs(above.size - body) < 0.6
    )  # fmt: skip
    return float(steps.most_common(1)[0][0]) if steps else body * 1.2


def _weak(lines: Sequence[Line], body: float) -> bool:
    strong = [line for line in lines if (line.bold or line.size > body * 1.08) and headings.number_of(line.text)[0]]
    return len(strong) < 2


def _groups(lines: Sequence[Line], leading: float, weak: bool) -> Iterator[list[Line]]:
    """Yield neighbours without a gap, of one size and weight; a heading, an item or key words begin anew."""
    group: list[Line] = []
    last = 0
    for line in lines:
        before = group[-1] if group else None
        alone = headings.is_named(line.text) and not _ends_paragraph(before, line)
        if weak and not alone:
            name, last = headings.weak_heading(before, line, last)
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


def _ends_paragraph(before: Line | None, line: Line) -> bool:
    """Tell whether the line is the last word of the prose before it, though it is a section's name as well."""
    if before is None or (before.page, before.column) != (line.page, line.column) or ENDED.search(before.text):
        return False
    full = before.x1 > before.right - 2 * before.size
    return full and (before.font, round(before.size)) == (line.font, round(line.size)) and not line.bold


def _goes_on(group: Sequence[Line], line: Line, leading: float) -> bool:
    before = group[-1]
    if (before.page, before.column) != (line.page, line.column) or abs(before.size - line.size) >= 0.45:
        return False
    if not 0 < before.base - line.base <= 1.35 * max(leading if line.size > 0.9 * before.size else 0, line.size * 1.2):
        return False
    full = before.x1 > before.right - 2 * before.size and not ENDED.search(before.text)
    flush = full and abs(line.x0 - before.x0) < 0.5 * line.size
    item = ITEM.match(line.text) and not (flush and line.text[0].isdigit())
    if line.mark or item or headings.KEYS.match(line.text):
        return False
    if looks_formula(before) != looks_formula(line) and not flush:
        return False
    if (before.bold != line.bold or before.code != line.code) and not (full and _is_prose(group, line)):
        return False
    if re.match(r"(?:Fig|Tab|FIG|TAB)\S* \S+[.:]", line.text) and ENDED.search(before.text):
        return False
    if len(group) < 3 and _is_numbered_heading(group, line):
        return False
    numbered = headings.number_of(before.text)[0] is not None or headings.number_of(line.text)[0] is not None
    return not (numbered and before.font != line.font and before.width < 0.9 * (before.right - before.left))


def _is_numbered_heading(group: Sequence[Line], line: Line) -> bool:
    """Tell whether the group is a numbered heading in a font of its own, right above the text that the line begins."""
    fonts = {other.font for other in group}
    numbered = headings.number_of(group[0].text)[0] is not None and not ENDED.search(group[-1].text)
    return numbered and len(fonts) == 1 and line.font not in fonts and line.text[:1].isupper() and line.maths < 0.5


def _is_prose(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line of another weight may go on with the group: one of them reads as prose."""
    return any(PROSE.search(other.text) and not other.bold for other in (*group[-2:], line))


def _look(groups: Sequence[Sequence[Line]], body: float, leading: float, weak: bool) -> Look:
    lowest: dict[tuple[int, int], float] = {}
    alone: dict[tuple[int, int], float] = {}
    weight: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    for group in groups:
        at = (group[0].page, group[0].column)
        if abs(group[0].size - body) < 0.7 and len(group) > 1:
            fonts.update({group[1].font: len(group)})
            if len(group[0].cells) == 1:
                lowest[at] = min(lowest.get(at, 1e9), group[-1].base)
        elif abs(group[0].size - body) < 0.7 and PROSE.search(group[0].text):
            alone[at] = min(alone.get(at, 1e9), group[0].base)
        if len(group) > 5 and PROSE.search(group[1].text):
            weight[round(group[0].size * 2) / 2] += sum(len(line.text) for line in group)
    total = sum(weight.values()) or 1
    sizes = frozenset(size for size, signs in weight.items() if signs > 0.1 * total)
    font = fonts.most_common(1)[0][0] if fonts else ""
    return Look(body, font, leading, sizes, {**alone, **lowest}, weak)


def _block(
    lines: tuple[Line, ...], after: Sequence[Line], look: Look, words: Words, before: Sequence[Block], last: int
) -> Block:
    text = joined([line.text for line in lines], words)
    keys = headings.KEYS.match(text) and not headings.is_named(text)
    plain = not lines[0].bold and lines[0].size < look.body + 0.5
    listed = plain and before and before[-1].kind == "item" and ITEM.match(text)
    foot = lines[0].size < look.body - 0.7 and lines[0].base < look.lowest.get((lines[0].page, lines[0].column), 0)
    other = (
        keys
        or listed
        or (foot and not headings.is_named(text))
        or is_caption(lines, text, look, before[-1] if before else None)
    )
    name = "" if other else headings.heading(lines, text, look, after, last) or _weak_name(lines, look)
    if name:
        return Block("heading", name, lines)
    return Block(kind_of(lines, text, look, before), text, lines)


def _weak_name(lines: Sequence[Line], look: Look) -> str:
    if not look.weak or len(lines) > 1:
        return ""
    number = headings.number_of(lines[0].text)[0]
    return headings.weak_heading(None, lines[0], number - 1)[0] if number else ""
