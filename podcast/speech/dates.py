"""Days, years and times of day.

>>> read_dates("am 3. Mai, am 14.03.2025 um 14:30 Uhr", "de")
'am dritten Mai, am vierzehnten März zweitausendfünfundzwanzig um vierzehn Uhr dreißig'
>>> read_dates("2025-03-14", "zh"), read_dates("seit 1998", "de")
('二零二五年三月十四日', 'seit neunzehnhundertachtundneunzig')
"""

import re
from functools import cache

from podcast.speech import cldr
from podcast.speech.spelling import ordinal, passes, spelled, year
from podcast.speech.tongues import tongue

_AWAY = r"(?<![\w.,:/+-])"
_BACK = r"(?![\w:/]|[.,]\d|-\d)"
_ISO = re.compile(r"(?<![A-Za-z0-9.,:/+-])([12]\d{3})([-/.])(0?[1-9]|1[0-2])\2([0-2]?\d|3[01])(?![A-Za-z0-9:/]|-\d)")
_TURNED = re.compile(rf"{_AWAY}([0-2]?\d|3[01])([./-])(0?[1-9]|1[0-2])\2([12]\d{{3}}){_BACK}(?: r\.(?! *$)| r(?=\.$))?")
_SHORT = re.compile(rf"{_AWAY}(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(\d\d)?(?![\w:/]|[.,]?\d)")
"""14.03.25, and "am 14.3." in German."""
_CLOCK = re.compile(
    r"(?<![A-Za-z0-9.,:/+-])([01]?\d|2[0-4])(?::|(?<=\d) ?[hH] ?(?=\d\d)|\.(?=\d\d (?:uur|Uhr)))([0-5]\d)"
    r"(?::([0-5]\d))?(?![A-Za-z0-9:/]|[.,]\d)"
    r"(?: ?(?:Uhr|uur|uhr|h|heures)(?!\w))?"
)
_FROM_TO = re.compile(r"(?<![\w.,:])([0-2]?\d:[0-5]\d) ?[-–~—] ?([0-2]?\d:[0-5]\d)(?![\d:])")
_TIMED = {"de": r"\b(?:um|gegen) $", "es": r"\bla $", "it": r"\b(?:d?all['’]|d?alle )$", "pt": r"(?<!\w)às? $"}
"""What stands before a time of day."""
_HOUR_FORM = {"de": "neuter", "es": "feminine", "fr": "feminine", "it": "feminine", "pt": "feminine"}
_POLISH_HOUR = {"o": "ej", "od": "ej", "do": "ej", "po": "ej", "przed": "ą"}
_DATIVE = r"am|vom|zum|beim|dem|den|ab|bis|seit|im"
_YEAR_BEFORE = {
    "de": r"(?:Jahre?s?|seit|[Ss]eit|im|[Ii]n|[Vv]on|ab|[Aa]us|bis|vor|nach|Ende|Anfang|Mitte|anno|um|[A-ZÄÖÜ]\w+)",
    "nl": r"(?:jaar|sinds|in|uit|van|vanaf|tot|eind|begin|medio|halverwege|jaren|voor|na|rond)",
}
_BETWEEN_YEARS = re.compile(
    r"(?<!\w)([Zz]wischen|[Tt]ussen) (1[1-9]\d\d|20\d\d) (und|en) ((?:1[1-9]|20)\d\d)(?![\w]|[.,]\d)"
)
_CHINESE_YEARS = re.compile(
    r"(?<![\d.,])([12]\d{3})(?: ?([-–~到至—]) ?([12]\d{3}))?(?= ?年(?![级轻龄])|(?<=[A-Za-z] \d{4})(?![\d.,]))"
    r"|(?<=[A-Za-z\u4e00-\u9fff][（(])(19\d[1-9]|20(?!00)[0-3]\d)(?=[a-z]?[)）])"
)
_RUSSIAN_YEAR = re.compile(r"(?<![\w.,])([12]\d{3}) (год|года|году|годом)(?!\w)")
_RUSSIAN_CASES = {"год": "masculine", "года": "masculine-genitive", "году": "masculine-locative",
                  "годом": "masculine-ablative"}  # fmt: skip


