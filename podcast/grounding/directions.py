"""Which way a sentence says that a figure goes: up or down, better or worse, from one figure to another.

>>> way("the error falls by ", "", "3", "%"), way("it is ", "% faster", "3", "%")
(('size', -1), ('speed', 1))
>>> way("it has ", " layers", "3", "layer")  # None: it goes nowhere
>>> from podcast.grounding.figure import figures
>>> astray(text := "it rises from 60 to 50", 0, *figures(text))
True
"""

import re
from collections.abc import Sequence

from podcast.grounding.figure import Figure
from podcast.grounding.units import words

_UP = "rise rises rose rising increase increases increased increasing grow grows grew growing raise raises " \
      "raised raising climb climbs climbed higher larger greater more gain gains boost boosts boosted " \
      "lift lifts lifted longer bigger heavier taller deeper"  # fmt: skip
_DOWN = "drop drops dropped dropping fall falls fell falling decrease decreases decreased decreasing reduce reduces " \
        "reduced reducing reduction decline declines declined shrink shrinks shrank cut cuts cutting lower lowers " \
        "lowered lowering less fewer smaller lose loses lost loss shorter lighter thinner"  # fmt: skip
_WAYS = (
    dict.fromkeys(_UP.split(), ("size", 1))
    | dict.fromkeys(_DOWN.split(), ("size", -1))
    | dict.fromkeys(("faster", "quicker", "speedup", "speed-up", "sooner"), ("speed", 1))
    | dict.fromkeys(("slower", "slowdown"), ("speed", -1))
    | dict.fromkeys(("cheaper",), ("price", -1)) | dict.fromkeys(("costlier", "dearer"), ("price", 1))
    | dict.fromkeys(("better", "improve", "improves", "improved", "improving", "improvement"), ("worth", 1))
    | dict.fromkeys(("worse", "degrade", "degrades", "degraded", "hurts", "deteriorates", "worsens"), ("worth", -1))
)  # fmt: skip
COSTS = re.compile(
    r"error|loss|fid|perplexity|wer\b|latency|cost|memory|\btime|(?<!success )(?<!frame )(?<!win )(?<!hit )\brate\b"
    r"|token(?!s? (?:per|a|/))|hallucinat|param|flop|compute|size",
    re.IGNORECASE,
)
"""Where less may be better: there a rise and an improvement are not compared."""
REMOVED = re.compile(
    r"(?<!\w)(?:without|w/o|remov|ablat|disabl|omit|exclud|leav(?:e|es|ing) out|tak(?:e|es|ing) (?:away|out|it)"
    r"|turn(?:s|ed|ing)? off|dropping|drop (?:the|that|this|it)\b)", re.IGNORECASE,
)  # fmt: skip
"""Where something is taken away, and what it gives is lost."""

