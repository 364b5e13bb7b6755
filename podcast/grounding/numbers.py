"""Numbers in words, in English, German, French, Spanish and Chinese: where they stand and what they are worth.

>>> [f"{one.value:f}" for one in spelled("forty-one point eight of two million")]
['41.8', '2000000.0']
>>> [f"{one.value:f}" for one in spelled("zwei Milliarden", "de")]
['2000000000.0']
>>> list(spelled("the first of many"))
[]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from podcast.grounding.units import words


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words at text[start:end]; an ordinal from "fourth" on is one too."""

    start: int
    end: int
    value: Decimal
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class _Tongue:
    ones: dict[str, int]
    """Everything below a hundred that is one word."""
    hundreds: frozenset[str]
    scales: dict[str, int]
    points: frozenset[str]
    links: frozenset[str]
    """Words between parts of one number: "and", "und", "et", "y"."""
    bare: frozenset[str]
    """Hundreds and scales that stand for one of their kind alone: "mille", "tausend"; in English after "a"."""
    ordinals: dict[str, int]


def _count(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + step * index for index, word in enumerate(words.split())}


_ENGLISH = _Tongue(
    _count("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
           "seventeen eighteen nineteen")
    | _count("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10) | {"dozen": 12},
    frozenset({"hundred"}),
    {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    frozenset({"point"}), frozenset({"and"}), frozenset(),
    _count("fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
           "seventeenth eighteenth nineteenth twentieth", 4) | {"thirtieth": 30},
)  # fmt: skip
_ORDINAL_ONES = {"first": 1, "second": 2, "third": 3}
"""Ordinals only after tens: alone they count turns of the talk."""

_FRENCH = _Tongue(
    _count("zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize")
    | _count("vingt trente quarante cinquante soixante septante octante nonante", 20, 10)
    | {"une": 1, "vingts": 20, "huitante": 80},
    frozenset({"cent", "cents"}),
    {"mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9},
    frozenset({"virgule"}), frozenset({"et"}), frozenset({"cent", "mille"}), {},
)  # fmt: skip
_SPANISH = _Tongue(
    _count("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
           "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
           "veintisiete veintiocho veintinueve")
    | _count("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | _count("cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
             100, 100)
    | {"un": 1, "una": 1, "ciento": 100, "veintiún": 21},
    frozenset(),
    {"mil": 10**3, "millón": 10**6, "millones": 10**6, "billón": 10**12, "billones": 10**12},
    frozenset({"coma", "punto"}), frozenset({"y"}), frozenset({"mil"}), {},
)  # fmt: skip
_GERMAN_ONES = _count("null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
                      "sechzehn siebzehn achtzehn neunzehn")  # fmt: skip
_GERMAN_TENS = _count("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_GERMAN = _Tongue(
    {}, frozenset(),
    {"tausend": 10**3, "million": 10**6, "millionen": 10**6, "milliarde": 10**9, "milliarden": 10**9,
     "billion": 10**12, "billionen": 10**12},
    frozenset({"komma"}), frozenset({"und"}), frozenset(), {},
)  # fmt: skip
_TONGUES = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}


@cache
def _german() -> dict[str, int]:
    """Return every German number word below a thousand."""
    ones = {"ein": 1, "eine": 1, "einer": 1, "einen": 1} | _GERMAN_ONES | _GERMAN_TENS
    joined = {word: value for word, value in ones.items() if value < 10 and word not in ("null", "eins")}
    below = ones | {
        f"{one}und{ten}": value + tens for one, value in joined.items() for ten, tens in _GERMAN_TENS.items()
    }
    hundreds = {"hundert": 100} | {f"{one}hundert": 100 * value for one, value in joined.items()}
    sums = {hundred + word: value + more for hundred, value in hundreds.items() for word, more in below.items() if more}
    return below | hundreds | sums


def _worth(word: str, language: str) -> int | None:
    if language != "de":
        return _TONGUES[language].ones.get(word)
    known = _german()
    if word in known:
        return known[word]
    thousands, found, rest = word.partition("tausend")
    if found and (thousands in known or not thousands) and (rest in known or not rest):
        return known.get(thousands, 1) * 1000 + known.get(rest, 0)
    return None


def spelled(text: str, language: str = "en") -> Iterator[Spelled]:
    """Yield every number in words, in order: "forty-one point eight", "zwei Milliarden", "三十亿"."""
    if language == "zh":
        yield from _chinese(text)
    elif language in _TONGUES:
        words = [(match.start(), match.end(), match[0].lower()) for match in re.finditer(r"[^\W\d_]+", text)]
        at = 0
        while at < len(words):
            found, used = _part(words, at) if language == "en" and words[at][2] in _PARTS else (None, 0)
            if not found:
                found, used = _parse(text, words, at, language)
            if found:
                yield found
            at += max(used, 1)


_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_PARTED = words(
    "hour minute second day week month year point percent dozen metre meter kilometre kilometer degree percentage"
)
"""Of which there are halves: half an hour; not "half a model"."""


def _part(words: list[tuple[int, int, str]], first: int) -> tuple[Spelled | None, int]:
    """Return half a million, half a point, a quarter of an hour; None and 0 for another half."""
    following = [word for _, _, word in words[first + 1 : first + 4]]
    of = following[:1] == ["of"]
    following = following[of:]
    if len(following) < 2 or following[0] not in ("a", "an"):
        return None, 0
    part, scale = _PARTS[words[first][2]], _ENGLISH.scales.get(following[1])
    begin = first - 1 if first and words[first - 1][2] == "a" else first
    if scale:
        return Spelled(words[begin][0], words[first + of + 2][1], part * scale), of + 3
    if following[1] in _PARTED:
        return Spelled(words[begin][0], words[first + of + 1][1], part), of + 2
    return None, 0


def _parse(text: str, words: list[tuple[int, int, str]], first: int, language: str) -> tuple[Spelled | None, int]:
    """Return the number that begins at a word, and how many words it takes; None and 0 where none begins."""
    tongue = _TONGUES[language]
    total, group, last, scale = 0, 0, "", 0
    """`last` is what came before: "" nothing, "n" ones or tens, "h" a hundred, "s" a scale, "y" the end of a year."""
    value_of_last, digits, end, used = 0, "", first, 0
    at = first
    ordinal = False
    while at < len(words):
        start, stop, word = words[at]
        if at == first and word in ("cent", "cien", "ciento") and first and words[first - 1][2] in ("pour", "por"):
            break
        if at > first and text[words[at - 1][1] : start] not in (" ", "-"):
            break
        worth = _worth(word, language)
        if digits or last == "p":
            if (worth is not None and worth < 10) or word == "oh":
                digits += str(worth or 0)
            elif digits and word in tongue.scales:
                scale = tongue.scales[word]
                end, used = stop, at - first + 1
                break
            else:
                break
        elif worth is not None:
            if last == "s" and word == "one" and text[words[at - 2][1] : words[at - 1][0]] == "-":
                break  # the seventy-billion one
            if last == "y" and not (value_of_last % 10 == 0 and value_of_last >= 20 and 0 < worth < 10):
                break
            if last == "y":
                group += worth
            elif not last or last == "s":
                group = worth
            elif last == "h" and worth < 100:
                group += worth
            elif last == "n" and language == "fr" and value_of_last == 4 and worth == 20:
                group, worth = group + 76, 80
            elif last == "n" and ((value_of_last % 10 == 0 and 10 < value_of_last < 100 and 0 < worth < 10)
                                  or (language == "fr" and value_of_last in (60, 80) and worth < 20)
                or (language == "fr" and value_of_last == 10 and group % 100 in (10, 70, 90) and worth < 10)
                                  or (language == "es" and value_of_last >= 100 and worth < 100)):  # fmt: skip
                group += worth
            elif last == "n" and language == "en" and 10 <= group <= 20 and 10 <= worth < 100:
                group, last = group * 100 + worth, "y"
            else:
                break
            value_of_last, last = worth, last if last == "y" else "n"
        elif word in tongue.hundreds and (
            (0 < group < 100 and last == "n")
            or (not last and _alone(tongue, text, word, start))
            or (language == "fr" and last == "s")
        ):
            group, last = max(group, 1) * 100, "h"
        elif word in tongue.scales and last != "y":
            if not last and not _alone(tongue, text, word, start):
                break
            size = tongue.scales[word]
            if total and total >= size and total % (size * 1000):
                break
            if total and total < size:
                total = (total + group) * size
            else:
                total += max(group, 1) * size
            group, last = 0, "s"
        elif word in tongue.points and last in ("n", "h", "s"):
            last = "p"
            at += 1
            continue
        elif language == "en" and word == "and" and last == "n" and _half(words, at):
            digits = "5"
            end, used = words[at + 2][1], at - first + 3
            at += 3
            continue
        elif word in tongue.links and last in ("n", "h", "s") and _links(words, at, language, last, value_of_last):
            at += 1
            continue
        elif word in tongue.ordinals or (last == "n" and word in _ORDINAL_ONES and language == "en"):
            worth = tongue.ordinals.get(word) or _ORDINAL_ONES[word]
            tens = last == "n" and value_of_last in range(20, 100, 10) and worth < 10
            if not (not last or last == "h" or tens):
                break
            group, ordinal = group + worth, True
            end, used = stop, at - first + 1
            break
        else:
            break
        end, used = stop, at - first + 1
        at += 1
    if not used:
        return None, 0
    value = Decimal(f"{total + group}.{digits or 0}") * (scale or 1)
    return Spelled(words[first][0], end, value, ordinal), used


def _alone(tongue: _Tongue, text: str, word: str, start: int) -> bool:
    """Return whether a hundred or a scale may begin a number here."""
    return word in tongue.bare or (tongue is _ENGLISH and text[max(0, start - 2) : start].lower() in ("a ", "a-"))


def _half(words: list[tuple[int, int, str]], at: int) -> bool:
    """Return whether the words go on with "and a half"."""
    return [word for _, _, word in words[at : at + 3]] == ["and", "a", "half"]


def _links(words: list[tuple[int, int, str]], at: int, language: str, last: str, value: int) -> bool:
    """Return whether "and" goes on with the number: after hundreds in English, between tens and ones elsewhere."""
    following = _worth(words[at + 1][2], language) if at + 1 < len(words) else None
    if following is None or following == 0:
        return False
    if language == "en":
        then = {word for _, _, word in words[at + 2 : at + 4]}
        return (last == "h" and following < 100) or (
            last == "s" and following < 100 and not then & _ENGLISH.scales.keys()
        )
    return last == "n" and value % 10 == 0 and 20 <= value < 100 and following < 20


_CHINESE_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE_RUN = re.compile(
    r"(?<!第)[零〇一二两三四五六七八九十百千万亿]{1,20}(?:点[零〇一二三四五六七八九]{1,12}[万亿]?)?"
)
_CHINESE_UNIT = re.compile(r"\s?(?:个?百分点|倍|小时|天|层|美元|分钟|秒|%|张|块)")


def _chinese(text: str) -> Iterator[Spelled]:
    for match in _CHINESE_RUN.finditer(text):
        run = match[0]
        before = text[max(0, match.start() - 3) : match.start()]
        if len(run) == 1 and before != "百分之" and not _CHINESE_UNIT.match(text, match.end()):
            continue
        if run[0] in "百千万亿" and not text[max(0, match.start() - 1) : match.start()].isdigit():
            continue  # 万一, 千万: words and no numbers
        value = _chinese_value(run)
        if value is not None and not (match.start() and text[match.start() - 1].isdigit()):
            yield Spelled(match.start(), match.end(), value)


def _chinese_value(run: str) -> Decimal | None:
    whole, _, part = run.partition("点")
    tail = part[-1:] if part[-1:] in ("万", "亿") else ""
    digits = "".join(str(_CHINESE_ONES[sign]) for sign in part.removesuffix(tail or "-"))
    if len(whole) > 1 and all(sign in _CHINESE_ONES for sign in whole):
        if len(whole) < 4:
            return None  # 一二, 三四: a few
        value = int("".join(str(_CHINESE_ONES[sign]) for sign in whole))
    else:
        total = group = one = 0
        for sign in whole:
            if sign in _CHINESE_ONES:
                one = _CHINESE_ONES[sign]
            elif sign in _CHINESE_SCALES:
                group, one = group + (one or 1) * _CHINESE_SCALES[sign], 0
            else:
                size = 10**4 if sign == "万" else 10**8
                total, group, one = (total + group + one) * size if size > total else total + (group + one) * size, 0, 0
        value = total + group + one
    return Decimal(f"{value}.{digits or 0}") * {"": 1, "万": 10**4, "亿": 10**8}[tail]
