"""Writing with a language model: a brief becomes an outline, and the outline a dialogue that keeps the rules."""

import logging
from collections.abc import Callable, Collection, Sequence
from typing import Any

from pydantic import Field, create_model

from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Document, Line, Memory, Script
from podcast.show.settings import Host
from podcast.writers import Assignment, company, form, memory, passages, phrases, planning, rules
from podcast.writers.chat import Ask, tokens
from podcast.writers.checking import Desk
from podcast.writers.driving import Step, Steps
from podcast.writers.passages import Dialogue
from podcast.writers.planning import CHAPTERS, Chapter, Outline, Plan, PlannedChapter, planned, scaled
from podcast.writers.prompting import fence, known, language, messages, notes, one_line, prompt, source
from podcast.writers.shapes import bounds, many, one_of

log = logging.getLogger(__name__)

_LEAST_WORDS = 220
_ABSTRACT_WORDS = 1200
"""Of an episode about an abstract, at most: what general knowledge helps to teach."""
_ROOM_FOR_A_FORM = 8192
"""Tokens of a context in which a form fits beside the notes."""
_GENERAL_A_CLAIM = 20
"""Words of general knowledge and example by which a claim of an abstract is explained."""
_WORDS_A_CLAIM = 45
"""How long a claim can be talked about before the hosts run out of what the paper says."""

_TOKENS_A_WORD = 2.4
"""Of a line as JSON: 1.3 for the word, the rest for host, chapter and claims."""


