"""Whether the figures and names of a text stand in sentences.

>>> [one.fact for one in findings("It gains 9 points on ImageNet.", ["It gains 8 points on CIFAR-10."])]
['9', 'ImageNet']
>>> [one.wrong for one in findings("It drops by 8 points.", ["It rises by 8 points."]) if one.figure]
['goes the other way in the evidence']
>>> findings("It gains about eight points.", ["It gains 7.9 points."])
()
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from podcast.grounding import (
    arithmetic,
    attributions,
    bounds,
    conditions,
    contexts,
    contrasts,
    counting,
    covariation,
    foreign,
    growth,
    meaning,
    naming,
    orders,
    pending,
    quantifiers,
    ranking,
    rivals,
    roughly,
    sequences,
    sides,
    standings,
    statements,
    universals,
)
from podcast.grounding.digits import Digits, in_digits
from podcast.grounding.figure import Figure, read
from podcast.grounding.finding import Finding, Grade
from podcast.grounding.holding import alike, reach, stands
from podcast.grounding.known import Known
from podcast.grounding.poles import contrary, opposed
from podcast.grounding.segments import LONGEST, NEGATOR, part_at, parts_of
from podcast.grounding.sentences import Sentence, sentence, sums
from podcast.grounding.stance import advised, untold
from podcast.grounding.units import COUNTS
from podcast.grounding.utterance import utterance
from podcast.grounding.values import whole
from podcast.grounding.ways import ways

_AROUND = 240
"""Characters of a clause on either side of a figure that are read."""


_MANNERS = re.compile(
    r"(?<![\w.])(?:(\d+) out of \1(?!\d)|\d{1,2} out of 10(?= (?:sure|certain|happy|convinced|for)(?!\w))"
    r"|(?:100|110) percent(?= (?:my|sure|certain|agree\w*|with you|convinced|on board|honest)(?!\w))"
    r"|on a scale (?:from|of) \d{1,2} to \d{1,3}|(?:give|allow) me \d{1,2} (?:seconds?|minutes?))(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
"""Manners of speaking that count nothing."""
_SCALE = re.compile(r"(?:on )?(?:an? |the )?scale (?:of|from) \d|\d-point (?:\w+ )?scale", re.IGNORECASE)
"""A scale, which is no manner of speaking where the evidence has one."""


def findings(
    text: str, evidence: Sequence[str], language: str = "en", known: Known | None = None, before: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """Return each fact of the text that the evidence lacks or says otherwise, in order.

    `known` is what may be said of the entry, `before` the lines just before, whose figures may be taken up.
    """
    english = language == "en"
    digits = in_digits(text, language)
    carried = [sentence(one, language) for one in evidence]
    if text in evidence or any(digits.text == one.text for one in carried):
        return ()
    entry = known.sentences() if known else ()
    echoed = [sentence(in_digits(one, language).text) for one in before if one]
    everything = [*carried, *entry, *echoed]
    called, spans = naming.unknown(digits, everything, language)
    spans += known.spans(digits.text) if known else ()
    scaled = not text.rstrip().endswith("?") and any(_SCALE.search(one.text) for one in carried)
    spans += [match.span() for match in _MANNERS.finditer(digits.text) if not (scaled and _SCALE.match(match[0]))]
    found = [one for one in read(digits, language, tuple(spans)) if not (known and known.counts(one, digits.text))]
    figures = tuple(_figures(digits, found, everything, tuple(evidence), language))
    doubts = _doubts(digits.text, found, carried, entry) if english else foreign.doubts(digits.text, found, carried,
                                                                                        language)  # fmt: skip
    everything_found = (*doubts, *called, *figures)
    kept = {one.fact: one for one in everything_found}
    graver = {one.fact: one for one in everything_found if one.grade == "refused"}
    return tuple(sorted((kept | graver).values()))


_OTHER_WAY = "goes the other way in the evidence"


def _doubts(
    text: str, found: Sequence[Figure], sentences: Sequence[Sentence], entry: Sequence[Sentence]
) -> Iterator[Finding]:
    """Yield what an English text likely turns; a question claims nothing."""
    if not sentences or text.rstrip().endswith("?"):
        return
    short = [one for one in sentences if len(one.text) <= LONGEST] if len(text) <= LONGEST else []
    together = covariation.agrees(text, short)  # opposites are then another way to say it
    yield from (one for one in meaning.doubts(text, sentences, entry) if not (together and one.wrong == _OTHER_WAY))
    if len(text) > LONGEST:
        return
    yield from attributions.attributions(text, short)
    yield from sequences.sequences(text, short)
    yield from standings.standings(text, short)
    yield from covariation.covariation(text, short)
    said = utterance(text, found, sentences)
    yield from contrasts.contrasts(said, opposites=not together)
    yield from conditions.conditions(said)
    yield from counting.counted(said, found)
    yield from sides.sides(said)
    yield from quantifiers.quantified(said)
    yield from ranking.ranked(said)
    yield from pending.pending(said)


def _figures(
    digits: Digits, found: Sequence[Figure], sentences: Sequence[Sentence], evidence: tuple[str, ...], language: str
) -> Iterator[Finding]:
    """Yield the figures that do not stand, or not so."""
    said = statements.say_of(digits.text, found) if language == "en" else (statements.Said(),) * len(found)
    tied = contexts.bound(digits.text, found, line=True)
    held = [held.figure for one in sentences for held in one.figures]
    told = -1
    pairs = list(zip(found, tied, strict=True)) if len(found) <= contexts.MOST else []
    judged: dict[tuple[object, ...], tuple[str | None, Grade]] = {}
    for index, (figure, around) in enumerate(zip(found, said, strict=True)):
        if figure.start < told or (figure.talk and not figure.ratio):
            continue
        clause, before = _clause(digits.text, figure)
        same = replace(figure, start=0, end=0), around, tied[index], clause, before
        if same not in judged:
            judged[same] = _judged(
                figure, around, tied[index], clause, before, sentences, held, evidence, language,
                [one for at, one in enumerate(pairs) if at != index],
            )  # fmt: skip
        wrong, grade = judged[same]
        if wrong == "" and roughly.in_range(digits.text, found, index, held):
            continue
        if figure.ratio:
            if wrong == "" and _side_by_side(found[index : index + 3], sentences):
                continue
            told = figure.end  # its two numbers are said by it
        if wrong is not None:
            rounded = figure.word and wrong.startswith(("is more", "is on"))
            yield Finding(
                figure.start, f"{figure.word} {figure.spoken}" if rounded else figure.spoken, wrong, grade, True
            )


def _passing(figure: Figure, clause: str) -> bool:
    """Return whether a figure that stands nowhere may be the speaker's: a bare small number in words, years ago."""
    bare = (
        figure.unit == ""
        and 0 <= figure.value <= _SMALL
        and whole(figure.value)
        and not any(sign.isdigit() for sign in figure.spoken)
    )
    return (bare and not figure.ratio) or (figure.unit == "time" and bool(re.search(r"(?<!\w)ago(?!\w)", clause)))


