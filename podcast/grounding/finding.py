"""What is found wrong with a line: refused where that is plain, doubted where it is likely.

>>> Finding(9, "8%", "").grade
'refused'
>>> min(Finding(9, "8%", ""), Finding(0, "BERT", "")).fact
'BERT'
"""

from dataclasses import dataclass
from typing import Literal

Grade = Literal["refused", "doubted"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fact of a text that does not stand in its evidence, or not so."""

    start: int
    """Where it begins in the text in digits: findings are told in that order."""
    fact: str
    """As spoken."""
    wrong: str
    """In a few words that follow the fact; "" where it stands nowhere."""
    grade: Grade = "refused"
    figure: bool = False
    """Whether it is a figure; a name or a meaning otherwise."""
