"""How a paper can be told: a row a format, with who speaks, how long it may be, and the form that is filled in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from pydantic import BaseModel

from podcast.show.errors import ConfigError
from podcast.show.iso639 import primary
from podcast.show.schema import TalkFormat
from podcast.show.settings import Host, who
from podcast.writers.planning import CHAPTERS, Form


class BriefForm(BaseModel):
    """What two minutes are made of."""

    repeatable: str
    wrong: str
    how: str
    evidence: str
    caveat: str
    matters: str


class Point(BaseModel):
    """A weak point: the claim, what was measured, the gap, what else would explain it, how grave."""

    claimed: str
    measured: str
    gap: str
    otherwise: str
    grave: str


class CritiqueForm(BaseModel):
    """What a review is made of."""

    claim: str
    holds: str
    foretells: str
    points: list[Point]
    answer: list[str]
    minor: str
    wanted: list[str]
    verdict: str


class DebateForm(BaseModel):
    """What a debate is made of."""

    motion: str
    stakes: str
    first: str
    second: str
    shared: str
    turn: str
    decides: str


Speakers = Callable[[Sequence[Host]], tuple[Host, ...]]


def _all(hosts: Sequence[Host]) -> tuple[Host, ...]:
    return tuple(hosts)


def _one(hosts: Sequence[Host]) -> tuple[Host, ...]:
    return (who(hosts, "reports", "answers"),)


def _reviewers(hosts: Sequence[Host]) -> tuple[Host, ...]:
    """Return who reviews, then who speaks for the paper, where there are two."""
    reviews = who(hosts, "doubts", "answers")
    others = [host for host in hosts if host.key != reviews.key]
    return (reviews, who(others, "answers", "asks")) if others else (reviews,)


def _sides(hosts: Sequence[Host]) -> tuple[Host, ...]:
    """Return the two sides, then who leads them, where there are three."""
    if len(hosts) < 3:
        return tuple(hosts)
    leads = who(hosts, "asks")
    first, second, *_ = (host for host in hosts if host.key != leads.key)
    return first, second, leads


@dataclass(frozen=True)
class Format:
    """One way to tell a paper."""

    prompt: str
    """The file of `prompts/`."""
    form: type[BaseModel]
    """What is found before a line is written."""
    minutes: float
    """What it takes at most."""
    chapters: tuple[int, int]
    speakers: Speakers
    fewest: int = 1
    """Hosts that it needs."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What each speaker is there for, in their order, by how many speak: "2.0" is the first of two."""
    company: Mapping[int, str] = field(default_factory=dict)
    """A rule more, by how many speak."""
    grounds: int = 0
    """Lines with claims that each side needs."""
    whole_text: bool = False
    """Whether it wants more than an abstract: what that leaves out is no fault of the paper."""
    by_rule: bool = False
    """Whether it can be written without a language model."""
    heading: Mapping[str, str] = field(default_factory=dict)
    """What stands before the paper's title, by language."""

    def title(self, paper: str, language: str) -> str:
        """Return the episode's title: the paper's, behind what tells it from the paper's other episodes."""
        heading = self.heading.get(primary(language), self.heading.get("en", ""))
        return f"{heading}: {paper}" if heading else paper


FORMATS: Mapping[TalkFormat, Format] = MappingProxyType(
    {
        "dialogue": Format("dialogue", Form, 60.0, CHAPTERS, _all, by_rule=True),
        "brief": Format(
            "brief", BriefForm, 2.0, (2, 3), _one, by_rule=True,
            heading={"en": "In brief", "de": "Kurz gesagt", "fr": "En bref", "es": "En breve", "zh": "简报"},
        ),
        "critique": Format(
            "critique", CritiqueForm, 7.0, (3, 5), _reviewers, whole_text=True,
            parts={
                "1.0": "Reviews.",
                "2.0": "Reviews: tells how it works and what must follow from that, and has the points.",
                "2.1": "Speaks for the paper, and for those who would use it: says what holds, gives the authors' "
                "best answer out of their own text, does the sums again, and says of a point whom it concerns.",
            },
            company={
                1: "- One voice: nobody else is there. The authors' answers are told as theirs, and no question is "
                   "put that\n  the next sentence answers.",
                2: "- Two who want to know what may be relied on. The one for the paper has 35 to 50 percent of the "
                   "words, moves at\n  least one point, finds one of their own, and never only grants: where the "
                   "authors have no answer, says what is still\n  true if the point holds, or whom it does not "
                   "touch. Who reviews answers that, and does not go on to the next.",
            },
            heading={"en": "Critique", "de": "Kritik", "fr": "Critique", "es": "Crítica", "zh": "评审"},
        ),
        "debate": Format(
            "debate", DebateForm, 7.0, (3, 5), _sides, fewest=2, grounds=3,
            parts={
                "2.0": "Argues the first position.",
                "2.1": "Argues the second position.",
                "3.0": "Argues the first position.",
                "3.1": "Argues the second position.",
                "3.2": "Leads: opens, tells with the others what both agree on, holds each to the ground that "
                "was given, and "
                "ends on what would decide it. Takes no side; at most a fifth of the words.",
            },
            company={2: "- Each side has 45 to 55 percent of the words.",
                     3: "- Each side has about two fifths of the words."},
            heading={"en": "Debate", "de": "Streitgespräch", "fr": "Débat", "es": "Debate", "zh": "辩论"},
        ),
    }
)  # fmt: skip


def parts(told: TalkFormat, speaking: Sequence[Host]) -> Mapping[str, str]:
    """Return what each of those who speak is there for, by key."""
    named = FORMATS[told].parts
    found = {host.key: named.get(f"{len(speaking)}.{place}", "") for place, host in enumerate(speaking)}
    return {key: text for key, text in found.items() if text}


def check(told: Sequence[TalkFormat], hosts: Sequence[Host], writer: str) -> None:
    """Raise ConfigError where the show cannot have an episode in one of these formats, with what that needs."""
    for each in told:
        needs = FORMATS[each]
        if len(hosts) < needs.fewest:
            raise ConfigError(
                f"a {each} needs {needs.fewest} hosts, and the show has {len(hosts)}",
                f"give it another in [[hosts]], or leave {each} out of [writer] formats and --format",
            )
        if writer == "extractive" and not needs.by_rule:
            without = " and ".join(name for name, row in FORMATS.items() if row.by_rule)
            raise ConfigError(
                f"a {each} is written by a language model, and the show has none",
                "set [writer] base_url and model, or a key in .env (podcast doctor says which); without a model there "
                f"are {without}",
            )
