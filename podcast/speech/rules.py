r"""A pass as a table of rules, and what a rule may ask about the words around its match.

>>> shorten = rules((r"colour", "color"), (r"(\d)%", lambda match: f"{match[1]} percent"))
>>> shorten("a colour of 5%")
'a color of 5 percent'
>>> any_of(["ms", "m", "s"])
'ms|m|s'
"""

import re
from collections.abc import Callable, Iterable

Rule = tuple[str, str | Callable[[re.Match[str]], str]]
"""A pattern, and what takes the place of its every match."""


def rules(*table: Rule, only: str = "") -> Callable[[str], str]:
    """Return the pass that applies the rules of a table one after another, to texts in which `only` is found."""
    compiled = tuple((re.compile(pattern), to) for pattern, to in table)
    needed = re.compile(only)

    def apply(text: str) -> str:
        if not needed.search(text):
            return text
        for pattern, to in compiled:
            text = pattern.sub(to, text)
        return text

    return apply


def any_of(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def next_word(match: re.Match[str]) -> str:
    """Return the word after a match, or "" where a sign comes first."""
    found = re.match(r"[ -]([A-Za-z][\w-]{0,30})", match.string[match.end() : match.end() + 32])
    return found[1] if found else ""


def words_before(match: re.Match[str], count: int) -> list[str]:
    """Return up to `count` words before a match, of its last 60 characters."""
    return match.string[max(0, match.start() - 60) : match.start()].split()[-count:]
