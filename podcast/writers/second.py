"""The second reader: one call that holds every line with claims against its sentences, as no rule can."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, create_model

from podcast.show.schema import Brief, Document, Script, Second
from podcast.writers.chat import Ask
from podcast.writers.prompting import fence, messages, one_line, prompt
from podcast.writers.shapes import many, one_of


class SaidVerdict(BaseModel):
    number: int
    verdict: Literal["supported", "adds", "contradicts"]
    words: str


class Verdicts(BaseModel):
    verdicts: list[SaidVerdict]


def ask(script: Script, brief: Brief, document: Document, max_tokens: int) -> Ask[Verdicts] | None:
    """Return what to ask about the script's lines; None where none of them speaks a claim."""
    claims, sentences = brief.claims(), document.sentences()
    shown: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(script.lines, 1):
        evidence = sorted({n for path in line.claims if path in claims for n in claims[path].evidence})
        if line.kind or not evidence:
            continue
        numbers.append(number)
        shown.append(f"{number}. {line.host}: {line.text}")
        shown += [f"   [{n}] {one_line(sentences[n - 1])}" for n in evidence if n <= len(sentences)]
    if not numbers:
        return None
    one = create_model("SaidVerdict", __base__=SaidVerdict, number=(one_of(numbers), ...))
    shape = create_model("Verdicts", __base__=Verdicts, verdicts=(many(one), ...))
    return Ask("second reader", messages(prompt("second"), fence("\n".join(shown))), shape, max_tokens)


def check(answer: Verdicts) -> list[str]:
    """Return what is wrong with the answer: that it says nothing."""
    return [] if answer.verdicts else ["no line has a verdict"]


def verdicts(script: Script, answer: Verdicts) -> tuple[Second, ...]:
    """Return what was found of each line, once a line, in the script's order."""
    said = {one.number: one for one in answer.verdicts if 1 <= one.number <= len(script.lines)}
    return tuple(
        Second(text=script.lines[number - 1].text, verdict=one.verdict, words=one_line(one.words))
        for number, one in sorted(said.items())
    )


def after(before: Script, mended: Script, found: Sequence[Second]) -> tuple[Second, ...]:
    """Return the verdicts of a script whose lines went back: those of new words say that they were not read again."""
    new = {old.text: line.text for old, line in zip(before.lines, mended.lines, strict=True) if old.text != line.text}
    return tuple(
        Second(text=new[one.text], verdict="mended", words=one.words) if one.text in new else one for one in found
    )
