"""Units: symbols behind a number in words, alone, in powers and as rates; the numbers stay digits.

>>> read_units("10 Gb/s or 5 GB/s").split(" or ")
['10 gigabits per second ', '5 gigabytes per second ']
>>> read_units("30 s per image, 700 W").split(",")
['30 seconds per image ', ' 700 watts ']
>>> read_units("9.8 m/s squared").strip()
'9.8 meters per second squared'
"""

import re
from collections.abc import Iterator

from podcast.speech import tables
from podcast.speech.numerals import counted
from podcast.speech.rules import any_of, next_word, words_before

_NUMBER = r"(?<![\w.])\d+(?:\.\d+)?"


def _scaled() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every symbol with its prefixes, and what it is called."""
    for symbol, (one, many, prefixes) in tables.SCALED_UNITS.items():
        yield symbol, (one.strip(), many.strip())
        for prefix in prefixes.split():
            yield prefix + symbol, (tables.PREFIXES[prefix] + one, tables.PREFIXES[prefix] + many)


UNITS = dict(_scaled()) | tables.UNITS
"""Every symbol → its name for one, and for many."""
_LETTER = any_of(tables.LETTERS)
_SYMBOL = any_of(symbol for symbol in UNITS if len(symbol) > 1 or not symbol.isalpha())
_POWER = r"(?: (?:squared|cubed)\b)?"
_PER = rf"(?: ?/ ?| per )(?:{_SYMBOL}|{any_of(tables.PER)}|[A-Za-z][a-z]{{2,20}}|{_LETTER})(?![A-Za-z]){_POWER}"
_POWER_OF_TEN = r"(?<=10 to the )(?:minus \d{1,3}|[a-z-]{3,20}(?:th|st|nd|rd))"
_UNIT = re.compile(
    rf"({_NUMBER}(?: (?:thousand|million|billion) ?(?= [A-Za-z]))?|{_POWER_OF_TEN})"
    rf"(?:([ -]?)({_SYMBOL}|FPS|[KGTPMEZ]F[Ll][Oo][Pp](?:[Ss]|(?=/s)))|([ -]?)({_LETTER}))"
    rf"({_POWER})((?:{_PER}){{0,3}})(?![A-Za-z0-9])"
)
_COUNT = re.compile(
    rf"({_NUMBER}(?: thousand| million| billion)?) {{0,2}}({any_of(tables.COUNTS)})((?:{_PER}){{1,3}})(?![A-Za-z0-9])"
)
_INVERSE = re.compile(
    rf"({_NUMBER}(?: ?(?:{_SYMBOL}|{_LETTER}))?) ?×? ?({_SYMBOL}|{_LETTER}) to the minus ([123])(?!\d)"
)
_IN_VOLUME = re.compile(r"(?:(?<=[A-Za-z]{2})|(?<=\d U)) ?/ ?([mudk]?L|ml)(?![A-Za-z0-9])")
_RATE = re.compile(rf"(?:(?<=[a-z][sc])|(?<=LOP|OPs|bit|yte))((?: ?/ ?(?:{any_of(tables.PER)})\b){{1,3}})")


def read_units(text: str) -> str:
    """Say every unit that stands behind a number, and what a rate is per."""
    if any(sign.isdigit() for sign in text):
        text = _UNIT.sub(_unit, text)
        text = _IN_VOLUME.sub(lambda m: per(f"/{m[1]}"), text)
        text = _COUNT.sub(lambda m: f"{m[1]} {tables.COUNTS[m[2]][m[1] != '1']}{per(m[3])} ", text)
    return _RATE.sub(lambda m: per(m[1]), text)


def read_inverse(text: str) -> str:
    """Return the text with units in negative powers as rates: 2 m×s to the minus 1 is 2 m/s."""
    return _INVERSE.sub(lambda m: f"{m[1]}/{m[2]}{tables.POWERS[m[3]]}", text) if "to the minus" in text else text


def per(rate: str) -> str:
    """Return what follows a quantity, such as "/s" or "/image/GPU", in words."""
    return "".join(f" per {_denominator(part.strip())}" for part in re.split(r" ?/ ?| per ", rate)[1:])


def _denominator(part: str) -> str:
    symbol, _, power = part.partition(" ")
    word = tables.PER.get(symbol) or UNITS.get(symbol, (symbol,))[0]
    if not power or word in tables.TIMES:
        return f"{word} {power}".strip()  # meters per second squared
    return f"{tables.DIMENSIONS[power]} {word}"


def _unit(match: re.Match[str]) -> str:
    number, gap, symbol, space, letter, power, rate = match.groups()
    after, before = next_word(match), "".join(words_before(match, 1))
    if letter and not _is_unit(match, letter, space, after, before):
        return match[0]
    key = symbol or letter
    if re.fullmatch(r".F[Ll][Oo][Pp][Ss]?", key):
        key = key[0] + "FLOPs"
    one, many = UNITS[key.lower() if key == "FPS" else key]
    if power:
        one, many = (f"{tables.DIMENSIONS[power.strip()]} {name}" for name in (one, many))
    hardware = "byte" in one and re.fullmatch(r"[A-Z]{1,3}\d{2,4}[A-Z]?", before) is not None
    article = before in ("a", "an", "A", "An") and bool(rate or (after and after != "of"))
    qualifies = (hardware or not stands_alone(match)) and key.lower() != "fps" and not rate
    shared = before in ("the", "The", "both", "our", "these", "those") and _is_shared(match, key)
    single = number == "1" or "-" in (gap, space) or qualifies or article or shared
    if single and number != "1" and one.startswith(("part per", "dot per", "millimeter of")):
        one = many  # a 300 dots per inch scan
    return f"{counted(number)} {one if single else many}{per(rate)} "


def _is_shared(match: re.Match[str], symbol: str) -> bool:
    """Tell whether the noun behind another amount of the same unit is this one's, too: the 8 GB and 16 GB cards."""
    other = re.compile(rf" (?:and|or) {_NUMBER}[ -]?{re.escape(symbol)}(?= [a-z])").match(match.string, match.end())
    return other is not None and not stands_alone(other)


