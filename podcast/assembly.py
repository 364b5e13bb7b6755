"""Script and takes become an episode: timeline, media and all that is told of it."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from podcast import grounding, judging
from podcast.press import cover
from podcast.recording import ordering
from podcast.show import catalogue, packaged, pruning, signs, store
from podcast.show import corrections as telling
from podcast.show.errors import ConfigError, DamagedTake, NotReady, SynthesisError
from podcast.show.schema import (
    Attempts,
    Brief,
    Chapter,
    Claim,
    Correction,
    Episode,
    Memory,
    Paper,
    Retake,
    Roundup,
    Script,
    Take,
    Talk,
    Trailer,
    Voice,
)
from podcast.show.settings import MixSettings
from podcast.show.workspace import PaperFolder, Workspace
from podcast.sound import audio, marks, mastering, tags, turns, watermarks
from podcast.sound import mix as mixing
from podcast.sound.timeline import Timeline
from podcast.studio import Studio, Watch, brief_of, need, unwatched

_CHAPTERS, _SEAL, _WATERMARK = "chapters", "signed by", "watermark"
"""What `made_with` says of chapters that are as long as apps want them, of the certificate of a signed MP3, and of the
mark in its sound."""
_TURNS = "turns"
"""What an episode's `made_with` says of how its lines follow each other; nothing, where with plain pauses."""


@dataclass(frozen=True)
class Wanted:
    """What an episode is to be, as it is known before anything is mixed: what its mix is named by, and what is told."""

    script: Script
    brief: Brief
    takes: Sequence[Take]
    identity: catalogue.Identity
    published: dt.datetime
    how: MixSettings
    music: tuple[Path | None, Path | None]
    label: tags.Tags
    seal: marks.Seal | None
    watermark: watermarks.Watermark | None
    ways: Mapping[str, mixing.Way]
    """Each way in which the mix may have been made, or is to be made, by its key."""
    corrections: tuple[Correction, ...]
    claims: Mapping[str, Claim]
    memories: tuple[Memory, ...]

    def is_met(self, episode: Episode, folder: PaperFolder) -> bool:
        """Tell whether that is the episode that stands, with all its sound."""
        told = (episode.corrections, episode.claims, episode.memories)
        wanted = (self.corrections, self.claims, self.memories)
        same = episode.key in self.ways and told == wanted and _tells(episode, self.script)
        return same and mastering.are_whole(folder, episode.sounds())


def mix(studio: Studio, paper: Paper, watch: Watch = unwatched) -> Episode:
    """Mix the takes unless the episode is what they make already, and return the episode: guid and date stay."""
    folder = studio.folder(paper)
    script = need(Script, folder.script, f"podcast write {folder.named}")
    if stood := _stood(folder, script):
        return stood
    before = catalogue.episode_of(folder) if folder.episode.is_file() else None
    wanted = _wanted(studio, paper, script, before)
    if before and wanted.is_met(before, folder):
        return before
    if before:
        mastering.seal(folder, before)
    made = _mastered(wanted, paper, folder, before, watch)
    episode = _told(studio, paper, wanted, before, made)
    revision = telling.revision(studio.workspace, episode, before)
    episode = episode.model_copy(update={"revision": revision})
    telling.remember(studio.workspace, folder, episode, script.version)
    store.write_atomic(folder.episode, store.to_json(episode))
    folder.pruned.unlink(missing_ok=True)  # every take of it is here
    if before is None:
        catalogue.date(studio.workspace, paper.listed_on, paper.id, episode.published)
    return episode


def check_show(studio: Studio) -> None:
    """Raise MissingDependency or ConfigError where what is mixed anew is to have what cannot be had here, a mark, a
    cover, music: to be asked before anything is paid or recorded."""
    if seal := marks.seal(studio.config.marks, studio.workspace.root):
        seal.check()
    watermarks.wanted(studio.config.marks)
    cover.check_named(studio.workspace, studio.config.show)
    for name in (studio.config.mix.intro, studio.config.mix.outro):
        music(studio.workspace, name)


