"""What a DAY or a PAPER on the command line stands for."""

import datetime as dt
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from podcast import sources
from podcast.cli import when
from podcast.cli.called import put_back
from podcast.papers import asked, asking, days, roundup, trailer
from podcast.show import catalogue, frozen, ledger, mistakes, store
from podcast.show.errors import DocumentError, NoPapers, NotReady, WrongUsage
from podcast.show.schema import (
    EPISODE_ID,
    FORMATS,
    OTHERS,
    ROUNDUPS,
    TRAILER,
    Day,
    Paper,
    Roundup,
    Script,
    TalkFormat,
    as_told,
    format_of,
    ids,
    paper_of,
)
from podcast.show.settings import Host
from podcast.show.workspace import DayFolder, PaperFolder, Workspace
from podcast.sources import wishes
from podcast.studio import Studio

log = logging.getLogger(__name__)

_MAY_GO_ON = r"\d{4}\.\d{4}"
"""An id of arXiv's before 2015, or the beginning of one of those since."""

_SHORTEST = 3
"""Figures that the beginning of an arXiv id has at least, where it might be an episode's number."""


def one_day(studio: Studio, text: str) -> dt.date:
    """Return the day as `date` does; for a paper or an episode of the show WrongUsage says how that is looked at."""
    try:
        return when.date(text)
    except WrongUsage as error:
        if when.is_day(text):
            raise
        try:
            found = paper(studio, text)
        except (NotReady, WrongUsage, DocumentError):
            raise error from None
        raise WrongUsage(
            f"{text} is the paper “{found.title}”, and a day is wanted",
            f"podcast script {studio.folder(found).named} shows its lines; podcast status {found.listed_on} its day",
        ) from error


def dates(
    studio: Studio, text: str | None, demo: bool = False, *, again: bool = False, look: bool = False
) -> Iterator[dt.date]:
    """Yield the days that an argument names; `latest` alone is the last complete day that has papers: it is fetched for
    that, unless one is only to `look`.

    Raises NotReady where one is frozen, and --papers lists it otherwise, unless it is to be read `again`.
    """
    today = dt.datetime.now(dt.UTC).date()
    if demo:
        yield sources.DEMO_DAY
        return
    if text is None or text == "latest":
        from podcast import pipeline

        read = pipeline.looked_up if look else pipeline.fetch
        start = end = days.latest(lambda date: read(studio, date), today)
    else:
        start, end = when.between(text, today)
    for date in (start + dt.timedelta(days=offset) for offset in range((end - start).days + 1)):
        if not again:
            days.check_file(studio.workspace, studio.source, date)
        yield date


def fetched(studio: Studio, text: str | None, demo: bool = False) -> Iterator[Day]:
    """Yield the days that an argument names, fetched; of several, those without papers are said and left out."""
    from podcast import pipeline

    for day in dates(studio, text, demo):
        try:
            yield pipeline.fetch(studio, day)
        except NoPapers as error:
            if ".." not in (text or ""):
                raise
            log.warning("%s", error)


def told(studio: Studio, target: str, stage: str, look: bool = False) -> Sequence[Paper]:
    """Return what a DAY or a PAPER names, as the show tells it: a paper for each of its formats, unless one is
    named."""
    from podcast import batch

    return batch.told(studio, papers(studio, target, look), [stage])


def papers(studio: Studio, target: str, look: bool = False) -> Iterator[Paper]:
    """Yield the papers that a DAY or a PAPER names; of a day, those that are chosen, then those that were asked for on
    it, as they are told there. Where one is only to `look`, no day is fetched and no model asked for it."""
    if when.is_day(target):
        for date in dates(studio, target, look=look):
            yield from _of_day(studio, date, alone=".." not in target, look=look)
    else:
        yield _paper(studio, target)


