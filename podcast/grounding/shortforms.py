"""What a paper's short forms stand for: a line may say the long one where its evidence has the short one.

>>> dict(spelt_out("We propose Dynamic Fine-Tuning (DFT), and a long test (LONG)."))
{'DFT': 'Dynamic Fine-Tuning'}
>>> carried("Fine-Tuning", "It's dynamic fine-tuning.", ["DFT gains 3 points."], {"DFT": "Dynamic Fine-Tuning"})
True
>>> carried("Fine-Tuning", "It's dynamic fine-tuning.", ["SFT gains 3 points."], {"DFT": "Dynamic Fine-Tuning"})
False
"""

import functools
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

_SHORT = re.compile(r" \(([A-Z][A-Za-z]{1,7})\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_BACK = 120
"""Characters before a short form in which its words are looked for."""
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "via", "with"})


@functools.lru_cache(maxsize=64)
def spelt_out(text: str) -> Mapping[str, str]:
    """Return the words that a text gives for each of its short forms."""
    found: dict[str, str] = {}
    for match in _SHORT.finditer(text):
        if words := _words(text[max(0, match.start() - _BACK) : match.start()], match[1]):
            found.setdefault(match[1], words)
    return MappingProxyType(found)


def _words(before: str, short: str) -> str:
    """Return the words at the end of a text whose first letters are the short form's; "" where they are none."""
    letters = list(short.lower().removesuffix("s") if short.endswith("s") else short.lower())
    for word in reversed(list(_WORD.finditer(before))):
        if word[0][0].lower() == letters[-1]:
            letters.pop()
        elif word[0] not in _SMALL:
            return ""
        if not letters:
            return before[word.start() :]
    return ""


def carried(name: str, text: str, evidence: Sequence[str], told: Mapping[str, str]) -> bool:
    """Return whether a name is a part of what a text says in full, and its evidence by its short form."""
    return any(
        name in words
        and words.lower() in text.lower()
        and any(re.search(rf"(?<![A-Za-z]){short}(?![A-Za-z])", one) for one in evidence)
        for short, words in told.items()
    )
