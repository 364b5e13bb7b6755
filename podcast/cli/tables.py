"""Rows on voices, engines, settings and files, and the line that tells what a stage made."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from podcast import instead
from podcast.press.transcript import clock
from podcast.recording import casting
from podcast.show import packaged, registry, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError, MissingDependency
from podcast.show.origins import Origins, Place
from podcast.show.schema import Episode, Paper, Voice
from podcast.studio import Studio
from podcast.synthesizers import SYNTHESIZERS

if TYPE_CHECKING:
    from podcast.pipeline import Result
    from podcast.revising import clean, prune


def line(studio: Studio, paper: Paper, stage: str) -> str:
    """Return one line, in rich's markup, on what a stage made of a paper."""
    from rich.markup import escape

    folder = studio.folder(paper)
    said = instead.told(folder) if stage != "record" else ""
    mark, but = ("[yellow]~[/]", f"\n  [yellow]{escape(said)}[/]") if said else ("[green]✓[/]", "")
    if stage != "mix":
        what = {"read": folder.brief, "write": folder.script, "record": folder.takes}[stage]
        return f"{mark} {paper.id}  {escape(paper.title)}  [dim]{escape(str(what))}[/]{but}"
    episode = store.load(Episode, folder.episode)
    return (
        f"{mark} {paper.id}  {escape(episode.title)}  "
        f"[dim]{clock(episode.media.duration)}, {_many(len(episode.cues), 'line')}, "
        f"{_many(len(episode.chapters), 'chapter')}[/]{but}"
    )


def _many(count: int, of: str) -> str:
    return f"{count} {of}{'' if count == 1 else 's'}"


def made(studio: Studio, results: "Sequence[Result]") -> list[dict[str, object]]:
    """Return a row for each paper that was to be made: the episode, or why there is none."""
    rows: list[dict[str, object]] = []
    for result in results:
        paper, folder = result.paper, studio.folder(result.paper)
        there = folder.episode.is_file() and not result.error
        episode = store.load(Episode, folder.episode) if there else None
        rows.append(
            {
                "day": paper.listed_on.isoformat(),
                "paper": paper.id,
                "title": paper.title,
                "state": "quarantined" if result.error else "done",
                "episode": episode.number if episode else None,
                "seconds": episode.media.duration if episode else None,
                "file": str(folder.root / episode.media.file) if episode else None,
                "error": str(result.error) if result.error else "",
                "hint": result.error.hint if result.error else "",
            }
        )
    return rows


def old(found: "Sequence[prune.Old]") -> list[dict[str, object]]:
    """Return a row for each episode that could be pruned, or is left."""
    return [
        {
            "day": f"{each.folder.day}", "paper": each.folder.paper_id,
            "takes": sum(path.suffix == ".flac" for path in each.takes), "mixes": len(each.mixes),
            "size": size(each.size), "left": each.left, "title": each.title,
        }
        for each in found
    ]  # fmt: skip


def unneeded(found: "Sequence[clean.Unneeded]") -> list[dict[str, object]]:
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
    facts = _facts()
    return [
        {
            "voice": voice.name,
            "host": speakers.get(voice.name, ""),
            "engine": voice.synthesizer,
            "language": voice.language,
            **_measured(studio, voice, measure),
            **_benched(studio, voice, facts.get(voice.name, {})),
            "licence": voice.licence,
            "description": voice.description,
            "source": voice.source,
        }
        for voice in studio.voices.values()
    ]


def narrow(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Return what of the voices' rows fits a terminal of 80 columns; `--json` has the rest."""
    short = {"language": "lang", "words/min": "wpm", "error %": "err %", "natural": "nat", "MB": "MB", "Hz": "Hz"}
    return [
        {
            "voice": row["voice"],
            "host": row["host"],
            **{title: row[name] for name, title in short.items()},
            "licence": str(row["licence"]).removeprefix("LicenseRef-"),
        }
        for row in rows
    ]


def servers(studio: Studio) -> list[dict[str, object]]:
    """Return a row for each speech server that the show's voices name and that lists its own voices."""
    from podcast.synthesizers import openai

    asked: dict[object, Voice] = {}
    for voice in studio.voices.values():
        if voice.synthesizer == "openai":
            asked.setdefault(voice.settings.get("base_url"), voice)
    listed = ((base_url, openai.voices(voice)) for base_url, voice in asked.items())
    return [{"server": url, "its voices": ", ".join(found)} for url, found in listed if found]


def _benched(studio: Studio, voice: Voice, facts: Mapping[str, str]) -> dict[str, object]:
    """Return what docs/bench.md has of the voice: words heard wrong in percent, Distill-MOS of 5; and MB on disk."""
    known: dict[str, object] = {name: facts[name] if facts.get(name) else None for name in ("error %", "natural", "MB")}
    model = studio.workspace.voices / voice.model
    if voice.model and model.is_file():
        known["MB"] = round(model.stat().st_size / 1e6)
    return known


def _facts() -> dict[str, dict[str, str]]:
    """Return the rows of voices/measured.tsv by voice."""
    with (packaged.voices() / "measured.tsv").open(encoding="utf-8", newline="") as file:
        return {row["voice"]: row for row in csv.DictReader(file, delimiter="\t")}


def _measured(studio: Studio, voice: Voice, measure: bool) -> dict[str, object]:
    """Return the voice's median F0 in Hz and its pace in words a minute; None for what is not known."""
    try:
        actor = casting.actor(voice, studio.voice_folders, fetch=False)
    except (ConfigError, MissingDependency):
        return {"Hz": None, "words/min": None}
    found = studio.gallery.of(actor) if measure else studio.gallery.kept(actor)
    from podcast.recording.pace import WORDS_A_MINUTE

    pace = round(WORDS_A_MINUTE / found.rate) if found else None
    return {"Hz": round(found.f0) if found and found.f0 else None, "words/min": pace}


def engines() -> list[dict[str, object]]:
    """Return a row for each engine: installed, or how to install it."""
    rows = []
    for name in SYNTHESIZERS:
        engine = registry.load(name, SYNTHESIZERS, "synthesizer")
        missing = engine.missing() or getattr(engine, "missing_model", lambda: None)()  # type: ignore[attr-defined]
        rows.append(
            {
                "engine": name,
                "installed": "no" if missing else "yes",
                "to install": missing.hint if missing else "",
            }
        )
    return rows


def settings(config: Config, origins: Origins) -> list[dict[str, object]]:
    """Return a row for each setting in force, and where it is from."""

    def walk(place: Place, value: object) -> Iterator[tuple[Place, object]]:
        if isinstance(value, dict) and value:
            for name, item in value.items():
                yield from walk((*place, name), item)
        elif isinstance(value, list | tuple) and value:
            for index, item in enumerate(value):
                yield from walk((*place, index), item)
        else:
            yield place, value

    return [
        {"setting": ".".join(map(str, place)), "from": origins.of(place), "value": value}
        for place, value in walk((), config.model_dump(mode="json"))
    ]
