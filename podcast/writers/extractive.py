"""A writer without a model: the paper's own sentences, sorted by cue words and place, in a conversation.

One host asks what a listener would ask, the other answers with the paper's sentences, shortened. Nothing is
said of the paper that does not stand in it.
"""

import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from podcast.errors import WriterError
from podcast.schema import (
    Brief,
    Claim,
    Claims,
    Document,
    Experiments,
    Host,
    Line,
    Method,
    Paper,
    Script,
    ShowSettings,
    WriterSettings,
)

VERSION = "1"

WORDS_A_MINUTE = 150
_MOST_WORDS = 34
"""A spoken sentence longer than this is hard to follow by ear."""


@dataclass(frozen=True)
class _Shelf:
    """A kind of statement: the words that give it away, and the sections it usually stands in."""

    field: str
    cues: re.Pattern[str]
    sections: re.Pattern[str]
    place: tuple[float, float]
    """Where in the text it usually stands, from 0 to 1."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)


_NOWHERE = re.compile(r"(?!)")
_SHELVES = (
    _Shelf(
        "motivation",
        _words(r"however|problem|hard\b|suffer|struggl|difficult|lack|bottleneck|challeng|fail|scarc|expensive|costly"
               r"|limited by|remains? (?:un|under)|yet\b|existing (?:methods|work|approaches|models)|despite"),
        _words("introduction|background|motivation|related"), (0.0, 0.35),
    ),
    _Shelf(
        "idea",
        _words(r"key idea|idea is|propos|introduc|we present|this paper presents|in this (?:work|paper)|novel\b|insight|instead of"
               r"|reformulat|new (?:method|framework|paradigm|approach|way)"),
        _words("abstract|introduction|idea|overview"), (0.1, 0.5),
    ),
    _Shelf(
        "method.architecture",
        _words(r"layers?\b|network\b|encoder|decoder|attention|architecture|residual|block|module|embedding|loss|objective"
               r"|consists? of|combines?|composed|equation"),
        _words("method|model|architecture|approach|framework|formulation|process"), (0.2, 0.6),
    ),
    _Shelf(
        "method.pipeline",
        _words(r"first\b|then\b|stage|step|pipeline|train(?:s|ed|ing)?\b|sampl|learn|optimi[sz]|fine-tun|generat|predict|strategy"),
        _words("method|training|algorithm|sampling|procedure|implementation"), (0.3, 0.7),
    ),
    _Shelf(
        "method.cost",
        _words(r"GPUs?\b|TPU|hours?\b|days on|parameters|FLOPs|memory|training cost|compute|speed-?up|faster|cheaper"),
        _words("training|implementation|efficiency|cost|setup"), (0.4, 0.8),
    ),
    _Shelf(
        "experiments.datasets",
        _words(r"data ?sets?\b|corpus|benchmark|images from|sentence pairs|annotated|trained on|evaluated on|test set"),
        _words("data|experiment|setup|training|evaluation"), (0.4, 0.9),
    ),
    _Shelf(
        "experiments.results",
        _words(r"achiev|outperform|reach|improv|state[- ]of[- ]the[- ]art|surpass|scores?\b|accura|error|gains?\b|better than|wins?\b"
               r"|results?\b|show(?:s|n)? that|demonstrate|\d+(?:\.\d+)? ?%"),
        _words("result|experiment|evaluation|analysis"), (0.6, 1.0),
    ),
    _Shelf(
        "experiments.ablations",
        _words(r"ablat|without\b|removing|reducing|varying|single head|replac|when .* is (?:removed|dropped)"),
        _words("ablation|analysis"), (0.6, 0.95),
    ),
    _Shelf(
        "experiments.limitations",
        _words(r"limitation|does not|do not|cannot|drawback|weakness|fall short|not yet|only on|remains? (?:a |an |open|unclear|hard)"),
        _words("limitation|discussion"), (0.8, 1.0),
    ),
    _Shelf(
        "future_work",
        _words(r"future work|plan to|hope to|next step|could be extended|leave .* to|open question"),
        _words("future|conclusion"), (0.85, 1.0),
    ),
)  # fmt: skip

class Extractive:
    """Sorts the document's sentences into the brief, and lets two hosts speak them."""

    def __init__(self, settings: WriterSettings) -> None:
        self._settings = settings

    def brief(self, paper: Paper, document: Document) -> Brief:
        sentences = document.sentences()
        usable = [number for number, sentence in enumerate(sentences, 1) if _speakable(sentence)]
        if not usable:
            raise WriterError(
                f"paper {paper.id} has no sentence that can be spoken", "lay its document beside the list of papers"
            )

        def claim(number: int) -> Claim:
            return Claim(text=sentences[number - 1], evidence=(number,))

        tldr = next((n for n in usable if _SHELVES[1].cues.search(sentences[n - 1])), usable[0])
        told_once = [n for n in usable if n != tldr]
        sort = _by_order if len(document.sections) < 3 else _by_cues
        shelves = sort(document, told_once, tldr)
        shelved = {field: tuple(claim(n) for n in numbers) for field, numbers in shelves.items()}
        conclusions = [
            n for n in told_once
            if re.search("conclusion", document.section_of(n), re.IGNORECASE) and n not in shelves["future_work"]
        ]  # fmt: skip
        return Brief(
            paper_id=paper.id,
            tldr=claim(tldr),
            task=claim(usable[0]) if usable[0] != tldr else None,
            motivation=shelved["motivation"],
            idea=shelved["idea"],
            method=Method(**_under("method.", shelved)),
            experiments=Experiments(**_under("experiments.", shelved)),
            future_work=shelved["future_work"],
            implication=claim(conclusions[0]) if conclusions else None,
            made_with={"writer": "extractive", "version": VERSION},
        )

    def script(self, paper: Paper, brief: Brief, show: ShowSettings, hosts: Sequence[Host]) -> Script:
        chosen = _choose(brief, round(self._settings.minutes * WORDS_A_MINUTE))
        dialogue = _Dialogue(paper, brief, show, hosts, chosen)
        tldr = brief.tldr or next(iter(brief.claims().values()))
        return Script(
            title=paper.title,
            description=shorten(tldr.text),
            lines=tuple(dialogue.lines()),
            made_with={"writer": "extractive", "version": VERSION},
        )


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


