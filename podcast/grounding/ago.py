"""How long ago an episode was, as hosts say it, and whether what they say of that is right.

>>> today = dt.date(2026, 11, 27)
>>> [spoken(dt.date(2026, 11, day), today) for day in (26, 24, 18, 3)]
['yesterday', 'on Tuesday', 'last week, on Wednesday', 'on 3 November']
>>> list(wrong("On Monday we had it, three days ago, in episode 12; two weeks ago.", When(today - 3 * DAY, today, 12)))
['Monday', 'two weeks ago']
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from podcast.show.iso639 import UNSPACED

WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
_YESTERDAY = {
    "de": ("gestern|gestrig\\w{1,2}", "vorgestern"), "fr": ("hier", "avant-hier"),
    "es": ("ayer", "anteayer|antes de ayer"),
    "it": ("ieri", "l['’]altro ieri|avantieri|altroieri"), "pt": ("ontem", "anteontem|antes de ontem"),
    "nl": ("gisteren", "eergisteren"), "pl": ("wczoraj", "przedwczoraj"), "ru": ("вчера", "позавчера"),
    "tr": ("dün", "evvelsi gün"), "sv": ("igår|i går", "i förrgår"), "da": ("i går", "i forgårs"),
    "no": ("i går", "i forgårs"), "zh": ("昨天|昨日", "前天"), "ja": ("昨日|きのう", "一昨日|おととい"),
    "ko": ("어제", "그저께"), "ar": ("أمس|البارحة", "أول أمس"), "hi": ("(?:बीते |गुज़रे )कल", "(?:बीते |गुज़रे )परसों"),
}  # fmt: skip
"""The words for yesterday, and for the day before it; in Hindi alone they are tomorrow too."""
EARLIER = {
    "de": r"(?:letzte|vorige|frühere|vergangene)[nrs]? (?:folge|sendung|episode|ausgabe|mal)|neulich|kürzlich",
    "fr": r"(?:épisode|émission|fois) (?:précédent|dernièr|passé|antérieur)\w{0,2}|(?:dernier|précédent)\w{0,2} "
          r"(?:épisode|émission|fois)|(?:dernière|autre) fois|autre jour",
    "es": r"(?:episodio|programa|vez) (?:anterior|pasad[oa])|últim[oa] (?:episodio|programa|vez)|otro día",
    "it": r"(?:puntata|episodio|volta) (?:precedente|scors[oa]|passat[oa])|(?:ultim[oa]|scors[oa]|precedente) ?"
          r"(?:puntata|episodio|volta)|altro giorno",
    "pt": r"(?:episódio|programa|vez) (?:anterior|passad[oa])|últim[oa] (?:episódio|programa|vez)|outro dia",
    "nl": r"(?:vorige|laatste|eerdere) (?:aflevering|uitzending|keer)|onlangs|laatst",
    "pl": r"(?:poprzedni|ostatni|wcześniejszy)\w{0,2} (?:odcin\w{1,4}|audycj\w|raz\w{0,2})|niedawno",
    "ru": r"(?:прошл|предыдущ|последн)\w{1,2} (?:выпуск\w?|эпизод\w?|раз\w?)|недавно",
}  # fmt: skip
"""How other languages say that it was an earlier episode, or the last time."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATED = "|".join(rf"(?-i:{month})" if month in ("May", "March") else month for month in MONTHS)
"""Beside a number: "may 12 papers" and "to march 12 miles" are no dates."""
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_FEW = {"a couple of": (1.5, 2.6), "a few": (2, 6), "several": (3, 9), "some": (2, 12)}
DAY = dt.timedelta(days=1)
_FAR = 300
"""Days from which on a date is said with its year."""


@dataclass(frozen=True)
class When:
    """An episode's day, the day on which it is spoken of, and its number."""

    day: dt.date
    today: dt.date
    number: int = 0

    @property
    def days(self) -> int:
        return (self.today - self.day).days

    @property
    def weeks(self) -> int:
        """Whole weeks of the calendar between the two."""
        return (_monday(self.today) - _monday(self.day)).days // 7


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def spoken(day: dt.date, today: dt.date) -> str:
    """Return when that was, in the words of who says it today."""
    when, weekday = When(day, today), WEEKDAYS["en"].split()[day.weekday()].capitalize()
    if when.days == 1:
        return "yesterday"
    if when.days < 7:
        return f"on {weekday}"
    if when.weeks == 1:
        return f"last week, on {weekday}"
    month = MONTHS[day.month - 1]
    return f"in {month} {day.year}" if when.days > _FAR else f"on {day.day} {month}"


