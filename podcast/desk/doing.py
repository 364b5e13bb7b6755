"""What the page asks for, done: by the functions that the commands use, of the version that the page showed."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from podcast import grounding
from podcast.desk import drafting, episode
from podcast.desk.hand import Hand
from podcast.desk.hand import heard as _heard
from podcast.desk.hand import record as _record
from podcast.recording import ordering
from podcast.revising import changes, marking, proposing, regenerate, revise
from podcast.revising.changes import Change
from podcast.show import mistakes, pruning, store, versions
from podcast.show.errors import ConfigError, InvalidScript, NotReady, Stale, as_typed
from podcast.show.iso639 import primary
from podcast.show.schema import Paper, Script
from podcast.speech import Lexicon
from podcast.studio import Studio, script_of

_CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(tuple[Change, ...])


@dataclass(frozen=True)
class Wanted:
    """What the page wants changed: of which version, and in which order."""

    base: int
    changes: tuple[Change, ...]

    @classmethod
    def read(cls, body: Mapping[str, object]) -> "Wanted":
        """Return what the request says. Raises InvalidScript where it says nothing that can be done."""
        try:
            return cls(int(str(body.get("base", ""))), _CHANGES.validate_python(body.get("changes", [])))
        except ValidationError as error:
            said = "; ".join(mistakes.said(problem) for problem in error.errors())
            raise InvalidScript(f"that is no change: {said}", "load the page again") from error
        except ValueError as error:
            raise InvalidScript("no version is named", "load the page again") from error


def propose(studio: Studio, paper: Paper, wanted: Wanted) -> proposing.Proposal:
    """Return what the changes would come to. Raises Stale where the script is another version by now."""
    return proposing.propose(
        studio, paper, script_at(studio, paper, wanted.base), lambda script: changes.made(wanted.changes, script)
    )


def script_at(studio: Studio, paper: Paper, base: int) -> Script:
    """Return the script that lies there, which must be that version. Raises Stale where it is not."""
    script = script_of(studio, paper)
    if script.version != base:
        raise Stale(
            f"the script is version {script.version} now, and this page shows version {base}",
            "somebody changed it: the page shows the newer one now, and what you typed is kept",
        )
    return script


def type_(
    studio: Studio, paper: Paper, base: int, line: int, text: str, was: str = "", host: str = ""
) -> proposing.Proposal:
    """Keep what was typed for the line, and return what it would come to.

    `was` and `host` say what the page shows there: the words are kept for it, also where Stale is raised.
    """
    if was:
        drafting.keep(studio.folder(paper), was, host, line, text)
    script = script_at(studio, paper, base)
    now = revise.at(script, line)
    if not was:
        drafting.keep(studio.folder(paper), now.text, now.host, line, text)
    said = [changes.Say(line=line, text=text)] if text.strip() and text != now.text else []
    return propose(studio, paper, Wanted(base, tuple(said)))


def hear(studio: Studio, paper: Paper, wanted: Wanted, first: int, last: int, hand: Hand) -> bytes:
    """Return, as WAV, what is heard around those lines of the script as the changes make it, as far as it is recorded;
    what has no take of these lines is recorded first. The script stays as it is."""
    script = propose(studio, paper, wanted).script
    revise.at(script, first)
    last, folder = min(last, len(script.lines)), studio.folder(paper)
    named = (studio.workspace.root, folder.day.isoformat(), folder.paper_id)
    orders = studio.orders(script, folder)
    if missing := [order.number for order in ordering.unmade(orders[first - 1 : last], folder)]:
        if gone := pruning.pruned(folder):
            raise NotReady(*pruning.alone(folder, gone, len(script.lines)))
        with studio.alone(paper):
            hand.do(_record, *named, missing, store.to_json(script))
    return hand.do(_heard, *named, first, last, store.to_json(script))


def commit(studio: Studio, paper: Paper, wanted: Wanted, because: str = "", allow: bool = False) -> int:
    """Make the script what the changes make of it, as a version of its own, and return its number; what was typed for
    the lines is typed no more. With `allow` what the paper does not say of these lines is let pass, and noted.

    Raises Stale for another version than that of the page, Ungrounded where a line says what the paper does not.
    """
    before = script_at(studio, paper, wanted.base)
    told = wanted.changes
    if allow:
        told = (*told, *_allowances(propose(studio, paper, wanted)))
    begun = regenerate.apply(studio, paper, regenerate.wished(told, base=wanted.base), because)
    regenerate.done(studio, paper, begun)
    for change in wanted.changes:
        if isinstance(change, changes.Say) and 1 <= change.line <= len(before.lines):
            line = before.lines[change.line - 1]
            drafting.drop(studio.folder(paper), line.text, line.host, change.line)
    return script_of(studio, paper).version


def _allowances(found: proposing.Proposal) -> Sequence[Change]:
    lines: dict[int, list[str]] = {}
    for fault in found.faults:
        lines.setdefault(fault.line, []).append(fault.fact)
    return [changes.Allow(line=number, facts=tuple(facts)) for number, facts in lines.items()]


def let_pass(studio: Studio, paper: Paper, base: int, number: int) -> None:
    """Note that somebody looked at the line as it stands, and found it right: it needs no eye until it changes."""
    script = script_at(studio, paper, base)
    revise.at(script, number)
    row = episode.show(studio, paper).rows[number - 1]
    drafting.look(studio.folder(paper), row.state, row.line)


def mark(studio: Studio, paper: Paper, base: int, number: int, note: str) -> None:
    """Mark the line, with what is wrong with it."""
    revise.at(script_at(studio, paper, base), number)
    marking.mark(studio, paper, number, " ".join(note.split()))


def unmark(studio: Studio, paper: Paper, base: int, number: int) -> None:
    """Take the line's marks away."""
    marking.away(studio, paper, revise.at(script_at(studio, paper, base), number).text)


