"""A conversation around claims: one host asks what a listener would, the other answers with the paper's sentences."""

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence

from podcast.show.schema import Brief, Claim, Line, Paper
from podcast.show.settings import Host, ShowSettings

_MOST_WORDS = 34
"""A spoken sentence longer than this is hard to follow by ear."""

CHAPTERS = (
    ("The problem", ("motivation", "challenges", "task"), 4),
    ("The idea", ("idea", "implication"), 3),
    ("How it works", ("method.architecture", "method.pipeline"), 6),
    ("Data and cost", ("experiments.datasets", "method.cost"), 3),
    ("What they found", ("experiments.results",), 5),
    ("What mattered most", ("experiments.ablations",), 2),
    ("Limits and links", ("experiments.limitations", "weaknesses", "future_work"), 3),
)
"""Chapter, the brief's fields it draws on, and how many claims it holds at the default length."""

_QUESTIONS = {
    "The problem": (
        "What was wrong with the way things were done before?",
        "Let us begin with the problem. What is it they want to fix?",
        "Why did anybody need a paper on that?",
    ),
    "The idea": (
        "So what is their idea?",
        "And what do they do about it?",
        "What is the new thought here?",
    ),
    "How it works": (
        "Take me inside. How does it work?",
        "How is that built?",
        "Walk me through it, step by step.",
    ),
    "Data and cost": (
        "What did it take to train and to test that?",
        "What does it run on, and what does that cost?",
        "Where do the data come from?",
    ),
    "What they found": (
        "And does it hold up? What did they measure?",
        "Now the part I was waiting for. What came out?",
        "What do the experiments say?",
    ),
    "What mattered most": (
        "Which parts of it matter, when you take them away one at a time?",
        "Do we know what makes the difference?",
    ),
    "Limits and links": (
        "Before people get carried away, what is the catch?",
        "What should make us careful?",
        "Where does it stop working?",
    ),
}
_PROMPTS = (
    "Go on.", "What else?", "How do you mean?", "Tell me more about that.", "And then?", "Why does that help?",
    "What follows from that?", "Is there more to it?", "Say a little more.", "All right, next.",
)  # fmt: skip
_FIGURE_PROMPTS = (
    "Can you put a number on it?", "Give me figures.", "How much is that, in numbers?", "Do they give a figure?",
)  # fmt: skip
_IN_FIGURES = ("Data and cost", "What they found", "What mattered most")
"""The chapters in which asking for a number is natural."""
_NOTES = (
    "What I wrote down here: ",
    "One more thing I marked in the text: ",
    "I would add this: ",
    "I read on, and they say: ",
)


_NO_NAMES = frozenset((
    "The", "A", "An", "In", "On", "With", "For", "However", "Even", "Most", "Without", "At", "Each", "Every", "By",
    "This", "These", "Their", "They", "Earlier", "Many", "When", "While", "Because", "As", "To", "It", "Its", "Too",
    "Several", "Long", "Deep", "Deeper", "Plain", "Despite", "Adding", "Across", "Training", "After", "If",
))  # fmt: skip
"""Words that begin sentences and are no names."""


