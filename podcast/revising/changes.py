"""What can be changed of an episode, each a value that a page or a command sends: a script in, a script out."""

from collections.abc import Sequence
from functools import reduce
from typing import Annotated, Literal

from pydantic import Field

from podcast.revising import revise
from podcast.show.schema import Script
from podcast.show.schema.scripts import HostKey
from podcast.show.schema.values import Record, Text

Number = Annotated[int, Field(ge=1)]
"""Of a line, counted from 1 in the script as it is before the change."""
Behind = Annotated[int, Field(ge=0)]
"""The number of the line behind which something goes; 0 is before the first."""


class Say(Record):
    """The line says other words; it goes on resting on its claims unless others are named."""

    do: Literal["say"] = "say"
    line: Number
    text: Text
    claims: tuple[str, ...] | None = None

    def made(self, script: Script) -> Script:
        return revise.say(script, self.line, self.text, self.claims)

    def why(self) -> str:
        return f"line {self.line} changed"


class Speak(Record):
    """Another host says the line."""

    do: Literal["speak"] = "speak"
    line: Number
    host: HostKey

    def made(self, script: Script) -> Script:
        return revise.speak(script, self.line, self.host)

    def why(self) -> str:
        return f"line {self.line} changed"


class Retake(Record):
    """The same words are said again; `take` names which take it is to be, one that is there or the next."""

    do: Literal["retake"] = "retake"
    line: Number
    take: Number | None = None

    def made(self, script: Script) -> Script:
        return revise.retake(script, self.line, self.take)

    def why(self) -> str:
        return f"line {self.line} recorded again" if self.take is None else f"take {self.take} of line {self.line}"


class Delete(Record):
    """The line is left out."""

    do: Literal["delete"] = "delete"
    line: Number

    def made(self, script: Script) -> Script:
        return revise.delete(script, self.line)

    def why(self) -> str:
        return f"line {self.line} left out"


class Insert(Record):
    """A line more, in the chapter of the one that it stands behind."""

    do: Literal["insert"] = "insert"
    after: Behind
    host: HostKey
    text: Text
    claims: tuple[str, ...] = ()

    def made(self, script: Script) -> Script:
        return revise.insert(script, self.after, self.host, self.text, self.claims)

    def why(self) -> str:
        return f"a line behind line {self.after}"


class Move(Record):
    """The line stands elsewhere, in the chapter of the one that it stands behind."""

    do: Literal["move"] = "move"
    line: Number
    after: Behind

    def made(self, script: Script) -> Script:
        return revise.move(script, self.line, self.after)

    def why(self) -> str:
        return f"line {self.line} moved"


class Split(Record):
    """The line becomes two of the same host, before the letter `at` of its text, counted from 0."""

    do: Literal["split"] = "split"
    line: Number
    at: Number

    def made(self, script: Script) -> Script:
        return revise.split(script, self.line, self.at)

    def why(self) -> str:
        return f"line {self.line} split"


class Join(Record):
    """The line and the one behind it, of the same host, become one."""

    do: Literal["join"] = "join"
    line: Number

    def made(self, script: Script) -> Script:
        return revise.join(script, self.line)

    def why(self) -> str:
        return f"lines {self.line} and {self.line + 1} joined"


class Recast(Record):
    """Another voice speaks for the host, in this episode."""

    do: Literal["recast"] = "recast"
    host: HostKey
    voice: str

    def made(self, script: Script) -> Script:
        return script.model_copy(update={"voices": {**script.voices, self.host: self.voice}})

    def why(self) -> str:
        return "other voices"


class Entitle(Record):
    """The episode has another title, or another description; None leaves it as it is."""

    do: Literal["entitle"] = "entitle"
    title: Text | None = None
    description: Text | None = None

    def made(self, script: Script) -> Script:
        return script.model_copy(update=self.model_dump(include={"title", "description"}, exclude_none=True))

    def why(self) -> str:
        return "another title" if self.title is not None else "another description"


class Divide(Record):
    """A chapter of that title begins at the line and goes to where its chapter ended. At a chapter's first line it
    renames the chapter; without a title the line's chapter goes on from the one before."""

    do: Literal["divide"] = "divide"
    line: Number
    title: Text = ""

    def made(self, script: Script) -> Script:
        return revise.divide(script, self.line, self.title)

    def why(self) -> str:
        return f"a chapter at line {self.line}" if self.title else f"no chapter at line {self.line}"


class Allow(Record):
    """What the line says, and the paper does not, is let pass, and noted."""

    do: Literal["allow"] = "allow"
    line: Number
    facts: tuple[Text, ...]

    def made(self, script: Script) -> Script:
        return revise.allow(script, self.line, self.facts)

    def why(self) -> str:
        return f"line {self.line} let pass"


Change = Annotated[
    Say | Speak | Retake | Delete | Insert | Move | Split | Join | Recast | Entitle | Divide | Allow,
    Field(discriminator="do"),
]

ONCE = (Delete, Insert, Move, Split, Join)
"""Changes that nobody means twice: the numbers that they name are other lines afterwards."""


def made(changes: Sequence[Change], script: Script) -> Script:
    """Return the script after the changes, one after the other: each counts lines as the one before left them.

    Raises InvalidScript where one of them cannot be.
    """
    return reduce(lambda before, change: change.made(before), changes, script)


def why(changes: Sequence[Change]) -> str:
    """Return in words what was changed."""
    return ", ".join(dict.fromkeys(change.why() for change in changes))
