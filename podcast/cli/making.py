"""The commands that make: a show's folder, episodes, digests; and each stage alone."""

import datetime as dt
import shlex
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from podcast.cli.called import command, typeable
from podcast.cli.front import app, leave, open_studio, publish_now, tell
from podcast.cli.options import (
    Abstract,
    Allow,
    AsJson,
    Authors,
    Budget,
    Day,
    Demo,
    DryRun,
    Formats,
    Languages,
    MinUpvotes,
    Month,
    On,
    Papers,
    Planned,
    Publish,
    Target,
    Title,
    Told,
    Top,
    Voices,
    Week,
    Wishes,
    WriterName,
)
from podcast.show.errors import NoPapers, NotReady, WrongUsage
from podcast.show.iso639 import primary

if TYPE_CHECKING:
    from podcast.cli import naming
    from podcast.pipeline import Result
    from podcast.reporting import Ended
    from podcast.show.periods import Period
    from podcast.show.schema import Day as SomeDay
    from podcast.show.schema import Paper, Roundup
    from podcast.show.workspace import PaperFolder
    from podcast.studio import Studio


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="DIR", help="The folder to make.")],
    ways: Annotated[
        list[str] | None,
        typer.Option(
            "--with",
            metavar="WAY",
            help="What runs it every day: cron, github, systemd or docker; repeat it. For a show that is there, too.",
        ),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="What it is spoken in, such as de or pt-BR. Default: en.")
    ] = "",
    hosts: Annotated[int, typer.Option("--hosts", metavar="N", min=1, max=4, help="How many talk, one to four.")] = 2,
) -> None:
    """Make a folder for a show of your own: settings, voices and a cover. It works at once."""
    from podcast.cli import console, newshow
    from podcast.show.workspace import Workspace

    if not name.strip():
        raise typer.BadParameter("a folder wants a name")
    folder = Path(name)
    if ways and not language and hosts == 2 and Workspace(folder).config.is_file():
        _say_laid(folder, ways, newshow.equip(folder, ways))
        return
    newshow.create(folder, ways or (), language, hosts)
    console.say(f"[bold]{console.plain(str(folder))}[/] is ready: look at podcast.toml.")
    if language:
        _say_needed(folder)
    _say_laid(folder, ways or ())
    console.say(f"Next: [bold]{console.plain(command('make latest', folder))}[/]")


def _say_needed(folder: Path) -> None:
    """Say what a show that is spoken in its language lacks."""
    from podcast.cli import console, doctor
    from podcast.show import config
    from podcast.show.workspace import Workspace

    workspace = Workspace(folder.resolve())
    console.only_look()
    settings = config.read(workspace.config)
    if primary(settings.show.language) != "en":
        console.say(
            "What it says of itself is English, as are its pages and notes around the episodes' texts: set tagline, "
            "description, frequency, credits and cover_credit in podcast.toml, then "
            f"[bold]{console.plain(command('cover', folder))}[/]; templates/ may have pages and notes of your own."
        )
    for check in doctor.needed(workspace, settings):
        if check["ok"] == "no":
            console.warn(f"It needs: {check['found']} → {typeable(check['fix'], folder)}")


def _say_laid(folder: Path, ways: "Sequence[str]", new: "Sequence[Path] | None" = None) -> None:
    """Say of each way to run a show which file says how it is set going; where only some are `new`, what stays."""
    from podcast.cli import console, extras
    from podcast.show import packaged

    stood = [folder / target for way in ways for target in extras.EXTRAS[way].values() if new is not None]
    for path in dict.fromkeys(stood):
        if path not in (new or ()):
            console.warn(f"{path} is there, and stays as it is: delete it for a new one")
    for way in ways:
        console.say(f"{console.plain(str(folder / extras.STARTS[way]))}: its first lines say how to set it going.")
    if {"docker", "github"} & set(ways):
        wheel = console.plain(packaged.wheel(folder / "deploy" / "wheels"))
        console.say(
            f"Until the program stands at a registry, what was laid installs the wheel that this makes: {wheel}"
        )


