"""Which of a day's papers become episodes, and why the others do not."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from podcast.papers import fallen
from podcast.show.schema import Day, Paper, Score, Scores, Selection, Verdict
from podcast.show.settings import SelectSettings


def chosen(day: Day, selection: Selection) -> tuple[Paper, ...]:
    """Return the papers that the selection chose, the first first."""
    places = {verdict.paper_id: verdict.place or 0 for verdict in selection.verdicts if verdict.chosen}
    papers = (paper for paper in day.papers if paper.id in places)
    return tuple(sorted(papers, key=lambda paper: (places[paper.id], *order(paper))))


def with_asked(selection: Selection, papers: Sequence[Paper]) -> Selection:
    """Return the selection with the papers that were asked for, which come behind those that were chosen."""
    own = {paper.id for paper in papers}
    kept = [verdict for verdict in selection.verdicts if verdict.paper_id not in own]
    last = max((verdict.place or 0 for verdict in kept), default=0)
    added = [Verdict(paper_id=paper.id, chosen=True, reason="asked for", place=last + place)
             for place, paper in enumerate(papers, 1)]  # fmt: skip
    return selection.model_copy(update={"verdicts": (*kept, *added)})


def reason(paper: Paper, verdict: Verdict | None) -> str:
    """Return why the paper was chosen or not, where that was said of it."""
    if not paper.listing:
        return "asked for"
    return verdict.reason if verdict else "listed since the last choice"


def judge(
    day: Day, settings: SelectSettings, made: Mapping[str, dt.date], scores: Scores | None = None,
    texts: Mapping[str, str] = MappingProxyType({}),
) -> Selection:  # fmt: skip
    """Return what becomes of each paper, with the reason.

    `made` says of papers that have an episode on another day which day that is: they are not made again. A paper that
    was withdrawn or superseded is left. Papers by `settings.authors` are chosen whatever their votes, category, words
    and scores; the best of the others that pass fill up to `settings.top`. Without scores the best are the most
    upvoted; ties go to more comments, then to the earlier submission. With scores, a paper that matches no criterion or
    is below a cut-off does not pass, and the best are those with most `points`; ties go as upvotes do.

    `texts` says of papers that were read why there is only their abstract, or "" where there is all: one of the former
    gives its place to the best of the latter that is not among the first.
    """
    reasons, favourites, others = _sorted(day, settings, made, scores)
    known, most = scores.by_paper() if scores else {}, _most(day)
    told = {p.id: _why(p, known.get(p.id), most, settings) if scores else _votes(p) for p in others}
    places = max(0, settings.top - len(favourites))
    by = "points" if scores else "upvotes"
    ranks = {p.id: f"number {number} by {by}" for number, p in enumerate(others, 1)}
    for_whom = _exchanged(others[:places], others[places:], texts)
    taken = dict(favourites)
    for first in (p.id for p in others[:places]):
        if after := for_whom.get(first):
            why = f"only its abstract is to be had: {texts[first]}"
            reasons[first] = f"{ranks[first]}, but {after} took its place: {why}"
            taken[after] = f"chosen: {ranks[after]}, in the place of {first}, whose text is not to be had"
        else:
            taken[first] = f"chosen: {ranks[first]}" + (f": {told[first]}" if scores else "")
    reasons |= {p.id: f"not among the first {settings.top}: {told[p.id]}" for p in others[places:]} | taken
    order = {paper_id: place for place, paper_id in enumerate(_placed(taken, favourites, day, scores), 1)}
    return Selection(
        verdicts=tuple(
            Verdict(
                paper_id=p.id, chosen=p.id in taken, reason=reasons[p.id], repeated=p.id in made, place=order.get(p.id)
            )
            for p in day.papers
        ),
        odd=day.odd,
    )


def behind(
    day: Day, settings: SelectSettings, made: Mapping[str, dt.date], scores: Scores | None = None
) -> Sequence[Paper]:  # fmt: skip
    """Return the papers that pass and are not among the first, the best first."""
    _, favourites, others = _sorted(day, settings, made, scores)
    return others[max(0, settings.top - len(favourites)) :]


def best_first(day: Day, settings: SelectSettings, scores: Scores | None) -> list[Paper]:
    """Return the day's papers, the best first: by upvotes; with scores, favourites come first and the others by
    points."""
    known, most = scores.by_paper() if scores else {}, _most(day)

    def place(paper: Paper) -> tuple[bool, float, tuple[object, ...]]:
        followed = favourite(paper, settings) is not None
        return not followed, 0.0 if followed else -points(paper, known.get(paper.id), most, settings), order(paper)

    return sorted(day.papers, key=place if scores else order)


def _sorted(
    day: Day, settings: SelectSettings, made: Mapping[str, dt.date], scores: Scores | None
) -> tuple[dict[str, str], dict[str, str], list[Paper]]:
    """Return why papers are left, and why favourites are chosen, by id; and all others, the best first."""
    known = scores.by_paper() if scores else {}
    reasons: dict[str, str] = {}
    favourites: dict[str, str] = {}
    others: list[Paper] = []
    for paper in best_first(day, settings, scores):
        if paper.id in made:
            reasons[paper.id] = f"made on {made[paper.id]} already"
        elif why := fallen.why(paper):
            reasons[paper.id] = why
        elif author := favourite(paper, settings):
            favourites[paper.id] = f"chosen: by {author}"
        elif against := _against(paper, settings) or _below(known.get(paper.id), settings):
            reasons[paper.id] = against
        else:
            others.append(paper)
    return reasons, favourites, others


def _exchanged(first: Sequence[Paper], behind: Sequence[Paper], texts: Mapping[str, str]) -> dict[str, str]:
    """Return which paper with a full text takes the place of which that has none."""
    lone = (paper.id for paper in first if texts.get(paper.id))
    full = (paper.id for paper in behind if texts.get(paper.id) == "")
    return dict(zip(lone, full, strict=False))


def _most(day: Day) -> int:
    return max((paper.votes for paper in day.papers), default=0)


def points(paper: Paper, score: Score | None, most: int, settings: SelectSettings) -> float:
    """Return the weighted mean of relevance, novelty and upvotes, each of 10; of upvotes alone without a score.

    `most` is how many upvotes count as 10.
    """
    votes = 10 * paper.votes / most if most else 0.0
    if score is None:
        return votes
    weighed = (
        (settings.weigh_relevance, score.relevance),
        (settings.weigh_novelty, score.novelty),
        (settings.weigh_upvotes, votes),
    )
    return sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed)


def _placed(taken: Mapping[str, str], favourites: Mapping[str, str], day: Day, scores: Scores | None) -> list[str]:
    """Return the chosen in their order: by upvotes; with scores, favourites come first and the others by points."""
    if scores:
        return [*favourites, *(paper_id for paper_id in taken if paper_id not in favourites)]
    return [paper.id for paper in sorted(day.papers, key=order) if paper.id in taken]


def order(paper: Paper) -> tuple[int, int, bool, dt.datetime, str]:
    """Return what papers are sorted by: the most upvoted first."""
    submitted = paper.submitted_at
    first = submitted or paper.published_at or paper.stood_at
    return (-paper.votes, -paper.comments, submitted is None, first, paper.id)


def favourite(paper: Paper, settings: SelectSettings) -> str | None:
    """Return the author that is followed and wrote the paper, if any."""
    wanted = {name.casefold() for name in settings.authors}
    return next((author for author in paper.authors if author.casefold() in wanted), None)


def _against(paper: Paper, settings: SelectSettings) -> str | None:
    """Return what speaks against the paper, if anything does."""
    if paper.votes < settings.min_upvotes:
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


def _below(score: Score | None, settings: SelectSettings) -> str | None:
    """Return what its score says against the paper, if anything."""
    if score is None:
        return None
    if not score.criterion:
        return f"no criterion matched: {score.why}"
    for name, value, least in (
        ("relevance", score.relevance, settings.min_relevance),
        ("novelty", score.novelty, settings.min_novelty),
    ):
        if value < least:
            return f"{name} {value}, below {least}: {score.why}"
    return None


def _why(paper: Paper, score: Score | None, most: int, settings: SelectSettings) -> str:
    total = f"{points(paper, score, most, settings):.1f} points"
    if score is None:
        return f"{total} for {_votes(paper)}, without a score"
    return f"{total} for relevance {score.relevance}, novelty {score.novelty} and {_votes(paper)}"


def _within(category: str, names: tuple[str, ...]) -> bool:
    """Tell whether the category is one of the names, or in an archive of one: cs.CL is in cs."""
    category = category.casefold()
    return any(category == name.casefold() or category.startswith(f"{name.casefold()}.") for name in names)


def _votes(paper: Paper) -> str:
    return f"{paper.votes} upvote{'' if paper.votes == 1 else 's'}"
