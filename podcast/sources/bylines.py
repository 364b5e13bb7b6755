"""Who wrote a paper, by the lines below its title: names alone, with marks and degrees, side by side, or with mails."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from podcast.sources.columns import Line
from podcast.sources.hyphens import Words, joined
from podcast.sources.kinds import Block
from podcast.sources.letters import LARGE, SMALL
from podcast.sources.people import is_degree

_NO_NAME = re.compile(
    r"@|universit|institut|depart|school|laborator|\blabs?\b|colleg|hospital|facult|academ|cent(?:er|re)\b|research|divi"
    r"sion|google|microsoft|\bmeta\b|openai|deepmind|nvidia|amazon|\bibm\b|\binc\b|\bltd\b|gmbh|corp|compan|group\b|"
    r"team\b|cnrs|inria|street|avenue|\broad\b|\busa\b|china|germany|france|\buk\b|japan|dated|received|accepted|"
    r"published|member|fellow|abstract|\d{4}|https?:|e-?mail|equal|correspond|national|technolog|science|state\b|society|"
    r"network|университет|институт|академи|лаборатор|факультет|кафедр",
    re.IGNORECASE,
)
_OF = r"(?:d[aeiou]|da[ls]|de[lnr]?|della|dos|van|von|vom|la|le|el|al|bin|ibn|ben|ter|ten|y|zu|af|wa)\.?"
_NAME = re.compile(
    rf"(?:[{LARGE}][\w.'’-]*|{_OF})(?:[ -](?:[{LARGE}][\w.'’-]*|{_OF})){{1,4}}(?:,? (?:Jr|Sr|I{{2,3}})\.?)?"
)
_FAMILY = re.compile(rf"[{LARGE}][{SMALL}’'-]{{3,}}")
"""A name of one word."""
_RANK = r"(?:(?:Senior|Student|Life|Graduate Student) )?(?:Member|Fellow),? *IEEE"
_MAIL = re.compile(r"\S@\S")
_NO_WORDS = Words(frozenset(), frozenset())


def authors(rest: Sequence[Block]) -> Iterator[str]:
    """Yield the names that stand behind the title, in lines or side by side, as long as they are set alike.

    Once a name stands beside a mail, only names that do are authors'.
    """
    look: Line | None = None
    mailed = capitals = False
    for block in rest:
        texts = [", ".join(line.parts) for line in block.lines]
        single = all(len(line.cells) == 1 for line in block.lines)
        whole = (
            list(_names(joined(texts, _NO_WORDS)))
            if single and _goes_on([line.text for line in block.lines], texts)
            else []
        )
        for at, line in enumerate(block.lines):
            if whole and at:
                break
            beside = len(line.cells) > 1 and any(map(_MAIL.search, line.cells))
            names = whole or _of(line, beside=beside)
            alike = not look or (abs(look.size - line.size) < 0.4 and (beside or look.bold == line.bold))
            if not names or not alike or (mailed and not beside):
                continue
            if look and all(map(str.isupper, names)) and not capitals:
                continue
            capitals = capitals or (not look and all(map(str.isupper, names)))
            look, mailed = look or line, mailed or beside
            yield from map(_cased, names)


def _goes_on(lines: Sequence[str], texts: Sequence[str]) -> bool:
    """Tell whether one of the lines is a list that goes on in the next: behind a comma, or with half a name."""
    for text, after in pairwise(lines):
        parts = [part for part in re.split(r"[^\w.'’ -]+|[\d_]+", text) if part.strip() and not is_degree(part.strip())]
        half = len(parts) > 1 and len(parts[-1].split()) == 1 == len(after.split(",")[0].split())
        if re.search(r"(?i)(?:,|\b(?:and|&|et|und|и)|(?<=\w)-)\s*$", text) or half or after[:1].islower():
            return True
    return len(texts) == 1 and "," in texts[0]


def _of(line: Line, *, beside: bool) -> list[str]:
    """Return the names of a line, the first cell's where a mail stands behind it; none where it names a place."""
    cells = line.cells[:1] if beside else line.cells if len(line.parts) == len(line.cells) else (", ".join(line.parts),)
    if any(_NO_NAME.search(_unranked(cell)) for cell in cells):
        return []
    return [name for cell in cells for name in _names(cell)]


def _cased(name: str) -> str:
    """Return a name in capitals as it is written in a text.

    >>> _cased("LENA O’BRIEN"), _cased("J. P. VAN DER BERG")
    ('Lena O’Brien', 'J. P. van der Berg')
    """
    if not name.isupper() or not re.search(rf"[{LARGE}]{{3}}", name):
        return name
    return re.sub(rf"\b{_OF}(?= )", lambda found: found[0].casefold(), name.title(), flags=re.IGNORECASE)


def _unranked(text: str) -> str:
    """Return the text without what stands behind names: ranks of a society, ORCIDs, letters and marks in brackets."""
    text = re.sub(rf",? *\(?{_RANK}\b\)?", "", text)
    text = re.sub(r" ?\((?:[A-Z✉]|\s*)\)", "", text)
    return re.sub(r"\[?\d{4}(?:[-−–]\d{4}){2}[-−–]\d{3}[\dX]\]?|\b(?:Dr|Prof)\. ", ", ", text)


def _names(text: str) -> Iterator[str]:
    """Yield the names of a text that has hardly anything else: "Ann Lee, PhD, Bob Ray and Cy Young"; none of an
    address."""
    text = _unranked(text)
    if _NO_NAME.search(text):
        return
    text = re.sub(r"\^\([^)]*\)|[\d∗*⁎⋆★†‡§¶‖✉☯#]+", ", ", text)
    among = re.split(r"(?i),\s*|;|\s{2,}|·|•|\||(?:^|(?<=[\s,;]))(?:by|and|&|et|und|и)\s+", text)
    parts = [part for part in (part.strip(" ,;.&") for part in among) if len(part) > 1 and not is_degree(part)]
    full = [part for part in parts if _NAME.fullmatch(part)]
    single = [part for part in parts if _FAMILY.fullmatch(part)]
    if full and (len(full) == len(parts) or (len(full) > 2 * (len(parts) - len(full)))):
        yield from (part for part in parts if part in full or part in single)
