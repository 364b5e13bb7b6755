"""What `make` would make, and what that would take: said beforehand, and nothing of it made."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from podcast import batch, pipeline
from podcast.cli import targets
from podcast.papers import asking
from podcast.press.transcript import clock
from podcast.recording import crew, fleet, hearing, ordering, portrait, record, verify
from podcast.revising import proposing
from podcast.show import environment, store
from podcast.show.errors import NoPapers, PodcastError, WrongUsage
from podcast.show.schema import FORMATS as FORMATS_TOLD
from podcast.show.schema import Brief, Document, Paper, Script, Section, TalkFormat, Usage, as_told
from podcast.sources.wishes import Address, Named, Wish
from podcast.studio import Studio, kept_brief
from podcast.synthesizers import ON_THIS_MACHINE
from podcast.writers import Assignment
from podcast.writers.formats import FORMATS

log = logging.getLogger(__name__)

_A_LINE = 5.8
"""Seconds that a line lasts: 204 lines are 19.3 minutes, 60 are 5.9 (docs/bench.md)."""
_SENTENCES, _SENTENCE = 400, "word " * 21 + "word."
"""A text that is not here is taken to have so many sentences, such long ones."""


@dataclass(frozen=True)
class Planned:
    """What is to be made of one paper."""

    paper: Paper
    state: str
    """What there is of it: made, recorded, written, read, or new."""
    lines: int
    """Lines to record, and
    seconds, how long they are; of a script that is not written about."""
    seconds: float
    usage: Usage
    """What the language model would take."""


def days(studio: Studio, words: Sequence[str], demo: bool) -> Iterator[Planned]:
    """Yield what would be made of the days: of one that is not here, as its source lists it now."""
    for word in words or (None,):
        for date in targets.dates(studio, word, demo, look=True):
            try:
                day = pipeline.looked_up(studio, date)
            except NoPapers as error:
                log.warning("%s", error)
                continue
            chosen = batch.told(studio, pipeline.chosen(studio, day))
            studio.coming.update({(paper.listed_on, paper.id): paper.about[0].id for paper in chosen})
            yield from papers(studio, chosen)


def asked(studio: Studio, wishes: Sequence[tuple[Wish, TalkFormat]]) -> Iterator[Planned]:
    """Yield the same of papers that were asked for before. WrongUsage for one that is not here: it would be fetched."""
    for wish, told in wishes:
        found = asking.here(studio.workspace, wish)
        if found is None:
            named = wish.paper_id if isinstance(wish, Named) else wish.url if isinstance(wish, Address) else wish.path
            raise WrongUsage(f"{named} is not here, and --dry-run fetches no paper", f"podcast make {named}")
        yield from papers(studio, batch.told(studio, [as_told(found, told)] if told != FORMATS_TOLD[0] else [found]))


def papers(studio: Studio, wanted: Sequence[Paper]) -> Iterator[Planned]:
    """Yield what would be made of each."""
    for paper in wanted:
        folder = studio.folder(paper)
        if folder.episode.is_file():
            yield Planned(paper, "made", 0, 0.0, Usage())
        elif folder.script.is_file():
            script = store.load(Script, folder.script)
            orders = ordering.orders(script, studio.cast_of(script, folder), studio.lexicon, folder)
            left = ordering.unmade(orders, folder)
            seconds = sum(map(proposing.seconds, left))
            yield Planned(paper, "written" if left else "recorded", len(left), seconds, Usage())
        else:
            minutes = min(studio.config.writer.minutes, FORMATS[paper.told].minutes)
            kept = kept_brief(studio, paper)
            usage = _usage(studio, paper, store.load(Brief, kept) if kept else None)
            yield Planned(paper, "read" if kept else "new", round(60 * minutes / _A_LINE), 60 * minutes, usage)


def _usage(studio: Studio, paper: Paper, brief: Brief | None) -> Usage:
    """Return what the language model would take for the paper, by its text, or one as papers have it."""
    folder = studio.folder(paper)
    if folder.document.is_file():
        text = store.load(Document, folder.document)
    else:
        section = Section(title="Text", sentences=(_SENTENCE,) * _SENTENCES)
        text = Document(paper_id=paper.about[0].id, source="none", sections=(section,))
    about = Assignment(
        paper.about[0], text, folder.drafts, glossary=studio.workspace.glossary, format=paper.told
    )  # fmt: skip
    with closing(studio.writer):
        return studio.writer.estimate(about, ["write"] if brief else ["read", "write"], brief)


def workers(studio: Studio) -> int:
    """Return how many would record: of this machine's processes no more than its memory has room for."""
    wanted = studio.config.record.workers
    if studio.on not in ("", "processes"):
        return fleet.size(studio.on, wanted, studio.config.run.gpus)
    if studio.on and wanted:
        return wanted

    def expected(actor: ordering.Actor) -> verify.Expected:
        return verify.Expected(ear=hearing.ear(studio.ear, actor.voice.language))

    room = crew.fit(speaker for actor in studio.cast.values() for speaker in record.speakers(actor, expected))
    return min(wanted or environment.cores(), room)


def speed(studio: Studio) -> float:
    """Return how many seconds of sound the cast says in one second here: two sentences each, the engine loaded; 0.0
    where nobody knows. A server is not asked: that may cost something."""
    spoken = taken = 0.0
    for actor in studio.cast.values():
        if actor.voice.synthesizer not in ON_THIS_MACHINE:
            continue
        for again in (False, True):
            begun = time.perf_counter()
            try:
                sounds = list(actor.synthesizer.synthesize(portrait.said_by(actor), actor.voice, (1, 2)))
            except PodcastError:
                continue
            if again:
                taken += time.perf_counter() - begun
                spoken += sum(sound.duration for sound in sounds)
    return spoken / taken if taken else 0.0


def rows(planned: Sequence[Planned]) -> list[dict[str, object]]:
    """Return a row for each paper."""
    return [
        {
            "day": each.paper.listed_on,
            "paper": each.paper.id,
            "there is": each.state,
            "lines": each.lines,
            "minutes": round(each.seconds / 60, 1),
            "title": each.paper.title,
        }
        for each in planned
    ]


def told(planned: Sequence[Planned], count: int, fast: float) -> str:
    """Return in words what all of them come to, by so many workers, each so many times as fast as speech."""
    all_ = summed(planned)
    cost = f"the language model about {all_['model']}" if all_["model"] else "no language model"
    took = sum(each.seconds for each in planned) / (count * fast) if fast else 0.0
    by = f"{count} worker{'' if count == 1 else 's'}, each {fast:.1f} times as fast as speech on this machine"
    time_ = f"; recorded in about {clock(took)} by {by}" if took else ""
    return (
        f"{all_['to_make']} of {all_['papers']} papers to make: {all_['lines']:,} lines, {all_['hours']} hours of "
        f"sound; {cost}{time_}"
    )


def summed(planned: Sequence[Planned]) -> Mapping[str, object]:
    """Return what all of them come to."""
    usage = sum((each.usage for each in planned), Usage())
    return {
        "papers": len(planned),
        "to_make": sum(each.state != "made" for each in planned),
        "lines": sum(each.lines for each in planned),
        "hours": round(sum(each.seconds for each in planned) / 3600, 2),
        "answers": usage.answers,
        "model": usage.told() if usage.answers else "",
        "cost": usage.cost,
    }
