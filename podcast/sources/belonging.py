"""Is a text this paper's? What a service or a person gives under a paper's name is held to its title and abstract."""

import functools
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from podcast.show.errors import NoText
from podcast.show.schema import Document, Paper

_FEWEST = 12
"""Pairs of words that an abstract must have to be told by them."""
_WHOLE, _BODY = 0.2, 0.08
"""The share of an abstract's pairs of neighbouring words that its paper has at least: in all, and behind the abstract.
Five papers have 0.27 and more even behind it, and none of 176 other abstracts more than 0.14 in all and 0.03 in the
middle; what goes on with an instruction after the abstract has none."""
_WORDS = 0.5
"""The share of a short abstract's words, or of the title's."""
_SAYS_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """abstract also been between each from have into more most only other over paper present propose some such than
        that them then there these they this those through under using very were what when where which while with
        work""",
    )
)


def check(paper: Paper, document: Document) -> None:
    """Raise NoText where the document is not the paper's: its id is another, or it says other things than title and
    abstract do. Where those say too little to tell, it passes."""
    if document.paper_id != paper.id:
        raise NoText(f"the text in the place of {paper.id} calls itself {document.paper_id}", _HINT)
    abstract = _pairs([paper.summary])
    body = [sentence for sentence in document.sentences() if sentence not in paper.summary]
    if len(abstract) >= _FEWEST:
        found = _share(abstract, _pairs(document.sentences()))
        if found < _WHOLE or _share(abstract, _pairs(body)) < _BODY:
            raise NoText(f"the {document.source} text of {paper.id} is not what its abstract tells of", _HINT)
        return
    known = [wanted for text in (paper.title, paper.summary) if (wanted := set(_words(text)))]
    there = {word for sentence in body for word in _words(sentence)}
    if known and max(_share(wanted, there) for wanted in known) < _WORDS:
        raise NoText(f"the {document.source} text of {paper.id} has few words of its title or abstract", _HINT)


_HINT = "it is left; look at what lies there"


def _share(wanted: set[object] | set[str], there: set[object] | set[str]) -> float:
    return len(wanted & there) / len(wanted)


def _pairs(texts: Iterable[str]) -> set[object]:
    """Return the pairs of neighbouring words, not over the end of a clause."""
    clauses = (clause for text in texts for clause in re.split(r"[.!?;:]\s", text))
    return {pair for clause in clauses for pair in pairwise(_words(clause))}


def _words(text: str) -> Iterator[str]:
    """Yield the stems of the words that say something."""
    for word in re.findall(r"[^\W\d_]{4,}", text.casefold()):
        if word not in _SAYS_NOTHING:
            yield _stem(word)


@functools.lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    import snowballstemmer

    return str(snowballstemmer.stemmer("english").stemWord(word))
