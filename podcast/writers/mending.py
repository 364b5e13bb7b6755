"""Lines that say what the paper does not go back to the model once, with what was not found."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import BaseModel, create_model

from podcast.grounding import Fault
from podcast.show.schema import Brief, Document, Kind, Memory, Script
from podcast.show.settings import Host, ShowSettings
from podcast.writers import Assignment, company, form, memory, rules
from podcast.writers.chat import Ask
from podcast.writers.prompting import fence, language, messages, notes, one_line, prompt
from podcast.writers.shapes import bounds, many, one_of
from podcast.writers.tongues import written_in


class MendedLine(BaseModel):
    number: int
    text: Annotated[str, bounds(letters=600)]
    claims: list[str]
    kind: Kind = ""


class MendedLines(BaseModel):
    lines: list[MendedLine]


_AROUND = 2
"""Lines before and after a failing one that are shown with it."""
_NEAREST = 2
"""Notes that come nearest to what a line wanted to say, shown beside those it names."""


def reasons(faults: Sequence[Fault]) -> Mapping[int, Sequence[str]]:
    """Return what is wrong with lines, by their number."""
    found: dict[int, list[str]] = {}
    for fault in faults:
        perhaps = "perhaps: " if fault.grade == "doubted" and fault.by == "rules" else ""
        found.setdefault(fault.line, []).append(perhaps + one_line(fault.reason))
    return dict(sorted(found.items()))


def ask(
    show: ShowSettings, hosts: Sequence[Host], assignment: Assignment, brief: Brief, script: Script,
    wrong: Mapping[int, Sequence[str]], max_tokens: int,
) -> Ask[MendedLines]:  # fmt: skip
    """Return what to ask for the lines that are wrong, between their neighbours, and for no others."""
    claims, document = brief.claims(), assignment.document
    memories = memory.offered(assignment, brief) if any(script.lines[n - 1].earlier for n in wrong) else ()
    shown: list[str] = []
    for number, line in enumerate(script.lines, 1):
        if number in wrong:
            shown.append(f"{number}. {line.host}: {line.text}")
            shown += [f"   {reason}" for reason in wrong[number]]
            named = [path for path in line.claims if path in claims]
            named = [] if line.earlier else named
            near = [path for path in _nearest(line.text, brief, document) if path not in named]
            if line.earlier:
                shown += [f"   its notes, of an earlier episode: {memory.heading(line, assignment, memories)}"]
                shown += [row for name, claim in memory.behind(line, memories) for row in memory.told(name, claim)]
            else:
                shown += ["   its notes:", notes(brief, document, named)] if named else ["   it names no note"]
            shown += ["   notes that come near:", notes(brief, document, near)] if near else []
        elif any(abs(number - other) <= _AROUND for other in wrong):
            shown.append(f"({line.host}: {line.text})")
    line_shape = create_model(
        "MendedLine", __base__=MendedLine, number=(one_of(wrong), ...),
        claims=(many(one_of([*claims, *memory.names(memories)])), bounds(most=6)),
    )  # fmt: skip
    shape = create_model("MendedLines", __base__=MendedLines, lines=(many(line_shape), bounds(most=len(wrong))))
    system = prompt("mend_lines", show=show.title, language=language(show.language), hosts=company.people(hosts),
                    **company.words(hosts))  # fmt: skip
    talk = messages(system, fence("\n".join(shown)))
    return Ask("mend lines", talk, shape, max_tokens, heard=("text",), run=form.NO_CHANCE)


def _nearest(text: str, brief: Brief, document: Document) -> Sequence[str]:
    """Return the notes whose sentences share most with the text: figures and longer words."""
    wanted, sentences = _telling(text), document.sentences()
    score = {
        path: len(wanted & _telling(" ".join(sentences[n - 1] for n in claim.evidence if n <= len(sentences))))
        for path, claim in brief.claims().items()
    }
    best = sorted((path for path, shared in score.items() if shared), key=lambda path: -score[path])
    return best[:_NEAREST]


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d[\d.,]*\d|\d|[^\W\d_]{5,}", text.lower()))


def check(mended: MendedLines) -> list[str]:
    """Return what is wrong with the lines, so that nobody could record them."""
    return [
        f"line {line.number} has {rules.words(line.text)} words: it needs 1 to {rules.MOST_WORDS}"
        for line in mended.lines
        if not 0 < rules.words(line.text) <= rules.MOST_WORDS
    ]


def mended(
    script: Script, answered: Sequence[MendedLine], hosts: Sequence[Host], code: str,
    memories: Sequence[Memory] = (),
) -> Script:  # fmt: skip
    """Return the script with these lines in the place of those of their numbers; one that names no kind keeps it.

    A line stays as it was, for whoever reads the script to mend, where by the new words the script would break a rule,
    or they are in another language than `code`, the show's.
    """
    lines = script.lines
    for line in answered:
        new = {"text": form.said(line.text, hosts) or "…", **memory.rests(line.claims, memories)}
        new |= {"kind": line.kind} if "kind" in line.model_fields_set else {}
        at = line.number - 1
        changed = (*lines[:at], lines[at].model_copy(update=new), *lines[at + 1 :])
        foreign = written_in(lines[at].text, code) and not written_in(changed[at].text, code)
        lines = lines if foreign or rules.worse(lines, changed, code) else changed
    return script.model_copy(update={"lines": lines})
