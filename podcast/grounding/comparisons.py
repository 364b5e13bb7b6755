"""Who is said to be better than whom: by name, and by size."""

import re
from collections.abc import Sequence

from podcast.grounding.figures import Figure
from podcast.grounding.mentions import Mention

_BEATS = re.compile(
    r"(?<!\w)(?:(?P<up>outperform(?:s|ed|ing)?|beat(?:s|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|improv(?:es|ed|ing)"
    r" (?:over|on|upon)|is (?:better|ahead)(?: than| of)?)|(?P<down>trail(?:s|ed|ing)?|lag(?:s|ged)? behind"
    r"|falls? behind|is (?:worse than|behind)))(?!\w)"
)
_COSTS = re.compile(
    r"error|loss|fid|perplexity|wer\b|latency|cost|memory|time|rate|token|hallucinat|param|flop|compute|size",
    re.IGNORECASE,
)
"""Where less may be better: there a rise and an improvement are not compared."""


def _duel(text: str, begin: int, figure: Figure, mentions: Sequence[Mention]) -> tuple[str, str]:
    if not re.search(r"by (?:\w+ )?$", text[max(0, figure.start - 16) : figure.start]):
        return "", ""
    verbs = list(_BEATS.finditer(text, begin, figure.start))
    if len(verbs) != 1:
        return "", ""
    verb = verbs[0]
    first = [mention for mention in mentions if begin <= mention.start and mention.end <= verb.start()]
    last = [mention for mention in mentions if verb.end() <= mention.start and mention.end <= figure.start]
    if not first or not last:
        return "", ""
    pair = first[-1].key, last[0].key
    return pair if verb["up"] else pair[::-1]
