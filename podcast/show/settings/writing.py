"""Who reads the papers and writes the scripts, a roundup's too."""

import re
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from podcast.show.schema import FORMATS, Record, TalkFormat


class Price(Record):
    """What a million tokens cost, in the currency of your bill."""

    input: float = Field(ge=0)
    cached_input: float | None = Field(default=None, ge=0)
    """Of tokens that the server had kept; None for the price of input."""
    output: float = Field(ge=0)


class WriterSettings(Record):
    """Who reads the papers and writes the script."""

    name: str = "auto"
    """`llm`, `extractive`, `package.module:Class`, or `auto`: `llm` where a key or `base_url` is set."""
    fallback: Literal["auto", "none", "extractive"] = "auto"
    """What does a stage that the model cannot do of a paper: `extractive` goes on without it and says so, `none` leaves
    the paper in quarantine; `auto`: extractive in `podcast run`, which nobody watches, else none."""
    formats: tuple[TalkFormat, ...] = Field(FORMATS[:1], min_length=1)
    """How each paper is told, an episode a format: `dialogue`, `brief` (two minutes, one voice), `critique` (what a
    careful reviewer would say), `debate` (two positions that the evidence allows)."""
    minutes: float = Field(8.0, gt=0, le=60)
    """Target length of an episode, at some 150 words a minute; what a paper has to say can make it shorter."""
    base_url: str = ""
    """Where the server answers, such as http://localhost:11434/v1; "" for OPENAI_BASE_URL or OpenAI's own."""
    model: str = ""
    """The model's name; "" for the server's only one."""
    key: str = "OPENAI_API_KEY"
    """The name of the environment variable that holds the server's key; the key itself stands nowhere else."""
    context: int = Field(32_768, ge=4096)
    """Tokens that the model holds, prompt and answer together."""
    max_tokens: int = Field(8192, ge=512)
    """Tokens of one answer at most; models that think first need more."""
    temperature: float = Field(0.7, ge=0, le=2)
    timeout: float = Field(300.0, gt=0)
    """Seconds of silence; a whole answer may take twice as many, and one that streams four times."""
    retries: int = Field(4, ge=0, le=10)
    """How often a request is tried again after 409, 429, 5xx or a broken connection; never after a time-out, ours or a
    proxy's (408, 504, 524)."""
    concurrency: int = Field(4, ge=1, le=64)
    """Requests under way side by side; fewer where a server of one's own says that it answers fewer at once."""
    stream: bool | None = None
    """Take the answer as it is written, so that a model that goes round in a circle is stopped, and for servers behind
    a proxy that cuts long silences; None: of a server on this machine, or in a network of one's own."""
    price_per_million: Price | None = None
    memory: bool = True
    """Let hosts refer to earlier episodes that a paper brings to mind: the same people, the same test, the contrary."""
    second_reader: bool = True
    """Have each line that speaks claims held against its sentences by a language model, once."""
    second_model: str = ""
    """The model that does so, at the same server; "" for the one that writes."""
    budget: float | None = Field(None, ge=0)
    """What one run may cost at most, in the currency of the price."""

    @field_validator("formats")
    @classmethod
    def _each_once(cls, formats: tuple[TalkFormat, ...]) -> tuple[TalkFormat, ...]:
        return tuple(dict.fromkeys(formats))

    @field_validator("base_url")
    @classmethod
    def _no_secret(cls, url: str) -> str:
        if url and not re.fullmatch(r"https?://[^\s@?#]+", url):
            raise ValueError("an address such as http://localhost:11434/v1 is wanted, without a key in it")
        return url.rstrip("/")

    @field_validator("key")
    @classmethod
    def _names_avariable(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise ValueError("the name of an environment variable is wanted, such as OPENAI_API_KEY, not a key")
        return name

    @model_validator(mode="after")
    def _room_for_a_prompt(self) -> Self:
        if self.max_tokens > self.context // 2:
            raise ValueError("max_tokens is more than half of context, which leaves no room for the paper")
        return self


class RoundupSettings(Record):
    """One episode about the day's top papers, or the week's, or the month's, beside those about one each."""

    enabled: bool = False
    every: Literal["day", "week", "month"] = "day"
    """What it is of; a week's comes out when its days are made, and is about those that were read."""
    minutes: float = Field(10.0, gt=0, le=60)
    """Target length."""
    top: int = Field(6, ge=2, le=20)
    """How many papers at most: the first chosen that have a brief."""
