"""A paper as Markdown becomes a document: Hugging Face's, where arXiv has no page of it, or a file of any hand.

It is cut into blocks first, as CommonMark (https://spec.commonmark.org) has them, with tables, notes and the citations
of Pandoc; then each block that is prose is read. Code, tables, pictures, captions and what follows the references go.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.show import formulas
from podcast.show.errors import SourceError
from podcast.show.schema import Document, PaperId
from podcast.sources import markup
from podcast.sources.citations import uncited
from podcast.sources.headings import is_named
from podcast.sources.latexml import LEAST_SECTIONS, LEAST_SIGNS
from podcast.sources.letters import width
from podcast.sources.prose import LOST
from podcast.sources.text import document
from podcast.sources.titles import behind, ends_the_paper, follows_the_end, is_back_matter

_APART = (
    "address article aside blockquote body caption center col colgroup dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe li link main menu nav ol optgroup option p "
    "section summary table tbody td tfoot th thead title tr ul"
)
_WITHIN = (
    "a abbr b bdi bdo big br cite code data del dfn em font i img ins kbd label mark picture q s samp small source "
    "span strike strong sub sup time tt u var video wbr"
)


def _tag(names: str) -> str:
    return (
        rf"</?(?:{'|'.join(names.split())})"
        r"(?:\s+(?:[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=]+)|open|hidden|nowrap|reversed))*\s*/?>"
    )


_CODE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+).*?^ {0,3}\1[`~]*[^\S\n]*$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*(?:\{[#.][^{}]*\})?\s*")
_TAGGED = re.compile(
    r"^ {0,3}<h([1-6])\b[^<>]{0,200}>(.{0,600}?)</h\1>[^\S\n]*$", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
"""A heading in HTML."""
_UNREAD = re.compile(
    r"^[^\S\n]*(?:\{\{[<%].*[>%]\}\}|\{%.*%\}|</?[A-Z][A-Za-z]*(?: [^<>\n]*)?/?>|\([\w:-]+\)=|\+\+\+(?: .*)?|"
    r"\{\d+\}-{3,}|%%.*%%|(?:#[^\W\d][\w/-]* ?)+|\(ref:[\w-]+\) .*)[^\S\n]*$",
    re.MULTILINE,
)
"""Lines that only tell a program what to do: Hugo's, MDX's, MyST's, marker's, Obsidian's, R's."""
_DIRECTIVE = re.compile(
    r"^:{3,}\{(?:figure|image|table|list-table|toctree|code\S*|math|bibliography)\}.{0,2000}?^:{3,}[^\S\n]*$|"
    r"^\.\. (?:contents|figure|image|table|list-table|csv-table|code\S*|math|toctree|raw|bibliography)::[^\n]*\n"
    r"(?:[^\S\n]+\S[^\n]*\n|"
    r"[^\S\n]*\n(?=[^\S\n]))*",
    re.DOTALL | re.MULTILINE,
)
"""What MyST and reStructuredText make a picture, a table or a list of."""
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|-{2,})\s*")
_RULE = re.compile(r" {0,3}(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:- ?){3,}|(?:\* ?){3,}|:{3,}.*)\s*")
"""A line across, or where a box of Pandoc's begins and ends."""
_TABLE = re.compile(r"\s*(?:(?=[^-]*-)(?=[^|]*\|)[-:|\s]++|[-=]{2,}(?:\s+[-=]{2,})+|\+[-=+:]{3,})\s*")
"""The line below a table's head."""
_ELEMENT = re.compile(r"\s*<(table|script|style|figure|svg|pre)\b(?!.*</\1>)", re.IGNORECASE)
"""What is none of it read until a blank line."""
_ITEM = re.compile(r"\s*(?:[-*+]|(\d{1,9})[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+(?:\[![A-Za-z]+\][+-]?\s*)?")
_BLOCK_TAG = re.compile(rf"\s*(?:{_tag(_APART)}|<[!?])", re.IGNORECASE)
_DEFINED = re.compile(r" {0,3}\[(?!\s*@)[^\[\]]+\]:\s*\S")
"""A note, or where a link leads."""
_CAPTION = re.compile(
    r"\W*(?:(?:extended data |supplementary |appendix )?(?:fig(?:ure)?\.?|table|tab\.|algorithm|listing|scheme|box)\s*"
    r"(?:\d+(?:\.\d+)?|[IVX]+|[A-Z]\.?\d*)\s*[.:|–—]|(?:table)?:\s)",
    re.IGNORECASE,
)
_INLINE: tuple[tuple[str, str], ...] = (
    (r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])?(?:\{[^{}]*\})?", ""),
    (
        r"\[\^[^\]]*\]|(?:(?<=[\w\s.,;:!?)\]”’*])|^)\^\[(?=[^\[\]\s]{0,80}\s)(?:[^\[\]]|\[[^\[\]]*\])*\]",
        "",
    ),  # notes, and Pandoc's
    (r"(?<!~)~([^\s~]{1,12})~(?!~)", r"\1"),
    (r"\[\[(?![\d\s,;–-]+\])(?:[^\[\]|]*\|)?([^\[\]|]+)\]\](?!\()", r"\1"),  # Obsidian's links
    (r"(?<![\w=])==(?=\S)([^=]+)(?<=\S)==(?![\w=])", r"\1"),
    (r"\s?\{(?:cite|footcite)(?:p|:p\w*)?\}`[^`]*`", ""),
    (r"\{math\}`([^`]*)`", r"$\1$"),
    (r"\{(?:su[bp]|abbr|term|code)\}`([^`]*)`", r"\1"),
    (r"\{[a-z][a-z:-]*\}`[^`]*`|`r [\w.:]+[($\[][^`]*`", LOST),  # roles of MyST's, what R computes
    (r"\[(\d+(?:\s*[,;–-]\s*\d+)*)\]\([^()]*\)", r"[\1]"),
    (r"\[((?:\[[\d\s,;–-]+\][\s,;–-]*)+)\]", r"\1"),
    (r"\[(?:[^\[\]@]*\s)?-?@[\w{][^\[\]]*\](?!\()", "[1]"),
    (r"(?<![\w@.])@[A-Za-z][\w:.-]*\d\w*(?:\s*\[[^\[\]]*\])?", LOST),  # a citation that is a part of the sentence
    (r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)", r"\1"),
    (r"<(https?://[^<>\s]+|[\w.+-]+@[\w.-]+)>", r"\1"),
    (r"(\*\*|__)(?=\S)((?:(?!\s\1\S).)+?)(?<=\S)\1", r"\2"),
    (r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])", r"\1"),
    (r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)", r"\1"),
    (r"`([^`]*)`", r"\1"),
    (r"(?i)</?(?:br|p|div|li|t[dhr])\b[^<>]*>", " "),  # what parts texts
    (rf"(?i){_tag(f'{_APART} {_WITHIN}')}", ""),
)
_ESCAPED = re.compile(r"\\([\[\]()*_<>|+#`-])")
_HIDDEN = 0xF0000
"""Added to a sign that stands for itself, while marks are looked for."""
_PANDOCS = re.compile(r"(?<=[\w)\]])\^([^\s^\[\]]{1,12})\^(?!\w)")
"""What Pandoc raises: "x^2^"."""
_RAISED = re.compile(r"[^\s<>&]{0,8}<sup>[^<>]*</sup>", re.IGNORECASE)


