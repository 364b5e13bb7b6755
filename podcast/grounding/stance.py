"""Where a host claims nothing of the paper: what it does not tell, what they themselves think or will, a question.

>>> untold("The abstract doesn't say on which languages it helps.")
True
>>> untold("The abstract doesn't help.")
False
>>> own("And I won't defend 12 percent", 8), own("And it won't reach 12 percent", 9)
(True, False)
>>> opinion("I find it the most interesting result", 10), opinion("It is the most accurate system", 6)
(True, False)
"""

import re

from podcast.show.stops import STOP

_TELLERS = (
    r"(?:paper|abstract|authors?|text|table|note|notes|sentence|section|study|summary|report|page|it|they|we|I|you"
    r"|nobody|nothing|which|that)"
)
_ASKED = (
    r"(?:how|what|which|why|where|whether|who|whose|when|if|(?:by|on|in|at|for|with|of|to) (?:how|what|which|whom))"
)
_NUMBERS = (
    r"(?:figures?|numbers?|details?|scores?|names?|values?|sizes?|reasons?|explanations?|percentages?|shares?|results?"
    r"|words?|margins?|costs?|prices?|counts?)"
)
_UNTOLD = re.compile(
    rf"(?<!\w){_TELLERS}(?: \w+){{0,2}}(?:n't| not| never|not)(?: \w+){{0,2}} (?:say|tell|told|give|given|name|mention"
    rf"|report|state|specify|spell|explain|reveal|disclose|list|quantify|know|show|describe|learn|hear|see|find"
    rf"|break)(?: (?:you|me|us|out|down|here|there|exactly|either))*(?: {_ASKED}| (?:[\w-]+ ){{0,3}}{_NUMBERS}"
    rf"|[.,;!]|$)"
    rf"|(?<!\w)(?:can't|couldn't|cannot) (?:tell|say|know)(?!\w)"
    rf"|(?<!\w)(?:isn't|aren't|not|never|wasn't|weren't) (?:told|said|given|stated|reported|named|disclosed|mentioned"
    rf"|spelled out)(?!\w)"
    rf"|(?<!\w)(?:no|without(?: an?)?|lacks an?|nor an?|not an?|n't an?) (?:\w+ )?{_NUMBERS} (?:for|of|on|about"
    rf"|here|there"
    rf"|given|to|is|are|behind)(?!\w)"
    rf"|(?<!\w)(?:silent (?:on|about)|leaves? (?:it |that |this )?open|nobody (?:says|tells)|no word (?:of|on|about)"
    rf"|(?:we|I|you) (?:don't|can't|do not|cannot) know)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_OWN = re.compile(r"(?<!\w)(?:I|I'd|I'm|I'll|I've|you|you're|you'd|let's)(?: [\w']+){0,3} ?$|^\s*(?:[Pp]lease )?[Dd]o$")
_REPLY = re.compile(
    r"(?:^|[.!?] )[\"'“]?(?:No|Nope|True|Right|Fair|Granted|Okay|Well|Sure)(?:,? (?:no|you're right|fair enough"
    r"|fair point))?[,.;]"
    r" (?:but |and )?(?:it|that|they|this|these|those|he|she|there)(?:'s| is| are| was| were)?(?:n't| not)"
)
"""A host grants something to the other, or denies it: "No, it isn't free"."""
_FELT = (
    r"(?:surpris\w+|interesting|striking|convincing|honest|curious|beautiful|important|useful|fun|funny|elegant|puzzling"
    r"|remarkable|impressive|exciting|telling|worrying|unusual|odd|strange|clever|annoying|memorable|thought-provoking)"
)
_OPINION = re.compile(
    rf"the (?:most|least) {_FELT}|the (?:biggest|largest|greatest|smallest) (?:surprise|question|puzzle|worry|doubt"
    rf"|riddle"
    rf"|if|but|caveat|weakness|strength|lesson|problem for me)", re.IGNORECASE,
)  # fmt: skip
_FINDS = re.compile(
    r"(?<!\w)(?:I (?:find|think|like|love|liked|enjoyed|guess|suspect|would call)|I'd (?:call|say)|for me|to me"
    r"|to my mind"
    r"|in my (?:view|eyes)|my (?:own )?favou?rite|if you ask me)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_SENTENCE = re.compile(STOP)


def sentence_at(text: str, at: int) -> str:
    """Return the sentence of a text that a place is in, with its mark."""
    stops = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return text[
        max(stop for stop in stops if stop <= at) : min((stop for stop in stops if stop > at), default=len(text))
    ]


def untold(text: str) -> bool:
    """Return whether a text says what the paper does not tell."""
    return bool(_UNTOLD.search(text))


def own(text: str, at: int) -> bool:
    """Return whether what is denied at a place is a host's own doing, or a request: I won't, don't."""
    return bool(_OWN.search(text, 0, at))


def asked(text: str, at: int) -> bool:
    """Return whether a place stands in a question."""
    return sentence_at(text, at).rstrip().endswith("?")


def replied(text: str) -> bool:
    """Return whether a sentence begins by granting or denying what the other host said."""
    return bool(_REPLY.search(text))


_ADVICE = re.compile(
    r"(?:^|[.,;:!?] ?|(?<!\w)(?:so|then|and|just|or) )(?:take|keep|try|pick|record|write|collect|set|put|hold|ask"
    r"|give|count"
    r"|draw|label|run|read|choose)(?!\w)(?=[^.;!?]*(?<!\w)(?:your(?: own|self)|for yourself|of yours|at home)(?!\w))",
    re.IGNORECASE,
)  # fmt: skip


def advised(text: str) -> bool:
    """Return whether a host tells listeners what to do with something of their own: its figures are nobody's claim.

    >>> advised("Take fifty of your own pictures"), advised("They take 50 pictures of your own")
    (True, False)
    """
    return bool(_ADVICE.search(text))


def opinion(text: str, at: int) -> bool:
    """Return whether the superlative at a place is how a host feels about it."""
    return bool(_OPINION.match(text, at)) or bool(_FINDS.search(sentence_at(text, at)))
