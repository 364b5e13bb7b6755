"""What the stages work with: a show, its settings, its tools."""

import datetime as dt
import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from podcast import writers
from podcast.recording import casting, ordering
from podcast.show import config, packaged, registry, store, versions, working
from podcast.show import language as speaking
from podcast.show.errors import ConfigError, NotReady
from podcast.show.iso639 import base, primary
from podcast.show.lazy import lazy
from podcast.show.schema import Brief, Episode, Paper, Roundup, Script, Trailer, Voice
from podcast.show.settings import Host
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sources import Source
from podcast.writers import Writer

if TYPE_CHECKING:
    from podcast.recording import crew, fleet, portrait, prices
    from podcast.speech import Lexicon

log = logging.getLogger(__name__)

T = TypeVar("T")

_LOOK_BACK = 10
"""Episodes that are asked for their voices: one whose voices were named for it alone says nothing of the show's."""


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
    unattended: bool = False
    """Nobody watches: what a model cannot do is done without it, unless the settings say otherwise."""
    relabel: bool = False
    """Mix an episode again that was made where the show's name or cover is another now."""
    on: str = ""
    """The engine by whose workers lines are recorded (`machines.executor`); "" for the crew of this command."""

    @lazy
    def coming(self) -> dict[tuple[dt.date, str], str]:
        """Papers that are on their way to an episode while those of later days are chosen and written: of each, by day
        and name, what it is about."""
        return {}

    @lazy
    def dates(self) -> dict[str, dt.datetime]:
        """The dates of episodes that are to be mixed, by "DAY/PAPER": kept when there is the episode."""
        return {}

    @lazy
    def together(self) -> set[tuple[dt.date, str]]:
        """The papers whose texts are being made side by side, by day and id: none of them remembers another."""
        return set()

    @lazy
    def voices(self) -> dict[str, Voice]:
        return config.read_voices(*self.voice_folders)

    @lazy
    def cast(self) -> dict[str, ordering.Actor]:
        return self._cast(self.config.hosts, self.config.show.language)

    @property
    def voice_folders(self) -> tuple[Path, Path]:
        """Where voices and the files they name lie: what comes with the project, and the show's own over it."""
        return packaged.voices(), self.workspace.voices

    def orders(self, script: Script, folder: PaperFolder) -> tuple[ordering.Order, ...]:
        """Return what there is to record of the script, as the folder's episode is spoken."""
        return ordering.orders(script, self.cast_of(script, folder), self.lexicon_of(script, folder), folder)

    def language_of(self, script: Script, folder: PaperFolder) -> str:
        """Return the language that the script is written and spoken in: its own, or, where it does not say, that of the
        folder's episode; the show's of one that was not mixed yet."""
        if script.language:
            return script.language
        episode = store.load_disposable(Episode, folder.episode)
        return (episode.language or self._earlier_language) if episode else self.config.show.language

    @lazy
    def _earlier_language(self) -> str:
        return speaking.of_earlier(self.workspace, self.config.show.language)

    def cast_of(self, script: Script, folder: PaperFolder) -> dict[str, ordering.Actor]:
        """Return who speaks the script: of the show's cast those who have a line, but for voices of the episode's own;
        who is no host of the show any more, and all where it has another language now, in the voices of the episode."""
        speak, language = {line.host for line in script.lines}, self.language_of(script, folder)
        gone, is_shows = self.gone(speak, folder), self.speaks(language)
        if not script.voices and not gone and is_shows:
            return {key: actor for key, actor in self.cast.items() if key in speak} or self.cast
        hosts = self.config.hosts if is_shows else self._then(self.config.hosts, language, folder)
        hosts = tuple(
            host.model_copy(update={"voice": script.voices.get(host.key, host.voice)}) for host in (*hosts, *gone)
        )
        return {key: actor for key, actor in self._cast(hosts, language).items() if key in speak}

    def speaks(self, language: str) -> bool:
        """Tell whether that is the show's language, in whatever region."""
        return base(language) == base(self.config.show.language)

    def _then(self, hosts: Sequence[Host], language: str, folder: PaperFolder) -> tuple[Host, ...]:
        """Return the hosts as they speak in an episode in a language that the show has no more: in the voices that it
        has; before it is mixed, in those of theirs that speak the language."""
        episode, wanted = store.load_disposable(Episode, folder.episode), base(language)
        own = {host.key: host.voice for host in hosts
               if host.voice in self.voices and base(self.voices[host.voice].language) == wanted}  # fmt: skip
        had = {host.key: voice for host in hosts if episode and (voice := episode.voice(host.key))}
        return tuple(host.model_copy(update={"voice": {**own, **had}.get(host.key, "auto")}) for host in hosts)

    def people(self, script: Script, folder: PaperFolder) -> tuple[Host, ...]:
        """Return who may speak in the folder's episode, by the names that it has: the show's hosts, and who has a line
        of the script and is none any more."""
        episode = store.load_disposable(Episode, folder.episode)
        names = episode.hosts if episode else {}
        hosts = (*self.config.hosts, *self.gone({line.host for line in script.lines}, folder))
        return tuple(host.model_copy(update={"name": names.get(host.key, host.name)}) for host in hosts)

    def gone(self, keys: Collection[str], folder: PaperFolder) -> tuple[Host, ...]:
        """Return those of the hosts with these keys whom the show has no more, as the folder's episode knows them."""
        wanting = sorted(set(keys) - {host.key for host in self.config.hosts})
        episode = store.load_disposable(Episode, folder.episode) if wanting else None
        known = {key: (name, episode.voice(key)) for key, name in episode.hosts.items()} if episode else {}
        return tuple(
            Host(key=key, name=known[key][0], voice=known[key][1] or "auto") for key in wanting if key in known
        )

    def _cast(self, hosts: Sequence[Host], language: str) -> dict[str, ordering.Actor]:
        engine, lexicon = self.config.record.synthesizer, self._lexicon_in(primary(language))
        found = casting.cast(hosts, self.voices, engine, self.voice_folders, language, self._before)
        return {key: casting.sounding(actor, lexicon) for key, actor in found.items()}

    @lazy
    def _before(self) -> Sequence[Sequence[str]]:
        """The hosts' voices in the newest episodes, the newest first: by them "auto" goes on."""
        made = (folder.episode for folder in reversed(self.workspace.papers()) if folder.episode.is_file())
        episodes = (store.load_disposable(Episode, path) for path in islice(made, _LOOK_BACK))
        return [tuple(episode.voice(host.key) for host in self.config.hosts) for episode in episodes if episode]

    @lazy
    def gallery(self) -> "portrait.Gallery":
        from podcast.recording import portrait

        return portrait.Gallery(self.workspace.heard, self.ear)

    @property
    def ear(self) -> str:
        """Who hears the takes' words, as `hearing.ear` is asked; a folder may lie in the show's."""
        from podcast.recording import hearing

        chosen = self.config.record.ear
        return chosen if chosen in hearing.NAMES else str(self.workspace.root / chosen)

    @lazy
    def crew(self) -> "crew.Crew | fleet.Fleet":
        """Who records many lines at once."""
        from podcast.recording import crew, fleet

        if self.on:
            return fleet.fleet(self.on, self.config.record.workers, self.config.run.gpus)
        return crew.crew(self.config.record.workers)

    def dismiss(self) -> None:
        """Let the crew go, which may be closed: who records after it asks for one anew."""
        vars(self).pop("crew", None)

    @property
    def lexicon(self) -> "Lexicon":
        """How words are said in the show's language."""
        return self._lexicon_in(primary(self.config.show.language))

    def lexicon_of(self, script: Script, folder: PaperFolder) -> "Lexicon":
        """Return how words are said in the script's language."""
        return self._lexicon_in(primary(self.language_of(script, folder)))

    def _lexicon_in(self, language: str) -> "Lexicon":
        """Return ours, which is English, and the show's own over it; for another language the latter alone. The show's
        is of its language: in another one, what cannot be said there is left out."""
        from podcast.speech import Lexicon

        if language not in self._lexicons:
            own, shows = self.workspace.voices / "lexicon.tsv", primary(self.config.show.language)
            ours = [packaged.voices() / "lexicon.tsv"] if language == "en" else []
            files = [*ours, *([own] if own.is_file() else [])]
            self._lexicons[language] = Lexicon.load(*files, language=language, checked=language == shows)
        return self._lexicons[language]

    @lazy
    def _lexicons(self) -> "dict[str, Lexicon]":
        return {}

    @lazy
    def writer(self) -> Writer:
        settings, show = self.config.writer, self.config.show
        writers.announce(settings)
        made: Writer = registry.load(writers.pick(settings), writers.WRITERS, "writer")(
            settings, show, self.config.hosts, self.workspace.cache
        )
        return made

    @lazy
    def purse(self) -> "prices.Purse":
        """What pays the voices, out of the budget that the writer has."""
        from podcast.recording import prices

        def wrote() -> float:
            made = "writer" in vars(self)  # asking for one would make it
            return self.writer.spent.cost or 0.0 if made else 0.0

        return prices.Purse(self.config.writer.budget, wrote)

    @lazy
    def stand_in(self) -> Writer | None:
        """Who does what the writer cannot; None for nobody."""
        settings, show = self.config.writer, self.config.show
        wanted = settings.fallback == "extractive" or (settings.fallback == "auto" and self.unattended)
        if not wanted or writers.pick(settings) == "extractive":
            return None
        made: Writer
        try:
            made = registry.load("extractive", writers.WRITERS, "writer")(
                settings, show, self.config.hosts, self.workspace.cache
            )
        except ConfigError as error:
            log.warning("nobody stands in for the language model: %s", error)
            return None
        return made

    def folder(self, paper: Paper) -> PaperFolder:
        return self.workspace.day(paper.listed_on).paper(paper.id)

    @contextmanager
    def alone(self, paper: Paper) -> Iterator[None]:
        """Have the paper to oneself for the block, over all threads and commands. A thread has one at a time."""
        held = store.locked(self.folder(paper).lock, f"{paper.id} is being worked on", wait=self.wait)
        with working.on(paper.id), held:
            yield


