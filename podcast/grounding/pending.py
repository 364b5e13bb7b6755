"""What the authors only plan, estimate, leave open or suggest, told as done, paid, settled or proven.

>>> from podcast.grounding import figures, sentences, utterance
>>> held = [sentences.sentence("We plan to release 400 hours of bird song.")]
>>> for text in ("They've released 400 hours of bird song.", "They want to release 400 hours of bird song."):
...     [one.wrong for one in pending(utterance.utterance(text, figures(text), held))]
["is not done in the evidence: it has 'plan to'"]
[]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from podcast.grounding.contexts import content
from podcast.grounding.finding import Finding
from podcast.grounding.segments import Segment, parts_of
from podcast.grounding.sentences import Sentence
from podcast.grounding.stance import asked, sentence_at, untold
from podcast.grounding.utterance import Utterance


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _State:
    """What a sentence of the evidence leaves undone, by its words, and what a line makes of it."""

    held: re.Pattern[str]
    said: re.Pattern[str]
    """What makes more of it in a line."""
    wrong: str


_ANYTHING = re.compile("")
_UNLESS_POSSIBLE = re.compile(
    r"^(?!.*(?<!\w)(?:can|able|capable|possibl[ey]|possibility|allows?|lets?|risks?|danger\w*|enables?)(?!\w))",
    re.IGNORECASE,
)
_STATES = (
    _State(
        _words(r"plan(?:s|ned|ning)? (?:to|on)|(?:in )?future work|intend(?:s|ed)? to|hopes? to"
               r"|will (?:release|publish|extend|open-source|explore|investigate|study)"
               r"|(?:will|to) be (?:released|published|extended|made)"),
        _ANYTHING, "is not done in the evidence",
    ),
    _State(
        _words(r"whether [^,.;]{3,120} (?:remains?|is|are) (?:an )?(?:open|unclear|unknown|unsettled)"
               r"|(?:remains?|is|are) (?:an )?open (?:question|problem)|remains? (?:open|unclear|unknown|to be seen)"),
        _ANYTHING, "is left open in the evidence",
    ),
    _State(
        _words(r"we estimate|estimate that|would (?:cost|take|need|require)|is projected|are projected"),
        _words(r"paid|spent|ran|repeated|trained|took|measured|did|bought|has cost|have cost"),
        "is an estimate in the evidence",
    ),
    _State(
        _words(r"suggests?|suggesting|hints?|indicates?|conjectures?|conjectured|hypothesi[sz]es?|seems?|appears?"),
        _words(r"proves?|proved|proven|proof|is certain|beyond doubt|once and for all"),
        "is no proof in the evidence",
    ),
    _State(
        _words(r"could|may(?! \d)|might|potentially|in principle|in theory"),
        _UNLESS_POSSIBLE, "is only possible in the evidence",
    ),
)  # fmt: skip
_HEDGED = _words(
    r"plan\w*|wants?|wanted|intend\w*|hopes?|hoping|will|won't|going to|future|to come|promis\w+|announc\w+|soon|later"
    r"|next|someday|one day|yet|estimat\w*|by their (?:count|reckoning)|they (?:put|reckon)|reckon\w*|would|could|may"
    r"|might|perhaps|maybe|probably|likely|expect\w*|project(?:ed|s)|open|whether|if|unclear|unknown|unsettled|nobody"
    r"|no one|suggest\w*|hint\w*|indicat\w+|conjectur\w*|seem\w*|appear\w*|question|wonder\w*|aims?|idea|to be"
    r"|guess\w*|hunch|suspect\w*|believ\w+|bets?|(?:is|are|still) to|due|pending"
    r"|in the works|working on|on the way|coming|i'd|they'd"
)
"""Where a line leaves it as it is."""
_PROVEN = _words(r"prov\w+|proof|theorem|shows?|established")


_SUGGESTED = 3


def pending(said: Utterance) -> Iterator[Finding]:
    """Yield what a line tells as more than the evidence has of it, in the sentence that speaks of the same."""
    held = [(part, one) for one in said.sentences for part in parts_of(one)]
    states = [(part, state, match) for part, one in held for state in _STATES if (match := state.held.search(part.text))
              and not (state.wrong == _STATES[_SUGGESTED].wrong and _PROVEN.search(one.text))]  # fmt: skip
    for part in said.parts if states else ():
        whole = sentence_at(said.text, part.start)
        if part.denies or _HEDGED.search(whole) or untold(whole) or asked(said.text, part.start):
            continue
        words = part.words - {"=ours"}
        for of, state, match in states:
            claim = state.said.search(part.text)
            if claim and _speaks_of(words - content(claim[0]), of, held):
                wrong = f"{state.wrong}: it has {match[0]!r}"
                yield Finding(part.start, part.text.strip(" ,.;"), wrong, "doubted")
                break


def _speaks_of(words: frozenset[str], part: Segment, held: list[tuple[Segment, Sentence]]) -> bool:
    """Return whether a part of the evidence has half of the words, two at least, and more than any other part has."""
    shared = words & (part.words | part.taken)
    most = max((len(words & other.words) for other, _ in held if other is not part), default=0)
    return len(shared) > max(1, most) and 2 * len(shared) >= len(words)