def undo(studio: Studio, paper: Paper, base: int) -> int:
    """Bring back the version before the one of the page, and return its number."""
    script_at(studio, paper, base)
    wish = regenerate.Wish(undo=True, said=json.dumps([base, "undo"]), base=base)
    regenerate.done(studio, paper, regenerate.apply(studio, paper, wish))
    return script_of(studio, paper).version


def back_to(studio: Studio, paper: Paper, base: int, number: int) -> int:
    """Make the script what it was in that version, as a version of its own, and return its number.

    Raises NotReady where that version is gone, or rests on another brief than the one there is.
    """
    folder = studio.folder(paper)
    with studio.alone(paper):
        now = versions.keep(folder, dt.datetime.now(dt.UTC))
    then = versions.kept(folder, number)
    if then is None:
        raise NotReady(f"version {number} is not there any more", "choose another")
    if then.brief != now.brief:
        raise NotReady(f"version {number} rests on another reading of the paper", "undo steps back to it, one by one")
    wish = regenerate.Wish(
        lambda script: then.script.model_copy(update={"version": script.version}),
        f"as in version {number}", said=json.dumps([base, "back", number]), base=base,
    )  # fmt: skip
    regenerate.done(studio, paper, regenerate.apply(studio, paper, wish))
    return script_of(studio, paper).version


def spell(studio: Studio, written: str, spoken: str) -> None:
    """Add the word to the show's own lexicon. Raises ConfigError where it cannot be said so: then nothing is added."""
    path = studio.workspace.voices / "lexicon.tsv"
    row = "\t".join(" ".join(part.split()) for part in (written, spoken))
    text = store.read_text(path) if path.is_file() else ""
    kept = [line for line in text.splitlines() if line.partition("\t")[0] != row.partition("\t")[0]]
    with store.replacing(path) as trial:
        trial.write_text("\n".join([*kept, row]) + "\n", "utf-8")
        try:
            Lexicon.load(trial, language=primary(studio.config.show.language))
        except ConfigError as error:
            said = f"{as_typed(written)} cannot be said as {as_typed(spoken)}"
            raise ConfigError(said, "letters, spaces, commas and points") from error


def told(found: proposing.Proposal) -> dict[str, object]:
    """Return a proposal as the page is told it: what is wrong, and what it takes."""
    return {
        "faults": [{"line": one.line, "grade": one.grade, "reason": one.reason} for one in found.faults],
        "refused": bool(grounding.refused(found.faults)),
        "lines": len(found.orders),
        "seconds": round(found.seconds, 1),
        "cost": found.cost,
    }
