"""What a language model says of a day's papers by the show's criteria: asked once, and again for what is new."""

import logging
from collections.abc import Sequence

from podcast.show import store
from podcast.show.errors import OverBudget
from podcast.show.schema import Day, Paper, Scores
from podcast.show.workspace import DayFolder
from podcast.writers import Editor

log = logging.getLogger(__name__)


def kept(folder: DayFolder) -> Scores | None:
    """Return the day's scores; None where it has none."""
    return store.load(Scores, folder.scores) if folder.scores.is_file() else None


def wanting(before: Scores | None, day: Day, criteria: str) -> tuple[Sequence[Paper], str]:
    """Return the day's papers that have no score, and the criteria to score them by: those of the others, if any."""
    known = before.by_paper() if before else {}
    return [paper for paper in day.papers if paper.id not in known], before.criteria if before else criteria


def make(folder: DayFolder, day: Day, criteria: str, editor: Editor, budget: float | None, *, wait: bool) -> Scores:
    """Return a score for each of the day's papers, or why it has none; what is scored is not asked for again.

    Raises OverBudget before anything is asked where it would cost more than it may.
    """
    with store.locked(folder.lock, f"{day.date} is being worked on", wait=wait):
        before = kept(folder)
        if before and before.criteria != criteria:
            log.warning(
                "%s was scored by other criteria: they stand; to score it again, rm '%s'", day.date, folder.scores
            )
        papers, criteria = wanting(before, day, criteria)
        if not papers:
            return before or Scores(criteria=criteria)
        wanted = editor.outlay(papers, criteria, folder.drafts)
        if wanted.answers:
            log.info("%d papers of %s to score: about %s", len(papers), day.date, wanted.told())
        if budget is not None and wanted.cost is not None and wanted.cost > budget:
            raise OverBudget(
                f"scoring {day.date} takes about {wanted.cost:.2f}, and the budget is {budget:.2f}",
                "raise --budget, or take criteria.md away",
            )
        made = editor.score(papers, criteria, folder.drafts)
        scores = made if before is None else made.model_copy(
            update={"scores": (*before.scores, *made.scores), "usage": before.usage + made.usage}
        )  # fmt: skip
        store.write_atomic(folder.scores, store.to_json(scores))
    for left in scores.failed:
        log.warning("%s has no score, and takes part by its upvotes: %s", left.paper_id, left.reason)
    if made.usage.answers:
        log.info("%d papers of %s scored: %s", len(made.scores), day.date, made.usage.told())
    return scores
