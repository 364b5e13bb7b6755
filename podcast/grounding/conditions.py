"""What a result hangs on: with or without, at what price, where it started, exactly or at best, after how many shots.

>>> from podcast.grounding import figures, sentences, utterance
>>> held = [sentences.sentence("With a cache the server answers in 30 ms.")]
>>> for text in ("Without a cache it answers in 30 ms.", "With a cache it answers in 30 ms."):
...     [one.wrong for one in conditions(utterance.utterance(text, figures(text), held))]
["has 'cache' in the evidence, and not the lack of it"]
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content
from podcast.grounding.directions import REMOVED
from podcast.grounding.figure import Figure
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR, Segment
from podcast.grounding.sentences import Held, Sentence
from podcast.grounding.utterance import Place, Utterance

_WITHOUT = re.compile(
    r"(?<!\w)(?:without|lacking|in the absence of|no(?= \w+[,.]| \w+ (?:it|they|and)(?!\w)))"
    r" (?:(?:an?|the|any|its|their|using|single|one|1) ){0,3}(?P<what>(?!(?:it|that|this"
    r"|them)(?!\w))[\w-]+(?: (?!it|is|they|its|we|you)[\w-]+)?)",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"(?<!\w)(?:with|given|using) (?:(?:an?|the|its|their) )?(?P<what>(?!(?:it|that|this|them|only|no|just"
    r"|all)(?!\w))[\w-]+)"
    r"(?! (?:\d|of|percent))", re.IGNORECASE,
)  # fmt: skip
_FREE = re.compile(
    r"(?<!\w)(?:for free|free of charge|at no (?:\w+ )?(?:cost|price|expense)|no (?:extra )?(?:price|downside"
    r"|trade-?off"
    r"|penalty|catch|cost)|costs? (?:\w+ )?(?:nothing|no \w+)|does(?: no|n't do any) harm"
    r"|without (?:any )?(?:loss|cost|penalty"
    r"|downside|trade-?off|slowing|losing|giving up|sacrific\w+|hurting)|(?:loses?|gives? up) nothing"
    r"|nothing (?:at all )?(?:is|gets) lost)(?!\w)",
    re.IGNORECASE,
)  # fmt: skip
_PRICE = re.compile(
    r"(?<!\w)(?:at (?:the |a |an )?(?:\S+ ){0,3}(?:cost|price|expense|time|compute|memory)(?: of)?|costs? (?:\S+ ){0,3}"
    r"(?:points?|%|percent|hours?|ms|more|memory|accuracy)|slower|slow-?downs?|overheads?|(?:but|although|though"
    r"|yet|while"
    r"|and) (?:it )?(?:adds?|needs?|los[et]s?|drops?"
    r"|hurts?|slows|requires?|increas\w+|rais\w+|reduc\w+|degrad\w+)|(?:\S+ )?(?:drop|loss|decline"
    r"|decrease) (?:of|in|on)|degrad\w+"
    r"|hurts?|worse|(?:points?|%|percent)(?: \w+)? lost|sacrific\w+|expensive)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_NO_PRICE = re.compile(
    r"(?<!\w)(?:no|without|negligible|little|minimal|marginal|free|zero|unchanged|same)(?!\w)",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|did|before|used to|earlier|original\w*|first|start\w*|began|begin\w*|from|without"
    r"|previous\w*|normal(?:ly)?|usual\w*|typical\w*|ordinar\w+"
    r"|instead|until|baseline\w*|old\w*|once|would|down|up|no longer|than|against|initial\w*|where it|prior"
    r"|alone|untrained|base"
    r"|plain|vanilla|standard|between|range\w*|most|least|per|each|if|when|only|else|otherwise|by itself|fell"
    r"|dropped|came|went"
    r"|removed|rather)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_EXACTLY = re.compile(r"(?<!\w)(?:exactly|precisely) (?:the )?$", re.IGNORECASE)
_ONLY = re.compile(
    r"(?<!not )(?<!n't )(?<!\w)(?:only|solely|exclusively|nothing but) (?:work\w* |help\w* |tested |trained "
    r"|evaluated )?"
    r"(?:on|for|in|with|when|if|to|by|from|at)(?! (?:\d|an? (?:few|bit|little)|about))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_LIMITS = re.compile(
    r"(?<!\w)(?:only|sole\w*|exclusive\w*|just|alone|restrict\w*|limit\w*|except|but not|not|no|none|fail\w*"
    r"|without|unless|merely"
    r"|single|purely|nothing|never|neither|one)(?!\w)", re.IGNORECASE,
)  # fmt: skip


def conditions(said: Utterance) -> Iterator[Finding]:
    """Yield what a line says without the condition that its evidence names, or with another."""
    for part in said.parts:
        inside = said.within(part)
        lacking = (_lacking(part, [place.part for place in places]) for _, places in inside)
        yield from next((found for each in lacking if (found := [*each])), [])
        yield from _limited(part, said.sentences)
        for figure, places in inside:
            yield from _bounded(part, said.text, figure, [place.held for place in places])
            yield from _when(said.text, figure, places)
            alone = len(said.figures) == 1 and figure.unit != "points" and not _PAST.search(part.text)
            if alone and {place.held.said.end for place in places} == {"from"}:
                yield Finding(figure.start, figure.spoken, "is where the evidence starts from", "doubted", True)
    yield from _priced(said)
    yield from _spared(said)
    yield from _shots(said)
    yield from _at_best(said)


def _lacking(part: Segment, places: Sequence[Segment]) -> Iterator[Finding]:
    if not places:
        return
    without, given = _WITHOUT.search(part.text), _WITH.search(part.text)
    if without and (what := content(without["what"])):
        if all(
            _akin(what, one.words) and not NEGATOR.search(one.text) and not REMOVED.search(one.text) for one in places
        ):
            yield Finding(part.start + without.start(), without[0],
                          f"has {without['what']!r} in the evidence, and not the lack of it", "doubted")  # fmt: skip
    elif given and (what := content(given["what"])):
        lacks = [_WITHOUT.search(one.text) for one in places]
        if all(match and what <= content(match["what"]) for match in lacks):
            yield Finding(part.start + given.start(), given[0],
                          f"is said of the lack of {given['what']!r} in the evidence", "doubted")  # fmt: skip


def _akin(words: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether two sets share a word, or the beginning of one: adaptation, adapting."""
    return bool(words & others) or any(
        len(short) > 4 and long.startswith(short) for one in words for other in others
        for short, long in [sorted((one, other), key=len)]
    )  # fmt: skip


