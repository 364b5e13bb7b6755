"""Which of a day's papers become episodes."""

from podcast.schema import Day, Paper, SelectSettings


def pick(day: Day, settings: SelectSettings) -> tuple[Paper, ...]:
    """Return the most upvoted papers, at most `settings.top`, the first in rank first."""
    return day.papers[: settings.top]