def read(paper_id: PaperId, page: bytes, sections: int = LEAST_SECTIONS, signs: int = LEAST_SIGNS) -> Document:
    """Return the page as a document. SourceError where it is no Markdown, or has fewer `sections`, or no more `signs`:
    too little for a paper."""
    text = page.decode("utf-8-sig", errors="replace")
    if re.match(r"\s*<(?:!doctype|html)", text, re.IGNORECASE):
        raise SourceError(f"the Markdown of {paper_id} is a web page")
    found = document(paper_id, "markdown", _paragraphs(text))
    length = sum(map(width, found.sentences()))
    if len(found.sections) < sections or length <= signs:
        raise SourceError(
            f"the Markdown of {paper_id} has only {len(found.sections)} sections, {length:,} characters of text",
            f"an episode is made of {signs:,} characters of text at least, without headings, tables and references",
        )
    return found


def title(text: str) -> str:
    """Return the text's title: its first heading of the first level; else its first of any, if nothing is said before
    it and it names no section."""
    said = ""
    for level, block in _blocks(text):
        name = _plain(block).replace(LOST, "")
        if level == 1 and name:
            return name
        said = said or (name if level and not is_named(name) else "-")
    return said.removeprefix("-")


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (section title, paragraph), without forms, and without what follows the references but methods."""
    section, title, skipped, over = "", "", False, False
    blocks = list(_blocks(text))
    read = [(level, _plain(block)) for level, block in blocks]
    named = [at for at, (level, _) in enumerate(read) if level]
    below = [
        " ".join(said for (_, block), (_, said) in zip(blocks[at + 1 : end], read[at + 1 : end], strict=True)
                 if len(_LINK.sub("", block)) > _FEWEST_BESIDE)
        for at, end in pairwise([*named, len(read)])
    ]  # fmt: skip
    placed = {named[at] for at in behind([read[at] for at in named], below)}
    for at, (level, said) in enumerate(read):
        if not level:
            if said and not (skipped or over or _CAPTION.match(said)):
                yield title or "Text", said
            continue
        name = re.sub(r"^\d+(?:\.\d+)*\.?\s+", "", said.replace(LOST, ""))
        over = bool(title and ends_the_paper(name)) or (over and not follows_the_end(name))
        skipped = is_back_matter(said) or at in placed or (skipped and level > 2)
        section = name if level <= 2 else section
        title = name if level <= 2 or not section else f"{section}: {name}"


_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)|<?https?://\S+")
_FEWEST_BESIDE = 10
"""Signs beside a block's links, where these are not all."""
_READ = ("text", "item", "quotation")


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each heading with its level, and each paragraph, item and quotation with 0."""
    text = re.sub(r"[^\S\r\n]{9,}", 8 * " ", text)
    text = re.sub(r"<!--.{0,2000}?-->", "", _CODE.sub("", text), flags=re.DOTALL)
    text = _DIRECTIVE.sub("", text)
    text = _UNREAD.sub("", _TAGGED.sub(lambda found: f"{int(found[1]) * '#'} {' '.join(found[2].split())}\n", text))
    text = formulas.delimited(text, escapes=True)
    block, kind = list[str](), ""
    for line in [*text.splitlines(), ""]:
        if kind == "text" and _UNDERLINE.fullmatch(line) and _is_title(block):
            yield 1 if "=" in line else 2, " ".join(block)
            block, kind = [], ""
            continue
        heading = _HEADING.fullmatch(line)
        if kind != "dropped" and _TABLE.fullmatch(line):
            block, begun = block[:-1], "dropped"
        else:
            begun = "nothing" if heading else _begun(line, kind)
        if begun:
            if block and kind in _READ:
                yield 0, " ".join(block)
            block, kind = [], begun
        if heading:
            yield len(heading[1]), heading[2] or ""
        if kind in _READ:
            block.append(line[_start(line, begun or kind) :] if begun or kind == "quotation" else line)


def _is_title(lines: Sequence[str]) -> bool:
    """Tell whether lines that are underlined are a heading, and no paragraph before a line across the page."""
    return len(lines) <= 3 and len(" ".join(lines)) < 200 and not lines[-1].rstrip().endswith((".", ":", ";", ","))


def _begun(line: str, kind: str) -> str:
    """Return the kind of block that begins with the line; "" where it goes on with the open one."""
    if not line.strip(" \t>"):
        return "noted" if kind in ("note", "noted") else "nothing"
    if (kind in ("dropped", "note") and not _DEFINED.match(line)) or (kind == "noted" and line[0].isspace()):
        return ""
    if _ELEMENT.match(line):
        return "dropped"
    if _RULE.fullmatch(line) or _BLOCK_TAG.match(line):
        return "nothing"
    item = _ITEM.match(line)
    if item and (kind not in ("text", "quotation") or item[1] is None or int(item[1]) == 1):
        return "item"
    if kind in _READ:
        return ""
    first = line.lstrip()[0]
    return "note" if _DEFINED.match(line) else {"|": "dropped", ">": "quotation"}.get(first, "text")


def _start(line: str, kind: str) -> int:
    """Return where the line's text begins, behind the mark of what begins with it."""
    mark = {"item": _ITEM, "quotation": _QUOTED}.get(kind)
    return found.end() if mark and (found := mark.match(line)) else 0


def _plain(text: str) -> str:
    """Return the text of a block, without marks and citations, and with its formulas as they are."""
    return uncited(formulas.around(text, _inlined)).strip()


def _inlined(text: str) -> str:
    text = _PANDOCS.sub(r"<sup>\1</sup>", text)
    text = _RAISED.sub(lambda found: markup.plain(found[0]), text)
    text = re.sub(r"\\\[([\d\s,;–-]+)\\\]", r"[\1]", text)
    text = _ESCAPED.sub(lambda found: chr(ord(found[1]) + _HIDDEN), text)
    for pattern, instead in _INLINE:
        text = re.sub(pattern, instead, text)
    return "".join(chr(ord(sign) - _HIDDEN) if _HIDDEN <= ord(sign) < _HIDDEN + 128 else sign for sign in text)
