"""What is said of all, of the best, of the most or of the first, where the evidence has no such word.

>>> from podcast.grounding.sentences import sentence
>>> [one.wrong for one in universals("It wins on every task.", [sentence("It wins on some tasks.")], "some tasks")]
['is more than the evidence says: it speaks of no such whole']
>>> list(universals("It wins on every task.", [sentence("It wins on all tasks.")], "all tasks"))
[]
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from podcast.grounding import lists, stance
from podcast.grounding.contexts import content, stem
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.units import COUNTS, words

_ALL = re.compile(
    r"(?<!\w)(?:(?<!not )(?<!at )(?<!after )(?<!above )(?<!of )(?<!nearly )"
    r"(?<!almost )(?<!practically )(?<!virtually )(?<!quite )all(?! (?:4 seasons|5 senses|7 days|12 months))"
    r"(?! (?:the )?(?:\w+ ){1,3}there (?:is|are)(?!\w))"
    r"(?= (?:of (?!this|that|it|us)|the "
    r"(?!same)|\d|(?:\w+ ){0,1}\w+s(?!\w)))|(?<!not )(?<!practically )(?<!nearly )(?<!almost )(?<!virtually "
    r")every(?! (?:day|time|now|week|other|so|\d|hundred|thousand|million|dozen|second|third|fourth))|(?<!than )"
    r"(?<!the answer to )(?:everything|everyone)|everywhere"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )"
    r"any(?= (?:\w+ )?[a-z]+)(?! (?:more|longer|way|help|other|case|rate|idea|moment|minute|luck))"
    r"|(?<!I )(?<!as )always|whatever(?= the [\w-]+(?:[.,;!]|$))|no matter|as far as(?= you)|regardless)(?!\w)"
    r"|(?<!\w)each (?=(?:of the |single )?[a-z]+s?(?!\w))(?=[^.;,]*(?<!\w)(?:wins?|beats?|gains?|improv\w+|better|worse"
    r"|works?|helps?|fails?|outperforms?|faster|slower|best|ahead|solves?|behind)(?!\w))", re.IGNORECASE,
)  # fmt: skip
_ALL_HELD = re.compile(
    r"(?<!\w)(?:(?P<each>all|every(?! (?:\d|few|other))|each|(?<!than )(?<!than in )(?<!than on )any|both|per)"
    r"(?!\w)(?P<of>(?: [\w-]+){0,6})"
    r"|everything|everyone|everybody|everywhere|always|consistent\w*|whole|entire\w*|regardless|throughout|uniform\w*"
    r"|universal\w*|fully|completely|no exceptions?)(?!\w)"
    r"|(?<!\d)100(?:\.0)? ?%", re.IGNORECASE,
)  # fmt: skip
_OF_ALL = re.compile(r"(?: [\w-]+){0,5}")
_SUITES = words("task benchmark dataset test suit set corpus corpora setting cas domain scenario metric evaluation")
"""Stems of what something is tried on, which hosts change at will."""
_BEST = re.compile(
    r"(?<!\w)(?:the best(?! (?:of|we|I|case|baseline|prior|open|previous|model|system|judge|one|\w+ (?:model"
    r"|system|baseline)))"
    r"|state[- ]of[- ]the[- ]art|sota|number one|the winner|unbeaten|unmatched|unrivalled|the strongest(?! "
    r"(?:baseline|model|system))"
    r"|beats? (?:every|all|any)\w*|outperforms? (?:every|all|any)\w*|better (?:at|than|on) (?:everything"
    r"|every|all|any)\w*"
    r"|comes? out on top|tops? the|leads? the)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_BEST_HELD = re.compile(
    r"(?<!\w)(?:(?<!second[- ])(?<!third[- ])(?<!next[- ])(?<!2nd[- ])(?<!3rd[- ])best|state[- ]of[- ]the[- ]art|sota"
    r"|highest|lowest|strongest|leading|leads|top(?![- ]?\d)|1st|(?:ranks?|ranked|com\w+|came|plac\w+) first"
    r"|first place|win\w*|won|superior|outperform\w*|rang\w+|rank\w*|surpass\w*|unmatched|exceed\w*|record|most|beats?"
    r"|greatest|ahead|max\w*)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_COMPETES = re.compile(r"(?<!\w)(?:competitive|comparable|on par|approach(?:es|ing)?|close to|comparably"
                       r"|similar|matches)(?!\w)",
                       re.IGNORECASE)  # fmt: skip
_BEATS = re.compile(r"(?<!\w)(?:beats?|outperforms?|surpass\w*|better than|ahead of|superior to)(?!\w)", re.IGNORECASE)
_BEATS_HELD = re.compile(
    r"(?<!\w)(?:outperform\w*|beat\w*|surpass\w*|exceed\w*|better|superior|ahead|improv\w*|gains?|higher|above"
    r"|over|wins?|than)"
    r"(?!\w)", re.IGNORECASE,
)  # fmt: skip
_MOST = re.compile(r"(?<!\w)the (?:largest|biggest|smallest|fastest|most|longest|cheapest)(?!\w)", re.IGNORECASE)
_MOST_HELD = re.compile(
    r"(?<!\w)(?:(?<!at )most|(?<!at )least|best|than any|only|unprecedented|max(?:imum|imal)?|min(?:imum|imal)?|rang\w+"
    r"|between(?= \d)|(?!(?:test|latest|request|interest|rest|forest|suggest|contest|digest|honest|nearest|modest|guest"
    r"|west|harvest|invest|manifest|request|protest|ingest)s?(?!\w))[a-z]{3,}est(?:-scale)?)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_ONE_OF = re.compile(r"(?<!\w)(?:one|\d+|some|among|two|several|many) (?:of )?the (?:\w+ )?(?=largest"
                     r"|biggest|first|best|most)",
                     re.IGNORECASE)  # fmt: skip
_FIRST = re.compile(
    r"(?<!\w)(?<!than )(?<!over )(?<!from )(?:the|its|their) first "
    r"(?!thing|time|question|part|step|stage|place|of|two|three|one|epoch|column|row"
    r"|line"
    r"|page|sentence|paragraph|half|role|section|chapter|word|token|frame|layer|round|pass|draft|try|attempt at"
    r"|glance|look"
    r"|day|week|month|year|hour|minute|example|figure|table|row|run|group|case|point|note|entry|item|number|term|answer"
    r"|\w+ (?:is|was)\b)"
    r"(?!\w*(?:s|\d)\b)|(?<!\w)never before|(?<!\w)for the first time(?! in)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_FIRST_HELD = re.compile(
    r"(?<!\w)(?:first|novel|new|unprecedented|never been|previously un\w+|pioneer\w*|1st)(?!\w)", re.IGNORECASE
)
_ALL_OF = re.compile(r"all (?:of the |the )?(\d{1,2})(?!\w)", re.IGNORECASE)
_DISTRIBUTED = re.compile(r"(?<!\w)([a-z]+)-(?:wise|level|specific)(?!\w)", re.IGNORECASE)
_TOP = re.compile(r"(?<!\w)(?:best|strongest) (?!of|practice)(?:[\w-]+ ){0,2}[a-z]+", re.IGNORECASE)
_THAN_ANY = re.compile(r"(?:than|beats?|outperforms?|over|above|behind) (?:\w+ ){0,1}$", re.IGNORECASE)


def universals(text: str, sentences: Sequence[Sentence], held: str) -> Iterator[Finding]:
    """Yield what a line says of a whole, or of the best of it, and its evidence does not; `held` is all of its text."""
    yield from _all(text, held, sentences)
    yield from _best(text, held, sentences)


def _all(text: str, held: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said of all where the evidence speaks of none but some."""
    match = _ALL.search(text)
    if match and not _speaks_of_all(text, match, held):
        if NEGATOR.search(re.split(r"[.,;:!?] ", text[max(0, match.start() - 40) : match.start()])[-1]):
            return
        if (so := _ALL_OF.match(text, match.start())) and as_many(Decimal(so[1]), sentences):
            return  # all three, of which there are three
        if _THAN_ANY.search(text, 0, match.start()) and _whole(held):
            return  # better than any: better than the best
        if match[0].lower() in ("each", "every") and _by_one(text[match.end() :], held):
            return
        yield Finding(match.start(), match[0], "is more than the evidence says: it speaks of no such whole", "doubted")


