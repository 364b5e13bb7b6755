"""A week or a month: the days that it has, and what stands for it under its last one.

>>> week = of("2026-W31")
>>> str(week), week.told, week.first.isoformat(), week.last.isoformat(), week.roundup
('2026-W31', 'week 31 of 2026', '2026-07-27', '2026-08-02', 'roundup-week')
>>> str(of("2026-07")), of("2026-07").told, of("2026-07").last.isoformat()
('2026-07', 'July 2026', '2026-07-31')
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["week", "month"]


@dataclass(frozen=True, slots=True)
class Period:
    """All days from the first to the last: from Monday to Sunday as ISO 8601 counts weeks, or a month."""

    kind: Kind
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        year, week, _ = self.last.isocalendar()
        return f"{year}-W{week:02d}" if self.kind == "week" else f"{self.last:%Y-%m}"

    @property
    def told(self) -> str:
        year, week, _ = self.last.isocalendar()
        return f"week {week} of {year}" if self.kind == "week" else f"{self.last:%B %Y}"

    @property
    def roundup(self) -> str:
        """What stands in the place of a paper's id in its roundup, under its last day."""
        return f"roundup-{self.kind}"

    @property
    def stem(self) -> str:
        """What its reports are called, beside those of its last day."""
        return f"w{self.last.isocalendar()[1]:02d}" if self.kind == "week" else "month"

    def days(self) -> Sequence[dt.date]:
        return [self.first + dt.timedelta(days=step) for step in range((self.last - self.first).days + 1)]


def of(text: str) -> Period:
    """Return the period that is written so. ValueError where none is."""
    if found := re.fullmatch(r"(\d{4})-?[Ww](\d{1,2})", text):
        return around(dt.date.fromisocalendar(int(found[1]), int(found[2]), 1), "week")
    if found := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return around(dt.date(int(found[1]), int(found[2]), 1), "month")
    raise ValueError(f"{text!r} is neither a week such as 2026-W31 nor a month such as 2026-07")


def around(date: dt.date, kind: Kind) -> Period:
    """Return the week or the month that has the date."""
    if kind == "week":
        monday = date - dt.timedelta(days=date.weekday())
        return Period(kind, monday, monday + dt.timedelta(days=6))
    first = date.replace(day=1)
    return Period(kind, first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))


def of_roundup(name: str, last: dt.date) -> Period | None:
    """Return the period whose roundup stands by that name under its last day; None where it is no period's.

    >>> str(of_roundup("roundup-month", dt.date(2026, 7, 31))), of_roundup("roundup", dt.date(2026, 7, 31))
    ('2026-07', None)
    """
    kinds: tuple[Kind, ...] = ("week", "month")
    return next((period for kind in kinds if (period := around(last, kind)).roundup == name), None)


def of_digest(name: str, last: dt.date) -> str:
    """Return the period whose digest lies by that name under its last day; "" for a day's own.

    >>> of_digest("digest-week.json", dt.date(2026, 8, 2)), of_digest("digest.json", dt.date(2026, 8, 2))
    ('2026-W31', '')
    """
    found = re.fullmatch(r"digest-(week|month)\.json", name)
    return str(around(last, "week" if found[1] == "week" else "month")) if found else ""


def reported(year: int, month: int, stem: str) -> tuple[dt.date, Kind | None] | None:
    """Return the day, or the last of the period and its kind, whose reports are called so in the folder of that month;
    None where none are.

    >>> reported(2026, 7, "26")[0].isoformat(), reported(2026, 8, "w31"), reported(2026, 8, "w40")
    ('2026-07-26', (datetime.date(2026, 8, 2), 'week'), None)
    """
    try:
        if stem.isdecimal():
            return dt.date(year, month, int(stem)), None
        of_month = around(dt.date(year, month, 1), "month")
    except ValueError:
        return None
    weeks = [around(date, "week") for date in of_month.days() if date.weekday() == 6]
    return next(((each.last, each.kind) for each in (of_month, *weeks) if each.stem == stem), None)


def before(date: dt.date, kind: Kind) -> Period:
    """Return the last week or month that was over on that date."""
    return around(around(date, kind).first - dt.timedelta(days=1), kind)
