"""What `make` would make, and what that would take: said beforehand, and nothing of it made."""

import datetime as dt
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace

from podcast import batch, pipeline
from podcast.cli import targets
from podcast.papers import asking, roundup, scores, select
from podcast.press.transcript import clock
from podcast.recording import crew, fleet, hearing, ordering, portrait, prices, record, verify
from podcast.revising import proposing
from podcast.show import criteria, environment, store
from podcast.show.errors import NoPapers, PodcastError, WrongUsage
from podcast.show.schema import Brief, Day, Document, Paper, Roundup, Section, TalkFormat, Usage, as_told
from podcast.sources.wishes import Address, Named, Wish
from podcast.studio import Studio, kept_brief
from podcast.synthesizers import ON_THIS_MACHINE
from podcast.writers import Editor

log = logging.getLogger(__name__)

_A_LINE = 5.8
"""Seconds that a line lasts: 204 lines are 19.3 minutes, 60 are 5.9 (docs/bench.md)."""
_SENTENCES, _SENTENCE = 400, "word " * 21 + "word."
"""A text that is not here is taken to have so many sentences, such long ones."""
_NOTHING = Usage()
_SCORES = "scores"
"""What is planned of a day before its papers, by the name that their file has."""


@dataclass(frozen=True)
class Planned:
    """An episode that is to be made, or the scores of a day's papers."""

    day: dt.date
    name: str
    """The paper's, or _SCORES."""
    title: str
    state: str
    """What there is of it: an episode that stays (made) or has lines to record (changed); recorded, written, read, or
    new; broken, where make would put it in quarantine. Of scores: new."""
    lines: int = 0
    """Lines to record, and
    seconds, how long they are; of a script that is not written about."""
    seconds: float = 0.0
    usage: Usage = _NOTHING
    """What the language model would take."""
    voices: float | None = None
    """What paid voices would take, in US dollars; None where no voice names a price."""


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
            yield from _scores(studio, day)
            yield from papers(studio, chosen)
            yield from _roundup(studio, day) if chosen else ()


def asked(studio: Studio, wishes: Sequence[tuple[Wish, TalkFormat]]) -> Iterator[Planned]:
    """Yield the same of papers that were asked for before, but for those of the days. WrongUsage for one that is not
    here: it would be fetched."""
    wanted: dict[str, Paper] = {}
    for wish, told in wishes:
        found = asking.here(studio.workspace, wish)
        if found is None:
            named = wish.paper_id if isinstance(wish, Named) else wish.url if isinstance(wish, Address) else wish.path
            raise WrongUsage(f"{named} is not here, and --dry-run fetches no paper", f"podcast make {named}")
        each = batch.told(studio, [as_told(found, told)])
        wanted |= {paper.id: paper for paper in each if (paper.listed_on, paper.id) not in studio.coming}
    yield from papers(studio, list(wanted.values()))


def papers(studio: Studio, wanted: Sequence[Paper]) -> Iterator[Planned]:
    """Yield what would be made of each."""
    with closing(studio.writer):
        usages = list(batch.to_ask(studio, wanted, batch.TEXTS, lambda paper: _text(studio, paper)))
    for paper, usage in zip(wanted, usages, strict=True):
        yield replace(_episode(studio, paper, batch.lasts(studio, paper)), usage=usage)


def _scores(studio: Studio, day: Day) -> Iterator[Planned]:
    """Yield what scoring the day's papers would take, where a model scores them first: who is chosen is known then."""
    wanted, folder = criteria.read(studio.workspace), studio.workspace.day(day.date)
    if wanted is None or not isinstance(studio.writer, Editor):
        return
    unscored, by = scores.wanting(scores.kept(folder), day, wanted)
    if unscored:
        with closing(studio.writer):
            usage = studio.writer.outlay(unscored, by, folder.drafts)
        told = f"not scored yet ({len(unscored)}): the papers named here are the first by upvotes"
        yield Planned(day.date, _SCORES, told, "new", usage=usage)


def _roundup(studio: Studio, day: Day) -> Iterator[Planned]:
    """Yield the day's roundup, where the show has one: of the papers that its digest would be about."""
    settings, folder = studio.config.roundup, studio.workspace.day(day.date).roundup
    if not settings.enabled or settings.every != "day":
        return
    listed = select.chosen(day, pipeline.judge(studio, day, studio.config.digest.top))
    if folder.roundup.is_file():
        about: Roundup | None = roundup.kept(folder)
    else:
        about = roundup.of(studio.workspace, day, listed, settings.top)
    if about:
        yield together(studio, about)


def together(studio: Studio, about: Roundup) -> Planned:
    """Return what would be made of the roundup."""
    usage = Usage() if studio.folder(about).script.is_file() else _chapters(studio, about)
    return replace(_episode(studio, about, studio.config.roundup.minutes), usage=usage)


