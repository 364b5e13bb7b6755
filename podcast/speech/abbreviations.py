"""Abbreviations, and arXiv's categories, in full.

>>> expand_abbreviations("cs.CL")
'computation and language'
>>> expand_abbreviations("Fig. 3").split()
['Figure', '3']
>>> expand_abbreviations("tables, etc. Then").split()
['tables,', 'et', 'cetera.', 'Then']
"""

import re

from podcast.speech import tables
from podcast.speech.rules import any_of, rules

_BEFORE_SAINT = re.compile("an?|and|as|at|but|by|for|from|in|near|of|on|or|our|the|to|with", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:He|She|It|We|You|They|Th(?:e|is|at|ese|ose|en|ere)|In|At|On|When|If|But|And|So|No|Nobody|Our|My|His|Her|Its)\b"
)
"""Words behind St. that begin a sentence."""


def _saint(match: re.Match[str]) -> str:
    """Say St. Louis in full; behind a name it is a street, and its stop may be the sentence's: on Main St. Visitors."""
    before, short = match.groups()
    word = before.strip(" ,;:(")
    if (word[:1].isupper() and not _BEFORE_SAINT.fullmatch(word)) or _OPENING.match(match.string, match.end()):
        return match[0]
    return before + short.replace("St.", "Saint").replace("Mt.", "Mount")


expand_abbreviations = rules(
    (rf"(?<![\w.])({any_of(tables.CATEGORIES)})(?!\w)", lambda m: tables.CATEGORIES[m[1]]),
    (
        rf"(?<![A-Za-z.])({any_of(tables.BEFORE_NUMBER)}) ?(?=\(?\d|[A-Z]\b)",
        lambda m: f"{tables.BEFORE_NUMBER[m[1]]} ",
    ),
    (r"(^|[,;:(] |(?<![\w.'-])[A-Za-z]+ )((?:(?:St|Mt)\. )+)(?=[A-Z][a-z])", _saint),
    (r"(?<![\w.-])[vV]\.? ?(?=\d+\.\d)", "version "),
    (r"(?<![A-Za-z.])etc\.(?=$| [A-Z])", "et cetera."),
    (r"(?<![A-Za-z.])etc\b\.?", "et cetera"),
    (rf"(?<![A-Za-z.])({any_of(tables.ABBREVIATIONS)})(?![A-Za-z])", lambda m: f" {tables.ABBREVIATIONS[m[1]]} "),
)