class Dialogue:
    """Turns chosen claims into lines. What varies is drawn from the paper's id, so a paper has one script."""

    def __init__(
        self, paper: Paper, brief: Brief, show: ShowSettings, hosts: Sequence[Host],
        chosen: dict[str, list[tuple[str, Claim]]],
    ) -> None:  # fmt: skip
        self.paper, self.brief, self.show, self.chosen = paper, brief, show, chosen
        self.asks, self.answers = hosts
        turn = int(hashlib.sha256(paper.id.encode()).hexdigest()[:6], 16)
        self.turn = turn
        self.prompts, self.figures, self.notes = (_from(turn, few) for few in (_PROMPTS, _FIGURE_PROMPTS, _NOTES))

    def lines(self) -> Iterator[Line]:
        yield from self._opening()
        for title, _, _ in CHAPTERS[:-1]:
            if self.chosen[title]:
                yield self._ask(title, self._question(title))
                yield from self._tell(title, self.chosen[title])
        yield from self._closing()

    def _ask(self, chapter: str, text: str, claims: tuple[str, ...] = ()) -> Line:
        return Line(host=self.asks.key, text=text, chapter=chapter, claims=claims)

    def _answer(self, chapter: str, text: str, claims: tuple[str, ...] = ()) -> Line:
        return Line(host=self.answers.key, text=text, chapter=chapter, claims=claims)

    def _question(self, title: str) -> str:
        choices = _QUESTIONS[title]
        return choices[self.turn % len(choices)]

    def _opening(self) -> Iterator[Line]:
        title, paper = "Opening", self.paper
        readers = "1 reader" if paper.upvotes == 1 else f"{paper.upvotes} readers"
        yield self._ask(title, f"This is {self.show.title}. The paper today: {paper.title.rstrip('.')}.")
        by = f"It is by {spoken_authors(paper.authors)}. " if paper.authors else ""
        yield self._answer(title, f"{by}On Hugging Face Daily Papers, {readers} upvoted it.")
        yield self._ask(
            title, f"I am {self.asks.name}, with {self.answers.name}. Our script and our voices are made by AI. "
            "What we say of the paper stands in the paper.",
        )  # fmt: skip
        if self.brief.tldr:
            yield self._ask(title, "In one sentence, what is it about?")
            yield self._answer(title, shorten(self.brief.tldr.text), ("tldr",))

    def _tell(self, chapter: str, claims: Sequence[tuple[str, Claim]]) -> Iterator[Line]:
        """The answering host tells the claims; the asking host prompts in between, and tells every fourth."""
        for index, (path, claim) in enumerate(claims):
            text = shorten(claim.text)
            if index % 4 == 2:
                yield self._ask(chapter, next(self.notes) + _lower(text), (path,))
                continue
            if index % 4 in (1, 3):
                for_figure = chapter in _IN_FIGURES and re.search(r"\d", text)
                yield self._ask(chapter, next(self.figures if for_figure else self.prompts))
            yield self._answer(chapter, text, (path,))

    def _closing(self) -> Iterator[Line]:
        title = "Limits and links"
        yield self._ask(title, self._question(title))
        if self.chosen[title]:
            yield from self._tell(title, self.chosen[title])
        else:
            yield self._answer(
                title,
                "The text we had names no limitation. Take the results as the authors' own, until others repeat them.",
            )
        yield self._ask(title, "The links to the paper, its authors and the full transcript are in the show notes.")
        yield self._answer(title, f"This was {self.show.title}. Thank you for listening.")


def _from(turn: int, phrases: Sequence[str]) -> Iterator[str]:
    """Yield the phrases round and round, beginning at a place that depends on `turn`."""
    first = turn % len(phrases)
    return itertools.cycle((*phrases[first:], *phrases[:first]))


def spoken_authors(authors: Sequence[str]) -> str:
    """Return the authors in words, three at most: "A, B, C and colleagues"."""
    if len(authors) > 3:
        return f"{', '.join(authors[:3])} and colleagues"
    return " and ".join(filter(None, (", ".join(authors[:-1]), *authors[-1:])))


def _lower(text: str) -> str:
    """Return the text with a small first letter where that word is no name."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.rstrip(",") in _NO_NAMES else text


def shorten(sentence: str) -> str:
    """Return the sentence as it can be said: without asides and citations, in the third person, cut at a clause.

    Every word of it stands in the sentence, but for "the authors", "they" and "their".
    """
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", sentence)
    text = re.sub(r"^(?:Moreover|Furthermore|Specifically|Additionally|In addition|In particular|Notably|Consequently"
                  r"|To this end|To address this(?: \w+)?|Finally|Importantly|Concretely),\s+", "", text)  # fmt: skip
    text = re.sub(r"^In this (?:paper|work|study|report),\s+", "", text)
    text = re.sub(r"(?<=[.!?;:] )We\b|^we\b|^We\b", "The authors", text)
    text = re.sub(r"\bwe\b", "they", text)
    text = re.sub(r"\b(Our|our)\b", lambda m: "Their" if m[1] == "Our" else "their", text)
    text = re.sub(r"\bus\b", "them", text)
    text = re.sub(r"\s+", " ", text).strip()
    words = text.split()
    if len(words) > _MOST_WORDS:
        cuts = [
            at for at in range(10, min(len(words), _MOST_WORDS))
            if words[at - 1].endswith((",", ";", ":")) and not words[at - 1].rstrip(",;:").isdigit()
        ]  # fmt: skip
        if cuts:
            text = " ".join(words[: cuts[-1]]).rstrip(",;:")
        elif len(words) > 2 * _MOST_WORDS - 8:
            text = " ".join(words[: 2 * _MOST_WORDS - 8])
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text.rstrip(",;:") + "."
