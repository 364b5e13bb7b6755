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
        ("example", "GPT-4", False), ("example", "ResNet", True), ("example", "Anna", True),
        ("general", "ResNet", True), ("general", "seven", False), ("general", "BERT", False), ("", "seven", False),
    ],
)  # fmt: skip
def test_what_a_kind_excuses(kind: str, fact: str, passes: bool) -> None:
    """An example has figures of its own; neither has names, but for those that the paper has."""
    assert kinds.excused(line("…0", kind), fact, PAPER) is passes


def test_an_example_is_announced() -> None:
    """Figures of ours come after words that say whose they are, or in an opening that says it."""
    told = [line("Let's make up ten clerks.", "example"), line("Then seven arrives as eight.", "example")]
    assert not list(kinds.unmarked(told))
    assert not list(kinds.unmarked([told[0], *(line("And on it goes.") for _ in range(20)), told[1]]))
    assert [number for number, _ in kinds.unmarked([told[1]])] == [1]
    for words in ("the examples are our own", "examples and general knowledge are ours", "the example is ours"):
        notice = line(f"An AI wrote this, and {words}.")
        assert not list(kinds.unmarked([told[1], line("So it does."), notice]))
    assert [number for number, _ in kinds.unmarked([told[1], *[line("So it does.")] * 20, notice])] == [1]


def test_an_example_has_no_figure_of_the_papers() -> None:
    """What the authors measured is no example of ours, whatever the line says of itself."""
    told = [line("Let's make up ten clerks.", "example"), line("The authors report 92 percent.", "example")]
    assert [number for number, _ in kinds.unmarked(told)] == [2]


def test_what_an_example_named_may_be_named_again() -> None:
    """A name of our example is known from there on; one that the paper has is held to the paper."""
    ours = ["Let's make up a line that begins with Behold.", "ResNet reads it."]
    assert kinds.excused(line("So it drops the Behold."), "Behold", PAPER, ours)
    assert not kinds.excused(line("So it drops the Behold."), "Behold", PAPER)
    assert not kinds.excused(line("So ResNet wins."), "ResNet", PAPER, ours)


def test_general_knowledge_has_an_owner() -> None:
    """Somebody is said to know it, in the line or in the two before it, once for a passage."""
    assert list(kinds.unmarked([line("Gradients fade on their way.", "general")]))
    assert not list(kinds.unmarked([line("Usually, gradients fade on their way.", "general")]))
    passage = [line("In general, gradients fade.", "general"), line("So early layers stand still.", "general")]
    assert not list(kinds.unmarked(passage))
