"""What two figures of the evidence come to: their sum, difference, ratio and product, and what is left of a whole.

>>> from podcast.grounding.figure import figures
>>> held = figures("from 60 to 72 points")
>>> reckoned(*figures("12 points"), "12 points more", held, spoken=list(sums(held)))
'said'
>>> reckoned(*figures("13 points"), "13 points more", held, spoken=list(sums(held)))
''
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from podcast.grounding.figure import Figure
from podcast.grounding.holding import alike, close, dated
from podcast.grounding.units import COUNTS, CURRENCIES, PHYSICAL, kind_of
from podcast.grounding.values import to_last_digit

_KINDS = COUNTS - {"", "counted"}
"""Things that are counted by name: layers are no sum of tasks."""
_SHARED = PHYSICAL | CURRENCIES | _KINDS
"""Of which each of many may have a part."""
_MOST = 14
"""Figures of a sentence that are combined; a table in prose has more, and two of its figures come to anything."""
_UNLIKELY = 10**5
"""From so many times on a figure is no multiple of another, unless both have one unit."""
_TRIPLE = 3
"""From so many times on nobody says growth in percent."""

_CLUES = {
    "difference": re.compile(
        r"(?<!\w)(?:absolute|nobody|no one|trade\w*|all but|by(?= (?:[a-z]+ ){0,2}\d)"
        r"|more|less|fewer|better|worse|above|below|ahead|behind|over|under|off|up|down|gap|difference"
        r"|apart|lead"
        r"|margin|gain\w*|los[est]\w*|lost|sav\w+|shav\w+|win\w*|improv\w*|drop\w*|fall\w*|rise\w*|cut\w*|add\w*"
        r"|short\w*"
        r"|long\w*|larger|smaller|higher|lower|faster|slower|extra|leav\w+|back|between|cost\w*|worth|earlier"
        r"|later|remain\w*|rest|gone|vanish\w*|disappear\w*|mak(?:e|es|ing) do"
        r"|left|still|other|others|wait\w*|without|stay\w*|shrink\w*|grow\w*|reduc\w*|recover\w*|must"
        r"|had)(?!\w)", re.IGNORECASE),
    "real": re.compile(r"(?<!\w)real[ -]?time(?!\w)", re.IGNORECASE),
    "before": re.compile(r"(?<!\w)(?:before\w*|start\w*|began|begin|first|originally|at the outset)(?!\w)",
                         re.IGNORECASE),
    "growth": re.compile(
        r"(?<!\w)(?:more|longer|larger|bigger|higher|greater|further|faster|slower|better|worse|dearer|above|up|extra"
        r"|rais\w+"
        r"|r[io]se\w*|grow\w*|grew|gain\w*|improv\w*|increas\w*|add\w*|boost\w*|climb\w*|jump\w*|lift\w*)(?!\w)",
        re.IGNORECASE),
    "ratio": re.compile(
        r"(?<!\w)(?:shr[aiu]nk\w*|fell|falls?|drops?|dropped|grew|grows?|of|in|times|twice|half|halves|doubl\w+|tripl\w+|as|than|less|more|fewer|\w+er|only|cut)(?!\w)",
        re.IGNORECASE),
    "sum": re.compile(
        r"(?<!\w)(?:together|altogether|total|in all|worth|all told|combined|sum|both|adds? up|two of "
        r"them|overall|at (?:least|most)|or (?:more|better|less|worse))(?!\w)", re.IGNORECASE),
    "each": re.compile(r"(?<!\w)(?:per|each|apiece|every|on average|a head|daily"
                       r"|an? (?:second|minute|hour|day|week|month|year)"
                       r"|(?:dollar|euro|pound|buck|cent|second|minute|hour|day|week)s?(?: \d\d)? an? [a-z]+"
                       r"|[$€£]\d[\d.,]* an? [a-z]+)(?!\w)", re.IGNORECASE),
    "after": re.compile(r"(?<!\w)(?:with|at|to|gets?|reach\w*|then|now|ends? up)(?!\w)", re.IGNORECASE),
    "product": re.compile(r"(?<!\w)(?:before|predecessor|earlier|previous\w*|older|in all|altogether|total|some|so"
                          r"|that's|means|makes|would|about|around)(?!\w)",
                          re.IGNORECASE),
    "rest": re.compile(r"(?<!\w)(?:other|others|rest|remain\w*|left|still|without|los\w+|only|keep\w*|not|n't|can't"
                       r"|come|comes|less|fewer|shorter|smaller|save\w*|stay\w*|wait\w*|just|as well|down"
                       r"|off|cut|drop\w*|fall\w*|fell|gone|vanish\w*|disappear\w*)(?!\w)", re.IGNORECASE),
}  # fmt: skip
_REST = re.compile(
    r"(?<!\w)(?:other|others|rest|remain\w*|not|can't|off|fail\w*|nobody|no one|out of reach|miss\w*|unsolved|leaves?"
    r"|los[et]\w*)(?!\w)|n't(?!\w)",
    re.IGNORECASE,
)
OURS = re.compile(
    r"(?<!\w)(?:I get|I make it|by my (?:count|sums?|maths?|reckoning)|do the (?:sums?|maths?)|if you "
    r"(?:divide|add|multiply"
    r"|subtract|count|work it out)|that's|so that|which is|that makes|works out|divid(?:e|es|ed) (?:\S+ ){1,8}by"
    r"|multipl(?:y|ied)"
    r"|the (?:product|sum|difference|ratio|quotient)|you (?:get|end up with|arrive at|come to)|comes? to|times(?= \d)"
    r"|adds? up to|subtract|that is(?=[.,;!?]|$))(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a speaker says that a figure is a sum of their own."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A value that two figures come to."""

    value: Decimal
    unit: str
    kind: str
    """difference, growth, ratio, sum, after (a gain is made), before (a loss), product, each (a part of it), real (how
    many times faster than real time) or rest."""
    of: tuple[Figure, ...]
    rough: float = field(init=False, compare=False)
    """The value, to be compared quickly."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rough", float(self.value))


_PLAIN, _BOUNDED = Decimal("0.04"), Decimal("0.06")
"""How far a figure may be from what two come to, rounded to its own last digit: without a word for it, and with."""


_IN_WORDS = Decimal("0.025")
"""The same of one number in another."""
_BY_ONE = Decimal("0.1")
"""The same of about so many of one digit: about five points, of 4.6."""


def sums(figures: Sequence[Figure]) -> Iterator[Sum]:
    """Yield what each two of a sentence's figures come to; of a longer list only the first are combined.

    >>> from podcast.grounding.figure import figures
    >>> sorted({f"{one.kind} {one.value:f} {one.unit}" for one in sums(figures("from 60.2 to 72.2 points"))})[0]
    'difference 12.0 points'
    """
    plain = [figure for figure in figures if figure.unit not in ("ordinal", "often")]
    plain = [figure for figure in plain if not figure.talk or figure.value not in (0, 1)][:_MOST]
    for one in plain:
        if one.unit == "hertz" and one.value > 0:
            yield Sum(1 / one.value, "time", "each", (one,))  # 50 Hz, or 20 ms a step
        elif one.unit == "time" and 0 < one.value < 60:
            yield Sum(1 / one.value, "hertz", "each", (one,))
        if one.unit in ("%", "share") and 0 < one.value < 100:
            yield Sum(100 - one.value, "%", "rest", (one,))
        elif one.unit == "x" and 1 < one.value < 10:
            yield Sum((one.value - 1) * 100, "%", "difference", (one,))  # 1.4 times as long, or 40 % longer
        elif one.unit == "" and 0 < one.value < 1:
            yield Sum(1 / one.value, "x", "real", (one,))  # a real-time factor of 0.2
        elif one.unit == "fraction":
            yield Sum(1 - one.value, "fraction", "rest", (one,))
    for index, one in enumerate(plain):
        for other in plain[index + 1 :]:
            yield from _of_two(one, other)


def _of_two(one: Figure, other: Figure) -> Iterator[Sum]:
    one, other = _in_units(one, other), _in_units(other, one)
    low, high = sorted((one, other), key=lambda figure: figure.value)
    pair = (one, other)
    if {one.unit, other.unit} == {"hertz", "time"} and one.value > 0 and other.value > 0:
        apart = one.value * other.value
        yield Sum(max(apart, 1 / apart), "x", "ratio", pair)  # at 50 Hz for 1.8 s a step
    if dated(one) and dated(other):
        yield Sum((high.value - low.value) * kind_of("year")[1], "time", "difference", pair)
    if one.unit == other.unit == "%" and one.value > 0 and other.value > 0 and one.value + other.value < 100:
        yield Sum(100 - one.value - other.value, "%", "rest", pair)
    if {one.unit, other.unit} == {"compute", "gpu"}:
        hours, cards = pair if one.unit == "compute" else pair[::-1]
        if cards.value > 1:
            yield Sum(hours.value / cards.value, "time", "product", pair)
    counted = {one.unit, other.unit} <= COUNTS and "counted" in (one.unit, other.unit)
    same = (
        one.unit == other.unit or "" in (one.unit, other.unit) or {one.unit, other.unit} == {"%", "points"} or counted
    )
    unit = one.unit or other.unit
    if same and unit not in ("x", "fraction"):
        kind = "points" if unit == "%" else unit
        yield Sum(high.value - low.value, kind, "difference", pair)
        moved = one.unit != other.unit and "" not in (one.unit, other.unit)
        yield Sum(high.value + low.value, unit, "after" if moved else "sum", pair)
        likely = one.unit == other.unit != "" or high.value < _UNLIKELY * low.value
        if low.value > 0 and high.value > low.value and likely:
            yield Sum(high.value / low.value, "x", "ratio", pair)
            if unit in COUNTS:
                yield Sum(high.value / low.value, "", "each", pair)  # so many steps of so many tokens
            yield Sum(low.value / high.value, "fraction", "ratio", pair)
            yield Sum(1 - low.value / high.value, "fraction", "rest", pair)
            if one.unit == other.unit and high.value < _TRIPLE * low.value:
                yield Sum(100 * (high.value / low.value - 1), "%", "growth", pair)
    for share, whole in (pair, pair[::-1]):
        if share.unit in ("%", "fraction") and whole.unit not in ("%", "points", "fraction", "x", "abs"):
            part = share.value / 100 if share.unit == "%" else share.value
            yield Sum(part * whole.value, whole.unit, "product", pair)
            if part:
                yield Sum(whole.value / part, whole.unit, "product", pair)
            yield Sum((1 - part) * whole.value, whole.unit, "product", pair)
            if 0 < part < 1:
                yield Sum(whole.value / (1 - part), whole.unit, "before", pair)
    counts = {"%", "points", "abs", "fraction", "x"} | CURRENCIES
    units = {one.unit, other.unit}
    if not units <= counts and not units <= PHYSICAL:
        unit = next((unit for unit in (one.unit, other.unit) if unit in PHYSICAL | CURRENCIES), "")
        yield Sum(one.value * other.value, unit, "product", pair)
    for whole, parts in (pair, pair[::-1]):
        many = parts.count if parts.unit == "time" else parts.value if parts.unit in _KINDS | {"counted"} else None
        measured = whole.unit in PHYSICAL | CURRENCIES  # of which each may have less than one
        if many and many > 1 and (many < whole.value or measured) and whole.unit in _SHARED - {parts.unit}:
            yield Sum(whole.value / many, whole.unit, "each", pair)
    if {one.unit, other.unit} == {"x", "fraction"}:
        yield Sum(one.value * other.value, "fraction", "product", pair)
    for times, base in (pair, pair[::-1]):
        if times.unit in ("x", "fraction") and base.unit not in ("x", "fraction") and times.value:
            yield Sum(times.value * base.value, base.unit, "product", pair)
            yield Sum(base.value / times.value, base.unit, "product", pair)


def _in_units(figure: Figure, other: Figure) -> Figure:
    """Return the figure with the unit of the other where it has none, and a fraction beside points in percent."""
    if figure.unit == "" and other.unit in PHYSICAL and other.count:
        return replace(figure, unit=other.unit, value=figure.value * other.value / other.count)
    if figure.unit == "fraction" and other.unit in ("%", "points"):
        return replace(figure, unit="%", value=figure.value * 100)
    return figure


def three(figures: Sequence[Figure], figure: Figure) -> bool:
    """Return whether the figure is what two parts leave of a whole, or the sum of three: 520 less 312 and 45 is 163."""
    plain = [one.value for one in figures if not one.ratio and alike(figure.unit, one.unit) and one.value > 0][:_MOST]
    wanted = figure.value
    return any(
        wanted in (plain[a] - plain[b] - plain[c], plain[a] + plain[b] + plain[c])
        for a in range(len(plain)) for b in range(len(plain)) for c in range(b + 1, len(plain)) if a not in (b, c)
    )  # fmt: skip


def mean(figures: Sequence[Figure], figure: Figure) -> bool:
    """Return whether the figure is the mean of three or more that are alike: 74 of 92, 88, 75 and 41."""
    plain = [one.value for one in figures if figure.unit == one.unit and not one.talk][:_MOST]
    return len(plain) > 2 and close(figure, figure.value, sum(plain, Decimal(0)) / len(plain), "")


_MEAN = re.compile(r"(?<!\w)(?:averag\w+|means?)(?!\w)", re.IGNORECASE)


def reckoned(
    figure: Figure, clause: str, figures: Sequence[Figure], *, spoken: Sequence[Sum],
    bound: Callable[[Figure], bool] = lambda _: False, level: bool = False,
) -> str:  # fmt: skip
    """Return how a spoken figure comes from two of the evidence: "said", "perhaps", or "" where it does not.

    `said` needs a word in the clause that fits: more, of, together; or that the line says of what is left of a whole
    what the evidence says of the part, which `bound` tells. `perhaps` is a hit that may be chance. `level`: it is where
    something arrives.
    """
    hit = ""
    own = bool(OURS.search(clause))
    if own and figure.unit == "" and any(one.unit == "x" and one.value == figure.value for one in figures):
        return "said"  # and you get 8, of 8x
    wanted = float(figure.value)
    reach = (0.55 if figure.bound in ("over", "under") else 0.15) * abs(wanted) + 0.3
    for one in spoken:
        if own and one.kind == "ratio" and one.unit == "x" and figure.unit in COUNTS:
            one = replace(one, unit=figure.unit)  # divide one by the other, and you get 8
        near = one.rough / 100 if figure.unit == "fraction" and one.unit == "%" else one.rough
        apart = min(abs(near - wanted), abs(100 * one.rough - wanted) if one.unit == "fraction" else 1e99)
        more = one.kind == "difference" and one.unit == "points" and figure.unit == "%" and _ANOTHER.search(clause)
        if more and close(figure, figure.value, one.value, ""):
            return "said"
        if apart > reach or not _fits(figure, one):
            continue
        if figure.unit == "time" and one.kind == "difference" and all(dated(part) for part in one.of):
            return "said"  # from 1987 to 2019
        if level and one.kind == "difference":
            hit = "perhaps"  # it arrives there
            continue
        if _left(one) and (one.unit != "fraction" or len(one.of) == 2) and (bound(one.of[0]) or _REST.search(clause)):
            return "said"
        if one.kind == "each" and not one.unit:
            hit = "perhaps" if _CLUES["each"].search(clause) else hit
            continue
        whole = one.kind == "rest" and one.unit == "%" and (figure.unit == "fraction" or len(one.of) == 2)
        if (_REST if whole else _CLUES[one.kind]).search(clause) or (own and not whole):
            return "said"
        hit = hit if one.kind in _ONLY_SAID else "perhaps"
    if _MEAN.search(clause) and mean(figures, figure):
        return "said"
    if not hit and figure.value > 20 and figure.unit not in ("%", "x", "fraction") and three(figures, figure):
        hit = "said" if own or _CLUES["sum"].search(clause) or _CLUES["rest"].search(clause) else "perhaps"
    return hit


_ONLY_SAID = ("growth", "before", "real")
"""What comes to a figure where a word says so, and is chance otherwise."""
_ANOTHER = re.compile(r"(?<!\w)(?:another|additional|extra|further)(?!\w)", re.IGNORECASE)


def _left(one: Sum) -> bool:
    """Return whether a sum is what is left of a whole: 3 of 100 %, five of seven of twelve."""
    if one.kind == "rest" and len(one.of) == 1:
        return True
    first, last = one.of[0], one.of[-1]
    return one.kind in ("difference", "rest") and 0 < last.start - first.end <= _OF_WHOLE and first.value < last.value


_IN_SO_MANY = Decimal("0.0125")
"""How far "one in four" may be from a sum, as a part of the whole."""
_OF_WHOLE = 8
"""Characters between a part and its whole: 7 of the 12."""


def _fits(figure: Figure, one: Sum) -> bool:
    if dated(figure) or (one.kind == "growth" and figure.unit not in ("%", "fraction")):
        return False
    for value, unit in _forms(one):
        spoken = figure.unit
        if spoken == "fraction" and unit == "%":
            near = figure.ratio and abs(figure.value - value / 100) <= _IN_SO_MANY
            if near or close(figure, figure.value, value / 100, "fraction") or _last_digit(figure, value / 100):
                return True
            continue
        if not alike(spoken, unit) or (spoken in _KINDS and unit not in (spoken, "", "hertz")):
            continue
        if unit == "" and spoken in PHYSICAL | CURRENCIES:
            continue  # 360 of three are no minutes
        kind = spoken if spoken == "fraction" or (spoken == "x" and figure.bound != "about") else ""
        if close(figure, figure.value, value, kind) or _last_digit(figure, value):
            return True
    return False


def _forms(one: Sum) -> Iterator[tuple[Decimal, str]]:
    yield one.value, one.unit
    if one.unit == "fraction":
        yield one.value * 100, "%"


def _last_digit(figure: Figure, value: Decimal) -> bool:
    """Return whether the value rounds to the figure's own last digit, within 4 %: 2.46 is said as 2.5."""
    if figure.words:
        return abs(figure.value - value) <= (_IN_WORDS if figure.ratio else _PLAIN) * figure.value
    if figure.unit == "%" and figure.value == 100 and not figure.bound:
        return value == 100
    exponent = figure.value.normalize().as_tuple().exponent
    if not isinstance(exponent, int):
        return False
    to = Decimal(1).scaleb(exponent)
    return to_last_digit(value, to) == to_last_digit(figure.value, to) and abs(value - figure.value) <= (
        (_BY_ONE if 1 < abs(figure.value) < 10 else _BOUNDED)
        if figure.bound == "about"
        else _BOUNDED
        if figure.bound
        else _PLAIN
    ) * abs(figure.value)


_RECKONS = re.compile(
    r"(?<!\w)(?:I get|I make it|by my (?:count|sums?|maths?|reckoning)|do the (?:sums?|maths?)|if you (?:divide|add"
    r"|multiply"
    r"|subtract|work it out|turn it around)|divid\w+|multipl\w+|subtract\w*|the (?:product|quotient)|works out|you get"
    r"|apiece|on average)(?!\w)", re.IGNORECASE,
)  # fmt: skip


def announced(clause: str) -> bool:
    """Return whether a speaker says that a figure is a sum of their own."""
    return bool(_RECKONS.search(clause))
