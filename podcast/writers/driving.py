"""What a talk asks of a model, step by step: one driver has the steps answered, or lists them for who reckons."""

import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from podcast.show.errors import WriterError
from podcast.show.schema import Script
from podcast.writers.chat import Answer, Ask, Chat, NotKept

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """Something to ask, and what finds fault with the answer."""

    ask: Ask[Any]
    check: Callable[[Any], Sequence[str]]
    chat: Chat
    spare: bool = False
    """Whether it goes on without: what was written before stays."""


Steps = Generator[Step, Answer[Any] | None, Script]
"""What to ask next; each takes the answer to the one before, and at the end there is the script."""


def script(steps: Steps, drafts: Path) -> Script:
    """Return the script that the steps come to, each answered in its turn.

    Raises WriterError, with the place of the draft, where the model could not keep the rules.
    """
    try:
        step = next(steps)
        while True:
            step = steps.send(_answer(step, drafts))
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # what the generator returns


def asks(steps: Steps, drafts: Path) -> Iterator[Ask[Any]]:
    """Yield what will be asked, as far as the answers that are kept tell."""
    return (ask for ask, _ in _walk(steps, drafts))


def reached(steps: Steps, drafts: Path) -> str | None:
    """Return the name of what is asked first whose answer is not kept; None where the whole script is."""
    return next((ask.name for ask, kept in _walk(steps, drafts) if not kept), None)


def _answer(step: Step, drafts: Path) -> Answer[Any] | None:
    """Return the answer to a step; None where there is none, and it goes on without."""
    try:
        return step.chat.ask(step.ask, drafts, step.check)
    except WriterError as error:
        if not step.spare:
            raise
        level = logging.INFO if isinstance(error, NotKept) else logging.WARNING
        log.log(level, "%s; the lines it was about stay, and are marked", error)
        return None


def _walk(steps: Steps, drafts: Path) -> Iterator[tuple[Ask[Any], bool]]:
    """Yield what is asked and whether its answer is kept, up to the first whose is not."""
    step = next(steps, None)
    while step:
        answer, kept = _recalled(step, drafts)
        yield step.ask, kept
        if not kept:
            return
        try:
            step = steps.send(answer)
        except StopIteration:
            return


def _recalled(step: Step, drafts: Path) -> tuple[Answer[Any] | None, bool]:
    """Return the kept answer to a step, and whether all that it needs is kept: a spare one may go on without."""
    try:
        answer = step.chat.recall(step.ask, drafts, step.check)
    except WriterError:
        if not step.spare:
            raise
        return None, True
    return answer, answer is not None
