"""A script as a producer sees it: its lines and their times, what would be recorded or asked, and the sound."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from podcast import grounding, judging
from podcast.press.transcript import clock
from podcast.recording import ordering
from podcast.revising import moments
from podcast.show import store
from podcast.show.errors import NotReady, naming
from podcast.show.schema import Brief, Episode, Line, Paper, Roundup, Script
from podcast.studio import Studio, kept_brief, script_of


def script(studio: Studio, paper: Paper, at: float | None = None, grep: str | None = None) -> list[dict[str, object]]:
    """Return a row for each line of the paper's script.

    `at` leaves only the line heard at that second; `grep` those that hold the text, in whatever case.
    """
    found = script_of(studio, paper)
    here = None if at is None else heard_at(studio, paper, found, at)
    return [
        row
        for row in rows(studio, paper, found)
        if here in (None, row["line"]) and (grep is None or grep.casefold() in str(row["text"]).casefold())
    ]


def rows(studio: Studio, paper: Paper, found: Script) -> list[dict[str, object]]:
    """Return a row for each line of the script: when it is heard, who says it, and what it says wrongly."""
    starts = {number: cue.start for number, cue in moments.of(studio.folder(paper), found.lines).items()}
    wrong: dict[int, list[str]] = {}
    for fault in judging.refusals(studio, paper, found):
        wrong.setdefault(fault.line, []).append(fault.reason)
    doubts = grounding.doubts(found)
    read = {one.text: one.verdict for one in found.second}
    return [
        {
            "line": number,
            "at": clock(starts[number]) if number in starts else "",
            "host": line.host,
            "chapter": line.chapter,
            "take": line.take,
            "grounding": _grounding(line, wrong.get(number, ()), doubts.get(number, ()), read.get(line.text, "")),
            "claims": [claim(line, path) for path in line.claims],
            "text": line.text,
        }
        for number, line in enumerate(found.lines, 1)
    ]


def claim(line: Line, path: str) -> str:
    """Return the claim of the line as --claim takes it: of another paper's than the episode's own, behind its id."""
    of = line.earlier or line.paper
    return f"{of}/{path}" if of else path


def heard_at(studio: Studio, paper: Paper, script: Script, at: float) -> int:
    """Return the number of the script's line that is heard at that second of the episode as it was mixed.

    Raises NotReady where nothing is heard then, or the script does not say it any more.
    """
    folder = studio.folder(paper)
    if not folder.episode.is_file():
        raise NotReady(
            f"{paper.id} is not mixed yet, so nothing is heard at {clock(at)}", f"podcast mix {folder.named}"
        )
    episode = store.load(Episode, folder.episode)
    if at > episode.media.duration:
        raise NotReady(
            f"{paper.id} ends at {clock(episode.media.duration)}, before {clock(at)}",
            f"podcast script {folder.named} shows when each line is heard; another episode is named by its number",
        )
    cue = next((cue for cue in reversed(episode.cues) if int(cue.start) <= at), episode.cues[0])
    for number, found in moments.heard(episode, script.lines).items():
        if found == cue:
            return number
    raise NotReady(
        f"what is heard at {clock(at)} of {paper.id} is not in its script any more: “{cue.text}”",
        f"podcast script {folder.named} has its lines as they are; podcast regenerate {folder.named} mixes them",
    )


def orders(wanted: Sequence[ordering.Order]) -> list[dict[str, object]]:
    """Return a row for each line that would be recorded, and about how long it is."""
    from podcast.revising import proposing

    return [
        {
            "line": order.number,
            "host": order.line.host,
            "voice": order.actor.voice.name,
            "seconds": round(proposing.seconds(order), 1),
            "text": order.line.text,
        }
        for order in wanted
    ]


def sound(studio: Studio, paper: Paper, line: int | None = None) -> Path:
    """Return the file of the episode, or of the take of one line."""
    from podcast.revising import revise

    folder = studio.folder(paper)
    if line is None:
        if not folder.episode.is_file():
            raise NotReady(f"{paper.id} has no episode yet", folder.maker)
        return folder.root / store.load(Episode, folder.episode).media.file
    found = script_of(studio, paper)
    with naming(folder.named):
        revise.at(found, line)
    order = studio.orders(found, folder)[line - 1]
    if not folder.take(order.key).is_file():
        raise NotReady(f"line {line} of {paper.id} is not recorded", f"podcast record {folder.named}")
    return folder.take(order.key)


_KINDS = {"general": "general knowledge", "example": "an example of ours"}
_READ = {"supported": "✓✓", "mended": "✓ mended after the second reader"}


def _grounding(line: Line, wrong: Sequence[str], doubted: Sequence[str], read: str) -> str:
    """Return whether the line stands in the paper: all that is wrong with it (✗), doubted (?) and let pass; or ✓, ✓✓
    where the second reader agrees, what it is that is not the paper's, or "" for small talk."""
    faults = [
        *(["✗ " + "; ".join(wrong)] if wrong else []),
        *(["? " + "; ".join(doubted)] if doubted else []),
        *([f"allowed: {', '.join(line.allowed)}"] if line.allowed else []),
    ]
    if faults:
        return "; ".join(faults)
    if line.kind:
        return _KINDS[line.kind]
    return _READ.get(read, "✓" if line.claims else "")


def prompts(studio: Studio, paper: Paper, stage: str) -> Iterator[str]:
    """Yield what would be asked of the language model for the paper's brief or script, word for word; nothing is kept
    for it."""
    from podcast import pipeline

    if isinstance(paper, Roundup):
        raise NotReady(
            "what a roundup asks of a model depends on its answers", f"podcast write {studio.folder(paper).named}"
        )
    about = studio.folder(paper.about[0])
    kept = kept_brief(studio, paper)
    if kept is None and stage != "read":
        raise NotReady(f"{about.paper_id} has no brief yet", f"podcast read {about.named}")
    text = judging.text_of(studio, paper)
    brief = store.load(Brief, kept) if kept else None
    asked = False
    with closing(studio.writer):
        task = pipeline.assignment(studio, paper, text=text, settle=False)
        for ask in studio.writer.prompts(task, stage, brief):
            asked = True
            yield f"=== {paper.id}: {ask.name}, about {ask.tokens:,} tokens ==="
            yield from (f"--- {message['role']} ---\n{message['content']}" for message in ask.messages)
    if not asked:
        yield f"=== {paper.id}: the writer asks no language model ==="
