"""Sorting a document's sentences by what they tell: by cue words and section, or by their order in an abstract."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from podcast.show.schema import Document


@dataclass(frozen=True)
class Shelf:
    """A kind of statement: the words that give it away, and the sections it usually stands in."""

    field: str
    cues: re.Pattern[str]
    sections: re.Pattern[str]
    place: tuple[float, float]
    """Where in the text it usually stands, from 0 to 1."""


def _words(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)


_NOWHERE = re.compile(r"(?!)")
SHELVES = (
    Shelf(
        "motivation",
        _words(r"however|problem|hard\b|suffer|struggl|difficult|lack|bottleneck|challeng|fail|scarc|expensive|costly"
               r"|limited by|remains? (?:un|under)|yet\b|existing (?:methods|work|approaches|models)|despite"),
        _words("introduction|background|motivation|related"), (0.0, 0.35),
    ),
    Shelf(
        "idea",
        _words(r"key idea|idea is|propos|introduc|we present|this paper presents|in this (?:work|paper)|novel\b|insight"
               r"|instead of|reformulat|new (?:method|framework|paradigm|approach|way)"),
        _words("abstract|introduction|idea|overview"), (0.1, 0.5),
    ),
    Shelf(
        "method.architecture",
        _words(r"layers?\b|network\b|encoder|decoder|attention|architecture|residual|block|module|embedding|loss|objective"
               r"|consists? of|combines?|composed|equation"),
        _words("method|model|architecture|approach|framework|formulation|process"), (0.2, 0.6),
    ),
    Shelf(
        "method.pipeline",
        _words(r"first\b|then\b|stage|step|pipeline|train(?:s|ed|ing)?\b|sampl|learn|optimi[sz]|fine-tun|generat"
               r"|predict|strategy"),
        _words("method|training|algorithm|sampling|procedure|implementation"), (0.3, 0.7),
    ),
    Shelf(
        "method.cost",
        _words(r"GPUs?\b|TPU|hours?\b|days on|parameters|FLOPs|memory|training cost|compute|speed-?up|faster|cheaper"),
        _words("training|implementation|efficiency|cost|setup"), (0.4, 0.8),
    ),
    Shelf(
        "experiments.datasets",
        _words(r"data ?sets?\b|corpus|benchmark|images from|sentence pairs|annotated|trained on|evaluated on|test set"),
        _words("data|experiment|setup|training|evaluation"), (0.4, 0.9),
    ),
    Shelf(
        "experiments.results",
        _words(r"achiev|outperform|reach|improv|state[- ]of[- ]the[- ]art|surpass|scores?\b|accura|error|gains?\b"
               r"|better than|wins?\b|results?\b|show(?:s|n)? that|demonstrate|\d+(?:\.\d+)? ?%"),
        _words("result|experiment|evaluation|analysis"), (0.6, 1.0),
    ),
    Shelf(
        "experiments.ablations",
        _words(r"ablat|without\b|removing|reducing|varying|single head|replac|when .* is (?:removed|dropped)"),
        _words("ablation|analysis"), (0.6, 0.95),
    ),
    Shelf(
        "experiments.limitations",
        _words(r"limitation|does not|do not|cannot|drawback|weakness|fall short|not yet|only on"
               r"|remains? (?:a |an |open|unclear|hard)"),
        _words("limitation|discussion"), (0.8, 1.0),
    ),
    Shelf(
        "future_work",
        _words(r"future work|plan to|hope to|next step|could be extended|leave .* to|open question"),
        _words("future|conclusion"), (0.85, 1.0),
    ),
)  # fmt: skip


PROPOSES = next(shelf.cues for shelf in SHELVES if shelf.field == "idea")
"""The words of the sentence that says what a paper does."""


_OF_ITSELF = r"\b(?:we|this (?:paper|work|study|report|article)|the (?:paper|authors))\b(?:,? [a-z]+){0,3}? "
PRESENTS = (
    re.compile(rf"{_OF_ITSELF}(?:propos|introduc|present|develop|releas)", re.IGNORECASE),
    re.compile(
        rf"{_OF_ITSELF}(?:collect|build|construct|curat|creat|design|formulat|stud[yi]|investigat|explor|identif|examin"
        r"|unveil|tackle|argu|devis)",
        re.IGNORECASE,
    ),
)
"""How a paper says of itself what it does, the plainest first: not of what others proposed, nor of noise that is
introduced."""


def speakable(sentence: str) -> bool:
    """A sentence to speak has words, an end, and neither an address nor a formula."""
    words = sentence.split()
    return 4 <= len(words) <= 90 and not re.search(r"https?://|www\.|github\.com|[\\{}=$]", sentence)


def by_cues(document: Document, usable: Sequence[int], tldr: int) -> dict[str, list[int]]:
    """Return each shelf's sentences, the most telling first; every sentence stands on one shelf at most."""
    sentences = document.sentences()
    scores: list[tuple[float, int, str]] = []
    for rank, number in enumerate(usable):
        sentence, section = sentences[number - 1], document.section_of(number)
        position = rank / max(1, len(usable) - 1)
        for shelf in SHELVES:
            score = min(3, len(shelf.cues.findall(sentence))) * 1.0
            score += 1.5 * bool(shelf.sections.search(section))
            score += 0.5 * (shelf.place[0] <= position <= shelf.place[1])
            score += 0.5 * (shelf.field == "experiments.results" and bool(re.search(r"\d", sentence)))
            if score > 1.4:
                scores.append((score, number, shelf.field))
    shelves: dict[str, list[int]] = {shelf.field: [] for shelf in SHELVES}
    placed: set[int] = set()
    for _, number, field in sorted(scores, key=lambda entry: (-entry[0], entry[1])):
        if number not in placed:
            placed.add(number)
            shelves[field].append(number)
    return shelves


def by_order(document: Document, usable: Sequence[int], tldr: int) -> dict[str, list[int]]:
    """Sort an abstract, which has no sections but an order: problem, what is proposed, idea, method, results."""
    sentences = document.sentences()
    shelf = {shelf.field: shelf for shelf in SHELVES}
    shelves: dict[str, list[int]] = {field: [] for field in shelf}
    shelves["motivation"] = [n for n in usable if n < tldr]
    after = [n for n in usable if n > tldr]
    for field in ("experiments.limitations", "future_work"):
        shelves[field] = [n for n in after if shelf[field].cues.search(sentences[n - 1])]
        after = [n for n in after if n not in shelves[field]]
    late = after[max(min(2, len(after) - 1), len(after) // 2) :]
    telling = [n for n in late if shelf["experiments.results"].cues.search(sentences[n - 1])]
    results = next(iter(telling or late[-1:]), len(sentences) + 1)
    before_results = [n for n in after if n < results]
    ideas = (len(before_results) + 2) // 3
    shelves["idea"], shelves["method.pipeline"] = before_results[:ideas], before_results[ideas:]
    shelves["experiments.results"] = [n for n in after if n >= results]
    return shelves
