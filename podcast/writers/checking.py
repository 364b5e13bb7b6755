"""A script that was written is held to its paper, by rules and by a second reader, and what is wrong goes back once."""

from collections.abc import Sequence
from dataclasses import dataclass

from podcast import grounding
from podcast.show.schema import Brief, Script, Second
from podcast.show.settings import Host, ShowSettings, WriterSettings
from podcast.writers import Assignment, fitting, memory, mending, second
from podcast.writers.chat import Ask, Chat
from podcast.writers.driving import Step, Steps
from podcast.writers.persons import third
from podcast.writers.prompting import one_line
from podcast.writers.sorting import PRESENTS


@dataclass(frozen=True)
class Desk:
    """Whom a show asks for its scripts, and by what settings."""

    chat: Chat
    second: Chat
    settings: WriterSettings
    show: ShowSettings
    hosts: Sequence[Host]

    @property
    def english(self) -> bool:
        return self.show.language.startswith("en")

    def described(self, text: str) -> str:
        """Return the description on one line; where it speaks as the authors ("we propose"), of them."""
        text = one_line(text)
        return third(text) if self.english and PRESENTS[0].search(text) else text

    def fits(self, ask: Ask) -> bool:  # type: ignore[type-arg]
        """Tell whether the model's context holds what is asked, and an answer as long as one may be."""
        return fitting.fits(ask, self.settings.context)

    def checked(self, assignment: Assignment, brief: Brief, script: Script, hosts: Sequence[Host]) -> Steps:
        """Yield what to ask of the second reader, then of the first for what was found wrong; return the script, which
        these hosts speak."""
        document, paper, usage, limit = assignment.document, assignment.paper, script.usage, self.settings.max_tokens
        past = memory.offered(assignment, brief)
        found = grounding.faults(script, brief, document, paper, self.show, self.hosts, past)
        asked = second.ask(script, brief, assignment, past, limit) if self.settings.second_reader else None
        read: tuple[Second, ...] = ()
        if asked and self.fits(asked):
            answer = yield Step(asked, second.check, self.second, spare=True)
            if answer:
                usage += answer.usage
                read = second.verdicts(script, second.false_lines(script, brief, document), answer.value)
        script = script.model_copy(update={"second": read})
        found = grounding.settled(found, script)
        wrong = mending.reasons(grounding.joined(found, grounding.of_reader(script)))
        if wrong:
            mend = mending.ask(self.show, hosts, assignment, brief, script, wrong, limit)
            if self.fits(mend):
                answer = yield Step(mend, mending.check, self.chat, spare=True)
                if answer:
                    usage += answer.usage
                    mended = mending.mended(script, answer.value.lines, hosts, self.show.language, past)
                    read, script = second.after(script, mended, read), mended
        return script.model_copy(update={"usage": usage, "second": read})
