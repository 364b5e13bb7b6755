"""Whether the figures and names of a text stand in sentences."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from podcast.grounding import arithmetic, contexts, meaning, names, naming, statements
from podcast.grounding.figures import Digits, Figure, in_digits, read
from podcast.grounding.findings import Finding
from podcast.grounding.holding import alike, reach, stands
from podcast.grounding.sentences import Held, Sentence, sentence, sums


def findings(text: str, evidence: Sequence[str], language: str = "en") -> tuple[Finding, ...]:
    """Return each fact of the text that the evidence lacks or says otherwise, in order."""
    digits = in_digits(text, language)
    sentences = [sentence(one) for one in evidence]
    if any(digits.text == one.text for one in sentences):
        return ()
    called, spans = naming.unknown(digits, sentences, language)
    found = read(digits, language, tuple(spans))
    figures = tuple(_figures(digits, found, sentences, tuple(evidence), language))
    doubts = meaning.doubts(digits.text, sentences, language)
    refused = [one for one in (*called, *figures) if one.grade == "refused"]
    kept = {one.fact: one for one in (*doubts, *called, *figures)}  # one finding a fact, the gravest
    return tuple(sorted({**kept, **{one.fact: one for one in refused}}.values()))


def _figures(
    digits: Digits, found: Sequence[Figure], sentences: Sequence[Sentence], evidence: tuple[str, ...], language: str
) -> Iterator[Finding]:
    """Yield the figures that do not stand, or not so."""
    english = language == "en"
    said = statements.say_of(digits.text, found) if english else (statements.Said(),) * len(found)
    tied = contexts.bound(digits.text, found) if english else ()
    told = -1
    for index, (figure, around) in enumerate(zip(found, said, strict=True)):
        if figure.start < told or (figure.talk and not figure.ratio):
            continue
        wrong, grade = _wrong(figure, around, sentences)
        if figure.ratio:
            if wrong == "" and _side_by_side(found[index : index + 3], sentences):
                continue
            told = figure.end  # its two numbers are said by it
        if wrong == "":
            clause = _clause(digits.text, figure)
            pool = [held.figure for one in sentences for held in one.figures]
            hit = arithmetic.reckoned(figure, clause, pool, spoken=sums(evidence))
            if hit == "said":
                continue
            if hit:
                wrong, grade = "stands nowhere, though two figures of the evidence may come to it", "doubted"
        if wrong is None and tied and (rival := _rival(figure, tied[index], sentences)):
            wrong, grade = f"may belong to something else: the evidence has {rival} there", "doubted"
        if wrong is not None:
            rounded = figure.word and wrong.startswith(("is more", "is on"))
            yield Finding(figure.start, f"{figure.word} {figure.spoken}" if rounded else figure.spoken, wrong, grade)


def _clause(text: str, figure: Figure) -> str:
    begin = max((text.rfind(sign, 0, figure.start) for sign in ".;!?:"), default=-1)
    stops = [at for sign in ";!?" if (at := text.find(sign, figure.end)) >= 0]
    return text[begin + 1 : min(stops, default=len(text))]


def _wrong(figure: Figure, around: statements.Said, sentences: Sequence[Sentence]) -> tuple[str | None, str]:
    """Return what is wrong with a figure: "" where no sentence holds it, None where one does; and how grave it is."""
    worst = ("", "refused")
    for one in sentences:
        for held in one.figures:
            if not stands(figure, held.figure):
                continue
            against, grade = statements.contradiction(around, held.said, one.holders, one.measured_on)
            if not against:
                return None, ""
            worst = worst if worst[0] else (against, grade)
    if not worst[0] and figure.bound and (closest := _closest(figure, sentences)):
        return closest, "refused"
    return worst


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


def _side_by_side(ratio: Sequence[Figure], sentences: Sequence[Sentence]) -> bool:
    """Return whether a sentence of the evidence has both numbers of a ratio: nine in ten tasks, of 10 tasks on 9.

    The ratio and the figures after it are given.
    """
    parts: frozenset[Decimal] = frozenset(one.value for one in ratio if one.start < ratio[0].end and not one.ratio)
    return any(parts <= one.values for one in sentences)


def _rival(figure: Figure, tied: contexts.Bound, sentences: Sequence[Sentence]) -> str:
    """Return the figure that the evidence has where the line puts another: what the line says of it is said of that.

    Only where words of the line stand beside the other figure and nowhere around the one that is meant.
    """
    everyone = [held for one in sentences for held in one.figures if not held.figure.talk]
    holders = [held for held in everyone if stands(figure, held.figure)]
    rivals = [held for held in everyone if held not in holders and alike(figure.unit, held.figure.unit)]
    best = max((_score(tied, held.bound) for held in holders), default=0)
    about = frozenset[str]().union(*(held.bound.near | held.bound.clause for held in holders))
    for rival in sorted(rivals, key=lambda held: -_score(tied, held.bound)):
        if _score(tied, rival.bound) < best + 2:
            break
        if (tied.near | tied.clause) & rival.bound.near - about:
            return rival.figure.spoken
    return ""


def _score(line: contexts.Bound, evidence: contexts.Bound) -> int:
    """Return how much of what the line binds its figure to stands beside a figure of the evidence."""
    said = line.near | line.clause
    return 2 * len(said & evidence.near) + len(said & evidence.clause - evidence.near)
