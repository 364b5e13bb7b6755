"""Dashes with a space on both sides: a pause between parts of a sentence, a minus in a sum, "to" between amounts alike.

>>> read_dashes("2 models - 7B and 13B - win")
'2 models, 7B and 13B, win'
>>> read_dashes("y = 3x - 2, step n - 1, 2 GB - 4 GB")
'y = 3x minus 2, step n minus 1, 2 GB to 4 GB'
>>> read_dashes("Plan A - a good one, 5 - 10 runs")
'Plan A, a good one, 5 - 10 runs'
"""

import re

from podcast.show.formulas import parted
from podcast.speech import tables
from podcast.speech.rules import any_of

_DASH = re.compile(r"(?<=\S) (?:[-‐‑–−]|--) (?=\S)")
_UNIT = r"(?: ?(\\?%|[°×]|[A-Za-zµμ]{1,20}))?"
_AMOUNT_BEFORE = re.compile(rf"(?<![\w.,/:-])([$€£]?)(\d(?:[\d.,]{{0,14}}\d)?){_UNIT}$")
_AMOUNT = re.compile(rf"([$€£]?)(\.?\d[\d.,]{{0,15}}){_UNIT}")
_COMPOSED = re.compile(r"\d+[/:-]\d|\d[\d.]*e-?\d")
_CLOCK_BEFORE = re.compile(r"\d:\d\d ?[ap]m$")
_VARIABLE = r"(?:[A-Za-zα-ωΑ-Ω](?![A-Za-z])|\\[A-Za-z]{1,20})"
_TERM_BEFORE = re.compile(
    rf"(?<![\w'’.,/:-])(?:\d{{0,4}}{_VARIABLE}['′]?(?:[_^][\w{{}}]{{1,12}}|\{{\}})?"
    r"|\d{1,15}(?:\.\d{1,15})?|[A-Za-z]\([^()\s]{1,12}\)|\((?:\w{1,2} ?[+*/-] ?){1,3}\w{1,2}\))$"
)
_TERM = re.compile(
    rf"\.?\d+(?:\.\d+)?[a-z]?(?![A-Za-z0-9])|\d{{0,4}}{_VARIABLE}|\(?\d|(?:log|ln|exp|max|min|sqrt|sin|cos)(?![a-z])"
)
_ATTACHED = r"(?<![A-Za-z'’])[A-Za-z]{1,2}\d?[(\[][^()\[\]]{1,16}[)\]]"
_POWER = r"[\w)\]|]\^(?:\{\w{1,3}\}|\w)"
_CLOSED = re.compile(rf"(?:{_ATTACHED}|{_POWER}|\|[^|]{{1,12}}\|)$")
_OPENED = re.compile(rf"{_ATTACHED}|\w{_POWER}|\w\^|[(][^()]{{1,12}}[)]\^|\|[^|]{{1,12}}\|")
"""Terms in brackets, in bars or in powers."""
_WORD_BEFORE, _WORD = re.compile(r"(?<![^\s(])[A-Za-z]?[a-z]{3,}$"), re.compile(r"[A-Za-z]?[a-z]{3,}(?![a-z(\[])")
_NAME = r"[A-Z]{2,}[0-9]*s?|[A-Z]+[0-9]{2,}[A-Z]?|[QvV][0-9]+|[ap]\.m\."
_NAME_BEFORE = re.compile(
    rf"(?<![\w.(\[|])(?:{_NAME}|(?:{any_of(tables.NUMBERED)}) [0-9]{{1,3}}[A-Za-z]?)$|(?:^|\s)\([a-z]\)$"
)
_NAMED = re.compile(rf"(?:{_NAME})(?![\w(\[|])")
_ARTICLE = re.compile(r"(?:[aA]|I) (?:[A-Za-z]{2}|\d)|I['’]")
_ENDS = re.compile(r"\d+[a-z]?(?:(?! ?\w)| (?=(?:is|and|or|has|for|where|when|at)\b))")
"""A number that counts nothing."""
_SCALES = tuple(
    frozenset(signs.split())
    for signs in ("K M B T k m b", "am pm", "ns us µs μs ms s min h", "KB MB GB TB", "mm cm m km")
)
"""Units of one kind."""
_DAYS = frozenset([*tables.WEEKDAYS, *tables.MONTHS])


