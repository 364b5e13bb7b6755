"""Abbreviations, and arXiv's categories, in full.

>>> expand_abbreviations("cs.CL")
'computation and language'
>>> expand_abbreviations("Fig. 3").split()
['Figure', '3']
>>> expand_abbreviations("tables, etc. Then").split()
['tables,', 'et', 'cetera.', 'Then']
"""

from podcast.speech import tables
from podcast.speech.rules import any_of, rules

expand_abbreviations = rules(
    (rf"(?<![\w.])({any_of(tables.CATEGORIES)})(?!\w)", lambda m: tables.CATEGORIES[m[1]]),
    (
        rf"(?<![A-Za-z.])({any_of(tables.BEFORE_NUMBER)}) ?(?=\(?\d|[A-Z]\b)",
        lambda m: f"{tables.BEFORE_NUMBER[m[1]]} ",
    ),
    (
        r"(?:^|(?<=[a-z,;:(] ))(St|Mt)\. (?!(?:He|She|It|We|They|The|This|In|At|You)\b)(?=[A-Z][a-z])",
        lambda m: f"{'Saint' if m[1] == 'St' else 'Mount'} ",
    ),
    (r"(?<![\w.-])[vV]\.? ?(?=\d+\.\d)", "version "),
    (r"(?<![A-Za-z.])etc\.(?=$| [A-Z])", "et cetera."),
    (r"(?<![A-Za-z.])etc\b\.?", "et cetera"),
    (rf"(?<![A-Za-z.])({any_of(tables.ABBREVIATIONS)})(?![A-Za-z])", lambda m: f" {tables.ABBREVIATIONS[m[1]]} "),
)
