"""A script's lines changed, one at a time: every function returns a new script and touches nothing else."""

import re
from collections.abc import Sequence

from podcast.show.errors import InvalidScript, NoSuchLine
from podcast.show.schema import Line, Script


def say(script: Script, number: int, text: str, claims: Sequence[str] | None = None) -> Script:
    """Return the script with another text for the line; what was let pass of the old one is not let pass of it."""
    line = at(script, number)
    new = {"text": _flat(text), **({} if claims is None else rests(claims, script))}
    judged = {"take": 1} if line.model_copy(update=new) == line else _UNJUDGED
    return _with(script, number, line.model_copy(update={**new, **judged}))


def speak(script: Script, number: int, host: str) -> Script:
    """Return the script with the line spoken by that host."""
    return _with(script, number, at(script, number).model_copy(update={"host": host, "take": 1}))


def retake(script: Script, number: int, take: int | None = None) -> Script:
    """Return the script with another take of the same words: that one, or the next."""
    line = at(script, number)
    return _with(script, number, line.model_copy(update={"take": line.take + 1 if take is None else take}))


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
    chapter = at(script, after, least=0).chapter
    line = Line(host=host, text=_flat(text), chapter=chapter, paper=subject(script.lines, chapter))
    line = line.model_copy(update=rests(claims, script))
    return script.model_copy(update={"lines": (*script.lines[:after], line, *script.lines[after:])})


def move(script: Script, number: int, after: int) -> Script:
    """Return the script with the line behind line `after`, in its chapter; 0 is before the first. Both are numbers of
    the script as it is."""
    line = at(script, number).model_copy(update={"chapter": at(script, after, least=0).chapter})
    if after == number:
        raise InvalidScript(f"line {number} cannot stand behind itself", f"it stands behind line {number - 1}")
    others = [each for place, each in enumerate(script.lines, 1) if place != number]
    place = after - (number < after)
    return script.model_copy(update={"lines": (*others[:place], line, *others[place:])})


def split(script: Script, number: int, letters: int) -> Script:
    """Return the script with the line in two, the first of them of so many letters; both rest on its claims."""
    line = at(script, number)
    halves = [line.text[:letters].strip(), line.text[letters:].strip()]
    if not all(any(sign.isalnum() for sign in half) for half in halves):
        raise InvalidScript(f"line {number} cannot be split there: a part would have no words", "split between words")
    new = [line.model_copy(update={"text": half, **_UNJUDGED}) for half in halves]
    return script.model_copy(update={"lines": (*script.lines[: number - 1], *new, *script.lines[number:])})


def join(script: Script, number: int) -> Script:
    """Return the script with the line and the one behind it as one; it rests on the claims of both.

    Raises InvalidScript where another host says the next, or it is about another paper, or of another kind.
    """
    line, other = at(script, number), at(script, number + 1)
    if line.host != other.host:
        raise InvalidScript(
            f"lines {number} and {number + 1} are said by {line.host} and {other.host}", "give both to one host first"
        )
    if (line.kind, line.paper, line.earlier) != (other.kind, other.paper, other.earlier):
        raise InvalidScript(f"lines {number} and {number + 1} rest on other things", "leave them two")
    new = line.model_copy(
        update={
            "text": f"{line.text} {other.text}",
            "claims": tuple(dict.fromkeys((*line.claims, *other.claims))),
            **_UNJUDGED,
        }
    )
    return script.model_copy(update={"lines": (*script.lines[: number - 1], new, *script.lines[number + 1 :])})


def divide(script: Script, number: int, title: str) -> Script:
    """Return the script with a chapter of that title from the line to where its chapter ended; with none, the line's
    chapter goes on from the one before. Raises InvalidScript where no chapter is before."""
    old = at(script, number).chapter
    begins = number == 1 or at(script, number - 1).chapter != old
    if not title:
        if not begins:
            raise InvalidScript(f"no chapter begins at line {number}", "podcast script PAPER shows where they do")
        if number == 1:
            raise InvalidScript("the first chapter has none before it", "give it another title instead")
        title = at(script, number - 1).chapter
    elif title == old:
        return script
    lines = tuple(
        line.model_copy(update={"chapter": title}) if place >= number and line.chapter == old else line
        for place, line in enumerate(script.lines, 1)
    )
    return script.model_copy(update={"lines": lines})


def allow(script: Script, number: int, facts: Sequence[str]) -> Script:
    """Return the script with those facts of the line let pass, which is doubted no more."""
    line = at(script, number)
    return _with(
        script,
        number,
        line.model_copy(update={"allowed": tuple(dict.fromkeys((*line.allowed, *facts))), "doubted": ()}),
    )


def subject(lines: Sequence[Line], chapter: str) -> str | None:
    """Return which paper the chapter is about in a roundup; None where it is about none, and in other episodes."""
    return next((line.paper for line in lines if line.chapter == chapter and line.paper), None)


def rests(claims: Sequence[str], script: Script) -> dict[str, object]:
    """Return what a line of the script rests on that names these claims: those of an earlier episode's paper begin with
    its id, those of a roundup's may.

    >>> line = Line(host="A", text="So.", chapter="C", paper="2509.00002")
    >>> script = Script(title="T", description="D.", lines=(line,))
    >>> rests(["idea.0"], script)
    {'claims': ('idea.0',), 'earlier': None}
    >>> rests(["2509.00001/tldr"], script)
    {'claims': ('tldr',), 'earlier': '2509.00001', 'paper': None}
    >>> rests(["2509.00002/tldr"], script)
    {'claims': ('tldr',), 'earlier': None, 'paper': '2509.00002'}
    """
    paper = next((one.rpartition("/")[0] for one in claims if "/" in one), None)
    named = tuple(one.removeprefix(f"{paper}/") for one in claims)
    if paper is None:
        return {"claims": named, "earlier": None}
    is_own = any(line.paper == paper for line in script.lines)
    return {"claims": named, "earlier": None if is_own else paper, "paper": paper if is_own else None}


def _flat(text: str) -> str:
    """Return the text on one line."""
    return re.sub(r"\s*[\r\n]\s*", " ", text.strip())


_UNJUDGED: dict[str, object] = {"take": 1, "allowed": (), "doubted": ()}
"""What was said of other words is not said of these."""


def at(script: Script, number: int, least: int = 1) -> Line:
    """Return the line of that number, counted from 1, and the first for 0 where that is the `least` that may be said.
    Raises NoSuchLine where there is none."""
    if not least <= number <= len(script.lines):
        raise NoSuchLine(
            f"there is no line {number}: the script has {len(script.lines)}",
            f"write {least} to {len(script.lines)}: podcast script PAPER shows them",
        )
    return script.lines[max(number, 1) - 1]


def _with(script: Script, number: int, line: Line) -> Script:
    lines = (*script.lines[: number - 1], line, *script.lines[number:])
    return script.model_copy(update={"lines": lines})