class Scripter:
    """Writes for one show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chat, self._settings, self._show, self._hosts = desk.chat, desk.settings, desk.show, desk.hosts

    def _system(self, document: Document, terse: bool = False) -> str:
        show, read = self._show, source(document)[0]
        name = "dialogue_terse" if terse else "dialogue" if len(self._hosts) > 1 else "story"
        how = {**company.words(self._hosts), "hosts": company.people(self._hosts)}
        return prompt(name, show=show.title, language=language(show.language), source=read,
                      grounds=prompt("grounds"), **how)  # fmt: skip

    def target(self, brief: Brief, document: Document) -> int:
        """Return the words of the episode: the show's minutes, or what the brief carries where that is less."""
        wanted = round(self._settings.minutes * rules.WORDS_A_MINUTE)
        claims = len(brief.claims())
        carried = _LEAST_WORDS + _WORDS_A_CLAIM * claims
        if document.source == "abstract":
            return min(wanted, carried + _GENERAL_A_CLAIM * claims, _ABSTRACT_WORDS)
        return min(wanted, carried)

    def _outline_ask(self, assignment: Assignment, brief: Brief) -> Ask[Any]:
        """Return what to ask for the outline; where the context is small, for one without a form."""
        terse = self._settings.context < _ROOM_FOR_A_FORM
        read, piece = source(assignment.document)
        shapes = phrases.used_up(assignment).shapes
        banned = f"\nThe last episodes were of the shapes {', '.join(shapes)}: take another.\n" if shapes else ""
        system = prompt(
            "outline_terse" if terse else "outline",
            show=self._show.title,
            language=language(self._show.language),
            hosts=company.people(self._hosts),
            words=self.target(brief, assignment.document),
            chapters=f"{CHAPTERS[0]} to {CHAPTERS[1]}",
            source=read,
            piece=piece,
            banned=banned,
            **company.words(self._hosts),
        )
        room = self._settings.context - self._settings.max_tokens - tokens(system) - 800  # of the schema
        listed = _listed(brief, room)
        material = "\n".join((known(assignment.paper), *listed.values()))
        chapter = create_model(
            "PlannedChapter", __base__=PlannedChapter, claims=(many(one_of(listed)), bounds(most=12))
        )
        base: type[Plan | Outline] = Plan if terse else Outline
        shape = create_model("Outline", __base__=base, chapters=(many(chapter), Field(max_length=12)))
        return Ask(
            "outline",
            messages(system, f"The paper and the notes:\n\n{fence(material)}"),
            shape,
            self._settings.max_tokens,
            heard=("description",),
        )

    def steps(self, assignment: Assignment, brief: Brief) -> Steps:
        """Yield what to ask next, and take the answer; return the script."""
        paper, target = assignment.paper, self.target(brief, assignment.document)
        if target < round(self._settings.minutes * rules.WORDS_A_MINUTE):
            log.info("%s: %d claims carry about %.1f minutes", paper.id, len(brief.claims()), target / 150)
        answer = yield Step(self._outline_ask(assignment, brief), self._outline_check(assignment, brief), self._chat)
        assert answer  # it is needed
        outline, usage, lines = Outline(**answer.value.model_dump()), answer.usage, list[Line]()
        outline = planning.complete(outline, brief)
        chapters = planned(outline)
        while chapters:
            left = target - sum(rules.words(line.text) for line in lines)
            chapters = scaled(chapters, max(left, 20))
            ask, stretch = self._stretch(assignment, brief, outline, chapters, lines)
            past = memory.offered(assignment, brief, lines)
            answer = yield Step(ask, self._dialogue_check(outline, stretch, target, past, lines), self._chat)
            assert answer  # it is needed
            lines += _lines(answer.value, outline, self._hosts, past)
            usage += answer.usage
            chapters = chapters[len(stretch) :]
        script = Script(
            title=paper.title, description=self._desk.described(outline.description), lines=tuple(lines), usage=usage,
            made_with={"shape": outline.shape},
        )  # fmt: skip
        return (yield from self._desk.checked(assignment, brief, script, self._hosts))

    def _stretch(
        self, assignment: Assignment, brief: Brief, outline: Outline, left: Sequence[Chapter], before: Sequence[Line]
    ) -> tuple[Ask[Dialogue], Sequence[Chapter]]:
        """Return what to ask for the next chapters: as many as an answer and the context hold, with all that helps."""
        most = self._settings.max_tokens / _TOKENS_A_WORD * 0.8
        past = memory.offered(assignment, brief, before)
        for terse, memories in (*([(False, past)] if past else []), (False, ()), (True, ())):
            best = None
            for count in range(1, len(left) + 1):
                stretch = left[:count]
                ask = self._dialogue_ask(assignment, brief, outline, stretch, before, terse, memories)
                if not self._desk.fits(ask) or (count > 1 and sum(chapter.words for chapter in stretch) > most):
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
        before: Sequence[Line], terse: bool, memories: Sequence[Memory],
    ) -> Ask[Dialogue]:  # fmt: skip
        """Return what to ask for these chapters, with their notes; with all notes where that is the whole, and fits."""

        def ask(wanted: Collection[str]) -> Ask[Dialogue]:
            carried = notes(brief, assignment.document, wanted, sentences=not terse)
            material = passages.material(assignment, outline, stretch, before, carried, terse, memories)
            shape = passages.shape(stretch, [*wanted, *memory.names(memories)], self._hosts)
            system, order = self._system(assignment.document, terse), passages.order(stretch, outline, memories)
            talk, name = messages(system, f"{fence(material)}\n\n{order}"), passages.name(stretch, outline)
            return Ask(name, talk, shape, self._settings.max_tokens, heard=("text",), run=form.NO_CHANCE)

        planned = dict.fromkeys(path for chapter in stretch for path in chapter.claims)
        if terse:
            return ask(planned)
        if len(stretch) == len(outline.chapters) and self._desk.fits(every := ask({**planned, **brief.claims()})):
            return every
        always = (path for path in brief.claims() if path.startswith(("tldr", "terms.")))
        return ask({**planned, **dict.fromkeys(always)})

    def _outline_check(self, assignment: Assignment, brief: Brief) -> Callable[[Outline], list[str]]:
        paper, document, tongue = assignment.paper, assignment.document, self._show.language
        asked = False

        def check(outline: Outline) -> list[str]:
            """What is wanting goes back with the first answer only; what is wrong, each time."""
            nonlocal asked
            found = list(planning.problems(outline, paper, brief, document, tongue))
            found += [] if asked else planning.loose(outline, brief)
            asked = True
            return found

        return check

    def _dialogue_check(
        self, outline: Outline, stretch: Sequence[Chapter], target: int, memories: Sequence[Memory],
        before: Sequence[Line],
    ) -> Callable[[Dialogue], list[str]]:  # fmt: skip
        length = sum(chapter.words for chapter in stretch)
        passage = rules.Passage(
            words=length,
            slack=rules.slack(length, target),
            chapters=tuple(chapter.title for chapter in stretch),
            hosts=tuple(host.key for host in self._hosts),
            opens=stretch[0].number == 1,
            must=rules.kinds(tuple(path for chapter in stretch for path in chapter.claims)),
            language=self._desk.show.language,
            before=tuple(before),
        )
        asked = False

        def check(dialogue: Dialogue) -> list[str]:
            """What is dull goes back with the first answer only; what is broken, each time."""
            nonlocal asked
            lines = _lines(dialogue, outline, self._hosts, memories)
            found = rules.broken(lines, passage) + ([] if asked else rules.dull(lines, passage))
            found += [] if asked else memory.mixed([line.claims for line in dialogue.lines])
            asked = True
            return found

        return check


def _listed(brief: Brief, room: int) -> dict[str, str]:
    """Return the brief's claims as notes, by their paths: as many as fit into so many tokens, and eight at least."""
    claims = brief.claims()
    listed = {path: f"{path}: {one_line(claim.text)}" for path, claim in claims.items()}
    while len(listed) > 8 and sum(tokens(note) + 1 for note in listed.values()) > room:
        listed.popitem()
    if len(listed) < len(claims):
        log.warning("%d of %d notes fit the model's context", len(listed), len(claims))
    return listed


def _lines(
    dialogue: Dialogue, outline: Outline, hosts: Sequence[Host], memories: Sequence[Memory]
) -> list[Line]:  # fmt: skip
    """Return the answer's lines as the script has them; a text without a word stays, for the rules to find."""
    return [
        Line(
            host=line.host,
            text=text,
            chapter=one_line(outline.chapters[line.chapter - 1].title),
            kind=line.kind,
        ).model_copy(update=memory.rests(line.claims, memories))
        for line in dialogue.lines
        for text in form.lines(line.text, hosts)
    ]