def _speakable(sentence: str) -> bool:
    """A sentence to speak has words, an end, and neither an address nor a formula."""
    words = sentence.split()
    return 4 <= len(words) <= 90 and not re.search(r"https?://|www\.|github\.com|[\\{}=$]", sentence)


def _by_cues(document: Document, usable: Sequence[int], tldr: int) -> dict[str, list[int]]:
    """Return each shelf's sentences, the most telling first; every sentence stands on one shelf at most."""
    sentences = document.sentences()
    scores: list[tuple[float, int, str]] = []
    for rank, number in enumerate(usable):
        sentence, section = sentences[number - 1], document.section_of(number)
        position = rank / max(1, len(usable) - 1)
        for shelf in _SHELVES:
            score = min(3, len(shelf.cues.findall(sentence))) * 1.0
            score += 1.5 * bool(shelf.sections.search(section))
            score += 0.5 * (shelf.place[0] <= position <= shelf.place[1])
            score += 0.5 * (shelf.field == "experiments.results" and bool(re.search(r"\d", sentence)))
            if score > 1.4:
                scores.append((score, number, shelf.field))
    shelves: dict[str, list[int]] = {shelf.field: [] for shelf in _SHELVES}
    placed: set[int] = set()
    for _, number, field in sorted(scores, key=lambda entry: (-entry[0], entry[1])):
        if number not in placed:
            placed.add(number)
            shelves[field].append(number)
    return shelves


def _by_order(document: Document, usable: Sequence[int], tldr: int) -> dict[str, list[int]]:
    """Sort an abstract, which has no sections but an order: problem, the sentence that proposes, idea, method, results."""
    sentences = document.sentences()
    shelf = {shelf.field: shelf for shelf in _SHELVES}
    shelves: dict[str, list[int]] = {field: [] for field in shelf}
    shelves["motivation"] = [n for n in usable if n < tldr]
    after = [n for n in usable if n > tldr]
    for field in ("experiments.limitations", "future_work"):
        shelves[field] = [n for n in after if shelf[field].cues.search(sentences[n - 1])]
        after = [n for n in after if n not in shelves[field]]
    late = after[max(2, len(after) // 2) :]
    telling = [n for n in late if shelf["experiments.results"].cues.search(sentences[n - 1])]
    results = next(iter(telling or late[-1:]), len(sentences) + 1)
    before_results = [n for n in after if n < results]
    ideas = (len(before_results) + 2) // 3
    shelves["idea"], shelves["method.pipeline"] = before_results[:ideas], before_results[ideas:]
    shelves["experiments.results"] = [n for n in after if n >= results]
    return shelves


def _under(prefix: str, shelved: dict[str, Claims]) -> dict[str, Claims]:
    return {field.removeprefix(prefix): claims for field, claims in shelved.items() if field.startswith(prefix)}


# --- the script ------------------------------------------------------------------------------------

_CHAPTERS = (
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
_NOTES = ("What I wrote down here: ", "One more thing I marked in the text: ", "I would add this: ", "I read on, and they say: ")


def _choose(brief: Brief, budget: int) -> dict[str, list[tuple[str, Claim]]]:
    """Return each chapter's claims with their paths, in the paper's order, so many as `budget` words allow."""
    everything = brief.claims()
    talk = 170  # words of opening, questions and closing
    told: set[tuple[int, ...]] = {brief.tldr.evidence} if brief.tldr else set()
    available: dict[str, list[tuple[str, Claim]]] = {}
    for title, fields, _ in _CHAPTERS:
        found = []
        for field in fields:
            for path, claim in everything.items():
                if (path == field or path.startswith(field + ".")) and claim.evidence not in told:
                    told.add(claim.evidence)
                    found.append((path, claim))
        available[title] = found
    chosen: dict[str, list[tuple[str, Claim]]] = {title: [] for title in available}
    words = talk
    for share in itertools.count(1):  # chapters grow together, each to its share, until the budget is spent
        grown = False
        for title, _, most in _CHAPTERS:
            if len(chosen[title]) < min(round(share * most / 3), len(available[title])) and words < budget:
                path, claim = available[title][len(chosen[title])]
                chosen[title].append((path, claim))
                words += len(shorten(claim.text).split()) + 4
                grown = True
        if words >= budget or (not grown and all(len(chosen[t]) == len(available[t]) for t in chosen)):
            break
    return {title: sorted(claims, key=lambda entry: entry[1].evidence) for title, claims in chosen.items()}


class _Dialogue:
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
        for title, _, _ in _CHAPTERS[:-1]:
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
                title, "The text we had names no limitation. Take the results as the authors' own, until others repeat them."
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
    plain = {"The", "A", "An", "In", "On", "With", "For", "However", "Even", "Most", "Without", "At", "Each", "Every", "By",
             "This", "These", "Their", "They", "Earlier", "Many", "When", "While", "Because", "As", "To", "It", "Its", "Too",
             "Several", "Long", "Deep", "Deeper", "Plain", "Despite", "Adding", "Across", "Training", "After", "If"}  # fmt: skip
    return text[:1].lower() + text[1:] if first.rstrip(",") in plain else text
