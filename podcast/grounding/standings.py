"""Who is better and who is worse, whatever the word: by an adjective, by a measure that is more or less, by a verb.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Larch yields a higher success rate (58%) than Alder.")]
>>> for text in ("Alder does better than Larch.", "Larch does better than Alder."):
...     [one.wrong for one in standings(text, held)]
['is on the other side of the comparison in the evidence']
[]
>>> [(sorted(better), sorted(worse)) for better, worse in ranks("The old filter makes more errors than ours.")]
[(['=ours'], ['filter', 'old'])]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import asked
from podcast.grounding.ways import LESS_IS_BETTER, MORE_IS_BETTER

_QUALITIES = (
    r"(?:robust|accurate|reliable|stable|efficient|faithful|useful|helpful|effective|consistent|precise|capable|popular"
    r"|successful|convincing|natural)"
)
_MORE, _LESS = "|".join(sorted(MORE_IS_BETTER)), "|".join(sorted(LESS_IS_BETTER))
_GOOD = (
    rf"better|stronger|safer|sturdier|more {_QUALITIES}(?:ly)?|(?:higher|larger|greater|more) (?:[\w-]+ ){{0,2}}"
    rf"(?:{_MORE})(?: rate)?|(?:fewer|lower|less|smaller) (?:[\w-]+ ){{0,2}}(?:{_LESS})(?: rate)?"
)
_BAD = (
    rf"worse|weaker|less {_QUALITIES}(?:ly)?|more (?:fragile|brittle)|(?:lower|smaller|less|fewer) (?:[\w-]+ ){{0,2}}"
    rf"(?:{_MORE})(?: rate)?|(?:higher|larger|greater|more) (?:[\w-]+ ){{0,2}}(?:{_LESS})(?: rate)?"
)
_THAN = re.compile(
    rf"(?<!\w)(?<!no )(?<!not )(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))(?!\w)"
    r"(?: \([^()]{1,40}\)| (?!than)[\w.%-]+){0,4}? than "
    r"(?!\d|ever|before|half|expected|chance|that|those|usual)(?P<other>[^.;,]*)",
    re.IGNORECASE,
)
_BEATS = re.compile(
    r"(?<!\w)(?P<passive>(?:is|are|was|were) )?(?:(?P<good>outperform\w*|beat(?:s|en|ing)?|surpass\w*)"
    r"|(?P<bad>trail\w*|lag\w* behind|los[et]s? (?:to|against)))(?P<by> by)? (?P<other>[^.;,]*)", re.IGNORECASE,
)  # fmt: skip
_CUT = re.compile(r"[.;!?](?:\s|$)|,? (?:whereas|while|but|although|though)(?!\w)")
_ENDS = re.compile(r" (?:on|in|at|when|by|for|under|with|after|where|if|across|from|over)(?!\w)")
_LED = re.compile(
    r"^\s*(?:(?:and|so|yet|well|also|here|then),? )*(?:(?:on|in|at|for|with|under|across|after|by)(?!\w)[^,]*,)?"
)

Rank = tuple[frozenset[str], frozenset[str]]
"""The stems of who is better, and of who is worse."""


def ranks(text: str) -> Iterator[Rank]:
    """Yield who is better than whom in a text."""
    for said in _CUT.split(text):
        for match in (*_THAN.finditer(said), *_BEATS.finditer(said)):
            subject = content(_LED.sub("", said[: match.start()]))
            other = content(_ENDS.split(match["other"])[0])
            passive = "passive" in match.re.groupindex and bool(match["passive"] and match["by"])
            if "passive" in match.re.groupindex and bool(match["passive"]) != bool(match["by"]):
                continue  # ours beats others by so much
            better, worse = (subject, other) if bool(match["good"]) != passive else (other, subject)
            yield better - worse, worse - better


def standings(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield who is said to be better, and is worse in each comparison of the evidence that has them."""
    if NEGATOR.search(text) or asked(text, 0):
        return
    held = [rank for one in sentences if not NEGATOR.search(one.text) for rank in ranks(one.text)]
    for better, worse in ranks(text) if held else ():
        turned = [better & bad | worse & good for good, bad in held]
        straight = [better & good | worse & bad for good, bad in held]
        if any(turned) and not any(straight):
            yield Finding(0, text.strip(" .,;"), "is on the other side of the comparison in the evidence", "doubted")
            return
