"""What was read: the paper's text in numbered sentences, the brief whose every claim points at them, its retellings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from podcast.show.schema.ids import EpisodeId, PaperId
from podcast.show.schema.values import Record, Text, Usage

LONGEST_ABSTRACT = 2400
"""Characters: arXiv takes 1,920 (info.arxiv.org/help/prep.html#abstracts), and a page may write out some signs more."""


class Section(Record):
    title: Text
    sentences: tuple[Text, ...]

    @property
    def public(self) -> bool:
        """Whether it is the paper's abstract, by name and by length: what else is in a text may seldom be published."""
        return self.title.casefold() == "abstract" and sum(map(len, self.sentences)) <= LONGEST_ABSTRACT


class Document(Record):
    """A paper's text. A sentence's number, counted from 1 through all sections, is its identity."""

    paper_id: PaperId
    source: str
    """Where the text came from: html, markdown, pdf, abstract, demo."""
    licence: str | None = None
    """The terms of the text, as its page says them: it is read here and never published."""
    category: str | None = None
    why_abstract: Text = ""
    """Of a text that is the abstract alone: what was said of each form in which the whole might be had."""
    sections: tuple[Section, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return all sentences in order; sentence n stands at index n - 1."""
        return tuple(sentence for section in self.sections for sentence in section.sentences)

    def section_of(self, number: int) -> str:
        """Return the title of the section that holds sentence `number`; KeyError where there is none."""
        last = 0
        for section in self.sections:
            last += len(section.sentences)
            if 1 <= number <= last:
                return section.title
        raise KeyError(number)


class Claim(Record):
    """A statement of the paper, and the numbers of the sentences that carry it."""

    text: Text = Field(min_length=1)
    evidence: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)


Claims = tuple[Claim, ...]


class Dropped(Record):
    """A claim that a model made and the paper does not carry, with what is wrong with it."""

    field: str
    text: str
    evidence: tuple[int, ...] = ()
    reason: str


class Method(Record):
    pipeline: Claims = ()
    architecture: Claims = ()
    cost: Claims = ()


class Experiments(Record):
    datasets: Claims = ()
    metrics: Claims = ()
    baselines: Claims = ()
    results: Claims = ()
    ablations: Claims = ()
    limitations: Claims = ()


class Brief(Record):
    """What we understood of a paper. Every leaf is a claim or is absent; nothing is ever "N/A"."""

    paper_id: EpisodeId
    tldr: Claim | None = None
    task: Claim | None = None
    motivation: Claims = ()
    challenges: Claims = ()
    before: Claims = ()
    """What people did until now, and the example by which it fails."""
    idea: Claims = ()
    instance: Claim | None = None
    """One rule, sum, request or input that could be typed or drawn, and what happens to it."""
    terms: Claims = ()
    """Technical terms of the paper, each with what it means in plain words."""
    method: Method = Method()
    experiments: Experiments = Experiments()
    strengths: Claims = ()
    weaknesses: Claims = ()
    future_work: Claims = ()
    implication: Claim | None = None
    source: str = ""
    """What was read: html, markdown, pdf, abstract, demo; "" in briefs that were made before this was kept."""
    dropped: tuple[Dropped, ...] = ()
    wanting: tuple[str, ...] = ()
    """What it lacks, in words: parts of the paper of which nothing is known, a tldr, a result."""
    made_with: dict[str, str] = {}
    usage: Usage = Usage()

    def claims(self) -> dict[str, Claim]:
        """Return every claim by its path, such as `tldr`, `idea.0` or `experiments.results.2`."""

        def walk(prefix: str, value: object) -> Iterator[tuple[str, Claim]]:
            if isinstance(value, Claim):
                yield prefix, value
            elif isinstance(value, Record):
                for name in type(value).model_fields:
                    yield from walk(f"{prefix}.{name}" if prefix else name, getattr(value, name))
            elif isinstance(value, tuple):
                for index, item in enumerate(value):
                    yield from walk(f"{prefix}.{index}", item)

        return dict(walk("", self))


def evidence_of(paths: Iterable[str], claims: Mapping[str, Claim]) -> list[int]:
    """Return the numbers of the sentences on which the claims of these paths rest, each once, in order."""
    return sorted({number for path in paths if path in claims for number in claims[path].evidence})


class Retelling(Record):
    """The heart of a brief in another language; what the paper does not say is ""."""

    paper_id: PaperId
    language: str
    told: dict[str, str]
    """The statements it retells, by field: where the brief says others, it is made anew."""
    tldr: Text = ""
    motivation: Text = ""
    method: Text = ""
    result: Text = ""
    conclusion: Text = ""
    made_with: dict[str, str] = {}
    usage: Usage = Usage()
