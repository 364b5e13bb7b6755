"""The straight line: fetch, read, write, record, mix for one paper; then publish takes all episodes at once."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from podcast import (
    casting,
    catalogue,
    config,
    cover,
    days,
    grounding,
    registry,
    select,
    sources,
    speech,
    store,
    tags,
    writers,
)
from podcast import mix as mixing
from podcast import record as recording
from podcast.errors import (
    ConfigError,
    DocumentError,
    MixError,
    NotReady,
    PodcastError,
    SourceError,
    SynthesisError,
    WriterError,
)
from podcast.schema import (
    Brief,
    Day,
    Document,
    Episode,
    Paper,
    Quarantine,
    Script,
    Selection,
    Take,
    Voice,
)
from podcast.sources import Source
from podcast.workspace import PaperFolder, Workspace, builtin_voices
from podcast.writers import Writer

log = logging.getLogger(__name__)

_OF_PAPER = (DocumentError, SourceError, WriterError, SynthesisError, MixError)
"""What can be wrong with one paper; anything else stops the run, for it would be wrong with all."""

T = TypeVar("T")


class Watch(Protocol):
    """Sees what a stage finishes, and hands it on."""

    def __call__(self, items: Iterable[T], stage: str, paper: Paper, total: int) -> Iterable[T]: ...


def unwatched(items: Iterable[T], stage: str, paper: Paper, total: int) -> Iterable[T]:
    """Hand the items on, and say nothing."""
    return items


@dataclass(frozen=True)
class Studio:
    """A show, its settings, and what it works with; each is made when it is first needed."""

    workspace: Workspace
    config: config.Config
    source: Source
    """Where days and documents come from that are not here yet."""

    @cached_property
    def voices(self) -> dict[str, Voice]:
        return config.read_voices(*self.voice_folders)

    @cached_property
    def cast(self) -> dict[str, recording.Actor]:
        return casting.cast(self.config.hosts, self.voices, self.config.record.synthesizer, self.voice_folders)

    @property
    def voice_folders(self) -> tuple[Path, Path]:
        """Where voices and the files they name lie: what comes with the project, and the show's own over it."""
        return builtin_voices(), self.workspace.voices

    @cached_property
    def lexicon(self) -> speech.Lexicon:
        own = self.workspace.voices / "lexicon.tsv"
        return speech.Lexicon.load(builtin_voices() / "lexicon.tsv", *([own] if own.is_file() else []))

    @cached_property
    def writer(self) -> Writer:
        made: Writer = registry.load(self.config.writer.name, writers.WRITERS, "writer")(self.config.writer)
        return made

    def folder(self, paper: Paper) -> PaperFolder:
        return self.workspace.day(paper.listed_on).paper(paper.id)


def fetch(studio: Studio, date: dt.date) -> Day:
    """Return the day, frozen in papers.json when it is first fetched."""
    return days.fetch(studio.workspace, studio.source, date)


def choose(studio: Studio, day: Day) -> Sequence[Paper]:
    """Return the papers of the day that become episodes; why each is chosen or not stands in selection.json."""
    selection = judge(studio, day)
    store.write_atomic(studio.workspace.day(day.date).selection, store.to_json(selection))
    for verdict in selection.verdicts:
        if verdict.repeated:
            log.info("%s is left: %s", verdict.paper_id, verdict.reason)
    return select.chosen(day, selection)


def judge(studio: Studio, day: Day) -> Selection:
    """Return what the settings say of each of the day's papers."""
    return select.judge(day, studio.config.select, days.made_elsewhere(studio.workspace, day.date))


