"""An episode as the desk shows it: each line with its state, what it rests on, its takes and what was typed for it."""

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from podcast import grounding, judging
from podcast.desk import drafting, evidence
from podcast.papers import asked
from podcast.recording import ordering
from podcast.show import store
from podcast.show.errors import DocumentError, NotReady, PodcastError
from podcast.show.schema import (
    Attempts,
    Brief,
    Cue,
    Document,
    Episode,
    Line,
    Paper,
    Quarantine,
    Roundup,
    Script,
    Version,
)
from podcast.show.workspace import PaperFolder
from podcast.speech import Lexicon
from podcast.studio import Studio, brief_of, script_of

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
    evidence: tuple[evidence.Evidence, ...]
    takes: tuple[TakeOf, ...]
    chapter: str = ""
    """The title of the chapter that begins with it."""
    start: float | None = None
    """When it is heard in the episode as it was mixed, in seconds; None where it is another since."""
    end: float | None = None
    draft: str = ""
    """What was typed for it, and is not its text yet."""

    @property
    def needs_an_eye(self) -> bool:
        return self.state in NEEDS_AN_EYE or bool(self.draft)


@dataclass(frozen=True)
class Shown:
    """An episode, or what is to become one."""

    paper: Paper
    name: str
    """DAY/PAPER."""
    script: Script
    rows: tuple[Row, ...]
    lost: tuple[drafting.Draft, ...]
    """What was typed for lines that are other ones since."""
    episode: Episode | None
    is_mixed: bool
    """Whether the episode on the disk has these lines and takes."""
    is_heard: bool
    """Whether listeners have the episode as it was mixed."""
    quarantine: str = ""

    @property
    def to_look_at(self) -> int:
        return sum(row.needs_an_eye for row in self.rows)


def find(studio: Studio, day: str, name: str) -> Paper:
    """Return the paper of that day. Raises NotReady where no list has it."""
    try:
        folder = studio.workspace.day(dt.date.fromisoformat(day))
    except ValueError as error:
        raise NotReady(f"{day!r} is no day", "go back to the list") from error
    try:
        found = asked.entry(studio.workspace, folder.paper(name))
    except DocumentError as error:
        raise NotReady(f"the list of {day} cannot be read", "go back to the list") from error
    if found is None:
        raise NotReady(f"no paper {name} is listed on {day}", "go back to the list")
    return found


def show(studio: Studio, paper: Paper) -> Shown:
    """Return the paper's episode as it stands on the disk. Raises NotReady where it has no script."""
    folder = studio.folder(paper)
    script = script_of(studio, paper)
    episode = store.load(Episode, folder.episode) if folder.episode.is_file() else None
    orders = ordering.orders(script, studio.cast_of(script, folder), studio.lexicon, folder)
    typed, lost = drafting.placed(folder, script)
    cues = {cue.take: cue for cue in episode.cues} if episode else {}
    faults: dict[int, list[grounding.Fault]] = {}
    for fault in judging.faults(studio, paper, script):
        faults.setdefault(fault.line, []).append(fault)
    texts, tried = _texts(studio, paper), _highest_takes(folder)
    people = (*studio.config.hosts, *studio.gone({line.host for line in script.lines}, folder))
    names = {host.key: host.name for host in people}
    rows = tuple(
        _row(
            order, names, faults.get(order.number, ()), texts,
            tuple(_takes(order, folder, tried.get((order.line.host, order.line.text), 1), studio.lexicon)),
            _before(script, order.number), cues.get(order.key), typed.get(order.number),
        )
        for order in orders
    )  # fmt: skip
    reason = store.load_disposable(Quarantine, folder.quarantine)
    return Shown(
        paper, f"{folder.day}/{folder.paper_id}", script, rows, lost, episode,
        is_mixed=_is_of(episode, orders, script),
        is_heard=episode is not None and studio.workspace.is_published(folder, episode.media.sha256),
        quarantine=f"{reason.message} {reason.hint}".strip() if reason else "",
    )  # fmt: skip


def _is_of(episode: Episode | None, orders: Sequence[ordering.Order], script: Script) -> bool:
    return bool(
        episode
        and [cue.take for cue in episode.cues] == [order.key for order in orders]
        and [cue.text for cue in episode.cues] == [line.text for line in script.lines]
        and (episode.title, episode.description) == (script.title, script.description)
    )


def _before(script: Script, number: int) -> str:
    """Return the title of the chapter that begins at the line; "" where none does."""
    line = script.lines[number - 1]
    return line.chapter if number == 1 or script.lines[number - 2].chapter != line.chapter else ""


def _texts(studio: Studio, paper: Paper) -> Mapping[str | None, tuple[Brief, Document]]:
    """Return brief and text by the paper that a line names; of a paper's own episode by None."""
    several = isinstance(paper, Roundup)
    found: dict[str | None, tuple[Brief, Document]] = {}
    for one in paper.about if several else (paper,):  # a talk has them as they were when it was written
        try:
            found[one.id if several else None] = brief_of(studio, one), judging.document(studio, one)
        except PodcastError:  # without the text nothing is shown behind the line: the page says so
            continue
    return found


def _row(
    order: ordering.Order, names: Mapping[str, str], faults: Sequence[grounding.Fault],
    texts: Mapping[str | None, tuple[Brief, Document]], takes: tuple[TakeOf, ...], chapter: str, cue: Cue | None,
    draft: drafting.Draft | None,
) -> Row:  # fmt: skip
    line = order.line
    known = texts.get(line.paper)
    return Row(
        order.number, line, names.get(line.host, line.host), _state(line, faults, takes),
        tuple(dict.fromkeys((*(fault.reason for fault in faults), *line.doubted))),
        evidence.behind(line, *known) if known else (),
        takes, chapter,
        cue.start if cue and cue.text == line.text else None, cue.end if cue and cue.text == line.text else None,
        draft.text if draft else "",
    )  # fmt: skip


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
    for number in range(1, max(most, order.line.take) + 1):
        one = order if number == order.line.take else ordering.another(order, number, lexicon)
        if folder.take(one.key).is_file():
            path = ordering.take(one, folder).attempts
            tries = store.load(Attempts, path).attempts if path.is_file() else ()
            yield TakeOf(number, one.key, one is order, tuple(said for each in tries for said in each.found))


def _highest_takes(folder: PaperFolder) -> Mapping[tuple[str, str], int]:
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
