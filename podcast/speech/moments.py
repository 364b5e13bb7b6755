"""Moments: dates, times of day and durations.

>>> read_moments("2025-03-14, 5 May 2024")
'March 14th, twenty twenty-five, May 5th, twenty twenty-four'
>>> read_moments("at 14:30 or 9:05 am")
'at fourteen thirty or nine oh five A M'
>>> read_moments("1h 5m 10s")
'1 hour 5 minutes 10 seconds'
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import digit_by_digit, in_words
from podcast.speech.rules import any_of, next_word, rules, words_before

_MONTH = any_of([*tables.MONTHS, *(f"{short}." for short in tables.MONTHS if len(short) < 5)])
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_YEAR = r"(1[5-9]\d\d|20\d\d)"
_CLOCK = r"([01]?\d|2[0-3]):([0-5]\d)"
_SPANS = any_of(tables.SPANS)


def year(text: str) -> str:
    """Return a year in words."""
    return in_words(int(text), "year").replace("oh-", "oh ")


def _ordinal(number: str) -> str:
    day = int(number)
    return f"{day}{'th' if day in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def _month(name: str) -> str:
    return tables.MONTHS.get(name.rstrip(".")) or tables.MONTH_NAMES[int(name) - 1]


def _date(of: str, month: str, day: str) -> str:
    return f"{_month(month)} {_ordinal(day)}" + (f", {year(of)}" if of else "")


def _slashed(match: re.Match[str]) -> str:
    """Say 03/14/2022 or 14.3.2022; of two small numbers the first is the month, with points the second."""
    one, sign, two, of = match.groups()
    first, second = int(one), int(two)
    month, day = (second, first) if first > 12 or (sign == "." and second <= 12) else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match[0]
    if len(of) == 2:
        if sign == "." or not _is_short_date(match, first, second, int(of)):
            return match[0]
        of = f"20{of}" if int(of) < 60 else f"19{of}"
    return _date(of, str(month), str(day))


def _is_short_date(match: re.Match[str], *numbers: int) -> bool:
    """Tell 5/6/24 from a split, 80/10/10, and from sizes, 8/16/32."""
    before = "".join(words_before(match, 1)).lower()
    alone = not before and not re.match(r" ?[A-Za-z]", match.string[match.end() :])
    doubled = numbers[0] * 2 == numbers[1] and numbers[1] * 2 == numbers[2]
    return (alone or before in tables.DATED) and not doubled and sum(numbers) != 100


def _lone_year(match: re.Match[str]) -> str:
    return year(match[1]) if next_word(match) in ("", *tables.FREE) else match[0]


def _year_and_number(match: re.Match[str]) -> str:
    """Say 2020-12 as a month, and 2024-25 as two years."""
    of, number = match.groups()
    if int(number) == (int(of) + 1) % 100 and int(number) > 12:
        return f"{year(of)} to {in_words(int(number))}"
    return f"{tables.MONTH_NAMES[int(number) - 1]} {year(of)}" if 1 <= int(number) <= 12 else match[0]


def _time(hour: str, minute: str, half: str = "", seconds: str = "") -> str:
    said = in_words(int(hour))
    if minute not in ("", "00"):
        said += f" {'oh ' if minute[0] == '0' else ''}{in_words(int(minute))}"
    elif minute and not half and not seconds:
        said += " o'clock" if 0 < int(hour) <= 12 else " hundred"
    if seconds:
        many = "" if int(seconds) == 1 else "s"
        said += f"{' hundred' if minute == '00' else ''} and {in_words(int(seconds))} second{many}"
    return said + (f" {half[0].upper()} M" if half else "")


def _clock(match: re.Match[str]) -> str:
    """Say 14:30 as a time of day, unless it is a ratio; 1:20 and 16:10 are ratios but where a time is meant."""
    hour, minute = match.groups()
    before = words_before(match, 2)
    after = match.string[match.end() : match.end() + 24]
    around = [word.strip("(").lower() for word in (*before, *re.findall(r"[A-Za-z]+", after)[:2])]
    timed = before[-1:] and before[-1].strip("(").lower() in tables.CLOCKED
    if re.match(tables.ZONE, after) or hour[0] == "0" or (minute == "00" and len(hour) == 2):
        return _time(hour, minute)
    played = hour == "1" and next_word(match) in tables.PLAYED
    if any(word in tables.RATIOS for word in around) or (
        not (timed or played) and (hour == "1" or match[0] == "16:10")
    ):
        return match[0]
    return _time(hour, minute)


def _span(match: re.Match[str]) -> str:
    """Say 1h 5m 10s; the units must go down."""
    parts = re.findall(rf"(\d+(?:\.\d+)?) ?({_SPANS})?", match[0])
    ranks = [list(tables.SPAN_NAMES).index(tables.SPANS[unit]) for _, unit in parts if unit]
    if ranks != sorted(set(ranks)):
        return match[0]
    if not parts[-1][1]:  # 1h30
        parts[-1] = (parts[-1][0], "m")
    names = [(number, tables.SPAN_NAMES[tables.SPANS[unit]]) for number, unit in parts]
    return " ".join(_counted(number.lstrip("0") or "0", name) for number, name in names)


def _long(match: re.Match[str]) -> str:
    """Say 10:30 minutes as ten minutes thirty seconds."""
    one, other = ("hour", "minute") if match[3][0] == "h" else ("minute", "second")
    return " ".join(_counted(str(int(number)), name) for number, name in ((match[1], one), (match[2], other)))


def _counted(number: str, name: str) -> str:
    return f"{number} {name}{'' if number == '1' else 's'}"


def _hours_minutes_seconds(match: re.Match[str]) -> str:
    """Say 1:23:45 as a duration, and as a time of day where one is meant."""
    hour, minute, second = match.groups()
    before = "".join(words_before(match, 1)).lower()
    if before in tables.CLOCKED or re.match(r" ?(?:UTC|GMT|[ap]\.?m)", match.string[match.end() :]):
        return _time(hour, minute, seconds=second)
    names = zip((hour, minute, second), ("hour", "minute", "second"), strict=True)
    return " ".join(_counted(str(int(number)), name) for number, name in names if int(number)) or "0 seconds"


def _instant(match: re.Match[str]) -> str:
    of, month, day, hour, minute, second, zone = match.groups()
    return f"{_date(of, month, day)}, {_time(hour, minute, seconds=second or '')}{', U T C' if zone else ''}"


def _days(month: str, day: str, until: str, of: str) -> str:
    """Say one day of a month or several, with the year where it has one."""
    return f"{_date('', month, day)}{f' to {_ordinal(until)}' if until else ''}{f', {year(of)}' if of else ''}"


def _named(match: re.Match[str]) -> str:
    day, until, month, of = match.groups()
    return _days(month, day, until, of)


_TH = r"(?:st|nd|rd|th)?"
_UNTIL = rf"(?: ?(?:-|–|to) ?{_DAY}{_TH})?"
_MM, _DD = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"

_read_dates = rules(
    (
        rf"(?<![\w./-]){_YEAR}-{_MM}-{_DD}(?:T| (?=\d\d?:\d\d:)){_CLOCK}(?::([0-5]\d))?(?:\.\d+)?(Z?)(?!\w)",
        _instant,
    ),
    (
        rf"(?<![\d.])((?<=\w)-|(?<![\w./-])){_YEAR}([-/.])(0?[1-9]|1[0-2])\3{_DAY}(?![\w/]|[-.]\d)",
        lambda m: f"{', ' if m[1] else ''}{_date(m[2], m[4], m[5])}",
    ),
    (rf"(?<![\w.,:/#-])(20[0-3]\d){_MM}{_DD}(?![\w-]|[.,]\d)", lambda m: _date(*m.groups())),
    (rf"(?<=[A-Za-z0-9])-(20[0-3]\d){_MM}{_DD}(?!\w)", lambda m: f", {_date(*m.groups())}"),
    (r"(?<![\w./-])(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?![\w/]|[-.]\d)", _slashed),
    (
        rf"(?<![\w./-]){_YEAR}(?:-| to ){_YEAR}(?= (?:papers|articles|reports|reviews|books)\b)",
        lambda m: f"{year(m[1])} to {year(m[2])}",
    ),
    (r"(?<![\w./-])\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?){2,}(?![\w/-]|\.\d)", lambda m: m[0].replace("/", ", ")),
    (
        r"(?<![\w./-])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/-]|\.\d)",
        lambda m: f"{tables.MONTH_NAMES[int(m[1]) - 1]} {year(m[2])}",
    ),
    (rf"(?<![\w./-]){_YEAR}[-/](\d\d)(?![\w/-]|\.\d)", _year_and_number),
    only=r"\d[-/.]\d|(?<!\d)20\d{6}(?!\d)",
)
_read_years = rules(  # those that the last pass would take for a count
    (r"(?<=\b[Ii]n )(1[5-8]\d\d|20[4-9]\d)(?![\w%-]|[.,]\d)", _lone_year),
    (r"(?<=\b[Ss]ince |\b[Uu]ntil )(1[5-8]\d\d|20[4-9]\d)(?![\w%-]|[.,]\d)", _lone_year),
    (r"(?<=\b[Bb]y )(20[4-9]\d)(?![\w%-]|[.,]\d)", _lone_year),
)
_read_months = rules(
    (
        rf"\b([Tt]he) {_DAY}{_TH} of ({_MONTH})(?!\w)",
        lambda m: f"{m[1]} {in_words(int(m[2]), 'ordinal')} of {_month(m[3])}",
    ),
    (rf"(?<![\w.,-]){_DAY}{_TH}{_UNTIL} (?:of )?({_MONTH})(?:,? {_YEAR})?(?!\w)", _named),
    (
        rf"(?<!\w)({_MONTH}) {_DAY}{_TH}{_UNTIL}(?:,? {_YEAR})?(?![\w%/:]|[.,]\d| (?:of|percent|times|GB)\b)",
        lambda m: m[0] if next_word(m) in tables.COUNTED and not m[4] else _days(m[1], m[2], m[3], m[4]),
    ),
    (rf"(?<!\w)({_MONTH})(?= {_YEAR}(?!\w))", lambda m: _month(m[1])),
    only=rf"(?<!\w)(?:{_MONTH})(?!\w)",
)


def _parts_or_time(match: re.Match[str]) -> str:
    """Say 80:10:10 as three shares, and 1:02:33 as a time."""
    parts = [int(part) for part in match.groups()]
    if sum(parts) == 100 or next_word(match) in ("split", "splits", "ratio", "mix"):
        return match[0].replace(":", ", ")
    clock = all(re.fullmatch("[0-5][0-9]", part) for part in match.groups()[1:])
    return _hours_minutes_seconds(match) if clock else match[0]


_read_times = rules(
    (r"(?<=\d)( ?[ap]\.?m\.?) ?- ?(?=\d)", r"\1 to "),
    (rf"(?<![\w.:@]){_CLOCK} ?([ap])\.?m\b\.?(?!\w)", lambda m: _time(m[1], m[2], m[3])),
    (
        rf"(?<![\w.:@])(1[0-2]|[1-9]) ?([ap])\.?m\b(?:\.(?= [a-z,;]|[,;]|{tables.ZONE}))?(?!\w)",
        lambda m: _time(m[1], "", m[2]),
    ),
    (r"(?<![\w.:@])(1[0-2]|[1-9])(?::([0-5]\d))? ?(AM|PM)\b", lambda m: _time(m[1], m[2] or "", m[3])),
    (r"(?<![\w.:@])(\d{1,2}):(\d{1,2}):(\d{1,2})(?![\w:]|\.\d)", _parts_or_time),
    (
        rf"(?<![\w.:@/-]){_CLOCK} ?(?:-|to) ?{_CLOCK}(?![\w:]|[.,]\d)",
        lambda m: f"{_time(m[1], m[2])} to {_time(m[3], m[4])}",
    ),
    (r"(?<![\w.:@/-])(\d{1,3}):([0-5]\d) (hours?|h|min(?:ute)?s?)\b", _long),
    (rf"(?<![\w.:@/-]){_CLOCK}(?![\w:]|[.,]\d)", _clock),
    only=r"\d ?:\d|\d ?[apAP]\.?[mM]\b",
)
_read_spans = rules(
    (
        rf"(?<![\w.])\d{{1,4}} ?(?:{_SPANS})(?:,? ?(?:and )?\d{{1,3}}(?:\.\d+)? ?(?:{_SPANS})){{1,4}}(?![A-Za-z0-9])",
        _span,
    ),
    (r"(?<![\w.])\d{1,3}h[0-5]\d(?![A-Za-z0-9])", _span),
    only=r"\d ?[dhms]",
)
_read_telephones = rules(
    (
        r"(?<![\w.-])(\d{3})-(0\d{3})(?![\w-]|\.\d)|(?<=call )(\d{3})-(\d{3,4})(?:-(\d{4}))?(?![\w-])",
        lambda m: " ".join(digit_by_digit(part) for part in m.groups() if part),
    ),
    only=r"\d{3}-\d{3}",
)
_WEEKDAY_OR_MONTH = rf"(?:{_MONTH}|{any_of(tables.WEEKDAYS)})"
_read_days = rules(
    (rf"\b({_WEEKDAY_OR_MONTH})-(?={_WEEKDAY_OR_MONTH}\b)", r"\1 to "), only=rf"[a-z]-{_WEEKDAY_OR_MONTH}"
)


def read_moments(text: str) -> str:
    """Say dates, times of day and durations; what is no moment stays."""
    text = _read_days(text)
    if not any(sign.isdigit() for sign in text):
        return text
    for read in (_read_dates, _read_years, _read_months, _read_times, _read_spans, _read_telephones):
        text = read(text)
    return text
