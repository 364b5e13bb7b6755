"""Scoring a day's papers by what the show cares about: in batches, and one by one where a batch is not right."""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model

from podcast import grounding
from podcast.show import criteria
from podcast.show.errors import WriterError
from podcast.show.schema import Left, Paper, Score, Usage
from podcast.show.settings import ShowSettings, WriterSettings
from podcast.writers.chat import Ask, Chat, TooLong, size
from podcast.writers.echoes import echoed
from podcast.writers.form import cut
from podcast.writers.prompting import fence, messages, one_line, prompt
from podcast.writers.shapes import bounds, many

log = logging.getLogger(__name__)

BATCH = 10
"""Papers in one question: enough to save the criteria's tokens, few enough that none is forgotten."""
_AUTHORS = 12


class Scored(BaseModel):
    id: str
    relevance: int
    novelty: int
    criterion: int
    why: Annotated[str, bounds(letters=400)]


class Scoring(BaseModel):
    papers: list[Scored]


class Scorer:
    """Scores for one show."""

    def __init__(self, chat: Chat, settings: WriterSettings, show: ShowSettings) -> None:
        self._chat, self._settings = chat, settings
        self._system = prompt("score", show=show.title)

    def asks(self, papers: Sequence[Paper], wanted: str) -> tuple[Ask[Scoring], ...]:
        """Return what will be asked: one ask a batch, in as few batches as the model's context allows."""
        return tuple(self._ask(batch, wanted) for batch in self._batches(papers, wanted))

    def score(self, papers: Sequence[Paper], wanted: str, drafts: Path) -> tuple[list[Score], list[Left], Usage]:
        """Return each paper's score by the criteria, or why it has none, and what it took.

        Every paper is in one of the two lists. What a batch says of a paper that it was not given is refused; a paper
        whose entry is missing, doubled or wrong is asked for alone.
        """
        found: dict[str, Score] = {}
        failed: dict[str, str] = {}
        usage = Usage()
        for batch in self._batches(papers, wanted):
            if len(batch) > 1:
                ask = self._ask(batch, wanted)
                try:
                    answer = self._chat.ask(ask, drafts)
                except (WriterError, TooLong) as error:
                    log.warning("%s: %s; its papers are asked for one by one", ask.name, error)
                else:
                    usage += answer.usage
                    found |= _stand(answer.value, batch, wanted, self._system)
            for paper in batch:
                if paper.id not in found:
                    try:
                        score, used = self._alone(paper, wanted, drafts)
                    except (WriterError, TooLong) as error:
                        failed[paper.id] = str(error) or "it is longer than what the model holds"
                    else:
                        found[paper.id], usage = score, usage + used
        left = [Left(paper_id=paper_id, stage="score", reason=reason) for paper_id, reason in failed.items()]
        return [found[paper.id] for paper in papers if paper.id in found], left, usage

    def _alone(self, paper: Paper, wanted: str, drafts: Path) -> tuple[Score, Usage]:
        def check(said: Scoring) -> Sequence[str]:
            mine = _of(said, paper)
            if not mine:
                return [f"one entry is wanted, of {paper.id}; there is none"]
            problem = _problem(mine, {paper.id: paper}, wanted, self._system)
            return [problem] if problem else []

        answer = self._chat.ask(self._ask([paper], wanted), drafts, check)
        mine = _of(answer.value, paper)
        if not mine:
            raise WriterError(f"score {paper.id}: there is no entry of it", "ask another model")
        return _score(mine), answer.usage

    def _batches(self, papers: Sequence[Paper], wanted: str) -> Iterator[Sequence[Paper]]:
        for start in range(0, len(papers), BATCH):
            yield from self._fitting(papers[start : start + BATCH], wanted)

    def _fitting(self, papers: Sequence[Paper], wanted: str) -> Iterator[Sequence[Paper]]:
        """Yield the papers in as few parts as the model's context allows."""
        ask = self._ask(papers, wanted)
        if len(papers) > 1 and size(ask) + ask.max_tokens > self._settings.context:
            yield from self._fitting(papers[: len(papers) // 2], wanted)
            yield from self._fitting(papers[len(papers) // 2 :], wanted)
        else:
            yield papers

    def _ask(self, papers: Sequence[Paper], wanted: str) -> Ask[Scoring]:
        shown = f"The criteria:\n\n{fence(wanted)}\n\nThe papers:\n\n{fence(chr(10).join(map(_shown, papers)))}"
        name = f"score {papers[0].id}" + (f" and {len(papers) - 1} more" if len(papers) > 1 else "")
        shape = _bounded([paper.id for paper in papers], [0, *criteria.numbered(wanted)])
        return Ask(name, messages(self._system, shown), shape, self._settings.max_tokens)


def _shown(paper: Paper) -> str:
    authors = ", ".join(paper.authors[:_AUTHORS]) + (" and others" if len(paper.authors) > _AUTHORS else "")
    entries = {"title": paper.title, "authors": authors, "abstract": paper.summary}
    return f"\nid: {paper.id}\n" + "\n".join(f"{name}: {one_line(text)}" for name, text in entries.items())


def _bounded(ids: Sequence[str], numbers: Sequence[int]) -> type[Scoring]:
    """Return the shape with what a server may hold the model to; `_problem` checks it all again."""
    ten: Any = Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": 10})]
    one: Any = Annotated[str, Field(json_schema_extra={"enum": list(ids)})]
    criterion: Any = Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": max(numbers)})]
    entry = create_model(
        "Scored", __base__=Scored, id=(one, ...), relevance=(ten, ...), novelty=(ten, ...), criterion=(criterion, ...)
    )
    return create_model("Scoring", __base__=Scoring, papers=(many(entry), bounds(least=len(ids), most=len(ids))))


def _stand(said: Scoring, batch: Sequence[Paper], wanted: str, system: str) -> dict[str, Score]:
    """Return the scores of a batch that can stand; what is refused is said."""
    given = {paper.id: paper for paper in batch}
    times = Counter(one.id for one in said.papers)
    found = {}
    for one in said.papers:
        problem = _problem(one, given, wanted, system) or ("it stands there twice" if times[one.id] > 1 else "")
        if problem:
            log.warning("a score is refused: %s", problem)
        else:
            found[one.id] = _score(one)
    return found


def _problem(said: Scored, given: Mapping[str, Paper], wanted: str, system: str) -> str:
    """Return why the entry cannot stand, or ""."""
    numbers = criteria.numbered(wanted)
    if said.id not in given:
        return f"there is no paper {one_line(said.id)[:40]!r}: the day's are {', '.join(given)}"
    if not (1 <= said.relevance <= 10 and 1 <= said.novelty <= 10):
        return f"{said.id}: relevance and novelty are 1 to 10, not {said.relevance} and {said.novelty}"
    if said.criterion and said.criterion not in numbers:
        return f"{said.id}: there is no criterion {said.criterion}: they are {', '.join(map(str, numbers))}; 0 for none"
    if not any(sign.isalnum() for sign in said.why):
        return f"{said.id}: why is empty"
    if echoed(said.why, system):
        return f"{said.id}: why repeats the instructions; say in one sentence what in the paper decides it"
    paper = given[said.id]
    known = [paper.title, paper.summary, ", ".join(paper.authors), one_line(wanted)]
    if missing := grounding.missing_facts(said.why, known, copied=True):
        return f"{said.id}: why says {missing[0]!r}, which its abstract does not"
    return ""


def _of(said: Scoring, paper: Paper) -> Scored | None:
    """Return the first entry of a paper that was asked for alone: small models give it twice."""
    return next((one for one in said.papers if one.id == paper.id), None)


def _score(said: Scored) -> Score:
    return Score(
        paper_id=said.id, relevance=said.relevance, novelty=said.novelty, criterion=said.criterion,
        why=cut(one_line(said.why), 600),
    )  # fmt: skip
