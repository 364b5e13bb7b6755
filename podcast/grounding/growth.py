"""What a rule of growth comes to: twice the text is twice the work where it is linear, four times where it is not.

>>> from decimal import Decimal
>>> follows(Decimal(4), [Decimal(2)], "the cost is quadratic in the length")
True
>>> follows(Decimal(4), [Decimal(2)], "the cost is linear in the length")
False
"""

import re
from collections.abc import Sequence
from decimal import Decimal

_POWERS = (
    (1, re.compile(r"(?<!\w)(?:linear(?:ly)?|proportional(?:ly)?)(?!\w)", re.IGNORECASE)),
    (2, re.compile(r"(?<!\w)(?:quadratic(?:ally)?|squared?)(?!\w)|n\^?2\b|²", re.IGNORECASE)),
    (3, re.compile(r"(?<!\w)(?:cubic(?:ally)?|cubed?)(?!\w)|n\^?3\b|³", re.IGNORECASE)),
)
"""The power with which one thing grows with another, and the words that say so."""


def follows(multiple: Decimal, others: Sequence[Decimal], text: str) -> bool:
    """Return whether a multiple comes from another by a rule of growth that the text names, either way round."""
    powers = [power for power, words in _POWERS if words.search(text)]
    return any(other**power == multiple or multiple**power == other for power in powers for other in others)
