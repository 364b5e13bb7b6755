"""The front door: every error that leaves here is a sentence and a hint, or a bug with its traceback."""

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """Run the command line; it ends with one of `podcast.show.exits.Exit`."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # to look for some is to look at all that is installed
    gc.set_threshold(50_000)  # what is imported stays: to look it over for what is gone is a tenth of a short command
    from podcast import cli
    from podcast.show.exits import Exit

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called: what would be said there goes nowhere
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 (open to the end)
    code = cli.run(sys.argv[1:])
    if code == Exit.INTERRUPTED:  # a thread may wait for a server for minutes; what is on disk is whole at any moment
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
