"""What is asked of a model, and what came of it: a question, one request for it, and the answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, JsonValue

from podcast.show.schema import Usage
from podcast.writers import shapes
from podcast.writers.ability import Level
from podcast.writers.drafts import Draft
from podcast.writers.echoes import Message, echoed, told
from podcast.writers.meter import tokens

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Ask(Generic[T]):
    """What is wanted of the model."""

    name: str
    """For messages and drafts: "read 2 of 3", "outline", "dialogue"."""
    messages: tuple[Message, ...]
    """The system's first. Where the server does not hold the model to a schema, the last one ends with it in words."""
    shape: type[T]
    max_tokens: int
    """Of the answer."""
    heard: tuple[str, ...] = ()
    """Names of fields that people hear or read: nothing that the model was told may come back in them."""
    run: int = 8
    """How many of our words in a row are no coincidence there."""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What the model said, checked."""

    value: T
    text: str
    """Its words, to be sent back where they are to be mended."""
    draft: Path
    usage: Usage
    """What this answer took, with those before it that were wrong; also where it was paid for in an earlier run."""


@dataclass(frozen=True)
class Turn:
    """One request, apart from how strictly it asks."""

    name: str
    messages: tuple[Message, ...]
    wanted: dict[str, JsonValue]
    bounded: dict[str, JsonValue]
    """The same schema with the most that each text and list may have."""
    shape: str
    limit: int

    def sent(self, level: Level) -> list[JsonValue]:
        """Return the messages as they are sent at this level."""
        *before, last = self.messages
        if level != "json_schema":
            last = {**last, "content": f"{last['content']}\n\n{shapes.in_words(self.wanted)}"}
        return [dict(message) for message in (*before, last)]

    @property
    def size(self) -> int:
        return _size(self.messages, self.wanted)


def size(ask: Ask[Any]) -> int:
    """Return about how many tokens the whole prompt has, with the schema."""
    return _size(ask.messages, shapes.schema(ask.shape))


def _size(messages: Sequence[Message], wanted: dict[str, JsonValue]) -> int:
    # some 4 a message go for who speaks (cookbook.openai.com, "How to count tokens with tiktoken")
    return sum(tokens(message["content"]) + 4 for message in messages) + tokens(shapes.in_words(wanted))


def echoes(ask: Ask[Any], value: BaseModel, messages: Sequence[Message], reasons: Sequence[str]) -> Iterator[str]:
    """Yield what in the answer is not the model's: words that it was told, or that its answer was sent back with."""
    instructions = told(messages)
    for place, text in _texts(value.model_dump(), ask.heard):
        if echoed(text, instructions, reasons, ask.run):
            yield f"{place} repeats what you were told: say it in words of your own, about the paper"


def whole(
    ask: Ask[T], cuts: Sequence[tuple[Draft, Path]], check: Callable[[T], Sequence[str]],
    messages: Sequence[Message], reasons: Sequence[str],
) -> Answer[T] | None:  # fmt: skip
    """Return what stands whole, and right, in the last answer that was cut, or in one before it; None where nothing."""
    for draft, path in reversed(cuts):
        kept = shapes.whole_items(draft.words, ask.shape)
        if kept is not None and not [*check(kept), *echoes(ask, kept, messages, reasons)]:
            return Answer(kept, kept.model_dump_json(), path, draft.usage)
    return None


def _texts(value: object, names: Sequence[str], place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the texts of the fields with these names, each with its place."""
    if isinstance(value, dict):
        for name, one in value.items():
            if isinstance(one, str) and name in names:
                yield f"{place}{name}", one
            else:
                yield from _texts(one, names, f"{place}{name}.")
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value, 1):
            yield from _texts(one, names, f"{place}{number}.")
