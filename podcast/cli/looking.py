"""The commands that tell: what there is, voices, settings, what is missing."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from podcast.cli import completing, front
from podcast.cli.called import typeable
from podcast.cli.front import app, given, open_studio, read_settings, voices_app
from podcast.cli.options import AsJson, Budget, MinUpvotes, Top
from podcast.show.errors import WrongUsage

if TYPE_CHECKING:
    from podcast.cli.samples import Sample


@app.command()
def status(
    day: Annotated[
        str | None,
        typer.Argument(
            metavar="DAY", help="All papers of this day: chosen or not, and why.", autocompletion=completing.days
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="AGO",
            help="Whether each complete day since 2d, 1w or 2025-09-12 is made; exit code 1 where one is not.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what there is of each paper, and what is wrong with those in quarantine."""
    from podcast.cli import console, inventory, targets, when
    from podcast.show.schema import OTHERS

    studio = open_studio(only_look=True)
    if since:
        if day:
            raise typer.BadParameter("a day, or --since: not both")
        first, last = when.span(since)
        days = list(inventory.since(studio, first, last))
        shown = days if as_json else [{**row, "reason": typeable(str(row["reason"]))} for row in days]
        console.table(shown, as_json)
        if not days:
            console.say(f"The show begins after {last}: no day of it is over yet.")
        if not days or not all(row["well"] == "yes" for row in days):
            raise typer.Exit(1)
        return
    date = targets.one_day(studio, day) if day else None
    rows = inventory.of_day(studio, date) if date else list(inventory.of_papers(studio))
    hidden = (
        {"note", "state", "chosen", "formats"} if day else {"note", "format"}
    )  # of a day, the reason tells who was chosen
    console.table(rows if as_json else [{k: v for k, v in row.items() if k not in hidden} for row in rows], as_json)
    for row in rows:
        if row["note"] and not as_json:
            on = f"{row.get('day', date)}/" if row["paper"] in OTHERS else ""
            console.say(f"{on}{row['paper']}: {console.plain(typeable(str(row['note'])))}")
    if not rows and not as_json:
        for line in inventory.nothing(studio.workspace, date):
            console.say(console.plain(typeable(line)))


