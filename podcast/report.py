"""What there is: rows for status, voices, engines, settings and doctor."""

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from typing import TypedDict

from podcast import casting, catalogue, clean, cover, days, ffmpeg, hearing, pipeline, registry, roundup, store
from podcast import record as recording
from podcast.config import Config
from podcast.errors import ConfigError, DocumentError, MissingDependency, PodcastError
from podcast.pace import WORDS_A_MINUTE
from podcast.schema import ROUNDUP, Day, Episode, Paper, Quarantine, Script, Selection, Voice
from podcast.settings import EXAMPLE_EMAIL
from podcast.studio import Studio
from podcast.synthesizers import SYNTHESIZERS
from podcast.transcript import clock
from podcast.workspace import PaperFolder, Workspace
from podcast.writers import pick, prompting


class Check(TypedDict):
    """A line of `podcast doctor`."""

    check: str
    ok: str
    """yes, no, or "could be better"."""
    found: str
    fix: str


def status(studio: Studio) -> Iterator[dict[str, object]]:
    """Yield a row for each paper that has a folder, oldest day first."""
    numbers = catalogue.read(studio.workspace).numbers if studio.workspace.catalogue.is_file() else {}
    for folder in studio.workspace.papers():
        made = (("mix", folder.episode), ("write", folder.script), ("read", folder.brief))
        row: dict[str, object] = {
            "day": folder.day.isoformat(),
            "paper": folder.paper_id,
            "episode": numbers.get(f"{folder.day}/{folder.paper_id}"),
            "state": "in work",
            "stage": next((name for name, path in made if path.is_file()), "fetch"),
            "takes": "",
            "length": "",
            "title": "",
            "note": "",
        }
        try:
            _look_into(studio, folder, row)
        except DocumentError as error:
            row |= {"state": "broken", "note": f"{error} → {error.hint}"}
        except MissingDependency as error:
            row |= {"state": "unknown", "note": f"{error} → {error.hint}"}
        if folder.withdrawn.is_file():
            row |= {
                "state": "withdrawn",
                "note": f"kept out of the feed → rm '{folder.withdrawn}', then podcast publish",
            }
        if reason := store.load_disposable(Quarantine, folder.quarantine):
            row |= {"state": "quarantined", "note": f"{reason.stage}: {reason.message} → {reason.hint}"}
        yield row


def status_of_day(studio: Studio, date: dt.date) -> list[dict[str, object]]:
    """Return a row for each paper of the day, in rank order: chosen or not, why, and what there is of it."""
    folder = studio.workspace.day(date)
    rows = {row["paper"]: row for row in status(studio) if row["day"] == date.isoformat()}
    if not folder.papers.is_file():
        return list(rows.values())
    day = store.load(Day, folder.papers)
    found = store.load_disposable(Selection, folder.selection) or pipeline.judge(studio, day)
    verdicts = {verdict.paper_id: verdict for verdict in found.verdicts}
    table = []
    for paper in day.papers:
        verdict, row = verdicts.get(paper.id), rows.get(paper.id, {})
        table.append(
            {
                "rank": paper.rank,
                "upvotes": paper.upvotes,
                "paper": paper.id,
                "chosen": "yes" if verdict and verdict.chosen else "no",
                "reason": verdict.reason if verdict else "listed since the last choice",
                "state": row.get("state", ""),
                "title": paper.title,
                "note": row.get("note", ""),
            }
        )
    return table


def listing(studio: Studio, day: Day, before: Day | None = None) -> list[dict[str, object]]:
    """Return a row for each paper of the day; what moved since `before`, where that is given."""
    chosen = pipeline.judge(studio, day).chosen()
    moved = days.moved(before, day) if before else None
    return [
        {
            "rank": paper.rank,
            "upvotes": paper.upvotes,
            **({"moved": moved[paper.id]} if moved is not None else {}),
            "paper": paper.id,
            "chosen": "yes" if paper.id in chosen else "",
            "title": paper.title,
        }
        for paper in day.papers
    ]


