"""Old media is kept for so many days, and a clock that leaps takes nothing away at once."""

import datetime as dt

from podcast.show.schema import Retired

DAY = dt.date(2025, 3, 1)


def looks(*days: int, keep: int = 5, since: Retired | None = None) -> list[tuple[str, ...]]:
    """Return what may go at each look, so many days after the first."""
    known, gone = since or Retired(), list[tuple[str, ...]]()
    for day in days:
        known, went = known.over(["a"], keep, DAY + dt.timedelta(days=day))
        gone.append(went)
    return gone


def test_it_goes_after_its_days_and_not_on_the_last() -> None:
    """Kept for five days, it is there on the fifth and goes on the sixth."""
    assert looks(0, 3, 5, 6) == [(), (), (), ("a",)]


def test_after_a_leap_it_goes_at_the_next_look() -> None:
    """Where nobody looked for over a week the clock may be wrong: what is over is noted, and goes when it still is."""
    assert looks(0, 60, 61) == [(), (), ("a",)]
    assert looks(0, 7) == [(), ("a",)]  # a week is no leap
    assert looks(0, 60, 1, 2) == [(), (), (), ()]  # it was wrong, and is right again


def test_a_clock_that_was_ahead_wrote_no_later_day() -> None:
    """What is noted as left tomorrow is left today."""
    ahead = Retired(since={"a": DAY + dt.timedelta(days=400)}, seen=DAY)
    assert looks(0, 5, 6, since=ahead) == [(), (), ("a",)]
