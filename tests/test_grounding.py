"""Figures and names: tolerant of form, strict in value."""

from decimal import Decimal

import pytest

from podcast.grounding import figures, missing_facts
from podcast.schema import Line


def missing(said: str, evidence: str) -> tuple[str, ...]:
    return missing_facts(Line(host="A", text=said, chapter="x"), [evidence])


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("It reaches 28.4 BLEU.", "The model achieves 28.4 BLEU."),
        ("It has 4.5 million pairs.", "We use 4,500,000 pairs."),
        ("It has 30 billion parameters.", "A 30B model."),
        ("It costs eight percent more.", "The cost grows by 8%."),
        ("Forty-one point eight BLEU.", "41.8 BLEU"),
        ("It took twelve hours.", "after 12 hours on 8 GPUs"),
        ("It uses 3.5 days.", "for 3.5 days on eight GPUs"),
        ("Two things matter here.", "nothing with figures"),
        ("It was tested on ImageNet.", "the ImageNet data set"),
        ("GPT-4.1 wins.", "we compare with GPT-4.1 and others"),
        ("A hundred thousand steps.", "after 100,000 steps"),
        ("It is made by AI on a GPU.", "nothing"),
    ],
)
def test_what_stands_in_the_evidence_passes(said: str, evidence: str) -> None:
    """The same value in another form, and words that claim nothing, are no fault."""
    assert missing(said, evidence) == ()


@pytest.mark.parametrize(
    ("said", "evidence", "fact"),
    [
        ("It reaches 28.5 BLEU.", "The model achieves 28.4 BLEU.", "28.5"),
        ("It has 45 million pairs.", "4.5 million pairs", "45 million"),
        ("It costs nine percent more.", "The cost grows by 8%.", "nine"),
        ("It was tested on CIFAR-10.", "the ImageNet data set", "CIFAR-10"),
        ("ResNet-50 wins.", "we compare with ResNet-101", "ResNet-50"),
        ("It took 12 days.", "after 1.2 days", "12"),
        ("It has 7B parameters.", "a 70B model", "7B"),
    ],
)
def test_what_does_not_is_named(said: str, evidence: str, fact: str) -> None:
    """Another value, or a name the evidence has not, is found and quoted as spoken."""
    assert fact in missing(said, evidence)


def test_figures_have_values() -> None:
    """Separators, scales and words are read."""
    text = "1,000 and 2.5 million, seventy-two, three hundred thousand and 8x"
    values = [Decimal(1000), Decimal("2500000"), Decimal(72), Decimal(300000)]
    assert [value for _, value in figures(text) if value in values] == values
