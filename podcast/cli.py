"""The commands: parse, one call, print. What is heavy is imported by the command that needs it."""

import datetime as dt
import logging
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from podcast import __version__
from podcast.errors import ConfigError, MissingDependency, PodcastError, StorageError

if TYPE_CHECKING:
    from podcast.config import Config
    from podcast.pipeline import Result, Studio
    from podcast.samples import Sample
    from podcast.workspace import Workspace

app = typer.Typer(
    name="podcast",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The podcast studio for research papers.\n\n"
    "Six verbs, in order: fetch → read → write → record → mix → publish. `make` does them all.",
    epilog="Begin with: podcast make --demo, then: podcast serve",
)
voices_app = typer.Typer(invoke_without_command=True, help="List the voices and engines; try one.")
app.add_typer(voices_app, name="voices")

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

Day = Annotated[str | None, typer.Argument(metavar="[DAY]", help="A day such as 2025-09-12, A..B, today or latest.")]
Paper = Annotated[
    str, typer.Argument(metavar="PAPER", help="An arXiv id or its beginning, an episode's number, or latest.")
]
Target = Annotated[str, typer.Argument(metavar="DAY|PAPER", help="A day such as 2025-09-12, or a paper's arXiv id.")]
Papers = Annotated[
    Path | None,
    typer.Option("--papers", metavar="FILE", help="The day's list, in the shape of Hugging Face's API answer."),
]
Top = Annotated[int | None, typer.Option("--top", min=1, max=100, help="How many papers: the most upvoted.")]
MinUpvotes = Annotated[int | None, typer.Option("--min-upvotes", min=0, help="Leave papers with fewer upvotes.")]
Voices = Annotated[
    list[str] | None,
    typer.Option("--voice", metavar="HOST=VOICE", help="Let a host speak in this voice, such as A=flite-slt."),
]
Demo = Annotated[bool, typer.Option("--demo", help="The built-in day: no key, no GPU, no network.")]
Number = int | None
Budget = Annotated[float | None, typer.Option("--budget", min=0, metavar="AMOUNT", help="What it may cost at most.")]
Allow = Annotated[
    bool, typer.Option("--allow-ungrounded", help="Let pass what the paper does not say; the episode says so.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be asked of the model, and ask nothing.")]
Formats = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="selection, sections, categories, table (with commas), or all."),
]
Languages = Annotated[
    str | None, typer.Option("--lang", metavar="zh,en", help="Languages of the summaries by category.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


class _State:
    """What the options before the command said."""

    show = Path()
    wait = True


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    show: Annotated[
        Path, typer.Option("--show", "-C", metavar="DIR", help="The show's folder.", envvar="PODCAST_DIR")
    ] = Path(),
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say how things are done.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what goes wrong.")] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Fail where another command works on the same paper or feed.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    from podcast import console

    console.start_logging(verbose, quiet)
    _State.show, _State.wait = show, not no_wait


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    ways: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="WAY", help="What runs it every day: github, systemd or docker; repeat it."),
    ] = None,
) -> None:
    """Make a folder for a show of your own: settings, voices and a cover. It works at once."""
    from podcast import console, newshow

    newshow.create(folder, ways or ())
    console.say(f"[bold]{console.plain(str(folder))}[/] is ready: look at podcast.toml.")
    console.say(f"Next: [bold]podcast -C {console.plain(str(folder))} make --demo[/]")


@app.command()
def make(
    day: Day = None, demo: Demo = False, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None,
    budget: Budget = None, allow_ungrounded: Allow = False, voice: Voices = None,
    publish: Annotated[bool, typer.Option("--publish/--no-publish", help="Publish afterwards.")] = True,
) -> None:  # fmt: skip
    """Make episodes of a day's most upvoted papers, then publish: the main job."""
    from podcast import batch, console, targets

    studio = _studio(demo, papers, top, min_upvotes, budget, allow_ungrounded, voice)
    results: list[Result] = []
    with console.bars() as watch:
        for found in targets.fetched(studio, day, demo):
            for result in batch.make_day(studio, found.date, watch):
                _tell(studio, result)
                results.append(result)
    failed = [result for result in results if result.error]
    days = list(dict.fromkeys(result.paper.listed_on for result in results))
    whole = _digests(studio, days)
    failed += [result for result in _roundups(studio, days) if result.error]
    if publish and len(failed) < len(results):
        _publish(studio.workspace, studio.config)
        _announce(studio, days)
    _exit(failed)
    if not whole:
        raise typer.Exit(1)


