"""Were these words heard? What a recogniser wrote down is held against what was to be said, word by word.

Both are put in spoken form first, so that "91.5%" is five words. A recogniser spells names as it likes, and writes a
word that it mishears nearly right; a number that is nearly right is another number.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from podcast.speech import Lexicon, say, tables

_NEAR = 0.6
"""How alike, by difflib's ratio, two spellings of one word are at least. Not tuned."""
_JOINED = 0.8
"""The same of two words against one: "data set" and "dataset", "it is" and "it's"."""
_LONGEST_NAME = 3
"""Words at most that are written for a name."""
_NUMBERS = frozenset(
    (*tables.ONES, *tables.TENS, *tables.DIGITS, "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
     "sixteen", "seventeen", "eighteen", "nineteen", "hundred", "thousand", "million", "billion", "trillion", "point",
     "percent", "half", "third", "quarter")
)  # fmt: skip
_ALIKE = {"two": "to", "too": "to", "four": "for", "won": "one", "ate": "eight", "oh": "zero", "o": "zero",
    "be": "b", "bee": "b", "see": "c", "sea": "c", "gee": "g", "jay": "j", "kay": "k", "pea": "p", "queue": "q",
    "are": "r", "tea": "t", "tee": "t", "you": "u", "ex": "x", "why": "y"}  # fmt: skip
"""Words that sound alike, one of them a number or a letter: they are one word here."""


@dataclass(frozen=True)
class Miss:
    """Words of a line, and what was heard for them; one of the two may be empty."""

    said: str
    heard: str

    def __str__(self) -> str:
        if not self.heard:
            return f"not heard in it: “{self.said}”"
        return f"“{self.said}” is heard as “{self.heard}”" if self.said else f"heard in it besides: “{self.heard}”"


@dataclass(frozen=True)
class Word:
    """A word that is to be said."""

    text: str
    """In small letters."""
    name: bool = False
    """Whether it is a name: it has a capital within a sentence."""
    letters: bool = False
    """Whether it is all capitals: it may be spelled."""


def words(spoken: str) -> list[Word]:
    """Return the words of a spoken text."""
    found = []
    for match in re.finditer(r"[A-Za-z]+(?:['’][A-Za-z]+)*", spoken):
        before = spoken[: match.start()].rstrip()
        named = len(match[0]) > 1 and match[0][0].isupper() and bool(before) and before[-1] not in ".?!:"
        found.append(Word(match[0].lower().replace("’", "'"), named, named and match[0].isupper()))
    return found


def missed(lines: Sequence[str], heard: str, lexicon: Lexicon) -> list[tuple[Miss, ...]]:
    """Return for each of the spoken lines, said one after another, what was not heard as it should be.

    `heard` is English as it is written. What was heard too much between two lines is told of both.
    """
    said = [(word, number) for number, line in enumerate(lines) for word in words(line)]
    wrote = [word.text for word in words(say(re.sub(r"\bOK\b", "okay", heard), lexicon))]
    plain = [replace(word, text=_plain(word.text)) for word, _ in said]
    found: list[list[Miss]] = [[] for _ in lines]
    for first, last, start, end in _apart(plain, [_plain(word) for word in wrote]):
        miss = Miss(" ".join(word.text for word, _ in said[first:last]), " ".join(wrote[start:end]))
        near = said[first:last] or said[max(0, first - 1) : first + 1]
        for number in dict.fromkeys(number for _, number in near):
            found[number].append(miss)
    return [tuple(each) for each in found]


def _plain(word: str) -> str:
    return _ALIKE.get(word, word).replace("'", "")


_Step = tuple[int, int, float, bool]
"""Of an alignment: how many words of either side it takes, what it costs, and whether they are the same."""


def _apart(said: Sequence[Word], heard: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return where the two differ, as a range of each, by the alignment in which the fewest words do."""
    rows, columns = len(said) + 1, len(heard) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    taken: list[list[_Step]] = [[(0, 0, 0.0, True)] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            if i or j:
                steps = ((cost[i - step[0]][j - step[1]] + step[2], step) for step in _steps(said, heard, i, j))
                cost[i][j], taken[i][j] = min(steps)
    apart: list[tuple[int, int, int, int]] = []
    i, j = len(said), len(heard)
    while i or j:
        one, other, _, same = taken[i][j]
        if not same:
            _, last, _, end = apart.pop() if apart and apart[-1][::2] == (i, j) else (i, i, j, j)
            apart.append((i - one, last, j - other, end))
        i, j = i - one, j - other
    return apart[::-1]


def _steps(said: Sequence[Word], heard: Sequence[str], i: int, j: int) -> Iterator[_Step]:
    """Yield the steps by which the first `i` words and the first `j` heard can have come about."""
    if i:
        yield 1, 0, 1.0, False
    if j:
        yield 0, 1, 1.0, False
    if not (i and j):
        return
    word, wrote = said[i - 1], heard[j - 1]
    if word.text == wrote:
        yield 1, 1, 0.0, True
    elif word.name:
        most = max(_LONGEST_NAME, len(word.text) if word.letters else 0)
        yield from ((1, count, 0.1 + 0.2 * count, True) for count in range(1, min(j, most) + 1))
    elif len(word.text) == 1 and word.text not in "ai":
        yield 1, 1, 0.3, True  # a letter that is spelled is too short to be told
    else:
        yield (1, 1, 0.3, True) if _near(word.text, wrote) else (1, 1, 1.2, False)
    if j > 1 and _joined(word.text, heard[j - 2], wrote):
        yield 1, 2, 0.3, True
    if i > 1 and _joined(wrote, said[i - 2].text, word.text):
        yield 2, 1, 0.3, True


@lru_cache(maxsize=100_000)
def _near(one: str, other: str) -> bool:
    if {one, other} == {"a", "one"}:  # "a hundred", "one hundred"
        return True
    return _NUMBERS.isdisjoint((one, other)) and _ratio(one, other) >= _NEAR


@lru_cache(maxsize=100_000)
def _joined(whole: str, one: str, other: str) -> bool:
    """Whether two words were taken for one: not where it is one of them, since then the other is missing."""
    if whole in (one, other) or not _NUMBERS.isdisjoint((whole, one, other)):
        return False
    return _ratio(whole, one + other) >= _JOINED


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
