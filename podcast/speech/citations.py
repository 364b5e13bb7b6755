"""Citations: [33] and (Wei et al., 2022) go, "et al." stays as "and colleagues".

>>> drop_citations("As before [3, 12] (Wei et al., 2022), it helps.")
'As before, it helps.'
>>> drop_citations("Wei et al. show it (in passing).")
'Wei and colleagues show it (in passing).'
"""

import re

from podcast.speech.rules import rules

_SOURCE = re.compile(
    r"(?:(?:see|cf\.|e\.g\.,?|also) ){0,2}[A-Z][^;]{0,120}(?:et al\.?,? |, ?)\(?(?:19|20)\d\d[a-z]?\)?"
)


def drop_sources(match: re.Match[str]) -> str:
    """Return "" for brackets that hold only sources, otherwise the brackets as they are."""
    return "" if all(_SOURCE.fullmatch(part.strip()) for part in match[1].split(";")) else match[0]


drop_citations = rules(
    (r" ?\[[1-9]\d{0,2}(?: ?[,;-] ?[1-9]\d{0,2}){0,30} ?,? ?\]", ""),
    (r" ?\(([^()]{6,300})\)", drop_sources),
    (r"\bet al(?:\.(?!$| [A-Z])|(?=\. [A-Z]|\.$|\b))", "and colleagues"),
)
