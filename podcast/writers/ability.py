"""What a model at a server can do, found out by asking and remembered."""

import logging
import re
import threading
from pathlib import Path
from typing import Final, Literal

from podcast.show import kinds, store
from podcast.show.errors import DocumentError
from podcast.show.schema import Record
from podcast.writers.refusals import Refused

log = logging.getLogger(__name__)

Level = Literal["json_schema", "json_object", "text"]
LEVELS: Final[tuple[Level, ...]] = ("json_schema", "json_object", "text")
"""How an answer's shape is asked for, the strictest first."""

_SHAPE_REFUSED = re.compile(
    r"response_format|json_?schema|json_?object|schema|grammar|\bpeg\b|structured.?output", re.I
)


_BOUNDS_REFUSED = re.compile(
    r"\b(max|min)(Length|Items)\b|(unsupported|not supported|not permitted|disallowed).{0,80}\b(feature|keyword)|"
    r"\b(feature|keyword)s?\b.{0,40}(unsupported|not supported|not permitted)|too many states", re.I
)  # fmt: skip
"""OpenAI: "'maxLength' is not permitted"; xgrammar: "contains features not supported"; Gemini: "too many states"."""


_RENAMED = re.compile(
    r"max_completion_tokens|un(supported|known|recogni[sz]ed|expected)|not (supported|permitted)", re.I
)
"""Why max_tokens is refused for its name, and not for the number: "Unrecognized request argument: max_tokens"."""


class Ability(Record):
    """What is known so far."""

    level: Level = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    """What the server calls the most tokens of an answer."""
    without: tuple[Literal["bounds", "stream_options", "temperature"], ...] = ()
    """Parameters that it refuses."""
    streams: bool = False
    """Whether it answers in streams alone."""
    scale: float | None = None
    """The server's count of a read prompt's tokens as a part of our estimate, the most there was; None: not known."""

    def after(self, refused: Refused) -> "Ability | None":
        """Return how to ask instead; None where nothing that can be asked otherwise was refused."""
        text = refused.text
        if refused.kind == kinds.MODEL:
            return self._elsewhere() if "requested parameters" in text else None
        if refused.kind == kinds.STREAM and not self.streams:
            return self.model_copy(update={"streams": True})
        if refused.kind not in (kinds.OTHER, kinds.NUMBER, kinds.FAILED):
            return None
        if "temperature" in text and "temperature" not in self.without:
            return self.model_copy(update={"without": (*self.without, "temperature")})
        if "stream_options" in text and "stream_options" not in self.without:
            return self.model_copy(update={"without": (*self.without, "stream_options")})
        if "max_tokens" in text and self.limit == "max_tokens" and _RENAMED.search(text):
            return self.model_copy(update={"limit": "max_completion_tokens"})
        if "bounds" not in self.without and self.level == "json_schema" and _BOUNDS_REFUSED.search(text):
            return self.model_copy(update={"without": (*self.without, "bounds")})
        return self._weaker() if _SHAPE_REFUSED.search(text) else None

    def _elsewhere(self) -> "Ability | None":
        """Return how to ask where OpenRouter knows nobody who takes all parameters of a request: models that think take
        no temperature, so that goes first; where it was not that, it comes back, and the schema goes."""
        if "temperature" not in self.without:
            return self.model_copy(update={"without": (*self.without, "temperature")})
        weaker = self._weaker()
        without = tuple(one for one in self.without if one != "temperature")
        return weaker and weaker.model_copy(update={"without": without})

    def _weaker(self) -> "Ability | None":
        if self.level == LEVELS[-1]:
            return None
        return self.model_copy(update={"level": LEVELS[LEVELS.index(self.level) + 1]})

    def at_most(self, level: Level) -> "Ability":
        """Return the same, asking no more strictly than at this level."""
        return self.model_copy(update={"level": max(self.level, level, key=LEVELS.index)})

    def and_also(self, other: "Ability") -> "Ability":
        """Return what both know: an ability that one of them misses is missing."""
        names: tuple[Literal["max_tokens", "max_completion_tokens"], ...] = ("max_tokens", "max_completion_tokens")
        return Ability(
            level=max(self.level, other.level, key=LEVELS.index),
            limit=max(self.limit, other.limit, key=names.index),
            without=tuple(sorted({*self.without, *other.without})),
            streams=self.streams or other.streams,
            scale=max((one for one in (self.scale, other.scale) if one), default=None),
        )


class _Models(Record):
    models: dict[str, Ability]


class Memory:
    """A file that keeps abilities by server and model, so that no refusal is met twice. Safe for threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def recall(self, place: str) -> Ability:
        return self._read().models.get(place, Ability())

    def knows(self, place: str) -> bool:
        """Tell whether the model has answered there before."""
        return place in self._read().models

    def remember(self, place: str, found: Ability) -> None:
        """Add what was found out to what is known."""
        with self._lock, store.locked(self._path.with_suffix(".lock")):
            known = self._read()
            after = known.models.get(place, Ability()).and_also(found)
            if known.models.get(place) != after:
                store.write_atomic(self._path, store.to_json(_Models(models={**known.models, place: after})))

    def _read(self) -> _Models:
        if not self._path.is_file():
            return _Models(models={})
        try:
            return store.load(_Models, self._path)
        except DocumentError as error:
            log.warning("%s; what models can do is found out anew", error)
            return _Models(models={})
