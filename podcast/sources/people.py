"""Names of people as pages and files write them, one or many in a line, become names as they are said.

>>> parted(["Smith, J. and Doe, A."]), parted(["Smith, John and Doe, Ann"]), parted(["Smith, J., Doe, A., Lee, K."])
(('J. Smith', 'A. Doe'), ('John Smith', 'Ann Doe'), ('J. Smith', 'A. Doe', 'K. Lee'))
>>> parted(["Ann Lee, Bob Ray and Cy Young"]), parted(["García Márquez, Gabriel"]), parted(["King, Martin Luther, Jr."])
(('Ann Lee', 'Bob Ray', 'Cy Young'), ('Gabriel García Márquez',), ('Martin Luther King Jr.',))
>>> parted(["Ministry of Science and Technology", "van der Berg, Jan"]), parted(["Ann Lee, PhD"])
(('Ministry of Science and Technology', 'Jan van der Berg'), ('Ann Lee',))
>>> parted(["John Smith, MD, Ann Doe, MBA, RN"]), parted(["Smith, MD"]), parted(["Smith, J., et al."])
(('John Smith', 'Ann Doe'), ('MD Smith',), ('J. Smith',))
>>> parted(["Smith, John and others"]), parted(["Ann Lee and Bob Ray et al"]), parted(["Doe, Ann, MD, PhD", "others"])
(('John Smith',), ('Ann Lee', 'Bob Ray'), ('Ann Doe',))
>>> parted(["Smith, J., Doe, MD"]), parted(["John Smith, M.D., Ph.D."]), parted(["Ann Lee, MD PhD; et al."])
(('J. Smith', 'MD Doe'), ('John Smith',), ('Ann Lee',))
>>> parted(["García Márquez, M.A.", "Ann Doe, MA"])
('M.A. García Márquez', 'Ann Doe')
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from podcast.sources.text import clean_text

_AND = re.compile(r"\s*,?\s+(?:and|&)\s+|\s*,\s*&\s*")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ]\.?[ -]?){1,4}")
_BEHIND = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
"""What stands behind a name as part of it."""
_DEGREE = re.compile(r"(?:Ph\.? ?D|D\.? ?Phil|M\.? ?Sc|B\.? ?Sc|Dr|Prof)\.?")
"""Those that are nobody's initials, as M.A. is."""
_LETTERS = re.compile(
    r"(?:MA|MS|MBA|MPH|MPhil|MRes|MEng|M\.?D|MBBS|MBChB|DO|DDS|DMD|DVM|DSc|ScD|EdD|DrPH|PharmD|PsyD|JD|LLM|RN|BSN|MSN|BA|BS"
    r"|BEng|FACP|FACS|FRCP|FRCS|FRS|Esq)\.?"
)
"""Degrees and offices that may be initials: so they are behind a family's name alone."""
_MORE = re.compile(r"(?:^|[\s,;]+)(?:(?:and|&)\s+)?(?:et\.? al\b\.?|others)\s*$", re.IGNORECASE)
"""What stands for those whom nobody names."""
_PARTICLES = frozenset(
    ("da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter", "van", "vom",
     "von", "y", "zu")
)  # fmt: skip


def parted(values: Iterable[str], *, turned: bool = False) -> tuple[str, ...]:
    """Return each name once: "Family, Given" as "Given Family", without what is no name: an address, a degree.

    Of several values each is one name, unless a semicolon parts it; one alone may be a list. Two names and one comma
    between are two people, unless all that is said there is `turned`.
    """
    listed = [value for value in values if value.strip() and "://" not in value]
    names = [name for value in listed for name in _of(value, alone=len(listed) == 1, turned=turned)]
    return tuple(dict.fromkeys(names))


def is_degree(text: str) -> bool:
    """Tell whether the text is what stands behind a name: degrees, offices.

    >>> is_degree("MBChB, MPH"), is_degree("M. Doe")
    (True, False)
    """
    return all(_DEGREE.fullmatch(word) or _LETTERS.fullmatch(word) for word in re.split(r"[,\s]+", text.strip()))


def _of(value: str, *, alone: bool, turned: bool) -> Iterator[str]:
    bare = _MORE.sub("", clean_text(re.sub(r"\s*\([^)]*\)|\S+@\S+", "", value)))
    for part in filter(None, re.split(r"\s*;\s*", bare)):
        among = _AND.split(part) if alone else [part]
        if "," not in part and any(" " not in one for one in among):  # of Science and Technology
            among = [part]
        for one in among:
            tokens = [token.strip() for token in one.split(",") if token.strip()]
            tokens = _undecorated(tokens) or tokens
            yield from (name.strip(" ,;") for name in _names(tokens, alone=alone, turned=turned or not alone))


def _undecorated(tokens: Sequence[str]) -> list[str]:
    """Return the tokens without degrees; without those that may be initials only behind a whole name."""
    found: list[str] = []
    for token in tokens:
        whole = bool(found) and (" " in _bare(found[-1]) or len(found) % 2 == 0)
        if not all(_DEGREE.fullmatch(word) or (whole and _LETTERS.fullmatch(word)) for word in token.split()):
            found.append(token)
    return found


def _names(tokens: Sequence[str], *, alone: bool, turned: bool) -> Iterator[str]:
    """Yield the names that commas part."""
    behind = [at for at, token in enumerate(tokens) if at and _BEHIND.fullmatch(token)]
    bare = [token for at, token in enumerate(tokens) if at not in behind]
    ends = dict.fromkeys(range(len(bare)), "")
    ends |= {at - number - 1: f" {tokens[at]}" for number, at in enumerate(behind)}
    if len(bare) % 2 == 0 and _are_turned(bare[::2], bare[1::2], turned=turned) and (alone or len(bare) == 2):
        for at in range(0, len(bare), 2):
            yield f"{bare[at + 1]} {bare[at]}{ends[at]}{ends[at + 1]}"
    elif alone:
        yield from (f"{name}{ends[at]}" for at, name in enumerate(bare))
    else:
        yield ", ".join(tokens)


def _are_turned(families: Sequence[str], given: Sequence[str], *, turned: bool) -> bool:
    """Tell whether the two are families and what stands before them in a name."""
    if all(_INITIALS.fullmatch(one) for one in given) or all(" " not in _bare(one) for one in families):
        return True
    return len(families) == 1 and (turned or " " not in given[0])


def _bare(family: str) -> str:
    """Return a family's name without the words before it, as in "van der Berg"."""
    words = family.split()
    while len(words) > 1 and words[0].casefold() in _PARTICLES:
        words = words[1:]
    return " ".join(words)
