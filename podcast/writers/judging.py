"""What is wrong with a claim that a model made, and what code can put right about it without asking again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from podcast import grounding
from podcast.show.saying import speakable
from podcast.writers.echoes import echoed
from podcast.writers.persons import OURS, third
from podcast.writers.prompting import one_line
from podcast.writers.sorting import PRESENTS
from podcast.writers.words import content, contrary, same, share

MOST_EVIDENCE = 5
"""Sentences that a claim names: who names the whole abstract names nothing."""

_EMPTY = "it has no text"
_ECHO = "it repeats the instructions; say what the paper says"
HOPELESS = (_EMPTY, _ECHO)
"""Why a claim cannot stand that is none: asked again, small models say it again."""

LEAST_SHARED = 0.2
"""The part of a claim's words that its sentences hold at least. Of claims by models of 0.5 and 1.5 billion parameters,
those that copied the instructions had 0.0 to 0.11, wrong sentences 0.15 to 0.43, fair claims 0.48 to 0.95."""
_NEXT_TO_NOTHING = 0.1
"""Of one sentence of a claim that has several."""
_MANY, LEAST_OF_MANY = 4, 0.4
"""So many sentences hold so much of any claim on their paper: with half the abstract named, false ones had 0.3."""
_MOSTLY, _ELSEWHERE = 0.5, 0.8
"""Where the named sentences hold less than the first, and another alone the second: that one was meant."""
_NEAREST = 3
"""Sentences that share most with a claim that cannot stand, shown beside those it names."""
_OTHER_SCRIPT = re.compile("[\u0370-\u1fff\u2e80-\uffdc]{2}")
"""Words in other letters than Latin ones."""
_FEW = 3
"""Words too few to be measured by."""
_IDLE = (
    "involve", "involves", "consist", "consists", "include", "includes", "experiments", "experiment", "method",
    "limitations", "results", "metrics", "baselines", "datasets", "ablations", "strengths", "weaknesses", "future",
    "pipeline", "architecture", "cost", "idea", "task", "motivation", "challenges", "implication",
)  # fmt: skip
"""Words by which a small model makes one sentence into a claim of every field."""


@dataclass(frozen=True)
class Judge:
    """Judges claims on a paper whose sentences are these."""

    title: str
    sentences: Sequence[str]
    shown: Sequence[int]
    """The numbers of those that the model was given."""
    told: str
    """All that was said to it besides the paper."""
    language: str
    """The claims' language."""
    reasons: Sequence[str] = field(default=())
    """What was said to be wrong before."""

    def mended(self, text: str, evidence: Sequence[int]) -> tuple[str, list[int]]:
        """Return the claim as it can be kept: on one line, of the authors and not of "us", with the sentences that
        carry it and five at most."""
        text = speakable(one_line(text))
        if self.language.startswith("en") and OURS.search(text):
            text = third(text)
        named = list(dict.fromkeys(evidence))
        known = [number for number in named if number in self.shown]
        if known and len(known) < len(named) and not self._missing(text, known):
            named = known
        if len(named) > MOST_EVIDENCE and known == named:
            named = self._trimmed(text, named)
        if self._comparable(text) and named == [number for number in named if number in self.shown]:
            best = self._best(text)
            meant = self._introduced(text, [best])
            if (
                best not in named
                and share(text, self._said(named)) < _MOSTLY
                and share(text, self._said(meant)) >= _ELSEWHERE
                and not self._missing(text, meant)
            ):
                named = meant
        if set(named) <= set(self.shown):
            named = self._introduced(text, named)
            text = self._carried(text, named)
        return text, named

    def problem(self, text: str, evidence: Sequence[int]) -> str:
        """Return why the claim cannot stand, or ""."""
        if not any(sign.isalnum() for sign in text):
            return _EMPTY
        if echoed(text, self.told, self.reasons):
            return _ECHO
        if not evidence:
            return "it names no sentence that carries it"
        unknown = [number for number in evidence if number not in self.shown]
        if unknown:
            return f"there is no sentence {unknown[0]}: yours are {self.shown[0]} to {self.shown[-1]}"
        where = ", ".join(map(str, evidence))
        if missing := self._missing(text, evidence):
            return f"{missing[0]!r} does not stand in sentence {where}"
        if not self._speaks(text, evidence):
            best = self._best(text)
            there = f"; sentence {best} does" if share(text, self._said([best])) >= _MOSTLY else ""
            return f"sentence {where} does not speak of that{there}"
        if self.language.startswith("en"):
            if _OTHER_SCRIPT.search(text) and not _OTHER_SCRIPT.search(" ".join(self._said(evidence))):
                return "a part of it is not English"
            turned = next((number for number in evidence if contrary(text, self.sentences[number - 1])), None)
            return f"sentence {turned} says the contrary" if turned else ""
        return ""

    def _carried(self, text: str, numbers: Sequence[int]) -> str:
        """Return the text without a sentence of which the paper's hold next to no word, where another has them."""
        parts = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)
        said = self._said(numbers)
        kept = [part for part in parts if not self._comparable(part) or share(part, said) >= _NEXT_TO_NOTHING]
        return " ".join(kept) if any(self._comparable(part) for part in kept) else text

    def _missing(self, text: str, numbers: Sequence[int]) -> Sequence[str]:
        return grounding.missing_facts(text, [self.title, *self._said(numbers)], self.language, copied=True)

    def _introduced(self, text: str, numbers: Sequence[int]) -> list[int]:
        """Return the sentences with the one that presents the paper's own thing, where the claim names that and they
        speak of "it"."""
        wanting = self._missing(text, numbers)
        names_alone = wanting and not any(grounding.figures(one) for one in wanting)
        if not names_alone or not 0 < len(numbers) < MOST_EVIDENCE or not self._speaks(text, numbers):
            return list(numbers)
        presents = (number for number in self.shown if PRESENTS[0].search(self.sentences[number - 1]))
        by_it = ([*numbers, number] for number in presents if not self._missing(text, [*numbers, number]))
        return sorted(next(by_it, numbers))

    def _said(self, numbers: Sequence[int]) -> list[str]:
        return [self.sentences[number - 1] for number in numbers]

    def _speaks(self, text: str, numbers: Sequence[int]) -> bool:
        """Whether the sentences hold enough of the claim's words to speak of the same thing."""
        least = LEAST_SHARED if len(numbers) < _MANY else LEAST_OF_MANY
        return not self._comparable(text) or share(text, self._said(numbers)) >= least

    def _comparable(self, text: str) -> bool:
        """Whether the claim's words can be looked for in the paper: in its language, and enough of them."""
        return self.language.startswith("en") and len(content(text)) >= _FEW

    def _best(self, text: str) -> int:
        """Return the one sentence that holds most of the claim's words."""
        return max(self.shown, key=lambda number: share(text, self._said([number])))

    def _trimmed(self, text: str, numbers: Sequence[int]) -> list[int]:
        """Return the fewest of the sentences that hold what all of them hold of the claim, five at most, in order."""
        left, kept = content(text), list[int]()
        while len(kept) < MOST_EVIDENCE:
            best = max(numbers, key=lambda number: len(left & content(self.sentences[number - 1])))
            found = left & content(self.sentences[best - 1])
            if not found:
                break
            kept.append(best)
            left -= found
        return sorted(kept) or list(numbers[:MOST_EVIDENCE])


def near(text: str, evidence: Sequence[int], sentences: Sequence[str], shown: Sequence[int]) -> list[int]:
    """Return the numbers of the sentences that a claim names, as far as they are shown, and of those nearest to it.

    >>> near("Cats sleep all day.", [3], ["Dogs run.", "Cats sleep for a day.", "It rains."], [1, 2, 3])
    [2, 3]
    """
    named = [number for number in evidence if number in shown]
    words = content(text)
    shared = {number: len(words & content(sentences[number - 1])) for number in shown}
    best = sorted((number for number in shown if shared[number]), key=lambda number: -shared[number])
    return sorted({*named[:MOST_EVIDENCE], *best[:_NEAREST]} or {*shown[:_NEAREST]})


def copies(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the place of each text that says what an earlier one says, and the place of that one."""
    first: list[int] = []
    for at, text in enumerate(texts):
        twin = next((other for other in first if same(text, texts[other], _IDLE)), None)
        if twin is None:
            first.append(at)
        else:
            yield at, twin


def shown_in(message: str) -> tuple[int, ...]:
    """Return the numbers of the sentences that stand in a message."""
    return tuple(int(number) for number in re.findall(r"^\[(\d+)\]", message, re.MULTILINE))
