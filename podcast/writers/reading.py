"""Reading with a language model: a numbered document becomes a brief whose every claim its sentences carry."""

import logging
import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, create_model

from podcast import grounding
from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Claim, Claims, Document, Dropped, Experiments, Method, Usage
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers import Assignment
from podcast.writers.chat import Ask, Chat, Message, TooLong, size, tokens
from podcast.writers.prompting import echoed, fence, language, messages, one_line, prompt
from podcast.writers.shapes import many

log = logging.getLogger(__name__)

FIELDS = MappingProxyType({
    "tldr": 1, "task": 1, "motivation": 4, "challenges": 4, "idea": 4, "method.pipeline": 6, "method.architecture": 6,
    "method.cost": 3, "experiments.datasets": 4, "experiments.metrics": 3, "experiments.baselines": 4,
    "experiments.results": 8, "experiments.ablations": 4, "experiments.limitations": 4, "strengths": 3,
    "weaknesses": 3, "future_work": 3, "implication": 1,
})  # fmt: skip
"""The brief's leaves, and how many claims each takes; prompts/read.md says what they mean."""

T = TypeVar("T", bound=BaseModel)

_SINGLE = ("tldr", "task", "implication")
_MENDS = 2
"""How often claims that cannot stand go back."""


class SaidClaim(BaseModel):
    field: Literal[tuple(FIELDS)]  # type: ignore[valid-type]  # mypy wants the names spelled out
    text: str
    evidence: list[int]


class Reading(BaseModel):
    claims: list[SaidClaim]


class NumberedClaim(SaidClaim):
    number: int


class Mended(BaseModel):
    claims: list[NumberedClaim]


class Choice(BaseModel):
    keep: list[int]


def parts(document: Document, room: int) -> tuple[str, ...]:
    """Return the document's numbered sentences in as few texts of at most `room` tokens as its sections allow.

    No sentence is left out; a section is split only where it does not fit a part of its own.
    """
    packed: list[list[str]] = []
    left = number = 0
    for section in document.sections:
        block = [f"## {one_line(section.title)}"]
        for sentence in section.sentences:
            number += 1
            block.append(_fitted(f"[{number}] {one_line(sentence)}", room))
        for piece in [block] if _cost(block) <= room else _pieces(block, room):
            if len(piece) == 1:
                continue  # a title alone
            if not packed or _cost(piece) > left:
                packed.append([])
                left = room
            packed[-1] += piece
            left -= _cost(piece)
    return tuple("\n".join(lines) for lines in packed)


def _cost(lines: Sequence[str]) -> int:
    return sum(tokens(line) + 1 for line in lines)


def _pieces(block: Sequence[str], room: int) -> Iterator[list[str]]:
    """Yield a section in pieces that fit, each under its title."""
    piece = [block[0]]
    for line in block[1:]:
        if len(piece) > 1 and _cost([*piece, line]) > room:
            yield piece
            piece = [block[0]]
        piece.append(line)
    yield piece


