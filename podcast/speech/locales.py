"""How languages write a number in digits: which sign parts the decimals, and which the thousands.

>>> in_english("10.000 Sätze, 2,5 Prozent, Llama 3.1", "de")
'10000 Sätze, 2.5 Prozent, Llama 3.1'
>>> in_english("12 500 pages", "fr"), in_english("12,500 pages", "en"), in_english("12.500 pages", "fr")
('12500 pages', '12500 pages', '12500 pages')
"""

import re
from functools import cache

from podcast.show.iso639 import primary
from podcast.speech import cldr

_SPACES = "\u00a0\u202f\u2009 "
"""Between thousands in any language, as the SI wants it. The plain one may also part two numbers."""


def in_english(text: str, language: str) -> str:
    """Return the text with every number as English writes it, thousands undivided: 1.056,5 in German is 1056.5.

    What the language would not write, such as 3.1 in German, stays: it is a version, or was copied from English. So
    are 1,000 and 1,234,567, which can be no decimals. A plain space parts thousands too, though not in "Table 2 100 …"
    where the language has another sign for that.
    """
    written, decimal, spaced = _written(primary(language))
    return written.sub(lambda match: _english(match, decimal, spaced), text)


@cache
def _written(language: str) -> tuple[re.Pattern[str], str, bool]:
    """Return what a number with thousands or decimals looks like, its decimal sign, and whether spaces group."""
    decimal, thousand = cldr.marks(language)
    points = "." if decimal == "," else ","
    between = f"[{_SPACES}'’{points}{re.escape(thousand)}]"
    part = rf"(?:{re.escape(decimal)}[0-9]{{1,15}})?"
    grouped = rf"[1-9][0-9]{{0,2}}(?P<between>{between})[0-9]{{3}}(?:(?P=between)[0-9]{{3}}){{0,4}}(?![0-9]){part}"
    lakhs = rf"[1-9][0-9]?(?:,[0-9]{{2}}){{1,5}},[0-9]{{3}}(?![0-9]){part}|" if decimal == "." else ""
    plain = rf"[0-9]{{1,15}}{re.escape(decimal)}[0-9]{{1,15}}"
    copied = r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,4}|,000)(?![0-9])"
    return (
        re.compile(rf"(?<![A-Za-z0-9_.,])(?:{copied}|{lakhs}{grouped}|{plain})(?![0-9_]|[.,][0-9])"),
        decimal,
        thousand.isspace(),
    )


def _english(match: re.Match[str], decimal: str, spaced: bool) -> str:
    written = match[0]
    if match["between"] == " " and not spaced and re.fullmatch(r"\d+ \d+", written):
        before = match.string[max(0, match.start() - 40) : match.start()]
        if re.search(r"(?:\d|(?<!\w)[A-Z]\w*) $", before):
            return written
    if re.fullmatch(r"[0-9]+(?:(?:,[0-9]{3}){2,}|,000)", written):
        return written.replace(",", "")
    whole, sign, part = written.partition(decimal)
    return re.sub(r"[^0-9]", "", whole) + (f".{part}" if sign else "")
