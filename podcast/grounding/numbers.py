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
from enum import Enum, auto

from podcast.grounding.numberwords import ORDINAL_ONES, TONGUES, Tongue, worth_of
from podcast.grounding.units import words

Words = list[tuple[int, int, str]]
"""The words of a text in lower case, each with where it begins and ends."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words at text[start:end]; an ordinal from "fourth" on is one too."""

    start: int
    end: int
    value: Decimal
    ordinal: bool = False


def spelled(text: str, language: str = "en") -> Iterator[Spelled]:
    """Yield every number in words, in order: "forty-one point eight", "zwei Milliarden", "三十亿"."""
    if language == "zh":
        yield from _chinese(text)
    elif language in TONGUES:
        words = [(match.start(), match.end(), match[0].lower()) for match in re.finditer(r"[^\W\d_]+", text)]
        at = 0
        while at < len(words):
            found, used = _part(words, at) if language == "en" and words[at][2] in _PARTS else (None, 0)
            if not found:
                found, used = _Reading(text, words, at, language).read()
            if found:
                yield found
            at += max(used, 1)


_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_PARTED = words(
    "hour minute second day week month year point percent dozen metre meter kilometre kilometer degree percentage"
)
"""Of which there are halves: half an hour; not "half a model"."""


def _part(words: Words, first: int) -> tuple[Spelled | None, int]:
    """Return half a million, half a point, a quarter of an hour; None and 0 for another half."""
    following = [word for _, _, word in words[first + 1 : first + 4]]
    of = following[:1] == ["of"]
    following = following[of:]
    if len(following) < 2 or following[0] not in ("a", "an"):
        return None, 0
    part, scale = _PARTS[words[first][2]], TONGUES["en"].scales.get(following[1])
    begin = first - 1 if first and words[first - 1][2] == "a" else first
    if scale:
        return Spelled(words[begin][0], words[first + of + 2][1], part * scale), of + 3
    if following[1] in _PARTED:
        return Spelled(words[begin][0], words[first + of + 1][1], part), of + 2
    return None, 0


class _Last(Enum):
    """What a number ends with, as far as it was read."""

    NOTHING = auto()
    ONES = auto()
    """Ones, teens or tens; in Spanish hundreds too, which are one word there."""
    HUNDRED = auto()
    SCALE = auto()
    """A thousand, a million."""
    POINT = auto()
    YEAR = auto()
    """Two numbers that are read as a year: nineteen ninety, twenty twenty-four."""


_WHOLE = (_Last.ONES, _Last.HUNDRED, _Last.SCALE)


