"""An episode changed after it was heard: the script, or a stage and all after it; its identity stays."""

import datetime as dt
import json
import logging
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass

from podcast import grounding, judging, pipeline
from podcast.pipeline import STAGES
from podcast.recording import ordering, prices
from podcast.revising import changes, revise
from podcast.revising.proposing import Edit, propose
from podcast.show import corrections, mistakes, pruning, store, versions
from podcast.show.errors import ConfigError, InvalidScript, NotReady, PodcastError, Stale, WrongUsage
from podcast.show.schema import (
    Begun,
    Brief,
    Document,
    Episode,
    Paper,
    Quarantine,
    Roundup,
    Script,
    Talk,
    Trailer,
    Usage,
    Version,
)
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio, brief_of, script_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """What a person wants changed: lines, or a stage done again, or the last change undone; or nothing."""

    edit: Edit | None = None
    why: str = ""
    stage: str = ""
    undo: bool = False
    said: str = ""
    """The whole wish in one form: the same words are the same wish."""
    once: bool = False
    """Whether nobody means it twice: what it names by a number is another line afterwards."""
    base: int | Script | None = None
    """The version, or the script word for word, that it was meant of; of another it is refused. None is whichever there
    is."""

    @property
    def is_whole(self) -> bool:
        """Whether all lines may be recorded anew for it."""
        return self.stage in ("read", "write", "record")


def wish(
    line: int | None = None, text: str | None = None, host: str | None = None, claims: Sequence[str] | None = None,
    retake: int | None = None, delete: int | None = None, insert_after: int | None = None,
    voices: Sequence[str] | None = None, stage: str | None = None, undo: bool = False, because: str = "",
) -> Wish:  # fmt: skip
    """Return what the options of `podcast regenerate` ask for. Raises WrongUsage where they do not go together."""
    places = {"--line": line, "--retake": retake, "--delete-line": delete, "--insert-after": insert_after,
              "--voice": voices or None, "--from": stage, "--undo": undo or None}  # fmt: skip
    given = [name for name, value in places.items() if value is not None]
    if len(given) > 1:
        raise WrongUsage(f"{given[0]} and {given[1]} are two changes", "make one after the other")
    if given and line is None and insert_after is None:
        _refuse_words(given[0], next(filter(None, (retake, delete)), None), text, host, claims)
    if text is not None and line is None and insert_after is None:
        raise WrongUsage("--text needs to know where", "add --line N, or --insert-after N")
    if claims and text is None:
        raise WrongUsage("--claim needs --text: it names what those words rest on", "say the words, as they are or new")
    if host and line is None and insert_after is None:
        raise WrongUsage("--host needs to know which line", "add --line N")
    if line is not None and text is None and host is None:
        raise WrongUsage("--line alone changes nothing", "add --text, or --host; or --retake N for the same words")
    if insert_after is not None and (text is None or host is None):
        raise WrongUsage("--insert-after needs --text and --host", "say what is said, and by whom")
    if undo and because:
        raise WrongUsage(f"{_UNTOLD}: --undo brings back what was before", "leave --because out")
    if stage and stage not in STAGES:
        raise WrongUsage(
            f"there is no stage {stage!r}{mistakes.meant(stage, STAGES)}", f"--from takes one of {', '.join(STAGES)}"
        )
    said = json.dumps(
        [line, text, host, list(claims or ()), retake, delete, insert_after, sorted(voices or ()), stage, undo],
        ensure_ascii=False,
    )  # fmt: skip
    wanted: list[changes.Change] = []
    if line is not None:
        wanted = [changes.Speak(line=line, host=host)] if host is not None else []
        if text is not None:
            wanted.append(changes.Say(line=line, text=text, claims=None if claims is None else tuple(claims)))
    elif retake is not None:
        wanted = [changes.Retake(line=retake)]
    elif delete is not None:
        wanted = [changes.Delete(line=delete)]
    elif insert_after is not None:
        wanted = [changes.Insert(after=insert_after, host=host or "", text=text or "", claims=tuple(claims or ()))]
    elif voices:
        wanted = [changes.Recast(host=host, voice=voice) for host, voice in _voices(voices).items()]
    if wanted:
        return wished(wanted, said)
    if stage == "record":
        return Wish(revise.retake_all, "every line recorded again", stage, said=said)
    return Wish(stage=stage or "", undo=undo, said=said if stage in ("read", "write") or undo else "")


def _refuse_words(
    option: str, number: int | None, text: str | None, host: str | None, claims: Sequence[str] | None
) -> None:  # fmt: skip
    """Raise WrongUsage where words, a host or claims are given with an option that takes none: they would be lost."""
    for name, value in (("--text", text), ("--host", host), ("--claim", claims or None)):
        if value is not None:
            with_it = "--host HOST" if name == "--host" else "--text WORDS"
            raise WrongUsage(f"{option} takes no {name}", f"to change a line: --line {number or 'N'} {with_it}")


