"""How many are meant by all, most, few and none, held against the shares that the evidence gives.

>>> from podcast.grounding import sentences, utterance
>>> held = [sentences.sentence("Of the answers, 34% were accepted.")]
>>> for text in ("Most answers were accepted.", "Few of the answers were accepted."):
...     [one.wrong for one in quantified(utterance.utterance(text, (), held))]
['is more than 34 %, which the evidence gives']
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.poles import prefixed
from podcast.grounding.segments import Segment, parts_of
from podcast.grounding.sentences import Sentence
from podcast.grounding.utterance import Utterance

_QUANTIFIERS = (
    (1.0, 1.0, r"(?<!not )(?<!nearly )(?<!almost )(?:all(?= (?:of|the|\d|[a-z]+s(?!\w)|[a-z]+ed(?!\w)))|every(?! other)"
               r"|each(?= (?:of|[a-z]+))|always|everyone|everybody|everything|without exception)"),
    (0.0, 0.0, r"none|not (?:\w+ )?(?:one|a single|1|once)(?! of the (?:first|best|most))|nobody|no one|never(?! mind)"
               r"|no(?= (?:[a-z]+ )?[a-z]+s?(?: (?:is|are|was|were|has|have|does|do|did)| of(?! the)))"),
    (0.5, 0.9999, r"(?<!the )(?<!at )most(?= (?:of|[a-z]+s(?!\w)|[a-z]+ [a-z]+s(?!\w)|people))|(?:the|a|large"
    r"|vast) majority"
                  r"|mostly|more often than not|the bulk of"),
    (0.0001, 0.4, r"(?:only|just) a few(?= (?:of|[a-z]+s(?!\w)))|few(?=(?: of)? (?:the|them|[a-z]+s))(?<!a few)"
                  r"|hardly any|only a handful|a minority|rarely|seldom"),
)  # fmt: skip
_ANY = re.compile(
    "|".join(rf"(?P<q{at}>(?<![\w-])(?:{pattern})(?![\w-]))" for at, (*_, pattern) in enumerate(_QUANTIFIERS)),
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?<![\d.,])(\d{1,6})(?: [a-z]{3,12})? (?:of|out of|in) (?:(?:the|these|those|its|our|all"
    r"|every) )?(\d{1,6})(?![\d,.]\d)"
    r"(?! ?(?:%|percent|points?))"
)
"""How many of how many."""
_PERCENT = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d+)?) ?(?:%|percent)(?! ?-?(?:points?|faster|slower|more|less"
    r"|fewer|higher"
                      r"|lower|better|worse|smaller|larger|cheaper|increase|improve\w*|reduction|gain"
                      r"|drop))")  # fmt: skip
_MOVES = re.compile(r"(?<!\w)(?:by|from|than) (?:\w+ ){0,2}$")


def quantified(said: Utterance) -> Iterator[Finding]:
    """Yield the quantifiers of a line that no share of the same thing bears out."""
    if _PERCENT.search(said.text) or _OF.search(said.text):
        return
    yield from _unrestricted(said.text, said.sentences)
    yield from _first_of_few(said.text, said.sentences)
    for part in said.parts:
        match = _ANY.search(part.text)
        if not match or (match[0].lower() == "never" and any(prefixed(part.text, one.text) for one in said.sentences)):
            continue
        if part.figured and match["q1"]:
            continue  # thirteen that nobody found
        if part.denies and _DENIED.search(part.text, 0, match.start()) and not match["q1"]:
            continue  # you don't need all of them
        low, high, _ = _QUANTIFIERS[int((match.lastgroup or "q0")[1:])]
        if high and part.denies and _DENIED.search(part.text, match.end()):
            low, high = 1 - high, 1 - low
        words = content(part.text[: match.start()] + part.text[match.end() :]) - {"=ours"}
        held = [share for one in said.sentences for share in _shares(one, words)]
        if (
            not held
            and low == 1
            and words
            and any(match[0].lower() not in one.text.lower() and _excepts(one, words) for one in said.sentences)
        ):
            yield Finding(part.start + match.start(), match[0], "is denied of some in the evidence", "doubted")
        if held and not any(low <= share <= high for share, _ in held):
            grows = "more" if held[0][0] < low else "less"
            yield Finding(part.start + match.start(), match[0], f"is {grows} than {held[0][1]}, which the evidence "
                          "gives", "doubted")  # fmt: skip


_DENIED = re.compile(r"n't|(?<!\w)(?:not|never|fails?|failed)(?!\w)")


def _excepts(one: Sentence, words: frozenset[str]) -> bool:
    """Return whether a sentence denies of some what it says of others."""
    parts = parts_of(one)
    denied = [part for part in parts if part.denies and words <= part.words | part.taken]
    return bool(denied) and any(words & part.words for part in parts if part not in denied)


_WHOLE = re.compile(
    r"(?<!\w)(?:all|every|each|any|always)(?: of)?(?: (?:the|our|these"
    r"|its))?(?: \d+)? (?P<kind>(?:[a-z-]+ ){0,2})(?P<noun>[a-z]{3,}?)s?(?!\w)",
    re.IGNORECASE,
)  # fmt: skip


def _unrestricted(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said of all of a kind where the evidence says it of all of a narrower one: all open models."""
    for match in _WHOLE.finditer(text):
        noun, said = match["noun"].lower(), content(text)
        held = [other for one in sentences for other in _WHOLE.finditer(one.text)
                if other["noun"].lower() == noun or noun in other["kind"].lower().split()]  # fmt: skip
        kinds = [content(other["kind"]) for other in held if other["noun"].lower() == noun]
        if held and len(kinds) == len(held) and all(kind - said for kind in kinds):
            narrow = held[0]["kind"].strip()
            yield Finding(match.start(), match[0], f"is said of {narrow!r} alone in the evidence", "doubted")


