"""The program itself: what stands before a command, and what several commands do alike."""

import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from podcast import __version__
from podcast.cli import grammar
from podcast.cli.called import State, command, put_back, typeable
from podcast.show.errors import ConfigError, WrongUsage
from podcast.show.iso639 import primary

if TYPE_CHECKING:
    from podcast.pipeline import Result
    from podcast.reporting import Ended
    from podcast.show.config import Config
    from podcast.show.schema import Voice
    from podcast.show.settings import Host
    from podcast.show.workspace import Workspace
    from podcast.studio import Studio


F = TypeVar("F", bound=Callable[..., Any])


class Program(typer.Typer):
    """Typer whose commands are read and explained as `grammar` has it."""

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        return super().command(name, cls=grammar.Command, **settings)


app = Program(
    name="podcast",
    cls=grammar.Group,
    context_settings=grammar.SETTINGS,
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The podcast studio for research papers.\n\n"
    "Six verbs, in order: fetch → read → write → record → mix → publish. `make` does them all.",
    epilog="podcast help COMMAND, or COMMAND -h, says more of one. The options above may stand anywhere.",
)
voices_app = Program(
    cls=grammar.Group, rich_markup_mode=None, invoke_without_command=True, help="List the voices and engines; try one."
)
app.add_typer(voices_app, name="voices")


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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing where all goes well.")] = False,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Fail where another command works on the same paper or feed.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    _settle(show, verbose, quiet, no_wait)


def _settle(show: Path, verbose: bool, quiet: bool, no_wait: bool) -> None:
    from podcast.cli import console

    console.start_logging(verbose, quiet)
    State.show, State.wait = show, not no_wait


def _settle_again(context: typer.Context) -> None:
    """Do as the options say that stood behind the command."""
    _settle(**{name: context.params[name] for name in ("show", "verbose", "quiet", "no_wait")})


grammar.Group.settle = staticmethod(_settle_again)


def read_settings(**options: dict[str, object]) -> "tuple[Workspace, Config]":
    """Return the show and its settings; ConfigError where the folder is none."""
    return _settings(options, demo=False)


def _settings(options: "Mapping[str, dict[str, object]]", demo: bool) -> "tuple[Workspace, Config]":
    """Return the show and its settings; ConfigError where the folder is none, unless the demo is to be made there."""
    from podcast.cli.console import keep
    from podcast.show import config, environment, founding
    from podcast.show.workspace import Workspace

    workspace = Workspace(State.show.resolve())
    environment.load(workspace.root)
    found = config.read(workspace.config, options)
    founding.check(workspace, found, demo=demo)
    workspace.settle()
    keep(os.environ.get(found.publish.private, "") if found.publish.private else "", found.publish.private)
    return workspace, found


def given(**options: dict[str, object]) -> dict[str, dict[str, object]]:
    """Return the options, by section, that were given."""
    return {section: {name: value for name, value in said.items() if value is not None}
            for section, said in options.items()}  # fmt: skip


def open_studio(
    demo: bool = False, papers: Path | None = None, top: int | None = None, min_upvotes: int | None = None,
    budget: float | None = None, allow_ungrounded: bool = False, voices: Sequence[str] | None = None,
    digest: "Mapping[str, object] | None" = None, unattended: bool = False, writer: str | None = None,
    only_look: bool = False, formats: Sequence[str] | None = None, on: str | None = None, machines: bool = False,
) -> "Studio":  # fmt: skip
    """Return the show with its tools, by what was said on the command line.

    A command that is to `only_look` does not tell who speaks and who writes: one that works does. What makes episodes
    has `machines` where there are some.
    """
    from podcast import sources, writers
    from podcast.show import config as settings
    from podcast.studio import Studio

    if only_look:
        from podcast.cli import console

        console.only_look()
    options: dict[str, dict[str, object]] = {
        "select": {"top": top, "min_upvotes": min_upvotes},
        "writer": {"name": writer, "budget": budget, "formats": said_formats(formats)},
        "digest": dict(digest or {}),
        "run": {"engine": on},
    }
    if demo:  # it needs no key
        options["writer"] |= {"name": writer or "replay", "minutes": 4.0}
    workspace, config = _settings(given(**options), demo)
    if demo and primary(config.show.language) != "en":
        raise ConfigError(
            f"the built-in day is English, and this show's language is {config.show.language}",
            "make a day of its own, which a language model writes: podcast make latest; podcast doctor says what is "
            "missing for that",
        )
    voices = castings(config, voices)
    config = settings.with_voices(config, voices)
    if not only_look:
        writers.check(config.writer)
    if demo:
        source = sources.demo()
    elif papers:
        if not papers.is_file():
            from podcast.sources import wishes

            raise wishes.no_file(papers, str(papers), {"file of JSON, as a day's list is,": (".json",)})
        from podcast.sources.file import FileSource

        source = FileSource(papers, top=config.select.top)
    else:
        source = sources.online(config.sources, workspace, config.publish.site_url, config.select.top)
    engine = config.run.engine if machines else ""
    if engine:
        from podcast.machines import check

        check(engine)
    studio = Studio(workspace, config, source, allow_ungrounded, State.wait, unattended, on=engine)
    hosts = () if only_look else (host for host in config.hosts if host.voice != "auto")
    check_voices(studio, [*voices, *(f"{host.key}={host.voice}" for host in hosts if host.voice in studio.voices)])
    return studio


