"""Lines that say more than the paper, and say so: general knowledge, and examples with figures of our own.

The one has no figure and says whose it is; the other is announced before its first figure, or by the notice that an
episode opens with. Neither speaks a claim.

>>> said = Line(host="A", chapter="Cards", text="Ten cards are left.", kind="example")
>>> list(unmarked([said]))
[(1, 'it is an example that nobody announced as our own')]
>>> list(unmarked([said.model_copy(update={"text": "Say we have ten cards."})]))
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.figure import figures
from podcast.show.schema import Line

_ANNOUNCED = re.compile(
    r"\b(?:mak(?:e|ing) (?:\w+ )?up|made[- ]up|our own|of ours|our examples?|examples?\b[^.!?]{0,40}\bours|invent\w*"
    r"|imagine|suppose|pretend|picture"
    r"|say (?:we|you|it|i|there|a|an"
    r"|the|my|that)\b|let's (?:say|take|try|do|give|work|write|put|build|play)|let me (?:make|give|try|invent|work|put)"
    r"|toy|for the sake|an example|by hand|take (?:a|an|two|three|four|five|six|ten|the|one|any)\b|on paper"
    r"|stell dir|nehmen wir|imagin|suppos|disons|digamos|假设|比如|设想|举个例子)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:in general|general knowledge|generally|usually|as a rule|normally|often|most|many|some|people"
    r"|engineers|researchers"
    r"|everybody|everyone|anybody|anyone|nobody|critics|the field|the trade|in practice|textbooks?|well[- ]known"
    r"|by then|until then"
    r"|at the time|before|these days|today|since|companies|teams|i'd|i would|i think|my (?:guess|reading|view)"
    r"|we know|you|know(?:n|s)?"
    r"|is (?:a|an|the|what|how|called)|are (?:a|the|called)|means?|called|measures?|counts?|says?|from us"
    r"|not from the paper"
    r"|outside the paper|allgemein|meist|üblich|en général|souvent|normalmente|一般|通常|大家)\b|一般|通常|大家",
    re.IGNORECASE,
)
_OPENING = 9
"""Lines in which an announcement holds for those before it, too: an episode may begin in the middle of an example."""
_PRODUCT = re.compile(r"[A-Z].*[A-Z\d]|\d")
"""What is written as systems are (BERT, GPT-4, LoRA): no name for a thing of our own."""
_OF_THE_PAPER = re.compile(
    r"\b(?:the (?:paper|authors|study|abstract)|they (?:report|measure|get|reach|find)|their (?:model|method|system)) "
    r"(?!\w* ?(?:would|might|could|may))",
    re.IGNORECASE,
)


def excused(line: Line, fact: str, text: str, ours: Sequence[str] = ()) -> bool:
    """Tell whether the line may say the fact though its claims do not carry it.

    In an example a figure, and a name that is none of a system or stands anywhere in the paper's `text`; in general
    knowledge a name that stands there; in any line a name that an example before it, one of `ours`, has given.
    """
    figure = bool(figures(fact)) or not re.search(r"[A-Z]", fact)
    if line.kind == "example":
        return figure or not _PRODUCT.search(fact) or fact in text
    if figure:
        return False
    return line.kind == "general" if fact in text else any(fact in one for one in ours)


def unmarked(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Yield the lines, from 1, that say of themselves what they do not keep, and why."""
    first = next((number for number, line in enumerate(lines, 1) if _ANNOUNCED.search(line.text)), len(lines) + 1)
    announced = 1 if first <= min(_OPENING, len(lines)) else first
    for number, line in enumerate(lines, 1):
        if line.kind == "example" and number < announced:
            yield number, "it is an example that nobody announced as our own"
        if line.kind == "example" and _OF_THE_PAPER.search(line.text) and figures(line.text):
            yield number, "it has a figure of the paper's, and is marked as an example of our own"
        if line.kind == "general" and not line.claims and not _owned(lines, number):
            yield number, "it is general knowledge, and nobody says whose"


def _owned(lines: Sequence[Line], number: int) -> bool:
    """Whether the line, or one of the two before it, says whose knowledge it is, or that it is general."""
    return any(_OWNED.search(line.text) for line in lines[max(0, number - 3) : number])