def _speaks_of_all(text: str, match: re.Match[str], held: str) -> bool:
    """Return whether the evidence speaks of a whole of no kind, or of the kind that the line speaks of."""
    of = _OF_ALL.match(text, match.end())
    said, whole = _kind(of[0] if of else ""), content(text) - {"=ours"}
    for one in _ALL_HELD.finditer(held):
        kind = _kind(one["of"] or "")
        rate = (one["each"] or "").lower() == "per"
        near = not rate and bool(whole & content(stance.sentence_at(held, one.start())))
        if not one["each"] or _akin(said, kind) or near or (not rate and not (said and kind)):
            return True
    return False


_LINKS = words(
    "of the these those this that which who its their our a an is are was were on in for to and or with by at as it "
    "they we"
)


def _kind(text: str) -> frozenset[str]:
    """Return the stems of the words that say a kind."""
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", text.lower()) if word not in _LINKS)


def _akin(said: frozenset[str], held: frozenset[str]) -> bool:
    """Return whether two kinds of things may be one: they share a word, or are what something is tried on."""
    return bool(said & held) or bool(said & _SUITES and held & _SUITES)


def as_many(count: Decimal, sentences: Sequence[Sentence]) -> bool:
    """Return whether a sentence has just so many figures of a kind, or lists so many things."""
    for one in sentences:
        kinds = [held.figure.unit for held in one.figures if not held.figure.talk]
        if count in lists.lengths(one.text) or any(kinds.count(kind) == count for kind in kinds):
            return True
    return False


