"""A report's HTML in the site's look: a paper is a card, the other reports are a row of links, cells have labels."""

import re

_PAPER = '<h3><a id="paper-'
"""What a paper of a report begins with; it ends where the next begins, or a section does."""

_CARD = re.compile(rf"(?={re.escape(_PAPER)}|^<h2>)", re.MULTILINE)
_OTHERS = re.compile(r"^<p>(The same papers): (.*)</p>$", re.MULTILINE)


def dressed(html: str) -> str:
    """Return the page's HTML, which says the same in the same order, as the site shows things."""
    papers = _CARD.split(_OTHERS.sub(_others, html))
    whole = "".join(
        f'<section class="card">\n{part}</section>\n' if part.startswith(_PAPER) else part for part in papers
    )
    tables = re.split(r"(<table>.*?</table>)", whole, flags=re.DOTALL)
    return "".join(_labelled(part) if part.startswith("<table>") else part for part in tables)


def _others(found: re.Match[str]) -> str:
    links = "".join(f"<li>{link}</li>" for link in found[2].split(" · "))
    return f'<nav class="reports" aria-label="{found[1]}"><ul>{links}</ul></nav>'


def _labelled(table: str) -> str:
    """Return the table with each cell named by its column: a phone stacks the rows, and shows no heads."""
    heads = [re.sub(r"<[^>]+>", "", each).replace('"', "&quot;") for each in re.findall(r"<th[^>]*>(.*?)</th>", table)]
    rows = []
    for row in re.split(r"(?=<tr>)", table):
        head, *cells = re.split(r"<td(?=[ >])", row)
        named = zip(cells, [*heads, *[""] * len(cells)], strict=False)
        rows.append(head + "".join(f'<td data-label="{name}"{cell}' for cell, name in named))
    return "".join(rows)
