"""What a line says, read once: its parts, its figures, and where in the evidence each figure stands.

>>> from podcast.grounding import figures, sentences
>>> held = [sentences.sentence("It gains 8 points on CIFAR-10, and 3 elsewhere.")]
>>> said = utterance(text := "It gains 8 points, not 9.", figures(text), held)
>>> [[place.part.text for place in places] for places in said.places]  # the 9 stands nowhere
[['It gains 8 points on CIFAR-10'], []]
"""

from collections.abc import Sequence
from dataclasses import dataclass

from podcast.grounding.figure import Figure
from podcast.grounding.holding import stands
from podcast.grounding.segments import Segment, part_at, parts_of, segments
from podcast.grounding.sentences import Held, Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of the evidence that says what a figure of the line says: its sentence, and the part of it."""

    one: Sentence
    part: Segment
    held: Held


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text in digits against the sentences of its evidence."""

    text: str
    figures: tuple[Figure, ...]
    """Those that claim something, in order."""
    places: tuple[tuple[Place, ...], ...]
    """Of each figure; empty where it stands nowhere."""
    parts: tuple[Segment, ...]
    sentences: tuple[Sentence, ...]

    def within(self, part: Segment) -> list[tuple[Figure, tuple[Place, ...]]]:
        """Return the figures of a part, each with its places."""
        return [(figure, places) for figure, places in zip(self.figures, self.places, strict=True)
                if part.start <= figure.start < part.end]  # fmt: skip


def utterance(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> Utterance:
    """Return the text read against the sentences; `found` are its figures, those of the talk among them."""
    claiming = tuple(figure for figure in found if not figure.talk)
    return Utterance(
        text,
        claiming,
        tuple(tuple(_places(figure, sentences)) for figure in claiming),
        segments(text, found),
        tuple(sentences),
    )


def _places(figure: Figure, sentences: Sequence[Sentence]) -> list[Place]:
    found = []
    for one in sentences:
        for held in one.figures:
            if stands(figure, held.figure) and (part := part_at(parts_of(one), held.figure)):
                found.append(Place(one, part, held))
    return found
