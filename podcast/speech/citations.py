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


_END = r"([-−]?\d{1,6}(?:\.\d+)?)"
_PAIR = rf"{_END} ?[,;] ?{_END}"

drop_citations = rules(  # first what is none: an interval
    (
        rf"\b(CIs?|(?:the|this) (?:interval|range)|(?:interval|range|scale) of)(,|:)? ?[\[(]{_PAIR}[\])]",
        r"\1\2 \3 to \4",
    ),
    (rf"\bbetween ?[\[(]{_PAIR}[\])]", r"between \1 and \2"),
    (rf"(?:(?<=\ba )|(?<=\ban )|(?<=\bthe ))[\[(]{_PAIR}[\])](?=[ -](?:scale|range|interval)\b)", r"\1 to \2"),
    (rf"\[(?=0|[-−]|\d+\.\d){_PAIR}\]", r"\1 to \2"),
    (r" ?\[[1-9]\d{0,2}(?: ?(?:[,;–-]|\bto\b) ?[1-9]\d{0,2}){0,30} ?,? ?\]", ""),
    (r" ?\(([^()]{6,300})\)", drop_sources),
    (r"\bet al\.?['’]s\b", "and colleagues'"),
    (r"\bet al(?:\.(?!$| [A-Z])|(?=\. [A-Z]|\.$|\b))", "and colleagues"),
)
