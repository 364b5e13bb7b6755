"""What nobody refers to any more: takes, mixes and media that can go, and how much room that makes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from podcast.recording import casting, ordering
from podcast.show import store, versions
from podcast.show.errors import DocumentError, PodcastError
from podcast.show.schema import Episode, Script
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio
from podcast.synthesizers import DEFAULT_VOICES, Synthesizer


@dataclass(frozen=True)
class Unneeded:
    """A file that can go, and why."""

    path: Path
    size: int
    """Bytes."""
    why: str


@dataclass(frozen=True)
class Cleaned:
    """What goes, and what nothing refers to either, but stays."""

    gone: tuple[Unneeded, ...]
    left: tuple[str, ...]
    """A sentence for each paper of which something stays, and why."""


def clean(studio: Studio, dry_run: bool = False) -> Cleaned:
    """Remove what nothing refers to: not the script, not a version that undo can bring back, not the episode, in
    whichever of the show's voices; nothing goes where `dry_run`.

    Takes stay where it is not known what a voice has recorded, for it or its engine is not there. Nothing that another
    command just makes, or is about to publish, is taken from it: it is waited for.
    """
    found: list[Unneeded] = []
    left: list[str] = []
    spoken = _Spoken(studio)
    if dry_run:
        for folder in studio.workspace.papers():
            found += _of_paper(spoken, folder, left)
        return Cleaned(tuple(found), tuple(left))
    with store.locked(studio.workspace.publish_lock, "the feed is being published", wait=studio.wait):
        for folder in studio.workspace.papers():
            with store.locked(folder.lock, f"{folder.paper_id} is being worked on", wait=studio.wait):
                store.sweep(folder.root)
                old = _of_paper(spoken, folder, left)
                for each in old:
                    each.path.unlink(missing_ok=True)
            found += old
    return Cleaned(tuple(found), tuple(left))


@dataclass
class _Spoken:
    """What takes of a line are called, in each voice that the show has."""

    studio: Studio
    actors: dict[str, ordering.Actor] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Voices that cannot be told anything of, and why."""

    def __post_init__(self) -> None:
        engines: dict[str, Synthesizer] = {}
        for name, voice in self.studio.voices.items():
            try:
                self.actors[name] = casting.actor(voice, self.studio.voice_folders, engines, fetch=False)
            except PodcastError as error:
                self.missing[name] = str(error)

    def keys(self, script: Script, folder: PaperFolder) -> set[str]:
        """Return the key of each line's take by every voice that is here."""
        found: set[str] = set()
        for actor in self.actors.values():
            hosts = dict.fromkeys((line.host for line in script.lines), actor)
            for order in ordering.orders(script, hosts, self.studio.lexicon_of(script, folder)):
                found |= {order.key, *order.before}
        return found

    def unknown(self, script: Script) -> str:
        """Return a voice of the script's, or of the show's, whose takes cannot be told, and why; "" for none."""
        for voice in script.voices.values():
            if voice not in self.actors:
                return f"{voice}: {self.missing.get(voice, 'there is no such voice any more')}"
        settings = self.studio.config
        if settings.record.synthesizer != "auto":
            return ""
        own = {name for names in DEFAULT_VOICES.values() for name in names} | {host.voice for host in settings.hosts}
        return next((f"{name}: {why}" for name, why in self.missing.items() if name in own), "")


def _of_paper(spoken: _Spoken, folder: PaperFolder, left: list[str]) -> Sequence[Unneeded]:
    """Return what of the paper can go: nothing, where one of its documents is broken, which is said."""
    try:
        return list(_unneeded(spoken, folder, left))
    except DocumentError as error:
        left.append(f"all files of {folder.named} stay: {error} → {error.hint}")
        return ()


def _unneeded(spoken: _Spoken, folder: PaperFolder, left: list[str]) -> Iterator[Unneeded]:
    episode = store.load(Episode, folder.episode) if folder.episode.is_file() else None
    if folder.takes.is_dir():
        scripts = [store.load(Script, folder.script)] if folder.script.is_file() else []
        scripts += versions.scripts(folder)
        keys = {cue.take for cue in episode.cues} if episode else set()
        keys = keys.union(*(spoken.keys(script, folder) for script in scripts))
        old = list(_files(folder.takes, keys, "a take of words that no version has"))
        why = next(filter(None, (_unknown(spoken, folder, script) for script in scripts)), "")
        if old and why:
            left.append(f"{len(old)} files of takes of {folder.named} stay: they may be of the voice {why}")
        else:
            yield from old
    if folder.mixes.is_dir():
        heard = {Path(episode.media.file).stem} if episode else set()
        yield from _files(folder.mixes, heard, "a mix that the episode was before")


def _unknown(spoken: _Spoken, folder: PaperFolder, script: Script) -> str:
    """Return which voice may have recorded the script that cannot be told anything of; "" where it has its takes."""
    unknown = spoken.unknown(script)
    return "" if not unknown or _recorded(spoken, folder, script) else unknown


def _recorded(spoken: _Spoken, folder: PaperFolder, script: Script) -> bool:
    """Tell whether every line of the script has a take by one of the voices that are here."""
    if any(voice not in spoken.actors for voice in script.voices.values()):
        return False
    lines = (script.model_copy(update={"lines": (line,)}) for line in script.lines)
    return all(any(folder.take(key).is_file() for key in spoken.keys(line, folder)) for line in lines)


def _files(folder: Path, kept: set[str], why: str) -> Iterator[Unneeded]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name.partition(".")[0] not in kept:
            yield Unneeded(path, path.stat().st_size, why)
