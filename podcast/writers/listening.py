"""Five listeners: a script is read as each of them, and the lines by which one would be held are written again."""

from collections.abc import Callable, Collection
from typing import Annotated

from pydantic import BaseModel, create_model

from podcast.show.schema import Script
from podcast.writers import form, rules
from podcast.writers.chat import Ask
from podcast.writers.mending import MendedLine, mended
from podcast.writers.prompting import fence, messages, prompt
from podcast.writers.shapes import bounds, many, one_of


class Listened(BaseModel):
    drifts: Annotated[list[str], bounds(most=10)]
    lines: list[MendedLine]


def ask(system: str, material: str, script: Script, claims: Collection[str], max_tokens: int) -> Ask[Listened]:
    """Return what to ask: the same instructions and material as for the dialogue, and the script that came of it."""
    shown = "\n".join(
        f"{number}. ({line.chapter}; {line.kind or 'the paper'}; {', '.join(line.claims) or 'no notes'}) "
        f"{line.host}: {line.text}"
        for number, line in enumerate(script.lines, 1)
    )
    line = create_model(
        "MendedLine", __base__=MendedLine, number=(one_of(range(1, len(script.lines) + 1)), ...),
        claims=(many(one_of(claims) if claims else str), bounds(most=6)),
    )  # fmt: skip
    shape = create_model("Listened", __base__=Listened, lines=(many(line), bounds(most=len(script.lines))))
    talk = messages(system, f"{fence(material)}\n\n{prompt('listen')}\n\n{fence(shown)}")
    return Ask("listeners", talk, shape, max_tokens, heard=("text",), run=form.NO_CHANCE)


def check(script: Script, passage: rules.Passage) -> Callable[[Listened], list[str]]:
    """Return what finds fault with an answer: a script that nobody could record would come of it."""
    return lambda answer: rules.broken(mended(script, answer.lines).lines, passage)
