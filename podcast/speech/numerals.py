"""Numerals: a number in English words, and the pass that leaves no digit.

>>> in_words(1706)
'one thousand seven hundred six'
>>> two_by_two("1706")
'seventeen oh six'
>>> fraction(3, 4)
'three quarters'
>>> read_numbers("It has 3.5 or 12")
'It has three point five or twelve'
"""

import re
from functools import lru_cache

from podcast.speech import tables
from podcast.speech.rules import any_of, next_word, rules

HYPHENED_NUMERAL = re.compile(rf"\b({any_of(tables.TENS)})-(?=(?:{any_of(tables.ONES)})\b)")
"""The tens of twenty-five, with their hyphen."""


@lru_cache(maxsize=4096)
def in_words(number: int, form: str = "cardinal") -> str:
    """Return an integer in words without "and" or commas; the form is cardinal, ordinal or year."""
    from num2words import num2words  # slow to import, and not every command speaks

    said: str = num2words(number, to=form, lang="en")
    return said.replace(",", "").replace(" and ", " ")


def digit_by_digit(text: str) -> str:
    """Return each digit's word."""
    return " ".join(tables.DIGITS[int(digit)] for digit in text)


def two_by_two(text: str) -> str:
    """Return 4 digits, or 3, read two by two: 2509 "twenty-five oh nine", 720 "seven twenty"."""
    head, tail = in_words(int(text[:-2])), text[-2:]
    if tail == "00":
        return f"{head} hundred"
    return f"{head} {'oh ' if tail[0] == '0' else ''}{in_words(int(tail))}"


def fraction(top: int, bottom: int) -> str:
    """Return a fraction in words: three halves, one eighth."""
    names = {2: ("half", "halves"), 4: ("quarter", "quarters")}
    one, many = names.get(bottom) or (in_words(bottom, "ordinal"), in_words(bottom, "ordinal") + "s")
    return f"{in_words(top)} {one if top == 1 else many}"


def plural(number: str) -> str:
    """Return a number in words in the plural: nineties, sixes, one hundreds."""
    return number[:-1] + "ies" if number.endswith("y") else number + ("es" if number.endswith("x") else "s")


def _number(text: str) -> str:
    """Return digits with any number of points in words: decimals digit by digit, versions part by part."""
    whole, *parts = text.split(".")
    said = digit_by_digit(whole) if len(whole) > 15 or re.match(r"0.", whole) else in_words(int(whole))
    rest = [digit_by_digit(part) if len(parts) == 1 or part[0] == "0" else in_words(int(part)) for part in parts]
    return " point ".join([said, *rest])


def counted(number: str) -> str:
    """Return the number marked as a count where the last pass would take it for a year."""
    return f"\x06{number}" if _YEAR.fullmatch(number) else number


_YEAR = re.compile(r"19\d\d|20[0-3]\d")


def _number_or_year(match: re.Match[str]) -> str:
    if _YEAR.fullmatch(match[0]) and next_word(match) not in tables.COUNTED:
        return in_words(int(match[0]), "year").replace("oh-", "oh ")
    return _number(match[0])


_ADDING = any_of([*tables.TENS, *tables.ONES[:9], *tables.TEENS, "hundred", "thousand", "million", "billion"])

read_numbers = rules(
    (r"(?<=[\d\x04]) (?=\d)", ", "),  # two numbers side by side are kept apart, but for those that a ~ binds
    (rf"\b({_ADDING}) (?=\d)", r"\1, "),
    (rf"(?<=\d) (?=(?:{any_of([*tables.TENS, *tables.ONES[:9], *tables.TEENS])})\b)", ", "),
    (r"(\d+)\x04", lambda m: plural(in_words(int(m[1])))),  # what `names` marked
    (r"\x06(\d+)", lambda m: in_words(int(m[1]))),  # what had a comma is no year
    (r"\d+(?:\.\d+)*", _number_or_year),
)