def _chapters(studio: Studio, about: Roundup) -> Usage:
    """Return what a model would take for the roundup: for each chapter about what two minutes on its paper take."""
    usage = Usage()
    with closing(studio.writer):
        for paper in about.papers:
            with suppress(*pipeline.OF_PAPER):  # make says so
                kept = kept_brief(studio, paper)
                task = pipeline.assignment(studio, paper, text=_text(studio, paper), settle=False)
                brief = store.load(Brief, kept) if kept else None
                usage += studio.writer.estimate(replace(task, format="brief"), ["write"], brief)
    return usage


def _episode(studio: Studio, paper: Paper, minutes: float) -> Planned:
    """Return what there is to record of an episode; where it is not written yet, of one of so many minutes."""
    return _written(studio, paper) if studio.folder(paper).script.is_file() else _unwritten(studio, paper, minutes)


def _written(studio: Studio, paper: Paper) -> Planned:
    """Return what there is to record of a script, also of an episode's."""
    try:
        left = batch.unsaid(studio, paper)
    except pipeline.OF_PAPER as error:
        log.warning("%s cannot be made as it is: %s", paper.id, error)
        return Planned(*_named(paper), "broken")
    made = studio.folder(paper).episode.is_file()
    state = ("changed" if left else "made") if made else "written" if left else "recorded"
    seconds = sum(map(proposing.seconds, left))
    return Planned(*_named(paper), state, len(left), seconds, voices=prices.cost(left))


def _unwritten(studio: Studio, paper: Paper, minutes: float) -> Planned:
    seconds, state = 60 * minutes, "read" if kept_brief(studio, paper) else "new"
    voices = batch.unwritten(studio, paper, minutes)
    return Planned(*_named(paper), state, round(seconds / _A_LINE), seconds, voices=voices)


def _named(paper: Paper) -> tuple[dt.date, str, str]:
    return paper.listed_on, paper.id, paper.title


def _text(studio: Studio, paper: Paper) -> Document:
    """Return the paper's text; where it is not here, one as papers have it."""
    about = studio.folder(paper.about[0])
    if about.document.is_file():
        return store.load(Document, about.document)
    section = Section(title="Text", sentences=(_SENTENCE,) * _SENTENCES)
    return Document(paper_id=about.paper_id, source="none", sections=(section,))


def workers(studio: Studio) -> int:
    """Return how many would record: of this machine's processes no more than its memory has room for, and one where the
    cast speaks in this process alone."""
    wanted, cast = studio.config.record.workers, studio.cast.values()
    speak = [each for actor in cast for each in (actor, actor.fallback) if each]
    if not all(crew.travels(each.synthesizer, each.voice.synthesizer, studio.on) for each in speak):
        return 1
    if studio.on not in ("", "processes"):
        return fleet.size(studio.on, wanted, studio.config.run.gpus)
    if studio.on and wanted:
        return wanted

    def expected(actor: ordering.Actor) -> verify.Expected:
        return verify.Expected(ear=hearing.ear(studio.ear, actor.voice.language))

    room = crew.fit(speaker for actor in cast for speaker in record.speakers(actor, expected))
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
    """Return a row for each."""
    return [
        {
            "day": each.day,
            "paper": each.name,
            "there is": each.state,
            "lines": each.lines,
            "minutes": round(each.seconds / 60, 1),
            "title": each.title,
        }
        for each in planned
    ]


def told(planned: Sequence[Planned], count: int, fast: float) -> str:
    """Return in words what all of them come to, by so many workers, each so many times as fast as speech."""
    all_ = summed(planned)
    cost = f"the language model about {all_['model']}" if all_["model"] else "no language model"
    if all_["voices"] is not None:
        cost += f", the voices about {all_['voices']:,.2f} US dollars"
    took = sum(each.seconds for each in planned) / (count * fast) if fast else 0.0
    by = f"{count} worker{'' if count == 1 else 's'}, each {fast:.1f} times as fast as speech on this machine"
    time_ = f"; recorded in about {clock(took)} by {by}" if took else ""
    return (
        f"{all_['to_make']} of {all_['episodes']} episodes to make: {all_['lines']:,} lines, {all_['hours']} hours of "
        f"sound; {cost}{time_}"
    )


def summed(planned: Sequence[Planned]) -> Mapping[str, object]:
    """Return what all of them come to."""
    usage = sum((each.usage for each in planned), Usage())
    voices = [each.voices for each in planned if each.voices is not None]
    episodes = [each for each in planned if each.name != _SCORES]
    return {
        "episodes": len(episodes),
        "to_make": sum(each.state != "made" for each in episodes),
        "lines": sum(each.lines for each in planned),
        "hours": round(sum(each.seconds for each in planned) / 3600, 2),
        "answers": usage.answers,
        "model": usage.told() if usage.answers else "",
        "cost": usage.cost,
        "voices": round(sum(voices), 4) if voices else None,
    }
