"""An episode as the desk shows it, read from the show's files; each line is a row."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from podcast import grounding, judging
from podcast.desk import drafting, rows
from podcast.papers import asked
from podcast.recording import ordering, prices
from podcast.revising import marking, moments, proposing
from podcast.show import store, versions
from podcast.show.errors import DocumentError, NotReady
from podcast.show.schema import Episode, Paper, Quarantine, Script
from podcast.show.settings import Host
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, script_of


@dataclass(frozen=True)
class Shown:
    """An episode, or what is to become one."""

    paper: Paper
    name: str
    """DAY/PAPER."""
    script: Script
    rows: tuple[rows.Row, ...]
    lost: tuple[drafting.Draft, ...]
    """What was typed for lines that are other ones since."""
    episode: Episode | None
    is_mixed: bool
    """Whether the episode on the disk has these lines and takes."""
    is_heard: bool
    """Whether listeners have the episode as it was mixed."""
    hosts: tuple[Host, ...] = ()
    """Who may speak in it."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """Who speaks for each host, by key."""
    quarantine: str = ""
    todo: tuple[ordering.Order, ...] = ()
    """Lines that are not recorded, each sound once."""
    stamp: str = ""

    @property
    def effort(self) -> str:
        """What a mix takes beside the mixing itself, in words."""
        if not self.todo:
            return "nothing to record"
        price, count, seconds = prices.cost(self.todo), len(self.todo), sum(map(proposing.seconds, self.todo))
        about = f"{count} line{'s' if count > 1 else ''} to record, about {seconds:.0f} s"
        return f"{about}, ${price:.4f}" if price else about

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
    cast = studio.cast_of(script, folder)
    orders = ordering.orders(script, cast, studio.lexicon_of(script, folder), folder)
    known, lost = _known(studio, paper, script, episode)
    reason = store.load_disposable(Quarantine, folder.quarantine)
    return Shown(
        paper, f"{folder.day}/{folder.paper_id}", script, tuple(rows.row(order, known) for order in orders), lost,
        episode,
        is_mixed=_is_of(episode, orders, script),
        is_heard=episode is not None and studio.workspace.is_published(folder, episode.media.sha256),
        hosts=studio.people(script, folder), voices={key: actor.voice.name for key, actor in cast.items()},
        quarantine=reason.told if reason else "",
        todo=ordering.unmade(orders, folder), stamp=stamp(folder),
    )  # fmt: skip


def stuck(studio: Studio, paper: Paper) -> str:
    """Return why the paper has no script yet, in words; "" where it has one."""
    folder = studio.folder(paper)
    versions.restore(folder)
    if folder.script.is_file():
        return ""
    reason = store.load_disposable(Quarantine, folder.quarantine)
    return reason.told if reason else "It was not written yet."


def stamp(folder: PaperFolder) -> str:
    """Return what is another as soon as a command changed what the page shows; what is typed there does not count."""
    files = (folder.script, folder.episode, folder.remarks, folder.quarantine, folder.heard)
    return "-".join(f"{path.stat().st_mtime_ns:x}" if path.is_file() else "0" for path in files)


def _known(
    studio: Studio, paper: Paper, script: Script, episode: Episode | None
) -> tuple[rows.Known, tuple[drafting.Draft, ...]]:
    """Return what the rows are made of, and what was typed for lines that are others since."""
    folder = studio.folder(paper)
    typed, lost = drafting.placed(folder, script)
    faults: dict[int, list[grounding.Fault]] = {}
    for fault in judging.faults(studio, paper, script):
        faults.setdefault(fault.line, []).append(fault)
    marks: dict[int, list[str]] = {}
    for mark in marking.of(folder, script):
        marks.setdefault(mark.number, []).append(mark.remark.note)
    return rows.Known(
        folder, script, studio.lexicon_of(script, folder),
        {host.key: host.name for host in studio.people(script, folder)}, faults,
        judging.texts(studio, paper), moments.heard(episode, script.lines) if episode else {}, typed, marks,
        frozenset(drafting.all_looked(folder)), rows.highest_takes(folder),
    ), lost  # fmt: skip


def _is_of(episode: Episode | None, orders: Sequence[ordering.Order], script: Script) -> bool:
    return bool(
        episode
        and [cue.take for cue in episode.cues] == [order.key for order in orders]
        and [cue.text for cue in episode.cues] == [line.text for line in script.lines]
        and (episode.title, episode.description) == (script.title, script.description)
    )
