"""How many of how many, and of what: small counts that pass as talk, and counts of another thing.

>>> from podcast.grounding import figures, sentences, utterance
>>> held = [sentences.sentence("Of the sites, 44 were visited by 90 volunteers.")]
>>> for text in ("44 volunteers came.", "90 volunteers came."):
...     [one.wrong for one in counted(utterance.utterance(text, figures(text), held), figures(text))]
['counts another thing: volunteers are 90 in the evidence']
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding import contexts
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.poles import contrary, opposed
from podcast.grounding.segments import NEGATOR, part_at
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.units import COUNTS
from podcast.grounding.utterance import Place, Utterance

_OF = re.compile(
    r"(?<![\d.,$])(\d{1,4})(?: [a-z]{3,12})? (?:of|out of|in) (?:(?:the|these|those|its|our|all|every"
    r"|a total of) )?(\d{1,4})"
    r"(?![\d,.]\d|\d| ?(?:%|percent|points?|-| (?:of|languages)))"
)
"""A part and its whole, in digits."""
_COUNT = re.compile(
    r"(?<![\w.,$-])(?<!the )(?<!other )(?<!first )(?<!last )(?<!of )(\d{1,4}) (?:[a-z-]+ )?([a-z]{4,20}s)(?!\w)"
)


def counted(said: Utterance, found: Sequence[Figure]) -> Iterator[Finding]:
    """Yield the counts of a line that its evidence counts otherwise; `found` are its figures, talk and all."""
    yield from _parts(said.text, said.sentences)
    yield from _small(said.text, found, said.sentences)
    yield from _others(said)
    yield from _of_what(said)
    yield from _for_the_part(said)


def _parts(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    held = [match for one in sentences for match in _OF.finditer(one.text)]
    pairs = {(int(match[1]), int(match[2])) for match in held}
    for match in _OF.finditer(text):
        part, whole = int(match[1]), int(match[2])
        rest = (whole - part, whole) in pairs and _of_the_rest(text, sentences)
        if not part < whole or (part, whole) in pairs or rest:
            continue
        same = [other for other in held if int(other[2]) == whole] or [other for other in held if int(other[1]) == part]
        values = frozenset().union(*(one.values for one in sentences))
        if same and not (int(same[0][2]) == whole and part in values):
            yield Finding(match.start(), match[0], f"is {same[0][0]} in the evidence", "doubted")


_AMONG = re.compile(r"(?<!\w)(?:of|among|from|all) (?:the |all |these |those )?$", re.IGNORECASE)


def _for_the_part(said: Utterance) -> Iterator[Finding]:
    """Yield a whole of which a line says what the evidence says of a part: it failed in 50 runs, of 3 of 50."""
    for figure, places in zip(said.figures, said.places, strict=True):
        part = part_at(said.parts, figure)
        if part is None or not places or _AMONG.search(said.text, 0, figure.start):
            continue
        wholes = [_whole_of(place) for place in places]
        words = part.words - contexts.content(said.text[figure.end : part.end].strip().partition(" ")[0])
        told = [match for match in wholes if match and not re.search(rf"(?<!\d){match[1]}(?!\d)", said.text)]
        if words and len(told) == len(places) and all(words <= place.part.words for place in places):
            wrong = f"is the whole of {told[0][0]!r} in the evidence"
            yield Finding(figure.start, figure.spoken, wrong, "doubted", True)


def _whole_of(place: Place) -> re.Match[str] | None:
    """Return where the evidence has a figure as the whole of a part; None where it has it otherwise."""
    at = place.held.figure.start
    return next((match for match in _OF.finditer(place.one.text) if match.start(2) == at), None)


def _of_the_rest(text: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether a line speaks of the other part of a whole: two of eleven where it fails, of nine that it wins."""
    said = frozenset[str]().union(*(contexts.content(one.text) for one in sentences))
    odd = len(NEGATOR.findall(text)) % 2
    turned = any(len(NEGATOR.findall(one.text)) % 2 != odd for one in sentences) if odd else False
    turned = turned or any(not contexts.content(one[0]) & said for one in _OTHERS.finditer(text))
    return bool(turned) or any(opposed(text, one.text) or contrary(text, one.text) for one in sentences)


