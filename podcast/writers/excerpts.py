"""What can be said of a brief: passages of the paper's own sentences, in its order, each of which stands alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from podcast.show.schema import Brief, Claim, Document
from podcast.writers import quoting, sorting, standing, ties

Chapters = Sequence[tuple[str, Sequence[str], int]]

PROBLEM, FOUND = "The problem", "What they found"

CHAPTERS = (
    (PROBLEM, ("motivation", "challenges", "task"), 3),
    ("The idea", ("idea",), 3),
    ("How it works", ("method.architecture", "method.pipeline"), 5),
    ("Data and cost", ("experiments.datasets", "method.cost"), 3),
    (FOUND, ("experiments.results",), 5),
    ("What mattered most", ("experiments.ablations",), 2),
    ("Limits and links", ("experiments.limitations", "weaknesses", "future_work", "implication"), 3),
)
"""Chapter, the brief's fields it draws on, and how many passages it holds at the default length."""

BRIEF_CHAPTERS = (
    ("The idea", ("idea", "motivation", "challenges", "task"), 2),
    ("How it works", ("method.architecture", "method.pipeline"), 2),
    (FOUND, ("experiments.results",), 2),
    ("Limits and links", ("experiments.limitations", "weaknesses", "future_work", "implication"), 1),
)
"""Those of two minutes."""

_JOINED = 56
"""Words of a sentence and those that lean on it, at most: a line has no more than 60."""

_TAILS = 3
"""Sentences that follow one another in lines of their own, at most."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that stands alone, with those after it that lean on it."""

    chapter: str
    rank: int
    """Its place on its shelf: 0 is the most telling."""
    paths: tuple[str, ...]
    last: int
    """The number of its last sentence."""
    first: int
    text: str
    sentences: tuple[tuple[str, bool], ...] = ()
    """What the text is made of: each sentence, and whether it is tied to the one before."""
    besides: tuple[str, ...] = ()
    """The path of the claim that names what the sentence calls "it"."""
    tail: tuple["Passage", ...] = ()
    """Sentences that lean on the one before and are too long for its line: each is said right after it, by the other
    host."""

    def said(self, used: Mapping[str, int]) -> str:
        """Return the text with other short forms told than in `text`, or as it is where it was cut."""
        if not self.sentences:
            return self.text
        return " ".join(quoting.said(sentence, used, follows=follows) for sentence, follows in self.sentences)

    @property
    def tells(self) -> bool:
        """Whether it says what the paper does."""
        return any("tldr" in one.paths for one in (self, *self.tail))

    @property
    def begin(self) -> str:
        """The sentence that is said first: what is said before the passage is kept by it."""
        if len(self.sentences) < 2:
            return self.text
        sentence, follows = self.sentences[0]
        return quoting.said(sentence, follows=follows)

    @property
    def raw(self) -> str:
        """Its first sentence as the paper has it."""
        return self.sentences[0][0] if self.sentences else self.text

    @property
    def beside(self) -> bool:
        """Whether it is set beside the sentence before it, or against it."""
        return bool(self.sentences) and ties.contrasts(self.raw)

    @property
    def end(self) -> str:
        """The text that is said last."""
        return self.tail[-1].text if self.tail else self.text

    @property
    def length(self) -> int:
        return len(self.text.split()) + sum(one.length for one in self.tail)


def passages(brief: Brief, document: Document, chapters: Chapters = CHAPTERS, name: str = "") -> Iterator[Passage]:
    """Yield what can be said of the brief, in the paper's order: a sentence that leans on none that is said is left, as
    is one that announces a list which is not said. What authors call theirs goes by its `name` once that was given."""
    for one in _joined(brief, document, chapters, name):
        if one.tells or not standing.announces(one.end):
            yield one


def _joined(brief: Brief, document: Document, chapters: Chapters, name: str) -> Iterator[Passage]:
    """Yield each sentence that stands alone, with those that lean on it, or are on its list."""
    used = quoting.short_forms(document.sentences())
    naming = _Naming.of(brief, document, name)
    previous: Passage | None = None
    for path, claim, chapter, rank in sorted(_shelved(brief, chapters), key=lambda entry: entry[1].evidence):
        number = claim.evidence[0]
        if not standing.speakable(claim.text):
            continue
        follows = previous and previous.last == number - 1
        follows = follows and document.section_of(number) == document.section_of(number - 1)
        sentence, besides = naming.named(claim.text, number)
        leans = standing.leans(sentence)
        called = naming.it(claim.text, number) if leans else (sentence, besides)
        named = leans and not standing.leans(called[0])
        apart = previous and not previous.tells and previous.chapter != chapter
        joins = leans and not (named and apart)  # it keeps its chapter where it can be named
        if previous and follows and path != "tldr" and (joins or standing.announces(previous.end)):
            if chapter == FOUND != previous.chapter and _comes_of(previous, claim):
                previous = replace(previous, chapter=chapter, rank=rank)
            previous = _leaning(previous, rank, number, path, claim, used)
            continue
        if leans and not named and path != "tldr":
            continue
        if leans and not named and previous and follows and not standing.leans(previous.begin):
            joined = _leaning(previous, rank, number, path, claim, used)
            if joined is not previous:  # what the paper does is said with what it speaks of
                previous = replace(joined, chapter=chapter, rank=rank)
                continue
        sentence, besides = called
        if previous:
            yield previous
        previous = _whole(
            Passage(chapter, rank, (path,), claim.evidence[-1], number, "", ((sentence, False),), besides), used
        )
    if previous:
        yield previous