@app.command()
def make(
    wishes: Wishes = None, demo: Demo = False, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None,
    budget: Budget = None, allow_ungrounded: Allow = False, voice: Voices = None, writer: WriterName = None,
    title: Title = None, author: Authors = None, abstract: Abstract = None, week: Week = None, month: Month = None,
    format_: Told = None, on: On = None,
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Ask the model anew for papers in quarantine; its answers are laid aside.")
    ] = False,
    publish: Publish = True, dry_run: Planned = False, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Make episodes of a day's most upvoted papers, or of any paper, then publish: the main job."""
    from podcast import batch
    from podcast.cli import console, naming, tables, targets, when
    from podcast.show import founding

    wanted = naming.sorted_out(wishes or (), naming.Said(title or "", tuple(author or ()), abstract or ""))
    period = when.period(week, month)
    naming.check_list("make", papers, wanted.days, period)
    if period and (wanted.days or demo):
        raise WrongUsage(f"a {period.kind} and a day are named", "take one of them; papers may stand beside either")
    if demo and wanted.days:
        raise typer.BadParameter("--demo is a day of its own: leave DAY out")
    studio = open_studio(
        demo, papers, top, min_upvotes, budget, allow_ungrounded, voice, writer=writer, only_look=dry_run,
        formats=format_, on=on, machines=True,
    )  # fmt: skip
    if publish and not dry_run:
        founding.check_going_out(studio.workspace, studio.config)
    if demo and not dry_run:
        _say_how_long(studio)
    batch.check_formats(studio, naming.told_anew(studio, wanted))
    talks = targets.roundups(studio, wanted.roundups)
    if dry_run:
        _plan(studio, wanted, talks, demo, period, as_json)
        return
    results: list[Result] = []
    named: list[Result] = []
    with ExitStack() as badly:
        badly.callback(_say_unpublished, studio, results, named)
        if period:
            results.extend(_of_period(studio, period, afresh))
        else:
            dated = wanted.days or demo or not wanted.named
            results.extend(_of_days(studio, wanted.days, demo, afresh) if dated else ())
        # a period has its own digest: those of its days would read papers that it did not choose
        days = [] if period else list(dict.fromkeys(result.paper.listed_on for result in results))
        asked, missed = naming.found(studio, wanted, beside=bool(period or wanted.days or demo or talks))
        named.extend(_of_papers(studio, asked, afresh))
        others = [date for date in dict.fromkeys(result.paper.listed_on for result in named) if date not in days]
        together, whole = _beside(studio, days, results)
        whole = _beside(studio, others, named, listed=False)[1] and whole and not missed
        together += [*(_roundup_of(studio, period) if period else ()), *_of_roundups(studio, talks, afresh)]
        results += [*together, *named]
        badly.pop_all()
    failed = [result for result in results if result.error]
    if publish and len(failed) < len(results):
        ended: list[Ended] = [(result.paper.listed_on, None) for result in results]
        ended += [(period.last, period)] if period else []
        whole = publish_now(studio.workspace, studio.config, ended=ended) and whole
        if demo and studio.workspace.config.is_file():
            gone = console.plain(command("clean --demo"))
            console.say(f"These are the demo's episodes: [bold]{gone}[/] takes them out of your show again.")
    if as_json:
        console.as_json(tables.made(studio, results))
    leave(failed, whole)


def _say_how_long(studio: "Studio") -> None:
    """Say so where the demo, which somebody waits for, is spoken by voices that take their time."""
    from podcast.cli import console
    from podcast.synthesizers import UNHURRIED

    if engines := sorted({actor.voice.synthesizer for actor in studio.cast.values()} & UNHURRIED):
        console.say(
            f"The demo's three episodes may take some minutes by {' and '.join(engines)}; "
            "--voice A=hibari-heart --voice B=hibari-low is quicker."
        )


