"""The command that opens the desk."""

import os
import secrets
from contextlib import suppress
from typing import Annotated

import typer

from podcast.cli.front import app, read_settings
from podcast.show import loopback
from podcast.show.errors import ConfigError

_PASSWORD = "PODCAST_DESK_PASSWORD"


@app.command()
def desk(
    port: Annotated[int, typer.Option("--port", "-p", metavar="N", min=1, max=65535, help="The port.")] = 8010,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help=f"The address to listen at; another than this machine wants {_PASSWORD}."
        ),
    ] = "127.0.0.1",
    browse: Annotated[bool, typer.Option("--open/--no-open", help="Show it in the browser.")] = True,
) -> None:
    """Open a page on this machine to hear episodes, mend their lines, make and publish."""
    from podcast.cli import console
    from podcast.desk import application
    from podcast.serving import serve

    workspace, _ = read_settings()
    password = os.environ.get(_PASSWORD, "")
    if not loopback.is_host(host) and not password:
        raise ConfigError(
            f"at {host} others could reach the desk, and change what you publish",
            f"leave out --host; or set {_PASSWORD} in .env, and put https before it: what is sent can be read else",
        )
    token = secrets.token_urlsafe(24)
    made, hand = application.application(workspace.root, token, port, "" if loopback.is_host(host) else password)
    with serve.listen(host, port) as listening:
        here = f"{serve.address(host, port)}?token={token}"
        typer.echo(here)
        console.say("The address lets in whoever has it. Ctrl-C ends the desk; runs go on.")
        if browse:
            serve.open_browser(here)
        with suppress(KeyboardInterrupt):
            serve.server(made).run(sockets=[listening])
        hand.close()
