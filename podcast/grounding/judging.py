"""A script's lines, one after the other, against the sentences their claims point at and what was said just before."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from podcast.grounding import ago, kinds, remembering, shortforms
from podcast.grounding.evidence import findings
from podcast.grounding.fault import Fault, lets_pass, refused
from podcast.grounding.finding import Finding
from podcast.grounding.known import Known, known_of
from podcast.grounding.remembering import Past
from podcast.grounding.sentences import sentence
from podcast.show.errors import as_typed
from podcast.show.iso639 import primary
from podcast.show.schema import Brief, Claim, Document, Line, Memory, Paper, Script
from podcast.show.settings import Host, ShowSettings

_ECHOED = 2
"""How many lines back a figure may be taken up again."""
_OUR_EXAMPLE = re.compile(
    r"(?<!\w)(?:say (?:we|you|I|there|a|an|it)|let's say|suppose|imagine|picture (?:a|an|you)|our (?:own "
    r")?(?:numbers?|example|figures)"
    r"|made[- ]up (?:numbers?|example)|numbers? (?:of|that are) (?:our|my) own|take (?:a|an|two|three|ten) "
    r"\w+ (?:who|that|with))(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
"""Where a host announces figures as the show's own."""
_BACK = re.compile(
    r"(?<!\w)(?:back to the paper|the paper|the authors|in the study|end of (?:the |our )?example)(?!\w)", re.IGNORECASE
)
_MEMORY = re.compile(r"(?<!\w)(?:as I (?:remember|recall)|if I (?:remember|recall)|from memory|I seem to "
                     r"remember)(?!\w)",
                     re.IGNORECASE)  # fmt: skip