@dataclass(slots=True)
class _Reading:
    """The number that begins at a word, read as far as it goes."""

    text: str
    words: Words
    first: int
    language: str
    total: int = 0
    """Of what was said with its scale."""
    group: int = 0
    """Of what was said since, below a thousand."""
    digits: str = ""
    """After the point."""
    scale: int = 1
    """Behind those: a million of "one point five million"."""
    ordinal: bool = False
    last: _Last = _Last.NOTHING
    value: int = 0
    """Of the last word that has one below a thousand."""
    used: int = 0
    """How many words are the number's; a point or a link is one of them once something follows."""
    over: bool = False

    @property
    def tongue(self) -> Tongue:
        return TONGUES[self.language]

    def read(self) -> tuple[Spelled | None, int]:
        """Return the number, and how many words it takes; None and 0 where none begins."""
        at = self.first
        while at < len(self.words) and not self.over and self._follows(at):
            taken = self._take(at)
            if not taken:
                break
            at += taken
        if not self.used:
            return None, 0
        value = Decimal(f"{self.total + self.group}.{self.digits or 0}") * self.scale
        start, end = self.words[self.first][0], self.words[self.first + self.used - 1][1]
        return Spelled(start, end, value, self.ordinal), self.used

    def _follows(self, at: int) -> bool:
        """Return whether a word stands where a word of the number can; the cent of "pour cent" does not, nor, as the
        first, the scale of a number in digits: 3 mil millones."""
        if at > self.first:
            return self._gap(at) in (" ", "-")
        begin = self.words[at][0]
        if self.words[at][2] in self.tongue.scales and self.text[max(0, begin - 2) : begin - 1].isdigit():
            return False
        percent = self.words[at][2] in ("cent", "cien", "ciento")
        return not (percent and at and self.words[at - 1][2] in ("pour", "por"))

    def _gap(self, at: int) -> str:
        """Return what stands before a word, and behind the one before it."""
        return self.text[self.words[at - 1][1] : self.words[at][0]]

    def _take(self, at: int) -> int:
        """Take the word, and those that belong to it, and return how many; 0 where the number ends before it."""
        word, tongue = self.words[at][2], self.tongue
        worth = worth_of(word, self.language)
        if self.digits or self.last is _Last.POINT:
            return self._digit(at, word, worth)
        if worth is not None:
            return self._ones(at, word, worth)
        if word in tongue.hundreds:
            return self._hundred(at, word)
        if word in tongue.scales:
            return self._scale(at, word)
        if word in tongue.points and self.last in _WHOLE:
            self.last = _Last.POINT
            return 1
        if self.language == "en" and self.last is _Last.ONES and _half(self.words, at):
            self.digits = "5"
            return self._taken(at, 3)
        if word in tongue.links and self._links(at):
            return 1
        return self._ordinal(at, word)

    def _taken(self, at: int, count: int = 1) -> int:
        """Have the number end with these words."""
        self.used = at + count - self.first
        return count

    def _digit(self, at: int, word: str, worth: int | None) -> int:
        """Take a digit after the point, or the scale that ends the number."""
        if (worth is not None and worth < 10) or word == "oh":
            self.digits += str(worth or 0)
        elif self.digits and word in self.tongue.scales:
            self.scale, self.over = self.tongue.scales[word], True
        else:
            return 0
        return self._taken(at)

    def _ones(self, at: int, word: str, worth: int) -> int:
        """Take a word with a value of its own."""
        if self.last is _Last.SCALE and word == "one" and self._gap(at - 1) == "-":
            return 0  # the seventy-billion one
        if self.last in (_Last.NOTHING, _Last.SCALE):
            self.group, self.last = worth, _Last.ONES
        elif self._adds(worth):
            self.group += worth
            self.last = _Last.YEAR if self.last is _Last.YEAR else _Last.ONES
        elif self.last is _Last.ONES and self.language == "fr" and self.value == 4 and worth == 20:
            self.group, worth = self.group + 76, 80  # quatre-vingts
        elif self.last is _Last.ONES and self.language == "en" and 10 <= self.group <= 20 and 10 <= worth < 100:
            self.group, self.last = self.group * 100 + worth, _Last.YEAR
        else:
            return 0
        self.value = worth
        return self._taken(at)

    def _adds(self, worth: int) -> bool:
        """Return whether a value is added to what was said: forty-one, a hundred forty, soixante-douze, ciento diez."""
        before = self.value
        if self.last is _Last.HUNDRED:
            return worth < 100
        one_of_tens = before % 10 == 0 and before >= 20 and 0 < worth < 10
        if self.last is _Last.YEAR:
            return one_of_tens
        return (
            (one_of_tens and before < 100)
            or (self.language == "fr" and before in (60, 80) and worth < 20)
            or (self.language == "fr" and before == 10 and self.group % 100 in (10, 70, 90) and worth < 10)
            or (self.language == "es" and before >= 100 and worth < 100)
        )

    def _hundred(self, at: int, word: str) -> int:
        """Take a hundred: of the ones before it, or one of its own."""
        counted = self.last is _Last.ONES and 0 < self.group < 100
        if not (counted or self._alone(at, word) or (self.language == "fr" and self.last is _Last.SCALE)):
            return 0
        self.group, self.last = max(self.group, 1) * 100, _Last.HUNDRED
        return self._taken(at)

    def _scale(self, at: int, word: str) -> int:
        """Take a thousand or more: of what was said since the scale before, or of all where that was a smaller one."""
        if self.last is _Last.YEAR or (self.last is _Last.NOTHING and not self._alone(at, word)):
            return 0
        size = self.tongue.scales[word]
        if self.total >= size and self.total % (size * 1000):
            return 0
        if 0 < self.total < size:
            self.total = (self.total + self.group) * size
        else:
            self.total += max(self.group, 1) * size
        self.group, self.last = 0, _Last.SCALE
        return self._taken(at)

    def _alone(self, at: int, word: str) -> bool:
        """Return whether a hundred or a scale may begin the number here: a million, million-length."""
        start, end, _ = self.words[at]
        before = self.text[max(0, start - 8) : start].lower()
        english = self.language == "en"
        sized = word in self.tongue.scales and _SIZED.match(self.text, end) and not _MANY.search(before)
        bare = word in self.tongue.bare and not (english and _MANY.search(before))  # several dozen
        begins = bare or (english and (before[-2:] in ("a ", "a-") or bool(sized)))
        return self.last is _Last.NOTHING and begins

    def _links(self, at: int) -> bool:
        """Return whether "and" goes on with the number: after hundreds in English, between tens and ones elsewhere."""
        following = worth_of(self.words[at + 1][2], self.language) if at + 1 < len(self.words) else None
        if not following:
            return False
        if self.language != "en":
            return self.last is _Last.ONES and self.value in range(20, 100, 10) and following < 20
        then = {word for _, _, word in self.words[at + 2 : at + 4]}
        scaled = self.last is _Last.SCALE and not then & self.tongue.scales.keys()
        return (self.last is _Last.HUNDRED or scaled) and following < 100

    def _ordinal(self, at: int, word: str) -> int:
        """Take the ordinal that ends the number: fourth, a hundredth and fourth, twenty-first."""
        worth = self.tongue.ordinals.get(word)
        if worth is None and self.last is _Last.ONES and self.language == "en":
            worth = ORDINAL_ONES.get(word)
        if worth is None:
            return 0
        behind_tens = self.last is _Last.ONES and self.value in range(20, 100, 10) and worth < 10
        if self.last not in (_Last.NOTHING, _Last.HUNDRED) and not behind_tens:
            return 0
        self.group, self.ordinal, self.over = self.group + worth, True, True
        return self._taken(at)


_SIZED = re.compile(r"-(?:scale|length|token|parameter|level|sized?|long)(?!\w)")
"""Behind a scale that stands for one of its kind: million-length sequences."""
_MANY = re.compile(r"(?:[\w.]-|\d ?|(?<!\w)(?:several|many|few|couple|of|hundred) )$")
"""Before one that does not: multi-billion-parameter."""


def _half(words: Words, at: int) -> bool:
    """Return whether the words go on with "and a half"."""
    return [word for _, _, word in words[at : at + 3]] == ["and", "a", "half"]


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
