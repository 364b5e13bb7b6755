"""What a show's last episodes used up is told in one order, whatever Python's hashes are."""

from podcast.show.schema import Line, Script
from podcast.writers import phrases


def script(*texts: str) -> Script:
    lines = tuple(Line(host="A", text=text, chapter="x", take=1) for text in texts)
    return Script(title="x", description="x", lines=lines)


def test_the_ledger_tells_openings_then_what_two_repeat_in_the_order_it_was_said() -> None:
    """The newest opening first; of equally frequent repetitions the one that was said first."""
    middle = "Take that as read and then. Nobody ever told us how much. Here we have two of them."
    told = phrases.ledger([script("New one.", middle, "Bye now."), script("Old one.", middle, "So long.")])
    said = " ".join(middle.lower().replace(".", "").split())
    places = [said.index(phrase) for phrase in told if phrase in said]
    assert told[0] == "New one."
    assert len(places) > 3
    assert places == sorted(places)
