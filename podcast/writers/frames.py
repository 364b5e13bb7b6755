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
    but: re.Pattern[str] | None = None
    """What a sentence says that has the cue, and breaks the promise."""
    after: re.Pattern[str] | None = None
    """What the passage before must have."""

    def fits(self, text: str, before: str = "") -> bool:
        """Tell whether the sentence keeps the promise, behind the passage before it."""
        kept = self.cue.search(text) and not (self.but and self.but.search(text))
        return bool(kept and (not self.after or self.after.search(before)))


def _frames(cue: str, *texts: str, but: str = "", after: str = "") -> tuple[Frame, ...]:
    kept, broken, before = (re.compile(pattern, re.IGNORECASE) for pattern in (cue, but, after))
    return tuple(Frame(text, kept, broken if but else None, before if after else None) for text in texts)


def _words(*words: str) -> str:
    """Return a pattern of whole words: neither a part of another one, nor what something is free of."""
    return rf"(?<!\w)(?:{'|'.join(words)})(?!\w|-(?:free|less|agnostic))"


_ANY = ""
_OTHERS = (
    r"^(?:(?:while|although|unlike) )?(?:existing|prior|previous|current|recent|conventional|earlier)\b"
    r"|^[^,.;:]{0,60}\bet al\b"
)
_HOPES = r"\b(?:hopes?|believes?|expects?|envision)\b"
_NONE = r"\b(?:without|no|free of)\b(?: \w+){0,4} (?:training|fine-tuning)|\btraining-free\b"
_NOT_TRAINED = r"\b(?:not|never|rather than|instead of)(?: \w+){0,2} (?:trained|training|fine-tun\w+)"
_FAILS = (
    "however", "struggl(?:es?|ed|ing)", "problem(?:s|atic)?", "fail(?:s|ed|ing|ures?)?", "lack(?:s|ing)?",
    "suffer(?:s|ed|ing)?", "hard(?:er)?", "difficult(?:y|ies)?", "challeng(?:es?|ing)", "costly", "expensive",
    "bottleneck(?:s|ed)?", "scarc(?:e|ity)", "poor(?:ly)?", "unable", "cannot", "yet",
)  # fmt: skip
_WRONG = _words(
    *_FAILS, "limit(?:s|ing|ations?)", r"(?:is|are|be|been|remains?)(?: \w+)? limited",
    "overfit(?:s|ting)?", "prone", "remains?", "insufficient(?:ly)?",
    "inefficien(?:t|cy|cies)", "unstable", "instability", "despite", "hinder(?:s|ed|ing)?",
    "degrad(?:es?|ed|ing|ation)", "bias(?:es|ed)?", "weak(?:er|ness|nesses|ens)?", "slow(?:er|ly|s)?", "without",
    "rarely", "ignor(?:es?|ed|ing)", "overlook(?:s|ed|ing)?", "underexplored", "(?<!bridge the )gaps?", "fragile",
    "rel(?:y|ies) on", "wrong", "solely", "un(?:examined|explored)",
    "(?:do|does) not(?! only| just)", "tends? to", "conflict(?:s|ing)?", "mismatch(?:es|ed)?",
)  # fmt: skip
_FAILING = re.compile(_words(*_FAILS), re.IGNORECASE)
_DOES = _words(
    "propos(?:es?|ing)", "(?:is|are) proposed", "introduc(?:es?|ing)", "presents", "develops?", "constructs?",
    "builds?", "designs", "uses", "learns", "employs?", "combines?", "replaces?", "unif(?:y|ies)", "instead",
    "treats?", "consists of", "(?:key|core|main|central) (?:ideas?|insights?)",
    r"(?:authors|they)(?: \w+)? (?:present|design|use|train|learn|create|formulate|collect)",
)  # fmt: skip
_TRAINS = _words(
    r"(?:is|are|was|were)(?: \w+){0,2} (?:trained|fine-tuned|pre-?trained)", "fine-tunes",
    r"(?:authors|they)(?: \w+)? (?:train|fine-tune|pre-train)(?:ed)?",
    "training (?:paradigm|strategy|objective|stages?|recipe|pipeline|framework|scheme|on|with)",
)  # fmt: skip
_TRAINED = _words(
    r"(?:is|are|was|were)(?: \w+){0,2} (?:trained|fine-tuned|pre-?trained)",
    r"(?:authors|they)(?: \w+)? (?:train|fine-tune|pre-train)(?:ed)?",
)
_BUILT = (
    r"\b(?:consists? of|compris(?:es|ing)|composed of|made (?:up )?of|incorporates?|ha(?:s|ve)|adopts?|employs?"
    r"|integrates?|combines?|built (?:of|from|on)|design)\b(?:.*\b(?:layers?|modules?|encoders?|decoders?|networks?"
    r"|attention|branch(?:es)?|heads?|blocks?)\b)"
)
_SETS = r"\b(?:data ?sets?|benchmarks?|corpus|corpora|videos? is|captions?)\b"
_TAKES = _words(
    "GPUs?", "TPUs?", "(?<!per )(?:hours?|days)(?! (?:of (?!training|compute)|ahead|in advance))",
    r"(?:GPU|peak|[\d.]+ ?[GMT]i?B(?: of)?) memory",
    "memory (?:use|usage|footprints?|costs?|consumption|requirements?|overheads?|budgets?)",
    "costs?", "faster", "cheaper", "speed", "speed-?ups?", "latency",
    "FLOPs", r"\d[\d.,]*[MB]? (?:(?:m|b|tr)illion )?parameters",
)  # fmt: skip
_FIGURE = (
    r"(?<![\w.-])\+?\d+(?:\.\d+)? ?(?:%|percent|points?|×|times|x\b)|(?<![\w.-])\d+\.\d+(?![\w-])|(?<!\S)\.\d+"
    r"|(?<![\w.-])(?!(?:19|20)\d\d\b)\d{2,}(?:,\d{3})*(?![\w°-])"
    r"(?! (?:[\w-]+ ){0,2}?(?:models|data ?sets|benchmarks|tasks|dimensions|domains|languages|categories|[\w-]*LLMs"
    r"|families|scenarios|metrics|settings|environments|subjects|participants|tests|layers|stages|questions"
    r"|pairs|types|instances|samples)\b)"
)
_AGAINST = _words(
    r"(?<!rather )(?<!other )than(?! \d)", "outperform(?:s|ed|ing)?", "surpass(?:es|ed|ing)?", "compared (?:to|with)",
    "versus", "baselines?", "(?<!robust )against", "beats?", "exceed(?:s|ed|ing)?",
    r"(?:achiev|reach|set|establish|advanc)\w*(?: [\w-]+){0,3} state[- ]of[- ]the[- ]art",
    r"(?:prior|previous|earlier)(?: [\w-]+){0,2} (?:methods?|works?|models?|approaches|best|art|results?|systems?)",
)  # fmt: skip
_SHOWS = _words(
    "show(?:s|n|ed|ing)?", "demonstrat(?:es?|ed|ing)", "finds?", "found", "findings?", "reveal(?:s|ed|ing)?",
    "suggest(?:s|ed|ing)?", "indicat(?:es?|ed|ing)", "confirm(?:s|ed|ing)?", "observes?",
    "(?<!to )achiev(?:es?|ed|ing)", "improv(?:es?|ed|ements?)", "outperform(?:s|ed|ing)?", "surpass(?:es|ed|ing)?",
    "reach(?:es|ed)?", "results? come",
)  # fmt: skip
_REPORTS = _words(
    "experiments?", "evaluat(?:es?|ed|ion|ions|ing)", "results?", "analys[ie]s", "performance", "performs?",
    "test(?:s|ed)?", "maintains?", "highlights?", "gains?", "yields?", "reduc(?:es|ed|ing)", "cuts?", "lowers?",
    "robust", "compares?",
)  # fmt: skip
_FINDING = (
    _words(
        "findings?", "ablations?", "limitations?", "outperform(?:s|ed|ing)?", "surpass(?:es|ed|ing)?", "experiments?"
    )
    + r"|\b(?:across|all) \d+\b|\d/\d"
)
"""What no workings have."""
_MAKES_OF_IT = rf"{_HOPES}|\b(?:anticipates?|pav(?:es|ing) the way|potential|promise|implications?|toward|a step)\b"
_ENDS = _words(
    "limits?", "limitations?", "(?:is|are|remains?) limited", "cannot", "not(?! only| just| merely)", "(?<!not )only",
    "fail(?:s|ed|ures?)?", "remains?", "confined",
)  # fmt: skip
_SPEAKS_AGAINST = _words(
    "drawbacks?", "weakness(?:es)?", "trails?", "lags?", "degrad(?:es?|ed|ation)", "worse", "still", "hard(?:er)?",
    "leaves?", "proof of concept", "warns?", "however", "short of", "bias(?:es|ed)?", "overfit(?:s|ting)?",
    "at the cost",
)  # fmt: skip

