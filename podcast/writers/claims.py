"""Claims as a model says them, and the brief that they become."""

from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, create_model

from podcast.show.schema import Brief, Claim, Claims, Dropped, Experiments, Method, Usage
from podcast.writers import Assignment, judging
from podcast.writers.judging import MOST_EVIDENCE
from podcast.writers.prompting import one_line
from podcast.writers.shapes import bounds, many

FIELDS = MappingProxyType({
    "tldr": 1, "task": 1, "motivation": 4, "challenges": 4, "before": 3, "idea": 4, "instance": 1, "terms": 5,
    "method.pipeline": 6, "method.architecture": 6,
    "method.cost": 3, "experiments.datasets": 4, "experiments.metrics": 3, "experiments.baselines": 4,
    "experiments.results": 8, "experiments.ablations": 4, "experiments.limitations": 4, "strengths": 3,
    "weaknesses": 3, "future_work": 3, "implication": 1,
})  # fmt: skip
"""The brief's leaves, and how many claims each takes; prompts/read.md says what they mean."""

T = TypeVar("T", bound=BaseModel)

SAME = "it says again what"
_LEAST_CLAIMS = 3
"""Different claims under which a brief is none to talk about."""
_SINGLE = ("tldr", "task", "instance", "implication")


_MOST_LETTERS = 400
"""Of a claim: two plain sentences."""


class SaidClaim(BaseModel):
    field: Literal[tuple(FIELDS)]  # type: ignore[valid-type]  # mypy wants the names spelled out
    text: Annotated[str, bounds(letters=_MOST_LETTERS)]
    evidence: list[int]


class Reading(BaseModel):
    claims: list[SaidClaim]


class NumberedClaim(SaidClaim):
    number: int


class Mended(BaseModel):
    claims: list[NumberedClaim]


class Choice(BaseModel):
    keep: list[int]


def different(claims: Sequence[SaidClaim]) -> tuple[list[SaidClaim], list[Dropped]]:
    """Return the claims that say something new, and those that say again what one before them says."""
    twins = dict(judging.copies([claim.text for claim in claims]))
    alike = [dropped_for(claims[at], f"{SAME} {claims[of].field} says: {claims[of].text}") for at, of in twins.items()]
    return [claim for at, claim in enumerate(claims) if at not in twins], alike


def lacks(brief: Brief) -> Iterator[str]:
    """Yield what every brief needs and this one has not."""
    if not brief.tldr:
        yield "the brief does not say in one sentence what the paper is (no tldr)"
    if not brief.experiments.results:
        yield "the brief has no result"


def verdict(brief: Brief, alike: Sequence[Dropped], said: int) -> Iterator[str]:
    """Yield what its claims tell of the model, where half of them say the same, or fewer than three are left."""
    different = len(brief.claims())
    if len(alike) < max(3, said / 2) and different >= _LEAST_CLAIMS:
        return
    most = Counter(drop.reason for drop in alike).most_common(1)
    what = f"{most[0][1] + 1} of {said} claims are one sentence" if most else f"{different} of {said} claims stand"
    yield (
        f"the model is too small for reading: {what}; better: a general model of 7 billion parameters or more, or "
        '[writer] name = "extractive"'
    )


def dropped_for(claim: SaidClaim, reason: str) -> Dropped:
    return Dropped(field=claim.field, text=claim.text, evidence=tuple(claim.evidence), reason=reason)


def capped(claims: Sequence[SaidClaim]) -> list[SaidClaim]:
    """Return the first of each field's claims, as many as the field takes."""
    room = dict(FIELDS)
    kept = []
    for claim in claims:
        if room[claim.field]:
            room[claim.field] -= 1
            kept.append(claim)
    return kept


def bounded(whole: type[T], claim: type[BaseModel], sentences: Sequence[int], most: int) -> type[T]:
    """Return the shape with bounds that a server may enforce: the sentences' numbers, and how many there may be."""
    number: Any = Annotated[int, Field(json_schema_extra={"minimum": sentences[0], "maximum": sentences[-1]})]
    evidence = (many(number), bounds(least=1, most=MOST_EVIDENCE))
    bounded = create_model(claim.__name__, __base__=claim, evidence=evidence)
    return create_model(whole.__name__, __base__=whole, claims=(many(bounded), bounds(most=most)))


def most_claims(sentences: int) -> int:
    """Return how many claims a text can carry: some two a sentence, and no more than the brief takes."""
    return min(sum(FIELDS.values()), 2 * sentences + 2)


def brief_of(assignment: Assignment, claims: Sequence[SaidClaim], dropped: Sequence[Dropped], usage: Usage) -> Brief:
    shelves: dict[str, list[Claim]] = {field: [] for field in FIELDS}
    for said in capped(claims):
        evidence = tuple(dict.fromkeys(said.evidence))
        shelves[said.field].append(Claim(text=one_line(said.text), evidence=evidence))

    def under(prefix: str) -> dict[str, Claims]:
        return {
            field.removeprefix(prefix): tuple(found) for field, found in shelves.items() if field.startswith(prefix)
        }

    plain: dict[str, Any] = {
        field: (found[0] if found else None) if field in _SINGLE else tuple(found)
        for field, found in shelves.items()
        if "." not in field
    }
    return Brief(
        paper_id=assignment.paper.id,
        method=Method(**under("method.")),
        experiments=Experiments(**under("experiments.")),
        source=assignment.document.source,
        dropped=tuple(dropped),
        usage=usage,
        **plain,
    )
