"""Markdown of any hand: what it tells of itself, and the marks of programs, which nobody hears."""

import time

import pytest

from podcast.sources import markdown, originals

ID = "2403.00001"
TOML = """+++
title = "Pebbles"
authors = ["Ann Lee", {name = "Bob Ray"}]
doi = "https://doi.org/10.5555/ab.1"
+++

## Trays

It holds.
"""
TOLD = {
    TOML: ("Pebbles", ("Ann Lee", "Bob Ray"), "10.5555/ab.1"),
    "---\ntitle: Pebbles\ndoi: doi:10.5555/ab.1\n---\n\nIt holds.\n": ("Pebbles", (), "10.5555/ab.1"),
    '<h1 align="center">\n  <img src="a.png"> Pebbles\n</h1>\n\n## Trays\n\nIt holds.\n': ("Pebbles", (), ""),
    "<!-- image -->\n\n## Pebbles\n\nAnn Lee\n\n## Abstract\n\nIt holds.\n": ("Pebbles", (), ""),
    "## Abstract\n\nIt holds.\n\n## Trays\n\nIt does.\n": ("", (), ""),
    "It holds.\n\n## Trays\n\nIt does.\n": ("", (), ""),
    "```sh\n# install it\n```\n\n# Pebbles\n\nIt holds.\n": ("Pebbles", (), ""),
    "+++\ntitle = \n+++\n\n# Pebbles\n\nIt holds.\n": ("Pebbles", (), ""),
}


@pytest.mark.parametrize(("text", "wanted"), TOLD.items(), ids=range(len(TOLD)))
def test_what_markdown_tells_of_its_paper(text: str, wanted: tuple[str, tuple[str, ...], str]) -> None:
    """Lines of TOML are read as those of YAML; a title may be in HTML, or be the first heading of any level."""
    front = originals.told(text.encode()).front
    assert (front.title, front.authors, front.doi) == wanted


def test_no_line_about_a_text_is_heard() -> None:
    found = originals.read(ID, TOML.replace("It holds.", "It holds for all of the trays there are. " * 20).encode())
    assert {*found.sentences()} == {"It holds for all of the trays there are."}


MARKS = {
    "<Tip>\n\nIt holds.\n\n</Tip>": "It holds.",
    ":::{figure} a.png\n:name: a\nA tray.\n:::\n\nIt holds.": "It holds.",
    ".. figure:: a.png\n   :alt: a\n\n   A tray.\n\nIt holds.": "It holds.",
    "(sec-a)=\n\nIt holds {cite:p}`doe2010` here.": "It holds here.",
    "It holds.\n\nBy {cite:t}`doe2010` it does.": "It holds.",
    "It holds.\n\nIt has `r nrow(x)` rows.": "It holds.",
    "It is in [[Trays|the trays]] of [[Heaps]], ==all== of it.": "It is in the trays of Heaps, all of it.",
    "It holds [[1]].": "It holds.",
    "If x == y and y == z, it holds.": "If x == y and y == z, it holds.",
    "It holds.\n\n%% Nobody hears this. %%\n\n#mud #sea": "It holds.",
    "> [!abstract]\n> It holds.": "It holds.",
    "- [x] It holds.": "It holds.",
    "{2}--------\n\nIt holds.": "It holds.",
    '{{< figure src="a.png" >}}\n\n{{% note %}}\nIt holds.\n{{% /note %}}': "It holds.",
    "It^[See [it](a.html) [@doe].] holds for x^2^ of H~2~O.": "It holds for x² of H2O.",
    "A name fits '^[A-Z]$' in `^[a-z]$` of R^[d].": "A name fits '^[A-Z]$' in `^[a-z]$` of R^[d].",
    "(ref:cap) A caption.\n\nIt holds.": "It holds.",
}


@pytest.mark.parametrize(("text", "said"), MARKS.items(), ids=range(len(MARKS)))
def test_marks_of_programs_are_not_heard(text: str, said: str) -> None:
    found = markdown.read(ID, f"# Sorting\n\nHere it is.\n\n{text}\n\n## End\n\nSo it is.\n".encode(), 1, 1)
    assert found.sentences()[1:-1] == (said,)


@pytest.mark.parametrize(
    "text", ["[[a" * 9000, "==a " * 9000, "{a}`" * 9001, "#a" * 9000 + "!", "<h1>" * 5000, "%%" * 9001, "a^[a" * 9000]
)
def test_marks_without_end_take_no_time(text: str) -> None:
    begun = time.process_time()
    markdown.title(text)
    assert time.process_time() - begun < 1
