"""Lines that came back: which of them take the place of what stood there."""

import pytest

from podcast.show.config import Config
from podcast.show.schema import Line, Script
from podcast.writers import mending

SAID = (
    "What if most of the work in training were for nothing?",
    "An AI wrote this script, and AI voices speak it.",
    "The second pass goes over the whole document once more and costs 64 percent more time.",
    "Facts at the end of a long document are often missed by language models that read it once.",
)
SCRIPT = Script(
    title="Reading Twice", description="Less work.",
    lines=tuple(Line(host="AB"[at % 2], text=text, chapter="One") for at, text in enumerate(SAID)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("number", "text", "taken"),
    [
        (3, "The second pass costs 8 percent more time.", True),
        (3, "…", False),
        (3, "For the cost, see experiments.results.0 of the notes.", False),
        (3, SAID[3], False),
        (2, "The second pass costs 8 percent more time.", False),
        (2, "The script is AI's, and so are the voices.", True),
        (1, "Welcome back to the show.", False),
    ],
)
def test_a_line_that_breaks_a_rule_is_not_taken(number: int, text: str, taken: bool) -> None:
    """What cannot be spoken, the name of a note, a neighbour's words, a lost notice that AI made it, a greeting: the
    line stays as it was."""
    line = mending.MendedLine(number=number, text=text, claims=["idea.0"])
    found = mending.mended(SCRIPT, [line], Config().hosts, "en").lines
    assert found[number - 1].text == (text if taken else SAID[number - 1])
    assert found[number - 1].claims == (("idea.0",) if taken else ())
    assert [one for at, one in enumerate(found, 1) if at != number] == [
        one for at, one in enumerate(SCRIPT.lines, 1) if at != number
    ]


def test_a_mend_in_another_language_is_not_taken() -> None:
    """In a German show English words do not take the place of German ones; a name among them is no other language."""
    old = "Der zweite Durchgang kostet 64 Prozent mehr Zeit."
    script = SCRIPT.model_copy(update={"lines": (Line(host="A", text=old, chapter="Eins"),)})
    for text, taken in (
        ("The second pass costs 8 percent more time.", False),
        ("Mit GPT-4 kostet der zweite Durchgang auf HumanEval 8 Prozent mehr Zeit.", True),
    ):
        line = mending.MendedLine(number=1, text=text, claims=[])
        (found,) = mending.mended(script, [line], Config().hosts, "de").lines
        assert found.text == (text if taken else old)
