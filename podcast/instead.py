"""What a language model cannot do of one paper is done without it, and said; or the hint says how to have that."""

import logging
import re
from collections.abc import Callable
from typing import Any, TypeVar

from podcast.show import store
from podcast.show.errors import WriterError
from podcast.show.schema import Brief, Fallback, Paper, Talk
from podcast.show.workspace import PaperFolder
from podcast.studio import Studio
from podcast.writers import Writer, pick
from podcast.writers.formats import FORMATS

log = logging.getLogger(__name__)

T = TypeVar("T")

_FEWEST = 3
"""Claims of a brief that can be talked about."""
_FIELDS = {"tldr", "experiments", "method", "motivation", "idea", "future_work", "task", "implication"}
"""Of a brief, that are found by rule."""
_POINTS = 3
"""Of what was wrong with an answer, told in a note."""


def done(studio: Studio, paper: Paper, stage: str, work: Callable[[Writer], T]) -> T:
    """Return what the show's writer makes of the paper; where it fails, what the one who stands in for it makes. A
    brief that lacks what every episode tells gets that from there.

    Raises the writer's own error where nobody stands in; its hint names the command that goes on.
    """
    stand_in = studio.stand_in if by_rule(paper) else None
    try:
        made = work(studio.writer)
    except WriterError as error:
        if stand_in is None:
            raise _with_a_way_on(studio, paper, stage, error) from error
        why = str(error)
    else:
        short = isinstance(made, Brief) and (made.wanting or len(made.claims()) < _FEWEST)
        if stand_in is None or not short or not isinstance(made, Brief):
            forget(studio, paper, stage)
            return made
        why = "; ".join(made.wanting) or f"the brief has {len(made.claims())} claims"
        found = work(stand_in)
        if len(made.claims()) >= _FEWEST and isinstance(found, Brief):
            note(studio, paper, stage, f"in part, for {why}")
            return filled(made, found)  # type: ignore[return-value]  # a brief, as was made
        note(studio, paper, stage, why)
        return found
    made = work(stand_in)
    note(studio, paper, stage, why)
    return made


def by_rule(paper: Paper) -> bool:
    """Tell whether the paper can be told so without a model."""
    return not isinstance(paper, Talk) or FORMATS[paper.format].by_rule


def filled(brief: Brief, by_rule: Brief) -> Brief:
    """Return a model's brief, and in the fields that it left empty what was found by rule, preferably in sentences that
    carry no claim of the model's alone."""
    told = {claim.evidence for claim in brief.claims().values()}

    def fill(own: Any, other: Any) -> Any:
        if isinstance(own, dict) and "evidence" not in own:
            return {name: fill(value, (other or {}).get(name)) for name, value in own.items()}
        if own or not other:
            return own
        if isinstance(other, dict):
            return other
        return tuple(one for one in other if tuple(one["evidence"]) not in told) or other

    found = fill(brief.model_dump(include=_FIELDS), by_rule.model_dump(include=_FIELDS))
    whole = {**brief.model_dump(), **found}
    made = Brief.model_validate({**whole, "made_with": {**brief.made_with, "filled": "by rule"}})
    from podcast.writers.claims import lacks

    settled = set(lacks(brief)) - set(lacks(made))
    return made.model_copy(update={"wanting": tuple(one for one in made.wanting if one not in settled)})


def note(studio: Studio, paper: Paper, stage: str, why: str) -> None:
    """Write down that the stage was done without the model, and say it."""
    log.warning("%s: %s without the model, by rule: %s", paper.id, stage, why)
    path = studio.folder(paper).fallback
    known = store.load_disposable(Fallback, path)
    stages = {**(known.stages if known else {}), stage: _in_one_line(why, stage)}
    store.write_atomic(path, store.to_json(Fallback(stages=stages)))


def _in_one_line(why: str, stage: str) -> str:
    """Return a reason without the stage's name before it and the path of a draft, its points one after the other.

    >>> _in_one_line("read: it is wrong (/a/b.json):\\n- no title\\n- no claim", "read")
    'it is wrong: no title; no claim'
    """
    first, *points = re.sub(r" \([^()]*\.json\)", "", why).removeprefix(f"{stage}: ").splitlines()
    said = "; ".join(point.removeprefix("- ") for point in points[:_POINTS])
    return f"{first.removesuffix(':')}: {said}" if said else first.removesuffix(":")


def forget(studio: Studio, paper: Paper, stage: str) -> None:
    """Note that the model did the stage after all."""
    path = studio.folder(paper).fallback
    if known := store.load_disposable(Fallback, path):
        left = {name: why for name, why in known.stages.items() if name != stage}
        if left:
            store.write_atomic(path, store.to_json(Fallback(stages=left)))
        else:
            path.unlink(missing_ok=True)


def told(folder: PaperFolder) -> str:
    """Return in words what was done of the paper without the model, and what its brief lacks; "" for nothing."""
    known = store.load_disposable(Fallback, folder.fallback)
    said = [f"{stage} by rule, without the model: {why}" for stage, why in (known.stages if known else {}).items()]
    brief = store.load_disposable(Brief, folder.brief)
    wanting = [lack for lack in (brief.wanting if brief else ()) if not any(lack in one for one in said)]
    return "; ".join((*said, *wanting))


def _with_a_way_on(studio: Studio, paper: Paper, stage: str, error: WriterError) -> WriterError:
    if pick(studio.config.writer) == "extractive" or not studio.config.show.language.startswith("en"):
        return error
    if not by_rule(paper):
        return error
    folder = studio.folder(paper)
    ways = (
        f"without the model: PODCAST_WRITER__FALLBACK=extractive {folder.maker}; "
        f"to ask it anew: podcast regenerate {folder.named} --from {stage}"
    )
    return type(error)(str(error), f"{error.hint}; {ways}" if error.hint else ways)
