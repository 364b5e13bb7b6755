"""Whether the figures and names of a text stand in sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from podcast.grounding import names, statements
from podcast.grounding.figures import Figure, hidden, in_digits, read
from podcast.grounding.mentions import COMMON

_SLACK = Decimal("0.05")
"""How far a rounded figure may be from the one it rounds, as a share of what is spoken."""
_NEAR, _UNDER, _OVER = Decimal("0.125"), Decimal("0.25"), Decimal("0.3")
"""How far a rounded fraction in words may be, as a share of it or of what it lacks to the whole, if that is less:
"nearly half" from 43.75 %, "fewer than half" from 37.5 %, "more than half" to 65 %, "about nine in ten" by 5 %."""
_NEARLY = ("nearly", "almost", "just", "up to", "as many as", "close to", "at least", "at most")
_ODD = Decimal("0.025")
"""How far a fraction in words may be from the same rounded to fewer digits: a third from 33 %."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the evidence, read once."""

    text: str
    figures: tuple[tuple[Figure, statements.Said], ...]
    """Each with what is said of it; what is said twice stands once."""
    values: frozenset[Decimal]
    """Of the figures, but for ratios."""
    holders: frozenset[str]
    measured_on: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=4096)
def sentence(text: str) -> Sentence:
    """Return the sentence with its figures, its names, and what it says of the figures."""
    digits = in_digits(text)
    found = read(digits, "en", hidden(digits.text))
    references = frozenset(key for place in names.places(digits.text) for key in place.keys)
    known = names.keys(digits.text)
    if "(" in digits.text:
        known |= names.keys(re.sub(r" ?\([^()]{0,300}\)", "", digits.text))  # d(M)LLMs and asides between two words
    said = statements.say_of(digits.text, found)
    once = {(figure.value, figure.unit, figure.bound, around): (figure, around)
            for figure, around in zip(found, said, strict=True)}  # fmt: skip
    return Sentence(
        digits.text, tuple(once.values()), frozenset(figure.value for figure in found if not figure.ratio),
        frozenset(around.holder for around in said),
        frozenset(around.place for around in said), known, references,
    )  # fmt: skip


