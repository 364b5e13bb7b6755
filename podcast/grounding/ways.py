"""Words that say which way something goes: more or less, faster or slower, better or worse, kept or taken away.

>>> ways("it is faster and cheaper")
{'speed': 1, 'price': -1}
>>> ways("it goes up and down")
{}
"""

import re

from podcast.grounding.contexts import stem
from podcast.grounding.units import words

_UP = words(
    "rise rises rose rising increase increases increased increasing grow grows grew growing raise raises "
    "raised raising climb "
    "climbs climbed higher larger greater boost boosts boosted lift lifts lifted doubles doubled double "
    "triples up longer "
    "bigger jump jumps jumped"
)
_DOWN = words(
    "drop drops dropped dropping fall falls fell falling decrease decreases decreased decreasing reduce "
    "reduces reduced "
    "reducing reduction decline declines declined shrink shrinks shrank cut cuts cutting lower lowers "
    "lowered lowering fewer "
    "smaller sink sinks sank halves halved halve shorter down shave shaves collapses collapse collapsed plummets"
)
_AXES = {
    "size": (_UP, _DOWN),
    "speed": (words("faster quicker speeds speedup speed-up accelerates accelerate"), words("slower slowdown slows")),
    "price": (words("costlier dearer pricier expensive"), words("cheaper cheap")),
    "worth": (
        words("better improve improves improved improving improvement improvements helps help helped gain "
              "gains gained beats "
              "outperforms surpasses wins win leads superior stronger recovers easier"),
        words("worse degrade degrades degraded hurts hurt deteriorates worsens weaker trails behind "
              "collapses collapse loses "
              "lose lost losing suffers fails inferior harder breaks crumbles"),
    ),
    "kept": (words("keep keeps kept retain retains retained remain remains preserve preserves left stay stays"),
             words("remove removes removed prune prunes pruned discard discards drop drops dropped delete")),
}  # fmt: skip


TURNS = frozenset(stem(word) for up, down in _AXES.values() for word in up | down)
"""Stems of the words that say a way."""
LESS_IS_BETTER = words("perplexity error errors wer cer fid loss latency delay hallucination hallucinations "
    "mistakes regret toxicity "
                        "overfitting collisions violations refusals mae rmse mse")  # fmt: skip
MORE_IS_BETTER = words("accuracy f1 bleu rouge auc map recall precision score scores success quality throughput "
    "helpfulness "
                        "performance robustness psnr ssim miou iou coverage agreement")  # fmt: skip
"""Metrics, by which of their ways is the better one."""


_UP_TO = re.compile(r"(?<!\w)(?<!goes )(?<!go )(?<!went )(?<!gone )(?<!going )(?<!is )(?<!are )(?<!gets )up to(?!\w)")
"""A limit, and no way: up to 10 of them."""


def ways(text: str) -> dict[str, int]:
    """Return by axis which way a clause goes, 1 or -1; what goes both ways is left out.

    >>> ways("accuracy collapses"), ways("it gets smaller and larger"), ways("perplexity rises")
    ({'size': -1, 'worth': -1}, {}, {'size': 1, 'worth': -1})
    """
    said = set(re.findall(r"[\w-]+", _UP_TO.sub(" ", text.lower())))
    found = {}
    for axis, (up, down) in _AXES.items():
        sign = bool(said & up) - bool(said & down)
        if sign:
            found[axis] = sign
    metric = bool(said & MORE_IS_BETTER) - bool(said & LESS_IS_BETTER)
    if metric and "size" in found and "worth" not in found:
        found["worth"] = metric * found["size"]
    return found
