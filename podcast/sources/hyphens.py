"""Lines become running text: a word broken at a line's end is whole again, and a compound keeps its hyphen.

>>> lines = ["a well-", "known range of 10-", "20 heav-", "ier stones"]
>>> joined(lines, Words.of(lines))
'a well-known range of 10-20 heavier stones'
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from podcast.sources.letters import unwrapped

_OPEN = frozenset(
    re.findall(
        r"\w+",
        """all best cross ever few full half hand high human large last left lone long low near new non old one open
        quasi real right self semi short single small state ten three top two well wide worst zero""",
    )
)
"""Words with which compounds begin that a paper need not have anywhere else."""
_FIRST = re.compile(
    r"(?:low|high|long|state|mixed|held|peer|multi|four|five|six|seven|eight|nine)-"
    r"(?!lights?|lighted|lighting|ways?|lands?|itud|ev|pl[eiy]|tud|rooms?|nomial|variate|farious)"
)
"""Words with which hardly a word begins but by a suffix, each with what else goes on with them: highlight, multiply."""
_SECOND = frozenset(
    ("agnostic", "aware", "based", "centric", "driven", "free", "guided", "level", "oriented", "reviewed", "scale",
     "specific", "trained", "tuned")
)  # fmt: skip
"""Words with which compounds end."""
_SUFFIX = re.compile(
    r"able|al|ance|ed|een|eenth|ence|er|ered|ering|ers|es|est|fold|ful|hood|ible|iers?|ing|ings|ish|ism|ist|ity|ive|less|ly|ments?|"
    r"ness|ous|s|ships?|sion|some|teen|teenth|th|ties|tieths?|tions?|ty|y|i[sz]e[ds]?"
)
"""What is no word: nothing that ends so was a compound."""
_ALWAYS = frozenset(("quasi", "self", "well"))
"""Those of them that keep the hyphen whatever follows."""
_CLOSED = frozenset(
    re.findall(r"\w+", "any else every further how in more on out over some there through under up where with")
)
"""Words that grow together with what follows: without, something, overfitting."""
_BROKEN = re.compile(r"(?<![\w-])((?:[^\W\d_]+-)*[^\W\d_]+)[-‐]\n([^\W\d_]+)")
_WORD = re.compile(r"(?<![\w-])\w+(?:[-‐]\w+)*(?![\w-]|[-‐]\n)")


@dataclass(frozen=True)
class Words:
    """The words of a paper that stand whole on a line, small, and the neighbours within its compounds."""

    known: frozenset[str]
    parts: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Words":
        text = "\n".join(lines)
        broken = re.compile(r"[-‐]\n\w+")
        known = frozenset(word.casefold().replace("‐", "-") for word in _WORD.findall(broken.sub("-\n", text)))
        return cls(known, frozenset(part for word in known if "-" in word for part in pairwise(word.split("-"))))


def joined(lines: Sequence[str], words: Words) -> str:
    """Return lines as running text; ranges, names with figures and dashes are joined as they are."""

    def join(found: re.Match[str]) -> str:
        before, after = found[1], found[2]
        own = not after[0].islower() or _is_short_for(before)
        return f"{before}-{after}" if own or _is_compound(before.casefold(), after, words) else before + after

    text = _BROKEN.sub(join, "\n".join(line.strip() for line in lines))
    text = re.sub(r"(?<=\d)([–−])\n(?=\d)|(?<=\w)([-‐—/])\n(?=\w)", lambda found: found[1] or found[2], text)
    return re.sub(r"\s+", " ", unwrapped(text)).strip()


def _is_short_for(word: str) -> bool:
    """Tell whether the word ends in capitals, as "UMLS" before "indexed": no such word is broken."""
    return len(word) > 1 and word[-2:].isupper()


def _is_compound(before: str, after: str, words: Words) -> bool:
    """Tell whether a hyphen at a line's end is one of the word's own: "state-of-the-" and "art", "well-" and "known".

    What the paper writes elsewhere decides, whole or as a part of a compound; else a compound that has a hyphen already
    keeps the next, and so does what goes on with "of" or "based", or begins with "self" or "low"; else both sides are
    words, the first of more than three letters. A suffix is none.
    """
    if before + after in words.known or (_SUFFIX.fullmatch(after) and f"{before}-{after}" not in words.known):
        return False
    first = before.rpartition("-")[2]
    if (
        f"{before}-{after}" in words.known
        or (first, after) in words.parts
        or "-" in before
        or 1 in (len(before), len(after))
    ):
        return True
    if first in _ALWAYS or after in ("of", "the", "and"):
        return True
    if first in _CLOSED:
        return False
    if _FIRST.match(f"{first}-{after}") or (
        after in _SECOND and (first in _OPEN or (first in words.known and len(first) > 2))
    ):
        return len(after) > 2
    return after in words.known and len(after) > 2 and (first in _OPEN or (first in words.known and len(first) > 3))
