"""What the commands take: each option and argument that more than one has."""

from pathlib import Path
from typing import Annotated, Any

import typer

from podcast.cli import completing

Day = Annotated[
    str | None,
    typer.Argument(
        metavar="DAY",
        help="2025-09-12, A..B, today, yesterday, or latest: the last complete one. Default: latest.",
        autocompletion=completing.days,
    ),
]
Wishes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="DAY|PAPER …",
        help="2025-09-12, A..B, yesterday, or latest: the last complete day, the default. Or papers: an arXiv id, a "
        "DOI, an address, a PDF, HTML or Markdown file. Or DAY/roundup, of one that is lost.",
        autocompletion=completing.targets,
    ),
]
Week = Annotated[
    str | None,
    typer.Option("--week", metavar="2026-W31", help="A week in place of days: its best papers, its digest; or last."),
]
Month = Annotated[str | None, typer.Option("--month", metavar="2026-07", help="A month in place of days; or last.")]
Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The paper's title, where none is found.")]
Authors = Annotated[
    list[str] | None, typer.Option("--author", metavar="NAME", help="Who wrote it, where that is not found; repeat it.")
]
Abstract = Annotated[str | None, typer.Option("--abstract", metavar="TEXT", help="Its abstract, where none is found.")]
Paper = Annotated[
    str,
    typer.Argument(
        metavar="PAPER",
        help="An episode's number, an arXiv id or its beginning, a link to its page, or latest: the page's top one.",
        autocompletion=completing.papers,
    ),
]
Target = Annotated[
    str,
    typer.Argument(
        metavar="DAY|PAPER", help="A day such as 2025-09-12, or a paper's arXiv id.", autocompletion=completing.targets
    ),
]
Papers = Annotated[
    Path | None,
    typer.Option("--papers", metavar="FILE", help="One day's list, in the shape of Hugging Face's API answer."),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top", metavar="N", min=1, max=100, help="How many papers: the most upvoted. Default: [select] top, 3."
    ),
]
MinUpvotes = Annotated[
    int | None,
    typer.Option(
        "--min-upvotes", metavar="N", min=0, help="Leave papers with fewer upvotes. Default: [select] min_upvotes."
    ),
]
Voices = Annotated[
    list[str] | None,
    typer.Option(
        "--voice",
        metavar="HOST=VOICE",
        help="Let a host speak in this voice, such as A=flite-slt.",
        autocompletion=completing.castings,
    ),
]
Demo = Annotated[bool, typer.Option("--demo", help="The built-in day: no key, no GPU, no network.")]
WriterName = Annotated[
    str | None,
    typer.Option("--writer", metavar="NAME", help="Who writes: llm, extractive (the paper's own sentences), replay."),
]
Budget = Annotated[
    float | None,
    typer.Option(
        "--budget", min=0, metavar="AMOUNT", help="What model and voices may cost at most. Default: [writer] budget."
    ),
]
Allow = Annotated[
    bool, typer.Option("--allow-ungrounded", help="Let pass what the paper does not say; the episode says so.")
]
Publish = Annotated[bool, typer.Option("--publish/--no-publish", help="Publish afterwards, which is the default.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be asked of the model, and ask nothing.")]
Planned = Annotated[
    bool, typer.Option("--dry-run", help="Of days and papers: say what would be made, how long it is, what it takes.")
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="ENGINE",
        help="Record many papers at once: processes, threads, ray, or a cluster, ray:auto or ray://HOST:10001. "
        "Default: [run] engine.",
    ),
]
Formats = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help="selection, sections, categories, table (with commas), or all."),
]
Languages = Annotated[
    str | None, typer.Option("--lang", metavar="zh,en", help="Languages of the summaries by category.")
]
Told = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="How papers are told: dialogue, brief, critique or debate; repeat it. Default: [writer] formats, "
        "dialogue.",
        autocompletion=completing.formats,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def moment(rest: str, such: str, more: str) -> Any:
    """Return the argument that names a line by when it is heard; `rest` and `more` tell what may stand behind it."""
    return typer.Argument(
        metavar=f"[PAPER] MOMENT [{rest}]",
        help=f"When it is heard, such as {such}, in the latest episode or in PAPER; or a link to that moment{more}",
    )