def wished(wanted: Sequence[changes.Change], said: str = "", base: int | None = None) -> Wish:
    """Return the wish for the changes, made one after the other, of the version `base` alone where that is given."""
    return Wish(
        lambda script: changes.made(wanted, script),
        changes.why(wanted),
        said=said or json.dumps([base, *(change.model_dump(mode="json") for change in wanted)], ensure_ascii=False),
        once=any(isinstance(change, changes.ONCE) for change in wanted),
        base=base,
    )


def _voices(said: Sequence[str]) -> dict[str, str]:
    own: dict[str, str] = {}
    for each in said:
        host, _, voice = each.partition("=")
        if not voice:
            raise WrongUsage(f"--voice {each} names no host and a voice for it", "write --voice A=flite-slt")
        own[host] = voice
    return own


def apply(studio: Studio, paper: Paper, wish: Wish, because: str = "", again: bool = False) -> Begun | None:
    """Make the script what is wished, and return the change that is begun with that. Recording and mixing are still to
    be done, of a paper that has no script, to be read or written afresh, all; `done` is said after them.

    A wish that was begun and stopped is not made a second time: what is left of it is. One that nobody means twice, and
    that made the script what it is, is refused unless it is to be done `again`. Another command that works on the paper
    is waited for; `change`, `anew` and `undo` alone do not.
    """
    if wish.stage in ("read", "write") and not studio.folder(paper).script.is_file():
        if wish.stage == "read" and studio.folder(paper).document.is_file():
            pipeline.read_again(studio, paper)
        pipeline.set_aside(studio, paper, wish.stage)
        return None
    lines = script_of(studio, paper).lines
    folder, now = studio.folder(paper), dt.datetime.now(dt.UTC)
    with studio.alone(paper):
        _look_at_pruned(folder, wish, len(lines))
        versions.settle(folder)
        present, stopped = versions.keep(folder, now), versions.begun(folder)
        if not wish.said:
            if because:
                _explain(studio, folder, present, because)
            return stopped
        resumed = bool(stopped and stopped.wish == wish.said)
        stopped_late = bool(stopped and versions.is_made(folder, stopped, now))
        if resumed and stopped_late:
            log.warning("%s: that change was begun and not ended; it is brought to its end now", paper.id)
            if because and stopped:
                versions.explain(folder, stopped, because)
            return stopped
        _check(paper, folder, wish, present, again=again or resumed)
        if stopped and stopped_late:
            if not wish.undo:
                log.warning(
                    "%s: another change was made before and %s", paper.id,
                    "could not be recorded; it is tried again with this" if _is_stuck(folder)
                    else "not ended; it ends with this: no need to say it again",
                )  # fmt: skip
            versions.hand_over(folder, stopped)
        owed = bool(stopped and stopped_late and stopped.whole and not wish.undo)
        begun = versions.begin(folder, wish.said, now, wish.undo, wish.is_whole or owed)
        try:
            _make(studio, paper, wish, because)
        except PodcastError:
            versions.write_down(folder, stopped)  # what cannot be leaves nothing behind, and takes nothing away
            raise
    return begun


_UNTOLD = "--because has nothing to be told of"


def _explain(studio: Studio, folder: PaperFolder, present: Version, because: str) -> None:
    """Let listeners be told that of the version that the script is. Raises ConfigError where they heard it as it is."""
    _check_news(studio, folder, present)
    versions.explain_present(folder, present, because)


def _check_news(studio: Studio, folder: PaperFolder, present: Version) -> None:
    """Raise ConfigError where listeners heard the episode as its script is: there is nothing to be told of."""
    if not corrections.has_news(studio.workspace, folder, present.script):
        undone = (
            f"; of one that was heard: podcast regenerate {folder.named} --undo --no-publish, then make it again with "
            "--because"
        )
        raise ConfigError(
            f"{_UNTOLD}: listeners heard {folder.paper_id} as its script is",
            f"say it with the change{'' if present.parent is None else undone}",
        )