@app.command()
def digest(
    day: Day = None, demo: Demo = False, format_: Formats = None, lang: Languages = None, papers: Papers = None,
    top: Top = None, budget: Budget = None,
) -> None:  # fmt: skip
    """Make a day's reports out of its briefs: in six sections, by category, as a table, and how it was chosen."""
    from podcast import console, targets
    from podcast.digest import making

    said = {"formats": _formats(format_), "languages": _listed(lang), "top": top}
    studio = _studio(demo, papers, budget=budget, digest=said)
    days, failed = list(targets.dates(studio, day, demo)), 0
    with console.bars() as watch:
        for date in days:
            for left in making.make(studio, date, watch).failed:
                console.fail(f"{left.paper_id} is listed as failed ({left.stage}): {left.reason}")
                failed += 1
    written = making.write(studio)
    for date in days:
        for path in written:
            if path.match(f"digest/{date:%Y/%m/%d}*") and not path.match("*.item.json"):
                console.out.print(str(path), markup=False, highlight=False)
    _announce(studio, days)
    console.say("Next: [bold]podcast publish[/] puts them beside the episodes")
    if failed:
        raise typer.Exit(1)


@app.command()
def fetch(
    day: Day = None, demo: Demo = False, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Read the day again, and show what moved.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Read the day's papers and their upvotes, and freeze them in papers.json."""
    from podcast import console, days, pipeline, report, targets

    studio = _studio(demo, papers, top, min_upvotes)
    if refresh:
        for date in targets.dates(studio, day, demo):
            before, found = days.refresh(studio.workspace, studio.source, date)
            console.table(report.listing(studio, found, before), as_json)
            for gone in report.gone(before, found):
                console.say(f"{gone} is not listed any more.")
            console.say(f"Next: [bold]podcast read {date}[/]")
        return
    for found in targets.fetched(studio, day, demo):
        pipeline.choose(studio, found)
        console.table(report.listing(studio, found), as_json)
        console.say(f"Next: [bold]podcast read {found.date}[/]")


@app.command()
def read(
    target: Target, papers: Papers = None, top: Top = None, min_upvotes: MinUpvotes = None, budget: Budget = None,
    dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Read papers into briefs whose every claim points at sentences of the paper."""
    _stage("read", target, _studio(False, papers, top, min_upvotes, budget), "write", dry_run)


@app.command()
def write(
    target: Target, top: Top = None, min_upvotes: MinUpvotes = None, budget: Budget = None,
    allow_ungrounded: Allow = False, dry_run: DryRun = False,
) -> None:  # fmt: skip
    """Write scripts from the briefs."""
    _stage("write", target, _studio(False, None, top, min_upvotes, budget, allow_ungrounded), "record", dry_run)


@app.command()
def record(
    target: Target, top: Top = None, min_upvotes: MinUpvotes = None, allow_ungrounded: Allow = False,
    voice: Voices = None,
) -> None:  # fmt: skip
    """Record the scripts, line by line; only what has no take yet."""
    _stage("record", target, _studio(False, None, top, min_upvotes, None, allow_ungrounded, voice), "mix", voices=voice)


@app.command()
def mix(target: Target, top: Top = None, min_upvotes: MinUpvotes = None, voice: Voices = None) -> None:
    """Mix the takes into episodes."""
    _stage("mix", target, _studio(False, None, top, min_upvotes, voices=voice), "publish", voices=voice)


@app.command()
def script(
    paper: Paper,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="The line heard at a time such as 3:12.")
    ] = None,
    grep: Annotated[str | None, typer.Option("--grep", metavar="TEXT", help="The lines that hold this text.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Open it in $EDITOR; it is checked when you save.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print a script, line by line: when it is heard, who says it, and whether it stands in the paper."""
    from podcast import console, editing, lines, targets

    studio = _studio()
    found = targets.paper(studio, paper)
    if edit:
        changed = editing.edit(studio, found)
        console.say(f"Next: [bold]podcast regenerate {found.id}[/]" if changed else "Nothing was changed.")
        return
    rows = lines.script(studio, found, None if at is None else targets.seconds(at), grep)
    if as_json:
        console.as_json(rows)
    else:
        console.lines(rows)


@app.command()
def notes(
    paper: Paper, as_html: Annotated[bool, typer.Option("--html", help="As the feed has them.")] = False
) -> None:  # fmt: skip
    """Print an episode's show notes: abstract, links, takeaway, chapters with times, credits, corrections."""
    from podcast import notes, release, targets

    studio = _studio()
    found = release.load(studio.workspace, studio.folder(targets.paper(studio, paper)))
    render = notes.html if as_html else notes.text
    typer.echo(render(found, studio.config.show, studio.workspace.own_templates()).rstrip("\n"))


@app.command()
def regenerate(
    target: Annotated[str, typer.Argument(metavar="PAPER", help="An episode, as for `script`; with --all, a day.")],
    line: Annotated[Number, typer.Option("--line", metavar="N", help="The line to change: --text, --host.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What it is to say.")] = None,
    host: Annotated[str | None, typer.Option("--host", metavar="HOST", help="Who is to say it.")] = None,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", metavar="PATH", help="A claim that --text speaks; repeat it.")
    ] = None,
    retake: Annotated[Number, typer.Option("--retake", metavar="N", help="Record the line again, same words.")] = None,
    delete_line: Annotated[Number, typer.Option("--delete-line", metavar="N", help="Leave the line out.")] = None,
    insert_after: Annotated[
        Number, typer.Option("--insert-after", metavar="N", help="Have --host say --text behind the line; 0: first.")
    ] = None,
    voice: Annotated[
        list[str] | None, typer.Option("--voice", metavar="HOST=VOICE", help="Another voice, in this episode.")
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--from", metavar="STAGE", help="Do read, write, record or mix again, and the rest.")
    ] = None,
    whole_day: Annotated[bool, typer.Option("--all", help="All episodes of a day.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring back the script before the last change.")] = False,
    because: Annotated[str, typer.Option("--because", help="What listeners are told was wrong.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; change nothing.")] = False,
    budget: Budget = None,
    allow_ungrounded: Allow = False,
    publish: Annotated[bool, typer.Option("--publish/--no-publish", help="Publish afterwards.")] = True,
) -> None:
    """Change an episode that was heard: a line, its take, or a stage and all after it. Its identity stays."""
    from podcast import console, lines, pipeline, regenerate, targets

    studio = _studio(budget=budget, allow_ungrounded=allow_ungrounded)
    wish = regenerate.wish(line, text, host, claim, retake, delete_line, insert_after, voice, stage, undo)
    papers = list(targets.made(studio, target)) if whole_day else [targets.paper(studio, target)]
    failed = []
    with console.bars() as watch:
        for paper in papers:
            if dry_run:
                console.table(lines.orders(regenerate.outlook(studio, paper, wish)))
                continue
            before = regenerate.heard(studio, paper)
            regenerate.apply(studio, paper, wish, because)
            result = pipeline.make_paper(studio, paper, ["record", "mix"], watch)
            _tell(studio, result)
            if retake is not None and before == regenerate.heard(studio, paper):
                console.say("It sounds as before: this voice says the same words the same way. Try --text, or --voice.")
            failed += [result] if result.error else []
    if publish and not dry_run and len(failed) < len(papers):
        _publish(studio.workspace, studio.config)
    _exit(failed)


@app.command()
def play(
    paper: Paper,
    line: Annotated[int | None, typer.Option("--line", metavar="N", help="Only this line.")] = None,
) -> None:  # fmt: skip
    """Play an episode, or one line of it."""
    from podcast import console, lines, samples, targets

    studio = _studio()
    path = lines.sound(studio, targets.paper(studio, paper), line)
    if not samples.play(path):
        console.say(f"No program here can play it (ffplay or afplay would): {console.plain(str(path))}")
        raise typer.Exit(1)


@app.command()
def publish(
    check: Annotated[bool, typer.Option("--check", help="Publish nothing: check what stands in feed/.")] = False,
    withdraw: Annotated[
        str | None,
        typer.Option("--withdraw", metavar="PAPER", help="Take an episode out of feed and target."),
    ] = None,
    url: Annotated[
        str | None,
        typer.Argument(metavar="[URL]", help="With --check: the feed's address; else feed/ is served for it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put every whole episode into feed/, pages, feed and media, and bring it to where [publish] target says."""
    from podcast import console, targets
    from podcast import publish as publishing

    workspace, config = _settings()
    if check and withdraw:
        raise typer.BadParameter("--check publishes nothing, so it withdraws nothing")
    if withdraw:
        folder = targets.published(workspace, withdraw)
        publishing.withdraw(folder)
        console.say(f"{folder.paper_id} is withdrawn, until you delete {console.plain(str(folder.withdrawn))}")
    if check:
        _check(workspace, config, url, as_json)
    elif url or as_json:
        raise typer.BadParameter("only with --check")
    else:
        _publish(workspace, config)


@app.command("run")
def daily_run(
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=60, help="How many days back a missing day is made up for.")
    ] = None,
    top: Top = None,
    budget: Budget = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Make the days that are missing since the last run, publish, and report: what a timer calls every day.

    Exit codes: 0 published, or nothing new; 1 a paper is in quarantine, or a day is missing; 2 settings have to change.
    """
    from podcast import console, daily
    from podcast import publish as publishing

    try:
        studio = _studio(top=top, budget=budget)
    except (ConfigError, MissingDependency) as error:
        console.fail(str(error), error.hint)
        raise typer.Exit(daily.MISCONFIGURED) from error
    with console.bars() as watch:
        report = daily.run(
            studio,
            lambda: publishing.publish(studio.workspace, studio.config, wait=_State.wait, webhook=False),
            days,
            watch,
        )
    if as_json:
        console.as_json(report.model_dump(mode="json"))
    else:
        for line in daily.lines(report):
            typer.echo(line)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", "-p", min=1, max=65535, help="The port.")] = 8000,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    browse: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
) -> None:
    """Serve feed/ on this machine, as podcast apps need it."""
    from podcast import console, serve

    workspace, config = _settings()
    serve.application(workspace.feed)  # what is wrong is said before the address is
    here, site_url = serve.address(host, port), config.publish.site_url
    with serve.listen(host, port) as listening:
        console.say(
            f"[bold]{here}[/]  the page\n[bold]{here}feed.xml[/]  the feed, for your podcast app\nCtrl-C ends it."
        )
        if site_url != here:
            console.say(
                f"Where the show says {console.plain(site_url)}, what is served says {here}; feed/ stays as it is."
            )
        if browse:
            serve.open_browser(here)
        serve.serve(workspace.feed, tuple(filter(None, (site_url, config.publish.media_base_url))), listening)


@app.command()
def status(
    day: Annotated[
        str | None, typer.Argument(metavar="[DAY]", help="All papers of this day: chosen or not, and why.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what there is of each paper, and what is wrong with those in quarantine."""
    from podcast import console, report, targets

    rows = report.status_of_day(_studio(), targets.date(day)) if day else list(report.status(_studio()))
    hidden = {"note", "state", "chosen"} if day else {"note"}  # of a day, the reason tells who was chosen
    console.table(rows if as_json else [{k: v for k, v in row.items() if k not in hidden} for row in rows], as_json)
    for row in rows:
        if row["note"] and not as_json:
            console.say(f"{row['paper']}: {console.plain(str(row['note']))}")
    if not rows and not as_json:
        console.say("Nothing has been made yet. Next: [bold]podcast make --demo[/]")


@app.command()
def clean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and leave it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove takes and mixes that nothing refers to; what undo can bring back stays."""
    from podcast import clean, console, report

    found = clean.clean(_studio(), dry_run)
    console.table(report.unneeded(found), as_json)
    if not as_json:
        size = report.size(sum(each.size for each in found))
        console.say(f"{len(found)} files, {size}{': they would go' if dry_run else ' made free'}.")


@voices_app.callback()
def voices(
    context: typer.Context,
    as_json: AsJson = False,
    measure: Annotated[
        bool, typer.Option("--measure", help="Measure how high and how fast each voice is, where that is not known.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        from podcast import console, report

        rows = report.voices(_studio(), measure)
        if as_json:
            console.as_json({"voices": rows, "engines": report.engines()})
            return
        console.table(rows)
        console.out.print()
        console.table(report.engines())


@voices_app.command("try")
def voices_try(
    words: Annotated[list[str], typer.Argument(metavar="NAME TEXT", help="A voice, and what to say.")],
    every: Annotated[bool, typer.Option("--all", help="All voices that can speak here: only TEXT is given.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there; with --all, a folder.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="DIR", help="Write a page of samples to listen to in a browser.")
    ] = None,
) -> None:
    """Let a voice say a text: aloud, into a sound file, or, with others, on a page."""
    from podcast import console, samples

    if len(words) != 2 - every:
        raise typer.BadParameter('give NAME "TEXT", or --all "TEXT"')
    studio, text = _studio(), words[-1]
    said = samples.of_all(studio, text) if every else [samples.say(studio, samples.named(studio, words[0]), text)]
    if page:
        console.say(f"[bold]{console.plain(str(samples.page(list(said), text, page)))}[/]")
        return
    for sample in said:
        console.say(f"[bold]{sample.voice.name}[/]  {console.plain(sample.spoken)}")
        named = f"{sample.voice.name}.wav"
        if every:
            _hear(sample, output / named if output else None, Path(named))
        else:
            _hear(sample, output, Path("try.wav"))


@voices_app.command("say")
def voices_say(
    text: Annotated[str, typer.Argument(help="What to say, as a script has it.")],
    voice: Annotated[str, typer.Option("--voice", metavar="NAME", help="Who says it; else the first host.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the sound there.")
    ] = None,
    play: Annotated[
        bool | None, typer.Option("--play/--no-play", help="Say it aloud; by default at a terminal.")
    ] = None,
) -> None:
    """Print a text as it is spoken: figures, units and acronyms in words; and let it be heard."""
    from podcast import console, samples, speech

    studio = _studio()
    language = samples.named(studio, voice).language if voice else studio.config.show.language
    typer.echo(speech.say(text, studio.lexicon, language))
    aloud = sys.stdout.isatty() and samples.player() is not None if play is None else play
    if output or aloud:
        speaker = samples.named(studio, voice) if voice else next(iter(studio.cast.values())).voice
        _hear(samples.say(studio, speaker, text), output, Path("say.wav"))
    elif play is None:
        console.say("[dim]--play says it aloud, --output FILE writes it.[/]")


@app.command()
def config(as_json: AsJson = False) -> None:
    """Print the settings in force: options over PODCAST_* variables over podcast.toml over defaults."""
    from podcast import console, report

    console.table(report.settings(_settings()[1]), as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check what the show needs: one line each, with the fix where something is missing."""
    from podcast import console, report

    checks = report.doctor(_settings)
    if as_json:
        console.table(checks, as_json)
    else:
        for check in checks:
            console.check(**check)
    if any(check["ok"] == "no" for check in checks):
        raise typer.Exit(1)


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code. The one broad except of the project stands here."""
    try:
        code = app(list(arguments), standalone_mode=False)
        return code if isinstance(code, int) else 0
    except PodcastError as error:
        from podcast import console

        (console.fail if error.exit_code else lambda message, hint: console.say(message))(str(error), error.hint)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except _usage_errors() as error:
        error.show()
        return int(error.exit_code)
    except Exception as error:
        trouble = StorageError.of(error) if isinstance(error, OSError) else None
        if trouble:
            from podcast import console

            console.fail(str(trouble), trouble.hint)
            return trouble.exit_code
        logging.getLogger(__name__).debug("the bug", exc_info=True)
        import traceback

        traceback.print_exc()
        sys.stderr.write("This is a bug in podcast: please report it with the lines above.\n")
        return 3


def _usage_errors() -> Any:
    """Click's own base of usage errors, which typer carries under a name that moves."""
    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")


def _settings(**options: dict[str, object]) -> "tuple[Workspace, Config]":
    from podcast import config
    from podcast.workspace import Workspace

    workspace = Workspace(_State.show.resolve())
    return workspace, config.read(workspace.config, options)


def _studio(
    demo: bool = False, papers: Path | None = None, top: int | None = None, min_upvotes: int | None = None,
    budget: float | None = None, allow_ungrounded: bool = False, voices: Sequence[str] | None = None,
    digest: "Mapping[str, object] | None" = None,
) -> "Studio":  # fmt: skip
    from podcast import config as settings
    from podcast import sources
    from podcast.pipeline import Studio
    from podcast.sources.file import FileSource

    options: dict[str, dict[str, object]] = {
        "select": {"top": top, "min_upvotes": min_upvotes},
        "writer": {"name": "extractive", "minutes": 4.0} if demo else {"budget": budget},  # the demo needs no key
        "digest": dict(digest or {}),
    }
    given = {section: {k: v for k, v in said.items() if v is not None} for section, said in options.items()}
    workspace, config = _settings(**given)
    config = settings.with_voices(config, voices or ())
    if demo:
        source = sources.demo()
    elif papers:
        source = FileSource(papers)
    else:
        source = sources.online(config.sources, workspace, config.publish.site_url)
    return Studio(workspace, config, source, allow_ungrounded, _State.wait)


def _stage(
    stage: str, target: str, studio: "Studio", following: str, dry_run: bool = False,
    voices: Sequence[str] | None = None,
) -> None:  # fmt: skip
    from podcast import batch, console, lines, targets

    papers = list(targets.papers(studio, target))
    if dry_run:
        for paper in papers:
            for text in lines.prompts(studio, paper, stage):
                console.out.print(text, markup=False, highlight=False)
        return
    failed = []
    with console.bars() as watch:
        for result in batch.make_papers(studio, papers, [stage], watch):
            _tell(studio, result, stage)
            failed += [result] if result.error else []
    if not failed:
        again = "".join(f" --voice {voice}" for voice in voices or ()) if following == "mix" else ""
        console.say(f"Next: [bold]podcast {following}{'' if following == 'publish' else ' ' + target}{again}[/]")
    _exit(failed)


def _hear(sample: "Sample", output: Path | None, otherwise: Path) -> None:
    """Write the sample where it was asked for; else play it; else write it where that is sure to be found."""
    import tempfile

    from podcast import console, samples

    if output is None:
        with tempfile.TemporaryDirectory() as folder:
            if samples.play(samples.save(sample, Path(folder, "sample.wav"))):
                return
        console.say("No program here can play it (ffplay, afplay or aplay would): it is written to a file.")
    console.say(f"[bold]{console.plain(str(samples.save(sample, output or otherwise)))}[/]")


def _tell(studio: "Studio", result: "Result", stage: str = "mix") -> None:
    from podcast import console, report

    if result.error:
        console.fail(f"{result.paper.id} is in quarantine: {result.error}", result.error.hint)
    else:
        console.say(report.line(studio, result.paper, stage))


def _publish(workspace: "Workspace", config: "Config") -> None:
    from podcast import console
    from podcast import publish as publishing

    done = publishing.publish(workspace, config, wait=_State.wait)
    here = Path.cwd()

    def near(path: Path) -> str:
        return console.plain(str(path.relative_to(here) if path.is_relative_to(here) else path))

    console.say("")
    console.say(f"feed   [bold]{near(done.feed)}[/]")
    console.say(f"page   [bold]{near(done.page)}[/]")
    for index, media in enumerate(done.media[:5]):
        console.say(f"{'MP3s' if not index else '    '}   {near(media)}")
    if len(done.media) > 5:
        console.say(f"       and {len(done.media) - 5} more in {near(done.media[0].parent)}")
    if done.target:
        sent, gone = len(done.delivery.written), len(done.delivery.removed)
        console.say(f"to     {console.plain(done.target)}: {sent} files sent{f', {gone} removed' if gone else ''}")
        if away := len(done.items) - len(done.media):
            console.say(f"       with {away} episodes of other machines")
    if done.unreached:
        console.say(f"[yellow]       {len(done.unreached)} addresses do not answer as apps need it: see above[/]")
    option = "" if workspace.root == here else f"-C {near(workspace.root)} "
    if done.target:
        console.say(f"\nIt stands at {console.plain(config.publish.site_url)}")
        return
    console.say(f"\nNext: [bold]{_program()} {option}serve[/], then open {config.publish.site_url}")


def _check(workspace: "Workspace", config: "Config", url: str | None, as_json: bool) -> None:
    from podcast import catalogue, check, console

    away = {name.replace("/", "-") for name in catalogue.elsewhere(workspace)}
    failures = list(check.published(workspace.feed, url or "", away))
    rows = [{"rule": one.rule, "where": one.where, "found": one.found} for one in failures]
    if as_json:
        console.as_json(rows)
    else:
        console.grouped(rows)
    if failures:
        broken = {one.rule for one in failures}
        console.say(f"[red]Broken: {len(broken)} of {len(check.Rule)} rules[/], {len(failures)} failures in all.")
        raise typer.Exit(1)
    console.say(f"✓ All {len(check.Rule)} rules hold: in the feed, its files and pages, and over HTTP.")


def _digests(studio: "Studio", days: "Sequence[dt.date]") -> bool:
    """Make the days' digests out of the briefs that were made; return whether all are there. Episodes do not wait."""
    from podcast import console
    from podcast.digest import making

    whole = True
    for date in days:
        try:
            making.make(studio, date)
        except PodcastError as error:
            console.fail(f"{date} has no digest: {error}", error.hint)
            whole = False
    return whole


def _roundups(studio: "Studio", days: "Sequence[dt.date]") -> "Iterator[Result]":
    """Make the days' roundups where the show has them, and tell of each."""
    from podcast import batch, console

    for date in days:
        with console.bars() as watch:
            result = batch.roundup_of(studio, date, watch)
        if result:
            _tell(studio, result)
            yield result


def _announce(studio: "Studio", days: "Sequence[dt.date]") -> None:
    from podcast.digest import making

    for date in days:
        making.announce(studio, date)


def _formats(said: str | None) -> "Sequence[str] | None":
    """Return the formats that were asked for; None for those of the settings."""
    from podcast.settings import DigestSettings

    known: tuple[str, ...] = DigestSettings().formats
    if said is None:
        return None
    wanted = known if said == "all" else tuple(one.strip() for one in said.split(","))
    for one in wanted:
        if one not in known:
            raise typer.BadParameter(f"{one!r} is no format: {', '.join(known)}, or all")
    return wanted


def _listed(said: str | None) -> "Sequence[str] | None":
    return None if said is None else [one.strip() for one in said.split(",") if one.strip()]


def _program() -> str:
    """How this program is called from here: by its name where PATH has it, else by its path."""
    called = Path(sys.argv[0])
    if shutil.which("podcast") or called.name != "podcast":
        return "podcast"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _exit(failed: "Sequence[Result]") -> None:
    if failed:
        raise typer.Exit(1)