_NUMBERED = re.compile(r"0\d{1,8}")
_INDEXED = re.compile(r"[\u0391-\u03c9]$")
_SMALL = 12
"""The largest number in words that hosts say of nothing in particular."""
_ARRIVED = re.compile(r"(?<!\w)to (?:(?:an?|about|just|only|nearly|almost|over) ){0,2}$")
_SELF = re.compile(r"(?<!\w)(?:I|I'd|I'm|I'll|I've|me|my|mine)(?!\w)")
"""Where a speaker speaks of themselves: a figure may be theirs."""


def _judged(
    figure: Figure, around: statements.Said, tied: contexts.Bound, clause: str, before: str,
    sentences: Sequence[Sentence], held: Sequence[Figure], evidence: tuple[str, ...], language: str,
    beside: Sequence[rivals.Beside],
) -> tuple[str | None, Grade]:  # fmt: skip
    """Return what is wrong with a figure, None for nothing, and how grave it is."""
    english = language == "en"
    if untold(clause):
        figure = replace(figure, bound="", word="")  # beyond so many we don't know
    wrong, grade = _wrong(figure, around, sentences)
    if figure.bound in bounds.TURNED and bounds.denied(before, figure.word):
        turned = replace(figure, bound=bounds.TURNED[figure.bound], word="")  # never over so many, of under so many
        if _wrong(turned, around, sentences)[0] is None:
            wrong = None
        elif wrong is None and not any(
            bounds.denied(one.text[: held.figure.start], held.figure.word)
            for one in sentences for held in one.figures if stands(figure, held.figure)
        ):  # fmt: skip
            return "is on the other side in the evidence", "doubted"
    if wrong is None:
        if _whole(figure, clause, sentences):
            return None, grade
        rival = rivals.rival(figure, around, tied, sentences, beside)
        return (rival, "doubted") if rival else (None, grade)
    if wrong.startswith("is on the other side") and _beyond(figure, clause, sentences):
        return None, grade
    if wrong == "" and (advised(clause) or (english and (_of_mine(figure, before) or _MY.match(clause, len(before))))):
        return None, grade
    if wrong == "" and _grows(figure, beside, sentences):
        return None, grade
    if wrong == "" and (likely := orders.comes_to(figure, sentences)):
        return (None, grade) if likely == "said" else ("stands nowhere, though the evidence may come to it", "doubted")
    if wrong == "" and _often(figure, clause, before):
        counted, _ = _wrong(replace(figure, unit="often"), around, sentences)
        if counted is None:
            return None, grade
    if wrong == "" and _listed(figure, tied, sentences[: len(evidence)]):
        return None, grade
    if (
        wrong == ""
        and _NUMBERED.fullmatch(figure.spoken)
        and any(re.search(rf"(?<!\d){figure.spoken}(?!\d)", one.text) for one in sentences)
    ):
        return None, grade  # 0314, a name's number
    if wrong == "" and _INDEXED.search(before) and _as_index(figure.spoken, sentences):
        return None, grade  # π0.5, a name
    if figure.value == 1 and any("single" in one.text for one in sentences):
        return None, grade
    if wrong == "" or wrong.startswith(("is more than", "is on the other side of ")):
        hit = arithmetic.reckoned(
            figure,
            clause,
            held,
            spoken=sums(evidence, language),
            bound=lambda part: wrong == "" and _of_the_same(part, around, tied, clause, sentences),
            level=bool(around.role == "level" or _ARRIVED.search(before)),
        )
        if hit == "said":
            return None, grade
        if hit and not english:
            return None, grade
        if hit:
            return "stands nowhere, though two figures of the evidence may come to it", "doubted"
    if wrong == "" and held and arithmetic.announced(clause):
        return "stands nowhere, and no two figures of the evidence come to it", "doubted"
    if wrong.startswith("is more than") and (roughly.near_whole(figure, held) or roughly.within(figure, held)):
        return wrong, "doubted"
    behind = wrong == "" and any(rank.unit == "ordinal" and rank.value == figure.value + 1 for rank in held)
    theirs = (
        behind
        or (wrong == "" and roughly.rounded(figure, held, english))
        or around.denied
        or _SELF.search(clause)
        or (english and _passing(figure, clause))
    )
    return wrong, "doubted" if theirs and not (wrong and figure.unit != "time") else grade


