"""The systems and data sets that a sentence mentions, and the two roles: the authors' own and the baseline.

>>> [one.key for one in mentions_in("Our method beats GPT-4o and the best baseline")]
['=ours', 'gpt4o', '=baseline']
>>> mentions_in("It works")
()
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from podcast.grounding import names
from podcast.grounding.units import unit_at, words

_OURS = re.compile(
    r"(?<!\w)(?:ours|(?:our|their|the authors'|the proposed|the new) (?:[\w-]+ )?(?:method|model|approach|system"
    r"|framework|network)|we|they|the authors)(?![\w'])", re.IGNORECASE,
)  # fmt: skip
_BASELINE = re.compile(
    r"(?<!\w)(?:(?:strongest|best|previous|prior|the) )?(?:baselines?(?: model| method| system)?|(?:previous|prior) "
    r"(?:work|best|state[- ]of[- ]the[- ]art|methods?|models?|systems?))(?!\w)", re.IGNORECASE,
)  # fmt: skip
COMMON = words(
    "from to of between than past beyond into up down around across within just before against above below out off "
    "since until per through during roughly exactly barely some "
    "the a an in on with for however even most without at each every by this these their they earlier many "
    "when while because as to it its too several after if we our and but so then there that what which how "
    "adding removing yes no well right now also only over under about more less nearly almost training using "
    "accuracy"
)
"""Words that are no name where a sentence begins with them: the 8 of "From 8 to 9" is a figure."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or a role at text[start:end]."""

    key: str
    start: int
    end: int
    before: str
    """The word before it."""


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Return what the text mentions, in order."""
    found = []
    for run in names.runs(text):
        words = list(run)
        while words and (words[0].text.lower() in COMMON or words[0].number):
            words.pop(0)
        while words and words[-1].number and "." in words[-1].text and not words[0].firm and len(words[-1].text) > 3:
            words.pop()
        if len(words) > 1 and words[-1].number and unit_at(text, words[-1].end)[0] in ("points", "%", "x"):
            words.pop()  # leaves FooNet 2.5 points behind
        if words:
            found.append((words[0].start, words[-1].end, names.key(" ".join(word.text for word in words))))
    taken = [(start, end) for start, end, _ in found]
    for pattern, role in ((_OURS, "=ours"), (_BASELINE, "=baseline")):
        for match in pattern.finditer(text):
            after = bisect_left(taken, (match.end(), 0))
            if not after or taken[after - 1][1] <= match.start():
                found.append((match.start(), match.end(), role))
    found.sort()
    return tuple(
        Mention(
            key,
            start,
            end,
            (re.findall(r"[\w']+", text[max(0, start - 24) : start].removesuffix("the ")) or [""])[-1].lower(),
        )
        for start, end, key in found
    )