def need(model: type[store.Model], path: Path, command: str) -> store.Model:
    """Return the value that the file holds; NotReady, with the command that makes it, where it is not there."""
    if not path.is_file():
        raise NotReady(f"{path.name} of {path.parent.name} is not there yet", command)
    return store.load(model, path)


def brief_of(studio: Studio, paper: Paper) -> Brief:
    """Return the paper's brief; a roundup's is empty, for its lines speak from those of its papers, and a
    trailer's is."""
    if isinstance(paper, Roundup | Trailer):
        return Brief(paper_id=paper.id)
    folder = studio.folder(paper)
    return need(Brief, folder.brief, f"podcast read {folder.named}")


def kept_brief(studio: Studio, paper: Paper) -> Path | None:
    """Return where the brief is that the paper is told by: its own, or that of what it is about; None without one."""
    briefs = (studio.folder(each).brief for each in (paper, paper.about[0]))
    return next((path for path in briefs if path.is_file()), None)


def script_of(studio: Studio, paper: Paper) -> Script:
    """Return the paper's script; NotReady without one. One that was lost is what its last version was."""
    folder = studio.folder(paper)
    versions.restore(folder)
    if not folder.script.is_file():
        raise NotReady(f"{paper.id} has no script yet", folder.maker)
    return store.load(Script, folder.script)