_IN_GENERAL = re.compile(
    r"(?<!\w)(?:in general|generally|usually|as a rule|textbooks?|common knowledge|as everyone (?:in the field )?knows"
    r"|it's well known|anyone who has|engineers call|people call|the field calls)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a host announces what is known beyond the paper: names pass there, figures do not."""


def faults(
    script: Script, brief: Brief, document: Document, paper: Paper, show: ShowSettings, hosts: Sequence[Host],
    memories: Sequence[Memory] = (),
) -> tuple[Fault, ...]:  # fmt: skip
    """Return everything that lines say and their evidence does not, in order; what a line allows is let pass.

    A line that refers to an earlier episode is held to what is remembered of that one, and to nothing of this paper.
    """
    language, own = primary(show.language), known_of(paper, document, show, hosts)
    pasts = remembering.pasts(memories, paper, show, hosts, language)
    plain = _faults(script, brief, document, own, language, pasts)
    past = _of_earlier(script, pasts, language)
    return tuple(sorted((*plain, *past), key=lambda fault: fault.line))


def _of_earlier(script: Script, pasts: Mapping[str, Past], language: str) -> Iterator[Fault]:
    """Yield the faults of the lines that refer to earlier episodes."""
    for number, line in enumerate(script.lines, 1):
        if line.earlier is None:
            continue
        if (past := pasts.get(line.earlier)) is None:
            reason = f"nothing is remembered of an earlier episode on {line.earlier}"
            yield Fault(number, line.claims, line.earlier, reason)
            continue
        before = script.lines[: number - 1]
        pointed, wrong = _evidence(number, line, past.claims, len(past.sentences))
        evidence = tuple(past.sentences[one - 1] for one in pointed)
        said = tuple(other.text for other in before[-_ECHOED:] if other.earlier == line.earlier)
        text = ago.without(line.text, past.when, language, rightly=False, evidence=evidence)
        judged = (
            *remembering.misplaced(line, before, past, evidence),
            *_findings(text, evidence, language, past.known, said),
        )
        wrong += [
            Fault(number, line.claims, one.fact, _reason(one, pointed, past.sentences, language), one.grade)
            for one in judged
        ]
        yield from (fault for fault in wrong if not lets_pass(line, fault.fact))


def _faults(
    script: Script, brief: Brief, document: Document, known: Known, language: str,
    pasts: Mapping[str, Past] = MappingProxyType({}),
) -> tuple[Fault, ...]:  # fmt: skip
    """Return the faults of the lines that refer to no earlier episode."""
    claims, sentences = brief.claims(), document.sentences()
    found: list[Fault] = []
    said: list[str] = []  # lines that nothing refuses; "" for those of earlier episodes
    ours: list[str] = []  # what examples said
    told: list[Past] = []  # earlier episodes that lines referred to
    example = False
    whole = " ".join(sentences)
    unmarked = dict(kinds.unmarked(script.lines)) if language == "en" else {}  # how others announce it, we cannot read
    for number, line in enumerate(script.lines, 1):
        if line.earlier is not None:
            told += [pasts[line.earlier]] if line.earlier in pasts else []
            said.append("")
            continue
        pointed, wrong = _evidence(number, line, claims, len(sentences))
        evidence = tuple(sentences[one - 1] for one in pointed)
        example = bool(not line.claims and not _BACK.search(line.text) and (example or _OUR_EXAMPLE.search(line.text)))
        judged = _findings(line.text, evidence, language, known)
        if any(one.figure and one.grade == "refused" for one in judged):
            judged = _findings(line.text, evidence, language, known, tuple(said[-_ECHOED:]))
            judged = _with_earlier(judged, line, script.lines[: number - 1], told, evidence, language, known)
        for one in judged:
            if kinds.excused(line, one.fact, whole, ours):
                continue
            if not one.figure and shortforms.carried(one.fact, line.text, evidence, shortforms.spelt_out(whole)):
                continue
            if left := _manner(one, line, example):
                reason = _reason(left, pointed, sentences, language)
                wrong.append(Fault(number, line.claims, left.fact, reason, left.grade))
        if number in unmarked:
            wrong.append(Fault(number, line.claims, line.kind, unmarked[number], "doubted"))
        if language == "en" and (spot := remembering.adrift(line, told)):
            wrong.append(Fault(number, line.claims, spot, f"{spot!r} {_ADRIFT}", "doubted"))
        wrong = [fault for fault in wrong if not lets_pass(line, fault.fact)]
        said.append("" if refused(wrong) else line.text)
        ours += [line.text] if line.kind == "example" else []
        found += wrong
    return tuple(found)


_ADRIFT = "speaks of an earlier episode, and no line rests on one of that day"


def _with_earlier(
    judged: tuple[Finding, ...], line: Line, before: Sequence[Line], told: Sequence[Past], evidence: tuple[str, ...],
    language: str, known: Known,
) -> tuple[Finding, ...]:  # fmt: skip
    """Return the findings of a line that sets this paper beside an earlier episode of which the lines before it spoke:
    that one's figures may be said again where they are said to be its own, and reckoned with."""
    named = {past.memory.paper_id: past for past in told if past.is_named(line.text)}
    if not named:
        return judged
    past = [other for other in before[-2 * _ECHOED :] if other.earlier in named]
    texts = tuple(ago.without(other.text, named[other.earlier or ""].when, language) for other in past)
    plain = line.text
    for one in named.values():
        plain = ago.without(plain, one.when, language)
    own = tuple(other.text for other in before[-_ECHOED:] if other.earlier is None)
    again = _findings(plain, (*evidence, *texts), language, known, own)
    gone = [one for one in judged if one.fact not in {other.fact for other in again}]
    return (*again, *remembering.taken_up(line.text, gone, texts, list(named.values())))


@functools.lru_cache(maxsize=4096)
def _findings(
    text: str, evidence: tuple[str, ...], language: str, known: Known, before: tuple[str, ...] = ()
) -> tuple[Finding, ...]:
    """What was found of a line stays found: a change judges its script when it is made, and again before recording."""
    return findings(text, evidence, language, known, before)


def _evidence(number: int, line: Line, claims: Mapping[str, Claim], count: int) -> tuple[tuple[int, ...], list[Fault]]:
    """Return the numbers of the sentences that a line points at, and what it points at that is not there."""
    evidence: set[int] = set()
    wrong = []
    for path in line.claims:
        if path not in claims:
            wrong.append(Fault(number, line.claims, path, f"claim {path!r} is not in the brief"))
            continue
        for one in claims[path].evidence:
            if one > count:
                reason = f"sentence {one}, the evidence of {path!r}, is not in the document"
                wrong.append(Fault(number, line.claims, f"sentence {one}", reason))
            else:
                evidence.add(one)
    return tuple(sorted(evidence)), wrong


def _manner(one: Finding, line: Line, example: bool) -> Finding | None:
    """Return a finding as the line's manner leaves it: an example's figures pass, a memory is doubted."""
    if one.grade == "refused" and not line.claims:
        if example and one.figure:
            return None
        if not one.figure and _IN_GENERAL.search(line.text):
            return None
        if _MEMORY.search(line.text):
            return replace(one, grade="doubted")
    return one


def _reason(one: Finding, evidence: Sequence[int], sentences: Sequence[str], language: str) -> str:
    if one.wrong:
        return f"{as_typed(one.fact)} {one.wrong}"
    if not evidence:
        return f"{as_typed(one.fact)} needs evidence, and the line points at no claim"
    instead = _instead(one, [sentences[number - 1] for number in evidence], language)
    if len(evidence) == 1:
        return f"{as_typed(one.fact)} does not stand in sentence {evidence[0]}{instead}"
    return f"{as_typed(one.fact)} stands in none of sentences {', '.join(map(str, evidence))}{instead}"


def _instead(one: Finding, texts: Sequence[str], language: str) -> str:
    """Return what the sentences do say of the kind, to be quoted: their figures, at most four."""
    if not one.figure:
        return ""
    held = [held.figure for text in texts for held in sentence(text, language).figures if not held.figure.talk]
    spoken = list(dict.fromkeys(figure.spoken for figure in held))
    return f", which says {', '.join(spoken[:4])}" if spoken else ""


def faults_of_roundup(
    script: Script, parts: Sequence[tuple[Brief, Document, Paper]], roundup: Paper, show: ShowSettings,
    hosts: Sequence[Host],
) -> tuple[Fault, ...]:  # fmt: skip
    """Return the same of a roundup: each line is held to the brief, the document and the facts of its own paper.

    A line that is about none may name the papers, their authors and how many they are, and has no claims.
    """
    found: list[Fault] = []
    language = primary(show.language)
    nothing = Document(paper_id=parts[0][2].id, source="none", sections=())
    frame = known_of(roundup, nothing, show, hosts)
    frame = replace(
        frame,
        titles=(*frame.titles, f"{len(parts)} papers", *(paper.title for _, _, paper in parts)),
        names=(*frame.names, "; ".join(name for _, _, paper in parts for name in paper.authors)),
    )
    papers = {paper.id: (brief, document, known_of(paper, document, show, hosts)) for brief, document, paper in parts}
    for paper_id in dict.fromkeys(line.paper for line in script.lines):
        numbers = [number for number, line in enumerate(script.lines, 1) if line.paper == paper_id]
        own = script.model_copy(update={"lines": tuple(script.lines[number - 1] for number in numbers)})
        if paper_id is not None and paper_id not in papers:
            reason = f"the roundup is not about {paper_id}"
            found += [Fault(number, script.lines[number - 1].claims, paper_id, reason) for number in numbers]
            continue
        brief, document, known = (Brief(paper_id=roundup.id), nothing, frame) if paper_id is None else papers[paper_id]
        found += [replace(one, line=numbers[one.line - 1]) for one in _faults(own, brief, document, known, language)]
    return tuple(sorted(found, key=lambda fault: fault.line))