def missing(text: str, evidence: Sequence[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield each fact of the text that the evidence lacks, as spoken, and what is wrong with it."""
    digits = in_digits(text, language)
    sentences = [sentence(one) for one in evidence]
    if any(digits.text == one.text for one in sentences):
        return
    known = frozenset[str]().union(*(one.names for one in sentences))
    gone: list[tuple[int, str, str]] = []
    spans: list[tuple[int, int]] = []
    places = frozenset[str]().union(*(one.places for one in sentences))
    for place in names.places(digits.text):
        spans.append((place.start, place.end))
        if not set(place.keys) <= places:
            gone.append((place.start, digits.spoken(place.start, place.end), ""))
    referring = tuple(spans)
    pictures = names.pictures(digits.text) if language == "en" else ()
    for run in names.runs(digits.text):
        if pictures and names.pictured(digits.text, run, pictures):
            continue
        spans += _known_spans(run, known, language, gone, referring)
    found = read(digits, language, tuple(spans))
    said = statements.say_of(digits.text, found) if language == "en" else (statements.Said(),) * len(found)
    judged: dict[tuple[Decimal, str, str, str, bool, bool, statements.Said], str | None] = {}
    told = -1
    for index, (figure, around) in enumerate(zip(found, said, strict=True)):
        if figure.start < told or (figure.talk and not figure.ratio):
            continue
        same = figure.value, figure.unit, figure.bound, figure.word, figure.words, figure.ratio, around
        if same not in judged:
            judged[same] = _wrong(figure, around, sentences)
        wrong = judged[same]
        if figure.ratio:
            if wrong == "" and _side_by_side(found[index : index + 3], sentences):
                continue
            told = figure.end  # its two numbers are said by it
        if wrong is not None:
            rounded = figure.word and wrong.startswith(("is more", "is on"))
            gone.append((figure.start, f"{figure.word} {figure.spoken}" if rounded else figure.spoken, wrong))
    yield from ((fact, wrong) for _, fact, wrong in sorted(gone))


def _known_spans(
    run: tuple[names.Word, ...], known: frozenset[str], language: str, gone: list[tuple[int, str, str]],
    taken: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:  # fmt: skip
    """Return the spans of the run's words that the evidence holds or that are reported; the others may be figures."""
    spans, at = [], 0
    while at < len(run):
        word = run[at]
        common = word.initial and not word.firm and word.text.lower() in COMMON  # "The 7B" is a figure
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
                gone.append((word.start, name, ""))
                spans.append((after.start, after.end))
                at += 1
            continue
        at += 1
        if word.number:
            continue
        if word.firm:
            spans.append((word.start, word.end))
        if names.claims(word, language) and not names.is_known(word.text, known):
            gone.append((word.start, word.text.rstrip(".-"), ""))
    return spans


def _other_version(before: Sequence[names.Word], length: int, number: names.Word, known: frozenset[str]) -> bool:
    """Return whether the evidence has the name with another number only: Llama 2 where the line says Llama 3."""
    name = names.key(" ".join(word.text for word in before[-length:]))
    if before[-length].initial and name in COMMON:
        return False
    return any(key.startswith(name) and key[len(name) : len(name) + 1].isdigit() for key in known)


def _wrong(figure: Figure, around: statements.Said, sentences: Sequence[Sentence]) -> str | None:
    """Return what is wrong with a figure: "" where no sentence holds it, None where one does."""
    worst = ""
    for one in sentences:
        for held, said in one.figures:
            if not _stands(figure, held):
                continue
            against = statements.contradiction(around, said, one.holders, one.measured_on)
            if not against:
                return None
            worst = worst or against
    if not worst and figure.bound:
        percent = figure.unit == "fraction"
        near = [
            (abs((held.value / 100 if percent and held.unit == "%" else held.value) - figure.value), held.spoken)
            for one in sentences
            for held, _ in one.figures
            if _alike(figure.unit, held.unit) or (percent and held.unit == "%")
        ]
        if near:
            distance, closest = min(near)
            if distance < abs(figure.value):
                share = _reach(figure)
                far = distance > abs(figure.value) * share
                return f"{f'is more than {100 * share:.0f} % from' if far else 'is on the other side of'} {closest}"
    return worst


_WAY = {"over": 1, "under": -1}


def _stands(figure: Figure, held: Figure) -> bool:
    """Return whether a spoken figure says what a figure of the evidence says."""
    if figure.bound and held.bound and _WAY.get(figure.bound, 0) * _WAY.get(held.bound, 0) < 0:
        return False
    for value, unit in _readings(figure):
        for other, held_unit in _readings(held):
            if not _alike(unit, held_unit):
                continue
            if _close(value, other, figure.bound, _reach(figure) if unit in ("share", "fraction", "") else _SLACK):
                return True
            if figure.words and unit != "x" and _rounds(other, held, value):
                return True
    return False


def _reach(figure: Figure) -> Decimal:
    """Return how far a rounded figure may be from the one it rounds, as a share of itself."""
    if not figure.words or not 0 < figure.value < 1:
        return _SLACK
    near = figure.bound == "about" or figure.word.lower().startswith(_NEARLY)
    share = _NEAR if near else _OVER if figure.bound == "over" else _UNDER
    return max(_SLACK, share * min(Decimal(1), (1 - figure.value) / figure.value))


def _rounds(other: Decimal, held: Figure, value: Decimal) -> bool:
    """Return whether a figure of the evidence is the fraction rounded to the digits that it has: 33 for a third."""
    exponent = other.as_tuple().exponent
    if held.words or held.unit == "fraction" or not isinstance(exponent, int) or exponent > 0:
        return False
    last = Decimal(1).scaleb(exponent) * (100 if 0 < held.value < 1 and other != held.value else 1)
    return abs(other - value) <= min(last / 2, _ODD * value)


def _side_by_side(ratio: Sequence[Figure], sentences: Sequence[Sentence]) -> bool:
    """Return whether a sentence of the evidence has both numbers of a ratio: nine in ten tasks, of 10 tasks on 9.

    The ratio and the figures after it are given.
    """
    parts = {figure.value for figure in ratio if figure.start < ratio[0].end and not figure.ratio}
    return any(parts <= one.values for one in sentences)


def _close(spoken: Decimal, held: Decimal, bound: str, share: Decimal) -> bool:
    if spoken == held or (spoken == -held and held < 0):
        return True
    slack = abs(spoken) * share
    if bound == "about":
        return abs(spoken - held) <= slack
    if bound == "under":
        return spoken - slack <= held <= spoken
    return bound == "over" and spoken <= held <= spoken + slack


def _readings(figure: Figure) -> Iterator[tuple[Decimal, str]]:
    """Yield the figure's value and unit in every form that means the same."""
    yield figure.value, figure.unit
    if figure.unit == "fraction":
        yield figure.value * 100, "share"
        yield figure.value, ""
        inverse = 1 / figure.value
        if not figure.ratio and inverse == inverse.to_integral_value():
            yield inverse, "x"
    elif figure.unit == "" and 0 < abs(figure.value) < 1:
        yield figure.value * 100, "share"
    elif figure.unit == "x" and 0 < figure.value < 1:
        yield figure.value, "fraction"


def _alike(spoken: str, held: str) -> bool:
    """Return whether two kinds of unit may mean the same: one of them is silent, or they are one."""
    if spoken == held:
        return True
    pair = {spoken, held}
    if "share" in pair:
        return pair == {"share", "%"}
    if "often" in pair:
        return bool(pair & {"", "x", "counted"})
    if pair == {"abs", "points"} or pair == {"abs", "%"}:
        return True
    if "money" in pair or ("compute" in pair and pair != {"compute", "time"}):
        return False
    if pair == {"compute", "time"} or pair == {"x", ""}:
        return spoken != ""
    if "counted" in pair:
        return not pair & {"%", "points", "abs", "x", "fraction", "time"}
    if "ordinal" in pair:
        return not pair & {"%", "points", "abs", "x", "fraction"}
    return "" in pair
