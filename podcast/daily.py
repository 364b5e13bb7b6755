"""`podcast run`: what a timer calls every day. Makes what is missing, publishes, and reports.

A run that is killed leaves no report: its days are missing for the next one, which finds what was finished.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from podcast import assembly, batch, instead, judging, pipeline, reporting
from podcast.digest import markup
from podcast.papers import asked, besides, fallen, unsettled
from podcast.pipeline import Result
from podcast.press.transcript import clock
from podcast.publishers import notify
from podcast.publishers.publishing import Published
from podcast.show import catalogue, frozen, ledger, periods, store
from podcast.show.errors import (
    Busy,
    ConfigError,
    DocumentError,
    InvalidScript,
    MailError,
    MissingDependency,
    ModelUnavailable,
    NoPapers,
    NotReady,
    OverBudget,
    PodcastError,
    Refused,
    SourceError,
    SynthesisError,
    Ungrounded,
    WriterError,
)
from podcast.show.exits import Exit
from podcast.show.periods import Period
from podcast.show.schema import (
    OTHERS,
    TRAILER,
    Episode,
    Paper,
    Quarantine,
    Run,
    RunDay,
    RunPaper,
    Script,
    Usage,
    as_told,
    ids,
)
from podcast.show.workspace import PaperFolder
from podcast.sound import mastering
from podcast.studio import Studio, Watch, unwatched
from podcast.synthesizers import ON_THIS_MACHINE

log = logging.getLogger(__name__)

T = TypeVar("T")

_LATE = dt.timedelta(days=2)
"""An empty day counts as one when it is so old, and a run before has seen it empty: else its list may still come."""
_OUTAGE = (SourceError, ModelUnavailable)
_SETTINGS = (ConfigError, MissingDependency, Refused)
_IN_THE_SCRIPT = (Ungrounded, InvalidScript, SynthesisError)


def run(
    studio: Studio, publish: Callable[[], Published | None], limit: int | None = None, watch: Watch = unwatched, *,
    sleep: Callable[[float], None] = time.sleep, today: dt.date | None = None,
) -> Run:  # fmt: skip
    """Make the days that are missing, `limit` days back at most, publish, and return the report, which is also kept.

    Raises Busy where another run is at work. The budget of [writer] holds over the whole run. Whatever stops it stands
    in the report; what was made before is published.
    """
    with ExitStack() as held:
        try:
            held.enter_context(store.locked(studio.workspace.run_lock, wait=False))
        except Busy as error:
            raise Busy("another podcast run is at work on this show", "let it end; it makes the same days") from error
        store.sweep(studio.workspace.runs)
        started = dt.datetime.now(dt.UTC)
        limit = limit or studio.config.run.days
        work = _Work(studio, watch, sleep, iter(studio.config.run.pauses), today or started.date())
        work.make(limit)
        work.round_up(limit)
        work.mend(publish)
        work.complete(limit)
        work.look_back(limit)
        published = work.publish(publish, limit)
        report = work.report(started, published)
        store.create_once(studio.workspace.runs / f"{started:%Y%m%dT%H%M%S.%fZ}.json", store.to_json(report))
    variable = studio.config.publish.webhook
    if variable and (report.exit_code or report.mended or report.fallen or any(day.papers for day in report.days)):
        text = "\n".join([studio.config.show.title, *lines(report)])
        notify.webhook(variable, text, {"run": report.model_dump(mode="json")})
    return report


def lines(report: Run) -> Iterator[str]:
    """Yield the report in words, one line an episode."""
    for day in report.days:
        for paper in day.papers:
            yield f"{day.date}  {_line(paper)}"
        if day.state == "missing":
            yield f"{day.date}  missing, for the next run: {day.reason}"
        elif day.state == "awaited":
            yield f"{day.date}  {day.reason}: it is asked again by the next run"
        elif day.state == "given up":
            yield f"{day.date}  given up: {day.reason} → podcast make {day.date}"
        elif day.reason:
            yield f"{day.date}  {day.reason}"
        for odd in day.odd:
            yield f"{day.date}  {odd.told()}"
    for paper in report.mended:
        yield f"its sound was gone  {_line(paper)}"
    for paper in (*report.held, *report.fallen):
        yield f"{paper.error} → {paper.fix}"
    yield from report.post
    if report.error:
        yield f"{report.error} → {report.hint}"
    elif not any(day.papers for day in report.days):
        yield "nothing new"


def summary(report: Run) -> Iterator[str]:
    """Yield the report in Markdown: a table with a row an episode, and below it what is missing."""
    papers = [(str(day.date), paper) for day in report.days for paper in day.papers]
    papers += [("its sound was gone", paper) for paper in report.mended]
    if papers:
        yield "| day | paper | title | episode | length | note |\n|---|---|---|--:|--:|---|"
    for day, paper in papers:
        yield markup.row([day, paper.paper_id, markup.text(paper.title), *_made(paper)])
    yield ""
    for each in report.days:
        if each.reason:
            yield f"{each.date} is {each.state}: {markup.text(each.reason)}\n"
        for odd in each.odd:
            yield f"{each.date}: {markup.text(odd.told())}\n"
    for paper in report.fallen:
        yield f"{markup.text(paper.error)} {paper.fix}\n"
    for said in report.post:
        yield f"{markup.text(said)}\n"
    if report.error:
        yield f"**{markup.text(report.error)}** {markup.text(report.hint)}\n"
    elif not papers:
        yield "Nothing new.\n"


def _made(paper: RunPaper) -> Sequence[str]:
    """Return the cells on what became of the paper: number, length, what is to be known or done."""
    if paper.error:
        return "in quarantine", "", markup.text(f"{paper.error} → {paper.fix}")
    return str(paper.number), clock(paper.duration or 0), markup.text(paper.note)


def _line(paper: RunPaper) -> str:
    if paper.error:
        return f"{paper.paper_id}  in quarantine: {paper.error} → {paper.fix}"
    but = f" ({paper.note})" if paper.note else ""
    return f"{paper.paper_id}  #{paper.number}, {clock(paper.duration or 0)}  {paper.title}{but}"


def _works(date: dt.date) -> bool:
    """Whether a list may be expected of the day: Hugging Face lists none on weekends, as a rule."""
    return date.weekday() < 5


def _lost(folder: PaperFolder, sha256: Callable[[Path], str]) -> bool:
    """Tell whether the paper has an episode whose media is not there, or not what was mixed; what cannot be read is for
    publishing to say."""
    if not folder.episode.is_file():
        return False
    try:
        episode = store.load(Episode, folder.episode)
    except DocumentError:
        return False
    return not mastering.are_whole(folder, episode.sounds(), sha256)


@dataclass
class _Work:
    """What a run is doing."""

    studio: Studio
    watch: Watch
    sleep: Callable[[float], None]
    pauses: Iterator[float]
    today: dt.date
    days: list[RunDay] = field(default_factory=list)
    mended: list[RunPaper] = field(default_factory=list)
    held: list[RunPaper] = field(default_factory=list)
    fallen: list[RunPaper] = field(default_factory=list)
    post: list[str] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)
    trouble: PodcastError | None = None
    stuck: bool = False
    """Whether an episode or a digest waits for a person."""

    def make(self, limit: int) -> None:
        """Make day after day, until all are made or something is wrong that is wrong with all."""
        workspace, source = self.studio.workspace, self.studio.source
        for date in unsettled.given_up(workspace, limit, self.today):
            reason = f"its papers could not be had in the {limit} days that a run looks back"
            self.days.append(RunDay(date=date, state="given up", reason=reason))
        wanted: Sequence[dt.date] = (self.today - dt.timedelta(days=1),)  # a new show's, where no list can be had
        try:
            wanted = self._patiently(lambda: unsettled.missing(workspace, source, limit, self.today))
            for date in wanted:
                self._day(date)
        except NoPapers as error:
            log.info("%s", error)
        except PodcastError as error:
            self.trouble = error
            told = {day.date for day in self.days}
            left = [date for date in wanted if date not in told]
            self.days += [RunDay(date=date, state="missing", reason=str(error)) for date in left]

    def round_up(self, limit: int) -> None:
        """Make the roundup, and the digest, of each week or month that was over within these days and whose own days
        are all settled."""
        kind = self.studio.config.roundup.every
        if kind == "day" or not self.studio.config.roundup.enabled or self.trouble:
            return
        first = self.today - dt.timedelta(days=limit)
        ended = dict.fromkeys(periods.around(first + dt.timedelta(days=step), kind) for step in range(limit))
        for period in ended:
            if first <= period.last < self.today and not self._waits(period.days()):
                try:
                    self._round_up(period)
                except PodcastError as error:
                    self.trouble = error

    def _waits(self, days: Collection[dt.date]) -> bool:
        """Whether a list of one of the days is still to come."""
        return any(
            day.state == "missing" or (day.state == "awaited" and _works(day.date))
            for day in self.days
            if day.date in days
        )

    def _round_up(self, period: Period) -> None:
        """Make one, unless it is there; it is told beside the papers of the period's last day."""
        folder = self.studio.workspace.day(period.last).paper(period.roundup)
        if folder.episode.is_file() or not reporting.make_of(self.studio, period):
            return
        made = batch.roundup_of_period(self.studio, period, self.watch)
        if made is None:
            return
        told = self._paper(made)
        day = next((day for day in self.days if day.date == period.last), RunDay(date=period.last, state="made"))
        others = [each for each in self.days if each.date != period.last]
        self.days = sorted([*others, day.model_copy(update={"papers": (*day.papers, told)})], key=lambda one: one.date)

    def mend(self, publish: Callable[[], object]) -> None:
        """Make again the episodes of this machine alone whose media is gone: the feed names it."""
        workspace = self.studio.workspace
        sums = ledger.Ledger(workspace.root, workspace.ledger)
        done = {(day.date, paper.paper_id) for day in self.days for paper in day.papers}
        lost = [
            folder for folder in workspace.papers()
            if (folder.day, folder.paper_id) not in done
            and not folder.withdrawn.is_file() and _lost(folder, sums.sha256)
        ]  # fmt: skip
        if not lost or not self._has_asked(publish):
            return
        elsewhere = catalogue.elsewhere(workspace)
        for folder in lost:
            if f"{folder.day}/{folder.paper_id}" in elsewhere:
                continue
            log.warning("%s: its sound is gone or damaged; it is mixed again", folder.paper_id)
            try:
                self.mended.append(self._paper(self._again(folder)))
            except PodcastError as error:
                title = store.load(Episode, folder.episode).title
                told = RunPaper(paper_id=folder.paper_id, title=title, error=str(error), fix=error.hint)
                self.mended.append(told)
                self.stuck = True

    def _has_asked(self, publish: Callable[[], object]) -> bool:
        """Have it known which episodes the target has: where that was lost with the cache, by publishing what there is
        before any is made again; tell whether it is."""
        workspace = self.studio.workspace
        if self.studio.config.publish.target == "directory" or workspace.elsewhere.is_file():
            return True
        try:
            publish()
        except NotReady:  # neither there nor here is one
            return True
        except PodcastError as error:
            if not workspace.elsewhere.is_file():
                self.trouble = self.trouble or error
                return False
        return True

    def _again(self, folder: PaperFolder) -> Result:
        """Mix the paper again, and record what takes are gone; SynthesisError where those were pruned, NotReady where a
        server would be asked for them."""
        script = store.load(Script, folder.script)
        assembly.kept(folder, script)  # which says what to do where its takes were pruned
        if folder.paper_id not in OTHERS and not folder.own.is_file():  # of those no list is needed
            pipeline.fetch(self.studio, folder.day)
        paper = asked.entry(self.studio.workspace, folder)
        if paper is None and (then := judging.known(folder)):
            paper = as_told(then[-1].paper, folder.format)  # it left the list since
        if paper is None:
            raise NotReady(f"{folder.day} does not list it any more", "put its entry back into papers.json")
        orders = self.studio.orders(script, folder)
        gone = [order for order in orders if not folder.take(order.key).is_file()]
        if any(order.actor.voice.synthesizer not in ON_THIS_MACHINE for order in gone):
            raise NotReady(
                f"{len(gone)} lines would be asked of a server again",
                f"podcast record {folder.named}, then podcast mix {folder.named}",
            )
        return pipeline.make_paper(self.studio, paper, ["record", "mix"], self.watch)

    def complete(self, limit: int) -> None:
        """Ask for what no answer came of when the papers of these days were read: what is linked with them, figures."""
        since, figures = self.today - dt.timedelta(days=limit), self.studio.config.publish.figures
        read = [each for each in self.studio.workspace.papers() if each.day >= since and each.brief.is_file()]
        wanting = [each for each in read if ids.is_arxiv(each.paper_id) and not besides.is_known(each, figures=figures)]
        if self._out() or not wanting:
            return
        papers = (self._entry(each) for each in wanting)
        batch.gather_besides(self.studio, [paper for paper in papers if paper])

    def _entry(self, folder: PaperFolder) -> Paper | None:
        try:
            return asked.entry(self.studio.workspace, folder)
        except DocumentError as error:  # it is said of its day elsewhere
            log.info("%s", error)
            return None

    def _out(self) -> bool:
        """Whether a source or the model did not answer: who is out is not asked yet again."""
        return bool(self.trouble) or any(day.state == "missing" for day in self.days)

    def look_back(self, limit: int) -> None:
        """Find the episodes of these days whose paper was withdrawn or superseded since; without an answer, of what is
        on record here."""
        since = self.today - dt.timedelta(days=limit)
        source = None if self._out() else self.studio.source
        for paper, why in fallen.episodes(self.studio.workspace, source, since):
            named = self.studio.folder(paper).named
            told = f"the paper of the episode {named} is {why}"
            fix = f"podcast publish --withdraw {named}, or leave it"
            self.fallen.append(RunPaper(paper_id=paper.id, title=paper.title, error=told, fix=fix))

    def publish(self, publish: Callable[[], Published | None], limit: int) -> bool:
        """Publish what there is; return whether that was done."""
        try:
            done = publish()
        except NotReady:
            return False  # a show without an episode
        except PodcastError as error:
            if self.trouble:
                log.error("not published either: %s (%s)", error, error.hint)
            self.trouble = self.trouble or error
            return False
        for each in done.held if done else ():
            told = RunPaper(paper_id=each.paper_id, title=each.name, error=each.told(), fix=each.hint)
            self.held.append(told)
        made = [day.date for day in self.days if day.state == "made"]
        self._announce(limit)
        self._mail(made)
        return True

    def _announce(self, limit: int) -> None:
        """Tell the webhook of what is over, of these days and of the weeks and months that end with them, and was not
        told: what is not over when its digest is made, or could not be published or told then, is told later."""
        workspace, config = self.studio.workspace, self.studio.config
        ended = reporting.untold(workspace, config, self.today - dt.timedelta(days=limit))
        over = (each for each in ended if not (each[1] and self._waits(each[1].days())))
        reporting.announce(workspace, config, over)

    def _mail(self, made: Sequence[dt.date]) -> None:
        """Send the digests of these days, and of earlier ones that did not go to all; what does not go is said, keeps
        nothing else from being done, and is tried by the next run."""
        since = self.today - dt.timedelta(days=self.studio.config.run.days)
        days = {*made, *reporting.half_mailed(self.studio, since)} if self.studio.config.digest.mail.to else ()
        for date in sorted(days):
            try:
                if sent := reporting.send(self.studio, date, late=False):
                    self.post.append(f"{date}  the digest is sent: {sent} mail{'' if sent == 1 else 's'}")
            except NotReady:
                continue  # a day without a digest was told
            except (MailError, ConfigError, DocumentError) as error:
                self.unsent.append(f"{date}  the digest is not sent to all: {error} → {error.hint}")

    def report(self, started: dt.datetime, published: bool) -> Run:
        """Return what was done, and what is to be done about it."""
        return Run(
            started=started,
            ended=dt.datetime.now(dt.UTC),
            days=tuple(self.days),
            mended=tuple(self.mended),
            held=tuple(self.held),
            fallen=tuple(self.fallen),
            post=(*self.post, *self.unsent),
            published=published,
            error=str(self.trouble or ""),
            hint=self.trouble.hint if self.trouble else "",
            exit_code=self._exit_code(),
            usage=self._spent(),
        )

    def _spent(self) -> Usage:
        made = "writer" in vars(self.studio)  # asking for one would make it
        return self.studio.writer.spent if made else Usage()

    def _exit_code(self) -> Exit:
        """What needs a person goes before what comes by itself: LATER is said where waiting is all that is needed."""
        if isinstance(self.trouble, _SETTINGS):
            return Exit.USAGE
        if isinstance(self.trouble, OverBudget):
            return Exit.BUDGET
        if self.trouble and not isinstance(self.trouble, _OUTAGE):
            return Exit.ERROR
        if self.held or any(day.state == "given up" for day in self.days):
            return Exit.ERROR
        if self.stuck:
            return Exit.QUARANTINE
        return (
            Exit.LATER if self.trouble or self.unsent or any(day.state == "missing" for day in self.days) else Exit.DONE
        )

    def _day(self, date: dt.date) -> None:
        results: dict[str, Result] = {}
        without = ""

        def work() -> None:
            nonlocal without
            for result in batch.make_day(self.studio, date, self.watch):
                results[result.paper.id] = result
            without = self._digest(date, list(results.values()))
            if together := batch.roundup_of(self.studio, date, self.watch):
                results[together.paper.id] = together

        try:
            self._patiently(work)
        except NoPapers as error:
            seen = date in unsettled.reported(self.studio.workspace, "awaited")
            state = "empty" if seen and self.today - date >= _LATE else "awaited"
            self.days.append(RunDay(date=date, state=state, reason=str(error)))
        except PodcastError as error:
            self.days.append(RunDay(date=date, state="missing", reason=str(error), papers=self._papers(results)))
            if not isinstance(error, SourceError):
                raise
        else:
            outage = next((each.error for each in results.values() if isinstance(each.error, SourceError)), None)
            state, reason = ("missing", str(outage)) if outage else ("made", without)
            odd = frozen.day(self.studio.workspace.day(date)).odd
            self.days.append(RunDay(date=date, state=state, reason=reason, papers=self._papers(results), odd=odd))

    def _digest(self, date: dt.date, made: Sequence[Result]) -> str:
        """Make the day's digest; return why there is none, for its episodes do not wait for it."""
        try:
            reporting.make(self.studio, date, self.watch, made)
        except (*_OUTAGE, *_SETTINGS):
            raise
        except PodcastError as error:
            self.stuck = True
            return f"no digest: {error} → {error.hint}"
        return ""

    def _patiently(self, work: Callable[[], T]) -> T:
        """Return what `work` does; while a source or the model is out, wait as often as the whole run may."""
        while True:
            try:
                return work()
            except NoPapers:
                raise
            except _OUTAGE as error:
                pause = next(self.pauses, None)
                if pause is None:
                    raise
                log.warning("%s; once more in %.0f s", error, pause)
                self.sleep(pause)

    def _papers(self, results: dict[str, Result]) -> tuple[RunPaper, ...]:
        return tuple(map(self._paper, results.values()))

    def _paper(self, result: Result) -> RunPaper:
        paper, folder = result.paper, self.studio.folder(result.paper)
        if result.error is None:
            episode = store.load(Episode, folder.episode)
            return RunPaper(
                paper_id=paper.id, title=episode.title, number=episode.number, duration=episode.media.duration,
                note=instead.told(folder),
            )  # fmt: skip
        self.stuck |= not isinstance(result.error, _OUTAGE)
        return RunPaper(paper_id=paper.id, title=paper.title, error=str(result.error), fix=self._fix(result))

    def _fix(self, result: Result) -> str:
        """Return what mends the paper: what its error says where the model failed, for its answers are kept."""
        paper, folder, error = result.paper, self.studio.folder(result.paper), result.error
        in_script = isinstance(error, _IN_THE_SCRIPT) and folder.script.is_file()
        if isinstance(error, WriterError) and not in_script and error.hint:
            return error.hint
        reason = store.load_disposable(Quarantine, folder.quarantine)
        mend = f"{reason.stage if reason else 'read'} {folder.named}"
        if in_script:
            mend = f"script {folder.named} --edit"
        return f"podcast {mend}, then {'podcast publish' if paper.id == TRAILER else folder.maker}"
