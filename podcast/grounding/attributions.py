"""Who says or made what a line tells: the authors, or others of whom the evidence speaks beside them.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("We add a sparse decoder; the frozen encoder was proposed by Osei and Lund.")]
>>> for text in ("The frozen encoder is the authors' own.", "The frozen encoder comes from Osei and Lund."):
...     [one.wrong for one in attributions(text, held)]
['is of others in the evidence, not of the authors']
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.akin import shared
from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import asked, untold

_OWN = re.compile(
    r"(?<!\w)(?:we|our|ours|us|this (?:paper|work|study)(?:'s)?|the (?:paper's )?authors(?:'|' own)?|the paper(?:'s)?"
    r"|their own|themselves)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_OTHERS = re.compile(
    r"(?<!\w)(?:(?i:et al\.?|(?:prior|previous|earlier|existing) (?:works?|stud(?:y|ies)|papers?|research|authors?|art)"
    r"|critics|sceptics|skeptics|opponents|others (?:have|had|argue|claim|say)|other (?:people|groups|teams|labs)"
    r"|(?:it is|it has been|is|are) (?:often |widely |commonly )?(?:assumed|believed|thought|argued|claimed|held))"
    r"|[A-Z][a-z]+ and (?:colleagues|others|[A-Z][a-z]+)(?= (?!\d)|[.,;:!)]|$)"
    r"|by [A-Z][a-z]+ (?=\(|and |et ))(?!\w)"
)
_CUT = re.compile(r"[;.](?=\s|$)|, (?:but|and|whereas|while)(?!\w)|,? and (?=we |our )")
_WE = re.compile(r", (?=we |our )")
_TAKES_OVER = re.compile(
    r"\s*(?:following|as in|like|building on|based on|inspired by|after|similar to|in line with)(?!\w)", re.IGNORECASE
)
"""What heads a clause whose authors do what others did."""
_SAID = 2
"""Words of a line that a clause of the evidence must have."""


def attributions(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield who says or made something, where the clause of the evidence that speaks of it has the other side."""
    whose = _whose(text)
    if whose not in ("own", "others") or asked(text, 0) or untold(text) or NEGATOR.search(text):
        return
    clauses = [piece for one in sentences for piece in _clauses(one.text) if piece.strip()]
    sides = ["others" if _lent(piece) else _whose(piece) for piece in clauses]
    if "own" not in sides or not {"others", "both"} & set(sides):
        return
    said = _matter(text)
    counts = [shared(said, _matter(piece)) for piece in clauses]
    best = [side for side, count in zip(sides, counts, strict=True) if count == max(counts)]
    enough = max(counts) >= _SAID or 2 * max(counts) >= len(said) > 0
    if enough and len(best) == 1 and best[0] not in (whose, "both", ""):
        match = (_OWN if whose == "own" else _OTHERS).search(text)
        wrong = ("of others", "of the authors") if whose == "own" else ("of the authors", "of others")
        if match:
            yield Finding(match.start(), match[0], f"is {wrong[0]} in the evidence, not {wrong[1]}", "doubted")


def _clauses(text: str) -> Iterator[str]:
    for piece in _CUT.split(text):
        yield from [piece] if _lent(piece) else _WE.split(piece)


def _lent(piece: str) -> bool:
    """Return whether the authors do in a clause what others did before: following Osei and Lund, we freeze it."""
    return bool(_TAKES_OVER.match(piece) and _OTHERS.search(piece))


def _whose(text: str) -> str:
    """Return whose a text is: own, others, both, or "" where it does not say."""
    own, others = bool(_OWN.search(text)), bool(_OTHERS.search(text))
    return "both" if own and others else "own" if own else "others" if others else ""


def _matter(text: str) -> frozenset[str]:
    """Return the stems of what a text speaks of, without who says it."""
    return content(_OWN.sub(" ", _OTHERS.sub(" ", text))) - {"=ours"}
