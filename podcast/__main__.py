"""The front door: every error that leaves here is a sentence and a hint, or a bug with its traceback."""

import os
import sys


def main() -> None:
    """Run the command line; it ends with one of `podcast.show.exits.Exit`."""
    from podcast import cli
    from podcast.show.exits import Exit

    code = cli.run(sys.argv[1:])
    if code == Exit.INTERRUPTED:  # a thread may wait for a server for minutes; what is on disk is whole at any moment
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