def _wanted(studio: Studio, paper: Paper, script: Script, before: Episode | None) -> Wanted:
    """Return what the paper's episode is to be; one that was made keeps number, date, and what it says of the show."""
    folder, settings = studio.folder(paper), studio.config
    brief, takes = brief_of(studio, paper), takes_of(studio, paper, script)
    identity = catalogue.identify(
        studio.workspace, settings.publish.site_url, paper.listed_on, paper.id, before, settings.show.title
    )
    published = identity.published or _dated(studio, paper)
    seal = marks.seal(settings.marks, studio.workspace.root)
    watermark = watermarks.wanted(settings.marks)
    label = _label(studio, paper, script, identity.number, published)
    label = replace(label, seal=seal.name if seal else "", watermark=watermark.name if watermark else "")
    how, music = _how(studio, before)
    ways = mixing.ways(how, before.gains if before else None)

    def keys(label: tags.Tags) -> dict[str, mixing.Way]:
        said = label.fingerprint()
        return {mixing.key(script.lines, takes, how, music, said, way): way for way in ways}

    named = keys(label)
    if before and before.key not in named and not studio.relabel:
        tagged = _as_tagged(label, folder, before)
        then = keys(tagged)
        if before.key in then:  # name, cover or marks of the show are others since: it stays as it was
            if tagged.watermark != label.watermark:
                watermark = watermarks.as_before(tagged.watermark)
            label, named, seal = tagged, then, seal if tagged.seal else None
    way = named.get(before.key) if before else None
    if before and way and not (way.names_gaps or mastering.has_gaps(before, script.lines)):
        del named[before.key]  # a version before named a mix with other gaps so
    corrections = telling.of(studio.workspace, folder, script, dt.datetime.now(dt.UTC).date())
    memories = _memories(folder, script, before)
    claims = _spoken(studio, script, paper, memories)
    return Wanted(
        script, brief, takes, identity, published, how, music, label, seal, watermark, named, corrections, claims,
        memories,
    )  # fmt: skip


def _mastered(
    wanted: Wanted, paper: Paper, folder: PaperFolder, before: Episode | None, watch: Watch
) -> mastering.Mastered:
    """Return the mix, made or found. Raises DamagedTake where a take is not what was recorded."""
    lines, takes = wanted.script.lines, wanted.takes
    with whole(folder, takes):
        return mastering.master(
            lambda way: mixing.plan(lines, takes, wanted.how, *wanted.music, way, wanted.watermark),
            takes, folder, wanted.ways, wanted.how, wanted.label, lambda s: watch(s, "mix", paper, len(takes)),
            wanted.seal, before.key if before else None,
        )  # fmt: skip


def _told(studio: Studio, paper: Paper, wanted: Wanted, before: Episode | None, made: mastering.Mastered) -> Episode:
    """Return the episode's record: what was mixed, who speaks, and what is told of it."""
    script, folder = wanted.script, studio.folder(paper)
    cast = studio.cast_of(script, folder)
    hosts, retakes = _names(studio, folder, before, cast), _retakes(wanted.takes)
    return Episode(
        paper_id=paper.id,
        day=paper.listed_on,
        guid=before.guid if before else wanted.identity.guid,
        number=wanted.identity.number,
        title=script.title,
        description=script.description,
        published=wanted.published,
        media=made.sounds[0],
        alternates=made.sounds[1:],
        cues=made.timeline.cues(hosts),
        chapters=_linked(made.timeline.chapters(), script, paper),
        language=wanted.label.language,
        hosts=hosts,
        corrections=wanted.corrections,
        claims=dict(wanted.claims),
        memories=wanted.memories,
        key=made.key,
        gains=made.gains,
        retakes=retakes,
        made_with=_made_with(wanted, paper, cast, retakes),
        allowed=_passed(script),
        doubted=dict(grounding.doubts(script)),
        usage=wanted.brief.usage + script.usage,
    )


def _made_with(
    wanted: Wanted, paper: Paper, cast: Mapping[str, ordering.Actor], retakes: Sequence[Retake]
) -> dict[str, str]:
    """Return what made the episode: who wrote and read, in which format, with which voices, and by which rules."""
    script, how = wanted.script, wanted.how
    others = {
        f"voice of line {retake.line}": retake.attempts[-1].voice
        for retake in retakes
        if retake.attempts[-1].voice != cast[script.lines[retake.line - 1].host].voice.name
    }
    return {
        **script.made_with,
        **({} if isinstance(paper, Roundup | Trailer) else {"brief": _author(wanted.brief)}),
        **({"format": paper.format} if isinstance(paper, Talk) else {}),
        **{f"voice {host}": _provenance(actor.voice) for host, actor in cast.items()},
        **others,
        **({} if how.turns == "plain" else {_TURNS: f"as in talk, by rules {turns.VERSION}"}),
        **({_CHAPTERS: f"of {how.chapter:g} seconds at least"} if how.chapter else {}),
        **({_SEAL: wanted.label.seal} if wanted.label.seal else {}),
        **({_WATERMARK: wanted.label.watermark} if wanted.label.watermark else {}),
    }


