"""What a plan may say, and what goes back."""

import datetime as dt

import pytest

from podcast.show.schema import Brief, Claim, Document, Paper, Section
from podcast.writers import planning
from podcast.writers.planning import Form, Outline, PlannedChapter

PAPER = Paper(
    id="2403.00001", title="Two Passes Are Enough", abstract="…", authors=("A. Author",), rank=1, upvotes=3,
    published_at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC), listed_on=dt.date(2024, 3, 5),
    upvotes_read_at=dt.datetime(2024, 3, 5, tzinfo=dt.UTC), comments=0,
)  # fmt: skip
DOCUMENT = Document(
    paper_id=PAPER.id,
    source="abstract",
    sections=(Section(title="Abstract", sentences=("Tarn reads 40 pages twice.", "It finds 12 percent more.")),),
)
BRIEF = Brief(paper_id=PAPER.id, idea=(Claim(text="Tarn reads twice.", evidence=(1,)),),
              tldr=Claim(text="Twice is better.", evidence=(2,)))  # fmt: skip


def outline(*titles: str, hook: str = "A reader stops in the middle.", description: str = "Reading twice.",
            example: str = "", words: int = 100) -> Outline:  # fmt: skip
    return Outline(
        form=Form(example=example), hook=hook, description=description,
        chapters=[PlannedChapter(title=title, plan="…", claims=["idea.0", "tldr"], words=words)
                  for title in titles or ("One", "Two", "Three", "Four")],
    )  # fmt: skip


def problems(plan: Outline) -> list[str]:
    return [*planning.problems(plan, PAPER, BRIEF, DOCUMENT, "en"), *planning.loose(plan, BRIEF)]


@pytest.mark.parametrize(
    ("plan", "wrong"),
    [
        (outline(), ""),
        (outline("One", "Two", "Three"), "there are 3 chapters: plan 4 to 9"),
        (outline("One", "Two", "Two", "Four"), "every chapter needs a title of its own"),
        (outline(words=0), "every chapter needs words"),
        (outline(description=" "), "the description is empty"),
        (outline(hook="Hello and welcome to our show."), "the hook is a greeting"),
        (outline(description="It finds 15 percent more."), "the description says"),
        (outline(description="It finds 12 percent more."), ""),
        (outline(description="It finds 99 percent more on 40 pages."), "the description says '99'"),
        (outline(description="Author reads 40 pages twice."), ""),
        (outline(description="BERT reads twice."), "the description says 'BERT'"),
        (outline("A Complaint in the Cake Shop", "Two", "Three", "Four"), ""),
        (outline("Why Qwen2 reads", "Two", "Three", "Four"), "the title of chapter 1 says 'Qwen2'"),
        (outline(hook="Six cups stand on a table, and one falls."), "the hook says 'Six'"),
        (outline(hook="Six cups stand on a table, and one falls.", example="Say we have six cups."), ""),
        (outline(description="Six cups fall.", example="Say we have six cups."), "the description says 'Six'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_plan(plan: Outline, wrong: str) -> None:
    """A figure or a name that stands nowhere goes back; one of our own example may be in the hook, and capitals may."""
    found = problems(plan)
    assert (found == []) if not wrong else any(wrong in one for one in found)


def test_what_an_episode_must_tell_is_planned() -> None:
    """The idea and the result each belong to a chapter; where they are forgotten, to the last."""
    plan = outline()
    bare = plan.model_copy(update={"chapters": [c.model_copy(update={"claims": []}) for c in plan.chapters]})
    assert any("is planned nowhere" in one for one in problems(bare))
    completed = planning.complete(bare, BRIEF)
    assert [chapter.claims for chapter in completed.chapters] == [[], [], [], ["tldr"]]
    assert problems(completed) == []
    assert planning.complete(plan, BRIEF) == plan


def test_chapters_are_scaled_to_the_words_that_are_left() -> None:
    """In the proportion of the plan, and none to nothing."""
    chapters = planning.planned(outline())
    assert [one.words for one in planning.scaled(chapters, 600)] == [150] * 4
    assert [one.words for one in planning.scaled(chapters, 8)] == [20] * 4


def test_more_chapters_than_an_app_shows_are_joined() -> None:
    """Fourteen become nine, with all that they were to say."""
    many = outline(*(f"Chapter {n}" for n in range(14)))
    assert len(many.chapters) == 9
    assert sum(chapter.words for chapter in many.chapters) == 1400


def test_a_form_tells_what_is_filled_in() -> None:
    """An empty field says nothing."""
    assert Form(repeatable="They read\ntwice.", doubt=" ").told() == "repeatable: They read twice."