def _check(paper: Paper, folder: PaperFolder, wish: Wish, present: Version, *, again: bool) -> None:
    """Raise what refuses the wish where the script is this version, before anything is changed; `again`, it is to be
    done though it was done before."""
    if not _is_of(wish, present):
        meant = wish.base if isinstance(wish.base, int) else "the one that the change was meant for"
        raise Stale(
            f"the script of {paper.id} is version {present.number} now ({present.why}), and not {meant}",
            "look at what it says now, and make your change of that",
        )
    if wish.once and not (again or wish.base) and (made := _already(folder, present, wish)):
        raise InvalidScript(
            f"{paper.id}: {'that was done, though it was stopped' if made.stopped else 'that is its last change'} "
            f"already (version {made.number}: {made.why})",
            f"podcast script {folder.named} shows the lines as they are; to do it once more, say it with --again",
        )
    if wish.undo:
        versions.before_it(folder, present)
    if wish.stage == "read" and isinstance(paper, Roundup | Trailer):
        about = "it is about the show" if isinstance(paper, Trailer) else "it has the briefs of its papers"
        raise WrongUsage(f"a {paper.id} is not read: {about}", "--from write writes it again")
    if wish.stage == "read" and isinstance(paper, Talk):
        raise WrongUsage(
            f"a {paper.format} is not read: it has the brief that its paper had when it was written",
            "--from write writes it again by that; to have it told of the paper as it is now, withdraw it, take "
            f"{folder.root} away and write it anew: podcast write {paper.paper.id} --format {paper.format}",
        )


def _look_at_pruned(folder: PaperFolder, wish: Wish, count: int) -> None:
    """Raise NotReady where takes that the wish needs were pruned."""
    if (wish.said or wish.stage) and not wish.is_whole and (gone := pruning.pruned(folder)):
        raise NotReady(*pruning.alone(folder, gone, count))


def _is_of(wish: Wish, present: Version) -> bool:
    """Whether the script that lies there is the one that the wish was meant of."""
    if isinstance(wish.base, Script):
        return _is_as(wish.base, present)
    return wish.base in (None, present.number)


def _already(folder: PaperFolder, present: Version, wish: Wish) -> Version | None:
    """Return the version that the wish made, if that is the present one, or one whose maker never heard that it was."""
    if present.wish == wish.said:
        return present
    made = versions.lineage(folder, present.number)
    return next((version for version in made if version.stopped and version.wish == wish.said), None)


def _make(studio: Studio, paper: Paper, wish: Wish, because: str) -> None:
    if wish.edit:
        change(studio, paper, wish.edit, wish.why, because, wish=wish.said)
    elif wish.undo:
        undo(studio, paper)
    else:
        anew(studio, paper, wish.stage, because, wish.said)


def done(studio: Studio, paper: Paper, begun: Begun | None) -> None:
    """Say that all is done that follows of that change."""
    with studio.alone(paper):
        versions.end(studio.folder(paper), begun)


def outlook(
    studio: Studio, paper: Paper, wish: Wish, because: str = "", again: bool = False
) -> tuple[Script, tuple[ordering.Order, ...]]:
    """Return the script as the wish would have it, and what would have to be recorded for it; nothing is changed.

    What a writer would say anew is not known; of an undone change, what was recorded before is. Raises what `apply`
    would refuse.
    """
    folder = studio.folder(paper)
    script = script_of(studio, paper)
    if wish.stage != "record" and (gone := pruning.pruned(folder)):
        raise NotReady(*pruning.alone(folder, gone, len(script.lines)))
    present, stopped = versions.seen(folder, dt.datetime.now(dt.UTC)), versions.begun(folder)
    is_begun = bool(stopped and wish.said and stopped.wish == wish.said)
    if not is_begun or not wish.undo:  # one that was stopped may be made already
        _check(paper, folder, wish, present, again=again or is_begun)
        script = (_recorded(studio, paper) or versions.before_it(folder, present)[0]).script if wish.undo else script
    after, orders = preview(studio, paper, wish.edit or (lambda _: script))
    if because and not is_begun and wish.stage not in ("read", "write") and _is_as(after, present):
        _check_news(studio, folder, present)
    return after, orders


def undoing(studio: Studio, paper: Paper, wish: Wish) -> Sequence[str]:
    """Return what the wish would take back, as the changes were called, the newest first; nothing is changed."""
    folder = studio.folder(paper)
    stopped = versions.begun(folder)
    if not wish.undo or (stopped and stopped.wish == wish.said):
        return ()
    present, goal = versions.seen(folder, dt.datetime.now(dt.UTC)), _recorded(studio, paper)
    if goal is None:
        return [present.why]
    return [version.why for version in versions.lineage(folder, present.number) if version.number > goal.number]


def effort(studio: Studio, paper: Paper, stage: str) -> Usage:
    """Return about what a language model takes to do the stage, read or write, and what follows of it, again; nothing
    where that depends on its answers, as of a roundup. Nothing is changed."""
    if isinstance(paper, Roundup | Trailer):
        return Usage()
    base = versions.present(studio.folder(paper))
    task = pipeline.assignment(
        studio, paper, f"after-{base.number if base else 0}", judging.text_of(studio, paper), settle=False
    )
    with closing(studio.writer):
        kept = None if stage == "read" else brief_of(studio, paper)
        return studio.writer.estimate(task, _from(stage), kept)


def _from(stage: str) -> tuple[str, ...]:
    return ("read", "write") if stage == "read" else ("write",)


