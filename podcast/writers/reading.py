"""Reading with a language model: a numbered document becomes a brief whose every claim its sentences carry."""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, create_model

from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Claim, Claims, Dropped, Experiments, Method, Usage
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers import Assignment, judging
from podcast.writers.chat import Ask, Chat, Message, TooLong, size, tokens
from podcast.writers.echoes import told
from podcast.writers.judging import MOST_EVIDENCE
from podcast.writers.packing import parts
from podcast.writers.prompting import fence, language, messages, one_line, prompt
from podcast.writers.shapes import bounds, many

log = logging.getLogger(__name__)

FIELDS = MappingProxyType({
    "tldr": 1, "task": 1, "motivation": 4, "challenges": 4, "idea": 4, "method.pipeline": 6, "method.architecture": 6,
    "method.cost": 3, "experiments.datasets": 4, "experiments.metrics": 3, "experiments.baselines": 4,
    "experiments.results": 8, "experiments.ablations": 4, "experiments.limitations": 4, "strengths": 3,
    "weaknesses": 3, "future_work": 3, "implication": 1,
})  # fmt: skip
"""The brief's leaves, and how many claims each takes; prompts/read.md says what they mean."""

T = TypeVar("T", bound=BaseModel)

_SAME = "it says again what"
_LEAST_CLAIMS = 3
"""Different claims under which a brief is none to talk about."""
_SINGLE = ("tldr", "task", "implication")
_MENDS = 2
"""How often claims that cannot stand go back."""


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


