"""What is asked for some chapters of a dialogue: the material, the order, the form of the answer."""

from collections.abc import Collection, Sequence
from typing import Annotated

from pydantic import BaseModel, Field, create_model

from podcast.show.schema import Kind, Line, Memory
from podcast.show.settings import Host
from podcast.writers import Assignment, memory, phrases
from podcast.writers.planning import Chapter, Outline
from podcast.writers.prompting import known, one_line
from podcast.writers.shapes import bounds, many, one_of


class SaidLine(BaseModel):
    chapter: int
    host: str
    text: Annotated[str, bounds(letters=600)]
    claims: list[str]
    kind: Kind = ""


class Dialogue(BaseModel):
    lines: list[SaidLine]


def material(
    assignment: Assignment, outline: Outline, stretch: Sequence[Chapter], before: Sequence[Line], carried: str,
    terse: bool, memories: Sequence[Memory] = (),
) -> str:  # fmt: skip
    """Return what the next chapters are to be written of, each part under its heading."""
    plan = "\n".join(
        f"Chapter {chapter.number}: {chapter.title} (about {chapter.words} words; "
        f"notes {', '.join(chapter.claims)})\n  {chapter.plan}"
        for chapter in stretch
    )
    heard = "\n".join(f"{line.host}: {line.text}" for line in before[-4 if terse else -12 :])
    used_up = "" if terse else "\n".join(phrases.used_up(assignment).phrases)
    parts = (
        ("The paper:", known(assignment.paper)),
        ("The form:", "" if terse else outline.form.told()),
        ("The hook:", one_line(outline.hook) if stretch[0].number == 1 else ""),
        ("The plan:", plan),
        ("The notes, each with the sentences that carry it:", carried),
        ("Earlier episodes of this show:", memory.listed(memories, assignment)),
        ("What was said just before:", heard),
        ("Phrases of recent episodes, not to be used again:", used_up),
    )
    return "\n\n".join(f"{heading}\n{text}" for heading, text in parts if text)


def order(stretch: Sequence[Chapter], outline: Outline, memories: Sequence[Memory] = ()) -> str:
    """Return what the model is told to do with the material."""
    first, last, count = stretch[0].number, stretch[-1].number, len(outline.chapters)
    words = sum(chapter.words for chapter in stretch)
    return (
        f"Write chapters {first} to {last} of {count}, {words} words in all, give or take a tenth."
        + ("" if first == 1 else " Go on from what was said just before; greet nobody.")
        + ("" if last == count else " The episode goes on after them: take leave of nobody.")
        + memory.order(memories)
    )


def shape(stretch: Sequence[Chapter], claims: Collection[str], hosts: Sequence[Host]) -> type[Dialogue]:
    """Return the form of the answer: it names no chapter, host or claim that was not given."""
    said = create_model(
        "SaidLine",
        __base__=SaidLine,
        chapter=(one_of(range(stretch[0].number, stretch[-1].number + 1)), ...),
        host=(one_of(host.key for host in hosts), ...),
        claims=(many(one_of(claims) if claims else str), bounds(most=6)),
    )
    most = max(8, sum(chapter.words for chapter in stretch) // 6)
    return create_model("Dialogue", __base__=Dialogue, lines=(many(said), Field(max_length=most)))


def name(stretch: Sequence[Chapter], outline: Outline) -> str:
    """Return what the draft is called."""
    first, last = stretch[0].number, stretch[-1].number
    if len(stretch) == len(outline.chapters):
        return "dialogue"
    return f"dialogue, chapter {first}" + (f" to {last}" if last > first else "")
