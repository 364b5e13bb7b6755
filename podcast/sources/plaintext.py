"""A text without any marks, as pages printed into a file are, becomes Markdown: its title, headings and paragraphs.

Numbers of pages, running heads, rows of tables and what stands between the title and the text go.

>>> marked("Pebbles\\n\\nAnn Lee\\n\\nABSTRACT\\nWe weigh all the peb-\\nbles here.\\n\\n1. Trays\\n\\nIt holds.")
'# Pebbles\\n\\n## Abstract\\n\\nWe weigh all the pebbles here.\\n\\n## Trays\\n\\nIt holds.'
>>> marked("# Pebbles\\n\\n1. Trays")
'# Pebbles\\n\\n1. Trays'
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from podcast.show.stops import ENDED
from podcast.sources import headings
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import CAPTION, PROSE

_MARKED = re.compile(
    r"^ {0,3}(?:#{1,6}\s+\S|```|~~~(?!~)|\S.{0,100}\n(?:={3,}|-{3,})\s*$)|^[^\S\n]*<\w[^<>]*>", re.MULTILINE
)
_PAGE = re.compile(r"\W*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_EDGE = 2
"""Lines above and below on a page, among which running heads and numbers of pages stand."""
_ROW = re.compile(r"\S {3,}\S(?:(?! {3}).)* {3,}\S|(?:\. ?){4,}\s*\d*$")
"""Two gaps and more part the cells of a row; a table of contents has dots."""
_MOST_WORDS = 10
"""Of a heading that nothing but its place tells."""


def marked(text: str) -> str:
    """Return the text as Markdown; as it is where it has marks, or nothing in it looks like a heading."""
    if _MARKED.search(text):
        return text
    blocks = list(_blocks(_unpaged(textwrap.dedent(text.expandtabs(4)))))
    words = Words.of(line for block in blocks for line in block)
    texts = [joined(block, words) for block in blocks]
    names = _names(texts)
    sentence = bool(texts) and PROSE.search(texts[0]) is not None and texts[0].rstrip().endswith((".", "。"))
    if texts and not sentence and not headings.is_named(texts[0]) and not _depth(texts[0]):
        texts[0], names[0] = headings.tidy(texts[0]), ""
    first = next((at for at, name in enumerate(names) if name), None)
    if first is None:
        return text
    titled = len(texts[0]) < 2 * headings.MOST_SIGNS and not sentence
    said = [f"# {texts[0]}"] if first and titled else texts[:1] if first else []
    for at, (one, name) in enumerate(zip(texts, names, strict=True)):
        if name and names[at + 1 : at + 2] != [""] and name in names[at + 2 :]:
            continue  # in a list of contents
        if name:
            said.append(f"## {name}")
        elif at > first or (at and PROSE.search(one) and ENDED.search(one)):
            said.append(one)
    return "\n\n".join(said)


def _unpaged(text: str) -> list[str]:
    """Return the lines without heads, feet and numbers of pages, which go on over a page where a sentence does."""
    pages = [page.splitlines() for page in text.split("\f")]
    edges = [_edges(page) for page in pages]
    often = Counter(shape for page, at in zip(pages, edges, strict=True) for shape in {_shape(page[i]) for i in at})
    least = max(2, len(pages) / 4)
    found: list[str] = []
    for page, at in zip(pages, edges, strict=True):
        gone = {i for i in at if len(pages) > 1 and (_PAGE.fullmatch(page[i]) or often[_shape(page[i])] >= least)}
        kept = [line for i, line in enumerate(page) if i not in gone]
        while kept and not kept[0].strip():
            kept.pop(0)
        while found and not found[-1].strip():
            found.pop()
        goes_on = found and kept and _is_open(found[-1]) and not _name(kept[0].strip(), alone=False)
        found += kept if goes_on else ["", *kept]
    numbers = [at for at, line in enumerate(found) if re.fullmatch(r"\s*\W?\s*(?:page\s+)?\d+\s*\W?\s*", line, re.I)]
    counted = [int(re.sub(r"\D", "", found[at])) for at in numbers]
    if len(counted) < 3 or counted != list(range(counted[0], counted[0] + len(counted))):
        return found
    return [line for at, line in enumerate(found) if at not in numbers]


def _edges(page: Sequence[str]) -> set[int]:
    full = [at for at, line in enumerate(page) if line.strip()]
    return {*full[:_EDGE], *full[-_EDGE:]} if len(full) > 2 * _EDGE else {*full[:1], *full[-1:]}


def _shape(line: str) -> str:
    sentence = PROSE.search(line) is not None and ENDED.search(line.rstrip()) is not None
    return re.sub(r"\s+", " ", line if sentence else re.sub(r"\d+", "0", line)).strip()


def _is_open(line: str) -> bool:
    return PROSE.search(line) is not None and not ENDED.search(line.rstrip())


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield paragraphs, headings and items, each with its lines; without tables."""
    block: list[str] = []
    indent = 0
    for line in [*lines, ""]:
        begins = len(line) - len(line.lstrip())
        item = re.match(r"\s*(?:[-*•]|\(?\d{1,2}[.)])\s+\S", line)
        new = block and ENDED.search(block[-1]) and begins > indent and len(block) > 1
        if block and (not line.strip() or new or item or (len(block) == 1 and _name(block[0], alone=False))):
            if sum(_ROW.search(each) is not None for each in block) <= len(block) / 2:
                yield [each.strip() for each in block]
            block = []
        if line.strip():
            indent = begins
            block.append(line.rstrip())


def _names(texts: Sequence[str]) -> list[str]:
    """Return of each text the name, where it is a heading; "" else."""
    likely = [_name(text, alone=True) for text in texts]
    found = list(likely)
    named = [_name(text, alone=False) for text in texts]
    begun = False
    for at, text in enumerate(texts):
        around = [_depth(texts[i]) for i in (at - 1, at + 1) if 0 <= i < len(texts) and likely[i] and not named[i]]
        listed = not named[at] and _depth(text) in around
        bare = not named[at] and not _depth(text)
        before, after = texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else ""
        told = begun and ENDED.search(before) and PROSE.search(after) and len(after) > headings.MOST_SIGNS
        if listed or (bare and not told):
            found[at] = ""
        begun = begun or found[at] != ""
    return found


def _depth(text: str) -> int:
    """Return of how many parts the number before the text is; 0 where it has none."""
    number = re.match(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+(?=\.))", text)
    return number[0].count(".") + 1 if number else 0


def _name(text: str, *, alone: bool) -> str:
    """Return the text's name as a heading: a usual one, or in capitals; `alone` in its lines, any short one."""
    text = text.strip()
    number, name = headings.number_of(text)
    short = len(text) <= headings.MOST_SIGNS and len(name.split()) <= _MOST_WORDS
    if not short or CAPTION.match(text) or re.search(r"[,;@]$|@", text):
        return ""
    if headings.is_named(text.rstrip(":")) or (name.isupper() and len(re.findall(r"[^\W\d_]", name)) > 4):
        return headings.tidy(name)
    fits = name[:1].isupper() and not re.search(r"[.!?:=|]", name) and re.search(r"[^\W\d_]{3}", name)
    return headings.tidy(name) if alone and fits and (number is not None or not re.search(r"\d", name)) else ""
