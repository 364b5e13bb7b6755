"""What a figure is said of each of: frames a second, dollars per million tokens.

>>> rate_at(text := "30 frames per second", len("30 frames"), "counted")
('1 s', 9)
>>> rate_at(text := "$2 per million tokens", len("$2"), "usd")
('1000000 each', 14)
>>> rate_at(text := "30 frames of a film", len("30 frames"), "counted")
('', 9)
>>> rate_before("Each query costs ", len("Each query costs ")), rate_before("An hour costs ", len("An hour costs "))
('1 each', '3600 s')
"""

import re

from podcast.grounding.units import CURRENCIES, kind_of
from podcast.grounding.values import SCALES

_TIMES = r"(?:second|minute|hour|day|week|month|year)"
_EACH = re.compile(
    r"(?: ?/ ?| (?:per|each|every|for(?: every| each)?) | (?=an? ))(?:an? )?"
    r"(?:(?P<many>\d{1,3}(?:,\d{3})+|\d{1,9}(?:[KM](?!\w))?|hundred|thousand|million|billion)[ "
    rf"-])?(?:[a-z][\w-]{{1,20}} (?={_TIMES}(?!\w)))?(?P<noun>[a-z]{{1,20}})(?!\w)", re.IGNORECASE,
)  # fmt: skip


def rate_at(text: str, at: int, unit: str, noun: str = "") -> tuple[str, int]:
    """Return what the figure that ends at `at` is said of each of, and where the number in that ends.

    A time is in seconds ("60 s"), a number of things what a price is for ("1000000 each"). "" and `at` where nothing
    follows that changes what the figure is worth; `noun` is what it counts, for fps says its time itself.
    """
    each = _EACH.match(text, at)
    if not each:
        return "1 s" if noun == "fps" else "", at
    per = _per(each, unit)
    return per, each.end("many") if per and each["many"] else at


_COSTS = re.compile(
    r"(?<!\w)(?<!of )(?<!for )(?<!in )(?<!takes )(?<!lasts )(?:each|every|one|an?|1) "
    rf"(?:(?P<time>(?:[a-z][\w-]* )?{_TIMES})(?: \w+){{0,3}}"
    rf"|(?:[a-z][\w-]* ){{0,2}}[a-z]{{3,20}}) costs? (?:\w+ ){{0,2}}\$?$",
    re.IGNORECASE,
)


def rate_before(text: str, start: int) -> str:
    """Return what the price that begins at `start` is said of each of, where that stands before it; "" for nothing."""
    each = _COSTS.search(text, max(0, start - 60), start)
    if not each:
        return ""
    if not each["time"]:
        return "1 each"
    return f"{kind_of(each['time'].split()[-1].lower())[1].normalize():f} s"


def _per(each: re.Match[str], unit: str) -> str:
    """Return what a figure is said of each of, where that changes what it is worth; "" where it does not."""
    noun = each["noun"].lower().removesuffix("s")
    if each[0].startswith(" for") and "every" not in each[0] and "each" not in each[0] and unit not in CURRENCIES:
        return ""
    time, worth = kind_of({"sec": "second", "s": "second"}.get(noun, noun))
    if time == "time":
        return f"{worth.normalize():f} s" if unit not in ("", "time") or "/" in each[0] or "per" in each[0] else ""
    if unit not in CURRENCIES:
        return ""
    many = (each["many"] or "1").lower().replace(",", "")
    scale = SCALES.get(many) or int(many.rstrip("km")) * SCALES.get(many[-1], 1)
    return f"{scale} each"
