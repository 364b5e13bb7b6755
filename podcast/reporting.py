"""Making a day's digest: what is not read yet is read, what is to be told in another language is told."""

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

from podcast import batch, digest, pipeline
from podcast.digest import mail, report, statements, webhook
from podcast.papers import asked, select, spans
from podcast.pipeline import Result
from podcast.press.site import Site
from podcast.show import catalogue, ledger, store
from podcast.show.config import Config
from podcast.show.errors import ConfigError, DocumentError, NoPapers, NotReady, PodcastError, Unanswered, WriterError
from podcast.show.iso639 import primary
from podcast.show.periods import Period
from podcast.show.schema import Brief, Day, Digest, Document, Format, Left, Paper, Retelling, Selection
from podcast.show.settings import MailSettings
from podcast.show.workspace import DayFolder, Workspace
from podcast.studio import Studio, Watch, unwatched
from podcast.writers import Editor

log = logging.getLogger(__name__)


Ended = tuple[dt.date, Period | None]
"""What the webhook is told of: a day, or the period that ends with it."""


def make(
    studio: Studio, date: dt.date, watch: Watch = unwatched, tried: Iterable[Result] = (), *, listed: bool = True
) -> Digest:  # fmt: skip
    """Bring the day's digest.json up to date with the papers chosen, reading those that have no brief yet.

    A paper that the writer could not do just now, as `tried` tells, is not tried again: what timed out would be asked
    for twice. Formats and languages that the day had stay. A paper that fails is listed with the reason. An empty day
    is noted. Papers that were asked for on the day are among them; where it is not about the `listed`, a list that is
    not here is not fetched, for it may not be complete yet.
    Raises ConfigError for a language that this show's writer cannot tell in.
    """
    settings = studio.config.digest
    languages = _languages(studio, settings.languages if "categories" in settings.formats else ())
    folder = studio.workspace.day(date)
    day = _list(studio, date, listed=listed)
    if day is None:
        day, selection = asked.unlisted(date), Selection(verdicts=())
    else:
        pipeline.score(studio, day)
        selection = pipeline.judge(studio, day, _top(studio, folder))
    own = asked.under(folder)
    day, selection = asked.joined(day, own), select.with_asked(selection, own)
    papers = select.chosen(day, selection)
    wanting = {paper.id: paper for paper in papers if not folder.paper(paper.id).brief.is_file()}
    known = {  # however it was told, it is the paper that could not be read
        one.paper.about[0].id: one
        for one in tried
        if len(one.paper.about) == 1 and one.paper.about[0].id in wanting and isinstance(one.error, WriterError)
    }
    unread = [paper for paper_id, paper in wanting.items() if paper_id not in known]
    results = [*known.values(), *(batch.make_papers(studio, unread, ["read"], watch) if unread else ())]
    failed = [
        Left(paper_id=result.paper.about[0].id, stage="read", reason=str(result.error))
        for result in results
        if result.error
    ]
    if languages:
        read = [paper for paper in papers if folder.paper(paper.id).brief.is_file()]
        before = studio.writer.spent
        with closing(studio.writer):
            failed += [left for language in languages for left in _retell(studio, read, language)]
        if studio.writer.spent.answers > before.answers:
            log.info("with what is told in %s it took %s", ", ".join(languages), studio.writer.spent.told())
    return _keep(studio, date, day.read_at, selection, languages, failed)


def beside(
    studio: Studio, date: dt.date, tried: Iterable[Result], watch: Watch = unwatched, *, listed: bool = True
) -> tuple[PodcastError | None, Result | None]:  # fmt: skip
    """Make what a day has beside its papers' episodes, once these are made: its digest and, where it is about the
    `listed`, its roundup. Return why the digest is not there, for no episode waits for it, and what became of the
    roundup."""
    wrong: PodcastError | None = None
    try:
        make(studio, date, watch, tried, listed=listed)
    except PodcastError as error:
        wrong = error
    return wrong, batch.roundup_of(studio, date, watch) if listed else None


