"""A document in parts that a model holds."""

import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.show.schema import Document, Section
from podcast.writers.meter import tokens
from podcast.writers.packing import parts

SECTIONS = st.lists(st.lists(st.integers(1, 45), max_size=8), min_size=1, max_size=6)
"""Sections as the lengths of their sentences, in words."""


def document(sections: list[list[int]]) -> Document:
    return Document(
        paper_id="2403.00001",
        source="html",
        sections=tuple(
            Section(title=f"Part {at}", sentences=tuple(" ".join(["word"] * words) for words in lengths))
            for at, lengths in enumerate(sections)
        ),
    )


@given(SECTIONS, st.integers(220, 800))
def test_every_sentence_stands_once_under_its_title(sections: list[list[int]], room: int) -> None:
    """In order, with its number; a part begins with a title, and has no title over nothing."""
    packed = parts(document(sections), room)
    lines = [line for part in packed for line in part.split("\n")]
    wanted = [f"[{n}] {sentence}" for n, sentence in enumerate(document(sections).sentences(), 1)]
    assert [line for line in lines if line.startswith("[")] == wanted
    titles = [f"## Part {at}" for at, lengths in enumerate(sections) for _ in lengths]
    under = [next(title for title in reversed(lines[:at]) if title.startswith("##"))
             for at, line in enumerate(lines) if line.startswith("[")]  # fmt: skip
    assert under == titles
    assert not re.search(r"^## .*\n(?=## |\Z)", "\n".join(lines) + "\n", re.MULTILINE)
    assert all(part.startswith("## ") for part in packed)


@given(SECTIONS, st.integers(220, 800))
def test_parts_fit_and_are_as_full_as_sections_allow(sections: list[list[int]], room: int) -> None:
    """None is over the room; what a part begins with had none in the one before it."""
    packed = parts(document(sections), room)
    cost = [sum(tokens(line) + 1 for line in part.split("\n")) for part in packed]
    assert all(one <= room for one in cost)
    for at in range(1, len(packed)):
        first = re.split(r"\n(?=## )", packed[at])[0]
        assert cost[at - 1] + sum(tokens(line) + 1 for line in first.split("\n")) > room


def test_a_section_that_fits_is_not_parted() -> None:
    """Three sections of two parts' length are three parts, each a section."""
    packed = parts(document([[40] * 3] * 3), 250)
    assert [re.findall(r"^## (.+)$", part, re.MULTILINE) for part in packed] == [["Part 0"], ["Part 1"], ["Part 2"]]


def test_a_sentence_longer_than_a_part_is_cut_and_told(caplog: pytest.LogCaptureFixture) -> None:
    """What a paper has in one sentence of three thousand words is read as far as it goes; those behind it are whole."""
    with caplog.at_level(logging.WARNING):
        packed = parts(document([[3000], [5]]), 400)
    assert "its beginning is read" in caplog.text
    assert [re.findall(r"^\[(\d+)\]", part, re.MULTILINE) for part in packed] in ([["1"], ["2"]], [["1", "2"]])
    assert packed[-1].endswith("[2] word word word word word")
    assert all(sum(tokens(line) + 1 for line in part.split("\n")) <= 400 for part in packed)


def test_a_document_without_sentences_has_no_parts() -> None:
    """Titles alone are nothing to read."""
    assert parts(document([[], []]), 400) == ()
