"""Relations, arrows and exponents: <, ≈, ±, →, 1e-4 (10^-4 is `tex`'s). Numbers lose their commas and gain their zero.

>>> read_relations("1,024 >= .5")
'1024 at least 0.5'
>>> read_relations("1e-4 ± 2")
'10 to the minus 4 plus or minus 2'
"""

import re
from itertools import pairwise

from podcast.speech import tables
from podcast.speech.numerals import in_words
from podcast.speech.rules import rules


def _power_of_ten(match: re.Match[str]) -> str:
    power = int(match[2])
    said = f"10 to the minus {-power}" if power < 0 else f"10 to the {in_words(power, 'ordinal')}"
    return said if match[1] in ("1", "1.0") else f"{match[1]} times {said}"


def _grouped(match: re.Match[str]) -> str:
    """Return one number without the commas of its groups, as India has them; 1,10,100 is a list."""
    listed = all(int(each) in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500) for each in match[0].split(","))
    return match[0].replace(",", ", " if listed else "")


def _thousands(match: re.Match[str]) -> str:
    """Return the same of groups of three; 100,200,300 is a list."""
    parts = [int(part) for part in match[0].split(",")]
    steps = {other - one for one, other in pairwise(parts)}
    listed = len(parts) > 2 and parts[0] >= 100 and len(steps) == 1 and min(steps) > 0
    return match[0].replace(",", ", " if listed else "")


def _number(match: re.Match[str]) -> bool:
    """Tell whether (i) or (v) is a number of a list, which has another, and no index of what is named before it."""
    one, text = match[1], match.string
    named = re.search(r"([A-Za-z]+)\.? ?$", text[max(0, match.start() - 20) : match.start()])
    if len(one) > 1 or (named and (named[1].rstrip("s") in tables.NUMBERED or named[1] in ("in", "as", "of", "and"))):
        return True
    return any(f"({other})" in text for other in ("ii", "iv", "vi"))


def _numbered(match: re.Match[str]) -> str:
    """Return (i) before what it numbers in words; beside (j) it is an index."""
    index = re.search(r"\([j-nuw-z]\)", match.string) and not _number(match)
    return f" {match[1]}" if index else f", {tables.ROMAN[match[1]]}, "


_ROMAN = "i{1,3}|iv|vi{1,3}|ix"
read_relations = rules(
    (
        r"(?<![\d.,$€£¥₹₩])(1,9\d\d|2,0[0-3]\d)(?!\d|[,.]\d)",
        lambda m: "\x06" + m[1].replace(",", ""),
    ),  # no year: see `numerals`
    (r"(?<![\w,@={[])\d{1,2}(?:,\d\d)+,\d{3}(?!\w|,\d)", _grouped),  # as India groups
    (r"(?<=\d),(?=\d{1,2} ?%)", "."),
    (r"(?<![\d.,[{])[1-9]\d{0,2}(?:,\d{3})+(?!\d|,\d)", _thousands),
    (r"(?<=\d),(?=\d)", ", "),
    (r"(?<![\w.])\.(?=\d)", "0."),
    (r"(?<=\d[eE]\d) ?-{1,2} ?(?=\d+(?:\.\d+)?[eE]\d)|(?<=[eE][+-]\d) ?-{1,2} ?(?=\d+(?:\.\d+)?[eE]-?\d)", " to "),
    (r"(?<=[eE][+-]\d) ?/ ?(?=\d+(?:\.\d+)?[eE]-?\d)", " and "),
    (r"(?<![\w.])(\d+(?:\.\d+)?)[eE]([+-]?\d{1,3})(?![\w.]\d|\w)", _power_of_ten),
    (r"\+ ?/ ?[-–]|(?<![A-Za-z])\+-(?=\d)|(?<=\d )\+-", " ± "),
    (r" ?± ?", " plus or minus "),
    (r" ?\( ?[↓↑] ?\)(?= (?:is|are) better\b)", ""),
    (r"(?i)\b((?:higher|lower) is better)[,;:]? ?(?:[↓↑]|\([↓↑]\))|[↓↑],? ?((?:higher|lower) is better)", r"\1\2"),
    (r"\( ?↓ ?\)|(?<=[A-Za-z)]) ?↓(?! ?(?:[\d.]|by\b))", ", lower is better, "),
    (r"\( ?↑ ?\)|(?<=[A-Za-z)]) ?↑(?! ?(?:[\d.]|by\b))", ", higher is better, "),
    (r" ?↓ ?", " down "),
    (r" ?↑ ?", " up "),
    (r"(?<=[\w ])<<(?=[\w ])", " much less than "),
    (r"(?<=[\w ])>>(?=[\w ])", " much greater than "),
    (r"<=|=<", "≤"),
    (r">=", "≥"),
    (r" ?-{1,2}> ?| ?=> ?| ?→ ?", " to "),
    (r"!=", " not equal to "),
    (r" ?= ?= ?| ?:= ?| ?= ?", " equals "),
    (r"\bat (?=[≤≥])", ""),
    (r" ?≤ ?", " at most "),
    (r" ?≥ ?", " at least "),
    (r"(?<![A-Za-z0-9])([A-Za-z]) ?> ?(?=[\w.+-])", r"\1 greater than "),
    (r" ?> ?(?=[$€£]?\d)", " more than "),
    (r" ?< ?(?=[$€£\w.+-])", " less than "),
    (r" ?> ?(?=[\w.+-])", " greater than "),
    (r"((?<![A-Za-z])[A-Za-z]|@\d{1,4}) ?≈ ?(?=[\d-])", r"\1 of approximately "),
    (r" ?≈ ?", " approximately "),
    (r"(?<=[A-Za-z)]) ?∼ ?(?=[A-Za-z])|(?<=\w) ∼ (?=[A-Za-z])", " follows "),
    (r" ?∼ ?", " about "),
    (r"(?<![A-Za-z])(S[EOUL]|GL|Sp|E|U)\((\d|n|d)\)", r"\1 \2"),
    (r"\b(Equations?|Eqs?\.|Eqn\.) ?\(([A-Z]?[. ]?\d+)\)", r"\1 \2"),
    (r"(?<=[a-z])\(s\)", "s"),
    (
        rf"(?<!\w)\(({_ROMAN})\) ?(?:[-–]|to) ?\(({_ROMAN})\)",
        lambda m: f"{tables.ROMAN[m[1]]} to {tables.ROMAN[m[2]]}",
    ),
    (
        rf"\b([A-Za-z]{{2,15}}) \(({_ROMAN})\)(?= (?:and|or) \(|[,.;:)]|$)",
        lambda m: f"{m[1]} {tables.ROMAN[m[2]]}" if m[1].rstrip("s") in tables.NUMBERED else m[0],
    ),
    (r"(?<![\w(])\((i{1,3}|iv|vi{0,3}|ix|x)\)(?= )", _numbered),
    (r"(?<=\d)\((i{2,3}|iv|vi{1,3}|ix)\)", lambda m: f", {tables.ROMAN[m[1]]}"),  # Theorem 2(ii)
    (
        rf"(?<![\w(])\(({_ROMAN})\)(?=[,.;:)]|$)",
        lambda m: tables.ROMAN[m[1]] if _number(m) else m[1],
    ),  # as in (ii), not (i).
    (r"(?:^|(?<=[,;:.] )|(?<=and ))(i{1,3}|iv|vi{1,3})\)(?=\s|$)", lambda m: f", {tables.ROMAN[m[1]]}, "),
    only=r"[^A-Za-z ,?!;'-]",
)
