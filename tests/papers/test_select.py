"""Which papers are chosen, and that every other one has its reason."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.papers import select
from podcast.show.schema import Day, Paper
from podcast.show.settings import SelectSettings

DATE = dt.date(2025, 9, 12)
NOW = dt.datetime(2025, 9, 13, 8, 0, tzinfo=dt.UTC)


def paper(number: int, upvotes: int, **more: object) -> Paper:
    return Paper.model_validate(
        {
            "id": f"2509.{number:05d}", "title": "Sorting Pebbles", "summary": "We sort.", "authors": ("First Author",),
            "published_at": NOW, "listed_on": DATE, "upvotes": upvotes, "upvotes_read_at": NOW, "rank": number,
        }
        | more
    )  # fmt: skip


def day(*papers: Paper) -> Day:
    ranked = sorted(papers, key=lambda one: (-one.upvotes, one.id))
    return Day(
        date=DATE, source="huggingface", read_at=NOW,
        papers=tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(ranked, 1)),
    )  # fmt: skip


def numbers(found: Day, made: dict[str, dt.date] | None = None, **options: object) -> list[int]:
    selection = select.judge(found, SelectSettings.model_validate(options), made or {})
    return [int(one.id[5:]) for one in select.chosen(found, selection)]


def reason(found: Day, number: int, made: dict[str, dt.date] | None = None, **options: object) -> str:
    selection = select.judge(found, SelectSettings.model_validate(options), made or {})
    return next(verdict.reason for verdict in selection.verdicts if verdict.paper_id == f"2509.{number:05d}")


def test_most_upvoted() -> None:
    """The most upvoted are chosen, the first first; the next has the reason that it is not among them."""
    found = day(*(paper(number, 10 * number) for number in range(1, 6)))
    assert numbers(found, top=2) == [5, 4]
    assert reason(found, 3, top=2) == "not among the first 2: 30 upvotes"
    assert reason(found, 5, top=2) == "chosen: number 1 by upvotes"


def test_ties() -> None:
    """Of equal upvotes more comments count, then the earlier submission; one without that comes last."""
    at = [NOW + dt.timedelta(hours=hour) for hour in range(3)]
    found = day(
        paper(1, 5, comments=1),
        paper(2, 5, comments=1, submitted_at=at[2]),
        paper(3, 5, comments=1, submitted_at=at[1]),
        paper(4, 5, comments=9, submitted_at=at[2]),
        paper(5, 6),
    )
    assert numbers(found, top=5) == [5, 4, 3, 2, 1]


def test_min_upvotes() -> None:
    """A paper with fewer upvotes than wanted is left, even where places are free."""
    found = day(paper(1, 9), paper(2, 10))
    assert numbers(found, top=3, min_upvotes=10) == [2]
    assert reason(found, 1, min_upvotes=10) == "9 upvotes, fewer than 10"


def test_categories() -> None:
    """Only wanted categories are chosen, an archive stands for all of its own, and unwanted ones are left."""
    found = day(paper(1, 9, category="cs.CL"), paper(2, 8, category="stat.ML"), paper(3, 7, category="cs.CV"))
    assert numbers(found, categories=("cs",)) == [1, 3]
    assert numbers(found, categories=("cs.CL", "stat")) == [1, 2]
    assert numbers(found, not_categories=("cs.cl",)) == [2, 3]
    assert reason(found, 2, categories=("cs",)) == "its category stat.ML is none of cs"
    assert reason(found, 1, not_categories=("cs",)) == "its category cs.CL is not wanted"


def test_unknown_category_passes() -> None:
    """Where arXiv could not be asked the show goes on: a category that is not known counts as wanted."""
    assert numbers(day(paper(1, 9)), categories=("cs",), not_categories=("cs.CV",)) == [1]


def test_author_is_always_chosen() -> None:
    """A favourite's paper takes a place whatever its votes, category and words; the most upvoted take the others."""
    found = day(*(paper(number, 10 * number) for number in range(2, 6)), paper(1, 0, authors=("X", "Second Author")))
    options = {"authors": ("second author",), "min_upvotes": 5, "not_keywords": ("pebbles",), "top": 3}
    assert numbers(found, **options) == [1]
    assert numbers(found, authors=("second author",), top=3) == [5, 4, 1]
    assert reason(found, 1, **options) == "chosen: by Second Author"


def test_keywords() -> None:
    """A paper that speaks of an unwanted word is left; a word inside another is not that word."""
    found = day(paper(1, 9, summary="On Robots."), paper(2, 8, title="Robotics"), paper(3, 7, title="A robots' tale"))
    assert numbers(found, not_keywords=("robots",)) == [2]
    assert reason(found, 1, not_keywords=(" robots ",)) == "it speaks of 'robots'"
    assert numbers(found, not_keywords=("", " ")) == [1, 2, 3]


def test_made_already() -> None:
    """A paper with an episode on another day is not made again, a favourite's neither: the next takes its place."""
    found = day(paper(1, 9), paper(2, 8), paper(3, 7))
    made = {"2509.00001": dt.date(2025, 9, 11)}
    assert numbers(found, made, top=2) == [2, 3]
    assert reason(found, 1, made, authors=("First Author",)) == "made on 2025-09-11 already"


@settings(max_examples=150)
@given(
    votes=st.lists(st.integers(0, 20), min_size=1, max_size=12),
    top=st.integers(1, 5),
    least=st.integers(0, 10),
    names=st.lists(st.sampled_from(["cs.CL", "cs.CV", "stat.ML"]), max_size=2),
)
def test_nothing_is_lost(votes: list[int], top: int, least: int, names: list[str]) -> None:
    """Every paper has one verdict with a reason; never more are chosen than wanted, and each passes the rules."""
    found = day(
        *(paper(n, v, category=["cs.CL", "cs.CV", "stat.ML", None][n % 4]) for n, v in enumerate(votes, 1))
    )  # fmt: skip
    options = SelectSettings(top=top, min_upvotes=least, categories=tuple(names))
    selection = select.judge(found, options, {})
    assert [verdict.paper_id for verdict in selection.verdicts] == [one.id for one in found.papers]
    assert all(verdict.reason for verdict in selection.verdicts)
    chosen = select.chosen(found, selection)
    assert len(chosen) <= top
    assert all(one.upvotes >= least and (not names or one.category in (None, *names)) for one in chosen)