def read_dates(text: str, language: str) -> str:
    """Return the text with days, times and, where they are said otherwise than numbers, years in words."""
    known = tongue(language)
    if not known.date or not passes(language):
        return text
    text = _ISO.sub(lambda match: _date(match, language, match[4], match[3], match[1]), text)
    text = _TURNED.sub(lambda match: _date(match, language, match[1], match[3], match[4]), text)
    text = _SHORT.sub(lambda match: _short_date(match, language), text)
    gap = known.join
    text = _FROM_TO.sub(rf"\1{gap}{known.to}{gap}\2", text)
    text = _CLOCK.sub(lambda match: _time(match, language), text)
    if language == "de":
        text = re.sub(r"(?<![\w.,:/–-])1 (?=Uhr(?!\w))", "ein ", text)
    if language in ("de", "pl", "ru"):
        text = _day_of_month(language).sub(lambda match: _named_day(match, language), text)
    return _years(text, language)


def _date(match: re.Match[str], language: str, day: str, month: str, years: str) -> str:
    name = cldr.months(language)[int(month) - 1]
    if language in ("ja", "ko"):
        name = spelled(name[:-1], language) + name[-1]
    before = match.string[: match.start()]
    said = year(years, language)
    if language == "pl":
        said = in_case(ordinal(int(years), "pl"), "ego")
    if language == "ru":
        said = _russian_year(years, "masculine-genitive")
    return tongue(language).date.format(day=_day(int(day), language, before), month=name, year=said)


def _short_date(match: re.Match[str], language: str) -> str:
    day, month, years = match.groups()
    if language != "de":
        return (
            _date(match, language, day, month, f"20{years}") if years and language in ("pl", "ru", "tr") else match[0]
        )
    before = match.string[: match.start()]
    if not years and not re.search(r"(?<!\w)(?:am|vom|zum) $", before):
        return match[0]  # 3.5 at the end of a sentence, as the paper has it
    said = [_day(int(number), "de", before) for number in (day, month)]
    return " ".join([*said, *([spelled(str(int(years)), "de")] if years else [])])


def _day(number: int, language: str, before: str) -> str:
    if language == "de":
        return ordinal(number, "de", "-n" if re.search(rf"(?<!\w)(?:{_DATIVE}),? $", before, re.IGNORECASE) else "-r")
    if language == "pl":
        return in_case(ordinal(number, "pl"), "ego")
    if language == "ru":
        return ordinal(number, "ru", "neuter-genitive")
    return tongue(language).first if number == 1 and tongue(language).first else spelled(str(number), language)


def in_case(words: str, ending: str) -> str:
    """Return a Polish ordinal in another case; `ending` is that of "-y": "ego", "ym", "ej", "a", "ą" …

    What is declined are the last two words when both are ordinals: dwudziesty czwarty, dwudziestego czwartego.
    """
    *rest, tens, ones = ["", *words.split()] if " " in words else ["", "", words]
    return " ".join(filter(None, [*rest, _declined(tens, ending), _declined(ones, ending)]))


def _declined(word: str, ending: str) -> str:
    if not word.endswith(("y", "i")) or word in ("trzy", "cztery"):
        return word
    stem, soft = word[:-1], word.endswith("i")
    if ending == "y":
        return word
    if soft and ending[0] == "y":  # drugim, trzecich
        return word + ending[1:]
    if soft and word.endswith("gi"):  # druga, drugiej
        return (stem if ending[0] in "aą" else word) + ending
    return (word if soft else stem) + ending


def _time(match: re.Match[str], language: str) -> str:
    if _is_ratio(match, language):
        return match[0]
    hour, minutes = int(match[1]), int(match[2])
    alone, full = tongue(language).clock
    past = match[2] if language == "zh" else str(minutes)  # 九点零五分
    said = (full if minutes else alone).format(_hour(hour, match, language), spelled(past, language))
    if match[3]:
        pattern = cldr.unit("duration-second", language, match[3])
        gap = tongue(language).join
        said = gap.join([said, pattern.format(spelled(str(int(match[3])), language)).replace("" if gap else " ", "")])
    return said.replace("heures", "heure") if language == "fr" and hour < 2 else said


def _hour(hour: int, match: re.Match[str], language: str) -> str:
    if language == "pl":
        before = re.search(r"(?<!\w)(\w+)(?: godzin\w+)? $", match.string[: match.start()])
        return in_case(ordinal(hour, "pl"), _POLISH_HOUR.get(before[1].lower() if before else "", "a"))
    form = "native-attributive" if language == "ko" and 0 < hour < 13 else _HOUR_FORM.get(language, "")
    return spelled(str(hour), language, form)


