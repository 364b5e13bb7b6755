"""What `podcast regenerate` takes, in the order of its help: the episode, and each wish for it."""

from typing import Annotated

import typer

from podcast.cli import completing

Target = Annotated[
    str,
    typer.Argument(
        metavar="PAPER", help="An episode, as for `script`; with --all, a day.", autocompletion=completing.targets
    ),
]
Line = Annotated[int | None, typer.Option("--line", metavar="N", min=1, help="The line to change: --text, --host.")]
Text = Annotated[str | None, typer.Option("--text", metavar="WORDS", help="What it is to say.")]
Host = Annotated[
    str | None, typer.Option("--host", metavar="HOST", help="Who is to say it.", autocompletion=completing.hosts)
]
Claims = Annotated[
    list[str] | None,
    typer.Option("--claim", metavar="PATH", help="A claim that --text speaks (script --json); repeat it."),
]
Retake = Annotated[int | None, typer.Option("--retake", metavar="N", min=1, help="Record the line again, same words.")]
DeleteLine = Annotated[int | None, typer.Option("--delete-line", metavar="N", min=1, help="Leave the line out.")]
InsertAfter = Annotated[
    int | None,
    typer.Option("--insert-after", metavar="N", min=0, help="Have --host say --text behind the line; 0: first."),
]
Voices = Annotated[
    list[str] | None,
    typer.Option(
        "--voice", metavar="HOST=VOICE", help="Another voice, in this episode.", autocompletion=completing.castings
    ),
]
Stage = Annotated[
    str | None, typer.Option("--from", metavar="STAGE", help="Do read, write, record or mix again, and the rest.")
]
WholeDay = Annotated[bool, typer.Option("--all", help="All episodes of a day.")]
Undo = Annotated[bool, typer.Option("--undo", help="Bring back the script before the last change.")]
Again = Annotated[bool, typer.Option("--again", help="Do it though the last change was the same.")]
Because = Annotated[str, typer.Option("--because", metavar="WORDS", help="What listeners are told was wrong.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be recorded; change nothing.")]