def read(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Brief:
    """Make document.json and brief.json unless they exist, and return the brief."""
    folder = studio.folder(paper)
    if not folder.document.is_file():
        day = store.load(Day, studio.workspace.day(paper.listed_on).papers)
        document = sources.of_day(day, studio.source).document(paper)
        store.create_once(folder.document, store.to_json(document))
    if not folder.brief.is_file():
        document = store.load(Document, folder.document)
        store.create_once(folder.brief, store.to_json(studio.writer.brief(paper, document)))
    return store.load(Brief, folder.brief)


def write(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Script:
    """Make script.json unless it exists, and return the script: what it says stands in the paper."""
    folder = studio.folder(paper)
    if not folder.script.is_file():
        brief = _need(Brief, folder.brief, f"podcast read {paper.id}")
        script = studio.writer.script(paper, brief, studio.config.show, studio.config.hosts)
        _check(studio, paper, script)
        store.create_once(folder.script, store.to_json(script))
    return store.load(Script, folder.script)


def record(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Sequence[Take]:
    """Record every line that has no take yet, and return the takes in the script's order."""
    folder = studio.folder(paper)
    script = _need(Script, folder.script, f"podcast write {paper.id}")
    _check(studio, paper, script)
    orders = recording.orders(script, studio.cast, studio.lexicon)
    made = {take.key: take for take in watch(recording.record(orders, folder), "record", paper, len(orders))}
    return [made[order.key] for order in orders]


def mix(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Episode:
    """Mix the takes unless the episode is what they make already, and return the episode: guid and date stay."""
    folder, settings = studio.folder(paper), studio.config
    script = _need(Script, folder.script, f"podcast write {paper.id}")
    takes = _takes(studio, paper, script)
    before = store.load(Episode, folder.episode) if folder.episode.is_file() else None
    identity = catalogue.identify(studio.workspace, settings.publish.site_url, paper.listed_on, paper.id)
    published = before.published if before else paper.upvotes_read_at - dt.timedelta(minutes=paper.rank - 1)

    label = _label(studio, paper, script, identity.number, published)
    intro, outro = (_sound(studio, name) for name in (settings.mix.intro, settings.mix.outro))
    key = mixing.key(script.lines, takes, settings.mix, (intro, outro), label.fingerprint())
    if before and before.key == key and folder.mix(key).is_file():
        return before

    timeline = mixing.plan(script.lines, takes, settings.mix, intro, outro)
    media = mixing.master(timeline, folder, key, settings.mix, label, lambda s: watch(s, "mix", paper, len(takes)))
    hosts = {host.key: host.name for host in settings.hosts}
    voices = {
        f"voice {host}": f"{actor.voice.name} by {actor.voice.synthesizer}, {actor.voice.licence}"
        for host, actor in studio.cast.items()
    }
    episode = Episode(
        paper_id=paper.id,
        day=paper.listed_on,
        guid=before.guid if before else identity.guid,
        number=identity.number,
        title=script.title,
        description=script.description,
        published=published,
        media=media,
        cues=timeline.cues(hosts),
        chapters=timeline.chapters(),
        hosts=hosts,
        key=key,
        made_with={**script.made_with, **voices},
    )
    store.write_atomic(folder.episode, store.to_json(episode))
    return episode


STAGES: Mapping[str, Callable[[Studio, Paper, Watch], object]] = MappingProxyType(
    {"read": read, "write": write, "record": record, "mix": mix}
)


@dataclass(frozen=True)
class Result:
    """What became of one paper: done, or quarantined with the error that says why."""

    paper: Paper
    error: PodcastError | None = None


def make_paper(studio: Studio, paper: Paper, stages: Sequence[str] = tuple(STAGES), watch: Watch = unwatched) -> Result:
    """Bring one paper through the stages, in their order. What fails is written to quarantine.json, and no more.

    Other papers, and what was published of this one, are left as they are.
    """
    folder = studio.folder(paper)
    store.sweep(folder.root)
    for stage in stages:
        try:
            STAGES[stage](studio, paper, watch)
        except _OF_PAPER as error:
            reason = Quarantine(stage=stage, error=type(error).__name__, message=str(error), hint=error.hint)
            store.write_atomic(folder.quarantine, store.to_json(reason))
            return Result(paper, error)
    folder.quarantine.unlink(missing_ok=True)
    return Result(paper)


def make_day(studio: Studio, date: dt.date, watch: Watch = unwatched) -> Iterator[Result]:
    """Yield a result for each paper that the day's selection picks, as it is finished."""
    day = fetch(studio, date)
    _ = studio.cast  # a missing voice stops the run before anything is made
    for paper in choose(studio, day):
        yield make_paper(studio, paper, watch=watch)


def _check(studio: Studio, paper: Paper, script: Script) -> None:
    folder = studio.folder(paper)
    grounding.check(
        script,
        _need(Brief, folder.brief, f"podcast read {paper.id}"),
        _need(Document, folder.document, f"podcast read {paper.id}"),
        paper,
        studio.config.show,
        studio.config.hosts,
    )


def _need(model: type[store.Model], path: Path, command: str) -> store.Model:
    if not path.is_file():
        raise NotReady(f"{path.name} of {path.parent.name} is not there yet", command)
    return store.load(model, path)


def _takes(studio: Studio, paper: Paper, script: Script) -> list[Take]:
    """Return the script's takes, in order; NotReady names the first line that has none."""
    folder = studio.folder(paper)
    orders = recording.orders(script, studio.cast, studio.lexicon)
    for order in orders:
        if not folder.take(order.key).is_file():
            raise NotReady(f"line {order.number} of {paper.id} is not recorded", f"podcast record {paper.id}")
    return [recording.take(order, folder) for order in orders]


def _label(studio: Studio, paper: Paper, script: Script, number: int, published: dt.datetime) -> tags.Tags:
    show = studio.config.show
    art = cover.of_show(studio.workspace.root / show.cover, show.title, show.tagline)
    return tags.Tags(
        title=script.title,
        show=show.title,
        author=show.author,
        number=number,
        published=published,
        language=show.language,
        comment=f"{script.description} Script and voices are generated by AI.",
        url=paper.arxiv_url,
        cover=cover.shrink_cover(art, 600),
    )


def _sound(studio: Studio, name: str) -> Path | None:
    """Return the show's own sound of that name, or the built-in one; None for ""."""
    if not name:
        return None
    for folder in (studio.workspace.root, Path(__file__).parent / "assets"):
        if (folder / name).is_file():
            return folder / name
    raise ConfigError(f"there is no sound {name!r} in {studio.workspace.root}", 'put it there, or set it to ""')