_FIRST = re.compile(
    r"(?<!\w)first (?P<what>[^.;,]*?)(?<!\w)(?:with|among|under|without|based on|using|that"
    r"|within)(?!\w)(?P<limit>[^.;,]+)"
)


def _first_of_few(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what is said to be the first of all where the evidence says it of those with something only."""
    match = re.search(r"(?<!\w)the first(?!\w)", text)
    for one in sentences if match else ():
        held, words = _FIRST.search(one.text), content(text)
        if match and held and len(words & content(held["what"])) > 1 and not words & content(held["limit"]):
            limit = held[0].removeprefix(f"first {held['what']}").strip()
            yield Finding(match.start(), match[0], f"is said of those {limit!r} in the evidence", "doubted")
            return


def _shares(one: Sentence, words: frozenset[str]) -> list[tuple[float, str]]:
    """Return the shares that the sentence gives of what the words say: those of the part that has most of them."""
    parts = parts_of(one)
    whole = content(one.text)
    if not words or 3 * len(words & whole) < 2 * len(words):
        return []
    weights = [_weight(words, part, parts) for part in parts]
    best = [part for part, weight in zip(parts, weights, strict=True) if weight == max(weights) > 0]
    shares = [[*_given(part)] for part in best]
    return [share for each in shares for share in each] if all(shares) else []


def _weight(words: frozenset[str], part: Segment, parts: Sequence[Segment]) -> int:
    """Return how much of the words a part has; what only that part has counts three times."""
    others = frozenset[str]().union(*(other.words | other.taken for other in parts if other is not part))
    return len(words & (part.words | part.taken)) + 2 * len(words & part.words - others)


def _given(part: Segment) -> Iterator[tuple[float, str]]:
    for match in _OF.finditer(part.text):
        count, whole = int(match[1]), int(match[2])
        if 0 < count <= whole:
            yield (1 - count / whole if part.denies else count / whole), match[0]
    for match in _PERCENT.finditer(part.text):
        if not _MOVES.search(part.text, 0, match.start()):
            share = float(match[1]) / 100
            yield (1 - share if part.denies else share), f"{match[1]} %"
