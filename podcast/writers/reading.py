"""Reading with a language model: a numbered document becomes a brief whose every claim its sentences carry."""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Document, Dropped, Usage
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers import Assignment, judging
from podcast.writers.chat import Ask, Chat, Message, TooLong, size, tokens
from podcast.writers.claims import (
    FIELDS,
    SAME,
    Choice,
    Mended,
    NumberedClaim,
    Reading,
    SaidClaim,
    bounded,
    brief_of,
    capped,
    different,
    dropped_for,
    lacks,
    most_claims,
    verdict,
)
from podcast.writers.echoes import told
from podcast.writers.packing import parts
from podcast.writers.prompting import fence, language, messages, one_line, prompt, source
from podcast.writers.tongues import foreign

log = logging.getLogger(__name__)

_MENDS = 2
"""How often claims that cannot stand go back."""


class Reader:
    """Reads for one show."""

    def __init__(self, chat: Chat, settings: WriterSettings, show: ShowSettings) -> None:
        self._chat, self._settings, self._show = chat, settings, show

    def _system(self, document: Document) -> str:
        read, piece = source(document)
        return prompt("read", language=language(self._show.language), source=read, piece=piece)

    def asks(self, assignment: Assignment) -> tuple[Ask[Reading], ...]:
        """Return what will be asked: one ask for each part of the document."""
        empty = self._ask(assignment, "", "read 99 of 99")
        held = self._settings.context - self._settings.max_tokens
        room = round(held / self._chat.scale(assignment.drafts)) - size(empty)
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
        self._chat.scale(assignment.drafts, keep=True)
        asks = self.asks(assignment)
        found = self._parts(assignment, asks)
        usage = sum((part.usage for part in found), Usage())
        stands = [claim for part in found for claim in part.good]
        dropped = [claim for part in found for claim in part.dropped]
        said = len(stands) + len(dropped)
        stands, alike = different(stands)
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
        brief = brief_of(assignment, stands, dropped, usage)
        wanting = (*(part.wanting for part in found if part.wanting), *lacks(brief), *verdict(brief, alike, said))
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
        most = most_claims(len(re.findall(r"^\[\d+\] ", part, re.MULTILINE)))
        shape = bounded(Reading, SaidClaim, sentences, most)
        talk = messages(self._system(assignment.document), f"The paper:{of}\n\n{fence(paper)}")
        return Ask(name, talk, shape, self._settings.max_tokens)

    def _part(self, assignment: Assignment, ask: Ask[Reading]) -> "_Part":
        """Return what a part gives; claims that do not stand go back twice, and what is lost then is only they."""
        try:
            answer = self._chat.ask(ask, assignment.drafts, self._tongue)
        except TooLong:
            return self._halves(assignment, ask)
        shown = judging.shown_in(ask.messages[-1]["content"])
        usage, talk, reasons = answer.usage, ask.messages, list[str]()
        good: list[SaidClaim] = []
        wrong: dict[int, tuple[SaidClaim, str]] = {}
        dropped: list[Dropped] = []
        judge = self._judge(assignment, shown, ask.messages)
        judged = dict(enumerate(map(judge, answer.value.claims), 1))
        for mend in range(_MENDS + 1):
            good += [claim for claim, problem in judged.values() if not problem]
            wrong = {number: (claim, problem) for number, (claim, problem) in judged.items() if problem}
            lost = _lost(wrong)
            dropped += lost.values()
            wrong = {number: entry for number, entry in wrong.items() if number not in lost}
            if not wrong or mend == _MENDS:
                break
            again = self._mend(assignment, f"{ask.name}, mend {mend + 1}", wrong, shown)
            if size(again) + again.max_tokens > self._settings.context:
                break
            try:
                mended = self._chat.ask(again, assignment.drafts, self._tongue)
            except WriterError as error:
                log.warning("%s; the %d claims it was about are left out", error, len(wrong))
                break
            usage += mended.usage
            said = {claim.number: claim for claim in mended.value.claims if claim.number in wrong}
            dropped += [dropped_for(*entry) for number, entry in wrong.items() if number not in said]
            talk, reasons = (*talk, *again.messages), [*reasons, *(problem for _, problem in wrong.values())]
            judge = self._judge(assignment, shown, talk, reasons)
            judged = {number: judge(claim) for number, claim in said.items()}
            wrong = {}
        dropped += [dropped_for(*entry) for entry in wrong.values()]
        for each in dropped:
            log.debug("%s: left out of %s: %s — %s", ask.name, each.field, each.text, each.reason)
        return _Part(good, dropped, usage)

    def _tongue(self, said: Reading | Mended) -> list[str]:
        """Return that the claims are in another language than the show's, where they are."""
        wrong = foreign((claim.text for claim in said.claims), self._show.language)
        return [f"the claims are {wrong}"] if wrong else []

    def _mend(
        self, assignment: Assignment, name: str, wrong: Mapping[int, tuple[SaidClaim, str]], shown: Sequence[int]
    ) -> Ask[Mended]:
        """Return what to ask for claims that cannot stand: each with its sentences and those near, not the paper."""
        sentences = assignment.document.sentences()
        lines, near = list[str](), set[int]()
        for number, (claim, why) in wrong.items():
            own = judging.near(claim.text, claim.evidence, sentences, shown)
            lines += [f"{number}. ({claim.field}) {one_line(claim.text)} — {why}"]
            lines += [f"[{n}] {one_line(sentences[n - 1])}" for n in own if n not in near]
            near.update(own)
        system = prompt("mend_claims", language=language(self._show.language))
        shape = bounded(Mended, NumberedClaim, sorted(near), len(wrong))
        return Ask(name, messages(system, fence("\n".join(lines))), shape, self._settings.max_tokens)

    def _judge(
        self, assignment: Assignment, shown: Sequence[int], conversation: Sequence[Message], reasons: Sequence[str] = ()
    ) -> Callable[[SaidClaim], tuple[SaidClaim, str]]:
        """Return what puts right in a claim what code can, and tells why it cannot stand, or ""."""
        title, sentences = assignment.paper.title, assignment.document.sentences()
        judge = judging.Judge(title, sentences, shown, told(conversation), self._show.language, reasons)

        def judged(claim: SaidClaim) -> tuple[SaidClaim, str]:
            text, evidence = judge.mended(claim.text, claim.evidence)
            kept = claim.model_copy(update={"text": text, "evidence": evidence})
            return kept, judge.problem(text, evidence) or self._form(kept)

        return judged

    def _form(self, claim: SaidClaim) -> str:
        """Return what the claim lacks of what its field holds, or ""."""
        explains = re.search(r"[:—–]| (?:is|are|means?|stands? for) ", claim.text)
        if claim.field == "terms" and self._show.language.startswith("en") and not explains:
            return 'it explains no term: write it as "term: what it means"'
        return ""

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
            fewer = [claim for chosen, _ in parts for claim in capped(chosen)]
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
            return capped(claims), Usage()
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


def _lost(wrong: Mapping[int, tuple[SaidClaim, str]]) -> dict[int, Dropped]:
    """Return the claims, by number, that go back to nobody: those that are none, and copies of wrong ones."""
    numbers = [number for number, (_, problem) in wrong.items() if problem not in judging.HOPELESS]
    twins = dict(judging.copies([wrong[number][0].text for number in numbers]))
    lost = {number: dropped_for(*entry) for number, entry in wrong.items() if number not in numbers}
    for at, of in twins.items():
        said = wrong[numbers[of]][0]
        lost[numbers[at]] = dropped_for(wrong[numbers[at]][0], f"{SAME} {said.field} says: {said.text}")
    return lost


def _range(ask: Ask[Reading]) -> str:
    shown = judging.shown_in(ask.messages[-1]["content"])
    return f"sentences {shown[0]} to {shown[-1]}" if shown else "its sentences"
