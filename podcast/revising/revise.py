"""A script's lines changed, one at a time: every function returns a new script and touches nothing else."""

import datetime as dt
import difflib
from collections.abc import Sequence

from podcast.show.errors import InvalidScript
from podcast.show.schema import Correction, Cue, Line, Script

_MOST_WORDS = 12
"""Of what was said and of what stands instead, in a correction."""


def say(script: Script, number: int, text: str, claims: Sequence[str] | None = None) -> Script:
    """Return the script with another text for the line; what was let pass of the old one is not let pass of it."""
    line = at(script, number)
    new = {
        "text": text,
        "take": 1,
        "allowed": (),
        "doubted": (),
        "claims": line.claims if claims is None else tuple(claims),
    }
    return _with(script, number, line.model_copy(update=new))


def speak(script: Script, number: int, host: str) -> Script:
    """Return the script with the line spoken by that host."""
    return _with(script, number, at(script, number).model_copy(update={"host": host, "take": 1}))


def retake(script: Script, number: int) -> Script:
    """Return the script with another take of the same words."""
    line = at(script, number)
    return _with(script, number, line.model_copy(update={"take": line.take + 1}))


def retake_all(script: Script) -> Script:
    """Return the script with another take of every line."""
    lines = tuple(line.model_copy(update={"take": line.take + 1}) for line in script.lines)
    return script.model_copy(update={"lines": lines})


def delete(script: Script, number: int) -> Script:
    """Return the script without the line."""
    at(script, number)
    if len(script.lines) == 1:
        raise InvalidScript("line 1 is the only line: without it there is nothing to hear", "change its text instead")
    return script.model_copy(update={"lines": (*script.lines[: number - 1], *script.lines[number:])})


def insert(script: Script, after: int, host: str, text: str, claims: Sequence[str] = ()) -> Script:
    """Return the script with a line more, behind line `after` and in its chapter; 0 is before the first."""
    chapter = at(script, max(after, 1)).chapter
    line = Line(host=host, text=text, chapter=chapter, claims=tuple(claims))
    return script.model_copy(update={"lines": (*script.lines[:after], line, *script.lines[after:])})


def at(script: Script, number: int) -> Line:
    """Return the line of that number, counted from 1. Raises InvalidScript where there is none."""
    if not 1 <= number <= len(script.lines):
        raise InvalidScript(
            f"there is no line {number}: the script has {len(script.lines)}",
            "podcast script shows them with their numbers",
        )
    return script.lines[number - 1]


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


def corrections(heard: Sequence[Cue], script: Script, today: dt.date, because: str = "") -> tuple[Correction, ...]:
    """Return what listeners are to be told: where what they heard is not what the script says, one entry a change.

    `because` says it in a person's words, once, at the first change, or at the start where no word changed.
    """
    matcher = difflib.SequenceMatcher(None, [cue.text for cue in heard], [line.text for line in script.lines], False)
    found = []
    for kind, first, last, start, stop in matcher.get_opcodes():
        if kind == "equal":
            continue
        at = heard[first].start if first < len(heard) else heard[-1].end
        said = " ".join(cue.text for cue in heard[first:last])
        now = " ".join(line.text for line in script.lines[start:stop])
        found.append(Correction(made_on=today, at=at, text=difference(said, now)))
    if because:
        return (Correction(made_on=today, at=found[0].at if found else 0.0, text=because),)
    return tuple(found)


def _with(script: Script, number: int, line: Line) -> Script:
    lines = (*script.lines[: number - 1], line, *script.lines[number:])
    return script.model_copy(update={"lines": lines})


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
