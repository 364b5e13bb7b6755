"""The commands: parse, one call, print. What is heavy is imported by the command that needs it.

They may use every other wing, and no wing uses them; what `podcast new` lays lies here.
"""

import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import typer

from podcast.cli import making, fixing, desking, publishing, looking, keeping
from podcast.cli.front import app
from podcast.show.errors import PodcastError, StorageError
from podcast.show.exits import Exit

__all__ = ["app", "desking", "fixing", "keeping", "looking", "making", "publishing", "run"]

CLOSED_PIPE = 141
"""The exit code where nobody reads any more, as shells have it."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return the exit code. The one broad except of the project stands here."""
    try:
        code = app(list(arguments), prog_name="podcast", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except PodcastError as error:
        from podcast.cli import console

        (console.fail if error.exit_code else lambda message, hint: console.say(message))(str(error), error.hint)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except _usage_errors() as error:
        _tell_usage(error)
        return int(error.exit_code)
    except BrokenPipeError:  # whoever reads has enough, as `head` has
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # nothing is to be said at the end either
        return CLOSED_PIPE
    except Exception as error:
        trouble = StorageError.of(error) if isinstance(error, OSError) else None
        if trouble:
            from podcast.cli import console

            console.fail(str(trouble), trouble.hint)
            return trouble.exit_code
        logging.getLogger(__name__).debug("the bug", exc_info=True)
        import traceback

        traceback.print_exc()
        sys.stderr.write("This is a bug in podcast: please report it with the lines above.\n")
        return Exit.BUG


def _tell_usage(error: Any) -> None:
    """Tell what is wrong with the command line in the words of all other errors; a help page is shown as it is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return
    from podcast.cli import console, grammar

    console.fail(*grammar.told(error))


def _usage_errors() -> Any:
    """Click's own base of usage errors, which typer carries under a name that moves."""
    return next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
