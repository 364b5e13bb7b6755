"""Lines that say more than the paper, and say so: general knowledge, and examples of our own."""

import pytest

from podcast.grounding import kinds
from podcast.show.schema import Line

PAPER = "The authors train a ResNet on ImageNet for 90 epochs."


def line(text: str, kind: str = "", claims: tuple[str, ...] = ()) -> Line:
    return Line(host="A", text=text, chapter="One", kind=kind, claims=claims)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "fact", "passes"),
    [
        ("example", "seven", True), ("example", "Seven", True), ("example", "12 percent", True),
        ("example", "GPT-4", False), ("example", "ResNet", True), ("general", "ResNet", True),
        ("general", "seven", False), ("general", "BERT", False), ("", "seven", False),
    ],
)  # fmt: skip
def test_what_a_kind_excuses(kind: str, fact: str, passes: bool) -> None:
    """An example has figures of its own; neither has names, but for those that the paper has."""
    assert kinds.excused(line("…0", kind), fact, PAPER) is passes


def test_an_example_is_announced() -> None:
    """Figures of ours come after words that say whose they are, and the example ends some lines later."""
    told = [line("Let's make up ten clerks.", "example"), line("Then seven arrives as eight.", "example")]
    assert not list(kinds.unmarked(told))
    assert [number for number, _ in kinds.unmarked([line("Seven arrives as eight.", "example")])] == [1]
    late = [told[0], *(line("And on it goes.") for _ in range(20)), told[1]]
    assert [number for number, _ in kinds.unmarked(late)] == [22]


def test_general_knowledge_has_an_owner() -> None:
    """Somebody is said to know it, in the line or in the two before it, once for a passage."""
    assert list(kinds.unmarked([line("Gradients fade on their way.", "general")]))
    assert not list(kinds.unmarked([line("Usually, gradients fade on their way.", "general")]))
    passage = [line("In general, gradients fade.", "general"), line("So early layers stand still.", "general")]
    assert not list(kinds.unmarked(passage))
