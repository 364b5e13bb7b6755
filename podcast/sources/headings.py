"""Which lines of a PDF are headings, and what they name: by usual names, numbers, weight, size."""

import re
from collections.abc import Sequence
from typing import Protocol

from podcast.sources.columns import Line
from podcast.sources.letters import LARGE, SMALL, UNCASED
from podcast.sources.titles import ABSTRACT, TONGUES
from podcast.sources.titles import KEYS as KEYS_ABROAD

MOST_SIGNS = 110
"""Of a heading: longer ones are sentences."""
_NAMED = re.compile(
    r"abstract|summary|(?:introduction|(?:related|prior|previous) works?|background|motivation|preliminaries|overview|"
    r"(?:materials? and |online |supplementary )?methods?(?: and materials?| summary)?|methodology|approach|"
    r"experiments?|experimental (?:setup|results|section|methods?)|results(?: and discussions?)?|findings|evaluation|"
    r"analysis|ablations?|ablation stud(?:y|ies)|discussions?(?: and conclusions?)?|implementation(?: details)?|"
    r"limitations?|conclusions?(?: and (?:future work|outlook|discussion))?|concluding remarks|(?:summary|outlook)|"
    r"future work|references(?: and notes| cited)?|bibliography|literature(?: cited)?|works cited|"
    r"acknowledge?ments?|appendix|appendices|key ?words|contents|table of contents|"
    r"(?:supplementary|supporting) (?:information|materials?)|"
    r"(?:\w+ ){0,3}checklist|(?:ethics?|impact|broader impact|reproducibility|funding) statement|author contributions|"
    r"funding|(?:declaration of )?competing interests?|conflicts? of interests?|"
    rf"(?:data|code|data and code) availability(?: statement)?|{'|'.join(TONGUES.values())})",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:(?P<digits>\d{1,2}(?:\.\d{1,2}){0,3})[.:)]?|(?P<roman>[IVX]{1,5})(?:\.[IVX\d]{1,4})*[.:]?|(?P<letter>[A-Z])[.)])\s+(?P<name>\S.*)|"
    r"(?:section|chapter|part)\s+(?P<word>\d{1,2})[.:]?\s+(?P<named>\S.*)",
    re.IGNORECASE,
)
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_SPACED = re.compile(r"\b([A-Z]) (?=[A-Z]{2})")
"""Small capitals: a large letter stands apart from its word."""
_UNENDED = re.compile(r"(?:[.!,;:。，、：；-]|\b(?:and|or|the|of|a|in|for|with))$")
_THEOREM = re.compile(
    r"(?:Theorem|Lemma|Definition|Proposition|Corollary|Remark|Example|Proof|Assumption|Claim)\b(?: \d|$)"
)
_RUN_IN = re.compile(
    rf"({ABSTRACT}|acknowledge?ments?|funding|author contributions?|conflicts? of interests?|"
    r"(?:data|code|data and code) availability(?: statement)?|competing interests?|disclosure of interests)"
    rf"\s*(?:[.:：—–-]+\s*(?=[{LARGE}{UNCASED}(“\"])|\s(?=(?-i:We|This|The|In|A|An|Let)\b))|"
    rf"(?-i:(ABSTRACT) (?=[{LARGE}][{SMALL} ])|([{LARGE}][^.:—]{{2,50}})\.\s?—\s?(?=[{LARGE}]))",
    re.IGNORECASE,
)
"""Behind any name, a stop and a dash part it from the text: letters have no other headings."""
KEYS = re.compile(
    rf"[【〔［]?(?:{KEYS_ABROAD})(?:\s?[：:】〕］]|$|\s?(?=[^.。]*[、，；;・,][^.。]*$))|"
    r"(?:key ?words(?: and phrases)?|key ?terms|index terms|ccs concepts|pacs|jel|msc|categories and subject|"
    r"general terms|additional key words|acm reference format|(?:mathematics )?subject classification)\b",
    re.IGNORECASE,
)
"""What a paper is filed under, which stands between its abstract and its text."""


class Usual(Protocol):
    """What is usual in a paper: size and font of its prose."""

    @property
    def body(self) -> float: ...
    @property
    def font(self) -> str: ...