_GOES = words(
    "go goes going went gone come comes came coming is are was were move moves moved shoot shoots shot jump jumps "
    "creep creeps crept push pushes pushed bring brings brought"
)
_MOVES = {
    word: sign
    for word, (axis, sign) in _WAYS.items()
    if axis == "size"
    and word
    not in words(
        "higher larger greater more lower less fewer smaller loss gain longer bigger heavier taller deeper "
        "shorter lighter thinner"
    )
}
"""Verbs, and their nouns, that say where a figure goes."""
_TAKING = (
    dict.fromkeys(("rises", "rose", "climbs", "climbed"), ("size", 1))
    | dict.fromkeys(("drops", "dropped", "falls", "fell", "declines", "declined"), ("size", -1))
    | dict.fromkeys(("gain", "gains", "gained", "win", "wins", "won"), ("worth", 1))
    | dict.fromkeys(("lose", "loses", "lost", "cost", "costs"), ("worth", -1))
)  # fmt: skip
"""Verbs that take how much: "it lost 11 points"."""
_TIMED = dict.fromkeys(words("adds add added adding"), -1) | dict.fromkeys(words("saves save saved shaves shaved"), 1)
"""Verbs that take a time: "it adds 40 ms"."""
_ALIKE = (
    dict.fromkeys(("fast", "quick", "quickly"), ("speed", 1)) | dict.fromkeys(("slow", "slowly", "long"), ("speed", -1))
    | dict.fromkeys(("expensive", "costly", "dear"), ("price", 1)) | {"cheap": ("price", -1), "small": ("size", -1)}
    | dict.fromkeys(("large", "big", "many", "much", "high"), ("size", 1))
)  # fmt: skip
"""Adjectives after "as": twice as fast."""
_AMOUNTS = (
    dict.fromkeys(("increase", "rise", "jump"), ("size", 1))
    | dict.fromkeys(("drop", "decrease", "reduction", "decline", "fall"), ("size", -1))
    | dict.fromkeys(("improvement", "gain", "boost"), ("worth", 1))
)
"""Nouns of which there is how much: "a drop of 3 points"."""
_ROUNDED = words(
    "almost nearly about around roughly over more than under just at least up to some another a an only the"
)
_TAIL = re.compile(r"[^,;:()]{0,60}from (?:about )?$")


