"""Whether a spoken figure says what a figure of the evidence says: alike in kind, alike in value, fairly rounded.

>>> from podcast.grounding.figure import figures
>>> stands(*figures("eight percent"), *figures("8%")), stands(*figures("eight points"), *figures("8%"))
(True, False)
>>> stands(*figures("27"), *figures("27.08")), stands(*figures("28"), *figures("27.08"))
(True, False)
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from podcast.grounding.figure import Figure
from podcast.grounding.units import COUNTS, CURRENCIES, PHYSICAL
from podcast.grounding.values import to_last_digit, whole

SLACK = Decimal("0.05")
"""How far a figure said to be rounded may be from the one it rounds, as a share of what is spoken."""
_BEYOND = Decimal("0.12")
"""The same of "more than" and "nearly", which leave more open."""
_WELL = Decimal("0.5")
"""The same of "well over" and "far below"."""
_SMALL = Decimal("0.5")
"""How far a bounded figure below ten may be, in its own last digit: "just over one" from 1.2."""
_HALVES = Decimal("0.1")
"""How far about one and a half may be, and the like."""
_TIMES = Decimal("0.95")
"""The same of a multiple: "more than three times" up to the next."""
SLACK_OF_ORDERS = 3
"""How many times more or less than so many orders of magnitude something may be: half an order."""
_NEAR, _UNDER, _OVER = Decimal("0.125"), Decimal("0.25"), Decimal("0.3")
"""How far a rounded fraction in words may be, as a share of it or of what it lacks to the whole, if that is less:
"nearly half" from 43.75 %, "fewer than half" from 37.5 %, "more than half" to 65 %, "about nine in ten" by 5 %."""
_UNDER_PERCENT, _OVER_PERCENT = Decimal("0.25"), Decimal("0.15")
"""How far so many percent may be, a multiple of five, behind a plain word: "less than ten percent" from 8 %."""
_PLAINLY = ("under", "below", "less than", "fewer than", "over", "above", "more than")
_NEARLY = ("nearly", "almost", "just", "up to", "as many as", "close to", "at least", "at most")
_ODD = Decimal("0.025")
"""How far a fraction in words may be from the same rounded to fewer digits: a third from 33 %."""
_RATIO = Decimal("0.02")
"""How far a ratio of small numbers in words may be, as a share of it."""
_POWER = Decimal("0.1")
"""How far about ten, a dozen, a hundred or a thousand may be, as a share of it."""
_POINT = Decimal("0.0125")
"""The same as a part of the whole, if that is more: one in four from 26 %."""
_ROUNDING = Decimal("0.025")
"""How far a figure may be rounded to whole digits without a word for it: 27.08 to 27."""
_WHOLE = Decimal("0.045")
"""The same to a whole number from two on: 5.2 to five."""
_WAY = {"over": 1, "under": -1}


def stands(figure: Figure, held: Figure) -> bool:
    """Return whether a spoken figure says what a figure of the evidence says."""
    if dated(figure) and dated(held):
        return figure.value == held.value
    if _WAY.get(figure.bound, 0) * _WAY.get(held.bound, 0) < 0 and _against(figure, held):
        return False
    if figure.per and held.per and figure.per != held.per:
        if not (figure.per.endswith(" s") and held.per.endswith(" s")):
            return False
        times = Decimal(figure.per.removesuffix(" s")) / Decimal(held.per.removesuffix(" s"))
        held = replace(held, value=held.value * times)  # 9,000 an hour, or 150 a minute
    if (figure.unit, held.unit) == ("", "x") and not whole(figure.value):  # "one point seven" from 1.70x
        return close(figure, figure.value, held.value, "x")
    if "" in (figure.unit, held.unit) and {figure.unit, held.unit} & PHYSICAL:  # "eight minutes" from "ours takes 8"
        return close(figure, figure.count or figure.value, held.count or held.value, "")
    if (
        figure.unit == ""
        and 0 < figure.value < 1000
        and not whole(figure.value)
        and held.value >= 10**6
        and _unscaled(figure.value, held.value)
    ):
        return True
    if figure.shared > 1 and stands(replace(figure, value=figure.value * figure.shared, shared=1), held):
        return True
    for value, unit in readings(figure):
        for other, held_unit in readings(held):
            if not alike(unit, held_unit) or (held_unit == "" and _no_bare(figure, unit, other)):
                continue
            if close(figure, value, other, unit):
                return True
            if figure.words and unit != "x" and _rounds(other, held, value, figure):
                return True
    return False


def _against(figure: Figure, held: Figure) -> bool:
    """Return whether two figures that are bounded the other way exclude each other: over 9 and under 8."""
    units = figure.unit, held.unit
    if units in (("x", "fraction"), ("fraction", "x")):
        return False
    value = held.value / 100 if units == ("fraction", "%") else held.value
    return (units[0] != units[1] and units != ("fraction", "%")) or (value - figure.value) * _WAY[figure.bound] <= 0


def _no_bare(figure: Figure, unit: str, held: Decimal) -> bool:
    """Return whether a bare number is none of what is said: no half where it is 2, no 0.25 percent where it is 0.25."""
    return (figure.unit == "fraction" and unit == "x") or (unit == "%" and 0 < held < 1)


def _unscaled(value: Decimal, held: Decimal) -> bool:
    """Return whether a decimal says a figure without its scale: 6.7 of 6.7 billion."""
    return any(value * 10**power == held for power in (6, 9, 12))


def dated(figure: Figure) -> bool:
    """Return whether a figure looks like a year, which is never rounded."""
    return figure.unit == "" and 1900 < figure.value < 2100 and whole(figure.value) and not figure.words


def is_order(figure: Figure) -> bool:
    """Tell whether the figure is so many orders of magnitude."""
    return figure.spoken.lower().endswith("magnitude")


def close(figure: Figure, value: Decimal, held: Decimal, unit: str) -> bool:
    """Return whether a reading of a spoken figure is the value, or it rounded as the figure says."""
    if value == held or (value == -held and held < 0 and not figure.spoken.lower().startswith(("plus", "+"))):
        return True
    if figure.count and value == figure.value:  # rounded in its own unit: more than two minutes
        held, value = held * figure.count / value, figure.count
    if is_order(figure):
        least = value if figure.bound == "over" else value / SLACK_OF_ORDERS
        return least <= held <= (value if figure.bound == "under" else value * SLACK_OF_ORDERS)
    if figure.word.lower() == "between":  # the ends of a range are rounded outward, by less than one
        return 0 <= (held - value if figure.bound == "over" else value - held) < 1 or _rounded(value, held)
    share = reach(figure) if unit in ("share", "fraction", "") or figure.word or figure.words else SLACK
    slack = abs(value) * share
    if figure.bound == "about":
        halves = _HALVES if value < 10 and value % 1 == _SMALL else Decimal(0)
        return abs(value - held) <= max(slack, halves)
    if figure.bound in ("under", "over"):
        short = held - value if figure.bound == "over" else value - held
        small = _TIMES if unit == "x" and 1 <= abs(value) < 10 else _open(value)
        return 0 <= short <= max(slack, small if not figure.words else Decimal(0))
    return unit != "fraction" and not figure.words and _rounded(value, held)


def _open(value: Decimal) -> Decimal:
    """Return how far a bounded figure of one digit may be, in its own scale: over a billion, from 1.2; under half."""
    scale = next((Decimal(10) ** power for power in (12, 9, 6, 3, 0) if abs(value) >= Decimal(10) ** power), Decimal(0))
    if not scale:
        return _SMALL * value if value == Decimal("0.5") else scale
    return _SMALL * scale if abs(value) < 10 * scale and whole(value / scale) else Decimal(0)


def reach(figure: Figure) -> Decimal:
    """Return how far a rounded figure may be from the one it rounds, as a share of itself.

    One that has two telling digits, and does not end in a five, means its last digit: nearly 94 is no 91.6.
    """
    value = abs(figure.count or figure.value)
    digits = value.normalize().as_tuple().digits
    telling = not figure.words and len(digits) > 1 and digits[-1] != _HALFWAY and not _wide(figure)
    return min(loose(figure), _last_digit(value) / value) if telling else loose(figure)


_HALFWAY = 5


def _wide(figure: Figure) -> bool:
    return figure.word.lower().startswith(("well", "far")) or figure.spoken.lower().endswith("dozen")


def loose(figure: Figure) -> Decimal:
    """Return how far a figure may be that is rounded without regard to its digits, as a share of itself."""
    if figure.word.lower().startswith(("well", "far")):
        return _WELL
    if figure.words and 0 < figure.value < 1:
        near = figure.bound == "about" or figure.word.lower().startswith(_NEARLY)
        share = _NEAR if near else _OVER if figure.bound == "over" else _UNDER
        return max(SLACK, share * min(Decimal(1), (1 - figure.value) / figure.value))
    if figure.bound == "about" and figure.value >= 10 and _round(figure):
        return _POWER
    if figure.bound not in ("under", "over"):
        return SLACK
    if figure.unit != "%":
        return _BEYOND
    if figure.word.lower() in _PLAINLY and whole(figure.value / 5):
        return _UNDER_PERCENT if figure.bound == "under" else _OVER_PERCENT
    return SLACK


def _round(figure: Figure) -> bool:
    """Return whether a figure is said in tens, hundreds or thousands alone, or in dozens."""
    dozens = figure.spoken.lower().endswith("dozen")
    return dozens or figure.value.normalize().as_tuple().digits == (1,)


def _rounded(value: Decimal, held: Decimal) -> bool:
    """Return whether the value is the held one rounded to fewer digits: 27 from 27.08, 131,000 from 131,072."""
    if whole(held) and abs(value) >= 1000:
        last = _last_digit(value)
        thousands = last >= 1000 and abs(value) > 9 * last  # of two digits or more
        return thousands and to_last_digit(held, last) == value and abs(value - held) <= _ROUNDING * abs(value)
    exponent, finer = value.as_tuple().exponent, held.as_tuple().exponent
    if not isinstance(exponent, int) or not isinstance(finer, int) or finer >= min(exponent, 0):
        return False
    to = Decimal(1).scaleb(min(exponent, 0))
    fair = to_last_digit(held, to) == value or (whole(value) and value <= held and held - value <= Decimal("0.5"))
    return fair and abs(value - held) <= (_WHOLE if value >= 2 and whole(value) else _ROUNDING) * abs(value)


def _last_digit(value: Decimal) -> Decimal:
    """Return what one in the last digit that is not zero is worth: a thousand of 131,000."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _rounds(other: Decimal, held: Figure, value: Decimal, figure: Figure) -> bool:
    """Return whether a figure of the evidence is the fraction rounded to the digits that it has: 33 for a third."""
    exponent = other.as_tuple().exponent
    if figure.ratio and abs(other - value) <= max(_RATIO * value, _POINT * (1 if value < 1 else 100)):
        return True  # seven in ten, of 71 %
    if held.words or held.unit == "fraction" or not isinstance(exponent, int) or exponent > 0:
        return False
    last = Decimal(1).scaleb(exponent) * (100 if 0 < held.value < 1 and other != held.value else 1)
    return abs(other - value) <= min(last / 2, _ODD * value)