def _of_day(studio: Studio, date: dt.date, *, alone: bool, look: bool) -> Iterator[Paper]:
    from podcast import pipeline

    read, choose = (pipeline.looked_up, pipeline.chosen) if look else (pipeline.fetch, pipeline.choose)
    folder, found = studio.workspace.day(date), dict[str, Paper]()
    own = asked.under(folder)
    try:
        if not has_no_list(folder, own):
            found = {paper.id: paper for paper in choose(studio, read(studio, date))}
    except NoPapers as error:
        if alone and not own:
            raise
        log.info("%s", error)
    yield from found.values()
    for talk in (as_told(paper, told) for paper in own if paper.id not in found for told in FORMATS):
        if studio.folder(talk).root.is_dir() and not studio.folder(talk).is_only_read():
            yield talk


def has_no_list(folder: DayFolder, own: Collection[Paper]) -> bool:
    """Whether only its `own` papers, which were asked for, stand under a day that is not over: its list is not complete
    yet, and is left alone."""
    return bool(own) and not folder.papers.is_file() and folder.date >= dt.datetime.now(dt.UTC).date()


def paper(studio: Studio, text: str) -> Paper:
    """Return the paper as `_paper` has it; where it has one script alone, in another format, as it is told there."""
    found = _paper(studio, text)
    others = [as_told(found, each) for each in FORMATS[1:]] if type(found) is Paper else []
    told = [each for each in others if studio.folder(each).script.is_file()]
    return told[0] if len(told) == 1 and not studio.folder(found).script.is_file() else found


def _paper(studio: Studio, text: str) -> Paper:
    """Return the paper of an arXiv id, of an unambiguous beginning of one, of an episode's number, or `latest`; the
    roundup of DAY/roundup; the show's trailer. Behind an id stands the format of an episode that is no dialogue:
    2509.09666.critique.

    Where a paper stands on several days, the newest counts. Raises NotReady where none is meant, or several are.
    """
    workspace = studio.workspace
    if text in OTHERS:
        here = (f"{folder.day}/{folder.paper_id}" for folder in workspace.papers() if folder.paper_id == text)
        text = _the_one(text, {*here, *catalogue.aired(workspace)})
    day, _, what = text.partition("/")
    if what in ROUNDUPS:
        return roundup.kept(workspace.day(when.date(day)).paper(what))
    if what == TRAILER:
        return trailer.kept(workspace.day(when.date(day)).paper(TRAILER))
    if link := re.search(rf"/episodes/(\d{{4}}-\d\d-\d\d)-({EPISODE_ID})(?:[/#?].*)?$", text):
        return listed(studio, when.date(link[1]), link[2])
    told, text = format_of(text), paper_of(text)
    if (
        not re.fullmatch(_MAY_GO_ON, text)
        and wishes.is_one(text)
        and (known := asking.here(workspace, wishes.wish(text)))
    ):
        return as_told(known, told)
    if text == "latest" or text.lstrip("#").isdigit():
        aired = catalogue.aired(workspace)
        named = {f"{aired[name]}": name for name in catalogue.numbers(workspace) if aired[name]}
        if name := newest(workspace) if text == "latest" else named.get(text.lstrip("#"), ""):
            day, _, paper_id = name.partition("/")
            return listed(studio, dt.date.fromisoformat(day), paper_id)
        if len(text.lstrip("#")) < _SHORTEST:  # of an id so much is written that no number is as long
            least, most = min(map(int, named), default=0), max(map(int, named), default=0)
            there = f"the show has {least} to {most}" if named else "the show has none yet"
            raise NotReady(f"there is no episode {text.lstrip('#')}: {there}", "podcast status shows their numbers")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise WrongUsage(
            f"{text} is a day, and a paper is wanted", f"podcast status {text} shows the papers of that day"
        )
    found: dict[str, Paper] = {}
    broken: DocumentError | None = None
    for folder in workspace.days():
        try:
            entries = frozen.day(folder).papers if os.path.lexists(folder.papers) else ()
            own = asked.under(folder)
        except DocumentError as error:  # costs that day alone
            broken = error
            continue
        found |= {each.id: each for each in (*entries, *own) if each.id.startswith(text)}
    if text in found:
        return as_told(found[text], told)
    made = {paper_id: each for paper_id, each in found.items() if studio.folder(each).root.is_dir()} or found
    if len(made) == 1:
        return as_told(next(iter(made.values())), told)
    if made:
        some = ", ".join(sorted(made)[:8])
        raise NotReady(f"{text!r} may be any of {len(made)} papers: {some}", "write more of its id")
    if broken:
        raise broken
    hint = f"podcast make {text}{_as(told)} makes it; " if wishes.is_one(text) else ""
    meant = mistakes.meant(text, ("latest", TRAILER))
    raise NotReady(f"no day here lists the paper {text}{meant}", f"{hint}podcast status shows the papers there are")


