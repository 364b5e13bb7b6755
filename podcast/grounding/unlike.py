"""What the evidence says of what something is unlike: unlike A, which needs labels, B does not.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Unlike RuleBot, which needs a lexicon at night, our parser learns from ears.")]
>>> for text in ("It needs a lexicon at night.", "RuleBot needs no lexicon at night.", "RuleBot needs a lexicon."):
...     [one.wrong for one in unlike(text, held)]
['is said of what it is unlike in the evidence']
['is denied here and not in the evidence']
[]
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.clauses import Clause, clauses
from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence

_UNLIKE = re.compile(
    r"(?<!\w)(?:unlike|in contrast to|as opposed to) (?P<whom>[^,;.]{2,60}), "
    r"(?:which|who|that) (?P<what>[^,;.]{4,80}),", re.IGNORECASE,
)  # fmt: skip
_SUBJECT = re.compile(
    r"\s*(?:(?:and|but|so|well|yes|here),? )?(?:it|this|they|we|the (?:new|method|approach|model|system)|[A-Z][\w-]+)"
    r"(?: (?:still|also|does))? [a-z]"
)
"""A clause of what the paper is about, or of something by its name."""
_OTHERS = re.compile(
    r"(?<!\w)(?:prior|earlier|previous\w*|others?|old\w*|existing|usual\w*|most|former\w*|before|unlike|than)(?!\w)",
    re.IGNORECASE,
)


def unlike(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield what a text says of one thing and the evidence of what that one is unlike; a question claims nothing."""
    contrasted = [match for one in sentences for match in _UNLIKE.finditer(one.text)]
    for said in clauses(text) if contrasted else ():
        wrong = next((wrong for match in contrasted if (wrong := _turned(said, match))), "")
        if wrong:
            yield Finding(said.start, said.text.strip(" ,.;"), wrong, "doubted")


def _turned(said: Clause, match: re.Match[str]) -> str:
    """Return what is wrong with a clause that says half of what stands behind "unlike A, which"; "" for nothing."""
    whom, words = content(match["whom"]), said.words - {"=ours"}
    shared = words & content(match["what"])
    if len(shared) < 2 or 2 * len(shared) < len(words):
        return ""
    denied = bool(NEGATOR.search(said.text))
    if words & whom:
        return "is denied here and not in the evidence" if denied and not _OTHERS.search(said.text) else ""
    own = _SUBJECT.match(said.text) and not _OTHERS.search(said.text)
    return "is said of what it is unlike in the evidence" if own and not denied else ""