def _by_one(after: str, held: str) -> bool:
    """Return whether the evidence speaks of one thing at a time where a line says each of it: token-wise."""
    return bool(content(" ".join(after.split()[:2])) & content(" ".join(_DISTRIBUTED.findall(held))))


def _best(text: str, held: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said to be best, first or most where the evidence has no such word."""
    match = _BEST.search(text)
    if match and (not _BEST_HELD.search(held) or (_sweeping(match[0]) and not _whole(held))):
        weaker = _COMPETES.search(held)
        said = f"is more than {weaker[0]!r}, which the evidence says" if weaker else "has no such word in the evidence"
        yield Finding(match.start(), match[0], said, "doubted")
    if (match := _BEATS.search(text)) and (weaker := _COMPETES.search(held)) and not _BEATS_HELD.search(held):
        yield Finding(match.start(), match[0], f"is more than {weaker[0]!r}, which the evidence says", "doubted")
    for said_first, held_first in ((_MOST, _MOST_HELD), (_FIRST, _FIRST_HELD)):
        match = said_first.search(text)
        if not match or _ONE_OF.search(text) or stance.opinion(text, match.start()) or stance.untold(text):
            continue
        if not held_first.search(held) and not (said_first is _MOST and _several(sentences)):
            yield Finding(match.start(), match[0], "has no such word in the evidence", "doubted")
        elif _ONE_OF.search(held):
            yield Finding(match.start(), match[0], "is one of several in the evidence", "refused")


def _several(sentences: Sequence[Sentence]) -> bool:
    """Return whether the evidence has three figures of a kind, so that one can see which is the most."""
    kinds = ["" if held.figure.unit in COUNTS else held.figure.unit for one in sentences for held in one.figures]
    return any(kinds.count(kind) >= 3 for kind in set(kinds))


def _whole(held: str) -> bool:
    """Return whether the evidence speaks of all, or of the best: who beats that one, beats all."""
    return bool(_ALL_HELD.search(held) or _TOP.search(held))


def _sweeping(said: str) -> bool:
    return bool(re.search(r"every|all|any", said, re.IGNORECASE))