def _the_one(text: str, names: Iterable[str]) -> str:
    """Return the episode among the names, DAY/PAPER, that is called "trailer", or "roundup", without its day. Raises
    NotReady where none is, or several are."""
    found = sorted(name for name in names if name.partition("/")[2] == text)
    if not found:
        how = "podcast trailer" if text == TRAILER else "podcast status shows what there is"
        raise NotReady(f"the show has no {text} yet", f"make it: {how}" if text == TRAILER else how)
    if found[1:]:
        raise NotReady(f"{text!r} may be any of {', '.join(found[-8:])}", f"write its day: {found[-1]}")
    return found[0]


def roundups(studio: Studio, names: Iterable[str]) -> list[Roundup]:
    """Return the roundups of these names, DAY/roundup. Raises NotReady where a day has none."""
    places = ((day, what) for day, _, what in (name.partition("/") for name in names))
    return [roundup.kept(studio.workspace.day(dt.date.fromisoformat(day)).paper(what)) for day, what in places]


def _as(told: TalkFormat) -> str:
    return "" if told == FORMATS[0] else f" --format {told}"


def newest(workspace: Workspace) -> str:
    """Return the name, DAY/PAPER, of the episode that stands on top of the page and of the feed; NotReady without one.

    Newest is what is dated last, of two with one date what has the higher number, as `publishers.building` sorts them.
    """
    book = ledger.Ledger(workspace.root, workspace.ledger)
    heard = {
        f"{folder.root.parent.name}/{folder.root.name}": folder for folder in workspace.papers() if _is_heard(folder)
    }
    rows = book.each("dated", list(heard))
    found = max((each for name, row in rows if (each := _dated(name, heard[name], row, book, workspace))), default=None)
    book.keep()
    if found is None:
        if away := withdrawn(workspace):
            raise NotReady("there is no episode in the feed: all are withdrawn", put_back(away[-1].withdrawn))
        raise NotReady("there is no episode yet", "make one: podcast make --demo")
    return found[2]


def withdrawn(workspace: Workspace) -> list[PaperFolder]:
    """Return the papers that have an episode which is kept out of the feed, by day and id."""
    there = (folder for folder in workspace.papers() if folder.withdrawn.is_file())
    return [folder for folder in there if folder.episode.is_file()]


def _is_heard(folder: PaperFolder) -> bool:
    """Whether it has an episode that is about a paper, and is not withdrawn; of a thousand, Paths cost more than the
    looks."""
    root = str(folder.root)
    return (
        not root.endswith(f"/{TRAILER}")
        and os.path.isfile(f"{root}/episode.json")  # noqa: PTH113
        and not os.path.lexists(f"{root}/withdrawn.json")
    )


