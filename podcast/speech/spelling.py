"""Numbers in words: whole ones by CLDR's rules (unicode-rbnf), signs and what stands behind the point by ours.

>>> spelled("-0.05", "de"), spelled("21", "es", "masculine"), spelled("12500", "zh")
('minus null Komma null fünf', 'veintiún', '一万两千五百')
>>> year("1998", "de"), year("2024", "zh"), ordinal(3, "fr")
('neunzehnhundertachtundneunzig', '二零二四', 'troisième')
>>> spelled("12.05", "xx")
'1 2.0 5'

Of unicode-rbnf 2.4 what is wrong is not asked for: it says -0.5 as "minus", three decimals in Polish as zeros, and
2024 as 224 in Chinese and Japanese years. What it does say is looked at once a language (`passes`).
"""

import re
from functools import cache, lru_cache
from typing import Any

from podcast.speech import cldr
from podcast.speech.tongues import tongue

_MOST = 15
"""Digits of a whole number that is said as one; a longer one is said digit by digit."""
_SAMPLES = (
    *range(31), *range(40, 100, 10), 99, 100, 101, 110, 111, 200, 201, 999, 1000, 1001, 1010, 1100, 2000, 2024,
    9999, 10_000, 10_005, 12_500, 20_000, 100_000, 100_001, 999_999, 1_000_000, 1_000_001, 12_345_678,
)  # fmt: skip


def spelled(number: str, language: str, form: str = "") -> str:
    """Return a number such as "-12.50" in words, each decimal by itself; `form` is a gender or case of CLDR's rules.

    A language whose rules are not known, or do not pass, has its figures one by one.
    """
    unsigned = number.lstrip("-")
    whole, _, part = unsigned.partition(".")
    if not passes(language):
        said = cldr.marks(language)[0].join(" ".join(figures) for figures in (whole, part) if figures)
        return f"-{said}" if number != unsigned else said
    known = tongue(language)
    words = ["二"] if language == "zh" and whole == "2" and not form else [cardinal(whole, language, form)]
    if part:
        words += [known.point or _point(language), digits(part, language)]
    return known.join.join([*([minus(language)] if number != unsigned else []), *words])


@lru_cache(maxsize=10_000)
def cardinal(whole: str, language: str, form: str = "") -> str:
    """Return a whole number in words; one that begins with a zero, or is longer than a number is, by its digits."""
    if len(whole) > _MOST or (len(whole) > 1 and whole[0] == "0"):
        return digits(whole, language)
    if language == "zh" and len(whole) > 8:  # CLDR leaves a zero out behind 亿, and its 兆 is a million in the mainland
        high, low = whole[:-8], whole[-8:]
        gap = "零" if low[0] == "0" else ""
        return cardinal(high, language) + "亿" + (gap + cardinal(low.lstrip("0"), language) if int(low) else "")
    said = _by_rules(int(whole), language, tongue(language).rules.format(form) if form else tongue(language).cardinal)
    if (language, form) == ("es", "feminine"):
        said = re.sub(r"(cient|quinient)os (?=mil\b)", r"\1as ", said)  # trescientas mil palabras
    return said if said and not re.search(r"[\d#]", said) else digits(whole, language)  # the rules may end before


def digits(figures: str, language: str) -> str:
    """Return each figure in words, one after the other."""
    if not passes(language):
        return " ".join(figures)
    known = tongue(language)
    return known.join.join(known.digits[int(one)] if known.digits else cardinal(one, language) for one in figures)


def year(figures: str, language: str) -> str:
    """Return a year in words: by its digits in Chinese, by hundreds where the language does so."""
    if language == "zh" or not passes(language):
        return digits(figures, language)
    return (
        _by_rules(int(figures), language, "spellout-numbering-year")
        if language in ("de", "nl")
        else cardinal(figures, language)
    )


def ordinal(number: int, language: str, form: str = "") -> str:
    """Return "third" in a form such as "feminine"; "" where the language's rules have no ordinals that hold."""
    if language == "pl":
        from num2words import num2words  # CLDR has none in Polish; slow to import

        return str(num2words(number, lang="pl", to="ordinal"))
    names = [f"spellout-ordinal-{form}", f"spellout-ordinal{form}", "spellout-ordinal", "spellout-ordinal-masculine"]
    known = [name for name in names if _engine(language) and name in _engine(language).rulesets]
    said = _by_rules(number, language, known[0]) if known else ""
    return "" if said == cardinal_words(number, language) else said  # as in Russian of round hundreds


@cache
def minus(language: str) -> str:
    """Return the word before a negative number."""
    return cardinal_words(-1, language).removesuffix(cardinal_words(1, language)).strip()


@cache
def passes(language: str) -> bool:
    """Tell whether the language's rules say sixty-odd numbers in words, no two alike, and negative ones otherwise."""
    if _engine(language) is None:
        return False
    said = [cardinal_words(number, language) for number in (*_SAMPLES, -1, -3)]
    return (
        all(said)
        and len({*said}) == len(said)
        and not any(sign.isdecimal() or sign in "#,." for text in said for sign in text)
    )


def cardinal_words(number: int, language: str) -> str:
    """Return a whole number as the rules have it, before anything is looked at."""
    return _by_rules(number, language, tongue(language).cardinal)


def _by_rules(number: int, language: str, rules: str) -> str:
    """Return a number by one set of rules, by the language's own where it has no such; "" where they do not reach."""
    from unicode_rbnf.engine import NoRuleForNumberError

    engine = _engine(language)
    names = [rules] if rules in engine.rulesets else None
    try:
        return str(engine.format_number(number, ruleset_names=names).text).replace("〇", "零")
    except NoRuleForNumberError:
        return ""


@cache
def _point(language: str) -> str:
    """Return the word before decimals, out of CLDR's 3.5."""
    said = str(_engine(language).format_number("3.5").text)
    return said.removeprefix(cardinal_words(3, language)).removesuffix(cardinal_words(5, language)).strip()


@cache
def _engine(language: str) -> Any:
    """Return what spells numbers in a language, None where CLDR has no rules for it."""
    from unicode_rbnf import RbnfEngine  # reads its rules out of XML: slow to import

    code = {"nb": "no"}.get(language, language)
    return RbnfEngine.for_language(code) if code in RbnfEngine.get_supported_languages() else None
