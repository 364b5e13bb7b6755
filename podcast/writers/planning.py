"""What a model plans before it writes: a form that is filled in first, and chapters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel

from podcast import grounding
from podcast.show.schema import Brief, Document, Paper
from podcast.writers import form, rules
from podcast.writers.phrases import stock
from podcast.writers.prompting import one_line
from podcast.writers.shapes import bounds
from podcast.writers.tongues import foreign

CHAPTERS = (4, 9)
"""How many an episode has, at least and at most."""


Title = Annotated[str, AfterValidator(form.chapter), bounds(letters=60)]
Hook = Annotated[str, bounds(letters=400)]
Description = Annotated[str, AfterValidator(form.description), bounds(letters=500)]


class Form(BaseModel):
    """What is found before anything is planned; a model too small for it may leave fields empty."""

    repeatable: str = ""
    goes_wrong: str = ""
    whose: str = ""
    ground: str = ""
    parts: str = ""
    exact: str = ""
    mechanism: str = ""
    example: str = ""
    objections: str = ""
    scope: str = ""
    doubt: str = ""
    settles: str = ""
    surprise: str = ""
    context: str = ""
    carry_home: str = ""
    ending_a: str = ""
    ending_b: str = ""

    def told(self) -> str:
        """Return what is filled in, a line each."""
        return "\n".join(f"{name}: {one_line(text)}" for name, text in self if text.strip())


class PlannedChapter(BaseModel):
    title: Title
    plan: Annotated[str, bounds(letters=600)]
    claims: list[str]
    words: int


def _joined(chapters: Sequence[PlannedChapter]) -> list[PlannedChapter]:
    """Return the chapters, neighbours joined where there are more than an app shows well."""
    runs = [[chapters[at] for at in run] for run in form.joined(len(chapters), CHAPTERS[1])]
    return [
        first.model_copy(
            update={
                "plan": " ".join(one.plan for one in (first, *rest)),
                "claims": list(dict.fromkeys(path for one in (first, *rest) for path in one.claims)),
                "words": sum(one.words for one in (first, *rest)),
            }
        )
        for first, *rest in runs
    ]


Chapters = Annotated[list[PlannedChapter], AfterValidator(_joined)]


class Plan(BaseModel):
    """An outline without a form, for models whose context has no room for one."""

    hook: Hook
    description: Description
    chapters: Chapters


class Outline(BaseModel):
    form: Form = Form()
    shape: Literal["argument", "walk", "mystery", "question"] = "walk"
    hook: Hook
    description: Description
    chapters: Chapters


@dataclass(frozen=True)
class Chapter:
    """A chapter to be written."""

    number: int
    title: str
    plan: str
    claims: tuple[str, ...]
    words: int


def planned(outline: Outline) -> tuple[Chapter, ...]:
    """Return the outline's chapters, numbered."""
    return tuple(
        Chapter(number, one_line(chapter.title), one_line(chapter.plan), tuple(chapter.claims), chapter.words)
        for number, chapter in enumerate(outline.chapters, 1)
    )


def scaled(chapters: Sequence[Chapter], words: int) -> tuple[Chapter, ...]:
    """Return the chapters with lengths in the same proportion that are `words` together; 20 at least for each."""
    planned = sum(chapter.words for chapter in chapters)
    return tuple(replace(chapter, words=max(20, round(chapter.words * words / planned))) for chapter in chapters)


def loose(outline: Outline | Plan, brief: Brief) -> Iterator[str]:
    """Yield what is wanting in a plan, and can be done without, or by `complete`."""
    if not CHAPTERS[0] <= len(outline.chapters) <= CHAPTERS[1]:
        yield f"there are {len(outline.chapters)} chapters: plan {CHAPTERS[0]} to {CHAPTERS[1]}"
    if rules.greets(outline.hook):  # nobody hears it: the first line is held to its own rules
        yield f"the hook is a greeting, {outline.hook[:40]!r}: begin with what can be seen"
    for kind, paths in _unplanned(outline.chapters, brief):
        yield f"{kind} is planned nowhere: give a chapter one of {', '.join(paths[:6])}"


def complete(outline: Outline, brief: Brief) -> Outline:
    """Return the plan with what every episode tells: where no chapter has a claim of that kind, the last gets one."""
    *before, last = outline.chapters
    wanting = [paths[0] for _, paths in _unplanned(outline.chapters, brief)]
    return outline.model_copy(
        update={"chapters": [*before, last.model_copy(update={"claims": [*last.claims, *wanting]})]}
    )


def _unplanned(chapters: Sequence[PlannedChapter], brief: Brief) -> Iterator[tuple[str, Sequence[str]]]:
    told = {path for chapter in chapters for path in chapter.claims}
    for kind, paths in rules.kinds(tuple(brief.claims())):
        if not told & set(paths):
            yield kind, paths


def problems(outline: Outline | Plan, paper: Paper, brief: Brief, document: Document, language: str) -> Iterator[str]:
    """Yield what is wrong with a plan: its chapters, and what its hook, titles and description say."""
    titles = [one_line(chapter.title) for chapter in outline.chapters]
    if not titles:
        yield "there are no chapters"
    if len({title.lower() for title in titles}) < len(titles) or not all(titles):
        yield "every chapter needs a title of its own"
    if any(chapter.words <= 0 for chapter in outline.chapters):
        yield "every chapter needs words"
    if not outline.description.strip():
        yield "the description is empty"
    ours = [outline.form.example] if isinstance(outline, Outline) else []
    said = {"description": outline.description, "hook": outline.hook}
    said |= {f"title of chapter {number}": title for number, title in enumerate(titles, 1)}
    yield from unsaid(said, paper, brief, document, language, ours)


def unsaid(
    said: Mapping[str, str], paper: Paper, brief: Brief, document: Document, language: str, ours: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Iterator[str]:  # fmt: skip
    """Yield what texts beside the lines say, and the notes' sentences do not; `ours` is an example of our own, `names`
    are of those who speak."""
    if wrong := foreign(said.values(), language):
        yield f"{', '.join(said)}: {wrong}"
    claims, sentences = brief.claims(), document.sentences()
    known = [paper.title, ", ".join(paper.authors), *names]
    evidence = [*known, *(sentences[n - 1] for c in claims.values() for n in c.evidence if n <= len(sentences))]
    for what, given in said.items():
        text = _in_sentence_case(given) if what.startswith("title") else given
        held = evidence if what == "description" else [*evidence, *ours]
        copied = what == "description"
        for fact in grounding.missing_facts(text, held, language, copied=copied) if text.strip() else ():
            yield f"the {what} says {fact!r}, which the notes' sentences do not"
        for phrase in stock(text) if language.startswith("en") and what != "hook" else ():
            yield f"the {what} says {phrase!r}: say it in words of your own"


def _in_sentence_case(title: str) -> str:
    """Return a title whose every longer word is capitalised without those capitals: they tell no name.

    >>> _in_sentence_case("A Complaint in the Cake Shop"), _in_sentence_case("Why Qwen2 waits")
    ('A complaint in the cake shop', 'Why Qwen2 waits')
    """
    first, *rest = title.split(" ")
    longer = [word for word in rest if len(word) > 3]
    if not longer or not all(word[0].isupper() for word in longer):
        return title
    return " ".join([first, *(word.lower() if word[1:].islower() else word for word in rest)])
