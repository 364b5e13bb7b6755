"""Words that exclude each other where the same is spoken of: easy and hard, before and after, seen and unseen.

>>> opposed("on easy tasks", "on hard tasks")
('easy', 'hard')
>>> opposed("on easy tasks", "on easy and hard tasks")
"""

import re
from functools import lru_cache

from podcast.grounding.units import words

_PAIRS = """
easy easier easiest simple simpler simplest / hard harder hardest difficult complex
short shorter shortest brief / long longer longest lengthy
train trained training trains / test tested testing tests evaluation validation held-out
seen familiar known / unseen unfamiliar unknown novel
in-distribution in-domain / out-of-distribution out-of-domain ood
simulation simulated simulator synthetic artificial virtual / real physical hardware real-world genuine natural
indoor indoors / outdoor outdoors
before / after afterwards
first initially / last finally eventually
early earlier / late later
frozen fixed static / trained fine-tuned finetuned learned updated dynamic adaptive
rigid hard stiff / soft deformable flexible
human humans people manual manually hand / machine automatic automatically automated
online / offline
open public / closed proprietary private secret
free / paid
single one-off / multiple several many
supervised labelled labeled annotated / unsupervised unlabelled unlabeled unannotated self-supervised
monolingual / multilingual
dense / sparse
local / global remote
cheap cheaper cheapest / expensive costly dearer pricier
safe benign harmless / harmful unsafe dangerous malicious toxic
correct correctly right true valid / wrong wrongly incorrect incorrectly false invalid
accept accepts accepted accepting approve approved / reject rejects rejected rejecting refuse refuses refused
agree agrees agreed agreement / disagree disagrees disagreed disagreement
pass passes passed succeed succeeds succeeded success works / fail fails failed failure
answer answers answered / refuse refuses refused
include includes included / exclude excludes excluded
add adds added adding / remove removes removed removing
source / target
encoder / decoder
student / teacher
male men boys / female women girls
positive / negative
stable / unstable
same identical equal / different unequal
linear linearly / quadratic quadratically exponential exponentially
converges converge / diverges diverge
common frequent often / rare rarely seldom
strong stronger strongest / weak weaker weakest
sensitive / insensitive robust
correlated correlates / uncorrelated unrelated
small smaller smallest tiny / large larger largest big bigger biggest huge
high-resource / low-resource
low lowest / high highest
cold / warm hot
dry / wet
old older oldest / young younger youngest
start starts begins begin beginning / end ends finish
above over / below under
more / less fewer
most / least fewest
up / down
majority / minority
daily / weekly monthly yearly
weekly / monthly yearly
exactly precisely / approximately roughly
proven proved / conjectured unproven
theory theoretical theoretically / empirical empirically experiment experiments
necessary needed required mandatory / unnecessary optional
identify identified / anonymous
visible shown sees see revealed / hidden masked concealed invisible blind blinded
increase increases grows rises / decrease decreases shrinks falls drops
bilingual / monolingual
upper / lower
input / output
worst / best
native / non-native
inside / outside
accuracy accurate / error errors
median / average averaged worst-case maximum minimum
average averaged / worst-case best-case maximum minimum
peak / weakest lowest worst minimum average averaged error errors
day daytime / night nighttime
"""
_ASIDE = words(
    "more less fewer above below over under up down first last most least free before after increase "
    "increases grows rises decrease decreases shrinks falls drops best worst end ends start true"
)
"""Words that say too much else to be read alone."""


def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in _PAIRS.strip().splitlines():
        one, other = (frozenset(side.split()) for side in row.split("/"))
        for word in one - _ASIDE:
            found[word] = found.get(word, frozenset()) | other - _ASIDE
        for word in other - _ASIDE:
            found[word] = found.get(word, frozenset()) | one - _ASIDE
    return found


