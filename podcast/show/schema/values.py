"""What values are made of: texts that can be shown, instants, and the base of every record."""

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0)]
Setting = str | float | bool


def _in_utc(instant: dt.datetime) -> dt.datetime:
    try:
        return instant.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("the instant is outside the calendar") from error


def _printable(text: str) -> str:
    if text.isprintable():  # nearly all are, and a show has millions
        return text
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", " ", text)


Text = Annotated[str, AfterValidator(_printable)]
"""Text for people: what XML and terminals cannot hold (control characters, halves of pairs) becomes a space."""
Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
_TAG = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
Language = Annotated[str, Field(pattern=f"^{_TAG}$")]
"""ISO 639-1 or BCP 47."""
Spoken = Annotated[str, Field(pattern=f"^({_TAG})?$")]
"""The language of an episode; "" where an earlier version made it, which did not say."""


def as_before(written: dict[str, object], *later: str) -> dict[str, object]:
    """Return what is written of a value without the `later` fields that say nothing: as versions wrote it that did not
    know them, so that no key or sum of theirs is another."""
    return {name: value for name, value in written.items() if value or name not in later}


class Record(BaseModel):
    """The base of every value here: frozen, and no field beyond those named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Exchanged(Record):
    """The base of what machines tell one another: fields of a newer version are kept, and handed on as they came."""

    model_config = ConfigDict(extra="allow")


class Usage(Exchanged):
    """What the answers of a language model took. Answers that lay in `drafts/` are counted once, when they came."""

    answers: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    """Of the prompt's tokens, those that the server had kept."""
    completion_tokens: int = Field(default=0, ge=0)
    cost: float | None = Field(default=None, ge=0)
    """In the currency of `price_per_million`; None where no price is known."""

    def told(self) -> str:
        """Return it in words."""
        cost = "" if self.cost is None else f", {self.cost:.2f} at your price"
        return f"{self.prompt_tokens:,} tokens in and {self.completion_tokens:,} out{cost}"

    def __add__(self, other: "Usage") -> "Usage":
        known = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            answers=self.answers + other.answers,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=sum(known) if known else None,
        )