def _dated(
    name: str, folder: PaperFolder, row: ledger.Known | None, book: ledger.Ledger, workspace: Workspace
) -> tuple[dt.datetime, int, str] | None:
    """Return by what an episode is ordered, and its name, as the ledger has it where it stays; None for one that is
    broken, which is said."""
    if row and book.holds("dated", name, row):
        told = row.value
    else:
        path = str(folder.episode.relative_to(workspace.root))
        state = book.state(path)
        try:
            made = catalogue.episode_of(folder)
        except DocumentError as error:  # costs that episode alone
            log.warning("%s", error)
            return None
        told = f"{made.published.isoformat()} {made.number}"
        book.put("dated", name, told, "", path, state)
    published, _, number = told.partition(" ")
    return dt.datetime.fromisoformat(published), int(number), name


def published(workspace: Workspace, text: str) -> PaperFolder:
    """Return the folder, which need not be there, of an episode made here or elsewhere, named as for `paper`.

    Raises NotReady where none is meant, or several are.
    """
    numbers = catalogue.aired(workspace)
    if text.lstrip("#").isdigit():  # a number is no beginning of an id: what is taken away must be what was meant
        found = [name for name, number in sorted(numbers.items()) if number and number == int(text.lstrip("#"))]
    elif text in OTHERS:
        found = [_the_one(text, numbers)]
    elif text.partition("/")[2] in OTHERS:
        found = [name for name in numbers if name == text]
    else:
        bare, told = paper_of(text), text.removeprefix(paper_of(text))
        paper_id = ids.of_arxiv(bare) or ids.of_doi(re.sub(r"(?i)^doi:\s*", "", bare)) or bare
        ids_of = {name: name.partition("/")[2] for name in sorted(numbers)}
        found = [name for name, its in ids_of.items() if its == paper_id + told]
        found = found or [name for name, its in ids_of.items() if its.startswith(paper_id + told)]
    if len({name.partition("/")[2] for name in found}) != 1:
        told = ", ".join(name.partition("/")[2] for name in found[:8])
        what = f"{text!r} may be any of {told}" if found else f"there is no episode {text!r}"
        raise NotReady(what, "write its id; podcast status shows what there is")
    day, _, paper_id = found[-1].partition("/")
    return workspace.day(dt.date.fromisoformat(day)).paper(paper_id)


def made(studio: Studio, text: str) -> Iterator[Paper]:
    """Yield the papers of a day, listed or asked for, that have a script; its roundup is changed by its own name."""
    day = asked.day(studio.workspace.day(one_day(studio, text)))
    if day is None:
        raise NotReady(f"{text} is not here yet", f"podcast make {text}")
    talks = (as_told(each, told) for each in day.papers for told in FORMATS)
    yield from (each for each in talks if studio.folder(each).script.is_file())


def people(studio: Studio, paper: Paper) -> Sequence[Host]:
    """Return who may speak in the paper's episode, by the names that it has, then by those that the show has now."""
    folder = studio.folder(paper)
    told = studio.people(store.load(Script, folder.script), folder) if folder.script.is_file() else ()
    return (*told, *studio.config.hosts)


def language(studio: Studio, paper: Paper) -> str:
    """Return the language of the paper's episode; the show's of one without a script."""
    folder = studio.folder(paper)
    script = store.load(Script, folder.script) if folder.script.is_file() else None
    return studio.language_of(script, folder) if script else studio.config.show.language


def host(people: Sequence[Host], text: str) -> str:
    """Return the key of the host who is called so, by key or by name in whatever case; WrongUsage for nobody."""
    for each in people:
        if text.casefold() in (each.key.casefold(), each.name.casefold()):
            return each.key
    called = {each.key: f"{each.key} ({each.name})" for each in reversed(people)}
    hosts = ", ".join(called[key] for key in sorted(called))
    raise WrongUsage(f"there is no host {text!r}", f"the hosts are {hosts}")


def listed(studio: Studio, date: dt.date, paper_id: str) -> Paper:
    """Return the paper of that day and id; NotReady where the day does not list it any more."""
    found = asked.entry(studio.workspace, studio.workspace.day(date).paper(paper_id))
    if found is None:
        raise NotReady(f"{date} does not list {paper_id} any more", "put its entry back into papers.json")
    return found
