"""What listeners are told: the difference between what they heard and what is mixed now.

Each mix is written down with the version of its script, and whether it was published. A correction is told of what was
heard alone: a change that was taken back before anybody heard it is none.
"""

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from podcast.show import catalogue, store, versions
from podcast.show.errors import DocumentError
from podcast.show.schema import Correction, Episode, Mixed, Mixes, Said, Script, Version
from podcast.show.workspace import PaperFolder, Workspace

_MOST_WORDS = 12
"""Of what was said and of what stands instead, in a correction."""

_Row = tuple[str, str, int]
"""A line as it is to be heard: the host's key, the words, which take of them."""


@dataclass(frozen=True)
class _Reason:
    """What a person said of a change, and what that changed."""

    text: str
    rows: frozenset[_Row]
    """Lines that it brought, or took away."""
    whole: frozenset[str]
    """What it changed of the whole, as `_whole` calls it."""


def of(workspace: Workspace, folder: PaperFolder, script: Script, today: dt.date) -> tuple[Correction, ...]:
    """Return what listeners are told of the script when it is mixed, the oldest first.

    What was told of an earlier mix that it comes from stays as it was told, and goes with its lines.
    """
    base = _base(workspace, folder, script)
    if base is None:
        return ()
    changes = [each for each in versions.lineage(folder, script.version) if each.number > base.version][::-1]
    made_at = changes[-1].made_at if changes else None
    found = [each.model_copy(update={"made_at": made_at}) for each in _told(base, script, changes, folder, today)]
    before = store.load(Episode, folder.episode).corrections if folder.episode.is_file() else ()
    known = {(each.at, each.text): each for each in before}
    stand = _stand([line.text for line in base.lines], [line.text for line in script.lines])
    return (
        *(_at(each, [line for old in each.lines for line in stand.get(old, ())]) for each in base.corrections),
        *(_at(known.get((each.at, each.text), each), each.lines) for each in found),
    )


def has_news(workspace: Workspace, folder: PaperFolder, script: Script) -> bool:
    """Whether the script is to be heard otherwise than it was, or was never heard: a reason is told of nothing else."""
    base = _base(workspace, folder, script)
    if base and base.version == script.version and versions.kept(folder, base.version) is None:  # never changed
        return [line.text for line in script.lines] != [line.text for line in base.lines]
    then = _script_of(folder, base) if base else None
    return then is None or (_rows(then), _whole(then)) != (_rows(script), _whole(script))


def revision(workspace: Workspace, made: Episode, before: Episode | None) -> int:
    """Return the revision of an episode that is made in the place of the one `before`: the next after that, and after
    the one that stands in feed/, unless it is what the later of them is."""
    stood = catalogue.stood(workspace, f"{made.day}-{made.paper_id}")
    known = [each for each in (before, stood and stood.episode) if each]
    last = max(known, key=lambda each: each.revision, default=None)
    return last.revision + (_heard_of(last) != _heard_of(made)) if last else 0


def is_later(folder: PaperFolder, stands: Episode, ours: Episode) -> bool:
    """Tell whether the episode that stands, here or at the target, was changed after ours was, which would take that
    back. Of two with one revision, which were changed apart or by an earlier version, the one that stands goes on where
    it has corrections that ours has not, and was not mixed here before ours."""
    if is_alike(stands, ours):
        return False
    if stands.revision != ours.revision:
        return stands.revision > ours.revision
    kept = store.load_disposable(Mixes, folder.heard)
    mixed = {each.media for each in kept.mixes} if kept else set()
    return bool(lacks(stands, ours)) and stands.media.sha256 not in mixed


def is_alike(one: Episode, other: Episode) -> bool:
    """Tell whether listeners have the same of both."""
    return _heard_of(one) == _heard_of(other)


def lacks(stands: Episode, ours: Episode) -> Sequence[Correction]:
    """Return the corrections of the episode that stands which ours has not."""
    known = {(each.at, each.text) for each in ours.corrections}
    return [each for each in stands.corrections if (each.at, each.text) not in known]


def _heard_of(episode: Episode) -> tuple[object, ...]:
    """Return what listeners have of the episode."""
    told = [(each.at, each.text) for each in episode.corrections]
    return (episode.media.sha256, episode.title, episode.description, told)


def keep_heard(workspace: Workspace, folder: PaperFolder) -> None:
    """Write down what listeners had of the episode: it is to be said before its media leaves feed/, which tells it."""
    with suppress(DocumentError):  # what is broken is said by who needs it
        kept, mixes = store.load_disposable(Mixes, folder.heard), tuple(_mixes(workspace, folder))
        if mixes and (kept is None or kept.mixes != mixes):
            _keep(folder, mixes, kept)


def keep_withdrawn(workspace: Workspace, folder: PaperFolder, since: dt.datetime) -> None:
    """Write down in its folder that the episode was withdrawn then, if no later time stands there."""
    if (known := withdrawn(folder)) is None or known < since:
        kept = store.load_disposable(Mixes, folder.heard) or Mixes(mixes=())
        with suppress(DocumentError):
            kept = Mixes(mixes=tuple(_mixes(workspace, folder)))
        _keep(folder, kept.mixes, kept.model_copy(update={"withdrawn": since}))


def withdrawn(folder: PaperFolder) -> dt.datetime | None:
    """Return when the episode was withdrawn last by what its folder knows; None where it never was."""
    kept = store.load_disposable(Mixes, folder.heard)
    return kept.withdrawn if kept else None


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
    _keep(folder, (*heard, *(same[-1:] or [new])), store.load_disposable(Mixes, folder.heard))


