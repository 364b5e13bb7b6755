"""What is said to cause something where the evidence has things that go together, and no more.

>>> from podcast.grounding.sentences import sentence
>>> held = [sentence("Late hours are associated with more typos.")]
>>> [one.wrong for one in causes("Late hours lead to more typos.", held)]
['is no cause in the evidence: it has associated with']
>>> [one.wrong for one in causes("Typos rise in late hours because the lamps flicker.", held)]
['is a reason that the evidence does not give']
"""

import re
from collections.abc import Iterator, Sequence

from podcast.grounding.akin import akin
from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import NEGATOR
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import sentence_at

_CAUSE = re.compile(
    r"(?<!\w)(?:caus(?:es?|ed|ing)|leads? to|led to|results? in|makes? (?:\w+ ){1,4}(?:better|worse|more|less)"
    r"|because of|due to|thanks to|drives(?! home)|is why|the reason(?! (?:I|we|you)(?!\w)))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_TOGETHER = re.compile(
    r"(?<!\w)(?:correlat\w+(?: with)?|associat\w+ with|linked (?:to|with)|related to|co-occur\w*|predictive of)(?!\w)",
    re.IGNORECASE,
)
_CAUSE_HELD = re.compile(
    r"(?<!\w)(?:caus\w+|leads? to|led to|results? in|because|due to|thanks to|driv\w+|by|through|via|attribut\w+"
    r"|stems? from)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_NO_CAUSE = re.compile(r"(?:(?<!\w)(?:no|not)|n't) (?:\w+ ){0,4}caus\w+", re.IGNORECASE)
_OPEN = re.compile(r"(?<!\w)(?:whether|if)(?!\w)", re.IGNORECASE)


_REASON = re.compile(
    r"(?<!\w)(?:because(?: of)?|due to|thanks to|owing to|the reason (?:is|being)(?: that)?"
    r"|(?P<loose>c[ao]mes? (?:down to|from)|stems? from|is down to|to blame is|blame))(?!\w)", re.IGNORECASE,
)  # fmt: skip
_REASON_HELD = re.compile(
    r"(?<!\w)(?:because|due to|thanks to|owing to|attribut\w+|stem\w* from|caus\w+|rather than|unclear|unknown"
    r"|not understood|explain\w*|reasons?)(?!\w)", re.IGNORECASE,
)  # fmt: skip
_GUESSED = re.compile(
    r"(?<!\w)(?:I|I'd|I'm|I've|we|me|my|you|your|you're|let's|guess\w*|probably|maybe|perhaps|presumably|likely|might"
    r"|may|could|would|seems?|suspect\w*|imagine|wonder\w*|if|say)(?!\w)", re.IGNORECASE,
)  # fmt: skip
"""Where a reason is the speaker's, or none is claimed."""
_ASKS = re.compile(r"(?<!\w)(?:where|whether|why|open|unclear|unknown|nobody|no one)(?!\w)", re.IGNORECASE)
_END = re.compile(r"[.;:!?](?=\s|$)|,? (?:but|while|whereas|although|so)(?!\w)")


def causes(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield causes that a line tells and its evidence does not: of what goes together, and reasons that nobody gave."""
    yield from _reasons(text, " ".join(one.text for one in sentences))
    yield from _of_correlation(text, sentences)


def _reasons(text: str, held: str) -> Iterator[Finding]:
    """Yield the reasons of which the evidence has hardly a word."""
    known, given = content(held), _REASON_HELD.search(held)
    for match in _REASON.finditer(text):
        said = sentence_at(text, match.start())
        if (match["loose"] and not given) or said.rstrip().endswith("?") or _GUESSED.search(said) or _ASKS.search(said):
            continue
        stop = _END.search(text, match.end())
        words = content(text[match.end() : stop.start() if stop else len(text)]) - content(text[: match.start()])
        new = [word for word in words - {"=ours"} if not akin(word, known)]
        if 3 * len(new) >= 2 * len(words) > 0 and (given or len(new) > 1):
            yield Finding(match.start(), text[match.start() : stop.start() if stop else len(text)].strip(),
                          "is a reason that the evidence does not give", "doubted")  # fmt: skip


def _of_correlation(text: str, sentences: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a cause that a line tells and the evidence, which has a correlation, does not tell or denies."""
    held = " ".join(one.text for one in sentences)
    cause = _CAUSE.search(text)
    together = _together(text, cause, held) if cause else None
    if not cause or not together:
        return
    if _NO_CAUSE.search(held) or not _CAUSE_HELD.search(held):
        yield Finding(cause.start(), cause[0], f"is no cause in the evidence: it has {together[0]}", "doubted")


def _together(text: str, cause: re.Match[str], held: str) -> re.Match[str] | None:
    """Return where the evidence has together what stands before and behind the cause; None where the line leaves that
    open."""
    said = sentence_at(text, cause.start())
    before, _, after = said.partition(cause[0])
    if NEGATOR.search(said) or _OPEN.search(before):
        return None
    one, other = content(before), content(after)
    for found in _TOGETHER.finditer(held):
        words = content(sentence_at(held, found.start()))
        if (one & words and other & words) or (not one and len(other & words) > 1):
            return found
    return None