def _is_ratio(match: re.Match[str], language: str) -> bool:
    """Tell whether 1:10 is one to ten rather than ten past one: but behind a word of time, nobody writes that hour with
    one figure and round."""
    timed = language in _TIMED and re.search(_TIMED[language], match.string[: match.start()], re.IGNORECASE)
    return not timed and bool(re.fullmatch(r"1:[1-5]0", match[0]))


@cache
def _day_of_month(language: str) -> re.Pattern[str]:
    dot = r"\." if language == "de" else ""
    return re.compile(rf"(?<![\w.,:/-])([0-2]?\d|3[01]){dot} ({'|'.join(cldr.months(language))})(?!\w)")


def _named_day(match: re.Match[str], language: str) -> str:
    return f"{_day(int(match[1]), language, match.string[: match.start()])} {match[2]}"


def _years(text: str, language: str) -> str:
    if language == "de":
        text = re.sub(r"(?<!\w)(1[1-9]\d0)(?=er\b|ern\b)", lambda match: year(match[1], "de"), text)
    if language in _YEAR_BEFORE:
        text = re.sub(r"(?<![\w.,])(1[1-9]\d\d)(?=/\d\d(?!\d))", lambda match: year(match[1], language), text)
        text = _BETWEEN_YEARS.sub(lambda match: _between(match, language), text)
        return _years_by_hundreds(language).sub(lambda match: match[1] + year(match[2], language), text)
    if language == "zh":
        return _CHINESE_YEARS.sub(_chinese_years, text)
    if language == "ru":
        return _RUSSIAN_YEAR.sub(lambda match: _russian_year(match[1], _RUSSIAN_CASES[match[2]]) + f" {match[2]}", text)
    return _polish_years().sub(_polish_year, text) if language == "pl" else text


def _russian_year(figures: str, case: str) -> str:
    """Return a Russian year, the last word an ordinal in this case; CLDR has none of round hundreds."""
    return ordinal(int(figures), "ru", case) or spelled(figures, "ru")


def _between(match: re.Match[str], language: str) -> str:
    before, first, and_, second = match.groups()
    return f"{before} {year(first, language)} {and_} {year(second, language)}"


@cache
def _years_by_hundreds(language: str) -> re.Pattern[str]:
    """Return where four figures are a year in German or Dutch; in German a verb behind the first word tells it too."""
    before = "|".join([_YEAR_BEFORE[language], *cldr.months(language)])
    first = "|^" if language == "de" else ""
    return re.compile(rf"((?<!\w)(?:{before}) |\({first})(1[1-9]\d\d|20\d\d)(?=[).,;:!?]| [a-zäöü]|$)(?![.,]\d)")


def _chinese_years(match: re.Match[str]) -> str:
    first, to, second, cited = match.groups()
    return year(first or cited, "zh") + ((to if to in "到至" else "到") + year(second, "zh") if second else "")


@cache
def _polish_years() -> re.Pattern[str]:
    before = "|".join(["[Ww]", "[Oo]d", "[Dd]o", "[Zz]", "[Pp]o", "[Pp]rzed", r"[Rr]ok\w*", *cldr.months("pl")])
    return re.compile(
        rf"(?<!\w)((?:{before}) )?([12]\d{{3}})"
        r"(?:( r\.(?=\s*$| [A-ZŻŹĆŚŁÓ]))| r\.| (roku|rok|latach)(?!\w)|(?=[).,;]|$| (?:do|i|a|oraz|przez|na|w)(?!\w)))"
    )


def _polish_year(match: re.Match[str]) -> str:
    """Decline: w 1998 r., od 2015 do 2021, 3 maja 2024; a year alone, as in NeurIPS 2024, is a number."""
    before, figures, at_end, noun = (part or "" for part in match.groups())
    abbreviated = match[0].rstrip(".").endswith(" r")
    if not (before or noun or abbreviated):
        return match[0]
    ending = {"w": "ym", "po": "ym", "rok": "y", "roku": "ego"}.get(before.strip().lower(), "ego")
    said = in_case(ordinal(int(figures), "pl"), ending)
    return f"{before}{said}{f' {noun}' if noun else ' roku' * abbreviated}{'.' if at_end else ''}"