def gone(before: Day | None, day: Day) -> list[str]:
    """Return the ids that `before` listed and the day does not."""
    listed = {paper.id for paper in day.papers}
    return [paper.id for paper in (before.papers if before else ()) if paper.id not in listed]


def _look_into(studio: Studio, folder: PaperFolder, row: dict[str, object]) -> None:
    day = store.load(Day, studio.workspace.day(folder.day).papers)
    papers = (*day.papers, roundup.kept(folder)) if folder.paper_id == ROUNDUP else day.papers
    row["title"] = next((paper.title for paper in papers if paper.id == folder.paper_id), "")
    if not folder.script.is_file():
        return
    script = store.load(Script, folder.script)
    orders = recording.orders(script, studio.cast_of(script), studio.lexicon)
    missing = [order for order in orders if not folder.take(order.key).is_file()]
    row["takes"] = f"{len(orders) - len(missing)}/{len(orders)}"
    if not folder.episode.is_file():
        return
    episode = store.load(Episode, folder.episode)
    row["length"] = clock(episode.media.duration)
    heard = [cue.take for cue in episode.cues]
    if heard == [order.key for order in orders]:
        row["state"] = "done"
        if script.made_with.get("prompts", prompting.fingerprint()) != prompting.fingerprint():
            row["note"] = f"written with other prompts → podcast regenerate {folder.paper_id} --from write"
    else:
        row |= {"state": "stale", "note": f"the script changed since the mix → podcast make {folder.day}"}


def line(studio: Studio, paper: Paper, stage: str) -> str:
    """Return one line, in rich's markup, on what a stage made of a paper."""
    from rich.markup import escape

    folder = studio.folder(paper)
    if stage != "mix":
        what = {"read": folder.brief, "write": folder.script, "record": folder.takes}[stage]
        return f"[green]✓[/] {paper.id}  {escape(paper.title)}  [dim]{escape(str(what))}[/]"
    episode = store.load(Episode, folder.episode)
    return (
        f"[green]✓[/] {paper.id}  {escape(episode.title)}  "
        f"[dim]{clock(episode.media.duration)}, {len(episode.cues)} lines, {len(episode.chapters)} chapters[/]"
    )


def unneeded(found: Sequence[clean.Unneeded]) -> list[dict[str, object]]:
    """Return a row for each file that nothing refers to."""
    return [{"size": size(each.size), "why": each.why, "file": str(each.path)} for each in found]


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"


def voices(studio: Studio, measure: bool = False) -> list[dict[str, object]]:
    """Return a row for each voice, and who speaks in it.

    How high and how fast it is stands there if it was measured before, or if it is to `measure` now.
    """
    try:
        speakers = {actor.voice.name: key for key, actor in studio.cast.items()}
    except (ConfigError, MissingDependency):
        speakers = {}  # the rows that follow say what is missing
    return [
        {
            "voice": voice.name,
            "host": speakers.get(voice.name, ""),
            "engine": voice.synthesizer,
            "language": voice.language,
            **_measured(studio, voice, measure),
            "licence": voice.licence,
            "description": voice.description,
        }
        for voice in studio.voices.values()
    ]


def _measured(studio: Studio, voice: Voice, measure: bool) -> dict[str, object]:
    """Return the voice's median F0 in Hz and its pace in words a minute; None for what is not known."""
    try:
        actor = casting.actor(voice, studio.voice_folders, fetch=False)
    except (ConfigError, MissingDependency):
        return {"Hz": None, "words/min": None}
    found = studio.gallery.of(actor) if measure else studio.gallery.kept(actor)
    pace = round(WORDS_A_MINUTE / found.rate) if found else None
    return {"Hz": round(found.f0) if found and found.f0 else None, "words/min": pace}


def engines() -> list[dict[str, object]]:
    """Return a row for each engine: installed, or how to install it."""
    rows = []
    for name in SYNTHESIZERS:
        missing = registry.load(name, SYNTHESIZERS, "synthesizer").missing()  # type: ignore[attr-defined]
        rows.append(
            {
                "engine": name,
                "installed": "no" if missing else "yes",
                "to install": missing.hint if missing else "",
            }
        )
    return rows