_TAKEN = re.compile(
    r"(?<!\w)(?<!at )(?<!at the )(?:latency|latencies|runtime|delay|(?:inference|training|running|run|decoding"
    r"|wall-clock|response|compute"
    r"|computation|generation|processing) ?times?)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Times that something takes: less of it is faster."""


def way(before: str, after: str, figure: str, unit: str) -> tuple[str, int] | None:
    """Return which way a figure goes by what stands right around it: an axis, and 1 for up or -1 for down.

    >>> way("it cuts the latency by ", "", "40", "%"), way("it is ", "% faster", "40", "%")
    (('speed', 1), ('speed', 1))
    """
    found = _way(before, after, figure, unit)
    timed = unit in ("%", "x", "fraction") and (_TAKEN.search(before[-60:]) or _TAKEN.search(after[:30]))
    return ("speed", -found[1]) if found and found[0] == "size" and timed else found


def _way(before: str, after: str, figure: str, unit: str) -> tuple[str, int] | None:
    said = re.findall(r"[\w-]+", before.lower())
    if "by" in said[-4:]:
        for index in range(len(said) - 1, max(-1, len(said) - 11), -1):
            if said[index] in ("up", "down") and index and said[index - 1] in _GOES:
                return "size", 1 if said[index] == "up" else -1
            if said[index] in _WAYS:
                return _WAYS[said[index]]
        return None
    after_words = re.findall(r"[\w-]+", re.sub(r"^[ -]?(?:%|×|x|percent|points?|times|fold)+", "", after.lower()))[:3]
    if unit == "x" and (
        of := re.match(
            r"[ -]?(?:×|x|times)? (?:the|its|their) (?:\w+ )?(cost|price|time|latency|size|memory|delay)(?!\w)",
            after.lower(),
        )
    ):
        return {"cost": ("price", 1), "price": ("price", 1), "time": ("speed", -1), "latency": ("speed", -1)}.get(
            of[1], ("size", 1)
        )
    if alike := re.match(r"[ -]?(?:×|x|times)? as (\w+)", after.lower()):
        return _ALIKE.get(alike[1])
    near = [_WAYS[word] for word in after_words if word in _WAYS]
    if near:
        return near[0] if len(set(near)) == 1 else None
    if unit == "time" and said and said[-1] in _TIMED:
        return "speed", _TIMED[said[-1]]
    if unit not in ("", "%", "points", "abs"):
        return None
    while said and said[-1] in _ROUNDED:
        said.pop()
    if len(said) > 1 and said[-1] in ("of", "is", "was", "are", "were") and said[-2] in _AMOUNTS:
        return _AMOUNTS[said[-2]]
    if said and said[-1] in _TAKING:
        return _TAKING[said[-1]]
    return ("sign", 1 if figure[0] == "+" else -1) if figure[:1] in ("+", "-") else None


def end(text: str, figure: Figure, found: Sequence[Figure], index: int) -> str:
    """Return from or to, where the text goes from one figure to the next."""
    following = found[index + 1] if index + 1 < len(found) else None
    earlier = found[index - 1] if index else None
    if (
        following
        and re.search(r"from (?:about )?$", text[max(0, figure.start - 12) : figure.start])
        and _to(text, figure, following)
    ):
        return "from"
    if (
        earlier
        and re.search(r"from (?:about )?$", text[max(0, earlier.start - 12) : earlier.start])
        and _to(text, earlier, figure)
    ):
        return "to"
    for first, last, name in ((figure, following, "from"), (earlier, figure, "to")):
        if first and last and _between(text, first, last):
            return name
    if _MOVED_TO.search(text, max(0, figure.start - 60), figure.start):
        return "to"
    if earlier and _BACK.fullmatch(text, earlier.end, figure.start):
        return "from"  # 68.1, up from 59.7; to 68.1 from 59.7
    if following and _BACK.fullmatch(text, figure.end, following.start):
        return "to"
    return ""


def _between(text: str, first: Figure, last: Figure) -> bool:
    before = text[max(0, first.start - 8) : first.start].lower()
    return before.endswith("between ") and bool(re.fullmatch(r"(?: ?%| percent)? and ", text[first.end : last.start]))


_BACK = re.compile(
    r"(?:[ -]?%|[ -]?percent|(?: [a-z]{1,12}){1,2})?(?: points?)?(?:,? (?:up|down|back))?,? (?:from|instead of|where "
    r"it was|rather than) "
    r"(?:(?:an?|about|around|over|below|under|just) ){0,2}", re.IGNORECASE,
)  # fmt: skip
_MOVED_TO = re.compile(
    r"(?<!\w)(?:rises?|rose|grows?|grew|climbs?|climbed|falls?|fell|drops?|dropped|declines?|shrinks?|shrank"
    r"|sinks?|goes|went"
    r"|comes|came|gets|brings|moves?|jumps?)(?: \w+)?(?: up| down| back)?,? to (?:(?:an?|about|just|only|over) ){0,2}$",
    re.IGNORECASE,
)


def _to(text: str, first: Figure, last: Figure) -> bool:
    between = text[first.end : last.start]
    return len(between) < 44 and bool(_TO.search(between))


_TO = re.compile(
    r"(?:^|\s)(?:up |down )?to (?:(?:an?|the|about|over|under|just|nearly|almost|only) ){0,2}$", re.IGNORECASE
)


def astray(text: str, begin: int, first: Figure, last: Figure) -> bool:
    """Return whether the text says up and goes down, or down and goes up, from one figure to the next."""
    plain = ("", "%", "points")
    if first.unit != last.unit and not (first.unit in plain and last.unit in plain):
        return False
    if "ordinal" in (first.unit, last.unit) or not 0 < min(first.value, last.value) < max(first.value, last.value):
        return False
    if max(first.value, last.value) > 100 * min(first.value, last.value):  # from 3 to 2 million
        return False
    tail = _TAIL.search(text, max(begin, first.start - 72), first.start)
    if not tail or not _to(text, first, last):
        return False
    up = last.value > first.value
    if between := re.search(r"(up|down) to (?:about )?$", text[first.end : last.start]):
        return up is not (between[1] == "up")
    said: list[str] = re.findall(r"[\w-]+", tail[0].lower())[:-1][-6:]
    for index in range(len(said) - 1, -1, -1):
        if said[index] in ("up", "down") and index and said[index - 1] in _GOES:
            return up != (said[index] == "up")
        if said[index] in _WAYS:
            sign = _MOVES.get(said[index], 0)
            return sign != 0 and up != (sign > 0)
    return False