def number_of(text: str) -> tuple[int | None, str]:
    """Return (number of the section, its name): 2 and "Data" of "2.1 Data" and "II. DATA"; None where it has none.

    >>> number_of("C. Data"), number_of("C. elegans data")
    ((0, 'Data'), (None, 'C. elegans data'))
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        return None, text
    name = found["name"] or found["named"]
    if re.match(r"[A-Z]\. ", text) and name[0].islower():
        return None, text  # a species, by its genus
    if found["roman"]:
        known = found["roman"] in _NUMERALS and (len(found["roman"]) > 1 or "." in text[:3] or name.isupper())
        return (_NUMERALS.index(found["roman"]) + 1, name) if known else (None, text)
    if found["letter"]:
        return (0, name) if found["letter"].isupper() else (None, text)
    return int((found["digits"] or found["word"]).split(".")[0]), name


def run_in(text: str) -> tuple[str, str]:
    """Return (name, rest) of a text that begins with a usual name: "Abstract—We show" is "Abstract" and "We show"."""
    found = _RUN_IN.match(text)
    return (tidy(found[found.lastindex or 1]), text[found.end() :]) if found else ("", text)


def is_named(text: str) -> bool:
    """Tell whether the text is a usual name of a section, with or without a number."""
    name = _plain(number_of(text.strip())[1])
    return not name[:1].islower() and _NAMED.fullmatch(_SPACED.sub(r"\1", name)) is not None


def heading(lines: Sequence[Line], text: str, look: Usual, after: Sequence[Line], last: int) -> str:
    """Return the name where the lines, whose joined text is `text`, are a heading before the lines `after`; "" else.

    `last` is the number of the section that they stand in.
    """
    if len(text) > MOST_SIGNS or len(lines) > 3 or is_entry(lines) or any(_is_row(line) for line in lines):
        return ""
    number, name = number_of(text)
    if is_named(text):
        return tidy(_SPACED.sub(r"\1", name))
    if re.match(r"appendi(?:x|ces)\b", text, re.IGNORECASE) and len(text) < 70 and not re.search(r"[.,;]$", text):
        return tidy(text)
    if not _may_be(name) or lines[0].size < look.body - 1.1:
        return ""
    fits = bool(after) and after[0].page == lines[0].page and abs(after[0].size - look.body) < 1.1
    strong = _stands_out(lines[0], look.body)
    if number is not None:
        capitals = name.isupper() and len(re.findall("[A-Z]", name)) > 4
        other = lines[0].font != look.font and (number in (0, last, last + 1) or lines[0].italic)
        apart = fits and number in (last, last + 1) and text[:1].isdigit() and lines[0].width < 0.7 * _column(lines[0])
        quiet = (apart and len(lines) == 1) or (other and after and len(lines) < 3)
        return tidy(name) if strong or capitals or quiet else ""
    return tidy(name) if strong and fits and re.search(f"[{SMALL}]{{3}}|[{LARGE}]{{4}}|[{UNCASED}]{{2}}", name) else ""


def weak_heading(before: Line | None, line: Line, last: int) -> tuple[str, int]:
    """Return (name, number) where a line that looks like any other is the next number and a short title; "" else."""
    number, name = number_of(line.text)
    ended = before is None or re.search(r"[.!?:]$", before.text) or is_named(before.text)
    short = line.width < 0.7 * _column(line)
    if not number or number not in (last, last + 1) or not (ended and short and _may_be(name)) or len(line.cells) > 1:
        return "", last
    return (tidy(name), number) if len(name.split()) <= 10 and not is_entry([line]) else ("", last)


def tidy(name: str) -> str:
    """Return the heading as it is said: capitals only where they must be."""
    name = _plain(name)
    return name.capitalize() if name.isupper() else name


def _plain(name: str) -> str:
    name = re.sub(r"\s+", " ", name).strip(" .:■□▪●◆▶★")
    if re.fullmatch(r"(?:\S ){3,}\S", name):  # A B S T R A C T
        return name.replace(" ", "")
    return name


def _stands_out(line: Line, body: float) -> bool:
    return line.bold or line.size > body * 1.08


def _may_be(name: str) -> bool:
    """Tell whether the words may be a heading: no sentence, no end of one."""
    begun = re.match(rf"[{LARGE}{UNCASED}\d“\"]", name)
    worded = re.search(f"[{LARGE}{SMALL}]{{3}}|[{UNCASED}]{{2}}", name)
    if begun is None or worded is None or len(name.split()) > 14:
        return False
    return not (
        _UNENDED.search(name) or _THEOREM.match(name) or re.search(rf"[{SMALL}]{{2}}\. [{LARGE}]|[@=≤≥∈]", name)
    )


def _column(line: Line) -> float:
    return max(line.right - line.left, 1)


def _is_row(line: Line) -> bool:
    """Tell whether the line has more than a number and a name."""
    return len(line.cells) > 2 or (len(line.cells) == 2 and not re.fullmatch(r"[\dA-Z.]{1,8}", line.cells[0]))


def is_entry(lines: Sequence[Line]) -> bool:
    """Tell whether the lines are of a table of contents: dots, and a number at the right."""
    return any(
        re.search(r"(?:\. ?){4,}\s*\d*$", line.text) or (len(line.cells) > 1 and re.fullmatch(r"\d+", line.cells[-1]))
        for line in lines
    )
