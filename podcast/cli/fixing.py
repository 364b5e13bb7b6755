"""The commands for an episode that was made: read its script and notes, change it, hear it."""

import dataclasses
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from podcast.cli import wishes
from podcast.cli.called import State, command
from podcast.cli.front import app, castings, check_voices, leave, open_studio, publish_now, read_settings
from podcast.cli.options import Allow, AsJson, Budget, Paper, Publish, moment
from podcast.show.errors import PodcastError

if TYPE_CHECKING:
    from podcast.cli.oneline import Place
    from podcast.revising.regenerate import Wish
    from podcast.show import schema
    from podcast.studio import Studio


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
    from podcast.cli import console, lines, targets, when

    studio = open_studio(only_look=True)
    found = targets.paper(studio, paper)
    if edit:
        from podcast.cli import editing

        changed = editing.edit(studio, found)
        following = console.plain(command(f"regenerate {studio.folder(found).named}"))
        console.say(f"Next: [bold]{following}[/]" if changed else "Nothing was changed.")
        return
    rows = lines.script(studio, found, None if at is None else when.seconds(at), grep)
    if as_json:
        console.as_json(rows)
    elif rows:
        console.lines(rows)
    else:
        console.say(f"No line of {found.id} holds {console.plain(repr(grep))}.")


@app.command()
def notes(
    paper: Paper, as_html: Annotated[bool, typer.Option("--html", help="As the feed has them.")] = False
) -> None:  # fmt: skip
    """Print an episode's show notes: abstract, links, takeaway, chapters with times, credits, corrections."""
    from podcast.cli import targets
    from podcast.press import notes, release

    studio = open_studio(only_look=True)
    folder = studio.folder(targets.paper(studio, paper))
    found = release.load(studio.workspace, folder, figures=studio.config.publish.figures)
    own, home = studio.workspace.own_templates(), studio.config.publish.home
    show = studio.config.show.spoken_in(found.episode.language)
    told = notes.html(found, show, own, home=home) if as_html else notes.text(found, show, own, home)
    typer.echo(told.rstrip("\n"))


