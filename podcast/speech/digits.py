"""Digits: what is written apart or in Roman numerals becomes plain digits, and a version with hyphens gets its point.

>>> read_digits("12 500 images, 1 000 000 words")
'12,500 images, 1,000,000 words'
>>> read_digits("Phases II and III of World War II")
'Phases 2 and 3 of World War 2'
>>> read_digits("claude-opus-4-6, 2 1/2 times")
'claude-opus-4.6, 2 and a half times'
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import fraction, in_words
from podcast.speech.rules import any_of, rules, words_before

_ROMAN = r"(?:L?X{0,3}(?:IX|IV|VI{0,3}|I{1,3})|L?X{1,3})"
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_NUMBERED = rf"(?:{any_of(tables.NUMBERED)})\.?"
_SOFTWARE = rf"(?:{any_of(tables.SOFTWARE)})"


def roman(numeral: str) -> int:
    """Return the value of a Roman numeral below 90."""
    values = [_VALUES[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def mixed(whole: int, top: int, bottom: int) -> str:
    """Return a whole number and its fraction, the whole in digits: 2 and a half."""
    said = fraction(top, bottom)
    return f"{whole} and {'a' + said.removeprefix('one') if top == 1 else said}"


def _grouped(match: re.Match[str]) -> str:
    """Join thousands that spaces part, but not the figure behind a name: Qwen 3 235 is none."""
    before = "".join(words_before(match, 1)).rstrip(".")
    named = before in tables.NUMBERED or (before[:1].isupper() and before.lower() not in tables.BEFORE_COUNTS)
    if named and not re.search(r" \d+ | 0", match[2]):
        return match[0]
    return (match[1] + match[2]).replace(" ", ",")


def _numerals(match: re.Match[str]) -> str:
    """Put the Roman numerals behind a numbered noun in digits; a lone I or X only where no pronoun or name can be."""
    noun, listed = match.groups()
    alone = re.fullmatch(r"[IVX]", listed)
    after = match.string[match.end() : match.end() + 14]
    if alone and not (noun[0].isupper() or tables.BEHIND_ROMAN.match(after)):
        return match[0]  # the type I use
    if alone and listed != "I" and noun not in tables.ROMAN_ONES:
        return match[0]  # Model X
    digits = re.sub(r"[IVXL]+", lambda numeral: str(roman(numeral[0])), listed)
    return f"{noun} " + re.sub(r" ?[-–] ?", " to ", digits.replace("/", " and "))


def _lettered(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]} {(match[3] or match[4]).upper()}"


_LISTED = r"(?:, ?(?:and |or )?| (?:and|or|to|vs\.?|versus) |/| ?[-–] ?)"
_read_roman = rules(
    (rf"\b({_NUMBERED}) ({_ROMAN})\.([A-H])(?!\w|\.\w)", lambda m: f"{m[1]} {roman(m[2])} {m[3]}"),
    (r"(?<=[A-Z]{3} )I and II(?!\w)", "1 and 2"),
    (rf"\b({_NUMBERED})[ -]({_ROMAN}[a-d]?(?:{_LISTED}{_ROMAN}[a-d]?){{0,4}})(?![\w'’]| I\b)", _numerals),
    (rf"\b({_NUMBERED}) (ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii)(?![\w'’])", lambda m: f"{m[1]} {roman(m[2].upper())}"),
    (rf"\b({_ROMAN}) (?=[Cc]entur)", lambda m: f"{in_words(roman(m[1]), 'ordinal')} "),
    (r"(?<=[A-Za-z]{3} )(I{2,3}|VI{2,3}|X(?:I{1,3}|IV|VI{0,3}|IX))(?![\w'])", lambda m: str(roman(m[1]))),
    only=r"\b(?:[IVXL]+[a-d]?|[ivx]{2,5})(?!\w)",
)
_read_letters = rules(  # Figure 3b, step (a); a list's (b)
    (rf"\b({_NUMBERED}) (\d{{1,3}}) ?(?:([a-z])(?![\w'’-]|\.\w)|\(([a-z])\))", _lettered),
    (rf"\b({_NUMBERED}) \(([a-z])\)", lambda m: f"{m[1]} {m[2].upper()}"),
    (r"(?<!\S)(?:\(([a-hA-H])|([a-h]))\)(?= )", lambda m: f", {(m[1] or m[2]).upper()}, "),
    only=r"(?:\d ?|\()[A-Za-z](?!\w)|[ ,;][a-h]\)",
)
_GROUPED = r"(?<![\w.,-])([1-9]\d{0,2})((?: \d{3})+)(?![\w]|,\d| ?[/:×xX-] ?\d|-)"
_FOLLOWS_VERSION = r"(?=-[A-Za-z]|-\d{1,3}[bBmM](?!\w)|-20\d{6}(?!\d)|(?![\w.-]|,\d))"
_read_figures = rules(
    (rf"\b({_SOFTWARE}) ?(?:>=|≥) ?(\d{{1,2}}(?:\.\d{{1,2}})?)(?![\w.]|,\d)", r"\1 \2 or later"),
    (rf"\b({_SOFTWARE}) (\d{{1,2}}(?:\.\d{{1,2}})?)\+(?!\w)", r"\1 \2 or later"),
    (
        rf"\b({_SOFTWARE} \d{{1,2}}\.\d{{1,2}}) ?-{{1,2}} ?(\d{{1,2}})\.(?=\d{{1,2}}(?![\w.]|,\d))",
        r"\1 to \2 point ",
    ),
    (rf"\b({_NUMBERED}|{_SOFTWARE}) (\d{{1,2}})\.([1-9]\d)(?![\w.]|,\d)", r"\1 \2 point \3"),
    (_GROUPED, _grouped),
    (
        rf"(?<![\w.-])([A-Za-z]{{3,20}}(?:-(?:[A-Za-z]+|\d{{1,3}}[bBmM])){{0,4}})-(v?\d)-(\d){_FOLLOWS_VERSION}",
        r"\1-\2.\3",
    ),
    (r"(?<![\w./-])(\d{1,4}) (?:and )?([1-9])/([2-9]|10)(?![\w/.-])", lambda m: mixed(*map(int, m.groups()))),
    only=r"\d[ -](?:and )?\d|\d\.\d\d|\d\+|[>≥]",
)


def read_digits(text: str) -> str:
    """Leave Roman numerals, parted thousands and letters of numbered things as later passes read them."""
    return _read_figures(_read_letters(_read_roman(text)))


def join_thousands(text: str) -> str:
    """Put a comma where a space parts thousands: 12 500 images, but not the figure behind a name.

    >>> join_thousands("12 500 images by Qwen 3 235")
    '12,500 images by Qwen 3 235'
    """
    return re.sub(_GROUPED, _grouped, text)
