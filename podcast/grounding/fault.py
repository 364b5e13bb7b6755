"""What lines say that their evidence does not: one list a script, of two grades, whoever found it.

>>> one, other = Fault(2, (), "8%", "", "doubted"), Fault(1, (), "BERT", "")
>>> [fault.fact for fault in joined([one], [other])]
['BERT', '8%']
>>> [fault.fact for fault in refused([one, other])]
['BERT']
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from podcast.grounding.finding import Grade
from podcast.grounding.names import key
from podcast.show.errors import Ungrounded, as_typed
from podcast.show.schema import Line, Script, Second


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


def settled(found: Iterable[Fault], script: Script) -> tuple[Fault, ...]:
    """Return the faults but for doubts about lines that a proven second reader found supported, word by word.

    >>> from podcast.show.schema import Line, Script, Second
    >>> line = Line(host="A", chapter="x", text="It wins.")
    >>> read = Second(text="It wins.", verdict="supported", proven=True)
    >>> script = Script(title="x", description="x", lines=(line,), second=(read,))
    >>> [fault.fact for fault in settled([Fault(1, (), "wins", "", "doubted"), Fault(1, (), "BERT", "")], script)]
    ['BERT']
    """
    upheld = {one.text for one in script.second if one.verdict == "supported" and one.proven}
    return tuple(
        fault for fault in found if fault.grade == "refused" or script.lines[fault.line - 1].text not in upheld
    )


READER = "the second reader"
"""What a person lets pass who overrules a second reader's verdict: `Line.allowed` names it so."""
_DOUBTED = ("adds", "contradicts")


def of_reader(script: Script) -> tuple[Fault, ...]:
    """Return what the second reader found wrong with lines that are still worded as it read them, and nobody let pass.

    >>> from podcast.show.schema import Line, Script, Second
    >>> line = Line(host="A", chapter="x", text="It wins.")
    >>> read = Second(text="It wins.", verdict="contradicts", words="it loses")
    >>> [fault.reason for fault in of_reader(Script(title="x", description="x", lines=(line,), second=(read,)))]
    ['the second reader finds that it contradicts its sentences: the sentence says "it loses"']
    """
    by_text = {one.text: one for one in script.second if one.verdict in _DOUBTED}
    return tuple(
        Fault(number, line.claims, READER, _verdict(by_text[line.text]), "doubted", "reader")
        for number, line in enumerate(script.lines, 1)
        if line.text in by_text and not lets_pass(line, READER)
    )


def _verdict(one: Second) -> str:
    quoted = f': the sentence says "{one.words}"' if one.words else ""
    what = "contradicts its sentences" if one.verdict == "contradicts" else "adds to its sentences"
    return f"the second reader finds that it {what}{quoted}"


def standing(script: Script) -> tuple[Fault, ...]:
    """Return what is doubted of lines, as it was marked when they were written: each sentence is its own fact."""
    read = of_reader(script)
    marked_ = {(fault.line, fault.reason) for fault in read}
    rules = [Fault(number, line.claims, reason, reason, "doubted") for number, line in enumerate(script.lines, 1)
             for reason in line.doubted if (number, reason) not in marked_]  # fmt: skip
    return joined(rules, read)


def doubts(script: Script) -> Mapping[int, tuple[str, ...]]:
    """Return by a line's number what of it is doubted, whoever doubts it, a sentence each.

    What was marked when it was written, and verdicts of a second reader that an earlier version left unmarked.
    """
    found: dict[int, list[str]] = {}
    for fault in standing(script):
        found.setdefault(fault.line, []).append(fault.reason)
    return {number: tuple(reasons) for number, reasons in found.items()}


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
    """Return the script with the facts of all faults noted as allowed at their lines, which are doubted no more."""
    lines = list(script.lines)
    for fault in found:
        line = lines[fault.line - 1]
        passed = tuple(dict.fromkeys((*line.allowed, fault.fact)))
        lines[fault.line - 1] = line.model_copy(update={"allowed": passed, "doubted": ()})
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
        f"line {first.line} says {as_typed(script.lines[first.line - 1].text)}{pointing}: {first.reason}{more}",
        "say what the paper says, or point the line at the claim that carries it",
    )
