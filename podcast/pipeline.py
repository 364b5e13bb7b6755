"""The straight line: fetch, read, write, record, mix for one paper; then publish takes all episodes at once."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from podcast import (
    audio,
    casting,
    catalogue,
    config,
    cover,
    criteria,
    days,
    grounding,
    portrait,
    registry,
    scores,
    select,
    sources,
    speech,
    store,
    tags,
    versions,
    writers,
)
from podcast import mix as mixing
from podcast import record as recording
from podcast.errors import (
    ConfigError,
    DamagedTake,
    DocumentError,
    MixError,
    NotReady,
    PodcastError,
    SourceError,
    SynthesisError,
    WriterError,
)
from podcast.schema import (
    Attempts,
    Brief,
    Chapter,
    Claim,
    Day,
    Document,
    Episode,
    Paper,
    Quarantine,
    Retake,
    Roundup,
    Script,
    Selection,
    Take,
    Voice,
)
from podcast.settings import Host
from podcast.sources import Source
from podcast.workspace import PaperFolder, Workspace, builtin_voices
from podcast.writers import Assignment, Editor, Writer
from podcast.writers.phrases import EPISODES

log = logging.getLogger(__name__)

OF_PAPER = (DocumentError, SourceError, WriterError, SynthesisError, MixError)
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
    allow_ungrounded: bool = False
    """Let pass what the paper does not say, and write into the script that a person did so."""
    wait: bool = True
    """Wait for another command that works on the same paper; else Busy is raised."""

    @cached_property
    def voices(self) -> dict[str, Voice]:
        return config.read_voices(*self.voice_folders)

    @cached_property
    def cast(self) -> dict[str, recording.Actor]:
        return self._cast(self.config.hosts)

    @property
    def voice_folders(self) -> tuple[Path, Path]:
        """Where voices and the files they name lie: what comes with the project, and the show's own over it."""
        return builtin_voices(), self.workspace.voices

    def cast_of(self, script: Script) -> dict[str, recording.Actor]:
        """Return who speaks the script: the show's cast, but for voices of the episode's own."""
        if not script.voices:
            return self.cast
        hosts = tuple(
            host.model_copy(update={"voice": script.voices.get(host.key, host.voice)}) for host in self.config.hosts
        )
        return self._cast(hosts)

    def _cast(self, hosts: Sequence[Host]) -> dict[str, recording.Actor]:
        return casting.cast(
            hosts, self.voices, self.config.record.synthesizer, self.voice_folders, self.config.show.language
        )

    @cached_property
    def gallery(self) -> portrait.Gallery:
        return portrait.Gallery(self.workspace.heard)

    @cached_property
    def lexicon(self) -> speech.Lexicon:
        own = self.workspace.voices / "lexicon.tsv"
        return speech.Lexicon.load(builtin_voices() / "lexicon.tsv", *([own] if own.is_file() else []))

    @cached_property
    def writer(self) -> Writer:
        settings, show = self.config.writer, self.config.show
        made: Writer = registry.load(writers.pick(settings), writers.WRITERS, "writer")(
            settings, show, self.config.hosts, self.workspace.cache
        )
        return made

    def folder(self, paper: Paper) -> PaperFolder:
        return self.workspace.day(paper.listed_on).paper(paper.id)

    def alone(self, paper: Paper) -> AbstractContextManager[None]:
        """Have the paper to oneself for the block, over all threads and commands. A thread has one at a time."""
        return store.locked(self.folder(paper).lock, f"{paper.id} is being worked on", wait=self.wait)


def fetch(studio: Studio, date: dt.date) -> Day:
    """Return the day, frozen in papers.json when it is first fetched."""
    return days.fetch(studio.workspace, studio.source, date)


def choose(studio: Studio, day: Day) -> Sequence[Paper]:
    """Return the papers of the day that become episodes; why each is chosen or not stands in selection.json."""
    score(studio, day)
    selection = judge(studio, day)
    store.write_atomic(studio.workspace.day(day.date).selection, store.to_json(selection))
    for verdict in selection.verdicts:
        if verdict.repeated:
            log.info("%s is left: %s", verdict.paper_id, verdict.reason)
    return select.chosen(day, selection)


def judge(studio: Studio, day: Day, top: int = 0) -> Selection:
    """Return what the settings, and the day's scores where it has any, say of each paper; `top` stands for theirs."""
    settings = studio.config.select.model_copy(update={"top": top}) if top else studio.config.select
    made = days.made_elsewhere(studio.workspace, day.date)
    return select.judge(day, settings, made, scores.kept(studio.workspace.day(day.date)))