def _limited(part: Segment, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    match = _ONLY.search(part.text)
    if match and sentences and not any(_LIMITS.search(one.text) for one in sentences):
        yield Finding(part.start + match.start(), match[0], "sets a limit that the evidence does not", "doubted")


def _bounded(part: Segment, text: str, figure: Figure, held: Sequence[Held]) -> Iterator[Finding]:
    if held and _EXACTLY.search(text, part.start, figure.start) and all(one.figure.bound for one in held):
        word = held[0].figure.word or held[0].figure.bound
        yield Finding(figure.start, figure.spoken, f"is {word!r} that in the evidence", "doubted", True)
    alike = [one.figure for one in held if one.figure.unit == figure.unit and one.figure.per == figure.per]
    if alike and _EXACTLY.search(text, part.start, figure.start) and all(one.value != figure.value for one in alike):
        yield Finding(figure.start, figure.spoken, f"is {alike[0].spoken} in the evidence", "doubted", True)


_WHEN = re.compile(
    r"[ -]?[a-z]{1,16},? (?:(?P<before>before|prior to|ahead of|earlier than)|after|later than|following)(?!\w)",
    re.IGNORECASE,
)


def _when(text: str, figure: Figure, places: Sequence[Place]) -> Iterator[Finding]:
    """Yield so long before something what is so long after it in the evidence, or the other way round."""
    said = _WHEN.match(text, figure.end) if figure.unit == "time" else None
    held = [_WHEN.match(place.one.text, place.held.figure.end) for place in places] if said else []
    if said and held and all(one and bool(one["before"]) != bool(said["before"]) for one in held):
        other = "after" if said["before"] else "before"
        yield Finding(figure.start, figure.spoken, f"is so long {other} it in the evidence", "doubted", True)


def _priced(said: Utterance) -> Iterator[Finding]:
    match = _FREE.search(said.text)
    if not match:
        return
    for one in said.sentences:
        price = _PRICE.search(one.text)
        if price and not _NO_PRICE.search(one.text):
            yield Finding(match.start(), match[0], f"has its price in the evidence: {price[0].strip()}", "doubted")
            return


_LOSS = r"(?:loss(?:es)?|drops?|regressions?|degradation|declines?|decreases?)"
_NONE_LOST = re.compile(
    rf"(?<!\w)(?<!almost )(?<!nearly )(?<!practically )(?<!virtually )(?<!next to )(?<!not )(?:(?:los(?:es?|t|ing)"
    rf"|costs?|giv(?:es?|ing) up|sacrific\w+) (?:absolutely )?nothing(?! (?:extra|more|additional))|(?:no|zero"
    rf"|without(?: an?y?)?) "
    rf"(?!(?:significant|measurable|noticeable|notable|real|large|big|great|further) )(?:[\w-]+ )?{_LOSS}"
    r"|does(?:n't| not) (?:lose|cost) (?:anything|a thing))(?! (?:to speak of|worth|to mention))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_SHARE = r"(?:%|percent|(?:percentage )?points?)"
_LITTLE_LOST = re.compile(
    rf"(?<!\w)(?:(?:minimal|small|slight|minor|marginal|modest|limited|little) (?:[\w-]+ ){{0,2}}{_LOSS}"
    rf"|{_LOSS} (?:[\w-]+ ){{0,3}}(?:of|below|under|within|less than) (?:only |just |about )?\d[\d.]* ?{_SHARE}"
    rf"|\d[\d.]* ?{_SHARE} (?:[\w-]+ ){{0,2}}{_LOSS}"
    rf"|degrad\w+ slightly|slightly (?:degrad|reduc|decreas|lower|worse)\w*)(?!\w)", re.IGNORECASE,
)  # fmt: skip


_OBJECTIVE = re.compile(
    r"(?<!\w)(?:auxiliar|reconstruct|adversar|percept|contrast|regulari|distill|entrop|rank|consisten|commit|train|triplet|align"
    r"|kl(?!\w))[\w-]* loss", re.IGNORECASE,
)  # fmt: skip
"""A loss that is trained on, and nothing that is lost."""
_KEPT = re.compile(r"(?<!\w)(?:unchanged|unaffected)(?!\w)", re.IGNORECASE)


def _spared(said: Utterance) -> Iterator[Finding]:
    """Yield that nothing is lost where the evidence has a little loss, and nowhere none."""
    match = _NONE_LOST.search(said.text)
    little = next((found for one in said.sentences if (found := _LITTLE_LOST.search(one.text))), None)
    if (
        match
        and little
        and not (_OBJECTIVE.search(match[0]) or _OBJECTIVE.search(little[0]))
        and not any(_NONE_LOST.search(one.text) or _KEPT.search(one.text) for one in said.sentences)
    ):
        yield Finding(match.start(), match[0], f"is {little[0]!r} in the evidence", "doubted")


_SHOTS = re.compile(r"(?<![\w-])(few|many|\d{1,3})[- ]shot(?!\w)", re.IGNORECASE)


_SHOTS_HELD = re.compile(
    r"(?<![\w-])(few|many|\d{1,3})[- ](?:shots?|(?:in-context )?(?:examples?|demonstrations?|exemplars?))(?!\w)",
    re.IGNORECASE,
)
_NOT_SO_MANY = re.compile(
    r"(?:(?<!\w)(?:not|instead of|rather than|than|unlike)|n't) (?:the )?(?:usual )?$", re.IGNORECASE
)


def _shots(said: Utterance) -> Iterator[Finding]:
    """Yield so many examples in a prompt where the evidence has other numbers of them only: 0-shot, of 5-shot."""
    held = {match[1].lower() for one in said.sentences for match in _SHOTS_HELD.finditer(one.text)}
    held = held if any(_SHOTS.search(one.text) for one in said.sentences) else set()
    for match in _SHOTS.finditer(said.text) if held else ():
        if _NOT_SO_MANY.search(said.text, 0, match.start()):
            continue
        many = match[1].lower()
        loosely = many != "0" and held - {"0"} and (held | {many}) & {"few", "many"}
        if many not in held and not loosely:
            yield Finding(match.start(), match[0], f"is {min(held)}-shot in the evidence", "doubted")


_USUAL = re.compile(
    r"(?<!\w)(?:on average|averages?|an average|always|consistently|every time|typically|usually)(?!\w)", re.IGNORECASE
)
_AT_BEST = re.compile(
    r"(?<!\w)(?:up to|as (?:much|many|high|large) as|at most|a maximum of|peaking at) (?:an? |the )?\$?$"
)


_BEST_SAID = re.compile(r"(?<!\w)(?:up to|at (?:the )?(?:best|most)|as (?:much|many|high|large) as|maximum)(?!\w)")


def _at_best(said: Utterance) -> Iterator[Finding]:
    """Yield as usual what the evidence has as the most: 7 points on average, of up to 7."""
    for part in said.parts:
        usual = _USUAL.search(part.text) and not _BEST_SAID.search(part.text)
        for figure, places in said.within(part) if usual else ():
            most = [_AT_BEST.search(place.one.text, 0, place.held.figure.start) for place in places]
            if most and all(most) and not figure.bound:
                wrong = "is the most in the evidence, and not what is usual"
                yield Finding(figure.start, figure.spoken, wrong, "doubted", True)
