"""Form that code mends: titles, lines, chapters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from podcast.writers import form, rules


@given(st.lists(st.text("ab c.", min_size=1, max_size=80), min_size=1, max_size=12).map(". ".join))
def test_a_parted_line_has_all_its_words(text: str) -> None:
    """Nothing is lost or turned round, and what could be parted is short."""
    assert " ".join(form.parted(text)).split() == text.split()


def test_a_line_is_parted_where_its_sentences_end() -> None:
    """Of 106 words two lines are made; a sentence of 106 words stays whole, for a mind."""
    half = "one two three four five six seven eight nine ten " * 5 + "and three more."
    assert form.parted(f"{half} {half.capitalize()}") == (half, half.capitalize())
    assert [rules.words(line) for line in form.parted(f"{half} {half.capitalize()}")] == [53, 53]
    long = half.replace(".", "") * 2
    assert len(form.parted(long)) == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Under the lid", "Under the lid"),
        ("Introduction", "What it is about"),
        ("A framework for making videos of people out of texts, images and audio, at once",
         "A framework for making videos of people out of texts, images"),
        ("The second pass and its cost: what it takes to read a document twice over", "The second pass and its cost"),
    ],
)  # fmt: skip
def test_a_title_fits_an_app(said: str, kept: str) -> None:
    """It is cut at a word, or at its colon."""
    assert form.chapter(said) == kept
    assert len(kept) <= 60


def test_chapters_over_nine_are_joined_with_their_neighbours() -> None:
    """None is lost, and none is empty."""
    joined = form.joined(14, 9)
    assert len(joined) == 9
    assert [at for run in joined for at in run] == list(range(14))
    assert all(joined)
