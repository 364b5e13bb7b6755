"""What there is of a paper beside its text: who made it, what Hugging Face links with it, its first figure."""

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from podcast.show.schema.values import Exchanged, Instant, Record, Text

HUB: Final = "https://huggingface.co"
_NAME: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?"
LinkedKind = Literal["models", "datasets", "spaces"]
HEADINGS: Final[dict[LinkedKind, str]] = {"models": "Models", "datasets": "Data sets", "spaces": "Spaces"}
"""What each kind of repository is called, in the order in which they are shown."""
_FOLDERS: Final[dict[LinkedKind, str]] = {"models": "", "datasets": "datasets/", "spaces": "spaces/"}


def _of_hub(text: str) -> str:
    if not is_named(text):
        raise ValueError(f"{text!r} is no name of Hugging Face's, such as org/name")
    return text


def is_named(text: str) -> bool:
    """Whether Hugging Face may call somebody, or a repository, so: letters, digits, and single signs between them.

    >>> is_named("example-org/pebbles-7B"), is_named("gpt2"), is_named("a/../b"), is_named("a/<b>")
    (True, True, False, False)
    """
    return bool(re.fullmatch(rf"{_NAME}(?:/{_NAME})?", text)) and not re.search(r"--|\.\.", text)


HubName = Annotated[str, AfterValidator(_of_hub)]


class Organization(Exchanged):
    """Who made a paper, by Hugging Face's account of theirs. Field names are those of `huggingface_hub`."""

    name: HubName
    """As its address has it."""
    fullname: Text = ""

    @property
    def called(self) -> str:
        return self.fullname or self.name

    @property
    def url(self) -> str:
        return f"{HUB}/{self.name}"


class Repository(Record):
    """A model, a data set or a Space that names the paper."""

    kind: LinkedKind
    name: HubName
    """With whose it is: "org/name"."""
    likes: int = Field(default=0, ge=0)
    downloads: int = Field(default=0, ge=0)
    """Of the last month."""

    @property
    def url(self) -> str:
        return f"{HUB}/{_FOLDERS[self.kind]}{self.name}"


class Linked(Record):
    """What Hugging Face links with a paper, beside it in `linked.json`; nothing in it where there is none."""

    read_at: Instant
    organization: Organization | None = None
    repositories: tuple[Repository, ...] = ()
    """The first of each kind."""
    totals: dict[LinkedKind, int] = {}
    """How many there are of each kind."""

    def shelves(self) -> Iterator[tuple[LinkedKind, tuple[Repository, ...], int]]:
        """Yield each kind that there is: its first repositories, and how many more there are."""
        for kind in HEADINGS:
            first = tuple(each for each in self.repositories if each.kind == kind)
            if first:
                yield kind, first, max(0, self.totals.get(kind, 0) - len(first))


class Figure(Record):
    """The paper's first figure as `figure.jpg` beside it holds it; or why there is none to be shown."""

    why: Text = ""
    """Why there is none, "" for one that is there."""
    address: str = ""
    """Where it came from."""
    label: Text = ""
    """What the paper calls it: "Figure 1"."""
    caption: Text = ""
    licence: Text = ""
    licence_url: str = ""
    """Where that stands."""
    sha256: str = ""
    """Of figure.jpg."""
