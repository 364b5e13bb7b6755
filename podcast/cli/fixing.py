"""The commands for an episode that was made: read its script and notes, change it, hear it."""

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from podcast.cli import wishes
from podcast.cli.front import app, leave, open_studio, publish_now, tell
from podcast.cli.options import Allow, AsJson, Budget, Paper, Publish

if TYPE_CHECKING:
    from podcast.pipeline import Result
    from podcast.show import schema
    from podcast.studio import Studio, Watch


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
    from podcast.cli import console, editing, lines, targets

    studio = open_studio()
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
    from podcast.cli import targets
    from podcast.press import notes, release

    studio = open_studio()
    found = release.load(studio.workspace, studio.folder(targets.paper(studio, paper)))
    render = notes.html if as_html else notes.text
    typer.echo(render(found, studio.config.show, studio.workspace.own_templates()).rstrip("\n"))


# An argument an option: typer reads them off the signature, and takes no object for several (as of 0.29).
@app.command()
def regenerate(
    target: wishes.Target, line: wishes.Line = None, text: wishes.Text = None, host: wishes.Host = None,
    claim: wishes.Claims = None, retake: wishes.Retake = None, delete_line: wishes.DeleteLine = None,
    insert_after: wishes.InsertAfter = None, voice: wishes.Voices = None, stage: wishes.Stage = None,
    whole_day: wishes.WholeDay = False, undo: wishes.Undo = False, again: wishes.Again = False,
    because: wishes.Because = "", dry_run: wishes.DryRun = False, budget: Budget = None,
    allow_ungrounded: Allow = False, publish: Publish = True,
) -> None:  # fmt: skip
    """Change an episode that was heard: a line, its take, or a stage and all after it. Its identity stays."""
    from podcast.cli import console, lines, targets
    from podcast.revising import regenerate

    studio = dataclasses.replace(
        open_studio(budget=budget, allow_ungrounded=allow_ungrounded), relabel=stage in ("read", "write", "mix")
    )
    wish = regenerate.wish(line, text, host, claim, retake, delete_line, insert_after, voice, stage, undo)
    papers = list(targets.made(studio, target)) if whole_day else [targets.paper(studio, target)]
    if dry_run:
        for paper in papers:
            console.table(lines.orders(regenerate.outlook(studio, paper, wish)))
        return
    results, begun = [], {}
    with console.bars() as watch:
        for paper in papers:
            before = regenerate.heard(studio, paper) if retake is not None else ()
            begun[paper.id] = regenerate.apply(studio, paper, wish, because, again)
            results.append(_made(studio, paper, watch))
            if retake is not None and not results[-1].error and before == regenerate.heard(studio, paper):
                console.say("It sounds as before: this voice says the same words the same way. Try --text, or --voice.")
    failed = [result for result in results if result.error]
    whole = publish_now(studio.workspace, studio.config) if publish and len(failed) < len(papers) else True
    for result in results:
        if not result.error:
            regenerate.done(studio, result.paper, begun[result.paper.id])
    leave(failed, whole)


def _made(studio: "Studio", paper: "schema.Paper", watch: "Watch") -> "Result":
    """Bring a paper that was changed through what is left to do of it, and tell what became of it."""
    from podcast import pipeline

    written = studio.folder(paper).script.is_file()
    result = pipeline.make_paper(studio, paper, ["record", "mix"] if written else tuple(pipeline.STAGES), watch)
    tell(studio, result)
    return result


@app.command()
def play(
    paper: Paper,
    line: Annotated[int | None, typer.Option("--line", metavar="N", help="Only this line.")] = None,
) -> None:  # fmt: skip
    """Play an episode, or one line of it."""
    from podcast.cli import console, lines, samples, targets

    studio = open_studio()
    path = lines.sound(studio, targets.paper(studio, paper), line)
    if not samples.play(path):
        console.say(f"No program here can play it (ffplay or afplay would): {console.plain(str(path))}")
        raise typer.Exit(1)


@app.command()
def clean(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and leave it.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove takes and mixes that nothing refers to; what undo can bring back stays."""
    from podcast.cli import console, tables
    from podcast.revising import clean

    found = clean.clean(open_studio(), dry_run)
    console.table(tables.unneeded(found.gone), as_json)
    for said in found.left:
        console.say(console.plain(said))
    if not as_json:
        size = tables.size(sum(each.size for each in found.gone))
        console.say(f"{len(found.gone)} files, {size}{': they would go' if dry_run else ' made free'}.")
