"""Every version of a script: kept before it is replaced, and found again by undo.

A version is written before script.json is, so at any moment the script that lies there is one that is kept, or the
work of a person's own editor, which is kept first of all. A version knows the brief that its claims point into; where a
crash parted the two, `settle` brings them together.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from podcast.show import store
from podcast.show.errors import DocumentError, NotReady, quoted
from podcast.show.schema import Begun, Brief, Document, Episode, Script, Version
from podcast.show.workspace import PaperFolder

log = logging.getLogger(__name__)


def keep(folder: PaperFolder, now: dt.datetime) -> Version:
    """Return the version that script.json is; where a person has edited it, that is a version of its own from here."""
    script = store.load(Script, folder.script)
    kept = _load(folder, script.version)
    if kept and kept.script == script:
        return kept
    if kept and _unjudged(kept.script) == _unjudged(script):  # what was let pass of it is no edit: undo would undo that
        return _amend_version(folder, kept, script=script)
    edited = _edited(folder, kept, script, now)
    if kept and kept.number + 1 < edited.number:
        log.warning(
            "%s: script.json was edited by hand as it was in version %d; what came after stands in %s, and not in it",
            folder.paper_id, kept.number, folder.versions,
        )  # fmt: skip
    return _put(folder, edited.model_copy(update={"brief": _keep_brief(folder)}))


def seen(folder: PaperFolder, now: dt.datetime) -> Version:
    """Return the version that `keep` would: nothing is written, and it names no brief that is not kept yet."""
    script = store.load(Script, folder.script)
    kept = _load(folder, script.version)
    if kept and _unjudged(kept.script) == _unjudged(script):
        return kept.model_copy(update={"script": script})
    return _edited(folder, kept, script, now)


def _edited(folder: PaperFolder, kept: Version | None, script: Script, now: dt.datetime) -> Version:
    """Return the version that a script is which a person has edited since it was `kept`; None: it never was."""
    number = _next(folder)
    return Version(
        number=number, parent=kept.number if kept else None, made_at=now,
        why="edited by hand" if kept else "as it was written", script=script.model_copy(update={"version": number}),
    )  # fmt: skip


def speak(folder: PaperFolder, now: dt.datetime, language: str) -> Version:
    """Return the version that script.json is; where an earlier one did not say its language, that is this from here on,
    so that undo brings it back in it."""
    version = keep(folder, now)
    if version.script.language:
        return version
    script = version.script.model_copy(update={"language": language})
    store.write_atomic(folder.script, store.to_json(script))
    return _amend_version(folder, version, script=script)


def replace(
    folder: PaperFolder, script: Script, why: str, now: dt.datetime, brief: Brief | None = None, wish: str = "",
    because: str = "", text: Document | None = None,
) -> Version:  # fmt: skip
    """Make script.json hold the script, brief.json the brief and document.json the text where they are given, as a new
    version.

    The version before is kept. `wish` is the command that asked for it, `because` what listeners are told of it.
    """
    base = keep(folder, now)
    number = _next(folder)
    version = _put(folder, Version(
        number=number, parent=base.number, made_at=now, why=why, wish=wish, because=because,
        brief=_keep_brief(folder, store.to_json(brief) if brief else None),
        document=_keep(folder, "document", store.to_json(text)) if text else None,
        document_before=_keep(folder, "document", folder.document.read_bytes()) if text else None,
        script=script.model_copy(update={"version": number}),
    ))  # fmt: skip
    settle(folder)
    return version


def settle(folder: PaperFolder) -> None:
    """Where the script is a version whose brief, or text, has not come to its file yet, bring it there."""
    if not (folder.script.is_file() and folder.brief.is_file() and folder.versions.is_dir()):
        return
    version = _load(folder, store.load(Script, folder.script).version)
    parent = _load(folder, version.parent) if version and version.parent else None
    if version and parent and version.brief and parent.brief == _name(folder.brief.read_bytes()) != version.brief:
        store.write_atomic(folder.brief, _kept(folder, "brief", version.brief).read_bytes())
    if version and version.document and folder.document.is_file():
        text = _kept(folder, "document", version.document)
        if version.document_before == _name(folder.document.read_bytes()) and text.is_file():
            store.write_atomic(folder.document, text.read_bytes())


def restore(folder: PaperFolder) -> None:
    """Where script.json is gone, bring back the version that was heard last; the newest, where none was heard."""
    if folder.script.is_file():
        return
    kept = list(reversed(list(scripts(folder))))
    heard: list[str] = []
    if kept and folder.episode.is_file():
        with suppress(DocumentError):  # what is broken is said by who needs it
            heard = [cue.text for cue in store.load(Episode, folder.episode).cues]
    if found := next((one for one in kept if [line.text for line in one.lines] == heard), kept[0] if kept else None):
        store.write_atomic(folder.script, store.to_json(found))
        log.warning("script.json of %s was gone: version %d is back", folder.paper_id, found.version)


def undo(folder: PaperFolder, now: dt.datetime) -> tuple[Version, Version]:
    """Make script.json, and the brief it goes with, what they were one version before; return that one and the undone.

    Raises NotReady where nothing was before, or the text that it rests on is not here: a copy by git has none.
    """
    undone = keep(folder, now)
    before, text = before_it(folder, undone)
    if before.brief and before.brief != undone.brief and _kept(folder, "brief", before.brief).is_file():
        store.write_atomic(folder.brief, _kept(folder, "brief", before.brief).read_bytes())
    if text:
        store.write_atomic(folder.document, text.read_bytes())
    store.write_atomic(folder.script, store.to_json(before.script))
    return before, undone


def before_it(folder: PaperFolder, undone: Version) -> tuple[Version, Path | None]:
    """Return the version that undoing this one brings back, and the text that comes back with it; None: the one that
    is there. Raises as `undo` does; nothing is written."""
    if undone.parent is None:
        raise NotReady(
            f"the script of {folder.paper_id} is as it was first written", f"podcast script {folder.named} shows it"
        )
    before = _load(folder, undone.parent)
    if before is None:
        raise NotReady(
            f"version {undone.parent} of {folder.paper_id} is not there any more", f"ls {quoted(folder.versions)}"
        )
    text = _kept(folder, "document", undone.document_before) if undone.document_before else None
    if text and not text.is_file():
        raise NotReady(
            f"the text that version {before.number} of {folder.paper_id} rests on is not here",
            f"put {quoted(text)} back from a copy, or: podcast regenerate {folder.named} --from read",
        )
    return before, text


def kept(folder: PaperFolder, number: int) -> Version | None:
    """Return the version of that number; None where there is none."""
    return _load(folder, number)


def begun(folder: PaperFolder) -> Begun | None:
    """Return the change that a command began, and did not end; None where all are ended."""
    return store.load_disposable(Begun, folder.begun)


def begin(folder: PaperFolder, wish: str, now: dt.datetime, undo: bool = False, whole: bool = False) -> Begun:
    """Write down that the command begins this change of the script that lies there, for which the `whole` may be
    recorded anew, and return that.

    `end` is said when all that follows of it is done.
    """
    change = Begun(wish=wish, base=keep(folder, now).number, undo=undo, whole=whole)
    write_down(folder, change)
    return change


def write_down(folder: PaperFolder, change: Begun | None) -> None:
    """Make that the change that is begun and not ended; None: there is none."""
    if change:
        store.write_atomic(folder.begun, store.to_json(change))
    else:
        folder.begun.unlink(missing_ok=True)


def is_made(folder: PaperFolder, change: Begun, now: dt.datetime) -> bool:
    """Tell whether script.json comes of that change, though a person may have edited it before or since."""
    number = keep(folder, now).number
    if change.undo:
        return all(version.number != change.base for version in lineage(folder, number))
    return _made_by(folder, change, number) is not None


def explain(folder: PaperFolder, change: Begun, because: str) -> None:
    """Let listeners be told that of the version that the change made, in place of what they would have been told."""
    _amend(folder, change, because=because)


def explain_present(folder: PaperFolder, present: Version, because: str) -> None:
    """Let listeners be told that of the version that script.json is."""
    _amend_version(folder, present, because=because)


def hand_over(folder: PaperFolder, change: Begun) -> None:
    """Write down of the version that the change made that its command was stopped, and that another ends it."""
    _amend(folder, change, stopped=True)


def _amend(folder: PaperFolder, change: Begun, **fields: object) -> None:
    if made := _made_by(folder, change, store.load(Script, folder.script).version):
        _amend_version(folder, made, **fields)


def _amend_version(folder: PaperFolder, version: Version, **fields: object) -> Version:
    amended = version.model_copy(update=fields)
    store.write_atomic(_path(folder, version.number), store.to_json(amended))
    return amended


def _unjudged(script: Script) -> Script:
    """Return the script without what its lines were let pass, or doubted for, and without its language: it was in that
    before it said so."""
    lines = tuple(line.model_copy(update={"allowed": (), "doubted": ()}) for line in script.lines)
    return script.model_copy(update={"lines": lines, "language": ""})


def _made_by(folder: PaperFolder, change: Begun, number: int) -> Version | None:
    """Return the version that the change made, if the one of that number is it or comes of it."""
    line = lineage(folder, number)
    return next((version for version in line if version.number > change.base and version.wish == change.wish), None)


def end(folder: PaperFolder, change: Begun | None) -> None:
    """Write down that the change is done, and all that follows of it; another that was begun since is not."""
    if change and begun(folder) == change:
        write_down(folder, None)


def present(folder: PaperFolder) -> Version | None:
    """Return the version that script.json is; None where it was never kept, or was edited by hand since."""
    script = store.load(Script, folder.script)
    kept = _load(folder, script.version)
    return kept if kept and kept.script == script else None


def scripts(folder: PaperFolder) -> Iterator[Script]:
    """Yield every script that is kept."""
    for path in sorted(folder.versions.glob("[0-9]*.json")):
        yield store.load(Version, path).script


def lineage(folder: PaperFolder, number: int | None) -> Iterator[Version]:
    """Yield the version and those that it was made of, the newest first."""
    while number is not None and (version := _load(folder, number)):
        yield version
        number = version.parent if version.parent is None or version.parent < number else None


def _put(folder: PaperFolder, version: Version) -> Version:
    """Keep the version, and make it the script."""
    store.write_atomic(_path(folder, version.number), store.to_json(version))
    store.write_atomic(folder.script, store.to_json(version.script))
    return version


def _load(folder: PaperFolder, number: int) -> Version | None:
    path = _path(folder, number)
    return store.load(Version, path) if path.is_file() else None


def _path(folder: PaperFolder, number: int) -> Path:
    return folder.versions / f"{number:04d}.json"


def _next(folder: PaperFolder) -> int:
    kept = (int(path.stem) for path in folder.versions.glob("[0-9]*.json"))
    return max(kept, default=0) + 1


def _keep_brief(folder: PaperFolder, data: bytes | None = None) -> str | None:
    """Keep that brief, or the one that lies there, by its content, and return its name."""
    if data is None:
        if not folder.brief.is_file():
            return None
        data = folder.brief.read_bytes()
    return _keep(folder, "brief", data)


def _keep(folder: PaperFolder, kind: str, data: bytes) -> str:
    """Keep a brief or a document by its content, and return its name."""
    store.create_once(_kept(folder, kind, _name(data)), data)
    return _name(data)


def _kept(folder: PaperFolder, kind: str, name: str) -> Path:
    return folder.versions / f"{kind}-{name}.json"


def _name(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
