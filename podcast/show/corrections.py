"""What listeners are told: the difference between what they heard and what is mixed now.

Each mix is written down with the version of its script, and whether it was published. A correction is told of what was
heard alone: a change that was taken back before anybody heard it is none.
"""

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence

from podcast.show import store, versions
from podcast.show.schema import Correction, Episode, Mixed, Mixes, Said, Script, Version
from podcast.show.workspace import PaperFolder, Workspace

_MOST_WORDS = 12
"""Of what was said and of what stands instead, in a correction."""


def of(workspace: Workspace, folder: PaperFolder, script: Script, today: dt.date) -> tuple[Correction, ...]:
    """Return what listeners are told of the script when it is mixed, the oldest first.

    What was told of an earlier mix that it comes from stays as it was told, and goes with its lines.
    """
    heard = [mixed for mixed in _mixes(workspace, folder) if mixed.heard]
    line = [script.version, *(version.number for version in versions.lineage(folder, script.version))]
    base = next((mixed for number in line for mixed in reversed(heard) if mixed.version == number), None)
    if base is None:
        return ()
    changes = [each for each in versions.lineage(folder, script.version) if each.number > base.version]
    made_at = changes[0].made_at if changes else None
    found = [
        each.model_copy(update={"made_at": made_at})
        for each in _told(base, script, [each for each in reversed(changes) if each.because], folder, today)
    ]
    before = store.load(Episode, folder.episode).corrections if folder.episode.is_file() else ()
    known = {(each.at, each.text): each for each in before}
    stand = _stand([line.text for line in base.lines], [line.text for line in script.lines])
    return (
        *(_at(each, [line for old in each.lines for line in stand.get(old, ())]) for each in base.corrections),
        *(_at(known.get((each.at, each.text), each), each.lines) for each in found),
    )


def remember(workspace: Workspace, folder: PaperFolder, episode: Episode, version: int) -> None:
    """Write down that the episode is mixed of that version; what was mixed before, and not published, is forgotten.

    A mix that is made again, as it was, is the same one: it stands once.
    """
    lines = tuple(Said(text=cue.text, start=cue.start, end=cue.end) for cue in episode.cues)
    new = Mixed(version=version, media=episode.media.sha256, lines=lines, corrections=episode.corrections)
    mixes = _mixes(workspace, folder)
    same = [mixed for mixed in mixes if mixed.model_copy(update={"heard": False}) == new]
    if same and same == mixes[-1:] and folder.heard.is_file():
        return
    heard = [mixed for mixed in mixes if mixed.heard and mixed not in same]
    store.write_atomic(folder.heard, store.to_json(Mixes(mixes=(*heard, *(same[-1:] or [new])))))


def difference(before: str, after: str) -> str:
    """Return what changed between two texts, as listeners are told: what was said, and what is now."""
    old, new = before.split(), after.split()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changes = [span for span in matcher.get_opcodes() if span[0] != "equal"]
    if not changes:
        return ""
    said = " ".join(old[changes[0][1] : changes[-1][2]])
    now = " ".join(new[changes[0][3] : changes[-1][4]])
    if said and now:
        return f"said “{_short(said)}”, now “{_short(now)}”"
    return f"left out “{_short(said)}”" if said else f"added “{_short(now)}”"


def _mixes(workspace: Workspace, folder: PaperFolder) -> list[Mixed]:
    """Return what was mixed, each with whether listeners had it; an episode of an older version of podcast too."""
    kept = store.load_disposable(Mixes, folder.heard)
    if kept is None:
        kept = Mixes(mixes=tuple(_of_before(folder)))
    return [
        mixed if mixed.heard or not workspace.is_published(folder, mixed.media)
        else mixed.model_copy(update={"heard": True})
        for mixed in kept.mixes
    ]  # fmt: skip


def _of_before(folder: PaperFolder) -> list[Mixed]:
    if not folder.episode.is_file():
        return []
    episode = store.load(Episode, folder.episode)
    texts = [cue.text for cue in episode.cues]
    same = [
        script.version for script in versions.scripts(folder) if [line.text for line in script.lines] == texts
    ]  # fmt: skip
    lines = tuple(Said(text=cue.text, start=cue.start, end=cue.end) for cue in episode.cues)
    return [Mixed(
        version=max(same, default=1), media=episode.media.sha256, lines=lines, corrections=episode.corrections,
    )]  # fmt: skip


def _at(correction: Correction, lines: Sequence[int]) -> Correction:
    return correction.model_copy(update={"lines": tuple(dict.fromkeys(lines))})


def _told(
    base: Mixed, script: Script, reasons: Sequence[Version], folder: PaperFolder, today: dt.date
) -> list[Correction]:
    """Return an entry a change, in a person's words where a version that made it has some."""
    heard, now = [line.text for line in base.lines], [line.text for line in script.lines]
    found: list[Correction] = []
    told = set[int]()
    for first, last, start, stop in _spans(heard, now):
        at = base.lines[first].start if first < len(base.lines) else base.lines[-1].end
        lines = _numbers(start, stop, now)
        changed = {*heard[first:last], *now[start:stop]}
        by = [each for each in reasons if changed & _changed(folder, each)]
        if not by:
            text = difference(" ".join(heard[first:last]), " ".join(now[start:stop]))
            found.append(Correction(made_on=today, at=at, text=text, lines=lines))
        found += [
            Correction(made_on=today, at=at, text=each.because, lines=lines) for each in by if each.number not in told
        ]
        told |= {each.number for each in by}
    wordless = [each for each in reasons if each.number not in told]
    return [*(Correction(made_on=today, at=0.0, text=each.because) for each in wordless), *found]


def _spans(heard: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the lines differ, from and to in both: line by line where as many stand for as many."""
    yield from (each for each in _pairs(heard, now) if heard[each[0] : each[1]] != now[each[2] : each[3]])


def _pairs(heard: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield which lines stand for which, from and to in both, in order: one for one where they are as many."""
    for _, first, last, start, stop in difflib.SequenceMatcher(None, heard, now, False).get_opcodes():
        if last - first == stop - start:
            yield from ((first + at, first + at + 1, start + at, start + at + 1) for at in range(last - first))
        else:
            yield first, last, start, stop


def _stand(heard: Sequence[str], now: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return, by the number of each line that was heard, those of the lines that stand there now."""
    pairs = _pairs(heard, now)
    return {at + 1: _numbers(start, stop, now) for first, last, start, stop in pairs for at in range(first, last)}


def _numbers(start: int, stop: int, now: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of these lines; that of the next, or of the last of all, where they are none."""
    return tuple(range(start + 1, stop + 1)) or (min(start + 1, len(now)),)


def _changed(folder: PaperFolder, version: Version) -> set[str]:
    """Return the texts that the version brought, or took away."""
    lineage = versions.lineage(folder, version.number)
    texts = [{line.text for line in each.script.lines} for _, each in zip(range(2), lineage, strict=False)]
    return texts[0] ^ texts[1] if len(texts) > 1 else texts[0]


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
