"""Whom a paper's sentence means by "we": its authors, people, or anybody."""

import re
from collections.abc import Callable

from podcast.writers.ties import ITSELF

OURS = re.compile(r"\b(?:we|our|ours|us)\b", re.IGNORECASE)
"""What authors call themselves."""

_NEEDS = re.compile(r"\b([Ww])e (need|have to|are (?:most )?interested)(?= )")
_ONE = {
    "need": "needs",
    "have to": "has to",
    "are interested": "is interested",
    "are most interested": "is most interested",
}
_HUMANS = re.compile(r"\b(?:[Aa]s humans, we|[Ww]e humans|[Ww]e, as humans,)(?= )")
_PEOPLE = re.compile(
    r"\b([Ww])e(?= (?:are surrounded|live (?:in|on|with|among)"
    r"|often (?:want|need|have|face|encounter|rely|take|judge|forget)|(?:speak|talk|walk|sleep|breathe|hear|listen)\b"
    r"|(?:see|learn|think|perceive|feel|remember|read|write|move)(?:[,.;]| and (?:hear|feel|think|act)\b)))"
)
_DEED = (
    r"(?: \w+ly| also| then| further| thus)?(?: \w+(?:ed|ize|ise)| (?:ask|argue|build|built|collect|design|develop"
    r"|evaluate|examine|explore|find|found|introduce|investigate|present|propose|release|show|study|train|use))\b"
)
_WE_TOO = re.compile(rf"\bwe\b(?!{_DEED})")
_OUR_TOO = re.compile(
    r"\bour (?!(?:[\w-]+ ){0,3}(?:methods?|approach|framework|system|models?|pipeline|benchmark|algorithm|results?|work"
    r"|findings?|experiments?|paper|study|analysis|code)\b)"
)
_LIVES = (
    (re.compile(r"\bour (?=(?:daily |everyday )?lives\b)"), "people's "),
    (re.compile(r"\bOur (?=(?:daily |everyday )?lives\b)"), "People's "),
    (re.compile(r"\bour (?=(?:planet|society)\b)"), "the "),
)


def of_anybody(text: str) -> str:
    """Return the text with "people" for a "we" that is whoever lives, hears or speaks, with what is theirs, and "one"
    for one that is anybody: who need, or have to. What they cannot or must do may be the authors' alone.

    >>> of_anybody("When we speak, our lips move."), of_anybody("Models guess what we need to know.")
    ('When people speak, their lips move.', 'Models guess what one needs to know.')
    """
    for pattern, words in _LIVES:
        text = pattern.sub(words, text)
    people = _HUMANS.sub(lambda spot: "Humans" if spot[0][0] in "AW" else "humans", text)
    people = _PEOPLE.sub(lambda spot: "People" if spot[1] == "W" else "people", people)
    if people != text:
        people = _WE_TOO.sub("they", people)
        return people if re.search(r"\b[Ww]e\b", people) else _OUR_TOO.sub("their ", people)
    if len(OURS.findall(text)) != 1 or not (spot := _NEEDS.search(text)):
        return text
    one = "One" if spot[1] == "W" else "one"
    return f"{text[: spot.start()]}{one} {_ONE[spot[2]]}{text[spot.end() :]}"


_THIRD = (
    (rf"\bIn this {ITSELF},? ", ""),
    (rf", in this {ITSELF},", ","),
    (rf"^This (?={ITSELF}\b)", "The "),
    (r"\b[Oo]urs\b", "theirs"),
    (r"\bus\b", "them"),
    (r"\bourselves\b", "themselves"),
    (r"\bwe're\b", "they're"),
)


def _named() -> Callable[[re.Match[str]], str]:
    """Return what puts "the authors" for the first "we" or "our" of a sentence, and "they" or "their" after it."""
    before = False

    def third(found: re.Match[str]) -> str:
        nonlocal before
        first, before = not before, True
        owns = found[0].lower() == "our"
        words = ("the authors'" if owns else "the authors") if first else ("their" if owns else "they")
        return words[:1].upper() + words[1:] if found[0][0].isupper() else words

    return third


def third(text: str) -> str:
    """Return the text with the authors in the third person.

    >>> third("We train our model twice, and we test it.")
    'The authors train their model twice, and they test it.'
    """
    for pattern, words in _THIRD:
        text = re.sub(pattern, words, text)
    return re.sub(r"\b(?:[Ww]e|[Oo]ur)\b", _named(), text)