CHAPTERS = {
    "The problem": (
        *_frames(_WRONG, "First, what goes wrong.", "The trouble is this.", "What does not work yet?"),
        *_frames(_ANY, "First, where things stand.", "The setting."),
    ),
    "The idea": (
        *_frames(_DOES, "Now, what they do about it.", "Here is what they do.", "And their answer.", but=_OTHERS),
    ),
    "How it works": (
        *_frames(_TRAINED, "How do they train it?", "Now to the training.", but=f"{_OTHERS}|{_NONE}|{_NOT_TRAINED}"),
        *_frames(_TRAINS, "Now to the training.", "About the training.", but=f"{_OTHERS}|{_NONE}|{_NOT_TRAINED}"),
        *_frames(_BUILT, "How is it built?", "Inside, it looks like this.", but=f"{_OTHERS}|{_NONE}|{_SETS}"),
        *_frames(_ANY, "Now, how it works.", "On to the workings.", but=_FINDING),
    ),
    "Data and cost": (
        *_frames(_words("data", "data ?sets?", "corp(?:us|ora)", "benchmarks?", "images", "examples?", "pairs"),
                 "The data they used.", "What was it fed and tested with?"),
        *_frames(_TAKES, "Then, the price.", "What that takes."),
        *_frames(_ANY, "Data and cost."),
    ),
    "What they found": (
        *_frames(_AGAINST, "Set against the others:", "How does it compare?", but=_HOPES),
        *_frames(_FIGURE, "Now the figures.", "In numbers:", but=_HOPES),
        *_frames(_SHOWS, "And what came out.", "The outcome.", but=_HOPES),
        *_frames(_REPORTS, "What they report.", but=_HOPES),
    ),
    "What mattered most": (
        *_frames(_words("without", "remov(?:es?|ed|ing|al)", "dropping", "drop", "ablated", "ablating"),
                 "Now, take a part away.", "What if a part is missing?"),
        *_frames(_words("matters?", "effects?", "contribut(?:es?|ion)", "drops?", "vary(?:ing)?"),
                 "Which part matters."),
    ),
    "Limits and links": (
        *_frames(_ENDS, "Where does it end?", "Its limits."),
        *_frames(_SPEAKS_AGAINST, "Against it, there is this.", "Now the weak side."),
        *_frames(_MAKES_OF_IT, "What they make of it.", "What that could be good for."),
        *_frames(_words("open", "future", "next", "leave", "plan", "to be", "challenges?"), "What is still open."),
    ),
}  # fmt: skip
"""A chapter's first words, the ones that promise most before the others; a question only where its answer follows."""