def _beyond(figure: Figure, clause: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether a figure is where a sentence turns, and the clause tells how it goes on: beyond so many it fails,
    of what works up to there."""
    said = contexts.content(clause)
    for one in sentences:
        for held in (held.figure for held in one.figures):
            if bounds.TURNED.get(figure.bound) == held.bound and bounds.turns_at(one.text, held.end):
                before, after = _clause(one.text, held)[1], one.text[held.end :]
                plain = not NEGATOR.search(clause) and not _HARDLY.search(clause)
                up_to, on = contexts.content(before) - contexts.content(after), contexts.content(after)
                alike_ways = ways(clause).items() & ways(before).items()
                same = alike_ways or opposed(clause, after) or len(said & up_to) > len(said & on)
                if not (plain and same):
                    return stands(replace(figure, bound="", word=""), replace(held, bound="", word=""))
    return False


_HARDLY = re.compile(r"(?<!\w)(?:hardly|barely|scarcely|no longer|less|little|stops?|ends?)(?!\w)", re.IGNORECASE)


def _as_index(spoken: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether the figure is the index of a Greek letter there, in signs or as TeX has it."""
    index = re.compile(rf"[_\u0391-\u03c9]\{{?{re.escape(spoken)}(?!\d)")
    return any(index.search(one.text) for one in sentences)


def _of_mine(figure: Figure, before: str) -> bool:
    """Return whether a figure is what a speaker says of themselves, and of nothing else: I had three coffees."""
    return figure.unit not in ("%", "points", "x") and bool(_MINE.search(before))


_MINE = re.compile(
    r"(?<!\w)(?:I|I'd|I've|I'm|I'll)(?!\w)(?:(?!(?<!\w)(?:it|they|its|their|that|the|this|these|think|guess|say)(?!\w))[^.,;:!?])*$"
)


_MY = re.compile(r"[\w-]+ of my(?!\w)")
"""A part of what is the speaker's: half of my friends."""


def _often(figure: Figure, clause: str, before: str) -> bool:
    """Return whether so many times is how often something happened: it ends a clause that says no way to go."""
    after = clause[len(before) + figure.end - figure.start :]
    return figure.unit == "x" and bool(_TIMES.match(after)) and not ways(before) and not _AS_MUCH.search(before)


_TIMES = re.compile(r" times(?=[.,;!?]|$)")
_AS_MUCH = re.compile(r"(?<!\w)(?:by|to|of|is|are|was|were|it's|that's)(?: [a-z]+){0,2} $", re.IGNORECASE)


def _grows(figure: Figure, beside: Sequence[rivals.Beside], sentences: Sequence[Sentence]) -> bool:
    """Return whether a multiple goes with another of the line as the evidence says that things grow."""
    others = [other.value for other, _ in beside if other.unit in _MULTIPLES]
    return figure.unit in _MULTIPLES and any(growth.follows(figure.value, others, one.text) for one in sentences)


_MULTIPLES = frozenset({"x", "often"})


def _listed(figure: Figure, tied: contexts.Bound, sentences: Sequence[Sentence]) -> bool:
    """Return whether a figure counts what a sentence lists: four models, of which it names four."""
    counts = figure.unit in COUNTS and not figure.bound and (tied.noun or figure.unit not in ("", "parameter"))
    return bool(counts) and universals.as_many(figure.value, sentences)


def _of_the_same(
    part: Figure, around: statements.Said, tied: contexts.Bound, clause: str, sentences: Sequence[Sentence]
) -> bool:
    """Return whether the line says of a figure what the evidence says of `part`, with a verb of its own.

    What is left of something that was cut by `part` is of the same without more.
    """
    for one in sentences:
        for held in one.figures:
            if held.figure is part:
                if around.role in ("share", "kept") and held.said.role in ("cut", "gone"):
                    return True
                part_of = part_at(parts_of(one), part)
                if part_of and contrary(clause, part_of.text):
                    return True
                if part_of and _ARE_NOT.search(part_of.text) and not around.denied and not around.doubtful:
                    return True  # 38 % do not exist, so the others do
                said = tied.near & contexts.content(one.text)
                new = {word for word in tied.near - contexts.content(one.text) if word[0] not in "#=~"}
                return bool(said and new and said <= held.bound.all | held.bound.clause)
    return False


_ARE_NOT = re.compile(r"n't(?!\w)|(?<!\w)not(?! only)(?!\w)")


def _clause(text: str, figure: Figure) -> tuple[str, str]:
    """Return the clause that a figure is in, and what of it stands before the figure."""
    first, last = max(0, figure.start - _AROUND), figure.end + _AROUND
    begin = max((text.rfind(sign, first, figure.start) for sign in ".;!?:"), default=-1)
    stops = [at for sign in ";!?" if (at := text.find(sign, figure.end, last)) >= 0]
    begin = max(begin + 1, first)
    return text[begin : min(stops, default=last)], text[begin : figure.start]


def _wrong(figure: Figure, around: statements.Said, sentences: Sequence[Sentence]) -> tuple[str | None, Grade]:
    """Return what is wrong with a figure: "" where no sentence holds it, None where one does; and how grave it is."""
    worst: tuple[str, Grade] = ("", "refused")
    for one in sentences:
        for held in one.figures:
            if not stands(figure, held.figure):
                continue
            against, grade = statements.contradiction(around, held.said, one.holders, one.measured_on)
            if not against and _halved(figure, held.figure):
                against, grade = f"is {held.figure.spoken!r} in the evidence", "doubted"
            if not against and (figure.unit, held.figure.unit) == ("compute", "time") and not _on_cards(sentences):
                against, grade = "is a time in the evidence, and of no GPU", "doubted"
            if not against:
                return None, "refused"
            worst = worst if worst[0] else (against, grade)
    if not worst[0] and figure.bound and (closest := _closest(figure, sentences)):
        return closest, "refused"
    return worst


_CARDS = re.compile(
    r"(?<![A-Za-z])(?:[GT]PU(?:v\d)?|[AHVBP]\d00|RTX|GTX|GeForce|TITAN|Tesla|L40S?|[LT]4|A10G?|A[456]0{1,3}|H20"
    r"|GB?H?200|MI\d{3}[AX]?|Gaudi|Trainium|accelerator|card|chip)s?(?![A-Za-z])"
    r"|(?<![\w.,])[345]0[6-9]0s?(?! ?[a-z%])(?![\w,]|\.\d)"
)
"""Chips, by kind or by name; a bare 4090 is one where no word follows that it counts."""


def _on_cards(sentences: Sequence[Sentence]) -> bool:
    return any(_CARDS.search(one.text) for one in sentences)


def _halved(figure: Figure, held: Figure) -> bool:
    """Return whether one is halved and the other doubled: both are a factor of two, and it is not the same."""
    doubles = [one.spoken.lower().startswith(("doubl", "tripl", "quadrupl")) for one in (figure, held)]
    return doubles[0] != doubles[1] and (held if doubles[0] else figure).unit == "fraction"


def _closest(figure: Figure, sentences: Sequence[Sentence]) -> str:
    """Return how far a rounded figure is from the closest one of its kind; "" where there is none near."""
    percent = figure.unit == "fraction"
    near = [
        (abs((held.figure.value / 100 if percent and held.figure.unit == "%" else held.figure.value) - figure.value),
         held.figure.spoken)
        for one in sentences for held in one.figures
        if alike(figure.unit, held.figure.unit) or (percent and held.figure.unit == "%")
    ]  # fmt: skip
    if not near or min(near)[0] >= abs(figure.value):
        return ""
    distance, closest = min(near)
    share = reach(figure)
    far = distance > abs(figure.value) * share
    return f"{f'is more than {100 * share:.0f} % from' if far else 'is on the other side of'} {closest}"


_OF = re.compile(r"(\d{1,4}) (?:of|out of|in) (?:the |these |its )?(\d{1,4})(?![\d.,]\d)")
"""A part of a whole, in digits."""


def _whole(figure: Figure, clause: str, sentences: Sequence[Sentence]) -> bool:
    """Return whether the figure is the whole of a part, in the line and in the evidence: of 19."""
    value = f"{figure.value:f}"
    parts = {Decimal(match[1]) for match in _OF.finditer(clause) if match[2] == value}
    return any(parts & one.values or any(match[2] == value for match in _OF.finditer(one.text)) for one in sentences
               if parts)  # fmt: skip


def _side_by_side(ratio: Sequence[Figure], sentences: Sequence[Sentence]) -> bool:
    """Return whether a sentence of the evidence has both numbers of a ratio: nine in ten tasks, of 10 tasks on 9.

    The ratio and the figures after it are given.
    """
    parts: frozenset[Decimal] = frozenset(one.value for one in ratio if one.start < ratio[0].end and not one.ratio)
    return any(parts <= one.values for one in sentences)