@voices_app.callback()
def voices(
    context: typer.Context,
    as_json: AsJson = False,
    measure: Annotated[
        bool, typer.Option("--measure", help="Measure how high and how fast each voice is, where that is not known.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        from podcast.cli import console, tables

        studio = open_studio(only_look=True)
        rows = tables.voices(studio, measure)
        if as_json:
            servers = tables.servers(studio)
            console.as_json({"voices": rows, "engines": tables.engines(), "servers": servers})
            return
        for part in (tables.narrow(rows), tables.engines(), tables.servers(studio)):
            console.table(part)
            console.out.print()
        console.say("[dim]err %: words that Whisper hears otherwise; nat: Distill-MOS, 1 to 5; wpm, Hz: --measure.[/]")


def _check_said(text: str) -> None:
    """Raise WrongUsage where there is nothing to say."""
    if not any(sign.isalnum() for sign in text):
        raise WrongUsage("there is nothing to say", 'write a text in quotes, such as "Hello."')


@voices_app.command("try")
def voices_try(
    words: Annotated[
        list[str],
        typer.Argument(metavar="NAME TEXT", help="A voice, and what to say.", autocompletion=completing.voices),
    ],
    every: Annotated[bool, typer.Option("--all", help="All voices that can speak here: only TEXT is given.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there; with --all, a folder.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--page", metavar="DIR", help="Write a page of samples to listen to in a browser.")
    ] = None,
) -> None:
    """Let a voice say a text: aloud, into a sound file, or, with others, on a page."""
    from podcast.cli import console, samples

    if len(words) != 2 - every:
        raise typer.BadParameter('give NAME "TEXT", or --all "TEXT"')
    _check_said(words[-1])
    studio, text = open_studio(), words[-1]
    said = samples.of_all(studio, text) if every else [samples.say(studio, front.voice(studio, words[0]), text)]
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


@voices_app.command("add")
def voices_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As Piper calls it, such as de_DE-thorsten-medium.")],
) -> None:
    """Fetch a voice of Piper's list into voices/, with its licence: German, French, Chinese and many more."""
    from podcast.cli import adding, console, tables
    from podcast.synthesizers import piper_list

    studio = open_studio()
    hub = studio.config.sources.huggingface
    found = piper_list.find(hub, name)
    console.say(f"{found.key}: {tables.size(found.size)} from {hub}")
    with console.bytes_coming(found.key) as tell:
        made, terms = adding.add(studio, found, tell)
    hosts = " ".join(f"--voice {host.key}={voice}" for host, voice in zip(studio.config.hosts, made, strict=False))
    console.say(f"[bold]{made[0]}[/] and [bold]{made[1]}[/]; licence: {console.plain(terms)}")
    following = typeable(f'podcast voices try {made[0]} "…", or podcast make {hosts}')
    console.say(f"Next: {console.plain(following)}")


@voices_app.command("upgrade")
def voices_upgrade(as_json: AsJson = False) -> None:
    """Bring the voices that `podcast new` copied to those of this version; what you changed is left, and named.

    Lines of an episode that speak in a changed voice are recorded again only where you change that episode.
    """
    from podcast.cli import console, upgrading

    workspace, _ = read_settings()
    rows = upgrading.upgrade(workspace)
    console.table(rows, as_json)
    if not as_json:
        console.say("" if rows else "All voices are those of this version.")


@voices_app.command("say")
def voices_say(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to say, as a script has it.")],
    voice: Annotated[
        str,
        typer.Option(
            "--voice", metavar="NAME", help="Who says it; else the first host.", autocompletion=completing.voices
        ),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the sound there.")
    ] = None,
    play: Annotated[
        bool | None, typer.Option("--play/--no-play", help="Say it aloud; by default at a terminal.")
    ] = None,
) -> None:
    """Print a text as it is spoken: figures, units and acronyms in words; and let it be heard."""
    from podcast import speech
    from podcast.cli import console, samples

    studio = open_studio()
    _check_said(text)
    language = front.voice(studio, voice).language if voice else studio.config.show.language
    typer.echo(speech.say(text, studio.lexicon, language))
    if left := speech.unsaid(text, studio.lexicon) if language.startswith("en") else ():
        console.say(f"[dim]No rule says {console.plain(' '.join(dict.fromkeys(left)))}: it is left out.[/]")
    aloud = sys.stdout.isatty() and samples.player() is not None if play is None else play
    if output or aloud:
        speaker = front.voice(studio, voice) if voice else next(iter(studio.cast.values())).voice
        _hear(samples.say(studio, speaker, text), output, Path("say.wav"))
    elif play is None:
        console.say("[dim]--play says it aloud, --output FILE writes it.[/]")


@app.command()
def config(
    what: Annotated[str, typer.Argument(metavar="voice", help="With --schema: of a voice's file.")] = "",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of podcast.toml.")] = False,
    top: Top = None,
    min_upvotes: MinUpvotes = None,
    budget: Budget = None,
    as_json: AsJson = False,
) -> None:
    """Print the settings in force and where each is from: option, PODCAST_* variable, podcast.toml or default."""
    from podcast.cli import console, tables
    from podcast.show import jsonschema
    from podcast.show.origins import Origins

    if what not in ("", "voice") or (what and not schema):
        raise typer.BadParameter("write podcast config, podcast config --schema, or podcast config --schema voice")
    if schema:
        console.as_json(jsonschema.of_voice() if what else jsonschema.of_show())
        return
    options = given(select={"top": top, "min_upvotes": min_upvotes}, writer={"budget": budget})
    workspace, found = read_settings(**options)
    console.table(tables.settings(found, Origins(workspace.config, options)), as_json)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Check what the show needs: one line each, with the fix where something is missing.

    The language model's server and the target are asked, which costs nothing.
    """
    from podcast.cli import console
    from podcast.cli.doctor import examine

    console.only_look()
    checks = list(examine(read_settings))
    if as_json:
        console.table(checks, as_json)
    else:
        for check in checks:
            console.check(**check)
    if any(check["ok"] == "no" for check in checks):
        raise typer.Exit(1)


@app.command()
def watermark(
    sound: Annotated[
        str,
        typer.Argument(metavar="FILE|PAPER", help="A file (MP3, Ogg, FLAC, WAV), or an episode of the show."),
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="NAME", help="Who listens, as in [marks]; else whom the file names."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Listen for the inaudible mark in a sound.

    Says how sure the listener is, from 0 to 1; exit code 1 where the mark is not there for sure. Hum and music
    can be heard as Perth's mark, so that one who is sure proves nothing of a sound without speech.
    """
    from podcast.cli import console, lines, targets
    from podcast.sound import audio, tags, watermarks
    from podcast.sources import wishes

    path = Path(sound)
    if path.is_dir():
        raise WrongUsage(f"{sound} is a folder", f"name a sound in it: {_SOUND}")
    if not path.is_file():
        if path.suffix.casefold() in _SOUNDS:
            raise wishes.no_file(path, sound, {f"{_SOUND} file": _SOUNDS})
        studio = open_studio(only_look=True)
        path, by = lines.sound(studio, targets.paper(studio, sound), None), by or studio.config.marks.watermark
    said = tags.watermark_in(path)
    named = said.partition(" ")[0]
    if named and not by and named not in watermarks.WATERMARKERS:  # whose code is not run for a file's word
        raise WrongUsage(
            f"{path.name} says that {named} marked it, whom only you can name",
            f"podcast watermark {shlex.quote(sound)} --by {shlex.quote(named)}",
        )
    listener = by or named or next(iter(watermarks.WATERMARKERS))
    try:
        heard = watermarks.heard(watermarks.named(listener), path)
    except audio.Damaged as error:
        raise WrongUsage(f"{path} cannot be read as a sound", f"name an {_SOUND} file") from error
    row = {
        "file": path.name,
        "by": listener,
        "says": said,
        "found": heard.found,
        "confidence": round(heard.confidence, 3),
        "stretches": f"{heard.marked} of {len(heard.confidences)}",
    }
    console.table([row], as_json)
    if heard.found != "yes":
        raise typer.Exit(1)


_SOUNDS = (".mp3", ".ogg", ".opus", ".flac", ".wav")
_SOUND = "MP3, Ogg, FLAC or WAV"
"""What files of sound are called, and are."""


def _hear(sample: "Sample", output: Path | None, otherwise: Path) -> None:
    """Write the sample where it was asked for; else play it; else write it where that is sure to be found."""
    import tempfile

    from podcast.cli import console, samples

    if output is None:
        with tempfile.TemporaryDirectory() as folder:
            if samples.play(samples.save(sample, Path(folder, "sample.wav"))):
                return
        console.say("No program here can play it (ffplay, afplay or aplay would): it is written to a file.")
    if output and output.is_dir():
        raise WrongUsage(f"{output} is a folder", f"name the file to write: {shlex.quote(str(output / otherwise))}")
    console.say(f"[bold]{console.plain(str(samples.save(sample, output or otherwise)))}[/]")
