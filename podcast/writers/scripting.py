"""Writing with a language model: a brief becomes an outline, and the outline a dialogue that keeps the rules."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, Field, create_model, model_validator

from podcast import grounding
from podcast.show import store
from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Line, Record, Script
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, form, mending, phrases, rules
from podcast.writers.chat import Answer, Ask, Chat, size, tokens
from podcast.writers.prompting import fence, language, messages, notes, one_line, people, prompt
from podcast.writers.shapes import bounds, many, one_of

log = logging.getLogger(__name__)

_CHAPTERS = (4, 9)
_LEAST_WORDS = 220
_WORDS_A_CLAIM = 45
"""How long a claim can be talked about before the hosts run out of what the paper says."""

_TOKENS_A_WORD = 2.4
"""Of a line as JSON: 1.3 for the word, the rest for host, chapter and claims."""


class PlannedChapter(BaseModel):
    title: Annotated[str, AfterValidator(form.chapter), bounds(letters=60)]
    plan: Annotated[str, bounds(letters=600)]
    claims: list[str]
    words: int


class Outline(BaseModel):
    hook: Annotated[str, bounds(letters=400)]
    description: Annotated[str, AfterValidator(form.description), bounds(letters=500)]
    chapters: list[PlannedChapter]

    @model_validator(mode="after")
    def _not_too_many(self) -> Self:
        """Neighbours are joined where there are more chapters than an app shows well."""
        runs = [[self.chapters[at] for at in run] for run in form.joined(len(self.chapters), _CHAPTERS[1])]
        self.chapters = [
            first.model_copy(
                update={
                    "plan": " ".join(one.plan for one in (first, *rest)),
                    "claims": list(dict.fromkeys(path for one in (first, *rest) for path in one.claims)),
                    "words": sum(one.words for one in (first, *rest)),
                }
            )
            for first, *rest in runs
        ]
        return self


class SaidLine(BaseModel):
    chapter: int
    host: str
    text: Annotated[str, bounds(letters=600)]
    claims: list[str]


class Dialogue(BaseModel):
    lines: list[SaidLine]


class Ledger(Record):
    """Phrases that an episode should not use, as they were when it was begun: its prompts stay the same."""

    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter to be written."""

    number: int
    title: str
    plan: str
    claims: tuple[str, ...]
    words: int


@dataclass(frozen=True)
class Step:
    """Something to ask, and what finds fault with the answer."""

    ask: Ask[Any]
    check: Callable[[Any], Sequence[str]]
    spare: bool = False
    """Whether it goes on without: what was written before stays."""


