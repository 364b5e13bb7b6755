"""The commands for an episode that was made: read its script and notes, change it, hear it."""

import dataclasses
from typing import Annotated

import typer

from podcast.cli import completing
from podcast.cli.front import app, leave, open_studio, publish_now, tell
from podcast.cli.options import Allow, AsJson, Budget, Number, Paper


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


@app.command()
def regenerate(
    target: Annotated[
        str,
        typer.Argument(
            metavar="PAPER", help="An episode, as for `script`; with --all, a day.", autocompletion=completing.targets
        ),
    ],
    line: Annotated[Number, typer.Option("--line", metavar="N", help="The line to change: --text, --host.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What it is to say.")] = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="HOST", help="Who is to say it.", autocompletion=completing.hosts)
    ] = None,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", metavar="PATH", help="A claim that --text speaks; repeat it.")
    ] = None,
    retake: Annotated[Number, typer.Option("--retake", metavar="N", help="Record the line again, same words.")] = None,
    delete_line: Annotated[Number, typer.Option("--delete-line", metavar="N", help="Leave the line out.")] = None,
    insert_after: Annotated[
        Number, typer.Option("--insert-after", metavar="N", help="Have --host say --text behind the line; 0: first.")
    ] = None,
    voice: Annotated[
        list[str] | None,
        typer.Option(
            "--voice", metavar="HOST=VOICE", help="Another voice, in this episode.", autocompletion=completing.castings
        ),
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--from", metavar="STAGE", help="Do read, write, record or mix again, and the rest.")
    ] = None,
    whole_day: Annotated[bool, typer.Option("--all", help="All episodes of a day.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring back the script before the last change.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Do it though the last change was the same.")] = False,
    because: Annotated[str, typer.Option("--because", help="What listeners are told was wrong.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; change nothing.")] = False,
    budget: Budget = None,
    allow_ungrounded: Allow = False,
    publish: Annotated[bool, typer.Option("--publish/--no-publish", help="Publish afterwards.")] = True,
) -> None:
    """Change an episode that was heard: a line, its take, or a stage and all after it. Its identity stays."""
    from podcast import pipeline
    from podcast.cli import console, lines, targets
    from podcast.pipeline import STAGES
    from podcast.revising import regenerate

    studio = dataclasses.replace(
        open_studio(budget=budget, allow_ungrounded=allow_ungrounded), relabel=stage in ("read", "write", "mix")
    )
    wish = regenerate.wish(line, text, host, claim, retake, delete_line, insert_after, voice, stage, undo)
    papers = list(targets.made(studio, target)) if whole_day else [targets.paper(studio, target)]
    failed, begun = [], {}
    with console.bars() as watch:
        for paper in papers:
            if dry_run:
                console.table(lines.orders(regenerate.outlook(studio, paper, wish)))
                continue
            before = regenerate.heard(studio, paper)
            begun[paper.id] = regenerate.apply(studio, paper, wish, because, again)
            written = studio.folder(paper).script.is_file()
            result = pipeline.make_paper(studio, paper, ["record", "mix"] if written else tuple(STAGES), watch)
            tell(studio, result)
            if retake is not None and not result.error and before == regenerate.heard(studio, paper):
                console.say("It sounds as before: this voice says the same words the same way. Try --text, or --voice.")
            failed += [result] if result.error else []
    whole = True
    if publish and not dry_run and len(failed) < len(papers):
        whole = publish_now(studio.workspace, studio.config)
    if not dry_run:
        for paper in papers:
            if paper.id not in {result.paper.id for result in failed}:
                regenerate.done(studio, paper, begun[paper.id])
    leave(failed, whole)


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
