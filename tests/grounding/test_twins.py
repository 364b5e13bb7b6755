"""True lines pass, and a false line of the same words is found: pairs of our own, by what was held against the true."""

import csv

import pytest
from conftest import ROOT

from podcast import grounding
from podcast.grounding import Known

TWINS = list(
    csv.DictReader(
        (ROOT / "tests" / "grounding" / "twins.tsv").read_text(encoding="utf-8").splitlines(),
        delimiter="\t", quoting=csv.QUOTE_NONE,
    )
)  # fmt: skip
"""Columns: kind, evidence, true, false."""


@pytest.mark.parametrize("row", TWINS, ids=lambda row: f"{row['kind']}: {row['true'][:40]}")
def test_a_true_line_passes(row: dict[str, str]) -> None:
    """Nothing is refused of it or doubted."""
    assert grounding.findings(row["true"], [row["evidence"]]) == ()


@pytest.mark.parametrize("row", TWINS, ids=lambda row: f"{row['kind']}: {row['false'][:40]}")
def test_its_false_twin_is_found(row: dict[str, str]) -> None:
    """What lets the one pass does not let the other."""
    assert grounding.findings(row["false"], [row["evidence"]])


def test_a_name_may_stand_in_the_title_alone() -> None:
    """A title's names are known, and a pronoun behind a word with a capital is nobody's name."""
    known = Known(titles=("QuxNet: Reading Maps by Ear",), names=("Ada Lovelati; Bo McDonaldi",))
    for said in ("QuxNet reads maps.", "Tomorrow I'd read QuxNet's maps.", "Yesterday I read maps."):
        assert grounding.findings(said, ["A system reads maps."], "en", known) == (), said
    assert grounding.findings("Song Lovelati reads maps.", ["A system reads maps."], "en", known)