def wrong(text: str, when: When, language: str = "en", evidence: Sequence[str] = ()) -> Iterator[str]:
    """Yield what the text says of when the episode was, and is not so. In other languages
    weekdays and yesterday are read.

    What stands in the evidence is of the paper's own, and not of the episode:

    >>> then = When(dt.date(2026, 11, 24), dt.date(2026, 11, 26))
    >>> list(wrong("On problems from May 2024 on.", then, evidence=("They are of May 2024 and later.",)))
    []
    """
    for match, right in sorted(_told(text, language), key=lambda one: one[0].start()):
        if not right(match, when, text) and not _stands(match, evidence, language):
            yield re.sub(r"^on |['’]s$", "", match[0], flags=re.IGNORECASE)


def says(text: str, when: When, language: str = "en") -> bool:
    """Tell whether the text says when the episode was."""
    return any(right(match, when, text) for match, right in _told(text, language))


def without(
    text: str, when: When, language: str = "en", *, rightly: bool = True, evidence: Sequence[str] = ()
) -> str:  # fmt: skip
    """Return the text without what it says of when the episode was, or what it rightly says of that: no figure of it
    is one of a paper. What is not so of the episode and stands in the evidence stays.

    >>> without("Two weeks ago, in episode 12, it reached 61.", When(dt.date(2026, 11, 10), dt.date(2026, 11, 24), 12))
    'then, then, it reached 61.'
    """
    for match, right in sorted(_told(text, language), key=lambda one: -one[0].start()):
        if right(match, when, text) or not (rightly or _stands(match, evidence, language)):
            text = f"{text[: match.start()]}then{text[match.end() :]}"
    return text


Right = Callable[[re.Match[str], When, str], bool]


def _told(text: str, language: str) -> list[tuple[re.Match[str], Right]]:
    """Return what the text says of days, each place once, with what tells whether that is right."""
    found: list[tuple[re.Match[str], Right]] = []
    for pattern, right in _patterns(language):
        for match in pattern.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in found):
                found.append((match, right))
    return found


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], Right], ...]:
    """Return what is read, the longest first."""
    days = "|".join(WEEKDAYS.get(language, "").split())
    if language != "en":
        return tuple(_abroad(language, days))
    months = "|".join(MONTHS)
    counts = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)}|{'|'.join(_FEW)})"
    table: tuple[tuple[str, Right], ...] = (
        (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<number>\d\d)", _is_date),
        (rf"(?:on )?(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<named>{_DATED})(?:,? (?P<year>\d{{4}}))?",
         _is_date),
        (rf"(?:on )?(?P<named>{_DATED}) (?:the )?(?P<number>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year>\d{{4}}))?",
         _is_date),
        (rf"(?:back )?(?:in|since|from|of) (?P<named>{months})(?: (?:of )?(?P<year>\d{{4}}))?", _is_date),
        (r"(?:the )?day before yesterday(?:['’]s)?", lambda match, when, text: when.days == 2),
        (r"yesterday(?:['’]s)?", lambda match, when, text: when.days == 1),
        (rf"(?:about |some )?{counts} (?P<unit>day|week|month|year)s? (?:ago|back|before|earlier)", _is_so_long),
        (r"(?:the other|last|this past|the previous|the past) (?P<unit>day|week|month|year)(?:['’]s)?", _is_the_last),
        (r"earlier this (?P<unit>week|month|year)", _is_of_this),
        (rf"(?:(?P<last>last|this past) |on )?(?P<day>{days})(?:['’]s)?", _is_weekday(language)),
        (r"(?:in )?(?:episode )(?:number )?(?P<number>\d{1,5})", _is_numbered),
    )  # fmt: skip
    return tuple((re.compile(rf"(?<!\w){one}(?!\w)", re.IGNORECASE), right) for one, right in table)