def said_formats(said: Sequence[str] | None) -> Sequence[str] | None:
    """Return the formats that were named, with commas or one by one; None where none was."""
    from podcast.show import mistakes
    from podcast.show.schema import FORMATS

    found = [one.strip() for each in said or () for one in each.split(",") if one.strip()]
    for one in found:
        if one not in FORMATS:
            guess = mistakes.meant(one, FORMATS)
            raise typer.BadParameter(f"{one!r} is no format{guess}: {', '.join(FORMATS)}")
    return found or None


def castings(config: "Config", said: Sequence[str] | None, people: Sequence["Host"] = ()) -> list[str]:
    """Return each "HOST=VOICE" by the host's key, however the host was called: of the `people`, or of the show's hosts.
    Raises WrongUsage for nobody.

    Without people a key stays as it is: who calls knows whose it may be.
    """
    from podcast.cli import targets
    from podcast.show import config as settings

    found = []
    for each in said or ():
        host, _, voice = each.partition("=")
        if not (host and voice):
            raise settings.no_casting(config, each)
        is_key = len(host) == 1 and host.isascii() and host.isupper()
        found.append(f"{host if is_key and not people else targets.host((*people, *config.hosts), host)}={voice}")
    return found


def voice(studio: "Studio", name: str) -> "Voice":
    """Return the voice of that name; WrongUsage where there is none."""
    from podcast.recording import casting

    return casting.named(name, studio.voices, wrong=WrongUsage)


def check_voices(studio: "Studio", said: Sequence[str], language: str = "") -> None:
    """Raise WrongUsage where a "HOST=VOICE" names a voice that is none; tell of one that speaks another language than
    an episode's, or, without one, the show's."""
    from podcast.cli import console
    from podcast.recording import casting

    wanted = language or studio.config.show.language
    whose = "show" if wanted == studio.config.show.language else "episode"
    for name in dict.fromkeys(each.partition("=")[2] for each in said):
        if name == "auto":
            continue
        if hint := casting.strange(found := voice(studio, name), wanted):
            console.warn(
                f"{name} speaks {found.language!r}, and the {whose}'s language is {wanted!r} → {typeable(hint)}"
            )


def tell(studio: "Studio", result: "Result", stage: str = "mix", named: str = "") -> None:
    """Say what became of a paper, and that an episode which is withdrawn stays so; of a file, whose id says nothing to
    who `named` it, by that name."""
    from podcast.cli import console, tables

    if result.error:
        said = f"{result.paper.id} is in quarantine: {result.error}"
        if named:  # not within a path, nor a longer name
            about = re.escape(result.paper.about[0].id)
            said = re.sub(rf"(?<![\w./-]){about}(?![\w-]|[\w.]*/)", lambda _: named, said)
        console.fail(said, result.error.hint)
    else:
        console.say(tables.line(studio, result.paper, stage))
        folder = studio.folder(result.paper)
        if stage == "mix" and folder.withdrawn.is_file():
            console.warn(f"{folder.named} is withdrawn, and stays out of the feed → {put_back(folder.withdrawn)}")


def publish_now(
    workspace: "Workspace", config: "Config", *, empty: bool = False, ended: "Collection[Ended]" = (),
    instead: str = "",
) -> bool:  # fmt: skip
    """Publish, and tell what there is now; return whether every episode is as it should be. A show without an episode
    is published where it may be `empty`, and told what makes one. One that is to go `instead` takes the place of one
    that stands and is later.

    The webhook is told of those that `ended`, and of what it was not told of before.
    """
    from podcast.cli import console
    from podcast.publishers import publishing

    done = publishing.publish(workspace, config, wait=State.wait, empty=empty, instead=instead)
    if config.digest.webhook:
        from podcast import reporting

        reporting.catch_up(workspace, config, ended)
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
        console.warn(f"       {len(done.unreached)} addresses do not answer as apps need it: see above")
    removed = dict.fromkeys([*done.removed, *done.delivery.removed])
    searched = [path for path in removed if path.startswith("search/")]
    for path in removed:
        if path not in searched:
            console.say(f"gone   {console.plain(path)}")
    if searched:
        console.say(f"gone   {len(searched)} file{'' if len(searched) == 1 else 's'} of the search")
    for each in done.held:
        console.fail(each.told(), each.hint)
    if not done.items:
        _say_none(workspace)
    if done.target:
        console.say(f"\nIt stands at {console.plain(config.publish.home)}")
    else:
        console.say(f"\nNext: [bold]{console.plain(command('serve --open'))}[/] shows it")
    return not done.held


def _say_none(workspace: "Workspace") -> None:
    """Say why the feed has no episode, and what changes that."""
    from podcast.cli import console, targets

    if away := targets.withdrawn(workspace):
        console.say("\nThe feed has no episode: all are withdrawn. To have one back:")
        console.say(f"       [bold]{console.plain(put_back(away[-1].withdrawn))}[/]")
    else:
        say_first()


def say_first() -> None:
    """Say what a show needs before directories take it."""
    from podcast.cli import console

    console.say("\nThe feed has no episode yet; directories (Apple, Spotify, Podcast Index) take one that has.")
    for words, what in (("trailer", "a trailer of a minute"), ("make latest", "the last complete day's episodes")):
        console.say(f"       {what}: [bold]{console.plain(command(words))}[/]")


def leave(failed: "Sequence[Result]", whole: bool = True) -> None:
    """End with 1 where papers failed, or not all is `whole`."""
    if failed or not whole:
        raise typer.Exit(1)
