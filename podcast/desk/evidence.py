"""What stands behind a line: the paper's sentences, and in each the words that carry what is said.

>>> sentence = "The encoder is a stack of 6 identical layers."
>>> [part.text for part in marked(sentence, "It has six identical layers, stacked.") if part.carries]
['stack', '6', 'identical', 'layers']
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from podcast.grounding import contexts
from podcast.grounding.figure import figures
from podcast.show.schema import Brief, Carried, Document, Line, evidence_of


@dataclass(frozen=True)
class Part:
    """A stretch of a sentence, and whether the line says it too."""

    text: str
    carries: bool


@dataclass(frozen=True)
class Evidence:
    """A sentence of the paper that a line rests on."""

    number: int
    """Of the sentence in the paper, from 1, as reasons name it."""
    section: str
    sentence: str
    parts: tuple[Part, ...]


def behind(line: Line, brief: Brief, document: Document) -> tuple[Evidence, ...]:
    """Return the sentences that the line's claims name, in the order of the paper."""
    known = [(section.title, sentence) for section in document.sections for sentence in section.sentences]
    wanted = [number for number in evidence_of(line.claims, brief.claims()) if 1 <= number <= len(known)]
    return tuple(
        Evidence(number, *known[number - 1], tuple(marked(known[number - 1][1], line.text)))
        for number in dict.fromkeys(wanted)
    )


def remembered(line: Line, carried: Sequence[Carried]) -> tuple[Evidence, ...]:
    """Return the same of a line that refers to an earlier episode: the sentences of that one's paper."""
    return tuple(Evidence(one.number, one.section, one.text, tuple(marked(one.text, line.text))) for one in carried)


_WORD = re.compile(r"[^\W_]+(?:[-'.,][^\W_]+)*")


def marked(sentence: str, said: str) -> Iterator[Part]:
    """Yield the sentence in stretches: those carry whose words, or figures, the line has too."""
    stems, values = contexts.content(said), _values(said)
    held, carries = "", False
    for text in re.split(f"({_WORD.pattern})", sentence):
        is_word = bool(_WORD.fullmatch(text))
        now = is_word and bool(contexts.content(text) & stems or _values(text) & values)
        if held and now != carries:
            yield Part(held, carries)
            held = ""
        held, carries = held + text, now
    if held:
        yield Part(held, carries)


@functools.lru_cache(maxsize=8192)
def _values(text: str) -> frozenset[Decimal]:
    """Return the values of the text's figures, in digits or words."""
    return frozenset(abs(each.value) for each in figures(text))
