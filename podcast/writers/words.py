"""The words of a text that carry it: what two texts share, and whether they say the same."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from threading import Lock
from typing import Any

_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """a about above after all also an and any are as at be because been before being below between both but by can
        could did do does doing down during each few for from further had has have having he her here hers him his how
        i if in into is it its itself just like may me might more most must my no nor not now of off on once one only
        or other our out over own s same she should so some such t than that the their them then there these they this
        those through to too under until up us use used uses using very via was we well were what when where which
        while who whom why will with within without would you your paper authors author study work approach show
        shows shown""",
    )
)
"""English words that every text has, and those with which one speaks of any paper."""

_DENIED = re.compile(r"(?:(?<!\w)(?:not|never|cannot)|n[’']t) (?:\w+ly )?(\w+)", re.IGNORECASE)
"""A verb that is denied."""
_DENIES = re.compile(
    r"(?<!\w)(?:not|never|no|none|neither|nor|cannot|without|nothing|nobody|hardly|fail(?:s|ed|ing)?|lack(?:s|ing)?)"
    r"(?!\w)|n[’']t(?!\w)",
    re.IGNORECASE,
)

_UNSPACED = re.compile("[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff]+")
"""Han and kana: no spaces part their words."""

SAME = 0.8
"""The part of two texts' words that they share where they say the same."""


_STEMMING = Lock()
"""The stemmer keeps the word in itself while it works, and papers are read in several threads."""


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    with _STEMMING:
        return str(_stemmer().stemWord(word))


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Return the stems of the words that carry the text, its figures among them; where no spaces part words, all pairs
    of signs that stand side by side.

    >>> sorted(content("用 LLaMA训练模型"))
    ['llama', '模型', '用', '练模', '训练']
    """
    found = re.findall(r"\d+(?:[.,]\d+)*|[^\W\d_]+", _UNSPACED.sub(r" \g<0> ", text.casefold()))
    words = (_stem(word) for word in found if word not in _EMPTY and not _UNSPACED.match(word))
    pairs = (word[at : at + 2] for word in found if _UNSPACED.match(word) for at in range(max(1, len(word) - 1)))
    return frozenset(chain(words, pairs))


def unquoted(text: str) -> str:
    """Return the text without what stands in quotation marks.

    >>> unquoted("彼は「はい」と言った。"), unquoted("Er sagt ‚ja‘.")
    ('彼はと言った。', 'Er sagt .')
    """
    return re.sub(r'["“„«][^"”“»]{1,200}["”“»]|「[^」]{1,200}」|『[^』]{1,200}』|‚[^‘]{1,200}‘', "", text)


def share(text: str, among: Iterable[str]) -> float:
    """Return the part of the text's carrying words that stand in the others; 1.0 where it has none."""
    wanted = content(text)
    if not wanted:
        return 1.0
    there = frozenset[str]().union(*(content(one) for one in among))
    return len(wanted & there) / len(wanted)


def same(one: str, other: str, besides: Sequence[str] = ()) -> bool:
    """Tell whether two texts say the same, whatever their order; words in `besides` do not count.

    Texts with other figures never do.
    """
    left, right = (content(text) for text in (one, other))
    if _figures(left) != _figures(right):
        return False
    idle = frozenset(_stem(word) for word in besides)
    left, right = left - idle, right - idle
    if len(left) < 3 or len(right) < 3:
        return one.casefold().split() == other.casefold().split()
    return len(left & right) >= SAME * len(left | right)


def contrary(one: str, other: str, like: float = SAME) -> bool:
    """Tell whether one of two English texts, of which the first says what the second does, denies that; `like` is the
    part of the first's words that the second has at least.

    >>> contrary("It helps with small models.", "StepSkip does not help with small models.")
    True
    >>> contrary("It costs nothing.", "It does not cost more."), contrary("It helps.", "It is slow on small models.")
    (False, False)
    """
    return share(one, [other]) >= like and (_denied(one, other) or _denied(other, one))


def _denied(plain: str, denying: str) -> bool:
    said = content(plain)
    denied = (content(verb) for verb in _DENIED.findall(denying))
    return not _DENIES.search(plain) and any(verb and verb <= said for verb in denied)


def _figures(words: frozenset[str]) -> frozenset[str]:
    """Return the figures among the words: in digits, or as Han writes them; 一 may be a part of any word."""
    return frozenset(word for word in words if word[0].isdigit() or _counts(word))


def _counts(pair: str) -> bool:
    return bool(_UNSPACED.match(pair)) and any(sign.isnumeric() and sign != "一" for sign in pair)
