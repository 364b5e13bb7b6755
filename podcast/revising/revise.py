"""A script's lines changed, one at a time: every function returns a new script and touches nothing else."""

from collections.abc import Sequence

from podcast.show.errors import InvalidScript
from podcast.show.schema import Line, Script


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


def _with(script: Script, number: int, line: Line) -> Script:
    lines = (*script.lines[: number - 1], line, *script.lines[number:])
    return script.model_copy(update={"lines": lines})
