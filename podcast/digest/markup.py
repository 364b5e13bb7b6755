"""Markdown: how texts of papers and models become harmless in it, and how it becomes HTML.

All that a paper or a model says goes through `text`, `bold` or `link`; tags in a report are ours alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from podcast.show.signs import in_signs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ALWAYS = frozenset("\\`*[]|$~")
"""Code, emphasis, links, cells, formulas and strikethrough; what opens a tag or an entity becomes an entity."""


def one_line(value: str) -> str:
    """Return the text on one line: no TeX, no control character, nothing that turns the direction of what follows."""
    shown = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") else sign for sign in in_signs(value))
    return " ".join(shown.split())


def text(value: str) -> str:
    """Return Markdown that shows the text as it is, on one line, wherever it stands: also in a cell or at a start."""
    return _safe(one_line(value))


def _safe(line: str) -> str:
    """Return Markdown that shows the line as it is. It is one already: TeX that is read twice loses what it shows."""
    out = []
    for at, sign in enumerate(line):
        if sign in _ENTITIES:
            out.append(_ENTITIES[sign])
        elif sign in _ALWAYS or (sign == "_" and not _within_word(line, at)):
            out.append(f"\\{sign}")
        else:
            out.append(sign)
    safe = "".join(out)
    safe = re.sub(r"(?i)(https?|ftp):(?=//)", r"\1\\:", safe)  # an address is shown, not linked
    safe = re.sub(r"(?i)\b(www)\.", r"\1\\.", safe)
    safe = re.sub(r"^([#+=:-])", r"\\\1", safe)
    safe = re.sub(r"(?<= )(#+)$", r"\\\1", safe)  # as the end of a heading they would not be shown
    return re.sub(r"^(\d{1,9})([.)])(?=\s|$)", r"\1\\\2", safe)


def _within_word(line: str, at: int) -> bool:
    return 0 < at < len(line) - 1 and line[at - 1].isalnum() and line[at + 1].isalnum()


def bold(value: str, words: Sequence[str]) -> str:
    """Return the text as `text` does, with these words in bold where they stand whole."""
    line = one_line(value)
    wanted = [re.escape(one_line(word)) for word in sorted(words, key=len, reverse=True) if word.strip()]
    if not wanted:
        return _safe(line)
    found = re.compile(rf"(?i)(?<![A-Za-z0-9_])({'|'.join(wanted)})(?![A-Za-z0-9_])")
    out: list[str] = []
    at = 0
    for hit in found.finditer(line):
        if not _parted(line, *hit.span()) or (out and hit.start() == at):  # `****` would end nothing
            continue
        out += [_inner(line[at : hit.start()], at == 0), f"**{_safe(hit[0])}**"]
        at = hit.end()
    return "".join([*out, _inner(line[at:], at == 0)])


def _parted(line: str, start: int, end: int) -> bool:
    """Tell whether stars around line[start:end] are bold; by CommonMark none are between a sign within and a letter.

    >>> _parted("up*é", 2, 3), _parted("up, up", 4, 6), _parted("了LoRA的", 1, 5)
    (False, True, True)
    """
    edges = ((line[start], line[start - 1 : start]), (line[end - 1], line[end : end + 1]))
    return all(
        inside.isalnum() or not outside or outside.isspace() or unicodedata.category(outside).startswith("P")
        for inside, outside in edges
    )


def _inner(part: str, first: bool) -> str:
    """Return a part of a line, with the spaces at its edges; only the first is at the line's start."""
    before, after = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :] if part.strip() else ""
    safe = _safe(part.strip()) if first else _safe(f"x{part.strip()}")[1:]
    return f"{before}{safe}{after}"


def link(label: str, url: str) -> str:
    """Return a link; `label` is Markdown already. The bare label where the address is none of the web."""
    if not re.fullmatch(r"https?://[^\s\x00-\x1f]+", url, re.IGNORECASE):
        return label
    return f"[{label}]({quote(url, safe=_IN_URL)})"


_IN_URL = "%/:=?#~+!,;@.-_'"


def anchor(name: str) -> str:
    """Return a place to link to; it goes at the beginning of a heading."""
    return f'<a id="{slug(name)}"></a>'


def slug(name: str) -> str:
    """Return a name as an anchor: letters, digits, dots and dashes."""
    return re.sub(r"[^a-z0-9.]+", "-", name.casefold()).strip("-.") or "other"


def row(cells: Iterable[str]) -> str:
    """Return a table's row; cells are Markdown already, and hold no bare pipe and no line break."""
    return f"| {' | '.join(cells)} |"


def folded(summary: str, body: str, *, open_: bool = False) -> str:
    """Return a body that can be folded away under a summary, which is words of ours."""
    return f"<details{' open' if open_ else ''}>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


@cache
def _renderer() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # tags are let through, for only ours can be there
    return MarkdownIt("commonmark", {"html": True, "xhtmlOut": False}).enable(["table", "strikethrough"])


def html(markdown: str) -> str:
    """Return the Markdown as HTML."""
    return str(_renderer().render(markdown))
