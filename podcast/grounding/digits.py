"""A text with digits for its numbers in words, which knows what stood there.

>>> in_digits("Forty-one point eight of the top five").text
'41.8 of the top-5'
>>> in_digits("Forty-one point eight").spoken(0, 4)
'Forty-one point eight'
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from podcast.grounding.notation import plain
from podcast.grounding.numbers import spelled


@dataclass(frozen=True, slots=True)
class Digits:
    """A text in which every number in words is put in digits; it knows what stood there."""

    text: str
    put: tuple[tuple[int, int, str], ...]
    """Where digits were put, and for which words."""

    def spoken(self, start: int, end: int) -> str:
        """Return text[start:end] in the words that stood there."""
        said, at = [], start
        for first, last, words in self.put[max(0, bisect_right(self.put, (start, 0, "")) - 1) :]:
            if first >= end:
                break
            if first >= start:
                said += [self.text[at:first], words]
                at = last
        return "".join([*said, self.text[at:end]]).strip()

    def in_words(self, at: int) -> bool:
        """Return whether what stands at a place was a number in words."""
        index = bisect_right(self.put, (at, len(self.text) + 1, "")) - 1
        return index >= 0 and self.put[index][0] <= at < self.put[index][1]


def in_digits(text: str, language: str = "en") -> Digits:
    """Return the text in one notation and with digits for number words; ordinals end in th."""
    text = plain(text, language)
    parts, put, at, length = [], [], 0, 0
    for number in spelled(text, language):
        digits = f"{number.value.normalize():f}" + ("th" if number.ordinal else "")
        parts += [text[at : number.start], digits]
        length += number.start - at
        put.append((length, length + len(digits), text[number.start : number.end]))
        length += len(digits)
        at = number.end
    said = _TOP.sub(r"\1-", "".join([*parts, text[at:]]))
    return Digits(said, tuple(put))


_TOP = re.compile(r"\b([Tt]op) (?=\d)")
"""The top five and top-5 are one name."""