def _fitted(line: str, room: int) -> str:
    """Return the line, cut where it alone is longer than a part; that is said."""
    most = max(80, room // 2)
    if tokens(line) <= most:
        return line
    log.warning("%s … is longer than half of what the model holds: its beginning is read", line[:60])
    return line[:most]  # a token is one sign at least, so this fits


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
        """Return the brief; what could not be made to stand is listed in it, with the reason.

        Raises WriterError where nothing of the paper could be tied to its sentences.
        """
        usage = Usage()
        stands: list[SaidClaim] = []
        dropped: list[Dropped] = []
        asks = self.asks(assignment)
        for ask in asks:
            good, bad, used = self._part(assignment, ask)
            stands, dropped, usage = [*stands, *good], [*dropped, *bad], usage + used
        if len(asks) > 1:
            stands, used = self._merge(assignment, stands)
            usage += used
        if not stands:
            why = f": {dropped[0].reason}" if dropped else ""
            raise WriterError(
                f"no claim of {assignment.paper.id} could be tied to its sentences{why}",
                f"look at {assignment.drafts}, and try another model",
            )
        return _brief(assignment, stands, dropped, usage)

    def _ask(self, assignment: Assignment, part: str, name: str) -> Ask[Reading]:
        of = f" This is a part of it ({name}): claim what these sentences say." if name != "read" else ""
        paper = f"Title: {one_line(assignment.paper.title)}\n\n{part}"
        shape = _bounded(Reading, SaidClaim, range(1, len(assignment.document.sentences()) + 1))
        return Ask(name, messages(self._system, f"The paper:{of}\n\n{fence(paper)}"), shape, self._settings.max_tokens)

    def _part(self, assignment: Assignment, ask: Ask[Reading]) -> tuple[list[SaidClaim], list[Dropped], Usage]:
        """Return the claims that stand, those that do not, and what it took; claims that do not go back twice."""
        try:
            answer = self._chat.ask(ask, assignment.drafts)
        except TooLong:
            return self._halves(assignment, ask)
        shown = tuple(int(number) for number in re.findall(r"^\[(\d+)\]", ask.messages[-1]["content"], re.MULTILINE))
        usage, conversation = answer.usage, (*ask.messages, _said(answer.text))
        good: list[SaidClaim] = []
        wrong: dict[int, tuple[SaidClaim, str]] = {}
        dropped: list[Dropped] = []
        judged = {n: (claim, self._problem(assignment, claim, shown)) for n, claim in enumerate(answer.value.claims, 1)}
        for mend in range(_MENDS + 1):
            good += [claim for claim, problem in judged.values() if not problem]
            wrong = {number: (claim, problem) for number, (claim, problem) in judged.items() if problem}
            if not wrong or mend == _MENDS:
                break
            problems = "\n".join(f"{n}. ({c.field}) {one_line(c.text)} — {why}" for n, (c, why) in wrong.items())
            conversation += ({"role": "user", "content": prompt("mend_claims", problems=fence(problems))},)
            shape = _bounded(Mended, NumberedClaim, shown)
            again = Ask(f"{ask.name}, mend {mend + 1}", conversation, shape, self._settings.max_tokens)
            if size(again) + again.max_tokens > self._settings.context:
                break
            mended = self._chat.ask(again, assignment.drafts)
            usage, conversation = usage + mended.usage, (*conversation, _said(mended.text))
            said = {claim.number: claim for claim in mended.value.claims if claim.number in wrong}
            dropped += [_dropped(*entry) for number, entry in wrong.items() if number not in said]
            judged = {number: (claim, self._problem(assignment, claim, shown)) for number, claim in said.items()}
        return good, [*dropped, *(_dropped(*entry) for entry in wrong.values())], usage

    def _halves(self, assignment: Assignment, ask: Ask[Reading]) -> tuple[list[SaidClaim], list[Dropped], Usage]:
        """Read a part that the server finds too long, though we did not, in two halves."""
        lines = ask.messages[-1]["content"].split("\n")[5:-1]  # what stands in the fence, without the title
        if len(lines) < 3:
            raise WriterError(
                "the server's context is too small for one sentence of a paper",
                "give the server a larger context, or set [writer] context to what it has",
            )
        log.warning("%s is too long for the server: it is read in halves", ask.name)
        good: list[SaidClaim] = []
        dropped: list[Dropped] = []
        usage = Usage()
        for half, name in ((lines[: len(lines) // 2], "a"), (lines[len(lines) // 2 :], "b")):
            found = self._part(assignment, self._ask(assignment, "\n".join(half), f"{ask.name}{name}"))
            good, dropped, usage = [*good, *found[0]], [*dropped, *found[1]], usage + found[2]
        return good, dropped, usage

    def _problem(self, assignment: Assignment, claim: SaidClaim, shown: Sequence[int]) -> str:
        """Return why the claim cannot stand, or ""; `shown` are the sentences that the model was given."""
        sentences = assignment.document.sentences()
        if not claim.text.strip():
            return "it has no text"
        if echoed(claim.text, self._system):
            return "it repeats the instructions; say what the paper says"
        if not claim.evidence:
            return "it names no sentence that carries it"
        unknown = [number for number in claim.evidence if number not in shown]
        if unknown:
            return f"there is no sentence {unknown[0]}: yours are {shown[0]} to {shown[-1]}"
        evidence = [assignment.paper.title, *(sentences[number - 1] for number in claim.evidence)]
        missing = grounding.missing_facts(claim.text, evidence, self._show.language)
        where = ", ".join(map(str, claim.evidence))
        return f"{missing[0]!r} does not stand in sentence {where}" if missing else ""

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
        answer = self._chat.ask(ask, assignment.drafts, check)
        kept = [claims[number - 1] for number in dict.fromkeys(answer.value.keep)]
        log.info("%s: %d of %d claims of its parts make up the brief", assignment.paper.id, len(kept), len(claims))
        return kept, answer.usage


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


def _bounded(whole: type[T], claim: type[BaseModel], sentences: Sequence[int]) -> type[T]:
    """Return the shape with the sentences' numbers as bounds, which a server may enforce and we do not."""
    number: Any = Annotated[int, Field(json_schema_extra={"minimum": sentences[0], "maximum": sentences[-1]})]
    bounded = create_model(claim.__name__, __base__=claim, evidence=(many(number), ...))
    return create_model(whole.__name__, __base__=whole, claims=(many(bounded), ...))


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
