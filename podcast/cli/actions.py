"""What GitHub Actions shows of a run: its log in a group a paper, and a table on the run's page."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from podcast import daily
from podcast.cli import console
from podcast.show import working
from podcast.show.schema import Run


class _Groups(logging.Filter):
    """Opens a group where a message is of another paper than the one before; a group is closed by what is of none.

    docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#grouping-log-lines
    """

    open = ""

    def filter(self, record: logging.LogRecord) -> bool:
        self.turn(working.paper_id())
        return True

    def turn(self, paper: str) -> None:
        """Make the paper's group the open one; "" for none."""
        if paper == self.open:
            return
        if self.open:
            console.err.print("::endgroup::", markup=False, highlight=False)
        if paper:
            console.err.print(f"::group::{paper}", markup=False, highlight=False)
        self.open = paper


@contextmanager
def grouped() -> Iterator[None]:
    """Have what is logged in the block stand in a group a paper, where GitHub Actions runs this."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    groups, handlers = _Groups(), logging.getLogger("podcast").handlers
    for handler in handlers:
        handler.addFilter(groups)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(groups)
        groups.turn("")


def summarise(report: Run) -> None:
    """Add the report as a table to the file that GITHUB_STEP_SUMMARY names; nothing where it names none."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    with Path(path).open("a", encoding="utf-8") as file:
        file.write("\n".join(daily.summary(report)) + "\n")
