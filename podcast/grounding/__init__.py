"""Does what a line says of the paper stand in its evidence? Decided without a model.

It may use show, and how speech reads numbers.

The evidence of a line is the sentences its claims point at, the two lines before it, and what is known of the paper's
entry, each fact for what it is: votes count votes. Figures are compared by value, kind and what they are bound to, so
30B is 30 billion and 8% is "eight percent" but not eight points; a rounded figure says so and is near, and a sum of two
figures is one that fits. Names are what ML papers call systems, data sets and benchmarks. What is plainly not so is
refused and stops the episode; a likely twist is doubted and stops nothing.

>>> missing_facts("It gains eight percent.", ["Accuracy rises by 8%."])
()
>>> missing_facts("It gains eight points on ImageNet.", ["Accuracy rises by 8%."])
('eight', 'ImageNet')
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from podcast.show.iso639 import primary
from podcast.show.schema import Brief, Document, Memory, Paper, Script
from podcast.show.settings import Host, ShowSettings

if TYPE_CHECKING:
    from podcast.grounding.evidence import findings
    from podcast.grounding.fault import (
        Fault,
        allowed,
        doubts,
        joined,
        marked,
        of_reader,
        refused,
        settled,
        standing,
        ungrounded,
    )
    from podcast.grounding.figure import Figure, figures
    from podcast.grounding.finding import Finding, Grade
    from podcast.grounding.judging import faults, faults_of_roundup
    from podcast.grounding.known import Known, known_of

__all__ = [
    "Fault", "Figure", "Finding", "Grade", "Known", "allowed", "check", "doubts", "faults", "faults_of_roundup",
    "figures", "findings", "joined", "known_of", "marked", "missing_facts", "of_reader", "refused", "settled",
    "standing", "ungrounded",
]  # fmt: skip

_FOUND_IN = {
    "faults": "judging", "faults_of_roundup": "judging", "findings": "evidence", "Figure": "figure",
    "figures": "figure", "Finding": "finding", "Grade": "finding", "Known": "known", "known_of": "known",
}  # fmt: skip
"""Where each of these stands; all others in fault. Whoever only reads what was found pays for no rule."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    found = getattr(import_module(f"podcast.grounding.{_FOUND_IN.get(name, 'fault')}"), name)
    globals()[name] = found
    return found


def check(
    script: Script, brief: Brief, document: Document, paper: Paper, show: ShowSettings, hosts: Sequence[Host],
    memories: Sequence[Memory] = (),
) -> None:  # fmt: skip
    """Pass a script of which nothing is refused.

    Raises Ungrounded naming the first line that says what its evidence does not, its claims, and what was not
    found; it says how many more such faults there are.
    """
    from podcast.grounding.fault import refused, ungrounded
    from podcast.grounding.judging import faults

    found = refused(faults(script, brief, document, paper, show, hosts, memories))
    if found:
        raise ungrounded(script, found)


_COUNTED = 12
"""Up to so many are told without a figure: parts, steps, authors."""


def missing_facts(text: str, evidence: Sequence[str], language: str = "en", *, copied: bool = False) -> tuple[str, ...]:
    """Return the facts of the text that are refused, as spoken; the evidence is English, or in the text's language.

    With `copied`, for what does not reckon as hosts do, so are figures that are said as exact and stand nowhere so.

    >>> evidence = ["On 12 tasks it reaches 91.5%, against 91.8% before."]
    >>> missing_facts("It is 0.3 points off.", evidence), missing_facts("It is 0.3 points off.", evidence, copied=True)
    ((), ('0.3',))
    """
    from podcast.grounding.evidence import findings

    tongue = primary(language)
    refused = [one.fact for one in findings(text, evidence, tongue) if one.grade == "refused"]
    return tuple(dict.fromkeys((*refused, *(_reckoned(text, evidence, tongue) if copied else ()))))


def _reckoned(text: str, evidence: Sequence[str], language: str) -> Iterator[str]:
    """Yield the exact figures of the text that the evidence has not; small whole numbers count what anybody counts."""
    from podcast.grounding.figure import figures
    from podcast.grounding.sentences import language_of
    from podcast.grounding.values import whole

    held = {one.value for part in evidence for one in figures(part, language_of(part, language))}
    for one in figures(text, language):
        exact = not (one.bound or one.words or one.ratio or one.talk)
        if exact and one.value not in held and (one.value > _COUNTED or not whole(one.value)):
            yield one.spoken
