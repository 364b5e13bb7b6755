"""Whether a piece of a sentence says something of a subject of its own, and what several predicates are said of.

>>> own_subject(" accuracy on maps slips a little"), own_subject(" slips on maps"), own_subject(" on maps it slips")
(True, False, False)
>>> text = "The poems are complete in 96% of cases, rhymed in 81% and new in 53%."
>>> shared_subject(text, text.index("96"), text.index("81"))
'The poems'
>>> shared_subject(text := "Apples are sold in 96% of shops, pears in 81%.", text.index("96"), text.index("81"))
''
"""

import re

_LEADS = (
    r"(?:on|in|for|at|with|without|under|over|by|from|after|before|against|among|below|above|across|during|when|if|to"
    r"|of|as|than|that|which|who|where|it|they|we|this|because|so|not|never)"
)
_OWN = re.compile(
    rf"\s*(?!{_LEADS} )(?:[\w'-]+ ){{1,5}}?(?:(?:only|just|even|still|also|barely|hardly) )?"
    r"(?:goes|went|slips?|slipped|sinks?|sank|climbs?|climbed|falls|fell|drops|dropped|rises|rose|grows|grew|shrinks"
    r"|shrank|jumps|jumped|stays|stayed|suffers|suffered|improves|improved|declines|declined|gets|got)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_COPULA = re.compile(r" (?:is|are|was|were)(?!\w)")
_CUT = re.compile(r",? and |, ")
_ANOTHER = re.compile(r"(?!(?:the|an?|its|their|our|this|that|those|these) )[a-z-]+(?<!s) (?:in|on|by|at|for|to|from) ")
_STOPS = re.compile(r"[.;:!?](?=\s|$)|(?<!\w)(?:while|whereas|but|is|are|was|were|has|have)(?!\w)")


def own_subject(piece: str) -> bool:
    """Return whether a piece has a subject and a verb that says where it goes."""
    return bool(_OWN.match(piece))


def shared_subject(text: str, first: int, last: int) -> str:
    """Return what both of two figures are said of: new in 53 %, of a sentence whose poems are complete in 96 %.

    "" where something else stands between them, such as a subject.
    """
    between = text[first:last]
    pieces = _CUT.split(between)[1:]
    begin = max((match.end() for match in _STOPS.finditer(text, 0, first) if match[0] in ".;:!?"), default=0)
    copula = _COPULA.search(text, begin, first)
    if not copula or not pieces or _STOPS.search(between) or not all(_ANOTHER.match(piece) for piece in pieces):
        return ""
    return text[begin : copula.start()].strip()