def claim(studio: Studio, paper: Paper) -> None:
    """Give the paper's episode its number, and for `mix` its date: what is mixed at once has them in order."""
    folder = studio.folder(paper)
    before = catalogue.episode_of(folder) if folder.episode.is_file() else None
    given = catalogue.identify(
        studio.workspace, studio.config.publish.site_url, paper.listed_on, paper.id, before, studio.config.show.title
    )
    if not given.published:
        studio.dates[f"{paper.listed_on}/{paper.id}"] = _dated(studio, paper)


def _dated(studio: Studio, paper: Paper) -> dt.datetime:
    """Return the date of an episode that was not made yet: the one that was claimed for it, or the next."""
    claimed = studio.dates.get(f"{paper.listed_on}/{paper.id}")
    return claimed or catalogue.dated(studio.workspace, paper.listed_on, paper.id, paper.stood_at, studio.dates)


def timeline(studio: Studio, paper: Paper, script: Script, first: int, last: int) -> Timeline:
    """Return where all would be if the script were mixed now; where lines are not recorded, those around `first` to
    `last` that are. Raises NotReady where one of these has no take."""
    folder = studio.folder(paper)
    before = catalogue.episode_of(folder) if folder.episode.is_file() else None
    how, (intro, outro) = _how(studio, before)
    orders = studio.orders(script, folder)
    missing = [order.number for order in orders if not folder.take(order.key).is_file()]
    if here := next((number for number in missing if first <= number <= last), None):
        raise NotReady(f"line {here} of {paper.id} is not recorded", f"podcast record {folder.named}")
    start = max((number for number in missing if number < first), default=0)
    stop = min((number - 1 for number in missing if number > last), default=len(orders))
    found = mixing.plan(
        script.lines[start:stop], [ordering.take(order, folder) for order in orders[start:stop]], how,
        None if start else intro, outro if stop == len(orders) else None,
    )  # fmt: skip
    return replace(found, spots=tuple(replace(spot, number=spot.number + start) for spot in found.spots))


def _names(studio: Studio, folder: PaperFolder, before: Episode | None, speak: Collection[str]) -> dict[str, str]:
    """Return the names of those who speak, by key: an episode keeps those that it was written with, whoever is host
    today."""
    written = judging.known(folder)
    names = {host.key: host.name for host in studio.config.hosts}
    names |= before.hosts if before else written[-1].hosts if written else {}
    return {key: names[key] for key in names if key in speak}


def _as_tagged(label: tags.Tags, folder: PaperFolder, before: Episode) -> tags.Tags:
    """Return the label with what the episode's file says of the show; as it is where that cannot be read."""
    marked = replace(label, seal=before.made_with.get(_SEAL, ""), watermark=before.made_with.get(_WATERMARK, ""))
    return tags.as_in(folder.root / before.media.file, marked)


def _how(studio: Studio, before: Episode | None) -> tuple[MixSettings, tuple[Path | None, Path | None]]:
    """Return the settings with what `turns` comes to, and the music: an episode that has plain pauses keeps them unless
    asked.

    One whose chapters are the script's keeps those, too, unless the studio is to relabel it.
    """
    settings = studio.config.mix
    made_with = before.made_with if before else {_TURNS: "", _CHAPTERS: ""}
    found: dict[str, object] = {} if studio.relabel or _CHAPTERS in made_with else {"chapter": 0.0}
    if settings.turns == "auto":
        found["turns"] = "talk" if _TURNS in made_with else "plain"
    how = settings.model_copy(update=found)
    return how, (music(studio.workspace, how.intro), music(studio.workspace, how.outro))


def _provenance(voice: Voice) -> str:
    """Return which voice it is, on what terms, and where it comes from, in words."""
    named = f"{voice.name} by {voice.synthesizer}, {voice.licence}"
    return f"{named}; {voice.source}" if voice.source else named


def _stood(folder: PaperFolder, script: Script) -> Episode | None:
    """Return the pruned episode, of which there is nothing to do. SynthesisError where the script says other things, or
    its sound is gone or damaged as well."""
    if not (gone := pruning.pruned(folder)):
        return None
    episode = catalogue.episode_of(folder)
    said, hint = pruning.alone(folder, gone, len(script.lines))
    if [cue.text for cue in episode.cues] != [line.text for line in script.lines]:
        raise SynthesisError(said, hint)
    if not mastering.are_whole(folder, episode.sounds()):
        raise SynthesisError(f"the sound of {folder.named} is lost, and its takes were pruned on {gone.on}", hint)
    return episode


def kept(folder: PaperFolder, script: Script) -> Sequence[Take]:
    """Return the takes of a pruned episode, by the names they had; nothing of another. Raises as `_stood` does."""
    episode = _stood(folder, script)
    return [Take(cue.take, folder.take(cue.take), cue.text) for cue in episode.cues] if episode else ()