def settings(config: Config) -> list[dict[str, object]]:
    """Return a row for each setting in force."""

    def walk(prefix: str, value: object) -> Iterator[tuple[str, object]]:
        if isinstance(value, dict) and value:
            for name, item in value.items():
                yield from walk(f"{prefix}.{name}" if prefix else name, item)
        elif isinstance(value, list | tuple) and value:
            for index, item in enumerate(value):
                yield from walk(f"{prefix}.{index}", item)
        else:
            yield prefix, value

    return [{"setting": name, "value": value} for name, value in walk("", config.model_dump(mode="json"))]


def doctor(read_settings: Callable[[], tuple[Workspace, Config]]) -> list[Check]:
    """Return what was looked at, what was found, and the fix for what is missing."""
    checks = [_check("ffmpeg", lambda: f"{ffmpeg.find()} ({ffmpeg.version()})")]
    try:
        workspace, config = read_settings()
    except PodcastError as error:
        return [*checks, Check(check="settings", ok="no", found=str(error), fix=error.hint)]
    here = str(workspace.config) if workspace.config.is_file() else "defaults: there is no podcast.toml"
    checks.append(Check(check="settings", ok="yes", found=here, fix=""))

    def voices() -> str:
        from podcast import sources

        cast = Studio(workspace, config, sources.demo()).cast
        return ", ".join(f"{key}: {actor.voice.name} ({actor.voice.synthesizer})" for key, actor in cast.items())

    def writer() -> str:
        if pick(config.writer) != "llm":
            return "extractive: the paper's own sentences; for a language model set [writer] base_url or model"
        if not config.writer.base_url and not os.environ.get(config.writer.key):
            raise ConfigError(f"{config.writer.key} is not set", f"export {config.writer.key}=…, or set base_url")
        key = f"{config.writer.key} is set" if os.environ.get(config.writer.key) else f"no {config.writer.key}"
        return f"{config.writer.model or 'the only model'} at {config.writer.base_url or 'api.openai.com'}, {key}"

    def folder() -> str:
        if not os.access(workspace.root, os.W_OK):
            raise ConfigError(f"{workspace.root} cannot be written to", f"chmod u+w '{workspace.root}'")
        free = shutil.disk_usage(workspace.root).free / 2**30
        if free < 1:
            raise ConfigError(f"only {free:.1f} GB are free at {workspace.root}", "make room: an episode takes 20 MB")
        return f"{workspace.root}, {free:.0f} GB free"

    def art() -> str:
        path = workspace.root / config.show.cover
        if not path.is_file():
            return "none yet: one is drawn with the first episode"
        cover.check_cover(path)
        return str(path)

    checks += [_check("voices", voices), _check("writer", writer), _check("folder", folder), _check("cover", art)]
    for engine in engines():
        ok = "yes" if engine["installed"] == "yes" else "could be better"
        found = "installed" if ok == "yes" else "not installed"
        checks.append(Check(check=str(engine["engine"]), ok=ok, found=found, fix=str(engine["to install"])))
    ear = "nothing" if hearing.missing_package() else "pocketsphinx"
    fix = "pip install 'daily-paper-podcast[asr]'" if ear == "nothing" else ""
    checks.append(
        Check(check="asr", ok="could be better" if fix else "yes", found=f"takes are heard by {ear}", fix=fix)
    )
    gpu = shutil.which("nvidia-smi")
    checks.append(
        Check(check="GPU", ok="yes" if gpu else "could be better", found=gpu or "none: voices speak slower", fix="")
    )
    if config.show.email == EXAMPLE_EMAIL:
        fix = "set [show] email to where listeners can write to"
        checks.append(Check(check="email", ok="could be better", found=config.show.email, fix=fix))
    local = config.publish.site_url.startswith(("http://127.", "http://localhost"))
    checks.append(
        Check(
            check="site_url",
            ok="could be better" if local else "yes",
            found=config.publish.site_url,
            fix="set [publish] site_url to where listeners will find feed/" if local else "",
        )
    )
    return checks


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(check=name, ok="yes", found=look(), fix="")
    except PodcastError as error:
        return Check(check=name, ok="no", found=str(error), fix=error.hint)
