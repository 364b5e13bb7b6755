"""Days, weeks, spans and times, as they are written on a command line."""

import datetime as dt
import re

from podcast.show import mistakes, periods
from podcast.show.errors import WrongUsage
from podcast.show.schema import ARXIV_ID

_DAYS = ("today", "yesterday", "latest")


def date(text: str, today: dt.date | None = None, *, several: bool = False) -> dt.date:
    """Return the day of `2025-09-12`, `today`, `yesterday` or `latest` (the last complete one), in UTC; it is said
    where `several` may be named.

    Raises WrongUsage for others, with what comes nearest to what was wished.
    """
    today = today or dt.datetime.now(dt.UTC).date()
    complete = today - dt.timedelta(days=1)
    named = {"today": today, "yesterday": complete, "latest": complete}.get(text)
    if named or re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            found = named or dt.date.fromisoformat(text)
        except ValueError as error:
            raise WrongUsage(f"{text} is in no calendar", "write year-month-day, such as 2025-09-12") from error
        if found > today:
            raise WrongUsage(f"{found} is not there yet: today is {today} in UTC", f"the last complete day: {complete}")
        return found
    raise WrongUsage(*no_day(text, complete, several=several))


def no_day(text: str, complete: dt.date, *, several: bool = False) -> tuple[str, str]:
    """Return why the text names no day, and how that wish can be met where `several` may be named, or one alone."""
    begin, dots, end = text.partition("..")
    if dots and not several:
        since = begin if re.fullmatch(r"\d{4}-\d\d-\d\d", begin) else "AGO"
        return (
            f"{text} is several days, and one is wanted",
            f"write one of them, such as {end or complete}; podcast status --since {since} tells whether all are made",
        )
    if found := re.search(rf"(?:^|/)({ARXIV_ID})(?:v\d+)?(?:\.pdf)?/?$", text):
        return f"{text} is a paper, and a day is wanted", f"podcast make {found[1]} makes an episode of it"
    if found := re.fullmatch(r"\d{4}-[Ww]?\d\d", text):
        option = "week" if "W" in text.upper() else "month"
        return f"{text} is a {option}, and a day is wanted", f"podcast make --{option} {text.upper()}"
    if text.startswith(("http://", "https://")):
        return f"{text} is an address, and a day is wanted", f"write the day it shows, such as {complete}"
    if text.casefold().endswith((".pdf", ".json", ".txt", ".md", ".html")):
        return (
            f"{text} is a file, and a day is wanted",
            f"a paper's text: podcast make {text}; a day's list: podcast make DAY --papers FILE",
        )
    if found := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        first, second, year = map(int, found.groups())
        meant = {f"{year}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)) if month <= 12}
        return f"{text!r} is no day", f"write year-month-day: {' or '.join(sorted(meant)) or '2025-09-12'}"
    if text == "tomorrow":
        return (
            "tomorrow's list is not there yet",
            f"the last complete day: {complete}; or have a timer call podcast run",
        )
    if text == "demo":
        return "the built-in day is an option", "podcast make --demo"
    return (
        f"{text!r} is no day{mistakes.meant(text, _DAYS)}",
        f"write 2025-09-12, {'A..B, ' if several else ''}{', '.join(_DAYS[:-1])} or {_DAYS[-1]}",
    )


def between(text: str, today: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """Return the first and the last of the days that an argument names. Raises WrongUsage where it names none, or has
    an open end: which days that would be changes with the day on which it is read."""
    today = today or dt.datetime.now(dt.UTC).date()
    first, dots, last = text.partition("..")
    start, end = (date(each or text, today, several=True) for each in (first or last, last or first))
    if dots and not last:
        complete = max(start, today - dt.timedelta(days=1))
        raise WrongUsage(f"{text!r} has no last day", f"write {start}..{complete}")
    if dots and not first:
        raise WrongUsage(f"{text!r} has no first day", f"write A..{end}, where A is the first")
    if end < start:
        raise WrongUsage(f"{text!r} ends before it begins", f"write the earlier day first: {end}..{start}")
    return start, end


def span(text: str, today: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """Return the first and the last complete day (UTC) of the time since `2d`, `1w` or a day; WrongUsage for others."""
    today = today or dt.datetime.now(dt.UTC).date()
    if ago := re.fullmatch(r"(\d{1,4})([dwy])", text):
        days = int(ago[1]) * {"d": 1, "w": 7, "y": 365}[ago[2]]
        return today - dt.timedelta(days=max(days, 1)), today - dt.timedelta(days=1)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        first, complete = date(text, today), today - dt.timedelta(days=1)
        if first > complete:
            raise WrongUsage(f"{first} is not over yet (UTC)", f"the last complete day: {complete}")
        return first, complete
    raise WrongUsage(f"{text!r} is no time ago", "write 2d, 1w, 1y, or a day such as 2025-09-12")


def period(week: str | None, month: str | None, today: dt.date | None = None) -> periods.Period | None:
    """Return the week or the month that the options name, `last` for the one that is over; None where they name none.

    Raises WrongUsage for what is none, or has not begun.
    """
    today = today or dt.datetime.now(dt.UTC).date()
    if week and month:
        raise WrongUsage("--week and --month name two periods", "take one of them")
    text = week or month
    if not text:
        return None
    kind: periods.Kind = "week" if week else "month"
    last = periods.before(today, kind)
    try:
        found = last if text == "last" else periods.of(text)
    except ValueError as error:
        raise WrongUsage(f"{text!r} is no {kind}", f"write {last}, or last") from error
    if found.kind != kind:
        raise WrongUsage(f"{text} is a {found.kind}", f"write --{found.kind} {found}")
    if found.first >= today:
        raise WrongUsage(f"{found.told} has no complete day yet", f"the last one that is over: --{kind} {last}")
    return found


def seconds(text: str) -> float:
    """Return the seconds of a time such as 3:12, 1:02:03 or 75.5; WrongUsage for others."""
    parts = text.split(":")
    if not re.fullmatch(r"(\d+:){0,2}\d+(\.\d+)?", text) or any(float(each) >= 60 for each in parts[1:]):
        raise WrongUsage(f"{text!r} is no time", "write minutes and seconds such as 3:12, or 1:02:03")
    total = 0.0
    for part in parts:
        total = 60 * total + float(part)
    return total


def is_day(text: str) -> bool:
    """Whether the text is meant to name a day, or several, and no paper."""
    dated = r"\d{4}-[\w-]*|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}"
    return text in _DAYS or bool(re.fullmatch(dated, text)) or (".." in text and "/" not in text)