def make_of(studio: Studio, period: Period) -> Digest | None:
    """Bring the digest of a week or a month up to date with the papers of its days that were read, the best first as
    they are chosen, and return it; None where none was. Nothing is read or asked for it."""
    workspace, folder = studio.workspace, studio.workspace.day(period.last)
    day, said = spans.joined(workspace, period), spans.scored(list(spans.folders(workspace, period)))
    best = day.model_copy(update={"papers": tuple(select.best_first(day, studio.config.select, said))})
    selection = spans.read(workspace, spans.with_asked(workspace, best, period), studio.config.digest.top)
    if not selection.chosen():
        return None
    path = folder.digest_of(period)
    before = store.load_disposable(Digest, path)
    kept = before.formats if before else ()
    made = Digest(
        date=period.last,
        period=str(period),
        made_at=before.made_at if before else day.read_at,
        formats=tuple(dict.fromkeys((*kept, *studio.config.digest.formats))),
        selection=selection,
        announced=before.announced if before else False,
    )
    store.write_atomic(path, store.to_json(made))
    return made


def _list(studio: Studio, date: dt.date, *, listed: bool) -> Day | None:
    """Return the day as its list has it; None where it has none, or none that is to be fetched."""
    if not listed and not studio.workspace.day(date).papers.is_file():
        return None
    try:
        return pipeline.fetch(studio, date)
    except NoPapers as error:
        log.info("%s", error)
        return None


def write(studio: Studio) -> tuple[Path, ...]:
    """Put every day's reports into feed/, beside the style they are shown in, and return their paths."""
    workspace, config = studio.workspace, studio.config
    guid = catalogue.found(workspace, config.publish.site_url).guid
    with store.locked(workspace.publish_lock, "the feed is being published", wait=studio.wait):
        look = Site.of(workspace, config)
        for path, asset in look.assets():
            store.write_atomic(workspace.feed / path, asset)
        paths, book = [], ledger.Ledger(workspace.root, workspace.ledger)
        stuck = list[digest.Stuck]()
        for path, data in digest.files(workspace, config, guid, look, book, stuck):
            if data is not None:
                store.write_atomic(workspace.feed / path, data)
            paths.append(workspace.feed / path)
        for each in stuck:
            log.error("%s cannot be made: %s (%s)", each.name, each.reason, each.hint)
        book.keep()
    return tuple(paths)


def announce(workspace: Workspace, config: Config, ended: Iterable[Ended]) -> None:
    """Tell the webhook of each, if there is one and it was not told before, and there is a digest: to be called when
    that is published, for what is told leads there. None is told of before it is over: it is told once. What cannot be
    read costs itself alone, and is said; a webhook that is not there is asked once."""
    for date, period in dict.fromkeys(ended):
        try:
            _announce(workspace, config, date, period)
        except DocumentError as error:
            log.warning("%s is not announced: %s (%s)", period or date, error, error.hint)
        except (ConfigError, Unanswered) as error:
            log.warning("the webhook is not told: %s (%s)", error, error.hint)
            return


def catch_up(workspace: Workspace, config: Config, ended: Iterable[Ended] = ()) -> None:
    """Announce, now that the show is published, those that ended, and what was not told before of the days that a run
    looks back."""
    since = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=config.run.days)
    announce(workspace, config, [*untold(workspace, config, since), *ended])


def _announce(workspace: Workspace, config: Config, date: dt.date, period: Period | None) -> None:
    folder = workspace.day(date)
    path = folder.digest_of(period) if period else folder.digest
    if not path.is_file():
        return
    made = store.load(Digest, path)
    if not config.digest.webhook or made.announced:
        return
    if date >= dt.datetime.now(dt.UTC).date():
        log.info("%s is not over: the webhook is told of it when it is", period.told if period else date)
    else:
        loaded = report.load(workspace, date, config.show, config.select, config.digest, period)
        if webhook.tell(loaded, config.digest.webhook, config.publish.home):
            store.write_atomic(path, store.to_json(made.model_copy(update={"announced": True})))


def untold(workspace: Workspace, config: Config, since: dt.date) -> Iterator[Ended]:
    """Yield the days from then on that are over and have a digest, and the periods that end with one, the oldest first,
    where there is a webhook: what it was told of before is not told again."""
    if config.digest.webhook:
        today = dt.datetime.now(dt.UTC).date()
        found = [(folder.date, period) for folder, period in digest.kept(workspace)]
        yield from ((date, period) for date, period in reversed(found) if since <= date < today)


def to_be_mailed(studio: Studio, date: dt.date) -> Sequence[EmailMessage]:
    """Return the mails of the day that nobody on the list has yet, as they would go; NotReady where it has no digest.

    Raises ConfigError where nobody is on the list.
    """
    return mail.written(*_post(studio, date))


