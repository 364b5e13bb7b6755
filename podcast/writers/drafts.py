"""Answers of a model as they came, before anybody looks at them."""

from collections.abc import Mapping
from typing import Any

from podcast.show.schema import Record, Usage
from podcast.writers import endings, shapes
from podcast.writers.ability import LEVELS, Level
from podcast.writers.endings import FILTER, LOOP, ROOM
from podcast.writers.loops import blank, repeats
from podcast.writers.messages import said, thought


class Draft(Record):
    """One answer: a file that is written once. Neither headers nor keys are in it."""

    name: str
    request: dict[str, Any]
    response: dict[str, Any]
    seconds: float
    """From the question to the end of the answer."""
    usage: Usage

    @property
    def level(self) -> Level:
        """How strictly it was asked for."""
        asked = self.request.get("response_format", {}).get("type")
        return asked if asked in LEVELS else "text"

    @property
    def sent(self) -> int:
        """The length of what was sent, in characters."""
        return sum(len(message["content"]) for message in self.request["messages"])

    @property
    def words(self) -> str:
        return said(self._message)

    @property
    def empty(self) -> bool:
        """Whether nothing is said, but perhaps thoughts."""
        return not self.words or self.words == thought(self._message)

    @property
    def finish(self) -> str:
        """Why it ends, in the server's own word: "stop" as a rule."""
        return str(self.response["choices"][0].get("finish_reason"))

    @property
    def counted(self) -> bool:
        """Whether the server itself said how many tokens it read, those that it had kept among them."""
        told = self.response.get("usage")
        return isinstance(told, dict) and self.usage.cached_tokens <= self.usage.prompt_tokens > 0

    @property
    def thoughts(self) -> str:
        """What a server keeps apart as the model's thoughts, where its content is something else."""
        found = thought(self._message)
        return found if found != self.words else ""

    @property
    def cut(self) -> bool:
        """Whether it is not whole: it ends for want of room, or stopped by us as it went round in a circle; what stands
        whole before blanks without end is."""
        return (self.finish == LOOP or self._ends == ROOM) and not shapes.closed(self.words)

    @property
    def looped(self) -> bool:
        return self.finish == LOOP or (self._ends == ROOM and repeats(self.words))

    def why_cut(self, limit: int) -> str:
        """Return in words why it does not end by itself; `limit` are the tokens it could have."""
        if self.looped:
            how = "goes on in blanks" if blank(self.words) else "says the same again and again"
            return f"{how}, and was ended after {self.usage.completion_tokens:,} tokens"
        return f"was cut after {limit:,} tokens"

    @property
    def refusal(self) -> str:
        """Why the model will not answer; "" where it does."""
        if refusal := self._message.get("refusal"):
            return str(refusal)
        if self._ends != FILTER:
            return ""
        words = said({"content": self._message.get("content")})
        if words and not words.lstrip().startswith(("{", "`")):  # no half of an answer
            return words
        return "its content filter gives no reason" + (f" but {self.finish}" if self.finish != "content_filter" else "")

    @property
    def _ends(self) -> str:
        return endings.kind(self.finish)

    @property
    def _message(self) -> Mapping[str, Any]:
        message: Mapping[str, Any] = self.response["choices"][0]["message"]
        return message
