"""The front door: every error that leaves here is a sentence and a hint, or a bug with its traceback."""

import sys


def main() -> None:
    """Run the command line; exit 0 done, 1 failed, 2 usage, 3 a bug, 130 interrupted."""
    from podcast import cli

    sys.exit(cli.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
