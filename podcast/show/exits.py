"""How a command ended, as a number that a timer can branch on."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of `podcast run`. Other commands end with 0, 1, 2, 3 and 130 alone: 1 is whatever they name."""

    DONE = 0
    ERROR = 1
    USAGE = 2
    BUG = 3
    LATER = 4
    BUDGET = 5
    QUARANTINE = 6
    INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it

    @property
    def meaning(self) -> str:
        """What it says to whoever called."""
        return _MEANINGS[self]


_MEANINGS = {
    Exit.DONE: "published, or nothing new",
    Exit.ERROR: "an error, which is told: a full disk, a feed that was not taken",
    Exit.USAGE: "command line, settings or what is installed must change first",
    Exit.BUG: "a bug: please report it",
    Exit.LATER: "try later: a source, model or mail server is out, or a run is on",
    Exit.BUDGET: "over the budget: the days that are left wait",
    Exit.QUARANTINE: "an episode is in quarantine, or a digest failed",
    Exit.INTERRUPTED: "Ctrl-C: the next run goes on where this one was",
}
