"""Which way a sentence says that a figure goes: up or down, better or worse, from one figure to another."""

import re
from collections.abc import Sequence

from podcast.grounding.figures import Figure

_UP = "rise rises rose rising increase increases increased increasing grow grows grew growing raise raises " \
      "raised raising climb climbs climbed higher larger greater more gain gains boost boosts boosted " \
      "lift lifts lifted"  # fmt: skip
_DOWN = "drop drops dropped dropping fall falls fell falling decrease decreases decreased decreasing reduce reduces " \
        "reduced reducing reduction decline declines declined shrink shrinks shrank cut cuts cutting lower lowers " \
        "lowered lowering less fewer smaller lose loses lost loss"  # fmt: skip
_WAYS = (
    dict.fromkeys(_UP.split(), ("size", 1))
    | dict.fromkeys(_DOWN.split(), ("size", -1))
    | dict.fromkeys(("faster", "quicker", "speedup", "speed-up"), ("speed", 1))
    | dict.fromkeys(("slower", "slowdown"), ("speed", -1))
    | dict.fromkeys(("cheaper",), ("price", -1)) | dict.fromkeys(("costlier", "dearer"), ("price", 1))
    | dict.fromkeys(("better", "improve", "improves", "improved", "improving", "improvement"), ("worth", 1))
    | dict.fromkeys(("worse", "degrade", "degrades", "degraded", "hurts", "deteriorates", "worsens"), ("worth", -1))
)  # fmt: skip


def _way(before: str, after: str) -> tuple[str, int] | None:
    words = re.findall(r"[\w-]+", before.lower())
    after_words = re.findall(r"[\w-]+", re.sub(r"^[ -]?(?:%|×|x|percent|points?|times|fold)+", "", after.lower()))[:3]
    near = [_WAYS[word] for word in after_words if word in _WAYS]
    if "by" in words[-4:]:
        for word in reversed(words[-10:]):
            if word in _WAYS:
                return _WAYS[word]
        return None
    return near[0] if len(set(near)) == 1 else None


def _end(text: str, figure: Figure, found: Sequence[Figure], index: int) -> str:
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
    return ""


def _to(text: str, first: Figure, last: Figure) -> bool:
    between = text[first.end : last.start]
    return len(between) < 30 and bool(re.search(r"(?:^|\s)(?:up |down )?to (?:about )?$", between))
