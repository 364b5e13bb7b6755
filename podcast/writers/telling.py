"""A paper told as a brief, a critique or a debate: its form, its chapters and its lines in one answer, then checked."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, Field, create_model

from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Document, Line, Memory, Script, TalkFormat
from podcast.show.settings import Host
from podcast.writers import Assignment, company, fitting, form, memory, phrases, planning, rules
from podcast.writers.chat import Ask
from podcast.writers.checking import Desk
from podcast.writers.driving import Step, Steps
from podcast.writers.formats import FORMATS, Format, parts
from podcast.writers.passages import SaidLine
from podcast.writers.planning import Description, Title
from podcast.writers.prompting import fence, known, language, messages, notes, one_line, prompt, source
from podcast.writers.shapes import bounds, many, one_of

_LEAST_WORDS = 120
_WORDS_A_CLAIM = 45
"""How long a claim can be talked about before what the paper says of it is said."""
_MIDDLE, _SLACK = 0.9, 0.35
"""Of the words that are asked for, as parts: from 0.55 to 1.25 of them will do. Its minutes are a format's most, and a
talk that is done sooner is none the worse for it."""
_SHORT = 0.7
"""The part of them below which a first answer goes back."""
_MEANT = (
    "An AI wrote the script and AI voices speak it. An AI wrote this script and AI speaks it. An AI wrote this and an "
    "AI voice speaks it. The links are in the show notes."
)


class Told(BaseModel):
    """A whole talk."""

    form: BaseModel
    description: Description
    titles: list[Title]
    lines: list[SaidLine]


class Teller:
    """Tells papers in other formats than the dialogue, for one show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def target(self, told: TalkFormat, brief: Brief) -> int:
        """Return the words of the episode: the format's minutes or the show's, or what the brief carries."""
        minutes = min(FORMATS[told].minutes, self._desk.settings.minutes)
        return min(round(minutes * rules.WORDS_A_MINUTE), _LEAST_WORDS + _WORDS_A_CLAIM * len(brief.claims()))

    def steps(self, assignment: Assignment, brief: Brief) -> Steps:
        """Yield what to ask next, and take the answer; return the script.

        Raises WriterError where the format wants more of the paper than there is.
        """
        told, desk = FORMATS[assignment.format], self._desk
        if told.whole_text and assignment.document.source == "abstract":
            raise WriterError(
                f"{assignment.paper.id}: a {assignment.format} wants the paper's text, and there is only its abstract: "
                "what that leaves out is no fault of the paper",
                f"podcast read {assignment.paper.id} --again asks for the text anew; or tell it as a brief",
            )
        speaking = told.speakers(desk.hosts)
        past = memory.offered(assignment, brief)
        ask, claims = self._ask(assignment, brief, told, speaking, past)
        answer = yield Step(ask, self._check(assignment, brief, told, speaking, claims), desk.chat)
        assert answer  # it is needed
        script = Script(
            title=told.title(assignment.paper.title, desk.show.language),
            description=desk.described(answer.value.description),
            lines=tuple(_lines(answer.value, speaking, past)),
            usage=answer.usage,
        )
        return (yield from desk.checked(assignment, brief, script, speaking))

    def _ask(
        self, assignment: Assignment, brief: Brief, told: Format, speaking: Sequence[Host], past: Sequence[Memory]
    ) -> tuple[Ask[Any], Sequence[str]]:
        """Return what to ask, with as much of the notes as the model's context holds, and the claims of those notes."""
        every = tuple(brief.claims())
        if past:
            ask = self._with(assignment, brief, told, speaking, every, past, sentences=True)
            if self._desk.fits(ask):
                return ask, every

        def alone(paths: Sequence[str], sentences: bool) -> Ask[Any]:
            return self._with(assignment, brief, told, speaking, paths, (), sentences=sentences)

        return fitting.fitted(alone, every, self._desk.settings.context)

    def _with(
        self, assignment: Assignment, brief: Brief, told: Format, speaking: Sequence[Host], paths: Sequence[str],
        memories: Sequence[Memory], *, sentences: bool,
    ) -> Ask[Any]:  # fmt: skip
        document, words, limit = (
            assignment.document,
            self.target(assignment.format, brief),
            self._desk.settings.max_tokens,
        )
        low, high = told.chapters
        used_up = "\n".join(phrases.used_up(assignment).phrases) if sentences else ""
        material = (
            ("The paper:", known(assignment.paper)),
            ("The notes, each with the sentences that carry it:", notes(brief, document, paths, sentences=sentences)),
            ("Earlier episodes of this show:", memory.listed(memories, assignment)),
            ("Phrases of recent episodes, not to be used again:", used_up),
        )
        talk = messages(
            self._system(told, assignment.format, speaking, document, words),
            fence("\n\n".join(f"{heading}\n{text}" for heading, text in material if text))
            + f"\n\nWrite it: {words} words in all, give or take a tenth, in {low} to {high} chapters."
            + memory.order(memories),
        )
        shape = _shape(told, speaking, [*paths, *memory.names(memories)], words)
        return Ask(assignment.format, talk, shape, limit, heard=("text", "description"), run=form.NO_CHANCE)

    def _system(self, told: Format, name: TalkFormat, speaking: Sequence[Host], document: Document, words: int) -> str:
        show, low, high = self._desk.show, *told.chapters
        tongue = language(show.language)
        return prompt(
            told.prompt,
            show=show.title,
            language=tongue,
            hosts=company.people(speaking, parts(name, speaking)),
            source=source(document)[0],
            words=words,
            chapters=f"{low} to {high}",
            company=told.company.get(len(speaking), ""),
            ear=prompt("ear", language=tongue),
            grounds=prompt("grounds"),
        )

    def _check(
        self, assignment: Assignment, brief: Brief, told: Format, speaking: Sequence[Host], claims: Sequence[str]
    ) -> Callable[[Told], list[str]]:
        words, asked = self.target(assignment.format, brief), False
        past = memory.offered(assignment, brief)
        system = self._system(told, assignment.format, speaking, assignment.document, words)
        meant = " ".join((_MEANT, *source(assignment.document), *(host.persona for host in speaking)))
        must = rules.kinds(claims)

        def check(answer: Told) -> list[str]:
            """What is dull goes back with the first answer only; what is broken, each time."""
            nonlocal asked
            lines = list(_lines(answer, speaking, past))
            passage = rules.Passage(
                words=round(_MIDDLE * words), slack=round(_SLACK * words), must=must, language=self._desk.show.language,
                chapters=tuple(map(one_line, answer.titles)), hosts=tuple(host.key for host in speaking),
            )  # fmt: skip
            found = [*_chapters(answer, told), *rules.broken(lines, passage), *_grounds(lines, told, speaking)]
            said = {"description": answer.description} | {
                f"title of chapter {number}": title for number, title in enumerate(passage.chapters, 1)
            }
            paper, document, tongue = assignment.paper, assignment.document, self._desk.show.language
            names = tuple(host.name for host in speaking)
            found += planning.unsaid(said, paper, brief, document, tongue, names=names)
            if not asked:
                found += [*rules.dull(lines, passage), *_short(lines, words), *_worn(lines, system, meant, passage)]
                found += memory.mixed([line.claims for line in answer.lines])
            asked = True
            return found

        return check