def _keep(folder: PaperFolder, mixes: tuple[Mixed, ...], kept: Mixes | None) -> None:
    """Write the mixes down, beside what was `kept`."""
    store.write_atomic(folder.heard, store.to_json(Mixes(mixes=mixes, withdrawn=kept.withdrawn if kept else None)))


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


def _base(workspace: Workspace, folder: PaperFolder, script: Script) -> Mixed | None:
    """Return the newest mix that listeners had, of the script or of one that it comes from; None where none is."""
    heard = [mixed for mixed in _mixes(workspace, folder) if mixed.heard]
    line = [script.version, *(version.number for version in versions.lineage(folder, script.version))]
    return next((mixed for number in line for mixed in reversed(heard) if mixed.version == number), None)


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
    base: Mixed, script: Script, changes: Sequence[Version], folder: PaperFolder, today: dt.date
) -> list[Correction]:
    """Return an entry a change, in a person's words where a version that made it has some; of the changes the oldest
    comes first."""
    then = _script_of(folder, base)
    heard, now, reasons = _rows_of(then, base, changes, script), _rows(script), _reasons(folder, changes)
    found: list[Correction] = []
    told: list[_Reason] = []
    for first, last, start, stop in _spans(heard, now):
        at = base.lines[first].start if first < len(base.lines) else base.lines[-1].end
        changed = {*heard[first:last], *now[start:stop]}
        by = [each for each in reasons if changed & each.rows]
        texts = [each.text for each in by if each not in told]
        told += by
        if not by and (text := difference(_words(heard[first:last]), _words(now[start:stop]))):
            texts = [text]
        lines = _numbers(start, stop, len(now))
        found += [Correction(made_on=today, at=at, text=text, lines=lines) for text in texts]
    stands = {name for name, value in _whole(script).items() if then is None or _whole(then)[name] != value}
    whole = [each for each in reasons if each not in told and each.whole & stands]
    return [*(Correction(made_on=today, at=0.0, text=each.text) for each in whole), *found]


def _script_of(folder: PaperFolder, mixed: Mixed) -> Script | None:
    """Return the script that was mixed; None where its version is not kept, or is another than what was heard."""
    kept = versions.kept(folder, mixed.version)
    same = kept and [line.text for line in kept.script.lines] == [line.text for line in mixed.lines]
    return kept.script if kept and same else None


def _rows(script: Script) -> list[_Row]:
    return [(line.host, line.text, line.take) for line in script.lines]


def _rows_of(then: Script | None, base: Mixed, changes: Sequence[Version], script: Script) -> list[_Row]:
    """Return the lines that were heard; where the script of `then` is not kept, as one since has these words."""
    if then:
        return _rows(then)
    since = (*(each.script for each in changes), script)
    known = {row[1]: row for each in since for row in _rows(each)}
    return [known.get(line.text, ("", line.text, 1)) for line in base.lines]


def _whole(script: Script) -> dict[str, object]:
    """Return what of a script is of no one line, by a name for each."""
    return {
        "title": script.title, "description": script.description, "voices": script.voices,
        "chapters": [line.chapter for line in script.lines],
    }  # fmt: skip


def _words(rows: Sequence[_Row]) -> str:
    return " ".join(text for _, text, _ in rows)


def _reasons(folder: PaperFolder, changes: Sequence[Version]) -> list[_Reason]:
    """Return what was said of the changes, the oldest first; what was said of one that changed nothing is of the
    nearest before it that did."""
    found: list[_Reason] = []
    for version in changes:
        before = versions.kept(folder, version.parent) if version.parent else None
        rows, whole = _changed(before.script if before else None, version.script)
        if rows or whole:
            found.append(_Reason(version.because, rows, whole))
        elif version.because and found:
            found[-1] = replace(found[-1], text=version.because)
    return [each for each in found if each.text]


def _changed(before: Script | None, after: Script) -> tuple[frozenset[_Row], frozenset[str]]:
    """Return which lines the change brought or took away, and what it changed of the whole."""
    if before is None:
        return frozenset(_rows(after)), frozenset()
    old, new = _rows(before), _rows(after)
    rows = frozenset(
        row for first, last, start, stop in _spans(old, new) for row in (*old[first:last], *new[start:stop])
    )
    whole = {name for name, value in _whole(after).items() if _whole(before)[name] != value}
    return rows, frozenset(whole - {"chapters"} if rows else whole)


def _spans(heard: Sequence[_Row], now: Sequence[_Row]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where the lines differ, from and to in both: line by line where as many stand for as many."""
    yield from (each for each in _pairs(heard, now) if heard[each[0] : each[1]] != now[each[2] : each[3]])


def _pairs(heard: Sequence[object], now: Sequence[object]) -> Iterator[tuple[int, int, int, int]]:
    """Yield which lines stand for which, from and to in both, in order: one for one where they are as many."""
    for _, first, last, start, stop in difflib.SequenceMatcher(None, heard, now, False).get_opcodes():
        if last - first == stop - start:
            yield from ((first + at, first + at + 1, start + at, start + at + 1) for at in range(last - first))
        else:
            yield first, last, start, stop


def _stand(heard: Sequence[str], now: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """Return, by the number of each line that was heard, those of the lines that stand there now."""
    pairs = _pairs(heard, now)
    return {at + 1: _numbers(start, stop, len(now)) for first, last, start, stop in pairs for at in range(first, last)}


def _numbers(start: int, stop: int, count: int) -> tuple[int, ...]:
    """Return the numbers of these lines; that of the next, or of the last of all, where they are none."""
    return tuple(range(start + 1, stop + 1)) or (min(start + 1, count),)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
