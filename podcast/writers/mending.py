"""Lines that say what the paper does not go back to the model once, with what was not found."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, create_model

from podcast.grounding import Fault
from podcast.show.saying import speakable
from podcast.show.schema import Brief, Script
from podcast.writers import Assignment, rules
from podcast.writers.chat import Ask
from podcast.writers.prompting import fence, messages, notes, one_line, prompt
from podcast.writers.shapes import bounds, many, one_of


class MendedLine(BaseModel):
    number: int
    text: Annotated[str, bounds(letters=600)]
    claims: list[str]


class MendedLines(BaseModel):
    lines: list[MendedLine]


def ask(
    system: str, assignment: Assignment, brief: Brief, script: Script, faults: Sequence[Fault], max_tokens: int
) -> Ask[MendedLines]:
    """Return what to ask for the lines that the faults name, and for no others."""
    failing = sorted({fault.line for fault in faults})
    problems = "\n".join(
        f"{number}. {script.lines[number - 1].host}: {script.lines[number - 1].text}\n"
        + "\n".join(f"   {one_line(fault.reason)}" for fault in faults if fault.line == number)
        for number in failing
    )
    claims = brief.claims()
    line = create_model(
        "MendedLine", __base__=MendedLine, number=(one_of(failing), ...), claims=(many(one_of(claims)), bounds(most=6))
    )
    shape = create_model("MendedLines", __base__=MendedLines, lines=(many(line), bounds(most=len(failing))))
    material = f"The notes, each with the sentences that carry it:\n{notes(brief, assignment.document, claims)}"
    order = prompt("mend_lines", problems=fence(problems))
    return Ask("mend lines", messages(system, f"{fence(material)}\n\n{order}"), shape, max_tokens)


def check(mended: MendedLines) -> list[str]:
    """Return what is wrong with the lines, so that nobody could record them."""
    return [
        f"line {line.number} has {rules.words(line.text)} words: it needs 1 to {rules.MOST_WORDS}"
        for line in mended.lines
        if not 0 < rules.words(line.text) <= rules.MOST_WORDS
    ]


def mended(script: Script, answer: MendedLines) -> Script:
    """Return the script with the answer's lines in the place of those of their numbers."""
    lines = list(script.lines)
    for line in answer.lines:
        new = {"text": speakable(one_line(line.text)) or "…", "claims": tuple(dict.fromkeys(line.claims))}
        lines[line.number - 1] = lines[line.number - 1].model_copy(update=new)
    return script.model_copy(update={"lines": tuple(lines)})