def _shape(told: Format, speaking: Sequence[Host], claims: Collection[str], words: int) -> type[Told]:
    """Return the form of the answer: it names no chapter, host or claim that was not given."""
    said = create_model(
        "SaidLine",
        __base__=SaidLine,
        chapter=(one_of(range(1, told.chapters[1] + 1)), ...),
        host=(one_of(host.key for host in speaking), ...),
        claims=(many(one_of(claims) if claims else str), bounds(most=6)),
    )
    most = max(12, words // 6)
    return create_model(
        "Told", __base__=Told, form=(told.form, ...), titles=(many(Title), Field(max_length=told.chapters[1])),
        lines=(many(said), Field(max_length=most)),
    )  # fmt: skip


def _lines(answer: Told, speaking: Sequence[Host], memories: Sequence[Memory]) -> Iterator[Line]:
    """Yield the answer's lines as the script has them; a text without a word stays, for the rules to find."""
    titles: Mapping[int, str] = dict(enumerate(map(one_line, answer.titles), 1))
    for line in answer.lines:
        for text in form.lines(line.text, speaking):
            yield Line(
                host=line.host, text=text, chapter=titles.get(line.chapter) or f"… {line.chapter}", kind=line.kind,
            ).model_copy(update=memory.rests(line.claims, memories))  # fmt: skip


def _chapters(answer: Told, told: Format) -> Iterator[str]:
    titles = [one_line(title) for title in answer.titles]
    low, high = told.chapters
    if not low <= len(titles) <= high:
        yield f"there are {len(titles)} titles of chapters: {low} to {high} are wanted"
    if len({title.lower() for title in titles}) < len(titles) or not all(titles):
        yield "every chapter needs a title of its own"
    if not answer.description.strip():
        yield "the description is empty"


def _short(lines: Sequence[Line], wanted: int) -> Iterator[str]:
    total = sum(rules.words(line.text) for line in lines)
    if total < _SHORT * wanted:
        yield f"the lines have {total} words together, and some {wanted} are wanted: work through what is only named"


def _worn(lines: Sequence[Line], system: str, meant: str, passage: rules.Passage) -> Iterator[str]:
    """Yield where a talk is told as a list, and, where it does so again and again, in the words of its own orders."""
    if not passage.english:
        return
    for number, line in enumerate(lines, 1):
        if spot := phrases.counted(line.text):
            yield f"line {number} says {spot!r}: let it come out of what was said before, and count nothing"
    said = phrases.parroted([line.text for line in lines], system, meant)
    if len(said) > 1:
        for place, phrase in said.items():
            yield f"line {place + 1} says {phrase!r}, which are words of your instructions: say it in words of your own"


def _grounds(lines: Sequence[Line], told: Format, speaking: Sequence[Host]) -> Iterator[str]:
    """Yield each side of two that argues from too little of the paper."""
    for host in speaking[:2] if told.grounds else ():
        count = sum(bool(line.claims) for line in lines if line.host == host.key and not line.earlier)
        if count < told.grounds:
            yield (
                f"{host.name} ({host.key}) has {count} lines that speak from notes: a position stands on "
                f"{told.grounds} at least"
            )
