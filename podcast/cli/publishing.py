"""The commands that bring the show to listeners: publish, every day, and serve it here."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from podcast.cli import completing
from podcast.cli.called import State, typeable
from podcast.cli.front import app, leave, open_studio, publish_now, read_settings
from podcast.cli.options import AsJson, Budget, Top
from podcast.show.errors import Busy, ConfigError, MissingDependency
from podcast.show.exits import Exit

if TYPE_CHECKING:
    from podcast.show.config import Config
    from podcast.show.workspace import Workspace

_EXITS = "\b\nExit codes:\n" + "\n".join(f"{each.value:>3}  {each.meaning}." for each in Exit)


@app.command()
def publish(
    check: Annotated[bool, typer.Option("--check", help="Publish nothing: check what stands in feed/.")] = False,
    withdraw: Annotated[
        str | None,
        typer.Option(
            "--withdraw",
            metavar="PAPER",
            help="Take an episode out of feed and target.",
            autocompletion=completing.papers,
        ),
    ] = None,
    instead: Annotated[
        str | None,
        typer.Option(
            "--instead",
            metavar="PAPER",
            help="Put this older copy of an episode in the place of the later one that stands.",
            autocompletion=completing.papers,
        ),
    ] = None,
    moved_from: Annotated[
        str | None,
        typer.Option(
            "--moved-from",
            metavar="OLD",
            help="The show is at [publish] site_url now: make moved/, which is laid at its OLD address.",
        ),
    ] = None,
    url: Annotated[
        str | None,
        typer.Argument(metavar="URL", help="With --check: the feed's address; else feed/ is served for it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put every whole episode into feed/, pages, feed and media, and bring it to where [publish] target says."""
    from podcast.cli import console, targets
    from podcast.publishers import moving, publishing
    from podcast.show import founding

    workspace, config = read_settings()
    if check and (withdraw or moved_from or instead):
        raise typer.BadParameter("--check publishes nothing: it withdraws, replaces and moves nothing")
    if url and not url.startswith(("http://", "https://")):
        raise typer.BadParameter(f"{url!r} is no address: write it whole, with https://")
    if (url or as_json) and not check:
        raise typer.BadParameter("only with --check")
    if moved_from:
        moving.check(config, moved_from)
    if not check:
        founding.check_going_out(workspace, config)
    if withdraw:
        folder = targets.published(workspace, withdraw)
        publishing.withdraw(workspace, folder)
        console.say(f"{folder.named} is withdrawn, until you delete {console.plain(str(folder.withdrawn))}")
    if check:
        _check(workspace, config, url, as_json)
    else:
        other = targets.published(workspace, instead) if instead else None
        name = f"{other.day}-{other.paper_id}" if other else ""
        whole = publish_now(workspace, config, empty=True, instead=name)
        if moved_from:
            _moved(workspace, config, moved_from)
        leave((), whole)


@app.command("run", epilog=_EXITS)
def daily_run(
    days: Annotated[
        int | None,
        typer.Option(
            "--days",
            metavar="N",
            min=1,
            max=60,
            help="How many days back a missing day is made up for. Default: [run] days, 7; a new show begins with one.",
        ),
    ] = None,
    top: Top = None,
    budget: Budget = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Make the days that are missing since the last run, publish, and report: what a timer calls every day."""
    from podcast import daily
    from podcast.cli import actions, console
    from podcast.publishers import notify, publishing
    from podcast.show import founding

    try:
        studio = open_studio(top=top, budget=budget, unattended=True, machines=True)
        founding.check_going_out(studio.workspace, studio.config)
    except (ConfigError, MissingDependency) as error:
        console.fail(str(error), error.hint)
        raise typer.Exit(Exit.USAGE) from error
    begins = days is not None and not any(studio.workspace.runs.glob("*.json")) and not studio.workspace.days()
    try:
        with actions.grouped(), console.bars() as watch:
            report = daily.run(
                studio,
                lambda: publishing.publish(studio.workspace, studio.config, wait=State.wait, webhook=False),
                days,
                watch,
            )
    except Busy as error:
        console.fail(str(error), error.hint)
        raise typer.Exit(Exit.LATER) from error
    actions.summarise(report)
    if as_json:
        console.as_json(report.model_dump(mode="json"))
    else:
        for line in daily.lines(report):
            typer.echo(console.discreet(typeable(line)))
        if begins:
            earlier = console.plain(typeable("podcast make A..B"))
            console.say(f"A new show begins with one day, whatever --days says; earlier ones: {earlier}")
    if report.exit_code:
        raise typer.Exit(report.exit_code)
    if variable := studio.config.run.ping:
        notify.ping(variable)


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", "-p", metavar="N", min=1, max=65535, help="The port.")] = 8000,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    browse: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
) -> None:
    """Serve feed/ on this machine, as podcast apps need it."""
    from podcast.cli import console
    from podcast.serving import serve

    workspace, config = read_settings()
    serve.application(workspace.feed)  # what is wrong is said before the address is
    here, site_url, secret = serve.address(host, port), config.publish.site_url, config.publish.secret
    below = f"{secret}/" if secret else ""
    with serve.listen(host, port) as listening:
        console.say(
            f"[bold]{here}{below}[/]  the page\n[bold]{here}{below}feed.xml[/]  the feed, for your podcast app\n"
            "Ctrl-C ends it."
        )
        if site_url != here:
            console.say(
                f"Where the show says {console.plain(site_url)}, what is served says {here}; feed/ stays as it is."
            )
        if browse:
            serve.open_browser(here + below)
        serve.serve(workspace.feed, config.publish.addresses(), listening, secret)


def _moved(workspace: "Workspace", config: "Config", old: str) -> None:
    """Lay what stands at the old address from now on, and say what goes where."""
    from podcast.cli import console
    from podcast.publishers import moving

    folder = console.plain(shlex.quote(str(moving.lay(workspace, config, old))))
    console.say(
        f"\n[bold]{folder}[/] is what stands at {console.plain(old)} from now on:\n"
        "  a host that redirects takes a file: _redirects (Netlify, Cloudflare Pages), .htaccess (Apache), nginx.conf\n"
        f"  any other takes the folder, in place of what is there: rsync -a --exclude nginx.conf {folder}/ HOST:OLD/\n"
        "Leave it there for a year. Apps follow by themselves: the feed keeps its guid, and each episode too."
    )


def _check(workspace: "Workspace", config: "Config", url: str | None, as_json: bool) -> None:
    from podcast import check
    from podcast.cli import console
    from podcast.publishers import auditing

    failures = auditing.failures(workspace, config, url or "")
    rows = [{"rule": one.rule, "where": one.where, "found": one.found} for one in failures]
    right = {rule.value: check.RIGHT[rule] for rule in check.Rule}
    if as_json:
        console.as_json([{**row, "right": right[row["rule"]]} for row in rows])
    else:
        said = [{**row, "found": typeable(row["found"])} for row in rows]
        console.grouped(said, {head: f"→ {text}" for head, text in right.items()})
    found = [one.rule for one in failures if one.rule not in check.STANDS]
    standing = len({one.rule for one in failures} - {*found})
    stands = f" {standing} stands as it is: nothing can be done for it once an episode is out." if standing else ""
    if found:
        places = "one place" if len(found) == 1 else f"{len(found)} places"
        console.say(f"[red]Broken: {len({*found})} of {len(check.Rule)} rules[/], in {places}.{stands}")
        raise typer.Exit(1)
    hold = f"All other {len(check.Rule) - standing}" if standing else f"All {len(check.Rule)}"
    console.say(f"✓ {hold} rules hold: in the feed, its files and pages, and over HTTP.{stands}")