def read_dashes(text: str) -> str:
    """Say every such dash that stands beside a word, a unit or a variable; between bare numbers it stays."""
    if not _DASH.search(text):
        return text
    if "$" in text:
        parts = enumerate(parted(text))
        text = "".join(re.sub(r" [-−] (?=[^\s$])", "-", part) if at % 2 else part for at, part in parts)
    return _DASH.sub(lambda match: _meaning(match) or match[0], text)


def _meaning(match: re.Match[str]) -> str:
    """Return what the dash is said as, "" where the passes behind know better."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    amount, other, word = _AMOUNT_BEFORE.search(before), _AMOUNT.match(after), before.split()[-1]
    if amount and other:
        return _between_amounts(amount, other, before, after)
    if _CLOCK_BEFORE.search(before) and _COMPOSED.match(after):
        return " to "
    if (_COMPOSED.match(word) and _COMPOSED.match(after)) or (word in _DAYS and after.split()[0].rstrip(".,") in _DAYS):
        return " to "
    sign = match[0].strip() not in ("–", "--") or after[0].isdigit()
    if sign and _is_term(before) and _TERM.match(after) and not _ARTICLE.match(after):
        return " minus "
    worded = _WORD_BEFORE.search(before) or _WORD.match(after) or _ARTICLE.match(after)
    if match[0] == " − " and not (worded or _NAME_BEFORE.search(before) or _NAMED.match(after)):
        return " minus "
    if sign and _CLOSED.search(before) and (_OPENED.match(after) or _TERM.match(after)) and not _ARTICLE.match(after):
        return " minus "
    signed = word.lower() in tables.BEFORE_SIGN or word[-1] in "=,:;([{" or "−" in match[0]
    return "" if other and signed else ", "


def _between_amounts(amount: re.Match[str], other: re.Match[str], before: str, after: str) -> str:
    money, number, unit = amount.groups()
    if not money and not unit:
        begins_anew = re.search(r"\d (?:out )?of $", before[: amount.start()]) or (
            re.fullmatch("(?:19|20)[0-9]{2}", number) and len(other[2].strip(".,")) < 4
        )
        return ", " if begins_anew else ""  # 8 of 10 - 80% - agreed, in 2024 - 12 did
    if money and other[1] == money:
        return " to "
    if unit and unit == other[3] and (unit in "KMBTkmbx×" or unit[-1] == "%"):
        return ""  # 10 to 20 percent
    if unit and other[3] and "×" in (unit + other[3]):
        return ""
    if _alike(unit, other[3]):
        return " to "
    if unit in ("am", "pm") or unit in tables.MONTHS:
        return " to "
    if other[1] == money and (other[3] or "").rstrip("s") == (unit or "").rstrip("s"):
        return " to "
    if money:
        return " to " if not re.match(r"[\d.,]+ ?[A-Za-z]{3}", after) else ", "
    if unit and re.fullmatch("[ac-fijnp-ru-z]", unit) and _ENDS.match(after):
        return " minus "  # 3x - 2
    return ", "


def _alike(unit: str | None, other: str | None) -> bool:
    """Tell whether two units measure one kind of thing: 100M - 1B, 1 ms - 2 s."""
    return any(unit in kind and other in kind for kind in _SCALES)


def _is_term(before: str) -> bool:
    """Tell whether a variable or a number stands before the dash, and no letter that is a name's: Plan A."""
    term = _TERM_BEFORE.search(before)
    named = before[: term.start()].split()[-1:] if term else []
    return term is not None and not (named and named[0] in tables.LETTERED and named[0][0].isupper())
