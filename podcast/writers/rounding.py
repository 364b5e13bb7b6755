"""A roundup by a language model: a chapter a paper, each asked for alone, and held to its own paper's notes."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, create_model

from podcast import grounding
from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Line, Roundup, Script, Usage
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, company, fitting, form, mending, rules
from podcast.writers.chat import Ask, Chat
from podcast.writers.prompting import fence, language, messages, notes, one_line, prompt
from podcast.writers.rounds import titles
from podcast.writers.shapes import bounds, many, one_of

log = logging.getLogger(__name__)


class SaidLine(BaseModel):
    host: str
    text: Annotated[str, bounds(letters=600)]
    claims: list[str]


class Segment(BaseModel):
    lines: list[SaidLine]


class Rounder:
    """Writes roundups for one show."""

    def __init__(self, chat: Chat, settings: WriterSettings, show: ShowSettings, hosts: Sequence[Host]) -> None:
        self._chat, self._settings, self._show, self._hosts = chat, settings, show, hosts

    def _system(self, span: str) -> str:
        """Return what the model is told of its work; `span` is the day, the week or the month."""
        show, hosts = self._show, self._hosts
        how = {**company.words(hosts), "hosts": company.people(hosts)}
        return prompt("roundup", show=show.title, language=language(show.language), span=span, **how)

    def script(
        self, roundup: Roundup, parts: Sequence[tuple[Assignment, Brief]], minutes: float, drafts: Path
    ) -> Script:
        """Return the script. Lines that say what their paper does not went back once.

        Raises WriterError, with the place of the draft, where the model could not keep the rules.
        """
        named, lines, usage = titles(roundup.papers), list[Line](), Usage()
        share = round(minutes * rules.WORDS_A_MINUTE / len(parts))
        for number, (assignment, brief) in enumerate(parts, 1):
            chapter = named[assignment.paper.id]
            words = min(share, 80 + 45 * len(brief.claims()))
            span = roundup.period.kind if roundup.period else "day"
            ask, claims = self._ask(assignment, brief, words, number, len(parts), lines, span)
            passage = self._passage(chapter, words, claims, opens=number == 1)
            answer = self._chat.ask(ask, drafts, self._check(chapter, assignment, passage))
            said = Script(title=chapter, description="", lines=_lines(answer.value, chapter, assignment, self._hosts))
            said, used = self._mended(assignment, brief, said, drafts)
            lines += said.lines
            usage += answer.usage + used
        listed = "; ".join(one.title.rstrip(".") for one in roundup.papers)
        return Script(title=roundup.title, description=f"{listed}.", lines=tuple(lines), usage=usage)

    def _mended(self, assignment: Assignment, brief: Brief, said: Script, drafts: Path) -> tuple[Script, Usage]:
        found = grounding.faults(said, brief, assignment.document, assignment.paper, self._show, self._hosts)
        if found:
            wrong = mending.reasons(found)
            limit = self._settings.max_tokens
            mend = mending.ask(self._show, self._hosts, assignment, brief, said, wrong, limit)
            if fitting.fits(mend, self._settings.context):
                try:
                    answer = self._chat.ask(mend, drafts, mending.check)
                except WriterError as error:
                    log.warning("%s; the lines it was about stay, and are marked", error)
                    return said, Usage()
                lines = answer.value.lines
                return mending.mended(said, lines, self._hosts, self._show.language), answer.usage
        return said, Usage()

    def _passage(self, chapter: str, words: int, claims: Sequence[str], *, opens: bool) -> rules.Passage:
        return rules.Passage(
            words=words,
            slack=max(40, round(0.3 * words)),
            chapters=(chapter,),
            hosts=tuple(host.key for host in self._hosts),
            opens=opens,
            must=rules.kinds(claims)[:2],
            language=self._show.language,
        )

    def _check(
        self, chapter: str, assignment: Assignment, passage: rules.Passage
    ) -> Callable[[Segment], Sequence[str]]:
        def check(segment: Segment) -> Sequence[str]:
            return rules.broken(_lines(segment, chapter, assignment, self._hosts), passage)

        return check

    def _ask(
        self, assignment: Assignment, brief: Brief, words: int, number: int, count: int, before: Sequence[Line],
        span: str,
    ) -> tuple[Ask[Segment], Sequence[str]]:  # fmt: skip
        """Return what to ask for the chapter, with as much of the notes as the model's context holds, and the claims of
        those notes."""

        def ask(paths: Sequence[str], sentences: bool) -> Ask[Segment]:
            return self._with(assignment, brief, words, number, count, before, paths, span, sentences=sentences)

        return fitting.fitted(ask, tuple(brief.claims()), self._settings.context)

    def _with(
        self, assignment: Assignment, brief: Brief, words: int, number: int, count: int, before: Sequence[Line],
        paths: Sequence[str], span: str, *, sentences: bool,
    ) -> Ask[Segment]:  # fmt: skip
        paper = assignment.paper
        known = f"{one_line(paper.title)}\nAuthors: {one_line(', '.join(paper.authors))}\nUpvotes: {paper.votes}"
        carried = notes(brief, assignment.document, paths, sentences=sentences)
        heard = "\n".join(f"{line.host}: {line.text}" for line in before[-4:])
        material = f"The paper:\n{known}\n\nThe notes, each with the sentences that carry it:\n{carried}"
        material += f"\n\nWhat was said just before:\n{heard}" if heard else ""
        first = (
            "It is the first: begin with a hook, no greeting; within six lines say once that script and voices are "
            f"made by AI, and that this is a roundup of the {span}. "
        )
        last = "It is the last: end with where the links are, in the show notes, and no long goodbye. "
        order = (
            f"Write chapter {number} of {count}, about {words} words. Name the paper's title early. "
            + (first if number == 1 else "Go on from what was said just before; greet nobody. ")
            + (last if number == count else "Other papers follow: take leave of nobody. ")
        ).strip()
        line = create_model(
            "SaidLine", __base__=SaidLine, host=(one_of(host.key for host in self._hosts), ...),
            claims=(many(one_of(paths) if paths else str), bounds(most=6)),
        )  # fmt: skip
        shape = create_model("Segment", __base__=Segment, lines=(many(line), Field(max_length=max(8, words // 6))))
        talk = messages(self._system(span), f"{fence(material)}\n\n{order}")
        limit = self._settings.max_tokens
        return Ask(f"roundup, {paper.id}", talk, shape, limit, heard=("text",), run=form.NO_CHANCE)


def _lines(segment: Segment, chapter: str, assignment: Assignment, hosts: Sequence[Host]) -> tuple[Line, ...]:
    """Return the answer's lines as the script has them; a text without a word stays, for the rules to find."""
    return tuple(
        Line(
            host=line.host,
            text=text,
            chapter=chapter,
            claims=tuple(dict.fromkeys(line.claims)),
            paper=assignment.paper.id,
        )
        for line in segment.lines
        for text in form.lines(line.text, hosts)
    )
