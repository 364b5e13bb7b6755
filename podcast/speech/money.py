"""Money: an amount with its currency before or behind it, and what a price is for; its numbers stay digits.

>>> read_money("$1.50, 5M EUR").split(", ")
['1 dollar and 50 cents ', '5 million euros ']
>>> read_money("$0.30/1M tokens").split()
['30', 'cents', 'per', '1', 'million', 'tokens']
"""

import re

from podcast.speech import tables
from podcast.speech.numerals import counted
from podcast.speech.rules import any_of, next_word, rules
from podcast.speech.units import per

_SIGN = rf"(?:[$€£¥₹₩]|{any_of(code for code in tables.CURRENCIES if code.isalpha())})"
_AMOUNT = r"\d+(?:\.\d+)?(?: ?(?:bn|MM|[kKmMbBT]|thousand|million|billion|trillion)(?![A-Za-z0-9]))?"
_MONEY = (
    rf"(?:\b((?:a|an|the) |(?:sub|under|over)-))?({_SIGN}) ?(\d+(?:\.\d+)?)"
    rf"(?:([KMBkmb]?)(?:-| to )(?:{_SIGN})?\x06?(\d+(?:\.\d+)?))?"
    r"(?:(?: ?(k|K|m|MM|M|b|B|bn|T)|[ -]?(thousand|million|billion|trillion))(?![A-Za-z0-9]))?"
    r"(?:( ?/ ?(?:1(?:\.0)? ?)?[KkMmB](?: ?tok(?:en)?s?)?(?![A-Za-z])|(?: ?/ ?[A-Za-z]{1,20}(?![A-Za-z])){1,3}))?"
)
_CODES = any_of(tables.CURRENCY_CODES)
_order_money = rules(  # 5 EUR, EUR 5, 5 €, $-5 → €5, -$5
    (r"([$€£¥₹₩]) ?- ?(?=\d)", r" minus \1"),
    (r"([€£$] ?\d+),(\d\d)(?!\d)", r"\1.\2"),
    (r"(\d),(\d\d ?€)", r"\1.\2"),
    (rf"\$ ?({_AMOUNT}) ?(CAD|AUD|HKD|SGD|TWD)\b", r"\2 \1"),
    (
        rf"(?<![\w.$€£¥₹₩])(?<![$€£¥₹₩] )({_AMOUNT}) ?(?:([$€£₹₩¥])(?!\w| ?\d)|({_CODES})(?![\w$]))",
        lambda m: f"{m[2] or tables.CURRENCY_CODES[m[3]]}{m[1]}",
    ),
    (rf"(?<![A-Za-z0-9])({_CODES}) ?\$?(?=\d)", lambda m: tables.CURRENCY_CODES[m[1]]),
    (rf"({_SIGN} ?{_AMOUNT}) ?(?:USD|EUR|GBP)\b", r"\1"),
    (rf"({_SIGN} ?{_AMOUNT})\+(?!\d)", r"more than \1"),
    (r"(\d) ?¢", r"\1 cents"),
    only=r"\d ?(?:[$€£¥₹₩¢]|[A-Z]{3})|(?:[$€£¥₹₩]|[A-Z]{3}) ?-?\d|[KMBTkmbn] ?(?:[$€£¥₹₩]|[A-Z]{3})|illion",
)


def _money(match: re.Match[str]) -> str:
    article, sign, low, first, high, letter, word, rate = match.groups()
    size = letter or word
    one, many, hundredth = tables.CURRENCIES[sign]
    if hundredth and not size and (_CENTS.fullmatch(low) or (high and _CENTS.fullmatch(high))):
        said = _in_cents(low, one, many, hundredth)
        if high:
            last = _in_cents(high, one, many, hundredth)
            unit = last.rpartition(" ")[2]
            said = f"{said.removesuffix(f' {unit}') if ' and ' not in said + last else said} to {last}"
    else:
        unlike = first and size and first.lower() != size.lower()  # $500K-$1M
        start = f"{counted(low)}{f' {tables.MAGNITUDES[first.lower()]}' if unlike else ''}"
        amount = f"{start} to {counted(high)}" if high else counted(low)
        magnitude = f" {tables.MAGNITUDES.get(size.lower(), size)}" if size else ""
        adjective = article and next_word(match) not in ("", *tables.FREE)
        said = f"{amount}{magnitude} {one if adjective or (low == '1' and not size and not high) else many}"
    return f"{(article or '').replace('-', ' ')}{said}{_price_per(rate or '')} "


_CENTS = re.compile(r"(\d+)\.(\d\d)")


def _in_cents(price: str, one: str, many: str, hundredth: str) -> str:
    """Return a price in dollars and cents, whatever of it there is."""
    cents = _CENTS.fullmatch(price)
    if not cents:
        return _counted_money(price, one, many)
    small = _counted_money(str(int(cents[2])), hundredth, "pence" if hundredth == "penny" else "cents")
    large = _counted_money(str(int(cents[1])), one, many)
    return " and ".join(part for part in (large, small) if part) or f"0 {many}"


def _counted_money(amount: str, one: str, many: str) -> str:
    return f"{counted(amount)} {one if amount == '1' else many}" if amount != "0" else ""


def _price_per(rate: str) -> str:
    """Return what a price is for: /h, /1M tokens, /hour/GPU."""
    if number := re.fullmatch(r" ?/ ?(1?)(?:\.0)? ?([KkMmB])( ?tok(?:en)?s?)?", rate):
        tokens = " tokens" if number[3] else ""
        return f" per {'1 ' if number[1] else ''}{tables.MAGNITUDES[number[2].lower()]}{tokens}"
    return per(rate)


_read_signed = rules(
    (
        r"(?<![\w$])\$ ?/ ?(?:([KMB]) ?)?(?=[a-zG]{3,})",
        lambda m: f"dollars per {tables.MAGNITUDES[m[1].lower()] + ' ' if m[1] else ''}",
    ),
    (_MONEY, _money),
    (r"[€£¥₹₩]", lambda m: f" {tables.CURRENCIES[m[0]][1]} "),
    only="[$€£¥₹₩]|[A-Z]{3}",
)


def read_money(text: str) -> str:
    """Say every amount of money."""
    return _read_signed(_order_money(text))