class Reader:
    """Reads for one show."""

    def __init__(self, chat: Chat, settings: WriterSettings, show: ShowSettings) -> None:
        self._chat, self._settings, self._show = chat, settings, show
        self._system = prompt("read", language=language(show.language))

    def asks(self, assignment: Assignment) -> tuple[Ask[Reading], ...]:
        """Return what will be asked: one ask for each part of the document."""
        empty = self._ask(assignment, "", "read 99 of 99")
        room = self._settings.context - self._settings.max_tokens - size(empty)
        if room < 500:
            raise WriterError(
                f"a context of {self._settings.context} tokens has no room for a paper beside answers of "
                f"{self._settings.max_tokens}",
                "raise [writer] context, or lower max_tokens",
            )
        found = parts(assignment.document, room)
        if not found:
            raise WriterError(f"the document of {assignment.paper.id} has no sentences", "lay one beside the list")
        names = ["read"] if len(found) == 1 else [f"read {n} of {len(found)}" for n in range(1, len(found) + 1)]
        return tuple(self._ask(assignment, part, name) for part, name in zip(found, names, strict=True))

    def read(self, assignment: Assignment) -> Brief:
        """Return the brief; what could not be made to stand is listed in it, with the reason, and so is what it lacks.

        Its parts are read side by side; one that cannot be read costs no other. Raises WriterError where nothing of
        the paper could be tied to its sentences.
        """
        asks = self.asks(assignment)
        found = self._parts(assignment, asks)
        usage = sum((part.usage for part in found), Usage())
        stands = [claim for part in found for claim in part.good]
        dropped = [claim for part in found for claim in part.dropped]
        said = len(stands) + len(dropped)
        stands, alike = _different(stands)
        dropped += alike
        if len(asks) > 1 and stands:
            stands, used = self._merge(assignment, stands)
            usage += used
        if not stands:
            lost = next((part.error for part in found if part.error), None)
            if lost:
                raise lost
            why = f": {dropped[0].reason}" if dropped else ""
            raise WriterError(
                f"no claim of {assignment.paper.id} could be tied to its sentences{why}",
                f"look at {assignment.drafts}, and try another model",
            )
        brief = _brief(assignment, stands, dropped, usage)
        wanting = (*(part.wanting for part in found if part.wanting), *_lacks(brief), *_verdict(brief, alike, said))
        for lack in wanting:
            log.warning("%s: %s", assignment.paper.id, lack)
        return brief.model_copy(update={"wanting": wanting})

    def _parts(self, assignment: Assignment, asks: Sequence[Ask[Reading]]) -> "list[_Part]":
        """Return what became of each part, in their order."""
        if len(asks) == 1:
            return [self._part(assignment, asks[0])]

        def one(ask: Ask[Reading]) -> _Part:
            try:
                return self._part(assignment, ask)
            except WriterError as error:
                return _Part(wanting=f"{ask.name} failed, and nothing of {_range(ask)} is known: {error}", error=error)

        with ThreadPoolExecutor(min(len(asks), self._settings.concurrency), "part") as pool:
            found = list(pool.map(one, asks))
        return [
            part if part.good or part.wanting else replace(
                part, wanting=f"{ask.name}: every claim fell, and nothing of {_range(ask)} is known"
            )
            for ask, part in zip(asks, found, strict=True)
        ]  # fmt: skip

    def _ask(self, assignment: Assignment, part: str, name: str) -> Ask[Reading]:
        of = f" This is a part of it ({name}): claim what these sentences say." if name != "read" else ""
        paper = f"Title: {one_line(assignment.paper.title)}\n\n{part}"
        sentences = range(1, len(assignment.document.sentences()) + 1)
        most = _most_claims(len(re.findall(r"^\[\d+\] ", part, re.MULTILINE)))
        shape = _bounded(Reading, SaidClaim, sentences, most)
        return Ask(name, messages(self._system, f"The paper:{of}\n\n{fence(paper)}"), shape, self._settings.max_tokens)

    def _part(self, assignment: Assignment, ask: Ask[Reading]) -> "_Part":
        """Return what a part gives; claims that do not stand go back twice, and what is lost then is only they."""
        try:
            answer = self._chat.ask(ask, assignment.drafts)
        except TooLong:
            return self._halves(assignment, ask)
        shown = judging.shown_in(ask.messages[-1]["content"])
        usage, conversation = answer.usage, (*ask.messages, _said(answer.text))
        good: list[SaidClaim] = []
        wrong: dict[int, tuple[SaidClaim, str]] = {}
        dropped: list[Dropped] = []
        judge = self._judge(assignment, shown, conversation)
        judged = dict(enumerate(map(judge, answer.value.claims), 1))
        for mend in range(_MENDS + 1):
            good += [claim for claim, problem in judged.values() if not problem]
            wrong = {number: (claim, problem) for number, (claim, problem) in judged.items() if problem}
            if not wrong or mend == _MENDS:
                break
            problems = "\n".join(f"{n}. ({c.field}) {one_line(c.text)} — {why}" for n, (c, why) in wrong.items())
            conversation += ({"role": "user", "content": prompt("mend_claims", problems=fence(problems))},)
            shape = _bounded(Mended, NumberedClaim, shown, len(wrong))
            again = Ask(f"{ask.name}, mend {mend + 1}", conversation, shape, self._settings.max_tokens)
            if size(again) + again.max_tokens > self._settings.context:
                break
            try:
                mended = self._chat.ask(again, assignment.drafts)
            except WriterError as error:
                log.warning("%s; the %d claims it was about are left out", error, len(wrong))
                break
            usage, conversation = usage + mended.usage, (*conversation, _said(mended.text))
            said = {claim.number: claim for claim in mended.value.claims if claim.number in wrong}
            dropped += [_dropped(*entry) for number, entry in wrong.items() if number not in said]
            judge = self._judge(assignment, shown, conversation, [problem for _, problem in wrong.values()])
            judged = {number: judge(claim) for number, claim in said.items()}
            wrong = {}
        return _Part(good, [*dropped, *(_dropped(*entry) for entry in wrong.values())], usage)

    def _judge(
        self, assignment: Assignment, shown: Sequence[int], conversation: Sequence[Message], reasons: Sequence[str] = ()
    ) -> Callable[[SaidClaim], tuple[SaidClaim, str]]:
        """Return what puts right in a claim what code can, and tells why it cannot stand, or ""."""
        title, sentences = assignment.paper.title, assignment.document.sentences()
        judge = judging.Judge(title, sentences, shown, told(conversation), self._show.language, reasons)

        def judged(claim: SaidClaim) -> tuple[SaidClaim, str]:
            text, evidence = judge.mended(claim.text, claim.evidence)
            kept = claim.model_copy(update={"text": text, "evidence": evidence})
            return kept, judge.problem(text, evidence)

        return judged

    def _halves(self, assignment: Assignment, ask: Ask[Reading]) -> "_Part":
        """Read a part that the server finds too long, though we did not, in two halves."""
        lines = ask.messages[-1]["content"].split("\n")[5:-1]  # what stands in the fence, without the title
        if len(lines) < 3:
            raise WriterError(
                "the server's context is too small for one sentence of a paper",
                "give the server a larger context, or set [writer] context to what it has",
            )
        log.warning("%s is too long for the server: it is read in halves", ask.name)
        halves = (lines[: len(lines) // 2], "a"), (lines[len(lines) // 2 :], "b")
        first, second = (
            self._part(assignment, self._ask(assignment, "\n".join(half), f"{ask.name}{name}")) for half, name in halves
        )
        return _Part([*first.good, *second.good], [*first.dropped, *second.dropped], first.usage + second.usage)

    def _merge(self, assignment: Assignment, claims: Sequence[SaidClaim]) -> tuple[list[SaidClaim], Usage]:
        """Return those of all parts' claims that make up the brief, in the order they are to be told."""
        notes = [f"{n}. ({c.field}) {one_line(c.text)}" for n, c in enumerate(claims, 1)]
        most = ", ".join(f"{field} {count}" for field, count in FIELDS.items())
        system = prompt("merge", most=most)
        room = self._settings.context - self._settings.max_tokens - tokens(system) - 500
        if sum(tokens(note) + 1 for note in notes) > room:
            half = len(claims) // 2
            parts = [self._merge(assignment, some) for some in (claims[:half], claims[half:])]
            fewer = [claim for chosen, _ in parts for claim in _capped(chosen)]
            used = parts[0][1] + parts[1][1]
            if len(fewer) == len(claims):
                log.warning("%s: %d claims are more than the model can choose from", assignment.paper.id, len(fewer))
                return fewer, used
            chosen, more = self._merge(assignment, fewer)
            return chosen, used + more

        def check(choice: Choice) -> list[str]:
            unknown = [n for n in choice.keep if not 1 <= n <= len(claims)]
            problems = [f"there is no note {unknown[0]}: they are numbered 1 to {len(claims)}"] if unknown else []
            return problems if choice.keep else ["nothing is kept"]

        ask = Ask("merge", messages(system, fence("\n".join(notes))), Choice, self._settings.max_tokens)
        try:
            answer = self._chat.ask(ask, assignment.drafts, check)
        except WriterError as error:
            log.warning("%s; of each field the first claims are taken", error)
            return _capped(claims), Usage()
        kept = [claims[number - 1] for number in dict.fromkeys(answer.value.keep)]
        log.info("%s: %d of %d claims of its parts make up the brief", assignment.paper.id, len(kept), len(claims))
        return kept, answer.usage


@dataclass(frozen=True)
class _Part:
    """What a part of the paper gives."""

    good: Sequence[SaidClaim] = ()
    dropped: Sequence[Dropped] = ()
    usage: Usage = field(default_factory=Usage)
    wanting: str = ""
    """What the brief lacks by it."""
    error: WriterError | None = None


def _range(ask: Ask[Reading]) -> str:
    shown = judging.shown_in(ask.messages[-1]["content"])
    return f"sentences {shown[0]} to {shown[-1]}" if shown else "its sentences"


def _different(claims: Sequence[SaidClaim]) -> tuple[list[SaidClaim], list[Dropped]]:
    """Return the claims that say something new, and those that say again what one before them says."""
    twins = dict(judging.copies([claim.text for claim in claims]))
    alike = [_dropped(claims[at], f"{_SAME} {claims[of].field} says: {claims[of].text}") for at, of in twins.items()]
    return [claim for at, claim in enumerate(claims) if at not in twins], alike


def _lacks(brief: Brief) -> Iterator[str]:
    """Yield what every brief needs and this one has not."""
    if not brief.tldr:
        yield "the brief does not say in one sentence what the paper is (no tldr)"
    if not brief.experiments.results:
        yield "the brief has no result"


def _verdict(brief: Brief, alike: Sequence[Dropped], said: int) -> Iterator[str]:
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


def _said(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _dropped(claim: SaidClaim, reason: str) -> Dropped:
    return Dropped(field=claim.field, text=claim.text, evidence=tuple(claim.evidence), reason=reason)


def _capped(claims: Sequence[SaidClaim]) -> list[SaidClaim]:
    """Return the first of each field's claims, as many as the field takes."""
    room = dict(FIELDS)
    kept = []
    for claim in claims:
        if room[claim.field]:
            room[claim.field] -= 1
            kept.append(claim)
    return kept


def _bounded(whole: type[T], claim: type[BaseModel], sentences: Sequence[int], most: int) -> type[T]:
    """Return the shape with bounds that a server may enforce: the sentences' numbers, and how many there may be."""
    number: Any = Annotated[int, Field(json_schema_extra={"minimum": sentences[0], "maximum": sentences[-1]})]
    evidence = (many(number), bounds(least=1, most=MOST_EVIDENCE))
    bounded = create_model(claim.__name__, __base__=claim, evidence=evidence)
    return create_model(whole.__name__, __base__=whole, claims=(many(bounded), bounds(most=most)))


def _most_claims(sentences: int) -> int:
    """Return how many claims a text can carry: some two a sentence, and no more than the brief takes."""
    return min(sum(FIELDS.values()), 2 * sentences + 2)


def _brief(assignment: Assignment, claims: Sequence[SaidClaim], dropped: Sequence[Dropped], usage: Usage) -> Brief:
    shelves: dict[str, list[Claim]] = {field: [] for field in FIELDS}
    for said in _capped(claims):
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
        dropped=tuple(dropped),
        usage=usage,
        **plain,
    )