_OPPOSITES = _table()
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_PREFIX = re.compile(r"(?:un|in|im|non-?|dis)(?=[a-z]{4})")
"""Before a word that it makes the contrary of: unsafe, incorrect."""
_RIGHT = re.compile(r"(?<!\w)right(?! (?:answer|choice|document|item|label|option|tool|word)s?(?!\w))")
"""Where it says too much else: right away, to the right."""
_JOINED = re.compile(r"(?<!\w)(out of|in) (distribution|domain)(?!\w)")


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    said = _JOINED.sub(lambda match: f"{match[1].replace(' ', '-')}-{match[2]}", text.lower())
    return frozenset(_WORD.findall(_RIGHT.sub(" ", said)))


@lru_cache(maxsize=8192)
def _negated(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that a prefix negates, each with what it negates: unsafe, safe."""
    found = ((word, _PREFIX.match(word)) for word in sorted(_words(text)))
    return tuple((word, word[match.end() :]) for word, match in found if match)


def opposed(line: str, evidence: str) -> tuple[str, str] | None:
    """Return a word of the line and its opposite in the evidence, where each has one side only; None for none."""
    mine, theirs = _words(line), _words(evidence)
    for more, less in (("more", "less"), ("less", "more")):
        for match in re.finditer(rf"(?<!\w){more} (?!than)([a-z]{{4,}})(?!\w)", line.lower()):
            if re.search(rf"(?<!\w){less} {match[1]}(?!\w)", evidence.lower()) and match[0] not in evidence.lower():
                return match[0], f"{less} {match[1]}"
    for word, bare in _negated(line):
        if bare in theirs and bare not in mine and word not in theirs:
            return word, bare
    for word, bare in _negated(evidence):
        if bare in mine and word not in mine and bare not in theirs:
            return bare, word
    for word in sorted(mine - theirs):
        against = _OPPOSITES.get(word, frozenset()) & theirs
        if not against or _OPPOSITES[word] & mine:
            continue
        if not frozenset[str]().union(*(_OPPOSITES[one] for one in against)) & theirs:
            return word, min(against)
    return None


_CONTRARY = tuple(
    (re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.IGNORECASE), re.compile(rf"(?<!\w)(?:{other})(?!\w)", re.IGNORECASE))
    for one, other in (
        (r"accura\w+|correct(?! [a-z]+s)|correctly|right|solv\w+|pass\w*|succe\w+|answer\w* correctly|exist\w*"
         r"|w[eo]nt? (?:fine|well|smoothly)|worked",
         r"wrong(?! [a-z]+s)|fail\w*|miss\w*|incorrect(?! [a-z]+s)|errors?|mistak\w+|unsolved"),
        (r"agree\w*|same|identical\w*|match\w*", r"differ\w*|disagree\w*|other"),
        (r"stop\w*|quit\w*|drop\w* out|gave up|left|abandon\w*|cancel\w*",
         r"stay\w*|kept|keep\w*|went on|go on|continu\w+|still"),
        (r"remov\w+|pruned?|discard\w*|dropped|cut|redundant|redundancy|padding",
         r"remain\w*|need\w*|kept|keep\w*|left|do the work"),
    )
)  # fmt: skip
"""What happens to the one part of a whole, and what to the other."""


def contrary(line: str, evidence: str) -> bool:
    """Return whether a line speaks of the other part of a whole: of those who stay, where the evidence has who left.

    >>> contrary("86% went on", "14% stopped using it"), contrary("14% stopped", "14% stopped using it")
    (True, False)
    """
    return any(
        (here.search(line) and there.search(evidence) and not there.search(line) and not here.search(evidence))
        for one, other in _CONTRARY for here, there in ((one, other), (other, one))
    )  # fmt: skip


_DENIED_BY = re.compile(r"(?<!\w)(?:un|non-?)([a-z]{4,})(?!\w)")


def prefixed(line: str, evidence: str) -> bool:
    """Return whether a line has a word that a prefix denies in the evidence: never seen, and unseen.

    >>> prefixed("it had never seen those rooms", "in four unseen rooms"), prefixed("seen rooms", "four rooms")
    (True, False)
    """
    return bool(set(_DENIED_BY.findall(evidence.lower())) & set(_WORD.findall(line.lower())))
