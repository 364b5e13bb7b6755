"""What an earlier episode of the show said that one after it may refer to."""

import datetime as dt
from typing import Literal

from pydantic import Field

from podcast.show.schema.ids import EpisodeId, PaperId
from podcast.show.schema.values import Exchanged, Record, Text

Why = Literal["contrary", "result", "test", "authors"]
"""It says the contrary; gives another figure on the same test; was measured on the same one; is by the same people."""


class Carried(Exchanged):
    """A sentence of the earlier paper, under its number there."""

    number: int = Field(ge=1)
    section: Text
    text: Text = ""
    """"" where it may not be published, in what is."""
    public: bool = False
    """Whether it stands in the paper's abstract."""


class Remembered(Exchanged):
    """A claim of the earlier paper's brief, as it stood when it was remembered."""

    path: str
    text: Text = Field(min_length=1)
    sentences: tuple[Carried, ...] = Field(min_length=1)


class Memory(Exchanged):
    """An earlier episode, why it comes to mind, and what of it may be said."""

    paper_id: PaperId
    episode_id: EpisodeId
    """The paper's, as that episode told it."""
    day: dt.date
    number: int = Field(default=0, ge=0)
    """The episode's."""
    title: Text
    """The paper's."""
    authors: tuple[Text, ...] = ()
    why: Why
    shared: tuple[Text, ...] = ()
    """Names that both have: of the test, or of people."""
    claims: tuple[Remembered, ...] = ()

    @property
    def name(self) -> str:
        """The episode's, on the site."""
        return f"{self.day}-{self.episode_id}"

    def as_public(self, paths: frozenset[str]) -> "Memory":
        """Return it with the claims of these paths alone, and without words that may not be published."""
        spoken = (claim for claim in self.claims if claim.path in paths)
        return self.model_copy(update={"claims": tuple(_public(claim) for claim in spoken)})


def _public(claim: Remembered) -> Remembered:
    shown = tuple(one if one.public else one.model_copy(update={"text": ""}) for one in claim.sentences)
    return claim.model_copy(update={"sentences": shown})


class Memories(Record):
    """What a script that is begun may refer to, as it was found then: at most two episodes."""

    memories: tuple[Memory, ...] = Field(default=(), max_length=2)