def _say_unpublished(studio: "Studio", results: "Sequence[Result]", more: "Sequence[Result]") -> None:
    """Say how many of the episodes that were made wait to be published."""
    from podcast.cli import console

    def waits(folder: "PaperFolder") -> bool:
        return not folder.withdrawn.is_file() and studio.workspace.waits(folder)

    count = sum(map(waits, {studio.folder(each.paper) for each in (*results, *more) if not each.error}))
    if count:
        are = "episode is" if count == 1 else "episodes are"
        console.warn(f"{count} {are} made and not published: {command('publish')}")


def _plan(
    studio: "Studio", wanted: "naming.Wanted", talks: "Sequence[Roundup]", demo: bool, period: "Period | None",
    as_json: bool,
) -> None:  # fmt: skip
    """Say what would be made, and what that takes."""
    from podcast.cli import console, planning

    if period:
        raise WrongUsage("--dry-run is of days and papers", "name the days: podcast make A..B --dry-run")
    planned = list(planning.days(studio, wanted.days, demo) if wanted.days or demo or not wanted.named else ())
    planned += [*planning.asked(studio, wanted.papers), *(planning.together(studio, each) for each in talks)]
    workers, speed = planning.workers(studio), planning.speed(studio) if any(each.lines for each in planned) else 0.0
    rows = planning.rows(planned)
    if as_json:
        console.as_json({**planning.summed(planned), "workers": workers, "speed": round(speed, 2), "each": rows})
        return
    console.table(rows)
    console.out.print(planning.told(planned, workers, speed), markup=False, highlight=False)


def _of_days(studio: "Studio", days: "Sequence[str]", demo: bool, afresh: bool) -> "Iterator[Result]":
    """Make the days' papers, and tell of each."""
    from podcast import batch
    from podcast.cli import console, targets

    def found() -> "Iterator[SomeDay]":
        for each in (one for day in days or (None,) for one in targets.fetched(studio, day, demo)):
            _set_aside(studio, each.papers if afresh else ())
            yield each

    with console.bars() as watch:
        for result in batch.make_days(studio, found(), watch):
            tell(studio, result)
            yield result


def _of_period(studio: "Studio", period: "Period", afresh: bool) -> "Iterator[Result]":
    """Make the papers of a week or a month, and tell of each."""
    from podcast import batch
    from podcast.cli import console
    from podcast.papers import spans

    # what is in quarantine is of a day that is here
    _set_aside(studio, spans.joined(studio.workspace, period).papers if afresh else ())
    with console.bars() as watch:
        for result in batch.make_period(studio, period, watch):
            tell(studio, result)
            yield result


def _of_papers(studio: "Studio", named: "Sequence[tuple[str, Paper]]", afresh: bool) -> "Iterator[Result]":
    """Make the papers that were asked for by themselves, and tell of each, as it was named."""
    from podcast import batch
    from podcast.cli import console

    papers = [paper for _, paper in named]
    names = {paper.about[0].id: name for name, paper in named if paper.about[0].id.startswith("file-")}
    _set_aside(studio, papers if afresh else ())
    with console.bars() as watch:
        for result in batch.make_asked(studio, papers, watch):
            tell(studio, result, named=names.get(result.paper.about[0].id, ""))
            yield result


def _of_roundups(studio: "Studio", talks: "Sequence[Roundup]", afresh: bool) -> "Iterator[Result]":
    """Make the roundups that were named by themselves, and tell of each."""
    from podcast import batch
    from podcast.cli import console

    _set_aside(studio, talks if afresh else ())
    for talk in talks:
        with console.bars() as watch:
            result = batch.make_roundup(studio, talk, watch)
        tell(studio, result)
        yield result


def _set_aside(studio: "Studio", papers: "Sequence[Paper]") -> None:
    """Have papers in quarantine asked for afresh."""
    from podcast import batch, pipeline

    for paper in batch.told(studio, papers):
        if studio.folder(paper).quarantine.is_file():
            pipeline.set_aside(studio, paper)