class Scripter:
    """Writes for one show."""

    def __init__(self, chat: Chat, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host]) -> None:
        self._chat, self._settings, self._show, self._hosts = chat, settings, show, hosts
        self._system = prompt("dialogue", show=show.title, language=language(show.language), hosts=people(hosts))

    def target(self, brief: Brief) -> int:
        """Return the words of the episode: the show's minutes, or what the brief carries where that is less."""
        wanted = round(self._settings.minutes * rules.WORDS_A_MINUTE)
        return min(wanted, _LEAST_WORDS + _WORDS_A_CLAIM * len(brief.claims()))

    def _outline_ask(self, brief: Brief) -> Ask[Outline]:
        claims = brief.claims()
        system = prompt(
            "outline",
            show=self._show.title,
            language=language(self._show.language),
            hosts=people(self._hosts),
            words=self.target(brief),
            chapters=f"{_CHAPTERS[0]} to {_CHAPTERS[1]}",
        )
        room = self._settings.context - self._settings.max_tokens - tokens(system) - 800  # of the schema
        listed = [f"{path}: {one_line(claim.text)}" for path, claim in claims.items()]
        while len(listed) > 8 and sum(tokens(note) + 1 for note in listed) > room:
            listed.pop()
        if len(listed) < len(claims):
            log.warning("%d of %d notes fit the model's context", len(listed), len(claims))
            claims = dict(list(claims.items())[: len(listed)])
        chapter = create_model(
            "PlannedChapter", __base__=PlannedChapter, claims=(many(one_of(claims)), bounds(most=12))
        )
        shape = create_model("Outline", __base__=Outline, chapters=(many(chapter), Field(max_length=12)))
        return Ask(
            "outline",
            messages(system, f"The notes:\n\n{fence(chr(10).join(listed))}"),
            shape,
            self._settings.max_tokens,
            heard=("description",),
        )

    def script(self, assignment: Assignment, brief: Brief) -> Script:
        """Return the script. Lines that say what the paper does not went back once; what is left, `grounding` finds.

        Raises WriterError, with the place of the draft, where the model could not keep the rules.
        """
        steps = self._steps(assignment, brief)
        try:
            step = next(steps)
            while True:
                step = steps.send(self._answer(step, assignment))
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]  # what the generator returns

    def _answer(self, step: "Step", assignment: Assignment) -> Answer[Any] | None:
        """Return the answer to a step; None where there is none, and it goes on without."""
        try:
            return self._chat.ask(step.ask, assignment.drafts, step.check)
        except WriterError as error:
            if not step.spare:
                raise
            log.warning("%s; the lines it was about stay, and are marked", error)
            return None

    def asks(self, assignment: Assignment, brief: Brief) -> Iterator[Ask[Any]]:
        """Yield what will be asked, as far as the answers that are kept tell."""
        steps = self._steps(assignment, brief)
        step = next(steps, None)
        while step:
            yield step.ask
            answer = self._chat.recall(step.ask, assignment.drafts, step.check)
            if not answer:
                return
            try:
                step = steps.send(answer)
            except StopIteration:
                return

    def _steps(self, assignment: Assignment, brief: Brief) -> Generator["Step", Any, Script]:
        """Yield what to ask next, and take the answer; return the script."""
        paper, target = assignment.paper, self.target(brief)
        if target < round(self._settings.minutes * rules.WORDS_A_MINUTE):
            log.info("%s: %d claims carry about %.1f minutes", paper.id, len(brief.claims()), target / 150)
        answer = yield Step(self._outline_ask(brief), self._outline_check(assignment, brief))
        outline, usage, lines = answer.value, answer.usage, list[Line]()
        chapters = planned(outline)
        while chapters:
            left = target - sum(rules.words(line.text) for line in lines)
            chapters = scaled(chapters, max(left, 20))
            ask, stretch = self._stretch(assignment, brief, outline, chapters, lines)
            answer = yield Step(ask, self._dialogue_check(outline, stretch, target))
            lines += _lines(answer.value, outline, self._hosts)
            usage += answer.usage
            chapters = chapters[len(stretch) :]
        script = Script(title=paper.title, description=one_line(outline.description), lines=tuple(lines), usage=usage)
        found = grounding.faults(script, brief, assignment.document, paper, self._show, self._hosts)
        if found:
            mend = mending.ask(self._system, assignment, brief, script, found, self._settings.max_tokens)
            if self._fits(mend):
                answer = yield Step(mend, mending.check, spare=True)
                if answer:
                    script = mending.mended(script, answer.value).model_copy(update={"usage": usage + answer.usage})
        return script

    def _fits(self, ask: Ask[Any]) -> bool:
        return size(ask) + ask.max_tokens <= self._settings.context

    def _stretch(
        self, assignment: Assignment, brief: Brief, outline: Outline, left: Sequence[Chapter], before: Sequence[Line]
    ) -> tuple[Ask[Dialogue], Sequence[Chapter]]:
        """Return what to ask for the next chapters: as many as an answer and the context hold, with all that helps."""
        most = self._settings.max_tokens / _TOKENS_A_WORD * 0.8
        for terse in (False, True):
            best = None
            for count in range(1, len(left) + 1):
                stretch = left[:count]
                ask = self._dialogue_ask(assignment, brief, outline, stretch, before, terse)
                if not self._fits(ask) or (count > 1 and sum(chapter.words for chapter in stretch) > most):
                    break
                best = ask, stretch
            if best:
                if terse:
                    log.warning("%s: the model's context has no room for the paper's sentences", best[0].name)
                return best
        raise WriterError(
            f"a chapter does not fit into a context of {self._settings.context} tokens",
            "raise [writer] context, or lower max_tokens",
        )

    def _dialogue_ask(
        self, assignment: Assignment, brief: Brief, outline: Outline, stretch: Sequence[Chapter],
        before: Sequence[Line], terse: bool,
    ) -> Ask[Dialogue]:  # fmt: skip
        first, last = stretch[0].number, stretch[-1].number
        plan = "\n".join(
            f"Chapter {chapter.number}: {chapter.title} (about {chapter.words} words; "
            f"notes {', '.join(chapter.claims)})\n  {chapter.plan}"
            for chapter in stretch
        )
        wanted = dict.fromkeys(path for chapter in stretch for path in chapter.claims)
        known = f"{one_line(assignment.paper.title)}\nAuthors: {one_line(', '.join(assignment.paper.authors))}"
        heard = "\n".join(f"{line.host}: {line.text}" for line in before[-4 if terse else -12 :])
        carried = notes(brief, assignment.document, wanted, sentences=not terse)
        material = "\n\n".join(
            f"{heading}\n{text}"
            for heading, text in (
                ("The paper:", known),
                ("The hook:", one_line(outline.hook) if first == 1 else ""),
                ("The plan:", plan),
                ("The notes, each with the sentences that carry it:", carried),
                ("What was said just before:", heard),
                (
                    "Phrases of recent episodes, not to be used again:",
                    "" if terse else "\n".join(self._ledger(assignment)),
                ),
            )
            if text
        )
        order = (
            f"Write chapters {first} to {last} of {len(outline.chapters)}, "
            f"{sum(chapter.words for chapter in stretch)} words in all."
            + ("" if first == 1 else " Go on from what was said just before; greet nobody.")
            + ("" if last == len(outline.chapters) else " The episode goes on after them: take leave of nobody.")
        )
        said = create_model(
            "SaidLine",
            __base__=SaidLine,
            chapter=(one_of(range(first, last + 1)), ...),
            host=(one_of(host.key for host in self._hosts), ...),
            claims=(many(one_of(wanted) if wanted else str), bounds(most=6)),
        )
        most = max(8, sum(chapter.words for chapter in stretch) // 6)
        shape = create_model("Dialogue", __base__=Dialogue, lines=(many(said), Field(max_length=most)))
        name = (
            "dialogue"
            if len(stretch) == len(outline.chapters)
            else f"dialogue, chapter {first}" + (f" to {last}" if last > first else "")
        )
        talk = messages(self._system, f"{fence(material)}\n\n{order}")
        return Ask(name, talk, shape, self._settings.max_tokens, heard=("text",), run=form.NO_CHANCE)

    def _outline_check(self, assignment: Assignment, brief: Brief) -> Callable[[Outline], list[str]]:
        claims, sentences = brief.claims(), assignment.document.sentences()
        evidence = [assignment.paper.title, *(sentences[n - 1] for c in claims.values() for n in c.evidence)]

        def check(outline: Outline) -> list[str]:
            return list(problems(outline))

        def problems(outline: Outline) -> Iterator[str]:
            titles = [one_line(chapter.title) for chapter in outline.chapters]
            if not _CHAPTERS[0] <= len(titles) <= _CHAPTERS[1]:
                yield f"there are {len(titles)} chapters: plan {_CHAPTERS[0]} to {_CHAPTERS[1]}"
            if len({title.lower() for title in titles}) < len(titles) or not all(titles):
                yield "every chapter needs a title of its own"
            if any(chapter.words <= 0 for chapter in outline.chapters):
                yield "every chapter needs words"
            if not outline.description.strip():
                yield "the description is empty"
            for phrase in phrases.stock(outline.description):
                yield f"the description says {phrase!r}: say what is new, and why to listen"
            planned = {path for chapter in outline.chapters for path in chapter.claims}
            for kind, paths in rules.kinds(tuple(claims)):
                if not planned & set(paths):
                    yield f"{kind} is planned nowhere: give a chapter one of {', '.join(paths[:6])}"
            for fact in grounding.missing_facts(outline.description, evidence, self._show.language):
                yield f"the description says {fact!r}, which the notes' sentences do not"

        return check

    def _dialogue_check(
        self, outline: Outline, stretch: Sequence[Chapter], target: int
    ) -> Callable[[Dialogue], list[str]]:
        length = sum(chapter.words for chapter in stretch)
        passage = rules.Passage(
            words=length,
            slack=rules.slack(length, target),
            chapters=tuple(chapter.title for chapter in stretch),
            hosts=tuple(host.key for host in self._hosts),
            opens=stretch[0].number == 1,
            must=rules.kinds(tuple(path for chapter in stretch for path in chapter.claims)),
            english=self._show.language.startswith("en"),
        )
        asked = False

        def check(dialogue: Dialogue) -> list[str]:
            """What is dull goes back with the first answer only; what is broken, each time."""
            nonlocal asked
            lines = _lines(dialogue, outline, self._hosts)
            found = rules.broken(lines, passage) + ([] if asked else rules.dull(lines, passage))
            asked = True
            return found

        return check

    def _ledger(self, assignment: Assignment) -> tuple[str, ...]:
        """Return what the last episodes used up, as it was when this one was begun."""
        path = assignment.drafts / "ledger.json"
        if not path.is_file():
            found = Ledger(phrases=phrases.ledger(assignment.earlier()[: phrases.EPISODES]))
            store.create_once(path, store.to_json(found))
        return store.load(Ledger, path).phrases


def planned(outline: Outline) -> tuple[Chapter, ...]:
    """Return the outline's chapters, numbered."""
    return tuple(
        Chapter(number, one_line(chapter.title), one_line(chapter.plan), tuple(chapter.claims), chapter.words)
        for number, chapter in enumerate(outline.chapters, 1)
    )


def scaled(chapters: Sequence[Chapter], words: int) -> tuple[Chapter, ...]:
    """Return the chapters with lengths in the same proportion that are `words` together; 20 at least for each."""
    planned = sum(chapter.words for chapter in chapters)
    return tuple(replace(chapter, words=max(20, round(chapter.words * words / planned))) for chapter in chapters)


def _lines(dialogue: Dialogue, outline: Outline, hosts: Sequence[Host]) -> list[Line]:
    """Return the answer's lines as the script has them; a text without a word stays, for the rules to find."""
    return [
        Line(
            host=line.host,
            text=text,
            chapter=one_line(outline.chapters[line.chapter - 1].title),
            claims=tuple(dict.fromkeys(line.claims)),
        )
        for line in dialogue.lines
        for text in form.lines(line.text, hosts)
    ]
