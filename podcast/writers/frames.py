"""What the framing host says before a sentence of the paper: only what that sentence then does."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """A few words that promise something, and the cue by which a sentence keeps the promise."""

    text: str
    cue: re.Pattern[str]


def _frames(cue: str, *texts: str) -> tuple[Frame, ...]:
    return tuple(Frame(text, re.compile(cue, re.IGNORECASE)) for text in texts)


_ANY = ""
_WRONG = (
    r"\b(?:however|struggl|problem|fail|limit|lack|suffer|hard\b|difficult|challeng|costly|expensive|bottleneck"
    r"|scarc|poor"
    r"|overfit|prone|unable|cannot|remains|insufficient|inefficien|unstable|yet\b|despite|hinder|degrad|bias|weak|slow"
    r"|without|rarely|ignor|overlook|underexplored|gap\b|fragile|rely on|relies on|wrong|tends? to|conflict|mismatch)"
)
_DOES = (
    r"\b(?:propos|introduc|present|design|develop|instead|build|construct|key idea|insight|learn|replac|combin"
    r"|unif|use)"
)
_FIGURE = (
    r"(?<![\w.-])\+?\d+(?:\.\d+)? ?(?:%|percent|points?|×|times|x\b)|(?<![\w.-])\d+\.\d+(?![\w-])"
    r"|(?<![\w.-])\d{2,}(?:,\d{3})*(?![\w-])"
)
_AGAINST = (
    r"\b(?:than|outperform|surpass|compared|versus|baselines?|against|beats?|exceed|prior|previous"
    r"|state[- ]of[- ]the[- ]art)"
)
_SHOWS = (
    r"\b(?:show|demonstrat|find|found|reveal|suggest|indicat|confirm|result|observ|achiev|improv|outperform"
    r"|surpass|reach)"
)
_LIMIT = (
    r"\b(?:limit|cannot|not\b|only\b|drawback|weakness|trail|lag|cost|degrad|remain|fail|worse|still|hard|leave"
    r"|confined"
    r"|proof of concept|warn|less|lower|however|short|bias|under our|overfit|high)"
)

CHAPTERS = {
    "The problem": (
        *_frames(_WRONG, "First, what goes wrong.", "The trouble is this.", "What does not work yet?"),
        *_frames(_ANY, "First, where things stand.", "The setting."),
    ),
    "The idea": (
        *_frames(_DOES, "Now, what they do about it.", "Here is what they do.", "And their answer."),
        *_frames(_ANY, "Now the thought behind it.", "The idea."),
    ),
    "How it works": (
        *_frames(r"\b(?:train|fine-tun|optimi|learn|stage)", "How do they train it?", "Now to the training."),
        *_frames(r"\b(?:layer|module|encoder|decoder|network|attention|consist|architecture|framework|agent)",
                 "How is it built?", "Inside, it looks like this."),
        *_frames(_ANY, "Now, how it works.", "On to the workings."),
    ),
    "Data and cost": (
        *_frames(r"\b(?:data|corpus|benchmark|images?|examples?|pairs|tasks|problems)", "The data they used.",
                 "What was it fed and tested with?"),
        *_frames(r"\b(?:GPU|hours?|parameters|FLOPs|memory|cost|faster|cheaper|compute|speed)", "Then, the price.",
                 "What that takes."),
        *_frames(_ANY, "Data and cost."),
    ),
    "What they found": (
        *_frames(_AGAINST, "Set against the others:", "How does it compare?"),
        *_frames(_FIGURE, "Now the figures.", "In numbers:"),
        *_frames(_SHOWS, "And what came out.", "The outcome."),
        *_frames(_ANY, "What they report."),
    ),
    "What mattered most": (
        *_frames(r"\b(?:without|remov|reduc|replac|drop|ablat|instead of|single)", "Now, take a part away.",
                 "What if a part is missing?"),
        *_frames(_ANY, "Which part matters."),
    ),
    "Limits and links": (
        *_frames(r"\b(?:limit|cannot|not\b|only\b|fail|remain|confined)", "Where does it end?", "Its limits."),
        *_frames(_LIMIT, "Against it, there is this.", "Now the weak side."),
        *_frames(_ANY, "What is still open."),
    ),
}  # fmt: skip
"""A chapter's first words, the ones that promise most before the others; a question only where its answer follows."""

BETWEEN = (
    *_frames(r"\b(?:removing|removed|ablat\w+|taken away)\b", "With a part taken away:"),
    *_frames(r"\b(?:faster|cheaper|cost|GPUs?|hours?|memory|speed\w*|latency)\b", "On what it costs:",
             "And the price."),
    *_frames(r"\b(?:outperform\w*|surpass\w*|compared to|compared with|versus|baselines?)\b",
             "Next to its rivals:", "Beside the rest:"),
    *_frames(r"\b(?:because|since|due to|so that|in order to)\b", "And the reason.", "Why that is so:"),
    *_frames(r"\b(?:trained|training|fine-tun\w*|learn(?:s|ed|ing)?)\b", "On the training:"),
    *_frames(r"\b(?:data ?sets?|corpus|benchmarks?)\b", "About the data."),
    *_frames(_FIGURE, "One more figure.", "And in numbers:"),
    *_frames(r"\b(?:first|then|stages?|steps?)\b", "Step by step:"),
    *_frames(r"\b(?:show|demonstrate|find|found|reveal|suggest|indicate)\w*\b", "What that shows:"),
)  # fmt: skip
"""What may stand before any other sentence, where its cue does."""


def turn(paper_id: str) -> int:
    """Return the number from which all that varies in a paper's script is drawn: a paper has one script."""
    return int(hashlib.sha256(paper_id.encode()).hexdigest()[:6], 16)


class Framer:
    """Chooses frames for one script: each at most once, its turn drawn from the paper."""

    def __init__(self, turn: int) -> None:
        self._turn, self._used = turn, set[str]()

    def chapter(self, title: str, text: str) -> str:
        """Return the first words of the chapter; "" where all that fit are used up."""
        fitting = [frame for frame in CHAPTERS.get(title, ()) if frame.cue.search(text)]
        same = [frame for frame in fitting if fitting and frame.cue == fitting[0].cue]
        return self._take(same or fitting)

    def between(self, text: str) -> str:
        """Return words that fit the sentence; "" where none do that were not used."""
        return self._take([frame for frame in BETWEEN if frame.cue.search(text) and frame.text not in self._used][:1])

    def _take(self, frames: Sequence[Frame]) -> str:
        free = [frame.text for frame in frames if frame.text not in self._used]
        if not free:
            return ""
        chosen = free[self._turn % len(free)]
        self._used.add(chosen)
        return chosen


def all_frames() -> Iterator[Frame]:
    """Yield every frame there is."""
    for frames in CHAPTERS.values():
        yield from frames
    yield from BETWEEN