def stands_alone(match: re.Match[str]) -> bool:
    """Tell whether no noun follows that the amount tells of: 16 GB just for it, unlike 16 GB cards."""
    after = next_word(match)
    if after in tables.FREE or not after or tables.ENDING_AN_AMOUNT.match(match.string, match.end()):
        return True
    if after.endswith("ing"):
        return any(word in tables.SPENDING for word in words_before(match, 2))
    return after.endswith("ly") and after not in tables.NO_ADVERBS


_LETTERS = re.compile(r"(?:,? (?:and|or)|,(?: and| or)?) [A-HJ-Z](?![\w'-])")
"""Behind a letter: more of them."""


def _names(match: re.Match[str], before: str) -> bool:
    """Tell whether the number is a name: machine 2, unlike each machine 2."""
    return before.lower() in tables.ONE_OF_MANY and words_before(match, 2)[0].lower() not in ("each", "every", "per")


def _is_unit(match: re.Match[str], letter: str, space: str, after: str, before: str) -> bool:
    """Tell whether one letter behind a number is a unit: it is none of a name or of a numbered thing."""
    if match.string[max(0, match.start() - 1) : match.start()] == "-" or before.rstrip(".s") in tables.NUMBERED:
        return False  # YOLO-8s, Figure 3s
    amount = letter in "VW" and before in ("of", "at", "draws")  # a drop of 5 V or A
    if (
        letter.isupper()
        and len(match[1]) < 3
        and not amount
        and (_LETTERS.match(match.string, match.end()) or _names(match, before))
    ):
        return False  # batch 4 A, for n = 2 A and B agree
    if space == "-":  # a 30-s clip
        return letter in "smhWV" and bool(after)
    free = stands_alone(match)
    if letter == "K":  # 300 K, but 300K is a thousand
        return bool(space) and free and (not before or before in tables.LEVELS)
    if letter == "m" and not space:  # 45m may be minutes or millions
        return after in tables.LENGTHS
    if letter == "d" and not space:
        behind = match.string[match.end() :]
        days = match[1] not in ("1", "2", "3") and re.match(tables.DAYS_OF, behind) is not None  # 2d average pooling
        return days or tables.LASTING.match(behind[1:]) is not None
    return (free or letter not in tables.BEFORE_FREE) if space else letter not in tables.SPACED
