"""The lines of an episode as the desk shows them: state, what each rests on, takes, marks, what was typed for it."""

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast import grounding, judging
from podcast.desk import drafting, evidence
from podcast.recording import ordering, prices
from podcast.revising import proposing
from podcast.show import store
from podcast.show.schema import Attempts, Cue, Line, Script, Version
from podcast.show.workspace import PaperFolder
from podcast.speech import Lexicon

STATES: Mapping[str, str] = {
    "refused": "not in the paper",
    "doubted": "doubted",
    "retried": "said again before it was right",
    "allowed": "let pass by hand",
    "unrecorded": "not recorded yet",
    "grounded": "in the paper",
    "general": "general knowledge",
    "example": "an example of ours",
    "talk": "",
}
"""What a line is, the gravest first, and how it is told; "talk" states nothing."""

NEEDS_AN_EYE = ("refused", "doubted", "retried", "allowed")
"""States that somebody should look at."""


@dataclass(frozen=True)
class TakeOf:
    """A recording of a line that lies on the disk."""

    number: int
    """Which take of the line's words it is."""
    key: str
    chosen: bool
    tries: tuple[str, ...] = ()
    """What was wrong with the tries before it."""


@dataclass(frozen=True)
class Row:
    """A line of the script."""

    number: int
    line: Line
    host: str
    """The host's name."""
    state: str
    said: tuple[str, ...]
    """What is wrong with it, in sentences."""
    facts: tuple[str, ...]
    """What the paper does not say of it: what is let pass where a person says so."""
    evidence: tuple[evidence.Evidence, ...]
    takes: tuple[TakeOf, ...]
    chapter: str = ""
    """The title of the chapter that begins with it."""
    start: float | None = None
    """When it is heard in the episode as it was mixed, in seconds; None where it is another since."""
    end: float | None = None
    draft: str = ""
    """What was typed for it, and is not its text yet."""
    marks: tuple[str, ...] = ()
    """The notes of its marks; "" of one without."""
    looked: bool = False
    """Whether somebody looked at it as it stands, and found it right."""
    seconds: float = 0.0
    """About how long a take of it is."""
    cost: float | None = None
    """What a take costs, in US dollars; None where no price is known."""

    @property
    def needs_an_eye(self) -> bool:
        return bool(self.draft or self.marks) or (self.state in NEEDS_AN_EYE and not self.looked)

    @property
    def takes_of(self) -> str:
        """About what recording it again takes, in words."""
        return f"{self.seconds:.0f} s" + (f", ${self.cost:.4f}" if self.cost else "")


@dataclass(frozen=True)
class Known:
    """What is known of an episode's lines beside the script."""

    folder: PaperFolder
    script: Script
    lexicon: Lexicon
    hosts: Mapping[str, str]
    """Names by key."""
    faults: Mapping[int, Sequence[grounding.Fault]]
    texts: judging.Texts
    cues: Mapping[int, Cue]
    """In which each line's words are heard, by its number."""
    typed: Mapping[int, drafting.Draft]
    marks: Mapping[int, Sequence[str]]
    """Their notes, by line."""
    looked: frozenset[drafting.Looked]
    highest: Mapping[tuple[str, str], int]


def row(order: ordering.Order, known: Known) -> Row:
    """Return the line of that order as it is shown."""
    line, number = order.line, order.number
    most = known.highest.get((line.host, line.text), 1)
    takes = tuple(_takes(order, known.folder, most, known.lexicon))
    faults, draft = known.faults.get(number, ()), known.typed.get(number)
    cue = known.cues.get(number)
    heard = cue if cue and cue.take == order.key else None
    state = _state(line, faults, takes)
    return Row(
        number, line, known.hosts.get(line.host, line.host), state,
        tuple(dict.fromkeys((*(fault.reason for fault in faults), *line.doubted))),
        tuple(fault.fact for fault in faults),
        _evidence(line, known),
        takes, _before(known.script, number),
        heard.start if heard else None, heard.end if heard else None,
        draft.text if draft else "", tuple(known.marks.get(number, ())),
        looked=drafting.looked(state, line) in known.looked,
        seconds=proposing.seconds(order), cost=prices.cost([order]),
    )  # fmt: skip


def _evidence(line: Line, known: Known) -> tuple[evidence.Evidence, ...]:
    if line.earlier:
        return evidence.remembered(line, judging.remembered(known.folder, line))
    texts = known.texts.get(line.paper)
    return evidence.behind(line, *texts) if texts else ()


def _before(script: Script, number: int) -> str:
    """Return the title of the chapter that begins at the line; "" where none does."""
    line = script.lines[number - 1]
    return line.chapter if number == 1 or script.lines[number - 2].chapter != line.chapter else ""


def _state(line: Line, faults: Sequence[grounding.Fault], takes: Sequence[TakeOf]) -> str:
    chosen = next((take for take in takes if take.chosen), None)
    if any(fault.grade == "refused" for fault in faults):
        return "refused"
    if faults or line.doubted:
        return "doubted"
    if chosen and chosen.tries:
        return "retried"
    if line.allowed:
        return "allowed"
    if not chosen:
        return "unrecorded"
    return "grounded" if line.claims else line.kind or "talk"


def _takes(order: ordering.Order, folder: PaperFolder, most: int, lexicon: Lexicon) -> Iterator[TakeOf]:
    """Yield the recordings of the line's words that there are, the first take first."""
    for number in itertools.count(1):
        one = order if number == order.line.take else ordering.another(order, number, lexicon)
        lies = folder.take(one.key).is_file()
        if not lies and number > max(most, order.line.take):
            return
        if lies:
            path = ordering.take(one, folder).attempts
            tries = store.load(Attempts, path).attempts if path.is_file() else ()
            yield TakeOf(number, one.key, one is order, tuple(said for each in tries for said in each.found))


def highest_takes(folder: PaperFolder) -> Mapping[tuple[str, str], int]:
    """Return how far takes were counted of each host's words, in any version of the script."""
    found: dict[tuple[str, str], int] = {}
    for path in folder.versions.glob("[0-9]*.json"):
        for said, take in _takes_of(path):
            found[said] = max(take, found.get(said, 1))
    return found


@functools.lru_cache(maxsize=256)
def _takes_of(path: Path) -> tuple[tuple[tuple[str, str], int], ...]:
    """Return the lines of a version that were said more than once; a version is never another."""
    lines = store.load(Version, path).script.lines
    return tuple(((line.host, line.text), line.take) for line in lines if line.take > 1)