def _abroad(language: str, days: str) -> Iterator[tuple[re.Pattern[str], Right]]:
    """Yield what is read in a language that is not English: the day before yesterday, yesterday, weekdays."""
    alone = r"{}" if language in UNSPACED else r"(?<!\w)(?:{})(?!\w)"
    yesterday, before = _YESTERDAY.get(language, ("", ""))
    table: tuple[tuple[str, Right], ...] = (
        (before, lambda match, when, text: when.days == 2),
        (yesterday, lambda match, when, text: when.days == 1),
        (days and f"(?P<day>{days})", _is_weekday(language)),
    )
    yield from ((re.compile(alone.format(words), re.IGNORECASE), right) for words, right in table if words)


def _stands(match: re.Match[str], evidence: Sequence[str], language: str) -> bool:
    """Tell whether the evidence has the same words, or the same date, span or number in others."""
    said = re.sub(r"^(?:(?:back|on|in|since|from|of|about|some) )+|['’]s$", "", match[0], flags=re.IGNORECASE)
    words, read = re.compile(rf"(?<!\w){re.escape(said)}(?!\w)"), _reading(match).items()
    return any(
        words.search(text) or (read and any(read <= _reading(other).items() for other, _ in _told(text, language)))
        for text in evidence
    )


def _reading(match: re.Match[str]) -> dict[str, object]:
    """Return what was read of a date, of how long ago, or of an episode's number; nothing of all else."""
    said = {name: value.lower() for name, value in match.groupdict().items() if value}
    if "count" in said:
        count = int(said["count"]) if said["count"].isdigit() else _COUNTS.get(said["count"], said["count"])
        return {"unit": said["unit"], "count": count}
    if "named" in said or "month" in said:
        month = int(said["month"]) if "month" in said else 1 + list(map(str.lower, MONTHS)).index(said["named"])
        return {"month": month, **{name: int(said[name]) for name in ("number", "year") if name in said}}
    return {"episode": int(said["number"])} if "number" in said else {}


def _is_date(match: re.Match[str], when: When, text: str) -> bool:
    said = match.groupdict()
    month = int(said["month"]) if said.get("month") else 1 + list(map(str.lower, MONTHS)).index(said["named"].lower())
    year = int(said["year"]) if said.get("year") else when.day.year
    number = int(said["number"]) if said.get("number") else when.day.day
    return (year, month, number) == (when.day.year, when.day.month, when.day.day)


def _is_numbered(match: re.Match[str], when: When, text: str) -> bool:
    return int(match["number"]) == when.number


def _is_weekday(language: str) -> Right:
    names = WEEKDAYS.get(language, "").split()

    def right(match: re.Match[str], when: When, text: str) -> bool:
        if names[when.day.weekday()] != match["day"].lower():
            return False
        if language != "en" or when.days <= 7:
            return True
        far = 14 if match["last"] else 7
        return when.days < far or bool(_FARTHER.search(text))

    return right


_FARTHER = re.compile(rf"(?<!\w)(?:ago|back|(?:last|previous) (?:week|month|year)|{_DATED})(?!\w)", re.IGNORECASE)
"""Beside a weekday: it is none of the last seven days."""


def _is_so_long(match: re.Match[str], when: When, text: str) -> bool:
    said, days = match["count"].lower(), _DAYS[match["unit"].lower()]
    if few := _FEW.get(said):
        return few[0] * days <= when.days <= few[1] * days
    count = _COUNTS.get(said) or int(said)
    slack = 0.0 if days == 1 else 0.5 * days
    return abs(when.days - count * days) <= slack


def _is_the_last(match: re.Match[str], when: When, text: str) -> bool:
    unit, other = match["unit"].lower(), match[0].lower().startswith("the other")
    if unit == "day":
        return 1 <= when.days <= 14 if other else when.days == 1
    if unit == "week":
        return when.weeks == 1 or 4 <= when.days <= 10 or (other and when.days <= 21)
    months = 12 * (when.today.year - when.day.year) + when.today.month - when.day.month
    return months == 1 if unit == "month" else when.today.year - when.day.year == 1


def _is_of_this(match: re.Match[str], when: When, text: str) -> bool:
    if match["unit"].lower() == "week":
        return when.weeks == 0
    same = when.today.year == when.day.year
    return same and (match["unit"].lower() == "year" or when.today.month == when.day.month)