# An argument an option: typer reads them off the signature, and takes no object for several (as of 0.29).
@app.command()
def regenerate(
    target: wishes.Target, line: wishes.Line = None, text: wishes.Text = None, host: wishes.Host = None,
    claim: wishes.Claims = None, retake: wishes.Retake = None, delete_line: wishes.DeleteLine = None,
    insert_after: wishes.InsertAfter = None, voice: wishes.Voices = None, stage: wishes.Stage = None,
    whole_day: wishes.WholeDay = False, undo: wishes.Undo = False, again: wishes.Again = False,
    because: wishes.Because = "", dry_run: wishes.DryRun = False, budget: Budget = None,
    allow_ungrounded: Allow = False, publish: Publish = True, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Change an episode that was heard: a line, its take, or a stage and all after it. Its identity stays."""
    from podcast.cli import changing, console, lines, targets
    from podcast.recording import prices
    from podcast.revising import regenerate
    from podcast.show import founding, schema

    studio = dataclasses.replace(
        open_studio(budget=budget, allow_ungrounded=allow_ungrounded, only_look=dry_run),
        relabel=stage in ("read", "write", "mix"),
    )
    if publish and not dry_run:
        founding.check_going_out(studio.workspace, studio.config)
    papers = list(targets.made(studio, target)) if whole_day else [targets.paper(studio, target)]
    people = [each for paper in papers for each in targets.people(studio, paper)]
    voice = castings(studio.config, voice, people)
    for language in {targets.language(studio, paper) for paper in papers}:
        check_voices(studio, voice, language)
    who = None if host is None else targets.host(people, host)
    wish = regenerate.wish(line, text, who, claim, retake, delete_line, insert_after, voice, stage, undo, because)
    if dry_run:
        ahead = list(changing.look_ahead(studio, papers, wish, because, again))
        wanted = [order for each in ahead for order in each.planned or ()]
        for each in ahead:
            if each.refused or stage not in ("read", "write"):  # of a script that is written anew nothing is known
                changing.tell(studio, each)
        if as_json:
            console.as_json([each.row(False) for each in ahead])
        else:
            console.table(lines.orders(wanted))
        if stage in ("read", "write"):
            usage = sum((regenerate.effort(studio, paper, stage) for paper in papers), schema.Usage())
            asked = f"; the language model takes about {usage.told()}" if usage.answers else ""
            console.say(f"The script is written anew: what that records is known then{asked}.")
        elif not wanted:
            console.say("Nothing would be recorded: every line has its take.")
        elif (dollars := prices.cost(wanted)) is not None:
            console.say(f"The voices would take about {prices.told(dollars)} US dollars.")
            studio.purse.check(dollars)
        leave([each.result for each in ahead if each.result.error])
        return
    _carry_out(studio, papers, wish, lambda: publish, as_json, because, again)


def _carry_out(
    studio: "Studio", papers: "Sequence[schema.Paper]", wish: "Wish", publish: "Callable[[], bool]",
    as_json: bool = False, because: str = "", again: bool = False,
) -> None:  # fmt: skip
    """Change the papers, publish if that is wanted then, and tell what was said before and is now."""
    from podcast.cli import changing, console
    from podcast.revising import regenerate

    done = []
    with console.bars() as watch:
        for changed in changing.carry_out(studio, papers, wish, because, again, watch):
            changing.tell(studio, changed)
            done.append(changed)
    failed = [each.result for each in done if each.result.error]
    wanted = len(failed) < len(papers) and publish()
    whole = publish_now(studio.workspace, studio.config) if wanted else True
    for each in done:
        if not each.result.error:
            regenerate.done(studio, each.result.paper, each.begun)
    if any(not (each.result.error or each.withdrawn) for each in done):
        console.say(
            "Apps fetch the new sound when they next look at the feed: it has an address of its own."
            if wanted
            else f"Listeners have the sound before it until [bold]{console.plain(command('publish'))}[/]."
        )
    if as_json:
        console.as_json([each.row(wanted and whole) for each in done])
    leave(failed, whole)


@app.command()
def fix(
    words: Annotated[
        list[str] | None,
        moment(
            "s/OLD/NEW/",
            "1:12",
            ", as the page copies it; and one word for another: without it your editor opens the line.",
        ),
    ] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="WORDS", help="What the line is to say.")] = None,
    because: wishes.Because = "",
    allow_ungrounded: Allow = False,
    publish: Annotated[
        bool | None,
        typer.Option("--publish/--no-publish", help="Publish it, or not; at a terminal you hear it and are asked."),
    ] = None,
    marks: Annotated[
        bool, typer.Option("--marks", help="One mark after the other, as podcast mark has set them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Mend a line by when it is heard: show it and what it rests on, change its words, hear it, publish."""
    from podcast.cli import console, lines, oneline, samples

    if bool(words) == marks:
        raise typer.BadParameter("say when it is heard, such as 1:12, or --marks")
    if marks and (text is not None or as_json):
        raise typer.BadParameter("--marks asks at a terminal for one after the other: neither --text nor --json")
    studio = open_studio(allow_ungrounded=allow_ungrounded, only_look=True)
    if not words:
        _walk(studio, because, publish)
        return
    place, change = oneline.find(studio, words)
    if not as_json:
        oneline.show(studio, place)
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    new, way = place.line.text, f"{console.plain(command(f'fix {shlex.join(words)}'))} 's/OLD/NEW/', or --text WORDS"
    if text is not None:
        new = text
    elif change or typed:
        new = oneline.substituted(place.line, change) if change else oneline.edited(place.line)
    if new == place.line.text:
        asked = typed or change or text is not None
        console.say("Nothing was changed." if asked else f"To change it: {way}")
        if as_json:
            console.as_json([oneline.row(studio, place)])
        return

    def wanted() -> bool:
        if publish is not None or not typed:
            return publish is not False
        samples.aloud(lines.sound(studio, place.paper, place.number))
        return typer.confirm("Publish it?", default=False, err=True)

    _mend(studio, place, new, wanted, as_json, because)


def _mend(
    studio: "Studio", place: "Place", new: str, publish: "Callable[[], bool]", as_json: bool, because: str
) -> None:
    """Have the line say these words, of the script that it was shown of alone; where that cannot be they are told, so
    that nobody types them again."""
    from podcast.cli import console
    from podcast.revising import regenerate

    wish = dataclasses.replace(regenerate.wish(place.number, new), base=place.script)
    try:
        _carry_out(studio, [place.paper], wish, publish, as_json, because)
    except PodcastError:
        console.warn(f"The line was to say: {new}")
        raise


def _walk(studio: "Studio", because: str, publish: bool | None) -> None:
    """Go through the marks: show each, and mend it, take it away or leave it; publish at the end what was mended."""
    from podcast.cli import console, marking, oneline
    from podcast.revising.marking import away

    seen, mended = list[object](), False
    typed = sys.stdin.isatty() and sys.stdout.isatty()
    while left := [each for each in marking.places(studio) if each.named not in seen]:  # as they stand by now
        place, notes = left[0].place, "; ".join(left[0].notes)
        seen.append(left[0].named)
        console.say(f"\n[bold]Mark {len(seen)} of {len(seen) + len(left) - 1}[/]: {console.plain(notes or 'no note')}")
        oneline.show(studio, place)
        if not typed:
            continue
        wish = typer.prompt("e edit, d done, s skip, q quit", default="s", err=True).strip().casefold()[:1]
        if wish == "q":
            break
        try:
            if wish == "d":
                away(studio, place.paper, place.line.text)
            elif wish == "e" and (new := oneline.edited(place.line)) == place.line.text:
                console.say("Nothing was changed.")
            elif wish == "e":
                _mend(studio, place, new, lambda: False, False, because)
                mended = True
        except (PodcastError, typer.Exit) as error:  # the next mark may do
            if isinstance(error, PodcastError):
                console.fail(str(error), error.hint)
    if not seen:
        console.say("No moment is marked.")
    if mended and (typer.confirm("Publish?", default=False, err=True) if publish is None else publish):
        leave((), publish_now(studio.workspace, studio.config))


@app.command()
def play(
    paper: Paper,
    line: Annotated[int | None, typer.Option("--line", metavar="N", min=1, help="Only this line.")] = None,
) -> None:  # fmt: skip
    """Play an episode, or one line of it."""
    from podcast.cli import lines, samples, targets

    studio = open_studio(only_look=True)
    if not samples.aloud(lines.sound(studio, targets.paper(studio, paper), line)):
        raise typer.Exit(1)


@app.command()
def clean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and leave it.")] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="Take the built-in day out of the show, its feed and its pages.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Remove takes and mixes that nothing refers to; what undo can bring back stays."""
    from podcast.cli import console, leaving, tables
    from podcast.revising import clean

    if demo:
        if dry_run or as_json:
            raise typer.BadParameter("--demo stands alone")
        workspace, config = read_settings()
        leaving.demo(workspace, config, State.wait)
        console.say("The demo is out of the show: its episodes, their numbers, pages and sound.")
        return
    found = clean.clean(open_studio(only_look=True), dry_run)
    console.table(tables.unneeded(found.gone), as_json)
    for said in found.left:
        console.say(console.plain(said))
    if not as_json:
        size = tables.size(sum(each.size for each in found.gone))
        console.say(f"{len(found.gone)} files, {size}{': they would go' if dry_run else ' made free'}.")