BETWEEN = (
    *_frames(_words("ablat(?:ed|ing)", "(?:is|are|was|were) removed", "taken away"), "With a part taken away:",
             but=r"duplicat|toxic|nois|document|filter|classifier"),
    *_frames(rf"^(?=.*(?<![\w.-])\d[\d.,]*(?![\w-])).*?{_TAKES}", "On what it costs:", "And the price.",
             but=r"confined|limited to|restricted|up to \S+ (?:billion )?parameters"),
    *_frames(_words(r"outperform(?:s|ed|ing)", "surpass(?:es|ed|ing)", "compared (?:to|with)", "versus", "baselines?",
                    "(?:significantly|consistently) (?:outperform|surpass)"),
             "Next to its rivals:", "Beside the rest:", but=_OTHERS),
    *_frames(_TRAINS, "On the training:", but=f"{_OTHERS}|{_NONE}"),
    *_frames(_words(r"(?:release|introduce|present|build|construct|establish|curate|propose|collect|create)s? "
                    "[^.]{0,60}(?:benchmark|data ?sets?|corp(?:us|ora))",
                    "^(?:The|Each) (?:data ?set|corpus|benchmark)"),
             "About the data.", but=_OTHERS),
    *_frames(_FIGURE, "One more figure.", but=_HOPES, after=_FIGURE),
    *_frames(_FIGURE, "And in numbers:", but=_HOPES),
    *_frames(_words(r"first\b[^.]*\bthen", "(?:two|three|four|five)[- ](?:stage|step|phase)s?"), "Step by step:"),
    *_frames(_words("(?:shows?|demonstrates?|finds?|reveals?|suggests?|indicates?) (?:that|how|why|what|whether)"),
             "What that shows:", but=f"{_HOPES}|{_OTHERS}"),
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
        fitting = [frame for frame in CHAPTERS.get(title, ()) if frame.fits(text)]
        same = [frame for frame in fitting if fitting and frame.cue == fitting[0].cue]
        return self._take(same or fitting)

    def between(self, text: str, before: str) -> str:
        """Return words that fit the sentence behind the passage before it; "" where none do that were not used."""
        free = (frame for frame in BETWEEN if frame.text not in self._used)
        return self._take([frame for frame in free if frame.fits(text, before)][:1])

    def _take(self, frames: Sequence[Frame]) -> str:
        free = [frame.text for frame in frames if frame.text not in self._used]
        if not free:
            return ""
        chosen = free[self._turn % len(free)]
        self._used.add(chosen)
        return chosen


def goes_wrong(text: str) -> bool:
    """Tell whether the text says in so many words that something goes wrong."""
    return bool(_FAILING.search(text))


def all_frames() -> Iterator[Frame]:
    """Yield every frame there is."""
    for frames in CHAPTERS.values():
        yield from frames
    yield from BETWEEN
