"""The second reader: one call that holds every line with claims against its sentences, as no rule can.

Among the lines stand a few that were made false on purpose. A reader that sees through them is believed where it finds
a line supported that a rule doubts; one that passes them, as small models do, is believed in what it finds wrong alone.

>>> _altered("It reaches 12.5 on the test of 2017.")
'It reaches 37.5 on the test of 2017.'
>>> _altered("It learns from GPT-4 alone.")
''
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic import BaseModel, create_model

from podcast.show.schema import Brief, Document, Memory, Script, Second, evidence_of
from podcast.writers import Assignment, memory
from podcast.writers.chat import Answer, Ask
from podcast.writers.driving import Steps
from podcast.writers.persons import third
from podcast.writers.prompting import fence, messages, one_line, prompt
from podcast.writers.shapes import many, one_of


class SaidVerdict(BaseModel):
    number: int
    verdict: Literal["supported", "adds", "contradicts"]
    words: str


class Verdicts(BaseModel):
    verdicts: list[SaidVerdict]


@dataclass(frozen=True)
class Held(Ask[Verdicts]):
    """Lines to be held against what stands under them, all of which can be asked about, or some."""

    rows: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """What is shown of each, by its number: the script's lines, and behind them those that are false on purpose."""
    last: int = 0
    """The number of the script's last line."""

    @property
    def lines(self) -> Collection[int]:
        """The numbers of the script's lines that it is about."""
        return [number for number in self.rows if number <= self.last]

    def rest(self, read: Collection[int]) -> "Held | None":
        """Return what to ask about the lines that were not read; None where all of the script's were."""
        left = {number: rows for number, rows in self.rows.items() if number not in read}
        if not any(number <= self.last for number in left):
            return None
        return _asked("second reader, again", left, self.last, self.max_tokens)


_ALTERED = 2
"""Sentences of which a figure is changed; beside them one stands under a sentence that is not its own."""
_FIGURE = re.compile(r"(?<![\w.,:/-])(?!(?:19|20)\d\d\b)(\d{1,6})(\.\d+)?(?![\w,:/-]|\.\d)")
"""A figure that is part of no name, date or version."""


def ask(
    script: Script, brief: Brief, assignment: Assignment, memories: Sequence[Memory], max_tokens: int
) -> Held | None:
    """Return what to ask about the script's lines; None where none of them speaks a claim."""
    document = assignment.document
    sentences, rests = document.sentences(), _rests(script, brief, document)
    held = {number: [f"   [{n}] {one_line(sentences[n - 1])}" for n in evidence] for number, evidence in rests.items()}
    earlier = _of_earlier(script, assignment, memories)
    held |= earlier
    for number in rests:  # set beside an earlier episode that was just spoken of
        held[number] += [row for before in (number - 2, number - 1) for row in earlier.get(before, ())]
    if not held:
        return None
    rows: dict[int, Sequence[str]] = {}
    for number, evidence in sorted(held.items()):
        line = script.lines[number - 1]
        rows[number] = [f"{number}. {line.host}: {line.text}", *evidence]
    for number, (text, n) in false_lines(script, brief, document).items():
        rows[number] = [f"{number}. {script.lines[0].host}: {text}", f"   [{n}] {one_line(sentences[n - 1])}"]
    return _asked("second reader", rows, len(script.lines), max_tokens)


def _asked(name: str, rows: Mapping[int, Sequence[str]], last: int, max_tokens: int) -> Held:
    shown = "\n".join(row for one in rows.values() for row in one)
    one = create_model("SaidVerdict", __base__=SaidVerdict, number=(one_of(rows), ...))
    shape = create_model("Verdicts", __base__=Verdicts, verdicts=(many(one), ...))
    return Held(name, messages(prompt("second"), fence(shown)), shape, max_tokens, rows=rows, last=last)