def send(studio: Studio, date: dt.date, *, late: bool = True) -> int:
    """Send the day's digest to each on the list who has not got it, and return how many mails went.

    Who came to the list after the day was tried gets it only if they may be `late`. Raises as `to_be_mailed` does;
    MailError where the server does not take it.
    """
    return mail.send(*_post(studio, date), wait=studio.wait, late=late)


def half_mailed(studio: Studio, since: dt.date) -> Sequence[dt.date]:
    """Return the days from then on whose digest was mailed, or tried to be, and not to all who were to have it."""
    workspace, config = studio.workspace, studio.config
    guid = catalogue.found(workspace, config.publish.site_url).guid
    days = (day for day in workspace.days() if day.date >= since)
    return [day.date for day in days if mail.begun(day, config.digest.mail, guid)]


def _post(studio: Studio, date: dt.date) -> tuple[DayFolder, report.Report, MailSettings, str, str]:
    """Return what the day's mail is made of."""
    workspace, config, folder = studio.workspace, studio.config, studio.workspace.day(date)
    if not config.digest.mail.to:
        raise ConfigError("nobody gets the digest by e-mail", "set to and host in [digest.mail] (docs/daily.md)")
    if not folder.digest.is_file():
        raise NotReady(f"{date} has no digest", f"podcast digest {date}")
    loaded = report.load(workspace, date, config.show, config.select, config.digest)
    publish = config.publish
    return folder, loaded, config.digest.mail, publish.home, catalogue.found(workspace, publish.site_url).guid


def _top(studio: Studio, folder: DayFolder) -> int:
    """Return how many papers the digest has: as set, or as many as were chosen for episodes; 0 for as [select] says."""
    if studio.config.digest.top:
        return studio.config.digest.top
    chosen = store.load_disposable(Selection, folder.selection)
    return len(chosen.chosen()) if chosen else 0


def _keep(
    studio: Studio, date: dt.date, now: dt.datetime, selection: Selection, languages: Sequence[str],
    failed: Sequence[Left],
) -> Digest:  # fmt: skip
    """Write digest.json; what the day had before stays beside what is new."""
    folder = studio.workspace.day(date)
    with store.locked(folder.lock, f"{date} is being worked on", wait=studio.wait):
        before = store.load_disposable(Digest, folder.digest)
        formats: tuple[Format, ...] = tuple(
            dict.fromkeys((*(before.formats if before else ()), *studio.config.digest.formats))
        )
        old = [language for language in (before.languages if before else ()) if language not in languages]
        kept = [left for left in (before.failed if before else ()) if left.stage in old]
        made = Digest(
            date=date,
            made_at=before.made_at if before else now,
            formats=formats,
            languages=(*old, *languages),
            selection=selection,
            failed=(*failed, *kept),
            announced=before.announced if before else False,
        )
        store.write_atomic(folder.digest, store.to_json(made))
    return made


def _languages(studio: Studio, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the languages to retell in; without a language model none, and that is said."""
    base = primary(studio.config.show.language)
    others = tuple(language for language in dict.fromkeys(wanted) if language != base)
    if not others or isinstance(studio.writer, Editor):
        return others
    raise ConfigError(
        f"a digest in {', '.join(others)} needs a language model, and this show's writer is none",
        "set [writer] base_url or a key, or leave the languages out",
    )


def _retell(studio: Studio, papers: Sequence[Paper], language: str) -> Iterator[Left]:
    """Have each paper told in the language, unless it is; yield those that could not be."""
    editor = studio.writer
    if not isinstance(editor, Editor):
        raise TypeError("a writer without a language model retells nothing")
    for paper in papers:
        folder = studio.folder(paper)
        path = folder.retelling(language)
        with studio.alone(paper):
            try:
                brief, document = store.load(Brief, folder.brief), store.load(Document, folder.document)
                entry = report.Entry(paper, report.printable(brief, document), document)
                told = statements.heart_texts(entry)
                kept = store.load_disposable(Retelling, path)
                if not told or (kept and kept.told == told):
                    continue
                made = editor.retell(paper, told, language, folder.drafts, primary(studio.config.show.language))
            except (DocumentError, WriterError) as error:
                log.warning("%s is not told in %s: %s", paper.id, language, error)
                yield Left(paper_id=paper.id, stage=language, reason=str(error))
            else:
                store.write_atomic(path, store.to_json(made))