def _comes_of(previous: Passage, claim: Claim) -> bool:
    """Tell whether the passage stands where that result does, which leans on it; a problem stays one."""
    return not previous.tells and previous.chapter != PROBLEM and sorting.measured(claim.text)


def _whole(one: Passage, used: Mapping[str, int]) -> Passage | None:
    """Return the passage with its text; of a sentence that is too long for a line, in two lines, or cut where a clause
    ends; None where that cannot be."""
    text = one.said(used)
    if len(text.split()) <= quoting.MOST_WORDS:
        return replace(one, text=text)
    head, rest = quoting.halves(text)
    if not head:
        return None
    tail = replace(one, text=rest, sentences=())
    return replace(one, text=head, sentences=(), tail=(tail,) if rest else ())


@dataclass(frozen=True)
class _Naming:
    """By what name the authors' own may go, and which claim gives it."""

    name: str
    path: str
    number: int
    sentences: Sequence[str]

    @classmethod
    def of(cls, brief: Brief, document: Document, name: str) -> "_Naming":
        sentences = document.sentences()
        for path, claim in brief.claims().items():
            number = claim.evidence[0]
            if path == "tldr" and name and name in sentences[number - 1]:
                return cls(name, path, number, sentences)
        return cls("", "", 0, sentences)

    def named(self, sentence: str, number: int) -> tuple[str, tuple[str, ...]]:
        """Return the sentence with the name for "our method", and which claim that rests on besides."""
        if not self.name or number <= self.number:
            return sentence, ()
        return self._resting(sentence, quoting.called(sentence, self.name, self.sentences[self.number - 1]))

    def it(self, sentence: str, number: int) -> tuple[str, tuple[str, ...]]:
        """Return the sentence with the name for "it", where the sentence before is about what has that name."""
        if not self.name or number <= self.number:
            return sentence, ()
        before = ties.opened(self.sentences[number - 2])
        about = number - 1 == self.number or standing.behind_phrase(before, self.name)
        return self._resting(sentence, quoting.it_called(sentence, self.name)) if about else (sentence, ())

    def _resting(self, sentence: str, named: str) -> tuple[str, tuple[str, ...]]:
        return named, (self.path,) if named != sentence and self.name not in sentence else ()


def _leaning(before: Passage, rank: int, number: int, path: str, claim: Claim, used: Mapping[str, int]) -> Passage:
    """Return the passage with the sentence after it, in its line or in one of its own; as it is where neither fits."""
    text = f"{before.text} {quoting.said(claim.text, used, follows=True)}"
    if not before.tail and before.sentences and len(text.split()) <= _JOINED:
        return replace(
            before, text=text, sentences=(*before.sentences, (claim.text, True)), paths=(*before.paths, path),
            last=number, rank=min(before.rank, rank),
        )  # fmt: skip
    alone = quoting.said(claim.text, used)
    if len(before.tail) == _TAILS or standing.points(alone) or len(alone.split()) > quoting.MOST_WORDS:
        return before
    tail = (*before.tail, Passage(before.chapter, rank, (path,), number, number, alone, ((claim.text, False),)))
    return replace(before, tail=tail, last=number, rank=min(before.rank, rank))


def whatever(brief: Brief) -> Iterator[Passage]:
    """Yield the first of what there is, where nothing can be said well: an episode says something of its paper."""
    for path, claim in islice(brief.claims().items(), 1):
        number = claim.evidence[0]
        yield Passage("", 0, (path,), number, number, " ".join(quoting.said(claim.text).split()[: quoting.MOST_WORDS]))


def _shelved(brief: Brief, chapters: Chapters) -> Iterator[tuple[str, Claim, str, int]]:
    """Yield each of the brief's sentences once, with its path, its chapter and its place on its shelf."""
    told = set()
    everything = brief.claims()
    shelves = (("", ("tldr",)), *((title, fields) for title, fields, _ in chapters))
    for title, fields in shelves:
        rank = 0
        for field in fields:
            for path, claim in everything.items():
                if f"{path}.".startswith(f"{field}.") and claim.evidence not in told:
                    told.add(claim.evidence)
                    yield path, claim, title, rank
                    rank += 1