def completed(steps: Steps) -> Steps:
    """Yield the same steps, and behind the second reader's one more for the lines that it left out, or was cut before.

    Return the script, which says who read it, and of how many lines where that is not all.
    """
    model, count = "", 0
    answer: Answer[Any] | None = None
    while True:
        try:
            step = steps.send(answer)
        except StopIteration as done:
            script: Script = done.value
            break
        answer = yield step
        if answer and isinstance(step.ask, Held):
            model, count = step.chat.model, len(step.ask.lines)
            rest = step.ask.rest([one.number for one in answer.value.verdicts])
            more = (yield replace(step, ask=rest)) if rest else None
            if more:
                both = Verdicts(verdicts=[*answer.value.verdicts, *more.value.verdicts])
                answer = replace(answer, value=both, usage=answer.usage + more.usage)
    read = len(script.second)
    reader = (model if read == count else f"{model}, {read} of {count} lines") if read else "none"
    return script.model_copy(update={"made_with": {**script.made_with, "second reader": reader}})


def _rests(script: Script, brief: Brief, document: Document) -> Mapping[int, Sequence[int]]:
    """Return the numbers of the sentences on which lines rest, by the numbers of the lines that are held to them."""
    claims, count = brief.claims(), len(document.sentences())
    lines = {number: line for number, line in enumerate(script.lines, 1) if not (line.kind or line.earlier)}
    held = {number: evidence_of(line.claims, claims) for number, line in lines.items()}
    known = {number: [n for n in evidence if n <= count] for number, evidence in held.items()}
    return {number: evidence for number, evidence in known.items() if evidence}


def _of_earlier(script: Script, assignment: Assignment, memories: Sequence[Memory]) -> dict[int, list[str]]:
    """Return what lines that refer to earlier episodes rest on, by their numbers: which episode, and its sentences."""
    return {
        number: [
            f"   [0] {memory.heading(line, assignment, memories)}",
            *(f"   [{one.number}] {one_line(one.text)}" for _, claim in memory.behind(line, memories)
              for one in claim.sentences),
        ]
        for number, line in enumerate(script.lines, 1) if line.earlier
    }  # fmt: skip


def false_lines(script: Script, brief: Brief, document: Document) -> Mapping[int, tuple[str, int]]:
    """Return lines that are false on purpose, each with the number of its sentence, by numbers behind the script's.

    They are the paper's own sentences, told as hosts tell them, with another figure, or under another sentence.
    """
    sentences = document.sentences()
    used = list(dict.fromkeys(n for evidence in _rests(script, brief, document).values() for n in evidence))
    made = [(altered, n) for n in used if (altered := _altered(third(one_line(sentences[n - 1]))))][:_ALTERED]
    if len(used) > 1 and sentences[used[0] - 1] != sentences[used[-1] - 1]:
        made.append((third(one_line(sentences[used[-1] - 1])), used[0]))
    return dict(enumerate(made, len(script.lines) + 1))


def _altered(sentence: str) -> str:
    """Return the sentence with its first figure changed to one that it does not have; "" where it has no figure."""
    figure = _FIGURE.search(sentence)
    if not figure:
        return ""
    other = str(3 * int(figure[1]) + 1)
    return "" if other in sentence else sentence[: figure.start(1)] + other + sentence[figure.end(1) :]


def check(answer: Verdicts) -> list[str]:
    """Return what is wrong with the answer: that it says nothing."""
    return [] if answer.verdicts else ["no line has a verdict"]


def verdicts(script: Script, made: Mapping[int, object], answer: Verdicts) -> tuple[Second, ...]:
    """Return what was found of each line, once a line, in the script's order; `made` are the false lines' numbers."""
    said = {one.number: one for one in answer.verdicts}
    proven = bool(made) and all(number in said and said[number].verdict != "supported" for number in made)
    return tuple(
        Second(text=script.lines[number - 1].text, verdict=one.verdict, words=one_line(one.words), proven=proven)
        for number, one in sorted(said.items())
        if 1 <= number <= len(script.lines)
    )


def after(before: Script, mended: Script, found: Sequence[Second]) -> tuple[Second, ...]:
    """Return the verdicts of a script whose lines went back: those of new words say that they were not read again."""
    new = {old.text: line.text for old, line in zip(before.lines, mended.lines, strict=True) if old.text != line.text}
    return tuple(
        Second(text=new[one.text], verdict="mended", words=one.words) if one.text in new else one for one in found
    )
