"""Punctuation: brackets become commas, what no voice can read goes, and one sign is left where several met.

>>> read_punctuation("a (b), c").strip()
'a, b, c'
>>> read_punctuation("Yes!! Really").strip()
'Yes!  Really'
"""

import re

from podcast.speech.numerals import HYPHENED_NUMERAL
from podcast.speech.rules import rules


def _strongest(match: re.Match[str]) -> str:
    """Return the strongest sign of a run: "?" before "." before ",", but "," after an abbreviation's stop."""
    run = match[0].replace(" ", "")
    if run.startswith(".,"):
        return ", "
    return min(run, key="?!.;:,".index) + " "


read_punctuation = rules(
    (r"(?<=[a-z]{2}) ?/ ?(?=[a-z]{2})", " and "),
    (r"(?<= of| at| to| in| by) \((?=[a-z -]{1,200}\))", " "),
    (r"[()\[\]]", " | "),  # until the signs around it are known
    (r"(?<=[a-z]{2})\.(?=[A-Z])", ". "),
    (r"(?<= )\.(?=[A-Za-z])", "dot "),
    (r"(?<=[A-Za-z])\.(?=[A-Z])", " "),
    (r"(?<=[A-Za-z])\.(?=[A-Za-z])", " dot "),
    (HYPHENED_NUMERAL.pattern, "\\1\x02"),
    (r"[^A-Za-z' ,.?!:;|\x02]", " "),
    (r"\x02(?=[a-z])", "-"),
    (r"\x02", " "),
    (r"(?<![A-Za-z])'|'(?![A-Za-z])", " "),
    (r" +", " "),
    (r"(?: ?\|)+ ?(?=[,.?!:;]|$)|^(?: ?\|)+", ""),
    (r"(?<=[,.?!:;])(?: ?\|)+", " "),
    (r" ?(?:\| ?)+", ", "),
    (r"[,.?!:;](?: ?[,.?!:;])+", _strongest),
    (r" +(?=[,.?!:;])", ""),
    (r"(?<=[,.?!:;])(?=[^ ])", " "),
    (r"^[ ,.?!:;'-]+", ""),
)