def score(studio: Studio, day: Day) -> None:
    """Have a language model score the day's papers where the show has criteria; without a model that is said."""
    wanted = criteria.read(studio.workspace)
    if wanted is None:
        return
    folder, budget = studio.workspace.day(day.date), studio.config.writer.budget
    if isinstance(studio.writer, Editor):
        with closing(studio.writer):
            scores.make(folder, day, wanted, studio.writer, budget, wait=studio.wait)
    elif not folder.scores.is_file():
        log.warning("criteria.md needs a language model to score by it ([writer]): papers are chosen by their upvotes")


def document(studio: Studio, paper: Paper) -> Document:
    """Make document.json unless it exists, and return the paper's text. Raises NotReady for a roundup: it has none."""
    if isinstance(paper, Roundup):
        raise NotReady("a roundup is not read: it has the briefs of its papers", f"podcast digest {paper.listed_on}")
    folder = studio.folder(paper)
    if not folder.document.is_file():
        day = store.load(Day, studio.workspace.day(paper.listed_on).papers)
        found = sources.of_day(day, studio.source).document(paper)
        store.create_once(folder.document, store.to_json(found))
    return store.load(Document, folder.document)


def read(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Brief:
    """Make document.json and brief.json unless they exist, and return the brief."""
    folder = studio.folder(paper)
    if not folder.brief.is_file():
        document(studio, paper)
        brief = studio.writer.brief(assignment(studio, paper))
        store.create_once(folder.brief, store.to_json(brief))
    return store.load(Brief, folder.brief)


def write(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Script:
    """Make script.json unless it exists, and return the script.

    Raises Ungrounded where a line says what the paper does not; the script is there all the same, to be mended.
    """
    folder = studio.folder(paper)
    if not folder.script.is_file():
        script = composed(studio, paper)
        store.create_once(folder.script, store.to_json(script))
    return _grounded(studio, paper)


def composed(studio: Studio, paper: Paper, drafts: str = "", brief: Brief | None = None) -> Script:
    """Return a script as the writer has it, of a paper or of a day's roundup.

    Answers in another folder of drafts are asked for afresh; `brief` stands in for the paper's own.
    """
    if isinstance(paper, Roundup):
        parts = [(assignment(studio, one), _brief(studio, one)) for one in paper.papers]
        return studio.writer.roundup(paper, parts, studio.config.roundup.minutes, studio.folder(paper).drafts / drafts)
    return studio.writer.script(assignment(studio, paper, drafts), brief or _brief(studio, paper))


def _brief(studio: Studio, paper: Paper) -> Brief:
    """Return the paper's brief; a roundup's is empty, for its lines speak from those of its papers."""
    if isinstance(paper, Roundup):
        return Brief(paper_id=paper.id)
    return _need(Brief, studio.folder(paper).brief, f"podcast read {paper.id}")


def record(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Sequence[Take]:
    """Record every line that has no take yet, and return the takes in the script's order."""
    folder = studio.folder(paper)
    script = _grounded(studio, paper)
    cast = studio.cast_of(script)
    orders = recording.orders(script, cast, studio.lexicon)
    if any(not folder.take(order.key).is_file() for order in orders):
        portrait.check_apart(cast, studio.gallery, studio.config.record.min_semitones)
    recorded = recording.record(orders, folder, studio.gallery.expected)
    made = {take.key: take for take in watch(recorded, "record", paper, len(orders))}
    takes = [made[order.key] for order in orders]
    with _whole(paper, takes):
        _learn(studio, folder, cast, orders, made)
    return takes


def mix(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Episode:
    """Mix the takes unless the episode is what they make already, and return the episode: guid and date stay."""
    folder, settings = studio.folder(paper), studio.config
    script = _need(Script, folder.script, f"podcast write {paper.id}")
    brief = _brief(studio, paper)
    takes = _takes(studio, paper, script)
    before = store.load(Episode, folder.episode) if folder.episode.is_file() else None
    identity = catalogue.identify(studio.workspace, settings.publish.site_url, paper.listed_on, paper.id)
    published = before.published if before else paper.upvotes_read_at - dt.timedelta(minutes=paper.rank - 1)

    label = _label(studio, paper, script, identity.number, published)
    intro, outro = (_sound(studio, name) for name in (settings.mix.intro, settings.mix.outro))
    key = mixing.key(script.lines, takes, settings.mix, (intro, outro), label.fingerprint())
    corrections = versions.corrections(folder, script)
    claims = _spoken(studio, script, paper)
    same = before and (before.key, before.corrections, before.claims) == (key, corrections, claims)
    if before and same and _tells(before, script) and all((folder.root / m.file).is_file() for m in before.sounds()):
        return before

    with _whole(paper, takes):
        timeline = mixing.plan(script.lines, takes, settings.mix, intro, outro)
        media, *alternates = mixing.master(
            timeline, folder, key, settings.mix, label, lambda s: watch(s, "mix", paper, len(takes))
        )
    hosts, cast = {host.key: host.name for host in settings.hosts}, studio.cast_of(script)
    voices = {
        f"voice {host}": f"{actor.voice.name} by {actor.voice.synthesizer}, {actor.voice.licence}"
        for host, actor in cast.items()
    }
    retakes = _retakes(takes)
    others = {
        f"voice of line {retake.line}": retake.attempts[-1].voice
        for retake in retakes
        if retake.attempts[-1].voice != cast[script.lines[retake.line - 1].host].voice.name
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
        alternates=tuple(alternates),
        cues=timeline.cues(hosts),
        chapters=_linked(timeline.chapters(), script, paper),
        hosts=hosts,
        corrections=corrections,
        claims=claims,
        key=key,
        retakes=retakes,
        made_with={
            **script.made_with,
            **({} if isinstance(paper, Roundup) else {"brief": _author(brief)}),
            **voices,
            **others,
        },
        allowed=tuple(f"line {n}: {fact}" for n, line in enumerate(script.lines, 1) for fact in line.allowed),
        usage=brief.usage + script.usage,
    )
    store.write_atomic(folder.episode, store.to_json(episode))
    return episode


def _linked(chapters: Sequence[Chapter], script: Script, paper: Paper) -> tuple[Chapter, ...]:
    """Return a roundup's chapters with their papers' addresses; those of others as they are."""
    urls = {one.id: one.arxiv_url for one in paper.about} if isinstance(paper, Roundup) else {}
    papers = {line.chapter: line.paper for line in script.lines if line.paper in urls}
    return tuple(chapter.model_copy(update={"url": urls.get(papers.get(chapter.title) or "")}) for chapter in chapters)


def _learn(
    studio: Studio, folder: PaperFolder, cast: Mapping[str, recording.Actor], orders: Sequence[recording.Order],
    made: Mapping[str, Take],
) -> None:  # fmt: skip
    """Let each voice's pace learn from its takes that were right at once."""
    for actor in cast.values():
        own = {order.key: order.spoken for order in orders if order.actor.voice.name == actor.voice.name}
        good = [(made[key], spoken) for key, spoken in own.items() if not made[key].attempts.is_file()]
        studio.gallery.lessons(actor).learn(f"{folder.day}/{folder.paper_id}", good)


@contextmanager
def _whole(paper: Paper, takes: Sequence[Take]) -> Iterator[None]:
    """Where a take turns out to be damaged, remove all that are, so that they can be recorded again.

    Raises DamagedTake, which names their lines.
    """
    try:
        yield
    except audio.Damaged as error:
        bad = {take.key: take for take in takes if take.sound == error.path or not audio.is_whole(take.sound)}
        for take in bad.values():
            take.energies.unlink(missing_ok=True)
            take.sound.unlink(missing_ok=True)
        lines = ", ".join(str(number) for number, take in enumerate(takes, 1) if take.key in bad)
        raise DamagedTake(
            f"the takes of {paper.id} on disk are not what was recorded: line {lines}", f"podcast record {paper.id}"
        ) from error


def _retakes(takes: Sequence[Take]) -> tuple[Retake, ...]:
    """Return how those takes came about that were not right at once."""
    return tuple(
        Retake(line=number, attempts=store.load(Attempts, take.attempts).attempts)
        for number, take in enumerate(takes, 1)
        if take.attempts.is_file()
    )


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

    Other papers, and what was published of this one, are left as they are. Another command that works on the paper is
    waited for.
    """
    folder = studio.folder(paper)
    with studio.alone(paper):
        store.sweep(folder.root)
        versions.settle(folder)
        for stage in stages:
            try:
                _do(stage, studio, paper, stages, watch)
            except OF_PAPER as error:
                return quarantine(studio, paper, stage, error)
        folder.quarantine.unlink(missing_ok=True)
    return Result(paper)


def _do(stage: str, studio: Studio, paper: Paper, stages: Sequence[str], watch: Watch) -> None:
    """Do the stage; where takes turn out to be damaged and lines are recorded here, they are recorded again, once."""
    try:
        STAGES[stage](studio, paper, watch)
    except DamagedTake as error:
        if "record" not in stages:
            raise
        log.warning("%s; recorded again", error)
        record(studio, paper, watch)
        if stage != "record":
            STAGES[stage](studio, paper, watch)


def quarantine(studio: Studio, paper: Paper, stage: str, error: PodcastError) -> Result:
    """Write down why the paper goes no further, and return that as its result."""
    reason = Quarantine(stage=stage, error=type(error).__name__, message=str(error), hint=error.hint)
    store.write_atomic(studio.folder(paper).quarantine, store.to_json(reason))
    return Result(paper, error)


def assignment(studio: Studio, paper: Paper, drafts: str = "") -> Assignment:
    """Return the paper as a writer gets it; answers in another folder of drafts are asked for afresh."""
    folder = studio.folder(paper)
    text = _need(Document, folder.document, f"podcast read {paper.id}")
    return Assignment(paper, text, folder.drafts / drafts, lambda: _earlier(studio, paper))


def _earlier(studio: Studio, paper: Paper) -> Sequence[Script]:
    """Return the scripts of the episodes of the days before the paper's, the newest first, as many as are asked for."""
    folders = [each for each in reversed(studio.workspace.papers()) if each.day < paper.listed_on]
    made = (each for each in folders if each.episode.is_file() and each.script.is_file())
    return [store.load(Script, each.script) for each in islice(made, EPISODES)]


def faults(studio: Studio, paper: Paper, script: Script, brief: Brief | None = None) -> Sequence[grounding.Fault]:
    """Return what the script says and the paper does not, but for what a person let pass.

    `brief` is what its claims point into; the one on disk where none is given.
    """
    if isinstance(paper, Roundup):
        parts = [(_brief(studio, one), document(studio, one), one) for one in paper.papers]
        return grounding.faults_of_roundup(script, parts, paper, studio.config.show, studio.config.hosts)
    folder = studio.folder(paper)
    brief = brief or _brief(studio, paper)
    text = _need(Document, folder.document, f"podcast read {paper.id}")
    return grounding.faults(script, brief, text, paper, studio.config.show, studio.config.hosts)


def _grounded(studio: Studio, paper: Paper) -> Script:
    """Return the paper's script if all that it says stands in the paper, or a person lets it pass, which is noted."""
    folder = studio.folder(paper)
    script = _need(Script, folder.script, f"podcast write {paper.id}")
    found = faults(studio, paper, script)
    if not found:
        return script
    if not studio.allow_ungrounded:
        raise grounding.ungrounded(script, found)
    lines = list(script.lines)
    for fault in found:
        line = lines[fault.line - 1]
        lines[fault.line - 1] = line.model_copy(update={"allowed": (*line.allowed, fault.fact)})
        log.warning("%s: line %d may say %r, since you allow it", paper.id, fault.line, fault.fact)
    store.write_atomic(folder.script, store.to_json(script.model_copy(update={"lines": tuple(lines)})))
    return store.load(Script, folder.script)


def _need(model: type[store.Model], path: Path, command: str) -> store.Model:
    if not path.is_file():
        raise NotReady(f"{path.name} of {path.parent.name} is not there yet", command)
    return store.load(model, path)


def _takes(studio: Studio, paper: Paper, script: Script) -> list[Take]:
    """Return the script's takes, in order; NotReady names the first line that has none."""
    folder = studio.folder(paper)
    orders = recording.orders(script, studio.cast_of(script), studio.lexicon)
    for order in orders:
        if not folder.take(order.key).is_file():
            raise NotReady(f"line {order.number} of {paper.id} is not recorded", f"podcast record {paper.id}")
    return [recording.take(order, folder) for order in orders]


def _spoken(studio: Studio, script: Script, paper: Paper) -> dict[str, Claim]:
    """Return the claims that the script's lines speak, by path; of a roundup with the paper's id before it."""
    several = isinstance(paper, Roundup)
    briefs = {f"{one.id}/" if several else "": _brief(studio, one) for one in paper.about}
    known = {before + path: claim for before, brief in briefs.items() for path, claim in brief.claims().items()}
    paths = dict.fromkeys(path for line in script.lines for path in line.spoken())
    return {path: known[path] for path in paths if path in known}


def _tells(episode: Episode, script: Script) -> bool:
    """Whether the episode has the script's words and claims: other words may sound the same, and are other cues."""
    return [(cue.text, cue.claims) for cue in episode.cues] == [(line.text, line.spoken()) for line in script.lines]


def _author(brief: Brief) -> str:
    """Return who read the paper: a model's name, or the writer's."""
    return brief.made_with.get("model") or brief.made_with.get("writer", "a person")


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
