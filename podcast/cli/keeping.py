"""The commands that look after what was made: marks to walk through, room, copies, a new cover."""

import datetime as dt
import itertools
import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from podcast.cli.called import State, command
from podcast.cli.front import app, open_studio, read_settings
from podcast.cli.options import AsJson, moment
from podcast.show.errors import ConfigError, WrongUsage


@app.command()
def mark(
    words: Annotated[
        list[str] | None,
        moment("NOTE", "3:12", "; and what is wrong with it. Without them the marks are listed."),
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="Take the mark at that moment away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Mark a moment while you listen, to mend it later: podcast fix --marks walks through them."""
    from podcast.cli import console, oneline
    from podcast.cli.marking import listed
    from podcast.revising import marking

    studio = open_studio(only_look=True)
    if words:
        place, note = oneline.find(studio, words, note=True)
        if done:
            marking.away(studio, place.paper, place.line.text)
            console.say(f"The mark at line {place.number} of {place.paper.id} is gone.")
        else:
            marking.mark(studio, place.paper, place.number, note)
            console.say(f"Marked: line {place.number} of {place.paper.id}, {console.plain(place.line.text)}")
            console.say(f"Next: [bold]{console.plain(command('fix --marks'))}[/] walks through all marks")
        if as_json:
            console.as_json([oneline.row(studio, place) | {"note": note}])
        return
    if done:
        raise typer.BadParameter("--done wants the moment: podcast mark latest 3:12 --done")
    rows = [each.row() for each in listed(studio)]
    console.table(rows, as_json)
    if not rows and not as_json:
        console.say("No moment is marked.")


@app.command()
def prune(
    age: Annotated[
        str,
        typer.Option(
            "--older-than", metavar="AGE", help="Of episodes whose day is longer ago: 90d, 12w, 1y, or before a day."
        ),
    ],
    mixes: Annotated[
        bool,
        typer.Option("--mixes", help="Mixes too: then feed/media/ has the only copy of their sound, and must be kept."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take the takes of old episodes away, to make room: feed, pages and sound stay as they are.

    Says beforehand of which episodes no line could then be changed alone. Without a terminal, only that: --yes does it.
    """
    from podcast.cli import console, tables, when
    from podcast.revising import prune
    from podcast.show import store

    workspace, _ = read_settings()
    today = dt.datetime.now(dt.UTC).date()
    found = list(prune.old(workspace, when.span(age, today)[0], mixes))
    wanted = [each for each in found if not each.left]
    console.table(tables.old(found), as_json)
    if not wanted:
        console.say("There is nothing to prune.")
        return
    size = tables.size(sum(each.size for each in wanted))
    console.say(
        f"{size} of {len(wanted)} episodes. Afterwards no line of them can be changed alone, and no change undone: "
        "a correction records all lines of an episode anew. Feed, pages, guids and sound stay as they are."
    )
    if mixes:
        console.say("Keep feed/media/ then: it has the only copy of their sound, and publishing cannot bring it back.")
    typed = sys.stdin.isatty() and sys.stdout.isatty() and not as_json
    if not (yes or (typed and typer.confirm("Prune?", default=False, err=True))):
        if not typed:
            console.say("Nothing was taken away: --yes does it.")
        return
    with store.locked(workspace.publish_lock, "the feed is being published", wait=State.wait):
        free = sum(prune.prune(workspace, each, today, wait=State.wait) for each in wanted)
    console.say(f"{tables.size(free)} made free.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The tar file to write.")],
    takes: Annotated[
        bool,
        typer.Option(
            "--takes/--no-takes",
            help="Each line's recording, or not: without them the file is less than half as large. Default: with them.",
        ),
    ] = True,
) -> None:
    """Pack what cannot be made again into one tar file: settings, voices, episodes; no keys, no feed/, no cache.

    Nobody else may read it. Earlier backups that lie in the show's folder stay out of it, and are named.
    """
    from podcast.cli import backup, console, tables

    workspace, config = read_settings()
    if file.is_dir():
        raise WrongUsage(f"{file} is a folder", f"name the file to write: {shlex.quote(str(file / 'show.tar'))}")
    done = backup.write(workspace, config.marks, file, takes)
    path = shlex.quote(str(file))
    console.say(f"[bold]{console.plain(str(file))}[/]: {done.count} files, {tables.size(done.size)}.")
    if done.backups:
        console.say(f"Earlier backups are not in it: {console.plain(', '.join(done.backups))}.")
    keys = f": keep {console.plain(', '.join(done.keys))} elsewhere" if done.keys else ""
    console.say(f"Keys are not in it{keys}.")
    console.say(f"Back by: mkdir DIR && tar xf {console.plain(path)} -C DIR && podcast -C DIR publish")


@app.command()
def cover() -> None:
    """Draw the cover anew, of the title and tagline as they are now; each that was stays beside it."""
    from podcast.cli import console
    from podcast.press import cover
    from podcast.show import store

    workspace, config = read_settings()
    path = workspace.file(config.show.cover)
    if path.suffix.lower() not in (".jpg", ".jpeg"):
        raise ConfigError(
            f"a cover is drawn as a JPEG, and the show's is {path}",
            "leave [show] cover out of podcast.toml, or name a .jpg there",
        )
    drawn = cover.draw_cover(config.show.title, config.show.tagline)
    if path.is_file() and (stood := path.read_bytes()) != drawn:
        names = itertools.chain(("before",), (f"before-{number}" for number in itertools.count(2)))
        asides = (path.with_stem(f"{path.stem}-{name}") for name in names)
        aside = next(each for each in asides if store.create_once(each, stood) or each.read_bytes() == stood)
        console.say(f"The cover that was is {console.plain(str(aside))}")
    store.write_atomic(path, drawn)
    console.say(f"[bold]{console.plain(str(path))}[/]; next: [bold]{console.plain(command('publish'))}[/]")