@app.command()
def digest(
    day: Day = None, demo: Demo = False, format_: Formats = None, lang: Languages = None, papers: Papers = None,
    top: Top = None, budget: Budget = None, week: Week = None, month: Month = None,
    mail: Annotated[bool, typer.Option("--mail", help="Send it to [digest.mail] to, once to each.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --mail: print the mails, and send none.")] = False,
) -> None:  # fmt: skip
    """Make a day's reports out of its briefs: in six sections, by category, as a table, and how it was chosen."""
    from podcast import reporting
    from podcast.cli import console, naming, targets, when

    if dry_run and not mail:
        raise typer.BadParameter("--dry-run is of --mail")
    if mail and (week or month):
        raise typer.BadParameter("--mail sends a day's digest, and no week's or month's")
    said = {"formats": _formats(format_), "languages": _listed(lang), "top": top}
    period = when.period(week, month)
    naming.check_list("digest", papers, [day] if day else [], period)
    studio = open_studio(demo, papers, budget=budget, digest=said)
    if period and not reporting.make_of(studio, period):
        raise NotReady(f"no paper of {period.told} was read", f"podcast make --{period.kind} {period} makes its best")
    days, failed = ([] if period else list(targets.dates(studio, day, demo))), 0
    with console.bars() as watch:
        for date in days:
            for left in reporting.make(studio, date, watch).failed:
                console.fail(f"{left.paper_id} is listed as failed ({left.stage}): {left.reason}")
                failed += 1
    written = reporting.write(studio)
    for date in [period.last] if period else days:
        for path in written:
            if _is_report(path, date, studio.config.digest.formats, period.stem if period else f"{date:%d}"):
                console.out.print(str(path), markup=False, highlight=False)
    for date in days if mail else ():
        _mail(studio, date, dry_run)
    console.say(f"Next: [bold]{console.plain(command('publish'))}[/] puts them beside the episodes")
    if failed:
        raise typer.Exit(1)


@app.command()
def trailer(
    voice: Voices = None,
    again: Annotated[
        bool, typer.Option("--again", help="Write it anew, by the settings as they are; the one before is kept.")
    ] = False,
    publish: Publish = True,
) -> None:
    """Make the show's trailer, a minute: what the show is, and who is heard. It needs no paper and no model."""
    from podcast import pipeline
    from podcast.cli import console
    from podcast.papers import trailer as place
    from podcast.revising import regenerate

    studio = open_studio(voices=voice, writer="extractive")
    paper = place.found(studio.workspace, studio.config.show.title, dt.datetime.now(dt.UTC))
    begun = None
    if again and studio.folder(paper).script.is_file():
        begun = regenerate.apply(studio, paper, regenerate.wish(stage="write"))
    with console.bars() as watch:
        result = pipeline.make_paper(studio, paper, ("write", "record", "mix"), watch)
    if not result.error:
        regenerate.done(studio, paper, begun)
    tell(studio, result)
    whole = publish_now(studio.workspace, studio.config) if publish and not result.error else True
    console.say(f"Its words: [bold]{console.plain(command('script trailer --edit'))}[/]")
    leave([result] if result.error else [], whole)


