"""Who is said to win and who to lose, by name.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("BERT outperforms LLaMA.")]
>>> [(one.fact, one.wrong) for one in duels("LLaMA beats BERT.", held)][0]
('LLaMA', 'is not the one that wins in the evidence')
>>> list(duels("LLaMA trails BERT.", held))
[]
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from podcast.grounding.finding import Finding
from podcast.grounding.mentions import Mention, mentions_in
from podcast.grounding.sentences import Sentence
from podcast.grounding.units import words

_DUEL = re.compile(
    r"(?<!\w)(?:(?P<by>(?:is|are|was|were) (?:beaten|outperformed|surpassed) by)"
    r"|(?P<not>(?:does|do|did)(?: not|n't) (?:reach|match|beat|outperform|surpass)|(?:can|could)(?:not| not"
    r"|n't) (?:match|reach|beat)"
    r"|fails? to (?:match|reach|beat))"
    r"|(?P<up>(?<!not )(?:outperform(?:s|ed|ing)?|beat(?:s|ing)?|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|overtakes?"
    r"|out(?:scal|pac|scor|class)(?:es?|ed|ing)|outrank(?:s|ed|ing)?"
    r"|improv(?:es|ed|ing) (?:[\w-]+ ){1,5}by [\d.]+ ?%? (?:points )?over"
    r"|improv(?:es|ed|ing) (?:over|on|upon)|(?:better|stronger) than|ahead of|wins? against|superior to"
    r"|wins? (?:by|on)|leads? by|(?:is|was|stays?|remains?|comes? out) (?:still |even )?(?:ahead|in front|on top)"
    r"(?! of)))"
    r"|(?P<down>trail(?:s|ed|ing)?|lag(?:s|ged)? behind|falls? behind|(?:stays?|is|are) behind|behind|worse "
    r"than|weaker than"
    r"|inferior to|loses? (?:to|against)))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_ENDS = re.compile(r"[;.!?](?=\s|$)|(?<!\w)(?:but|while|whereas|on|by|with|in|for)(?!\w)")
_NOBODY = re.compile(r"[,.;!?]")
"""Behind a verb without an object: A is ahead, and B is second."""
_AND = re.compile(r"(?: \([^()]{0,40}\))?,? (?:and|or) (?:the )?")
_COMMA = re.compile(r"(?: \([^()]{0,40}\))?, (?:the )?")
_APART = words("on in for to with than over unlike against from")
"""Before a name that is of no subject: unlike A, B and C."""


def duels(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield who is said to win and only loses in the evidence, and who is said to lose and only wins."""
    won, lost = set[str](), set[str]()
    for one in sentences:
        for winners, losers in _outcomes(one.text):
            won |= {mention.key for mention in winners}
            lost |= {mention.key for mention in losers}
    for winners, losers in _outcomes(text):
        for mentions, never, does in ((winners, lost - won, "wins"), (losers, won - lost, "loses")):
            for mention in mentions:
                if mention.key in never and mention.key[0] != "=":
                    said = text[mention.start : mention.end]
                    yield Finding(mention.start, said, f"is not the one that {does} in the evidence", "doubted")


_GOES_ON = re.compile(r"(?<!\w)(?:but|and|yet)(?!\w)[^,;]*$")


def _goes_on(text: str, at: int) -> int:
    """Return where a part without a subject of its own begins that a verb stands in; 0 for none."""
    match = _GOES_ON.search(text, 0, at)
    return match.start() if match else 0


def _listed(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the last mention, with those that an "and" and commas put into one list with it."""
    first = len(mentions) - 1
    while first > 0 and mentions[first - 1].before not in _APART:
        between = text[mentions[first - 1].end : mentions[first].start]
        if not (_AND if first == len(mentions) - 1 else _COMMA).fullmatch(between):
            break
        first -= 1
    return tuple(mentions[max(first, 0) :])


@lru_cache(maxsize=4096)
def _outcomes(text: str) -> tuple[tuple[tuple[Mention, ...], tuple[Mention, ...]], ...]:
    """Return who wins and who loses, wherever a text says so."""
    verbs = list(_DUEL.finditer(text))
    found = []
    mentions = mentions_in(text) if verbs else ()
    told: tuple[int, tuple[Mention, ...]] | None = None
    for verb in verbs:
        begin = max((match.end() for match in re.finditer(r"[;.!?](?=\s|$)", text[: verb.start()])), default=0)
        before = _listed(text, [one for one in mentions if begin <= one.start and one.end <= verb.start()])
        if told and begin <= told[0] and before and before[0].start < (and_ := _goes_on(text, verb.start())):
            before = told[1] if told[0] < and_ else before  # A trails B, but leads on C
        told = verb.start(), before
        end = _NOBODY.match(text, verb.end()) or _ENDS.search(text, verb.end())
        after = tuple(one for one in mentions if verb.end() <= one.start < (end.start() if end else len(text)))
        found.append((before, after) if verb["up"] else (after, before))
    return tuple(found)