_OTHERS = re.compile(
    r"(?<!\w)(?:others?|rest|remain\w*|left|fail\w*|miss\w*|los[et]\w*|worse|under\w+|behind|trail\w*|except|wrong\w*"
    r"|hurt\w*|lower|reject\w*|refus\w*|un\w{4,}|harder|below|holds?|keeps?|stay\w*)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_SHARE_OF = re.compile(r"(?: ?%| percent)? of (?:the |all |these |its )?((?:[a-z'-]+ )?[a-z-]{3,})")


def _of_what(said: Utterance) -> Iterator[Finding]:
    """Yield shares of one thing that are of another in the evidence, which has a share of the one too."""
    for figure, places in zip(said.figures, said.places, strict=True):
        mine = _shared(said.text, figure)
        held = [_shared(place.one.text, place.held.figure) for place in places]
        if not mine or not held or not all(held) or any(mine & theirs for theirs in held):
            continue
        others = [_shared(place.one.text, other.figure) for place in places for other in place.one.figures
                  if other is not place.held]  # fmt: skip
        if any(mine & other for other in others):
            yield Finding(figure.start, figure.spoken, f"is of {min(held[0])!r} in the evidence, not of {min(mine)!r}",
                          "doubted", True)  # fmt: skip


def _shared(text: str, figure: Figure) -> frozenset[str]:
    """Return the stems of what a figure is a share of."""
    match = _SHARE_OF.match(text, figure.end) if figure.unit in ("%", "fraction") else None
    return contexts.content(match[1]) if match else frozenset()


def _small(text: str, found: Sequence[Figure], sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield small counts in words, which are read as talk where nothing else counts the same."""
    values = frozenset().union(*(one.values for one in sentences))
    for figure in found:
        if not figure.talk or figure.ratio or figure.value not in (2, 3):
            continue
        match = _COUNT.match(text, figure.start)
        if not match:
            continue
        noun = contexts.stem(match[2])
        rivals = [held for one in sentences for held in one.figures if held.bound.noun == noun]
        turned = all({rival.figure.bound, figure.bound} == {"over", "under"} for rival in rivals)
        if rivals and turned and not NEGATOR.search(text):
            wrong = f"are {rivals[0].figure.word} {rivals[0].figure.spoken} in the evidence"
            yield Finding(figure.start, f"{figure.word} {figure.spoken} {match[2]}", wrong, "doubted", True)
        if figure.value in values:
            continue
        if rivals and all(rival.figure.value < 10 and rival.figure.value != 1 for rival in rivals):
            yield Finding(figure.start, f"{figure.spoken} {match[2]}", f"are {rivals[0].figure.spoken} in the evidence",
                          "doubted", True)  # fmt: skip


def _others(said: Utterance) -> Iterator[Finding]:
    text, everything = said.text, [held for one in said.sentences for held in one.figures if not held.figure.ratio]
    for figure, places in zip(said.figures, said.places, strict=True):
        noun = contexts.noun(text, figure.end)
        kind = noun or figure.unit not in ("", "counted")
        if figure.ratio or figure.unit not in COUNTS - {"parameter"} or not kind:
            continue
        holders = [place.held for place in places]
        if not holders or any(_same(figure, noun, held) for held in holders):
            continue
        open_to = any(not held.bound.noun and held.figure.unit in ("", "counted") for held in holders)
        if open_to and figure.unit in ("", "counted"):
            continue  # nobody says what it counts
        told = {other.value for other in said.figures if contexts.noun(text, other.end) in ("", noun)}
        rivals = [held for held in everything
                  if _same(figure, noun, held) and held not in holders and held.figure.value not in told]  # fmt: skip
        if rivals and min(rivals[0].figure.value, figure.value) * 1000 > max(rivals[0].figure.value, figure.value):
            word = (text[figure.end :].split() or ["they"])[0].strip(".,;:-")
            wrong = f"counts another thing: {word} are {rivals[0].figure.spoken} in the evidence"
            yield Finding(figure.start, figure.spoken, wrong, "doubted", True)


def _same(figure: Figure, noun: str, held: Held) -> bool:
    """Return whether two figures count the same, by their nouns or their kinds."""
    if noun and held.bound.noun:
        return noun == held.bound.noun
    return figure.unit == held.figure.unit not in ("", "counted")
