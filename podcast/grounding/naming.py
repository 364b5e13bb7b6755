"""Whether the names of a text stand in sentences, and where they are.

>>> from podcast.grounding.digits import in_digits
>>> from podcast.grounding.sentences import sentence
>>> [one.fact for one in unknown(in_digits("Llama 3"), [sentence("We train Llama 2.")], "en")[0]]
['Llama 3']
>>> unknown(in_digits("On cifar 10"), [sentence("On CIFAR-10.")], "en")[0]
[]
"""

from collections.abc import Sequence

from podcast.grounding import names
from podcast.grounding.digits import Digits
from podcast.grounding.finding import Finding
from podcast.grounding.mentions import COMMON
from podcast.grounding.sentences import Sentence

Spans = list[tuple[int, int]]


def unknown(digits: Digits, sentences: Sequence[Sentence], language: str) -> tuple[list[Finding], Spans]:
    """Return the names and references that no sentence holds, and the spans of a text that are no figures."""
    text = digits.text
    known = frozenset[str]().union(*(one.names for one in sentences))
    places = frozenset[str]().union(*(one.places for one in sentences))
    people = frozenset[str]().union(*(one.people for one in sentences))
    gone: list[Finding] = []
    spans: Spans = names.slashed(text)
    for place in names.places(text):
        spans.append((place.start, place.end))
        if not set(place.keys) <= places:
            gone.append(Finding(place.start, digits.spoken(place.start, place.end), ""))
    referring = tuple(spans)
    gone += _other_months(text, sentences) if language == "en" else ()
    pictures = names.pictures(text) if language == "en" else ()
    for run in names.runs(text):
        if pictures and names.pictured(text, run, pictures):
            continue
        if other := _somebody_else(run, known, people):
            gone.append(Finding(run[0].start, other, ""))
            continue
        spans += _known_spans(run, known, language, gone, referring)
    return gone, spans


def _other_months(text: str, sentences: Sequence[Sentence]) -> list[Finding]:
    """Return the months of which the evidence has the year with another month only."""
    held = frozenset[str]().union(*(names.months(one.text) for one in sentences))
    return [
        Finding(match.start(), match[0], "is another month in the evidence", "doubted")
        for match in names.MONTH.finditer(text)
        if not names.months(match[0]) <= held and any(one.endswith(match["year"]) for one in held)
    ]


def _somebody_else(run: Sequence[names.Word], known: frozenset[str], people: frozenset[str]) -> str:
    """Return a whole name of which a person in the evidence has a part only: Yang Song for Guanglu Song."""
    plain = [word for word in run if not word.firm and not word.number]
    if not people or len(run) != 2 or len(plain) != 2 or run[0].text.lower() in COMMON or len(run[1].text) < 2:
        return ""  # Tomorrow I'd
    whole, last = names.key(f"{run[0].text} {run[1].text}"), names.key(run[1].text)
    if whole in known or not any(person.endswith(last) for person in people):
        return ""
    return f"{run[0].text} {run[1].text}"


def _known_spans(
    run: tuple[names.Word, ...], known: frozenset[str], language: str, gone: list[Finding],
    taken: Sequence[tuple[int, int]],
) -> Spans:  # fmt: skip
    """Return the spans of the run's words that the evidence holds or that are reported; the others may be figures."""
    spans: Spans = []
    at = 0
    while at < len(run):
        word = run[at]
        common = word.initial and not word.firm and word.text.lower() in COMMON  # "The 7B" and "From 56" are figures
        if common or any(start < word.end and word.start < end for start, end in taken):
            at += 1
            continue
        length = 0
        for end in range(len(run), at, -1):
            if not word.number and names.key(" ".join(one.text for one in run[at:end])) in known:
                length = end - at
                break
        if length:
            spans.append((word.start, run[at + length - 1].end))
            at += length
            after = run[at] if at < len(run) else None
            if after and after.number and _other_version(run[:at], length, after, known):
                name = " ".join(one.text for one in (*run[at - length : at], after))
                gone.append(Finding(word.start, name, ""))
                spans.append((after.start, after.end))
                at += 1
            continue
        at += 1
        if word.number:
            continue
        if word.firm:
            spans.append((word.start, word.end))
        if names.claims(word, language) and not names.is_known(word.text, known):
            after = run[at] if at < len(run) else None
            if after and after.number and names.family(word.text, known):
                continue  # of a family the evidence has another member: the number is judged
            gone.append(Finding(word.start, word.text.rstrip(".-"), ""))
    return spans


def _other_version(before: Sequence[names.Word], length: int, number: names.Word, known: frozenset[str]) -> bool:
    """Return whether the evidence has the name with another number only: Llama 2 where the line says Llama 3."""
    name = names.key(" ".join(word.text for word in before[-length:]))
    if f"{name}{number.text}.0" in known:
        return False  # Apache two, of Apache 2.0
    return any(key.startswith(name) and key[len(name) : len(name) + 1].isdigit() for key in known)