@app.command()
def fetch(
    day: Day = None, demo: Demo = False, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Read the day again, and show what moved.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Read the day's papers and their upvotes, and freeze them in papers.json."""
    from podcast import pipeline
    from podcast.cli import console, inventory, naming, targets
    from podcast.papers import asked, besides, days, fallen

    naming.check_list("fetch", papers, [day] if day else [])
    studio, again = open_studio(demo, papers, top, min_upvotes), _again(top, min_upvotes)
    rows = list[dict[str, object]]()

    def show(listed: "Sequence[dict[str, object]]") -> None:
        rows.extend(listed)
        if not as_json:
            console.table(listed)

    if refresh:
        for date in targets.dates(studio, day, demo, again=True):
            folder, before, found = studio.workspace.day(date), None, asked.unlisted(date)
            own = asked.under(folder)
            try:
                if not targets.has_no_list(folder, own):
                    before, found = days.refresh(studio.workspace, studio.source, date)
            except NoPapers as error:
                if not own:
                    raise
                console.say(str(error))
            show(inventory.listing(studio, found, before))
            for paper in asked.joined(found, own).papers:
                if besides.again(studio.folder(paper), paper, studio.source):
                    console.say(f"{paper.id} has other models, data sets or Spaces now.")
            for gone in inventory.gone(before, found):
                console.say(f"{gone} is not listed any more.")
            for paper, why in fallen.episodes(studio.workspace, studio.source):
                if paper.listed_on == date:
                    told = f"{paper.id} has an episode, and is {why}"
                    console.fail(told, f"podcast publish --withdraw {studio.folder(paper).named}, or leave it")
            _say_next("read", f"{date}", *again)
    for found in targets.fetched(studio, day, demo) if not refresh else ():
        pipeline.choose(studio, found)
        show(inventory.listing(studio, found))
        _say_next("read", f"{found.date}", *again)
    if as_json:
        console.as_json(rows)


@app.command()
def read(
    target: Target, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None, budget: Budget = None,
    again: Annotated[bool, typer.Option("--again", help="Ask for the texts anew, as of one that was out.")] = False,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Read papers into briefs whose every claim points at sentences of the paper."""
    from podcast import pipeline
    from podcast.cli import console, naming, targets, when

    naming.check_list("read", papers, [target] if when.is_day(target) else [])
    studio = open_studio(False, papers, top, min_upvotes, budget)
    found = list(targets.papers(studio, target)) if again and not dry_run else []
    for paper in found:
        if len(found) > 1 and studio.folder(paper).script.is_file():
            console.say(f"{paper.id} has a script: podcast regenerate {studio.folder(paper).named} --from read")
        else:
            pipeline.read_again(studio, paper)
    _stage("read", target, studio, ("write", target, *_again(top, min_upvotes)), dry_run)


@app.command()
def write(
    target: Target, top: Top = None, min_upvotes: MinUpvotes = None, budget: Budget = None,
    allow_ungrounded: Allow = False, format_: Told = None, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Write scripts from the briefs."""
    studio = open_studio(False, None, top, min_upvotes, budget, allow_ungrounded, formats=format_)
    _stage("write", target, studio, ("record", target, *_again(top, min_upvotes, format_)), dry_run)


@app.command()
def record(
    target: Target, top: Top = None, min_upvotes: MinUpvotes = None, allow_ungrounded: Allow = False,
    voice: Voices = None, format_: Told = None,
) -> None:  # fmt: skip
    """Record the scripts, line by line; only what has no take yet."""
    studio = open_studio(False, None, top, min_upvotes, None, allow_ungrounded, voice, formats=format_)
    _stage("record", target, studio, ("mix", target, *_again(top, min_upvotes, format_, voice)))


@app.command()
def mix(
    target: Target, top: Top = None, min_upvotes: MinUpvotes = None, voice: Voices = None, format_: Told = None
) -> None:  # fmt: skip
    """Mix the takes into episodes."""
    studio = open_studio(False, None, top, min_upvotes, voices=voice, formats=format_)
    _stage("mix", target, studio, ("publish",))


def _again(
    top: int | None, min_upvotes: int | None, formats: Sequence[str] | None = None, voices: Sequence[str] | None = None
) -> list[str]:
    """Return the options by which the next command is of the same papers, told and spoken as this one had it."""
    given = (("--top", top), ("--min-upvotes", min_upvotes))
    chosen = [word for name, value in given if value is not None for word in (name, str(value))]
    told = [word for each in formats or () for word in ("--format", each)]
    return [*chosen, *told, *(word for each in voices or () for word in ("--voice", each))]


def _say_next(*words: str) -> None:
    """Tell the next command, as it can be typed."""
    from podcast.cli import console

    console.say(f"Next: [bold]{console.plain(command(shlex.join(words)))}[/]")


def _stage(stage: str, target: str, studio: "Studio", following: Sequence[str], dry_run: bool = False) -> None:
    """Have the stage done of each paper that is named, tell of it, and what is `following`."""
    from podcast import batch
    from podcast.cli import console, lines, targets
    from podcast.show.schema import Trailer

    papers = targets.told(studio, target, stage, look=dry_run)
    if stage in ("read", "write") and any(isinstance(paper, Trailer) for paper in papers):
        raise WrongUsage(f"a trailer is about no paper: there is nothing to {stage}", "podcast trailer --again")
    if dry_run:
        for paper in papers:
            for text in lines.prompts(studio, paper, stage):
                console.out.print(text, markup=False, highlight=False)
        return
    failed = []
    with console.bars() as watch:
        for result in batch.make_papers(studio, papers, [stage], watch):
            tell(studio, result, stage)
            failed += [result] if result.error else []
    if not failed:
        _say_next(*following)
    leave(failed)


def _beside(
    studio: "Studio", days: "Sequence[dt.date]", made: "Sequence[Result]", *, listed: bool = True
) -> "tuple[list[Result], bool]":  # fmt: skip
    """Make what the days have beside their episodes, and tell of it; return the roundups, and whether all digests are
    there."""
    from podcast import reporting
    from podcast.cli import console

    together, whole = list["Result"](), True
    for date in days:
        with console.bars() as watch:
            wrong, roundup = reporting.beside(studio, date, made, watch, listed=listed)
        if wrong:
            console.fail(f"{date} has no digest: {wrong}", wrong.hint)
            whole = False
        if roundup:
            tell(studio, roundup)
            together.append(roundup)
    return together, whole


def _roundup_of(studio: "Studio", period: "Period") -> "Iterator[Result]":
    """Make the period's digest, and its roundup where the show has one; tell of that."""
    from podcast import batch, reporting
    from podcast.cli import console

    if reporting.make_of(studio, period):
        with console.bars() as watch:
            result = batch.roundup_of_period(studio, period, watch)
        if result:
            tell(studio, result)
            yield result


def _mail(studio: "Studio", date: "dt.date", dry_run: bool) -> None:
    """Send the day's digest to those who have not got it, and say so; or print what would go."""
    from podcast import reporting
    from podcast.cli import console

    if dry_run:
        for each in reporting.to_be_mailed(studio, date):
            console.out.print(each.as_string(), markup=False, highlight=False, soft_wrap=True)
        return
    sent, there = reporting.send(studio, date), len(studio.config.digest.mail.to)
    if not sent:
        console.say(f"The digest of {date} went to all {there} before; nobody gets it twice.")
        return
    before = f", {there - sent} had it" if sent < there else ""
    console.say(f"The digest of {date} is sent: {sent} mail{'' if sent == 1 else 's'}{before}.")


def _formats(said: str | None) -> "Sequence[str] | None":
    """Return the formats that were asked for; None for those of the settings."""
    from podcast.show import mistakes
    from podcast.show.settings import DigestSettings

    known: tuple[str, ...] = DigestSettings().formats
    if said is None:
        return None
    wanted = known if said == "all" else tuple(one.strip() for one in said.split(","))
    for one in wanted:
        if one not in known:
            guess = mistakes.meant(one, known)
            raise typer.BadParameter(f"{one!r} is no format{guess or ':'} {', '.join(known)}, or all")
    return wanted


def _is_report(path: Path, date: dt.date, formats: "Sequence[str]", stem: str) -> bool:
    """Whether the file is a report of that day in one of the formats: `12.md` is in sections, `12-table.md` a table."""
    format_ = path.name.partition(".")[0].partition("-")[2].partition("-")[0] or "sections"
    return path.match(f"digest/{date:%Y/%m}/{stem}*") and not path.match("*.item.json") and format_ in formats


def _listed(said: str | None) -> "Sequence[str] | None":
    return None if said is None else [one.strip() for one in said.split(",") if one.strip()]