def preview(
    studio: Studio, paper: Paper, edit: Edit, brief: Brief | None = None, text: Document | None = None
) -> tuple[Script, tuple[ordering.Order, ...]]:
    """Return the script as the edit would have it, and what would have to be recorded for it. Nothing is changed.

    Raises InvalidScript where no script would come of it, Ungrounded where a line would say what the paper does not.
    """
    found = propose(studio, paper, script_of(studio, paper), edit, brief, text, "--voice")
    if (refused := grounding.refused(found.faults)) and not studio.allow_ungrounded:
        raise grounding.ungrounded(found.script, refused)
    return found.script, found.orders


def change(
    studio: Studio, paper: Paper, edit: Edit, why: str, because: str = "", brief: Brief | None = None, wish: str = "",
    text: Document | None = None,
) -> Version:  # fmt: skip
    """Make the script what the edit makes of it; the one before is kept. Recording and mixing are still to be done.

    `brief` and `text`, if given, take the place of those that there are. An edit that changes nothing makes no version,
    and says so; its reason is that of the version that is there. Raises as `preview` does, and OverBudget where voices
    would take more than they may; nothing is changed then.
    """
    after, orders = preview(studio, paper, edit, brief, text)
    studio.purse.check(prices.cost(orders))
    folder, now = studio.folder(paper), dt.datetime.now(dt.UTC)
    present = versions.keep(folder, now)
    if _is_as(after, present) and not brief:
        log.info("%s: the script says that already: nothing of it is changed", paper.id)
        if because:
            _explain(studio, folder, present, because)
        return present
    return versions.replace(folder, after, why, now, brief, wish, because, text)


def _is_as(script: Script, present: Version) -> bool:
    """Whether the script is the one of that version."""
    return script.model_copy(update={"version": present.number}) == present.script


def anew(studio: Studio, paper: Paper, stage: str, because: str = "", wish: str = "") -> None:
    """Have the stage done again, as if nothing of it were there; what it made before is kept.

    `stage` is read or write: a language model is asked afresh; before read the paper's text is, too. What is written is
    in the language that the show has now.
    """
    folder, show = studio.folder(paper), studio.config.show
    base = versions.speak(folder, dt.datetime.now(dt.UTC), studio.language_of(script_of(studio, paper), folder))
    own = {"language": show.language, "voices": base.script.voices if studio.speaks(base.script.language) else {}}
    if isinstance(paper, Roundup | Trailer):
        with nullcontext() if isinstance(paper, Trailer) else closing(studio.writer):
            again = pipeline.composed(studio, paper, f"after-{base.number}")
        again = again.model_copy(update=own)
        judging.freeze(studio, paper)
        change(studio, paper, lambda _: again, f"{stage} again", because, wish=wish)
        return
    found = judging.document_again(studio, paper) if stage == "read" else None
    text = None if found == judging.document(studio, paper) else found
    task = pipeline.assignment(studio, paper, f"after-{base.number}", text)
    with closing(studio.writer):
        kept = None if stage == "read" else store.load(Brief, folder.brief)
        wanted = studio.writer.estimate(task, _from(stage), kept)
        if wanted.answers:
            log.info("%s by a language model: about %s", paper.id, wanted.told())
        brief = kept or studio.writer.brief(task)
        script = studio.writer.script(task, brief).model_copy(update=own)
    judging.freeze(studio, paper, f"after-{base.number}")
    change(studio, paper, lambda _: script, f"{stage} again", because, brief, wish, text)


def undo(studio: Studio, paper: Paper) -> Version:
    """Bring back the script as it was one version before; its takes are still there. Where it could not be recorded,
    what was changed since it could is undone with it."""
    script_of(studio, paper)
    goal = _recorded(studio, paper)
    while True:
        before, undone = versions.undo(studio.folder(paper), dt.datetime.now(dt.UTC))
        log.info("%s: undone: %s", paper.id, undone.why)
        if goal is None or before.number <= goal.number:
            return before


def _recorded(studio: Studio, paper: Paper) -> Version | None:
    """Return the version that undoing a script leads to which could not be recorded; None where it could."""
    return pipeline.recorded_before(studio, paper) if _is_stuck(studio.folder(paper)) else None


def _is_stuck(folder: PaperFolder) -> bool:
    reason = store.load_disposable(Quarantine, folder.quarantine)
    return reason is not None and reason.stage == "record"


def heard(studio: Studio, paper: Paper) -> Sequence[str]:
    """Return the SHA-256 of each take that the episode is made of; the gaps between them are another matter."""
    folder = studio.folder(paper)
    cues = store.load(Episode, folder.episode).cues if folder.episode.is_file() else ()
    takes = [folder.take(cue.take) for cue in cues]
    return [store.file_sha256(take) for take in takes if take.is_file()]