def readings(figure: Figure) -> Iterator[tuple[Decimal, str]]:
    """Yield the figure's value and unit in every form that means the same."""
    yield figure.value, figure.unit
    if figure.unit == "fraction":
        yield figure.value * 100, "share"
        yield figure.value, ""
        inverse = to_last_digit(1 / figure.value, Decimal("1e-9"))
        if not figure.ratio and inverse == inverse.to_integral_value():
            yield inverse.to_integral_value(), "x"
    elif figure.unit == "ordinal" and figure.value > 2:
        yield 1 / figure.value, "fraction"  # that tenth
    elif figure.unit == "" and 0 < abs(figure.value) < 1:
        yield figure.value * 100, "share"
    elif figure.unit == "x" and figure.value > 0:
        yield (figure.value if figure.value < 1 else 1 / figure.value), "fraction"
    elif figure.unit == "often" and figure.per == "1 s":
        yield figure.value, "hertz"


def alike(spoken: str, held: str) -> bool:
    """Return whether two kinds of unit may mean the same: one of them is silent, or they are one."""
    if spoken == held:
        return True
    if held == "titled":
        return spoken == ""
    pair = {spoken, held}
    if "share" in pair:
        return pair == {"share", "%"}
    if "often" in pair:
        return bool(pair & {"x", *COUNTS})
    if pair in ({"abs", "points"}, {"abs", "%"}, {"cent", "usd"}, {"cent", "eur"}, {"hertz", "frame"}):
        return True
    if pair & CURRENCIES:
        return spoken == ""
    if "compute" in pair:
        return pair == {"compute", "time"} and spoken != ""
    if pair == {"x", ""}:
        return spoken != ""
    if pair == {"counted", "bit"}:
        return True
    if "counted" in pair:
        return not pair & ({"%", "points", "abs", "x", "fraction"} | PHYSICAL)
    if "ordinal" in pair:
        return not pair & {"%", "points", "abs", "x", "fraction"}
    return "" in pair
