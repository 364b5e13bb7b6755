"""Who made what is named: the authors, or others whose work they take over.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("We adopt TernNet as a backbone and introduce VoleNet.")]
>>> for text in ("They invented TernNet.", "They invented VoleNet."):
...     [one.wrong for one in makers(text, held)]
['is taken over from others in the evidence']
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding import names
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import sentence_at

_NAMED = r"(?: (?:an?|the|new|novel|existing|standard|popular|their|our|own|called))* (?P<name>[A-Z][\w@.+-]*\w)"
_MADE = re.compile(
    r"(?<!\w)(?:invent\w*|propos\w+|introduc\w+|develop\w*|design\w*|creat\w+|present\w*|coin\w*|c[ao]me up with"
    rf"|pioneer\w*){_NAMED}(?! (?!(?:and|or|to|for|in|as|with|which|that|here|first|on|by|back|at|from)(?!\w))[a-z])"
    r"(?! (?:and|or) [A-Z][\w-]+ [a-z])"
)
_TAKEN = re.compile(
    r"(?<!\w)(?:adopt\w*|us(?:es?|ed|ing)|employ\w*|follow\w*|build\w* (?:up)?on|based on|inspired by"
    rf"|initiali[sz]ed? (?:from|with)|borrow\w*|appl(?:y|ies)|leverag\w+){_NAMED}"
)
_NAMES = re.compile(
    r"(?:introduc|propos|present|develop|design|call|dub|nam)\w*[^.;]{0,80}?(?<!\w)(?P<name>[A-Z][\w@.+-]*\w)"
)
"""Where authors name what is theirs: we introduce a system that we call."""
_THEIRS = re.compile(
    r"(?<!\w)(?P<name>[A-Z][\w@.+-]*\w), (?:which|that) we (?:\w+ )?(?:introduc|propos|present|develop|design|creat)\w*"
)
_OF_OTHERS = re.compile(
    r"(?<!\w)(?!(?:They|We|It|He|She|You|Here|This|So|And|But|Authors)(?!\w))[A-Z][\w-]+ (?:et al\.? |and others )?$"
)
"""Before a verb: someone else, by name."""


def makers(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what a line says was made, and the evidence that the authors took it over."""
    held = " ".join(one.text for one in sentences)
    own = {names.key(match["name"]) for pattern in (_MADE, _NAMES, _THEIRS) for match in pattern.finditer(held)}
    taken = {names.key(match["name"]) for match in _TAKEN.finditer(held)} - own
    for made in _MADE.finditer(text) if taken else ():
        if _OF_OTHERS.search(text[: made.start()]):
            continue
        if names.key(made["name"]) in taken and not NEGATOR.search(sentence_at(text, made.start())):
            yield Finding(made.start(), made[0], "is taken over from others in the evidence", "doubted")
