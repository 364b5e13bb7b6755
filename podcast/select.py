"""Which of a day's papers become episodes, and why the others do not."""

import datetime as dt
import re
from collections.abc import Mapping

from podcast.schema import Day, Paper, Selection, Verdict
from podcast.settings import SelectSettings


def chosen(day: Day, selection: Selection) -> tuple[Paper, ...]:
    """Return the papers that the selection chose, most upvoted first."""
    ids = selection.chosen()
    return tuple(paper for paper in sorted(day.papers, key=_order) if paper.id in ids)


def judge(day: Day, settings: SelectSettings, made: Mapping[str, dt.date]) -> Selection:
    """Return what becomes of each paper, with the reason.

    `made` says of papers that have an episode on another day which day that is: they are not made again. Papers by
    `settings.authors` are chosen whatever their votes, category and words; the most upvoted of the others that pass
    fill up to `settings.top`. Ties go to more comments, then to the earlier submission.
    """
    reasons: dict[str, str] = {}
    favourites: dict[str, str] = {}
    others: list[Paper] = []
    for paper in sorted(day.papers, key=_order):
        if paper.id in made:
            reasons[paper.id] = f"made on {made[paper.id]} already"
        elif author := _favourite(paper, settings):
            favourites[paper.id] = f"chosen: by {author}"
        elif against := _against(paper, settings):
            reasons[paper.id] = against
        else:
            others.append(paper)
    places = max(0, settings.top - len(favourites))
    taken = favourites | {p.id: f"chosen: number {number} by upvotes" for number, p in enumerate(others[:places], 1)}
    reasons |= taken | {p.id: f"not among the first {settings.top}: {_votes(p)}" for p in others[places:]}
    return Selection(
        verdicts=tuple(
            Verdict(paper_id=p.id, chosen=p.id in taken, reason=reasons[p.id], repeated=p.id in made)
            for p in day.papers
        )
    )


def _order(paper: Paper) -> tuple[int, int, bool, dt.datetime, str]:
    submitted = paper.submitted_at
    return (-paper.upvotes, -paper.comments, submitted is None, submitted or paper.published_at, paper.id)


def _favourite(paper: Paper, settings: SelectSettings) -> str | None:
    wanted = {name.casefold() for name in settings.authors}
    return next((author for author in paper.authors if author.casefold() in wanted), None)


def _against(paper: Paper, settings: SelectSettings) -> str | None:
    """Return what speaks against the paper, if anything does."""
    if paper.upvotes < settings.min_upvotes:
        return f"{_votes(paper)}, fewer than {settings.min_upvotes}"
    if paper.category:
        if settings.categories and not _within(paper.category, settings.categories):
            return f"its category {paper.category} is none of {', '.join(settings.categories)}"
        if _within(paper.category, settings.not_categories):
            return f"its category {paper.category} is not wanted"
    text = f"{paper.title}\n{paper.summary}"
    for keyword in settings.not_keywords:
        if keyword.strip() and re.search(rf"(?<!\w){re.escape(keyword.strip())}(?!\w)", text, re.IGNORECASE):
            return f"it speaks of {keyword.strip()!r}"
    return None


def _within(category: str, names: tuple[str, ...]) -> bool:
    """Tell whether the category is one of the names, or in an archive of one: cs.CL is in cs."""
    category = category.casefold()
    return any(category == name.casefold() or category.startswith(f"{name.casefold()}.") for name in names)


def _votes(paper: Paper) -> str:
    return f"{paper.upvotes} upvote{'' if paper.upvotes == 1 else 's'}"
