"""Does every figure and name that a line speaks stand in its evidence? Decided without a model.

It may use show alone.

The evidence of a line is the sentences its claims point at, and what is known of the paper itself: title,
authors, upvotes, category, dates. Figures are compared by value and kind of unit, so 30B is 30 billion and 8% is
"eight percent" but not eight points; a rounded figure says so and is within 5 %. Names are what ML papers call
systems, data sets and benchmarks.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from podcast.grounding.evidence import missing
from podcast.grounding.figures import Figure, figures
from podcast.grounding.names import key
from podcast.show.errors import Ungrounded
from podcast.show.schema import Brief, Document, Line, Paper, Script
from podcast.show.settings import Host, ShowSettings

__all__ = ["Fault", "Figure", "check", "faults", "faults_of_roundup", "figures", "missing_facts", "ungrounded"]

_ANYWAY = "Hugging Face Daily Papers; arXiv; GitHub; RSS; AI"
"""What a show may name though no paper does."""


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


def faults(
    script: Script, brief: Brief, document: Document, paper: Paper, show: ShowSettings, hosts: Sequence[Host]
) -> tuple[Fault, ...]:
    """Return everything that lines say and their evidence does not, in order; what a line allows is let pass."""
    claims, sentences = brief.claims(), document.sentences()
    known = _known(paper, document, show, hosts)
    language = show.language.partition("-")[0]
    found: list[Fault] = []
    for number, line in enumerate(script.lines, 1):
        evidence: set[int] = set()
        for path in line.claims:
            if path not in claims:
                found.append(Fault(number, line.claims, path, f"claim {path!r} is not in the brief"))
                continue
            for one in claims[path].evidence:
                if one > len(sentences):
                    reason = f"sentence {one}, the evidence of {path!r}, is not in the document"
                    found.append(Fault(number, line.claims, f"sentence {one}", reason))
                else:
                    evidence.add(one)
        texts = [*known, *(sentences[one - 1] for one in sorted(evidence))]
        for fact, wrong in missing(line.text, texts, language):
            found.append(Fault(number, line.claims, fact, _reason(fact, wrong, sorted(evidence))))
    return tuple(fault for fault in found if not _allowed(fault.fact, script.lines[fault.line - 1]))


def faults_of_roundup(
    script: Script, parts: Sequence[tuple[Brief, Document, Paper]], roundup: Paper, show: ShowSettings,
    hosts: Sequence[Host],
) -> tuple[Fault, ...]:  # fmt: skip
    """Return the same of a roundup: each line is held to the brief, the document and the facts of its own paper.

    A line that is about none may name the papers, their authors and how many they are, and has no claims.
    """
    found: list[Fault] = []
    frame = roundup.model_copy(
        update={
            "title": f"{roundup.title}; {len(parts)} papers; {'; '.join(paper.title for _, _, paper in parts)}",
            "authors": tuple(name for _, _, paper in parts for name in paper.authors),
        }
    )
    nothing = Brief(paper_id=roundup.id), Document(paper_id=parts[0][2].id, source="none", sections=()), frame
    briefs = {paper.id: (brief, document, paper) for brief, document, paper in parts}
    for paper_id in dict.fromkeys(line.paper for line in script.lines):
        numbers = [number for number, line in enumerate(script.lines, 1) if line.paper == paper_id]
        own = script.model_copy(update={"lines": tuple(script.lines[number - 1] for number in numbers)})
        if paper_id is not None and paper_id not in briefs:
            reason = f"the roundup is not about {paper_id}"
            found += [Fault(number, script.lines[number - 1].claims, paper_id, reason) for number in numbers]
            continue
        brief, document, paper = nothing if paper_id is None else briefs[paper_id]
        said = faults(own, brief, document, paper, show, hosts)
        found += [replace(fault, line=numbers[fault.line - 1]) for fault in said]
    return tuple(sorted(found, key=lambda fault: fault.line))


def check(
    script: Script, brief: Brief, document: Document, paper: Paper, show: ShowSettings, hosts: Sequence[Host]
) -> None:
    """Pass a script of which every figure and name stands in the evidence.

    Raises Ungrounded naming the first line that says what its evidence does not, its claims, and what was not
    found; it says how many more faults there are.
    """
    found = faults(script, brief, document, paper, show, hosts)
    if found:
        raise ungrounded(script, found)


def ungrounded(script: Script, found: Sequence[Fault]) -> Ungrounded:
    """Return the faults as one error: the first with its line and claims, and how many more there are."""
    first = found[0]
    pointing = f", pointing at {', '.join(first.claims)}" if first.claims else ""
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return Ungrounded(
        f"line {first.line} says {script.lines[first.line - 1].text!r}{pointing}: {first.reason}{more}",
        "say what the paper says, or point the line at the claim that carries it",
    )


def missing_facts(text: str, evidence: Sequence[str], language: str = "en") -> tuple[str, ...]:
    """Return the figures and names of the text, as spoken, that no evidence holds; the evidence is English."""
    return tuple(fact for fact, _ in missing(text, evidence, language.partition("-")[0]))


def _known(paper: Paper, document: Document, show: ShowSettings, hosts: Sequence[Host]) -> tuple[str, ...]:
    days = [paper.published_at.date(), paper.listed_on, paper.submitted_at.date() if paper.submitted_at else None]
    return (
        paper.title,
        "; ".join(paper.authors),
        f"{paper.upvotes} upvotes; arXiv {paper.id}; {paper.category or ''}; {document.category or ''}",
        f"{show.title}; {'; '.join(host.name for host in hosts)}; {_ANYWAY}",
        "; ".join(_date(day) for day in days if day),
    )


def _date(day: dt.date) -> str:
    return f"{day.isoformat()}; {day.day} {day:%B} {day.year}; {day.day}th"


def _allowed(fact: str, line: Line) -> bool:
    return any(fact.casefold() == allowed.casefold() or key(fact) == key(allowed) for allowed in line.allowed)


def _reason(fact: str, wrong: str, evidence: Sequence[int]) -> str:
    if wrong:
        return f"{fact!r} {wrong}"
    if not evidence:
        return f"{fact!r} needs evidence, and the line points at no claim"
    if len(evidence) == 1:
        return f"{fact!r} does not stand in sentence {evidence[0]}"
    return f"{fact!r} stands in none of sentences {', '.join(map(str, evidence))}"
