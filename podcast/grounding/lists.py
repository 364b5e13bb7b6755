"""How many things a sentence lists: a count that it does not say and anybody can make.

>>> sorted(lengths("We test FooNet (small), BarNet, BazNet, and QuxNet on chess, go and shogi."))
[3, 4]
>>> lengths("It is faster, and it is smaller.")
frozenset()
"""

import re
from functools import lru_cache

_ASIDE = re.compile(r" ?(?:\([^()]{0,200}\)|\[[^\[\]]{0,80}\])")
_PIECE = r"(?!(?:and|or|but|while|which|where)\b)[^\s,;:()]{1,40}"
_ITEM = rf"{_PIECE}(?: {_PIECE}){{0,4}}"
_LIST = re.compile(rf"{_ITEM}(?:, {_ITEM})+,? (?:and|or|as well as|&) (?:{_PIECE})")
_BARE = re.compile(rf"(?<=[(:])\s?{_ITEM}(?:, {_ITEM}){{2,}}(?=[).]|$)")
"""A list without an "and", in brackets or behind a colon."""
_BETWEEN = re.compile(r", (?:and |or |as well as |& )?| (?:and|or|as well as|&) ")


@lru_cache(maxsize=4096)
def lengths(text: str) -> frozenset[int]:
    """Return how many items each list of three or more has; what stands in brackets is no item."""
    bare = _ASIDE.sub("", text)
    found = [match[0] for match in _LIST.finditer(bare)] + [match[0] for match in _BARE.finditer(text)]
    return frozenset(len(_BETWEEN.findall(one)) + 1 for one in found)