def takes_of(studio: Studio, paper: Paper, script: Script) -> list[Take]:
    """Return the script's takes, in order; NotReady names the first line that has none."""
    folder = studio.folder(paper)
    orders = studio.orders(script, folder)
    for order in orders:
        if not folder.take(order.key).is_file():
            raise NotReady(f"line {order.number} of {paper.id} is not recorded", f"podcast record {folder.named}")
    return [ordering.take(order, folder) for order in orders]


@contextmanager
def whole(folder: PaperFolder, takes: Sequence[Take]) -> Iterator[None]:
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
            f"the takes of {folder.paper_id} on disk are not what was recorded: line {lines}",
            f"podcast record {folder.named}",
        ) from error


def _linked(chapters: Sequence[Chapter], script: Script, paper: Paper) -> tuple[Chapter, ...]:
    """Return a roundup's chapters with their papers' addresses; those of others as they are."""
    urls = {one.id: one.url for one in paper.about} if isinstance(paper, Roundup) else {}
    papers = {line.chapter: line.paper for line in script.lines if line.paper in urls}
    return tuple(chapter.model_copy(update={"url": urls.get(papers.get(chapter.title) or "")}) for chapter in chapters)


def _retakes(takes: Sequence[Take]) -> tuple[Retake, ...]:
    """Return how those takes came about that were not right at once."""
    return tuple(
        Retake(line=number, attempts=store.load(Attempts, take.attempts).attempts)
        for number, take in enumerate(takes, 1)
        if take.attempts.is_file()
    )


def _spoken(studio: Studio, script: Script, paper: Paper, memories: Sequence[Memory]) -> dict[str, Claim]:
    """Return the claims that the script's lines speak, by path; of a roundup with the paper's id before it."""
    several = isinstance(paper, Roundup)
    briefs = {f"{one.id}/" if several else "": brief_of(studio, one) for one in paper.about}
    known = {before + path: claim for before, brief in briefs.items() for path, claim in brief.claims().items()}
    known |= {
        f"{one.paper_id}/{claim.path}": Claim(text=claim.text, evidence=tuple(each.number for each in claim.sentences))
        for one in memories for claim in one.claims
    }  # fmt: skip
    paths = dict.fromkeys(path for line in script.lines for path in line.spoken())
    return {path: known[path] for path in paths if path in known}


def _memories(folder: PaperFolder, script: Script, before: Episode | None) -> tuple[Memory, ...]:
    """Return the earlier episodes that the script's lines refer to, with what they say of each, as may be published;
    where that is not kept any more, as the episode had them before."""
    said = dict.fromkeys(line.earlier for line in script.lines if line.earlier)
    if not said:
        return ()
    had = before.memories if before else ()
    known = {one.paper_id: one for one in (*had, *judging.memories(folder))}
    paths = {paper: frozenset(path for line in script.lines if line.earlier == paper for path in line.claims)
             for paper in said}  # fmt: skip
    return tuple(known[paper].as_public(paths[paper]) for paper in said if paper in known)


def _tells(episode: Episode, script: Script) -> bool:
    """Whether the episode has the script's words and claims, and what a person let pass: words may sound the same."""
    said = [(line.text, line.spoken()) for line in script.lines]
    return [(cue.text, cue.claims) for cue in episode.cues] == said and episode.allowed == _passed(script)


def _passed(script: Script) -> tuple[str, ...]:
    return tuple(f"line {n}: {fact}" for n, line in enumerate(script.lines, 1) for fact in line.allowed)


def _author(brief: Brief) -> str:
    """Return who read the paper: a model's name, or the writer's."""
    by = brief.made_with.get("model") or brief.made_with.get("writer", "a person")
    return f"{by}, in part by rule" if "filled" in brief.made_with else by


def _label(studio: Studio, paper: Paper, script: Script, number: int, published: dt.datetime) -> tags.Tags:
    show = studio.config.show
    art = cover.of_show(studio.workspace, show)
    return tags.Tags(
        title=signs.in_signs(script.title),
        show=show.title,
        author=show.author,
        number=number,
        published=published,
        language=studio.language_of(script, studio.folder(paper)),
        comment=f"{script.description} Script and voices are generated by AI.",  # part of each mix's key
        url=paper.url or "",
        cover=cover.kept_small(art, 600, studio.workspace.covers),
    )


def music(workspace: Workspace, name: str) -> Path | None:
    """Return the show's own sound of that name, or the built-in one; None for "". ConfigError where there is none."""
    if not name:
        return None
    for path in (workspace.file(name), packaged.folder("sound", "jingle") / name):
        if path.is_file():
            return path
    raise ConfigError(
        f"there is no sound {name!r} in {workspace.root}", 'put it there, or set it to "" in [mix]: intro, outro'
    )
