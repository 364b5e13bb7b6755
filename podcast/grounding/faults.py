"""What lines say that their evidence does not: one list a script, of two grades, whoever found it.

>>> one, other = Fault(2, (), "8%", "", "doubted"), Fault(1, (), "BERT", "")
>>> [fault.fact for fault in joined([one], [other])]
['BERT', '8%']
>>> [fault.fact for fault in refused([one, other])]
['BERT']
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from podcast.grounding.findings import Grade
from podcast.grounding.names import key
from podcast.show.errors import Ungrounded
from podcast.show.schema import Line, Script


@dataclass(frozen=True)
class Fault:
    """Something that a line says and its evidence does not."""

    line: int
    """Counted from 1."""
    claims: tuple[str, ...]
    fact: str
    """As spoken."""
    reason: str
    """One sentence."""
    grade: Grade = "refused"
    """A refused line stops the episode; a doubted one goes back once, is marked, and stops nothing."""
    by: str = "rules"
    """Who found it: rules, or reader for a second model."""


def joined(*judged: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults of all judges in the order of the lines, the graver first; what two found stands once."""
    found: dict[tuple[int, str], Fault] = {}
    for fault in sorted((fault for faults in judged for fault in faults), key=lambda fault: fault.grade == "doubted"):
        found.setdefault((fault.line, fault.fact.casefold()), fault)
    return tuple(sorted(found.values(), key=lambda fault: fault.line))


def refused(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults that stop an episode."""
    return tuple(fault for fault in found if fault.grade == "refused")


def marked(script: Script, found: Iterable[Fault]) -> Script:
    """Return the script with the doubted faults noted at their lines, beside those that stand there."""
    doubts: dict[int, list[str]] = {}
    for fault in found:
        if fault.grade == "doubted":
            doubts.setdefault(fault.line, []).append(fault.reason)
    lines = tuple(
        line.model_copy(update={"doubted": tuple(dict.fromkeys((*line.doubted, *doubts[number])))})
        if number in doubts
        else line
        for number, line in enumerate(script.lines, 1)
    )
    return script.model_copy(update={"lines": lines})


def allowed(script: Script, found: Iterable[Fault]) -> Script:
    """Return the script with the refused facts noted as allowed at their lines."""
    lines = list(script.lines)
    for fault in refused(found):
        line = lines[fault.line - 1]
        lines[fault.line - 1] = line.model_copy(update={"allowed": (*line.allowed, fault.fact)})
    return script.model_copy(update={"lines": tuple(lines)})


def lets_pass(line: Line, fact: str) -> bool:
    """Return whether a person let the fact pass at the line."""
    return any(fact.casefold() == one.casefold() or key(fact) == key(one) for one in line.allowed)


def ungrounded(script: Script, found: Sequence[Fault]) -> Ungrounded:
    """Return the refused faults as one error: the first with its line and claims, and how many more there are."""
    first = found[0]
    pointing = f", pointing at {', '.join(first.claims)}" if first.claims else ""
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return Ungrounded(
        f"line {first.line} says {script.lines[first.line - 1].text!r}{pointing}: {first.reason}{more}",
        "say what the paper says, or point the line at the claim that carries it",
    )
